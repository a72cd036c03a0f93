/* Charts without axes: pies, rings and radars. */
#include "base/angle.h"
#include "layout/chart_parts.h"

#include <limits.h>
#include <stdlib.h>

static void point_at(int64_t x, int64_t y, int64_t radius, int64_t angle, int64_t *px,
                     int64_t *py) {
    *px = x + radius * angle_sin(angle) / SINE_ONE;
    *py = y - radius * angle_cos(angle) / SINE_ONE;
}

static const struct chart_group *group_of(const struct canvas *c, enum chart_kind kind) {
    for (size_t g = 0; g < c->chart->group_count; g++)
        if (c->chart->groups[g].kind == kind && c->chart->groups[g].n)
            return &c->chart->groups[g];
    return NULL;
}

static int unit_for(const struct chart_group *group) {
    int magnitude = INT_MIN;
    for (size_t k = 0; k < group->n; k++)
        for (size_t i = 0; i < group->series[k].n; i++) {
            int own = decimal_magnitude(group->series[k].points[i].value);
            magnitude = own > magnitude ? own : magnitude;
        }
    return scale_unit(magnitude);
}

/* ---- pies (21.2.2.141) and rings (21.2.2.50) ---- */

struct pie {
    const struct canvas *c;
    const struct chart_group *group;
    const struct chart_series *series;
    int64_t x, y, outer, inner; /* inner: 0 of a pie */
    int64_t total;
    int unit;
};

static int64_t share_of(const struct pie *p, size_t i) { /* what is below zero counts as well */
    return p->series->points[i].present
               ? llabs(decimal_in(p->series->points[i].value, p->unit)) / 100
               : 0;
}

struct slice {
    size_t i;
    int64_t from, to, x, y; /* its centre, moved out where it is pulled out */
};

static void draw_slice(const struct pie *p, const struct slice *s) {
    const struct chart_point *point = &p->series->points[s->i];
    const struct circle outer = {s->x, s->y, p->outer}, inner = {s->x, s->y, p->inner};
    struct outline o = {0};
    int64_t x, y;
    if (s->to - s->from >= ANGLE_TURN && !p->inner) {
        outline_circle(p->c, &o, outer);
    } else {
        point_at(s->x, s->y, p->outer, s->from, &x, &y);
        outline_move(p->c, &o, x, y);
        outline_arc(p->c, &o, outer, s->from, s->to);
        point_at(s->x, s->y, p->inner, s->to, &x, &y);
        outline_line(p->c, &o, x, y);
        if (p->inner)
            outline_arc(p->c, &o, inner, s->to, s->from);
        outline_close(p->c, &o);
    }
    outline_paint(p->c, &o, point->look ? point->look : &p->series->look, false);
}

/* In the slice where it has room for it, else outside. */
static void put_slice_label(const struct pie *p, const struct slice *s, int64_t value) {
    enum { OFF = 4000 };
    const char *text = label_text(p->c, p->series, s->i, value, p->total, (struct decimal){0});
    const struct chart_label *label = label_of(p->series, s->i);
    if (!text || !value)
        return;
    struct words w = words_set(p->c, text, label->props, p->outer * 3 / 2);
    int64_t middle = (s->from + s->to) / 2, x, y;
    int64_t wide = angle_sin((s->to - s->from) / 2) * p->outer / SINE_ONE; /* half of the slice */
    bool narrow = s->to - s->from < ANGLE_TURN / 2 && wide < larger(w.width, w.height) * 2 / 3;
    bool outside = label->place == LABEL_OUTSIDE_END || (label->place == LABEL_AUTO && narrow);
    int64_t at = p->inner                       ? (p->inner + p->outer) / 2
                 : label->place == LABEL_CENTER ? p->outer / 2
                 : outside && !p->inner         ? p->outer + OFF
                                                : p->outer * 7 / 10;
    point_at(s->x, s->y, at, middle, &x, &y);
    if (outside && !p->inner) {
        x += w.width / 2 * angle_sin(middle) / SINE_ONE;
        y -= w.height / 2 * angle_cos(middle) / SINE_ONE;
    }
    label_put(p->c, label, &w, x - words_across(&w, label->angle) / 2,
              y - words_down(&w, label->angle) / 2);
}

