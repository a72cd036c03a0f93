#include "docx/xml_names.h"

#include "base/utf8.h"

#include <libxml/parser.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

/* Attributes of these namespaces carry their prefix; those of the others carry none. */
static bool attributes_are_prefixed(const char *prefix) {
    static const char *const prefixed[] = {"w", "r", "o", "m", "xml", "xsi"};
    for (size_t i = 0; i < sizeof prefixed / sizeof prefixed[0]; i++)
        if (strcmp(prefix, prefixed[i]) == 0)
            return true;
    return false;
}

/* ---- reading ---- */

/* libxml2 interns names and namespaces, so a pair of pointers stands for a pair of strings. */
struct cached_name {
    const void *uri, *local;
    enum xml_name name;
};
enum { CACHE_SIZE = 512 };

struct reader {
    struct pool *pool;
    struct xml_node *root, *current;
    xmlParserCtxtPtr parser;
    struct cached_name cache[CACHE_SIZE];
    struct buf text; /* characters since the last tag */
    int depth;
    const char *refused; /* why parsing was stopped by us */
};

static enum xml_name token(struct reader *reader, const xmlChar *uri, const xmlChar *local) {
    size_t hash = ((uintptr_t)uri >> 4) * 31 + ((uintptr_t)local >> 2);
    struct cached_name *cached = &reader->cache[hash % CACHE_SIZE];
    if (cached->uri == uri && cached->local == local)
        return cached->name;
    const char *prefix = xml_prefix_of((const char *)uri);
    cached->uri = uri;
    cached->local = local;
    cached->name = prefix ? xml_find_name(prefix, (const char *)local) : XML_UNKNOWN;
    return cached->name;
}

static const char *qname(struct reader *reader, const xmlChar *prefix, const xmlChar *local,
                         enum xml_name name) {
    if (!prefix)
        return name ? xml_names[name].local : pool_strdup(reader->pool, (const char *)local);
    if (name && strcmp(xml_names[name].prefix, (const char *)prefix) == 0)
        return xml_names[name].qname;
    return pool_printf(reader->pool, "%s:%s", (const char *)prefix, (const char *)local);
}

static void stop(struct reader *reader, const char *why) {
    if (!reader->refused)
        reader->refused = why;
    xmlStopParser(reader->parser);
}

static void flush_text(struct reader *reader) {
    if (!reader->text.len)
        return;
    struct xml_node *node = POOL_NEW(reader->pool, struct xml_node);
    node->name = XML_TEXT;
    node->text = pool_strndup(reader->pool, reader->text.data, reader->text.len);
    if (reader->current)
        xml_append(reader->current, node);
    buf_clear(&reader->text);
}

static void add_attr(struct xml_attr ***tail, struct reader *reader, enum xml_name name,
                     const char *written, const char *value) {
    struct xml_attr *attr = POOL_NEW(reader->pool, struct xml_attr);
    attr->name = name;
    attr->qname = written;
    attr->value = value;
    **tail = attr;
    *tail = &attr->next;
}

static void start_element(void *context, const xmlChar *local, const xmlChar *prefix,
                          const xmlChar *uri, int namespace_count, const xmlChar **declared,
                          int attribute_count, int defaulted, const xmlChar **attributes) {
    struct reader *reader = context;
    (void)defaulted;
    if (++reader->depth > XML_MAX_DEPTH) {
        stop(reader, "nested too deeply");
        return;
    }
    flush_text(reader);
    struct xml_node *node = POOL_NEW(reader->pool, struct xml_node);
    node->name = token(reader, uri, local);
    node->qname = qname(reader, prefix, local, node->name);
    struct xml_attr **tail = &node->attrs;
    for (int i = 0; i < namespace_count; i++, declared += 2)
        add_attr(&tail, reader, XML_UNKNOWN,
                 declared[0] ? pool_printf(reader->pool, "xmlns:%s", (const char *)declared[0])
                             : "xmlns",
                 pool_strdup(reader->pool, declared[1] ? (const char *)declared[1] : ""));
    for (int i = 0; i < attribute_count; i++, attributes += 5) {
        enum xml_name name = token(reader, attributes[1] ? attributes[2] : uri, attributes[0]);
        add_attr(&tail, reader, name, qname(reader, attributes[1], attributes[0], name),
                 pool_strndup(reader->pool, (const char *)attributes[3],
                              (size_t)(attributes[4] - attributes[3])));
    }
    if (reader->current)
        xml_append(reader->current, node);
    else
        reader->root = node;
    reader->current = node;
}

