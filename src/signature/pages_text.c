#include "signature/pages_text.h"

#include "base/buf.h"
#include "base/utf8.h"
#include "signature/form.h"
#include "signature/paint.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

enum { MAX_PAGES = 20000 };

/* Parts of the larger font size. Words of one line may stand a little higher or lower (notes, a
 * number stamped into a blank); a gap parts words, a wide one parts columns. */
#define SAME_LINE 0.35
#define WORD_GAP 0.15
#define COLUMN_GAP 2.0

static bool is_text(const struct ink_box *box) {
    return (box->ink == INK_TEXT || box->ink == INK_UNSEEN) && box->text && isfinite(box->base) &&
           isfinite(box->x0) && isfinite(box->x1);
}

static int downwards(const void *a, const void *b) {
    const struct ink_box *x = a, *y = b;
    if (x->base != y->base)
        return x->base > y->base ? -1 : 1;
    return (x->x0 > y->x0) - (x->x0 < y->x0);
}

static int rightwards(const void *a, const void *b) {
    const struct ink_box *x = a, *y = b;
    if (x->x0 != y->x0)
        return x->x0 < y->x0 ? -1 : 1;
    return (x->x1 > y->x1) - (x->x1 < y->x1);
}

/* The first word that stands below the line that begins at `first`. */
static struct ink_box *line_end(struct ink_box *first, struct ink_box *end) {
    double size = first->size;
    struct ink_box *at = first + 1;
    while (at < end && first->base - at->base <= SAME_LINE * fmax(size, at->size)) {
        size = fmax(size, at->size);
        at++;
    }
    return at;
}

/* A number centred in its blank leaves a gap before "/UBND-VP", and none is meant. */
static bool fills_a_blank(const struct ink_box *last, const struct ink_box *at) {
    return last->from != at->from && at->text[0] == '/';
}

static void put_line(const struct ink_box *at, const struct ink_box *end, struct buf *out) {
    const struct ink_box *last = NULL;
    for (; at < end; at++) {
        double gap = last ? (at->x0 - last->x1) / fmax(fmax(last->size, at->size), 1) : 0;
        if (gap > COLUMN_GAP)
            buf_putc(out, '\t');
        else if (last && !fills_a_blank(last, at) && (gap > WORD_GAP || (at->spaced && gap > 0)))
            buf_putc(out, ' ');
        buf_puts(out, at->text);
        last = at;
    }
    buf_putc(out, '\n');
}

/* `words` is put in order on the way. */
static const char *text_of(struct pool *pool, ink_boxes *words) {
    struct buf out = {0};
    struct ink_box *at = words->at, *end = words->at + words->n;
    if (words->n)
        qsort(at, words->n, sizeof *at, downwards);
    while (at < end) {
        struct ink_box *next = line_end(at, end);
        qsort(at, (size_t)(next - at), sizeof *at, rightwards);
        put_line(at, next, &out);
        at = next;
    }
    size_t len;
    const char *text = utf8_nfc(pool, buf_text(&out), out.len, &len);
    buf_free(&out);
    return text;
}

/* ---- whose it is ---- */

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
                page, pool_strdup(pool, field_of(names, from)), text_of(pool, &own)};
    }
}

static void add_page(struct pool *pool, const struct field_names *names, int i,
                     struct pages_text *text) {
    struct pool *scratch = pool_new();
    ink_boxes boxes = {0}, words = {0};
    const struct ink_box *box;
    paint_upright(names->reader, scratch, reader_page(names->reader, i), &boxes);
    VEC_EACH (box, &boxes)
        if (is_text(box))
            *VEC_PUSH(scratch, &words) = *box;
    add_stamps(pool, scratch, names, i + 1, &words, text);
    *VEC_PUSH(pool, &text->pages) = text_of(pool, &words);
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
