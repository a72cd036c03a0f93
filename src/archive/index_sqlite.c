/* The index in a file. Its journal is the old one (a file beside it that is rolled back), not the
 * write-ahead log, whose shared memory does not work on the file systems that offices share.
 *
 * Full text is FTS5 without a copy of the text. Terms come ready made, so the tokenizer only splits
 * them; and rank is a function of our own: FTS5's bm25() counts all rows that have a word first,
 * which for common words takes longer than anything else here. */
#include "archive/index_parts.h"

#include "base/file.h"

#include <sqlite3.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum { PATIENCE = 20000 }; /* ms to wait for another program's turn to end */

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

static bool run(struct index_db *db, const char *sql, const struct db_value *values, size_t n,
                db_each *each, void *context, struct diag *diag) {
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
        if (!each || !each(context, columns))
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

/* Of each phrase of the query in its order. */
struct weighing {
    struct {
        int group;
        double weight;
        bool exact;
    } * at;
    int phrases, groups, need;
    double usual; /* terms of a body */
};

static void free_weighing(void *p) {
    struct weighing *w = p;
    if (w)
        free(w->at);
    free(w);
}

/* "need groups  group weight exact  group weight exact ..." */
static struct weighing *read_weighing(const Fts5ExtensionApi *fts, Fts5Context *context,
                                      const char *text) {
    struct weighing *w = mem_alloc(sizeof *w);
    sqlite3_int64 rows = 0, terms = 0;
    char *p = (char *)text;
    *w = (struct weighing){.phrases = fts->xPhraseCount(context)};
    w->at = mem_alloc(sizeof *w->at * (size_t)(w->phrases + 1));
    w->need = (int)strtol(p, &p, 10);
    w->groups = (int)strtol(p, &p, 10);
    for (int i = 0; i < w->phrases; i++) {
        w->at[i].group = (int)strtol(p, &p, 10);
        w->at[i].weight = (double)strtol(p, &p, 10) / 1000;
        w->at[i].exact = strtol(p, &p, 10) == 1;
    }
    fts->xRowCount(context, &rows);
    fts->xColumnTotalSize(context, COLUMN_BODY, &terms);
    w->usual = terms > rows ? (double)terms / (double)rows : 1;
    return w;
}

/* BM25 (k1 = 1.2, b = 0.75) with terms weighted by their column. */
static double saturate(double n, double length) {
    return n * 2.2 / (n + 1.2 * (0.25 + 0.75 * length));
}

/* NULL: too few of the groups are in the row. */
static void score(const Fts5ExtensionApi *fts, Fts5Context *context, sqlite3_context *out, int n,
                  sqlite3_value **values) {
    static const double column_weight[COLUMNS] = {8, 3, 1, 8};
    enum { MOST_GROUPS = 64 };
    struct weighing *w = fts->xGetAuxdata(context, 0);
    if (!w && n == 1) {
        w = read_weighing(fts, context, (const char *)sqlite3_value_text(values[0]));
        fts->xSetAuxdata(context, w, free_weighing);
    }
    int hits = 0, size = 0, there = 0;
    double sum = 0, found[MOST_GROUPS] = {0};
    bool exact[MOST_GROUPS] = {false};
    fts->xInstCount(context, &hits);
    fts->xColumnSize(context, COLUMN_BODY, &size);
    for (int i = 0; w && i < hits; i++) {
        int phrase, column, offset;
        fts->xInst(context, i, &phrase, &column, &offset);
        int group = phrase < w->phrases ? w->at[phrase].group : -1;
        if (group < 0 || group >= MOST_GROUPS)
            continue;
        if (w->at[phrase].exact)
            exact[group] = true;
        else
            found[group] += column_weight[column] * w->at[phrase].weight;
    }
    for (int i = 0; w && i < w->groups && i < MOST_GROUPS; i++) {
        there += found[i] > 0;
        sum += saturate(found[i], size / w->usual) * (exact[i] ? EXACT_BONUS : 1);
    }
    if (w && there >= w->need)
        sqlite3_result_double(out, sum);
}

/* ---- full text ---- */

static const char *const create_words[] = {
    "CREATE VIRTUAL TABLE IF NOT EXISTS words USING fts5(head, people, body, marks, content='', "
    "tokenize='congvan')",
    NULL};
static const char *const clear_words[] = {"INSERT INTO words(words) VALUES('delete-all')", NULL};

static const struct query_syntax syntax = {
    .open = "\"", .between = " ", .close = "\"", .either = " OR ", .both = " AND "};

static bool put_words(struct index_db *db, int64_t id, const struct buf columns[COLUMNS],
                      struct diag *diag) {
    struct db_value values[COLUMNS + 1] = {DB_NUMBER(id)};
    for (int i = 0; i < COLUMNS; i++)
        values[i + 1] = DB_TEXT(buf_text(&columns[i]));
    return run(db, "INSERT INTO words(rowid, head, people, body, marks) VALUES($1, $2, $3, $4, $5)",
               values, COLUMNS + 1, NULL, NULL, diag);
}

static bool take_number(void *context, const char *const *columns) {
    *(size_t *)context = columns[0] ? (size_t)atoll(columns[0]) : 0;
    return false;
}

static bool count(struct index_db *db, struct pool *pool, const struct group *group, size_t most,
                  size_t *n, struct diag *diag) {
    struct buf text = {0};
    (void)pool;
    index_put_group(&text, group, &syntax);
    struct db_value values[] = {DB_TEXT(buf_text(&text)), DB_NUMBER(most)};
    bool ok = run(db, "SELECT count(*) FROM (SELECT 1 FROM words WHERE words MATCH $1 LIMIT $2)",
                  values, 2, take_number, n, diag);
    buf_free(&text);
    return ok;
}

/* Which group each phrase of index_put_query's text is of, in its order: a soft query names the
 * rare ones twice, and they count the second time. */
static void put_weighing(struct buf *out, const struct word_query *query) {
    size_t words = 0, number = 0;
    const struct group *group;
    VEC_EACH (group, &query->groups)
        words += !group->filter;
    bool soft = query->need < words;
    buf_printf(out, "%zu %zu", query->need, words);
    for (int pass = soft ? 0 : 2; pass < 3; pass++, number = 0)
        VEC_EACH (group, &query->groups) {
            const struct phrase *phrase;
            bool listed = pass == 0 ? group->filter : pass == 1 ? !group->filter && group->rare : 1;
            if (pass == 2 && soft)
                listed = !group->filter;
            bool counts = pass == 2 && !group->filter;
            VEC_EACH (phrase, &group->any)
                if (listed)
                    buf_printf(out, " %d %d %d", counts ? (int)number : -1,
                               (int)(1000 * group->weight * phrase->weight), phrase->exact);
            number += !group->filter;
        }
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

static bool match(struct index_db *db, struct pool *pool, const struct word_query *query,
                  scored_list *list, struct diag *diag) {
    struct buf text = {0}, weighing = {0};
    struct matching m = {pool, list};
    index_put_query(&text, query, &syntax);
    put_weighing(&weighing, query);
    struct db_value values[] = {DB_TEXT(buf_text(&text)), DB_TEXT(buf_text(&weighing)),
                                DB_NUMBER(query->most), DB_TEXT(query->from ? query->from : ""),
                                DB_TEXT(query->to ? query->to : "9999-12-31")};
    const char *any_day = "SELECT rowid, score(words, $2) FROM words WHERE words MATCH $1 "
                          "ORDER BY rowid DESC LIMIT $3";
    const char *some_days = "SELECT words.rowid, score(words, $2) FROM words JOIN entries e ON "
                            "e.id = words.rowid WHERE words MATCH $1 AND e.date >= $4 AND "
                            "e.date <= $5 ORDER BY words.rowid DESC LIMIT $3";
    bool ok =
        run(db, query->from || query->to ? some_days : any_day, values, 5, take_scored, &m, diag);
    buf_free(&text);
    buf_free(&weighing);
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
                                             .run = run,
                                             .put_words = put_words,
                                             .count = count,
                                             .match = match,
                                             .close = close_index};

/* A file that is no database, or a damaged one, is worth nothing: it is made anew. */
static bool is_damaged(struct sqlite_index *s) {
    int result = sqlite3_exec(s->db, "PRAGMA schema_version", NULL, NULL, NULL);
    return result == SQLITE_NOTADB || result == SQLITE_CORRUPT;
}

static bool open_file(struct sqlite_index *s) {
    static const char settings[] = "PRAGMA journal_mode = DELETE; PRAGMA synchronous = NORMAL; "
                                   "PRAGMA cache_size = -16000; PRAGMA temp_store = MEMORY;"
                                   "PRAGMA trusted_schema = OFF";
    int flags = SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE | SQLITE_OPEN_NOMUTEX;
    int result = sqlite3_open_v2(s->path, &s->db, flags, NULL);
    if (result != SQLITE_OK)
        return false;
    sqlite3_busy_timeout(s->db, PATIENCE);
    return !is_damaged(s) && sqlite3_exec(s->db, settings, NULL, NULL, NULL) == SQLITE_OK &&
           prepare_words(s);
}

struct index_db *sqlite_open(const char *path, struct diag *diag) {
    struct sqlite_index *s = mem_alloc(sizeof *s);
    *s = (struct sqlite_index){.base.does = &backend, .pool = pool_new()};
    s->path = mem_alloc(strlen(path) + 1);
    strcpy(s->path, path);
    bool ok = open_file(s);
    if (!ok && is_damaged(s)) {
        sqlite3_close(s->db);
        unlink(path);
        ok = open_file(s);
        diag_add(diag, ARCHIVE_INDEX_REMADE, (struct where){.file = s->path}, NULL);
    }
    if (ok)
        return &s->base;
    fail(s, diag);
    close_index(&s->base);
    return NULL;
}
