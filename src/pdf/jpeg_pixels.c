/* The pixels of a JPEG, by libjpeg-turbo. PDF knows JPEG, so they are needed only where a picture
 * is shown in other colours, and the library is loaded only then. Its own interface is used: that
 * of libjpeg tells of errors by leaving a function over the heads of its callers. */
#include "pdf/jpeg_pixels.h"

#include "base/library.h"

#include <turbojpeg.h>

#define FUNCTIONS(f)                                                                               \
    f(tjInitDecompress) f(tjDecompressHeader3) f(tjDecompress2) f(tjGetErrorCode) f(tjDestroy)

struct turbojpeg {
    LIBRARY_POINTERS(FUNCTIONS)
};

/* How much light four inks over each other let through, as Adobe writes them. */
static void take_inks(const unsigned char *from, size_t pixels, unsigned char *to) {
    for (size_t i = 0; i < pixels; i++, from += 4)
        for (int k = 0; k < 3; k++)
            *to++ = (unsigned char)(from[k] * from[3] / 255);
}

/* What is left of a torn one is there, the rest grey: a warning, no error. */
static bool decode(struct pool *pool, const struct turbojpeg *lib, tjhandle jpeg, const char *bytes,
                   size_t n, struct raster *out) {
    const unsigned char *data = (const unsigned char *)bytes;
    int width, height, sampling, space;
    if (lib->tjDecompressHeader3(jpeg, data, n, &width, &height, &sampling, &space) ||
        !raster_open(pool, out, width, height))
        return false;
    bool inks = space == TJCS_CMYK || space == TJCS_YCCK;
    size_t pixels = (size_t)width * (size_t)height;
    unsigned char *to = inks ? pool_alloc(pool, 4 * pixels) : out->rgb;
    bool whole = !lib->tjDecompress2(jpeg, data, n, to, width, 0, height,
                                     inks ? TJPF_CMYK : TJPF_RGB, TJFLAG_ACCURATEDCT);
    if (inks)
        take_inks(to, pixels, out->rgb);
    return whole || lib->tjGetErrorCode(jpeg) == TJERR_WARNING;
}

bool jpeg_pixels(struct pool *pool, const char *bytes, size_t n, struct raster *out) {
    struct turbojpeg lib;
    tjhandle jpeg =
        LIBRARY_LOAD("libturbojpeg.so.0", FUNCTIONS, &lib) ? lib.tjInitDecompress() : NULL;
    if (!jpeg)
        return false;
    bool done = decode(pool, &lib, jpeg, bytes, n, out);
    lib.tjDestroy(jpeg);
    return done;
}
