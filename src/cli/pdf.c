#include "cli/commands.h"
#include "cli/options.h"

#include "base/file.h"

/* -o names the file, or the folder it goes into; without -o it goes beside the DOCX. */
static const char *output_path(struct job *job, const char *out) {
    const char *name = pool_printf(job->pool, "%s.pdf", path_stem(job->pool, job->path));
    if (!out)
        return path_join(job->pool, path_folder(job->pool, job->path), name);
    if (path_has_suffix(out, "/"))
        return file_make_folder(out, job->diag) ? path_join(job->pool, out, name) : NULL;
    return file_is_folder(out) ? path_join(job->pool, out, name) : out;
}

static void write_pdf(struct job *job, const char *out) {
    const char *path = output_path(job, out);
    if (!path)
        return;
    if (file_same(path, job->path))
        diag_add(job->diag, OUTPUT_IS_SOURCE, (struct where){.file = path}, job->path, NULL);
    else if (file_write(path, job->pdf.data, job->pdf.len, job->diag))
        printf("%s\n", path);
}

static enum status pdf_one(struct session *session, const struct options *options,
                           const char *path) {
    struct job job;
    struct pdf_options drawing = {.path = path};
    job_open(&job, path, options->lang, DIAG_WARNING);
    bool ok = job_load(&job) && job_layout(session, &job, !(options->given & OPTION_NO_SHRINK)) &&
              job_draw(session, &job, &drawing);
    if (ok && (options->given & OPTION_STRICT) && diag_count(job.diag, DIAG_WARNING)) {
        diag_add(job.diag, STRICT_WARNINGS, (struct where){.file = path}, NULL);
        ok = false;
    }
    if (ok)
        write_pdf(&job, options->out);
    enum status status = job_report(&job, STATUS_OK, stderr);
    job_close(&job);
    return status;
}

static enum status run_pdf(const struct arguments *arguments) {
    struct pool *pool = pool_new();
    struct options options;
    enum status status;
    if (options_read(pool, &options, &command_pdf, arguments, &status)) {
        if (options.path_count > 1) {
            struct diag *diag = diag_new(options.lang);
            diag_add(diag, PATH_TOO_MANY, (struct where){0}, command_pdf.synopsis, NULL);
            diag_write(diag, stderr);
            diag_free(diag);
            status = STATUS_USAGE;
        } else {
            struct session *session = options_session(&options);
            status = pdf_one(session, &options, options.paths[0]);
            session_free(session);
        }
    }
    pool_free(pool);
    return status;
}

const struct command command_pdf = {
    .name = "pdf",
    .synopsis = "FILE.docx [-o FILE.pdf] [--no-shrink] [--strict] [--font-dir DIR]",
    .summary = {"Dàn trang một tệp DOCX bất kỳ ra PDF, không cần Word hay LibreOffice.",
                "Lays out any DOCX as a PDF, without Word or LibreOffice."},
    .options = {"  -o FILE.pdf     tên tệp hoặc thư mục kết quả (mặc định: cạnh tệp DOCX)\n"
                "  --no-shrink     không thu hẹp dấu cách khi căn đều hai lề\n"
                "  --strict        có cảnh báo nào thì không ghi PDF\n"
                "  --font-dir DIR  tìm phông chữ ở đây trước\n",
                "  -o FILE.pdf     name or folder of the result (default: beside the DOCX)\n"
                "  --no-shrink     justified lines never squeeze their spaces\n"
                "  --strict        write no PDF if there is any warning\n"
                "  --font-dir DIR  look for fonts here first\n"},
    .takes = OPTION_OUT | OPTION_NO_SHRINK | OPTION_STRICT | OPTION_FONT_DIR,
    .least = 1,
    .run = run_pdf,
};
