#include "signature/paint.h"

#include "base/buf.h"
#include "signature/glyphs.h"
#include "pdf/lex.h"
#include "signature/veil.h"

#include <math.h>
#include <string.h>

enum {
    MAX_FORMS = 8,
    MAX_STATES = 64,
    MAX_OPERANDS = 32,
    MAX_BOXES = 100000,
    MAX_OPERATORS = 2000000, /* forms that show each other many times over */
};

struct matrix {
    double a, b, c, d, e, f;
};

static const struct matrix identity = {1, 0, 0, 1, 0, 0};

/* First `m`, then `n`. */
static struct matrix times(struct matrix m, struct matrix n) {
    return (struct matrix){m.a * n.a + m.b * n.c,       m.a * n.b + m.b * n.d,
                           m.c * n.a + m.d * n.c,       m.c * n.b + m.d * n.d,
                           m.e * n.a + m.f * n.c + n.e, m.e * n.b + m.f * n.d + n.f};
}

/* Between two corners; whatever is made of others has x0 <= x1, y0 <= y1. */
struct extent {
    double x0, y0, x1, y1;
};

static const struct extent unit_square = {0, 0, 1, 1};

/* What the corners span where the matrix puts them. */
static struct extent moved(struct extent e, struct matrix m) {
    const double xs[4] = {e.x0, e.x1, e.x0, e.x1}, ys[4] = {e.y0, e.y0, e.y1, e.y1};
    struct extent at = {INFINITY, INFINITY, -INFINITY, -INFINITY};
    for (int i = 0; i < 4; i++) {
        double x = xs[i] * m.a + ys[i] * m.c + m.e, y = xs[i] * m.b + ys[i] * m.d + m.f;
        at.x0 = fmin(at.x0, x);
        at.x1 = fmax(at.x1, x);
        at.y0 = fmin(at.y0, y);
        at.y1 = fmax(at.y1, y);
    }
    return at;
}

struct graphics_state {
    struct matrix ctm;
    double size, leading, rise, character, word, scale; /* scale: 1 is 100 % */
    double line_width;
    pdf_value font; /* 0: none yet */
    bool invisible; /* text rendering mode 3: read, not seen */
};

struct painter {
    struct reader *reader;
    struct pool *pool;
    ink_boxes *boxes;
    struct glyph_fonts fonts;
    struct graphics_state states[MAX_STATES];
    int depth;
    struct matrix text, line;
    struct token operands[MAX_OPERANDS];
    int count;
    struct extent path; /* the current one, in page space */
    bool has_path;
    bool words_only; /* masks of pictures do not matter */
    bool partial;    /* something was left out */
    int operators;
    pdf_value from; /* the annotation being drawn */
    VEC(char) word; /* the characters of the box that grows */
    bool after_blank;
};

/* In page space. */
static struct ink_box *add_box(struct painter *p, enum ink ink, struct extent e) {
    if (p->boxes->n >= MAX_BOXES) {
        p->partial = true;
        p->operators = MAX_OPERATORS; /* the rest would be left out as well */
        return NULL;
    }
    struct ink_box *new = VEC_PUSH(p->pool, p->boxes);
    *new = (struct ink_box){
        .ink = ink, .x0 = e.x0, .y0 = e.y0, .x1 = e.x1, .y1 = e.y1, .from = p->from};
    return new;
}

static struct graphics_state *now(struct painter *p) {
    return &p->states[p->depth];
}

static double operand(const struct painter *p, int from_end) {
    return from_end <= p->count ? token_number(p->operands[p->count - from_end]) : 0;
}

static struct matrix operand_matrix(const struct painter *p) {
    return (struct matrix){operand(p, 6), operand(p, 5), operand(p, 4),
                           operand(p, 3), operand(p, 2), operand(p, 1)};
}

static void move(struct painter *p, double x) {
    p->text = times((struct matrix){1, 0, 0, 1, x * now(p)->scale, 0}, p->text);
}

