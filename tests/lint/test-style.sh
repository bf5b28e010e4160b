#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
#
# check-style sees every breach of the countable style, and nothing wrong in a tidy tree.

set -eu

tree=$(mktemp -d)
trap 'rm -rf "$tree"' EXIT
check_style=$STELLWERK_SOURCE/tests/lint/check-style
spdx='/* SPDX-License-Identifier: GPL-3.0-or-later */'

# file PATH LINE...
file() {
    mkdir -p "$tree/$(dirname "$1")"
    path=$1
    shift
    printf '%s\n' "$@" >"$tree/$path"
}

# says TEXT: check-style fails and says so.
says() {
    if sh "$check_style" "$tree" >"$tree/said"; then
        echo "check-style passes where it should say: $1"
        exit 1
    fi
    grep -Fqx "$1" "$tree/said" || {
        echo "check-style should say: $1"
        echo "it says:"
        cat "$tree/said"
        exit 1
    }
}

# A function whose body, braces included, has that many lines.
function_of() {
    echo 'int f(void)'
    echo '{'
    awk -v lines="$1" 'BEGIN { while (lines-- > 2) print "    go();" }'
    echo '}'
}

tidy() {
    rm -rf "$tree/src" "$tree/include" "$tree/tests"
    file include/stellwerk/base/a.h "$spdx" '' '/* What it is. */'
    file src/base/a.c "$spdx" '' "$(function_of 80)"
    file tests/base/test_a.c "$spdx"
    file tests/suites.h "$spdx" '' '/* All. */' 'Suite *base_a_suite(void);'
    file tests/main.c "$spdx" 'base_a_suite,'
    file tests/run.sh '#!/bin/sh' '# SPDX-License-Identifier: GPL-3.0-or-later' 'mktemp -d x-XXXXXX'
    file Makefile.am 'include/stellwerk/base/a.h' 'src/base/a.c \' \
        'tests/base/test_a.c' 'tests/main.c' 'tests/suites.h'
    file src/README.md '| `base/a.c` | something |'
}

tidy
said=$(sh "$check_style" "$tree") || { echo "check-style fails on a tidy tree: $said"; exit 1; }
[ "$said" = '1 functions, median 80 lines, 0.0 % under 50, longest 80' ]

file src/base/a.c "$spdx" '' "$(function_of 81)"
says 'src/base/a.c:84: the function that ends here has 81 lines; split it'

tidy
awk 'BEGIN { while (n++ < 500) print "" }' >>"$tree/src/base/a.c"
says 'src/base/a.c:583: the file has 583 lines; split it by 500'

# A character of many bytes is one column.
tidy
wide=$(awk 'BEGIN { while (n++ < 95) printf "ä" }')
file src/base/a.c "$spdx" "/* $wide*/" "/*  $wide*/"
says 'src/base/a.c:3: 101 columns; 100 is the limit'
[ "$(grep -c columns "$tree/said")" = 1 ]

tidy
file src/base/a.c 'int a;'
says 'src/base/a.c:1: the first line is not the SPDX line'

tidy
file tests/run.sh '#!/bin/sh' 'true'
says 'tests/run.sh:2: the second line is not the SPDX line'

tidy
file include/stellwerk/base/a.h "$spdx" '' '#ifndef A'
says 'include/stellwerk/base/a.h:3: the header does not open with what the module is'

tidy
printf '%s\n\tint a;\nint b; \nstrcpy(a, b);\n/* TO''DO: more */\n' "$spdx" >"$tree/src/base/a.c"
says 'src/base/a.c:2: a tab'
says 'src/base/a.c:3: blanks at the end of the line'
says 'src/base/a.c:4: a call that can write past its end'
says 'src/base/a.c:5: a mark of unfinished work'

tidy
file src/base/b.c "$spdx"
says 'Makefile.am: src/base/b.c is not in any list'
says 'src/README.md: no line for src/base/b.c'

tidy
rm "$tree/src/base/a.c"
says 'src/README.md: there is no src/base/a.c'

tidy
file tests/main.c "$spdx"
says 'tests/main.c: no suite of tests/base/test_a.c, so that it does not run'
