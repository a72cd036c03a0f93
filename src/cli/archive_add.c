#include "cli/archive.h"
#include "cli/clock.h"
#include "cli/archive_hits.h"
#include "cli/archive_judge.h"
#include "cli/archive_trust.h"
#include "cli/inputs.h"
#include "cli/options.h"
#include "cli/workers.h"

#include "archive/admit.h"
#include "archive/archive.h"
#include "base/file.h"

#include <pwd.h>
#include <stdlib.h>
#include <string.h>
#include <sys/utsname.h>
#include <time.h>
#include <unistd.h>

/* Files put into the store at once, one wait for the disk instead of hundreds: as many as this, or
 * fewer if what is known of them takes more room. Others wait for their turn no longer than one
 * such group takes to be written; judging, which takes most of the time, keeps nobody out. */
enum { GROUP = 256, GROUP_BYTES = 8 << 20 };

struct adding {
    const struct options *options;
    const struct inputs *inputs;
    const struct archive_trust *trust;
    const struct registers *registers;
    struct admit_terms terms;
    const struct archive *archive;
    struct store *store;       /* while a group is written */
    struct buf lines;          /* about entries that wait for the commit */
    VEC(const char *) waiting; /* their files */
    struct pool *group;
    enum status status;
    bool json, any; /* a line was printed */
    bool opened;    /* the store, some time */
};

struct judged_file {
    const char *path;
    struct buf judged; /* see judge_file */
};

/* ---- in a process of its own ---- */

/* Its messages, then what was found out, if the file could be read. */
static void judge_file(void *context, size_t i, struct buf *out) {
    const struct adding *a = context;
    const char *path = a->inputs->at.at[i];
    struct pool *pool = pool_new();
    struct diag *diag = diag_new(a->options->lang);
    struct office_knowledge office = {a->trust->any ? a->trust->trust : NULL, a->registers};
    struct intake intake;
    size_t len;
    struct buf said = {0};
    const char *s = file_read(pool, path, &len, (struct where){.file = path}, diag);
    if (s)
        intake_read(pool, path, (struct bytes){s, len}, office, &intake, diag);
    diag_put(diag, &said);
    buf_printf(out, "%d:%zu:", status_of(diag), said.len);
    buf_append(out, buf_text(&said), said.len);
    buf_free(&said);
    if (s)
        intake_put_bytes(&intake, out);
}

/* What the process says of the file. False: it has died. */
static bool take_judged(struct adding *a, struct pool *pool, const struct buf *judged,
                        struct intake *intake, bool *read) {
    int status, at = 0;
    size_t said;
    if (sscanf(buf_text(judged), "%d:%zu:%n", &status, &said, &at) < 2 || !at ||
        said > judged->len - (size_t)at)
        return false;
    fwrite(judged->data + at, 1, said, stderr);
    a->status = worse(a->status, (enum status)status);
    const char *rest = judged->data + at + said;
    size_t n = judged->len - (size_t)at - said;
    *read = n > 0;
    return !n || intake_take_bytes(pool, rest, n, intake);
}

/* ---- what is said of each ---- */

static const char *word(const struct adding *a, enum admission as) {
    static const char *const words[][2] = {[ADMIT_REFUSED] = {"không cất", "refused"},
                                           [ADMIT_ADDED] = {"đã cất", "added"},
                                           [ADMIT_VERSION] = {"phiên bản mới", "version"},
                                           [ADMIT_SAME] = {"đã có", "same"}};
    return words[as][a->json ? LANG_EN : a->options->lang];
}

static void put_member(struct buf *out, const char *name, const char *value) {
    buf_printf(out, ",\"%s\":", name);
    json_string(out, value);
}

static void put_line(struct adding *a, const char *path, const struct admitted *result,
                     const struct intake *intake) {
    struct buf *out = &a->lines;
    if (!a->json) {
        if (result->object)
            buf_printf(out, "%s: %s: %s v%d\n", path, word(a, result->as), result->object,
                       result->version);
        return;
    }
    buf_puts(out, a->any ? ",\n{\"file\":" : "{\"file\":");
    a->any = true;
    json_string(out, path);
    put_member(out, "done", word(a, result->as));
    if (intake)
        put_member(out, "verdict", verdict_name(intake->verdict));
    if (result->object) {
        put_member(out, "object", result->object);
        buf_printf(out, ",\"version\":%d", result->version);
    }
    buf_puts(out, "}");
}

