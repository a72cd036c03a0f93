/* The index in a file. Its journal is the old one (a file beside it that is rolled back), not the
 * write-ahead log, whose shared memory does not work on the file systems that offices share.
 *
 * Full text is FTS5 without a copy of the text. Terms come ready made, so the tokenizer only splits
 * them; and rank is a function of our own: FTS5's bm25() counts all rows that have a word first,
 * which for common words takes longer than anything else here. */
#include "archive/index_parts.h"

#include "base/file.h"
#include "base/hash.h"
#include "dispatch/names.h"

#include <sqlite3.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum {
    PATIENCE = 20000, /* ms to wait for another program's turn to end */
    CANDIDATES = 40,  /* rows looked at one by one */
};

struct statement {
    const char *sql;
    sqlite3_stmt *at;
};

struct sqlite_index {
    struct index_db base;
    sqlite3 *db;
    char *path;
    struct pool *pool;
    VEC(struct statement) statements; /* by the address of their text: there are some dozens */
    id_list ids;                      /* of the entries, in their order; see same_words */
    uint64_t *sums; /* of the words of each, as they lie when first asked for; NULL: not yet */
};

static bool fail(const struct sqlite_index *s, struct diag *diag) {
    diag_add(diag, ARCHIVE_INDEX_FAILED, (struct where){.file = s->path}, sqlite3_errmsg(s->db),
             NULL);
    return false;
}

/* ---- statements ---- */

static sqlite3_stmt *prepare(struct sqlite_index *s, const char *sql) {
    struct statement *known;
    VEC_EACH (known, &s->statements)
        if (known->sql == sql)
            return known->at;
    sqlite3_stmt *at = NULL;
    if (sqlite3_prepare_v3(s->db, sql, -1, SQLITE_PREPARE_PERSISTENT, &at, NULL) != SQLITE_OK)
        return NULL;
    *VEC_PUSH(s->pool, &s->statements) = (struct statement){sql, at};
    return at;
}

static void bind(sqlite3_stmt *at, const struct db_value *values, size_t n) {
    for (int i = 1; i <= sqlite3_bind_parameter_count(at); i++) {
        size_t k = (size_t)atoi(sqlite3_bind_parameter_name(at, i) + 1);
        if (k < 1 || k > n || values[k - 1].null)
            sqlite3_bind_null(at, i);
        else if (values[k - 1].text)
            sqlite3_bind_text(at, i, values[k - 1].text, -1, SQLITE_STATIC);
        else
            sqlite3_bind_int64(at, i, values[k - 1].number);
    }
}

static const struct row_taker none;

static bool run(struct index_db *db, const char *sql, const struct db_value *values, size_t n,
                struct row_taker taker, struct diag *diag) {
    enum { MOST_COLUMNS = 24 };
    struct sqlite_index *s = (struct sqlite_index *)db;
    /* The turn to write is taken at once: two who read first would wait for each other. */
    sqlite3_stmt *at = prepare(s, strcmp(sql, "BEGIN") == 0 ? "BEGIN IMMEDIATE" : sql);
    int step = SQLITE_ERROR;
    if (!at)
        return fail(s, diag);
    bind(at, values, n);
    while ((step = sqlite3_step(at)) == SQLITE_ROW) {
        const char *columns[MOST_COLUMNS] = {0};
        for (int i = 0; i < sqlite3_column_count(at) && i < MOST_COLUMNS; i++)
            columns[i] = (const char *)sqlite3_column_text(at, i);
        if (!taker.take || !taker.take(taker.context, columns))
            break;
    }
    bool ok = step == SQLITE_DONE || step == SQLITE_ROW || fail(s, diag);
    sqlite3_reset(at);
    sqlite3_clear_bindings(at);
    return ok;
}

/* ---- splitting terms ---- */

typedef int put_token(void *context, int flags, const char *token, int n, int start, int end);

