#include "layout/letters.h"

enum { PIECES_MOST = 16, NEAR_ENOUGH = 10 /* mpt: what is bent is told no closer */ };

struct point {
    int64_t x, y;
};

/* A glyph being traced. */
struct tracing {
    struct letters *letters;
    const struct draw_text *text;
    int64_t x, upem;
    struct point at; /* the pen, before it is mapped */
};

/* ---- steps ---- */

static int64_t rounded(int64_t v) {
    return (v + (v < 0 ? -NEAR_ENOUGH : NEAR_ENOUGH) / 2) / NEAR_ENOUGH * NEAR_ENOUGH;
}

static struct point mapped(const struct letters *l, struct point p) {
    if (!l->map)
        return p;
    l->map(l->how, &p.x, &p.y);
    return (struct point){rounded(p.x), rounded(p.y)};
}

static void put(struct letters *l, enum path_verb verb, const struct point *points, int n) {
    struct path_step *step = VEC_PUSH(l->pool, &l->steps);
    *step = (struct path_step){.verb = verb};
    for (int i = 0; i < n; i++) {
        struct point p = mapped(l, points[i]);
        step->x[i] = coordinate(p.x);
        step->y[i] = coordinate(p.y);
    }
}

static int64_t apart(struct point a, struct point b) {
    return larger(b.x - a.x, a.x - b.x);
}

/* Into so many parts a stretch this wide is cut. */
static int pieces_of(const struct letters *l, int64_t width) {
    return l->piece > 0 ? (int)clamp((width + l->piece - 1) / l->piece, 1, PIECES_MOST) : 1;
}

static void line_to(struct letters *l, struct point from, struct point to) {
    int n = pieces_of(l, apart(from, to));
    for (int i = 1; i <= n; i++) {
        struct point p = {from.x + (to.x - from.x) * i / n, from.y + (to.y - from.y) * i / n};
        put(l, PATH_LINE, &p, 1);
    }
}

/* The blossom of a quadratic curve at i/n and k/n: the control point of the piece between them, and
 * at i = k the point itself. */
static int64_t blossom(int64_t a, int64_t b, int64_t c, int64_t i, int64_t k, int64_t n) {
    return ((n - i) * (n - k) * a + (i * (n - k) + k * (n - i)) * b + i * k * c) / (n * n);
}

static void curve_to(struct letters *l, struct point a, struct point b, struct point c) {
    int n = pieces_of(l, apart(a, b) + apart(b, c));
    struct point from = a;
    for (int i = 1; i <= n; i++) {
        struct point middle = {blossom(a.x, b.x, c.x, i - 1, i, n),
                               blossom(a.y, b.y, c.y, i - 1, i, n)};
        struct point to = {blossom(a.x, b.x, c.x, i, i, n), blossom(a.y, b.y, c.y, i, i, n)};
        const struct point cubic[3] = {
            {from.x + (middle.x - from.x) * 2 / 3, from.y + (middle.y - from.y) * 2 / 3},
            {to.x + (middle.x - to.x) * 2 / 3, to.y + (middle.y - to.y) * 2 / 3},
            to};
        put(l, PATH_CURVE, cubic, 3);
        from = to;
    }
}

/* ---- glyphs ---- */

/* Slanted letters lean by a third of their height, as they are drawn elsewhere. */
static struct point point_of(const struct tracing *t, const int32_t *units) {
    const struct draw_text *text = t->text;
    const int64_t per = t->upem * FACE_OUTLINE_UNIT;
    int64_t up = units[1] * (int64_t)text->size / per;
    int64_t right = units[0] * (int64_t)text->size / per * text->scale / 100;
    return (struct point){t->x + right + (text->slanted ? up / 3 : 0), text->y - up};
}

static void trace(void *to, enum face_step step, const int32_t *points) {
    struct tracing *t = to;
    struct point p = points ? point_of(t, points) : t->at, end;
    switch (step) {
    case FACE_MOVE:
        put(t->letters, PATH_MOVE, &p, 1);
        t->at = p;
        break;
    case FACE_LINE:
        line_to(t->letters, t->at, p);
        t->at = p;
        break;
    case FACE_CURVE:
        end = point_of(t, points + 2);
        curve_to(t->letters, t->at, p, end);
        t->at = end;
        break;
    case FACE_CLOSE:
        put(t->letters, PATH_CLOSE, NULL, 0);
        break;
    }
}

void letters_add_glyph(struct letters *l, const struct draw_text *text, size_t i) {
    struct tracing t = {.letters = l,
                        .text = text,
                        .x = (int64_t)text->x + text->glyphs[i].x,
                        .upem = larger(face_metrics(text->face)->upem, 1)};
    face_outline(text->face, text->glyphs[i].id, trace, &t);
}

void letters_add_text(struct letters *l, const struct draw_text *text) {
    for (size_t i = 0; i < text->n; i++)
        letters_add_glyph(l, text, i);
}

/* ---- the rest ---- */

static void add_box(struct letters *l, const struct point corners[4]) {
    put(l, PATH_MOVE, &corners[0], 1);
    for (int i = 1; i <= 4; i++)
        line_to(l, corners[i - 1], corners[i % 4]);
    put(l, PATH_CLOSE, NULL, 0);
}

void letters_add_rect(struct letters *l, const struct draw_rect *r) {
    int64_t right = (int64_t)r->x + r->width, bottom = (int64_t)r->y + r->height;
    add_box(l, (struct point[]){{r->x, r->y}, {right, r->y}, {right, bottom}, {r->x, bottom}});
}

/* Lines of text are level: under it or through it. */
void letters_add_line(struct letters *l, const struct draw_line *line) {
    letters_add_rect(l, &(struct draw_rect){.x = line->x0,
                                            .y = line->y0 - line->width / 2,
                                            .width = line->x1 - line->x0,
                                            .height = line->width});
}

struct path *letters_path(struct letters *l) {
    if (!l->steps.n)
        return NULL;
    struct path *path = POOL_NEW(l->pool, struct path);
    *path = (struct path){
        .steps = l->steps.at, .n = l->steps.n, .filled = true, .stroked = true, .winding = true};
    l->steps.at = NULL;
    l->steps.n = l->steps.cap = 0;
    return path;
}
