/* emf: enhanced metafiles, record by record ([MS-EMF] 2.3). */
#include "docx/metafile.h"

#include "base/angle.h"
#include "base/utf8.h"

#include <string.h>

enum {
    HEADER = 1,
    POLYBEZIER = 2,
    POLYGON = 3,
    POLYLINE = 4,
    POLYBEZIERTO = 5,
    POLYLINETO = 6,
    POLYPOLYLINE = 7,
    POLYPOLYGON = 8,
    SETWINDOWEXT = 9,
    SETWINDOWORG = 10,
    SETVIEWPORTEXT = 11,
    SETVIEWPORTORG = 12,
    END = 14,
    SETMAPMODE = 17,
    SETTEXTALIGN = 22,
    SETTEXTCOLOR = 24,
    MOVETO = 27,
    SAVEDC = 33,
    RESTOREDC = 34,
    SETWORLD = 35,
    MODIFYWORLD = 36,
    SELECTOBJECT = 37,
    CREATEPEN = 38,
    CREATEBRUSH = 39,
    DELETEOBJECT = 40,
    ANGLEARC = 41,
    ELLIPSE = 42,
    RECTANGLE = 43,
    ROUNDRECT = 44,
    ARC = 45,
    CHORD = 46,
    PIE = 47,
    LINETO = 54,
    ARCTO = 55,
    SETARCDIRECTION = 57,
    BEGINPATH = 59,
    ENDPATH = 60,
    CLOSEFIGURE = 61,
    FILLPATH = 62,
    STROKEANDFILLPATH = 63,
    STROKEPATH = 64,
    ABORTPATH = 68,
    BITBLT = 76,
    STRETCHBLT = 77,
    SETDIBITS = 80,
    STRETCHDIBITS = 81,
    CREATEFONT = 82,
    TEXTOUT_A = 83,
    TEXTOUT_W = 84,
    POLYBEZIER16 = 85,
    POLYGON16 = 86,
    POLYLINE16 = 87,
    POLYBEZIERTO16 = 88,
    POLYLINETO16 = 89,
    POLYPOLYLINE16 = 90,
    POLYPOLYGON16 = 91,
    CREATEMONOBRUSH = 93,
    CREATEDIBBRUSH = 94,
    EXTCREATEPEN = 95,
    ALPHABLEND = 114,
    GRADIENTFILL = 118
};

struct emf_record {
    const unsigned char *bytes;
    size_t n;
    uint32_t kind;
};

static uint32_t u32(const struct emf_record *r, size_t at) {
    if (at + 4 > r->n)
        return 0;
    const unsigned char *p = r->bytes + at;
    return (uint32_t)p[0] | (uint32_t)p[1] << 8 | (uint32_t)p[2] << 16 | (uint32_t)p[3] << 24;
}

static int32_t i32(const struct emf_record *r, size_t at) {
    return (int32_t)u32(r, at);
}

static int16_t i16(const struct emf_record *r, size_t at) {
    return at + 2 > r->n ? 0 : (int16_t)(r->bytes[at] | r->bytes[at + 1] << 8);
}

/* A number in IEEE 754, in 1/65536. */
static int64_t fixed(const struct emf_record *r, size_t at) {
    uint32_t bits = u32(r, at);
    int exponent = (int)(bits >> 23 & 255) - 127 - 23 + 16;
    int64_t mantissa = (int64_t)(bits & 0x7FFFFF) | 0x800000;
    if (!(bits >> 23 & 255) || exponent < -40 || exponent > 20)
        return 0;
    int64_t value = exponent < 0 ? mantissa >> -exponent : mantissa * ((int64_t)1 << exponent);
    return bits >> 31 ? -value : value;
}

/* COLORREF has red in its lowest byte. */
static uint32_t color_at(const struct emf_record *r, size_t at) {
    uint32_t c = u32(r, at);
    return (c & 255) << 16 | (c & 0xFF00) | (c >> 16 & 255);
}

/* ---- points ---- */

