#include "docx/hsl.h"

struct hsl hsl_of(int32_t rgb) {
    int64_t c[3] = {rgb >> 16 & 255, rgb >> 8 & 255, rgb & 255};
    int64_t most = c[0], least = c[0];
    for (int i = 1; i < 3; i++) {
        most = c[i] > most ? c[i] : most;
        least = c[i] < least ? c[i] : least;
    }
    struct hsl hsl = {.lightness = (most + least) * HSL_ONE / 510};
    int64_t span = most - least, room = most + least <= 255 ? most + least : 510 - most - least;
    if (!span)
        return hsl;
    hsl.saturation = span * HSL_ONE / room;
    int64_t at = most == c[0]   ? (c[1] - c[2]) * HSL_ONE / span
                 : most == c[1] ? 2 * HSL_ONE + (c[2] - c[0]) * HSL_ONE / span
                                : 4 * HSL_ONE + (c[0] - c[1]) * HSL_ONE / span;
    hsl.hue = at < 0 ? at + 6 * HSL_ONE : at;
    return hsl;
}

static int64_t channel(const struct hsl *hsl, int64_t offset) {
    int64_t l = hsl->lightness, at = (hsl->hue + offset) % (6 * HSL_ONE);
    int64_t chroma = hsl->saturation * (l <= HSL_ONE / 2 ? l : HSL_ONE - l) / HSL_ONE;
    int64_t rise = at < HSL_ONE       ? at * 2 - HSL_ONE
                   : at < 3 * HSL_ONE ? HSL_ONE
                   : at < 4 * HSL_ONE ? (4 * HSL_ONE - at) * 2 - HSL_ONE
                                      : -HSL_ONE;
    return ((l + chroma * rise / HSL_ONE) * 255 + HSL_ONE / 2) / HSL_ONE;
}

int32_t hsl_rgb(const struct hsl *hsl) {
    return (int32_t)(channel(hsl, 2 * HSL_ONE) << 16 | channel(hsl, 0) << 8 |
                     channel(hsl, 4 * HSL_ONE));
}
