/* What the rules look for once a view: fixed phrases, and what was said before. */
#include "check.h"
#include "check/phrases.h"
#include "check/said.h"

#include <stdlib.h>

static struct pool *pool;

static struct view *new_view(void) {
    struct view *view = POOL_NEW(pool, struct view);
    view->pool = pool;
    return view;
}

static struct line *add(struct view *view, enum element element, const char *text) {
    struct line *line = view_add(view, text);
    line->element = element;
    return line;
}

/* ---- phrases ---- */

static const struct phrase phrases[] = {
#define PHRASE(code, text, right) {code, text, right},
#include "check/phrases.def"
#undef PHRASE
};

enum { PHRASES = sizeof phrases / sizeof *phrases };

/* What is at the next place the phrase stands in `text` as words of its own; found the plain way.
 */
static const char *stands_at(const char *text, const char *from, const char *phrase) {
    size_t n = strlen(phrase);
    for (const char *at = from; (at = strstr(at, phrase)) != NULL; at++) {
        uint32_t before = char_before(text, at), after = first_char(at + n);
        if (!is_letter(before) && !is_digit(before) && !is_letter(after) && !is_digit(after))
            return at;
    }
    return NULL;
}

/* All sightings of the rule must be those of its phrases, in order, and there must be no others. */
static bool sightings_are_plain(struct view *view, enum rule_code code) {
    struct judge judge = {.view = view, .code = code};
    const struct sighting *at = next_sighting(&judge, NULL);
    const struct line *line;
    VEC_EACH (line, &view->lines)
        for (size_t i = 0; i < PHRASES; i++)
            for (const char *from = line->text; phrases[i].code == code; from++) {
                from = stands_at(line->text, from, phrases[i].text);
                if (!from)
                    break;
                if (!at || at->line != line || at->at != from ||
                    strcmp(at->phrase->text, phrases[i].text) != 0)
                    return false;
                at = next_sighting(&judge, at + 1);
            }
    return !at;
}

/* Phrases, their halves and other words, joined by what may stand between words and inside them. */
static const char *some_text(unsigned *seed) {
    static const char *const joints[] = {" ", " ", " ", ", ", " “", "” ", "(", ") ", ": ",  "-",
                                         "/", "×", "÷", "…",  "",   "5",  "ế", "đ",  " – ", "́"};
    struct buf text = {0};
    for (int i = 0; i < 12; i++) {
        *seed = *seed * 1103515245 + 12345;
        const char *phrase = phrases[(*seed >> 8) % PHRASES].text;
        size_t n = strlen(phrase);
        if (*seed >> 28 == 0)
            n = (size_t)(strchr(phrase, ' ') - phrase);
        buf_append(&text, phrase, n);
        buf_puts(&text, joints[(*seed >> 17) % (sizeof joints / sizeof *joints)]);
    }
    const char *copy = pool_strdup(pool, buf_text(&text));
    buf_free(&text);
    return copy;
}

static void phrases_are_found_where_a_plain_search_finds_them(void) {
    unsigned seed = 7;
    size_t seen = 0;
    for (int round = 0; round < 400; round++) {
        struct view *view = new_view();
        for (int i = 0; i < 3; i++)
            add(view, ELEMENT_BODY, some_text(&seed));
        for (size_t i = 0; i < PHRASES; i++)
            if (i == 0 || phrases[i].code != phrases[i - 1].code)
                CHECK(sightings_are_plain(view, phrases[i].code));
        struct judge judge = {.view = view, .code = CAPITAL_AGENCY};
        const struct sighting *at;
        EACH_SIGHTING(at, &judge)
        seen++;
        CHECK(judge.seen);
    }
    CHECK(seen > 1000);
}

static void phrases_are_found_in_prose_alone(void) {
    struct view *view = new_view();
    add(view, ELEMENT_AGENCY, "của nhân dân");
    struct judge judge = {.view = view, .code = CAPITAL_NHAN_DAN};
    CHECK(!next_sighting(&judge, NULL));
    CHECK(!judge.seen);
}

