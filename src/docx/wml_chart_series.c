/* Series of a chart: names, cached numbers and words, looks of points, labels (21.2.2.170). */
#include "docx/units.h"
#include "docx/wml_chart.h"

#include <stdlib.h>
#include <string.h>

enum { MAX_POINTS = 32000, MAX_SERIES = 1000, MOST_POINTS = 200000 /* of a chart */ };
enum { LAST_DAY = 2958465 /* of the year 9999, as sheets count */ };
enum { SERIES_LINE = 2250, MARKER = 7000 };

static const char *text_of(const struct xml_node *node) {
    return node && node->first && node->first->name == XML_TEXT ? node->first->text : NULL;
}

/* The cache or the literal below c:cat, c:val and kin. Of labels on several levels the innermost
 * is taken. */
static const struct xml_node *cache_of(const struct xml_node *data) {
    static const char *const refs[][2] = {{"numRef", "numCache"}, {"strRef", "strCache"}};
    const struct xml_node *levels = xml_child_local(data, "multiLvlStrRef");
    for (int i = 0; i < 2; i++) {
        const struct xml_node *ref = xml_child_local(data, refs[i][0]);
        if (ref)
            return xml_child_local(ref, refs[i][1]);
    }
    if (levels)
        return xml_child_local(xml_child_local(levels, "multiLvlStrCache"), "lvl");
    const struct xml_node *literal = xml_child_local(data, "numLit");
    return literal ? literal : xml_child_local(data, "strLit");
}

/* Its index; MAX_POINTS: none that can be. */
static size_t index_of(const struct xml_node *point) {
    const char *idx = xml_get_local(point, "idx");
    long n = idx ? strtol(idx, NULL, 10) : 0;
    return n < 0 || n >= MAX_POINTS ? MAX_POINTS : (size_t)n;
}

/* How many points the cache has room for. */
static size_t count_of(const struct xml_node *cache) {
    const struct xml_node *node;
    int said = chart_int(cache, "ptCount", 0);
    size_t n = said > 0 && said <= MAX_POINTS ? (size_t)said : 0;
    XML_EACH_CHILD (node, cache)
        if (chart_is(node, "pt") && index_of(node) < MAX_POINTS && index_of(node) >= n)
            n = index_of(node) + 1;
    return n;
}

/* Whether dates are as far apart as categories are drawn: months and years count as even, though
 * they differ by days. */
static bool days_are_even(const struct xml_node *group) {
    const struct xml_node *series = xml_child_local(group, "ser"), *node;
    const struct xml_node *cache = cache_of(xml_child_local(series, "cat"));
    long before = 0, least = 0, most = 0;
    size_t n = 0;
    XML_EACH_CHILD (node, cache) {
        const char *text = chart_is(node, "pt") ? text_of(xml_child_local(node, "v")) : NULL;
        long day = text ? strtol(text, NULL, 10) : -1;
        if (day < 0 || day > LAST_DAY)
            continue;
        long step = day - before;
        if (n > 0 && (n == 1 || step < least))
            least = step;
        if (n > 0 && (n == 1 || step > most))
            most = step;
        before = day;
        n++;
    }
    return n < 3 || (least > 0 && most <= least + least / 5);
}

enum datum { VALUE, X, SIZE };

static void read_numbers(const struct xml_node *cache, enum datum datum,
                         struct chart_series *series) {
    const char *common = text_of(xml_child_local(cache, "formatCode"));
    const struct xml_node *node;
    XML_EACH_CHILD (node, cache) {
        const char *text = chart_is(node, "pt") ? text_of(xml_child_local(node, "v")) : NULL;
        struct decimal d;
        if (!text || index_of(node) >= series->n || !decimal_parse(text, &d))
            continue;
        struct chart_point *point = &series->points[index_of(node)];
        const char *own = xml_get_local(node, "formatCode");
        if (datum == X) {
            point->x = d;
            point->placed = true;
        } else if (datum == SIZE) {
            point->size = d;
        } else {
            point->value = d;
            point->present = true;
            point->format = own ? own : common;
        }
    }
}

