/* Records of enhanced metafiles that put bitmaps, or fill boxes. */
#include "docx/emf.h"

/* Four offsets and sizes: of the header with its colours, and of the pixels. */
static bool read_bits(const struct emf_record *r, size_t at, struct gdi_bitmap *b) {
    size_t header = emf_u32(r, at), bits = emf_u32(r, at + 8);
    b->header_len = emf_u32(r, at + 4);
    b->pixel_bytes = emf_u32(r, at + 12);
    if (header > r->n || b->header_len > r->n - header || bits > r->n ||
        b->pixel_bytes > r->n - bits)
        return false;
    b->header = (const char *)r->bytes + header;
    b->pixels = (const char *)r->bytes + bits;
    return true;
}

/* BITBLT and its kin: the box at 24, the operation at 40, the place in the source at 44. */
static void play_block(struct canvas *c, const struct emf_record *r) {
    enum { SOURCE = 0xCC0020, PIXEL_ALPHA = 1 };
    struct gdi_bitmap b = {.operation = emf_u32(r, 40)};
    bool sized = r->kind != EMR_BITBLT;
    for (size_t i = 0; i < 4; i++)
        b.box[i] = emf_i32(r, 24 + 4 * i);
    b.from[0] = emf_i32(r, 44);
    b.from[1] = emf_i32(r, 48);
    b.from[2] = sized ? emf_i32(r, 100) : b.box[2];
    b.from[3] = sized ? emf_i32(r, 104) : b.box[3];
    if (!read_bits(r, 84, &b))
        return;
    if (!b.header_len && (r->kind == EMR_BITBLT || r->kind == EMR_STRETCHBLT)) {
        canvas_area(c, b.operation, b.box);
        return;
    }
    if (r->kind == EMR_ALPHABLEND) {
        unsigned constant = b.operation >> 16 & 255;
        b.clear = b.operation >> 24 & PIXEL_ALPHA ? BITMAP_ALPHA : BITMAP_OPAQUE;
        b.clearness = 255 - (int)constant;
    } else if (r->kind == EMR_TRANSPARENTBLT) {
        b.clear = BITMAP_KEYED;
        b.key = emf_color(r, 40);
    }
    if (r->kind == EMR_ALPHABLEND || r->kind == EMR_TRANSPARENTBLT)
        b.operation = SOURCE;
    canvas_bitmap(c, &b);
}

/* Bitmaps that are no device's: place and size of the source at 32. */
static void play_dib(struct canvas *c, const struct emf_record *r) {
    bool stretched = r->kind == EMR_STRETCHDIBITS;
    struct gdi_bitmap b = {.operation = stretched ? emf_u32(r, 68) : 0, .from_below = true};
    size_t size = stretched ? 72 : 40;
    b.box[0] = emf_i32(r, 24);
    b.box[1] = emf_i32(r, 28);
    b.box[2] = emf_i32(r, size);
    b.box[3] = emf_i32(r, size + 4);
    for (size_t i = 0; i < 4; i++)
        b.from[i] = emf_i32(r, 32 + 4 * i);
    if (read_bits(r, 48, &b))
        canvas_bitmap(c, &b);
}

static void play_pixel(struct canvas *c, const struct emf_record *r) {
    const int64_t box[4] = {emf_i32(r, 8), emf_i32(r, 12), 1, 1};
    struct gdi_brush brush = c->state.brush;
    c->state.brush = (struct gdi_brush){.color = emf_color(r, 16)};
    canvas_area(c, 0xF00021, box);
    c->state.brush = brush;
}

/* ---- gradients ---- */

struct vertex {
    int64_t x, y;
    uint32_t color;
};

static struct vertex vertex_at(const struct emf_record *r, uint32_t i) {
    enum { FIRST = 36, EACH = 16 };
    size_t at = i < r->n / EACH ? FIRST + EACH * (size_t)i : r->n;
    struct vertex v = {.x = emf_i32(r, at), .y = emf_i32(r, at + 4)};
    for (size_t k = 0; k < 3; k++) /* 16 bits each, of which the upper ones are seen */
        v.color = v.color << 8 | ((uint16_t)emf_i16(r, at + 8 + 2 * k) >> 8);
    return v;
}

/* A box from one colour to another, across or down. Textures lie over the whole picture: there it
 * begins and ends where the box does. */
static void put_gradient(struct canvas *c, const struct vertex v[2], bool down) {
    struct pool *pool = c->builder->story->reader->pool;
    struct texture *t = POOL_NEW(pool, struct texture);
    const int64_t whole = down ? c->place->height : c->place->width;
    mpt at[2][2];
    t->kind = TEXTURE_LINEAR;
    t->stops = POOL_ARRAY(pool, struct gradient_stop, 2);
    t->stop_count = 2;
    t->angle = down ? 90 * 60000 : 0;
    for (int i = 0; i < 2; i++)
        canvas_map(c, v[i].x, v[i].y, &at[i][0], &at[i][1]);
    bool turned = at[0][down] > at[1][down];
    for (int i = 0; i < 2; i++) {
        int from = turned ? 1 - i : i;
        int64_t where = (int64_t)at[from][down] * 100000 / whole;
        t->stops[i].at = (int32_t)(where < 0 ? 0 : where > 100000 ? 100000 : where);
        t->stops[i].color = canvas_seen(c, v[from].color);
    }
    canvas_rect(c, v[0].x, v[0].y, v[1].x, v[1].y);
    canvas_paint_texture(c, t);
}

static void play_gradient(struct canvas *c, const struct emf_record *r) {
    enum { DOWN = 1, TRIANGLES = 2, VERTEX = 16, FIRST = 36 };
    uint32_t vertices = emf_u32(r, 24), n = emf_u32(r, 28), mode = emf_u32(r, 32);
    if (mode >= TRIANGLES) {
        canvas_name(c, "GRADIENTFILL");
        return;
    }
    size_t at = vertices < r->n / VERTEX ? FIRST + VERTEX * (size_t)vertices : r->n;
    for (uint32_t i = 0; i < n && at + 8 <= r->n; i++, at += 8) {
        uint32_t first = emf_u32(r, at), last = emf_u32(r, at + 4);
        if (first >= vertices || last >= vertices)
            continue;
        const struct vertex v[2] = {vertex_at(r, first), vertex_at(r, last)};
        put_gradient(c, v, mode == DOWN);
    }
}

bool emf_play_bitmap(struct canvas *c, const struct emf_record *r) {
    switch (r->kind) {
    case EMR_BITBLT:
    case EMR_STRETCHBLT:
    case EMR_ALPHABLEND:
    case EMR_TRANSPARENTBLT:
        play_block(c, r);
        return true;
    case EMR_SETDIBITS:
    case EMR_STRETCHDIBITS:
        play_dib(c, r);
        return true;
    case EMR_SETPIXEL:
        play_pixel(c, r);
        return true;
    case EMR_GRADIENTFILL:
        play_gradient(c, r);
        return true;
    default:
        return false;
    }
}