/* The word between `start` and `end` of the string being shown. */
static void add_word(struct painter *p, double start, double end) {
    struct graphics_state *s = now(p);
    struct matrix m = times(p->text, s->ctm);
    struct extent word = {start * s->scale, s->rise - 0.1 * s->size, end * s->scale,
                          s->rise + 0.6 * s->size};
    struct ink_box *box = add_box(p, s->invisible ? INK_UNSEEN : INK_TEXT, moved(word, m));
    if (box) {
        box->text = pool_strndup(p->pool, p->word.at, p->word.n);
        box->base = start * s->scale * m.b + m.f;
        box->size = fabs(s->size) * hypot(m.c, m.d);
        box->spaced = p->after_blank;
    }
    p->word.n = 0;
    p->after_blank = false;
}

/* A box for each run of visible characters. Characters may be set leftwards, by a size or a spacing
 * below zero. */
static void show(struct painter *p, struct token string) {
    struct graphics_state *s = now(p);
    const struct glyph_font *font = glyph_font(&p->fonts, p->reader, s->font);
    const char *at = NULL;
    double start = 0, x = 0;
    bool in_word = false;
    struct shown_glyph g;
    while (glyph_next(font, string, &at, &g)) {
        if (g.visible && !in_word)
            start = x;
        if (!g.visible && in_word)
            add_word(p, start, x);
        in_word = g.visible;
        p->after_blank = p->after_blank || !g.visible;
        for (const char *c = g.text; *c && g.visible; c++)
            *VEC_PUSH(p->pool, &p->word) = *c;
        x += g.width * s->size + s->character + (g.space ? s->word : 0);
    }
    if (in_word)
        add_word(p, start, x);
    move(p, x);
}

static void show_all(struct painter *p) {
    for (int i = 0; i < p->count; i++)
        if (p->operands[i].kind == LEX_STRING || p->operands[i].kind == LEX_HEX)
            show(p, p->operands[i]);
        else if (p->operands[i].kind == LEX_NUMBER)
            p->text = times(
                (struct matrix){1, 0, 0, 1, -token_number(p->operands[i]) / 1000 * now(p)->size, 0},
                p->text);
}

static void next_line(struct painter *p, double tx, double ty) {
    p->line = times((struct matrix){1, 0, 0, 1, tx, ty}, p->line);
    p->text = p->line;
}

static pdf_value resource(struct painter *p, pdf_value resources, const char *kind) {
    struct token name = p->count ? p->operands[0] : (struct token){0};
    if (name.kind != LEX_NAME)
        return reader_null(p->reader);
    return reader_key(p->reader, reader_key(p->reader, resources, kind),
                      pool_strndup(p->pool, name.s, name.len));
}

static bool text_operator(struct painter *p, struct token op, pdf_value resources) {
    if (token_is(op, "BT")) {
        p->text = p->line = identity;
    } else if (token_is(op, "Tf")) {
        now(p)->font = resource(p, resources, "/Font");
        now(p)->size = operand(p, 1);
    } else if (token_is(op, "Tm")) {
        p->text = p->line = operand_matrix(p);
    } else if (token_is(op, "Td")) {
        next_line(p, operand(p, 2), operand(p, 1));
    } else if (token_is(op, "TD")) {
        now(p)->leading = -operand(p, 1);
        next_line(p, operand(p, 2), operand(p, 1));
    } else if (token_is(op, "TL")) {
        now(p)->leading = operand(p, 1);
    } else if (token_is(op, "Ts")) {
        now(p)->rise = operand(p, 1);
    } else if (token_is(op, "Tc")) {
        now(p)->character = operand(p, 1);
    } else if (token_is(op, "Tw")) {
        now(p)->word = operand(p, 1);
    } else if (token_is(op, "Tz")) {
        now(p)->scale = operand(p, 1) / 100;
    } else if (token_is(op, "Tr")) {
        now(p)->invisible = operand(p, 1) == 3 || operand(p, 1) == 7;
    } else if (token_is(op, "T*")) {
        next_line(p, 0, -now(p)->leading);
    } else if (token_is(op, "Tj") || token_is(op, "TJ")) {
        show_all(p);
    } else if (token_is(op, "'") || token_is(op, "\"")) {
        next_line(p, 0, -now(p)->leading);
        if (p->count)
            show(p, p->operands[p->count - 1]);
    } else {
        return false;
    }
    return true;
}

