#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
#
# The permit map over a real event log: counts per touchpoint equal those that the sqlite3 shell
# finds in the raw file by itself.

. "$STELLWERK_SOURCE/tests/cli/lib.sh"

log=$STELLWERK_SHARED/data/receipt.csv
[ -f "$log" ] || { echo "SKIP: $log is missing"; exit 77; }
command -v sqlite3 >/dev/null || { echo 'SKIP: there is no sqlite3 shell'; exit 77; }

run 0 import permit.db "$log" --preset xes --mapping "$maps/permit-import.yaml"
says err '8,577 rows read; 8,577 taken, 0 known already, 0 rejected'
run 0 import permit.db "$log" --preset xes --mapping "$maps/permit-import.yaml"
says err '0 taken, 8,577 known already'
run 0 store info permit.db --format json
says out '"events": 8577'
says out '"cases": 1434'
says out '"activities": 27'

# Activity, touchpoint: the pairs of the mapping file's `touchpoints`.
sed -n '/^touchpoints:/,/^[a-z]/ s/^  "\{0,1\}\([^":]*\)"\{0,1\}: *\([a-z0-9_-]*\).*/\1	\2/p' \
    "$maps/permit-import.yaml" >pairs
[ "$(wc -l <pairs)" -ge 12 ] || fail 'the pairs of the mapping file were not found'

sqlite3 raw.db >raw <<END
.mode csv
.import '$log' log
.mode tabs
.import pairs pair
SELECT 1;
END
sqlite3 raw.db 'DROP TABLE pair; CREATE TABLE pair (activity, touchpoint);'
sqlite3 -cmd '.mode tabs' raw.db '.import pairs pair'
sqlite3 raw.db 'SELECT touchpoint || " " || count(*) FROM log JOIN pair ON "concept:name" = activity
                GROUP BY touchpoint ORDER BY touchpoint' >wanted
[ -s wanted ] || fail 'the raw counts are empty'

run 0 report "$maps/permit.yaml" --store permit.db --format json
awk -F'"' '/^      "touchpoint":/ { at = $4 }
           /^          "type": "count"/ { counting = 1 }
           /^          "n":/ && counting {
               n = $3
               gsub(/[^0-9]/, "", n)
               print at, n
               counting = 0
           }' \
    out | sort -u >got
LC_ALL=C sort -u wanted >sorted
while read -r touchpoint count; do
    grep -qx "$touchpoint $count" got ||
        fail "$touchpoint: $count in the raw file, but $(grep "^$touchpoint " got || echo nothing)"
done <sorted
echo "$(wc -l <sorted) touchpoints agree"

# figure METRIC MEMBER: what the report says of a metric.
figure() {
    awk -F': ' -v metric="\"$1\"," -v member="\"$2\"" '
        $1 ~ /"metric"/ { here = $2 == metric }
        here && index($1, member) { sub(/,$/, "", $2); print $2; exit }' out
}

# Figures of cases, asked of the raw file case by case: who waited 30 days for a receipt in vain, of
# those whose 30 days are over; and how often a case is checked.
sqlite3 raw.db 'CREATE TABLE step AS SELECT "case:concept:name" AS k, "concept:name" AS activity,
                julianday("time:timestamp") AS t FROM log; CREATE INDEX by_case ON step (k)'
waited=$(sqlite3 raw.db "SELECT count(*) || ' ' || round(avg(NOT EXISTS (SELECT 1 FROM step AS b
         WHERE b.k = a.k AND b.activity LIKE 'T05 %' AND b.t BETWEEN a.t AND a.t + 30)), 6)
         FROM step AS a WHERE activity = 'Confirmation of receipt'
         AND t + 30 <= (SELECT max(t) FROM step)")
checked=$(sqlite3 raw.db "SELECT count(*) || ' ' || round(avg(n), 6) FROM (SELECT count(*) AS n
          FROM step WHERE activity LIKE 'T02 %' GROUP BY k)")
same() {
    got="$(figure "$1" n) $(LC_ALL=C printf '%.6f' "$(figure "$1" value)")"
    [ "$got" = "$2" ] || fail "$1: $2 in the raw file, but $got"
}
same no_receipt "$waited"
same checks "$checked"
exit 0
