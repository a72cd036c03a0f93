#include "pdf/blur.h"

#include "pdf/cover.h"
#include "pdf/picture.h"

#include <string.h>

enum {
    PIXELS_MOST = 400 * 1000, /* of a mask */
    FINEST = 100              /* mpt a pixel */
};

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

static void wash(struct pool *pool, struct cover *c, int r) {
    int most = c->width > c->height ? c->width : c->height;
    unsigned char *line = pool_alloc(pool, (size_t)most);
    for (int turn = 0; r > 0 && turn < 3; turn++) {
        for (int y = 0; y < c->height; y++)
            wash_line(c->mask + y * c->width, c->width, 1, r, line);
        for (int x = 0; x < c->width; x++)
            wash_line(c->mask + x, c->height, c->width, r, line);
    }
}

/* ---- the whole ---- */

/* Three boxes of radius r have a variance of r * (r + 1). */
static int radius_of(int64_t blur, int64_t pixel) {
    int64_t wanted = blur * 100 / 3 / pixel; /* of the deviation, 1/100 pixel */
    int r = 0;
    while (r < 60 && (int64_t)(r + 1) * (r + 1) * 10000 <= wanted * wanted)
        r++;
    return r;
}

/* The grid: as fine as the blur asks for and as the pixels allow. */
static struct cover grid_around(const int64_t low[2], const int64_t high[2], int64_t most,
                                int64_t pixel) {
    struct cover c = {.left = low[0] - most, .top = low[1] - most};
    for (c.pixel = pixel < FINEST ? FINEST : pixel;; c.pixel = c.pixel * 5 / 4) {
        c.width = (int)((high[0] + most - c.left) / c.pixel) + 1;
        c.height = (int)((high[1] + most - c.top) / c.pixel) + 1;
        if ((int64_t)c.width * c.height <= PIXELS_MOST)
            return c;
    }
}

unsigned char *blur_mask(struct pool *pool, const struct draw_path *d, struct blurred *place,
                         int size[2]) {
    int64_t low[2], high[2], half = d->stroke / 2, most = half + d->blur;
    if (!cover_bounds(d->path, low, high) || most > COVER_SIDE_MOST)
        return NULL;
    struct cover c = grid_around(low, high, most, d->blur * (int64_t)1000 / 3 / 2449);
    c.mask = pool_alloc(pool, (size_t)c.width * (size_t)c.height);
    bool good = d->fill < 0 || cover_area(&c, d->path);
    if (!good || (half && !cover_line(&c, d->path, half)))
        return NULL;
    wash(pool, &c, radius_of(d->blur, c.pixel));
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
