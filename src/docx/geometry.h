/* geometry: the outlines of shapes.
 *
 * DrawingML describes an outline by guides, named numbers computed from the shape's width and
 * height and from adjust values, and by paths whose points are guides (ECMA-376 part 1, 20.1.9).
 * A custom geometry says so in the document; the preset ones (20.1.10.55) are written in the same
 * language in presets.def, so one evaluator serves both. VML's paths use the tracer alone. */
#ifndef CONGVAN_DOCX_GEOMETRY_H
#define CONGVAN_DOCX_GEOMETRY_H

#include "docx/wml.h"

struct geometry;

/* Guides for a shape of this size, in EMU; all predefined names (20.1.10.56) are there. */
struct geometry *geometry_new(struct pool *pool, int64_t width, int64_t height);
/* Adds or replaces a guide. `formula`: operator and up to three operands (20.1.9.11). */
void geometry_guide(struct geometry *g, const char *name, const char *formula);
/* The value of a guide or number; 0 for an unknown name. */
int64_t geometry_value(const struct geometry *g, const char *word);

/* The rectangle text is set in, in mpt from the shape's top left corner. */
struct text_rect {
    mpt left, top, right, bottom;
};

/* What a geometry comes out as. */
struct outline {
    struct path *paths;
    size_t n;
    struct text_rect text;
};

/* A preset by name, over guides that already hold the document's adjust values (geometry_adjust).
 * False: not known. */
bool geometry_preset(struct geometry *g, const char *name, struct outline *out);
/* An adjust value that the document gives: stands over the preset's own. */
void geometry_adjust(struct geometry *g, const char *name, const char *formula);

/* ---- tracer ---- */

/* One axis of a path's coordinates: mpt = (value - from) * up / down. */
struct axis {
    int64_t from, up, down;
};

/* Traces one path after another. Points are in the path's own coordinates. */
struct tracer {
    struct pool *pool;
    struct axis x_axis, y_axis;
    VEC(struct path_step) steps;
    VEC(struct path) paths;
    int64_t x, y, start_x, start_y;
    bool open; /* a subpath has begun */
};

enum { MAX_COORDINATE = INT32_MAX }; /* values beyond are taken for it */

void trace_move(struct tracer *tracer, int64_t x, int64_t y);
void trace_line(struct tracer *tracer, int64_t x, int64_t y);
void trace_curve(struct tracer *tracer, const int64_t x[3], const int64_t y[3]);
void trace_quad(struct tracer *tracer, const int64_t x[2], const int64_t y[2]);
/* Along an ellipse that the pen stands on at angle `from`, by `sweep` (20.1.9.2). */
void trace_arc(struct tracer *tracer, int64_t x_radius, int64_t y_radius, int64_t from,
               int64_t sweep);
/* One curve for an arc of at most a quarter: two control points, and where it ends. Angles are
 * those of the circle that the ellipse was. */
void arc_curve(const int64_t center[2], const int64_t radius[2], int64_t at, int64_t step,
               int64_t x[3], int64_t y[3]);
/* An arc of the ellipse about a centre, joined to what is before by a line, or begun anew. */
void trace_ellipse(struct tracer *tracer, const int64_t center[2], const int64_t radius[2],
                   int64_t from, int64_t sweep, bool join);
void trace_close(struct tracer *tracer);
/* Ends the path; it is dropped if empty. */
void trace_end(struct tracer *tracer, bool filled, bool stroked, int shade);

#endif
