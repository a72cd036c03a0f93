/* Borders and shading, of paragraphs, cells and runs alike. */
#include "docx/hsl.h"
#include "docx/style_props.h"
#include "docx/units.h"

#include <stdlib.h>
#include <string.h>

/* The attributes a colour is made of. */
struct color_names {
    enum xml_name written, theme, tint, shade;
};

/* Two hexadecimal digits; 255, all of it, where nothing is said. */
static int32_t share_of(const struct xml_node *node, enum xml_name attr) {
    const char *value = xml_get(node, attr);
    unsigned long n = value ? strtoul(value, NULL, 16) : 255;
    return (int32_t)(n > 255 ? 255 : n);
}

/* What is left of the way to white, rounded down as Word does. */
static int32_t tinted(int32_t color, int32_t tint) {
    int32_t out = 0;
    for (int shift = 0; shift <= 16; shift += 8)
        out |= (255 - ((255 - (color >> shift & 255)) * tint + 254) / 255) << shift;
    return out;
}

/* A tint leaves that share of the way to white, a shade that share of the lightness. */
static int32_t color_of(struct theme *theme, const struct xml_node *node,
                        const struct color_names *names) {
    const char *name = xml_get(node, names->theme);
    int32_t color = color_hex(xml_get(node, names->written));
    if (color >= 0 || !name || (color = theme_color(theme, name)) < 0)
        return color;
    int32_t shade = share_of(node, names->shade);
    if (shade < 255) {
        struct hsl hsl = hsl_of(color);
        hsl.lightness = hsl.lightness * shade / 255;
        color = hsl_rgb(&hsl);
    }
    return tinted(color, share_of(node, names->tint));
}

int32_t themed_color(struct theme *theme, const struct xml_node *node, enum xml_name written) {
    const struct color_names names = {written, w_themeColor, w_themeTint, w_themeShade};
    return color_of(theme, node, &names);
}

/* ---- shading (17.3.5) ---- */

static bool is_striped(const char *pattern) {
    return pattern && (strstr(pattern, "Stripe") || strstr(pattern, "Cross"));
}

/* How much of the area a pattern covers with its foreground, in thousandths. */
static int coverage(const char *pattern) {
    static const struct {
        const char *name;
        int share;
    } odd[] = {{"pct12", 125}, {"pct37", 375}, {"pct62", 625}, {"pct87", 875}, {"solid", 1000}};
    if (!pattern || strcmp(pattern, "clear") == 0)
        return 0;
    for (size_t i = 0; i < sizeof odd / sizeof odd[0]; i++)
        if (strcmp(pattern, odd[i].name) == 0)
            return odd[i].share;
    if (strncmp(pattern, "pct", 3) != 0)
        return is_striped(pattern) ? 333 : 0;
    int percent = atoi(pattern + 3);
    return percent < 0 ? 0 : percent > 100 ? 1000 : percent * 10;
}

static uint32_t mixed(uint32_t under, uint32_t over, uint32_t share) {
    uint32_t color = 0;
    for (int shift = 16; shift >= 0; shift -= 8) {
        uint32_t a = under >> shift & 0xFF, b = over >> shift & 0xFF;
        color |= ((a * (1000 - share) + b * share + 500) / 1000) << shift;
    }
    return color;
}

int32_t shade_read(struct theme *theme, const struct xml_node *shd, bool *striped) {
    const char *pattern = xml_get(shd, w_val);
    *striped = is_striped(pattern);
    if (pattern && strcmp(pattern, "nil") == 0)
        return -1;
    static const struct color_names names = {w_fill, w_themeFill, w_themeFillTint,
                                             w_themeFillShade};
    int32_t fill = color_of(theme, shd, &names);
    int share = coverage(pattern);
    if (!share)
        return fill;
    int32_t color = themed_color(theme, shd, w_color);
    return (int32_t)mixed(fill < 0 ? 0xFFFFFF : (uint32_t)fill, color < 0 ? 0 : (uint32_t)color,
                          (uint32_t)share);
}

/* ---- borders ---- */

