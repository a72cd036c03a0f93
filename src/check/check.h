/* check: does a dispatch, or any document, keep the rules of Decree 30/2020/NĐ-CP.
 *
 * Two kinds of question. Whether the sections a type of document requires are there (profile.h),
 * which is asked of a dispatch and again of the text of the document that will be issued. And a
 * table of rules on form, wording and numbers (rules.def), each with its clause. */
#ifndef CONGVAN_CHECK_CHECK_H
#define CONGVAN_CHECK_CHECK_H

#include "check/types.h"
#include "dispatch/dispatch.h"
#include "docx/package.h"
#include "docx/wml.h"
#include "layout/page.h"

/* Judges the dispatch: what is required is there and has a form the decree allows. With `final`,
 * the blank slots of a draft are errors. True if no error was added. */
bool check_dispatch(const struct dispatch *dispatch, const struct profile *profile, bool final,
                    struct diag *diag);

struct view; /* a document's lines, each with the element of the decree it is (view.h) */

/* The document as the checks see it. `dispatch` is what it was merged from, or NULL; its type is
 * looked for among `types` (which, like the document, must outlive the view), or without any among
 * the names of Article 7. */
struct view *check_view(struct pool *pool, const struct document *document,
                        const struct dispatch *dispatch, const struct doc_types *types);

/* The same of printed pages (view_of_pages in view.h). */
struct view *check_pages_view(struct pool *pool, const char *const *pages, size_t count,
                              const char *path, const struct doc_types *types);

/* The type the document shows itself to be; NULL: it does not tell. */
const struct profile *check_profile(const struct view *view);

/* Whether it is an appendix in a file of its own, which opens with its label. */
bool check_is_appendix(const struct view *view);

/* Judges a document's own text: the sections the profile requires are there, and, if it was merged
 * from a dispatch, so is each required value. With `final`, open slots are errors. Messages are
 * placed at `where`. True if no error was added. */
bool check_sections(const struct view *view, const struct profile *profile, bool final,
                    struct where where, struct diag *diag);

/* ---- the rules ---- */

enum verdict {
    VERDICT_UNSEEN, /* the input does not show what the rule needs */
    VERDICT_ABSENT, /* what the rule is about is not there */
    VERDICT_KEPT,
    VERDICT_BROKEN
};

/* What can be mended without judgement. The value of a look is mpt, or none. */
enum mend_kind {
    MEND_TEXT,
    MEND_SIZE,
    MEND_FAMILY,
    MEND_COLOR,
    MEND_BOLD,
    MEND_NOT_BOLD,
    MEND_ITALIC,
    MEND_NOT_ITALIC,
    MEND_CENTRE,
    MEND_JUSTIFY,
    MEND_INDENT,
    MEND_SPACE,
    MEND_LINE,
    MEND_PAPER,
    MEND_TOP, /* margins */
    MEND_RIGHT,
    MEND_BOTTOM,
    MEND_LEFT,
    MEND_NUMBER_FIRST, /* page numbers: none on the first page */
    MEND_NUMBER_ONE,   /* from 1 on */
    MEND_NUMBER_ARABIC,
    MEND_NUMBER_TOP, /* from the bottom margin to the top one */
    MEND_COMPOSED,   /* letters and their marks: NFC */
    MEND_LEGACY      /* text in TCVN3 or VNI codes: Unicode */
};

struct mend {
    enum mend_kind kind;
    struct where where;
    const char *from, *to; /* MEND_TEXT: what stands there, and what ought to; `from` of a look: the
                              line */
    bool at_end;           /* MEND_TEXT: `from` ends its line */
    bool whole;            /* the line is the whole of its paragraph */
    int value;
    const char *rule; /* its id */
};

/* The verdicts on one input. A dispatch and the document made from it fill one report: the
 * stronger verdict stays. */
struct report {
    struct pool *pool;
    unsigned char *verdicts; /* enum verdict by rule, rule_count() of them */
    const struct said *said; /* by what was judged first; NULL: nothing yet */
    enum diag_level least;   /* rules of a lower level are not asked */
    VEC(struct mend) mends;
};

struct report *report_new(struct pool *pool, enum diag_level least);

/* What an input was before it was read as Unicode in NFC: a file of text, or a part. */
struct check_raw {
    struct where where; /* its file and part */
    const char *bytes;
    const struct check_raw *next;
};

/* The rules on a dispatch's words. `profile` is of its type, `raw` its files, or NULL. */
void check_dispatch_rules(const struct dispatch *dispatch, const struct profile *profile,
                          const struct check_raw *raw, struct report *report, struct diag *diag);

/* The rules on printed pages, as far as their words go. */
void check_pages_rules(struct view *view, struct report *report, struct diag *diag);

/* The rules on a document; if it was merged from a dispatch, a fault is the template's, and a
 * warning at most. `pages` (or NULL: rules on positions are not judged) is the document laid out;
 * `raw` its parts, or NULL. */
void check_document_rules(struct view *view, const struct pages *pages, const struct check_raw *raw,
                          struct report *report, struct diag *diag);

/* ---- mending ---- */

/* `bytes` (of the INI or body at `path`) with every mend of the report that is placed in it and
 * finds its words there, appended to `out`; all else stays byte for byte. Each change is added to
 * `changes` as a note. Returns how many. */
size_t mend_lines(const char *path, const char *bytes, size_t n, const struct report *report,
                  struct buf *out, struct diag *changes);

/* The same for the parts of a DOCX, set in `to`, which was derived from `package`. */
size_t mend_document(struct package *package, struct package *to, const struct report *report,
                     struct diag *changes);

/* The table, for listing: rules are numbered from 0. */
struct rule_text {
    const char *id, *clause, *sentence, *fix;
    enum diag_level level;
};
size_t rule_count(void);
struct rule_text rule_text(size_t i, enum lang lang);

#endif
