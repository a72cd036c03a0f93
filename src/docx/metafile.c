#include "docx/metafile.h"

#include "base/angle.h"
#include "docx/geometry.h"
#include "docx/units.h"

#include <stdlib.h>
#include <string.h>

enum { HAIRLINE = 250, FAR = 1 << 27 };
#define FAR_DEVICE ((int64_t)1 << 31) /* in 1/DEVICE_ONE */

/* ---- where things are ---- */

static int64_t within(int64_t v, int64_t limit) {
    return v < -limit ? -limit : v > limit ? limit : v;
}

static int64_t bounded(int64_t v) {
    return within(v, FAR);
}

static int64_t nonzero(int64_t v) {
    return v ? v : 1;
}

/* A logical point on the picture, from its top left corner. What the world makes of it keeps its
 * fraction of a device unit: Office draws in sixteenths of one. */
static void map_point(const struct canvas *c, int64_t x, int64_t y, mpt *out_x, mpt *out_y) {
    const struct gdi_state *s = &c->state;
    x = bounded(x);
    y = bounded(y);
    enum { FRACTION = WORLD_ONE / DEVICE_ONE };
    int64_t world[2] = {(s->world[0] * x + s->world[2] * y + s->world[4]) / FRACTION,
                        (s->world[1] * x + s->world[3] * y + s->world[5]) / FRACTION};
    const mpt size[2] = {c->place->width, c->place->height};
    mpt *const out[2] = {out_x, out_y};
    for (int i = 0; i < 2; i++) {
        int64_t device = within(world[i] - s->from[i] * DEVICE_ONE, FAR_DEVICE);
        device = device * bounded(s->to_extent[i]) / nonzero(s->extent[i]) / DEVICE_ONE;
        device = bounded(device + s->to_from[i] - c->frame[i]);
        *out[i] = mpt_clamp(device * size[i] / nonzero(c->frame[2 + i]));
    }
}

/* A logical length, mean of both directions. */
static mpt map_length(const struct canvas *c, int64_t length) {
    mpt x0 = 0, y0 = 0, x1 = 0, y1 = 0;
    map_point(c, 0, 0, &x0, &y0);
    map_point(c, length, length, &x1, &y1);
    int64_t across = llabs((int64_t)x1 - x0), down = llabs((int64_t)y1 - y0);
    return mpt_clamp((across + down) / 2);
}

void canvas_begin(struct canvas *c) {
    struct gdi_state *s = &c->state;
    s->pen = (struct gdi_pen){0};
    s->brush = (struct gdi_brush){.color = 0xFFFFFF};
    s->font = (struct gdi_font){.height = 0};
    s->world[0] = s->world[3] = WORLD_ONE;
    s->extent[0] = s->extent[1] = 1;
    s->to_extent[0] = s->to_extent[1] = DEVICE_ONE;
    c->objects = POOL_ARRAY(c->builder->story->reader->pool, struct gdi_object, GDI_OBJECTS);
}

/* ---- states and tools ---- */

void canvas_save(struct canvas *c) {
    if (c->depth < SAVED_STATES)
        c->saved[c->depth++] = c->state;
}

void canvas_restore(struct canvas *c, int32_t which) {
    int64_t at = which < 0 ? (int64_t)c->depth + which : (int64_t)which - 1;
    if (at < 0 || at >= (int64_t)c->depth)
        return;
    c->depth = (size_t)at;
    c->state = c->saved[at];
}

void canvas_select(struct canvas *c, size_t index) {
    const struct gdi_object *object = index < GDI_OBJECTS ? &c->objects[index] : NULL;
    if (!object)
        return;
    if (object->kind == GDI_PEN)
        c->state.pen = object->as.pen;
    else if (object->kind == GDI_BRUSH)
        c->state.brush = object->as.brush;
    else if (object->kind == GDI_FONT)
        c->state.font = object->as.font;
}

