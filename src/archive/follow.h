/* follow: the index kept as far as the store's log goes.
 *
 * Whoever adds to the store commits there first; the index is told afterwards, and if that never
 * happens (a crash, another program without it) the next command notices by the index's mark and
 * takes in what is missing. So a crash costs nothing but the time to catch up. */
#ifndef CONGVAN_ARCHIVE_FOLLOW_H
#define CONGVAN_ARCHIVE_FOLLOW_H

#include "archive/archive.h"
#include "archive/audit.h"
#include "archive/index.h"

/* The index of the archive when none is named: DIR/index.sqlite. In `pool`. */
const char *follow_default(struct pool *pool, const struct archive *archive);

/* Opens the index at `where` (NULL: the default one) and takes in what the log has and the index
 * has not; an index that belongs to another log is made anew. NULL: reported; what was taken in by
 * whole groups stays. */
struct index *follow_open(struct pool *pool, const struct archive *archive, const char *where,
                          struct diag *diag);

/* Makes the index at `where` anew from the store alone. The old one answers until the new one takes
 * its place in one step. `*n` (may be NULL) gets how many objects it holds. False: reported. */
bool follow_rebuild(const struct archive *archive, const char *where, size_t *n, struct diag *diag);

/* The index against the store, object by object: names at `archive` in `diag` what the index lacks,
 * has otherwise or has in surplus. The index is not brought up to the log first: what it is behind
 * is counted in *behind. Of objects that the audit's sample leaves out (`audit` NULL: none) only
 * version and inventory are compared. Objects that cannot be read are not spoken of. False: the
 * index or the log cannot be read, reported. */
bool follow_check(const struct archive *archive, struct index *index, const struct audit *audit,
                  size_t *behind, struct diag *diag);

#endif
