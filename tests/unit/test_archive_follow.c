/* The index follows the store's log: after a crash, a copy, a damaged file, and from nothing. */
#include "archive_help.h"
#include "check.h"

#include "archive/durable.h"
#include "archive/follow.h"
#include "archive/record.h"
#include "archive/store.h"
#include "base/file.h"

#include <sqlite3.h>
#include <stdlib.h>
#include <sys/wait.h>
#include <unistd.h>

static struct pool *pool;
static struct diag *diag;
static char folder[64];
static struct archive *archive;
static const char *index_path;

static bool add(const char *id, const char *number, const char *subject) {
    struct record *record = record_new(pool);
    struct buf json = {0};
    int version;
    record_set(record, RECORD_NUMBER, number, RECORD_FROM_PAGES);
    record_set(record, RECORD_SYMBOL, "UBND-VP", RECORD_FROM_PAGES);
    record_set(record, RECORD_SUBJECT, subject, RECORD_FROM_PAGES);
    record_put_json(record, &json);
    struct store_file files[] = {{STORE_DOCUMENT, subject, strlen(subject)},
                                 {STORE_RECORD, json.data, json.len}};
    struct store_entry entry = {.id = id,
                                .first = subject,
                                .created = "2026-03-02T08:00:00+07:00",
                                .message = "vào kho",
                                .user_name = "van thu",
                                .address = "mailto:vt@khe-truc.example",
                                .files = files,
                                .n = 2};
    struct store *store = store_open(archive, diag);
    bool ok = store && store_put(store, &entry, &version, diag) && store_commit(store, diag);
    store_close(store);
    buf_free(&json);
    return ok;
}

/* Ids and versions found by the words, after following the log. */
static const char *found_by(const char *words) {
    struct index *index = follow_open(pool, archive, NULL, diag);
    struct index_query query = {.words = words};
    index_hits hits = {0};
    struct buf out = {0};
    if (!index || !index_find(index, pool, &query, &hits, diag))
        return "failed";
    index_close(index);
    for (size_t i = 0; i < hits.n; i++)
        buf_printf(&out, "%s%s v%d", i ? ", " : "", hits.at[i].object, hits.at[i].version);
    const char *copy = pool_strdup(pool, buf_text(&out));
    buf_free(&out);
    return copy;
}

static void what_is_added_is_found_by_the_next_command(void) {
    CHECK_STR(found_by("họp"), "");
    CHECK(add("urn:a", "1", "mời họp giao ban"));
    CHECK_STR(found_by("họp"), "urn:a v1");
    CHECK(add("urn:b", "2", "hoãn họp"));
    CHECK(add("urn:a", "1", "mời họp giao ban tháng 3"));
    CHECK_STR(found_by("giao ban"), "urn:a v2");
    CHECK_STR(found_by("hoãn"), "urn:b v1");
}

static void an_index_that_was_lost_is_made_again(void) {
    unlink(index_path);
    CHECK_STR(found_by("giao ban"), "urn:a v2");
    CHECK_STR(found_by("hoãn"), "urn:b v1");
}

static void rebuilding_needs_the_store_alone_and_leaves_nothing_behind(void) {
    size_t n = 0;
    CHECK(follow_rebuild(archive, index_path, &n, diag));
    CHECK_INT(n, 3);
    CHECK_STR(found_by("giao ban"), "urn:a v2");
    CHECK(!file_exists(pool_printf(pool, "%s" FILE_TEMPORARY "%ld", index_path, (long)getpid())));
}

static bool ids(void *context, const char *object, int version, const char *inventory) {
    buf_printf(context, "%s %d %zu;", object, version, strlen(inventory));
    return true;
}

static void several_who_follow_at_once_do_not_undo_each_others_work(void) {
    enum { MANY = 4 };
    struct buf list = {0};
    unlink(index_path);
    for (int i = 0; i < MANY; i++)
        if (fork() == 0) {
            struct index *index = follow_open(pool, archive, NULL, diag);
            bool ok = index != NULL;
            index_close(index);
            _exit(ok ? 0 : 1);
        }
    for (int i = 0, status; i < MANY; i++)
        CHECK(wait(&status) > 0 && status == 0);
    struct index *index = index_open(index_path, diag);
    struct log_mark mark;
    CHECK(index && index_each(index, ids, &list, diag) && index_mark(index, &mark, diag));
    CHECK_STR(buf_text(&list), "urn:a 2 128;urn:b 1 128;");
    CHECK_INT(mark.head.seq, 3);
    index_close(index);
    buf_free(&list);
}

static void edit(const char *sql) {
    sqlite3 *db = NULL;
    CHECK(sqlite3_open(index_path, &db) == SQLITE_OK);
    CHECK(sqlite3_exec(db, sql, NULL, NULL, NULL) == SQLITE_OK);
    sqlite3_close(db);
}

/* What comparing the index with the store says, after the edit. */
static const char *said_after(const char *sql) {
    struct diag *heard = diag_new(LANG_EN);
    size_t behind;
    follow_rebuild(archive, index_path, NULL, diag);
    edit(sql);
    struct index *index = index_open(index_path, heard);
    char *text = NULL;
    size_t n = 0;
    CHECK(index && follow_check(archive, index, NULL, &behind, heard));
    index_close(index);
    FILE *out = open_memstream(&text, &n);
    diag_write(heard, out);
    fclose(out);
    const char *copy = pool_strdup(pool, text);
    free(text);
    diag_free(heard);
    return behind ? "behind" : copy;
}

