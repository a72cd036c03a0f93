/* Who signs for whom (PL I, Mục II, khoản 7; Article 13). */
#include "check/judge.h"
#include "base/utf8.h"

#include <string.h>

enum power { POWER_NONE, POWER_TM, POWER_KT, POWER_TL, POWER_TUQ, POWER_Q };

struct authority {
    enum power power;
    const char *sign; /* "KT." */
    const char *rest; /* "CHỦ TỊCH" */
    bool well_formed; /* "KT. CHỦ TỊCH", with the full stop and one space */
};

static struct authority read_authority(const char *text) {
    static const struct {
        const char *written, *sign;
        enum power power;
    } powers[] = {{"TUQ", "TUQ.", POWER_TUQ}, {"TM", "TM.", POWER_TM},  {"KT", "KT.", POWER_KT},
                  {"TL", "TL.", POWER_TL},    {"T/M", "TM.", POWER_TM}, {"K/T", "KT.", POWER_KT},
                  {"T/L", "TL.", POWER_TL},   {"Q", "Q.", POWER_Q},     {"QUYỀN", "Q.", POWER_Q}};
    for (size_t i = 0; i < sizeof powers / sizeof *powers; i++) {
        const char *rest = text + strlen(powers[i].written);
        if (!starts_with(text, powers[i].written) || !*rest || !strchr(". ", *rest))
            continue;
        struct authority a = {.power = powers[i].power, .sign = powers[i].sign};
        a.rest = rest + strspn(rest, ". ");
        a.well_formed = starts_with(text, a.sign) && text[strlen(a.sign)] == ' ';
        return a;
    }
    return (struct authority){.sign = "", .rest = ""};
}

static bool is_signer(const struct line *line) {
    return line->element == ELEMENT_AUTHORITY || line->element == ELEMENT_POSITION;
}

/* The next line of authority or position, each with what it says. */
static const struct line *next_signer(struct judge *judge, const struct line *line,
                                      struct authority *a) {
    const struct view *view = judge->view;
    for (line = line ? line : view->lines.at; line < view->lines.at + view->lines.n; line++)
        if (is_signer(line)) {
            judge->seen = true;
            *a = read_authority(line->text);
            return line;
        }
    return NULL;
}

#define EACH_SIGNER(line, a, judge)                                                                \
    for (line = next_signer(judge, NULL, &a); line; line = next_signer(judge, line + 1, &a))

/* What stands below the line; NULL: the name, or nothing. */
static const struct line *below(const struct judge *judge, const struct line *line) {
    const struct line *end = judge->view->lines.at + judge->view->lines.n;
    return line + 1 < end && is_signer(line + 1) ? line + 1 : NULL;
}

static bool signs_for_head(enum power power) {
    return power == POWER_KT || power == POWER_TL || power == POWER_TUQ;
}

void judge_sign_form(struct judge *judge) {
    struct authority a;
    const struct line *line;
    EACH_SIGNER(line, a, judge) {
        if (a.power == POWER_NONE || a.well_formed)
            continue;
        const char *right = pool_printf(judge->view->pool, "%s %s", a.sign, a.rest);
        found(judge, line, right, NULL);
        mend_text(judge, line, line->text, right);
    }
}

static bool is_head(const char *folded) {
    static const char *const heads[] = {
        "chu tich",       "giam doc",    "bo truong",     "truong phong", "hieu truong",
        "cuc truong",     "vien truong", "tong giam doc", "chanh ",       "truong ban",
        "chi cuc truong", "pho ",        "vu truong",     "thu truong",   "tong cuc truong"};
    for (size_t i = 0; i < sizeof heads / sizeof *heads; i++)
        if (starts_with(folded, heads[i]))
            return true;
    return false;
}

static bool is_collective(const char *folded) {
    static const char *const bodies[] = {"uy ban", "hoi dong", "ubnd",       "hdnd",
                                         "so ",    "cong ty",  "ban chi dao"};
    for (size_t i = 0; i < sizeof bodies / sizeof *bodies; i++)
        if (starts_with(folded, bodies[i]))
            return true;
    return false;
}

void judge_sign_tm(struct judge *judge) {
    struct authority a;
    const struct line *line;
    EACH_SIGNER(line, a, judge)
    if (a.power == POWER_TM && is_head(utf8_fold(judge->view->pool, a.rest)))
        found(judge, line, NULL);
}

static const char *agency_of(const struct view *view) {
    struct buf text = {0};
    const struct line *line;
    VEC_EACH (line, &view->lines)
        if (line->element == ELEMENT_AGENCY || line->element == ELEMENT_GOVERNING)
            buf_printf(&text, "%s%s", text.len ? " " : "", line->text);
    const char *copy = pool_strdup(view->pool, buf_text(&text));
    buf_free(&text);
    return copy;
}

/* People's committees and councils sign as collectives; a department is led by one person. */
void judge_sign_tm_agency(struct judge *judge) {
    static const struct {
        const char *collective, *in, * or ;
    } rows[] = {{"uy ban nhan dan", "uy ban nhan dan", "ubnd"},
                {"hoi dong nhan dan", "hoi dong nhan dan", "hdnd"}};
    struct pool *pool = judge->view->pool;
    const char *agency = agency_of(judge->view), *folded = utf8_fold(pool, agency);
    struct authority a;
    const struct line *line;
    if (!view_first(judge->view, ELEMENT_AGENCY))
        return;
    EACH_SIGNER(line, a, judge)
    for (size_t i = 0; a.power == POWER_TM && i < sizeof rows / sizeof *rows; i++)
        if (starts_with(utf8_fold(pool, a.rest), rows[i].collective) &&
            !strstr(folded, rows[i].in) && !strstr(folded, rows[i].or))
            found(judge, line, shorten(pool, agency, 60), NULL);
}

