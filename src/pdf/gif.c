/* gif: the first frame of a GIF file (GIF89a, appendices D and F). */
#include "pdf/raster.h"

#include <string.h>

enum { MAX_CODES = 4096, MAX_BITS = 12 };

struct gif {
    const unsigned char *bytes;
    size_t n, at;
    const unsigned char *colors; /* of the frame, else of the file; NULL: none */
    size_t color_count;
    int transparent; /* index; -1: none */
    int64_t left, top, width, height;
    bool interlaced;
};

static unsigned u16(const unsigned char *p) {
    return (unsigned)(p[0] | p[1] << 8);
}

static bool has(const struct gif *g, size_t n) {
    return g->n - g->at >= n;
}

static bool read_colors(struct gif *g, unsigned flags) {
    if (!(flags & 0x80))
        return true;
    size_t count = (size_t)2 << (flags & 7);
    if (!has(g, count * 3))
        return false;
    g->colors = g->bytes + g->at;
    g->color_count = count;
    g->at += count * 3;
    return true;
}

/* ---- blocks ---- */

static bool skip_blocks(struct gif *g) {
    while (has(g, 1)) {
        size_t n = g->bytes[g->at++];
        if (!n)
            return true;
        if (!has(g, n))
            return false;
        g->at += n;
    }
    return false;
}

static bool read_extension(struct gif *g) {
    enum { GRAPHIC_CONTROL = 0xF9 };
    if (!has(g, 1))
        return false;
    unsigned label = g->bytes[g->at++];
    if (label == GRAPHIC_CONTROL && has(g, 5) && g->bytes[g->at] == 4)
        g->transparent = g->bytes[g->at + 1] & 1 ? g->bytes[g->at + 4] : -1;
    return skip_blocks(g);
}

static bool read_frame(struct gif *g) {
    if (!has(g, 9))
        return false;
    const unsigned char *p = g->bytes + g->at;
    g->left = u16(p);
    g->top = u16(p + 2);
    g->width = u16(p + 4);
    g->height = u16(p + 6);
    g->interlaced = p[8] & 0x40;
    g->at += 9;
    return read_colors(g, p[8]) && g->colors;
}

/* Up to the first frame. */
static bool find_frame(struct gif *g) {
    while (has(g, 1)) {
        unsigned kind = g->bytes[g->at++];
        if (kind == 0x2C)
            return read_frame(g);
        if (kind != 0x21 || !read_extension(g))
            return false;
    }
    return false;
}

/* ---- codes (appendix F) ---- */

struct codes {
    uint16_t prefix[MAX_CODES];
    unsigned char last[MAX_CODES], stack[MAX_CODES + 1];
    unsigned clear, next, bits, first_bits;
    uint32_t held; /* bits not yet used */
    unsigned held_bits;
    size_t block; /* bytes left of it */
};

static int next_code(struct gif *g, struct codes *c) {
    while (c->held_bits < c->bits) {
        if (!c->block) {
            if (!has(g, 1) || !(c->block = g->bytes[g->at++]))
                return -1;
        }
        if (!has(g, 1))
            return -1;
        c->held |= (uint32_t)g->bytes[g->at++] << c->held_bits;
        c->held_bits += 8;
        c->block--;
    }
    unsigned code = c->held & ((1u << c->bits) - 1);
    c->held >>= c->bits;
    c->held_bits -= c->bits;
    return (int)code;
}

static void reset(struct codes *c) {
    c->bits = c->first_bits;
    c->next = c->clear + 2;
}

/* The indices a code stands for, last first; how many. */
static size_t spell(struct codes *c, unsigned code) {
    size_t n = 0;
    while (code >= c->clear + 2 && n < MAX_CODES) {
        c->stack[n++] = c->last[code];
        code = c->prefix[code];
    }
    c->stack[n++] = (unsigned char)code;
    return n;
}

/* ---- pixels ---- */

struct canvas {
    const struct gif *gif;
    struct raster *out;
    int64_t x, y; /* in the frame */
    int pass;
};

static void next_row(struct canvas *v) {
    static const int step[] = {8, 8, 4, 2}, start[] = {0, 4, 2, 1};
    v->x = 0;
    v->y += v->gif->interlaced ? step[v->pass] : 1;
    while (v->gif->interlaced && v->y >= v->gif->height && v->pass < 3)
        v->y = start[++v->pass];
}

static void put(struct canvas *v, unsigned index) {
    const struct gif *g = v->gif;
    int64_t x = g->left + v->x, y = g->top + v->y;
    if (++v->x >= g->width)
        next_row(v);
    if (x >= v->out->width || y >= v->out->height || index >= g->color_count)
        return;
    size_t at = (size_t)y * v->out->width + (size_t)x;
    memcpy(v->out->rgb + at * 3, g->colors + (size_t)index * 3, 3);
    if (v->out->alpha && (int)index != g->transparent)
        v->out->alpha[at] = 0xFF;
}

static void decode(struct gif *g, struct codes *c, struct canvas *v) {
    int code, before = -1;
    unsigned first = 0;
    while (v->y < g->height && (code = next_code(g, c)) >= 0 && (unsigned)code != c->clear + 1) {
        if ((unsigned)code == c->clear) {
            reset(c);
            before = -1;
            continue;
        }
        bool known = (unsigned)code < c->next && !(before < 0 && (unsigned)code >= c->clear);
        if (!known && ((unsigned)code != c->next || before < 0))
            return;
        size_t n = spell(c, known ? (unsigned)code : (unsigned)before);
        if (before >= 0 && c->next < MAX_CODES) {
            c->prefix[c->next] = (uint16_t)before;
            c->last[c->next] = known ? c->stack[n - 1] : (unsigned char)first;
            if (++c->next == 1u << c->bits && c->bits < MAX_BITS)
                c->bits++;
        }
        first = c->stack[n - 1];
        bool again = !known; /* the code is the one just made: it ends as it begins */
        while (n > 0)
            put(v, c->stack[--n]);
        if (again)
            put(v, first);
        before = code;
    }
}

bool gif_decode(struct pool *pool, const unsigned char *bytes, size_t n, struct raster *out) {
    struct gif g = {.bytes = bytes, .n = n, .at = 13, .transparent = -1};
    if (n < 13 || memcmp(bytes, "GIF8", 4) != 0 || !read_colors(&g, bytes[10]) || !find_frame(&g) ||
        !has(&g, 1))
        return false;
    unsigned size = g.bytes[g.at++];
    int64_t width = u16(bytes + 6), height = u16(bytes + 8);
    if (size < 1 || size > 8 || !raster_open(pool, out, width, height))
        return false;
    struct codes *c = POOL_NEW(pool, struct codes);
    bool covers = !g.left && !g.top && g.width >= width && g.height >= height;
    if (g.transparent >= 0 || !covers)
        raster_add_alpha(pool, out);
    else
        memset(out->rgb, 0xFF, (size_t)width * (size_t)height * 3);
    c->clear = 1u << size;
    c->first_bits = size + 1;
    reset(c);
    struct canvas canvas = {.gif = &g, .out = out};
    if (g.width && g.height)
        decode(&g, c, &canvas);
    out->cut = canvas.y < g.height;
    return true;
}
