#include "pdf/flate.h"
#include "pdf_tools.h"

/* Pictures are drawn so large that one of their pixels covers PIXEL x PIXEL points, and judged by
 * the colour poppler gives the middle of each. */
enum {
    WIDTH = 11,
    HEIGHT = 9,
    PIXEL = 8,
    GREY = 0,
    RGB = 2,
    PALETTE = 3,
    GREY_ALPHA = 4,
    RGB_ALPHA = 6
};

struct kind {
    int type, depth;
    bool interlaced, transparent;
};

static struct flate *flate;

/* ---- a PNG writer ---- */

static int channels_of(int type) {
    return type == RGB ? 3 : type == GREY_ALPHA ? 2 : type == RGB_ALPHA ? 4 : 1;
}

/* The sample of a channel at a pixel, `depth` bits: no two neighbours alike. */
static unsigned sample(const struct kind *kind, unsigned x, unsigned y, unsigned channel) {
    unsigned value = (x * 37 + y * 91 + channel * 53 + x * y * 7) * 0x0101u;
    return kind->depth == 16 ? value & 0xFFFF : value & ((1u << kind->depth) - 1);
}

static void put_u32(struct buf *out, uint32_t value) {
    for (int shift = 24; shift >= 0; shift -= 8)
        buf_putc(out, (char)(value >> shift & 0xFF));
}

static void put_chunk(struct buf *out, const char *type, const void *data, size_t n) {
    put_u32(out, (uint32_t)n);
    size_t start = out->len;
    buf_append(out, type, 4);
    buf_append(out, data, n);
    put_u32(out, flate_crc(out->data + start, n + 4));
}

static int predict(int filter, int left, int up, int corner) {
    int p = left + up - corner, a = abs(p - left), b = abs(p - up), c = abs(p - corner);
    int nearest = a <= b && a <= c ? left : b <= c ? up : corner;
    int guesses[] = {0, left, up, (left + up) / 2, nearest};
    return guesses[filter];
}

/* The rows of one pass, filtered by all five filters in turn. */
static void put_pass(struct buf *out, const struct kind *kind, unsigned x0, unsigned y0,
                     unsigned dx, unsigned dy) {
    unsigned channels = (unsigned)channels_of(kind->type), depth = (unsigned)kind->depth;
    unsigned columns = x0 < WIDTH ? (WIDTH - x0 + dx - 1) / dx : 0;
    size_t n = (columns * channels * depth + 7) / 8, step = (channels * depth + 7) / 8;
    unsigned char above[WIDTH * 8] = {0};
    int filter = 0;
    for (unsigned y = y0; columns && y < HEIGHT; y += dy, filter = (filter + 1) % 5) {
        unsigned char row[WIDTH * 8] = {0};
        for (unsigned i = 0; i < columns * channels; i++) {
            unsigned value = sample(kind, x0 + i / channels * dx, y, i % channels);
            if (depth == 16) {
                row[2 * i] = (unsigned char)(value >> 8);
                row[2 * i + 1] = (unsigned char)value;
            } else {
                row[i * depth / 8] |= (unsigned char)(value << (8 - depth - i * depth % 8));
            }
        }
        buf_putc(out, (char)filter);
        for (size_t i = 0; i < n; i++)
            buf_putc(out, (char)(row[i] - predict(filter, i >= step ? row[i - step] : 0, above[i],
                                                  i >= step ? above[i - step] : 0)));
        memcpy(above, row, sizeof above);
    }
}

static void put_rows(struct buf *out, const struct kind *kind) {
    static const unsigned passes[7][4] = {{0, 0, 8, 8}, {4, 0, 8, 8}, {0, 4, 4, 8}, {2, 0, 4, 4},
                                          {0, 2, 2, 4}, {1, 0, 2, 2}, {0, 1, 1, 2}};
    if (!kind->interlaced)
        put_pass(out, kind, 0, 0, 1, 1);
    for (int i = 0; i < 7 && kind->interlaced; i++)
        put_pass(out, kind, passes[i][0], passes[i][1], passes[i][2], passes[i][3]);
}

static unsigned palette_color(unsigned index, unsigned channel) {
    return (index * 29 + channel * 71 + 40) & 0xFF;
}

