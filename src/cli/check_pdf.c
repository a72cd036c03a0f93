/* congvan check FILE.pdf: what the pages say is judged; how they look only a DOCX tells. */
#include "cli/check.h"

#include "base/file.h"
#include "signature/pages_text.h"

static bool says_nothing(const struct pages_text *text) {
    for (size_t i = 0; i < text->pages.n; i++)
        if (text->pages.at[i][0])
            return false;
    return true;
}

static void check_one(struct session *session, struct job *job, bool final) {
    struct where where = {.file = job->path};
    size_t n;
    const char *bytes = file_read(job->pool, job->path, &n, where, job->diag);
    if (!bytes)
        return;
    const struct pages_text *text = pages_text(job->pool, (struct bytes){bytes, n});
    if (!text)
        diag_add(job->diag, CHECK_PDF_UNREADABLE, where, NULL);
    else if (says_nothing(text))
        diag_add(job->diag, CHECK_PDF_NO_TEXT, where, NULL);
    else
        job_check_pages(session, job, text->pages.at, text->pages.n, final);
}

static enum status run(const struct arguments *arguments) {
    return check_run(arguments, check_one);
}

const struct command command_check_pdf = {
    .name = "check",
    .synopsis = "PATH... [--final] [--json] [--verbose]",
    .summary = {"Kiểm tra chữ trên các trang PDF theo Nghị định 30/2020/NĐ-CP.",
                "Checks the words on a PDF's pages by Decree 30/2020/NĐ-CP."},
    .options = {"", ""},
    .run = run,
};
