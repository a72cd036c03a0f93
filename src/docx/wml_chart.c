/* Charts (ECMA-376 part 1, 21.2) as data for layout to draw; see chart.h. What has no flat form
 * (surfaces, c16 and later kinds) is not drawn: the words and numbers that it keeps are printed
 * instead. */
#include "docx/wml_chart.h"

#include "docx/units.h"

#include <stdlib.h>
#include <string.h>

enum { MAX_LINES = 200, MAX_GROUPS = 16 };

static const char *text_of(const struct xml_node *node) {
    return node && node->first && node->first->name == XML_TEXT ? node->first->text : NULL;
}

bool chart_is(const struct xml_node *node, const char *local) {
    return node && node->name != XML_TEXT && xml_is_local(node, local);
}

const char *chart_val(const struct xml_node *node, const char *child) {
    return xml_get_local(xml_child_local(node, child), "val");
}

int chart_int(const struct xml_node *node, const char *child, int otherwise) {
    const char *value = chart_val(node, child);
    long n = value ? strtol(value, NULL, 10) : otherwise;
    return n > 1000000 ? 1000000 : n < -1000000 ? -1000000 : (int)n;
}

bool chart_on(const struct xml_node *node, const char *child, bool otherwise) {
    const char *value = chart_val(node, child);
    if (!xml_child_local(node, child))
        return otherwise;
    return !value || strcmp(value, "1") == 0 || strcmp(value, "true") == 0;
}

void chart_named(struct chart_reader *r, const struct xml_node *parent, const char *child) {
    const struct xml_node *node = xml_child_local(parent, child);
    if (node)
        unsupported(r->story, node->qname);
}

static bool is_value(const char *value, const char *name) {
    return value && strcmp(value, name) == 0;
}

/* The part's root; *part (may be NULL) its name. */
static const struct xml_node *related_part(struct story *story, const char *id, const char **part) {
    struct reader *reader = story->reader;
    const char *name =
        id ? package_target(reader->pool, reader->package, story->part, id, reader->diag) : NULL;
    if (part)
        *part = name;
    return name ? read_part(reader, name) : NULL;
}

static const struct xml_node *find(const struct xml_node *root, const char *local) {
    for (const struct xml_node *n = root; n; n = xml_next(root, n))
        if (chart_is(n, local))
            return n;
    return NULL;
}

/* ---- groups of series ---- */

/* `flat`: what it is drawn as looks otherwise. */
static const struct {
    const char *name;
    enum chart_kind kind;
    bool flat;
} kinds[] = {{"barChart", CHART_BAR, false},         {"bar3DChart", CHART_BAR, true},
             {"lineChart", CHART_LINE, false},       {"line3DChart", CHART_LINE, true},
             {"areaChart", CHART_AREA, false},       {"area3DChart", CHART_AREA, true},
             {"pieChart", CHART_PIE, false},         {"pie3DChart", CHART_PIE, true},
             {"doughnutChart", CHART_PIE, false},    {"ofPieChart", CHART_PIE, true},
             {"scatterChart", CHART_SCATTER, false}, {"bubbleChart", CHART_SCATTER, false},
             {"radarChart", CHART_RADAR, false},     {"stockChart", CHART_LINE, false}};

static size_t kind_of(const struct xml_node *node) {
    size_t n = sizeof kinds / sizeof kinds[0], i = 0;
    while (i < n && !chart_is(node, kinds[i].name))
        i++;
    return i;
}

static int bounded(int value, int least, int most) {
    return value < least ? least : value > most ? most : value;
}

static void read_grouping(const struct xml_node *node, struct chart_group *group) {
    const char *grouping = chart_val(node, "grouping");
    group->grouping = is_value(grouping, "stacked")          ? GROUP_STACKED
                      : is_value(grouping, "percentStacked") ? GROUP_PERCENT
                                                             : GROUP_CLUSTERED;
    group->across = is_value(chart_val(node, "barDir"), "bar");
    group->gap = bounded(chart_int(node, "gapWidth", 150), 0, 500);
    group->overlap = bounded(chart_int(node, "overlap", 0), -100, 100);
}

