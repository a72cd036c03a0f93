#include "pdf/cover.h"
#include "base/library.h"

#include <ft2build.h>
#include FT_FREETYPE_H
#include FT_OUTLINE_H
#include FT_STROKER_H

#include <stdlib.h>
#include <string.h>

/* Loaded when a shadow fades, though it is HarfBuzz that brings it to every machine. */
#define FUNCTIONS(f)                                                                               \
    f(FT_Init_FreeType) f(FT_Done_FreeType) f(FT_Outline_New) f(FT_Outline_Done)                   \
        f(FT_Outline_Get_Bitmap) f(FT_Stroker_New) f(FT_Stroker_Set) f(FT_Stroker_ParseOutline)    \
            f(FT_Stroker_GetCounts) f(FT_Stroker_Export) f(FT_Stroker_Done)

struct freetype {
    LIBRARY_POINTERS(FUNCTIONS)
};

struct brush {
    struct freetype lib;
    FT_Library library;
    struct cover *cover;
};

static bool brush_open(struct brush *b, struct cover *cover) {
    b->cover = cover;
    return LIBRARY_LOAD("libfreetype.so.6", FUNCTIONS, &b->lib) &&
           b->lib.FT_Init_FreeType(&b->library) == 0;
}

static int64_t bounded(int64_t v) {
    return v < -COVER_SIDE_MOST ? -COVER_SIDE_MOST : v > COVER_SIDE_MOST ? COVER_SIDE_MOST : v;
}

/* In 1/64 pixel, upwards from the lower edge. */
static FT_Vector vector_of(const struct cover *c, const struct path_step *step, int i) {
    return (FT_Vector){
        (FT_Pos)((bounded(step->x[i]) - c->left) * 64 / c->pixel),
        (FT_Pos)((int64_t)c->height * 64 - (bounded(step->y[i]) - c->top) * 64 / c->pixel)};
}

static int points_of(const struct path_step *step) {
    return step->verb == PATH_CURVE ? 3 : step->verb == PATH_CLOSE ? 0 : 1;
}

bool cover_bounds(const struct path *path, int64_t low[2], int64_t high[2]) {
    low[0] = low[1] = INT64_MAX;
    high[0] = high[1] = INT64_MIN;
    for (size_t i = 0; i < path->n; i++)
        for (int k = 0; k < points_of(&path->steps[i]); k++) {
            const int64_t p[2] = {bounded(path->steps[i].x[k]), bounded(path->steps[i].y[k])};
            for (int axis = 0; axis < 2; axis++) {
                low[axis] = p[axis] < low[axis] ? p[axis] : low[axis];
                high[axis] = p[axis] > high[axis] ? p[axis] : high[axis];
            }
        }
    return low[0] <= high[0];
}

/* With room for so many, and none in it yet. */
static bool new_outline(const struct brush *b, unsigned points, unsigned contours,
                        FT_Outline *outline) {
    bool good = b->lib.FT_Outline_New(b->library, points, (int)contours, outline) == 0;
    outline->n_points = outline->n_contours = 0;
    return good;
}

/* Adds what the outline covers, and gives it back. */
static bool fill(struct brush *b, FT_Outline *outline, bool winding) {
    struct cover *c = b->cover;
    size_t n = (size_t)c->width * (size_t)c->height;
    unsigned char *covered = calloc(n, 1);
    FT_Bitmap bitmap = {.rows = (unsigned)c->height,
                        .width = (unsigned)c->width,
                        .pitch = c->width,
                        .buffer = covered,
                        .num_grays = 256,
                        .pixel_mode = FT_PIXEL_MODE_GRAY};
    outline->flags |= FT_OUTLINE_IGNORE_DROPOUTS | (winding ? 0 : FT_OUTLINE_EVEN_ODD_FILL);
    bool good = covered && b->lib.FT_Outline_Get_Bitmap(b->library, outline, &bitmap) == 0;
    for (size_t i = 0; good && i < n; i++)
        c->mask[i] = covered[i] > c->mask[i] ? covered[i] : c->mask[i];
    free(covered);
    b->lib.FT_Outline_Done(b->library, outline);
    return good;
}

/* ---- outlines of a part of a path, its steps [from, to) ---- */

