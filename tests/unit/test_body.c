#include "dispatch/body.h"
#include "base/utf8.h"
#include "dispatch_help.h"

static struct body *parse(const char *text) {
    begin();
    return body_parse(pool, "a.md", text, strlen(text), diag);
}

static void put_spans(struct buf *out, const struct paragraph *paragraph) {
    const struct span *span;
    VEC_EACH (span, &paragraph->spans) {
        if (span->note)
            buf_printf(out, "<%d>", span->note);
        else
            buf_puts(out, span->text);
        if (span->flags)
            buf_printf(out, "{%s%s}", span->flags & SPAN_BOLD ? "b" : "",
                       span->flags & SPAN_ITALIC ? "i" : "");
        if (span + 1 < paragraph->spans.at + paragraph->spans.n)
            buf_putc(out, '_');
    }
}

/* The blocks as one line: paragraphs apart by " / ", cells by ", ", spans by "_". */
static const char *shape(const struct body *body) {
    struct buf out = {0};
    const struct body_block *block;
    VEC_EACH (block, &body->blocks) {
        if (block != body->blocks.at)
            buf_puts(&out, " / ");
        if (block->kind == BLOCK_PARAGRAPH)
            put_spans(&out, &block->paragraph);
        const struct table_row *row;
        VEC_EACH (row, &block->table.rows) {
            buf_putc(&out, '(');
            for (size_t i = 0; i < block->table.columns; i++) {
                buf_puts(&out, i ? ", " : "");
                put_spans(&out, &row->cells[i]);
            }
            buf_putc(&out, ')');
        }
    }
    const struct note *note;
    VEC_EACH (note, &body->notes) {
        buf_printf(&out, " ^%s:", note->label);
        for (size_t i = 0; i < note->paragraphs.n; i++) {
            buf_puts(&out, i ? "; " : " ");
            put_spans(&out, &note->paragraphs.at[i]);
        }
    }
    const char *s = pool_strdup(pool, buf_text(&out));
    buf_free(&out);
    return s;
}

static void reads(const char *text, const char *want) {
    CHECK_STR(shape(parse(text)), want);
    if (!quiet())
        CHECK_STR(text, "should be read without a word");
}

static void lines_join_and_blank_lines_part(void) {
    reads("một\nhai \n\n\nba\n", "một hai / ba");
    reads("", "");
    reads("\n \n\t\n", "");
    reads("\xEF\xBB\xBFmo\xCC\xA3\xCC\x82t\r\nhai", "một hai");
    CHECK_INT(parse("a\n\nb\nc\n")->blocks.at[1].paragraph.where.line, 3);
}

static void markers_open_paragraphs_and_are_printed(void) {
    reads("a\n1. b\n1.1. c\na) d\nđ) e\n- f\n+ g\n* h\nĐiều 1. i\n-Như j\n1.Về k",
          "a / 1. b / 1.1. c / a) d / đ) e / - f / + g / * h / Điều 1. i / -Như j / 1.Về k");
    reads("**1. b**\n**Điều 2.** c", "1. b{b} / Điều 2.{b}_ c");
    struct body *body = parse("1. a\na) b\n* c\nĐiều 1. d\ne");
    static const enum marker want[] = {MARKER_CLAUSE, MARKER_POINT, MARKER_BULLET, MARKER_ARTICLE};
    for (size_t i = 0; i < 4; i++)
        CHECK_INT(body->blocks.at[i].paragraph.marker, want[i]);
    CHECK_INT(parse("a")->blocks.at[0].paragraph.marker, MARKER_NONE);
}

static void what_only_looks_like_a_marker_is_text(void) {
    reads("a\n1.500 đồng\n2024. b\n-5 độ\n---\nĐiều này\n1.1 c\nab) d",
          "a 1.500 đồng 2024. b -5 độ --- Điều này 1.1 c ab) d");
    reads("a\n\\- b\n\\1. c\n\\* d", "a - b 1. c * d");
}

static void everything_else_is_typed_text(void) {
    reads("# a\n<b>&amp;</b> _c_ `d` ~~e~~\n[x]: http://y\n> z\n![i](j)\n====",
          "# a <b>&amp;</b> _c_ `d` ~~e~~ [x]: http://y > z ![i](j) ====");
    reads("    a\n\n\tb\n\n<!-- c -->\n\n***", "    a / \tb / <!-- c --> / ***");
    reads("C:\\thư mục\\_x \\# \\a \\", "C:\\thư mục\\_x \\# \\a \\");
}

static void stars_make_bold_and_italic(void) {
    reads("a **b** c", "a _b{b}_ c");
    reads("*a* ***b***.", "a{i}_ _b{bi}_.");
    reads("**a *b* c**", "a {b}_b{bi}_ c{b}");
    reads("***a** b*", "a{bi}_ b{i}");
    reads("**“a”**(*b, c*)", "“a”{b}_(_b, c{i}_)");
    reads("**a\nb** c", "a b{b}_ c");
}

