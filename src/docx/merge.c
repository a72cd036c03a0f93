#include "docx/merge.h"
#include "base/utf8.h"
#include "docx/build.h"
#include "docx/merge_parts.h"

#include <stdlib.h>
#include <string.h>

/* ---- parts ---- */

static struct merged_part *open_part(struct merger *m, const char *name) {
    for (size_t i = 0; i < m->parts.n; i++)
        if (strcmp(m->parts.at[i].name, name) == 0)
            return &m->parts.at[i];
    size_t n;
    const char *bytes = package_part(m->package, name, &n, m->diag);
    if (!bytes)
        return NULL;
    struct where where = {.file = package_path(m->package), .part = name};
    struct xml_node *root = xml_parse(m->pool, bytes, n, where, m->diag);
    if (!root)
        return NULL;
    struct merged_part *part = VEC_PUSH(m->pool, &m->parts);
    *part = (struct merged_part){pool_strdup(m->pool, name), root, false};
    return part;
}

struct xml_node *merger_part(struct merger *m, const char *name) {
    struct merged_part *part = open_part(m, name);
    if (!part)
        return NULL;
    part->changed = true;
    return part->root;
}

const struct xml_node *merger_look(struct merger *m, const char *name) {
    for (size_t i = 0; i < m->parts.n; i++)
        if (strcmp(m->parts.at[i].name, name) == 0)
            return m->parts.at[i].root;
    return package_tree(m->pool, m->package, name, m->diag);
}

static void add_part(struct merger *m, const char *name, struct xml_node *root) {
    *VEC_PUSH(m->pool, &m->parts) = (struct merged_part){name, root, true};
}

void merger_add_type(struct merger *m, const char *part, const char *content_type) {
    struct xml_node *types = merger_part(m, "[Content_Types].xml");
    if (!types)
        return;
    struct xml_node *item =
        build_add(m->pool, types, ct_Override, ct_PartName, pool_printf(m->pool, "/%s", part));
    xml_set(m->pool, item, ct_ContentType, content_type);
}

void merger_add_part(struct merger *m, const char *name, struct xml_node *root,
                     const char *content_type) {
    add_part(m, pool_strdup(m->pool, name), root);
    merger_add_type(m, name, content_type);
}

/* "word/document.xml" -> "word/_rels/document.xml.rels" */
struct xml_node *merger_relationships(struct merger *m, const char *part) {
    const char *slash = strrchr(part, '/'), *name = slash ? slash + 1 : part;
    const char *path = pool_printf(m->pool, "%.*s_rels/%s.rels", (int)(name - part), part, name);
    struct xml_node *list = merger_part(m, path);
    if (list)
        return list;
    list = xml_new(m->pool, pr_Relationships);
    add_part(m, path, list);
    return list;
}

void merger_relate(struct merger *m, const char *part, const char *id, const char *type,
                   const char *target, bool external) {
    struct xml_node *item =
        build_add(m->pool, merger_relationships(m, part), pr_Relationship, pr_Id, id);
    xml_set(m->pool, item, pr_Type, type);
    xml_set(m->pool, item, pr_Target, target);
    if (external)
        xml_set(m->pool, item, pr_TargetMode, "External");
}

const char *merger_main(struct merger *m) {
    const char *name = package_related(m->pool, m->package, "", "officeDocument", m->diag);
    return name ? name : "word/document.xml";
}

const char *merger_related(struct merger *m, const char *type) {
    return package_related(m->pool, m->package, merger_main(m), type, m->diag);
}

static void write_parts(struct merger *m) {
    const struct merged_part *part;
    VEC_EACH (part, &m->parts)
        if (part->changed)
            package_set_tree(m->package, part->name, part->root);
}

static bool is_story(const struct xml_node *root) {
    return root->name == w_document || root->name == w_hdr || root->name == w_ftr ||
           root->name == w_footnotes || root->name == w_endnotes || root->name == w_comments;
}

static enum note_kind note_kind_of(const struct xml_node *root) {
    return root->name == w_footnotes ? NOTE_FOOT : root->name == w_endnotes ? NOTE_END : NOTE_KINDS;
}

static bool has_tags(const struct merger *m, const char *part) {
    for (size_t i = 0; i < template_part_count(m->template); i++)
        if (strcmp(template_part(m->template, i)->name, part) == 0)
            return true;
    return false;
}

/* Notes come into their part as their references come into the text: a section repeats them with
 * what it repeats. Where the text has no tags, nothing is repeated. */
static void run_one(struct merger *m, const struct template_part *part) {
    enum note_kind kind = note_kind_of(part->root);
    if (kind != NOTE_KINDS && has_tags(m, m->main_part))
        m->planned_notes[kind] = merge_plan_notes(m, part);
    add_part(m, part->name, merge_run(m, part));
}

/* The main part last: its body may add footnotes to a part that has tags of its own. */
static void run_tags(struct merger *m, bool appendix) {
    size_t n = template_part_count(m->template);
    for (int main_turn = 0; main_turn < 2; main_turn++)
        for (size_t i = 0; i < n; i++) {
            const struct template_part *part = template_part(m->template, i);
            bool is_main = strcmp(part->name, m->main_part) == 0;
            if (is_main == main_turn && !(is_main && appendix))
                run_one(m, part);
        }
    if (appendix)
        add_part(m, m->main_part, merge_appendix_alone(m));
    else
        merge_appendix_form(m);
}

static void run_parts(struct merger *m, bool appendix) {
    run_tags(m, appendix);
    if (m->appendices.n)
        merge_appendix_finish(m, merger_part(m, m->main_part));
    if (m->bodies)
        import_finish_sections(m, merger_part(m, m->main_part));
    for (size_t i = 0; i < m->parts.n; i++)
        if (m->parts.at[i].changed && is_story(m->parts.at[i].root))
            merge_finish(m, m->parts.at[i].root, m->parts.at[i].name);
    if (m->body_notes)
        merge_number_repeats(merger_part(m, m->main_part), m->pool);
}

struct package *merge(struct pool *pool, struct template *template, const struct dispatch *dispatch,
                      const char *path, const struct merge_options *options, struct diag *diag) {
    size_t errors = diag_count(diag, DIAG_ERROR);
    struct package *package = package_derive(template_package(template), path);
    struct measure measure = {.pool = pool, .fonts = options->fonts, .diag = diag};
    struct merger m = {.pool = pool,
                       .template = template,
                       .dispatch = dispatch,
                       .measure = &measure,
                       .package = package,
                       .diag = diag,
                       .form = options->form,
                       .mark_slots = options->mark_slots};
    const char *appendix = options->appendix;
    m.main_part = merger_main(&m);
    measure.styles =
        styles_read(pool, package, m.main_part, numbering_read(pool, package, m.main_part, diag),
                    theme_new(pool, package, m.main_part, diag), diag);
    if (measure.styles)
        run_parts(&m, appendix != NULL);
    if (diag_count(diag, DIAG_ERROR) > errors) {
        package_close(package);
        return NULL;
    }
    if (appendix)
        merge_title(&m, appendix);
    else
        merge_note_names(&m);
    merge_dates(&m);
    write_parts(&m);
    return package;
}
