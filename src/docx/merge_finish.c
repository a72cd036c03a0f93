/* What can only be done once a part is whole. */
#include "docx/build.h"
#include "docx/intern.h"
#include "docx/merge_parts.h"

#include <stdlib.h>
#include <string.h>

/* ---- valid again after sections took things away ---- */

static bool is_block(const struct xml_node *node) {
    return node->name == w_p || node->name == w_tbl || node->name == w_sdt ||
           node->name == w_altChunk || node->name == w_customXml;
}

/* CT_Tc and the stories must end with a paragraph: an empty one, or one behind a table. */
static bool needs_paragraph(const struct xml_node *node) {
    switch (node->name) {
    case w_tc:
    case w_txbxContent:
    case w_hdr:
    case w_ftr:
    case w_footnote:
    case w_endnote:
    case w_comment:
        break;
    case w_body: /* Word itself ends one that ends in a table */
        return !xml_child(node, w_p) && !xml_child(node, w_tbl) && !xml_child(node, w_sdt);
    default:
        return false;
    }
    const struct xml_node *last = node->last;
    while (last && !is_block(last))
        last = last->prev;
    return !last || last->name == w_tbl;
}

static void fill_if_empty(struct merger *m, struct xml_node *node) {
    if (!needs_paragraph(node))
        return;
    struct xml_node *paragraph = xml_new(m->pool, w_p), *section = xml_child(node, w_sectPr);
    if (section)
        xml_insert_before(section, paragraph);
    else
        xml_append(node, paragraph);
}

static bool is_empty_container(const struct xml_node *node) {
    return (node->name == w_tbl && !xml_child(node, w_tr)) ||
           (node->name == w_tr && !xml_child(node, w_tc) && !xml_child(node, w_sdt));
}

/* A table whose rows are gone goes too, a row whose cells are gone likewise. */
static void drop_empty(struct xml_node *root) {
    for (struct xml_node *n = root, *next; n; n = next) {
        struct xml_node *drop = is_empty_container(n) ? n : NULL;
        if (drop && drop->parent && drop->parent->name == w_tbl && drop->name == w_tr)
            drop = xml_child(drop->parent, w_tr) == n && !n->next ? drop->parent : n;
        if (!drop) {
            next = xml_next(root, n);
            continue;
        }
        next = xml_after(root, n);
        xml_remove(drop);
    }
}

/* ---- tables that touch ---- */

static void keep_apart(struct merger *m, struct xml_node *table) {
    struct xml_node *next = table->next;
    while (next && next->name == XML_TEXT)
        next = next->next;
    if (next && next->name == w_tbl && !table->mark)
        xml_insert_before(next, build_thin_paragraph(m->pool));
}

/* ---- what must be one of its kind ---- */

/* The place of `key` among things of this kind; a new one is empty. */
static void **seen(struct merger *m, const char *kind, const char *key) {
    if (!m->seen)
        m->seen = intern_new(m->pool);
    const char *all = pool_concat(m->pool, kind, " ", key, NULL);
    return intern_slot(m->seen, all, strlen(all));
}

/* Bookmarks are paired by number and found by name; a section repeats both. Word keeps the first of
 * a name, so that is what references lead to. */
static void number_bookmark(struct merger *m, struct xml_node *node, const char *part) {
    const char *id = xml_get(node, w_id), *name = xml_get(node, w_name);
    if (!id)
        return;
    const char *key = pool_concat(m->pool, part, " ", id, NULL);
    if (node->name == w_bookmarkStart)
        *seen(m, "bookmark", key) = (void *)(uintptr_t)++m->bookmarks;
    int number = (int)(uintptr_t)*seen(m, "bookmark", key);
    xml_set(m->pool, node, w_id, pool_printf(m->pool, "%d", number));
    if (node->name != w_bookmarkStart || !name)
        return;
    void **known = seen(m, "name", name);
    if (*known)
        xml_set(m->pool, node, w_name, pool_printf(m->pool, "%s_%d", name, number));
    *seen(m, "name", name) = m;
}

/* The second of a kind goes: the id of a content control (Word gives it a new one), a comment's
 * mark (the comment stands at its first place). */
static bool is_second(struct merger *m, const struct xml_node *node) {
    const char *kind = NULL, *id = NULL;
    if (node->name == w_id && node->parent && node->parent->name == w_sdtPr) {
        kind = "sdt";
        id = xml_get(node, w_val);
    } else if (node->name == w_commentRangeStart || node->name == w_commentRangeEnd ||
               node->name == w_commentReference) {
        kind = node->qname;
        id = xml_get(node, w_id);
    }
    if (!id)
        return false;
    void **known = seen(m, kind, id);
    if (*known)
        return true;
    *known = m;
    return false;
}

/* ---- rules under text ---- */

enum {
    EMU_PER_POINT = 12700,
    MAX_PERCENT = 400,
};

/* "{{kẻ 40%}}" in the alternative text of a line: it gets that share of the text above it. */
static int rule_percent(const char *description) {
    static const char open[] = "{{kẻ ";
    if (!description || strncmp(description, open, sizeof open - 1) != 0)
        return -1;
    char *end;
    long percent = strtol(description + sizeof open - 1, &end, 10);
    bool closed = strcmp(end, "%}}") == 0 || strcmp(end, " %}}") == 0;
    return closed && percent > 0 && percent <= MAX_PERCENT ? (int)percent : 0;
}

