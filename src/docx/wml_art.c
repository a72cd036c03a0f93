/* WordArt: text boxes whose text is bent (a:prstTxWarp, 20.1.9.19), and VML's text on a path
 * (v:textpath, 19.1.2.22), whose guides its v:shapetype holds, or else those of the same name. */
#include "docx/wml_read.h"

#include "base/utf8.h"
#include "docx/geometry.h"
#include "docx/units.h"

#include <stdlib.h>
#include <string.h>
#include <strings.h>

static bool is(const char *value, const char *name) {
    return value && strcmp(value, name) == 0;
}

static int64_t emu_of(int64_t mpt_value) {
    return mpt_value * 127 / 10;
}

/* ---- DrawingML ---- */

/* Whether its lines stand on guides; else they fill what is between two. */
static bool follows(const char *preset) {
    return is(preset, "textArchUp") || is(preset, "textArchDown") || is(preset, "textCircle") ||
           is(preset, "textButton");
}

static struct warp *warp_named(struct story *story, const char *preset,
                               const struct xml_node *adjusts, const mpt size[2]) {
    struct pool *pool = story->reader->pool;
    struct geometry *g = geometry_new(pool, emu_of(size[0]), emu_of(size[1]));
    const struct xml_node *gd;
    struct outline outline;
    XML_EACH_CHILD (gd, adjusts)
        if (gd->name != XML_TEXT)
            geometry_adjust(g, xml_get_local(gd, "name"), xml_get_local(gd, "fmla"));
    if (!geometry_preset(g, preset, &outline))
        return NULL;
    struct warp *warp = POOL_NEW(pool, struct warp);
    *warp = (struct warp){.guides = outline.paths, .count = outline.n, .follows = follows(preset)};
    return warp;
}

/* Pictures, tables and shapes among the words cannot be bent. */
static bool is_all_words(const struct block *blocks) {
    for (; blocks; blocks = blocks->next) {
        if (blocks->kind != WML_PARA)
            return false;
        for (size_t i = 0; i < blocks->para->item_count; i++) {
            enum inline_kind kind = blocks->para->items[i].kind;
            if (kind == INLINE_SHAPE || kind == INLINE_PICTURE || kind == INLINE_BOX ||
                blocks->para->items[i].math)
                return false;
        }
    }
    return true;
}

void warp_read(struct story *story, const struct xml_node *body, struct shape *shape) {
    const struct xml_node *node = xml_child_local(body, "prstTxWarp");
    const char *preset = xml_get_local(node, "prst");
    const mpt size[2] = {mpt_clamp((int64_t)shape->width - shape->inset[0] - shape->inset[2]),
                         mpt_clamp((int64_t)shape->height - shape->inset[1] - shape->inset[3])};
    if (!preset || is(preset, "textNoShape") || !shape->blocks)
        return;
    struct warp *warp = NULL;
    if (size[0] > 0 && size[1] > 0 && !shape->text_turn && !shape->continued && !shape->goes_on &&
        strncmp(preset, "text", 4) == 0 && is_all_words(shape->blocks))
        warp = warp_named(story, preset, xml_child_local(node, "avLst"), size);
    if (!warp) {
        unsupported(story, "a:prstTxWarp");
        return;
    }
    warp->by_line = true;
    shape->warp = warp;
    shape->grows = false;
}

/* ---- VML ---- */

enum { TYPE_PLAIN = 136, TYPE_LAST = 175 };

static const char *preset_numbered(int number) {
    static const char *const names[TYPE_LAST - TYPE_PLAIN + 1] = {
        "textPlain",          "textStop",
        "textTriangle",       "textTriangleInverted",
        "textChevron",        "textChevronInverted",
        "textRingInside",     "textRingOutside",
        "textArchUp",         "textArchDown",
        "textCircle",         "textButton",
        "textArchUpPour",     "textArchDownPour",
        "textCirclePour",     "textButtonPour",
        "textCurveUp",        "textCurveDown",
        "textCascadeUp",      "textCascadeDown",
        "textWave1",          "textWave2",
        "textDoubleWave1",    "textWave4",
        "textInflate",        "textDeflate",
        "textInflateBottom",  "textDeflateBottom",
        "textInflateTop",     "textDeflateTop",
        "textDeflateInflate", "textDeflateInflateDeflate",
        "textFadeRight",      "textFadeLeft",
        "textFadeUp",         "textFadeDown",
        "textSlantUp",        "textSlantDown",
        "textCanUp",          "textCanDown"};
    return number < TYPE_PLAIN || number > TYPE_LAST ? NULL : names[number - TYPE_PLAIN];
}

