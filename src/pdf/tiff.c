/* tiff: the first image of a TIFF file, read by libtiff.
 *
 * Pages that scanners and facsimile machines make have one bit a pixel and stay so: a page at
 * 300 dpi takes 49 kB as the Group 4 code it came in, 80 kB deflated, 200 kB as deflated RGB. All
 * else becomes RGB. Nothing of a file that libtiff complains about is trusted to the PDF's reader,
 * and what it could not read is white. */
#include "pdf/tiff.h"
#include "base/library.h"
#include "pdf/picture.h"
#include "pdf/raster.h"

#include <stdlib.h>
#include <string.h>
#include <tiffio.h>

/* The library is loaded when a document has such a picture, which few have: it brings JPEG, WebP,
 * LZMA and more. */
#define FUNCTIONS(f)                                                                               \
    f(TIFFClientOpenExt) f(TIFFClose) f(TIFFOpenOptionsAlloc) f(TIFFOpenOptionsFree)               \
        f(TIFFOpenOptionsSetMaxSingleMemAlloc) f(TIFFOpenOptionsSetErrorHandlerExtR)               \
            f(TIFFOpenOptionsSetWarningHandlerExtR) f(TIFFGetField) f(TIFFGetFieldDefaulted)       \
                f(TIFFIsTiled) f(TIFFNumberOfStrips) f(TIFFStripSize64) f(TIFFScanlineSize64)      \
                    f(TIFFRawStripSize) f(TIFFReadEncodedStrip) f(TIFFReadRawStrip)                \
                        f(TIFFReverseBits) f(TIFFReadRGBAImageOriented) f(TIFFReadScanline)        \
                            f(TIFFGetStrileOffset) f(TIFFGetStrileByteCount)

struct tiff_library {
    LIBRARY_POINTERS(FUNCTIONS)
};

/* A block libtiff asks for: as large as the largest picture, 4 bytes a pixel. */
enum { BLOCK_MOST = 4 * RASTER_PIXELS_MAX };

struct tiff {
    struct tiff_library lib;
    TIFF *file;
    struct pool *pool;
    const char *bytes;
    uint64_t n, at;
    uint32_t width, height;
    bool complained;
    bool cut; /* the last strips are not in the file: zeros or ones stand for them */
};

/* ---- the file, in memory ---- */

static tmsize_t read_bytes(thandle_t handle, void *to, tmsize_t n) {
    struct tiff *t = handle;
    uint64_t left = t->at < t->n ? t->n - t->at : 0, want = n > 0 ? (uint64_t)n : 0;
    want = want < left ? want : left;
    if (want)
        memcpy(to, t->bytes + t->at, want);
    t->at += want;
    return (tmsize_t)want;
}

static tmsize_t write_nothing(thandle_t handle, void *from, tmsize_t n) {
    (void)handle, (void)from, (void)n;
    return 0;
}

static toff_t seek(thandle_t handle, toff_t to, int whence) {
    struct tiff *t = handle;
    t->at = whence == SEEK_CUR ? t->at + to : whence == SEEK_END ? t->n + to : to;
    return t->at;
}

static int close_nothing(thandle_t handle) {
    (void)handle;
    return 0;
}

static toff_t size_of(thandle_t handle) {
    return ((const struct tiff *)handle)->n;
}

/* Read where it lies: libtiff 4.5.0 takes plain tiles that it must copy for damaged. */
static int map(thandle_t handle, void **at, toff_t *n) {
    const struct tiff *t = handle;
    *at = (void *)(uintptr_t)t->bytes; /* never written to, as it is opened for reading */
    *n = t->n;
    return 1;
}

static void unmap_nothing(thandle_t handle, void *at, toff_t n) {
    (void)handle, (void)at, (void)n;
}

static int hear(TIFF *file, void *user, const char *module, const char *format, va_list args) {
    (void)file, (void)module, (void)format, (void)args;
    ((struct tiff *)user)->complained = true;
    return 1; /* nothing goes to stderr */
}

static bool open_file(struct tiff *t) {
    TIFFOpenOptions *options = t->lib.TIFFOpenOptionsAlloc();
    if (!options)
        return false;
    t->lib.TIFFOpenOptionsSetMaxSingleMemAlloc(options, BLOCK_MOST);
    t->lib.TIFFOpenOptionsSetErrorHandlerExtR(options, hear, t);
    t->lib.TIFFOpenOptionsSetWarningHandlerExtR(options, hear, t);
    t->file = t->lib.TIFFClientOpenExt("", "r", t, read_bytes, write_nothing, seek, close_nothing,
                                       size_of, map, unmap_nothing, options);
    t->lib.TIFFOpenOptionsFree(options);
    return t->file != NULL;
}

static unsigned field(const struct tiff *t, uint32_t tag) {
    uint16_t value = 0;
    return t->lib.TIFFGetFieldDefaulted(t->file, tag, &value) ? value : 0;
}

