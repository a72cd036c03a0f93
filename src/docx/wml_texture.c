/* Fills of more than one colour: gradients (20.1.8.33), patterns (20.1.8.47) and pictures
 * (20.1.8.14), and their kin in VML (19.1.2.5). */
#include "docx/units.h"
#include "docx/wml_read.h"

#include "base/angle.h"

#include <stdlib.h>
#include <string.h>

enum { WHOLE = 100000, STOPS_MOST = 64 };

static bool is(const char *value, const char *name) {
    return value && strcmp(value, name) == 0;
}

static struct texture *texture_new(struct story *story, enum texture_kind kind) {
    struct texture *t = POOL_NEW(story->reader->pool, struct texture);
    t->kind = kind;
    return t;
}

/* A percentage, in thousandths as the transitional files write it, or with its sign. */
static int32_t share_of(const struct xml_node *node, const char *name, int32_t otherwise) {
    const char *value = xml_get_local(node, name);
    long n = value ? strtol(value, NULL, 10) : otherwise;
    n = n > 10 * WHOLE ? 10 * WHOLE : n < -10 * WHOLE ? -10 * WHOLE : n;
    return (int32_t)(value && strchr(value, '%') ? n * 1000 : n);
}

/* ---- gradients ---- */

static void add_stop(struct texture *t, int32_t at, uint32_t color) {
    size_t i = t->stop_count++;
    for (; i > 0 && t->stops[i - 1].at > at; i--)
        t->stops[i] = t->stops[i - 1];
    t->stops[i] = (struct gradient_stop){at, color};
}

/* What it comes to where it cannot be shown: the mean of its colours. */
static struct paint mean_of(const struct texture *t, int64_t clear) {
    int64_t sum[3] = {0}, n = (int64_t)t->stop_count;
    for (size_t i = 0; i < t->stop_count; i++)
        for (int k = 0; k < 3; k++)
            sum[k] += t->stops[i].color >> (16 - 8 * k) & 255;
    if (!n)
        return (struct paint){.color = -1};
    return (struct paint){.color = (int32_t)(sum[0] / n << 16 | sum[1] / n << 8 | sum[2] / n),
                          .clear = (int)(clear / n)};
}

static void read_direction(struct story *story, const struct xml_node *node, struct texture *t) {
    static const char *const sides[4] = {"l", "t", "r", "b"};
    const struct xml_node *linear = xml_child_local(node, "lin");
    const struct xml_node *path = xml_child_local(node, "path");
    const struct xml_node *to = xml_child_local(path, "fillToRect");
    const char *angle = xml_get_local(linear, "ang"), *scaled = xml_get_local(linear, "scaled");
    const char *kind = xml_get_local(path, "path");
    t->angle = angle ? (int32_t)angle_normal(strtoll(angle, NULL, 10) % ANGLE_TURN) : 0;
    t->scaled = is(scaled, "1") || is(scaled, "true");
    if (!path)
        return;
    t->kind = TEXTURE_RADIAL;
    for (int i = 0; i < 4; i++)
        t->center[i] = share_of(to, sides[i], 0);
    if (!is(kind, "circle"))
        unsupported(story, "a:gradFill path"); /* rectangles within one another: as circles */
}

static struct paint read_gradient(struct story *story, const struct xml_node *node) {
    struct texture *t = texture_new(story, TEXTURE_LINEAR);
    const struct xml_node *stop;
    int64_t clear = 0;
    t->stops = POOL_ARRAY(story->reader->pool, struct gradient_stop, STOPS_MOST);
    XML_EACH_CHILD (stop, xml_child_local(node, "gsLst")) {
        struct paint paint = read_paint(story->reader->theme, stop);
        int32_t at = share_of(stop, "pos", 0);
        if (paint.color < 0 || t->stop_count == STOPS_MOST)
            continue;
        add_stop(t, at < 0 ? 0 : at > WHOLE ? WHOLE : at, (uint32_t)paint.color);
        clear += paint.clear;
    }
    read_direction(story, node, t);
    struct paint mean = mean_of(t, clear);
    if (!t->stop_count)
        unsupported(story, node->qname);
    mean.texture = t->stop_count > 1 ? t : NULL;
    return mean;
}

