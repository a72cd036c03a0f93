/* frame: text frames (17.3.1.11), and boxes that fit their text, as large as it.
 *
 * Lines go around them, so their size must be known before the paragraph they hang on is broken. */
#ifndef CONGVAN_LAYOUT_FRAME_H
#define CONGVAN_LAYOUT_FRAME_H

#include "layout/flow.h"

/* The paragraph with the size of its frames and boxes settled: `block` itself where none asks for
 * it. */
const struct block *frame_fit(struct layout *l, const struct flow *flow, const struct block *block);

#endif
