/* merge_parts: what the pieces of the merger share (internal to merge). */
#ifndef CONGVAN_DOCX_MERGE_PARTS_H
#define CONGVAN_DOCX_MERGE_PARTS_H

#include "docx/measure.h"
#include "docx/merge.h"

/* A part of the result as a tree: merged, made, or read from the template to be looked at. */
struct merged_part {
    const char *name;
    struct xml_node *root;
    bool changed; /* else the template's bytes are kept */
};

enum note_kind { NOTE_FOOT, NOTE_END, NOTE_KINDS };

/* The pages of an appendix: a section of its own. */
struct appendix_pages {
    const char *name;        /* "phu luc 1" */
    struct xml_node *before; /* the w:sectPr that ends what stands above it; NULL: nothing does */
    bool across;             /* the pages lie across: the first ... */
    bool across_at_end;      /* ... and the last */
};

struct merger {
    struct pool *pool;
    const struct template *template;
    const struct dispatch *dispatch;
    struct measure *measure;
    struct package *package; /* the result */
    struct diag *diag;
    const char *main_part;
    VEC(struct appendix_pages) appendices; /* as they were placed in the text */
    const struct template *form;           /* see merge_options */
    bool mark_slots;
    unsigned slots_marked; /* a bit for each of merge_slot.c */
    VEC(struct merged_part) parts;
    struct notes *notes[NOTE_KINDS]; /* NULL until there is one */
    struct body_notes *body_notes;   /* of each body, what became of its notes */
    const struct planned_notes *planned_notes[NOTE_KINDS]; /* NULL: the part has no tags */
    struct intern *notes_used[NOTE_KINDS]; /* ids whose references were met; NULL: none */
    struct intern *seen;                   /* what must be one of its kind in the document */
    int drawings, bookmarks;               /* so many have their number */
    struct xml_node *lists;                /* w:numbering once a body brought a list ... */
    int last_list, last_definition;        /* ... and its highest numbers; 0: not looked for */
    size_t taken, bodies; /* so many parts and relations, and bodies, were taken in */
};

/* The part `name` as a tree that is going to be changed; NULL if there is none. */
struct xml_node *merger_part(struct merger *merger, const char *name);
/* The same to look at only. */
const struct xml_node *merger_look(struct merger *merger, const char *name);
/* A new part with its content type; `root` is its tree. */
void merger_add_part(struct merger *merger, const char *name, struct xml_node *root,
                     const char *content_type);
void merger_add_type(struct merger *merger, const char *part, const char *content_type);
/* The part that relationship `type` of the main document leads to; NULL: none. */
const char *merger_related(struct merger *merger, const char *type);
const char *merger_main(struct merger *merger);
/* The list of what `part` leads to, made if there is none. */
struct xml_node *merger_relationships(struct merger *merger, const char *part);
/* A new relationship of `part`; `target` as written there, outside the package if `external`. */
void merger_relate(struct merger *merger, const char *part, const char *id, const char *type,
                   const char *target, bool external);

/* merge_run.c: the part's ops over the dispatch. */
struct xml_node *merge_run(struct merger *merger, const struct template_part *part);
/* Those from `from` up to `to`, below `parent`. */
void merge_run_below(struct merger *merger, const struct template_part *part, size_t from,
                     size_t to, struct xml_node *parent);
/* The notes of a part with tags: each is run when its reference is met. */
struct planned_notes *merge_plan_notes(struct merger *merger, const struct template_part *part);
int merge_highest_planned(const struct planned_notes *plan); /* id; 0: none. `plan` may be NULL */

/* merge_names.c */
void merge_complain_missing(struct merger *merger, const struct tag *tag);
/* Notes keys of the INI that no tag uses, warns of sections whose name is nearly a known one. */
void merge_note_names(struct merger *merger);

/* merge_lists.c: w:numbering, made if the template has none. */
struct xml_node *merge_lists(struct merger *merger);
/* The next free number of a w:num or w:abstractNum. */
const char *merge_list_number(struct merger *merger, enum xml_name kind);
void merge_put_list(struct xml_node *lists, struct xml_node *list); /* in its place by the schema */
/* A list like `id` that begins anew; its number. */
const char *merge_restart_list(struct merger *merger, const char *id);

/* merge_body.c: the body's blocks, appended to `parent` in `part`, formatted like `paragraph`. */
void merge_body(struct merger *merger, struct xml_node *parent, const struct xml_node *paragraph,
                const char *part, const struct body *body);

/* merge_heading.c: what a paragraph of the body is, the one above it being `above`; `*label` bytes
 * of it are "Điều 1." (0: none). */
enum merge_heading {
    HEADING_NONE,
    HEADING_ARTICLE,  /* "Điều 1." and text */
    HEADING_BOLD,     /* "Điều 1. Title", "I. TITLE" */
    HEADING_DIVISION, /* "Chương I" */
    HEADING_TITLE     /* of a division */
};
enum merge_heading merge_heading(struct pool *pool, const struct paragraph *paragraph,
                                 enum merge_heading above, size_t *label);
