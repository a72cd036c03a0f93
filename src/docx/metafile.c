#include "docx/metafile.h"

#include "base/angle.h"
#include "docx/geometry.h"
#include "docx/units.h"

#include <stdlib.h>
#include <string.h>

enum { HAIRLINE = 250, FAR = 1 << 27 };
enum { MIX_BLACK = 1, MIX_NONE = 11, MIX_COPY = 13, MIX_WHITE = 16 }; /* [MS-WMF] 2.1.1.2 */
#define FAR_DEVICE ((int64_t)1 << 31)                                 /* in 1/DEVICE_ONE */

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

/* What the world makes of a point keeps its fraction of a device unit: Office draws in sixteenths
 * of one. */
static void map(const struct canvas *c, int64_t x, int64_t y, int64_t out[2]) {
    const struct gdi_state *s = &c->state;
    x = bounded(x);
    y = bounded(y);
    enum { FRACTION = WORLD_ONE / DEVICE_ONE };
    int64_t world[2] = {(s->world[0] * x + s->world[2] * y + s->world[4]) / FRACTION,
                        (s->world[1] * x + s->world[3] * y + s->world[5]) / FRACTION};
    const mpt size[2] = {c->place->width, c->place->height};
    for (int i = 0; i < 2; i++) {
        int64_t device = within(world[i] - s->from[i] * DEVICE_ONE, FAR_DEVICE);
        device = device * bounded(s->to_extent[i]) / nonzero(s->extent[i]) / DEVICE_ONE;
        device = bounded(device + s->to_from[i] - c->frame[i]);
        out[i] = device * size[i] / nonzero(c->frame[2 + i]);
    }
}

void canvas_map(const struct canvas *c, int64_t x, int64_t y, mpt *out_x, mpt *out_y) {
    int64_t out[2];
    map(c, x, y, out);
    *out_x = mpt_clamp(out[0]);
    *out_y = mpt_clamp(out[1]);
}

void canvas_map_device(const struct canvas *c, int64_t x, int64_t y, mpt *out_x, mpt *out_y) {
    const int64_t device[2] = {bounded(x) * DEVICE_ONE, bounded(y) * DEVICE_ONE};
    const mpt size[2] = {c->place->width, c->place->height};
    mpt *const out[2] = {out_x, out_y};
    for (int i = 0; i < 2; i++)
        *out[i] = mpt_clamp(bounded(device[i] - c->frame[i]) * size[i] / nonzero(c->frame[2 + i]));
}

/* A logical length, mean of both directions. */
static mpt map_length(const struct canvas *c, int64_t length) {
    mpt x0 = 0, y0 = 0, x1 = 0, y1 = 0;
    canvas_map(c, 0, 0, &x0, &y0);
    canvas_map(c, length, length, &x1, &y1);
    int64_t across = llabs((int64_t)x1 - x0), down = llabs((int64_t)y1 - y0);
    return mpt_clamp((across + down) / 2);
}

void canvas_units(const struct canvas *c, int64_t out[2]) {
    int64_t zero[2], one[2][2];
    map(c, 0, 0, zero);
    map(c, UNITS, 0, one[0]);
    map(c, 0, UNITS, one[1]);
    for (int i = 0; i < 2; i++) {
        int64_t x = within(one[i][0] - zero[0], 1 << 30), y = within(one[i][1] - zero[1], 1 << 30);
        out[i] = !y ? llabs(x) : !x ? llabs(y) : square_root((uint64_t)(x * x) + (uint64_t)(y * y));
    }
}

void canvas_name(struct canvas *c, const char *order) {
    struct story *story = c->builder->story;
    unsupported(story, pool_printf(story->reader->pool, "%s (%s)", c->name, order));
}

void canvas_begin(struct canvas *c) {
    struct gdi_state *s = &c->state;
    s->pen = (struct gdi_pen){0};
    s->brush = (struct gdi_brush){.color = 0xFFFFFF};
    s->font = (struct gdi_font){.height = 0};
    s->ground = 0xFFFFFF;
    s->opaque = true;
    s->mixing = MIX_COPY;
    s->world[0] = s->world[3] = WORLD_ONE;
    s->extent[0] = s->extent[1] = 1;
    s->to_extent[0] = s->to_extent[1] = DEVICE_ONE;
    c->objects = POOL_ARRAY(c->builder->story->reader->pool, struct gdi_object, GDI_OBJECTS);
}

