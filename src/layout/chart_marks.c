/* What stands with the series of a chart: drop lines, bars from the first series to the last, error
 * bars (21.2.2.53, .218, .55). */
#include "base/angle.h"
#include "layout/chart_parts.h"

void marks_draw_drops(const struct canvas *c, const struct field *f,
                      const struct chart_group *group, const struct spans *spans) {
    for (size_t i = 0; group->drops && i < spans->n; i++) {
        int64_t high = INT64_MAX, at = 0;
        struct spot spot;
        for (size_t k = 0; k < group->n; k++)
            if (spot_of(f, group, spans, k, i, &spot)) {
                high = smaller(high, spot.y);
                at = spot.x;
            }
        if (high < INT64_MAX)
            draw_rule(c, at, high, at, f->x->stand, &group->drop_look);
    }
}

/* From the first series to the last: up where the last is higher. */
void marks_draw_up_down(const struct canvas *c, const struct field *f,
                        const struct chart_group *group, const struct spans *spans) {
    int64_t width = rail_step(f->x) * 100 / (100 + group->up_down_gap);
    struct spot first, last;
    for (size_t i = 0; group->up_down && group->n > 1 && i < spans->n; i++) {
        if (!spot_of(f, group, spans, 0, i, &first) ||
            !spot_of(f, group, spans, group->n - 1, i, &last))
            continue;
        bool up = last.y <= first.y;
        const struct box box = {first.x - width / 2, up ? last.y : first.y, width,
                                up ? first.y - last.y : last.y - first.y};
        draw_box(c, &box, up ? &group->up_look : &group->down_look);
    }
}

/* ---- error bars ---- */

/* Mean and standard deviation of the values, in their unit; halves of the digits are enough. */
static void deviation(const struct spans *spans, size_t k, int64_t *n, int64_t *mean,
                      int64_t *deviation) {
    int64_t sum = 0, most = 0, down = 1;
    uint64_t squares = 0;
    *n = 0;
    for (size_t i = 0; i < spans->n; i++)
        if (spans->at[k * spans->n + i].present) {
            sum += spans->at[k * spans->n + i].to;
            (*n)++;
        }
    *mean = *n ? sum / *n : 0;
    for (size_t i = 0; i < spans->n; i++) {
        int64_t off = spans->at[k * spans->n + i].to - *mean;
        most = larger(most, off < 0 ? -off : off);
    }
    while (most / down > 1 << 20)
        down *= 2;
    for (size_t i = 0; i < spans->n; i++) {
        int64_t off = (spans->at[k * spans->n + i].to - *mean) / down;
        if (spans->at[k * spans->n + i].present)
            squares += (uint64_t)(off * off);
    }
    *deviation = *n > 1 ? (int64_t)square_root(squares / (uint64_t)(*n - 1)) * down : 0;
}

struct error_bars errors_of(const struct chart_series *series, const struct spans *spans,
                            size_t k) {
    struct error_bars b = {.asked = &series->errors, .exponent = spans->exponent};
    if (b.asked->kind == ERROR_DEVIATION || b.asked->kind == ERROR_STANDARD)
        deviation(spans, k, &b.n, &b.mean, &b.spread);
    return b;
}

void errors_at(const struct error_bars *b, int64_t value, int64_t *middle, int64_t *off) {
    int64_t amount = decimal_in(b->asked->amount, -2);
    *middle = value;
    *off = 0;
    switch (b->asked->kind) {
    case ERROR_NONE:
        break;
    case ERROR_FIXED:
        *off = decimal_in(b->asked->amount, b->exponent);
        break;
    case ERROR_PERCENT:
        *off = (value < 0 ? -value : value) / 100 * clamp(amount, 0, 100000) / 100;
        break;
    case ERROR_DEVIATION: /* about the mean, at every point */
        *middle = b->mean;
        *off = b->spread * clamp(amount, 0, 10000) / 100;
        break;
    case ERROR_STANDARD:
        *off = b->n ? b->spread * 1000 / (int64_t)square_root((uint64_t)b->n * 1000000) : 0;
    }
}

static void draw_bar(const struct canvas *c, const struct rail *y, int64_t at, int64_t from,
                     int64_t to, const struct chart_errors *e) {
    enum { CAP = 3000 };
    int64_t a = rail_at(y, from), b = rail_at(y, to);
    if (a == b)
        return;
    if (y->upright)
        draw_rule(c, at, a, at, b, &e->look);
    else
        draw_rule(c, a, at, b, at, &e->look);
    if (e->capped && y->upright)
        draw_rule(c, at - CAP, b, at + CAP, b, &e->look);
    else if (e->capped)
        draw_rule(c, b, at - CAP, b, at + CAP, &e->look);
}

void marks_draw_errors(const struct canvas *c, const struct field *f,
                       const struct chart_group *group, const struct spans *spans, size_t k) {
    const struct chart_errors *e = &group->series[k].errors;
    const struct error_bars bars = errors_of(&group->series[k], spans, k);
    struct spot spot;
    for (size_t i = 0; e->kind && i < spans->n; i++) {
        int64_t middle, off;
        if (!mark_at(f, group, spans, k, i, &spot))
            continue;
        int64_t at = f->y->upright ? spot.x : spot.y;
        errors_at(&bars, spans->at[k * spans->n + i].to, &middle, &off);
        if (e->plus)
            draw_bar(c, f->y, at, middle, middle + off, e);
        if (e->minus)
            draw_bar(c, f->y, at, middle, middle - off, e);
    }
}
