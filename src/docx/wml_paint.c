/* Colours, plain fills and lines of DrawingML (20.1.2.3, 20.1.8, 20.1.2.2.24). Where a line or text
 * asks for a gradient, a pattern or a picture, it comes out in one mean colour, and is named. */
#include "docx/hsl.h"
#include "docx/units.h"
#include "docx/wml_read.h"

#include <stdlib.h>
#include <string.h>

enum { WHOLE = HSL_ONE }; /* percentages are in thousandths */

static bool is(const char *value, const char *name) {
    return value && strcmp(value, name) == 0;
}

static int64_t percent_of(const struct xml_node *node) {
    const char *value = xml_get_local(node, "val");
    long n = value ? strtol(value, NULL, 10) : WHOLE;
    bool sign = value && strchr(value, '%'); /* Strict writes "75%" */
    n = n > 10 * WHOLE ? 10 * WHOLE : n < -10 * WHOLE ? -10 * WHOLE : n;
    return sign ? n * 1000 : n;
}

static int64_t bounded(int64_t v, int64_t most) {
    return v < 0 ? 0 : v > most ? most : v;
}

/* ---- colours ---- */

static int32_t mixed(int32_t rgb, int32_t other, int64_t share) { /* `share` of WHOLE from rgb */
    int32_t out = 0;
    share = bounded(share, WHOLE);
    for (int shift = 0; shift <= 16; shift += 8) {
        int64_t a = rgb >> shift & 255, b = other >> shift & 255;
        out |= (int32_t)((a * share + b * (WHOLE - share) + WHOLE / 2) / WHOLE) << shift;
    }
    return out;
}

/* lumMod, lumOff and kin, in the order they are written. */
static void transform(const struct xml_node *node, struct paint *paint) {
    int64_t amount = percent_of(node);
    struct hsl hsl = hsl_of(paint->color);
    if (xml_is_local(node, "lumMod"))
        hsl.lightness = hsl.lightness * amount / WHOLE;
    else if (xml_is_local(node, "lumOff"))
        hsl.lightness += amount;
    else if (xml_is_local(node, "satMod"))
        hsl.saturation = hsl.saturation * amount / WHOLE;
    else if (xml_is_local(node, "satOff"))
        hsl.saturation += amount;
    else {
        if (xml_is_local(node, "tint"))
            paint->color = mixed(paint->color, 0xFFFFFF, amount);
        else if (xml_is_local(node, "shade"))
            paint->color = mixed(paint->color, 0, amount);
        else if (xml_is_local(node, "alpha"))
            paint->clear = (int)(OPAQUE - bounded(amount, WHOLE) * OPAQUE / WHOLE);
        else if (xml_is_local(node, "inv"))
            paint->color ^= 0xFFFFFF;
        else if (xml_is_local(node, "gray")) {
            int64_t l = hsl.lightness * 255 / WHOLE;
            paint->color = (int32_t)(l << 16 | l << 8 | l);
        }
        return;
    }
    hsl.lightness = bounded(hsl.lightness, WHOLE);
    hsl.saturation = bounded(hsl.saturation, WHOLE);
    paint->color = hsl_rgb(&hsl);
}

static int32_t scrgb(const struct xml_node *node) {
    static const char *const names[3] = {"r", "g", "b"};
    int32_t rgb = 0;
    for (int i = 0; i < 3; i++) {
        const char *value = xml_get_local(node, names[i]);
        int64_t linear = bounded(value ? strtol(value, NULL, 10) : 0, WHOLE);
        rgb = rgb << 8 | (int32_t)(linear * 255 / WHOLE);
    }
    return rgb;
}

static int32_t named(struct theme *theme, const struct xml_node *node) {
    const char *value = xml_get_local(node, "val");
    if (node->name == a_srgbClr)
        return color_hex(value);
    if (node->name == a_sysClr) {
        int32_t last = color_hex(xml_get_local(node, "lastClr"));
        return last >= 0 ? last : color_named(value);
    }
    if (node->name == a_schemeClr)
        return value ? theme_color(theme, value) : -1;
    if (xml_is_local(node, "prstClr"))
        return color_preset(value);
    return xml_is_local(node, "scrgbClr") ? scrgb(node) : -1;
}

