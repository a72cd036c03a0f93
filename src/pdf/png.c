/* png: a PNG file (ISO/IEC 15948) as an image object.
 *
 * The file is read once to make sure of every checksum, then takes one of two ways. Rows that are
 * neither interlaced nor carry an alpha channel go into the PDF as they are packed in the file;
 * PDF's "PNG predictors" are the same filters (7.4.4.4). The others are unpacked to plain rows,
 * parted into colour and alpha, and packed again. A palette's transparency becomes an SMask, a
 * transparent colour a /Mask of that colour. */

#include "pdf/picture.h"
#include "pdf/raster.h"

#include <stdlib.h>
#include <string.h>

enum { GREY = 0, RGB = 2, PALETTE = 3, GREY_ALPHA = 4, RGB_ALPHA = 6 }; /* colour types */

enum {
    SIDE_MAX = 0x7FFF,
    ROWS_MAX = 256 * 1024 * 1024, /* bytes a picture may unpack to */
    RATIO_MAX = 1032              /* the most that deflate can pack */
};

struct png {
    uint32_t width, height;
    int depth, type, channels;
    bool interlaced;
    const unsigned char *palette, *transparency; /* NULL: none */
    size_t palette_len, transparency_len;
    struct buf packed; /* all IDAT chunks */
    size_t row_len;    /* bytes of a row without its filter byte */
    size_t pixel_len;  /* bytes from a pixel to the next, at least 1: what the filters go by */
};

static uint32_t u32(const unsigned char *p) {
    return (uint32_t)p[0] << 24 | (uint32_t)p[1] << 16 | (uint32_t)p[2] << 8 | p[3];
}

/* ---- chunks ---- */

static size_t row_length(const struct png *png, uint32_t width) {
    return ((size_t)width * (size_t)(png->channels * png->depth) + 7) / 8;
}

static bool depth_fits_type(int depth, int type) {
    bool byte = depth == 8 || depth == 16;
    switch (type) {
    case GREY:
        return byte || depth == 1 || depth == 2 || depth == 4;
    case PALETTE:
        return depth == 1 || depth == 2 || depth == 4 || depth == 8;
    case RGB:
    case GREY_ALPHA:
    case RGB_ALPHA:
        return byte;
    default:
        return false;
    }
}

static bool read_header(struct png *png, const unsigned char *data, size_t n) {
    static const int channels[] = {
        [GREY] = 1, [RGB] = 3, [PALETTE] = 1, [GREY_ALPHA] = 2, [RGB_ALPHA] = 4};
    if (n != 13 || png->width || !depth_fits_type(data[8], data[9]))
        return false;
    png->width = u32(data);
    png->height = u32(data + 4);
    png->depth = data[8];
    png->type = data[9];
    png->interlaced = data[12] == 1;
    if (!png->width || !png->height || png->width > SIDE_MAX || png->height > SIDE_MAX ||
        data[10] || data[11] || data[12] > 1)
        return false;
    png->channels = channels[png->type];
    png->row_len = row_length(png, png->width);
    png->pixel_len = (size_t)(png->channels * png->depth + 7) / 8;
    return (png->row_len + 1) * png->height <= ROWS_MAX;
}

static bool read_palette(struct png *png, const unsigned char *data, size_t n) {
    png->palette = data;
    png->palette_len = n;
    return n > 0 && n % 3 == 0 && n <= 3 * 256;
}

static bool read_transparency(struct png *png, const unsigned char *data, size_t n) {
    png->transparency = data;
    png->transparency_len = n;
    return png->type == PALETTE ? n <= png->palette_len / 3
                                : n == 2 * (size_t)png->channels && png->channels <= 3;
}

static bool is_chunk(const unsigned char *type, const char *name) {
    return memcmp(type, name, 4) == 0;
}