static void end_element(void *context, const xmlChar *local, const xmlChar *prefix,
                        const xmlChar *uri) {
    struct reader *reader = context;
    (void)local, (void)prefix, (void)uri;
    flush_text(reader);
    reader->depth--;
    if (reader->current)
        reader->current = reader->current->parent;
}

static void characters(void *context, const xmlChar *text, int n) {
    struct reader *reader = context;
    buf_append(&reader->text, text, (size_t)n);
}

static void internal_subset(void *context, const xmlChar *name, const xmlChar *public_id,
                            const xmlChar *system_id) {
    (void)name, (void)public_id, (void)system_id;
    stop(context, "it has a DTD, which no DOCX part has");
}

static void ignore_error(void *context, xmlErrorPtr error) {
    (void)context, (void)error; /* the parser keeps the last one: reported once, at the end */
}

static void report(struct reader *reader, struct where where, struct diag *diag) {
    xmlErrorPtr error = xmlCtxtGetLastError(reader->parser);
    struct buf why = {0};
    if (reader->refused)
        buf_puts(&why, reader->refused);
    else if (error && error->message)
        buf_printf(&why, "%.*s (%d:%d)", (int)strcspn(error->message, "\n"), error->message,
                   error->line, error->int2);
    else
        buf_puts(&why, "no element");
    diag_add(diag, XML_BROKEN, where, buf_text(&why), NULL);
    buf_free(&why);
}

/* ---- the encoding ---- */

/* The encoding the XML declaration names: "UTF-8", or NULL when it names none. */
static const char *declared_encoding(struct pool *pool, const char *s, size_t n) {
    static const char key[] = "encoding";
    const char *end = n > 5 && memcmp(s, "<?xml", 5) == 0 ? memchr(s, '>', n) : NULL;
    const char *at = end ? memmem(s, (size_t)(end - s), key, sizeof key - 1) : NULL;
    const char *quote = at;
    while (quote && quote < end && *quote != '"' && *quote != '\'')
        quote++;
    const char *close = quote ? memchr(quote + 1, *quote, (size_t)(end - quote)) : NULL;
    return close && close < end ? pool_strndup(pool, quote + 1, (size_t)(close - quote - 1)) : NULL;
}

/* The part as UTF-8. OPC allows UTF-8 and UTF-16 alone (6.2.5); what libxml2 is given is always
 * UTF-8, for it writes complaints about other encodings to standard error. NULL: `*why` says. */
static const char *as_utf8(struct pool *pool, const char *bytes, size_t *n, const char **why) {
    const char *wide = utf8_from_utf16(pool, bytes, *n, n);
    if (wide)
        return wide;
    if (*n >= 3 && memcmp(bytes, "\xEF\xBB\xBF", 3) == 0) {
        bytes += 3;
        *n -= 3;
    }
    const char *encoding = declared_encoding(pool, bytes, *n);
    size_t bad;
    if (encoding && strcasecmp(encoding, "UTF-8") != 0 && strcasecmp(encoding, "UTF8") != 0)
        *why = pool_printf(pool, "encoding %s; only UTF-8 and UTF-16 are allowed", encoding);
    else if (!utf8_valid(bytes, *n, &bad))
        *why = pool_printf(pool, "byte %zu is no UTF-8", bad + 1);
    else if (*n && (!strchr("< \t\r\n", bytes[0]) || memchr(bytes, '\0', *n < 4 ? *n : 4)))
        *why = "it does not begin with <";
    else
        return bytes;
    return NULL;
}

static void refuse(struct where where, const char *why, struct diag *diag) {
    diag_add(diag, XML_BROKEN, where, why, NULL);
}

