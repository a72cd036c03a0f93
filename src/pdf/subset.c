#include "pdf/subset.h"
#include "base/pool.h"
#include "pdf/truetype.h"

#include <hb.h>
#include <stdlib.h>
#include <string.h>

enum { KEPT = 64 /* a power of two */ };

struct prepared {
    hb_face_t *source; /* referenced, so that its address stays its own */
    hb_blob_t *blobs[TRUETYPE_TABLES];
    struct truetype *font; /* NULL: cannot be cut down */
};

/* A subset made, in the place its hash gives; another of that place takes it over. */
struct kept {
    const hb_face_t *source; /* NULL: an empty place */
    struct subset subset;
};

struct subsets {
    struct pool *pool;
    VEC(struct prepared) faces;
    struct kept kept[KEPT];
    struct buf program; /* scratch */
};

struct subsets *subsets_new(void) {
    struct pool *pool = pool_new();
    struct subsets *subsets = POOL_NEW(pool, struct subsets);
    subsets->pool = pool;
    return subsets;
}

static void empty(struct kept *place) {
    buf_free(&place->subset.packed);
    free(place->subset.glyphs);
    free(place->subset.origins);
    *place = (struct kept){0};
}

void subsets_free(struct subsets *subsets) {
    struct prepared *face;
    VEC_EACH (face, &subsets->faces) {
        for (int i = 0; i < TRUETYPE_TABLES; i++)
            hb_blob_destroy(face->blobs[i]);
        hb_face_destroy(face->source);
    }
    for (int i = 0; i < KEPT; i++)
        empty(&subsets->kept[i]);
    buf_free(&subsets->program);
    pool_free(subsets->pool);
}

/* ---- cutting ---- */

static void open_font(struct pool *pool, struct prepared *face) {
    static const hb_tag_t tags[TRUETYPE_TABLES] = {
        [GLYF] = HB_TAG('g', 'l', 'y', 'f'), [HEAD] = HB_TAG('h', 'e', 'a', 'd'),
        [HHEA] = HB_TAG('h', 'h', 'e', 'a'), [HMTX] = HB_TAG('h', 'm', 't', 'x'),
        [LOCA] = HB_TAG('l', 'o', 'c', 'a'), [MAXP] = HB_TAG('m', 'a', 'x', 'p')};
    struct sfnt_bytes tables[TRUETYPE_TABLES];
    for (int i = 0; i < TRUETYPE_TABLES; i++) {
        unsigned n;
        face->blobs[i] = hb_face_reference_table(face->source, tags[i]);
        tables[i].at = (const unsigned char *)hb_blob_get_data(face->blobs[i], &n);
        tables[i].n = n;
    }
    face->font = truetype_new(pool, tables);
}

static struct prepared *prepare(struct subsets *subsets, const struct face *face) {
    struct prepared *prepared;
    VEC_EACH (prepared, &subsets->faces)
        if (prepared->source == face_hb(face))
            return prepared;
    prepared = VEC_PUSH(subsets->pool, &subsets->faces);
    prepared->source = hb_face_reference(face_hb(face));
    open_font(subsets->pool, prepared);
    return prepared;
}

static void cut(struct subsets *subsets, struct truetype *font, struct subset *subset,
                struct flate *flate) {
    struct buf *program = &subsets->program;
    buf_clear(program);
    subset->glyph_count =
        truetype_cut(font, subset->glyphs, subset->n, subset->renumbered, program);
    subset->origins = mem_alloc(subset->glyph_count * sizeof *subset->origins);
    memcpy(subset->origins, truetype_order(font), subset->glyph_count * sizeof *subset->origins);
    subset->plain_len = program->len;
    flate_pack(flate, program->data, program->len, &subset->packed);
}

/* ---- keeping ---- */

static struct kept *place_of(struct subsets *subsets, const hb_face_t *source,
                             const uint16_t *glyphs, size_t n) {
    uint64_t hash = (uint64_t)(uintptr_t)source >> 4;
    for (size_t i = 0; i < n; i++)
        hash = (hash ^ glyphs[i]) * UINT64_C(0x9E3779B97F4A7C15);
    return &subsets->kept[hash >> 32 & (KEPT - 1)];
}

static bool holds(const struct kept *place, const hb_face_t *source, const uint16_t *glyphs,
                  size_t n) {
    return place->source == source && place->subset.n == n &&
           memcmp(place->subset.glyphs, glyphs, n * sizeof *glyphs) == 0;
}

const struct subset *subset_of(struct subsets *subsets, const struct face *face,
                               const uint16_t *glyphs, size_t n, struct flate *flate) {
    struct prepared *prepared = prepare(subsets, face);
    if (!prepared->font)
        return NULL;
    struct kept *place = place_of(subsets, prepared->source, glyphs, n);
    if (holds(place, prepared->source, glyphs, n))
        return &place->subset;
    empty(place);
    struct subset *subset = &place->subset;
    subset->n = n;
    subset->glyphs = mem_alloc(2 * n * sizeof *glyphs + 1);
    subset->renumbered = subset->glyphs + n;
    memcpy(subset->glyphs, glyphs, n * sizeof *glyphs);
    cut(subsets, prepared->font, subset, flate);
    place->source = prepared->source;
    return subset;
}

static int by_number(const void *a, const void *b) {
    return *(const uint16_t *)a - *(const uint16_t *)b;
}

uint16_t subset_glyph(const struct subset *subset, uint16_t glyph) {
    const uint16_t *at = bsearch(&glyph, subset->glyphs, subset->n, sizeof glyph, by_number);
    return at ? subset->renumbered[at - subset->glyphs] : 0;
}
