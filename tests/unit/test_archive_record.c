/* What a dispatch says of itself, had from an INI, from metadata and from its pages. */
#include "check.h"

#include "archive/record.h"
#include "archive/terms.h"

#include <stdlib.h>
#include <sys/resource.h>

static struct pool *pool;

static const char first_page[] =
    "UBND TỈNH MỘC GIANG CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\n"
    "SỞ NỘI VỤ\tĐộc lập - Tự do - Hạnh phúc\n"
    "Số: 86/SNV-VP\tMộc Giang, ngày 09 tháng 4 năm 2026\n"
    "V/v góp ý dự thảo Kế hoạch số 12/KH-\n"
    "UBND về lưu trữ\n"
    "Kính gửi: Ủy ban nhân dân xã An Khê Đông\n"
    "Thực hiện Quyết định số 05/QĐ-UBND ngày 03 tháng 02 năm 2026 của Ủy ban nhân dân\n"
    "tỉnh về số hóa tài liệu, Sở Nội vụ đề nghị Ủy ban nhân dân xã gửi bản góp ý chậm\n"
    "nhất trước 16 giờ 30 phút, ngày 20/4/2026. Giấy phép cấp trước ngày 01/7/2004\n"
    "vẫn còn giá trị.\n"
    "1. Mỗi thôn cử một người; hoàn thành trước ngày 30 tháng 4 năm 2026 theo Quyết\n"
    "định số 05/QĐ-UBND.\n";
static const char second_page[] = "2\n"
                                  "2. Trân trọng cảm ơn./.\n"
                                  "Nơi nhận:\tKT. GIÁM ĐỐC\n"
                                  "- Như trên;\tPHÓ GIÁM ĐỐC\n"
                                  "- Giám đốc Sở (để báo\n"
                                  "cáo);\n"
                                  "- Lưu: VT, VP.\n"
                                  "Lương Bảo Khánh\n";

static struct pages_text *pages(void) {
    struct pages_text *text = POOL_NEW(pool, struct pages_text);
    *VEC_PUSH(pool, &text->pages) = first_page;
    *VEC_PUSH(pool, &text->pages) = second_page;
    *VEC_PUSH(pool, &text->stamps) =
        (struct stamped_text){.page = 1, .field = "so", .text = "86\n"};
    return text;
}

static const char *field(const struct record *record, enum record_key key) {
    const struct record_field *f = &record->fields[key];
    return f->text ? pool_printf(pool, "%s: %s", record_source_name(f->from), f->text) : "missing";
}

static void pages_tell_who_wrote_what_to_whom(void) {
    struct record *record = record_new(pool);
    record_add_pages(record, pages());
    CHECK_STR(field(record, RECORD_TYPE), "pages: công văn");
    CHECK_STR(field(record, RECORD_PARENT), "pages: UBND TỈNH MỘC GIANG");
    CHECK_STR(field(record, RECORD_AGENCY), "pages: SỞ NỘI VỤ");
    CHECK_STR(field(record, RECORD_SYMBOL), "pages: SNV-VP");
    CHECK_STR(field(record, RECORD_DATE), "pages: 2026-04-09");
    CHECK_STR(field(record, RECORD_SUBJECT),
              "pages: góp ý dự thảo Kế hoạch số 12/KH-UBND về lưu trữ");
    CHECK_STR(field(record, RECORD_AUTHORITY), "pages: KT. GIÁM ĐỐC");
    CHECK_STR(field(record, RECORD_POSITION), "pages: PHÓ GIÁM ĐỐC");
    CHECK_STR(field(record, RECORD_SIGNATORY), "pages: Lương Bảo Khánh");
    CHECK_INT(record->to.at.n, 1);
    CHECK_STR(record->to.at.at[0], "Ủy ban nhân dân xã An Khê Đông");
    CHECK_INT(record->copies.at.n, 2);
    CHECK_STR(record->copies.at.at[1], "Giám đốc Sở (để báo cáo)");
    CHECK_INT(record->pages, 2);
    CHECK(!record->rough);
}

static void a_number_put_in_by_a_signature_is_known_as_a_stamp(void) {
    struct record *record = record_new(pool);
    record_add_pages(record, pages());
    CHECK_STR(field(record, RECORD_NUMBER), "stamp: 86");
}

