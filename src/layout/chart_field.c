/* Charts with axes: the room the axes leave, the scales, and what is drawn in which order. */
#include "base/angle.h"
#include "layout/chart_parts.h"

#include <limits.h>
#include <stdlib.h>

enum { TITLE_GAP = 6000, TURNS = 2, GROUPS = 16 };

/* Both pairs of axes and the series on them. */
struct plan {
    const struct canvas *c;
    struct box plot;
    struct rail x[2], y[2];
    struct spans spans[GROUPS];
    size_t count; /* of categories */
    bool across;
    struct chart_rows rows; /* under the plot; nothing where none were asked for */
};

static bool has_axes(const struct chart_group *g) {
    return g->kind != CHART_PIE && g->kind != CHART_RADAR;
}

static bool used(const struct canvas *c, int pair) {
    for (size_t i = 0; i < c->chart->group_count; i++)
        if (has_axes(&c->chart->groups[i]) && c->chart->groups[i].axes == pair)
            return true;
    return false;
}

static size_t count_categories(const struct canvas *c) {
    size_t n = c->chart->category_count;
    for (size_t g = 0; g < c->chart->group_count; g++)
        for (size_t i = 0; i < c->chart->groups[g].n; i++)
            n = c->chart->groups[g].series[i].n > n ? c->chart->groups[g].series[i].n : n;
    return n;
}

/* ---- scales ---- */

static int larger_magnitude(int a, struct decimal d) {
    int b = decimal_magnitude(d);
    return b > a ? b : a;
}

static int unit_of(const struct canvas *c, int pair, bool x) {
    const struct chart_axis *axis = x ? &c->chart->x[pair] : &c->chart->y[pair];
    int magnitude = INT_MIN;
    for (size_t g = 0; g < c->chart->group_count; g++) {
        const struct chart_group *group = &c->chart->groups[g];
        for (size_t k = 0; group->axes == pair && k < group->n; k++)
            for (size_t i = 0; i < group->series[k].n; i++) {
                const struct chart_point *p = &group->series[k].points[i];
                magnitude = larger_magnitude(magnitude, x ? p->x : p->value);
            }
    }
    if (axis->has_min)
        magnitude = larger_magnitude(magnitude, axis->min);
    if (axis->has_max)
        magnitude = larger_magnitude(magnitude, axis->max);
    return scale_unit(magnitude);
}

/* Of the axis of values. */
static int value_unit(const struct canvas *c, int pair, bool percent) {
    return scale_is_log(&c->chart->y[pair]) ? LOG_EXPONENT : percent ? -8 : unit_of(c, pair, false);
}

struct reach {
    int64_t low, high;
    bool any, from_zero, percent;
    const char *format;
};

static void reach_to(struct reach *r, int64_t v) {
    r->low = r->any ? smaller(r->low, v) : v;
    r->high = r->any ? larger(r->high, v) : v;
    r->any = true;
}

/* A series with its error bars. */
static void reach_series(struct reach *r, const struct spans *spans,
                         const struct chart_group *group, size_t k) {
    const struct error_bars bars = errors_of(&group->series[k], spans, k);
    for (size_t i = 0; i < spans->n; i++) {
        const struct interval *span = &spans->at[k * spans->n + i];
        int64_t middle, off;
        if (!span->present)
            continue;
        reach_to(r, span->to);
        errors_at(&bars, span->to, &middle, &off);
        if (off && bars.asked->plus)
            reach_to(r, middle + off);
        if (off && bars.asked->minus)
            reach_to(r, middle - off);
    }
}

/* A number that comes out of the four operations, where the axis has it. */
static void reach_real(struct reach *r, const struct chart_axis *axis, double x, int unit) {
    int64_t value;
    if (scale_value(axis, decimal_of(x, DECIMAL_DIGITS), unit, &value))
        reach_to(r, value);
}

/* Trend lines lie within the scale. */
static void reach_trends(struct reach *r, const struct plan *p, const struct chart_group *group,
                         size_t k) {
    enum { PARTS = 16 };
    const struct chart_series *s = &group->series[k];
    const struct chart_axis *axis = &p->c->chart->y[group->axes];
    int unit = value_unit(p->c, group->axes, false);
    struct trend t;
    for (size_t i = 0; i < s->trend_count; i++)
        if (trend_of(&s->trends[i], group, k, &t))
            for (int part = 0; part <= PARTS; part++)
                reach_real(r, axis, trend_at(&t, t.from + (t.to - t.from) * part / PARTS), unit);
}

