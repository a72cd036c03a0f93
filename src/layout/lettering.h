/* lettering: lines of text in a picture, whose letters stand where the picture says. */
#ifndef CONGVAN_LAYOUT_LETTERING_H
#define CONGVAN_LAYOUT_LETTERING_H

#include "layout/turn.h"

/* Laid out in one line, as wide as it comes. */
struct flow *lettering_open(struct layout *l, const struct lettering *t);

/* Draws it in a picture that stands in `box`. In the order of the picture: one may begin where the
 * last one drawn ends. */
void lettering_emit(struct layout *l, const struct lettering *t, const struct flow *story,
                    const struct box *box);

#endif
