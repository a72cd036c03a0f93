/* pages as text, for --dump=pages and golden tests: the same on every machine. */
#include "base/utf8.h"
#include "layout/page.h"

/* A length in points with three decimals. */
static void put_pt(struct buf *out, mpt value) {
    int64_t v = value < 0 ? -(int64_t)value : value;
    buf_printf(out, "%s%lld.%03d", value < 0 ? "-" : "", (long long)(v / 1000), (int)(v % 1000));
}

static void put_point(struct buf *out, const char *label, mpt x, mpt y) {
    buf_printf(out, " %s", label);
    put_pt(out, x);
    buf_putc(out, ',');
    put_pt(out, y);
}

static void put_length(struct buf *out, const char *label, mpt value) {
    buf_printf(out, " %s", label);
    put_pt(out, value);
}

static void put_quoted(struct buf *out, const struct draw_text *t) {
    buf_puts(out, " \"");
    for (size_t i = 0; i < t->n; i++) {
        char utf8[4];
        uint32_t cp = t->glyphs[i].cp;
        if (cp == '"' || cp == '\\')
            buf_putc(out, '\\');
        buf_append(out, utf8, utf8_put(utf8, cp));
    }
    buf_putc(out, '"');
}

static mpt text_end(const struct draw_text *t) {
    if (!t->n)
        return t->x;
    const struct glyph *last = &t->glyphs[t->n - 1];
    int64_t advance = face_advance(t->face, last->id);
    int upem = face_metrics(t->face)->upem;
    return t->x + last->x + (mpt)((advance * t->size * t->scale / 50 / upem + 1) / 2);
}

/* text x..end at y, face, size; scale and colour where they are not the usual ones. */
static void put_text(struct buf *out, const struct draw_text *t) {
    buf_puts(out, "text");
    put_point(out, "at ", t->x, t->y);
    put_length(out, "to ", text_end(t));
    buf_printf(out, " %s", face_postscript_name(t->face));
    put_length(out, "", t->size);
    if (t->scale != 100)
        buf_printf(out, " scale %d", t->scale);
    if (t->thicken)
        put_length(out, "thicken ", t->thicken);
    buf_puts(out, t->slanted ? " slanted" : "");
    buf_puts(out, t->outline ? " outline" : "");
    buf_puts(out, t->unseen ? " unseen" : "");
    buf_puts(out, t->backward ? " backward" : "");
    if (t->color)
        buf_printf(out, " #%06X", (unsigned)t->color);
    put_quoted(out, t);
}

static void put_line(struct buf *out, const struct draw_line *line) {
    buf_puts(out, "line");
    put_point(out, "from ", line->x0, line->y0);
    put_point(out, "to ", line->x1, line->y1);
    put_length(out, "width ", line->width);
    buf_printf(out, " #%06X", (unsigned)line->color);
    if (line->dash)
        put_length(out, "dash ", line->dash);
    if (line->gap)
        put_length(out, "gap ", line->gap);
    if (line->dots)
        buf_printf(out, " dots %d", line->dots);
    if (line->wave)
        put_length(out, "wave ", line->wave);
}

static void put_rect(struct buf *out, const struct draw_rect *rect) {
    buf_puts(out, "rect");
    put_point(out, "at ", rect->x, rect->y);
    put_point(out, "size ", rect->width, rect->height);
    if (rect->stroke)
        put_length(out, "stroke ", rect->stroke);
    buf_printf(out, " #%06X", (unsigned)rect->color);
}

static void put_picture(struct buf *out, const struct draw_picture *picture) {
    buf_puts(out, "picture");
    put_point(out, "at ", picture->x, picture->y);
    put_point(out, "size ", picture->width, picture->height);
    if (picture->picture && picture->picture->part)
        buf_printf(out, " %s", picture->picture->part);
}

static void put_texture(struct buf *out, const struct texture *t) {
    static const char *const kinds[] = {"linear", "radial", "pattern", "picture"};
    buf_printf(out, " %s", kinds[t->kind]);
    for (size_t i = 0; i < t->stop_count; i++)
        buf_printf(out, " %d:#%06X", (int)t->stops[i].at, (unsigned)t->stops[i].color);
}

