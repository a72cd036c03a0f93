/* Enhanced metafiles, record by record. */
#include "docx/emf.h"

#include "base/angle.h"
#include "base/utf8.h"

#include <stdlib.h>
#include <string.h>

/* A number in IEEE 754, in 1/65536. */
int64_t emf_fixed(const struct emf_record *r, size_t at) {
    uint32_t bits = emf_u32(r, at);
    int exponent = (int)(bits >> 23 & 255) - 127 - 23 + 16;
    int64_t mantissa = (int64_t)(bits & 0x7FFFFF) | 0x800000;
    if (!(bits >> 23 & 255) || exponent < -40 || exponent > 20)
        return 0;
    int64_t value = exponent < 0 ? mantissa >> -exponent : mantissa * ((int64_t)1 << exponent);
    return bits >> 31 ? -value : value;
}

/* ---- points ---- */

struct points {
    const struct emf_record *record;
    size_t at, n, each; /* bytes of a point: 8, or 4 in the short records */
};

static void point(const struct points *p, size_t i, int64_t *x, int64_t *y) {
    size_t at = p->at + i * p->each;
    *x = p->each == 4 ? emf_i16(p->record, at) : emf_i32(p->record, at);
    *y = p->each == 4 ? emf_i16(p->record, at + 2) : emf_i32(p->record, at + 4);
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
    struct points p = points_at(r, 28, emf_u32(r, 24), small);
    bool to = kind == EMR_POLYBEZIERTO || kind == EMR_POLYLINETO;
    bool curve = kind == EMR_POLYBEZIER || kind == EMR_POLYBEZIERTO;
    int64_t x, y;
    const int64_t at[2] = {c->state.x, c->state.y};
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
    if (!to)
        canvas_stay(c, at);
    if (kind == EMR_POLYGON)
        canvas_close(c);
    paint(c, kind == EMR_POLYGON, true);
}

static void play_polypoly(struct canvas *c, const struct emf_record *r, bool closed, bool small) {
    size_t count = emf_u32(r, 24), at = 32 + 4 * count;
    const int64_t here[2] = {c->state.x, c->state.y};
    if (count > r->n / 4)
        return;
    for (size_t i = 0; i < count; i++) {
        struct points p = points_at(r, at, emf_u32(r, 32 + 4 * i), small);
        put_lines(c, &p, 0, true);
        if (closed)
            canvas_close(c);
        at += p.n * p.each;
    }
    canvas_stay(c, here);
    paint(c, closed, true);
}

/* Each point has its kind: where a figure begins, ends a line, or is the next of three of a curve;
 * and whether the figure closes there. */
static void play_poly_draw(struct canvas *c, const struct emf_record *r, bool small) {
    enum { CLOSE = 1, LINE = 2, CURVE = 4, MOVE = 6 };
    struct points p = points_at(r, 28, emf_u32(r, 24), small);
    size_t kinds = 28 + emf_u32(r, 24) * p.each;
    int64_t x, y, three[3][2];
    if (!c->in_path)
        canvas_move(c, c->state.x, c->state.y);
    for (size_t i = 0, of_curve = 0; i < p.n && kinds + i < r->n; i++) {
        unsigned kind = r->bytes[kinds + i];
        point(&p, i, &x, &y);
        if ((kind & MOVE) == MOVE)
            canvas_move(c, x, y);
        else if (kind & LINE)
            canvas_line(c, x, y);
        else if (kind & CURVE) {
            three[of_curve][0] = x;
            three[of_curve][1] = y;
            if (++of_curve == 3)
                canvas_curve(c, (const int64_t(*)[2])three);
            of_curve %= 3;
        }
        if (kind & CLOSE)
            canvas_close(c);
    }
    paint(c, false, true);
}

/* ---- tools ---- */

static void create(struct canvas *c, uint32_t index, struct gdi_object object) {
    if (index < GDI_OBJECTS)
        c->objects[index] = object;
}

