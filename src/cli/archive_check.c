#include "cli/archive.h"
#include "cli/archive_hits.h"
#include "cli/archive_judge.h"
#include "cli/archive_trust.h"
#include "cli/options.h"
#include "cli/workers.h"

#include "archive/audit.h"
#include "archive/store.h"
#include "base/file.h"

#include <stdlib.h>
#include <string.h>
#include <time.h>

struct checking {
    const struct options *options;
    struct audit audit;
    struct archive_trust trust;
    VEC(size_t) judged; /* entries whose signatures are judged: the last of each object */
    size_t signatures;
};

/* ---- signatures, each document in a process of its own ---- */

static const char *verdict_then(struct pool *pool, const char *text, size_t len) {
    const char *why;
    const struct json *json = json_read(pool, text, len, &why);
    return json_text(json_member(json, "verification"), "verdict");
}

static enum validity validity_of(const char *name) {
    for (int v = VALIDITY_VALID; v < VALIDITY_INVALID; v++)
        if (strcmp(verdict_name((enum validity)v), name) == 0)
            return (enum validity)v;
    return VALIDITY_INVALID;
}

/* "id\nthen now": what the signatures were on entry and are today; nothing when it cannot be told.
 */
static void judge_entry(void *context, size_t i, struct buf *out) {
    struct checking *c = context;
    const struct archive *archive = c->audit.archive;
    struct pool *pool = pool_new();
    struct diag *quiet = diag_new(LANG_EN);
    const struct ledger_entry *entry = &c->audit.ledger.entries.at[c->judged.at[i]];
    const char *id = json_text(ledger_line(&c->audit.ledger, entry, pool, quiet), STORE_KEY_OBJECT);
    struct bytes pdf = {0}, verdict = {0};
    struct inventory *inventory = id ? store_inventory(pool, archive, id, quiet) : NULL;
    if (inventory)
        pdf = store_read(pool, archive, inventory, 0, STORE_DOCUMENT, quiet);
    if (pdf.s)
        verdict = store_read(pool, archive, inventory, 0, STORE_VERDICT, quiet);
    const char *then = verdict.s ? verdict_then(pool, verdict.s, verdict.len) : NULL;
    buf_printf(out, "%s\n", id ? id : "");
    if (then) {
        const struct verification *now = verify(pool, pdf, c->trust.any ? c->trust.trust : NULL);
        buf_printf(out, "%d %d", validity_of(then), verification_verdict(now));
    }
}

static void report_signatures(struct checking *c, const char *id, const char *verdicts) {
    struct diag *diag = c->audit.diag;
    struct pool *pool = pool_new();
    int then, now;
    struct where where = {.file = store_path(pool, c->audit.archive, id)};
    if (sscanf(verdicts, "%d %d", &then, &now) != 2)
        diag_add(diag, ARCHIVE_SIGNATURE_UNREAD, where, NULL);
    else if (now > then)
        diag_add(diag,
                 now == VALIDITY_UNDECIDED || now == VALIDITY_WEAK ? ARCHIVE_SIGNATURE_DOUBTFUL
                                                                   : ARCHIVE_SIGNATURE_WORSE,
                 where, verdict_word((enum validity)then, diag_lang(diag)),
                 verdict_word((enum validity)now, diag_lang(diag)), NULL);
    pool_free(pool);
}

static void choose_entries(struct checking *c) {
    const struct ledger *ledger = &c->audit.ledger;
    for (size_t i = 0; i < ledger->entries.n; i++) {
        const struct ledger_entry *e = &ledger->entries.at[i];
        bool last = i + 1 == ledger->entries.n || memcmp(e->object, e[1].object, LEDGER_BYTES) != 0;
        char folder[2 * LEDGER_BYTES + 1];
        for (int k = 0; k < LEDGER_BYTES; k++)
            snprintf(folder + 2 * k, 3, "%02x", e->object[k]);
        if (last && audit_wanted(&c->audit, folder))
            *VEC_PUSH(c->audit.pool, &c->judged) = i;
    }
}

/* Of a document whose process died; NULL: the log is damaged, which was said. */
static const char *id_of(const struct checking *c, size_t entry, struct pool *pool) {
    struct diag *quiet = diag_new(LANG_EN);
    const struct json *line =
        ledger_line(&c->audit.ledger, &c->audit.ledger.entries.at[entry], pool, quiet);
    diag_free(quiet);
    return json_text(line, STORE_KEY_OBJECT);
}

