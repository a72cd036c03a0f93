/* Bars, lines, areas and points of charts. */
#include "base/angle.h"
#include "layout/chart_parts.h"

static const struct interval *span_at(const struct spans *spans, size_t k, size_t i) {
    return &spans->at[k * spans->n + i];
}

static const struct chart_look *look_at(const struct chart_series *s, size_t i) {
    return i < s->n && s->points[i].look ? s->points[i].look : &s->look;
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
    int64_t from = rail_at(f->y, span->from), to = rail_at(f->y, span->to);
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

bool spot_of(const struct field *f, const struct chart_group *group, const struct spans *spans,
             size_t k, size_t i, struct spot *out) {
    const struct interval *span = span_at(spans, k, i);
    const struct chart_series *s = &group->series[k];
    if (!span->present)
        return false;
    int64_t value = rail_at(f->y, span->to), at;
    if (group->kind == CHART_SCATTER)
        at = rail_at(f->x, decimal_in(s->points[i].x, f->x->scale.exponent));
    else
        at = rail_category(f->x, i);
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
        } else if (!c->chart->gaps_are_spanned) {
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

/* ---- bubbles (21.2.2.20): their areas are as their sizes ---- */

static void draw_bubbles(const struct canvas *c, const struct field *f,
                         const struct chart_group *group, const struct spans *spans) {
    enum { LARGEST = 8, UNIT = -6 }; /* a part of the plot's shorter side */
    int64_t radius = smaller(f->plot.width, f->plot.height) / LARGEST, most = 1;
    for (size_t k = 0; k < group->n; k++)
        for (size_t i = 0; i < group->series[k].n; i++)
            most = larger(most, decimal_in(group->series[k].points[i].size, UNIT));
    int64_t whole = (int64_t)square_root((uint64_t)most * 1000);
    for (size_t k = 0; k < group->n; k++)
        for (size_t i = 0; i < group->series[k].n; i++) {
            int64_t size = decimal_in(group->series[k].points[i].size, UNIT);
            struct outline o = {0};
            struct spot spot;
            if (size <= 0 || !spot_of(f, group, spans, k, i, &spot))
                continue;
            outline_circle(c, &o, spot.x, spot.y,
                           radius * (int64_t)square_root((uint64_t)size * 1000) / whole);
            outline_paint(c, &o, look_at(&group->series[k], i), false);
        }
}

/* ---- areas ---- */

static void draw_area(const struct canvas *c, const struct field *f,
                      const struct chart_group *group, const struct spans *spans, size_t k) {
    struct outline o = {0};
    for (size_t i = 0; i < spans->n; i++)
        (i ? outline_line : outline_move)(c, &o, rail_category(f->x, i),
                                          rail_at(f->y, span_at(spans, k, i)->to));
    for (size_t i = spans->n; i-- > 0;)
        outline_line(c, &o, rail_category(f->x, i), rail_at(f->y, span_at(spans, k, i)->from));
    if (!spans->n)
        return;
    outline_close(c, &o);
    outline_paint(c, &o, &group->series[k].look, false);
}

void plot_draw(const struct canvas *c, const struct field *f, const struct chart_group *group,
               const struct spans *spans) {
    if (group->kind == CHART_BAR)
        draw_bars(c, f, group, spans);
    else if (group->bubbles)
        draw_bubbles(c, f, group, spans);
    for (size_t k = 0; k < group->n; k++) {
        marks_draw_errors(c, f, group, spans, k);
        marks_draw_trend(c, f, group, spans, k);
    }
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

const char *label_text(const struct canvas *c, const struct chart_series *s, size_t i,
                       int64_t value, int64_t total) {
    const struct chart_label *label = label_of(s, i);
    const struct chart_point *p = &s->points[i];
    struct buf out = {0};
    if (label->text)
        return label->text;
    if (label->series)
        add_part(&out, label->separator, s->name);
    if (label->category && i < c->chart->category_count)
        add_part(&out, label->separator, c->chart->categories[i]);
    if (label->value)
        add_part(&out, label->separator,
                 number_text(c, p->value, label->format ? label->format : p->format));
    if (label->percent && total > 0) {
        struct decimal share = {value * 10000 / total, -4};
        add_part(&out, label->separator,
                 number_text(c, share, label->format && !label->value ? label->format : "0%"));
    }
    const char *text = out.len ? pool_strdup(c->l->pool, buf_text(&out)) : NULL;
    buf_free(&out);
    return text;
}

enum { OFF = 3000 };

/* Of a bar whose end is at the right, the left, above or below: the label's middle. */
static void put_bar_label(const struct canvas *c, const struct field *f,
                          const struct chart_group *group, const struct spans *spans, size_t k,
                          size_t i, const struct words *w, enum chart_label_place place) {
    const struct interval *span = span_at(spans, k, i);
    struct box box = bar_box(f, group, spans, k, i);
    bool upright = f->y->upright, up = (span->to >= span->from) == (f->y->length < 0);
    int64_t half = (upright ? w->height : w->width) / 2 + OFF;
    int64_t low = upright ? box.y : box.x, size = upright ? box.height : box.width;
    int64_t end = up ? low : low + size, base = up ? low + size : low, out = up ? -1 : 1;
    if (place == LABEL_AUTO)
        place = group->grouping == GROUP_CLUSTERED ? LABEL_OUTSIDE_END : LABEL_CENTER;
    int64_t at = place == LABEL_INSIDE_END    ? end - out * half
                 : place == LABEL_INSIDE_BASE ? base - -out * half
                 : place == LABEL_CENTER      ? low + size / 2
                                              : end + out * half;
    if (upright)
        words_put(c, w, box.x + box.width / 2, at - w->height / 2, 1);
    else
        words_put(c, w, at, box.y + box.height / 2 - w->height / 2, 1);
}

static void put_spot_label(const struct canvas *c, const struct spot *spot,
                           const struct chart_group *group, const struct words *w,
                           enum chart_label_place place, int64_t marker) {
    int64_t off = marker / 2 + OFF, y = spot->y - w->height / 2;
    if (place == LABEL_AUTO)
        place = group->kind == CHART_AREA || group->bubbles ? LABEL_CENTER : LABEL_RIGHT;
    if (place == LABEL_LEFT)
        words_put(c, w, spot->x - off, y, 2);
    else if (place == LABEL_RIGHT)
        words_put(c, w, spot->x + off, y, 0);
    else if (place == LABEL_TOP)
        words_put(c, w, spot->x, spot->y - off - w->height, 1);
    else if (place == LABEL_BOTTOM)
        words_put(c, w, spot->x, spot->y + off, 1);
    else
        words_put(c, w, spot->x, y, 1);
}

void plot_labels(const struct canvas *c, const struct field *f, const struct chart_group *group,
                 const struct spans *spans) {
    for (size_t k = 0; k < group->n; k++)
        for (size_t i = 0; i < spans->n && i < group->series[k].n; i++) {
            const struct chart_series *s = &group->series[k];
            const char *text = s->points[i].present ? label_text(c, s, i, 0, 0) : NULL;
            struct spot spot;
            if (!text || !spot_of(f, group, spans, k, i, &spot))
                continue;
            struct words w = words_set(c, text, label_of(s, i)->props, 0);
            if (group->kind == CHART_BAR)
                put_bar_label(c, f, group, spans, k, i, &w, label_of(s, i)->place);
            else
                put_spot_label(c, &spot, group, &w, label_of(s, i)->place,
                               s->marker.symbol ? s->marker.size : 0);
        }
}