static struct gdi_object pen_of(uint32_t style, int64_t width, uint32_t color) {
    enum { GEOMETRIC = 0x10000 };
    struct gdi_object object = {.kind = GDI_PEN};
    object.as.pen = gdi_pen_of(style, style & GEOMETRIC, width, color);
    return object;
}

static struct gdi_object brush_of(uint32_t style, uint32_t color, uint32_t hatch) {
    enum { SOLID, NONE, HATCHED, HATCHES = 6 };
    struct gdi_object object = {.kind = GDI_BRUSH};
    object.as.brush.none = style == NONE;
    object.as.brush.hatch = style == HATCHED && hatch < HATCHES ? (int)hatch + 1 : 0;
    object.as.brush.inexact = style > NONE && !object.as.brush.hatch;
    object.as.brush.color = color;
    return object;
}

static const char *face_name(struct canvas *c, const struct emf_record *r, size_t at, size_t n) {
    struct reader *reader = c->builder->story->reader;
    char *out = pool_alloc(reader->pool, 4 * n + 1), *to = out;
    for (size_t i = 0; i < n && emf_i16(r, at + 2 * i); i++) {
        uint32_t cp = (uint16_t)emf_i16(r, at + 2 * i);
        to += utf8_put(to, cp < 0x20 || (cp >= 0xD800 && cp < 0xE000) ? ' ' : cp);
    }
    *to = '\0';
    return intern_string(styles_reader(reader->styles)->strings, out);
}

static void create_font(struct canvas *c, const struct emf_record *r) {
    enum { FACE = 40, FACE_LENGTH = 32, BOLD = 600 };
    struct gdi_object object = {.kind = GDI_FONT};
    struct gdi_font *font = &object.as.font;
    font->height = emf_i32(r, 12);
    font->width = emf_i32(r, 16);
    font->escapement = emf_i32(r, 20);
    font->bold = emf_i32(r, 28) >= BOLD;
    if (r->n > 35) {
        font->italic = r->bytes[32];
        font->underline = r->bytes[33];
        font->strike = r->bytes[34];
        font->charset = r->bytes[35];
    }
    font->family = face_name(c, r, FACE, FACE_LENGTH);
    create(c, emf_u32(r, 8), object);
}

static void select_stock(struct canvas *c, uint32_t index) {
    enum { NULL_BRUSH = 5, WHITE_PEN, BLACK_PEN, NULL_PEN, OEM_FIXED = 10, GUI = 17 };
    static const uint32_t greys[] = {0xFFFFFF, 0xC0C0C0, 0x808080, 0x404040, 0};
    static const char *const families[] = {"Courier New", "Courier New", "Arial",       "Arial",
                                           "Arial",       "Arial",       "Courier New", "Arial"};
    struct gdi_state *s = &c->state;
    if (index < NULL_BRUSH)
        s->brush = (struct gdi_brush){.color = greys[index]};
    else if (index == NULL_BRUSH)
        s->brush.none = true;
    else if (index == WHITE_PEN || index == BLACK_PEN)
        s->pen = (struct gdi_pen){.color = index == WHITE_PEN ? 0xFFFFFF : 0};
    else if (index == NULL_PEN)
        s->pen.none = true;
    else if (index >= OEM_FIXED && index <= GUI)
        s->font = (struct gdi_font){.height = -13, .family = families[index - OEM_FIXED]};
}

static void select_object(struct canvas *c, uint32_t index) {
    if (index & 0x80000000u)
        select_stock(c, index & 0x7FFFFFFF);
    else
        canvas_select(c, index);
}