/* Categories are those of the first series that has any. */
static void read_categories(struct chart_reader *r, const struct xml_node *cache) {
    struct pool *pool = r->story->reader->pool;
    struct chart *chart = r->chart;
    const char *common = text_of(xml_child_local(cache, "formatCode"));
    const struct xml_node *node;
    size_t n = count_of(cache);
    if (chart->categories || !n)
        return;
    chart->categories = POOL_ARRAY(pool, const char *, n);
    chart->category_count = n;
    XML_EACH_CHILD (node, cache) {
        const char *text = chart_is(node, "pt") ? text_of(xml_child_local(node, "v")) : NULL;
        struct decimal d;
        if (!text || index_of(node) >= n)
            continue;
        if (common && decimal_parse(text, &d)) {
            struct buf shown = {0};
            decimal_put(&shown, d, common, chart->comma);
            text = pool_strdup(pool, buf_text(&shown));
            buf_free(&shown);
        }
        chart->categories[index_of(node)] = text;
    }
}

/* The levels outside of the one that is the categories. */
static void read_levels(struct chart_reader *r, const struct xml_node *data) {
    struct chart *chart = r->chart;
    const struct xml_node *levels = xml_child_local(data, "multiLvlStrRef"), *level, *node;
    const struct xml_node *inner = cache_of(data);
    XML_EACH_CHILD (level, inner ? inner->parent : NULL) {
        if (!levels || level == inner || !chart_is(level, "lvl"))
            continue;
        if (chart->level_count == CHART_LEVELS) {
            unsupported(r->story, levels->qname);
            return;
        }
        const char **names =
            POOL_ARRAY(r->story->reader->pool, const char *, chart->category_count + 1);
        chart->levels[chart->level_count++] = names;
        XML_EACH_CHILD (node, level)
            if (chart_is(node, "pt") && index_of(node) < chart->category_count)
                names[index_of(node)] = text_of(xml_child_local(node, "v"));
    }
}

/* ---- dates ---- */

enum unit { DAYS, MONTHS, YEARS };

static int64_t slot_of(int64_t serial, enum unit unit) {
    int64_t year;
    int month;
    if (unit == DAYS)
        return serial;
    serial_month(serial, &year, &month);
    return unit == YEARS ? year : year * 12 + month - 1;
}

static int64_t serial_at(int64_t slot, enum unit unit) {
    return unit == DAYS    ? slot
           : unit == YEARS ? serial_of_month(slot, 1)
                           : serial_of_month(slot / 12, (int)(slot % 12) + 1);
}

/* The greatest that keeps all dates apart, where nobody says. */
static enum unit unit_of(const struct xml_node *axis, const int64_t *days, size_t n) {
    enum { MONTH = 28, YEAR = 365 };
    const char *said = chart_val(axis, "baseTimeUnit");
    int64_t least = INT64_MAX;
    if (said)
        return strcmp(said, "years") == 0 ? YEARS : strcmp(said, "months") == 0 ? MONTHS : DAYS;
    for (size_t i = 1; i < n; i++) {
        int64_t step = days[i] > days[i - 1] ? days[i] - days[i - 1] : days[i - 1] - days[i];
        least = step && step < least ? step : least;
    }
    return least < MONTH ? DAYS : least < YEAR ? MONTHS : YEARS;
}

/* Of each category, in `days`; how many there are, 0: some are no dates. */
static size_t read_days(struct chart_reader *r, const struct xml_node *cache, int64_t **days) {
    const struct xml_node *node;
    size_t n = count_of(cache), found = 0;
    *days = POOL_ARRAY(r->story->reader->pool, int64_t, n ? n : 1);
    XML_EACH_CHILD (node, cache) {
        const char *text = chart_is(node, "pt") ? text_of(xml_child_local(node, "v")) : NULL;
        long day = text ? strtol(text, NULL, 10) : -1;
        if (!text || day < 1 || day > LAST_DAY || index_of(node) >= n)
            continue;
        (*days)[index_of(node)] = day;
        found++;
    }
    return found == n ? n : 0;
}

