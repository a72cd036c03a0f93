/* content: see content.h. A state operator is written only when the state changes. */
#include "pdf/content_parts.h"

#include <stdlib.h>

/* ---- numbers and states ---- */

void content_number(struct writer *w, int64_t milli) {
    buf_put_milli(w->out, milli);
    buf_putc(w->out, ' ');
}

int64_t content_from_bottom(const struct writer *w, int64_t y) {
    return (int64_t)w->page->height - y;
}

static void put_component(struct writer *w, uint32_t color, int shift) {
    content_number(w, ((int64_t)(color >> shift & 0xFF) * 1000 + 127) / 255);
}

void content_color(struct writer *w, int64_t *current, uint32_t color, bool fill) {
    color &= 0xFFFFFF;
    if (*current == (int64_t)color)
        return;
    *current = color;
    put_component(w, color, 16);
    if (color >> 16 == (color & 0xFF) && color >> 16 == (color >> 8 & 0xFF)) {
        buf_puts(w->out, fill ? "g\n" : "G\n");
        return;
    }
    put_component(w, color, 8);
    put_component(w, color, 0);
    buf_puts(w->out, fill ? "rg\n" : "RG\n");
}

static struct dashes dashes_of(const struct draw_line *line) {
    if (line->dash <= 0)
        return solid;
    return (struct dashes){line->dash, line->gap > 0 ? line->gap : line->dash,
                           line->dots ? line->width : 0, line->dots};
}

static void put_dashes(struct writer *w, const struct dashes *d) {
    buf_putc(w->out, '[');
    if (d->dash)
        buf_put_milli(w->out, d->dash);
    if (d->dots || d->gap != d->dash) {
        buf_putc(w->out, ' ');
        buf_put_milli(w->out, d->gap);
    }
    for (int i = 0; i < d->dots; i++) {
        buf_putc(w->out, ' ');
        content_number(w, d->dot);
        buf_put_milli(w->out, d->gap);
    }
    buf_puts(w->out, "]0 d\n");
}

static bool same_dashes(const struct dashes *a, const struct dashes *b) {
    return a->dash == b->dash && a->gap == b->gap && a->dots == b->dots && a->dot == b->dot;
}

void content_line(struct writer *w, int64_t width, struct dashes dashes) {
    if (w->state.line_width != width) {
        w->state.line_width = width;
        content_number(w, width);
        buf_puts(w->out, "w\n");
    }
    if (same_dashes(&w->state.dashes, &dashes))
        return;
    w->state.dashes = dashes;
    put_dashes(w, &dashes);
}
/* ---- the rest ---- */

enum { MAX_TURNS = 4000 };

/* The turns of a wave along an upright or level line. */
static void put_zigzag(struct writer *w, const struct draw_line *line) {
    int64_t dx = (int64_t)line->x1 - line->x0, dy = (int64_t)line->y1 - line->y0;
    int64_t length = dx > 0 ? dx : dx < 0 ? -dx : dy < 0 ? -dy : dy;
    int64_t turns = length / (2 * (int64_t)line->wave);
    turns = turns > MAX_TURNS ? MAX_TURNS : turns;
    for (int64_t i = 0; i < turns; i++) {
        int64_t by = i % 2 ? line->wave : -line->wave;
        int64_t x = line->x0 + dx * (2 * i + 1) / (2 * turns) + (dx ? 0 : by);
        int64_t y = line->y0 + dy * (2 * i + 1) / (2 * turns) + (dx ? by : 0);
        content_number(w, x);
        content_number(w, content_from_bottom(w, y));
        buf_puts(w->out, "l ");
    }
}

static void put_line(struct writer *w, const struct draw_line *line) {
    content_end_text(w);
    content_color(w, &w->state.stroke_color, line->color, false);
    content_line(w, line->width > 0 ? line->width : 0, dashes_of(line));
    content_number(w, line->x0);
    content_number(w, content_from_bottom(w, line->y0));
    buf_puts(w->out, "m ");
    if (line->wave > 0)
        put_zigzag(w, line);
    content_number(w, line->x1);
    content_number(w, content_from_bottom(w, line->y1));
    buf_puts(w->out, "l S\n");
}

