#include "signature/verify.h"

#include "signature/change.h"
#include "signature/lex.h"
#include "signature/paint.h"

#include <stdlib.h>
#include <string.h>

static void find_in_file(struct pool *pool, struct verification *v, enum finding_code code,
                         const char *arg) {
    finding_add(pool, &v->findings, code, 0, arg, NULL);
}

/* DocMDP among the signature's references; its permission is 2 when it does not say. */
static void read_certification(struct reader *reader, pdf_value value, struct signature *s) {
    pdf_value references = reader_key(reader, value, "/Reference");
    for (int i = 0; i < reader_count(reader, references); i++) {
        pdf_value reference = reader_item(reader, references, i);
        if (!reader_is_name(reader, reader_key(reader, reference, "/TransformMethod"), "/DocMDP"))
            continue;
        long long p = 2;
        pdf_value parameters = reader_key(reader, reference, "/TransformParams");
        reader_integer(reader, reader_key(reader, parameters, "/P"), &p);
        s->certifies = true;
        s->permission = (int)p;
    }
}

/* The signed part must be a PDF by itself, in which the same field leads to the same object. */
static bool stands_alone(struct pool *pool, struct bytes file, const struct signature *s,
                         int value_id) {
    struct reader *reader = reader_open(pool, file.s, s->range.end);
    form_fields fields = {0};
    bool found = false;
    if (reader && form_read(reader, pool, &fields)) {
        const struct form_field *f;
        VEC_EACH (f, &fields)
            if (f->signature && strcmp(f->name, s->field) == 0)
                found = reader_id(reader, f->value) == value_id;
    }
    reader_close(reader);
    return found;
}

/* Certificates kept in the document for its verification help to build chains. */
static size_t dss_certificates(struct reader *reader, struct pool *pool, struct bytes **out) {
    pdf_value list = reader_key(reader, reader_key(reader, reader_root(reader), "/DSS"), "/Certs");
    VEC(struct bytes) certs = {0};
    for (int i = 0; i < reader_count(reader, list) && i < 100; i++) {
        size_t len;
        const char *der = reader_decoded(reader, reader_item(reader, list, i), &len);
        if (der)
            *VEC_PUSH(pool, &certs) = (struct bytes){der, len};
    }
    *out = certs.at;
    return certs.n;
}

struct judge {
    struct pool *pool;
    struct verification *v;
    struct reader *reader; /* of the last revision */
    const struct trust *trust;
    struct bytes *certs;
    size_t cert_count;
};

static void judge_signature(struct judge *j, const struct form_field *field) {
    struct signature *s = VEC_PUSH(j->pool, &j->v->signatures);
    pdf_value value = field->value;
    s->field = field->name;
    s->subfilter = reader_name(j->reader, reader_key(j->reader, value, "/SubFilter"));
    s->signer = (struct signer){"", "", "", "", "", "", TIME_NONE, ""};
    read_certification(j->reader, value, s);
    struct range range;
    if (!range_check(j->reader, j->pool, j->v->file, field, &j->v->ends, &range, &s->findings))
        return;
    s->range = range;
    s->revision = revision_at(&j->v->ends, range.end);
    if (!stands_alone(j->pool, j->v->file, s, reader_id(j->reader, value))) {
        finding_add(j->pool, &s->findings, FIND_REVISION, 0, NULL, NULL);
        return;
    }
    struct cms_input input = {
        .file = j->v->file,
        .range = range,
        .subfilter = s->subfilter,
        .claimed = reader_text(j->reader, reader_key(j->reader, value, "/M")),
        .trust = j->trust,
        .extra = j->certs,
        .extra_count = j->cert_count,
    };
    input.contents =
        reader_string(j->reader, reader_key(j->reader, value, "/Contents"), &input.contents_len);
    cms_judge(j->pool, &input, &s->signer, &s->findings);
}

static int by_end(const void *a, const void *b) {
    const struct signature *x = a, *y = b;
    if (x->range.end != y->range.end)
        return x->range.end < y->range.end ? -1 : 1;
    return strcmp(x->field, y->field);
}

static bool mentions_signature(struct bytes file) {
    return memmem(file.s, file.len, "/ByteRange", strlen("/ByteRange")) != NULL;
}

static void judge_signatures(struct judge *j) {
    form_fields fields = {0};
    if (!form_read(j->reader, j->pool, &fields))
        find_in_file(j->pool, j->v, FIND_TOO_COMPLEX, NULL);
    const struct form_field *f;
    VEC_EACH (f, &fields)
        if (f->signature && reader_kind(j->reader, f->value) != PDF_NULL)
            judge_signature(j, f);
    if (j->v->signatures.n)
        qsort(j->v->signatures.at, j->v->signatures.n, sizeof *j->v->signatures.at, by_end);
    else
        find_in_file(j->pool, j->v, mentions_signature(j->v->file) ? FIND_HIDDEN : FIND_UNSIGNED,
                     NULL);
}

