#include "cli/make.h"
#include "cli/signing.h"

#include "base/file.h"
#include "dispatch/appendix.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

/* ---- the stages ---- */

static void dump_document(enum dump stage, const struct job *job, struct buf *out) {
    if (stage == DUMP_DOCUMENT)
        wml_dump(job->document, out);
    else
        pages_dump(job->pages, out);
}

static bool dump(const struct options *o, struct job *job, FILE *to) {
    struct buf out = {0};
    switch (o->dump) {
    case DUMP_DISPATCH:
        dispatch_dump(job->dispatch, &out);
        break;
    case DUMP_OPS:
        template_dump(job->template, &out);
        break;
    case DUMP_DOCUMENT:
    case DUMP_PAGES:
        dump_document(o->dump, job, &out);
        for (size_t i = 0; i < job->apart_count; i++)
            dump_document(o->dump, &job->apart[i], &out);
        break;
    case DUMP_NONE:
        break;
    }
    fwrite(buf_text(&out), 1, out.len, to);
    buf_free(&out);
    return true;
}

static bool draw(struct maker *m, struct job *job, const char *base) {
    struct pdf_options drawing = {.path = job->path};
    struct signing signing;
    if (job->for_signing) {
        signing_find(job, &signing);
        signing_json(&signing, job->pages,
                     pool_printf(job->pool, "%s%s.pdf", path_name(base), job->suffix), &job->slots);
        drawing.fields = signing.fields;
        drawing.field_count = signing.count;
    }
    const char *docx = pool_concat(job->pool, path_name(base), job->suffix, ".docx", NULL);
    if ((m->options->given & OPTION_ATTACH_SOURCE) && !job_sources(job, docx, &drawing))
        return false;
    return job_draw(m->session, job, &drawing);
}

static bool draw_all(struct maker *m, struct job *job, const char *base) {
    bool ok = draw(m, job, base);
    for (size_t i = 0; ok && i < job->apart_count; i++)
        ok = draw(m, &job->apart[i], base);
    return ok;
}

/* The stages in pipeline order, as far as they are asked for. */
static bool run_stages(struct maker *m, struct job *job, const char *base, FILE *to) {
    const struct options *o = m->options;
    bool final = o->given & OPTION_FINAL, anyway = o->given & OPTION_DRAFT_ANYWAY;
    if (!job_read(m->session, job, final) && !(anyway && job->dispatch))
        return false;
    if (o->dump == DUMP_DISPATCH)
        return dump(o, job, to);
    if (!job_merge(m->session, job, final) && !(anyway && job->document))
        return false;
    if (o->dump == DUMP_OPS || o->dump == DUMP_DOCUMENT)
        return dump(o, job, to);
    if (o->only == ONLY_DOCX && o->dump != DUMP_PAGES)
        return true;
    if (!job_layout(m->session, job, !(o->given & OPTION_NO_SHRINK)))
        return false;
    if (o->dump == DUMP_PAGES)
        return dump(o, job, to);
    job_judge(job);
    return draw_all(m, job, base);
}

/* ---- the files ---- */

/* The template, or a body written in Word, that a result at `path` would overwrite; NULL: none. */
static const char *source_at(const struct job *job, const char *path) {
    const char *template = package_path(template_package(job->template));
    if (file_same(path, template))
        return template;
    const struct field *field;
    VEC_EACH (field, &job->dispatch->fields)
        if (field->kind == FIELD_BODY && field->body && field->body->docx &&
            file_same(path, field->body->docx))
            return field->body->docx;
    return NULL;
}

static bool write_one(const struct maker *m, struct job *job, const char *base, const char *suffix,
                      const struct buf *bytes, FILE *to) {
    const char *path = pool_concat(job->pool, base, suffix, NULL);
    const char *source = source_at(job, path);
    if (source) {
        diag_add(job->diag, OUTPUT_IS_SOURCE, (struct where){.file = path}, source, NULL);
        return false;
    }
    if (!commit_put(m->commit, path, bytes->data, bytes->len, job->diag))
        return false;
    *VEC_PUSH(job->pool, &job->outputs) =
        (struct outcome_file){suffix, true, hash_of(bytes->data, bytes->len)};
    fprintf(to, "%s\n", path);
    return true;
}

