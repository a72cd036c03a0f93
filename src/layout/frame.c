#include "layout/frame.h"

#include "layout/autofit.h"

#include <string.h>

static bool asks(const struct inline_item *item) {
    const struct shape *s = item->kind == INLINE_SHAPE ? item->shape : NULL;
    return s && s->blocks && (s->fits_width || s->fits_height);
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
