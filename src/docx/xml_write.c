/* Writing a tree, and telling whether reading would give it back.
 *
 * What was just written need not be parsed to be read: the tree it was written from is the tree
 * that parsing gives, once neighbouring texts are joined and empty ones dropped - if every name is
 * written with the one prefix of its namespace, every other prefix is declared on the root, and
 * every character is one XML can hold. Where that is not plain to see the answer is no, and the
 * bytes are parsed. */
#include "docx/xml_names.h"

#include <string.h>

struct writer {
    struct buf *out;
    const struct xml_node *root;
    struct xml_attr *attrs; /* of the root, with what it has to declare besides */
    bool sure;              /* so far, reading gives the same tree */
};

/* ---- bytes ---- */

static void put(struct buf *out, const char *s, size_t n) {
    char *to = buf_reserve(out, n);
    memcpy(to, s, n);
    out->len += n;
}

static bool continues(unsigned char c) {
    return (c & 0xC0) == 0x80;
}

/* Length of the UTF-8 sequence at `s` of a character beyond ASCII that XML can hold (XML 1.0,
 * production 2); 0: it is none. */
static size_t sequence(const unsigned char *s) {
    if (s[0] < 0xC2 || s[0] > 0xF4 || !continues(s[1]))
        return 0;
    if (s[0] < 0xE0)
        return 2;
    if (!continues(s[2]))
        return 0;
    if (s[0] < 0xF0) {
        bool too_long = s[0] == 0xE0 && s[1] < 0xA0, surrogate = s[0] == 0xED && s[1] > 0x9F;
        bool none = s[0] == 0xEF && s[1] == 0xBF && s[2] > 0xBD;
        return too_long || surrogate || none ? 0 : 3;
    }
    bool in_range = s[0] == 0xF0 ? s[1] > 0x8F : s[0] < 0xF4 || s[1] < 0x90;
    return in_range && continues(s[3]) ? 4 : 0;
}

/* What the characters below '@' ask for; those from there up to 0x7F are plain. */
enum { PLAIN, ALWAYS, IN_VALUES, END, CONTROL };
static const unsigned char classes[0x40] = {
    END,     CONTROL, CONTROL,           CONTROL,        CONTROL,        CONTROL,
    CONTROL, CONTROL, CONTROL,           IN_VALUES,      IN_VALUES,      CONTROL,
    CONTROL, ALWAYS,  CONTROL,           CONTROL,        CONTROL,        CONTROL,
    CONTROL, CONTROL, CONTROL,           CONTROL,        CONTROL,        CONTROL,
    CONTROL, CONTROL, CONTROL,           CONTROL,        CONTROL,        CONTROL,
    CONTROL, CONTROL, ['"'] = IN_VALUES, ['&'] = ALWAYS, ['<'] = ALWAYS, ['>'] = ALWAYS};

static const char *entity_of(char c) {
    switch (c) {
    case '&':
        return "&amp;";
    case '<':
        return "&lt;";
    case '>':
        return "&gt;";
    case '\r':
        return "&#13;";
    case '"':
        return "&quot;";
    case '\n':
        return "&#10;";
    default:
        return "&#9;";
    }
}

/* Passes what is written as it is, and one character that is not, if there is one: NULL at the end,
 * else what stands for the character. */
static const char *next_entity(struct writer *w, const unsigned char **text, bool attribute) {
    const unsigned char *s = *text;
    bool sure = true;
    int class = PLAIN;
    for (;;) {
        while (*s >= 0x40 && *s < 0x80) /* most of them */
            s++;
        if (*s >= 0x80) {
            size_t n = sequence(s);
            sure &= n > 0;
            s += n ? n : 1;
            continue;
        }
        class = classes[*s];
        if (class == ALWAYS || class == END || (class == IN_VALUES && attribute))
            break;
        sure &= class != CONTROL;
        s++;
    }
    w->sure &= sure;
    *text = s;
    return class == END ? NULL : entity_of((char)*s);
}

static void put_escaped(struct writer *w, const char *text, bool attribute) {
    for (const unsigned char *s = (const unsigned char *)text, *plain = s;; plain = ++s) {
        const char *entity = next_entity(w, &s, attribute);
        put(w->out, (const char *)plain, (size_t)(s - plain));
        if (!entity)
            return;
        put(w->out, entity, strlen(entity));
    }
}

/* ---- names ---- */

static bool is_declaration(const struct xml_attr *a) {
    return !a->name && strncmp(a->qname, "xmlns", 5) == 0;
}

/* Whether the prefix (n bytes) is declared among the attributes. */
static bool declares(const struct xml_attr *a, const char *prefix, size_t n) {
    for (; a; a = a->next)
        if (strncmp(a->qname, "xmlns:", 6) == 0 && strncmp(a->qname + 6, prefix, n) == 0 &&
            !a->qname[6 + n])
            return true;
    return false;
}