struct points {
    const struct emf_record *record;
    size_t at, n, each; /* bytes of a point: 8, or 4 in the short records */
};

static void point(const struct points *p, size_t i, int64_t *x, int64_t *y) {
    size_t at = p->at + i * p->each;
    *x = p->each == 4 ? i16(p->record, at) : i32(p->record, at);
    *y = p->each == 4 ? i16(p->record, at + 2) : i32(p->record, at + 4);
}

static struct points points_at(const struct emf_record *r, size_t at, size_t n, bool small) {
    struct points p = {.record = r, .at = at, .each = small ? 4 : 8};
    size_t room = at < r->n ? (r->n - at) / p.each : 0;
    p.n = n < room ? n : room;
    return p;
}

static void put_lines(struct canvas *c, const struct points *p, size_t from, bool move) {
    int64_t x, y;
    for (size_t i = from; i < p->n; i++) {
        point(p, i, &x, &y);
        if (i == from && move)
            canvas_move(c, x, y);
        else
            canvas_line(c, x, y);
    }
}

static void put_curves(struct canvas *c, const struct points *p, size_t from) {
    int64_t three[3][2];
    for (size_t i = from; i + 3 <= p->n; i += 3) {
        for (size_t k = 0; k < 3; k++)
            point(p, i + k, &three[k][0], &three[k][1]);
        canvas_curve(c, (const int64_t(*)[2])three);
    }
}

static void paint(struct canvas *c, bool fill, bool stroke) {
    if (!c->in_path)
        canvas_paint(c, fill, stroke);
}

static void play_poly(struct canvas *c, const struct emf_record *r, uint32_t kind, bool small) {
    struct points p = points_at(r, 28, u32(r, 24), small);
    bool to = kind == POLYBEZIERTO || kind == POLYLINETO;
    bool curve = kind == POLYBEZIER || kind == POLYBEZIERTO;
    int64_t x, y;
    if (!p.n)
        return;
    if (to && !c->in_path)
        canvas_move(c, c->state.x, c->state.y);
    if (curve && !to) {
        point(&p, 0, &x, &y);
        canvas_move(c, x, y);
    }
    if (curve)
        put_curves(c, &p, to ? 0 : 1);
    else
        put_lines(c, &p, 0, !to);
    if (kind == POLYGON)
        canvas_close(c);
    paint(c, kind == POLYGON, true);
}

static void play_polypoly(struct canvas *c, const struct emf_record *r, bool closed, bool small) {
    size_t count = u32(r, 24), at = 32 + 4 * count;
    if (count > r->n / 4)
        return;
    for (size_t i = 0; i < count; i++) {
        struct points p = points_at(r, at, u32(r, 32 + 4 * i), small);
        put_lines(c, &p, 0, true);
        if (closed)
            canvas_close(c);
        at += p.n * p.each;
    }
    paint(c, closed, true);
}

/* ---- tools ---- */

static void create(struct canvas *c, uint32_t index, struct gdi_object object) {
    if (index < GDI_OBJECTS)
        c->objects[index] = object;
}

static struct gdi_object pen_of(uint32_t style, int64_t width, uint32_t color) {
    enum { STYLE = 15, NONE = 5, INSIDE = 6 };
    struct gdi_object object = {.kind = GDI_PEN};
    object.as.pen.none = (style & STYLE) == NONE;
    object.as.pen.dashed = (style & STYLE) > 0 && (style & STYLE) < NONE;
    object.as.pen.width = width;
    object.as.pen.color = color;
    return object;
}

static struct gdi_object brush_of(uint32_t style, uint32_t color) {
    struct gdi_object object = {.kind = GDI_BRUSH};
    object.as.brush.none = style == 1;
    object.as.brush.color = color;
    return object;
}