/* ---- a file that ends early ---- */

/* Up to where the strips say that they go, in a file that is not so long; 0: all are there. */
static uint64_t claimed_end(const struct tiff *t) {
    uint64_t end = 0;
    for (uint32_t i = 0; i < t->lib.TIFFNumberOfStrips(t->file); i++) {
        uint64_t from = t->lib.TIFFGetStrileOffset(t->file, i);
        uint64_t n = t->lib.TIFFGetStrileByteCount(t->file, i);
        if (from < t->n && n <= BLOCK_MOST && from + n > end)
            end = from + n;
    }
    return end > t->n && end - t->n <= BLOCK_MOST ? end : 0;
}

/* libtiff gives nothing of a strip that is not whole. So what is missing is added: bytes that are
 * white where they stand for pixels, and mostly an error where they stand for codes. */
static bool complete(struct tiff *t) {
    uint64_t end = claimed_end(t);
    unsigned photometric = field(t, TIFFTAG_PHOTOMETRIC), packing = field(t, TIFFTAG_COMPRESSION);
    bool zeros = photometric == PHOTOMETRIC_MINISWHITE || photometric == PHOTOMETRIC_SEPARATED ||
                 packing == COMPRESSION_CCITTFAX3 || packing == COMPRESSION_CCITTFAX4;
    if (!end)
        return true;
    char *whole = pool_alloc(t->pool, (size_t)end);
    memcpy(whole, t->bytes, t->n);
    memset(whole + t->n, zeros ? 0 : 0xFF, (size_t)(end - t->n));
    t->lib.TIFFClose(t->file);
    t->bytes = whole;
    t->n = end;
    t->at = 0;
    t->cut = true;
    return open_file(t);
}

/* How many rows can be read, one after the other: what is added to PackBits are white pixels, too.
 */
static uint32_t whole_rows(struct tiff *t) {
    uint64_t n = t->lib.TIFFScanlineSize64(t->file);
    uint32_t row = 0;
    if (t->lib.TIFFIsTiled(t->file) || n > BLOCK_MOST ||
        field(t, TIFFTAG_COMPRESSION) == COMPRESSION_PACKBITS)
        return t->height;
    void *line = pool_alloc(t->pool, (size_t)n + 1);
    while (row < t->height && t->lib.TIFFReadScanline(t->file, line, row, 0) > 0)
        row++;
    return row;
}

/* ---- one bit a pixel ---- */

static bool is_bilevel(const struct tiff *t) {
    return field(t, TIFFTAG_BITSPERSAMPLE) == 1 && field(t, TIFFTAG_SAMPLESPERPIXEL) == 1 &&
           field(t, TIFFTAG_PHOTOMETRIC) <= PHOTOMETRIC_MINISBLACK &&
           field(t, TIFFTAG_ORIENTATION) == ORIENTATION_TOPLEFT && !t->lib.TIFFIsTiled(t->file);
}

/* The rows of all strips; NULL: not one strip can be read. */
static unsigned char *read_bits(struct tiff *t, size_t n) {
    uint64_t strip = t->lib.TIFFStripSize64(t->file);
    unsigned char *bits = pool_alloc(t->pool, n);
    memset(bits, field(t, TIFFTAG_PHOTOMETRIC) == PHOTOMETRIC_MINISWHITE ? 0 : 0xFF, n);
    bool any = false;
    for (uint32_t i = 0; strip && i < t->lib.TIFFNumberOfStrips(t->file) && i * strip < n; i++) {
        uint64_t room = n - i * strip < strip ? n - i * strip : strip;
        any = t->lib.TIFFReadEncodedStrip(t->file, i, bits + i * strip, (tmsize_t)room) > 0 || any;
    }
    return any ? bits : NULL;
}

/* The code of a page in one piece goes in as it stands (7.4.6 of ISO 32000-1): its length, or 0. */
static size_t group4(const struct tiff *t, unsigned char **code) {
    tmsize_t n = t->complained || t->cut ||
                         field(t, TIFFTAG_COMPRESSION) != COMPRESSION_CCITTFAX4 ||
                         t->lib.TIFFNumberOfStrips(t->file) != 1
                     ? 0
                     : t->lib.TIFFRawStripSize(t->file, 0);
    if (n <= 0 || (uint64_t)n > t->n)
        return 0;
    *code = pool_alloc(t->pool, (size_t)n);
    if (t->lib.TIFFReadRawStrip(t->file, 0, *code, n) != n)
        return 0;
    if (field(t, TIFFTAG_FILLORDER) == FILLORDER_LSB2MSB)
        t->lib.TIFFReverseBits(*code, n);
    return (size_t)n;
}

