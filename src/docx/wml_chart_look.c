/* How things of a chart look: the colours its style gives (21.2.2.227), over which c:spPr and
 * c:txPr go. */
#include "docx/units.h"
#include "docx/wml_chart.h"

#include <stdlib.h>
#include <string.h>

enum { GREY_LINE = 0x868686, LIGHT_LINE = 0xBFBFBF, DARK_STYLE = 41, THIN = 750 };
enum { SIZE = 10000 };

static uint32_t theme_or(const struct chart_reader *r, const char *name, uint32_t otherwise) {
    int32_t color = theme_color(r->story->reader->theme, name);
    return color < 0 ? otherwise : (uint32_t)color;
}

static uint32_t toward(uint32_t rgb, uint32_t other, int permille) {
    uint32_t out = 0;
    for (int shift = 0; shift <= 16; shift += 8) {
        int a = (int)(rgb >> shift & 255), b = (int)(other >> shift & 255);
        out |= (uint32_t)(a + (b - a) * permille / 1000) << shift;
    }
    return out;
}

static struct chart_look look_of(int32_t fill, mpt stroke, uint32_t color) {
    return (struct chart_look){.fill = fill, .stroke = stroke, .stroke_color = color};
}

struct chart_look chart_area_look(const struct chart_reader *r) {
    if (r->style >= DARK_STYLE)
        return look_of((int32_t)theme_or(r, "dk1", 0), 0, 0);
    return look_of((int32_t)theme_or(r, "lt1", 0xFFFFFF), THIN, GREY_LINE);
}

struct chart_look chart_plot_look(const struct chart_reader *r) {
    uint32_t dark = theme_or(r, "dk1", 0);
    if (r->style >= DARK_STYLE)
        return look_of((int32_t)toward(dark, 0xFFFFFF, 300), 0, 0);
    if (r->style > 32)
        return look_of((int32_t)toward(dark, 0xFFFFFF, 800), 0, 0);
    return look_of(-1, 0, 0);
}

struct chart_look chart_axis_look(const struct chart_reader *r) {
    return look_of(-1, THIN, r->style >= DARK_STYLE ? theme_or(r, "lt1", 0xFFFFFF) : GREY_LINE);
}

struct chart_look chart_grid_look(const struct chart_reader *r, bool major) {
    uint32_t grey = major || r->style >= DARK_STYLE ? GREY_LINE : LIGHT_LINE;
    return look_of(-1, THIN, grey);
}

/* Shades of one colour, from dark to light. */
static uint32_t faded(uint32_t color, size_t i, size_t n) {
    int at = (int)(1400 * (i + 1) / (n + 1)) - 700;
    return at < 0 ? toward(color, 0, -at) : toward(color, 0xFFFFFF, at);
}

/* The six accents, and after them the same made darker and lighter, as Word does. */
static uint32_t accent_of(const struct chart_reader *r, size_t i) {
    static const uint32_t usual[6] = {0x4F81BD, 0xC0504D, 0x9BBB59, 0x8064A2, 0x4BACC6, 0xF79646};
    static const int turns[] = {0, -400, 400, -200, 600, -500, 300, -300, 500};
    char name[] = "accent1";
    name[6] = (char)('1' + i % 6);
    uint32_t color = theme_or(r, name, usual[i % 6]);
    int by = turns[i / 6 % (sizeof turns / sizeof turns[0])];
    return by < 0 ? toward(color, 0, -by) : toward(color, 0xFFFFFF, by);
}

uint32_t chart_series_color(const struct chart_reader *r, size_t i, size_t n) {
    int palette = (r->style - 1) % 8;
    if (palette == 0)
        return faded(toward(theme_or(r, "dk1", 0), 0xFFFFFF, 400), i, n);
    return palette == 1 ? accent_of(r, i) : faded(accent_of(r, (size_t)palette - 2), i, n);
}

/* ---- c:spPr ---- */

static bool says_paint(const struct xml_node *line) {
    return xml_child(line, a_noFill) || xml_child(line, a_solidFill) ||
           xml_child_local(line, "gradFill") || xml_child_local(line, "pattFill");
}

static void read_line(struct chart_reader *r, const struct xml_node *line,
                      struct chart_look *look) {
    struct shape shape = {0};
    bool wide = xml_get(line, a_w) != NULL;
    if (says_paint(line)) {
        read_line_of(r->story, line, NULL, &shape);
        look->stroke = shape.stroke > 0 && !wide && look->stroke > 0 ? look->stroke : shape.stroke;
        look->stroke_color = shape.stroke_color;
        look->stroke_clear = shape.stroke_clear;
        look->line = shape.line;
        return;
    }
    if (wide)
        look->stroke = emu_get(line, a_w, THIN);
    dash_preset(&look->line, xml_get_local(xml_child_local(line, "prstDash"), "val"));
}

