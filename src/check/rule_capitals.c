/* Capitals (Appendix II), where it is sure: fixed words in fixed company. */
#include "check/judge.h"
#include "base/utf8.h"

#include <ctype.h>
#include <string.h>

struct spelling {
    enum rule_code code;
    const char *wrong, *right;
};

/* "nhân dân" is a part of many names ("Ủy ban nhân dân"), so it is looked for where it is none. */
static const struct spelling spellings[] = {
    {CAPITAL_NHAN_DAN, "của nhân dân", "của Nhân dân"},
    {CAPITAL_NHAN_DAN, "và nhân dân", "và Nhân dân"},
    {CAPITAL_NHAN_DAN, "cho nhân dân", "cho Nhân dân"},
    {CAPITAL_NHAN_DAN, "với nhân dân", "với Nhân dân"},
    {CAPITAL_NHAN_DAN, "trong nhân dân", "trong Nhân dân"},
    {CAPITAL_NHAN_DAN, "phục vụ nhân dân", "phục vụ Nhân dân"},
    {CAPITAL_NHAN_DAN, "vận động nhân dân", "vận động Nhân dân"},
    {CAPITAL_NHAN_DAN, "đời sống nhân dân", "đời sống Nhân dân"},
    {CAPITAL_NHAN_DAN, "ý kiến nhân dân", "ý kiến Nhân dân"},
    {CAPITAL_NHAN_DAN, "quần chúng nhân dân", "quần chúng Nhân dân"},
    {CAPITAL_NHA_NUOC, "của nhà nước", "của Nhà nước"},
    {CAPITAL_NHA_NUOC, "Đảng và nhà nước", "Đảng và Nhà nước"},
    {CAPITAL_NHA_NUOC, "Đảng, nhà nước", "Đảng, Nhà nước"},
    {CAPITAL_NHA_NUOC, "do nhà nước", "do Nhà nước"},
    {CAPITAL_NHA_NUOC, "với nhà nước", "với Nhà nước"},
    {CAPITAL_AGENCY, "Ủy Ban Nhân Dân", "Ủy ban nhân dân"},
    {CAPITAL_AGENCY, "Ủy Ban nhân dân", "Ủy ban nhân dân"},
    {CAPITAL_AGENCY, "Ủy ban Nhân dân", "Ủy ban nhân dân"},
    {CAPITAL_AGENCY, "Uỷ Ban Nhân Dân", "Uỷ ban nhân dân"},
    {CAPITAL_AGENCY, "Uỷ ban Nhân dân", "Uỷ ban nhân dân"},
    {CAPITAL_AGENCY, "ủy ban nhân dân", "Ủy ban nhân dân"},
    {CAPITAL_AGENCY, "Hội Đồng Nhân Dân", "Hội đồng nhân dân"},
    {CAPITAL_AGENCY, "Hội đồng Nhân dân", "Hội đồng nhân dân"},
    {CAPITAL_AGENCY, "hội đồng nhân dân", "Hội đồng nhân dân"},
    {CAPITAL_AGENCY, "bộ Nội vụ", "Bộ Nội vụ"},
    {CAPITAL_AGENCY, "bộ Tài chính", "Bộ Tài chính"},
    {CAPITAL_AGENCY, "bộ Y tế", "Bộ Y tế"},
    {CAPITAL_AGENCY, "bộ Xây dựng", "Bộ Xây dựng"},
    {CAPITAL_AGENCY, "sở Nội vụ", "Sở Nội vụ"},
    {CAPITAL_AGENCY, "sở Tài chính", "Sở Tài chính"},
    {CAPITAL_AGENCY, "sở Y tế", "Sở Y tế"},
    {CAPITAL_AGENCY, "sở Xây dựng", "Sở Xây dựng"},
    {CAPITAL_AGENCY, "thủ tướng Chính phủ", "Thủ tướng Chính phủ"},
    {CAPITAL_AGENCY, "của chính phủ", "của Chính phủ"},
    {CAPITAL_AGENCY, "của quốc hội", "của Quốc hội"},
    {CAPITAL_HOLIDAY, "ngày quốc khánh", "ngày Quốc khánh"},
    {CAPITAL_HOLIDAY, "lễ quốc khánh", "lễ Quốc khánh"},
    {CAPITAL_HOLIDAY, "ngày quốc tế lao động", "ngày Quốc tế Lao động"},
    {CAPITAL_HOLIDAY, "ngày Quốc tế lao động", "ngày Quốc tế Lao động"},
    {CAPITAL_HOLIDAY, "ngày nhà giáo Việt Nam", "ngày Nhà giáo Việt Nam"},
    {CAPITAL_HOLIDAY, "ngày thương binh", "ngày Thương binh"},
    {CAPITAL_HOLIDAY, "ngày giải phóng miền Nam", "ngày Giải phóng miền Nam"},
    {CAPITAL_TET, "Nguyên Đán", "Nguyên đán"},
    {CAPITAL_TET, "nguyên đán", "Nguyên đán"},
    {CAPITAL_TET, "Đoan Ngọ", "Đoan ngọ"},
    {CAPITAL_TET, "tết trung thu", "tết Trung thu"},
    {CAPITAL_TET, "tết Trung Thu", "tết Trung thu"},
    {CAPITAL_TET, "Tết Trung Thu", "Tết Trung thu"},
    {CAPITAL_MONTH, "tháng giêng", "tháng Giêng"},
    {CAPITAL_MONTH, "tháng chạp", "tháng Chạp"},
    {CAPITAL_MONTH, "tháng tám năm", "tháng Tám năm"},
    {CAPITAL_MONTH, "tháng mười hai", "tháng Mười hai"},
    {CAPITAL_MONTH, "tháng mười một", "tháng Mười một"},
};

