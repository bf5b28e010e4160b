# SPDX-License-Identifier: GPL-3.0-or-later
#
# The customers of maps/shop.yaml, all of them invented: 6,400 visits from January to November 2026.
#
#   awk -v out=FOLDER -v seed=1888 -f chance.awk -f shop.awk
#
# writes shop-events.csv and shop-answers.csv into FOLDER. What they tell: who met many banners buys
# no sooner; a product video watched to its end sells; delivery is promised in two days and takes
# three, since September five, and who needs a present in time minds most; a checkout on one page
# loses fewer carts than one in three steps; nearly everyone who phones has looked online first.

# ---- Rows ----

function event(activity, touchpoint, channel, outcome, value, more) {
    if (moment >= end)
        return
    printf "e%06d,%s,%s,%s,%s,%s,%s,%s,%s,%s,%s,%s\n", ++events, stamp(moment), person, "v" visit,
        activity, touchpoint, channel, persona, context, outcome, value,
        more == "" ? ",,,,," : more > event_file
}

function answer(touchpoint, metric, kind, value, low, high, channel, text) {
    if (moment < end)
        printf "a%05d,%s,%s,%s,%s,%s,%s,%d,%d,%d,%s,%s,%s,%s\n", ++answers, stamp(moment), person,
            "v" visit, touchpoint, metric, kind, value, low, high, channel, persona, context,
            text > answer_file
}

function satisfied(share, touchpoint, p, channel,    value) {
    if (!happens(share))
        return
    value = 1 + rating(p, 4)
    answer(touchpoint, "csat", "experience", value, 1, 5, channel, words(touchpoint, value))
}

# Something said in own words, to some of the answers at either end of the scale.
function words(touchpoint, value,    key) {
    key = touchpoint (value <= 2 ? "-" : value >= 4 ? "+" : "=")
    return text_count[key] && happens(0.25) ? "\"" text[key, between(1, text_count[key])] "\"" : ""
}

function say(touchpoint, mood, line,    key) {
    key = touchpoint mood
    text[key, ++text_count[key]] = line
}

function pick(lena, omar, gerd) {
    return persona == "lena" ? lena : persona == "omar" ? omar : gerd
}

# ---- One visit ----

function who(    u) {
    u = chance()
    persona = u < 0.45 ? "lena" : u < 0.8 ? "omar" : "gerd"
    context = happens(pick(0.35, 0.15, 0.25)) ? "present" : "self"
    person = sprintf("k%05d", happens(0.2) && persons > 20 ? between(1, persons) : ++persons)
}

function sees_banners(    n) {
    for (n = rating(pick(0.5, 0.35, 0.2), 6); n > 0; n--) {
        event("see_banner", "banner", "ad", "", "", sprintf("EUR,%.3f,autumn,network,display,",
            0.004 + chance() * 0.01))
        moment += between(2, 400)
    }
    if (happens(0.25))
        event("click_banner", "banner", "ad", "", "", "EUR,0.450,autumn,network,cpc,")
}

# True when something was found.
function searches(    n) {
    event("search", "search", channel, "", between(2, 9), "")
    for (n = rating(pick(0.4, 0.6, 0.45), 9); n > 0; n--) {
        moment += between(0, 1)
        event("click", "search", channel, "", "", "")
    }
    satisfied(0.12, "search", pick(0.62, 0.55, 0.4), channel)
    moment += between(1, 4)
    if (happens(pick(0.3, 0.38, 0.45))) {
        event("leave", "search", channel, "", "", "")
        return 0
    }
    return 1
}

