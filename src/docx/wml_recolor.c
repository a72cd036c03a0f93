/* What is done to the colours of a picture: the effects of a:blip (20.1.8), the attributes of
 * v:imagedata (part 4, 19.1.2.11). The measure of both: v becomes (v + b/2 - 1/2) * g + 1/2 + b/2,
 * where the brightness b is twice VML's black level, and the gain g is 1 + c for a contrast c below
 * 0, and 1 / (1 - c) above. Word's washed-out watermark is b = 0.7, g = 0.3. */
#include "docx/hsl.h"
#include "docx/units.h"
#include "docx/wml_read.h"

#include <stdlib.h>
#include <string.h>

enum { WHOLE = HSL_ONE, ONE = 1000 };

static struct recolor *of(struct story *story, struct picture *picture) {
    if (!picture->recolor) {
        picture->recolor = POOL_NEW(story->reader->pool, struct recolor);
        *picture->recolor = (struct recolor){.gain = ONE, .unseen = -1, .changed = -1};
    }
    return picture->recolor;
}

/* Thousandths of an attribute in thousandths of a percent, or "12%". */
static int32_t share_of(const struct xml_node *node, const char *name, int32_t otherwise) {
    const char *value = xml_get_local(node, name);
    long n = value ? strtol(value, NULL, 10) : 0;
    if (!value)
        return otherwise;
    n = strchr(value, '%') ? n * (WHOLE / 100) : n;
    n = n > WHOLE ? WHOLE : n < -WHOLE ? -WHOLE : n;
    return (int32_t)(n / (WHOLE / ONE));
}

static void set_levels(struct recolor *recolor, int64_t bright, int64_t gain) {
    gain = gain < 0 ? 0 : gain > 1000 * ONE ? 1000 * ONE : gain;
    recolor->gain = (int32_t)gain;
    recolor->raise =
        (int32_t)(((bright / 2 - ONE / 2) * gain + (ONE / 2 + bright / 2) * ONE) / ONE);
}

/* ---- DrawingML ---- */

static void read_levels(const struct xml_node *lum, struct recolor *recolor) {
    int32_t bright = share_of(lum, "bright", 0), contrast = share_of(lum, "contrast", 0);
    int64_t gain = contrast <= 0    ? ONE + contrast
                   : contrast < ONE ? (int64_t)ONE * ONE / (ONE - contrast)
                                    : 1000 * ONE;
    set_levels(recolor, bright, gain);
}

static bool read_duotone(struct story *story, const struct xml_node *duotone,
                         struct recolor *recolor) {
    const struct xml_node *node;
    int32_t colors[2];
    size_t n = 0;
    XML_EACH_CHILD (node, duotone) {
        struct paint paint = read_color(story->reader->theme, node);
        if (paint.color >= 0 && n < 2)
            colors[n++] = paint.color;
    }
    if (n < 2)
        return false;
    recolor->kind = COLORS_DUOTONE;
    recolor->dark = (uint32_t)colors[0];
    recolor->light = (uint32_t)colors[1];
    return true;
}

/* One colour becomes another, or is not drawn; what is half clear is not done. */
static bool read_change(struct story *story, const struct xml_node *change,
                        struct recolor *recolor) {
    struct theme *theme = story->reader->theme;
    struct paint from = read_paint(theme, xml_child_local(change, "clrFrom"));
    struct paint to = read_paint(theme, xml_child_local(change, "clrTo"));
    if (from.color < 0 || (to.clear < OPAQUE && (to.clear > 0 || to.color < 0)))
        return false;
    if (to.clear >= OPAQUE) {
        recolor->unseen = from.color;
    } else {
        recolor->changed = from.color;
        recolor->to = to.color;
    }
    return true;
}

static bool read_effect(struct story *story, const struct xml_node *effect,
                        struct picture *picture) {
    struct recolor *recolor = of(story, picture);
    if (xml_is_local(effect, "duotone"))
        return read_duotone(story, effect, recolor);
    if (xml_is_local(effect, "clrChange"))
        return read_change(story, effect, recolor);
    if (xml_is_local(effect, "lum"))
        read_levels(effect, recolor);
    else if (xml_is_local(effect, "grayscl"))
        recolor->kind = COLORS_GREY;
    else if (xml_is_local(effect, "biLevel")) {
        recolor->kind = COLORS_BILEVEL;
        recolor->threshold = share_of(effect, "thresh", ONE / 2);
    } else
        return false;
    return true;
}