static struct xml_node *ancestor(struct xml_node *node, enum xml_name name) {
    while (node && node->name != name)
        node = node->parent;
    return node;
}

/* The rule stands under the nearest paragraph with text, its own first. */
static int32_t width_above(struct merger *m, struct xml_node *paragraph, int32_t column) {
    for (; paragraph; paragraph = paragraph->prev) {
        int32_t width =
            paragraph->name == w_p ? measure_last_line(m->measure, paragraph, column) : 0;
        if (width)
            return width;
    }
    return 0;
}

static void set_emu(struct merger *m, struct xml_node *node, enum xml_name name, int64_t emu) {
    xml_set(m->pool, node, name, pool_printf(m->pool, "%lld", (long long)emu));
}

static void set_drawing(struct merger *m, struct xml_node *anchor, int64_t x, int64_t length) {
    set_emu(m, xml_child(anchor, wp_extent), wp_cx, length);
    struct xml_node *across = xml_child(anchor, wp_positionH);
    struct xml_node *offset = xml_child(across, wp_posOffset);
    if (offset) {
        while (offset->first)
            xml_remove(offset->first);
        xml_append(offset, xml_new_text(m->pool, pool_printf(m->pool, "%lld", (long long)x)));
    }
    for (struct xml_node *n = anchor; n; n = xml_next(anchor, n))
        if (n->name == a_ext && xml_get(n, a_cx))
            set_emu(m, n, a_cx, length);
}

static const char *points(struct pool *pool, int64_t emu) {
    struct buf out = {0};
    buf_put_milli(&out, emu * 1000 / EMU_PER_POINT);
    const char *text = pool_strdup(pool, buf_text(&out));
    buf_free(&out);
    return text;
}

/* The same line for readers that know no DrawingML: its height stays what the template says. */
static void set_vml(struct merger *m, struct xml_node *choice, int64_t x, int64_t length) {
    struct xml_node *alternatives = ancestor(choice, mc_AlternateContent);
    struct xml_node *fallback = xml_child(alternatives, mc_Fallback);
    for (struct xml_node *n = fallback; n; n = xml_next(fallback, n)) {
        const char *from = n->name == v_line ? xml_get(n, v_from) : NULL;
        const char *comma = from ? strchr(from, ',') : NULL;
        if (!comma)
            continue;
        xml_set(m->pool, n, v_from, pool_concat(m->pool, points(m->pool, x), "pt", comma, NULL));
        xml_set(m->pool, n, v_to,
                pool_concat(m->pool, points(m->pool, x + length), "pt", comma, NULL));
    }
}

static void set_rule(struct merger *m, struct xml_node *props, int percent, const char *part) {
    struct xml_node *anchor = ancestor(props, wp_anchor);
    struct xml_node *paragraph = ancestor(props, w_p);
    xml_set(m->pool, props, wp_descr, "Đường kẻ");
    if (!percent || !anchor || !paragraph) {
        diag_add(m->diag, TEMPLATE_RULE_BAD,
                 (struct where){.file = package_path(template_package(m->template)), .part = part},
                 NULL);
        return;
    }
    int32_t column = measure_column(paragraph);
    int64_t text = width_above(m, paragraph, column);
    int64_t length = text * percent / 100;
    int64_t x = (column - length) / 2;
    length = length * EMU_PER_POINT / 1000;
    x = x * EMU_PER_POINT / 1000;
    set_drawing(m, anchor, x, length);
    set_vml(m, anchor, x, length);
}

/* ---- the pass over a part ---- */

/* Drawing identifiers must be unique in a document; loops copy them. */
static void number_drawing(struct merger *m, struct xml_node *props) {
    xml_set(m->pool, props, wp_id, pool_printf(m->pool, "%d", ++m->drawings));
}

/* A drawing's text, where some programs repeat it inside and in its fallback. */
static void replace_texts(struct xml_node *run, const char *old, const char *new) {
    for (struct xml_node *n = run; n; n = xml_next(run, n))
        for (struct xml_attr *a = n->attrs; a; a = a->next)
            if (strcmp(a->value, old) == 0)
                a->value = new;
}

/* False: the drawing only kept a place, and is gone. */
static bool finish_drawing(struct merger *m, struct xml_node *props, const char *part) {
    bool from_word = props->mark != NULL; /* its texts are no tags */
    const char *text = xml_get(props, wp_descr);
    if (!from_word && merge_picture(m, props, part))
        return false;
    number_drawing(m, props);
    int percent = from_word ? -1 : rule_percent(text);
    if (percent >= 0)
        set_rule(m, props, percent, part);
    const char *now = xml_get(props, wp_descr);
    struct xml_node *run = ancestor(props, w_r);
    if (run && text && now && strcmp(text, now) != 0)
        replace_texts(run, text, now);
    return true;
}

void merge_finish(struct merger *m, struct xml_node *root, const char *part) {
    drop_empty(root);
    for (struct xml_node *n = root, *next; n; n = next) {
        fill_if_empty(m, n);
        if (n->name == w_tbl)
            keep_apart(m, n);
        next = xml_next(root, n);
        if (n->name == w_bookmarkStart || n->name == w_bookmarkEnd) {
            number_bookmark(m, n, part);
        } else if (is_second(m, n)) {
            next = xml_after(root, n);
            xml_remove(n);
        } else if (n->name == wp_docPr) {
            struct xml_node *run = ancestor(n, w_r), *behind = run ? xml_after(root, run) : NULL;
            if (!finish_drawing(m, n, part))
                next = behind;
        }
    }
}