/* Names of fields as people call them. */
static const char *field_names(struct pool *pool, const char *names, enum lang lang) {
    static const char *const words[][2] = {
        {"type", "loại văn bản"},   {"number", "số"},         {"symbol", "ký hiệu"},
        {"date", "ngày ban hành"},  {"agency", "cơ quan"},    {"signatory", "người ký"},
        {"position", "chức vụ"},    {"subject", "trích yếu"}, {"parent", "cơ quan chủ quản"},
        {"authority", "quyền hạn"}, {"urgency", "độ khẩn"},   {"secrecy", "độ mật"}};
    struct buf out = {0};
    for (const char *p = names; *p && lang == LANG_VI; p += strspn(p, ", ")) {
        size_t n = strcspn(p, ","), i = 0;
        while (i < sizeof words / sizeof *words &&
               (strlen(words[i][0]) != n || memcmp(words[i][0], p, n) != 0))
            i++;
        buf_puts(&out, out.len ? ", " : "");
        buf_append(&out, i < sizeof words / sizeof *words ? words[i][1] : p,
                   i < sizeof words / sizeof *words ? strlen(words[i][1]) : n);
        p += n;
    }
    const char *text = lang == LANG_VI ? pool_strdup(pool, buf_text(&out)) : names;
    buf_free(&out);
    return text;
}

static void flush(struct adding *a) {
    fputs(buf_text(&a->lines), stdout);
    fflush(stdout);
    buf_clear(&a->lines);
    a->waiting.at = NULL;
    a->waiting.n = a->waiting.cap = 0;
    pool_reset(a->group);
}

static void report(struct adding *a, struct diag *diag) {
    diag_write(diag, stderr);
    a->status = worse(a->status, status_of(diag));
}

/* Prints what was done only when it is done. */
static bool commit(struct adding *a) {
    struct diag *diag = diag_new(a->options->lang);
    bool ok = store_commit(a->store, diag);
    if (!ok) {
        const char **path;
        VEC_EACH (path, &a->waiting)
            diag_add(diag, ARCHIVE_ADD_STOPPED, (struct where){.file = *path}, NULL);
        buf_clear(&a->lines);
    }
    flush(a);
    report(a, diag);
    diag_free(diag);
    return ok;
}

/* ---- one file ---- */

static void admit_file(struct adding *a, struct pool *pool, const char *path,
                       const struct buf *judged, struct diag *diag) {
    struct admitted result = {.as = ADMIT_REFUSED};
    struct intake intake;
    size_t len;
    bool read = false;
    if (!take_judged(a, pool, judged, &intake, &read))
        diag_add(diag, ARCHIVE_ADD_TOO_COMPLEX, (struct where){.file = path}, NULL);
    const char *s = read ? file_read(pool, path, &len, (struct where){.file = path}, diag) : NULL;
    if (s)
        result =
            admit(a->store, pool, &(struct admit_file){path, {s, len}, &intake}, &a->terms, diag);
    if (result.as == ADMIT_ADDED && *intake.lacking)
        diag_add(diag, ARCHIVE_ADD_LACKS, (struct where){.file = path},
                 field_names(pool, intake.lacking, a->options->lang), NULL);
    put_line(a, path, &result, s ? &intake : NULL);
    if (result.as == ADMIT_ADDED || result.as == ADMIT_VERSION)
        *VEC_PUSH(a->group, &a->waiting) = path;
}

/* False: the system fails, and nothing more can be done. */
static bool add_file(struct adding *a, const struct judged_file *file) {
    struct pool *pool = pool_new();
    struct diag *diag = diag_new(a->options->lang);
    admit_file(a, pool, file->path, &file->judged, diag);
    report(a, diag);
    diag_free(diag);
    pool_free(pool);
    return a->status != STATUS_SYSTEM;
}

/* ---- all of them ---- */

static bool open_store(struct adding *a) {
    struct diag *diag = diag_new(a->options->lang);
    a->store = store_open(a->archive, diag);
    a->opened |= a->store != NULL;
    report(a, diag);
    diag_free(diag);
    return a->store != NULL;
}

