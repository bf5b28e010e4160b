#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
#
# A disk of 1 MiB that is full, and a limit on the size of files.

. "$STELLWERK_SOURCE/tests/faults/lib.sh"

# A map of 600 kB: two of them do not fit.
{
    cat old.yaml
    awk 'BEGIN {
        for (i = 0; i < 8000; i++)
            print "# a comment that a person has written, and that takes room: no. " i
    }'
} >large.yaml

# ---- A limit ------------------------------------------------------------------------------------

# In blocks of 512 bytes. The signal for it must not end the program.
cp large.yaml map.yaml
(
    ulimit -f 8
    exec "$program" edit map.yaml set a.standard 55
) >out 2>err
status=$?
[ $status -eq 2 ] || fail "it ended with $status above the limit: $(cat err)"
says err 'map.yaml'
says err 'File too large'
cmp -s large.yaml map.yaml || fail 'a limit has harmed the file'
[ -z "$(remains)" ] || fail "a limit leaves $(remains)"

# ---- A disk -------------------------------------------------------------------------------------

[ "$(id -u)" -eq 0 ] || skip 'only root can mount a small disk'
mkdir disk
mount -t tmpfs -o size=1m tmpfs disk 2>/dev/null || skip 'no small disk can be mounted here'
trap 'umount "$folder/disk"; rm -rf "$folder"' EXIT
cp large.yaml disk/map.yaml
(cd disk && "$program" edit map.yaml set a.standard 55) >out 2>err
status=$?
[ $status -eq 2 ] || fail "it ended with $status on a full disk: $(cat err)"
says err 'map.yaml'
says err 'No space left on device'
cmp -s large.yaml disk/map.yaml || fail 'a full disk has harmed the file'
[ -z "$(find disk -name '.map*')" ] || fail 'a full disk leaves a temporary file'

# With room again, the same edit is saved.
cp old.yaml disk/map.yaml
(cd disk && "$program" edit map.yaml set a.standard 55) || fail 'it cannot be saved with room again'
cmp -s new.yaml disk/map.yaml || fail 'with room again it is another map'
