/* wmf: the metafiles of old Windows, record by record ([MS-WMF] 2.3). Parameters stand last first.
 */
#include "docx/metafile.h"

#include "base/utf8.h"

#include <string.h>

enum {
    END = 0x0000,
    SAVEDC = 0x001E,
    RESTOREDC = 0x0127,
    SELECTOBJECT = 0x012D,
    SETTEXTALIGN = 0x012E,
    DELETEOBJECT = 0x01F0,
    SETTEXTCOLOR = 0x0209,
    SETWINDOWORG = 0x020B,
    SETWINDOWEXT = 0x020C,
    LINETO = 0x0213,
    MOVETO = 0x0214,
    CREATEPEN = 0x02FA,
    CREATEFONT = 0x02FB,
    CREATEBRUSH = 0x02FC,
    POLYGON = 0x0324,
    POLYLINE = 0x0325,
    ELLIPSE = 0x0418,
    RECTANGLE = 0x041B,
    TEXTOUT = 0x0521,
    POLYPOLYGON = 0x0538,
    ROUNDRECT = 0x061C,
    ARC = 0x0817,
    PIE = 0x081A,
    CHORD = 0x0830,
    DIBBITBLT = 0x0940,
    EXTTEXTOUT = 0x0A32,
    DIBSTRETCHBLT = 0x0B41,
    STRETCHDIB = 0x0F43,
    CREATEPALETTE = 0x00F7,
    DIBPATTERNBRUSH = 0x0142,
    CREATEPATTERNBRUSH = 0x01F9,
    CREATEREGION = 0x06FF
};

struct wmf_record {
    const unsigned char *bytes; /* parameters */
    size_t n;
    unsigned kind;
};

static int16_t word(const struct wmf_record *r, size_t i) {
    return 2 * i + 2 > r->n ? 0 : (int16_t)(r->bytes[2 * i] | r->bytes[2 * i + 1] << 8);
}

static uint32_t color_at(const struct wmf_record *r, size_t i) {
    uint32_t low = (uint16_t)word(r, i), high = (uint16_t)word(r, i + 1);
    return (low & 255) << 16 | (low & 0xFF00) | (high & 255);
}

/* ---- tools: each takes the first free place ---- */

static void create(struct canvas *c, struct gdi_object object) {
    for (size_t i = 0; i < GDI_OBJECTS; i++)
        if (c->objects[i].kind == GDI_FREE) {
            c->objects[i] = object;
            return;
        }
}

static void create_pen(struct canvas *c, const struct wmf_record *r) {
    enum { STYLE = 15, NONE = 5 };
    struct gdi_object object = {.kind = GDI_PEN};
    int style = word(r, 0) & STYLE;
    object.as.pen = (struct gdi_pen){.none = style == NONE,
                                     .dashed = style > 0 && style < NONE,
                                     .width = word(r, 1),
                                     .color = color_at(r, 3)};
    create(c, object);
}

static void create_brush(struct canvas *c, const struct wmf_record *r) {
    struct gdi_object object = {.kind = GDI_BRUSH};
    object.as.brush = (struct gdi_brush){.none = word(r, 0) == 1, .color = color_at(r, 1)};
    create(c, object);
}

/* Text of one byte a character, taken as Latin-1. */
static char *text_of(struct pool *pool, const unsigned char *bytes, size_t n) {
    char *out = pool_alloc(pool, 2 * n + 1), *to = out;
    for (size_t i = 0; i < n && bytes[i]; i++)
        to += utf8_put(to, bytes[i] < 0x20 ? ' ' : bytes[i]);
    *to = '\0';
    return out;
}

static void create_font(struct canvas *c, const struct wmf_record *r) {
    enum { ITALIC = 10, UNDERLINE = 11, FACE = 18, BOLD = 600 };
    struct reader *reader = c->builder->story->reader;
    struct gdi_object object = {.kind = GDI_FONT};
    object.as.font.height = word(r, 0);
    object.as.font.bold = word(r, 4) >= BOLD;
    if (r->n > FACE) {
        object.as.font.italic = r->bytes[ITALIC];
        object.as.font.underline = r->bytes[UNDERLINE];
        const char *face = text_of(reader->pool, r->bytes + FACE, r->n - FACE);
        object.as.font.family = intern_string(styles_reader(reader->styles)->strings, face);
    }
    create(c, object);
}

