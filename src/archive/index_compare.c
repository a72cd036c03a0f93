/* What the index holds of an object beside what the store says: both are written down in the same
 * way, and the two texts compared. */
#include "archive/index_parts.h"

#include "archive/record.h"

#include <stdlib.h>
#include <string.h>

/* No text has these. */
#define NOTHING "\x01"
#define END '\x02'

static void put(struct buf *out, const char *text) {
    buf_puts(out, text ? text : NOTHING);
    buf_putc(out, END);
}

static void put_all(struct buf *out, const char *const *columns, size_t n) {
    for (size_t i = 0; i < n; i++)
        put(out, columns[i]);
}

enum { ENTRY_COLUMNS = 12, LIST_COLUMNS = 2, VERSION_COLUMNS = 2 };

static bool put_entry(void *out, const char *const *columns) {
    put_all(out, columns, ENTRY_COLUMNS);
    return true;
}

static bool put_item(void *out, const char *const *columns) {
    put_all(out, columns, LIST_COLUMNS);
    return true;
}

static bool write_index(struct index *index, const char *object, struct buf *out,
                        struct diag *diag) {
    struct db_value value = DB_TEXT(object);
    return index_run(index,
                     "SELECT e.version, e.inventory, e.number, e.symbol, e.key, e.date, e.type, "
                     "e.agency, e.signatory, e.subject, e.rough, t.text FROM entries e LEFT JOIN "
                     "texts t ON t.id = e.id WHERE e.object = $1",
                     &value, 1, (struct row_taker){put_entry, out}, diag) &&
           index_run(index,
                     "SELECT c.key, c.date FROM cites c JOIN entries e ON e.id = c.id WHERE "
                     "e.object = $1 ORDER BY c.place",
                     &value, 1, (struct row_taker){put_item, out}, diag) &&
           index_run(index,
                     "SELECT d.date, d.sentence FROM deadlines d JOIN entries e ON e.id = d.id "
                     "WHERE e.object = $1 ORDER BY d.place",
                     &value, 1, (struct row_taker){put_item, out}, diag);
}

static bool put_version(void *out, const char *const *columns) {
    put_all(out, columns, VERSION_COLUMNS);
    return true;
}

static bool write_version(struct index *index, const char *object, struct buf *out,
                          struct diag *diag) {
    struct db_value value = DB_TEXT(object);
    return index_run(index, "SELECT version, inventory FROM entries WHERE object = $1", &value, 1,
                     (struct row_taker){put_version, out}, diag);
}

static void write_record(struct pool *pool, const struct index_entry *entry, struct buf *out) {
    const struct record *r = entry->record;
    const struct record_field *f = r->fields;
    const char *columns[ENTRY_COLUMNS] = {pool_printf(pool, "%d", entry->version),
                                          entry->inventory,
                                          f[RECORD_NUMBER].text,
                                          f[RECORD_SYMBOL].text,
                                          index_record_key(pool, r),
                                          f[RECORD_DATE].text,
                                          f[RECORD_TYPE].text,
                                          f[RECORD_AGENCY].text,
                                          f[RECORD_SIGNATORY].text,
                                          f[RECORD_SUBJECT].text,
                                          r->rough ? "1" : "0",
                                          r->text};
    put_all(out, columns, ENTRY_COLUMNS);
    for (size_t i = 0; i < r->cites.n; i++) {
        const struct record_cite *cite = &r->cites.at[i];
        put_all(out, (const char *[]){index_number_key(pool, cite->symbol), cite->date},
                LIST_COLUMNS);
    }
    for (size_t i = 0; i < r->deadlines.n; i++)
        put_all(out, (const char *[]){r->deadlines.at[i].date, r->deadlines.at[i].sentence},
                LIST_COLUMNS);
}

static bool take_id(void *context, const char *const *columns) {
    *(int64_t *)context = columns[0] ? atoll(columns[0]) : 0;
    return false;
}

static bool same_words(struct index *index, const struct index_entry *entry, bool *same,
                       struct diag *diag) {
    struct buf columns[COLUMNS] = {{0}};
    struct db_value value = DB_TEXT(entry->object);
    int64_t id = 0;
    index_columns(index->pool, entry->record, columns);
    bool ok = index_run(index, "SELECT id FROM entries WHERE object = $1", &value, 1,
                        (struct row_taker){take_id, &id}, diag) &&
              index->db->does->same_words(index->db, id, columns, same, diag);
    for (int i = 0; i < COLUMNS; i++)
        buf_free(&columns[i]);
    return ok;
}

bool index_compare(struct index *index, const struct index_entry *entry, enum index_state *state,
                   struct diag *diag) {
    struct buf ours = {0}, theirs = {0};
    const char *version[] = {pool_printf(index->pool, "%d", entry->version), entry->inventory};
    bool ok = entry->record ? write_index(index, entry->object, &ours, diag)
                            : write_version(index, entry->object, &ours, diag);
    if (entry->record)
        write_record(index->pool, entry, &theirs);
    else
        put_all(&theirs, version, VERSION_COLUMNS);
    *state = !ours.len                                         ? INDEX_LACKS
             : strcmp(buf_text(&ours), buf_text(&theirs)) == 0 ? INDEX_AGREES
                                                               : INDEX_DIFFERS;
    bool same = true;
    if (ok && *state == INDEX_AGREES && entry->record)
        ok = same_words(index, entry, &same, diag);
    if (!same)
        *state = INDEX_DIFFERS;
    pool_reset(index->pool);
    buf_free(&ours);
    buf_free(&theirs);
    return ok;
}
