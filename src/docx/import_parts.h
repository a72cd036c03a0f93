/* import_parts: what the files of the import share.
 *
 * import.c opens the DOCX and reads its text; import_section.c copies its blocks; import_place.c
 * makes them part of the merger's tree; on the way import_clean.c accepts changes and drops
 * comments, import_style.c exchanges styles and lists, import_part.c brings what relationships lead
 * to. */
#ifndef CONGVAN_DOCX_IMPORT_PARTS_H
#define CONGVAN_DOCX_IMPORT_PARTS_H

#include "docx/import.h"
#include "docx/intern.h"
#include "docx/merge_parts.h"
#include "docx/theme.h"

/* A DOCX taken as a body. Lives in the pool of its dispatch. */
struct word_body {
    const char *path;
    struct package *package;
    const char *main_part;
    const struct xml_node *root; /* of the main part */
    struct theme *theme;
    struct styles *styles; /* NULL unless it has text of the years before Unicode */
    bool legacy_document;  /* most of its text is in such a code */
    bool opens_across;     /* its first page */
};

/* One body on its way into the document. */
struct import {
    struct merger *m;
    const struct word_body *word;
    const struct xml_node *paragraph_props, *run_props; /* of the tag; may be NULL */
    const char *number;          /* of this import, for names that are to be its own */
    const char *default_style;   /* of paragraphs here; NULL: the template names none */
    struct intern *styles;       /* id there -> struct style_map */
    struct intern *lists;        /* w:numId there -> here */
    struct intern *definitions;  /* w:abstractNumId there -> here */
    struct intern *parts;        /* part there -> part here */
    struct intern *relation_ids; /* "part there, part here, id there" -> id here */
    struct intern *trees;        /* part there -> its tree */
    struct intern *reported;     /* what was named as left out */
    const struct xml_node *style_sheet, *list_sheet; /* there; NULL: none */
    VEC(struct xml_node *) brought;                  /* styles that came along ... */
    size_t settled;                /* ... of which so many name what they name here */
    const struct xml_node *holder; /* the blocks before they are put into the document */
    /* the part being copied */
    const char *from, *to;            /* its name there; the part here that receives it */
    const struct xml_node *relations; /* of `from`; NULL: none */
};

/* Names once per body what is left out of the document. */
void import_report(struct import *import, enum diag_code code, const char *what);
/* The part of the body's package as a tree; NULL (reported if damaged): none. */
const struct xml_node *import_read(struct import *import, const char *part);

/* import_clean.c: below `root`. */
void import_clean(struct xml_node *root);
bool import_has_changes(const struct xml_node *root);

/* import_section.c: copies of the blocks of w:body `body` into `holder`. `allowed`: they may have
 * sections of their own, for they stand in the document's own flow. `appendix` (NULL: none): whose
 * pages they are. */
void import_copy_blocks(struct import *import, const struct xml_node *body, struct xml_node *holder,
                        bool allowed, struct appendix_pages *appendix);
/* import_place.c: takes child `name` of the properties away, if it is there. */
void import_drop(struct xml_node *props, enum xml_name name);

/* import_style.c: a reference to a style as it is here; false: to the default style. */
bool import_style_reference(struct import *import, struct xml_node *node);
void import_list_reference(struct import *import, struct xml_node *num_id);
/* Fonts and colours of the theme become themselves, fonts of old codes go. */
void import_fonts(struct import *import, struct xml_node *node);

/* import_part.c: relationship ids in the node's attributes as they are here. False: what it leads
 * to stays out (reported), so the node should too. */
bool import_relations(struct import *import, struct xml_node *node);
const struct xml_node *import_relations_of(struct import *import, const char *part);

#endif
