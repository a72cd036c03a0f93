#include "signature/sign.h"

#include "signature/appearance.h"
#include "signature/lock.h"
#include "signature/update.h"

#include <math.h>
#include <string.h>

enum { RANGE_DIGITS = 10 };

struct job {
    struct pool *pool;
    const struct sign_request *request;
    struct reader *reader;
    struct update *update;
    struct form_field field; /* the one to be signed, if it is there */
    bool has_field;
    int signature, form;     /* objects: the signature, its appearance (0: none) */
    struct buf catalog_form; /* the form when it stands in the catalogue */
    size_t room;             /* bytes reserved for the CMS structure */
    size_t range_at, contents_at;
};

static bool find_field(struct reader *reader, struct pool *pool, const char *name,
                       struct form_field *found) {
    form_fields fields = {0};
    form_read(reader, pool, &fields);
    const struct form_field *f;
    VEC_EACH (f, &fields)
        if (strcmp(f->name, name) == 0) {
            *found = *f;
            return true;
        }
    return false;
}

/* The dictionary with room where range and signature will stand. */
static void put_signature(struct job *job) {
    struct buf body = {0};
    buf_puts(&body, "<</Type/Sig/Filter/Adobe.PPKLite/SubFilter/ETSI.CAdES.detached/M");
    spell_text(job->request->time, &body);
    if (job->request->certify)
        buf_printf(&body,
                   "/Reference[<</Type/SigRef/TransformMethod/DocMDP/TransformParams"
                   "<</Type/TransformParams/V/1.2/P %d>>>>]",
                   job->request->certify);
    buf_puts(&body, "/ByteRange ");
    job->range_at = body.len;
    buf_printf(&body, "[%*s]/Contents ", 4 * (RANGE_DIGITS + 1), "");
    job->contents_at = body.len;
    buf_putc(&body, '<');
    for (size_t i = 0; i < job->room; i++)
        buf_puts(&body, "00");
    buf_puts(&body, ">>>");
    size_t at = update_object(job->update, job->signature, body.data, body.len);
    job->range_at += at;
    job->contents_at += at;
    buf_free(&body);
}

static void put_appearance(const struct job *job, struct buf *out) {
    if (job->form)
        buf_printf(out, "/AP<</N %d 0 R>>", job->form);
}

/* A field whose widget is itself, or its first kid. */
static void sign_field(struct job *job) {
    static const char *const both[] = {"/V", "/AP", NULL}, *const value[] = {"/V", NULL},
                             *const look[] = {"/AP", NULL}, *const nothing[] = {NULL};
    struct buf body = {0};
    pdf_value kid =
        reader_item(job->reader, reader_key(job->reader, job->field.dictionary, "/Kids"), 0);
    bool merged = reader_kind(job->reader, kid) != PDF_DICTIONARY;
    spell_dictionary(job->reader, job->field.dictionary, merged && job->form ? both : value, &body);
    buf_printf(&body, "/V %d 0 R", job->signature);
    if (merged)
        put_appearance(job, &body);
    buf_puts(&body, ">>");
    update_rewrite(job->update, job->field.dictionary, body.data, body.len);
    if (!merged) {
        buf_clear(&body);
        spell_dictionary(job->reader, kid, job->form ? look : nothing, &body);
        put_appearance(job, &body);
        buf_puts(&body, ">>");
        update_rewrite(job->update, kid, body.data, body.len);
    }
    buf_free(&body);
}

/* The array with one more reference. */
static void put_longer_array(struct job *job, pdf_value array, int more, struct buf *out) {
    buf_putc(out, '[');
    for (int i = 0; i < reader_count(job->reader, array); i++) {
        spell_value(job->reader, reader_item(job->reader, array, i), out);
        buf_putc(out, ' ');
    }
    buf_printf(out, "%d 0 R]", more);
}

static int add_widget(struct job *job, pdf_value page) {
    const struct sign_request *r = job->request;
    int id = update_reserve(job->update);
    struct buf body = {0};
    buf_puts(&body, "<</Type/Annot/Subtype/Widget/FT/Sig/F 132/T");
    spell_text(r->field, &body);
    buf_puts(&body, "/Rect[");
    for (int i = 0; i < 4; i++)
        buf_printf(&body, "%.2f ", r->rect[i]);
    buf_printf(&body, "]/P %d %d R/V %d 0 R", reader_id(job->reader, page),
               reader_generation(job->reader, page), job->signature);
    put_appearance(job, &body);
    buf_puts(&body, ">>");
    update_object(job->update, id, body.data, body.len);
    buf_free(&body);
    return id;
}

