#include "pdf/truetype.h"

#include <string.h>

enum {
    HEAD_SIZE = 54,
    HHEA_SIZE = 36,
    MAXP_SIZE = 32,
    GLYPH_HEADER = 10,
    DIRECTORY = 12 + 16 * TRUETYPE_TABLES,
    SHORT_MOST = 0x1FFFF, /* where offsets in half words end */
    WORD = 64             /* bits */
};

/* What of a glyph is copied. */
struct outline {
    const unsigned char *at;
    uint32_t n;
    bool known, composed;
};

struct truetype {
    struct pool *pool;
    struct sfnt_bytes tables[TRUETYPE_TABLES];
    bool long_offsets;
    unsigned glyph_count;
    unsigned metric_count; /* glyphs with an advance of their own in hmtx */
    struct outline *outlines;
    uint64_t *wanted;  /* a bit a glyph; all clear between two cuts */
    uint16_t *order;   /* the glyphs of the program being made */
    uint16_t *numbers; /* by glyph of the font, its number in that program */
};

static unsigned get16(const unsigned char *p) {
    return (unsigned)p[0] << 8 | p[1];
}

static uint32_t get32(const unsigned char *p) {
    return (uint32_t)get16(p) << 16 | get16(p + 2);
}

static unsigned char *put16(unsigned char *to, unsigned value) {
    *to++ = (unsigned char)(value >> 8);
    *to++ = (unsigned char)value;
    return to;
}

static unsigned char *put32(unsigned char *to, uint32_t value) {
    return put16(put16(to, value >> 16), value & 0xFFFF);
}

struct truetype *truetype_new(struct pool *pool, const struct sfnt_bytes tables[TRUETYPE_TABLES]) {
    if (tables[HEAD].n < HEAD_SIZE || tables[HHEA].n < HHEA_SIZE || tables[MAXP].n < MAXP_SIZE ||
        !tables[GLYF].n || !tables[LOCA].n)
        return NULL;
    unsigned count = get16(tables[MAXP].at + 4), metrics = get16(tables[HHEA].at + 34);
    if (!count)
        return NULL;
    struct truetype *font = POOL_NEW(pool, struct truetype);
    font->pool = pool;
    memcpy(font->tables, tables, sizeof font->tables);
    font->long_offsets = get16(tables[HEAD].at + 50) != 0;
    font->glyph_count = count;
    font->metric_count = metrics < tables[HMTX].n / 4 ? metrics : (unsigned)(tables[HMTX].n / 4);
    font->outlines = POOL_ARRAY(pool, struct outline, count);
    font->wanted = POOL_ARRAY(pool, uint64_t, count / WORD + 1);
    font->order = POOL_ARRAY(pool, uint16_t, count);
    font->numbers = POOL_ARRAY(pool, uint16_t, count);
    return font;
}

/* ---- what of a glyph is copied ---- */

static struct sfnt_bytes glyph_bytes(const struct truetype *font, unsigned glyph) {
    const struct sfnt_bytes *loca = &font->tables[LOCA], *glyf = &font->tables[GLYF];
    size_t width = font->long_offsets ? 4 : 2;
    if (loca->n < (glyph + 2) * width)
        return (struct sfnt_bytes){0};
    const unsigned char *at = loca->at + glyph * width;
    size_t start = font->long_offsets ? get32(at) : get16(at) * 2;
    size_t end = font->long_offsets ? get32(at + 4) : get16(at + 2) * 2;
    if (start > end || end > glyf->n || end - start < GLYPH_HEADER)
        return (struct sfnt_bytes){0};
    return (struct sfnt_bytes){glyf->at + start, end - start};
}

