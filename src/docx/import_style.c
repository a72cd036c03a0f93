/* Styles and lists of the body's file in those of the document. A style goes by its name: Word's
 * own have English names everywhere, while ids differ from file to file. One the template has is
 * the template's; another comes along with what it is based on. Lists always come along, so that
 * they count as the author saw them. */
#include "base/utf8.h"
#include "docx/build.h"
#include "docx/import_parts.h"
#include "docx/legacy.h"

#include <string.h>

/* What a style of the body's file is here. */
struct style_map {
    const char *id; /* NULL: the default style of its type */
};

/* ---- styles ---- */

static const struct xml_node *style_there(const struct import *im, const char *id) {
    struct xml_node *style;
    XML_EACH_CHILD (style, im->style_sheet) {
        const char *known = style->name == w_style ? xml_get(style, w_styleId) : NULL;
        if (known && strcmp(known, id) == 0)
            return style;
    }
    return NULL;
}

static bool is_default(const struct xml_node *style) {
    const char *value = xml_get(style, w_default);
    return value &&
           (strcmp(value, "1") == 0 || strcmp(value, "true") == 0 || strcmp(value, "on") == 0);
}

static bool is_paragraph_style(const struct xml_node *style) {
    const char *type = xml_get(style, w_type);
    return type && strcmp(type, "paragraph") == 0;
}

/* Styles that programs and pages from the web give plain text instead of the default one. */
static bool is_plain_text(const char *folded) {
    static const char *const names[] = {"body text", "text body",      "normal (web)",
                                        "default",   "table contents", "standard"};
    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        if (strcmp(folded, names[i]) == 0)
            return true;
    return false;
}

static bool id_is_taken(const struct xml_node *sheet, const char *id) {
    struct xml_node *style;
    XML_EACH_CHILD (style, sheet) {
        const char *known = xml_get(style, w_styleId);
        if (known && strcmp(known, id) == 0)
            return true;
    }
    return false;
}

static const char *free_id(struct import *im, const struct xml_node *sheet, const char *wanted) {
    const char *id = wanted;
    for (int i = 1; id_is_taken(sheet, id); i++)
        id = pool_printf(im->m->pool, "%s-%d", wanted, i);
    return id;
}

/* References to other styles are exchanged later, when each has its place in the map. */
static const char *bring_style(struct import *im, const struct xml_node *style) {
    const char *part = merger_related(im->m, "styles");
    struct xml_node *sheet = part ? merger_part(im->m, part) : NULL;
    if (!sheet)
        return NULL;
    struct xml_node *copy = xml_transplant(im->m->pool, style, sheet);
    const char *id = free_id(im, sheet, xml_get(style, w_styleId));
    xml_set(im->m->pool, copy, w_styleId, id);
    for (struct xml_attr **a = &copy->attrs; *a;)
        if ((*a)->name == w_default)
            *a = (*a)->next;
        else
            a = &(*a)->next;
    import_clean(copy);
    xml_append(sheet, copy);
    *VEC_PUSH(im->m->pool, &im->brought) = copy;
    return id;
}

static struct style_map *map_style(struct import *im, const char *id) {
    void **slot = intern_slot(im->styles, id, strlen(id));
    if (*slot)
        return *slot;
    struct style_map *map = *slot = POOL_NEW(im->m->pool, struct style_map);
    const struct xml_node *style = style_there(im, id);
    const char *name = xml_child_val(style, w_name), *type = xml_get(style, w_type);
    if (!style || !name || !type || is_default(style))
        return map;
    const char *folded = utf8_fold(im->m->pool, name);
    if (is_paragraph_style(style) && is_plain_text(folded))
        return map;
    map->id = merge_style_named(im->m, type, folded);
    if (!map->id)
        map->id = bring_style(im, style);
    return map;
}

/* Style, list and font references of a style that came along; the styles it names may come too. */
static void settle_style(struct import *im, struct xml_node *style) {
    static const enum xml_name references[] = {w_basedOn, w_next, w_link};
    for (size_t i = 0; i < sizeof references / sizeof *references; i++) {
        struct xml_node *reference = xml_child(style, references[i]);
        const char *id = xml_get(reference, w_val);
        const struct style_map *map = id ? map_style(im, id) : NULL;
        const char *here = map ? map->id : NULL;
        if (map && !here && references[i] == w_basedOn && is_paragraph_style(style))
            here = im->default_style;
        if (here)
            xml_set(im->m->pool, reference, w_val, here);
        else if (reference)
            xml_remove(reference);
    }
    for (struct xml_node *n = style; n; n = xml_next(style, n)) {
        if (n->name == w_numId)
            import_list_reference(im, n);
        import_fonts(im, n);
    }
}

static void import_settle_styles(struct import *im) {
    while (im->settled < im->brought.n)
        settle_style(im, im->brought.at[im->settled++]);
}

