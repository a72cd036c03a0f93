/* Which words stand beside each other.
 *
 * A full-text index reads what it knows of all terms of a phrase from end to end, and syllables are
 * so few and common that this is long. Pairs of them are many and rare. A pair is known by 18 bits
 * of its hash, which keeps their index small; what has all pairs of a phrase by chance is told from
 * what has the phrase by looking at these few. */
#include "archive/index_parts.h"

#include "base/hash.h"

#include <string.h>

static void put_pair(struct buf *out, const char *a, size_t a_length, const char *b,
                     size_t b_length) {
    static const char digits[] = "0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ-_";
    struct hash hash = hash_start();
    hash_add(&hash, a, a_length);
    hash_add(&hash, b, b_length);
    unsigned bits = (unsigned)(hash.word[0] >> 46);
    buf_printf(out, "%s%c%c%c", out->len ? " " : "", digits[bits & 63], digits[bits >> 6 & 63],
               digits[bits >> 12 & 63]);
}

void pairs_put(struct buf *out, const char *terms) {
    const char *before = NULL;
    size_t before_length = 0;
    for (const char *p = terms; *p; p += strspn(p, " ")) {
        size_t n = strcspn(p, " |");
        bool word = *p != *TERM_GAP;
        if (word && before)
            put_pair(out, before, before_length, p, n);
        before = word ? p : NULL;
        before_length = n;
        p += strcspn(p, " ");
    }
}

void pairs_of_query(struct buf *out, const struct word_query *query) {
    const struct word_group *group;
    VEC_EACH (group, &query->groups)
        if (group->any.n == 1 && query_is_long(group->any.at))
            pairs_put(out, group->any.at->terms);
}
