/* template_compile: what the files of the template compiler share.
 *
 * template_tags.c finds the tags, template_attr.c those in attributes; template_sections.c pairs
 * those of sections and moves their marks to where a section begins and ends; template_ops.c
 * flattens the tree; template.c goes through the parts. */
#ifndef CONGVAN_DOCX_TEMPLATE_COMPILE_H
#define CONGVAN_DOCX_TEMPLATE_COMPILE_H

#include "docx/template.h"
#include "docx/template_tags.h"

enum { MAX_SECTION_NESTING = 32 };

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

struct tags {
    VEC(const struct tag *) at;
};

struct compiler {
    const struct template *template; /* for places */
    const char *path;
    struct tags *tags; /* every tag goes here */
    struct pool *pool;
    struct diag *diag;
    struct template_part *part;
    struct tag_places places;
    VEC(struct section_tag) sections; /* document order */
    size_t paragraph; /* ordinal of the one being looked at for pictures and attributes */
    bool ok;
    bool live; /* there is a rule whose length depends on the text */
};

void compiler_add_tag(struct compiler *c, const struct tag *tag);

/* Reports a mistake at `tag`; `other` fills {4} of the sentence. */
void compiler_complain(struct compiler *c, enum diag_code code, const struct tag *tag,
                       const char *other);

/* template_attr.c: tags in the node's attributes. */
void compile_attributes(struct compiler *c, struct xml_node *node);
/* template_sections.c */
void compile_sections(struct compiler *c);
/* template_ops.c: the tree as ops of c->part. */
void compile_ops(struct compiler *c);

#endif