static bool read_chunk(struct png *png, const unsigned char *type, const unsigned char *data,
                       size_t n) {
    if (is_chunk(type, "IHDR"))
        return read_header(png, data, n);
    if (!png->width)
        return false; /* IHDR comes first */
    if (is_chunk(type, "PLTE"))
        return read_palette(png, data, n);
    if (is_chunk(type, "tRNS"))
        return read_transparency(png, data, n);
    if (is_chunk(type, "IDAT"))
        buf_append(&png->packed, data, n);
    else if (!(type[0] & 0x20) && !is_chunk(type, "IEND"))
        return false; /* a critical chunk nobody knows */
    return true;
}

static bool read_png(struct png *png, const unsigned char *p, size_t len) {
    static const unsigned char signature[8] = {0x89, 'P', 'N', 'G', '\r', '\n', 0x1A, '\n'};
    if (len < 8 || memcmp(p, signature, 8) != 0)
        return false;
    for (size_t at = 8; len - at >= 12;) {
        size_t n = u32(p + at);
        const unsigned char *type = p + at + 4;
        if (n > len - at - 12 || flate_crc(type, n + 4) != u32(type + 4 + n) ||
            !read_chunk(png, type, type + 4, n))
            return false;
        if (is_chunk(type, "IEND"))
            return png->packed.len && (png->type != PALETTE || png->palette);
        at += 12 + n;
    }
    return false;
}

/* ---- rows ---- */

static int paeth(int left, int up, int corner) {
    int guess = left + up - corner;
    int to_left = abs(guess - left), to_up = abs(guess - up), to_corner = abs(guess - corner);
    if (to_left <= to_up && to_left <= to_corner)
        return left;
    return to_up <= to_corner ? up : corner;
}

/* Takes the filter off one row in place; `above` is NULL for the first. False: no such filter. */
static bool unfilter(int filter, unsigned char *row, const unsigned char *above, size_t n,
                     size_t pixel_len) {
    if (filter > 4)
        return false;
    for (size_t i = 0; filter && i < n; i++) {
        int left = i >= pixel_len ? row[i - pixel_len] : 0, up = above ? above[i] : 0;
        int corner = above && i >= pixel_len ? above[i - pixel_len] : 0;
        int by = filter == 1   ? left
                 : filter == 2 ? up
                 : filter == 3 ? (left + up) / 2
                               : paeth(left, up, corner);
        row[i] = (unsigned char)(row[i] + by);
    }
    return true;
}

/* The part of a picture that stands in the file as one run of rows: the whole of it, or one of the
 * seven passes of an interlaced one (pixels x0, x0 + dx, ... of rows y0, y0 + dy, ...). */
struct pass {
    uint32_t x0, y0, dx, dy;
};
static const struct pass whole = {0, 0, 1, 1};
static const struct pass adam7[7] = {{0, 0, 8, 8}, {4, 0, 8, 8}, {0, 4, 4, 8}, {2, 0, 4, 4},
                                     {0, 2, 2, 4}, {1, 0, 2, 2}, {0, 1, 1, 2}};

static uint32_t pass_count(uint32_t size, uint32_t start, uint32_t step) {
    return size > start ? (size - start + step - 1) / step : 0;
}

static size_t pass_bytes(const struct png *png, const struct pass *pass) {
    uint32_t width = pass_count(png->width, pass->x0, pass->dx);
    return width ? (1 + row_length(png, width)) * pass_count(png->height, pass->y0, pass->dy) : 0;
}

static void copy_pixel(const struct png *png, unsigned char *to, uint32_t to_x,
                       const unsigned char *from, uint32_t from_x) {
    if (png->depth * png->channels >= 8) {
        memcpy(to + to_x * png->pixel_len, from + from_x * png->pixel_len, png->pixel_len);
        return;
    }
    uint32_t bits = (uint32_t)png->depth, mask = (1u << bits) - 1;
    uint32_t from_bit = from_x * bits, to_bit = to_x * bits;
    unsigned value = from[from_bit / 8] >> (8 - bits - from_bit % 8) & mask;
    to[to_bit / 8] |= (unsigned char)(value << (8 - bits - to_bit % 8));
}