bool import_style_reference(struct import *im, struct xml_node *node) {
    const char *id = xml_get(node, w_val);
    const struct style_map *map = id ? map_style(im, id) : NULL;
    import_settle_styles(im);
    if (map && map->id) {
        xml_set(im->m->pool, node, w_val, map->id);
        return true;
    }
    return false;
}

/* ---- lists ---- */

static const struct xml_node *list_there(const struct import *im, enum xml_name kind,
                                         enum xml_name id_name, const char *id) {
    struct xml_node *child;
    XML_EACH_CHILD (child, im->list_sheet) {
        const char *known = child->name == kind ? xml_get(child, id_name) : NULL;
        if (known && strcmp(known, id) == 0)
            return child;
    }
    return NULL;
}

static void settle_levels(struct import *im, struct xml_node *list) {
    for (struct xml_node *n = list, *next; n; n = next) {
        next = xml_next(list, n);
        bool drop = n->name == w_lvlPicBulletId; /* the bullet's sign is printed instead */
        if (n->name == w_pStyle || n->name == w_numStyleLink || n->name == w_styleLink ||
            n->name == w_rStyle)
            drop = !import_style_reference(im, n);
        import_fonts(im, n);
        if (!drop)
            continue;
        next = xml_after(list, n);
        xml_remove(n);
    }
}

/* The id here of the definition the file calls `id`; NULL: it has none. */
static const char *bring_definition(struct import *im, const char *id) {
    void **slot = intern_slot(im->definitions, id, strlen(id));
    if (*slot)
        return *slot;
    const struct xml_node *definition = list_there(im, w_abstractNum, w_abstractNumId, id);
    if (!definition)
        return NULL;
    struct merger *m = im->m;
    struct xml_node *lists = merge_lists(im->m), *copy = xml_transplant(m->pool, definition, lists);
    const char *new = merge_list_number(im->m, w_abstractNum);
    *slot = (void *)new;
    xml_set(m->pool, copy, w_abstractNumId, new);
    merge_put_list(lists, copy);
    settle_levels(im, copy);
    return new;
}

static const char *bring_list(struct import *im, const char *id) {
    const struct xml_node *list = list_there(im, w_num, w_numId, id);
    const char *definition = xml_child_val(list, w_abstractNumId);
    definition = definition ? bring_definition(im, definition) : NULL;
    if (!definition)
        return "0";
    struct merger *m = im->m;
    struct xml_node *lists = merge_lists(im->m), *copy = xml_transplant(m->pool, list, lists);
    const char *new = merge_list_number(im->m, w_num);
    xml_set(m->pool, copy, w_numId, new);
    xml_set(m->pool, xml_child(copy, w_abstractNumId), w_val, definition);
    merge_put_list(lists, copy);
    settle_levels(im, copy);
    return new;
}

void import_list_reference(struct import *im, struct xml_node *num_id) {
    const char *id = xml_get(num_id, w_val);
    if (!id || strcmp(id, "0") == 0)
        return;
    void **slot = intern_slot(im->lists, id, strlen(id));
    const char *new = *slot;
    if (!new) {
        new = bring_list(im, id);
        *intern_slot(im->lists, id, strlen(id)) = (void *)new;
    }
    xml_set(im->m->pool, num_id, w_val, new);
}

/* ---- fonts and colours ---- */

static void set_font(struct import *im, struct xml_node *fonts, enum xml_name themed,
                     enum xml_name plain) {
    const char *name = xml_get(fonts, themed);
    const char *family = name ? theme_font(im->word->theme, name) : NULL;
    if (family)
        xml_set(im->m->pool, fonts, plain, family);
}

static bool stays(const struct xml_node *node, const struct xml_attr *attr) {
    switch (attr->name) {
    case w_asciiTheme:
    case w_hAnsiTheme:
    case w_eastAsiaTheme:
    case w_cstheme:
    case w_themeColor:
    case w_themeTint:
    case w_themeShade:
    case w_themeFill:
    case w_themeFillTint:
    case w_themeFillShade:
        return false; /* the colour itself stands beside it */
    default:
        return node->name != w_rFonts || !is_legacy_font(attr->value);
    }
}

void import_fonts(struct import *im, struct xml_node *node) {
    if (node->name == XML_TEXT)
        return;
    if (node->name == w_rFonts) {
        set_font(im, node, w_asciiTheme, w_ascii);
        set_font(im, node, w_hAnsiTheme, w_hAnsi);
        set_font(im, node, w_eastAsiaTheme, w_eastAsia);
        set_font(im, node, w_cstheme, w_cs);
    }
    for (struct xml_attr **a = &node->attrs; *a;)
        if (stays(node, *a))
            a = &(*a)->next;
        else
            *a = (*a)->next;
}