static char *text_at(struct pool *pool, const struct emf_record *r, size_t at, size_t n,
                     bool wide) {
    char *out = pool_alloc(pool, n * 4 + 1), *to = out;
    size_t each = wide ? 2 : 1;
    for (size_t i = 0; i < n && at + (i + 1) * each <= r->n; i++) {
        uint32_t cp = wide ? (uint16_t)i16(r, at + 2 * i) : r->bytes[at + i];
        if (cp >= 0xD800 && cp < 0xDC00 && i + 1 < n)
            cp = 0x10000 + ((cp - 0xD800) << 10) + ((uint16_t)i16(r, at + 2 * ++i) & 0x3FF);
        if (!cp)
            break;
        to += utf8_put(to, cp < 0x20 || (cp >= 0xD800 && cp < 0xE000) ? ' ' : cp);
    }
    *to = '\0';
    return out;
}

static void create_font(struct canvas *c, const struct emf_record *r) {
    enum { FACE = 40, FACE_LENGTH = 32, BOLD = 600 };
    struct reader *reader = c->builder->story->reader;
    struct gdi_object object = {.kind = GDI_FONT};
    object.as.font.height = i32(r, 12);
    object.as.font.bold = i32(r, 28) >= BOLD;
    if (r->n > 34) {
        object.as.font.italic = r->bytes[32];
        object.as.font.underline = r->bytes[33];
    }
    const char *face = text_at(reader->pool, r, FACE, FACE_LENGTH, true);
    object.as.font.family = intern_string(styles_reader(reader->styles)->strings, face);
    create(c, u32(r, 8), object);
}

static void select_stock(struct canvas *c, uint32_t index) {
    static const uint32_t greys[] = {0xFFFFFF, 0xC0C0C0, 0x808080, 0x404040, 0};
    struct gdi_state *s = &c->state;
    if (index < 5)
        s->brush = (struct gdi_brush){.color = greys[index]};
    else if (index == 5)
        s->brush.none = true;
    else if (index == 6 || index == 7)
        s->pen = (struct gdi_pen){.color = index == 6 ? 0xFFFFFF : 0};
    else if (index == 8)
        s->pen.none = true;
    else if (index <= 17)
        s->font = (struct gdi_font){.height = -13};
}

static void select_object(struct canvas *c, uint32_t index) {
    if (index & 0x80000000u)
        select_stock(c, index & 0x7FFFFFFF);
    else
        canvas_select(c, index);
}

static bool play_tool(struct canvas *c, const struct emf_record *r) {
    switch (r->kind) {
    case SELECTOBJECT:
        select_object(c, u32(r, 8));
        return true;
    case DELETEOBJECT:
        create(c, u32(r, 8), (struct gdi_object){.kind = GDI_FREE});
        return true;
    case CREATEPEN:
        create(c, u32(r, 8), pen_of(u32(r, 12), i32(r, 16), color_at(r, 24)));
        return true;
    case EXTCREATEPEN:
        create(c, u32(r, 8), pen_of(u32(r, 28), i32(r, 32), color_at(r, 40)));
        return true;
    case CREATEBRUSH:
        create(c, u32(r, 8), brush_of(u32(r, 12), color_at(r, 16)));
        return true;
    case CREATEMONOBRUSH:
    case CREATEDIBBRUSH: /* a pattern: a middle grey */
        create(c, u32(r, 8), brush_of(0, 0xC0C0C0));
        return true;
    case CREATEFONT:
        create_font(c, r);
        return true;
    default:
        return false;
    }
}

/* ---- coordinates ---- */

static int64_t bounded(int64_t v, int64_t most) {
    return v < -most ? -most : v > most ? most : v;
}

/* Keeps scales below 4096 and shifts below 2^17, beyond which nothing is on the picture: so
 * products of two, and of one and a coordinate, have room. */
static void limit(int64_t m[6]) {
    for (int i = 0; i < 6; i++) {
        m[i] = bounded(m[i], (int64_t)1 << (i < 4 ? 28 : 33));
    }
}

static void multiply(int64_t out[6], const int64_t a[6], const int64_t b[6]) {
    int64_t m[6];
    for (int row = 0; row < 3; row++)
        for (int col = 0; col < 2; col++)
            m[2 * row + col] = (a[2 * row] * b[col] + a[2 * row + 1] * b[2 + col]) / WORLD_ONE +
                               (row == 2 ? b[4 + col] : 0);
    memcpy(out, m, sizeof m);
    limit(out);
}

