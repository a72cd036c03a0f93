/* Spaces, marks and letters of running text. What a finding shows is the word and its neighbours,
 * which is also what mending replaces. */
#include "check/judge.h"
#include "check/phrases.h"
#include "base/utf8.h"

#include <ctype.h>
#include <string.h>

/* The words around the bytes at..end of `s`. */
static const char *around(struct pool *pool, const char *s, const char *at, const char *end) {
    while (at > s && at[-1] == ' ')
        at--;
    while (at > s && at[-1] != ' ' && at[-1] != '\t')
        at--;
    end += strspn(end, " ");
    end += strcspn(end, " \t");
    return pool_strndup(pool, at, (size_t)(end - at));
}

/* Reports the bytes at..end of `s` with the words around them, and mends them to `to`. */
static void mend_stretch(struct judge *judge, const struct line *line, const char *s,
                         const char *at, const char *end, const char *to) {
    struct pool *pool = judge->view->pool;
    const char *shown = around(pool, s, at, end), *start = at;
    while (start > s && start[-1] == ' ')
        start--;
    while (start > s && start[-1] != ' ' && start[-1] != '\t')
        start--;
    size_t head = (size_t)(at - start);
    found(judge, line, shown, NULL);
    mend_text(judge, line, shown,
              pool_printf(pool, "%.*s%s%s", (int)head, start, to, shown + (end - start)));
}

void judge_space_double(struct judge *judge) {
    const struct line *line;
    EACH_PROSE(line, judge) {
        const char *s = line->raw + strspn(line->raw, " \t"), *at = strstr(s, "  ");
        const char *end = at ? at + strspn(at, " ") : NULL;
        if (at && *end && *end != '\t' && at[-1] != '\t')
            mend_stretch(judge, line, s, at, end, " ");
    }
}

/* "./." and "..." may stand apart. */
void judge_space_before(struct judge *judge) {
    const struct line *line;
    EACH_PROSE(line, judge)
    for (const char *mark = line->text; (mark = strpbrk(mark, ",;:.?!")) != NULL; mark++) {
        const char *at = mark - 1;
        if (mark == line->text || *at != ' ')
            continue;
        bool dots = starts_with(mark, "..") || starts_with(mark, "./");
        if (dots || is_letter(first_char(mark + 1)) || is_digit(first_char(mark + 1)))
            continue;
        mend_stretch(judge, line, line->text, at, mark, "");
        break;
    }
}

/* How many letters end at `at`. */
static size_t letters_before(const char *s, const char *at) {
    size_t n = 0;
    while (is_letter(char_before(s, at))) {
        do
            at--;
        while (((unsigned char)*at & 0xC0) == 0x80);
        n++;
    }
    return n;
}

/* "gov.vn", "v.v" and "12,5" are whole; so are abbreviations ("KT.CHỦ TỊCH" has its own rule). */
static bool wants_space(const char *s, const char *at) {
    uint32_t after = first_char(at + 1);
    if (!is_letter(after))
        return false;
    uint32_t before = char_before(s, at);
    size_t word = letters_before(s, at);
    switch (*at) {
    case ',':
    case ';':
        return !(is_capital(before) && is_capital(after) && word <= 2);
    case ':':
        return is_letter(before) || before == ')';
    case '.':
        return is_small(before) && is_capital(after) && word >= 3;
    default:
        return false;
    }
}

void judge_space_after(struct judge *judge) {
    const struct line *line;
    EACH_PROSE(line, judge)
    for (const char *at = line->text; (at = strpbrk(at, ",;:.")) != NULL; at++)
        if (wants_space(line->text, at) && !strstr(line->text, "://") && !strchr(line->text, '@')) {
            mend_stretch(judge, line, line->text, at, at + 1,
                         pool_printf(judge->view->pool, "%c ", *at));
            break;
        }
}

