/* Axes of charts: where values and categories stand, grid, marks and labels. */
#include "base/angle.h"
#include "layout/chart_parts.h"

#include <stdlib.h>
#include <string.h>

enum { GAP = 4000, MARK = 4000, SLANT = -45 * ANGLE_DEGREE };

int64_t rail_at(const struct rail *r, int64_t value) {
    int64_t range = larger(r->scale.max - r->scale.min, 1);
    value = clamp(value, r->scale.min, r->scale.max) - r->scale.min;
    return r->from + r->length * value / range;
}

/* In millionths of the rail, so that a place beyond its ends stays a place. */
bool rail_real(const struct rail *r, double x, int64_t *at) {
    const double farthest = 20;
    double part;
    if (r->numeric) {
        int64_t value, range = larger(r->scale.max - r->scale.min, 1);
        if (!scale_value(r->axis, decimal_of(x, DECIMAL_DIGITS), r->scale.exponent, &value))
            return false;
        part = (double)(value - r->scale.min) / (double)range;
    } else if (r->on_points) {
        part = r->count > 1 ? (x - 1) / (double)(r->count - 1) : 0.5;
    } else {
        part = (x - 0.5) / (double)(r->count ? r->count : 1);
    }
    part = part > farthest ? farthest : part > -farthest ? part : -farthest;
    *at = r->from + (int64_t)(part * (double)r->length);
    return true;
}

int64_t rail_category(const struct rail *r, size_t i) {
    int64_t n = (int64_t)r->count, at = (int64_t)i;
    if (r->on_points)
        return n > 1 ? r->from + r->length * at / (n - 1) : r->from + r->length / 2;
    return r->from + r->length * (2 * at + 1) / (2 * larger(n, 1));
}

int64_t rail_step(const struct rail *r) {
    return llabs(r->length) / larger((int64_t)r->count, 1);
}

const char *axis_label(const struct canvas *c, const struct rail *r, int64_t value) {
    struct buf out = {0};
    struct decimal d = scale_number(r->axis, value, r->scale.exponent);
    decimal_put(&out, in_units(d, r->axis->unit), r->format, c->chart->comma);
    const char *text = pool_strdup(c->l->pool, buf_text(&out));
    buf_free(&out);
    return text;
}

/* ---- labels ---- */

const char *axis_category(const struct canvas *c, size_t i) {
    const struct chart *chart = c->chart;
    if (i < chart->category_count && chart->categories[i])
        return chart->categories[i];
    return chart->category_count ? "" : pool_printf(c->l->pool, "%zu", i + 1);
}

/* Beside an upright axis: what is left of it, where somebody has placed the plot. */
static int64_t room_aside(const struct canvas *c, const struct rail *r) {
    const struct chart_place *plot = &c->chart->plot_place;
    int64_t most = c->box.width * 2 / 5, left = r->stand - c->box.x - 2 * GAP;
    bool placed = plot->sized && plot->inner && r->axis->labels_at == LABELS_AT_AXIS && !r->far;
    return placed && left > r->axis->props->size ? smaller(left, most) : most;
}

/* The room for lines of a category's label. */
static int64_t label_room(const struct canvas *c, const struct rail *r) {
    if (r->numeric)
        return 0;
    if (r->upright)
        return room_aside(c, r);
    return r->angle ? c->box.height / 3 : rail_step(r) * (int64_t)larger((int64_t)r->skip, 1);
}

static struct words label_at(const struct canvas *c, const struct rail *r, int64_t at) {
    const char *text = r->numeric ? axis_label(c, r, at) : axis_category(c, (size_t)at);
    return words_set(c, text, r->axis->props, label_room(c, r));
}

static int64_t size_of(const struct rail *r) {
    return larger(r->axis->props->size, 1000);
}

int64_t axis_most(const struct canvas *c, const struct rail *r, int64_t length) {
    enum { MOST = 10 };
    int64_t each = size_of(r) * 3 / 2;
    if (!r->upright) { /* the widest label is about that of the highest value */
        struct words w = words_set(c, axis_label(c, r, r->scale.max), r->axis->props, 0);
        each = w.width + size_of(r);
    }
    return clamp(llabs(length) / each, 2, MOST);
}

/* Numbers do not turn unless told to; categories do where their words have no room. */
static void settle_angle(const struct canvas *c, struct rail *r, int64_t length) {
    int64_t step = llabs(length) / larger((int64_t)r->count, 1), longest = 0;
    r->angle = r->axis->angle == ANGLE_AUTO ? 0 : r->axis->angle;
    if (r->upright || r->numeric || r->axis->dates || r->axis->angle != ANGLE_AUTO)
        return;
    for (size_t i = 0; i < r->count && i < 200; i++) {
        struct words w = words_set(c, axis_category(c, i), r->axis->props, 0);
        longest = larger(longest, w.longest);
    }
    if (longest > step)
        r->angle = SLANT;
}