static void read_pie(const struct xml_node *node, struct chart_group *group) {
    bool ring = chart_is(node, "doughnutChart");
    group->hole = ring ? bounded(chart_int(node, "holeSize", 50), 1, 90) : 0;
    group->first = bounded(chart_int(node, "firstSliceAng", 0), 0, 360);
    group->by_point = chart_on(node, "varyColors", true);
}

/* Lines between the highest and the lowest price, without the lines along the prices. */
static void read_stock(struct chart_reader *r, const struct xml_node *node,
                       struct chart_group *group) {
    const struct xml_node *high_low = xml_child_local(node, "hiLowLines");
    group->high_low = high_low != NULL;
    group->high_low_look = chart_axis_look(r);
    chart_read_look(r, xml_child_local(high_low, "spPr"), &group->high_low_look);
    if (group->high_low_look.stroke <= 0)
        group->high_low = false;
}

static void read_drops(struct chart_reader *r, const struct xml_node *node,
                       struct chart_group *group) {
    const struct xml_node *drops = xml_child_local(node, "dropLines");
    group->drop_look = chart_axis_look(r);
    chart_read_look(r, xml_child_local(drops, "spPr"), &group->drop_look);
    group->drops = drops && group->drop_look.stroke > 0;
}

/* Nobody said otherwise: white where it goes up, black where it goes down. */
static void read_up_down(struct chart_reader *r, const struct xml_node *node,
                         struct chart_group *group) {
    enum { UP = 0xFFFFFF, DOWN = 0x000000, GAP = 150 };
    const struct xml_node *bars = xml_child_local(node, "upDownBars");
    group->up_down = bars != NULL;
    group->up_down_gap = bounded(chart_int(bars, "gapWidth", GAP), 0, 500);
    group->up_look = group->down_look = chart_axis_look(r);
    group->up_look.fill = UP;
    group->down_look.fill = DOWN;
    chart_read_look(r, xml_child_local(xml_child_local(bars, "upBars"), "spPr"), &group->up_look);
    chart_read_look(r, xml_child_local(xml_child_local(bars, "downBars"), "spPr"),
                    &group->down_look);
}

static void hide_lines(struct chart_group *group) {
    for (size_t i = 0; i < group->n; i++)
        group->series[i].look.stroke = 0;
}

static bool has_single_series(const struct xml_node *node) {
    const struct xml_node *ser;
    int n = 0;
    XML_EACH_CHILD (ser, node)
        n += chart_is(ser, "ser");
    return n == 1;
}

static void read_group(struct chart_reader *r, const struct xml_node *node, size_t kind,
                       struct chart_group *group) {
    const char *style = chart_val(node, "scatterStyle");
    group->kind = kinds[kind].kind;
    group->bubbles = chart_is(node, "bubbleChart");
    group->bubble_scale = bounded(chart_int(node, "bubbleScale", 100), 0, 300);
    group->bubble_width = is_value(chart_val(node, "sizeRepresents"), "w");
    group->filled = is_value(chart_val(node, "radarStyle"), "filled");
    read_grouping(node, group);
    if (group->kind == CHART_PIE)
        read_pie(node, group);
    else if (group->kind == CHART_BAR)
        group->by_point = chart_on(node, "varyColors", false) && has_single_series(node);
    if (kinds[kind].flat)
        unsupported(r->story, node->qname);
    chart_named(r, node, "serLines");
    read_stock(r, node, group);
    read_drops(r, node, group);
    read_up_down(r, node, group);
    chart_read_series(r, node, group);
    if (chart_is(node, "stockChart") || is_value(style, "none"))
        hide_lines(group);
}

/* ---- axes ---- */

static bool read_limit(const struct xml_node *scaling, const char *name, struct decimal *out) {
    const char *value = chart_val(scaling, name);
    return value && decimal_parse(value, out);
}

static enum chart_side side_of(const char *side) {
    return is_value(side, "l")   ? SIDE_LEFT
           : is_value(side, "t") ? SIDE_TOP
           : is_value(side, "r") ? SIDE_RIGHT
                                 : SIDE_BOTTOM;
}

