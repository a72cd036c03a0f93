/* Bitmaps in metafiles: files of their own for the later stages. Those that are seen through a
 * mask, or have clear pixels, or are mirrored, are written anew with 32 bits a pixel. */
#include "docx/metafile.h"
#include "docx/units.h"

#include <stdlib.h>
#include <string.h>

enum { FILE_HEADER = 14, CORE_HEADER = 12, INFO_HEADER = 40, FIELDS_HEADER = 108 };
enum { PACKED_NOT = 0, PACKED_FIELDS = 3, PACKED_JPEG = 4, PACKED_PNG = 5 };
enum {
    SOURCE = 0xCC0020,
    UNTOLD = 0, /* no operation is given */
    MASK_AND = 0x8800C6,
    MASK_OR = 0xEE0086,
    MASK_XOR = 0x660046,
    NOTHING = 0xAA0029 /* leaves what is there */
};

static struct pool *pool_of(const struct canvas *c) {
    return c->builder->story->reader->pool;
}

/* ---- pixels ---- */

struct dib {
    int64_t width, height;
    bool top_down;
    unsigned bits, packing;
    const unsigned char *colors;
    size_t color_count, color_len;
    uint32_t masks[3]; /* of 16 and 32 bits */
};

static unsigned u16(const char *p) {
    return (unsigned)((unsigned char)p[0] | (unsigned char)p[1] << 8);
}

static uint32_t u32(const char *p) {
    return (uint32_t)u16(p) | (uint32_t)u16(p + 2) << 16;
}

static void set_masks(const struct gdi_bitmap *b, struct dib *d) {
    static const uint32_t usual[2][3] = {{0x7C00, 0x3E0, 0x1F}, {0xFF0000, 0xFF00, 0xFF}};
    memcpy(d->masks, usual[d->bits == 32], sizeof d->masks);
    for (size_t i = 0; d->packing == PACKED_FIELDS && i < 3; i++)
        if (b->header_len >= INFO_HEADER + 12)
            d->masks[i] = u32(b->header + INFO_HEADER + 4 * i);
}

static bool read_header(const struct gdi_bitmap *b, struct dib *d) {
    const char *p = b->header;
    size_t size = b->header_len >= CORE_HEADER ? u32(p) : 0;
    if (size == CORE_HEADER) {
        *d = (struct dib){.width = u16(p + 4), .height = u16(p + 6), .bits = u16(p + 10)};
    } else if (size >= INFO_HEADER && size <= b->header_len) {
        int64_t height = (int32_t)u32(p + 8);
        *d = (struct dib){.width = (int32_t)u32(p + 4),
                          .height = height < 0 ? -height : height,
                          .top_down = height < 0,
                          .bits = u16(p + 14),
                          .packing = u32(p + 16)};
    } else {
        return false;
    }
    set_masks(b, d);
    d->color_len = size == CORE_HEADER ? 3 : 4;
    d->colors = (const unsigned char *)p + size;
    d->color_count = (b->header_len - size) / d->color_len;
    return d->width > 0 && d->height > 0;
}

struct pixels { /* rows from top to bottom: 0xAARRGGBB */
    int64_t width, height;
    uint32_t *at;
};

static uint32_t color_of(const struct dib *d, unsigned index) {
    const unsigned char *p = d->colors + index * d->color_len;
    return index < d->color_count ? (uint32_t)p[0] | (uint32_t)p[1] << 8 | (uint32_t)p[2] << 16 : 0;
}

static uint32_t field_of(uint32_t value, uint32_t mask) {
    if (!mask)
        return 0;
    while (!(mask & 1)) {
        mask >>= 1;
        value >>= 1;
    }
    return (uint32_t)((uint64_t)(value & mask) * 255 / mask);
}

static uint32_t pixel_of(const struct dib *d, const unsigned char *row, size_t x) {
    size_t bit = x * d->bits;
    const unsigned char *p = row + bit / 8;
    if (d->bits <= 8)
        return 0xFF000000 |
               color_of(d, (unsigned)*p >> (8 - d->bits - bit % 8) & ((1u << d->bits) - 1));
    if (d->bits == 24)
        return 0xFF000000 | (uint32_t)p[0] | (uint32_t)p[1] << 8 | (uint32_t)p[2] << 16;
    uint32_t v = (uint32_t)p[0] | (uint32_t)p[1] << 8, color = 0xFF;
    if (d->bits == 32) {
        v |= (uint32_t)p[2] << 16 | (uint32_t)p[3] << 24;
        color = p[3];
    }
    for (int i = 0; i < 3; i++)
        color = color << 8 | field_of(v, d->masks[i]);
    return color;
}

