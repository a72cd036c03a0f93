/* flow: what the files of this stage share.
 *
 * A story (the body, a cell, a note, a header, a text box) becomes a *flow*: a stack of *strips*.
 * A strip is one line of text, already broken, justified and turned into draws, or one table row,
 * whose cells are flows again. Pages are cut from the stack between strips, or inside a row.
 * Lines are never broken twice: moving a strip to another page only adds an offset to its draws.
 *
 * Nothing of this header is seen outside src/layout. */
#ifndef CONGVAN_LAYOUT_FLOW_H
#define CONGVAN_LAYOUT_FLOW_H

#include "layout/page.h"

/* Widths add up in 1/2048 mpt, in which the advances of the common 2048-unit faces are whole
 * numbers; a position is rounded to mpt once, so errors never add up. */
typedef int64_t fine;
enum { FINE = 2048 };

enum {
    MAX_LENGTH = 20000000,   /* mpt; no measure of a document is taken larger (7 m) */
    MAX_NESTING = 16,        /* tables and text boxes in one another; deeper ones lie flat */
    MAX_FONT_SIZE = 1638000, /* Word's own limit */
    RULE_LENGTH = 144000,    /* footnote separator, 2 inches */
    RULE_THICKNESS = 500,
};

static inline fine fine_from_mpt(int64_t m) {
    return m * FINE;
}

/* To the nearest mpt, halves up, the same for negative values. */
static inline mpt mpt_from_fine(fine f) {
    const fine far = (fine)1 << 61; /* so that what is divided is never negative */
    return (mpt)((fine)((uint64_t)(f + FINE / 2 + far) / FINE) - far / FINE);
}

static inline int64_t clamp(int64_t value, int64_t low, int64_t high) {
    return value < low ? low : value > high ? high : value;
}

static inline mpt length(int64_t value) {
    return (mpt)clamp(value, -MAX_LENGTH, MAX_LENGTH);
}

static inline int64_t larger(int64_t a, int64_t b) {
    return a > b ? a : b;
}

static inline int64_t smaller(int64_t a, int64_t b) {
    return a < b ? a : b;
}

/* ---- strips ---- */

struct flow;
struct row_box;

/* A drawing anchored in a line, to be put in its place when the page is known. */
struct anchored {
    const struct shape *shape;
    mpt x;              /* of the anchor character, from the flow's left edge */
    mpt baseline;       /* of its line, from the strip's top */
    uint32_t tag;       /* of a picture */
    struct flow *story; /* SHAPE_TEXT_BOX, */
    size_t first, last; /* and the strips of it that stand in this box */
    bool early;         /* opened for a box before it, which goes on with its story */
};

/* What few lines have. */
struct extras {
    VEC(struct anchored) anchors;
    VEC(size_t) notes;           /* footnotes referred to, in order */
    VEC(size_t) fields;          /* ordinals of page-number fields of the body */
    VEC(struct page_link) links; /* from the line's origin */
    VEC(struct page_slot) slots; /* likewise */
    VEC(const char *) places;    /* bookmarks */
    const char *heading;         /* an entry of the outline, `level` from 1; NULL: none */
    int level;
    const char *style_id;   /* of what headers may repeat (running.h), */
    const char *style_text; /* its text; NULL: nobody asks */
    const char *chapter;    /* and its number; NULL: none */
};

struct strip {
    struct row_box *row; /* NULL: a line */
    struct draw *draws;  /* of a line, from the flow's left edge and the strip's top */
    size_t draw_count;
    struct extras *extras; /* NULL: none */
    const struct wml_section *section;
    int64_t y;   /* of its top, when the flow is stacked without a break */
    mpt gap;     /* above it, between strips */
    mpt top_gap; /* above it at the top of a page, where spacing before is kept */
    mpt height;
    mpt fit;            /* this much of the height must fit on the page */
    mpt above;          /* from the top of its paragraph, for drawings anchored to it */
    mpt mirrored;       /* to the right on even pages */
    bool numbered;      /* counts where lines are numbered */
    bool page_break;    /* a page begins with it */
    bool column_break;  /* a column does */
    bool keep_top;      /* top_gap counts at the top of a page */
    bool may_break;     /* a page may begin with it */
    bool may_part;      /* the same inside a cell or a note, where keepNext does not count */
    size_t block, atom; /* of the body: what it begins with (starts.h) */
};

enum flow_break { BREAK_NONE, BREAK_COLUMN, BREAK_PAGE };

/* What lines keep clear of, see wrap.h. */
struct obstacle {
    const struct shape *shape;
    int64_t top, bottom, left, right;   /* in the flow's coordinates */
    bool square;                        /* else no line stands beside it */
    const struct contour_path *contour; /* NULL: all of that rectangle */
    bool by_para;
};

/* How long lines are from a strip on; see turn.h. */
struct line_length {
    size_t strip;
    mpt length;
};

struct line_lengths {
    VEC(struct line_length) at;
};

