#include "pdf/font.h"
#include "pdf/draw.h"
#include "pdf/font_tables.h"

#include <stdlib.h>
#include <string.h>

/* ---- kept from document to document ---- */

struct pdf_fonts *pdf_fonts_new(void) {
    struct pool *pool = pool_new();
    struct pdf_fonts *fonts = POOL_NEW(pool, struct pdf_fonts);
    fonts->pool = pool;
    fonts->document = pool_new();
    fonts->flate = flate_new();
    fonts->subsets = subsets_new();
    return fonts;
}

void pdf_fonts_free(struct pdf_fonts *fonts) {
    if (!fonts)
        return;
    subsets_free(fonts->subsets);
    flate_free(fonts->flate);
    buf_free(&fonts->profile.packed);
    pool_free(fonts->document);
    pool_free(fonts->pool);
}

/* ---- what a document draws ---- */

static struct embedded_font *add_font(struct font_set *set, const struct face *face) {
    struct embedded_font *font = POOL_NEW(set->pool, struct embedded_font);
    font->face = face;
    font->blank = face_glyph(face, ' ');
    font->glyph_count = face_glyph_count(face);
    font->first = POOL_ARRAY(set->pool, uint16_t, font->glyph_count + 1);
    *VEC_PUSH(set->pool, &set->fonts) = font;
    font->number = set->fonts.n;
    return font;
}

struct embedded_font *font_set_find(struct font_set *set, const struct face *face) {
    if (set->latest && set->latest->face == face)
        return set->latest;
    size_t i = 0;
    while (i < set->fonts.n && set->fonts.at[i]->face != face)
        i++;
    return set->latest = i < set->fonts.n ? set->fonts.at[i] : add_font(set, face);
}

static int width_of(const struct face *face, uint16_t glyph) {
    int upem = face_metrics(face)->upem;
    return (face_advance(face, glyph) * 1000 + upem / 2) / (upem ? upem : 1);
}

static const struct code *add_code(struct pool *pool, struct embedded_font *font, uint16_t glyph,
                                   uint32_t cp) {
    struct code *code = VEC_PUSH(pool, &font->codes);
    code->cp = cp;
    code->glyph = glyph;
    code->width = width_of(font->face, glyph);
    return code;
}

bool font_lacks(const struct embedded_font *font, uint16_t glyph) {
    return !glyph || glyph >= font->glyph_count;
}

const struct code *font_new_code(struct pool *pool, struct embedded_font *font, uint16_t glyph,
                                 uint32_t cp) {
    if (font_lacks(font, glyph)) {
        font->lacking = true;
        glyph = font->blank;
    }
    if (font_lacks(font, glyph))
        return NULL;
    if (!font->first[glyph]) {
        font->first[glyph] = (uint16_t)(font->codes.n + 1);
        return add_code(pool, font, glyph, cp);
    }
    const struct code *first = &font->codes.at[font->first[glyph] - 1];
    if (first->cp == cp)
        return first;
    uint64_t key = (uint64_t)glyph << 32 | cp;
    uint32_t known = idmap_get(&font->twins, key);
    if (known)
        return &font->codes.at[known - 1];
    /* A code has 16 bits: a document with tens of thousands of missing characters loses some. */
    if (font->glyph_count + font->twin_count >= 0xFFFF)
        return first;
    font->twin_count++;
    *idmap_at(pool, &font->twins, key) = (uint32_t)(font->codes.n + 1);
    return add_code(pool, font, glyph, cp);
}

/* ---- embedding ---- */

/* What is at hand while one font is written. */
struct embedding {
    struct embedded_font *font;
    const struct subset *subset;
    struct objects *objects;
    struct pool *pool;
    const struct code **by_cid; /* the codes, sorted */
    unsigned cid_count;
    struct buf name;    /* ABCDEF+PostScriptName, as a PDF name without its slash */
    struct buf entries; /* scratch */
    struct buf data;    /* scratch */
};

/* FNV-1a: the tag tells subsets of one face apart and must be the same on every run. */
static uint64_t hash_byte(uint64_t hash, unsigned byte) {
    return (hash ^ byte) * UINT64_C(0x100000001B3);
}

static void put_tag(struct buf *out, const struct embedded_font *font) {
    uint64_t hash = UINT64_C(0xCBF29CE484222325);
    for (const char *p = face_postscript_name(font->face); *p; p++)
        hash = hash_byte(hash, (unsigned char)*p);
    const struct code *code;
    VEC_EACH (code, &font->codes)
        for (int shift = 0; shift < 48; shift += 8)
            hash = hash_byte(hash, ((uint64_t)code->cp << 16 | code->glyph) >> shift & 0xFF);
    for (int i = 0; i < 6; i++, hash /= 26)
        buf_putc(out, (char)('A' + hash % 26));
    buf_putc(out, '+');
}

static void put_name(struct buf *out, const char *name) {
    for (; *name; name++) {
        unsigned char c = (unsigned char)*name;
        if (c <= ' ' || c > '~' || strchr("()<>[]{}/%#", c))
            buf_printf(out, "#%02X", c);
        else
            buf_putc(out, (char)c);
    }
}

