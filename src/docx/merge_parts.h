/* merge_parts: what the pieces of the merger share (internal to merge). */
#ifndef CONGVAN_DOCX_MERGE_PARTS_H
#define CONGVAN_DOCX_MERGE_PARTS_H

#include "docx/measure.h"
#include "docx/merge.h"

/* A part being merged, or made for the notes. */
struct merged_part {
    const char *name;
    struct xml_node *root;
};

struct merger {
    struct pool *pool;
    const struct template *template;
    const struct dispatch *dispatch;
    struct measure *measure;
    struct package *package; /* the result */
    struct diag *diag;
    VEC(struct merged_part) parts;
    struct notes *notes; /* NULL until the body has a footnote */
};

/* The part `name` as a tree: already merged, or read from the template; NULL if there is none. */
struct xml_node *merger_part(struct merger *merger, const char *name);
/* The part that relationship `type` of the main document leads to; NULL: none. */
const char *merger_related(struct merger *merger, const char *type);
const char *merger_main(struct merger *merger);
/* The list of what `part` leads to, made if there is none. */
struct xml_node *merger_relationships(struct merger *merger, const char *part);

/* merge_body.c: the body's blocks, appended to `parent`, formatted like `paragraph`. */
void merge_body(struct merger *merger, struct xml_node *parent, const struct xml_node *paragraph,
                const struct body *body);

/* merge_notes.c: the run with the mark of footnote `number` (1-based) of `body`; its text goes to
 * the footnotes part, which is made if the template has none. */
struct xml_node *merge_note_mark(struct merger *merger, const struct body *body, int number,
                                 const struct xml_node *run_props);
/* Spans as runs appended to `paragraph`. */
void merge_spans(struct merger *merger, struct xml_node *paragraph, const struct body *body,
                 const struct paragraph *text, const struct xml_node *run_props);

/* merge_picture.c: if `props` (wp:docPr) belongs to a picture that only keeps the place of one of
 * the dispatch's, puts that there; true if there is none and the place's run was removed. */
bool merge_picture(struct merger *merger, struct xml_node *props, const char *part);

/* merge_finish.c: what can only be done on the merged tree: cells and tables emptied by sections
 * made valid, identifiers made unique, rules given the length of the text they stand under. */
void merge_finish(struct merger *merger, struct xml_node *root, const char *part);

#endif