static unsigned palette_alpha(unsigned index) {
    return index % 3 * 127;
}

/* The colour a picture without alpha declares transparent is that of pixel (2, 1). */
static void put_transparency(struct buf *out, const struct kind *kind) {
    unsigned char data[256];
    size_t n = 0;
    if (kind->type == PALETTE)
        for (; n + 1 < (1u << kind->depth); n++) /* the last entry stays opaque */
            data[n] = (unsigned char)palette_alpha((unsigned)n);
    else
        for (int c = 0; c < channels_of(kind->type); c++) {
            data[n++] = (unsigned char)(sample(kind, 2, 1, (unsigned)c) >> 8);
            data[n++] = (unsigned char)sample(kind, 2, 1, (unsigned)c);
        }
    put_chunk(out, "tRNS", data, n);
}

static void put_palette(struct buf *out, const struct kind *kind) {
    unsigned char data[3 * 256];
    size_t n = 3u << kind->depth;
    for (unsigned i = 0; i < n; i++)
        data[i] = (unsigned char)palette_color(i / 3, i % 3);
    put_chunk(out, "PLTE", data, n);
}

static void make_png(struct buf *out, const struct kind *kind) {
    unsigned char header[13] = {
        0, 0, 0, WIDTH, 0, 0, 0, HEIGHT, (unsigned char)kind->depth, (unsigned char)kind->type};
    header[12] = kind->interlaced;
    buf_append(out, "\x89PNG\r\n\x1A\n", 8);
    put_chunk(out, "IHDR", header, 13);
    if (kind->type == PALETTE)
        put_palette(out, kind);
    if (kind->transparent)
        put_transparency(out, kind);
    struct buf rows = {0}, packed = {0};
    put_rows(&rows, kind);
    flate_pack(flate, rows.data, rows.len, &packed);
    put_chunk(out, "IDAT", packed.data, packed.len / 2); /* may come in pieces */
    put_chunk(out, "IDAT", packed.data + packed.len / 2, packed.len - packed.len / 2);
    put_chunk(out, "IEND", "", 0);
    buf_free(&rows);
    buf_free(&packed);
}

/* What is to be seen of a pixel on white paper, 0-255. */
static int seen(const struct kind *kind, unsigned x, unsigned y, unsigned channel) {
    bool grey = kind->type == GREY || kind->type == GREY_ALPHA;
    bool keyed = kind->transparent && kind->type != PALETTE;
    for (unsigned c = 0; c < (unsigned)channels_of(kind->type); c++)
        keyed = keyed && sample(kind, x, y, c) == sample(kind, 2, 1, c);
    unsigned most = (1u << kind->depth) - 1, index = sample(kind, x, y, 0);
    unsigned value = sample(kind, x, y, grey ? 0 : channel) * 255 / most, alpha = 255;
    if (kind->type == PALETTE) {
        value = palette_color(index, channel);
        alpha = kind->transparent && index < most ? palette_alpha(index) : 255;
    } else if (kind->type >= GREY_ALPHA) {
        alpha = sample(kind, x, y, grey ? 1 : 3) * 255 / most;
    }
    return keyed ? 255 : (int)((value * alpha + 255 * (255 - alpha)) / 255);
}

/* ---- judging ---- */

/* The page's pixels at 72 dpi, three bytes each; NULL if poppler could not draw it. */
static const unsigned char *rendered(struct bench *b, int width, int height) {
    int status, w = 0, h = 0, start = 0;
    size_t len;
    char *ppm = ask_bytes(b, "pdftoppm -r 72 -aa no -aaVector no %s 2>&1", &status, &len);
    if (sscanf(ppm, "P6 %d %d 255%n", &w, &h, &start) != 2 || w != width || h != height ||
        len != (size_t)start + 1 + (size_t)w * (size_t)h * 3)
        return NULL;
    return (const unsigned char *)ppm + start + 1;
}

static void show_alone(struct bench *b, const struct picture *picture) {
    b->pages = (struct pages){0};
    struct page *page = add_page(b);
    page->width = WIDTH * PIXEL * 1000;
    page->height = HEIGHT * PIXEL * 1000;
    add_picture(b, page, picture, 0, 0, page->width, page->height);
}

