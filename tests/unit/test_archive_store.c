/* The store: objects as they lie on disk, versions, and what is found after a crash at any step. */
#include "archive_help.h"
#include "check.h"

#include "archive/durable.h"
#include "archive/store_parts.h"
#include "base/file.h"

#include <dirent.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

static struct pool *pool;
static struct diag *diag;
static char folder[64];

/* Stands before the C library's: what was put on disk of an archive that is being made. */
static const struct archive *being_made;
static bool synced_folders, synced_layout;

int syncfs(int fd) {
    if (being_made) {
        struct pool *p = pool_new();
        synced_folders |= file_is_folder(path_join(p, being_made->folder, "store")) &&
                          file_is_folder(path_join(p, being_made->folder, "log"));
        synced_layout |= file_exists(path_join(p, being_made->folder, "store/ocfl_layout.json")) &&
                         !file_exists(path_join(p, being_made->folder, "store/0=ocfl_1.1"));
        pool_free(p);
    }
    return (int)syscall(SYS_syncfs, fd);
}

static struct archive *archive_at(const char *name) {
    return archive_open(pool, path_join(pool, folder, name), true, diag);
}

static bool put(struct store *store, const char *id, const char *document, const char *source,
                int *version) {
    struct store_file files[] = {{STORE_DOCUMENT, document, strlen(document)},
                                 {STORE_SOURCE "dispatch.ini", source, strlen(source)}};
    struct store_entry entry = {.id = id,
                                .first = "f1",
                                .number = "ubnd/2026/9-vp",
                                .created = "2026-03-02T08:00:00+07:00",
                                .message = "vào kho",
                                .user_name = "van thu",
                                .address = "mailto:vt@khe-truc.example",
                                .files = files,
                                .n = 2};
    return store_put(store, &entry, version, diag);
}

static bool put_now(const struct archive *archive, const char *id, const char *document) {
    struct store *store = store_open(archive, diag);
    int version;
    bool ok = store && put(store, id, document, "source", &version) && store_commit(store, diag);
    store_close(store);
    return ok;
}

static const char *document_of(const struct archive *archive, const char *id, int version) {
    struct inventory *inventory = store_inventory(pool, archive, id, diag);
    return inventory ? store_read(pool, archive, inventory, version, STORE_DOCUMENT, diag).s : NULL;
}

static int64_t lines_of(const struct archive *archive) {
    struct log_reading reading;
    const char *path = archive_log_path(pool, archive, "store");
    bool ok = log_read(path, NULL, NULL, &reading, diag);
    return ok && reading.fault == LOG_WHOLE ? reading.head.seq : -1;
}

static int entries_in(const char *path) {
    DIR *dir = opendir(path);
    int n = -2;
    while (dir && readdir(dir))
        n++;
    if (dir)
        closedir(dir);
    return n;
}

static mode_t mode_of(const char *path) {
    struct stat st;
    return stat(path, &st) == 0 ? st.st_mode & 0777 : 0;
}

static void an_archive_is_on_disk_with_all_its_folders_before_it_is_declared(void) {
    const struct archive place = {.folder = path_join(pool, folder, "a/new/one")};
    being_made = &place;
    struct archive *archive = archive_open(pool, place.folder, true, diag);
    CHECK(archive && synced_folders && !synced_layout);
    struct store *store = store_open(archive, diag);
    CHECK(store && synced_layout && store_is_made(pool, archive));
    being_made = NULL;
    store_close(store);
}

static void a_document_becomes_an_object_of_its_own(void) {
    struct archive *archive = archive_at("one");
    CHECK(put_now(archive, "urn:x:1", "byte for byte"));
    CHECK_STR(document_of(archive, "urn:x:1", 0), "byte for byte");
    const char *object = store_path(pool, archive, "urn:x:1");
    CHECK(file_exists(path_join(pool, object, "0=ocfl_object_1.1")));
    CHECK(file_exists(path_join(pool, object, "v1/inventory.json.sha512")));
    CHECK(file_exists(path_join(pool, archive->store, "0=ocfl_1.1")));
    CHECK_INT(mode_of(object), 0555);
    CHECK_INT(mode_of(path_join(pool, object, "v1/content")), 0555);
    CHECK_INT(mode_of(path_join(pool, object, "v1/content/" STORE_DOCUMENT)), 0444);
    CHECK_INT(lines_of(archive), 1);
    CHECK_INT(entries_in(path_join(pool, archive->folder, "staging")), 0);
}

static void a_later_version_keeps_the_earlier_one(void) {
    struct archive *archive = archive_at("versions");
    CHECK(put_now(archive, "urn:x:1", "first"));
    CHECK(put_now(archive, "urn:x:1", "first and second"));
    CHECK_STR(document_of(archive, "urn:x:1", 1), "first");
    CHECK_STR(document_of(archive, "urn:x:1", 2), "first and second");
    CHECK_STR(document_of(archive, "urn:x:1", 0), "first and second");
    /* What did not change is not there twice. */
    const char *object = store_path(pool, archive, "urn:x:1");
    CHECK_INT(entries_in(path_join(pool, object, "v2/content")), 1);
    CHECK_INT(mode_of(path_join(pool, object, "v2")), 0555);
    CHECK_INT(mode_of(object), 0555);
    CHECK_INT(lines_of(archive), 2);
}