static void modify_world(struct canvas *c, const struct emf_record *r) {
    enum { IDENTITY = 1, LEFT = 2, RIGHT = 3, SET = 4 };
    static const int64_t identity[6] = {WORLD_ONE, 0, 0, WORLD_ONE, 0, 0};
    int64_t *world = c->state.world, given[6];
    for (size_t i = 0; i < 6; i++)
        given[i] = fixed(r, 8 + 4 * i);
    limit(given);
    uint32_t mode = r->kind == SETWORLD ? SET : u32(r, 32);
    if (mode == IDENTITY)
        memcpy(world, identity, sizeof identity);
    else if (mode == LEFT)
        multiply(world, given, world);
    else if (mode == RIGHT)
        multiply(world, world, given);
    else if (mode == SET)
        memcpy(world, given, sizeof given);
}

static bool play_coordinates(struct canvas *c, const struct emf_record *r) {
    struct gdi_state *s = &c->state;
    int64_t a = i32(r, 8), b = i32(r, 12);
    switch (r->kind) {
    case SETWINDOWEXT:
        s->extent[0] = a;
        s->extent[1] = b;
        return true;
    case SETWINDOWORG:
        s->from[0] = a;
        s->from[1] = b;
        return true;
    case SETVIEWPORTEXT:
        s->to_extent[0] = a * DEVICE_ONE;
        s->to_extent[1] = b * DEVICE_ONE;
        return true;
    case SETVIEWPORTORG:
        s->to_from[0] = a * DEVICE_ONE;
        s->to_from[1] = b * DEVICE_ONE;
        return true;
    case SETWORLD:
    case MODIFYWORLD:
        modify_world(c, r);
        return true;
    case SAVEDC:
        canvas_save(c);
        return true;
    case RESTOREDC:
        canvas_restore(c, i32(r, 8));
        return true;
    default:
        return false;
    }
}

/* ---- bitmaps and text ---- */

/* What is done with an area that no bitmap is put on ([MS-WMF] 2.1.1.31, ternary operations). */
static void play_area(struct canvas *c, uint32_t operation, const int64_t box[4]) {
    enum { BLACKNESS = 0x000042, WHITENESS = 0xFF0062, BRUSH = 0xF00021, NOTHING = 0xAA0029 };
    struct gdi_brush outer = c->state.brush;
    if (operation == NOTHING) /* with which Office ends its metafiles */
        return;
    if (operation == BLACKNESS || operation == WHITENESS)
        c->state.brush = (struct gdi_brush){.color = operation == WHITENESS ? 0xFFFFFF : 0};
    else if (operation != BRUSH)
        unsupported(c->builder->story, "EMF (raster operation)");
    if (operation == BLACKNESS || operation == WHITENESS || operation == BRUSH) {
        canvas_rect(c, box[0], box[1], box[0] + box[2], box[1] + box[3]);
        canvas_paint(c, true, false);
    }
    c->state.brush = outer;
}

/* A mask cuts out the place of what comes after it. */
static bool is_mask(const struct emf_record *r, uint32_t operation, size_t header) {
    enum { AND = 0x8800C6, OR = 0xEE0086, BITS_A_PIXEL = 14 };
    return (operation == AND || operation == OR) && i16(r, header + BITS_A_PIXEL) == 1;
}