static void read_scale(const struct xml_node *node, struct chart_axis *axis) {
    const struct xml_node *scaling = xml_child_local(node, "scaling");
    axis->reversed = is_value(chart_val(scaling, "orientation"), "maxMin");
    axis->has_min = axis->numeric && read_limit(scaling, "min", &axis->min);
    axis->has_max = axis->numeric && read_limit(scaling, "max", &axis->max);
    axis->has_major =
        axis->numeric && read_limit(node, "majorUnit", &axis->major) && axis->major.digits > 0;
    axis->has_minor =
        axis->numeric && read_limit(node, "minorUnit", &axis->minor) && axis->minor.digits > 0;
    if (!axis->numeric || !read_limit(scaling, "logBase", &axis->log_base) ||
        decimal_real(axis->log_base) < 1.1)
        axis->log_base = (struct decimal){0};
}

/* What its numbers are counted in (21.2.2.45), and the words for it, as English Word has them. */
static void read_units(struct chart_reader *r, const struct xml_node *node,
                       struct chart_axis *axis) {
    static const struct {
        const char *name, *words;
        int exponent;
    } known[] = {{"hundreds", "Hundreds", 2},           {"thousands", "Thousands", 3},
                 {"tenThousands", "x 10000", 4},        {"hundredThousands", "x 100000", 5},
                 {"millions", "Millions", 6},           {"tenMillions", "x 10000000", 7},
                 {"hundredMillions", "x 100000000", 8}, {"billions", "Billions", 9},
                 {"trillions", "Trillions", 12}};
    const struct xml_node *units = xml_child_local(node, "dispUnits");
    const struct xml_node *label = xml_child_local(units, "dispUnitsLbl");
    const char *built_in = chart_val(units, "builtInUnit"), *custom = chart_val(units, "custUnit");
    const char *words = custom ? pool_printf(r->story->reader->pool, "x %s", custom) : NULL;
    if (!read_limit(units, "custUnit", &axis->unit) || axis->unit.digits <= 0)
        axis->unit = (struct decimal){0};
    for (size_t i = 0; !custom && i < sizeof known / sizeof known[0]; i++)
        if (is_value(built_in, known[i].name)) {
            axis->unit = (struct decimal){1, known[i].exponent};
            words = known[i].words;
        }
    if (!label || !axis->unit.digits)
        return;
    axis->unit_name.angle = axis->title.angle;
    chart_read_text(r, label, chart_sized(r, axis->props, axis->props->size, true),
                    &axis->unit_name);
    if (!axis->unit_name.text)
        axis->unit_name.text = words;
}

static void read_crossing(const struct xml_node *node, struct chart_axis *axis) {
    const char *crosses = chart_val(node, "crosses");
    axis->crossing = is_value(crosses, "min")   ? CROSS_MIN
                     : is_value(crosses, "max") ? CROSS_MAX
                                                : CROSS_ZERO;
    if (read_limit(node, "crossesAt", &axis->cross_at))
        axis->crossing = CROSS_AT;
}

static enum chart_tick tick_of(const char *tick, enum chart_tick otherwise) {
    return is_value(tick, "none")    ? TICK_NONE
           : is_value(tick, "in")    ? TICK_IN
           : is_value(tick, "cross") ? TICK_CROSS
           : is_value(tick, "out")   ? TICK_OUT
                                     : otherwise;
}

static void read_marks(const struct xml_node *node, struct chart_axis *axis) {
    const char *at = chart_val(node, "tickLblPos");
    axis->tick = tick_of(chart_val(node, "majorTickMark"), TICK_OUT);
    axis->minor_tick = tick_of(chart_val(node, "minorTickMark"), TICK_NONE);
    axis->labels_at = is_value(at, "none")   ? LABELS_NONE
                      : is_value(at, "low")  ? LABELS_LOW
                      : is_value(at, "high") ? LABELS_HIGH
                                             : LABELS_AT_AXIS;
    axis->skip = (size_t)bounded(chart_int(node, "tickLblSkip", 0), 0, 32000);
}

static void read_grid(struct chart_reader *r, const struct xml_node *node, bool major,
                      struct chart_look *look) {
    const struct xml_node *grid =
        xml_child_local(node, major ? "majorGridlines" : "minorGridlines");
    *look = (struct chart_look){.fill = -1};
    if (!grid)
        return;
    *look = chart_grid_look(r, major);
    chart_read_look(r, xml_child_local(grid, "spPr"), look);
}

