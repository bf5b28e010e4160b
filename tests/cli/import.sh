#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
#
# Importing: the preview changes nothing, twice is once, what does not fit is kept with its reason.

. "$STELLWERK_SOURCE/tests/cli/lib.sh"

cat >events.csv <<'END'
event_id,ts,case_id,activity,touchpoint,value
e1,2026-01-05T08:00:00+01:00,c1,search,search,1.5
e2,2026-01-05T08:01:00+01:00,c1,pay,pay,2
e3,yesterday,c1,pay,pay,2
e4,2026-01-06T08:01:00+01:00,c2,"buy
nothing",,x
END

run 1 import store.db events.csv --dry-run
says out 'Nothing was changed.'
[ -e store.db ] && fail 'a dry run made a store'
run 1 import store.db events.csv --rejects rejects.csv
plain err
says err 'events.csv: 4 rows read; 2 taken, 0 known already, 2 rejected'
says err 'rejected rows are in rejects.csv'
says err 'events.csv:4:'
says rejects.csv 'yesterday'
says rejects.csv 'nothing'
rejects=$(grep -c '^.\{0,1\}events.csv' rejects.csv)
[ "$rejects" -eq 2 ] || fail "not two rejects: $(cat rejects.csv)"

cp store.db before.db
run 1 import store.db events.csv
cmp store.db before.db || fail 'a repeated import changed the store'
says err '0 taken, 2 known already, 2 rejected'
run 0 store info store.db --format json
says out '"events": 2'
says out '"cases": 1'
run 0 store info store.db
says out 'events.csv'

sed '/yesterday/d; /buy/d; /nothing/d' events.csv >good.csv
run 0 import quiet.db good.csv --quiet
[ -s out ] || [ -s err ] && fail 'a quiet import speaks'

run 2 import store.db missing.csv
says err "missing.csv"
run 2 import . good.csv
run 2 import good.csv good.csv
run 2 import store.db good.csv --preset xse
run 2 import store.db good.csv --mapping missing.yaml
run 2 store info missing.db
run 2 store info good.csv

printf 'as: events\ncolums: {ts: time}\n' >mapping.yaml
run 1 import other.db events.csv --mapping mapping.yaml
says err "did you mean 'columns'"
printf 'as: event\n' >mapping.yaml
run 2 import other.db events.csv --mapping mapping.yaml
says err 'mapping.yaml:1:5: error:'
exit 0
