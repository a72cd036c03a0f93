/* One value put into a clerk's file, all else as it was. */
#include "check.h"
#include "dispatch/ini_edit.h"

static struct pool *pool;
static struct diag *diag;

static const char *edited(const char *text, const char *key, const char *value) {
    struct ini_file file = {"a.ini", text, strlen(text)};
    bool ok = ini_edit(pool, &file, &(struct ini_change){"công văn", key, value}, diag);
    return ok ? file.bytes : "(refused)";
}

static void an_empty_value_is_filled(void) {
    CHECK_STR(edited("[công văn]\nsố =\nký hiệu = A-B\n", "số", "7"),
              "[công văn]\nsố = 7\nký hiệu = A-B\n");
    CHECK_STR(edited("[cong van]\r\nSO = \r\nx = 1\r\n", "số", "7"),
              "[cong van]\r\nSO = 7\r\nx = 1\r\n");
    CHECK_STR(edited("[công văn]\nsố=", "số", "7"), "[công văn]\nsố= 7");
}

static void a_value_is_replaced_with_its_quotes_and_spaces_kept(void) {
    CHECK_STR(edited("[công văn]\n  ngày   =   /9/2026  \n", "ngày", "3/9/2026"),
              "[công văn]\n  ngày   =   3/9/2026  \n");
    CHECK_STR(edited("[công văn]\nngày = \"9/2026\" ; tháng\n", "ngày", "3/9/2026"),
              "[công văn]\nngày = \"3/9/2026\" ; tháng\n");
}

static void a_key_that_is_not_there_goes_below_the_head(void) {
    CHECK_STR(edited("; đầu\n[cơ quan]\nsố = 1\n[công văn]\nký hiệu = A\n", "số", "7"),
              "; đầu\n[cơ quan]\nsố = 1\n[công văn]\nsố = 7\nký hiệu = A\n");
    CHECK_STR(edited("[công văn]\r\nx = 1\r\n", "số", "7"), "[công văn]\r\nsố = 7\r\nx = 1\r\n");
    CHECK_STR(edited("[công văn]", "số", "7"), "[công văn]\nsố = 7");
}

static void marks_of_the_encoding_stay(void) {
    CHECK_STR(edited("\xEF\xBB\xBF[công văn]\nsố =\n", "số", "7"),
              "\xEF\xBB\xBF[công văn]\nsố = 7\n");
    /* NFD, as a Mac types it. */
    CHECK_STR(
        edited("[co\xCC\x82ng va\xCC\x86n]\nso\xCC\x82\xCC\x81 =\nx = e\xCC\x82\n", "số", "7"),
        "[co\xCC\x82ng va\xCC\x86n]\nso\xCC\x82\xCC\x81 = 7\nx = e\xCC\x82\n");
    static const char wide[] = "\xFF\xFE[\0c\0o\0n\0g\0 \0v\0a\0n\0]\0\n\0s\0o\0=\0 \0\n\0";
    static const char want[] = "\xFF\xFE[\0c\0o\0n\0g\0 \0v\0a\0n\0]\0\n\0s\0o\0=\0 \0"
                               "7\0\n\0";
    struct ini_file file = {"a.ini", wide, sizeof wide - 1};
    CHECK(ini_edit(pool, &file, &(struct ini_change){"công văn", "số", "7"}, diag));
    CHECK(file.n == sizeof want - 1 && memcmp(file.bytes, want, file.n) == 0);
}

static void what_would_change_more_is_refused(void) {
    CHECK_STR(edited("[cơ quan]\ntên = A\n", "số", "7"), "(refused)");
    CHECK(diag_has(diag, INI_CANNOT_EDIT));
    CHECK_STR(edited("[công văn]\nsố = \"1\n", "số", "7 ; 8"), "(refused)");
    CHECK_STR(edited("", "số", "7"), "(refused)");
}

int main(void) {
    pool = pool_new();
    diag = diag_new(LANG_EN);
    RUN(an_empty_value_is_filled);
    RUN(a_value_is_replaced_with_its_quotes_and_spaces_kept);
    RUN(a_key_that_is_not_there_goes_below_the_head);
    RUN(marks_of_the_encoding_stay);
    RUN(what_would_change_more_is_refused);
    diag_free(diag);
    pool_free(pool);
    return CHECK_RESULT();
}
