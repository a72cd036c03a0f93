/* hyphen: words divided at line ends (w:autoHyphenation, 17.15.1.10). */
#ifndef CONGVAN_LAYOUT_HYPHEN_H
#define CONGVAN_LAYOUT_HYPHEN_H

struct layout;

/* The library and the dictionaries once loaded, for one document after the other; loading one takes
 * as long as laying out pages. Not shared between threads. */
struct hyphenator;

struct hyphenator *hyphenator_new(void);
void hyphenator_free(struct hyphenator *hyphenator); /* NULL: nothing to do */

/* Puts soft hyphens where the words of l->text may be divided by the dictionaries of their
 * languages. A dictionary that is not there is named once; Vietnamese and East Asian text has no
 * hyphens and needs none. */
void hyphen_divide(struct layout *l);

#endif
