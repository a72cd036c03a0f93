#include "signature/veil.h"

#include <math.h>
#include <string.h>

enum { MAX_SIDE = 20000 };

static long long side(struct reader *reader, pdf_value image, const char *key) {
    long long n = 0;
    return reader_integer(reader, reader_key(reader, image, key), &n) && n > 0 && n <= MAX_SIDE ? n
                                                                                                : 0;
}

/* /Decode [1 0] turns the meaning of samples around; any other than the default is not read. */
static bool read_decode(struct reader *reader, pdf_value image, bool *turned) {
    pdf_value list = reader_key(reader, image, "/Decode");
    double from = reader_number(reader, reader_item(reader, list, 0));
    double to = reader_number(reader, reader_item(reader, list, 1));
    *turned = reader_count(reader, list) == 2 && from == 1 && to == 0;
    return reader_kind(reader, list) == PDF_NULL || *turned ||
           (reader_count(reader, list) == 2 && from == 0 && to == 1);
}

static bool invert(const double m[6], double out[6]) {
    double det = m[0] * m[3] - m[1] * m[2];
    if (!isfinite(det) || fabs(det) < 1e-9)
        return false;
    out[0] = m[3] / det;
    out[1] = -m[1] / det;
    out[2] = -m[2] / det;
    out[3] = m[0] / det;
    out[4] = -(m[4] * out[0] + m[5] * out[2]);
    out[5] = -(m[4] * out[1] + m[5] * out[3]);
    return true;
}

/* A soft mask has 8 bits of opacity a sample; a stencil, or the picture that is one itself, one
 * bit, where 0 is paint and 1 is left out. */
static bool read_mask(struct reader *reader, pdf_value mask, bool soft, struct veil *veil) {
    long long bits = soft ? side(reader, mask, "/BitsPerComponent") : 1;
    bool turned;
    size_t len = 0;
    veil->width = (int)side(reader, mask, "/Width");
    veil->height = (int)side(reader, mask, "/Height");
    if (!veil->width || !veil->height || (bits != 8 && bits != 1) ||
        !read_decode(reader, mask, &turned))
        return false;
    veil->bits = (int)bits;
    veil->zero_hides = soft ? turned : !turned;
    veil->row = ((size_t)veil->width * (size_t)bits + 7) / 8;
    veil->samples = (const unsigned char *)reader_decoded(reader, mask, &len);
    return veil->samples && len >= veil->row * (size_t)veil->height;
}

const struct veil *veil_of(struct reader *reader, struct pool *pool, pdf_value image,
                           const double matrix[6]) {
    struct veil *veil = POOL_NEW(pool, struct veil);
    pdf_value soft = reader_key(reader, image, "/SMask"), hard = reader_key(reader, image, "/Mask");
    bool is_soft = reader_kind(reader, soft) == PDF_STREAM;
    bool stencil =
        strcmp(reader_spelled(reader, reader_key(reader, image, "/ImageMask")), "true") == 0;
    pdf_value mask = is_soft ? soft : reader_kind(reader, hard) == PDF_STREAM ? hard : image;
    if ((mask == image && !stencil) || !invert(matrix, veil->inverse))
        return NULL;
    return read_mask(reader, mask, is_soft, veil) ? veil : NULL;
}

static bool sample_hides(const struct veil *veil, int x, int y) {
    const unsigned char *row = veil->samples + (size_t)y * veil->row;
    if (veil->bits == 8)
        return (row[x] >= 128) != veil->zero_hides;
    return ((row[x / 8] >> (7 - x % 8)) & 1) != veil->zero_hides;
}

bool veil_hides(const struct veil *veil, double x, double y) {
    const double *m = veil->inverse;
    double u = x * m[0] + y * m[2] + m[4], v = x * m[1] + y * m[3] + m[5];
    if (!(u >= 0 && u < 1 && v >= 0 && v < 1))
        return false;
    int row = (int)((1 - v) * veil->height); /* rows come from the top */
    return sample_hides(veil, (int)(u * veil->width), row < veil->height ? row : veil->height - 1);
}
