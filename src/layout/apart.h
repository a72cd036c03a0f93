/* apart: objects that may not overlap others (20.4.2.3, 17.4.56).
 *
 * As in Word, where one of two that text keeps clear of says so, the one that comes later moves: to
 * the right while it has room there, else below. Both are known only on their page, so where text
 * has to go around the moved one the document is laid out again, as with all obstacles that stand
 * by the page (wrap.h). Tables keep away from tables alone. */
#ifndef CONGVAN_LAYOUT_APART_H
#define CONGVAN_LAYOUT_APART_H

#include "layout/turn.h"

/* A page begins. */
void apart_begin_page(struct layout *l);
/* Notes that the document has such an object. */
void apart_open(struct layout *l, const struct shape *shape);

/* Where the shape stands that is about to be drawn in `box` of the page: moves the box. `right`: as
 * far as it may go to that side. */
void apart_place(struct layout *l, const struct shape *shape, struct box *box, int64_t right);

/* By how much the last pass moved it. */
struct moved {
    int64_t x, y;
};
struct moved apart_known(const struct layout *l, const struct shape *shape);
/* Did this pass move what the last one did? */
bool apart_settled(const struct layout *l);
void apart_learn(struct layout *l);

#endif