static struct reach reach_of(const struct plan *p, int pair) {
    struct reach r = {0};
    for (size_t g = 0; g < p->c->chart->group_count; g++) {
        const struct chart_group *group = &p->c->chart->groups[g];
        if (group->axes != pair || !has_axes(group))
            continue;
        r.percent |= group->grouping == GROUP_PERCENT;
        r.from_zero |= group->kind == CHART_AREA || group->grouping != GROUP_CLUSTERED;
        for (size_t k = 0; k < group->n; k++) {
            reach_series(&r, &p->spans[g], group, k);
            reach_trends(&r, p, group, k);
        }
        for (size_t i = 0; group->n && !r.format && i < group->series[0].n; i++)
            r.format = group->series[0].points[i].format;
    }
    return r;
}

static void set_values(struct plan *p, int pair, int64_t length) {
    struct rail *y = &p->y[pair];
    struct reach r = reach_of(p, pair);
    int unit = value_unit(p->c, pair, r.percent);
    y->format = y->axis->format ? y->axis->format : r.percent ? "0%" : r.format;
    y->scale = (struct scale){unit, r.low, r.high, 1};
    const struct value_range values = {unit, r.low, r.high, r.from_zero, r.percent};
    y->scale = scale_of(y->axis, &values, axis_most(p->c, y, length));
}

static void reach_x(struct reach *r, const struct chart_axis *axis, const struct chart_group *group,
                    size_t k, int unit) {
    const struct chart_series *s = &group->series[k];
    struct trend t;
    int64_t value;
    for (size_t i = 0; i < s->n; i++)
        if (s->points[i].present && scale_value(axis, s->points[i].x, unit, &value))
            reach_to(r, value);
    for (size_t i = 0; i < s->trend_count; i++)
        if (trend_of(&s->trends[i], group, k, &t)) {
            reach_real(r, axis, t.from, unit);
            reach_real(r, axis, t.to, unit);
        }
}

static void set_x_values(struct plan *p, int pair, int64_t length) {
    struct rail *x = &p->x[pair];
    struct reach r = {0};
    int unit = unit_of(p->c, pair, true);
    for (size_t g = 0; g < p->c->chart->group_count; g++) {
        const struct chart_group *group = &p->c->chart->groups[g];
        for (size_t k = 0; group->axes == pair && k < group->n; k++)
            reach_x(&r, x->axis, group, k, unit);
    }
    x->format = x->axis->format;
    x->scale = (struct scale){unit, r.low, r.high, 1};
    const struct value_range values = {unit, r.low, r.high, false, false};
    x->scale = scale_of(x->axis, &values, axis_most(p->c, x, length));
}

/* ---- where the axes stand ---- */

/* Laid along the plot; the low end is left or below unless the axis is reversed. */
static void lay(struct rail *r, const struct box *plot) {
    int64_t low = r->upright ? plot->y + plot->height : plot->x;
    int64_t length = r->upright ? -plot->height : plot->width;
    r->from = r->axis->reversed ? low + length : low;
    r->length = r->axis->reversed ? -length : length;
}

static int64_t crossing_on(const struct rail *axis, const struct rail *on) {
    int64_t end = on->from + on->length, value;
    switch (axis->axis->crossing) {
    case CROSS_MIN:
        return on->from;
    case CROSS_MAX:
        return end;
    case CROSS_AT:
        if (on->numeric)
            return scale_value(on->axis, axis->axis->cross_at, on->scale.exponent, &value)
                       ? rail_at(on, value)
                       : on->from;
        return on->from +
               on->length * clamp(decimal_in(axis->axis->cross_at, 0) - 1, 0, (int64_t)on->count) /
                   larger((int64_t)on->count, 1);
    case CROSS_ZERO:
        break;
    }
    return on->numeric ? rail_at(on, 0) : on->from;
}