static void an_edited_index_is_told_from_the_store(void) {
    CHECK_STR(said_after("SELECT 1"), "");
    CHECK(strstr(said_after("UPDATE entries SET subject = 'x' WHERE object = 'urn:a'"),
                 "says something else of urn:a"));
    CHECK(strstr(said_after("UPDATE entries SET date = NULL, number = '7' WHERE object = 'urn:b'"),
                 "[archive-index-differs]"));
    CHECK(
        strstr(said_after("DELETE FROM entries WHERE object = 'urn:b'"), "[archive-index-lacks]"));
    CHECK(strstr(said_after("INSERT INTO cites(id, place, key) SELECT id, 0, '1/x' FROM entries"),
                 "[archive-index-differs]"));
    CHECK(strstr(said_after("INSERT INTO entries(id, object) VALUES(99, 'urn:z')"),
                 "[archive-index-surplus]"));
    CHECK_STR(said_after("DELETE FROM entries; UPDATE meta SET value = '0' WHERE name = 'seq'"),
              "behind");
    CHECK(follow_rebuild(archive, index_path, NULL, diag));
}

static void an_index_of_another_version_is_made_anew(void) {
    struct diag *heard = diag_new(LANG_EN);
    edit("UPDATE meta SET value = '1' WHERE name = 'version'; DROP TABLE frequencies");
    CHECK(index_open_as_it_is(index_path, heard) == NULL);
    CHECK(diag_has(heard, ARCHIVE_INDEX_BEHIND));
    CHECK_INT(diag_count(heard, DIAG_ERROR), 0);
    CHECK_STR(found_by("giao ban"), "urn:a v2");
    diag_free(heard);
}

static void what_fails_half_way_is_taken_back_and_said_once(void) {
    struct diag *heard = diag_new(LANG_EN);
    struct buf list = {0};
    CHECK(add("urn:e", "5", "nghỉ lễ"));
    edit("DELETE FROM words_data");
    CHECK(follow_open(pool, archive, NULL, heard) == NULL);
    CHECK_INT(diag_count(heard, DIAG_ERROR), 1);
    struct index *index = index_open_as_it_is(index_path, diag);
    CHECK(index && index_each(index, ids, &list, diag));
    CHECK_STR(buf_text(&list), "urn:a 2 128;urn:b 1 128;");
    index_close(index);
    buf_free(&list);
    diag_free(heard);
    CHECK(follow_rebuild(archive, index_path, NULL, diag));
    CHECK_STR(found_by("nghỉ lễ"), "urn:e v1");
}

static void an_index_of_another_log_is_made_anew(void) {
    size_t n;
    struct diag *unheard = diag_new(LANG_EN);
    char *old = file_read(pool, index_path, &n, (struct where){.file = index_path}, diag);
    durable_remove_tree(archive->folder);
    archive = archive_open(pool, archive->folder, true, diag);
    CHECK(add("urn:c", "3", "tổng kết năm"));
    CHECK(add("urn:d", "4", "khen thưởng"));
    CHECK(old && file_write(index_path, old, n, diag));
    CHECK_STR(found_by("giao ban"), "");
    CHECK_STR(found_by("tổng kết"), "urn:c v1");
    CHECK_STR(found_by("khen thưởng"), "urn:d v1");
    diag_free(unheard);
}

static void an_object_that_cannot_be_read_is_in_the_index_all_the_same(void) {
    struct diag *heard = diag_new(LANG_EN);
    struct buf list = {0};
    durable_remove_tree(store_path(pool, archive, "urn:d"));
    CHECK(follow_rebuild(archive, index_path, NULL, heard));
    CHECK(diag_count(heard, DIAG_ERROR) == 1);
    struct index *index = index_open(index_path, diag);
    CHECK(index && index_each(index, ids, &list, diag));
    CHECK_STR(buf_text(&list), "urn:c 1 128;urn:d 1 128;");
    index_close(index);
    buf_free(&list);
    diag_free(heard);
}

int main(void) {
    pool = pool_new();
    diag = diag_new(LANG_EN);
    if (!test_folder(folder))
        return 1;
    archive = archive_open(pool, path_join(pool, folder, "kho"), true, diag);
    index_path = follow_default(pool, archive);
    RUN(what_is_added_is_found_by_the_next_command);
    RUN(an_index_that_was_lost_is_made_again);
    RUN(rebuilding_needs_the_store_alone_and_leaves_nothing_behind);
    RUN(several_who_follow_at_once_do_not_undo_each_others_work);
    RUN(an_edited_index_is_told_from_the_store);
    RUN(an_index_of_another_version_is_made_anew);
    RUN(what_fails_half_way_is_taken_back_and_said_once);
    RUN(an_index_of_another_log_is_made_anew);
    if (diag_count(diag, DIAG_ERROR)) {
        diag_write(diag, stdout);
        puts("not ok nothing was reported");
    }
    RUN(an_object_that_cannot_be_read_is_in_the_index_all_the_same);
    durable_remove_tree(folder);
    diag_free(diag);
    pool_free(pool);
    return CHECK_RESULT();
}
