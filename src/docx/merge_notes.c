/* Footnotes made from the body's text: real ones, in word/footnotes.xml, numbered by Word. */
#include "base/utf8.h"
#include "docx/build.h"
#include "docx/merge_parts.h"

#include <string.h>

struct notes {
    struct xml_node *root; /* w:footnotes */
    int next_id;
    const char *text_style, *mark_style; /* NULL: the template has none */
    int *ids;                            /* by note of the body; 0: not made yet */
};

static const char relationships[] =
    "http://schemas.openxmlformats.org/officeDocument/2006/relationships/footnotes";
static const char content_type[] =
    "application/vnd.openxmlformats-officedocument.wordprocessingml.footnotes+xml";

/* ---- a footnotes part for a template without one ---- */

static void add_separator(struct pool *pool, struct xml_node *root, const char *type, int id,
                          enum xml_name line) {
    struct xml_node *note = build_add(pool, root, w_footnote, w_type, type);
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

static void add_content_type(struct merger *m, const char *part) {
    struct xml_node *types = merger_part(m, "[Content_Types].xml");
    if (!types)
        return;
    struct xml_node *item = build_add(m->pool, types, ct_Override, ct_PartName, part);
    xml_set(m->pool, item, ct_ContentType, content_type);
}

static void add_relationship(struct merger *m) {
    struct xml_node *list = merger_relationships(m, merger_main(m));
    struct xml_node *item = build_add(m->pool, list, pr_Relationship, pr_Id, "rIdCongvanFootnotes");
    xml_set(m->pool, item, pr_Type, relationships);
    xml_set(m->pool, item, pr_Target, "footnotes.xml");
}

static struct xml_node *make_part(struct merger *m) {
    const char *main_part = merger_main(m), *slash = strrchr(main_part, '/');
    const char *name = pool_printf(m->pool, "%.*sfootnotes.xml",
                                   slash ? (int)(slash - main_part + 1) : 0, main_part);
    struct xml_node *root = xml_new(m->pool, w_footnotes);
    add_separator(m->pool, root, "separator", -1, w_separator);
    add_separator(m->pool, root, "continuationSeparator", 0, w_continuationSeparator);
    *VEC_PUSH(m->pool, &m->parts) = (struct merged_part){name, root};
    add_content_type(m, pool_printf(m->pool, "/%s", name));
    add_relationship(m);
    return root;
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

/* Word names its own styles in English whatever the language; their ids differ. */
static const char *style_named(struct merger *m, const char *folded) {
    const char *part = merger_related(m, "styles");
    size_t n;
    const char *bytes = part ? package_part(m->package, part, &n, m->diag) : NULL;
    struct where where = {.file = package_path(m->package), .part = part};
    struct xml_node *root = bytes ? xml_parse(m->pool, bytes, n, where, m->diag) : NULL, *style;
    XML_EACH_CHILD (style, root) {
        const char *name = style->name == w_style ? xml_child_val(style, w_name) : NULL;
        if (name && strcmp(utf8_fold(m->pool, name), folded) == 0)
            return xml_get(style, w_styleId);
    }
    return NULL;
}

static struct notes *open_notes(struct merger *m, const struct body *body) {
    struct notes *notes = POOL_NEW(m->pool, struct notes);
    const char *part = merger_related(m, "footnotes");
    notes->root = part ? merger_part(m, part) : NULL;
    if (!notes->root)
        notes->root = make_part(m);
    notes->next_id = highest_id(notes->root) + 1;
    notes->text_style = style_named(m, "footnote text");
    notes->mark_style = style_named(m, "footnote reference");
    notes->ids = POOL_ARRAY(m->pool, int, body->notes.n + 1);
    return notes;
}

static void put_mark_props(struct merger *m, struct xml_node *run) {
    struct xml_node *props = build_props(m->pool, run, w_rPr);
    if (m->notes->mark_style)
        xml_set(m->pool, build_property(m->pool, props, w_rStyle), w_val, m->notes->mark_style);
    else
        xml_set(m->pool, build_property(m->pool, props, w_vertAlign), w_val, "superscript");
}

static struct xml_node *note_run_props(struct merger *m) {
    if (m->notes->text_style)
        return NULL;
    struct xml_node *props = xml_new(m->pool, w_rPr);
    xml_set(m->pool, build_property(m->pool, props, w_sz), w_val, "20");
    xml_set(m->pool, build_property(m->pool, props, w_szCs), w_val, "20");
    return props;
}

static void put_note_paragraph(struct merger *m, struct xml_node *note, const struct body *body,
                               const struct paragraph *text, bool first) {
    struct xml_node *p = build_add(m->pool, note, w_p, w_val, NULL);
    if (m->notes->text_style)
        xml_set(m->pool, build_property(m->pool, build_props(m->pool, p, w_pPr), w_pStyle), w_val,
                m->notes->text_style);
    const struct xml_node *props = note_run_props(m);
    if (first) {
        struct xml_node *run = build_add(m->pool, p, w_r, w_val, NULL);
        put_mark_props(m, run);
        build_add(m->pool, run, w_footnoteRef, w_val, NULL);
        struct xml_node *space = build_run(m->pool, props);
        build_text(m->pool, space, " ");
        xml_append(p, space);
    }
    merge_spans(m, p, body, text, props);
}

static int put_note(struct merger *m, const struct body *body, int number) {
    const struct note *text = &body->notes.at[number - 1];
    int id = m->notes->next_id++;
    m->notes->ids[number - 1] = id;
    struct xml_node *note = build_add_int(m->pool, m->notes->root, w_footnote, w_id, id);
    for (size_t i = 0; i < text->paragraphs.n; i++)
        put_note_paragraph(m, note, body, &text->paragraphs.at[i], i == 0);
    return id;
}

struct xml_node *merge_note_mark(struct merger *m, const struct body *body, int number,
                                 const struct xml_node *run_props) {
    if (!m->notes)
        m->notes = open_notes(m, body);
    struct xml_node *run = build_run(m->pool, run_props);
    put_mark_props(m, run);
    if (m->notes->ids[number - 1]) { /* a second mark of one note repeats the first's number */
        build_text(m->pool, run, pool_printf(m->pool, "%d", number));
        return run;
    }
    int id = put_note(m, body, number);
    build_add_int(m->pool, run, w_footnoteReference, w_id, id);
    return run;
}