static void stand(struct rail *r, const struct rail *on, const struct box *plot) {
    int64_t far_end = r->upright ? plot->x + plot->width : plot->y;
    int64_t near_end = r->upright ? plot->x : plot->y + plot->height;
    r->stand = crossing_on(r, on);
    bool at_far = r->stand == far_end && far_end != near_end;
    bool reversed = on->axis->reversed;
    r->far = r->axis->labels_at == LABELS_HIGH  ? !reversed
             : r->axis->labels_at == LABELS_LOW ? reversed
                                                : at_far;
}

static void settle(struct plan *p) {
    for (int i = 0; i < 2; i++) {
        lay(&p->x[i], &p->plot);
        lay(&p->y[i], &p->plot);
    }
    for (int i = 0; i < 2; i++) {
        stand(&p->x[i], &p->y[i], &p->plot);
        stand(&p->y[i], &p->x[i], &p->plot);
    }
}

/* ---- the room they take ---- */

static bool is_titled(const struct rail *r) {
    return r->shown && r->axis->title.text;
}

/* What its numbers are counted in, before its labels. */
static int64_t unit_room(const struct canvas *c, const struct rail *r) {
    const struct chart_text *name = &r->axis->unit_name;
    struct words w = {0};
    if (r->shown && name->text)
        w = words_set(c, name->text, name->props, 0);
    if (!w.lines.n)
        return 0;
    return (r->upright ? words_across : words_down)(&w, name->angle) + TITLE_GAP / 2;
}

static struct words title_of(const struct canvas *c, const struct rail *r) {
    bool lies = r->axis->title.angle == 0;
    int64_t along = r->upright && !lies ? c->box.height : c->box.width;
    return words_set(c, r->axis->title.text, r->axis->title.props,
                     r->upright && lies ? along / 5 : along * 4 / 5);
}

static int64_t title_room(const struct canvas *c, const struct rail *r) {
    if (!is_titled(r) || r->axis->title.overlay)
        return 0;
    struct words w = title_of(c, r);
    return (r->upright ? words_across : words_down)(&w, r->axis->title.angle) + TITLE_GAP;
}

/* What its labels take up beside the plot: less where they stand at a line inside of it. */
static int64_t room_beside(const struct plan *p, const struct rail *r) {
    int64_t low = r->upright ? p->plot.x : p->plot.y;
    int64_t high = low + (r->upright ? p->plot.width : p->plot.height);
    int64_t edge = r->upright == r->far ? high : low;
    bool edged = r->axis->labels_at != LABELS_AT_AXIS;
    return edged ? r->room : larger(r->room - llabs(r->stand - edge), 0);
}

/* Half of the label that stands about the rail's end. */
static int64_t overhang(const struct plan *p, const struct rail *r) {
    const char *const *names = p->c->chart->categories;
    size_t n = p->c->chart->category_count;
    const char *last = r->numeric ? axis_label(p->c, r, r->scale.max) : n ? names[n - 1] : NULL;
    struct words w = words_set(p->c, last, r->axis->props, r->numeric ? 0 : rail_step(r));
    return w.width / 2;
}

/* Room left, top, right and below by what rails take. */
static void take_room(const struct plan *p, const struct rail *r, int64_t room[4]) {
    int side = r->upright ? (r->far ? SIDE_RIGHT : SIDE_LEFT) : (r->far ? SIDE_TOP : SIDE_BOTTOM);
    room[side] += room_beside(p, r) + unit_room(p->c, r) + title_room(p->c, r);
    if (!r->shown || (!r->numeric && !r->on_points))
        return;
    if (r->upright)
        room[SIDE_TOP] = larger(room[SIDE_TOP], r->axis->props->size / 2);
    else if (!r->angle)
        room[SIDE_RIGHT] = larger(room[SIDE_RIGHT], overhang(p, r));
}

static struct box inside_of(const struct box *outer, const int64_t room[4]) {
    struct box box = {outer->x + room[SIDE_LEFT], outer->y + room[SIDE_TOP],
                      outer->width - room[SIDE_LEFT] - room[SIDE_RIGHT],
                      outer->height - room[SIDE_TOP] - room[SIDE_BOTTOM]};
    box.width = larger(box.width, outer->width / 4);
    box.height = larger(box.height, outer->height / 4);
    return box;
}

