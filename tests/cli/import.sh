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

# ---- Counted paths ----

printf 'path,total_conversions,total_conversion_value,total_null\n' >paths.csv
printf 'search > pay,3,40.5,1\nsearch>pay,2,,0\npay > ,1,1,1\n' >>paths.csv
run 1 import paths.db paths.csv --dry-run
says out '  rows are         paths'
says out '  preset           paths'
run 1 import paths.db paths.csv
says err 'paths.csv:4: step 2 of the path is empty'
says err '3 rows read; 2 taken, 0 known already, 1 rejected'
run 0 store info paths.db --format json
says out '"paths": 2'

# ---- What people have: a German survey, an English export, both with their habits ----

printf 'Zeit;Kunde;Vorgang;Kanal;Betrag\n' >de.csv
printf '14.03.2026 9:05;M\374ller;Fahrplan suchen;Web;\n' >>de.csv
printf '14.03.2026 9:07;M\374ller;"Ticket\nkaufen";Web;12,50\n' >>de.csv
printf '20.05.2026 18:00;M\374ller;Fahrplan suchen;App;\n' >>de.csv

run 0 import de.db de.csv --dry-run --map ts=Zeit --map person_id=Kunde --map activity=Vorgang \
    --map value=Betrag --map channel=Kanal
is out <<'END'
de.csv
  rows are         events
  written as       CSV with semicolons
  encoding         Windows-1252 (Latin-1 and its like), converted to UTF-8
  times            day, month, year (dmy)
                   '14.03.2026 9:05' is 2026-03-14T09:05:00Z
                   where no offset is given, UTC is meant
  time span        2026-03-14 – 2026-05-20
  cases            3 events have no case: they are cut from each person's
                   events, after 30 days without one

Columns of the store, and where they come from
  ts               Zeit
  person_id        Kunde
  activity         Vorgang
  channel          Kanal
  value            Betrag

Rows
  read                                             3
  new                                              3  ████████████████████████
  known already                                    0
  rejected                                         0
  on no touchpoint                                 3  ████████████████████████

On no touchpoint
  Fahrplan suchen                                  2  ████████████████████████
  Ticket kaufen                                    1  ████████████

Nothing was changed.
END

# The same from a mapping file; the command line stands above it.
cat >de.yaml <<'END'
as: events
case_window: 90d
columns: {ts: Zeit, person_id: Kunde, activity: Vorgang, channel: Kanal, value: Vorgang}
END
run 0 import de.db de.csv --mapping de.yaml --map value=Betrag
says err 'read as WINDOWS-1252 and converted to UTF-8'
says err "times are read as dmy: '14.03.2026 9:05' is 2026-03-14T09:05:00Z"
says err '3 events had no case: cases were cut after 90 days without one'
run 0 store info de.db
says out '3 events have no case of their own: cases were cut after 90 days without one'
says out 'Fahrplan suchen'
says out "name them in a touchpoint's 'activities'"
run 0 import de.db de.csv --mapping de.yaml --map value=Betrag --case-window 12h
says err '0 taken, 3 known already'
says err 'all such cases of the store were cut anew'
run 0 store info de.db --format json
says out '"case_window_seconds": 43200'
says out '"cases": 2'
says out '"activity": "Fahrplan suchen"'

# A map that names the activity brings it in.
cat >map.yaml <<'END'
stellwerk: 1
title: Bahn
stages:
  - id: booking
    touchpoints:
      - {id: search, activities: [fahrplan suchen]}
END
run 0 import de.db de.csv --mapping de.yaml --map value=Betrag --map map.yaml
says err '1 row is not on the map: Ticket'
run 2 import de.db de.csv --map map.yaml --map other.yaml
says err "--map takes one map, not both 'map.yaml' and 'other.yaml'"
run 2 import de.db de.csv --map tss=Zeit
says err "did you mean 'ts'?"
run 2 import de.db de.csv --map ts=Zet
says err "did you mean 'Zeit'?"
run 2 import de.db de.csv --case-window soon
run 2 import de.db de.csv --mapping de.yaml --time-format dym
says err "did you mean 'dmy'?"

# Month or day: where no value tells, the import asks and takes nothing.
printf 'When,Who,What\n3/4/2026 9:05 AM,c1,search\n4/3/2026 5:05 PM,c1,pay\n' >en.csv
set -- --map ts=When --map case_id=Who --map activity=What --map 'channel:=web'
run 2 import en.db en.csv "$@"
says err 'say which: --time-format dmy or --time-format mdy'
run 0 import en.db en.csv "$@" --time-format mdy
says err "'3/4/2026 9:05 AM' is 2026-03-04T09:05:00Z"
printf '3/13/2026 5:05 PM,c1,leave\n' >>en.csv
run 0 import en.db en.csv "$@" --dry-run
says out "because of '3/13/2026 5:05 PM' in line 4"
says out "always 'web'"
says out 'new                                              1'

# An object a line, packed: the second half of it is broken.
cat >calls.jsonl <<'END'
{"messageId":"m1","type":"track","event":"Kauf","anonymousId":"a","timestamp":"2026-01-05T10:00Z"}
{"messageId":"m2","type":"page","name":"Über uns","userId":"u","timestamp":"2026-01-05T10:05Z"}
{"messageId":"m3","type":"tra
END
gzip -c calls.jsonl >calls.gz
run 1 import calls.db calls.gz --rejects calls-rejects.csv
plain err
says err 'calls.gz: 3 rows read; 2 taken, 0 known already, 1 rejected'
says calls-rejects.csv 'calls.gz'
says calls-rejects.csv ',3,'
run 1 import calls.db calls.jsonl --dry-run
says out 'preset           segment'
says out 'an object of JSON a line'
says out 'userId, else anonymousId'
run 2 import calls.db calls.jsonl --preset segmnt
says err "did you mean 'segment'?"

# Answers that name no touchpoint are counted, and nothing is said of their activity.
printf 'ts,metric,value\n2026-01-01,csat,4\n2026-01-01,csat,5\n' >answers.csv
run 0 import calls.db answers.csv
says err '2 rows are on no touchpoint'

# ---- Broken off, by a person and by force, and repeated ----

awk 'BEGIN {
    print "ts,person_id,activity"
    for (i = 0; i < 54000; i++)
        printf "2026-01-%02dT%02d:%02d:00Z,p%d,step-%d\n",
            i % 28 + 1, i % 24, i % 60, i % 997, i % 7
}' >many.csv

# broken_off SIGNAL: all rows went into the pipe, and its end did not.
broken_off() {
    rm -f many.db many.db-journal
    "$program" import many.db pipe >out 2>err &
    importer=$!
    exec 3>pipe
    cat many.csv >&3
    kill -s "$1" $importer
    exec 3>&-
    wait $importer
    got=$?
    "$program" import many.db many.csv >out 2>err || fail "$(cat err)"
    "$program" store info many.db --format json >again.json
    for count in events cases persons events_cut events_waiting; do
        grep "^  \"$count\":" again.json
    done >again
    cmp -s whole again || fail "after $1: $(diff whole again)"
}

mkfifo pipe
cat >whole <<'END'
  "events": 54000,
  "cases": 997,
  "persons": 997,
  "events_cut": 54000,
  "events_waiting": 0,
END
broken_off KILL
[ "$got" -eq 137 ] || fail "killed, it ended with $got"
broken_off INT
[ "$got" -eq 2 ] || fail "interrupted, it ended with $got"
exit 0
