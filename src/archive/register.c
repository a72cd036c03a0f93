#include "archive/register.h"

#include "base/file.h"
#include "dispatch/names.h"

#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

struct book {
    struct pool *pool;
    struct log *log; /* NULL: only read */
    const char *path;
    int year;
    VEC(struct register_entry) entries;
    struct names numbers; /* "series\n12" -> index */
    struct names inis;    /* INI -> index into `given` */
    struct names series;  /* series -> index into `last` */
    VEC(size_t) given;    /* the last entry given to that INI */
    VEC(size_t) last;     /* the entry with the highest number given in turn */
};

/* The columns by the names they have in the log. */
static const struct {
    const char *name;
    size_t at;
} columns[] = {
    {"symbol", offsetof(struct entry_columns, symbol)},
    {"date", offsetof(struct entry_columns, date)},
    {"type", offsetof(struct entry_columns, type)},
    {"subject", offsetof(struct entry_columns, subject)},
    {"signer", offsetof(struct entry_columns, signer)},
    {"to", offsetof(struct entry_columns, to)},
    {"keep", offsetof(struct entry_columns, keep)},
    {"copies", offsetof(struct entry_columns, copies)},
    {"sent", offsetof(struct entry_columns, sent)},
    {"receipt", offsetof(struct entry_columns, receipt)},
    {"note", offsetof(struct entry_columns, note)},
    {"ini", offsetof(struct entry_columns, ini)},
    {"office", offsetof(struct entry_columns, office)},
    {"parent", offsetof(struct entry_columns, parent)},
};
enum { COLUMNS = sizeof columns / sizeof *columns };

static const char **column(struct entry_columns *of, size_t i) {
    return (const char **)((char *)of + columns[i].at);
}

/* ---- what events come to ---- */

static size_t find(const struct book *book, const char *series, int number) {
    struct buf key = {0};
    buf_printf(&key, "%s\n%d", series, number);
    size_t i = names_find(&book->numbers, key.data, key.len);
    buf_free(&key);
    return i;
}

/* The entry of that number, a new one if there is none. */
static struct register_entry *entry_of(struct book *book, const char *series, int number) {
    const char *key = pool_printf(book->pool, "%s\n%d", series, number);
    size_t i = names_add(&book->numbers, key, strlen(key), book->entries.n);
    if (i < book->entries.n)
        return &book->entries.at[i];
    struct register_entry *entry = VEC_PUSH(book->pool, &book->entries);
    entry->series = pool_strdup(book->pool, series);
    entry->number = number;
    return entry;
}

/* Remembers the highest number given in turn. */
static void remember_last(struct book *book, const struct register_entry *entry) {
    size_t i = (size_t)(entry - book->entries.at);
    size_t slot = names_add(&book->series, entry->series, strlen(entry->series), book->last.n);
    if (slot == book->last.n)
        *VEC_PUSH(book->pool, &book->last) = i;
    else if (book->entries.at[book->last.at[slot]].number < entry->number)
        book->last.at[slot] = i;
}

static void remember_ini(struct book *book, const struct register_entry *entry) {
    const char *ini = entry->columns.ini;
    if (!ini)
        return;
    size_t slot = names_add(&book->inis, ini, strlen(ini), book->given.n);
    if (slot == book->given.n)
        VEC_PUSH(book->pool, &book->given);
    book->given.at[slot] = (size_t)(entry - book->entries.at);
}

static void take_columns(struct book *book, const struct json *json, struct entry_columns *of) {
    for (size_t i = 0; i < COLUMNS; i++) {
        const char *text = json_text(json, columns[i].name);
        if (text)
            *column(of, i) = pool_strdup(book->pool, text);
    }
}

static const char *text_of(struct book *book, const struct json *json, const char *name) {
    const char *text = json_text(json, name);
    return text ? pool_strdup(book->pool, text) : NULL;
}

/* Written down by give, reserve and import alike. */
static void take_entry(struct book *book, const struct json *json, struct register_entry *entry,
                       enum entry_state state) {
    const struct json *ahead = json_member(json, "ahead");
    take_columns(book, json, &entry->columns);
    entry->why = text_of(book, json, "why");
    entry->state = state == ENTRY_ISSUED && entry->why ? ENTRY_VOID : state;
    entry->ahead |= ahead && ahead->kind == JSON_TRUE;
    if (state == ENTRY_GIVEN)
        remember_ini(book, entry);
    if (!entry->ahead)
        remember_last(book, entry);
}

static enum entry_state state_after(const char *event) {
    static const struct {
        const char *event;
        enum entry_state state;
    } states[] = {{"reserve", ENTRY_RESERVED},
                  {"give", ENTRY_GIVEN},
                  {"import", ENTRY_ISSUED},
                  {"written", ENTRY_ISSUED},
                  {"void", ENTRY_VOID}};
    size_t i = 0;
    while (i + 1 < sizeof states / sizeof *states && strcmp(states[i].event, event) != 0)
        i++;
    return states[i].state;
}

static bool take_event(struct book *book, const struct json *json) {
    const char *event = json_text(json, "event"), *series = json_text(json, "series");
    int64_t number = json_number(json, "number", 0);
    if (!event || !series || number < 1 || number > INT32_MAX)
        return false;
    struct register_entry *entry = entry_of(book, series, (int)number);
    enum entry_state state = state_after(event);
    if (strcmp(event, "written") == 0) {
        entry->state = state;
    } else if (state == ENTRY_VOID) {
        entry->state = state;
        entry->why = text_of(book, json, "why");
    } else {
        take_entry(book, json, entry, state);
    }
    return true;
}

static bool take_line(void *context, const struct log_line *line) {
    return take_event(context, line->json);
}

/* ---- opening ---- */

