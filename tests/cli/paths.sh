#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
#
# The views of paths and attribution in reports: over a little log, over counted paths, and over
# nothing.

. "$STELLWERK_SOURCE/tests/cli/lib.sh"

cat >shop.yaml <<'END'
stellwerk: 1
title: Shop
channels:
  web: {label: Web, medium: digital}
  mail: {label: Letter, medium: paper}
stages:
  - id: buy
    title: Buying
    touchpoints:
      - {id: look, title: Look, channel: web, media: owned}
      - {id: ask, title: Ask, channel: web, optional: true}
      - {id: basket, title: Basket, channel: web}
      - {id: order, title: Order, channel: web}
END
cat >log.csv <<'END'
ts,case_id,activity,touchpoint,channel,cost
2026-01-01,a,look,look,web,1.5
2026-01-02,a,basket,basket,web,
2026-01-04,a,order,order,web,
2026-01-01,b,look,look,web,
2026-01-02,b,=sum(1),,web,
2026-01-03,b,basket,basket,mail,
2026-01-04,b,look,look,web,
2026-01-05,b,order,order,web,
2026-01-01,c,look,look,web,
2026-01-02,c,basket,basket,mail,
2026-05-01,d,look,look,web,
END
run 0 import shop.db log.csv --map shop.yaml

# What counts as completed, closed and dropped out is said.
run 0 report shop.yaml --store shop.db --view paths --width 100
says out '4 cases · 2 completed (50% ±'
says out '1 closed without · 1 still open'
says out 'Completed: the case met “Order”. Closed: it did not, and nothing happened for more'
says out '=sum(1)'
says out '3 changes of channel, 3 of them media breaks'
grep -q "$(printf '\033')" out && fail 'an escape sequence in a pipe'

run 0 report shop.yaml --store shop.db --view paths --format csv
says out 'basket,4,3,3,0,2,0,0,3,1,2,2,0,172800,'
run 0 report shop.yaml --store shop.db --view paths --format json
says out '"completed": 2'
says out '"to_activity": "=sum(1)"'
says out '"kind": "back"'
run 0 report shop.yaml --store shop.db --view paths --goal basket --format json
says out '"completed": 3'
run 2 report shop.yaml --store shop.db --view paths --goal bascet
says err "--goal: the map has no 'bascet'; the nearest is 'basket'"
run 0 report shop.yaml --store shop.db --view paths --ascii --width 60
LC_ALL=C grep -q '[^ -~]' out && fail 'not only ASCII'

# Cases side by side, each kind against the rest.
run 0 report shop.yaml --store shop.db --view paths --width 90
says out 'By channel'
says out 'A case counts for every channel that it was on.'
run 0 report shop.yaml --store shop.db --view paths --by channel --format csv
says out 'channel,web,present,look,4,4,1,,,,,'
says out 'channel,mail,completed,,1,2,0.5,1,-0.5,'
run 0 report shop.yaml --store shop.db --view paths --by month --format json
says out '"by": "period"'
says out '"segment": "2026-01-01..2026-01-31"'
says out '"unfinished": true'
run 2 report shop.yaml --store shop.db --view metrics --by persona
says err '--by persona: only the paths view compares by that'

# A case as a story.
run 0 report shop.yaml --store shop.db --view case --case b --width 90
says out 'Case b'
says out 'completed: it met “Order”'
says out '=sum(1)'
says out 'media break'
run 0 report shop.yaml --store shop.db --view case --case b --format json
says out '"case": "b"'
says out '"kind": "off"'
run 0 report shop.yaml --store shop.db --view case --case b --format csv
says out "event,2026-01-02T00:00:00Z,,\"'=sum(1)\",web,"
run 0 report shop.yaml --store shop.db --view case --case nobody
says out 'the store does not have this case'
run 2 report shop.yaml --store shop.db --view case
says err '--view case: which case? --case ID says so'

# Credit: two conversions of three journeys that ended; c's basket led nowhere.
run 0 report shop.yaml --store shop.db --view attribution --format csv
says out 'look,Look,first,2,'
says out 'basket,Basket,last,1,'
says out 'look,Look,last,1,'
says out 'look,Look,linear,1,'
run 0 report shop.yaml --store shop.db --view attribution --bootstrap 50 --width 100
says out '2 conversions of 3 journeys (66.7%)'
says out 'Credit is not causation'
says out 'drawn anew 50 times'
says out 'What credit costs'
run 0 report shop.yaml --store shop.db --view attribution --format json
says out '"cost": 1.5'
says out '"by": "channel"'
says out '"cost_of_one": 0.75'
cat >pay.csv <<'END'
ts,case_id,activity,touchpoint,value,currency
2026-01-04,a,pays,,40,EUR
END
cp shop.db paid.db
run 0 import paid.db pay.csv --as events
run 0 report shop.yaml --store paid.db --view attribution --width 100
says out 'worth 40 EUR together'
says out 'Credit by value'
run 2 report shop.yaml --store shop.db --view attribution --half-life soon
says err "--half-life: 'soon' is no time"

# A table of counted paths; steps that the map does not have get rows of their own.
cat >counted.csv <<'END'
path,total_conversions,total_conversion_value,total_null
Look > banner > basket,1,10,0
Look,0,0,1
banner > basket,0,0,1
END
run 0 import counted.db counted.csv --preset paths
run 0 report shop.yaml --store counted.db --view attribution --format csv
says out 'look,Look,markov_1,0.2,'
says out ',banner,markov_1,0.4,'
says out 'basket,Basket,markov_1,0.4,'
run 0 report shop.yaml --store shop.db --view attribution --of paths
says out 'no journeys that have ended in the store under this lens'

# Without a store the view says so.
run 0 report shop.yaml --view paths
says out 'No store: nothing is known of the paths that customers take'
exit 0
