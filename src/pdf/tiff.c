/* tiff: the first image of a TIFF file (Revision 6.0), as scanners and old drawing programs write
 * it.
 *
 * Read here and not by libtiff: what that library brings along (JPEG, WebP, LZMA ...) would be
 * loaded by every process, for a kind of picture few documents have. Facsimile strips go into the
 * PDF as they stand, which knows their coding; of several a form is made. Strips that are plain,
 * PackBits, LZW or deflated are decoded. Tiles, planes and JPEG inside are not read. */
#include "pdf/picture.h"
#include "pdf/raster.h"
#include "pdf/tiff.h"

#include <string.h>

enum {
    WIDTH = 256,
    HEIGHT = 257,
    BITS = 258,
    COMPRESSION = 259,
    PHOTOMETRIC = 262,
    FILL_ORDER = 266,
    OFFSETS = 273,
    SAMPLES = 277,
    ROWS = 278,
    COUNTS = 279,
    PLANAR = 284,
    T4_OPTIONS = 292,
    PREDICTOR = 317,
    COLOR_MAP = 320,
    EXTRA = 338
};
enum {
    PLAIN = 1,
    FAX_RUNS = 2,
    FAX3 = 3,
    FAX4 = 4,
    LZW = 5,
    ZIP = 8,
    OLD_ZIP = 32946,
    PACK = 32773
};
enum { WHITE_IS_ZERO, BLACK_IS_ZERO, RGB, PALETTE, INKS = 5 };
enum { STRIPS_MOST = 20000 };

/* The values of an entry: where they are, how many and how long each. */
struct values {
    size_t at, n, size;
};

struct tiff {
    struct pool *pool;
    const unsigned char *bytes;
    size_t n;
    bool little;
    struct values offsets, counts, map;
    uint32_t width, height, bits, compression, photometric, samples, rows, predictor, t4, fill,
        extra;
    bool planar;
};

static uint32_t number_at(const struct tiff *t, size_t at, size_t size) {
    uint32_t v = 0;
    if (at > t->n || size > t->n - at)
        return 0;
    for (size_t i = 0; i < size; i++)
        v = v << 8 | t->bytes[t->little ? at + size - 1 - i : at + i];
    return v;
}

static uint32_t value(const struct tiff *t, const struct values *v, size_t i) {
    return i < v->n ? number_at(t, v->at + i * v->size, v->size) : 0;
}

/* ---- the directory ---- */

static struct values values_of(const struct tiff *t, size_t entry) {
    static const size_t sizes[] = {0, 1, 1, 2, 4};
    uint32_t type = number_at(t, entry + 2, 2), count = number_at(t, entry + 4, 4);
    struct values v = {.n = count, .size = type <= 4 ? sizes[type] : 0};
    if (!v.size || count > t->n / v.size)
        return (struct values){0};
    v.at = v.size * v.n <= 4 ? entry + 8 : number_at(t, entry + 8, 4);
    if (v.at > t->n || v.size * v.n > t->n - v.at)
        return (struct values){0};
    return v;
}

static void read_entry(struct tiff *t, size_t entry) {
    struct values v = values_of(t, entry);
    struct {
        uint32_t tag;
        uint32_t *to;
    } const numbers[] = {{WIDTH, &t->width},         {HEIGHT, &t->height},
                         {BITS, &t->bits},           {COMPRESSION, &t->compression},
                         {FILL_ORDER, &t->fill},     {PHOTOMETRIC, &t->photometric},
                         {SAMPLES, &t->samples},     {ROWS, &t->rows},
                         {PREDICTOR, &t->predictor}, {T4_OPTIONS, &t->t4}};
    uint32_t tag = number_at(t, entry, 2);
    for (size_t i = 0; v.n && i < sizeof numbers / sizeof numbers[0]; i++)
        if (numbers[i].tag == tag)
            *numbers[i].to = value(t, &v, 0);
    if (tag == OFFSETS)
        t->offsets = v;
    else if (tag == COUNTS)
        t->counts = v;
    else if (tag == COLOR_MAP)
        t->map = v;
    else if (tag == PLANAR)
        t->planar = value(t, &v, 0) == 2;
    else if (tag == EXTRA)
        t->extra = value(t, &v, 0);
}

