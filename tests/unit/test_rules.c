/* Every rule has one input that breaks just it and one that keeps it: tests/check/pairs tells how
 * each is made from a base that breaks none. */
#include "check/check.h"
#include "check.h"
#include "base/file.h"
#include "rule_help.h"

/* A pair: the base, what makes the good one of it, and what makes the bad one of that. */
struct change {
    const char *from, *to;
};

struct pair {
    const char *id, *base;
    VEC(struct change) good, bad;
    const char *left; /* what mending breaks; NULL: nothing */
    int line;
};

static VEC(struct pair) pairs;

static const char *unescaped(const char *s) {
    char *copy = pool_strdup(pool, s), *to = copy;
    for (const char *p = copy; *p; p++)
        if (p[0] == '\\' && p[1] == 'n') {
            *to++ = '\n';
            p++;
        } else if (p[0] == '\\' && p[1] == 't') {
            *to++ = '\t';
            p++;
        } else {
            *to++ = *p;
        }
    *to = '\0';
    return copy;
}

static void read_change(struct pair *pair, const char *line) {
    bool good = line[0] == 'g';
    line += good;
    const char *text = unescaped(line[1] ? line + 2 : "");
    if (*line == '-' && good)
        VEC_PUSH(pool, &pair->good)->from = text;
    else if (*line == '-')
        VEC_PUSH(pool, &pair->bad)->from = text;
    else if (good && pair->good.n)
        pair->good.at[pair->good.n - 1].to = text;
    else if (pair->bad.n)
        pair->bad.at[pair->bad.n - 1].to = text;
}

static bool starts_m(const char *line) {
    return line[0] == 'm' && line[1] == ' ';
}

static void read_pairs(void) {
    char *rest = (char *)read_text("tests/check/pairs");
    struct pair *pair = NULL;
    int number = 0;
    for (char *line; (line = strsep(&rest, "\n")) != NULL;) {
        number++;
        char *space = strchr(line, ' ');
        if (!*line || *line == '#')
            continue;
        if (strchr("+-", *line) || (*line == 'g' && line[1] && strchr("+-", line[1]))) {
            read_change(pair, line);
            continue;
        }
        if (starts_m(line)) {
            pair->left = line + 2;
            continue;
        }
        pair = VEC_PUSH(pool, &pairs);
        pair->line = number;
        pair->base = space ? space + 1 : "";
        pair->id = pool_strndup(pool, line, space ? (size_t)(space - line) : strlen(line));
    }
}

/* NULL (said) if a text to change is not there. */
static const char *changed(const struct pair *pair, const char *text, const struct change *change,
                           size_t n) {
    for (size_t i = 0; text && i < n; i++) {
        const char *at = strstr(text, change[i].from);
        if (!at)
            printf("# pairs:%d: no \"%s\" in the base\n", pair->line, change[i].from);
        text = at ? pool_printf(pool, "%.*s%s%s", (int)(at - text), text,
                                change[i].to ? change[i].to : "", at + strlen(change[i].from))
                  : NULL;
    }
    return text;
}

/* Names the rules that are broken but `but` (rule_count(): none). True if there are none. */
static bool others_kept(const struct report *report, size_t but, const char *what, int line) {
    bool kept = true;
    for (size_t i = 0; i < rule_count(); i++)
        if (report->verdicts[i] == VERDICT_BROKEN && i != but) {
            printf("# pairs:%d: the %s one breaks %s\n", line, what, rule_text(i, LANG_EN).id);
            kept = false;
        }
    return kept;
}

static const struct pair *pair_of(const char *id) {
    const struct pair *pair;
    VEC_EACH (pair, &pairs)
        if (strcmp(pair->id, id) == 0)
            return pair;
    return NULL;
}

static void check_pair(size_t rule) {
    const char *id = rule_text(rule, LANG_EN).id;
    const struct pair *pair = pair_of(id);
    if (!pair) {
        printf("# no pair for %s\n", id);
        CHECK(pair);
        return;
    }
    const char *good = changed(pair, base_text(pair->base), pair->good.at, pair->good.n);
    const char *bad = good ? changed(pair, good, pair->bad.at, pair->bad.n) : NULL;
    CHECK(bad);
    if (!bad)
        return;
    const struct report *report = judge_text(pair->base, good);
    if (report->verdicts[rule] != VERDICT_KEPT)
        printf("# pairs:%d: the good one gives verdict %d on %s\n", pair->line,
               report->verdicts[rule], id);
    CHECK(report->verdicts[rule] == VERDICT_KEPT);
    CHECK(others_kept(report, rule, "good", pair->line));
    report = judge_text(pair->base, bad);
    if (report->verdicts[rule] != VERDICT_BROKEN)
        printf("# pairs:%d: the bad one gives verdict %d on %s\n", pair->line,
               report->verdicts[rule], id);
    CHECK(report->verdicts[rule] == VERDICT_BROKEN);
    CHECK(others_kept(report, rule, "bad", pair->line));
}

