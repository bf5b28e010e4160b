#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
#
# Fewer contacts for one journey, and many journeys as one table.

. "$STELLWERK_SOURCE/tests/cli/lib.sh"

map=$maps/bahn-berlin.yaml
sh "$maps/build-demo" "$program" "$folder/bahn.db" >/dev/null || fail 'no demo store'

# ---- Reduction -------------------------------------------------------------------------

for width in 40 60 80 120 200; do
    run 0 report "$map" --store bahn.db --view reduction --width $width --without seat
    plain out
    [ -s err ] && fail "messages at width $width: $(cat err)"
done
run 0 report "$map" --store bahn.db --view reduction --without seat --merge search,book \
    --format json
says out '"removed": 1'
says out '"merged": 1'
says out '"into": "book"'
says out '"credit_model": "markov_1"'
says out '"benchmark": "broken"'
run 0 report "$map" --view reduction --format csv --store none.db
awk -F, 'NF != 10 { exit 1 }' out || fail 'rows of other lengths'
run 2 report "$map" --view reduction --without nowhere
says err "nowhere"
run 2 report "$map" --view reduction --merge seat
says err 'takes two touchpoints'
run 2 report "$map" --view reduction --merge seat,seat
says err 'cannot go into itself'
cmp -s "$map" "$maps/bahn-berlin.yaml" || fail 'a report changed the map'

# ---- Portfolio -------------------------------------------------------------------------

mkdir -p many/lib
cp "$maps/lib/"*.yaml many/lib/
cp "$map" many/train.yaml
cp bahn.db many/
sed 's/^title: .*/title: The same again/; s/^store: .*//' "$map" > many/again.yaml
echo 'title: [torn' > many/torn.yaml
echo 'as: events' > many/mapping.yaml
for width in 40 60 80 120 200; do
    run 0 report many --width $width
    plain out
    [ -s err ] && fail "messages at width $width: $(cat err)"
done
run 0 report many --view portfolio --sort age
says out '3 maps'
says out '1 not readable'
says out 'The same on several maps'
says out 'torn.yaml'
for format in markdown html svg json csv; do
    run 0 report many --format $format
done
[ "$(wc -l < out)" -eq 4 ] || fail "the maps as CSV: $(cat out)"
says out 'many/again.yaml,The same again,as-is,pilot,'
(cd many && run 0 report . && head -1 out | grep -q "^ many  ") || fail "a folder without its name"
mkdir none
run 0 report none
says out 'there is no map in this folder'
run 2 report many --view gaps
says err 'has the view portfolio alone'
run 2 report many --sort colour
says err 'there is no order'
