/* template_tags: finds the {{tags}} of one part and gives each a node of its own (internal to the
 * compiler of templates). */
#ifndef CONGVAN_DOCX_TEMPLATE_TAGS_H
#define CONGVAN_DOCX_TEMPLATE_TAGS_H

#include "docx/template.h"

struct tag_place {
    struct tag tag;
    struct xml_node *mark;      /* XML_MARK in the tree where the tag stood; mark->mark is &tag */
    struct xml_node *paragraph; /* w:p around it; NULL outside paragraphs */
    bool first; /* nothing but blanks and tags that open sections before it in its paragraph */
    bool last;  /* nothing but blanks and tags that end sections after it */
    bool alone; /* nothing but blanks and section tags on both sides */
};

struct tag_places {
    VEC(struct tag_place *) at; /* document order */
    bool escapes;               /* there was a "\\{{", now two braces */
};

/* Marks every tag of the part. A mark that replaces text of a run has a copy of that run, emptied,
 * as its only child (the formatting of the value). `template` knows pages; may be NULL. False when
 * a tag is malformed (reported). */
bool template_find_tags(const struct template *template, struct pool *pool, struct xml_node *root,
                        struct where where, struct tag_places *places, struct diag *diag);

/* What stands between "{{" and "}}", `n` bytes, as a tag; its place is the caller's to fill in.
 * False: it has no name. */
bool template_parse_tag(struct pool *pool, const char *inside, size_t n, struct tag *tag);

#endif
