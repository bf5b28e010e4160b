/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Stands in for odbc.c in a program that was built without ODBC. */
#include "odbc.h"

#include <stellwerk/base/i18n.h>

bool odbc_connect(const char *, struct odbc **out, struct error *err)
{
    *out = NULL;
    return error_set(err, _("this stellwerk was built without ODBC; install unixODBC's headers, "
                            "then configure with --with-odbc and build it anew"));
}

void odbc_disconnect(struct odbc *)
{
}

bool odbc_ask(struct odbc *, const char *, int64_t, struct error *)
{
    return false;
}

size_t odbc_column_count(const struct odbc *)
{
    return 0;
}

const char *odbc_column_name(const struct odbc *, size_t)
{
    return "";
}

enum odbc_result odbc_next(struct odbc *, struct error *)
{
    return ODBC_FAILED;
}

bool odbc_read(struct odbc *, size_t, struct str *, bool *, struct error *)
{
    return false;
}

void odbc_end(struct odbc *)
{
}

void odbc_cancel(struct odbc *)
{
}