/* Its spans with what the decree prints bold in bold. */
const struct paragraph *merge_heading_spans(struct pool *pool, const struct paragraph *paragraph,
                                            enum merge_heading heading, size_t label);

/* Gives the paragraph the space a table of the body has above it. */
void merge_space_below(struct pool *pool, struct xml_node *paragraph);
/* The w:pPr for a paragraph in a table of the body: `props` (may be NULL) without indents. */
struct xml_node *merge_cell_props(struct pool *pool, const struct xml_node *props);

/* import_body.c: the original of a body written in Word, appended to `parent`. */
void import_place(struct merger *merger, struct xml_node *parent, const struct xml_node *paragraph,
                  const char *part, const struct xml_node *run_props, const struct body *body);
/* Gives the sections that placed bodies begin and end the properties of the section they are in. */
void import_finish_sections(struct merger *merger, struct xml_node *root);

/* Gives a w:sectPr pages that lie across, or upright. The margins stay: the decree has the same for
 * both (Phụ lục I, I.3). */
void import_turn_page(struct pool *pool, struct xml_node *section, bool across);

/* merge_appendix.c: begins the pages of the appendix `name` below `parent`. */
void merge_appendix_begin(struct merger *merger, struct xml_node *parent, const char *name);
/* The twips across the page for the appendix's `body`, `upright` or, where that is asked for or
 * too narrow, lying across; `least` is what its tables need. */
int merge_appendix_column(struct merger *merger, const struct xml_node *paragraph,
                          const struct body *body, int least, int upright);
/* Gives all of them their sections once the text is there. */
void merge_appendix_finish(struct merger *merger, struct xml_node *root);
/* merge_form.c: the main part of a separate appendix: only its pages. */
struct xml_node *merge_appendix_alone(struct merger *merger);
/* Appendices at the end of a text that has no place for them. */
void merge_appendix_form(struct merger *merger);

/* merge_notes.c: the mark of footnote `number` (1-based) of `body`, appended to `paragraph`; its
 * text goes to the footnotes part, which is made if the template has none. */
void merge_note_mark(struct merger *merger, struct xml_node *paragraph, const struct body *body,
                     int number, const struct xml_node *run_props);
/* Makes the run look like the mark of a note, by the template's style for it if there is one. */
void merge_note_mark_props(struct merger *merger, struct xml_node *run);
struct xml_node *merge_notes_root(struct merger *merger, enum note_kind kind);
int merge_note_number(struct merger *merger, enum note_kind kind); /* the next free id */
/* Gives marks that repeat a note's number the number it has in the text. */
void merge_number_repeats(struct xml_node *root, struct pool *pool);
/* A new note without content in the part of its kind; `*id` is the number its reference names. */
struct xml_node *merge_note_new(struct merger *merger, enum note_kind kind, int *id);
/* The part that holds the notes of this kind (it is there once there is a note). */
const char *merge_notes_part(struct merger *merger, enum note_kind kind);
/* The style of the notes' text; NULL: the template has none. */
const char *merge_note_style(struct merger *merger, enum note_kind kind);
/* Id of the style of this type ("paragraph") and folded name; NULL: the template has none. */
const char *merge_style_named(struct merger *merger, const char *type, const char *folded);
/* Spans as runs appended to `paragraph`. */
void merge_spans(struct merger *merger, struct xml_node *paragraph, const struct body *body,
                 const struct paragraph *text, const struct xml_node *run_props);

/* merge_picture.c: if `props` (wp:docPr) belongs to a picture that only keeps the place of one of
 * the dispatch's, puts that there; true if there is none and the place's run was removed. */
bool merge_picture(struct merger *merger, struct xml_node *props, const char *part);

/* merge_slot.c: begins and ends the slot that the value of `field` is, around what is appended to
 * `parent` in between; the first of each name in the main part. -1: it is none. */
int merge_slot_begin(struct merger *merger, const char *part, const struct field *field,
                     struct xml_node *parent);
void merge_slot_end(struct merger *merger, int slot, struct xml_node *parent);

/* merge_core.c: gives the document's properties the day the dispatch is from, as created and
 * modified; a draft without a day has neither. */
void merge_dates(struct merger *merger);
void merge_title(struct merger *merger, const char *title);

/* merge_box.c: gives the bordered paragraph around `node` the width the mark `word` wants. */
void merge_box(struct merger *merger, struct xml_node *node, const struct text *word);

/* merge_finish.c: what can only be done on the merged tree: cells and tables emptied by sections
 * made valid, identifiers made unique, rules given the length of the text they stand under. */
void merge_finish(struct merger *merger, struct xml_node *root, const char *part);

#endif
