/* The index in a PostgreSQL database, for several offices on one archive.
 *
 * The library is loaded when such an index is asked for; who has none need not have it. Terms are
 * lexemes of a tsvector made here, at the places they have in the text, so that both databases
 * find the same; rank is PostgreSQL's own of each word, put together as in the other index. */
#include "archive/index_parts.h"
#include "base/library.h"

#include <libpq-fe.h>
#include <stdlib.h>
#include <string.h>

#define FUNCTIONS(f)                                                                               \
    f(PQconnectdb) f(PQstatus) f(PQerrorMessage) f(PQprepare) f(PQexecParams) f(PQexecPrepared)    \
        f(PQresultStatus) f(PQntuples) f(PQnfields) f(PQgetvalue) f(PQgetisnull) f(PQclear)        \
            f(PQfinish)

struct libpq {
    LIBRARY_POINTERS(FUNCTIONS)
};

struct prepared {
    const char *sql, *name;
};

static const struct row_taker none;

struct postgresql_index {
    struct index_db base;
    struct libpq pq;
    PGconn *connection;
    struct pool *pool;
    VEC(struct prepared) statements; /* by the address of their text */
};

/* The address may hold a password: it is not shown. */
static bool fail(const char *why, struct diag *diag) {
    struct pool *pool = pool_new();
    char *line = pool_strdup(pool, why);
    line[strcspn(line, "\n")] = '\0';
    diag_add(diag, ARCHIVE_INDEX_FAILED, (struct where){.file = "PostgreSQL"}, line, NULL);
    pool_free(pool);
    return false;
}

/* ---- statements ---- */

enum { NUMBER_TEXT = 24 };

static const char *const *texts_of(struct pool *pool, const struct db_value *values, size_t n) {
    const char **texts = POOL_ARRAY(pool, const char *, n + 1);
    for (size_t i = 0; i < n; i++)
        if (!values[i].null)
            texts[i] = values[i].text ? values[i].text
                                      : pool_printf(pool, "%lld", (long long)values[i].number);
    return texts;
}

static bool is_good(const struct postgresql_index *p, const PGresult *result) {
    ExecStatusType status = p->pq.PQresultStatus(result);
    return status == PGRES_COMMAND_OK || status == PGRES_TUPLES_OK;
}

static void give_rows(const struct postgresql_index *p, const PGresult *result,
                      struct row_taker taker) {
    enum { MOST_COLUMNS = 24 };
    int rows = p->pq.PQntuples(result), fields = p->pq.PQnfields(result);
    for (int row = 0; row < rows && taker.take; row++) {
        const char *columns[MOST_COLUMNS] = {0};
        for (int i = 0; i < fields && i < MOST_COLUMNS; i++)
            columns[i] =
                p->pq.PQgetisnull(result, row, i) ? NULL : p->pq.PQgetvalue(result, row, i);
        if (!taker.take(taker.context, columns))
            return;
    }
}

/* Takes the result. */
static bool finish(struct postgresql_index *p, PGresult *result, struct row_taker taker,
                   struct diag *diag) {
    bool ok = is_good(p, result);
    if (ok)
        give_rows(p, result, taker);
    else
        fail(p->pq.PQerrorMessage(p->connection), diag);
    p->pq.PQclear(result);
    return ok;
}

/* Its name; NULL: reported. */
static const char *prepare(struct postgresql_index *p, const char *sql, struct diag *diag) {
    const struct prepared *known;
    VEC_EACH (known, &p->statements)
        if (known->sql == sql)
            return known->name;
    const char *name = pool_printf(p->pool, "s%zu", p->statements.n);
    if (!finish(p, p->pq.PQprepare(p->connection, name, sql, 0, NULL), none, diag))
        return NULL;
    *VEC_PUSH(p->pool, &p->statements) = (struct prepared){sql, name};
    return name;
}

/* A statement of which there are too many to prepare each. */
static bool run_once(struct postgresql_index *p, const char *sql, const struct db_value *values,
                     size_t n, struct row_taker taker, struct diag *diag) {
    struct pool *pool = pool_new();
    PGresult *result = p->pq.PQexecParams(p->connection, sql, (int)n, NULL,
                                          texts_of(pool, values, n), NULL, NULL, 0);
    bool ok = finish(p, result, taker, diag);
    pool_free(pool);
    return ok;
}

static bool run(struct index_db *db, const char *sql, const struct db_value *values, size_t n,
                struct row_taker taker, struct diag *diag) {
    struct postgresql_index *p = (struct postgresql_index *)db;
    if (!n)
        return run_once(p, sql, NULL, 0, taker, diag) &&
               (strcmp(sql, "BEGIN") != 0 ||
                /* writers take turns; who reads does not wait */
                run_once(p, "LOCK TABLE meta IN EXCLUSIVE MODE", NULL, 0, none, diag));
    const char *name = prepare(p, sql, diag);
    if (!name)
        return false;
    struct pool *pool = pool_new();
    PGresult *result =
        p->pq.PQexecPrepared(p->connection, name, (int)n, texts_of(pool, values, n), NULL, NULL, 0);
    bool ok = finish(p, result, taker, diag);
    pool_free(pool);
    return ok;
}