/* False: it is packed, torn or too large. */
static bool decode(struct pool *pool, const struct gdi_bitmap *b, struct pixels *out) {
    enum { SIDE = 1 << 15, MOST = 1 << 25 };
    struct dib d;
    if (!read_header(b, &d) || (d.packing != PACKED_NOT && d.packing != PACKED_FIELDS) ||
        d.width > SIDE || d.height > SIDE || d.width * d.height > MOST)
        return false;
    bool known =
        d.bits == 1 || d.bits == 4 || d.bits == 8 || d.bits == 16 || d.bits == 24 || d.bits == 32;
    size_t row = ((size_t)d.width * d.bits + 31) / 32 * 4;
    if (!known || row * (size_t)d.height > b->pixel_bytes)
        return false;
    *out = (struct pixels){.width = d.width, .height = d.height};
    out->at = pool_alloc(pool, (size_t)(d.width * d.height) * sizeof *out->at);
    for (int64_t y = 0; y < d.height; y++) {
        const unsigned char *from =
            (const unsigned char *)b->pixels + row * (size_t)(d.top_down ? y : d.height - 1 - y);
        for (int64_t x = 0; x < d.width; x++)
            out->at[y * d.width + x] = pixel_of(&d, from, (size_t)x);
    }
    return true;
}

/* ---- files ---- */

static void put_u32(char *to, uint32_t v) {
    for (int i = 0; i < 4; i++)
        to[i] = (char)(v >> 8 * i);
}

static char *begin_file(struct pool *pool, size_t header, size_t pixels, size_t *len) {
    *len = FILE_HEADER + header + pixels;
    char *file = pool_alloc(pool, *len);
    memset(file, 0, FILE_HEADER + header);
    memcpy(file, "BM", 2);
    put_u32(file + 10, (uint32_t)(FILE_HEADER + header));
    return file;
}

/* The file such a bitmap would be: pixels packed as JPEG or PNG are one already. */
static void plain_file(struct pool *pool, const struct gdi_bitmap *b, struct picture *picture) {
    unsigned packing = b->header_len >= INFO_HEADER ? u32(b->header + 16) : PACKED_NOT;
    if (packing == PACKED_JPEG || packing == PACKED_PNG) {
        picture->bytes = b->pixels;
        picture->len = b->pixel_bytes;
        return;
    }
    char *file = begin_file(pool, b->header_len, b->pixel_bytes, &picture->len);
    memcpy(file + FILE_HEADER, b->header, b->header_len);
    memcpy(file + FILE_HEADER + b->header_len, b->pixels, b->pixel_bytes);
    picture->bytes = file;
}

static void clear_file(struct pool *pool, const struct pixels *p, struct picture *picture) {
    static const uint32_t masks[4] = {0xFF0000, 0xFF00, 0xFF, 0xFF000000};
    size_t n = (size_t)(p->width * p->height);
    char *file = begin_file(pool, FIELDS_HEADER, 4 * n, &picture->len), *to = file + FILE_HEADER;
    put_u32(to, FIELDS_HEADER);
    put_u32(to + 4, (uint32_t)p->width);
    put_u32(to + 8, (uint32_t)-p->height);
    to[12] = 1;
    to[14] = 32;
    put_u32(to + 16, PACKED_FIELDS);
    for (int i = 0; i < 4; i++)
        put_u32(to + INFO_HEADER + 4 * i, masks[i]);
    for (size_t i = 0; i < n; i++)
        put_u32(to + FIELDS_HEADER + 4 * i, p->at[i]);
    picture->bytes = file;
}

/* ---- what of them is clear ---- */

/* Colours that were multiplied by how dense they are, as they were. */
static void part_alpha(struct pixels *p) {
    for (int64_t i = 0; i < p->width * p->height; i++) {
        uint32_t v = p->at[i], alpha = v >> 24, out = v & 0xFF000000;
        for (int shift = 0; alpha && shift <= 16; shift += 8) {
            uint32_t part = ((v >> shift & 255) * 255 + alpha / 2) / alpha;
            out |= (part > 255 ? 255 : part) << shift;
        }
        p->at[i] = out;
    }
}

