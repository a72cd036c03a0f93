#include "signature/appearance.h"

#include "pdf/idmap.h"

#include <string.h>

enum { MAX_DEPTH = 64 };

struct copying {
    struct update *update;
    struct reader *from;
    struct pool *pool;
    struct idmap ids;       /* in `from` -> in the update */
    VEC(pdf_value) waiting; /* objects that have a number but are not written yet */
    bool sound;
};

static void put(struct copying *c, pdf_value value, struct buf *out, int depth);

static int number_of(struct copying *c, pdf_value value) {
    uint32_t *id = idmap_at(c->pool, &c->ids, (uint64_t)reader_id(c->from, value));
    if (!*id) {
        *id = (uint32_t)update_reserve(c->update);
        *VEC_PUSH(c->pool, &c->waiting) = value;
    }
    return (int)*id;
}

static void put_entries(struct copying *c, pdf_value dictionary, bool stream, struct buf *out,
                        int depth) {
    for (const char **key = reader_keys(c->from, dictionary); *key; key++) {
        /* What leads back into the small document stays there. */
        if (strcmp(*key, "/Parent") == 0 || strcmp(*key, "/StructParent") == 0 ||
            strcmp(*key, "/StructParents") == 0 || (stream && strcmp(*key, "/Length") == 0))
            continue;
        spell_name(*key, out);
        buf_putc(out, ' ');
        put(c, reader_key(c->from, dictionary, *key), out, depth + 1);
    }
}

static void put_direct(struct copying *c, pdf_value value, struct buf *out, int depth) {
    switch (reader_kind(c->from, value)) {
    case PDF_ARRAY:
        buf_putc(out, '[');
        for (int i = 0; i < reader_count(c->from, value); i++) {
            put(c, reader_item(c->from, value, i), out, depth + 1);
            buf_putc(out, ' ');
        }
        buf_putc(out, ']');
        break;
    case PDF_DICTIONARY:
        buf_puts(out, "<<");
        put_entries(c, value, false, out, depth);
        buf_puts(out, ">>");
        break;
    default:
        buf_puts(out, reader_spelled(c->from, value));
    }
}

static void put(struct copying *c, pdf_value value, struct buf *out, int depth) {
    if (depth > MAX_DEPTH) {
        c->sound = false;
        buf_puts(out, "null");
    } else if (reader_id(c->from, value)) {
        buf_printf(out, "%d 0 R", number_of(c, value));
    } else {
        put_direct(c, value, out, depth);
    }
}

static void put_stream(struct copying *c, pdf_value stream, struct buf *out) {
    size_t len = 0;
    const char *s = reader_raw(c->from, stream, &len);
    c->sound = c->sound && s;
    buf_puts(out, "<<");
    put_entries(c, stream, true, out, 0);
    buf_printf(out, "/Length %zu>>\nstream\n", len);
    buf_append(out, s ? s : "", len);
    buf_puts(out, "\nendstream");
}

static void write_waiting(struct copying *c) {
    struct buf body = {0};
    for (size_t i = 0; i < c->waiting.n; i++) {
        pdf_value value = c->waiting.at[i];
        buf_clear(&body);
        if (reader_kind(c->from, value) == PDF_STREAM)
            put_stream(c, value, &body);
        else
            put_direct(c, value, &body, 0);
        update_object(c->update, number_of(c, value), buf_text(&body), body.len);
    }
    buf_free(&body);
}

/* The page's content and resources as a form that shows its top left corner. */
static int put_form(struct copying *c, pdf_value page, double width, double height) {
    pdf_value sheet = reader_inherited(c->from, page, "/MediaBox");
    double top = reader_number(c->from, reader_item(c->from, sheet, 3));
    pdf_value contents = reader_key(c->from, page, "/Contents");
    size_t len = 0;
    const char *s = reader_raw(c->from, contents, &len);
    if (!s)
        return 0;
    struct buf body = {0};
    int id = update_reserve(c->update);
    buf_printf(&body, "<</Type/XObject/Subtype/Form/BBox[0 %.2f %.2f %.2f]/Resources ",
               top - height, width, top);
    put(c, reader_inherited(c->from, page, "/Resources"), &body, 0);
    if (reader_has(c->from, contents, "/Filter")) {
        buf_puts(&body, "/Filter ");
        put(c, reader_key(c->from, contents, "/Filter"), &body, 0);
    }
    buf_printf(&body, "/Length %zu>>\nstream\n", len);
    buf_append(&body, s, len);
    buf_puts(&body, "\nendstream");
    update_object(c->update, id, buf_text(&body), body.len);
    buf_free(&body);
    write_waiting(c);
    return id;
}

int appearance_add(struct update *update, struct pool *pool, struct bytes pdf, double width,
                   double height) {
    struct copying c = {.update = update, .pool = pool, .sound = true};
    c.from = reader_open(pool, pdf.s, pdf.len);
    int id =
        c.from && reader_pages(c.from) ? put_form(&c, reader_page(c.from, 0), width, height) : 0;
    reader_close(c.from);
    return c.sound ? id : 0;
}

int appearance_add_empty(struct update *update) {
    static const char form[] =
        "<</Type/XObject/Subtype/Form/BBox[0 0 0 0]/Length 0>>\nstream\n\nendstream";
    int id = update_reserve(update);
    update_object(update, id, form, sizeof form - 1);
    return id;
}
