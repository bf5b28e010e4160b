#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
#
# Silos: two owners whose metrics pull against each other, a stage that differs over its channels,
# who lacks what, and maps where there is little to say.

. "$STELLWERK_SOURCE/tests/cli/lib.sh"

cat >desk.yaml <<'END'
stellwerk: 1
title: Help desk
personas:
  ann: {name: Ann}
  bob: {name: Bob}
channels:
  phone: {label: Phone, medium: phone}
  chat: {label: Chat, medium: digital}
stages:
  - id: help
    title: Getting help
    touchpoints:
      - {id: call, title: Call, channel: phone, owner: Service, systems: [telephone],
         metrics: [aht, fcr, ease]}
      - id: visit
        title: Visit
        owner: Branch
        systems: [till]
        content:
          - {title: Leaflet, tone: warm, rhythm: once, for: [ann], status: live}
          - {title: Letter, tone: stern, rhythm: once, status: planned}
          - {title: Film, tone: loud, for: [bob], status: missing}
metrics:
  aht: {label: Handling time, type: mean, from: observation, unit: s, owner: Service,
        anchors: {300: 100, 500: 0}}
  fcr: {label: Solved at once, type: mean, from: observation, unit: "%", owner: Sales,
        anchors: {0: 0, 100: 100}}
  ease: {label: Ease, type: csat, owner: Service}
END

# The handling time and the share solved at once of ten weeks: rho of the changes is 0.903540.
awk 'BEGIN {
    split("420 410 395 400 380 372 360 365 350 341", aht)
    split("78 77 75 76 73 72 70 71 69 67", fcr)
    print "metric,touchpoint,period_start,period_end,value,n"
    for (i = 1; i <= 10; i++) {
        first = 5 + 7 * (i - 1)
        month = first <= 31 ? 1 : first <= 59 ? 2 : 3
        day = first <= 31 ? first : first <= 59 ? first - 31 : first - 59
        date = sprintf("2026-%02d-%02d", month, day)
        printf "aht,call,%s,%s,%d,400\n", date, date, aht[i]
        printf "fcr,call,%s,%s,%d,400\n", date, date, fcr[i]
    }
}' >weeks.csv
# Answers of 1 to 5 by phone and by chat: 4.5 and 3.5 in the mean.
awk 'BEGIN {
    print "response_id,ts,touchpoint,metric,kind,value,scale_min,scale_max,channel"
    for (i = 0; i < 60; i++) {
        printf "p%d,2026-01-%02d,call,ease,experience,%d,1,5,phone\n", i, 5 + i % 25, 4 + i % 2
        printf "c%d,2026-01-%02d,call,ease,experience,%d,1,5,chat\n", i, 5 + i % 25, 3 + i % 2
    }
}' >answers.csv
run 0 import desk.db weeks.csv --as observations --map desk.yaml
run 0 import desk.db answers.csv --as answers --map desk.yaml

run 0 report desk.yaml --store desk.db --view silos --width 140
plain out
says out 'Handling time (Service)'
says out 'Solved at once (Sales)'
says out 'correlation −0.90 over 9 changes from week to week.'
says out 'too often: p 0.063, not <0.001.'
says out 'Solved at once at Call: Sales has it'
says out 'telephone of Service, on the way to Visit'
says out 'points beyond noise'
says out '● live 1 · ○ planned 1 · × missing 1'
says out 'Getting help: 2 tones · to Ann'
lacks out '2 rhythms'

run 0 report desk.yaml --store desk.db --view silos --format csv
says out 'pull,apart_maybe,Service,Sales,aht,fcr,,,,,,,,,9,-0.903539805'
says out 'lack,measured_by_other,Service,Sales,fcr,,,help,call,'
says out 'stage,differs,,,,,,help,,'
says out 'channel,,,,,,,help,,phone,,,,,60,87.5,'
says out 'content,missing,Branch,,,,,help,visit,,bob,Film,loud,,'
run 0 report desk.yaml --store desk.db --view silos --format json
says out '"rho": 0.9035398058'
says out '"p_plain": 0.00083427229'
says out '"changes_effective": 4.41409534'
says out '"verdict": "apart_maybe"'
says out '"view": "silos"'

# Every width and every format, with a store and without.
for width in 40 60 80 120 200; do
    run 0 report "$maps/shop.yaml" --view silos --width $width --ascii --color never
    plain out
    LC_ALL=C awk -v most=$width 'length > most { exit 1 }' out || fail "wider than $width"
done
for format in markdown html svg json csv; do
    run 0 report desk.yaml --store desk.db --view silos --format $format
    [ -s out ] || fail "nothing as $format"
    run 0 report desk.yaml --view silos --format $format
done
run 0 report desk.yaml --view silos
says out 'No store: nothing was measured.'

# A store that is not there is told, and costs what it would have said alone.
run 0 report desk.yaml --store nowhere.db --view silos
says err 'nowhere.db'
says out 'Who has what'

# How customers really pass from owner to owner: three cases, one there and back, one with a step
# beside the map; call to visit is in the order of the map, visit to call is not.
run 0 report desk.yaml --store desk.db --view silos
says out 'The store has no case of these'
cat >events.csv <<'EOF'
event_id,case_id,ts,activity,touchpoint
1,a,2026-01-05T10:00Z,call,call
2,a,2026-01-05T11:00Z,visit,visit
3,a,2026-01-05T12:00Z,call,call
4,b,2026-01-06T10:00Z,call,call
5,b,2026-01-06T11:00Z,chat with a friend,
6,b,2026-01-06T12:00Z,visit,visit
7,c,2026-01-07T10:00Z,visit,visit
EOF
run 0 import desk.db events.csv --as events --map desk.yaml
run 0 report desk.yaml --store desk.db --view silos --width 140
says out 'In fact they pass 1.00 times a case (3 cases); 33% of that where the map does'
says out 'Service → Branch'
run 0 report desk.yaml --store desk.db --view silos --format json
says out '"per_case": 1.0,'
says out '"from": "Branch",'
says out '"passes": 2,'
run 0 report desk.yaml --store desk.db --view silos --format csv
says out 'handover,on_the_map,Service,Branch,,,,,,,,,,,3,0.666666666667,0.2076'
says out 'handover,not_on_the_map,Branch,Service,,,,,,,,,,,3,0.333333333333,0.0614'
says out 'passes,on_the_map,Service,Branch,,,,,,,,,,,3,2,'
