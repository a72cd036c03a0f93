/* store: documents kept for ever, in an OCFL 1.1 storage root (DIR/store), each an object of its
 * own whose versions are written once. How nothing is ever half there is told at the head of
 * store.c.
 *
 * One writer at a time: whoever opens the store for writing waits for the one before. Readers need
 * no lock: what they see is whole, but for a new version of an object in the moment it is put in
 * place (store_wait). */
#ifndef CONGVAN_ARCHIVE_STORE_H
#define CONGVAN_ARCHIVE_STORE_H

#include "archive/archive.h"
#include "archive/inventory.h"
#include "archive/log.h"

/* Names within an object (logical paths). */
#define STORE_DOCUMENT "signed.pdf"
#define STORE_RECORD "record.json"
#define STORE_VERDICT "verdict.json"
#define STORE_EVIDENCE "evidence/"
#define STORE_SOURCE "source/" /* DOCX, INI, body: what it was made from */

/* Members of a line of the log by which objects are found again (store_find). */
#define STORE_KEY_OBJECT "object" /* its id */
#define STORE_KEY_FILE "file"     /* SHA-512 of signed.pdf */
#define STORE_KEY_FIRST "first"   /* SHA-512 of that file's first revision */
#define STORE_KEY_NUMBER "number" /* agency, year, number and symbol as one folded text */

struct store_file {
    const char *name; /* the logical path */
    const void *bytes;
    size_t len;
};

/* A document to be kept: the first version of an object, or its next one. */
struct store_entry {
    const char *id;
    const char *first;    /* SHA-512 of the first revision of the PDF */
    const char *number;   /* NULL: not known */
    const char *replaces; /* why another document takes the earlier one's place; NULL: none does */
    const char *created, *message, *user_name, *address; /* see inventory.h */
    const struct store_file *files;                      /* all that the version consists of */
    size_t n;
};

struct store;

/* Opens the store for writing: makes it if it is not there, waits for its turn, and finishes or
 * takes back what a crash has left. NULL: reported. */
struct store *store_open(const struct archive *archive, struct diag *diag);

/* Takes an entry, which store_commit makes part of the store; its bytes are no longer needed then.
 * `*version` gets its number. False, reported: it is not taken, what was taken before stays. */
bool store_put(struct store *store, const struct store_entry *entry, int *version,
               struct diag *diag);

/* How many entries wait for store_commit. */
size_t store_waiting(const struct store *store);

/* All entries taken so far: on disk, in the store and in the log when it returns. False, reported:
 * the disk failed, and the next store_open finishes them or takes them back, all alike. */
bool store_commit(struct store *store, struct diag *diag);

/* The last line of the log, entries that wait included, whose member `name` (STORE_KEY_...) is
 * `value`; NULL: none. In `pool`. */
const struct json *store_find(struct store *store, struct pool *pool, const char *name,
                              const char *value);

const struct archive *store_archive(const struct store *store);

/* What waits is taken back. NULL is allowed. */
void store_close(struct store *store);

/* ---- reading ---- */

/* The folder of an object, whether it is there or not: below DIR/store, by the OCFL extension
 * 0004-hashed-n-tuple-storage-layout. In `pool`. */
const char *store_path(struct pool *pool, const struct archive *archive, const char *id);

/* Its inventory; NULL, reported, when it cannot be read. In `pool`. */
struct inventory *store_inventory(struct pool *pool, const struct archive *archive, const char *id,
                                  struct diag *diag);

/* A file of version `n` (0: the last) by its logical path, read whole; NULL bytes: the version has
 * no such file, or, reported, it cannot be read. Its digest is compared. In `pool`. */
struct bytes store_read(struct pool *pool, const struct archive *archive,
                        const struct inventory *inventory, int n, const char *name,
                        struct diag *diag);

/* Keeps writers out until log_close(*held): for a second look at what seemed wrong while one may
 * have been at work. NULL, nothing reported: the log cannot be written to, so nobody else does. */
struct log *store_wait(struct pool *pool, const struct archive *archive);

/* Whether it was made: a storage root has its declaration last. */
bool store_is_made(struct pool *pool, const struct archive *archive);

/* Whether a writer was interrupted: its work is finished by the next one. */
bool store_unfinished(struct pool *pool, const struct archive *archive);

#endif
