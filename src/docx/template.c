#include "docx/template.h"
#include "base/file.h"
#include "base/utf8.h"
#include "docx/template_tags.h"

#include <stdlib.h>
#include <string.h>

enum { MAX_NESTING = 32 };

struct template {
    struct pool *pool;
    struct package *package;
    const char *path;
    VEC(struct template_part *) parts;
    VEC(const struct tag *) tags;
};

/* What becomes of a section tag's mark. */
enum move {
    MOVE_STAY,   /* runs between two tags of one paragraph */
    MOVE_BEFORE, /* to before `anchor` */
    MOVE_AFTER,  /* to after `anchor` */
    MOVE_REPLACE /* takes the place of `anchor`, which held nothing else */
};

struct section_tag {
    struct tag_place *place;
    enum move move;
    struct xml_node *anchor;
};

struct compiler {
    struct template *template;
    struct pool *pool;
    struct diag *diag;
    struct template_part *part;
    struct tag_places places;
    VEC(struct section_tag) sections; /* document order */
    bool ok;
};

static void complain(struct compiler *c, enum diag_code code, const struct tag *tag,
                     const char *other) {
    c->ok = false;
    const char *page = tag->page ? pool_printf(c->pool, "%d", tag->page) : "-";
    diag_add(c->diag, code, tag->where, tag->name, page, tag->words, other, NULL);
}

/* ---- where a section begins and ends ---- */

static size_t depth(const struct xml_node *node) {
    size_t n = 0;
    for (; node->parent; node = node->parent)
        n++;
    return n;
}

/* Moves *a and *b up until they are children of one parent, which is returned. */
static struct xml_node *meet(struct xml_node **a, struct xml_node **b) {
    size_t da = depth(*a), db = depth(*b);
    for (; da > db; da--)
        *a = (*a)->parent;
    for (; db > da; db--)
        *b = (*b)->parent;
    while ((*a)->parent != (*b)->parent) {
        *a = (*a)->parent;
        *b = (*b)->parent;
    }
    return (*a)->parent;
}

/* Holds nothing a reader would miss: no text, no drawing, only marks of sections. */
static bool holds_only_sections(const struct xml_node *node) {
    struct xml_node *child;
    XML_EACH_CHILD (child, node) {
        switch (child->name) {
        case XML_TEXT:
            if (child->text[strspn(child->text, " \t")])
                return false;
            break;
        case XML_MARK: {
            enum tag_kind kind = ((const struct tag *)child->mark)->kind;
            if (kind == TAG_VALUE || kind == TAG_ITEM)
                return false;
            break;
        }
        case w_drawing:
        case w_pict:
        case w_object:
        case w_br:
        case w_footnoteReference:
        case w_sectPr:
            return false;
        default:
            if (!holds_only_sections(child))
                return false;
        }
    }
    return true;
}

static void place_tag(struct section_tag *s, enum move move, struct xml_node *anchor) {
    s->move = move;
    s->anchor = anchor;
}

/* One end of a section that spans paragraphs, `edge` telling whether its tag stands at the outer
 * end of its paragraph. */
static bool place_at_paragraph(struct compiler *c, struct section_tag *s, bool open) {
    struct tag_place *place = s->place;
    if (holds_only_sections(place->paragraph)) {
        place_tag(s, MOVE_REPLACE, place->paragraph);
        return true;
    }
    if (open ? !place->first : !place->last) {
        complain(c, TEMPLATE_SECTION_PLACE, &place->tag, "");
        return false;
    }
    place_tag(s, open ? MOVE_BEFORE : MOVE_AFTER, place->paragraph);
    return true;
}

static bool place_in_one_paragraph(struct section_tag *open, struct section_tag *close) {
    struct xml_node *paragraph = open->place->paragraph;
    if (open->place->first && close->place->last && paragraph->parent) {
        place_tag(open, MOVE_BEFORE, paragraph);
        place_tag(close, MOVE_AFTER, paragraph);
        return true;
    }
    struct xml_node *a = open->place->mark, *b = close->place->mark;
    meet(&a, &b);
    place_tag(open, a == open->place->mark ? MOVE_STAY : MOVE_BEFORE, a);
    place_tag(close, b == close->place->mark ? MOVE_STAY : MOVE_AFTER, b);
    return true;
}

