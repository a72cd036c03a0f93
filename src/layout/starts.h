/* starts: where the columns of a section begin whose columns differ in width (17.6.4, w:col).
 *
 * A line is broken before it is known in which column it comes to stand. So a section of such
 * columns is laid out again and again: each pass breaks its text at the widths of the columns the
 * last pass found it in. What stands before a column decides where it begins, so at least one more
 * column is right after every pass. Columns that are balanced may go to and fro by a line for ever:
 * then they are pinned, each ending where the last pass began the next. If the page does not hold
 * them so, text behind the last start known is broken at the narrowest column, so that it is never
 * too wide. */
#ifndef CONGVAN_LAYOUT_STARTS_H
#define CONGVAN_LAYOUT_STARTS_H

#include "layout/paginate.h"

/* The width text is broken at while its column is not known. */
mpt starts_narrowest(const struct wml_section *s);
/* The width of the column that holds atom `atom` of the block in hand; asked for in reading order.
 */
mpt starts_width(struct layout *l, const struct flow *flow, size_t atom);
/* Column `k` of its section begins at p->next. */
void starts_found(struct paginator *p, const struct wml_section *s, size_t k);
/* Did this pass find the columns where the last one did? */
bool starts_settled(const struct layout *l);
void starts_learn(struct layout *l);
/* Whether the band's columns are no longer balanced: each ends where the next is known to begin. */
bool starts_are_pinned(const struct paginator *p, const struct band *band);
/* Where the column in hand must end: at the strip the next one is known to begin with, while starts
 * are pinned; else at the band's own end. */
size_t starts_pinned(const struct paginator *p, const struct band *band);
/* Keeps the columns known for certain only, the rest at the narrowest. */
void starts_give_up(struct layout *l);
/* True: the columns that were kept stand where they did. */
bool starts_kept(const struct layout *l);

#endif
