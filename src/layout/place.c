#include "layout/bidi.h"
#include "layout/border.h"
#include "layout/fit.h"
#include "layout/placing.h"
#include "layout/tag.h"

#include <string.h>

static struct draw *push_draw(struct placing *p, enum draw_kind kind) {
    struct draw *d = VEC_PUSH(p->l->pool, &p->t->draws);
    *d = (struct draw){.kind = kind, .tag = p->l->tag};
    return d;
}

static bool same_mark(const char *a, const char *b) {
    return a == b || (a && b && strcmp(a, b) == 0);
}

/* What is drawn in a link is the link's, of whichever runs and faces it is made. */
static uint32_t tag_of(const struct placing *p, const struct atom *a) {
    struct font *f = &p->t->fonts.at[a->font];
    if (!f->link)
        return p->l->tag;
    if (!f->link_tag && a->font && same_mark(f[-1].link, f->link))
        f->link_tag = f[-1].link_tag;
    if (!f->link_tag)
        f->link_tag = tag_link(p->l);
    return f->link_tag;
}

/* ---- horizontal ---- */

static bool ends_with_hyphen(const struct placing *p) {
    return p->span->visible > p->span->start && p->span->visible == p->span->end &&
           p->span->how == END_SOFT && p->atoms[p->span->visible - 1].kind == ATOM_SOFT_HYPHEN;
}

/* A soft hyphen has a width only where it is printed. */
static void move_over_hyphen(const struct placing *p, struct pen *pen, size_t i) {
    struct atom a = p->atoms[i];
    if (i + 1 == p->span->visible && ends_with_hyphen(p))
        a.width = text_advance(&p->t->fonts.at[a.font], a.glyph);
    pen_move(pen, &a);
}

static void shift_segment(struct placing *p, size_t from, size_t to, fine by) {
    for (size_t i = from; by && i < to; i++)
        p->xs[i - p->span->start] += by;
}

/* Where the text begins, if that is known before it is: it is not aligned to a stop. */
static fine known_start(const struct pen *pen) {
    return pen->stop.kind == TAB_LEFT ? pen->x : 0;
}

/* Natural positions. The text between two tabs is first set from there, then moved to where its tab
 * aligns it. */
static void set_natural(struct placing *p) {
    const struct span *s = p->span;
    struct pen pen = pen_begin(p->m, s->start == 0);
    size_t segment = s->start;
    fine from = known_start(&pen), *x = p->xs;
    for (size_t i = s->start; i < s->visible; i++) {
        const struct atom *a = &p->atoms[i];
        *x++ = from + pen.width;
        if (a->kind == ATOM_SOFT_HYPHEN)
            move_over_hyphen(p, &pen, i);
        else if (a->kind != ATOM_TAB)
            pen_move(&pen, a);
        if (a->kind != ATOM_TAB)
            continue;
        shift_segment(p, segment, i + 1, pen_start(&pen) - from);
        struct stop stop = line_stop(p->t, p->m, a, pen_end(&pen));
        bool by_hand = stop.custom && stop.kind != TAB_LEFT;
        if (stop.pos <= p->m->right || by_hand)
            pen_tab(&pen, stop);
        from = known_start(&pen);
        segment = p->after_tab = i + 1;
    }
    shift_segment(p, segment, s->visible, pen_start(&pen) - from);
    p->end = pen_end(&pen);
}

static void set_hanging(struct placing *p) {
    fine x = p->end;
    for (size_t i = p->span->visible; i < p->span->end; i++) {
        p->xs[i - p->span->start] = x;
        x += p->atoms[i].width;
    }
    p->xs[p->span->end - p->span->start] = x;
}

static bool is_stretched(const struct placing *p) {
    enum jc jc = p->m->props->jc;
    if (p->span->shrunk || jc == JC_DISTRIBUTE)
        return true;
    if (jc != JC_BOTH)
        return false;
    return p->span->how == END_SOFT || (p->span->how == END_LINE_BREAK && !p->m->no_expand);
}

