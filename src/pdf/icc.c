#include "pdf/icc.h"

#include <string.h>

enum { CURVE_POINTS = 256, TAGS = 9, HEADER = 128 };

static void put16(struct buf *out, unsigned value) {
    buf_putc(out, (char)(value >> 8));
    buf_putc(out, (char)(value & 0xFF));
}

static void put32(struct buf *out, uint32_t value) {
    put16(out, value >> 16);
    put16(out, value & 0xFFFF);
}

static void put_zeros(struct buf *out, int n) {
    while (n-- > 0)
        buf_putc(out, 0);
}

/* ---- the curve ---- */

/* Numbers from 0 to 1 with 30 bits behind the point. */
static uint64_t times(uint64_t a, uint64_t b) {
    return (a * b + (1 << 29)) >> 30;
}

/* x to the power 2.4: the y whose fifth power is x to the twelfth. Halved until found; no floating
 * point, whose last bit differs between machines. */
static uint64_t power_2_4(uint64_t x) {
    uint64_t squared = times(x, x), low = 0, high = UINT64_C(1) << 30;
    while (low + 1 < high) { /* the fifth root of x squared, that is x to the power 0.4 */
        uint64_t middle = (low + high) / 2, second = times(middle, middle);
        if (times(times(second, second), middle) <= squared)
            low = middle;
        else
            high = middle;
    }
    return times(squared, low);
}

/* How bright (of 65535) the value i of CURVE_POINTS is meant to be. */
static unsigned brightness(unsigned i) {
    uint64_t one = UINT64_C(1) << 30, v = one * i / (CURVE_POINTS - 1);
    uint64_t linear =
        v * 100000 <= one * 4045 ? v * 100 / 1292 : power_2_4((v * 1000 + 55 * one) / 1055);
    return (unsigned)((linear * 65535 + one / 2) >> 30);
}

static void put_curve(struct buf *out) {
    buf_append(out, "curv\0\0\0", 8);
    put32(out, CURVE_POINTS);
    for (unsigned i = 0; i < CURVE_POINTS; i++)
        put16(out, brightness(i));
}

/* ---- the other tags ---- */

static void put_xyz(struct buf *out, const uint32_t xyz[3]) {
    buf_append(out, "XYZ \0\0\0", 8);
    for (int i = 0; i < 3; i++)
        put32(out, xyz[i]);
}

/* textDescriptionType: in ASCII; none in Unicode, none in Macintosh script. */
static void put_description(struct buf *out, const char *text) {
    enum { SCRIPT = 67 };
    size_t n = strlen(text) + 1;
    buf_append(out, "desc\0\0\0", 8);
    put32(out, (uint32_t)n);
    buf_append(out, text, n);
    put_zeros(out, 4 + 4 + 2 + 1 + SCRIPT);
}

static void put_text(struct buf *out, const char *text) {
    buf_append(out, "text\0\0\0", 8);
    buf_append(out, text, strlen(text) + 1);
}

/* D50, to which a profile's numbers are adapted, and the primaries of sRGB so adapted (Bradford),
 * in 1/65536. The columns add up to D50, but for what rounding left. */
static const uint32_t d50[3] = {0xF6D6, 0x10000, 0xD32D};
static const uint32_t primaries[3][3] = {
    {0x6FA2, 0x38F5, 0x0390}, {0x6299, 0xB785, 0x18DA}, {0x24A0, 0x0F84, 0xB6CF}};

/* ---- the whole ---- */

struct tag {
    char name[5];
    size_t start, end;
};

static void begin(struct buf *data, struct tag *tag, const char *name) {
    put_zeros(data, (int)(-data->len & 3));
    memcpy(tag->name, name, 5);
    tag->start = data->len;
}

/* The tags' data to `data`; where each lies to `tags`. The three curves are one. */
static void put_tags(struct buf *data, struct tag tags[TAGS]) {
    static const char names[3][2][5] = {{"rXYZ", "rTRC"}, {"gXYZ", "gTRC"}, {"bXYZ", "bTRC"}};
    begin(data, &tags[0], "desc");
    put_description(data, "sRGB");
    tags[0].end = data->len;
    begin(data, &tags[1], "cprt");
    put_text(data, "No copyright");
    tags[1].end = data->len;
    begin(data, &tags[2], "wtpt");
    put_xyz(data, d50);
    tags[2].end = data->len;
    for (int i = 0; i < 3; i++) {
        begin(data, &tags[3 + i], names[i][0]);
        put_xyz(data, primaries[i]);
        tags[3 + i].end = data->len;
    }
    begin(data, &tags[6], names[0][1]);
    put_curve(data);
    tags[6].end = data->len;
    put_zeros(data, (int)(-data->len & 3));
    for (int i = 1; i < 3; i++) {
        tags[6 + i] = tags[6];
        memcpy(tags[6 + i].name, names[i][1], 5);
    }
}

static void put_header(struct buf *out, size_t size) {
    static const unsigned char made[12] = {0x07, 0xE4, 0, 1, 0, 1}; /* any fixed day: 1/1/2020 */
    size_t start = out->len;
    put32(out, (uint32_t)size);
    put32(out, 0);          /* no preferred colour engine */
    put32(out, 0x02100000); /* version 2.1 */
    buf_append(out, "mntrRGB XYZ ", 12);
    buf_append(out, made, 12);
    buf_append(out, "acsp", 4);
    put_zeros(out, 28); /* platform, flags, device and its attributes; intent 0, perceptual */
    for (int i = 0; i < 3; i++)
        put32(out, d50[i]);
    put_zeros(out, (int)(HEADER - (out->len - start)));
}

void icc_put_srgb(struct buf *out) {
    struct tag tags[TAGS];
    struct buf data = {0};
    put_tags(&data, tags);
    size_t before = HEADER + 4 + TAGS * 12;
    put_header(out, before + data.len);
    put32(out, TAGS);
    for (int i = 0; i < TAGS; i++) {
        buf_append(out, tags[i].name, 4);
        put32(out, (uint32_t)(before + tags[i].start));
        put32(out, (uint32_t)(tags[i].end - tags[i].start));
    }
    buf_append(out, data.data, data.len);
    buf_free(&data);
}