struct xml_node *xml_parse(struct pool *pool, const char *bytes, size_t n, struct where where,
                           struct diag *diag) {
    const char *why = "larger than 64 MB";
    bytes = n > (size_t)XML_MAX_MB << 20 ? NULL : as_utf8(pool, bytes, &n, &why);
    if (!bytes) {
        refuse(where, why, diag);
        return NULL;
    }
    struct reader *reader = mem_alloc(sizeof *reader);
    *reader = (struct reader){.pool = pool};
    xmlSAXHandler sax = {.initialized = XML_SAX2_MAGIC,
                         .startElementNs = start_element,
                         .endElementNs = end_element,
                         .characters = characters,
                         .ignorableWhitespace = characters,
                         .cdataBlock = characters,
                         .internalSubset = internal_subset,
                         .serror = ignore_error};
    reader->parser = xmlCreatePushParserCtxt(&sax, reader, NULL, 0, NULL);
    if (!reader->parser)
        abort(); /* only when out of memory */
    /* NOENT also gives "&amp;" in attributes as "&"; a part with a DTD never gets that far. */
    xmlCtxtUseOptions(reader->parser,
                      XML_PARSE_NONET | XML_PARSE_NOENT | XML_PARSE_HUGE | XML_PARSE_IGNORE_ENC);
    bool ok = xmlParseChunk(reader->parser, bytes, (int)n, 1) == 0 && !reader->refused &&
              reader->root && reader->parser->wellFormed;
    if (!ok)
        report(reader, where, diag);
    struct xml_node *root = ok ? reader->root : NULL;
    xmlFreeDoc(reader->parser->myDoc);
    xmlFreeParserCtxt(reader->parser);
    buf_free(&reader->text);
    free(reader);
    return root;
}

/* ---- the tree ---- */

struct xml_node *xml_after(const struct xml_node *root, const struct xml_node *node) {
    while (node != root && !node->next)
        node = node->parent;
    return node == root ? NULL : node->next;
}

struct xml_node *xml_next(const struct xml_node *root, const struct xml_node *node) {
    return node->first ? node->first : xml_after(root, node);
}

struct xml_node *xml_child(const struct xml_node *node, enum xml_name name) {
    struct xml_node *child;
    XML_EACH_CHILD (child, node)
        if (child->name == name)
            return child;
    return NULL;
}

const char *xml_get(const struct xml_node *node, enum xml_name name) {
    for (const struct xml_attr *a = node ? node->attrs : NULL; a; a = a->next)
        if (a->name == name)
            return a->value;
    return NULL;
}

const char *xml_child_val(const struct xml_node *node, enum xml_name name) {
    return xml_get(xml_child(node, name), w_val);
}

/* Twips in a unit, as a fraction (ST_UniversalMeasure, 22.9.2.15). */
static bool unit_twips(const char *unit, int *up, int *down) {
    static const struct {
        char name[3];
        int up, down;
    } units[] = {{"pt", 20, 1},  {"in", 1440, 1}, {"cm", 144000, 254}, {"mm", 14400, 254},
                 {"pc", 240, 1}, {"pi", 240, 1},  {"%", 50, 1}};
    for (size_t i = 0; i < sizeof units / sizeof units[0]; i++)
        if (strcmp(unit, units[i].name) == 0) {
            *up = units[i].up;
            *down = units[i].down;
            return true;
        }
    return false;
}

int xml_int(const struct xml_node *node, enum xml_name name, int otherwise) {
    const char *s = xml_get(node, name);
    if (!s)
        return otherwise;
    while (*s == ' ')
        s++;
    int sign = *s == '-' ? -1 : 1;
    if (*s == '-' || *s == '+')
        s++;
    if (*s < '0' || *s > '9')
        return otherwise;
    int64_t milli = 0;
    for (; *s >= '0' && *s <= '9'; s++)
        if (milli < 1000000000000)
            milli = milli * 10 + (*s - '0') * 1000;
    if (*s == '.' || *s == ',')
        for (int place = 100; *++s >= '0' && *s <= '9'; place /= 10)
            milli += (*s - '0') * place;
    int up = 1, down = 1;
    if (*s && !unit_twips(s, &up, &down))
        return otherwise;
    int64_t value = (milli * up / down + 500) / 1000;
    if (value > 500000000) /* keeps every later sum and product inside its type */
        value = 500000000;
    return sign * (int)value;
}

bool xml_on(const struct xml_node *parent, enum xml_name child, bool otherwise) {
    const struct xml_node *node = xml_child(parent, child);
    if (!node)
        return otherwise;
    const char *val = xml_get(node, w_val);
    return !val || !(strcmp(val, "0") == 0 || strcmp(val, "false") == 0 || strcmp(val, "off") == 0);
}