/* Numbers the codes: first codes as their glyphs in the subset, twins after the last glyph. */
static void number_codes(struct embedding *e) {
    struct embedded_font *font = e->font;
    unsigned glyphs = e->subset->glyph_count;
    e->by_cid = POOL_ARRAY(e->pool, const struct code *, font->codes.n);
    const struct code **by_new = POOL_ARRAY(e->pool, const struct code *, glyphs);
    e->cid_count = glyphs;
    struct code *code;
    VEC_EACH (code, &font->codes) {
        uint16_t new_glyph = subset_glyph(e->subset, code->glyph);
        bool is_first = &font->codes.at[font->first[code->glyph] - 1] == code;
        code->cid = is_first ? new_glyph : (uint16_t)e->cid_count++;
        if (is_first && new_glyph < glyphs)
            by_new[new_glyph] = code;
    }
    size_t n = 0;
    for (unsigned i = 0; i < glyphs; i++)
        if (by_new[i])
            e->by_cid[n++] = by_new[i];
    VEC_EACH (code, &font->codes)
        if (code->cid >= glyphs)
            e->by_cid[n++] = code;
}

/* The glyph of every code, two bytes each. */
static void put_cid_to_gid(struct embedding *e) {
    unsigned glyphs = e->subset->glyph_count;
    buf_clear(&e->data);
    for (unsigned cid = 0; cid < glyphs; cid++) {
        buf_putc(&e->data, (char)(cid >> 8));
        buf_putc(&e->data, (char)(cid & 0xFF));
    }
    for (size_t i = 0; i < e->font->codes.n; i++)
        if (e->by_cid[i]->cid >= glyphs) {
            uint16_t glyph = subset_glyph(e->subset, e->by_cid[i]->glyph);
            buf_putc(&e->data, (char)(glyph >> 8));
            buf_putc(&e->data, (char)(glyph & 0xFF));
        }
}

static unsigned add_font_file(struct embedding *e) {
    const struct buf *packed = &e->subset->packed;
    buf_clear(&e->entries);
    buf_puts(&e->entries, "/Length1 ");
    buf_put_int(&e->entries, (int64_t)e->subset->plain_len);
    buf_puts(&e->entries, "/Filter/FlateDecode");
    return object_add_stream(e->objects, &e->entries, packed->data, packed->len);
}

static int em1000(const struct face_metrics *m, int units) {
    int64_t scaled = (int64_t)units * 1000, half = m->upem / 2;
    return (int)((scaled + (scaled < 0 ? -half : half)) / (m->upem ? m->upem : 1));
}

/* Table 121. Symbolic, since the glyphs are not of the Latin set that "nonsymbolic" promises. */
static int descriptor_flags(const struct face *face) {
    enum { FIXED_PITCH = 1, SERIF = 2, SYMBOLIC = 4, ITALIC = 64 };
    const struct face_metrics *m = face_metrics(face);
    return SYMBOLIC | (m->fixed_pitch ? FIXED_PITCH : 0) | (m->serif ? SERIF : 0) |
           (m->italic_angle ? ITALIC : 0);
}

static void put_metric(struct buf *out, const char *key, int value) {
    buf_puts(out, key);
    buf_put_int(out, value);
}

static unsigned add_descriptor(struct embedding *e, unsigned font_file) {
    const struct face_metrics *m = face_metrics(e->font->face);
    struct buf *out = &e->entries;
    buf_clear(out);
    buf_puts(out, "/Type/FontDescriptor/FontName/");
    buf_append(out, buf_text(&e->name), e->name.len);
    put_metric(out, "/Flags ", descriptor_flags(e->font->face));
    for (int i = 0; i < 4; i++)
        put_metric(out, i ? " " : "/FontBBox[", em1000(m, m->box[i]));
    buf_puts(out, "]/ItalicAngle ");
    buf_put_milli(out, m->italic_angle);
    put_metric(out, "/Ascent ", em1000(m, m->ascent));
    /* How deep glyphs reach (ISO 32000-1, table 122), not how deep lines are set: Vietnamese has
     * dots below its descenders. */
    put_metric(out, "/Descent ", em1000(m, m->box[1]));
    put_metric(out, "/CapHeight ", em1000(m, m->cap_height));
    /* No font table has the stem; this is the customary guess from the weight. */
    put_metric(out, "/StemV ", 50 + m->weight * m->weight / 4225);
    object_put_ref(out, "FontFile2", font_file);
    return object_add(e->objects, out);
}

static int compare_ints(const void *a, const void *b) {
    int x = *(const int *)a, y = *(const int *)b;
    return (x > y) - (x < y);
}

/* Sorts them; 1000, which is the usual one of PDF itself, if there are none. */
static int most_frequent(int *widths, size_t n) {
    int best = 1000;
    size_t best_count = 0, count = 0;
    qsort(widths, n, sizeof *widths, compare_ints);
    for (size_t i = 0; i < n; i++) {
        count = i && widths[i] == widths[i - 1] ? count + 1 : 1;
        if (count > best_count) {
            best_count = count;
            best = widths[i];
        }
    }
    return best;
}

