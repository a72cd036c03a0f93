/* metafile: pictures that are lists of drawing orders, EMF ([MS-EMF]) and WMF ([MS-WMF]), as
 * shapes.
 *
 * Both kinds give the same orders to one *canvas*: outlines, filled areas, bitmaps and text become
 * shapes that all have the picture's box, so that they move, turn and align as it would. What an
 * order may not paint on is kept as a list of outlines, within each of which it must lie
 * (metafile_clip.c); text stands letter by letter where its order says (metafile_text.c); bitmaps
 * are cut, mirrored and masked here (metafile_bitmap.c). Raster operations have no like on paper
 * but those of masks; what is met and not drawn is named, once for each kind of order. */
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
    struct line_style line;
    int64_t width; /* logical; 0: the thinnest line */
    uint32_t color;
};

struct gdi_brush {
    bool none;
    bool inexact; /* a pattern of which this is the mean colour */
    int hatch;    /* 1 + HS_HORIZONTAL and so on ([MS-WMF] 2.1.1.12): lines of the colour; 0 */
    uint32_t color;
};

struct gdi_font {
    int64_t height; /* logical; negative: of the letters, else from ascent to descent; 0: usual */
    int64_t width;  /* logical, of its letters on the mean; 0: as it is */
    int32_t escapement; /* how the line is turned against the clock, in 1/10 degree */
    bool bold, italic, underline, strike;
    unsigned charset;
    const char *family;
};

/* A part of the picture. */
struct region {
    struct path path;
    const mpt (*rects)[4]; /* the same as boxes that have no point in common: left top right bottom;
                              NULL: it is not made of boxes */
    size_t rect_count;
    const struct region *outer; /* within this, too; NULL */
};

enum gdi_kind { GDI_FREE, GDI_PEN, GDI_BRUSH, GDI_FONT, GDI_REGION, GDI_OTHER };
struct gdi_object {
    enum gdi_kind kind;
    union {
        struct gdi_pen pen;
        struct gdi_brush brush;
        struct gdi_font font;
        const int64_t *region; /* logical: how many boxes, then left top right bottom of each */
    } as;
};

struct gdi_state {
    struct gdi_pen pen;
    struct gdi_brush brush;
    struct gdi_font font;
    uint32_t text_color, ground;
    bool opaque; /* text stands on the ground's colour */
    unsigned text_align;
    int64_t text_extra;               /* logical: put between letters */
    int64_t x, y;                     /* the current position */
    int64_t from[2], extent[2];       /* the window in logical units ... */
    int64_t to_from[2], to_extent[2]; /* ... and where it is on the device, in 1/1024 */
    bool clockwise;                   /* how arcs between rays go */
    bool winding;                     /* what is inside an outline, see struct path */
    unsigned map_mode;                /* of an EMF; 0: none was set */
    unsigned mixing;                  /* how lines and areas mix with what is there (R2_) */
    int64_t world[6];                 /* in 1/65536: m11 m12 m21 m22 dx dy */
    const struct region *clip, *meta; /* orders paint within both; NULL: anywhere */
};

enum { SAVED_STATES = 64, GDI_OBJECTS = 1024, DEVICE_ONE = 1024, WORLD_ONE = 65536 };

struct gdi_bitmap {
    const char *header; /* of a bitmap without a file header, with its colours */
    size_t header_len;
    const char *pixels;
    size_t pixel_bytes;
    int64_t box[4];     /* left, top, width, height; mirrored where these are negative */
    int64_t from[4];    /* the part of the bitmap that is seen, in pixels; no width: all of it */
    uint32_t operation; /* ternary ([MS-WMF] 2.1.1.31) */
    bool from_below;    /* `from` counts rows from the bottom where the bitmap does */
    enum { BITMAP_OPAQUE, BITMAP_ALPHA, BITMAP_KEYED } clear; /* ALPHA: colours times it */
    uint32_t key;  /* KEYED: 0xRRGGBB that is not drawn */
    int clearness; /* of all of it, in 1/255; 0: opaque */
};

/* `name`: what the files are called in messages. */
struct canvas {
    struct builder *builder;
    const struct run_props *props;
    const struct shape *place;
    const char *name;
    struct gdi_state state, saved[SAVED_STATES];
    size_t depth, too_deep;
    struct gdi_object *objects; /* GDI_OBJECTS */
    int64_t frame[4];           /* the picture on the device: left, top, width, height, in 1/1024 */
    int64_t dots_per_metre[2];  /* of the device, in 1/1024 */
    bool stretched;             /* letters are as wide as the frame's shape makes them */
    VEC(struct path_step) steps; /* of the path being built */
    bool in_path;                /* a path bracket is open: outlines only add to it */
    VEC(struct path) strokes;    /* outlines of one look, not yet a shape */
    struct gdi_pen strokes_pen;  /* its width as on the picture */
    const struct clip *strokes_clip;
    const struct clip *clip;         /* the state's, as shapes have it, */
    const struct region *clip_of[2]; /* of this clip and meta */
    const struct gdi_bitmap *mask;   /* what comes next may be drawn through it */
    const struct lettering *line;    /* text goes on where this ends, */
    bool line_goes_on;               /* until the position is set */
    size_t shapes;
    const struct shape *first; /* of them */
    struct shape *last;
};