static void extend(struct painter *p, double x, double y) {
    struct matrix m = now(p)->ctm;
    double px = x * m.a + y * m.c + m.e, py = x * m.b + y * m.d + m.f;
    if (!p->has_path)
        p->path = (struct extent){px, py, px, py};
    p->has_path = true;
    p->path.x0 = fmin(p->path.x0, px);
    p->path.y0 = fmin(p->path.y0, py);
    p->path.x1 = fmax(p->path.x1, px);
    p->path.y1 = fmax(p->path.y1, py);
}

static bool is_any(struct token op, const char *words) {
    char word[4] = " ";
    if (op.len > 2)
        return false;
    memcpy(word + 1, op.s, op.len);
    word[op.len + 1] = ' ';
    for (const char *at = words; (at = strstr(at, " ")) != NULL; at++)
        if (strncmp(at, word, op.len + 2) == 0)
            return true;
    return false;
}

/* The extent of the path, painted: a thick line hides what a thin one does not. */
static void add_path(struct painter *p, bool stroked) {
    static const double thick = 3;
    struct matrix m = now(p)->ctm;
    double half = now(p)->line_width * hypot(m.a, m.b) / 2;
    enum ink ink = stroked && 2 * half < thick ? INK_LINE : INK_FILL;
    if (!stroked)
        half = 0;
    add_box(p, ink,
            (struct extent){p->path.x0 - half, p->path.y0 - half, p->path.x1 + half,
                            p->path.y1 + half});
}

static bool path_operator(struct painter *p, struct token op) {
    if (is_any(op, " m l c v y ")) {
        for (int i = 0; i + 1 < p->count; i += 2)
            extend(p, token_number(p->operands[i]), token_number(p->operands[i + 1]));
    } else if (token_is(op, "re")) {
        extend(p, operand(p, 4), operand(p, 3));
        extend(p, operand(p, 4) + operand(p, 2), operand(p, 3) + operand(p, 1));
    } else if (is_any(op, " f F f* B B* b b* S s n ")) {
        if (p->has_path && !is_any(op, " n "))
            add_path(p, is_any(op, " S s "));
        p->has_path = false;
    } else {
        return false;
    }
    return true;
}

static void run(struct painter *p, const char *s, size_t len, pdf_value resources, int forms);

static struct matrix matrix_of(struct reader *reader, pdf_value array) {
    double v[6];
    if (reader_count(reader, array) != 6)
        return identity;
    for (int i = 0; i < 6; i++)
        v[i] = reader_number(reader, reader_item(reader, array, i));
    return (struct matrix){v[0], v[1], v[2], v[3], v[4], v[5]};
}

static void run_form(struct painter *p, pdf_value form, pdf_value resources, struct matrix ctm,
                     int forms) {
    size_t len;
    const char *s = forms < MAX_FORMS ? reader_decoded(p->reader, form, &len) : NULL;
    if (!s) {
        p->partial = true;
        return;
    }
    pdf_value own = reader_key(p->reader, form, "/Resources");
    int depth = p->depth;
    if (depth + 1 >= MAX_STATES) {
        p->partial = true;
        return;
    }
    p->states[++p->depth] = p->states[depth];
    now(p)->ctm = times(matrix_of(p->reader, reader_key(p->reader, form, "/Matrix")), ctm);
    run(p, s, len, reader_kind(p->reader, own) == PDF_DICTIONARY ? own : resources, forms + 1);
    p->depth = depth;
}

static void draw_object(struct painter *p, pdf_value resources, int forms) {
    pdf_value object = resource(p, resources, "/XObject");
    if (reader_is_name(p->reader, reader_key(p->reader, object, "/Subtype"), "/Form")) {
        run_form(p, object, resources, now(p)->ctm, forms);
    } else if (reader_kind(p->reader, object) == PDF_STREAM) {
        struct matrix m = now(p)->ctm;
        struct ink_box *box = add_box(p, INK_PICTURE, moved(unit_square, m));
        if (box && !p->words_only)
            box->veil =
                veil_of(p->reader, p->pool, object, (double[]){m.a, m.b, m.c, m.d, m.e, m.f});
    }
}

/* An inline picture's bytes are no tokens: on to its end. */
static void skip_inline_image(struct lex *lex) {
    while (lex->at + 3 < lex->end) {
        if (lex_is_space(lex->at[0]) && lex->at[1] == 'E' && lex->at[2] == 'I' &&
            lex_is_space(lex->at[3])) {
            lex->at += 3;
            return;
        }
        lex->at++;
    }
    lex->at = lex->end;
}