static bool play_tool(struct canvas *c, const struct emf_record *r) {
    switch (r->kind) {
    case EMR_SELECTOBJECT:
        select_object(c, emf_u32(r, 8));
        return true;
    case EMR_DELETEOBJECT:
        create(c, emf_u32(r, 8), (struct gdi_object){.kind = GDI_FREE});
        return true;
    case EMR_CREATEPEN:
        create(c, emf_u32(r, 8), pen_of(emf_u32(r, 12), emf_i32(r, 16), emf_color(r, 24)));
        return true;
    case EMR_EXTCREATEPEN:
        create(c, emf_u32(r, 8), pen_of(emf_u32(r, 28), emf_i32(r, 32), emf_color(r, 40)));
        return true;
    case EMR_CREATEBRUSH:
        create(c, emf_u32(r, 8), brush_of(emf_u32(r, 12), emf_color(r, 16), emf_u32(r, 20)));
        return true;
    case EMR_CREATEMONOBRUSH:
    case EMR_CREATEDIBBRUSH: /* a pattern: a middle grey */
        create(c, emf_u32(r, 8), brush_of(3, 0xC0C0C0, 0));
        return true;
    case EMR_CREATEFONT:
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
        given[i] = emf_fixed(r, 8 + 4 * i);
    limit(given);
    uint32_t mode = r->kind == EMR_SETWORLD ? SET : emf_u32(r, 32);
    if (mode == IDENTITY)
        memcpy(world, identity, sizeof identity);
    else if (mode == LEFT)
        multiply(world, given, world);
    else if (mode == RIGHT)
        multiply(world, world, given);
    else if (mode == SET)
        memcpy(world, given, sizeof given);
}

enum map_mode { TEXT = 1, LOMETRIC, HIMETRIC, LOENGLISH, HIENGLISH, TWIPS, ISOTROPIC, ANISOTROPIC };

/* Both directions have one scale: the viewport's longer side gives way. */
static void keep_shape(struct gdi_state *s) {
    int64_t window[2], view[2];
    for (int i = 0; i < 2; i++) {
        window[i] = llabs(bounded(s->extent[i], 1 << 30));
        view[i] = llabs(bounded(s->to_extent[i], (int64_t)1 << 31));
    }
    if (!window[0] || !window[1])
        return;
    int longer = view[0] * window[1] > view[1] * window[0] ? 0 : 1;
    int64_t size = view[!longer] * window[longer] / window[!longer];
    s->to_extent[longer] = s->to_extent[longer] < 0 ? -size : size;
}

/* Only the two last modes have extents of their own. */
static void set_extent(struct gdi_state *s, int64_t extent[2], int64_t x, int64_t y) {
    if (s->map_mode < ISOTROPIC || !x || !y)
        return;
    extent[0] = x;
    extent[1] = y;
    if (s->map_mode == ISOTROPIC)
        keep_shape(s);
}

/* By fractions: across a/b, down c/d. */
static void scale(struct gdi_state *s, int64_t extent[2], const struct emf_record *r) {
    int64_t to[2];
    for (size_t i = 0; i < 2; i++) {
        int32_t by = emf_i32(r, 8 + 8 * i), of = emf_i32(r, 12 + 8 * i);
        to[i] = of ? bounded(extent[i], (int64_t)1 << 31) * by / of : 0;
    }
    set_extent(s, extent, to[0], to[1]);
}

/* A logical unit is a device unit, or a length whose y axis goes up. */
static void set_map_mode(struct canvas *c, uint32_t mode) {
    static const int64_t per_metre[] = {[LOMETRIC] = 10000,  /* 1/10 mm */
                                        [HIMETRIC] = 100000, /* 1/100 mm */
                                        [LOENGLISH] = 3937,  /* 1/100 inch */
                                        [HIENGLISH] = 39370, /* 1/1000 inch */
                                        [TWIPS] = 56693};
    struct gdi_state *s = &c->state;
    s->map_mode = mode;
    for (int i = 0; i < 2 && mode >= TEXT && mode < ISOTROPIC; i++) {
        s->extent[i] = mode == TEXT ? 1 : per_metre[mode];
        s->to_extent[i] = mode == TEXT ? DEVICE_ONE : (i ? -1 : 1) * c->dots_per_metre[i];
    }
}

static bool play_coordinates(struct canvas *c, const struct emf_record *r) {
    struct gdi_state *s = &c->state;
    int64_t a = emf_i32(r, 8), b = emf_i32(r, 12);
    switch (r->kind) {
    case EMR_SETWINDOWEXT:
        set_extent(s, s->extent, a, b);
        return true;
    case EMR_SETWINDOWORG:
        s->from[0] = a;
        s->from[1] = b;
        return true;
    case EMR_SETVIEWPORTEXT:
        set_extent(s, s->to_extent, a * DEVICE_ONE, b * DEVICE_ONE);
        return true;
    case EMR_SETVIEWPORTORG:
        s->to_from[0] = a * DEVICE_ONE;
        s->to_from[1] = b * DEVICE_ONE;
        return true;
    case EMR_SCALEWINDOW:
        scale(s, s->extent, r);
        return true;
    case EMR_SCALEVIEWPORT:
        scale(s, s->to_extent, r);
        return true;
    case EMR_SETMAPMODE:
        set_map_mode(c, emf_u32(r, 8));
        return true;
    case EMR_SETWORLD:
    case EMR_MODIFYWORLD:
        modify_world(c, r);
        return true;
    case EMR_SAVEDC:
        canvas_save(c);
        return true;
    case EMR_RESTOREDC:
        canvas_restore(c, emf_i32(r, 8));
        return true;
    default:
        return false;
    }
}

/* ---- records ---- */

static bool play_path(struct canvas *c, const struct emf_record *r) {
    switch (r->kind) {
    case EMR_BEGINPATH:
        memset(&c->steps, 0, sizeof c->steps);
        c->in_path = true;
        return true;
    case EMR_ENDPATH:
        c->in_path = false;
        return true;
    case EMR_ABORTPATH:
        c->in_path = false;
        memset(&c->steps, 0, sizeof c->steps);
        return true;
    case EMR_CLOSEFIGURE:
        canvas_close(c);
        return true;
    case EMR_FILLPATH:
    case EMR_STROKEANDFILLPATH:
    case EMR_STROKEPATH:
        canvas_paint(c, r->kind != EMR_STROKEPATH, r->kind != EMR_FILLPATH);
        return true;
    case EMR_FLATTENPATH: /* curves are as good */
        return true;
    case EMR_MOVETO:
        canvas_go(c, emf_i32(r, 8), emf_i32(r, 12));
        return true;
    case EMR_LINETO:
        if (!c->in_path)
            canvas_move(c, c->state.x, c->state.y);
        canvas_line(c, emf_i32(r, 8), emf_i32(r, 12));
        paint(c, false, true);
        return true;
    default:
        return false;
    }
}

/* From the current position to the arc and along it; angles go against the clock. */
static void play_angle_arc(struct canvas *c, const struct emf_record *r) {
    int64_t x = emf_i32(r, 8), y = emf_i32(r, 12), radius = emf_u32(r, 16);
    const int64_t box[4] = {x - radius, y - radius, x + radius, y + radius};
    int64_t from = -emf_fixed(r, 20) * ANGLE_DEGREE / WORLD_ONE;
    int64_t sweep = -emf_fixed(r, 24) * ANGLE_DEGREE / WORLD_ONE;
    sweep = sweep > ANGLE_TURN ? ANGLE_TURN : sweep < -ANGLE_TURN ? -ANGLE_TURN : sweep;
    if (!c->in_path)
        canvas_move(c, c->state.x, c->state.y);
    canvas_arc(c, box, from, sweep, ARC_JOINED);
    paint(c, false, true);
}

static bool play_arc(struct canvas *c, const struct emf_record *r) {
    const int64_t box[4] = {emf_i32(r, 8), emf_i32(r, 12), emf_i32(r, 16), emf_i32(r, 20)};
    const int64_t rays[4] = {emf_i32(r, 24), emf_i32(r, 28), emf_i32(r, 32), emf_i32(r, 36)};
    switch (r->kind) {
    case EMR_ARC:
    case EMR_CHORD:
    case EMR_PIE:
        canvas_arc_between(c, box, rays,
                           r->kind == EMR_ARC   ? ARC_OPEN
                           : r->kind == EMR_PIE ? ARC_PIE
                                                : ARC_CHORD);
        paint(c, r->kind != EMR_ARC, true);
        return true;
    case EMR_ARCTO:
        if (!c->in_path)
            canvas_move(c, c->state.x, c->state.y);
        canvas_arc_between(c, box, rays, ARC_JOINED);
        paint(c, false, true);
        return true;
    case EMR_ANGLEARC:
        play_angle_arc(c, r);
        return true;
    default:
        return false;
    }
}

static bool play_figure(struct canvas *c, const struct emf_record *r) {
    bool small = r->kind >= EMR_POLYBEZIER16 && r->kind <= EMR_POLYPOLYGON16;
    uint32_t kind = small ? r->kind - EMR_POLYBEZIER16 + EMR_POLYBEZIER : r->kind;
    if (kind >= EMR_POLYBEZIER && kind <= EMR_POLYLINETO)
        play_poly(c, r, kind, small);
    else if (kind == EMR_POLYPOLYLINE || kind == EMR_POLYPOLYGON)
        play_polypoly(c, r, kind == EMR_POLYPOLYGON, small);
    else if (kind == EMR_POLYDRAW || kind == EMR_POLYDRAW16)
        play_poly_draw(c, r, kind == EMR_POLYDRAW16);
    else if (kind == EMR_RECTANGLE) {
        canvas_rect(c, emf_i32(r, 8), emf_i32(r, 12), emf_i32(r, 16), emf_i32(r, 20));
        paint(c, true, true);
    } else if (kind == EMR_ROUNDRECT) {
        const int64_t box[4] = {emf_i32(r, 8), emf_i32(r, 12), emf_i32(r, 16), emf_i32(r, 20)};
        canvas_round_rect(c, box, (const int64_t[2]){emf_i32(r, 24), emf_i32(r, 28)});
        paint(c, true, true);
    } else if (kind == EMR_ELLIPSE) {
        canvas_ellipse(c, emf_i32(r, 8), emf_i32(r, 12), emf_i32(r, 16), emf_i32(r, 20));
        paint(c, true, true);
    } else
        return play_arc(c, r);
    return true;
}

static bool play_mode(struct canvas *c, const struct emf_record *r) {
    enum { CLOCKWISE = 2, WINDING = 2, OPAQUE_GROUND = 2 };
    struct gdi_state *s = &c->state;
    uint32_t value = emf_u32(r, 8);
    switch (r->kind) {
    case EMR_SETTEXTALIGN:
        s->text_align = value;
        return true;
    case EMR_SETTEXTCOLOR:
        s->text_color = emf_color(r, 8);
        return true;
    case EMR_SETBKCOLOR:
        s->ground = emf_color(r, 8);
        return true;
    case EMR_SETBKMODE:
        s->opaque = value == OPAQUE_GROUND;
        return true;
    case EMR_SETPOLYFILLMODE:
        s->winding = value == WINDING;
        return true;
    case EMR_SETROP2:
        s->mixing = value;
        return true;
    case EMR_SETARCDIRECTION:
        s->clockwise = value == CLOCKWISE;
        return true;
    default:
        return false;
    }
}

/* Records that ask for nothing that could be seen here: brush origins, how bitmaps are shrunk,
 * palettes, miter limits, colour spaces, pixel formats, font matching. */
static bool is_idle(uint32_t kind) {
    static const uint8_t idle[] = {13, 16,  21,  23,  48,  49,  50,  51,  52,  58,  98,
                                   99, 100, 101, 104, 109, 111, 112, 113, 119, 121, 122};
    return memchr(idle, (int)kind, sizeof idle) && kind < 256;
}

/* What [MS-EMF] calls the records that are met here and not drawn. */
static void name_record(struct canvas *c, uint32_t kind) {
    static const struct {
        uint32_t kind;
        const char *name;
    } names[] = {{53, "EXTFLOODFILL"},  {66, "WIDENPATH"},
                 {72, "FRAMERGN"},      {73, "INVERTRGN"},
                 {78, "MASKBLT"},       {79, "PLGBLT"},
                 {102, "GLSRECORD"},    {103, "GLSBOUNDEDRECORD"},
                 {105, "DRAWESCAPE"},   {106, "EXTESCAPE"},
                 {110, "NAMEDESCAPE"},  {115, "SETLAYOUT"},
                 {118, "GRADIENTFILL"}, {120, "SETTEXTJUSTIFICATION"}};
    for (size_t i = 0; i < sizeof names / sizeof names[0]; i++)
        if (names[i].kind == kind) {
            canvas_name(c, names[i].name);
            return;
        }
    canvas_name(c, pool_printf(c->builder->story->reader->pool, "record %u", (unsigned)kind));
}

/* EMF+ beside plain records says the same twice; alone it says what is not drawn ([MS-EMFPLUS]
 * 2.3.3.3, the header's flag). */
static void play_comment(struct canvas *c, const struct emf_record *r) {
    enum { PLUS = 0x2B464D45, PLUS_HEADER = 0x4001, DUAL = 1 };
    if (emf_u32(r, 12) == PLUS && (uint16_t)emf_i16(r, 16) == PLUS_HEADER &&
        !(emf_i16(r, 18) & DUAL))
        canvas_name(c, "EMF+");
}

static void play(struct canvas *c, const struct emf_record *r) {
    if (play_tool(c, r) || play_coordinates(c, r) || play_path(c, r) || play_figure(c, r) ||
        play_mode(c, r) || emf_play_clip(c, r) || emf_play_text(c, r) || emf_play_bitmap(c, r))
        return;
    if (r->kind == EMR_COMMENT)
        play_comment(c, r);
    else if (!is_idle(r->kind))
        name_record(c, r->kind);
}

static bool read_header(struct canvas *c, const struct emf_record *r) {
    enum { SIGNATURE = 0x464D4520 };
    if (r->n < 88 || r->kind != EMR_HEADER || emf_u32(r, 40) != SIGNATURE)
        return false;
    const int64_t mm[2] = {emf_i32(r, 80), emf_i32(r, 84)};
    for (size_t i = 0; i < 2; i++) {
        /* No paper is a kilometre long, no device has a million dots: products have room. */
        int64_t device = bounded(emf_i32(r, 72 + 4 * i), 1 << 20);
        c->dots_per_metre[i] = mm[i] > 0 ? device * DEVICE_ONE * 1000 / mm[i] : 1;
        int64_t from = bounded(emf_i32(r, 24 + 4 * i), 1 << 27), /* in 1/100 mm */
            to = bounded(emf_i32(r, 32 + 4 * i), 1 << 27);
        if (mm[i] > 0 && device > 0 && to > from) {
            c->frame[i] = from * device * DEVICE_ONE / (mm[i] * 100);
            c->frame[2 + i] = (to - from) * device * DEVICE_ONE / (mm[i] * 100);
        } else {
            c->frame[i] = (int64_t)emf_i32(r, 8 + 4 * i) * DEVICE_ONE;
            c->frame[2 + i] =
                ((int64_t)emf_i32(r, 16 + 4 * i) - emf_i32(r, 8 + 4 * i) + 1) * DEVICE_ONE;
        }
    }
    c->stretched = true;
    canvas_crop(c);
    return c->frame[2] > 0 && c->frame[3] > 0;
}

bool emf_play(struct canvas *c, const unsigned char *bytes, size_t n) {
    for (size_t at = 0; n - at >= 8;) {
        struct emf_record r = {.bytes = bytes + at, .n = n - at};
        r.kind = emf_u32(&r, 0);
        size_t size = emf_u32(&r, 4);
        if (size < 8 || size > n - at || size % 4)
            return at > 0;
        r.n = size;
        if (at == 0 ? !read_header(c, &r) : r.kind == EMR_END)
            return at > 0;
        if (at)
            play(c, &r);
        at += size;
    }
    return true;
}
