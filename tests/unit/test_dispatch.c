#include "dispatch/appendix.h"
#include "dispatch/dispatch.h"
#include "dispatch/values.h"
#include "dispatch_help.h"

static const char *folder;

/* A dispatch of these two files, and chung.ini where given. */
static struct dispatch *make(const char *ini, const char *body, const char *common) {
    begin();
    folder = scratch();
    put(folder, "t.ini", ini);
    if (body)
        put(folder, "t.md", body);
    if (common)
        put(folder, "chung.ini", common);
    struct dispatch *dispatch = dispatch_read(pool, path_join(pool, folder, "t.ini"), diag);
    sweep(folder, (const char *const[]){"t.ini", "t.md", "chung.ini", NULL});
    return dispatch;
}

static struct dispatch *make_ini(const char *ini) {
    return make(ini, "Nội dung.\n", NULL);
}

static const char *text(const struct dispatch *dispatch, const char *key) {
    const struct field *field = dispatch_field(dispatch, key);
    return field && field->kind == FIELD_TEXT ? field->text.s : NULL;
}

static const char *list(const struct dispatch *dispatch, const char *key) {
    const struct field *field = dispatch_field(dispatch, key);
    if (!field || field->kind != FIELD_LIST)
        return NULL;
    struct buf out = {0};
    buf_puts(&out, "");
    for (size_t i = 0; i < field->items.n; i++)
        buf_printf(&out, "%s%s", i ? " / " : "", field->items.at[i].s);
    const char *s = pool_strdup(pool, buf_text(&out));
    buf_free(&out);
    return s;
}

static const char whole[] = "[công văn]\nsố = 5\nký hiệu = UBND-VP\nđịa danh = An Bình\n"
                            "ngày = 3/2/2024\ntrích yếu = V/v: họp giao ban\nđộ khẩn = hỏa tốc\n"
                            "độ mật = mật\n[cơ quan]\nchủ quản = UBND TỈNH A\n"
                            "tên = ỦY BAN NHÂN DÂN | XÃ AN BÌNH\nđịa chỉ = số 1 phố B\n"
                            "[kính gửi]\na = Phòng A\nb = Phòng B\n"
                            "[nơi nhận]\nlưu = VT\n1 = Như trên\n2 = Phòng C\n"
                            "[người ký]\nquyền hạn = TM. UBND | KT. CHỦ TỊCH\n"
                            "chức vụ = PHÓ CHỦ TỊCH\nhọ tên = Lê Văn A\n[riêng]\nghi chú = x | y\n";

static void every_tag_of_the_contract_is_a_field(void) {
    struct dispatch *d = make_ini(whole);
    CHECK(quiet());
    CHECK_STR(text(d, "so"), "05");
    CHECK_STR(text(d, "cong van.so"), "05");
    CHECK_STR(text(d, "ky hieu"), "UBND-VP");
    CHECK_STR(text(d, "dia danh"), "An Bình");
    CHECK_STR(text(d, "ngay"), "03");
    CHECK_STR(text(d, "thang"), "02");
    CHECK_STR(text(d, "nam"), "2024");
    CHECK_STR(text(d, "trich yeu"), "họp giao ban");
    CHECK_STR(text(d, "do khan"), "HỎA TỐC");
    CHECK_STR(text(d, "do mat"), "MẬT");
    CHECK_STR(text(d, "chu quan"), "UBND TỈNH A");
    CHECK_STR(text(d, "co quan"), "ỦY BAN NHÂN DÂN\nXÃ AN BÌNH");
    CHECK_STR(text(d, "co quan.ten"), "ỦY BAN NHÂN DÂN\nXÃ AN BÌNH");
    CHECK_STR(text(d, "dia chi"), "số 1 phố B");
    CHECK_STR(text(d, "quyen han"), "TM. UBND\nKT. CHỦ TỊCH");
    CHECK_STR(text(d, "nguoi ky.chuc vu"), "PHÓ CHỦ TỊCH");
    CHECK_STR(text(d, "ho ten"), "Lê Văn A");
    CHECK_STR(text(d, "rieng.ghi chu"), "x\ny");
    CHECK_STR(text(d, "luu"), "VT.");
    CHECK_STR(list(d, "kinh gui"), "Phòng A; / Phòng B.");
    CHECK_STR(list(d, "noi nhan"), "Như trên; / Phòng C;");
    CHECK_STR(list(d, "mot kinh gui"), "");
    CHECK(dispatch_field(d, "nhieu kinh gui")->flag);
    CHECK(dispatch_field(d, "noi dung")->body == d->body && d->body->blocks.n == 1);
    CHECK_STR(d->type, "cong-van");
}

