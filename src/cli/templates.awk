# SPDX-License-Identifier: GPL-3.0-or-later
#
# Writes include/stellwerk/cli/templates.h's table from files called NAME.LANGUAGE.yaml. Plain awk, and
# character by character: what gsub() makes of backslashes differs from one awk to the next.

function literal(line,    out, i, c) {
    out = ""
    for (i = 1; i <= length(line); i++) {
        c = substr(line, i, 1)
        if (c == "\\" || c == "\"")
            out = out "\\"
        out = out c
    }
    return "    \"" out "\\n\""
}

BEGIN {
    print "/* Generated from maps/templates by src/cli/templates.awk. */"
    print ""
    print "#include <stellwerk/cli/templates.h>"
}

FNR == 1 {
    if (count)
        print "    ;"
    base = FILENAME
    sub(/^.*\//, "", base)
    split(base, part, ".")
    name[++count] = part[1]
    language[count] = part[2]
    print "\nstatic const char text_" part[1] "_" part[2] "[] ="
}

{ print literal($0) }

END {
    print "    ;\n\nconst struct map_template map_templates[] = {"
    for (i = 1; i <= count; i++) {
        text = "text_" name[i] "_" language[i]
        printf "    { .name = \"%s\", .language = \"%s\", .text = %s, .length = sizeof %s - 1 },\n", \
               name[i], language[i], text, text
    }
    print "};\n\nconst size_t map_template_count = sizeof map_templates / sizeof *map_templates;"
}