static void stars_nobody_means_are_text(void) {
    reads("a * b ** c", "a * b ** c");
    reads("3*4*5 và m*n*k", "3*4*5 và m*n*k");
    reads("(*) a (*)", "(*) a (*)");
    reads("tệp *.docx và *.pdf", "tệp *.docx và *.pdf");
    reads("**** a *****", "**** a *****");
    reads("\\*a\\* \\\\ \\[^1] \\|", "*a* \\ [^1] |");
}

static void unclosed_marks_are_typed_text_with_a_warning(void) {
    CHECK_STR(shape(parse("x\n\n**a\nb")), "x / **a b");
    CHECK(only(BODY_MARK_UNCLOSED, "warning", 3));
    CHECK_STR(shape(parse("a\nb **c *d* e")), "a b **c _d{i}_ e");
    CHECK(only(BODY_MARK_UNCLOSED, "warning", 2));
    CHECK_STR(shape(parse("**a **b**")), "**a _b{b}");
    CHECK(only(BODY_MARK_UNCLOSED, "warning", 1));
    CHECK_STR(shape(parse("a** b")), "a** b");
    CHECK(only(BODY_MARK_UNOPENED, "warning", 1));
    CHECK_STR(shape(parse("***a**")), "*_a{b}");
    CHECK(only(BODY_MARK_UNCLOSED, "warning", 1));
    CHECK_STR(shape(parse("a [^1 b")), "a [^1 b");
    CHECK(only(BODY_MARK_UNCLOSED, "warning", 1));
    CHECK_STR(shape(parse("**a\n\nb**")), "**a / b**");
}

static void notes_are_numbered_as_their_marks_come(void) {
    reads("a[^x] **b[^1]** c\n\n[^1]: một\n\n[^x]: hai **ba**\n\nd",
          "a_<1>_ _b{b}_<2>{b}_ c / d ^x: hai _ba{b} ^1: một");
}

static void notes_have_indented_paragraphs(void) {
    reads("a[^1]\n\n[^1]: - b\n    c\nd\n\n    - e\n\n\tf\n    - g\n\nh",
          "a_<1> / h ^1: - b c d; - e; f; - g");
    reads("a[^1]\n\n[^1]:\n    b\n- c", "a_<1> / - c ^1: b");
    CHECK_INT(parse("a[^1]\n[^1]: b\n\n    c")->notes.at[0].paragraphs.at[1].where.line, 4);
}

static void a_mark_without_its_note_is_an_error(void) {
    CHECK_STR(shape(parse("x\na[^1]b")), "x a[^1]b");
    CHECK(only(BODY_MARK_WITHOUT_NOTE, "error", 2));
}

static void a_note_without_its_mark_is_printed_as_typed(void) {
    CHECK_STR(shape(parse("a\n\n[^1]:  b *c*\n\n    d\n\ne")), "a / [^1]:  _b _c{i} / d / e");
    CHECK(only(BODY_NOTE_WITHOUT_MARK, "error", 3));
}

static void a_mark_used_twice_names_one_note(void) {
    CHECK_STR(shape(parse("a[^1]\nb[^1]\n\n[^1]: c")), "a_<1>_ b_<1> ^1: c");
    CHECK(only(BODY_MARK_TWICE, "warning", 2));
}

static void a_second_note_of_one_label_is_text(void) {
    CHECK_STR(shape(parse("a[^1]\n\n[^1]: b\n[^1]: c")), "a_<1> / [^1]: _c ^1: b");
    CHECK(only(BODY_NOTE_TWICE, "error", 4));
}

static void a_mark_inside_a_note_is_text(void) {
    CHECK_STR(shape(parse("a[^1]\n\n[^1]: b[^1]")), "a_<1> ^1: b[^1]");
    CHECK(only(BODY_MARK_IN_NOTE, "error", 3));
}

static void an_empty_note_is_warned_about(void) {
    CHECK_STR(shape(parse("a[^1]\n\n[^1]:")), "a_<1> ^1: ");
    CHECK(only(BODY_NOTE_EMPTY, "warning", 3));
}

static void pipe_tables_are_read(void) {
    reads("a\n| b | **c** | d | |\n|---|:--:|--:|:-|\n| 1 \\| 2 | | \\*| e[^1] |\nf\n[^1]: g",
          "a / (b, c{b}, d, )(1 | 2, , *, e_<1>) / f ^1: g");
    struct body *body = parse("| b | c | d | e |\n|---|:--:|--:|:-|\n");
    static const enum column_align want[] = {COLUMN_DEFAULT, COLUMN_CENTER, COLUMN_RIGHT,
                                             COLUMN_LEFT};
    for (size_t i = 0; i < 4; i++)
        CHECK_INT(body->blocks.at[0].table.align[i], want[i]);
    reads("b | c\n--- | ---\nd | e\n\nf | g", "(b, c)(d, e) / f | g");
    reads("| a |\n|---|\n| b |", "(a)(b)");
    CHECK_INT(parse("\n|a|\n|-|\n|b|")->blocks.at[0].table.rows.at[1].where.line, 4);
}