static bool is_readable(const struct tiff *t) {
    bool deep = t->bits == 1 || t->bits == 2 || t->bits == 4 || t->bits == 8 || t->bits == 16;
    uint32_t least = t->photometric == RGB ? 3 : t->photometric == INKS ? 4 : 1;
    return t->width && t->height && t->width <= INT16_MAX && t->height <= INT16_MAX && deep &&
           !t->planar && t->offsets.n && t->offsets.n == t->counts.n &&
           t->offsets.n <= STRIPS_MOST && t->samples >= least && t->samples <= 8 &&
           (t->photometric <= PALETTE || t->photometric == INKS) &&
           (t->photometric < RGB || t->photometric == PALETTE || t->bits >= 8) &&
           (t->photometric != PALETTE ||
            (t->bits <= 8 && t->map.n >= (size_t)3 << t->bits && t->map.size == 2)) &&
           (t->offsets.n - 1) * (uint64_t)t->rows < t->height;
}

static bool open_tiff(struct tiff *t) {
    if (t->n < 14 || memcmp(t->bytes, t->bytes[0] == 'I' ? "II*\0" : "MM\0*", 4) != 0)
        return false;
    t->little = t->bytes[0] == 'I';
    t->bits = t->samples = t->compression = t->predictor = t->fill = 1;
    size_t at = number_at(t, 4, 4), entries = number_at(t, at, 2);
    for (size_t i = 0; i < entries && at + 2 + 12 * (i + 1) <= t->n; i++)
        read_entry(t, at + 2 + 12 * i);
    t->rows = t->rows && t->rows < t->height ? t->rows : t->height;
    return is_readable(t);
}

/* ---- decoding of strips: as many bytes as there are, up to `want` ---- */

static size_t unpack_runs(const unsigned char *in, size_t n, unsigned char *out, size_t want) {
    size_t done = 0;
    for (size_t i = 0; i < n && done < want;) {
        int8_t head = (int8_t)in[i++];
        size_t run = head >= 0 ? (size_t)head + 1 : head == -128 ? 0 : (size_t)(1 - head);
        run = run < want - done ? run : want - done;
        if (head >= 0) {
            run = run < n - i ? run : n - i;
            memcpy(out + done, in + i, run);
            i += run;
        } else if (run && i < n) {
            memset(out + done, in[i++], run);
        }
        done += run;
    }
    return done;
}

enum { CODES = 4096, CLEAR = 256, END = 257 };

struct lzw {
    uint16_t before[CODES]; /* the code it goes on from */
    uint16_t length[CODES];
    unsigned char last[CODES], first[CODES];
    unsigned next, width;
};

static void lzw_clear(struct lzw *z) {
    for (unsigned i = 0; i < 256; i++) {
        z->length[i] = 1;
        z->first[i] = z->last[i] = (unsigned char)i;
    }
    z->next = END + 1;
    z->width = 9;
}

static void lzw_add(struct lzw *z, unsigned before, unsigned char last) {
    if (z->next >= CODES)
        return;
    z->before[z->next] = (uint16_t)before;
    z->length[z->next] = (uint16_t)(z->length[before] + 1);
    z->first[z->next] = z->first[before];
    z->last[z->next++] = last;
    if (z->next + 1 >= 1u << z->width && z->width < 12) /* TIFF changes one code early */
        z->width++;
}

/* Writes what a code stands for, its end first. */
static size_t lzw_put(const struct lzw *z, unsigned code, unsigned char *out, size_t room) {
    size_t n = z->length[code];
    for (size_t i = n; i-- > 0; code = z->before[code])
        if (i < room)
            out[i] = z->last[code];
    return n < room ? n : room;
}

static size_t unpack_lzw(struct pool *pool, const unsigned char *in, size_t n, unsigned char *out,
                         size_t want) {
    struct lzw *z = POOL_NEW(pool, struct lzw);
    size_t done = 0, at = 0;
    unsigned held = 0, old = CLEAR;
    uint32_t window = 0;
    for (lzw_clear(z); done < want;) {
        for (; held < z->width && at < n; held += 8)
            window = window << 8 | in[at++];
        if (held < z->width)
            break;
        held -= z->width;
        unsigned code = window >> held & ((1u << z->width) - 1);
        if (code == END)
            break;
        if (code == CLEAR) {
            lzw_clear(z);
        } else {
            if (code > z->next || (code == z->next && old == CLEAR) || (old == CLEAR && code > END))
                break;
            if (old != CLEAR)
                lzw_add(z, old, code < z->next ? z->first[code] : z->first[old]);
            if (code >= z->next)
                break; /* the table is full */
            done += lzw_put(z, code, out + done, want - done);
        }
        old = code;
    }
    return done;
}