/* ---- patterns: eight by eight dots, as rows of bits, the left one the lowest ---- */

enum weave { ROWS, COLUMNS, FALLING, RISING, GRID, CROSSED, CHECKS };

static const struct {
    const char *name;
    enum weave weave;
    int period, on;
} weaves[] = {
    {"horz", ROWS, 8, 1},        {"ltHorz", ROWS, 4, 1},       {"narHorz", ROWS, 2, 1},
    {"dkHorz", ROWS, 4, 2},      {"vert", COLUMNS, 8, 1},      {"ltVert", COLUMNS, 4, 1},
    {"narVert", COLUMNS, 2, 1},  {"dkVert", COLUMNS, 4, 2},    {"dnDiag", FALLING, 8, 1},
    {"ltDnDiag", FALLING, 4, 1}, {"dkDnDiag", FALLING, 4, 2},  {"wdDnDiag", FALLING, 8, 3},
    {"upDiag", RISING, 8, 1},    {"ltUpDiag", RISING, 4, 1},   {"dkUpDiag", RISING, 4, 2},
    {"wdUpDiag", RISING, 8, 3},  {"cross", GRID, 8, 1},        {"lgGrid", GRID, 8, 1},
    {"smGrid", GRID, 4, 1},      {"diagCross", CROSSED, 8, 1}, {"openDmnd", CROSSED, 8, 1},
    {"smCheck", CHECKS, 4, 2},   {"lgCheck", CHECKS, 8, 4}};

static bool dot_of(enum weave weave, int period, int on, int x, int y) {
    bool row = y % period < on, column = x % period < on;
    bool falls = (x - y + 8) % period < on, rises = (x + y) % period < on;
    switch (weave) {
    case ROWS:
        return row;
    case COLUMNS:
        return column;
    case FALLING:
        return falls;
    case RISING:
        return rises;
    case GRID:
        return row || column;
    case CROSSED:
        return falls || rises;
    case CHECKS:
        break;
    }
    return row == column;
}

/* The order in which dots are set as a tone grows darker (Bayer's matrix of 8). */
static int rank_of(int x, int y) {
    int rank = 0;
    for (int bit = 0; bit < 3; bit++) {
        int a = (x ^ y) >> bit & 1, b = y >> bit & 1;
        rank = rank << 2 | a << 1 | b;
    }
    return rank;
}

static void set_tone(struct texture *t, int percent) {
    for (int y = 0; y < 8; y++)
        for (int x = 0; x < 8; x++)
            t->rows[y] |= (uint8_t)((rank_of(x, y) * 100 < percent * 64) << x);
}

static bool set_rows(struct texture *t, const char *name) {
    if (name && strncmp(name, "pct", 3) == 0) {
        set_tone(t, (int)strtol(name + 3, NULL, 10) % 100);
        return true;
    }
    for (size_t i = 0; name && i < sizeof weaves / sizeof weaves[0]; i++) {
        if (strcmp(name, weaves[i].name) != 0)
            continue;
        for (int y = 0; y < 8; y++)
            for (int x = 0; x < 8; x++)
                t->rows[y] |=
                    (uint8_t)(dot_of(weaves[i].weave, weaves[i].period, weaves[i].on, x, y) << x);
        return true;
    }
    set_tone(t, 40);
    return false;
}

