/* Trend lines (21.2.2.211): straight ones and polynomials, exponentials, logarithms and powers,
 * fitted by least squares, and means of neighbours.
 *
 * All but the last are polynomials: of x or its logarithm, for y or its logarithm. Numbers are
 * doubles, but only added, subtracted, multiplied and divided (base/real.h says why): the line is
 * the same on every machine. Before they are fitted x is moved and scaled to -1 to 1, where powers
 * up to the sixth keep apart; not moved where the value at 0 is given. */
#include "base/real.h"
#include "layout/chart_parts.h"

#include <string.h>

enum { ORDER_MOST = 6, TERMS = ORDER_MOST + 1, PARTS = 96 };

static bool point_of(const struct chart_group *group, size_t k, size_t i, double at[2]) {
    const struct chart_point *p = &group->series[k].points[i];
    at[0] = group->kind == CHART_SCATTER ? decimal_real(p->x) : (double)i + 1;
    at[1] = decimal_real(p->value);
    return p->present;
}

/* As it is fitted: false where that cannot be. */
static bool fitted(const struct trend *t, double at[2]) {
    bool there = (!t->log_x || at[0] > 0) && (!t->log_y || at[1] > 0);
    at[0] = t->log_x ? real_log(at[0]) : at[0];
    at[1] = t->log_y ? real_log(at[1]) : at[1];
    return there;
}

/* Solves `n` equations in place by elimination; false: they do not say enough. */
static bool solve(double a[TERMS][TERMS + 1], int n) {
    const double least = 1e-13;
    for (int col = 0; col < n; col++) {
        int best = col;
        for (int row = col; row < n; row++)
            if (a[row][col] * a[row][col] > a[best][col] * a[best][col])
                best = row;
        if (!(a[best][col] * a[best][col] > least * least))
            return false;
        for (int i = 0; i <= n; i++) {
            double kept = a[col][i];
            a[col][i] = a[best][i];
            a[best][i] = kept;
        }
        for (int row = 0; row < n; row++) {
            double by = row == col ? 0 : a[row][col] / a[col][col];
            for (int i = 0; i <= n; i++)
                a[row][i] -= by * a[col][i];
        }
    }
    return true;
}

static int order_of(const struct chart_trend *asked) {
    return asked->kind == TREND_POLYNOMIAL ? asked->order : 1;
}

/* The value at 0 that was asked for, as it is fitted. */
static double start_of(const struct trend *t) {
    double start = t->asked->fixed ? decimal_real(t->asked->intercept) : 0;
    return t->log_y ? real_log(start) : start;
}

/* The range of x, and so `from`, `to`, `shift` and `scale`; how many points there are. */
static int measure(const struct chart_group *group, size_t k, struct trend *t) {
    double at[2], low = 0, high = 0, low_fit = 0, high_fit = 0;
    int n = 0;
    for (size_t i = 0; i < group->series[k].n; i++) {
        if (!point_of(group, k, i, at))
            continue;
        low = !n || at[0] < low ? at[0] : low;
        high = !n || at[0] > high ? at[0] : high;
        if (!fitted(t, at))
            return 0;
        low_fit = !n || at[0] < low_fit ? at[0] : low_fit;
        high_fit = !n || at[0] > high_fit ? at[0] : high_fit;
        n++;
    }
    t->shift = t->asked->fixed ? 0 : (low_fit + high_fit) / 2;
    t->scale = high_fit - t->shift > t->shift - low_fit ? high_fit - t->shift : t->shift - low_fit;
    t->from = low - decimal_real(t->asked->backward);
    t->to = high + decimal_real(t->asked->forward);
    if (t->log_x && t->from <= 0)
        t->from = low;
    return high_fit > low_fit ? n : 0;
}

/* The equations of least squares for the terms from `first` on. */
static void add_up(const struct chart_group *group, size_t k, const struct trend *t, int first,
                   double a[TERMS][TERMS + 1]) {
    int n = order_of(t->asked) + 1 - first;
    double at[2], start = start_of(t);
    for (size_t i = 0; i < group->series[k].n; i++) {
        double powers[TERMS] = {1};
        if (!point_of(group, k, i, at) || !fitted(t, at))
            continue;
        for (int p = 1; p < TERMS; p++)
            powers[p] = powers[p - 1] * ((at[0] - t->shift) / t->scale);
        for (int row = 0; row < n; row++) {
            for (int col = 0; col < n; col++)
                a[row][col] += powers[row + first] * powers[col + first];
            a[row][n] += powers[row + first] * (at[1] - start);
        }
    }
}

static double polynomial_at(const struct trend *t, double x) {
    double z = (x - t->shift) / t->scale, sum = 0;
    for (int i = ORDER_MOST; i >= 0; i--)
        sum = sum * z + t->c[i];
    return sum;
}

