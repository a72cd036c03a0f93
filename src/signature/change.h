/* change: what a later revision of a signed PDF did to it.
 *
 * Two revisions are walked side by side from their catalogs, object by object. Only what signing
 * itself needs is allowed: new signature fields with their widgets, values for empty ones,
 * validation data (DSS), metadata. Everything else that can be reached in the later revision and
 * differs is named, by page where it belongs to one. What cannot be reached is not shown and does
 * not matter. */
#ifndef CONGVAN_SIGNATURE_CHANGE_H
#define CONGVAN_SIGNATURE_CHANGE_H

#include "signature/lock.h"
#include "signature/verdict.h"

/* A widget that appeared, or whose appearance changed, with a signature or with a value filled in.
 */
struct new_widget {
    int page; /* from 1; 0 while no page shows it */
    const char *field;
    pdf_value widget;                /* in the later revision */
    const struct form_field *filled; /* there; NULL: it belongs to a signature */
    bool fresh;                      /* the field was not there before */
    bool empty;                      /* ... and is not signed now */
};
typedef VEC(struct new_widget) new_widgets;

/* What the signatures made before allow. */
struct change_rules {
    int revision; /* the later one, from 1; findings carry it */
    bool certified;
    bool may_fill; /* a certifying signature lets forms be filled in (DocMDP 2 and 3) */
    bool none;     /* a signature lets nothing be done but validation data added (DocMDP 1) */
    VEC(const struct permission *) binding;
};

/* A revision that is judged by the one before it. */
struct revision_judging {
    struct pool *pool;    /* of findings */
    struct pool *scratch; /* of the work */
    struct reader *before, *after;
    const struct change_rules *rules;
    finding_list *findings;
};

/* Compares the two. Widgets to be held against what the earlier revision shows are added to
 * `widgets`, in `scratch`. */
void change_find(const struct revision_judging *judging, new_widgets *widgets);

#endif