/* The dates of all slots in the format of the categories. */
static void name_slots(struct chart_reader *r, const struct xml_node *cache, int64_t first,
                       enum unit unit) {
    const char *format = text_of(xml_child_local(cache, "formatCode"));
    struct pool *pool = r->story->reader->pool;
    struct buf text = {0};
    r->chart->category_count = r->slot_count;
    r->chart->categories = POOL_ARRAY(pool, const char *, r->slot_count);
    for (size_t i = 0; i < r->slot_count; i++) {
        struct decimal day = {serial_at(first + (int64_t)i, unit), 0};
        decimal_put(&text, day, format, r->chart->comma);
        r->chart->categories[i] = pool_strdup(pool, buf_text(&text));
        buf_clear(&text);
    }
    buf_free(&text);
}

bool chart_find_slots(struct chart_reader *r, const struct xml_node *axis,
                      const struct xml_node *group) {
    enum { MOST = 12000 };
    const struct xml_node *cache = cache_of(xml_child_local(xml_child_local(group, "ser"), "cat"));
    int64_t *days, low = INT64_MAX, high = 0;
    if (days_are_even(group))
        return false;
    size_t n = read_days(r, cache, &days);
    enum unit unit = unit_of(axis, days, n);
    for (size_t i = 0; i < n; i++) {
        days[i] = slot_of(days[i], unit);
        low = days[i] < low ? days[i] : low;
        high = days[i] > high ? days[i] : high;
    }
    if (!n || high - low >= MOST) {
        unsupported(r->story, axis->qname); /* drawn as categories, one beside the other */
        return false;
    }
    size_t *slots = POOL_ARRAY(r->story->reader->pool, size_t, n);
    for (size_t i = 0; i < n; i++)
        slots[i] = (size_t)(days[i] - low);
    r->slots = slots;
    r->slotted = n;
    r->slot_count = (size_t)(high - low) + 1;
    name_slots(r, cache, low, unit);
    return true;
}

void chart_spread(struct chart_reader *r, struct chart_group *group) {
    for (size_t k = 0; k < group->n; k++) {
        struct chart_series *s = &group->series[k];
        if (r->points + r->slot_count > MOST_POINTS)
            return;
        r->points += r->slot_count;
        struct chart_point *points =
            POOL_ARRAY(r->story->reader->pool, struct chart_point, r->slot_count);
        for (size_t i = 0; i < r->slot_count; i++)
            points[i].passed = true;
        for (size_t i = 0; i < s->n && i < r->slotted; i++)
            points[r->slots[i]] = s->points[i];
        s->points = points;
        s->n = r->slot_count;
    }
}

/* ---- markers ---- */

static enum chart_symbol symbol_of(const char *name, size_t index) {
    static const enum chart_symbol turns[] = {SYMBOL_DIAMOND, SYMBOL_SQUARE, SYMBOL_TRIANGLE,
                                              SYMBOL_X,       SYMBOL_STAR,   SYMBOL_CIRCLE,
                                              SYMBOL_PLUS,    SYMBOL_DOT,    SYMBOL_DASH};
    static const struct {
        const char *name;
        enum chart_symbol symbol;
    } known[] = {{"none", SYMBOL_NONE},     {"diamond", SYMBOL_DIAMOND},
                 {"square", SYMBOL_SQUARE}, {"triangle", SYMBOL_TRIANGLE},
                 {"x", SYMBOL_X},           {"star", SYMBOL_STAR},
                 {"circle", SYMBOL_CIRCLE}, {"plus", SYMBOL_PLUS},
                 {"dash", SYMBOL_DASH},     {"dot", SYMBOL_DOT}};
    for (size_t i = 0; name && i < sizeof known / sizeof known[0]; i++)
        if (strcmp(name, known[i].name) == 0)
            return known[i].symbol;
    return turns[index % (sizeof turns / sizeof turns[0])];
}

