/* metafile: pictures that are lists of drawing orders, EMF ([MS-EMF]) and WMF ([MS-WMF]), as
 * shapes.
 *
 * Both kinds give the same orders to one *canvas*: outlines, filled areas, bitmaps and text become
 * shapes that all have the picture's box, so that they move, turn and align as it would. Raster
 * operations have no like on paper; what is met and not drawn is named, but for clipping: most of
 * Office's pictures clip to what they fill anyway. */
#ifndef CONGVAN_DOCX_METAFILE_H
#define CONGVAN_DOCX_METAFILE_H

#include "docx/wml_read.h"

/* Draws the picture's orders into `place`, as shapes of the paragraph. False: there were none that
 * could be drawn, and nothing was added. */
bool metafile_draw(struct builder *builder, const struct run_props *props,
                   const struct shape *place, const struct picture *picture);

/* ---- what its files share ---- */

struct gdi_pen {
    bool none;
    bool dashed;
    int64_t width; /* logical; 0: the thinnest line */
    uint32_t color;
};

struct gdi_brush {
    bool none;
    uint32_t color;
};

struct gdi_font {
    int64_t height; /* logical; negative: of the letters, else with their leading */
    bool bold, italic, underline;
    const char *family;
};

enum gdi_kind { GDI_FREE, GDI_PEN, GDI_BRUSH, GDI_FONT, GDI_OTHER };
struct gdi_object {
    enum gdi_kind kind;
    union {
        struct gdi_pen pen;
        struct gdi_brush brush;
        struct gdi_font font;
    } as;
};

struct gdi_state {
    struct gdi_pen pen;
    struct gdi_brush brush;
    struct gdi_font font;
    uint32_t text_color;
    unsigned text_align;
    int64_t x, y;                     /* the current position */
    int64_t from[2], extent[2];       /* the window in logical units ... */
    int64_t to_from[2], to_extent[2]; /* ... and where it is on the device, in 1/1024 */
    bool clockwise;                   /* how arcs between rays go */
    int64_t world[6];                 /* in 1/65536: m11 m12 m21 m22 dx dy */
};

enum { SAVED_STATES = 16, GDI_OBJECTS = 1024, DEVICE_ONE = 1024, WORLD_ONE = 65536 };

struct canvas {
    struct builder *builder;
    const struct run_props *props;
    const struct shape *place;
    struct gdi_state state, saved[SAVED_STATES];
    size_t depth;
    struct gdi_object *objects; /* GDI_OBJECTS */
    int64_t frame[4];           /* the picture on the device: left, top, width, height, in 1/1024 */
    VEC(struct path_step) steps; /* of the path being built */
    bool in_path;                /* a path bracket is open: outlines only add to it */
    VEC(struct path) strokes;    /* outlines of one look, not yet a shape */
    struct gdi_pen strokes_pen;  /* its width as on the picture */
    size_t shapes;
    const struct shape *first; /* of them */
};

void canvas_begin(struct canvas *c);
void canvas_save(struct canvas *c);
void canvas_restore(struct canvas *c, int32_t which); /* as SaveDC counts: -1 is the last */
void canvas_select(struct canvas *c, size_t index);

void canvas_move(struct canvas *c, int64_t x, int64_t y);
void canvas_line(struct canvas *c, int64_t x, int64_t y);
void canvas_curve(struct canvas *c, const int64_t (*points)[2]); /* three points */
void canvas_close(struct canvas *c);
/* Ends the path: filled with the brush, drawn with the pen, each or both. */
void canvas_paint(struct canvas *c, bool fill, bool stroke);
enum arc_end { ARC_OPEN, ARC_JOINED, ARC_CHORD, ARC_PIE };
/* A piece of the ellipse in a box (left, top, right, bottom), from one angle on: towards the y
 * axis, which goes down, by `sweep`. JOINED: a line leads there from the current position. */
void canvas_arc(struct canvas *c, const int64_t box[4], int64_t from, int64_t sweep,
                enum arc_end end);
/* The same between the rays from the centre through two points (x, y, x, y). */
void canvas_arc_between(struct canvas *c, const int64_t box[4], const int64_t rays[4],
                        enum arc_end end);
void canvas_rect(struct canvas *c, int64_t left, int64_t top, int64_t right, int64_t bottom);
void canvas_ellipse(struct canvas *c, int64_t left, int64_t top, int64_t right, int64_t bottom);
/* A bitmap without a file header: its header with colours, and its pixels. */
void canvas_bitmap(struct canvas *c, const char *header, size_t n, const char *pixels,
                   size_t pixel_bytes, const int64_t box[4]);
void canvas_text(struct canvas *c, int64_t x, int64_t y, const char *text);
void canvas_end(struct canvas *c);

bool emf_play(struct canvas *c, const unsigned char *bytes, size_t n);
bool wmf_play(struct canvas *c, const unsigned char *bytes, size_t n);

#endif