/* Where the flags and the coordinates they announce end; 0: damaged. */
static size_t points_end(struct sfnt_bytes glyph, size_t at, unsigned points) {
    enum { SHORT_X = 0x02, SHORT_Y = 0x04, REPEAT = 0x08, SAME_X = 0x10, SAME_Y = 0x20 };
    size_t coordinates = 0;
    while (points) {
        if (at + 2 > glyph.n)
            return 0;
        unsigned flag = glyph.at[at++], times = 1;
        if (flag & REPEAT)
            times += glyph.at[at++];
        if (times > points)
            return 0;
        points -= times;
        coordinates += (flag & SHORT_X ? 1 : flag & SAME_X ? 0 : 2) * times;
        coordinates += (flag & SHORT_Y ? 1 : flag & SAME_Y ? 0 : 2) * times;
    }
    return at + coordinates <= glyph.n ? at + coordinates : 0;
}

/* The contours without the instructions between their ends and their points. */
static void strip_simple(struct pool *pool, struct sfnt_bytes glyph, struct outline *outline) {
    size_t ends = GLYPH_HEADER + 2 * (size_t)get16(glyph.at);
    if (ends == GLYPH_HEADER || glyph.n < ends + 2)
        return;
    size_t points = ends + 2 + get16(glyph.at + ends);
    size_t end = points_end(glyph, points, get16(glyph.at + ends - 2) + 1);
    if (!end)
        return;
    outline->n = (uint32_t)(ends + 2 + end - points);
    unsigned char *to = pool_alloc(pool, outline->n);
    memcpy(to, glyph.at, ends);
    memcpy(to + ends + 2, glyph.at + points, end - points);
    outline->at = to;
}

enum { HAS_INSTRUCTIONS = 0x100, MORE_COMPONENTS = 0x20 };

/* The bytes a component has: flags, glyph, where it goes, and how it is scaled. */
static size_t component_size(unsigned flags) {
    enum { WORDS = 0x01, SCALE = 0x08, TWO_SCALES = 0x40, MATRIX = 0x80 };
    return 4 + (flags & WORDS ? 4 : 2) +
           (flags & SCALE        ? 2
            : flags & TWO_SCALES ? 4
            : flags & MATRIX     ? 8
                                 : 0);
}

/* The components without the instructions behind them. */
static void strip_composed(struct truetype *font, struct sfnt_bytes glyph,
                           struct outline *outline) {
    unsigned char *to = pool_alloc(font->pool, glyph.n);
    memcpy(to, glyph.at, glyph.n);
    size_t at = GLYPH_HEADER;
    unsigned flags;
    do {
        if (at + 4 > glyph.n || get16(to + at + 2) >= font->glyph_count)
            return;
        flags = get16(to + at);
        put16(to + at, flags & ~(unsigned)HAS_INSTRUCTIONS);
        at += component_size(flags);
    } while (flags & MORE_COMPONENTS);
    if (at > glyph.n)
        return;
    *outline = (struct outline){.at = to, .n = (uint32_t)at, .known = true, .composed = true};
}

static const struct outline *outline_of(struct truetype *font, unsigned glyph) {
    struct outline *outline = &font->outlines[glyph];
    if (outline->known)
        return outline;
    outline->known = true;
    struct sfnt_bytes bytes = glyph ? glyph_bytes(font, glyph) : (struct sfnt_bytes){0};
    if (bytes.n && get16(bytes.at) & 0x8000)
        strip_composed(font, bytes, outline);
    else if (bytes.n)
        strip_simple(font->pool, bytes, outline);
    return outline;
}

/* ---- which glyphs ---- */

static size_t want(struct truetype *font, unsigned glyph, size_t n) {
    uint64_t bit = UINT64_C(1) << glyph % WORD;
    if (glyph >= font->glyph_count || font->wanted[glyph / WORD] & bit)
        return n;
    font->wanted[glyph / WORD] |= bit;
    font->order[n] = (uint16_t)glyph;
    return n + 1;
}

static size_t want_components(struct truetype *font, const struct outline *outline, size_t n) {
    for (size_t at = GLYPH_HEADER; at < outline->n;) {
        n = want(font, get16(outline->at + at + 2), n);
        at += component_size(get16(outline->at + at));
    }
    return n;
}