static void put_rect(struct writer *w, const struct draw_rect *rect) {
    content_end_text(w);
    if (rect->stroke > 0) {
        content_color(w, &w->state.stroke_color, rect->color, false);
        content_line(w, rect->stroke, solid);
    } else {
        content_color(w, &w->state.fill, rect->color, true);
    }
    content_number(w, rect->x);
    content_number(w, content_from_bottom(w, (int64_t)rect->y + rect->height));
    content_number(w, rect->width);
    content_number(w, rect->height);
    buf_puts(w->out, rect->stroke > 0 ? "re S\n" : "re f\n");
}

static void put_frame(struct writer *w, const struct draw_picture *draw) {
    enum { THIN = 500, GREY = 0x999999 };
    put_rect(w, &(struct draw_rect){.x = draw->x,
                                    .y = draw->y,
                                    .width = draw->width,
                                    .height = draw->height,
                                    .stroke = THIN,
                                    .color = GREY});
}

/* The image lies over (x, y, width, height), y from the bottom. */
static void put_image(struct writer *w, size_t number, int64_t x, int64_t y, int64_t width,
                      int64_t height) {
    content_number(w, width);
    buf_puts(w->out, "0 0 ");
    content_number(w, height);
    content_number(w, x);
    content_number(w, y);
    buf_puts(w->out, "cm/I");
    buf_put_int(w->out, (int64_t)number);
    buf_puts(w->out, " Do Q\n");
}

/* Of a cropped picture the box shows a part: the whole is drawn, clipped to the box. */
static void put_cropped(struct writer *w, size_t number, const struct draw_picture *draw) {
    enum { WHOLE = 100000 };
    const int32_t *crop = draw->picture->crop;
    int64_t left = WHOLE - (int64_t)crop[EDGE_LEFT] - crop[EDGE_RIGHT];
    int64_t high = WHOLE - (int64_t)crop[EDGE_TOP] - crop[EDGE_BOTTOM];
    if (left <= 0 || high <= 0)
        return;
    int64_t width = (int64_t)draw->width * WHOLE / left,
            height = (int64_t)draw->height * WHOLE / high;
    int64_t bottom = content_from_bottom(w, (int64_t)draw->y + draw->height);
    buf_puts(w->out, "q ");
    content_number(w, draw->x);
    content_number(w, bottom);
    content_number(w, draw->width);
    content_number(w, draw->height);
    buf_puts(w->out, "re W n ");
    put_image(w, number, draw->x - width * crop[EDGE_LEFT] / WHOLE,
              bottom - height * crop[EDGE_BOTTOM] / WHOLE, width, height);
}

static void put_picture(struct writer *w, const struct draw_picture *draw) {
    const int32_t *crop = draw->picture->crop;
    size_t number =
        draw->picture->bytes ? picture_set_number(&w->resources->pictures, draw->picture) : 0;
    if (!number) {
        put_frame(w, draw);
        return;
    }
    content_end_text(w);
    if (crop[0] || crop[1] || crop[2] || crop[3]) {
        put_cropped(w, number, draw);
        return;
    }
    buf_puts(w->out, "q ");
    put_image(w, number, draw->x, content_from_bottom(w, (int64_t)draw->y + draw->height),
              draw->width, draw->height);
}

/* ---- paths ---- */

static void put_steps(struct writer *w, const struct path *path, int64_t x, int64_t y) {
    static const char operators[] = {
        [PATH_MOVE] = 'm', [PATH_LINE] = 'l', [PATH_CURVE] = 'c', [PATH_CLOSE] = 'h'};
    for (size_t i = 0; i < path->n; i++) {
        const struct path_step *step = &path->steps[i];
        int points = step->verb == PATH_CURVE ? 3 : step->verb == PATH_CLOSE ? 0 : 1;
        for (int k = 0; k < points; k++) {
            content_number(w, x + step->x[k]);
            content_number(w, content_from_bottom(w, y + step->y[k]));
        }
        buf_putc(w->out, operators[step->verb]);
        buf_putc(w->out, '\n');
    }
}

