#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
#
# Editing a map from the command line: what changes, what is shown of it, and what is refused.

. "$STELLWERK_SOURCE/tests/cli/lib.sh"

write_map() {
    cat >map.yaml <<'END'
# Head of the file
stellwerk: 1
title: Reise   # heißt so
personas:
  anna: {name: Anna}
channels: {web: {label: Web}}
stages:
  - id: one
    title: Eins
    touchpoints:
      # der erste
      - id: a
        title: A
        standard: 80
        pains: [laut]
        experience: {anna: 30}

      - id: b
        title: B
        channel: web
  - id: two
    title: Zwei
    touchpoints: []
END
    cp map.yaml old.yaml
}

# untouched: a refusal leaves the file, and nothing beside it.
untouched() {
    cmp -s old.yaml map.yaml || fail "the file has changed: $*"
    [ "$(find . -name '.map.yaml*')" = '' ] || fail "something is left beside the file: $*"
}

# refused TEXT ARGUMENT...
refused() {
    text=$1
    shift
    run 2 edit map.yaml "$@"
    says err "$text"
    [ -s out ] && fail "a refusal prints on standard output: $*"
    untouched "$@"
}

# ---- What changes -------------------------------------------------------------------------------

write_map
run 0 edit map.yaml set a.experience.anna 55
[ -s out ] && fail "an edit that works says nothing: $(cat out)"
[ -s err ] && fail "an edit that works says nothing: $(cat err)"
diff old.yaml map.yaml | sed 's/ $//' >changes
is changes <<'END'
16c16
<         experience: {anna: 30}
---
>         experience: {anna: 55}
END

# Several operations, all or none. Each one sees what those before it made.
write_map
run 0 edit map.yaml insert stage/three Drei -- insert touchpoint/c '{title: C}' into three -- \
    move b into three -- set c.standard 70 -- rename persona/anna ana -- unset a.standard -- \
    insert a.pains 'zu eng: sehr' first -- delete stage/two
diff old.yaml map.yaml | sed 's/ $//' >changes
is changes <<'END'
5c5
<   anna: {name: Anna}
---
>   ana: {name: Anna}
14,17c14,21
<         standard: 80
<         pains: [laut]
<         experience: {anna: 30}
<
---
>         pains: ['zu eng: sehr', laut]
>         experience: {ana: 30}
>   - id: three
>     title: Drei
>     touchpoints:
>       - id: c
>         title: C
>         standard: 70
21,23d24
<   - id: two
<     title: Zwei
<     touchpoints: []
END
run 0 check map.yaml


# ---- What would change --------------------------------------------------------------------------

write_map
run 0 edit map.yaml --dry-run set map.title 'Neue Reise' -- set b.title no
sed 's/ $//' out >shown
is shown <<'END'
--- map.yaml
+++ map.yaml
@@ -1,6 +1,6 @@
 # Head of the file
 stellwerk: 1
-title: Reise   # heißt so
+title: Neue Reise   # heißt so
 personas:
   anna: {name: Anna}
 channels: {web: {label: Web}}
@@ -16,7 +16,7 @@
         experience: {anna: 30}

       - id: b
-        title: B
+        title: 'no'
         channel: web
   - id: two
     title: Zwei
END
untouched --dry-run
cp map.yaml patched.yaml
patch -s patched.yaml out 2>/dev/null && run 0 edit map.yaml set map.title 'Neue Reise' -- \
    set b.title no && { cmp -s map.yaml patched.yaml || fail 'the diff is another edit'; }

write_map
run 0 edit map.yaml -n set map.title Reise
[ -s out ] && fail 'no change is no diff'

# What an attacker wrote into a map does not reach the terminal.
run 0 edit map.yaml -n set map.title "$(printf 'a\033]0;b\007')"
plain out

# ---- Values that look like options --------------------------------------------------------------

run 0 edit map.yaml set a.experience.anna.note '- nein' -- insert metric/m \
    '{type: mean, of: x, anchors: {-10: 0, 10: 100}}' -- set b.title -5
says map.yaml "note: '- nein'"
says map.yaml "title: '-5'"

# ---- What is refused ----------------------------------------------------------------------------

write_map
refused "did you mean 'standard'" set a.standart 80
refused "'standard' must be from 0 to 100" set a.standard 120
refused "there is no channel 'wbe'" set b.channel wbe
refused 'map.yaml:18:13: the id' set b.id a
refused "there is no touchpoint 'c'" delete c
refused 'no touchpoint' set a.title X -- delete c
refused "did you mean 'set'" sett a.title X
refused 'needs a value' set a.title
refused 'an operation is missing' set a.title X -- -- set b.title Y
refused 'there is no option --dry-rum' set a.title X --dry-rum
refused 'not UTF-8' set a.title "$(printf '\377')"
run 2 edit map.yaml
says err 'MAP OP'
run 2 edit missing.yaml set map.title X
says err 'missing.yaml'

# A map that is wrong already can be made better, not worse.
sed 's/standard: 80/standard: 800/' old.yaml >map.yaml
cp map.yaml old.yaml
run 0 edit map.yaml set a.title Anfang
run 0 edit map.yaml set a.standard 90
run 0 check map.yaml
echo 'title: [' >map.yaml
cp map.yaml old.yaml
refused 'map.yaml:' set map.title X

# ---- The file ------------------------------------------------------------------------------------

write_map
chmod 640 map.yaml
ln -s map.yaml link.yaml
run 0 edit link.yaml set map.title Neu
[ -h link.yaml ] || fail 'the link is gone'
[ "$(find map.yaml -perm 640)" = map.yaml ] || fail 'the mode is another'
says map.yaml 'title: Neu   # heißt so'

# Windows' line ends, a byte order mark and a missing last newline are as before.
write_map
{
    printf '\357\273\277'
    sed 's/$/\r/' old.yaml
} | head -c -2 >map.yaml
run 0 edit map.yaml insert touchpoint/d D into two -- insert touchpoint/c C after b
[ "$(head -c 3 map.yaml | od -An -tx1 | tr -d ' ')" = efbbbf ] || fail 'the byte order mark is gone'
[ "$(grep -c "$(printf '\r')\$" map.yaml)" -eq "$(grep -c '' map.yaml)" ] &&
    fail 'the last line has got a line end'
[ "$(($(grep -c '' map.yaml) - $(grep -c "$(printf '\r')\$" map.yaml)))" -le 1 ] ||
    fail 'a line ends another way'
run 0 check map.yaml

# ---- German --------------------------------------------------------------------------------------

write_map
run 2 edit --lang de map.yaml set a.standart 80
lacks err 'did you mean'
run 0 edit --lang de --help
lacks out 'Show what would change'
exit 0
