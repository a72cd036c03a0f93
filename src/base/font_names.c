#include "base/font_parts.h"

#include <hb-ot.h>
#include <hb.h>
#include <string.h>

enum { MAX_FACES = 64, MAX_NAMES = 400, NAME_BYTES = 256 };

static const char *read_name(struct pool *pool, hb_face_t *hb, const hb_ot_name_entry_t *name) {
    char text[NAME_BYTES];
    unsigned size = sizeof text;
    hb_ot_name_get_utf8(hb, name->name_id, name->language, &size, text);
    return size ? font_key(pool, text) : "";
}

/* Names in all languages: a document made in a localised Word may use any of them. */
static void read_names(struct pool *pool, hb_face_t *hb, struct font_entry *entry) {
    unsigned n;
    const hb_ot_name_entry_t *names = hb_ot_name_list_names(hb, &n);
    for (unsigned i = 0; i < n && i < MAX_NAMES; i++) {
        hb_ot_name_id_t id = names[i].name_id;
        bool family = id == HB_OT_NAME_ID_FONT_FAMILY || id == HB_OT_NAME_ID_TYPOGRAPHIC_FAMILY;
        bool whole = id == HB_OT_NAME_ID_FULL_NAME || id == HB_OT_NAME_ID_POSTSCRIPT_NAME;
        if (!family && !whole)
            continue;
        const char *key = read_name(pool, hb, &names[i]);
        if (*key && family)
            *VEC_PUSH(pool, &entry->families) = key;
        else if (*key)
            *VEC_PUSH(pool, &entry->names) = key;
    }
}

/* OS/2: usWeightClass, usWidthClass, fsSelection; without that table head.macStyle. */
static void read_style(hb_face_t *hb, struct font_entry *entry) {
    unsigned n;
    hb_blob_t *blob = hb_face_reference_table(hb, HB_TAG('O', 'S', '/', '2'));
    const unsigned char *p = (const unsigned char *)hb_blob_get_data(blob, &n);
    entry->weight = 400;
    if (n >= 64) {
        entry->weight = p[4] << 8 | p[5];
        entry->narrow = p[7] != 5 && p[7] != 0;
        entry->italic = p[63] & 1;
        if ((p[63] & 0x20) && entry->weight < BOLD_FROM)
            entry->weight = 700;
    }
    hb_blob_destroy(blob);
    blob = hb_face_reference_table(hb, HB_TAG('h', 'e', 'a', 'd'));
    const unsigned char *head = (const unsigned char *)hb_blob_get_data(blob, &n);
    if (n >= 46) {
        entry->italic |= (head[45] & 2) != 0;
        if ((head[45] & 1) && entry->weight < BOLD_FROM)
            entry->weight = 700;
    }
    hb_blob_destroy(blob);
}

static bool read_face(struct pool *pool, hb_blob_t *blob, const char *path, unsigned index,
                      struct font_list *list) {
    hb_face_t *hb = hb_face_create(blob, index);
    struct font_entry entry = {0};
    if (hb_face_get_glyph_count(hb))
        read_names(pool, hb, &entry);
    bool good = entry.families.n > 0;
    if (good) {
        read_style(hb, &entry);
        entry.file = POOL_NEW(pool, struct font_file);
        entry.file->path = path;
        entry.file->index = index;
        *VEC_PUSH(pool, &list->at) = entry;
    }
    hb_face_destroy(hb);
    return good;
}

bool font_names_read(struct pool *pool, const char *path, struct font_list *list) {
    hb_blob_t *blob = hb_blob_create_from_file_or_fail(path);
    if (!blob)
        return false;
    path = pool_strdup(pool, path);
    unsigned n = hb_face_count(blob);
    bool any = false;
    for (unsigned i = 0; i < n && i < MAX_FACES; i++)
        any |= read_face(pool, blob, path, i, list);
    hb_blob_destroy(blob);
    return any;
}