struct xml_node *xml_new(struct pool *pool, enum xml_name name) {
    struct xml_node *node = POOL_NEW(pool, struct xml_node);
    node->name = name;
    node->qname = xml_default_namespace(xml_names[name].prefix) ? xml_names[name].local
                                                                : xml_names[name].qname;
    return node;
}

struct xml_node *xml_new_text(struct pool *pool, const char *text) {
    struct xml_node *node = POOL_NEW(pool, struct xml_node);
    node->name = XML_TEXT;
    node->text = pool_strdup(pool, text);
    return node;
}

void xml_set(struct pool *pool, struct xml_node *node, enum xml_name name, const char *value) {
    struct xml_attr **tail = &node->attrs;
    while (*tail && (*tail)->name != name)
        tail = &(*tail)->next;
    if (!*tail)
        *tail = POOL_NEW(pool, struct xml_attr);
    (*tail)->name = name;
    (*tail)->qname = attributes_are_prefixed(xml_names[name].prefix) ? xml_names[name].qname
                                                                     : xml_names[name].local;
    (*tail)->value = pool_strdup(pool, value);
}

void xml_append(struct xml_node *parent, struct xml_node *child) {
    child->parent = parent;
    child->prev = parent->last;
    child->next = NULL;
    if (parent->last)
        parent->last->next = child;
    else
        parent->first = child;
    parent->last = child;
}

void xml_insert_before(struct xml_node *at, struct xml_node *child) {
    child->parent = at->parent;
    child->next = at;
    child->prev = at->prev;
    if (at->prev)
        at->prev->next = child;
    else if (at->parent)
        at->parent->first = child;
    at->prev = child;
}

void xml_insert_after(struct xml_node *at, struct xml_node *child) {
    if (at->next)
        xml_insert_before(at->next, child);
    else
        xml_append(at->parent, child);
}

void xml_remove(struct xml_node *node) {
    if (node->prev)
        node->prev->next = node->next;
    else if (node->parent)
        node->parent->first = node->next;
    if (node->next)
        node->next->prev = node->prev;
    else if (node->parent)
        node->parent->last = node->prev;
    node->parent = node->prev = node->next = NULL;
}

/* With its attributes in one piece of memory. */
static struct xml_node *copy_one(struct pool *pool, const struct xml_node *node) {
    size_t n = 0, i = 0;
    for (const struct xml_attr *a = node->attrs; a; a = a->next)
        n++;
    struct copy {
        struct xml_node node;
        struct xml_attr attrs[];
    } *copy = pool_alloc(pool, sizeof *copy + n * sizeof *copy->attrs);
    copy->node = (struct xml_node){.name = node->name,
                                   .qname = node->qname,
                                   .text = node->text,
                                   .mark = node->mark,
                                   .dynamic = node->dynamic,
                                   .attrs = n ? copy->attrs : NULL};
    for (const struct xml_attr *a = node->attrs; a; a = a->next, i++) {
        copy->attrs[i] = *a;
        copy->attrs[i].next = a->next ? &copy->attrs[i + 1] : NULL;
    }
    return &copy->node;
}

/* Strings are shared with the original: both must live as long. */
struct xml_node *xml_copy(struct pool *pool, const struct xml_node *node) {
    struct xml_node *root = copy_one(pool, node), *to = root;
    const struct xml_node *from = node;
    for (;;) {
        if (from->first) {
            from = from->first;
        } else {
            while (from != node && !from->next) {
                from = from->parent;
                to = to->parent;
            }
            if (from == node)
                return root;
            from = from->next;
            to = to->parent;
        }
        struct xml_node *copy = copy_one(pool, from);
        xml_append(to, copy);
        to = copy;
    }
}

/* ---- from one document's tree into another's ---- */

/* The address the prefix (n bytes; 0: none) stands for at `node`; NULL: not declared. */
static const char *declared(const struct xml_node *node, const char *prefix, size_t n) {
    for (; node; node = node->parent)
        for (const struct xml_attr *a = node->attrs; a; a = a->next) {
            if (strncmp(a->qname, "xmlns", 5) != 0)
                continue;
            const char *name = a->qname[5] == ':' ? a->qname + 6 : a->qname + 5;
            if (strlen(name) == n && memcmp(name, prefix, n) == 0)
                return a->value;
        }
    return NULL;
}

