/* Tags in attributes: alternative texts, tips, the addresses of links. */
#include "docx/template_compile.h"
#include "docx/units.h"

#include <string.h>
#include <strings.h>

static const char *local_name(const struct xml_attr *attr) {
    const char *colon = strchr(attr->qname, ':');
    return colon ? colon + 1 : attr->qname;
}

static bool is_address(const struct xml_node *node, const struct xml_attr *attr) {
    const char *mode = attr->name == pr_Target ? xml_get(node, pr_TargetMode) : NULL;
    return mode && strcmp(mode, "External") == 0;
}

/* Some programs repeat a drawing's alternative text inside it. */
static bool is_in_drawing(const struct xml_node *node) {
    while (node && node->name != w_drawing && node->name != w_p)
        node = node->parent;
    return node && node->name == w_drawing;
}

/* Attributes whose value somebody reads. Places of pictures and rules are seen to elsewhere. */
static bool can_hold_tags(struct compiler *c, const struct xml_node *node,
                          const struct xml_attr *attr) {
    static const char *const names[] = {"descr", "title", "alt", "tooltip"};
    const char *name = local_name(attr), *unused;
    if (template_is_rule(attr->value) ||
        (is_in_drawing(node) && template_picture_key(c->pool, attr->value, &unused)))
        return false;
    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        if (strcmp(name, names[i]) == 0)
            return strstr(attr->value, "{{") != NULL;
    return is_address(node, attr) &&
           (strstr(attr->value, "{{") || strcasestr(attr->value, "%7B%7B"));
}

static int hex(char c) {
    if (c >= '0' && c <= '9')
        return c - '0';
    c |= 0x20;
    return c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
}

/* Braces and what is between them, of an address, as typed; the rest stays encoded. */
static const char *decode_tags(struct pool *pool, const char *value) {
    char *out = pool_strdup(pool, value), *to = out;
    int depth = 0;
    for (const char *p = value; *p;) {
        bool coded = p[0] == '%' && hex(p[1]) >= 0 && hex(p[2]) >= 0;
        char c = coded ? (char)(hex(p[1]) * 16 + hex(p[2])) : *p;
        bool brace = c == '{' || c == '}';
        size_t n = coded ? 3 : 1;
        if (coded && !brace && !depth) {
            memcpy(to, p, 3);
            to += 3;
        } else {
            *to++ = c;
        }
        depth += c == '{' ? 1 : c == '}' && depth ? -1 : 0;
        p += n;
    }
    *to = '\0';
    return out;
}

static void add_text(struct compiler *c, struct attr_tags *tags, const char *s, size_t n) {
    if (n)
        VEC_PUSH(c->pool, &tags->pieces)->text = pool_strndup(c->pool, s, n);
}

static void add_tag(struct compiler *c, struct attr_tags *tags, const char *s, size_t n,
                    const char *whole) {
    struct tag *tag = POOL_NEW(c->pool, struct tag);
    bool named = template_parse_tag(c->pool, s, n, tag);
    tag->where = (struct where){.file = c->path, .part = c->part->name};
    tag->paragraph = c->paragraph;
    tag->words = whole;
    compiler_add_tag(c, tag);
    VEC_PUSH(c->pool, &tags->pieces)->tag = tag;
    if (!named)
        compiler_complain(c, TEMPLATE_TAG_EMPTY, tag, "");
    else if (tag->kind == TAG_EACH || tag->kind == TAG_UNLESS || tag->kind == TAG_END)
        compiler_complain(c, TEMPLATE_ATTR_SECTION, tag, "");
}

/* "{{" without an end is the author's text here: nothing shows it as a mistake better than itself.
 */
static void cut_pieces(struct compiler *c, struct attr_tags *tags, const char *value) {
    const char *from = value;
    for (const char *open; (open = strstr(from, "{{")) != NULL;) {
        const char *close = strstr(open, "}}");
        if (!close)
            break;
        add_text(c, tags, from, (size_t)(open - from));
        add_tag(c, tags, open + 2, (size_t)(close - open - 2), value);
        from = close + 2;
    }
    add_text(c, tags, from, strlen(from));
}

void compile_attributes(struct compiler *c, struct xml_node *node) {
    for (const struct xml_attr *a = node->attrs; a; a = a->next) {
        if (!can_hold_tags(c, node, a))
            continue;
        struct attr_tags *tags = POOL_NEW(c->pool, struct attr_tags);
        tags->attr = a;
        tags->address = is_address(node, a);
        tags->next = node->mark;
        cut_pieces(c, tags, tags->address ? decode_tags(c->pool, a->value) : a->value);
        node->mark = tags;
        for (struct xml_node *n = node; n && !n->dynamic; n = n->parent)
            n->dynamic = true;
    }
}
