/* frame: text frames (17.3.1.11) as large as their text.
 *
 * Lines go around a frame, so its size must be known before the paragraph it hangs on is broken. */
#ifndef CONGVAN_LAYOUT_FRAME_H
#define CONGVAN_LAYOUT_FRAME_H

#include "layout/flow.h"

/* The paragraph with the size of its frames settled: `block` itself where none asks for it. */
const struct block *frame_fit(struct layout *l, const struct flow *flow, const struct block *block);

#endif
