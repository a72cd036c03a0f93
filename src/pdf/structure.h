/* structure: what a reader program is told of paragraphs, tables and headings (ISO 32000-1, 14.7).
 *
 * Draws of one tag that follow each other are one marked-content sequence; an element of the tree
 * lists its sequences and elements in the order drawn. What a paragraph left on the next page is
 * the same element's. Elements nothing was drawn of are left out, but for the cells that keep a
 * row's columns apart. */
#ifndef CONGVAN_PDF_STRUCTURE_H
#define CONGVAN_PDF_STRUCTURE_H

#include "layout/page.h"
#include "pdf/object.h"

struct structure;

/* NULL if the pages are not tagged. */
struct structure *structure_new(struct pool *pool, const struct pages *pages);

/* Writes the operator that begins a sequence of `tag` (0: an artifact) on the page of this index.
 * The caller ends it with EMC. Pages come in order. */
void structure_begin(struct structure *structure, uint32_t tag, size_t page, struct buf *out);

/* Adds the tree and returns the object of its root. `page_objects`: by index. */
unsigned structure_add(struct structure *structure, struct objects *objects,
                       const unsigned *page_objects);

#endif
