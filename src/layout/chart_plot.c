/* Bars, lines, areas and points of charts. */
#include "base/angle.h"
#include "layout/chart_parts.h"

static const struct interval *span_at(const struct spans *spans, size_t k, size_t i) {
    return &spans->at[k * spans->n + i];
}

static const struct chart_look *look_at(const struct chart_series *s, size_t i) {
    return i < s->n && s->points[i].look ? s->points[i].look : &s->look;
}

/* Bars and areas begin at the axis they stand on, wherever that crosses the other. */
static int64_t from_of(const struct field *f, const struct interval *span) {
    return span->from ? rail_at(f->y, span->from) : f->x->stand;
}

/* ---- bars (21.2.2.16) ---- */

/* The box of a bar. Bars of a category are equally wide; the gap between categories and the overlap
 * of neighbours are parts of that width. */
static struct box bar_box(const struct field *f, const struct chart_group *group,
                          const struct spans *spans, size_t k, size_t i) {
    const struct interval *span = span_at(spans, k, i);
    int64_t bars = group->grouping == GROUP_CLUSTERED ? (int64_t)group->n : 1;
    int64_t overlap = bars > 1 ? group->overlap : 0;
    int64_t parts = bars * 100 - (bars - 1) * overlap; /* hundredths of a bar */
    int64_t step = rail_step(f->x), width = step * 100 / (parts + group->gap);
    int64_t along = bars > 1 ? (int64_t)k * (100 - overlap) : 0;
    int64_t off = width * (2 * along - parts) / 200;
    if (f->x->length < 0)
        off = -off - width;
    int64_t middle = rail_category(f->x, i);
    int64_t from = from_of(f, span), to = rail_at(f->y, span->to);
    int64_t low = smaller(from, to), size = larger(from, to) - low;
    if (f->x->upright)
        return (struct box){low, middle + off, size, width};
    return (struct box){middle + off, low, width, size};
}

static void draw_bars(const struct canvas *c, const struct field *f,
                      const struct chart_group *group, const struct spans *spans) {
    for (size_t k = 0; k < group->n; k++)
        for (size_t i = 0; i < spans->n; i++) {
            if (!span_at(spans, k, i)->present)
                continue;
            struct box box = bar_box(f, group, spans, k, i);
            draw_box(c, &box, look_at(&group->series[k], i));
        }
}

/* ---- lines ---- */

typedef VEC(struct spot) spot_vec;

static bool is_passed(const struct chart_series *s, size_t i) {
    return i < s->n && s->points[i].passed;
}

bool spot_of(const struct field *f, const struct chart_group *group, const struct spans *spans,
             size_t k, size_t i, struct spot *out) {
    const struct interval *span = span_at(spans, k, i);
    const struct chart_series *s = &group->series[k];
    if (!span->present)
        return false;
    int64_t value = rail_at(f->y, span->to), at = rail_category(f->x, i), x;
    if (group->kind == CHART_SCATTER) {
        if (!scale_value(f->x->axis, s->points[i].x, f->x->scale.exponent, &x))
            return false;
        at = rail_at(f->x, x);
    }
    *out = f->x->upright ? (struct spot){value, at, i} : (struct spot){at, value, i};
    return true;
}

bool mark_at(const struct field *f, const struct chart_group *group, const struct spans *spans,
             size_t k, size_t i, struct spot *out) {
    if (!spot_of(f, group, spans, k, i, out))
        return false;
    if (group->kind != CHART_BAR)
        return true;
    struct box box = bar_box(f, group, spans, k, i);
    if (f->x->upright)
        out->y = box.y + box.height / 2;
    else
        out->x = box.x + box.width / 2;
    return true;
}

/* Through the points: each is left in the direction from its neighbour before to that after it. */
static void curve_to(const struct canvas *c, struct outline *o, const struct spot *s, size_t n,
                     size_t i) {
    const struct spot *before = &s[i > 1 ? i - 2 : 0], *from = &s[i - 1], *to = &s[i],
                      *after = &s[i + 1 < n ? i + 1 : i];
    const int64_t points[3][2] = {
        {from->x + (to->x - before->x) / 6, from->y + (to->y - before->y) / 6},
        {to->x - (after->x - from->x) / 6, to->y - (after->y - from->y) / 6},
        {to->x, to->y}};
    outline_curve(c, o, points);
}

static void draw_spots(const struct canvas *c, const struct chart_series *s,
                       const spot_vec *spots) {
    struct outline o = {0};
    for (size_t i = 0; i < spots->n; i++) {
        const struct spot *p = &spots->at[i];
        if (!i)
            outline_move(c, &o, p->x, p->y);
        else if (s->smooth)
            curve_to(c, &o, spots->at, spots->n, i);
        else
            outline_line(c, &o, p->x, p->y);
    }
    outline_paint(c, &o, &s->look, true);
}