static int worst_difference(const struct kind *kind, const unsigned char *pixels) {
    int worst = 0;
    for (unsigned y = 0; y < HEIGHT; y++)
        for (unsigned x = 0; x < WIDTH; x++)
            for (unsigned c = 0; c < 3; c++) {
                size_t at = (y * PIXEL + PIXEL / 2) * WIDTH * PIXEL + x * PIXEL + PIXEL / 2;
                int off = abs(pixels[3 * at + c] - seen(kind, x, y, c));
                worst = off > worst ? off : worst;
            }
    return worst;
}

static bool is_drawn_right(struct bench *b, const struct kind *kind) {
    struct buf png = {0};
    make_png(&png, kind);
    struct picture picture = {.bytes = png.data, .len = png.len, .part = "word/media/a.png"};
    show_alone(b, &picture);
    bool valid = write_pdf(b);
    const unsigned char *pixels = rendered(b, WIDTH * PIXEL, HEIGHT * PIXEL);
    int worst = pixels ? worst_difference(kind, pixels) : 999;
    if (!valid || worst > 4)
        printf("# type %d, depth %d, interlaced %d, transparent %d: off by %d\n", kind->type,
               kind->depth, kind->interlaced, kind->transparent, worst);
    buf_free(&png);
    return valid && worst <= 4 && !diag_has(b->diag, PDF_PICTURE_DAMAGED);
}

/* ---- tests ---- */

static void every_kind_of_png_is_drawn_right(void) {
    static const struct {
        int type, depths[6];
    } all[] = {{GREY, {1, 2, 4, 8, 16, 0}},
               {RGB, {8, 16, 0}},
               {PALETTE, {1, 2, 4, 8, 0}},
               {GREY_ALPHA, {8, 16, 0}},
               {RGB_ALPHA, {8, 16, 0}}};
    struct bench b;
    bench_open(&b);
    for (size_t t = 0; t < sizeof all / sizeof all[0]; t++)
        for (const int *depth = all[t].depths; *depth; depth++)
            for (int way = 0; way < (all[t].type < GREY_ALPHA ? 4 : 2); way++) {
                struct kind kind = {all[t].type, *depth, way & 1, way & 2};
                CHECK(is_drawn_right(&b, &kind));
            }
    bench_close(&b);
}

/* 8 x 8 pixels of middle grey: one quantisation table of ones, one code in each Huffman table. */
static size_t make_jpeg(unsigned char out[256]) {
    static const unsigned char head[] = {0xFF, 0xD8, 0xFF, 0xFE, 0,    6, 'm', 'a',
                                         0xFF, 0xD9, 0xFF, 0xFF, 0xDB, 0, 67,  0};
    static const unsigned char tail[] = {
        0xFF, 0xC0, 0, 11, 8,    0, 8, 0, 8,  1, 1,    0x11, 0, /* frame */
        0xFF, 0xC4, 0, 20, 0x00, 1, 0, 0, 0,  0, 0,    0,    0,
        0,    0,    0, 0,  0,    0, 0, 0, 0, /* DC */
        0xFF, 0xC4, 0, 20, 0x10, 1, 0, 0, 0,  0, 0,    0,    0,
        0,    0,    0, 0,  0,    0, 0, 0, 0, /* AC */
        0xFF, 0xDA, 0, 8,  1,    1, 0, 0, 63, 0, 0x3F, 0xFF, 0xD9};
    memcpy(out, head, sizeof head);
    memset(out + sizeof head, 1, 64);
    memcpy(out + sizeof head + 64, tail, sizeof tail);
    return sizeof head + 64 + sizeof tail;
}

static void a_jpeg_goes_in_as_it_is(void) {
    struct bench b;
    bench_open(&b);
    unsigned char jpeg[256];
    struct picture picture = {.bytes = (char *)jpeg, .len = make_jpeg(jpeg), .part = "a.jpg"};
    show_alone(&b, &picture);
    CHECK(write_pdf(&b));
    const unsigned char *pixels = rendered(&b, WIDTH * PIXEL, HEIGHT * PIXEL);
    CHECK(pixels && abs(pixels[3 * 2000] - 128) < 3);
    CHECK(memmem(b.pdf.data, b.pdf.len, jpeg, picture.len) != NULL);
    CHECK(!diag_has(b.diag, PDF_PICTURE_DAMAGED));
    bench_close(&b);
}