static void name_rest(struct adding *a, size_t from) {
    struct diag *diag = diag_new(a->options->lang);
    for (size_t i = from; i < a->inputs->at.n; i++)
        diag_add(diag, ARCHIVE_ADD_STOPPED, (struct where){.file = a->inputs->at.at[i]}, NULL);
    report(a, diag);
    diag_free(diag);
}

/* The next files, judged. */
static size_t gather(struct adding *a, struct judging *judging, size_t from,
                     struct judged_file group[GROUP]) {
    size_t n = 0, bytes = 0;
    while (n < GROUP && bytes < GROUP_BYTES && from + n < a->inputs->at.n) {
        struct judged_file *file = &group[n];
        *file = (struct judged_file){.path = a->inputs->at.at[from + n++]};
        if (!judging_next(judging, &file->judged))
            buf_clear(&file->judged);
        bytes += file->judged.len;
    }
    return n;
}

/* How many were dealt with: all, unless the system fails. No process is begun in the meantime: it
 * would inherit the lock. */
static size_t add_group(struct adding *a, const struct judged_file *group, size_t n) {
    size_t done = 0;
    bool ok = open_store(a);
    while (ok && done < n)
        ok = add_file(a, &group[done++]);
    if (a->store && store_waiting(a->store))
        ok = commit(a) && ok;
    flush(a);
    store_close(a->store);
    a->store = NULL;
    return ok ? n : done;
}

static void add_all(struct adding *a) {
    struct judged_file group[GROUP];
    struct judging *judging = judging_start(judge_file, a, a->inputs->at.n, workers_default() + 1);
    fputs(a->json ? "[" : "", stdout);
    for (size_t at = 0, n; (n = gather(a, judging, at, group)) > 0;) {
        size_t done = add_group(a, group, n);
        for (size_t i = 0; i < n; i++)
            buf_free(&group[i].judged);
        at += done;
        if (a->status == STATUS_SYSTEM) {
            name_rest(a, at);
            break;
        }
    }
    fputs(a->json ? "]\n" : "", stdout);
    judging_end(judging);
}

/* ---- the command ---- */

static void name_user(struct pool *pool, struct admit_terms *terms) {
    const struct passwd *user = getpwuid(geteuid());
    struct utsname host;
    terms->user_name =
        pool_strdup(pool, user ? user->pw_name : pool_printf(pool, "%ld", (long)geteuid()));
    bool known = uname(&host) == 0 && host.nodename[0];
    terms->address =
        pool_printf(pool, "mailto:%s@%s", terms->user_name, known ? host.nodename : "localhost");
}

/* What is in the store is safe; an index that cannot be reached takes it in later. */
static void keep_index(struct pool *pool, const struct options *options,
                       const struct archive *archive, struct diag *diag) {
    struct diag *own = diag_new(options->lang);
    struct index *index = follow_open(pool, archive, hits_index(options), own);
    if (!index) {
        diag_write(own, stderr);
        diag_add(diag, ARCHIVE_INDEX_BEHIND, (struct where){.file = archive->folder}, NULL);
    }
    index_close(index);
    diag_free(own);
}

/* One document takes the place of one, for a reason. */
static bool replaces_well(const struct options *options, const struct inputs *inputs,
                          struct diag *diag) {
    const char *why = options_own(options, "why");
    bool replaces = options_own(options, "replaces") != NULL;
    if (replaces ? inputs->at.n == 1 && why && *why : !why)
        return true;
    diag_add(diag, ARCHIVE_ADD_REPLACES_WHAT, (struct where){0}, NULL);
    return false;
}