void judge_sign_kt_head(struct judge *judge) {
    struct pool *pool = judge->view->pool;
    struct authority a;
    const struct line *line;
    EACH_SIGNER(line, a, judge) {
        const char *rest = utf8_fold(pool, a.rest);
        if (signs_for_head(a.power) && (!*rest || is_collective(rest)))
            found(judge, line, a.sign, NULL);
    }
}

static bool is_deputy(const char *text) {
    return find_word(text, "PHÓ") || find_word(text, "Phó") || find_word(text, "THỨ TRƯỞNG") ||
           find_word(text, "Thứ trưởng");
}

static bool same_position(struct pool *pool, const char *a, const char *b) {
    return strcmp(utf8_fold(pool, a), utf8_fold(pool, b)) == 0;
}

void judge_sign_kt_deputy(struct judge *judge) {
    struct authority a;
    const struct line *line;
    EACH_SIGNER(line, a, judge) {
        const struct line *next = a.power == POWER_KT ? below(judge, line) : NULL;
        if (next && read_authority(next->text).power == POWER_NONE && !is_deputy(next->text) &&
            !same_position(judge->view->pool, a.rest, next->text))
            found(judge, next, line->text, NULL);
    }
}

void judge_sign_tl_deputy(struct judge *judge) {
    struct pool *pool = judge->view->pool;
    struct authority a;
    const struct line *line;
    EACH_SIGNER(line, a, judge) {
        bool ordered = a.power == POWER_TL || a.power == POWER_TUQ;
        const struct line *next = ordered ? below(judge, line) : NULL;
        if (next && same_position(pool, pool_printf(pool, "PHÓ %s", a.rest), next->text))
            found(judge, next, line->text, NULL);
    }
}

void judge_sign_same(struct judge *judge) {
    struct authority a;
    const struct line *line;
    EACH_SIGNER(line, a, judge) {
        const struct line *next = signs_for_head(a.power) ? below(judge, line) : NULL;
        if (next && same_position(judge->view->pool, a.rest, next->text))
            found(judge, next, line->text, NULL);
    }
}

void judge_sign_position(struct judge *judge) {
    struct authority a;
    const struct line *line;
    EACH_SIGNER(line, a, judge)
    if ((signs_for_head(a.power) || a.power == POWER_TM) && !below(judge, line))
        found(judge, line, NULL);
}

void judge_sign_order(struct judge *judge) {
    struct authority a;
    const struct line *above = NULL, *line;
    EACH_SIGNER(line, a, judge) {
        if (a.power == POWER_TM && above)
            found(judge, line, above->text, NULL);
        above = a.power == POWER_KT ? line : NULL;
    }
}

void judge_sign_short(struct judge *judge) {
    static const char *const shorts[] = {"PCT", "GĐ",  "PGĐ", "CVP", "PCVP",
                                         "TGĐ", "PTP", "CT.", "P.",  "TP."};
    struct authority a;
    const struct line *line;
    EACH_SIGNER(line, a, judge) {
        const char *position = a.power == POWER_NONE ? line->text : a.rest;
        for (size_t i = 0; i < sizeof shorts / sizeof *shorts; i++)
            if (starts_with(position, shorts[i]) &&
                (ends_with(shorts[i], ".") ||
                 !is_letter(first_char(position + strlen(shorts[i]))))) {
                found(judge, line, NULL);
                break;
            }
    }
}

/* ---- the name ---- */

void judge_name_title(struct judge *judge) {
    static const char *const titles[] = {
        "ThS",    "Ths",   "TS",      "PGS",     "GS",     "BS",      "KS",
        "CN",     "LS",    "Thạc sĩ", "Tiến sĩ", "Bác sĩ", "Thạc sỹ", "Tiến sỹ",
        "Bác sỹ", "Kỹ sư", "Luật sư", "Ông",     "Bà",     "Đ/c",     "Đồng chí",
        "NGƯT",   "NGND",  "NSƯT",    "NSND",    "BSCKI",  "BSCKII"};
    const struct line *line;
    EACH_OF(line, judge, ELEMENT_NAME)
    for (size_t i = 0; i < sizeof titles / sizeof *titles; i++) {
        const char *rest = line->text + strlen(titles[i]);
        if (starts_with(line->text, titles[i]) && *rest && strchr(". ", *rest)) {
            found(judge, line, NULL);
            break;
        }
    }
}

/* One capital to open each syllable; "H'Hen" and "A-ma" have more. */
static bool syllable_right(const char *s, size_t n) {
    const char *p = s, *end = s + n;
    if (memchr(s, '.', n))
        return true;
    if (is_small(utf8_next(&p, end)))
        return false;
    while (p < end) {
        uint32_t cp = utf8_next(&p, end);
        if (is_capital(cp))
            return false;
        if (!is_letter(cp))
            return true;
    }
    return true;
}

void judge_name_case(struct judge *judge) {
    const struct line *line;
    EACH_OF(line, judge, ELEMENT_NAME)
    for (const char *p = line->text; *p; p += strspn(p, " ")) {
        size_t n = strcspn(p, " ");
        if (!syllable_right(p, n)) {
            found(judge, line, NULL);
            break;
        }
        p += n;
    }
}
