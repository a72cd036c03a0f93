/* What is found out about a document travels whole from the process that judged it, and is believed
 * of no other bytes. */
#include "archive_help.h"
#include "check.h"

#include "archive/admit.h"
#include "archive/durable.h"

#include <stdlib.h>
#include <unistd.h>

static struct pool *pool;
static struct diag *diag;

static struct intake intake_of(const char *pdf) {
    char digest[DIGEST_TEXT];
    digest_of("sha512", pdf, strlen(pdf), digest);
    struct intake intake = {.verdict = VALIDITY_VALID,
                            .file = pool_strdup(pool, digest),
                            .first = "first",
                            .agency = "ubnd",
                            .year = "2026",
                            .symbol = "5/UBND-VP",
                            .number = "ubnd:2026:5-ubnd-vp",
                            .lacking = "",
                            .verification = "{}"};
    *VEC_PUSH(pool, &intake.before) = "b1";
    *VEC_PUSH(pool, &intake.before) = "b2";
    *VEC_PUSH(pool, &intake.files) = (struct intake_file){"record.json", "{\0}", 3};
    return intake;
}

static void what_was_found_travels_whole(void) {
    struct intake sent = intake_of("pdf"), got;
    struct buf bytes = {0};
    intake_put_bytes(&sent, &bytes);
    CHECK(intake_take_bytes(pool, bytes.data, bytes.len, &got));
    CHECK_STR(got.number, sent.number);
    CHECK_STR(got.before.at[1], "b2");
    CHECK_INT(got.files.n, 1);
    CHECK_INT(got.files.at[0].len, 3);
    CHECK(memcmp(got.files.at[0].bytes, "{\0}", 3) == 0);
    /* Cut off anywhere, it is not taken. */
    int taken = 0;
    for (size_t n = 0; n < bytes.len; n++)
        taken += intake_take_bytes(pool, bytes.data, n, &got);
    CHECK_INT(taken, 0);
    buf_free(&bytes);
}

static void other_bytes_than_those_judged_are_refused(void) {
    char folder[64];
    CHECK(test_folder(folder));
    struct archive *archive = archive_open(pool, folder, true, diag);
    struct store *store = store_open(archive, diag);
    struct intake intake = intake_of("pdf");
    struct admit_terms terms = {
        .created = "2026-03-02T08:00:00+07:00", .user_name = "n", .address = "mailto:n@x.example"};
    struct admit_file file = {"x.pdf", {"PDF", 3}, &intake};
    struct admitted result = admit(store, pool, &file, &terms, diag);
    CHECK_INT(result.as, ADMIT_REFUSED);
    CHECK(diag_has(diag, ARCHIVE_ADD_CHANGED));
    file.pdf.s = "pdf";
    result = admit(store, pool, &file, &terms, diag);
    CHECK_INT(result.as, ADMIT_ADDED);
    CHECK_STR(result.object, "urn:congvan:ubnd:2026:5-ubnd-vp");
    store_close(store);
    durable_remove_tree(folder);
}

int main(void) {
    pool = pool_new();
    diag = diag_new(LANG_EN);
    RUN(what_was_found_travels_whole);
    RUN(other_bytes_than_those_judged_are_refused);
    diag_free(diag);
    pool_free(pool);
    return CHECK_RESULT();
}