void judge_space_bracket(struct judge *judge) {
    static const char *const opening[] = {"( ", "[ ", "“ "}, *const closing[] = {" )", " ]", " ”"};
    const struct line *line;
    EACH_PROSE(line, judge)
    for (size_t i = strpbrk(line->text, "()[]\xE2") ? 0 : 3; i < 3; i++) { /* E2 leads “ and ” */
        const char *open = strstr(line->text, opening[i]);
        const char *close = strstr(line->text, closing[i]);
        if (open)
            mend_stretch(judge, line, line->text, open + strlen(opening[i]) - 1,
                         open + strlen(opening[i]), "");
        else if (close)
            mend_stretch(judge, line, line->text, close, close + 1, "");
    }
}

void judge_space_edge(struct judge *judge) {
    const struct line *line;
    EACH_OF(line, judge, ELEMENT_BODY)
    if (line->opens && (line->raw[0] == ' ' || starts_with(line->raw, "\xC2\xA0")))
        found(judge, line, NULL);
}

static bool has_marks_joined(const char *s) {
    for (; (s = strpbrk(s, ",;:.")) != NULL; s++)
        if (s[1] && strchr(",;:.", s[1]))
            return true;
    return false;
}

/* Two of a mark, but not three dots; and a stop beside a comma. */
void judge_mark_double(struct judge *judge) {
    static const char *const doubles[] = {",,", ";;", "::", ";.", ",.", ",;", ";,"};
    const struct line *line;
    EACH_PROSE(line, judge) {
        const char *at = NULL;
        if (!has_marks_joined(line->text))
            continue;
        for (size_t i = 0; !at && i < sizeof doubles / sizeof *doubles; i++)
            at = strstr(line->text, doubles[i]);
        if (!at && (at = strstr(line->text, "..")) != NULL &&
            (at[2] == '.' || strstr(at + 2, "..") || strstr(line->text, "…")))
            at = NULL;
        if (at)
            mend_stretch(judge, line, line->text, at, at + 2,
                         pool_printf(judge->view->pool, "%c", at[0] == at[1] ? at[0] : at[1]));
    }
}

/* ---- pairs ---- */

/* A ")" after one letter or number, as in "a)" or "1)", has no partner. */
static bool is_marker(const char *s, const char *at) {
    const char *start = at;
    while (start > s && !strchr(" \t(;,", start[-1]))
        start--;
    return at > start && at - start <= 3;
}

void judge_brackets(struct judge *judge) {
    static const char opening[] = "([{", closing[] = ")]}";
    const struct line *line;
    EACH_PROSE(line, judge) {
        char open[32];
        size_t depth = 0;
        char fault = 0;
        const char *p = line->text;
        for (; !fault && (p = strpbrk(p, "()[]{}")) != NULL; p++) {
            const char *close = strchr(closing, *p);
            if (strchr(opening, *p) && depth < sizeof open)
                open[depth++] = *p;
            else if (close && depth && open[depth - 1] == opening[close - closing])
                depth--;
            else if (close && !(*p == ')' && is_marker(line->text, p)))
                fault = *p;
        }
        if (!fault && depth)
            fault = open[depth - 1];
        if (fault)
            found(judge, line, pool_printf(judge->view->pool, "%c", fault), NULL);
    }
}

/* A quotation may run over several paragraphs, each of which may open it anew. */
struct quoting {
    const struct line *open;
};

static void follow_quotes(struct judge *judge, struct quoting *quoting, const struct line *line) {
    const char *p = line->text;
    size_t straight = 0;
    for (; (p = strpbrk(p, "\"\xE2")) != NULL; p++) { /* E2 leads “ and ” */
        straight += *p == '"';
        if (starts_with(p, "“"))
            quoting->open = line;
        else if (starts_with(p, "”")) {
            if (!quoting->open)
                found(judge, line, "”", NULL);
            quoting->open = NULL;
        }
    }
    if (straight % 2)
        found(judge, line, "\"", NULL);
}

