/* Tables as spreadsheets save them. */
#include "check.h"
#include "dispatch/csv.h"

#include <stdlib.h>
#include <string.h>

static struct pool *pool;
static struct diag *diag;

static struct csv *parse(const char *text) {
    return csv_parse(pool, "a.csv", text, strlen(text), diag);
}

/* The cells of the table: '|' between cells, '/' between rows. */
static const char *shape(const struct csv *csv) {
    struct buf out = {0};
    for (size_t i = 0; csv && i < csv->rows.n; i++) {
        const struct csv_row *row = &csv->rows.at[i];
        buf_puts(&out, i ? "/" : "");
        for (size_t k = 0; k < row->cells.n; k++)
            buf_printf(&out, "%s%s", k ? "|" : "", row->cells.at[k]);
    }
    const char *text = pool_strdup(pool, buf_text(&out));
    buf_free(&out);
    return text;
}

static void the_separator_is_the_most_frequent_of_the_first_line(void) {
    CHECK_STR(shape(parse("số;kính gửi\n1;Sở A, B\n")), "số|kính gửi/1|Sở A, B");
    CHECK_STR(shape(parse("số,kính gửi\r\n1,Sở A; B\r\n")), "số|kính gửi/1|Sở A; B");
    CHECK_STR(shape(parse("số\tkính gửi\n1\tSở A")), "số|kính gửi/1|Sở A");
    CHECK_STR(shape(parse("\"a;b;c\",d\n1,2\n")), "a;b;c|d/1|2");
    CHECK_STR(shape(parse("một cột\nmột hàng\n")), "một cột/một hàng");
    CHECK_STR(shape(parse("sep=|\na|b;c\n")), "a|b;c");
}

static void quoted_cells_hold_anything(void) {
    CHECK_STR(shape(parse("a;b\n\"x;y\";\"nói \"\"vâng\"\"\"\n")), "a|b/x;y|nói \"vâng\"");
    CHECK_STR(shape(parse("a;b\n\"dòng 1\ndòng 2\";z\n")), "a|b/dòng 1\ndòng 2|z");
    CHECK_STR(shape(parse("a;b\n 5\" ; y\"z\n")), "a|b/5\"|y\"z");
    CHECK_STR(shape(parse("a;b\n\"x\" thêm;y\n")), "a|b/x thêm|y");
    CHECK_STR(shape(parse("a;b\n\"\";\"\"\"\"\n")), "a|b/|\"");
}

static void rows_know_their_lines_and_empty_ones_are_left_out(void) {
    struct csv *csv = parse("a;b\n\n;;\n\"1\n2\";x\n3;y\n");
    CHECK_INT(csv->rows.n, 3);
    CHECK_INT(csv->rows.at[1].line, 4);
    CHECK_INT(csv->rows.at[2].line, 6);
    CHECK_STR(csv_cell(&csv->rows.at[0], 1), "b");
    CHECK_STR(csv_cell(&csv->rows.at[0], 7), "");
}

static void the_encodings_of_excel_are_read(void) {
    CHECK_STR(shape(parse("\xEF\xBB\xBFs\xE1\xBB\x91;b\n1;2\n")), "số|b/1|2");
    static const char wide[] = "\xFF\xFEs\0\xD1\x1E\t\0b\0\r\0\n\0\x31\0\t\0\x32\0";
    CHECK_STR(shape(csv_parse(pool, "a.csv", wide, sizeof wide - 1, diag)), "số|b/1|2");
    CHECK_STR(shape(parse("so\xCC\x82\xCC\x81;b\n")), "số|b"); /* NFD */
    CHECK_INT(diag_count(diag, DIAG_ERROR), 0);
}

static void an_open_quote_and_an_empty_table_are_said(void) {
    CHECK(parse("a;b\n1;\"mở\n2;3\n") == NULL);
    CHECK(diag_has(diag, CSV_QUOTE_OPEN));
    CHECK(parse("\n;;\n") == NULL);
    CHECK(diag_has(diag, CSV_EMPTY));
    CHECK(csv_read(pool, "/nowhere/a.csv", (struct where){.file = "x.ini", .line = 3}, diag) ==
          NULL);
    CHECK(diag_has(diag, FILE_CANNOT_READ));
}

int main(void) {
    pool = pool_new();
    diag = diag_new(LANG_EN);
    RUN(the_separator_is_the_most_frequent_of_the_first_line);
    RUN(quoted_cells_hold_anything);
    RUN(rows_know_their_lines_and_empty_ones_are_left_out);
    RUN(the_encodings_of_excel_are_read);
    RUN(an_open_quote_and_an_empty_table_are_said);
    diag_free(diag);
    pool_free(pool);
    return CHECK_RESULT();
}