static void fields_remember_their_key_and_place(void) {
    struct dispatch *d = make_ini(whole);
    const struct field *day = dispatch_field(d, "ngay"), *year = dispatch_field(d, "nam");
    CHECK(day->given && day->source && day->source == year->source);
    CHECK(day->source == dispatch_field(d, "cong van.ngay")->source);
    CHECK_INT(day->where.line, 5);
    CHECK_INT(dispatch_field(d, "ho ten")->where.line, 23);
    const struct field *to = dispatch_field(d, "kinh gui");
    CHECK(to->given && to->items.at[1].source == dispatch_field(d, "kinh gui.b")->source);
    CHECK(!dispatch_field(d, "nhieu kinh gui")->given && !dispatch_field(d, "noi dung")->given);
    CHECK(dispatch_field(d, "khong co") == NULL);
}

static void a_draft_leaves_blank_slots(void) {
    struct dispatch *d = make_ini("[công văn]\nsố =\nngày = 9/2023\n");
    CHECK_STR(text(d, "so"), value_blank(pool, 10));
    CHECK_INT(strlen(text(d, "so")), 20);
    CHECK_STR(text(d, "ngay"), value_blank(pool, 7));
    CHECK_STR(text(d, "thang"), "9");
    CHECK(dispatch_field(d, "so")->blank && dispatch_field(d, "ngay")->blank);
    CHECK(!dispatch_field(d, "thang")->blank && dispatch_field(d, "so")->given);
    d = make_ini("[công văn]\nngày =\n");
    CHECK(dispatch_field(d, "thang")->blank && dispatch_field(d, "nam")->blank);
    CHECK_STR(text(d, "nam"), value_blank(pool, 4));
    d = make_ini("[a]\n");
    CHECK(dispatch_field(d, "so")->blank && dispatch_field(d, "ngay")->blank);
    CHECK(!dispatch_field(d, "so")->given && !dispatch_field(d, "so")->source);
    CHECK(quiet());
}

static const char *date(const char *value) {
    struct date d;
    if (!value_date(pool, value, &d))
        return "wrong";
    return pool_printf(pool, "%s-%s-%s", d.day ? d.day : "", d.month ? d.month : "",
                       d.year ? d.year : "");
}

static void dates_are_read_in_every_form(void) {
    begin();
    static const char *const cases[][2] = {{"25/9/2023", "25-9-2023"},
                                           {"2023-09-25", "25-9-2023"},
                                           {"5/1/2024", "05-01-2024"},
                                           {"05/02/2024", "05-02-2024"},
                                           {"10/12/2024", "10-12-2024"},
                                           {"1/3/2024", "01-3-2024"},
                                           {"9/2023", "-9-2023"},
                                           {"/9/2023", "-9-2023"},
                                           {" / 9 / 2023 ", "-9-2023"},
                                           {"02/2024", "-02-2024"},
                                           {"//2024", "--2024"},
                                           {"2024", "--2024"},
                                           {"", "--"},
                                           {"29/2/2024", "29-02-2024"},
                                           {"25.9.2023", "25-9-2023"},
                                           {"29/2/2023", "wrong"},
                                           {"30/2/2024", "wrong"},
                                           {"31/4/2024", "wrong"},
                                           {"1/13/2024", "wrong"},
                                           {"0/5/2024", "wrong"},
                                           {"5/0/2024", "wrong"},
                                           {"25/9/23", "wrong"},
                                           {"25/9", "wrong"},
                                           {"5//2024", "wrong"},
                                           {"1/2/3/2024", "wrong"},
                                           {"ngày 5", "wrong"},
                                           {"25/9/20233", "wrong"},
                                           {"00025/9/2023", "wrong"},
                                           {"123/9/2023", "wrong"},
                                           {"/", "wrong"},
                                           {"29/2/1900", "wrong"}};
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
        CHECK_STR(date(cases[i][0]), cases[i][1]);
}

