/* The chain of lines, and the JSON it is made of. */
#include "archive_help.h"
#include "check.h"

#include "archive/json.h"
#include "archive/log.h"

#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

static struct pool *pool;
static struct diag *diag;
static char folder[64];

static const char *path_of(const char *name) {
    return pool_printf(pool, "%s/%s", folder, name);
}

static bool append(const char *path, const char *members) {
    struct log *log = log_open(path, diag);
    struct buf text = {0};
    buf_puts(&text, members);
    bool ok = log && log_append(log, &text, diag);
    log_close(log);
    buf_free(&text);
    return ok;
}

static const char *read_bytes(const char *path) {
    static char bytes[4096];
    FILE *in = fopen(path, "r");
    bytes[in ? fread(bytes, 1, sizeof bytes - 1, in) : 0] = '\0';
    if (in)
        fclose(in);
    return bytes;
}

static void write_bytes(const char *path, const char *bytes) {
    FILE *out = fopen(path, "w");
    fputs(bytes, out);
    fclose(out);
}

/* "whole 3", or the fault and its line. */
static const char *state(const char *path) {
    static const char *const names[] = {"whole", "torn", "not json", "out of step", "broken"};
    struct log_reading reading;
    if (!log_read(path, NULL, NULL, &reading, diag))
        return "unreadable";
    return pool_printf(pool, "%s %lld", names[reading.fault],
                       (long long)(reading.fault == LOG_WHOLE ? reading.head.seq : reading.line));
}

static const char *three_lines(const char *name) {
    const char *path = path_of(name);
    append(path, "\"a\":1");
    append(path, "\"a\":2");
    append(path, "\"a\":3");
    return path;
}

static void each_line_carries_the_hash_of_the_one_before(void) {
    const char *path = path_of("chain");
    CHECK_STR(state(path), "whole 0");
    CHECK(append(path, "\"a\":1"));
    CHECK_STR(read_bytes(path),
              "{\"seq\":1,\"prev\":"
              "\"0000000000000000000000000000000000000000000000000000000000000000\""
              ",\"a\":1}\n");
    CHECK(append(path, "\"a\":2"));
    CHECK_STR(state(path), "whole 2");
    char hash[DIGEST_TEXT];
    const char *text = read_bytes(path), *end = strchr(text, '\n');
    digest_of("sha256", text, (size_t)(end - text), hash);
    CHECK(strstr(end, hash));
}

static void a_changed_removed_or_inserted_line_breaks_the_chain(void) {
    const char *path = three_lines("edited");
    char *text = strdup(read_bytes(path)), *second = strchr(text, '\n') + 1;
    char *third = strchr(second, '\n') + 1;
    *strstr(second, "\"a\":2") = ' ';
    write_bytes(path, text);
    CHECK_STR(state(path), "not json 2");
    strstr(second, "prev")[-1] = '"';
    memcpy(strstr(second, " a\":2"), "\"a\":7", 5);
    write_bytes(path, text);
    CHECK_STR(state(path), "broken 3");
    memmove(second, third, strlen(third) + 1);
    write_bytes(path, text);
    CHECK_STR(state(path), "out of step 2");
    free(text);
}

static void a_torn_line_is_seen_and_the_next_writer_cuts_it_off(void) {
    const char *path = three_lines("torn");
    FILE *out = fopen(path, "a");
    fputs("{\"seq\":4,\"prev\":\"12", out);
    fclose(out);
    CHECK_STR(state(path), "torn 4");
    CHECK(append(path, "\"a\":4"));
    CHECK_STR(state(path), "whole 4");
}

static void a_log_whose_last_line_is_damaged_is_not_written_to(void) {
    const char *path = three_lines("damaged");
    FILE *out = fopen(path, "a");
    fputs("nothing\n", out);
    fclose(out);
    CHECK(!append(path, "\"a\":4"));
    CHECK(diag_has(diag, ARCHIVE_LOG_UNREADABLE));
    CHECK_STR(state(path), "not json 4");
}

