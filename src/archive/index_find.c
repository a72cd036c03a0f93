/* Finding by words.
 *
 * A word is a group of what will do for it: its plain form, with its diacritics if it was written
 * with them (which is no condition, but counts), a date in its other form. Rank is BM25 over the
 * groups: a word that few dispatches have tells more, number and subject tell more than people, and
 * these more than the text. Of words that very many dispatches have, only the latest 800 rows
 * are ranked, and the latest 800 that have them in number and subject: that is what keeps a
 * question about "ủy ban nhân dân" as fast as any other.
 *
 * If that finds little, the damaged texts are searched a second time: there what resembles a word
 * will do for it, and most of the words will do for all. */
#include "archive/index_parts.h"

#include "base/utf8.h"
#include "check/cite.h"
#include "check/words.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

enum {
    RANKED = 800,         /* rows looked at */
    RESEMBLING = 200,     /* rows of damaged texts looked at */
    RESEMBLING_WORDS = 6, /* words of a question looked for in them, the rarest */
    RESEMBLING_TERMS = 3, /* terms that will do for one of them */
    NEEDED_WORDS = 6,     /* of a longer question, the rarest must be there */
    EXACT_WORDS = 3,      /* how many of them are looked for with their diacritics as well */
    EXACT_TERMS = 3,      /* and how long a phrase may be for that */
    DEFAULT_LIMIT = 20,
};

struct finder {
    struct index *index;
    struct pool *pool;
    struct diag *diag;
    const struct index_query *asked;
    struct word_query words;
    id_list cited; /* rows that citations leave */
    size_t limit;
};

/* ---- groups ---- */

static struct word_group *add_group(struct finder *f, bool filter) {
    struct word_group *group = VEC_PUSH(f->pool, &f->words.groups);
    *group = (struct word_group){.filter = filter, .weight = 1};
    return group;
}

static struct term_phrase *add_phrase(struct finder *f, struct word_group *group, const char *terms,
                                      double weight) {
    struct term_phrase *phrase = VEC_PUSH(f->pool, &group->any);
    *phrase = (struct term_phrase){.terms = terms, .weight = weight};
    return phrase;
}

/* The terms of `text`, plain or as they are marked, each with `before` in front. */
static const char *terms_of(struct pool *pool, const char *text, const char *before, bool marked) {
    struct buf out = {0};
    struct term term;
    for (size_t at = 0; terms_next(text, &at, &term);)
        buf_printf(&out, "%s%s%s", out.len ? " " : "", before,
                   marked && *term.marked ? term.marked : term.plain);
    const char *copy = pool_strdup(pool, buf_text(&out));
    buf_free(&out);
    return copy;
}

/* Each of some terms as a mark. */
static const char *in_front(struct pool *pool, const char *terms, enum index_mark_kind kind) {
    struct buf out = {0};
    for (const char *p = terms; *p;) {
        size_t n = strcspn(p, " ");
        buf_printf(&out, "%s=%c:%.*s", out.len ? " " : "", kind, (int)n, p);
        p += n + (p[n] == ' ');
    }
    const char *copy = pool_strdup(pool, buf_text(&out));
    buf_free(&out);
    return copy;
}

/* "25/9/2023" is also "ngày 25 tháng 9 năm 2023", and the other way round. */
static void add_date(struct finder *f, struct word_group *group, const char *text) {
    struct mention m;
    if (!mention_next(text, text, &m) || m.at != text || *m.end)
        return;
    add_phrase(f, group, pool_printf(f->pool, "%d thang %d nam %d", m.day, m.month, m.year), 1);
}

static void add_words(struct finder *f, const char *text) {
    const char *plain = terms_of(f->pool, text, "", false);
    const char *marked = terms_of(f->pool, text, "", true);
    if (!*plain)
        return;
    struct word_group *group = add_group(f, false);
    add_phrase(f, group, plain, 1);
    if (strcmp(plain, marked) != 0 && word_count(plain) <= EXACT_TERMS)
        add_phrase(f, group, marked, 1)->exact = true;
    add_date(f, group, text);
}

static size_t quote_at(const char *p) {
    static const char *const quotes[] = {"\"", "“", "”"};
    for (size_t i = 0; i < sizeof quotes / sizeof *quotes; i++)
        if (starts_with(p, quotes[i]))
            return strlen(quotes[i]);
    return 0;
}

