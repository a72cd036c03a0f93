#include "base/buf.h"
#include "base/diag.h"
#include "base/file.h"
#include "base/library.h"
#include "base/pool.h"
#include "base/utf8.h"
#include "check.h"

#include <math.h>
#include <stdlib.h>
#include <unistd.h>

static struct pool *pool;

static void pool_gives_zeroed_memory_of_any_size(void) {
    struct pool *p = pool_new();
    for (size_t size = 1; size < 300000; size = size * 3 + 1) {
        unsigned char *m = pool_alloc(p, size);
        size_t dirty = 0;
        for (size_t i = 0; i < size; i++)
            dirty += m[i] != 0;
        CHECK_INT(dirty, 0);
        memset(m, 0xAA, size);
    }
    pool_reset(p);
    unsigned char *again = pool_alloc(p, 64);
    CHECK_INT(again[0] | again[63], 0);
    pool_free(p);
}

static void vec_keeps_items_while_it_grows(void) {
    VEC(int) v = {0};
    for (int i = 0; i < 1000; i++)
        *VEC_PUSH(pool, &v) = i;
    CHECK_INT(v.n, 1000);
    CHECK_INT(v.at[0] + v.at[999], 999);
}

static void buf_writes_numbers(void) {
    struct buf b = {0};
    buf_put_int(&b, 0);
    buf_putc(&b, ' ');
    buf_put_int(&b, INT64_MIN);
    buf_putc(&b, ' ');
    buf_put_milli(&b, 12500);
    buf_putc(&b, ' ');
    buf_put_milli(&b, -7);
    buf_putc(&b, ' ');
    buf_put_milli(&b, 1010);
    CHECK_STR(buf_text(&b), "0 -9223372036854775808 12.5 -0.007 1.01");
    buf_free(&b);
    CHECK_STR(buf_text(&b), "");
}

static void what_is_printed_is_whole_however_long(void) {
    static const char digits[] = "0123456789";
    for (int n = 1; n < 300; n++) {
        struct buf b = {0};
        buf_puts(&b, "x");
        buf_printf(&b, "%*s%s", n, "", digits);
        CHECK_INT(b.len, 1 + (size_t)n + 10);
        CHECK_STR(buf_text(&b) + 1 + n, digits);
        CHECK_STR(pool_printf(pool, "%*s%s", n, "", digits) + n, digits);
        buf_free(&b);
    }
}

static void utf8_normalises_combining_marks(void) {
    size_t n;
    CHECK_STR(utf8_nfc(pool, "Vie\xCC\xA3\xCC\x82t Nam", 12, &n), "Việt Nam");
    CHECK_STR(utf8_nfc(pool, "Đã “xong” – 25 %", strlen("Đã “xong” – 25 %"), &n),
              "Đã “xong” – 25 %");
    CHECK_INT(n, strlen("Đã “xong” – 25 %"));
}

/* 200,000 marks on one letter: sorted all at once they would take minutes. */
static void marks_without_end_take_no_time_without_end(void) {
    struct buf b = {0};
    size_t n;
    buf_putc(&b, 'a');
    for (int i = 0; i < 100000; i++)
        buf_puts(&b, "\u0301\u0323");
    char *nfc = utf8_nfc(pool, buf_text(&b), b.len, &n);
    CHECK(strncmp(nfc, "\u1EA1", 3) == 0);
    CHECK(n > 2 * 199990);
    buf_free(&b);
}

static void letters_of_vietnamese_alone_are_known(void) {
    CHECK(utf8_has_vietnamese("thơ") && utf8_has_vietnamese("Ưu") && utf8_has_vietnamese("Ạ"));
    CHECK(utf8_has_vietnamese("ỹ"));
    CHECK(!utf8_has_vietnamese("đã, Là, Øre, \u1E9F, \u1EFA, \u01A2, Ăâ, 10 ₫ \u1E20"));
    CHECK(!utf8_has_vietnamese(""));
}

static void json_is_utf8_whatever_a_file_is_called(void) {
    struct buf out = {0};
    json_string(&out, "h\xE3p \"1\"\n\xE1\xBA");
    CHECK_STR(buf_text(&out), "\"h\uFFFDp \\\"1\\\"\\u000a\uFFFD\uFFFD\"");
    buf_clear(&out);
    json_string(&out, "họp \\");
    CHECK_STR(buf_text(&out), "\"họp \\\\\"");
    buf_free(&out);
}

static void utf8_folds_names(void) {
    CHECK_STR(utf8_fold(pool, "Kính gửi"), "kinh gui");
    CHECK_STR(utf8_fold(pool, "kinh_gui"), "kinh gui");
    CHECK_STR(utf8_fold(pool, "  ĐỊA-danh "), "dia danh");
    CHECK_STR(utf8_fold(pool, "Ki\xCC\x81nh gu\xCC\x9B\xCC\x89i"), "kinh gui");
    CHECK_STR(utf8_fold(pool, "_-_"), "");
    CHECK_STR(utf8_fold(pool, "\xFF\xFE\xFD A"), "\xEF\xBF\xBD\xEF\xBF\xBD\xEF\xBF\xBD A");
}

