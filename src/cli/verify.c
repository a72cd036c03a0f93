#include "cli/apart.h"
#include "cli/bound.h"
#include "cli/commands.h"
#include "cli/inputs.h"
#include "cli/options.h"
#include "cli/trusting.h"

#include "base/file.h"
#include "signature/verify.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

struct verifying {
    const struct options *options;
    const struct inputs *inputs;
    const struct trust *trust;
    const char *original; /* its path; NULL: none */
    bool json;
};

static enum status status_of_verdict(enum validity verdict) {
    return verdict == VALIDITY_VALID ? STATUS_OK : STATUS_DOCUMENT;
}

/* Does the signed file begin with the bytes we made, and if not, what differs. False, reported, if
 * the draft cannot be read. */
static bool compare_original(struct pool *pool, const struct verifying *v,
                             struct verification *found, struct diag *diag) {
    size_t len;
    const char *s = file_read(pool, v->original, &len, (struct where){.file = v->original}, diag);
    if (!s)
        return false;
    found->original = compare_files(pool, (struct bytes){s, len}, found->file);
    found->original_path = v->original;
    return found->original->same;
}

static void write_verification(struct pool *pool, const struct verifying *v,
                               const struct verification *found, const char *path,
                               struct buf *out) {
    if (v->json)
        verification_write_json(pool, found, path, v->options->lang, out);
    else
        verification_write(pool, found, path, v->options->lang, out);
}

/* One JSON array over all files: a comma behind each but the last. */
static void print(const struct verifying *v, size_t i, struct buf *text) {
    if (v->json)
        buf_puts(text, i + 1 < v->inputs->at.n ? ",\n" : "\n");
    fputs(buf_text(text), stdout);
    buf_free(text);
}

/* One that could not be judged, and why. */
static void write_unjudged(struct pool *pool, const struct verifying *v, size_t i,
                           enum finding_code why) {
    struct verification none = {.file = {"", 0}};
    struct buf text = {0};
    finding_add(pool, &none.findings, why, 0, NULL, NULL);
    write_verification(pool, v, &none, v->inputs->at.at[i], &text);
    print(v, i, &text);
}

static enum status verify_one(const struct verifying *v, size_t i) {
    const char *path = v->inputs->at.at[i];
    struct pool *pool = pool_new();
    struct diag *diag = diag_new(v->options->lang);
    struct buf text = {0};
    size_t len;
    enum status status = STATUS_OK;
    const char *s = file_read(pool, path, &len, (struct where){.file = path}, diag);
    if (s) {
        struct bytes file = {s, len};
        struct verification *found = verify(pool, file, v->trust);
        status = status_of_verdict(verification_verdict(found));
        if (v->original && !compare_original(pool, v, found, diag))
            status = worse(status, STATUS_DOCUMENT);
        write_verification(pool, v, found, path, &text);
        print(v, i, &text);
    } else if (v->json) { /* who counts them finds as many as were asked about */
        write_unjudged(pool, v, i, FIND_DAMAGED);
    }
    diag_write(diag, stderr);
    status = worse(status, status_of(diag));
    diag_free(diag);
    pool_free(pool);
    return status;
}

/* A file made to swell or to loop ends the process that reads it, and is judged by that. */
static enum status report_lost(const struct verifying *v, size_t i) {
    struct pool *pool = pool_new();
    write_unjudged(pool, v, i, FIND_TOO_COMPLEX);
    pool_free(pool);
    return STATUS_DOCUMENT;
}

static enum status verify_apart(const struct verifying *v, size_t i) {
    fflush(NULL);
    pid_t pid = fork();
    if (pid < 0)
        return verify_one(v, i);
    if (pid == 0) {
        struct stat file;
        bool there = stat(v->inputs->at.at[i], &file) == 0;
        bound_resources(bound_memory_for(there ? (size_t)file.st_size : 0));
        enum status status = verify_one(v, i);
        fflush(NULL);
        _exit(status);
    }
    int how = 0;
    while (waitpid(pid, &how, 0) < 0 && errno == EINTR)
        ;
    bool judged = WIFEXITED(how) && WEXITSTATUS(how) <= STATUS_DOCUMENT;
    return judged ? (enum status)WEXITSTATUS(how) : report_lost(v, i);
}