/* Words between spaces, phrases between quotes. */
static void read_words(struct finder *f, const char *p) {
    while (*(p += strspn(p, " \t\n"))) {
        size_t quote = quote_at(p), n = 0;
        p += quote;
        while (p[n] && !quote_at(p + n) && (quote || !strchr(" \t\n", p[n])))
            n++;
        add_words(f, pool_strndup(f->pool, p, n));
        p += n;
        if (quote)
            p += quote_at(p);
    }
}

static void add_filter(struct finder *f, enum index_mark_kind kind, const char *text) {
    const char *terms =
        text ? terms_of(f->pool, text, pool_printf(f->pool, "=%c:", kind), false) : "";
    if (*terms)
        add_phrase(f, add_group(f, true), terms, 1);
}

/* A range with both ends is also a filter by year, so that few rows are looked at in vain. */
static void add_years(struct finder *f) {
    enum { MOST = 60 };
    int from = f->asked->from ? atoi(f->asked->from) : 0,
        to = f->asked->to ? atoi(f->asked->to) : 0;
    if (!from || !to || to < from || to - from > MOST)
        return;
    struct word_group *group = add_group(f, true);
    for (int year = from; year <= to; year++)
        add_phrase(f, group, pool_printf(f->pool, "=%c:%d", MARK_YEAR, year), 1);
}

static size_t word_groups(const struct finder *f) {
    size_t n = 0;
    for (size_t i = 0; i < f->words.groups.n; i++)
        n += !f->words.groups.at[i].filter;
    return n;
}

/* How many have a group: of what will do for it, each as many as have its rarest term. */
static bool weigh(struct finder *f) {
    struct word_group *group;
    int64_t all;
    if (!counts_all(f->index, &all, f->diag))
        return false;
    VEC_EACH (group, &f->words.groups) {
        struct term_phrase *phrase;
        group->count = 0;
        VEC_EACH (phrase, &group->any) {
            int64_t n;
            if (!phrase->exact && !counts_of(f->index, f->pool, phrase, &n, f->diag))
                return false;
            group->count += phrase->exact ? 0 : n;
        }
        group->weight = log(1 + (double)all / (1 + (double)group->count));
    }
    return true;
}

static int by_weight(const void *a, const void *b) {
    const struct word_group *x = a, *y = b;
    return (x->weight < y->weight) - (x->weight > y->weight);
}

static int by_count(const void *a, const void *b) {
    const struct word_group *x = a, *y = b;
    return (x->count > y->count) - (x->count < y->count);
}

static void drop_exact(struct word_group *group) {
    size_t n = 0;
    for (size_t i = 0; i < group->any.n; i++)
        if (!group->any.at[i].exact)
            group->any.at[n++] = group->any.at[i];
    group->any.n = n;
}

/* What very many dispatches have tells little and costs the most: of a long question the rarest
 * words decide. In the end words and filters stand in the order in which they are looked for. */
static void settle_words(struct finder *f) {
    size_t words = word_groups(f), all = f->words.groups.n;
    struct word_group *at = f->words.groups.at;
    if (words > 1)
        qsort(at, words, sizeof *at, by_weight);
    if (words > NEEDED_WORDS) {
        memmove(at + NEEDED_WORDS, at + words, (all - words) * sizeof *at);
        f->words.groups.n = all - words + NEEDED_WORDS;
        words = NEEDED_WORDS;
    }
    for (size_t i = EXACT_WORDS; i < words; i++)
        drop_exact(&at[i]);
    f->words.need = words;
    qsort(at, f->words.groups.n, sizeof *at, by_count);
}

/* ---- hits ---- */

/* The columns of a hit, in the order read_hit takes them. */
#define HIT_COLUMNS                                                                                \
    "e.id, e.object, e.version, e.number, e.symbol, e.date, e.type, e.agency, e.signatory, "       \
    "e.subject, e.rough"