static void judge_signatures(struct checking *c) {
    choose_entries(c);
    struct buf result = {0};
    struct judging *judging = judging_start(judge_entry, c, c->judged.n, workers_default() + 1);
    for (size_t i = 0; i < c->judged.n; i++) {
        bool alive = judging_next(judging, &result);
        char *id = alive && result.len ? result.data : NULL;
        char *end = id ? strchr(id, '\n') : NULL;
        struct pool *pool = pool_new();
        if (end)
            *end = '\0';
        else
            id = (char *)id_of(c, c->judged.at[i], pool);
        /* What is not there has been named already. */
        if (id && *id && file_is_folder(store_path(pool, c->audit.archive, id))) {
            report_signatures(c, id, end ? end + 1 : "");
            c->signatures++;
        }
        pool_free(pool);
    }
    judging_end(judging);
    buf_free(&result);
}

/* ---- the index ---- */

/* None is none that is wrong: the next command that needs one makes it. A sample is to be quick, so
 * with one the database's own check of itself, which reads all of it, is left out. */
static void check_index(const struct options *options, const struct audit *audit) {
    const struct archive *archive = audit->archive;
    struct diag *diag = audit->diag;
    struct pool *pool = audit->pool;
    const char *where = hits_index(options);
    bool all = audit->sample == 100;
    size_t behind = 0;
    if (!where && !file_exists(where = follow_default(pool, archive)))
        return;
    struct index *index = index_open_as_it_is(where, diag);
    if (index && (!all || index_is_whole(index, diag)) &&
        follow_check(archive, index, all ? NULL : audit, &behind, diag) && behind)
        diag_add(diag, ARCHIVE_INDEX_BEHIND, (struct where){.file = archive->folder}, NULL);
    index_close(index);
}

/* ---- the command ---- */

static void print_summary(const struct checking *c, bool json) {
    const struct diag *diag = c->audit.diag;
    const struct audit *a = &c->audit;
    if (json) {
        struct buf messages = {0};
        diag_write_json(diag, &messages);
        printf("{\"objects\":%zu,\"read\":%zu,\"bytes\":%llu,\"signatures\":%zu,\"log\":%lld,"
               "\"head\":\"%s\",\"messages\":%s}\n",
               a->objects, a->read, (unsigned long long)a->bytes, c->signatures,
               (long long)a->ledger.reading.head.seq, a->ledger.reading.head.hash,
               buf_text(&messages));
        buf_free(&messages);
        return;
    }
    const char *format =
        c->options->lang == LANG_VI
            ? "%zu văn bản, đọc hết %zu (%llu byte), xét lại chữ ký của %zu; nhật ký %lld dòng, "
              "%s\n"
              "%zu lỗi, %zu cảnh báo\n"
            : "%zu documents, %zu read whole (%llu bytes), signatures of %zu judged again; log of "
              "%lld lines, %s\n%zu errors, %zu warnings\n";
    printf(format, a->objects, a->read, (unsigned long long)a->bytes, c->signatures,
           (long long)a->ledger.reading.head.seq, a->ledger.reading.head.hash,
           diag_count(diag, DIAG_ERROR), diag_count(diag, DIAG_WARNING));
}

static enum status check_archive(struct pool *pool, const struct options *options, int sample,
                                 struct diag *diag) {
    bool json = options->given & OPTION_JSON;
    struct archive *archive = archive_of_options(pool, options, false, diag);
    struct checking c = {.options = options,
                         .audit = {.archive = archive,
                                   .pool = pool,
                                   .diag = diag,
                                   .sample = sample,
                                   .seed = sample < 100 ? (uint64_t)time(NULL) : 0}};
    if (archive && archive_trust_read(pool, options, archive, &c.trust, diag) &&
        audit_store(&c.audit)) {
        audit_logs(&c.audit);
        check_index(options, &c.audit);
        if (!options_own(options, "digests-only"))
            judge_signatures(&c);
        print_summary(&c, json);
    }
    if (c.trust.trust)
        trust_free(c.trust.trust);
    if (!json)
        diag_write(diag, stderr);
    return status_of(diag);
}

/* ---- anybody's OCFL ---- */

struct judged_root {
    struct diag *diag;
    size_t objects;
};

static void take_object(void *context, const char *below, const struct ocfl_report *report) {
    struct judged_root *root = context;
    (void)below;
    root->objects++;
    audit_report(report, root->diag);
}

static void judge_path(const char *path, struct diag *diag) {
    struct pool *pool = pool_new();
    if (ocfl_is_object(path)) {
        audit_report(ocfl_object(pool, path, 0, diag), diag);
    } else {
        struct judged_root root = {diag, 0};
        struct ocfl_visitor visitor = {take_object, NULL, &root};
        audit_report(ocfl_root(pool, path, &visitor, diag), diag);
    }
    pool_free(pool);
}

