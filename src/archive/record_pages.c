/* A dispatch read off its pages. The lines of text are made lines of a view (check/view.h) and told
 * apart by the recogniser that the checks use; only what printing took away is put back first:
 * which lines are one paragraph, and which stood in the middle. */
#include "archive/record.h"

#include "base/utf8.h"
#include "check/view.h"
#include "check/words.h"

#include <stdlib.h>
#include <string.h>

struct paging {
    struct record *record;
    struct view *view;
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

static bool has_dash(const char *s) {
    return starts_with(s, "-") || starts_with(s, "–") || starts_with(s, "+") ||
           starts_with(s, "*") || starts_with(s, "•");
}

/* "1." "1.2." "a)" "IV." "Điều 3." open a paragraph. */
static bool has_marker(const char *s) {
    size_t n = strcspn(s, " ");
    if (has_dash(s) || starts_with(s, "Điều ") || starts_with(s, "Căn cứ "))
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
    return has_dash(line) || is_small(first_char(next)) || p->tail * 10 > p->longest * 7;
}

/* "số 12/UBND-" and "VP" are one word. */
static bool splits_word(const char *line) {
    size_t n = strlen(line);
    return n > 1 && (line[n - 1] == '-' || line[n - 1] == '/') && line[n - 2] != ' ';
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
    bool inside = (p->body || (before && has_dash(before->text))) && column != 1;
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
    if (!p->copies || has_dash(text))
        return -1;
    return !p->kept && left && joins(p, left->text, text) && has_dash(left->text) ? -1 : 1;
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

static void add_page(struct paging *p, const char *page, bool first) {
    char *rest = pool_strdup(p->view->pool, page);
    bool top = true;
    for (char *row; (row = strsep(&rest, "\n")) != NULL;) {
        if (!row[strspn(row, " \t")])
            continue;
        if (first || !top || !is_page_number(row))
            add_row(p, row);
        top = false;
    }
}

static size_t longest_line(const struct pages_text *text) {
    size_t longest = 0;
    for (size_t i = 0; i < text->pages.n; i++)
        for (const char *at = text->pages.at[i]; *at;) {
            size_t n = strcspn(at, "\n"), characters = 0;
            for (size_t k = 0; k < n; k++)
                characters += ((unsigned char)at[k] & 0xC0) != 0x80;
            longest = characters > longest ? characters : longest;
            at += n + (at[n] == '\n');
        }
    return longest;
}

/* ---- fields ---- */

/* The lines of an element as one. */
static const char *joined(const struct view *view, enum element element) {
    struct buf text = {0};
    const struct line *line;
    VEC_EACH (line, &view->lines)
        if (line->element == element) {
            if (text.len && !splits_word(text.data))
                buf_putc(&text, ' ');
            buf_puts(&text, line->text);
        }
    const char *copy = tidy(view->pool, buf_text(&text));
    buf_free(&text);
    return copy;
}

static void set_joined(struct record *record, enum record_key key, const struct view *view,
                       enum element element) {
    record_set(record, key, joined(view, element), RECORD_FROM_PAGES);
}

/* "- Sở Nội vụ;" -> "Sở Nội vụ" */
static const char *bare_item(struct pool *pool, const char *text) {
    while (has_dash(text) || *text == ' ')
        text += first_char(text) < 0x80 ? 1 : 3;
    return value_item(pool, tidy(pool, text), "");
}

static void add_items(struct record *record, struct record_list *list, const struct view *view,
                      enum element element) {
    const struct line *line;
    if (list->from == RECORD_FROM_INI)
        return;
    VEC_EACH (line, &view->lines) {
        const char *text = line->text;
        if (element == ELEMENT_TO_ITEM && line->element == ELEMENT_TO)
            text = strchr(text, ':') ? strchr(text, ':') + 1 : "";
        else if (line->element != element)
            continue;
        if (text[strspn(text, " ")])
            *VEC_PUSH(record->pool, &list->at) = bare_item(record->pool, text);
    }
    list->from = list->at.n ? RECORD_FROM_PAGES : list->from;
}

static enum record_source stamped(const struct pages_text *text, const char *value) {
    const struct stamped_text *stamp;
    VEC_EACH (stamp, &text->stamps) {
        const char *shown = stamp->text + strspn(stamp->text, " \t\n0");
        size_t n = strcspn(shown, " \t\n");
        value += strspn(value, "0");
        if (n && strlen(value) == n && memcmp(shown, value, n) == 0)
            return RECORD_FROM_STAMP;
    }
    return RECORD_FROM_PAGES;
}

/* "Số: 05/UBND-VP", with spaces where a stamp was put. */
static void set_number(struct record *record, const struct view *view,
                       const struct pages_text *text) {
    const struct line *line = view_first(view, ELEMENT_NUMBER);
    const char *slash = line ? strchr(line->text, '/') : NULL;
    if (!slash)
        return;
    const char *digits = line->text + strcspn(line->text, "0123456789/");
    const char *number =
        tidy(record->pool, pool_strndup(record->pool, digits, (size_t)(slash - digits)));
    const char *symbol = slash + 1 + strspn(slash + 1, " ");
    size_t n = strcspn(symbol, " ,;");
    if (is_digit((unsigned char)*number) && !strchr(number, ' '))
        record_set(record, RECORD_NUMBER, number, stamped(text, number));
    if (is_letter(first_char(symbol)))
        record_set(record, RECORD_SYMBOL, pool_strndup(record->pool, symbol, n), RECORD_FROM_PAGES);
}

static void set_date(struct record *record, const struct view *view,
                     const struct pages_text *text) {
    const struct day *day = &view->date;
    if (!day_exists(day->year, day->month, day->day) || day->year < 1000)
        return;
    record_set(record, RECORD_DATE,
               pool_printf(record->pool, "%04d-%02d-%02d", day->year, day->month, day->day),
               stamped(text, pool_printf(record->pool, "%d", day->day)));
}

static void set_subject(struct record *record, const struct view *view) {
    const char *subject = joined(view, ELEMENT_SUBJECT);
    const char *title = joined(view, ELEMENT_TITLE);
    record_set(record, RECORD_SUBJECT, value_subject(*subject ? subject : title),
               RECORD_FROM_PAGES);
}

static void set_type(struct record *record, const struct view *view) {
    const struct type_row *type = view->type ? type_by_name(view->type) : NULL;
    record_set(record, RECORD_TYPE, type ? type->name : NULL, RECORD_FROM_PAGES);
}

/* The subject's lines are one paragraph, whatever stands beside them. */
static void put_text(struct paging *p, struct buf *out) {
    const struct line *line;
    bool done[ELEMENTS] = {false};
    VEC_EACH (line, &p->view->lines) {
        bool subject = line->element == ELEMENT_SUBJECT || line->element == ELEMENT_TITLE;
        if (subject && done[line->element])
            continue;
        done[line->element] = true;
        buf_puts(out, subject ? joined(p->view, line->element) : line->text);
        buf_putc(out, '\n');
    }
}

void record_add_pages(struct record *record, const struct pages_text *text) {
    struct pool *pool = record->pool;
    struct paging p = {.record = record, .view = POOL_NEW(pool, struct view)};
    p.view->pool = pool;
    p.longest = longest_line(text);
    p.centred = para_with(pool, JC_CENTER);
    p.plain = para_with(pool, JC_BOTH);
    for (size_t i = 0; i < text->pages.n; i++)
        add_page(&p, text->pages.at[i], i == 0);
    recognise(p.view);
    recognise_body(p.view);
    record->pages = (int)text->pages.n;
    set_type(record, p.view);
    set_number(record, p.view, text);
    set_date(record, p.view, text);
    set_joined(record, RECORD_PARENT, p.view, ELEMENT_GOVERNING);
    set_joined(record, RECORD_AGENCY, p.view, ELEMENT_AGENCY);
    set_joined(record, RECORD_AUTHORITY, p.view, ELEMENT_AUTHORITY);
    set_joined(record, RECORD_POSITION, p.view, ELEMENT_POSITION);
    set_joined(record, RECORD_SIGNATORY, p.view, ELEMENT_NAME);
    set_joined(record, RECORD_URGENCY, p.view, ELEMENT_URGENCY);
    set_joined(record, RECORD_SECRECY, p.view, ELEMENT_SECRECY);
    set_subject(record, p.view);
    add_items(record, &record->to, p.view, ELEMENT_TO_ITEM);
    add_items(record, &record->copies, p.view, ELEMENT_COPIES_ITEM);
    struct buf all = {0};
    put_text(&p, &all);
    record_add_text(record, buf_text(&all), RECORD_FROM_PAGES);
    buf_free(&all);
}