struct flow {
    VEC(struct strip) strips;
    VEC(struct obstacle) obstacles;    /* those that lines may still meet */
    VEC(struct anchored) pending;      /* floating tables before their paragraph */
    const struct wml_section *section; /* of the body, where it is being stacked */
    int64_t reach;                     /* bottom of the lowest obstacle */
    bool is_body, is_cell, is_box;
    mpt width;
    const struct line_lengths *lengths; /* NULL: all lines are as long as it is wide */
    mpt tail;                           /* spacing after the last paragraph */
    int64_t height;                     /* all strips, gaps and the tail */
    size_t blocks;                      /* of the body, so far */
    size_t note_count;
    bool has_rows;
    bool has_fields;               /* page numbers: not to be kept from page to page */
    const struct para_props *last; /* paragraph the next one's spacing depends on; NULL: none */
    bool keep_last;                /* the last strip keeps with what follows */
    enum flow_break break_next;    /* what ended the last paragraph */
};

enum story { IN_BODY, IN_CELL, IN_NOTE, IN_MARGIN, IN_BOX };

/* ---- tables ---- */

/* A place in a flow: before strip `strip`, or, when `inside`, in the middle of that row; then the
 * row's cells know their own places. */
struct place {
    size_t strip;
    bool inside;
};

struct cell_box {
    const struct cell *cell;
    struct flow *flow;          /* NULL: continues a merged cell */
    struct cell_box *origin;    /* of a continuing cell; else NULL */
    size_t first_row, last_row; /* of the merge; the cell's own row when not merged */
    mpt x, width;               /* from the table's left edge */
    struct place from, to;      /* what is not yet on a page; what of it this page takes */
    mpt top_margin;             /* the largest of its row, as in Word */
    mpt foot;                   /* below its bottom margin, where cells are spaced */
    int64_t used;               /* height of that */
    int64_t top;                /* merged: where the cell's first row on this page begins */
    mpt top_border;             /* merged: of that row */
    uint32_t container;         /* its tag, for a turned cell, which is laid out last */
    int64_t along;              /* of a turned cell: the length of its lines */
    struct line_lengths *parts; /* of one on several pages: on each; NULL: it is on one */
};

struct row_box {
    struct table_box *table;
    size_t index;
    struct cell_box *cells;
    size_t cell_count;
    mpt top_border, bottom_border; /* thickest of the row */
    int64_t own;                   /* content height by the cells that end in this row */
    int64_t height;                /* with the top border */
    int64_t part;                  /* height of the part that row_split put on this page */
    int64_t owed;                  /* of its own height, for the pages that come */
    bool cant_split, exact;
    bool begun; /* a part of it is on an earlier page */
};

struct table_box {
    const struct table *table;
    struct row_box *rows;
    mpt x;              /* of its left edge in the flow */
    mpt *edges;         /* x of column boundaries from the table's left edge: column_count + 1 */
    size_t header_rows; /* repeated on every page */
};

/* One strip on a page, or in a cell. */
struct placed {
    struct strip *strip;
    int64_t y, height; /* from the top of the body or cell */
    bool split;        /* of a row only the part that fits */
    bool repeat;       /* a header row once more */
};

/* ---- the state of one run of the stage ---- */

/* A column and what it begins with: an atom of a paragraph, or a row of a table. */
struct column_start {
    const struct wml_section *section;
    size_t block, atom;
    mpt width;
};

/* A paragraph in a style that headers ask for; pages count from 1. */
struct running_text {
    const char *style_id, *text, *chapter;
    size_t page;
};

/* The same in lists that go page by page, one for each style and for each use of it. */
enum running_kind { RUNNING_TEXT, RUNNING_CHAPTER };
struct running_said {
    size_t page;
    const char *said;
};
struct running_list {
    const char *style_id;
    enum running_kind kind;
    VEC(struct running_said) at;
};

struct font;
struct text;

/* Draws [from, to) of the page are a shape; see stack.c. */
struct stacked {
    size_t from, to;
    int64_t z;
    bool behind, covers;
};

/* An object that text keeps clear of, where it stands on its page, and how far it moved from where
 * it should; see apart.h. */
struct stood {
    const void *made_from;
    bool apart, is_table;
    int64_t x, y, width, height, moved_x, moved_y;
};

/* A floating table of which earlier pages have what is before `from`; see carry.h. */
struct carried {
    struct anchored anchored;
    struct place from;
    mpt x; /* on the page */
};

/* The page being drawn, for drawings that stand on it. */
struct frame {
    struct page *page;
    const struct wml_section *section;
    const char *chapter; /* printed before its number; "": nothing */
    const char *number;  /* as printed */
    int ordinal;         /* the same as a number */
    int64_t foot;        /* where its body ends */
};

/* A document is laid out in passes, each in memory of its own. What one finds (found_...) the next
 * ones know (known_...); it may point into the document and into the pass that found it, whose
 * memory is kept until something newer is known. */
