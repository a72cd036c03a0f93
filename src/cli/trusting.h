/* trusting: --trust, --crl and --ocsp, read the same way by every command that judges signatures.
 */
#ifndef CONGVAN_CLI_TRUSTING_H
#define CONGVAN_CLI_TRUSTING_H

#include "cli/options.h"
#include "signature/cms.h"

#define TRUSTING_OPTIONS                                                                           \
    {"trust", true}, {"crl", true}, {                                                              \
        "ocsp", true                                                                               \
    }

/* Adds what the command's own options name to `trust`; `*any` is set when roots were among it.
 * False: reported. */
bool trusting_read(const struct options *options, struct trust *trust, bool *any,
                   struct diag *diag);

#endif