static void draw_ring(struct pie *p, bool labels) {
    int64_t sum = 0, first = (int64_t)p->group->first * ANGLE_DEGREE;
    p->total = 0;
    for (size_t i = 0; i < p->series->n; i++)
        p->total += share_of(p, i);
    for (size_t i = 0; p->total && i < p->series->n; i++) {
        int64_t share = share_of(p, i);
        struct slice s = {i, first + ANGLE_TURN * sum / p->total,
                          first + ANGLE_TURN * (sum + share) / p->total, 0, 0};
        int64_t out = clamp(p->series->points[i].explosion, 0, 400);
        point_at(p->x, p->y, p->outer * out / 100, (s.from + s.to) / 2, &s.x, &s.y);
        sum += share;
        if (labels)
            put_slice_label(p, &s, share);
        else if (share)
            draw_slice(p, &s);
    }
}

static int64_t largest_explosion(const struct chart_group *group) {
    int64_t most = 0;
    for (size_t k = 0; k < group->n; k++)
        for (size_t i = 0; i < group->series[k].n; i++)
            most = larger(most, clamp(group->series[k].points[i].explosion, 0, 400));
    return most;
}

/* One that labels have no room in. */
static bool has_narrow_slice(const struct chart_group *group) {
    enum { NARROW = 12 }; /* a part of the whole */
    const struct chart_series *s = &group->series[0];
    int64_t sum = 0, least = INT64_MAX;
    int unit = unit_for(group);
    for (size_t i = 0; i < s->n; i++) {
        int64_t v = llabs(decimal_in(s->points[i].value, unit));
        sum += v;
        least = v ? smaller(least, v) : least;
    }
    return least < sum / NARROW;
}

static bool labels_outside(const struct chart_group *group) {
    const struct chart_label *label = &group->series[0].label;
    bool any = label->value || label->percent || label->category || label->series;
    return any && !group->hole &&
           (label->place == LABEL_OUTSIDE_END ||
            (label->place == LABEL_AUTO && has_narrow_slice(group)));
}

/* The rings of several series lie in one another, the first innermost; a pie shows one. */
void pie_draw(const struct canvas *c, const struct box *room) {
    const struct chart_group *group = group_of(c, CHART_PIE);
    if (!group)
        return;
    int64_t radius = smaller(room->width, room->height) / 2;
    if (labels_outside(group) && !c->chart->plot_place.sized)
        radius -= smaller(radius / 4, 3 * group->series[0].label.props->size / 2);
    radius = radius * 100 / (100 + largest_explosion(group));
    int64_t rings = group->hole ? (int64_t)group->n : 1, hole = radius * group->hole / 100;
    for (int turn = 0; turn < 2; turn++)
        for (int64_t k = 0; k < rings; k++) {
            struct pie p = {.c = c,
                            .group = group,
                            .series = &group->series[k],
                            .x = room->x + room->width / 2,
                            .y = room->y + room->height / 2,
                            .outer = hole + (radius - hole) * (k + 1) / rings,
                            .inner = group->hole ? hole + (radius - hole) * k / rings : 0,
                            .unit = unit_for(group)};
            draw_ring(&p, turn == 1);
        }
}

/* ---- radars (21.2.2.153) ---- */

struct radar {
    const struct canvas *c;
    const struct chart_group *group;
    int64_t x, y, radius;
    size_t n;
    struct rail y_axis;
    struct spans spans;
};

static void spoke(const struct radar *r, int64_t radius, size_t i, int64_t *x, int64_t *y) {
    point_at(r->x, r->y, radius, ANGLE_TURN * (int64_t)i / larger((int64_t)r->n, 1), x, y);
}

static int64_t radius_of(const struct radar *r, int64_t value) {
    const struct scale *s = &r->y_axis.scale;
    return r->radius * (clamp(value, s->min, s->max) - s->min) / larger(s->max - s->min, 1);
}

static void draw_polygon(const struct radar *r, int64_t radius, const struct chart_look *look) {
    struct outline o = {0};
    for (size_t i = 0; i < r->n; i++) {
        int64_t x, y;
        spoke(r, radius, i, &x, &y);
        (i ? outline_line : outline_move)(r->c, &o, x, y);
    }
    outline_close(r->c, &o);
    outline_paint(r->c, &o, look, true);
}

