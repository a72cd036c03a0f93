/* The pages of appendices (Decree 30, Phụ lục I, II.5 and I.6): each begins a page in a section of
 * its own, its pages counted from 1, the first without its number. */
#include "dispatch/appendix.h"
#include "docx/build.h"
#include "docx/import.h"
#include "docx/import_parts.h"

#include <string.h>

/* A w:sectPr that gets its properties when all of the text is there. */
static const char waiting = 'a';

static struct xml_node *end_pages_above(struct pool *pool, struct xml_node *parent) {
    struct xml_node *last = parent->last;
    if (!last)
        return NULL;
    if (last->name != w_p || xml_child(xml_child(last, w_pPr), w_sectPr)) {
        last = build_thin_paragraph(pool);
        xml_append(parent, last);
    }
    struct xml_node *place = build_property(pool, build_props(pool, last, w_pPr), w_sectPr);
    struct xml_node *section = xml_new(pool, w_sectPr);
    section->mark = &waiting;
    xml_insert_after(place, section);
    xml_remove(place);
    return section;
}

void merge_appendix_begin(struct merger *m, struct xml_node *parent, const char *name) {
    *VEC_PUSH(m->pool, &m->appendices) =
        (struct appendix_pages){.name = name,
                                .before = end_pages_above(m->pool, parent),
                                .across = appendix_flag(m->dispatch, m->pool, name, "ngang")};
}

int merge_appendix_column(struct merger *m, const struct xml_node *paragraph,
                          const struct body *body, int least, int upright) {
    struct appendix_pages *pages = &m->appendices.at[m->appendices.n - 1];
    pages->across = pages->across || import_opens_across(body) || least > upright;
    pages->across_at_end = pages->across;
    int across = (measure_column_across(paragraph) + 49) / 50;
    return pages->across && across > upright ? across : upright;
}

/* An empty part: a template's first pages may have a letterhead, or an address below. */
static const char *blank_part(struct merger *m, enum xml_name root, const char *kind) {
    struct xml_node *part = xml_new(m->pool, root);
    const char *name = pool_printf(m->pool, "appendix-%s.xml", kind);
    const char *id = pool_printf(m->pool, "rIdAppendix-%s", kind);
    xml_append(part, build_thin_paragraph(m->pool));
    merger_add_part(
        m, pool_printf(m->pool, "word/%s", name), part,
        pool_printf(m->pool,
                    "application/vnd.openxmlformats-officedocument.wordprocessingml.%s+xml", kind));
    merger_relate(
        m, m->main_part, id,
        pool_printf(m->pool,
                    "http://schemas.openxmlformats.org/officeDocument/2006/relationships/%s", kind),
        name, false);
    return id;
}

static void clear_first_page(struct pool *pool, struct xml_node *section, const char *header,
                             const char *footer) {
    struct xml_node *child, *next;
    for (child = section->first; child; child = next) {
        const char *type = xml_get(child, w_type);
        next = child->next;
        if ((child->name == w_headerReference || child->name == w_footerReference) && type &&
            strcmp(type, "first") == 0)
            xml_set(pool, child, r_id, child->name == w_headerReference ? header : footer);
    }
}

static void number_from_one(struct pool *pool, struct xml_node *section) {
    struct xml_node *numbers = xml_child(section, w_pgNumType), *type = xml_child(section, w_type);
    if (type)
        xml_remove(type);
    if (!numbers) {
        struct xml_node *margins = xml_child(section, w_pgMar);
        numbers = xml_new(pool, w_pgNumType);
        if (margins)
            xml_insert_after(margins, numbers);
        else
            xml_append(section, numbers);
    }
    xml_set(pool, numbers, w_start, "1");
}

/* The section that ends the text is the document's, and the last appendix's after it. */
void merge_appendix_finish(struct merger *m, struct xml_node *root) {
    struct xml_node *end = xml_child(xml_child(root, w_body), w_sectPr);
    if (!end)
        return;
    const char *header = blank_part(m, w_hdr, "header"), *footer = blank_part(m, w_ftr, "footer");
    struct xml_node *own = xml_copy(m->pool, end);
    for (size_t i = 0; i < m->appendices.n; i++) {
        struct xml_node *place = m->appendices.at[i].before, *section;
        if (!place)
            continue;
        section = xml_copy(m->pool, own);
        xml_insert_after(place, section);
        xml_remove(place);
        m->appendices.at[i].before = section;
    }
    for (size_t i = 0; i < m->appendices.n; i++) {
        struct xml_node *section = i + 1 < m->appendices.n ? m->appendices.at[i + 1].before : end;
        clear_first_page(m->pool, section, header, footer);
        number_from_one(m->pool, section);
        if (m->appendices.at[i].across_at_end)
            import_turn_page(m->pool, section, true);
    }
}