/* Of dates only so many are written as have room beside one another. */
static void settle_skip(const struct canvas *c, struct rail *r, int64_t length) {
    int64_t step = llabs(length) / larger((int64_t)r->count, 1);
    int64_t each = size_of(r) * (r->upright || r->angle ? 12 : 20) / 10;
    if (r->axis->dates && !r->upright && !r->angle)
        each = words_set(c, axis_category(c, 0), r->axis->props, 0).width + size_of(r);
    r->skip = r->axis->skip;
    if (!r->skip)
        r->skip = (size_t)larger((each + step - 1) / larger(step, 1), 1);
}

static int64_t room_of(const struct rail *r, const struct words *w) {
    return r->upright ? words_across(w, r->angle) : words_down(w, r->angle);
}

/* Of categories of categories, a strip for each level. */
static int64_t levels_room(const struct canvas *c, const struct rail *r) {
    return r->numeric ? 0 : (int64_t)c->chart->level_count * size_of(r) * 3 / 2;
}

void axis_fit(const struct canvas *c, struct rail *r, int64_t length) {
    r->room = 0;
    r->skip = 1;
    if (!r->shown || r->axis->labels_at == LABELS_NONE)
        return;
    settle_angle(c, r, length);
    if (!r->numeric)
        settle_skip(c, r, length);
    if (!r->length)
        r->length = length; /* a first guess */
    int64_t step = r->numeric ? r->scale.major : (int64_t)r->skip;
    int64_t end = r->numeric ? r->scale.max : (int64_t)r->count - 1;
    for (int64_t at = r->numeric ? r->scale.min : 0; at <= end; at += step) {
        struct words w = label_at(c, r, at);
        r->room = larger(r->room, room_of(r, &w));
    }
    r->room += levels_room(c, r);
    r->room += GAP + (r->axis->tick == TICK_OUT || r->axis->tick == TICK_CROSS ? MARK : 0);
}

/* The end of turned words is at their mark. */
static void put_label(const struct canvas *c, const struct rail *r, const struct words *w,
                      int64_t along, int64_t line) {
    int64_t off = GAP + (r->axis->tick == TICK_OUT || r->axis->tick == TICK_CROSS ? MARK : 0);
    int64_t out = r->upright == r->far ? 1 : -1; /* of the label from the line, on the page */
    if (r->upright && !r->angle) {
        words_put(c, w, line + out * off, along - w->height / 2, r->far ? 0 : 2);
        return;
    }
    if (r->upright) {
        words_turn(c, w, line + out * (off + words_across(w, r->angle) / 2), along, r->angle);
        return;
    }
    int64_t y = r->far ? line - off - words_down(w, r->angle) : line + off;
    if (!r->angle) {
        words_put(c, w, along, y, 1);
        return;
    }
    int64_t aside = w->width / 2 * angle_cos(r->angle) / SINE_ONE;
    if (r->angle < 0)
        aside = -aside;
    words_turn(c, w, along + (r->far ? -aside : aside), y + words_down(w, r->angle) / 2, r->angle);
}

static void draw_labels(const struct canvas *c, const struct rail *r, const struct box *plot) {
    int64_t line = r->stand;
    bool edge = r->axis->labels_at != LABELS_AT_AXIS;
    if (edge && r->upright)
        line = r->far ? plot->x + plot->width : plot->x;
    else if (edge)
        line = r->far ? plot->y : plot->y + plot->height;
    if (r->axis->labels_at == LABELS_NONE)
        return;
    int64_t step = r->numeric ? r->scale.major : (int64_t)r->skip;
    int64_t end = r->numeric ? r->scale.max : (int64_t)r->count - 1;
    for (int64_t at = r->numeric ? r->scale.min : 0; at <= end; at += step) {
        struct words w = label_at(c, r, at);
        put_label(c, r, &w, r->numeric ? rail_at(r, at) : rail_category(r, (size_t)at), line);
    }
}

/* ---- lines ---- */

static void cross_line(const struct canvas *c, const struct rail *r, const struct box *plot,
                       int64_t at, const struct chart_look *look) {
    if (r->upright)
        draw_rule(c, plot->x, at, plot->x + plot->width, at, look);
    else
        draw_rule(c, at, plot->y, at, plot->y + plot->height, look);
}

/* Borders of categories, as places along the rail; of points their middles. */
static int64_t border_at(const struct rail *r, size_t i) {
    return r->on_points ? rail_category(r, i)
                        : r->from + r->length * (int64_t)i / larger((int64_t)r->count, 1);
}

typedef VEC(int64_t) place_vec; /* along the rail */

/* Between the powers lie their multiples. */
static void log_places(const struct canvas *c, const struct rail *r, place_vec *out) {
    enum { PARTS_MOST = 16 };
    int64_t base = decimal_in(r->axis->log_base, 0);
    base = base > PARTS_MOST ? 10 : base;
    for (int64_t v = r->scale.min; v < r->scale.max; v += LOG_ONE)
        for (int64_t i = 2; i < base; i++) {
            int64_t off = 0;
            scale_value(r->axis, (struct decimal){i, 0}, 0, &off);
            if (v + off < r->scale.max)
                *VEC_PUSH(c->l->pool, out) = rail_at(r, v + off);
        }
}