static void play_bitmap(struct canvas *c, const struct emf_record *r) {
    bool dib = r->kind == STRETCHDIBITS || r->kind == SETDIBITS;
    size_t at = dib ? 48 : 84; /* of the four offsets and sizes */
    size_t header = u32(r, at), header_n = u32(r, at + 4);
    size_t bits = u32(r, at + 8), bits_n = u32(r, at + 12);
    int64_t box[4] = {i32(r, 24), i32(r, 28), i32(r, 32), i32(r, 36)};
    uint32_t operation = r->kind == STRETCHDIBITS ? u32(r, 68) : dib ? 0 : u32(r, 40);
    if (dib) {
        box[2] = i32(r, r->kind == STRETCHDIBITS ? 72 : 40);
        box[3] = i32(r, r->kind == STRETCHDIBITS ? 76 : 44);
    }
    if (!header_n && !dib && r->kind != ALPHABLEND) {
        play_area(c, operation, box);
        return;
    }
    if (header > r->n || header_n > r->n - header || bits > r->n || bits_n > r->n - bits ||
        is_mask(r, operation, header))
        return;
    const char *bytes = (const char *)r->bytes;
    canvas_bitmap(c, bytes + header, header_n, bytes + bits, bits_n, box);
}

static void play_text(struct canvas *c, const struct emf_record *r) {
    struct pool *pool = c->builder->story->reader->pool;
    size_t n = u32(r, 44), at = u32(r, 48);
    if (at >= r->n || n > r->n)
        return;
    canvas_text(c, i32(r, 36), i32(r, 40), text_at(pool, r, at, n, r->kind == TEXTOUT_W));
}

/* ---- records ---- */

static bool play_path(struct canvas *c, const struct emf_record *r) {
    switch (r->kind) {
    case BEGINPATH:
        memset(&c->steps, 0, sizeof c->steps);
        c->in_path = true;
        return true;
    case ENDPATH:
        c->in_path = false;
        return true;
    case ABORTPATH:
        c->in_path = false;
        memset(&c->steps, 0, sizeof c->steps);
        return true;
    case CLOSEFIGURE:
        canvas_close(c);
        return true;
    case FILLPATH:
    case STROKEANDFILLPATH:
    case STROKEPATH:
        canvas_paint(c, r->kind != STROKEPATH, r->kind != FILLPATH);
        return true;
    case MOVETO:
        if (c->in_path)
            canvas_move(c, i32(r, 8), i32(r, 12));
        c->state.x = i32(r, 8);
        c->state.y = i32(r, 12);
        return true;
    case LINETO:
        if (!c->in_path)
            canvas_move(c, c->state.x, c->state.y);
        canvas_line(c, i32(r, 8), i32(r, 12));
        paint(c, false, true);
        return true;
    default:
        return false;
    }
}

/* From the current position to the arc and along it; angles go against the clock. */
static void play_angle_arc(struct canvas *c, const struct emf_record *r) {
    int64_t x = i32(r, 8), y = i32(r, 12), radius = u32(r, 16);
    const int64_t box[4] = {x - radius, y - radius, x + radius, y + radius};
    int64_t from = -fixed(r, 20) * ANGLE_DEGREE / WORLD_ONE;
    int64_t sweep = -fixed(r, 24) * ANGLE_DEGREE / WORLD_ONE;
    sweep = sweep > ANGLE_TURN ? ANGLE_TURN : sweep < -ANGLE_TURN ? -ANGLE_TURN : sweep;
    if (!c->in_path)
        canvas_move(c, c->state.x, c->state.y);
    canvas_arc(c, box, from, sweep, ARC_JOINED);
    paint(c, false, true);
}

static bool play_arc(struct canvas *c, const struct emf_record *r) {
    const int64_t box[4] = {i32(r, 8), i32(r, 12), i32(r, 16), i32(r, 20)};
    const int64_t rays[4] = {i32(r, 24), i32(r, 28), i32(r, 32), i32(r, 36)};
    switch (r->kind) {
    case ARC:
    case CHORD:
    case PIE:
        canvas_arc_between(c, box, rays,
                           r->kind == ARC   ? ARC_OPEN
                           : r->kind == PIE ? ARC_PIE
                                            : ARC_CHORD);
        paint(c, r->kind != ARC, true);
        return true;
    case ARCTO:
        if (!c->in_path)
            canvas_move(c, c->state.x, c->state.y);
        canvas_arc_between(c, box, rays, ARC_JOINED);
        paint(c, false, true);
        return true;
    case ANGLEARC:
        play_angle_arc(c, r);
        return true;
    default:
        return false;
    }
}

