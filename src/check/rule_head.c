/* The words of the head: the State's name and motto, number and symbol, place and date (PL I, Mục
 * II, khoản 1 to 4). */
#include "check/judge.h"
#include "base/utf8.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>

/* ---- Quốc hiệu, Tiêu ngữ ---- */

void judge_quoc_hieu_words(struct judge *judge) {
    const struct line *line;
    EACH_OF(line, judge, ELEMENT_QUOC_HIEU)
    if (strcmp(line->text, "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM") != 0 &&
        strcmp(line->text, "CỘNG HOÀ XÃ HỘI CHỦ NGHĨA VIỆT NAM") != 0)
        found(judge, line, NULL);
}

void judge_quoc_hieu_place(struct judge *judge) {
    const struct line *line;
    if (!view_first(judge->view, ELEMENT_AGENCY))
        return;
    EACH_OF(line, judge, ELEMENT_QUOC_HIEU)
    if (line->table ? line->row_cells < 2 || line->cell != line->row_cells : line->column != 1)
        found(judge, line, NULL);
}

/* The motto's words alone: dashes of any kind as spaces. */
static const char *motto_words(struct pool *pool, const char *text) {
    static const char *const dashes[] = {"-", "–", "—", "−", "‑", "‐", "~", "."};
    char *out = pool_strdup(pool, text);
    for (size_t i = 0; i < sizeof dashes / sizeof *dashes; i++)
        for (char *at; (at = strstr(out, dashes[i])) != NULL;)
            memset(at, ' ', strlen(dashes[i]));
    return tidy(pool, out);
}

static const char motto[] = "Độc lập - Tự do - Hạnh phúc", motto_bare[] = "Độc lập Tự do Hạnh phúc";

static bool motto_spelt(struct pool *pool, const struct line *line) {
    return strcmp(utf8_upper(pool, motto_words(pool, line->text)), utf8_upper(pool, motto_bare)) ==
           0;
}

void judge_tieu_ngu_words(struct judge *judge) {
    const struct line *line;
    EACH_OF(line, judge, ELEMENT_TIEU_NGU)
    if (!motto_spelt(judge->view->pool, line))
        found(judge, line, NULL);
}

void judge_tieu_ngu_capitals(struct judge *judge) {
    struct pool *pool = judge->view->pool;
    const struct line *line;
    EACH_OF(line, judge, ELEMENT_TIEU_NGU)
    if (motto_spelt(pool, line) && strcmp(motto_words(pool, line->text), motto_bare) != 0)
        found(judge, line, NULL);
}

void judge_tieu_ngu_hyphen(struct judge *judge) {
    struct pool *pool = judge->view->pool;
    const struct line *line;
    EACH_OF(line, judge, ELEMENT_TIEU_NGU) {
        if (!motto_spelt(pool, line) ||
            strcmp(utf8_upper(pool, line->text), utf8_upper(pool, motto)) == 0)
            continue;
        found(judge, line, NULL);
        mend_text(judge, line, line->text, motto);
    }
}

/* ---- number and symbol ---- */

/* "Số: 05/UBND-VP" in its parts; what is not there is "". */
struct number {
    const struct line *line;
    const char *number, *symbol;
    bool slash, spaced; /* spaced: a space at the slash, or inside the symbol */
};

static bool is_blank(const char *s) {
    return !s[strspn(s, " ._")] || strstr(s, "…");
}

static struct number read_number(struct pool *pool, const struct line *line) {
    struct number n = {.line = line, .number = "", .symbol = ""};
    const char *p = line->text, *colon = strchr(p, ':');
    const char *slash = strchr(p, '/');
    p = colon && (!slash || colon < slash) ? colon + 1 : p + strcspn(p, " 0123456789/");
    p += strspn(p, " ");
    n.slash = slash != NULL;
    const char *end = slash ? slash : p + strcspn(p, " -");
    n.number = tidy(pool, pool_strndup(pool, p, (size_t)(end - p)));
    if (is_blank(n.number))
        n.number = "";
    n.symbol = slash ? slash + 1 : end + strspn(end, " -");
    n.spaced = slash && ((*n.number && slash[-1] == ' ') || strchr(n.symbol, ' '));
    n.symbol = tidy(pool, n.symbol);
    if (strstr(n.symbol, "…") || strstr(n.symbol, ".."))
        n.symbol = "";
    return n;
}

static bool next_parts(struct judge *judge, struct number *number) {
    const struct line *line =
        next_of(judge, ELEMENT_NUMBER, number->line ? number->line + 1 : NULL);
    if (line)
        *number = read_number(judge->view->pool, line);
    return line != NULL;
}

#define EACH_PARTS(n, judge) for (struct number n = {0}; next_parts(judge, &n);)

void judge_number_label(struct judge *judge) {
    const struct line *line;
    EACH_OF(line, judge, ELEMENT_NUMBER)
    if (!starts_with(line->text, "Số:"))
        found(judge, line, NULL);
}

