# SPDX-License-Identifier: GPL-3.0-or-later
#
# The journeys of the demo map; generate.sh says what they tell.

# Minutes late: mostly little, now and then very much. Quantiles, straight lines between them.
function minutes_late(day,    u, i, late) {
    u = chance()
    for (i = 1; u > late_share[i + 1]; i++)
        ;
    u = (u - late_share[i]) / (late_share[i + 1] - late_share[i])
    late = late_minutes[i] + u * (late_minutes[i + 1] - late_minutes[i])
    return int(late * month_factor[month(day)] + 0.5)
}

# ---- Rows ----

function event(moment, activity, touchpoint, channel, outcome, value, more) {
    if (moment >= end)
        return
    if (more == "")
        more = ",,,,,,"
    printf "e%04d,%s,%s,%s,%s,%s,%s,%s,%s,%s,%s%s\n", ++events, stamp(moment), person, "c" id,
        activity,
           touchpoint, channel, persona, context, outcome, value, more > event_file
}

function answer(moment, touchpoint, metric, aspect, kind, value, low, high, channel, text) {
    if (moment >= end)
        return
    printf "a%04d,%s,%s,%s,%s,%s,%s,%s,%d,%d,%d,%s,%s,%s,%s\n", ++answers, stamp(moment),
        person, "c" id,
           touchpoint, metric, aspect, kind, value, low, high, channel, persona, context,
               text > answer_file
}

# Something said in own words, to some of the answers at either end of the scale.
function words(touchpoint, value,    mood, n, key) {
    mood = value <= 2 ? "low" : value >= 4 ? "high" : ""
    if (mood == "" || !happens(0.2))
        return ""
    key = touchpoint "|" (happens(0.5) ? "any" : persona) "|" mood
    n = text_count[key]
    return n ? "\"" text[key, between(1, n)] "\"" : ""
}

function satisfied(share, moment, touchpoint, p, channel,    value) {
    if (!happens(share))
        return
    value = 1 + rating(p, 4)
    answer(moment, touchpoint, "csat", "", "experience", value, 1, 5, channel,
        words(touchpoint, value))
}

# What somebody expects, or how much it matters, asked when they book.
function asked_before(moment, touchpoint, expected, importance, channel) {
    if (happens(0.13))
        answer(moment, touchpoint, "csat", "", "expectation", 1 + rating(expected, 4), 1, 5,
            channel, "")
    if (happens(0.06))
        answer(moment, touchpoint, "csat", "", "importance", 1 + rating(importance, 4), 1, 5,
            channel, "")
}

# ---- One journey ----

function who(    u) {
    u = chance()
    persona = u < 0.48 ? "anna" : u < 0.75 ? "helga" : ""
    often = persona == "anna" ? 0.6 : persona == "helga" ? 0.25 : 0.5
    context = happens(often) ? "hurried" : "relaxed"
    if (known[persona] > 20 && happens(0.15)) {
        person = known[persona, between(1, known[persona])]
    } else {
        person = sprintf("p%03d", ++persons)
        known[persona, ++known[persona]] = person
    }
}

function pick(anna, helga, others) {
    return persona == "anna" ? anna : persona == "helga" ? helga : others
}

function search_once(moment, channel,    u, seconds, more) {
    u = chance()
    more = u < 0.22 ? ",EUR," sprintf("%.2f",
        0.3 + chance() * 0.8) ",zeit-fuer-mich,suchmaschine,cpc," \
         : u < 0.32 ? ",,,zeit-fuer-mich,tv-spot,tv," \
         : u < 0.42 ? ",,,fruehling,newsletter,email," : ""
    seconds = between(40, 200) + (persona == "helga") * between(100, 400)
    event(moment, "search", "search", channel, "", seconds, more)
    satisfied(0.33, moment + 2, "search", pick(0.77, 0.55, 0.67), channel)
}

