/* change: what a later revision of a signed PDF did to it.
 *
 * Two revisions are walked side by side from their catalogs, object by object. Only what signing
 * itself needs is allowed: new signature fields with their widgets, values for empty ones,
 * validation data (DSS), metadata. Everything else that can be reached in the later revision and
 * differs is named, by page where it belongs to one. What cannot be reached is not shown and does
 * not matter. */
#ifndef CONGVAN_SIGNATURE_CHANGE_H
#define CONGVAN_SIGNATURE_CHANGE_H

#include "signature/form.h"
#include "signature/verdict.h"

/* A widget that appeared, or got its appearance, with a signature. */
struct new_widget {
    int page; /* from 1; 0 while no page shows it */
    const char *field;
    pdf_value widget; /* in the later revision */
};
typedef VEC(struct new_widget) new_widgets;

/* Compares; findings carry `revision`. `may_fill`: a certifying signature lets forms be filled in
 * (DocMDP 2 and 3), which is then allowed. Widgets to be held against the text of the earlier
 * revision are added to `widgets`. */
void change_find(struct pool *pool, struct reader *before, struct reader *after, int revision,
                 bool may_fill, finding_list *findings, new_widgets *widgets);

#endif
