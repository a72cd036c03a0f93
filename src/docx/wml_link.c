/* Hyperlinks and bookmarks. A link to a place in the document is "#" and a bookmark's name. */
#include "docx/wml_read.h"

#include <string.h>
#include <strings.h>

/* Only addresses that a reader of the PDF may be led to; a path on the author's machine is none. */
static bool is_safe(const char *uri) {
    static const char *const schemes[] = {"http:", "https:", "mailto:", "ftp:", "tel:"};
    for (size_t i = 0; i < sizeof schemes / sizeof schemes[0]; i++)
        if (strncasecmp(uri, schemes[i], strlen(schemes[i])) == 0)
            return true;
    return false;
}

const char *link_to(struct story *story, const char *uri, const char *place) {
    struct pool *pool = story->reader->pool;
    bool has_place = place && *place;
    if (!uri || !*uri)
        return has_place ? pool_printf(pool, "#%s", place) : NULL;
    if (!is_safe(uri)) {
        unsupported(story, "w:hyperlink (file)");
        return NULL;
    }
    return has_place && !strchr(uri, '#') ? pool_printf(pool, "%s#%s", uri, place)
                                          : pool_strdup(pool, uri);
}

const char *link_of_relation(struct story *story, const char *id) {
    struct reader *reader = story->reader;
    const char *uri =
        id ? package_external(reader->pool, reader->package, story->part, id, reader->diag) : NULL;
    return link_to(story, uri, NULL);
}

const char *link_of_hyperlink(struct story *story, const struct xml_node *node) {
    struct reader *reader = story->reader;
    const char *id = xml_get(node, r_id), *place = xml_get(node, w_anchor);
    const char *uri =
        id ? package_external(reader->pool, reader->package, story->part, id, reader->diag) : NULL;
    if (uri && !place) /* a place in another document (17.16.22) */
        place = xml_get_local(node, "docLocation");
    return link_to(story, uri, place);
}

/* ---- bookmarks ---- */

/* Word's own mark of where the author last typed leads nowhere. */
static const char *name_of(const struct xml_node *node) {
    const char *name = xml_get(node, w_name);
    return name && *name && strcmp(name, "_GoBack") != 0 ? name : NULL;
}

void bookmark_wait(struct story *story, const struct xml_node *node) {
    const char *name = name_of(node);
    if (name)
        *VEC_PUSH(story->reader->pool, &story->bookmarks) = name;
}

void bookmark_add(struct builder *builder, const struct xml_node *node) {
    const char *name = name_of(node), *id = xml_get(node, w_id);
    if (name && id && strncmp(name, WML_SLOT, sizeof WML_SLOT - 1) == 0) {
        end_text(builder);
        builder->slot = name + sizeof WML_SLOT - 1;
        builder->slot_id = id;
    } else if (name)
        add_item(builder, INLINE_BOOKMARK, styles_plain(builder->style))->text = name;
}

void bookmark_end(struct builder *builder, const struct xml_node *node) {
    const char *id = xml_get(node, w_id);
    if (!builder->slot || !id || strcmp(id, builder->slot_id) != 0)
        return;
    end_text(builder);
    builder->slot = builder->slot_id = NULL;
}

void bookmarks_take(struct builder *builder) {
    struct story *story = builder->story;
    const char **name;
    VEC_EACH (name, &story->bookmarks)
        add_item(builder, INLINE_BOOKMARK, styles_plain(builder->style))->text = *name;
    story->bookmarks.n = 0;
}
