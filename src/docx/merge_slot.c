/* What is left open for stamping and signing, as bookmarks that layout finds again. */
#include "docx/build.h"
#include "docx/merge_parts.h"
#include "docx/wml.h"

#include <string.h>

static const struct slot {
    const char *key;  /* of the field */
    const char *name; /* of the bookmark: letters, digits and '_' only (17.13.6.2) */
    bool if_blank;    /* only while a draft leaves it open */
} slots[] = {
    {"so", WML_SLOT "so", true},
    {"ngay", WML_SLOT "ngay", true},
    {"thang", WML_SLOT "thang", true},
    {"nam", WML_SLOT "nam", true},
    {"chuc vu", WML_SLOT "chuc_vu", false},
    {"ho ten", WML_SLOT "ho_ten", false},
    {"thu ky.ho ten", WML_SLOT "ho_ten_thu_ky", false},
    {"nguoi ky 2.chuc vu", WML_SLOT "chuc_vu_2", false},
    {"nguoi ky 2.ho ten", WML_SLOT "ho_ten_2", false},
    {"nguoi ky 3.chuc vu", WML_SLOT "chuc_vu_3", false},
    {"nguoi ky 3.ho ten", WML_SLOT "ho_ten_3", false},
    {"nguoi ky 4.chuc vu", WML_SLOT "chuc_vu_4", false},
    {"nguoi ky 4.ho ten", WML_SLOT "ho_ten_4", false},
};

enum { SLOTS = sizeof slots / sizeof slots[0] };

/* Word numbers bookmarks from 0 on; these stand clear of a template's. */
enum { FIRST_ID = 1 << 30 };

int merge_slot_begin(struct merger *m, const char *part, const struct field *field,
                     struct xml_node *parent) {
    if (!m->mark_slots || strcmp(part, m->main_part) != 0)
        return -1;
    int i = 0;
    while (i < SLOTS && strcmp(slots[i].key, field->key) != 0)
        i++;
    if (i == SLOTS || (slots[i].if_blank && !field->blank) || (m->slots_marked & 1U << i))
        return -1;
    m->slots_marked |= 1U << i;
    struct xml_node *start = build_add_int(m->pool, parent, w_bookmarkStart, w_id, FIRST_ID + i);
    xml_set(m->pool, start, w_name, slots[i].name);
    return i;
}

void merge_slot_end(struct merger *m, int slot, struct xml_node *parent) {
    if (slot >= 0)
        build_add_int(m->pool, parent, w_bookmarkEnd, w_id, FIRST_ID + slot);
}
