#include "check/check.h"
#include "dispatch_help.h"
#include "minimal_docx.h"

static const char profile_path[] = "templates/cong-van/profile.ini";

static const char whole[] = "[công văn]\nsố = 12\nký hiệu = UBND-VP\nđịa danh = An Bình\n"
                            "ngày = 5/9/2024\ntrích yếu = họp giao ban tháng 9\n"
                            "[cơ quan]\ntên = ỦY BAN NHÂN DÂN | XÃ AN BÌNH\n"
                            "[kính gửi]\n1 = Phòng A\n2 = Phòng B\n"
                            "[nơi nhận]\n1 = Như trên\n2 = Phòng C\nlưu = VT\n"
                            "[người ký]\nquyền hạn = KT. CHỦ TỊCH\nchức vụ = PHÓ CHỦ TỊCH\n"
                            "họ tên = Lê Văn Hòa\n";
static const char body[] =
    "Họp giao ban tháng 9, Phó Chủ tịch xã An Bình có ý kiến như sau[^1]:\n\n"
    "1. Phòng A **chuẩn bị** tài liệu gửi các Phòng trước ngày 03/9.\n\n"
    "|Việc|Hạn|\n|-|-|\n|in|2/9|\n\n[^1]: Tại phòng họp.\n";

static struct profile *profile;

/* The INI `whole` with `from` replaced by `to`; "" in `from` changes nothing. */
static struct dispatch *make(const char *from, const char *to) {
    begin();
    profile = profile_read(pool, profile_path, diag);
    const char *at = strstr(whole, from);
    const char *ini =
        pool_printf(pool, "%.*s%s%s", (int)(at - whole), whole, *from ? to : "", at + strlen(from));
    const char *folder = scratch();
    put(folder, "t.ini", ini);
    put(folder, "t.md", body);
    struct dispatch *dispatch = dispatch_read(pool, path_join(pool, folder, "t.ini"), diag);
    sweep(folder, (const char *const[]){"t.ini", "t.md", NULL});
    return dispatch;
}

static void warns(const char *from, const char *to, bool ok, enum diag_code code, const char *level,
                  int line) {
    struct dispatch *d = make(from, to);
    CHECK_INT(check_dispatch(d, profile, false, diag), ok);
    if (!only(code, level, line))
        CHECK_STR(to, from);
}

/* ---- profiles ---- */

static const struct profile *read_profile(const char *text) {
    begin();
    const char *folder = scratch();
    const char *path = put(folder, "p.ini", text);
    const struct profile *read = profile_read(pool, path, diag);
    sweep(folder, (const char *const[]){"p.ini", NULL});
    return read;
}

static void the_cong_van_profile_requires_everything(void) {
    make("", "");
    CHECK_STR(profile->name, "công văn");
    for (int i = 0; i <= SECTION_LUU; i++)
        CHECK(profile->required[i]);
    CHECK(!profile->required[SECTION_TEN_LOAI] && !profile->required[SECTION_CAN_CU]);
    CHECK(quiet());
}

static void profiles_say_co_or_khong(void) {
    const struct profile *p =
        read_profile("[hồ sơ]\ntên = x\n[bắt buộc]\nlưu = Có\nkính gửi = không\n");
    CHECK(p && p->required[SECTION_LUU] && !p->required[SECTION_KINH_GUI]);
    CHECK(p && !p->required[SECTION_QUOC_HIEU]);
    CHECK(!read_profile("[hồ sơ]\ntên = x\n[bắt buộc]\nlưu = yes\n"));
    CHECK(only(PROFILE_NOT_YES_NO, "error", 4));
    CHECK(!read_profile("[hồ sơ]\ntên = x\n[bắt buộc]\nluật = có\n"));
    CHECK(only(PROFILE_UNKNOWN_SECTION, "error", 4));
    CHECK(!read_profile("[hồ sơ]\ntên =\n[bắt buộc]\n"));
    CHECK(diag_has(diag, PROFILE_INCOMPLETE));
    CHECK(!read_profile("[hồ sơ]\ntên = x\n"));
    CHECK(diag_has(diag, PROFILE_INCOMPLETE));
    begin();
    CHECK(!profile_read(pool, "/nonexistent", diag) && diag_has(diag, FILE_CANNOT_READ));
}

