/* form: empty signature fields (ISO 32000-1, 12.7.4.5), for software that signs later. */
#ifndef CONGVAN_PDF_FORM_H
#define CONGVAN_PDF_FORM_H

#include "pdf/draw.h"
#include "pdf/object.h"
#include "pdf/structure.h"

struct form {
    const struct pdf_options *options;
    struct objects *objects;
    struct structure *structure; /* NULL: not tagged */
    struct pool *pool;
    unsigned appearance;  /* of a field nobody has signed: nothing; 0: not yet added */
    VEC(unsigned) fields; /* objects */
};

/* Adds the fields of page `index` and appends their references to `annotations`. To be called right
 * before the page's own object is added, which they refer to. */
void form_add_fields(struct form *form, const struct pages *pages, size_t index,
                     struct buf *annotations);

/* Appends the catalogue's entry; nothing without fields. */
void form_put(const struct form *form, struct buf *catalog);

#endif
