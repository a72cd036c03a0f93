#include "cli/session.h"
#include "base/file.h"
#include "base/utf8.h"
#include "check/types.h"
#include "cli/locate.h"
#include "cli/options.h"
#include "dispatch/appendix.h"
#include "docx/import.h"
#include "docx/merge.h"
#include "layout/hyphen.h"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#ifndef CONGVAN_DATADIR
#define CONGVAN_DATADIR "/usr/local/share/congvan"
#endif

/* A document type seen in this run. */
struct type {
    struct type *next;
    const char *template_path, *profile_path;
    struct template *template;
    struct profile *profile;
};

struct session {
    struct pool *pool;
    enum lang lang;
    const char *const *font_folders; /* NULL ends them */
    struct fonts *fonts;
    struct pdf_fonts *pdf_fonts;
    struct hyphenator *hyphenator;
    const char *data; /* the folder that holds templates/ */
    const char *template_path;
    const char *form_path; /* of appendices, for templates that have none */
    struct template *form; /* read when first needed */
    struct type *types;
    struct doc_types all_types; /* empty until somebody asks */
    struct locator locator;     /* of templates' paragraphs */
};

/* build/congvan runs from the checkout: its templates lie beside it. Installed, they lie in
 * PREFIX/share/congvan. */
static const char *data_folder(struct pool *pool) {
    char path[4096];
    ssize_t n = readlink("/proc/self/exe", path, sizeof path - 1);
    if (n > 0) {
        path[n] = '\0';
        const char *beside = path_folder(pool, path);
        if (file_is_folder(path_join(pool, beside, "templates")))
            return beside;
        const char *shared = path_join(pool, path_folder(pool, beside), "share/congvan");
        if (file_is_folder(shared))
            return shared;
    }
    return CONGVAN_DATADIR;
}

struct session *session_new(enum lang lang, const char *const *font_folders, size_t n,
                            const char *template_path) {
    struct pool *pool = pool_new();
    struct session *session = POOL_NEW(pool, struct session);
    session->pool = pool;
    session->lang = lang;
    session->data = data_folder(pool);
    session->template_path = template_path;
    session->form_path = path_join(pool, session->data, "templates/phu-luc.docx");
    const char **folders = POOL_ARRAY(pool, const char *, n + 3);
    for (size_t i = 0; i < n; i++)
        folders[i] = font_folders[i];
    folders[n] = path_join(pool, session->data, "fonts");
    folders[n + 1] = path_join(pool, path_folder(pool, session->data), "fonts");
    session->font_folders = folders;
    session->fonts = fonts_new(folders, n + 2);
    session->pdf_fonts = pdf_fonts_new();
    session->hyphenator = hyphenator_new();
    session->locator = (struct locator){locate_pages, session->fonts};
    return session;
}

void session_free(struct session *session) {
    for (struct type *type = session->types; type; type = type->next)
        template_close(type->template);
    template_close(session->form);
    hyphenator_free(session->hyphenator);
    pdf_fonts_free(session->pdf_fonts);
    fonts_free(session->fonts);
    pool_free(session->pool);
}

enum lang session_lang(const struct session *session) {
    return session->lang;
}

const struct locator *session_locator(const struct session *session) {
    return &session->locator;
}

struct fonts *session_fonts(struct session *session) {
    return session->fonts;
}

const char *const *session_font_folders(const struct session *session) {
    return session->font_folders;
}

static struct pdf_fonts *session_pdf_fonts(struct session *session) {
    return session->pdf_fonts;
}

/* ---- document types ---- */

static struct type *find_type(struct session *s, const char *name) {
    const char *profile = pool_printf(s->pool, "%s/templates/%s.ini", s->data, name);
    for (struct type *type = s->types; type; type = type->next)
        if (strcmp(type->profile_path, profile) == 0)
            return type;
    struct type *type = POOL_NEW(s->pool, struct type);
    type->profile_path = profile;
    type->template_path = s->template_path
                              ? s->template_path
                              : pool_printf(s->pool, "%s/templates/%s.docx", s->data, name);
    type->next = s->types;
    s->types = type;
    return type;
}

/* `loại` becomes part of a path: letters, digits and '-' only. */
static bool is_plain_name(const char *name) {
    return *name && name[strspn(name, "abcdefghijklmnopqrstuvwxyz0123456789-")] == '\0';
}

const char *session_types(struct session *s) {
    return path_join(s->pool, s->data, "templates");
}

