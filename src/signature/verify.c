#include "signature/verify.h"

#include "signature/later.h"
#include "pdf/lex.h"

#include <stdlib.h>
#include <string.h>

/* Of document time-stamps. */
#define STAMP_FORM "/ETSI.RFC3161"

static bool is_stamp(const struct signature *s) {
    return strcmp(s->subfilter, STAMP_FORM) == 0;
}

/* A dispatch has a handful; each is looked for in the whole file. */
enum { MAX_SIGNATURES = 200 };

static void find_in_file(struct pool *pool, struct verification *v, enum finding_code code,
                         const char *arg) {
    finding_add(pool, &v->findings, code, 0, arg, NULL);
}

/* The signed part must be a PDF by itself, in which the same field leads to the same object. */
static bool stands_alone(struct revisions *revisions, const struct signature *s, int value_id) {
    struct pool *scratch = pool_new();
    struct reader *reader = revisions_at(revisions, s->range.end);
    form_fields fields = {0};
    bool found = false;
    if (reader && form_read(reader, scratch, &fields)) {
        const struct form_field *f;
        VEC_EACH (f, &fields)
            if (f->signature && strcmp(f->name, s->field) == 0)
                found = reader_id(reader, f->value) == value_id;
    }
    pool_free(scratch);
    return found;
}

typedef void add_evidence(struct evidence *evidence, struct bytes der);

static void add_streams(struct reader *reader, pdf_value list, add_evidence *add,
                        struct evidence *evidence) {
    enum { MAX_STREAMS = 100 };
    for (int i = 0; i < reader_count(reader, list) && i < MAX_STREAMS; i++) {
        size_t len;
        const char *der = reader_decoded(reader, reader_item(reader, list, i), &len);
        if (der)
            add(evidence, (struct bytes){der, len});
    }
}

/* The document security store; its VRI only says which of it belongs to which signature. */
static struct evidence *read_dss(struct reader *reader) {
    struct evidence *evidence = evidence_new();
    pdf_value dss = reader_key(reader, reader_root(reader), "/DSS");
    add_streams(reader, reader_key(reader, dss, "/Certs"), evidence_add_certificate, evidence);
    add_streams(reader, reader_key(reader, dss, "/CRLs"), evidence_add_crl, evidence);
    add_streams(reader, reader_key(reader, dss, "/OCSPs"), evidence_add_answer, evidence);
    return evidence;
}

struct file_judge {
    struct pool *pool;
    struct verification *v;
    struct revisions *revisions;
    struct reader *reader; /* of the last one */
    const struct trust *trust;
    struct evidence *evidence;
};

/* When the earliest sound document time-stamp over the range was made; 0: there is none. */
static long long existed(const struct verification *v, struct range range) {
    long long at = 0;
    const struct signature *s;
    VEC_EACH (s, &v->signatures)
        if (s->range.end > range.end && is_stamp(s) && signature_verdict(s) == VALIDITY_VALID &&
            (!at || s->signer.at < at))
            at = s->signer.at;
    return at;
}

static void judge_cms(struct file_judge *j, pdf_value value, struct signature *s) {
    struct cms_input input = {
        .file = j->v->file,
        .range = s->range,
        .subfilter = s->subfilter,
        .claimed = reader_text(j->reader, reader_key(j->reader, value, "/M")),
        .trust = j->trust,
        .evidence = j->evidence,
        .existed = existed(j->v, s->range),
    };
    input.contents =
        reader_string(j->reader, reader_key(j->reader, value, "/Contents"), &input.contents_len);
    cms_judge(j->pool, &input, &s->signer, &s->findings);
}

/* Signed must be the whole of a revision but the signature. */
static bool check_range(struct file_judge *j, const struct form_field *field, struct range *range,
                        finding_list *findings) {
    if (!range_check(j->reader, j->pool, j->v->file, field, range, findings))
        return false;
    if (revision_ends_at(j->v->file, &j->v->ends, range->end))
        return true;
    finding_add(j->pool, findings, FIND_RANGE_END, 0, NULL, NULL);
    return false;
}

