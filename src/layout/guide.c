#include "layout/guide.h"

#include "base/angle.h"

enum { PIECES = 24, POINTS_MOST = 4000, GUIDES_MOST = 16 };

typedef VEC(struct guide_point) point_vec;

static int64_t root_of(int64_t dx, int64_t dy) {
    dx = clamp(dx, -MAX_LENGTH, MAX_LENGTH);
    dy = clamp(dy, -MAX_LENGTH, MAX_LENGTH);
    return square_root((uint64_t)(dx * dx) + (uint64_t)(dy * dy));
}

static void add_point(struct pool *pool, point_vec *points, int64_t x, int64_t y) {
    struct guide_point next = {x, y, 0};
    if (points->n) {
        const struct guide_point *last = &points->at[points->n - 1];
        int64_t step = root_of(x - last->x, y - last->y);
        if (step == 0 || points->n >= POINTS_MOST)
            return;
        next.at = last->at + step;
    }
    *VEC_PUSH(pool, points) = next;
}

static int64_t on_curve(const int64_t p[4], int64_t i) {
    const int64_t n = PIECES, k = n - i;
    return (k * k * k * p[0] + 3 * k * k * i * p[1] + 3 * k * i * i * p[2] + i * i * i * p[3]) /
           (n * n * n);
}

static void add_curve(struct pool *pool, point_vec *points, const struct path_step *step) {
    const struct guide_point from = points->at[points->n - 1];
    const int64_t x[4] = {from.x, step->x[0], step->x[1], step->x[2]};
    const int64_t y[4] = {from.y, step->y[0], step->y[1], step->y[2]};
    for (int64_t i = 1; i <= PIECES; i++)
        add_point(pool, points, on_curve(x, i), on_curve(y, i));
}

static void end_guide(struct pool *pool, point_vec *points, struct guides *out) {
    if (points->n && out->at.n < GUIDES_MOST)
        *VEC_PUSH(pool, &out->at) =
            (struct guide){points->at, points->n, points->at[points->n - 1].at};
    *points = (point_vec){0};
}

void guides_read(struct pool *pool, const struct path *paths, size_t n, struct guides *out) {
    point_vec points = {0};
    for (size_t i = 0; i < n; i++) {
        for (size_t k = 0; k < paths[i].n; k++) {
            const struct path_step *step = &paths[i].steps[k];
            if (step->verb == PATH_MOVE)
                end_guide(pool, &points, out);
            if (step->verb == PATH_MOVE || (step->verb == PATH_LINE && points.n))
                add_point(pool, &points, step->x[0], step->y[0]);
            else if (step->verb == PATH_CURVE && points.n)
                add_curve(pool, &points, step);
        }
        end_guide(pool, &points, out);
    }
}

/* The piece that so far along lies on: its first point. */
static size_t piece_at(const struct guide *g, int64_t along) {
    size_t low = 0, high = g->n - 1;
    while (high - low > 1) {
        size_t middle = (low + high) / 2;
        if (g->points[middle].at <= along)
            low = middle;
        else
            high = middle;
    }
    return low;
}

struct heading guide_at(const struct guide *g, int64_t along) {
    const struct guide_point *a = &g->points[0];
    if (g->n < 2)
        return (struct heading){a->x, a->y, SINE_ONE, 0};
    a += piece_at(g, along);
    int64_t step = a[1].at - a->at, by = along - a->at;
    int64_t dx = a[1].x - a->x, dy = a[1].y - a->y;
    return (struct heading){a->x + dx * by / step, a->y + dy * by / step, dx * SINE_ONE / step,
                            dy * SINE_ONE / step};
}

struct guide guide_around(struct pool *pool, const struct guide *guide, const int64_t center[2],
                          int64_t out) {
    point_vec points = {0};
    int64_t rx = larger(center[0], 1), ry = larger(center[1], 1);
    for (size_t i = 0; i < guide->n; i++) {
        const struct guide_point *p = &guide->points[i];
        add_point(pool, &points, center[0] + (p->x - center[0]) * (rx + out) / rx,
                  center[1] + (p->y - center[1]) * (ry + out) / ry);
    }
    return (struct guide){points.at, points.n, points.n ? points.at[points.n - 1].at : 0};
}

bool guide_is_clockwise(const struct guide *guide, const int64_t center[2]) {
    int64_t area = 0;
    for (size_t i = 1; i < guide->n; i++) {
        const struct guide_point *a = &guide->points[i - 1], *b = &guide->points[i];
        area +=
            ((a->x - center[0]) * (b->y - center[1]) - (b->x - center[0]) * (a->y - center[1])) /
            1000;
    }
    return area >= 0;
}
