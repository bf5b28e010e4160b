#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
#
# Reports: the same picture for a pipe, a file and a terminal that asks for colours.

. "$STELLWERK_SOURCE/tests/cli/lib.sh"

map=$maps/bahn-berlin.yaml
sh "$maps/build-demo" "$program" "$folder/bahn.db" >/dev/null || fail 'no demo store'

for width in 40 60 80 120 200; do
    run 0 report "$map" --store bahn.db --persona anna --width $width
    plain out
    [ -s err ] && fail "messages at width $width: $(cat err)"
    widest=$(awk '{ if (length($0) > widest) widest = length($0) } END { print widest }' out)
    bytes=$(awk 'BEGIN { print length("ä") }')
    if [ "$bytes" -eq 1 ] && [ "$widest" -gt $width ]; then
        fail "a line of $widest columns at width $width"
    fi
    says out 'Mit der Bahn'
done

run 0 report "$map" --store bahn.db --ascii --width 100
LC_ALL=C grep -q '[│╭●▁]' out && fail 'more than ASCII is drawn'
LC_ALL=C "$program" report "$map" --store bahn.db --width 100 >out 2>err
LC_ALL=C grep -q "$(printf '[\200-\377]')" out && fail 'more than ASCII without UTF-8'

run 0 report "$map" --store bahn.db --color always
says out "$(printf '\033[0')"
NO_COLOR=1 run 0 report "$map" --store bahn.db
plain out

run 0 report "$map" --store bahn.db -o map.txt
[ -s out ] && fail '-o, and something on standard output'
says map.txt 'Mit der Bahn zum Seminar'
run 0 report "$map" --store bahn.db --format svg -o map.svg
head -c 4 map.svg | grep -q '<svg' || fail 'no picture'
run 2 report "$map" -o missing/folder.txt
says err "missing/folder.txt"
[ "$(find . -name 'map.*.??????' | wc -l)" -eq 0 ] || fail 'a temporary file was left'

# A period, a persona, a context; and words for those that are not there.
run 0 report "$map" --store bahn.db --format json --period 2026-07 --persona anna --context hurried
says out '"from": "2026-07-01"'
says out '"to": "2026-07-31"'
says out '"persona": "anna"'
run 0 report "$map" --store bahn.db --format json --period month
says out '"from": "2026-11-01"'
run 2 report "$map" --persona ana
says err "the nearest is 'anna'"
run 2 report "$map" --context zzz
says err 'hurried'
run 2 report "$map" --period lately
says err '2026-Q3'
run 2 report "$map" --view mpa
says err "the nearest is 'map'"

# Without a store, or with one that is none, the map is still shown.
run 0 report "$map" --store missing.db
says err 'missing.db'
says out 'Mit der Bahn zum Seminar'
echo 'no store at all' >none.db
run 0 report "$map" --store none.db --format json
says out '"no_store"'

# The reader of a pipe may leave; a full disk is a failure.
"$program" report "$map" --store bahn.db 2>err | head -n 1 >/dev/null
[ -s err ] && fail 'words about a reader that left'
if [ -c /dev/full ]; then
    "$program" report "$map" --store bahn.db >/dev/full 2>err
    [ $? -eq 2 ] || fail 'a full disk is no failure'
    says err 'standard output'
fi
"$program" report "$map" --store bahn.db >&- 2>err
[ $? -eq 2 ] || fail 'a closed output is no failure'
# Metrics over time, in every format.
run 0 report "$map" --store bahn.db --view metrics --persona anna --period 2026-Q3 --width 100
says out 'Verspätung'
says out 'by week'
plain out
run 0 report "$map" --store bahn.db --view metrics --by quarter --format csv
[ "$(head -n 1 out)" = 'touchpoint,metric,unit,first_day,last_day,n,value,lo,hi,score,signal' ] ||
    fail "the header of the CSV: $(head -n 1 out)"
[ "$(grep -c '^platform,delay,min,2026-' out)" -eq 4 ] || fail 'four quarters of delays'
awk -F, 'NF != 11 { exit 1 }' out || fail 'rows of other lengths'
run 0 report "$map" --store bahn.db --view metrics --by month --format json
says out '"unit": "month"'
says out '"first_day": "2026-10-01"'
run 0 report "$map" --store bahn.db --view metrics --channel station --format json
says out '"channel": "station"'
run 0 report "$map" --store bahn.db --view metrics --channel station
says out 'channel Bahnhof'
run 2 report "$map" --store bahn.db --view metrics --channel statoin
says err "the nearest is 'station'"
run 2 report "$map" --store bahn.db --format csv
says err '--format csv'
run 0 report "$map" --view metrics --store missing.db
says err 'missing.db'
run 0 report "$map" --store bahn.db --view metrics --format html -o metrics.html
says metrics.html '<!DOCTYPE html>'
says metrics.html '<svg '
grep -v 'xmlns=' metrics.html | grep -q '<script\|http:\|https:' &&
    fail 'the page needs something beside itself'
run 0 report "$map" --store bahn.db --format markdown
says out '# Mit der Bahn zum Seminar'
[ "$(grep -c '^```' out)" -eq 2 ] || fail 'the fence of the Markdown page'

# All views in one report.
run 0 report "$map" --store bahn.db --view all
for title in Map Gaps Personas Metrics Paths Attribution Silos Opportunities Reduction; do
    grep -q "^$title ──" out || fail "$title is missing in the report of all views"
done
plain out
run 0 report "$map" --store bahn.db --view all --format markdown
[ "$(grep -c '^## ' out)" -eq "$(($(grep -c '^```' out) / 2))" ] || fail 'a section to each view'
run 0 report "$map" --store bahn.db --view all --format html -o all.html
says all.html '<a href="#view-2">Gaps</a>'
[ "$(grep -c '^<section id="view-' all.html)" -ge 9 ] || fail 'a section to each view'
run 0 report "$map" --store bahn.db --view all --format json
says out '"silos": {'
says out '"attribution": {'
run 2 report "$map" --store bahn.db --view all --format csv
says err '--format csv'

exit 0

# What customers say was promised, asked in a survey, stands beside what the map claims.
cat >claim.yaml <<'END'
stellwerk: 1
title: Claim
store: claim.db
stages:
  - id: buy
    title: Buy
    touchpoints:
      - {id: pay, title: Pay, standard: 60, promise: {score: 90, claim: In a minute},
         expectation: {all: 80}, experience: {all: 50}}
      - {id: ship, title: Ship, standard: 60, promise: {claim: In two days},
         expectation: {all: 80}, experience: {all: 50}}
END
{
    echo response_id,ts,touchpoint,metric,kind,value,scale_min,scale_max
    for i in 1 2 3 4 5 6 7 8 9 10; do
        echo "p$i,2026-08-01,pay,claim,promise,$((3 + i % 2)),1,5"
        echo "s$i,2026-08-01,ship,claim,promise,$((3 + i % 2)),1,5"
    done
} >claims.csv
run 0 import claim.db claims.csv --as answers
run 0 report claim.yaml --view promises --width 120
says out 'customers heard 63 (53 to 72) · n 10'
says out 'not what the map says: by this it costs 3 (0 to 12)'
says out 'taken for the promise, of which the map gives no score'
says out 'Ship: costs 3 points'
run 0 report claim.yaml --view promises --format json
says out '"heard": 62.5,'
says out '"heard_is_promise": true,'
says out '"claim_outside_heard": true,'
says out '"heard_cost": 2.5,'
run 0 report claim.yaml --view promises --format csv
says out 'heard,heard_low,heard_high,heard_n,heard_cost'
says out ',62.5,53.0'