static void judge_signature(struct file_judge *j, const struct form_field *field) {
    struct signature found = {.field = field->name}, *s = &found;
    pdf_value value = field->value;
    s->subfilter = reader_name(j->reader, reader_key(j->reader, value, "/SubFilter"));
    s->signer = signer_unknown();
    permission_read(j->reader, j->pool, field, &s->allows);
    struct range range;
    if (check_range(j, field, &range, &s->findings)) {
        s->range = range;
        s->revision = revision_at(&j->v->ends, range.end);
        if (stands_alone(j->revisions, s, reader_id(j->reader, value)))
            judge_cms(j, value, s);
        else
            finding_add(j->pool, &s->findings, FIND_REVISION, 0, NULL, NULL);
    }
    *VEC_PUSH(j->pool, &j->v->signatures) = found;
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

/* A document holds one certification at most, and it comes first (12.8.2.2). */
static void judge_certifications(struct file_judge *j) {
    for (size_t i = 1; i < j->v->signatures.n; i++)
        if (j->v->signatures.at[i].allows.certifies)
            finding_add(j->pool, &j->v->signatures.at[i].findings, FIND_CERTIFIED_LATE, 0, NULL,
                        NULL);
}

/* Document time-stamps first: they tell when what they cover existed. */
static void judge_signatures(struct file_judge *j) {
    form_fields fields = {0};
    if (!form_read(j->reader, j->pool, &fields))
        find_in_file(j->pool, j->v, FIND_TOO_COMPLEX, NULL);
    for (int stamps = 1; stamps >= 0; stamps--) {
        const struct form_field *f;
        VEC_EACH (f, &fields) {
            pdf_value form = reader_key(j->reader, f->value, "/SubFilter");
            if (!f->signature || reader_kind(j->reader, f->value) == PDF_NULL ||
                reader_is_name(j->reader, form, STAMP_FORM) != stamps)
                continue;
            if (j->v->signatures.n < MAX_SIGNATURES)
                judge_signature(j, f);
            else
                find_in_file(j->pool, j->v, FIND_TOO_COMPLEX, NULL);
        }
    }
    if (j->v->signatures.n)
        qsort(j->v->signatures.at, j->v->signatures.n, sizeof *j->v->signatures.at, by_end);
    else
        find_in_file(j->pool, j->v, mentions_signature(j->v->file) ? FIND_HIDDEN : FIND_UNSIGNED,
                     NULL);
    judge_certifications(j);
}

/* The first byte behind the last proper end that is more than blank. */
static size_t tail_length(const struct verification *v) {
    size_t at = v->ends.n ? v->ends.at[v->ends.n - 1] : 0, end = v->file.len;
    while (end > at && lex_is_space(v->file.s[end - 1]))
        end--;
    return end - at;
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

static void judge_file(struct file_judge *j) {
    struct verification *v = j->v;
    struct bytes file = v->file;
    if (reader_encrypted(j->reader))
        find_in_file(j->pool, v, FIND_ENCRYPTED, NULL);
    if (file.len < 5 || memcmp(file.s, "%PDF-", 5) != 0)
        find_in_file(j->pool, v, FIND_HEADER, NULL);
    j->evidence = read_dss(j->reader);
    judge_signatures(j);
    later_judge(j->pool, j->revisions, v);
    size_t tail = tail_length(v);
    if (tail && v->signatures.n)
        find_in_file(j->pool, v, FIND_TAIL, pool_printf(j->pool, "%zu", tail));
    evidence_free(j->evidence);
}

struct verification *verify(struct pool *pool, struct bytes file, const struct trust *trust) {
    struct verification *v = POOL_NEW(pool, struct verification);
    v->file = file;
    revisions_find(pool, file, &v->ends);
    struct file_judge j = {.pool = pool, .v = v, .trust = trust, .revisions = revisions_new(file)};
    j.reader = open_readable(pool, v);
    if (j.reader)
        judge_file(&j);
    else
        find_in_file(pool, v, FIND_DAMAGED, NULL);
    reader_close(j.reader);
    revisions_free(j.revisions);
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

enum validity verification_integrity(const struct verification *v) {
    enum validity worst = verification_verdict(v);
    return worst == VALIDITY_UNDECIDED ? VALIDITY_VALID : worst;
}
