/* types: the document types there are, by their profiles. */
#ifndef CONGVAN_CHECK_TYPES_H
#define CONGVAN_CHECK_TYPES_H

#include "check/profile.h"

struct doc_type {
    const char *file; /* "quyet-dinh": what `loại` folds to */
    const struct profile *profile;
};

struct doc_types {
    VEC(struct doc_type) at; /* by file name */
};

/* Reads the profile of every type in `folder`; frames, which are no types, are left out. */
void types_read(struct pool *pool, const char *folder, struct doc_types *types, struct diag *diag);

/* The type whose folded name or abbreviation is nearest to `word`; NULL: none is near enough. Exact
 * when `*distance` is 0. */
const struct doc_type *types_nearest(const struct doc_types *types, const char *word,
                                     size_t *distance);

#endif