/* ---- shapes ---- */

/* One more shape of the picture's box. Text keeps clear of the first alone: all are one place. */
static struct shape *new_shape(struct canvas *c, enum shape_kind kind) {
    struct shape *shape = shape_new(c->builder);
    *shape = *c->place;
    memset(shape->inset, 0, sizeof shape->inset);
    shape->kind = kind;
    shape->picture = NULL;
    shape->fill = -1;
    shape->stroke = 0;
    if (c->shapes++) {
        shape->wrap = WRAP_NONE;
        shape->contour = NULL;
        if (!shape->moves_with)
            shape->moves_with = c->first;
    } else {
        c->first = shape;
    }
    add_shape(c->builder, c->props, shape);
    return shape;
}

static uint32_t seen(const struct canvas *c, uint32_t color) {
    return recolored(c->place->picture->recolor, color);
}

/* The pen on the picture: its width is mapped when it draws, whatever is set before it is seen. */
static struct gdi_pen mapped(const struct canvas *c) {
    struct gdi_pen pen = c->state.pen;
    pen.width = map_length(c, pen.width);
    pen.color = seen(c, pen.color);
    return pen;
}

static void set_pen(const struct gdi_pen *pen, struct shape *shape) {
    shape->stroke = pen->width < HAIRLINE ? HAIRLINE : (mpt)pen->width;
    shape->stroke_color = pen->color;
    if (pen->dashed) {
        shape->line.dashes[0] = 3;
        shape->line.dashes[1] = 2;
    }
}

static bool same_pen(const struct gdi_pen *a, const struct gdi_pen *b) {
    return a->width == b->width && a->color == b->color && a->dashed == b->dashed;
}

static void flush_strokes(struct canvas *c) {
    if (!c->strokes.n)
        return;
    struct shape *shape = new_shape(c, SHAPE_RECT);
    set_pen(&c->strokes_pen, shape);
    shape->paths = c->strokes.at;
    shape->path_count = c->strokes.n;
    memset(&c->strokes, 0, sizeof c->strokes);
}

void canvas_end(struct canvas *c) {
    flush_strokes(c);
}

/* ---- paths ---- */

static struct path_step *add_step(struct canvas *c, enum path_verb verb) {
    struct path_step *step = VEC_PUSH(c->builder->story->reader->pool, &c->steps);
    step->verb = verb;
    return step;
}

static void set_position(struct canvas *c, int64_t x, int64_t y) {
    c->state.x = x;
    c->state.y = y;
}

void canvas_move(struct canvas *c, int64_t x, int64_t y) {
    struct path_step *step = add_step(c, PATH_MOVE);
    map_point(c, x, y, &step->x[0], &step->y[0]);
    set_position(c, x, y);
}

static void begin_here(struct canvas *c) {
    if (!c->steps.n || c->steps.at[c->steps.n - 1].verb == PATH_CLOSE)
        canvas_move(c, c->state.x, c->state.y);
}

void canvas_line(struct canvas *c, int64_t x, int64_t y) {
    begin_here(c);
    struct path_step *step = add_step(c, PATH_LINE);
    map_point(c, x, y, &step->x[0], &step->y[0]);
    set_position(c, x, y);
}

void canvas_curve(struct canvas *c, const int64_t (*points)[2]) {
    begin_here(c);
    struct path_step *step = add_step(c, PATH_CURVE);
    for (int i = 0; i < 3; i++)
        map_point(c, points[i][0], points[i][1], &step->x[i], &step->y[i]);
    set_position(c, points[2][0], points[2][1]);
}

void canvas_close(struct canvas *c) {
    if (c->steps.n)
        add_step(c, PATH_CLOSE);
}

/* Whether the path has more than a point. */
static bool is_drawn(const struct canvas *c) {
    for (size_t i = 0; i < c->steps.n; i++)
        if (c->steps.at[i].verb == PATH_LINE || c->steps.at[i].verb == PATH_CURVE)
            return true;
    return false;
}

