/* running: what headers and footers say of the pages they stand on: how many pages the section has,
 * the text in a style, the chapter. What one pass finds is what the next one prints, until it
 * stays. */
#ifndef CONGVAN_LAYOUT_RUNNING_H
#define CONGVAN_LAYOUT_RUNNING_H

#include "layout/flow.h"

bool running_settled(const struct layout *l);
void running_learn(struct layout *l);

/* A page of `section` begins. */
void running_page(struct layout *l, const struct wml_section *section);

/* Marks the first line of a paragraph whose text a header may repeat. */
void running_mark(struct layout *l, const struct para *para, struct extras **extras);
/* A marked line stands on the page in hand. */
void running_found(struct layout *l, const struct extras *extras);

/* Pages of the section in hand. */
int running_section_pages(const struct layout *l);
/* What goes before the number of the page in hand: "2-" in the second chapter, "" before the first.
 * As in the header, the first heading on a page is that of the whole page. */
const char *running_chapter(struct layout *l, const struct wml_section *section);
/* What the page in hand has in that style, else the pages before it, else those after it; "" where
 * there is none. */
const char *running_text(const struct layout *l, const struct style_text *wanted);

#endif
