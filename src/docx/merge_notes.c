/* Footnotes made from the body's text: real ones, in word/footnotes.xml, numbered by Word. */
#include "base/utf8.h"
#include "docx/build.h"
#include "docx/merge_parts.h"
#include "docx/units.h"

#include <string.h>

/* The notes of one kind. */
struct notes {
    const char *part;
    struct xml_node *root; /* w:footnotes or w:endnotes */
    int next_id;
    const char *text_style, *mark_style; /* NULL: the template has none */
};

/* What became of the notes of one body. */
struct body_notes {
    struct body_notes *next;
    const struct body *body;
    struct xml_node **marks; /* by note of the body: the run of its first mark; NULL: none yet */
};

static const struct kind {
    const char *name; /* of the relationship, and of the file */
    enum xml_name root, note;
    const char *relationship, *content_type;
    const char *text_style, *mark_style; /* Word names its own styles in English everywhere */
} kinds[NOTE_KINDS] = {
    {"footnotes", w_footnotes, w_footnote,
     "http://schemas.openxmlformats.org/officeDocument/2006/relationships/footnotes",
     "application/vnd.openxmlformats-officedocument.wordprocessingml.footnotes+xml",
     "footnote text", "footnote reference"},
    {"endnotes", w_endnotes, w_endnote,
     "http://schemas.openxmlformats.org/officeDocument/2006/relationships/endnotes",
     "application/vnd.openxmlformats-officedocument.wordprocessingml.endnotes+xml", "endnote text",
     "endnote reference"},
};

/* ---- a part of notes for a template without one ---- */

static void add_separator(struct pool *pool, struct xml_node *root, enum xml_name kind,
                          const char *type, int id, enum xml_name line) {
    struct xml_node *note = build_add(pool, root, kind, w_type, type);
    xml_set(pool, note, w_id, pool_printf(pool, "%d", id));
    struct xml_node *p = build_add(pool, note, w_p, w_val, NULL);
    struct xml_node *spacing = build_property(pool, build_props(pool, p, w_pPr), w_spacing);
    xml_set(pool, spacing, w_before, "0");
    xml_set(pool, spacing, w_after, "0");
    xml_set(pool, spacing, w_line, "240");
    xml_set(pool, spacing, w_lineRule, "auto");
    struct xml_node *run = build_add(pool, p, w_r, w_val, NULL);
    build_add(pool, run, line, w_val, NULL);
}

static void make_part(struct merger *m, struct notes *notes, const struct kind *kind) {
    const char *main_part = merger_main(m), *slash = strrchr(main_part, '/');
    notes->part = pool_printf(m->pool, "%.*s%s.xml", slash ? (int)(slash - main_part + 1) : 0,
                              main_part, kind->name);
    notes->root = xml_new(m->pool, kind->root);
    add_separator(m->pool, notes->root, kind->note, "separator", -1, w_separator);
    add_separator(m->pool, notes->root, kind->note, "continuationSeparator", 0,
                  w_continuationSeparator);
    merger_add_part(m, notes->part, notes->root, kind->content_type);
    const char *id = kind->root == w_footnotes ? "rIdCongvanFootnotes" : "rIdCongvanEndnotes";
    merger_relate(m, main_part, id, kind->relationship, pool_printf(m->pool, "%s.xml", kind->name),
                  false);
}

/* ---- the notes ---- */

static int highest_id(const struct xml_node *root) {
    int highest = 0;
    struct xml_node *note;
    XML_EACH_CHILD (note, root) {
        int id = xml_int(note, w_id, 0);
        if (id > highest)
            highest = id;
    }
    return highest;
}

const char *merge_style_named(struct merger *m, const char *type, const char *folded) {
    const char *part = merger_related(m, "styles");
    const struct xml_node *root = part ? merger_look(m, part) : NULL;
    struct xml_node *style;
    XML_EACH_CHILD (style, root) {
        const char *name = style->name == w_style ? xml_child_val(style, w_name) : NULL;
        const char *of = xml_get(style, w_type);
        if (name && of && strcmp(of, type) == 0 && strcmp(utf8_fold(m->pool, name), folded) == 0)
            return xml_get(style, w_styleId);
    }
    return NULL;
}