/* The part of the squares that the line explains: about the mean, or the start that is given. */
static double explained(const struct chart_group *group, size_t k, const struct trend *t, int n) {
    double at[2], mean = 0, left = 0, all = 0;
    for (size_t i = 0; i < group->series[k].n; i++)
        if (point_of(group, k, i, at) && fitted(t, at))
            mean += at[1] / n;
    if (t->asked->fixed)
        mean = start_of(t);
    for (size_t i = 0; i < group->series[k].n; i++) {
        if (!point_of(group, k, i, at) || !fitted(t, at))
            continue;
        double off = at[1] - polynomial_at(t, at[0]);
        left += off * off;
        all += (at[1] - mean) * (at[1] - mean);
    }
    return all > 0 ? 1 - left / all : 1;
}

bool trend_of(const struct chart_trend *asked, const struct chart_group *group, size_t k,
              struct trend *out) {
    double a[TERMS][TERMS + 1] = {{0}};
    int order = order_of(asked), first = asked->fixed ? 1 : 0, terms = order + 1 - first;
    *out = (struct trend){.asked = asked};
    out->log_x = asked->kind == TREND_LOGARITHMIC || asked->kind == TREND_POWER;
    out->log_y = asked->kind == TREND_EXPONENTIAL || asked->kind == TREND_POWER;
    int n = asked->kind == TREND_MEAN ? 0 : measure(group, k, out);
    if (n < 2 || n < terms)
        return false;
    add_up(group, k, out, first, a);
    if (!solve(a, terms))
        return false;
    out->c[0] = start_of(out);
    for (int i = 0; i < terms; i++)
        out->c[i + first] = a[i][terms] / a[i][i];
    out->fit = explained(group, k, out, n);
    return true;
}

double trend_at(const struct trend *t, double x) {
    double y = polynomial_at(t, t->log_x ? real_log(x) : x);
    return t->log_y ? real_exp(y) : y;
}

size_t trend_beyond(const struct chart_group *group) {
    enum { MOST = 1000 };
    int64_t most = 0;
    for (size_t k = 0; group->kind != CHART_SCATTER && k < group->n; k++)
        for (size_t i = 0; i < group->series[k].trend_count; i++)
            most = larger(most, decimal_in(group->series[k].trends[i].forward, -1));
    return (size_t)clamp((most + 4) / 10, 0, MOST); /* half a category lies beyond the last */
}

/* ---- drawing ---- */

/* On a field: along its axis of categories, and across. */
struct stop {
    int64_t at[2];
};

struct ink {
    const struct canvas *c;
    const struct field *f;
    const struct chart_look *look;
    int64_t aside; /* of the points of bars, from the middle of their category */
    struct outline line;
    struct stop last;
    bool any;
};

static bool place_at(const struct ink *ink, double x, double y, struct stop *out) {
    if (!rail_real(ink->f->x, x, &out->at[0]) || !rail_real(ink->f->y, y, &out->at[1]))
        return false;
    out->at[0] += ink->aside;
    return true;
}

static void finish(struct ink *ink) {
    if (ink->line.steps.n > 1)
        outline_paint(ink->c, &ink->line, ink->look, true);
    ink->line = (struct outline){0};
}

/* Cuts off what of a piece lies beyond the rail; false: all of it. */
static bool cut(struct stop *a, struct stop *b, int dim, const struct rail *r) {
    int64_t low = smaller(r->from, r->from + r->length);
    int64_t high = larger(r->from, r->from + r->length);
    struct stop *ends[2] = {a, b};
    if ((a->at[dim] < low && b->at[dim] < low) || (a->at[dim] > high && b->at[dim] > high))
        return false;
    for (int i = 0; i < 2; i++) {
        struct stop *p = ends[i], *q = ends[1 - i];
        int64_t edge = clamp(p->at[dim], low, high), off = edge - p->at[dim];
        if (off)
            p->at[!dim] += (q->at[!dim] - p->at[!dim]) * off / (q->at[dim] - p->at[dim]);
        p->at[dim] = edge;
    }
    return true;
}

static void go_to(struct ink *ink, struct stop next) {
    struct stop a = ink->last, b = next;
    bool flat = ink->f->x->upright;
    ink->last = next;
    if (!ink->any) {
        ink->any = true;
        return;
    }
    if (!cut(&a, &b, 0, ink->f->x) || !cut(&a, &b, 1, ink->f->y)) {
        finish(ink);
        return;
    }
    if (!ink->line.steps.n)
        outline_move(ink->c, &ink->line, a.at[flat], a.at[!flat]);
    outline_line(ink->c, &ink->line, b.at[flat], b.at[!flat]);
}

