/* BMP and GIF files become the pixels they hold. */
#include "check.h"
#include "pdf/raster.h"

#include <string.h>

static struct pool *pool;
static struct raster raster;

/* A pixel as 0xRRGGBB. */
static unsigned pixel(uint32_t x, uint32_t y) {
    const unsigned char *p = raster.rgb + ((size_t)y * raster.width + x) * 3;
    return (unsigned)p[0] << 16 | (unsigned)p[1] << 8 | p[2];
}

static void put16(unsigned char *p, unsigned v) {
    p[0] = (unsigned char)v;
    p[1] = (unsigned char)(v >> 8);
}

static void put32(unsigned char *p, uint32_t v) {
    put16(p, v & 0xFFFF);
    put16(p + 2, v >> 16);
}

/* A file with an info header, `colors` (BGR0 each) and pixel bytes. */
static bool bmp(int width, int height, unsigned bits, unsigned compression, const char *colors,
                size_t color_count, const char *pixels, size_t n) {
    unsigned char file[512] = "BM";
    size_t at = 54 + color_count * 4;
    put32(file + 10, (uint32_t)at);
    put32(file + 14, 40);
    put32(file + 18, (uint32_t)width);
    put32(file + 22, (uint32_t)height);
    put16(file + 26, 1);
    put16(file + 28, bits);
    put32(file + 30, compression);
    put32(file + 46, (uint32_t)(compression == 3 ? 0 : color_count));
    memcpy(file + 54, colors, color_count * 4);
    memcpy(file + at, pixels, n);
    return bmp_decode(pool, file, at + n, &raster);
}

#define FOUR "\0\0\0\0\0\0\xFF\0\0\xFF\0\0\xFF\0\0\0" /* black, red, green, blue */

static void bitmaps_of_every_depth_are_read(void) {
    CHECK(bmp(2, 2, 24, 0, "", 0, "\xFF\0\0\0\xFF\0\0\0\0\0\xFF\xFF\xFF\xFF\0\0", 16));
    CHECK_INT(pixel(0, 0), 0xFF0000); /* rows from the bottom up */
    CHECK_INT(pixel(1, 0), 0xFFFFFF);
    CHECK_INT(pixel(0, 1), 0x0000FF);
    CHECK_INT(pixel(1, 1), 0x00FF00);
    CHECK(bmp(1, -2, 32, 0, "", 0, "\x01\x02\x03\0\x04\x05\x06\0", 8)); /* top down */
    CHECK_INT(pixel(0, 0), 0x030201);
    CHECK_INT(pixel(0, 1), 0x060504);
    CHECK(bmp(2, 1, 8, 0, FOUR, 4, "\x03\x01\0\0", 4));
    CHECK(pixel(0, 0) == 0x0000FF && pixel(1, 0) == 0xFF0000);
    CHECK(bmp(3, 1, 4, 0, FOUR, 4, "\x12\x30\0\0", 4));
    CHECK(pixel(0, 0) == 0xFF0000 && pixel(1, 0) == 0x00FF00 && pixel(2, 0) == 0x0000FF);
    CHECK(bmp(3, 1, 1, 0, FOUR, 2, "\x40\0\0\0", 4));
    CHECK(pixel(0, 0) == 0 && pixel(1, 0) == 0xFF0000 && pixel(2, 0) == 0);
    CHECK(bmp(1, 1, 16, 0, "", 0, "\0\x7C\0\0", 4));
    CHECK_INT(pixel(0, 0), 0xFF0000);
    CHECK(bmp(1, 1, 16, 3, "\0\xF8\0\0\xE0\x07\0\0\x1F\0\0\0", 3, "\xE0\x07\0\0", 4)); /* 565 */
    CHECK_INT(pixel(0, 0), 0x00FF00);
}

static void a_bitmap_cut_short_is_white_where_it_ends(void) {
    CHECK(bmp(1, 2, 24, 0, "", 0, "\x01\x02\x03\0\x01", 5) && raster.cut);
    CHECK(pixel(0, 1) == 0x030201 && pixel(0, 0) == 0xFFFFFF);
    CHECK(bmp(1, -2, 24, 0, "", 0, "\x01\x02\x03\0\x01", 5) && raster.cut);
    CHECK(pixel(0, 0) == 0x030201 && pixel(0, 1) == 0xFFFFFF);
    CHECK(bmp(3, 2, 8, 1, FOUR, 4, "\x03\x01\0\0\x02\x01", 6) && raster.cut);
    CHECK(bmp(3, 2, 8, 1, FOUR, 4, "\x03\x01\0\0\x03\x01", 6) && !raster.cut);
    CHECK(bmp(1, 1, 24, 0, "", 0, "\x01\x02\x03\0", 4) && !raster.cut);
}

static void runs_are_unrolled(void) {
    /* three of colour 1, end of line, two literal bytes, end of bitmap */
    CHECK(bmp(3, 2, 8, 1, FOUR, 4, "\x03\x01\0\0\0\x03\x02\x03\x01\0\0\x01", 12));
    CHECK(pixel(0, 1) == 0xFF0000 && pixel(2, 1) == 0xFF0000);
    CHECK(pixel(0, 0) == 0x00FF00 && pixel(1, 0) == 0x0000FF && pixel(2, 0) == 0xFF0000);
    CHECK(bmp(4, 1, 4, 2, FOUR, 4, "\x04\x12\0\x01", 4)); /* 1 2 1 2 */
    CHECK(pixel(0, 0) == 0xFF0000 && pixel(1, 0) == 0x00FF00 && pixel(3, 0) == 0x00FF00);
}