/* All there are, read once; what is wrong with a profile is told the first time. */
static const struct doc_types *all_types(struct session *s, struct diag *diag) {
    if (!s->all_types.at.n)
        types_read(s->pool, session_types(s), &s->all_types, diag);
    return &s->all_types;
}

static struct type *type_of(struct session *s, const struct dispatch *dispatch, struct diag *diag) {
    struct type *type = is_plain_name(dispatch->type) ? find_type(s, dispatch->type) : NULL;
    if (type && (type->profile || file_exists(type->profile_path)))
        return type;
    size_t distance;
    const struct ini_key *key =
        dispatch->ini ? ini_key(ini_section(dispatch->ini, "cong van"), "loai") : NULL;
    const char *typed = key ? key->value : dispatch->type;
    const struct doc_type *near = types_nearest(all_types(s, diag), typed, &distance);
    if (near)
        diag_add(diag, TYPE_UNKNOWN_NEAR, dispatch->type_where, typed, near->profile->name, NULL);
    else
        diag_add(diag, TYPE_UNKNOWN, dispatch->type_where, typed, NULL);
    return NULL;
}

/* The compiled template and the profile of a document type ("cong-van"). Compiled on first use;
 * NULL when there is none or it is faulty: reported each time it is asked for. Lent. */
static struct template *session_template(struct session *s, const struct dispatch *dispatch,
                                         struct diag *diag) {
    struct type *type = type_of(s, dispatch, diag);
    if (type && !type->template)
        type->template = template_load(type->template_path, &s->locator, diag);
    return type ? type->template : NULL;
}

const char *session_form_file(const struct session *s) {
    return s->form_path;
}

/* The form of appendices where the template has none; NULL: it has, or (reported) the form's file
 * is not there. */
static struct template *form_for(struct session *s, struct job *job) {
    if (!dispatch_field(job->dispatch, "phu luc") || merge_has_appendices(job->template))
        return NULL;
    job->own_form = true;
    if (!s->form)
        s->form = template_load(s->form_path, NULL, job->diag);
    return s->form; /* cppcheck-suppress CastIntegerToAddressAtReturn; it is a pointer */
}

bool session_type_files(struct session *s, const struct dispatch *dispatch, const char **template,
                        const char **profile) {
    if (!is_plain_name(dispatch->type))
        return false;
    const struct type *type = find_type(s, dispatch->type);
    *template = type->template_path;
    *profile = type->profile_path;
    return true;
}

const struct profile *session_profile_read(struct session *s, const struct dispatch *dispatch) {
    return is_plain_name(dispatch->type) ? find_type(s, dispatch->type)->profile : NULL;
}

const struct profile *session_profile(struct session *s, const struct dispatch *dispatch,
                                      struct diag *diag) {
    struct type *type = type_of(s, dispatch, diag);
    if (type && !type->profile)
        type->profile = profile_read(s->pool, type->profile_path, diag);
    return type ? type->profile : NULL;
}

/* ---- one document ---- */

void job_open(struct job *job, const char *path, enum lang lang, enum diag_level least) {
    *job = (struct job){.pool = pool_new(), .diag = diag_new(lang), .path = path, .suffix = ""};
    job->report = report_new(job->pool, least);
}

static void free_results(struct job *job) {
    package_close(job->package);
    package_close(job->merged);
    buf_free(&job->docx);
    buf_free(&job->pdf);
    buf_free(&job->slots);
}

void job_close(struct job *job) {
    for (size_t i = 0; i < job->apart_count; i++)
        free_results(&job->apart[i]);
    free_results(job);
    diag_free(job->diag);
    pool_free(job->pool);
}

bool job_failed(const struct job *job) {
    return diag_count(job->diag, DIAG_ERROR) > 0;
}

/* ---- what the rules see of the files ---- */

static const struct check_raw *add_raw(struct job *job, const struct check_raw *next,
                                       struct where where, const char *bytes) {
    struct check_raw *raw = POOL_NEW(job->pool, struct check_raw);
    *raw = (struct check_raw){where, bytes, next};
    return raw;
}

/* The parts of a document that hold text. A merged one is NFC whatever the author's files were, so
 * it does not tell. */
