#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
#
# The program names itself and its version.

set -eu

said=$("$STELLWERK_BUILD/stellwerk" --version)
case $said in
'stellwerk '[0-9]*.[0-9]*.[0-9]*) ;;
*)
    echo "stellwerk --version said: $said"
    exit 1
    ;;
esac
