/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Importance from bottom to top, how good it is from left to right. */

#include <stellwerk/scene/gaps.h>

#include <math.h>

#include <stellwerk/base/array.h>
#include <stellwerk/base/i18n.h>
#include <stellwerk/insight/importance.h>
#include <stellwerk/scene/plane.h>

static int concern_zone(double good, double wanted)
{
    return wanted > good;
}

/* Above 10 worth a look, above 15 neglected (Ulwick 2005). */
static int opportunity_zone(double good, double wanted)
{
    double score = opportunity_score(10 * wanted, 10 * good);
    return (score >= 10) + (score >= 15);
}

static double performance_of(const struct ranked_gap *row)
{
    return row->performance / 10;
}

static double satisfied_of(const struct ranked_gap *row)
{
    return row->satisfied;
}

static const struct picture {
    const char *right;             /* N_(): title of the axis */
    int up_most, right_most;       /* their last labels */
    int (*zone)(double good, double wanted);
    double (*good)(const struct ranked_gap *row);
    const char *corner[2];         /* N_(): at the upper left, the lower right */
} pictures[GAPS_PICTURE_COUNT] = {
    [GAPS_IMPORTANCE] = { N_("performance: measured, else estimated"), 5, 100,
                          concern_zone, performance_of,
                          { N_("matters more than it is good"), N_("more than is needed") } },
    [GAPS_OPPORTUNITY] = { N_("satisfaction"), 10, 10, opportunity_zone,
                           satisfied_of, { N_("neglected: 15 and more"), N_("served well") } },
};

static struct plane_point point_of(const struct stage_set *set, const struct picture *picture,
                                   const struct ranked_gap *row)
{
    double good = picture->good(row) / 10, wanted = row->wanted / 10;
    return (struct plane_point){
        .x = good,
        .y = wanted,
        .title = set->journey->touchpoints[row->touchpoint].title,
        .ink = picture->zone(good, wanted) > 0 ? INK_BAD : INK_MEASURED,
        .selected = row->touchpoint == set->options.selected,
    };
}

void gaps_plot_draw(struct scene *scene, struct area area, const struct stage_set *set,
                    const struct ranking *ranking, enum gaps_picture number)
{
    const struct picture *picture = &pictures[number];
    const struct plane_axes axes = {
        .title = gaps_picture_title(number),
        .right = _(picture->right),
        .up_most = picture->up_most,
        .right_most = picture->right_most,
        .corner = { _(picture->corner[0]), _(picture->corner[1]) },
        .zone = picture->zone,
    };
    struct plane_point *points =
        arena_array(scene->arena, ranking->count, sizeof(*points));
    for (size_t i = 0; i < ranking->count; i++)
        points[i] = point_of(set, picture, &ranking->items[i]);
    plane_draw(scene, area, &axes, points, ranking->count);
}