static struct index_hit read_hit(struct pool *pool, const char *const *c) {
#define COPY(s) ((s) ? pool_strdup(pool, s) : NULL)
    return (struct index_hit){.id = atoll(c[0]),
                              .object = COPY(c[1]),
                              .version = c[2] ? atoi(c[2]) : 0,
                              .number = COPY(c[3]),
                              .symbol = COPY(c[4]),
                              .date = COPY(c[5]),
                              .type = COPY(c[6]),
                              .agency = COPY(c[7]),
                              .signatory = COPY(c[8]),
                              .subject = COPY(c[9]),
                              .rough = c[10] && atoi(c[10])};
#undef COPY
}

static int by_score(const void *a, const void *b) {
    const struct scored *x = a, *y = b;
    if (x->score != y->score)
        return x->score < y->score ? 1 : -1;
    return (x->id < y->id) - (x->id > y->id);
}

struct fetching {
    struct finder *f;
    index_hits *hits;
    bool fuzzy;
};

static bool take_hit(void *context, const char *const *columns) {
    struct fetching *fetching = context;
    struct index_hit *hit = VEC_PUSH(fetching->f->pool, fetching->hits);
    *hit = read_hit(fetching->f->pool, columns);
    hit->fuzzy = fetching->fuzzy;
    if (columns[11] && word_groups(fetching->f))
        hit->snippet = index_snippet(fetching->f->pool, columns[11], &fetching->f->words);
    return true;
}

static bool is_known(const index_hits *hits, int64_t id) {
    for (size_t i = 0; i < hits->n; i++)
        if (hits->at[i].id == id)
            return true;
    return false;
}

/* The best rows as hits, until there are enough. Rows of older versions lead nowhere. */
static bool fetch(struct finder *f, scored_list *list, bool fuzzy, index_hits *hits) {
    struct fetching fetching = {f, hits, fuzzy};
    if (list->n)
        qsort(list->at, list->n, sizeof *list->at, by_score);
    for (size_t i = 0; i < list->n && hits->n < f->limit; i++) {
        struct db_value id = DB_NUMBER(list->at[i].id);
        if (is_known(hits, list->at[i].id))
            continue;
        if (!index_run(f->index,
                       "SELECT " HIT_COLUMNS ", t.text FROM entries e LEFT JOIN texts t ON t.id = "
                       "e.id WHERE e.id = $1",
                       &id, 1, (struct row_taker){take_hit, &fetching}, f->diag))
            return false;
    }
    return true;
}

/* The same words, but as marks of this kind. */
static struct word_query as_marks(struct finder *f, enum index_mark_kind kind) {
    struct word_query query = f->words;
    query.groups.at = NULL;
    query.groups.n = query.groups.cap = 0;
    for (size_t i = 0; i < f->words.groups.n; i++) {
        struct word_group *group = VEC_PUSH(f->pool, &query.groups);
        *group = f->words.groups.at[i];
        group->any.at = POOL_ARRAY(f->pool, struct term_phrase, group->any.n);
        for (size_t k = 0; k < group->any.n; k++) {
            struct term_phrase *phrase = &group->any.at[k];
            *phrase = f->words.groups.at[i].any.at[k];
            if (group->filter)
                continue;
            phrase->terms = in_front(f->pool, phrase->terms, kind);
            if (phrase->rarest)
                phrase->rarest = in_front(f->pool, phrase->rarest, kind);
        }
    }
    return query;
}

static bool match(struct finder *f, bool fuzzy, index_hits *hits) {
    scored_list list = {0};
    const struct index_backend *does = f->index->db->does;
    struct word_query marks = as_marks(f, fuzzy ? MARK_DAMAGED : MARK_HEAD);
    if (!does->match(f->index->db, f->pool, fuzzy ? &marks : &f->words, &list, f->diag))
        return false;
    if (!fuzzy && list.n >= f->words.most &&
        !does->match(f->index->db, f->pool, &marks, &list, f->diag))
        return false;
    return fetch(f, &list, fuzzy, hits);
}

/* ---- what resembles ---- */

struct resembling {
    const char *plain;
    const char *terms[RESEMBLING_TERMS];
    int distance[RESEMBLING_TERMS];
    size_t n;
    struct pool *pool;
};

