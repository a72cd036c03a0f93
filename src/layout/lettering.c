#include "layout/lettering.h"

#include "base/angle.h"
#include "base/utf8.h"

#include <string.h>

static struct flow *line_of(struct layout *l, const struct run_props *props, const char *text) {
    static const struct para_props plain = {.line = 240, .shade = -1, .outline_level = -1};
    struct block *block = POOL_NEW(l->pool, struct block);
    struct para *para = POOL_NEW(l->pool, struct para);
    struct inline_item *item = POOL_NEW(l->pool, struct inline_item);
    *item = (struct inline_item){.kind = INLINE_TEXT, .props = props, .text = text};
    *para = (struct para){.props = &plain, .mark = props, .items = item, .item_count = 1};
    *block = (struct block){.kind = WML_PARA, .para = para};
    return flow_build(l, block, MAX_LENGTH, IN_BOX);
}

static const struct draw_text *first_text(const struct flow *story) {
    const struct strip *s = story && story->strips.n ? &story->strips.at[0] : NULL;
    for (size_t i = 0; s && i < s->draw_count; i++)
        if (s->draws[i].kind == DRAW_TEXT && s->draws[i].as.text.n)
            return &s->draws[i].as.text;
    return NULL;
}

/* In font units; one at least. */
static int64_t cell_height(const struct face *face) {
    const struct face_metrics *m = face_metrics(face);
    return larger((int64_t)m->ascent + m->descent, 1);
}

/* The mean of small letters and the blank, weighted by how often they come (OpenType, OS/2
 * xAvgCharWidth, version 2), in 1/1000 font units. */
static int64_t mean_width(const struct face *face) {
    static const char letters[] = "abcdefghijklmnopqrstuvwxyz ";
    static const uint8_t weights[] = {64, 14, 27, 35, 100, 20, 14, 42, 63, 3, 6,  35, 20, 56,
                                      56, 17, 4,  49, 56,  71, 31, 10, 18, 3, 18, 2,  166};
    int64_t sum = 0;
    for (size_t i = 0; letters[i]; i++)
        sum += (int64_t)weights[i] * face_char(face, (uint32_t)letters[i]).advance;
    return larger(sum, 1);
}

struct flow *lettering_open(struct layout *l, const struct lettering *t) {
    struct flow *story = line_of(l, t->props, t->text);
    const struct draw_text *text = first_text(story);
    if ((!t->cell && !t->letter_width) || !text)
        return story;
    struct run_props *props = POOL_NEW(l->pool, struct run_props);
    *props = *t->props;
    int64_t upem = larger(face_metrics(text->face)->upem, 1);
    if (t->cell)
        props->size = length(larger(props->size * upem / cell_height(text->face), 500));
    if (t->letter_width)
        props->scale = (int)clamp((int64_t)t->letter_width * 100 * 1000 * upem / props->size /
                                      mean_width(text->face),
                                  1, 600);
    return line_of(l, props, t->text);
}

/* ---- how wide it is ---- */

static int64_t advance(const struct draw_text *t, uint16_t glyph) {
    int64_t upem = larger(face_metrics(t->face)->upem, 1);
    return face_advance(t->face, glyph) * (int64_t)t->size / upem *
           (t->scale > 0 ? t->scale : 100) / 100;
}

/* Of a line that has its letters' own widths; blanks at its end count. */
static int64_t own_width(const struct lettering *t, const struct strip *s) {
    int64_t end = 0;
    const struct draw_text *last = NULL;
    for (size_t i = 0; i < s->draw_count; i++) {
        const struct draw_text *d = &s->draws[i].as.text;
        if (s->draws[i].kind != DRAW_TEXT || !d->n)
            continue;
        last = d;
        end =
            larger(end, (int64_t)d->x + d->glyphs[d->n - 1].x + advance(d, d->glyphs[d->n - 1].id));
    }
    for (size_t n = strlen(t->text); last && n && t->text[n - 1] == ' '; n--)
        end += advance(last, face_glyph(last->face, ' '));
    return end;
}

static int64_t width_of(const struct lettering *t, const struct flow *story) {
    int64_t width = 0;
    for (size_t i = 0; t->steps && i < t->step_count; i++)
        width += t->steps[i][0];
    return t->steps ? width : own_width(t, &story->strips.at[0]);
}

/* ---- letter by letter ---- */

struct pen { /* before the character `at` of the text */
    const struct lettering *text;
    const char *at, *end;
    size_t i;
    int64_t x, y; /* from the point the line begins at */
};