static void fit(struct plan *p, int pair) {
    struct rail *x = &p->x[pair], *y = &p->y[pair];
    int64_t wide = p->plot.width, high = p->plot.height;
    set_values(p, pair, y->upright ? high : wide);
    if (x->numeric)
        set_x_values(p, pair, x->upright ? high : wide);
    lay(x, &p->plot);
    lay(y, &p->plot);
    axis_fit(p->c, x, x->upright ? high : wide);
    axis_fit(p->c, y, y->upright ? high : wide);
}

/* How long a rail is depends on the labels of the other, and what labels it has on its length. */
static void place(struct plan *p, const struct box *outer) {
    bool fixed = p->c->chart->plot_place.sized && p->c->chart->plot_place.inner;
    p->plot = *outer;
    for (int turn = 0; turn <= TURNS; turn++) {
        int64_t room[4] = {0, 0, 0, 0};
        for (int pair = 0; pair < 2; pair++)
            fit(p, pair);
        settle(p);
        if (p->c->chart->table.present)
            p->rows = rows_measure(p->c, p->plot.width, p->count);
        if (fixed || turn == TURNS)
            break;
        for (int pair = 0; pair < 2; pair++) {
            take_room(p, &p->x[pair], room);
            take_room(p, &p->y[pair], room);
        }
        room[SIDE_BOTTOM] += p->rows.below;
        room[SIDE_LEFT] = larger(room[SIDE_LEFT], p->rows.left);
        p->plot = inside_of(outer, room);
    }
}

/* ---- drawing ---- */

static void draw_title(const struct plan *p, const struct rail *r) {
    const struct chart_text *title = &r->axis->title;
    const struct box *plot = &p->plot, *box = &p->c->box;
    if (!is_titled(r))
        return;
    struct words w = title_of(p->c, r);
    int64_t across = words_across(&w, title->angle), down = words_down(&w, title->angle);
    int64_t x = plot->x + plot->width / 2, y = plot->y + plot->height / 2;
    int64_t off = room_beside(p, r) + unit_room(p->c, r) + TITLE_GAP;
    if (!r->upright && !r->far)
        off += p->rows.below;
    if (r->upright)
        x = r->far ? plot->x + plot->width + off + across / 2 : plot->x - off - across / 2;
    else
        y = r->far ? plot->y - off - down / 2 : plot->y + plot->height + off + down / 2;
    if (title->place.set) {
        x = box->x + box->width * title->place.x / 100000 + across / 2;
        y = box->y + box->height * title->place.y / 100000 + down / 2;
    }
    struct box around = {x - across / 2, y - down / 2, across, down};
    draw_box(p->c, &around, &title->look);
    words_turn(p->c, &w, x, y, title->angle);
}

static void draw_groups(const struct plan *p, bool labels) {
    static const enum chart_kind order[] = {CHART_AREA, CHART_BAR, CHART_LINE, CHART_SCATTER};
    const struct chart *chart = p->c->chart;
    for (size_t k = 0; k < sizeof order / sizeof order[0]; k++)
        for (size_t g = 0; g < chart->group_count; g++) {
            const struct chart_group *group = &chart->groups[g];
            struct field f = {p->plot, &p->x[group->axes], &p->y[group->axes]};
            if (group->kind == order[k])
                (labels ? plot_labels : plot_draw)(p->c, &f, group, &p->spans[g]);
        }
}

/* Under the labels of the axis below the plot, if there is one. */
static void draw_rows(const struct plan *p) {
    struct box top = {p->plot.x, p->plot.y + p->plot.height, p->plot.width, 0};
    const struct rail *below = p->across ? &p->y[0] : &p->x[0];
    if (!p->c->chart->table.present)
        return;
    if (!below->far)
        top.y += room_beside(p, below);
    rows_draw(p->c, &p->rows, &top);
}