static void put_steps(struct buf *out, const struct path *path) {
    for (size_t i = 0; i < path->n; i++) {
        const struct path_step *step = &path->steps[i];
        int points = step->verb == PATH_CURVE ? 3 : step->verb == PATH_CLOSE ? 0 : 1;
        static const char verbs[] = {
            [PATH_MOVE] = 'M', [PATH_LINE] = 'L', [PATH_CURVE] = 'C', [PATH_CLOSE] = 'Z'};
        buf_printf(out, " %c", verbs[step->verb]);
        for (int k = 0; k < points; k++)
            put_point(out, "", step->x[k], step->y[k]);
    }
}

static void put_path(struct buf *out, const struct draw_path *path) {
    buf_puts(out, "path");
    put_point(out, "at ", path->x, path->y);
    if (path->fill >= 0)
        buf_printf(out, " fill #%06X", (unsigned)path->fill);
    if (path->texture)
        put_texture(out, path->texture);
    if (path->stroke) {
        put_length(out, "stroke ", path->stroke);
        buf_printf(out, " #%06X", (unsigned)path->color);
    }
    if (path->blur)
        put_length(out, "blur ", path->blur);
    put_steps(out, path->path);
}

static void put_turn(struct buf *out, const struct draw_turn *turn) {
    buf_puts(out, "turn");
    put_point(out, "about ", turn->x, turn->y);
    for (int i = 0; i < 4; i++)
        buf_printf(out, " %ld", (long)turn->m[i]);
    if (turn->clear)
        buf_printf(out, " clear %d", turn->clear);
}

static void put_clip(struct buf *out, const struct draw_clip *draw) {
    buf_puts(out, "clip");
    put_point(out, "at ", draw->x, draw->y);
    for (const struct clip *c = draw->clip; c; c = c->outer) {
        buf_puts(out, c->path->winding ? " within (winding)" : " within");
        put_steps(out, c->path);
    }
}

static void put_draw(struct buf *out, const struct draw *draw) {
    switch (draw->kind) {
    case DRAW_TEXT:
        put_text(out, &draw->as.text);
        break;
    case DRAW_LINE:
        put_line(out, &draw->as.line);
        break;
    case DRAW_RECT:
        put_rect(out, &draw->as.rect);
        break;
    case DRAW_PICTURE:
        put_picture(out, &draw->as.picture);
        break;
    case DRAW_PATH:
        put_path(out, &draw->as.path);
        break;
    case DRAW_TURN:
        put_turn(out, &draw->as.turn);
        break;
    case DRAW_CLIP:
        put_clip(out, &draw->as.clip);
        break;
    case DRAW_BACK:
        buf_puts(out, "back");
        break;
    }
    buf_putc(out, '\n');
}

static void put_links(struct buf *out, const struct page *page) {
    const struct page_link *link;
    VEC_EACH (link, &page->links) {
        buf_puts(out, "link");
        put_point(out, "at ", link->x, link->y);
        put_point(out, "size ", link->width, link->height);
        buf_printf(out, " %s\n", link->uri);
    }
}

static void put_slots(struct buf *out, const struct page *page) {
    const struct page_slot *slot;
    VEC_EACH (slot, &page->slots) {
        buf_puts(out, "slot");
        put_point(out, "at ", slot->x, slot->y);
        put_point(out, "size ", slot->width, slot->height);
        buf_printf(out, " %s\n", slot->name);
    }
}

static void put_place(struct buf *out, const struct page_place *place) {
    if (place->level)
        buf_printf(out, "heading %d", place->level);
    else
        buf_puts(out, "bookmark");
    buf_printf(out, " page %zu", place->page + 1);
    put_length(out, "at ", place->y);
    buf_printf(out, " %s\n", place->name);
}

void pages_dump(const struct pages *pages, struct buf *out) {
    const struct page *page;
    const struct draw *draw;
    VEC_EACH (page, &pages->at) {
        buf_printf(out, "page %d number %d", (int)(page - pages->at.at) + 1, page->number);
        put_point(out, "size ", page->width, page->height);
        buf_putc(out, '\n');
        VEC_EACH (draw, &page->draws)
            put_draw(out, draw);
        put_links(out, page);
        put_slots(out, page);
    }
    const struct page_place *place;
    VEC_EACH (place, &pages->places)
        put_place(out, place);
    VEC_EACH (place, &pages->outline)
        put_place(out, place);
}
