/* art: words as drawings: stretched, bent between two guides or along one (WordArt).
 *
 * What is seen are the outlines of the letters, as areas. The words themselves are laid over them
 * unseen, stretched over the same box, so that they are found and read. Words that are only
 * stretched, in one colour, are words. */
#ifndef CONGVAN_LAYOUT_ART_H
#define CONGVAN_LAYOUT_ART_H

#include "layout/turn.h"

/* Whether its text is drawn by art_emit. */
bool art_is(const struct shape *s);
/* Lays its text out, in lines of their own length. */
struct flow *art_story(struct layout *l, const struct shape *s);
/* Draws it over the box. */
void art_emit(struct layout *l, const struct anchored *a, const struct box *box);

#endif