static const struct check_raw *raw_parts(struct job *job) {
    static const char *const words[] = {"document", "header", "footer", "footnotes", "endnotes"};
    const struct check_raw *raw = NULL;
    const char *name;
    for (size_t i = 0; !job->dispatch && (name = package_name(job->package, i)) != NULL; i++)
        for (size_t k = 0; k < sizeof words / sizeof *words; k++) {
            size_t n, folder = strlen("word/");
            if (strncmp(name, "word/", folder) != 0 ||
                strncmp(name + folder, words[k], strlen(words[k])) != 0)
                continue;
            const char *bytes = package_part(job->package, name, &n, job->diag);
            if (bytes)
                raw = add_raw(job, raw, (struct where){.file = job->path, .part = name}, bytes);
        }
    return raw;
}

/* The files of a dispatch, which only `check` wants to know as they were. */
static const struct check_raw *raw_files(struct job *job) {
    const struct check_raw *raw = NULL;
    if (job->report->least > DIAG_NOTE)
        return NULL;
    const char *paths[] = {dispatch_body_file(job->dispatch), job->path};
    for (size_t i = 0; i < 2; i++) {
        struct where where = {.file = paths[i]};
        size_t n;
        const char *bytes = paths[i] && file_exists(paths[i])
                                ? file_read(job->pool, paths[i], &n, where, job->diag)
                                : NULL;
        if (bytes)
            raw = add_raw(job, raw, where, bytes);
    }
    return raw;
}

bool job_read(struct session *session, struct job *job, bool final) {
    job->dispatch = dispatch_read_over(job->pool, job->path, job->over, job->diag);
    if (!job->dispatch)
        return false;
    import_bodies(job->pool, job->dispatch, job->diag);
    const struct profile *profile = session_profile(session, job->dispatch, job->diag);
    if (profile)
        check_dispatch(job->dispatch, profile, final, job->diag);
    check_dispatch_rules(job->dispatch, profile, raw_files(job), job->report, job->diag);
    return profile && !job_failed(job);
}

/* The package as it would stand on disk, opened again: what is laid out is what was written. What
 * merging knew of its parts is taken over where the bytes are the same. */
static bool read_back(struct job *job) {
    const char *bytes = job->docx.data;
    size_t n = job->docx.len;
    job->package = job->merged ? package_reopen(job->path, bytes, n, job->merged, job->diag)
                               : package_open(job->path, bytes, n, job->diag);
    job->document = job->package ? wml_read(job->pool, job->package, job->diag) : NULL;
    return job->document != NULL;
}

/* Box 5a: "QUYẾT ĐỊNH", and for the document's title "Quyết định". */
static void name_type(struct job *job, const struct profile *profile) {
    struct pool *pool = job->pool;
    const char *rest = profile->name;
    utf8_next(&rest, rest + strlen(rest));
    const char *first = pool_strndup(pool, profile->name, (size_t)(rest - profile->name));
    dispatch_set(pool, job->dispatch, "tên loại", profile->printed);
    const char *name = pool_printf(pool, "%s%s", utf8_upper(pool, first), rest);
    dispatch_set(pool, job->dispatch, "tên văn bản", name);
    appendix_name_document(pool, job->dispatch, name);
}

/* One document of the dispatch, from the template to its bytes and back. */
static bool merge_one(struct session *session, struct job *job) {
    const char *name =
        pool_printf(job->pool, "%s%s.docx", path_stem(job->pool, job->path), job->suffix);
    struct merge_options options = {.fonts = session_fonts(session),
                                    .mark_slots = job->for_signing,
                                    .form = form_for(session, job),
                                    .appendix = job->appendix};
    if (job->own_form && !options.form)
        return false;
    job->merged = merge(job->pool, job->template, job->dispatch, name, &options, job->diag);
    return job->merged && package_write(job->merged, &job->docx, job->diag) && read_back(job);
}

/* Appendices that are files of their own leave the dispatch. */
static void part_appendices(struct job *job) {
    struct appendices_apart apart = {0};
    job->dispatch = appendix_split(job->pool, job->dispatch, &apart);
    job->apart_count = apart.at.n;
    job->apart = POOL_ARRAY(job->pool, struct job, apart.at.n + 1);
    for (size_t i = 0; i < apart.at.n; i++)
        job->apart[i] = (struct job){.pool = job->pool,
                                     .diag = job->diag,
                                     .path = job->path,
                                     .for_signing = job->for_signing,
                                     .dispatch = apart.at.at[i].dispatch,
                                     .report = job->report,
                                     .template = job->template,
                                     .suffix = apart.at.at[i].suffix,
                                     .appendix = apart.at.at[i].title};
}

/* What a merged document can be. */
static const struct doc_types *only_type(struct job *job, const struct profile *profile) {
    struct doc_types *types = POOL_NEW(job->pool, struct doc_types);
    *VEC_PUSH(job->pool, &types->at) = (struct doc_type){job->dispatch->type, profile};
    return types;
}