/* Keeps the nearest, in their order. */
static bool take_term(void *context, const char *const *columns) {
    struct resembling *r = context;
    int slack = term_slack(r->plain), distance = term_distance(r->plain, columns[0], slack);
    size_t at = r->n;
    for (size_t i = 0; i < r->n; i++)
        if (strcmp(r->terms[i], columns[0]) == 0)
            return true;
    while (at > 0 && r->distance[at - 1] > distance)
        at--;
    if (distance > slack || at == RESEMBLING_TERMS)
        return true;
    r->n += r->n < RESEMBLING_TERMS;
    for (size_t i = r->n - 1; i > at; i--) {
        r->terms[i] = r->terms[i - 1];
        r->distance[i] = r->distance[i - 1];
    }
    r->terms[at] = pool_strdup(r->pool, columns[0]);
    r->distance[at] = distance;
    return true;
}

static bool add_resembling(struct finder *f, struct word_group *group) {
    variant_list variants = {0};
    struct resembling r = {.plain = group->any.at[0].terms, .pool = f->pool};
    index_variants(f->pool, r.plain, &variants);
    for (size_t i = 0; term_slack(r.plain) && i < variants.n; i++) {
        struct db_value value = DB_TEXT(variants.at[i]);
        if (!index_run(f->index, "SELECT term FROM near_terms WHERE variant = $1", &value, 1,
                       (struct row_taker){take_term, &r}, f->diag))
            return false;
    }
    for (size_t i = 0; i < r.n; i++)
        add_phrase(f, group, r.terms[i], 1.0 / (1 + r.distance[i]));
    return true;
}

/* The words of the question, each once and apart, phrases too: the rarest some. */
static bool single_words(struct finder *f, struct word_group **words, size_t *n) {
    struct term term;
    for (size_t at = 0; terms_next(f->asked->words, &at, &term);) {
        bool known = false;
        for (size_t i = 0; i < f->words.groups.n; i++)
            known |= strcmp(f->words.groups.at[i].any.at[0].terms, term.plain) == 0;
        if (!known)
            add_phrase(f, add_group(f, false), pool_strdup(f->pool, term.plain), 1);
    }
    if (!weigh(f))
        return false;
    *n = f->words.groups.n;
    *words = POOL_ARRAY(f->pool, struct word_group, *n + 1);
    if (*n) {
        memcpy(*words, f->words.groups.at, *n * sizeof **words);
        qsort(*words, *n, sizeof **words, by_weight);
    }
    *n = *n < RESEMBLING_WORDS ? *n : RESEMBLING_WORDS;
    return true;
}

/* Of n words `need` must be there; so one of the n - need + 1 rarest is, whichever are missing. */
static bool loosen(struct finder *f) {
    enum { NEEDED = 60 }; /* of a hundred words */
    struct word_query strict = f->words;
    struct word_group *words;
    size_t n;
    f->words.groups.at = NULL;
    f->words.groups.n = f->words.groups.cap = 0;
    if (!single_words(f, &words, &n))
        return false;
    f->words.groups.n = 0;
    f->words.most = RESEMBLING;
    f->words.need = (n * NEEDED + 99) / 100;
    for (size_t i = 0; i < n; i++) {
        struct word_group *group = VEC_PUSH(f->pool, &f->words.groups);
        *group = words[i];
        group->rare = i < n - f->words.need + 1;
        if (!add_resembling(f, group))
            return false;
    }
    for (size_t i = 0; i < strict.groups.n; i++)
        if (strict.groups.at[i].filter)
            *VEC_PUSH(f->pool, &f->words.groups) = strict.groups.at[i];
    return true;
}

static bool find_damaged(struct finder *f, index_hits *hits) {
    if (!f->asked->words || hits->n >= f->limit || !word_groups(f))
        return true;
    return loosen(f) && match(f, true, hits);
}

/* ---- without words ---- */

static bool collect(void *context, const char *const *columns) {
    struct fetching *fetching = context;
    *VEC_PUSH(fetching->f->pool, fetching->hits) = read_hit(fetching->f->pool, columns);
    return true;
}

/* All rows of a statement that selects HIT_COLUMNS. */
static bool list_hits(struct finder *f, const char *sql, const struct db_value *values, size_t n,
                      index_hits *hits) {
    struct fetching fetching = {f, hits, false};
    return index_run(f->index, sql, values, n, (struct row_taker){collect, &fetching}, f->diag);
}

