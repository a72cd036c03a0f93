#include "archive/index_parts.h"

#include "archive/record.h"

#include "base/file.h"
#include "base/utf8.h"
#include "check/words.h"

#include <stdlib.h>
#include <string.h>

/* Another one means another index: what was written by other rules is made anew. */
#define INDEX_VERSION "6"

static const char *const tables[] = {
    "CREATE TABLE IF NOT EXISTS meta(name TEXT PRIMARY KEY, value TEXT)",
    "CREATE TABLE IF NOT EXISTS entries(id INTEGER PRIMARY KEY, object TEXT NOT NULL, version "
    "INTEGER, "
    "inventory TEXT, number TEXT, symbol TEXT, key TEXT, date TEXT, type TEXT, agency TEXT, "
    "signatory TEXT, subject TEXT, rough INTEGER)",
    "CREATE UNIQUE INDEX IF NOT EXISTS entries_object ON entries(object)",
    "CREATE INDEX IF NOT EXISTS entries_key ON entries(key)",
    "CREATE INDEX IF NOT EXISTS entries_date ON entries(date)",
    "CREATE TABLE IF NOT EXISTS texts(id INTEGER PRIMARY KEY, text TEXT)",
    "CREATE TABLE IF NOT EXISTS cites(id INTEGER, place INTEGER, key TEXT, date TEXT)",
    "CREATE INDEX IF NOT EXISTS cites_key ON cites(key)",
    "CREATE INDEX IF NOT EXISTS cites_id ON cites(id)",
    "CREATE TABLE IF NOT EXISTS deadlines(id INTEGER, place INTEGER, date TEXT, "
    "sentence TEXT)",
    "CREATE INDEX IF NOT EXISTS deadlines_date ON deadlines(date)",
    "CREATE INDEX IF NOT EXISTS deadlines_id ON deadlines(id)",
    "CREATE TABLE IF NOT EXISTS near_terms(variant TEXT, term TEXT, PRIMARY KEY(variant, term))",
    "CREATE TABLE IF NOT EXISTS frequencies(term TEXT PRIMARY KEY, n INTEGER)",
    NULL};

static const char *const emptied[] = {"DELETE FROM meta",        "DELETE FROM entries",
                                      "DELETE FROM texts",       "DELETE FROM cites",
                                      "DELETE FROM deadlines",   "DELETE FROM near_terms",
                                      "DELETE FROM frequencies", NULL};

bool index_run(struct index *index, const char *sql, const struct db_value *values, size_t n,
               struct row_taker taker, struct diag *diag) {
    return index->db->does->run(index->db, sql, values, n, taker, diag);
}

bool index_do(struct index *index, const char *sql, const struct db_value *values, size_t n,
              struct diag *diag) {
    return index_run(index, sql, values, n, (struct row_taker){NULL, NULL}, diag);
}

static bool run_all(struct index *index, const char *const *statements, struct diag *diag) {
    for (; *statements; statements++)
        if (!index_do(index, *statements, NULL, 0, diag))
            return false;
    return true;
}

/* ---- opening ---- */

bool index_is_file(const char *where) {
    return !starts_with(where, "postgresql://") && !starts_with(where, "postgres://");
}

struct answer {
    char text[DIGEST_TEXT];
    bool there;
};

static bool keep_first(void *context, const char *const *columns) {
    struct answer *answer = context;
    if (columns[0]) {
        snprintf(answer->text, sizeof answer->text, "%s", columns[0]);
        answer->there = true;
    }
    return false;
}

static bool get_meta(struct index *index, const char *name, struct answer *answer,
                     struct diag *diag) {
    struct db_value value = DB_TEXT(name);
    *answer = (struct answer){0};
    return index_run(index, "SELECT value FROM meta WHERE name = $1", &value, 1,
                     (struct row_taker){keep_first, answer}, diag);
}

static bool set_meta(struct index *index, const char *name, const char *text, struct diag *diag) {
    struct db_value values[] = {DB_TEXT(name), DB_TEXT(text)};
    return index_do(index,
                    "INSERT INTO meta(name, value) VALUES($1, $2) "
                    "ON CONFLICT(name) DO UPDATE SET value = $2",
                    values, 2, diag);
}

static bool is_current(struct index *index, bool *current, struct diag *diag) {
    struct answer version;
    bool ok = get_meta(index, "version", &version, diag);
    *current = ok && strcmp(version.text, INDEX_VERSION) == 0;
    return ok;
}

static bool make_tables(struct index *index, struct diag *diag) {
    bool current = false;
    if (index->db->does->is_made(index->db) && !is_current(index, &current, diag))
        return false;
    if (current)
        return true;
    if (!run_all(index, tables, diag) || !run_all(index, index->db->does->create_words, diag))
        return false;
    /* Another program may be about to do the same. */
    bool ok = index_begin(index, diag) && is_current(index, &current, diag) &&
              (current || index_clear(index, diag)) && index_do(index, "COMMIT", NULL, 0, diag);
    return ok;
}