static bool place_at_rows(struct section_tag *open, struct section_tag *close,
                          struct xml_node *first, struct xml_node *last) {
    place_tag(open, first != last && holds_only_sections(first) ? MOVE_REPLACE : MOVE_BEFORE,
              first);
    place_tag(close, first != last && holds_only_sections(last) ? MOVE_REPLACE : MOVE_AFTER, last);
    return true;
}

static bool place_section(struct compiler *c, struct section_tag *open, struct section_tag *close) {
    struct xml_node *a = open->place->mark, *b = close->place->mark;
    if (!open->place->paragraph || !close->place->paragraph) {
        place_tag(open, MOVE_STAY, a);
        place_tag(close, MOVE_STAY, b);
        return a->parent == b->parent;
    }
    if (open->place->paragraph == close->place->paragraph)
        return place_in_one_paragraph(open, close);
    struct xml_node *common = meet(&a, &b);
    if (common->name == w_tr)
        return place_at_rows(open, close, common, common);
    if (common->name == w_tbl && a->name == w_tr && b->name == w_tr)
        return place_at_rows(open, close, a, b);
    if (a->name == w_p && b->name == w_p) {
        bool opened = place_at_paragraph(c, open, true);
        return place_at_paragraph(c, close, false) && opened;
    }
    complain(c, TEMPLATE_SECTION_CROSSED, &open->place->tag, close->place->tag.name);
    return false;
}

/* Pairs the section tags and decides where each pair's marks go. */
static void pair_sections(struct compiler *c) {
    size_t open[MAX_NESTING], nesting = 0;
    for (size_t i = 0; i < c->sections.n; i++) {
        struct section_tag *s = &c->sections.at[i];
        const struct tag *tag = &s->place->tag;
        s->move = MOVE_STAY;
        if (tag->kind != TAG_END) {
            if (nesting == MAX_NESTING)
                complain(c, TEMPLATE_SECTION_DEEP, tag, "");
            else
                open[nesting++] = i;
            continue;
        }
        if (!nesting) {
            complain(c, TEMPLATE_SECTION_STRAY, tag, "");
            continue;
        }
        struct section_tag *opener = &c->sections.at[open[--nesting]];
        if (tag->key[0] && strcmp(tag->key, opener->place->tag.key) != 0)
            complain(c, TEMPLATE_SECTION_MISMATCH, tag, opener->place->tag.name);
        else if (!place_section(c, opener, s))
            c->ok = false;
    }
    while (nesting)
        complain(c, TEMPLATE_SECTION_UNCLOSED, &c->sections.at[open[--nesting]].place->tag, "");
}

static void mark_dynamic(struct xml_node *mark) {
    for (struct xml_node *n = mark->parent; n; n = n->parent)
        n->dynamic = true;
}

static void move_mark(struct section_tag *s, bool after) {
    struct xml_node *mark = s->place->mark;
    xml_remove(mark);
    if (after)
        xml_insert_after(s->anchor, mark);
    else
        xml_insert_before(s->anchor, mark);
    mark_dynamic(mark);
}

/* Openers from first to last and enders from last to first, so that nested sections which share an
 * anchor nest the same way afterwards. */
static void move_marks(struct compiler *c) {
    for (size_t i = 0; i < c->sections.n; i++)
        if (c->sections.at[i].move == MOVE_BEFORE || c->sections.at[i].move == MOVE_REPLACE)
            move_mark(&c->sections.at[i], false);
    for (size_t i = c->sections.n; i-- > 0;)
        if (c->sections.at[i].move == MOVE_AFTER)
            move_mark(&c->sections.at[i], true);
    for (size_t i = 0; i < c->sections.n; i++)
        if (c->sections.at[i].move == MOVE_REPLACE && c->sections.at[i].anchor->parent)
            xml_remove(c->sections.at[i].anchor);
}

/* ---- tree to ops ---- */

