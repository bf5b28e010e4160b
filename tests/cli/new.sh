#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
#
# Maps to begin with: whole in both languages, dated, and never in the place of something else.

. "$STELLWERK_SOURCE/tests/cli/lib.sh"

for template in empty shop travel service; do
    for lang in de en; do
        map=$template-$lang.yaml
        run 0 new "$map" --template "$template" --lang "$lang"
        [ -s out ] && fail 'something on standard output beside the file'
        [ "$(wc -l <err)" -eq 1 ] || fail 'more than a line about the new map'
        says err "stellwerk check $map"
        says "$map" "language: $lang"

        run 0 check --strict "$map"
        [ -s out ] && fail "findings in $map: $(cat out)"
        run 0 report "$map" --lang "$lang"

        # It is the file in maps/templates, to the byte, with today's date in the place of another.
        sed 's/^reviewed: 2026-01-01/reviewed: 2026-11-28/' "$maps/templates/$template.$lang.yaml" |
            is "$map"
    done
done

# The smallest one, in the language of the program, is what one gets without asking.
run 0 new plain
cmp -s plain empty-en.yaml || fail 'not the smallest map without --template'
LANGUAGE=de run 0 new deutsch
cmp -s deutsch empty-de.yaml || fail 'not German where the program speaks German'

# What is there stays as it is, whatever it is.
echo mine >mine.yaml
run 2 new mine.yaml
says err "'mine.yaml'"
echo mine | is mine.yaml
ln -s nowhere link.yaml
run 2 new link.yaml
[ -e nowhere ] && fail 'written through a dangling link'
run 2 new missing/map.yaml

run 2 new --template shpo x.yaml
says err "the nearest is 'shop'"
run 2 new --template xml x.yaml
says err "--template takes one of empty, shop, travel, service, not 'xml'"
[ -e x.yaml ] && fail 'a file from no template'

run 0 new -t shop -
cmp -s out shop-en.yaml || fail 'not the same on standard output'
[ -s err ] && fail 'words on standard error beside the map'

# A title is a text, whatever YAML would make of it.
number=0
while IFS= read -r title; do
    number=$((number + 1))
    run 0 new "title-$number.yaml" --title "$title"
    run 0 check --strict "title-$number.yaml"
    [ -s out ] && fail "findings with the title $title: $(cat out)"
    run 0 report "title-$number.yaml" --width 120
    says out "$title"
done <<'END'
Größe "M" für Ömer's Straße
[Draft]
# 1: {a: b}
true
12:30
back\slash \n
"quoted"
END
run 0 new bell.yaml --title "$(printf 'bell\a and\nline')"
plain bell.yaml
run 0 check --strict bell.yaml
run 2 new nameless.yaml --title ''
[ -e nameless.yaml ] && fail 'a map without a title'
exit 0