static void draw_series_line(const struct canvas *c, const struct field *f,
                             const struct chart_group *group, const struct spans *spans, size_t k) {
    const struct chart_series *s = &group->series[k];
    spot_vec spots = {0};
    struct spot spot;
    for (size_t i = 0; i < spans->n; i++) {
        if (spot_of(f, group, spans, k, i, &spot)) {
            *VEC_PUSH(c->l->pool, &spots) = spot;
        } else if (!c->chart->gaps_are_spanned && !is_passed(s, i)) {
            draw_spots(c, s, &spots);
            spots = (spot_vec){0};
        }
    }
    draw_spots(c, s, &spots);
}

static void draw_markers(const struct canvas *c, const struct field *f,
                         const struct chart_group *group, const struct spans *spans, size_t k) {
    const struct chart_series *s = &group->series[k];
    struct spot spot;
    for (size_t i = 0; i < spans->n && i < s->n; i++)
        if (spot_of(f, group, spans, k, i, &spot))
            draw_marker(c, spot.x, spot.y, s->points[i].marker ? s->points[i].marker : &s->marker);
}

static void draw_high_low(const struct canvas *c, const struct field *f,
                          const struct chart_group *group, const struct spans *spans) {
    for (size_t i = 0; i < spans->n; i++) {
        int64_t low = INT64_MAX, high = INT64_MIN;
        struct spot spot;
        for (size_t k = 0; k < group->n; k++)
            if (spot_of(f, group, spans, k, i, &spot)) {
                low = smaller(low, spot.y);
                high = larger(high, spot.y);
            }
        if (low < high)
            draw_rule(c, rail_category(f->x, i), low, rail_category(f->x, i), high,
                      &group->high_low_look);
    }
}

/* ---- bubbles (21.2.2.20): their areas, or their widths, are as their sizes ---- */

static int64_t bubble_size(const struct chart_group *group, int64_t size) {
    return larger(group->bubble_width ? size / 1000 : square_root((uint64_t)size * 1000), 1);
}

enum { SIZE_UNIT = -6 };

struct bubbles {
    int64_t radius, most; /* of the largest */
};

static struct bubbles bubbles_of(const struct field *f, const struct chart_group *group) {
    enum { LARGEST = 8 }; /* a part of the plot's shorter side */
    struct bubbles b = {.most = 1};
    b.radius = smaller(f->plot.width, f->plot.height) / LARGEST * group->bubble_scale / 100;
    for (size_t k = 0; group->bubbles && k < group->n; k++)
        for (size_t i = 0; i < group->series[k].n; i++)
            b.most = larger(b.most, decimal_in(group->series[k].points[i].size, SIZE_UNIT));
    b.most = bubble_size(group, b.most);
    return b;
}

/* 0: there is none. */
static int64_t bubble_radius(const struct bubbles *b, const struct chart_group *group, size_t k,
                             size_t i) {
    int64_t size = decimal_in(group->series[k].points[i].size, SIZE_UNIT);
    return size > 0 ? b->radius * bubble_size(group, size) / b->most : 0;
}

static void draw_bubbles(const struct canvas *c, const struct field *f,
                         const struct chart_group *group, const struct spans *spans) {
    const struct bubbles b = bubbles_of(f, group);
    for (size_t k = 0; k < group->n; k++)
        for (size_t i = 0; i < group->series[k].n; i++) {
            int64_t radius = bubble_radius(&b, group, k, i);
            struct outline o = {0};
            struct spot spot;
            if (radius <= 0 || !spot_of(f, group, spans, k, i, &spot))
                continue;
            outline_circle(c, &o, (struct circle){spot.x, spot.y, radius});
            outline_paint(c, &o, look_at(&group->series[k], i), false);
        }
}

/* ---- areas ---- */

static void draw_area(const struct canvas *c, const struct field *f,
                      const struct chart_group *group, const struct spans *spans, size_t k) {
    const struct chart_series *s = &group->series[k];
    struct outline o = {0};
    for (size_t i = 0; i < spans->n; i++)
        if (!is_passed(s, i))
            (o.steps.n ? outline_line : outline_move)(c, &o, rail_category(f->x, i),
                                                      rail_at(f->y, span_at(spans, k, i)->to));
    for (size_t i = spans->n; i-- > 0;)
        if (!is_passed(s, i))
            outline_line(c, &o, rail_category(f->x, i), from_of(f, span_at(spans, k, i)));
    if (!spans->n)
        return;
    outline_close(c, &o);
    outline_paint(c, &o, &group->series[k].look, false);
}