/* The quick way of folding Vietnamese must give what Unicode's data give: U+0301 at the end of the
 * same text sends it the long way. */
static void utf8_folds_every_letter_as_unicode_does(void) {
    for (uint32_t cp = 1; cp < 0x2100; cp++) {
        if (cp >= 0x300 && cp < 0x370)
            continue;
        char text[16] = "x";
        size_t n = 1 + utf8_put(text + 1, cp);
        const char *quick = utf8_fold(pool, pool_strndup(pool, text, n));
        memcpy(text + n, "z\xCC\x81", 3);
        const char *slow = utf8_fold(pool, pool_strndup(pool, text, n + 3));
        size_t m = strlen(slow);
        if (m == 0 || slow[m - 1] != 'z')
            continue; /* a mark of another script */
        slow = pool_strndup(pool, slow, m - 1);
        const char *trimmed = slow[strlen(slow) - 1] == ' ' ? "x" : slow;
        if (strcmp(quick, trimmed) != 0)
            printf("# U+%04X: %s, %s\n", cp, quick, trimmed);
        CHECK(strcmp(quick, trimmed) == 0);
    }
}

static void folding_leaves_gaps_out_on_demand(void) {
    CHECK_STR(utf8_fold_plain(pool, " ỦY BAN\tnhân-dân\n(42 m²) ", false), "uybannhandan(42m²)");
    CHECK_STR(utf8_fold_plain(pool, " ỦY BAN\tnhân -dân\xC2\xA0", true), "uy ban nhan dan");
    CHECK(utf8_fold_plain(pool, "Ki\xCC\x81nh", true) == NULL);
    CHECK(utf8_fold_plain(pool, "a\xE1\xBA", false) == NULL);
}

static void settled_text_is_valid_and_composed(void) {
    size_t settled = 0;
    for (uint32_t cp = 1; cp < 0x20000; cp++) {
        char text[8] = "x";
        size_t n = 1 + utf8_put(text + 1, cp), len, bad;
        if ((cp >= 0xD800 && cp < 0xE000) || !utf8_is_settled(text, n))
            continue;
        settled++;
        CHECK(utf8_valid(text, n, &bad));
        CHECK(strcmp(utf8_nfc(pool, text, n, &len), text) == 0);
        CHECK(cp >= 0x20 ? cp != 0x7F : cp == '\n' || cp == '\t');
        CHECK(!utf8_is_settled(text, n - 1) || n == 2);
    }
    CHECK(settled > 900);
    CHECK(utf8_is_settled("Đã “xong” – 25 %", strlen("Đã “xong” – 25 %")));
    CHECK(!utf8_is_settled("a\rb", 3));
    CHECK(!utf8_is_settled("a\xFF", 2));
    CHECK(!utf8_is_settled("Vie\xCC\xA3t", 6));
}

static void utf8_reads_utf16(void) {
    size_t n;
    CHECK_STR(utf8_from_utf16(pool, "\xFF\xFE\x1B\x1E\x3D\xD8\x00\xDE", 8, &n), "ḛ😀");
    CHECK_STR(utf8_from_utf16(pool, "\xFE\xFF\x00\x41", 4, &n), "A");
    CHECK(utf8_from_utf16(pool, "A", 1, &n) == NULL);
    CHECK_STR(utf8_from_utf16(pool, "\xFF\xFE\x00\xD8", 4, &n), "\xEF\xBF\xBD");
}

static void utf8_survives_bad_bytes(void) {
    const char *s = "a\xFFz", *p = s;
    CHECK_INT(utf8_next(&p, s + 3), 'a');
    CHECK_INT(utf8_next(&p, s + 3), 0xFFFD);
    CHECK_INT(utf8_next(&p, s + 3), 'z');
    size_t at = 0;
    CHECK(!utf8_valid(s, 3, &at));
    CHECK_INT(at, 1);
    CHECK_STR(utf8_upper(pool, "đệ trình"), "ĐỆ TRÌNH");
}

static void utf8_measures_distance(void) {
    CHECK_INT(utf8_distance("kinh gui", "kinh gui", 4), 0);
    CHECK_INT(utf8_distance("kinh gui", "kinh gu", 4), 1);
    CHECK_INT(utf8_distance("so", "trich yeu", 3), 3);
    static const char *const names[] = {"",        "so",       "ngay",      "ky hieu", "kinh gui",
                                        "kinh gu", "gui kinh", "trich yeu", "y"};
    enum { NAMES = sizeof names / sizeof *names };
    for (int i = 0; i < NAMES * NAMES; i++) { /* a limit only cuts off */
        const char *a = names[i / NAMES], *b = names[i % NAMES];
        size_t all = utf8_distance(a, b, 100);
        for (size_t limit = 1; limit < 10; limit++)
            CHECK_INT(utf8_distance(a, b, limit), all < limit ? all : limit);
    }
}