static enum status add(struct archive_session *s) {
    static const char *const suffixes[] = {".pdf", NULL};
    struct pool *pool = s->pool;
    const struct options *options = s->options;
    struct inputs inputs = {.deep = options->given & OPTION_RECURSIVE};
    struct archive_trust trust = {0};
    struct adding a = {.options = options,
                       .inputs = &inputs,
                       .trust = &trust,
                       .group = pool_new(),
                       .json = options->given & OPTION_JSON};
    pool_own(pool, a.group);
    if (archive_session_open(s, true) &&
        archive_trust_read(pool, options, s->archive, &trust, s->diag)) {
        a.terms =
            (struct admit_terms){.as_is = options_own(options, "as-is"),
                                 .replaces = options_own(options, "replaces"),
                                 .why = options_own(options, "why"),
                                 .created = clock_text(pool, time(NULL), "%Y-%m-%dT%H:%M:%S+07:00"),
                                 .evidence = trust.files.at,
                                 .evidence_count = trust.files.n,
                                 .trusting = trust.any};
        a.archive = s->archive;
        a.registers = registers_read(pool, s->archive, s->diag);
        name_user(pool, &a.terms);
        inputs_collect(pool, options->paths, options->path_count, suffixes, &inputs, s->diag);
        if (replaces_well(options, &inputs, s->diag))
            add_all(&a);
        else
            a.status = STATUS_USAGE;
    }
    if (a.opened)
        keep_index(pool, options, s->archive, s->diag);
    if (trust.trust)
        trust_free(trust.trust);
    buf_free(&a.lines);
    return a.status;
}

static enum status run_add(const struct arguments *arguments) {
    return archive_run(&command_archive_add, add, arguments);
}

static const struct own_option own[] = {{"dir", true},      TRUSTING_OPTIONS, {"as-is", true},
                                        {"replaces", true}, {"why", true},    {"index", true},
                                        {NULL, false}};

const struct command command_archive_add = {
    .name = "archive add",
    .synopsis = "PATH... [-r] [--dir ARCHIVE] [--trust CA.pem] [--crl LIST] [--ocsp ANSWER] "
                "[--as-is WHY] [--replaces ID --why WHY] [--json]",
    .summary = {"Xét chữ ký rồi cất văn bản đã ký vào kho; tệp, hoặc cả thư mục.",
                "Judges signed documents and puts them into the archive; files, or whole folders."},
    .options =
        {"  --dir THƯ MỤC     kho lưu trữ (mặc định: biến CONGVAN_ARCHIVE, hoặc luu-tru)\n"
         "  -r                cả các thư mục con\n"
         "  --trust TỆP       chứng thư gốc được tin; kho có thư mục trust thì luôn dùng thêm\n"
         "  --crl TỆP, --ocsp TỆP  để biết chứng thư có bị thu hồi không; được cất cùng\n"
         "  --as-is LÝ DO     cất cả tệp chưa ký, bị sửa hoặc chưa kết luận được; lý do được ghi "
         "lại\n"
         "  --replaces MÃ --why LÝ DO  cất làm phiên bản sau của văn bản cùng số có mã ấy (in lại, "
         "ký lại);\n"
         "                    bản trước còn nguyên, lý do ghi vào nhật ký; mỗi lần một tệp\n"
         "  --index URL       chỉ mục dùng chung, postgresql://... (mặc định: biến CONGVAN_INDEX)\n"
         "  --json            kết quả dạng JSON\n"
         "Chỉ văn bản HỢP LỆ được cất. Cất lại tệp đã có thì không đổi gì; tệp ký thêm thành "
         "phiên\n"
         "bản sau; văn bản khác cùng số, năm và cơ quan thì không cất.\n",
         "  --dir FOLDER      the archive (default: CONGVAN_ARCHIVE, or luu-tru)\n"
         "  -r                subfolders too\n"
         "  --trust FILE      trusted root certificates; the archive's folder trust counts always\n"
         "  --crl FILE, --ocsp FILE  whether certificates were revoked; kept with the document\n"
         "  --as-is WHY       takes what is unsigned, changed or undecided too; the reason is "
         "kept\n"
         "  --replaces ID --why WHY  as the next version of the document of this id and the same "
         "number\n"
         "                    (made or signed anew); the earlier one stays, the reason goes into "
         "the "
         "log;\n"
         "                    one file at a time\n"
         "  --index URL       a shared index, postgresql://... (default: CONGVAN_INDEX)\n"
         "  --json            results as JSON\n"
         "Only VALID documents are taken. A file that is there already changes nothing; one "
         "signed\n"
         "further is a later version; another document of the same number, year and agency is\n"
         "refused.\n"},
    .takes = OPTION_JSON | OPTION_RECURSIVE,
    .least = 1,
    .run = run_add,
    .own = own,
};
