/* session: what one run of the program makes once and uses for every document - fonts, compiled
 * templates, profiles - and the pipeline that one document goes through. */
#ifndef CONGVAN_CLI_SESSION_H
#define CONGVAN_CLI_SESSION_H

#include "base/diag.h"
#include "base/face.h"
#include "batch/outcome.h"
#include "check/check.h"
#include "cli/status.h"
#include "docx/template.h"
#include "docx/wml.h"
#include "layout/page.h"
#include "pdf/draw.h"

struct session;

/* `font_folders`: from --font-dir, searched first. `template_path`: --template, or NULL. */
struct session *session_new(enum lang lang, const char *const *font_folders, size_t n,
                            const char *template_path);
void session_free(struct session *session);

enum lang session_lang(const struct session *session);
/* Who knows on which page of a template a paragraph stands. */
const struct locator *session_locator(const struct session *session);
struct fonts *session_fonts(struct session *session);
/* The folders fonts are looked for in, besides the system's; NULL ends them. */
const char *const *session_font_folders(const struct session *session);

/* The files of a document type, which a run reads once for all its documents; false: no such type.
 */
bool session_type_files(struct session *session, const struct dispatch *dispatch,
                        const char **template, const char **profile);
/* The file of the built-in form of appendices. Lent. */
const char *session_form_file(const struct session *session);
const struct profile *session_profile(struct session *session, const struct dispatch *dispatch,
                                      struct diag *diag);

/* The folder with the templates and profiles of all types. Lent. */
const char *session_types(struct session *session);

/* The profile of the dispatch's type if this run has read it; NULL: not, or there is none. Lent. */
const struct profile *session_profile_read(struct session *session,
                                           const struct dispatch *dispatch);

/* One document between its stages. Everything is in `pool` but the two packages. */
struct job {
    struct pool *pool;
    struct diag *diag;
    const char *path;       /* the INI or DOCX */
    bool for_signing;       /* the merged document marks what is stamped and signed later */
    const struct ini *over; /* keys put over the INI's; NULL: none */
    struct dispatch *dispatch;
    struct report *report; /* what the rules found */
    struct template *template;
    struct package *merged;  /* as merged */
    struct buf docx;         /* its bytes */
    struct package *package; /* those bytes, read back */
    struct document *document;
    struct view *view; /* of the document, as the checks see it */
    struct pages *pages;
    struct buf pdf;
    VEC(struct outcome_file) outputs; /* written, by what follows their common name */
    struct buf slots;                 /* for_signing: where its fields are, as JSON */
    /* Its appendices that are files of their own: jobs that share pool, diag, report and template
     * with this one, and go through the stages with it from the merge on. */
    struct job *apart;
    size_t apart_count;
    const char *suffix;   /* such a job: of its outputs, "-phu-luc-2"; else "" */
    const char *appendix; /* such a job: its title; else NULL */
    bool own_form;        /* appendices were put into the built-in form */
};

/* The rules are asked from level `least` on: who renders wants to hear of faults, not of taste. */
void job_open(struct job *job, const char *path, enum lang lang, enum diag_level least);
void job_close(struct job *job);
bool job_failed(const struct job *job);

/* The stages, in order; each returns false when it reported an error. */
bool job_read(struct session *session, struct job *job, bool final);
bool job_merge(struct session *session, struct job *job, bool final);
bool job_load(struct job *job); /* instead of read and merge: job->path is a DOCX */
bool job_take(struct job *job, struct package *package); /* or a package made here */
bool job_layout(struct session *session, struct job *job, bool shrink);
/* The rules, on the document read or merged, laid out or not yet. */
void job_judge(struct job *job);
/* All of that for a DOCX (sections and rules) or an INI (as it is read, and again as the document
 * it would become); any other file is an error. */
void job_check(struct session *session, struct job *job, bool final);
/* The text of a PDF's pages (view_of_pages in check/view.h), as far as words tell. */
void job_check_pages(struct session *session, struct job *job, const char *const *pages, size_t n,
                     bool final);
bool job_draw(struct session *session, struct job *job, const struct pdf_options *options);

/* What the job's document came from, as files to attach: the INI, the chung.ini it took values
 * from, the bodies, the DOCX (as `docx_name`). In the job's pool. False (reported) if one cannot be
 * read. */
bool job_sources(struct job *job, const char *docx_name, struct pdf_options *options);

/* Writes the messages of the job to `err`; the worse of `status` and what they mean. */
enum status job_report(struct job *job, enum status status, FILE *err);

#endif