/* By day alone. */
static bool find_latest(struct finder *f, index_hits *hits) {
    struct db_value values[] = {DB_TEXT(f->asked->from ? f->asked->from : ""),
                                DB_TEXT(f->asked->to ? f->asked->to : "9999-12-31"),
                                DB_NUMBER(f->limit)};
    return list_hits(f,
                     "SELECT " HIT_COLUMNS " FROM entries e WHERE e.date >= $1 AND e.date <= $2 "
                     "ORDER BY e.date DESC, e.id DESC LIMIT $3",
                     values, 3, hits);
}

/* ---- by citation ---- */

#define CITED_BY                                                                                   \
    " FROM entries e WHERE e.id IN (SELECT o.id FROM cites c JOIN entries o ON o.key = c.key AND " \
    "(c.date IS NULL OR o.date = c.date) WHERE "
#define LATEST_FIRST ") ORDER BY e.date DESC NULLS LAST, e.id DESC"

bool index_cited(struct index *index, struct pool *pool, const struct index_hit *hit,
                 index_hits *hits, struct diag *diag) {
    struct finder f = {.index = index, .pool = pool, .diag = diag};
    struct db_value id = DB_NUMBER(hit->id);
    return list_hits(&f, "SELECT " HIT_COLUMNS CITED_BY "c.id = $1" LATEST_FIRST, &id, 1, hits);
}

/* `date` NULL: not known. */
static bool citing_key(struct finder *f, const char *key, const char *date, int64_t but,
                       index_hits *hits) {
    struct db_value values[] = {DB_TEXT(key), DB_TEXT(date ? date : ""), DB_NUMBER(but)};
    return list_hits(
        f,
        "SELECT " HIT_COLUMNS " FROM entries e WHERE e.id <> $3 AND e.id IN (SELECT "
        "id FROM cites WHERE key = $1 AND (date IS NULL OR $2 = '' OR date = $2)" LATEST_FIRST,
        values, 3, hits);
}

bool index_citing(struct index *index, struct pool *pool, const struct index_hit *hit,
                  index_hits *hits, struct diag *diag) {
    struct finder f = {.index = index, .pool = pool, .diag = diag};
    if (!hit->number || !hit->symbol)
        return true;
    const char *name = pool_printf(pool, "%s/%s", hit->number, hit->symbol);
    index_hits all = {0};
    if (!citing_key(&f, index_number_key(pool, name), hit->date, hit->id, &all))
        return false;
    /* Who wrote before it cites another one of the same number. */
    for (size_t i = 0; i < all.n; i++)
        if (!hit->date || !all.at[i].date || strcmp(all.at[i].date, hit->date) >= 0)
            *VEC_PUSH(pool, hits) = all.at[i];
    return true;
}

bool index_named(struct index *index, struct pool *pool, const char *name, index_hits *hits,
                 struct diag *diag) {
    struct finder f = {.index = index, .pool = pool, .diag = diag};
    struct db_value values[] = {DB_TEXT(name), DB_TEXT(index_number_key(pool, name))};
    return list_hits(&f,
                     "SELECT " HIT_COLUMNS " FROM entries e WHERE e.object = $1 OR e.key = $2 "
                     "ORDER BY e.date DESC NULLS LAST, e.id DESC",
                     values, 2, hits);
}

static bool find_cited_by(struct finder *f, index_hits *hits) {
    const char *name = f->asked->cited_by;
    struct db_value values[] = {DB_TEXT(name), DB_TEXT(index_number_key(f->pool, name))};
    return list_hits(f,
                     "SELECT " HIT_COLUMNS CITED_BY
                     "c.id IN (SELECT id FROM entries WHERE object = $1 OR key = $2)" LATEST_FIRST,
                     values, 2, hits);
}

static bool is_between(const char *date, const char *from, const char *to) {
    return (!from || (date && strcmp(date, from) >= 0)) && (!to || (date && strcmp(date, to) <= 0));
}

