/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <stellwerk/report/report.h>

#include <string.h>

#include <stellwerk/base/array.h>

typedef void writer(struct str *out, const struct stage_set *set);

static const struct {
    const char *view;
    writer *json, *csv; /* NULL: the view is no table */
} writers[] = {
    { .view = "attribution", .json = report_json_credits, .csv = report_csv_credits },
    { .view = "case", .json = report_json_case, .csv = report_csv_case },
    { .view = "gaps", .json = report_json_gaps, .csv = report_csv_gaps },
    { .view = "map", .json = report_json_map },
    { .view = "metrics", .json = report_json_metrics, .csv = report_csv_metrics },
    { .view = "opportunities", .json = report_json_opportunities, .csv = report_csv_opportunities },
    { .view = "paths", .json = report_json_paths, .csv = report_csv_paths },
    { .view = "reduction", .json = report_json_reduction, .csv = report_csv_reduction },
    { .view = "silos", .json = report_json_silos, .csv = report_csv_silos },
    { .view = "promises", .json = report_json_promises, .csv = report_csv_promises },
    { .view = "personas", .json = report_json_personas, .csv = report_csv_personas },
};

static writer *find(const char *view, bool csv)
{
    for (size_t i = 0; i < ARRAY_LEN(writers); i++)
        if (strcmp(writers[i].view, view) == 0)
            return csv ? writers[i].csv : writers[i].json;
    return NULL;
}

bool report_json(struct str *out, const struct stage_set *set, const char *view)
{
    writer *write = find(view, false);
    if (write != NULL)
        write(out, set);
    return write != NULL;
}

void report_json_all(struct str *out, const struct stage_set *set)
{
    str_append(out, "{\"stellwerk\": 1, \"view\": \"all\", \"views\": {");
    const char *before = "\n";
    for (size_t i = 0; i < ARRAY_LEN(writers); i++) {
        str_printf(out, "%s\"%s\": ", before, writers[i].view);
        writers[i].json(out, set);
        before = ", ";
    }
    str_append(out, "}}\n");
}

bool report_csv(struct str *out, const struct stage_set *set, const char *view)
{
    writer *write = find(view, true);
    if (write != NULL && set != NULL)
        write(out, set);
    return write != NULL;
}
