/* mend: what the files that mend a DOCX share. Not for other stages. */
#ifndef CONGVAN_CHECK_MEND_H
#define CONGVAN_CHECK_MEND_H

#include "check/check.h"
#include "docx/xml.h"

struct mended_part {
    const char *name;
    struct xml_node *root;
    VEC(struct xml_node *) paragraphs; /* every w:p in the order of the part (wml.h) */
    bool changed;
};

struct mender {
    struct pool *pool;
    struct package *package; /* what is mended */
    struct diag *changes;
    VEC(struct mended_part *) parts; /* those read so far */
};

/* The part as a tree, read once; NULL: there is none, or it is no XML. */
struct mended_part *mender_part(struct mender *m, const char *name);
/* The names of the parts that hold text: the main one, headers, footers and notes; NULL past the
 * end. */
const char *mender_text_part(struct mender *m, size_t i);

/* ---- mend_paragraph.c ---- */

/* Sets words or the look of a line, or its paragraph. False: what it speaks of is not there. */
bool mend_paragraph(struct mender *m, struct xml_node *paragraph, const struct mend *mend);

/* The child `name` of w:rPr, w:pPr or w:sectPr, made in the place the schema wants. */
struct xml_node *child_of_props(struct pool *pool, struct xml_node *props, enum xml_name name);

/* ---- mend_letters.c: of a part; how many runs were changed ---- */

/* Letters and their marks stored apart become composed ones. */
size_t mend_composed(struct mender *m, struct mended_part *part);

/* Text in TCVN3 and VNI codes becomes Unicode, and their fonts, wherever they are named in the
 * package, Times New Roman. */
size_t mend_legacy(struct mender *m);

/* ---- mend_number.c ---- */

/* Where and how page numbers are printed. False: not without judgement. */
bool mend_number(struct mender *m, enum mend_kind kind);

#endif