static void put_own_dashes(struct writer *w, const struct draw_path *draw) {
    if (!draw->line.dashes[0])
        return;
    buf_putc(w->out, '[');
    for (int i = 0; i < DASHES && draw->line.dashes[i]; i++)
        content_number(w, (int64_t)draw->line.dashes[i] * draw->stroke);
    buf_puts(w->out, "]0 d\n");
}

/* The area is a clip, through which the texture is seen. */
static void put_textured(struct writer *w, const struct draw_path *draw) {
    const struct texture *t = draw->texture;
    size_t picture = t->picture ? picture_set_number(&w->resources->pictures, t->picture) : 0;
    int64_t top = (int64_t)draw->y + draw->box[1];
    buf_puts(w->out, "q\n");
    put_steps(w, draw->path, draw->x, draw->y);
    buf_puts(w->out, draw->path->winding ? "W n\n" : "W* n\n");
    struct filled_box box = {.x = (int64_t)draw->x + draw->box[0],
                             .y = content_from_bottom(w, top + draw->box[3]),
                             .width = draw->box[2],
                             .height = draw->box[3]};
    texture_put(&w->resources->textures, t, picture, box, w->out);
    buf_puts(w->out, "Q\n");
}

static void put_blurred(struct writer *w, const struct draw_path *draw) {
    size_t number = blur_set_number(&w->resources->blurs, draw);
    const struct blurred *b = number ? &w->resources->blurs.at.at[number - 1] : NULL;
    if (!b || !b->object)
        return;
    buf_puts(w->out, "q ");
    content_number(w, b->side[0]);
    buf_puts(w->out, "0 0 ");
    content_number(w, b->side[1]);
    content_number(w, draw->x + b->x);
    content_number(w, content_from_bottom(w, draw->y + b->y + b->side[1]));
    buf_printf(w->out, "cm/B%zu Do Q\n", number);
}

/* Its line's style is no other's, so it has a graphics state of its own. */
static void put_path(struct writer *w, const struct draw_path *draw) {
    bool fill = draw->fill >= 0 && !draw->texture, stroke = draw->stroke > 0;
    content_end_text(w);
    if (draw->blur > 0) {
        put_blurred(w, draw);
        return;
    }
    if (draw->texture)
        put_textured(w, draw);
    if (!fill && !stroke)
        return;
    struct pen_state outer = w->state;
    buf_puts(w->out, "q\n");
    if (fill)
        content_color(w, &w->state.fill, (uint32_t)draw->fill, true);
    if (stroke) {
        content_color(w, &w->state.stroke_color, draw->color, false);
        content_line(w, draw->stroke, solid);
        put_own_dashes(w, draw);
        buf_put_int(w->out, draw->line.cap);
        buf_puts(w->out, draw->line.miter ? " J\n" : " J 1 j\n");
    }
    put_steps(w, draw->path, draw->x, draw->y);
    static const char *const painting[2][2] = {{"f* Q\n", "B* Q\n"}, {"f Q\n", "B Q\n"}};
    buf_puts(w->out, fill ? painting[draw->path->winding][stroke] : "S Q\n");
    w->state = outer;
}

/* ---- turned things ---- */

static void put_millionths(struct writer *w, int64_t value) {
    buf_printf(w->out, "%s%lld.%06d ", value < 0 ? "-" : "", (long long)llabs(value) / 1000000,
               (int)(llabs(value) % 1000000));
}

/* Saves the state; false: too many are saved. */
static bool begin_state(struct writer *w, const struct draw *draw) {
    content_end_text(w);
    if (w->turns++ >= TURNS_MOST)
        return false;
    w->outer[w->turns - 1] = w->state;
    w->begun[w->turns - 1] = draw;
    return true;
}