static int make_tokenizer(void *context, const char **args, int n, Fts5Tokenizer **out) {
    (void)args;
    (void)n;
    *out = context; /* it has no state; only not NULL */
    return SQLITE_OK;
}

static void drop_tokenizer(Fts5Tokenizer *tokenizer) {
    (void)tokenizer;
}

/* "a|b c": b is at the place of a. */
static int split(Fts5Tokenizer *tokenizer, void *context, int flags, const char *text, int n,
                 put_token *put) {
    (void)tokenizer;
    (void)flags;
    bool beside = false;
    for (int at = 0; at < n;) {
        int end = at, result = SQLITE_OK;
        while (end < n && text[end] != ' ' && text[end] != '|')
            end++;
        if (end > at)
            result = put(context, beside ? FTS5_TOKEN_COLOCATED : 0, text + at, end - at, at, end);
        if (result != SQLITE_OK)
            return result;
        beside = end < n && text[end] == '|';
        at = end + 1;
    }
    return SQLITE_OK;
}

/* ---- rank ---- */

/* A phrase whose terms are looked for apart: where each of them, in their order, is among the
 * phrases FTS5 knows. */
struct sequence {
    int group, n;
    double weight;
    int *terms;
};

/* Of each phrase of the query in its order. */
struct weighing {
    struct pool *pool;
    struct {
        int group; /* -1: counts for none */
        double weight;
        bool exact;
    } * at;
    struct sequence *sequences;
    int phrases, groups, need, sequence_count;
    double usual; /* terms of a body */
};

static void free_weighing(void *p) {
    struct weighing *w = p;
    if (w)
        pool_free(w->pool);
}

static int next_number(char **p) {
    return (int)strtol(*p, p, 10);
}

static void read_sequences(struct weighing *w, char **p) {
    w->sequence_count = next_number(p);
    w->sequences = POOL_ARRAY(w->pool, struct sequence, (size_t)w->sequence_count + 1);
    for (int i = 0; i < w->sequence_count; i++) {
        struct sequence *s = &w->sequences[i];
        s->group = next_number(p);
        s->weight = (double)next_number(p) / 1000;
        s->n = next_number(p);
        s->terms = POOL_ARRAY(w->pool, int, (size_t)s->n + 1);
        for (int k = 0; k < s->n; k++)
            s->terms[k] = next_number(p);
    }
}

/* What weighing_put has written. */
static struct weighing *read_weighing(const Fts5ExtensionApi *fts, Fts5Context *context,
                                      const char *text) {
    struct pool *pool = pool_new();
    struct weighing *w = POOL_NEW(pool, struct weighing);
    sqlite3_int64 rows = 0, terms = 0;
    char *p = (char *)text;
    *w = (struct weighing){.pool = pool, .phrases = fts->xPhraseCount(context)};
    w->at = pool_alloc(pool, sizeof *w->at * (size_t)(w->phrases + 1));
    w->need = next_number(&p);
    w->groups = next_number(&p);
    for (int i = 0; i < w->phrases; i++) {
        w->at[i].group = next_number(&p);
        w->at[i].weight = (double)next_number(&p) / 1000;
        w->at[i].exact = next_number(&p) == 1;
    }
    read_sequences(w, &p);
    fts->xRowCount(context, &rows);
    fts->xColumnTotalSize(context, COLUMN_BODY, &terms);
    w->usual = terms > rows ? (double)terms / (double)rows : 1;
    return w;
}

/* BM25 (k1 = 1.2, b = 0.75) with terms weighted by their column. */
static double saturate(double n, double length) {
    return n * 2.2 / (n + 1.2 * (0.25 + 0.75 * length));
}

static const double column_weight[COLUMNS] = {8, 3, 1, 8};
enum { MOST_GROUPS = 64 };

/* What a row has of each group. */
struct row_found {
    double sum[MOST_GROUPS];
    bool exact[MOST_GROUPS];
};

/* Whether the terms of the sequence follow upon each other from the place of instance `at` on;
 * instances come in the order of their places. */