static struct op *emit(struct compiler *c, enum op_kind kind, const struct xml_node *node,
                       const struct tag *tag) {
    struct op *op = VEC_PUSH(c->template->pool, &c->part->ops);
    *op = (struct op){.kind = kind, .node = node, .tag = tag};
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
            complain(c, TEMPLATE_BODY_NOT_ALONE, tag, "");
    emit(c, OP_BODY, paragraph, tag);
    return true;
}

static void emit_mark(struct compiler *c, const struct xml_node *mark) {
    const struct tag *tag = mark->mark;
    switch (tag->kind) {
    case TAG_VALUE:
    case TAG_ITEM:
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

static void link_sections(struct compiler *c) {
    size_t open[MAX_NESTING], nesting = 0;
    struct op *ops = c->part->ops.at;
    for (size_t i = 0; i < c->part->ops.n; i++) {
        if (ops[i].kind == OP_EACH || ops[i].kind == OP_UNLESS) {
            open[nesting++] = i;
        } else if (ops[i].kind == OP_END) {
            ops[i].jump = open[--nesting];
            ops[ops[i].jump].jump = i;
        } else if (ops[i].tag && ops[i].tag->kind == TAG_ITEM && !nesting) {
            complain(c, TEMPLATE_ITEM_OUTSIDE, ops[i].tag, "");
        }
    }
}

/* ---- pictures that keep a place ---- */

const char *template_picture_key(struct pool *pool, const char *description, const char **name) {
    size_t n = description ? strlen(description) : 0;
    if (n < 5 || strncmp(description, "{{", 2) != 0 || strcmp(description + n - 2, "}}") != 0 ||
        strncmp(description, "{{kẻ ", strlen("{{kẻ ")) == 0)
        return NULL;
    *name = pool_strndup(pool, description + 2, n - 4);
    return utf8_fold(pool, *name);
}

/* They are filled in on the merged tree, but listed and counted as used like any tag. */
static void list_pictures(struct compiler *c, const struct xml_node *node) {
    const char *name, *key = node->name == wp_docPr
                                 ? template_picture_key(c->pool, xml_get(node, wp_descr), &name)
                                 : NULL;
    if (key) {
        struct tag *tag = POOL_NEW(c->pool, struct tag);
        *tag = (struct tag){.kind = TAG_PICTURE,
                            .key = key,
                            .name = name,
                            .where = {.file = c->template->path, .part = c->part->name},
                            .words = ""};
        *VEC_PUSH(c->pool, &c->template->tags) = tag;
    }
    struct xml_node *child;
    XML_EACH_CHILD (child, node)
        list_pictures(c, child);
}

/* ---- a part, a template ---- */

static void compile_part(struct compiler *c) {
    struct where where = {.file = c->template->path, .part = c->part->name};
    c->places = (struct tag_places){0};
    c->sections.n = 0;
    c->ok = template_find_tags(c->pool, c->part->root, where, &c->places, c->diag);
    for (size_t i = 0; i < c->places.at.n; i++) {
        struct tag_place *place = c->places.at.at[i];
        *VEC_PUSH(c->pool, &c->template->tags) = &place->tag;
        if (place->tag.kind == TAG_VALUE || place->tag.kind == TAG_ITEM)
            continue;
        *VEC_PUSH(c->pool, &c->sections) = (struct section_tag){.place = place};
    }
    list_pictures(c, c->part->root);
    pair_sections(c);
    if (!c->ok)
        return;
    move_marks(c);
    emit_node(c, c->part->root);
    link_sections(c);
}

static bool can_hold_tags(const struct xml_node *root) {
    switch (root->name) {
    case w_document:
    case w_hdr:
    case w_ftr:
    case w_footnotes:
    case w_endnotes:
    case cp_coreProperties:
        return true;
    default:
        return false;
    }
}

/* Cheap look before parsing: only parts of text, and only those with a brace or the body. */
static bool worth_parsing(const char *name, const char *bytes, size_t n) {
    bool text = strncmp(name, "word/", 5) == 0 && !strchr(name + 5, '/');
    bool core = strcmp(name, "docProps/core.xml") == 0;
    return (text || core) && path_has_suffix(name, ".xml") &&
           (memchr(bytes, '{', n) || memchr(bytes, '}', n));
}

static bool compile_parts(struct template *template, struct diag *diag) {
    struct compiler c = {.template = template, .pool = template->pool, .diag = diag};
    bool ok = true;
    const char *name;
    for (size_t i = 0; (name = package_name(template->package, i)) != NULL; i++) {
        size_t n;
        if (!path_has_suffix(name, ".xml"))
            continue;
        const char *bytes = package_part(template->package, name, &n, diag);
        if (!bytes) {
            ok = false;
            continue;
        }
        if (!worth_parsing(name, bytes, n))
            continue;
        struct where where = {.file = template->path, .part = name};
        struct xml_node *root = xml_parse(template->pool, bytes, n, where, diag);
        if (!root || !can_hold_tags(root)) {
            ok = ok && root;
            continue;
        }
        c.part = POOL_NEW(template->pool, struct template_part);
        c.part->name = pool_strdup(template->pool, name);
        c.part->root = root;
        compile_part(&c);
        ok = ok && c.ok;
        *VEC_PUSH(template->pool, &template->parts) = c.part;
    }
    return ok;
}

struct template *template_read(const char *path, const char *bytes, size_t n, struct diag *diag) {
    struct pool *pool = pool_new();
    struct template *template = POOL_NEW(pool, struct template);
    template->pool = pool;
    template->path = pool_strdup(pool, path);
    template->package = package_open(template->path, bytes, n, diag);
    if (!template->package || !compile_parts(template, diag)) {
        template_close(template);
        return NULL;
    }
    return template;
}

struct template *template_open(const char *path, struct diag *diag) {
    struct pool *pool = pool_new();
    size_t n;
    const char *bytes = file_read(pool, path, &n, (struct where){.file = path}, diag);
    struct template *template = bytes ? template_read(path, bytes, n, diag) : NULL;
    if (template)
        pool_own(template->pool, pool); /* the package looks into the bytes */
    else
        pool_free(pool);
    return template;
}

void template_close(struct template *template) {
    if (!template)
        return;
    package_close(template->package);
    pool_free(template->pool);
}

struct package *template_package(const struct template *template) {
    return template->package;
}

size_t template_part_count(const struct template *template) {
    return template->parts.n;
}

const struct template_part *template_part(const struct template *template, size_t i) {
    return template->parts.at[i];
}

size_t template_tag_count(const struct template *template) {
    return template->tags.n;
}

const struct tag *template_tag(const struct template *template, size_t i) {
    return template->tags.at[i];
}

/* ---- --dump=ops ---- */

static void dump_op(const struct op *op, size_t index, int depth_now, struct buf *out) {
    static const char *const names[] = {
        [OP_COPY] = "copy", [OP_OPEN] = "open", [OP_CLOSE] = "close",   [OP_VALUE] = "value",
        [OP_BODY] = "body", [OP_EACH] = "each", [OP_UNLESS] = "unless", [OP_END] = "end"};
    buf_printf(out, "%5zu %*s%s", index, depth_now * 2, "", names[op->kind]);
    if (op->node && op->kind != OP_VALUE)
        buf_printf(out, " %s", op->node->qname ? op->node->qname : "text");
    if (op->tag)
        buf_printf(out, " %s", op->tag->kind == TAG_ITEM ? "." : op->tag->key);
    if (op->kind == OP_EACH || op->kind == OP_UNLESS || op->kind == OP_END)
        buf_printf(out, " -> %zu", op->jump);
    buf_putc(out, '\n');
}

void template_dump(const struct template *template, struct buf *out) {
    for (size_t p = 0; p < template->parts.n; p++) {
        const struct template_part *part = template->parts.at[p];
        buf_printf(out, "part %s\n", part->name);
        int nesting = 0;
        for (size_t i = 0; i < part->ops.n; i++) {
            const struct op *op = &part->ops.at[i];
            if (op->kind == OP_CLOSE || op->kind == OP_END)
                nesting--;
            dump_op(op, i, nesting, out);
            if (op->kind == OP_OPEN || op->kind == OP_EACH || op->kind == OP_UNLESS)
                nesting++;
        }
    }
}