struct book *book_open(struct pool *pool, const struct archive *archive, const char *name, int year,
                       bool write, struct diag *diag) {
    struct book *book = POOL_NEW(pool, struct book);
    book->pool = pool;
    book->year = year;
    book->numbers.pool = book->inis.pool = book->series.pool = pool;
    const char *log = name ? pool_printf(pool, "register-%d-%s", year, name)
                           : pool_printf(pool, "register-%d", year);
    book->path = archive_log_path(pool, archive, log);
    if (write && !(book->log = log_open(book->path, diag)))
        return NULL;
    struct log_reading reading;
    bool ok = log_read(book->path, take_line, book, &reading, diag);
    /* A line still being written by another is not there yet for a reader. */
    if (ok && reading.fault != LOG_WHOLE && reading.fault != LOG_TORN) {
        diag_add(diag, ARCHIVE_LOG_BROKEN,
                 (struct where){.file = book->path, .line = (int)reading.line}, NULL);
        ok = false;
    }
    if (ok)
        return book;
    book_close(book);
    return NULL;
}

void book_close(struct book *book) {
    if (book)
        log_close(book->log);
}

/* ---- asking ---- */

int book_year(const struct book *book) {
    return book->year;
}

size_t book_count(const struct book *book) {
    return book->entries.n;
}

const struct register_entry *book_entry(const struct book *book, size_t i) {
    return &book->entries.at[i];
}

const struct register_entry *book_find(const struct book *book, const char *series, int number) {
    size_t i = find(book, series, number);
    return i == NAMES_NONE ? NULL : &book->entries.at[i];
}

const struct register_entry *book_unfinished(const struct book *book, const char *ini) {
    size_t slot = names_find(&book->inis, ini, strlen(ini));
    if (slot == NAMES_NONE)
        return NULL;
    const struct register_entry *entry = &book->entries.at[book->given.at[slot]];
    return entry->state == ENTRY_GIVEN ? entry : NULL;
}

const struct register_entry *book_last(const struct book *book, const char *series) {
    size_t slot = names_find(&book->series, series, strlen(series));
    return slot == NAMES_NONE ? NULL : &book->entries.at[book->last.at[slot]];
}

int book_next(const struct book *book, const char *series, int first) {
    const struct register_entry *last = book_last(book, series);
    int number = last && last->number >= first ? last->number + 1 : first;
    while (book_find(book, series, number))
        number++;
    return number;
}

/* ---- writing ---- */

static void put_text(struct buf *out, const char *name, const char *text) {
    if (!text)
        return;
    buf_printf(out, ",\"%s\":", name);
    json_string(out, text);
}

static void put_event(struct buf *out, const char *event, const struct register_entry *entry,
                      bool with_columns) {
    char time_text[32];
    time_t now = time(NULL);
    struct tm utc;
    strftime(time_text, sizeof time_text, "%Y-%m-%dT%H:%M:%SZ", gmtime_r(&now, &utc));
    buf_printf(out, "\"event\":\"%s\",\"at\":\"%s\",\"series\":", event, time_text);
    json_string(out, entry->series);
    buf_printf(out, ",\"number\":%d", entry->number);
    if (entry->ahead)
        buf_puts(out, ",\"ahead\":true");
    put_text(out, "why", entry->why);
    struct entry_columns of = entry->columns;
    for (size_t i = 0; with_columns && i < COLUMNS; i++)
        put_text(out, columns[i].name, *column(&of, i));
}

/* Makes events true here that are written down. */
static void take_written(struct book *book, const struct buf *members, size_t n) {
    for (size_t i = 0; i < n; i++) {
        struct buf whole = {0};
        const char *why;
        buf_printf(&whole, "{%s}", buf_text(&members[i]));
        take_event(book, json_read(book->pool, whole.data, whole.len, &why));
        buf_free(&whole);
    }
}

static const struct register_entry *enter(struct book *book, const char *event,
                                          const struct register_entry *entry, bool with_columns,
                                          struct diag *diag) {
    struct buf members = {0};
    put_event(&members, event, entry, with_columns);
    bool ok = log_append(book->log, &members, diag);
    if (ok)
        take_written(book, &members, 1);
    buf_free(&members);
    return ok ? book_find(book, entry->series, entry->number) : NULL;
}

const struct register_entry *book_give(struct book *book, const char *series, int number,
                                       const struct entry_columns *of, struct diag *diag) {
    struct register_entry entry = {.series = series, .number = number, .columns = *of};
    return enter(book, "give", &entry, true, diag);
}

bool book_written(struct book *book, const struct register_entry *entry, struct diag *diag) {
    struct register_entry bare = {.series = entry->series, .number = entry->number};
    return enter(book, "written", &bare, false, diag) != NULL;
}

const struct register_entry *book_reserve(struct book *book, const struct register_entry *entry,
                                          struct diag *diag) {
    return enter(book, "reserve", entry, true, diag);
}

bool book_void(struct book *book, const struct register_entry *entry, const char *why,
               struct diag *diag) {
    struct register_entry bare = {.series = entry->series, .number = entry->number, .why = why};
    return enter(book, "void", &bare, false, diag) != NULL;
}

bool book_import(struct book *book, const struct register_entry *entries, size_t n,
                 struct diag *diag) {
    struct buf *members = mem_alloc(sizeof *members * (n + 1));
    memset(members, 0, sizeof *members * (n + 1));
    for (size_t i = 0; i < n; i++)
        put_event(&members[i], entries[i].state == ENTRY_RESERVED ? "reserve" : "import",
                  &entries[i], true);
    bool ok = n == 0 || log_append_all(book->log, members, n, diag);
    if (ok)
        take_written(book, members, n);
    for (size_t i = 0; i < n; i++)
        buf_free(&members[i]);
    free(members);
    return ok;
}
