#include "check/phrases.h"
#include "base/utf8.h"

#include <string.h>

static const struct phrase phrases[] = {
#define PHRASE(code, text, right) {code, text, right},
#include "check/phrases.def"
#undef PHRASE
};

enum { PHRASES = sizeof phrases / sizeof *phrases, KEY = 4, SLOTS = 256 };

_Static_assert(PHRASES < 256, "numbers of phrases fit a byte");

struct finder {
    /* Which phrases begin with the four bytes a word begins with: slots by hash, phrases of one
     * slot chained in their order. Numbers are the phrase's and one; 0: no more. */
    unsigned char first[SLOTS], next[PHRASES];
    bool in_word[256]; /* bytes that are surely of a word */
};

static size_t slot_of(const char *s) {
    uint32_t key;
    memcpy(&key, s, KEY);
    return key * UINT32_C(0x9E3779B1) >> 24;
}

/* ASCII letters and digits, lead bytes of letters alone (C4 to C8), and the bytes that follow a
 * lead byte, which was judged. */
static bool is_word_byte(int c) {
    return c < 0x80 ? is_letter((uint32_t)c) || is_digit((uint32_t)c)
                    : c < 0xC0 || (c >= 0xC4 && c <= 0xC8);
}

static void make_finder(struct finder *finder) {
    *finder = (struct finder){0};
    for (int c = 0; c < 256; c++)
        finder->in_word[c] = is_word_byte(c);
    for (size_t i = PHRASES; i-- > 0;) {
        unsigned char *first = &finder->first[slot_of(phrases[i].text)];
        finder->next[i] = *first;
        *first = (unsigned char)(i + 1);
    }
}

/* ---- from word to word ---- */

static bool opens_word(const char *s, const char *end) {
    uint32_t cp = utf8_next(&s, end);
    return is_letter(cp) || is_digit(cp);
}

/* The end of the word that goes on at `s`; the text ends in NUL, which is of no word. E1 B8-BB
 * leads letters only. */
static const char *word_end(const struct finder *finder, const char *s, const char *end) {
    for (;; s++) {
        while (finder->in_word[(unsigned char)*s])
            s++;
        bool latin = *s == '\xE1' && (unsigned char)s[1] >= 0xB8 && (unsigned char)s[1] <= 0xBB;
        if (!latin && (!(*s & 0x80) || !opens_word(s, end)))
            return s;
    }
}

static const char *word_start(const struct finder *finder, const char *s, const char *end) {
    for (;;) {
        while (s < end && !(*s & 0x80) && !finder->in_word[(unsigned char)*s])
            s++;
        if (s == end || finder->in_word[(unsigned char)*s] || opens_word(s, end))
            return s;
        const char *next = s;
        utf8_next(&next, end);
        s = next;
    }
}

/* ---- sightings ---- */

struct sightings {
    VEC(struct sighting) at;
};

static bool ends_word(const char *at, const char *end) {
    return at == end || !opens_word(at, end);
}

/* In the order of the phrases; the few of a line are put in their place one by one. */
static void add_sighting(struct view *view, struct sightings *sightings, struct sighting found) {
    VEC_PUSH(view->pool, &sightings->at);
    struct sighting *first = sightings->at.at, *at = first + sightings->at.n - 1;
    for (; at > first && at[-1].line == found.line && at[-1].phrase > found.phrase; at--)
        *at = at[-1];
    *at = found;
}

static void look_in(struct view *view, const struct finder *finder, const struct line *line,
                    struct sightings *sightings) {
    const char *end = line->text + strlen(line->text);
    for (const char *p = word_start(finder, line->text, end); end - p >= KEY;
         p = word_start(finder, word_end(finder, p, end), end))
        for (size_t i = finder->first[slot_of(p)]; i; i = finder->next[i - 1]) {
            const struct phrase *phrase = &phrases[i - 1];
            if (starts_with(p, phrase->text) && ends_word(p + strlen(phrase->text), end))
                add_sighting(view, sightings, (struct sighting){line, phrase, p});
        }
}

static const struct sightings *find_all(struct judge *judge) {
    struct view *view = judge->view;
    struct sightings *sightings = POOL_NEW(view->pool, struct sightings);
    struct finder finder;
    const struct line *line;
    make_finder(&finder);
    EACH_PROSE(line, judge)
    look_in(view, &finder, line, sightings);
    return sightings;
}

const struct sighting *next_sighting(struct judge *judge, const struct sighting *at) {
    if (!judge->view->sightings)
        judge->view->sightings = find_all(judge);
    const struct sightings *all = judge->view->sightings;
    judge->seen = judge->seen || next_prose(judge, NULL);
    for (size_t i = at ? (size_t)(at - all->at.at) : 0; i < all->at.n; i++) {
        at = &all->at.at[i];
        if (at->phrase->code == judge->code)
            return at;
    }
    return NULL;
}
