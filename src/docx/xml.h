/* xml: one XML part as a tree of our own, read through libxml2.
 *
 * Element and attribute names of the namespaces we understand are tokens (W_p, W_val ...), so code
 * switches on them whatever prefix the file uses; both the transitional and the strict namespaces
 * give the same token. Every name also keeps its prefix as written, for writing it back.
 * No DTD, no entities but XML's own five, no network; depth and size are capped. */
#ifndef CONGVAN_DOCX_XML_H
#define CONGVAN_DOCX_XML_H

#include "base/diag.h"
#include "base/pool.h"

#include <stdbool.h>
#include <stdint.h>

enum xml_name {
    XML_UNKNOWN, /* an element or attribute not in the table: kept, not understood */
    XML_TEXT,    /* a text node */
    XML_MARK, /* put into a tree by template.c where something is to be filled in; never written */
#define XML_NAME(token, prefix, local) token,
#include "docx/xml_names.def"
#undef XML_NAME
    XML_NAMES
};

struct xml_attr {
    struct xml_attr *next;
    enum xml_name name; /* XML_UNKNOWN for xmlns declarations too */
    const char *qname;  /* as written: "w:val", "xmlns:w" */
    const char *value;  /* entities resolved */
};

struct xml_node {
    enum xml_name name;
    const char *qname; /* as written; NULL for text */
    const char *text;  /* XML_TEXT only */
    const void *mark;  /* XML_MARK: what it stands for */
    bool dynamic;      /* set by template.c: a mark is somewhere below */
    struct xml_attr *attrs;
    struct xml_node *parent, *first, *last, *prev, *next;
};

enum { XML_MAX_DEPTH = 256, XML_MAX_MB = 64 };

/* The root element, in `pool`; NULL (reported at `where`) if the part is not well formed. */
struct xml_node *xml_parse(struct pool *pool, const char *bytes, size_t n, struct where where,
                           struct diag *diag);

/* The document with its XML declaration. Declares on the root whatever canonical prefix a node
 * made by xml_new needs and the file did not have. */
void xml_write(const struct xml_node *root, struct buf *out);
/* The same, and makes of `root` the tree that xml_parse would give for these bytes: declarations
 * stand on the root, neighbouring texts are one, empty ones are gone. False, and `root` is as it
 * was: that cannot be told (a namespace under another prefix than ours, a character XML cannot
 * hold, too deep or too large); then only parsing tells. */
bool xml_write_settled(struct pool *pool, struct xml_node *root, struct buf *out);
/* Whether the two trees hold the same, down to the order of attributes. */
bool xml_same(const struct xml_node *a, const struct xml_node *b);

/* For walking: for (n = root->first; n; n = n->next). */
#define XML_EACH_CHILD(child, node)                                                                \
    for (child = (node) ? (node)->first : NULL; child; child = child->next)

/* Document order within `root`: the node after `node`; NULL at the end. xml_after passes over what
 * is below `node`. */
struct xml_node *xml_next(const struct xml_node *root, const struct xml_node *node);
struct xml_node *xml_after(const struct xml_node *root, const struct xml_node *node);

struct xml_node *xml_child(const struct xml_node *node, enum xml_name name); /* first, or NULL */
const char *xml_get(const struct xml_node *node, enum xml_name name);        /* NULL: absent */
/* `val` attribute of child `name` of `node`; NULL: no child or no attribute. */
const char *xml_child_val(const struct xml_node *node, enum xml_name name);
/* Integer attribute; `otherwise` when absent or not a number. "12.5pt"-like units are converted to
 * twips, "50%" to fiftieths of a percent (2500). */
int xml_int(const struct xml_node *node, enum xml_name name, int otherwise);
/* On/off element (w:b and kin): absent -> otherwise; val 0/false/off -> false; else true. */
bool xml_on(const struct xml_node *parent, enum xml_name child, bool otherwise);

/* Building. Nodes made here are written with the canonical prefix. */
struct xml_node *xml_new(struct pool *pool, enum xml_name name);
struct xml_node *xml_new_text(struct pool *pool, const char *text);
void xml_set(struct pool *pool, struct xml_node *node, enum xml_name name, const char *value);
void xml_append(struct xml_node *parent, struct xml_node *child);
void xml_insert_before(struct xml_node *at, struct xml_node *child);
void xml_insert_after(struct xml_node *at, struct xml_node *child);
void xml_remove(struct xml_node *node);
struct xml_node *xml_copy(struct pool *pool, const struct xml_node *node); /* deep, detached */
/* A deep copy that may go below `into`, a node of another document's tree: names we understand get
 * their canonical prefix, and the copy declares what else its names and its mc:Requires need of the
 * prefixes declared above `node` and not above `into`; where those were to be ignored by readers
 * that do not know them (mc:Ignorable), that is said again. Strings are shared with the original.
 */
struct xml_node *xml_transplant(struct pool *pool, const struct xml_node *node,
                                const struct xml_node *into);
/* All text below `node` of elements `of` (W_t), joined. In the pool. */
char *xml_text(struct pool *pool, const struct xml_node *node, enum xml_name of);

const char *xml_name_string(enum xml_name name); /* "w:p" */

#endif
