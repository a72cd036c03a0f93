/* Lines of text and horizontal strokes as they are laid out on the pages. */
#include "check/view.h"
#include "base/utf8.h"
#include "check/words.h"

#include <stdlib.h>
#include <string.h>

struct placer {
    struct view *view;
    size_t page;
    struct buf text; /* of the line in hand */
    mpt x0, x1, y;
    const struct draw_text *run; /* of the glyph that was put last */
    const struct glyph *last;
    bool open;
};

enum { THICKEST = 3000, SHORTEST = 10000 };

static void add_stroke(struct placer *p, mpt x0, mpt x1, mpt y, bool dashed) {
    if (abs(x1 - x0) < SHORTEST)
        return;
    *VEC_PUSH(p->view->pool, &p->view->placed) = (struct placed){.page = p->page,
                                                                 .x0 = x0 < x1 ? x0 : x1,
                                                                 .x1 = x0 < x1 ? x1 : x0,
                                                                 .y = y,
                                                                 .dashed = dashed};
}

/* A row of underscores or dashes is a stroke typed. */
static bool is_typed_stroke(const char *squashed) {
    static const char *const signs[] = {"_", "—", "─", "―", "-"};
    for (size_t i = 0; i < sizeof signs / sizeof *signs; i++) {
        const char *s = squashed;
        while (starts_with(s, signs[i]))
            s += strlen(signs[i]);
        if (!*s && s > squashed)
            return true;
    }
    return false;
}

static mpt glyph_width(const struct draw_text *text, const struct glyph *glyph) {
    int64_t width = (int64_t)face_advance(text->face, glyph->id) * text->size * text->scale;
    return (mpt)(width / face_metrics(text->face)->upem / 100);
}

/* Where the glyph that was put last ends: asked only where a gap can be, for each glyph it is slow.
 */
static void find_end(struct placer *p) {
    p->x1 = p->run->x + p->last->x + glyph_width(p->run, p->last);
}

static void close_line(struct placer *p) {
    if (!p->open)
        return;
    p->open = false;
    find_end(p);
    if (is_typed_stroke(buf_text(&p->text))) {
        add_stroke(p, p->x0, p->x1, p->y, false);
    } else {
        struct placed *placed = VEC_PUSH(p->view->pool, &p->view->placed);
        *placed = (struct placed){.page = p->page, .x0 = p->x0, .x1 = p->x1, .y = p->y};
        placed->text = pool_strndup(p->view->pool, buf_text(&p->text), p->text.len);
    }
    buf_clear(&p->text);
}

/* A glyph is as wide as nothing or more, so what is near where the last one begins is near its end.
 */
static bool is_elsewhere(struct placer *p, const struct draw_text *text, mpt x) {
    if (abs(text->y - p->y) > 500 || x < p->x0)
        return true;
    if (x - p->run->x - p->last->x <= 2 * text->size)
        return false;
    find_end(p);
    return x - p->x1 > 2 * text->size;
}

static bool is_blank(uint32_t cp) {
    return cp == ' ' || cp == 0xA0;
}

static void end_at(struct buf *buf, char *to) {
    *to = '\0';
    buf->len = (size_t)(to - buf->data);
}

/* Text goes on the line in hand if it stands on its baseline, a word space away at most. Within a
 * word nothing else is possible. */
static void add_text(struct placer *p, const struct draw_text *text) {
    bool word = false;
    char *to = buf_reserve(&p->text, text->n * 4);
    for (size_t i = 0; i < text->n; i++) {
        const struct glyph *glyph = &text->glyphs[i];
        bool before = word;
        word = !is_blank(glyph->cp);
        if (!word)
            continue;
        mpt x = text->x + glyph->x;
        if (p->open && !before && is_elsewhere(p, text, x)) {
            end_at(&p->text, to);
            close_line(p);
            to = buf_reserve(&p->text, (text->n - i) * 4);
        }
        if (!p->open) {
            p->x0 = x;
            p->y = text->y;
            p->open = true;
        }
        if (glyph->cp < 0x80)
            *to++ = (char)glyph->cp;
        else
            to += utf8_put(to, glyph->cp);
        p->run = text;
        p->last = glyph;
    }
    end_at(&p->text, to);
}

static void add_draw(struct placer *p, const struct draw *draw) {
    const struct draw_line *line = &draw->as.line;
    const struct draw_rect *rect = &draw->as.rect;
    if (draw->kind == DRAW_TEXT)
        add_text(p, &draw->as.text);
    else if (draw->kind == DRAW_LINE && abs(line->y1 - line->y0) < 1000)
        add_stroke(p, line->x0, line->x1, line->y0, line->dash > 0);
    else if (draw->kind == DRAW_RECT && rect->height < THICKEST)
        add_stroke(p, rect->x, rect->x + rect->width, rect->y + rect->height / 2, false);
}

void place_lines(struct view *view) {
    struct placer p = {.view = view};
    for (p.page = 0; p.page < view->pages->at.n; p.page++) {
        const struct draw *draw;
        VEC_EACH (draw, &view->pages->at.at[p.page].draws)
            add_draw(&p, draw);
        close_line(&p);
    }
    buf_free(&p.text);
}

const char *placed_squashed(const struct view *view, struct placed *placed) {
    if (!placed->squashed)
        placed->squashed = squash(view->pool, placed->text);
    return placed->squashed;
}

/* ---- pages ---- */

/* Is it the line, or how it begins? What is short must be all of it. */
static bool is_beginning(const char *text, const char *placed) {
    enum { SHORT = 12 };
    size_t n = strlen(placed);
    return strncmp(text, placed, n) == 0 && (!text[n] || n >= SHORT);
}

/* Lines stand on the pages in nearly the order of the document: each is looked for a little way on
 * from the one before; one that is not found stands where that does. */
static const int *find_pages(struct view *view) {
    enum { FAR = 200 };
    int *pages = POOL_ARRAY(view->pool, int, view->lines.n + 1), page = 1;
    size_t from = 0;
    for (size_t i = 0; i < view->lines.n; i++) {
        const char *text = squash(view->pool, view->lines.at[i].text);
        for (size_t k = from; k < view->placed.n && k < from + FAR; k++) {
            struct placed *placed = &view->placed.at[k];
            if (!placed->text || !is_beginning(text, placed_squashed(view, placed)))
                continue;
            page = (int)placed->page + 1;
            from = k + 1;
            break;
        }
        pages[i] = page;
    }
    return pages;
}

int view_page(struct view *view, const struct line *line) {
    if (!view->pages)
        return 0;
    if (line->element == ELEMENT_HEADER || line->element == ELEMENT_FOOTER)
        return line->first_page ? 1 : 0;
    if (!view->line_pages)
        view->line_pages = find_pages(view);
    return view->line_pages[view_index(view, line)];
}
