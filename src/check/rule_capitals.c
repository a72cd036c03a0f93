/* Capitals (Appendix II), where it is sure: fixed words in fixed company. */
#include "check/judge.h"
#include "check/phrases.h"
#include "base/utf8.h"

#include <ctype.h>
#include <string.h>

/* "cán bộ Y tế" and "cơ sở Y tế" name no ministry and no department; "nhân dân tệ" is money. */
static bool is_other_word(const struct sighting *at) {
    static const char *const halves[] = {"cán",  "toàn", "cục", "đồng", "nội",
                                         "tiến", "cơ",   "trụ", "công", NULL};
    const char *phrase = at->phrase->text, *end = at->at + strlen(phrase);
    if (starts_with(phrase, "bộ ") || starts_with(phrase, "sở "))
        return follows_word(at->line->text, at->at, halves);
    return ends_with(phrase, "nhân dân") && starts_with(end, " tệ");
}

/* Mending finds the phrase where it first stands, which is to be this place. */
void judge_capital_words(struct judge *judge) {
    const struct sighting *at, *before = NULL;
    EACH_SIGHTING(at, judge) {
        const struct phrase *phrase = at->phrase;
        bool again = before && before->line == at->line && before->phrase == phrase;
        if (again || is_other_word(at))
            continue;
        before = at;
        found(judge, at->line, phrase->text, phrase->right, NULL);
        if (strstr(at->line->text, phrase->text) == at->at)
            mend_text(judge, at->line, phrase->text, phrase->right);
    }
}

/* ---- sentences ---- */

/* The line behind its marker: "- ", "1. ", "a) ". */
static const char *behind_marker(const char *s) {
    const char *space = strchr(s, ' ');
    size_t n = space ? (size_t)(space - s) : 0;
    if (n && n <= 6 && (strchr("-+*", *s) || s[n - 1] == ')' || s[n - 1] == '.'))
        return space + 1;
    if (starts_with(s, "– ") || starts_with(s, "• "))
        return strchr(s, ' ') + 1;
    return s;
}

void judge_capital_paragraph(struct judge *judge) {
    const struct line *line;
    VEC_EACH (line, &judge->view->lines) {
        if (!is_sentence(line->element) || line->element == ELEMENT_BASIS || !line->opens ||
            line->table)
            continue;
        judge->seen = true;
        const char *text = behind_marker(line->text);
        if (is_small(first_char(text)) && !strstr(text, "://"))
            found(judge, line, NULL);
    }
}

/* Letters of the word that ends at `at`; a full stop in it makes it an abbreviation. */
static bool is_plain_word(const char *s, const char *at) {
    size_t n = 0;
    while (at > s && at[-1] != ' ' && at[-1] != '(') {
        at--;
        if (*at == '.' || isdigit((unsigned char)*at))
            return false;
        n += ((unsigned char)*at & 0xC0) != 0x80;
    }
    return n >= 3 && is_small(first_char(at));
}

void judge_capital_sentence(struct judge *judge) {
    const struct line *line;
    VEC_EACH (line, &judge->view->lines) {
        if (!is_sentence(line->element))
            continue;
        judge->seen = true;
        for (const char *at = line->text; (at = strstr(at, ". ")) != NULL; at++) {
            const char *next = at + 2;
            if (!is_small(first_char(next)) || !is_plain_word(line->text, at))
                continue;
            const char *start = at;
            while (start > line->text && start[-1] != ' ')
                start--;
            found(
                judge, line,
                pool_strndup(judge->view->pool, start, (size_t)(next - start) + strcspn(next, " ")),
                NULL);
            break;
        }
    }
}

/* ---- citing parts and types ---- */

static const char *with_first(struct pool *pool, const char *s, uint32_t first) {
    const char *rest = s;
    char bytes[4];
    utf8_next(&rest, s + strlen(s));
    return pool_printf(pool, "%.*s%s", (int)utf8_put(bytes, first), bytes, rest);
}

/* Inside a sentence: a small letter or a comma before it. */
static bool is_inside(const char *s, const char *at) {
    while (at > s && at[-1] == ' ')
        at--;
    uint32_t before = char_before(s, at);
    return is_small(before) || before == ',' || is_digit(before);
}

/* "2 Chương I", "2 mục 1": a number, and the part it is in. */
static bool is_number_in(const char *s, const char *small, const char *capital) {
    s += digits_at(s);
    return isdigit((unsigned char)s[-1]) && *s == ' ' &&
           (starts_with(s + 1, small) || starts_with(s + 1, capital));
}

/* "điều 5", "chương II"; "mục 2 Chương I", for "mục 2" alone may be of this text; "khoản 2" and
 * "điểm a" inside a sentence. */
static bool is_cited_part(const char *word, const char *after) {
    if (strcmp(word, "mục ") == 0)
        return is_number_in(after, "chương ", "Chương ");
    if (strcmp(word, "tiểu mục ") == 0)
        return is_number_in(after, "mục ", "Mục ");
    if (strcmp(word, "chương ") == 0)
        return roman_value(after, strspn(after, "IVX")) > 0;
    if (strcmp(word, "Điểm ") == 0)
        return is_small(first_char(after)) && starts_with(after + 1, " khoản");
    return isdigit((unsigned char)*after) != 0;
}

