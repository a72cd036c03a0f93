/* How tables are set, from the file to the page: text turned in cells, cells apart, columns from
 * the right. */
#include "page_help.h"

#define GRID(widths) "<w:tblGrid>" widths "</w:tblGrid>"
#define COL(w) "<w:gridCol w:w=\"" w "\"/>"
#define FIXED "<w:tblLayout w:type=\"fixed\"/>"
#define WIDE(w) "<w:tcW w:w=\"" w "\" w:type=\"dxa\"/>"
#define TURN(v) "<w:textDirection w:val=\"" v "\"/>"
#define ROW(props, cells) "<w:tr><w:trPr>" props "</w:trPr>" cells "</w:tr>"
#define TABLE(props, grid, rows) "<w:tbl><w:tblPr>" props "</w:tblPr>" grid rows "</w:tbl>"

static const struct draw_turn *turn_before(const char *start) {
    const struct draw_turn *turn = NULL;
    const struct draw *d;
    VEC_EACH (d, &pages->at.at[0].draws) {
        if (d->kind == DRAW_TURN)
            turn = &d->as.turn;
        else if (d->kind == DRAW_BACK)
            turn = NULL;
        else if (d->kind == DRAW_TEXT && strcmp(draw_text_of(d), start) == 0)
            return turn;
    }
    printf("# no text \"%s\"\n", start);
    return NULL;
}

/* Where the text's origin comes to stand on the page. */
static void on_page(const char *start, mpt *x, mpt *y) {
    const struct draw_turn *turn = turn_before(start);
    const struct draw_text *text = printed(start);
    CHECK(turn != NULL);
    if (!turn)
        return;
    int64_t dx = text->x - turn->x, dy = text->y - turn->y;
    *x = turn->x + (mpt)((turn->m[0] * dx + turn->m[2] * dy) / 1000000);
    *y = turn->y + (mpt)((turn->m[1] * dx + turn->m[3] * dy) / 1000000);
}

static void text_in_cells_runs_up_or_down(void) {
    mpt x = 0, y = 0;
    print_body(TABLE(FIXED, GRID(COL("1000") COL("1000")),
                     ROW("<w:trHeight w:val=\"2000\"/>",
                         TC(WIDE("1000") TURN("btLr"), P(T("STT")))
                             TC(WIDE("1000") TURN("tbRl"), P(T("Xã")))) P("")) SECT(""));
    CHECK(quiet());
    on_page("STT", &x, &y); /* from the lower edge of a row 100 pt high, up */
    CHECK_NEAR(y, TEXT_TOP + 100000, 10);
    CHECK(x > TEXT_LEFT + 10000 && x < TEXT_LEFT + 25000);
    on_page("Xã", &x, &y); /* from the upper edge, the first line at the right */
    CHECK_NEAR(y, TEXT_TOP, 10);
    CHECK(x > TEXT_LEFT + 80000 && x < TEXT_LEFT + 95000);
}

static void shading_lies_under_all_rows_of_a_merged_cell(void) {
#define SHADED "<w:shd w:val=\"clear\" w:fill=\"FFCC00\"/>"
#define MERGED(v, text) TC("<w:vMerge" v "/>" SHADED "<w:vAlign w:val=\"center\"/>", text)
    print_body(TABLE(FIXED, GRID(COL("1000") COL("1000")),
                     ROW("", MERGED(" w:val=\"restart\"", P(T("gộp"))) TC(SHADED, P(T("a"))))
                         ROW("", MERGED("", P("")) TC(SHADED, P(T("b"))))) P("") SECT(""));
    CHECK(quiet());
    const struct draw *d;
    size_t rects = 0, texts = 0;
    VEC_EACH (d, &pages->at.at[0].draws) {
        CHECK(d->kind != DRAW_RECT || !texts); /* each is before whatever stands on it */
        rects += d->kind == DRAW_RECT;
        texts += d->kind == DRAW_TEXT;
    }
    CHECK_INT(rects, 4);
    CHECK_INT(texts, 3);
}

static void turned_text_is_aligned_along_and_across_its_lines(void) {
    mpt x = 0, y = 0;
    print_body(TABLE(FIXED, GRID(COL("1000")),
                     ROW("<w:trHeight w:val=\"2000\"/>",
                         TC(WIDE("1000") TURN("btLr") "<w:vAlign w:val=\"bottom\"/>",
                            PP("<w:jc w:val=\"right\"/>", T("l")))) P("")) SECT(""));
    on_page("l", &x, &y);
    CHECK(y > TEXT_TOP && y < TEXT_TOP + 6000);
    CHECK_NEAR(x, TEXT_LEFT + 50000 - 5400 - 3000, 1000); /* the last line at the right edge */
}