struct layout {
    struct pool *pool;       /* of the pass in hand; the last one's goes with `lasting` */
    struct pool *known_pool; /* of the pass that found what is known; NULL: the first one */
    struct pool *lasting;    /* the caller's: of what all passes share */
    const struct document *document;
    struct fonts *fonts;
    struct diag *diag;
    bool shrink;
    bool failed; /* no font: said already */
    bool quiet;  /* not the first pass: its messages are said already */
    bool said_too_deep, said_hidden, said_no_bidi, said_backward, said_turned;
    bool repeating;            /* headers and repeated rows: drawn whole, page after page */
    mpt cell_grid;             /* that lines in cells snap to; 0: none */
    mpt rule_length;           /* of a separator of notes; 0: the usual one */
    int depth;                 /* of tables and text boxes */
    int32_t ground;            /* what a cell or box is filled with; -1: nothing */
    int in_shape;              /* of the shapes being drawn: those in a text box move with it */
    VEC(struct stacked) stack; /* shapes of the page */
    VEC(struct anchored) open_boxes;   /* whose stories go on in another */
    bool opening_early;                /* of them the ones before the box in hand */
    const struct lettering *lettering; /* the last drawn, */
    int64_t lettering_end;             /* and where it ends */
    enum story story;
    struct text *text; /* the paragraph in hand; its memory is used again */
    struct frame frame;
    struct pages *pages; /* what this pass makes */
    uint32_t container;  /* tag of the story in hand: its paragraphs go into it */
    uint32_t tag;        /* of the paragraph in hand */
    bool untagged;       /* what is laid out now is no part of the document: a separator */

    /* Page-number fields. In the body a number is known only after the pages are cut: `known`
     * holds what the last pass found, by ordinal; `found` what this one finds. */
    VEC(const char *) known;
    VEC(const char *) found;
    VEC(const char *) formats; /* own ones of those fields; NULL: the section's */
    const char *page_count;
    bool uses_page_count;

    /* Marks of notes that are counted anew on each page, by note, likewise; NULL: none is. */
    const char **known_marks, **found_marks;

    /* Obstacles that stand by the page (wrap.h): those the last pass found, and this one's. */
    VEC(struct obstacle) known_obstacles;
    VEC(struct obstacle) found_obstacles;
    size_t next_known;

    /* Objects that may not overlap (apart.h): those of this pass, and what the last one moved. */
    bool keeps_apart;
    VEC(struct stood) stood;
    size_t stood_before; /* on earlier pages */
    VEC(struct stood) known_moves;

    VEC(struct carried) carried; /* what is left of tables that pages cut */

    /* Columns of sections whose columns differ in width (starts.h), likewise. */
    VEC(struct column_start) known_starts;
    VEC(struct column_start) found_starts;
    size_t next_start;
    bool pinned; /* columns begin where they are known to, balanced or not */

    /* What headers say of their pages (running.h), likewise. */
    VEC(int) known_section_pages;
    VEC(int) found_section_pages;
    VEC(struct running_text) known_texts;
    VEC(struct running_text) found_texts;
    VEC(struct running_list) known_lists; /* of known_texts */
    bool uses_running;

    struct hyphenator *hyphenator;
    VEC(const char *) not_divided; /* languages without a dictionary, named */
    uint8_t *missing;              /* characters already reported, a bit each; NULL: none yet */
    VEC(const char *) families;    /* substitutions already reported */
};

/* ---- flow.c ---- */

struct flow *flow_new(struct layout *l, mpt width);
/* Stacks `blocks` on the flow; `section` is NULL outside the body. */
void flow_append(struct layout *l, struct flow *flow, const struct block *blocks,
                 const struct wml_section *section);
struct flow *flow_build(struct layout *l, const struct block *blocks, mpt width, enum story story);
/* The same with lines that are not all as long; `lengths` begins with strip 0. */
struct flow *flow_build_uneven(struct layout *l, const struct block *blocks,
                               const struct line_lengths *lengths, enum story story);
/* Puts a finished strip on the stack; its gap, height and keeps are set. */
struct strip *flow_push(struct layout *l, struct flow *flow, struct strip strip);

/* Draws what stands between two places of a flow, at (x, y) of the page. */
void flow_emit(struct layout *l, struct flow *flow, struct place from, struct place to, mpt x,
               int64_t y);
void placed_emit(struct layout *l, const struct flow *flow, struct placed *placed, size_t n, mpt x,
                 int64_t y);
/* Notes referred to between two places, in order. */
struct note_list {
    VEC(size_t) at;
};
void flow_notes(struct layout *l, const struct flow *flow, struct place from, struct place to,
                struct note_list *out);

/* The number of the page being drawn; `format`: the field's own, NULL: the section's. */
const char *frame_number(struct layout *l, const char *format);
struct draw *page_push(struct layout *l, enum draw_kind kind);
void draw_move(struct draw *d, mpt x, mpt y); /* in draw.c */
/* A page coordinate, saturated where a hostile document leaves the page by kilometres. */
static inline mpt coordinate(int64_t v) {
    return (mpt)clamp(v, -1000000000, 1000000000);
}

#endif