static enum border_style style_of(const char *kind) {
    static const char *const names[BORDER_STYLES] = {
        [BORDER_SINGLE] = "single",
        [BORDER_THICK] = "thick",
        [BORDER_DOUBLE] = "double",
        [BORDER_DOTTED] = "dotted",
        [BORDER_DASHED] = "dashed",
        [BORDER_DOT_DASH] = "dotDash",
        [BORDER_DOT_DOT_DASH] = "dotDotDash",
        [BORDER_TRIPLE] = "triple",
        [BORDER_THIN_THICK_SMALL] = "thinThickSmallGap",
        [BORDER_THICK_THIN_SMALL] = "thickThinSmallGap",
        [BORDER_THIN_THICK_THIN_SMALL] = "thinThickThinSmallGap",
        [BORDER_THIN_THICK_MEDIUM] = "thinThickMediumGap",
        [BORDER_THICK_THIN_MEDIUM] = "thickThinMediumGap",
        [BORDER_THIN_THICK_THIN_MEDIUM] = "thinThickThinMediumGap",
        [BORDER_THIN_THICK_LARGE] = "thinThickLargeGap",
        [BORDER_THICK_THIN_LARGE] = "thickThinLargeGap",
        [BORDER_THIN_THICK_THIN_LARGE] = "thinThickThinLargeGap",
        [BORDER_WAVE] = "wave",
        [BORDER_DOUBLE_WAVE] = "doubleWave",
        [BORDER_DASH_SMALL_GAP] = "dashSmallGap",
        [BORDER_DASH_DOT_STROKED] = "dashDotStroked",
        [BORDER_EMBOSS] = "threeDEmboss",
        [BORDER_ENGRAVE] = "threeDEngrave",
        [BORDER_OUTSET] = "outset",
        [BORDER_INSET] = "inset",
    };
    for (int i = 0; i < BORDER_STYLES; i++)
        if (strcmp(kind, names[i]) == 0)
            return (enum border_style)i;
    return BORDER_SINGLE; /* and the pictures of art borders */
}

enum { THIN = 750, GAP = 750 }; /* of the small-gap styles; the large ones have a line of twice */

/* The room all lines of a border take, from the width of one. */
static mpt over_all(enum border_style style, mpt line) {
    switch (style) {
    case BORDER_THICK:
    case BORDER_THIN_THICK_MEDIUM:
    case BORDER_THICK_THIN_MEDIUM:
        return 2 * line;
    case BORDER_DOUBLE:
    case BORDER_WAVE:
    case BORDER_THIN_THICK_THIN_MEDIUM:
        return 3 * line;
    case BORDER_TRIPLE:
        return 5 * line;
    case BORDER_DOUBLE_WAVE:
        return 6 * line;
    case BORDER_THIN_THICK_SMALL:
    case BORDER_THICK_THIN_SMALL:
        return line + THIN + GAP;
    case BORDER_THIN_THICK_THIN_SMALL:
        return line + 2 * (THIN + GAP);
    case BORDER_THIN_THICK_LARGE:
    case BORDER_THICK_THIN_LARGE:
        return line + 3 * THIN;
    case BORDER_THIN_THICK_THIN_LARGE:
        return 2 * line + 4 * THIN;
    default:
        return line;
    }
}

enum { MAX_LINE = 12000, /* w:sz ends at 96 eighths (17.18.60) */ };

struct border border_read(struct theme *theme, const struct xml_node *node) {
    const char *kind = xml_get(node, w_val);
    struct border border = {0};
    if (!kind || strcmp(kind, "nil") == 0 || strcmp(kind, "none") == 0)
        return border;
    int32_t color = themed_color(theme, node, w_color);
    border.style = style_of(kind);
    border.line = length_get(node, w_sz, UNIT_EIGHTH, 4 * UNIT_EIGHTH);
    if (border.line < 2 * UNIT_EIGHTH)
        border.line = 2 * UNIT_EIGHTH; /* Word draws nothing thinner */
    if (border.line > MAX_LINE)
        border.line = MAX_LINE;
    border.width = over_all(border.style, border.line);
    border.space = length_get(node, w_space, UNIT_POINT, 0);
    border.color = color < 0 ? 0 : (uint32_t)color;
    border.fancy = xml_attr_on(node, w_shadow) || xml_attr_on(node, w_frame);
    return border;
}

bool border_known(const char *kind) {
    return !kind || strcmp(kind, "nil") == 0 || strcmp(kind, "none") == 0 ||
           strcmp(kind, "single") == 0 || style_of(kind) != BORDER_SINGLE;
}