static void operate(struct painter *p, struct token op, struct lex *lex, pdf_value resources,
                    int forms, int floor) {
    if (token_is(op, "q")) {
        if (p->depth + 1 < MAX_STATES) {
            p->states[p->depth + 1] = p->states[p->depth];
            p->depth++;
        } else {
            p->partial = true;
        }
    } else if (token_is(op, "Q")) {
        p->depth -= p->depth > floor;
    } else if (token_is(op, "cm")) {
        now(p)->ctm = times(operand_matrix(p), now(p)->ctm);
    } else if (token_is(op, "w")) {
        now(p)->line_width = operand(p, 1);
    } else if (token_is(op, "Do")) {
        draw_object(p, resources, forms);
    } else if (token_is(op, "ID")) {
        add_box(p, INK_PICTURE, moved(unit_square, now(p)->ctm));
        skip_inline_image(lex);
    } else if (!text_operator(p, op, resources)) {
        path_operator(p, op);
    }
}

static void run(struct painter *p, const char *s, size_t len, pdf_value resources, int forms) {
    struct lex lex = {s, s + len};
    int floor = p->depth;
    p->count = 0;
    for (struct token t = lex_next(&lex); t.kind != LEX_END; t = lex_next(&lex)) {
        if (t.kind == LEX_WORD) {
            if (++p->operators > MAX_OPERATORS) {
                p->partial = true;
                break;
            }
            operate(p, t, &lex, resources, forms, floor);
            p->count = 0;
        } else if (t.kind != LEX_OPEN && t.kind != LEX_CLOSE) {
            if (p->count == MAX_OPERANDS) /* a long TJ: what came first is drawn already */
                show_all(p), p->count = 0;
            p->operands[p->count++] = t;
        }
    }
    p->depth = floor;
}

static struct painter painter_new(struct reader *reader, struct pool *pool, ink_boxes *boxes) {
    struct painter p = {.reader = reader, .pool = pool, .boxes = boxes};
    glyph_fonts_init(&p.fonts, pool);
    p.states[0] = (struct graphics_state){.ctm = identity, .scale = 1, .line_width = 1};
    return p;
}

/* /Contents may be several streams, which are one text. */
static void append_content(struct painter *p, pdf_value stream, struct buf *out) {
    size_t len = 0;
    const char *s = reader_decoded(p->reader, stream, &len);
    if (s && out->len + len < READER_STREAM_MAX) {
        buf_append(out, s, len);
        buf_putc(out, '\n');
    } else {
        p->partial = true;
    }
}

static void draw_page(struct painter *p, pdf_value page) {
    struct buf content = {0};
    pdf_value contents = reader_key(p->reader, page, "/Contents");
    if (reader_kind(p->reader, contents) == PDF_STREAM)
        append_content(p, contents, &content);
    for (int i = 0; i < reader_count(p->reader, contents); i++)
        append_content(p, reader_item(p->reader, contents, i), &content);
    run(p, buf_text(&content), content.len, reader_inherited(p->reader, page, "/Resources"), 0);
    buf_free(&content);
}

static struct extent rectangle(struct reader *reader, pdf_value array) {
    double v[4] = {0};
    for (int i = 0; i < 4; i++)
        v[i] = reader_number(reader, reader_item(reader, array, i));
    return (struct extent){fmin(v[0], v[2]), fmin(v[1], v[3]), fmax(v[0], v[2]), fmax(v[1], v[3])};
}

/* The matrix that brings the appearance's box, after its own /Matrix, onto the rectangle. */
static struct matrix fit(struct extent box, struct extent rect) {
    double w = box.x1 - box.x0, h = box.y1 - box.y0;
    double sx = w > 0 ? (rect.x1 - rect.x0) / w : 1, sy = h > 0 ? (rect.y1 - rect.y0) / h : 1;
    return (struct matrix){sx, 0, 0, sy, rect.x0 - box.x0 * sx, rect.y0 - box.y0 * sy};
}

/* The normal appearance, in the state the annotation is in. */
static pdf_value appearance_of(struct reader *reader, pdf_value annotation) {
    pdf_value form = reader_key(reader, reader_key(reader, annotation, "/AP"), "/N");
    if (reader_kind(reader, form) == PDF_DICTIONARY)
        form = reader_key(reader, form, reader_name(reader, reader_key(reader, annotation, "/AS")));
    return form;
}

