#include "check/judge.h"
#include "check/said.h"

#include <stdarg.h>
#include <string.h>

#define TEXTS(vi, en, vi_fix, en_fix)                                                              \
    { vi "; " vi_fix, en "; " en_fix }

static const struct rule rules[RULES] = {
#define RULE(code, id, level, clause, needs, function, vi, en, vi_fix, en_fix)                     \
    [code] = {{id, level, TEXTS(vi, en, vi_fix, en_fix), clause},                                  \
              {vi, en},                                                                            \
              {vi_fix, en_fix},                                                                    \
              needs,                                                                               \
              function},
#include "check/rules.def"
#undef RULE
};

static const struct rule *rule_at(enum rule_code code) {
    return &rules[code];
}

/* ---- going through the lines ---- */

const struct line *next_of(struct judge *judge, enum element element, const struct line *line) {
    const struct view *view = judge->view;
    const struct line *end = view->lines.at + view->lines.n;
    for (line = line ? line : view->lines.at; line < end; line++)
        if (line->element == element) {
            judge->seen = true;
            return line;
        }
    return NULL;
}

bool is_prose(enum element element) {
    switch (element) {
    case ELEMENT_TITLE:
    case ELEMENT_SUBJECT:
    case ELEMENT_TO:
    case ELEMENT_TO_ITEM:
    case ELEMENT_COPIES_ITEM:
    case ELEMENT_CELL:
        return true;
    default:
        return is_sentence(element);
    }
}

bool is_sentence(enum element element) {
    return element == ELEMENT_BASIS || element == ELEMENT_BODY || element == ELEMENT_NOTE ||
           element == ELEMENT_APPENDIX_BODY;
}

const struct line *next_prose(struct judge *judge, const struct line *line) {
    const struct view *view = judge->view;
    const struct line *end = view->lines.at + view->lines.n;
    for (line = line ? line : view->lines.at; line < end; line++)
        if (is_prose(line->element)) {
            judge->seen = true;
            return line;
        }
    return NULL;
}

/* ---- findings ---- */

enum { MOST_ARGS = 9, SHOWN = 60 };

static void add(struct judge *judge, struct where where, const char **args, size_t n) {
    const struct rule *rule = rule_at(judge->code);
    enum diag_level level = rule->kind.level < judge->most ? rule->kind.level : judge->most;
    judge->seen = true;
    judge->findings++;
    diag_add_kind(judge->diag, &rule->kind, level, where, args, n);
}

/* The place of a document's line, with its page and, unless the sentence shows them, its words. */
static struct where place_of(const struct judge *judge, const struct line *line) {
    enum { FIRST = 40 };
    struct where where = line->where;
    if (!judge->view->document)
        return where;
    const char *sentence = rule_at(judge->code)->sentence[diag_lang(judge->diag)];
    where.page = view_page(judge->view, line);
    where.words = strstr(sentence, "{1}") ? NULL : shorten(judge->view->pool, line->text, FIRST);
    return where;
}

void found(struct judge *judge, const struct line *line, ...) {
    const char *args[MOST_ARGS] = {shorten(judge->view->pool, line->text, SHOWN)};
    size_t n = 1;
    va_list list;
    va_start(list, line);
    for (const char *arg; n < MOST_ARGS && (arg = va_arg(list, const char *)) != NULL;)
        args[n++] = arg;
    va_end(list);
    add(judge, place_of(judge, line), args, n);
}

void found_at(struct judge *judge, struct where where, ...) {
    const char *args[MOST_ARGS];
    size_t n = 0;
    va_list list;
    va_start(list, where);
    for (const char *arg; n < MOST_ARGS && (arg = va_arg(list, const char *)) != NULL;)
        args[n++] = arg;
    va_end(list);
    add(judge, where, args, n);
}

static struct mend *add_mend(struct judge *judge, const struct line *line, enum mend_kind kind) {
    struct pool *pool = judge->report->pool;
    struct mend *mend = VEC_PUSH(pool, &judge->report->mends);
    mend->kind = kind;
    mend->rule = rule_at(judge->code)->kind.name;
    if (!line)
        return mend;
    const struct line *end = judge->view->lines.at + judge->view->lines.n;
    mend->whole = line->opens && (line + 1 == end || line[1].opens);
    mend->where = place_of(judge, line);
    if (line->para && line->para->foreign)
        mend->where.line = 0; /* its text is not the part's */
    mend->where.file = line->where.file ? pool_strdup(pool, line->where.file) : NULL;
    mend->where.words = mend->where.words ? pool_strdup(pool, mend->where.words) : NULL;
    mend->from = pool_strdup(pool, line->raw);
    return mend;
}