/* The files of one of the dispatch's documents. */
static bool write_document(const struct maker *m, struct job *job, const struct job *document,
                           const char *base, FILE *to) {
    static const char *const suffixes[] = {".docx", ".pdf", ".slots.json"};
    const struct buf *bytes[] = {&document->docx, &document->pdf, &document->slots};
    enum only only = m->options->only;
    bool wanted[] = {only != ONLY_PDF, only != ONLY_DOCX, document->slots.len > 0};
    for (int i = 0; i < 3; i++) {
        const char *suffix = pool_concat(job->pool, document->suffix, suffixes[i], NULL);
        if (wanted[i] && !write_one(m, job, base, suffix, bytes[i], to))
            return false;
    }
    return true;
}

/* Another dispatch of this run may be called like a separate appendix of this one. */
static bool names_are_free(const struct maker *m, struct job *job, const char *base) {
    for (size_t i = 0; i < job->apart_count; i++) {
        const char *path = pool_printf(job->pool, "%s%s", base, job->apart[i].suffix);
        const struct output *other = plan_output(m->plan, path);
        if (!other)
            continue;
        diag_add(job->diag, OUTPUT_TWICE, (struct where){.file = job->path}, other->input, NULL);
        return false;
    }
    return true;
}

static bool write_outputs(const struct maker *m, struct job *job, const char *base, FILE *to) {
    const struct options *o = m->options;
    if (!names_are_free(m, job, base) ||
        (o->out && strchr(base + strlen(o->out), '/') &&
         !file_make_folder(path_folder(job->pool, base), job->diag)))
        return false;
    bool ok = write_document(m, job, job, base, to);
    for (size_t i = 0; ok && i < job->apart_count; i++)
        ok = write_document(m, job, &job->apart[i], base, to);
    return ok;
}

/* ---- what a result depends on ---- */

static void add_program(struct hash *hash) {
    struct pool *pool = pool_new();
    struct diag *diag = diag_new(LANG_VI);
    size_t n;
    const char *bytes = file_read(pool, "/proc/self/exe", &n, (struct where){0}, diag);
    if (bytes)
        hash_add(hash, bytes, n);
    diag_free(diag);
    pool_free(pool);
}

struct hash make_conditions(const struct options *o) {
    enum {
        OPTIONS = OPTION_NO_SHRINK | OPTION_FINAL | OPTION_DRAFT_ANYWAY | OPTION_ATTACH_SOURCE |
                  OPTION_FOR_SIGNING
    };
    struct hash hash = hash_start();
    unsigned words[] = {o->given & OPTIONS, (unsigned)o->only, (unsigned)o->lang};
    add_program(&hash);
    hash_add(&hash, words, sizeof words);
    struct session *session = options_session(o);
    fonts_digest(session_fonts(session), &hash);
    session_free(session);
    return hash;
}

static void look(struct outcome_file *file) {
    struct pool *pool = pool_new();
    struct diag *diag = diag_new(LANG_VI);
    size_t n;
    const char *bytes =
        file_exists(file->path) ? file_read(pool, file->path, &n, (struct where){0}, diag) : NULL;
    file->there = bytes != NULL;
    if (bytes)
        file->hash = hash_of(bytes, n);
    diag_free(diag);
    pool_free(pool);
}

/* The file as it is now. Those that many dispatches share are looked at once. */
static struct outcome_file file_now(struct maker *m, const char *path) {
    size_t i = names_add(&m->shared, path, strlen(path), m->known.n);
    if (i < m->known.n)
        return m->known.at[i];
    struct outcome_file *file = VEC_PUSH(m->pool, &m->known);
    *file = (struct outcome_file){.path = pool_strdup(m->pool, path)};
    look(file);
    return *file;
}