void canvas_crop(struct canvas *c) {
    enum { WHOLE = 100000 };
    const int32_t *crop = c->place->picture->crop;
    const int64_t left = crop[EDGE_LEFT], top = crop[EDGE_TOP];
    const int64_t width = WHOLE - left - crop[EDGE_RIGHT], height = WHOLE - top - crop[EDGE_BOTTOM];
    if ((!left && !top && width == WHOLE && height == WHOLE) || width <= 0 || height <= 0)
        return;
    c->frame[0] += c->frame[2] * left / WHOLE;
    c->frame[1] += c->frame[3] * top / WHOLE;
    c->frame[2] = c->frame[2] * width / WHOLE;
    c->frame[3] = c->frame[3] * height / WHOLE;
    clip_to_place(c);
}

/* ---- states and tools ---- */

struct gdi_pen gdi_pen_of(uint32_t style, bool geometric, int64_t width, uint32_t color) {
    enum { STYLE = 15, DASH = 1, NONE = 5, SQUARE = 0x100, FLAT = 0x200, MITER = 0x2000 };
    static const uint8_t thin[4][DASHES] = {/* in dots of the device */
                                            {18, 6},
                                            {3, 3},
                                            {9, 6, 3, 6},
                                            {9, 3, 3, 3, 3, 3}};
    static const uint8_t wide[4][DASHES] = {{3, 1}, {1, 1}, {3, 1, 1, 1}, {3, 1, 1, 1, 1, 1}};
    struct gdi_pen pen = {.width = width, .color = color, .none = (style & STYLE) == NONE};
    unsigned dashes = style & STYLE;
    if (dashes >= DASH && dashes < NONE)
        memcpy(pen.line.dashes, geometric ? wide[dashes - DASH] : thin[dashes - DASH],
               sizeof pen.line.dashes);
    pen.line.cap = !geometric || !(style & (SQUARE | FLAT)) ? CAP_ROUND
                   : style & SQUARE                         ? CAP_SQUARE
                                                            : CAP_FLAT;
    if (pen.line.dashes[0] && !geometric)
        pen.line.cap = CAP_FLAT;
    pen.line.miter = geometric && (style & MITER);
    return pen;
}

void canvas_save(struct canvas *c) {
    if (c->depth < SAVED_STATES)
        c->saved[c->depth++] = c->state;
    else
        c->too_deep++;
}