static bool stands_at(const Fts5ExtensionApi *fts, Fts5Context *context, const struct sequence *s,
                      int hits, int at) {
    int phrase, column, offset, begun_column, begun, k = 1;
    fts->xInst(context, at, &phrase, &begun_column, &begun);
    if (phrase != s->terms[0])
        return false;
    for (int i = at + 1; i < hits && k < s->n; i++) {
        fts->xInst(context, i, &phrase, &column, &offset);
        if (column != begun_column || offset > begun + k)
            return false;
        k += offset == begun + k && phrase == s->terms[k];
    }
    return k == s->n;
}

static void find_sequences(const Fts5ExtensionApi *fts, Fts5Context *context,
                           const struct weighing *w, int hits, struct row_found *found) {
    for (int i = 0; i < w->sequence_count; i++)
        for (int at = 0; at < hits && w->sequences[i].group < MOST_GROUPS; at++)
            if (stands_at(fts, context, &w->sequences[i], hits, at)) {
                int phrase, column, offset;
                fts->xInst(context, at, &phrase, &column, &offset);
                found->sum[w->sequences[i].group] += column_weight[column] * w->sequences[i].weight;
            }
}

static void find_phrases(const Fts5ExtensionApi *fts, Fts5Context *context,
                         const struct weighing *w, int hits, struct row_found *found) {
    for (int i = 0; i < hits; i++) {
        int phrase, column, offset;
        fts->xInst(context, i, &phrase, &column, &offset);
        int group = phrase < w->phrases ? w->at[phrase].group : -1;
        if (group < 0 || group >= MOST_GROUPS)
            continue;
        if (w->at[phrase].exact)
            found->exact[group] = true;
        else
            found->sum[group] += column_weight[column] * w->at[phrase].weight;
    }
}

/* NULL: too few of the groups are in the row. */
static void score(const Fts5ExtensionApi *fts, Fts5Context *context, sqlite3_context *out, int n,
                  sqlite3_value **values) {
    struct weighing *w = fts->xGetAuxdata(context, 0);
    if (!w && n == 1) {
        w = read_weighing(fts, context, (const char *)sqlite3_value_text(values[0]));
        fts->xSetAuxdata(context, w, free_weighing);
    }
    int hits = 0, size = 0, there = 0;
    double sum = 0;
    struct row_found found = {0};
    if (!w)
        return;
    fts->xInstCount(context, &hits);
    fts->xColumnSize(context, COLUMN_BODY, &size);
    find_phrases(fts, context, w, hits, &found);
    find_sequences(fts, context, w, hits, &found);
    for (int i = 0; i < w->groups && i < MOST_GROUPS; i++) {
        there += found.sum[i] > 0;
        sum += saturate(found.sum[i], size / w->usual) * (found.exact[i] ? EXACT_BONUS : 1);
    }
    if (there >= w->need)
        sqlite3_result_double(out, sum);
}

/* ---- full text ---- */

static const char *const create_words[] = {
    "CREATE VIRTUAL TABLE IF NOT EXISTS words USING fts5(head, people, body, marks, content='', "
    "tokenize='congvan')",
    "CREATE VIRTUAL TABLE IF NOT EXISTS pairs USING fts5(pair, content='', detail=none, "
    "columnsize=0, tokenize='congvan')",
    NULL};
static const char *const clear_words[] = {"INSERT INTO words(words) VALUES('delete-all')",
                                          "INSERT INTO pairs(pairs) VALUES('delete-all')", NULL};
static const char *const settle_words[] = {"INSERT INTO words(words) VALUES('optimize')",
                                           "INSERT INTO pairs(pairs) VALUES('optimize')", NULL};

static const struct query_syntax syntax = {.open = "\"",
                                           .between = " ",
                                           .close = "\"",
                                           .either = " OR ",
                                           .both = " AND ",
                                           .nothing = "\"!\""};
