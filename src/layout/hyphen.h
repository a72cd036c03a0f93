/* hyphen: words divided at line ends (w:autoHyphenation, 17.15.1.10). */
#ifndef CONGVAN_LAYOUT_HYPHEN_H
#define CONGVAN_LAYOUT_HYPHEN_H

#include "layout/text.h"

struct hyphenator;

/* Puts soft hyphens where the words of l->text may be divided by the dictionaries of their
 * languages. A dictionary that is not there is named once; Vietnamese and East Asian text has no
 * hyphens and needs none. */
void hyphen_divide(struct layout *l);

void hyphen_free(struct hyphenator *hyphenator); /* NULL: nothing to do */

#endif