static size_t unpack_zip(const unsigned char *in, size_t n, unsigned char *out, size_t want) {
    struct buf plain = {0};
    bool swells;
    size_t done = 0;
    if (flate_unpack_within(in, n, want + 65536, &plain, &swells)) {
        done = plain.len < want ? plain.len : want;
        memcpy(out, buf_text(&plain), done);
    }
    buf_free(&plain);
    return done;
}

static size_t row_bytes(const struct tiff *t) {
    return ((size_t)t->width * t->samples * t->bits + 7) / 8;
}

static uint32_t rows_of(const struct tiff *t, size_t strip) {
    uint32_t before = (uint32_t)strip * t->rows;
    return t->height - before < t->rows ? t->height - before : t->rows;
}

static bool strip_of(const struct tiff *t, size_t i, const unsigned char **in, size_t *n) {
    size_t at = value(t, &t->offsets, i);
    *n = value(t, &t->counts, i);
    if (at >= t->n)
        return false;
    *n = *n < t->n - at ? *n : t->n - at; /* a torn file is drawn as far as it goes */
    *in = t->bytes + at;
    return true;
}

static bool decode_strip(const struct tiff *t, size_t i, unsigned char *out) {
    size_t n, want = row_bytes(t) * rows_of(t, i);
    const unsigned char *in;
    if (!strip_of(t, i, &in, &n))
        return false;
    switch (t->compression) {
    case PLAIN:
        memcpy(out, in, n < want ? n : want);
        return true;
    case PACK:
        return unpack_runs(in, n, out, want) > 0;
    case LZW:
        return unpack_lzw(t->pool, in, n, out, want) > 0;
    case ZIP:
    case OLD_ZIP:
        return unpack_zip(in, n, out, want) > 0;
    default:
        return false;
    }
}

/* Samples that were stored as differences from the pixel before. */
static void add_up(const struct tiff *t, unsigned char *row) {
    size_t step = t->samples, n = (size_t)t->width * step;
    if (t->predictor != 2 || t->bits < 8)
        return;
    for (size_t i = step; i < n && t->bits == 8; i++)
        row[i] = (unsigned char)(row[i] + row[i - step]);
    size_t high = t->little ? 1 : 0;
    for (size_t i = step; i < n && t->bits == 16; i++) {
        unsigned char *p = row + 2 * i, *q = p - 2 * step;
        unsigned sum = (unsigned)(p[high] << 8 | p[!high]) + (unsigned)(q[high] << 8 | q[!high]);
        p[high] = (unsigned char)(sum >> 8);
        p[!high] = (unsigned char)sum;
    }
}

/* ---- colours ---- */

static unsigned sample_at(const struct tiff *t, const unsigned char *row, size_t i) {
    if (t->bits == 16)
        return row[2 * i + (t->little ? 1 : 0)];
    if (t->bits == 8)
        return row[i];
    unsigned shift = 8 - t->bits * (unsigned)(i * t->bits % 8 / t->bits + 1);
    return row[i * t->bits / 8] >> shift & ((1u << t->bits) - 1);
}

static void put_pixel(const struct tiff *t, const unsigned char *row, size_t x,
                      unsigned char rgb[3]) {
    size_t i = x * t->samples;
    unsigned v = sample_at(t, row, i), most = t->bits < 8 ? (1u << t->bits) - 1 : 255;
    size_t colors = (size_t)1 << t->bits;
    if (t->photometric == PALETTE) {
        for (size_t k = 0; k < 3; k++)
            rgb[k] = (unsigned char)(value(t, &t->map, k * colors + v) >> 8);
    } else if (t->photometric == RGB) {
        for (size_t k = 0; k < 3; k++)
            rgb[k] = (unsigned char)sample_at(t, row, i + k);
    } else if (t->photometric == INKS) {
        unsigned black = 255 - sample_at(t, row, i + 3);
        for (size_t k = 0; k < 3; k++)
            rgb[k] = (unsigned char)((255 - sample_at(t, row, i + k)) * black / 255);
    } else {
        v = v * 255 / most;
        memset(rgb, (int)(t->photometric == WHITE_IS_ZERO ? 255 - v : v), 3);
    }
}

