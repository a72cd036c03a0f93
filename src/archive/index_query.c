/* A query of words: its groups as a database writes them, and its words in a text. */
#include "archive/index_parts.h"

#include "base/utf8.h"
#include "check/words.h"

#include <string.h>

/* ---- as text ---- */

static void put_phrase(struct buf *out, const char *terms, const struct query_syntax *syntax) {
    buf_puts(out, syntax->open);
    for (const char *p = terms; *p; p++)
        if (*p == ' ')
            buf_puts(out, syntax->between);
        else
            buf_putc(out, *p);
    buf_puts(out, syntax->close);
}

size_t query_nothings(size_t n, const struct query_syntax *syntax) {
    return syntax->nothing && n > 2 ? n - 2 : 0;
}

/* Before the first of n things that must all be there, and before each of the others. */
static void begin_all(struct buf *out, size_t n, const struct query_syntax *syntax) {
    for (size_t i = query_nothings(n, syntax); i > 0; i--)
        buf_printf(out, "(%s%s(", syntax->nothing, syntax->either);
}

static void put_both(struct buf *out, size_t i, const struct query_syntax *syntax) {
    buf_puts(out, i > 1 && syntax->nothing ? "))" : "");
    buf_puts(out, i > 0 ? syntax->both : "");
}

bool query_is_long(const struct term_phrase *phrase) {
    enum { LONG = 4, TOO_LONG = 40 };
    size_t n = word_count(phrase->terms);
    return phrase->rarest && n >= LONG && n <= TOO_LONG;
}

bool query_is_apart(const struct term_phrase *phrase, const struct query_syntax *syntax) {
    return syntax->apart && query_is_long(phrase);
}

static void put_apart(struct buf *out, const char *terms, const struct query_syntax *syntax) {
    size_t n = word_count(terms), i = 0;
    buf_putc(out, '(');
    begin_all(out, n, syntax);
    for (const char *p = terms; *p; p += strspn(p, " "), i++) {
        size_t length = strcspn(p, " ");
        put_both(out, i, syntax);
        buf_printf(out, "%s%.*s%s", syntax->open, (int)length, p, syntax->close);
        p += length;
    }
    buf_putc(out, ')');
}

void index_put_group(struct buf *out, const struct word_group *group,
                     const struct query_syntax *syntax) {
    const struct term_phrase *phrase;
    VEC_EACH (phrase, &group->any) {
        if (phrase > group->any.at)
            buf_puts(out, syntax->either);
        if (query_is_apart(phrase, syntax))
            put_apart(out, phrase->rarest, syntax);
        else
            put_phrase(out, phrase->terms, syntax);
    }
}

/* The groups that are or are not rare, any of which will do, in brackets. */
static void put_any(struct buf *out, const struct word_query *query, bool rare_only,
                    const struct query_syntax *syntax) {
    const struct word_group *group;
    bool first = true;
    buf_putc(out, '(');
    VEC_EACH (group, &query->groups) {
        if (group->filter || (rare_only && !group->rare))
            continue;
        if (!first)
            buf_puts(out, syntax->either);
        first = false;
        index_put_group(out, group, syntax);
    }
    buf_putc(out, ')');
}

static bool must_match(const struct word_query *query, const struct word_group *group) {
    size_t words = 0;
    for (size_t i = 0; i < query->groups.n; i++)
        words += !query->groups.at[i].filter;
    return group->filter || query->need == words;
}

void index_put_query(struct buf *out, const struct word_query *query,
                     const struct query_syntax *syntax) {
    const struct word_group *group;
    size_t all = 0, n = 0;
    VEC_EACH (group, &query->groups)
        all += must_match(query, group);
    begin_all(out, all, syntax);
    VEC_EACH (group, &query->groups) {
        if (!must_match(query, group))
            continue;
        put_both(out, n++, syntax);
        buf_putc(out, '(');
        index_put_group(out, group, syntax);
        buf_putc(out, ')');
    }
    if (all == query->groups.n)
        return;
    buf_puts(out, all ? syntax->both : "");
    put_any(out, query, true, syntax);
    buf_puts(out, syntax->both);
    put_any(out, query, false, syntax);
}

/* ---- in a text ---- */

enum { WINDOW = 32 }; /* words of a snippet */

struct found_word {
    size_t at, end;
    int group; /* -1: none of the query's */
};