/* Pixels of one colour are not drawn; the others are. */
static void leave_out(struct pixels *p, uint32_t color) {
    for (int64_t i = 0; i < p->width * p->height; i++)
        p->at[i] = (p->at[i] & 0xFFFFFF) == color ? 0 : p->at[i] | 0xFF000000;
}

/* The part of them that is seen: left, top, width, height. */
static void seen_part(const struct gdi_bitmap *b, const struct pixels *p, int64_t out[4]) {
    const int64_t whole[4] = {0, 0, p->width, p->height};
    bool part =
        b->from[2] > 0 && b->from[3] > 0 && b->from[2] <= p->width && b->from[3] <= p->height;
    memcpy(out, part ? b->from : whole, sizeof whole);
}

/* White of the mask leaves what is there; elsewhere the picture is drawn. */
static void look_through(struct pixels *p, const int64_t part[4], const struct pixels *mask,
                         const int64_t mask_part[4]) {
    for (int64_t y = 0; y < p->height; y++)
        for (int64_t x = 0; x < p->width; x++) {
            uint32_t *v = &p->at[y * p->width + x];
            int64_t mx = mask_part[0] + (x - part[0]) * mask_part[2] / part[2];
            int64_t my = mask_part[1] + (y - part[1]) * mask_part[3] / part[3];
            bool there = mx >= 0 && mx < mask->width && my >= 0 && my < mask->height;
            uint32_t m = there ? mask->at[my * mask->width + mx] : 0xFFFFFF;
            *v = (m & 0xFFFFFF) == 0xFFFFFF ? 0 : *v | 0xFF000000;
        }
}

static void mirror(struct pixels *p, bool across, bool down) {
    for (int64_t y = 0; across && y < p->height; y++)
        for (int64_t x = 0; x < p->width / 2; x++) {
            uint32_t *a = &p->at[y * p->width + x], *b = &p->at[(y + 1) * p->width - 1 - x], v = *a;
            *a = *b;
            *b = v;
        }
    for (int64_t y = 0; down && y < p->height / 2; y++)
        for (int64_t x = 0; x < p->width; x++) {
            uint32_t *a = &p->at[y * p->width + x], *b = &p->at[(p->height - 1 - y) * p->width + x],
                     v = *a;
            *a = *b;
            *b = v;
        }
}

/* ---- where ---- */

struct span {
    int64_t from, to; /* mpt; to is not before from */
};

/* The part that is seen lies on `box`: then all of it lies on what is returned. */
static struct span all_of(struct span box, int64_t from, int64_t part, int64_t all) {
    int64_t size = box.to - box.from;
    struct span span = {box.from - from * size / part, 0};
    span.to = span.from + all * size / part;
    return span;
}

/* As room added around what fills the part (struct picture). */
static bool room_around(const struct canvas *c, const struct span span[2],
                        struct picture *picture) {
    int64_t width = span[0].to - span[0].from, height = span[1].to - span[1].from;
    if (width < 1 || height < 1)
        return false;
    const int64_t around[4] = {[EDGE_TOP] = span[1].from * 100000 / height,
                               [EDGE_LEFT] = span[0].from * 100000 / width,
                               [EDGE_BOTTOM] = (c->place->height - span[1].to) * 100000 / height,
                               [EDGE_RIGHT] = (c->place->width - span[0].to) * 100000 / width};
    for (int e = 0; e < 4; e++) {
        if (around[e] > 100000000 || around[e] < -10000000)
            return false;
        picture->crop[e] = (int32_t)-around[e];
    }
    return true;
}

/* Which way it lies, and what of it is cut off (which becomes a clip). */
static bool place(struct canvas *c, const struct gdi_bitmap *b, struct picture *picture,
                  bool mirrored[2]) {
    mpt at[2][2];
    struct span span[2];
    struct dib d;
    canvas_map(c, b->box[0], b->box[1], &at[0][0], &at[0][1]);
    canvas_map(c, b->box[0] + b->box[2], b->box[1] + b->box[3], &at[1][0], &at[1][1]);
    for (int i = 0; i < 2; i++) {
        mirrored[i] = at[1][i] < at[0][i];
        span[i] = (struct span){at[mirrored[i]][i], at[!mirrored[i]][i]};
    }
    bool known = read_header(b, &d);
    if (known && b->from[2] > 0 && b->from[3] > 0 &&
        (b->from[2] < d.width || b->from[3] < d.height)) {
        const int64_t all[2] = {d.width, d.height};
        clip_by_box(
            c,
            (const int64_t[4]){b->box[0], b->box[1], b->box[0] + b->box[2], b->box[1] + b->box[3]},
            CLIP_AND);
        for (int i = 0; i < 2; i++) {
            bool below = i == 1 && b->from_below && !d.top_down;
            int64_t from = below ? all[i] - b->from[i] - b->from[i + 2] : b->from[i];
            from = mirrored[i] ? all[i] - from - b->from[i + 2] : from;
            span[i] = all_of(span[i], from, b->from[i + 2], all[i]);
        }
    }
    return room_around(c, span, picture);
}

