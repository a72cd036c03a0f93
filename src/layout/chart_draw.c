/* Paths and words of charts. */
#include "base/angle.h"
#include "base/utf8.h"
#include "layout/chart_parts.h"

#include <string.h>

static struct draw *push(const struct canvas *c, enum draw_kind kind) {
    struct draw *d = page_push(c->l, kind);
    d->tag = c->l->repeating ? 0 : c->tag;
    return d;
}

/* ---- outlines ---- */

static struct path_step *step(const struct canvas *c, struct outline *o, enum path_verb verb,
                              int64_t x, int64_t y) {
    struct path_step *s = VEC_PUSH(c->l->pool, &o->steps);
    s->verb = verb;
    s->x[0] = coordinate(x);
    s->y[0] = coordinate(y);
    return s;
}

void outline_move(const struct canvas *c, struct outline *o, int64_t x, int64_t y) {
    step(c, o, PATH_MOVE, x, y);
}

void outline_line(const struct canvas *c, struct outline *o, int64_t x, int64_t y) {
    step(c, o, PATH_LINE, x, y);
}

void outline_curve(const struct canvas *c, struct outline *o, const int64_t points[3][2]) {
    struct path_step *s = step(c, o, PATH_CURVE, 0, 0);
    for (int i = 0; i < 3; i++) {
        s->x[i] = coordinate(points[i][0]);
        s->y[i] = coordinate(points[i][1]);
    }
}

void outline_close(const struct canvas *c, struct outline *o) {
    step(c, o, PATH_CLOSE, 0, 0);
}

/* The control points of an arc stand off by 4/3 tan(a/4) of the radius. */
static void quarter(const struct canvas *c, struct outline *o, const struct circle *circle,
                    int64_t from, int64_t to) {
    int64_t x = circle->x, y = circle->y, r = circle->radius;
    int64_t fourth = (to - from) / 4, cosine = angle_cos(fourth);
    int64_t off = r * angle_sin(fourth) / (cosine ? cosine : 1) * 4 / 3;
    int64_t s0 = angle_sin(from), c0 = angle_cos(from), s1 = angle_sin(to), c1 = angle_cos(to);
    const int64_t points[3][2] = {
        {x + (r * s0 + off * c0) / SINE_ONE, y + (-r * c0 + off * s0) / SINE_ONE},
        {x + (r * s1 - off * c1) / SINE_ONE, y + (-r * c1 - off * s1) / SINE_ONE},
        {x + r * s1 / SINE_ONE, y - r * c1 / SINE_ONE}};
    outline_curve(c, o, points);
}

void outline_arc(const struct canvas *c, struct outline *o, struct circle circle, int64_t from,
                 int64_t to) {
    int64_t size = to < from ? from - to : to - from;
    int64_t parts = larger((size + ANGLE_QUARTER - 1) / ANGLE_QUARTER, 1);
    for (int64_t i = 0; i < parts; i++)
        quarter(c, o, &circle, from + (to - from) * i / parts,
                from + (to - from) * (i + 1) / parts);
}

void outline_circle(const struct canvas *c, struct outline *o, struct circle circle) {
    outline_move(c, o, circle.x, circle.y - circle.radius);
    outline_arc(c, o, circle, 0, ANGLE_TURN);
    outline_close(c, o);
}

static const struct box nowhere = {0};
static const int64_t whole[2] = {SINE_ONE, SINE_ONE};

/* The box a texture is laid over: x y width height. */
static void set_box(const struct outline *o, mpt box[4]) {
    mpt low[2] = {INT32_MAX, INT32_MAX}, high[2] = {INT32_MIN, INT32_MIN};
    const struct path_step *s;
    VEC_EACH (s, &o->steps) {
        int last = s->verb == PATH_CURVE ? 2 : 0;
        if (s->verb == PATH_CLOSE)
            continue;
        low[0] = (mpt)smaller(low[0], s->x[last]);
        low[1] = (mpt)smaller(low[1], s->y[last]);
        high[0] = (mpt)larger(high[0], s->x[last]);
        high[1] = (mpt)larger(high[1], s->y[last]);
    }
    for (int i = 0; i < 2; i++) {
        box[i] = low[i];
        box[2 + i] = length((int64_t)high[i] - low[i]);
    }
}

static void paint(const struct canvas *c, const struct outline *o, const struct chart_look *look,
                  bool fill) {
    struct path *path = POOL_NEW(c->l->pool, struct path);
    if ((fill ? look->fill < 0 : look->stroke <= 0) || o->steps.n < 2)
        return;
    *path = (struct path){.steps = o->steps.at, .n = o->steps.n, .filled = fill, .stroked = !fill};
    struct turn begun =
        turn_begin(c->l, &nowhere, whole, 0, fill ? look->clear : look->stroke_clear);
    struct draw_path *d = &push(c, DRAW_PATH)->as.path;
    *d = (struct draw_path){.path = path,
                            .fill = fill ? look->fill : -1,
                            .stroke = fill ? 0 : length(look->stroke),
                            .color = look->stroke_color,
                            .line = look->line};
    if (fill && look->texture) {
        d->texture = look->texture;
        set_box(o, d->box);
    }
    turn_end(c->l, begun);
}