void chart_read_look(struct chart_reader *r, const struct xml_node *sppr, struct chart_look *look) {
    struct paint paint = {.color = look->fill, .clear = look->clear, .texture = look->texture};
    const char *part = r->story->part;
    if (!sppr)
        return;
    r->story->part = r->part;
    read_texture_of(r->story, sppr, &paint);
    r->story->part = part;
    look->fill = paint.color;
    look->texture = paint.texture;
    look->clear = paint.clear;
    if (xml_child(sppr, a_ln))
        read_line(r, xml_child(sppr, a_ln), look);
}

/* ---- fonts ---- */

const struct run_props *chart_base_font(struct chart_reader *r, const struct run_props *plain) {
    struct theme *theme = r->story->reader->theme;
    struct run_props *props = POOL_NEW(r->story->reader->pool, struct run_props);
    const char *minor = theme_font(theme, "minorHAnsi");
    *props = (struct run_props){.family = minor ? minor : plain->family,
                                .size = SIZE,
                                .scale = 100,
                                .highlight = -1,
                                .underline_color = -1};
    props->color = r->style >= DARK_STYLE ? theme_or(r, "lt1", 0xFFFFFF) : theme_or(r, "dk1", 0);
    return props;
}

const struct run_props *chart_sized(struct chart_reader *r, const struct run_props *props, mpt size,
                                    bool bold) {
    struct run_props *copy = POOL_NEW(r->story->reader->pool, struct run_props);
    *copy = *props;
    copy->size = size;
    copy->bold = bold;
    return copy;
}

static void set_flag(const struct xml_node *node, const char *name, bool *flag) {
    const char *value = xml_get_local(node, name);
    if (value)
        *flag = strcmp(value, "1") == 0 || strcmp(value, "true") == 0;
}

static void read_family(struct chart_reader *r, const struct xml_node *node,
                        struct run_props *props) {
    const struct xml_node *latin = xml_child(node, a_latin);
    const char *face = latin ? xml_get(latin, a_typeface) : NULL;
    const char *themed = !face                          ? NULL
                         : strncmp(face, "+mj", 3) == 0 ? "majorHAnsi"
                         : strncmp(face, "+mn", 3) == 0 ? "minorHAnsi"
                                                        : NULL;
    if (themed)
        face = theme_font(r->story->reader->theme, themed);
    if (face && *face)
        props->family = face;
}

/* a:defRPr or a:rPr. */
static const struct run_props *read_run_props(struct chart_reader *r, const struct xml_node *node,
                                              const struct run_props *base) {
    const char *size = xml_get_local(node, "sz"), *under = xml_get_local(node, "u");
    struct paint paint = {.color = -1};
    if (!node)
        return base;
    struct run_props *props = POOL_NEW(r->story->reader->pool, struct run_props);
    *props = *base;
    long points = size ? strtol(size, NULL, 10) : 0;
    if (points >= 100 && points <= 400000)
        props->size = (mpt)points * 10;
    set_flag(node, "b", &props->bold);
    set_flag(node, "i", &props->italic);
    if (under)
        props->underline = strcmp(under, "none") == 0 ? UNDERLINE_NONE : UNDERLINE_SINGLE;
    read_family(r, node, props);
    if (read_fill_of(r->story, node, &paint) && paint.color >= 0)
        props->color = (uint32_t)paint.color;
    return props;
}

static const struct xml_node *default_run(const struct xml_node *body) {
    return xml_child_local(xml_child_local(xml_child_local(body, "p"), "pPr"), "defRPr");
}

static void read_angle(const struct xml_node *body, int32_t *angle) {
    const struct xml_node *properties = xml_child_local(body, "bodyPr");
    const char *rot = xml_get_local(properties, "rot"), *vert = xml_get_local(properties, "vert");
    long turn = rot ? strtol(rot, NULL, 10) : 0;
    if (!angle)
        return;
    if (vert && strcmp(vert, "vert270") == 0)
        *angle = -5400000;
    else if (vert && strcmp(vert, "vert") == 0)
        *angle = 5400000;
    else if (rot && turn >= -5400000 && turn <= 5400000) /* others mean: automatic */
        *angle = (int32_t)turn;
}

