/* paginate: cutting the body's flow into pages and their columns (page.c, fill.c, column.c).
 *
 * A *band* is a stretch of the flow set in the same number of columns: all pages of a plain
 * document are one. Where a section goes on on the same page in another number of columns, a new
 * band begins below the last one. A column is to its strips what a page is in a plain document:
 * it is filled, drawn at once, and the next one goes on where it ended. */
#ifndef CONGVAN_LAYOUT_PAGINATE_H
#define CONGVAN_LAYOUT_PAGINATE_H

#include "layout/footnote.h"

enum { MAX_COLUMNS = 45 }; /* Word's own limit */

/* Strips [from, to) of the body. */
struct band {
    size_t from, to;
    const struct wml_section *section; /* the first one's, where plain sections follow each other */
    size_t columns;
};

/* A header or footer laid out; those without a page number serve every page of their section. */
struct margin_story {
    const struct block *blocks;
    struct flow *flow;
};

/* The page in hand and what has been cut so far. */
struct paginator {
    struct layout *l;
    struct pages *pages;
    struct flow *flow;
    VEC(struct band) bands;
    size_t band;       /* the one in hand */
    struct place next; /* the first thing not on a page */
    struct note_area notes;
    bool notes_by_column;              /* they stand at the foot of the column of their mark */
    VEC(struct placed) placed;         /* in the column in hand */
    size_t before;                     /* strips in earlier columns of this page */
    const struct wml_section *section; /* of the page: that of its first strip */
    bool section_first;
    int number;                         /* of the page, as counted */
    int line;                           /* lines counted so far where they are numbered */
    const struct wml_section *lines_of; /* in this section */
    struct margin_story header, footer;
    struct margin_story cache[2 * STORIES]; /* of `section` */
    int64_t top, room;                      /* of the body */
    int64_t limit;                          /* lower end of the column in hand */
    int64_t deepest;                        /* bottom of what earlier columns hold */
};

/* Where a column ends. */
enum column_end {
    COLUMN_FULL, /* or a column break: the next column goes on */
    PAGE_ENDS,   /* a page break */
    BAND_ENDS    /* all of the band is set */
};

/* ---- fill.c ---- */

/* Fills the column in hand from `*y` on with strips from p->next up to `end`, sets p->next behind
 * them and `*y` to their bottom. With `force` something always goes. */
enum column_end fill_column(struct paginator *p, size_t end, int64_t *y, bool force);

/* ---- column.c ---- */

mpt text_width(const struct wml_section *s); /* between the margins */
/* The margin at the left of the page of this number: of a mirrored section, the inner or outer. */
mpt left_margin(const struct wml_section *s, int number);
size_t column_count(const struct wml_section *s);
/* Column `k` of a section, its left edge from the left margin. */
struct column {
    mpt x, width;
};
struct column column_at(const struct wml_section *s, size_t k);

/* Notes which strips, from `from` on, the section's text has become; `goes_on`: in the columns of
 * the section before. */
void band_add(struct paginator *p, const struct wml_section *s, size_t from, bool goes_on);

/* ---- lines.c: numbers of lines (17.6.8) ---- */

/* A page begins. */
void lines_begin(struct paginator *p);
/* Counts the lines of a column whose text begins at `x`, and draws their numbers. */
void lines_emit(struct paginator *p, const struct placed *placed, size_t n, mpt x);

/* ---- sheet.c ---- */

void sheet_borders(struct paginator *p);

/* What was on the page before its body. */
struct body_mark {
    size_t draws, links, slots, places, outline;
};
struct body_mark sheet_mark(const struct paginator *p);
/* Moves what came since then to where the section aligns it. */
void sheet_align(struct paginator *p, struct body_mark from);

/* ---- column.c ---- */

/* Whether the page that begins has its notes by column: where it is all of one section in columns,
 * as in Word unless the section says otherwise (w15:footnoteColumns). */
bool notes_go_by_column(const struct paginator *p);

/* Sets and draws one page of the body from p->next on. */
void fill_page(struct paginator *p);

#endif
