#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
#
# An attack in every text of a map, in file names and in the data: shown as visible text everywhere.

. "$STELLWERK_SOURCE/tests/cli/lib.sh"

esc=$(printf '\033') bidi=$(printf '\342\200\256') zero=$(printf '\342\200\213')
attack="a${bidi}b${zero}c"

# YAML itself refuses raw control characters; double quotes can still bring them in.
evil="x\\\\e[31mx\\\\rx${attack}\\\\u202E\\\\x9b31m"
sed -E "s/: *\"?[A-Za-zÄÖÜäöüß„][^\"{}]*\"?\$/: \"$evil\"/" \
    "$maps/bahn-berlin.yaml" >hostile.yaml
grep -c '\\e\[31m' hostile.yaml | grep -q '^[0-9][0-9]' || fail 'the attack did not reach the map'
sed -E 's/^(stellwerk|kind|phase|language|store|personas_from|metrics_from|reviewed.*):.*//' \
    hostile.yaml >/dev/null

"$program" check hostile.yaml >out 2>err
plain out
plain err
lacks out "$bidi"
lacks out "$zero"

cat >small.yaml <<END
stellwerk: 1
title: "T\\e]0;owned\\a\\rT$attack"
owner: "O\\u202E"
personas: {anna: {name: "A\\e[2J$attack"}}
channels: {web: {label: "W\\x9b$attack", medium: "m\\t"}}
stages:
  - id: s
    title: "S\\e[1m$attack"
    touchpoints:
      - id: t
        title: "P\\e[7m$attack"
        channel: web
        owner: "O\\e[7m$attack"
        systems: ["S\\e[7m$attack"]
        actions: ["A\\e[7m$attack"]
        thoughts: ["T\\e[7m$attack"]
        quotes: [{text: "Q\\e[7m$attack", source: "R\\e[7m$attack"}]
        pains: ["P\\e[7m$attack"]
        promise: {score: 90, claim: "C\\e[7m$attack"}
        expectation: {anna: 70}
        experience: {anna: {score: 30, note: "N\\e[7m$attack"}}
END
for color in never always; do
    run 0 report small.yaml --persona anna --color "$color"
    lacks out "$bidi"
    lacks out "$zero"
    lacks out "$esc]"
    lacks out "$esc[7m"
    lacks out "$esc[2J"
    says out '<U+202E>'
done
run 0 report small.yaml --color never
plain out
run 0 report small.yaml --format json
plain out
lacks out "$bidi"
run 0 report small.yaml --format svg
lacks out "$esc"
lacks out "$bidi"

# File names, headers and values of data.
name="evil${esc}[31m${bidi}.csv"
printf 'ts,case_id,activity,e\033[31m%s\n2026-01-01,c\033[1m,a\033[1m,x\nno\033[1m,c,a,x\n' \
    "$bidi" >"$name"
"$program" import store.db "./$name" --dry-run >out 2>err
plain out
plain err
lacks out "$bidi"
lacks err "$bidi"
run 1 import store.db "./$name"
plain err
run 0 store info store.db
plain out
lacks out "$bidi"
run 1 check "./missing$name"
plain out
run 2 report "./missing$name"
plain err
lacks err "$bidi"
run 2 "not${esc}[31ma command"
plain err
run 2 check "--x${esc}[31m"
plain err
exit 0
