/* said: what a view says, element by element, kept to be compared with what another says. The
 * document made from a dispatch mostly says the same, and then its words need no second judgement.
 */
#ifndef CONGVAN_CHECK_SAID_H
#define CONGVAN_CHECK_SAID_H

#include "check/view.h"

/* The words of the view's lines, in `pool`, which outlives the view. */
const struct said *said_keep(struct pool *pool, const struct view *view);

/* Does the view say what was said, however it is parted into lines, and nothing that would be the
 * author's besides? */
bool said_again(const struct said *before, const struct view *view);

#endif
