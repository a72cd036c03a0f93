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

/* A link annotation, `object` its number, around what is drawn of `tag` on the page of this index;
 * the answer is its /StructParent. */
uint32_t structure_add_link(struct structure *structure, size_t page, unsigned object,
                            uint32_t tag);

/* A form field on the page of this index, `object` its number; the answer is its /StructParent.
 * Fields follow everything else in the reading order. `label` is lent. */
uint32_t structure_add_form(struct structure *structure, size_t page, unsigned object,
                            const char *label);

/* Adds the tree and returns the object of its root. `page_objects`: by index. */
unsigned structure_add(struct structure *structure, struct objects *objects,
                       const unsigned *page_objects);

#endif
