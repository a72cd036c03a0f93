#include "pdf/picture.h"
#include "docx/png_size.h"
#include "pdf/jpeg_pixels.h"
#include "pdf/raster.h"
#include "pdf/tiff.h"

#include <string.h>

void image_put_entries(struct buf *out, uint32_t width, uint32_t height, int bits,
                       const char *color_space) {
    buf_puts(out, "/Type/XObject/Subtype/Image/Width ");
    buf_put_int(out, width);
    buf_puts(out, "/Height ");
    buf_put_int(out, height);
    buf_puts(out, "/BitsPerComponent ");
    buf_put_int(out, bits);
    buf_puts(out, "/ColorSpace");
    buf_puts(out, color_space);
}

/* ---- JPEG (ITU-T T.81, annex B) ---- */

struct jpeg {
    uint32_t width, height;
    int components;
    bool torn;  /* its end is missing */
    bool adobe; /* has Adobe's APP14: four components are then stored inverted */
};

enum {
    SOI = 0xD8,
    EOI = 0xD9,
    SOS = 0xDA,
    APP14 = 0xEE,
    SOF0 = 0xC0,
    SOF2 = 0xC2,
    TEM = 0x01,
    RST0 = 0xD0,
    RST7 = 0xD7
};

static uint32_t u16(const unsigned char *p) {
    return (uint32_t)p[0] << 8 | p[1];
}

/* Baseline, extended and progressive frames are all that DCTDecode takes, 8 bits deep. */
static bool read_frame(const unsigned char *segment, size_t n, struct jpeg *jpeg) {
    if (n < 8 || segment[2] != 8)
        return false;
    jpeg->height = u16(segment + 3);
    jpeg->width = u16(segment + 5);
    jpeg->components = segment[7];
    return jpeg->width && jpeg->height && n >= 8 + 3 * (size_t)jpeg->components &&
           (jpeg->components == 1 || jpeg->components == 3 || jpeg->components == 4);
}

/* A segment starts with its length, which counts itself. False if it spoils the file. */
static bool read_segment(int marker, const unsigned char *segment, size_t n, struct jpeg *jpeg) {
    if (marker == APP14 && n >= 7 && memcmp(segment + 2, "Adobe", 5) == 0)
        jpeg->adobe = true;
    bool is_frame =
        marker >= SOF0 && marker <= 0xCF && marker != 0xC4 && marker != 0xC8 && marker != 0xCC;
    return !is_frame || (marker <= SOF2 && read_frame(segment, n, jpeg));
}

/* The end marker, searched from the back: cameras append to a file, a torn one has none. */
static bool has_end(const unsigned char *p, size_t at, size_t len) {
    for (size_t i = len; i >= at + 2; i--)
        if (p[i - 2] == 0xFF && p[i - 1] == EOI)
            return true;
    return false;
}

static bool read_jpeg(const unsigned char *p, size_t len, struct jpeg *jpeg) {
    if (len < 4 || p[0] != 0xFF || p[1] != SOI)
        return false;
    for (size_t at = 2; len - at >= 4;) {
        if (p[at] != 0xFF)
            return false;
        int marker = p[at + 1];
        if (marker == 0xFF || marker == TEM || (marker >= RST0 && marker <= RST7)) {
            at += marker == 0xFF ? 1 : 2; /* a fill byte, or a marker without a segment */
            continue;
        }
        size_t n = u16(p + at + 2);
        if (n < 2 || n > len - at - 2 || !read_segment(marker, p + at + 2, n, jpeg))
            return false;
        at += 2 + n;
        if (marker == SOS) {
            jpeg->torn = !has_end(p, at, len);
            return jpeg->width > 0;
        }
    }
    return false;
}

/* Four inks, on pages whose output intent is RGB: no DeviceCMYK then (ISO 19005-2, 6.2.4.3). Each
 * ink takes its light away, black from all: the plain conversion of 10.3.5. */
static void put_inks(struct buf *out, struct objects *objects) {
    static const char program[] = "{1 exch sub dup 4 index 1 exch sub mul 5 1 roll "
                                  "dup 3 index 1 exch sub mul 5 1 roll exch 1 exch sub mul "
                                  "3 1 roll pop pop}";
    static const char *const inks[4][2] = {
        {"Cyan", "0 1 1"}, {"Magenta", "1 0 1"}, {"Yellow", "1 1 0"}, {"Black", "0 0 0"}};
    struct buf entries = {0};
    buf_puts(&entries, "/FunctionType 4/Domain[0 1 0 1 0 1 0 1]/Range[0 1 0 1 0 1]");
    unsigned function = object_add_stream(objects, &entries, program, sizeof program - 1);
    buf_free(&entries);
    buf_puts(out, "[/DeviceN[/Cyan/Magenta/Yellow/Black]/DeviceRGB ");
    buf_put_int(out, function);
    buf_puts(out, " 0 R<</Colorants<<");
    for (int i = 0; i < 4; i++)
        buf_printf(out,
                   "/%s[/Separation/%s/DeviceRGB<</FunctionType 2/Domain[0 1]/N 1"
                   "/C0[1 1 1]/C1[%s]>>]",
                   inks[i][0], inks[i][0], inks[i][1]);
    buf_puts(out, ">>>>]");
}

