#include "cli/commands.h"
#include "cli/inputs.h"
#include "cli/options.h"

#include "base/file.h"

#include <stdlib.h>
#include <string.h>

/* A dispatch is judged as it is read, and again as the document it would become. */
static void check_ini(struct session *session, struct job *job, bool final) {
    if (job_read(session, job, final) && job_merge(session, job, final) &&
        job_layout(session, job, true))
        job_judge(job);
}

/* A document made elsewhere is judged as what it most likely is. */
static void check_docx(struct session *session, struct job *job, bool final) {
    static const struct dispatch any = {.type = "cong-van"};
    const struct profile *profile = session_profile(session, &any, job->diag);
    if (!profile || !job_load(job))
        return;
    size_t n;
    const char **lines = wml_lines(job->pool, job->document, &n);
    struct where where = {.file = job->path, .part = "word/document.xml"};
    check_text(lines, n, NULL, profile, final, where, job->diag);
    if (job_layout(session, job, true))
        job_judge(job);
}

static enum status check_one(struct session *session, const struct options *options,
                             const char *path, struct buf *json, enum status status) {
    struct job job;
    job_open(&job, path, options->lang, DIAG_NOTE);
    bool final = options->given & OPTION_FINAL;
    if (path_has_suffix(path, ".docx"))
        check_docx(session, &job, final);
    else if (path_has_suffix(path, ".ini"))
        check_ini(session, &job, final);
    else
        diag_add(job.diag, CHECK_KIND_UNKNOWN, (struct where){.file = path}, NULL);
    if (options->given & OPTION_JSON) {
        buf_puts(json, json->len ? ",\n{\"path\":" : "[{\"path\":");
        json_string(json, path);
        buf_printf(json, ",\"ok\":%s,\"messages\":", job_failed(&job) ? "false" : "true");
        diag_write_json(job.diag, json);
        buf_putc(json, '}');
        status = worse(status, status_of(job.diag));
    } else {
        status = job_report(&job, status, stderr);
    }
    job_close(&job);
    return status;
}

static enum status check_all(struct pool *pool, const struct options *options) {
    static const char *const suffixes[] = {".ini", ".docx", NULL};
    struct diag *diag = diag_new(options->lang);
    struct inputs inputs = {0};
    enum status status = STATUS_OK;
    inputs_collect(pool, options->paths, options->path_count, suffixes, &inputs, diag);
    struct session *session = options_session(options);
    struct buf json = {0};
    for (size_t i = 0; i < inputs.at.n; i++)
        status = check_one(session, options, inputs.at.at[i], &json, status);
    if (options->given & OPTION_JSON)
        printf("%s]\n", json.len ? buf_text(&json) : "[");
    diag_write(diag, stderr);
    status = worse(status, status_of(diag));
    buf_free(&json);
    session_free(session);
    diag_free(diag);
    return status;
}

static enum status run_check(int argc, char **argv, enum lang lang) {
    struct pool *pool = pool_new();
    struct options options;
    enum status status;
    if (options_read(pool, &options, &command_check,
                     OPTION_FINAL | OPTION_JSON | OPTION_TEMPLATE | OPTION_FONT_DIR, 1, argc, argv,
                     lang, &status))
        status = check_all(pool, &options);
    pool_free(pool);
    return status;
}

const struct command command_check = {
    .name = "check",
    .synopsis = "PATH... [--final] [--json] [--template T.docx]",
    .summary = {"Kiểm tra thành phần thể thức bắt buộc của .ini hoặc .docx; không ghi gì.",
                "Checks the required sections of an .ini or a .docx; writes nothing."},
    .options = {"  --final           văn bản đã ban hành: số, ngày không được để trống\n"
                "  --json            kết quả dạng JSON trên đầu ra chuẩn\n"
                "  --template T.docx kiểm tra với mẫu này\n",
                "  --final           an issued document: number and day must be filled in\n"
                "  --json            results as JSON on standard output\n"
                "  --template T.docx check with this template\n"},
    .run = run_check,
};