/* What the numbers are counted in stands at the high end of the axis, before its labels. */
static void draw_unit(const struct plan *p, const struct rail *r) {
    const struct chart_text *name = &r->axis->unit_name;
    const struct box *plot = &p->plot, *box = &p->c->box;
    struct words w = {0};
    if (r->shown && name->text)
        w = words_set(p->c, name->text, name->props, 0);
    if (!w.lines.n)
        return;
    int64_t across = words_across(&w, name->angle), down = words_down(&w, name->angle);
    int64_t off = room_beside(p, r) + TITLE_GAP / 2, x, y;
    if (r->upright) {
        x = r->far ? plot->x + plot->width + off + across / 2 : plot->x - off - across / 2;
        y = plot->y + down / 2;
    } else {
        x = plot->x + plot->width - across / 2;
        y = r->far ? plot->y - off - down / 2 : plot->y + plot->height + off + down / 2;
    }
    if (name->place.set) {
        x = box->x + box->width * name->place.x / 100000 + across / 2;
        y = box->y + box->height * name->place.y / 100000 + down / 2;
    }
    words_turn(p->c, &w, x, y, name->angle);
}

static void draw(const struct plan *p) {
    const struct canvas *c = p->c;
    draw_box(c, &p->plot, &c->chart->plot);
    for (int i = 1; i >= 0; i--) {
        if (p->x[i].axis->present)
            axis_draw_grid(c, &p->x[i], &p->plot);
        if (p->y[i].axis->present)
            axis_draw_grid(c, &p->y[i], &p->plot);
    }
    draw_groups(p, false);
    for (int i = 0; i < 2; i++) {
        axis_draw(c, &p->y[i], &p->plot);
        axis_draw(c, &p->x[i], &p->plot);
    }
    draw_rows(p);
    draw_groups(p, true);
    for (int i = 0; i < 2; i++) {
        draw_unit(p, &p->y[i]);
        draw_unit(p, &p->x[i]);
        draw_title(p, &p->y[i]);
        draw_title(p, &p->x[i]);
    }
}

static bool kind_on(const struct canvas *c, int pair, enum chart_kind kind) {
    for (size_t g = 0; g < c->chart->group_count; g++)
        if (c->chart->groups[g].axes == pair && c->chart->groups[g].kind == kind)
            return true;
    return false;
}

static void prepare(struct plan *p) {
    const struct chart *chart = p->c->chart;
    static const struct run_props fallback = {.size = 10000, .scale = 100, .highlight = -1};
    p->count = count_categories(p->c);
    for (size_t g = 0, beyond = 0; g < chart->group_count; g++) {
        size_t more = trend_beyond(&chart->groups[g]);
        p->count += more > beyond ? more - beyond : 0;
        beyond = more > beyond ? more : beyond;
    }
    for (size_t g = 0; g < chart->group_count; g++)
        p->across |= chart->groups[g].kind == CHART_BAR && chart->groups[g].across;
    for (int i = 0; i < 2; i++) {
        struct chart_axis *axes = POOL_ARRAY(p->c->l->pool, struct chart_axis, 2);
        bool in_use = used(p->c, i);
        axes[0] = chart->x[i];
        axes[1] = chart->y[i];
        for (int k = 0; k < 2; k++)
            if (!axes[k].props)
                axes[k].props = chart->title.props ? chart->title.props : &fallback;
        if (chart->table.present && !p->across) { /* the table has the categories */
            axes[0].labels_at = LABELS_NONE;
            axes[0].tick = TICK_NONE;
            axes[1].on_points = false;
        }
        p->x[i] = (struct rail){.axis = &axes[0], .count = p->count};
        p->y[i] = (struct rail){.axis = &axes[1], .numeric = true};
        p->x[i].numeric = kind_on(p->c, i, CHART_SCATTER);
        p->x[i].on_points = axes[1].on_points && !kind_on(p->c, i, CHART_BAR);
        p->x[i].upright = p->across;
        p->y[i].upright = !p->across;
        p->x[i].shown = in_use && axes[0].present && !axes[0].deleted;
        p->y[i].shown = in_use && axes[1].present && !axes[1].deleted;
    }
    for (size_t g = 0; g < chart->group_count; g++)
        p->spans[g] = scale_spans(p->c, &chart->groups[g],
                                  unit_of(p->c, chart->groups[g].axes, false), p->count);
}

void field_draw(const struct canvas *c, const struct box *room) {
    struct plan p = {.c = c};
    prepare(&p);
    place(&p, room);
    draw(&p);
}