static void rewrite_page(struct job *job, pdf_value page, int widget) {
    static const char *const without[] = {"/Annots", NULL};
    struct buf body = {0};
    spell_dictionary(job->reader, page, without, &body);
    buf_puts(&body, "/Annots");
    put_longer_array(job, reader_key(job->reader, page, "/Annots"), widget, &body);
    buf_puts(&body, ">>");
    update_rewrite(job->update, page, body.data, body.len);
    buf_free(&body);
}

/* The form of the document with the field in it (`widget`, 0 for none) and the flags that tell
 * programs to append only (12.7.2, table 219). It may stand in the catalogue itself. */
static void rewrite_form(struct job *job, int widget) {
    static const char *const parts[] = {"/Fields", "/SigFlags", NULL};
    pdf_value form = reader_key(job->reader, reader_root(job->reader), "/AcroForm");
    pdf_value fields = reader_key(job->reader, form, "/Fields");
    struct buf *body = &job->catalog_form;
    spell_dictionary(job->reader, form, parts, body);
    buf_puts(body, "/SigFlags 3/Fields");
    if (widget)
        put_longer_array(job, fields, widget, body);
    else
        buf_putc(body, ' '), spell_value(job->reader, fields, body);
    buf_puts(body, ">>");
    if (reader_id(job->reader, form)) {
        update_rewrite(job->update, form, body->data, body->len);
        buf_clear(body);
    }
}

/* The catalogue, if the form stands in it or the document is to be certified (12.8.4). */
static void rewrite_catalog(struct job *job) {
    bool form = job->catalog_form.len, certify = job->request->certify;
    const char *without[] = {form ? "/AcroForm" : "/Perms", certify ? "/Perms" : NULL, NULL};
    pdf_value root = reader_root(job->reader);
    struct buf body = {0};
    if (!form && !certify)
        return;
    spell_dictionary(job->reader, root, without, &body);
    if (form) {
        buf_puts(&body, "/AcroForm ");
        buf_append(&body, job->catalog_form.data, job->catalog_form.len);
    }
    if (certify)
        buf_printf(&body, "/Perms<</DocMDP %d 0 R>>", job->signature);
    buf_puts(&body, ">>");
    update_rewrite(job->update, root, body.data, body.len);
    buf_free(&body);
}

static bool flags_set(struct job *job) {
    long long flags = 0;
    pdf_value form = reader_key(job->reader, reader_root(job->reader), "/AcroForm");
    return reader_integer(job->reader, reader_key(job->reader, form, "/SigFlags"), &flags) &&
           (flags & 3) == 3;
}

static void put_objects(struct job *job) {
    const struct sign_request *r = job->request;
    if (r->appearance.len)
        job->form = appearance_add(job->update, job->pool, r->appearance, r->rect[2] - r->rect[0],
                                   r->rect[3] - r->rect[1]);
    else if (!job->has_field)
        job->form = appearance_add_empty(job->update);
    job->signature = update_reserve(job->update);
    put_signature(job);
    if (job->has_field) {
        sign_field(job);
        if (!flags_set(job))
            rewrite_form(job, 0);
    } else {
        int last = reader_pages(job->reader);
        pdf_value page = reader_page(job->reader, (r->page ? r->page : last) - 1);
        int widget = add_widget(job, page);
        rewrite_page(job, page, widget);
        rewrite_form(job, widget);
    }
    rewrite_catalog(job);
}

/* Range and signature into the room that was left for them. */
static bool fill_in(struct job *job, struct buf *out, size_t start, struct diag *diag) {
    char *file = out->data + start;
    size_t len = out->len - start, gap = job->contents_at, resume = gap + 2 * job->room + 2, n = 0;
    char range[4 * (RANGE_DIGITS + 1) + 1];
    int written = snprintf(range, sizeof range, "0 %zu %zu %zu", gap, resume, len - resume);
    memcpy(file + job->range_at + 1, range, (size_t)written);
    struct bytes pieces[2] = {{file, gap}, {file + resume, len - resume}};
    const char *cms = key_sign(job->pool, job->request->key, pieces, &job->request->cms, &n, diag);
    if (!cms)
        return false;
    if (n > job->room) {
        diag_add(diag, SIGN_FAILED, (struct where){.file = job->request->path}, "CMS", NULL);
        return false;
    }
    for (size_t i = 0; i < n; i++) {
        static const char digits[] = "0123456789abcdef";
        file[gap + 1 + 2 * i] = digits[(unsigned char)cms[i] >> 4];
        file[gap + 2 + 2 * i] = digits[cms[i] & 15];
    }
    return true;
}

