/* view_of_pages: a dispatch read off its printed pages. What printing took away is put back: which
 * lines are one paragraph, and which stood in the middle; the recogniser does the rest. */
#include "check/check.h"
#include "check/view.h"

#include "base/utf8.h"
#include "check/words.h"

#include <string.h>

struct paging {
    struct view *view;
    struct where where; /* of the row in hand */
    const struct para *centred, *plain;
    size_t longest; /* characters of the longest line */
    size_t tail;    /* of the latest that is not in the right column */
    bool body;      /* below the head */
    bool copies;    /* at or below "Nơi nhận:" */
    bool kept;      /* below "- Lưu: ..." */
};

static const struct para *para_with(struct pool *pool, enum jc jc) {
    struct para_props *props = POOL_NEW(pool, struct para_props);
    struct para *para = POOL_NEW(pool, struct para);
    props->jc = jc;
    para->props = props;
    return para;
}

/* ---- paragraphs ---- */

/* "1." "1.2." "a)" "IV." "Điều 3." open a paragraph. */
static bool has_marker(const char *s) {
    size_t n = strcspn(s, " ");
    if (has_bullet(s) || starts_with(s, "Điều ") || starts_with(s, "Căn cứ "))
        return true;
    return n > 1 && n <= 7 && s[n] == ' ' && (s[n - 1] == '.' || s[n - 1] == ')') &&
           (is_digit((unsigned char)*s) || s[n - 1] == ')' || roman_value(s, n - 1));
}

static bool bracket_open(const char *s) {
    int depth = 0;
    for (; *s; s++)
        depth += *s == '(' ? 1 : *s == ')' && depth > 0 ? -1 : 0;
    return depth > 0;
}

/* Whether `next` goes on the paragraph that `line` is the latest line of. */
static bool joins(const struct paging *p, const char *line, const char *next) {
    size_t n = strlen(line);
    if (bracket_open(line) && !has_marker(next))
        return true;
    if (!n || strchr(".;:!?", line[n - 1]) || has_marker(next) || all_capitals(next))
        return false;
    return has_bullet(line) || is_small(first_char(next)) || p->tail * 10 > p->longest * 7;
}

static struct line *latest(struct paging *p) {
    return p->view->lines.n ? &p->view->lines.at[p->view->lines.n - 1] : NULL;
}

/* The latest line of the left column or of the whole width. */
static struct line *latest_left(struct paging *p) {
    for (size_t i = p->view->lines.n; i > 0; i--)
        if (p->view->lines.at[i - 1].column != 1)
            return &p->view->lines.at[i - 1];
    return NULL;
}

/* ---- lines ---- */

static void set_text(struct paging *p, struct line *line, const char *text) {
    line->raw = line->text = text;
    line->folded = utf8_fold(p->view->pool, text);
}

static void join(struct paging *p, struct line *line, const char *text) {
    set_text(
        p, line,
        pool_printf(p->view->pool, "%s%s%s", line->text, splits_word(line->text) ? "" : " ", text));
}

static bool is_short(const struct paging *p, const char *text) {
    return utf8_length(text) * 10 < p->longest * 8;
}

static void add_line(struct paging *p, const char *text, int column) {
    struct line *before = column == 1 ? NULL : p->copies ? latest_left(p) : latest(p);
    size_t length = utf8_length(text);
    bool inside = (p->body || (before && has_bullet(before->text))) && column != 1;
    if (inside && before && joins(p, before->text, text)) {
        join(p, before, text);
        p->tail = length;
        return;
    }
    p->tail = column == 1 ? p->tail : length;
    struct line *line = view_add(p->view, text);
    set_text(p, line, text);
    line->para = column >= 0 || is_short(p, text) ? p->centred : p->plain;
    line->opens = true;
    line->given = true;
    line->column = column;
    line->where = p->where;
    if (starts_with(line->folded, "noi nhan"))
        p->copies = true;
    if (p->copies && strstr(line->folded, "luu:"))
        p->kept = true;
    /* The head ends at the recipients or with the first line as wide as the page. */
    p->body |= starts_with(line->folded, "kinh gui") ||
               (column < 0 && !is_short(p, text) && latest(p) != p->view->lines.at);
}