static const struct query_syntax syntax_apart = {.open = "\"",
                                                 .between = " ",
                                                 .close = "\"",
                                                 .either = " OR ",
                                                 .both = " AND ",
                                                 .nothing = "\"!\"",
                                                 .apart = true};

static bool put_words(struct index_db *db, int64_t id, const struct buf columns[COLUMNS],
                      struct diag *diag) {
    struct buf pairs = {0};
    struct db_value values[COLUMNS + 1] = {DB_NUMBER(id)};
    for (int i = 0; i < COLUMNS; i++)
        values[i + 1] = DB_TEXT(buf_text(&columns[i]));
    for (int i = 0; i < COLUMN_MARKS; i++)
        pairs_put(&pairs, buf_text(&columns[i]));
    struct db_value pair_values[] = {DB_NUMBER(id), DB_TEXT(buf_text(&pairs))};
    bool ok =
        run(db, "INSERT INTO words(rowid, head, people, body, marks) VALUES($1, $2, $3, $4, $5)",
            values, COLUMNS + 1, none, diag) &&
        run(db, "INSERT INTO pairs(rowid, pair) VALUES($1, $2)", pair_values, 2, none, diag);
    buf_free(&pairs);
    return ok;
}

struct matching {
    struct pool *pool;
    scored_list *list;
};

static bool take_scored(void *context, const char *const *columns) {
    struct matching *m = context;
    if (columns[1])
        *VEC_PUSH(m->pool, m->list) =
            (struct scored){.id = atoll(columns[0]), .score = atof(columns[1])};
    return true;
}

/* The row `only`, or, if that is 0, the latest of all. */
static bool match_rows(struct index_db *db, struct matching *m, const struct word_query *query,
                       int64_t only, struct diag *diag) {
    static const char any_day[] = "SELECT rowid, score(words, $2) FROM words WHERE words MATCH $1 "
                                  "ORDER BY rowid DESC LIMIT $3";
    static const char some_days[] =
        "SELECT words.rowid, score(words, $2) FROM words JOIN entries e ON e.id = words.rowid "
        "WHERE words MATCH $1 AND e.date >= $4 AND e.date <= $5 ORDER BY words.rowid DESC LIMIT $3";
    static const char one_row[] = "SELECT words.rowid, score(words, $2) FROM words JOIN entries e "
                                  "ON e.id = words.rowid WHERE words MATCH $1 AND words.rowid = $6 "
                                  "AND ($4 = '' OR e.date >= $4) AND ($5 = '' OR e.date <= $5)";
    const struct query_syntax *how = only ? &syntax_apart : &syntax;
    struct buf text = {0}, weighing = {0};
    index_put_query(&text, query, how);
    weighing_put(&weighing, query, how);
    bool days = query->from || query->to;
    struct db_value values[] = {DB_TEXT(buf_text(&text)),
                                DB_TEXT(buf_text(&weighing)),
                                DB_NUMBER((int64_t)query->most),
                                DB_TEXT(query->from ? query->from : ""),
                                DB_TEXT(query->to ? query->to
                                        : only    ? ""
                                                  : "9999-12-31"),
                                DB_NUMBER(only)};
    bool ok = run(db,
                  only   ? one_row
                  : days ? some_days
                         : any_day,
                  values, sizeof values / sizeof *values, (struct row_taker){take_scored, m}, diag);
    buf_free(&text);
    buf_free(&weighing);
    return ok;
}

/* The pairs of all long phrases of the query that must be there; "" if there is none. */
static void put_phrase_pairs(struct buf *out, const struct word_query *query) {
    struct buf pairs = {0};
    pairs_of_query(&pairs, query);
    for (const char *p = buf_text(&pairs); *p; p += PAIR_BYTES, p += *p == ' ')
        buf_printf(out, "%s\"%.*s\"", out->len ? " AND " : "", PAIR_BYTES, p);
    buf_free(&pairs);
}

struct candidates {
    int64_t at[CANDIDATES];
    size_t n;
};