static void a_cropped_picture_is_drawn_whole_and_clipped(void) {
    struct bench b;
    bench_open(&b);
    struct buf png = {0};
    make_png(&png, &(struct kind){.type = RGB, .depth = 8});
    struct picture picture = {.bytes = png.data, .len = png.len, .part = "a.png"};
    picture.crop[EDGE_LEFT] = 50000;
    picture.crop[EDGE_TOP] = 20000;
    add_picture(&b, add_page(&b), &picture, 10000, 1900, 20000, 40000);
    CHECK(write_pdf(&b));
    CHECK(strstr(unpacked(&b), "q 10 800 20 40 re W n 40 0 0 50 -10 800 cm/I1 Do Q") != NULL);
    buf_free(&png);
    bench_close(&b);
}

static void a_picture_without_bytes_is_a_frame(void) {
    struct bench b;
    bench_open(&b);
    struct picture picture = {.part = "word/media/a.emf"};
    add_picture(&b, add_page(&b), &picture, 10000, 1900, 20000, 40000);
    CHECK(write_pdf(&b));
    CHECK(strstr(unpacked(&b), "10 800 20 40 re S") != NULL);
    CHECK_INT(diag_count(b.diag, DIAG_WARNING), 0); /* the reader has said it */
    bench_close(&b);
}

static void pictures_stand_upright_where_they_are_put_among_text(void) {
    struct bench b;
    bench_open(&b);
    struct buf png = {0};
    make_png(&png, &(struct kind){.type = RGB, .depth = 8});
    struct picture picture = {.bytes = png.data, .len = png.len, .part = "a.png"};
    struct page *page = add_page(&b);
    add_text(&b, page, face_of(&b, false, false), 14000, 80000, 90000, "trên", 0);
    add_picture(&b, page, &picture, 100000, 200000, 44000, 36000);
    add_text(&b, page, face_of(&b, false, false), 14000, 80000, 290000, "dưới", 0);
    CHECK(write_pdf(&b));
    char *text = unpacked(&b);
    CHECK(strstr(text, "ET\nq 44 0 0 36 100 605.9 cm/I1 Do Q\nBT\n") != NULL);
    CHECK_STR(ask(&b, "pdftotext -nopgbrk %s - | tr '\\n' ' '"), "trên  dưới  ");
    buf_free(&png);
    bench_close(&b);
}

static void a_picture_used_again_is_embedded_once(void) {
    struct bench b;
    bench_open(&b);
    struct buf png = {0}, other = {0};
    make_png(&png, &(struct kind){.type = GREY, .depth = 8});
    make_png(&other, &(struct kind){.type = RGB, .depth = 8});
    struct picture one = {.bytes = png.data, .len = png.len, .part = "a.png"};
    struct picture same = {.bytes = png.data, .len = png.len, .part = "a.png", .description = "x"};
    struct picture two = {.bytes = other.data, .len = other.len, .part = "b.png"};
    struct page *page = add_page(&b);
    for (int i = 0; i < 50; i++) {
        add_picture(&b, page, &one, 1000 * i, 0, 9000, 9000);
        add_picture(&b, page, &same, 1000 * i, 20000, 9000, 9000);
        add_picture(&b, add_page(&b), &two, 0, 0, 9000, 9000);
        page = &b.pages.at.at[b.pages.at.n - 1];
    }
    CHECK(write_pdf(&b));
    char *text = unpacked(&b);
    CHECK_STR(ask(&b, "pdfimages -list %s | awk 'NR > 2 {print $11}' | sort -u | wc -l"), "2\n");
    CHECK_INT(count(text, "/I1 Do"), 100);
    CHECK_INT(count(text, "/I2 Do"), 50);
    buf_free(&png);
    buf_free(&other);
    bench_close(&b);
}

/* Writes the picture alone; whether it was taken for damaged, and the rest is a PDF with a frame.
 */
