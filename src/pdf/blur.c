#include "pdf/blur.h"

#include "base/angle.h"
#include "pdf/picture.h"

#include <stdlib.h>
#include <string.h>

enum {
    UNIT = 256,               /* parts of a pixel */
    ROWS = 4,                 /* lines a pixel is looked at on */
    PIECES = 12,              /* straight ones for a curve */
    PIXELS_MOST = 400 * 1000, /* of a mask */
    SIDE_MOST = 1 << 26,      /* mpt */
    EDGES_MOST = 400 * 1000,
    FINEST = 100 /* mpt a pixel */
};

struct point {
    int64_t x, y;
};

/* An edge that goes down; `way` tells whether the outline did. */
struct edge {
    int64_t x0, y0, x1, y1;
    int way;
};

struct canvas {
    struct pool *pool;
    int64_t left, top, pixel; /* mpt */
    int width, height;        /* pixels */
    VEC(struct edge) edges;
    unsigned char *mask;
};

/* ---- the outline as edges, in UNITs of pixels ---- */

static void add_edge(struct canvas *c, struct point a, struct point b) {
    if (a.y == b.y || c->edges.n >= EDGES_MOST)
        return;
    *VEC_PUSH(c->pool, &c->edges) =
        a.y < b.y ? (struct edge){a.x, a.y, b.x, b.y, 1} : (struct edge){b.x, b.y, a.x, a.y, -1};
}

static void add_polygon(struct canvas *c, const struct point *p, int n) {
    for (int i = 0; i < n; i++)
        add_edge(c, p[i], p[(i + 1) % n]);
}

/* Turns with the clock, whatever the order: all strokes together are one area. */
static void add_quad(struct canvas *c, struct point p[4]) {
    int64_t turn = (p[1].x - p[0].x) * (p[2].y - p[0].y) - (p[2].x - p[0].x) * (p[1].y - p[0].y);
    if (turn < 0) {
        struct point kept = p[1];
        p[1] = p[3];
        p[3] = kept;
    }
    add_polygon(c, p, 4);
}

static void add_joint(struct canvas *c, struct point at, int64_t half) {
    struct point p[8];
    for (int i = 0; i < 8; i++) {
        int64_t angle = i * (int64_t)ANGLE_QUARTER / 2;
        p[i] = (struct point){at.x + half * angle_cos(angle) / SINE_ONE,
                              at.y + half * angle_sin(angle) / SINE_ONE};
    }
    add_polygon(c, p, 8);
}

static void add_stroke(struct canvas *c, struct point a, struct point b, int64_t half) {
    int64_t dx = b.x - a.x, dy = b.y - a.y;
    int64_t n = square_root((uint64_t)(dx * dx) + (uint64_t)(dy * dy));
    if (n > 0) {
        int64_t x = -dy * half / n, y = dx * half / n;
        struct point p[4] = {
            {a.x + x, a.y + y}, {b.x + x, b.y + y}, {b.x - x, b.y - y}, {a.x - x, a.y - y}};
        add_quad(c, p);
    }
    add_joint(c, b, half);
}

static int64_t bounded(int64_t v) {
    return v < -SIDE_MOST ? -SIDE_MOST : v > SIDE_MOST ? SIDE_MOST : v;
}

static struct point point_of(const struct canvas *c, const struct path_step *step, int i) {
    return (struct point){(bounded(step->x[i]) - c->left) * UNIT / c->pixel,
                          (bounded(step->y[i]) - c->top) * UNIT / c->pixel};
}

static int64_t on_curve(int64_t a, int64_t b, int64_t c, int64_t d, int64_t i) {
    const int64_t n = PIECES, k = n - i;
    return (k * k * k * a + 3 * k * k * i * b + 3 * k * i * i * c + i * i * i * d) / (n * n * n);
}

/* One straight piece of the outline: an edge, or a stroke of half this width. */
static void add_piece(struct canvas *c, struct point a, struct point b, int64_t half) {
    if (half)
        add_stroke(c, a, b, half);
    else
        add_edge(c, a, b);
}

static struct point add_curve(struct canvas *c, struct point from, const struct path_step *step,
                              int64_t half) {
    struct point a = from, p[3];
    for (int i = 0; i < 3; i++)
        p[i] = point_of(c, step, i);
    for (int64_t i = 1; i <= PIECES; i++) {
        struct point b = {on_curve(from.x, p[0].x, p[1].x, p[2].x, i),
                          on_curve(from.y, p[0].y, p[1].y, p[2].y, i)};
        add_piece(c, a, b, half);
        a = b;
    }
    return a;
}