/* A line alone beside or below the copies is the signer's, unless it is one of the list. */
static int column_alone(struct paging *p, const char *text) {
    const struct line *left = latest_left(p);
    if (!p->copies || has_bullet(text))
        return -1;
    return !p->kept && left && joins(p, left->text, text) && has_bullet(left->text) ? -1 : 1;
}

/* Columns are those of the head and of the closing; what else has several is a table's row. */
static bool has_columns(const struct paging *p, const char *row) {
    return !p->body || p->copies || starts_with(utf8_fold(p->view->pool, row), "noi nhan");
}

/* The head's columns may stand as near to each other as two words. */
static void split_head(const struct paging *p, char *row) {
    static const char *const right[] = {" CỘNG HÒA XÃ HỘI", " CỘNG HOÀ XÃ HỘI", " Độc lập - Tự do"};
    for (size_t i = 0; i < sizeof right / sizeof *right && !p->body; i++) {
        char *at = strstr(row, right[i]);
        if (at)
            *at = '\t';
    }
}

static void begin_appendix(struct paging *p, const char *row) {
    if (!p->kept || !starts_with(row, "Phụ lục") || utf8_length(row) > strlen("Phụ lục"))
        return;
    p->copies = p->kept = false;
    p->body = true;
}

static void add_row(struct paging *p, char *row) {
    /* A number left open: the blank is as wide as a gap between columns. */
    char *blank = strstr(row, ":\t/");
    if (blank && blank - row <= (ptrdiff_t)strlen("Số"))
        blank[1] = ' ';
    begin_appendix(p, row);
    split_head(p, row);
    const char *first = has_columns(p, row) ? strsep(&row, "\t") : strsep(&row, "\n");
    const char *left = tidy(p->view->pool, first), *right = row ? tidy(p->view->pool, row) : "";
    if (*left && *right) {
        add_line(p, left, 0);
        add_line(p, right, 1);
    } else if (*left || *right) {
        const char *text = *left ? left : right;
        add_line(p, text, *left ? column_alone(p, text) : 1);
    }
}

static bool is_page_number(const char *line) {
    return *line && !line[strspn(line, "0123456789 -–\t")];
}

static void add_page(struct paging *p, const char *page, size_t number) {
    char *rest = pool_strdup(p->view->pool, page);
    bool top = true, first = number == 1;
    p->where.part = pool_printf(p->view->pool, "trang %zu", number);
    p->where.line = 0;
    for (char *row; (row = strsep(&rest, "\n")) != NULL;) {
        p->where.line++;
        if (!row[strspn(row, " \t")])
            continue;
        if (first || !top || !is_page_number(row))
            add_row(p, row);
        top = false;
    }
}

static size_t longest_line(const char *const *pages, size_t count) {
    size_t longest = 0;
    for (size_t i = 0; i < count; i++)
        for (const char *at = pages[i]; *at;) {
            size_t n = strcspn(at, "\n"), characters = 0;
            for (size_t k = 0; k < n; k++)
                characters += ((unsigned char)at[k] & 0xC0) != 0x80;
            longest = characters > longest ? characters : longest;
            at += n + (at[n] == '\n');
        }
    return longest;
}

struct view *view_of_pages(struct pool *pool, const char *const *pages, size_t count,
                           const char *path, const struct doc_types *types) {
    struct paging p = {.view = POOL_NEW(pool, struct view), .where = {.file = path}};
    p.view->pool = pool;
    p.view->path = path;
    p.view->types = types;
    p.view->printed = true;
    p.longest = longest_line(pages, count);
    p.centred = para_with(pool, JC_CENTER);
    p.plain = para_with(pool, JC_BOTH);
    for (size_t i = 0; i < count; i++)
        add_page(&p, pages[i], i + 1);
    recognise(p.view);
    recognise_body(p.view);
    return p.view;
}

struct view *check_pages_view(struct pool *pool, const char *const *pages, size_t count,
                              const char *path, const struct doc_types *types) {
    return view_of_pages(pool, pages, count, path, types);
}