static void draw_group(const struct canvas *c, const struct field *f,
                       const struct chart_group *group, const struct spans *spans) {
    if (group->kind == CHART_BAR)
        draw_bars(c, f, group, spans);
    else if (group->bubbles)
        draw_bubbles(c, f, group, spans);
    for (size_t k = 0; k < group->n; k++)
        marks_draw_errors(c, f, group, spans, k);
    if (group->kind == CHART_BAR || group->bubbles)
        return;
    marks_draw_drops(c, f, group, spans);
    marks_draw_up_down(c, f, group, spans);
    if (group->high_low)
        draw_high_low(c, f, group, spans);
    for (size_t k = 0; k < group->n; k++) {
        if (group->kind == CHART_AREA) {
            draw_area(c, f, group, spans, k);
            continue;
        }
        draw_series_line(c, f, group, spans, k);
        draw_markers(c, f, group, spans, k);
    }
}

void plot_draw(const struct canvas *c, const struct field *f, const struct chart_group *group,
               const struct spans *spans) {
    draw_group(c, f, group, spans);
    for (size_t k = 0; k < group->n; k++)
        trend_draw(c, f, group, spans, k);
}

/* ---- labels (21.2.2.47) ---- */

const struct chart_label *label_of(const struct chart_series *s, size_t i) {
    return s->points[i].label ? s->points[i].label : &s->label;
}

static void add_part(struct buf *out, const char *separator, const char *text) {
    if (!text || !*text)
        return;
    if (out->len)
        buf_puts(out, separator);
    buf_puts(out, text);
}

static const char *number_text(const struct canvas *c, struct decimal d, const char *format) {
    struct buf out = {0};
    decimal_put(&out, d, format, c->chart->comma);
    const char *text = pool_strdup(c->l->pool, buf_text(&out));
    buf_free(&out);
    return text;
}

/* A label's own text, with what its fields stand for. */
static const char *fields_filled(const struct canvas *c, const struct chart_series *s, size_t i,
                                 struct decimal share, struct decimal unit) {
    const struct chart_label *label = label_of(s, i);
    struct buf out = {0};
    for (const char *p = label->text; *p; p++) {
        const char *text = NULL;
        if (*p == LABEL_FIELD_VALUE)
            text = number_text(c, in_units(s->points[i].value, unit),
                               label->format ? label->format : s->points[i].format);
        else if (*p == LABEL_FIELD_PERCENT)
            text = number_text(c, share, "0%");
        else if (*p == LABEL_FIELD_SERIES)
            text = s->name;
        else if (*p == LABEL_FIELD_CATEGORY && i < c->chart->category_count)
            text = c->chart->categories[i];
        if (*p > 0 && *p < LABEL_FIELDS)
            buf_puts(&out, text ? text : "");
        else
            buf_putc(&out, *p);
    }
    const char *text = pool_strdup(c->l->pool, buf_text(&out));
    buf_free(&out);
    return text;
}

const char *label_text(const struct canvas *c, const struct chart_series *s, size_t i,
                       int64_t value, int64_t total, struct decimal unit) {
    const struct chart_label *label = label_of(s, i);
    const struct chart_point *p = &s->points[i];
    const struct decimal none = {0};
    struct buf out = {0};
    if (label->text)
        return fields_filled(c, s, i, total ? (struct decimal){value * 10000 / total, -4} : none,
                             unit);
    if (label->series)
        add_part(&out, label->separator, s->name);
    if (label->category && i < c->chart->category_count)
        add_part(&out, label->separator, c->chart->categories[i]);
    if (label->value)
        add_part(
            &out, label->separator,
            number_text(c, in_units(p->value, unit), label->format ? label->format : p->format));
    if (label->size && p->size.digits)
        add_part(&out, label->separator, number_text(c, p->size, label->format));
    if (label->percent && total > 0) {
        struct decimal share = {value * 10000 / total, -4};
        add_part(&out, label->separator,
                 number_text(c, share, label->format && !label->value ? label->format : "0%"));
    }
    const char *text = out.len ? pool_strdup(c->l->pool, buf_text(&out)) : NULL;
    buf_free(&out);
    return text;
}

