/* font: the faces a document draws with, as PDF fonts.
 *
 * Each face becomes one Type0 font (Identity-H over a CIDFontType2) with a subset of the face
 * inside: only the glyphs drawn, renumbered, no hinting, no layout tables. (Keeping the glyph
 * ids instead was measured: 2.6 times the bytes before packing, 5 % more after it, and twice the
 * time.)
 *
 * Text is shown by character codes (CIDs). The code of a glyph is its number in the subset. A
 * glyph that stands for several characters - '-' for U+002D and U+2011 - gets a further code for
 * every character after the first, so that copied text is what was typed; only a font with such
 * codes carries a CIDToGIDMap. */
#ifndef CONGVAN_PDF_FONT_H
#define CONGVAN_PDF_FONT_H

#include "base/face.h"
#include "base/pool.h"
#include "pdf/archival.h"
#include "pdf/idmap.h"
#include "pdf/object.h"
#include "pdf/subset.h"

#include <stdbool.h>
#include <stdint.h>

/* What is kept from document to document (draw.h). Not shared between threads. */
struct pdf_fonts {
    struct pool *pool;
    struct pool *document; /* of the document being written; reset for the next */
    struct flate *flate;
    struct profile_bytes profile;
    struct subsets *subsets;
};

/* A glyph standing for a character. */
struct code {
    uint32_t cp;
    uint16_t glyph; /* in the face */
    uint16_t cid;   /* known after fonts_embed */
    int width;      /* in 1/1000 em */
};

struct embedded_font {
    const struct face *face;
    size_t number;          /* of its name /F1, /F2, ... */
    unsigned glyph_count;   /* of the face */
    VEC(struct code) codes; /* in the order first drawn */
    uint16_t *first;        /* by glyph: 1 + index of its first code */
    struct idmap twins;     /* glyph and character -> 1 + index, for its further codes */
    size_t twin_count;
    uint16_t blank;  /* the glyph of the space, which stands in for missing ones; 0: none */
    bool lacking;    /* some character drawn is missing */
    unsigned object; /* the Type0 font; known after fonts_embed */
};

struct font_set {
    struct pool *pool;
    VEC(struct embedded_font *) fonts; /* in the order first drawn with: /F1, /F2, ... */
    struct embedded_font *latest;
};

/* The face's font in the set; a new one is added. */
struct embedded_font *font_set_find(struct font_set *set, const struct face *face);

/* Whether the face has no such glyph: 0, or past its last. */
bool font_lacks(const struct embedded_font *font, uint16_t glyph);

/* The code under which `glyph` stands for `cp`; a new one is added. Valid until the next call. A
 * character the face lacks gets a code of the blank glyph; NULL if there is none. */
const struct code *font_new_code(struct pool *pool, struct embedded_font *font, uint16_t glyph,
                                 uint32_t cp);

/* The same, at once for what was drawn before: it is asked twice for every glyph of a document. */
static inline const struct code *font_code(struct pool *pool, struct embedded_font *font,
                                           uint16_t glyph, uint32_t cp) {
    uint32_t slot = glyph < font->glyph_count ? font->first[glyph] : 0; /* never of glyph 0 */
    if (slot && font->codes.at[slot - 1].cp == cp)
        return &font->codes.at[slot - 1];
    return font_new_code(pool, font, glyph, cp);
}

/* Subsets every face of the set and adds the fonts to `objects`. False (reported) if a face cannot
 * be subset. */
bool fonts_embed(struct font_set *set, struct pdf_fonts *fonts, struct objects *objects,
                 struct diag *diag);

#endif