void canvas_paint(struct canvas *c, bool fill, bool stroke) {
    struct pool *pool = c->builder->story->reader->pool;
    const struct gdi_pen pen = mapped(c);
    struct path path = {.steps = c->steps.at, .n = c->steps.n};
    path.filled = fill && !c->state.brush.none;
    path.stroked = stroke && !pen.none;
    bool drawn = is_drawn(c) && (path.filled || path.stroked);
    memset(&c->steps, 0, sizeof c->steps);
    if (!drawn)
        return;
    if (!same_pen(&pen, &c->strokes_pen) || path.filled)
        flush_strokes(c);
    if (!path.filled) {
        c->strokes_pen = pen;
        *VEC_PUSH(pool, &c->strokes) = path;
        return;
    }
    struct shape *shape = new_shape(c, SHAPE_RECT);
    struct path *one = POOL_NEW(pool, struct path);
    *one = path;
    shape->paths = one;
    shape->path_count = 1;
    shape->fill = (int32_t)seen(c, c->state.brush.color);
    if (path.stroked)
        set_pen(&pen, shape);
}

void canvas_rect(struct canvas *c, int64_t left, int64_t top, int64_t right, int64_t bottom) {
    canvas_move(c, left, top);
    canvas_line(c, right, top);
    canvas_line(c, right, bottom);
    canvas_line(c, left, bottom);
    canvas_close(c);
}

/* Four curves, whose control points stand 0.5523 of the radius off. */
void canvas_ellipse(struct canvas *c, int64_t left, int64_t top, int64_t right, int64_t bottom) {
    int64_t x = (left + right) / 2, y = (top + bottom) / 2;
    int64_t dx = (right - left) * 5523 / 20000, dy = (bottom - top) * 5523 / 20000;
    const int64_t quarters[4][3][2] = {
        {{left, y - dy}, {x - dx, top}, {x, top}},
        {{x + dx, top}, {right, y - dy}, {right, y}},
        {{right, y + dy}, {x + dx, bottom}, {x, bottom}},
        {{x - dx, bottom}, {left, y + dy}, {left, y}},
    };
    canvas_move(c, left, y);
    for (int i = 0; i < 4; i++)
        canvas_curve(c, quarters[i]);
    canvas_close(c);
}

void canvas_arc(struct canvas *c, const int64_t box[4], int64_t from, int64_t sweep,
                enum arc_end end) {
    const int64_t center[2] = {(box[0] + box[2]) / 2, (box[1] + box[3]) / 2};
    const int64_t radius[2] = {bounded(box[2] - box[0]) / 2, bounded(box[3] - box[1]) / 2};
    int64_t x = center[0] + radius[0] * angle_cos(from) / SINE_ONE;
    int64_t y = center[1] + radius[1] * angle_sin(from) / SINE_ONE;
    int64_t pieces = (llabs(sweep) + ANGLE_QUARTER - ANGLE_DEGREE) / ANGLE_QUARTER; /* or so */
    pieces = pieces < 1 ? 1 : pieces;
    if (end == ARC_JOINED)
        canvas_line(c, x, y);
    else
        canvas_move(c, x, y);
    for (int64_t i = 0; i < pieces; i++) {
        int64_t xs[3], ys[3], at = from + sweep * i / pieces;
        arc_curve(center, radius, at, from + sweep * (i + 1) / pieces - at, xs, ys);
        const int64_t points[3][2] = {{xs[0], ys[0]}, {xs[1], ys[1]}, {xs[2], ys[2]}};
        canvas_curve(c, points);
    }
    if (end == ARC_PIE)
        canvas_line(c, center[0], center[1]);
    if (end == ARC_PIE || end == ARC_CHORD)
        canvas_close(c);
}

