/* RTF in a DOCX (w:altChunk) is read as if it were one. */
#include "page_help.h"

#define RELATIONS                                                                                  \
    RELATIONSHIPS RELATION("c", "aFChunk", "in.rtf")                                               \
        RELATION("g", "settings", "settings.xml") "</Relationships>"

static void put_bytes(const char *rtf, size_t n) {
    begin("<w:altChunk r:id=\"c\"/>" P(T("sau")));
    docx_text(package, "word/_rels/document.xml.rels", RELATIONS);
    package_set(package, "word/in.rtf", rtf, n);
}

static const struct document *read_bytes(const char *rtf, size_t n) {
    put_bytes(rtf, n);
    return reread();
}

#define FONTS                                                                                      \
    "{\\fonttbl{\\f0\\froman\\fcharset0 Times New Roman{\\*\\falt "                                \
    "Times};}{\\f1\\fswiss\\fcharset163 "                                                          \
    "Arial;}{\\f2\\fcharset2 Symbol;}{\\f3\\fcharset204 Arial CYR;}}"
#define COLORS "{\\colortbl;\\red255\\green0\\blue0;\\red0\\green0\\blue255;}"
#define RTF(text) "{\\rtf1\\ansi\\ansicpg1258\\deff0" FONTS COLORS "\n" text "}"

static const struct document *read_rtf(const char *text) {
    return read_bytes(text, strlen(text));
}

static const struct run_props *run(const struct document *d, int para, size_t item) {
    return nth(d, para)->items[item].props;
}

static void paragraphs_stand_in_the_place_of_the_chunk(void) {
    const struct document *d =
        read_rtf(RTF("\\pard M\\'f4t\\par hai\\par\\par b\\'e0\n\n n\\{a\\}\\\\"));
    CHECK(quiet());
    CHECK_STR(shown(nth(d, 0)), "Môt");
    CHECK_STR(shown(nth(d, 1)), "hai");
    CHECK_STR(shown(nth(d, 2)), "");
    CHECK_STR(shown(nth(d, 3)), "bà n{a}\\");
    CHECK_STR(shown(nth(d, 4)), "sau");
}

/* Windows-1258 writes most tones as marks behind their vowels; the text is put together. */
static void bytes_are_read_in_the_code_page_of_their_font(void) {
    const struct document *d = read_rtf(
        RTF("{\\f1 Ngh\\'ea\\'f2 \\'f0i\\'f2nh, \\'fd \\'c2n}\\par{\\f3 \\'cf\\'f0\\'e8}\\par"
            "\\f0 \\'fd\\'81\\par"));
    CHECK(quiet());
    CHECK_STR(shown(nth(d, 0)), "Nghệ định, ư Ân");
    CHECK_STR(shown(nth(d, 1)), "При");
    CHECK_STR(shown(nth(d, 2)), "ý\xEF\xBF\xBD");
}

static void unicode_is_read_and_what_stands_for_it_elsewhere_passed_over(void) {
    const struct document *d =
        read_rtf(RTF("Vi\\u7879?t {\\uc2 N\\u432\\'75\\'6f\\u769 xyc}\\u-10179?\\u-9216?!"
                     "\\uc0\\u259n\\emdash\\ldblquote a\\~b"));
    CHECK(quiet());
    CHECK_STR(shown(nth(d, 0)), "Việt Nức\U0001F400!ăn—“a\u00A0b");
}

static void runs_look_as_they_are_told_to(void) {
    const struct document *d =
        read_rtf(RTF("\\f1\\fs28 a{\\b\\i\\cf1\\fs40 b}{\\ul c\\ulnone d}{\\super e}{\\strike f}"
                     "{\\scaps\\highlight7 g}{\\up4 h}{\\v giau}\\plain i"));
    CHECK(quiet());
    CHECK_STR(run(d, 0, 0)->family, "Arial");
    CHECK_INT(run(d, 0, 0)->size, 14000);
    CHECK(run(d, 0, 1)->bold && run(d, 0, 1)->italic);
    CHECK_INT(run(d, 0, 1)->size, 20000);
    CHECK_INT(run(d, 0, 1)->color, 0xFF0000);
    CHECK_INT(run(d, 0, 2)->underline, UNDERLINE_SINGLE);
    CHECK(!run(d, 0, 3)->underline && !run(d, 0, 3)->bold);
    CHECK_INT(run(d, 0, 4)->vert_align, ALIGN_SUPERSCRIPT);
    CHECK(run(d, 0, 5)->strike && run(d, 0, 6)->small_caps);
    CHECK_INT(run(d, 0, 6)->highlight, 0xFFFF00);
    CHECK_INT(run(d, 0, 7)->position, 2000);
    CHECK(run(d, 0, 8)->hidden);
    CHECK_STR(run(d, 0, 9)->family, "Times New Roman");
    CHECK_INT(run(d, 0, 9)->size, 12000);
    CHECK_STR(shown(nth(d, 0)), "abcdefghgiaui");
}

