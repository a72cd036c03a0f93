#include "dispatch/ini.h"
#include "dispatch/schema.h"
#include "dispatch_help.h"

#include <sys/resource.h>

static struct ini *parse_n(const char *text, size_t n) {
    begin();
    return ini_parse(pool, "a.ini", text, n, diag);
}

static struct ini *parse(const char *text) {
    return parse_n(text, strlen(text));
}

static const char *value(const struct ini *ini, const char *section, const char *key) {
    const struct ini_key *found = ini_key(ini_section(ini, section), key);
    return found ? found->value : NULL;
}

static void names_fold_and_values_stay_as_typed(void) {
    struct ini *ini =
        parse("; remark\n# remark\n[Kính_gửi]\n  Người-Nhận =  Sở Nội vụ | Phòng A  \n");
    CHECK_STR(value(ini, "kinh gui", "nguoi nhan"), "Sở Nội vụ | Phòng A");
    const struct ini_key *key = ini_key(ini_section(ini, "kinh gui"), "nguoi nhan");
    CHECK_STR(key->name, "Người-Nhận");
    CHECK_STR(key->where.file, "a.ini");
    CHECK_INT(key->where.line, 4);
    CHECK_INT(ini_section(ini, "kinh gui")->where.line, 3);
    CHECK(quiet());
}

static void empty_values_are_empty_strings(void) {
    struct ini *ini = parse("[a]\nx =\ny=\"\"\nz = \"  \"\n");
    CHECK_STR(value(ini, "a", "x"), "");
    CHECK_STR(value(ini, "a", "y"), "");
    CHECK_STR(value(ini, "a", "z"), "  ");
    CHECK(value(ini, "a", "w") == NULL && value(ini, "b", "x") == NULL);
    CHECK(quiet());
}

static void bom_crlf_lone_cr_and_nfd_make_no_difference(void) {
    struct ini *ini =
        parse("\xEF\xBB\xBF[a]\r\nte\xCC\x82n = Vie\xCC\xA3\xCC\x82t\r\nb = 1\rc = 2");
    CHECK_STR(value(ini, "a", "ten"), "Việt");
    CHECK_STR(value(ini, "a", "c"), "2");
    CHECK_INT(ini_key(ini_section(ini, "a"), "c")->where.line, 4);
    CHECK(quiet());
}

static void utf16_of_notepad_is_read(void) {
    static const char le[] = "\xFF\xFE[\0a\0]\0\r\0\n\0x\0=\0\xC7\x1E";
    static const char be[] = "\xFE\xFF\0[\0a\0]\0\n\0x\0=\x1E\xC7";
    CHECK_STR(value(parse_n(le, sizeof le - 1), "a", "x"), "ệ");
    CHECK(quiet());
    CHECK_STR(value(parse_n(be, sizeof be - 1), "a", "x"), "ệ");
    CHECK(quiet());
    parse_n(le, sizeof le - 2);
    CHECK(diag_has(diag, SOURCE_NOT_UTF8));
}

static void bytes_that_are_not_utf8_are_an_error_with_line(void) {
    struct ini *ini = parse("[a]\nx = C\xD4ng\ny = 1\n");
    CHECK_STR(value(ini, "a", "x"), "C\xEF\xBF\xBDng");
    CHECK_STR(value(ini, "a", "y"), "1");
    CHECK(only(SOURCE_NOT_UTF8, "error", 2));
}

static void control_characters_are_warned_about(void) {
    struct ini *ini = parse_n("[a]\nx = b\0c\x01\x64\n", 14);
    CHECK_STR(value(ini, "a", "x"), "b c d");
    CHECK(only(SOURCE_CONTROL, "warning", 2));
}

static void a_sign_without_quotes_is_kept_and_warned_about(void) {
    struct ini *ini = parse("[a]\nlưu = VT; NC\nx = C#\n");
    CHECK_STR(value(ini, "a", "luu"), "VT; NC");
    CHECK_STR(value(ini, "a", "x"), "C#");
    CHECK_INT(diag_count(diag, DIAG_WARNING), 2);
    CHECK(strstr(said(), "a.ini:2: warning") && diag_has(diag, INI_UNQUOTED_SIGN));
}

