/* wrap: text that keeps out of the way of drawings and floating tables.
 *
 * An obstacle is a rectangle, or an outline (contour.h), in the coordinates of its flow, as if the
 * flow were never cut. One that stands by its paragraph is known when the paragraph is laid out,
 * and its anchor's line only goes on a page that has room for it, so cutting pages moves both
 * alike. One that stands by the page is known only after the pages are cut: the document is then
 * laid out again with the obstacles the last pass found, as with page numbers (page.c). */
#ifndef CONGVAN_LAYOUT_WRAP_H
#define CONGVAN_LAYOUT_WRAP_H

#include "layout/flow.h"

enum { MOST_ROOMS = 8 }; /* no sheet of paper has more, each an inch wide */

/* Stretches of a line that are free, from the flow's left edge. */
struct room {
    mpt clear;     /* the line must move down by this first */
    int64_t below; /* where the first obstacle beside it ends, in the flow */
    bool narrow;
    size_t n;
    struct {
        fine left, right;
    } at[MOST_ROOMS];
};

/* Makes obstacles of the drawings anchored in the paragraph that begins at `top` of the flow. */
void wrap_open(struct layout *l, struct flow *flow, const struct para *para, int64_t top);
/* A floating table: hung on the paragraph that follows, which has `before` above it. One in the
 * text that leaves no room beside it lies in the flow, for pages cut it like any other (17.4.57).
 * False: it is too high to float, or too deep, and belongs into the flow. */
bool wrap_table(struct layout *l, struct flow *flow, const struct table *table,
                const struct wml_section *section, mpt before);
/* Forgets obstacles that end above `y`; with `all` those that begin above it, too. */
void wrap_forget(struct flow *flow, int64_t y, bool all);

/* Where a line of `height` at `y` between `left` and `right` may stand. */
struct room wrap_room(const struct flow *flow, fine left, fine right, int64_t y, mpt height);

/* The same stretches for text from right to left, counted leftwards from the edge at `turn`. */
void wrap_turn(struct room *room, fine turn);

/* Where text below `y` has nothing beside it any more on these sides (CLEAR_*) of a column from
 * `left` to `right`. */
int64_t wrap_clear(const struct flow *flow, fine left, fine right, int64_t y, uint32_t sides);

/* How far below the strip's top the obstacles reach that are anchored in it. */
int64_t wrap_reach(const struct flow *flow, const struct strip *strip);

/* The same of what is left of a floating table, `height` high, on the page that begins at `y`. */
void wrap_carried(struct layout *l, const struct shape *table, int64_t x, int64_t y,
                  int64_t height);

/* Tells where a drawing that stands by the page came to stand: at (x, y) from the flow's left edge
 * and in its coordinates. */
void wrap_found(struct layout *l, const struct anchored *anchored, int64_t x, int64_t y);

#endif
