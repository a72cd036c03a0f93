#include "layout/frame.h"

#include "layout/autofit.h"

#include <string.h>

/* A box as high as its text (a:spAutoFit): what its height was when it was last written, or in
 * percent, says nothing. One of a chain, of an outline of its own or with turned text keeps it. */
static bool grows(const struct shape *s) {
    return s->grows && !s->text_turn && !s->path_count && s->columns <= 1 && !s->goes_on &&
           !s->continued;
}

static bool asks(const struct inline_item *item) {
    const struct shape *s = item->kind == INLINE_SHAPE ? item->shape : NULL;
    return s && s->blocks && (s->fits_width || s->fits_height || grows(s));
}

static int64_t insets(const struct shape *s, int first, int second) {
    return clamp(s->inset[first], 0, MAX_LENGTH) + clamp(s->inset[second], 0, MAX_LENGTH);
}

/* In a group, whose members keep their proportions, it does not become smaller. */
static mpt height_grown(struct layout *l, const struct shape *s) {
    enum { LEFT, TOP, RIGHT, BOTTOM };
    int64_t lines = larger(length(s->width) - insets(s, LEFT, RIGHT), 0);
    int64_t height = autofit_height(l, s->blocks, lines, IN_BOX) + insets(s, TOP, BOTTOM);
    return length(s->group_width > 0 ? larger(s->height, height) : height);
}

static const struct shape *fitted(struct layout *l, const struct flow *flow,
                                  const struct shape *shape) {
    struct shape *s = POOL_NEW(l->pool, struct shape);
    *s = *shape;
    s->made_from = shape;
    if (s->fits_width)
        s->width = length(smaller(autofit_widest(l, s->blocks), larger(flow->width, 0)));
    if (s->fits_height) {
        int64_t height = autofit_height(l, s->blocks, s->width, IN_BOX);
        s->height = length(larger(s->height, height));
    }
    if (grows(s))
        s->height = height_grown(l, s);
    return s;
}

const struct block *frame_fit(struct layout *l, const struct flow *flow,
                              const struct block *block) {
    const struct para *para = block->para;
    size_t first = 0;
    while (first < para->item_count && !asks(&para->items[first]))
        first++;
    if (first == para->item_count)
        return block;
    struct para *copy = POOL_NEW(l->pool, struct para);
    struct block *out = POOL_NEW(l->pool, struct block);
    *copy = *para;
    copy->items = POOL_ARRAY(l->pool, struct inline_item, para->item_count);
    memcpy(copy->items, para->items, para->item_count * sizeof *copy->items);
    for (size_t i = first; i < para->item_count && !l->failed; i++)
        if (asks(&copy->items[i]))
            copy->items[i].shape = fitted(l, flow, copy->items[i].shape);
    *out = *block;
    out->para = copy;
    return out;
}
