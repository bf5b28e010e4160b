#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
#
# What to mend first, and who differs from whom: for people and for programs.

. "$STELLWERK_SOURCE/tests/cli/lib.sh"

map=$maps/bahn-berlin.yaml
sh "$maps/build-demo" "$program" "$folder/bahn.db" >/dev/null || fail 'no demo store'

# column NAME: what each row of the CSV in `out` has there.
column() {
    awk -F, -v name="$1" 'NR == 1 { for (i = 1; i <= NF; i++) if ($i == name) at = i }
        NR > 1 { print $at }' out
}

for width in 40 60 80 120 200; do
    for view in gaps personas; do
        run 0 report "$map" --store bahn.db --view $view --width $width
        plain out
        [ -s err ] && fail "messages at width $width: $(cat err)"
    done
done

# A well-measured gap leads, and the store's cases say how many it reaches.
run 0 report "$map" --store bahn.db --view gaps --format csv
[ "$(column touchpoint | head -n 1)" = platform ] || fail "the first gap: $(column touchpoint)"
[ "$(column standing | uniq | tr '\n' ' ')" = 'sure unsure kept ' ] ||
    fail "the order of standing: $(column standing)"
column priority | head -n 2 | sort -g -r -c || fail 'the order of priority'
awk -F, 'NF != 28 { exit 1 }' out || fail 'rows of other lengths'
run 0 report "$map" --store bahn.db --view gaps --sort journey --format csv
[ "$(column touchpoint | head -n 1)" = search ] || fail 'the order of the journey'
run 0 report "$map" --store bahn.db --view gaps --filter 'owner=Vertrieb, stage=booking' \
    --format csv
[ "$(column owner | sort -u)" = Vertrieb ] || fail 'filtered by owner'
run 0 report "$map" --store bahn.db --view gaps --format json
says out '"view": "gaps"'
says out '"standing": "sure"'
says out '"opportunity_source": "measured_score"'

# Without a store all is estimated, and said to be.
run 0 report "$map" --store missing.db --view gaps --format csv
[ "$(column standing | head -n 1)" = guessed ] || fail 'measured without a store'
[ -z "$(column reach | tr -d '\n')" ] || fail 'reach without a store'

run 2 report "$map" --store bahn.db --view gaps --sort depth
says err "there is no order 'depth'"
run 2 report "$map" --store bahn.db --view gaps --filter owner=Vertrib
says err "the nearest is 'Vertrieb'"
run 2 report "$map" --store bahn.db --view gaps --filter booking
says err 'is no filter'

# The hurried are hidden by the average; the smallest differences only look so.
run 0 report "$map" --store bahn.db --view personas --format csv
[ "$(sed -n 2p out | cut -d, -f1-5)" = 'context,hurried,connection,sure,true' ] ||
    fail "the largest difference: $(sed -n 2p out)"
[ "$(column verdict | uniq | tr '\n' ' ')" = 'sure noise untested ' ] ||
    fail "the order of verdicts: $(column verdict)"
awk -F, 'NF != 15 { exit 1 }' out || fail 'rows of other lengths'
run 0 report "$map" --store bahn.db --view personas --format json
says out '"verdict": "noise"'
says out '"kind": "context"'
run 0 report "$map" --store bahn.db --view personas --width 100
says out 'Whom the average hides'
says out 'Gewissheit über den Anschluss'
run 0 report "$map" --store bahn.db --view personas --format html -o personas.html
says personas.html '<svg '

exit 0
