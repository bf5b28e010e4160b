/* SPDX-License-Identifier: GPL-3.0-or-later */

/*
 * Messages in the reader's language, over gettext.
 *
 * English is the text in the source; po/LL.po holds the others. A message is a whole sentence with
 * placeholders, never glued from parts. A `TRANSLATORS:` comment right above a message reaches the
 * translator.
 */

#ifndef STELLWERK_BASE_I18N_H
#define STELLWERK_BASE_I18N_H

#include <libintl.h>

/* The message in the reader's language; borrowed, lives as long as the program. */
#define _(message) gettext(message)

/* Marks a message in a table; the one who shows it says _(row->message). */
#define N_(message) (message)

/*
 * A message that needs a context to be told from its namesakes: C_("stage", "new") is not
 * C_("review", "new"). Both must be literals.
 */
#define C_(context, message) context_gettext(context "\004" message, message)

/* The lookup that C_() makes: `key` is how gettext files a message with its context. */
[[gnu::format_arg(2)]]
static inline const char *context_gettext(const char *key, const char *message)
{
    const char *found = gettext(key);
    return found == key ? message : found;
}

#endif