static bool take_candidate(void *context, const char *const *columns) {
    struct candidates *c = context;
    c->at[c->n++] = atoll(columns[0]);
    return c->n < CANDIDATES;
}

/* Rows that may have the long phrases; CANDIDATES of them: there are more. */
static bool find_candidates(struct index_db *db, const char *pairs, struct candidates *found,
                            struct diag *diag) {
    struct db_value values[] = {DB_TEXT(pairs), DB_NUMBER(CANDIDATES)};
    return run(db, "SELECT rowid FROM pairs WHERE pairs MATCH $1 ORDER BY rowid DESC LIMIT $2",
               values, 2, (struct row_taker){take_candidate, found}, diag);
}

/* Long phrases by their pairs, if these are in few rows. Else the phrase itself is in many, and
 * FTS5's own way does not have to go far. */
static bool match(struct index_db *db, struct pool *pool, const struct word_query *query,
                  scored_list *list, struct diag *diag) {
    struct matching m = {.pool = pool, .list = list};
    struct candidates found = {.n = CANDIDATES};
    struct buf pairs = {0};
    bool ok = true;
    if (query->among) {
        for (size_t i = 0; ok && i < query->among->n; i++)
            ok = match_rows(db, &m, query, query->among->at[i], diag);
        return ok;
    }
    put_phrase_pairs(&pairs, query);
    if (pairs.len) {
        found.n = 0;
        ok = find_candidates(db, pairs.data, &found, diag);
    }
    for (size_t i = 0; ok && found.n < CANDIDATES && i < found.n; i++)
        ok = match_rows(db, &m, query, found.at[i], diag);
    buf_free(&pairs);
    return ok && (found.n < CANDIDATES || match_rows(db, &m, query, 0, diag));
}

/* ---- what lies there ---- */

/* One word at its place; those of a row are added up, so that their order does not matter. */
static uint64_t sum_of(const char *term, size_t n, int64_t column, int64_t place) {
    int64_t at[] = {column, place};
    struct hash hash = hash_start();
    hash_add(&hash, term, n);
    hash_add(&hash, at, sizeof at);
    return hash.word[0];
}

enum { COLUMN_PAIR = COLUMNS };

static int by_id(const void *a, const void *b) {
    const int64_t *x = a, *y = b;
    return (*x > *y) - (*x < *y);
}

/* The sum of an entry; NULL: there is none of this id. */
static uint64_t *sum_at(const struct sqlite_index *s, int64_t id) {
    const int64_t *found =
        s->ids.n ? bsearch(&id, s->ids.at, s->ids.n, sizeof *s->ids.at, by_id) : NULL;
    return found ? &s->sums[found - s->ids.at] : NULL;
}

static int column_of(const char *name) {
    static const char *const names[] = {"head", "people", "body", "marks"};
    int column = 0;
    while (column < COLUMN_MARKS && strcmp(name, names[column]) != 0)
        column++;
    return column;
}

static bool sum_rows(struct sqlite_index *s, const char *list, bool pairs) {
    sqlite3_stmt *at = NULL;
    int step = SQLITE_ERROR;
    if (sqlite3_prepare_v2(s->db, list, -1, &at, NULL) == SQLITE_OK)
        while ((step = sqlite3_step(at)) == SQLITE_ROW) {
            uint64_t *sum = sum_at(s, sqlite3_column_int64(at, 0));
            const char *term = (const char *)sqlite3_column_text(at, 1);
            const char *name = pairs ? NULL : (const char *)sqlite3_column_text(at, 2);
            if (sum && term)
                *sum += sum_of(term, strlen(term), name ? column_of(name) : COLUMN_PAIR,
                               pairs ? 0 : sqlite3_column_int64(at, 3));
        }
    sqlite3_finalize(at);
    return step == SQLITE_DONE;
}