/* A pen's look, whose style is as PS_ flags say ([MS-EMF] 2.1.25, [MS-WMF] 2.1.1.23). `geometric`:
 * its ends are told, and its dashes grow with its width. */
struct gdi_pen gdi_pen_of(uint32_t style, bool geometric, int64_t width, uint32_t color);
void canvas_begin(struct canvas *c);
/* The frame is known: of a cropped picture it shrinks to what is left, and nothing is seen beyond.
 */
void canvas_crop(struct canvas *c);
void canvas_save(struct canvas *c);
void canvas_restore(struct canvas *c, int32_t which); /* as SaveDC counts: -1 is the last */
void canvas_select(struct canvas *c, size_t index);
/* Names an order that is not drawn: "EMF (FloodFill)". */
void canvas_name(struct canvas *c, const char *order);

/* A logical point on the picture, a point of the device, and a logical length, mean of both
 * directions. */
void canvas_map(const struct canvas *c, int64_t x, int64_t y, mpt *out_x, mpt *out_y);
void canvas_map_device(const struct canvas *c, int64_t x, int64_t y, mpt *out_x, mpt *out_y);
/* How long UNITS logical units are along both axes. */
enum { UNITS = 256 };
void canvas_units(const struct canvas *c, int64_t out[2]);
uint32_t canvas_seen(const struct canvas *c, uint32_t color); /* recoloured with the picture */
/* One more shape of the picture's box; NULL: nothing of it would be seen. */
struct shape *canvas_shape(struct canvas *c, enum shape_kind kind);

/* Sets the current position; in a path bracket a figure begins there. */
void canvas_go(struct canvas *c, int64_t x, int64_t y);
void canvas_stay(struct canvas *c, const int64_t at[2]); /* takes it back to where it was */
void canvas_move(struct canvas *c, int64_t x, int64_t y);
void canvas_line(struct canvas *c, int64_t x, int64_t y);
void canvas_curve(struct canvas *c, const int64_t (*points)[2]); /* three points */
void canvas_close(struct canvas *c);
/* Ends the path: filled with the brush, drawn with the pen, each or both. */
void canvas_paint(struct canvas *c, bool fill, bool stroke);
/* Ends the path: filled with a texture, of which colours are recoloured already. */
void canvas_paint_texture(struct canvas *c, const struct texture *texture);
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
/* `corner`: width and height of the ellipse whose quarters are its corners. */
void canvas_round_rect(struct canvas *c, const int64_t box[4], const int64_t corner[2]);
/* An area that no bitmap is put on, by a ternary operation; box: left, top, width, height. */
void canvas_area(struct canvas *c, uint32_t operation, const int64_t box[4]);
void canvas_end(struct canvas *c);

/* ---- metafile_clip.c ---- */

enum clip_mode { CLIP_AND = 1, CLIP_OR, CLIP_XOR, CLIP_WITHOUT, CLIP_COPY };
/* By a logical box (left, top, right, bottom), by the path that was built, which this ends, and by
 * boxes of the device, or of logical ones; without boxes: nothing. */
void clip_by_box(struct canvas *c, const int64_t box[4], enum clip_mode mode);
void clip_by_path(struct canvas *c, enum clip_mode mode);
enum { CLIP_BOXES = 1024 };
void clip_by_boxes(struct canvas *c, const int64_t (*boxes)[4], size_t n, bool device,
                   enum clip_mode mode);
void clip_reset(struct canvas *c);
void clip_offset(struct canvas *c, int64_t x, int64_t y);        /* logical */
void clip_to_meta(struct canvas *c);                             /* SetMetaRgn */
void clip_to_place(struct canvas *c);                            /* to the picture's box */
void clip_to_outline(struct canvas *c, const struct clip *clip); /* to that of the picture */
/* What orders paint within now. False: nothing can be seen. */
bool clip_seen(struct canvas *c, const struct clip **out);

/* ---- metafile_bitmap.c ---- */

void canvas_bitmap(struct canvas *c, const struct gdi_bitmap *bitmap);
void bitmap_flush(struct canvas *c); /* a mask that nothing came after */

/* ---- metafile_text.c ---- */

struct gdi_letter {
    uint32_t cp;
    int64_t step[2]; /* logical: to the next one, along the line and down */
};
enum { TEXT_OPAQUE = 2, TEXT_CLIPPED = 4, TEXT_GLYPHS = 0x10, TEXT_PAIRS = 0x2000 };
struct gdi_text {
    int64_t x, y;
    struct gdi_letter *letters; /* changed */
    size_t n;
    bool stepped;     /* the steps are given */
    unsigned options; /* TEXT_* */
    int64_t box[4];   /* left, top, right, bottom: what OPAQUE fills and CLIPPED leaves */
};
void canvas_text(struct canvas *c, struct gdi_text *text);
/* Letters from bytes in the font's code; one for each character, with the steps (NULL: none) of
 * its bytes together. Returns how many. */
size_t text_decode(struct canvas *c, const unsigned char *bytes, size_t n,
                   const int64_t (*steps)[2], struct gdi_letter *out);

bool emf_play(struct canvas *c, const unsigned char *bytes, size_t n);
bool wmf_play(struct canvas *c, const unsigned char *bytes, size_t n);

#endif
