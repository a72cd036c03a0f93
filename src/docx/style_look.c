/* Word's own effects of letters (MS-DOCX 2.6.1): what fills them, their outline, shadow and glow.
 */
#include "docx/style_props.h"

#include "base/angle.h"
#include "docx/wml_read.h"

#include <stdlib.h>
#include <string.h>

enum { WHOLE = 100000, STOPS_MOST = 16 };

/* An object with these bytes, made once. `kind` tells objects of different types apart. */
static const void *once(const struct props_reader *reader, char kind, const void *bytes, size_t n) {
    struct buf key = {0};
    buf_putc(&key, '\1');
    buf_putc(&key, kind);
    buf_append(&key, bytes, n);
    void **slot = intern_slot(reader->strings, buf_text(&key), key.len);
    if (!*slot) {
        *slot = pool_alloc(reader->pool, n);
        memcpy(*slot, bytes, n);
    }
    buf_free(&key);
    return *slot;
}

/* ---- gradients ---- */

static int32_t number_of(const struct xml_node *node, const char *name) {
    const char *value = xml_get_local(node, name);
    long n = value ? strtol(value, NULL, 10) : 0;
    return (int32_t)(n < -ANGLE_TURN ? 0 : n > ANGLE_TURN ? 0 : n);
}

static void add_stop(struct gradient_stop *stops, size_t n, int32_t at, int32_t color) {
    for (; n > 0 && stops[n - 1].at > at; n--)
        stops[n] = stops[n - 1];
    stops[n] = (struct gradient_stop){at, (uint32_t)color};
}

/* The colour is the mean of all. */
static bool read_gradient(const struct props_reader *reader, const struct xml_node *node,
                          struct letter_fill *fill) {
    struct gradient_stop stops[STOPS_MOST];
    const struct xml_node *stop, *line = xml_child_local(node, "lin");
    struct texture t;
    size_t n = 0;
    int64_t sum[3] = {0}, clear = 0;
    memset(stops, 0, sizeof stops);
    memset(&t, 0, sizeof t);
    XML_EACH_CHILD (stop, xml_child_local(node, "gsLst")) {
        struct paint paint = read_w14_color(reader->theme, stop);
        int32_t at = number_of(stop, "pos");
        if (paint.color < 0 || n == STOPS_MOST)
            continue;
        add_stop(stops, n++, at < 0 ? 0 : at > WHOLE ? WHOLE : at, paint.color);
        clear += paint.clear;
        for (int i = 0; i < 3; i++)
            sum[i] += paint.color >> (16 - 8 * i) & 255;
    }
    if (n < 2)
        return false;
    const int64_t count = (int64_t)n;
    fill->color = (uint32_t)(sum[0] / count << 16 | sum[1] / count << 8 | sum[2] / count);
    fill->clear = (int)(clear / count);
    t.kind = line ? TEXTURE_LINEAR : TEXTURE_RADIAL;
    t.angle = (int32_t)angle_normal(number_of(line, "ang"));
    t.center[0] = t.center[1] = t.center[2] = t.center[3] = WHOLE / 2;
    t.stops = (struct gradient_stop *)once(reader, 's', stops, n * sizeof *stops);
    t.stop_count = n;
    fill->texture = once(reader, 't', &t, sizeof t);
    return true;
}

/* ---- the four ---- */

static bool read_fill(const struct props_reader *reader, const struct xml_node *node,
                      struct run_delta *d) {
    const struct xml_node *solid = xml_child_local(node, "solidFill");
    const struct xml_node *gradient = xml_child_local(node, "gradFill");
    struct letter_fill fill;
    memset(&fill, 0, sizeof fill);
    d->set |= RUN_LETTER_FILL;
    d->look.fill = NULL;
    if (gradient && !read_gradient(reader, gradient, &fill))
        return false;
    if (solid) {
        struct paint paint = read_w14_color(reader->theme, solid);
        if (paint.color < 0 || !paint.clear)
            return true; /* it stands in w:color, too */
        fill.color = (uint32_t)paint.color;
        fill.clear = paint.clear;
    } else if (!gradient) {
        fill.clear = OPAQUE;
    }
    d->look.fill = once(reader, 'f', &fill, sizeof fill);
    return true;
}

/* Dashes, gradients and what shines through are not drawn. */
static bool is_plain_line(const struct xml_node *node, const struct paint *paint) {
    const char *dash = xml_get_local(xml_child_local(node, "prstDash"), "val");
    const char *kind = xml_get_local(node, "cmpd");
    return !paint->clear && (!dash || strcmp(dash, "solid") == 0) &&
           (!kind || strcmp(kind, "sng") == 0) && !xml_child_local(node, "gradFill");
}

static bool read_line(const struct props_reader *reader, const struct xml_node *node,
                      struct run_delta *d) {
    const struct xml_node *solid = xml_child_local(node, "solidFill");
    const char *width = xml_get_local(node, "w");
    struct paint paint = read_w14_color(reader->theme, solid);
    struct letter_line line;
    memset(&line, 0, sizeof line);
    d->set |= RUN_LETTER_LINE;
    d->look.line = NULL;
    if (!solid || paint.color < 0 || paint.clear >= OPAQUE)
        return !xml_child_local(node, "gradFill");
    line.width = width ? emu_parse(width, 0) : 0;
    line.width = line.width > 0 ? line.width : 100; /* the thinnest line */
    line.color = (uint32_t)paint.color;
    d->look.line = once(reader, 'l', &line, sizeof line);
    return is_plain_line(node, &paint);
}

static const struct shade *read_shade(const struct props_reader *reader,
                                      const struct xml_node *node) {
    struct paint paint = read_w14_color(reader->theme, node);
    struct pool *scratch = pool_new();
    struct shade shade;
    memset(&shade, 0, sizeof shade);
    memcpy(&shade, effect_shade(scratch, node, paint.color, paint.clear), sizeof shade);
    pool_free(scratch);
    return paint.clear >= OPAQUE ? NULL : once(reader, 'h', &shade, sizeof shade);
}

bool look_read(const struct props_reader *reader, const struct xml_node *node,
               struct run_delta *d) {
    if (xml_is_local(node, "textFill"))
        return read_fill(reader, node, d);
    if (xml_is_local(node, "textOutline"))
        return read_line(reader, node, d);
    if (xml_is_local(node, "shadow")) {
        d->look.shadow = read_shade(reader, node);
        d->set |= RUN_LETTER_SHADOW;
        return true;
    }
    if (xml_is_local(node, "glow")) {
        d->look.glow = read_shade(reader, node);
        d->set |= RUN_LETTER_GLOW;
        return true;
    }
    return false;
}

const struct text_look *look_settle(struct pool *pool, struct intern *values,
                                    const struct run_delta *delta, enum relief relief) {
    const struct text_look *said = &delta->look;
    if (relief == RELIEF_NONE && !said->fill && !said->line && !said->shadow && !said->glow)
        return NULL;
    const intptr_t key[] = {3,
                            relief,
                            (intptr_t)said->fill,
                            (intptr_t)said->line,
                            (intptr_t)said->shadow,
                            (intptr_t)said->glow};
    void **slot = intern_slot(values, key, sizeof key);
    if (!*slot) {
        struct text_look *look = POOL_NEW(pool, struct text_look);
        *look = *said;
        look->relief = relief;
        *slot = look;
    }
    return *slot;
}