static bool take_id(void *context, const char *const *columns) {
    struct sqlite_index *s = context;
    *VEC_PUSH(s->pool, &s->ids) = atoll(columns[0]);
    return true;
}

/* All words of all rows, once: there is no way from a row to its words. */
static bool read_sums(struct sqlite_index *s, struct diag *diag) {
    static const char lists[] =
        "CREATE VIRTUAL TABLE IF NOT EXISTS temp.word_list USING fts5vocab(main, words, instance);"
        "CREATE VIRTUAL TABLE IF NOT EXISTS temp.pair_list USING fts5vocab(main, pairs, instance)";
    if (s->sums)
        return true;
    if (!run(&s->base, "SELECT id FROM entries ORDER BY id", NULL, 0,
             (struct row_taker){take_id, s}, diag))
        return false;
    s->sums = POOL_ARRAY(s->pool, uint64_t, s->ids.n + 1);
    return (sqlite3_exec(s->db, lists, NULL, NULL, NULL) == SQLITE_OK &&
            sum_rows(s, "SELECT doc, term, col, offset FROM temp.word_list", false) &&
            sum_rows(s, "SELECT doc, term FROM temp.pair_list", true)) ||
           fail(s, diag);
}

/* The forms of a word are at one place; FTS5 counts places as split() does. */
static uint64_t sum_column(const char *terms, int column) {
    uint64_t sum = 0;
    for (int64_t place = 0; *terms; place++) {
        for (bool more = true; more;) {
            size_t n = strcspn(terms, " |");
            sum += sum_of(terms, n, column, place);
            more = terms[n] == '|';
            terms += n + (terms[n] != '\0');
        }
    }
    return sum;
}

static uint64_t sum_pairs(const struct buf columns[COLUMNS]) {
    struct buf pairs = {0};
    struct pool *pool = pool_new();
    struct names seen = {.pool = pool};
    uint64_t sum = 0;
    for (int i = 0; i < COLUMN_MARKS; i++)
        pairs_put(&pairs, buf_text(&columns[i]));
    for (const char *p = buf_text(&pairs); *p; p += PAIR_BYTES, p += *p == ' ')
        if (names_add(&seen, p, PAIR_BYTES, seen.n) == seen.n - 1)
            sum += sum_of(p, PAIR_BYTES, COLUMN_PAIR, 0);
    pool_free(pool);
    buf_free(&pairs);
    return sum;
}

static bool same_words(struct index_db *db, int64_t id, const struct buf columns[COLUMNS],
                       bool *same, struct diag *diag) {
    struct sqlite_index *s = (struct sqlite_index *)db;
    if (!read_sums(s, diag))
        return false;
    const uint64_t *theirs = sum_at(s, id);
    uint64_t sum = sum_pairs(columns);
    for (int i = 0; i < COLUMNS; i++)
        sum += sum_column(buf_text(&columns[i]), i);
    *same = theirs && *theirs == sum;
    return true;
}

static bool take_fault(void *context, const char *const *columns) {
    struct buf *fault = context;
    if (columns[0] && strcmp(columns[0], "ok") != 0)
        buf_puts(fault, columns[0]);
    return false;
}

static bool is_whole(struct index_db *db, struct diag *diag) {
    static const char *const words[] = {"INSERT INTO words(words) VALUES('integrity-check')",
                                        "INSERT INTO pairs(pairs) VALUES('integrity-check')"};
    struct sqlite_index *s = (struct sqlite_index *)db;
    struct buf fault = {0};
    bool ok =
        run(db, "PRAGMA integrity_check(1)", NULL, 0, (struct row_taker){take_fault, &fault}, diag);
    for (size_t i = 0; ok && !fault.len && i < sizeof words / sizeof *words; i++) {
        int result = sqlite3_exec(s->db, words[i], NULL, NULL, NULL);
        /* Looking at them counts as writing; who may not write does not look. */
        if (result != SQLITE_OK && result != SQLITE_READONLY)
            buf_puts(&fault, sqlite3_errmsg(s->db));
    }
    if (fault.len)
        diag_add(diag, ARCHIVE_INDEX_DAMAGED, (struct where){.file = s->path}, buf_text(&fault),
                 NULL);
    ok = ok && !fault.len;
    buf_free(&fault);
    return ok;
}

