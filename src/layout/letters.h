/* letters: the outlines of text, for what no font can show: bent words, and their shadows. */
#ifndef CONGVAN_LAYOUT_LETTERS_H
#define CONGVAN_LAYOUT_LETTERS_H

#include "layout/flow.h"

/* Where a point of the flat text comes to stand: *x, *y, in mpt. */
typedef void letters_map(const void *how, int64_t *x, int64_t *y);

struct letters {
    struct pool *pool;
    letters_map *map; /* NULL: everything stays where it is */
    const void *how;
    int64_t piece; /* a stretch no wider than this is mapped as a whole; 0: any is */
    VEC(struct path_step) steps;
};

/* Adds the outline of the text's i-th glyph, of all of them, of a line as wide as it is drawn, of a
 * rectangle. */
void letters_add_glyph(struct letters *letters, const struct draw_text *text, size_t i);
void letters_add_text(struct letters *letters, const struct draw_text *text);
void letters_add_line(struct letters *letters, const struct draw_line *line);
void letters_add_rect(struct letters *letters, const struct draw_rect *rect);

/* What was added since the last call, as one path to be filled; NULL: nothing. */
struct path *letters_path(struct letters *letters);

#endif
