/* The index, asked what clerks ask. The same questions go to a file and, where there is one, to a
 * PostgreSQL database: test_archive_index URL. */
#include "check.h"

#include "archive/index_parts.h"
#include "archive/record.h"
#include "base/file.h"

#include <stdlib.h>
#include <sys/resource.h>
#include <unistd.h>

static struct pool *pool;
static struct diag *diag;
static struct index *ix;
static char file[] = "/tmp/congvan-index-XXXXXX";

static struct record *dispatch(const char *number, const char *symbol, const char *date,
                               const char *subject, const char *text) {
    struct record *record = record_new(pool);
    record_set(record, RECORD_TYPE, "công văn", RECORD_FROM_PAGES);
    record_set(record, RECORD_NUMBER, number, RECORD_FROM_PAGES);
    record_set(record, RECORD_SYMBOL, symbol, RECORD_FROM_PAGES);
    record_set(record, RECORD_DATE, date, RECORD_FROM_PAGES);
    record_set(record, RECORD_AGENCY, "ỦY BAN NHÂN DÂN XÃ AN KHÊ ĐÔNG", RECORD_FROM_PAGES);
    record_set(record, RECORD_SIGNATORY, "Lương Bảo Khánh", RECORD_FROM_PAGES);
    record_set(record, RECORD_SUBJECT, subject, RECORD_FROM_PAGES);
    *VEC_PUSH(pool, &record->to.at) = "Sở Tài chính";
    record_add_text(record, text, RECORD_FROM_PAGES);
    return record;
}

static bool put(const char *object, int version, const struct record *record) {
    struct index_entry entry = {object, version, "abc", record};
    return index_put(ix, &entry, diag);
}

static const char ruined[] =
    "V/v thuc hién két luan ctua Pho Thu tudng Chinh pht tai Thong bao s6 37/TB-VPCP\n"
    "Thu trudng cac co quan chuyén moén thugc huyén phdi hop giita cac co quan, don vi, dia phuong "
    "trong giai quyét thu tuc hanh chinh, tranh phat sinh thi tuc gy phién ha cho ngudi dan.\n";

static void fill(void) {
    struct log_mark mark = {.head = {.seq = 6, .hash = "f00d"}, .end = 1234};
    struct record *decision = dispatch("05", "QĐ-UBND", "2026-02-03", "giao dự toán ngân sách",
                                       "Quyết định giao dự toán năm 2026.");
    record_set(decision, RECORD_TYPE, "quyết định", RECORD_FROM_INI);
    record_set(decision, RECORD_AGENCY, "SỞ TÀI CHÍNH", RECORD_FROM_INI);
    record_set(decision, RECORD_SIGNATORY, "Phùng Đức Lâm", RECORD_FROM_INI);
    CHECK(index_begin(ix, diag));
    CHECK(put("urn:1", 1, decision));
    CHECK(put("urn:2", 1,
              dispatch("9", "UBND-VP", "2026-03-02", "mời họp giao ban",
                       "Thực hiện Quyết định số 05/QĐ-UBND ngày 03 tháng 02 năm 2026, Ủy ban nhân "
                       "dân xã mời họp. Đường đến hội trường đang sửa; gửi báo cáo trước ngày "
                       "01/4/2026.")));
    CHECK(put("urn:3", 1,
              dispatch("10", "UBND-KT", "2026-03-05", "hòa giải ở cơ sở",
                       "Về việc khoá đào tạo và kỹ năng. Thứ Hai họp. Đề nghị thu hồ sơ trước ngày "
                       "20/3/2026.")));
    CHECK(put("urn:4", 1,
              dispatch("11", "UBND-KT", "2026-03-06", "thủ tục hành chính",
                       "Rà soát thủ tục. Trả lời Công văn số 10/UBND-KT ngày 05/3/2026. Tám chín "
                       "mười sáu bảy tám bốn bảy.")));
    CHECK(put("urn:5", 1,
              dispatch("05", "QĐ-UBND", "2025-02-03", "giao việc năm trước", "Quyết định cũ.")));
    struct record *scan = record_new(pool);
    record_set(scan, RECORD_DATE, "2023-09-25", RECORD_FROM_INI);
    record_add_text(scan, ruined, RECORD_FROM_PAGES);
    CHECK(scan->rough);
    CHECK(put("urn:6", 1, scan));
    CHECK(index_commit(ix, &mark, diag));
}

