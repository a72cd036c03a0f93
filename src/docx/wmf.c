/* wmf: the metafiles of old Windows, record by record ([MS-WMF] 2.3). Parameters stand last first.
 */
#include "docx/metafile.h"

#include "base/utf8.h"

#include <string.h>

enum {
    END = 0x0000,
    SAVEDC = 0x001E,
    CREATEPALETTE = 0x00F7,
    SETBKMODE = 0x0102,
    SETROP2 = 0x0104,
    SETPOLYFILLMODE = 0x0106,
    SETTEXTCHAREXTRA = 0x0108,
    RESTOREDC = 0x0127,
    PAINTREGION = 0x012B,
    SELECTCLIPREGION = 0x012C,
    SELECTOBJECT = 0x012D,
    SETTEXTALIGN = 0x012E,
    DIBPATTERNBRUSH = 0x0142,
    DELETEOBJECT = 0x01F0,
    CREATEPATTERNBRUSH = 0x01F9,
    SETBKCOLOR = 0x0201,
    SETTEXTCOLOR = 0x0209,
    SETWINDOWORG = 0x020B,
    SETWINDOWEXT = 0x020C,
    OFFSETWINDOWORG = 0x020F,
    LINETO = 0x0213,
    MOVETO = 0x0214,
    OFFSETCLIPRGN = 0x0220,
    FILLREGION = 0x0228,
    CREATEPEN = 0x02FA,
    CREATEFONT = 0x02FB,
    CREATEBRUSH = 0x02FC,
    POLYGON = 0x0324,
    POLYLINE = 0x0325,
    SCALEWINDOWEXT = 0x0410,
    EXCLUDECLIPRECT = 0x0415,
    INTERSECTCLIPRECT = 0x0416,
    ELLIPSE = 0x0418,
    RECTANGLE = 0x041B,
    SETPIXEL = 0x041F,
    TEXTOUT = 0x0521,
    POLYPOLYGON = 0x0538,
    ROUNDRECT = 0x061C,
    PATBLT = 0x061D,
    CREATEREGION = 0x06FF,
    ARC = 0x0817,
    PIE = 0x081A,
    CHORD = 0x0830,
    DIBBITBLT = 0x0940,
    EXTTEXTOUT = 0x0A32,
    DIBSTRETCHBLT = 0x0B41,
    SETDIBTODEV = 0x0D33,
    STRETCHDIB = 0x0F43
};

struct wmf_record {
    const unsigned char *bytes; /* parameters */
    size_t n;
    unsigned kind;
};

static int16_t word(const struct wmf_record *r, size_t i) {
    return 2 * i + 2 > r->n ? 0 : (int16_t)(r->bytes[2 * i] | r->bytes[2 * i + 1] << 8);
}

static uint32_t dword(const struct wmf_record *r, size_t i) {
    return (uint32_t)(uint16_t)word(r, i) | (uint32_t)(uint16_t)word(r, i + 1) << 16;
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
    struct gdi_object object = {.kind = GDI_PEN};
    object.as.pen = gdi_pen_of((uint16_t)word(r, 0), false, word(r, 1), color_at(r, 3));
    create(c, object);
}

static void create_brush(struct canvas *c, const struct wmf_record *r) {
    struct gdi_object object = {.kind = GDI_BRUSH};
    int style = word(r, 0), hatch = (uint16_t)word(r, 3);
    object.as.brush = (struct gdi_brush){.none = style == 1,
                                         .hatch = style == 2 && hatch < 6 ? hatch + 1 : 0,
                                         .inexact = style > 2 || (style == 2 && hatch > 5),
                                         .color = color_at(r, 1)};
    create(c, object);
}

/* A name of one byte a character, taken as Latin-1. */
static const char *name_of(struct canvas *c, const unsigned char *bytes, size_t n) {
    struct reader *reader = c->builder->story->reader;
    char *out = pool_alloc(reader->pool, 2 * n + 1), *to = out;
    for (size_t i = 0; i < n && bytes[i]; i++)
        to += utf8_put(to, bytes[i] < 0x20 ? ' ' : bytes[i]);
    *to = '\0';
    return intern_string(styles_reader(reader->styles)->strings, out);
}

static void create_font(struct canvas *c, const struct wmf_record *r) {
    enum { ITALIC = 10, UNDERLINE = 11, STRIKE = 12, CHARSET = 13, FACE = 18, BOLD = 600 };
    struct gdi_object object = {.kind = GDI_FONT};
    struct gdi_font *font = &object.as.font;
    font->height = word(r, 0);
    font->width = word(r, 1);
    font->escapement = word(r, 2);
    font->bold = word(r, 4) >= BOLD;
    if (r->n > FACE) {
        font->italic = r->bytes[ITALIC];
        font->underline = r->bytes[UNDERLINE];
        font->strike = r->bytes[STRIKE];
        font->charset = r->bytes[CHARSET];
        font->family = name_of(c, r->bytes + FACE, r->n - FACE);
    }
    create(c, object);
}

