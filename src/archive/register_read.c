/* register_table_read: another register's table, row by row. */
#include "archive/register_table.h"

#include "base/utf8.h"
#include "dispatch/csv.h"
#include "dispatch/values.h"

#include <stdlib.h>
#include <string.h>
#include <time.h>

enum column {
    NUMBER_AND_SYMBOL,
    NUMBER,
    SYMBOL,
    DAY,
    TYPE_AND_SUBJECT,
    TYPE,
    SUBJECT,
    SIGNER,
    TO,
    KEEP,
    COPIES,
    SENT,
    RECEIPT,
    NOTE,
    COLUMNS
};

/* What a column may be called, folded. */
static const struct {
    const char *name;
    enum column column;
} headings[] = {
    {"so ky hieu van ban", NUMBER_AND_SYMBOL},
    {"so, ky hieu van ban", NUMBER_AND_SYMBOL},
    {"so, ky hieu", NUMBER_AND_SYMBOL},
    {"so ky hieu", NUMBER_AND_SYMBOL},
    {"so/ky hieu", NUMBER_AND_SYMBOL},
    {"so", NUMBER},
    {"so van ban", NUMBER},
    {"ky hieu", SYMBOL},
    {"ky hieu van ban", SYMBOL},
    {"ngay thang van ban", DAY},
    {"ngay, thang van ban", DAY},
    {"ngay van ban", DAY},
    {"ngay thang", DAY},
    {"ngay", DAY},
    {"ngay ban hanh", DAY},
    {"ten loai va trich yeu noi dung van ban", TYPE_AND_SUBJECT},
    {"ten loai va trich yeu noi dung", TYPE_AND_SUBJECT},
    {"ten loai va trich yeu", TYPE_AND_SUBJECT},
    {"loai", TYPE},
    {"ten loai", TYPE},
    {"loai van ban", TYPE},
    {"trich yeu", SUBJECT},
    {"trich yeu noi dung", SUBJECT},
    {"nguoi ky", SIGNER},
    {"noi nhan van ban", TO},
    {"noi nhan", TO},
    {"don vi, nguoi nhan ban luu", KEEP},
    {"nguoi nhan ban luu", KEEP},
    {"don vi nhan ban luu", KEEP},
    {"luu", KEEP},
    {"so luong ban", COPIES},
    {"so luong", COPIES},
    {"so ban", COPIES},
    {"ngay chuyen", SENT},
    {"ky nhan", RECEIPT},
    {"ghi chu", NOTE},
};

struct register_csv {
    struct pool *pool;
    struct diag *diag;
    const char *path;
    int year;
    size_t at[COLUMNS]; /* which cell; SIZE_MAX: the table has none */
};

static struct where where_of(const struct register_csv *t, int line) {
    return (struct where){.file = t->path, .line = line};
}

static void find_columns(struct register_csv *t, const struct csv_row *row) {
    for (int c = 0; c < COLUMNS; c++)
        t->at[c] = SIZE_MAX;
    for (size_t i = 0; i < row->cells.n; i++) {
        const char *folded = utf8_fold(t->pool, row->cells.at[i]);
        bool known = !*folded;
        for (size_t h = 0; h < sizeof headings / sizeof *headings && !known; h++)
            if (strcmp(headings[h].name, folded) == 0) {
                t->at[headings[h].column] = i;
                known = true;
            }
        if (!known)
            diag_add(t->diag, REGISTER_COLUMN_UNKNOWN, where_of(t, row->line), row->cells.at[i],
                     NULL);
    }
}

/* The cell of a column, in one line; NULL: empty or not there. */
static const char *cell(const struct register_csv *t, const struct csv_row *row,
                        enum column column) {
    if (t->at[column] == SIZE_MAX)
        return NULL;
    char *s = pool_strdup(t->pool, csv_cell(row, t->at[column]));
    for (char *p = s; *p; p++)
        if (*p == '\n')
            *p = ' ';
    return *s ? s : NULL;
}

/* "12/SXD-VP", or the two apart. */
static bool read_number(const struct register_csv *t, const struct csv_row *row,
                        struct register_entry *entry) {
    const char *both = cell(t, row, NUMBER_AND_SYMBOL), *number = cell(t, row, NUMBER);
    const char *text = number ? number : both ? both : "";
    size_t digits = strspn(text, "0123456789");
    const char *behind = text + digits;
    entry->number = digits && digits < 8 ? atoi(text) : 0;
    entry->columns.symbol = number ? cell(t, row, SYMBOL) : *behind == '/' ? behind + 1 : NULL;
    if (entry->number > 0 && entry->columns.symbol && *entry->columns.symbol &&
        (!number || !*behind))
        return true;
    diag_add(t->diag, REGISTER_ROW_NUMBER, where_of(t, row->line), text, NULL);
    return false;
}

/* A day as a spreadsheet counts it, from 30 December 1899 on, where a cell was not formatted as a
 * date: five digits, 1955 to 2064. */
