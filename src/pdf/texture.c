#include "pdf/texture.h"
#include "base/angle.h"

#include <stdlib.h>

enum { WHOLE = 100000 };

/* ---- objects ---- */

static void put_color(struct buf *out, uint32_t color) {
    for (int shift = 16; shift >= 0; shift -= 8) {
        buf_put_milli(out, ((int64_t)(color >> shift & 0xFF) * 1000 + 127) / 255);
        buf_putc(out, ' ');
    }
}

static void put_colors(struct buf *out, uint32_t from, uint32_t to) {
    buf_puts(out, "<</FunctionType 2/Domain[0 1]/N 1/C0[");
    put_color(out, from);
    buf_puts(out, "]/C1[");
    put_color(out, to);
    buf_puts(out, "]>>");
}

static void put_share(struct buf *out, int64_t parts) { /* of WHOLE */
    buf_printf(out, "%lld.%05lld ", (long long)(parts / WHOLE), (long long)(parts % WHOLE));
}

/* From one stop to the next; before the first and after the last their colours go on. */
static void put_function(struct buf *out, const struct texture *t) {
    const struct gradient_stop *stops = t->stops;
    size_t n = t->stop_count;
    buf_puts(out, "<</FunctionType 3/Domain[0 1]/Functions[");
    put_colors(out, stops[0].color, stops[0].color);
    for (size_t i = 0; i + 1 < n; i++)
        put_colors(out, stops[i].color, stops[i + 1].color);
    put_colors(out, stops[n - 1].color, stops[n - 1].color);
    buf_puts(out, "]/Bounds[");
    for (size_t i = 0; i < n; i++)
        put_share(out, stops[i].at);
    buf_puts(out, "]/Encode[");
    for (size_t i = 0; i < n + 1; i++)
        buf_puts(out, "0 1 ");
    buf_puts(out, "]>>");
}

/* Along the x axis from 0 to 1, or about the origin as far as 1: the matrix before it does the
 * rest. */
static unsigned add_shading(const struct texture *t, struct objects *objects) {
    struct buf entries = {0};
    bool radial = t->kind == TEXTURE_RADIAL;
    buf_puts(&entries,
             radial ? "/ShadingType 3/Coords[0 0 0 0 0 1]" : "/ShadingType 2/Coords[0 0 1 0]");
    buf_puts(&entries, "/ColorSpace/DeviceRGB/Extend[true true]/Function");
    put_function(&entries, t);
    unsigned number = object_add(objects, &entries);
    buf_free(&entries);
    return number;
}

/* The dots that are set; one is as large as Word's, 96 of which go on an inch. What is not set is
 * painted before, so that no viewer shows the paper in the seams. */
static unsigned add_pattern(const struct texture *t, struct objects *objects) {
    struct buf entries = {0}, content = {0};
    buf_puts(&entries, "/Type/Pattern/PatternType 1/PaintType 1/TilingType 1/BBox[0 0 8 8]"
                       "/XStep 8/YStep 8/Resources<<>>/Matrix[.75 0 0 .75 0 0]");
    put_color(&content, t->fore);
    buf_puts(&content, "rg\n");
    for (int y = 0; y < 8; y++)
        for (int x = 0, n; x < 8; x += n) {
            for (n = 0; x + n < 8 && t->rows[y] >> (x + n) & 1;)
                n++;
            if (n)
                buf_printf(&content, "%d %d %d 1 re\n", x, 7 - y, n);
            n += !n;
        }
    buf_puts(&content, "f\n");
    unsigned number = object_add_packed(objects, &entries, buf_text(&content), content.len);
    buf_free(&entries);
    buf_free(&content);
    return number;
}

static uint64_t key_of(const struct texture *t) {
    return (uint64_t)(uintptr_t)t;
}

void texture_set_add(struct texture_set *set, const struct texture *t, struct objects *objects) {
    uint32_t *known = idmap_at(set->pool, &set->known, key_of(t));
    if (*known || t->kind == TEXTURE_PICTURE)
        return;
    if (t->kind == TEXTURE_PATTERN) {
        *VEC_PUSH(set->pool, &set->patterns) = add_pattern(t, objects);
        *known = (uint32_t)set->patterns.n;
    } else {
        *VEC_PUSH(set->pool, &set->shadings) = add_shading(t, objects);
        *known = (uint32_t)set->shadings.n;
    }
}

static void put_names(struct buf *out, const char *name, char letter, const unsigned *objects,
                      size_t n) {
    if (!n)
        return;
    buf_printf(out, "/%s<<", name);
    for (size_t i = 0; i < n; i++)
        buf_printf(out, "/%c%zu %u 0 R", letter, i + 1, objects[i]);
    buf_puts(out, ">>");
}

void texture_put_resources(const struct texture_set *set, struct buf *out) {
    put_names(out, "Shading", 'G', set->shadings.at, set->shadings.n);
    put_names(out, "Pattern", 'P', set->patterns.at, set->patterns.n);
}

/* ---- painting ---- */

struct matrix {
    int64_t a, b, c, d; /* mpt a unit */
    int64_t x, y;
};