/* Whether there is a gap after the atom that is stretched. `distribute` moves letters apart as well
 * as words, but nothing after the last one (17.18.44). */
static bool is_gap(const struct placing *p, size_t i, bool distribute) {
    const struct atom *a = &p->atoms[i];
    if (!distribute)
        return a->kind == ATOM_SPACE;
    bool letter = a->kind <= ATOM_SPACE && a->width > 0;
    return letter && i + 1 < p->span->visible;
}

/* Shares the slack equally over the spaces after the last tab: the k-th gap of n ends at
 * slack * k / n, so the last word ends exactly at the edge. */
static void justify(struct placing *p) {
    bool distribute = p->m->props->jc == JC_DISTRIBUTE && !p->span->shrunk;
    fine slack = p->m->right - p->end, gaps = 0, k = 0, by = 0;
    for (size_t i = p->after_tab; i < p->span->visible; i++)
        gaps += is_gap(p, i, distribute);
    if (!gaps || (slack < 0 && !p->span->shrunk))
        return;
    for (size_t i = p->after_tab; i < p->span->visible; i++) {
        p->xs[i - p->span->start] += by;
        if (is_gap(p, i, distribute))
            by = slack * ++k / gaps;
    }
    p->end += slack;
}

static void align(struct placing *p) {
    fine slack = p->m->right - p->end;
    enum jc jc = p->m->props->jc;
    if (is_stretched(p))
        justify(p);
    else if (slack > 0 && (jc == JC_CENTER || jc == JC_RIGHT)) {
        fine by = jc == JC_CENTER ? slack / 2 : slack;
        shift_segment(p, p->span->start, p->span->visible, by);
        p->end += by;
    }
}

/* ---- pieces ---- */

static void find_pieces(struct placing *p) {
    struct text *t = p->t;
    t->pieces.n = 0;
    for (size_t i = p->span->start, end = p->span->end, stop = i; i < end;) {
        struct piece piece = {.start = i};
        uint32_t font = p->atoms[i].font;
        if (i >= stop)
            stop = t->bidi ? bidi_run_end(t, i, end) : end;
        for (; i < stop && p->atoms[i].font == font; i++)
            piece.kinds |= KIND(p->atoms[i].kind);
        piece.end = i;
        *VEC_PUSH(p->l->pool, &t->pieces) = piece;
    }
}

/* The end of the piece that atom `i` is in; `*piece` is it or one before. */
static size_t piece_end(const struct piece **piece, size_t i) {
    while ((*piece)->end <= i)
        ++*piece;
    return (*piece)->end;
}

/* ---- draws ---- */

static mpt x_at(const struct placing *p, size_t i) {
    return mpt_from_fine(clamp(p->lefts[i - p->span->start], -fine_from_mpt(8 * MAX_LENGTH),
                               fine_from_mpt(8 * MAX_LENGTH)));
}

/* Atoms [from, to) that run in one direction are seen from *x0 to *x1. */
static void extent(const struct placing *p, size_t from, size_t to, mpt *x0, mpt *x1) {
    bool backward = p->t->bidi && bidi_is_backward(p->t, from);
    *x0 = x_at(p, backward ? to - 1 : from);
    *x1 = mpt_from_fine(p->rights[(backward ? from : to - 1) - p->span->start]);
}

/* Whether atom `i` runs in the direction of the one before it. */
static bool runs_on(const struct placing *p, size_t i) {
    return !p->t->bidi || bidi_runs_on(p->t, i);
}

static bool is_backward(const struct placing *p, const struct atom *a) {
    return p->t->bidi && bidi_is_backward(p->t, (size_t)(a - p->atoms));
}

static bool continues(const struct placing *p, const struct font *f, mpt y, uint32_t tag) {
    const struct draw_text *t = p->open ? &p->open->as.text : NULL;
    return t && p->open->tag == tag && t->face == f->face && t->size == f->size &&
           t->scale == f->scale && t->color == f->color && t->y == y && t->thicken == f->thicken &&
           t->slanted == f->slanted && t->outline == f->props->outline &&
           t->shadow == f->props->shadow && t->look == f->props->look;
}