static struct index *open_at(const char *where, bool as_it_is, struct diag *diag) {
    struct index *index = mem_alloc(sizeof *index);
    *index = (struct index){
        .pool = pool_new(), .own = pool_new(), .where = mem_alloc(strlen(where) + 1)};
    index->counts = counts_new(index->own);
    strcpy(index->where, where);
    index->db =
        index_is_file(where) ? sqlite_open(where, as_it_is, diag) : postgresql_open(where, diag);
    if (index->db)
        return index;
    index_close(index);
    return NULL;
}

struct index *index_open(const char *where, struct diag *diag) {
    struct index *index = open_at(where, false, diag);
    if (!index || make_tables(index, diag))
        return index;
    index_close(index);
    return NULL;
}

struct index *index_open_as_it_is(const char *where, struct diag *diag) {
    size_t errors = diag_count(diag, DIAG_ERROR);
    struct index *index = open_at(where, true, diag);
    bool current = false;
    if (index && index->db->does->is_made(index->db) && is_current(index, &current, diag) &&
        current)
        return index;
    if (index && diag_count(diag, DIAG_ERROR) == errors)
        diag_add(diag, ARCHIVE_INDEX_BEHIND, (struct where){.file = where}, NULL);
    index_close(index);
    return NULL;
}

bool index_is_whole(struct index *index, struct diag *diag) {
    return index->db->does->is_whole(index->db, diag);
}

void index_close(struct index *index) {
    if (!index)
        return;
    if (index->db)
        index->db->does->close(index->db);
    pool_free(index->pool);
    pool_free(index->own);
    free(index->where);
    free(index);
}

bool index_mark(struct index *index, struct log_mark *mark, struct diag *diag) {
    struct answer seq, hash, end;
    if (!get_meta(index, "seq", &seq, diag) || !get_meta(index, "hash", &hash, diag) ||
        !get_meta(index, "end", &end, diag))
        return false;
    *mark = (struct log_mark){0};
    memset(mark->head.hash, '0', digest_length("sha256"));
    if (seq.there && hash.there && end.there) {
        mark->head.seq = atoll(seq.text);
        memcpy(mark->head.hash, hash.text, sizeof mark->head.hash);
        mark->end = atoll(end.text);
    }
    return true;
}

/* ---- writing ---- */

bool index_begin(struct index *index, struct diag *diag) {
    index->next = 0;
    counts_forget(index->counts);
    return index_do(index, "BEGIN", NULL, 0, diag);
}

bool index_commit(struct index *index, const struct log_mark *mark, struct diag *diag) {
    char seq[24], end[24], next[24];
    snprintf(seq, sizeof seq, "%lld", (long long)mark->head.seq);
    snprintf(next, sizeof next, "%lld", (long long)index->next);
    snprintf(end, sizeof end, "%lld", (long long)mark->end);
    return counts_write(index, index->counts, diag) && set_meta(index, "seq", seq, diag) &&
           set_meta(index, "hash", mark->head.hash, diag) && set_meta(index, "end", end, diag) &&
           (!index->next || set_meta(index, "next", next, diag)) &&
           index_do(index, "COMMIT", NULL, 0, diag);
}

void index_rollback(struct index *index, struct diag *diag) {
    index_do(index, "ROLLBACK", NULL, 0, diag);
}

bool index_settle(struct index *index, struct diag *diag) {
    return run_all(index, index->db->does->settle_words, diag);
}

bool index_clear(struct index *index, struct diag *diag) {
    counts_forget(index->counts);
    return run_all(index, emptied, diag) && run_all(index, index->db->does->clear_words, diag) &&
           set_meta(index, "version", INDEX_VERSION, diag);
}

static bool take_id(struct index *index, int64_t *id, struct diag *diag) {
    struct answer next;
    if (!index->next) {
        if (!get_meta(index, "next", &next, diag))
            return false;
        index->next = next.there ? atoll(next.text) : 1;
    }
    *id = index->next++;
    return true;
}

/* An id is not used again, so the words of an older version, which stay behind in the full text,
 * lead nowhere. */
static bool forget(struct index *index, const char *object, struct diag *diag) {
    static const char *const statements[] = {
        "DELETE FROM texts WHERE id IN (SELECT id FROM entries WHERE object = $1)",
        "DELETE FROM cites WHERE id IN (SELECT id FROM entries WHERE object = $1)",
        "DELETE FROM deadlines WHERE id IN (SELECT id FROM entries WHERE object = $1)",
        "DELETE FROM entries WHERE object = $1"};
    struct answer known = {0};
    struct db_value value = DB_TEXT(object);
    if (!index_run(index, "SELECT object FROM entries WHERE object = $1", &value, 1,
                   (struct row_taker){keep_first, &known}, diag))
        return false;
    for (size_t i = 0; known.there && i < sizeof statements / sizeof *statements; i++)
        if (!index_do(index, statements[i], &value, 1, diag))
            return false;
    return true;
}

