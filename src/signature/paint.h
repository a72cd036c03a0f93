/* paint: where a page or an appearance puts ink, as boxes (ISO 32000-1, 8 and 9). Not a renderer:
 * enough of the content stream is followed to say what kind of ink lies roughly where. */
#ifndef CONGVAN_SIGNATURE_PAINT_H
#define CONGVAN_SIGNATURE_PAINT_H

#include "signature/reader.h"

enum ink {
    INK_TEXT,   /* visible characters; blanks are left out where the font tells them */
    INK_UNSEEN, /* text that is read and not seen, as behind a scanned page */
    INK_FILL,   /* a filled area */
    INK_LINE,   /* a thin line, which hides nothing */
    INK_PICTURE,
};

/* In points of the page, x0 <= x1, y0 <= y1. */
struct ink_box {
    enum ink ink;
    double x0, y0, x1, y1;
    pdf_value from; /* the annotation that shows it; 0: the page itself */
    /* Of text: UTF-8, its base line where it starts, the size of its font; whether a blank came
     * before it in the same string. */
    const char *text;
    double base, size;
    bool spaced;
    const struct veil *veil; /* of a picture: where it is transparent; NULL: nowhere */
};
typedef VEC(struct ink_box) ink_boxes;

/* All of these are false when something was left out: content that cannot be decoded, or that is
 * nested too deep or swells.
 *
 * What the page itself shows, without its annotations. */
bool paint_page(struct reader *reader, struct pool *pool, pdf_value page, ink_boxes *boxes);

/* What is to be read on a page and on its annotations, turned the way it is shown (/Rotate). */
bool paint_upright(struct reader *reader, struct pool *pool, pdf_value page, ink_boxes *boxes);

/* What an annotation's normal appearance shows, put where its /Rect says (12.5.5); nothing when it
 * is hidden. */
bool paint_annotation(struct reader *reader, struct pool *pool, pdf_value annotation,
                      ink_boxes *boxes);

bool ink_overlap(const struct ink_box *a, const struct ink_box *b);

/* Whether `over` hides as much of the words `under` as one letter: then they may be replaced. */
bool ink_hides(const struct ink_box *over, const struct ink_box *under);

#endif