static void a_wrong_date_is_an_error_with_line(void) {
    struct dispatch *d = make_ini("[công văn]\nngày = 30/2/2024\n");
    CHECK(only(DISPATCH_BAD_DATE, "error", 2));
    CHECK(dispatch_field(d, "ngay")->blank);
}

static void numbers_below_ten_get_a_zero(void) {
    begin();
    static const char *const cases[][2] = {{"5", "05"},    {"05", "05"},     {"005", "05"},
                                           {"10", "10"},   {"1259", "1259"}, {"5a", "05a"},
                                           {"12a", "12a"}, {"x", "x"},       {"5/UB", "5/UB"}};
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
        CHECK_STR(value_number(pool, cases[i][0]), cases[i][1]);
}

static void subjects_lose_their_v_v(void) {
    static const char *const cases[][2] = {
        {"V/v họp", "họp"},        {"v/v: họp", "họp"},
        {"V/V  họp.", "họp."},     {"họp", "họp"},
        {"V/vx họp", "V/vx họp"},  {"W/v họp", "W/v họp"},
        {"V/v\xC2\xA0họp", "họp"}, {"Về việc họp", "Về việc họp"}};
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
        CHECK_STR(value_subject(cases[i][0]), cases[i][1]);
}

static void items_get_one_sign_and_never_two(void) {
    begin();
    static const char *const cases[][3] = {{"A", ";", "A;"},
                                           {"A", ".", "A."},
                                           {"A;", ";", "A;"},
                                           {"A;", ".", "A."},
                                           {"A.", ";", "A;"},
                                           {"A.", ".", "A."},
                                           {"A, ", ".", "A."},
                                           {"A v.v.", ";", "A v.v.;"},
                                           {"A v.v.", ".", "A v.v."},
                                           {"A v.v.;", ".", "A v.v."},
                                           {"A...", ".", "A..."},
                                           {"A...", ";", "A...;"},
                                           {"A.", "", "A"},
                                           {"PCT.LMĐ", ";", "PCT.LMĐ;"},
                                           {".", ";", "."},
                                           {";", ".", ";"},
                                           {"", ";", ";"}};
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
        CHECK_STR(value_item(pool, cases[i][0], cases[i][1]), cases[i][2]);
}

static void forced_breaks_need_their_spaces(void) {
    begin();
    CHECK_STR(value_lines(pool, "a | b |c|d"), "a\nb |c|d");
    CHECK_STR(value_lines(pool, "a  |  b | | c"), "a\nb\n\nc");
    CHECK_STR(value_lines(pool, "a | "), "a\n");
}

static void one_recipient_stands_bare(void) {
    struct dispatch *d = make_ini("[kính gửi]\n1 = Phòng A.\n2 =\n");
    CHECK_STR(list(d, "mot kinh gui"), "Phòng A");
    CHECK_STR(list(d, "kinh gui"), "Phòng A.");
    CHECK(!dispatch_field(d, "nhieu kinh gui")->flag);
    d = make_ini("[a]\n");
    CHECK_STR(list(d, "mot kinh gui"), "");
    CHECK(!dispatch_field(d, "kinh gui"));
}

