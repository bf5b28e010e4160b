#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
#
# The test driver counts what was passed, failed and skipped, one by one, and loses no failure.

set -eu

folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT

# drive NAME SCRIPT: runs a test that is this shell script, under the driver.
drive() {
    sh "$STELLWERK_SOURCE/tests/driver" --test-name "$1" --log-file "$folder/$1.log" \
        --trs-file "$folder/$1.trs" --color-tests no --enable-hard-errors yes \
        --expect-failure no -- sh -c "$2" >"$folder/$1.said"
}

# counts NAME PASSED FAILED SKIPPED
counts() {
    said=$(sh "$STELLWERK_SOURCE/tests/totals" "$folder/$1.trs")
    [ "$said" = "$2 passed, $3 failed, $4 skipped" ] || {
        echo "$1: $said"
        exit 1
    }
}

drive good 'exit 0'
counts good 1 0 0
drive bad 'echo because; exit 3'
counts bad 0 1 0
grep -qx because "$folder/bad.log"
grep -qx ':recheck: yes' "$folder/bad.trs"
drive absent 'echo no terminal here; exit 77'
counts absent 0 0 1

drive check 'echo "100%: Checks: 12, Failures: 0, Errors: 0"'
counts check 12 0 0
drive checked 'echo "SKIP: test_a: no data"; echo "66%: Checks: 6, Failures: 1, Errors: 1"; exit 1'
counts checked 3 2 1
grep -qx 'SKIP: test_a: no data' "$folder/checked.said"

# Green in its summary, and yet it fails: a leak at the exit, say.
drive leaky 'echo "100%: Checks: 2, Failures: 0, Errors: 0"; exit 23'
counts leaky 2 1 0

# One that was killed before it could write its results.
counts missing 0 1 0
