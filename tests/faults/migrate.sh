#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
#
# SIGKILL at every system call that changes a file while a store of an older version is brought to
# this one: the store is the old one, byte by byte, or a new one with the same rows and the old file
# beside it; the next attempt cleans up and ends in a store that is in order.

. "$STELLWERK_SOURCE/tests/faults/lib.sh"

need_strace
command -v sqlite3 >/dev/null || skip 'sqlite3 is missing'

{
    echo 'event_id,ts,case_id,activity,touchpoint,value'
    i=0
    while [ $i -lt 300 ]; do
        echo "e$i,2026-01-$((10 + i % 18))T10:00:00Z,c$((i / 4)),look,a,$((i % 50)).5"
        i=$((i + 1))
    done
} >events.csv
run 0 import now.db events.csv --as events --quiet
query='SELECT count(*), count(DISTINCT case_id), sum(value) FROM event'
content=$(sqlite3 now.db "$query")
event=$(sqlite3 now.db "SELECT replace(sql, 'key BLOB NOT NULL', 'key BLOB NOT NULL UNIQUE')
    FROM sqlite_schema WHERE name = 'event'")
sqlite3 now.db "DROP INDEX event_by_person; DROP INDEX event_without_case;
    PRAGMA legacy_alter_table = 1; ALTER TABLE event RENAME TO event_of_now; $event;
    INSERT INTO event SELECT * FROM event_of_now; DROP TABLE event_of_now;
    CREATE INDEX event_by_touchpoint ON event (touchpoint, ts);
    DROP TABLE index_run; DROP TABLE index_part; DROP TABLE sequence_stale;
    PRAGMA user_version = 4; VACUUM"
mv now.db old.db

anew() {
    rm -f store.db*
    cp old.db store.db
}

rebuild() {
    strace -o trace -e trace=file,desc "$@" "$program" store rebuild store.db >out 2>err </dev/null
}

anew
rebuild || fail "it cannot be rebuilt under strace: $(cat err)"
calls=$(awk -F'(' '
    /^(write|pwrite64|fsync|fdatasync|rename|renameat|renameat2|link|linkat|unlink|openat)\(/ ||
    /^(ftruncate|fchmod|close)\(/ {
        count[$1]++
        if (/[.]migrating-/)
            begun = 1
        if (begun && (!done || ++after % 20 == 0))
            print $1, count[$1]
        if (/^rename/)
            done = 1
    }' trace)
[ "$(echo "$calls" | wc -l)" -gt 20 ] || fail "strace sees only: $calls"

old=0
new=0
left=0
while read -r name number; do
    anew
    rebuild -e "inject=$name:signal=KILL:when=$number"
    what="killed at $name no. $number"
    if cmp -s store.db old.db; then
        old=$((old + 1))
    else
        new=$((new + 1))
        cmp -s store.db.schema4 old.db || fail "the old store is not kept: $what"
        [ "$(sqlite3 store.db "$query")" = "$content" ] || fail "rows are missing: $what"
    fi
    [ -z "$(find . -name '*.migrating-*')" ] || left=$((left + 1))
    run 0 store rebuild store.db
    run 0 store verify store.db
    cmp -s store.db.schema4 old.db || cmp -s store.db.schema4.2 old.db ||
        fail "in the end the old store is not kept: $what"
    [ "$(sqlite3 store.db "$query")" = "$content" ] ||
        fail "in the end rows are missing: $what"
    [ -z "$(find . -name '*.migrating-*')" ] || fail "a temporary file stays: $what"
done <<END
$calls
END
echo "killed at $((old + new)) calls: the store was new after $new of them, and $left left a file" \
    'behind that the next attempt took away'
[ $old -gt 0 ] && [ $new -gt 0 ] || fail 'the store is never old, or never new'
[ $left -gt 0 ] || fail 'no kill comes while there is a temporary file'