static void without_luu_the_last_copy_ends_the_list(void) {
    struct dispatch *d = make_ini("[nơi nhận]\n1 = A\n2 = B;\nlưu =\n");
    CHECK_STR(list(d, "noi nhan"), "A; / B.");
    CHECK(!dispatch_field(d, "luu"));
    d = make_ini("[nơi nhận]\n1 = A\nlưu = VT, NC.\n");
    CHECK_STR(text(d, "luu"), "VT, NC.");
}

static void defaults_keep_their_own_place(void) {
    struct dispatch *d = make(
        "[công văn]\nđịa danh =\n[kính gửi]\n1 = A\n", "x\n",
        "[công văn]\nđịa danh = B\nký hiệu = UBND-VP\n[cơ quan]\ntên = C\n[kính gửi]\n2 = D\n");
    CHECK(!dispatch_field(d, "dia danh"));
    CHECK_STR(text(d, "ky hieu"), "UBND-VP");
    CHECK_STR(list(d, "kinh gui"), "A.");
    const struct field *agency = dispatch_field(d, "co quan");
    CHECK_STR(path_name(agency->where.file), "chung.ini");
    CHECK_INT(agency->where.line, 5);
    make("[a]\n", "x\n", "[cơ quan]\ntem = C\n");
    CHECK(only(INI_UNKNOWN_KEY, "warning", 2));
}

static void the_type_is_a_safe_file_name(void) {
    struct dispatch *d = make_ini("[công văn]\nloại = Tờ trình\n");
    CHECK_STR(d->type, "to-trinh");
    CHECK_INT(d->type_where.line, 2);
    CHECK(!dispatch_field(d, "loai")->given);
    d = make_ini("[công văn]\nloại = ../../x\n");
    CHECK_STR(d->type, "cong-van");
    CHECK(only(DISPATCH_BAD_TYPE, "error", 2));
}

static void unknown_keys_are_still_fields(void) {
    struct dispatch *d = make_ini("[công văn]\nngười soạn = A\nchức vụ = B\n[người ký]\n"
                                  "chức vụ = C\n");
    CHECK_STR(text(d, "nguoi soan"), "A");
    CHECK_STR(text(d, "chuc vu"), "C");
    CHECK_STR(text(d, "cong van.chuc vu"), "B");
    CHECK_INT(diag_count(diag, DIAG_WARNING), 2);
}

static void pictures_must_exist(void) {
    struct dispatch *d = make_ini("[người ký]\nchữ ký = t.md\n");
    CHECK_STR(text(d, "chu ky"), path_join(pool, folder, "t.md"));
    CHECK(quiet());
    make_ini("[người ký]\nhọ tên = A\ncon dấu = dau.png\n");
    CHECK(only(DISPATCH_NO_PICTURE, "error", 3));
}

static void appendices_are_sections_with_a_label_and_a_body(void) {
    struct dispatch *d = make_ini("[phụ lục 1]\ntiêu đề = Bảng\ntệp = t.md\nkhổ = ngang\n"
                                  "[phụ lục 2]\ntệp = t.md\n");
    const struct field *list = dispatch_field(d, "phu luc");
    CHECK(list && list->kind == FIELD_SECTIONS && list->items.n == 2);
    CHECK_STR(text(d, "phu luc 1.tieu de"), "Bảng");
    CHECK_STR(text(d, "phu luc 2.nhan"), "Phụ lục II");
    CHECK(dispatch_field(d, "phu luc 1.ngang")->flag);
    CHECK(dispatch_field(d, "phu luc 2.noi dung")->body);
    CHECK(quiet());
}