/* A prefix of ours for its own namespace, or another one for a namespace that is none of ours. */
static bool is_plain_declaration(const struct xml_attr *a) {
    if (a->qname[5] != ':' || !*a->value || strncmp(a->qname + 6, "xml", 3) == 0)
        return false;
    const char *prefix = a->qname + 6, *ours = xml_prefix_of(a->value);
    return ours ? strcmp(ours, prefix) == 0 : xml_namespace_of(prefix) == XML_NAMESPACES;
}

/* Whether a name without token is one to whoever reads it; `element` is the prefix of what an
 * attribute stands at, NULL for elements. */
static bool stays_unknown(const struct writer *w, const char *qname, const char *element) {
    const char *colon = strchr(qname, ':');
    if (!colon)
        return !element || !xml_find_name(element, qname);
    char prefix[16];
    size_t n = (size_t)(colon - qname);
    if (!declares(w->attrs, qname, n))
        return false;
    if (n >= sizeof prefix)
        return true; /* longer than all of ours */
    memcpy(prefix, qname, n);
    prefix[n] = '\0';
    return !xml_find_name(prefix, colon + 1);
}

static bool comes_back(const struct writer *w, const struct xml_node *node,
                       const struct xml_attr *a) {
    if (!a->name)
        return stays_unknown(w, a->qname, node->name ? xml_names[node->name].prefix : NULL);
    const struct xml_name_entry *name = &xml_names[a->name];
    if (a->qname == name->qname)
        return node->name || declares(w->attrs, name->prefix, strlen(name->prefix));
    return a->qname == name->local && node->name &&
           strcmp(name->prefix, xml_names[node->name].prefix) == 0;
}

static bool is_repeated(const struct xml_node *node, const struct xml_attr *a) {
    const struct xml_attr *b = node->attrs;
    while (b != a && (b->name != a->name || strcmp(b->qname, a->qname) != 0))
        b = b->next;
    return b != a;
}

static void judge_attr(struct writer *w, const struct xml_node *node, const struct xml_attr *a,
                       bool *declaring) {
    bool declaration = is_declaration(a);
    w->sure &= declaration ? *declaring && is_plain_declaration(a) : comes_back(w, node, a);
    w->sure &= node == w->root || !is_repeated(node, a);
    *declaring &= declaration; /* they are read before all others */
}

static void judge_name(struct writer *w, const struct xml_node *node) {
    if (node->name == XML_MARK)
        w->sure = false;
    else if (node->name == XML_UNKNOWN)
        w->sure &= strchr(node->qname, ':') && stays_unknown(w, node->qname, NULL);
    else
        w->sure &= node->qname == xml_names[node->name].qname;
}

/* ---- declarations ---- */

/* Which namespaces are needed; `last` and the one before it were found so already. */
struct needs {
    bool at[XML_NAMESPACES];
    const char *last, *before;
};

static void need(struct needs *needs, const struct xml_name_entry *name, const char *qname) {
    if (qname != name->qname || name->prefix == needs->last)
        return;
    if (name->prefix != needs->before)
        needs->at[xml_namespace_of(name->prefix)] = true;
    needs->before = needs->last;
    needs->last = name->prefix;
}

static void find_needed(const struct xml_node *root, struct needs *needs) {
    for (const struct xml_node *n = root; n; n = xml_next(root, n)) {
        if (n->name <= XML_MARK)
            continue;
        need(needs, &xml_names[n->name], n->qname);
        for (const struct xml_attr *a = n->attrs; a; a = a->next)
            if (a->name)
                need(needs, &xml_names[a->name], a->qname);
    }
}

/* What `root` has to declare besides what it does, in `room`; the list ends in its attributes. */
static struct xml_attr *with_missing(const struct xml_node *root,
                                     struct xml_attr room[XML_NAMESPACES]) {
    struct needs needs = {.last = NULL};
    find_needed(root, &needs);
    struct xml_attr *first = root->attrs;
    for (int i = XML_NAMESPACES - 1; i >= 0; i--) {
        const struct xml_namespace *space = &xml_namespaces[i];
        if (!needs.at[i] || strcmp(space->prefix, "xml") == 0 ||
            declares(root->attrs, space->prefix, strlen(space->prefix)))
            continue;
        room[i] = (struct xml_attr){first, XML_UNKNOWN, space->declaration, space->uri};
        first = &room[i];
    }
    return first;
}

static bool in_default_namespace(const struct xml_node *node) {
    for (; node; node = node->parent)
        for (const struct xml_attr *a = node->attrs; a; a = a->next)
            if (strcmp(a->qname, "xmlns") == 0)
                return true;
    return false;
}

/* The declaration for a node made by xml_new in a package part that did not use the default
 * namespace; NULL: needs none. */
static const char *default_missing(const struct xml_node *node) {
    if (node->name <= XML_MARK || node->qname != xml_names[node->name].local)
        return NULL;
    const char *uri = xml_default_namespace(xml_names[node->name].prefix);
    return uri && !in_default_namespace(node) ? uri : NULL;
}