static bool has_word(const char *list, const char *word, size_t n) {
    while (list && *list) {
        list += strspn(list, " \t\n");
        size_t len = strcspn(list, " \t\n");
        if (len == n && memcmp(list, word, n) == 0)
            return true;
        list += len;
    }
    return false;
}

/* What a transplanted node is about to need. */
struct transplant {
    struct pool *pool;
    const struct xml_node *from, *into;
    struct xml_node *copy;
};

static void add_declaration(struct pool *pool, struct xml_node *node, const char *prefix, size_t n,
                            const char *uri) {
    struct xml_attr *attr = POOL_NEW(pool, struct xml_attr);
    attr->qname = n ? pool_printf(pool, "xmlns:%.*s", (int)n, prefix) : "xmlns";
    attr->value = uri;
    attr->next = node->attrs;
    node->attrs = attr;
}

static void ignore_again(struct transplant *t, const char *prefix, size_t n) {
    const char *above = NULL, *own = xml_get(t->copy, mc_Ignorable);
    for (const struct xml_node *up = t->from->parent; up && !above; up = up->parent)
        above = xml_get(up, mc_Ignorable);
    if (!has_word(above, prefix, n) || has_word(own, prefix, n))
        return;
    xml_set(t->pool, t->copy, mc_Ignorable,
            pool_printf(t->pool, "%s%s%.*s", own ? own : "", own ? " " : "", (int)n, prefix));
    for (struct xml_attr *a = t->copy->attrs; a; a = a->next)
        if (a->name == mc_Ignorable)
            a->qname = xml_names[mc_Ignorable].qname;
}

static void need_prefix(struct transplant *t, const struct xml_node *at, const char *prefix,
                        size_t n) {
    if (declared(at, prefix, n))
        return;
    const char *uri = declared(t->from->parent, prefix, n);
    const char *there = declared(t->into, prefix, n);
    if (!uri || (there && strcmp(uri, there) == 0))
        return;
    add_declaration(t->pool, t->copy, prefix, n, uri);
    if (n)
        ignore_again(t, prefix, n);
}

static void need_prefixes(struct transplant *t, const struct xml_node *at, const char *list) {
    while (*list) {
        list += strspn(list, " \t\n");
        size_t n = strcspn(list, " \t\n");
        if (n)
            need_prefix(t, at, list, n);
        list += n;
    }
}

static void make_canonical(struct transplant *t, struct xml_node *node) {
    const char *colon;
    if (node->name <= XML_MARK) {
        colon = strchr(node->qname, ':');
        need_prefix(t, node, node->qname, colon ? (size_t)(colon - node->qname) : 0);
    } else if (!xml_default_namespace(xml_names[node->name].prefix)) {
        node->qname = xml_names[node->name].qname;
    }
    for (struct xml_attr *a = node->attrs; a; a = a->next) {
        if (a->name) {
            a->qname = attributes_are_prefixed(xml_names[a->name].prefix) || strchr(a->qname, ':')
                           ? xml_names[a->name].qname
                           : xml_names[a->name].local;
            if (a->name == mc_Requires || a->name == mc_Ignorable)
                need_prefixes(t, node, a->value);
        } else if (strncmp(a->qname, "xmlns", 5) != 0 && (colon = strchr(a->qname, ':')) != NULL) {
            need_prefix(t, node, a->qname, (size_t)(colon - a->qname));
        }
    }
}

struct xml_node *xml_transplant(struct pool *pool, const struct xml_node *node,
                                const struct xml_node *into) {
    struct transplant t = {pool, node, into, xml_copy(pool, node)};
    for (struct xml_node *n = t.copy; n; n = xml_next(t.copy, n))
        if (n->name != XML_TEXT)
            make_canonical(&t, n);
    return t.copy;
}

char *xml_text(struct pool *pool, const struct xml_node *node, enum xml_name of) {
    struct buf out = {0};
    for (const struct xml_node *n = node; n; n = xml_next(node, n))
        if (n->name == XML_TEXT && n->parent && n->parent->name == of)
            buf_puts(&out, n->text);
    char *text = pool_strdup(pool, buf_text(&out));
    buf_free(&out);
    return text;
}

const char *xml_name_string(enum xml_name name) {
    return name > XML_MARK && name < XML_NAMES ? xml_names[name].qname : "?";
}