void judge_quotes(struct judge *judge) {
    struct quoting quoting = {NULL};
    const struct line *line;
    EACH_PROSE(line, judge) {
        if (quoting.open && quoting.open->element != line->element) {
            found(judge, quoting.open, "“", NULL);
            quoting.open = NULL;
        }
        follow_quotes(judge, &quoting, line);
    }
    if (quoting.open)
        found(judge, quoting.open, "“", NULL);
}

void judge_quotes_mixed(struct judge *judge) {
    const struct line *curly = NULL, *straight = NULL, *line;
    EACH_PROSE(line, judge) {
        if (!curly && strstr(line->text, "“"))
            curly = line;
        if (!straight && strchr(line->text, '"'))
            straight = line;
    }
    if (curly && straight)
        found(judge, straight, "“ ” và \"", NULL);
}

/* ---- tone marks ---- */

/* Of the two vowels that end an open syllable ("oa", "oe", "uy") which has the tone: "hòa" marks
 * the first, "hoà" the second. 0: they are no such pair. */
static int marked_vowel(struct letter first, struct letter second) {
    bool pair = first.toneless == 'o' ? second.toneless == 'a' || second.toneless == 'e'
                                      : first.toneless == 'u' && second.toneless == 'y';
    if (!pair || !first.tone == !second.tone)
        return 0;
    return first.tone ? 1 : 2;
}

/* The next word from *at on whose tone is on the first or second of such vowels, which `which` is
 * told; *at moves past it. NULL: none. After "q" both ways write "quý". */
static const char *marked_word(struct pool *pool, const char **at, int *which) {
    const char *p = *at, *end = p + strlen(p), *start = p;
    struct letter last = {0}, before = {0}, onset = {0}; /* the last letters of the word so far */
    for (;;) {
        const char *here = p;
        uint32_t cp = p < end ? utf8_next(&p, end) : 0;
        if (is_letter(cp)) {
            onset = before;
            before = last;
            last = utf8_letter(cp);
            continue;
        }
        *which = onset.plain == 'q' ? 0 : marked_vowel(before, last);
        *at = p;
        if (*which)
            return pool_strndup(pool, start, (size_t)(here - start));
        if (here == end)
            return NULL;
        start = p;
        last = before = onset = (struct letter){0};
    }
}

void judge_tone_mixed(struct judge *judge) {
    const char *words[2] = {NULL, NULL};
    const struct line *line;
    EACH_PROSE(line, judge) {
        const char *at = line->text, *word;
        int which;
        while ((word = marked_word(judge->view->pool, &at, &which)) != NULL)
            if (!words[which - 1])
                words[which - 1] = word;
        if (words[0] && words[1]) {
            found(judge, line, words[0], words[1], NULL);
            return;
        }
    }
}

/* ---- letters ---- */

static bool is_wrong(uint32_t cp) {
    return cp == 0xD0 || cp == 0xF0 || cp == 0x189 || (cp >= 0x400 && cp < 0x530) ||
           (cp >= 0xE000 && cp < 0xF900) || (cp >= 0xFF21 && cp <= 0xFF5A) || cp == 0xFFFD;
}

static bool is_hidden(uint32_t cp) {
    return (cp >= 0x200B && cp <= 0x200F) || (cp >= 0x202A && cp <= 0x202E) || cp == 0x2060 ||
           cp == 0xFEFF || cp == 0xAD;
}

static const char *right_letter(uint32_t cp) {
    return cp == 0xD0 || cp == 0x189 ? "Đ" : cp == 0xF0 ? "đ" : NULL;
}