static void paragraphs_look_as_they_are_told_to(void) {
    const struct document *d =
        read_rtf(RTF("\\pard\\qc\\sb120\\sa240\\li720\\fi-360\\ri100\\sl-400\\slmult0\\keepn a\\par"
                     "\\pard\\qj\\sl360\\slmult1\\tqr\\tldot\\tx5000\\tx6000 b\\tab c\\par"
                     "\\pard\\pagebb\\brdrb\\brdrs\\brdrw20\\cbpat2 d\\line e\\page f\\par"));
    CHECK(quiet());
    const struct para_props *a = nth(d, 0)->props, *b = nth(d, 1)->props, *c = nth(d, 2)->props;
    CHECK_INT(a->jc, JC_CENTER);
    CHECK(a->before == 6000 && a->after == 12000 && a->keep_next);
    CHECK(a->left == 36000 && a->first == -18000 && a->right == 5000);
    CHECK(a->line_rule == LINE_EXACT && a->line == 20000);
    CHECK(b->jc == JC_BOTH && b->line_rule == LINE_AUTO && !b->keep_next);
    CHECK_INT(b->tab_count, 2);
    CHECK(b->tabs[0].kind == TAB_RIGHT && b->tabs[0].pos == 250000);
    CHECK(c->page_break_before && c->borders[EDGE_BOTTOM].width == 1000);
    CHECK_INT(c->shade, 0x0000FF);
    CHECK_INT(nth(d, 2)->items[1].kind, INLINE_LINE_BREAK);
    CHECK_INT(nth(d, 2)->items[3].kind, INLINE_PAGE_BREAK);
}

static void styles_are_what_their_entries_and_what_these_are_based_on_say(void) {
#define SHEET                                                                                      \
    "{\\stylesheet{\\ql\\fs26 Normal;}{\\s1\\sbasedon0\\qc\\b De muc;}{\\s2\\fs30\\i\\sbasedon1 "  \
    "Rieng;}"                                                                                      \
    "{\\*\\cs9\\b Chu;}}"
    const struct document *d = read_rtf(
        RTF(SHEET "\\pard\\plain\\s0 a\\par\\pard\\plain\\s1 b\\par\\pard\\plain\\s2 c\\par"));
    CHECK(quiet());
    CHECK_STR(shown(nth(d, 0)), "a");
    CHECK_INT(run(d, 0, 0)->size, 13000);
    CHECK(nth(d, 1)->props->jc == JC_CENTER && run(d, 1, 0)->bold);
    CHECK_INT(run(d, 1, 0)->size, 13000);
    CHECK(run(d, 2, 0)->italic && !run(d, 2, 0)->bold);
    CHECK_INT(run(d, 2, 0)->size, 15000);
}

static const struct cell *cell(const struct document *d, int block, size_t r, size_t c) {
    return &nth_block(d, block)->table->rows[r].cells[c];
}

static void tables_have_the_columns_of_all_their_rows(void) {
    const struct document *d = read_rtf(RTF(
        "\\pard tr\\par\\trowd\\trgaph108\\trleft0\\trhdr\\clbrdrt\\brdrs\\brdrw10\\cellx2000"
        "\\clvertalc\\cellx6000 \\pard\\intbl\\b A\\cell\\b0 B\\cell\\row"
        "\\trowd\\trgaph108\\cellx2000\\cellx3000\\cellx6000 \\pard\\intbl c\\par d\\cell e\\cell "
        "f\\cell\\row\\pard het\\par"));
    CHECK(quiet());
    CHECK_STR(shown(nth(d, 0)), "tr");
    const struct table *t = nth_block(d, 1)->table;
    CHECK_INT(t->row_count, 2);
    CHECK_INT(t->column_count, 3);
    CHECK(t->rows[0].header && !t->rows[1].header);
    CHECK_INT(cell(d, 1, 0, 0)->width, 100000);
    CHECK_INT(cell(d, 1, 0, 1)->span, 2);
    CHECK_INT(cell(d, 1, 0, 1)->v_align, V_CENTER);
    CHECK_INT(cell(d, 1, 0, 0)->borders[EDGE_TOP].width, 500);
    CHECK_INT(cell(d, 1, 0, 0)->margin[EDGE_LEFT], 5400);
    CHECK_STR(shown(cell(d, 1, 1, 0)->blocks->next->para), "d");
    CHECK_STR(shown(cell(d, 1, 1, 2)->blocks->para), "f");
    CHECK_STR(shown(nth(d, 2)), "het");
}