/* ---- what was said ---- */

struct words {
    enum element element;
    const char *text;
};

static struct view *view_saying(const struct words *words) {
    struct view *view = new_view();
    for (; words->text; words++)
        add(view, words->element, words->text);
    return view;
}

static bool same(const struct words *before, const struct words *now) {
    return said_again(said_keep(pool, view_saying(before)), view_saying(now));
}

static const struct words dispatch[] = {{ELEMENT_AGENCY, "ỦY BAN NHÂN DÂN"},
                                        {ELEMENT_AGENCY, "XÃ SUỐI NHẠN"},
                                        {ELEMENT_BODY, "Ủy ban mời họp."},
                                        {ELEMENT_BODY, "Đề nghị đúng giờ./."},
                                        {0}};

static void lines_may_be_parted_otherwise(void) {
    CHECK(same(dispatch, dispatch));
    CHECK(same(dispatch, (struct words[]){{ELEMENT_BODY, "Ủy ban mời"},
                                          {ELEMENT_AGENCY, "ỦY BAN NHÂN DÂN XÃ"},
                                          {ELEMENT_AGENCY, "SUỐI NHẠN"},
                                          {ELEMENT_BODY, "họp. Đề nghị đúng giờ./."},
                                          {0}}));
}

static void other_words_are_heard(void) {
    CHECK(!same(dispatch, (struct words[]){{ELEMENT_AGENCY, "ỦY BAN NHÂN DÂN XÃ SUỐI NHẠN"},
                                           {ELEMENT_BODY, "Ủy ban mời họp."},
                                           {ELEMENT_BODY, "Đề nghị Đúng giờ./."},
                                           {0}}));
    CHECK(!same(dispatch, (struct words[]){{ELEMENT_AGENCY, "ỦY BAN NHÂN DÂN XÃ SUỐI NHẠN"},
                                           {ELEMENT_BODY, "Ủy ban mời họp."},
                                           {0}}));
    CHECK(!same(dispatch, (struct words[]){{ELEMENT_AGENCY, "ỦY BAN NHÂN DÂN XÃ SUỐI NHẠN"},
                                           {ELEMENT_BODY, "Ủy ban mời họp."},
                                           {ELEMENT_BODY, "Đề nghị đúng giờ./. Thêm"},
                                           {0}}));
    CHECK(!same(dispatch, (struct words[]){{ELEMENT_AGENCY, "ỦY BAN NHÂN DÂN XÃ SUỐI NHẠN"},
                                           {ELEMENT_BODY, "Ủy ban mời họp."},
                                           {ELEMENT_CELL, "Đề nghị đúng giờ./."},
                                           {0}}));
}

/* The State's name is the template's word, a note would be the author's; "Kính gửi:" is a label. */
static void only_what_would_be_the_authors_counts_as_new(void) {
    struct words more[6] = {{ELEMENT_QUOC_HIEU, "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"}};
    memcpy(more + 1, dispatch, sizeof dispatch);
    CHECK(same(dispatch, more));
    more[0] = (struct words){ELEMENT_TO, "Kính gửi:"};
    CHECK(same(dispatch, more));
    more[0] = (struct words){ELEMENT_TO, "Kính gửi: Sở Nội vụ"};
    CHECK(!same(dispatch, more));
    more[0] = (struct words){ELEMENT_NOTE, "Số liệu đến ngày 30."};
    CHECK(!same(dispatch, more));
}

int main(void) {
    pool = pool_new();
    RUN(phrases_are_found_where_a_plain_search_finds_them);
    RUN(phrases_are_found_in_prose_alone);
    RUN(lines_may_be_parted_otherwise);
    RUN(other_words_are_heard);
    RUN(only_what_would_be_the_authors_counts_as_new);
    pool_free(pool);
    return CHECK_RESULT();
}