/* Scans of a region ([MS-WMF] 2.2.1.5): each a top, a bottom, and pairs of left and right. */
static void create_region(struct canvas *c, const struct wmf_record *r) {
    enum { SCANS = 11 };
    struct gdi_object object = {.kind = GDI_REGION};
    size_t scans = (uint16_t)word(r, 5), at = SCANS, n = 0, most = r->n / 4;
    int64_t *boxes = pool_alloc(c->builder->story->reader->pool, (4 * most + 1) * sizeof *boxes);
    for (size_t i = 0; i < scans && 2 * at + 6 <= r->n; i++) {
        size_t count = (uint16_t)word(r, at) / 2;
        for (size_t k = 0; k < count && 2 * (at + 3 + 2 * k) + 4 <= r->n && n < most; k++, n++) {
            const int64_t box[4] = {word(r, at + 3 + 2 * k), word(r, at + 1),
                                    word(r, at + 4 + 2 * k), word(r, at + 2)};
            memcpy(boxes + 1 + 4 * n, box, sizeof box);
        }
        at += 4 + 2 * count;
    }
    boxes[0] = (int64_t)n;
    object.as.region = boxes;
    create(c, object);
}

static void create_pattern(struct canvas *c) {
    struct gdi_object object = {.kind = GDI_BRUSH};
    object.as.brush = (struct gdi_brush){.inexact = true, .color = 0xC0C0C0};
    create(c, object);
}

static const int64_t *region_of(const struct canvas *c, const struct wmf_record *r, size_t i) {
    size_t index = (uint16_t)word(r, i);
    bool known = index < GDI_OBJECTS && c->objects[index].kind == GDI_REGION;
    return known ? c->objects[index].as.region : NULL;
}