static bool play_tool(struct canvas *c, const struct wmf_record *r) {
    size_t index = (uint16_t)word(r, 0);
    switch (r->kind) {
    case CREATEPEN:
        create_pen(c, r);
        return true;
    case CREATEBRUSH:
        create_brush(c, r);
        return true;
    case CREATEFONT:
        create_font(c, r);
        return true;
    case CREATEPALETTE:
    case DIBPATTERNBRUSH:
    case CREATEPATTERNBRUSH:
    case CREATEREGION:
        create(c, (struct gdi_object){.kind = GDI_OTHER});
        return true;
    case SELECTOBJECT:
        canvas_select(c, index);
        return true;
    case DELETEOBJECT:
        if (index < GDI_OBJECTS)
            c->objects[index].kind = GDI_FREE;
        return true;
    default:
        return false;
    }
}

/* ---- figures ---- */

static void put_points(struct canvas *c, const struct wmf_record *r, size_t at, size_t n,
                       bool closed) {
    for (size_t i = 0; i < n && 2 * (at + 2 * i + 2) <= r->n; i++)
        if (i)
            canvas_line(c, word(r, at + 2 * i), word(r, at + 2 * i + 1));
        else
            canvas_move(c, word(r, at), word(r, at + 1));
    if (closed)
        canvas_close(c);
}

static void play_polypolygon(struct canvas *c, const struct wmf_record *r) {
    size_t count = (uint16_t)word(r, 0), at = 1 + count;
    for (size_t i = 0; i < count && 2 * at < r->n; i++) {
        size_t n = (uint16_t)word(r, 1 + i);
        put_points(c, r, at, n, true);
        at += 2 * n;
    }
    canvas_paint(c, true, true);
}

/* The rays' ends, then the box. */
static void play_arc(struct canvas *c, const struct wmf_record *r) {
    const int64_t box[4] = {word(r, 7), word(r, 6), word(r, 5), word(r, 4)};
    const int64_t rays[4] = {word(r, 3), word(r, 2), word(r, 1), word(r, 0)};
    canvas_arc_between(c, box, rays,
                       r->kind == ARC   ? ARC_OPEN
                       : r->kind == PIE ? ARC_PIE
                                        : ARC_CHORD);
    canvas_paint(c, r->kind != ARC, true);
}

static bool play_figure(struct canvas *c, const struct wmf_record *r) {
    size_t box = r->kind == ROUNDRECT ? 2 : 0; /* bottom, right, top, left */
    switch (r->kind) {
    case POLYGON:
    case POLYLINE:
        put_points(c, r, 1, (uint16_t)word(r, 0), r->kind == POLYGON);
        canvas_paint(c, r->kind == POLYGON, true);
        return true;
    case POLYPOLYGON:
        play_polypolygon(c, r);
        return true;
    case RECTANGLE:
    case ROUNDRECT:
        canvas_rect(c, word(r, box + 3), word(r, box + 2), word(r, box + 1), word(r, box));
        canvas_paint(c, true, true);
        return true;
    case ELLIPSE:
        canvas_ellipse(c, word(r, 3), word(r, 2), word(r, 1), word(r, 0));
        canvas_paint(c, true, true);
        return true;
    case MOVETO:
        c->state.x = word(r, 1);
        c->state.y = word(r, 0);
        return true;
    case LINETO:
        canvas_move(c, c->state.x, c->state.y);
        canvas_line(c, word(r, 1), word(r, 0));
        canvas_paint(c, false, true);
        return true;
    case ARC:
    case PIE:
    case CHORD:
        play_arc(c, r);
        return true;
    default:
        return false;
    }
}

/* ---- bitmaps and text ---- */

/* How long a bitmap's header is with its colours. */
static size_t header_length(const unsigned char *dib, size_t n) {
    if (n < 40)
        return n;
    size_t size = (size_t)(dib[0] | dib[1] << 8), bits = dib[14];
    size_t colors = (size_t)(dib[32] | dib[33] << 8);
    if (size < 40) /* the core header: three bytes a colour */
        return size + (dib[10] <= 8 ? (size_t)3 << dib[10] : 0);
    if (bits <= 8 && (!colors || colors > (size_t)1 << bits))
        colors = (size_t)1 << bits;
    return size + 4 * colors + (dib[16] == 3 && size == 40 ? 12 : 0);
}

