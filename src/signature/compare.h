/* compare: the signed file that came home, beside the draft that was sent out.
 *
 * Signing appends; so the signed file must begin with exactly the bytes of the draft. When it does
 * not (some tools rewrite), the pages of the two are compared one by one. */
#ifndef CONGVAN_SIGNATURE_COMPARE_H
#define CONGVAN_SIGNATURE_COMPARE_H

#include "signature/range.h"

struct page_difference {
    int page; /* from 1 */
    bool size, content, fonts, pictures, annotations;
};

struct comparison {
    bool same;     /* begins with the draft, byte for byte */
    bool readable; /* both are PDFs; the rest counts only then */
    size_t first;  /* offset of the first byte that differs */
    int pages_draft, pages_signed;
    VEC(struct page_difference) pages; /* that differ */
};

struct comparison *compare_files(struct pool *pool, struct bytes draft, struct bytes signed_file);

void comparison_write(const struct comparison *c, const char *draft, enum lang lang,
                      struct buf *out);
/* A member "original" for a JSON object, without a comma. */
void comparison_write_json(const struct comparison *c, const char *draft, struct buf *out);

#endif