/* The objects found, "2 3". */
static const char *found(struct index_query query) {
    index_hits hits = {0};
    struct buf out = {0};
    if (!index_find(ix, pool, &query, &hits, diag))
        return "failed";
    for (size_t i = 0; i < hits.n; i++)
        buf_printf(&out, "%s%s%s", i ? " " : "", hits.at[i].object + 4,
                   hits.at[i].fuzzy ? "~" : "");
    const char *copy = pool_strdup(pool, buf_text(&out));
    buf_free(&out);
    return copy;
}

#define FIND(...) found((struct index_query){__VA_ARGS__})

static void words_are_found_with_and_without_diacritics(void) {
    CHECK_STR(FIND(.words = "đường"), "2");
    CHECK_STR(FIND(.words = "duong"), "2");
    CHECK_STR(FIND(.words = "DUONG HOI truong"), "2");
    CHECK_STR(FIND(.words = "hoà giải"), "3");
    CHECK_STR(FIND(.words = "hóa giải"), "3");
    CHECK_STR(FIND(.words = "khóa đào tạo"), "3");
    CHECK_STR(FIND(.words = "kĩ năng"), "3");
    CHECK_STR(FIND(.words = "đường hòa"), "");
    CHECK_STR(FIND(.words = "khe dong ngan sach"), "");
}

static void a_word_written_with_its_diacritics_ranks_first(void) {
    CHECK_STR(FIND(.words = "thứ hai"), "3");
    CHECK_STR(FIND(.words = "thu", .limit = 1), "4");
    CHECK_STR(FIND(.words = "thứ", .limit = 1), "3");
}

static void the_subject_counts_more_than_the_text(void) {
    CHECK_STR(FIND(.words = "họp"), "2 3 6");
    CHECK_STR(FIND(.words = "giao dự toán"), "1");
}

static void of_a_long_question_the_rarest_words_decide(void) {
    CHECK_STR(FIND(.words = "thủ tục đường đến hội trường đang sửa"), "2");
}

static void phrases_stand_in_quotes(void) {
    CHECK_STR(FIND(.words = "\"mời họp\""), "2");
    CHECK_STR(FIND(.words = "\"họp mời\""), "");
    CHECK_STR(FIND(.words = "“moi hop” xã"), "2");
}

/* Long phrases take another way, see index_sqlite.c. */
static void long_phrases_are_found_only_as_they_stand(void) {
    CHECK_STR(FIND(.words = "\"thực hiện quyết định số 05\""), "2");
    CHECK_STR(FIND(.words = "\"duong den hoi truong dang sua\" họp"), "2");
    CHECK_STR(FIND(.words = "\"đường đến hội trường sửa đang\""), "");
    CHECK_STR(FIND(.words = "\"ủy ban nhân dân xã an khê đông\"", .number = "10"), "3");
    CHECK_STR(FIND(.words = "\"lương bảo khánh sở tài chính\""), ""); /* two fields */
    CHECK_STR(FIND(.words = "\"sáu bảy tám chín mười\""), ""); /* all pairs of it are there */
    CHECK_STR(FIND(.words = "\"tám chín mười sáu bảy tám bốn bảy\""), "4");
    CHECK_STR(FIND(.words = "\"đề nghị thu hồ sơ trước ngày\"", .from = "2026-03-06"), "");
    CHECK_STR(FIND(.words = "\"đề nghị thu hồ sơ trước ngày\"", .to = "2026-03-05"), "3");
    CHECK_STR(FIND(.words = "\"rà soát thủ tục trả lời\"", .signatory = "lương"), "4");
    CHECK_STR(FIND(.words = "\"rà soát thủ tục trả lời\"", .signatory = "phùng"), "");
}

static void numbers_are_found_as_written_and_without_their_zero(void) {
    CHECK_STR(FIND(.words = "10/UBND-KT"), "3 4");
    const char *same = FIND(.words = "5/qd-ubnd");
    CHECK(strcmp(same, "5 1 2") == 0 ||
          strcmp(same, "1 5 2") == 0); /* the one that cites it last */
    CHECK_STR(FIND(.number = "5"), "5 1");
    CHECK_STR(FIND(.number = "05", .symbol = "QĐ-UBND", .from = "2026-01-01"), "1");
    CHECK_STR(FIND(.symbol = "ubnd-kt"), "4 3");
}