static void add_points(const struct cover *c, const struct path_step *step, FT_Outline *outline) {
    if (step->verb == PATH_MOVE && outline->n_points)
        outline->contours[outline->n_contours++] = (short)(outline->n_points - 1);
    for (int i = 0, n = points_of(step); i < n; i++) {
        outline->tags[outline->n_points] = i < n - 1 ? FT_CURVE_TAG_CUBIC : FT_CURVE_TAG_ON;
        outline->points[outline->n_points++] = vector_of(c, step, i);
    }
}

static bool open_outline(const struct brush *b, const struct path *path, size_t from, size_t to,
                         FT_Outline *outline) {
    unsigned points = 0, contours = from < to && path->steps[from].verb != PATH_MOVE;
    for (size_t i = from; i < to && points < INT16_MAX; i++) {
        points += (unsigned)points_of(&path->steps[i]);
        contours += path->steps[i].verb == PATH_MOVE;
    }
    if (!new_outline(b, points, contours, outline))
        return false;
    for (size_t i = from; i < to; i++)
        add_points(b->cover, &path->steps[i], outline);
    if (outline->n_points)
        outline->contours[outline->n_contours++] = (short)(outline->n_points - 1);
    return true;
}

bool cover_area(struct cover *cover, const struct path *path) {
    struct brush b;
    FT_Outline outline;
    if (!brush_open(&b, cover))
        return false;
    bool good = open_outline(&b, path, 0, path->n, &outline) && fill(&b, &outline, path->winding);
    b.lib.FT_Done_FreeType(b.library);
    return good;
}

/* ---- lines ---- */

/* Where the next part begins; `closed`: this one comes back to where it began. */
static size_t part_end(const struct path *path, size_t from, bool *closed) {
    size_t i = from + 1;
    for (*closed = false; i < path->n && path->steps[i].verb != PATH_MOVE; i++)
        *closed = *closed || path->steps[i].verb == PATH_CLOSE;
    return i;
}

/* The stroker takes lines that are all open or all closed: so part by part. Those without a length
 * it must not be told to end, which FT_Stroker_ParseOutline knows. `all` NULL: only counts. */
static bool follow(const struct brush *b, FT_Stroker stroker, const struct path *path,
                   unsigned count[2], FT_Outline *all) {
    bool good = true, closed;
    for (size_t from = 0, to; good && from < path->n; from = to) {
        FT_Outline part;
        unsigned points = 0, contours = 0;
        to = part_end(path, from, &closed);
        good = open_outline(b, path, from, to, &part);
        if (!good)
            break;
        good = b->lib.FT_Stroker_ParseOutline(stroker, &part, !closed) == 0 &&
               b->lib.FT_Stroker_GetCounts(stroker, &points, &contours) == 0;
        count[0] += points;
        count[1] += contours;
        if (good && all)
            b->lib.FT_Stroker_Export(stroker, all);
        b->lib.FT_Outline_Done(b->library, &part);
    }
    return good && count[0] <= INT16_MAX;
}

static bool fill_stroke(struct brush *b, FT_Stroker stroker, const struct path *path) {
    unsigned count[2] = {0}, again[2] = {0};
    FT_Outline all;
    if (!follow(b, stroker, path, count, NULL) || !new_outline(b, count[0], count[1], &all))
        return false;
    if (follow(b, stroker, path, again, &all))
        return fill(b, &all, true);
    b->lib.FT_Outline_Done(b->library, &all);
    return false;
}

bool cover_line(struct cover *cover, const struct path *path, int64_t half) {
    struct brush b;
    FT_Stroker stroker;
    int64_t radius = half * 64 / cover->pixel;
    if (!path->n || path->steps[0].verb != PATH_MOVE)
        return true; /* it goes from nowhere */
    if (!brush_open(&b, cover))
        return false;
    bool good = b.lib.FT_Stroker_New(b.library, &stroker) == 0;
    if (good) {
        b.lib.FT_Stroker_Set(stroker, (FT_Fixed)(radius ? radius : 1), FT_STROKER_LINECAP_ROUND,
                             FT_STROKER_LINEJOIN_ROUND, 0);
        good = fill_stroke(&b, stroker, path);
        b.lib.FT_Stroker_Done(stroker);
    }
    b.lib.FT_Done_FreeType(b.library);
    return good;
}