/* Unfilters the rows of a pass in place and, if `plain` is not NULL, puts their pixels there. */
static bool read_pass(const struct png *png, const struct pass *pass, unsigned char *rows,
                      unsigned char *plain) {
    uint32_t width = pass_count(png->width, pass->x0, pass->dx);
    uint32_t height = pass_count(png->height, pass->y0, pass->dy);
    size_t n = row_length(png, width);
    const unsigned char *above = NULL;
    for (uint32_t y = 0; width && y < height; y++) {
        unsigned char *row = rows + y * (n + 1);
        if (!unfilter(row[0], row + 1, above, n, png->pixel_len))
            return false;
        above = row + 1;
        unsigned char *to = plain ? plain + (pass->y0 + y * pass->dy) * png->row_len : NULL;
        for (uint32_t x = 0; to && x < width; x++)
            copy_pixel(png, to, pass->x0 + x * pass->dx, row + 1, x);
    }
    return true;
}

static bool read_passes(const struct png *png, const struct pass *passes, int count,
                        unsigned char *rows, unsigned char *plain) {
    for (int i = 0; i < count; i++) {
        if (!read_pass(png, &passes[i], rows, plain))
            return false;
        rows += pass_bytes(png, &passes[i]);
    }
    return true;
}

/* All rows without filters and interlacing, in the pool; NULL if the picture is damaged. */
static unsigned char *plain_rows(struct pool *pool, const struct png *png, struct flate *flate) {
    const struct pass *passes = png->interlaced ? adam7 : &whole;
    int count = png->interlaced ? 7 : 1;
    size_t size = 0;
    for (int i = 0; i < count; i++)
        size += pass_bytes(png, &passes[i]);
    if (size / RATIO_MAX > png->packed.len)
        return NULL;
    unsigned char *rows = mem_alloc(size), *plain = NULL;
    if (flate_unpack(flate, png->packed.data, png->packed.len, rows, size)) {
        plain = pool_alloc(pool, png->row_len * png->height);
        if (!read_passes(png, passes, count, rows, plain))
            plain = NULL;
    }
    free(rows);
    return plain;
}

/* ---- image objects ---- */

static void put_predictor(struct buf *out, const struct png *png, int channels) {
    buf_printf(out, "/DecodeParms<</Predictor 15/Colors %d/BitsPerComponent %d/Columns %u>>",
               channels, png->depth, png->width);
}

static void put_color_space(struct buf *out, const struct png *png) {
    if (png->type != PALETTE) {
        buf_puts(out, png->channels >= 3 ? "/DeviceRGB" : "/DeviceGray");
        return;
    }
    buf_printf(out, "[/Indexed/DeviceRGB %zu<", png->palette_len / 3 - 1);
    for (size_t i = 0; i < png->palette_len; i++)
        buf_printf(out, "%02X", png->palette[i]);
    buf_puts(out, ">]");
}

/* Rows of `n` bytes, each as its difference from the one above (filter 2), packed. What is drawn
 * by hand or by a stamp is mostly like the row above. */
static unsigned add_rows(const struct png *png, struct buf *entries, int channels,
                         const unsigned char *rows, size_t n, struct objects *objects) {
    struct buf filtered = {0};
    char *to = buf_reserve(&filtered, (n + 1) * png->height);
    for (uint32_t y = 0; y < png->height; y++) {
        const unsigned char *row = rows + y * n;
        *to++ = 2;
        for (size_t i = 0; i < n; i++)
            *to++ = (char)(row[i] - (y ? row[i - n] : 0));
    }
    filtered.len = (n + 1) * png->height;
    put_predictor(entries, png, channels);
    unsigned number = object_add_packed(objects, entries, filtered.data, filtered.len);
    buf_free(&filtered);
    return number;
}

/* Copies `take` bytes out of every `of`, from `skip` on. */
static void part(unsigned char *to, const unsigned char *from, size_t pixels, size_t of,
                 size_t skip, size_t take) {
    for (size_t i = 0; i < pixels; i++, to += take, from += of)
        memcpy(to, from + skip, take);
}

