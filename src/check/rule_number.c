/* The numbers paragraphs open with: their order and their form (PL I, Mục II, khoản 6).
 *
 * One walk through the body keeps a counter a level. A restart at 1 is no fault - another list may
 * begin - but a number that skips, repeats or goes back is. */
#include "check/judge.h"
#include "base/utf8.h"

#include <stdlib.h>
#include <string.h>

enum { DEEPEST = 4 };

enum mark_kind {
    MARK_NONE,
    MARK_CLAUSE, /* "1." "1.1." */
    MARK_POINT,  /* "a)" */
    MARK_ROMAN,  /* "I. TÌNH HÌNH" */
    MARK_ARTICLE,
    MARK_PART,
    MARK_CHAPTER,
    MARK_SECTION,
    MARK_SUBSECTION,
    MARKS
};

struct mark {
    enum mark_kind kind;
    int numbers[DEEPEST], depth;
    const char *text, *sign; /* from `text` to `sign`: "1.1", "đ", "Chương II"; then its sign */
    bool roman;              /* written with Roman digits */
};

static const char *shown_mark(struct pool *pool, const struct mark *mark) {
    return pool_strndup(pool, mark->text, (size_t)(mark->sign - mark->text));
}

/* ---- reading a mark ---- */

static int small_number(const char *s, size_t n) {
    return n >= 1 && n <= 2 ? atoi(s) : 0;
}

/* "1." "1.1" "1)" "1/ " "1- ": numbers of two digits at most, so that sums and years are none. */
static bool read_clause(const char *text, struct mark *mark) {
    const char *p = text;
    for (;;) {
        size_t n = digits_at(p);
        int value = small_number(p, n);
        if (!value || mark->depth == DEEPEST)
            return false;
        mark->numbers[mark->depth++] = value;
        p += n;
        if (*p != '.' || !is_digit((unsigned char)p[1]))
            break;
        p++;
    }
    bool dotted = *p == '.' && (p[1] == ' ' || is_letter(first_char(p + 1)));
    bool other =
        (*p == ')' || *p == '/' || *p == '-') && (p[1] == ' ' || is_capital(first_char(p + 1)));
    bool bare = *p == ' ' && mark->depth > 1 && is_capital(first_char(p + 1));
    mark->kind = MARK_CLAUSE;
    mark->sign = p;
    return dotted || other || bare;
}

/* "a)" "đ)" "a." "a/": one small letter. */
static bool read_point(const char *text, struct mark *mark) {
    size_t n = 1;
    while (utf8_is_tail(text[n]))
        n++;
    const char *sign = text + n;
    if ((*sign != ')' && *sign != '.' && *sign != '/') || !is_small(first_char(text)))
        return false;
    if (*sign != ')' && sign[1] != ' ')
        return false;
    mark->kind = MARK_POINT;
    mark->numbers[0] = point_ordinal(text, n);
    mark->depth = 1;
    mark->sign = sign;
    return true;
}

static bool read_roman(const char *text, struct mark *mark) {
    size_t n = strspn(text, "IVX");
    if (!n || text[n] != '.' || !all_capitals(text + n))
        return false;
    mark->kind = MARK_ROMAN;
    mark->numbers[0] = roman_value(text, n);
    mark->depth = 1;
    mark->sign = text + n;
    return mark->numbers[0] > 0;
}

/* "Điều 1." with the sign it has; "Điều 1 Nghị định ..." opens a sentence. */
static bool read_article(const char *text, struct mark *mark) {
    if (!starts_with(text, "Điều ") && !starts_with(text, "ĐIỀU "))
        return false;
    const char *digits = text + strlen("Điều ");
    size_t n = digits_at(digits);
    const char *sign = digits + n;
    size_t gap = strspn(sign, " ");
    if (!n || n > 3 || !strchr(".:-/", sign[gap]) || !sign[gap])
        return false;
    mark->kind = MARK_ARTICLE;
    mark->numbers[0] = atoi(digits);
    mark->depth = 1;
    mark->sign = sign;
    return true;
}

