/* TIFF files made here, and by tiffcp of these, as poppler shows them. */
#include "pdf/tiff.h"
#include "pdf_tools.h"

enum { W = 4, H = 4, PIXEL = 10, SIDE = W * PIXEL };
enum { PLAIN = 1, FAX4 = 4, LZW = 5, PACK = 32773 };
enum { ASSOCIATED = 1, UNASSOCIATED = 2, ALPHA = 102 }; /* of a fourth sample */

static struct bench b;

/* What a file is made of: pixels in RGB of 8 bits, or of 1 bit, in strips. */
struct form {
    bool little;
    int compression, bits, samples, photometric, rows;
    bool predictor;
    int extra;
    bool turned; /* the bits of every byte from the other end */
};

static void put(struct buf *out, const struct form *f, uint32_t v, int size) {
    for (int i = 0; i < size; i++)
        buf_putc(out, (char)(v >> 8 * (f->little ? i : size - 1 - i)));
}

static void put_entry(struct buf *out, const struct form *f, int tag, int type, uint32_t count,
                      uint32_t value) {
    put(out, f, (uint32_t)tag, 2);
    put(out, f, (uint32_t)type, 2);
    put(out, f, count, 4);
    if (type == 3 && count == 1) {
        put(out, f, value, 2);
        put(out, f, 0, 2);
    } else {
        put(out, f, value, 4);
    }
}

static unsigned char turn(unsigned char byte) {
    unsigned char out = 0;
    for (int i = 0; i < 8; i++)
        out = (unsigned char)(out | (byte >> i & 1) << (7 - i));
    return out;
}

/* Red, green, blue and white columns, the second half of the rows darker. */
static unsigned color(int x, int y, int k) {
    unsigned v = x == 3 || x == k ? 255 : 0;
    return y < H / 2 ? v : v / 2;
}

static void put_plain(struct buf *out, const struct form *f, int from) {
    for (int y = from; y < from + f->rows && y < H; y++) {
        if (f->bits == 1)
            buf_putc(out, (char)(y < H / 2 ? 0x30 : 0xF0)); /* 0011, 1111 */
        for (int x = 0; x < W && f->bits == 8; x++)
            for (int k = 0; k < f->samples; k++) {
                unsigned before = f->predictor && x ? color(x - 1, y, k) : 0;
                unsigned v = k == 3                   ? ALPHA
                             : f->extra == ASSOCIATED ? color(x, y, k) * ALPHA / 255
                                                      : color(x, y, k);
                buf_putc(out, (char)(v - before));
            }
    }
}

/* Codes of nine bits that stand for bytes, between a clear and an end. */
static void put_lzw(struct buf *out, const struct buf *plain) {
    uint32_t window = 256;
    int held = 9;
    for (size_t i = 0; i <= plain->len; i++) {
        window = window << 9 | (i < plain->len ? (unsigned char)plain->data[i] : 257u);
        for (held += 9; held >= 8; held -= 8)
            buf_putc(out, (char)(window >> (held - 8)));
    }
    buf_putc(out, (char)(window << (8 - held)));
}

static void put_strip(struct buf *out, const struct form *f, int from) {
    /* mode codes of T.6: four rows of 0011; the first by lengths, the others as the one above */
    static const char fax[] = "\x2F\xFE\x00\x20\x02";
    struct buf plain = {0};
    put_plain(&plain, f, from);
    if (f->compression == FAX4) {
        for (size_t i = 0; i < sizeof fax - 1; i++)
            buf_putc(out, f->turned ? (char)turn((unsigned char)fax[i]) : fax[i]);
    } else if (f->compression == LZW) {
        put_lzw(out, &plain);
    } else if (f->compression == PACK) {
        buf_putc(out, (char)(plain.len - 1)); /* one run as it is */
        buf_append(out, plain.data, plain.len);
    } else {
        buf_append(out, plain.data, plain.len);
    }
    buf_free(&plain);
}

