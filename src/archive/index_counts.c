/* How many dispatches have a term: what a word tells by its rarity, and in which order words are
 * looked for. Counted when a dispatch is put, written down once a transaction, so that thousands
 * put at once cost one statement a term. Words of older versions, which stay behind in the full
 * text, are counted there and here. */
#include "archive/index_parts.h"

#include "dispatch/names.h"

#include <stdlib.h>
#include <string.h>

/* The dispatches themselves are counted under the name no term has. */
#define DISPATCHES ""

struct counted {
    const char *term;
    int64_t n, last; /* dispatches of this transaction; the last of them */
};

struct term_counts {
    struct pool *pool;
    struct names names;
    VEC(struct counted) at;
    struct names marked; /* see counts_mark */
};

struct term_counts *counts_new(struct pool *pool) {
    struct term_counts *counts = POOL_NEW(pool, struct term_counts);
    counts->pool = pool_new();
    pool_own(pool, counts->pool);
    counts_forget(counts);
    return counts;
}

void counts_forget(struct term_counts *counts) {
    struct pool *pool = counts->pool;
    pool_reset(pool);
    *counts = (struct term_counts){.pool = pool, .names = {.pool = pool}, .marked = {.pool = pool}};
}

bool counts_mark(struct term_counts *counts, const char *term) {
    size_t n = counts->marked.n;
    return names_add(&counts->marked, term, strlen(term), n) == n;
}

static void count(struct term_counts *counts, const char *term, size_t n, int64_t id) {
    size_t i = names_add(&counts->names, term, n, counts->at.n);
    if (i == counts->at.n)
        *VEC_PUSH(counts->pool, &counts->at) =
            (struct counted){.term = pool_strndup(counts->pool, term, n)};
    struct counted *counted = &counts->at.at[i];
    counted->n += counted->last != id;
    counted->last = id;
}

/* The other form of a word stands behind '|', which is rarer than the word; it is not counted. */
static void count_column(struct term_counts *counts, const char *terms, int64_t id) {
    while (*terms) {
        size_t n = strcspn(terms, " |");
        if (n)
            count(counts, terms, n, id);
        terms += strcspn(terms, " ");
        terms += *terms == ' ';
    }
}

void counts_add(struct term_counts *counts, const struct buf columns[COLUMNS], int64_t id) {
    count(counts, DISPATCHES, 0, id);
    for (int i = 0; i < COLUMNS; i++)
        count_column(counts, buf_text(&columns[i]), id);
}

/* Sixteen at once: each statement is a way to the server and back. */
enum { TOGETHER = 16 };
#define COUNTED_1 "INSERT INTO frequencies(term, n) VALUES($1, $2)"
#define COUNTED_16                                                                                 \
    COUNTED_1                                                                                      \
    ", ($3, $4), ($5, $6), ($7, $8), ($9, $10), ($11, $12), ($13, $14), ($15, $16), "              \
    "($17, $18), ($19, $20), ($21, $22), ($23, $24), ($25, $26), ($27, $28), ($29, $30), "         \
    "($31, $32)"
#define ADDED_UP " ON CONFLICT(term) DO UPDATE SET n = frequencies.n + excluded.n"

bool counts_write(struct index *index, struct term_counts *counts, struct diag *diag) {
    struct db_value values[2 * TOGETHER];
    for (size_t i = 0, n; i < counts->at.n; i += n) {
        n = counts->at.n - i < TOGETHER ? 1 : TOGETHER;
        for (size_t k = 0; k < n; k++) {
            values[2 * k] = DB_TEXT(counts->at.at[i + k].term);
            values[2 * k + 1] = DB_NUMBER(counts->at.at[i + k].n);
        }
        if (!index_do(index, n == 1 ? COUNTED_1 ADDED_UP : COUNTED_16 ADDED_UP, values, 2 * n,
                      diag))
            return false;
    }
    counts_forget(counts);
    return true;
}

/* ---- asking ---- */

static bool take_count(void *context, const char *const *columns) {
    *(int64_t *)context = columns[0] ? atoll(columns[0]) : 0;
    return false;
}

static bool look_up(struct index *index, const char *term, int64_t *n, struct diag *diag) {
    struct db_value value = DB_TEXT(term);
    *n = 0;
    return index_run(index, "SELECT n FROM frequencies WHERE term = $1", &value, 1,
                     (struct row_taker){take_count, n}, diag);
}

bool counts_all(struct index *index, int64_t *n, struct diag *diag) {
    return look_up(index, DISPATCHES, n, diag);
}

struct rarity {
    const char *term;
    int64_t n;    /* dispatches that have it */
    size_t place; /* in the phrase: qsort alone would not keep their order */
};

static int by_rarity(const void *a, const void *b) {
    const struct rarity *x = a, *y = b;
    if (x->n != y->n)
        return x->n < y->n ? -1 : 1;
    return x->place < y->place ? -1 : 1;
}

bool counts_of(struct index *index, struct pool *pool, struct term_phrase *phrase, int64_t *n,
               struct diag *diag) {
    VEC(struct rarity) terms = {0};
    struct names known = {.pool = pool};
    for (const char *p = phrase->terms; *p; p += strspn(p, " ")) {
        size_t length = strcspn(p, " ");
        if (names_add(&known, p, length, terms.n) == terms.n) {
            struct rarity *rarity = VEC_PUSH(pool, &terms);
            *rarity = (struct rarity){.term = pool_strndup(pool, p, length), .place = terms.n};
            if (!look_up(index, rarity->term, &rarity->n, diag))
                return false;
        }
        p += length;
    }
    if (terms.n)
        qsort(terms.at, terms.n, sizeof *terms.at, by_rarity);
    *n = terms.n ? terms.at[0].n : 0;
    struct buf rarest = {0};
    for (size_t i = 0; i < terms.n; i++)
        buf_printf(&rarest, "%s%s", i ? " " : "", terms.at[i].term);
    phrase->rarest = pool_strdup(pool, buf_text(&rarest));
    buf_free(&rarest);
    return true;
}