void mend_text(struct judge *judge, const struct line *line, const char *from, const char *to) {
    struct mend *mend = add_mend(judge, line, MEND_TEXT);
    mend->at_end = ends_with(line->text, from);
    mend->from = pool_strdup(judge->report->pool, from);
    mend->to = pool_strdup(judge->report->pool, to);
}

void mend_look(struct judge *judge, const struct line *line, enum mend_kind kind, int value) {
    add_mend(judge, line, kind)->value = value;
}

void mend_whole(struct judge *judge, enum mend_kind kind, struct where where) {
    struct pool *pool = judge->report->pool;
    struct mend *mend = add_mend(judge, NULL, kind);
    mend->where = where;
    mend->where.file = where.file ? pool_strdup(pool, where.file) : NULL;
    mend->where.part = where.part ? pool_strdup(pool, where.part) : NULL;
}

/* ---- lengths ---- */

/* Tenths of a unit; Vietnamese writes a decimal comma. */
static const char *tenths(const struct judge *judge, int64_t value) {
    struct pool *pool = judge->view->pool;
    int64_t whole = value / 10, rest = value % 10;
    if (!rest)
        return pool_printf(pool, "%lld", (long long)whole);
    return pool_printf(pool, "%lld%s%lld", (long long)whole,
                       diag_lang(judge->diag) == LANG_VI ? "," : ".", (long long)rest);
}

const char *in_mm(const struct judge *judge, mpt length) {
    int64_t scaled = (int64_t)length * 254;
    return tenths(judge, (scaled + 36000) / 72000);
}

const char *in_points(const struct judge *judge, mpt length) {
    return tenths(judge, ((int64_t)length + 50) / 100);
}

/* ---- judging ---- */

static bool can_see(const struct view *view, unsigned needs) {
    return !((needs & NEEDS_DOCUMENT && !view->document) || (needs & NEEDS_PAGES && !view->pages) ||
             (needs & NEEDS_RAW && !view->raw) || (needs & NEEDS_ISSUED && !view->date.year) ||
             (needs & NEEDS_TYPED && view->printed));
}

static enum verdict ask(struct judge *judge) {
    const struct rule *rule = rule_at(judge->code);
    if (!can_see(judge->view, rule->needs))
        return VERDICT_UNSEEN;
    rule->judge(judge);
    if (judge->findings)
        return VERDICT_BROKEN;
    return judge->seen ? VERDICT_KEPT : VERDICT_ABSENT;
}

/* Judges the view by every rule. A rule the report already holds as broken is not asked again; nor,
 * of a document that says what its dispatch said, a rule about words that the dispatch kept. */
static void judge_all(struct view *view, enum diag_level most, struct report *report,
                      struct diag *diag) {
    bool same = report->said && said_again(report->said, view);
    if (!report->said)
        report->said = said_keep(report->pool, view);
    for (int code = 0; code < RULES; code++) {
        const struct rule *rule = &rules[code];
        struct judge judge = {.view = view,
                              .code = (enum rule_code)code,
                              .diag = diag,
                              .report = report,
                              .most = most};
        bool about_words = !(rule->needs & ~(unsigned)(NEEDS_ISSUED | NEEDS_TYPED));
        if (report->verdicts[code] == VERDICT_BROKEN || rule->kind.level < report->least ||
            (same && about_words && report->verdicts[code] == VERDICT_KEPT))
            continue;
        enum verdict verdict = ask(&judge);
        if (verdict > report->verdicts[code])
            report->verdicts[code] = (unsigned char)verdict;
    }
}

struct report *report_new(struct pool *pool, enum diag_level least) {
    struct report *report = POOL_NEW(pool, struct report);
    report->least = least;
    report->pool = pool;
    report->verdicts = POOL_ARRAY(pool, unsigned char, RULES);
    return report;
}

void check_dispatch_rules(const struct dispatch *dispatch, const struct profile *profile,
                          const struct check_raw *raw, struct report *report, struct diag *diag) {
    struct pool *pool = pool_new();
    judge_all(view_of_dispatch(pool, dispatch, profile, raw), DIAG_WARNING, report, diag);
    pool_free(pool);
}

void check_pages_rules(struct view *view, struct report *report, struct diag *diag) {
    judge_all(view, DIAG_ERROR, report, diag);
}

void check_document_rules(struct view *view, const struct pages *pages, const struct check_raw *raw,
                          struct report *report, struct diag *diag) {
    view->pages = pages;
    view->raw = raw;
    if (pages && !view->placed.n)
        place_lines(view);
    judge_all(view, view->dispatch ? DIAG_WARNING : DIAG_ERROR, report, diag);
}

/* ---- listing ---- */

size_t rule_count(void) {
    return RULES;
}

struct rule_text rule_text(size_t i, enum lang lang) {
    const struct rule *rule = &rules[i];
    return (struct rule_text){rule->kind.name, rule->kind.clause, rule->sentence[lang],
                              rule->fix[lang], rule->kind.level};
}