/* ---- the dispatch ---- */

static void a_whole_dispatch_passes(void) {
    struct dispatch *d = make("", "");
    CHECK(check_dispatch(d, profile, true, diag));
    CHECK(quiet());
}

static void each_missing_section_is_an_error_with_its_line(void) {
    warns("tên = ỦY BAN NHÂN DÂN | XÃ AN BÌNH", "tên =", false, CHECK_MISSING, "error", 8);
    CHECK(strstr(said(), "“tên = …” in section [cơ quan]"));
    warns("ký hiệu = UBND-VP\n", "", false, CHECK_MISSING, "error", 1);
    warns("địa danh = An Bình\n", "", false, CHECK_MISSING, "error", 1);
    warns("trích yếu = họp giao ban tháng 9", "trích yếu = V/v", false, CHECK_MISSING, "error", 6);
    warns("1 = Phòng A\n2 = Phòng B\n", "", false, CHECK_MISSING, "error", 9);
    warns("chức vụ = PHÓ CHỦ TỊCH\n", "", false, CHECK_MISSING, "error", 16);
    warns("họ tên = Lê Văn Hòa\n", "", false, CHECK_MISSING, "error", 16);
    warns("1 = Như trên\n2 = Phòng C\n", "", false, CHECK_MISSING, "error", 12);
    warns("lưu = VT\n", "", false, CHECK_MISSING, "error", 12);
}

static void a_section_not_required_may_be_missing(void) {
    struct dispatch *d = make("lưu = VT\n", "");
    profile->required[SECTION_LUU] = false;
    CHECK(check_dispatch(d, profile, false, diag) && quiet());
}

static void an_empty_body_is_missing(void) {
    struct dispatch *d = make("", "");
    d->body->blocks.n = 0;
    CHECK(!check_dispatch(d, profile, false, diag));
    CHECK(diag_has(diag, CHECK_BODY_EMPTY));
    d = make("", "");
    d->body = NULL; /* reported when it was read */
    CHECK(!check_dispatch(d, profile, false, diag));
    CHECK(quiet());
}

static void a_draft_may_be_open_but_no_final_dispatch(void) {
    struct dispatch *d = make("số = 12", "số =");
    CHECK(check_dispatch(d, profile, false, diag) && quiet());
    CHECK(!check_dispatch(d, profile, true, diag));
    CHECK(only(CHECK_SLOT_BLANK, "error", 2));
    d = make("ngày = 5/9/2024", "ngày =");
    CHECK(!check_dispatch(d, profile, true, diag));
    CHECK(only(CHECK_SLOT_BLANK, "error", 5));
}

/* ---- the rules, see test_rules.c for each of them ---- */

/* The rules warn about just one thing of the dispatch, this rule; NULL: about nothing. */
static bool ruled(const char *from, const char *to, const char *rule) {
    struct dispatch *d = make(from, to);
    check_dispatch_rules(d, profile, NULL, report_new(pool, DIAG_NOTE), diag);
    bool ok = diag_count(diag, DIAG_WARNING) == (rule != NULL) && !diag_count(diag, DIAG_ERROR) &&
              (!rule || strstr(said(), pool_printf(pool, "[%s]", rule)));
    if (!ok)
        printf("# %s: %s\n", to, said());
    return ok;
}

static void symbols_the_decree_does_not_know_are_warned_about(void) {
    static const char *const symbols[][2] = {
        {"ký hiệu = CV-UBND", "symbol-cv"},   {"ký hiệu = UBND - VP", "symbol-space"},
        {"ký hiệu = ubnd-vp", "symbol-form"}, {"ký hiệu = /UBND-VP", "symbol-form"},
        {"ký hiệu = UBND-", "symbol-form"},   {"ký hiệu = UBND-CV", "symbol-cv"}};
    for (size_t i = 0; i < sizeof symbols / sizeof *symbols; i++)
        CHECK(ruled("ký hiệu = UBND-VP", symbols[i][0], symbols[i][1]));
    CHECK(ruled("số = 12", "số = 12\nđộ khẩn = gấp", "mark-form"));
    CHECK(ruled("số = 12", "số = 12\nđộ mật = kín", "mark-form"));
}