static void draw_fitted(struct ink *ink, const struct trend *t) {
    int parts = t->asked->kind == TREND_LINEAR && !scale_is_log(ink->f->y->axis) ? 1 : PARTS;
    struct stop next;
    for (int i = 0; i <= parts; i++) {
        double x = t->from + (t->to - t->from) * i / parts;
        if (place_at(ink, x, trend_at(t, x), &next))
            go_to(ink, next);
    }
    finish(ink);
}

/* At each point the mean of so many up to it (21.2.2.124). */
static void draw_mean(struct ink *ink, const struct chart_group *group, size_t k, int period) {
    const struct chart_series *s = &group->series[k];
    size_t *seen = POOL_ARRAY(ink->c->l->pool, size_t, s->n + 1), n = 0;
    struct stop next;
    double at[2], old[2], sum = 0;
    for (size_t i = 0; i < s->n; i++) {
        if (!point_of(group, k, i, at))
            continue;
        seen[n++] = i;
        sum += at[1];
        if (n > (size_t)period && point_of(group, k, seen[n - 1 - (size_t)period], old))
            sum -= old[1];
        if (n >= (size_t)period && place_at(ink, at[0], sum / period, &next))
            go_to(ink, next);
    }
    finish(ink);
}

static int64_t aside_of(const struct field *f, const struct chart_group *group,
                        const struct spans *spans, size_t k) {
    struct spot spot;
    for (size_t i = 0; group->kind == CHART_BAR && i < spans->n; i++)
        if (mark_at(f, group, spans, k, i, &spot))
            return (f->x->upright ? spot.y : spot.x) - rail_category(f->x, i);
    return 0;
}

void trend_draw(const struct canvas *c, const struct field *f, const struct chart_group *group,
                const struct spans *spans, size_t k) {
    const struct chart_series *s = &group->series[k];
    for (size_t i = 0; i < s->trend_count; i++) {
        struct ink ink = {.c = c, .f = f, .look = &s->trends[i].look};
        struct trend t;
        ink.aside = aside_of(f, group, spans, k);
        if (s->trends[i].kind == TREND_MEAN)
            draw_mean(&ink, group, k, s->trends[i].period);
        else if (trend_of(&s->trends[i], group, k, &t))
            draw_fitted(&ink, &t);
    }
}

/* ---- words ---- */

const char *trend_name(const struct canvas *c, const struct chart_trend *trend,
                       const char *series) {
    static const char *const names[] = {
        [TREND_LINEAR] = "Linear",      [TREND_POLYNOMIAL] = "Poly.",
        [TREND_EXPONENTIAL] = "Expon.", [TREND_LOGARITHMIC] = "Log.",
        [TREND_POWER] = "Power",        [TREND_MEAN] = "per. Mov. Avg."};
    if (trend->name)
        return trend->name;
    if (trend->kind == TREND_MEAN)
        return pool_printf(c->l->pool, "%d %s (%s)", trend->period, names[trend->kind], series);
    return pool_printf(c->l->pool, "%s (%s)", names[trend->kind], series);
}

/* Five digits, of which at most four after the point, as Word writes them. */
static void put_number(const struct canvas *c, struct buf *out, double x, const char *format) {
    static const char *const formats[] = {"0.####", "0.###", "0.##", "0.#", "0"};
    double size = x < 0 ? -x : x, limit = 10;
    size_t i = 0;
    for (; i + 1 < sizeof formats / sizeof formats[0] && size >= limit; i++)
        limit *= 10;
    if (!format)
        format = size >= 1e6 || size < 0.00005 ? "0E+00" : formats[i];
    decimal_put(out, decimal_of(size, DECIMAL_DIGITS), format, c->chart->comma);
}

/* Appends " + 2.5x", or at the beginning "-2.5x"; `power` may be "". */
static void put_term(const struct canvas *c, struct buf *out, double x, const char *power,
                     const char *format) {
    size_t before = out->len;
    struct buf number = {0};
    put_number(c, &number, x, format);
    bool first = before > 0 && buf_text(out)[before - 1] == '=';
    buf_puts(out, first ? (x < 0 ? " -" : " ") : x < 0 ? " - " : " + ");
    if (!*power || strcmp(buf_text(&number), "1") != 0)
        buf_puts(out, buf_text(&number));
    buf_puts(out, power);
    buf_free(&number);
}

static double absolute(double x) {
    return x < 0 ? -x : x;
}

/* What is nothing but the rest of a rounding beside the greatest term is none. */
static void drop_rests(const struct trend *t, double terms[TERMS]) {
    const double rest = 1e-10;
    double far = absolute(t->to) > absolute(t->from) ? absolute(t->to) : absolute(t->from);
    double most = 0, power = 1;
    far = t->log_x ? 1 : far;
    for (int i = 0; i < TERMS; i++, power *= far)
        most = absolute(terms[i]) * power > most ? absolute(terms[i]) * power : most;
    power = 1;
    for (int i = 0; i < TERMS; i++, power *= far)
        terms[i] = absolute(terms[i]) * power > most * rest ? terms[i] : 0;
}