/* ---- drawing ---- */

static bool same_box(const struct gdi_bitmap *a, const struct gdi_bitmap *b) {
    return memcmp(a->box, b->box, sizeof a->box) == 0;
}

/* `mask`: it is seen where that is not white; or NULL. */
static void fill_file(struct canvas *c, const struct gdi_bitmap *b, const struct gdi_bitmap *mask,
                      const bool mirrored[2], struct picture *picture) {
    struct pixels pixels, through;
    bool alone = b->operation == MASK_AND || b->operation == MASK_OR || b->operation == MASK_XOR;
    bool plain = !mask && !alone && b->clear == BITMAP_OPAQUE && !mirrored[0] && !mirrored[1];
    if (plain || !decode(pool_of(c), b, &pixels)) {
        if (!plain)
            canvas_name(c, "bitmap: mask, alpha");
        plain_file(pool_of(c), b, picture);
        return;
    }
    if (b->clear == BITMAP_ALPHA)
        part_alpha(&pixels);
    else
        leave_out(&pixels, b->clear == BITMAP_KEYED   ? b->key
                           : b->operation == MASK_AND ? 0xFFFFFF
                           : alone && !mask           ? 0
                                                      : UINT32_MAX);
    if (mask && decode(pool_of(c), mask, &through)) {
        int64_t part[2][4];
        seen_part(b, &pixels, part[0]);
        seen_part(mask, &through, part[1]);
        look_through(&pixels, part[0], &through, part[1]);
    }
    mirror(&pixels, mirrored[0], mirrored[1]);
    clear_file(pool_of(c), &pixels, picture);
}

static void draw(struct canvas *c, const struct gdi_bitmap *b, const struct gdi_bitmap *mask) {
    struct picture *picture = POOL_NEW(pool_of(c), struct picture);
    const struct picture *whole = c->place->picture;
    const struct region *outer = c->state.clip;
    bool mirrored[2] = {false, false};
    if (c->state.world[1] || c->state.world[2])
        canvas_name(c, "bitmap: turned");
    struct shape *shape = place(c, b, picture, mirrored) ? canvas_shape(c, SHAPE_PICTURE) : NULL;
    c->state.clip = outer;
    if (!shape)
        return;
    fill_file(c, b, mask, mirrored, picture);
    shape->clear += (OPAQUE - shape->clear) * b->clearness / 255;
    picture->width = c->place->width;
    picture->height = c->place->height;
    picture->part = whole->part;
    picture->story = whole->story;
    picture->number = whole->number;
    picture->recolor = whole->recolor;
    picture->description = whole->description;
    shape->picture = picture;
}

/* Dots that are and-ed with the paper: white ones leave it. */
void bitmap_flush(struct canvas *c) {
    const struct gdi_bitmap *mask = c->mask;
    c->mask = NULL;
    if (mask)
        draw(c, mask, NULL);
}

void canvas_bitmap(struct canvas *c, const struct gdi_bitmap *b) {
    if (b->header_len < CORE_HEADER || !b->pixel_bytes || b->operation == NOTHING)
        return;
    const struct gdi_bitmap *mask = c->mask;
    bool mixes = b->operation == MASK_OR || b->operation == MASK_XOR;
    if (mask && mixes && same_box(mask, b)) {
        c->mask = NULL;
        draw(c, b, mask);
        return;
    }
    bitmap_flush(c);
    if (b->operation == MASK_AND) {
        struct gdi_bitmap *copy = POOL_NEW(pool_of(c), struct gdi_bitmap);
        *copy = *b;
        c->mask = copy;
        return;
    }
    if (b->operation != SOURCE && b->operation != UNTOLD)
        canvas_name(c, "raster operation");
    draw(c, b, NULL);
}
