# SPDX-License-Identifier: GPL-3.0-or-later
#
# What inventing figures takes: chance that is the same on every machine, and a calendar of 2026.
# Nothing but integers and + - * / on doubles, so every awk writes the same bytes. `seed` is given
# with -v.

BEGIN {
    split("31 28 31 30 31 30 31 31 30 31 30 31", month_days, " ")
    for (m = 1; m <= 12; m++)
        month_start[m] = m == 1 ? 0 : month_start[m - 1] + month_days[m - 1]
    summer_from = month_start[3] + 28
    summer_to = month_start[10] + 24
}

# ---- Chance ----

# Lehmer generator, modulus 2^31 - 1: the product stays below 2^53, so doubles hold it exactly.
function chance() {
    seed = (seed * 48271) % 2147483647
    return seed / 2147483647
}
function happens(p) { return chance() < p }
function between(low, high) { return low + int(chance() * (high - low + 1)) }

# Answers on a scale of `steps` + 1 points whose mean lies at share p of the scale.
function rating(p, steps,    i, sum) {
    p = p < 0.03 ? 0.03 : p > 0.97 ? 0.97 : p
    for (i = 0; i < steps; i++)
        sum += happens(p)
    return sum + 0
}

# A day is 0 on 1 January 2026, a moment is minutes of local time since then.

function month(day,    m) {
    for (m = 1; day >= month_days[m]; m++)
        day -= month_days[m]
    return m
}
function date(day,    m) {
    for (m = 1; day >= month_days[m]; m++)
        day -= month_days[m]
    return sprintf("2026-%02d-%02d", m, day + 1)
}
function stamp(moment,    day, rest) {
    day = int(moment / 1440)
    rest = moment - day * 1440
    return sprintf("%sT%02d:%02d:%02d%s", date(day), int(rest / 60), rest % 60, between(0, 59),
                   day >= summer_from && day < summer_to ? "+02:00" : "+01:00")
}
