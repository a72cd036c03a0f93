/* later: what was done to a document after it was signed, revision by revision, and whether the
 * signatures before let it be done. */
#ifndef CONGVAN_SIGNATURE_LATER_H
#define CONGVAN_SIGNATURE_LATER_H

#include "signature/revisions.h"
#include "signature/verify.h"

/* Adds findings about the revisions after the first sound signature to the file's. */
void later_judge(struct pool *pool, struct revisions *revisions, struct verification *verification);

#endif