static unsigned add_mask(struct png *png, int bits, const unsigned char *alpha, size_t row_len,
                         struct objects *objects) {
    struct buf entries = {0};
    struct png mask = *png;
    mask.depth = bits;
    image_put_entries(&entries, png->width, png->height, bits, "/DeviceGray");
    unsigned number = add_rows(&mask, &entries, 1, alpha, row_len, objects);
    buf_free(&entries);
    return number;
}

static unsigned embed_with_alpha(struct pool *pool, struct png *png, const unsigned char *plain,
                                 struct buf *entries, struct objects *objects) {
    size_t sample = (size_t)png->depth / 8, all = png->pixel_len, colors = all - sample;
    size_t pixels = (size_t)png->width * png->height;
    unsigned char *color = pool_alloc(pool, pixels * colors);
    unsigned char *alpha = pool_alloc(pool, pixels * sample);
    part(color, plain, pixels, all, 0, colors);
    part(alpha, plain, pixels, all, colors, sample);
    object_put_ref(entries, "SMask",
                   add_mask(png, png->depth, alpha, png->width * sample, objects));
    return add_rows(png, entries, png->channels - 1, color, png->width * colors, objects);
}

/* The alpha of every pixel's palette entry, 8 bits; entries past the list are opaque. */
static unsigned add_palette_mask(struct pool *pool, struct png *png, const unsigned char *plain,
                                 struct objects *objects) {
    unsigned char *alpha = pool_alloc(pool, (size_t)png->width * png->height), *to = alpha;
    unsigned bits = (unsigned)png->depth;
    for (uint32_t y = 0; y < png->height; y++)
        for (uint32_t x = 0; x < png->width; x++) {
            unsigned char byte = plain[y * png->row_len + x * bits / 8];
            unsigned index = byte >> (8 - bits - x * bits % 8) & ((1u << bits) - 1);
            *to++ = index < png->transparency_len ? png->transparency[index] : 0xFF;
        }
    return add_mask(png, 8, alpha, png->width, objects);
}

/* A transparent colour, 16 bits deep: viewers look at 8 bits (poppler) and miss a /Mask, so the
 * pixels are compared here. The chunk has the colour as a pixel has it. */
static unsigned add_deep_color_mask(struct pool *pool, struct png *png, const unsigned char *plain,
                                    struct objects *objects) {
    size_t pixels = (size_t)png->width * png->height;
    unsigned char *alpha = pool_alloc(pool, pixels);
    for (size_t i = 0; i < pixels; i++)
        if (memcmp(plain + i * png->pixel_len, png->transparency, png->pixel_len) != 0)
            alpha[i] = 0xFF;
    return add_mask(png, 8, alpha, png->width, objects);
}

/* A transparent colour of a picture without alpha: "min max" of every component (8.9.6.4). */
static void put_color_key(struct buf *out, const struct png *png) {
    buf_puts(out, "/Mask[");
    for (int i = 0; i < png->channels; i++) {
        unsigned value = (unsigned)png->transparency[2 * i] << 8 | png->transparency[2 * i + 1];
        value &= (1u << png->depth) - 1;
        buf_printf(out, "%s%u %u", i ? " " : "", value, value);
    }
    buf_puts(out, "]");
}

static unsigned embed_opaque(struct pool *pool, struct png *png, const unsigned char *plain,
                             struct buf *entries, struct objects *objects) {
    if (png->transparency && png->type == PALETTE)
        object_put_ref(entries, "SMask", add_palette_mask(pool, png, plain, objects));
    else if (png->transparency && png->depth == 16)
        object_put_ref(entries, "SMask", add_deep_color_mask(pool, png, plain, objects));
    else if (png->transparency)
        put_color_key(entries, png);
    if (png->interlaced)
        return add_rows(png, entries, png->channels, plain, png->row_len, objects);
    put_predictor(entries, png, png->channels);
    buf_puts(entries, "/Filter/FlateDecode");
    return object_add_stream(objects, entries, png->packed.data, png->packed.len);
}

