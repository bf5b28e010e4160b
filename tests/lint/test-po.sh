#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
#
# check-po sees a missing, an untranslated, a fuzzy, a stale and a badly formatted message.

set -eu

tree=$(mktemp -d)
trap 'rm -rf "$tree"' EXIT
check_po=$STELLWERK_SOURCE/tests/lint/check-po
mkdir -p "$tree/src" "$tree/include" "$tree/po"

cat >"$tree/src/main.c" <<'END'
void f(int n)
{
    printf(_("%d stages\n"), n);
    puts(C_("stage", "new"));
    printf(ngettext("%d gap", "%d gaps", n), n);
}
END

# german STAGES NEW GAPS: a translation with these texts; empty leaves one untranslated.
german() {
    cat >"$tree/po/de.po" <<END
msgid ""
msgstr ""
"Language: de\n"
"Content-Type: text/plain; charset=UTF-8\n"
"Plural-Forms: nplurals=2; plural=(n != 1);\n"
"Project-Id-Version: x\n"
"PO-Revision-Date: 2020-01-01 00:00+0000\n"
"Last-Translator: x\n"
"Language-Team: x\n"
"MIME-Version: 1.0\n"
"Content-Transfer-Encoding: 8bit\n"

#, c-format
msgid "%d stages\n"
msgstr "$1"

msgctxt "stage"
msgid "new"
msgstr "$2"

#, c-format
msgid "%d gap"
msgid_plural "%d gaps"
msgstr[0] "$3"
msgstr[1] "$3"
END
}

passes() {
    sh "$check_po" "$tree" || { echo "check-po fails on $1"; exit 1; }
}

fails() {
    if sh "$check_po" "$tree" >"$tree/said" 2>&1; then
        echo "check-po lets $1 pass"
        exit 1
    fi
}

german '%d Etappen\n' neu '%d Lücken'
passes 'a whole translation'

german '%d Etappen\n' '' '%d Lücken'
fails 'an untranslated message'

german '%s Etappen\n' neu '%d Lücken'
fails 'a wrong placeholder'

german '%d Etappen\n' neu '%d Lücken'
sed -i.orig 's/^#, c-format$/#, fuzzy, c-format/' "$tree/po/de.po"
fails 'a fuzzy message'

german '%d Etappen\n' neu '%d Lücken'
echo 'void g(void) { puts(_("forgotten")); }' >>"$tree/src/main.c"
fails 'a missing message'
grep -q 'src/main.c:7' "$tree/said"

german '%d Etappen\n' neu '%d Lücken'
printf '\nmsgid "forgotten"\nmsgstr "vergessen"\n\nmsgid "gone"\nmsgstr "weg"\n' >>"$tree/po/de.po"
fails 'a message that is gone'
