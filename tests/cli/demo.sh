#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
#
# The example maps are clean, their figures are what the script invents, and the demo store is built
# from them once and left alone the second time.

set -eu

maps=$STELLWERK_SOURCE/maps
stellwerk=$STELLWERK_BUILD/stellwerk
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT

sh "$maps/data/generate.sh" "$folder"
for table in events answers observations; do
    if ! cmp "$maps/data/invented-$table.csv" "$folder/invented-$table.csv"; then
        echo "maps/data/invented-$table.csv is not what maps/data/generate.sh writes; run it again"
        exit 1
    fi
done

# The day of the last figures: a review that is fresh then may be overdue when the test runs.
STELLWERK_NOW=2026-11-28T12:00Z
export STELLWERK_NOW
# build: the demo store, and the only line it says.
build() {
    lines=$(sh "$maps/build-demo" "$stellwerk" "$folder/bahn.db" | wc -l)
    if [ "$lines" -ne 1 ]; then
        echo "build-demo says $lines lines, not one"
        exit 1
    fi
}

# facts: what the store holds. A repeated import may note that it was there, and nothing else.
facts() {
    "$stellwerk" store info "$folder/bahn.db" --format json |
        grep -E '"(events|answers|observations|cases|persons)"'
}

build
once=$(facts)
build
if [ -z "$once" ] || [ "$once" != "$(facts)" ]; then
    echo "the second build-demo changed the store from"
    echo "$once"
    echo "to"
    facts
    exit 1
fi

# The shop, too, is made from nothing but its script, and the same every time.
shop() {
    sh "$maps/build-shop" "$stellwerk" "$folder/shop.db" >/dev/null
    "$stellwerk" store info "$folder/shop.db" --format json | grep -E '"(events|answers|cases)"'
}
shop=$(shop)
if ! echo "$shop" | grep -q '"events": 63881' || [ "$shop" != "$(shop)" ]; then
    echo "build-shop makes another store than it did: $shop"
    exit 1
fi
"$stellwerk" check --strict --store "$folder/shop.db" "$maps/shop.yaml"

# Its experiment: 113 of 274 checkouts left against 83 of 267, by Newcombe.
"$stellwerk" report "$maps/shop.yaml" --store "$folder/shop.db" --view opportunities \
    --format json >"$folder/board.json"
for words in '"state": "better"' '"customers_a": 271' '"n_b": 267' \
    '"difference": -0.10154733' '"difference_low": -0.18060661' '"difference_high": -0.0205405'; do
    if ! grep -qF -- "$words" "$folder/board.json"; then
        echo "the shop's experiment does not say $words"
        exit 1
    fi
done

# What people write about the parcel, in the words of SQL and in those of the Promises view.
"$stellwerk" report "$maps/shop.yaml" --store "$folder/shop.db" --view promises \
    --format json >"$folder/promises.json"
for words in '"claim": "Two days, guaranteed"' '"part_promise": -13' '"weighted_cost": 65' \
    '"n": 200' '"mean": 2.45,' '"mean_low": 2.26051' '"distribution"' '"verbatims"'; do
    if ! grep -qF -- "$words" "$folder/promises.json"; then
        echo "the shop's promises do not say $words"
        exit 1
    fi
done
