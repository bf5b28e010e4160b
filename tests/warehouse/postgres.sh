#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
#
# A warehouse in PostgreSQL: a server of its own, on a socket in the test's folder, that nobody else
# can reach. It gives figures and paths, is never written to, and is left alone when told to stop.

. "$STELLWERK_SOURCE/tests/warehouse/lib.sh"

need_driver 'PostgreSQL Unicode'
initdb=$(find /usr/lib/postgresql/*/bin /usr/bin /usr/local/bin -name initdb 2>/dev/null |
    sort | tail -n 1)
[ -n "$initdb" ] || skip 'the PostgreSQL server is missing'
bin=$(dirname "$initdb")
place=$folder/pg

stop_server() {
    as_owner "$bin/pg_ctl" -D data -m immediate stop >/dev/null 2>&1
    rm -rf "$folder"
}

start_server() {
    make_place
    as_owner "$bin/initdb" -D data -U owner -A trust -E UTF8 --locale=C --no-sync >start.log 2>&1 ||
        fail "initdb: $(cat start.log)"
    printf 'local all owner trust\nlocal all all scram-sha-256\n' |
        as_owner tee data/pg_hba.conf >/dev/null
    as_owner tee -a data/postgresql.conf >/dev/null <<END
listen_addresses = ''
unix_socket_directories = '$place'
fsync = off
timezone = 'America/New_York'
END
    trap stop_server EXIT
    as_owner "$bin/pg_ctl" -D data -l log -w start >start.log 2>&1 ||
        fail "pg_ctl: $(cat start.log "$place/log")"
}

# sql STATEMENT: as the owner of the warehouse.
sql() {
    psql -X -q -A -t -h "$place" -U owner -d postgres -v ON_ERROR_STOP=1 -c "$1"
}

start_server
sql "CREATE ROLE reader LOGIN PASSWORD 'geheim'" || fail 'no login'
sql "CREATE TABLE visit (person_id text, case_id text, ts timestamptz, touchpoint text,
    persona text, channel text, delay double precision, punctual boolean, paid numeric(10, 2))"
sql "INSERT INTO visit SELECT 'p' || i % 500, 'c' || i / 4,
        timestamptz '2026-01-05 00:30:00+00' + i * interval '10 minutes',
        (ARRAY['search', 'ticket', 'platform', 'ride'])[i % 4 + 1],
        CASE WHEN i % 3 = 0 THEN 'anna' WHEN i % 3 = 1 THEN 'helga' END,
        CASE WHEN i % 2 = 0 THEN 'web' ELSE 'Schalter 😀' END,
        (i * 37 % 101) / 10.0, i % 5 > 0, CASE WHEN i % 8 = 3 THEN 12.50 END
    FROM generate_series(0, 3999) AS i"
sql "CREATE FUNCTION grab() RETURNS bigint LANGUAGE sql SECURITY DEFINER
    AS 'WITH gone AS (DELETE FROM visit RETURNING 1) SELECT count(*) FROM gone'"
sql "CREATE TABLE secret (a int)"
sql "GRANT SELECT ON visit TO reader"

cat >odbc.ini <<END
[shop]
Driver = PostgreSQL Unicode
Servername = $place
Database = postgres
UserName = reader
Password = geheim

[closed]
Driver = PostgreSQL Unicode
Servername = $place
Database = postgres
UserName = reader

[nowhere]
Driver = PostgreSQL Unicode
Servername = $place/none
Database = postgres
UserName = reader
END

# ---- Figures and paths ----

cat >queries.yaml <<'END'
queries:
  - name: delay by week
    as: observations
    sql: |
      SELECT touchpoint, persona, date_trunc('week', ts) AS week, avg(delay) AS delay,
             count(delay) AS n, stddev_samp(delay) AS sd
        FROM visit GROUP BY 1, 2, 3 -- the week's Monday, of UTC
    constants: {metric: delay}
    columns: {period_start: week, value: delay}
  - name: punctual
    as: observations
    sql: |
      SELECT 'punctual' AS metric, touchpoint, channel,
             date_trunc('month', ts)::date AS period_start,
             (date_trunc('month', ts) + interval '1 month - 1 day')::date AS period_end,
             count(*) FILTER (WHERE punctual) AS num, count(*) AS den
        FROM visit GROUP BY 2, 3, 4, 5;
  - name: ways
    as: paths
    sql: |
      WITH way AS (SELECT string_agg(touchpoint, ' > ' ORDER BY ts) AS path, sum(paid) AS paid
                     FROM visit GROUP BY case_id)
      SELECT path, count(paid) AS conversions, count(*) - count(paid) AS nulls,
             sum(paid) AS value
        FROM way GROUP BY path
END

run 0 sync store.db --from shop --queries queries.yaml --dry-run
says out 'the result of a query'
says out "always 'delay'"
[ -e store.db ] && fail 'a dry run made a store'

run 0 sync store.db --from shop --queries queries.yaml
plain err
says err 'shop: delay by week: 48 rows read; 48 taken'
says err 'shop: ways: 1 row read; 1 taken'
holds "SELECT count(*), sum(n), min(period_start) FROM observations WHERE metric = 'delay'" \
    '48|4000|2026-01-05'
holds "SELECT count(*) FROM observations WHERE metric = 'delay' AND persona IS NULL" 16
holds "SELECT DISTINCT channel FROM observations WHERE channel <> 'web'" 'Schalter 😀'
holds 'SELECT path, conversions, nulls, value FROM paths' \
    'search > ticket > platform > ride|500|500|6250.0'
holds "SELECT group_concat(file, ', ') FROM batches" \
    'shop: delay by week, shop: punctual, shop: ways'
theirs=$(sql "SELECT avg(delay), stddev_samp(delay), count(*) FROM visit WHERE touchpoint = 'ride'
    AND persona = 'anna' AND ts >= '2026-01-12Z' AND ts < '2026-01-19Z'")
ours=$(sqlite3 store.db "SELECT printf('%.17g|%.17g|%d', value, sd, n) FROM observations
    WHERE touchpoint = 'ride' AND persona = 'anna' AND period_start = '2026-01-12'")
printf '%s|%s\n' "$ours" "$theirs" | awk -F'|' '
    function differ(a, b) { return a - b > 1e-14 || b - a > 1e-14 }
    { exit NF != 6 || differ($1, $4) || differ($2, $5) || $3 != $6 }' ||
    fail "$ours is not $theirs"

cp store.db before.db
run 0 sync store.db --from shop --queries queries.yaml
says err 'shop: delay by week: 48 rows read; 0 taken, 48 known already'
cmp -s store.db before.db || fail 'asking again has changed the store'

sql "UPDATE visit SET delay = delay + 1 WHERE touchpoint = 'ride' AND persona = 'anna'
    AND ts >= '2026-01-12Z' AND ts < '2026-01-19Z'"
run 0 sync store.db --from shop --queries queries.yaml --only 'delay by week'
holds 'SELECT taken, updated, duplicates FROM batches WHERE id = 4' '0|1|47'
run 2 sync store.db --from shop --queries queries.yaml --only delays
says err "'queries.yaml' has no query 'delays'"

# ---- The manual's examples ----

manual=$STELLWERK_SOURCE/doc/warehouse.md
sql "$(sed -n '/^CREATE TABLE event/,/^```/p' "$manual" | sed '/^```/d')"
sql "INSERT INTO event SELECT 'p' || i % 50, 'c' || i % 100,
        now() - interval '60 days' + i * interval '1 hour',
        (ARRAY['search', 'cart', 'call', 'pay', 'arrived'])[i / 100 % 5 + 1],
        (ARRAY['search', 'cart', 'call', 'pay', 'platform'])[i / 100 % 5 + 1],
        CASE i % 2 WHEN 0 THEN 'anna' ELSE 'helga' END, 'web', i % 13
        FROM generate_series(0, 999) AS i;
    INSERT INTO answer SELECT 'p' || i, now() - i * interval '1 hour', 'platform',
        CASE i % 2 WHEN 0 THEN 'nps' ELSE 'csat' END,
        CASE i % 2 WHEN 0 THEN i % 11 ELSE i % 5 + 1 END
        FROM generate_series(0, 199) AS i;
    GRANT SELECT ON event, answer TO reader"
manual_queries 'Worked examples, for PostgreSQL' >manual.yaml
[ "$(grep -c '^  - name:' manual.yaml)" -eq 9 ] || fail 'the manual has other examples'
run 0 sync manual.db --from shop --queries manual.yaml
holds 'SELECT count(*), sum(records > 0), sum(rejected) FROM batches' '9|9|0' manual.db
holds "SELECT sum(conversions), sum(nulls) FROM paths" '100|0' manual.db
holds "SELECT sum(n) FROM observations WHERE metric = 'delay'" 200 manual.db

# ---- What a driver makes of values ----

query types observations "SELECT 'm' AS metric, 'Süd-Ost 😀' || repeat('ü😀', 9000) AS touchpoint,
      timestamp '2026-02-03 04:05:06.789' AS period_start, 1e-7::float8 AS value,
      12345678901::bigint AS n, 0.30::numeric(8, 4) AS sd, NULL::text AS persona,
      NULL::float8 AS num, NULL::int AS den, true AS ignored"
run 0 sync types.db --from shop --queries query.yaml
holds "SELECT length(touchpoint), substr(touchpoint, 1, 9), touchpoint LIKE '%ü😀ü😀',
    period_start, value, n, sd, persona IS NULL FROM observations" \
    '18009|Süd-Ost 😀|1|2026-02-03|1.0e-07|12345678901|0.3|1' types.db

query texts observations "SELECT 'm' AS metric, 5 AS value, 1 AS n, '3/4/2026' AS period_start"
refused 'give dates instead of texts'
query texts observations "SELECT 'm' AS metric, 5 AS value, 1 AS n, '3/4/2026' AS period_start" \
    'time_format: dmy'
run 0 sync texts.db --from shop --queries query.yaml
holds 'SELECT period_start FROM observations' 2026-04-03 texts.db

# ---- Whose rows do not leave the warehouse ----

query persons observations "SELECT person_id, 'm' AS metric, ts::date AS period_start,
      delay AS value, 1 AS n FROM visit"
refused "the result has the column 'person_id'"
says err 'query.yaml:4:10:'
query cases paths 'SELECT touchpoint AS path, 1 AS conversions, case_id AS "Customer_ID" FROM visit'
refused "the column 'Customer_ID'"
query events events 'SELECT * FROM visit'
refused 'only grouped rows come from a warehouse'
query many observations "SELECT 'm' AS metric, ts::date AS period_start, delay AS value, 1 AS n
      FROM visit" 'row_limit: 1000'
refused "the query 'many' gives more than 1000 rows"

# ---- Nothing is written ----

query delete observations 'DELETE FROM visit'
refused 'a query must begin with SELECT or WITH'
query two observations 'SELECT 1; DELETE FROM visit'
refused "a ';' inside it"
query hidden observations 'WITH gone AS (DELETE FROM visit RETURNING 1) SELECT 1'
refused 'has the word DELETE'
query grab observations "SELECT 'm' AS metric, current_date AS period_start, grab() AS value,
      1 AS n"
refused 'the query would change the warehouse, which is only read'
[ "$(sql 'SELECT count(*) FROM visit')" = 4000 ] || fail 'the warehouse has lost rows'

# ---- Failures ----

query wrong observations 'SELECT nothing FROM visit'
refused 'query.yaml:4:10: the warehouse does not understand the query'
query secret observations 'SELECT * FROM secret'
refused 'the login may not read what the query asks for'
printf '%s\n' 'queries:' \
    '  - {name: good, as: paths, sql: "SELECT $$a > b$$ AS path, 1 AS conversions"}' \
    '  - {name: bad, as: paths, sql: "SELECT $$a$$ AS path, 1 / (2 - i) AS conversions' \
    '      FROM generate_series(0, 9) AS i"}' >query.yaml
run 2 sync third.db --from shop --queries query.yaml
holds 'SELECT file, taken FROM batches' 'shop: good|1' third.db
holds 'SELECT count(*) FROM paths' 1 third.db

run 2 sync store.db --from shopp --queries queries.yaml
says err 'there is no such data source'
run 2 sync store.db --from nowhere --queries queries.yaml
says err 'the warehouse cannot be reached'
run 2 sync store.db --from 'Driver=/none.so' --queries queries.yaml
says err 'the ODBC driver cannot be loaded'

# ---- The password ----

run 2 sync store.db --from closed --queries queries.yaml
says err 'refuses the login'
STELLWERK_ODBC_PASSWORD='offen;}' run 2 sync store.db --from closed --queries queries.yaml
lacks err 'offen'
STELLWERK_ODBC_PASSWORD=geheim run 0 sync store.db --from closed --queries queries.yaml --quiet
sql "ALTER ROLE reader PASSWORD 'ge;heim}'"
STELLWERK_ODBC_PASSWORD='ge;heim}' run 0 sync store.db --from closed --queries queries.yaml --quiet
string="Driver=PostgreSQL Unicode;Servername=$place;Database=postgres;UID=reader"
run 2 sync string.db --from "$string;PWD=falsch" --queries queries.yaml
lacks err 'falsch'
run 0 sync string.db --from "$string;PWD={ge;heim}}}" --queries queries.yaml
lacks err 'heim'
grep -q 'heim' string.db && fail 'the store knows the password'
holds 'SELECT file FROM batches WHERE id = 3' \
    "Driver=PostgreSQL Unicode;Servername=$place;Database=postgres: ways" string.db
sql "ALTER ROLE reader PASSWORD 'geheim'"

# ---- Breaking off ----

working() {
    sql "SELECT count(*) FROM pg_stat_activity WHERE usename = 'reader'
        AND state = 'active' AND query LIKE '%pg_sleep%'"
}

slow="SELECT 'm' AS metric, current_date AS period_start, 1 AS n, 2 AS value FROM pg_sleep(60)"
query slow observations "$slow" 'time_limit: 1s'
refused "the query 'slow' took longer than 1 s"
at_work 0

query slow observations "$slow"
broken_off