void outline_paint(const struct canvas *c, const struct outline *o, const struct chart_look *look,
                   bool open) {
    if (!open)
        paint(c, o, look, true);
    paint(c, o, look, false);
}

void draw_box(const struct canvas *c, const struct box *box, const struct chart_look *look) {
    struct outline o = {0};
    if (look->fill < 0 && look->stroke <= 0)
        return;
    outline_move(c, &o, box->x, box->y);
    outline_line(c, &o, box->x + box->width, box->y);
    outline_line(c, &o, box->x + box->width, box->y + box->height);
    outline_line(c, &o, box->x, box->y + box->height);
    outline_close(c, &o);
    outline_paint(c, &o, look, false);
}

void draw_rule(const struct canvas *c, int64_t x0, int64_t y0, int64_t x1, int64_t y1,
               const struct chart_look *look) {
    struct outline o = {0};
    outline_move(c, &o, x0, y0);
    outline_line(c, &o, x1, y1);
    outline_paint(c, &o, look, true);
}

/* ---- markers ---- */

/* Corners in halves of the size; crossed lines are pairs of ends. */
static const struct {
    int n;
    bool crossed;
    int8_t at[8][2];
} symbols[] = {
    [SYMBOL_DIAMOND] = {4, false, {{0, -2}, {2, 0}, {0, 2}, {-2, 0}}},
    [SYMBOL_SQUARE] = {4, false, {{-2, -2}, {2, -2}, {2, 2}, {-2, 2}}},
    [SYMBOL_TRIANGLE] = {3, false, {{0, -2}, {2, 2}, {-2, 2}}},
    [SYMBOL_X] = {4, true, {{-2, -2}, {2, 2}, {-2, 2}, {2, -2}}},
    [SYMBOL_STAR] = {6, true, {{-2, -2}, {2, 2}, {-2, 2}, {2, -2}, {0, -2}, {0, 2}}},
    [SYMBOL_PLUS] = {4, true, {{-2, 0}, {2, 0}, {0, -2}, {0, 2}}},
    [SYMBOL_DASH] = {4, false, {{-2, -1}, {2, -1}, {2, 0}, {-2, 0}}},
    [SYMBOL_DOT] = {4, false, {{0, -1}, {2, -1}, {2, 0}, {0, 0}}},
};

void draw_marker(const struct canvas *c, int64_t x, int64_t y, const struct chart_marker *marker) {
    struct outline o = {0};
    struct chart_look look = marker->look;
    int64_t unit = marker->size / 4;
    if (marker->symbol == SYMBOL_NONE)
        return;
    if (marker->symbol == SYMBOL_CIRCLE) {
        outline_circle(c, &o, (struct circle){x, y, marker->size / 2});
        outline_paint(c, &o, &look, false);
        return;
    }
    bool crossed = symbols[marker->symbol].crossed;
    for (int i = 0; i < symbols[marker->symbol].n; i++) {
        const int8_t *at = symbols[marker->symbol].at[i];
        bool begins = crossed ? i % 2 == 0 : i == 0;
        (begins ? outline_move : outline_line)(c, &o, x + at[0] * unit, y + at[1] * unit);
    }
    if (crossed && look.stroke <= 0) {
        look.stroke = 750;
        look.stroke_color = look.fill < 0 ? 0 : (uint32_t)look.fill;
    } else if (!crossed) {
        outline_close(c, &o);
    }
    outline_paint(c, &o, &look, crossed);
}

/* ---- words ---- */

static int64_t advance_of(const struct canvas *c, const struct font *f, uint32_t cp) {
    uint16_t glyph;
    const struct face *face = text_face_for(c->l, f->face, cp, &glyph);
    return (int64_t)face_advance(face, glyph) * f->size / face_metrics(face)->upem;
}

static int64_t width_of(const struct canvas *c, const struct font *f, const char *text, size_t n) {
    int64_t width = 0;
    for (const char *p = text, *end = text + n; p < end;)
        width += advance_of(c, f, utf8_next(&p, end));
    return width;
}

static size_t word_end(const char *text, size_t at, size_t n) {
    while (at < n && text[at] == ' ')
        at++;
    while (at < n && text[at] != ' ')
        at++;
    return at;
}

