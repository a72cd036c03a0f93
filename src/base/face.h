/* face: font files, their metrics, and finding the right one.
 *
 * One `struct fonts` per process: a face is loaded when a document first needs it and kept.
 * Metrics and advances are in font units (divide by upem, multiply by the size). Advances are the
 * unhinted hmtx ones, which is what Word and LibreOffice break lines by. */
#ifndef CONGVAN_BASE_FACE_H
#define CONGVAN_BASE_FACE_H

#include "base/diag.h"

#include "base/hash.h"

#include <stdbool.h>
#include <stdint.h>

struct fonts;
struct face;
struct hb_face_t;
struct pool;

/* A stretch of text of one script that is to be shaped: letters joined, ligatures made, marks put
 * in their places. */
struct shaping {
    const uint32_t *chars; /* with what stands around the stretch, which decides about joining */
    size_t count;
    size_t from, end; /* the stretch */
    bool backward;    /* from right to left */
    bool kerned;      /* letters are moved together */
};

/* A glyph of it. */
struct shaped {
    uint16_t glyph;
    size_t chars;        /* the first character of its cluster, index into shaping.chars */
    int advance, dx, dy; /* in font units; by dx, dy it stands away from the pen, dy upwards */
};

/* All in font units, y up. */
struct face_metrics {
    int upem;
    int ascent, descent, line_gap; /* hhea; descent is positive, downwards */
    int cap_height, x_height;
    int underline_position; /* top of the underline below the baseline, positive downwards */
    int underline_thickness;
    int strikeout_position, strikeout_thickness; /* middle of the stroke above the baseline */
    int box[4];                                  /* head: xMin yMin xMax yMax */
    int weight;                                  /* OS/2 usWeightClass */
    int italic_angle; /* thousandths of a degree, negative = to the right */
    bool fixed_pitch;
    bool serif; /* by OS/2 Panose, where the font says */
};

/* `folders` are searched in order, before the system's. Both the array and strings are copied.
 * Not to be shared between threads. */
struct fonts *fonts_new(const char *const *folders, size_t n);
void fonts_free(struct fonts *fonts);

/* Adds to `hash` what fonts there are to choose from: names and sizes of the files in the folders
 * and in the system's places. */
void fonts_digest(const struct fonts *fonts, struct hash *hash);

/* What a document asks for. */
struct font_wish {
    const char
        *family; /* a family name, full name or PostScript name, "Times New Roman Bold" too */
    bool bold, italic;
    bool vietnamese; /* some text of the document has letters of Vietnamese alone (utf8.h) */
};

/* The face to use (lent). The family is searched for in the folders, by the names inside the files;
 * in the system's known places; through fontconfig. Times New Roman itself where it is installed,
 * else the metric-equal Liberation face; other families by their kind. Only faces that may be
 * embedded are taken and, for Vietnamese, that have its letters (U+1EC7, U+01B0): a document in one
 * face with letters here and there from another would look worse than all of it in another. A file
 * passed over is named once. A family without the style wanted gives the nearest it has: compare
 * face_is_bold and face_is_italic; layout imitates the rest. `*substituted` tells whether another
 * family of other widths stands in. NULL if nothing can: reported once per call. */
const struct face *fonts_find(struct fonts *fonts, const struct font_wish *wish, bool *substituted,
                              struct diag *diag);

/* The face to take a character from that `face` lacks (lent): of its kind and style if there is
 * one, else any that has it and may be embedded. NULL: no font has it; private characters
 * (U+E000-U+F8FF and beyond U+F0000) mean something in their own font only, so they are never
 * found. */
const struct face *fonts_fallback(struct fonts *fonts, const struct face *face, uint32_t cp);

const struct face_metrics *face_metrics(const struct face *face);
const char *face_family(const struct face *face);          /* e.g. "Liberation Serif" */
const char *face_postscript_name(const struct face *face); /* e.g. "LiberationSerif-Bold" */
const char *face_path(const struct face *face);

/* Glyph of a character; U+2010 and U+2011 fall back to '-', U+00A0 to the space. 0: missing. */
uint16_t face_glyph(const struct face *face, uint32_t cp);
int face_advance(const struct face *face, uint16_t glyph);
/* Both in one look. */
struct face_char {
    int32_t advance;
    uint16_t glyph;
    bool known; /* it was looked up */
};
struct face_char face_char(const struct face *face, uint32_t cp);
/* What is inked of a glyph, in font units from its origin, upwards; all 0 for a blank. */
struct face_box {
    int left, bottom, right, top;
};
struct face_box face_ink(const struct face *face, uint16_t glyph);
/* The outline of a glyph, in 1/64 of font units from its origin, upwards: `draw` is told each step,
 * with the points it takes as x, y, x, y (one; of a quadratic curve its control point and its end;
 * none to close). Contours may overlap: their winding tells what is inside. */
enum face_step { FACE_MOVE, FACE_LINE, FACE_CURVE, FACE_CLOSE };
enum { FACE_OUTLINE_UNIT = 64 };
typedef void face_draw(void *to, enum face_step step, const int32_t *points);
void face_outline(const struct face *face, uint16_t glyph, face_draw *draw, void *to);
/* By how much the pair stands closer (negative) or wider: GPOS, or the kern table. */
int face_kern(const struct face *face, uint16_t left, uint16_t right);
/* Where a mark is set on a letter, from the letter's end: to the right and up, by the anchors of
 * GPOS. False: the face does not say. */
bool face_attach(const struct face *face, uint16_t base, uint16_t mark, int *dx, int *dy);

/* The glyphs of a stretch, in the order of its characters; those of one cluster stand together. In
 * `pool`. */
const struct shaped *face_shape(const struct face *face, struct pool *pool,
                                const struct shaping *shaping, size_t *n);
bool face_is_bold(const struct face *face);
bool face_is_italic(const struct face *face);

/* The HarfBuzz face, for pdf/font to subset. Lent. */
unsigned face_glyph_count(const struct face *face);
struct hb_face_t *face_hb(const struct face *face);
/* A small number that tells faces of one process apart, from 0 in the order they were loaded. */
unsigned face_index(const struct face *face);

/* Width of UTF-8 `text` set in `face` at `size_mpt` (1/1000 pt), in 1/1000 pt. */
int32_t face_text_width(const struct face *face, const char *text, int32_t size_mpt);

#endif
