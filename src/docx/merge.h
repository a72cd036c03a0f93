/* merge: template + dispatch -> package. */
#ifndef CONGVAN_DOCX_MERGE_H
#define CONGVAN_DOCX_MERGE_H

#include "base/face.h"
#include "dispatch/dispatch.h"
#include "docx/template.h"

/* Runs the template's ops over the dispatch. The package shares the template's unchanged parts, so
 * the template must outlive it; free with package_close. NULL when a tag has no value (every such
 * tag reported). Keys of the INI that no tag uses are noted. `fonts` measure the text that rules
 * stand under and the columns of tables. `path` is the name of the DOCX to be, for messages. */
struct package *merge(struct pool *pool, struct template *template, const struct dispatch *dispatch,
                      struct fonts *fonts, const char *path, struct diag *diag);

#endif
