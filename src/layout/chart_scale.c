/* Scales: where an axis begins and ends, and its steps. The rules are those Microsoft gives for
 * automatic axes: a step is 1, 2 or 5 times a power of ten; the scale begins at zero unless the
 * values lie within a sixth of the highest; and it ends at the first step that is at least a
 * twentieth of their range beyond them. */
#include "base/real.h"
#include "layout/chart_parts.h"

#include <limits.h>
#include <stdlib.h>

enum { UNIT_DIGITS = 8, SPANS_MOST = 1000000 };

int scale_unit(int magnitude) {
    return magnitude == INT_MIN ? -UNIT_DIGITS : magnitude - UNIT_DIGITS;
}

/* ---- numbers and values ---- */

bool scale_is_log(const struct chart_axis *axis) {
    return axis->log_base.digits != 0;
}

static bool log_value(const struct chart_axis *axis, double x, int64_t *out) {
    double power = x > 0 ? real_log(x) / real_log(decimal_real(axis->log_base)) * LOG_ONE : 0;
    *out = (int64_t)(power < 0 ? power - 0.5 : power + 0.5);
    return x > 0;
}

bool scale_value(const struct chart_axis *axis, struct decimal d, int exponent, int64_t *out) {
    if (scale_is_log(axis))
        return log_value(axis, decimal_real(d), out);
    *out = decimal_in(d, exponent);
    return true;
}

struct decimal scale_number(const struct chart_axis *axis, int64_t value, int exponent) {
    enum { SHOWN = 9 };
    if (scale_is_log(axis))
        return decimal_of(
            real_exp((double)value / LOG_ONE * real_log(decimal_real(axis->log_base))), SHOWN);
    struct decimal d = {value, exponent};
    while (d.digits && d.digits % 10 == 0) {
        d.digits /= 10;
        d.exponent++;
    }
    return d;
}

struct decimal in_units(struct decimal d, struct decimal unit) {
    if (unit.digits == 1)
        return (struct decimal){d.digits, d.digits ? d.exponent - unit.exponent : 0};
    return unit.digits ? decimal_of(decimal_real(d) / decimal_real(unit), DECIMAL_DIGITS) : d;
}

/* ---- what is drawn ---- */

static int64_t value_of(const struct chart_series *s, size_t i, int exponent) {
    return i < s->n && s->points[i].present ? decimal_in(s->points[i].value, exponent) : 0;
}

static bool is_present(const struct chart_series *s, size_t i) {
    return i < s->n && s->points[i].present;
}

static int64_t sum_at(const struct chart_group *group, size_t i, int exponent) {
    int64_t sum = 0;
    for (size_t k = 0; k < group->n; k++)
        sum += llabs(value_of(&group->series[k], i, exponent));
    return sum ? sum : 1;
}

static int64_t bounded(int64_t v) {
    return clamp(v, -DECIMAL_MOST, DECIMAL_MOST);
}

/* Bars of either sign are stacked apart; lines and areas one upon the other. */
static void stack_at(const struct chart_group *group, struct spans *out, size_t i, int unit) {
    const int64_t one = 100000000; /* of shares, which are in units of 10^-8 */
    int64_t ends[2] = {0, 0}, sum = sum_at(group, i, unit);
    for (size_t k = 0; k < group->n; k++) {
        struct interval *span = &out->at[k * out->n + i];
        int64_t v = value_of(&group->series[k], i, unit);
        if (group->grouping == GROUP_PERCENT)
            v = v * (one / 100) / (sum / 100 ? sum / 100 : 1);
        int64_t *end = &ends[group->kind == CHART_BAR && v < 0];
        *span = (struct interval){
            .present = is_present(&group->series[k], i) || group->kind == CHART_AREA, .from = *end};
        *end = span->to = bounded(*end + v);
    }
}

/* A bar on a logarithmic axis begins where its number is one; one without a logarithm is not
 * there. */
static void take_logs(const struct chart_axis *axis, const struct chart_group *group,
                      struct spans *out, bool stacked) {
    for (size_t k = 0; k < group->n; k++)
        for (size_t i = 0; i < out->n; i++) {
            struct interval *span = &out->at[k * out->n + i];
            struct decimal to = {span->to, out->exponent}, from = {span->from, out->exponent};
            if (!stacked && is_present(&group->series[k], i))
                to = group->series[k].points[i].value;
            if (!log_value(axis, decimal_real(from), &span->from))
                span->from = 0;
            if (!log_value(axis, decimal_real(to), &span->to))
                span->present = false;
        }
    out->exponent = LOG_EXPONENT;
}