static struct paint read_pattern(struct story *story, const struct xml_node *node) {
    struct theme *theme = story->reader->theme;
    struct texture *t = texture_new(story, TEXTURE_PATTERN);
    const char *name = xml_get_local(node, "prst");
    int32_t fore = read_paint(theme, xml_child_local(node, "fgClr")).color;
    int32_t back = read_paint(theme, xml_child_local(node, "bgClr")).color;
    t->fore = fore < 0 ? 0 : (uint32_t)fore;
    t->back = back < 0 ? 0xFFFFFF : (uint32_t)back;
    if (!set_rows(t, name))
        unsupported(story,
                    pool_printf(story->reader->pool, "a:pattFill prst=\"%s\"", name ? name : ""));
    return (struct paint){.color = (int32_t)t->back, .texture = t};
}

/* ---- pictures ---- */

/* a:fillRect: how far the picture's edges are inside the shape's; a:srcRect: what is cut off it. */
static void read_stretch(const struct xml_node *node, struct picture *picture) {
    static const char *const sides[4] = {
        [EDGE_TOP] = "t", [EDGE_LEFT] = "l", [EDGE_BOTTOM] = "b", [EDGE_RIGHT] = "r"};
    const struct xml_node *fill = xml_child_local(xml_child_local(node, "stretch"), "fillRect");
    const struct xml_node *cut = xml_child(node, a_srcRect);
    for (int e = 0; e < 4; e++) {
        int e2 = e ^ 2; /* the edge across */
        int64_t in = share_of(fill, sides[e], 0), across = share_of(fill, sides[e2], 0);
        int64_t left = WHOLE - in - across;
        int64_t room = left > 1000 ? in * WHOLE / left : 0;
        picture->crop[e] = (int32_t)(share_of(cut, sides[e], 0) - room);
    }
}

static struct paint read_picture_fill(struct story *story, const struct xml_node *node) {
    const struct xml_node *blip = xml_child(node, a_blip), *tile = xml_child_local(node, "tile");
    const char *id = blip ? xml_get(blip, r_embed) : NULL;
    struct texture *t = texture_new(story, TEXTURE_PICTURE);
    if (!id) {
        unsupported(story, "a:blipFill");
        return (struct paint){.color = -1};
    }
    struct picture *picture = read_picture(story, id, 0, 0, NULL);
    int clear = recolor_read_blip(story, blip, picture);
    t->picture = picture;
    t->tiled = tile != NULL;
    t->tile_scale[0] = share_of(tile, "sx", WHOLE);
    t->tile_scale[1] = share_of(tile, "sy", WHOLE);
    if (!tile)
        read_stretch(node, picture);
    if (!picture->bytes)
        return (struct paint){.color = -1};
    return (struct paint){.color = 0xFFFFFF, .clear = clear, .texture = t};
}

bool read_texture_of(struct story *story, const struct xml_node *parent, struct paint *paint) {
    const struct xml_node *node;
    XML_EACH_CHILD (node, parent) {
        if (node->name == XML_TEXT)
            continue;
        if (xml_is_local(node, "gradFill"))
            *paint = read_gradient(story, node);
        else if (xml_is_local(node, "pattFill"))
            *paint = read_pattern(story, node);
        else if (xml_is_local(node, "blipFill"))
            *paint = read_picture_fill(story, node);
        else
            continue;
        return true;
    }
    return read_fill_of(story, parent, paint);
}

struct paint read_fill_style(struct story *story, const struct xml_node *reference, int idx) {
    struct theme *theme = story->reader->theme;
    const struct xml_node *node = theme_fill(theme, idx);
    struct paint plain = read_paint(theme, reference), paint = {.color = -1};
    if (!node || plain.color < 0)
        return plain;
    theme_set_placeholder(theme, plain.color);
    if (node->name == a_solidFill)
        paint = read_paint(theme, node);
    else if (xml_is_local(node, "gradFill"))
        paint = read_gradient(story, node);
    else if (xml_is_local(node, "pattFill"))
        paint = read_pattern(story, node);
    else if (node->name != a_noFill)
        unsupported(story, "a:fillRef"); /* a picture of the theme's */
    theme_set_placeholder(theme, -1);
    return paint.color < 0 && node->name != a_noFill ? plain : paint;
}

