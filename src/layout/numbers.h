/* numbers: page numbers as a section prints them. */
#ifndef CONGVAN_LAYOUT_NUMBERS_H
#define CONGVAN_LAYOUT_NUMBERS_H

#include "base/pool.h"

/* `format` as in w:pgNumType w:fmt (17.18.59): decimal, upperRoman, lowerRoman, upperLetter,
 * lowerLetter, numberInDash, decimalZero; anything else, NULL too, is decimal. In the pool. */
const char *page_number_text(struct pool *pool, int number, const char *format);

#endif