static struct buf file_of(const struct form *f) {
    struct buf out = {0}, offsets = {0}, counts = {0};
    uint32_t strips = (uint32_t)((H + f->rows - 1) / f->rows);
    buf_puts(&out, f->little ? "II" : "MM");
    put(&out, f, 42, 2);
    put(&out, f, 0, 4);
    for (uint32_t i = 0; i < strips; i++) {
        size_t at = out.len;
        put_strip(&out, f, (int)i * f->rows);
        put(&offsets, f, (uint32_t)at, 4);
        put(&counts, f, (uint32_t)(out.len - at), 4);
    }
    uint32_t lists = (uint32_t)out.len;
    buf_append(&out, offsets.data, offsets.len);
    buf_append(&out, counts.data, counts.len);
    uint32_t directory = (uint32_t)out.len;
    for (int i = 0; i < 4; i++)
        out.data[4 + i] = (char)(directory >> 8 * (f->little ? i : 3 - i));
    put(&out, f, 12, 2);
    put_entry(&out, f, 256, 3, 1, W);
    put_entry(&out, f, 257, 3, 1, H);
    put_entry(&out, f, 258, 3, 1, (uint32_t)f->bits);
    put_entry(&out, f, 259, 3, 1, (uint32_t)f->compression);
    put_entry(&out, f, 262, 3, 1, (uint32_t)f->photometric);
    put_entry(&out, f, 266, 3, 1, f->turned ? 2 : 1);
    bool one = strips == 1;
    put_entry(&out, f, 273, 4, strips, one ? 8 : lists);
    put_entry(&out, f, 277, 3, 1, (uint32_t)f->samples);
    put_entry(&out, f, 278, 3, 1, (uint32_t)f->rows);
    put_entry(&out, f, 279, 4, strips, one ? lists - 8 : lists + 4 * strips);
    put_entry(&out, f, 317, 3, 1, f->predictor ? 2 : 1);
    put_entry(&out, f, 338, 3, f->samples == 4, (uint32_t)f->extra);
    put(&out, f, 0, 4);
    buf_free(&offsets);
    buf_free(&counts);
    return out;
}

/* The page's pixels at 72 dpi: every pixel of the picture ten points wide. */
static const unsigned char *shown(const struct buf *file) {
    struct picture *picture = POOL_NEW(b.pool, struct picture);
    *picture = (struct picture){.bytes = pool_strndup(b.pool, file->data, file->len),
                                .len = file->len,
                                .part = "word/media/a.tiff"};
    memset(&b.pages, 0, sizeof b.pages);
    struct page *page = add_page(&b);
    page->width = page->height = SIDE * 1000;
    add_picture(&b, page, picture, 0, 0, SIDE * 1000, SIDE * 1000);
    CHECK(write_pdf(&b));
    return pixels_of(&b, SIDE);
}

static unsigned seen(const unsigned char *pixels, int x, int y, int k) {
    return pixels[3 * ((y * PIXEL + PIXEL / 2) * SIDE + x * PIXEL + PIXEL / 2) + k];
}

static void colours_come_out_of_every_packing(void) {
    static const struct form forms[] = {
        {true, PLAIN, 8, 3, 2, H, false, 0, false}, {false, PLAIN, 8, 3, 2, 1, false, 0, false},
        {true, PACK, 8, 3, 2, 3, false, 0, false},  {false, LZW, 8, 3, 2, H, false, 0, false},
        {true, LZW, 8, 3, 2, 2, true, 0, false},
    };
    for (size_t i = 0; i < sizeof forms / sizeof forms[0]; i++) {
        struct buf file = file_of(&forms[i]);
        const unsigned char *pixels = shown(&file);
        for (int at = 0; at < W * H * 3; at++)
            CHECK_INT(seen(pixels, at / 3 % W, at / 3 / W, at % 3),
                      color(at / 3 % W, at / 3 / W, at % 3));
        buf_free(&file);
    }
}

static void one_bit_is_black_or_white_whichever_is_zero(void) {
    for (int photometric = 0; photometric < 2; photometric++) {
        struct form f = {true, PLAIN, 1, 1, photometric, H, false, 0, false};
        struct buf file = file_of(&f);
        const unsigned char *pixels = shown(&file);
        CHECK_INT(seen(pixels, 0, 0, 0), photometric ? 0 : 255);
        CHECK_INT(seen(pixels, 3, 0, 0), photometric ? 255 : 0);
        CHECK_INT(seen(pixels, 0, 3, 0), photometric ? 255 : 0);
        buf_free(&file);
    }
}

/* As `tiffcp OPTIONS` writes it anew. */
static struct buf copied(const struct form *f, const char *options) {
    struct buf file = file_of(f), out = {0};
    char from[64], to[64], command[256];
    snprintf(from, sizeof from, "%s/a.tif", b.folder);
    snprintf(to, sizeof to, "%s/b.tif", b.folder);
    CHECK(file_write(from, file.data, file.len, b.diag));
    snprintf(command, sizeof command, "tiffcp %s %s %s 2>/dev/null", options, from, to);
    CHECK_INT(system(command), 0);
    size_t len = 0;
    char *bytes = file_read(b.pool, to, &len, (struct where){0}, b.diag);
    CHECK(bytes != NULL);
    buf_append(&out, bytes, len);
    unlink(from);
    unlink(to);
    buf_free(&file);
    return out;
}

