/* The author's tracked changes accepted (17.13.5), comments and the traces of editing left out. */
#include "docx/import_parts.h"
#include "docx/units.h"

#include <string.h>

static bool ends_with(const char *s, const char *suffix) {
    size_t n = strlen(s), m = strlen(suffix);
    return n >= m && strcmp(s + n - m, suffix) == 0;
}

/* Elements that go with all they hold. */
static bool goes(const struct xml_node *node) {
    switch (node->name) {
    case w_del: /* that of a paragraph mark or a row was seen to before */
    case w_moveFrom:
    case w_proofErr:
    case w_permStart:
    case w_permEnd:
    case w_commentReference:
    case w_annotationRef:
    case w_lastRenderedPageBreak:
    case w_dataBinding: /* to data of the author's file */
        return true;
    case w_bookmarkStart:
    case w_bookmarkEnd:
        return false;
    default:
        return ends_with(node->qname, "Change") || ends_with(node->qname, "RangeStart") ||
               ends_with(node->qname, "RangeEnd") || xml_is_local(node, "cellIns") ||
               xml_is_local(node, "cellMerge") || xml_is_local(node, "smartTagPr") ||
               xml_is_local(node, "customXmlPr");
    }
}

/* Elements that only mark what they hold. */
static bool only_marks(const struct xml_node *node) {
    return node->name == w_ins || node->name == w_moveTo || node->name == w_smartTag ||
           node->name == w_customXml;
}

static bool is_change(const struct xml_node *node) {
    return node->name == w_ins || node->name == w_del || node->name == w_moveFrom ||
           node->name == w_moveTo || (node->qname && ends_with(node->qname, "Change"));
}

bool import_has_changes(const struct xml_node *root) {
    for (const struct xml_node *n = root; n; n = xml_next(root, n))
        if (is_change(n))
            return true;
    return false;
}

/* In place of `node` what it holds; returns where to go on. */
static struct xml_node *unwrap(struct xml_node *root, struct xml_node *node) {
    struct xml_node *first = node->first;
    struct xml_node *next = first ? first : xml_after(root, node);
    for (struct xml_node *child; (child = node->first) != NULL;) {
        xml_remove(child);
        xml_insert_before(node, child);
    }
    xml_remove(node);
    return next;
}

static bool deleted_mark(const struct xml_node *paragraph) {
    const struct xml_node *props = xml_child(xml_child(paragraph, w_pPr), w_rPr);
    return xml_child(props, w_del) || xml_child(props, w_moveFrom);
}

/* The deleted end of a paragraph: its text is the beginning of the next one. */
static void join_next(struct xml_node *paragraph) {
    struct xml_node *next = paragraph->next, *props = xml_child(paragraph, w_pPr);
    while (next && next->name != w_p && next->name != w_tbl)
        next = next->next;
    if (!next || next->name != w_p || xml_child(props, w_sectPr))
        return;
    struct xml_node *before = xml_child(next, w_pPr);
    if (props)
        xml_remove(props);
    for (struct xml_node *child; (child = paragraph->last) != NULL;) {
        xml_remove(child);
        if (before)
            xml_insert_after(before, child);
        else if (next->first)
            xml_insert_before(next->first, child);
        else
            xml_append(next, child);
    }
    xml_remove(paragraph);
}

static bool deleted_row(const struct xml_node *node) {
    if (node->name == w_tr)
        return xml_child(xml_child(node, w_trPr), w_del) != NULL;
    return node->name == w_tc && xml_child_local(xml_child(node, w_tcPr), "cellDel");
}

static void accept_structure(struct xml_node *root) {
    for (struct xml_node *n = root, *next; n; n = next) {
        next = xml_next(root, n);
        if (n == root)
            continue;
        if (deleted_row(n)) {
            next = xml_after(root, n);
            xml_remove(n);
        } else if (n->name == w_p && deleted_mark(n)) {
            next = xml_after(root, n);
            join_next(n);
        }
    }
}

void import_clean(struct xml_node *root) {
    accept_structure(root);
    for (struct xml_node *n = root, *next; n; n = next) {
        if (n == root || n->name == XML_TEXT) {
            next = xml_next(root, n);
        } else if (goes(n)) {
            next = xml_after(root, n);
            xml_remove(n);
        } else if (only_marks(n)) {
            next = unwrap(root, n);
        } else {
            next = xml_next(root, n);
        }
    }
}