/* ---- opening ---- */

static fts5_api *full_text(sqlite3 *db) {
    fts5_api *api = NULL;
    sqlite3_stmt *at = NULL;
    if (sqlite3_prepare_v2(db, "SELECT fts5(?1)", -1, &at, NULL) == SQLITE_OK) {
        sqlite3_bind_pointer(at, 1, &api, "fts5_api_ptr", NULL);
        sqlite3_step(at);
    }
    sqlite3_finalize(at);
    return api;
}

static bool prepare_words(struct sqlite_index *s) {
    fts5_tokenizer tokenizer = {make_tokenizer, drop_tokenizer, split};
    fts5_api *api = full_text(s->db);
    return api && api->xCreateTokenizer(api, "congvan", s, &tokenizer, NULL) == SQLITE_OK &&
           api->xCreateFunction(api, "score", NULL, score, NULL) == SQLITE_OK;
}

static void close_index(struct index_db *db) {
    struct sqlite_index *s = (struct sqlite_index *)db;
    struct statement *known;
    VEC_EACH (known, &s->statements)
        sqlite3_finalize(known->at);
    sqlite3_close(s->db);
    pool_free(s->pool);
    free(s->path);
    free(s);
}

static bool is_made(struct index_db *db) {
    struct sqlite_index *s = (struct sqlite_index *)db;
    return sqlite3_table_column_metadata(s->db, NULL, "words", NULL, NULL, NULL, NULL, NULL,
                                         NULL) == SQLITE_OK;
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

/* A file that is no database, or a damaged one, is worth nothing: it is made anew. */
static bool is_damaged(struct sqlite_index *s) {
    int result = sqlite3_exec(s->db, "PRAGMA schema_version", NULL, NULL, NULL);
    return result == SQLITE_NOTADB || result == SQLITE_CORRUPT;
}

static bool open_file(struct sqlite_index *s, bool create) {
    static const char settings[] = "PRAGMA journal_mode = DELETE; PRAGMA synchronous = NORMAL; "
                                   "PRAGMA cache_size = -16000; PRAGMA temp_store = MEMORY;"
                                   "PRAGMA trusted_schema = OFF";
    int flags = SQLITE_OPEN_READWRITE | SQLITE_OPEN_NOMUTEX | (create ? SQLITE_OPEN_CREATE : 0);
    int result = sqlite3_open_v2(s->path, &s->db, flags, NULL);
    if (result != SQLITE_OK)
        return false;
    sqlite3_busy_timeout(s->db, PATIENCE);
    return !is_damaged(s) && sqlite3_exec(s->db, settings, NULL, NULL, NULL) == SQLITE_OK &&
           prepare_words(s);
}

struct index_db *sqlite_open(const char *path, bool as_it_is, struct diag *diag) {
    struct sqlite_index *s = mem_alloc(sizeof *s);
    *s = (struct sqlite_index){.base.does = &backend, .pool = pool_new()};
    s->path = mem_alloc(strlen(path) + 1);
    strcpy(s->path, path);
    bool ok = open_file(s, !as_it_is);
    if (!ok && is_damaged(s) && !as_it_is) {
        sqlite3_close(s->db);
        unlink(path);
        ok = open_file(s, true);
        diag_add(diag, ARCHIVE_INDEX_REMADE, (struct where){.file = s->path}, NULL);
    }
    if (ok)
        return &s->base;
    if (as_it_is && is_damaged(s))
        diag_add(diag, ARCHIVE_INDEX_DAMAGED, (struct where){.file = s->path},
                 sqlite3_errmsg(s->db), NULL);
    else
        fail(s, diag);
    close_index(&s->base);
    return NULL;
}
