/* line: a paragraph -> lines, and a line -> its draws.
 *
 * Breaking is greedy, first fit at natural width, trailing spaces hanging in the margin, as Word
 * does it; a justified line may squeeze its spaces to take one more word in (see line_shrinks).
 * All widths in here are `fine`, from the flow's left edge. */
#ifndef CONGVAN_LAYOUT_LINE_H
#define CONGVAN_LAYOUT_LINE_H

#include "layout/text.h"

enum line_end { END_SOFT, END_LINE_BREAK, END_PAGE_BREAK, END_PARA };

/* One line: the atoms [start, end), of which those from `visible` on only hang. */
struct span {
    size_t start, visible, end;
    enum line_end how;
    bool shrunk; /* its spaces are squeezed to make it fit */
    bool narrow; /* beside an obstacle or in another column: it has edges of its own */
    mpt wider;   /* by so much is its column wider than the one its paragraph begins in */
    bool joined; /* it stands on the height of the span before, on another side of an obstacle */
    mpt clear;   /* room above it, beside which nothing may stand */
    fine left, right;
};

/* Where lines of the paragraph begin and end. */
struct measure {
    const struct para_props *props;
    fine first, left, right; /* right: from the flow's left edge too */
    fine from, to;           /* the margins, without the paragraph's indents */
    mpt default_tab;
    bool no_expand;       /* doNotExpandShiftReturn */
    bool no_hanging_stop; /* a hanging indent is no stop (w:noTabHangInd) */
    bool tabs_hang;       /* older documents: see take_tab in line.c */
    bool shrink;
    bool whole_words;               /* none is divided (but by the author's own hyphens) */
    bool bidi;                      /* all of these are counted leftwards from `turn` (bidi.h) */
    fine zone;                      /* nor if no more than this would stay free */
    fine turn;                      /* the flow's right edge */
    mpt grid;                       /* lines are as high as so many of these; 0: no grid */
    uint32_t decimal_mark;          /* what numbers are aligned at */
    const struct tab_stop *aligned; /* text of a cell stands at this stop without a tab; or NULL */
};

void line_measure(const struct layout *l, const struct para_props *props, mpt width,
                  struct measure *m);

/* The line that begins at atom `start`. Always takes at least one atom if there is one. */
struct span line_break(const struct text *t, const struct measure *m, size_t start);

/* Whether a line of word widths `words` and spaces `spaces` (n spaces, natural width), justified
 * to `available`, is better squeezed to take in the next unit, with which it would have
 * `more_words` and `more_spaces` (all in mpt). The rule of Word 2013: never below 75 % of a
 * space, and only if squeezing is milder than stretching, weighed 1 : 1.7. */
bool line_shrinks(int64_t available, int64_t words, int64_t spaces, int64_t more_words,
                  int64_t more_spaces);

/* ---- tab stops ---- */

struct stop {
    fine pos;
    enum tab_kind kind;
    enum tab_leader leader;
    bool custom;
};

/* The stop the tab `a` at `x` goes to: the place it names; else the next custom stop (a hanging
 * indent is one, too), else the next multiple of the default distance, counted from the margin. */
struct stop line_stop(const struct text *t, const struct measure *m, const struct atom *a, fine x);

/* A pen that moves over atoms and knows the tab it must align text to. */
struct pen {
    fine x;          /* where the text since the last tab begins, if it were left-aligned */
    fine width;      /* of that text */
    fine to_decimal; /* of it up to its decimal mark; -1: none yet */
    uint32_t decimal_mark;
    struct stop stop; /* the last tab's */
};

struct pen pen_begin(const struct measure *m, bool first_line);
void pen_tab(struct pen *pen, struct stop stop);
fine pen_aligned(const struct pen *pen); /* pen_start after tabs of any kind */

static inline void pen_move(struct pen *pen, const struct atom *atom) {
    if (atom->cp == pen->decimal_mark && pen->to_decimal < 0)
        pen->to_decimal = pen->width;
    pen->width += atom->width;
}

/* Where that text really begins ... */
static inline fine pen_start(const struct pen *pen) {
    return pen->stop.kind == TAB_LEFT ? pen->x : pen_aligned(pen);
}

/* ... and ends. */
static inline fine pen_end(const struct pen *pen) {
    return pen_start(pen) + pen->width;
}

/* ---- placing (place.c) ---- */

/* The strip of a line: positions, justification, draws; heights by the paragraph's line rule.
 * `first` line and `last` line tell which rules of the paragraph apply. */
struct strip line_place(struct layout *l, const struct measure *m, const struct span *span,
                        bool first, bool last);

/* Its height alone. */
mpt line_height(struct layout *l, const struct measure *m, const struct span *span, bool last);

/* ---- decor.c ---- */

/* Moves all that is drawn of a line down, and its strip's bottom with it. */
void decor_shift(struct layout *l, struct strip *strip, mpt by);

/* Underlines and strikes of text on one baseline from x0 to x1, pushed on l->text->draws. */
void decor_text(struct layout *l, const struct font *f, mpt x0, mpt x1, mpt baseline);
/* The shadows, glows and copies of texts among l->text->draws, beneath all of them. */
void decor_shadows(struct layout *l);
/* Four borders around text. */
void decor_box(struct layout *l, const struct border *b, mpt x0, mpt x1, mpt top, mpt bottom);
/* Highlight behind text. */
void decor_highlight(struct layout *l, const struct font *f, mpt x0, mpt x1, mpt baseline);

struct para_edges {
    bool top, bottom, between; /* which horizontal borders this paragraph draws itself */
};
/* Whether two neighbours share one box of borders. */
bool decor_joins(const struct para_props *a, const struct para_props *b);
/* Where the column of a line begins and ends, from the flow's left edge: beside an obstacle what
 * that leaves of it. */
struct line_column {
    mpt left, right;
};
/* Shading and borders of one line of a paragraph: grows the strip for them. */
void decor_line(struct layout *l, const struct para_props *props, struct line_column column,
                struct para_edges edges, struct strip *strip);

#endif
