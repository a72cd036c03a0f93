/* shape: drawings anchored in a line, put in their place once the page is known. */
#ifndef CONGVAN_LAYOUT_SHAPE_H
#define CONGVAN_LAYOUT_SHAPE_H

#include "layout/flow.h"

/* Lays out the story of a text box, if it is one. */
void shape_open(struct layout *l, struct anchored *anchored);

/* What a position refers to: on one axis, where it begins and how large it is. */
struct shape_base {
    int64_t from, extent;
};

/* Where a shape of this width or height begins, aligned by itself or with the group it is in. */
int64_t shape_across(const struct shape *s, enum anchor_align align, const struct shape_base *base,
                     int64_t width);
int64_t shape_down(const struct shape *s, const struct shape_base *base, int64_t height);

/* The page, its text area or one of its margins, across; false for a base that depends on the
 * anchor. `even`: the page's number is. */
bool shape_base_across(const struct wml_section *section, enum anchor_base base, bool even,
                       struct shape_base *out);

/* Whether it is the page, and not its paragraph, that tells its height. */
bool shape_stands_by_page(const struct shape *shape);

/* Where the line of an anchor stands on the page. */
struct anchor_line {
    mpt x, width; /* the flow's */
    int64_t y;    /* the line's top, */
    int64_t para; /* that of its paragraph, or of what of it stands on this page, */
    int64_t flow; /* and that of the flow, were it all on this page */
};

/* Draws it. */
void shape_emit(struct layout *l, const struct anchored *anchored, const struct anchor_line *line);

/* stack.c: takes note of a shape that has been drawn from `from` on; at the end of the page, the
 * header or the footer, whose draws begin with `first`, all noted after the first `since` are put
 * in their stacking order. */
void stack_note(struct layout *l, const struct shape *shape, size_t from);
void stack_settle(struct layout *l, size_t since, size_t first);

#endif
