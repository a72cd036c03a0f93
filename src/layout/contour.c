#include "layout/contour.h"

#include "base/angle.h"

#include <stdlib.h>

/* ---- where it stands ---- */

static struct contour_line turned(const struct shape *s, const struct box *box,
                                  const struct contour_point *p) {
    int64_t dx = box->width * p->x / CONTOUR_UNIT - box->width / 2;
    int64_t dy = box->height * p->y / CONTOUR_UNIT - box->height / 2;
    int64_t sine = angle_sin(s->angle), cosine = angle_cos(s->angle);
    dx = s->flip_x ? -dx : dx;
    dy = s->flip_y ? -dy : dy;
    return (struct contour_line){
        box->x + box->width / 2 + (s->angle ? (dx * cosine - dy * sine) / SINE_ONE : dx),
        box->y + box->height / 2 + (s->angle ? (dx * sine + dy * cosine) / SINE_ONE : dy)};
}

const struct contour_path *contour_at(struct layout *l, const struct shape *shape,
                                      const struct box *box) {
    const struct contour *contour = shape->contour;
    struct contour_path *path = POOL_NEW(l->pool, struct contour_path);
    path->through = contour->through;
    path->n = contour->n;
    path->at = POOL_ARRAY(l->pool, struct contour_line, contour->n);
    for (size_t i = 0; i < contour->n; i++)
        path->at[i] = turned(shape, box, &contour->at[i]);
    return path;
}

struct box contour_box(const struct contour_path *path) {
    int64_t left = INT64_MAX, top = INT64_MAX, right = INT64_MIN, bottom = INT64_MIN;
    for (size_t i = 0; i < path->n; i++) {
        left = smaller(left, path->at[i].x);
        top = smaller(top, path->at[i].y);
        right = larger(right, path->at[i].x);
        bottom = larger(bottom, path->at[i].y);
    }
    return (struct box){left, top, right - left, bottom - top};
}

/* ---- what it takes of a line ---- */

/* An edge of the outline, downwards. */
struct edge_line {
    struct contour_line from, to;
};

static struct edge_line edge_of(const struct contour_path *path, size_t i) {
    struct edge_line e = {path->at[i], path->at[i + 1 < path->n ? i + 1 : 0]};
    return e.from.y <= e.to.y ? e : (struct edge_line){e.to, e.from};
}

static int64_t x_at(const struct edge_line *e, int64_t y) {
    int64_t high = e->to.y - e->from.y;
    return high ? e->from.x + (e->to.x - e->from.x) * (y - e->from.y) / high : e->from.x;
}

/* From the leftmost to the rightmost of its points at that height. */
static size_t take_all(const struct contour_path *path, int64_t top, int64_t bottom,
                       struct stretch *taken) {
    *taken = (struct stretch){INT64_MAX, INT64_MIN};
    for (size_t i = 0; i < path->n; i++) {
        struct edge_line e = edge_of(path, i);
        if (e.to.y <= top || e.from.y >= bottom)
            continue;
        int64_t a = x_at(&e, larger(top, e.from.y)), b = x_at(&e, smaller(bottom, e.to.y));
        taken->left = smaller(taken->left, smaller(a, b));
        taken->right = larger(taken->right, larger(a, b));
    }
    return taken->left <= taken->right;
}

/* Sorted stretches with room between them. */
struct taking {
    struct stretch *at;
    size_t n;
    int64_t least;
};

static void drop(struct taking *t, size_t i) {
    for (t->n--; i < t->n; i++)
        t->at[i] = t->at[i + 1];
}

static void take(struct taking *t, struct stretch s) {
    size_t i = 0;
    while (i < t->n && t->at[i].right + t->least <= s.left)
        i++;
    while (i < t->n && t->at[i].left < s.right + t->least) {
        s.left = smaller(s.left, t->at[i].left);
        s.right = larger(s.right, t->at[i].right);
        drop(t, i);
    }
    if (t->n == MOST_STRETCHES) { /* the last one holds the rest */
        t->at[t->n - 1].left = smaller(t->at[t->n - 1].left, s.left);
        t->at[t->n - 1].right = larger(t->at[t->n - 1].right, s.right);
        return;
    }
    for (size_t k = t->n++; k > i; k--)
        t->at[k] = t->at[k - 1];
    t->at[i] = s;
}

/* Where an edge enters and leaves a slab that no corner is inside of. */
struct crossing {
    int64_t above, below;
};

static int by_middle(const void *a, const void *b) {
    const struct crossing *p = a, *q = b;
    int64_t x = p->above + p->below, y = q->above + q->below;
    return (x > y) - (x < y);
}

static int by_height(const void *a, const void *b) {
    int64_t x = *(const int64_t *)a, y = *(const int64_t *)b;
    return (x > y) - (x < y);
}

enum { MOST_EDGES = 256 }; /* what is read has no more (wml_wrap.c) */

/* Between the first edge and the second, the third and the fourth ... text has no room. */
static void take_slab(const struct contour_path *path, int64_t top, int64_t bottom,
                      struct taking *t) {
    struct crossing crossings[MOST_EDGES];
    size_t n = 0;
    for (size_t i = 0; i < path->n && n < MOST_EDGES; i++) {
        struct edge_line e = edge_of(path, i);
        if (e.from.y <= top && e.to.y >= bottom)
            crossings[n++] = (struct crossing){x_at(&e, top), x_at(&e, bottom)};
    }
    if (n > 1)
        qsort(crossings, n, sizeof *crossings, by_middle);
    for (size_t i = 0; i + 1 < n; i += 2) {
        const struct crossing *a = &crossings[i], *b = &crossings[i + 1];
        take(t, (struct stretch){smaller(a->above, a->below), larger(b->above, b->below)});
    }
}

static size_t take_parts(const struct contour_path *path, int64_t top, int64_t bottom,
                         struct taking *t) {
    int64_t heights[MOST_EDGES + 2] = {top, bottom};
    size_t n = 2;
    for (size_t i = 0; i < path->n && n < MOST_EDGES + 2; i++)
        if (path->at[i].y > top && path->at[i].y < bottom)
            heights[n++] = path->at[i].y;
    qsort(heights, n, sizeof *heights, by_height);
    for (size_t i = 0; i + 1 < n; i++)
        if (heights[i] < heights[i + 1])
            take_slab(path, heights[i], heights[i + 1], t);
    return t->n;
}

size_t contour_taken(const struct contour_path *path, int64_t top, int64_t bottom, int64_t least,
                     struct stretch taken[MOST_STRETCHES]) {
    struct taking t = {.at = taken, .least = least};
    return path->through ? take_parts(path, top, bottom, &t) : take_all(path, top, bottom, taken);
}