/* Puts `order` in the order of glyphs, sets their numbers, and clears `wanted`. */
static void number_wanted(struct truetype *font) {
    unsigned n = 0;
    for (unsigned i = 0; i <= font->glyph_count / WORD; i++) {
        for (uint64_t bits = font->wanted[i]; bits; bits &= bits - 1) {
            unsigned glyph = i * WORD + (unsigned)__builtin_ctzll(bits);
            font->numbers[glyph] = (uint16_t)n;
            font->order[n++] = (uint16_t)glyph;
        }
        font->wanted[i] = 0;
    }
}

static size_t close_over(struct truetype *font, const uint16_t *glyphs, size_t count) {
    size_t n = want(font, 0, 0);
    for (size_t i = 0; i < count; i++)
        n = want(font, glyphs[i], n);
    for (size_t i = 0; i < n; i++) {
        const struct outline *outline = outline_of(font, font->order[i]);
        if (outline->composed)
            n = want_components(font, outline, n);
    }
    number_wanted(font);
    return n;
}

/* ---- the tables of the program ---- */

/* A program being put together. */
struct program {
    struct truetype *font;
    size_t glyph_count, metric_count;
    bool long_offsets;
    size_t sizes[TRUETYPE_TABLES], starts[TRUETYPE_TABLES];
    unsigned char *bytes;
};

static unsigned advance_of(const struct truetype *font, unsigned glyph) {
    if (!font->metric_count)
        return 0;
    unsigned with = glyph < font->metric_count ? glyph : font->metric_count - 1;
    return get16(font->tables[HMTX].at + 4 * (size_t)with);
}

static unsigned bearing_of(const struct truetype *font, unsigned glyph) {
    size_t at = glyph < font->metric_count
                    ? 4 * (size_t)glyph + 2
                    : 4 * (size_t)font->metric_count + 2 * (size_t)(glyph - font->metric_count);
    return at + 2 <= font->tables[HMTX].n ? get16(font->tables[HMTX].at + at) : 0;
}

/* The last glyphs of one advance share it. */
static size_t count_metrics(const struct truetype *font, size_t n) {
    unsigned last = advance_of(font, font->order[n - 1]);
    while (n > 1 && advance_of(font, font->order[n - 2]) == last)
        n--;
    return n;
}

static size_t padded(size_t n, size_t to) {
    return (n + to - 1) / to * to;
}

static void measure(struct program *p) {
    size_t total = 0;
    for (size_t i = 0; i < p->glyph_count; i++)
        total += padded(outline_of(p->font, p->font->order[i])->n, 2);
    p->long_offsets = total > SHORT_MOST;
    p->metric_count = count_metrics(p->font, p->glyph_count);
    p->sizes[GLYF] = total ? total : 1; /* an empty table is taken for none */
    p->sizes[HEAD] = HEAD_SIZE;
    p->sizes[HHEA] = HHEA_SIZE;
    p->sizes[HMTX] = 2 * (p->glyph_count + p->metric_count);
    p->sizes[LOCA] = (p->glyph_count + 1) * (p->long_offsets ? 4 : 2);
    p->sizes[MAXP] = MAXP_SIZE;
}

/* Gives the tables their places, the shortest first; returns the size of the whole. */
static size_t place(struct program *p) {
    size_t end = DIRECTORY;
    bool placed[TRUETYPE_TABLES] = {false};
    for (int n = 0; n < TRUETYPE_TABLES; n++) {
        int next = -1;
        for (int i = 0; i < TRUETYPE_TABLES; i++)
            if (!placed[i] && (next < 0 || p->sizes[i] < p->sizes[next]))
                next = i;
        placed[next] = true;
        p->starts[next] = end;
        end += padded(p->sizes[next], 4);
    }
    return end;
}

static void renumber_components(const struct truetype *font, unsigned char *glyph, size_t n) {
    for (size_t at = GLYPH_HEADER; at < n;) {
        put16(glyph + at + 2, font->numbers[get16(glyph + at + 2)]);
        at += component_size(get16(glyph + at));
    }
}

