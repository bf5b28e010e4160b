#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
#
# German, wherever a person reads: messages, help, numbers, dates, and the picture.

. "$STELLWERK_SOURCE/tests/cli/lib.sh"

sh "$maps/build-demo" "$program" "$folder/bahn.db" >/dev/null || fail 'no demo store'

run 0 report "$maps/bahn-berlin.yaml" --store bahn.db --lang de --persona anna
says out 'Versprechen'
says out 'Lücke'
lacks out 'Promise'
run 0 --lang de
says out 'Befehl'
run 0 check --help --lang=de
lacks out 'Usage'
run 0 store info bahn.db --lang de
says out '3.812'
says out '01.01.2026'
run 0 store info bahn.db --lang en
says out '3,812'
run 2 --lang de chekc
lacks err 'nearest'

run 2 --lang
says err '--lang needs a value'

# Findings and counts: German words, the same codes for programs.
echo 'titel: x' >wrong.yaml
run 1 check wrong.yaml --lang de
says out 'wrong.yaml:1:1: Fehler:'
says err '1 Karte geprüft: 3 Fehler, 1 Warnung'
run 1 check wrong.yaml --lang de --format json
says out '"severity": "error"'
printf 'ts,case_id,activity\n2026-01-01,c,a\n' >one.csv
run 0 import one.db one.csv --lang de
says err 'one.csv: 1 Zeile gelesen'
run 2 import --lang de
says err 'SPEICHER DATEI...'

# The environment says it, too; programs get the same in every language.
LANGUAGE=de run 0 report "$maps/bahn-berlin.yaml" --store bahn.db
says out 'Versprechen'
run 0 report "$maps/bahn-berlin.yaml" --store bahn.db --format json
mv out english
LANGUAGE=de run 0 report "$maps/bahn-berlin.yaml" --store bahn.db --format json
cmp english out || fail 'JSON differs by language'
exit 0