static void what_it_cites_is_known_once_with_its_day(void) {
    struct record *record = record_new(pool);
    record_add_pages(record, pages());
    CHECK_INT(record->cites.n, 2);
    CHECK_STR(record->cites.at[0].symbol, "12/KH-UBND");
    CHECK(record->cites.at[0].date == NULL);
    CHECK_STR(record->cites.at[1].symbol, "05/QĐ-UBND");
    CHECK_STR(record->cites.at[1].type, "Quyết định");
    CHECK_STR(record->cites.at[1].date, "2026-02-03");
}

/* The symbols and days cited, as they are kept. */
static const char *cited(const char *text) {
    struct record *record = record_new(pool);
    struct buf out = {0};
    record_add_text(record, text, RECORD_FROM_PAGES);
    for (size_t i = 0; i < record->cites.n; i++)
        buf_printf(&out, "%s%s%s%s", i ? ", " : "", record->cites.at[i].symbol,
                   record->cites.at[i].date ? " " : "",
                   record->cites.at[i].date ? record->cites.at[i].date : "");
    const char *copy = pool_strdup(pool, buf_text(&out));
    buf_free(&out);
    return copy;
}

static void another_day_is_another_document(void) {
    CHECK_STR(cited("Quyết định số 05/QĐ-UBND ngày 03/02/2026. Quyết định số 05/QĐ-UBND ngày "
                    "04/02/2025. Quyết định số 05/QĐ-UBND."),
              "05/QĐ-UBND 2026-02-03, 05/QĐ-UBND 2025-02-04");
    CHECK_STR(cited("Quyết định số 05/QĐ-UBND. Công văn số 6/SNV-VP. Quyết định số 05/QĐ-UBND ngày "
                    "03/02/2026. Quyết định số 05/QĐ-UBND ngày 04/02/2025. Quyết định số "
                    "05/QĐ-UBND ngày 03/02/2026."),
              "05/QĐ-UBND 2026-02-03, 6/SNV-VP, 05/QĐ-UBND 2025-02-04");
}

/* Memory that grew with the square of a line's length did not let such a file into the archive. */
static void a_line_of_nothing_but_deadlines_is_read_in_little_memory(void) {
    enum { DAYS = 4000 };
    struct buf line = {0};
    struct rusage before, after;
    for (int i = 0; i < DAYS; i++)
        buf_puts(&line, "chậm nhất ngày 03/02/2026, ");
    struct record *record = record_new(pool);
    getrusage(RUSAGE_SELF, &before);
    record_add_text(record, buf_text(&line), RECORD_FROM_PAGES);
    getrusage(RUSAGE_SELF, &after);
    CHECK_INT(record->deadlines.n, DAYS);
    CHECK(after.ru_maxrss - before.ru_maxrss < 150000); /* KiB */
    buf_free(&line);
}

static void deadlines_come_with_their_sentence(void) {
    struct record *record = record_new(pool);
    record_add_pages(record, pages());
    CHECK_INT(record->deadlines.n, 2);
    CHECK_STR(record->deadlines.at[0].date, "2026-04-20");
    CHECK_STR(
        record->deadlines.at[0].sentence,
        "Thực hiện Quyết định số 05/QĐ-UBND ngày 03 tháng 02 năm 2026 của Ủy ban nhân dân tỉnh "
        "về số hóa tài liệu, Sở Nội vụ đề nghị Ủy ban nhân dân xã gửi bản góp ý chậm nhất "
        "trước 16 giờ 30 phút, ngày 20/4/2026.");
    CHECK_STR(record->deadlines.at[1].date, "2026-04-30");
}

static const char *deadline_in(const char *text) {
    struct record *record = record_new(pool);
    record_set(record, RECORD_DATE, "2026-03-01", RECORD_FROM_PAGES);
    record_add_text(record, text, RECORD_FROM_PAGES);
    return record->deadlines.n ? record->deadlines.at[0].date : "none";
}

static void only_words_that_set_a_deadline_make_one(void) {
    CHECK_STR(deadline_in("gửi về Sở trước ngày 01/7/2026"), "2026-07-01");
    CHECK_STR(deadline_in("chậm nhất ngày 15 tháng 8 năm 2026"), "2026-08-15");
    CHECK_STR(deadline_in("từ nay đến hết ngày 15/04/2026"), "2026-04-15");
    CHECK_STR(deadline_in("trước 17h00 ngày 15/4/2026"), "2026-04-15");
    CHECK_STR(deadline_in("họp ngày 15/4/2026"), "none");
    CHECK_STR(deadline_in("văn bản ban hành trước ngày 15/4/2026"), "none");
    CHECK_STR(deadline_in("trước ngày 31/4/2026"), "none");
    CHECK_STR(deadline_in("trước ngày 01/7/2024"), "none");
}

