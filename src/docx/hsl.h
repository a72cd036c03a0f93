/* hsl: colours by hue, saturation and lightness, in which tints and shades of themes are made
 * (17.3.2.6, 20.1.2.3). */
#ifndef CONGVAN_DOCX_HSL_H
#define CONGVAN_DOCX_HSL_H

#include <stdint.h>

enum { HSL_ONE = 100000 };

struct hsl {
    int64_t hue;                   /* in sixths of the circle, times HSL_ONE */
    int64_t saturation, lightness; /* of HSL_ONE */
};

struct hsl hsl_of(int32_t rgb); /* 0xRRGGBB */
int32_t hsl_rgb(const struct hsl *hsl);

#endif