static void long_lines_are_found_again(void) {
    const char *path = path_of("long");
    char *member = pool_alloc(pool, 200001);
    memset(member, 'x', 200000);
    memcpy(member, "\"a\":\"", 5);
    member[199999] = '"';
    CHECK(append(path, member) && append(path, member) && append(path, "\"b\":1"));
    CHECK_STR(state(path), "whole 3");
}

static void a_folder_is_no_log(void) {
    CHECK(!append(folder, "\"a\":1"));
    struct log_reading reading;
    CHECK(!log_read(folder, NULL, NULL, &reading, diag));
    CHECK(diag_has(diag, ARCHIVE_CANNOT_READ));
}

static const char *why_not(const char *text) {
    const char *why;
    return json_read(pool, text, strlen(text), &why) ? "json" : why;
}

static void json_is_read_strictly(void) {
    const char *why;
    const char *text = " {\"a\":{\"b\":[1,-2.5,\"ệ\\u1ec7\",true,null]},\"n\":9007199254740992}\n";
    const struct json *json = json_read(pool, text, strlen(text), &why);
    CHECK_INT(json_number(json, "n", 0), 9007199254740992);
    const struct json *items = json_member(json_member(json, "a"), "b");
    CHECK_INT(items ? items->n : 0, 5);
    CHECK_STR(items->at[2].string, "ệệ");
    CHECK_INT(items->at[1].kind, JSON_REAL);
    CHECK_STR(why_not("{\"a\":1,\"b\":2,\"a\":3}"), "\"a\" is there twice");
    CHECK_STR(why_not("{\"a\":1}\n{"), "line 2: not JSON");
    CHECK_STR(why_not("{\"a\":\"\xff\"}"), "line 1: not JSON");
    CHECK_STR(why_not(""), "line 1: not JSON");
    char deep[400];
    memset(deep, '[', 200);
    memset(deep + 200, ']', 200);
    CHECK(!json_read(pool, deep, 400, &why));
}

static void digests_agree_with_the_published_ones(void) {
    char text[DIGEST_TEXT];
    digest_of("sha256", "abc", 3, text);
    CHECK_STR(text, "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
    digest_of("sha512/256", "abc", 3, text);
    CHECK_STR(text, "53048e2681941ef99b2e29b76b4c7dabe4c2d0c634fc6d46e0e2f13107e7af23");
    digest_of("md5", "", 0, text);
    CHECK_STR(text, "d41d8cd98f00b204e9800998ecf8427e");
    CHECK_INT(digest_length("blake2b-512"), 128);
    CHECK_INT(digest_length("sha3"), 0);
    char same[DIGEST_TEXT];
    const char *path = path_of("abc");
    uint64_t size;
    write_bytes(path, "abc");
    CHECK(digest_file("sha512", path, text, &size, diag));
    digest_of("sha512", "abc", 3, same);
    CHECK_STR(text, same);
    CHECK_INT(size, 3);
}

int main(void) {
    pool = pool_new();
    diag = diag_new(LANG_EN);
    if (!test_folder(folder))
        return 1;
    RUN(each_line_carries_the_hash_of_the_one_before);
    RUN(a_changed_removed_or_inserted_line_breaks_the_chain);
    RUN(a_torn_line_is_seen_and_the_next_writer_cuts_it_off);
    RUN(a_log_whose_last_line_is_damaged_is_not_written_to);
    RUN(long_lines_are_found_again);
    RUN(a_folder_is_no_log);
    RUN(json_is_read_strictly);
    RUN(digests_agree_with_the_published_ones);
    static const char *const names[] = {"chain", "edited", "torn", "damaged", "long", "abc"};
    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        unlink(path_of(names[i]));
    rmdir(folder);
    diag_free(diag);
    pool_free(pool);
    return CHECK_RESULT();
}