/* Breaks one paragraph into lines between its words. */
static void set_lines(const struct canvas *c, struct words *w, const char *text, size_t n,
                      int64_t room) {
    for (size_t from = 0; from <= n;) {
        size_t to = word_end(text, from, n), next = to;
        int64_t width = width_of(c, &w->font, text + from, to - from);
        while (next < n) {
            next = word_end(text, to, n);
            int64_t more = width_of(c, &w->font, text + to, next - to);
            if (room > 0 && width + more > room)
                break;
            width += more;
            to = next;
        }
        *VEC_PUSH(c->l->pool, &w->lines) = (struct words_line){text + from, to - from, width};
        w->width = larger(w->width, width);
        from = to + 1;
    }
}

static void measure_words(const struct canvas *c, struct words *w, const char *text, size_t n) {
    for (size_t from = 0, to; from < n; from = to) {
        to = word_end(text, from, n);
        size_t skip = text[from] == ' ';
        w->longest =
            larger(w->longest, width_of(c, &w->font, text + from + skip, to - from - skip));
    }
}

struct words words_set(const struct canvas *c, const char *text, const struct run_props *props,
                       int64_t room) {
    enum { LONGEST = 2000 };
    struct words w = {0};
    size_t n = 0;
    if (!text || !*text || !text_font(c->l, props, &w.font))
        return w;
    text = utf8_nfc(c->l->pool, text, strnlen(text, LONGEST), &n);
    w.ascent = w.font.ascent;
    w.pitch = (int64_t)w.font.ascent + w.font.descent;
    for (const char *p = text, *end = text + n; p <= end;) {
        const char *stop = memchr(p, '\n', (size_t)(end - p));
        size_t part = (size_t)((stop ? stop : end) - p);
        set_lines(c, &w, p, part, room);
        measure_words(c, &w, p, part);
        p += part + 1;
    }
    w.height = w.pitch * (int64_t)w.lines.n;
    return w;
}

/* A run of glyphs of one face, from the line's byte at `*at` on. */
static int64_t put_run(const struct canvas *c, const struct words *w, const struct words_line *line,
                       size_t *at, int64_t x, int64_t y) {
    const struct font *f = &w->font;
    struct glyph *glyphs = POOL_ARRAY(c->l->pool, struct glyph, line->n - *at + 1);
    const struct face *face = NULL;
    const char *p = line->text + *at, *end = line->text + line->n;
    size_t n = 0;
    int64_t pen = 0;
    while (p < end) {
        const char *before = p;
        uint16_t id;
        uint32_t cp = utf8_next(&p, end);
        const struct face *found = text_face_for(c->l, f->face, cp, &id);
        if (face && found != face) {
            p = before;
            break;
        }
        face = found;
        glyphs[n++] = (struct glyph){id, cp, (mpt)pen};
        pen += (int64_t)face_advance(face, id) * f->size / face_metrics(face)->upem;
    }
    *at = (size_t)(p - line->text);
    push(c, DRAW_TEXT)->as.text = (struct draw_text){.x = coordinate(x),
                                                     .y = coordinate(y),
                                                     .face = face,
                                                     .size = f->size,
                                                     .scale = 100,
                                                     .color = f->color,
                                                     .thicken = f->thicken,
                                                     .slanted = f->slanted,
                                                     .glyphs = glyphs,
                                                     .n = n};
    return pen;
}

static void put_line(const struct canvas *c, const struct words *w, const struct words_line *line,
                     int64_t x, int64_t y) {
    int64_t left = x;
    for (size_t at = 0; at < line->n;)
        x += put_run(c, w, line, &at, x, y);
    if (w->font.props->underline) {
        struct chart_look look = {
            .fill = -1, .stroke = w->font.size / 20, .stroke_color = w->font.color};
        draw_rule(c, left, y + w->font.size / 9, x, y + w->font.size / 9, &look);
    }
}

void words_put(const struct canvas *c, const struct words *w, int64_t x, int64_t y, int share) {
    const struct words_line *line;
    y += w->ascent;
    VEC_EACH (line, &w->lines) {
        put_line(c, w, line, x - line->width * share / 2, y);
        y += w->pitch;
    }
}

void words_turn(const struct canvas *c, const struct words *w, int64_t x, int64_t y,
                int64_t angle) {
    struct box box = {x - w->width / 2, y - w->height / 2, w->width, w->height};
    struct turn begun = turn_begin(c->l, &box, whole, angle, 0);
    words_put(c, w, box.x + box.width / 2, box.y, 1);
    turn_end(c->l, begun);
}

static int64_t absolute(int64_t v) {
    return v < 0 ? -v : v;
}

int64_t words_across(const struct words *w, int64_t angle) {
    return (w->width * absolute(angle_cos(angle)) + w->height * absolute(angle_sin(angle))) /
           SINE_ONE;
}

int64_t words_down(const struct words *w, int64_t angle) {
    return (w->width * absolute(angle_sin(angle)) + w->height * absolute(angle_cos(angle))) /
           SINE_ONE;
}