/* The text that what atom `a` prints goes on with, or a new one that begins at `x`. */
static struct draw_text *text_for(struct placing *p, const struct atom *a, mpt x) {
    const struct font *f = font_of(p, a);
    mpt y = font_baseline(p, f) - f->rise;
    uint32_t tag = tag_of(p, a);
    bool backward = is_backward(p, a);
    if (!continues(p, f, y, tag) || p->open->as.text.backward != backward) {
        p->open = push_draw(p, DRAW_TEXT);
        p->open->tag = tag;
        p->shadows += f->props->shadow || f->props->look;
        p->open->as.text = (struct draw_text){.x = x,
                                              .y = y,
                                              .face = f->face,
                                              .size = f->size,
                                              .scale = f->scale,
                                              .color = f->color,
                                              .thicken = f->thicken,
                                              .slanted = f->slanted,
                                              .outline = f->props->outline,
                                              .backward = backward,
                                              .shadow = f->props->shadow,
                                              .look = f->props->look,
                                              .glyphs = p->glyphs + p->glyph_count};
    }
    return &p->open->as.text;
}

static void add_glyph(struct placing *p, const struct atom *a, mpt x, uint32_t cp) {
    if (p->cells)
        x += mpt_from_fine(fit_lead(p->l, font_of(p, a), a));
    if (p->t->bidi)
        x += mpt_from_fine(bidi_shift(p->t, (size_t)(a - p->atoms)));
    struct draw_text *text = text_for(p, a, x);
    uint16_t id = a->kind == ATOM_TAB ? face_glyph(text->face, ' ') : a->glyph;
    p->glyphs[p->glyph_count++] = (struct glyph){id, cp, x - text->x};
    text->n++;
}

/* All the atoms of a piece, which are letters and spaces. */
static void add_glyphs(struct placing *p, const struct piece *piece) {
    struct draw_text *text = text_for(p, &p->atoms[piece->start], x_at(p, piece->start));
    struct glyph *to = p->glyphs + p->glyph_count;
    for (size_t i = piece->start; i < piece->end; i++) {
        const struct atom *a = &p->atoms[i];
        *to++ = (struct glyph){a->glyph, a->cp, x_at(p, i) - text->x};
    }
    size_t n = piece->end - piece->start;
    p->glyph_count += n;
    text->n += n;
}

/* A forced line end is a blank to a reader of the PDF, or the words on its two sides were one. */
static void add_blank(struct placing *p, mpt x) {
    struct draw_text *text = p->open ? &p->open->as.text : NULL;
    if (!text || text->glyphs[text->n - 1].cp == ' ')
        return;
    uint16_t id = face_glyph(text->face, ' ');
    if (!id)
        return;
    p->glyphs[p->glyph_count++] = (struct glyph){id, ' ', x - text->x};
    text->n++;
}

static uint32_t leader_char(enum tab_leader leader) {
    static const uint32_t chars[] = {
        [LEADER_NONE] = 0,         [LEADER_DOT] = '.',   [LEADER_HYPHEN] = '-',
        [LEADER_UNDERSCORE] = '_', [LEADER_HEAVY] = '_', [LEADER_MIDDLE_DOT] = 0xB7};
    return chars[leader];
}

/* Leaders are typed characters to a reader of the PDF, as many as there is room for, from where the
 * tab begins to where it ends. False: the tab
 * has none, or no room for it. */