/* ---- full text ---- */

static const char *const create_words[] = {
    "CREATE TABLE IF NOT EXISTS words(id INTEGER PRIMARY KEY, terms TSVECTOR)",
    "CREATE INDEX IF NOT EXISTS words_terms ON words USING GIN(terms)", NULL};
static const char *const clear_words[] = {"DELETE FROM words", NULL};
static const char *const settle_words[] = {"VACUUM ANALYZE words", "ANALYZE", NULL};

static const struct query_syntax syntax = {
    .open = "'", .between = "' <-> '", .close = "'", .either = " | ", .both = " & "};

/* The index knows of a phrase only its words; where they stand has to be looked up row by row. So
 * the pairs of a long one are asked for as well: few rows have them. */
static void put_phrase_pairs(struct buf *out, const struct word_query *query) {
    struct buf pairs = {0};
    pairs_of_query(&pairs, query);
    for (const char *p = buf_text(&pairs); *p; p += PAIR_BYTES, p += *p == ' ')
        buf_printf(out, " & '" PAIR_TERM "'", PAIR_BYTES, p);
    buf_free(&pairs);
}

static bool put_words(struct index_db *db, int64_t id, const struct buf columns[COLUMNS],
                      struct diag *diag) {
    struct buf vector = {0};
    tsvector_put(&vector, columns);
    struct db_value values[] = {DB_NUMBER(id), DB_TEXT(buf_text(&vector))};
    bool ok =
        run(db, "INSERT INTO words(id, terms) VALUES($1, $2::tsvector)", values, 2, none, diag);
    buf_free(&vector);
    return ok;
}

static bool take_truth(void *context, const char *const *columns) {
    *(bool *)context = columns[0] && *columns[0] == 't';
    return false;
}

static bool same_words(struct index_db *db, int64_t id, const struct buf columns[COLUMNS],
                       bool *same, struct diag *diag) {
    struct buf vector = {0};
    tsvector_put(&vector, columns);
    struct db_value values[] = {DB_NUMBER(id), DB_TEXT(buf_text(&vector))};
    *same = false;
    bool ok = run(db, "SELECT terms = $2::tsvector FROM words WHERE id = $1", values, 2,
                  (struct row_taker){take_truth, same}, diag);
    buf_free(&vector);
    return ok;
}

/* That is the server's own care. */
static bool is_whole(struct index_db *db, struct diag *diag) {
    (void)db;
    (void)diag;
    return true;
}

/* The same, of words that stand in the first column, and in the second. */
static const struct query_syntax in_head = {
    .open = "'", .between = "':A <-> '", .close = "':A", .either = " | ", .both = " & "};
static const struct query_syntax in_people = {
    .open = "'", .between = "':B <-> '", .close = "':B", .either = " | ", .both = " & "};

static const char *group_text(struct pool *pool, const struct word_group *group,
                              const struct query_syntax *how) {
    struct buf text = {0};
    index_put_group(&text, group, how);
    const char *copy = pool_strdup(pool, buf_text(&text));
    buf_free(&text);
    return copy;
}

/* The phrases of a group as it was written; NULL: it was written without diacritics. */
static const char *exact_text(struct pool *pool, const struct word_group *group) {
    struct word_group exact = {0};
    const struct term_phrase *phrase;
    VEC_EACH (phrase, &group->any)
        if (phrase->exact)
            *VEC_PUSH(pool, &exact.any) = *phrase;
    return exact.any.n ? group_text(pool, &exact, &syntax) : NULL;
}

struct matching {
    struct pool *pool;
    scored_list *list;
};

static bool take_scored(void *context, const char *const *columns) {
    struct matching *m = context;
    *VEC_PUSH(m->pool, m->list) =
        (struct scored){.id = atoll(columns[0]), .score = atof(columns[1])};
    return true;
}

enum { FIXED_VALUES = 4, MOST_GROUPS = 64, VALUES_OF_GROUP = 4 };

/* A sum over the groups and how many of them are there, as SQL; their texts become values. What a
 * word tells is bounded, first by where it stands, then, by PostgreSQL's rank, how often. */
