#include "signature/pages_text.h"

#include "signature/form.h"
#include "signature/reading.h"

enum { MAX_PAGES = 20000 };

struct field_names {
    struct reader *reader;
    form_fields fields;
};

/* By object; a widget without a name is a kid of the field that has one. */
static const char *field_of(const struct field_names *names, pdf_value annotation) {
    int id = reader_id(names->reader, annotation);
    int parent = reader_id(names->reader, reader_key(names->reader, annotation, "/Parent"));
    const struct form_field *f;
    VEC_EACH (f, &names->fields)
        if (f->id && (f->id == id || f->id == parent))
            return f->name;
    return "";
}

static void add_stamps(struct pool *pool, struct pool *scratch, const struct field_names *names,
                       int page, const ink_boxes *words, struct pages_text *text) {
    for (size_t i = 0; i < words->n;) {
        ink_boxes own = {0};
        pdf_value from = words->at[i].from;
        for (; i < words->n && words->at[i].from == from; i++)
            *VEC_PUSH(scratch, &own) = words->at[i];
        if (from)
            *VEC_PUSH(pool, &text->stamps) = (struct stamped_text){
                page, pool_strdup(pool, field_of(names, from)), reading_text(pool, &own)};
    }
}

static void add_page(struct pool *pool, const struct field_names *names, int i,
                     struct pages_text *text) {
    struct pool *scratch = pool_new();
    ink_boxes boxes = {0}, words = {0};
    const struct ink_box *box;
    paint_upright(names->reader, scratch, reader_page(names->reader, i), &boxes);
    VEC_EACH (box, &boxes)
        if (reading_is_text(box))
            *VEC_PUSH(scratch, &words) = *box;
    add_stamps(pool, scratch, names, i + 1, &words, text);
    *VEC_PUSH(pool, &text->pages) = reading_text(pool, &words);
    pool_free(scratch);
}

struct pages_text *pages_text(struct pool *pool, struct bytes file) {
    struct pool *scratch = pool_new();
    struct field_names names = {.reader = reader_open(scratch, file.s, file.len)};
    struct pages_text *text = NULL;
    if (names.reader && !reader_encrypted(names.reader)) {
        text = POOL_NEW(pool, struct pages_text);
        form_read(names.reader, scratch, &names.fields);
        int n = reader_pages(names.reader);
        for (int i = 0; i < n && i < MAX_PAGES; i++)
            add_page(pool, &names, i, text);
    }
    reader_close(names.reader);
    pool_free(scratch);
    return text;
}
