/* What each phrase of a query counts for, for a database that sees a query as a row of phrases. */
#include "archive/index_parts.h"

#include "check/words.h"

#include <string.h>

struct phrase_numbering {
    const struct query_syntax *syntax;
    struct buf *out, sequences;
    int phrases; /* written so far */
    size_t sequence_count;
};

static void put_number(struct phrase_numbering *to, int group, double weight, bool exact) {
    buf_printf(to->out, " %d %d %d", group, (int)(1000 * weight), exact);
    to->phrases++;
}

static void put_uncounted(struct phrase_numbering *to, size_t n) {
    while (n--)
        put_number(to, -1, 0, false);
}

/* Which of `terms` the word at `word` is. */
static int place_among(const char *terms, const char *word, size_t n) {
    int i = 0;
    for (const char *p = terms; *p; p += strspn(p, " "), i++) {
        size_t length = strcspn(p, " ");
        if (length == n && memcmp(p, word, n) == 0)
            break;
        p += length;
    }
    return i;
}

static void put_sequence(struct phrase_numbering *to, int group, double weight,
                         const struct term_phrase *phrase) {
    size_t n = word_count(phrase->rarest);
    put_uncounted(to, query_nothings(n, to->syntax));
    if (group >= 0) {
        to->sequence_count++;
        buf_printf(&to->sequences, " %d %d %zu", group, (int)(1000 * weight),
                   word_count(phrase->terms));
        for (const char *p = phrase->terms; *p; p += strspn(p, " ")) {
            size_t length = strcspn(p, " ");
            buf_printf(&to->sequences, " %d", to->phrases + place_among(phrase->rarest, p, length));
            p += length;
        }
    }
    put_uncounted(to, n);
}

static void put_group_numbers(struct phrase_numbering *to, const struct word_group *group,
                              int number) {
    const struct term_phrase *phrase;
    VEC_EACH (phrase, &group->any)
        if (query_is_apart(phrase, to->syntax))
            put_sequence(to, number, group->weight * phrase->weight, phrase);
        else
            put_number(to, number, group->weight * phrase->weight, phrase->exact);
}

void weighing_put(struct buf *out, const struct word_query *query, const struct query_syntax *how) {
    size_t words = 0, all = 0;
    int number = 0;
    struct phrase_numbering to = {.syntax = how, .out = out};
    const struct word_group *group;
    VEC_EACH (group, &query->groups)
        words += !group->filter;
    bool soft = query->need < words;
    VEC_EACH (group, &query->groups)
        all += group->filter || !soft;
    buf_printf(out, "%zu %zu", query->need, words);
    put_uncounted(&to, query_nothings(all, how));
    VEC_EACH (group, &query->groups)
        if (group->filter || !soft)
            put_group_numbers(&to, group, group->filter ? -1 : number++);
    VEC_EACH (group, &query->groups)
        if (soft && !group->filter && group->rare)
            put_group_numbers(&to, group, -1);
    VEC_EACH (group, &query->groups)
        if (soft && !group->filter)
            put_group_numbers(&to, group, number++);
    buf_printf(out, " %zu%s", to.sequence_count, buf_text(&to.sequences));
    buf_free(&to.sequences);
}