/* Small letters without marks, no zeros at the front: digits, letters, '/' and '-'. */
const char *index_number_key(struct pool *pool, const char *number_symbol) {
    struct buf out = {0};
    number_symbol += strspn(number_symbol, " 0");
    for (const char *p = number_symbol, *end = p + strlen(p); p < end;) {
        char bytes[4];
        uint32_t cp = utf8_letter(utf8_next(&p, end)).plain;
        if (cp != ' ')
            buf_append(&out, bytes, utf8_put(bytes, cp));
    }
    const char *key = pool_strdup(pool, buf_text(&out));
    buf_free(&out);
    return key;
}

const char *index_record_key(struct pool *pool, const struct record *record) {
    bool named = record->fields[RECORD_NUMBER].text && record->fields[RECORD_SYMBOL].text;
    return named ? index_number_key(pool, record_number_symbol(record)) : NULL;
}

static bool put_entry(struct index *index, int64_t id, const struct index_entry *entry,
                      struct diag *diag) {
    const struct record *r = entry->record;
    const struct record_field *f = r->fields;
    struct db_value values[] = {DB_NUMBER(id),
                                DB_TEXT(entry->object),
                                DB_NUMBER(entry->version),
                                DB_TEXT(entry->inventory),
                                DB_TEXT(f[RECORD_NUMBER].text),
                                DB_TEXT(f[RECORD_SYMBOL].text),
                                DB_TEXT(index_record_key(index->pool, r)),
                                DB_TEXT(f[RECORD_DATE].text),
                                DB_TEXT(f[RECORD_TYPE].text),
                                DB_TEXT(f[RECORD_AGENCY].text),
                                DB_TEXT(f[RECORD_SIGNATORY].text),
                                DB_TEXT(f[RECORD_SUBJECT].text),
                                DB_NUMBER(r->rough)};
    struct db_value text[] = {DB_NUMBER(id), DB_TEXT(r->text)};
    return index_do(index,
                    "INSERT INTO entries(id, object, version, inventory, number, symbol, key, "
                    "date, type, agency, signatory, subject, rough) "
                    "VALUES($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13)",
                    values, sizeof values / sizeof *values, diag) &&
           (!r->text ||
            index_do(index, "INSERT INTO texts(id, text) VALUES($1, $2)", text, 2, diag));
}

static bool put_lists(struct index *index, int64_t id, const struct record *record,
                      struct diag *diag) {
    const struct record_cite *cite;
    VEC_EACH (cite, &record->cites) {
        struct db_value values[] = {DB_NUMBER(id),
                                    DB_TEXT(index_number_key(index->pool, cite->symbol)),
                                    DB_TEXT(cite->date), DB_NUMBER(cite - record->cites.at)};
        if (!index_do(index, "INSERT INTO cites(id, key, date, place) VALUES($1, $2, $3, $4)",
                      values, 4, diag))
            return false;
    }
    const struct record_deadline *deadline;
    VEC_EACH (deadline, &record->deadlines) {
        struct db_value values[] = {DB_NUMBER(id), DB_TEXT(deadline->date),
                                    DB_TEXT(deadline->sentence),
                                    DB_NUMBER(deadline - record->deadlines.at)};
        if (!index_do(index,
                      "INSERT INTO deadlines(id, date, sentence, place) VALUES($1, $2, $3, $4)",
                      values, 4, diag))
            return false;
    }
    return true;
}

/* ---- terms ---- */

static void put_terms(struct buf *out, const char *text) {
    enum { MOST = 50000 };
    struct term term;
    if (!text)
        return;
    for (size_t at = 0, n = 0; n < MOST && terms_next(text, &at, &term); n++) {
        if (out->len)
            buf_putc(out, ' ');
        buf_puts(out, term.plain);
        if (*term.marked) {
            buf_putc(out, '|');
            buf_puts(out, term.marked);
        }
    }
    buf_puts(out, out->len ? " " TERM_GAP : TERM_GAP);
}

static void put_marks(struct buf *out, enum index_mark_kind kind, const char *text) {
    struct term term;
    if (text)
        for (size_t at = 0; terms_next(text, &at, &term);)
            buf_printf(out, "%s=%c:%s", out->len ? " " : "", kind, term.plain);
    buf_puts(out, out->len ? " " TERM_GAP : TERM_GAP);
}