static bool number_well_formed(const char *number) {
    const char *rest = number + strspn(number, "0123456789");
    return rest > number && (!*rest || (is_letter(first_char(rest)) && word_count(rest) == 1 &&
                                        utf8_length(rest) == 1));
}

void judge_number_form(struct judge *judge) {
    EACH_PARTS(n, judge)
    if (*n.number && !number_well_formed(n.number))
        found(judge, n.line, n.number, NULL);
}

void judge_number_zero(struct judge *judge) {
    struct pool *pool = judge->view->pool;
    EACH_PARTS(n, judge) {
        if (!number_well_formed(n.number) || strspn(n.number, "0123456789") != 1 ||
            *n.number == '0')
            continue;
        found(judge, n.line, n.number, NULL);
        mend_text(judge, n.line, pool_printf(pool, "%s/", n.number),
                  pool_printf(pool, "0%s/", n.number));
    }
}

void judge_number_zeros(struct judge *judge) {
    EACH_PARTS(n, judge)
    if (*n.number == '0' && strspn(n.number, "0123456789") > 2)
        found(judge, n.line, n.number, NULL);
}

void judge_number_slash(struct judge *judge) {
    EACH_PARTS(n, judge)
    if (!n.slash && *n.symbol)
        found(judge, n.line, NULL);
}

static bool has_year(const char *symbol) {
    return strspn(symbol, "0123456789") == 4 && symbol[4] == '/';
}

void judge_number_year(struct judge *judge) {
    EACH_PARTS(n, judge)
    if (has_year(n.symbol))
        found(judge, n.line, NULL);
}

void judge_symbol_space(struct judge *judge) {
    EACH_PARTS(n, judge)
    if (n.spaced)
        found(judge, n.line, NULL);
}

/* The groups of a symbol, in the pool. */
struct groups {
    VEC(const char *) at;
};

static struct groups read_groups(struct pool *pool, const char *symbol) {
    struct groups groups = {0};
    char *rest = pool_strdup(pool, symbol);
    for (char *group; (group = strsep(&rest, "-")) != NULL;)
        *VEC_PUSH(pool, &groups.at) = tidy(pool, group);
    return groups;
}

static bool is_capital_group(const char *group) {
    static const char *const mixed[] = {"QyĐ", "CTr", "TTr", "TrS", NULL}; /* PL III */
    for (const char *const *p = mixed; *p; p++)
        if (strcmp(group, *p) == 0)
            return true;
    return all_capitals(group);
}

/* Spaces, a year and "CV" have rules of their own, and so has the abbreviation of the type. */
void judge_symbol_form(struct judge *judge) {
    struct pool *pool = judge->view->pool;
    EACH_PARTS(n, judge) {
        struct groups groups = read_groups(pool, n.symbol);
        bool ok = !strchr(n.symbol, '/') || has_year(n.symbol);
        const char **group;
        VEC_EACH (group, &groups.at)
            ok &= is_capital_group(*group) || (group == groups.at.at && view_named(judge->view));
        if (*n.symbol && !ok)
            found(judge, n.line, n.symbol, NULL);
    }
}

void judge_symbol_cv(struct judge *judge) {
    struct pool *pool = judge->view->pool;
    EACH_PARTS(n, judge) {
        struct groups groups = read_groups(pool, n.symbol);
        const char **group;
        VEC_EACH (group, &groups.at)
            if (strcmp(*group, "CV") == 0) {
                found(judge, n.line, n.symbol, NULL);
                break;
            }
    }
}

/* The abbreviation a named type's symbol opens with; NULL: none is known. */
static const char *wanted_abbreviation(const struct view *view) {
    const struct type_row *row = view_named(view) ? type_by_name(view->type) : NULL;
    return row && *row->abbreviation ? row->abbreviation : NULL;
}

static const char *first_group(struct pool *pool, const char *symbol) {
    return pool_strndup(pool, symbol, strcspn(symbol, "-/"));
}

void judge_symbol_type(struct judge *judge) {
    struct pool *pool = judge->view->pool;
    const char *wanted = wanted_abbreviation(judge->view);
    if (!wanted)
        return;
    EACH_PARTS(n, judge) {
        const char *group = first_group(pool, n.symbol);
        if (*n.symbol && strcmp(utf8_fold(pool, group), utf8_fold(pool, wanted)) != 0)
            found(judge, n.line, n.symbol, wanted, NULL);
    }
}

void judge_symbol_case(struct judge *judge) {
    struct pool *pool = judge->view->pool;
    const char *wanted = wanted_abbreviation(judge->view);
    if (!wanted)
        return;
    EACH_PARTS(n, judge) {
        const char *group = first_group(pool, n.symbol);
        if (strcmp(utf8_fold(pool, group), utf8_fold(pool, wanted)) != 0 ||
            strcmp(group, wanted) == 0)
            continue;
        found(judge, n.line, group, wanted, NULL);
        mend_text(judge, n.line, group, wanted);
    }
}

/* ---- place and date ---- */

