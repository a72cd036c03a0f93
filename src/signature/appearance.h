/* appearance: the page of a small PDF becomes what a signature looks like: a form XObject of an
 * update, with its fonts and pictures (ISO 32000-1, 8.10). */
#ifndef CONGVAN_SIGNATURE_APPEARANCE_H
#define CONGVAN_SIGNATURE_APPEARANCE_H

#include "signature/update.h"

/* Adds the top left `width` by `height` points of the first page of `pdf` to the update; the number
 * of the form, 0 when `pdf` has no page that can be taken. */
int appearance_add(struct update *update, struct pool *pool, struct bytes pdf, double width,
                   double height);

/* A form that shows nothing: what an unseen signature must have all the same (ISO 19005-2, 6.3.3).
 */
int appearance_add_empty(struct update *update);

#endif