bool job_merge(struct session *session, struct job *job, bool final) {
    job->template = session_template(session, job->dispatch, job->diag);
    if (!job->template)
        return false;
    const struct profile *profile = session_profile(session, job->dispatch, job->diag);
    if (!profile)
        return false;
    name_type(job, profile);
    part_appendices(job);
    if (!merge_one(session, job))
        return false;
    for (size_t i = 0; i < job->apart_count; i++)
        if (merge_one(session, &job->apart[i]))
            job->apart[i].view =
                check_view(job->pool, job->apart[i].document, job->apart[i].dispatch, NULL);
        else
            return false;
    struct where where = {.file = package_path(template_package(job->template)),
                          .part = "word/document.xml"};
    job->view = check_view(job->pool, job->document, job->dispatch, only_type(job, profile));
    return check_sections(job->view, profile, final, where, job->diag);
}

bool job_load(struct job *job) {
    size_t n;
    const char *bytes =
        file_read(job->pool, job->path, &n, (struct where){.file = job->path}, job->diag);
    if (!bytes)
        return false;
    buf_append(&job->docx, bytes, n);
    return read_back(job);
}

bool job_take(struct job *job, struct package *package) {
    return package_write(package, &job->docx, job->diag) && read_back(job);
}

bool job_layout(struct session *session, struct job *job, bool shrink) {
    struct layout_options options = {.shrink = shrink, .hyphenator = session->hyphenator};
    job->pages =
        layout_pages(job->pool, job->document, session_fonts(session), &options, job->diag);
    for (size_t i = 0; job->pages && i < job->apart_count; i++)
        if (!job_layout(session, &job->apart[i], shrink))
            return false;
    return job->pages != NULL;
}

void job_judge(struct job *job) {
    const struct check_raw *raw = raw_parts(job);
    check_document_rules(job->view, job->pages, raw, job->report, job->diag);
    for (size_t i = 0; i < job->apart_count; i++)
        job_judge(&job->apart[i]);
}

/* A dispatch is judged as it is read, and again as the document it would become. */
static void check_ini(struct session *session, struct job *job, bool final) {
    if (job_read(session, job, final) && job_merge(session, job, final) &&
        job_layout(session, job, true))
        job_judge(job);
}

/* The profile of what the document shows itself to be: a công văn where it does not tell. */
static const struct profile *shown_profile(struct session *session, struct job *job) {
    const struct profile *profile = check_profile(job->view);
    struct dispatch like = {.type = "cong-van"};
    return profile ? profile : session_profile(session, &like, job->diag);
}

/* A document made elsewhere is judged as what it most likely is. */
static void check_docx(struct session *session, struct job *job, bool final) {
    if (!job_load(job))
        return;
    job->view = check_view(job->pool, job->document, NULL, all_types(session, job->diag));
    const struct profile *profile = shown_profile(session, job);
    if (!profile)
        return;
    struct where where = {.file = job->path, .part = "word/document.xml"};
    if (!check_is_appendix(job->view))
        check_sections(job->view, profile, final, where, job->diag);
    if (job_layout(session, job, true))
        job_judge(job);
}

void job_check_pages(struct session *session, struct job *job, const char *const *pages, size_t n,
                     bool final) {
    job->view = check_pages_view(job->pool, pages, n, job->path, all_types(session, job->diag));
    const struct profile *profile = shown_profile(session, job);
    if (!profile)
        return;
    check_sections(job->view, profile, final, (struct where){.file = job->path}, job->diag);
    check_pages_rules(job->view, job->report, job->diag);
}

void job_check(struct session *session, struct job *job, bool final) {
    if (path_has_suffix(job->path, ".docx"))
        check_docx(session, job, final);
    else if (path_has_suffix(job->path, ".ini"))
        check_ini(session, job, final);
    else
        diag_add(job->diag, CHECK_KIND_UNKNOWN, (struct where){.file = job->path}, NULL);
}

bool job_draw(struct session *session, struct job *job, const struct pdf_options *options) {
    return pdf_write(job->pages, session_pdf_fonts(session), options, &job->pdf, job->diag);
}

enum status job_report(struct job *job, enum status status, FILE *err) {
    diag_write(job->diag, err);
    return worse(status, status_of(job->diag));
}

struct session *options_session(const struct options *o) {
    return session_new(o->lang, o->font_folders.at, o->font_folders.n, o->template_path);
}