/* Effects that change nothing are none. */
static void settle(struct picture *picture) {
    const struct recolor *r = picture->recolor;
    if (r && r->kind == COLORS_KEPT && r->gain == ONE && !r->raise && r->unseen < 0 &&
        r->changed < 0)
        picture->recolor = NULL;
}

int recolor_read_blip(struct story *story, const struct xml_node *blip, struct picture *picture) {
    const struct xml_node *effect;
    int clear = 0;
    XML_EACH_CHILD (effect, blip) {
        if (effect->name == XML_TEXT || xml_is_local(effect, "extLst"))
            continue;
        if (xml_is_local(effect, "alphaModFix"))
            clear = OPAQUE - share_of(effect, "amt", ONE);
        else if (!read_effect(story, effect, picture))
            unsupported(story, effect->qname);
    }
    settle(picture);
    return clear < 0 ? 0 : clear > OPAQUE ? OPAQUE : clear;
}

/* ---- VML ---- */

/* "0.3", or "19661f" in parts of 65536. */
static int32_t fraction_of(const char *value, int32_t otherwise) {
    if (!value)
        return otherwise;
    if (strchr(value, 'f'))
        return (int32_t)(strtoll(value, NULL, 10) % (1LL << 30) * ONE / 65536);
    return length_parse(value, UNIT_POINT, NULL);
}

static bool is_on(const char *value) {
    return value && (*value == 't' || *value == '1');
}

void recolor_read_vml(struct story *story, const struct xml_node *data, struct picture *picture) {
    const char *gain = xml_get_local(data, "gain"), *black = xml_get_local(data, "blacklevel");
    const char *key = xml_get_local(data, "chromakey");
    struct recolor *recolor = of(story, picture);
    if (gain || black)
        set_levels(recolor, 2 * (int64_t)fraction_of(black, 0), fraction_of(gain, ONE));
    if (is_on(xml_get_local(data, "grayscale")))
        recolor->kind = COLORS_GREY;
    if (is_on(xml_get_local(data, "bilevel"))) {
        recolor->kind = COLORS_BILEVEL;
        recolor->threshold = ONE / 2;
    }
    recolor->unseen = key ? color_named(key) : -1;
    if (xml_get_local(data, "gamma"))
        unsupported(story, "v:imagedata gamma");
    settle(picture);
}

/* ---- colours by themselves ---- */

static int64_t leveled(const struct recolor *recolor, int64_t v) {
    v = (v * recolor->gain + (int64_t)recolor->raise * 255 + ONE / 2) / ONE;
    return v < 0 ? 0 : v > 255 ? 255 : v;
}

uint32_t recolored(const struct recolor *recolor, uint32_t color) {
    if (!recolor)
        return color;
    if ((int32_t)color == recolor->changed)
        color = (uint32_t)recolor->to;
    int64_t r = leveled(recolor, color >> 16 & 255), g = leveled(recolor, color >> 8 & 255);
    int64_t b = leveled(recolor, color & 255);
    int64_t light = (r * 299 + g * 587 + b * 114) / ONE;
    if (recolor->kind == COLORS_KEPT)
        return (uint32_t)(r << 16 | g << 8 | b);
    if (recolor->kind == COLORS_BILEVEL)
        return light * ONE >= (int64_t)recolor->threshold * 255 ? 0xFFFFFF : 0;
    uint32_t from = recolor->kind == COLORS_DUOTONE ? recolor->dark : 0, out = 0;
    uint32_t to = recolor->kind == COLORS_DUOTONE ? recolor->light : 0xFFFFFF;
    for (int shift = 0; shift <= 16; shift += 8) {
        int64_t a = from >> shift & 255, z = to >> shift & 255;
        out |= (uint32_t)(a + (z - a) * light / 255) << shift;
    }
    return out;
}
