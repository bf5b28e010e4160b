# SPDX-License-Identifier: GPL-3.0-or-later
#
# Sourced by the tests of faults: a map to save, and what must hold whatever happens to the save.

. "$STELLWERK_SOURCE/tests/cli/lib.sh"

# Under strace there is no looking for leaks.
ASAN_OPTIONS=${ASAN_OPTIONS:+$ASAN_OPTIONS:}detect_leaks=0
export ASAN_OPTIONS

cat >old.yaml <<'END'
stellwerk: 1
title: Reise   # heißt so
stages:
  - id: one
    title: Eins
    touchpoints:
      - id: a
        title: A
        standard: 80
END
sed 's/standard: 80/standard: 55/' old.yaml >new.yaml

skip() {
    echo "$*"
    exit 77
}

start_anew() {
    rm -f map.yaml .map.yaml*
    cp old.yaml map.yaml
    chmod 640 map.yaml
}

remains() {
    find . -name '.map.yaml*'
}

# whole WHAT: the file is the old one or the new one.
whole() {
    cmp -s map.yaml old.yaml || cmp -s map.yaml new.yaml || fail "the file is neither the old nor the new: $1"
    [ -n "$(find map.yaml -perm 640)" ] || fail "the file has another mode: $1"
}

# clean WHAT: the next save leaves nothing behind, of its own or of the one before.
clean() {
    run 0 edit map.yaml set map.owner next
    says map.yaml 'owner: next'
    [ -z "$(remains)" ] || fail "the next save leaves $(remains): $1"
}

need_strace() {
    command -v strace >/dev/null || skip 'strace is missing'
    strace -o trace true 2>/dev/null || skip 'strace may not trace here'
}

# Sets $calls to the system calls of a save from its temporary file on: "NAME N", where N counts the
# calls of that name since the program began.
find_calls() {
    start_anew
    strace -o trace "$program" edit map.yaml set a.standard 55 2>err || fail "cannot save under strace: $(cat err)"
    calls=$(awk -F'(' '
        /^[a-z0-9_]+\(/ {
            count[$1]++
            if (/stellwerk-/)
                begun = 1
            if (begun)
                print $1, count[$1]
        }' trace)
    [ "$(echo "$calls" | wc -l)" -gt 10 ] || fail "strace sees only: $calls"
}