static void the_bases_break_no_rule(void) {
    static const char *const bases[] = {"dispatch", "cong-van", "quyet-dinh", "phu-luc"};
    for (size_t i = 0; i < 4; i++)
        CHECK(others_kept(judge_text(bases[i], base_text(bases[i])), rule_count(), bases[i], 0));
}

static void every_rule_has_an_input_that_breaks_just_it_and_one_that_keeps_it(void) {
    for (size_t i = 0; i < rule_count(); i++)
        check_pair(i);
}

static size_t rule_index(const char *id) {
    size_t i = 0;
    while (i < rule_count() && strcmp(rule_text(i, LANG_EN).id, id) != 0)
        i++;
    return i;
}

/* A fault that can be mended is no fault afterwards, and none other has come of it. */
static bool mends(size_t rule) {
    const struct pair *pair = pair_of(rule_text(rule, LANG_EN).id);
    const char *good = changed(pair, base_text(pair->base), pair->good.at, pair->good.n);
    const char *bad = good ? changed(pair, good, pair->bad.at, pair->bad.n) : NULL;
    const struct report *report = bad ? judge_text(pair->base, bad) : NULL;
    if (!report || !report->mends.n)
        return false;
    struct diag *changes = diag_new(LANG_EN);
    report = judge_mended(pair->base, bad, report, changes);
    bool done = diag_count(changes, DIAG_NOTE) > 0; /* headers and footers are not mended */
    CHECK(!done || others_kept(report, pair->left ? rule_index(pair->left) : rule_count(), "mended",
                               pair->line));
    diag_free(changes);
    return done;
}

static void what_is_mechanical_is_mended_and_nothing_else_breaks(void) {
    size_t mended = 0;
    for (size_t i = 0; i < rule_count(); i++)
        mended += pair_of(rule_text(i, LANG_EN).id) && mends(i);
    CHECK(mended > 80);
}

static void every_pair_is_of_a_rule(void) {
    const struct pair *pair;
    VEC_EACH (pair, &pairs) {
        size_t i = rule_index(pair->id);
        if (i == rule_count())
            printf("# pairs:%d: there is no rule %s\n", pair->line, pair->id);
        CHECK(i < rule_count());
    }
}

static void there_are_enough_rules_and_each_has_its_texts(void) {
    CHECK(rule_count() >= 120);
    for (size_t i = 0; i < rule_count(); i++)
        for (int lang = LANG_VI; lang <= LANG_EN; lang++) {
            struct rule_text rule = rule_text(i, (enum lang)lang);
            CHECK(*rule.id && *rule.clause && *rule.sentence && *rule.fix);
            for (const char *p = rule.id; *p; p++)
                CHECK((*p >= 'a' && *p <= 'z') || *p == '-');
        }
}

static void what_an_input_does_not_show_is_not_kept(void) {
    const struct report *report = judge_text("dispatch", base_text("dispatch"));
    for (size_t i = 0; i < rule_count(); i++)
        if (strcmp(rule_text(i, LANG_EN).id, "margin-left") == 0)
            CHECK(report->verdicts[i] == VERDICT_UNSEEN);
        else if (strcmp(rule_text(i, LANG_EN).id, "basis-stop") == 0)
            CHECK(report->verdicts[i] == VERDICT_ABSENT);
}

/* An empty page keeps what is said of every page and nothing else. */
static void an_empty_document_keeps_only_rules_on_pages(void) {
    static const char *const kept[] = {"page-size",     "page-orientation", "margin-top",
                                       "margin-bottom", "margin-left",      "margin-right",
                                       "font-legacy",   "text-nfd"};
    const struct report *report = judge_text("cong-van", "@page 11906 16838 1134 850 1134 1701");
    for (size_t i = 0; i < rule_count(); i++) {
        const char *id = rule_text(i, LANG_EN).id;
        bool page = false;
        for (size_t k = 0; k < sizeof kept / sizeof *kept; k++)
            page |= strcmp(kept[k], id) == 0;
        if (page != (report->verdicts[i] == VERDICT_KEPT))
            printf("# %s: verdict %d\n", id, report->verdicts[i]);
        CHECK(page == (report->verdicts[i] == VERDICT_KEPT));
    }
}

static void appendices_are_numbered_for_themselves(void) {
    static const char label[] = "center b 14 | Phụ lục\ncenter b 14 | DANH SÁCH\ncenter i 14 | "
                                "(Kèm theo Công văn)\n";
    size_t gap = rule_index("numbering-gap"), twice = rule_index("numbering-twice");
    const char *right = pool_printf(pool, "%s%sboth 14 | 1. Một.\nboth 14 | 2. Hai.\n",
                                    base_text("cong-van"), label);
    const char *wrong = pool_printf(pool, "%s%sboth 14 | 1. Một.\nboth 14 | 3. Ba.\n",
                                    base_text("cong-van"), label);
    const struct report *report = judge_text("cong-van", right);
    CHECK(report->verdicts[gap] == VERDICT_KEPT && report->verdicts[twice] == VERDICT_KEPT);
    CHECK(judge_text("cong-van", wrong)->verdicts[gap] == VERDICT_BROKEN);
}

/* ---- what only looks like a fault ---- */