/* ---- the tree ---- */

static void put_name(struct writer *w, const char *qname, enum xml_name name) {
    put(w->out, qname, qname == xml_names[name].qname ? xml_names[name].len : strlen(qname));
}

static void put_attr(struct writer *w, const char *qname, enum xml_name name, const char *value) {
    put(w->out, " ", 1);
    put_name(w, qname, name);
    put(w->out, "=\"", 2);
    put_escaped(w, value, true);
    put(w->out, "\"", 1);
}

static void put_start(struct writer *w, const struct xml_node *node) {
    if (node->name == XML_TEXT) {
        put_escaped(w, node->text, false);
        return;
    }
    judge_name(w, node);
    put(w->out, "<", 1);
    put_name(w, node->qname, node->name);
    const char *space = default_missing(node);
    if (space)
        put_attr(w, "xmlns", XML_UNKNOWN, space);
    bool declaring = true;
    const struct xml_attr *a = node == w->root ? w->attrs : node->attrs;
    for (; a; a = a->next) {
        judge_attr(w, node, a, &declaring);
        put_attr(w, a->qname, a->name, a->value);
    }
    if (node->first)
        put(w->out, ">", 1);
    else
        put(w->out, "/>", 2);
}

static void put_end(struct writer *w, const struct xml_node *node) {
    put(w->out, "</", 2);
    put_name(w, node->qname, node->name);
    put(w->out, ">", 1);
}

static void put_tree(struct writer *w) {
    static const char declaration[] =
        "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n";
    put(w->out, declaration, sizeof declaration - 1);
    const struct xml_node *node = w->root;
    for (int depth = 1;;) {
        put_start(w, node);
        if (node->first) {
            node = node->first;
            w->sure &= ++depth <= XML_MAX_DEPTH;
            continue;
        }
        while (node != w->root && !node->next) {
            node = node->parent;
            depth--;
            put_end(w, node);
        }
        if (node == w->root)
            break;
        node = node->next;
    }
    *buf_reserve(w->out, 0) = '\0';
}

void xml_write(const struct xml_node *root, struct buf *out) {
    struct xml_attr room[XML_NAMESPACES];
    struct writer w = {.out = out, .root = root, .attrs = with_missing(root, room)};
    put_tree(&w);
}

/* ---- the tree as it is read ---- */

/* The text of all the text nodes from `node` on, in one. */
static const char *joined(struct pool *pool, const struct xml_node *node) {
    size_t n = 0;
    for (const struct xml_node *t = node; t && t->name == XML_TEXT; t = t->next)
        n += strlen(t->text);
    char *text = pool_alloc(pool, n + 1), *to = text;
    for (const struct xml_node *t = node; t && t->name == XML_TEXT; t = t->next)
        to = stpcpy(to, t->text);
    return text;
}

/* Makes of the texts from `node` on a single one, or none if they are empty. Returns what follows
 * them in document order. */
static struct xml_node *settle_text(struct pool *pool, const struct xml_node *root,
                                    struct xml_node *node) {
    if (node->next && node->next->name == XML_TEXT) {
        node->text = joined(pool, node);
        while (node->next && node->next->name == XML_TEXT)
            xml_remove(node->next);
    }
    struct xml_node *after = xml_after(root, node);
    if (!*node->text)
        xml_remove(node);
    return after;
}

bool xml_write_settled(struct pool *pool, struct xml_node *root, struct buf *out) {
    struct xml_attr *room = POOL_ARRAY(pool, struct xml_attr, XML_NAMESPACES);
    struct writer w = {.out = out,
                       .root = root,
                       .attrs = with_missing(root, room),
                       .sure = root->name != XML_TEXT};
    size_t before = out->len;
    put_tree(&w);
    if (!w.sure || out->len - before > (size_t)XML_MAX_MB << 20)
        return false;
    root->attrs = w.attrs;
    for (struct xml_node *node = root; node;)
        node = node->name == XML_TEXT ? settle_text(pool, root, node) : xml_next(root, node);
    return true;
}

/* ---- the same tree ---- */

static bool same_string(const char *a, const char *b) {
    return a == b || (a && b && strcmp(a, b) == 0);
}

static bool same_node(const struct xml_node *a, const struct xml_node *b) {
    const struct xml_attr *x = a->attrs, *y = b->attrs;
    while (x && y && x->name == y->name && strcmp(x->qname, y->qname) == 0 &&
           strcmp(x->value, y->value) == 0) {
        x = x->next;
        y = y->next;
    }
    return !x && !y && a->name == b->name && same_string(a->qname, b->qname) &&
           same_string(a->text, b->text);
}

bool xml_same(const struct xml_node *a, const struct xml_node *b) {
    const struct xml_node *x = a, *y = b;
    while (x && y && same_node(x, y) && !x->first == !y->first &&
           (x == a || !x->next == !y->next)) {
        x = xml_next(a, x);
        y = xml_next(b, y);
    }
    return !x && !y;
}