static bool play_figure(struct canvas *c, const struct emf_record *r) {
    bool small = r->kind >= POLYBEZIER16 && r->kind <= POLYPOLYGON16;
    uint32_t kind = small ? r->kind - POLYBEZIER16 + POLYBEZIER : r->kind;
    if (kind >= POLYBEZIER && kind <= POLYLINETO)
        play_poly(c, r, kind, small);
    else if (kind == POLYPOLYLINE || kind == POLYPOLYGON)
        play_polypoly(c, r, kind == POLYPOLYGON, small);
    else if (kind == RECTANGLE || kind == ROUNDRECT) {
        canvas_rect(c, i32(r, 8), i32(r, 12), i32(r, 16), i32(r, 20));
        paint(c, true, true);
    } else if (kind == ELLIPSE) {
        canvas_ellipse(c, i32(r, 8), i32(r, 12), i32(r, 16), i32(r, 20));
        paint(c, true, true);
    } else
        return play_arc(c, r);
    return true;
}

static void play_other(struct canvas *c, const struct emf_record *r) {
    enum { CLOCKWISE = 2 };
    struct story *story = c->builder->story;
    switch (r->kind) {
    case SETTEXTALIGN:
        c->state.text_align = u32(r, 8);
        break;
    case SETTEXTCOLOR:
        c->state.text_color = color_at(r, 8);
        break;
    case BITBLT:
    case STRETCHBLT:
    case SETDIBITS:
    case STRETCHDIBITS:
    case ALPHABLEND:
        play_bitmap(c, r);
        break;
    case TEXTOUT_A:
    case TEXTOUT_W:
        play_text(c, r);
        break;
    case SETARCDIRECTION:
        c->state.clockwise = u32(r, 8) == CLOCKWISE;
        break;
    case GRADIENTFILL:
        unsupported(story, "EMF (gradient)");
        break;
    default:
        break; /* clipping, modes, comments */
    }
}

static bool read_header(struct canvas *c, const struct emf_record *r) {
    enum { SIGNATURE = 0x464D4520 };
    if (r->n < 88 || r->kind != HEADER || u32(r, 40) != SIGNATURE)
        return false;
    const int64_t mm[2] = {i32(r, 80), i32(r, 84)};
    for (size_t i = 0; i < 2; i++) {
        /* No paper is a kilometre long, no device has a million dots: products have room. */
        int64_t device = bounded(i32(r, 72 + 4 * i), 1 << 20);
        int64_t from = bounded(i32(r, 24 + 4 * i), 1 << 27), /* in 1/100 mm */
            to = bounded(i32(r, 32 + 4 * i), 1 << 27);
        if (mm[i] > 0 && device > 0 && to > from) {
            c->frame[i] = from * device * DEVICE_ONE / (mm[i] * 100);
            c->frame[2 + i] = (to - from) * device * DEVICE_ONE / (mm[i] * 100);
        } else {
            c->frame[i] = (int64_t)i32(r, 8 + 4 * i) * DEVICE_ONE;
            c->frame[2 + i] = ((int64_t)i32(r, 16 + 4 * i) - i32(r, 8 + 4 * i) + 1) * DEVICE_ONE;
        }
    }
    return c->frame[2] > 0 && c->frame[3] > 0;
}

bool emf_play(struct canvas *c, const unsigned char *bytes, size_t n) {
    for (size_t at = 0; n - at >= 8;) {
        struct emf_record r = {.bytes = bytes + at, .n = n - at};
        r.kind = u32(&r, 0);
        size_t size = u32(&r, 4);
        if (size < 8 || size > n - at || size % 4)
            return at > 0;
        r.n = size;
        if (at == 0 ? !read_header(c, &r) : r.kind == END)
            return at > 0;
        if (at && !play_tool(c, &r) && !play_coordinates(c, &r) && !play_path(c, &r) &&
            !play_figure(c, &r))
            play_other(c, &r);
        at += size;
    }
    return true;
}
