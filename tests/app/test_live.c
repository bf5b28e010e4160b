/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Two workbenches on one map that save every edit at once. */

#include "../suites.h"

Suite *app_live_suite(void)
{
    return suite_create("app_live");
}