/* The matrix of 8.3.4 whose y axis points up. */
static void put_turn(struct writer *w, const struct draw *draw) {
    const struct draw_turn *turn = &draw->as.turn;
    const int64_t one = 1000000, x = turn->x, y = content_from_bottom(w, turn->y);
    const int64_t a = turn->m[0], b = -(int64_t)turn->m[1], c = -(int64_t)turn->m[2],
                  d = turn->m[3];
    if (!begin_state(w, draw))
        return;
    buf_puts(w->out, "q ");
    put_millionths(w, a);
    put_millionths(w, b);
    put_millionths(w, c);
    put_millionths(w, d);
    content_number(w, x - (a * x + c * y) / one);
    content_number(w, y - (b * x + d * y) / one);
    buf_puts(w->out, "cm\n");
    if (turn->clear > 0)
        buf_printf(w->out, "/T%d gs\n", turn->clear);
}

/* Each outline takes away of what the others leave (8.5.4). */
static void put_clip(struct writer *w, const struct draw *draw) {
    const struct draw_clip *clip = &draw->as.clip;
    if (!begin_state(w, draw))
        return;
    buf_puts(w->out, "q\n");
    for (const struct clip *c = clip->clip; c; c = c->outer) {
        put_steps(w, c->path, clip->x, clip->y);
        buf_puts(w->out, c->path->winding ? "W n\n" : "W* n\n");
    }
}

static void put_back(struct writer *w) {
    content_end_text(w);
    if (w->turns-- > TURNS_MOST)
        return;
    buf_puts(w->out, "Q\n");
    w->state = w->outer[w->turns];
}

/* Whether `back` ends a clip that what comes next begins anew: it goes on then. */
static bool clip_goes_on(const struct writer *w, const struct draw *back) {
    const struct draw *next = back + 1;
    if (next >= w->page->draws.at + w->page->draws.n || next->kind != DRAW_CLIP || w->turns < 1 ||
        w->turns > TURNS_MOST)
        return false;
    const struct draw *begun = w->begun[w->turns - 1];
    return begun->kind == DRAW_CLIP && begun->as.clip.clip == next->as.clip.clip &&
           begun->as.clip.x == next->as.clip.x && begun->as.clip.y == next->as.clip.y;
}

/* ---- what it is (14.6) ---- */

/* Sequences lie outside of text objects: those may not overlap. */
static void end_mark(struct writer *w) {
    content_end_text(w);
    if (w->marked)
        buf_puts(w->out, "EMC\n");
    w->marked = false;
}

static void set_tag(struct writer *w, uint32_t tag) {
    if (!w->structure || (w->marked && w->tag == tag))
        return;
    end_mark(w);
    structure_begin(w->structure, tag, w->page_index, w->out);
    w->marked = true;
    w->tag = tag;
}

static void put_draw(struct writer *w, const struct draw *draw) {
    if (draw->kind == DRAW_TURN || draw->kind == DRAW_CLIP || draw->kind == DRAW_BACK)
        end_mark(w); /* matrices and clips are no content */
    else
        set_tag(w, draw->tag);
    switch (draw->kind) {
    case DRAW_TEXT:
        content_text(w, &draw->as.text);
        break;
    case DRAW_LINE:
        put_line(w, &draw->as.line);
        break;
    case DRAW_RECT:
        put_rect(w, &draw->as.rect);
        break;
    case DRAW_PICTURE:
        put_picture(w, &draw->as.picture);
        break;
    case DRAW_PATH:
        put_path(w, &draw->as.path);
        break;
    case DRAW_TURN:
        put_turn(w, draw);
        break;
    case DRAW_CLIP:
        put_clip(w, draw);
        break;
    case DRAW_BACK:
        put_back(w);
        break;
    }
}

void content_put(const struct page *page, size_t index, struct resources *resources,
                 struct structure *structure, struct buf *out) {
    /* A page begins with black (8.4.1), lines 1 pt wide and solid, no font, 100 %. */
    struct writer w = {.page = page,
                       .resources = resources,
                       .structure = structure,
                       .page_index = index,
                       .out = out,
                       .state = {.line_width = 1000, .text = {.scale = 100}}};
    const struct draw *draw;
    VEC_EACH (draw, &page->draws) {
        if (draw->kind == DRAW_BACK && clip_goes_on(&w, draw))
            draw++;
        else
            put_draw(&w, draw);
    }
    end_mark(&w);
    buf_free(&w.show);
}