static enum mark_kind chapter_kind(const char *folded) {
    return starts_with(folded, "phan ")       ? MARK_PART
           : starts_with(folded, "chuong ")   ? MARK_CHAPTER
           : starts_with(folded, "muc ")      ? MARK_SECTION
           : starts_with(folded, "tieu muc ") ? MARK_SUBSECTION
                                              : MARK_NONE;
}

/* "Chương II" alone on its line, perhaps with a full stop. */
static bool read_chapter(const struct line *line, struct mark *mark) {
    mark->kind = chapter_kind(line->folded);
    const char *space = mark->kind == MARK_NONE ? NULL : strrchr(line->text, ' ');
    if (!space || !is_capital(first_char(line->text)))
        return false;
    size_t n = strcspn(++space, ".:");
    if (space[n + (space[n] != '\0')] || word_count(line->text) > 3)
        return false;
    mark->roman = roman_value(space, n) > 0;
    mark->numbers[0] = mark->roman ? roman_value(space, n) : small_number(space, n);
    mark->depth = 1;
    mark->sign = space + n;
    return mark->numbers[0] > 0 && (mark->roman || digits_at(space) == n);
}

/* A line of another paragraph's text has none. What a line opens with decides which kind it can be,
 * so that most are told by their first letter. */
static struct mark read_mark(const struct line *line) {
    const struct mark none = {0};
    struct mark mark = {.text = line->text};
    const char *text = line->text;
    bool found;
    if (!line->opens || !*text)
        return none;
    if (is_digit((unsigned char)*text))
        found = read_clause(text, &mark);
    else if (strchr("IVX", *text))
        found = read_roman(text, &mark);
    else
        found = read_point(text, &mark) || read_article(text, &mark) || read_chapter(line, &mark);
    return found ? mark : none;
}

/* The marks of the lines of body and appendices are read once: many rules ask. */
static bool is_numbered(const struct line *line) {
    return line->element == ELEMENT_BODY || line->element == ELEMENT_APPENDIX_BODY;
}

static const struct mark *mark_of(struct view *view, const struct line *line) {
    if (!view->marks) {
        struct mark *marks = POOL_ARRAY(view->pool, struct mark, view->lines.n);
        for (size_t i = 0; i < view->lines.n; i++)
            if (is_numbered(&view->lines.at[i]))
                marks[i] = read_mark(&view->lines.at[i]);
        view->marks = marks;
    }
    return &view->marks[view_index(view, line)];
}

static enum heading heading_of_mark(const struct mark *mark) {
    switch (mark->kind) {
    case MARK_ARTICLE:
        return HEADING_ARTICLE;
    case MARK_ROMAN:
        return HEADING_ROMAN;
    case MARK_PART:
    case MARK_CHAPTER:
    case MARK_SECTION:
    case MARK_SUBSECTION:
        return HEADING_CHAPTER;
    default:
        return HEADING_NONE;
    }
}

enum heading heading_of(const struct line *line) {
    struct mark mark = read_mark(line);
    return heading_of_mark(&mark);
}

enum heading body_heading(struct view *view, const struct line *line) {
    return heading_of_mark(mark_of(view, line));
}

/* ---- order ---- */

enum fault { FAULT_NONE, FAULT_GAP, FAULT_TWICE, FAULT_ORDER, FAULT_PARENT, FAULT_ALONE };

struct counters {
    int last[MARKS];     /* of each kind but clauses */
    int clause[DEEPEST]; /* of each depth */
    const struct line *first_clause;
};

static enum fault step(int *last, int value) {
    int before = *last;
    *last = value;
    if (value == before + 1)
        return FAULT_NONE;
    if (value == before)
        return FAULT_TWICE;
    if (value == 1)
        return FAULT_NONE;
    return value > before ? FAULT_GAP : FAULT_ORDER;
}

static void forget_clauses(struct counters *c) {
    memset(c->clause, 0, sizeof c->clause);
    c->last[MARK_POINT] = 0;
    c->first_clause = NULL;
}

/* What begins anew under a mark of each kind; articles run on through chapters. */
static void begin_level(struct counters *c, enum mark_kind kind) {
    if (kind == MARK_POINT || kind == MARK_CLAUSE)
        return;
    forget_clauses(c);
    if (kind == MARK_PART)
        c->last[MARK_ROMAN] = 0;
    if (kind == MARK_PART || kind == MARK_CHAPTER)
        c->last[MARK_SECTION] = 0;
    if (kind == MARK_PART || kind == MARK_CHAPTER || kind == MARK_SECTION)
        c->last[MARK_SUBSECTION] = 0;
}