static void bitmaps_that_lie_are_refused(void) {
    CHECK(!bmp(0, 1, 24, 0, "", 0, "", 0));
    CHECK(!bmp(30000, 30000, 24, 0, "", 0, "", 0)); /* more than a page can show */
    CHECK(!bmp(1, 1, 7, 0, "", 0, "\0\0\0\0", 4));
    CHECK(!bmp(1, 1, 24, 1, "", 0, "\0\0\0\0", 4)); /* runs of true colour */
    CHECK(!bmp_decode(pool, (const unsigned char *)"BM", 2, &raster));
    CHECK(bmp(4, 4, 24, 0, "", 0, "\x01\x02\x03", 3)); /* torn: white where it ends */
    CHECK_INT(pixel(3, 3), 0xFFFFFF);
}

/* 3 by 2 pixels: 1 1 2 / 2 1 1, colours black red green blue; codes of 3 bits and more:
 * clear 4, 1, 1, 2, 2, 1, 1, end 5. */
static const unsigned char gif_file[] = "GIF89a\x03\0\x02\0\x81\0\0\0\0\0\xFF\0\0\0\xFF\0\0\0\xFF"
                                        "\x21\xF9\x04\x01\0\0\x02\0" /* colour 2 is transparent */
                                        "\x2C\0\0\0\0\x03\0\x02\0\0"
                                        "\x02\x04\x4C\x24\x13\x53\0\x3B";

/* Packs codes of the sizes a decoder expects for a start of 2 bits. */
static size_t pack(unsigned char *out, const unsigned *codes, size_t n) {
    uint32_t held = 0;
    unsigned bits = 0, size = 3, next = 6;
    size_t len = 0;
    for (size_t i = 0; i < n; i++) {
        held |= codes[i] << bits;
        bits += size;
        while (bits >= 8) {
            out[len++] = (unsigned char)held;
            held >>= 8;
            bits -= 8;
        }
        if (i > 1 && ++next == 1u << size) /* an entry is made from the second code on */
            size++;
    }
    if (bits)
        out[len++] = (unsigned char)held;
    return len;
}

static bool gif(bool interlaced, int height, const unsigned *codes, size_t n) {
    unsigned char file[256];
    size_t head = sizeof gif_file - 1 - 8;
    memcpy(file, gif_file, head);
    put16(file + 8, (unsigned)height);
    put16(file + head - 3, (unsigned)height);
    file[head - 1] = interlaced ? 0x40 : 0;
    file[head] = 2;
    file[head + 1] = (unsigned char)pack(file + head + 2, codes, n);
    size_t end = head + 2 + file[head + 1];
    file[end] = 0;
    file[end + 1] = 0x3B;
    enum diag_code why;
    return gif_decode(pool, file, end + 2, &raster, &why);
}

static void the_frame_of_a_gif_is_read(void) {
    static const unsigned codes[] = {4, 1, 1, 2, 2, 1, 1, 5};
    CHECK(gif(false, 2, codes, 8));
    CHECK(raster.width == 3 && raster.height == 2);
    CHECK(pixel(0, 0) == 0xFF0000 && pixel(1, 0) == 0xFF0000 && pixel(2, 0) == 0x00FF00);
    CHECK(pixel(0, 1) == 0x00FF00 && pixel(1, 1) == 0xFF0000 && pixel(2, 1) == 0xFF0000);
    CHECK(raster.alpha && raster.alpha[0] == 0xFF && raster.alpha[2] == 0 && raster.alpha[3] == 0);
}

static void codes_may_stand_for_runs(void) {
    static const unsigned codes[] = {4, 1, 6, 7, 5}; /* 1, 1 1, 1 1 1: each made as it is used */
    CHECK(gif(false, 2, codes, 5));
    for (uint32_t i = 0; i < 6; i++)
        CHECK_INT(pixel(i % 3, i / 3), 0xFF0000);
}

static void rows_of_a_gif_may_be_interlaced(void) {
    static const unsigned codes[] = {4, 1, 1, 1, 3, 3, 3, 0, 0, 0, 5}; /* rows 0, 2, 1 */
    CHECK(gif(true, 3, codes, 11));
    CHECK(pixel(0, 0) == 0xFF0000 && pixel(0, 2) == 0x0000FF && pixel(0, 1) == 0);
}

static void gifs_that_lie_are_refused_or_drawn_as_far_as_they_go(void) {
    static const unsigned few[] = {4, 1, 3, 5}; /* two pixels of six */
    CHECK(gif(false, 2, few, 4));
    CHECK(raster.cut);
    CHECK(pixel(0, 0) == 0xFF0000 && pixel(1, 0) == 0x0000FF);
    CHECK(raster.alpha[1] == 0xFF && raster.alpha[2] == 0 && raster.alpha[5] == 0);
    enum diag_code why;
    CHECK(!gif_decode(pool, gif_file, 20, &raster, &why));
    CHECK(!gif_decode(pool, (const unsigned char *)"GIF89a", 6, &raster, &why));
}

int main(void) {
    pool = pool_new();
    RUN(bitmaps_of_every_depth_are_read);
    RUN(a_bitmap_cut_short_is_white_where_it_ends);
    RUN(runs_are_unrolled);
    RUN(bitmaps_that_lie_are_refused);
    RUN(the_frame_of_a_gif_is_read);
    RUN(codes_may_stand_for_runs);
    RUN(rows_of_a_gif_may_be_interlaced);
    RUN(gifs_that_lie_are_refused_or_drawn_as_far_as_they_go);
    pool_free(pool);
    return CHECK_RESULT();
}
