/* Days, times and citations in running text. */
#include "check/judge.h"
#include "check/cite.h"
#include "base/utf8.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>

/* ---- days ---- */

/* A day named in the author's text. */
struct day_named {
    const struct line *line;
    struct mention day;
};

struct days_named {
    VEC(struct day_named) at;
};

static const struct days_named *find_days(struct judge *judge) {
    struct days_named *days = POOL_NEW(judge->view->pool, struct days_named);
    const struct line *line;
    EACH_PROSE(line, judge)
    for (struct mention m = {.end = line->text}; mention_next(line->text, m.end, &m);)
        *VEC_PUSH(judge->view->pool, &days->at) = (struct day_named){line, m};
    return days;
}

/* All of them, in order; looked for once, for all rules. */
static const struct days_named *days_in(struct judge *judge) {
    if (!judge->view->days)
        judge->view->days = find_days(judge);
    judge->seen = judge->seen || next_prose(judge, NULL);
    return judge->view->days;
}

static const char *shown(struct pool *pool, const struct mention *m) {
    return pool_strndup(pool, m->at, (size_t)(m->end - m->at));
}

void judge_day_real(struct judge *judge) {
    const struct days_named *days = days_in(judge);
    const struct day_named *named;
    VEC_EACH (named, &days->at) {
        const struct mention *m = &named->day;
        if (!day_exists(m->year, m->month, m->day))
            found(judge, named->line, shown(judge->view->pool, m), NULL);
    }
}

/* In words, as the decree writes days; "5/3/2024" is no form of its own. */
void judge_day_zero(struct judge *judge) {
    struct pool *pool = judge->view->pool;
    const struct days_named *days = days_in(judge);
    const struct day_named *named;
    VEC_EACH (named, &days->at) {
        const struct mention *m = &named->day;
        bool day = m->day_digits == 1, month = m->month_digits == 1 && m->month < 3;
        if (!m->words || (!day && !month))
            continue;
        const char *right = pool_printf(pool, "%02d tháng %s%d năm %d", m->day,
                                        m->month < 3 ? "0" : "", m->month, m->year);
        found(judge, named->line, shown(pool, m), right, NULL);
        mend_text(judge, named->line, shown(pool, m), right);
    }
}

/* ---- weekdays ---- */

static const char *const weekdays[] = {"Chủ nhật", "thứ Hai", "thứ Ba", "thứ Tư",
                                       "thứ Năm",  "thứ Sáu", "thứ Bảy"};

/* The weekday `text` opens with (at_end: ends with), in either case; -1: none. */
static int weekday_in(struct pool *pool, const char *text, bool at_end) {
    static const char *const folded[] = {"chu nhat", "thu hai", "thu ba", "thu tu",
                                         "thu nam",  "thu sau", "thu bay"};
    /* "Kỳ họp thứ hai, ngày ...": the second */
    static const char *const counted[] = {"hop",  "lan",  "phien", "dot",
                                          "vong", "khoa", "hang",  NULL};
    const char *words = utf8_fold(pool, text);
    size_t all = strlen(words);
    for (int i = 0; i < 7; i++) {
        size_t n = strlen(folded[i]);
        if (all < n)
            continue;
        const char *at = at_end ? words + all - n : words;
        bool alone = at_end ? at == words || at[-1] == ' ' : !isalnum((unsigned char)at[n]);
        if (alone && memcmp(at, folded[i], n) == 0)
            return follows_word(words, at, counted) ? -1 : i;
    }
    return -1;
}

enum { WINDOW = 40 }; /* bytes of a day's company that are looked at */