static void a_day_is_found_in_either_form(void) {
    CHECK_STR(FIND(.words = "3/2/2026"), "2");
    CHECK_STR(FIND(.words = "01/4/2026"), "2");
}

static void people_types_and_days_narrow_it_down(void) {
    CHECK_STR(FIND(.sender = "Sở Tài chính"), "1");
    CHECK_STR(FIND(.sender = "an khe dong", .words = "họp"), "2 3");
    CHECK_STR(FIND(.recipient = "so tai chinh", .words = "thủ tục"), "4");
    CHECK_STR(FIND(.signatory = "Phùng Đức Lâm"), "1");
    CHECK_STR(FIND(.type = "quyết định"), "1");
    CHECK_STR(FIND(.from = "2026-03-05", .to = "2026-03-06"), "4 3");
    CHECK_STR(FIND(.words = "họp", .from = "2026-03-03"), "3");
    CHECK_STR(FIND(.words = "họp", .from = "2026-01-01", .to = "2026-03-04"), "2");
    CHECK_STR(FIND(.to = "2025-12-31"), "5 6");
    CHECK_STR(FIND(.words = "họp", .limit = 1), "2");
}

static void a_ruined_scan_is_found_by_its_clean_words(void) {
    CHECK_STR(FIND(.words = "Thủ trưởng cơ quan chuyên môn thuộc huyện"), "6~");
    CHECK_STR(FIND(.words = "kết luận của Phó Thủ tướng Chính phủ"), "6~");
    CHECK_STR(FIND(.words = "tướng"), "6~");
    CHECK_STR(FIND(.words = "giao dự toán ngân sách phó"), "");
    /* ... and others only by all of theirs. */
    CHECK_STR(FIND(.words = "mời họp giao ban dự toán"), "");
}

static void the_hit_is_shown_as_it_is_written(void) {
    index_hits hits = {0};
    struct index_query query = {.words = "hoi truong dang sua"};
    CHECK(index_find(ix, pool, &query, &hits, diag));
    CHECK_INT(hits.n, 1);
    CHECK(hits.n && strstr(hits.at[0].snippet, "đến «hội trường đang sửa»; gửi"));
    CHECK_STR(hits.n ? hits.at[0].signatory : "", "Lương Bảo Khánh");
}

static void citations_lead_both_ways(void) {
    CHECK_STR(FIND(.cites = "05/QĐ-UBND"), "2");
    CHECK_STR(FIND(.cites = "5/QD-UBND"), "2");
    CHECK_STR(FIND(.cited_by = "urn:2"), "1");
    CHECK_STR(FIND(.cited_by = "11/UBND-KT"), "3");
    CHECK_STR(FIND(.cited_by = "05/QĐ-UBND"), "");
    index_hits hits = {0}, citing = {0};
    CHECK(index_named(ix, pool, "05/QĐ-UBND", &hits, diag));
    CHECK_INT(hits.n, 2);
    CHECK(index_citing(ix, pool, &hits.at[1], &citing, diag));
    CHECK_INT(citing.n, 0); /* of the year before, its day is another one */
    CHECK(index_citing(ix, pool, &hits.at[0], &citing, diag));
    CHECK_INT(citing.n, 1);
}

/* Each condition counts, a citation too. */
static void a_citation_is_one_condition_among_others(void) {
    CHECK_STR(FIND(.cites = "05/QĐ-UBND", .words = "đường đến hội trường đang sửa"), "2");
    CHECK_STR(FIND(.cites = "05/QĐ-UBND", .words = "\"đường đến hội trường đang sửa\""), "2");
    CHECK_STR(FIND(.cites = "05/QĐ-UBND", .words = "thủ tục"), "");
    CHECK_STR(FIND(.cites = "05/QĐ-UBND", .number = "9"), "2");
    CHECK_STR(FIND(.cites = "05/QĐ-UBND", .number = "10"), "");
    CHECK_STR(FIND(.cites = "05/QĐ-UBND", .from = "2026-03-02"), "2");
    CHECK_STR(FIND(.cites = "05/QĐ-UBND", .from = "2026-03-03"), "");
    CHECK_STR(FIND(.cites = "05/QĐ-UBND", .to = "2026-03-01"), "");
    CHECK_STR(FIND(.cites = "05/QĐ-UBND", .cited_by = "urn:4"), "");
    CHECK_STR(FIND(.cites = "7/KH-UBND", .words = "họp"), "");
    CHECK_STR(FIND(.cited_by = "urn:4", .words = "họp"), "3");
    CHECK_STR(FIND(.cited_by = "urn:4", .to = "2026-03-04"), "");
    CHECK_STR(FIND(.cited_by = "urn:2", .type = "quyết định"), "1");
    CHECK_STR(FIND(.cited_by = "urn:2", .type = "công văn"), "");
}

