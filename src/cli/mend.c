#include "cli/mend.h"

#include "base/file.h"

#include <string.h>

/* One round mends each fault a rule reports; a line may have more of a kind, so rounds go on,
 * from the new file to itself, until nothing changes. */
enum { MOST_ROUNDS = 8 };

struct mending {
    const struct options *options;
    struct session *session;
    struct diag *changes;
    const char *from, *to; /* of this round */
};

/* ---- a DOCX ---- */

static bool mend_docx(struct mending *m, struct job *job, size_t *done) {
    if (!job->package)
        return false;
    struct package *to = package_derive(job->package, m->to);
    struct buf bytes = {0};
    *done = mend_document(job->package, to, job->report, m->changes);
    bool ok =
        package_write(to, &bytes, job->diag) && file_write(m->to, bytes.data, bytes.len, job->diag);
    buf_free(&bytes);
    package_close(to);
    return ok;
}

/* ---- an INI and its body ---- */

static bool mend_file(struct mending *m, struct job *job, const char *from, const char *to,
                      size_t *done) {
    size_t n;
    struct buf out = {0};
    const char *bytes = file_read(job->pool, from, &n, (struct where){.file = from}, job->diag);
    if (!bytes)
        return false;
    *done += mend_lines(from, bytes, n, job->report, &out, m->changes);
    bool ok = file_write(to, out.data ? out.data : "", out.len, job->diag);
    buf_free(&out);
    return ok;
}

/* Where the new INI will look for it: by its own name, or by the name the INI gives. */
static const char *new_body(const struct mending *m, struct job *job, const char *body) {
    const char *stem = path_stem(job->pool, m->from), *folder = path_folder(job->pool, m->to);
    if (strcmp(path_name(body), pool_printf(job->pool, "%s.md", stem)) == 0)
        return path_join(job->pool, folder,
                         pool_printf(job->pool, "%s.md", path_stem(job->pool, m->to)));
    return path_join(job->pool, folder, path_name(body));
}

static bool mend_ini(struct mending *m, struct job *job, size_t *done) {
    const char *body = job->dispatch ? dispatch_body_file(job->dispatch) : NULL;
    const char *to = body ? new_body(m, job, body) : NULL;
    if (!job->dispatch || !mend_file(m, job, m->from, m->to, done))
        return false;
    if (!body)
        return true;
    if (strcmp(m->from, m->to) != 0 && file_same(body, to)) {
        diag_add(m->changes, FIX_BODY_KEPT, (struct where){.file = body}, path_name(body), NULL);
        return true;
    }
    return mend_file(m, job, body, to, done);
}

/* ---- rounds ---- */

static bool round_of(struct mending *m, size_t *done, enum status *status) {
    struct job job;
    job_open(&job, m->from, m->options->lang, DIAG_NOTE);
    job_check(m->session, &job, m->options->given & OPTION_FINAL);
    size_t before = diag_count(job.diag, DIAG_ERROR);
    *done = 0;
    bool ok =
        path_has_suffix(m->from, ".docx") ? mend_docx(m, &job, done) : mend_ini(m, &job, done);
    if (!ok || diag_count(job.diag, DIAG_ERROR) > before)
        *status = job_report(&job, *status, stderr);
    job_close(&job);
    return ok;
}

static bool wrong_paths(const struct options *o) {
    static const char *const kinds[] = {".ini", ".docx"};
    if (o->path_count != 1 || !o->out || file_same(o->out, o->paths[0]))
        return true;
    for (size_t i = 0; i < 2; i++)
        if (path_has_suffix(o->paths[0], kinds[i]) && path_has_suffix(o->out, kinds[i]))
            return false;
    return true;
}

static enum status report_rest(struct mending *m, enum status status) {
    struct job job;
    job_open(&job, m->to, m->options->lang, DIAG_NOTE);
    job_check(m->session, &job, m->options->given & OPTION_FINAL);
    status = job_report(&job, status, stderr);
    job_close(&job);
    return status;
}

enum status mend_one(const struct options *o) {
    struct mending m = {.options = o, .changes = diag_new(o->lang)};
    enum status status = STATUS_OK;
    if (wrong_paths(o)) {
        diag_add(m.changes, FIX_NEEDS_ONE, (struct where){0}, NULL);
        diag_write(m.changes, stderr);
        diag_free(m.changes);
        return STATUS_USAGE;
    }
    m.session = options_session(o);
    m.from = o->paths[0];
    m.to = o->out;
    size_t done = 1;
    bool ok = true;
    for (int i = 0; i < MOST_ROUNDS && ok && done; i++) {
        ok = round_of(&m, &done, &status);
        m.from = m.to;
    }
    diag_write(m.changes, stdout);
    if (ok)
        status = report_rest(&m, status);
    session_free(m.session);
    diag_free(m.changes);
    return status;
}
