#include "layout/art.h"

#include "base/angle.h"
#include "base/utf8.h"
#include "layout/autofit.h"
#include "layout/guide.h"
#include "layout/letters.h"
#include "layout/shade.h"

#include <string.h>

enum { SHARE = 1 << 20, LINES_MOST = 64 };

/* A line of the flat text: its draws, and what is inked of them, from the flow's corner. */
struct art_line {
    const struct draw *draws;
    size_t n;
    mpt y; /* of the strip */
    int64_t baseline;
    int64_t left, top, right, bottom;
};

struct art {
    struct layout *l;
    const struct anchored *anchored;
    const struct shape *shape;
    struct box box; /* the guides' own */
    struct guides guides;
    struct art_line lines[LINES_MOST];
    size_t n;
    VEC(struct draw) painted; /* DRAW_PATH, from the box's corner */
    struct letters letters;
    const struct shade *shadow, *glow; /* of all of it; NULL: none */
    int clear;                         /* the same, 1/1000 */
};

bool art_is(const struct shape *s) {
    return s->kind == SHAPE_WORD_ART ? s->text && s->props : s->warp && s->blocks;
}

/* ---- the flat text ---- */

static struct block *line_block(struct layout *l, const struct shape *s, const char *text,
                                size_t n) {
    static const struct para_props plain = {
        .jc = JC_CENTER, .line = 240, .shade = -1, .outline_level = -1};
    struct block *block = POOL_NEW(l->pool, struct block);
    struct para *para = POOL_NEW(l->pool, struct para);
    struct inline_item *item = POOL_NEW(l->pool, struct inline_item);
    *item = (struct inline_item){
        .kind = INLINE_TEXT, .props = s->props, .text = pool_strndup(l->pool, text, n)};
    *para = (struct para){.props = &plain, .mark = s->props, .items = item, .item_count = 1};
    para->bidi = utf8_has_right_to_left(item->text);
    *block = (struct block){.kind = WML_PARA, .para = para};
    return block;
}

/* A paragraph for each of its lines. */
static const struct block *blocks_of(struct layout *l, const struct shape *s) {
    struct block *first = NULL, **next = &first;
    const char *p = s->text;
    if (s->kind != SHAPE_WORD_ART)
        return s->blocks;
    for (size_t n;; p += n + 1) {
        n = strcspn(p, "\n");
        *next = line_block(l, s, p, n);
        next = &(*next)->next;
        if (!p[n])
            return first;
    }
}

struct flow *art_story(struct layout *l, const struct shape *s) {
    const struct block *blocks = blocks_of(l, s);
    return flow_build(l, blocks, length(larger(autofit_widest(l, blocks), 1)), IN_BOX);
}

static void add_ink(struct art_line *line, const struct draw_text *t) {
    int64_t upem = larger(face_metrics(t->face)->upem, 1), size = t->size;
    for (size_t k = 0; k < t->n; k++) {
        struct face_box e = face_ink(t->face, t->glyphs[k].id);
        int64_t x = (int64_t)t->x + t->glyphs[k].x;
        if (e.right <= e.left)
            continue;
        line->left = smaller(line->left, x + e.left * size / upem * t->scale / 100);
        line->right = larger(line->right, x + e.right * size / upem * t->scale / 100);
        line->top = smaller(line->top, t->y - e.top * size / upem);
        line->bottom = larger(line->bottom, t->y - e.bottom * size / upem);
    }
    line->baseline = larger(line->baseline, t->y);
}

/* Lines without ink are none. */
static void find_lines(struct art *art) {
    const struct flow *story = art->anchored->story;
    for (size_t i = 0; i < story->strips.n && art->n < LINES_MOST; i++) {
        const struct strip *strip = &story->strips.at[i];
        struct art_line line = {.draws = strip->draws,
                                .n = strip->draw_count,
                                .y = coordinate(strip->y),
                                .baseline = INT64_MIN,
                                .left = INT64_MAX,
                                .top = INT64_MAX,
                                .right = INT64_MIN,
                                .bottom = INT64_MIN};
        for (size_t k = 0; k < line.n; k++)
            if (line.draws[k].kind == DRAW_TEXT)
                add_ink(&line, &line.draws[k].as.text);
        if (line.left >= line.right || line.top >= line.bottom)
            continue;
        line.baseline += line.y;
        line.top += line.y;
        line.bottom += line.y;
        art->lines[art->n++] = line;
    }
}

static struct box ink_of(const struct art_line *lines, size_t n) {
    struct art_line all = lines[0];
    for (size_t i = 1; i < n; i++) {
        all.left = smaller(all.left, lines[i].left);
        all.top = smaller(all.top, lines[i].top);
        all.right = larger(all.right, lines[i].right);
        all.bottom = larger(all.bottom, lines[i].bottom);
    }
    return (struct box){all.left, all.top, all.right - all.left, all.bottom - all.top};
}

