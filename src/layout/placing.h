/* placing: what the files of a line being placed share (place.c, heights.c). */
#ifndef CONGVAN_LAYOUT_PLACING_H
#define CONGVAN_LAYOUT_PLACING_H

#include "layout/formula.h"
#include "layout/line.h"

/* A line with everything known: the breaking is done, positions follow. */
struct placing {
    struct layout *l;
    struct text *t;
    const struct measure *m;
    const struct span *span;
    const struct atom *atoms; /* of the whole paragraph */
    fine *xs; /* by atom, from span->start, in reading order; one more: the end of the last */
    const fine *lefts, *rights; /* where atoms are seen, by atom likewise */
    fine end;                   /* right edge of the visible text */
    size_t after_tab;           /* the atom after the last tab: only later spaces stretch */
    mpt ascent, descent;
    mpt box_ascent, box_height; /* before the line rule: what is aligned as a whole stands in it */
    mpt letters;    /* natural height of the fonts alone: what a multiple of lines multiplies */
    bool cells;     /* of a grid: characters stand in the middle of theirs */
    size_t shadows; /* so many of its texts may have one */
    struct glyph *glyphs; /* room for the line */
    size_t glyph_count;
    struct draw *open; /* text draw that still grows; NULL: none */
    struct strip *strip;
};

static inline const struct font *font_of(const struct placing *p, const struct atom *a) {
    return &p->t->fonts.at[a->font];
}

/* Sets of kinds of atoms, as in struct piece. */
#define KIND(kind) (UINT32_C(1) << (kind))
enum {
    LETTERS = 1 << ATOM_CHAR | 1 << ATOM_SPACE,
    BLANKS = 1 << ATOM_SPACE | 1 << ATOM_TAB | 1 << ATOM_GAP,
    OBJECTS = 1 << ATOM_PICTURE | 1 << ATOM_FORMULA,
    MARKS = 1 << ATOM_SHAPE | 1 << ATOM_NOTE | 1 << ATOM_FIELD | 1 << ATOM_BOOKMARK
};

static inline mpt picture_height(const struct placing *p, const struct atom *a) {
    const struct inline_item *item = &p->t->para->items[a->object];
    return (mpt)clamp(item->picture ? item->picture->height : item->shape->height, 0, MAX_LENGTH);
}

static inline const struct formula *formula_of(const struct placing *p, const struct atom *a) {
    return p->t->formulas.at[a->object];
}

/* ---- heights.c ---- */

/* The heights of the line's fonts and objects; `last`: of its paragraph. */
void heights_measure(struct placing *p, bool last);
/* Height and baseline by the paragraph's line rule and the grid of the section; `empty`: nothing is
 * seen on the line. */
void heights_settle(struct placing *p, bool empty);

/* Where the baseline of what is so high comes to stand: on the line's, or where w:textAlignment
 * (17.3.1.39) puts the whole of it. */
static inline mpt baseline_of(const struct placing *p, mpt ascent, mpt descent) {
    mpt free = p->box_height - ascent - descent, top = 0;
    switch (p->m->props->text_alignment) {
    case ON_BASELINE:
        return p->ascent;
    case AT_LINE_TOP:
        break;
    case AT_LINE_CENTER:
        top = free / 2;
        break;
    case AT_LINE_BOTTOM:
        top = free;
    }
    return p->ascent - p->box_ascent + top + ascent;
}

static inline mpt font_baseline(const struct placing *p, const struct font *f) {
    return baseline_of(p, f->ascent, f->descent);
}

#endif