static void a_row_grows_until_its_turned_lines_have_room_side_by_side(void) {
#define HEAD(width)                                                                                \
    TABLE(FIXED, GRID(COL(width)),                                                                 \
          ROW("", TC(WIDE(width) TURN("btLr"), P(T("Họ và tên của người")))))                      \
    P(T("sau")) SECT("")
    print_body(HEAD("600")); /* one line has room */
    mpt one = printed("sau")->y;
    CHECK(strstr(page_text(0), "Họ và tên của người") != NULL);
    print_body(HEAD("900")); /* two have: half as high */
    mpt two = printed("sau")->y;
    CHECK(strstr(page_text(0), "Họ và tên của người") == NULL);
    CHECK(one > TEXT_TOP + 120000 && two < TEXT_TOP + 90000 && two > TEXT_TOP + 60000);
}

static void a_turned_cell_runs_through_merged_rows(void) {
    mpt x = 0, y = 0;
    print_body(TABLE(
        FIXED, GRID(COL("1000") COL("1000")),
        ROW("", TC(WIDE("1000") TURN("btLr") "<w:vMerge w:val=\"restart\"/>",
                   PP("<w:jc w:val=\"center\"/>", T("ii"))) TC(WIDE("1000"), P(T("a")) P(T("b"))))
            ROW("", TC(WIDE("1000") "<w:vMerge/>", P("")) TC(WIDE("1000"), P(T("c")) P(T("d")))))
                   P("") SECT(""));
    on_page("ii", &x, &y);
    CHECK(y > printed("b")->y && y < printed("c")->y + 4000);
}

/* A merged turned cell beside two rows, the second of which stands overleaf. */
static void print_over_pages(const char *props, const char *words) {
    struct buf body = {0};
    for (int i = 0; i < 36; i++)
        buf_puts(&body, P(T("x")));
    buf_printf(&body,
               TABLE(FIXED, GRID(COL("600") COL("2000")),
                     ROW("<w:trHeight w:val=\"2000\"/>",
                         TC(WIDE("600") TURN("btLr") "<w:vMerge w:val=\"restart\"/>",
                            PP("%s", T("%s"))) TC(WIDE("2000"), P(T("tren"))))
                         ROW("<w:cantSplit/><w:trHeight w:val=\"1400\"/>",
                             TC(WIDE("600") "<w:vMerge/>", P("")) TC(WIDE("2000"), P(T("duoi")))))
                   P(T("sau")) SECT(""),
               props, words);
    print_body(buf_text(&body));
    buf_free(&body);
    CHECK_INT(pages->at.n, 2);
    CHECK(strstr(page_text(0), "tren") && strstr(page_text(1), "duoi"));
}

static void turned_text_goes_on_in_the_part_of_its_cell_overleaf(void) {
    print_over_pages("", "một hai ba bốn năm sáu bảy tám chín mười");
    CHECK(strstr(page_text(0), "|một hai ba bốn |tren") != NULL);
    CHECK_STR(page_text(1), "năm sáu bảy tám chín mười|duoi|sau");
    CHECK(quiet());
    mpt one = printed("sau")->y;
    print_over_pages("", "một hai ba bốn năm sáu bảy tám chín mười mười một mười hai");
    CHECK_STR(page_text(1), "năm sáu bảy tám chín mười mười một mười hai|duoi|sau");
    CHECK(printed("sau")->y > one + 20000); /* its row has grown */
}

static void turned_text_stands_in_the_first_part_of_its_cell_that_holds_it(void) {
    mpt x = 0, y = 0;
    print_over_pages("<w:jc w:val=\"center\"/>", "ii");
    on_page("ii", &x, &y);
    CHECK(y > printed("tren")->y && y < printed("tren")->y + 60000);
    print_over_pages("", "mộthaibabốnnămsáubảytámchínmười");
    CHECK_STR(page_text(1), "mộthaibabốnnămsáubảytámchínmười|duoi|sau");
}

static void a_row_with_turned_text_is_not_cut(void) {
    struct buf body = {0};
    for (int i = 0; i < 44; i++)
        buf_puts(&body, P(T("x")));
    buf_puts(&body,
             TABLE(FIXED, GRID(COL("1000") COL("2000")),
                   ROW("", TC(WIDE("1000") TURN("btLr"), P(T("STT"))) TC(
                               WIDE("2000"), P(T("a")) P(T("b")) P(T("c")) P(T("d")) P(T("e"))
                                                 P(T("f")) P(T("g")) P(T("h")) P(T("i")) P(T("k"))
                                                     P(T("l")) P(T("m"))))) P("") SECT(""));
    print_body(buf_text(&body));
    buf_free(&body);
    CHECK_INT(pages->at.n, 2);
    CHECK(strstr(page_text(0), "STT") == NULL);
    CHECK_STR(page_text(1), "STT|a|b|c|d|e|f|g|h|i|k|l|m");
}

