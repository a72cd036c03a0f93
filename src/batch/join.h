/* join: several PDFs as one, for printing. */
#ifndef CONGVAN_BATCH_JOIN_H
#define CONGVAN_BATCH_JOIN_H

#include "base/diag.h"
#include "base/pool.h"

/* Writes the pages of the `n` PDFs, in order, to `to`: PDF/A-2u as they are, titled `title`, the
 * same bytes each time, with an entry of the outline for each. Their own outlines, tags, attached
 * files and places of links are not taken along. All is held in memory. False (reported) on
 * failure. */
bool join_pdfs(struct pool *pool, const char *const *paths, size_t n, const char *title,
               const char *to, struct diag *diag);

#endif