void judge_capital_part(struct judge *judge) {
    static const struct {
        enum rule_code code;
        const char *word;
        uint32_t right;
    } parts[] = {{CAPITAL_ARTICLE, "điều ", 0x110}, {CAPITAL_ARTICLE, "chương ", 'C'},
                 {CAPITAL_ARTICLE, "mục ", 'M'},    {CAPITAL_ARTICLE, "tiểu mục ", 'T'},
                 {CAPITAL_CLAUSE, "Khoản ", 'k'},   {CAPITAL_CLAUSE, "Điểm ", 0x111}};
    struct pool *pool = judge->view->pool;
    const struct line *line;
    EACH_PROSE(line, judge)
    for (size_t i = 0; i < sizeof parts / sizeof *parts; i++) {
        const char *word = parts[i].word, *at = line->text;
        while (parts[i].code == judge->code && (at = strstr(at, word)) != NULL) {
            const char *after = at + strlen(word);
            if (is_inside(line->text, at) && is_cited_part(word, after)) {
                const char *text = pool_strndup(pool, at, strlen(word) + strcspn(after, " ,.;)"));
                const char *right = with_first(pool, text, parts[i].right);
                found(judge, line, text, right, NULL);
                mend_text(judge, line, text, right);
                break;
            }
            at = after;
        }
    }
}

/* "nghị định số 30/2020/NĐ-CP": the first of each type in a line. */
void judge_capital_type(struct judge *judge) {
    struct pool *pool = judge->view->pool;
    const struct sighting *at, *before = NULL;
    EACH_SIGHTING(at, judge) {
        const char *number = at->at + strlen(at->phrase->text);
        if (*number++ != ' ')
            continue;
        bool again = before && before->line == at->line && before->phrase == at->phrase;
        before = at;
        if (again)
            continue;
        size_t digits = strspn(number, "0123456789");
        if (!digits || number[digits] != '/')
            continue;
        const char *end = number + strcspn(number, " ,;)");
        const char *text = pool_strndup(pool, at->at, (size_t)(end - at->at));
        const char *right = with_first(pool, text, utf8_upper_char(first_char(text)));
        found(judge, at->line, text, right, NULL);
        mend_text(judge, at->line, text, right);
    }
}

/* Its company tells that a day of the week is meant, not a number. */
static bool is_weekday(struct pool *pool, const char *text, const char *day) {
    static const char *const before[] = {"sáng ", "chiều ", "tối "};
    static const char *const after[] = {", ngày", " ngày", " hằng tuần", " hàng tuần"};
    for (size_t i = 0; i < sizeof before / sizeof *before; i++)
        if (find_word(text, pool_printf(pool, "%s%s", before[i], day)))
            return true;
    for (size_t i = 0; i < sizeof after / sizeof *after; i++)
        if (find_word(text, pool_printf(pool, "%s%s", day, after[i])))
            return true;
    return false;
}

/* "Kỳ họp thứ hai, ngày ...": the second. */
static bool is_ordinal(const struct sighting *at) {
    static const char *const counted[] = {"họp",  "lần",  "phiên", "đợt", "vòng",
                                          "khóa", "khoá", "hạng",  NULL};
    return follows_word(at->line->text, at->at, counted);
}

void judge_capital_weekday(struct judge *judge) {
    const struct sighting *at, *before = NULL;
    EACH_SIGHTING(at, judge) {
        const struct phrase *day = at->phrase;
        bool again = before && before->line == at->line && before->phrase == day;
        before = at;
        if (again || is_ordinal(at) || !is_weekday(judge->view->pool, at->line->text, day->text))
            continue;
        found(judge, at->line, day->text, day->right, NULL);
        mend_text(judge, at->line, day->text, day->right);
    }
}

/* "Thành phố Hồ Chí Minh" and "Quận 1" are right; "Tỉnh Đoàn" and "Tỉnh ủy" are bodies. */
void judge_capital_unit(struct judge *judge) {
    static const struct {
        const char *wrong, *right;
    } units[] = {{"Tỉnh ", "tỉnh "}, {"Huyện ", "huyện "}, {"Xã ", "xã "}};
    struct pool *pool = judge->view->pool;
    const struct line *line;
    EACH_PROSE(line, judge)
    for (size_t i = 0; i < sizeof units / sizeof *units; i++) {
        const char *at =
            find_word(line->text, pool_strndup(pool, units[i].wrong, strlen(units[i].wrong) - 1));
        const char *name = at ? at + strlen(units[i].wrong) : "";
        if (!at || !is_inside(line->text, at) || !is_capital(first_char(name)) ||
            starts_with(name, "Đoàn") || starts_with(name, "Ủy") || starts_with(name, "Uỷ"))
            continue;
        size_t n = strcspn(name, " ,.;)");
        const char *word = pool_strndup(pool, name, n);
        found(judge, line, pool_printf(pool, "%s%s", units[i].wrong, word),
              pool_printf(pool, "%s%s", units[i].right, word), NULL);
    }
}