# The wish to buy that the product page leaves behind.
function looks(    seen) {
    seen = between(8, 60) + (persona == "omar") * between(20, 90)
    event("view_product", "video", channel, "", seen, "")
    wish = 0.3
    if (happens(pick(0.55, 0.7, 0.3))) {
        event("play_video", "video", channel, "", "", "")
        moment += 1
        if (happens(pick(0.34, 0.58, 0.5))) {
            event("finish_video", "video", channel, "", "", "")
            wish = 0.62
        }
    }
    satisfied(0.1, "video", wish + 0.12, channel)
    if (happens(pick(0.3, 0.75, 0.4)))
        event("read_reviews", "reviews", "forum", "", "", "")
    moment += between(1, 12)
    return happens(wish)
}

# True when it is paid for. Since July every second customer gets the checkout on one page.
function pays(    arm, p) {
    event("add_to_cart", "cart", channel, "", "", "")
    if (moment >= one_page && !(person in arm_of))
        arm_of[person] = happens(0.5) ? "one-page" : "three-steps"
    arm = moment < one_page ? "three-steps" : arm_of[person]
    p = pick(0.56, 0.62, 0.5) + (arm == "one-page" ? 0.12 : 0)
    moment += between(2, 20)
    if (happens(0.2)) {
        event("leave", "cart", channel, "", "", "")
        return 0
    }
    event("load_checkout", "checkout", channel, "", sprintf("%.2f", 0.6 + chance() * chance() * 9),
        ",,,,," arm)
    moment += between(1, 9)
    satisfied(0.2, "checkout", p, channel)
    if (!happens(p)) {
        event("leave", "checkout", channel, "", "", ",,,,," arm)
        return 0
    }
    event("pay", "checkout", channel, "paid", sprintf("%.2f", between(19, 240) - 0.01),
        "EUR,,,,," arm)
    return 1
}

function expected_before() {
    if (happens(0.15))
        answer("delivery", "csat", "expectation", 1 + rating(context == "present" ? 0.85 : 0.7, 4),
            1, 5, channel, "")
    if (happens(0.1))
        answer("return", "csat", "expectation", 1 + rating(pick(0.75, 0.6, 0.6), 4), 1, 5, channel,
            "")
}

function calls(reason) {
    event("call", "complaint", "phone", reason, between(3, 22), "")
    satisfied(0.3, "complaint", 0.5 - (reason == "late") * 0.12 + (persona == "gerd") * 0.15,
        "phone")
    if (happens(0.85)) {
        moment += between(20, 60 * 70)
        event("solved", "complaint", "phone", reason, "", "")
    }
}

function waits(    days, late) {
    event("confirm", "order-mail", "mail", "", "", "")
    if (happens(pick(0.2, 0.35, 0.5)))
        event("track", "order-mail", "mail", "", "", "")
    days = 1 + rating(moment < slow ? 0.33 : 0.62, 6)
    late = days > 3
    if (late && happens(pick(0.12, 0.1, 0.35))) {
        moment += 3 * 1440
        calls("late")
    }
    moment += days * 1440 - between(0, 400)
    event("deliver", "delivery", "parcel", late ? "late" : "in_time", days, "")
    satisfied(0.3, "delivery", 0.92 - days * (context == "present" ? 0.14 : 0.08), "parcel")
    reviews("delivery", 6 - days - (context == "present"))
    if (happens(0.16))
        answer("reviews", "stars", "experience", 1 + rating(0.86 - days * 0.06, 4), 1, 5, "forum",
            words("reviews", late ? 1 : 5))
}

# What people write in a forum about the parcel and about sending it back, with stars of their own. It
# has its own chance, so that no other figure depends on it.
function reviews(about, stars,    others) {
    others = seed
    seed = visit * 7919 + 104729
    chance()
    if (happens(0.27)) {
        stars += between(-1, 1)
        stars = stars < 1 ? 1 : stars > 5 ? 5 : stars
        answer(about, "stars", "experience", stars, 1, 5, "forum", opinion(about, stars))
    }
    seed = others
}

function opinion(about, stars,    key) {
    key = "forum " about (stars <= 2 ? "-" : stars >= 4 ? "+" : "=")
    return happens(0.4) ? "\"" text[key, between(1, text_count[key])] "\"" : ""
}

