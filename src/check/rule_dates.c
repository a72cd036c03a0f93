/* Days, times and citations in running text. */
#include "check/judge.h"
#include "check/cite.h"
#include "base/utf8.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>

/* ---- days ---- */

#define EACH_MENTION(m, line)                                                                      \
    for (struct mention m = {.end = (line)->text}; mention_next((line)->text, m.end, &m);)

static const char *shown(struct pool *pool, const struct mention *m) {
    return pool_strndup(pool, m->at, (size_t)(m->end - m->at));
}

void judge_day_real(struct judge *judge) {
    const struct line *line;
    EACH_PROSE(line, judge)
    EACH_MENTION(m, line)
    if (!day_exists(m.year, m.month, m.day))
        found(judge, line, shown(judge->view->pool, &m), NULL);
}

/* In words, as the decree writes days; "5/3/2024" is no form of its own. */
void judge_day_zero(struct judge *judge) {
    struct pool *pool = judge->view->pool;
    const struct line *line;
    EACH_PROSE(line, judge)
    EACH_MENTION(m, line) {
        bool day = m.day_digits == 1, month = m.month_digits == 1 && m.month < 3;
        if (!m.words || (!day && !month))
            continue;
        const char *right = pool_printf(pool, "%02d tháng %s%d năm %d", m.day,
                                        m.month < 3 ? "0" : "", m.month, m.year);
        found(judge, line, shown(pool, &m), right, NULL);
        mend_text(judge, line, shown(pool, &m), right);
    }
}

/* ---- weekdays ---- */

static const char *const weekdays[] = {"Chủ nhật", "thứ Hai", "thứ Ba", "thứ Tư",
                                       "thứ Năm",  "thứ Sáu", "thứ Bảy"};

/* The weekday `text` opens with (at_end: ends with), in either case; -1: none. */
static int weekday_in(struct pool *pool, const char *text, bool at_end) {
    static const char *const folded[] = {"chu nhat", "thu hai", "thu ba", "thu tu",
                                         "thu nam",  "thu sau", "thu bay"};
    const char *words = utf8_fold(pool, text);
    for (int i = 0; i < 7; i++) {
        size_t n = strlen(folded[i]), all = strlen(words);
        if (at_end ? ends_with(words, folded[i]) && (all == n || words[all - n - 1] == ' ')
                   : starts_with(words, folded[i]) && !isalnum((unsigned char)words[n]))
            return i;
    }
    return -1;
}

enum { WINDOW = 40 }; /* bytes of a day's company that are looked at */

static int weekday_after(struct pool *pool, const char *text) {
    size_t n = strnlen(text, WINDOW);
    while (n == WINDOW && n > 0 && ((unsigned char)text[n] & 0xC0) == 0x80)
        n--;
    return weekday_in(pool, pool_strndup(pool, text, n), false);
}

static int weekday_beside(struct pool *pool, const struct line *line, const struct mention *m) {
    const char *end = m->at, *s = line->text;
    while (end > s && strchr(" ,(", end[-1]))
        end--;
    if (ends_with(pool_strndup(pool, s, (size_t)(end - s)), "ngày"))
        end -= strlen("ngày");
    while (end > s && strchr(" ,(", end[-1]))
        end--;
    const char *from = end - s > WINDOW ? end - WINDOW : s;
    while (((unsigned char)*from & 0xC0) == 0x80)
        from++;
    int before = weekday_in(pool, pool_strndup(pool, from, (size_t)(end - from)), true);
    return before >= 0 ? before : weekday_after(pool, m->end + strspn(m->end, " ,("));
}

void judge_day_weekday(struct judge *judge) {
    struct pool *pool = judge->view->pool;
    const struct line *line;
    EACH_PROSE(line, judge)
    EACH_MENTION(m, line) {
        int written = weekday_beside(pool, line, &m);
        if (written < 0 || !day_exists(m.year, m.month, m.day))
            continue;
        int real = weekday(m.year, m.month, m.day);
        if (real != written)
            found(judge, line, shown(pool, &m), weekdays[written], weekdays[real], NULL);
    }
}

/* ---- times ---- */

/* "08 giờ 75 phút", "25h00". */
void judge_day_time(struct judge *judge) {
    const struct line *line;
    EACH_PROSE(line, judge)
    for (const char *p = line->text; (p = strpbrk(p, "0123456789")) != NULL;) {
        int hour = 0, minute = 0;
        size_t digits;
        const char *start = p, *next = read_int(p, 2, &hour, &digits);
        p += strspn(p, "0123456789");
        const char *after = next ? skip_word(next, "giờ") : NULL;
        bool short_form = next && *next == 'h' && isdigit((unsigned char)next[1]);
        if (short_form)
            after = next + 1;
        if (!after)
            continue;
        const char *end = read_int(after, 2, &minute, &digits);
        if (!short_form && (!end || !skip_word(end, "phút")))
            minute = 0;
        if (hour > 24 || minute > 59)
            found(judge, line,
                  pool_strndup(judge->view->pool, start, (size_t)((end ? end : after) - start)),
                  NULL);
    }
}

/* ---- deadlines ---- */

/* Against the document's own day; of an open day or month, against the first it can be. */
static bool before_own(const struct day *own, const struct mention *m) {
    int month = own->month ? own->month : 1, day = own->day ? own->day : 1;
    return day_compare(m->year, m->month, m->day, own->year, month, day) < 0;
}