/* ---- between two guides, or over the box ---- */

struct band {
    const struct guide *top, *bottom; /* NULL: those of the box */
    struct box ink;
    int64_t width, height;
};

static void map_to_band(const void *how, int64_t *x, int64_t *y) {
    const struct band *b = how;
    int64_t across = clamp((*x - b->ink.x) * SHARE / b->ink.width, -SHARE, 2 * SHARE);
    int64_t down = clamp((*y - b->ink.y) * SHARE / b->ink.height, -SHARE, 2 * SHARE);
    if (!b->top) {
        *x = b->width * across / SHARE;
        *y = b->height * down / SHARE;
        return;
    }
    struct heading top = guide_at(b->top, b->top->length * across / SHARE);
    struct heading bottom = guide_at(b->bottom, b->bottom->length * across / SHARE);
    *x = top.x + (bottom.x - top.x) * down / SHARE;
    *y = top.y + (bottom.y - top.y) * down / SHARE;
}

/* ---- along one ---- */

struct way {
    const struct guide *guide;
    int64_t from; /* along it stands what is at `left` */
    int64_t left, baseline;
    int64_t scale;  /* of the letters, in SHARE */
    int64_t middle; /* of the letter in hand, which keeps its form ... */
    bool rigid;     /* ... or there is none: every point goes its own way */
};

static void map_to_way(const void *how, int64_t *x, int64_t *y) {
    const struct way *w = how;
    int64_t middle = w->rigid ? w->middle : *x;
    struct heading h = guide_at(w->guide, w->from + (middle - w->left) * w->scale / SHARE);
    int64_t along = (*x - middle) * w->scale / SHARE, below = (*y - w->baseline) * w->scale / SHARE;
    *x = h.x + (along * h.dx - below * h.dy) / SINE_ONE;
    *y = h.y + (along * h.dy + below * h.dx) / SINE_ONE;
}

/* ---- painting ---- */

static void set_look(const struct text_look *look, struct draw_path *path) {
    if (look->fill) {
        path->fill = look->fill->clear >= OPAQUE ? -1 : (int32_t)look->fill->color;
        path->texture = look->fill->texture;
    }
    if (look->line) {
        path->stroke = look->line->width;
        path->color = look->line->color;
    }
}

/* The letters so far as an area in the colour of their text, or of the shape whose words they are.
 */
static void paint(struct art *art, uint32_t color, mpt thicken, const struct text_look *look) {
    const struct shape *s = art->shape;
    struct path *path = letters_path(&art->letters);
    if (!path)
        return;
    struct draw *d = VEC_PUSH(art->l->pool, &art->painted);
    *d = (struct draw){.kind = DRAW_PATH};
    d->as.path = (struct draw_path){.path = path,
                                    .fill = (int32_t)color,
                                    .box = {0, 0, length(art->box.width), length(art->box.height)},
                                    .stroke = thicken,
                                    .color = color};
    if (look)
        set_look(look, &d->as.path);
    if (s->kind != SHAPE_WORD_ART)
        return;
    d->as.path.fill = s->fill;
    d->as.path.texture = s->texture;
    if (s->stroke > 0) {
        d->as.path.stroke = s->stroke;
        d->as.path.color = s->stroke_color;
        d->as.path.line = s->line;
    }
}

/* Moved to where its strip stands. */
static struct draw moved(const struct draw *draw, const struct art_line *line) {
    struct draw d = *draw;
    draw_move(&d, 0, line->y);
    return d;
}

static void trace_letters(struct art *art, struct way *way, const struct draw_text *text) {
    int64_t upem = larger(face_metrics(text->face)->upem, 1);
    for (size_t i = 0; i < text->n; i++) {
        int64_t advance = face_advance(text->face, text->glyphs[i].id);
        way->middle =
            (int64_t)text->x + text->glyphs[i].x + advance * text->size / upem * text->scale / 200;
        letters_add_glyph(&art->letters, text, i);
    }
}

/* What lies beneath the words, and how clear they are, is told once for all of them. */
static void note_look(struct art *art, const struct text_look *look) {
    if (!look)
        return;
    art->shadow = look->shadow ? look->shadow : art->shadow;
    art->glow = look->glow ? look->glow : art->glow;
    if (look->fill && look->fill->clear < OPAQUE)
        art->clear = look->fill->clear;
}

