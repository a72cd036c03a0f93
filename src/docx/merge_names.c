/* Names that do not meet: tags without a value, keys of the INI without a tag. */
#include "base/utf8.h"
#include "dispatch/schema.h"
#include "docx/merge_parts.h"

#include <stdlib.h>
#include <string.h>

/* ---- tags ---- */

/* Among the fields of the dispatch, then among the names the program knows. */
static const char *nearest_name(const struct merger *m, const char *key) {
    const char *best = NULL;
    size_t limit = utf8_slip(key) + 1;
    const struct field *field;
    VEC_EACH (field, &m->dispatch->fields) {
        size_t d = utf8_distance(key, field->key, limit);
        if (d < limit) {
            limit = d;
            best = field->name;
        }
    }
    const char *known = schema_nearest_tag(key, limit);
    return known ? known : best;
}

void merge_complain_missing(struct merger *m, const struct tag *tag) {
    const char *near = nearest_name(m, tag->key);
    const char *page = template_page(m->template, m->pool, tag);
    if (near && strcmp(utf8_fold(m->pool, near), tag->key) != 0)
        diag_add(m->diag, TEMPLATE_VALUE_MISSING_NEAR, tag->where, tag->name, page, tag->words,
                 near, NULL);
    else
        diag_add(m->diag, TEMPLATE_VALUE_MISSING, tag->where, tag->name, page, tag->words, NULL);
}

/* A section may name what this dispatch does not have; but a name like a known one is a slip. */
static void warn_of_slips(struct merger *m) {
    for (size_t i = 0; i < template_tag_count(m->template); i++) {
        const struct tag *tag = template_tag(m->template, i);
        if ((tag->kind != TAG_EACH && tag->kind != TAG_UNLESS) || strchr(tag->key, '.') ||
            schema_taken(tag->key) || dispatch_field(m->dispatch, tag->key))
            continue;
        const char *near = nearest_name(m, tag->key);
        if (near)
            diag_add(m->diag, TEMPLATE_SECTION_SLIP, tag->where, tag->name,
                     template_page(m->template, m->pool, tag), tag->words, near, NULL);
    }
}

/* ---- keys ---- */

/* INI keys, sorted by address for the search only. */
struct keys {
    VEC(const struct ini_key *) at;
};

static int by_address(const void *a, const void *b) {
    uintptr_t x = (uintptr_t) * (const struct ini_key *const *)a;
    uintptr_t y = (uintptr_t) * (const struct ini_key *const *)b;
    return (x > y) - (x < y);
}

/* A section that goes through sections of the INI uses all of their keys. */
static void add_section_keys(struct merger *m, const char *name, struct keys *keys) {
    const struct ini_section *section = ini_section(m->dispatch->ini, name);
    const struct ini_key *key;
    if (section)
        VEC_EACH (key, &section->keys)
            *VEC_PUSH(m->pool, &keys->at) = key;
}

static void add_sources(struct merger *m, const struct field *field, struct keys *keys) {
    *VEC_PUSH(m->pool, &keys->at) = field->source;
    for (size_t i = 0; i < field->items.n; i++)
        if (field->kind == FIELD_SECTIONS)
            add_section_keys(m, field->items.at[i].s, keys);
        else
            *VEC_PUSH(m->pool, &keys->at) = field->items.at[i].source;
}

static void sort_keys(struct keys *keys) {
    if (keys->at.n)
        qsort(keys->at.at, keys->at.n, sizeof *keys->at.at, by_address);
}

static bool has_key(const struct keys *keys, const struct ini_key *key) {
    return keys->at.n &&
           bsearch(&key, keys->at.at, keys->at.n, sizeof *keys->at.at, by_address) != NULL;
}

/* A key feeds several fields (ngày, tháng, năm); it is used when a tag prints one of them. */
static void note_unused_keys(struct merger *m) {
    struct keys used = {0}, given = {0};
    for (size_t i = 0; i < template_tag_count(m->template); i++) {
        const struct field *field = dispatch_field(m->dispatch, template_tag(m->template, i)->key);
        if (field)
            add_sources(m, field, &used);
    }
    const struct field *field;
    VEC_EACH (field, &m->dispatch->fields)
        if (field->given)
            add_sources(m, field, &given);
    sort_keys(&used);
    sort_keys(&given);
    const struct ini_section *section;
    const struct ini_key *key;
    VEC_EACH (section, &m->dispatch->ini->sections)
        VEC_EACH (key, &section->keys)
            if (has_key(&given, key) && !has_key(&used, key))
                diag_add(m->diag, MERGE_KEY_UNUSED, key->where, key->name, NULL);
}

void merge_note_names(struct merger *m) {
    warn_of_slips(m);
    note_unused_keys(m);
}