static void step(struct pen *pen) {
    utf8_next(&pen->at, pen->end);
    if (pen->i < pen->text->step_count) {
        pen->x += pen->text->steps[pen->i][0];
        pen->y += pen->text->steps[pen->i][1];
    }
    pen->i++;
}

/* To the next such character; what is drawn of the text is less than it, never in other order. */
static void go_to(struct pen *pen, uint32_t cp) {
    for (const char *p = pen->at; p < pen->end;) {
        const char *from = p;
        if (utf8_next(&p, pen->end) != cp)
            continue;
        while (pen->at < from)
            step(pen);
        return;
    }
}

/* The draw again, its glyphs on the pen's way: a draw for each height. */
static void put_stepped(struct layout *l, struct pen *pen, const struct draw *draw, int64_t x,
                        int64_t base) {
    const struct draw_text *t = &draw->as.text;
    struct glyph *glyphs = POOL_ARRAY(l->pool, struct glyph, t->n);
    size_t from = 0;
    struct draw_text part = *t;
    for (size_t i = 0; i < t->n; i++) {
        go_to(pen, t->glyphs[i].cp);
        mpt at_x = coordinate(x + pen->x), at_y = coordinate(base + pen->y);
        if (i == from || at_y != part.y) {
            from = i;
            part = *t;
            part.x = at_x;
            part.y = at_y;
            part.n = 0;
            part.glyphs = glyphs + i;
            struct draw *d = page_push(l, DRAW_TEXT);
            d->tag = l->repeating ? 0 : draw->tag;
        }
        glyphs[i] = t->glyphs[i];
        glyphs[i].x = coordinate((int64_t)at_x - part.x);
        part.n++;
        struct page *page = l->frame.page;
        page->draws.at[page->draws.n - 1].as.text = part;
        step(pen);
    }
}

/* A line under or through the letters is as long as they go. */
static void put_other(struct layout *l, const struct lettering *t, const struct draw *draw,
                      int64_t x, int64_t y, int64_t width) {
    struct draw *d = page_push(l, draw->kind);
    *d = *draw;
    d->tag = l->repeating ? 0 : d->tag;
    draw_move(d, coordinate(x), coordinate(y));
    if (t->steps && d->kind == DRAW_LINE) {
        d->as.line.x0 = coordinate(x);
        d->as.line.x1 = coordinate(x + width);
    }
}

static void put_ground(struct layout *l, const struct lettering *t, int64_t x, int64_t base,
                       int64_t width, const struct draw_text *text) {
    const struct face_metrics *m = face_metrics(text->face);
    int64_t upem = larger(m->upem, 1), above = (int64_t)m->ascent * text->size / upem;
    if (t->ground < 0 || width <= 0)
        return;
    page_push(l, DRAW_RECT)->as.rect =
        (struct draw_rect){.x = coordinate(x),
                           .y = coordinate(base - above),
                           .width = length(width),
                           .height = length(cell_height(text->face) * text->size / upem),
                           .color = (uint32_t)t->ground};
}

static int64_t baseline(const struct lettering *t, int64_t y, const struct draw_text *text) {
    const struct face_metrics *m = face_metrics(text->face);
    int64_t upem = larger(m->upem, 1);
    if (t->down == LETTERING_BELOW)
        return y + (int64_t)m->ascent * text->size / upem;
    return t->down == LETTERING_ABOVE ? y - (int64_t)m->descent * text->size / upem : y;
}

void lettering_emit(struct layout *l, const struct lettering *t, const struct flow *story,
                    const struct box *box) {
    static const int64_t whole[2] = {SINE_ONE, SINE_ONE};
    const struct draw_text *text = first_text(story);
    bool goes_on = t->after && l->lettering == t->after;
    int64_t x = goes_on ? l->lettering_end : box->x + t->x, y = box->y + t->y;
    l->lettering = t;
    l->lettering_end = x;
    if (!text)
        return;
    int64_t width = width_of(t, story);
    l->lettering_end = x + width;
    const struct box point = {x, y, 0, 0};
    struct turn begun = turn_begin(l, &point, whole, t->angle, 0);
    if (t->across != LETTERING_FROM)
        x -= t->across == LETTERING_AROUND ? width / 2 : width;
    int64_t base = baseline(t, y, text);
    put_ground(l, t, x, base, width, text);
    struct pen pen = {.text = t, .at = t->text, .end = t->text + strlen(t->text)};
    const struct strip *s = &story->strips.at[0];
    for (size_t i = 0; i < s->draw_count; i++)
        if (t->steps && s->draws[i].kind == DRAW_TEXT)
            put_stepped(l, &pen, &s->draws[i], x, base);
        else
            put_other(l, t, &s->draws[i], x, base - text->y, width);
    turn_end(l, begun);
}