static struct chart_marker read_marker(struct chart_reader *r, const struct xml_node *node,
                                       struct chart_marker marker, size_t index) {
    const struct xml_node *symbol = xml_child_local(node, "symbol");
    int points = chart_int(node, "size", 0);
    if (symbol)
        marker.symbol = symbol_of(xml_get_local(symbol, "val"), index);
    if (points > 0 && points <= 72)
        marker.size = points * 1000;
    chart_read_look(r, xml_child_local(node, "spPr"), &marker.look);
    return marker;
}

/* ---- labels ---- */

static enum chart_label_place place_of(const char *name) {
    static const struct {
        const char *name;
        enum chart_label_place place;
    } known[] = {{"ctr", LABEL_CENTER},
                 {"inEnd", LABEL_INSIDE_END},
                 {"inBase", LABEL_INSIDE_BASE},
                 {"outEnd", LABEL_OUTSIDE_END},
                 {"l", LABEL_LEFT},
                 {"r", LABEL_RIGHT},
                 {"t", LABEL_TOP},
                 {"b", LABEL_BOTTOM}};
    for (size_t i = 0; name && i < sizeof known / sizeof known[0]; i++)
        if (strcmp(name, known[i].name) == 0)
            return known[i].place;
    return LABEL_AUTO;
}

static struct chart_label read_label(struct chart_reader *r, const struct xml_node *node,
                                     struct chart_label label) {
    const struct xml_node *format = xml_child_local(node, "numFmt");
    const struct xml_node *rich = xml_child_local(xml_child_local(node, "tx"), "rich");
    const char *separator = text_of(xml_child_local(node, "separator"));
    if (chart_on(node, "delete", false))
        return (struct chart_label){.props = label.props, .look = {.fill = -1}};
    label.value = chart_on(node, "showVal", label.value);
    label.category = chart_on(node, "showCatName", label.category);
    label.series = chart_on(node, "showSerName", label.series);
    label.percent = chart_on(node, "showPercent", label.percent);
    label.size = chart_on(node, "showBubbleSize", label.size);
    if (chart_on(node, "showLegendKey", false))
        unsupported(r->story, "c:showLegendKey");
    if (xml_child_local(node, "dLblPos"))
        label.place = place_of(chart_val(node, "dLblPos"));
    if (xml_get_local(format, "formatCode"))
        label.format = xml_get_local(format, "formatCode");
    const char *linked = xml_get_local(format, "sourceLinked");
    if (linked && (strcmp(linked, "1") == 0 || strcmp(linked, "true") == 0))
        label.format = NULL;
    label.separator = separator ? separator : label.separator;
    label.props = chart_read_font(r, xml_child_local(node, "txPr"), label.props, &label.angle);
    label.place_by = chart_read_place(node);
    chart_read_look(r, xml_child_local(node, "spPr"), &label.look);
    if (rich) {
        struct chart_text text = {.angle = label.angle};
        chart_read_text(r, node, label.props, &text);
        label.text = text.text;
        label.props = text.props;
        label.angle = text.angle;
    }
    return label;
}

static void read_point_labels(struct chart_reader *r, const struct xml_node *labels,
                              struct chart_series *series) {
    const struct xml_node *node;
    XML_EACH_CHILD (node, labels) {
        int idx = chart_is(node, "dLbl") ? chart_int(node, "idx", -1) : -1;
        if (idx < 0 || (size_t)idx >= series->n)
            continue;
        struct chart_label *label = POOL_NEW(r->story->reader->pool, struct chart_label);
        *label = read_label(r, node, series->label);
        series->points[idx].label = label;
    }
}

/* ---- points ---- */