/* Flags of annotations that are not shown: Hidden and NoView (12.5.3). */
static bool is_shown(struct reader *reader, pdf_value annotation) {
    enum { HIDDEN = 2, NO_VIEW = 32 };
    long long flags = 0;
    reader_integer(reader, reader_key(reader, annotation, "/F"), &flags);
    return !(flags & (HIDDEN | NO_VIEW));
}

static void draw_annotation(struct painter *p, pdf_value annotation) {
    pdf_value form = appearance_of(p->reader, annotation);
    if (reader_kind(p->reader, form) != PDF_STREAM)
        return;
    struct extent box = moved(rectangle(p->reader, reader_key(p->reader, form, "/BBox")),
                              matrix_of(p->reader, reader_key(p->reader, form, "/Matrix")));
    struct extent rect = rectangle(p->reader, reader_key(p->reader, annotation, "/Rect"));
    p->from = annotation;
    run_form(p, form, reader_key(p->reader, form, "/Resources"), times(fit(box, rect), now(p)->ctm),
             0);
    p->from = 0;
}

bool paint_page(struct reader *reader, struct pool *pool, pdf_value page, ink_boxes *boxes) {
    struct painter p = painter_new(reader, pool, boxes);
    draw_page(&p, page);
    return !p.partial;
}

bool paint_annotation(struct reader *reader, struct pool *pool, pdf_value annotation,
                      ink_boxes *boxes) {
    struct painter p = painter_new(reader, pool, boxes);
    if (is_shown(reader, annotation))
        draw_annotation(&p, annotation);
    return !p.partial;
}

bool paint_upright(struct reader *reader, struct pool *pool, pdf_value page, ink_boxes *boxes) {
    static const struct matrix turns[] = {
        {1, 0, 0, 1, 0, 0}, {0, -1, 1, 0, 0, 0}, {-1, 0, 0, -1, 0, 0}, {0, 1, -1, 0, 0, 0}};
    struct painter p = painter_new(reader, pool, boxes);
    pdf_value annotations = reader_key(reader, page, "/Annots");
    long long angle = 0;
    reader_integer(reader, reader_inherited(reader, page, "/Rotate"), &angle);
    p.words_only = true;
    p.states[0].ctm = turns[(angle / 90 % 4 + 4) % 4];
    draw_page(&p, page);
    for (int i = 0; i < reader_count(reader, annotations); i++) {
        pdf_value annotation = reader_item(reader, annotations, i);
        if (is_shown(reader, annotation))
            draw_annotation(&p, annotation);
    }
    return !p.partial;
}

bool ink_overlap(const struct ink_box *a, const struct ink_box *b) {
    return a->x0 < b->x1 && b->x0 < a->x1 && a->y0 < b->y1 && b->y0 < a->y1;
}

/* By samples. Strokes of a signature or a seal cross words and hide parts of letters; a stretch
 * that is hidden from top to bottom, half an em wide, is a digit. */
static bool veil_hides_letter(const struct veil *veil, const struct ink_box *under) {
    enum { DOWN = 10, MOST = 8, COLUMNS = 1000 };
    double step = fmax(under->size / 8, (under->x1 - under->x0) / COLUMNS);
    double need = fmin(under->size / 2, under->x1 - under->x0) - step, run = 0;
    for (int i = 0; i <= COLUMNS; i++) { /* counted: far out, a step changes nothing */
        double x = under->x0 + (i + 0.5) * step;
        int hidden = 0;
        if (!(x < under->x1))
            break;
        for (int k = 0; k < DOWN; k++)
            hidden += veil_hides(veil, x, under->y0 + (under->y1 - under->y0) * (k + 0.5) / DOWN);
        run = hidden >= MOST ? run + step : 0;
        if (run > 0 && run >= need)
            return true;
    }
    return false;
}

bool ink_hides(const struct ink_box *over, const struct ink_box *under) {
    if (over->ink == INK_LINE || over->ink == INK_UNSEEN || !ink_overlap(over, under))
        return false;
    return over->ink != INK_PICTURE || !over->veil || veil_hides_letter(over->veil, under);
}