static bool under_its_parent(const struct counters *c, const struct mark *mark) {
    for (int i = 0; i + 1 < mark->depth; i++)
        if (c->clause[i] && c->clause[i] != mark->numbers[i])
            return false;
    return true;
}

static enum fault count_clause(struct counters *c, const struct mark *mark) {
    c->last[MARK_POINT] = 0;
    if (!under_its_parent(c, mark))
        return FAULT_PARENT;
    for (int i = 0; i + 1 < mark->depth; i++)
        c->clause[i] = mark->numbers[i];
    for (int i = mark->depth; i < DEEPEST; i++)
        c->clause[i] = 0;
    return step(&c->clause[mark->depth - 1], mark->numbers[mark->depth - 1]);
}

static const char *expected(struct pool *pool, const struct mark *mark, int before, bool next) {
    static const char *const letters[] = {"a", "b", "c", "d", "đ", "e", "g", "h",
                                          "i", "k", "l", "m", "n", "o", "p", "q",
                                          "r", "s", "t", "u", "v", "x", "y"};
    int value = before + next;
    if (mark->kind == MARK_POINT && value >= 1 && value <= 23)
        return pool_printf(pool, "%s)", letters[value - 1]);
    if (mark->roman || mark->kind == MARK_ROMAN)
        return roman_text(pool, value);
    struct buf text = {0};
    for (int i = 0; i + 1 < mark->depth; i++)
        buf_printf(&text, "%d.", mark->numbers[i]);
    buf_printf(&text, "%d", value);
    const char *copy = pool_strdup(pool, buf_text(&text));
    buf_free(&text);
    return copy;
}

static enum fault wanted_fault(enum rule_code code) {
    switch (code) {
    case NUMBERING_GAP:
        return FAULT_GAP;
    case NUMBERING_TWICE:
        return FAULT_TWICE;
    case NUMBERING_ORDER:
        return FAULT_ORDER;
    case NUMBERING_PARENT:
        return FAULT_PARENT;
    default:
        return FAULT_ALONE;
    }
}

static void report(struct judge *judge, const struct line *line, const struct mark *mark,
                   enum fault fault, int before, const struct counters *c) {
    struct pool *pool = judge->view->pool;
    const char *shown = shown_mark(pool, mark);
    if (mark->kind == MARK_POINT)
        shown = pool_printf(pool, "%s)", shown);
    if (fault == FAULT_PARENT)
        found(judge, line, shown, pool_printf(pool, "%d", c->clause[0]), NULL);
    else
        found(judge, line, shown, expected(pool, mark, before, fault == FAULT_GAP), NULL);
}

static void count_line(struct judge *judge, struct counters *c, const struct line *line) {
    const struct mark *mark = mark_of(judge->view, line);
    int before;
    enum fault fault = FAULT_NONE;
    if (mark->kind == MARK_NONE || !mark->numbers[0])
        return;
    judge->seen = true;
    begin_level(c, mark->kind);
    if (mark->kind == MARK_CLAUSE) {
        before = c->clause[mark->depth - 1];
        fault = count_clause(c, mark);
    } else {
        before = c->last[mark->kind];
        fault = step(&c->last[mark->kind], mark->numbers[0]);
    }
    if (fault != FAULT_NONE && fault == wanted_fault(judge->code))
        report(judge, line, mark, fault, before, c);
}

/* An appendix is numbered for itself; what its tables number is theirs. */
void judge_numbering(struct judge *judge) {
    struct counters counters = {0};
    const struct line *line;
    VEC_EACH (line, &judge->view->lines) {
        if (line->element == ELEMENT_APPENDIX)
            counters = (struct counters){0};
        if (line->element == ELEMENT_BODY ||
            (line->element == ELEMENT_APPENDIX_BODY && !line->table))
            count_line(judge, &counters, line);
    }
}

void judge_numbering_parent(struct judge *judge) {
    judge_numbering(judge);
}

