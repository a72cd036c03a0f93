#include "signature/verify.h"

static const char *word(enum lang lang, const char *vi, const char *en) {
    return lang == LANG_VI ? vi : en;
}

static void line(struct buf *out, const char *label, const char *value) {
    if (value[0])
        buf_printf(out, "    %s: %s\n", label, value);
}

static void write_findings(struct pool *pool, const finding_list *findings, enum lang lang,
                           const char *indent, struct buf *out) {
    static const char *const marks[] = {
        [VALIDITY_VALID] = "-", [VALIDITY_UNDECIDED] = "?", [VALIDITY_UNSIGNED] = "!",
        [VALIDITY_WEAK] = "!",  [VALIDITY_CHANGED] = "!",   [VALIDITY_INVALID] = "!"};
    const struct finding *f;
    VEC_EACH (f, findings) {
        buf_printf(out, "%s%s ", indent, marks[finding_effect(f->code)]);
        if (f->revision)
            buf_printf(out, word(lang, "lần lưu %d: ", "revision %d: "), f->revision);
        buf_printf(out, "%s [%s]\n", finding_text(pool, f, lang), finding_name(f->code));
    }
}

static const char *source_text(enum time_source source, enum lang lang) {
    switch (source) {
    case TIME_STAMP:
        return word(lang, "dấu thời gian", "time-stamp");
    case TIME_CLAIMED:
        return word(lang, "máy của người ký ghi, không được chứng thực",
                    "as the signer's clock says, unproven");
    case TIME_DOCUMENT:
        return word(lang, "muộn nhất, theo dấu thời gian của cả tệp",
                    "at the latest, by a document time-stamp");
    case TIME_NONE:
        break;
    }
    return word(lang, "không có", "none");
}

static void write_signature(struct pool *pool, const struct verification *v,
                            const struct signature *s, size_t number, enum lang lang,
                            struct buf *out) {
    buf_printf(out, word(lang, "  Chữ ký %zu, ô “%s”: %s\n", "  Signature %zu, field “%s”: %s\n"),
               number, s->field, verdict_word(signature_verdict(s), lang));
    line(out, word(lang, "người ký", "signer"), s->signer.name);
    line(out, word(lang, "chứng thư", "certificate"), s->signer.subject);
    line(out, word(lang, "nơi cấp", "issuer"), s->signer.issuer);
    if (s->signer.time[0])
        buf_printf(out, "    %s: %s (%s)\n", word(lang, "thời gian", "time"), s->signer.time,
                   source_text(s->signer.time_source, lang));
    line(out, word(lang, "thuật toán", "algorithm"), s->signer.algorithm);
    if (s->revision)
        buf_printf(out,
                   word(lang, "    phần được ký: byte 0–%zu và %zu–%zu, lần lưu %d trong %zu\n",
                        "    signed: bytes 0-%zu and %zu-%zu, revision %d of %zu\n"),
                   s->range.gap, s->range.resume, s->range.end, s->revision, v->ends.n);
    if (s->allows.certifies)
        buf_printf(out,
                   word(lang, "    chữ ký chứng nhận, mức cho sửa %d\n",
                        "    certifies the document, permission %d\n"),
                   s->allows.level);
    write_findings(pool, &s->findings, lang, "    ", out);
}

void verification_write(struct pool *pool, const struct verification *v, const char *path,
                        enum lang lang, struct buf *out) {
    enum validity verdict = verification_verdict(v);
    buf_printf(out, "%s: %s%s\n", path, verdict_word(verdict, lang),
               verdict == VALIDITY_UNDECIDED && v->signatures.n
                   ? word(lang, " (tệp nguyên vẹn như khi ký)", " (intact as it was signed)")
                   : "");
    for (size_t i = 0; i < v->signatures.n; i++)
        write_signature(pool, v, &v->signatures.at[i], i + 1, lang, out);
    write_findings(pool, &v->findings, lang, "  ", out);
    if (v->original)
        comparison_write(v->original, v->original_path, lang, out);
}

static void member(struct buf *out, const char *name, const char *value) {
    buf_printf(out, "\"%s\":", name);
    json_string(out, value);
    buf_putc(out, ',');
}

static void json_findings(struct pool *pool, const finding_list *findings, enum lang lang,
                          struct buf *out) {
    const struct finding *f;
    buf_puts(out, "\"findings\":[");
    VEC_EACH (f, findings) {
        buf_puts(out, f == findings->at ? "{" : ",{");
        member(out, "code", finding_name(f->code));
        member(out, "effect", verdict_name(finding_effect(f->code)));
        if (f->revision)
            buf_printf(out, "\"revision\":%d,", f->revision);
        buf_puts(out, "\"text\":");
        json_string(out, finding_text(pool, f, lang));
        buf_putc(out, '}');
    }
    buf_putc(out, ']');
}

static void json_signature(struct pool *pool, const struct signature *s, enum lang lang,
                           struct buf *out) {
    static const char *const sources[] = {[TIME_NONE] = "none",
                                          [TIME_STAMP] = "time-stamp",
                                          [TIME_CLAIMED] = "claimed",
                                          [TIME_DOCUMENT] = "document-time-stamp"};
    buf_putc(out, '{');
    member(out, "field", s->field);
    member(out, "verdict", verdict_name(signature_verdict(s)));
    member(out, "subfilter", s->subfilter[0] ? s->subfilter + 1 : "");
    member(out, "signer", s->signer.name);
    member(out, "subject", s->signer.subject);
    member(out, "issuer", s->signer.issuer);
    member(out, "serial", s->signer.serial);
    member(out, "algorithm", s->signer.algorithm);
    member(out, "time", s->signer.time);
    member(out, "time_source", sources[s->signer.time_source]);
    if (s->revision)
        buf_printf(out, "\"range\":[0,%zu,%zu,%zu],\"revision\":%d,", s->range.gap, s->range.resume,
                   s->range.end - s->range.resume, s->revision);
    if (s->allows.certifies)
        buf_printf(out, "\"certifies\":%d,", s->allows.level);
    json_findings(pool, &s->findings, lang, out);
    buf_putc(out, '}');
}

void verification_write_json(struct pool *pool, const struct verification *v, const char *path,
                             enum lang lang, struct buf *out) {
    buf_putc(out, '{');
    member(out, "file", path);
    member(out, "verdict", verdict_name(verification_verdict(v)));
    member(out, "integrity", verdict_name(verification_integrity(v)));
    buf_printf(out, "\"revisions\":%zu,\"signatures\":[", v->ends.n);
    for (size_t i = 0; i < v->signatures.n; i++) {
        buf_puts(out, i ? "," : "");
        json_signature(pool, &v->signatures.at[i], lang, out);
    }
    buf_puts(out, "],");
    json_findings(pool, &v->findings, lang, out);
    if (v->original) {
        buf_putc(out, ',');
        comparison_write_json(v->original, v->original_path, out);
    }
    buf_putc(out, '}');
}