struct paint read_color(struct theme *theme, const struct xml_node *node) {
    const struct xml_node *change;
    struct paint paint = {.color = node->name == XML_TEXT ? -1 : named(theme, node)};
    if (paint.color >= 0)
        XML_EACH_CHILD (change, node)
            if (change->name != XML_TEXT)
                transform(change, &paint);
    return paint;
}

/* Word's own elements are those of DrawingML by other names, and their alpha says how clear, not
 * how dense, a colour is (MS-DOCX 2.6.4.1). */
struct paint read_w14_color(struct theme *theme, const struct xml_node *parent) {
    const struct xml_node *node, *change;
    XML_EACH_CHILD (node, parent) {
        const char *value = node->name == XML_TEXT ? NULL : xml_get_local(node, "val");
        struct paint paint = {.color = !value                          ? -1
                                       : xml_is_local(node, "srgbClr") ? color_hex(value)
                                                                       : theme_color(theme, value)};
        if (paint.color < 0)
            continue;
        XML_EACH_CHILD (change, node)
            if (change->name != XML_TEXT)
                transform(change, &paint);
        if (xml_child_local(node, "alpha"))
            paint.clear = OPAQUE - paint.clear;
        return paint;
    }
    return (struct paint){.color = -1};
}

struct paint read_paint(struct theme *theme, const struct xml_node *parent) {
    const struct xml_node *node;
    XML_EACH_CHILD (node, parent) {
        struct paint paint = read_color(theme, node);
        if (paint.color >= 0)
            return paint;
    }
    return (struct paint){.color = -1};
}

/* ---- fills ---- */

/* The mean of the colours of a gradient's stops. */
static struct paint mean_of_stops(struct theme *theme, const struct xml_node *gradient) {
    const struct xml_node *stop;
    int64_t sum[3] = {0}, clear = 0, n = 0;
    XML_EACH_CHILD (stop, xml_child_local(gradient, "gsLst")) {
        struct paint paint = read_paint(theme, stop);
        if (paint.color < 0)
            continue;
        for (int i = 0; i < 3; i++)
            sum[i] += paint.color >> (16 - 8 * i) & 255;
        clear += paint.clear;
        n++;
    }
    if (!n)
        return (struct paint){.color = -1};
    return (struct paint){.color = (int32_t)(sum[0] / n << 16 | sum[1] / n << 8 | sum[2] / n),
                          .clear = (int)(clear / n)};
}

static struct paint mean_of_pattern(struct theme *theme, const struct xml_node *pattern) {
    struct paint fore = read_paint(theme, xml_child_local(pattern, "fgClr"));
    struct paint back = read_paint(theme, xml_child_local(pattern, "bgClr"));
    if (fore.color < 0 || back.color < 0)
        return fore.color < 0 ? back : fore;
    fore.color = mixed(fore.color, back.color, WHOLE / 3);
    return fore;
}

bool read_fill_of(struct story *story, const struct xml_node *parent, struct paint *paint) {
    struct theme *theme = story->reader->theme;
    const struct xml_node *node;
    XML_EACH_CHILD (node, parent) {
        if (node->name == a_noFill) {
            *paint = (struct paint){.color = -1};
        } else if (node->name == a_solidFill) {
            *paint = read_paint(theme, node);
        } else if (xml_is_local(node, "gradFill")) {
            unsupported(story, node->qname);
            *paint = mean_of_stops(theme, node);
        } else if (xml_is_local(node, "pattFill")) {
            unsupported(story, node->qname);
            *paint = mean_of_pattern(theme, node);
        } else if (xml_is_local(node, "blipFill")) {
            unsupported(story, "a:blipFill");
            *paint = (struct paint){.color = -1};
        } else {
            continue;
        }
        return true;
    }
    return false;
}