/* A seal may lie over text, that is what seals do; words or a filled area over words may not, and
 * on a certified document nothing may. */
static void judge_cover(struct pool *pool, struct reader *before, struct reader *after,
                        const struct new_widget *w, bool certified, int revision,
                        finding_list *findings) {
    ink_boxes page = {0}, shown = {0};
    if (!w->page || w->page > reader_pages(before))
        return;
    paint_annotation(after, pool, w->widget, &shown);
    if (!shown.n)
        return;
    paint_page(before, pool, reader_page(before, w->page - 1), &page);
    const char *number = pool_printf(pool, "%d", w->page);
    const struct ink_box *over, *under;
    VEC_EACH (over, &shown)
        VEC_EACH (under, &page)
            if (under->ink == INK_TEXT && ink_overlap(over, under)) {
                bool bad = certified || over->ink != INK_LUCENT;
                finding_add(pool, findings, bad ? FIND_COVERS : FIND_OVER_TEXT, revision, w->field,
                            number);
            }
}

static void compare_revisions(struct pool *pool, struct verification *v, struct reader *before,
                              struct reader *after, int revision, bool certified) {
    new_widgets widgets = {0};
    change_find(pool, before, after, revision, certified, &v->findings, &widgets);
    const struct new_widget *w;
    VEC_EACH (w, &widgets)
        judge_cover(pool, before, after, w, certified, revision, &v->findings);
}

/* The first byte behind the last proper end that is more than blank. */
static size_t tail_length(const struct verification *v) {
    size_t at = v->ends.n ? v->ends.at[v->ends.n - 1] : 0, end = v->file.len;
    while (end > at && lex_is_space(v->file.s[end - 1]))
        end--;
    return end - at;
}

static const struct signature *first_sound(const struct verification *v) {
    const struct signature *s;
    VEC_EACH (s, &v->signatures)
        if (s->range.end)
            return s;
    return NULL;
}

static bool forbids_changes(const struct verification *v, bool *certified) {
    const struct signature *s;
    bool none = false;
    VEC_EACH (s, &v->signatures) {
        *certified = *certified || s->certifies;
        none = none || (s->certifies && s->permission == 1);
    }
    return none;
}

/* Revision by revision from the first that was signed to the end of the file. */
static void judge_changes(struct pool *pool, struct verification *v) {
    const struct signature *first = first_sound(v);
    if (!first)
        return;
    bool certified = false, none = forbids_changes(v, &certified);
    struct reader *before = reader_open(pool, v->file.s, first->range.end);
    for (size_t i = (size_t)first->revision; before && i < v->ends.n; i++) {
        struct reader *after = reader_open(pool, v->file.s, v->ends.at[i]);
        int revision = (int)i + 1;
        if (!after) {
            finding_add(pool, &v->findings, FIND_DAMAGED, revision, NULL, NULL);
            break;
        }
        compare_revisions(pool, v, before, after, revision, certified);
        reader_close(before);
        before = after;
    }
    reader_close(before);
    if ((size_t)first->revision < v->ends.n && none)
        find_in_file(pool, v, FIND_CERTIFIED, NULL);
}

/* A tail that makes the file unreadable does not unsign what stands before it: the last revision
 * that can be read is judged, and the tail is a change. */
static struct reader *open_readable(struct pool *pool, struct verification *v) {
    enum { MAX_TRIES = 16 };
    struct reader *reader = reader_open(pool, v->file.s, v->file.len);
    for (int tries = 0; !reader && tries < MAX_TRIES && v->ends.n; tries++) {
        size_t end = v->ends.at[v->ends.n - 1];
        reader = reader_open(pool, v->file.s, end);
        if (!reader)
            v->ends.n--;
    }
    return reader;
}

struct verification *verify(struct pool *pool, struct bytes file, const struct trust *trust) {
    struct verification *v = POOL_NEW(pool, struct verification);
    v->file = file;
    revisions_find(pool, file, &v->ends);
    struct judge j = {.pool = pool, .v = v, .trust = trust};
    j.reader = open_readable(pool, v);
    if (!j.reader) {
        find_in_file(pool, v, FIND_DAMAGED, NULL);
        return v;
    }
    if (reader_encrypted(j.reader))
        find_in_file(pool, v, FIND_ENCRYPTED, NULL);
    j.cert_count = dss_certificates(j.reader, pool, &j.certs);
    judge_signatures(&j);
    judge_changes(pool, v);
    size_t tail = tail_length(v);
    if (tail && v->signatures.n)
        find_in_file(pool, v, FIND_TAIL, pool_printf(pool, "%zu", tail));
    reader_close(j.reader);
    return v;
}

enum validity signature_verdict(const struct signature *signature) {
    return findings_worst(&signature->findings);
}

enum validity verification_verdict(const struct verification *v) {
    enum validity worst = findings_worst(&v->findings);
    const struct signature *s;
    VEC_EACH (s, &v->signatures)
        if (signature_verdict(s) > worst)
            worst = signature_verdict(s);
    return worst;
}