static void set_color(struct chart_look *look, enum chart_kind kind, uint32_t color) {
    bool solid = kind == CHART_BAR || kind == CHART_PIE || kind == CHART_AREA;
    look->fill = solid ? (int32_t)color : -1;
    look->texture = NULL;
    look->stroke = solid ? 0 : SERIES_LINE;
    look->stroke_color = color;
    look->line = (struct line_style){.cap = solid ? CAP_FLAT : CAP_ROUND};
}

static struct chart_look *own_look(struct chart_reader *r, struct chart_series *series, size_t i) {
    struct chart_look *look = POOL_NEW(r->story->reader->pool, struct chart_look);
    *look = series->points[i].look ? *series->points[i].look : series->look;
    series->points[i].look = look;
    return look;
}

static void color_points(struct chart_reader *r, const struct chart_group *group,
                         struct chart_series *series) {
    for (size_t i = 0; i < series->n; i++)
        set_color(own_look(r, series, i), group->kind, chart_series_color(r, i, series->n));
}

static void read_points(struct chart_reader *r, const struct xml_node *ser,
                        struct chart_series *series, size_t index) {
    const struct xml_node *node;
    XML_EACH_CHILD (node, ser) {
        int idx = chart_is(node, "dPt") ? chart_int(node, "idx", -1) : -1;
        if (idx < 0 || (size_t)idx >= series->n)
            continue;
        struct chart_point *point = &series->points[idx];
        if (xml_child_local(node, "spPr"))
            chart_read_look(r, xml_child_local(node, "spPr"), own_look(r, series, (size_t)idx));
        if (xml_child_local(node, "marker")) {
            struct chart_marker *marker = POOL_NEW(r->story->reader->pool, struct chart_marker);
            *marker = read_marker(r, xml_child_local(node, "marker"), series->marker, index);
            point->marker = marker;
        }
        if (xml_child_local(node, "explosion"))
            point->explosion = chart_int(node, "explosion", 0);
    }
}

/* ---- a series ---- */

static void read_name(const struct xml_node *ser, struct chart_series *series) {
    const struct xml_node *tx = xml_child_local(ser, "tx");
    const struct xml_node *cache = xml_child_local(xml_child_local(tx, "strRef"), "strCache");
    const char *name = text_of(xml_child_local(xml_child_local(cache, "pt"), "v"));
    series->name = name ? name : text_of(xml_child_local(tx, "v"));
}

static void read_data(struct chart_reader *r, const struct xml_node *ser, struct chart_group *group,
                      struct chart_series *series) {
    bool plain = group->kind != CHART_SCATTER;
    const struct xml_node *values = cache_of(xml_child_local(ser, plain ? "val" : "yVal"));
    const struct xml_node *x = cache_of(xml_child_local(ser, plain ? "cat" : "xVal"));
    size_t n = count_of(values), left = MOST_POINTS - r->points;
    n = n < left ? n : left;
    r->points += n;
    series->n = n;
    series->points = POOL_ARRAY(r->story->reader->pool, struct chart_point, n ? n : 1);
    read_numbers(values, VALUE, series);
    if (plain) {
        bool first = !r->chart->categories;
        read_categories(r, x);
        if (first && r->chart->categories)
            read_levels(r, xml_child_local(ser, "cat"));
        return;
    }
    bool numbers = chart_is(x, "numCache") || chart_is(x, "numLit");
    for (size_t i = 0; i < n; i++)
        series->points[i].x = (struct decimal){.digits = (int64_t)i + 1};
    if (numbers)
        read_numbers(x, X, series);
    for (size_t i = 0; numbers && i < n; i++) /* the others have no place to stand at */
        series->points[i].present = series->points[i].present && series->points[i].placed;
    read_numbers(cache_of(xml_child_local(ser, "bubbleSize")), SIZE, series);
}

