#include "layout/carry.h"

#include "layout/rows.h"
#include "layout/wrap.h"

/* Takes of the table what fits above the end of the page's body, one row at least with `force`;
 * returns how high that is. */
static int64_t draw_part(struct layout *l, struct carried *c, int64_t y, bool force) {
    int64_t used = 0, room = l->frame.foot - y;
    struct flow *story = c->anchored.story;
    struct place to = flow_fill(story, c->from, room, force, &used);
    flow_emit(l, story, c->from, to, c->x, y);
    c->from = to;
    return used;
}

static bool is_done(const struct carried *c) {
    return c->from.strip >= c->anchored.story->strips.n;
}

bool carry_begin(struct layout *l, const struct anchored *a, const struct box *box) {
    struct carried c = {.anchored = *a, .x = coordinate(box->x)};
    if (!a->shape->is_parted || !a->story || box->y + a->story->height <= l->frame.foot)
        return false;
    if (box->y < l->frame.foot)
        draw_part(l, &c, box->y, false);
    if (!is_done(&c))
        *VEC_PUSH(l->pool, &l->carried) = c;
    return true;
}

/* Where the page begins in the flow that is cut. */
static int64_t flow_top(const struct paginator *p) {
    const struct flow *flow = p->flow;
    return p->next.strip < flow->strips.n ? flow->strips.at[p->next.strip].y : flow->height;
}

void carry_on(struct paginator *p) {
    struct layout *l = p->l;
    size_t left = 0;
    for (size_t i = 0; i < l->carried.n; i++) {
        struct carried c = l->carried.at[i];
        int64_t used = draw_part(l, &c, p->top, true);
        wrap_carried(l, c.anchored.shape, (int64_t)c.x - left_margin(p->section, p->number),
                     flow_top(p), used);
        if (!is_done(&c))
            l->carried.at[left++] = c;
    }
    l->carried.n = left;
}
