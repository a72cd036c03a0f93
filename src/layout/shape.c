#include "layout/shape.h"
#include "layout/wrap.h"

static int64_t inset(const struct shape *s, int side) {
    return clamp(s->inset[side], 0, MAX_LENGTH);
}

void shape_open(struct layout *l, struct anchored *anchored) {
    const struct shape *s = anchored->shape;
    if (s->kind != SHAPE_TEXT_BOX || !s->blocks)
        return;
    int64_t width = larger(length(s->width) - inset(s, 0) - inset(s, 2), 0);
    anchored->story = flow_build(l, s->blocks, (mpt)width, IN_BOX);
}

int64_t shape_align(enum anchor_align align, int64_t from, int64_t extent, int64_t offset,
                    int64_t size) {
    switch (align) {
    case ANCHOR_START:
        return from;
    case ANCHOR_CENTER:
        return from + (extent - size) / 2;
    case ANCHOR_END:
        return from + extent - size;
    case ANCHOR_OFFSET:
        break;
    }
    return from + offset;
}

struct base {
    int64_t from, extent;
};

static struct base base_x(const struct layout *l, const struct anchored *a, mpt x, mpt width) {
    const struct wml_section *s = l->frame.section;
    switch (a->shape->x_base) {
    case BASE_PAGE:
        return (struct base){0, length(s->page_width)};
    case BASE_MARGIN:
        return (struct base){length(s->left),
                             (int64_t)length(s->page_width) - length(s->left) - length(s->right)};
    case BASE_CHARACTER:
        return (struct base){(int64_t)x + a->x, 0};
    case BASE_COLUMN:
    case BASE_PARAGRAPH:
    case BASE_LINE:
        break;
    }
    return (struct base){x, width};
}

static struct base base_y(const struct layout *l, const struct anchored *a, int64_t y,
                          int64_t para_top) {
    const struct wml_section *s = l->frame.section;
    int64_t top = larger(length(s->top), -(int64_t)length(s->top));
    int64_t bottom = larger(length(s->bottom), -(int64_t)length(s->bottom));
    switch (a->shape->y_base) {
    case BASE_PAGE:
        return (struct base){0, length(s->page_height)};
    case BASE_MARGIN:
        return (struct base){top, length(s->page_height) - top - bottom};
    case BASE_LINE:
    case BASE_CHARACTER:
        return (struct base){y, 0};
    case BASE_COLUMN:
    case BASE_PARAGRAPH:
        break;
    }
    return (struct base){para_top, 0};
}

static void emit_line(struct layout *l, const struct shape *s, int64_t x, int64_t y) {
    if (s->stroke <= 0)
        return;
    int64_t x1 = x + length(s->width), y0 = y, y1 = y + length(s->height);
    page_push(l, DRAW_LINE)->as.line = (struct draw_line){.x0 = coordinate(x),
                                                          .y0 = coordinate(s->flip ? y1 : y0),
                                                          .x1 = coordinate(x1),
                                                          .y1 = coordinate(s->flip ? y0 : y1),
                                                          .width = length(s->stroke),
                                                          .color = s->stroke_color};
}

static void emit_rect(struct layout *l, const struct shape *s, int64_t x, int64_t y) {
    struct draw_rect rect = {.x = coordinate(x),
                             .y = coordinate(y),
                             .width = length(s->width),
                             .height = length(s->height)};
    if (s->fill >= 0) {
        rect.color = (uint32_t)s->fill;
        page_push(l, DRAW_RECT)->as.rect = rect;
    }
    if (s->stroke > 0) {
        rect.color = s->stroke_color;
        rect.stroke = length(s->stroke);
        page_push(l, DRAW_RECT)->as.rect = rect;
    }
}

static void emit_story(struct layout *l, const struct anchored *a, int64_t x, int64_t y) {
    if (!a->story)
        return;
    struct place all = {.strip = a->story->strips.n};
    flow_emit(l, a->story, (struct place){0}, all, coordinate(x + inset(a->shape, 0)),
              y + inset(a->shape, 1));
}

static void emit_picture(struct layout *l, const struct anchored *a, int64_t x, int64_t y) {
    const struct shape *s = a->shape;
    if (!s->picture)
        return;
    struct draw *d = page_push(l, DRAW_PICTURE);
    d->tag = l->repeating ? 0 : a->tag;
    d->as.picture = (struct draw_picture){.x = coordinate(x),
                                          .y = coordinate(y),
                                          .width = length(s->width),
                                          .height = length(s->height),
                                          .picture = s->picture};
}

void shape_emit(struct layout *l, const struct anchored *a, mpt flow_x, int64_t line_y,
                int64_t para_top, mpt width, int64_t flow_y) {
    const struct shape *s = a->shape;
    struct base bx = base_x(l, a, flow_x, width), by = base_y(l, a, line_y, para_top);
    int64_t x = shape_align(s->x_align, bx.from, bx.extent, length(s->x), length(s->width));
    int64_t y = shape_align(s->y_align, by.from, by.extent, length(s->y), length(s->height));
    wrap_found(l, a, x - flow_x, flow_y + y - line_y);
    switch (s->kind) {
    case SHAPE_LINE:
        emit_line(l, s, x, y);
        break;
    case SHAPE_RECT:
    case SHAPE_TEXT_BOX:
        emit_rect(l, s, x, y);
        emit_story(l, a, x, y);
        break;
    case SHAPE_PICTURE:
        emit_picture(l, a, x, y);
        break;
    }
}
