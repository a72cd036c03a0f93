/* The document's properties (OPC, part 2, 11): when the dispatch is from. */
#include "docx/build.h"
#include "docx/merge_parts.h"

#include <stdlib.h>

static int number_of(const struct merger *m, const char *key) {
    const struct field *field = dispatch_field(m->dispatch, key);
    return field && field->kind == FIELD_TEXT && !field->blank ? atoi(field->text.s) : 0;
}

/* W3CDTF, at the beginning of the day; Word writes no other form. NULL: a draft, whose day is yet
 * to come. */
static const char *date_of(const struct merger *m) {
    int day = number_of(m, "ngay"), month = number_of(m, "thang"), year = number_of(m, "nam");
    return day && month && year ? pool_printf(m->pool, "%04d-%02d-%02dT00:00:00Z", year, month, day)
                                : NULL;
}

static void set_date(struct merger *m, struct xml_node *core, enum xml_name name,
                     const char *date) {
    struct xml_node *node = xml_child(core, name);
    if (!date) {
        if (node)
            xml_remove(node);
        return;
    }
    if (!node)
        node = build_add(m->pool, core, name, xsi_type, "dcterms:W3CDTF");
    while (node->first)
        xml_remove(node->first);
    xml_append(node, xml_new_text(m->pool, date));
}

/* The template's own dates say when the template was made: they go. */
void merge_dates(struct merger *m) {
    const char *part = package_related(m->pool, m->package, "", "core-properties", m->diag);
    const struct xml_node *before = part ? merger_look(m, part) : NULL;
    const char *date = date_of(m);
    if (!before ||
        (!date && !xml_child(before, dcterms_created) && !xml_child(before, dcterms_modified)))
        return;
    struct xml_node *core = merger_part(m, part);
    set_date(m, core, dcterms_created, date);
    set_date(m, core, dcterms_modified, date);
}

void merge_title(struct merger *m, const char *title) {
    const char *part = package_related(m->pool, m->package, "", "core-properties", m->diag);
    struct xml_node *core = part ? merger_part(m, part) : NULL;
    if (!core)
        return;
    struct xml_node *node = xml_child(core, dc_title);
    if (!node)
        xml_append(core, node = xml_new(m->pool, dc_title));
    while (node->first)
        xml_remove(node->first);
    xml_append(node, xml_new_text(m->pool, build_clean(m->pool, title)));
}
