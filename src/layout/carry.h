/* carry: floating tables cut by the end of a page (17.4.57). What a page does not hold goes on at
 * the top of the next one, on the same side, and text goes around it there. */
#ifndef CONGVAN_LAYOUT_CARRY_H
#define CONGVAN_LAYOUT_CARRY_H

#include "layout/paginate.h"
#include "layout/turn.h"

/* Draws a floating table in `box` of the page, where its end cuts it, and keeps the rest. False: it
 * need not be cut, and is not drawn. */
bool carry_begin(struct layout *l, const struct anchored *anchored, const struct box *box);
/* Draws what earlier pages have left, from the top of the body of the page that begins. */
void carry_on(struct paginator *p);

#endif
