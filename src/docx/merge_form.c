/* Appendices apart from the text of a template: as a document of their own, or at the end of a text
 * that has no place for them. Either way they look as a section {{#phụ lục}} says: the template's
 * own, or that of the built-in form (templates/phu-luc). */
#include "dispatch/schema.h"
#include "docx/build.h"
#include "docx/merge_parts.h"

#include <string.h>

/* {{#phụ lục}} to {{/phụ lục}} among the paragraphs of the text. */
struct form {
    const struct template_part *part; /* NULL: there is none */
    size_t from, to;                  /* ops */
};

static bool begins_form(const struct op *op) {
    return op->kind == OP_EACH && strcmp(op->tag->key, "phu luc") == 0;
}

static struct form find_in_part(const struct template_part *part) {
    int depth = 0;
    for (size_t i = 0; i < part->ops.n; i++) {
        const struct op *op = &part->ops.at[i];
        depth += op->kind == OP_OPEN;
        depth -= op->kind == OP_CLOSE;
        if (depth == 2 && begins_form(op)) /* in w:document and w:body */
            return (struct form){part, i, op->jump + 1};
    }
    return (struct form){0};
}

static struct form find_form(const struct template *template) {
    for (size_t i = 0; template && i < template_part_count(template); i++) {
        const struct template_part *part = template_part(template, i);
        struct form form = part->root->name == w_document ? find_in_part(part) : (struct form){0};
        if (form.part)
            return form;
    }
    return (struct form){0};
}

bool merge_has_appendices(const struct template *template) {
    for (size_t i = 0; i < template_tag_count(template); i++)
        if (schema_appendix(template_tag(template, i)->key))
            return true;
    return false;
}

/* Word wants a paragraph behind the last table of a text. */
static void end_text(struct merger *m, struct xml_node *body) {
    if (body->last && body->last->name == w_tbl)
        xml_append(body, build_thin_paragraph(m->pool));
}

/* Runs the form below `body`, whose last node, its page settings, stays the last. */
static void run_form(struct merger *m, struct form form, struct xml_node *body) {
    struct xml_node *section = xml_child(body, w_sectPr);
    struct template_part here = *form.part;
    here.name = m->main_part; /* whichever template's ops they are */
    if (section)
        xml_remove(section);
    merge_run_below(m, &here, form.from, form.to, body);
    end_text(m, body);
    if (section)
        xml_append(body, section);
}

struct xml_node *merge_appendix_alone(struct merger *m) {
    struct form form = find_form(m->template);
    if (!form.part)
        form = find_form(m->form);
    struct xml_node *root = xml_copy(m->pool, merger_look(m, m->main_part));
    struct xml_node *body = xml_child(root, w_body), *node, *next;
    for (node = body ? body->first : NULL; node; node = next) {
        next = node->next;
        if (node->name != w_sectPr)
            xml_remove(node);
    }
    if (body && form.part)
        run_form(m, form, body);
    return root;
}

void merge_appendix_form(struct merger *m) {
    const struct field *field = dispatch_field(m->dispatch, "phu luc");
    if (!field || field->kind != FIELD_SECTIONS || !field->items.n ||
        merge_has_appendices(m->template))
        return;
    const char *path = package_path(template_package(m->template));
    struct form form = find_form(m->form);
    struct xml_node *body = form.part ? xml_child(merger_part(m, m->main_part), w_body) : NULL;
    if (!body) {
        diag_add(m->diag, TEMPLATE_NO_APPENDIX, field->where, path, NULL);
        return;
    }
    diag_add(m->diag, TEMPLATE_APPENDIX_FORM, field->where, path, NULL);
    run_form(m, form, body);
}
