# SPDX-License-Identifier: GPL-3.0-or-later
#
# Sourced by the tests of the command line. Runs the program as a person would, in English, in a
# folder of its own that goes when the test ends, at a fixed time.

program=$STELLWERK_BUILD/stellwerk
maps=$STELLWERK_SOURCE/maps
LC_ALL=C.UTF-8
LANGUAGE=en
STELLWERK_NOW=2026-11-28T12:00:00Z
TERM=xterm-256color
export LC_ALL LANGUAGE STELLWERK_NOW TERM
unset COLUMNS NO_COLOR COLORTERM

folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder" || exit 1

fail() {
    echo "FAILED: $*"
    exit 1
}

# run STATUS ARGUMENT...: the program must end with that status; its output goes to files out and err.
run() {
    wanted=$1
    shift
    "$program" "$@" >out 2>err
    got=$?
    [ "$got" -eq "$wanted" ] && return
    echo "stellwerk $* ended with $got, not $wanted:"
    cat out err
    exit 1
}

# says FILE TEXT: a file must hold the text, which is no pattern.
says() {
    grep -qF -- "$2" "$1" && return
    echo "'$2' is missing in $1:"
    cat "$1"
    exit 1
}

# is FILE: a file must equal standard input.
is() {
    cat >wanted
    cmp -s wanted "$1" && return
    diff -u wanted "$1"
    exit 1
}

lacks() {
    grep -qF -- "$2" "$1" || return 0
    echo "'$2' must not be in $1:"
    cat "$1"
    exit 1
}

# plain FILE: no control character but newlines.
plain() {
    if LC_ALL=C grep -q "$(printf '[\001-\011\013-\037\177]')" "$1"; then
        fail "$1 holds control characters"
    fi
}