static unsigned add_bilevel(struct tiff *t, struct objects *objects) {
    size_t n = (size_t)t->lib.TIFFScanlineSize64(t->file) * t->height;
    struct buf entries = {0};
    unsigned char *code, *bits = read_bits(t, n);
    if (!bits)
        return 0;
    bool white = field(t, TIFFTAG_PHOTOMETRIC) == PHOTOMETRIC_MINISWHITE;
    size_t code_len = group4(t, &code);
    unsigned number;
    image_put_entries(&entries, t->width, t->height, 1, "/DeviceGray");
    if (code_len) {
        buf_printf(&entries, "/Filter/CCITTFaxDecode/DecodeParms<</K -1/Columns %u/Rows %u%s>>",
                   (unsigned)t->width, (unsigned)t->height, white ? "" : "/BlackIs1 true");
        number = object_add_stream(objects, &entries, code, code_len);
    } else {
        buf_puts(&entries, white ? "/Decode[1 0]" : "");
        number = object_add_packed(objects, &entries, bits, n);
    }
    buf_free(&entries);
    return number;
}

/* ---- colours ---- */

static bool has_alpha(const struct tiff *t) {
    uint16_t n = 0, *kinds = NULL;
    return t->lib.TIFFGetFieldDefaulted(t->file, TIFFTAG_EXTRASAMPLES, &n, &kinds) && n && kinds &&
           (kinds[0] == EXTRASAMPLE_ASSOCALPHA || kinds[0] == EXTRASAMPLE_UNASSALPHA);
}

/* libtiff's colours are those of the pixel laid on black. */
static unsigned char without(unsigned color, unsigned alpha) {
    unsigned v = alpha ? (color * 255 + alpha / 2) / alpha : 0;
    return (unsigned char)(v < 255 ? v : 255);
}

/* Three bytes for every four, in their place. */
static void take_apart(struct tiff *t, const uint32_t *pixels, size_t n, struct raster *out) {
    out->rgb = (unsigned char *)pixels;
    if (has_alpha(t))
        raster_add_alpha(t->pool, out);
    for (size_t i = 0; i < n; i++) {
        uint32_t v = pixels[i];
        unsigned alpha = out->alpha ? TIFFGetA(v) : 255;
        out->rgb[3 * i] = without(TIFFGetR(v), alpha);
        out->rgb[3 * i + 1] = without(TIFFGetG(v), alpha);
        out->rgb[3 * i + 2] = without(TIFFGetB(v), alpha);
        if (out->alpha)
            out->alpha[i] = (unsigned char)alpha;
    }
}

static bool is_blank(const uint32_t *pixels, size_t n) {
    return memcmp(pixels, pixels + 1, (n - 1) * sizeof *pixels) == 0;
}

static unsigned add_colors(struct tiff *t, const struct recolor *recolor, struct objects *objects) {
    struct raster raster = {.width = t->width, .height = t->height};
    size_t n = (size_t)t->width * t->height;
    uint32_t *pixels = POOL_ARRAY(t->pool, uint32_t, n);
    memset(pixels, 0xFF, n * sizeof *pixels);
    int whole = t->lib.TIFFReadRGBAImageOriented(t->file, t->width, t->height, pixels,
                                                 ORIENTATION_TOPLEFT, 0);
    if ((!whole || t->complained) && is_blank(pixels, n))
        return 0;
    if (t->cut) {
        size_t rows = whole_rows(t);
        memset(pixels + rows * t->width, 0xFF, (n - rows * t->width) * sizeof *pixels);
    }
    take_apart(t, pixels, n, &raster);
    return raster_add(t->pool, &raster, recolor, objects);
}

static unsigned add(struct tiff *t, const struct recolor *recolor, struct objects *objects) {
    if (!t->lib.TIFFGetField(t->file, TIFFTAG_IMAGEWIDTH, &t->width) ||
        !t->lib.TIFFGetField(t->file, TIFFTAG_IMAGELENGTH, &t->height) ||
        !raster_fits(t->width, t->height))
        return 0;
    t->complained = false; /* a tag it does not know does no harm */
    return is_bilevel(t) && !recolor ? add_bilevel(t, objects) : add_colors(t, recolor, objects);
}

unsigned tiff_embed(struct pool *pool, const char *bytes, size_t len, const struct recolor *recolor,
                    struct objects *objects, enum diag_code *why) {
    struct tiff t = {.pool = pool, .bytes = bytes, .n = len};
    if (!LIBRARY_LOAD("libtiff.so.6", FUNCTIONS, &t.lib)) {
        *why = PDF_PICTURE_NO_LIBRARY;
        return 0;
    }
    *why = PDF_PICTURE_DAMAGED;
    if (!open_file(&t) || !complete(&t))
        return 0;
    unsigned number = add(&t, recolor, objects);
    t.lib.TIFFClose(t.file);
    if (number && t.cut)
        *why = PDF_PICTURE_CUT;
    return number;
}