static void separate_appendices_are_documents_of_their_own(void) {
    struct dispatch *d = make_ini("[phụ lục 1]\ntiêu đề = BẢNG | HAI DÒNG\ntệp = t.md\n"
                                  "tách riêng = có\n[phụ lục 2]\ntệp = t.md\nseparate = no\n");
    struct appendices_apart apart = {0};
    struct dispatch *main = appendix_split(pool, d, &apart);
    CHECK(main != d && dispatch_field(main, "phu luc")->items.n == 1);
    CHECK_STR(dispatch_field(main, "phu luc")->items.at[0].s, "phu luc 2");
    CHECK(apart.at.n == 1);
    const struct appendix_apart *one = &apart.at.at[0];
    CHECK_STR(one->suffix, "-phu-luc-1");
    CHECK_STR(one->title, "Phụ lục I. BẢNG HAI DÒNG");
    CHECK(!one->dispatch->body && dispatch_field(one->dispatch, "phu luc")->items.n == 1);
    CHECK(appendix_holds(main, dispatch_field(d, "phu luc 2.noi dung")));
    CHECK(!appendix_holds(main, dispatch_field(d, "phu luc 1.noi dung")));
    CHECK(appendix_holds(one->dispatch, dispatch_field(d, "phu luc 1.noi dung")));
    CHECK(!appendix_holds(one->dispatch, dispatch_field(d, "noi dung")));
    CHECK(quiet());
}

static void a_dispatch_without_separate_appendices_is_one_document(void) {
    struct dispatch *d = make_ini("[phụ lục 1]\ntiêu đề = BẢNG\ntệp = t.md\n");
    struct appendices_apart apart = {0};
    CHECK(appendix_split(pool, d, &apart) == d && !apart.at.n);
}

static void names_of_separate_appendices_are_known_by_their_ends(void) {
    CHECK_STR(appendix_suffix("a-phu-luc-12.pdf", 12), "-phu-luc-12.pdf");
    CHECK(!appendix_suffix("a-phu-luc-.pdf", 10));
    CHECK(!appendix_suffix("phu-luc-1", 9));
}

static void what_is_wrong_with_an_appendix_is_told_at_its_line(void) {
    make_ini("[phụ lục 1]\ntiêu đề = Bảng\n");
    CHECK(only(APPENDIX_NO_FILE, "error", 1));
    make_ini("[phụ lục 1]\ntệp = t.md\nkhổ = A3\n");
    CHECK(only(APPENDIX_BAD_VALUE, "error", 3));
}

static void the_body_may_have_another_name(void) {
    struct dispatch *d = make("[nội dung]\ntệp = chung.ini\n", NULL, "[a]\n");
    CHECK(d->body && d->body->blocks.n == 1);
    CHECK(!dispatch_field(d, "noi dung.tep")->given);
    CHECK(quiet());
}

static void a_missing_body_is_an_error_at_its_key(void) {
    struct dispatch *d = make("[a]\n[nội dung]\ntệp = x.md\n", NULL, NULL);
    CHECK(d && !d->body && !dispatch_field(d, "noi dung"));
    CHECK(only(FILE_CANNOT_READ, "error", 3));
    d = make("[a]\n", NULL, NULL);
    CHECK(d && !d->body && d->missing_body && strstr(d->missing_body, "t.md"));
    CHECK(quiet()); /* for the profile to judge: some types need no body */
}

static void an_unreadable_ini_is_nothing(void) {
    begin();
    CHECK(dispatch_read(pool, "/nonexistent/a.ini", diag) == NULL);
    CHECK(diag_has(diag, FILE_CANNOT_READ));
}

static void the_dump_shows_every_field_and_block(void) {
    struct dispatch *d = make("[công văn]\nsố = 7\n[kính gửi]\n1 = \"A \\\"b\\\"\"\n",
                              "a) x **b**[^1]\n\n|c|\n|:-|\n|d|\n\n[^1]: e\n", NULL);
    struct buf out = {0};
    dispatch_dump(d, &out);
    const char *dump = buf_text(&out);
    const char *ini = path_join(pool, folder, "t.ini"), *md = path_join(pool, folder, "t.md");
    CHECK(strstr(dump, pool_printf(pool, "so [text, given] %s:2 = \"07\"\n", ini)));
    CHECK(strstr(dump, pool_printf(pool, "    %s:4 = \"A \\\"b\\\".\"\n", ini)));
    CHECK(strstr(dump, pool_printf(pool, "ngay [text, blank] %s = \"\\~\\~", ini)));
    CHECK(strstr(dump, pool_printf(pool, "p (%s:1, point) \"a) x \" \"b\"{b} ^1\n", md)));
    CHECK(strstr(dump, pool_printf(pool, "table l\n  row %s:3\n    cell (%s:3) \"c\"\n", md, md)));
    CHECK(strstr(dump, pool_printf(pool, "note 1 [^1] %s:7\n  p (%s:7) \"e\"\n", md, md)));
    buf_free(&out);
}

