/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Ratings and reviews in earned media, and what customers say was promised, read from the answers
 * of a store.
 *
 * Earned is what is said at a touchpoint of earned media, and on a channel whose touchpoints are
 * all earned (a forum), whatever touchpoint that speaks of. Answers of the kinds "experience" and
 * "promise" count; those without a scale have no stars and are left out. Beside that, all answers
 * of the kind "promise" with a scale, wherever they were given, say what customers were promised.
 */
#ifndef STELLWERK_STORE_VOICES_H
#define STELLWERK_STORE_VOICES_H

#include <stellwerk/base/arena.h>
#include <stellwerk/base/error.h>
#include <stellwerk/model/journey.h>
#include <stellwerk/model/lens.h>
#include <stellwerk/model/voices.h>
#include <stellwerk/store/store.h>

/* Fills all but mean and interval. Texts are read up to VOICES_TEXT_MOST characters. */
[[nodiscard]] bool store_voices(struct arena *arena, struct store *store,
                                const struct journey *journey, const struct lens *lens,
                                struct voices *out, struct error *err);

#define VOICES_TEXT_MOST 2000

#endif
