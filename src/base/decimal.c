/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <stellwerk/base/decimal.h>

#include <stddef.h>
#include <stdint.h>

#include <stellwerk/base/array.h>

bool decimal_read(const char *text, double *out)
{
    static const double powers[] = { 1e0, 1e1, 1e2,  1e3,  1e4,  1e5,  1e6,  1e7,
                                     1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15 };
    bool negative = *text == '-';
    text += negative;
    uint64_t value = 0;
    size_t length = 0, decimals = 0;
    bool fraction = false;
    for (; *text != '\0'; text++) {
        if (*text == '.' && !fraction) {
            fraction = true;
            continue;
        }
        if (*text < '0' || *text > '9' || ++length >= ARRAY_LEN(powers))
            return false;
        value = 10 * value + (uint64_t)(*text - '0');
        decimals += fraction;
    }
    if (length == 0)
        return false;
    double number = (double)value / powers[decimals];
    *out = negative ? -number : number;
    return true;
}