/* ---- VML ---- */

/* "0 #fff;32768f #f00;1 blue" between the first colour and the second. */
static void read_vml_colors(struct texture *t, const char *list) {
    while (list && t->stop_count < STOPS_MOST) {
        char color[32];
        size_t n = 0;
        const char *space = strchr(list, ' ');
        if (!space)
            return;
        int64_t at = memchr(list, 'f', (size_t)(space - list))
                         ? strtoll(list, NULL, 10) % 65537 * WHOLE / 65536
                         : (int64_t)length_parse(list, 1000, NULL) * 100;
        for (space++; space[n] && space[n] != ';' && n + 1 < sizeof color; n++)
            color[n] = space[n];
        color[n] = '\0';
        int32_t rgb = color_named(color);
        if (rgb >= 0 && at > 0 && at < WHOLE)
            add_stop(t, (int32_t)at, (uint32_t)rgb);
        list = strchr(list, ';');
        list = list ? list + 1 : NULL;
    }
}

static void turn_stops(struct texture *t) {
    size_t n = t->stop_count;
    for (size_t i = 0; i < n / 2; i++) {
        struct gradient_stop kept = t->stops[i];
        t->stops[i] = t->stops[n - 1 - i];
        t->stops[n - 1 - i] = kept;
    }
    for (size_t i = 0; i < n; i++)
        t->stops[i].at = WHOLE - t->stops[i].at;
}

/* The second colour comes first, unless the focus is at the far end; with a focus between the ends
 * the gradient goes to it and back. */
static void set_focus(struct texture *t, long focus) {
    uint32_t ends = t->stops[0].color, middle = t->stops[t->stop_count - 1].color;
    long at = focus < 0 ? -focus : focus;
    if (at > 25 && at <= 75 && t->stop_count == 2) {
        t->stop_count = 0;
        add_stop(t, 0, ends);
        add_stop(t, WHOLE / 2, middle);
        add_stop(t, WHOLE, ends);
    } else if ((at <= 25) != (focus < 0)) {
        turn_stops(t);
    }
}

struct paint read_vml_gradient(struct story *story, const struct xml_node *fill, int32_t first,
                               int32_t second) {
    const char *type = xml_get_local(fill, "type"), *angle = xml_get_local(fill, "angle");
    const char *focus = xml_get_local(fill, "focus");
    struct texture *t = texture_new(story, TEXTURE_LINEAR);
    t->stops = POOL_ARRAY(story->reader->pool, struct gradient_stop, STOPS_MOST + 2);
    add_stop(t, 0, (uint32_t)(first < 0 ? 0xFFFFFF : first));
    add_stop(t, WHOLE, (uint32_t)(second < 0 ? 0xFFFFFF : second));
    read_vml_colors(t, xml_get_local(fill, "colors"));
    if (!is(type, "gradientRadial"))
        set_focus(t, focus ? strtol(focus, NULL, 10) : 0);
    /* counted against the clock from below, ours with it from the left */
    long turn = angle ? strtol(angle, NULL, 10) % 360 : 0;
    t->angle = (int32_t)angle_normal((int64_t)(450 - turn) * ANGLE_DEGREE);
    if (is(type, "gradientRadial")) {
        t->kind = TEXTURE_RADIAL;
        for (int i = 0; i < 4; i++)
            t->center[i] = WHOLE / 2;
    }
    struct paint mean = mean_of(t, 0);
    mean.texture = t;
    return mean;
}

const struct texture *read_vml_picture(struct story *story, const char *id, bool tiled) {
    struct texture *t = texture_new(story, TEXTURE_PICTURE);
    struct picture *picture = read_picture(story, id, 0, 0, NULL);
    t->picture = picture;
    t->tiled = tiled;
    t->tile_scale[0] = t->tile_scale[1] = WHOLE;
    return picture->bytes ? t : NULL;
}
