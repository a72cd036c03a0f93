/* Everything that is drawn with text and is no text: underlines, highlight, borders, shading. */
#include "base/angle.h"
#include "layout/border.h"
#include "layout/letters.h"
#include "layout/line.h"
#include "layout/shade.h"

#include <string.h>

static void push_line(struct layout *l, struct draw_line line) {
    *VEC_PUSH(l->pool, &l->text->draws) = (struct draw){.kind = DRAW_LINE, .as.line = line};
}

static void push_rule(struct layout *l, mpt x0, mpt x1, mpt y, mpt width, uint32_t color) {
    push_line(l, (struct draw_line){
                     .x0 = x0, .y0 = y, .x1 = x1, .y1 = y, .width = width, .color = color});
}

static mpt units(const struct font *f, int value) {
    int64_t size = clamp(f->props->size, 1, MAX_FONT_SIZE);
    return (mpt)(value * size / face_metrics(f->face)->upem);
}

/* As Word draws it: the top at the face's underlinePosition, its own thickness, straight through
 * descenders; dashes are multiples of the thickness. */
static void underline(struct layout *l, const struct font *f, mpt x0, mpt x1, mpt baseline) {
    static const struct {
        int dash, gap, dots, wave;
    } kinds[UNDERLINE_KINDS] = {[UNDERLINE_DOTTED] = {.dash = 1},
                                [UNDERLINE_DASH] = {.dash = 4, .gap = 3},
                                [UNDERLINE_LONG_DASH] = {.dash = 8, .gap = 4},
                                [UNDERLINE_DOT_DASH] = {4, 2, 1, 0},
                                [UNDERLINE_DOT_DOT_DASH] = {4, 2, 2, 0},
                                [UNDERLINE_WAVE] = {.wave = 1},
                                [UNDERLINE_DOUBLE_WAVE] = {.wave = 1}};
    const struct face_metrics *m = face_metrics(f->face);
    const struct run_props *p = f->props;
    enum underline kind = p->underline;
    if (kind == UNDERLINE_NONE)
        return;
    mpt thick = (mpt)larger(units(f, m->underline_thickness), 1);
    mpt y = baseline - length(p->position) + units(f, m->underline_position) + thick / 2;
    mpt step = 2 * thick;
    if (kinds[kind].wave)
        thick = (mpt)larger(thick / 2, 1);
    if (kind == UNDERLINE_THICK || p->heavy_underline)
        thick *= 2;
    struct draw_line line = {.x0 = x0,
                             .y0 = y,
                             .x1 = x1,
                             .y1 = y,
                             .width = thick,
                             .color =
                                 p->underline_color >= 0 ? (uint32_t)p->underline_color : f->color,
                             .dash = kinds[kind].dash * thick,
                             .gap = kinds[kind].gap * thick,
                             .dots = kinds[kind].dots,
                             .wave = kinds[kind].wave * step / 2};
    push_line(l, line);
    if (kind == UNDERLINE_DOUBLE || kind == UNDERLINE_DOUBLE_WAVE) {
        line.y0 = line.y1 = y + (kind == UNDERLINE_DOUBLE ? 2 * thick : step);
        push_line(l, line);
    }
}

static void strike(struct layout *l, const struct font *f, mpt x0, mpt x1, mpt baseline) {
    const struct face_metrics *m = face_metrics(f->face);
    mpt thick = (mpt)larger(units(f, m->strikeout_thickness), 1);
    mpt y = baseline - f->rise - (mpt)((int64_t)m->strikeout_position * f->size / m->upem);
    if (!f->props->double_strike) {
        push_rule(l, x0, x1, y, thick, f->color);
        return;
    }
    push_rule(l, x0, x1, y - thick, thick, f->color);
    push_rule(l, x0, x1, y + thick, thick, f->color);
}

void decor_text(struct layout *l, const struct font *f, mpt x0, mpt x1, mpt baseline) {
    if (x1 <= x0)
        return;
    underline(l, f, x0, x1, baseline);
    if (f->props->strike || f->props->double_strike)
        strike(l, f, x0, x1, baseline);
}

enum { AWAY = 23 /* parts of the size */, GREY = 0x808080, LIGHT_GREY = 0xC0C0C0 };

/* The letters once more in one colour. It is no text. */
static void push_copy(struct layout *l, const struct draw_text *text, uint32_t color, mpt x,
                      mpt y) {
    struct draw *d = VEC_PUSH(l->pool, &l->text->draws);
    *d = (struct draw){.kind = DRAW_TEXT, .as.text = *text};
    d->as.text.color = color;
    d->as.text.x += x;
    d->as.text.y += y;
    d->as.text.shadow = false;
    d->as.text.look = NULL;
    d->as.text.copy = true;
}

