/* content_parts: what the two halves of content.h share: content.c (lines, pictures, paths, states)
 * and content_text.c (letters). Coordinates are mpt; those written out count from the page's lower
 * edge upwards. */
#ifndef CONGVAN_PDF_CONTENT_PARTS_H
#define CONGVAN_PDF_CONTENT_PARTS_H

#include "pdf/content.h"

enum {
    PEN = 100000,   /* parts of an mpt the pen is tracked in: em/1000 x percent */
    TURNS_MOST = 24 /* graphics states in one another; PDF/A has 28 */
};

struct text_state { /* what Tf and Tz are set to */
    struct embedded_font *font;
    mpt size;
    int scale;
    enum { MODE_FILL, MODE_STROKE, MODE_BOTH, MODE_UNSEEN, MODE_CLIP = 7 } mode; /* Tr, 9.3.6 */
    mpt stroke; /* width, where the mode strokes */
    bool slanted;
};

struct dashes { /* all 0: a solid line */
    int64_t dash, gap, dot;
    int dots;
};

struct pen_state { /* what the operators below have set */
    int64_t fill, stroke_color;
    int64_t line_width;
    struct dashes dashes;
    struct text_state text;
};

struct writer {
    const struct page *page;
    struct resources *resources;
    struct structure *structure; /* NULL: not tagged */
    size_t page_index;
    bool marked; /* in a marked-content sequence, of `tag` */
    uint32_t tag;
    struct buf *out;
    struct pen_state state;
    struct pen_state outer[TURNS_MOST];   /* saved by q */
    const struct draw *begun[TURNS_MOST]; /* what saved it */
    int turns;
    bool in_text;           /* between BT and ET, */
    bool sheared;           /* and letters stand aslant there */
    bool clips;             /* letters are what is next seen through */
    int64_t line_x, line_y; /* where the last Td went, from the page's bottom left, mpt */
    bool in_show;           /* `show` holds the strings of an open TJ */
    bool adjusted;          /* and a number between them */
    struct buf show;
    size_t string_start; /* of the open string, in `show` */
    int64_t pen;         /* of the viewer, from line_x, in PEN parts of an mpt */
};

static const struct dashes solid = {0};

/* ---- content.c ---- */

void content_number(struct writer *w, int64_t milli); /* and a space */
int64_t content_from_bottom(const struct writer *w, int64_t y);
/* Sets the colour of areas (`fill`) or of lines, of which `current` is what it is now. */
void content_color(struct writer *w, int64_t *current, uint32_t color, bool fill);
void content_line(struct writer *w, int64_t width, struct dashes dashes);

/* ---- content_text.c ---- */

void content_text(struct writer *w, const struct draw_text *text);
/* Ends the text object that is open, if any. */
void content_end_text(struct writer *w);

#endif