/* What citations and days leave; words and filters are looked for among these. */
static bool find_by_citation(struct finder *f, index_hits *hits) {
    const struct index_query *q = f->asked;
    index_hits citing = {0}, cited = {0};
    if ((q->cites && !citing_key(f, index_number_key(f->pool, q->cites), NULL, 0, &citing)) ||
        (q->cited_by && !find_cited_by(f, &cited)))
        return false;
    const struct index_hit *hit;
    VEC_EACH (hit, q->cites ? &citing : &cited)
        if (is_between(hit->date, q->from, q->to) &&
            (!q->cites || !q->cited_by || is_known(&cited, hit->id)))
            *VEC_PUSH(f->pool, hits) = *hit;
    return true;
}

/* ---- deadlines ---- */

struct dues {
    struct pool *pool;
    index_dues *list;
};

static bool take_due(void *context, const char *const *columns) {
    struct dues *dues = context;
    *VEC_PUSH(dues->pool, dues->list) =
        (struct index_due){.date = pool_strdup(dues->pool, columns[11]),
                           .sentence = pool_strdup(dues->pool, columns[12]),
                           .of = read_hit(dues->pool, columns)};
    return true;
}

bool index_deadlines(struct index *index, struct pool *pool, const char *from, const char *before,
                     index_dues *list, struct diag *diag) {
    struct dues dues = {pool, list};
    struct db_value values[] = {DB_TEXT(before), DB_TEXT(from ? from : "")};
    if (!index_run(index,
                   "SELECT " HIT_COLUMNS ", d.date, d.sentence FROM deadlines d JOIN entries e ON "
                   "e.id = d.id WHERE d.date < $1 AND d.date >= $2 ORDER BY d.date, e.id",
                   values, 2, (struct row_taker){take_due, &dues}, diag))
        return false;
    struct index_due *due;
    VEC_EACH (due, list)
        if (!index_citing(index, pool, &due->of, &due->citing, diag))
            return false;
    return true;
}

/* ---- the whole ---- */

static void read_query(struct finder *f) {
    const struct index_query *q = f->asked;
    if (q->words)
        read_words(f, q->words);
    add_filter(f, MARK_SENDER, q->sender);
    add_filter(f, MARK_RECIPIENT, q->recipient);
    add_filter(f, MARK_SIGNATORY, q->signatory);
    add_filter(f, MARK_TYPE, q->type);
    add_filter(f, MARK_NUMBER, q->number);
    add_filter(f, MARK_SYMBOL, q->symbol);
}

static bool find_by_words(struct finder *f, index_hits *hits) {
    add_years(f);
    if (!weigh(f))
        return false;
    settle_words(f);
    return match(f, false, hits) && find_damaged(f, hits);
}

static bool find_among_cited(struct finder *f, index_hits *hits) {
    index_hits cited = {0};
    if (!find_by_citation(f, &cited))
        return false;
    for (size_t i = 0; i < cited.n; i++)
        *VEC_PUSH(f->pool, &f->cited) = cited.at[i].id;
    f->words.among = &f->cited;
    if (f->words.groups.n)
        return !cited.n || find_by_words(f, hits);
    for (size_t i = 0; i < cited.n && i < f->limit; i++)
        *VEC_PUSH(f->pool, hits) = cited.at[i];
    return true;
}

bool index_find(struct index *index, struct pool *pool, const struct index_query *query,
                index_hits *hits, struct diag *diag) {
    struct finder f = {.index = index, .pool = pool, .diag = diag, .asked = query};
    f.limit = query->limit ? query->limit : DEFAULT_LIMIT;
    f.words.most = RANKED;
    f.words.from = query->from;
    f.words.to = query->to;
    read_query(&f);
    if (query->cites || query->cited_by)
        return find_among_cited(&f, hits);
    return f.words.groups.n ? find_by_words(&f, hits) : find_latest(&f, hits);
}

struct each_object {
    bool (*each)(void *context, const char *object, int version, const char *inventory);
    void *context;
};

static bool give_object(void *context, const char *const *columns) {
    struct each_object *e = context;
    return e->each(e->context, columns[0], columns[1] ? atoi(columns[1]) : 0,
                   columns[2] ? columns[2] : "");
}

bool index_each(struct index *index,
                bool (*each)(void *context, const char *object, int version, const char *inventory),
                void *context, struct diag *diag) {
    struct each_object e = {each, context};
    return index_run(index, "SELECT object, version, inventory FROM entries ORDER BY object", NULL,
                     0, (struct row_taker){give_object, &e}, diag);
}
