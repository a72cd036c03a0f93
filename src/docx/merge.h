/* merge: template + dispatch -> package. */
#ifndef CONGVAN_DOCX_MERGE_H
#define CONGVAN_DOCX_MERGE_H

#include "base/face.h"
#include "dispatch/dispatch.h"
#include "docx/template.h"

struct merge_options {
    /* Measure the text that rules stand under and the columns of tables. */
    struct fonts *fonts;
    /* What signing software fills in later gets bookmarks in the main part, WML_SLOT and the tag's
     * name: number and date while they are open, position and name, between which is signed. */
    bool mark_slots;
    /* How appendices look where the template has no place for them (merge_has_appendices): the
     * section {{#phụ lục}} of this template, at the end of the text. NULL: they are not printed,
     * which is warned about. It must not need styles or parts of its own. */
    const struct template *form;
    /* The title of a separate appendix, whose document it is then: of the template's text nothing
     * but the section {{#phụ lục}} and the page settings. NULL: the whole. */
    const char *appendix;
};

/* Whether the template says where appendices go. */
bool merge_has_appendices(const struct template *template);

/* Runs the template's ops over the dispatch. The package shares the template's unchanged parts, so
 * the template must outlive it; free with package_close. NULL when a tag has no value (every such
 * tag reported). Keys of the INI that no tag uses are noted. `path` is the name of the DOCX to
 * be, for messages. */
struct package *merge(struct pool *pool, struct template *template, const struct dispatch *dispatch,
                      const char *path, const struct merge_options *options, struct diag *diag);

#endif