static void pipes_without_dashes_are_text(void) {
    reads("a | b\nc | d", "a | b c | d");
    reads("|---|", "|---|");
    reads("a | b\n- - | -", "a | b / - - | -");
}

static void rows_of_another_length_lose_nothing(void) {
    CHECK_STR(shape(parse("|a|b|\n|-|-|\n|c|\n")), "(a, b)(c, )");
    CHECK(only(BODY_ROW_SHORT, "warning", 3));
    CHECK_STR(shape(parse("|a|b|\n|-|-|\n|c|d | e|\n")), "(a, b)(c, d | e)");
    CHECK(only(BODY_ROW_LONG, "warning", 3));
    CHECK_STR(shape(parse("|a|b|\n|-|\n|c|d|\n")), "(a, b)(c, d)");
    CHECK(only(BODY_ROW_SHORT, "warning", 2));
}

static void a_table_word_cannot_hold_is_text(void) {
    begin();
    struct buf text = {0};
    for (int i = 0; i < 64; i++)
        buf_puts(&text, "|a");
    buf_puts(&text, "|\n|-|\n");
    struct body *body = body_parse(pool, "a.md", text.data, text.len, diag);
    CHECK_INT(body->blocks.n, 1);
    CHECK_INT(body->blocks.at[0].kind, BLOCK_PARAGRAPH);
    CHECK(only(BODY_TABLE_TOO_WIDE, "warning", 1));
    buf_free(&text);
}

/* ---- the property: no character of the author's text ever disappears ---- */

struct tally {
    bool flags, notes, table;
};

static void tally_paragraph(struct tally *tally, const struct paragraph *paragraph) {
    const struct span *span;
    VEC_EACH (span, &paragraph->spans) {
        tally->flags |= span->flags != 0;
        tally->notes |= span->note != 0;
    }
}

static struct tally tally_of(const struct body *body) {
    struct tally tally = {.notes = body->notes.n > 0};
    const struct body_block *block;
    VEC_EACH (block, &body->blocks) {
        tally_paragraph(&tally, &block->paragraph);
        const struct table_row *row;
        VEC_EACH (row, &block->table.rows) {
            tally.table = true;
            for (size_t i = 0; i < block->table.columns; i++)
                tally_paragraph(&tally, &row->cells[i]);
        }
    }
    const struct note *note;
    VEC_EACH (note, &body->notes)
        for (size_t i = 0; i < note->paragraphs.n; i++)
            tally_paragraph(&tally, &note->paragraphs.at[i]);
    return tally;
}

static void count(const char *s, size_t counts[256]) {
    memset(counts, 0, 256 * sizeof *counts);
    for (; *s; s++)
        counts[(unsigned char)*s]++;
}

/* Backslashes that stand before something a mark can be made of. */
static size_t escapes(const char *s) {
    size_t n = 0;
    for (; *s; s++)
        n += *s == '\\' && s[1] && (strchr("\\*[|-+1a", s[1]) || strncmp(s + 1, "Đ", 2) == 0);
    return n;
}

/* Whether every character is in the output as often as in the input, but for the marks that were
 * read as marks: stars only where a style came of it, brackets where a note did, and so on. */
static bool nothing_lost(const char *input, const struct body *body) {
    struct tally tally = tally_of(body);
    size_t in[256], out[256];
    count(input, in);
    count(body_plain_text(pool, body), out);
    for (int c = 1; c < 256; c++) {
        bool mark = (c == '*' && tally.flags) || (c == '|' && tally.table) ||
                    (c == '\\' && in[c] - out[c] <= escapes(input)) ||
                    (strchr("[^]:1", c) && tally.notes) || (strchr("-:", c) && tally.table);
        if (strchr(" \n\t\r", c))
            continue;
        if (out[c] > in[c] || (out[c] < in[c] && !mark)) {
            printf("# lost '%c' of: %s\n", c, input);
            return false;
        }
    }
    return true;
}

/* Letters, which no mark contains, keep their order too (notes move to the end). */
static bool letters_in_order(const char *input, const struct body *body) {
    const char *out = body_plain_text(pool, body);
    if (body->notes.n)
        return true;
    for (; *input; input++) {
        if (*input != 'x' && *input != 'y' && (unsigned char)*input < 0x80)
            continue;
        while (*out && *out != 'x' && *out != 'y' && (unsigned char)*out < 0x80)
            out++;
        if (*out++ != *input)
            return false;
    }
    return true;
}