static void a_group_is_there_at_once_or_not_at_all(void) {
    struct archive *archive = archive_at("group");
    struct store *store = store_open(archive, diag);
    int version = 0;
    for (int i = 0; i < 40; i++)
        CHECK(put(store, pool_printf(pool, "urn:x:%d", i), "text", "source", &version));
    CHECK_INT(store_waiting(store), 40);
    CHECK(!file_exists(store_path(pool, archive, "urn:x:7")));
    CHECK(store_commit(store, diag));
    CHECK_STR(document_of(archive, "urn:x:7", 0), "text");
    CHECK(put(store, "urn:x:7", "text, signed", "source", &version));
    CHECK_INT(version, 2);
    store_close(store); /* without a commit */
    CHECK_STR(document_of(archive, "urn:x:7", 0), "text");
    CHECK_INT(lines_of(archive), 40);
    CHECK_INT(entries_in(path_join(pool, archive->folder, "staging")), -2);
}

static void two_versions_in_one_group_follow_each_other(void) {
    struct archive *archive = archive_at("two");
    struct store *store = store_open(archive, diag);
    int version = 0;
    CHECK(put(store, "urn:x:1", "a", "source", &version));
    CHECK(put(store, "urn:x:1", "b", "source", &version));
    CHECK_INT(version, 2);
    CHECK(store_commit(store, diag));
    store_close(store);
    CHECK_STR(document_of(archive, "urn:x:1", 1), "a");
    CHECK_STR(document_of(archive, "urn:x:1", 2), "b");
}

static const char *found(struct store *store, const char *name, const char *value) {
    const char *id = json_text(store_find(store, pool, name, value), "object");
    return id ? id : "none";
}

static void objects_are_found_by_digest_and_number(void) {
    struct archive *archive = archive_at("keys");
    char digest[DIGEST_TEXT];
    digest_of("sha512", "a", 1, digest);
    struct store *store = store_open(archive, diag);
    int version;
    CHECK(put(store, "urn:x:1", "a", "source", &version));
    CHECK_STR(found(store, STORE_KEY_FILE, digest), "urn:x:1"); /* before it is committed */
    CHECK(store_commit(store, diag));
    CHECK_STR(found(store, STORE_KEY_FILE, digest), "urn:x:1");
    CHECK_STR(found(store, STORE_KEY_NUMBER, "ubnd/2026/9-vp"), "urn:x:1");
    CHECK_STR(found(store, STORE_KEY_FIRST, "f1"), "urn:x:1");
    CHECK_STR(found(store, STORE_KEY_FIRST, "f2"), "none");
    store_close(store);
    /* The table is made again when it is lost, and when it is another log's. */
    unlink(path_join(pool, archive->folder, "keys"));
    store = store_open(archive, diag);
    CHECK_STR(found(store, STORE_KEY_FILE, digest), "urn:x:1");
    store_close(store);
    struct archive *other = archive_at("keys2");
    CHECK(put_now(other, "urn:x:2", "b"));
    CHECK(rename(path_join(pool, other->folder, "keys"),
                 path_join(pool, archive->folder, "keys")) == 0);
    store = store_open(archive, diag);
    CHECK_STR(found(store, STORE_KEY_FILE, digest), "urn:x:1");
    store_close(store);
}

static void the_table_of_keys_grows(void) {
    struct archive *archive = archive_at("many");
    struct log *log = log_open(archive_log_path(pool, archive, "store"), diag);
    enum { LINES = 9000 };
    struct buf *lines = calloc(LINES, sizeof *lines);
    for (int i = 0; i < LINES; i++)
        buf_printf(&lines[i], "\"object\":\"o%d\",\"file\":\"f%d\"", i, i);
    CHECK(log_append_all(log, lines, LINES, diag));
    for (int i = 0; i < LINES; i++)
        buf_free(&lines[i]);
    free(lines);
    log_close(log);
    struct store *store = store_open(archive, diag);
    int wrong = 0;
    for (int i = 0; i < LINES; i += 50)
        wrong += strcmp(found(store, STORE_KEY_FILE, pool_printf(pool, "f%d", i)),
                        pool_printf(pool, "o%d", i)) != 0;
    CHECK_INT(wrong, 0);
    store_close(store);
}

/* Kills the writer (forgets it without closing) after `steps` steps of a commit of one new object
 * and one new version, and lets the next one open the store. */
