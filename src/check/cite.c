#include "check/cite.h"
#include "base/utf8.h"
#include "check/words.h"

#include <stdlib.h>
#include <string.h>

const char *skip_word(const char *p, const char *word) {
    p += spaces_at(p);
    if (!starts_with(p, word))
        return NULL;
    p += strlen(word);
    return p + spaces_at(p);
}

const char *read_int(const char *p, size_t most, int *value, size_t *digits) {
    *digits = digits_at(p);
    if (!*digits || *digits > most)
        return NULL;
    *value = atoi(p);
    return p + *digits;
}

static bool in_words(const char *p, struct mention *m) {
    size_t digits;
    m->words = true;
    m->at = p;
    if ((p = read_int(p, 2, &m->day, &m->day_digits)) == NULL ||
        (p = skip_word(p, "tháng")) == NULL ||
        (p = read_int(p, 2, &m->month, &m->month_digits)) == NULL ||
        (p = skip_word(p, "năm")) == NULL || (p = read_int(p, 4, &m->year, &digits)) == NULL)
        return false;
    m->end = p;
    return digits == 4;
}

static bool in_figures(const char *p, struct mention *m) {
    size_t digits;
    m->words = false;
    m->at = p;
    if ((p = read_int(p, 2, &m->day, &m->day_digits)) == NULL || *p++ != '/' ||
        (p = read_int(p, 2, &m->month, &m->month_digits)) == NULL || *p++ != '/' ||
        (p = read_int(p, 4, &m->year, &digits)) == NULL)
        return false;
    m->end = p;
    return digits == 4 && *p != '/' && *p != '-';
}

bool mention_next(const char *s, const char *from, struct mention *m) {
    for (const char *p = from; (p = strpbrk(p, "0123456789")) != NULL;) {
        uint32_t before = char_before(s, p);
        bool starts = before != '/' && before != '.' && before != '-' && !is_letter(before);
        if (starts && (in_words(p, m) || in_figures(p, m)))
            return true;
        p += digits_at(p);
    }
    return false;
}

static bool symbol_char(uint32_t cp) {
    return is_letter(cp) || is_digit(cp) || cp == '-' || cp == '/' || cp == '.' || cp == '&';
}

/* Digits, a slash with or without spaces, and the symbol: capitals first. */
static bool read_cite(struct pool *pool, const char *s, const char *p, struct cite *c) {
    const char *slash = p + digits_at(p);
    slash += is_small(first_char(slash)) && slash[1] == '/';
    const char *gap = slash + spaces_at(slash);
    if (*gap != '/' || slash == p || slash - p > 6)
        return false;
    const char *symbol = gap + 1 + spaces_at(gap + 1);
    c->spaced = gap > slash || symbol > gap + 1;
    const char *end = symbol, *all = s + strlen(s);
    while (end < all) {
        const char *next = end;
        if (!symbol_char(utf8_next(&next, all)))
            break;
        end = next;
    }
    while (end > symbol && strchr(".-/", end[-1]))
        end--;
    size_t year = digits_at(symbol);
    c->year = year == 4 && symbol[4] == '/' ? atoi(symbol) : 0;
    const char *letters = c->year ? symbol + 5 : symbol;
    if (!is_capital(first_char(letters)))
        return false;
    c->at = p;
    c->end = end;
    c->text = pool_strndup(pool, p, (size_t)(end - p));
    c->group = pool_strndup(pool, letters, strcspn(letters, "-/ .,;)"));
    return true;
}

/* The words right before `at`: a few, for a line may be long and cite much. */
static char *words_before(struct pool *pool, const char *s, const char *at) {
    enum { WINDOW = 64 };
    const char *from = at - s > WINDOW ? at - WINDOW : s;
    while (((unsigned char)*from & 0xC0) == 0x80)
        from++;
    while (at > from && at[-1] == ' ')
        at--;
    return tidy(pool, pool_strndup(pool, from, (size_t)(at - from)));
}

static void read_cite_date(struct pool *pool, const char *s, struct cite *c) {
    const char *before = words_before(pool, s, c->at);
    c->labelled = ends_with(before, "số") || ends_with(before, "Số") || ends_with(before, "số:");
    const char *day = skip_word(c->end, "ngày");
    c->dated = day && mention_next(s, day, &c->date) && c->date.at == day;
}

bool cite_next(struct pool *pool, const char *s, const char *from, struct cite *c) {
    for (const char *p = from; (p = strpbrk(p, "0123456789")) != NULL;) {
        uint32_t before = char_before(s, p);
        *c = (struct cite){0};
        if (before != '/' && before != '-' && before != '.' && !is_letter(before) &&
            read_cite(pool, s, p, c)) {
            read_cite_date(pool, s, c);
            return true;
        }
        p += digits_at(p);
    }
    return false;
}

static const struct cited_type cited[] = {
    {"Nghị định", "NĐ"}, {"Thông tư", "TT"},  {"Quyết định", "QĐ"}, {"Nghị quyết", "NQ"},
    {"Chỉ thị", "CT"},   {"Kế hoạch", "KH"},  {"Báo cáo", "BC"},    {"Tờ trình", "TTr"},
    {"Thông báo", "TB"}, {"Hướng dẫn", "HD"}, {"Công văn", ""}};

const struct cited_type *cite_type(struct pool *pool, const char *s, const struct cite *c) {
    char *before = words_before(pool, s, c->at);
    size_t n = strlen(before);
    if (c->labelled && n > strlen(" số"))
        before[n - strlen(ends_with(before, ":") ? " số:" : " số")] = '\0';
    for (size_t i = 0; i < sizeof cited / sizeof *cited; i++)
        if (ends_with(before, cited[i].name))
            return &cited[i];
    return NULL;
}
