/* measure: how wide text of a merged part is set, for rules and table columns. */
#ifndef CONGVAN_DOCX_MEASURE_H
#define CONGVAN_DOCX_MEASURE_H

#include "base/face.h"
#include "docx/style.h"
#include "docx/xml.h"

struct measure {
    struct pool *pool;
    struct styles *styles;
    struct fonts *fonts;
    struct diag *diag;
};

/* All widths in mpt (1/1000 pt). */

/* Width of `text` in the effective formatting of a run with `run_props` (may be NULL) in a
 * paragraph with `paragraph_props` (may be NULL). */
int32_t measure_text(struct measure *measure, const struct xml_node *paragraph_props,
                     const struct xml_node *run_props, const char *text);

/* Width of the last line of a paragraph's text when broken at `available`; 0: no text. */
int32_t measure_last_line(struct measure *measure, const struct xml_node *paragraph,
                          int32_t available);

/* Width of the text column that holds `node`: of its cell without margins, or of the page of the
 * section it stands in. */
int32_t measure_column(const struct xml_node *node);
/* The same of the page when it lies across. */
int32_t measure_column_across(const struct xml_node *node);

#endif