/* The value with {b..} where it is bold, {i..} italic. */
static const char *emphasised(const char *value) {
    struct emphasis *e;
    size_t n;
    const char *plain = value_plain(pool, value, &e, &n);
    struct buf out = {0};
    size_t at = 0;
    for (size_t i = 0; i < n; i++) {
        buf_printf(&out, "%.*s{%s%s%.*s}", (int)(e[i].at - at), plain + at,
                   e[i].flags & SPAN_BOLD ? "b" : "", e[i].flags & SPAN_ITALIC ? "i" : "",
                   (int)e[i].len, plain + e[i].at);
        at = e[i].at + e[i].len;
    }
    buf_puts(&out, plain + at);
    const char *text = pool_strdup(pool, buf_text(&out));
    buf_free(&out);
    return text;
}

/* In the time it takes to go through it some times, not once for each of them. */
static void a_value_of_nothing_but_open_marks_is_read_in_linear_time(void) {
    struct buf value = {0};
    for (int i = 0; i < 300000; i++)
        buf_puts(&value, "*a ");
    CHECK_STR(emphasised(buf_text(&value)), buf_text(&value));
    buf_free(&value);
}

static void emphasis_of_values_stands_at_the_ends_of_words(void) {
    static const char *const cases[][2] = {
        {"a **b c** d", "a {bb c} d"},
        {"*x*, ***y***.", "{ix}, {biy}."},
        {"2*3*4", "2*3*4"},
        {"(*) a (*)", "(*) a (*)"},
        {"**mở", "**mở"},
        {"** a **", "** a **"},
        {"\\*a\\*", "*a*"},
        {"**a\nb**", "{ba\nb}"},
        {"****a****", "****a****"},
        {"**a* b**", "{ba* b}"},
        {"a** b**", "a** b**"},
        {"(**a**)", "({ba})"},
    };
    begin();
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
        CHECK_STR(emphasised(cases[i][0]), cases[i][1]);
}

int main(void) {
    RUN(emphasis_of_values_stands_at_the_ends_of_words);
    RUN(a_value_of_nothing_but_open_marks_is_read_in_linear_time);
    RUN(every_tag_of_the_contract_is_a_field);
    RUN(fields_remember_their_key_and_place);
    RUN(a_draft_leaves_blank_slots);
    RUN(dates_are_read_in_every_form);
    RUN(a_wrong_date_is_an_error_with_line);
    RUN(numbers_below_ten_get_a_zero);
    RUN(subjects_lose_their_v_v);
    RUN(items_get_one_sign_and_never_two);
    RUN(forced_breaks_need_their_spaces);
    RUN(one_recipient_stands_bare);
    RUN(without_luu_the_last_copy_ends_the_list);
    RUN(defaults_keep_their_own_place);
    RUN(the_type_is_a_safe_file_name);
    RUN(unknown_keys_are_still_fields);
    RUN(pictures_must_exist);
    RUN(appendices_are_sections_with_a_label_and_a_body);
    RUN(separate_appendices_are_documents_of_their_own);
    RUN(a_dispatch_without_separate_appendices_is_one_document);
    RUN(names_of_separate_appendices_are_known_by_their_ends);
    RUN(what_is_wrong_with_an_appendix_is_told_at_its_line);
    RUN(the_body_may_have_another_name);
    RUN(a_missing_body_is_an_error_at_its_key);
    RUN(an_unreadable_ini_is_nothing);
    RUN(the_dump_shows_every_field_and_block);
    finish();
    return CHECK_RESULT();
}
