#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
#
# Invents the demo's figures: nobody took these journeys and nobody gave these answers.
#
#   sh maps/data/generate.sh [FOLDER]
#
# writes invented-events.csv, invented-answers.csv and invented-observations.csv into FOLDER
# (default: beside this script). It draws from a random generator of its own and uses nothing but
# integers and + - * / on doubles, so every awk on every machine writes the same bytes.
#
# The year it tells: trains get later in the third quarter; a later train costs the hurried more
# goodwill and their connection; who has to print is angry unless she likes paper; a taxi by app
# comes
# sooner than one by phone, and since July it can be called from the travel app.
set -eu
LC_ALL=C
export LC_ALL

here=$(dirname "$0")
out=${1:-$here}

exec awk -v out="$out" -v seed=1935 -f "$here/chance.awk" -f "$here/bahn.awk" "$here/verbatims.txt"