/* The letters as an area, for what no copy can show: blurred, slanted, seen through. */
static void push_shade(struct layout *l, const struct draw_text *text, const struct shade *shade) {
    struct letters letters = {.pool = l->pool};
    const struct face_metrics *m = face_metrics(text->face);
    const struct glyph *last = &text->glyphs[text->n - 1];
    letters_add_text(&letters, text);
    const struct path *path = letters_path(&letters);
    if (!path)
        return;
    mpt ascent = (mpt)((int64_t)m->ascent * text->size / larger(m->upem, 1));
    struct box box = {text->x, text->y - ascent, (int64_t)last->x + text->size / 2, ascent};
    struct draw_path d = shade_path(l, shade, &box, path);
    struct draw turn = {.kind = DRAW_TURN};
    turn.as.turn = (struct draw_turn){.m = {SINE_ONE, 0, 0, SINE_ONE}, .clear = shade->clear};
    if (shade->clear > 0)
        *VEC_PUSH(l->pool, &l->text->draws) = turn;
    *VEC_PUSH(l->pool, &l->text->draws) = (struct draw){.kind = DRAW_PATH, .as.path = d};
    if (shade->clear > 0)
        *VEC_PUSH(l->pool, &l->text->draws) = (struct draw){.kind = DRAW_BACK};
}

/* A shadow of 17.3.2.31 as LibreOffice draws it: grey under black letters, black under coloured
 * ones. Raised letters stand over their copy, sunken ones under it. */
static void push_beneath(struct layout *l, struct draw_text text) {
    const struct text_look *look = text.look;
    mpt away = text.size / AWAY;
    if (text.shadow)
        push_copy(l, &text, text.color ? 0 : LIGHT_GREY, away, away);
    if (look && look->glow)
        push_shade(l, &text, look->glow);
    if (look && look->shadow)
        push_shade(l, &text, look->shadow);
    if (look && look->relief)
        push_copy(l, &text, GREY, look->relief == RELIEF_RAISED ? away : -away,
                  look->relief == RELIEF_RAISED ? away : -away);
}

void decor_shadows(struct layout *l) {
    struct text *t = l->text;
    size_t first = 0, n = t->draws.n;
    while (first < n && t->draws.at[first].kind != DRAW_TEXT) /* what lies behind the text */
        first++;
    for (size_t i = first; i < n; i++)
        if (t->draws.at[i].kind == DRAW_TEXT && t->draws.at[i].as.text.n)
            push_beneath(l, t->draws.at[i].as.text);
    size_t added = t->draws.n - n;
    struct draw *at = t->draws.at, *copy = POOL_ARRAY(l->pool, struct draw, added + 1);
    memcpy(copy, at + n, added * sizeof *at);
    memmove(at + first + added, at + first, (n - first) * sizeof *at);
    memcpy(at + first, copy, added * sizeof *at);
}

void decor_highlight(struct layout *l, const struct font *f, mpt x0, mpt x1, mpt baseline) {
    if (x1 <= x0)
        return;
    struct draw *d = VEC_PUSH(l->pool, &l->text->draws);
    *d = (struct draw){.kind = DRAW_RECT};
    d->as.rect = (struct draw_rect){.x = x0,
                                    .y = baseline - f->ascent,
                                    .width = x1 - x0,
                                    .height = f->ascent + f->descent,
                                    .color = (uint32_t)f->props->highlight};
}

/* ---- borders and shading of paragraphs (17.3.1.7, 17.3.1.31) ---- */

bool decor_joins(const struct para_props *a, const struct para_props *b) {
    bool any = false;
    for (int e = 0; e < EDGES; e++) {
        if (!border_same(&a->borders[e], &b->borders[e]))
            return false;
        any |= a->borders[e].width > 0;
    }
    return any && a->left == b->left && a->right == b->right &&
           smaller(a->first, 0) == smaller(b->first, 0);
}

static mpt room(const struct border *b) {
    return b->width > 0 ? length(b->width) + (mpt)clamp(b->space, 0, MAX_LENGTH) : 0;
}

/* The box around the text: borders stand `space` outside of it. */
struct sides {
    mpt left, right, top, bottom;
};

static void push_edge(struct layout *l, const struct border *b, mpt x0, mpt y0, mpt x1, mpt y1) {
    struct draw_line strokes[BORDER_STROKES];
    size_t n = border_strokes(b, x0, y0, x1, y1, strokes);
    for (size_t i = 0; i < n; i++)
        *VEC_PUSH(l->pool, &l->text->draws) =
            (struct draw){.kind = DRAW_LINE, .as.line = strokes[i]};
}