/* The verdict on a sentence of the dispatch's body. */
static enum verdict verdict_on(const char *id, const char *sentence) {
    static const char place[] = "Cử người dự họp đúng thành phần (một người).";
    const char *base = base_text("dispatch"), *at = strstr(base, place);
    if (!at)
        return VERDICT_UNSEEN;
    const char *text =
        pool_printf(pool, "%.*s%s%s", (int)(at - base), base, sentence, at + strlen(place));
    return (enum verdict)judge_text("dispatch", text)->verdicts[rule_index(id)];
}

static void words_of_another_meaning_are_left_alone(void) {
    CHECK(verdict_on("capital-agency", "Theo sở Y tế.") == VERDICT_BROKEN);
    CHECK(verdict_on("capital-agency", "Các cơ sở Y tế và cán bộ Y tế.") == VERDICT_KEPT);
    CHECK(verdict_on("capital-agency", "Cơ sở Y tế và sở Y tế.") == VERDICT_BROKEN);
    CHECK(verdict_on("capital-nhan-dan", "Cán bộ và nhân dân.") == VERDICT_BROKEN);
    CHECK(verdict_on("capital-nhan-dan", "Đô la Mỹ và nhân dân tệ.") == VERDICT_KEPT);
    CHECK(verdict_on("word-double", "Tăng từ từ.") == VERDICT_KEPT);
    CHECK(verdict_on("word-double", "Tăng theo theo kế hoạch.") == VERDICT_BROKEN);
}

static void ordinals_are_no_weekdays(void) {
    CHECK(verdict_on("capital-weekday", "Sáng thứ hai, ngày 09 tháng 02.") == VERDICT_BROKEN);
    CHECK(verdict_on("capital-weekday", "Kỳ họp thứ hai, ngày 09 tháng 02.") == VERDICT_KEPT);
    CHECK(verdict_on("day-weekday", "Thứ Hai, ngày 10 tháng 02 năm 2026.") == VERDICT_BROKEN);
    CHECK(verdict_on("day-weekday", "Kỳ họp thứ hai, ngày 10 tháng 02 năm 2026.") == VERDICT_KEPT);
}

static void a_day_ends_at_24_hours(void) {
    CHECK(verdict_on("day-time", "Đến 24 giờ 00 phút.") == VERDICT_KEPT);
    CHECK(verdict_on("day-time", "Đến 24h30.") == VERDICT_BROKEN);
}

static void parts_of_a_cited_document_open_with_capitals(void) {
    CHECK(verdict_on("capital-article", "Theo mục 2 Chương I.") == VERDICT_BROKEN);
    CHECK(verdict_on("capital-article", "Theo tiểu mục 1 Mục 2.") == VERDICT_BROKEN);
    CHECK(verdict_on("capital-article", "Theo mục 2 công văn này.") == VERDICT_KEPT);
    CHECK(verdict_on("capital-type", "Theo giấy mời số 15/GM-UBND.") == VERDICT_BROKEN);
}

/* "Ủy" and "Uỷ" open most names of offices. */
static void tones_are_compared_in_capitals_too(void) {
    CHECK(verdict_on("tone-mixed", "Uỷ ban Mặt trận và Ủy ban nhân dân.") == VERDICT_BROKEN);
    CHECK(verdict_on("tone-mixed", "Ủy ban, thủy lợi, HÒA BÌNH, quý, quà, toàn.") == VERDICT_KEPT);
    CHECK(verdict_on("tone-mixed", "HOÀ BÌNH, thủy lợi.") == VERDICT_BROKEN);
}

/* Mending changes where a phrase first stands: there it may be of another word. */
static void what_mending_would_not_find_is_not_mended(void) {
    static const char place[] = "Cử người dự họp đúng thành phần (một người).";
    const char *base = base_text("dispatch"), *at = strstr(base, place);
    const char *text = pool_printf(pool, "%.*sCơ sở Y tế và sở Y tế.%s", (int)(at - base), base,
                                   at + strlen(place));
    const struct report *report = judge_text("dispatch", text);
    const struct mend *mend;
    VEC_EACH (mend, &report->mends)
        CHECK(strcmp(mend->rule, "capital-agency") != 0);
}

int main(void) {
    rules_begin();
    read_pairs();
    RUN(there_are_enough_rules_and_each_has_its_texts);
    RUN(every_pair_is_of_a_rule);
    RUN(the_bases_break_no_rule);
    RUN(every_rule_has_an_input_that_breaks_just_it_and_one_that_keeps_it);
    RUN(what_is_mechanical_is_mended_and_nothing_else_breaks);
    RUN(appendices_are_numbered_for_themselves);
    RUN(an_empty_document_keeps_only_rules_on_pages);
    RUN(what_an_input_does_not_show_is_not_kept);
    RUN(words_of_another_meaning_are_left_alone);
    RUN(ordinals_are_no_weekdays);
    RUN(a_day_ends_at_24_hours);
    RUN(parts_of_a_cited_document_open_with_capitals);
    RUN(tones_are_compared_in_capitals_too);
    RUN(what_mending_would_not_find_is_not_mended);
    rules_end();
    return CHECK_RESULT();
}