/* Of every glyph in the program, those too that are only parts of others: a judge of PDF/A may
 * compare them all (ISO 19005-2, 6.2.11.5). One at least allows a width of the list to be rounded,
 * and not the usual one. */
static void put_widths(struct embedding *e) {
    const struct face *face = e->font->face;
    int *widths = POOL_ARRAY(e->pool, int, 2 * (size_t)e->cid_count + 1);
    int *exact = widths + e->cid_count, upem = face_metrics(face)->upem;
    size_t n = 0;
    for (unsigned glyph = 0; glyph < e->subset->glyph_count; glyph++) {
        widths[glyph] = width_of(face, e->subset->origins[glyph]);
        if (widths[glyph] * upem == face_advance(face, e->subset->origins[glyph]) * 1000)
            exact[n++] = widths[glyph];
    }
    const struct code *code;
    VEC_EACH (code, &e->font->codes)
        widths[code->cid] = code->width;
    font_put_widths(&e->entries, widths, e->cid_count, most_frequent(exact, n));
}

static unsigned add_cid_font(struct embedding *e, unsigned descriptor, unsigned cid_to_gid) {
    struct buf *out = &e->entries;
    buf_clear(out);
    buf_puts(out, "/Type/Font/Subtype/CIDFontType2/BaseFont/");
    buf_append(out, buf_text(&e->name), e->name.len);
    buf_puts(out, "/CIDSystemInfo<</Registry(Adobe)/Ordering(Identity)/Supplement 0>>");
    object_put_ref(out, "FontDescriptor", descriptor);
    if (cid_to_gid)
        object_put_ref(out, "CIDToGIDMap", cid_to_gid);
    else
        buf_puts(out, "/CIDToGIDMap/Identity");
    put_widths(e);
    return object_add(e->objects, out);
}

static unsigned add_to_unicode(struct embedding *e) {
    buf_clear(&e->entries);
    buf_clear(&e->data);
    font_put_to_unicode(&e->data, e->by_cid, e->font->codes.n);
    return object_add_packed(e->objects, &e->entries, buf_text(&e->data), e->data.len);
}

static unsigned add_type0(struct embedding *e, unsigned cid_font, unsigned to_unicode) {
    struct buf *out = &e->entries;
    buf_clear(out);
    buf_puts(out, "/Type/Font/Subtype/Type0/BaseFont/");
    buf_append(out, buf_text(&e->name), e->name.len);
    buf_puts(out, "/Encoding/Identity-H/DescendantFonts[");
    buf_put_int(out, cid_font);
    buf_puts(out, " 0 R]");
    object_put_ref(out, "ToUnicode", to_unicode);
    return object_add(e->objects, out);
}

static void embed(struct embedding *e) {
    number_codes(e);
    put_tag(&e->name, e->font);
    put_name(&e->name, face_postscript_name(e->font->face));
    unsigned cid_to_gid = 0, descriptor = add_descriptor(e, add_font_file(e));
    if (e->cid_count > e->subset->glyph_count) {
        put_cid_to_gid(e);
        buf_clear(&e->entries);
        cid_to_gid = object_add_packed(e->objects, &e->entries, buf_text(&e->data), e->data.len);
    }
    unsigned cid_font = add_cid_font(e, descriptor, cid_to_gid);
    e->font->object = add_type0(e, cid_font, add_to_unicode(e));
    buf_free(&e->name);
    buf_free(&e->entries);
    buf_free(&e->data);
}

static const struct subset *subset_for(struct pool *pool, const struct embedded_font *font,
                                       struct pdf_fonts *fonts) {
    enum { WORD = 64 };
    size_t words = font->glyph_count / WORD + 1, n = 0;
    uint64_t *drawn = POOL_ARRAY(pool, uint64_t, words);
    uint16_t *glyphs = POOL_ARRAY(pool, uint16_t, font->codes.n + 1);
    const struct code *code;
    VEC_EACH (code, &font->codes)
        drawn[code->glyph / WORD] |= UINT64_C(1) << code->glyph % WORD;
    for (size_t i = 0; i < words; i++)
        for (uint64_t bits = drawn[i]; bits; bits &= bits - 1)
            glyphs[n++] = (uint16_t)(i * WORD + (size_t)__builtin_ctzll(bits));
    return subset_of(fonts->subsets, font->face, glyphs, n, fonts->flate);
}

bool fonts_embed(struct font_set *set, struct pdf_fonts *fonts, struct objects *objects,
                 struct diag *diag) {
    for (size_t i = 0; i < set->fonts.n; i++) {
        struct embedding e = {.font = set->fonts.at[i], .objects = objects, .pool = set->pool};
        e.subset = subset_for(set->pool, e.font, fonts);
        if (!e.subset) {
            diag_add(diag, PDF_FONT_CANNOT_EMBED, (struct where){0}, face_path(e.font->face), NULL);
            return false;
        }
        embed(&e);
    }
    return true;
}