/* What is in the first column, among the marks as well. */
static void put_head(struct buf columns[COLUMNS], const char *text) {
    struct buf *marks = &columns[COLUMN_MARKS];
    struct term term;
    put_terms(&columns[COLUMN_HEAD], text);
    if (text)
        for (size_t at = 0; terms_next(text, &at, &term);) {
            buf_printf(marks, "%s=%c:%s", marks->len ? " " : "", MARK_HEAD, term.plain);
            if (*term.marked)
                buf_printf(marks, "|=%c:%s", MARK_HEAD, term.marked);
        }
    buf_puts(marks, marks->len ? " " TERM_GAP : TERM_GAP);
}

static void put_list(struct buf columns[COLUMNS], const struct record_list *list) {
    for (size_t i = 0; i < list->at.n; i++) {
        put_terms(&columns[COLUMN_PEOPLE], list->at.at[i]);
        put_marks(&columns[COLUMN_MARKS], MARK_RECIPIENT, list->at.at[i]);
    }
}

void index_columns(struct pool *pool, const struct record *record, struct buf columns[COLUMNS]) {
    const struct record_field *f = record->fields;
    struct buf *people = &columns[COLUMN_PEOPLE], *marks = &columns[COLUMN_MARKS];
    bool named = f[RECORD_NUMBER].text && f[RECORD_SYMBOL].text;
    put_head(columns, named ? record_number_symbol(record) : f[RECORD_SYMBOL].text);
    put_head(columns, f[RECORD_SUBJECT].text);
    put_head(columns, f[RECORD_TYPE].text);
    put_terms(people, f[RECORD_PARENT].text);
    put_terms(people, f[RECORD_AGENCY].text);
    put_terms(people, f[RECORD_POSITION].text);
    put_terms(people, f[RECORD_SIGNATORY].text);
    put_list(columns, &record->to);
    put_list(columns, &record->copies);
    put_terms(&columns[COLUMN_BODY], record->text);
    put_marks(marks, MARK_SENDER, f[RECORD_PARENT].text);
    put_marks(marks, MARK_SENDER, f[RECORD_AGENCY].text);
    put_marks(marks, MARK_SIGNATORY, f[RECORD_SIGNATORY].text);
    put_marks(marks, MARK_TYPE, f[RECORD_TYPE].text);
    put_marks(marks, MARK_NUMBER, f[RECORD_NUMBER].text);
    put_marks(marks, MARK_SYMBOL, f[RECORD_SYMBOL].text);
    if (f[RECORD_DATE].text)
        put_marks(marks, MARK_YEAR, pool_strndup(pool, f[RECORD_DATE].text, 4));
    if (record->rough) {
        put_marks(marks, MARK_DAMAGED, f[RECORD_SUBJECT].text);
        put_marks(marks, MARK_DAMAGED, record->text);
    }
}

void index_variants(struct pool *pool, const char *plain, variant_list *variants) {
    *VEC_PUSH(pool, variants) = plain;
    for (const char *p = plain; *p;) {
        const char *next = p;
        utf8_next(&next, p + strlen(p));
        *VEC_PUSH(pool, variants) = pool_printf(pool, "%.*s%s", (int)(p - plain), plain, next);
        p = next;
    }
}

/* The words of a damaged text that are no syllables: what was meant is looked for among them. */
static bool put_near(struct index *index, const char *text, struct diag *diag) {
    struct term term;
    for (size_t at = 0; terms_next(text, &at, &term);) {
        variant_list variants = {0};
        if (term.number || term.capitals || !term.plain[1] || term_is_syllable(term.plain) ||
            !counts_mark(index->counts, term.plain))
            continue;
        index_variants(index->pool, pool_strdup(index->pool, term.plain), &variants);
        for (size_t i = 0; i < variants.n; i++) {
            struct db_value values[] = {DB_TEXT(variants.at[i]), DB_TEXT(term.plain)};
            if (!index_do(index,
                          "INSERT INTO near_terms(variant, term) VALUES($1, $2) "
                          "ON CONFLICT DO NOTHING",
                          values, 2, diag))
                return false;
        }
    }
    return true;
}

bool index_put(struct index *index, const struct index_entry *entry, struct diag *diag) {
    struct buf columns[COLUMNS] = {{0}};
    int64_t id;
    const struct record *record = entry->record;
    bool ok = forget(index, entry->object, diag) && take_id(index, &id, diag) &&
              put_entry(index, id, entry, diag) && put_lists(index, id, record, diag) &&
              (!record->rough || !record->text || put_near(index, record->text, diag));
    if (ok) {
        index_columns(index->pool, record, columns);
        counts_add(index->counts, columns, id);
        ok = index->db->does->put_words(index->db, id, columns, diag);
    }
    for (int i = 0; i < COLUMNS; i++)
        buf_free(&columns[i]);
    pool_reset(index->pool);
    return ok;
}