enum { SPELLINGS = sizeof spellings / sizeof *spellings };

/* A line with a row's wrong spelling in it. */
struct misspelt {
    const struct line *line;
    const struct spelling *row;
};

struct misspelt_list {
    VEC(struct misspelt) at;
};

/* Which rows begin with a byte: rows of one byte are chained, in their order. Numbers are the
 * row's and one; 0: no more. */
struct heads {
    unsigned char first[256], next[SPELLINGS];
};

static void chain_heads(struct heads *heads) {
    *heads = (struct heads){0};
    for (size_t i = SPELLINGS; i-- > 0;) {
        unsigned char *first = &heads->first[(unsigned char)spellings[i].wrong[0]];
        heads->next[i] = *first;
        *first = (unsigned char)(i + 1);
    }
}

static bool ends_word(const char *at) {
    uint32_t after = first_char(at);
    return !is_letter(after) && !is_digit(after);
}

/* The rows that stand in the line, at the beginnings of its words. */
static void mark_rows(const struct heads *heads, const char *s, bool marks[SPELLINGS]) {
    bool inside = false;
    for (const char *p = s, *end = s + strlen(s); p < end;) {
        const char *at = p;
        uint32_t cp = utf8_next(&p, end);
        bool before = inside;
        inside = is_letter(cp) || is_digit(cp);
        if (!inside || before)
            continue;
        for (size_t row = heads->first[(unsigned char)*at]; row; row = heads->next[row - 1]) {
            const char *wrong = spellings[row - 1].wrong;
            if (starts_with(at, wrong) && ends_word(at + strlen(wrong)))
                marks[row - 1] = true;
        }
    }
}

/* All rules on spellings read one list, which costs one walk over the text. */
static void find_misspelt(struct judge *judge) {
    struct view *view = judge->view;
    struct heads heads;
    const struct line *line;
    chain_heads(&heads);
    view->misspelt = POOL_NEW(view->pool, struct misspelt_list);
    EACH_PROSE(line, judge) {
        bool marks[SPELLINGS] = {false};
        mark_rows(&heads, line->text, marks);
        for (size_t i = 0; i < SPELLINGS; i++)
            if (marks[i])
                *VEC_PUSH(view->pool, &view->misspelt->at) = (struct misspelt){line, &spellings[i]};
    }
}