static const char ini[] = "[công văn]\nsố =\nký hiệu = SNV-VP\nngày = 4/2026\n"
                          "trích yếu = góp ý | dự thảo\n[kính gửi]\n1 = Sở Tài chính;\n"
                          "[nơi nhận]\n1 = Như trên\nlưu = VT\n[người ký]\nhọ tên = Lý Thu Hạnh\n";
static const char common[] = "[cơ quan]\ntên = SỞ **NỘI VỤ**\n[công văn]\nsố = 7\n";

static void an_ini_tells_it_in_so_many_words(void) {
    struct record *record = record_new(pool);
    record_add_ini(record, ini, strlen(ini), common, strlen(common));
    CHECK_STR(field(record, RECORD_AGENCY), "ini: SỞ NỘI VỤ");
    CHECK_STR(field(record, RECORD_SUBJECT), "ini: góp ý dự thảo");
    CHECK_STR(field(record, RECORD_NUMBER), "missing");
    CHECK_STR(field(record, RECORD_DATE), "missing");
    CHECK(record_lacks(record, RECORD_NUMBER) && record_lacks(record, RECORD_POSITION));
    CHECK(!record_lacks(record, RECORD_URGENCY) && !record_lacks(record, RECORD_AGENCY));
    CHECK_STR(record->to.at.at[0], "Sở Tài chính");
    CHECK_INT(record->copies.at.n, 1);
}

static void pages_overrule_the_ini_about_number_and_day_and_the_conflict_is_kept(void) {
    struct record *record = record_new(pool);
    const char numbered[] = "[công văn]\nsố = 85\nký hiệu = SNV-VP\nngày = 9/4/2026\n"
                            "trích yếu = góp ý cho dự thảo\n";
    record_add_ini(record, numbered, strlen(numbered), NULL, 0);
    record_add_pages(record, pages());
    CHECK_STR(field(record, RECORD_NUMBER), "stamp: 86");
    CHECK_STR(field(record, RECORD_SUBJECT), "ini: góp ý cho dự thảo");
    CHECK_INT(record->conflicts.n, 1);
    CHECK_INT(record->conflicts.at[0].key, RECORD_NUMBER);
    CHECK_STR(record->conflicts.at[0].text, "85");
    CHECK_INT(record->conflicts.at[0].from, RECORD_FROM_INI);
}

static const char xmp[] =
    "<x:xmpmeta xmlns:x='adobe:ns:meta/'><rdf:RDF "
    "xmlns:rdf='http://www.w3.org/1999/02/22-rdf-syntax-ns#'><rdf:Description "
    "xmlns:dc='http://purl.org/dc/elements/1.1/' xmlns:pdf='http://ns.adobe.com/pdf/1.3/'>"
    "<dc:description><rdf:Alt><rdf:li>góp ý</rdf:li></rdf:Alt></dc:description>"
    "<dc:identifier>05/SNV-VP</dc:identifier><pdf:Producer>%s</pdf:Producer>"
    "</rdf:Description></rdf:RDF></x:xmpmeta>";

static void metadata_counts_when_this_program_wrote_it(void) {
    struct record *record = record_new(pool);
    const char *foreign = pool_printf(pool, xmp, "Word"), *own = pool_printf(pool, xmp, "congvan");
    record_add_xmp(record, foreign, strlen(foreign));
    CHECK_STR(field(record, RECORD_SUBJECT), "missing");
    record_add_xmp(record, own, strlen(own));
    CHECK_STR(field(record, RECORD_SUBJECT), "xmp: góp ý");
    CHECK_STR(record_number_symbol(record), "05/SNV-VP");
    record_add_xmp(record, "<broken", 7);
}

static void a_record_survives_being_written_and_read(void) {
    struct record *record = record_new(pool);
    record_set(record, RECORD_NUMBER, "85", RECORD_FROM_INI);
    record_add_pages(record, pages());
    struct buf once = {0}, again = {0};
    record_put_json(record, &once);
    const char *why;
    const struct json *json = json_read(pool, once.data, once.len, &why);
    struct record *same = record_read_json(pool, json);
    CHECK(same != NULL);
    if (same)
        record_put_json(same, &again);
    CHECK_STR(buf_text(&again), buf_text(&once));
    CHECK(strstr(buf_text(&once), "\"conflicts\":[{\"field\":\"number\""));
    CHECK(strstr(buf_text(&once), "\"missing\":[]"));
    CHECK(record_read_json(pool, json_member(json, "number")) == NULL);
    buf_free(&once);
    buf_free(&again);
}