/* A clause "1." after which none comes before the level above goes on, or the text ends. */
void judge_numbering_alone(struct judge *judge) {
    const struct line *alone = NULL, *line;
    VEC_EACH (line, &judge->view->lines) {
        if (line->element != ELEMENT_BODY)
            continue;
        const struct mark *mark = mark_of(judge->view, line);
        if (mark->kind == MARK_NONE || mark->kind == MARK_POINT)
            continue;
        judge->seen = true;
        if (mark->kind == MARK_CLAUSE && mark->depth > 1)
            continue;
        if (alone && (mark->kind != MARK_CLAUSE || mark->numbers[0] == 1))
            found(judge, alone, NULL);
        alone = mark->kind == MARK_CLAUSE && mark->numbers[0] == 1 ? line : NULL;
    }
    if (alone)
        found(judge, alone, NULL);
}

/* ---- form ---- */

#define EACH_MARK(line, mark, judge)                                                               \
    VEC_EACH (line, &(judge)->view->lines)                                                         \
        if (line->element == ELEMENT_BODY &&                                                       \
            (mark = mark_of((judge)->view, line))->kind != MARK_NONE && ((judge)->seen = true))

void judge_numbering_letter(struct judge *judge) {
    const struct line *line;
    const struct mark *mark;
    EACH_MARK(line, mark, judge)
    if (mark->kind == MARK_POINT && !mark->numbers[0])
        found(judge, line, shown_mark(judge->view->pool, mark), NULL);
}

void judge_numbering_sign(struct judge *judge) {
    const struct line *line;
    const struct mark *mark;
    EACH_MARK(line, mark, judge) {
        bool clause = mark->kind == MARK_CLAUSE && *mark->sign != '.' && *mark->sign != ' ';
        bool point = mark->kind == MARK_POINT && *mark->sign != ')';
        if (!clause && !point)
            continue;
        struct pool *pool = judge->view->pool;
        const char *number = shown_mark(pool, mark);
        const char *wrong = pool_printf(pool, "%s%c", number, *mark->sign);
        found(judge, line, wrong, NULL);
        mend_text(judge, line, wrong, pool_printf(pool, "%s%s", number, clause ? "." : ")"));
    }
}

void judge_numbering_space(struct judge *judge) {
    const struct line *line;
    const struct mark *mark;
    EACH_MARK(line, mark, judge) {
        bool counted =
            mark->kind == MARK_CLAUSE || mark->kind == MARK_POINT || mark->kind == MARK_ROMAN;
        if (!counted || *mark->sign == ' ' || !mark->sign[1] || mark->sign[1] == ' ')
            continue;
        struct pool *pool = judge->view->pool;
        const char *shown = pool_printf(pool, "%s%c", shown_mark(pool, mark), *mark->sign);
        found(judge, line, shown, NULL);
        mend_text(judge, line, shown, pool_printf(pool, "%s ", shown));
    }
}

void judge_article_form(struct judge *judge) {
    const struct line *line;
    const struct mark *mark;
    EACH_MARK(line, mark, judge)
    if (mark->kind == MARK_ARTICLE && (*mark->sign != '.' || !starts_with(line->text, "Điều")))
        found(judge, line, NULL);
}

void judge_chapter_number(struct judge *judge) {
    const struct line *line;
    const struct mark *mark;
    EACH_MARK(line, mark, judge)
    if ((mark->kind == MARK_PART || mark->kind == MARK_CHAPTER) && !mark->roman)
        found(judge, line, NULL);
}

void judge_section_number(struct judge *judge) {
    const struct line *line;
    const struct mark *mark;
    EACH_MARK(line, mark, judge)
    if ((mark->kind == MARK_SECTION || mark->kind == MARK_SUBSECTION) && mark->roman)
        found(judge, line, NULL);
}

void judge_chapter_title(struct judge *judge) {
    const struct line *end = judge->view->lines.at + judge->view->lines.n, *line;
    VEC_EACH (line, &judge->view->lines) {
        if (line->element != ELEMENT_BODY || body_heading(judge->view, line) != HEADING_CHAPTER)
            continue;
        judge->seen = true;
        if (line + 1 == end || line[1].element != ELEMENT_BODY || !all_capitals(line[1].text))
            found(judge, line, NULL);
    }
}
