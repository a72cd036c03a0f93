/* Pictures of the dispatch (chữ ký, con dấu): a picture of the template whose alternative text is
 * {{key}} is only a place; the file the key names goes there, as large as the place allows. */
#include "base/file.h"
#include "docx/png_size.h"
#include "docx/build.h"
#include "docx/merge_parts.h"

#include <stdlib.h>
#include <string.h>

static const char picture_relationship[] =
    "http://schemas.openxmlformats.org/officeDocument/2006/relationships/image";

static void add_png_type(struct merger *m) {
    struct xml_node *types = merger_part(m, "[Content_Types].xml"), *type;
    XML_EACH_CHILD (type, types) {
        const char *extension = xml_get(type, ct_Extension);
        if (extension && strcmp(extension, "png") == 0)
            return;
    }
    if (!types)
        return;
    /* Defaults stand before overrides only by custom; the schema allows any order. */
    type = build_add(m->pool, types, ct_Default, ct_Extension, "png");
    xml_set(m->pool, type, ct_ContentType, "image/png");
}

/* The relationship id of picture `key` in `part`, made at its first use. */
static const char *relate(struct merger *m, const char *part, const char *target,
                          const char *name) {
    struct xml_node *list = merger_relationships(m, part), *item;
    const char *id = pool_printf(m->pool, "rIdCongvan-%s", name);
    XML_EACH_CHILD (item, list) {
        const char *known = xml_get(item, pr_Id);
        if (known && strcmp(known, id) == 0)
            return id;
    }
    merger_relate(m, part, id, picture_relationship, pool_printf(m->pool, "/%s", target), false);
    return id;
}

static struct xml_node *find_below(struct xml_node *node, enum xml_name name) {
    for (struct xml_node *n = node; n; n = xml_next(node, n))
        if (n->name == name)
            return n;
    return NULL;
}

static void set_number(struct merger *m, struct xml_node *node, enum xml_name name, int64_t n) {
    if (node)
        xml_set(m->pool, node, name, pool_printf(m->pool, "%lld", (long long)n));
}

static void shift(struct merger *m, struct xml_node *position, int64_t by) {
    struct xml_node *offset = xml_child(position, wp_posOffset);
    if (!offset || !offset->first || offset->first->name != XML_TEXT)
        return;
    long long at = strtoll(offset->first->text, NULL, 10);
    offset->first->text = pool_printf(m->pool, "%lld", at + (long long)by);
}

/* The largest size of the picture's own proportions inside the place, in its middle. */
static void fit(struct merger *m, struct xml_node *place, uint32_t width, uint32_t height) {
    struct xml_node *extent = xml_child(place, wp_extent);
    int64_t room_x = xml_int(extent, wp_cx, 0), room_y = xml_int(extent, wp_cy, 0);
    int64_t x = room_x, y = room_x * height / width;
    if (y > room_y) {
        y = room_y;
        x = room_y * width / height;
    }
    set_number(m, extent, wp_cx, x);
    set_number(m, extent, wp_cy, y);
    struct xml_node *inner = find_below(place, a_ext);
    set_number(m, inner, a_cx, x);
    set_number(m, inner, a_cy, y);
    shift(m, xml_child(place, wp_positionH), (room_x - x) / 2);
    shift(m, xml_child(place, wp_positionV), (room_y - y) / 2);
}

static struct xml_node *above(struct xml_node *node, enum xml_name a, enum xml_name b) {
    while (node && node->name != a && node->name != b)
        node = node->parent;
    return node;
}

static void put_picture(struct merger *m, struct xml_node *props, struct xml_node *place,
                        const struct field *field, const char *part) {
    size_t n;
    const char *bytes = file_read(m->pool, field->text.s, &n, field->where, m->diag);
    uint32_t width, height;
    if (!bytes)
        return;
    if (!png_size(bytes, n, &width, &height)) {
        diag_add(m->diag, MERGE_PICTURE_KIND, field->where, field->text.s, NULL);
        return;
    }
    char *name = pool_strdup(m->pool, field->key);
    for (char *p = name; *p; p++)
        if (*p == ' ' || *p == '.')
            *p = '-';
    const char *target = pool_printf(m->pool, "word/media/congvan-%s.png", name);
    package_set(m->package, target, bytes, n);
    add_png_type(m);
    struct xml_node *blip = find_below(place, a_blip);
    xml_set(m->pool, blip, r_embed, relate(m, part, target, name));
    xml_set(m->pool, props, wp_descr, field->name);
    fit(m, place, width, height);
}

bool merge_picture(struct merger *m, struct xml_node *props, const char *part) {
    const char *name, *key = template_picture_key(m->pool, xml_get(props, wp_descr), &name);
    if (!key)
        return false;
    struct xml_node *place = above(props, wp_anchor, wp_inline);
    struct xml_node *run = above(props, w_r, w_r);
    const struct field *field = dispatch_field(m->dispatch, key);
    if (!place || !run || !find_below(place, a_blip)) {
        diag_add(m->diag, TEMPLATE_PICTURE_BAD,
                 (struct where){.file = package_path(template_package(m->template)), .part = part},
                 name, NULL);
        return false;
    }
    if (field && field->kind == FIELD_TEXT && field->text.s[0]) {
        put_picture(m, props, place, field, part);
        return false;
    }
    xml_remove(run);
    return true;
}
