/* navigate: links, named places and the outline of a document. */
#ifndef CONGVAN_PDF_NAVIGATE_H
#define CONGVAN_PDF_NAVIGATE_H

#include "layout/page.h"
#include "pdf/object.h"
#include "pdf/structure.h"

/* The places links may lead to, sorted by name; of one name the first counts. */
struct places {
    const struct page_place **at;
    size_t n;
};

struct places places_of(struct pool *pool, const struct pages *pages);

/* Adds the links of page `index` and appends references to them, "12 0 R 13 0 R ". A link to a
 * place that is not there is left out. `structure`: NULL if the document is not tagged. */
void links_add(struct objects *objects, const struct pages *pages, size_t index,
               const struct places *places, struct structure *structure, struct buf *annotations);

/* Appends "/Dests<<...>>" for the catalogue's /Names; nothing without places. */
void places_put(const struct places *places, const struct pages *pages,
                const unsigned *page_objects, struct buf *out);

/* Adds the outline and appends its catalogue entries, if it has any. */
void outline_add(struct pool *pool, struct objects *objects, const struct pages *pages,
                 const unsigned *page_objects, struct buf *catalog);

#endif
