/* gif: the first frame of a GIF file, read by giflib. */
#include "base/library.h"
#include "pdf/raster.h"

#include <gif_lib.h>
#include <string.h>

/* Loaded when a document has such a picture: few have. */
#define FUNCTIONS(f)                                                                               \
    f(DGifOpen) f(DGifCloseFile) f(DGifGetRecordType) f(DGifGetExtension) f(DGifGetExtensionNext)  \
        f(DGifExtensionToGCB) f(DGifGetImageDesc) f(DGifGetLine)

struct gif_library {
    LIBRARY_POINTERS(FUNCTIONS)
};

struct gif {
    struct gif_library lib;
    GifFileType *file;
    const unsigned char *bytes;
    size_t n, at;
    int transparent; /* index; -1: none */
};

static int read_bytes(GifFileType *file, GifByteType *to, int n) {
    struct gif *g = file->UserData;
    size_t left = g->n - g->at, want = n > 0 ? (size_t)n : 0;
    want = want < left ? want : left;
    memcpy(to, g->bytes + g->at, want);
    g->at += want;
    return (int)want;
}

/* ---- up to the first frame ---- */

/* A block begins with its length. */
static bool read_extension(struct gif *g) {
    int code;
    GifByteType *block;
    GraphicsControlBlock control;
    bool good = g->lib.DGifGetExtension(g->file, &code, &block) == GIF_OK;
    while (good && block) {
        if (code == GRAPHICS_EXT_FUNC_CODE &&
            g->lib.DGifExtensionToGCB(block[0], block + 1, &control) == GIF_OK)
            g->transparent = control.TransparentColor;
        good = g->lib.DGifGetExtensionNext(g->file, &block) == GIF_OK;
    }
    return good;
}

static bool find_frame(struct gif *g) {
    GifRecordType kind;
    while (g->lib.DGifGetRecordType(g->file, &kind) == GIF_OK)
        if (kind == IMAGE_DESC_RECORD_TYPE)
            return g->lib.DGifGetImageDesc(g->file) == GIF_OK;
        else if (kind != EXTENSION_RECORD_TYPE || !read_extension(g))
            return false;
    return false;
}

/* ---- pixels ---- */

static void put(const struct gif *g, struct raster *out, int64_t x, int64_t y, unsigned index) {
    const ColorMapObject *own = g->file->Image.ColorMap;
    const ColorMapObject *map = own ? own : g->file->SColorMap;
    if (x >= out->width || y >= out->height || index >= (unsigned)map->ColorCount)
        return;
    size_t at = (size_t)y * out->width + (size_t)x;
    memcpy(out->rgb + at * 3,
           (unsigned char[]){map->Colors[index].Red, map->Colors[index].Green,
                             map->Colors[index].Blue},
           3);
    if (out->alpha && (int)index != g->transparent)
        out->alpha[at] = 0xFF;
}

/* Pixel by pixel: of a line that is cut short giflib would give nothing. */
static bool read_row(const struct gif *g, struct raster *out, int row) {
    const GifImageDesc *frame = &g->file->Image;
    for (int column = 0; column < frame->Width; column++) {
        GifPixelType pixel;
        if (g->lib.DGifGetLine(g->file, &pixel, 1) != GIF_OK)
            return false;
        put(g, out, (int64_t)frame->Left + column, (int64_t)frame->Top + row, pixel);
    }
    return true;
}

/* Interlaced rows come in four passes, others in the last of them alone (GIF89a, appendix E). */
static bool read_rows(const struct gif *g, struct raster *out) {
    static const int start[] = {0, 4, 2, 1, 0}, step[] = {8, 8, 4, 2, 1};
    bool interlaced = g->file->Image.Interlace;
    for (int pass = interlaced ? 0 : 4; pass < (interlaced ? 4 : 5); pass++)
        for (int row = start[pass]; row < g->file->Image.Height; row += step[pass])
            if (!read_row(g, out, row))
                return false;
    return true;
}

static bool decode(struct pool *pool, struct gif *g, struct raster *out) {
    const GifImageDesc *frame = &g->file->Image;
    int width = g->file->SWidth, height = g->file->SHeight;
    if (!find_frame(g) || !(frame->ColorMap || g->file->SColorMap) ||
        !raster_open(pool, out, width, height))
        return false;
    bool covers = !frame->Left && !frame->Top && frame->Width >= width && frame->Height >= height;
    if (g->transparent >= 0 || !covers)
        raster_add_alpha(pool, out);
    else
        memset(out->rgb, 0xFF, (size_t)width * (size_t)height * 3);
    out->cut = !read_rows(g, out);
    return true;
}

bool gif_decode(struct pool *pool, const unsigned char *bytes, size_t n, struct raster *out,
                enum diag_code *why) {
    struct gif g = {.bytes = bytes, .n = n, .transparent = NO_TRANSPARENT_COLOR};
    if (!LIBRARY_LOAD("libgif.so.7", FUNCTIONS, &g.lib)) {
        *why = PDF_PICTURE_NO_LIBRARY;
        return false;
    }
    int fault;
    g.file = g.lib.DGifOpen(&g, read_bytes, &fault);
    bool good = g.file && decode(pool, &g, out);
    if (g.file)
        g.lib.DGifCloseFile(g.file, &fault);
    return good;
}