# True when a booking came of it; `moment` is where the evening ended.
function buys(start, channel,    tries, price) {
    moment = start
    search_once(moment, channel)
    while (happens(0.24))
        search_once(moment += between(5, 50), channel)
    if (happens(0.12))
        return 0
    moment += between(3, 20)
    if (happens(0.08)) {
        event(moment, "book", "book", channel, "aborted", "", "")
        search_once(moment += between(2, 9), channel)
        if (happens(0.3))
            return 0
        moment += between(3, 9)
    }
    price = between(19, 119) + 0.9
    event(moment, "book", "book", channel, "booked", sprintf("%.2f", price), ",EUR,,,,,")
    satisfied(0.5, moment + 3, "book", pick(0.74, 0.45, 0.64), channel)
    if (happens(0.3))
        answer(moment + 3, "book", "ces", "", "experience", 1 + rating(pick(0.75, 0.46, 0.65),
            6), 1, 7, channel, "")
    return 1
}

function paper(printed) {
    printed = happens(pick(0.82, 0.97, 0.72))
    event(moment += 2, "ticket", "ticket", printed ? "paper" : "mail",
        printed ? "printed" : "on_phone", "", "")
    satisfied(0.55, moment + 60, "ticket", printed ? pick(0.31, 0.79, 0.5) : 0.74, "paper")
    if (happens(pick(0.05, 0.16, 0.08)))
        event(moment += between(3, 30), "hotline", "", "phone", "", between(3, 25), "")
    if (happens(0.62)) {
        event(moment += between(1, 4), "seat", "seat", "mail", "printed", "", "")
        satisfied(0.5, moment + 60, "seat", pick(0.4, 0.7, 0.54), "mail")
    }
}

function waits_and_rides(delay,    p) {
    event(moment, "delay_minutes", "platform", "station", "", delay, "")
    p = pick(0.42, 0.55, 0.47) + (context == "hurried" ? 0.011 : 0.006) * (12 - delay)
    satisfied(0.75, moment + delay, "platform", p, "station")
    if (happens(0.5))
        answer(moment + delay, "platform", "clarity", "announcement", "experience",
               1 + rating(pick(0.26, 0.31, 0.3) + (delay < 6) * 0.16, 4), 1, 5, "station", "")
    moment += delay + 4
    event(moment, "ride", "onboard", "train", "", "", "")
    p = pick(0.85, 0.92, 0.83)
    satisfied(0.55, moment + 70, "onboard", p, "train")
    if (happens(0.42))
        answer(moment + 80, "onboard", "nps", "", "experience", rating(p + 0.03, 10), 0, 10,
            "train", "")
    moment += 92
}

# Changes trains; a missed train means another platform, another wait, another ride.
function changes(delay,    reached, p) {
    reached = delay < (context == "hurried" ? between(5, 17) : between(7, 34))
    p = context == "hurried" ? (reached ? pick(0.37, 0.4, 0.42) : pick(0.05, 0.08, 0.1)) \
                             : (reached ? pick(0.76, 0.79, 0.75) : pick(0.33, 0.34, 0.36))
    event(moment, "change_trains", "connection", "station", reached ? "reached" : "missed", "", "")
    satisfied(0.7, moment + 5, "connection", p, "station")
    if (!reached && happens(0.45)) {
        moment += between(20, 60)
        waits_and_rides(minutes_late(int(moment / 1440)))
    } else {
        moment += 95
    }
}

function arrives(    channel, wait) {
    if (happens(0.3)) {
        event(moment += 5, "city_train", "", "train", "", "", "")
    } else {
        channel = happens(pick(0.78, 0.14, 0.6) * (moment < taxi_app ? 0.5 : 1)) ? "app" : "phone"
        wait = channel == "app" ? between(2, 9) : between(5, 19)
        event(moment += 4, "taxi_wait", "taxi", channel, "", wait, ",,,,,," channel)
        satisfied(0.5, moment + wait + 15, "taxi", channel == "app" ? pick(0.74, 0.46,
            0.7) : pick(0.46, 0.75, 0.55), channel)
        moment += wait
    }
    event(moment += 25, "check_in", "seminar", "onsite", "", "", "")
    if (happens(0.3)) {
        event(moment += between(1, 8) * 1440 - between(0, 200), "download", "followup", "mail",
            "", "", "")
        satisfied(0.16, moment + 5, "followup", pick(0.66, 0.6, 0.66), "mail")
    }
}