static bool add_leader(struct placing *p, size_t i) {
    const struct atom *a = &p->atoms[i];
    const struct font *f = font_of(p, a);
    struct stop stop = line_stop(p->t, p->m, a, p->xs[i - p->span->start]);
    uint32_t cp = leader_char(stop.leader);
    uint16_t glyph = cp ? face_glyph(f->face, cp) : 0;
    fine advance = glyph ? text_advance(f, glyph) : 0;
    fine from = p->lefts[i - p->span->start], to = p->rights[i - p->span->start];
    if (advance <= 0 || to - from < advance)
        return false;
    bool heavy = stop.leader == LEADER_HEAVY;
    bool closed = heavy || stop.leader == LEADER_UNDERSCORE; /* a rule without gaps */
    size_t n = (size_t)smaller((to - from + (closed ? advance - 1 : 0)) / advance, 10000);
    struct glyph *glyphs = POOL_ARRAY(p->l->pool, struct glyph, n);
    fine x0 = n > 1 ? from : to - advance, free = to - from - advance;
    for (size_t k = 0; k < n; k++)
        glyphs[k] = (struct glyph){
            glyph, cp,
            n > 1 ? mpt_from_fine(from + free * (fine)k / (fine)(n - 1)) - mpt_from_fine(from) : 0};
    struct draw *d = push_draw(p, DRAW_TEXT);
    d->tag = 0;
    d->as.text = (struct draw_text){.x = mpt_from_fine(x0),
                                    .y = font_baseline(p, f) - f->rise,
                                    .face = f->face,
                                    .size = f->size,
                                    .scale = f->scale,
                                    .color = f->color,
                                    .thicken = heavy ? f->size / 25 : 0,
                                    .glyphs = glyphs,
                                    .n = n};
    p->open = NULL;
    return true;
}

static void add_picture(struct placing *p, size_t i) {
    const struct atom *a = &p->atoms[i];
    mpt height = picture_height(p, a);
    const struct picture *picture = p->t->para->items[a->object].picture;
    p->open = NULL;
    if (!picture)
        return; /* room for a shape that is drawn by its anchor */
    struct draw *d = push_draw(p, DRAW_PICTURE);
    d->tag = tag_figure(p->l, tag_of(p, a), picture->description);
    d->as.picture = (struct draw_picture){.x = x_at(p, i),
                                          .y = baseline_of(p, height, 0) - height,
                                          .width = mpt_from_fine(a->width),
                                          .height = height,
                                          .picture = picture};
}

static void add_formula(struct placing *p, size_t i) {
    const struct draw *part;
    const struct formula *formula = formula_of(p, &p->atoms[i]);
    mpt baseline = baseline_of(p, formula->ascent, formula->descent);
    p->open = NULL;
    VEC_EACH (part, &formula->draws) {
        struct draw *d = push_draw(p, part->kind);
        d->as = part->as;
        if (part->kind != DRAW_TEXT)
            d->tag = 0;
        draw_move(d, x_at(p, i), baseline);
    }
}

/* The footnote separator: 2 inches, its top 0.36 em above the baseline (measured in Word). */
static void add_rule(struct placing *p, size_t i) {
    const struct font *f = font_of(p, &p->atoms[i]);
    struct draw *d = push_draw(p, DRAW_RECT);
    d->tag = 0;
    d->as.rect = (struct draw_rect){.x = x_at(p, i),
                                    .y = p->ascent - (mpt)((int64_t)f->size * 36 / 100),
                                    .width = mpt_from_fine(p->atoms[i].width),
                                    .height = RULE_THICKNESS,
                                    .color = f->color};
    p->open = NULL;
}

static struct extras *extras(struct placing *p) {
    if (!p->strip->extras)
        p->strip->extras = POOL_NEW(p->l->pool, struct extras);
    return p->strip->extras;
}

static void add_anchor(struct placing *p, size_t i) {
    const struct shape *shape = p->t->para->items[p->atoms[i].object].shape;
    struct anchored *a = VEC_PUSH(p->l->pool, &extras(p)->anchors);
    *a = (struct anchored){.shape = shape, .x = x_at(p, i), .baseline = p->ascent};
    if (shape->kind == SHAPE_PICTURE && shape->picture)
        a->tag = tag_figure(p->l, p->l->tag, shape->picture->description);
    else if (shape->kind == SHAPE_CHART)
        a->tag = tag_figure(p->l, p->l->tag, shape->description);
}