static void a_sign_that_may_open_a_remark_is_an_error(void) {
    struct ini *ini = parse("[a]\nx = 5 ; chưa cấp\n");
    CHECK_STR(value(ini, "a", "x"), "5 ; chưa cấp");
    CHECK(only(INI_REMARK_OR_VALUE, "error", 2));
    parse("[a]\nx = # chưa cấp\n");
    CHECK(only(INI_REMARK_OR_VALUE, "error", 2));
}

static void quotes_keep_signs_and_are_removed(void) {
    struct ini *ini = parse("[a]\nx = \"VT; NC #2\"\ny = \"nói \\\"có\\\"; 'không'\" ; remark\n"
                            "z = it's 'so'\nw = 'b'\n");
    CHECK_STR(value(ini, "a", "x"), "VT; NC #2");
    CHECK_STR(value(ini, "a", "y"), "nói \"có\"; 'không'");
    CHECK_STR(value(ini, "a", "z"), "it's 'so'");
    CHECK_STR(value(ini, "a", "w"), "'b'");
    CHECK(quiet());
}

static void quotes_inside_a_value_are_text(void) {
    struct ini *ini = parse("[a]\nx = Ngày hội \"Toàn dân\"\n");
    CHECK_STR(value(ini, "a", "x"), "Ngày hội \"Toàn dân\"");
    CHECK(quiet());
    ini = parse("[a]\nx = \"A\" và \"B\"\n");
    CHECK_STR(value(ini, "a", "x"), "\"A\" và \"B\"");
    CHECK(only(INI_TEXT_AFTER_QUOTE, "warning", 2));
}

static void an_unclosed_quote_is_an_error(void) {
    struct ini *ini = parse("[a]\nx = \"abc\ny = 1\n");
    CHECK_STR(value(ini, "a", "x"), "\"abc");
    CHECK_STR(value(ini, "a", "y"), "1");
    CHECK(only(INI_UNCLOSED_QUOTE, "error", 2));
}

static void a_repeated_key_never_wins_silently(void) {
    struct ini *ini = parse("[a]\nSố = 5\nb = 1\nso = 6\n");
    CHECK_STR(value(ini, "a", "so"), "5");
    CHECK(only(INI_REPEATED_KEY, "error", 4));
    CHECK(strstr(said(), "line 2 as “5”"));
}

static void repeated_names_in_a_list_keep_both_items(void) {
    struct ini *ini = parse("[nơi nhận]\n1 = A\n1 = B\nlưu = VT\n");
    CHECK_INT(ini_section(ini, "noi nhan")->keys.n, 3);
    CHECK(only(INI_REPEATED_ITEM, "warning", 3));
    ini = parse("[nơi nhận]\nlưu = VT\nlưu = NC\n");
    CHECK_INT(ini_section(ini, "noi nhan")->keys.n, 1);
    CHECK(only(INI_REPEATED_KEY, "error", 3));
}

static void a_repeated_section_is_joined_with_a_warning(void) {
    struct ini *ini = parse("[kính gửi]\n1 = A\n[b]\n[kinh_gui]\n2 = B\n");
    CHECK_INT(ini->sections.n, 2);
    CHECK_STR(value(ini, "kinh gui", "2"), "B");
    CHECK(only(INI_REPEATED_SECTION, "warning", 4));
    parse("[a]\nx = 1\n[a]\nx = 2\n");
    CHECK(diag_has(diag, INI_REPEATED_SECTION) && diag_has(diag, INI_REPEATED_KEY));
}

static void a_key_before_any_section_is_an_error(void) {
    parse("x = 1\n[a]\n");
    CHECK(only(INI_OUTSIDE_SECTION, "error", 1));
    parse("[]\nx = 1\n");
    CHECK(diag_has(diag, INI_BAD_SECTION) && diag_has(diag, INI_OUTSIDE_SECTION));
}

static void a_line_that_is_nothing_is_an_error(void) {
    parse("[a]\nSố: 5\n");
    CHECK(only(INI_NO_KEY, "error", 2));
    CHECK(strstr(said(), "“Số: 5”"));
    parse("[a]\n = 5\n");
    CHECK(only(INI_NO_KEY, "error", 2));
}