/* Bars that go down are white where they are told to differ (21.2.2.86). */
static void invert_points(struct chart_reader *r, struct chart_series *series) {
    enum { WHITE = 0xFFFFFF };
    for (size_t i = 0; i < series->n; i++)
        if (series->points[i].present && series->points[i].value.digits < 0 &&
            series->look.fill >= 0) {
            struct chart_look *look = own_look(r, series, i);
            look->fill = WHITE;
            look->texture = NULL;
        }
}

static void read_looks(struct chart_reader *r, const struct xml_node *ser,
                       struct chart_group *group, struct chart_series *series, size_t total) {
    size_t index = (size_t)chart_int(ser, "idx", 0);
    uint32_t color = chart_series_color(r, index, total);
    set_color(&series->look, group->bubbles ? CHART_AREA : group->kind, color);
    if (group->filled)
        set_color(&series->look, CHART_AREA, color);
    series->marker.size = MARKER;
    series->marker.look = (struct chart_look){.fill = (int32_t)color};
    if (series->marker.symbol)
        series->marker.symbol = symbol_of(NULL, index);
    if (group->by_point)
        color_points(r, group, series);
    chart_read_look(r, xml_child_local(ser, "spPr"), &series->look);
    for (size_t i = 0; group->by_point && i < series->n; i++)
        chart_read_look(r, xml_child_local(ser, "spPr"), own_look(r, series, i));
    series->marker = read_marker(r, xml_child_local(ser, "marker"), series->marker, index);
    if (group->kind == CHART_BAR && chart_on(ser, "invertIfNegative", false))
        invert_points(r, series);
    read_points(r, ser, series, index);
}

static bool says(const struct xml_node *node, const char *child, const char *value) {
    const char *is = chart_val(node, child);
    return is && strcmp(is, value) == 0;
}

static void read_errors(struct chart_reader *r, const struct xml_node *ser,
                        struct chart_series *series) {
    static const char *const kinds[] = {[ERROR_FIXED] = "fixedVal",
                                        [ERROR_PERCENT] = "percentage",
                                        [ERROR_DEVIATION] = "stdDev",
                                        [ERROR_STANDARD] = "stdErr"};
    struct chart_errors *e = &series->errors;
    const struct xml_node *node;
    XML_EACH_CHILD (node, ser) {
        if (!chart_is(node, "errBars"))
            continue;
        int kind = says(node, "errDir", "x") ? ERROR_NONE : ERROR_STANDARD;
        while (kind && !says(node, "errValType", kinds[kind]))
            kind--;
        if (!kind || e->kind) { /* along the other axis, or by numbers of their own */
            unsupported(r->story, node->qname);
            continue;
        }
        e->kind = (enum chart_error)kind;
        e->plus = !says(node, "errBarType", "minus");
        e->minus = !says(node, "errBarType", "plus");
        e->capped = !chart_on(node, "noEndCap", false);
        e->look = chart_axis_look(r);
        chart_read_look(r, xml_child_local(node, "spPr"), &e->look);
        if (!decimal_parse(chart_val(node, "val") ? chart_val(node, "val") : "1", &e->amount))
            e->kind = ERROR_NONE;
    }
}

static void read_amount(const struct xml_node *node, const char *child, struct decimal *out) {
    const char *value = chart_val(node, child);
    struct decimal d;
    if (value && decimal_parse(value, &d) && decimal_magnitude(d) < 9)
        *out = d;
}

static void read_trend_label(struct chart_reader *r, const struct xml_node *node,
                             struct chart_trend *trend) {
    const struct xml_node *label = xml_child_local(node, "trendlineLbl");
    const struct xml_node *format = xml_child_local(label, "numFmt");
    const char *code = xml_get_local(format, "formatCode");
    trend->equation = chart_on(node, "dispEq", false);
    trend->fit = chart_on(node, "dispRSqr", false);
    trend->label.props = r->base;
    if (label)
        chart_read_text(r, label, r->base, &trend->label);
    trend->format = code && strcmp(code, "General") != 0 ? code : NULL;
}

