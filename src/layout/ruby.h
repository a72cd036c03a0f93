/* ruby: words above words (phonetic guides, 17.3.3.25) as a box in the line. */
#ifndef CONGVAN_LAYOUT_RUBY_H
#define CONGVAN_LAYOUT_RUBY_H

#include "layout/formula.h"

/* In the pool. NULL (reported): no font at all. */
struct formula *ruby_set(struct layout *l, const struct ruby *ruby);

#endif
