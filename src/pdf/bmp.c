/* bmp: Windows bitmaps ([MS-WMF] 2.2.2.9, DeviceIndependentBitmap, behind a file header). */
#include "pdf/raster.h"

#include <string.h>

enum { PLAIN = 0, RUNS_8 = 1, RUNS_4 = 2, FIELDS = 3 }; /* compression */
enum { FILE_HEADER = 14, CORE_HEADER = 12, INFO_HEADER = 40, ALPHA_HEADER = 56 };

struct bmp {
    struct pool *pool;
    const unsigned char *bytes;
    size_t n, pixels; /* where they begin */
    int64_t width, height;
    bool top_down;
    unsigned bits, compression;
    size_t palette, colors; /* where it begins, how many; three or four bytes each */
    size_t color_len;
    uint32_t masks[4]; /* the last: how dense it is; 0: all is opaque */
};

static unsigned u16(const unsigned char *p) {
    return (unsigned)(p[0] | p[1] << 8);
}

static uint32_t u32(const unsigned char *p) {
    return (uint32_t)p[0] | (uint32_t)p[1] << 8 | (uint32_t)p[2] << 16 | (uint32_t)p[3] << 24;
}

/* ---- the header ---- */

static bool read_core(struct bmp *b, const unsigned char *header) {
    b->width = u16(header + 4);
    b->height = u16(header + 6);
    b->bits = u16(header + 10);
    b->palette = FILE_HEADER + CORE_HEADER;
    b->color_len = 3;
    b->colors = b->bits <= 8 ? (size_t)1 << b->bits : 0;
    return true;
}

static void read_masks(struct bmp *b, size_t size) {
    static const uint32_t usual[2][3] = {{0x7C00, 0x3E0, 0x1F}, {0xFF0000, 0xFF00, 0xFF}};
    memcpy(b->masks, usual[b->bits == 32], sizeof usual[0]);
    if (b->compression != FIELDS)
        return;
    if (b->n >= FILE_HEADER + INFO_HEADER + 12)
        for (int i = 0; i < 3; i++)
            b->masks[i] = u32(b->bytes + FILE_HEADER + INFO_HEADER + 4 * i);
    if (size == INFO_HEADER)
        b->palette += 12;
    if (size >= ALPHA_HEADER && b->n >= FILE_HEADER + ALPHA_HEADER)
        b->masks[3] = u32(b->bytes + FILE_HEADER + INFO_HEADER + 12);
}

static bool read_info(struct bmp *b, const unsigned char *header, size_t size) {
    int32_t height = (int32_t)u32(header + 8);
    if (b->n < FILE_HEADER + INFO_HEADER || height == INT32_MIN)
        return false;
    b->width = (int32_t)u32(header + 4);
    b->top_down = height < 0;
    b->height = height < 0 ? -height : height;
    b->bits = u16(header + 14);
    b->compression = u32(header + 16);
    b->palette = FILE_HEADER + size;
    b->color_len = 4;
    b->colors = u32(header + 32);
    if (b->bits <= 8 && (!b->colors || b->colors > (size_t)1 << b->bits))
        b->colors = (size_t)1 << b->bits;
    read_masks(b, size);
    return true;
}

static bool read_header(struct bmp *b) {
    const unsigned char *p = b->bytes;
    if (b->n < FILE_HEADER + CORE_HEADER || p[0] != 'B' || p[1] != 'M')
        return false;
    b->pixels = u32(p + 10);
    size_t size = u32(p + FILE_HEADER);
    if (size > b->n)
        return false;
    bool known = size == CORE_HEADER ? read_core(b, p + FILE_HEADER)
                                     : size >= INFO_HEADER && read_info(b, p + FILE_HEADER, size);
    if (!known || b->pixels > b->n || b->palette > b->n)
        return false;
    bool depth = b->bits == 1 || b->bits == 4 || b->bits == 8 || b->bits == 16 || b->bits == 24 ||
                 b->bits == 32;
    bool packed = (b->compression == RUNS_8 && b->bits == 8) ||
                  (b->compression == RUNS_4 && b->bits == 4) ||
                  (b->compression == FIELDS && b->bits >= 16);
    return depth && (b->compression == PLAIN || packed);
}

/* ---- pixels ---- */

static void put_index(const struct bmp *b, struct raster *r, int64_t x, int64_t line,
                      unsigned index) {
    int64_t y = b->top_down ? line : b->height - 1 - line;
    size_t at = b->palette + index * b->color_len;
    if (x < 0 || x >= b->width || y < 0 || y >= b->height || index >= b->colors || at + 3 > b->n)
        return;
    unsigned char *to = r->rgb + ((size_t)y * r->width + (size_t)x) * 3;
    to[0] = b->bytes[at + 2];
    to[1] = b->bytes[at + 1];
    to[2] = b->bytes[at];
}

