/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Forms: what a thing of a map may say, as rows to be shown, typed into and checked.
 *
 * The rows come from the tables of schema.h: one for each key, there or not, in the order in which
 * an edit would write them. Behind the row of a list, a mapping or a struct stand those of what is
 * in it, one deeper, and behind the last item of a list or mapping the one that adds another:
 *
 *     pains                                FORM_GROUP  ticket.pains
 *       1       Medienbruch                FORM_FIELD  ticket.pains.1
 *       +                                  FORM_ADD    ticket.pains
 *     expectation                          FORM_GROUP  ticket.expectation
 *       anna    {adequate: 60, desired: …} FORM_GROUP  ticket.expectation.anna
 *         adequate   60                    FORM_FIELD  ticket.expectation.anna.adequate
 *         …
 *       +                                  FORM_ADD    ticket.expectation
 *
 * A thing that has an address of its own (persona/anna, ticket within its stage) is a FORM_LINK in
 * the form of another: it has a form of its own.
 *
 * Whoever shows a form needs five calls: form_of(); form_choices() for completion, form_check()
 * while somebody types, form_operation() when the person is done; edit_apply() with what that gave.
 * Rows are borrowed from the arena of form_of() and belong to the text they were made of: after an
 * edit there is another form.
 */
#ifndef STELLWERK_MAPFILE_FORM_H
#define STELLWERK_MAPFILE_FORM_H

#include <stdbool.h>
#include <stddef.h>

#include <stellwerk/base/arena.h>
#include <stellwerk/base/error.h>
#include <stellwerk/mapfile/operation.h>
#include <stellwerk/mapfile/schema.h>
#include <stellwerk/model/journey.h>

enum form_role {
    FORM_FIELD, /* one value */
    FORM_GROUP, /* a list, a mapping or a struct: its rows follow, one deeper */
    FORM_LINK,  /* a thing with a form of its own at `address` */
    FORM_ADD    /* adds an item to the list or mapping at `address` */
};

/* What a person types into a FORM_ADD. */
enum form_adds {
    FORM_ADDS_NOTHING,
    FORM_ADDS_VALUE, /* the item: a text, an id, [web, app] */
    FORM_ADDS_TITLE, /* its title or text; where it needs an id, that is made of the title */
    FORM_ADDS_KEYED, /* "KEY: VALUE" or "KEY VALUE", such as "anna@hurried 55" */
    FORM_ADDS_PAIRS  /* {key: value, …}; `sample` shows the least */
};

struct form_row {
    enum form_role role;
    int depth;
    const char *address;  /* as operations take it */
    const char *key;      /* "title"; of an item its id, key or number; FORM_ADD: "" */
    const char *title;    /* of a FORM_LINK and of an item with one, beside its id; NULL */
    enum field_kind kind; /* what is typed; never FIELD_CUSTOM, FORM_ADD: that of an item */
    const char *help;     /* msgid of the key that the row or its list stands under */
    const char *sample;   /* what could be typed where nothing is, "2026-11-01"; NULL */

    /* What stands there, as `set` takes it and a person would type it: one line of YAML, a text
     * without quotes (and only that may have newlines in it). NULL: nothing; also of a list or
     * mapping of things with forms of their own, whose `count` says more. */
    const char *value;
    size_t count;   /* FORM_GROUP: items or keys in the file */
    struct pos pos; /* where the value stands; where there is none, line 0 */

    /* What typing does: VERB_SET, VERB_RENAME (an id), VERB_INSERT (FORM_ADD); form_operation()
     * may make a VERB_SET of the last, for what stands under a key. */
    enum verb verb;
    enum form_adds adds;
    bool required;
    bool can_type;          /* false: it is made of its rows, is an alias, or is not for people */
    bool can_unset;         /* `unset address` */
    bool can_delete;        /* `delete address`: it is an item or a thing */
    bool can_move;          /* `move address PLACE`, among `siblings` */
    bool can_insert_behind; /* `insert list VALUE at place + 1`: see form_operation_behind() */
    const char *list;       /* address of the list or mapping that an item is in; NULL */
    size_t place, siblings; /* of an item of a list: from 1, of how many */

