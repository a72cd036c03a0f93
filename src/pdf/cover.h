/* cover: how much of each pixel an outline or a line along it covers, reckoned by FreeType. */
#ifndef CONGVAN_PDF_COVER_H
#define CONGVAN_PDF_COVER_H

#include "docx/wml.h"

#include <stdint.h>

enum { COVER_SIDE_MOST = 1 << 26 }; /* mpt; points farther out are taken to be there */

struct cover {
    int64_t left, top,
        pixel;           /* mpt: where the grid begins in the path's own measure, and its step */
    int width, height;   /* pixels */
    unsigned char *mask; /* the covered shares, 0 to 255, in rows from the top */
};

/* The box around the path, in mpt; false: there is nothing of it. */
bool cover_bounds(const struct path *path, int64_t low[2], int64_t high[2]);

/* What is covered besides by the area inside the path; every point of it lies within the grid.
 * False: FreeType is not on the machine, or the path has more points than it takes (32,767). */
bool cover_area(struct cover *cover, const struct path *path);
/* By a line along the path of half this width, round at its ends and corners. */
bool cover_line(struct cover *cover, const struct path *path, int64_t half);

#endif
