/* shade: shadows and glows, drawn before what throws them. */
#ifndef CONGVAN_LAYOUT_SHADE_H
#define CONGVAN_LAYOUT_SHADE_H

#include "layout/turn.h"

/* What throws one: as an area, as a line, or both. */
struct silhouette {
    const struct path *path; /* from the box's corner */
    bool filled;
    mpt stroke;
    const struct line_style *line;
};

/* How it stands on the page; what is drawn now is turned and mirrored like it. */
struct thrower {
    const struct box *box;
    int64_t angle;
    bool flip[2];
};

/* Draws it; `shade` NULL: nothing. */
void shade_emit(struct layout *l, const struct shade *shade, const struct thrower *thrower,
                const struct silhouette *silhouette);

/* That of an area, where it is drawn at the origin; `box`: what its own matrix is about. Its
 * transparency is the caller's. */
struct draw_path shade_path(struct layout *l, const struct shade *shade, const struct box *box,
                            const struct path *path);

#endif
