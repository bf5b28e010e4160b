#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
#
# SIGKILL at every system call of a save: the file is the old one or the new one, whole, and the
# next save cleans up.

. "$STELLWERK_SOURCE/tests/faults/lib.sh"

need_strace
find_calls
killed=0
left=0
saved=0
while read -r name number; do
    start_anew
    strace -o trace -e "inject=$name:signal=KILL:when=$number" \
        "$program" edit map.yaml set a.standard 55 2>err </dev/null
    status=$?
    what="killed at $name no. $number"
    [ $status -eq 137 ] || fail "it ended with $status when $what"
    killed=$((killed + 1))
    whole "$what"
    ! cmp -s map.yaml new.yaml || saved=$((saved + 1))
    [ -z "$(remains)" ] || left=$((left + 1))
    clean "$what"
done <<END
$calls
END
echo "killed at $killed calls: the file was new after $saved of them, and $left left a file" \
    'behind that the next save took away'
[ $saved -gt 0 ] && [ $saved -lt $killed ] || fail 'the file is never old, or never new'
[ $left -gt 0 ] || fail 'no kill comes while there is a temporary file'