/* `half` 0: the area inside, which an outline left open closes by itself. */
static void add_path(struct canvas *c, const struct path *path, int64_t half) {
    struct point start = {0}, at = {0};
    for (size_t i = 0; i < path->n; i++) {
        const struct path_step *step = &path->steps[i];
        switch (step->verb) {
        case PATH_MOVE:
            if (!half)
                add_edge(c, at, start);
            start = at = point_of(c, step, 0);
            if (half)
                add_joint(c, at, half);
            break;
        case PATH_LINE:
            add_piece(c, at, point_of(c, step, 0), half);
            at = point_of(c, step, 0);
            break;
        case PATH_CURVE:
            at = add_curve(c, at, step, half);
            break;
        case PATH_CLOSE:
            add_piece(c, at, start, half);
            at = start;
            break;
        }
    }
    if (!half)
        add_edge(c, at, start);
}

/* ---- what is covered ---- */

struct crossing {
    int64_t x;
    int way;
};

static int by_top(const void *a, const void *b) {
    const struct edge *left = a, *right = b;
    return (left->y0 > right->y0) - (left->y0 < right->y0);
}

static int by_x(const void *a, const void *b) {
    const struct crossing *left = a, *right = b;
    return (left->x > right->x) - (left->x < right->x);
}

/* Adds a row's share of the pixels from x0 to x1. */
static void cover(int *row, int width, int64_t x0, int64_t x1) {
    const int64_t end = (int64_t)width * UNIT;
    x0 = x0 < 0 ? 0 : x0;
    x1 = x1 > end ? end : x1;
    while (x0 < x1) {
        int64_t pixel = x0 / UNIT, next = (pixel + 1) * UNIT;
        next = next < x1 ? next : x1;
        row[pixel] += (int)(next - x0);
        x0 = next;
    }
}

static void cover_line(int *row, int width, struct crossing *at, size_t n, bool winding) {
    int depth = 0;
    qsort(at, n, sizeof *at, by_x);
    for (size_t i = 0; i + 1 < n; i++) {
        depth += winding ? at[i].way : 1;
        if (winding ? depth : depth % 2)
            cover(row, width, at[i].x, at[i + 1].x);
    }
}

/* Adds all edges to the mask, and forgets them. */
static void fill(struct canvas *c, bool winding) {
    size_t edges = c->edges.n, next = 0, n = 0;
    struct edge *e = c->edges.at;
    const struct edge **active = POOL_ARRAY(c->pool, const struct edge *, edges + 1);
    struct crossing *at = POOL_ARRAY(c->pool, struct crossing, edges + 1);
    int *row = POOL_ARRAY(c->pool, int, (size_t)c->width);
    if (edges)
        qsort(e, edges, sizeof *e, by_top);
    for (int64_t y = 0; y < c->height; y++) {
        memset(row, 0, (size_t)c->width * sizeof *row);
        for (int k = 0; k < ROWS; k++) {
            int64_t line = y * UNIT + (2 * k + 1) * UNIT / (2 * ROWS);
            size_t kept = 0, crossings = 0;
            for (; next < edges && e[next].y0 <= line; next++)
                active[n++] = &e[next];
            for (size_t i = 0; i < n; i++) {
                const struct edge *a = active[i];
                if (a->y1 <= line)
                    continue;
                active[kept++] = a;
                at[crossings++] = (struct crossing){
                    a->x0 + (a->x1 - a->x0) * (line - a->y0) / (a->y1 - a->y0), a->way};
            }
            n = kept;
            cover_line(row, c->width, at, crossings, winding);
        }
        unsigned char *out = c->mask + y * c->width;
        for (int x = 0; x < c->width; x++) {
            int value = row[x] * 255 / (ROWS * UNIT);
            if (value > out[x])
                out[x] = (unsigned char)value;
        }
    }
    c->edges.n = 0;
}

/* ---- washing out ---- */

/* The mean of 2 r + 1 neighbours, `n` of them, `step` bytes apart. */
static void wash_line(unsigned char *p, int n, int step, int r, unsigned char *line) {
    const int width = 2 * r + 1;
    int sum = 0;
    for (int i = 0; i < n; i++)
        line[i] = p[i * step];
    for (int i = 0; i < r && i < n; i++)
        sum += line[i];
    for (int i = 0; i < n; i++) {
        sum += i + r < n ? line[i + r] : 0;
        sum -= i - r - 1 >= 0 ? line[i - r - 1] : 0;
        p[i * step] = (unsigned char)((sum + width / 2) / width);
    }
}

static void wash(struct canvas *c, int r) {
    int most = c->width > c->height ? c->width : c->height;
    unsigned char *line = pool_alloc(c->pool, (size_t)most);
    for (int turn = 0; r > 0 && turn < 3; turn++) {
        for (int y = 0; y < c->height; y++)
            wash_line(c->mask + y * c->width, c->width, 1, r, line);
        for (int x = 0; x < c->width; x++)
            wash_line(c->mask + x, c->height, c->width, r, line);
    }
}

/* ---- the whole ---- */