/* Where a word of the date stands in the line's own text; NULL: nowhere. */
static const char *date_word(const struct line *line, const char *small, const char *capital) {
    const char *at = find_word(line->text, small);
    return at ? at : find_word(line->text, capital);
}

static const char *place_of(struct pool *pool, const struct line *line) {
    const char *day = date_word(line, "ngày", "Ngày");
    if (!day)
        return "";
    size_t n = (size_t)(day - line->text);
    while (n && strchr(" ,", line->text[n - 1]))
        n--;
    return pool_strndup(pool, line->text, n);
}

/* Digits after "tháng" and the like; "" if left open. */
static const char *digits_after(struct pool *pool, const struct line *line, const char *small,
                                const char *capital) {
    const char *at = date_word(line, small, capital);
    if (!at)
        return "";
    at += strlen(small);
    at += strspn(at, " ");
    return pool_strndup(pool, at, strspn(at, "0123456789"));
}

void judge_date_comma(struct judge *judge) {
    const struct line *line;
    EACH_OF(line, judge, ELEMENT_DATE) {
        const char *day = date_word(line, "ngày", "Ngày"), *at = day;
        while (at && at > line->text && at[-1] == ' ')
            at--;
        if (!at || at == line->text || at[-1] == ',')
            continue;
        found(judge, line, NULL);
        mend_text(judge, line, pool_strndup(judge->view->pool, at, (size_t)(day - at) + 5),
                  pool_printf(judge->view->pool, ", %.5s", day));
    }
}

void judge_date_form(struct judge *judge) {
    const struct line *line;
    EACH_OF(line, judge, ELEMENT_DATE)
    if (!date_word(line, "tháng", "Tháng") || !date_word(line, "năm", "Năm"))
        found(judge, line, NULL);
}

static void zero_wanted(struct judge *judge, const char *small, const char *capital,
                        const char *digits) {
    struct pool *pool = judge->view->pool;
    const struct line *line;
    EACH_OF(line, judge, ELEMENT_DATE) {
        const char *number = digits_after(pool, line, small, capital);
        if (strlen(number) != 1 || !strchr(digits, *number))
            continue;
        found(judge, line, number, NULL);
        mend_text(judge, line, pool_printf(pool, "%s %s", small, number),
                  pool_printf(pool, "%s 0%s", small, number));
    }
}

/* In the form with slashes the whole is wrong: date-form speaks. */
void judge_date_day_zero(struct judge *judge) {
    const struct line *line = view_first(judge->view, ELEMENT_DATE);
    if (line && date_word(line, "tháng", "Tháng"))
        zero_wanted(judge, "ngày", "Ngày", "123456789");
}

void judge_date_month_zero(struct judge *judge) {
    zero_wanted(judge, "tháng", "Tháng", "12");
}

void judge_date_month_zeros(struct judge *judge) {
    struct pool *pool = judge->view->pool;
    const struct line *line;
    EACH_OF(line, judge, ELEMENT_DATE) {
        const char *number = digits_after(pool, line, "tháng", "Tháng");
        if (number[0] != '0' || !number[1] || number[1] < '3')
            continue;
        found(judge, line, number, NULL);
        mend_text(judge, line, pool_printf(pool, "tháng %s", number),
                  pool_printf(pool, "tháng %s", number + 1));
    }
}

void judge_date_real(struct judge *judge) {
    const struct day *day = &judge->view->date;
    const struct line *line = view_first(judge->view, ELEMENT_DATE);
    if (!line || !day->month || !day->day)
        return;
    judge->seen = true;
    if (!day_exists(day->year, day->month, day->day))
        found(judge, line, NULL);
}

/* "năm 20..." is left open. */
void judge_date_year(struct judge *judge) {
    const struct line *line;
    EACH_OF(line, judge, ELEMENT_DATE) {
        const char *year = digits_after(judge->view->pool, line, "năm", "Năm");
        if (*year && strlen(year) != 4 && is_digit(last_char(line->text)))
            found(judge, line, NULL);
    }
}

void judge_date_place_case(struct judge *judge) {
    const struct line *line;
    EACH_OF(line, judge, ELEMENT_DATE) {
        const char *place = place_of(judge->view->pool, line);
        if (is_small(first_char(place)))
            found(judge, line, place, NULL);
    }
}

void judge_date_place_short(struct judge *judge) {
    static const char *const shorts[] = {"TP.", "TP ", "Tp.", "Tp ", "TX.", "TX ", "Tx.",
                                         "T.X", "H.",  "Q.",  "P.",  "X.",  "T."};
    const struct line *line;
    EACH_OF(line, judge, ELEMENT_DATE) {
        const char *place = place_of(judge->view->pool, line);
        bool is_short = find_word(place, "HCM") != NULL;
        for (size_t i = 0; i < sizeof shorts / sizeof *shorts; i++)
            is_short |= starts_with(place, shorts[i]);
        if (is_short)
            found(judge, line, place, NULL);
    }
}