static void diag_prints_place_level_text_and_code(void) {
    struct diag *d = diag_new(LANG_EN);
    diag_add(d, FILE_TOO_BIG, (struct where){.file = "a.ini", .line = 3}, "256", NULL);
    diag_add(d, FONT_NOT_FOUND, (struct where){.file = "a.docx", .part = "word/document.xml"}, "X",
             NULL);
    FILE *f = tmpfile();
    diag_write(d, f);
    char text[512] = "";
    rewind(f);
    size_t n = fread(text, 1, sizeof text - 1, f);
    text[n] = '\0';
    fclose(f);
    CHECK(strstr(text, "a.ini:3: error: the file is larger than 256 MB"));
    CHECK(strstr(text, "[file-too-big]\n"));
    CHECK(strstr(text, "a.docx:word/document.xml: error: no font for “X”"));
    CHECK_INT(diag_count(d, DIAG_ERROR), 2);
    CHECK(diag_has(d, FILE_TOO_BIG) && !diag_has(d, FILE_CANNOT_READ));
    diag_free(d);
}

static void file_write_replaces_whole_or_not_at_all(void) {
    struct diag *d = diag_new(LANG_VI);
    char folder[] = "/tmp/congvan-test-XXXXXX";
    CHECK(mkdtemp(folder) != NULL);
    char *path = path_join(pool, folder, "a/b/c.txt");
    CHECK(file_make_folder(path_folder(pool, path), d));
    CHECK(file_write(path, "one", 3, d) && file_write(path, "two!", 4, d));
    size_t n;
    CHECK_STR(file_read(pool, path, &n, (struct where){0}, d), "two!");
    CHECK_INT(n, 4);
    CHECK_INT(diag_count(d, DIAG_ERROR), 0);
    CHECK(!file_write(path_join(pool, folder, "none/c.txt"), "x", 1, d));
    CHECK(!file_write("/dev/null", "x", 1, d));
    CHECK(!file_write(folder, "x", 1, d));
    CHECK(!file_read(pool, folder, &n, (struct where){0}, d));
    CHECK(diag_has(d, FILE_CANNOT_WRITE) && diag_has(d, FILE_CANNOT_READ));
    CHECK(unlink(path) == 0 && rmdir(path_join(pool, folder, "a/b")) == 0);
    CHECK(rmdir(path_join(pool, folder, "a")) == 0 && rmdir(folder) == 0); /* nothing else there */
    diag_free(d);
}

static void paths_come_apart(void) {
    CHECK_STR(path_folder(pool, "a/b/c.ini"), "a/b");
    CHECK_STR(path_folder(pool, "c.ini"), ".");
    CHECK_STR(path_folder(pool, "/c.ini"), "/");
    CHECK_STR(path_stem(pool, "a/b.c/d.tar.gz"), "d.tar");
    CHECK_STR(path_stem(pool, ".hidden"), ".hidden");
    CHECK(path_has_suffix("X.INI", ".ini") && !path_has_suffix("ini", ".ini"));
}

#define OF_LIBM(f) f(floor) f(ceil)
#define NOT_OF_LIBM(f) f(floor) f(buf_puts)

static void a_library_is_loaded_with_all_its_functions_or_not_at_all(void) {
    struct {
        LIBRARY_POINTERS(OF_LIBM)
    } libm = {0};
    struct {
        LIBRARY_POINTERS(NOT_OF_LIBM)
    } lacks_one;
    CHECK(LIBRARY_LOAD("libm.so.6", OF_LIBM, &libm));
    CHECK(libm.floor && libm.floor(1.5) == 1 && libm.ceil && libm.ceil(1.5) == 2);
    CHECK(!LIBRARY_LOAD("libm.so.6", NOT_OF_LIBM, &lacks_one));
    CHECK(!LIBRARY_LOAD("libnot-there.so.6", OF_LIBM, &libm));
}

int main(void) {
    pool = pool_new();
    RUN(pool_gives_zeroed_memory_of_any_size);
    RUN(vec_keeps_items_while_it_grows);
    RUN(buf_writes_numbers);
    RUN(what_is_printed_is_whole_however_long);
    RUN(utf8_normalises_combining_marks);
    RUN(marks_without_end_take_no_time_without_end);
    RUN(letters_of_vietnamese_alone_are_known);
    RUN(json_is_utf8_whatever_a_file_is_called);
    RUN(utf8_folds_names);
    RUN(utf8_folds_every_letter_as_unicode_does);
    RUN(folding_leaves_gaps_out_on_demand);
    RUN(settled_text_is_valid_and_composed);
    RUN(utf8_reads_utf16);
    RUN(utf8_survives_bad_bytes);
    RUN(utf8_measures_distance);
    RUN(diag_prints_place_level_text_and_code);
    RUN(file_write_replaces_whole_or_not_at_all);
    RUN(paths_come_apart);
    RUN(a_library_is_loaded_with_all_its_functions_or_not_at_all);
    pool_free(pool);
    return CHECK_RESULT();
}