static bool is_same(const struct outcome_file *then, struct outcome_file now) {
    return then->there == now.there && (!now.there || hash_same(then->hash, now.hash));
}

static struct hash conditions_of(const struct maker *m, const struct output *output) {
    struct hash hash = m->conditions;
    if (m->plan->rows) {
        struct hash row = rows_hash(m->plan->rows, output->row);
        hash_add(&hash, &row, sizeof row);
    }
    if (m->options->template_path)
        hash_add_text(&hash, m->options->template_path);
    hash_add_text(&hash, output->input);
    return hash;
}

/* The outcome of a result that would come out the same; NULL: it is to be made. */
static const struct outcome *up_to_date(struct maker *m, const struct output *output,
                                        struct pool *pool) {
    const struct outcome *outcome = m->state ? state_find(m->state, pool, output->key) : NULL;
    if (!outcome || (m->options->given & OPTION_ALL) ||
        !hash_same(outcome->conditions, conditions_of(m, output)))
        return NULL;
    for (size_t i = 0; i < outcome->sources.n; i++)
        if (!is_same(&outcome->sources.at[i], file_now(m, outcome->sources.at[i].path)))
            return NULL;
    for (size_t i = 0; i < outcome->outputs.n; i++)
        if (!is_same(
                &outcome->outputs.at[i],
                file_now(m, pool_printf(pool, "%s%s", output->base, outcome->outputs.at[i].path))))
            return NULL;
    return outcome;
}

/* ---- outcomes ---- */

static void add_source(struct job *job, struct outcome *outcome, struct outcome_file file) {
    struct outcome_file *known;
    VEC_EACH (known, &outcome->sources)
        if (strcmp(known->path, file.path) == 0)
            return;
    *VEC_PUSH(job->pool, &outcome->sources) = file;
}

static void add_faces(struct maker *m, struct job *job, struct outcome *outcome) {
    const struct page *page;
    const struct draw *draw;
    const struct face *last = NULL;
    if (job->pages)
        VEC_EACH (page, &job->pages->at)
            VEC_EACH (draw, &page->draws)
                if (draw->kind == DRAW_TEXT && draw->as.text.face != last) {
                    last = draw->as.text.face;
                    add_source(job, outcome, file_now(m, face_path(last)));
                }
    for (size_t i = 0; i < job->apart_count; i++)
        add_faces(m, &job->apart[i], outcome);
}

static int by_path(const void *a, const void *b) {
    return strcmp(((const struct outcome_file *)a)->path, ((const struct outcome_file *)b)->path);
}

/* All files that were read or looked for in vain, and those a run reads once for all. */
static void add_sources(struct maker *m, struct job *job, struct outcome *outcome) {
    for (size_t i = 0; i < diag_file_count(job->diag); i++) {
        const struct diag_file *file = diag_file(job->diag, i);
        add_source(job, outcome, (struct outcome_file){file->path, file->there, file->hash});
    }
    const char *shared[2];
    if (job->dispatch && session_type_files(m->session, job->dispatch, &shared[0], &shared[1]))
        for (int i = 0; i < 2; i++)
            add_source(job, outcome, file_now(m, shared[i]));
    const struct profile *profile =
        job->dispatch ? session_profile_read(m->session, job->dispatch) : NULL;
    for (size_t i = 0; profile && i < profile->frames.n; i++)
        add_source(job, outcome, file_now(m, profile->frames.at[i]));
    if (job->own_form)
        add_source(job, outcome, file_now(m, session_form_file(m->session)));
    add_faces(m, job, outcome);
    /* whichever worker read the shared ones first */
    qsort(outcome->sources.at, outcome->sources.n, sizeof *outcome->sources.at, by_path);
}

static const char *value_of(const struct job *job, const char *key) {
    const struct field *field = job->dispatch ? dispatch_field(job->dispatch, key) : NULL;
    if (!field || field->kind != FIELD_TEXT || field->blank)
        return "";
    char *value = pool_strdup(job->pool, field->text.s);
    for (char *p = value; *p; p++)
        if (*p == '\n')
            *p = ' ';
    return value;
}

