#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
#
# What check prints, to the letter, and how it ends.

. "$STELLWERK_SOURCE/tests/cli/lib.sh"

cat >broken.yaml <<'END'
stellwerk: 1
title: Broken
channels:
  web: {label: Web, medium: digital}
stages:
  - id: buy
    title: Buy
    touchpoints:
      - {id: search, title: Search, chanel: web}
      - {id: pay, title: Pay, channel: wbe, importance: 7}
      - {id: search, title: Again, expectation: {all: {adequate: 90, desired: 10}}}
END
run 1 check broken.yaml
is out <<'END'
broken.yaml:4:3: note: nothing uses the channel 'web'
broken.yaml:9:37: warning: 'touchpoints' has no key 'chanel'; did you mean 'channel'?
broken.yaml:10:40: error: there is no channel 'wbe'; did you mean 'web'?
broken.yaml:10:57: error: 'importance' must be from 0 to 5, not 7
broken.yaml:11:14: error: the id 'search' is taken: it was given in line 9, column 14
broken.yaml:9:14: note: the other place is here
broken.yaml:11:66: error: what is just adequate (90) cannot be above what is desired (10)
END
is err <<'END'
1 map checked: 4 errors, 1 warning
END

run 1 check --format json broken.yaml
says out '"code": "unknown_key"'
says out '"errors": 4'
[ -s err ] && fail 'JSON for programs, and words on standard error'

# Warnings fail a check only when asked for, notes never.
cat >warned.yaml <<'END'
stellwerk: 1
title: Warned
reviewed: 2026-01-01
review_every: 30d
stages: [{id: a, title: A, touchpoints: [{id: b, title: B}]}]
END
run 0 check warned.yaml
says out 'warned.yaml:3:'
says out 'warning:'
run 1 check --strict warned.yaml
run 1 check warned.yaml broken.yaml
is err <<'END'
2 maps checked: 4 errors, 2 warnings
END

# A nest of brackets is refused at once, whatever its size.
head -c 200000 /dev/zero | tr '\0' '[' >nest.yaml
run 1 check nest.yaml
says out 'nest.yaml:1:101: error:'

# A file that cannot be read is a finding like any other, so that the other maps are still checked.
run 1 check missing.yaml broken.yaml
says out 'missing.yaml: error:'
says out 'broken.yaml:9:37: warning:'
run 1 check .

# The maps that come with stellwerk have nothing to complain about but that their stores are not
# there yet.
mkdir maps
cp -R "$maps/lib" "$maps"/*.yaml maps
run 0 check --strict maps/bahn-berlin.yaml maps/permit.yaml maps/shop.yaml
is out <<'END'
maps/bahn-berlin.yaml:17:8: note: there is no store 'maps/bahn.db'; 'stellwerk import' makes one
maps/permit.yaml:21:8: note: there is no store 'maps/permit.db'; 'stellwerk import' makes one
maps/shop.yaml:12:8: note: there is no store 'maps/shop.db'; 'stellwerk import' makes one
END

# Metrics are held against the store: the map's own where it is there, or another.
cat >shop.yaml <<'END'
stellwerk: 1
title: Shop
store: shop.db
stages:
  - id: buy
    title: Buy
    touchpoints:
      - {id: pay, title: Pay, metrics: [paid, dropout, latest]}
metrics:
  paid: {label: Paid, type: proportion, hit: {outcome: canceled}}
  dropout: {type: dropout, first: order, then: pay, fresh: 30d}
  latest: {type: sql, query: SELECT value FROM event}
END
run 0 check --strict shop.yaml
is out <<'END'
shop.yaml:3:8: note: there is no store 'shop.db'; 'stellwerk import' makes one
END
cat >events.csv <<'END'
ts,case_id,activity,touchpoint,outcome
2026-08-01,c1,order,pay,
2026-08-01,c1,pay,pay,cancelled
2026-08-02,c2,order,pay,
2026-08-02,c3,order,pay,
2026-08-03,c4,order,pay,
2026-08-03,c5,order,pay,
END
run 0 import shop.db events.csv
run 1 check shop.yaml
says out "shop.yaml:10:47: warning: no row of the events in the store has 'canceled' in 'outcome';"
says out "did you mean 'cancelled'?"
says out "shop.yaml:11:3: warning: the metric 'dropout' at the touchpoint 'pay' is stale: its"
says out "shop.yaml:12:3: error: the metric 'latest' cannot be computed: the query may read"
is err <<'END'
1 map checked: 1 error, 2 warnings
END
run 1 check --format json shop.yaml
says out '"code": "unknown_value"'
says out '"code": "stale_metric"'
says out '"code": "metric_failed"'
run 1 check --store missing.db shop.yaml
is out <<'END'
missing.db: error: there is no store 'missing.db'; 'stellwerk import' makes one
END
run 1 check --store events.csv shop.yaml
says out 'events.csv: error: '

# A measured gap that is deeper than its budget fails the check, and says by how much; where it may
# be chance it is a warning, and where nothing is measured only a note.
cat >promise.yaml <<'END'
stellwerk: 1
title: Promise
store: promise.db
stages:
  - id: buy
    title: Buy
    touchpoints:
      - {id: pay, title: Pay, expectation: {all: 80}, metrics: [stars]}
      - {id: ship, title: Ship, expectation: {all: 80}, metrics: [stars]}
      - {id: keep, title: Keep, expectation: {all: 80}, metrics: [stars]}
      - {id: thank, title: Thank, expectation: {all: 80}, metrics: [stars]}
metrics:
  stars: {label: Stars, type: mean, from: answer, anchors: {1: 0, 5: 100}, min_n: 5}
budgets:
  - {touchpoint: pay, gap: -20}
  - {touchpoint: thank, gap: -20}
  - {all: true, gap: -30}
END
{
    echo response_id,ts,touchpoint,metric,value
    for i in 1 2 3 4 5 6 7 8 9 10; do
        echo "p$i,2026-08-01,pay,stars,$((i % 2 + 1))"
        echo "s$i,2026-08-01,ship,stars,$((i % 2 * 3 + 1))"
        echo "k$i,2026-08-01,keep,stars,4"
    done
} >stars.csv
run 0 import promise.db stars.csv --as answers
run 1 check promise.yaml
says out 'promise.yaml:15:5: error: the measured gap at “Pay” is −68 (−77 to −58), n 10: 48'
says out 'points deeper than its budget of −20, and so is the whole interval'
says out 'promise.yaml:16:5: note: nothing is measured at “Thank” that has a score'
says out 'promise.yaml:17:5: warning: the measured gap at “Ship” is −42 (−71 to −14), n 10: 12'
says out 'deeper than its budget of −30, which may be chance: the interval reaches the budget'
if grep -q Keep out; then
    echo "a budget that is kept is reported"
    exit 1
fi
run 1 check --format json promise.yaml
says out '"code": "budget_broken"'
says out '"code": "budget_doubtful"'
says out '"code": "budget_not_measured"'
exit 0