/* Levels alone are told by what the samples mean (8.9.5.2); a viewer keeps them from 0 to 1. */
static void put_meaning(struct buf *out, const struct jpeg *jpeg, const struct recolor *recolor) {
    if (!recolor || jpeg->components == 4)
        return;
    buf_puts(out, "/Decode[");
    for (int i = 0; i < jpeg->components; i++) {
        buf_puts(out, i ? " " : "");
        buf_put_milli(out, recolor->raise);
        buf_putc(out, ' ');
        buf_put_milli(out, (int64_t)recolor->raise + recolor->gain);
    }
    buf_puts(out, "]");
}

static unsigned add_jpeg(const char *bytes, size_t len, const struct jpeg *of,
                         const struct recolor *recolor, struct objects *objects) {
    const struct jpeg jpeg = *of;
    struct buf entries = {0}, space = {0};
    if (jpeg.components == 4)
        put_inks(&space, objects);
    else
        buf_puts(&space, jpeg.components == 1 ? "/DeviceGray" : "/DeviceRGB");
    image_put_entries(&entries, jpeg.width, jpeg.height, 8, buf_text(&space));
    if (jpeg.components == 4 && jpeg.adobe)
        buf_puts(&entries, "/Decode[1 0 1 0 1 0 1 0]");
    put_meaning(&entries, &jpeg, recolor);
    buf_puts(&entries, "/Filter/DCTDecode");
    unsigned number = object_add_stream(objects, &entries, bytes, len);
    buf_free(&entries);
    buf_free(&space);
    return number;
}

static unsigned jpeg_embed(struct pool *pool, const char *bytes, size_t len,
                           const struct recolor *recolor, struct objects *objects,
                           enum diag_code *why) {
    struct jpeg jpeg = {0};
    struct raster raster = {0};
    if (!read_jpeg((const unsigned char *)bytes, len, &jpeg))
        return 0;
    if (jpeg.torn && !jpeg_pixels(pool, bytes, len, &raster))
        return 0;
    if (jpeg.torn) {
        *why = PDF_PICTURE_CUT;
        return raster_add(pool, &raster, recolor, objects);
    }
    bool levels =
        recolor && recolor->kind == COLORS_KEPT && recolor->unseen < 0 && recolor->changed < 0;
    if (!recolor || (levels && jpeg.components != 4))
        return add_jpeg(bytes, len, &jpeg, recolor, objects);
    if (jpeg_pixels(pool, bytes, len, &raster))
        return raster_add(pool, &raster, recolor, objects);
    *why = PDF_PICTURE_COLORS;
    return add_jpeg(bytes, len, &jpeg, NULL, objects);
}

bool picture_pixels(const struct picture *picture, uint32_t size[2]) {
    struct jpeg jpeg = {0};
    if (png_size(picture->bytes, picture->len, &size[0], &size[1]))
        return true;
    if (!read_jpeg((const unsigned char *)picture->bytes, picture->len, &jpeg))
        return false;
    size[0] = jpeg.width;
    size[1] = jpeg.height;
    return true;
}

/* ---- the set ---- */

enum { DAMAGED = 1 };

static uint64_t key_of(const struct picture *picture) {
    return (uint64_t)(uintptr_t)(picture->recolor ? (const void *)picture->recolor
                                                  : (const void *)picture->bytes);
}

/* `why`: the message if it is 0, or one of those that a picture goes with. */
static unsigned embed(struct picture_set *set, const struct picture *picture, struct flate *flate,
                      struct objects *objects, enum diag_code *why) {
    *why = PDF_PICTURE_DAMAGED;
    if (!picture->bytes || picture->len < 2)
        return 0;
    const char *bytes = picture->bytes;
    const struct recolor *recolor = picture->recolor;
    if (memcmp(bytes, "\xFF\xD8", 2) == 0)
        return jpeg_embed(set->pool, bytes, picture->len, recolor, objects, why);
    if (memcmp(bytes, "BM", 2) == 0 || memcmp(bytes, "GI", 2) == 0)
        return raster_embed(set->pool, bytes, picture->len, recolor, objects, why);
    if (memcmp(bytes, "II", 2) == 0 || memcmp(bytes, "MM", 2) == 0)
        return tiff_embed(set->pool, bytes, picture->len, recolor, objects, why);
    return png_embed(set->pool, bytes, picture->len, recolor, flate, objects);
}

static void report(const struct picture *picture, struct where where, enum diag_code why,
                   struct diag *diag) {
    struct buf number = {0};
    where.part = picture->story ? picture->story : picture->part;
    if (picture->number)
        buf_put_int(&number, (int64_t)picture->number);
    else
        buf_putc(&number, '?');
    diag_add(diag, why, where, picture->part ? picture->part : "?", buf_text(&number), NULL);
    buf_free(&number);
}

void picture_set_add(struct picture_set *set, const struct picture *picture, struct where where,
                     struct flate *flate, struct objects *objects, struct diag *diag) {
    uint32_t *known = idmap_at(set->pool, &set->by_bytes, key_of(picture));
    if (*known)
        return;
    enum diag_code why;
    unsigned object = embed(set, picture, flate, objects, &why);
    if (why != PDF_PICTURE_DAMAGED || !object)
        report(picture, where, why, diag);
    if (object) {
        *VEC_PUSH(set->pool, &set->objects) = object;
        *known = DAMAGED + (uint32_t)set->objects.n;
        return;
    }
    *known = DAMAGED;
}

size_t picture_set_number(const struct picture_set *set, const struct picture *picture) {
    uint32_t known = idmap_get(&set->by_bytes, key_of(picture));
    return known > DAMAGED ? known - DAMAGED : 0;
}
