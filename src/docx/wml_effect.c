/* Shadows and glows of shapes (20.1.8.45, 20.1.8.49, 20.1.8.32) and those of VML (19.1.2.18). What
 * else can be done to a shape is named: reflections, soft edges, shadows inside, depth. */
#include "docx/wml_read.h"

#include "base/angle.h"
#include "docx/png_size.h"
#include "docx/units.h"

#include <stdlib.h>
#include <string.h>
#include <strings.h>

static bool is(const char *value, const char *name) {
    return value && strcmp(value, name) == 0;
}

static bool begins(const char *value, const char *name) {
    return value && strncasecmp(value, name, strlen(name)) == 0;
}

static struct shade *shade_new(struct pool *pool, int32_t color, int clear) {
    struct shade *s = POOL_NEW(pool, struct shade);
    s->m[0] = s->m[3] = SINE_ONE;
    s->origin[0] = s->origin[1] = 500;
    s->color = color < 0 ? 0 : (uint32_t)color;
    s->clear = clear;
    return s;
}

/* ---- DrawingML ---- */

static mpt length_in(const struct xml_node *node, const char *name) {
    const char *value = xml_get_local(node, name);
    mpt length = value ? emu_parse(value, 0) : 0;
    return length < 0 ? 0 : length;
}

static int64_t angle_in(const struct xml_node *node, const char *name) {
    const char *value = xml_get_local(node, name);
    return value ? angle_normal(strtoll(value, NULL, 10) % ANGLE_TURN) : 0;
}

/* A percentage in millionths. */
static int32_t scale_in(const struct xml_node *node, const char *name) {
    const char *value = xml_get_local(node, name);
    long n = value ? strtol(value, NULL, 10) : 100000;
    if (value && strchr(value, '%'))
        n *= 1000;
    return (int32_t)(n > 1000000 ? 1000000 : n < -1000000 ? -1000000 : n) * 10;
}

/* The tangent of a slant, in millionths; nothing leans farther than ten to one. */
static int32_t slant_in(const struct xml_node *node, const char *name) {
    int64_t angle = angle_in(node, name), cosine = angle_cos(angle);
    if (!angle || !cosine)
        return 0;
    int64_t tangent = (int64_t)angle_sin(angle) * SINE_ONE / cosine;
    const int64_t most = 10 * (int64_t)SINE_ONE;
    return (int32_t)(tangent > most ? most : tangent < -most ? -most : tangent);
}

static int side_in(const char *align, char start, char end) {
    return !align ? 500 : strchr(align, start) ? 0 : strchr(align, end) ? 1000 : 500;
}

static void set_direction(const struct xml_node *node, struct shade *s) {
    int64_t far = length_in(node, "dist"), angle = angle_in(node, "dir");
    s->x = mpt_clamp(far * angle_cos(angle) / SINE_ONE);
    s->y = mpt_clamp(far * angle_sin(angle) / SINE_ONE);
}

static void read_outer(const struct xml_node *node, struct shade *s) {
    const char *align = xml_get_local(node, "algn"), *with = xml_get_local(node, "rotWithShape");
    set_direction(node, s);
    s->blur = length_in(node, "blurRad");
    s->m[0] = scale_in(node, "sx");
    s->m[3] = scale_in(node, "sy");
    s->m[2] = slant_in(node, "kx");
    s->m[1] = slant_in(node, "ky");
    align = is(align, "ctr") ? "" : align ? align : "b";
    s->origin[0] = side_in(align, 'l', 'r');
    s->origin[1] = side_in(align, 't', 'b');
    s->upright = is(with, "0") || is(with, "false");
}

struct shade *effect_shade(struct pool *pool, const struct xml_node *node, int32_t color,
                           int clear) {
    struct shade *s = shade_new(pool, color, clear);
    if (xml_is_local(node, "glow"))
        s->spread = s->blur = length_in(node, "rad") / 2;
    else
        read_outer(node, s);
    return s;
}

static const struct shade *read_shade(struct story *story, const struct xml_node *node) {
    struct paint paint = read_paint(story->reader->theme, node);
    return effect_shade(story->reader->pool, node, paint.color, paint.clear);
}

/* A picture with holes throws a shadow with holes: not drawn. */
static bool may_be_clear(const struct picture *picture) {
    uint32_t width, height;
    return picture->bytes && png_size(picture->bytes, picture->len, &width, &height) &&
           picture->len > 25 && (picture->bytes[25] & 4);
}

static bool throws_shade(const struct shape *shape) {
    if (shape->picture && may_be_clear(shape->picture))
        return false;
    return shape->stroke > 0 || shape->fill >= 0 || shape->picture;
}

static void read_list(struct story *story, const struct xml_node *list, struct shape *shape) {
    const struct xml_node *effect;
    bool throws = throws_shade(shape);
    XML_EACH_CHILD (effect, list) {
        if (effect->name == XML_TEXT)
            continue;
        if (throws && xml_is_local(effect, "outerShdw"))
            shape->shadow = read_shade(story, effect);
        else if (throws && xml_is_local(effect, "glow"))
            shape->glow = read_shade(story, effect);
        else
            unsupported(story, effect->qname);
    }
}

