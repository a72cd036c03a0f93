/* fit: characters whose widths are not the font's alone: those on a grid, and those of a run or a
 * cell that is to be filled. */
#ifndef CONGVAN_LAYOUT_FIT_H
#define CONGVAN_LAYOUT_FIT_H

#include "layout/text.h"

/* ---- the grid of the section in hand (17.6.5) ---- */

/* The width of a character there; `width` is its own. */
fine fit_grid(const struct layout *l, const struct font *font, uint32_t cp, fine width);
/* Text among the East Asian characters of l->text takes whole cells, too, if there are any. */
void fit_cells(struct layout *l);
/* By how much a character stands to the right in its cells; else 0. */
fine fit_lead(const struct layout *l, const struct font *font, const struct atom *atom);

/* ---- a width that is given ---- */

/* Makes the atoms [from, end) of l->text `wanted` wide: what is too narrow is set apart, what is
 * too wide is drawn narrower (17.3.2.14), down to a quarter. */
void fit_text(struct layout *l, size_t from, size_t end, fine wanted);
/* The same for each of its forced lines (17.4.69), so that none is broken elsewhere. */
void fit_lines(struct layout *l, fine first, fine others);

#endif