static void good_forms_pass(void) {
    static const char *const lines[] = {"số = 12a", "số = 12\nđộ khẩn = hoả tốc",
                                        "số = 12\nđộ khẩn = KHẨN\nđộ mật = Tuyệt mật", "số = 7"};
    for (size_t i = 0; i < sizeof lines / sizeof *lines; i++)
        CHECK(ruled("số = 12", lines[i], NULL));
    CHECK(ruled("UBND-VP", "BGDĐT-TTr", NULL));
}

/* ---- the document's text ---- */

static const char *const page[] = {
    "ỦY BAN NHÂN DÂN",
    "XÃ AN BÌNH",
    "Số: 12/UBND-VP",
    "V/v họp giao ban",
    "tháng 9",
    "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM",
    "Độc lập - Tự do - Hạnh phúc",
    "An Bình, ngày 05 tháng 9 năm 2024",
    "Kính gửi:",
    "- Phòng A;",
    "- Phòng B.",
    "Họp giao ban tháng 9, Phó Chủ tịch xã An Bình có ý kiến như sau1:",
    "1. Phòng A chuẩn bị tài liệu gửi các Phòng trước ngày 03/9.",
    "Việc",
    "Hạn",
    "in",
    "2/9",
    "Nơi nhận:",
    "- Như trên;",
    "- Phòng C;",
    "- Lưu: VT.",
    "KT. CHỦ TỊCH",
    "PHÓ CHỦ TỊCH",
    "",
    "Lê Văn Hòa",
};
enum { LINES = sizeof page / sizeof *page };

/* A document of these lines, a paragraph each. */
static struct package *docx_of(const char *const *lines, size_t n) {
    struct buf inside = {0};
    for (size_t i = 0; i < n; i++) {
        buf_puts(&inside, "<w:p><w:r><w:t xml:space=\"preserve\">");
        for (const char *s = lines[i]; *s; s++)
            if (*s == '\t')
                buf_puts(&inside, "</w:t><w:tab/><w:t xml:space=\"preserve\">");
            else
                buf_putc(&inside, *s);
        buf_puts(&inside, "</w:t></w:r></w:p>");
    }
    struct package *package = docx_new(buf_text(&inside));
    buf_free(&inside);
    return package;
}

static bool check_lines(const char *const *lines, size_t n, const struct dispatch *d, bool final) {
    struct package *package = docx_of(lines, n);
    const struct document *document = wml_read(pool, package, diag);
    bool ok = document && check_sections(check_view(pool, document, d, NULL), profile, final,
                                         (struct where){.file = "t.docx", .line = 1}, diag);
    package_close(package);
    return ok;
}

/* Checks the page with line `i` replaced (NULL: left out); i < 0 changes nothing. */
static bool judge(const struct dispatch *d, int i, const char *line, bool final) {
    const char *lines[LINES];
    size_t n = 0;
    for (int k = 0; k < LINES; k++)
        if (k != i || line)
            lines[n++] = k == i ? line : page[k];
    return check_lines(lines, n, d, final);
}

static void a_whole_document_passes(void) {
    struct dispatch *d = make("", "");
    CHECK(judge(d, -1, NULL, true));
    CHECK(judge(NULL, -1, NULL, true));
    CHECK(quiet());
}

static void drops(int i, const char *line, enum diag_code code, const char *section) {
    struct dispatch *d = make("", "");
    CHECK(!judge(d, i, line, false));
    if (!diag_has(diag, code) || !strstr(said(), pool_printf(pool, "“%s”", section)))
        CHECK_STR(said(), section);
}

