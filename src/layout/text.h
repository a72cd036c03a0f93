/* text: a paragraph's runs as one row of atoms, ready to be broken into lines.
 *
 * An atom is a character with its glyph and width, a tab, a break, a picture, or a mark without
 * width (anchor of a drawing, of a note, of a page-number field). Case changes, super- and
 * subscript, missing glyphs and font substitution are settled here. */
#ifndef CONGVAN_LAYOUT_TEXT_H
#define CONGVAN_LAYOUT_TEXT_H

#include "layout/flow.h"

enum atom_kind {
    ATOM_CHAR,
    ATOM_SPACE, /* U+0020: stretches, and hangs at a line's end */
    ATOM_TAB,
    ATOM_LINE_BREAK,
    ATOM_PAGE_BREAK,
    ATOM_SOFT_HYPHEN, /* drawn only at a line's end */
    ATOM_GAP,         /* zero width space: nothing but a break opportunity */
    ATOM_PICTURE,
    ATOM_FORMULA, /* a piece of one; `object` indexes text.formulas */
    ATOM_RULE,    /* footnote separator */
    ATOM_SHAPE,   /* the last four have no width */
    ATOM_NOTE,
    ATOM_FIELD,
    ATOM_BOOKMARK
};

/* A run's appearance with its face found. */
struct font {
    const struct run_props *props;
    const struct face *face;
    mpt size; /* as drawn: 58 % of the run's in super- and subscript, 80 % in small capitals */
    mpt rise; /* baseline shift, upwards */
    mpt ascent, descent; /* room on the line: of the unscaled size, shifted by w:position */
    mpt spacing;
    int scale, upem;
    uint32_t color; /* an automatic one settled by what is behind the text */
    mpt thicken;    /* see struct draw_text */
    bool slanted;
    const char *link;  /* of the hyperlink the run stands in; NULL: none */
    const char *slot;  /* of the slot, likewise */
    uint32_t link_tag; /* of what is drawn in the link; 0: not yet */
};

struct formula;

struct atom {
    uint8_t kind;
    bool may_break; /* a line may end after it */
    uint16_t glyph;
    uint32_t cp;
    uint32_t font;   /* index into text.fonts */
    uint32_t object; /* CLEAR_* of a line break; item of the paragraph (of a tab: plus 1, 0: none),
                      * note or ordinal of the field, by kind; of a soft hyphen: not the author's */
    fine width;
};

/* A hyphen that nobody wrote (hyphen.h). */
static inline bool atom_divides_word(const struct atom *a) {
    return a->kind == ATOM_SOFT_HYPHEN && a->object;
}

/* Neighbours on a line that are in one font. */
struct piece {
    size_t start, end; /* atoms */
    uint32_t kinds;    /* a bit for each enum atom_kind among them */
};

typedef VEC(struct atom) atom_vec;

struct text {
    const struct para *para;
    atom_vec atoms;
    atom_vec divided; /* room for the atoms with hyphens between them */
    VEC(struct font) fonts;
    VEC(struct formula *) formulas; /* their pieces */
    struct font mark;               /* of the paragraph mark */
    struct run_props latest;        /* family, bold, italic of `latest_face` */
    const struct face *latest_face;
    VEC(fine) xs;             /* place.c: of the line in hand the positions ... */
    VEC(struct piece) pieces; /* ... and the stretches in one font */
    VEC(struct draw) draws;
    bool bidi;          /* atoms do not all stand in the order they are in, */
    struct bidi *order; /* but in this one (bidi.h) */
};

/* Fills l->text from `para`. False: no font at all (reported). */
bool text_read(struct layout *l, const struct para *para);

/* The font of these run properties. False: no font at all (reported). */
bool text_font(struct layout *l, const struct run_props *props, struct font *font);
/* Of text that is set character by character, beside its paragraph; letters from right to left are
 * named as not so set.
 * `face`, or if it lacks the character one that has it, or at last `face` with a mark in its place
 * (both reported); `*glyph` is what to draw of it. */
const struct face *text_face_for(struct layout *l, const struct face *face, uint32_t cp,
                                 uint16_t *glyph);

/* Font units in the size and scale the font is drawn in. */
fine text_units(const struct font *font, int units);
/* Font `font` of l->text with its baseline so many font units higher. */
uint32_t text_raised(struct layout *l, uint32_t font, int units);
/* w:kern (17.3.2.19): pairs are kerned from this size on. */
bool text_is_kerned(const struct font *font);

/* Advance of one glyph with the run's scale and spacing. */
fine text_advance(const struct font *font, uint16_t glyph);

/* Whether a line may end between `a` and `b`, neither of them a space: the measured table of Word
 * and LibreOffice. */
bool text_break_between(uint32_t a, uint32_t b);

#endif
