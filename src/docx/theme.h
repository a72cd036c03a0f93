/* theme: the fonts, colours and line widths that styles mean by name (DrawingML, 20.1.6). */
#ifndef CONGVAN_DOCX_THEME_H
#define CONGVAN_DOCX_THEME_H

#include "docx/package.h"
#include "docx/wml.h"

struct theme;

/* The theme of the main part; an empty one when there is none. In the pool. Most documents never
 * ask it anything, so the part is read at the first question. */
struct theme *theme_new(struct pool *pool, struct package *package, const char *main_part,
                        struct diag *diag);

/* "minorHAnsi", "majorAscii" ... -> the Latin typeface; NULL: no such. */
const char *theme_font(struct theme *theme, const char *name);
/* "accent1", "dk1", "text1", "background2" ... -> 0xRRGGBB; -1: no such. */
int32_t theme_color(struct theme *theme, const char *name);
/* The idx-th fill of the theme (a:fillRef): from 1, and from 1001 those of backgrounds;
 * a:solidFill, a:gradFill and so on. NULL: none. */
const struct xml_node *theme_fill(struct theme *theme, int idx);
/* The theme's idx-th effect (a:effectRef): a:effectStyle with lists as a shape has them. */
const struct xml_node *theme_effect(struct theme *theme, int idx);
/* The colour that phClr stands for in a fill; -1: none. */
void theme_set_placeholder(struct theme *theme, int32_t color);
/* Width of the theme's idx-th line style, from 1 (a:lnRef); 0.75 pt when it has none. */
mpt theme_line(struct theme *theme, int idx);

#endif