static struct archive *crash_after(int steps) {
    struct archive *archive = archive_at(pool_printf(pool, "crash%d", steps));
    CHECK(put_now(archive, "urn:x:old", "v1"));
    struct store *store = store_open(archive, diag);
    int version;
    CHECK(put(store, "urn:x:new", "n1", "source", &version));
    CHECK(put(store, "urn:x:old", "v2", "other source", &version));
    const char *object = store_path(pool, archive, "urn:x:old");
    int step = 0;
    if (step++ < steps)
        CHECK(journal_write(store));
    if (step++ < steps)
        CHECK(journal_place(store, &store->waiting.at[0]));
    if (step++ < steps) { /* the first of the three renames of a version */
        chmod(object, 0755);
        const char *from = path_join(pool, archive->folder, "staging/1/v2");
        chmod(from, 0755);
        CHECK(rename(from, path_join(pool, object, "v2")) == 0);
    }
    if (step++ < steps)
        CHECK(journal_place(store, &store->waiting.at[1]));
    if (step++ < steps) { /* one line of the two */
        struct buf line = {0};
        buf_puts(&line, store->waiting.at[0].line);
        CHECK(log_append(store->log, &line, diag));
        buf_free(&line);
    }
    if (step++ < steps) {
        struct buf line = {0};
        buf_puts(&line, store->waiting.at[1].line);
        CHECK(log_append(store->log, &line, diag));
        buf_free(&line);
    }
    if (step++ < steps)
        CHECK(unlink(store->journal) == 0);
    CHECK_INT(store_unfinished(pool, archive), steps > 0 && steps < 7);
    store->failed = true; /* a killed process takes nothing back */
    store_close(store);
    store = store_open(archive, diag);
    CHECK(store != NULL);
    store_close(store);
    return archive;
}

static void a_crash_before_the_journal_takes_the_group_back(void) {
    struct archive *archive = crash_after(0);
    CHECK(!file_exists(store_path(pool, archive, "urn:x:new")));
    CHECK_STR(document_of(archive, "urn:x:old", 0), "v1");
    CHECK_INT(lines_of(archive), 1);
    CHECK_INT(entries_in(path_join(pool, archive->folder, "staging")), 0);
}

static void a_crash_behind_it_finishes_the_group(void) {
    for (int steps = 1; steps <= 7; steps++) {
        struct archive *archive = crash_after(steps);
        CHECK_STR(document_of(archive, "urn:x:new", 0), "n1");
        CHECK_STR(document_of(archive, "urn:x:old", 2), "v2");
        CHECK_STR(document_of(archive, "urn:x:old", 1), "v1");
        CHECK_INT(lines_of(archive), 3);
        CHECK_INT(entries_in(path_join(pool, archive->folder, "staging")), 0);
        CHECK_INT(mode_of(store_path(pool, archive, "urn:x:old")), 0555);
        CHECK(!store_unfinished(pool, archive));
    }
}

static void a_damaged_journal_stops_the_writer(void) {
    struct archive *archive = archive_at("journal");
    CHECK(put_now(archive, "urn:x:1", "a"));
    CHECK(durable_write(path_join(pool, archive->folder, "staging/group.json"), "{", 1));
    CHECK(!store_open(archive, diag));
    CHECK(diag_has(diag, ARCHIVE_JOURNAL_BAD));
}

static void damage_is_met_with_words(void) {
    struct archive *archive = archive_at("damage");
    CHECK(put_now(archive, "urn:x:1", "a"));
    const char *object = store_path(pool, archive, "urn:x:1");
    const char *document = path_join(pool, object, "v1/content/" STORE_DOCUMENT);
    chmod(document, 0644);
    CHECK(file_write(document, "b", 1, diag));
    CHECK(!document_of(archive, "urn:x:1", 0));
    CHECK(diag_has(diag, ARCHIVE_FILE_ALTERED));
    const char *inventory = path_join(pool, object, "inventory.json");
    chmod(object, 0755);
    chmod(inventory, 0644);
    CHECK(file_write(inventory, "{}", 2, diag));
    CHECK(!document_of(archive, "urn:x:1", 0));
    CHECK(diag_has(diag, ARCHIVE_INVENTORY_BAD));
    struct store *store = store_open(archive, diag);
    int version;
    CHECK(!put(store, "urn:x:1", "c", "source", &version));
    CHECK(put(store, "urn:x:2", "c", "source", &version)); /* the others go on */
    CHECK(store_commit(store, diag));
    store_close(store);
}

int main(void) {
    pool = pool_new();
    diag = diag_new(LANG_EN);
    if (!test_folder(folder))
        return 1;
    RUN(an_archive_is_on_disk_with_all_its_folders_before_it_is_declared);
    RUN(a_document_becomes_an_object_of_its_own);
    RUN(a_later_version_keeps_the_earlier_one);
    RUN(a_group_is_there_at_once_or_not_at_all);
    RUN(two_versions_in_one_group_follow_each_other);
    RUN(objects_are_found_by_digest_and_number);
    RUN(the_table_of_keys_grows);
    RUN(a_crash_before_the_journal_takes_the_group_back);
    RUN(a_crash_behind_it_finishes_the_group);
    RUN(a_damaged_journal_stops_the_writer);
    RUN(damage_is_met_with_words);
    durable_remove_tree(folder);
    diag_free(diag);
    pool_free(pool);
    return CHECK_RESULT();
}
