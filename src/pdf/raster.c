#include "pdf/raster.h"

#include "pdf/picture.h"

#include <string.h>

bool raster_fits(int64_t width, int64_t height) {
    return width >= 1 && height >= 1 && width <= INT16_MAX && height <= INT16_MAX &&
           width * height <= RASTER_PIXELS_MAX;
}

bool raster_open(struct pool *pool, struct raster *raster, int64_t width, int64_t height) {
    if (!raster_fits(width, height))
        return false;
    *raster = (struct raster){.width = (uint32_t)width, .height = (uint32_t)height};
    raster->rgb = pool_alloc(pool, (size_t)width * (size_t)height * 3);
    memset(raster->rgb, 0, (size_t)width * (size_t)height * 3);
    return true;
}

void raster_add_alpha(struct pool *pool, struct raster *raster) {
    size_t n = (size_t)raster->width * raster->height;
    raster->alpha = pool_alloc(pool, n);
    memset(raster->alpha, 0, n);
}

static unsigned add_mask(const struct raster *raster, struct objects *objects) {
    struct buf entries = {0};
    image_put_entries(&entries, raster->width, raster->height, 8, "/DeviceGray");
    unsigned number =
        object_add_packed(objects, &entries, raster->alpha, (size_t)raster->width * raster->height);
    buf_free(&entries);
    return number;
}

/* One byte a pixel, in the place of three, if all are grey: half the size when packed. */
static bool make_grey(struct raster *raster) {
    size_t n = (size_t)raster->width * raster->height;
    for (size_t i = 0; i < n; i++)
        if (raster->rgb[3 * i] != raster->rgb[3 * i + 1] ||
            raster->rgb[3 * i] != raster->rgb[3 * i + 2])
            return false;
    for (size_t i = 0; i < n; i++)
        raster->rgb[i] = raster->rgb[3 * i];
    return true;
}

/* What is not to be drawn becomes clear. */
static void recolor_pixels(struct pool *pool, struct raster *raster,
                           const struct recolor *recolor) {
    size_t n = (size_t)raster->width * raster->height;
    uint32_t last = 0, become = recolored(recolor, 0);
    if (recolor->unseen >= 0 && !raster->alpha) {
        raster_add_alpha(pool, raster);
        memset(raster->alpha, 0xFF, n);
    }
    for (size_t i = 0; i < n; i++) {
        unsigned char *p = raster->rgb + 3 * i;
        uint32_t color = (uint32_t)p[0] << 16 | (uint32_t)p[1] << 8 | p[2];
        if ((int32_t)color == recolor->unseen)
            raster->alpha[i] = 0;
        if (color != last)
            become = recolored(recolor, last = color);
        p[0] = (unsigned char)(become >> 16);
        p[1] = (unsigned char)(become >> 8);
        p[2] = (unsigned char)become;
    }
}

unsigned raster_add(struct pool *pool, struct raster *raster, const struct recolor *recolor,
                    struct objects *objects) {
    struct buf entries = {0};
    if (recolor)
        recolor_pixels(pool, raster, recolor);
    bool grey = make_grey(raster);
    image_put_entries(&entries, raster->width, raster->height, 8,
                      grey ? "/DeviceGray" : "/DeviceRGB");
    if (raster->alpha)
        object_put_ref(&entries, "SMask", add_mask(raster, objects));
    unsigned number = object_add_packed(objects, &entries, raster->rgb,
                                        (size_t)raster->width * raster->height * (grey ? 1 : 3));
    buf_free(&entries);
    return number;
}

unsigned raster_embed(struct pool *pool, const char *bytes, size_t len,
                      const struct recolor *recolor, struct objects *objects, enum diag_code *why) {
    struct raster raster = {0};
    const unsigned char *data = (const unsigned char *)bytes;
    bool gif = len >= 4 && memcmp(bytes, "GIF8", 4) == 0;
    if (gif ? !gif_decode(pool, data, len, &raster, why) : !bmp_decode(pool, data, len, &raster))
        return 0;
    if (raster.cut)
        *why = PDF_PICTURE_CUT;
    return raster_add(pool, &raster, recolor, objects);
}
