#include "archive/terms.h"

#include "base/utf8.h"
#include "check/words.h"

#include <stdlib.h>
#include <string.h>

/* ---- words ---- */

static bool in_word(uint32_t cp) {
    return is_letter(cp) || is_digit(cp);
}

/* Where the next word begins and, with `inside`, where this one ends. */
static const char *skip(const char *p, const char *end, bool inside) {
    while (p < end) {
        const char *next = p;
        if (in_word(utf8_next(&next, end)) != inside)
            break;
        p = next;
    }
    return p;
}

static void put(char *to, size_t *n, uint32_t cp) {
    if (*n + 4 < TERM_BYTES)
        *n += utf8_put(to + *n, cp);
    to[*n] = '\0';
}

/* "ky" and "ki" are two spellings of one syllable. */
static void settle_y(char *s) {
    static const char *const onsets[] = {"h", "k", "l", "m", "s", "t", "qu"};
    if (!strchr(s, 'y'))
        return;
    for (size_t i = 0; i < sizeof onsets / sizeof *onsets; i++) {
        size_t n = strlen(onsets[i]);
        if (strncmp(s, onsets[i], n) == 0 && s[n] == 'y' &&
            (!s[n + 1] || (unsigned char)s[n + 1] == 0xCC)) /* the end, or a tone */
            s[n] = 'i';
    }
}

static void fold(const char *from, const char *end, struct term *term) {
    size_t plain = 0, marked = 0;
    uint32_t tone = 0;
    bool has_marks = false;
    term->number = term->capitals = true;
    while (from < end) {
        uint32_t cp = utf8_next(&from, end);
        struct letter letter = utf8_letter(cp);
        term->number &= is_digit(cp);
        term->capitals &=
            cp >= 0x80 ? letter.toneless != cp && !is_small(cp) : cp < 'a' || cp > 'z';
        put(term->plain, &plain, letter.plain);
        put(term->marked, &marked, letter.toneless);
        has_marks |= letter.toneless != letter.plain || letter.tone;
        tone = letter.tone ? letter.tone : tone;
    }
    if (tone)
        put(term->marked, &marked, tone);
    settle_y(term->plain);
    settle_y(term->marked);
    if (!has_marks)
        term->marked[0] = '\0';
}

bool terms_next(const char *text, size_t *at, struct term *term) {
    const char *all = text + *at + strlen(text + *at);
    const char *from = skip(text + *at, all, false), *end = skip(from, all, true);
    *at = (size_t)(end - text);
    if (from == end)
        return false;
    term->at = (size_t)(from - text);
    term->end = *at;
    fold(from, end, term);
    if (term->number) {
        size_t zeros = strspn(term->plain, "0");
        zeros -= !term->plain[zeros];
        memmove(term->plain, term->plain + zeros, strlen(term->plain + zeros) + 1);
    }
    return true;
}

/* ---- syllables ---- */

static int by_text(const void *a, const void *b) {
    return strcmp(a, *(const char *const *)b);
}

#define IS_ONE_OF(s, list)                                                                         \
    (bsearch(s, list, sizeof list / sizeof *list, sizeof *list, by_text) != NULL)

/* The onset's letters; they are taken as long as possible. */
static size_t onset_length(const char *s) {
    static const char *const onsets[] = {"ngh", "ch", "gh", "gi", "kh", "ng", "nh", "ph", "qu",
                                         "th",  "tr", "b",  "c",  "d",  "g",  "h",  "k",  "l",
                                         "m",   "n",  "p",  "r",  "s",  "t",  "v",  "x"};
    for (size_t i = 0; i < sizeof onsets / sizeof *onsets; i++)
        if (starts_with(s, onsets[i]))
            return strlen(onsets[i]);
    return 0;
}

static bool is_rhyme(const char *s) {
    static const char *const rhymes[] = {
        "a",    "ac",   "ach",  "ai",  "am",  "an",  "ang",  "anh",  "ao",   "ap",   "at",   "au",
        "ay",   "e",    "ec",   "ech", "em",  "en",  "eng",  "enh",  "eo",   "ep",   "et",   "eu",
        "i",    "ia",   "ich",  "iec", "iem", "ien", "ieng", "iep",  "iet",  "ieu",  "im",   "in",
        "inh",  "ip",   "it",   "iu",  "o",   "oa",  "oac",  "oach", "oai",  "oam",  "oan",  "oang",
        "oanh", "oao",  "oap",  "oat", "oay", "oc",  "oe",   "oeo",  "oet",  "oi",   "om",   "on",
        "ong",  "ooc",  "oong", "op",  "ot",  "u",   "ua",   "uan",  "uang", "uat",  "uay",  "uc",
        "ue",   "uech", "uenh", "ui",  "um",  "un",  "ung",  "uo",   "uoc",  "uoi",  "uom",  "uon",
        "uong", "uop",  "uot",  "uou", "up",  "ut",  "uu",   "uy",   "uya",  "uych", "uyen", "uyet",
        "uynh", "uyt",  "uyu",  "y",   "yem", "yen", "yet",  "yeu"};
    return IS_ONE_OF(s, rhymes);
}

