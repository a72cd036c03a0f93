/* pages_text: what a PDF says, page by page, for finding it again.
 *
 * Words stand in the order they are read: lines from top to bottom, and in a line from left to
 * right, whatever drew them. What signatures and other annotations stamp (number, day) is in the
 * line it was stamped into, so that "Số: 86/UBND-VP" is one text again; and apart as well, by
 * field. Text behind a scanned page counts, what an annotation hides does not. */
#ifndef CONGVAN_SIGNATURE_PAGES_TEXT_H
#define CONGVAN_SIGNATURE_PAGES_TEXT_H

#include "signature/range.h"

/* What the appearance of one annotation shows. */
struct stamped_text {
    int page;          /* from 1 */
    const char *field; /* of the form, fully qualified; "" for what is no field's */
    const char *text;  /* as in a page */
};

struct pages_text {
    /* Of each page: UTF-8 (NFC), a '\n' behind each line, a '\t' where columns stand side by side.
     */
    VEC(const char *) pages;
    VEC(struct stamped_text) stamps; /* those that show any text, in page order */
};

/* Everything is in `pool`. NULL when `file` is no PDF that can be read without repair, or is
 * encrypted; nothing is reported. Characters whose font does not say what they are are left out.
 * Of an earlier revision: `revision_bytes` in range.h. */
struct pages_text *pages_text(struct pool *pool, struct bytes file);

#endif