static void a_table_style_may_turn_text(void) {
    begin(TABLE("<w:tblStyle w:val=\"B\"/>" FIXED, GRID(COL("1000")),
                ROW("<w:trHeight w:val=\"2000\"/>", TC(WIDE("1000"), P(T("STT"))))) P("") SECT(""));
    docx_part(package, "word/styles.xml", "w:styles",
              "<w:style w:type=\"table\" w:styleId=\"B\"><w:name w:val=\"B\"/><w:tcPr>" TURN(
                  "btLr") "</w:tcPr></w:style>");
    print_package();
    CHECK(turn_before("STT") != NULL);
}

static void lines_that_would_go_the_other_way_are_named(void) {
    print_body(TABLE("", GRID(COL("1000")), ROW("", TC(TURN("tbLrV"), P(T("a"))))) P(""));
    CHECK(said("w:textDirection (tbLrV)"));
    CHECK(turn_before("a") != NULL);
}

#define ALL_SIDES(kind) "<w:top " kind "/><w:left " kind "/><w:bottom " kind "/><w:right " kind "/>"
#define LINE(color) "w:val=\"single\" w:sz=\"8\" w:color=\"" color "\""
#define FRAMED                                                                                     \
    "<w:tblLayout w:type=\"fixed\"/><w:tblBorders>" ALL_SIDES(LINE("FF0000")) "<w:insideH " LINE(  \
        "0000FF") "/><w:insideV " LINE("0000FF") "/></w:tblBorders>"
#define SPACED(w) "<w:tblCellSpacing w:w=\"" w "\" w:type=\"dxa\"/>"
#define TWO_COLUMNS GRID(COL("2000") COL("3000"))
#define CELL(text) TC("", P(T(text)))

static size_t count_lines_of(uint32_t color) {
    size_t n = 0;
    const struct draw *d;
    VEC_EACH (d, &pages->at.at[0].draws)
        n += d->kind == DRAW_LINE && d->as.line.color == color;
    return n;
}

static void spaced_cells_have_their_own_borders_and_the_table_has_some_around_them(void) {
    print_body(TABLE(FRAMED, TWO_COLUMNS, ROW("", CELL("a") CELL("b")) ROW("", CELL("c") CELL("d")))
                   P("") SECT(""));
    const struct draw_text close = *printed("a"), close_below = *printed("c"),
                           close_beside = *printed("b");
    CHECK_INT(count_lines_of(0x0000FF), 2 + 2);
    print_body(TABLE(FRAMED SPACED("40"), TWO_COLUMNS,
                     ROW("", CELL("a") CELL("b")) ROW("", CELL("c") CELL("d"))) P("") SECT(""));
    CHECK(quiet());
    const struct draw_text apart = *printed("a"), below = *printed("c"), beside = *printed("b");
    CHECK_INT(count_lines_of(0x0000FF), 4 * 4);
    CHECK_INT(count_lines_of(0xFF0000), 2 + 2 + 2);
    CHECK_NEAR(beside.x - apart.x, close_beside.x - close.x, 10); /* the grid is what it was */
    CHECK_NEAR(apart.x - close.x, 2000, 10);
    /* between two rows: two borders instead of one, and the room of both cells */
    CHECK_NEAR(below.y - apart.y, close_below.y - close.y + 1000 + 2 * 2000, 10);
}

static void a_merged_cell_runs_through_the_room_between_its_rows(void) {
    print_body(TABLE(
        FRAMED SPACED("40"), TWO_COLUMNS,
        ROW("", TC("<w:vMerge w:val=\"restart\"/><w:shd w:fill=\"00FF00\"/>", P(T("a"))) CELL("b"))
            ROW("", TC("<w:vMerge/>", P("")) CELL("d"))) P("") SECT(""));
    CHECK_INT(count_lines_of(0x0000FF), 2 * 4 + 6);
    const struct draw *d;
    int64_t bottom = 0;
    VEC_EACH (d, &pages->at.at[0].draws) {
        if (d->kind != DRAW_RECT)
            continue;
        if (bottom)
            CHECK_NEAR(d->as.rect.y, bottom, 10);
        bottom = d->as.rect.y + d->as.rect.height;
    }
}

