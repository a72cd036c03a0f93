/* judge: the table of rules (rules.def), and how one is asked of a view.
 *
 * A rule is a function that looks at the lines it is about and reports each that breaks it. What
 * it could not look at it does not keep: the verdict on a rule whose element is not there, or that
 * needs what the input does not show, is never "kept". Not for other stages. */
#ifndef CONGVAN_CHECK_JUDGE_H
#define CONGVAN_CHECK_JUDGE_H

#include "base/diag.h"
#include "check/check.h"
#include "check/view.h"
#include "check/words.h"

enum rule_code {
#define RULE(code, id, level, clause, needs, function, vi, en, vi_fix, en_fix) code,
#include "check/rules.def"
#undef RULE
    RULES
};

enum needs {
    NEEDS_NOTHING = 0,
    NEEDS_DOCUMENT = 1, /* formatting: not in a dispatch before it is merged */
    NEEDS_PAGES = 2,    /* positions: the document laid out */
    NEEDS_RAW = 4,      /* the bytes as they were before NFC */
    NEEDS_ISSUED = 8,   /* the document's own date */
    NEEDS_TYPED = 16,   /* spaces and paragraphs as the author made them: not in printed pages */
};

struct judge;

struct rule {
    struct diag_kind kind; /* the sentence with its fix */
    const char *sentence[2], *fix[2];
    unsigned needs; /* enum needs */
    void (*judge)(struct judge *judge);
};

struct judge {
    struct view *view;
    enum rule_code code;
    struct diag *diag;
    struct report *report;
    enum diag_level most; /* no finding is reported at a higher level */
    bool seen;            /* something the rule is about was there */
    size_t findings;
};

/* The next line of an element from `line` on (NULL: from the start); NULL: no more. */
const struct line *next_of(struct judge *judge, enum element element, const struct line *line);
#define EACH_OF(line, judge, element)                                                              \
    for (line = next_of(judge, element, NULL); line; line = next_of(judge, element, line + 1))

/* Text that is the author's own: title, subject, recipients, body, cells, notes, appendices. */
bool is_prose(enum element element);
const struct line *next_prose(struct judge *judge, const struct line *line);
#define EACH_PROSE(line, judge)                                                                    \
    for (line = next_prose(judge, NULL); line; line = next_prose(judge, line + 1))
/* The same without cells: sentences. */
bool is_sentence(enum element element);

/* The rule is broken at `line`: the line, shortened, fills {1}; the strings that follow, up to a
 * NULL, fill {2}, {3} ... */
void found(struct judge *judge, const struct line *line, ...) __attribute__((sentinel));
/* The same where no line is to blame: the strings fill {1}, {2} ... */
void found_at(struct judge *judge, struct where where, ...) __attribute__((sentinel));

/* How the latest finding is mended. */
void mend_text(struct judge *judge, const struct line *line, const char *from, const char *to);
void mend_look(struct judge *judge, const struct line *line, enum mend_kind kind, int value);
void mend_whole(struct judge *judge, enum mend_kind kind, struct where where); /* a file or part */

/* "12,5 mm", "13" (points) as the language of the messages writes it. In the view's pool. */
const char *in_mm(const struct judge *judge, mpt length);
const char *in_points(const struct judge *judge, mpt length);

/* "nghiêng, đậm": how the line is set. */
const char *style_words(const struct judge *judge, const struct line *line);

/* What a line of the body opens with, by its form. */
enum heading {
    HEADING_NONE,
    HEADING_CHAPTER, /* "Phần I", "Chương I", "Mục 1", "Tiểu mục 1" alone on their line */
    HEADING_ARTICLE, /* "Điều 1." */
    HEADING_ROMAN,   /* "I. TÌNH HÌNH": a section of the second scheme */
};
enum heading heading_of(const struct line *line);
/* The same of a line of the body or of an appendix, remembered by the view. */
enum heading body_heading(struct view *view, const struct line *line);

#define RULE(code, id, level, clause, needs, function, vi, en, vi_fix, en_fix)                     \
    void function(struct judge *);
#include "check/rules.def"
#undef RULE

#endif