static void a_broken_section_line_is_an_error(void) {
    struct ini *ini = parse("[a]\nx = 1\n[b\nx = 2\n");
    CHECK_STR(value(ini, "a", "x"), "1");
    CHECK_STR(value(ini, "b", "x"), "2");
    CHECK(only(INI_BAD_SECTION, "error", 3));
    parse("[a] x = 1\n");
    CHECK(only(INI_BAD_SECTION, "error", 1));
    parse("[a] ; remark\nx = 1\n");
    CHECK(quiet());
}

static void a_trailing_backslash_joins_nothing(void) {
    struct ini *ini = parse("[a]\nx = b\\\ny = 1\n");
    CHECK_STR(value(ini, "a", "x"), "b\\");
    CHECK_STR(value(ini, "a", "y"), "1");
    CHECK(only(INI_TRAILING_BACKSLASH, "error", 2));
}

/* iniparser's line buffer has 1,024 bytes; lengths around its pieces and that limit. */
static void long_lines_are_read_whole(void) {
    for (size_t n = 890; n < 5000; n = n < 1100 ? n + 1 : n * 2 + 1) {
        begin();
        char *text = pool_alloc(pool, n * 3 + 16);
        strcpy(text, "[a]\nx = ");
        for (size_t i = 0; i < n; i++)
            strcat(text + 8 + i * 2, i % 7 ? "đ" : "\\\"");
        struct ini *ini = ini_parse(pool, "a.ini", text, strlen(text), diag);
        const char *got = value(ini, "a", "x");
        if (!got || strcmp(got, text + 8) != 0 || diag_count(diag, DIAG_ERROR))
            CHECK_INT(n, 0);
    }
}

static void many_keys_take_linear_time(void) {
    begin();
    struct buf text = {0};
    buf_puts(&text, "[a]\n");
    for (int i = 0; i < 40000; i++)
        buf_printf(&text, "key %d = value %d\n", i, i);
    struct ini *ini = ini_parse(pool, "a.ini", text.data, text.len, diag);
    CHECK_INT(ini->sections.at[0].keys.n, 40000);
    CHECK_STR(value(ini, "a", "key 39999"), "value 39999");
    CHECK(quiet());
    buf_free(&text);
}

/* Bytes of no sense at all: nothing but messages may come of it. */
static void any_bytes_are_survived(void) {
    static const char alphabet[] = "[]=;#\"\\\n\r \tab|'\xC3\xA1\xFF\0\xEF\xBB\xBF";
    unsigned seed = 7;
    for (int round = 0; round < 3000; round++) {
        char bytes[80];
        size_t n = (size_t)round % sizeof bytes;
        for (size_t i = 0; i < n; i++) {
            seed = seed * 1103515245u + 12345u;
            bytes[i] = alphabet[(seed >> 16) % (sizeof alphabet - 1)];
        }
        CHECK(parse_n(bytes, n) != NULL);
        if (diag_has(diag, INI_DISAGREES))
            CHECK_INT(round, -1);
    }
}

/* Without a file descriptor left iniparser can read nothing; that is never taken for agreement. */
static void what_iniparser_cannot_confirm_is_an_error(void) {
    struct rlimit before, none;
    getrlimit(RLIMIT_NOFILE, &before);
    none = before;
    none.rlim_cur = 0;
    setrlimit(RLIMIT_NOFILE, &none);
    struct ini *ini = parse("[a]\nx = 1\n");
    setrlimit(RLIMIT_NOFILE, &before);
    CHECK_STR(value(ini, "a", "x"), "1");
    CHECK(only(INI_DISAGREES, "error", 2));
}

static void unknown_keys_are_named_with_the_nearest(void) {
    struct ini *ini = parse("[người ký]\nhọ và tên = A\n[tự do]\nx = 1\n[kính gửi]\nx = 1\n");
    schema_check(ini, diag);
    CHECK(only(INI_UNKNOWN_KEY, "warning", 2));
    CHECK(strstr(said(), "“họ tên”"));
    ini = parse("[phụ lục 1]\ntiêu đê = A\nfile = x.md\n");
    schema_check(ini, diag);
    CHECK(only(INI_UNKNOWN_KEY, "warning", 3));
}