static int number_of(const struct xml_node *node, const struct xml_node *type) {
    const char *name = xml_get(node, v_type), *t = name ? strstr(name, "_t") : NULL;
    const char *spt = xml_get_local(type, "spt");
    return spt ? atoi(spt) : t ? atoi(t + 2) : TYPE_PLAIN;
}

/* Whether its guides are those of the box. */
static bool is_straight(const struct xml_node *node, const char *preset) {
    const char *adj = xml_get_local(node, "adj");
    return is(preset, "textPlain") && (!adj || is(adj, "10800"));
}

static bool is_on(const char *value) {
    return value && (*value == 't' || *value == '1');
}

static void read_guides(struct story *story, const struct xml_node *node,
                        const struct xml_node *type, struct shape *shape) {
    const mpt size[2] = {shape->width, shape->height};
    const char *preset = preset_numbered(number_of(node, type));
    const char *fits = xml_get_local(xml_child_local(type, "textpath"), "fitpath");
    struct warp *warp = NULL;
    if (is_straight(node, preset))
        return;
    if (type && vml_outline(story, node, type, shape)) {
        warp = POOL_NEW(story->reader->pool, struct warp);
        *warp = (struct warp){.guides = shape->paths, .count = shape->path_count};
        warp->follows = is_on(fits) || follows(preset);
    } else if (preset) {
        warp = warp_named(story, preset, NULL, size);
    }
    if (!warp) {
        unsupported(story, "v:textpath");
        return;
    }
    warp->fits = true;
    shape->paths = NULL;
    shape->path_count = 0;
    shape->warp = warp;
}

/* What the words are: lines end with any of the ways Word writes it. */
static const char *words_of(struct pool *pool, const char *string) {
    size_t n;
    char *words = utf8_nfc(pool, string, strlen(string), &n), *to = words;
    for (const char *p = words; *p; p++)
        if (*p != '\r' || p[1] != '\n')
            *to++ = (char)(*p == '\r' ? '\n' : *p);
    *to = '\0';
    return words;
}

void word_art_read(struct story *story, const struct xml_node *node, const struct xml_node *type,
                   struct shape *shape) {
    const struct xml_node *path = xml_child_local(node, "textpath");
    shape->kind = SHAPE_WORD_ART;
    shape->text = words_of(story->reader->pool, xml_get_local(path, "string"));
    memset(shape->inset, 0, sizeof shape->inset);
    read_guides(story, node, type, shape);
}

/* The value of a declaration in a style attribute; NULL: none. */
static char *style_says(struct pool *pool, const struct xml_node *node, const char *name) {
    const char *p = xml_get(node, v_style);
    for (size_t n; p && *p; p += n + (p[n] == ';')) {
        n = strcspn(p, ";");
        const char *at = p + strspn(p, " \t\r\n"), *colon = memchr(p, ':', n);
        if (!colon || strncasecmp(at, name, strlen(name)) != 0 || at + strlen(name) != colon)
            continue;
        colon++;
        colon += strspn(colon, " \"");
        return pool_strndup(pool, colon, strcspn(colon, "\",;"));
    }
    return NULL;
}

static bool style_begins(struct pool *pool, const struct xml_node *node, const char *name,
                         const char *value) {
    const char *said = style_says(pool, node, name);
    return said && strncasecmp(said, value, strlen(value)) == 0;
}

const struct run_props *word_art_props(struct story *story, const struct xml_node *path,
                                       const struct run_props *around, const struct shape *shape) {
    enum { DRAWN_SIZE = 36000 }; /* it is stretched anyway */
    struct pool *pool = story->reader->pool;
    struct run_props *props = POOL_NEW(pool, struct run_props);
    const char *family = style_says(pool, path, "font-family");
    *props = *around;
    props->family = family && *family ? family : props->family;
    props->size = DRAWN_SIZE;
    props->bold = style_begins(pool, path, "font-weight", "bold");
    props->italic = style_begins(pool, path, "font-style", "italic");
    props->color = shape->fill >= 0 ? (uint32_t)shape->fill : 0;
    return props;
}
