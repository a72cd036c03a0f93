/* fields_check: does a template print every section its type of document must have? */
#ifndef CONGVAN_CLI_FIELDS_CHECK_H
#define CONGVAN_CLI_FIELDS_CHECK_H

#include "cli/options.h"

/* Fills the template at `path` with a dispatch made up for it and judges the document that comes
 * out, as render would: what is missing there is reported in `diag`. */
void fields_check(const struct options *options, const char *path, const char *type,
                  struct diag *diag);

#endif
