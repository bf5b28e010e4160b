/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <stellwerk/base/locale.h>

#include <langinfo.h>
#include <string.h>

bool locale_is_utf8(void)
{
    return strcmp(nl_langinfo(CODESET), "UTF-8") == 0;
}