function returns() {
    moment += between(1, 9) * 1440
    event("send_back", "return", "parcel", "", "", "")
    satisfied(0.35, "return", pick(0.35, 0.5, 0.42), "parcel")
    if (happens(pick(0.12, 0.15, 0.4)))
        calls("refund")
    moment += between(4, 16) * 1440
    event("refund", "return", "mail", "", "", "")
    reviews("return", 3)
}

function stays_in_touch(    n) {
    for (n = between(1, 4); n > 0; n--) {
        moment += between(6, 9) * 1440
        event("send_mail", "newsletter", "mail", "", "", "")
        if (happens(pick(0.42, 0.22, 0.3))) {
            event("open_mail", "newsletter", "mail", "", "", "")
            if (happens(pick(0.22, 0.12, 0.06)))
                event("click_mail", "newsletter", "mail", "", "", "")
        }
    }
    satisfied(0.05, "newsletter", pick(0.6, 0.35, 0.45), "mail")
}

function comes(day) {
    visit = sprintf("%05d", ++visits)
    who()
    channel = happens(pick(0.7, 0.2, 0.1)) ? "app" : "web"
    moment = day * 1440 + between(480, 1380)
    if (happens(0.6))
        sees_banners()
    if (!searches() || !looks())
        return
    expected_before()
    if (!pays())
        return
    waits()
    if (happens(pick(0.34, 0.14, 0.12)))
        returns()
    if (happens(0.6))
        stays_in_touch()
}

BEGIN {
    event_file = out "/shop-events.csv"
    answer_file = out "/shop-answers.csv"
    print "event_id,ts,person_id,case_id,activity,touchpoint,channel,persona,context,outcome," \
        "value,currency,cost,campaign,source,medium,variant" > event_file
    print "response_id,ts,person_id,case_id,touchpoint,metric,kind,value,scale_min,scale_max," \
        "channel,persona,context,text" > answer_file
    one_page = month_start[7] * 1440
    slow = month_start[9] * 1440
    end = (month_start[11] + 27) * 1440 # 28 November: nothing is known from here on
    say("search", "-", "I typed rain jacket and got umbrellas.")
    say("search", "-", "Nine filters and none for wide feet.")
    say("video", "+", "Saw how the zip works with gloves on. Sold.")
    say("checkout", "-", "Why do I need an account to buy socks?")
    say("checkout", "+", "One page, done on the train.")
    say("delivery", "-", "Two days, it said. It was five, and the birthday was over.")
    say("delivery", "-", "The neighbour has it. Which neighbour?")
    say("delivery", "+", "On the doorstep before the coffee was ready.")
    say("return", "-", "Printed a label for the third time this month.")
    say("complaint", "-", "Told my story to three people.")
    say("complaint", "+", "A human being who knew what I had ordered.")
    say("reviews", "-", "Good jacket, slow shop.")
    say("reviews", "+", "Dry after four hours in the rain.")
    say("forum delivery", "-", "Guaranteed in two days. It took five, and the guarantee is a voucher.")
    say("forum delivery", "-", "They promise two days on every page. Ask them what day it is.")
    say("forum delivery", "-", "Party was Saturday, parcel was Tuesday.")
    say("forum delivery", "=", "Came when it came. The jacket is fine.")
    say("forum delivery", "+", "Ordered on Monday, worn on Wednesday, as they said.")
    say("forum delivery", "+", "Two days, to the hour.")
    say("forum return", "-", "Free returns: free of charge, and free of any answer for two weeks.")
    say("forum return", "-", "Money came back after the season had.")
    say("forum return", "=", "It works, if you have a printer.")
    say("forum return", "+", "No questions, no costs. Took a while.")
    say("newsletter", "-", "Stop sending me the jacket I have bought.")
    for (day = 5; day < 325; day++)
        for (i = 0; i < 20; i++)
            comes(day)
}