static void put_ranks(struct pool *pool, const struct word_query *query, struct buf *rank,
                      struct buf *there, struct db_value *values, size_t *n) {
    const struct word_group *group;
    size_t left = MOST_GROUPS;
    VEC_EACH (group, &query->groups) {
        if (group->filter || !left--)
            continue;
        const char *exact = exact_text(pool, group);
        values[(*n)++] = DB_TEXT(group_text(pool, group, &in_head));
        values[(*n)++] = DB_TEXT(group_text(pool, group, &in_people));
        values[(*n)++] = DB_TEXT(group_text(pool, group, &syntax));
        buf_printf(there, " + (terms @@ $%zu::tsquery)::int", *n);
        buf_printf(rank,
                   " + %d * (CASE WHEN terms @@ $%zu::tsquery THEN 1.9 WHEN terms @@ $%zu::tsquery "
                   "THEN 1.6 ELSE 1 END + 0.3 - 0.0045 / (0.015 + ts_rank(terms, $%zu::tsquery, "
                   "1)))",
                   (int)(1000 * group->weight), *n - 2, *n - 1, *n);
        if (!exact)
            continue;
        values[(*n)++] = DB_TEXT(exact);
        buf_printf(rank, " * (CASE WHEN terms @@ $%zu::tsquery THEN %g ELSE 1 END)", *n,
                   EXACT_BONUS);
    }
}

static void put_among(const id_list *among, struct buf *out) {
    for (size_t i = 0; among && i < among->n; i++)
        buf_printf(out, "%s%lld", i ? ", " : " AND w.id IN (", (long long)among->at[i]);
    buf_puts(out, out->len ? ")" : "");
}

static bool match(struct index_db *db, struct pool *pool, const struct word_query *query,
                  scored_list *list, struct diag *diag) {
    struct buf text = {0}, rank = {0}, there = {0}, among = {0}, sql = {0};
    struct matching m = {pool, list};
    bool days = query->from || query->to;
    index_put_query(&text, query, &syntax);
    put_phrase_pairs(&text, query);
    put_among(query->among, &among);
    struct db_value values[FIXED_VALUES + VALUES_OF_GROUP * MOST_GROUPS] = {
        DB_TEXT(buf_text(&text)), DB_NUMBER((int64_t)query->most),
        DB_TEXT(query->from ? query->from : ""), DB_TEXT(query->to ? query->to : "9999-12-31")};
    size_t n = FIXED_VALUES;
    put_ranks(pool, query, &rank, &there, values, &n);
    /* Terms are kept compressed beside the table. Joining them to nothing unpacks them once for all
     * ranks; OFFSET keeps the planner from doing it for each. */
    buf_printf(&sql,
               "SELECT id, 0%s FROM (SELECT id, terms || ''::tsvector AS terms FROM (SELECT w.id, "
               "w.terms FROM words w%s WHERE w.terms @@ $1::tsquery AND %s%s ORDER BY w.id DESC "
               "LIMIT $2::bigint) AS latest OFFSET 0) AS unpacked WHERE 0%s >= %zu",
               buf_text(&rank), days ? " JOIN entries e ON e.id = w.id" : "",
               days ? "e.date >= $3::text AND e.date <= $4::text"
                    : "$3::text IS NOT NULL AND $4::text IS NOT NULL",
               buf_text(&among), buf_text(&there), query->need);
    bool ok = run_once((struct postgresql_index *)db, buf_text(&sql), values, n,
                       (struct row_taker){take_scored, &m}, diag);
    buf_free(&text);
    buf_free(&rank);
    buf_free(&there);
    buf_free(&among);
    buf_free(&sql);
    return ok;
}

/* ---- opening ---- */

static void close_index(struct index_db *db) {
    struct postgresql_index *p = (struct postgresql_index *)db;
    if (p->connection)
        p->pq.PQfinish(p->connection);
    pool_free(p->pool);
    free(p);
}

static bool keep(void *context, const char *const *columns) {
    *(bool *)context = columns[0] != NULL;
    return false;
}

static bool is_made(struct index_db *db) {
    struct diag *unheard = diag_new(LANG_EN);
    bool made = false;
    run_once((struct postgresql_index *)db, "SELECT to_regclass('words')", NULL, 0,
             (struct row_taker){keep, &made}, unheard);
    diag_free(unheard);
    return made;
}

static const struct index_backend backend = {.is_made = is_made,
                                             .create_words = create_words,
                                             .clear_words = clear_words,
                                             .settle_words = settle_words,
                                             .run = run,
                                             .put_words = put_words,
                                             .match = match,
                                             .same_words = same_words,
                                             .is_whole = is_whole,
                                             .close = close_index};

struct index_db *postgresql_open(const char *uri, struct diag *diag) {
    struct postgresql_index *p = mem_alloc(sizeof *p);
    *p = (struct postgresql_index){.base.does = &backend, .pool = pool_new()};
    bool ok = LIBRARY_LOAD("libpq.so.5", FUNCTIONS, &p->pq) || fail("libpq.so.5 (libpq5)", diag);
    if (ok) {
        p->connection = p->pq.PQconnectdb(uri);
        ok = p->pq.PQstatus(p->connection) == CONNECTION_OK ||
             fail(p->pq.PQerrorMessage(p->connection), diag);
    }
    /* Tables that are there already are no news. */
    if (ok && run_once(p, "SET client_min_messages = warning", NULL, 0, none, diag))
        return &p->base;
    close_index(&p->base);
    return NULL;
}