static bool after_own(const struct day *own, const struct mention *m) {
    int month = own->month ? own->month : 12, day = own->day ? own->day : 31;
    return day_compare(m->year, m->month, m->day, own->year, month, day) > 0;
}

/* Words right before a day that make it a deadline. "trước ngày" alone may speak of the past. */
static bool is_deadline(struct pool *pool, const struct line *line, const struct mention *m) {
    static const char *const sure[] = {
        "chậm nhất ngày",   "chậm nhất trong ngày",  "chậm nhất là ngày", "chậm nhất đến ngày",
        "đến hết ngày",     "hoàn thành trước ngày", "xong trước ngày",   "hạn cuối ngày",
        "hạn cuối là ngày", "báo cáo trước ngày",    "gửi trước ngày"};
    const char *end = m->at, *day = "ngày";
    while (end > line->text && end[-1] == ' ')
        end--;
    if ((size_t)(end - line->text) < strlen(day) ||
        memcmp(end - strlen(day), day, strlen(day)) != 0)
        return false;
    const char *before = pool_strndup(pool, line->text, (size_t)(end - line->text));
    for (size_t i = 0; i < sizeof sure / sizeof *sure; i++)
        if (ends_with(before, sure[i]))
            return true;
    return ends_with(before, "trước ngày") && (strstr(before, "gửi ") || strstr(before, "Gửi ")) &&
           !strstr(before, "ban hành");
}

/* Notes quote other documents. */
void judge_deadline_past(struct judge *judge) {
    const struct line *line;
    EACH_PROSE(line, judge) {
        if (line->element == ELEMENT_NOTE)
            continue;
        EACH_MENTION(m, line)
        if (is_deadline(judge->view->pool, line, &m) && before_own(&judge->view->date, &m))
            found(judge, line, shown(judge->view->pool, &m), NULL);
    }
}

/* ---- citations ---- */

#define EACH_CITE(c, judge, line)                                                                  \
    for (struct cite c = {.end = (line)->text};                                                    \
         cite_next((judge)->view->pool, (line)->text, c.end, &c);)

void judge_cite_later(struct judge *judge) {
    const struct line *line;
    EACH_PROSE(line, judge)
    EACH_CITE(c, judge, line)
    if (c.dated && after_own(&judge->view->date, &c.date))
        found(judge, line, shown(judge->view->pool, &c.date), NULL);
}

void judge_cite_year(struct judge *judge) {
    struct pool *pool = judge->view->pool;
    const struct line *line;
    EACH_PROSE(line, judge)
    EACH_CITE(c, judge, line)
    if (c.dated && c.year && c.year != c.date.year)
        found(judge, line, c.text, pool_printf(pool, "%d", c.year), NULL);
}

static const char *without_spaces(struct pool *pool, const char *s) {
    char *out = pool_strdup(pool, s), *to = out;
    for (; *s; s++)
        if (*s != ' ')
            *to++ = *s;
    *to = '\0';
    return out;
}

void judge_cite_space(struct judge *judge) {
    const struct line *line;
    EACH_PROSE(line, judge)
    EACH_CITE(c, judge, line)
    if (c.spaced && c.labelled) {
        found(judge, line, c.text, NULL);
        mend_text(judge, line, c.text, without_spaces(judge->view->pool, c.text));
    }
}

/* Only abbreviations of other types are sure to be wrong; bodies are named as they like. */
static bool wrong_group(const char *wanted, const char *group) {
    static const char *const sure[] = {"NĐ", "QĐ", "NQ", "KH", "TTr"};
    if (strcmp(wanted, group) == 0)
        return false;
    for (size_t i = 0; i < sizeof sure / sizeof *sure; i++)
        if (strcmp(sure[i], group) == 0)
            return true;
    return false;
}

void judge_cite_type(struct judge *judge) {
    struct pool *pool = judge->view->pool;
    const struct line *line;
    EACH_PROSE(line, judge)
    EACH_CITE(c, judge, line) {
        const struct cited_type *type = cite_type(pool, line->text, &c);
        if (type && wrong_group(type->group, c.group))
            found(judge, line, c.text, type->name, NULL);
    }
}

struct known {
    VEC(const char *) at;
};

static bool is_known(const struct known *known, const char *text) {
    const char **other;
    VEC_EACH (other, &known->at)
        if (strcmp(*other, text) == 0)
            return true;
    return false;
}

/* The first time; in a line that opens with a day, that is the document's. */
void judge_cite_full(struct judge *judge) {
    enum { MOST = 200 };
    struct known known = {0};
    const struct line *line;
    EACH_PROSE(line, judge)
    EACH_CITE(c, judge, line) {
        struct pool *pool = judge->view->pool;
        if (!cite_type(pool, line->text, &c) || known.at.n >= MOST || is_known(&known, c.text))
            continue;
        *VEC_PUSH(pool, &known.at) = c.text;
        if (!c.dated && is_sentence(line->element) && !starts_with(line->folded, "ngay "))
            found(judge, line, c.text, NULL);
    }
}

void judge_cite_number(struct judge *judge) {
    struct pool *pool = judge->view->pool;
    const struct line *line;
    EACH_PROSE(line, judge)
    EACH_CITE(c, judge, line) {
        const struct cited_type *type = cite_type(pool, line->text, &c);
        if (!type || c.labelled)
            continue;
        const char *from = pool_printf(pool, "%s %s", type->name, c.text);
        const char *right = pool_printf(pool, "%s số %s", type->name, c.text);
        found(judge, line, from, right, NULL);
        mend_text(judge, line, from, right);
    }
}