/* The first character of the line that `is` says yes to, with its word. None of Vietnamese is. */
static void look_for(struct judge *judge, bool (*is)(uint32_t), bool drop) {
    struct pool *pool = judge->view->pool;
    const struct line *line;
    EACH_PROSE(line, judge)
    for (const char *p = line->text, *end = p + strlen(p); line->foreign && p < end;) {
        const char *at = p;
        uint32_t cp = utf8_next(&p, end);
        if (!is(cp))
            continue;
        const char *shown = around(pool, line->text, at, p);
        const char *right = drop ? "" : right_letter(cp);
        found(judge, line, shown, pool_printf(pool, "U+%04X", (unsigned)cp), NULL);
        if (right)
            mend_text(judge, line, pool_strndup(pool, at, (size_t)(p - at)), right);
        break;
    }
}

void judge_letter_wrong(struct judge *judge) {
    look_for(judge, is_wrong, false);
}

void judge_letter_hidden(struct judge *judge) {
    look_for(judge, is_hidden, true);
}

/* ---- words ---- */

static void report_double(struct judge *judge, const struct sighting *at) {
    found(judge, at->line, at->phrase->text, NULL);
    mend_text(judge, at->line, at->phrase->text, at->phrase->right);
}

/* "của của": the first in a line, with a space or nothing before it. */
void judge_word_double(struct judge *judge) {
    const struct sighting *at, *first = NULL;
    EACH_SIGHTING(at, judge) {
        const char *end = at->at + strlen(at->phrase->text);
        bool alone =
            (at->at == at->line->text || at->at[-1] == ' ') && (!*end || strchr(" ,;.", *end));
        if (!alone)
            continue;
        if (first && first->line != at->line)
            report_double(judge, first);
        if (!first || first->line != at->line || at->at < first->at)
            first = at;
    }
    if (first)
        report_double(judge, first);
}

/* ---- numbers ---- */

static bool number_alone(const char *s, const char *at, const char *end) {
    uint32_t before = char_before(s, at);
    return !is_digit(before) && !is_letter(before) && before != '.' && before != ',' &&
           before != '/' && !is_letter(first_char(end));
}

static const char *with_sign(struct pool *pool, const char *number, char from, char to) {
    char *copy = pool_strdup(pool, number);
    for (char *p = copy; *p; p++)
        if (*p == from)
            *p = to;
    return copy;
}

static void report_number(struct judge *judge, const struct line *line, const char *at, size_t n,
                          char from, char to) {
    struct pool *pool = judge->view->pool;
    const char *number = pool_strndup(pool, at, n), *right = with_sign(pool, number, from, to);
    found(judge, line, number, right, NULL);
    mend_text(judge, line, number, right);
}

/* "2.5%": one full stop and one or two digits, then a per cent sign. */
void judge_decimal_comma(struct judge *judge) {
    const struct line *line;
    EACH_PROSE(line, judge)
    for (const char *at = line->text; (at = strpbrk(at, "0123456789")) != NULL;) {
        size_t whole = strspn(at, "0123456789"), tenths = 0;
        if (at[whole] == '.')
            tenths = strspn(at + whole + 1, "0123456789");
        const char *end = at + whole + (tenths ? tenths + 1 : 0);
        if (tenths && tenths <= 2 && (*end == '%' || starts_with(end, " %")) &&
            number_alone(line->text, at, end)) {
            report_number(judge, line, at, (size_t)(end - at), '.', ',');
            break;
        }
        at = end;
    }
}

/* "1,000,000": two groups of three digits or more. */
void judge_thousands_comma(struct judge *judge) {
    const struct line *line;
    EACH_PROSE(line, judge)
    for (const char *at = line->text; (at = strpbrk(at, "0123456789")) != NULL;) {
        const char *end = at + strspn(at, "0123456789");
        size_t groups = 0;
        while (*end == ',' && strspn(end + 1, "0123456789") == 3) {
            end += 4;
            groups++;
        }
        if (groups > 1 && number_alone(line->text, at, end)) {
            report_number(judge, line, at, (size_t)(end - at), ',', '.');
            break;
        }
        at = end;
    }
}