static bool is_endnote(const struct placing *p, size_t note) {
    const struct document *d = p->l->document;
    return note < d->note_count && d->notes[note].endnote;
}

static void add_atom(struct placing *p, size_t i) {
    const struct atom *a = &p->atoms[i];
    switch ((enum atom_kind)a->kind) {
    case ATOM_CHAR:
    case ATOM_SPACE:
        add_glyph(p, a, x_at(p, i), a->cp);
        break;
    case ATOM_TAB:
        if (!add_leader(p, i))
            add_glyph(p, a, x_at(p, i), ' ');
        break;
    case ATOM_SOFT_HYPHEN:
        if (i + 1 == p->span->visible && ends_with_hyphen(p))
            add_glyph(p, a, x_at(p, i), a->cp);
        break;
    case ATOM_PICTURE:
        add_picture(p, i);
        break;
    case ATOM_FORMULA:
        add_formula(p, i);
        break;
    case ATOM_RULE:
        add_rule(p, i);
        break;
    case ATOM_SHAPE:
        add_anchor(p, i);
        break;
    case ATOM_NOTE:
        if (!is_endnote(p, a->object))
            *VEC_PUSH(p->l->pool, &extras(p)->notes) = a->object;
        break;
    case ATOM_FIELD:
        *VEC_PUSH(p->l->pool, &extras(p)->fields) = a->object;
        break;
    case ATOM_BOOKMARK:
        *VEC_PUSH(p->l->pool, &extras(p)->places) = p->t->para->items[a->object].text;
        break;
    case ATOM_LINE_BREAK:
        add_blank(p, x_at(p, i));
        break;
    case ATOM_PAGE_BREAK:
    case ATOM_GAP:
        break;
    }
}

/* Calls `decorate` for every stretch of atoms with the same run properties that `wanted` takes. */
static void each_stretch(struct placing *p, size_t end, bool (*wanted)(const struct run_props *),
                         void (*decorate)(struct layout *, const struct font *, mpt, mpt, mpt)) {
    const struct piece *piece = p->t->pieces.at;
    for (size_t i = p->span->start, next; i < end; i = next) {
        const struct font *f = font_of(p, &p->atoms[i]);
        bool words = f->props->underline == UNDERLINE_WORDS;
        bool is_wanted = wanted(f->props);
        mpt start, stop;
        next = is_wanted ? i + 1 : piece_end(&piece, i);
        if (!is_wanted || (words && p->atoms[i].kind == ATOM_SPACE && !f->props->strike))
            continue;
        while (next < end && runs_on(p, next) && font_of(p, &p->atoms[next])->props == f->props &&
               !(words && p->atoms[next].kind == ATOM_SPACE))
            next++;
        extent(p, i, next, &start, &stop);
        if (p->span->how != END_PARA && !p->t->bidi) /* hanging spaces are not seen in the margin */
            stop = (mpt)smaller(stop, mpt_from_fine(larger(p->end, p->m->right)));
        decorate(p->l, f, start, stop, font_baseline(p, f));
    }
}

static bool is_highlighted(const struct run_props *props) {
    return props->highlight >= 0;
}

/* By how much a mark is raised: to one height for all letters, but clear of the marks that many
 * letters of Vietnamese have themselves, above and below. */
static int64_t emphasis_raise(const struct font *f, const struct atom *a) {
    const struct face_box box = face_ink(f->face, a->glyph);
    int64_t size = f->size, top = size * box.top / f->upem, bottom = size * box.bottom / f->upem;
    switch (f->props->emphasis) {
    case EMPHASIS_UNDER_DOT:
        return smaller(-size / 5, bottom - size * 15 / 100);
    case EMPHASIS_CIRCLE: /* which stands high itself */
        return larger(size / 4, top - size * 40 / 100);
    default:
        return larger(size * 4 / 5, top + size / 20);
    }
}