/* Of all its documents. */
static int pages_of(const struct job *job) {
    size_t n = job->pages ? job->pages->at.n : 0;
    for (size_t i = 0; i < job->apart_count; i++)
        n += job->apart[i].pages ? job->apart[i].pages->at.n : 0;
    return (int)n;
}

static struct outcome outcome_of(struct maker *m, struct job *job, const struct output *output,
                                 const char *messages) {
    const char *number = value_of(job, "so"), *symbol = value_of(job, "ky hieu");
    struct outcome outcome = {.key = output->key,
                              .conditions = conditions_of(m, output),
                              .input = plan_input(m->plan, job->pool, output),
                              .number = *symbol ? pool_concat(job->pool, number, "/", symbol, NULL)
                                                : number,
                              .subject = value_of(job, "trich yeu"),
                              .pages = pages_of(job),
                              .warnings = (int)diag_count(job->diag, DIAG_WARNING),
                              .errors = (int)diag_count(job->diag, DIAG_ERROR),
                              .messages = messages};
    outcome.outputs.at = job->outputs.at;
    outcome.outputs.n = outcome.outputs.cap = job->outputs.n;
    return outcome;
}

static const char *messages_of(struct job *job) {
    struct buf text = {0};
    diag_put(job->diag, &text);
    const char *copy = pool_strndup(job->pool, buf_text(&text), text.len);
    buf_free(&text);
    return copy;
}

/* ---- one dispatch ---- */

/* What an earlier run found out, told again: the answer does not depend on what was there. */
static enum status repeat(const struct maker *m, const struct output *output,
                          const struct outcome *outcome, struct piece *piece) {
    for (size_t i = 0; i < outcome->outputs.n && !m->tells_news_only; i++)
        fprintf(piece->out, "%s%s\n", output->base, outcome->outputs.at[i].path);
    if (!m->tells_news_only)
        fputs(outcome->messages, piece->err);
    outcome_put(outcome, &piece->record);
    return STATUS_OK;
}

/* Files that are surely no description of a dispatch; whatever else is named is read as one. */
static bool is_other_kind(const char *path) {
    static const char *const suffixes[] = {".docx", ".md", ".pdf", ".doc", ".png"};
    for (size_t i = 0; i < sizeof suffixes / sizeof *suffixes; i++)
        if (path_has_suffix(path, suffixes[i]))
            return true;
    return false;
}

static int64_t now_ms(void) {
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return (int64_t)t.tv_sec * 1000 + t.tv_nsec / 1000000;
}

/* Files of appendices that an earlier run wrote apart and this one did not: they must not be taken
 * for this dispatch's. What somebody has changed since is his. */
static void remove_stale(struct maker *m, const struct output *output, struct job *job) {
    const struct outcome *old = m->state ? state_find(m->state, job->pool, output->key) : NULL;
    for (size_t i = 0; old && i < old->outputs.n; i++) {
        const char *suffix = old->outputs.at[i].path;
        bool written = !appendix_suffix(suffix, strcspn(suffix, "."));
        for (size_t k = 0; !written && k < job->outputs.n; k++)
            written = strcmp(job->outputs.at[k].path, suffix) == 0;
        const char *path = pool_printf(job->pool, "%s%s", output->base, suffix);
        if (!written && is_same(&old->outputs.at[i], file_now(m, path)))
            unlink(path);
    }
}

/* The files of a dispatch wait to be committed, or are taken back. A faulty one (--draft-anyway)
 * may have files, but no outcome. */
static void keep(struct maker *m, bool whole, const struct piece *piece,
                 const struct outcome *outcome) {
    struct buf line = {0};
    if (!whole) {
        commit_drop(m->commit);
        return;
    }
    if (outcome)
        outcome_put(outcome, &line);
    commit_seal(m->commit, piece->index, &line);
    buf_free(&line);
}