static struct notes *notes_of(struct merger *m, enum note_kind kind) {
    if (m->notes[kind])
        return m->notes[kind];
    struct notes *notes = m->notes[kind] = POOL_NEW(m->pool, struct notes);
    notes->part = merger_related(m, kinds[kind].name);
    notes->root = notes->part ? merger_part(m, notes->part) : NULL;
    if (!notes->root)
        make_part(m, notes, &kinds[kind]);
    int planned = merge_highest_planned(m->planned_notes[kind]), there = highest_id(notes->root);
    notes->next_id = (planned > there ? planned : there) + 1;
    notes->text_style = merge_style_named(m, "paragraph", kinds[kind].text_style);
    notes->mark_style = merge_style_named(m, "character", kinds[kind].mark_style);
    return notes;
}

struct xml_node *merge_note_new(struct merger *m, enum note_kind kind, int *id) {
    *id = merge_note_number(m, kind);
    return build_add_int(m->pool, merge_notes_root(m, kind), kinds[kind].note, w_id, *id);
}

int merge_note_number(struct merger *m, enum note_kind kind) {
    return notes_of(m, kind)->next_id++;
}

struct xml_node *merge_notes_root(struct merger *m, enum note_kind kind) {
    return notes_of(m, kind)->root;
}

const char *merge_notes_part(struct merger *m, enum note_kind kind) {
    return notes_of(m, kind)->part;
}

const char *merge_note_style(struct merger *m, enum note_kind kind) {
    return notes_of(m, kind)->text_style;
}

/* ---- notes of a body that is text ---- */

static struct xml_node **marks_of(struct merger *m, const struct body *body) {
    for (struct body_notes *known = m->body_notes; known; known = known->next)
        if (known->body == body)
            return known->marks;
    struct body_notes *new = POOL_NEW(m->pool, struct body_notes);
    *new = (struct body_notes){m->body_notes, body,
                               POOL_ARRAY(m->pool, struct xml_node *, body->notes.n + 1)};
    m->body_notes = new;
    return new->marks;
}

void merge_note_mark_props(struct merger *m, struct xml_node *run) {
    struct xml_node *props = build_props(m->pool, run, w_rPr);
    if (notes_of(m, NOTE_FOOT)->mark_style)
        xml_set(m->pool, build_property(m->pool, props, w_rStyle), w_val,
                notes_of(m, NOTE_FOOT)->mark_style);
    else
        xml_set(m->pool, build_property(m->pool, props, w_vertAlign), w_val, "superscript");
}

static struct xml_node *note_run_props(struct merger *m) {
    if (notes_of(m, NOTE_FOOT)->text_style)
        return NULL;
    struct xml_node *props = xml_new(m->pool, w_rPr);
    xml_set(m->pool, build_property(m->pool, props, w_sz), w_val, "20");
    xml_set(m->pool, build_property(m->pool, props, w_szCs), w_val, "20");
    return props;
}

static void put_note_paragraph(struct merger *m, struct xml_node *note, const struct body *body,
                               const struct paragraph *text, bool first) {
    struct xml_node *p = build_add(m->pool, note, w_p, w_val, NULL);
    if (notes_of(m, NOTE_FOOT)->text_style)
        xml_set(m->pool, build_property(m->pool, build_props(m->pool, p, w_pPr), w_pStyle), w_val,
                notes_of(m, NOTE_FOOT)->text_style);
    const struct xml_node *props = note_run_props(m);
    if (first) {
        struct xml_node *run = build_add(m->pool, p, w_r, w_val, NULL);
        merge_note_mark_props(m, run);
        build_add(m->pool, run, w_footnoteRef, w_val, NULL);
        struct xml_node *space = build_run(m->pool, props);
        build_text(m->pool, space, " ");
        xml_append(p, space);
    }
    merge_spans(m, p, body, text, props);
}

