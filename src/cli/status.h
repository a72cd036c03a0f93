/* status: how a run went. */
#ifndef CONGVAN_CLI_STATUS_H
#define CONGVAN_CLI_STATUS_H

#include "base/diag.h"

/* What the process answers (contract, section 4). */
enum status {
    STATUS_OK = 0,
    STATUS_DOCUMENT = 1, /* some document has errors */
    STATUS_USAGE = 2,
    STATUS_SYSTEM = 3, /* disk full, no permission, out of memory */
};

enum status worse(enum status a, enum status b);

/* What the messages come to, for the answer of the process. */
enum status status_of(const struct diag *diag);

#endif