/* A region, or 0: none (there is no telling it from the first object, which is one then). */
static void select_clip(struct canvas *c, const struct wmf_record *r) {
    const int64_t *region = region_of(c, r, 0);
    if (region)
        clip_by_boxes(c, (const int64_t(*)[4])(region + 1), (size_t)region[0], false, CLIP_COPY);
    else if (!word(r, 0))
        clip_reset(c);
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
    case DIBPATTERNBRUSH:
    case CREATEPATTERNBRUSH:
        create_pattern(c);
        return true;
    case CREATEREGION:
        create_region(c, r);
        return true;
    case CREATEPALETTE:
        create(c, (struct gdi_object){.kind = GDI_OTHER});
        return true;
    case SELECTOBJECT:
        if (index < GDI_OBJECTS && c->objects[index].kind == GDI_REGION)
            select_clip(c, r);
        else
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
    const int64_t here[2] = {c->state.x, c->state.y};
    for (size_t i = 0; i < n && 2 * (at + 2 * i + 2) <= r->n; i++)
        if (i)
            canvas_line(c, word(r, at + 2 * i), word(r, at + 2 * i + 1));
        else
            canvas_move(c, word(r, at), word(r, at + 1));
    if (closed)
        canvas_close(c);
    canvas_stay(c, here);
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

/* Height and width of the corners, then bottom, right, top, left. */
static void play_round_rect(struct canvas *c, const struct wmf_record *r) {
    const int64_t box[4] = {word(r, 5), word(r, 4), word(r, 3), word(r, 2)};
    canvas_round_rect(c, box, (const int64_t[2]){word(r, 1), word(r, 0)});
    canvas_paint(c, true, true);
}

static bool play_figure(struct canvas *c, const struct wmf_record *r) {
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
        canvas_rect(c, word(r, 3), word(r, 2), word(r, 1), word(r, 0));
        canvas_paint(c, true, true);
        return true;
    case ROUNDRECT:
        play_round_rect(c, r);
        return true;
    case ELLIPSE:
        canvas_ellipse(c, word(r, 3), word(r, 2), word(r, 1), word(r, 0));
        canvas_paint(c, true, true);
        return true;
    case MOVETO:
        canvas_go(c, word(r, 1), word(r, 0));
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

static void play_area(struct canvas *c, uint32_t operation, const struct wmf_record *r,
                      size_t size) { /* height, width, y, x */
    const int64_t box[4] = {word(r, size + 3), word(r, size + 2), word(r, size + 1), word(r, size)};
    canvas_area(c, operation, box);
}

static void play_dib(struct canvas *c, struct gdi_bitmap *b, const struct wmf_record *r,
                     size_t at) {
    const unsigned char *dib = r->bytes + 2 * at;
    if (r->n <= 2 * at + 12)
        return;
    size_t n = r->n - 2 * at, header = header_length(dib, n);
    if (header >= n)
        return;
    b->header = (const char *)dib;
    b->header_len = header;
    b->pixels = b->header + header;
    b->pixel_bytes = n - header;
    canvas_bitmap(c, b);
}

/* The operation, the place in the source, for stretched ones with its size first, the box. Without
 * a bitmap the record has a word more, and fills the box. */
static void play_bitmap(struct canvas *c, const struct wmf_record *r) {
    size_t from = r->kind == STRETCHDIB ? 3 : 2, at = r->kind == DIBBITBLT ? from + 2 : from + 4;
    size_t words = r->n / 2;
    bool bare = words == at + 4 || words == at + 5;
    struct gdi_bitmap b = {.operation = dword(r, 0), .from_below = r->kind == STRETCHDIB};
    if (bare) {
        play_area(c, b.operation, r, at + (words == at + 5));
        return;
    }
    for (size_t i = 0; i < 4; i++)
        b.box[i] = word(r, at + 3 - i);
    b.from[0] = word(r, at - 1);
    b.from[1] = word(r, at - 2);
    b.from[2] = r->kind == DIBBITBLT ? b.box[2] : word(r, at - 3);
    b.from[3] = r->kind == DIBBITBLT ? b.box[3] : word(r, at - 4);
    play_dib(c, &b, r, at + 4);
}

/* Pixel by pixel to the device: usage, scans, first scan, place in the source, size, place. */
static void play_dib_to_device(struct canvas *c, const struct wmf_record *r) {
    struct gdi_bitmap b = {.from_below = true,
                           .from = {word(r, 4), word(r, 3), word(r, 6), word(r, 5)}};
    b.box[0] = word(r, 8);
    b.box[1] = word(r, 7);
    b.box[2] = word(r, 6);
    b.box[3] = word(r, 5);
    play_dib(c, &b, r, 9);
}

static void play_text(struct canvas *c, const struct wmf_record *r) {
    struct pool *pool = c->builder->story->reader->pool;
    bool extended = r->kind == EXTTEXTOUT;
    size_t n = (uint16_t)word(r, extended ? 2 : 0), at = extended ? 8 : 2;
    struct gdi_text t = {.x = word(r, 1), .y = word(r, 0)};
    int64_t(*steps)[2] = NULL;
    if (extended)
        t.options = (uint16_t)word(r, 3) & ~(unsigned)TEXT_PAIRS;
    if (t.options & (TEXT_OPAQUE | TEXT_CLIPPED)) { /* a rectangle first */
        for (size_t i = 0; i < 4; i++)
            t.box[i] = word(r, 4 + i);
        at += 8;
    }
    if (!extended) { /* behind the text, which takes whole words */
        size_t end = 1 + (n + 1) / 2;
        t.y = word(r, end);
        t.x = word(r, end + 1);
    }
    if (at + n > r->n)
        return;
    size_t dx = (at + n + 1) / 2;
    if (extended && n && 2 * (dx + n) <= r->n) {
        steps = pool_alloc(pool, n * sizeof *steps);
        for (size_t i = 0; i < n; i++) {
            steps[i][0] = word(r, dx + i);
            steps[i][1] = 0;
        }
    }
    t.letters = POOL_ARRAY(pool, struct gdi_letter, n + 1);
    t.n = text_decode(c, r->bytes + at, n, (const int64_t(*)[2])steps, t.letters);
    t.stepped = steps != NULL;
    canvas_text(c, &t);
}

static bool play_output(struct canvas *c, const struct wmf_record *r) {
    struct gdi_brush brush = c->state.brush;
    switch (r->kind) {
    case TEXTOUT:
    case EXTTEXTOUT:
        play_text(c, r);
        return true;
    case DIBBITBLT:
    case DIBSTRETCHBLT:
    case STRETCHDIB:
        play_bitmap(c, r);
        return true;
    case SETDIBTODEV:
        play_dib_to_device(c, r);
        return true;
    case PATBLT:
        play_area(c, dword(r, 0), r, 2);
        return true;
    case SETPIXEL:
        c->state.brush = (struct gdi_brush){.color = color_at(r, 0)};
        canvas_area(c, 0xF00021, (const int64_t[4]){word(r, 3), word(r, 2), 1, 1});
        c->state.brush = brush;
        return true;
    default:
        return false;
    }
}

/* ---- clips and regions ---- */

static void fill_region(struct canvas *c, const struct wmf_record *r) {
    const int64_t *region = region_of(c, r, 0);
    struct gdi_brush brush = c->state.brush;
    if (r->kind == FILLREGION)
        canvas_select(c, (uint16_t)word(r, 1));
    for (int64_t i = 0; region && i < region[0]; i++) {
        const int64_t *box = region + 1 + 4 * i;
        canvas_area(c, 0xF00021,
                    (const int64_t[4]){box[0], box[1], box[2] - box[0], box[3] - box[1]});
    }
    c->state.brush = brush;
}

static bool play_clip(struct canvas *c, const struct wmf_record *r) {
    const int64_t box[4] = {word(r, 3), word(r, 2), word(r, 1), word(r, 0)};
    switch (r->kind) {
    case INTERSECTCLIPRECT:
        clip_by_box(c, box, CLIP_AND);
        return true;
    case EXCLUDECLIPRECT:
        clip_by_box(c, box, CLIP_WITHOUT);
        return true;
    case OFFSETCLIPRGN:
        clip_offset(c, word(r, 1), word(r, 0));
        return true;
    case SELECTCLIPREGION:
        select_clip(c, r);
        return true;
    case FILLREGION:
    case PAINTREGION:
        fill_region(c, r);
        return true;
    default:
        return false;
    }
}

/* ---- records ---- */

static bool play_mode(struct canvas *c, const struct wmf_record *r) {
    enum { WINDING = 2, OPAQUE_GROUND = 2 };
    struct gdi_state *s = &c->state;
    switch (r->kind) {
    case SETTEXTALIGN:
        s->text_align = (uint16_t)word(r, 0);
        return true;
    case SETTEXTCOLOR:
        s->text_color = color_at(r, 0);
        return true;
    case SETTEXTCHAREXTRA:
        s->text_extra = word(r, 0);
        return true;
    case SETBKCOLOR:
        s->ground = color_at(r, 0);
        return true;
    case SETBKMODE:
        s->opaque = word(r, 0) == OPAQUE_GROUND;
        return true;
    case SETPOLYFILLMODE:
        s->winding = word(r, 0) == WINDING;
        return true;
    case SETROP2:
        s->mixing = (uint16_t)word(r, 0);
        return true;
    case SAVEDC:
        canvas_save(c);
        return true;
    case RESTOREDC:
        canvas_restore(c, word(r, 0));
        return true;
    default:
        return false;
    }
}

/* The parameters of a scale: down c / d, across a / b, last first. */
static bool play_window(struct canvas *c, const struct wmf_record *r) {
    struct gdi_state *s = &c->state;
    for (size_t i = 0; i < 2; i++) {
        int64_t value = word(r, 1 - i);
        if (r->kind == SETWINDOWORG)
            s->from[i] = value;
        else if (r->kind == SETWINDOWEXT)
            s->extent[i] = value;
        else if (r->kind == OFFSETWINDOWORG)
            s->from[i] += value;
        else if (r->kind == SCALEWINDOWEXT && word(r, 2 - 2 * i) && word(r, 3 - 2 * i))
            s->extent[i] = (int32_t)s->extent[i] * (int64_t)word(r, 3 - 2 * i) / word(r, 2 - 2 * i);
        else if (r->kind != SCALEWINDOWEXT)
            return false;
    }
    return true;
}

/* Records that ask for nothing that could be seen here: map modes (the window is the picture),
 * palettes, font matching, how bitmaps are shrunk, comments and what printers are told. */
static bool is_idle(unsigned kind) {
    static const uint16_t idle[] = {0x0035, 0x0037, 0x0103, 0x0105, 0x0107, 0x0139, 0x0231,
                                    0x0234, 0x0436, 0x0626, 0x020D, 0x020E, 0x0211, 0x0412};
    for (size_t i = 0; i < sizeof idle / sizeof idle[0]; i++)
        if (idle[i] == kind)
            return true;
    return false;
}

/* What [MS-WMF] calls the records that are met here and not drawn. */
static void name_record(struct canvas *c, unsigned kind) {
    static const struct {
        unsigned kind;
        const char *name;
    } names[] = {{0x0149, "META_SETLAYOUT"},
                 {0x012A, "META_INVERTREGION"},
                 {0x020A, "META_SETTEXTJUSTIFICATION"},
                 {0x0419, "META_FLOODFILL"},
                 {0x0429, "META_FRAMEREGION"},
                 {0x0548, "META_EXTFLOODFILL"},
                 {0x0922, "META_BITBLT"},
                 {0x0B23, "META_STRETCHBLT"}};
    for (size_t i = 0; i < sizeof names / sizeof names[0]; i++)
        if (names[i].kind == kind) {
            canvas_name(c, names[i].name);
            return;
        }
    canvas_name(c, pool_printf(c->builder->story->reader->pool, "0x%04X", kind));
}

static void play(struct canvas *c, const struct wmf_record *r) {
    if (!play_tool(c, r) && !play_figure(c, r) && !play_output(c, r) && !play_clip(c, r) &&
        !play_mode(c, r) && !play_window(c, r) && !is_idle(r->kind))
        name_record(c, r->kind);
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
    if (header)
        canvas_crop(c);
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