static unsigned char field_of(uint32_t value, uint32_t mask) {
    if (!mask)
        return 0;
    while (!(mask & 1)) {
        mask >>= 1;
        value >>= 1;
    }
    return (unsigned char)((uint64_t)(value & mask) * 255 / mask);
}

static void put_true(const struct bmp *b, unsigned char *to, const unsigned char *from) {
    uint32_t value = b->bits == 16   ? u16(from)
                     : b->bits == 32 ? u32(from)
                                     : (uint32_t)(from[0] | from[1] << 8 | from[2] << 16);
    static const uint32_t bytes[4] = {0xFF0000, 0xFF00, 0xFF};
    const uint32_t *masks = b->bits == 24 ? bytes : b->masks;
    for (int i = 0; i < 3; i++)
        to[i] = field_of(value, masks[i]);
}

/* Transparency that is all 0 was not meant. */
static void read_alpha(const struct bmp *b, struct raster *r) {
    size_t row_len = ((size_t)b->width * b->bits + 31) / 32 * 4, row = (size_t)r->width;
    unsigned char any = 0;
    if (!b->masks[3] || b->bits < 16 || b->bits == 24 || r->cut)
        return;
    raster_add_alpha(b->pool, r);
    for (size_t y = 0; y < r->height; y++) {
        size_t line = b->top_down ? y : r->height - 1 - y;
        const unsigned char *from = b->bytes + b->pixels + line * row_len;
        for (size_t x = 0; x < row; x++, from += b->bits / 8)
            any |= r->alpha[y * row + x] =
                field_of(b->bits == 16 ? u16(from) : u32(from), b->masks[3]);
    }
    if (!any)
        r->alpha = NULL;
}

static void leave_blank(const struct bmp *b, struct raster *r, int64_t line) {
    size_t row = 3 * (size_t)r->width, left = (size_t)(b->height - line);
    memset(r->rgb + (b->top_down ? row * (size_t)line : 0), 0xFF, row * left);
    r->cut = true;
}

static void read_plain(const struct bmp *b, struct raster *r) {
    size_t row_len = ((size_t)b->width * b->bits + 31) / 32 * 4;
    for (int64_t line = 0; line < b->height; line++) {
        size_t at = b->pixels + (size_t)line * row_len;
        int64_t y = b->top_down ? line : b->height - 1 - line;
        if (at + ((size_t)b->width * b->bits + 7) / 8 > b->n) {
            leave_blank(b, r, line);
            return;
        }
        for (int64_t x = 0; x < b->width; x++) {
            size_t bit = (size_t)x * b->bits;
            const unsigned char *from = b->bytes + at + bit / 8;
            if (b->bits <= 8)
                put_index(b, r, x, line,
                          (unsigned)*from >> (8 - b->bits - bit % 8) & ((1u << b->bits) - 1));
            else
                put_true(b, r->rgb + ((size_t)y * r->width + (size_t)x) * 3, from);
        }
    }
}

/* Index `k` of a run or of a literal: of RLE4 two stand in a byte. */
static unsigned nibble(const struct bmp *b, const unsigned char *p, size_t k, bool run) {
    if (b->compression == RUNS_8)
        return p[run ? 0 : k];
    return p[run ? 0 : k / 2] >> (k % 2 ? 0 : 4) & 15;
}

static void read_runs(const struct bmp *b, struct raster *r) {
    int64_t x = 0, line = 0;
    size_t at = b->pixels;
    while (at + 2 <= b->n && line < b->height) {
        const unsigned char *p = b->bytes + at;
        unsigned count = p[0], code = p[1];
        at += 2;
        if (count) {
            for (size_t k = 0; k < count; k++)
                put_index(b, r, x++, line, nibble(b, p + 1, k, true));
        } else if (code == 0) {
            x = 0;
            line++;
        } else if (code == 1) {
            return;
        } else if (code == 2) {
            if (at + 2 > b->n)
                break;
            x += b->bytes[at];
            line += b->bytes[at + 1];
            at += 2;
        } else {
            size_t bytes = b->compression == RUNS_8 ? code : (code + 1) / 2;
            if (at + bytes > b->n)
                break;
            for (size_t k = 0; k < code; k++)
                put_index(b, r, x++, line, nibble(b, b->bytes + at, k, false));
            at += bytes + bytes % 2;
        }
    }
    r->cut = line < b->height - 1 || (line < b->height && x < b->width);
}

bool bmp_decode(struct pool *pool, const unsigned char *bytes, size_t n, struct raster *out) {
    struct bmp b = {.pool = pool, .bytes = bytes, .n = n};
    if (!read_header(&b) || !raster_open(pool, out, b.width, b.height))
        return false;
    if (b.compression == RUNS_8 || b.compression == RUNS_4)
        read_runs(&b, out);
    else
        read_plain(&b, out);
    read_alpha(&b, out);
    return true;
}