/* Places in the list of what is drawn: of the last rectangle, and of a text. */
static size_t last_rectangle(void) {
    size_t last = 0;
    for (size_t i = 0; i < pages->at.at[0].draws.n; i++)
        if (pages->at.at[0].draws.at[i].kind == DRAW_RECT)
            last = i;
    return last;
}

static size_t place_of(const char *said_text) {
    const struct draw_text *text = printed(said_text);
    for (size_t i = 0; i < pages->at.at[0].draws.n; i++)
        if (&pages->at.at[0].draws.at[i].as.text == text)
            return i;
    return 0;
}

static void text_of_a_merged_cell_stands_on_the_fill_of_all_its_rows(void) {
    static const char rows[] =
        ROW("", TC("<w:vMerge w:val=\"restart\"/><w:shd w:fill=\"00FF00\"/>"
                   "<w:vAlign w:val=\"bottom\"/>",
                   P(T("a"))) CELL("b")) ROW("", TC("<w:vMerge/>", P("")) CELL("d"));
    static const char *const looks[] = {"", FRAMED SPACED("40")};
    for (size_t i = 0; i < 2; i++) {
        print_body(
            pool_printf(pool, TABLE("%s", TWO_COLUMNS, "%s") P("") SECT(""), looks[i], rows));
        CHECK(printed("a")->y > printed("b")->y);
        CHECK(last_rectangle() > 0 && last_rectangle() < place_of("a"));
    }
}

static void columns_may_run_from_right_to_left(void) {
    print_body(TABLE("<w:bidiVisual/>" FRAMED, TWO_COLUMNS,
                     ROW("", CELL("a") CELL("b"))
                         ROW("", TC("<w:gridSpan w:val=\"2\"/>", P(T("c"))))) P("") SECT(""));
    CHECK(quiet());
    CHECK(printed("b")->x < printed("a")->x && printed("c")->x == printed("b")->x);
    CHECK_NEAR(printed("a")->x, TEXT_RIGHT - 100000 + 5400, 600);
    CHECK_NEAR(printed("b")->x, TEXT_RIGHT - 250000 + 5400, 600);
}

static void room_around_cells_of_one_row_is_named(void) {
    print_body(TABLE(SPACED("0"), GRID(COL("1000")), ROW("", TC("", P(T("a"))))) P("")
                   SECT("<w:rtlGutter/>"));
    CHECK(quiet());
    print_body(TABLE("", GRID(COL("1000")), ROW(SPACED("15"), TC("", P(T("a"))))) P(""));
    CHECK(said("w:tblCellSpacing (w:trPr)"));
}

static mpt beside_unwrapped(const char *width) {
    static const char body[] =
        TABLE("", GRID(COL("1000") COL("2000")),
              ROW("", TC("%s<w:noWrap/>", P(T("một hàng chữ dài không ngắt")))
                          TC(WIDE("2000"), P(T("b"))))) P("") SECT("");
    print_body(pool_printf(pool, body, width));
    return printed("b")->x;
}

static void text_that_must_not_wrap_widens_only_a_cell_that_asks_for_no_width(void) {
    CHECK_NEAR(beside_unwrapped(WIDE("1000")), TEXT_LEFT + 50000 + 5400, 500);
    CHECK(beside_unwrapped("") > TEXT_LEFT + 120000);
}

int main(void) {
    page_tests_begin();
    RUN(text_in_cells_runs_up_or_down);
    RUN(shading_lies_under_all_rows_of_a_merged_cell);
    RUN(turned_text_is_aligned_along_and_across_its_lines);
    RUN(a_row_grows_until_its_turned_lines_have_room_side_by_side);
    RUN(a_turned_cell_runs_through_merged_rows);
    RUN(turned_text_goes_on_in_the_part_of_its_cell_overleaf);
    RUN(turned_text_stands_in_the_first_part_of_its_cell_that_holds_it);
    RUN(a_row_with_turned_text_is_not_cut);
    RUN(a_table_style_may_turn_text);
    RUN(lines_that_would_go_the_other_way_are_named);
    RUN(spaced_cells_have_their_own_borders_and_the_table_has_some_around_them);
    RUN(a_merged_cell_runs_through_the_room_between_its_rows);
    RUN(text_of_a_merged_cell_stands_on_the_fill_of_all_its_rows);
    RUN(columns_may_run_from_right_to_left);
    RUN(room_around_cells_of_one_row_is_named);
    RUN(text_that_must_not_wrap_widens_only_a_cell_that_asks_for_no_width);
    page_tests_end();
    return CHECK_RESULT();
}
