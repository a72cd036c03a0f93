/* Mending page numbers: sections of a DOCX (17.6) and the parts that stand above and below. */
#include "check/mend.h"
#include "base/buf.h"

#include <string.h>

static struct xml_node *next_section(const struct xml_node *root, struct xml_node *at) {
    for (at = at ? xml_next(root, at) : xml_next(root, root); at; at = xml_next(root, at))
        if (at->name == w_sectPr && at->parent->name != w_sectPrChange)
            return at;
    return NULL;
}

/* The first page is one of its own, which shows nothing above unless there is a header for it. */
static bool hide_first(struct mender *m, struct mended_part *part) {
    struct xml_node *section = next_section(part->root, NULL), *node;
    XML_EACH_CHILD (node, section) {
        bool shown = node->name == w_headerReference || node->name == w_footerReference;
        const char *type = shown ? xml_get(node, w_type) : NULL;
        if (type && strcmp(type, "first") == 0)
            return false; /* the number stands in it */
    }
    if (!section)
        return false;
    struct xml_node *title = child_of_props(m->pool, section, w_titlePg);
    xml_set(m->pool, title, w_val, "1");
    return true;
}

static bool number_from_one(struct mender *m, struct mended_part *part) {
    struct xml_node *section = next_section(part->root, NULL);
    struct xml_node *numbers = section ? xml_child(section, w_pgNumType) : NULL;
    if (numbers)
        xml_set(m->pool, numbers, w_start, "1");
    return numbers != NULL;
}

static bool number_arabic(struct mender *m, struct mended_part *part) {
    bool done = false;
    for (struct xml_node *s = next_section(part->root, NULL); s; s = next_section(part->root, s)) {
        struct xml_node *numbers = xml_child(s, w_pgNumType);
        if (!numbers || !xml_get(numbers, w_fmt))
            continue;
        xml_set(m->pool, numbers, w_fmt, "decimal");
        done = true;
    }
    return done;
}

/* ---- from the bottom to the top ---- */

static void rename_node(struct mender *m, struct xml_node *node, enum xml_name name,
                        const char *local) {
    const char *colon = strchr(node->qname, ':');
    int prefix = colon ? (int)(colon - node->qname) + 1 : 0;
    node->name = name;
    node->qname = pool_printf(m->pool, "%.*s%s", prefix, node->qname, local);
}

/* "…/footer" -> "…/header", in an attribute of the element that `key` says is the one. */
static bool turn_attr(struct mender *m, const char *part_name, enum xml_name key, const char *value,
                      enum xml_name attr) {
    struct mended_part *part = mender_part(m, part_name);
    for (struct xml_node *n = part ? part->root : NULL; n; n = xml_next(part->root, n)) {
        const char *is = xml_get(n, key), *type = xml_get(n, attr);
        const char *at = type ? strstr(type, "footer") : NULL;
        if (!is || strcmp(is, value) != 0 || !at)
            continue;
        xml_set(
            m->pool, n, attr,
            pool_printf(m->pool, "%.*sheader%s", (int)(at - type), type, at + strlen("footer")));
        part->changed = true;
        return true;
    }
    return false;
}

static bool is_default(const struct xml_node *node, enum xml_name name) {
    const char *type = node->name == name ? xml_get(node, w_type) : NULL;
    return type && strcmp(type, "default") == 0;
}

/* The footer's part becomes a header, where no section has one. */
static bool move_up(struct mender *m, struct mended_part *part) {
    const char *id = NULL;
    for (struct xml_node *n = part->root; n; n = xml_next(part->root, n)) {
        if (is_default(n, w_headerReference))
            return false;
        if (is_default(n, w_footerReference)) {
            const char *other = xml_get(n, r_id);
            if (!other || (id && strcmp(id, other) != 0))
                return false;
            id = other;
        }
    }
    const char *target =
        id ? package_target(m->pool, m->package, part->name, id, m->changes) : NULL;
    struct mended_part *footer = target ? mender_part(m, target) : NULL;
    if (!footer || !turn_attr(m, "word/_rels/document.xml.rels", pr_Id, id, pr_Type))
        return false;
    turn_attr(m, "[Content_Types].xml", ct_PartName, pool_printf(m->pool, "/%s", target),
              ct_ContentType);
    for (struct xml_node *n = part->root; n; n = xml_next(part->root, n))
        if (is_default(n, w_footerReference))
            rename_node(m, n, w_headerReference, "headerReference");
    rename_node(m, footer->root, w_hdr, "hdr");
    footer->changed = true;
    return true;
}

bool mend_number(struct mender *m, enum mend_kind kind) {
    struct mended_part *part = mender_part(m, mender_text_part(m, 0));
    bool done = false;
    if (!part)
        return false;
    if (kind == MEND_NUMBER_FIRST)
        done = hide_first(m, part);
    else if (kind == MEND_NUMBER_ONE)
        done = number_from_one(m, part);
    else if (kind == MEND_NUMBER_ARABIC)
        done = number_arabic(m, part);
    else if (kind == MEND_NUMBER_TOP)
        done = move_up(m, part);
    part->changed |= done;
    return done;
}
