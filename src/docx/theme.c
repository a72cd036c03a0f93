#include "docx/theme.h"

#include "docx/units.h"
#include "docx/xml.h"

#include <string.h>

enum { COLORS = 12, LINES = 3 };

static const char *const color_names[COLORS] = {"dk1",     "lt1",     "dk2",     "lt2",
                                                "accent1", "accent2", "accent3", "accent4",
                                                "accent5", "accent6", "hlink",   "folHlink"};

struct theme {
    struct pool *pool;
    struct package *package;
    const char *main_part;
    struct diag *diag;
    bool loaded;
    const char *major, *minor;
    const char *major_complex, *minor_complex; /* of text from right to left */
    int32_t colors[COLORS];
    mpt lines[LINES];
    int32_t placeholder;
    const struct xml_node *formats; /* a:fmtScheme, when a fill has been asked for */
};

static const char *latin(struct pool *pool, const struct xml_node *font) {
    const struct xml_node *node = xml_child(font, a_latin);
    const char *face = node ? xml_get(node, a_typeface) : NULL;
    return face && *face ? pool_strdup(pool, face) : NULL;
}

/* Themes of Word mostly leave it to the language: that of Arabic then, which is also Hebrew's. */
static const char *complex(struct pool *pool, const struct xml_node *font) {
    const char *face = xml_get_local(xml_child_local(font, "cs"), "typeface");
    const struct xml_node *node;
    XML_EACH_CHILD (node, font)
        if (!(face && *face) && xml_is_local(node, "font")) {
            const char *script = xml_get_local(node, "script");
            face = script && strcmp(script, "Arab") == 0 ? xml_get_local(node, "typeface") : face;
        }
    return face && *face ? pool_strdup(pool, face) : NULL;
}

static void read_colors(struct theme *theme, const struct xml_node *scheme) {
    for (int i = 0; i < COLORS; i++) {
        const struct xml_node *color = xml_child_local(scheme, color_names[i]);
        const struct xml_node *rgb = xml_child(color, a_srgbClr);
        const struct xml_node *system = xml_child(color, a_sysClr);
        if (rgb)
            theme->colors[i] = color_hex(xml_get(rgb, a_val));
        else if (system)
            theme->colors[i] = color_hex(xml_get(system, a_lastClr));
    }
}

static void read_lines(struct theme *theme, const struct xml_node *list) {
    const struct xml_node *line;
    int i = 0;
    XML_EACH_CHILD (line, list)
        if (line->name == a_ln && i < LINES)
            theme->lines[i++] = emu_get(line, a_w, theme->lines[0]);
}

static void fill(struct pool *pool, struct theme *theme, const struct xml_node *root) {
    const struct xml_node *elements = xml_child(root, a_themeElements);
    const struct xml_node *fonts = xml_child(elements, a_fontScheme);
    theme->major = latin(pool, xml_child(fonts, a_majorFont));
    theme->minor = latin(pool, xml_child(fonts, a_minorFont));
    theme->major_complex = complex(pool, xml_child(fonts, a_majorFont));
    theme->minor_complex = complex(pool, xml_child(fonts, a_minorFont));
    read_colors(theme, xml_child(elements, a_clrScheme));
    read_lines(theme, xml_child_local(xml_child_local(elements, "fmtScheme"), "lnStyleLst"));
}

struct theme *theme_new(struct pool *pool, struct package *package, const char *main_part,
                        struct diag *diag) {
    struct theme *theme = POOL_NEW(pool, struct theme);
    *theme = (struct theme){
        .pool = pool, .package = package, .main_part = main_part, .diag = diag, .placeholder = -1};
    for (int i = 0; i < COLORS; i++)
        theme->colors[i] = -1;
    for (int i = 0; i < LINES; i++)
        theme->lines[i] = 750;
    return theme;
}

static const struct xml_node *tree(const struct theme *theme, struct pool *pool) {
    const char *part =
        package_related(theme->pool, theme->package, theme->main_part, "theme", theme->diag);
    return part ? package_tree(pool, theme->package, part, theme->diag) : NULL;
}

static void load(struct theme *theme) {
    if (theme->loaded)
        return;
    theme->loaded = true;
    struct pool *scratch = pool_new();
    const struct xml_node *root = tree(theme, scratch);
    if (root)
        fill(theme->pool, theme, root);
    pool_free(scratch);
}

const char *theme_font(struct theme *theme, const char *name) {
    load(theme);
    bool major = strncmp(name, "major", 5) == 0;
    if (strlen(name) > 4 && strcmp(name + strlen(name) - 4, "Bidi") == 0)
        return major ? theme->major_complex : theme->minor_complex;
    return major ? theme->major : theme->minor;
}

int32_t theme_color(struct theme *theme, const char *name) {
    static const char *const aliases[][2] = {
        {"text1", "dk1"},       {"tx1", "dk1"},         {"dark1", "dk1"},
        {"background1", "lt1"}, {"bg1", "lt1"},         {"light1", "lt1"},
        {"text2", "dk2"},       {"tx2", "dk2"},         {"dark2", "dk2"},
        {"bg2", "lt2"},         {"background2", "lt2"}, {"light2", "lt2"},
        {"phClr", "dk1"},       {"hyperlink", "hlink"}, {"followedHyperlink", "folHlink"}};
    if (theme->placeholder >= 0 && strcmp(name, "phClr") == 0)
        return theme->placeholder;
    load(theme);
    for (size_t i = 0; i < sizeof aliases / sizeof aliases[0]; i++)
        if (strcmp(name, aliases[i][0]) == 0)
            name = aliases[i][1];
    for (int i = 0; i < COLORS; i++)
        if (strcmp(name, color_names[i]) == 0)
            return theme->colors[i];
    return -1;
}

mpt theme_line(struct theme *theme, int idx) {
    load(theme);
    return idx < 1 ? 0 : theme->lines[idx <= LINES ? idx - 1 : LINES - 1];
}

/* The n-th entry, from 1, of a list of a:fmtScheme. */
static const struct xml_node *format(struct theme *theme, const char *list, int n) {
    const struct xml_node *node;
    if (!theme->formats)
        theme->formats =
            xml_child_local(xml_child(tree(theme, theme->pool), a_themeElements), "fmtScheme");
    XML_EACH_CHILD (node, xml_child_local(theme->formats, list))
        if (node->name != XML_TEXT && --n == 0)
            return node;
    return NULL;
}

const struct xml_node *theme_fill(struct theme *theme, int idx) {
    enum { BACKGROUNDS = 1000 };
    return idx > BACKGROUNDS ? format(theme, "bgFillStyleLst", idx - BACKGROUNDS)
                             : format(theme, "fillStyleLst", idx);
}

const struct xml_node *theme_effect(struct theme *theme, int idx) {
    return format(theme, "effectStyleLst", idx);
}

void theme_set_placeholder(struct theme *theme, int32_t color) {
    theme->placeholder = color;
}