void label_put(const struct canvas *c, const struct chart_label *label, const struct words *w,
               int64_t x, int64_t y) {
    enum { INSIDE = 2000 };
    if (label->place_by.moved) {
        x += c->box.width * label->place_by.x / 100000;
        y += c->box.height * label->place_by.y / 100000;
    }
    int64_t across = words_across(w, label->angle), down = words_down(w, label->angle);
    const struct box box = {x - INSIDE, y - INSIDE / 2, across + 2 * INSIDE, down + INSIDE};
    draw_box(c, &box, &label->look);
    if (label->angle)
        words_turn(c, w, x + across / 2, y + down / 2, label->angle);
    else
        words_put(c, w, x + across / 2, y, 1);
}

enum { OFF = 3000 };

struct bar {
    struct box box;
    bool upright, stacked;
    bool back; /* it goes up, or to the left */
};

static struct bar bar_of(const struct field *f, const struct chart_group *group,
                         const struct spans *spans, size_t k, size_t i) {
    const struct interval *span = span_at(spans, k, i);
    return (struct bar){.box = bar_box(f, group, spans, k, i),
                        .upright = f->y->upright,
                        .stacked = group->grouping != GROUP_CLUSTERED,
                        .back = (span->to >= span->from) == (f->y->length < 0)};
}

static void put_bar_label(const struct canvas *c, const struct bar *bar,
                          const struct chart_label *label, const struct words *w) {
    const struct box box = bar->box;
    bool upright = bar->upright, up = bar->back;
    enum chart_label_place place = label->place;
    int64_t across = words_across(w, label->angle), down = words_down(w, label->angle);
    int64_t half = (upright ? down : across) / 2 + OFF;
    int64_t low = upright ? box.y : box.x, size = upright ? box.height : box.width;
    int64_t end = up ? low : low + size, base = up ? low + size : low, out = up ? -1 : 1;
    if (place == LABEL_AUTO)
        place = bar->stacked ? LABEL_CENTER : LABEL_OUTSIDE_END;
    int64_t at = place == LABEL_INSIDE_END    ? end - out * half
                 : place == LABEL_INSIDE_BASE ? base - -out * half
                 : place == LABEL_CENTER      ? low + size / 2
                                              : end + out * half;
    if (upright)
        label_put(c, label, w, box.x + box.width / 2 - across / 2, at - down / 2);
    else
        label_put(c, label, w, at - across / 2, box.y + box.height / 2 - down / 2);
}

/* `centred`: unless the label says otherwise; `around`: how wide what it stands beside is. */
static void put_spot_label(const struct canvas *c, const struct spot *spot,
                           const struct chart_label *label, const struct words *w, bool centred,
                           int64_t around) {
    int64_t off = around / 2 + OFF;
    int64_t across = words_across(w, label->angle), down = words_down(w, label->angle);
    int64_t x = spot->x - across / 2, y = spot->y - down / 2;
    enum chart_label_place place = label->place;
    if (place == LABEL_AUTO)
        place = centred ? LABEL_CENTER : LABEL_RIGHT;
    if (place == LABEL_LEFT)
        x = spot->x - off - across;
    else if (place == LABEL_RIGHT)
        x = spot->x + off;
    else if (place == LABEL_TOP)
        y = spot->y - off - down;
    else if (place == LABEL_BOTTOM)
        y = spot->y + off;
    label_put(c, label, w, x, y);
}

/* How wide what stands at a point is. */
static int64_t size_at(const struct chart_group *group, const struct bubbles *b, size_t k,
                       size_t i) {
    const struct chart_marker *marker = &group->series[k].marker;
    return group->bubbles ? 2 * bubble_radius(b, group, k, i) : marker->symbol ? marker->size : 0;
}

void plot_labels(const struct canvas *c, const struct field *f, const struct chart_group *group,
                 const struct spans *spans) {
    const struct bubbles b = bubbles_of(f, group);
    for (size_t k = 0; k < group->n; k++)
        trend_labels(c, f, group, k);
    for (size_t k = 0; k < group->n; k++)
        for (size_t i = 0; i < spans->n && i < group->series[k].n; i++) {
            const struct chart_series *s = &group->series[k];
            const char *text =
                s->points[i].present ? label_text(c, s, i, 0, 0, f->y->axis->unit) : NULL;
            struct spot spot;
            if (!text || !spot_of(f, group, spans, k, i, &spot))
                continue;
            struct words w = words_set(c, text, label_of(s, i)->props, 0);
            if (group->kind == CHART_BAR) {
                struct bar bar = bar_of(f, group, spans, k, i);
                put_bar_label(c, &bar, label_of(s, i), &w);
                continue;
            }
            bool area = group->kind == CHART_AREA; /* in the middle of its band */
            if (area)
                spot.y = (spot.y + from_of(f, span_at(spans, k, i))) / 2;
            put_spot_label(c, &spot, label_of(s, i), &w, area, size_at(group, &b, k, i));
        }
}
