#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
#
# A real survey through a mapping file: 13,612 recommendations, NPS 53.4 with its interval.

. "$STELLWERK_SOURCE/tests/cli/lib.sh"

survey=$STELLWERK_SHARED/data/retail_nps.csv
[ -f "$survey" ] || { echo "SKIP: $survey is missing"; exit 77; }

run 0 import retail.db "$survey" --mapping "$STELLWERK_SOURCE/tests/data/retail-import.yaml"
says err '13,954 rows read'
says err 'answers were not given'
says err ' 0 rejected'

cat >retail.yaml <<'END'
stellwerk: 1
title: A visit to the store
store: retail.db
metrics:
  nps: {label: Recommendation, type: nps}
stages:
  - id: visit
    title: Visit
    touchpoints:
      - {id: store-visit, title: Store, metrics: [nps], expectation: {all: 60}}
END
run 0 report retail.yaml --format json
says out '"n": 13612'
# 100 (promoters - detractors) / n by awk on the raw file, to compare with.
nps=$(awk -F, 'NR > 1 && $2 ~ /^[0-9]+$/ { n++; if ($2 >= 9) p++; if ($2 <= 6) d++ }
               END { printf "%d %.4f", n, 100 * (p - d) / n }' "$survey")
[ "${nps% *}" -eq 13612 ] || fail "awk counts ${nps% *} answers"
value=$(awk -F'[:,]' '/^          "value":/ { printf "%.4f", $2 }' out)
[ "$value" = "${nps#* }" ] || fail "NPS $value, but awk says ${nps#* }"
says out '"value_low": 52'
says out '"value_high": 54'
run 0 report retail.yaml
says out '13,612'
exit 0
