/* The pixels of a JPEG, by libjpeg. PDF knows JPEG, so they are needed only where a picture is
 * shown in other colours. The library is loaded then, as libtiff is, which needs it too. */
#include "pdf/jpeg_pixels.h"

#include <dlfcn.h>
#include <setjmp.h>
#include <stdio.h>
#include <string.h>

#include <jpeglib.h>

#define FUNCTIONS(f)                                                                               \
    f(jpeg_std_error) f(jpeg_CreateDecompress) f(jpeg_mem_src) f(jpeg_read_header)                 \
        f(jpeg_start_decompress) f(jpeg_read_scanlines) f(jpeg_destroy_decompress)

struct library {
#define POINTER(name) __typeof__(&(name)) name;
    FUNCTIONS(POINTER)
#undef POINTER
};

struct decoder {
    struct jpeg_error_mgr errors; /* first: it is what libjpeg gives back */
    struct jpeg_decompress_struct jpeg;
    struct library lib;
    jmp_buf failed;
};

static bool load(struct library *lib) {
    void *handle = dlopen("libjpeg.so.62", RTLD_LAZY | RTLD_LOCAL);
    if (!handle)
        return false;
    bool all = true;
#define LOOK_UP(name)                                                                              \
    *(void **)&lib->name = dlsym(handle, #name);                                                   \
    all = all && lib->name;
    FUNCTIONS(LOOK_UP)
#undef LOOK_UP
    return all;
}

static void fail(j_common_ptr jpeg) {
    longjmp(((struct decoder *)jpeg->err)->failed, 1);
}

static void say_nothing(j_common_ptr jpeg, int level) {
    (void)jpeg, (void)level;
}

/* Four inks over each other; Adobe writes how much light each lets through. */
static void take_inks(const unsigned char *from, size_t pixels, bool adobe, unsigned char *to) {
    for (size_t i = 0; i < pixels; i++, from += 4)
        for (int k = 0; k < 3; k++) {
            int ink = adobe ? from[k] : 255 - from[k], black = adobe ? from[3] : 255 - from[3];
            *to++ = (unsigned char)(ink * black / 255);
        }
}

static bool decode(struct pool *pool, struct decoder *d, const char *bytes, size_t n,
                   struct raster *out) {
    struct jpeg_decompress_struct *j = &d->jpeg;
    if (setjmp(d->failed))
        return false;
    d->lib.jpeg_CreateDecompress(j, JPEG_LIB_VERSION, sizeof *j);
    d->lib.jpeg_mem_src(j, (const unsigned char *)bytes, n);
    d->lib.jpeg_read_header(j, TRUE);
    if (!raster_open(pool, out, j->image_width, j->image_height))
        return false;
    bool inks = j->num_components == 4;
    j->out_color_space = inks ? JCS_CMYK : JCS_RGB;
    d->lib.jpeg_start_decompress(j);
    size_t width = out->width;
    unsigned char *line = pool_alloc(pool, 4 * width);
    while (j->output_scanline < j->output_height) {
        unsigned char *row = out->rgb + 3 * width * j->output_scanline, *to = inks ? line : row;
        d->lib.jpeg_read_scanlines(j, &to, 1);
        if (inks)
            take_inks(line, width, j->saw_Adobe_marker, row);
    }
    return true;
}

bool jpeg_pixels(struct pool *pool, const char *bytes, size_t n, struct raster *out) {
    struct decoder *d = POOL_NEW(pool, struct decoder);
    if (!load(&d->lib))
        return false;
    d->jpeg.err = d->lib.jpeg_std_error(&d->errors);
    d->errors.error_exit = fail;
    d->errors.emit_message = say_nothing;
    bool done = decode(pool, d, bytes, n, out);
    d->lib.jpeg_destroy_decompress(&d->jpeg);
    return done;
}
