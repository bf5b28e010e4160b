/* SPDX-License-Identifier: GPL-3.0-or-later */

/*
 * Messages in the reader's language, over gettext.
 *
 * English is the text in the source; po/LL.po holds the others. A message is a whole sentence with
 * placeholders, never glued from parts. A `TRANSLATORS:` comment right above a message reaches the
 * translator.
 *
 * Newer C libraries translate nothing in C.UTF-8, which is all that small systems have. For these a
 * catalogue can be opened here and goes before gettext; locale_init() does so where it must.
 */

#ifndef STELLWERK_BASE_I18N_H
#define STELLWERK_BASE_I18N_H

#include <libintl.h>
#include <stdbool.h>

/* The message in the reader's language; borrowed, lives as long as the program. */
#define _(message) i18n_get(message)

/* Marks a message in a table; the one who shows it says _(row->message). */
#define N_(message) (message)

/*
 * A message that needs a context to be told from its namesakes: C_("stage", "new") is not
 * C_("review", "new"). Both must be literals.
 */
#define C_(context, message) i18n_get_in_context(context "\004" message, message)

/* The form of a message that goes with the number: ngettext("%d day", "%d days", count). */
#undef ngettext
#define ngettext(one, many, number) i18n_get_plural(one, many, number)

/* What the macros stand for. `key` is how gettext files a message with its context. */
[[gnu::format_arg(1)]] const char *i18n_get(const char *message);
[[gnu::format_arg(2)]] const char *i18n_get_in_context(const char *key, const char *message);
[[gnu::format_arg(1), gnu::format_arg(2)]]
const char *i18n_get_plural(const char *one, const char *many, unsigned long number);

/*
 * Reads FOLDER/LANGUAGE/LC_MESSAGES/stellwerk.mo and takes messages from it from now on; false
 * where there is none, or a damaged one. Once, before any other thread; the language has to count
 * as English and German do: one, and many.
 */
bool i18n_open(const char *folder, const char *language);

/* Goes back to gettext and frees the catalogue; what came out of it must not be used any more. */
void i18n_close(void);

#endif
