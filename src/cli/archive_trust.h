/* archive_trust: what the archive's signatures are judged by: the options, and the archive's own
 * folder of roots. */
#ifndef CONGVAN_CLI_ARCHIVE_TRUST_H
#define CONGVAN_CLI_ARCHIVE_TRUST_H

#include "cli/trusting.h"

#include "archive/archive.h"
#include "archive/intake.h"

struct archive_trust {
    struct trust *trust;           /* trust_free it */
    bool any;                      /* there are roots */
    VEC(struct intake_file) files; /* by which it is judged, to be kept beside the verdict */
};

/* False: reported. In `pool`. */
bool archive_trust_read(struct pool *pool, const struct options *options,
                        const struct archive *archive, struct archive_trust *trust,
                        struct diag *diag);

#endif