static void put_matrix(struct buf *out, const struct matrix *m) {
    const int64_t all[6] = {m->a, m->b, m->c, m->d, m->x, m->y};
    for (int i = 0; i < 6; i++) {
        buf_put_milli(out, all[i]);
        buf_putc(out, ' ');
    }
    buf_puts(out, "cm\n");
}

/* The gradient's line goes through the box's centre, so far that its ends lie level with the
 * corners. The y axis points up here, angles go with the clock. */
static struct matrix linear(const struct texture *t, struct filled_box box) {
    int64_t angle = t->angle;
    if (t->scaled)
        angle = angle_of(box.width * angle_cos(angle) / SINE_ONE,
                         box.height * angle_sin(angle) / SINE_ONE);
    int64_t cosine = angle_cos(angle), sine = angle_sin(angle);
    int64_t length = (box.width * llabs(cosine) + box.height * llabs(sine)) / SINE_ONE;
    int64_t dx = length * cosine / SINE_ONE, dy = -length * sine / SINE_ONE;
    return (struct matrix){
        dx, dy, -dy, dx, box.x + box.width / 2 - dx / 2, box.y + box.height / 2 - dy / 2};
}

/* Ellipses about the centre, of the box's proportions, of which the last goes through the farthest
 * corner: root of 2 times as wide as one that touches the sides. */
static struct matrix radial(const struct texture *t, struct filled_box box) {
    int64_t across = ((int64_t)t->center[0] + WHOLE - t->center[2]) / 2;
    int64_t down = ((int64_t)t->center[1] + WHOLE - t->center[3]) / 2;
    int64_t far_x = across > WHOLE / 2 ? across : WHOLE - across;
    int64_t far_y = down > WHOLE / 2 ? down : WHOLE - down;
    return (struct matrix){box.width * far_x / WHOLE * 1414 / 1000,
                           0,
                           0,
                           box.height * far_y / WHOLE * 1414 / 1000,
                           box.x + box.width * across / WHOLE,
                           box.y + box.height * (WHOLE - down) / WHOLE};
}

static void put_image(struct buf *out, size_t number, struct filled_box box) {
    buf_puts(out, "q ");
    put_matrix(out, &(struct matrix){box.width, 0, 0, box.height, box.x, box.y});
    buf_printf(out, "/I%zu Do Q\n", number);
}

static void put_stretched(const struct texture *t, size_t number, struct filled_box box,
                          struct buf *out) {
    const int32_t *crop = t->picture->crop;
    int64_t wide = WHOLE - (int64_t)crop[EDGE_LEFT] - crop[EDGE_RIGHT];
    int64_t high = WHOLE - (int64_t)crop[EDGE_TOP] - crop[EDGE_BOTTOM];
    if (wide <= 0 || high <= 0)
        return;
    int64_t w = box.width * WHOLE / wide, h = box.height * WHOLE / high;
    put_image(out, number,
              (struct filled_box){box.x - w * crop[EDGE_LEFT] / WHOLE,
                                  box.y - h * crop[EDGE_BOTTOM] / WHOLE, w, h});
}

/* From the top left corner; very many tiles are drawn larger instead. */
static void put_tiles(const struct texture *t, size_t number, struct filled_box box,
                      struct buf *out) {
    enum { PIXEL = 750, TILES_MOST = 400 };
    uint32_t pixels[2] = {0, 0};
    if (!picture_pixels(t->picture, pixels))
        pixels[0] = pixels[1] = 64;
    int64_t w = (int64_t)pixels[0] * PIXEL * t->tile_scale[0] / WHOLE;
    int64_t h = (int64_t)pixels[1] * PIXEL * t->tile_scale[1] / WHOLE;
    w = w > 0 ? w : PIXEL;
    h = h > 0 ? h : PIXEL;
    while ((box.width / w + 1) * (box.height / h + 1) > TILES_MOST) {
        w *= 2;
        h *= 2;
    }
    for (int64_t top = 0; top < box.height; top += h)
        for (int64_t left = 0; left < box.width; left += w)
            put_image(out, number,
                      (struct filled_box){box.x + left, box.y + box.height - top - h, w, h});
}

static void put_box(struct buf *out, struct filled_box box) {
    const int64_t all[4] = {box.x, box.y, box.width, box.height};
    for (int i = 0; i < 4; i++) {
        buf_put_milli(out, all[i]);
        buf_putc(out, ' ');
    }
    buf_puts(out, "re f\n");
}

void texture_put(const struct texture_set *set, const struct texture *t, size_t picture,
                 struct filled_box box, struct buf *out) {
    size_t number = idmap_get(&set->known, key_of(t));
    struct matrix m;
    switch (t->kind) {
    case TEXTURE_LINEAR:
    case TEXTURE_RADIAL:
        m = (t->kind == TEXTURE_LINEAR ? linear : radial)(t, box);
        put_matrix(out, &m);
        buf_printf(out, "/G%zu sh\n", number);
        break;
    case TEXTURE_PATTERN:
        put_color(out, t->back);
        buf_puts(out, "rg\n");
        put_box(out, box);
        buf_printf(out, "/Pattern cs/P%zu scn\n", number);
        put_box(out, box);
        break;
    case TEXTURE_PICTURE:
        if (picture)
            (t->tiled ? put_tiles : put_stretched)(t, picture, box, out);
        break;
    }
}