static void put_outlines(struct program *p) {
    unsigned char *glyf = p->bytes + p->starts[GLYF], *loca = p->bytes + p->starts[LOCA];
    size_t at = 0;
    for (size_t i = 0; i <= p->glyph_count; i++) {
        loca = p->long_offsets ? put32(loca, (uint32_t)at) : put16(loca, (unsigned)(at / 2));
        if (i == p->glyph_count)
            break;
        const struct outline *outline = outline_of(p->font, p->font->order[i]);
        if (outline->n)
            memcpy(glyf + at, outline->at, outline->n);
        if (outline->composed)
            renumber_components(p->font, glyf + at, outline->n);
        at += padded(outline->n, 2);
    }
}

static void put_metrics(struct program *p) {
    unsigned char *to = p->bytes + p->starts[HMTX];
    for (size_t i = 0; i < p->glyph_count; i++) {
        if (i < p->metric_count)
            to = put16(to, advance_of(p->font, p->font->order[i]));
        to = put16(to, bearing_of(p->font, p->font->order[i]));
    }
}

static void put_heads(struct program *p) {
    const struct sfnt_bytes *from = p->font->tables;
    unsigned char *head = p->bytes + p->starts[HEAD], *hhea = p->bytes + p->starts[HHEA],
                  *maxp = p->bytes + p->starts[MAXP];
    memcpy(head, from[HEAD].at, HEAD_SIZE);
    put32(head + 8, 0); /* checkSumAdjustment, until all is there */
    put16(head + 50, p->long_offsets);
    memcpy(hhea, from[HHEA].at, HHEA_SIZE);
    put16(hhea + 34, (unsigned)p->metric_count);
    memcpy(maxp, from[MAXP].at, MAXP_SIZE);
    put16(maxp + 4, (unsigned)p->glyph_count);
    put16(maxp + 14, 1);      /* maxZones */
    memset(maxp + 16, 0, 12); /* what instructions would need */
}

static uint32_t sum_words(const unsigned char *at, size_t n) {
    uint32_t sum = 0;
    for (size_t i = 0; i < n; i += 4)
        sum += get32(at + i);
    return sum;
}

static void put_directory(struct program *p) {
    static const char tags[TRUETYPE_TABLES][5] = {"glyf", "head", "hhea", "hmtx", "loca", "maxp"};
    enum { WHOLE = 0xB1B0AFBA /* what the words of a font file add up to */ };
    unsigned char *to = put32(p->bytes, 0x00010000);
    to = put16(to, TRUETYPE_TABLES);
    to = put16(to, 64); /* for a binary search: 16 times the largest power of two, */
    to = put16(to, 2);  /* its logarithm, */
    to = put16(to, 16 * TRUETYPE_TABLES - 64);
    uint32_t all = 0;
    for (int i = 0; i < TRUETYPE_TABLES; i++) {
        uint32_t sum = sum_words(p->bytes + p->starts[i], p->sizes[i]);
        all += sum;
        memcpy(to, tags[i], 4);
        to = put32(to + 4, sum);
        to = put32(to, (uint32_t)p->starts[i]);
        to = put32(to, (uint32_t)p->sizes[i]);
    }
    all += sum_words(p->bytes, DIRECTORY);
    put32(p->bytes + p->starts[HEAD] + 8, (uint32_t)WHOLE - all);
}

unsigned truetype_cut(struct truetype *font, const uint16_t *glyphs, size_t n, uint16_t *renumbered,
                      struct buf *out) {
    struct program p = {.font = font, .glyph_count = close_over(font, glyphs, n)};
    measure(&p);
    size_t size = place(&p);
    p.bytes = (unsigned char *)buf_reserve(out, size);
    memset(p.bytes, 0, size);
    put_outlines(&p);
    put_metrics(&p);
    put_heads(&p);
    put_directory(&p);
    out->len += size;
    out->data[out->len] = '\0';
    for (size_t i = 0; i < n; i++)
        renumbered[i] = glyphs[i] < font->glyph_count ? font->numbers[glyphs[i]] : 0;
    return (unsigned)p.glyph_count;
}

const uint16_t *truetype_order(const struct truetype *font) {
    return font->order;
}
