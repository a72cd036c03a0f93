/* What a dispatch's text says beyond its form: other documents, deadlines; and whether the text is
 * any good. */
#include "archive/record.h"

#include "archive/terms.h"
#include "check/cite.h"
#include "check/words.h"
#include "dispatch/names.h"

#include <string.h>

static const char *iso_day(struct pool *pool, const struct mention *m) {
    return day_exists(m->year, m->month, m->day)
               ? pool_printf(pool, "%04d-%02d-%02d", m->year, m->month, m->day)
               : NULL;
}

/* ---- citations ---- */

static const char *without_spaces(struct pool *pool, const char *s) {
    char *out = pool_strdup(pool, s), *to = out;
    for (; *s; s++)
        if (*s != ' ')
            *to++ = *s;
    *to = '\0';
    return out;
}

struct text_reading {
    struct record *record;
    struct names cited; /* "05/QĐ-UBND" and "05/QĐ-UBND 2026-02-03" -> the first such cite */
};

/* Adds it, or the day to the same one cited before without. One without a day is taken for the
 * first of its symbol; another day is another document. */
static void add_cite(struct text_reading *r, struct record_cite cite) {
    struct record *record = r->record;
    size_t n = record->cites.n, at = names_add(&r->cited, cite.symbol, strlen(cite.symbol), n);
    if (cite.date) {
        bool may_be = at == n || !record->cites.at[at].date;
        const char *dated = pool_printf(record->pool, "%s %s", cite.symbol, cite.date);
        at = names_add(&r->cited, dated, strlen(dated), may_be ? at : n);
    }
    if (at == n)
        VEC_PUSH(record->pool, &record->cites)->symbol = cite.symbol;
    struct record_cite *known = &record->cites.at[at];
    known->date = known->date ? known->date : cite.date;
    known->type = known->type ? known->type : cite.type;
}

/* Its own number stands in its head. */
static bool is_own(const struct record *record, const char *symbol) {
    const char *own = record_number_symbol(record);
    return own && strcmp(own + strspn(own, "0"), symbol + strspn(symbol, "0")) == 0;
}

static void find_cites(struct text_reading *r, const char *paragraph) {
    struct record *record = r->record;
    struct pool *pool = record->pool;
    struct cite cite = {.end = paragraph};
    while (cite_next(pool, paragraph, cite.end, &cite)) {
        const struct cited_type *type = cite_type(pool, paragraph, &cite);
        const char *symbol = without_spaces(pool, cite.text);
        if ((type || cite.labelled || cite.dated) && !is_own(record, symbol))
            add_cite(r,
                     (struct record_cite){.type = type ? type->name : NULL,
                                          .symbol = symbol,
                                          .date = cite.dated ? iso_day(pool, &cite.date) : NULL});
    }
}

/* ---- deadlines ---- */

/* How far a day's surroundings are looked at, in bytes, so that a line of nothing but days, however
 * long, is read in time linear in its length. */
enum {
    NEAR = 160, /* "chậm nhất trước 16 giờ 30 phút, ngày" takes 50 */
    LONG = 4000 /* half a sentence */
};

/* The start of the character that the byte at `p` belongs to. */
static const char *char_start(const char *text, const char *p) {
    while (p > text && ((unsigned char)*p & 0xC0) == 0x80)
        p--;
    return p;
}

/* Takes `word` and the spaces before it off the end of `s`; false: `s` does not end with it. */
static bool cut_word(char *s, const char *word) {
    size_t n = strlen(s), w = strlen(word);
    if (!ends_with(s, word) || (n > w && is_letter(char_before(s, s + n - w))))
        return false;
    for (s[n -= w] = '\0'; n && s[n - 1] == ' ';)
        s[--n] = '\0';
    return true;
}