static bool bounds(const struct draw_path *d, int64_t low[2], int64_t high[2]) {
    low[0] = low[1] = INT64_MAX;
    high[0] = high[1] = INT64_MIN;
    for (size_t i = 0; i < d->path->n; i++) {
        const struct path_step *step = &d->path->steps[i];
        int points = step->verb == PATH_CURVE ? 3 : step->verb == PATH_CLOSE ? 0 : 1;
        for (int k = 0; k < points; k++) {
            const int64_t p[2] = {bounded(step->x[k]), bounded(step->y[k])};
            for (int axis = 0; axis < 2; axis++) {
                low[axis] = p[axis] < low[axis] ? p[axis] : low[axis];
                high[axis] = p[axis] > high[axis] ? p[axis] : high[axis];
            }
        }
    }
    return low[0] <= high[0];
}

/* Three boxes of radius r have a variance of r * (r + 1). */
static int radius_of(int64_t blur, int64_t pixel) {
    int64_t wanted = blur * 100 / 3 / pixel; /* of the deviation, 1/100 pixel */
    int r = 0;
    while (r < 60 && (int64_t)(r + 1) * (r + 1) * 10000 <= wanted * wanted)
        r++;
    return r;
}

unsigned char *blur_mask(struct pool *pool, const struct draw_path *d, struct blurred *place,
                         int size[2]) {
    int64_t low[2], high[2], half = d->stroke / 2, most = half + d->blur;
    struct canvas c = {.pool = pool, .pixel = d->blur * (int64_t)1000 / 3 / 2449};
    if (!bounds(d, low, high) || most > SIDE_MOST)
        return NULL;
    c.pixel = c.pixel < FINEST ? FINEST : c.pixel;
    c.left = low[0] - most;
    c.top = low[1] - most;
    for (;; c.pixel = c.pixel * 5 / 4) {
        c.width = (int)((high[0] + most - c.left) / c.pixel) + 1;
        c.height = (int)((high[1] + most - c.top) / c.pixel) + 1;
        if ((int64_t)c.width * c.height <= PIXELS_MOST)
            break;
    }
    size_t n = (size_t)c.width * (size_t)c.height;
    c.mask = pool_alloc(pool, n);
    memset(c.mask, 0, n);
    if (d->fill >= 0) {
        add_path(&c, d->path, 0);
        fill(&c, d->path->winding);
    }
    if (half) {
        int64_t units = half * UNIT / c.pixel;
        add_path(&c, d->path, units ? units : 1);
        fill(&c, true);
    }
    wash(&c, radius_of(d->blur, c.pixel));
    size[0] = c.width;
    size[1] = c.height;
    place->x = c.left;
    place->y = c.top;
    place->side[0] = c.width * c.pixel;
    place->side[1] = c.height * c.pixel;
    return c.mask;
}

static uint64_t key_of(const struct draw_path *d) {
    const unsigned char *p = (const unsigned char *)d->path->steps;
    uint64_t hash = UINT64_C(14695981039346656037);
    const int64_t rest[] = {d->fill, d->stroke, d->blur, d->color, d->path->winding};
    for (size_t i = 0; i < d->path->n * sizeof *d->path->steps; i++)
        hash = (hash ^ p[i]) * UINT64_C(1099511628211);
    for (size_t i = 0; i < sizeof rest / sizeof rest[0]; i++)
        hash = (hash ^ (uint64_t)rest[i]) * UINT64_C(1099511628211);
    return hash;
}

/* One pixel of the colour, through the mask. */
static unsigned add_object(uint32_t color, const unsigned char *mask, const int size[2],
                           struct objects *objects) {
    const unsigned char pixel[3] = {(unsigned char)(color >> 16), (unsigned char)(color >> 8),
                                    (unsigned char)color};
    struct buf entries = {0};
    image_put_entries(&entries, (uint32_t)size[0], (uint32_t)size[1], 8, "/DeviceGray");
    unsigned soft = object_add_packed(objects, &entries, mask, (size_t)size[0] * (size_t)size[1]);
    buf_clear(&entries);
    image_put_entries(&entries, 1, 1, 8, "/DeviceRGB");
    object_put_ref(&entries, "SMask", soft);
    unsigned number = object_add_stream(objects, &entries, pixel, sizeof pixel);
    buf_free(&entries);
    return number;
}

void blur_set_add(struct blur_set *set, const struct draw_path *draw, struct objects *objects) {
    uint32_t *known = idmap_at(set->pool, &set->known, key_of(draw));
    if (*known)
        return;
    struct blurred *b = VEC_PUSH(set->pool, &set->at);
    struct pool *scratch = pool_new();
    int size[2];
    *b = (struct blurred){0};
    *known = (uint32_t)set->at.n;
    const unsigned char *mask = blur_mask(scratch, draw, b, size);
    if (mask)
        b->object = add_object(draw->color, mask, size, objects);
    pool_free(scratch);
}

size_t blur_set_number(const struct blur_set *set, const struct draw_path *draw) {
    return idmap_get(&set->known, key_of(draw));
}