/* What the signatures that are there forbid: any other, one in this field, a certifying one. */
static enum diag_code forbidden(struct job *job) {
    form_fields fields = {0};
    form_read(job->reader, job->pool, &fields);
    const struct form_field *f;
    VEC_EACH (f, &fields) {
        struct permission allows;
        if (!f->signature || reader_kind(job->reader, f->value) == PDF_NULL)
            continue;
        permission_read(job->reader, job->pool, f, &allows);
        if (allows.level == 1 || permission_locks(&allows, job->request->field))
            return SIGN_FORBIDDEN;
        if (job->request->certify)
            return SIGN_CERTIFY_FIRST;
        if (allows.certifies && !job->has_field && job->request->appearance.len)
            return SIGN_FORBIDDEN;
    }
    return DIAG_CODES;
}

static bool may_sign(struct job *job, struct diag *diag) {
    struct where where = {.file = job->request->path};
    enum diag_code code;
    bool ok = false;
    if (!job->reader || !reader_pages(job->reader) || !reader_next_id(job->reader))
        diag_add(diag, SIGN_NOT_PDF, where, NULL);
    else if (reader_encrypted(job->reader))
        diag_add(diag, SIGN_ENCRYPTED, where, NULL);
    else if (job->has_field && (!job->field.signature || !job->field.id))
        diag_add(diag, SIGN_NOT_A_FIELD, where, job->request->field, NULL);
    else if (job->has_field && reader_kind(job->reader, job->field.value) != PDF_NULL)
        diag_add(diag, SIGN_FIELD_USED, where, job->request->field, NULL);
    else if (job->request->page > reader_pages(job->reader))
        diag_add(diag, SIGN_NO_PAGE, where, NULL);
    else if ((code = forbidden(job)) != DIAG_CODES)
        diag_add(diag, code, where, job->request->field, NULL);
    else
        ok = true;
    return ok;
}

bool sign(struct pool *pool, struct bytes file, const struct sign_request *request, struct buf *out,
          struct diag *diag) {
    struct job job = {.pool = pool, .request = request};
    job.reader = reader_open(pool, file.s, file.len);
    job.has_field = job.reader && find_field(job.reader, pool, request->field, &job.field);
    bool ok = may_sign(&job, diag);
    if (ok) {
        size_t start = out->len;
        job.room = key_room(request->key, &request->cms);
        job.update = update_new(pool, job.reader, file);
        put_objects(&job);
        update_finish(job.update, out);
        ok = fill_in(&job, out, start, diag);
        update_free(job.update);
        buf_free(&job.catalog_form);
    }
    reader_close(job.reader);
    return ok;
}

/* A rectangle may be told by any two opposite corners (7.9.5), and no page is as long as FARTHEST
 * (annex C.2). */
static void read_corners(struct reader *reader, pdf_value array, double rect[4]) {
    enum { FARTHEST = 14400 };
    double v[4];
    for (int i = 0; i < 4; i++)
        v[i] =
            fmax(-FARTHEST, fmin(FARTHEST, reader_number(reader, reader_item(reader, array, i))));
    for (int i = 0; i < 2; i++) {
        rect[i] = fmin(v[i], v[i + 2]);
        rect[i + 2] = fmax(v[i], v[i + 2]);
    }
}

bool sign_find_field(struct pool *pool, struct bytes file, const char *name, double rect[4],
                     int *page) {
    struct reader *reader = reader_open(pool, file.s, file.len);
    struct form_field field;
    bool found = reader && find_field(reader, pool, name, &field) && field.signature &&
                 reader_kind(reader, field.value) == PDF_NULL;
    if (found) {
        widget_list widgets = {0};
        form_widgets(reader, pool, &field, &widgets);
        read_corners(reader, reader_key(reader, widgets.at[0], "/Rect"), rect);
        *page = 0;
        int id = reader_id(reader, reader_key(reader, widgets.at[0], "/P"));
        for (int i = 0; i < reader_pages(reader); i++)
            if (id && reader_id(reader, reader_page(reader, i)) == id)
                *page = i + 1;
    }
    reader_close(reader);
    return found;
}

bool sign_page_size(struct pool *pool, struct bytes file, int page, double *width, double *height) {
    struct reader *reader = reader_open(pool, file.s, file.len);
    bool ok = reader && page >= 1 && page <= reader_pages(reader);
    if (ok) {
        pdf_value box = reader_inherited(reader, reader_page(reader, page - 1), "/MediaBox");
        *width = reader_number(reader, reader_item(reader, box, 2)) -
                 reader_number(reader, reader_item(reader, box, 0));
        *height = reader_number(reader, reader_item(reader, box, 3)) -
                  reader_number(reader, reader_item(reader, box, 1));
    }
    reader_close(reader);
    return ok;
}