int style_index(const struct xml_node *reference) {
    const char *idx = reference ? xml_get(reference, a_idx) : NULL;
    return idx ? atoi(idx) : 0;
}

/* ---- lines ---- */

static void set_dashes(struct line_style *line, const uint8_t *dashes, size_t n) {
    memset(line->dashes, 0, sizeof line->dashes);
    memcpy(line->dashes, dashes, n < DASHES ? n : DASHES);
}

/* In line widths (20.1.10.49). */
void dash_preset(struct line_style *line, const char *name) {
    static const struct {
        const char *name;
        uint8_t dashes[DASHES];
    } known[] = {{"dot", {1, 3}},
                 {"sysDot", {1, 1}},
                 {"dash", {4, 3}},
                 {"sysDash", {3, 1}},
                 {"lgDash", {8, 3}},
                 {"dashDot", {4, 3, 1, 3}},
                 {"sysDashDot", {3, 1, 1, 1}},
                 {"lgDashDot", {8, 3, 1, 3}},
                 {"lgDashDotDot", {8, 3, 1, 3, 1, 3}},
                 {"sysDashDotDot", {3, 1, 1, 1, 1, 1}}};
    for (size_t i = 0; name && i < sizeof known / sizeof known[0]; i++)
        if (strcmp(name, known[i].name) == 0)
            set_dashes(line, known[i].dashes, DASHES);
}

static uint8_t dash_length(const struct xml_node *stop, const char *name) {
    const char *value = xml_get_local(stop, name);
    int64_t widths = value ? strtol(value, NULL, 10) / WHOLE : 1;
    return (uint8_t)(widths < 1 ? 1 : widths > 100 ? 100 : widths);
}

static void read_custom_dash(const struct xml_node *list, struct line_style *line) {
    const struct xml_node *stop;
    uint8_t dashes[DASHES] = {0};
    size_t n = 0;
    XML_EACH_CHILD (stop, list) {
        if (stop->name == XML_TEXT || n + 2 > DASHES)
            continue;
        dashes[n++] = dash_length(stop, "d");
        dashes[n++] = dash_length(stop, "sp");
    }
    set_dashes(line, dashes, n);
}

static void read_style(struct story *story, const struct xml_node *node, struct line_style *line) {
    const char *cap = xml_get_local(node, "cap"), *kind = xml_get_local(node, "cmpd");
    line->cap = is(cap, "rnd") ? CAP_ROUND : is(cap, "sq") ? CAP_SQUARE : CAP_FLAT;
    line->miter = xml_child_local(node, "miter") != NULL;
    dash_preset(line, xml_get_local(xml_child_local(node, "prstDash"), "val"));
    if (xml_child_local(node, "custDash"))
        read_custom_dash(xml_child_local(node, "custDash"), line);
    if (kind && !is(kind, "sng"))
        unsupported(story, "a:ln cmpd");
}

void read_line_of(struct story *story, const struct xml_node *node, const struct xml_node *style,
                  struct shape *shape) {
    struct theme *theme = story->reader->theme;
    const struct xml_node *reference = xml_child(style, a_lnRef);
    int idx = style_index(reference);
    struct paint paint = {.color = -1};
    if (reference)
        paint = read_paint(theme, reference);
    bool said = read_fill_of(story, node, &paint);
    if ((said && paint.color < 0 && xml_child(node, a_noFill)) || (!said && !idx))
        return; /* a line without a fill is not drawn */
    mpt width = idx ? theme_line(theme, idx) : 750;
    shape->stroke = node ? emu_get(node, a_w, width) : width;
    shape->stroke_color = paint.color < 0 ? 0 : (uint32_t)paint.color;
    shape->stroke_clear = paint.clear;
    if (shape->stroke < 0)
        shape->stroke = 0;
    if (shape->stroke == 0 && node)
        shape->stroke = 100; /* the thinnest line */
    if (node)
        read_style(story, node, &shape->line);
}
