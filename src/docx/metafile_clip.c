/* What the orders of a metafile may paint on: outlines, within each of which a point must lie. That
 * is exact for all but the union of areas that are not made of boxes, which is named. */
#include "docx/metafile.h"
#include "docx/units.h"

#include <string.h>

/* Beyond any sheet: the outside of an outline is the inside of this with it, by parity. */
enum { EVERYWHERE = 14400 * 1000 };

static struct pool *pool_of(const struct canvas *c) {
    return c->builder->story->reader->pool;
}

/* ---- boxes ---- */

struct rect {
    mpt side[4]; /* left top right bottom */
};
struct rects {
    struct rect *at;
    size_t n, cap;
};

static void add_rect(struct pool *pool, struct rects *list, mpt left, mpt top, mpt right,
                     mpt bottom) {
    if (left < right && top < bottom)
        *VEC_PUSH(pool, list) = (struct rect){{left, top, right, bottom}};
}

static mpt least(mpt a, mpt b) {
    return a < b ? a : b;
}

static mpt most(mpt a, mpt b) {
    return a > b ? a : b;
}

/* What of a box is outside another: above, below, at the left, at the right. */
static void add_outside(struct pool *pool, struct rects *list, const mpt a[4], const mpt b[4]) {
    mpt top = most(a[1], least(b[1], a[3])), bottom = most(top, least(b[3], a[3]));
    if (b[2] <= a[0] || b[0] >= a[2] || top >= bottom) {
        add_rect(pool, list, a[0], a[1], a[2], a[3]);
        return;
    }
    add_rect(pool, list, a[0], a[1], a[2], top);
    add_rect(pool, list, a[0], bottom, a[2], a[3]);
    add_rect(pool, list, a[0], top, most(a[0], b[0]), bottom);
    add_rect(pool, list, least(a[2], b[2]), top, a[2], bottom);
}

static bool meet(const mpt a[4], const mpt b[4]) {
    return a[0] < b[2] && b[0] < a[2] && a[1] < b[3] && b[1] < a[3];
}

/* What of the boxes is outside one. */
static struct rects outside(struct pool *pool, const struct rects *list, const mpt box[4]) {
    struct rects out = {0};
    bool any = false;
    for (size_t i = 0; i < list->n; i++)
        any |= meet(list->at[i].side, box);
    for (size_t i = 0; any && i < list->n; i++)
        add_outside(pool, &out, list->at[i].side, box);
    return any ? out : *list;
}

static struct rects common(struct pool *pool, const struct region *a, const struct region *b) {
    struct rects out = {0};
    for (size_t i = 0; i < a->rect_count; i++)
        for (size_t k = 0; k < b->rect_count && out.n < CLIP_BOXES; k++) {
            const mpt *s = a->rects[i], *t = b->rects[k];
            add_rect(pool, &out, most(s[0], t[0]), most(s[1], t[1]), least(s[2], t[2]),
                     least(s[3], t[3]));
        }
    return out;
}

/* ---- regions ---- */

static struct region *region_of_rects(struct pool *pool, const struct rects *list) {
    struct region *region = POOL_NEW(pool, struct region);
    struct path_step *steps = POOL_ARRAY(pool, struct path_step, 5 * list->n + 1), *to = steps;
    for (size_t i = 0; i < list->n; i++) {
        const mpt *s = list->at[i].side;
        const mpt corners[4][2] = {{s[0], s[1]}, {s[2], s[1]}, {s[2], s[3]}, {s[0], s[3]}};
        for (int k = 0; k < 4; k++)
            *to++ = (struct path_step){
                .verb = k ? PATH_LINE : PATH_MOVE, .x = {corners[k][0]}, .y = {corners[k][1]}};
        *to++ = (struct path_step){.verb = PATH_CLOSE};
    }
    region->path = (struct path){.steps = steps, .n = (size_t)(to - steps)};
    region->rects = (const mpt(*)[4])list->at;
    region->rect_count = list->n;
    if (!region->rects) {
        static const mpt none[1][4] = {{0}};
        region->rects = none;
    }
    return region;
}

/* Boxes, even if they overlap. */
static struct region *region_of_boxes(struct pool *pool, const struct rects *boxes) {
    struct rects apart = {0};
    enum { PIECES = 64 };
    for (size_t i = 0; i < boxes->n && apart.n < CLIP_BOXES; i++) {
        struct rects rest = {0};
        add_rect(pool, &rest, boxes->at[i].side[0], boxes->at[i].side[1], boxes->at[i].side[2],
                 boxes->at[i].side[3]);
        for (size_t k = 0; k < apart.n && rest.n && rest.n < PIECES; k++)
            rest = outside(pool, &rest, apart.at[k].side);
        for (size_t k = 0; k < rest.n; k++)
            *VEC_PUSH(pool, &apart) = rest.at[k];
    }
    return region_of_rects(pool, &apart);
}