static bool is_time(const char *p) {
    int value;
    size_t digits;
    if ((p = read_int(p, 2, &value, &digits)) == NULL)
        return false;
    const char *hour = skip_word(p, "giờ");
    if (!hour && (hour = skip_word(p, "h")) == NULL)
        return false;
    const char *minutes = read_int(hour, 2, &value, &digits);
    p = minutes ? minutes : hour;
    const char *unit = skip_word(p, "phút");
    p = unit ? unit : p;
    return !p[strspn(p, " ,('")];
}

/* "trước 17 giờ 00 phút," -> "trước": the word before the time of day is what counts. */
static void cut_time(char *s) {
    enum { LONGEST = 32 };
    size_t n = strlen(s);
    for (char *p = s + (n > LONGEST ? n - LONGEST : 0); *p; p++)
        if (is_digit((unsigned char)*p) && (p == s || p[-1] == ' ') && is_time(p)) {
            *p = '\0';
            break;
        }
    for (n = strlen(s); n && strchr(" ,(", s[n - 1]);)
        s[--n] = '\0';
}

/* Whether the words right before a day make it the last one to do something by. */
static bool is_deadline(struct pool *pool, const char *text, const struct mention *m) {
    static const char *const words[] = {
        "trước",           "chậm nhất",   "chậm nhất là", "chậm nhất đến", "chậm nhất vào",
        "chậm nhất trong", "muộn nhất",   "muộn nhất là", "đến hết",       "hạn cuối",
        "hạn cuối là",     "hạn chót",    "hạn chót là",  "thời hạn",      "thời hạn đến",
        "hạn nộp",         "hạn báo cáo", "hạn trả lời"};
    const char *from = char_start(text, m->at - text > NEAR ? m->at - NEAR : text);
    char *before = tidy(pool, pool_strndup(pool, from, (size_t)(m->at - from)));
    cut_word(before, "ngày");
    cut_time(before);
    if (ends_with(before, "ban hành trước") || ends_with(before, "cấp trước"))
        return false;
    for (size_t i = 0; i < sizeof words / sizeof *words; i++)
        if (cut_word(before, words[i]))
            return true;
    return false;
}

static bool ends_sentence(const char *p) {
    return (*p == '.' || *p == '!' || *p == '?') && p[1] == ' ' && is_capital(first_char(p + 2));
}

static const char *sentence_around(struct pool *pool, const char *text, const char *at) {
    const char *from = char_start(text, at - text > LONG ? at - LONG : text), *end = at;
    for (const char *p = from; p < at; p++)
        if (ends_sentence(p))
            from = p + 1;
    while (*end && end - at < LONG && !ends_sentence(end))
        end++;
    end = *end && ends_sentence(end) ? end + 1 : char_start(text, end);
    return tidy(pool, pool_strndup(pool, from, (size_t)(end - from)));
}

static void find_deadlines(struct record *record, const char *paragraph) {
    struct pool *pool = record->pool;
    const char *own = record->fields[RECORD_DATE].text;
    struct mention m = {.end = paragraph};
    while (mention_next(paragraph, m.end, &m)) {
        const char *date = iso_day(pool, &m);
        /* What lay in the past when it was written is no deadline. */
        if (date && is_deadline(pool, paragraph, &m) && (!own || strcmp(date, own) >= 0))
            *VEC_PUSH(pool, &record->deadlines) = (struct record_deadline){
                .date = date, .sentence = sentence_around(pool, paragraph, m.at)};
    }
}

/* ---- the whole ---- */

void record_add_text(struct record *record, const char *text, enum record_source from) {
    if (!text || !text[strspn(text, " \n\t")])
        return;
    record->text = pool_strdup(record->pool, text);
    record->text_from = from;
    record->rough = terms_rough(text);
    record->cites.n = record->deadlines.n = 0;
    struct text_reading r = {record, {.pool = record->pool}};
    char *rest = pool_strdup(record->pool, text);
    for (char *line; (line = strsep(&rest, "\n")) != NULL;) {
        find_cites(&r, line);
        find_deadlines(record, line);
    }
}