/* In powers of x itself. */
static void expand(const struct trend *t, double out[TERMS]) {
    for (int i = 0; i < TERMS; i++)
        out[i] = 0;
    for (int i = ORDER_MOST; i >= 0; i--) {
        for (int p = ORDER_MOST; p >= 0; p--)
            out[p] = ((p ? out[p - 1] : 0) - out[p] * t->shift) / t->scale;
        out[0] += t->c[i];
    }
    drop_rests(t, out);
}

static void put_polynomial(const struct canvas *c, struct buf *out, const struct trend *t,
                           const double terms[TERMS]) {
    static const char *const powers[TERMS] = {"", "x", "x²", "x³", "x⁴", "x⁵", "x⁶"};
    for (int i = order_of(t->asked); i >= 0; i--)
        if (terms[i] != 0)
            put_term(c, out, terms[i], i == 1 && t->log_x ? "ln(x)" : powers[i], t->asked->format);
    if (out->len == strlen("y ="))
        buf_puts(out, " 0");
}

/* `raised`: the exponent that ends the equation, to be put above the line. */
static const char *equation(const struct canvas *c, const struct trend *t, const char **raised) {
    struct buf out = {0}, power = {0};
    double terms[TERMS];
    expand(t, terms);
    buf_puts(&out, "y =");
    if (!t->log_y) {
        put_polynomial(c, &out, t, terms);
    } else {
        put_term(c, &out, real_exp(terms[0]), t->log_x ? "x" : "e", t->asked->format);
        buf_puts(&power, terms[1] < 0 ? "-" : "");
        put_number(c, &power, terms[1], t->asked->format);
        buf_puts(&power, t->log_x ? "" : "x");
    }
    *raised = pool_strdup(c->l->pool, buf_text(&power));
    const char *text = pool_strdup(c->l->pool, buf_text(&out));
    buf_free(&out);
    buf_free(&power);
    return text;
}

static const char *fit_text(const struct canvas *c, const struct trend *t) {
    struct buf out = {0};
    buf_puts(&out, "R² = ");
    put_number(c, &out, t->fit, t->asked->format);
    const char *text = pool_strdup(c->l->pool, buf_text(&out));
    buf_free(&out);
    return text;
}

/* At the end of the line, or so far from there as somebody moved it; within the plot. */
static void place_label(const struct canvas *c, const struct field *f, const struct trend *t,
                        struct box *box) {
    const struct chart_place *moved = &t->asked->label.place;
    const struct box *plot = &f->plot;
    bool flat = f->x->upright;
    int64_t at[2] = {0, 0};
    rail_real(f->x, t->to, &at[flat]);
    rail_real(f->y, trend_at(t, t->to), &at[!flat]);
    box->x =
        clamp(at[0] - box->width, plot->x, larger(plot->x + plot->width - box->width, plot->x));
    box->y =
        clamp(at[1] - box->height, plot->y, larger(plot->y + plot->height - box->height, plot->y));
    if (moved->moved) {
        box->x += c->box.width * moved->x / 100000;
        box->y += c->box.height * moved->y / 100000;
    }
}

static void label_trend(const struct canvas *c, const struct field *f, const struct trend *t) {
    const struct run_props *props = t->asked->label.props;
    struct run_props small = *props;
    const char *raised = "";
    const char *text = t->asked->label.text ? t->asked->label.text
                       : t->asked->equation ? equation(c, t, &raised)
                                            : NULL;
    small.size = props->size * 13 / 20;
    struct words line = words_set(c, text, props, 0), above = words_set(c, raised, &small, 0);
    struct words fit = {0};
    if (t->asked->fit && !t->asked->label.text)
        fit = words_set(c, fit_text(c, t), props, 0);
    struct box box = {.width = larger(line.width + above.width, fit.width),
                      .height = line.height + fit.height};
    place_label(c, f, t, &box);
    int64_t middle = box.x + box.width / 2, left = middle - (line.width + above.width) / 2;
    if (line.lines.n)
        words_put(c, &line, left + line.width / 2, box.y, 1);
    if (above.lines.n)
        words_put(c, &above, left + line.width, box.y, 0);
    if (fit.lines.n)
        words_put(c, &fit, middle, box.y + line.height, 1);
}

void trend_labels(const struct canvas *c, const struct field *f, const struct chart_group *group,
                  size_t k) {
    const struct chart_series *s = &group->series[k];
    struct trend t;
    for (size_t i = 0; i < s->trend_count; i++)
        if ((s->trends[i].equation || s->trends[i].fit) && trend_of(&s->trends[i], group, k, &t))
            label_trend(c, f, &t);
}
