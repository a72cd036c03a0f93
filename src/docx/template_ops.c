/* The marked tree of a part as a flat program. */
#include "docx/template_compile.h"

#include <string.h>

static bool is_note_reference(const struct xml_node *node) {
    return node->name == w_footnoteReference || node->name == w_endnoteReference;
}

static bool has_notes(const struct xml_node *root) {
    for (const struct xml_node *n = root; n; n = xml_next(root, n))
        if (is_note_reference(n))
            return true;
    return false;
}

static struct op *emit(struct compiler *c, enum op_kind kind, const struct xml_node *node,
                       const struct tag *tag) {
    struct op *op = VEC_PUSH(c->pool, &c->part->ops);
    *op = (struct op){.kind = kind, .node = node, .tag = tag};
    if (kind == OP_COPY)
        op->notes = has_notes(node);
    else if (kind == OP_OPEN)
        op->notes = is_note_reference(node);
    return op;
}

/* "noi dung", or "phu luc 1.noi dung" and the like: text with paragraphs of its own. */
static bool is_body_key(const char *key) {
    static const char name[] = "noi dung";
    size_t n = strlen(key), m = sizeof name - 1;
    return n >= m && strcmp(key + n - m, name) == 0 && (n == m || key[n - m - 1] == '.');
}

static const struct tag *body_tag_in(const struct xml_node *node) {
    struct xml_node *child;
    XML_EACH_CHILD (child, node) {
        const struct tag *tag = child->name == XML_MARK ? child->mark : body_tag_in(child);
        if (tag && tag->kind == TAG_VALUE && is_body_key(tag->key))
            return tag;
    }
    return NULL;
}

static bool emit_body(struct compiler *c, const struct xml_node *paragraph) {
    const struct tag *tag = body_tag_in(paragraph);
    if (!tag)
        return false;
    for (size_t i = 0; i < c->places.at.n; i++)
        if (&c->places.at.at[i]->tag == tag && !c->places.at.at[i]->alone)
            compiler_complain(c, TEMPLATE_BODY_NOT_ALONE, tag, "");
    emit(c, OP_BODY, paragraph, tag);
    return true;
}

static void emit_mark(struct compiler *c, const struct xml_node *mark) {
    const struct tag *tag = mark->mark;
    switch (tag->kind) {
    case TAG_VALUE:
    case TAG_ITEM:
    case TAG_PIECE:
    case TAG_NUMBER:
        emit(c, OP_VALUE, mark->first, tag);
        break;
    case TAG_EACH:
        emit(c, OP_EACH, NULL, tag);
        break;
    case TAG_UNLESS:
        emit(c, OP_UNLESS, NULL, tag);
        break;
    case TAG_END:
        emit(c, OP_END, NULL, tag);
        break;
    case TAG_PICTURE: /* has no mark */
        break;
    }
}

/* The depth of the tree is capped by xml_parse. */
static void emit_node(struct compiler *c, const struct xml_node *node) {
    if (node->name == XML_MARK) {
        emit_mark(c, node);
    } else if (!node->dynamic) {
        emit(c, OP_COPY, node, NULL);
    } else if (node->name != w_p || !emit_body(c, node)) {
        emit(c, OP_OPEN, node, NULL);
        struct xml_node *child;
        XML_EACH_CHILD (child, node)
            emit_node(c, child);
        emit(c, OP_CLOSE, node, NULL);
    }
}

/* ---- what sections need to know of what is in them ---- */

/* A paragraph of a list, at the op that copies its properties. */
struct list_item {
    size_t op;
    const char *list, *level;
    bool repeated; /* it stands in a section of its own */
};

struct list_items {
    VEC(struct list_item) at; /* in the order of ops */
};

static void find_lists(struct compiler *c, const struct op *op, size_t index,
                       struct list_items *items) {
    for (const struct xml_node *n = op->node; n; n = xml_next(op->node, n)) {
        const char *list = n->name == w_numPr ? xml_child_val(n, w_numId) : NULL;
        const char *level = list ? xml_child_val(n, w_ilvl) : NULL;
        if (list && strcmp(list, "0") != 0)
            *VEC_PUSH(c->pool, &items->at) =
                (struct list_item){index, list, level ? level : "0", false};
    }
}

static const struct xml_node *find_section_break(const struct xml_node *root) {
    for (const struct xml_node *n = root; n; n = xml_next(root, n))
        if (n->name == w_sectPr)
            return n;
    return NULL;
}

/* Where a turn holds the beginning of a list and its next item, the list begins anew with every
 * turn; a turn that is one item goes on counting. */
static bool begins_in_turn(const struct list_items *items, const char *list, size_t from,
                           size_t to) {
    size_t inside = 0;
    const char *level = NULL;
    const struct list_item *item;
    VEC_EACH (item, &items->at) {
        if (strcmp(item->list, list) != 0)
            continue;
        if (item->op <= from || item->op >= to)
            return false; /* it counts through other parts of the text too */
        if (!level)
            level = item->level;
        if (strcmp(item->level, level) == 0)
            inside += item->repeated ? 2 : 1;
    }
    return inside > 1;
}

static void note_lists(struct compiler *c, struct section_info *info, struct list_items *items,
                       size_t from, size_t to) {
    const struct list_item *item;
    VEC_EACH (item, &items->at) {
        if (item->op <= from || item->op >= to)
            continue;
        size_t known = 0;
        while (known < info->lists.n && strcmp(info->lists.at[known], item->list) != 0)
            known++;
        if (known == info->lists.n && begins_in_turn(items, item->list, from, to))
            *VEC_PUSH(c->pool, &info->lists) = item->list;
    }
}

/* Inner sections end first, so that what they repeat is known to outer ones. */
static void describe_section(struct compiler *c, struct list_items *items, size_t from, size_t to) {
    struct op *ops = c->part->ops.at;
    struct section_info *info = POOL_NEW(c->pool, struct section_info);
    for (size_t i = from + 1; i < to && !info->break_; i++)
        if (ops[i].kind == OP_COPY)
            info->break_ = find_section_break(ops[i].node);
    if (ops[from].kind == OP_EACH)
        note_lists(c, info, items, from, to);
    struct list_item *item;
    VEC_EACH (item, &items->at)
        if (item->op > from && item->op < to && ops[from].kind == OP_EACH)
            item->repeated = true;
    ops[from].section = info;
}

/* In notes an item is that of the section around the note's reference. */
static bool is_notes_part(const struct compiler *c) {
    return c->part->root->name == w_footnotes || c->part->root->name == w_endnotes;
}

static void link_sections(struct compiler *c) {
    size_t open[MAX_SECTION_NESTING], nesting = 0;
    struct list_items items = {0};
    struct op *ops = c->part->ops.at;
    for (size_t i = 0; i < c->part->ops.n; i++)
        if (ops[i].kind == OP_COPY)
            find_lists(c, &ops[i], i, &items);
    for (size_t i = 0; i < c->part->ops.n; i++) {
        if (ops[i].kind == OP_EACH || ops[i].kind == OP_UNLESS) {
            open[nesting++] = i;
        } else if (ops[i].kind == OP_END) {
            size_t from = open[--nesting];
            ops[i].jump = from;
            ops[from].jump = i;
            describe_section(c, &items, from, i);
        } else if (ops[i].kind == OP_VALUE && ops[i].tag->kind != TAG_VALUE && !nesting &&
                   !is_notes_part(c)) {
            compiler_complain(c, TEMPLATE_ITEM_OUTSIDE, ops[i].tag, "");
        }
    }
}

void compile_ops(struct compiler *c) {
    emit_node(c, c->part->root);
    link_sections(c);
}