/* Marks over or under every letter (17.3.2.12), the font's own, or another's if it has none. */
static void add_emphasis(struct placing *p, size_t i) {
    static const uint32_t marks[] = {[EMPHASIS_DOT] = '.',
                                     [EMPHASIS_COMMA] = ',',
                                     [EMPHASIS_CIRCLE] = 0xB0,
                                     [EMPHASIS_UNDER_DOT] = '.'};
    const struct atom *a = &p->atoms[i];
    const struct font *f = font_of(p, a);
    uint32_t cp = marks[f->props->emphasis];
    if (a->kind != ATOM_CHAR || a->width <= 0)
        return;
    struct glyph *one = POOL_NEW(p->l->pool, struct glyph);
    struct font marked = *f;
    marked.face = text_face_for(p->l, f->face, cp, &one->id);
    marked.upem = face_metrics(marked.face)->upem;
    one->cp = cp;
    mpt x0, x1;
    extent(p, i, i + 1, &x0, &x1);
    mpt middle = (x0 + x1) / 2;
    mpt width = mpt_from_fine(text_advance(&marked, one->id)) - f->spacing;
    struct draw *d = push_draw(p, DRAW_TEXT);
    d->tag = 0;
    d->as.text = (struct draw_text){.x = middle - width / 2,
                                    .y = font_baseline(p, f) - f->rise - (mpt)emphasis_raise(f, a),
                                    .face = marked.face,
                                    .size = f->size,
                                    .scale = f->scale,
                                    .color = f->color,
                                    .glyphs = one,
                                    .n = 1};
}

static void add_emphases(struct placing *p) {
    const struct piece *piece;
    VEC_EACH (piece, &p->t->pieces)
        if (font_of(p, &p->atoms[piece->start])->props->emphasis)
            for (size_t i = piece->start; i < piece->end && i < p->span->visible; i++)
                add_emphasis(p, i);
}

/* Boxes around runs (17.3.2.4): neighbours with the same border share one. */
static void add_boxes(struct placing *p) {
    const struct piece *piece = p->t->pieces.at;
    for (size_t i = p->span->start, next; i < p->span->visible; i = next) {
        const struct font *f = font_of(p, &p->atoms[i]);
        mpt ascent = f->ascent, descent = f->descent;
        next = piece_end(&piece, i);
        if (f->props->border.width <= 0)
            continue;
        for (; next < p->span->visible && runs_on(p, next); next++) {
            const struct font *g = font_of(p, &p->atoms[next]);
            if (!border_same(&f->props->border, &g->props->border))
                break;
            ascent = (mpt)larger(ascent, g->ascent);
            descent = (mpt)larger(descent, g->descent);
        }
        mpt x, end, baseline = font_baseline(p, f);
        extent(p, i, next, &x, &end);
        decor_box(p->l, &f->props->border, x, end, baseline - ascent, baseline + descent);
    }
}

static bool is_decorated(const struct run_props *props) {
    return props->underline != UNDERLINE_NONE || props->strike || props->double_strike;
}

/* ---- links and slots ---- */

static const char *link_of(const struct font *font) {
    return font->link;
}

static const char *slot_of(const struct font *font) {
    return font->slot;
}

struct stretch {
    mpt x, y, width, height;
    const char *mark; /* NULL: the line has no more */
    uint32_t tag;     /* of a link */
};

/* The next stretch of the line, from atom *at on, inside one hyperlink or one slot. */
static struct stretch next_stretch(const struct placing *p, size_t *at, const struct piece **piece,
                                   const char *(*mark_of)(const struct font *)) {
    while (*at < p->span->visible) {
        const struct font *f = font_of(p, &p->atoms[*at]);
        const char *mark = mark_of(f);
        size_t next = (size_t)smaller((int64_t)piece_end(piece, *at), (int64_t)p->span->visible);
        if (!mark) {
            *at = next;
            continue;
        }
        while (next < p->span->visible && runs_on(p, next) &&
               same_mark(mark_of(font_of(p, &p->atoms[next])), mark))
            next++;
        mpt x, end;
        extent(p, *at, next, &x, &end);
        *at = next;
        if (end > x)
            return (struct stretch){x,       font_baseline(p, f) - f->ascent,
                                    end - x, f->ascent + f->descent,
                                    mark,    f->link_tag};
    }
    return (struct stretch){0};
}