/* The messages of each path, and one line about it. */
static enum status check_ocfl(const struct options *options) {
    bool json = options->given & OPTION_JSON;
    enum status status = STATUS_OK;
    const struct own_value *own;
    size_t n = 0;
    fputs(json ? "[" : "", stdout);
    VEC_EACH (own, &options->own) {
        if (strcmp(own->name, "ocfl") != 0)
            continue;
        struct diag *diag = diag_new(options->lang);
        judge_path(own->value, diag);
        size_t errors = diag_count(diag, DIAG_ERROR), warnings = diag_count(diag, DIAG_WARNING);
        if (json) {
            struct buf text = {0};
            buf_puts(&text, n++ ? ",\n{\"path\":" : "{\"path\":");
            json_string(&text, own->value);
            buf_printf(&text, ",\"errors\":%zu,\"warnings\":%zu,\"messages\":", errors, warnings);
            diag_write_json(diag, &text);
            printf("%s}", buf_text(&text));
            buf_free(&text);
        } else {
            diag_write(diag, stderr);
            printf(options->lang == LANG_VI ? "%s: %zu lỗi, %zu cảnh báo\n"
                                            : "%s: %zu errors, %zu warnings\n",
                   own->value, errors, warnings);
        }
        status = worse(status, status_of(diag));
        diag_free(diag);
    }
    fputs(json ? "]\n" : "", stdout);
    return status;
}

static bool sample_of(const struct options *options, int *sample, struct diag *diag) {
    const char *text = options_own(options, "sample");
    char *end = NULL;
    long value = text ? strtol(text, &end, 10) : 100;
    if (text && (end == text || (*end && strcmp(end, "%") != 0) || value < 0 || value > 100)) {
        diag_add(diag, OPTION_BAD_VALUE, (struct where){0}, text, "archive check", NULL);
        return false;
    }
    *sample = (int)value;
    return true;
}

static enum status run_check(const struct arguments *arguments) {
    struct pool *pool = pool_new();
    struct options options;
    enum status status;
    if (options_read(pool, &options, &command_archive_check, arguments, &status)) {
        struct diag *diag = diag_new(options.lang);
        int sample;
        if (options_own(&options, "ocfl")) {
            status = check_ocfl(&options);
        } else if (sample_of(&options, &sample, diag)) {
            status = check_archive(pool, &options, sample, diag);
        } else {
            diag_write(diag, stderr);
            status = STATUS_USAGE;
        }
        diag_free(diag);
    }
    pool_free(pool);
    return status;
}

static const struct own_option own[] = {
    {"dir", true},  TRUSTING_OPTIONS, {"sample", true}, {"digests-only", false},
    {"ocfl", true}, {"index", true},  {NULL, false}};

const struct command command_archive_check = {
    .name = "archive check",
    .synopsis =
        "[--dir ARCHIVE] [--sample P] [--digests-only] [--trust CA.pem] [--crl LIST] [--ocsp "
        "ANSWER] [--json] | --ocfl PATH",
    .summary =
        {"Chứng minh kho còn nguyên: mã băm, bản kê, nhật ký, chữ ký, chỉ mục; nêu tên mọi thứ "
         "sai.",
         "Proves that the archive is whole: digests, inventories, log, signatures, index; "
         "names all that is wrong."},
    .options =
        {"  --dir THƯ MỤC     kho lưu trữ (mặc định: biến CONGVAN_ARCHIVE, hoặc luu-tru)\n"
         "  --sample P        chỉ đọc hết và xét chữ ký P phần trăm văn bản, mỗi lần chọn khác "
         "nhau\n"
         "  --digests-only    không xét lại chữ ký\n"
         "  --trust TỆP, --crl TỆP, --ocsp TỆP  xét lại chữ ký theo những tệp này\n"
         "  --index URL       chỉ mục dùng chung, postgresql://... (mặc định: biến CONGVAN_INDEX)\n"
         "  --json            kết quả dạng JSON\n"
         "  --ocfl ĐƯỜNG DẪN  xét một kho hay một đối tượng OCFL 1.0, 1.1 bất kỳ theo mã của đặc "
         "tả\n",
         "  --dir FOLDER      the archive (default: CONGVAN_ARCHIVE, or luu-tru)\n"
         "  --sample P        reads whole and judges P percent of the documents, others each time\n"
         "  --digests-only    does not judge signatures again\n"
         "  --trust FILE, --crl FILE, --ocsp FILE  what signatures are judged by\n"
         "  --index URL       a shared index, postgresql://... (default: CONGVAN_INDEX)\n"
         "  --json            results as JSON\n"
         "  --ocfl PATH       judges any OCFL 1.0 or 1.1 storage root or object by the\n"
         "                    specification's codes; repeatable\n"},
    .takes = OPTION_JSON,
    .run = run_check,
    .own = own,
};