static void cells_are_merged_and_tables_stand_in_cells(void) {
    const struct document *d = read_rtf(
        RTF("\\trowd\\clvmgf\\cellx1000\\clmgf\\cellx2000\\clmrg\\cellx3000\\pard\\intbl "
            "a\\cell b\\cell\\cell\\row"
            "\\trowd\\clvmrg\\cellx1000\\cellx3000\\pard\\intbl\\cell "
            "\\pard\\intbl\\itap2 n\\nestcell{\\*\\nesttableprops\\trowd\\cellx900\\nestrow}"
            "{\\nonesttables\\par}\\pard\\intbl c\\cell"
            "{\\trowd\\clvmrg\\cellx1000\\cellx3000\\row}\\pard"));
    CHECK(quiet());
    CHECK_INT(cell(d, 0, 0, 0)->merge, MERGE_START);
    CHECK_INT(cell(d, 0, 1, 0)->merge, MERGE_CONTINUE);
    CHECK_INT(nth_block(d, 0)->table->rows[0].cell_count, 2);
    CHECK_INT(cell(d, 0, 0, 1)->width, 100000);
    const struct block *inner = cell(d, 0, 1, 1)->blocks;
    CHECK(inner->kind == WML_TABLE);
    CHECK_STR(shown(inner->table->rows[0].cells[0].blocks->para), "n");
    CHECK_STR(shown(inner->next->para), "c");
}

static void a_row_that_never_ends_keeps_its_text(void) {
    const struct document *d = read_rtf(RTF("\\trowd\\cellx1000\\pard\\intbl a\\cell b"));
    CHECK_STR(shown(cell(d, 0, 0, 0)->blocks->para), "a");
    CHECK_STR(shown(cell(d, 0, 0, 1)->blocks->para), "b");
    CHECK_STR(shown(nth(d, 1)), "sau");
}

static void notes_fields_and_lists_come_along(void) {
    put_bytes(RTF(""), 0);
    const char rtf[] =
        RTF("\\pard{\\listtext\\pard\\plain 1.\\tab}m\\'f4t{\\super\\chftn{\\footnote\\pard\\plain "
            "{\\super\\chftn} ch\\'fa}} v\\'e0 {\\field{\\*\\fldinst HYPERLINK \"http://a.vn\"}"
            "{\\fldrslt li\\'ean k\\'eat}}\\par");
    package_set(package, "word/in.rtf", rtf, strlen(rtf));
    docx_part(package, "word/styles.xml", "w:styles", STYLES(""));
    print_package();
    CHECK(quiet());
    CHECK(strstr(page_text(0), "môt") && strstr(page_text(0), "liên kêt"));
    CHECK(strstr(page_text(0), "1.") && strstr(page_text(0), "chú"));
    CHECK(!strstr(page_text(0), "HYPERLINK"));
}

static void what_is_not_the_text_is_passed_over(void) {
    const struct document *d = read_rtf(RTF(
        "{\\info{\\title khong}}{\\header khong\\par}{\\*\\khong biet {khong}}{\\*\\bkmkstart k}"
        "{\\annotation khong}{\\pict\\pngblip\\bin5 }}}}}}co{\\sp{\\sn khong}}"));
    CHECK_STR(shown(nth(d, 0)), "<pic>co"); /* five braces are its bytes */
    CHECK_STR(shown(nth(d, 1)), "sau");
}

static void words_of_shapes_are_paragraphs_and_named(void) {
    const struct document *d = read_rtf(
        RTF("tr{\\shp{\\*\\shpinst\\shpleft0{\\sp{\\sn a}{\\sv 1}}{\\shptxt\\pard trong\\par}}"
            "{\\shprslt khong}}\\par"));
    CHECK(said("\\shp"));
    CHECK_STR(shown(nth(d, 0)), "tr");
    CHECK_STR(shown(nth(d, 1)), "trong");
}

