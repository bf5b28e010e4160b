#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
#
# A warehouse in SQLite, through its ODBC driver, which knows less of types, times and cancelling
# than a server's.

. "$STELLWERK_SOURCE/tests/warehouse/lib.sh"

need_driver SQLite3

sqlite3 shop.db "CREATE TABLE visit (person_id TEXT, case_id INTEGER, day DATE, touchpoint TEXT,
        persona TEXT, delay REAL, punctual INTEGER, paid REAL);
    WITH RECURSIVE n (i) AS (SELECT 0 UNION ALL SELECT i + 1 FROM n WHERE i < 1999)
    INSERT INTO visit SELECT 'p' || i % 500, i / 4, date('2026-01-05', (i / 100) || ' days'),
        CASE i % 4 WHEN 0 THEN 'search' WHEN 1 THEN 'ticket' WHEN 2 THEN 'Gleis „7“ 😀'
            ELSE 'ride' END,
        CASE i % 3 WHEN 0 THEN 'anna' WHEN 1 THEN 'helga' END,
        (i * 37 % 101) / 10.0, i % 5 > 0, CASE WHEN i % 8 = 3 THEN 12.5 END FROM n"

cat >odbc.ini <<END
[shop]
Driver = SQLite3
Database = $folder/shop.db
NoCreat = 1
END

cat >queries.yaml <<'END'
queries:
  - name: delay
    as: observations
    sql: |
      SELECT 'delay' AS metric, touchpoint, persona, min(day) AS first, max(day) AS last,
             avg(delay) AS value, count(delay) AS n
        FROM visit GROUP BY touchpoint, persona, strftime('%Y-%W', day);
    columns: {period_start: first, period_end: last}
  - name: punctual
    as: observations
    sql: SELECT day, sum(punctual) AS num, count(*) AS den FROM visit GROUP BY day
    columns: {period_start: day}
    constants: {metric: punctual, touchpoint: ride}
  - name: ways
    as: paths
    sql: |
      SELECT path, count(paid) AS conversions, count(*) - count(paid) AS nulls, sum(paid) AS value
        FROM (SELECT group_concat(touchpoint, '>') AS path, sum(paid) AS paid
                FROM (SELECT * FROM visit ORDER BY case_id, rowid) GROUP BY case_id)
       GROUP BY path
END

cp shop.db untouched.db
run 0 sync store.db --from shop --queries queries.yaml
plain err
holds "SELECT count(*), sum(n), min(period_start), max(period_end) FROM observations
    WHERE metric = 'delay'" '36|2000|2026-01-05|2026-01-24'
holds "SELECT count(*) FROM observations WHERE metric = 'delay' AND persona IS NULL" 12
holds "SELECT count(*), sum(num), sum(den), min(value) FROM observations
    WHERE metric = 'punctual'" \
    '20|1600.0|2000.0|0.8'
holds 'SELECT path, conversions, nulls, value FROM paths' \
    'search > ticket > Gleis „7“ 😀 > ride|250|250|3125.0'
# The driver hands on computed numbers in 15 digits.
where="touchpoint = 'ride' AND persona = 'anna'"
theirs=$(sqlite3 shop.db "SELECT round(avg(delay), 12) FROM visit
    WHERE $where AND day < '2026-01-12'")
holds "SELECT round(value, 12) FROM observations
    WHERE $where AND period_start < '2026-01-12'" \
    "$theirs"

cp store.db before.db
run 0 sync store.db --from "Driver=SQLite3;Database=$folder/shop.db" --queries queries.yaml
cmp -s store.db before.db || fail 'asking again has changed the store'

query persons observations "SELECT person_id, 'm' AS metric, day AS period_start, delay AS value,
      1 AS n FROM visit"
refused "the result has the column 'person_id'"
query many paths 'SELECT touchpoint AS path, 1 AS conversions FROM visit' 'row_limit: 10'
refused "gives more than 10 rows"
query hidden observations 'WITH a AS (SELECT 1) INSERT INTO visit (persona) SELECT 1 FROM a'
refused 'has the word INSERT'
query wrong observations 'SELECT nothing FROM visit'
refused 'query.yaml:4:10: the warehouse'
says err 'nothing'

# A query that ends when the sun does.
endless='WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n)
      SELECT count(*) AS conversions, '"'a'"' AS path FROM n'
query endless paths "$endless" 'time_limit: 1s'
refused "the query 'endless' took longer than 1 s"

query endless paths "$endless"
cp store.db before.db
"$program" sync store.db --from shop --queries query.yaml >out 2>err &
child=$!
# It has used up a moment of processor time: it is at work.
tries=0
while [ "$(ps -o cputimes= -p $child | tr -d ' ')" -lt 1 ]; do
    tries=$((tries + 1))
    [ $tries -lt 2000 ] || fail 'the query does not begin'
done
kill -INT $child
wait $child
[ $? -eq 2 ] || fail "a cancel ends otherwise: $(cat err)"
says err 'endless: broken off; nothing of it was taken'
cmp -s store.db before.db || fail 'a cancelled query has changed the store'
cmp -s shop.db untouched.db || fail 'the warehouse was written to'