static void read_axis(struct chart_reader *r, const struct xml_node *node,
                      struct chart_axis *axis) {
    const struct xml_node *format = xml_child_local(node, "numFmt");
    const char *linked = xml_get_local(format, "sourceLinked");
    axis->present = true;
    axis->numeric = chart_is(node, "valAx");
    axis->deleted = chart_on(node, "delete", false);
    axis->side = side_of(chart_val(node, "axPos"));
    read_scale(node, axis);
    read_crossing(node, axis);
    read_marks(node, axis);
    axis->on_points = is_value(chart_val(node, "crossBetween"), "midCat");
    axis->format = xml_get_local(format, "formatCode");
    if (is_value(linked, "1") || is_value(linked, "true"))
        axis->format = NULL;
    axis->angle = ANGLE_AUTO;
    axis->props = chart_read_font(r, xml_child_local(node, "txPr"), r->base, &axis->angle);
    axis->line = chart_axis_look(r);
    chart_read_look(r, xml_child_local(node, "spPr"), &axis->line);
    read_grid(r, node, true, &axis->major_grid);
    read_grid(r, node, false, &axis->minor_grid);
    bool upright = axis->side == SIDE_LEFT || axis->side == SIDE_RIGHT;
    axis->title.angle = upright ? -5400000 : 0;
    read_units(r, node, axis);
    if (xml_child_local(node, "title")) {
        chart_read_text(r, xml_child_local(node, "title"),
                        chart_sized(r, r->base, r->base->size, true), &axis->title);
        if (!axis->title.text)
            axis->title.text = "Axis Title";
    }
}

static const struct xml_node *axis_of(const struct xml_node *plot, const char *id) {
    static const char *const names[] = {"catAx", "valAx", "dateAx", "serAx"};
    const struct xml_node *node;
    XML_EACH_CHILD (node, plot)
        for (size_t i = 0; i < sizeof names / sizeof names[0]; i++)
            if (chart_is(node, names[i]) && is_value(chart_val(node, "axId"), id))
                return node;
    return NULL;
}

/* The axes a group names: the first is that of the categories. Groups that name the same first one
 * share a pair. */
static void read_axes(struct chart_reader *r, const struct xml_node *plot,
                      const struct xml_node *node, const char **known, struct chart_group *group) {
    const struct xml_node *child;
    const char *ids[2] = {NULL, NULL};
    size_t n = 0;
    XML_EACH_CHILD (child, node)
        if (chart_is(child, "axId") && n < 2)
            ids[n++] = xml_get_local(child, "val");
    if (!ids[0] || !ids[1])
        return;
    group->axes = known[0] && strcmp(known[0], ids[0]) != 0;
    const struct xml_node *x = axis_of(plot, ids[0]), *y = axis_of(plot, ids[1]);
    bool dated = x && chart_is(x, "dateAx");
    if (dated && !r->slots)
        chart_find_slots(r, x, node);
    if (dated && r->slots)
        chart_spread(r, group);
    if (known[group->axes])
        return;
    known[group->axes] = ids[0];
    if (x)
        read_axis(r, x, &r->chart->x[group->axes]);
    r->chart->x[group->axes].dates = dated && r->slots;
    if (y)
        read_axis(r, y, &r->chart->y[group->axes]);
}

/* ---- the whole ---- */

static void read_rows(struct chart_reader *r, const struct xml_node *node) {
    struct chart_table *table = &r->chart->table;
    if (!node)
        return;
    table->present = true;
    table->across = chart_on(node, "showHorzBorder", false);
    table->upright = chart_on(node, "showVertBorder", false);
    table->outline = chart_on(node, "showOutline", false);
    table->keys = chart_on(node, "showKeys", false);
    table->line = chart_axis_look(r);
    chart_read_look(r, xml_child_local(node, "spPr"), &table->line);
    table->props = chart_read_font(r, xml_child_local(node, "txPr"), r->base, NULL);
}

/* How far a value may be off is drawn on even scales only. */
static void drop_log_errors(struct chart_reader *r) {
    for (size_t g = 0; g < r->chart->group_count; g++) {
        struct chart_group *group = &r->chart->groups[g];
        for (size_t k = 0; r->chart->y[group->axes].log_base.digits && k < group->n; k++)
            if (group->series[k].errors.kind) {
                group->series[k].errors.kind = ERROR_NONE;
                unsupported(r->story, "c:errBars");
            }
    }
}