static void trace_draw(struct art *art, struct way *way, const struct draw *d) {
    if (way)
        way->rigid = d->kind == DRAW_TEXT;
    switch (d->kind) {
    case DRAW_TEXT:
        if (way)
            trace_letters(art, way, &d->as.text);
        else
            letters_add_text(&art->letters, &d->as.text);
        paint(art, d->as.text.color, d->as.text.thicken, d->as.text.look);
        note_look(art, d->as.text.look);
        break;
    case DRAW_LINE:
        letters_add_line(&art->letters, &d->as.line);
        paint(art, d->as.line.color, 0, NULL);
        break;
    case DRAW_RECT:
        letters_add_rect(&art->letters, &d->as.rect);
        paint(art, d->as.rect.color, 0, NULL);
        break;
    default: /* pictures stay out: a story that has some is not bent */
        break;
    }
}

static void trace_line(struct art *art, struct way *way, const struct art_line *line) {
    for (size_t i = 0; i < line->n; i++) {
        struct draw d = moved(&line->draws[i], line);
        trace_draw(art, way, &d);
    }
}

/* ---- all lines ---- */

/* Lines are shared out among the bands, from the top. */
static void fill_bands(struct art *art) {
    const struct warp *warp = art->shape->warp;
    size_t bands = art->guides.at.n >= 2 ? art->guides.at.n / 2 : 1;
    for (size_t b = 0, from = 0; b < bands; b++) {
        size_t to = art->n * (b + 1) / bands;
        struct band band = {.width = art->box.width, .height = art->box.height};
        if (art->guides.at.n >= 2) {
            band.top = &art->guides.at.at[2 * b];
            band.bottom = band.top + 1;
        }
        art->letters.map = map_to_band;
        art->letters.how = &band;
        for (size_t i = from; i < to; i++) {
            band.ink = ink_of(&art->lines[from], to - from);
            if (warp && warp->by_line) {
                band.ink.x = art->lines[i].left;
                band.ink.width = art->lines[i].right - art->lines[i].left;
            }
            art->letters.piece = band.top ? larger(band.ink.height / 4, 1) : 0;
            trace_line(art, NULL, &art->lines[i]);
        }
        from = to;
    }
}

/* Several lines on one guide are nested, as Word has them: with the clock the last one stands on
 * it, against it the first, and the others farther out. */
static int64_t nested(const struct art *art, size_t i, const struct guide *guide,
                      const int64_t center[2]) {
    if (guide_is_clockwise(guide, center))
        return art->lines[art->n - 1].baseline - art->lines[i].baseline;
    return art->lines[i].baseline - art->lines[0].baseline;
}

static enum jc jc_of(const struct shape *s) {
    const struct block *block = s->blocks;
    while (block && block->kind != WML_PARA)
        block = block->next;
    return block ? block->para->props->jc : JC_CENTER;
}

/* Letters keep their size, unless they are to fill the guide, or have no room on it; they are half
 * as high as the box at most. */
static struct way way_of(const struct art *art, const struct guide *guide,
                         const struct art_line *line) {
    const bool fits = art->shape->warp->fits;
    const enum jc jc = jc_of(art->shape);
    int64_t ink = line->right - line->left, scale = guide->length * SHARE / ink;
    int64_t most = art->box.height * SHARE / 2 / (line->bottom - line->top);
    scale = smaller(scale, fits ? larger(most, 1) : SHARE);
    int64_t room = guide->length - ink * scale / SHARE;
    return (struct way){.guide = guide,
                        .from = jc == JC_LEFT && !fits    ? 0
                                : jc == JC_RIGHT && !fits ? room
                                                          : room / 2,
                        .left = line->left,
                        .baseline = line->baseline,
                        .scale = scale};
}

static void follow(struct art *art) {
    const int64_t center[2] = {art->box.width / 2, art->box.height / 2};
    size_t guides = art->guides.at.n;
    for (size_t i = 0; i < art->n; i++) {
        const struct guide *own = &art->guides.at.at[smaller((int64_t)i, (int64_t)guides - 1)];
        struct guide around = *own;
        if (guides == 1 && art->n > 1)
            around = guide_around(art->l->pool, own, center, nested(art, i, own, center));
        if (around.n < 2)
            continue;
        struct way way = way_of(art, &around, &art->lines[i]);
        art->letters.map = map_to_way;
        art->letters.how = &way;
        art->letters.piece = 0;
        trace_line(art, &way, &art->lines[i]);
    }
}

/* ---- drawing ---- */

/* Text is turned with its box but never mirrored: upside down instead. */
static int64_t turn_of(const struct shape *s) {
    bool head = s->kind != SHAPE_WORD_ART && s->flip_y;
    return (int64_t)s->angle + (head ? 2 * ANGLE_QUARTER : 0);
}

static void emit_painted(struct art *art) {
    const struct draw *d;
    VEC_EACH (d, &art->painted) {
        struct draw_path path = d->as.path;
        path.x = coordinate(art->box.x);
        path.y = coordinate(art->box.y);
        if (path.fill >= 0 || path.stroke > 0)
            page_push(art->l, DRAW_PATH)->as.path = path;
    }
}