/* --extract N: the bytes that revision N consisted of, as they were signed. */
static enum status extract(struct pool *pool, const struct options *options, const char *number,
                           struct diag *diag) {
    const char *path = options->paths[0];
    size_t len;
    const char *s = file_read(pool, path, &len, (struct where){.file = path}, diag);
    revision_ends ends = {0};
    if (!s)
        return status_of(diag);
    revisions_find(pool, (struct bytes){s, len}, &ends);
    size_t n = strspn(number, "0123456789") == strlen(number) ? strtoul(number, NULL, 10) : 0;
    struct bytes revision = revision_bytes((struct bytes){s, len}, &ends, n);
    if (!revision.len)
        diag_add(diag, VERIFY_NO_REVISION, (struct where){.file = path}, number,
                 pool_printf(pool, "%zu", ends.n), NULL);
    else if (file_same(options->out, path))
        diag_add(diag, OUTPUT_IS_SOURCE, (struct where){.file = options->out}, path, NULL);
    else if (file_write(options->out, revision.s, revision.len, diag))
        printf("%s\n", options->out);
    return status_of(diag);
}

static enum status verify_all(struct pool *pool, const struct options *options, struct diag *diag) {
    static const char *const suffixes[] = {".pdf", NULL};
    struct inputs inputs = {0};
    struct trust *trust = trust_new();
    bool any = false;
    enum status status = STATUS_OK;
    if (trusting_read(options, trust, &any, diag)) {
        inputs_collect(pool, options->paths, options->path_count, suffixes, &inputs, diag);
        struct verifying v = {.options = options,
                              .inputs = &inputs,
                              .trust = any ? trust : NULL,
                              .original = options_own(options, "original"),
                              .json = options->given & OPTION_JSON};
        fputs(v.json ? "[" : "", stdout);
        for (size_t i = 0; i < inputs.at.n; i++)
            status = worse(status, verify_apart(&v, i));
        fputs(v.json ? "]\n" : "", stdout);
    }
    trust_free(trust);
    return worse(status, status_of(diag));
}

static enum status run_verify(const struct arguments *arguments) {
    struct pool *pool = pool_new();
    struct options options;
    enum status status;
    if (options_read(pool, &options, &command_verify, arguments, &status)) {
        struct diag *diag = diag_new(options.lang);
        const char *number = options_own(&options, "extract");
        if (number && (!options.out || options.path_count > 1)) {
            diag_add(diag, VERIFY_EXTRACT_ONE, (struct where){0}, NULL);
            status = STATUS_USAGE;
        } else {
            status =
                number ? extract(pool, &options, number, diag) : verify_all(pool, &options, diag);
        }
        diag_write(diag, stderr);
        diag_free(diag);
    }
    pool_free(pool);
    return status;
}

static const struct own_option own[] = {
    TRUSTING_OPTIONS, {"original", true}, {"extract", true}, {NULL, false}};

const struct command command_verify = {
    .name = "verify",
    .synopsis = VERIFY_SYNOPSIS,
    .summary = {VERIFY_SUMMARY},
    .options =
        {"  --trust TỆP       chứng thư gốc được tin (PEM, DER, hoặc thư mục); dùng được nhiều "
         "lần\n"
         "  --crl TỆP         danh sách chứng thư bị thu hồi (PEM, DER, hoặc thư mục)\n"
         "  --ocsp TỆP        câu trả lời OCSP về chứng thư (DER, hoặc thư mục)\n"
         "  --original TỆP    bản trình ký: tệp đã ký có còn nguyên bản này không, khác ở đâu\n"
         "  --extract N -o TỆP  lấy ra lần lưu thứ N, đúng như lúc được ký\n"
         "  --json            kết quả dạng JSON\n"
         "Mã thoát 0 chỉ khi mọi tệp đều HỢP LỆ.\n",
         "  --trust FILE      trusted root certificates (PEM, DER, or a folder); repeatable\n"
         "  --crl FILE        certificate revocation lists (PEM, DER, or a folder)\n"
         "  --ocsp FILE       OCSP responses about certificates (DER, or a folder)\n"
         "  --original FILE   the draft: does the signed file still begin with it, what differs\n"
         "  --extract N -o FILE  writes revision N just as it was signed\n"
         "  --json            results as JSON\n"
         "Exit status 0 only if every file is VALID.\n"},
    .takes = OPTION_JSON | OPTION_OUT,
    .least = 1,
    .run = run_verify,
    .own = own,
};
