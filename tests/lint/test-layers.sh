#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
#
# check-layers sees every kind of wrong include, and nothing wrong in a good house.

set -eu

tree=$(mktemp -d)
trap 'rm -rf "$tree"' EXIT
check_layers=$STELLWERK_SOURCE/tests/lint/check-layers

# file PATH LINE...
file() {
    mkdir -p "$tree/$(dirname "$1")"
    path=$1
    shift
    printf '%s\n' "$@" >"$tree/$path"
}

file src/base/utf8.c '#include <stellwerk/base/utf8.h>' '#include <utf8proc.h>'
file src/main.c '#include <config.h>' '#include <stellwerk/tui/screen.h>'
file src/tui/screen.c '#include <curses.h>' '#include "private.h"' \
    '#include <stellwerk/app/session.h>'
file include/stellwerk/tui/screen.h '#include <stellwerk/base/utf8.h>'
sh "$check_layers" "$tree"

file src/model/stage.c '#include <stellwerk/model/stage.h>' '#include <stellwerk/scene/map.h>'
file src/store/import.c '#include <stellwerk/insight/gap.h>' '# include <gsl/gsl_cdf.h>' \
    '#include <csv.h>'
file src/cli/check.c '#include <stellwerk/tui/screen.h>' '#include "../store/private.h"'
file src/cellar/wine.c '#include <stellwerk/attic/box.h>'
file include/stellwerk/mapfile/read.h '#include <yaml.h>'
file include/stellwerk/model/egg.h '#include <stellwerk/model/hen.h>'
file include/stellwerk/model/hen.h '#include <stellwerk/base/utf8.h>' \
    '#include <stellwerk/model/nest.h>'
file include/stellwerk/model/nest.h '#include <stellwerk/model/egg.h>' \
    '#include <stellwerk/base/utf8.h>'
file include/stellwerk/model/yard.h '#include <stellwerk/model/hen.h>'

cat >"$tree/wanted" <<'END'
include/stellwerk/mapfile/read.h:1: <yaml.h> in a header of ours shows it to all above mapfile/
src/cellar/wine.c:1: cellar/ is no floor of the house
src/cellar/wine.c:1: <stellwerk/attic/box.h> is on no floor of the house
src/cli/check.c:1: cli/ includes its sibling tui/
src/cli/check.c:2: "../store/private.h" goes round the floors; write <stellwerk/FLOOR/MODULE.h>
src/model/stage.c:2: model/ includes scene/, which is above it
src/store/import.c:1: store/ includes its sibling insight/
src/store/import.c:2: <gsl/gsl_cdf.h> is not for store/, only for insight/
include/stellwerk/model/egg.h: in a circle: egg.h hen.h nest.h
END
if sh "$check_layers" "$tree" >"$tree/said"; then
    echo "check-layers let a broken house pass"
    exit 1
fi
diff "$tree/wanted" "$tree/said"
