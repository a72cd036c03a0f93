/* reading: painted words in the order they are read. */
#ifndef CONGVAN_SIGNATURE_READING_H
#define CONGVAN_SIGNATURE_READING_H

#include "signature/paint.h"

/* Whether a box is words to be read, seen or not, at a place that makes sense. */
bool reading_is_text(const struct ink_box *box);

/* The text of boxes that are all words: UTF-8 (NFC), lines from top to bottom, a '\n' behind each,
 * a '\t' where columns stand side by side. Puts `words` in that order on the way. In `pool`. */
const char *reading_text(struct pool *pool, ink_boxes *words);

#endif