static void what_is_no_pdf_lacks_everything_and_says_so(void) {
    struct diag *diag = diag_new(LANG_EN);
    struct record *record = record_of_pdf(pool, "a.pdf", "nothing", 7, diag);
    struct buf out = {0};
    record_put_json(record, &out);
    CHECK(diag_has(diag, ARCHIVE_PAGES_UNREAD));
    CHECK(strstr(buf_text(&out), "\"missing\":[\"type\",\"number\",\"symbol\",\"date\",\"agency\","
                                 "\"position\",\"signatory\",\"subject\",\"text\"]"));
    buf_free(&out);
    diag_free(diag);
}

/* ---- terms ---- */

static const char *terms_of(const char *text) {
    struct buf out = {0};
    struct term term;
    for (size_t at = 0; terms_next(text, &at, &term);)
        buf_printf(&out, "%s%s%s%s", out.len ? " " : "", term.plain, *term.marked ? "|" : "",
                   term.marked);
    const char *copy = pool_strdup(pool, buf_text(&out));
    buf_free(&out);
    return copy;
}

static void words_with_and_without_diacritics_have_one_plain_form(void) {
    CHECK_STR(terms_of("Đường"), "duong|đương\xCC\x80");
    CHECK_STR(terms_of("dân DAN"), "dan|dân dan");
    CHECK_STR(terms_of("hoá"), terms_of("hóa"));
    CHECK_STR(terms_of("kỹ lý quý"), terms_of("kĩ lí quí"));
    CHECK_STR(terms_of("05/UBND-VP"), "5 ubnd vp");
    CHECK_STR(terms_of("0 000"), "0 0");
}

static void syllables_are_told_from_misreadings(void) {
    static const char *const good[] = {"nghiem", "gi",   "giai", "quyet",  "thuong", "khuyu",
                                       "ke",     "uong", "yeu",  "truong", "ghi",    "quy"};
    static const char *const bad[] = {"tudng", "moen", "thugc", "ctua", "gtri", "x4",
                                      "1am",   "cie",  "nge",   "kong", "hqi",  "phiic"};
    for (size_t i = 0; i < sizeof good / sizeof *good; i++)
        if (!term_is_syllable(good[i]))
            CHECK_STR(good[i], "is a syllable");
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++)
        if (term_is_syllable(bad[i]))
            CHECK_STR(bad[i], "is none");
}

static void a_ruined_text_layer_is_recognised(void) {
    CHECK(
        terms_rough("thuc hién két luan ctua Pho Thu tudng Chinh pht Tran Luu Quang tai Thong bao "
                    "s6 372 Thu trudng cac co quan chuyén moén thugc huyén"));
    CHECK(!terms_rough(first_page));
    CHECK(!terms_rough("Poc lap"));
}

static void a_word_read_wrongly_is_near_what_it_was(void) {
    CHECK_INT(term_distance("tuong", "tuong", 4), 0);
    CHECK(term_distance("tuong", "tudng", term_slack("tuong")) <= term_slack("tuong"));
    CHECK(term_distance("mon", "moen", term_slack("mon")) <= term_slack("mon"));
    CHECK_INT(term_distance("tuong", "x", 3), 4);
    CHECK(term_distance("trong", "phiic", term_slack("trong")) > term_slack("trong"));
    CHECK_INT(term_slack("xa"), 0);
}

int main(void) {
    pool = pool_new();
    RUN(pages_tell_who_wrote_what_to_whom);
    RUN(a_number_put_in_by_a_signature_is_known_as_a_stamp);
    RUN(what_it_cites_is_known_once_with_its_day);
    RUN(another_day_is_another_document);
    RUN(deadlines_come_with_their_sentence);
    RUN(a_line_of_nothing_but_deadlines_is_read_in_little_memory);
    RUN(only_words_that_set_a_deadline_make_one);
    RUN(an_ini_tells_it_in_so_many_words);
    RUN(pages_overrule_the_ini_about_number_and_day_and_the_conflict_is_kept);
    RUN(metadata_counts_when_this_program_wrote_it);
    RUN(a_record_survives_being_written_and_read);
    RUN(what_is_no_pdf_lacks_everything_and_says_so);
    RUN(words_with_and_without_diacritics_have_one_plain_form);
    RUN(syllables_are_told_from_misreadings);
    RUN(a_ruined_text_layer_is_recognised);
    RUN(a_word_read_wrongly_is_near_what_it_was);
    pool_free(pool);
    return CHECK_RESULT();
}