static void name_depth(struct story *story, const struct xml_node *parent) {
    static const char *const names[] = {"effectDag", "scene3d", "sp3d"};
    for (size_t i = 0; i < sizeof names / sizeof names[0]; i++) {
        const struct xml_node *effect = xml_child_local(parent, names[i]);
        if (effect && effect->first &&
            (i < 1 || xml_child_local(effect, "bevelT") || xml_child_local(effect, "rot")))
            unsupported(story, effect->qname);
    }
}

/* The theme's effects, in the colour of the reference. */
static void read_style(struct story *story, const struct xml_node *reference, struct shape *shape) {
    struct theme *theme = story->reader->theme;
    int idx = style_index(reference);
    const struct xml_node *style = idx > 0 ? theme_effect(theme, idx) : NULL;
    if (!style)
        return;
    theme_set_placeholder(theme, read_paint(theme, reference).color);
    read_list(story, xml_child_local(style, "effectLst"), shape);
    theme_set_placeholder(theme, -1);
    if (xml_child_local(xml_child_local(style, "sp3d"), "bevelT"))
        unsupported(story, "a:effectRef");
}

void effects_read(struct story *story, const struct xml_node *sppr, const struct xml_node *style,
                  struct shape *shape) {
    const struct xml_node *own = xml_child_local(sppr, "effectLst");
    read_list(story, own, shape);
    name_depth(story, sppr);
    if (!own && !xml_child_local(sppr, "effectDag"))
        read_style(story, xml_child_local(style, "effectRef"), shape);
}

void effects_name(struct story *story, const struct xml_node *sppr) {
    const struct xml_node *effect;
    XML_EACH_CHILD (effect, xml_child_local(sppr, "effectLst"))
        if (effect->name != XML_TEXT)
            unsupported(story, effect->qname);
    name_depth(story, sppr);
}

/* ---- VML ---- */

int vml_transparency(const char *opacity) {
    if (!opacity)
        return 0;
    int64_t share = strchr(opacity, 'f') ? strtoll(opacity, NULL, 10) % (1 << 20) * OPAQUE / 65536
                                         : length_parse(opacity, UNIT_POINT, NULL);
    if (strchr(opacity, '%'))
        share /= 100;
    return share < 0 ? OPAQUE : share > OPAQUE ? 0 : (int)(OPAQUE - share);
}

/* The n-th of a list parted by commas; NULL: it is left out. */
static const char *part_of(const char *list, int n) {
    for (; list && n > 0; n--) {
        list = strchr(list, ',');
        list = list ? list + 1 : NULL;
    }
    while (list && *list == ' ')
        list++;
    return list && *list && *list != ',' ? list : NULL;
}

/* "-.5", "-56756f" in parts of `one`. */
static int32_t fraction_in(const char *list, int n, int32_t otherwise, int32_t one) {
    const char *part = part_of(list, n);
    if (!part)
        return otherwise;
    const size_t length = strcspn(part, ",");
    int64_t value = memchr(part, 'f', length)
                        ? strtoll(part, NULL, 10) % (1LL << 24) * one / 65536
                        : (int64_t)length_parse(part, UNIT_POINT, NULL) * one / UNIT_POINT;
    const int64_t most = 20 * (int64_t)one;
    return (int32_t)(value > most ? most : value < -most ? -most : value);
}

/* matrix: what makes x of x and of y, then y of both. */
static void set_matrix(const struct xml_node *node, struct shade *s) {
    const char *matrix = xml_get_local(node, "matrix"), *origin = xml_get_local(node, "origin");
    static const int order[4] = {0, 2, 1, 3};
    for (int i = 0; i < 4; i++)
        s->m[order[i]] = fraction_in(matrix, i, s->m[order[i]], SINE_ONE);
    for (int i = 0; i < 2; i++) /* from the centre */
        s->origin[i] = 500 + fraction_in(origin, i, 0, 1000);
}

static mpt offset_in(const char *offset, int n) {
    const char *part = part_of(offset, n);
    return part ? length_parse(part, UNIT_PX, NULL) : offset ? 0 : 2 * UNIT_POINT;
}

static bool is_off(const struct xml_node *node) {
    const char *on = xml_get_local(node, "on");
    return on && (*on == 'f' || *on == '0' || begins(on, "no"));
}

void effects_read_vml(struct story *story, const struct xml_node *node, struct shape *shape) {
    const struct xml_node *shadow = xml_child_local(node, "shadow");
    const char *type = xml_get_local(shadow, "type"), *color = xml_get_local(shadow, "color");
    const char *offset = xml_get_local(shadow, "offset");
    if (!shadow || is_off(shadow))
        return;
    if (begins(type, "double") || begins(type, "emboss") || !throws_shade(shape)) {
        unsupported(story, "v:shadow");
        return;
    }
    struct shade *s = shade_new(story->reader->pool, color ? color_named(color) : 0x808080,
                                vml_transparency(xml_get_local(shadow, "opacity")));
    s->x = offset_in(offset, 0);
    s->y = offset_in(offset, 1);
    s->upright = !begins(type, "shape");
    set_matrix(shadow, s);
    shape->shadow = s;
}
