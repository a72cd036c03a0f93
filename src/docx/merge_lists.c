/* The lists of the document: word/numbering.xml, for whoever adds to it. */
#include "docx/build.h"
#include "docx/merge_parts.h"
#include "docx/numbering.h"

#include <string.h>

struct xml_node *merge_lists(struct merger *m) {
    static const char relationship[] =
        "http://schemas.openxmlformats.org/officeDocument/2006/relationships/numbering";
    if (m->lists)
        return m->lists;
    const char *part = merger_related(m, "numbering");
    m->lists = part ? merger_part(m, part) : NULL;
    if (m->lists)
        return m->lists;
    const char *main_part = merger_main(m), *slash = strrchr(main_part, '/');
    part = pool_printf(m->pool, "%.*snumbering.xml", slash ? (int)(slash - main_part + 1) : 0,
                       main_part);
    m->lists = xml_new(m->pool, w_numbering);
    merger_add_part(m, part, m->lists,
                    "application/vnd.openxmlformats-officedocument.wordprocessingml.numbering+xml");
    merger_relate(m, main_part, "rIdCongvanNumbering", relationship, "numbering.xml", false);
    return m->lists;
}

static int highest(const struct xml_node *lists, enum xml_name kind, enum xml_name id) {
    int most = 0;
    struct xml_node *child;
    XML_EACH_CHILD (child, lists)
        if (child->name == kind && xml_int(child, id, 0) > most)
            most = xml_int(child, id, 0);
    return most;
}

const char *merge_list_number(struct merger *m, enum xml_name kind) {
    enum xml_name id = kind == w_num ? w_numId : w_abstractNumId;
    int *last = kind == w_num ? &m->last_list : &m->last_definition;
    if (!*last)
        *last = highest(merge_lists(m), kind, id);
    return pool_printf(m->pool, "%d", ++*last);
}

/* CT_Numbering: pictures of bullets, then w:abstractNum, then w:num, then the rest (17.9.16). */
static int rank(const struct xml_node *node) {
    switch (node->name) {
    case w_numPicBullet:
        return 0;
    case w_abstractNum:
        return 1;
    case w_num:
        return 2;
    default:
        return 3;
    }
}

void merge_put_list(struct xml_node *lists, struct xml_node *list) {
    struct xml_node *after = lists->last;
    while (after && rank(after) > rank(list))
        after = after->prev;
    if (after)
        xml_insert_after(after, list);
    else if (lists->first)
        xml_insert_before(lists->first, list);
    else
        xml_append(lists, list);
}

static const struct xml_node *find_list(const struct xml_node *lists, const char *id) {
    struct xml_node *list;
    XML_EACH_CHILD (list, lists) {
        const char *known = list->name == w_num ? xml_get(list, w_numId) : NULL;
        if (known && strcmp(known, id) == 0)
            return list;
    }
    return NULL;
}

/* Level `level` begins with the number its definition says. */
static int start_of(const struct xml_node *lists, const char *definition, int level) {
    struct xml_node *node, *lvl;
    XML_EACH_CHILD (node, lists) {
        const char *id = node->name == w_abstractNum ? xml_get(node, w_abstractNumId) : NULL;
        if (!id || strcmp(id, definition) != 0)
            continue;
        XML_EACH_CHILD (lvl, node)
            if (lvl->name == w_lvl && xml_int(lvl, w_ilvl, -1) == level)
                return xml_int(xml_child(lvl, w_start), w_val, 1);
    }
    return 1;
}

const char *merge_restart_list(struct merger *m, const char *id) {
    struct xml_node *lists = merge_lists(m);
    const struct xml_node *list = find_list(lists, id);
    const char *definition = xml_child_val(list, w_abstractNumId);
    if (!definition)
        return id;
    struct xml_node *again = xml_copy(m->pool, list);
    const char *new = merge_list_number(m, w_num);
    xml_set(m->pool, again, w_numId, new);
    for (int level = 0; level < NUM_LEVELS; level++) {
        struct xml_node *known = NULL, *child;
        XML_EACH_CHILD (child, again)
            if (child->name == w_lvlOverride && xml_int(child, w_ilvl, -1) == level)
                known = child;
        if (!known)
            known = build_add_int(m->pool, again, w_lvlOverride, w_ilvl, level);
        if (xml_child(known, w_startOverride) || xml_child(known, w_lvl))
            continue;
        build_add_int(m->pool, known, w_startOverride, w_val, start_of(lists, definition, level));
    }
    merge_put_list(lists, again);
    return new;
}