void canvas_arc_between(struct canvas *c, const int64_t box[4], const int64_t rays[4],
                        enum arc_end end) {
    int64_t x = (box[0] + box[2]) / 2, y = (box[1] + box[3]) / 2, angle[2];
    int64_t width = bounded(box[2] - box[0]), height = bounded(box[3] - box[1]);
    bool clockwise = c->state.clockwise;
    for (int i = 0; i < 2; i++) { /* of the circle that the ellipse was */
        int64_t dx = bounded(rays[2 * i] - x) * height, dy = bounded(rays[2 * i + 1] - y) * width;
        while (llabs(dx) >> 40 || llabs(dy) >> 40) {
            dx /= 2;
            dy /= 2;
        }
        angle[i] = angle_of(dx, dy);
    }
    int64_t sweep = angle_normal(clockwise ? angle[1] - angle[0] : angle[0] - angle[1]);
    sweep = sweep ? sweep : ANGLE_TURN; /* the same ray twice: all of it */
    canvas_arc(c, box, angle[0], clockwise ? sweep : -sweep, end);
}

/* ---- bitmaps ---- */

/* The file such a bitmap would be: pixels packed as JPEG or PNG are one already. */
static const char *file_of(struct pool *pool, const char *header, size_t n, const char *pixels,
                           size_t pixel_bytes, size_t *len) {
    enum { FILE_HEADER = 14, PACKED_JPEG = 4, PACKED_PNG = 5 };
    if (n >= 40 && (header[16] == PACKED_JPEG || header[16] == PACKED_PNG)) {
        *len = pixel_bytes;
        return pixels;
    }
    char *file = pool_alloc(pool, FILE_HEADER + n + pixel_bytes);
    memset(file, 0, FILE_HEADER);
    memcpy(file, "BM", 2);
    for (int i = 0; i < 4; i++)
        file[10 + i] = (char)((FILE_HEADER + n) >> 8 * i);
    memcpy(file + FILE_HEADER, header, n);
    memcpy(file + FILE_HEADER + n, pixels, pixel_bytes);
    *len = FILE_HEADER + n + pixel_bytes;
    return file;
}

/* Part of the picture's box, as room added around what fills the part (struct picture). */
static bool room_around(const struct canvas *c, const int64_t box[4], struct picture *picture) {
    mpt x0 = 0, y0 = 0, x1 = 0, y1 = 0;
    map_point(c, box[0], box[1], &x0, &y0);
    map_point(c, box[0] + box[2], box[1] + box[3], &x1, &y1);
    int64_t width = (int64_t)x1 - x0, height = (int64_t)y1 - y0;
    if (width < 1 || height < 1) /* mirrored ones are left out too */
        return false;
    const int64_t around[4] = {[EDGE_TOP] = (int64_t)y0 * 100000 / height,
                               [EDGE_LEFT] = (int64_t)x0 * 100000 / width,
                               [EDGE_BOTTOM] = ((int64_t)c->place->height - y1) * 100000 / height,
                               [EDGE_RIGHT] = ((int64_t)c->place->width - x1) * 100000 / width};
    for (int e = 0; e < 4; e++) {
        if (around[e] > 100000000 || around[e] < -99000)
            return false;
        picture->crop[e] = (int32_t)-around[e];
    }
    return true;
}

void canvas_bitmap(struct canvas *c, const char *header, size_t n, const char *pixels,
                   size_t pixel_bytes, const int64_t box[4]) {
    struct pool *pool = c->builder->story->reader->pool;
    struct picture *picture = POOL_NEW(pool, struct picture);
    if (n < 12 || !pixel_bytes || !room_around(c, box, picture))
        return;
    flush_strokes(c);
    picture->bytes = file_of(pool, header, n, pixels, pixel_bytes, &picture->len);
    picture->width = c->place->width;
    picture->height = c->place->height;
    picture->part = c->place->picture->part;
    picture->story = c->place->picture->story;
    picture->number = c->place->picture->number;
    picture->recolor = c->place->picture->recolor;
    picture->description = c->place->picture->description;
    new_shape(c, SHAPE_PICTURE)->picture = picture;
}

