#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
#
# Usage, help and exit statuses.

. "$STELLWERK_SOURCE/tests/cli/lib.sh"

run 0
says out 'stellwerk MAP.yaml'
run 0 --help
says out 'report'

for command in open new check report import edit store; do
    run 0 "$command" --help
    says out "Usage: stellwerk $command"
    says out '--lang de|en'
    [ -s err ] && fail "help of $command speaks on standard error"
    run 2 "$command"
    [ -s out ] && fail "usage of $command speaks on standard output"
    says err "stellwerk $command --help"
done

# The manual page comes from the same tables.
run 0 --manual
says out '.TH STELLWERK 1'
for command in open new check report import edit store; do
    says out "stellwerk $command"
done
says out ':persona'

run 2 chekc
says err "the nearest command is 'check'"
run 2 check --formt json x.yaml
says err 'the nearest is --format'
run 2 check --format
says err '--format needs a value'
run 2 check --format=xml x.yaml
says err "--format takes one of text, json, not 'xml'"
run 2 check --strict=yes x.yaml
says err '--strict takes no value'
run 2 report a.yaml b.yaml
says err "'b.yaml' is one too many"
run 2 report --width 0 "$maps/permit.yaml"
says err "--width takes a number from 1 on, not '0'"
run 2 report -x "$maps/permit.yaml"
says err 'there is no option -x'
run 2 --lang fr check x.yaml
says err "--lang takes de or en, not 'fr'"
run 2 store mend x.db
says err "there are info"
run 2 store verify --before 2026-01-01 x.db
says err "for 'store prune' alone"
run 2 import --reject x.csv
says err 'the nearest is --rejects'

# Behind -- everything is an operand; - is standard input.
run 1 check -- --strict
says out '--strict'
run 0 check - <"$maps/permit.yaml"
run 0 report --width=90 -w 100 -w110 "$maps/permit.yaml"

# The workbench wants a terminal, and says so in one line.
run 2 open "$maps/permit.yaml" </dev/null
[ "$(wc -l <err)" -eq 1 ] || fail 'more than a line about the terminal'
[ -s out ] && fail 'something for the terminal in a pipe'
run 2 "$maps/permit.yaml" </dev/null
exit 0