void decor_box(struct layout *l, const struct border *b, mpt x0, mpt x1, mpt top, mpt bottom) {
    mpt half = length(b->width) / 2;
    push_edge(l, b, x0 - half, top, x1 + half, top);
    push_edge(l, b, x0, top, x0, bottom);
    push_edge(l, b, x1, top, x1, bottom);
    push_edge(l, b, x0 - half, bottom, x1 + half, bottom);
}

static void draw_edges(struct layout *l, const struct para_props *props, struct para_edges edges,
                       struct sides s) {
    const struct border *b = props->borders;
    const struct border *top = edges.between ? &b[EDGE_BETWEEN] : &b[EDGE_TOP];
    mpt half_left = length(b[EDGE_LEFT].width) / 2, half_right = length(b[EDGE_RIGHT].width) / 2;
    if (edges.top || edges.between)
        push_edge(l, top, s.left - half_left, s.top + length(top->width) / 2, s.right + half_right,
                  s.top + length(top->width) / 2);
    push_edge(l, &b[EDGE_LEFT], s.left, s.top, s.left, s.bottom);
    push_edge(l, &b[EDGE_RIGHT], s.right, s.top, s.right, s.bottom);
    mpt y = s.bottom - length(b[EDGE_BOTTOM].width) / 2;
    if (edges.bottom)
        push_edge(l, &b[EDGE_BOTTOM], s.left - half_left, y, s.right + half_right, y);
}

/* `turn`: in a paragraph from right to left where its stops are counted from; else 0. */
static void draw_bars(struct layout *l, const struct para_props *props, mpt turn, mpt height) {
    static const struct border bar = {.width = 500};
    for (size_t i = 0; i < props->tab_count; i++)
        if (props->tabs[i].kind == TAB_BAR) {
            mpt x = length(props->tabs[i].pos);
            x = turn ? turn - x : x;
            push_edge(l, &bar, x, 0, x, height);
        }
}

void decor_shift(struct layout *l, struct strip *strip, mpt by) {
    struct draw *d;
    struct page_link *link;
    struct page_slot *slot;
    VEC_EACH (d, &l->text->draws)
        draw_move(d, 0, by);
    struct anchored *a;
    if (strip->extras) {
        VEC_EACH (link, &strip->extras->links)
            link->y += by;
        VEC_EACH (slot, &strip->extras->slots)
            slot->y += by;
        VEC_EACH (a, &strip->extras->anchors)
            a->baseline += by;
    }
    strip->height = length((int64_t)strip->height + by);
    strip->fit = length((int64_t)strip->fit + by);
}

/* Shading lies under the text: the draws so far are moved up by one to let it in first. */
static void shade(struct layout *l, int32_t color, struct sides s) {
    VEC_PUSH(l->pool, &l->text->draws);
    struct draw *at = l->text->draws.at;
    for (size_t i = l->text->draws.n - 1; i > 0; i--)
        at[i] = at[i - 1];
    at[0] = (struct draw){.kind = DRAW_RECT};
    at[0].as.rect = (struct draw_rect){.x = s.left,
                                       .y = s.top,
                                       .width = s.right - s.left,
                                       .height = s.bottom - s.top,
                                       .color = (uint32_t)color};
}

void decor_line(struct layout *l, const struct para_props *props, struct line_column column,
                struct para_edges edges, struct strip *strip) {
    const struct border *b = props->borders;
    mpt above = edges.between ? room(&b[EDGE_BETWEEN]) : edges.top ? room(&b[EDGE_TOP]) : 0;
    mpt below = edges.bottom ? room(&b[EDGE_BOTTOM]) : 0;
    decor_shift(l, strip, above);
    strip->fit += below;
    strip->height += below;
    strip->fit = (mpt)smaller(strip->fit, strip->height);
    mpt hang = (mpt)smaller(length(props->first), 0);
    bool bidi = l->text->bidi && (props->asks & ASKS_BIDI);
    mpt begin = length(props->left) + hang, end = length(props->right);
    struct sides s = {
        .left = column.left + (bidi ? end : begin) - (mpt)clamp(b[EDGE_LEFT].space, 0, MAX_LENGTH) -
                length(b[EDGE_LEFT].width) / 2,
        .right = column.right - (bidi ? begin : end) +
                 (mpt)clamp(b[EDGE_RIGHT].space, 0, MAX_LENGTH) + length(b[EDGE_RIGHT].width) / 2,
        .bottom = strip->height};
    draw_edges(l, props, edges, s);
    draw_bars(l, props, bidi ? column.right : 0, strip->height);
    if (props->shade >= 0 && s.right > s.left)
        shade(l, props->shade, s);
    strip->draw_count = l->text->draws.n;
}