void judge_capital_words(struct judge *judge) {
    const struct misspelt *found_here;
    if (!judge->view->misspelt)
        find_misspelt(judge);
    judge->seen = next_prose(judge, NULL) != NULL;
    VEC_EACH (found_here, &judge->view->misspelt->at) {
        const struct spelling *row = found_here->row;
        if (row->code != judge->code)
            continue;
        found(judge, found_here->line, row->wrong, row->right, NULL);
        mend_text(judge, found_here->line, row->wrong, row->right);
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

/* "điều 5", "chương II"; "khoản 2" and "điểm a" inside a sentence. */
static bool is_cited_part(const char *word, const char *after) {
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
    } parts[] = {{CAPITAL_ARTICLE, "điều ", 0x110},
                 {CAPITAL_ARTICLE, "chương ", 'C'},
                 {CAPITAL_CLAUSE, "Khoản ", 'k'},
                 {CAPITAL_CLAUSE, "Điểm ", 0x111}};
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

void judge_capital_type(struct judge *judge) {
    static const char *const types[] = {"nghị định", "thông tư", "quyết định", "nghị quyết",
                                        "chỉ thị",   "kế hoạch", "báo cáo",    "tờ trình",
                                        "thông báo", "công văn", "công điện",  "hướng dẫn"};
    struct pool *pool = judge->view->pool;
    const struct line *line;
    EACH_PROSE(line, judge)
    for (size_t i = 0; i < sizeof types / sizeof *types; i++) {
        if (!strstr(line->text, types[i]))
            continue;
        const char *wrong = pool_printf(pool, "%s số ", types[i]);
        const char *at = strstr(line->text, wrong);
        const char *number = at ? at + strlen(wrong) : "";
        size_t digits = strspn(number, "0123456789");
        if (!digits || number[digits] != '/')
            continue;
        const char *p = wrong;
        uint32_t first = utf8_next(&p, wrong + strlen(wrong));
        const char *text = pool_strndup(pool, at, strlen(wrong) + strcspn(number, " ,;)"));
        const char *right = with_first(pool, text, utf8_upper_char(first));
        found(judge, line, text, right, NULL);
        mend_text(judge, line, text, right);
    }
}

void judge_capital_weekday(struct judge *judge) {
    static const struct {
        const char *wrong, *right;
    } days[] = {{"thứ hai", "thứ Hai"},  {"thứ ba", "thứ Ba"},   {"thứ tư", "thứ Tư"},
                {"thứ năm", "thứ Năm"},  {"thứ sáu", "thứ Sáu"}, {"thứ bảy", "thứ Bảy"},
                {"chủ nhật", "Chủ nhật"}};
    static const char *const before[] = {"sáng ", "chiều ", "tối "};
    static const char *const after[] = {", ngày", " ngày", " hằng tuần", " hàng tuần"};
    struct pool *pool = judge->view->pool;
    const struct line *line;
    EACH_PROSE(line, judge)
    for (size_t i = 0; i < sizeof days / sizeof *days; i++) {
        if (!strstr(line->text, days[i].wrong))
            continue;
        bool is_day = false;
        for (size_t k = 0; k < 3; k++)
            is_day |=
                find_word(line->text, pool_printf(pool, "%s%s", before[k], days[i].wrong)) != NULL;
        for (size_t k = 0; k < 4; k++)
            is_day |=
                find_word(line->text, pool_printf(pool, "%s%s", days[i].wrong, after[k])) != NULL;
        if (!is_day)
            continue;
        found(judge, line, days[i].wrong, days[i].right, NULL);
        mend_text(judge, line, days[i].wrong, days[i].right);
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