static bool is_rhyme_of_qu(const char *s) {
    static const char *const rhymes[] = {"a",  "ac", "ach", "ai",  "an",  "ang", "anh", "ao",  "ap",
                                         "at", "au", "ay",  "e",   "ec",  "ech", "en",  "enh", "eo",
                                         "et", "eu", "i",   "ich", "in",  "inh", "it",  "o",   "oc",
                                         "on", "ot", "y",   "yen", "yet", "ynh", "yt"};
    return IS_ONE_OF(s, rhymes);
}

/* Which letter stands before e, i and y: k not c, gh not g, ngh not ng. */
static bool agrees(const char *onset, size_t n, const char *rhyme) {
    bool front = *rhyme && strchr("eiy", *rhyme) != NULL;
    if ((n == 1 && *onset == 'k') || (n == 2 && memcmp(onset, "gh", 2) == 0) || n == 3)
        return front;
    if (n == 1 && *onset == 'c')
        return !front;
    if ((n == 1 && *onset == 'g') || (n == 2 && memcmp(onset, "ng", 2) == 0))
        return !front || *rhyme == 'i';
    return true;
}

bool term_is_syllable(const char *plain) {
    size_t n = onset_length(plain);
    const char *rhyme = plain + n;
    if (n == 2 && memcmp(plain, "qu", 2) == 0)
        return is_rhyme_of_qu(rhyme);
    if (n == 2 && memcmp(plain, "gi", 2) == 0)
        return !*rhyme || is_rhyme(rhyme) || is_rhyme(plain + 1);
    return is_rhyme(rhyme) && agrees(plain, n, rhyme);
}

/* A syllable that ends in c, ch, p or t is spoken with one of two tones, always written. */
static bool lacks_tone(const struct term *term) {
    size_t n = strlen(term->plain);
    char last = term->plain[n - 1], before = n > 1 ? term->plain[n - 2] : '\0';
    bool stop = last == 'c' || last == 'p' || last == 't' || (last == 'h' && before == 'c');
    return stop && (unsigned char)term->marked[strcspn(term->marked, "\xCC")] != 0xCC;
}

bool terms_rough(const char *text) {
    enum { LEAST = 20, MOST_BAD = 6 }; /* words; in a hundred */
    size_t words = 0, bad = 0, at = 0;
    struct term term;
    while (terms_next(text, &at, &term)) {
        if (term.number || term.capitals || !term.plain[1])
            continue;
        words++;
        bad += !term_is_syllable(term.plain) || lacks_tone(&term);
    }
    return words >= LEAST && bad * 100 > words * MOST_BAD;
}

bool terms_vietnamese(const char *text) {
    enum { LEAST = 20, MOST_STRANGE = 20, LEAST_MARKED = 30 }; /* words; in a hundred */
    size_t words = 0, strange = 0, marked = 0, at = 0;
    struct term term;
    while (terms_next(text, &at, &term)) {
        if (term.number || !term.plain[1])
            continue;
        words++;
        marked += *term.marked != '\0';
        strange += !term.capitals && !term_is_syllable(term.plain);
    }
    return words >= LEAST && strange * 100 <= words * MOST_STRANGE &&
           marked * 100 >= words * LEAST_MARKED;
}

/* ---- words read wrongly ---- */

int term_slack(const char *plain) {
    size_t n = strlen(plain);
    return n < 3 ? 0 : (int)(2 * n / 3);
}

/* Letters that scanning takes for each other. */
static bool look_alike(char a, char b) {
    static const char *const groups[] = {"il1t!j", "od0cq6", "unrvi", "aeos6",
                                         "hnb",    "gqy9",   "fptr",  "mnw"};
    for (size_t i = 0; i < sizeof groups / sizeof *groups; i++)
        if (strchr(groups[i], a) && strchr(groups[i], b))
            return true;
    return false;
}

enum { STEP = 2 };

static int cheapest(int a, int b, int c) {
    int least = a < b ? a : b;
    return least < c ? least : c;
}

int term_distance(const char *a, const char *b, int limit) {
    int row[TERM_BYTES + 1];
    int n = (int)strlen(b);
    if (abs((int)strlen(a) - n) * STEP > limit)
        return limit + 1;
    for (int j = 0; j <= n; j++)
        row[j] = j * STEP;
    for (int i = 1; *a; i++, a++) {
        int diagonal = row[0], least = row[0] = i * STEP;
        for (int j = 1; j <= n; j++) {
            int change = *a == b[j - 1] ? 0 : look_alike(*a, b[j - 1]) ? 1 : STEP;
            int cost = cheapest(row[j] + STEP, row[j - 1] + STEP, diagonal + change);
            diagonal = row[j];
            row[j] = cost;
            least = cost < least ? cost : least;
        }
        if (least > limit)
            return limit + 1;
    }
    return row[n] > limit ? limit + 1 : row[n];
}