static bool is_framed(struct bench *b, const char *bytes, size_t len) {
    struct diag *diag = b->diag;
    b->diag = diag_new(LANG_EN);
    char *copy = mem_alloc(len); /* so that reading past the end is seen */
    memcpy(copy, bytes, len);
    struct picture picture = {.bytes = copy, .len = len, .part = "word/media/seal.png"};
    show_alone(b, &picture);
    buf_clear(&b->pdf);
    bool written = pdf_write(&b->pages, b->pdf_fonts, b->options, &b->pdf, b->diag);
    bool framed = written && diag_has(b->diag, PDF_PICTURE_DAMAGED) &&
                  !memmem(b->pdf.data, b->pdf.len, "/XObject", 8);
    free(copy);
    diag_free(b->diag);
    b->diag = diag;
    return framed;
}

static void a_damaged_picture_is_named_and_framed(void) {
    struct bench b;
    bench_open(&b);
    struct picture picture = {.bytes = "not a picture",
                              .len = 13,
                              .part = "word/media/seal.png",
                              .story = "word/header1.xml",
                              .number = 7};
    struct page *page = add_page(&b);
    for (int i = 0; i < 2; i++)
        add_picture(&b, page, &picture, 100000, 200000 + i * 100000, 44000, 36000);
    add_text(&b, page, face_of(&b, false, false), 14000, 80000, 590000, "vẫn còn", 0);
    CHECK(write_pdf(&b));
    struct buf json = {0};
    diag_write_json(b.diag, &json);
    CHECK(strstr(buf_text(&json), "\"part\":\"word/header1.xml\"") != NULL);
    CHECK(strstr(buf_text(&json), "\"page\":1") != NULL);
    CHECK(strstr(buf_text(&json), "paragraph 7: the picture word/media/seal.png") != NULL);
    CHECK_INT(diag_count(b.diag, DIAG_WARNING), 1);
    CHECK(diag_has(b.diag, PDF_PICTURE_DAMAGED));
    char *text = unpacked(&b);
    CHECK(strstr(text, "0.6 G\n0.5 w\n100 605.9 44 36 re S\n100 505.9 44 36 re S\n") != NULL);
    CHECK_STR(ask(&b, "pdftotext -nopgbrk %s - | tr -d '\\n'"), "vẫn còn");
    buf_free(&json);
    bench_close(&b);
}

static void a_png_cut_short_or_changed_anywhere_is_damaged(void) {
    struct bench b;
    bench_open(&b);
    struct buf png = {0};
    make_png(&png, &(struct kind){.type = PALETTE, .depth = 4, .transparent = true});
    size_t passed = 0;
    for (size_t n = 0; n < png.len; n++)
        passed += !is_framed(&b, png.data, n);
    CHECK_INT(passed, 0);
    for (size_t i = 0; i < png.len; i++) {
        png.data[i] ^= 0x41;
        passed += !is_framed(&b, png.data, png.len);
        png.data[i] ^= 0x41;
    }
    CHECK_INT(passed, 0);
    CHECK(!is_framed(&b, png.data, png.len));
    buf_free(&png);
    bench_close(&b);
}

/* A PNG of these chunks, checksums right: what lies does so on purpose. */
static void make_lie(struct buf *out, const unsigned char header[13], const void *rows, size_t n) {
    struct buf packed = {0};
    buf_clear(out);
    buf_append(out, "\x89PNG\r\n\x1A\n", 8);
    put_chunk(out, "IHDR", header, 13);
    flate_pack(flate, rows, n, &packed);
    put_chunk(out, "IDAT", packed.data, packed.len);
    put_chunk(out, "IEND", "", 0);
    buf_free(&packed);
}

