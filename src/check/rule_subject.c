/* The words of type and subject (PL I, Mục II, khoản 5). */
#include "check/judge.h"
#include "base/utf8.h"

#include <string.h>

void judge_type_cong_van(struct judge *judge) {
    const struct line *line;
    if (!judge->view->type || strcmp(judge->view->type, "cong van") != 0)
        return;
    judge->seen = true;
    EACH_OF(line, judge, ELEMENT_TYPE)
    found(judge, line, NULL);
}

void judge_title_case(struct judge *judge) {
    enum { LEAST_WORDS = 3 };
    const struct line *line;
    EACH_OF(line, judge, ELEMENT_TITLE)
    if (all_capitals(line->text) && word_count(line->text) >= LEAST_WORDS)
        found(judge, line, NULL);
}

/* ---- V/v ---- */

/* What follows "V/v" in its various spellings; NULL: the line does not open with it. */
static const char *after_label(const char *text) {
    static const char *const labels[] = {"V/v",     "V/V",     "v/v",    "v/V",
                                         "Về việc", "về việc", "VỀ VIỆC"};
    for (size_t i = 0; i < sizeof labels / sizeof *labels; i++)
        if (starts_with(text, labels[i])) {
            text += strlen(labels[i]);
            return text + strspn(text, " :.");
        }
    return NULL;
}

static bool label_right(const char *text) {
    return starts_with(text, "V/v ") && text[4] != ':';
}

void judge_subject_label(struct judge *judge) {
    struct pool *pool = judge->view->pool;
    const struct line *line = next_of(judge, ELEMENT_SUBJECT, NULL);
    const char *rest = line ? after_label(line->text) : NULL;
    if (!line || label_right(line->text))
        return;
    found(judge, line, NULL);
    if (rest)
        mend_text(judge, line, pool_strndup(pool, line->text, (size_t)(rest - line->text)), "V/v ");
}

/* Only where the two are paragraphs right below one another. */
void judge_subject_gap(struct judge *judge) {
    enum { GAP = 6000, NEAR = 600 };
    const struct line *number = view_first(judge->view, ELEMENT_NUMBER);
    const struct line *line = view_first(judge->view, ELEMENT_SUBJECT);
    if (!number || !line || line->para == number->para || line->table != number->table ||
        line->cell != number->cell || line->para->number != number->para->number + 1)
        return;
    judge->seen = true;
    mpt gap = line->para->props->before + number->para->props->after;
    if (gap < GAP - NEAR || gap > GAP + NEAR)
        found(judge, line, NULL);
}

static bool ends_in_mark(const char *text) {
    return strchr(".,;:", (int)text[strlen(text) - 1]) && !ends_with(text, "...") &&
           !ends_with(text, "v.v.");
}

static const struct line *last_in(struct judge *judge, enum element element) {
    const struct line *line, *last = NULL;
    EACH_OF(line, judge, element)
    last = line;
    return last;
}

static const char *last_word(const char *text) {
    const char *space = strrchr(text, ' ');
    return space ? space + 1 : text;
}

void judge_subject_stop(struct judge *judge) {
    const enum element elements[] = {ELEMENT_SUBJECT, ELEMENT_TITLE};
    for (size_t i = 0; i < 2; i++) {
        const struct line *line = last_in(judge, elements[i]);
        if (!line || !*line->text || !ends_in_mark(line->text))
            continue;
        const char *word = last_word(line->text);
        found(judge, line, NULL);
        mend_text(judge, line, word, pool_strndup(judge->view->pool, word, strcspn(word, ".,;:")));
    }
}

void judge_subject_twice(struct judge *judge) {
    const struct line *line = next_of(judge, ELEMENT_SUBJECT, NULL);
    const char *rest = line ? after_label(line->text) : NULL;
    if (rest && starts_with(line->text, "V/v") && after_label(rest) && !starts_with(rest, "V/"))
        found(judge, line, NULL);
}

/* Verbs of which it is sure that they are no names. */
void judge_subject_case(struct judge *judge) {
    static const char *const verbs[] = {
        "triển khai", "thực hiện", "báo cáo",    "đề nghị",  "tăng cường", "hướng dẫn",
        "mời họp",    "góp ý",     "trả lời",    "cung cấp", "kiểm tra",   "rà soát",
        "đăng ký",    "thông báo", "tổ chức",    "yêu cầu",  "điều chỉnh", "phối hợp",
        "chấn chỉnh", "ban hành",  "lấy ý kiến", "tham gia", "đẩy mạnh",   "đôn đốc",
        "bổ sung",    "sửa đổi",   "giải quyết", "tiếp tục"};
    const struct line *line = next_of(judge, ELEMENT_SUBJECT, NULL);
    const char *rest = line ? after_label(line->text) : NULL;
    for (size_t i = 0; rest && i < sizeof verbs / sizeof *verbs; i++) {
        const char *verb = verbs[i], *tail = verb, *given = rest;
        uint32_t small = utf8_next(&tail, verb + strlen(verb));
        uint32_t first = *given ? utf8_next(&given, rest + strlen(rest)) : 0;
        if (first == small || first != utf8_upper_char(small) || !starts_with(given, tail))
            continue;
        const char *word = pool_strndup(judge->view->pool, rest, strlen(verb));
        found(judge, line, word, NULL);
        mend_text(judge, line, word, verb);
        return;
    }
}

void judge_subject_long(struct judge *judge) {
    enum { MOST_WORDS = 80 };
    const enum element elements[] = {ELEMENT_SUBJECT, ELEMENT_TITLE};
    for (size_t i = 0; i < 2; i++) {
        const struct line *line, *last = NULL;
        size_t words = 0;
        EACH_OF(line, judge, elements[i]) {
            words += word_count(line->text);
            last = last ? last : line;
        }
        words -= words && elements[i] == ELEMENT_SUBJECT;
        if (words > MOST_WORDS)
            found(judge, last, pool_printf(judge->view->pool, "%zu", words), NULL);
    }
}