static enum status make_new(struct maker *m, const struct output *output, struct piece *piece) {
    const struct options *o = m->options;
    struct job job;
    int64_t started = now_ms();
    bool whole = false;
    job_open(&job, output->input, o->lang, DIAG_WARNING);
    diag_remember_files(job.diag);
    job.for_signing = o->given & OPTION_FOR_SIGNING;
    job.over = m->plan->rows ? rows_overlay(job.pool, m->plan->rows, output->row, job.diag) : NULL;
    if (is_other_kind(output->input))
        diag_add(job.diag, RENDER_KIND_UNKNOWN, (struct where){.file = output->input}, NULL);
    else if (commit_is_full(m->commit))
        diag_add(job.diag, FILE_CANNOT_WRITE, (struct where){.file = output->base},
                 strerror(ENOSPC), NULL);
    else if (run_stages(m, &job, output->base, piece->out) && o->dump == DUMP_NONE)
        whole = write_outputs(m, &job, output->base, piece->out);
    const char *messages = messages_of(&job);
    fputs(messages, piece->err);
    enum status status = status_of(job.diag);
    struct outcome outcome = outcome_of(m, &job, output, messages);
    if (m->state || (o->given & OPTION_WATCH))
        add_sources(m, &job, &outcome);
    if (m->state && status == STATUS_OK)
        remove_stale(m, output, &job);
    keep(m, whole, piece, status == STATUS_OK ? &outcome : NULL);
    outcome.milliseconds = (int)(now_ms() - started);
    outcome_put(&outcome, &piece->record);
    job_close(&job);
    return status;
}

enum status make_one(struct maker *m, size_t i, struct piece *piece) {
    const struct output *output = &m->plan->outputs[i];
    if (!output->input)
        return STATUS_OK;
    struct pool *pool = pool_new();
    const struct outcome *outcome = up_to_date(m, output, pool);
    enum status status = outcome ? repeat(m, output, outcome, piece) : make_new(m, output, piece);
    pool_free(pool);
    return status;
}

/* What was made of it is not there. */
static void spoil(struct maker *m, struct piece *piece, const char *path, int error) {
    struct pool *pool = pool_new();
    struct diag *diag = diag_new(m->options->lang);
    struct outcome outcome;
    diag_add(diag, FILE_CANNOT_WRITE, (struct where){.file = path}, strerror(error), NULL);
    diag_put(diag, &piece->text[PIECE_ERR]);
    if (outcome_parse(pool, piece->record.data, piece->record.len - 1, &outcome)) {
        outcome.errors++;
        outcome.messages = pool_printf(pool, "%s", buf_text(&piece->text[PIECE_ERR]));
        outcome.outputs.n = 0;
        buf_clear(&piece->record);
        outcome_put(&outcome, &piece->record);
    }
    buf_clear(&piece->text[PIECE_OUT]);
    piece->status = worse(piece->status, status_of(diag));
    diag_free(diag);
    pool_free(pool);
}

void make_begin_settling(struct maker *m) {
    commit_begin(m->commit);
}

void make_settle(struct maker *m, struct piece *pieces, size_t n) {
    commit_end(m->commit);
    for (size_t i = 0; i < n; i++) {
        const char *path;
        int error = commit_error(m->commit, pieces[i].index, &path);
        if (error)
            spoil(m, &pieces[i], path, error);
    }
    commit_forget(m->commit);
}

void make_forget(struct maker *m) {
    pool_free(m->pool);
    m->pool = pool_new();
    m->shared = (struct names){.pool = m->pool};
    m->known.at = NULL;
    m->known.n = m->known.cap = 0;
}

void make_look_again(struct maker *m, const char *path) {
    size_t i = names_find(&m->shared, path, strlen(path));
    if (i != NAMES_NONE)
        look(&m->known.at[i]);
}

void make_start(struct maker *m) {
    m->session = options_session(m->options);
    m->commit = commit_new(m->state);
    m->pool = pool_new();
    make_forget(m);
}

void make_stop(struct maker *m) {
    commit_free(m->commit);
    session_free(m->session);
    pool_free(m->pool);
}
