#include "archive/registers.h"

#include "archive/record.h"
#include "base/file.h"
#include "base/utf8.h"
#include "dispatch/names.h"

#include <dirent.h>
#include <stdlib.h>
#include <string.h>

struct known_entry {
    const struct register_entry *entry;
    int year;
    size_t next; /* of the same number and symbol; NAMES_NONE: no more */
};

struct registers {
    struct pool *pool;
    struct names numbers; /* "12/SXD-VP" -> the first of them in `known` */
    VEC(struct known_entry) known;
};

static const char *number_key(struct pool *pool, int number, const char *symbol) {
    return pool_printf(pool, "%d/%s", number, symbol);
}

static void add_entry(struct registers *r, const struct register_entry *entry, int year) {
    if (entry->state == ENTRY_VOID || entry->state == ENTRY_RESERVED || !entry->columns.symbol)
        return;
    const char *key = number_key(r->pool, entry->number, entry->columns.symbol);
    size_t at = r->known.n, first = names_add(&r->numbers, key, strlen(key), at);
    *VEC_PUSH(r->pool, &r->known) = (struct known_entry){entry, year, NAMES_NONE};
    if (first == at)
        return;
    r->known.at[at].next = r->known.at[first].next;
    r->known.at[first].next = at;
}

/* "register-2026.jsonl", "register-2026-vp.jsonl"; 0: it is no register. */
static int year_of(const char *file, const char **name, struct pool *pool) {
    static const char begin[] = "register-", end[] = ".jsonl";
    size_t n = strlen(file), fixed = sizeof begin - 1 + 4;
    if (n < fixed + sizeof end - 1 || strncmp(file, begin, sizeof begin - 1) != 0 ||
        !path_has_suffix(file, end))
        return 0;
    *name = file[fixed] == '-'
                ? pool_strndup(pool, file + fixed + 1, n - fixed - 1 - (sizeof end - 1))
                : NULL;
    return atoi(file + sizeof begin - 1);
}

struct registers *registers_read(struct pool *pool, const struct archive *archive,
                                 struct diag *diag) {
    struct registers *r = POOL_NEW(pool, struct registers);
    r->pool = r->numbers.pool = pool;
    struct dirent **files = NULL;
    int n = scandir(archive->log_folder, &files, NULL, alphasort);
    for (int i = 0; i < n; i++) {
        const char *name;
        int year = year_of(files[i]->d_name, &name, pool);
        struct book *book = year ? book_open(pool, archive, name, year, false, diag) : NULL;
        for (size_t k = 0; book && k < book_count(book); k++)
            add_entry(r, book_entry(book, k), year);
        book_close(book);
        free(files[i]);
    }
    free(files);
    return r;
}

static bool same_words(struct pool *pool, const char *a, const char *b) {
    return !a || !b || strcmp(utf8_fold(pool, a), utf8_fold(pool, b)) == 0;
}

static bool may_be(const struct record *record, const struct known_entry *known) {
    const char *date = record->fields[RECORD_DATE].text;
    return (!date || atoi(date) == known->year) &&
           same_words(record->pool, record->fields[RECORD_SUBJECT].text,
                      known->entry->columns.subject);
}

/* The only entry that may be meant. */
static const struct register_entry *find(const struct registers *r, const struct record *record) {
    const char *number = record->fields[RECORD_NUMBER].text;
    const char *symbol = record->fields[RECORD_SYMBOL].text;
    const struct register_entry *found = NULL;
    if (!number || !symbol)
        return NULL;
    const char *key = number_key(record->pool, atoi(number), symbol);
    size_t at = names_find(&r->numbers, key, strlen(key));
    for (; at != NAMES_NONE; at = r->known.at[at].next) {
        if (!may_be(record, &r->known.at[at]))
            continue;
        if (found)
            return NULL;
        found = r->known.at[at].entry;
    }
    return found;
}

void record_add_register(struct record *record, const struct registers *registers) {
    const struct register_entry *entry = find(registers, record);
    if (!entry)
        return;
    const struct entry_columns *of = &entry->columns;
    record_set(record, RECORD_DATE, of->date, RECORD_FROM_REGISTER);
    record_set(record, RECORD_TYPE, of->type, RECORD_FROM_REGISTER);
    record_set(record, RECORD_SUBJECT, of->subject, RECORD_FROM_REGISTER);
    record_set(record, RECORD_SIGNATORY, of->signer, RECORD_FROM_REGISTER);
    record_set(record, RECORD_AGENCY, of->office, RECORD_FROM_REGISTER);
    record_set(record, RECORD_PARENT, of->parent, RECORD_FROM_REGISTER);
}
