#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
#
# What the README says to type does what it says: each command of "From a script", one after the
# other, on the example map.

. "$STELLWERK_SOURCE/tests/cli/lib.sh"

cp "$maps/bahn-berlin.yaml" map.yaml
cp -R "$maps/lib" .
mkdir maps
cp map.yaml maps/
cp -R lib maps/
sh "$maps/build-demo" "$program" "$folder/bahn.db" >/dev/null || fail 'no demo store'
printf 'event_id,case_id,ts,activity,touchpoint\n1,a,2026-01-05,look,search\n' >events.csv

stellwerk() {
    "$program" "$@"
}

awk '/^## From a script/ { here = 1 } /^```/ { block = !block } here && block && /^stellwerk / {
    sub(/ +#.*$/, ""); print } /^The exit status/ { here = 0 }' \
    "$STELLWERK_SOURCE/README.md" >commands
[ "$(wc -l <commands)" -gt 15 ] || fail "the README has few commands: $(cat commands)"
while read -r line; do
    eval "$line" >out 2>err </dev/null || fail "'$line' of the README fails: $(cat err)"
    case $line in
    *'-o '*) [ -s "${line##*-o }" ] || fail "'$line' writes nothing" ;;
    esac
done <commands

# Every view can be asked for, and help names each.
"$program" report --help >help
for view in map gaps personas metrics paths case attribution silos opportunities promises \
    reduction all; do
    grep -qE "[ (]$view([ ,(;]|\$)" help || fail "help does not name the view $view"
done
run 2 report map.yaml --lang xx
says err "'stellwerk report --help' shows what it takes"