    /* For the functions below. */
    const struct field *field; /* of the key; NULL for the id that is itself a key */
    const struct shape *shape; /* of the struct that the key is in, or that the item is */
    bool item;                 /* an item of what `field` holds, or the adding of one */
    enum space space;          /* of the id, or of the things that are added */
    const char *const *taken;  /* FORM_ADD: keys or items that are there already */
    size_t taken_count;
};

struct form {
    const char *address;
    const char *kind;          /* "touchpoints", "opportunities": the schema's name */
    const struct shape *shape; /* NULL: it is one value or a list */
    struct form_row *rows;
    size_t count;
};

/*
 * The rows of what an address names: a thing ("ticket", "persona/anna", "map"), a struct or item in
 * one ("ticket.expectation.anna", there or not), a list or one value. `length` bytes of `text` with
 * a NUL behind them are the map, `journey` what was read from it. Reads the whole text: some
 * milliseconds for a usual map. Fails where edit_look() does.
 */
[[nodiscard]] bool form_of(struct arena *arena, const struct journey *journey, const char *file,
                           const char *text, size_t length, const char *address, struct form *out,
                           struct error *err);

/* The first row of an address; NULL. What adds to a list has the address of the list, and an id
 * that of its item: these rows come later, and differ in their verb. */
const struct form_row *form_find(const struct form *form, const char *address);

/* ---- While somebody types ------------------------------------------------------------------ */

struct form_choice {
    const char *word;  /* to be typed */
    const char *title; /* what it is called; NULL: the word says it */
};

struct form_choices {
    const struct form_choice *items;
    size_t count;
    bool closed; /* nothing else is accepted; else the person may type something new */
};

/*
 * What a row may take: words, ids of what the journey has, true and false, for FORM_ADDS_KEYED the
 * keys (all, persona, persona@context) that are not there yet, for free texts such as owners what
 * the map says elsewhere. In the order of the map; none for other numbers and texts.
 */
void form_choices(struct arena *arena, const struct journey *journey, const struct form_row *row,
                  struct form_choices *out);

/*
 * True where form_operation() and its edit would be accepted as far as this value alone tells; else
 * the reader's message: a range, a word or id with the nearest one, the form of a date. Takes
 * microseconds: the map is not looked at, so what depends on other keys shows only in the edit.
 */
[[nodiscard]] bool form_check(struct arena *arena, const struct journey *journey,
                              const struct form_row *row, const char *typed, struct error *err);

/* ---- When the person is done --------------------------------------------------------------- */

/*
 * The operation that puts what was typed in a row: set, rename, insert; where nothing but blanks
 * was typed and the row can do without, unset or delete. Fails as form_check() does.
 */
[[nodiscard]] bool form_operation(struct arena *arena, const struct journey *journey,
                                  const struct form_row *row, const char *typed,
                                  struct operation *out, struct error *err);

/*
 * The operation that adds an item right behind the item of a row that can_insert_behind; `adding`
 * is the FORM_ADD of the same list.
 */
[[nodiscard]] bool form_operation_behind(struct arena *arena, const struct journey *journey,
                                         const struct form_row *row, const struct form_row *adding,
                                         const char *typed, struct operation *out,
                                         struct error *err);

/* ---- New things ---------------------------------------------------------------------------- */

/*
 * The operation that makes a new touchpoint, stage, persona, context, channel, metric or route of
 * nothing but its title: `insert touchpoint/ueber-den-steg "Über den Steg"`, with an id that is
 * free, and with what the format cannot do without (a metric counts rows, a route goes nowhere).
 * `out->place` is PLACE_NONE; for touchpoints, stages and routes a caller may fill it in. Fails for
 * a blank title.
 */
[[nodiscard]] bool form_new(struct arena *arena, const struct journey *journey, enum space space,
                            const char *title, struct operation *out, struct error *err);

/*
 * An id for a new thing, of its title: "Über den Steg" gives "ueber-den-steg", or -2, -3, … behind
 * it where the journey or its libraries have it; of a title without letters a to z the kind's name:
 * "touchpoint-2". SPACE_NONE: whatever it is unique among is the caller's business.
 */
const char *form_new_id(struct arena *arena, const struct journey *journey, enum space space,
                        const char *title);

#endif