static void tiles_planes_and_jpeg_are_read(void) {
    static const char *const ways[] = {"-t -w 16 -l 16", "-p separate", "-c zip:2", "-c lzw -B",
                                       "-c jpeg:r:100"};
    struct form f = {true, PLAIN, 8, 3, 2, H, false, 0, false};
    for (size_t i = 0; i < sizeof ways / sizeof ways[0]; i++) {
        struct buf file = copied(&f, ways[i]);
        const unsigned char *pixels = shown(&file);
        int worst = 0;
        for (int at = 0; at < W * H * 3; at++) {
            int off = abs((int)seen(pixels, at / 3 % W, at / 3 / W, at % 3) -
                          (int)color(at / 3 % W, at / 3 / W, at % 3));
            worst = off > worst ? off : worst;
        }
        CHECK(worst <= (strstr(ways[i], "jpeg") ? 4 : 0));
        buf_free(&file);
    }
}

/* Over the white page, whichever way the file has its colours. */
static void transparency_shows_the_page(void) {
    for (int extra = ASSOCIATED; extra <= UNASSOCIATED; extra++) {
        struct form f = {true, PLAIN, 8, 4, 2, H, false, extra, false};
        struct buf file = file_of(&f);
        const unsigned char *pixels = shown(&file);
        for (int at = 0; at < W * H * 3; at++) {
            int want =
                (int)(color(at / 3 % W, at / 3 / W, at % 3) * ALPHA + 255 * (255 - ALPHA)) / 255;
            CHECK(abs((int)seen(pixels, at / 3 % W, at / 3 / W, at % 3) - want) <= 2);
        }
        buf_free(&file);
    }
}

/* A fourth sample without a meaning is none of transparency. */
static void a_sample_without_a_meaning_changes_nothing(void) {
    struct form f = {true, PLAIN, 8, 4, 2, H, false, 0, false};
    struct buf file = file_of(&f);
    const unsigned char *pixels = shown(&file);
    CHECK_INT(seen(pixels, 0, 0, 0), 255);
    CHECK_INT(seen(pixels, 0, 0, 1), 0);
    CHECK(strstr(unpacked(&b), "/SMask") == NULL);
    buf_free(&file);
}

static void grey_and_bilevel_stay_what_they_are(void) {
    struct form grey = {true, PLAIN, 8, 1, 1, H, false, 0, false};
    struct form bilevel = {true, PLAIN, 1, 1, 1, H, false, 0, false};
    struct buf a = file_of(&grey), c = file_of(&bilevel);
    CHECK_INT(seen(shown(&a), 0, 3, 2), 127);
    CHECK(strstr(unpacked(&b), "/BitsPerComponent 8\n  /ColorSpace /DeviceGray") != NULL);
    CHECK_INT(seen(shown(&c), 0, 3, 2), 255);
    CHECK(strstr(unpacked(&b), "/BitsPerComponent 1\n  /ColorSpace /DeviceGray") != NULL);
    buf_free(&a);
    buf_free(&c);
}

/* White 2 is 0111, black 2 is 11, then a row like the one above is three times V0: 1. In several
 * pieces it is taken apart. */
static void facsimile_in_one_piece_goes_in_as_it_stands(void) {
    for (int i = 0; i < 3; i++) {
        struct form f = {false, FAX4, 1, 1, 0, i == 2 ? 2 : H, false, 0, i == 1};
        struct buf file = file_of(&f);
        const unsigned char *pixels = shown(&file);
        CHECK_INT(seen(pixels, 0, 0, 0), 255);
        CHECK_INT(seen(pixels, 3, 0, 0), 0);
        CHECK_INT(seen(pixels, 1, 3, 0), 255);
        CHECK_INT(seen(pixels, 2, 3, 0), 0);
        CHECK((strstr(unpacked(&b), "/CCITTFaxDecode") != NULL) == (i < 2));
        buf_free(&file);
    }
}

static uint32_t number_at(const struct buf *file, size_t at) {
    uint32_t v = 0;
    for (size_t i = 4; i-- > 0;)
        v = v << 8 | (unsigned char)file->data[at + i];
    return v;
}

/* Two strips of two rows each that stand behind the directory, and the last `missing` bytes cut. */
static struct buf cut_short(int compression, int photometric, int bits, size_t missing) {
    enum { OFFSETS = 6, ENTRY = 12 };
    struct form f = {true, compression, bits, bits == 1 ? 1 : 3, photometric, 2, false, 0, false};
    struct buf file = file_of(&f), out = {0};
    uint32_t lists = number_at(&file, number_at(&file, 4) + 2 + OFFSETS * ENTRY + 8);
    buf_append(&out, file.data, file.len);
    buf_append(&out, file.data + 8, lists - 8);
    for (uint32_t i = 0; i < 2; i++) {
        uint32_t at = number_at(&file, lists + 4 * i) + (uint32_t)file.len - 8;
        for (int k = 0; k < 4; k++)
            out.data[lists + 4 * i + (uint32_t)k] = (char)(at >> 8 * k);
    }
    memset(file.data + 8, 0, lists - 8);
    memcpy(out.data + 8, file.data + 8, lists - 8);
    out.len -= missing;
    buf_free(&file);
    return out;
}