/* Whether `plain` is one of the words of the phrase. */
static bool has_term(const char *terms, const char *plain) {
    size_t n = strlen(plain);
    for (const char *p = terms; *p; p += strspn(p, " ")) {
        size_t w = strcspn(p, " ");
        if (w == n && memcmp(p, plain, n) == 0)
            return true;
        p += w;
    }
    return false;
}

/* With which bytes the words of a query begin: most words of a text are told by theirs. */
struct first_bytes {
    bool has[256];
};

static void note_firsts(const struct word_query *query, struct first_bytes *first) {
    const struct term_phrase *phrase;
    *first = (struct first_bytes){0};
    for (size_t i = 0; i < query->groups.n; i++)
        VEC_EACH (phrase, &query->groups.at[i].any)
            for (const char *p = phrase->terms; *p; p += strcspn(p, " "))
                first->has[(unsigned char)*(p += strspn(p, " "))] = true;
}

static int group_of(const struct word_query *query, const struct first_bytes *first,
                    const struct term *term) {
    for (size_t i = 0; first->has[(unsigned char)*term->plain] && i < query->groups.n; i++) {
        const struct term_phrase *phrase;
        if (!query->groups.at[i].filter)
            VEC_EACH (phrase, &query->groups.at[i].any)
                if (has_term(phrase->terms, term->plain))
                    return (int)i;
    }
    return -1;
}

/* What the window that ends before word `end` is worth: different words of the query first. */
struct window {
    size_t begin, end, different, words;
};

static void slide(struct window *best, const struct found_word *words, size_t end, size_t *counts,
                  size_t *different, size_t *hits) {
    const struct found_word *in = &words[end - 1];
    if (in->group >= 0) {
        *different += counts[in->group]++ == 0;
        (*hits)++;
    }
    if (end > WINDOW && words[end - 1 - WINDOW].group >= 0) {
        *different -= --counts[words[end - 1 - WINDOW].group] == 0;
        (*hits)--;
    }
    if (*different > best->different || (*different == best->different && *hits > best->words))
        *best = (struct window){end > WINDOW ? end - WINDOW : 0, end, *different, *hits};
}

static void put_piece(struct buf *out, const char *text, size_t n) {
    for (const char *p = text; p < text + n; p++)
        buf_putc(out, *p == '\n' ? ' ' : *p);
}

static const char *marked(struct pool *pool, const char *text, const struct found_word *words,
                          const struct window *window, size_t n) {
    struct buf out = {0};
    size_t at = words[window->begin].at;
    buf_puts(&out, window->begin ? "…" : "");
    for (size_t i = window->begin; i < window->end; i++) {
        bool hit = words[i].group >= 0, before = i > window->begin && words[i - 1].group >= 0;
        bool next = i + 1 < window->end && words[i + 1].group >= 0;
        put_piece(&out, text + at, words[i].at - at);
        buf_puts(&out, hit && !before ? "«" : "");
        put_piece(&out, text + words[i].at, words[i].end - words[i].at);
        buf_puts(&out, hit && !next ? "»" : "");
        at = words[i].end;
    }
    buf_puts(&out, window->end < n ? "…" : "");
    const char *copy = tidy(pool, buf_text(&out));
    buf_free(&out);
    return copy;
}

const char *index_snippet(struct pool *pool, const char *text, const struct word_query *query) {
    VEC(struct found_word) words = {0};
    struct pool *own = pool_new();
    struct term term;
    size_t *counts = POOL_ARRAY(own, size_t, query->groups.n), different = 0, hits = 0;
    struct window best = {0};
    struct first_bytes first_bytes;
    note_firsts(query, &first_bytes);
    for (size_t at = 0; terms_next(text, &at, &term);) {
        *VEC_PUSH(own, &words) =
            (struct found_word){term.at, term.end, group_of(query, &first_bytes, &term)};
        slide(&best, words.at, words.n, counts, &different, &hits);
    }
    /* As much before the first hit as behind the last. */
    size_t first = best.begin, room = 0;
    while (best.words && words.at[first].group < 0)
        first++;
    size_t last = best.end;
    while (last > first && words.at[last - 1].group < 0)
        last--;
    room = best.words ? (WINDOW - (last - first)) / 2 : 0;
    best.begin = first > room ? first - room : 0;
    best.end = best.begin + WINDOW < words.n ? best.begin + WINDOW : words.n;
    const char *snippet = best.words ? marked(pool, text, words.at, &best, words.n) : NULL;
    pool_free(own);
    return snippet;
}
