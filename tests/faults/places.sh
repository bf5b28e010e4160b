#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
#
# Files that are no files of their own, folders that may not be written, and names that somebody has
# taken before: nothing is harmed, and what cannot be saved is told.

. "$STELLWERK_SOURCE/tests/faults/lib.sh"

# not_saved TEXT FILE
not_saved() {
    run 2 edit "$2" set a.standard 55
    says err "$1"
}

start_anew
ln map.yaml twin.yaml
not_saved 'hard links' map.yaml
cmp -s old.yaml map.yaml || fail 'a file with two names has changed'
rm twin.yaml

mkdir folder.yaml
not_saved 'folder.yaml' folder.yaml
mkfifo fifo.yaml
not_saved 'fifo.yaml' fifo.yaml
not_saved '/dev/null' /dev/null
ln -s nowhere.yaml dangling.yaml
not_saved 'dangling.yaml' dangling.yaml
[ ! -e nowhere.yaml ] || fail 'a link to nowhere has made a file'

# A chain of links: the file at its end is written, and the links stay.
mkdir deep
start_anew
mv map.yaml deep/map.yaml
ln -s deep/map.yaml one.yaml
ln -s one.yaml two.yaml
run 0 edit two.yaml set a.standard 55
cmp -s new.yaml deep/map.yaml || fail 'the file behind links is not written'
[ -h one.yaml ] && [ -h two.yaml ] || fail 'a link is gone'

# Names like those of temporary files, taken by somebody: links are not followed, and files with
# text that no save of this map can have left are kept.
start_anew
echo precious >precious
digest=0123456789abcdef
for end in aaaaaa 'aaaaaa~'; do
    ln -s "$folder/precious" ".map.yaml.stellwerk-$digest-$digest-$end"
done
echo theirs >".map.yaml.stellwerk-$digest-$digest-bbbbbb"
mkdir ".map.yaml.stellwerk-$digest-$digest-cccccc"
run 0 edit map.yaml set a.standard 55
cmp -s new.yaml map.yaml || fail 'planted names keep a map from being saved'
[ "$(cat precious)" = precious ] || fail 'a planted link was followed'
[ "$(cat ".map.yaml.stellwerk-$digest-$digest-bbbbbb")" = theirs ] ||
    fail 'text of somebody else is gone'
says err "its text is kept in"
[ "$(remains | wc -l)" -eq 4 ] || fail "planted names went, or others came: $(remains)"
rm -rf .map.yaml*

# The temporary file is nobody else's to read, from its birth on, whatever the mode of the map.
if command -v strace >/dev/null && strace -o trace true 2>/dev/null; then
    start_anew
    (umask 0 && strace -o trace "$program" edit map.yaml set a.standard 55)
    grep -q 'stellwerk-.*O_EXCL.*O_NOFOLLOW.*, 0600)' trace ||
        fail 'the temporary file is born too open'
fi

# Root may write everything, so it has to be somebody else for the rest.
as=
if [ "$(id -u)" -eq 0 ]; then
    as='setpriv --reuid=65534 --regid=65534 --clear-groups'
    chmod 755 "$folder"
    if ! $as "$program" --version >/dev/null 2>&1; then
        echo 'left out: folders and files that may not be written, since root may'
        exit 0
    fi
fi
mkdir guarded
cp old.yaml guarded/map.yaml
[ -z "$as" ] || chown -R 65534:65534 guarded
chmod 555 guarded
$as "$program" edit guarded/map.yaml set a.standard 55 >out 2>err &&
    fail 'it saves in a folder that may not be written'
says err 'guarded/map.yaml'
says err 'Permission denied'
cmp -s old.yaml guarded/map.yaml || fail 'a guarded folder has changed'
chmod 755 guarded
chmod 444 guarded/map.yaml
$as "$program" edit guarded/map.yaml set a.standard 55 >out 2>err &&
    fail 'it saves a file that may not be written'
says err 'Permission denied'
cmp -s old.yaml guarded/map.yaml || fail 'a guarded file has changed'
chmod -R u+w guarded