static enum chart_trend_kind trend_kind(const struct xml_node *node) {
    static const char *const names[] = {[TREND_POLYNOMIAL] = "poly",
                                        [TREND_EXPONENTIAL] = "exp",
                                        [TREND_LOGARITHMIC] = "log",
                                        [TREND_POWER] = "power",
                                        [TREND_MEAN] = "movingAvg"};
    int kind = TREND_MEAN;
    while (kind != TREND_LINEAR && !says(node, "trendlineType", names[kind]))
        kind--;
    return (enum chart_trend_kind)kind;
}

static void read_trend(struct chart_reader *r, const struct xml_node *node,
                       const struct chart_series *series, struct chart_trend *trend) {
    int period = chart_int(node, "period", 2), order = chart_int(node, "order", 2);
    trend->kind = trend_kind(node);
    trend->period = period < 2 ? 2 : period;
    trend->order = order < 2 ? 2 : order > 6 ? 6 : order;
    read_amount(node, "forward", &trend->forward);
    read_amount(node, "backward", &trend->backward);
    trend->fixed = xml_child_local(node, "intercept") != NULL;
    read_amount(node, "intercept", &trend->intercept);
    trend->name = text_of(xml_child_local(node, "name"));
    read_trend_label(r, node, trend);
    trend->look = chart_axis_look(r);
    trend->look.stroke_color = (uint32_t)series->marker.look.fill & 0xFFFFFF;
    chart_read_look(r, xml_child_local(node, "spPr"), &trend->look);
}

static void read_trends(struct chart_reader *r, const struct xml_node *ser,
                        struct chart_series *series) {
    enum { MOST = 16 };
    const struct xml_node *node;
    size_t n = 0;
    XML_EACH_CHILD (node, ser)
        n += chart_is(node, "trendline") && n < MOST;
    series->trends = n ? POOL_ARRAY(r->story->reader->pool, struct chart_trend, n) : NULL;
    XML_EACH_CHILD (node, ser)
        if (chart_is(node, "trendline") && series->trend_count < n)
            read_trend(r, node, series, &series->trends[series->trend_count++]);
}

static void read_one(struct chart_reader *r, const struct xml_node *group_node,
                     const struct xml_node *ser, struct chart_group *group,
                     struct chart_series *series, size_t total) {
    const struct xml_node *labels = xml_child_local(ser, "dLbls");
    read_name(ser, series);
    read_data(r, ser, group, series);
    if (group->kind == CHART_SCATTER ||
        (group->kind == CHART_LINE && chart_on(group_node, "marker", false)))
        series->marker.symbol = SYMBOL_DIAMOND;
    read_looks(r, ser, group, series, total);
    series->smooth = chart_on(ser, "smooth", false);
    int explosion = chart_int(ser, "explosion", 0);
    for (size_t i = 0; explosion > 0 && i < series->n; i++)
        if (!series->points[i].explosion)
            series->points[i].explosion = explosion;
    series->label = (struct chart_label){.separator = ", ", .props = r->base, .look = {.fill = -1}};
    series->label = read_label(r, xml_child_local(group_node, "dLbls"), series->label);
    series->label = read_label(r, labels, series->label);
    read_point_labels(r, labels, series);
    read_errors(r, ser, series);
    read_trends(r, ser, series);
}

void chart_read_series(struct chart_reader *r, const struct xml_node *node,
                       struct chart_group *group) {
    const struct xml_node *ser;
    size_t total = 0;
    XML_EACH_CHILD (ser, node)
        total += chart_is(ser, "ser") && total < MAX_SERIES;
    group->series = POOL_ARRAY(r->story->reader->pool, struct chart_series, total ? total : 1);
    XML_EACH_CHILD (ser, node)
        if (chart_is(ser, "ser") && group->n < total)
            read_one(r, node, ser, group, &group->series[group->n++], total);
}