static struct region *joined(struct pool *pool, const struct path *a, const struct path *b) {
    struct region *region = POOL_NEW(pool, struct region);
    struct path_step *steps = POOL_ARRAY(pool, struct path_step, a->n + b->n + 1);
    memcpy(steps, a->steps, a->n * sizeof *steps);
    memcpy(steps + a->n, b->steps, b->n * sizeof *steps);
    region->path = (struct path){.steps = steps, .n = a->n + b->n};
    return region;
}

static size_t figures(const struct path *path) {
    size_t n = 0;
    for (size_t i = 0; i < path->n; i++)
        n += path->steps[i].verb == PATH_MOVE;
    return n;
}

/* By parity a point is in one of two outlines that are taken together. One figure that goes round
 * is taken for one that does not cross itself. */
static bool by_parity(const struct region *r) {
    return r->rects || !r->path.winding || figures(&r->path) <= 1;
}

static struct region *all_but(struct canvas *c, const struct region *r) {
    struct rects all = {0};
    add_rect(pool_of(c), &all, -EVERYWHERE, -EVERYWHERE, EVERYWHERE, EVERYWHERE);
    if (!by_parity(r))
        canvas_name(c, "RGN_DIFF, WINDING");
    const struct region *everywhere = region_of_rects(pool_of(c), &all);
    return joined(pool_of(c), &everywhere->path, &r->path);
}

/* The region in one list of boxes; NULL: it is not made of them. */
static const struct region *flat(struct pool *pool, const struct region *r) {
    if (!r->rects || (r->outer && !r->outer->rects))
        return NULL;
    for (const struct region *outer = r->outer; outer; outer = outer->outer) {
        if (!outer->rects)
            return NULL;
        struct rects both = common(pool, r, outer);
        r = region_of_rects(pool, &both);
    }
    return r;
}

static void unite(struct canvas *c, const struct region *with) {
    struct pool *pool = pool_of(c);
    const struct region *now = c->state.clip ? flat(pool, c->state.clip) : NULL;
    struct rects boxes = {0};
    if (!c->state.clip)
        return; /* all and more is all */
    if (!now || !with->rects || now->rect_count + with->rect_count > CLIP_BOXES) {
        canvas_name(c, "RGN_OR");
        return;
    }
    for (size_t i = 0; i < now->rect_count + with->rect_count; i++) {
        const mpt *s = i < now->rect_count ? now->rects[i] : with->rects[i - now->rect_count];
        add_rect(pool, &boxes, s[0], s[1], s[2], s[3]);
    }
    c->state.clip = region_of_boxes(pool, &boxes);
}

static void in_one_only(struct canvas *c, const struct region *with) {
    const struct region *now = c->state.clip;
    if (!now) {
        c->state.clip = all_but(c, with);
        return;
    }
    now = now->outer ? flat(pool_of(c), now) : now;
    if (!now || !by_parity(now) || !by_parity(with))
        canvas_name(c, "RGN_XOR");
    else
        c->state.clip = joined(pool_of(c), &now->path, &with->path);
}

static size_t depth(const struct region *r) {
    size_t n = 0;
    for (; r; r = r->outer)
        n++;
    return n;
}

/* Two boxes have one in common; other areas are put one within the other. */
static void narrow(struct canvas *c, struct region *with) {
    enum { DEEPEST = 32 };
    const struct region *now = c->state.clip;
    if (now && now->rects && with->rects && now->rect_count <= 1 && with->rect_count <= 1) {
        struct rects both = common(pool_of(c), now, with);
        with = region_of_rects(pool_of(c), &both);
        now = now->outer;
    }
    with->outer = now;
    if (depth(now) < DEEPEST)
        c->state.clip = with;
    else
        canvas_name(c, "clip");
}

static void combine(struct canvas *c, struct region *with, enum clip_mode mode) {
    struct gdi_state *s = &c->state;
    switch (mode) {
    case CLIP_WITHOUT:
        narrow(c, all_but(c, with));
        break;
    case CLIP_AND:
        narrow(c, with);
        break;
    case CLIP_OR:
        unite(c, with);
        break;
    case CLIP_XOR:
        in_one_only(c, with);
        break;
    case CLIP_COPY:
        s->clip = with;
        break;
    }
}

/* ---- what they are given by ---- */

static void put_box(struct canvas *c, struct rects *list, const int64_t box[4], bool device) {
    mpt x[2], y[2];
    for (int i = 0; i < 2; i++)
        (device ? canvas_map_device : canvas_map)(c, box[2 * i], box[2 * i + 1], &x[i], &y[i]);
    add_rect(pool_of(c), list, least(x[0], x[1]), least(y[0], y[1]), most(x[0], x[1]),
             most(y[0], y[1]));
}