static void deadlines_are_listed_with_what_cites_the_dispatch_since(void) {
    index_dues dues = {0};
    CHECK(index_deadlines(ix, pool, NULL, "2026-04-01", &dues, diag));
    CHECK_INT(dues.n, 1);
    CHECK_STR(dues.at[0].date, "2026-03-20");
    CHECK_STR(dues.at[0].sentence, "Đề nghị thu hồ sơ trước ngày 20/3/2026.");
    CHECK_STR(dues.at[0].of.object, "urn:3");
    CHECK_INT(dues.at[0].citing.n, 1);
    CHECK_STR(dues.at[0].citing.at[0].object, "urn:4");
    dues.n = 0;
    CHECK(index_deadlines(ix, pool, "2026-04-01", "2026-04-02", &dues, diag));
    CHECK_INT(dues.n, 1);
}

static void a_new_version_takes_the_place_of_the_old(void) {
    struct log_mark mark = {.head = {.seq = 7, .hash = "beef"}, .end = 2000}, read;
    CHECK(index_begin(ix, diag));
    CHECK(put("urn:3", 2,
              dispatch("10", "UBND-KT", "2026-03-05", "hòa giải ở thôn", "Nội dung mới hẳn.")));
    CHECK(index_commit(ix, &mark, diag));
    CHECK_STR(FIND(.words = "khoá đào tạo"), "");
    CHECK_STR(FIND(.words = "nội dung mới"), "3");
    CHECK(index_mark(ix, &read, diag));
    CHECK_INT(read.head.seq, 7);
    CHECK_INT(read.end, 2000);
    CHECK_STR(read.head.hash, "beef");
}

static bool count_object(void *context, const char *object, int version, const char *inventory) {
    CHECK_STR(inventory, "abc");
    CHECK_INT(version, strcmp(object, "urn:3") == 0 ? 2 : 1);
    ++*(int *)context;
    return true;
}

static void what_is_not_committed_is_not_there_and_clearing_leaves_nothing(const char *where) {
    int n = 0;
    CHECK(index_each(ix, count_object, &n, diag));
    CHECK_INT(n, 6);
    CHECK(index_begin(ix, diag));
    CHECK(put("urn:7", 1, dispatch("12", "UBND-KT", "2026-03-07", "tạm", "Tạm thời.")));
    index_close(ix);
    ix = index_open(where, diag);
    CHECK(ix != NULL);
    if (!ix)
        return;
    CHECK_STR(FIND(.words = "tạm thời"), "");
    struct log_mark none = {.head = {.hash = "0"}}, mark;
    CHECK(index_begin(ix, diag) && index_clear(ix, diag) && index_commit(ix, &none, diag));
    CHECK_STR(FIND(.words = "họp"), "");
    CHECK_STR(FIND(.from = "2000-01-01"), "");
    CHECK(index_mark(ix, &mark, diag));
    CHECK_INT(mark.head.seq, 0);
}

static long memory_so_far(void) { /* KiB */
    struct rusage usage;
    getrusage(RUSAGE_SELF, &usage);
    return usage.ru_maxrss;
}

static void a_row_of_no_entry_costs_nothing(void) {
    enum { FAR = 60000000 };
    struct index_entry entry = {"urn:1", 1, "abc", record_new(pool)};
    struct db_value id = DB_NUMBER(FAR);
    enum index_state state = INDEX_AGREES;
    index_close(ix);
    ix = index_open(file, diag);
    CHECK(ix && index_do(ix, "INSERT INTO words(rowid, head) VALUES($1, 'xa')", &id, 1, diag));
    CHECK(index_begin(ix, diag) && index_put(ix, &entry, diag));
    long before = memory_so_far();
    CHECK(index_compare(ix, &entry, &state, diag));
    CHECK_INT(state, INDEX_AGREES);
    CHECK(memory_so_far() - before < 100000);
    index_rollback(ix, diag);
}

