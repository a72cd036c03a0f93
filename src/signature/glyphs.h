/* glyphs: the characters of a shown string: how wide each is, and whether it leaves ink (ISO
 * 32000-1, 9.7.4.3 and 9.10.3). Blanks over the slots of a draft are not text to be covered. */
#ifndef CONGVAN_SIGNATURE_GLYPHS_H
#define CONGVAN_SIGNATURE_GLYPHS_H

#include "pdf/lex.h"
#include "signature/reader.h"

struct glyph_font;

/* The fonts met so far. */
struct glyph_fonts {
    struct pool *pool;
    VEC(struct glyph_font *) at;
    size_t left; /* codes that may still be mapped: a font made to swell is read in part */
};

void glyph_fonts_init(struct glyph_fonts *fonts, struct pool *pool);

/* The font `value` of `reader`; NULL value: unknown, a byte is a character of half an em. Lent. */
const struct glyph_font *glyph_font(struct glyph_fonts *fonts, struct reader *reader,
                                    pdf_value value);

struct shown_glyph {
    double width;        /* in ems */
    bool visible, space; /* space: the single byte 32, which word spacing widens */
    const char *text;    /* UTF-8, lent by the font; "" when it does not say */
};

/* Walks a literal or hexadecimal string token: the glyph at *at, which moves behind it; false at
 * the end. Start with *at = NULL. */
bool glyph_next(const struct glyph_font *font, struct token string, const char **at,
                struct shown_glyph *glyph);

#endif
