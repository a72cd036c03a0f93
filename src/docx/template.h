/* template: a DOCX with {{tags}}, compiled once and run many times.
 *
 * Word splits what a clerk types over any number of runs, so tags are looked for in the joined text
 * of each paragraph; then every tag becomes a mark of its own in the part's tree, and the tree is
 * flattened into ops. All mistakes of a template are found here, before any dispatch is read:
 * each is reported with part, page, and the first words of its paragraph.
 *
 * What a section {{#x}}...{{/x}} repeats follows from where its two tags stand:
 *   the whole text of one paragraph       -> that paragraph
 *   inside one paragraph                  -> the runs between
 *   alone in paragraphs of their own      -> the paragraphs between (the tags' own vanish)
 *   start of one, end of another paragraph -> those paragraphs and the ones between
 *   two cells of one row                  -> the row
 *   two rows of one table                 -> the rows (those holding nothing but the tag vanish)
 * Any other arrangement is an error.
 *
 * Tags are also looked for where they are no text of a paragraph: in document properties, in charts
 * and diagrams, in alternative texts and in the addresses of links. A tag there stands in one
 * piece.
 * "\{{" is two braces. Field instructions are left alone. */
#ifndef CONGVAN_DOCX_TEMPLATE_H
#define CONGVAN_DOCX_TEMPLATE_H

#include "docx/package.h"
#include "docx/xml.h"

struct template;

enum tag_kind {
    TAG_VALUE,   /* {{x}} */
    TAG_ITEM,    /* {{.}} */
    TAG_PIECE,   /* {{.2}}: the second of the parts that " | " makes of the item */
    TAG_NUMBER,  /* {{.#}}: which item it is, from 1 */
    TAG_EACH,    /* {{#x}} */
    TAG_UNLESS,  /* {{^x}} */
    TAG_END,     /* {{/x}} */
    TAG_PICTURE, /* {{x}} as the alternative text of a picture, which keeps the place of another */
};

/* Where a tag stands, for messages. */
struct tag {
    enum tag_kind kind;
    const char *key;  /* folded name; "" for {{.}} and its kin */
    const char *name; /* as typed */
    struct where where;
    size_t piece;      /* TAG_PIECE: from 1 */
    size_t paragraph;  /* ordinal in the part, from 1; 0 outside paragraphs */
    int page;          /* by the page breaks Word stored; 0 outside the body. See template_page */
    const char *words; /* first words of the paragraph */
};

enum op_kind {
    OP_COPY,   /* `node` and all below it, as it stands */
    OP_OPEN,   /* `node` without its children; what follows goes inside. Its attributes may have
                  tags: node->mark is then a struct attr_tags */
    OP_CLOSE,  /* ends the last OP_OPEN */
    OP_VALUE,  /* the value of `tag`, in runs formatted like `node` (NULL: bare text) */
    OP_BODY,   /* the body of the dispatch, in paragraphs formatted like `node` */
    OP_EACH,   /* repeat up to the OP_END at `jump` for each item (or once if true) */
    OP_UNLESS, /* go on to `jump` if there is a value */
    OP_END,    /* end of a section; `jump` is its start */
};

/* What a section needs to know of the ops inside it. */
struct section_info {
    VEC(const char *) lists;       /* w:numId of lists that begin anew with every turn */
    const struct xml_node *break_; /* the first w:sectPr inside; NULL: none */
};

struct op {
    enum op_kind kind;
    const struct xml_node *node;
    const struct tag *tag;
    size_t jump;
    const struct section_info *section; /* OP_EACH, OP_UNLESS; NULL: nothing special */
    bool notes;                         /* OP_COPY, OP_OPEN: there is a reference to a note */
};

/* An attribute with tags: its text in pieces, each words or a tag. */
struct attr_piece {
    const char *text;      /* NULL: a tag */
    const struct tag *tag; /* TAG_VALUE, TAG_ITEM, TAG_PIECE or TAG_NUMBER */
};
struct attr_tags {
    const struct attr_tags *next; /* of the same node */
    const struct xml_attr *attr;
    VEC(struct attr_piece) pieces;
    bool address; /* values are percent-encoded */
};

/* Whoever can lay out a document tells on which page its paragraphs are: an array by paragraph of
 * the main part (from 1; 0 unknown), or NULL. Asked only when a place has to be named. */
struct locator {
    const int *(*pages)(void *context, struct pool *pool, struct package *package);
    void *context;
};

struct template_part {
    const char *name; /* "word/document.xml" */
    struct xml_node *root;
    VEC(struct op) ops;
};

/* The folded key in the alternative text of a picture that only keeps a place, "{{con dấu}}";
 * *name as typed. NULL if the text is another, or that of a rule ("{{kẻ 40%}}"). In the pool. */
const char *template_picture_key(struct pool *pool, const char *description, const char **name);

/* Whether the alternative text is that of a rule. */
bool template_is_rule(const char *description);

/* Reads and compiles the template at `path`. NULL (every error reported) when it cannot be used.
 * Free with template_close. */
struct template *template_open(const char *path, struct diag *diag);
/* With somebody who knows pages (may be NULL, else must live as long as the template). */
struct template *template_load(const char *path, const struct locator *locator, struct diag *diag);
/* From bytes, which must outlive it; `path` stands in messages. */
struct template *template_read(const char *path, const char *bytes, size_t n,
                               const struct locator *locator, struct diag *diag);
void template_close(struct template *template);

struct package *template_package(const struct template *template);
/* The page a tag stands on, as text; "-" outside the body. Found out by the locator once. */
const char *template_page(const struct template *template, struct pool *pool,
                          const struct tag *tag);
/* Parts that hold tags, in a fixed order. */
size_t template_part_count(const struct template *template);
const struct template_part *template_part(const struct template *template, size_t i);
/* Every tag, in the order of parts and text. */
size_t template_tag_count(const struct template *template);
const struct tag *template_tag(const struct template *template, size_t i);

void template_dump(const struct template *template, struct buf *out); /* --dump=ops */

#endif