static void an_index_of_another_version_is_named_whatever_was_said_before(void) {
    struct diag *heard = diag_new(LANG_EN);
    CHECK(index_do(ix, "UPDATE meta SET value = '0' WHERE name = 'version'", NULL, 0, diag));
    diag_add(heard, ARCHIVE_INDEX_FAILED, (struct where){0}, "", NULL);
    CHECK(index_open_as_it_is(file, heard) == NULL);
    CHECK(diag_has(heard, ARCHIVE_INDEX_BEHIND));
    diag_free(heard);
}

static const char *where_;
static void closing_and_clearing(void) {
    what_is_not_committed_is_not_there_and_clearing_leaves_nothing(where_);
}

/* More than a tsvector of PostgreSQL holds. */
static void a_text_of_very_many_different_words_does_no_harm(void) {
    enum { WORDS = 50000 };
    struct log_mark mark = {.head = {.seq = 6, .hash = "f00d"}, .end = 1234};
    struct buf text = {0};
    buf_puts(&text, "đầu tiên");
    for (int i = 0; i < WORDS; i++)
        buf_printf(&text, " từ%c%c%05d", 'a' + i % 26, 'a' + i / 26 % 26, i);
    struct record *record =
        dispatch("77", "UBND-XD", "2024-05-06", "danh mục dài", buf_text(&text));
    CHECK(index_begin(ix, diag));
    CHECK(put("urn:8", 1, record));
    CHECK(index_commit(ix, &mark, diag));
    CHECK_STR(FIND(.words = "danh mục dài"), "8");
    CHECK_STR(FIND(.words = "\"đầu tiên\"", .number = "77"), "8");
    struct index_entry entry = {"urn:8", 1, "abc", record};
    enum index_state state;
    CHECK(index_compare(ix, &entry, &state, diag));
    CHECK_INT(state, INDEX_AGREES);
    buf_free(&text);
}

static void a_file_that_is_no_index_is_made_anew(void) {
    FILE *out = fopen(file, "w");
    for (int i = 0; i < 2000; i++)
        fputs("no database ", out);
    fclose(out);
    index_close(ix);
    ix = index_open(file, diag);
    CHECK(ix != NULL);
    CHECK_STR(ix ? FIND(.words = "họp") : "none", "");
}

static void a_folder_is_no_index(void) {
    struct diag *heard = diag_new(LANG_EN);
    CHECK(index_open("/", heard) == NULL);
    CHECK(diag_has(heard, ARCHIVE_INDEX_FAILED));
    diag_free(heard);
}

static void ask_all(const char *where) {
    where_ = where;
    ix = index_open(where, diag);
    if (!ix) {
        diag_write(diag, stdout);
        printf("not ok %s cannot be opened\n", where);
        return;
    }
    fill();
    RUN(words_are_found_with_and_without_diacritics);
    RUN(a_word_written_with_its_diacritics_ranks_first);
    RUN(the_subject_counts_more_than_the_text);
    RUN(of_a_long_question_the_rarest_words_decide);
    RUN(phrases_stand_in_quotes);
    RUN(long_phrases_are_found_only_as_they_stand);
    RUN(numbers_are_found_as_written_and_without_their_zero);
    RUN(a_day_is_found_in_either_form);
    RUN(people_types_and_days_narrow_it_down);
    RUN(a_ruined_scan_is_found_by_its_clean_words);
    RUN(the_hit_is_shown_as_it_is_written);
    RUN(citations_lead_both_ways);
    RUN(a_citation_is_one_condition_among_others);
    RUN(deadlines_are_listed_with_what_cites_the_dispatch_since);
    RUN(a_new_version_takes_the_place_of_the_old);
    RUN(closing_and_clearing);
    RUN(a_text_of_very_many_different_words_does_no_harm);
}

int main(int argc, char **argv) {
    pool = pool_new();
    diag = diag_new(LANG_EN);
    if (argc < 2 && close(mkstemp(file)) != 0)
        return 1;
    ask_all(argc > 1 ? argv[1] : file);
    if (argc < 2) {
        RUN(a_row_of_no_entry_costs_nothing);
        RUN(an_index_of_another_version_is_named_whatever_was_said_before);
        RUN(a_file_that_is_no_index_is_made_anew);
        RUN(a_folder_is_no_index);
        unlink(file);
    }
    if (diag_count(diag, DIAG_ERROR)) {
        diag_write(diag, stdout);
        puts("not ok nothing was reported");
    }
    index_close(ix);
    diag_free(diag);
    pool_free(pool);
    return CHECK_RESULT();
}
