/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Where the program begins. */

#include <config.h>

#include <locale.h>
#include <stdio.h>

int main(void)
{
    setlocale(LC_ALL, "");
    puts(PACKAGE_STRING);
    return 0;
}