static bool read_plot(struct chart_reader *r, const struct xml_node *plot) {
    struct chart *chart = r->chart;
    const char *known[2] = {NULL, NULL};
    const struct xml_node *node;
    chart->groups = POOL_ARRAY(r->story->reader->pool, struct chart_group, MAX_GROUPS);
    XML_EACH_CHILD (node, plot) {
        size_t kind = kind_of(node);
        if (kind == sizeof kinds / sizeof kinds[0] || chart->group_count == MAX_GROUPS)
            continue;
        struct chart_group *group = &chart->groups[chart->group_count++];
        read_group(r, node, kind, group);
        read_axes(r, plot, node, known, group);
    }
    drop_log_errors(r);
    chart->plot_place = chart_read_place(plot);
    chart->plot = chart_plot_look(r);
    chart_read_look(r, xml_child_local(plot, "spPr"), &chart->plot);
    read_rows(r, xml_child_local(plot, "dTable"));
    return chart->group_count && !xml_child_local(plot, "surfaceChart") &&
           !xml_child_local(plot, "surface3DChart");
}

/* Series whose entry is taken out of the legend, counted over all groups; their trend lines come
 * after them all. */
static void unlist(struct chart *chart, int idx) {
    const struct chart_group *first = &chart->groups[0];
    if (first->by_point && first->n && idx >= 0 && (size_t)idx < first->series[0].n)
        first->series[0].points[idx].unlisted = true;
    for (size_t g = 0; g < chart->group_count; g++)
        for (size_t i = 0; i < chart->groups[g].n; i++)
            if (idx-- == 0)
                chart->groups[g].series[i].unlisted = true;
    for (size_t g = 0; g < chart->group_count; g++)
        for (size_t i = 0; i < chart->groups[g].n; i++)
            for (size_t k = 0; k < chart->groups[g].series[i].trend_count; k++)
                if (idx-- == 0)
                    chart->groups[g].series[i].trends[k].unlisted = true;
}

static void read_legend(struct chart_reader *r, const struct xml_node *node) {
    struct chart_legend *legend = &r->chart->legend;
    const char *at = chart_val(node, "legendPos");
    const struct xml_node *entry;
    if (!node)
        return;
    legend->present = true;
    legend->overlay = chart_on(node, "overlay", false);
    legend->corner = is_value(at, "tr");
    legend->side = legend->corner || !at ? SIDE_RIGHT : side_of(at);
    legend->place = chart_read_place(node);
    legend->look = (struct chart_look){.fill = -1};
    chart_read_look(r, xml_child_local(node, "spPr"), &legend->look);
    legend->props = chart_read_font(r, xml_child_local(node, "txPr"), r->base, NULL);
    XML_EACH_CHILD (entry, node)
        if (chart_is(entry, "legendEntry") && chart_on(entry, "delete", false))
            unlist(r->chart, chart_int(entry, "idx", -1));
}

/* A chart of one series has its name for a title, where it is not told otherwise. Others have one
 * only if it is asked for: it then is, like that of an axis, what English Word prints until
 * somebody has typed there. */
static const char *automatic_title(const struct chart *chart, bool asked) {
    bool one = chart->group_count == 1 && chart->groups[0].n == 1;
    const char *name = one ? chart->groups[0].series[0].name : NULL;
    return name ? name : asked ? "Chart Title" : NULL;
}

static void read_title(struct chart_reader *r, const struct xml_node *chart_node) {
    enum { TITLE_SIZE = 180 /* percent of the text's */ };
    const struct xml_node *node = xml_child_local(chart_node, "title");
    struct chart_text *title = &r->chart->title;
    mpt size = (mpt)((int64_t)r->base->size * TITLE_SIZE / 100);
    title->props = chart_sized(r, r->base, size, true);
    if (node)
        chart_read_text(r, node, title->props, title);
    if (!title->text && !chart_on(chart_node, "autoTitleDeleted", false))
        title->text = automatic_title(r->chart, node != NULL);
}

