/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Reports: a view's scene painted as text or as a picture, and its figures for programs.
 *
 * A painter adds nothing to a scene and leaves nothing out, so that a report is the screen. Scenes
 * are sanitised already; what goes into JSON beside them is made safe here.
 */
#ifndef STELLWERK_REPORT_REPORT_H
#define STELLWERK_REPORT_REPORT_H

#include <stellwerk/base/diag.h>
#include <stellwerk/base/str.h>
#include <stellwerk/scene/theme.h>
#include <stellwerk/scene/view.h>

/* Appends a document of jansson's, and frees it. */
struct json_t;
void json_append_document(struct str *out, struct json_t *document);

/* Appends the scene as lines of text. Above DEPTH_MONO with SGR sequences (ECMA-48), reset at the
 * end of each line; at DEPTH_MONO there is no escape sequence. Trailing blanks are left out. */
void report_text(struct str *out, const struct scene *scene, enum theme_name theme,
                 enum depth depth);

/*
 * Appends the scene as an SVG 1.1 picture that needs nothing beside itself: no script, no font, no
 * link. A cell is REPORT_SVG_CELL_WIDTH x REPORT_SVG_CELL_HEIGHT units; grounds and block glyphs
 * are rectangles on the pixel grid, so that they join without seams in every viewer.
 */
void report_svg(struct str *out, const struct scene *scene, enum theme_name theme);

#define REPORT_SVG_CELL_WIDTH 9
#define REPORT_SVG_CELL_HEIGHT 18

/* Of an HTML page: dark, but light where its reader prefers that, and on paper. */
#define THEME_OF_READER THEME_COUNT

/* Appends the scene as an HTML page that needs nothing beside itself: the picture, and the same as
 * text. The title is sanitised here. */
void report_html(struct str *out, const struct scene *scene, const char *title,
                 enum theme_name theme);

/* Appends a heading and the scene as a fenced block of text (CommonMark). */
void report_markdown(struct str *out, const struct scene *scene, const char *title);

/* A part of a report that has several. */
struct report_section {
    const char *title; /* sanitised here */
    const struct scene *scene;
};

/* The same of several scenes, each under its title; the HTML page has links to them above. */
void report_html_sections(struct str *out, const char *title,
                          const struct report_section *sections, size_t count,
                          enum theme_name theme);
void report_markdown_sections(struct str *out, const char *title,
                              const struct report_section *sections, size_t count);

/*
 * Appends the figures of the Map view as one JSON object and a newline. Names and shape are a
 * promise to programs: doc/json.md. Numbers are numbers; what is missing is null with a reason in
 * the member of the same name with "_reason" behind it. Text is ASCII with \u escapes: exact, and
 * nothing in it can reach a terminal.
 */
void report_json_map(struct str *out, const struct stage_set *set);

/* The same of the Gaps view: the Map view's rows as ranked, sorted and filtered, with all that they
 * are ranked by. */
void report_json_gaps(struct str *out, const struct stage_set *set);
void report_csv_gaps(struct str *out, const struct stage_set *set);

/* The same of the Opportunities view, a row to an opportunity in the order of the board. */
void report_json_opportunities(struct str *out, const struct stage_set *set);
void report_csv_opportunities(struct str *out, const struct stage_set *set);

/* The same of the Reduction view, a row to a touchpoint, what carries least first; in JSON with the
 * journey before and after. */
void report_json_reduction(struct str *out, const struct stage_set *set);
void report_csv_reduction(struct str *out, const struct stage_set *set);

/* The same of the Promises view: a row to a claim; in JSON with what earned media say. */
void report_json_promises(struct str *out, const struct stage_set *set);
void report_csv_promises(struct str *out, const struct stage_set *set);

/* The same of the Personas view: a row to a difference; in JSON with everybody's figures. */
void report_json_personas(struct str *out, const struct stage_set *set);
void report_csv_personas(struct str *out, const struct stage_set *set);

/* The same of the Silos view: who has and lacks what, metrics that pull apart, stages over their
 * channels, contents; in CSV each of them in rows of its kind. */
void report_json_silos(struct str *out, const struct stage_set *set);
void report_csv_silos(struct str *out, const struct stage_set *set);

/* The same of the Metrics view, a row to a slice; as JSON, and as CSV (RFC 4180) with a header, in
 * which nothing stands for what is not known. */
void report_json_metrics(struct str *out, const struct stage_set *set);
void report_csv_metrics(struct str *out, const struct stage_set *set);

/* The same of the Paths view, a row to a column of the design; in JSON with arcs, variants and
 * detours beside them. */
void report_json_paths(struct str *out, const struct stage_set *set);
void report_csv_paths(struct str *out, const struct stage_set *set);

/* The same of a case: a row to an event, the answers beside them; in CSV all of them rows. */
void report_json_case(struct str *out, const struct stage_set *set);
void report_csv_case(struct str *out, const struct stage_set *set);

/* Of the Paths view, its segments: a row to a share of one of them, held against all others. */
void report_csv_segments(struct str *out, const struct stage_set *set);

/* The same of the Attribution view: a row to a touchpoint, in CSV to a touchpoint and a model. */
void report_json_credits(struct str *out, const struct stage_set *set);
void report_csv_credits(struct str *out, const struct stage_set *set);

/* One object with the objects of all views, by their names, in `views`. */
void report_json_all(struct str *out, const struct stage_set *set);

/* A view by its name; false, and nothing is written, where it has no such form. `set` may be NULL
 * for CSV, to ask. */
bool report_json(struct str *out, const struct stage_set *set, const char *view);
bool report_csv(struct str *out, const struct stage_set *set, const char *view);

/* Appends findings as one JSON object and a newline; `files` is how many were checked. */
void report_json_findings(struct str *out, const struct diag_list *findings, size_t files);

#endif