void canvas_restore(struct canvas *c, int32_t which) {
    if (c->too_deep && which < 0 && -(int64_t)which <= (int64_t)c->too_deep) {
        c->too_deep -= (size_t) - (int64_t)which;
        return;
    }
    int64_t at = which < 0 ? (int64_t)c->depth + (int64_t)c->too_deep + which : (int64_t)which - 1;
    c->too_deep = 0;
    c->line_goes_on = false;
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

static void flush_strokes(struct canvas *c);

/* Text keeps clear of the first alone: all are one place. */
static struct shape *add_seen(struct canvas *c, enum shape_kind kind, const struct clip *clip) {
    struct shape *shape = shape_new(c->builder);
    *shape = *c->place;
    memset(shape->inset, 0, sizeof shape->inset);
    shape->kind = kind;
    shape->picture = NULL;
    shape->paths = NULL;
    shape->path_count = 0;
    shape->fill = -1;
    shape->stroke = 0;
    shape->clip = clip;
    if (c->shapes++) {
        shape->wrap = WRAP_NONE;
        shape->contour = NULL;
        if (!shape->moves_with)
            shape->moves_with = c->first;
    } else {
        c->first = shape;
    }
    add_shape(c->builder, c->props, shape);
    c->last = shape;
    return shape;
}

struct shape *canvas_shape(struct canvas *c, enum shape_kind kind) {
    const struct clip *clip;
    flush_strokes(c);
    bitmap_flush(c);
    return clip_seen(c, &clip) ? add_seen(c, kind, clip) : NULL;
}

uint32_t canvas_seen(const struct canvas *c, uint32_t color) {
    return recolored(c->place->picture->recolor, color);
}

/* The pen on the picture: its width is mapped when it draws, whatever is set before it is seen. */
static struct gdi_pen mapped(const struct canvas *c) {
    struct gdi_pen pen = c->state.pen;
    pen.width = map_length(c, pen.width);
    pen.color = canvas_seen(c, pen.color);
    return pen;
}

static void set_pen(const struct gdi_pen *pen, struct shape *shape) {
    shape->stroke = pen->width < HAIRLINE ? HAIRLINE : (mpt)pen->width;
    shape->stroke_color = pen->color;
    shape->line = pen->line;
}

static bool same_pen(const struct gdi_pen *a, const struct gdi_pen *b) {
    return a->width == b->width && a->color == b->color &&
           memcmp(&a->line, &b->line, sizeof a->line) == 0;
}

/* They are drawn within what was seen when they were added. */
static void flush_strokes(struct canvas *c) {
    if (!c->strokes.n)
        return;
    struct shape *shape = add_seen(c, SHAPE_RECT, c->strokes_clip);
    set_pen(&c->strokes_pen, shape);
    shape->paths = c->strokes.at;
    shape->path_count = c->strokes.n;
    memset(&c->strokes, 0, sizeof c->strokes);
}

void canvas_end(struct canvas *c) {
    flush_strokes(c);
    bitmap_flush(c);
}

/* ---- paths ---- */

static struct path_step *add_step(struct canvas *c, enum path_verb verb) {
    struct path_step *step = VEC_PUSH(c->builder->story->reader->pool, &c->steps);
    step->verb = verb;
    return step;
}

static void set_position(struct canvas *c, int64_t x, int64_t y) {
    c->line_goes_on = false;
    c->state.x = x;
    c->state.y = y;
}

void canvas_go(struct canvas *c, int64_t x, int64_t y) {
    if (c->in_path)
        canvas_move(c, x, y);
    set_position(c, x, y);
}

void canvas_stay(struct canvas *c, const int64_t at[2]) {
    set_position(c, at[0], at[1]);
}

void canvas_move(struct canvas *c, int64_t x, int64_t y) {
    struct path_step *step = add_step(c, PATH_MOVE);
    canvas_map(c, x, y, &step->x[0], &step->y[0]);
    set_position(c, x, y);
}

static void begin_here(struct canvas *c) {
    if (!c->steps.n || c->steps.at[c->steps.n - 1].verb == PATH_CLOSE)
        canvas_move(c, c->state.x, c->state.y);
}

void canvas_line(struct canvas *c, int64_t x, int64_t y) {
    begin_here(c);
    struct path_step *step = add_step(c, PATH_LINE);
    canvas_map(c, x, y, &step->x[0], &step->y[0]);
    set_position(c, x, y);
}

void canvas_curve(struct canvas *c, const int64_t (*points)[2]) {
    begin_here(c);
    struct path_step *step = add_step(c, PATH_CURVE);
    for (int i = 0; i < 3; i++)
        canvas_map(c, points[i][0], points[i][1], &step->x[i], &step->y[i]);
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

/* What mixing a colour with what is there makes of it, so far as that is one colour. */
static uint32_t mixed(struct canvas *c, uint32_t color) {
    switch (c->state.mixing) {
    case MIX_BLACK:
        return canvas_seen(c, 0);
    case MIX_WHITE:
        return canvas_seen(c, 0xFFFFFF);
    case MIX_COPY:
        return color;
    default:
        canvas_name(c, "SetROP2");
        return color;
    }
}

static void add_stroke(struct canvas *c, const struct gdi_pen *pen, const struct path *path) {
    const struct clip *clip;
    bitmap_flush(c);
    if (!clip_seen(c, &clip))
        return;
    if (!same_pen(pen, &c->strokes_pen) || clip != c->strokes_clip)
        flush_strokes(c);
    c->strokes_pen = *pen;
    c->strokes_clip = clip;
    *VEC_PUSH(c->builder->story->reader->pool, &c->strokes) = *path;
}

/* Lines of the brush's colour on the ground's. */
static const struct texture *hatched(struct canvas *c) {
    enum { ACROSS = 1, DOWN, FALLING, RISING, CROSS, DIAGONAL };
    struct texture *t = POOL_NEW(c->builder->story->reader->pool, struct texture);
    int hatch = c->state.brush.hatch;
    t->kind = TEXTURE_PATTERN;
    t->fore = canvas_seen(c, c->state.brush.color);
    t->back = canvas_seen(c, c->state.opaque ? c->state.ground : 0xFFFFFF);
    for (int y = 0; y < 8; y++) {
        bool across = hatch == ACROSS || hatch == CROSS, down = hatch == DOWN || hatch == CROSS;
        bool falling = hatch == FALLING || hatch == DIAGONAL;
        bool rising = hatch == RISING || hatch == DIAGONAL;
        t->rows[y] = (uint8_t)((across && y == 3 ? 0xFF : 0) | (down ? 1 << 3 : 0) |
                               (falling ? 1 << y : 0) | (rising ? 1 << (7 - y) : 0));
    }
    return t;
}

static void add_area(struct canvas *c, const struct gdi_pen *pen, const struct path *path) {
    struct shape *shape = canvas_shape(c, SHAPE_RECT);
    if (!shape)
        return;
    struct path *one = POOL_NEW(c->builder->story->reader->pool, struct path);
    *one = *path;
    shape->paths = one;
    shape->path_count = 1;
    shape->fill = (int32_t)mixed(c, canvas_seen(c, c->state.brush.color));
    if (c->state.brush.inexact || (c->state.brush.hatch && !c->state.opaque))
        canvas_name(c, "pattern brush");
    if (c->state.brush.hatch)
        shape->texture = hatched(c);
    if (path->stroked)
        set_pen(pen, shape);
}

void canvas_paint_texture(struct canvas *c, const struct texture *texture) {
    const struct gdi_state outer = c->state;
    const struct gdi_pen none = {.none = true};
    struct path path = {.steps = c->steps.at, .n = c->steps.n, .filled = true};
    size_t before = c->shapes;
    memset(&c->steps, 0, sizeof c->steps);
    c->state.brush = (struct gdi_brush){.color = texture->stops[0].color};
    c->state.mixing = MIX_COPY;
    add_area(c, &none, &path);
    c->state.brush = outer.brush;
    c->state.mixing = outer.mixing;
    if (c->shapes > before)
        c->last->texture = texture;
}

void canvas_paint(struct canvas *c, bool fill, bool stroke) {
    struct gdi_pen pen = mapped(c);
    struct path path = {.steps = c->steps.at, .n = c->steps.n, .winding = c->state.winding};
    path.filled = fill && !c->state.brush.none;
    path.stroked = stroke && !pen.none;
    bool drawn = is_drawn(c) && (path.filled || path.stroked) && c->state.mixing != MIX_NONE;
    memset(&c->steps, 0, sizeof c->steps);
    if (!drawn)
        return;
    pen.color = mixed(c, pen.color);
    if (path.filled)
        add_area(c, &pen, &path);
    else
        add_stroke(c, &pen, &path);
}

/* Closed figures leave the current position where it is. */
void canvas_rect(struct canvas *c, int64_t left, int64_t top, int64_t right, int64_t bottom) {
    int64_t x = c->state.x, y = c->state.y;
    canvas_move(c, left, top);
    canvas_line(c, right, top);
    canvas_line(c, right, bottom);
    canvas_line(c, left, bottom);
    canvas_close(c);
    set_position(c, x, y);
}

/* Four curves, whose control points stand 0.5523 of the radius off. */
void canvas_ellipse(struct canvas *c, int64_t left, int64_t top, int64_t right, int64_t bottom) {
    int64_t x = (left + right) / 2, y = (top + bottom) / 2;
    int64_t at[2] = {c->state.x, c->state.y};
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
    set_position(c, at[0], at[1]);
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

void canvas_round_rect(struct canvas *c, const int64_t box[4], const int64_t corner[2]) {
    int64_t x[2] = {box[0], box[2]}, y[2] = {box[1], box[3]}, at[2] = {c->state.x, c->state.y};
    int64_t width = llabs(x[1] - x[0]), height = llabs(y[1] - y[0]);
    int64_t rx = llabs(corner[0]) < width ? llabs(corner[0]) / 2 : width / 2;
    int64_t ry = llabs(corner[1]) < height ? llabs(corner[1]) / 2 : height / 2;
    rx = x[1] < x[0] ? -rx : rx;
    ry = y[1] < y[0] ? -ry : ry;
    int64_t cx = rx * 4477 / 10000, cy = ry * 4477 / 10000; /* control points, from the corner */
    if (!rx || !ry) {
        canvas_rect(c, x[0], y[0], x[1], y[1]);
        return;
    }
    const int64_t turns[4][3][2] = {{{x[1] - cx, y[0]}, {x[1], y[0] + cy}, {x[1], y[0] + ry}},
                                    {{x[1], y[1] - cy}, {x[1] - cx, y[1]}, {x[1] - rx, y[1]}},
                                    {{x[0] + cx, y[1]}, {x[0], y[1] - cy}, {x[0], y[1] - ry}},
                                    {{x[0], y[0] + cy}, {x[0] + cx, y[0]}, {x[0] + rx, y[0]}}};
    const int64_t starts[4][2] = {
        {x[1] - rx, y[0]}, {x[1], y[1] - ry}, {x[0] + rx, y[1]}, {x[0], y[0] + ry}};
    for (int i = 0; i < 4; i++) {
        if (i)
            canvas_line(c, starts[i][0], starts[i][1]);
        else
            canvas_move(c, starts[i][0], starts[i][1]);
        canvas_curve(c, turns[i]);
    }
    canvas_close(c);
    set_position(c, at[0], at[1]);
}

/* ---- areas ---- */

void canvas_area(struct canvas *c, uint32_t operation, const int64_t box[4]) {
    enum { BLACKNESS = 0x000042, WHITENESS = 0xFF0062, BRUSH = 0xF00021, NOTHING = 0xAA0029 };
    struct gdi_state outer = c->state;
    if (operation == NOTHING) /* with which Office ends its metafiles */
        return;
    if (operation == BLACKNESS || operation == WHITENESS)
        c->state.brush = (struct gdi_brush){.color = operation == WHITENESS ? 0xFFFFFF : 0};
    else if (operation != BRUSH) {
        canvas_name(c, "raster operation");
        return;
    }
    c->state.mixing = MIX_COPY;
    canvas_rect(c, box[0], box[1], box[0] + box[2], box[1] + box[3]);
    canvas_paint(c, true, false);
    c->state.brush = outer.brush;
    c->state.mixing = outer.mixing;
}

/* ---- the picture ---- */

/* Around it all, like that of any picture. */
static void put_border(struct canvas *c, const struct shape *place) {
    struct shape *shape = add_seen(c, SHAPE_RECT, NULL);
    shape->stroke = place->stroke;
    shape->paths = place->paths;
    shape->path_count = place->path_count;
}

bool metafile_draw(struct builder *builder, const struct run_props *props,
                   const struct shape *place, const struct picture *picture) {
    struct shape box = *place;
    struct canvas c = {.builder = builder, .props = props, .place = &box, .name = "EMF"};
    box.picture = picture;
    box.stroke = 0;
    if (box.width <= 0 || box.height <= 0)
        return false;
    canvas_begin(&c);
    if (place->clip)
        clip_to_outline(&c, place->clip);
    const unsigned char *bytes = (const unsigned char *)picture->bytes;
    if (!emf_play(&c, bytes, picture->len)) {
        c.name = "WMF";
        wmf_play(&c, bytes, picture->len);
    }
    canvas_end(&c);
    if (c.shapes > 0 && place->stroke > 0)
        put_border(&c, place);
    return c.shapes > 0;
}
