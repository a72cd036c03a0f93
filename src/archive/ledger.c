#include "archive/ledger.h"

#include "archive/store.h"

#include <stdlib.h>
#include <string.h>

static int digit(char c) {
    return c >= '0' && c <= '9' ? c - '0' : c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
}

static bool parse(const char *hex, unsigned char bytes[LEDGER_BYTES]) {
    for (int i = 0; i < LEDGER_BYTES; i++) {
        int high = digit(hex[2 * i]), low = high < 0 ? -1 : digit(hex[2 * i + 1]);
        if (low < 0)
            return false;
        bytes[i] = (unsigned char)(high << 4 | low);
    }
    return true;
}

struct ledger_reading {
    struct ledger *ledger;
    struct diag *diag;
};

static bool take_line(void *context, const struct log_line *line) {
    struct ledger_reading *r = context;
    const char *id = json_text(line->json, STORE_KEY_OBJECT);
    const char *inventory = json_text(line->json, "inventory");
    struct ledger_entry entry = {.line = line->begin,
                                 .version = (int)json_number(line->json, "version", 0)};
    char folder[DIGEST_TEXT];
    if (!id || !inventory)
        return true; /* of something else than objects */
    digest_of("sha256", id, strlen(id), folder);
    if (parse(folder, entry.object) && parse(inventory, entry.inventory) && entry.version > 0)
        *VEC_PUSH(r->ledger->pool, &r->ledger->entries) = entry;
    else
        diag_add(r->diag, ARCHIVE_LOG_BROKEN,
                 (struct where){.file = r->ledger->log_path, .line = (int)line->head.seq}, NULL);
    return true;
}

static int by_object(const void *a, const void *b) {
    const struct ledger_entry *x = a, *y = b;
    int order = memcmp(x->object, y->object, LEDGER_BYTES);
    if (order)
        return order;
    return x->version != y->version ? x->version - y->version : x->line < y->line ? -1 : 1;
}

/* Versions of an object come one after the other, from the first. */
static void judge_order(struct ledger *ledger, struct diag *diag) {
    for (size_t i = 0; i < ledger->entries.n; i++) {
        const struct ledger_entry *e = &ledger->entries.at[i];
        bool again = i && memcmp(e[-1].object, e->object, LEDGER_BYTES) == 0;
        if (e->version == (again ? e[-1].version + 1 : 1) && (!again || e[-1].line < e->line))
            continue;
        struct pool *pool = pool_new();
        const char *id = json_text(ledger_line(ledger, e, pool, diag), STORE_KEY_OBJECT);
        diag_add(diag, ARCHIVE_LOG_ORDER, (struct where){.file = ledger->log_path}, id ? id : "",
                 pool_printf(pool, "%d", e->version), NULL);
        pool_free(pool);
    }
}

bool ledger_read(struct pool *pool, const struct archive *archive, struct ledger *ledger,
                 struct diag *diag) {
    *ledger = (struct ledger){.pool = pool, .log_path = archive_log_path(pool, archive, "store")};
    struct ledger_reading r = {ledger, diag};
    if (!log_read(ledger->log_path, take_line, &r, &ledger->reading, diag))
        return false;
    if (ledger->reading.fault != LOG_WHOLE)
        diag_add(diag, ARCHIVE_LOG_BROKEN,
                 (struct where){.file = ledger->log_path, .line = (int)ledger->reading.line}, NULL);
    if (ledger->entries.n)
        qsort(ledger->entries.at, ledger->entries.n, sizeof *ledger->entries.at, by_object);
    judge_order(ledger, diag);
    return true;
}

struct ledger_entry *ledger_object(struct ledger *ledger, const char *folder, size_t *n) {
    unsigned char object[LEDGER_BYTES];
    size_t low = 0, high = ledger->entries.n;
    *n = 0;
    if (strlen(folder) != 2 * LEDGER_BYTES || !parse(folder, object))
        return NULL;
    while (low < high) {
        size_t middle = (low + high) / 2;
        if (memcmp(ledger->entries.at[middle].object, object, LEDGER_BYTES) < 0)
            low = middle + 1;
        else
            high = middle;
    }
    while (low + *n < ledger->entries.n &&
           memcmp(ledger->entries.at[low + *n].object, object, LEDGER_BYTES) == 0)
        ++*n;
    return *n ? &ledger->entries.at[low] : NULL;
}

bool ledger_same(const struct ledger_entry *entry, const char *digest) {
    unsigned char bytes[LEDGER_BYTES];
    return strlen(digest) >= 2 * LEDGER_BYTES && parse(digest, bytes) &&
           memcmp(bytes, entry->inventory, LEDGER_BYTES) == 0;
}

const struct json *ledger_line(const struct ledger *ledger, const struct ledger_entry *entry,
                               struct pool *pool, struct diag *diag) {
    return log_line_at(ledger->log_path, entry->line, pool, diag);
}