static void a_template_that_drops_a_section_is_caught(void) {
    drops(5, NULL, TEXT_SECTION_MISSING, "quốc hiệu");
    drops(6, NULL, TEXT_SECTION_MISSING, "tiêu ngữ");
    drops(1, NULL, TEXT_VALUE_DROPPED, "cơ quan");
    drops(2, NULL, TEXT_SECTION_MISSING, "số ký hiệu");
    drops(2, "Số: 12/UBND-NV", TEXT_VALUE_DROPPED, "số ký hiệu");
    drops(7, NULL, TEXT_SECTION_MISSING, "địa danh ngày");
    drops(7, "An Bình, ngày 06 tháng 9 năm 2024", TEXT_VALUE_DROPPED, "địa danh ngày");
    drops(7, "Hà Nội, ngày 05 tháng 9 năm 2024", TEXT_VALUE_DROPPED, "địa danh ngày");
    drops(3, NULL, TEXT_SECTION_MISSING, "trích yếu");
    drops(4, NULL, TEXT_VALUE_DROPPED, "trích yếu");
    drops(8, NULL, TEXT_SECTION_MISSING, "kính gửi");
    drops(10, NULL, TEXT_VALUE_DROPPED, "kính gửi");
    drops(10, "- Phòng B", TEXT_VALUE_DROPPED, "kính gửi");
    drops(11, NULL, TEXT_VALUE_DROPPED, "nội dung");
    drops(12, NULL, TEXT_VALUE_DROPPED, "nội dung");
    drops(16, NULL, TEXT_VALUE_DROPPED, "nội dung");
    drops(17, NULL, TEXT_SECTION_MISSING, "nơi nhận");
    drops(19, NULL, TEXT_VALUE_DROPPED, "nơi nhận");
    drops(20, NULL, TEXT_SECTION_MISSING, "lưu");
    drops(20, "- Lưu: NC.", TEXT_VALUE_DROPPED, "lưu");
    drops(21, NULL, TEXT_VALUE_DROPPED, "người ký");
    drops(22, NULL, TEXT_VALUE_DROPPED, "người ký"); /* the words stand in the body too */
    drops(24, NULL, TEXT_VALUE_DROPPED, "người ký");
}

static void a_foreign_document_is_judged_by_form(void) {
    static const struct {
        int line;
        const char *section;
    } cases[] = {{5, "quốc hiệu"},     {6, "tiêu ngữ"},  {2, "số ký hiệu"},
                 {7, "địa danh ngày"}, {3, "trích yếu"}, {8, "kính gửi"},
                 {17, "nơi nhận"},     {20, "lưu"},      {24, "người ký"}};
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        make("", "");
        CHECK(!judge(NULL, cases[i].line, NULL, false));
        if (!strstr(said(), cases[i].section))
            CHECK_STR(said(), cases[i].section);
    }
    make("", "");
    CHECK(!check_lines(page + 2, 9, NULL, false));
    CHECK(strstr(said(), "“cơ quan”") && strstr(said(), "“nội dung”"));
    make("", "");
    CHECK(!check_lines(NULL, 0, NULL, false));
    CHECK_INT(diag_count(diag, DIAG_ERROR), SECTION_LUU + 1);
}

static void spellings_and_spaces_that_mean_the_same_pass(void) {
    struct dispatch *d = make("", "");
    CHECK(judge(d, 5, "CỘNG HOÀ XÃ HỘI CHỦ NGHĨA VIỆT NAM", false));
    CHECK(judge(d, 5,
                "CỘNG HÒA XÃ HỘI\xC2\xA0"
                "CHỦ NGHĨA VIỆT NAM\tĐộc lập",
                false));
    CHECK(judge(d, 2, "Số : 12 / UBND-VP", false));
    CHECK(judge(d, 7,
                "An Bình, ngày\xC2\xA0"
                "05 tháng 9\xC2\xA0năm 2024",
                false));
    CHECK(judge(d, 24, "Lê Văn Hoà", false));
    CHECK(judge(d, 6, "Độc lập – Tự do – Hạnh phúc", false));
    CHECK(quiet());
    d = make("", "");
    CHECK(judge(d, 6, "Độc lập-Tự do-Hạnh phúc", false) && quiet());
    /* An em space, as text pasted from elsewhere has it, and one as wide as a Chinese letter. */
    d = make("họp giao ban", "họp\u2003giao ban");
    CHECK(judge(d, 3, "V/v họp\u2003giao\u3000ban", false) && quiet());
}

