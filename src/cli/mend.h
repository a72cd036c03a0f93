/* mend: congvan check --fix, which writes what can be mended into a new file. */
#ifndef CONGVAN_CLI_MEND_H
#define CONGVAN_CLI_MEND_H

#include "cli/options.h"
#include "cli/session.h"

/* The one path of the options, mended, at their -o. Each change is a line on standard output; what
 * is left is said as `check` says it. */
enum status mend_one(const struct options *options);

#endif