static void play_bitmap(struct canvas *c, const struct wmf_record *r) {
    size_t at = r->kind == STRETCHDIB ? 11 : r->kind == DIBSTRETCHBLT ? 10 : 8;
    size_t size = r->kind == DIBBITBLT ? 4 : at - 4; /* height, width, y, x */
    enum { AND_LOW = 0x00C6, AND_HIGH = 0x0088 };
    const int64_t box[4] = {word(r, size + 3), word(r, size + 2), word(r, size + 1), word(r, size)};
    const unsigned char *dib = r->bytes + 2 * at;
    if (r->n <= 2 * at + 12 || (word(r, 0) == AND_LOW && word(r, 1) == AND_HIGH))
        return;
    size_t n = r->n - 2 * at, header = header_length(dib, n);
    if (header < n)
        canvas_bitmap(c, (const char *)dib, header, (const char *)dib + header, n - header, box);
}

static void play_text(struct canvas *c, const struct wmf_record *r) {
    struct pool *pool = c->builder->story->reader->pool;
    bool extended = r->kind == EXTTEXTOUT;
    size_t n = (uint16_t)word(r, extended ? 2 : 0), at = extended ? 8 : 2;
    int64_t y = word(r, 0), x = word(r, 1);
    if (extended && word(r, 3) & 6) /* a rectangle first */
        at += 8;
    if (!extended) { /* behind the text, which takes whole words */
        size_t end = 1 + (n + 1) / 2;
        y = word(r, end);
        x = word(r, end + 1);
    }
    if (at + n <= r->n)
        canvas_text(c, x, y, text_of(pool, r->bytes + at, n));
}

/* ---- records ---- */

static void play(struct canvas *c, const struct wmf_record *r) {
    struct gdi_state *s = &c->state;
    if (play_tool(c, r) || play_figure(c, r))
        return;
    switch (r->kind) {
    case SETWINDOWORG:
        s->from[0] = word(r, 1);
        s->from[1] = word(r, 0);
        break;
    case SETWINDOWEXT:
        s->extent[0] = word(r, 1);
        s->extent[1] = word(r, 0);
        break;
    case SETTEXTALIGN:
        s->text_align = (uint16_t)word(r, 0);
        break;
    case SETTEXTCOLOR:
        s->text_color = color_at(r, 0);
        break;
    case SAVEDC:
        canvas_save(c);
        break;
    case RESTOREDC:
        canvas_restore(c, word(r, 0));
        break;
    case TEXTOUT:
    case EXTTEXTOUT:
        play_text(c, r);
        break;
    case DIBBITBLT:
    case DIBSTRETCHBLT:
    case STRETCHDIB:
        play_bitmap(c, r);
        break;
    default:
        break; /* clipping, modes, comments */
    }
}

/* The window is the picture; a placeable file tells it ahead. */
static size_t read_headers(struct canvas *c, const unsigned char *bytes, size_t n) {
    enum { PLACEABLE = 22, HEADER = 18 };
    struct gdi_state *s = &c->state;
    size_t at = 0;
    c->frame[0] = c->frame[1] = 0;
    for (int i = 0; i < 2; i++)
        c->frame[2 + i] = s->to_extent[i] = (int64_t)DEVICE_ONE * DEVICE_ONE;
    if (n >= PLACEABLE && memcmp(bytes, "\xD7\xCD\xC6\x9A", 4) == 0) {
        struct wmf_record box = {.bytes = bytes + 6, .n = 8};
        at = PLACEABLE;
        s->from[0] = word(&box, 0);
        s->from[1] = word(&box, 1);
        s->extent[0] = word(&box, 2) - s->from[0];
        s->extent[1] = word(&box, 3) - s->from[1];
    }
    bool header = n - at >= HEADER && (bytes[at] == 1 || bytes[at] == 2) && bytes[at + 1] == 0 &&
                  bytes[at + 2] == 9;
    return header ? at + HEADER : 0;
}

bool wmf_play(struct canvas *c, const unsigned char *bytes, size_t n) {
    size_t at = read_headers(c, bytes, n);
    if (!at)
        return false;
    while (n - at >= 6) {
        const unsigned char *p = bytes + at;
        size_t size =
            2 * ((size_t)p[0] | (size_t)p[1] << 8 | (size_t)p[2] << 16 | (size_t)p[3] << 24);
        struct wmf_record r = {.bytes = p + 6, .kind = (unsigned)(p[4] | p[5] << 8)};
        if (size < 6 || size > n - at || r.kind == END)
            break;
        r.n = size - 6;
        play(c, &r);
        at += size;
    }
    return true;
}