static void open_slots_are_errors_in_a_final_document(void) {
    make("", "");
    CHECK(judge(NULL, 2, "Số:\xC2\xA0\xC2\xA0\xC2\xA0/UBND-VP", false) && quiet());
    CHECK(!judge(NULL, 2, "Số:\xC2\xA0\xC2\xA0\xC2\xA0/UBND-VP", true));
    CHECK(only(TEXT_SLOT_BLANK, "error", 1));
    make("", "");
    CHECK(judge(NULL, 7, "An Bình, ngày … tháng 9 năm 2024", false) && quiet());
    CHECK(!judge(NULL, 7, "An Bình, ngày … tháng 9 năm 2024", true));
    CHECK(only(TEXT_SLOT_BLANK, "error", 1));
}

static void a_draft_in_its_document_passes(void) {
    struct dispatch *d = make("số = 12", "số =");
    CHECK(judge(d, 2, "Số:           /UBND-VP", false) && quiet());
}

static void one_recipient_stands_on_the_line_of_its_label(void) {
    struct dispatch *d = make("2 = Phòng B\n", "");
    const char *lines[LINES];
    memcpy(lines, page, sizeof lines);
    lines[8] = "Kính gửi: Phòng A";
    lines[9] = lines[10] = "";
    CHECK(check_lines(lines, LINES, d, false));
    CHECK(quiet());
}

static void a_huge_text_takes_linear_time(void) {
    struct dispatch *d = make("", "");
    enum { MANY = 40000 };
    const char **lines = POOL_ARRAY(pool, const char *, MANY);
    for (size_t i = 0; i < MANY; i++)
        lines[i] = i % 2 ? "1. Phòng A chuẩn bị tài liệu" : "ngày , ngày tháng năm Số: / Kính gửi";
    CHECK(!check_lines(lines, MANY, d, false));
}

/* ---- types ---- */

static const struct profile *shown_by(const char *const *lines, size_t n, const char *files) {
    struct doc_types types = {0};
    begin();
    char *rest = pool_strdup(pool, files);
    for (char *file; (file = strsep(&rest, " ")) != NULL;)
        *VEC_PUSH(pool, &types.at) = (struct doc_type){
            file, profile_read(pool, pool_printf(pool, "templates/%s/profile.ini", file), diag)};
    struct package *package = docx_of(lines, n);
    const struct profile *shown =
        check_profile(check_view(pool, wml_read(pool, package, diag), NULL, &types));
    package_close(package);
    return shown;
}

static bool shown_as(const char *const *lines, size_t n, const char *name) {
    const struct profile *shown =
        shown_by(lines, n, "cong-van bao-cao quy-che sao-y thu-cong van-ban-kem-theo");
    return shown && strcmp(shown->name, name) == 0;
}
#define SHOWN_AS(lines, name) shown_as(lines, sizeof(lines) / sizeof *(lines), name)

#define HEAD_ "UBND XÃ AN BÌNH", "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "Độc lập - Tự do - Hạnh phúc"

static void a_document_shows_its_type(void) {
    static const char *const report[] = {HEAD_, "Số: 5/BC-UBND", "BÁO CÁO", "Về việc họp"};
    static const char *const letter[] = {HEAD_, "An Bình, ngày 05 tháng 9 năm 2024",
                                         "THƯ CHÚC MỪNG", "Kính gửi: Nhân dân xã"};
    static const char *const statute[] = {
        HEAD_,        "Số: 5/QC-UBND", "An Bình, ngày 05 tháng 9 năm 2024",
        "QUY CHẾ",    "Văn thư",       "Nơi nhận:",
        "- Lưu: VT.", "CHỦ TỊCH",      "Lê Văn Hòa"};
    static const char *const letter_of[] = {HEAD_, "Số: 5/UBND-VP", "V/v họp", "Kính gửi: Phòng A"};
    CHECK(SHOWN_AS(report, "báo cáo"));
    CHECK(SHOWN_AS(letter, "thư công"));
    CHECK(SHOWN_AS(statute, "quy chế"));
    CHECK(SHOWN_AS(letter_of, "công văn"));
}

