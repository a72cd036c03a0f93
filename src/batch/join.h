/* join: several PDFs as one, for printing. */
#ifndef CONGVAN_BATCH_JOIN_H
#define CONGVAN_BATCH_JOIN_H

#include "base/diag.h"

/* Writes the pages of the `n` PDFs, in order, to `to`: PDF/A-2u as they are, titled `title`, the
 * same bytes each time, with an entry of the outline for each. They are PDFs this program drew.
 * Their own outlines, tags, attached files and named places of links are not taken along; what they
 * have in common, as fonts of the same letters, is there once. One file at a time is held in
 * memory, and some 2 KB for each. False (reported) on failure. */
bool join_pdfs(const char *const *paths, size_t n, const char *title, const char *to,
               struct diag *diag);

#endif