static const char *counted_day(struct pool *pool, const char *text) {
    enum { FIRST = 20090, LAST = 60267, TO_EPOCH = 25569, SECONDS = 86400 };
    long days = strlen(text) == 5 && strspn(text, "0123456789") == 5 ? atol(text) : 0;
    time_t second = (time_t)(days - TO_EPOCH) * SECONDS;
    struct tm tm;
    if (days < FIRST || days > LAST || !gmtime_r(&second, &tm))
        return NULL;
    return pool_printf(pool, "%d/%d/%d", tm.tm_mday, tm.tm_mon + 1, tm.tm_year + 1900);
}

/* Without the time of day that a spreadsheet puts behind it: "2025-02-03 00:00:00". */
static const char *without_time(struct pool *pool, const char *text) {
    size_t n = strcspn(text, " T");
    bool time = text[n] && strchr(text + n, ':') != NULL;
    return time ? pool_strndup(pool, text, n) : text;
}

/* The day in full, or day and month of the year that is told. */
static bool read_day(const struct register_csv *t, const struct csv_row *row,
                     struct register_row *out) {
    const char *text = cell(t, row, DAY);
    struct date date;
    out->year = t->year;
    if (!text)
        return true;
    const char *counted = counted_day(t->pool, text);
    const char *full = counted ? counted : without_time(t->pool, text);
    size_t slashes = 0;
    for (const char *p = full; *p; p++)
        slashes += *p == '/' || *p == '-' || *p == '.';
    if (slashes == 1)
        full = pool_printf(t->pool, "%s/%d", full, t->year);
    if (!value_date(t->pool, full, &date) || !date.day || !date.month || !date.year) {
        diag_add(t->diag, REGISTER_ROW_DAY, where_of(t, row->line), text, NULL);
        return false;
    }
    out->year = atoi(date.year);
    out->entry.columns.date =
        pool_printf(t->pool, "%04d-%02d-%02d", out->year, atoi(date.month), atoi(date.day));
    return true;
}

/* What stands behind a word that opens the remarks, "Huỷ: why"; NULL: they open otherwise. */
static const char *behind(const struct register_csv *t, const char *note, const char *folded_word) {
    size_t n = strlen(folded_word);
    const char *folded = utf8_fold(t->pool, note), *colon = strchr(note, ':');
    if (strncmp(folded, folded_word, n) != 0 || (folded[n] && !strchr(": ,.(", folded[n])))
        return NULL;
    const char *why = colon ? colon + 1 + strspn(colon + 1, " ") : note;
    return *why ? why : note;
}

/* A number that is void or only kept says so in its remarks. */
static void read_note(const struct register_csv *t, const struct csv_row *row,
                      struct register_entry *entry) {
    const char *note = cell(t, row, NOTE);
    const char *why = note ? behind(t, note, "huy") : NULL;
    const char *kept = note ? behind(t, note, "giu so") : NULL;
    entry->state = why ? ENTRY_VOID : kept ? ENTRY_RESERVED : ENTRY_ISSUED;
    entry->ahead = kept != NULL;
    entry->why = why ? why : kept;
    entry->columns.note = entry->why ? NULL : note;
}

/* "Quyết định: Ban hành ..." or "Công văn về việc ..." behind its type; as it is without it. */
const char *register_subject(struct pool *pool, const char *type, const char *cell) {
    static const char about[] = " về việc ";
    const char *p = cell, *end = cell + strlen(cell);
    for (size_t n = utf8_length(type); n && p < end; n--)
        utf8_next(&p, end);
    size_t len = (size_t)(p - cell);
    if (strcmp(utf8_fold(pool, pool_strndup(pool, cell, len)), utf8_fold(pool, type)) != 0)
        return cell;
    if (!*p)
        return NULL;
    if (*p == ':')
        return p + 1 + strspn(p + 1, " ");
    return strncmp(p, about, sizeof about - 1) == 0 ? p + sizeof about - 1 : cell;
}

static bool read_row(const struct register_csv *t, const struct csv_row *row,
                     struct register_row *out) {
    struct entry_columns *of = &out->entry.columns;
    out->line = row->line;
    out->entry.series = "";
    of->signer = cell(t, row, SIGNER);
    of->to = cell(t, row, TO);
    of->keep = cell(t, row, KEEP);
    of->copies = cell(t, row, COPIES);
    of->sent = cell(t, row, SENT);
    of->receipt = cell(t, row, RECEIPT);
    of->type = cell(t, row, TYPE);
    of->subject = cell(t, row, t->at[SUBJECT] == SIZE_MAX ? TYPE_AND_SUBJECT : SUBJECT);
    read_note(t, row, &out->entry);
    bool number = read_number(t, row, &out->entry);
    return read_day(t, row, out) && number;
}

bool register_table_read(struct pool *pool, const char *path, int year, struct register_rows *rows,
                         struct diag *diag) {
    struct csv *csv = csv_read(pool, path, (struct where){.file = path}, diag);
    if (!csv)
        return false;
    struct register_csv table = {.pool = pool, .diag = diag, .path = path, .year = year};
    bool ok = true;
    find_columns(&table, &csv->rows.at[0]);
    for (size_t i = 1; i < csv->rows.n; i++)
        ok = read_row(&table, &csv->rows.at[i], VEC_PUSH(pool, &rows->at)) && ok;
    return ok;
}