/* Of a step: a fifth where nobody says. */
static int64_t minor_step(const struct rail *r) {
    enum { PARTS = 5, PARTS_MOST = 100 };
    int64_t step = larger(r->scale.major, 1), minor = 0;
    if (r->axis->has_minor)
        minor = decimal_in(r->axis->minor, r->scale.exponent);
    return minor > step / PARTS_MOST && minor > 0 ? minor : step / PARTS;
}

/* Where the minor lines and marks of an axis of numbers are. */
static place_vec minor_places(const struct canvas *c, const struct rail *r) {
    place_vec out = {0};
    int64_t part = minor_step(r);
    if (scale_is_log(r->axis))
        log_places(c, r, &out);
    else
        for (int64_t v = r->scale.min; part > 0 && v <= r->scale.max; v += part)
            *VEC_PUSH(c->l->pool, &out) = rail_at(r, v);
    return out;
}

void axis_draw_grid(const struct canvas *c, const struct rail *r, const struct box *plot) {
    const struct chart_look *minor = &r->axis->minor_grid, *major = &r->axis->major_grid;
    if (!r->numeric) {
        for (size_t i = 0; major->stroke > 0 && i < r->count + !r->on_points; i += r->skip)
            cross_line(c, r, plot, border_at(r, i), major);
        return;
    }
    int64_t step = larger(r->scale.major, 1), *at;
    place_vec minors = minor->stroke > 0 ? minor_places(c, r) : (place_vec){0};
    VEC_EACH (at, &minors)
        cross_line(c, r, plot, *at, minor);
    for (int64_t v = r->scale.min; major->stroke > 0 && v <= r->scale.max; v += step)
        cross_line(c, r, plot, rail_at(r, v), major);
}

static void draw_mark(const struct canvas *c, const struct rail *r, int64_t at,
                      enum chart_tick tick, int64_t size) {
    int64_t out = r->upright == r->far ? size : -size;
    int64_t from = tick == TICK_OUT ? 0 : -out, to = tick == TICK_IN ? 0 : out;
    if (r->upright)
        draw_rule(c, r->stand + from, at, r->stand + to, at, &r->axis->line);
    else
        draw_rule(c, at, r->stand + from, at, r->stand + to, &r->axis->line);
}

static void draw_marks(const struct canvas *c, const struct rail *r) {
    enum chart_tick tick = r->axis->tick, minor = r->axis->minor_tick;
    place_vec minors = {0};
    int64_t *at;
    if (r->axis->line.stroke <= 0)
        return;
    if (r->numeric && minor != TICK_NONE)
        minors = minor_places(c, r);
    VEC_EACH (at, &minors)
        draw_mark(c, r, *at, minor, MARK / 2);
    for (size_t i = 0; tick && !r->numeric && i < r->count + !r->on_points; i += r->skip)
        draw_mark(c, r, border_at(r, i), tick, MARK);
    for (int64_t v = r->scale.min; tick && r->numeric && v <= r->scale.max; v += r->scale.major)
        draw_mark(c, r, rail_at(r, v), tick, MARK);
}

/* One category of categories, from the border `from` to the border `to`, its strip `near` to `far`
 * from the axis. */
static void draw_level_part(const struct canvas *c, const struct rail *r, const char *name,
                            const int64_t borders[2], const int64_t strip[2]) {
    struct words w = words_set(c, name, r->axis->props, 0);
    int64_t middle = (borders[0] + borders[1]) / 2, across = (strip[0] + strip[1]) / 2;
    if (r->upright)
        words_turn(c, &w, across, middle, -90 * ANGLE_DEGREE);
    else
        words_put(c, &w, middle, across - w.height / 2, 1);
    for (int i = 0; i < 2; i++)
        if (r->upright)
            draw_rule(c, r->stand, borders[i], strip[1], borders[i], &r->axis->line);
        else
            draw_rule(c, borders[i], r->stand, borders[i], strip[1], &r->axis->line);
}

static void draw_levels(const struct canvas *c, const struct rail *r) {
    int64_t out = r->upright == r->far ? 1 : -1, all = levels_room(c, r);
    size_t n = c->chart->category_count;
    for (size_t level = 0; !r->numeric && level < c->chart->level_count; level++) {
        const char **names = c->chart->levels[level];
        int64_t each = all / (int64_t)c->chart->level_count;
        int64_t from = r->stand + out * (r->room - all + each * (int64_t)level);
        const int64_t strip[2] = {from, from + out * each};
        for (size_t i = 0, next; i < n; i = next) {
            for (next = i + 1; next < n && !names[next];)
                next++;
            const int64_t borders[2] = {border_at(r, i), border_at(r, next)};
            draw_level_part(c, r, names[i] ? names[i] : "", borders, strip);
        }
    }
}

void axis_draw(const struct canvas *c, const struct rail *r, const struct box *plot) {
    if (!r->shown)
        return;
    if (r->upright)
        draw_rule(c, r->stand, r->from, r->stand, r->from + r->length, &r->axis->line);
    else
        draw_rule(c, r->from, r->stand, r->from + r->length, r->stand, &r->axis->line);
    draw_marks(c, r);
    draw_labels(c, r, plot);
    if (r->axis->labels_at == LABELS_AT_AXIS)
        draw_levels(c, r);
}