function journey(travel,    booked, channel, delay) {
    id = sprintf("%03d", ++journeys)
    who()
    channel = happens(pick(0.3, 0.02, 0.2)) ? "app" : "web"
    booked = travel - between(3, 40)
    if (booked < 0)
        booked = 0
    if (!buys(booked * 1440 + between(1020, 1290), channel))
        return
    asked_before(moment, "ticket", pick(0.74, 0.66, 0.7), 0.7, channel)
    asked_before(moment, "platform", pick(0.74, 0.62, 0.68), 0.85, channel)
    asked_before(moment, "onboard", pick(0.64, 0.68, 0.66), 0.6, channel)
    asked_before(moment, "connection", context == "hurried" ? 0.84 : 0.66, 0.92, channel)
    paper()
    if (happens(0.05))                     # booked, printed, never seen again
        return
    moment = travel * 1440 + between(385, 540)
    delay = minutes_late(travel)
    waits_and_rides(delay)
    if (happens(0.78))                     # the others have a direct train
        changes(delay)
    if (happens(0.02))                     # gave up on the way
        return
    arrives()
}

# ---- What others counted: a month a row ----

function observed(m, metric, value, n, sd, num, den) {
    printf "%s,platform,%s,%s,%s,%d,%s,%s,%s\n", metric, date(month_start[m]),
           date(month_start[m] + month_days[m] - 1), value, n, sd, num, den > observation_file
}

function station_statistics(    m, trains, punctual) {
    for (m = 1; m <= 10; m++) {
        trains = between(1180, 1320)
        punctual = int(trains * (0.86 - 0.14 * (month_factor[m] - 0.85)) + between(-20, 20))
        observed(m, "punctuality", sprintf("%.4f", punctual / trains), trains, "", punctual, trains)
        observed(m, "announce_lead", sprintf("%.1f",
            3.4 - 4.2 * (month_factor[m] - 0.85) + chance() - 0.5),
                 between(140, 220), sprintf("%.1f", 5 + chance() * 2), "", "")
    }
}

BEGIN {
    FS = "|"
    event_file = out "/invented-events.csv"
    answer_file = out "/invented-answers.csv"
    observation_file = out "/invented-observations.csv"
    split("0.9 0.85 0.85 0.9 0.85 1 1.55 1.7 1.75 1.3 1.15 1", month_factor, " ")
    split("0 0.15 0.33 0.55 0.77 0.91 0.975 1", late_share, " ")
    split("0 1 5 12 21 35 65 110", late_minutes, " ")
    taxi_app = month_start[7] * 1440       # from July on the travel app can call a taxi
    end = (month_start[11] + 27) * 1440    # 28 November: nothing is known from here on
    print "event_id,ts,person_id,case_id,activity,touchpoint,channel,persona," \
        "context,outcome,value,currency,cost,campaign,source,medium,variant" > event_file
    print "response_id,ts,person_id,case_id,touchpoint,metric,aspect,kind,value," \
        "scale_min,scale_max,channel,persona,context,text" > answer_file
    print "metric,touchpoint,period_start,period_end,value,n,sd,num,den" > observation_file
}

/^#/ { next }
{
    key = $1 "|" $2 "|" $3
    text[key, ++text_count[key]] = $4
}

END {
    for (travel = 10; travel <= 345; travel++)
        if (travel % 7 != 2 && travel % 7 != 3) { # two journeys a day, none at the weekend
            journey(travel)
            journey(travel)
        }
    station_statistics()
}
