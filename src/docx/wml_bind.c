/* Content controls bound to data (17.5.2.6): what is printed is the value in the data, which Word
 * takes when it opens the document, not the text last stored.
 *
 * Bound to are the document's own properties and the parts below customXml/. The paths Word writes
 * are plain: element names with their places, at most an attribute at the end. */
#include "docx/wml_read.h"

#include "base/utf8.h"
#include "docx/intern.h"
#include "docx/units.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

/* ---- the part ---- */

static bool same_id(const char *a, const char *b) {
    return a && b && strcasecmp(a, b) == 0;
}

/* The part below customXml/ whose properties say it is the store `id`. */
static const char *custom_part(struct reader *reader, const char *id) {
    const char *name;
    for (size_t i = 0; (name = package_name(reader->package, i)) != NULL; i++) {
        if (strncmp(name, "customXml/item", 14) != 0)
            continue;
        const char *props =
            package_related(reader->pool, reader->package, name, "customXmlProps", reader->diag);
        const struct xml_node *root =
            props ? package_tree(reader->pool, reader->package, props, reader->diag) : NULL;
        if (root && same_id(xml_get_local(root, "itemID"), id))
            return name;
    }
    return NULL;
}

static const char *part_of(struct reader *reader, const char *id) {
    static const struct {
        const char *id, *type;
    } own[] = {{"{6C3C8BC8-F283-45AE-878A-BAB7291924A1}", "core-properties"},
               {"{6668398D-A668-4E3E-A5EB-62B293D839F1}", "extended-properties"}};
    for (size_t i = 0; i < sizeof own / sizeof own[0]; i++)
        if (same_id(own[i].id, id))
            return package_related(reader->pool, reader->package, "", own[i].type, reader->diag);
    return id ? custom_part(reader, id) : NULL;
}

/* The tree of a store, looked for once. NULL: it is not there. */
static const struct xml_node *store_tree(struct reader *reader, const char *id) {
    const char *key = pool_printf(reader->pool, "\n%s", id ? id : "");
    void **slot = intern_slot(reader->stores, key, strlen(key));
    if (!*slot) {
        static const struct xml_node none;
        const char *part = part_of(reader, id);
        const struct xml_node *tree =
            part ? package_tree(reader->pool, reader->package, part, reader->diag) : NULL;
        *slot = (void *)(uintptr_t)(tree ? tree : &none);
    }
    const struct xml_node *tree = *slot;
    return tree->qname ? tree : NULL;
}

/* ---- the path ---- */

struct step {
    char name[64];
    int place; /* from 1 */
    bool attribute;
};

/* Reads "/p:name[2]" or "/@name" at *path. False: the end, or not of this kind. */
static bool next_step(const char **path, struct step *step) {
    const char *p = *path;
    if (*p++ != '/')
        return false;
    step->attribute = *p == '@';
    p += step->attribute;
    size_t n = strcspn(p, "/[:");
    if (p[n] == ':') {
        p += n + 1;
        n = strcspn(p, "/[");
    }
    if (!n || n >= sizeof step->name)
        return false;
    memcpy(step->name, p, n);
    step->name[n] = '\0';
    p += n;
    step->place = *p == '[' ? atoi(p + 1) : 1;
    if (*p == '[')
        p += strcspn(p, "]") + (strchr(p, ']') != NULL);
    *path = p;
    return true;
}

static const struct xml_node *nth_child(const struct xml_node *parent, const struct step *step) {
    const struct xml_node *node;
    int place = step->place;
    XML_EACH_CHILD (node, parent)
        if (node->name != XML_TEXT && xml_is_local(node, step->name) && --place == 0)
            return node;
    return NULL;
}

static const char *text_of(const struct xml_node *node) {
    return node->first && !node->first->next && node->first->name == XML_TEXT ? node->first->text
                                                                              : NULL;
}

static const char *value_at(const struct xml_node *root, const char *path) {
    struct step step;
    const struct xml_node *node = NULL;
    while (next_step(&path, &step)) {
        if (step.attribute)
            return node && !*path ? xml_get_local(node, step.name) : NULL;
        if (!node)
            node = xml_is_local(root, step.name) ? root : NULL;
        else
            node = nth_child(node, &step);
        if (!node)
            return NULL;
    }
    return node && !*path ? text_of(node) : NULL;
}

/* ---- the control ---- */

/* Controls whose text is made from the value, not the value itself. */
static bool is_plain(const struct xml_node *props) {
    static const char *const others[] = {"date",    "dropDownList",    "comboBox",
                                         "picture", "checkbox",        "docPartList",
                                         "group",   "repeatingSection"};
    for (size_t i = 0; i < sizeof others / sizeof others[0]; i++)
        if (xml_child_local(props, others[i]))
            return false;
    return true;
}

/* NULL: not bound, or nothing is to be found there. */
static const char *bound_value(struct reader *reader, const struct xml_node *sdt) {
    const struct xml_node *props = xml_child(sdt, w_sdtPr);
    const struct xml_node *binding = xml_child(props, w_dataBinding);
    const char *path = binding ? xml_get_local(binding, "xpath") : NULL;
    if (!path || !is_plain(props))
        return NULL;
    const struct xml_node *root = store_tree(reader, xml_get_local(binding, "storeItemID"));
    const char *value = root ? value_at(root, path) : NULL;
    return value && value[strspn(value, " \t\r\n")] ? value : NULL;
}

static bool is_text_run(const struct xml_node *node) {
    return node->name == w_r && xml_child(node, w_t);
}

/* All text of the control: as long as it is the value, the control is read as it stands. */
static bool says_already(const struct xml_node *content, const char *value) {
    size_t len = strlen(value);
    for (const struct xml_node *node = content; node; node = xml_next(content, node)) {
        if (node->name != XML_TEXT || !node->parent || node->parent->name != w_t)
            continue;
        size_t n = strlen(node->text);
        if (n > len || memcmp(value, node->text, n) != 0)
            return false;
        value += n;
        len -= n;
    }
    return len == 0;
}

/* The first run with text takes the value, the others go. False: there is none. */
static bool fill(struct pool *pool, struct xml_node *content, const char *value) {
    struct xml_node *first = NULL, *next;
    for (struct xml_node *node = content->first; node; node = next) {
        next = xml_next(content, node);
        if (!is_text_run(node))
            continue;
        next = xml_after(content, node);
        if (first) {
            xml_remove(node);
            continue;
        }
        first = xml_child(node, w_t);
        while (first->first)
            xml_remove(first->first);
        while (first->next)
            xml_remove(first->next);
        xml_append(first, xml_new_text(pool, value));
    }
    return first != NULL;
}

const struct xml_node *control_content(struct story *story, const struct xml_node *sdt) {
    struct reader *reader = story->reader;
    const struct xml_node *content = xml_child(sdt, w_sdtContent);
    const char *value = content ? bound_value(reader, sdt) : NULL;
    if (!value || says_already(content, value))
        return content;
    struct xml_node *copy = xml_copy(reader->pool, content);
    return fill(reader->pool, copy, value) ? copy : content;
}