static void a_type_is_known_by_what_its_profile_prints(void) {
    static const char *const lines[] = {HEAD_, "Số: 5/TM-UBND", "THƯ MỜI HỌP", "Về việc họp",
                                        "Kính gửi: Phòng A"};
    begin();
    const char *folder = scratch();
    const char *path = put(folder, "thu-moi.ini",
                           "[hồ sơ]\ntên = thư mời\nnhận dạng = THƯ MỜI … | "
                           "GIẤY HẸN\n[bắt buộc]\nlưu = không\n"
                           "[phần kính gửi]\n* = có | ai được mời | Ông A\n");
    struct doc_types types = {0};
    *VEC_PUSH(pool, &types.at) = (struct doc_type){"thu-moi", profile_read(pool, path, diag)};
    struct package *package = docx_of(lines, sizeof lines / sizeof *lines);
    const struct document *document = wml_read(pool, package, diag);
    const struct profile *shown = check_profile(check_view(pool, document, NULL, &types));
    CHECK(shown == types.at.at[0].profile);
    CHECK(profile_shown_by(shown, "giay hen") && !profile_shown_by(shown, "giay hen hop"));
    CHECK(!profile_shown_by(shown, "thu moi"));
    check_document_rules(check_view(pool, document, NULL, &types), NULL, NULL,
                         report_new(pool, DIAG_WARNING), diag);
    CHECK(!strstr(said(), "to-unwanted"));
    package_close(package);
    sweep(folder, (const char *const[]){"thu-moi.ini", NULL});
}

static void what_a_copy_is_of_is_another_document(void) {
    static const char *const lines[] = {HEAD_,         "Số: 5/BC-UBND",       "BÁO CÁO",
                                        "Về việc họp", "Đã họp xong cả rồi.", "Nơi nhận:",
                                        "- Lưu: VT.",  "UBND XÃ ĐÔNG\tSAO Y", "Số: 7/SY-UBND",
                                        "Nơi nhận:",   "- Lưu: VT, TC.",      "CHỦ TỊCH",
                                        "Lê Văn Hòa"};
    CHECK(SHOWN_AS(lines, "sao y"));
    make("", "");
    profile = profile_read(pool, "templates/sao-y/profile.ini", diag);
    CHECK(check_lines(lines, sizeof lines / sizeof *lines, NULL, false) && quiet());
}

int main(void) {
    RUN(the_cong_van_profile_requires_everything);
    RUN(profiles_say_co_or_khong);
    RUN(a_whole_dispatch_passes);
    RUN(each_missing_section_is_an_error_with_its_line);
    RUN(a_section_not_required_may_be_missing);
    RUN(an_empty_body_is_missing);
    RUN(a_draft_may_be_open_but_no_final_dispatch);
    RUN(symbols_the_decree_does_not_know_are_warned_about);
    RUN(good_forms_pass);
    RUN(a_whole_document_passes);
    RUN(a_template_that_drops_a_section_is_caught);
    RUN(a_foreign_document_is_judged_by_form);
    RUN(spellings_and_spaces_that_mean_the_same_pass);
    RUN(open_slots_are_errors_in_a_final_document);
    RUN(a_draft_in_its_document_passes);
    RUN(one_recipient_stands_on_the_line_of_its_label);
    RUN(a_document_shows_its_type);
    RUN(a_type_is_known_by_what_its_profile_prints);
    RUN(what_a_copy_is_of_is_another_document);
    RUN(a_huge_text_takes_linear_time);
    finish();
    return CHECK_RESULT();
}