static int style_of(const struct xml_node *root) {
    const struct xml_node *alternate = xml_child(root, mc_AlternateContent);
    int style = chart_int(root, "style", 0);
    if (!style && alternate)
        style = chart_int(xml_child_local(alternate, "Fallback"), "style", 0);
    return style >= 1 && style <= 48 ? style : 2;
}

/* They are in a part of their own, which is the chart part's. */
static void read_shapes(struct chart_reader *r, const struct xml_node *node) {
    const char *part = r->story->part, *own = r->part;
    if (!node)
        return;
    r->story->part = own;
    const struct xml_node *shapes = related_part(r->story, xml_get_local(node, "id"), &r->part);
    r->story->part = part;
    if (shapes)
        chart_read_shapes(r, shapes);
    else
        unsupported(r->story, node->qname);
    r->part = own;
}

/* False: none of it can be drawn. */
static bool read_space(struct chart_reader *r, const struct xml_node *root,
                       const struct run_props *plain) {
    const struct xml_node *node = xml_child_local(root, "chart");
    const struct xml_node *plot = xml_child_local(node, "plotArea");
    const char *blanks = chart_val(node, "dispBlanksAs"), *lang = chart_val(root, "lang");
    struct chart *chart = r->chart;
    r->style = style_of(root);
    r->base = chart_read_font(r, xml_child_local(root, "txPr"), chart_base_font(r, plain), NULL);
    chart->comma = lang && strncmp(lang, "vi", 2) == 0;
    chart->gaps_are_zero = is_value(blanks, "zero");
    chart->gaps_are_spanned = is_value(blanks, "span");
    chart->area = chart_area_look(r);
    chart_read_look(r, xml_child_local(root, "spPr"), &chart->area);
    if (!read_plot(r, plot))
        return false;
    read_title(r, node);
    read_legend(r, xml_child_local(node, "legend"));
    read_shapes(r, xml_child_local(root, "userShapes"));
    return true;
}

const struct chart *chart_read(struct story *story, const struct xml_node *node,
                               const struct run_props *plain) {
    const char *part = NULL;
    const struct xml_node *root = related_part(story, xml_get_local(node, "id"), &part);
    struct chart *chart = POOL_NEW(story->reader->pool, struct chart);
    struct chart_reader r = {.story = story, .part = part, .chart = chart};
    return chart_is(root, "chartSpace") && read_space(&r, root, plain) ? chart : NULL;
}

/* ---- words alone ---- */

static void put_words(struct buf *out, const struct xml_node *root, const char *local) {
    for (const struct xml_node *n = root; n; n = xml_next(root, n)) {
        const char *text = chart_is(n, local) ? text_of(n) : NULL;
        if (text)
            buf_printf(out, out->len ? " %s" : "%s", text);
    }
}

/* "name: value; value; ..." */
static void put_series(struct buf *out, const struct xml_node *series) {
    const struct xml_node *cache = find(xml_child_local(series, "val"), "numCache"), *point;
    put_words(out, xml_child_local(series, "tx"), "v");
    const char *between = out->len ? ": " : "";
    XML_EACH_CHILD (point, cache) {
        const char *text = chart_is(point, "pt") ? text_of(xml_child_local(point, "v")) : NULL;
        struct decimal d;
        if (!text)
            continue;
        buf_puts(out, between);
        if (decimal_parse(text, &d))
            decimal_put(out, d, NULL, false);
        else
            buf_puts(out, text);
        between = "; ";
    }
}

static void end_line(struct story *story, struct buf *line, struct block_list *list, int *lines) {
    if (line->len && *lines < MAX_LINES) {
        add_text_para(story, buf_text(line), list);
        (*lines)++;
    }
    buf_clear(line);
}

struct block *chart_words(struct story *story, const struct xml_node *node) {
    const struct xml_node *root = related_part(story, xml_get_local(node, "id"), NULL);
    struct block_list list = {0};
    struct buf line = {0};
    int lines = 0;
    for (const struct xml_node *n = root; n; n = xml_next(root, n)) {
        if (chart_is(n, "title"))
            put_words(&line, n, "t");
        else if (chart_is(n, "ser"))
            put_series(&line, n);
        end_line(story, &line, &list, &lines);
    }
    buf_free(&line);
    return list.first;
}
