/* range: which bytes a signature covers, judged on the bytes themselves (ISO 32000-1, 12.8.1).
 *
 * A signature leaves out one gap, which must hold its own /Contents and nothing else; anything else
 * in the gap, before it or behind the range would be shown without being signed. */
#ifndef CONGVAN_SIGNATURE_RANGE_H
#define CONGVAN_SIGNATURE_RANGE_H

#include "signature/form.h"
#include "signature/verdict.h"

/* Offsets in the file: signed are [0, gap) and [resume, end). */
struct range {
    size_t gap, resume, end;
};

/* The ends of the file's revisions: each proper "startxref N %%EOF" with its line end, ascending.
 * The first section of a linearized file is no revision of its own. */
typedef VEC(size_t) revision_ends;
void revisions_find(struct pool *pool, struct bytes file, revision_ends *ends);

/* The file as it was when its revision `n` (from 1) was written; no bytes when there is none. */
struct bytes revision_bytes(struct bytes file, const revision_ends *ends, size_t n);

/* Whether a revision ends at `end`, where a range may leave out the line end behind %%EOF: nothing
 * can hide there. */
bool revision_ends_at(struct bytes file, const revision_ends *ends, size_t end);

/* The number (from 1) of the revision that contains the byte before `end`. */
int revision_at(const revision_ends *ends, size_t end);

/* Reads the range of the signature in `field` and judges what it leaves out. False, with a finding,
 * if that is not the signature alone. */
bool range_check(struct reader *reader, struct pool *pool, struct bytes file,
                 const struct form_field *field, struct range *range, finding_list *findings);

#endif
