/* turn: what is drawn turned, and cells whose text runs up or down (17.4.72).
 *
 * The lines of such a cell are as long as its rows are high, so it is laid out last: first the rows
 * get their heights from the other cells and from what the turned ones need to hold their lines
 * side by side; then it is laid out at the height it got. It is not split over pages, but where it
 * is merged and its rows are on several, or no page is high enough for it: then its lines are
 * broken anew on each, as long as the rows there are high, and the last page's rows grow by what
 * the rest needs. */
#ifndef CONGVAN_LAYOUT_TURN_H
#define CONGVAN_LAYOUT_TURN_H

#include "layout/flow.h"

struct box { /* on the page, before it is turned */
    int64_t x, y, width, height;
};

/* What is drawn through a matrix: from which draw, link and slot of the page on. */
struct turn {
    bool begun; /* else there is nothing to it */
    size_t draw, link, slot;
};

/* Begins to draw through a matrix about the box's centre: scaled by `scale` (SINE_ONE: not), turned
 * by `angle` in 1/60000 degree, `clear` transparent. */
struct turn turn_begin(struct layout *l, const struct box *box, const int64_t scale[2],
                       int64_t angle, int clear);
/* Ends it; links and slots met since, which no matrix moves, are put where they are seen. */
void turn_end(struct layout *l, struct turn turn);

/* The box whose place a quarter turn about its centre makes that of `outer`. */
struct box turn_box(const struct box *outer);
int64_t turn_angle(enum text_turn turn);

/* How long the lines of the cell must be for them to have room side by side: `least` or more. */
int64_t turn_needed(struct layout *l, const struct cell_box *c, int64_t least);
/* Lays the cell out with lines as long as its rows are high: `along`. */
void turn_lay_out(struct layout *l, struct cell_box *c, int64_t along);
/* Width between its margins. */
int64_t turn_across(const struct cell_box *c);
/* Takes of a merged cell what a page holds whose rows leave `along` for it, on the `last` page all:
 * sets c->to. Nothing where not even a word has room. */
void turn_part(struct layout *l, struct cell_box *c, int64_t along, bool last);
/* Draws it between two places; `room`: what its margins leave. */
void turn_emit(struct layout *l, struct cell_box *c, const struct box *room, struct place from,
               struct place to);

#endif