static bool decode(const struct tiff *t, struct raster *out) {
    size_t alpha = t->photometric == RGB ? 3 : 1;
    bool clear = (t->extra == 1 || t->extra == 2) && t->samples > alpha && t->bits >= 8 &&
                 t->photometric != INKS;
    unsigned char *rows = pool_alloc(t->pool, row_bytes(t) * t->rows);
    if (!raster_open(t->pool, out, t->width, t->height))
        return false;
    if (clear)
        raster_add_alpha(t->pool, out);
    for (size_t i = 0; i < t->offsets.n; i++) {
        if (!decode_strip(t, i, rows) && !i)
            return false;
        for (uint32_t r = 0; r < rows_of(t, i); r++) {
            unsigned char *row = rows + r * row_bytes(t);
            size_t at = ((size_t)i * t->rows + r) * t->width;
            add_up(t, row);
            for (size_t x = 0; x < t->width; x++) {
                put_pixel(t, row, x, out->rgb + 3 * (at + x));
                if (clear)
                    out->alpha[at + x] = (unsigned char)sample_at(t, row, x * t->samples + alpha);
            }
        }
    }
    return true;
}

/* ---- facsimile (7.4.6 of ISO 32000-1) ---- */

static const unsigned char *turned(const struct tiff *t, const unsigned char *in, size_t n) {
    if (t->fill != 2)
        return in;
    unsigned char *out = pool_alloc(t->pool, n + 1);
    for (size_t i = 0; i < n; i++) /* bits from the other end */
        out[i] =
            (unsigned char)((in[i] * UINT64_C(0x0202020202) & UINT64_C(0x010884422010)) % 1023);
    return out;
}

static unsigned add_fax_strip(const struct tiff *t, size_t i, struct objects *objects) {
    struct buf entries = {0};
    const unsigned char *in;
    size_t n;
    if (!strip_of(t, i, &in, &n))
        return 0;
    image_put_entries(&entries, t->width, rows_of(t, i), 1, "/DeviceGray");
    int k = t->compression == FAX4 ? -1 : t->compression == FAX3 && t->t4 & 1 ? 1 : 0;
    buf_printf(&entries, "/Filter/CCITTFaxDecode/DecodeParms<</K %d/Columns %u/Rows %u%s%s%s>>", k,
               (unsigned)t->width, (unsigned)rows_of(t, i),
               t->compression == FAX4 ? "" : "/EndOfBlock false",
               t->compression == FAX_RUNS || t->t4 & 4 ? "/EncodedByteAlign true" : "",
               t->photometric == BLACK_IS_ZERO ? "/BlackIs1 true" : "");
    unsigned number = object_add_stream(objects, &entries, turned(t, in, n), n);
    buf_free(&entries);
    return number;
}

static void put_millionths(struct buf *out, uint64_t part, uint64_t whole) {
    buf_printf(out, "%llu.%06llu ", (unsigned long long)(part / whole),
               (unsigned long long)(part % whole * 1000000 / whole));
}

/* The strips one below the other, in the unit square that an image would fill. */
static unsigned add_fax(const struct tiff *t, struct objects *objects) {
    struct buf entries = {0}, content = {0};
    if (t->offsets.n == 1)
        return add_fax_strip(t, 0, objects);
    buf_puts(&entries, "/Type/XObject/Subtype/Form/BBox[0 0 1 1]/Resources<</XObject<<");
    for (size_t i = 0; i < t->offsets.n; i++) {
        unsigned strip = add_fax_strip(t, i, objects);
        uint32_t rows = rows_of(t, i), end = (uint32_t)i * t->rows + rows;
        if (!strip)
            continue;
        buf_printf(&entries, "/S%zu %u 0 R", i, strip);
        buf_puts(&content, "q 1 0 0 ");
        put_millionths(&content, rows, t->height);
        buf_puts(&content, "0 ");
        put_millionths(&content, t->height - end, t->height);
        buf_printf(&content, "cm/S%zu Do Q\n", i);
    }
    buf_puts(&entries, ">>>>");
    unsigned number = object_add_packed(objects, &entries, buf_text(&content), content.len);
    buf_free(&entries);
    buf_free(&content);
    return number;
}

unsigned tiff_embed(struct pool *pool, const char *bytes, size_t len, struct objects *objects) {
    struct tiff t = {.pool = pool, .bytes = (const unsigned char *)bytes, .n = len};
    struct raster raster = {0};
    if (!open_tiff(&t))
        return 0;
    if (t.compression >= FAX_RUNS && t.compression <= FAX4)
        return t.bits == 1 && t.samples == 1 && t.photometric <= BLACK_IS_ZERO
                   ? add_fax(&t, objects)
                   : 0;
    return decode(&t, &raster) ? raster_add(&raster, objects) : 0;
}