static unsigned embed(struct pool *pool, struct png *png, const unsigned char *plain,
                      struct objects *objects) {
    struct buf entries = {0}, space = {0};
    put_color_space(&space, png);
    image_put_entries(&entries, png->width, png->height, png->depth, buf_text(&space));
    bool alpha = png->type == GREY_ALPHA || png->type == RGB_ALPHA;
    unsigned number = alpha ? embed_with_alpha(pool, png, plain, &entries, objects)
                            : embed_opaque(pool, png, plain, &entries, objects);
    buf_free(&entries);
    buf_free(&space);
    return number;
}

/* ---- pixels, where they are shown in other colours ---- */

/* Component k of a pixel in 8 bits; of a palette its index. */
static unsigned sample_of(const struct png *png, const unsigned char *row, uint32_t x, int k) {
    size_t at = (size_t)x * (size_t)png->channels + (size_t)k;
    unsigned bits = (unsigned)png->depth, most = (1u << bits) - 1;
    if (bits >= 8)
        return row[at * bits / 8];
    unsigned v = row[at * bits / 8] >> (8 - bits - at * bits % 8) & most;
    return png->type == PALETTE ? v : v * 255 / most;
}

static unsigned char alpha_of(const struct png *png, const unsigned char *row, uint32_t x) {
    if (png->type == GREY_ALPHA || png->type == RGB_ALPHA)
        return (unsigned char)sample_of(png, row, x, png->channels - 1);
    if (png->type == PALETTE) {
        unsigned index = sample_of(png, row, x, 0);
        return index < png->transparency_len ? png->transparency[index] : 0xFF;
    }
    for (int k = 0; k < png->channels; k++) {
        unsigned key = (unsigned)png->transparency[2 * k] << 8 | png->transparency[2 * k + 1];
        unsigned most = (1u << (png->depth < 8 ? png->depth : 8)) - 1;
        key = png->depth == 16 ? key >> 8 : (key & most) * 255 / most;
        if (key != sample_of(png, row, x, k))
            return 0xFF;
    }
    return 0;
}

static void put_pixel(const struct png *png, const unsigned char *row, uint32_t x,
                      unsigned char *to) {
    unsigned first = sample_of(png, row, x, 0);
    if (png->type == PALETTE && 3 * (size_t)first + 3 <= png->palette_len)
        memcpy(to, png->palette + 3 * (size_t)first, 3);
    for (int k = 0; k < 3 && png->type != PALETTE; k++)
        to[k] = (unsigned char)(png->channels < 3 ? first : sample_of(png, row, x, k));
}

static unsigned embed_pixels(struct pool *pool, const struct png *png, const unsigned char *plain,
                             const struct recolor *recolor, struct objects *objects) {
    struct raster raster;
    bool clear = png->transparency || png->type == GREY_ALPHA || png->type == RGB_ALPHA;
    if (!raster_open(pool, &raster, png->width, png->height))
        return 0;
    if (clear)
        raster_add_alpha(pool, &raster);
    for (uint32_t y = 0; y < png->height; y++)
        for (uint32_t x = 0; x < png->width; x++) {
            const unsigned char *row = plain + y * png->row_len;
            size_t at = (size_t)y * png->width + x;
            put_pixel(png, row, x, raster.rgb + 3 * at);
            if (clear)
                raster.alpha[at] = alpha_of(png, row, x);
        }
    return raster_add(pool, &raster, recolor, objects);
}

unsigned png_embed(struct pool *pool, const char *bytes, size_t len, const struct recolor *recolor,
                   struct flate *flate, struct objects *objects) {
    struct png png = {0};
    unsigned number = 0;
    if (read_png(&png, (const unsigned char *)bytes, len)) {
        const unsigned char *plain = plain_rows(pool, &png, flate);
        if (plain && recolor)
            number = embed_pixels(pool, &png, plain, recolor, objects);
        else if (plain)
            number = embed(pool, &png, plain, objects);
    }
    buf_free(&png.packed);
    return number;
}
