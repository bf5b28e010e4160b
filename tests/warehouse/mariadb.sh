#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
#
# A warehouse in MariaDB: a server of its own, on a socket in the test's folder, that nobody else
# can reach.

. "$STELLWERK_SOURCE/tests/warehouse/lib.sh"

need_driver 'MariaDB Unicode'
command -v mariadbd >/dev/null || skip 'the MariaDB server is missing'
place=$folder/my

stop_server() {
    kill "$server" 2>/dev/null
    wait "$server" 2>/dev/null
    rm -rf "$folder"
}

# sql STATEMENT: as the owner of the warehouse.
sql() {
    mariadb --no-defaults --socket="$place/s" --user=root --batch --skip-column-names \
        --default-character-set=utf8mb4 warehouse \
        -e "$1"
}

start_server() {
    make_place
    as_owner mariadb-install-db --no-defaults --datadir="$place/data" --skip-test-db \
        --auth-root-authentication-method=normal >start.log 2>&1 ||
        fail "mariadb-install-db: $(cat start.log)"
    as_owner mariadbd --no-defaults --datadir="$place/data" --socket="$place/s" \
        --pid-file="$place/pid" --skip-networking --default-time-zone=-05:00 \
        --group-concat-max-len=1024 >log 2>&1 &
    server=$!
    trap stop_server EXIT
    tries=0
    until mariadb --no-defaults --socket="$place/s" --user=root \
        -e 'CREATE DATABASE warehouse CHARACTER SET utf8mb4' 2>start.log; do
        tries=$((tries + 1))
        [ $tries -lt 300 ] || fail "mariadbd: $(cat start.log log)"
        sleep 0.1
    done
}

start_server
sql "CREATE TABLE event (person_id varchar(20), case_id varchar(20), ts timestamp,
        activity varchar(20), touchpoint varchar(20), persona varchar(20), channel varchar(20),
        value double);
    INSERT INTO event SELECT concat('p', seq DIV 4 % 500), concat('c', seq DIV 4),
        from_unixtime(1767571200 + seq * 600), elt(1 + seq % 4, 'search', 'cart', 'pay', 'arrived'),
        elt(1 + seq % 4, 'search', 'cart', 'pay', 'platform'),
        elt(1 + seq % 3, 'anna', 'helga'), elt(1 + seq % 2, 'web', 'Schalter 😀'), seq % 17
        FROM seq_0_to_3999;
    CREATE USER reader@localhost IDENTIFIED BY 'geheim';
    GRANT SELECT ON warehouse.event TO reader@localhost"

cat >odbc.ini <<END
[shop]
Driver = MariaDB Unicode
Socket = $place/s
Database = warehouse
User = reader
Password = geheim
Charset = utf8mb4
END

# ---- The manual's examples ----

manual_queries 'The same in MariaDB and MySQL' >manual.yaml
[ "$(grep -c '^  - name:' manual.yaml)" -eq 2 ] || fail 'the manual has other examples'
run 0 sync store.db --from shop --queries manual.yaml
plain err
says err 'shop: ways: 1 row read; 1 taken'
holds "SELECT count(*), sum(n), min(period_start) FROM observations" '12|1000|2026-01-05'
holds "SELECT count(*) FROM observations WHERE persona IS NULL" 4
holds "SELECT DISTINCT channel FROM observations" 'Schalter 😀'
holds 'SELECT path, conversions, nulls FROM paths' 'search > cart > platform|1000|0'
cp store.db before.db
run 0 sync store.db --from shop --queries manual.yaml
cmp -s store.db before.db || fail 'asking again has changed the store'

# ---- Long paths are whole, times are UTC's ----

query long paths "SELECT GROUP_CONCAT(concat('a step of ', case_id) ORDER BY ts SEPARATOR ' > ')
      AS path, 1 AS conversions FROM event"
run 0 sync long.db --from shop --queries query.yaml
holds "SELECT length(path) > 60000, path LIKE '% > a step of c999' FROM paths" '1|1' long.db
query day observations "SELECT 'm' AS metric, DATE(min(ts)) AS period_start, 1 AS n, 2 AS value
      FROM event"
run 0 sync day.db --from shop --queries query.yaml
holds 'SELECT period_start FROM observations' 2026-01-05 day.db

# ---- Nothing is written, and what is slow is broken off ----

sql 'GRANT ALL ON warehouse.* TO reader@localhost'
sql 'DELIMITER //
    CREATE FUNCTION grab() RETURNS int MODIFIES SQL DATA
    BEGIN DELETE FROM event; RETURN 1; END //' || fail 'no function'
query grab observations "SELECT 'm' AS metric, current_date AS period_start, grab() AS value,
      1 AS n"
refused 'the query would change the warehouse, which is only read'
[ "$(sql 'SELECT count(*) FROM event')" = 4000 ] || fail 'the warehouse has lost rows'
query wrong observations 'SELECT nothing FROM event'
refused 'query.yaml:4:10: the warehouse does not understand the query'

working() {
    sql "SELECT count(*) FROM information_schema.processlist WHERE user = 'reader'
        AND info LIKE '%sleep(60)%'"
}

slow="SELECT 'm' AS metric, current_date AS period_start, 1 AS n, sleep(60) AS value"
query slow observations "$slow" 'time_limit: 1s'
refused "the query 'slow' took longer than 1 s"
at_work 0
query slow observations "$slow"
broken_off