/* ---- text ---- */

static const struct run_props *text_props(const struct canvas *c, mpt *ascent) {
    const struct gdi_font *font = &c->state.font;
    struct run_props *props = POOL_NEW(c->builder->story->reader->pool, struct run_props);
    *props = *styles_plain(c->builder->style);
    mpt size = map_length(c, font->height);
    if (font->height > 0)
        size = size * 100 / 115; /* of the letters without their leading */
    props->size = size < 1000 ? 1000 : size > 1638000 ? 1638000 : size;
    props->bold = font->bold;
    props->italic = font->italic;
    props->underline = font->underline ? UNDERLINE_SINGLE : UNDERLINE_NONE;
    props->color = seen(c, c->state.text_color);
    props->auto_color = false;
    if (font->family && *font->family)
        props->family = font->family;
    *ascent = props->size * 934 / 1000;
    return props;
}

enum { ALIGN_RIGHT = 2, ALIGN_CENTER = 6, ALIGN_BOTTOM = 8, ALIGN_BASE = 24 };

/* The text box is as large as the picture; insets put the line where it belongs. */
static void place_text(const struct canvas *c, mpt x, mpt top, struct shape *shape,
                       struct para_props *props) {
    mpt right = c->place->width - x;
    unsigned align = c->state.text_align & ALIGN_CENTER;
    shape->inset[1] = top < 0 ? 0 : top;
    if (align == ALIGN_CENTER) {
        props->jc = JC_CENTER;
        shape->inset[0] = x > right ? x - right : 0;
        shape->inset[2] = right > x ? right - x : 0;
    } else if (align == ALIGN_RIGHT) {
        props->jc = JC_RIGHT;
        shape->inset[2] = right < 0 ? 0 : right;
    } else {
        shape->inset[0] = x < 0 ? 0 : x;
    }
}

void canvas_text(struct canvas *c, int64_t x, int64_t y, const char *text) {
    struct story *story = c->builder->story;
    struct block_list list = {0};
    mpt ascent, at_x = 0, at_y = 0;
    if (!text[strspn(text, " ")])
        return;
    flush_strokes(c);
    if (c->state.text_align & 1) { /* at the current position */
        x = c->state.x;
        y = c->state.y;
    }
    map_point(c, x, y, &at_x, &at_y);
    const struct run_props *run = text_props(c, &ascent);
    if ((c->state.text_align & ALIGN_BASE) == ALIGN_BASE)
        at_y -= ascent;
    else if (c->state.text_align & ALIGN_BOTTOM)
        at_y -= run->size * 115 / 100;
    add_text_para(story, text, &list);
    struct para_props *props = POOL_NEW(story->reader->pool, struct para_props);
    *props = (struct para_props){.line = 240, .shade = -1, .outline_level = -1};
    struct shape *shape = new_shape(c, SHAPE_TEXT_BOX);
    place_text(c, at_x, at_y, shape, props);
    list.first->para->props = props;
    list.first->para->mark = run;
    for (size_t i = 0; i < list.first->para->item_count; i++)
        list.first->para->items[i].props = run;
    shape->blocks = list.first;
}

/* ---- the picture ---- */

bool metafile_draw(struct builder *builder, const struct run_props *props,
                   const struct shape *place, const struct picture *picture) {
    struct shape box = *place;
    struct canvas c = {.builder = builder, .props = props, .place = &box};
    box.picture = picture;
    box.stroke = 0;
    if (box.width <= 0 || box.height <= 0)
        return false;
    canvas_begin(&c);
    const unsigned char *bytes = (const unsigned char *)picture->bytes;
    if (!emf_play(&c, bytes, picture->len))
        wmf_play(&c, bytes, picture->len);
    canvas_end(&c);
    return c.shapes > 0;
}