static int put_note(struct merger *m, const struct body *body, int number) {
    const struct note *text = &body->notes.at[number - 1];
    int id;
    struct xml_node *note = merge_note_new(m, NOTE_FOOT, &id);
    for (size_t i = 0; i < text->paragraphs.n; i++)
        put_note_paragraph(m, note, body, &text->paragraphs.at[i], i == 0);
    return id;
}

static struct xml_node *mark_run(struct merger *m, struct xml_node *paragraph,
                                 const struct xml_node *run_props) {
    struct xml_node *run = build_run(m->pool, run_props);
    merge_note_mark_props(m, run);
    xml_append(paragraph, run);
    return run;
}

/* ---- a note marked twice ---- */

static const char *reference_id(const struct xml_node *mark) {
    return xml_get(xml_child(mark, w_footnoteReference), w_id);
}

/* The bookmark around the first mark that NOTEREF (17.16.5.36) looks up. */
static const char *bookmark_mark(struct merger *m, struct xml_node *mark) {
    const char *id = reference_id(mark);
    const char *name = pool_printf(m->pool, "_CongvanNote%s", id);
    if (mark->prev && mark->prev->name == w_bookmarkStart)
        return name;
    struct xml_node *start = xml_new(m->pool, w_bookmarkStart);
    struct xml_node *end = xml_new(m->pool, w_bookmarkEnd);
    xml_set(m->pool, start, w_id, name);
    xml_set(m->pool, start, w_name, name);
    xml_set(m->pool, end, w_id, name);
    xml_insert_before(mark, start);
    xml_insert_after(mark, end);
    return name;
}

static void put_field_char(struct merger *m, struct xml_node *paragraph,
                           const struct xml_node *props, const char *type) {
    build_add(m->pool, mark_run(m, paragraph, props), w_fldChar, w_fldCharType, type);
}

/* The same number once more: a field, whose stored result is filled in when all notes are there. */
static void repeat_mark(struct merger *m, struct xml_node *paragraph, struct xml_node *first,
                        const struct xml_node *run_props) {
    const char *name = bookmark_mark(m, first);
    put_field_char(m, paragraph, run_props, "begin");
    struct xml_node *code =
        build_add(m->pool, mark_run(m, paragraph, run_props), w_instrText, xml_space, "preserve");
    xml_append(code, xml_new_text(m->pool, pool_printf(m->pool, " NOTEREF %s \\h ", name)));
    put_field_char(m, paragraph, run_props, "separate");
    struct xml_node *t = build_add(m->pool, mark_run(m, paragraph, run_props), w_t, w_val, NULL);
    struct xml_node *result = xml_new_text(m->pool, "");
    result->mark = xml_child(first, w_footnoteReference);
    xml_append(t, result);
    put_field_char(m, paragraph, run_props, "end");
}

void merge_number_repeats(struct xml_node *root, struct pool *pool) {
    uintptr_t number = 0;
    for (struct xml_node *n = root; n; n = xml_next(root, n))
        if (n->name == w_footnoteReference && !xml_get_local(n, "customMarkFollows"))
            n->mark = (const void *)++number;
    for (struct xml_node *n = root; n; n = xml_next(root, n))
        if (n->name == XML_TEXT && n->mark)
            n->text = pool_printf(pool, "%zu",
                                  (size_t)(uintptr_t)((const struct xml_node *)n->mark)->mark);
}

void merge_note_mark(struct merger *m, struct xml_node *paragraph, const struct body *body,
                     int number, const struct xml_node *run_props) {
    struct xml_node **first = &marks_of(m, body)[number - 1];
    if (*first) {
        repeat_mark(m, paragraph, *first, run_props);
        return;
    }
    *first = mark_run(m, paragraph, run_props);
    build_add_int(m->pool, *first, w_footnoteReference, w_id, put_note(m, body, number));
}
