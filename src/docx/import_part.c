/* What the body leads to: pictures, charts, diagrams, embedded files and links come along, each
 * part with those it leads to itself. Everything else, and everything outside the file but links,
 * stays out and is named. */
#include "docx/build.h"
#include "docx/import_parts.h"
#include "docx/units.h"

#include <string.h>

enum { MOST_PARTS_DEEP = 8 };

static const char *last_segment(const char *s) {
    const char *slash = strrchr(s, '/');
    return slash ? slash + 1 : s;
}

/* What may come along, by the last segment of the relationship's type. */
static bool is_welcome(const char *type) {
    static const char *const types[] = {
        "image",          "chart",       "chartUserShapes", "chartStyle",        "chartColorStyle",
        "themeOverride",  "diagramData", "diagramLayout",   "diagramQuickStyle", "diagramColors",
        "diagramDrawing", "oleObject",   "package",         "hdphoto",           "media",
        "chartEx",        "aFChunk"};
    for (size_t i = 0; i < sizeof types / sizeof *types; i++)
        if (strcmp(type, types[i]) == 0)
            return true;
    return false;
}

const struct xml_node *import_relations_of(struct import *im, const char *part) {
    const char *name = last_segment(part);
    return import_read(
        im, pool_printf(im->m->pool, "%.*s_rels/%s.rels", (int)(name - part), part, name));
}

static const struct xml_node *find_relation(const struct xml_node *relations, const char *id) {
    struct xml_node *item;
    XML_EACH_CHILD (item, relations) {
        const char *known = xml_get(item, pr_Id);
        if (known && strcmp(known, id) == 0)
            return item;
    }
    return NULL;
}

static bool is_external(const struct xml_node *relation) {
    const char *mode = xml_get(relation, pr_TargetMode);
    return mode && strcmp(mode, "External") == 0;
}

/* ---- content types ---- */

static const char *suffix_of(const char *part) {
    const char *dot = strrchr(last_segment(part), '.');
    return dot ? dot + 1 : "";
}

static const char *type_in(const struct xml_node *types, const char *part, bool overrides) {
    struct xml_node *item;
    XML_EACH_CHILD (item, types) {
        const char *name = xml_get(item, ct_PartName), *suffix = xml_get(item, ct_Extension);
        if (overrides && name && strcasecmp(name + (*name == '/'), part) == 0)
            return xml_get(item, ct_ContentType);
        if (!overrides && suffix && strcasecmp(suffix, suffix_of(part)) == 0)
            return xml_get(item, ct_ContentType);
    }
    return NULL;
}

static void bring_type(struct import *im, const char *from, const char *to) {
    const struct xml_node *there = import_read(im, "[Content_Types].xml");
    const struct xml_node *here = merger_look(im->m, "[Content_Types].xml");
    const char *type = type_in(there, from, true);
    if (!type)
        type = type_in(there, from, false);
    const char *known = type_in(here, to, false);
    if (type && !(known && strcmp(known, type) == 0))
        merger_add_type(im->m, to, type);
}

/* ---- parts ---- */

static const char *bring_part(struct import *im, const char *from, int depth);

/* The relations of a part that came along, as that part names them. */
static void bring_relations(struct import *im, const char *from, const char *to, int depth) {
    const struct xml_node *relations = import_relations_of(im, from);
    struct xml_node *item;
    XML_EACH_CHILD (item, relations) {
        const char *id = xml_get(item, pr_Id), *type = xml_get(item, pr_Type);
        const char *target = xml_get(item, pr_Target);
        if (!id || !type || !target)
            continue;
        const char *segment = last_segment(type);
        if (is_external(item) || !is_welcome(segment)) {
            import_report(im, IMPORT_LEFT_OUT, segment);
            continue;
        }
        const char *part = package_target(im->m->pool, im->word->package, from, id, im->m->diag);
        const char *new = part ? bring_part(im, part, depth + 1) : NULL;
        if (new)
            merger_relate(im->m, to, id, type, pool_printf(im->m->pool, "/%s", new), false);
    }
}

/* "word/media/image1.png" -> "word/media/than-3-image1.png", with a number no part here has. */
static const char *free_name(struct import *im, const char *from) {
    const char *name = last_segment(from), *new;
    do
        new = pool_printf(im->m->pool, "%.*sthan-%zu-%s", (int)(name - from), from, ++im->m->taken,
                          name);
    while (package_has(im->m->package, new));
    return new;
}

static const char *bring_part(struct import *im, const char *from, int depth) {
    void **slot = intern_slot(im->parts, from, strlen(from));
    if (*slot)
        return *slot;
    size_t n;
    const char *bytes =
        depth < MOST_PARTS_DEEP ? package_part(im->word->package, from, &n, im->m->diag) : NULL;
    if (!bytes)
        return NULL;
    const char *new = free_name(im, from);
    *slot = (void *)new;
    package_set(im->m->package, new, bytes, n);
    bring_type(im, from, new);
    bring_relations(im, from, new, depth);
    return new;
}

/* ---- the ids in the text ---- */

static bool is_relation_attribute(enum xml_name name) {
    return name == r_id || name == r_embed || name == r_link || name == r_pict || name == r_dm ||
           name == r_lo || name == r_qs || name == r_cs;
}

/* The id here of what relationship `id` there leads to; NULL (reported): it stays out. */
static const char *bring_target(struct import *im, const char *id) {
    const struct xml_node *relation = find_relation(im->relations, id);
    const char *type = xml_get(relation, pr_Type), *target = xml_get(relation, pr_Target);
    if (!type || !target) {
        import_report(im, IMPORT_LEFT_OUT, id);
        return NULL;
    }
    const char *segment = last_segment(type), *part = NULL;
    bool link = strcmp(segment, "hyperlink") == 0, external = is_external(relation);
    if (!link && !external && is_welcome(segment))
        part = package_target(im->m->pool, im->word->package, im->from, id, im->m->diag);
    if (part)
        part = bring_part(im, part, 0);
    if (!part && !link) {
        import_report(im, external ? IMPORT_LINKED : IMPORT_LEFT_OUT, segment);
        return NULL;
    }
    const char *new = pool_printf(im->m->pool, "rIdThan%zu", ++im->m->taken);
    merger_relate(im->m, im->to, new, type, part ? pool_printf(im->m->pool, "/%s", part) : target,
                  external);
    return new;
}

static const char *known_relation(struct import *im, const char *id) {
    const char *key = pool_printf(im->m->pool, "%s %s %s", im->from, im->to, id);
    void **slot = intern_slot(im->relation_ids, key, strlen(key));
    if (*slot)
        return *slot;
    const char *new = bring_target(im, id);
    *intern_slot(im->relation_ids, key, strlen(key)) = (void *)new;
    return new;
}

bool import_relations(struct import *im, struct xml_node *node) {
    bool whole = true;
    for (struct xml_attr **a = &node->attrs; *a;) {
        if (!is_relation_attribute((*a)->name)) {
            a = &(*a)->next;
            continue;
        }
        const char *new = (*a)->value[0] ? known_relation(im, (*a)->value) : NULL;
        if (new) {
            (*a)->value = new;
            a = &(*a)->next;
        } else {
            whole = whole && !(*a)->value[0];
            *a = (*a)->next;
        }
    }
    return whole || xml_get(node, r_embed);
}
