/* tag: what the drawn things are to a reader program, and where its links and bookmarks lead.
 *
 * Tags are made when a story is laid out, in the order of the document, and travel with the draws:
 * so a paragraph split over pages keeps one tag. What headers and footers hold has none. */
#ifndef CONGVAN_LAYOUT_TAG_H
#define CONGVAN_LAYOUT_TAG_H

#include "layout/flow.h"

/* The document's own tag; what the last pass made is forgotten with its pages. */
void tag_begin(struct layout *l);
/* A tag inside l->container, or 0 where nothing is tagged. */
uint32_t tag_open(struct layout *l, enum tag_role role, int level);
/* The same of a figure inside `parent`, with its description (NULL: none). */
uint32_t tag_figure(struct layout *l, uint32_t parent, const char *description);
/* Of a link in the paragraph in hand. */
uint32_t tag_link(struct layout *l);
/* Of a paragraph: a heading where it has an outline level. */
uint32_t tag_para(struct layout *l, const struct para *para);

/* Gives the first strip of a paragraph its heading for the outline, if it is one. */
void tag_heading(struct layout *l, const struct para *para, struct extras **extras);

/* Links, bookmarks and headings of a line whose origin is (x, y) on the page in hand. */
void tag_emit(struct layout *l, const struct extras *extras, mpt x, mpt y);

#endif