static void no_character_ever_disappears(void) {
    static const char *const parts[] = {"x",
                                        "y",
                                        "đ",
                                        "ệ",
                                        "*",
                                        "**",
                                        "***",
                                        "****",
                                        "[^1]",
                                        "[^1]: ",
                                        "[^",
                                        "]",
                                        "\\",
                                        "|",
                                        "|-|",
                                        "\n",
                                        "\n\n",
                                        " ",
                                        "    ",
                                        "\t",
                                        "- ",
                                        "1. ",
                                        "a)",
                                        "<b>",
                                        "#",
                                        "_x_",
                                        "&lt;",
                                        "`x`",
                                        "\n|x|y|\n|-|-|\n",
                                        "\n[^1]: x\n",
                                        ":",
                                        "+ ",
                                        "> ",
                                        "[x]: y",
                                        "~~",
                                        "\n---\n",
                                        "\n===\n",
                                        "!",
                                        "“",
                                        "”",
                                        "Điều 1. "};
    unsigned seed = 1;
    for (int round = 0; round < 20000; round++) {
        struct buf text = {0};
        buf_puts(&text, "");
        for (int i = 0; i < 1 + round % 24; i++) {
            seed = seed * 1103515245u + 12345u;
            buf_puts(&text, parts[(seed >> 16) % (sizeof parts / sizeof *parts)]);
        }
        struct body *body = parse(buf_text(&text));
        if (!nothing_lost(buf_text(&text), body) || !letters_in_order(buf_text(&text), body))
            CHECK_STR(buf_text(&text), "");
        buf_free(&text);
    }
}

static void any_bytes_are_survived(void) {
    unsigned seed = 3;
    for (int round = 0; round < 2000; round++) {
        char bytes[64];
        for (size_t i = 0; i < sizeof bytes; i++) {
            seed = seed * 1103515245u + 12345u;
            bytes[i] = (char)(seed >> 16);
        }
        begin();
        struct body *body = body_parse(pool, "a.md", bytes, (size_t)round % sizeof bytes, diag);
        size_t at;
        const char *text = body_plain_text(pool, body);
        CHECK(utf8_valid(text, strlen(text), &at));
    }
}

static void hostile_repetition_takes_linear_time(void) {
    static const char *const units[] = {"**a ", "*",    "[^",     "[^1]",    "\\", "|",
                                        "a** ", "**a*", "[^1]: ", "|\n|-\n", "1.", "- a\n"};
    for (size_t u = 0; u < sizeof units / sizeof *units; u++) {
        begin();
        struct buf text = {0};
        for (int i = 0; i < 30000; i++)
            buf_puts(&text, units[u]);
        CHECK(body_parse(pool, "a.md", text.data, text.len, diag) != NULL);
        buf_free(&text);
    }
}

static void bad_bytes_and_missing_files_are_reported(void) {
    CHECK_STR(shape(parse("a\n\xFF\x02z")), "a \xEF\xBF\xBD z");
    CHECK(diag_has(diag, SOURCE_NOT_UTF8) && diag_has(diag, SOURCE_CONTROL));
    begin();
    CHECK(!body_read(pool, "/nonexistent.md", (struct where){.file = "a.ini", .line = 9}, diag));
    CHECK(only(FILE_CANNOT_READ, "error", 9));
}

int main(void) {
    RUN(lines_join_and_blank_lines_part);
    RUN(markers_open_paragraphs_and_are_printed);
    RUN(what_only_looks_like_a_marker_is_text);
    RUN(everything_else_is_typed_text);
    RUN(stars_make_bold_and_italic);
    RUN(stars_nobody_means_are_text);
    RUN(unclosed_marks_are_typed_text_with_a_warning);
    RUN(notes_are_numbered_as_their_marks_come);
    RUN(notes_have_indented_paragraphs);
    RUN(a_mark_without_its_note_is_an_error);
    RUN(a_note_without_its_mark_is_printed_as_typed);
    RUN(a_mark_used_twice_names_one_note);
    RUN(a_second_note_of_one_label_is_text);
    RUN(a_mark_inside_a_note_is_text);
    RUN(an_empty_note_is_warned_about);
    RUN(pipe_tables_are_read);
    RUN(pipes_without_dashes_are_text);
    RUN(rows_of_another_length_lose_nothing);
    RUN(a_table_word_cannot_hold_is_text);
    RUN(no_character_ever_disappears);
    RUN(any_bytes_are_survived);
    RUN(hostile_repetition_takes_linear_time);
    RUN(bad_bytes_and_missing_files_are_reported);
    finish();
    return CHECK_RESULT();
}