static void a_section_nearly_known_is_pointed_out(void) {
    struct ini *ini = parse("[nguoi ki]\nx = 1\n");
    schema_check(ini, diag);
    CHECK(only(INI_NEAR_SECTION, "warning", 1));
}

static void defaults_fill_what_is_not_said(void) {
    begin();
    static const char own[] = "[a]\nx = 1\ny =\n[kính gửi]\n1 = A\n[nơi nhận]\nlưu = VT\n";
    static const char common[] = "[a]\nx = 2\ny = 2\nz = 2\n[kính gửi]\n1 = B\n2 = C\n"
                                 "[nơi nhận]\n1 = Như trên\nlưu = NC\n[c]\nw = 3\n";
    struct ini *ini = ini_parse(pool, "a.ini", own, strlen(own), diag);
    struct ini *defaults = ini_parse(pool, "chung.ini", common, strlen(common), diag);
    ini_add_defaults(pool, ini, defaults);
    CHECK_STR(value(ini, "a", "x"), "1");
    CHECK_STR(value(ini, "a", "y"), "");
    CHECK_STR(value(ini, "a", "z"), "2");
    CHECK_STR(ini_key(ini_section(ini, "a"), "z")->where.file, "chung.ini");
    CHECK_INT(ini_section(ini, "kinh gui")->keys.n, 1);
    CHECK_STR(value(ini, "noi nhan", "luu"), "VT");
    CHECK_STR(value(ini, "noi nhan", "1"), "Như trên");
    CHECK_STR(value(ini, "c", "w"), "3");
    CHECK_INT(defaults->sections.at[0].keys.n, 3);
}

static void luu_alone_comes_from_the_defaults_of_a_list(void) {
    struct ini *ini = parse("[nơi nhận]\n1 = A\n");
    static const char common[] = "[nơi nhận]\n2 = B\nlưu = VT\n";
    struct ini *defaults = ini_parse(pool, "chung.ini", common, strlen(common), diag);
    ini_add_defaults(pool, ini, defaults);
    CHECK(value(ini, "noi nhan", "2") == NULL);
    CHECK_STR(value(ini, "noi nhan", "luu"), "VT");
}

static void a_missing_file_is_reported(void) {
    begin();
    CHECK(ini_read(pool, "/nonexistent/a.ini", diag) == NULL);
    CHECK(diag_has(diag, FILE_CANNOT_READ));
}

int main(void) {
    RUN(names_fold_and_values_stay_as_typed);
    RUN(empty_values_are_empty_strings);
    RUN(bom_crlf_lone_cr_and_nfd_make_no_difference);
    RUN(utf16_of_notepad_is_read);
    RUN(bytes_that_are_not_utf8_are_an_error_with_line);
    RUN(control_characters_are_warned_about);
    RUN(a_sign_without_quotes_is_kept_and_warned_about);
    RUN(a_sign_that_may_open_a_remark_is_an_error);
    RUN(quotes_keep_signs_and_are_removed);
    RUN(quotes_inside_a_value_are_text);
    RUN(an_unclosed_quote_is_an_error);
    RUN(a_repeated_key_never_wins_silently);
    RUN(repeated_names_in_a_list_keep_both_items);
    RUN(a_repeated_section_is_joined_with_a_warning);
    RUN(a_key_before_any_section_is_an_error);
    RUN(a_line_that_is_nothing_is_an_error);
    RUN(a_broken_section_line_is_an_error);
    RUN(a_trailing_backslash_joins_nothing);
    RUN(long_lines_are_read_whole);
    RUN(many_keys_take_linear_time);
    RUN(any_bytes_are_survived);
    RUN(what_iniparser_cannot_confirm_is_an_error);
    RUN(unknown_keys_are_named_with_the_nearest);
    RUN(a_section_nearly_known_is_pointed_out);
    RUN(defaults_fill_what_is_not_said);
    RUN(luu_alone_comes_from_the_defaults_of_a_list);
    RUN(a_missing_file_is_reported);
    finish();
    return CHECK_RESULT();
}