void clip_by_box(struct canvas *c, const int64_t box[4], enum clip_mode mode) {
    struct rects list = {0};
    if (c->state.world[1] || c->state.world[2]) { /* turned: no box any more */
        canvas_rect(c, box[0], box[1], box[2], box[3]);
        clip_by_path(c, mode);
        return;
    }
    put_box(c, &list, box, false);
    combine(c, region_of_rects(pool_of(c), &list), mode);
}

void clip_by_boxes(struct canvas *c, const int64_t (*boxes)[4], size_t n, bool device,
                   enum clip_mode mode) {
    struct rects list = {0};
    for (size_t i = 0; i < n && i < CLIP_BOXES; i++)
        put_box(c, &list, boxes[i], device);
    if (n > CLIP_BOXES)
        canvas_name(c, "region");
    combine(c, region_of_boxes(pool_of(c), &list), mode);
}

void clip_by_path(struct canvas *c, enum clip_mode mode) {
    struct region *region = POOL_NEW(pool_of(c), struct region);
    region->path =
        (struct path){.steps = c->steps.at, .n = c->steps.n, .winding = c->state.winding};
    memset(&c->steps, 0, sizeof c->steps);
    if (!region->path.n) {
        const struct rects nothing = {0};
        region = region_of_rects(pool_of(c), &nothing);
    }
    combine(c, region, mode);
}

void clip_reset(struct canvas *c) {
    c->state.clip = NULL;
}

void clip_to_place(struct canvas *c) {
    struct rects list = {0};
    add_rect(pool_of(c), &list, 0, 0, c->place->width, c->place->height);
    struct region *region = region_of_rects(pool_of(c), &list);
    region->outer = c->state.meta;
    c->state.meta = region;
}

void clip_to_outline(struct canvas *c, const struct clip *clip) {
    struct region *region = POOL_NEW(pool_of(c), struct region);
    region->path = *clip->path;
    c->state.meta = region;
}

static struct region *moved(struct pool *pool, const struct region *r, mpt x, mpt y) {
    struct region *region = POOL_NEW(pool, struct region);
    struct path_step *steps = POOL_ARRAY(pool, struct path_step, r->path.n + 1);
    *region = *r;
    for (size_t i = 0; i < r->path.n; i++) {
        steps[i] = r->path.steps[i];
        for (int k = 0; k < 3; k++) {
            steps[i].x[k] = mpt_clamp((int64_t)steps[i].x[k] + x);
            steps[i].y[k] = mpt_clamp((int64_t)steps[i].y[k] + y);
        }
    }
    region->path.steps = steps;
    if (!r->rects)
        return region;
    struct rects list = {0};
    for (size_t i = 0; i < r->rect_count; i++) {
        const mpt *s = r->rects[i];
        add_rect(pool, &list, mpt_clamp((int64_t)s[0] + x), mpt_clamp((int64_t)s[1] + y),
                 mpt_clamp((int64_t)s[2] + x), mpt_clamp((int64_t)s[3] + y));
    }
    return region_of_rects(pool, &list);
}

void clip_offset(struct canvas *c, int64_t x, int64_t y) {
    mpt from[2] = {0}, to[2] = {0};
    canvas_map(c, 0, 0, &from[0], &from[1]);
    canvas_map(c, x, y, &to[0], &to[1]);
    const struct region *r = c->state.clip, **last = &c->state.clip;
    for (; r; r = r->outer) {
        struct region *copy = moved(pool_of(c), r, to[0] - from[0], to[1] - from[1]);
        *last = copy;
        copy->outer = NULL;
        last = &copy->outer;
    }
}

void clip_to_meta(struct canvas *c) {
    enum { DEEPEST = 64 };
    const struct region *r = c->state.clip;
    for (size_t n = depth(c->state.meta); r && n < DEEPEST; r = r->outer, n++) {
        struct region *copy = POOL_NEW(pool_of(c), struct region);
        *copy = *r;
        copy->outer = c->state.meta;
        c->state.meta = copy;
    }
    c->state.clip = NULL;
}

/* ---- as shapes have it ---- */

static bool is_nothing(const struct region *r) {
    for (; r; r = r->outer)
        if (r->rects && !r->rect_count)
            return true;
    return false;
}

static const struct clip *put_before(struct pool *pool, const struct region *r,
                                     const struct clip *outer) {
    for (; r; r = r->outer) {
        struct clip *clip = POOL_NEW(pool, struct clip);
        *clip = (struct clip){.path = &r->path, .outer = outer};
        outer = clip;
    }
    return outer;
}

bool clip_seen(struct canvas *c, const struct clip **out) {
    const struct gdi_state *s = &c->state;
    if (s->clip != c->clip_of[0] || s->meta != c->clip_of[1]) {
        c->clip = put_before(pool_of(c), s->clip, put_before(pool_of(c), s->meta, NULL));
        c->clip_of[0] = s->clip;
        c->clip_of[1] = s->meta;
    }
    *out = c->clip;
    return !is_nothing(s->clip) && !is_nothing(s->meta);
}