/* One point wide and black, as hexadecimal digits and as bytes. */
static void pictures_have_the_size_they_are_told_to(void) {
    static const unsigned char png[] = {
        0x89, 'P',  'N',  'G',  0x0D, 0x0A, 0x1A, 0x0A, 0,    0,    0,    13,   'I',  'H',
        'D',  'R',  0,    0,    0,    1,    0,    0,    0,    1,    8,    0,    0,    0,
        0,    0x3A, 0x7E, 0x9B, 0x55, 0,    0,    0,    10,   'I',  'D',  'A',  'T',  0x78,
        0x9C, 0x63, 0x60, 0,    0,    0,    2,    0,    1,    0x48, 0xAF, 0xA4, 0x71, 0,
        0,    0,    0,    'I',  'E',  'N',  'D',  0xAE, 0x42, 0x60, 0x82};
    struct buf rtf = {0};
    buf_puts(&rtf,
             "{\\rtf1 {\\pict{\\*\\picprop{\\sp{\\sn aa}}}\\pngblip\\picwgoal1000\\pichgoal400"
             "\\picscalex200 ");
    for (size_t i = 0; i < sizeof png; i++)
        buf_printf(&rtf, i % 20 ? "%02x" : "%02X\r\n", png[i]);
    buf_printf(&rtf, "}{\\pict\\pngblip\\picwgoal1000\\pichgoal400\\bin%zu ", sizeof png);
    buf_append(&rtf, png, sizeof png);
    buf_puts(&rtf, "}\\par}");
    put_bytes(buf_text(&rtf), rtf.len);
    docx_part(package, "word/styles.xml", "w:styles", STYLES(""));
    print_package();
    CHECK(quiet());
    CHECK_INT(draws_of(0, DRAW_PICTURE), 2);
    CHECK_INT(nth_draw(0, DRAW_PICTURE, 0)->as.picture.width, 100000);
    CHECK_INT(nth_draw(0, DRAW_PICTURE, 0)->as.picture.height, 20000);
    CHECK_INT(nth_draw(0, DRAW_PICTURE, 1)->as.picture.width, 50000);
    buf_free(&rtf);
}

/* A million braces, words and cells take no time that grows with their square. */
static void long_and_deep_texts_are_read_to_their_end(void) {
    struct buf rtf = {0};
    buf_puts(&rtf, "{\\rtf1 ");
    for (int i = 0; i < 300000; i++)
        buf_puts(&rtf, "{\\b");
    buf_puts(&rtf, " sau nhat\\par");
    for (int i = 0; i < 20000; i++)
        buf_printf(&rtf, "\\trowd\\cellx%d\\intbl a\\cell\\row", 500 + i);
    const struct document *d = read_bytes(buf_text(&rtf), rtf.len);
    CHECK_STR(shown(nth(d, 0)), "sau nhat");
    CHECK(run(d, 0, 0)->bold);
    CHECK_INT(nth_block(d, 1)->table->row_count, 20000);
    CHECK_STR(shown(cell(d, 1, 19999, 0)->blocks->para), "a");
    buf_free(&rtf);
}

int main(void) {
    page_tests_begin();
    RUN(paragraphs_stand_in_the_place_of_the_chunk);
    RUN(bytes_are_read_in_the_code_page_of_their_font);
    RUN(unicode_is_read_and_what_stands_for_it_elsewhere_passed_over);
    RUN(runs_look_as_they_are_told_to);
    RUN(paragraphs_look_as_they_are_told_to);
    RUN(styles_are_what_their_entries_and_what_these_are_based_on_say);
    RUN(tables_have_the_columns_of_all_their_rows);
    RUN(cells_are_merged_and_tables_stand_in_cells);
    RUN(a_row_that_never_ends_keeps_its_text);
    RUN(notes_fields_and_lists_come_along);
    RUN(what_is_not_the_text_is_passed_over);
    RUN(words_of_shapes_are_paragraphs_and_named);
    RUN(pictures_have_the_size_they_are_told_to);
    RUN(long_and_deep_texts_are_read_to_their_end);
    page_tests_end();
    return CHECK_RESULT();
}
