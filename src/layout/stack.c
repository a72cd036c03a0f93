/* The stacking order of a page, and of its header and footer: shapes behind the text, the text,
 * shapes in front of it, each kind from the lowest up (20.4.2.3, relativeHeight). Shapes are drawn
 * with the line they hang on; what stands wrong then is put in order when the page is done. Where
 * nothing covers anything the order is left as it is: that in which the page is read. */
#include "layout/shape.h"

#include <stdlib.h>
#include <string.h>

static bool covers(const struct shape *s) {
    return s->fill >= 0 || s->kind == SHAPE_PICTURE || s->kind == SHAPE_CHART;
}

void stack_note(struct layout *l, const struct shape *s, size_t from) {
    size_t to = l->frame.page->draws.n;
    if (to == from)
        return;
    *VEC_PUSH(l->pool, &l->stack) = (struct stacked){
        .from = from, .to = to, .z = s->z, .behind = s->behind, .covers = covers(s)};
}

static int by_height(const void *left, const void *right) {
    const struct stacked *a = left, *b = right;
    if (a->behind != b->behind)
        return a->behind ? -1 : 1;
    if (a->z != b->z)
        return a->z < b->z ? -1 : 1;
    return a->from < b->from ? -1 : a->from > b->from;
}

/* Shapes that are left where they are: those in front, if none of them covers anything. */
static void drop_idle(struct layout *l, size_t since) {
    bool front = false;
    size_t n = since;
    for (size_t i = since; i < l->stack.n; i++)
        front |= !l->stack.at[i].behind && l->stack.at[i].covers;
    for (size_t i = since; i < l->stack.n; i++)
        if (front || l->stack.at[i].behind)
            l->stack.at[n++] = l->stack.at[i];
    l->stack.n = n;
}

static struct draw *copy(struct draw *to, const struct draw *from, size_t n) {
    if (n)
        memcpy(to, from, n * sizeof *to);
    return to + n;
}

static struct draw *copy_shapes(const struct layout *l, size_t since, const struct draw *old,
                                struct draw *to, bool behind) {
    for (size_t i = since; i < l->stack.n; i++) {
        const struct stacked *s = &l->stack.at[i];
        if (s->behind == behind)
            to = copy(to, old + s->from, s->to - s->from);
    }
    return to;
}

void stack_settle(struct layout *l, size_t since, size_t first) {
    struct page *page = l->frame.page;
    drop_idle(l, since);
    if (l->stack.n == since)
        return;
    size_t n = page->draws.n, at = first;
    struct draw *order = POOL_ARRAY(l->pool, struct draw, n), *old = page->draws.at;
    bool *shape = POOL_ARRAY(l->pool, bool, n);
    for (size_t i = since; i < l->stack.n; i++)
        memset(shape + l->stack.at[i].from, true, l->stack.at[i].to - l->stack.at[i].from);
    qsort(l->stack.at + since, l->stack.n - since, sizeof *l->stack.at, by_height);
    struct draw *to = copy_shapes(l, since, old, copy(order, old, first), true);
    for (; at < n; at++)
        if (!shape[at])
            to = copy(to, old + at, 1);
    copy_shapes(l, since, old, to, false);
    memcpy(old, order, n * sizeof *old);
    l->stack.n = since;
}