static void draw_web(const struct radar *r) {
    const struct chart_axis *axis = r->y_axis.axis;
    const struct scale *s = &r->y_axis.scale;
    for (int64_t v = s->min + s->major; axis->major_grid.stroke > 0 && v <= s->max; v += s->major)
        draw_polygon(r, radius_of(r, v), &axis->major_grid);
    for (size_t i = 0; i < r->n; i++) {
        int64_t x, y;
        spoke(r, r->radius, i, &x, &y);
        draw_rule(r->c, r->x, r->y, x, y, &axis->line);
    }
}

static void draw_rays(const struct radar *r, size_t k) {
    const struct chart_series *s = &r->group->series[k];
    struct outline o = {0};
    for (size_t i = 0; i < r->n; i++) {
        int64_t x, y;
        spoke(r, radius_of(r, r->spans.at[k * r->n + i].to), i, &x, &y);
        (i ? outline_line : outline_move)(r->c, &o, x, y);
    }
    outline_close(r->c, &o);
    outline_paint(r->c, &o, &s->look, !r->group->filled);
}

/* Beyond their points. */
static void draw_ray_labels(const struct radar *r, size_t k) {
    const struct chart_series *s = &r->group->series[k];
    for (size_t i = 0; i < s->n && i < r->n; i++) {
        const char *text =
            s->points[i].present ? label_text(r->c, s, i, 0, 0, r->y_axis.axis->unit) : NULL;
        const struct chart_label *label = label_of(s, i);
        int64_t x, y;
        if (!text)
            continue;
        struct words w = words_set(r->c, text, label->props, 0);
        spoke(r, radius_of(r, r->spans.at[k * r->n + i].to) + w.height * 2 / 3, i, &x, &y);
        label_put(r->c, label, &w, x - words_across(&w, label->angle) / 2,
                  y - words_down(&w, label->angle) / 2);
    }
}

static void draw_radar_words(const struct radar *r, const struct run_props *props) {
    const struct scale *s = &r->y_axis.scale;
    const struct chart_axis *axis = r->y_axis.axis;
    for (size_t i = 0; i < r->n && i < r->c->chart->category_count; i++) {
        int64_t x, y;
        struct words w = words_set(r->c, r->c->chart->categories[i], props, r->radius);
        spoke(r, r->radius + props->size / 2, i, &x, &y);
        int64_t turn = ANGLE_TURN * (int64_t)i / (int64_t)r->n;
        x += w.width / 2 * angle_sin(turn) / SINE_ONE;
        y -= w.height / 2 * angle_cos(turn) / SINE_ONE;
        words_put(r->c, &w, x, y - w.height / 2, 1);
    }
    for (int64_t v = s->min; !axis->deleted && axis->labels_at != LABELS_NONE && v <= s->max;
         v += s->major) {
        struct words w = words_set(r->c, axis_label(r->c, &r->y_axis, v), props, 0);
        words_put(r->c, &w, r->x - 3000, r->y - radius_of(r, v) - w.height / 2, 2);
    }
}

void radar_draw(const struct canvas *c, const struct box *room) {
    const struct chart_group *group = group_of(c, CHART_RADAR);
    if (!group)
        return;
    const struct chart_axis *axis = &c->chart->y[group->axes];
    const struct run_props *props = axis->props ? axis->props : c->chart->title.props;
    struct radar r = {.c = c, .group = group};
    struct value_range values = {.from_zero = true};
    for (size_t k = 0; k < group->n; k++)
        r.n = group->series[k].n > r.n ? group->series[k].n : r.n;
    r.x = room->x + room->width / 2;
    r.y = room->y + room->height / 2;
    r.radius = larger(smaller(room->width, room->height) / 2 - 2 * props->size, 1);
    r.spans = scale_spans(c, group, unit_for(group), r.n);
    for (size_t i = 0; i < group->n * r.n; i++) {
        values.low = smaller(values.low, r.spans.at[i].to);
        values.high = larger(values.high, r.spans.at[i].to);
    }
    r.y_axis = (struct rail){.axis = axis, .numeric = true, .format = axis->format};
    values.exponent = r.spans.exponent;
    r.y_axis.scale = scale_of(axis, &values, clamp(r.radius / props->size / 2, 2, 10));
    draw_web(&r);
    for (size_t k = 0; k < group->n; k++)
        draw_rays(&r, k);
    for (size_t k = 0; k < group->n; k++)
        draw_ray_labels(&r, k);
    draw_radar_words(&r, props);
}