static void a_png_that_lies_about_itself_is_damaged(void) {
    static const unsigned char lies[][13] = {
        {0x7F, 0xFF, 0xFF, 0xFF, 0, 0, 0, 1, 8, GREY, 0, 0, 0},  /* too wide */
        {0, 0, 0x7F, 0xFF, 0, 0, 0x7F, 0xFF, 8, RGB, 0, 0, 0},   /* too many rows */
        {0, 0, 0, 0, 0, 0, 0, 2, 8, GREY, 0, 0, 0},              /* no columns */
        {0, 0, 0, 2, 0, 0, 0, 2, 3, GREY, 0, 0, 0},              /* depth of no kind */
        {0, 0, 0, 2, 0, 0, 0, 2, 8, 7, 0, 0, 0},                 /* kind of none */
        {0, 0, 0, 2, 0, 0, 0, 2, 8, PALETTE, 0, 0, 0},           /* no palette */
        {0, 0, 0, 2, 0, 0, 0, 2, 8, GREY, 0, 0, 2},              /* interlacing of no kind */
        {0, 0, 0, 2, 0, 0, 0, 3, 8, GREY, 0, 0, 0},              /* a row too few */
        {0, 0, 0, 2, 0, 0, 0, 1, 8, GREY, 0, 0, 0},              /* a row too many */
        {0, 0, 0x3F, 0xFF, 0, 0, 0x3F, 0xFF, 8, GREY, 0, 0, 0}}; /* a bomb */
    struct bench b;
    bench_open(&b);
    struct buf png = {0};
    for (size_t i = 0; i < sizeof lies / sizeof lies[0]; i++) {
        make_lie(&png, lies[i], "\0ab\0cd", 6);
        CHECK(is_framed(&b, png.data, png.len));
    }
    static const unsigned char honest[13] = {0, 0, 0, 2, 0, 0, 0, 2, 8, GREY};
    make_lie(&png, honest, "\0ab\5cd", 6); /* there is no filter 5 */
    CHECK(is_framed(&b, png.data, png.len));
    make_lie(&png, honest, "\0ab\4cd", 6);
    CHECK(!is_framed(&b, png.data, png.len));
    buf_free(&png);
    bench_close(&b);
}

static void a_jpeg_cut_short_or_of_no_use_to_pdf_is_damaged(void) {
    struct bench b;
    bench_open(&b);
    unsigned char jpeg[256];
    size_t len = make_jpeg(jpeg), passed = 0, frame = 16 + 64;
    for (size_t n = 0; n + 3 < len; n++) /* not to the end of the scan's head */
        passed += !is_framed(&b, (char *)jpeg, n);
    CHECK_INT(passed, 0);
    static const struct {
        size_t at;
        unsigned char byte;
    } changes[] = {{1, 0xC3}, {4, 12}, {6, 0}, {8, 0}, {9, 2}, {3, 7}};
    for (size_t i = 0; i < sizeof changes / sizeof changes[0]; i++) {
        unsigned char *byte = &jpeg[frame + changes[i].at], old = *byte;
        *byte = changes[i].byte;
        CHECK(is_framed(&b, (char *)jpeg, len));
        *byte = old;
    }
    CHECK(!is_framed(&b, (char *)jpeg, len));
    bench_close(&b);
}

/* Its pixels are told by the library then: PDF has no place for a file without an end. */
static void a_jpeg_whose_end_is_missing_is_drawn_as_far_as_it_goes(void) {
    struct bench b;
    bench_open(&b);
    unsigned char jpeg[256];
    struct picture picture = {.bytes = (char *)jpeg, .len = make_jpeg(jpeg) - 2, .part = "a.jpg"};
    show_alone(&b, &picture);
    CHECK(write_pdf(&b));
    const unsigned char *pixels = rendered(&b, WIDTH * PIXEL, HEIGHT * PIXEL);
    CHECK(pixels && abs(pixels[3 * 2000] - 128) < 3);
    CHECK(memmem(b.pdf.data, b.pdf.len, jpeg, picture.len) == NULL);
    CHECK(diag_has(b.diag, PDF_PICTURE_CUT));
    bench_close(&b);
}

int main(void) {
    flate = flate_new();
    RUN(every_kind_of_png_is_drawn_right);
    RUN(a_jpeg_goes_in_as_it_is);
    RUN(a_cropped_picture_is_drawn_whole_and_clipped);
    RUN(a_picture_without_bytes_is_a_frame);
    RUN(pictures_stand_upright_where_they_are_put_among_text);
    RUN(a_picture_used_again_is_embedded_once);
    RUN(a_damaged_picture_is_named_and_framed);
    RUN(a_png_cut_short_or_changed_anywhere_is_damaged);
    RUN(a_png_that_lies_about_itself_is_damaged);
    RUN(a_jpeg_cut_short_or_of_no_use_to_pdf_is_damaged);
    RUN(a_jpeg_whose_end_is_missing_is_drawn_as_far_as_it_goes);
    flate_free(flate);
    return CHECK_RESULT();
}