static int weekday_after(struct pool *pool, const char *text) {
    if (is_letter((unsigned char)*text) && !strchr("tTcC", *text)) /* thứ, chủ nhật */
        return -1;
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
    const struct days_named *days = days_in(judge);
    const struct day_named *named;
    VEC_EACH (named, &days->at) {
        const struct mention *m = &named->day;
        int written = weekday_beside(pool, named->line, m);
        if (written < 0 || !day_exists(m->year, m->month, m->day))
            continue;
        int real = weekday(m->year, m->month, m->day);
        if (real != written)
            found(judge, named->line, shown(pool, m), weekdays[written], weekdays[real], NULL);
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
        p += digits_at(p);
        const char *after = next ? skip_word(next, "giờ") : NULL;
        bool short_form = next && *next == 'h' && isdigit((unsigned char)next[1]);
        if (short_form)
            after = next + 1;
        if (!after)
            continue;
        const char *end = read_int(after, 2, &minute, &digits);
        if (!short_form && (!end || !skip_word(end, "phút")))
            minute = 0;
        if (hour > 24 || minute > 59 || (hour == 24 && minute > 0))
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
    const struct days_named *days = days_in(judge);
    const struct day_named *named;
    VEC_EACH (named, &days->at)
        if (named->line->element != ELEMENT_NOTE && before_own(&judge->view->date, &named->day) &&
            is_deadline(judge->view->pool, named->line, &named->day))
            found(judge, named->line, shown(judge->view->pool, &named->day), NULL);
}

/* ---- citations ---- */

/* A document cited in the author's text, and the type named with it (NULL: none). */
struct cited {
    const struct line *line;
    struct cite cite;
    const struct cited_type *type;
};

struct cites {
    VEC(struct cited) at;
};

static const struct cites *find_cites(struct judge *judge) {
    struct pool *pool = judge->view->pool;
    struct cites *cites = POOL_NEW(pool, struct cites);
    const struct line *line;
    EACH_PROSE(line, judge)
    for (struct cite c = {.end = line->text}; cite_next(pool, line->text, c.end, &c);)
        *VEC_PUSH(pool, &cites->at) = (struct cited){line, c, cite_type(pool, line->text, &c)};
    return cites;
}

/* All of them, in order; looked for once, for all rules. */
static const struct cites *cites_in(struct judge *judge) {
    if (!judge->view->cites)
        judge->view->cites = find_cites(judge);
    judge->seen = judge->seen || next_prose(judge, NULL);
    return judge->view->cites;
}

void judge_cite_later(struct judge *judge) {
    const struct cites *cites = cites_in(judge);
    const struct cited *at;
    VEC_EACH (at, &cites->at)
        if (at->cite.dated && after_own(&judge->view->date, &at->cite.date))
            found(judge, at->line, shown(judge->view->pool, &at->cite.date), NULL);
}

void judge_cite_year(struct judge *judge) {
    const struct cites *cites = cites_in(judge);
    const struct cited *at;
    VEC_EACH (at, &cites->at) {
        const struct cite *c = &at->cite;
        if (c->dated && c->year && c->year != c->date.year)
            found(judge, at->line, c->text, pool_printf(judge->view->pool, "%d", c->year), NULL);
    }
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
    const struct cites *cites = cites_in(judge);
    const struct cited *at;
    VEC_EACH (at, &cites->at) {
        const struct cite *c = &at->cite;
        if (!c->spaced || !c->labelled)
            continue;
        found(judge, at->line, c->text, NULL);
        mend_text(judge, at->line, c->text, without_spaces(judge->view->pool, c->text));
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
    const struct cites *cites = cites_in(judge);
    const struct cited *at;
    VEC_EACH (at, &cites->at)
        if (at->type && wrong_group(at->type->group, at->cite.group))
            found(judge, at->line, at->cite.text, at->type->name, NULL);
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
    const struct cites *cites = cites_in(judge);
    const struct cited *at;
    VEC_EACH (at, &cites->at) {
        const struct cite *c = &at->cite;
        if (!at->type || known.at.n >= MOST || is_known(&known, c->text))
            continue;
        *VEC_PUSH(judge->view->pool, &known.at) = c->text;
        if (!c->dated && is_sentence(at->line->element) && !starts_with(at->line->folded, "ngay "))
            found(judge, at->line, c->text, NULL);
    }
}

void judge_cite_number(struct judge *judge) {
    struct pool *pool = judge->view->pool;
    const struct cites *cites = cites_in(judge);
    const struct cited *at;
    VEC_EACH (at, &cites->at) {
        if (!at->type || at->cite.labelled)
            continue;
        const char *from = pool_printf(pool, "%s %s", at->type->name, at->cite.text);
        const char *right = pool_printf(pool, "%s số %s", at->type->name, at->cite.text);
        found(judge, at->line, from, right, NULL);
        mend_text(judge, at->line, from, right);
    }
}