struct spans scale_spans(const struct canvas *c, const struct chart_group *group, int exponent,
                         size_t n) {
    bool stacked = group->grouping != GROUP_CLUSTERED && group->kind != CHART_SCATTER;
    struct spans out = {.n = n, .exponent = exponent};
    if (group->n && n > SPANS_MOST / group->n)
        out.n = n = SPANS_MOST / group->n;
    out.at = POOL_ARRAY(c->l->pool, struct interval, group->n * n + 1);
    for (size_t i = 0; stacked && i < n; i++)
        stack_at(group, &out, i, exponent);
    for (size_t k = 0; !stacked && k < group->n; k++)
        for (size_t i = 0; i < n; i++) {
            struct interval *span = &out.at[k * n + i];
            span->present = is_present(&group->series[k], i);
            span->to = value_of(&group->series[k], i, exponent);
            if (!span->present && c->chart->gaps_are_zero)
                span->present = group->kind == CHART_LINE && i < group->series[k].n &&
                                !group->series[k].points[i].passed;
        }
    if (group->grouping == GROUP_PERCENT)
        out.exponent = -UNIT_DIGITS;
    if (scale_is_log(&c->chart->y[group->axes]))
        take_logs(&c->chart->y[group->axes], group, &out, stacked);
    return out;
}

/* ---- scales ---- */

static int64_t nice_step(int64_t at_least) {
    static const int64_t steps[] = {1, 2, 5};
    for (int64_t power = 1; power <= DECIMAL_MOST * 10; power *= 10)
        for (int i = 0; i < 3; i++)
            if (steps[i] * power >= at_least)
                return steps[i] * power;
    return DECIMAL_MOST;
}

static int64_t floor_to(int64_t v, int64_t step) {
    int64_t q = v / step;
    return (v % step < 0 ? q - 1 : q) * step;
}

static void set_range(struct scale *s, const struct value_range *values) {
    int64_t low = values->low, high = values->high, range = high - low;
    bool narrow_up = low > 0 && range > 0 && range <= high / 6 && !values->from_zero;
    bool narrow_down = high < 0 && range > 0 && range <= -low / 6 && !values->from_zero;
    s->min = low >= 0 && !narrow_up ? 0 : narrow_up ? low - range / 2 : low;
    s->max = high <= 0 && !narrow_down ? 0 : narrow_down ? high + range / 2 : high;
    range = narrow_up || narrow_down ? range : s->max - s->min;
    if (s->max == high && high != 0 && !values->whole)
        s->max = high + range / 20;
    if (s->min == low && low < 0 && !values->whole)
        s->min = low - range / 20;
}

static int64_t ceiling_to(int64_t v, int64_t step) {
    return -floor_to(-v, step);
}

/* Whole powers, from one (or the power below the values) to that above them. */
static struct scale log_scale(const struct chart_axis *axis, const struct value_range *values,
                              int64_t most) {
    struct scale s = {.exponent = LOG_EXPONENT, .major = LOG_ONE};
    int64_t step = 0;
    s.min = floor_to(smaller(values->low, 0), LOG_ONE);
    s.max = ceiling_to(larger(values->high, 0), LOG_ONE);
    if (axis->has_min)
        scale_value(axis, axis->min, 0, &s.min);
    if (axis->has_max)
        scale_value(axis, axis->max, 0, &s.max);
    if (s.max <= s.min)
        s.max = s.min + LOG_ONE;
    int64_t powers = (s.max - s.min + LOG_ONE - 1) / LOG_ONE;
    if (axis->has_major && scale_value(axis, axis->major, 0, &step) && step >= LOG_ONE)
        s.major = step;
    s.major = larger(floor_to(s.major, LOG_ONE), (powers + 2 * most - 1) / (2 * most) * LOG_ONE);
    if (!axis->has_max)
        s.max = s.min + ceiling_to(s.max - s.min, s.major);
    return s;
}

struct scale scale_of(const struct chart_axis *axis, const struct value_range *values,
                      int64_t most) {
    enum { TICKS_MOST = 400 };
    int exponent = values->exponent;
    struct scale s = {.exponent = exponent};
    if (scale_is_log(axis))
        return log_scale(axis, values, most);
    set_range(&s, values);
    if (axis->has_min)
        s.min = decimal_in(axis->min, exponent);
    if (axis->has_max)
        s.max = decimal_in(axis->max, exponent);
    if (s.max <= s.min && axis->has_max && !axis->has_min)
        s.min = s.max - nice_step(llabs(s.max) / 2 + 1);
    else if (s.max <= s.min)
        s.max = s.min + (s.min == 0 ? 100000000 : nice_step(llabs(s.min) / 2 + 1));
    int64_t range = s.max - s.min;
    s.major = nice_step((range + most - 1) / most);
    if (axis->has_major && decimal_in(axis->major, exponent) > range / TICKS_MOST)
        s.major = larger(decimal_in(axis->major, exponent), 1);
    for (int turn = 0; turn < 2; turn++) { /* rounding outwards may take one step too many */
        int64_t min = axis->has_min ? s.min : floor_to(s.min, s.major);
        int64_t max =
            axis->has_max ? s.max : ceiling_to(s.max - min % s.major, s.major) + min % s.major;
        if (turn || axis->has_major || (max - min + s.major - 1) / s.major <= most) {
            s.min = min;
            s.max = max;
            break;
        }
        s.major = nice_step(s.major + 1);
    }
    return s;
}
