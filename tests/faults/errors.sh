#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
#
# Every system call of a save fails, with an I/O error and with a full disk: the file is whole, and
# who is told that nothing was saved still has the old one.

. "$STELLWERK_SOURCE/tests/faults/lib.sh"

need_strace
find_calls

# A sanitizer ends the program where it gets no memory for itself.
memory='brk|mmap|mprotect|mremap|munmap|madvise'
if grep -q __asan_init "$program"; then
    calls=$(echo "$calls" | grep -Evw "$memory")
fi

tried=0
told=0
while read -r name number; do
    case $name in
    exit_group) continue ;;
    esac
    for error in EIO ENOSPC; do
        start_anew
        strace -o trace -e "inject=$name:error=$error:when=$number" \
            "$program" edit map.yaml set a.standard 55 2>err </dev/null
        status=$?
        what="$error from $name no. $number"
        tried=$((tried + 1))
        whole "$what"
        case $status in
        0) cmp -s map.yaml new.yaml || fail "it was not saved, and that is not told: $what" ;;
        2)
            told=$((told + 1))
            says err 'map.yaml'
            if cmp -s map.yaml new.yaml; then
                says err 'may not survive a power cut'
            fi
            ;;
        *) fail "it ended with $status: $what, $(cat err)" ;;
        esac
        case $name in # what cannot be removed stays until the next save
        unlink*) ;;
        *) [ -z "$(remains)" ] || fail "it leaves $(remains): $what" ;;
        esac
        clean "$what"
    done
done <<END
$calls
END
echo "$tried failing calls: $told of them told, the others without consequence"
[ $told -ge 10 ] || fail 'hardly anything fails'