/* All of it as one area, for what lies beneath it. */
static void emit_shades(struct art *art, const int64_t flip[2]) {
    const struct shape *s = art->shape;
    const struct draw *d;
    struct path *all = POOL_NEW(art->l->pool, struct path);
    VEC(struct path_step) steps = {0};
    VEC_EACH (d, &art->painted)
        for (size_t i = 0; i < d->as.path.path->n; i++)
            *VEC_PUSH(art->l->pool, &steps) = d->as.path.path->steps[i];
    *all = (struct path){
        .steps = steps.at, .n = steps.n, .filled = true, .stroked = true, .winding = true};
    const bool words = s->kind == SHAPE_WORD_ART;
    const struct silhouette silhouette = {all, !words || s->fill >= 0, words ? s->stroke : 0,
                                          &s->line};
    const struct thrower thrower = {&art->box, turn_of(s), {flip[0] < 0, flip[1] < 0}};
    shade_emit(art->l, art->glow, &thrower, &silhouette);
    shade_emit(art->l, art->shadow, &thrower, &silhouette);
}

/* The words, which are not to be seen; nothing else of them. */
static void hide_from(struct page *page, size_t from) {
    size_t to = from;
    for (size_t i = from; i < page->draws.n; i++) {
        if (page->draws.at[i].kind != DRAW_TEXT || page->draws.at[i].as.text.copy)
            continue;
        page->draws.at[to] = page->draws.at[i];
        page->draws.at[to++].as.text.unseen = true;
    }
    page->draws.n = to;
}

/* Stretched until their ink fills the box. */
static void emit_words(struct art *art, const int64_t flip[2], bool seen) {
    struct layout *l = art->l;
    const struct shape *s = art->shape;
    const struct box *box = &art->box, ink = ink_of(art->lines, art->n);
    int64_t scale[2] = {box->width * SINE_ONE / ink.width, box->height * SINE_ONE / ink.height};
    for (int i = 0; i < 2; i++)
        scale[i] = flip[i] * clamp(scale[i], 1, 1000 * (int64_t)SINE_ONE);
    struct turn begun = turn_begin(l, box, scale, turn_of(s), seen ? s->clear : 0);
    size_t from = l->frame.page->draws.n;
    struct place all = {.strip = art->anchored->story->strips.n};
    int64_t x = box->x + (box->width - ink.width) / 2 - ink.x;
    int64_t y = box->y + (box->height - ink.height) / 2 - ink.y;
    flow_emit(l, art->anchored->story, (struct place){0}, all, coordinate(x), y);
    if (!seen)
        hide_from(l->frame.page, from);
    turn_end(l, begun);
}

static void emit_outlines(struct art *art, const int64_t flip[2]) {
    struct layout *l = art->l;
    const struct shape *s = art->shape;
    const int64_t scale[2] = {flip[0] * SINE_ONE, flip[1] * SINE_ONE};
    guides_read(l->pool, s->warp ? s->warp->guides : NULL, s->warp ? s->warp->count : 0,
                &art->guides);
    if (s->warp && s->warp->follows && art->guides.at.n)
        follow(art);
    else
        fill_bands(art);
    if (art->shadow || art->glow) {
        struct turn begun = turn_begin(l, &art->box, scale, turn_of(s), 0);
        emit_shades(art, flip);
        turn_end(l, begun);
    }
    struct turn begun = turn_begin(l, &art->box, scale, turn_of(s), art->clear);
    emit_painted(art);
    turn_end(l, begun);
}

/* Words that are only stretched, in one colour, can be seen themselves. */
static bool are_plain(const struct shape *s) {
    return s->kind == SHAPE_WORD_ART && !s->warp && !s->texture && !s->stroke && !s->shadow &&
           s->fill >= 0;
}

void art_emit(struct layout *l, const struct anchored *a, const struct box *box) {
    const struct shape *s = a->shape;
    const bool words = s->kind == SHAPE_WORD_ART;
    const int64_t flip[2] = {words && s->flip_x ? -1 : 1, words && s->flip_y ? -1 : 1};
    struct art *art = POOL_NEW(l->pool, struct art);
    *art = (struct art){.l = l, .anchored = a, .shape = s, .box = *box};
    art->letters.pool = l->pool;
    if (words) {
        art->shadow = s->shadow;
        art->glow = s->glow;
        art->clear = s->clear;
    } else {
        art->box = (struct box){box->x + s->inset[0], box->y + s->inset[1],
                                box->width - s->inset[0] - s->inset[2],
                                box->height - s->inset[1] - s->inset[3]};
    }
    if (!a->story || art->box.width <= 0 || art->box.height <= 0)
        return;
    find_lines(art);
    if (!art->n)
        return;
    if (!are_plain(s))
        emit_outlines(art, flip);
    emit_words(art, flip, are_plain(s));
}