/* One row of the last strip is missing, or a part of its codes. */
static void of_a_file_cut_short_what_is_there_is_drawn_and_named(void) {
    static const struct {
        int compression, photometric, bits;
        size_t missing;
    } forms[] = {{PLAIN, 2, 8, 3 * W},
                 {PACK, 2, 8, 3 * W},
                 {LZW, 2, 8, 12},
                 {PLAIN, 0, 1, 1},
                 {PLAIN, 1, 1, 1}};
    for (size_t i = 0; i < sizeof forms / sizeof forms[0]; i++) {
        struct diag *outer = b.diag;
        b.diag = diag_new(LANG_EN);
        struct buf file =
            cut_short(forms[i].compression, forms[i].photometric, forms[i].bits, forms[i].missing);
        const unsigned char *pixels = shown(&file);
        CHECK(diag_has(b.diag, PDF_PICTURE_CUT) && !diag_has(b.diag, PDF_PICTURE_DAMAGED));
        for (int k = 0; k < 3; k++) {
            CHECK_INT(seen(pixels, 0, H - 1, k), 255);
            CHECK_INT(seen(pixels, W - 1, H - 1, k), 255);
        }
        if (forms[i].bits == 8) {
            CHECK_INT(seen(pixels, 0, 0, 0), 255);
            CHECK_INT(seen(pixels, 0, 1, 1), 0);
            CHECK_INT(seen(pixels, 1, 1, 1), 255);
        } else {
            CHECK_INT(seen(pixels, 0, 0, 0), forms[i].photometric ? 0 : 255);
            CHECK_INT(seen(pixels, 3, 0, 0), forms[i].photometric ? 255 : 0);
        }
        buf_free(&file);
        diag_free(b.diag);
        b.diag = outer;
    }
}

static void nothing_of_a_file_beyond_reading_is_drawn(void) {
    struct form f = {true, LZW, 8, 3, 2, H, false, 0, false};
    struct buf file = file_of(&f);
    memset(file.data + 8, 0xFF, 20); /* no code of LZW begins so */
    shown(&file);
    CHECK(diag_has(b.diag, PDF_PICTURE_DAMAGED));
    CHECK(strstr(unpacked(&b), "/XObject") == NULL);
    buf_free(&file);
}

/* Any byte changed, any length cut: a picture, a warning, never more. */
static void damage_does_no_harm(void) {
    enum diag_code why;
    static const struct form forms[] = {{true, LZW, 8, 3, 2, 2, true, 0, false},
                                        {false, PACK, 8, 3, 2, 2, false, 0, false},
                                        {false, FAX4, 1, 1, 0, 2, false, 0, false}};
    for (size_t i = 0; i < sizeof forms / sizeof forms[0]; i++) {
        struct buf file = file_of(&forms[i]);
        struct pool *pool = pool_new();
        struct flate *flate = flate_new();
        for (size_t at = 0; at < file.len; at++)
            for (int by = 1; by < 256; by += 127) {
                struct objects *objects = objects_new(pool, flate);
                char *copy = pool_strndup(pool, file.data, file.len);
                copy[at] = (char)(copy[at] ^ by);
                tiff_embed(pool, copy, file.len, NULL, objects, &why);
                char *cut = mem_alloc(at + 1); /* exactly as long, for the sanitizer to see */
                memcpy(cut, file.data, at);
                tiff_embed(pool, cut, at, NULL, objects, &why);
                free(cut);
                objects_free(objects);
                pool_reset(pool);
            }
        flate_free(flate);
        pool_free(pool);
        buf_free(&file);
    }
    CHECK(tiff_embed(NULL, "II*\0", 4, NULL, NULL, &why) == 0);
}

int main(void) {
    bench_open(&b);
    RUN(colours_come_out_of_every_packing);
    RUN(one_bit_is_black_or_white_whichever_is_zero);
    RUN(tiles_planes_and_jpeg_are_read);
    RUN(transparency_shows_the_page);
    RUN(a_sample_without_a_meaning_changes_nothing);
    RUN(grey_and_bilevel_stay_what_they_are);
    RUN(facsimile_in_one_piece_goes_in_as_it_stands);
    RUN(of_a_file_cut_short_what_is_there_is_drawn_and_named);
    RUN(nothing_of_a_file_beyond_reading_is_drawn);
    RUN(damage_does_no_harm);
    bench_close(&b);
    return CHECK_RESULT();
}
