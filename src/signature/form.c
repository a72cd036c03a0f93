#include "signature/form.h"

#include "pdf/idmap.h"

#include <string.h>

enum { MAX_DEPTH = 32, MAX_FIELDS = 100000 };

struct form_walk {
    struct reader *reader;
    struct pool *pool;
    form_fields *fields;
    struct idmap seen;
    bool sound;
};

static bool is_widget_only(struct reader *reader, pdf_value kid) {
    return !reader_has(reader, kid, "/T");
}

static bool has_named_kids(struct reader *reader, pdf_value kids) {
    for (int i = 0; i < reader_count(reader, kids); i++)
        if (!is_widget_only(reader, reader_item(reader, kids, i)))
            return true;
    return false;
}

/* A field is met once: a second way to it is a loop or two parents. */
static bool first_time(struct form_walk *walk, pdf_value field) {
    int id = reader_id(walk->reader, field);
    uint32_t *seen = id ? idmap_at(walk->pool, &walk->seen, (uint64_t)id) : NULL;
    if (seen && (*seen)++)
        return walk->sound = false;
    return true;
}

static void visit(struct form_walk *walk, pdf_value field, const char *prefix, const char *type,
                  int depth) {
    struct reader *reader = walk->reader;
    if (depth > MAX_DEPTH || walk->fields->n >= MAX_FIELDS) {
        walk->sound = false;
        return;
    }
    if (reader_kind(reader, field) != PDF_DICTIONARY || !first_time(walk, field))
        return;
    const char *part = reader_text(reader, reader_key(reader, field, "/T"));
    const char *name = *prefix && *part ? pool_printf(walk->pool, "%s.%s", prefix, part)
                       : *part          ? part
                                        : prefix;
    if (reader_has(reader, field, "/FT"))
        type = reader_name(reader, reader_key(reader, field, "/FT"));
    pdf_value kids = reader_key(reader, field, "/Kids");
    if (has_named_kids(reader, kids)) {
        for (int i = 0; i < reader_count(reader, kids); i++)
            visit(walk, reader_item(reader, kids, i), name, type, depth + 1);
        return;
    }
    *VEC_PUSH(walk->pool, walk->fields) =
        (struct form_field){.name = name,
                            .dictionary = field,
                            .id = reader_id(reader, field),
                            .type = type,
                            .signature = strcmp(type, "/Sig") == 0,
                            .value = reader_key(reader, field, "/V")};
}

bool form_read(struct reader *reader, struct pool *pool, form_fields *fields) {
    struct form_walk walk = {.reader = reader, .pool = pool, .fields = fields, .sound = true};
    pdf_value form = reader_key(reader, reader_root(reader), "/AcroForm");
    pdf_value top = reader_key(reader, form, "/Fields");
    for (int i = 0; i < reader_count(reader, top); i++)
        visit(&walk, reader_item(reader, top, i), "", "", 0);
    return walk.sound;
}

void form_widgets(struct reader *reader, struct pool *pool, const struct form_field *field,
                  widget_list *widgets) {
    pdf_value kids = reader_key(reader, field->dictionary, "/Kids");
    int n = reader_count(reader, kids);
    if (!n)
        *VEC_PUSH(pool, widgets) = field->dictionary;
    for (int i = 0; i < n; i++)
        *VEC_PUSH(pool, widgets) = reader_item(reader, kids, i);
}