const struct run_props *chart_read_font(struct chart_reader *r, const struct xml_node *txpr,
                                        const struct run_props *props, int32_t *angle) {
    read_angle(txpr, angle);
    return read_run_props(r, default_run(txpr), props);
}

/* The character that stands for a field of a label; 0: it is none that is known. */
static char field_of(const struct xml_node *run) {
    static const char *const names[LABEL_FIELDS] = {[LABEL_FIELD_VALUE] = "VALUE",
                                                    [LABEL_FIELD_CATEGORY] = "CATEGORYNAME",
                                                    [LABEL_FIELD_SERIES] = "SERIESNAME",
                                                    [LABEL_FIELD_PERCENT] = "PERCENTAGE"};
    const char *type = chart_is(run, "fld") ? xml_get_local(run, "type") : NULL;
    for (int i = LABEL_FIELD_VALUE; type && i < LABEL_FIELDS; i++)
        if (strcmp(type, names[i]) == 0)
            return (char)i;
    return 0;
}

/* The font is that of the first run. */
static const char *read_rich(struct chart_reader *r, const struct xml_node *rich,
                             const struct run_props **props) {
    struct buf out = {0};
    const struct xml_node *para, *run;
    bool any = false;
    XML_EACH_CHILD (para, rich) {
        if (!chart_is(para, "p"))
            continue;
        if (any)
            buf_putc(&out, '\n');
        any = true;
        XML_EACH_CHILD (run, para) {
            const struct xml_node *text = xml_child_local(run, "t");
            if (field_of(run)) {
                buf_putc(&out, field_of(run));
                continue;
            }
            if (chart_is(run, "br"))
                buf_putc(&out, '\n');
            if (!text || !text->first || text->first->name != XML_TEXT)
                continue;
            if (props && !out.len)
                *props = read_run_props(r, xml_child_local(run, "rPr"), *props);
            buf_puts(&out, text->first->text);
        }
    }
    char *text = out.len ? pool_strdup(r->story->reader->pool, buf_text(&out)) : NULL;
    buf_free(&out);
    return text;
}

void chart_read_rich(struct chart_reader *r, const struct xml_node *body, struct chart_text *text) {
    text->props = chart_read_font(r, body, text->props, &text->angle);
    text->text = read_rich(r, body, &text->props);
}

static int32_t fraction_of(const struct xml_node *layout, const char *name) {
    struct decimal d = {0};
    const char *value = chart_val(layout, name);
    int64_t parts = value && decimal_parse(value, &d) ? decimal_in(d, -5) : 0;
    return (int32_t)(parts > 200000 ? 200000 : parts < -200000 ? -200000 : parts);
}

struct chart_place chart_read_place(const struct xml_node *parent) {
    const struct xml_node *layout =
        xml_child_local(xml_child_local(parent, "layout"), "manualLayout");
    const char *target = chart_val(layout, "layoutTarget"), *x = chart_val(layout, "xMode"),
               *y = chart_val(layout, "yMode");
    struct chart_place place = {0};
    if (!layout)
        return place;
    place.set = x && y && strcmp(x, "edge") == 0 && strcmp(y, "edge") == 0;
    place.moved = !place.set;
    place.x = fraction_of(layout, "x");
    place.y = fraction_of(layout, "y");
    place.width = fraction_of(layout, "w");
    place.height = fraction_of(layout, "h");
    place.sized = place.set && place.width > 0 && place.height > 0;
    place.inner = target && strcmp(target, "inner") == 0;
    return place;
}

void chart_read_text(struct chart_reader *r, const struct xml_node *title,
                     const struct run_props *props, struct chart_text *text) {
    const struct xml_node *tx = xml_child_local(title, "tx"), *rich = xml_child_local(tx, "rich");
    text->props = chart_read_font(r, xml_child_local(title, "txPr"), props, &text->angle);
    text->place = chart_read_place(title);
    text->overlay = chart_on(title, "overlay", false);
    text->look = (struct chart_look){.fill = -1};
    chart_read_look(r, xml_child_local(title, "spPr"), &text->look);
    if (rich) {
        text->props = chart_read_font(r, rich, text->props, &text->angle);
        text->text = read_rich(r, rich, &text->props);
        return;
    }
    const struct xml_node *cache = xml_child_local(xml_child_local(tx, "strRef"), "strCache");
    const struct xml_node *v = xml_child_local(xml_child_local(cache, "pt"), "v");
    if (v && v->first && v->first->name == XML_TEXT)
        text->text = v->first->text;
}