static void add_stretches(struct placing *p) {
    struct stretch s;
    const struct piece *piece = p->t->pieces.at;
    for (size_t at = p->span->start; (s = next_stretch(p, &at, &piece, link_of)).mark;)
        *VEC_PUSH(p->l->pool, &extras(p)->links) =
            (struct page_link){s.x, s.y, s.width, s.height, s.mark, s.tag};
    piece = p->t->pieces.at;
    for (size_t at = p->span->start; (s = next_stretch(p, &at, &piece, slot_of)).mark;)
        *VEC_PUSH(p->l->pool, &extras(p)->slots) =
            (struct page_slot){s.x, s.y, s.width, s.height, s.mark};
}

static void draw_line(struct placing *p) {
    const struct span *s = p->span;
    p->t->draws.n = 0;
    p->glyphs = POOL_ARRAY(p->l->pool, struct glyph, s->end - s->start);
    each_stretch(p, s->visible, is_highlighted, decor_highlight);
    const struct piece *piece;
    VEC_EACH (piece, &p->t->pieces)
        if (!(piece->kinds & ~(unsigned)LETTERS) && !p->cells && !p->t->bidi)
            add_glyphs(p, piece);
        else
            for (size_t i = piece->start; i < piece->end; i++)
                add_atom(p, i);
    if (p->shadows)
        decor_shadows(p->l);
    /* trailing spaces hang undecorated, except at the end of a paragraph or where all are asked for
     */
    bool all = s->how == END_PARA || (p->l->document->compat & COMPAT_UNDERLINE_TRAILING_SPACES);
    each_stretch(p, all ? s->end : s->visible, is_decorated, decor_text);
    add_emphases(p);
    add_boxes(p);
    add_stretches(p);
}

mpt line_height(struct layout *l, const struct measure *m, const struct span *span, bool last) {
    struct strip strip = {0};
    struct placing p = {
        .l = l, .t = l->text, .m = m, .span = span, .atoms = l->text->atoms.at, .strip = &strip};
    find_pieces(&p);
    heights_measure(&p, last);
    heights_settle(&p, false);
    return strip.height;
}

/* Where atoms are seen is where they are read, unless they run in two directions. */
static void set_seen(struct placing *p, fine *spare) {
    size_t n = p->span->end - p->span->start;
    p->lefts = p->xs;
    p->rights = p->xs + 1;
    if (!p->t->bidi)
        return;
    bidi_place(p->t, p->span, p->xs, p->m->turn, spare, spare + n);
    p->lefts = spare;
    p->rights = spare + n;
}

static fine *room_for(struct layout *l, size_t n) {
    struct text *t = l->text;
    if (t->xs.cap < n) {
        t->xs.cap = n * 2;
        t->xs.at = POOL_ARRAY(l->pool, fine, t->xs.cap);
    }
    return t->xs.at;
}

struct strip line_place(struct layout *l, const struct measure *m, const struct span *span,
                        bool first, bool last) {
    struct text *t = l->text;
    struct strip strip = {0};
    struct placing p = {.l = l,
                        .t = t,
                        .m = m,
                        .span = span,
                        .atoms = t->atoms.at,
                        .after_tab = span->start,
                        .cells = l->frame.section && l->frame.section->char_cells,
                        .strip = &strip};
    size_t n = span->end - span->start + 1;
    p.xs = room_for(l, t->bidi ? 3 * n : n);
    set_natural(&p);
    align(&p);
    set_hanging(&p);
    set_seen(&p, p.xs + n);
    find_pieces(&p);
    heights_measure(&p, last);
    heights_settle(&p, first && last && span->visible == span->start);
    draw_line(&p);
    strip.draw_count = t->draws.n;
    return strip;
}
