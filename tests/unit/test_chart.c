/* Charts from their XML to what is drawn. */
#include "docx/chart_number.h"
#include "page_help.h"

static const char *formatted(const char *number, const char *format, bool comma) {
    struct decimal d = {0};
    struct buf out = {0};
    CHECK(decimal_parse(number, &d));
    decimal_put(&out, d, format, comma);
    const char *text = pool_strdup(pool, buf_text(&out));
    buf_free(&out);
    return text;
}

static void numbers_are_shown_as_their_formats_say(void) {
    static const struct {
        const char *number, *format;
        bool comma;
        const char *wanted;
    } cases[] = {
        {"4.4000000000000004", "General", false, "4.4"},
        {"0.1", NULL, true, "0,1"},
        {"1234567890123", "General", false, "1.23457E+12"},
        {"0.333333333333", "General", false, "0.3333333333"},
        {"-12", "General", false, "-12"},
        {"0", "0.00", false, "0.00"},
        {"2.345", "0.0", false, "2.3"},
        {"2.35", "0.0", false, "2.4"},
        {"9.99", "0.0", true, "10,0"},
        {"1234567.8", "#,##0", false, "1,234,568"},
        {"1234567.8", "#,##0.00", true, "1.234.567,80"},
        {"0.256", "0%", false, "26%"},
        {"0.256", "0.0%", true, "25,6%"},
        {"-5", "#,##0;(#,##0)", false, "(5)"},
        {"0", "0;-0;\"không\"", false, "không"},
        {"1500000", "#,##0,", false, "1,500"},
        {"3", "0\" tỷ\"", false, "3 tỷ"},
        {"12345", "0.00E+00", false, "1.23E+04"},
        {"45658", "dd/mm/yyyy", true, "01/01/2025"},
        {"45748.5", "d/m/yy h:mm", true, "1/4/25 12:00"},
        {"45658", "mmm yyyy", false, "Jan 2025"},
        {"7", "[Red]0", false, "7"},
        {"1234567", "_-* #,##0\\ _₫_-", true, " 1.234.567   "},
        {"5", "#,##0\\ \"₫\"*ế", true, "5 ₫"},
        {"5", "0_", false, "5 "},
        {"7", "[<>0]General;\"kg\"", false, "7"},
        {"0", "[<>0]General;\"kg\"", false, "kg"},
        {"12", "General\" tỷ\"", false, "12 tỷ"},
        {"50", "[>=100]\"nhiều\";[<10]\"ít\";0.0", false, "50.0"},
        {"3", "[>=100]\"nhiều\";[<10]\"ít\";0.0", false, "ít"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++)
        CHECK_STR(formatted(cases[i].number, cases[i].format, cases[i].comma), cases[i].wanted);
    struct decimal d;
    CHECK(!decimal_parse("", &d) && !decimal_parse("#N/A", &d) && !decimal_parse("1e999", &d));
}

#define PT(i, v) "<c:pt idx=\"" i "\"><c:v>" v "</c:v></c:pt>"
#define CATEGORIES                                                                                 \
    "<c:cat><c:strRef><c:strCache>" PT("0", "Quý I") PT("1", "Quý II") "</c:strCache></c:strRef>"  \
                                                                       "</c:cat>"
#define SERIES(i, name, more, a, b)                                                                \
    "<c:ser><c:idx val=\"" i "\"/><c:tx><c:v>" name "</c:v></c:tx>" more CATEGORIES                \
    "<c:val><c:numRef><c:numCache><c:formatCode>General</c:formatCode>" PT("0", a)                 \
        PT("1", b) "</c:numCache></c:numRef></c:val></c:ser>"
#define AXES                                                                                       \
    "<c:catAx><c:axId val=\"1\"/><c:axPos val=\"b\"/></c:catAx><c:valAx><c:axId val=\"2\"/>"       \
    "<c:axPos val=\"l\"/><c:majorGridlines/></c:valAx>"
#define IDS "<c:axId val=\"1\"/><c:axId val=\"2\"/>"
#define NO_TITLE "<c:autoTitleDeleted val=\"1\"/>"

/* A chart 300 by 200 pt in size. */
static void put_chart(const char *before, const char *plot, const char *after, const char *behind) {
    struct buf part = {0};
    begin(P(
        "<w:r><w:drawing><wp:inline><wp:extent cx=\"3810000\" cy=\"2540000\"/><wp:docPr id=\"1\" "
        "name=\"a\" descr=\"Biểu đồ thu\"/><a:graphic xmlns:a=\"http://schemas.openxmlformats.org/"
        "drawingml/2006/main\"><a:graphicData><c:chart "
        "xmlns:c=\"http://schemas.openxmlformats.org/drawingml/2006/chart\" r:id=\"c1\"/>"
        "</a:graphicData></a:graphic></wp:inline></w:drawing></w:r>"));
    buf_printf(&part,
               "<c:chartSpace xmlns:c=\"http://schemas.openxmlformats.org/drawingml/2006/chart\" "
               "xmlns:a=\"http://schemas.openxmlformats.org/drawingml/2006/main\" "
               "xmlns:r=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships\">"
               "<c:chart>%s<c:plotArea>%s</c:plotArea>%s</c:chart>%s</c:chartSpace>",
               before, plot, after, behind);
    docx_text(package, "word/charts/chart1.xml", buf_text(&part));
    docx_text(
        package, "word/_rels/document.xml.rels",
        "<Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\">"
        "<Relationship Id=\"c1\" Type=\"http://schemas.openxmlformats.org/officeDocument/2006/"
        "relationships/chart\" Target=\"charts/chart1.xml\"/></Relationships>");
    docx_part(package, "word/styles.xml", "w:styles", STYLES(""));
    buf_free(&part);
}

static void draw_chart(const char *before, const char *plot, const char *after) {
    put_chart(before, plot, after, "");
    print_package();
}

struct extent {
    mpt x, y, width, height;
};

/* Of the n-th path filled with this colour. */
static struct extent filled(uint32_t color, size_t n) {
    const struct draw *d;
    VEC_EACH (d, &pages->at.at[0].draws) {
        const struct path *path = d->as.path.path;
        if (d->kind != DRAW_PATH || d->as.path.fill != (int32_t)color || n-- > 0)
            continue;
        struct extent e = {path->steps[0].x[0], path->steps[0].y[0], 0, 0};
        mpt right = e.x, bottom = e.y;
        for (size_t i = 0; i < path->n; i++) {
            const struct path_step *s = &path->steps[i];
            if (s->verb == PATH_CLOSE)
                continue;
            int last = s->verb == PATH_CURVE ? 2 : 0;
            e.x = s->x[last] < e.x ? s->x[last] : e.x;
            e.y = s->y[last] < e.y ? s->y[last] : e.y;
            right = s->x[last] > right ? s->x[last] : right;
            bottom = s->y[last] > bottom ? s->y[last] : bottom;
        }
        e.width = right - e.x;
        e.height = bottom - e.y;
        return e;
    }
    CHECK(!"the fill is there");
    return (struct extent){0};
}

enum { FIRST = 0x4F81BD, SECOND = 0xC0504D }; /* accents of a document without a theme */

#define COLUMNS(grouping, more)                                                                    \
    "<c:barChart><c:barDir val=\"col\"/><c:grouping val=\"" grouping                               \
    "\"/>" SERIES("0", "Thu", "", "2", "4") SERIES("1", "Chi", "", "1", "3") more IDS              \
        "</c:barChart>" AXES

static void columns_are_as_high_as_their_values(void) {
    draw_chart(NO_TITLE, COLUMNS("clustered", "<c:gapWidth val=\"100\"/>"), "");
    struct extent a = filled(FIRST, 0), b = filled(FIRST, 1), c = filled(SECOND, 0);
    CHECK(b.height / 2 - a.height <= 1 && a.height - b.height / 2 <= 1);
    CHECK(a.height / 2 - c.height <= 1 && c.height - a.height / 2 <= 1);
    CHECK_INT(a.y + a.height, b.y + b.height);
    CHECK(c.x - (a.x + a.width) <= 2 && c.x - (a.x + a.width) >= -2);     /* side by side */
    CHECK(b.x - a.x - 3 * a.width <= 5 && b.x - a.x - 3 * a.width >= -5); /* a gap of one bar */
    CHECK(quiet());
}

static void a_scale_has_steps_of_1_2_or_5_and_ends_beyond_the_values(void) {
    draw_chart(NO_TITLE, COLUMNS("clustered", ""), "");
    CHECK_STR(page_text(0), "0|0.5|1|1.5|2|2.5|3|3.5|4|4.5|Quý I|Quý II");
}

static void values_close_to_one_another_do_not_begin_at_zero(void) {
    draw_chart(NO_TITLE,
               "<c:lineChart>" SERIES("0", "Thu", "", "97", "99") IDS "</c:lineChart>" AXES, "");
    CHECK(strstr(page_text(0), "96|") && !strstr(page_text(0), "0|1|"));
}

static void stacked_columns_stand_on_one_another(void) {
    draw_chart(NO_TITLE, COLUMNS("stacked", "<c:overlap val=\"100\"/>"), "");
    struct extent a = filled(FIRST, 0), b = filled(SECOND, 0);
    CHECK_INT(b.y + b.height, a.y);
    CHECK_INT(a.x, b.x);
}

static void shares_fill_the_whole_height(void) {
    draw_chart(NO_TITLE, COLUMNS("percentStacked", "<c:overlap val=\"100\"/>"), "");
    struct extent a = filled(FIRST, 0), b = filled(SECOND, 0), c = filled(SECOND, 1);
    CHECK_INT(b.y, c.y);
    CHECK(a.height / 2 - b.height <= 2 && b.height - a.height / 2 <= 2);
    CHECK(strstr(page_text(0), "100%") && !strstr(page_text(0), "110%"));
}

static void lying_bars_go_to_the_right_from_below(void) {
    draw_chart(NO_TITLE,
               "<c:barChart><c:barDir val=\"bar\"/>" SERIES("0", "Thu", "", "2", "4") IDS
               "</c:barChart>" AXES,
               "");
    struct extent a = filled(FIRST, 0), b = filled(FIRST, 1);
    CHECK_INT(a.x, b.x);
    CHECK(b.width > a.width && b.y < a.y);
}

static void a_pie_has_a_colour_for_every_point_and_a_legend_of_categories(void) {
    draw_chart("",
               "<c:pieChart><c:varyColors val=\"1\"/>" SERIES(
                   "0", "Cơ cấu", "<c:dLbls><c:showPercent val=\"1\"/></c:dLbls>", "3",
                   "1") "</c:pieChart>",
               "<c:legend><c:legendPos val=\"b\"/></c:legend>");
    struct extent a = filled(FIRST, 1), b = filled(SECOND, 1);
    CHECK(a.width > b.width * 3 / 2); /* three quarters, one quarter */
    CHECK_STR(page_text(0), "Cơ cấu|Quý I|Quý II|75%|25%");
}

static void words_are_the_figure_s_and_it_has_its_description(void) {
    draw_chart("<c:title><c:tx><c:rich><a:p><a:r><a:t>Thu</a:t></a:r><a:r><a:t> chi</a:t></a:r>"
               "</a:p></c:rich></c:tx></c:title>",
               COLUMNS("clustered", ""), "<c:legend><c:legendPos val=\"r\"/></c:legend>");
    const struct draw *d = nth_draw(0, DRAW_TEXT, 0);
    CHECK_STR(draw_text_of(d), "Thu chi");
    const struct layout_tag *tag = &pages->tags.at[d->tag];
    CHECK_INT(tag->role, ROLE_FIGURE);
    CHECK_STR(tag->text, "Biểu đồ thu");
    CHECK(strstr(page_text(0), "Thu chi|Thu|Chi|"));
}

/* As Word inserts a chart: places for titles that nobody has typed into. */
static void a_title_nobody_typed_is_what_word_prints_there(void) {
    draw_chart("<c:title><c:overlay val=\"0\"/></c:title>", COLUMNS("clustered", ""), "");
    CHECK(strstr(page_text(0), "Chart Title") != NULL);
    draw_chart("", COLUMNS("clustered", ""), "");
    CHECK(strstr(page_text(0), "Title") == NULL);
    draw_chart(NO_TITLE,
               "<c:lineChart>" SERIES("0", "Thu", "", "1", "2") IDS
               "</c:lineChart><c:catAx><c:axId val=\"1\"/><c:axPos val=\"b\"/>"
               "<c:title><c:layout/></c:title></c:catAx><c:valAx><c:axId val=\"2\"/>"
               "<c:axPos val=\"l\"/></c:valAx>",
               "");
    CHECK(strstr(page_text(0), "Axis Title") != NULL);
}

#define GREEN_LINE                                                                                 \
    "<c:spPr><a:ln w=\"12700\"><a:solidFill><a:srgbClr "                                           \
    "val=\"00FF00\"/></a:solidFill></a:ln></c:spPr>"
enum { GREEN = 0x00FF00 };

/* From where to where the n-th line of this colour goes. */
static struct extent stroked(uint32_t color, size_t n) {
    const struct draw *d;
    VEC_EACH (d, &pages->at.at[0].draws) {
        const struct path *path = d->as.path.path;
        if (d->kind != DRAW_PATH || d->as.path.stroke <= 0 || d->as.path.color != color || n-- > 0)
            continue;
        const struct path_step *from = &path->steps[0], *to = &path->steps[path->n - 1];
        return (struct extent){from->x[0], from->y[0], to->x[0] - from->x[0],
                               to->y[0] - from->y[0]};
    }
    CHECK(!"the line is there");
    return (struct extent){0};
}

static bool near(mpt a, mpt b) {
    return a - b <= 40 && b - a <= 40;
}

/* Columns of 2 and 4: one up and one down from their ends, or a quarter of each. */
static void error_bars_are_as_long_as_they_say(void) {
#define ERRORS(kind, amount)                                                                       \
    "<c:barChart><c:barDir val=\"col\"/>" SERIES(                                                  \
        "0", "Thu",                                                                                \
        "<c:errBars><c:errBarType val=\"both\"/><c:errValType val=\"" kind "\"/><c:noEndCap "      \
        "val=\"1\"/><c:val val=\"" amount "\"/>" GREEN_LINE "</c:errBars>",                        \
        "2", "4") IDS "</c:barChart>" AXES
    draw_chart(NO_TITLE, ERRORS("fixedVal", "1"), "");
    CHECK(quiet());
    struct extent column = filled(FIRST, 0), up = stroked(GREEN, 0), down = stroked(GREEN, 1);
    CHECK(near(up.y, column.y) && near(-up.height, column.height / 2));
    CHECK(near(down.height, column.height / 2));
    CHECK(near(up.x, column.x + column.width / 2));
    draw_chart(NO_TITLE, ERRORS("percentage", "25"), "");
    CHECK(near(-stroked(GREEN, 0).height, column.height / 4));
    CHECK(near(-stroked(GREEN, 2).height, filled(FIRST, 1).height / 4));
    draw_chart(NO_TITLE, ERRORS("stdDev", "1"), ""); /* 3 and the root of 2, at both */
    CHECK(near(stroked(GREEN, 0).y, stroked(GREEN, 2).y));
    CHECK(near(-stroked(GREEN, 0).height, (mpt)(filled(FIRST, 0).height / 2 * 14142LL / 10000)));
    draw_chart(NO_TITLE, ERRORS("stdErr", "1"), "");
    CHECK(near(-stroked(GREEN, 0).height, filled(FIRST, 0).height / 2));
    draw_chart(NO_TITLE, ERRORS("cust", "1"), "");
    CHECK(said("c:errBars"));
}

#define TREND(more)                                                                                \
    "<c:lineChart><c:ser><c:idx "                                                                  \
    "val=\"0\"/><c:spPr><a:ln><a:noFill/></a:ln></c:spPr><c:trendline>" GREEN_LINE more            \
    "</c:trendline><c:val><c:numLit>" PT("0", "0") PT("1", "4")                                    \
        PT("2", "2") "</c:numLit></c:val></c:ser>" IDS "</c:lineChart>" AXES

/* Of 0, 4, 2 the straight one goes from 1 to 3, the mean of two from 2 to 3. */
static void trend_lines_go_where_the_values_go(void) {
    draw_chart(NO_TITLE, TREND("<c:trendlineType val=\"linear\"/>"), "");
    CHECK(quiet());
    struct extent line = stroked(GREEN, 0);
    draw_chart(NO_TITLE, TREND("<c:trendlineType val=\"movingAvg\"/><c:period val=\"2\"/>"), "");
    struct extent mean = stroked(GREEN, 0);
    CHECK(line.height < 0 && near(mean.height * 2, line.height));
    CHECK(near(mean.width * 2, line.width));
    CHECK(near(mean.y + mean.height, line.y + line.height));
}

/* Points at 1 to 5, every one in green, and what is asked of the line through them. */
#define FITTED(type, more, a, b, c, d, e)                                                          \
    "<c:lineChart><c:ser><c:idx val=\"0\"/><c:tx><c:v>Thu</c:v></c:tx><c:spPr><a:ln><a:noFill/>"   \
    "</a:ln></c:spPr><c:trendline>" GREEN_LINE "<c:trendlineType val=\"" type "\"/>" more          \
    "<c:dispRSqr val=\"1\"/><c:dispEq val=\"1\"/></c:trendline><c:val><c:numLit>" PT("0", a)       \
        PT("1", b) PT("2", c) PT("3", d) PT("4", e) "</c:numLit></c:val></c:ser>" IDS              \
                                                    "</c:lineChart>" AXES

static bool prints(const char *text) {
    return strstr(page_text(0), text) != NULL;
}

static void trend_lines_of_every_kind_find_the_function_they_were_made_with(void) {
    draw_chart(NO_TITLE, FITTED("linear", "", "3.5", "6", "8.5", "11", "13.5"), "");
    CHECK(prints("y = 2.5x + 1") && prints("R² = 1"));
    draw_chart(NO_TITLE, FITTED("poly", "<c:order val=\"3\"/>", "-1", "4", "21", "56", "115"), "");
    CHECK(prints("y = x³ - 2x"));
    draw_chart(NO_TITLE, FITTED("exp", "", "4.0774", "16.6252", "67.7885", "276.404", "1127.02"),
               "");
    CHECK(prints("y = e|1.4055x"));
    draw_chart(NO_TITLE, FITTED("log", "", "3", "4.3863", "5.1972", "5.7726", "6.2189"), "");
    CHECK(prints("y = 2ln(x) + 3"));
    draw_chart(NO_TITLE, FITTED("power", "", "0.5", "2", "4.5", "8", "12.5"), "");
    CHECK(prints("y = 0.5x|2|"));
    draw_chart(NO_TITLE, FITTED("exp", "", "4", "0", "1", "2", "3"), ""); /* none through 0 */
    CHECK(!prints("y ="));
    CHECK(quiet());
}

static void a_trend_line_goes_through_the_start_it_is_given_and_on_beyond_the_points(void) {
    draw_chart(NO_TITLE, FITTED("linear", "<c:intercept val=\"0\"/>", "2", "4", "6", "8", "10"),
               "");
    CHECK(prints("y = 2x|"));
    struct extent held = stroked(GREEN, 0);
    draw_chart(NO_TITLE,
               FITTED("linear", "<c:forward val=\"0.5\"/><c:backward val=\"0.5\"/>", "2", "4", "6",
                      "8", "10"),
               "");
    struct extent on = stroked(GREEN, 0);
    CHECK(near(on.width * 4, held.width * 5));
    draw_chart(NO_TITLE, FITTED("linear", "<c:forward val=\"5\"/>", "2", "4", "6", "8", "10"), "");
    CHECK(near(stroked(GREEN, 0).width * 8, held.width * 9)); /* 9 of 10 categories, not 4 of 5 */
}

static void a_trend_line_is_named_in_the_legend(void) {
    draw_chart(NO_TITLE, FITTED("poly", "", "1", "2", "3", "4", "6"),
               "<c:legend><c:legendPos val=\"r\"/></c:legend>");
    CHECK(prints("Thu|Poly. (Thu)|"));
    draw_chart(NO_TITLE, FITTED("poly", "", "1", "2", "3", "4", "6"),
               "<c:legend><c:legendPos val=\"r\"/><c:legendEntry><c:idx val=\"1\"/><c:delete "
               "val=\"1\"/></c:legendEntry></c:legend>");
    CHECK(!prints("Poly."));
}

#define SCALED(scaling, more, a, b)                                                                \
    "<c:barChart><c:barDir val=\"col\"/>" SERIES("0", "Thu", "", a, b) IDS                         \
        "</c:barChart><c:catAx><c:axId val=\"1\"/><c:axPos val=\"b\"/></c:catAx><c:valAx><c:axId " \
        "val=\"2\"/><c:scaling>" scaling "</c:scaling><c:axPos val=\"l\"/>" more "</c:valAx>"

static void a_logarithmic_axis_goes_up_by_powers_of_its_base(void) {
    draw_chart(NO_TITLE, SCALED("<c:logBase val=\"10\"/>", "", "10", "1000"), "");
    CHECK(quiet());
    CHECK(prints("1|10|100|1000|Quý I"));
    CHECK(near(filled(FIRST, 0).height * 3, filled(FIRST, 1).height));
    draw_chart(NO_TITLE, SCALED("<c:logBase val=\"2\"/>", "", "4", "7"), "");
    CHECK(prints("1|2|4|8|Quý I"));
    draw_chart(NO_TITLE, SCALED("<c:logBase val=\"10\"/>", "", "0.01", "10"), "");
    CHECK(prints("0.01|0.1|1|10|"));
    struct extent down = filled(FIRST, 0), up = filled(FIRST, 1); /* from 1 on both ways */
    CHECK(near(down.y, up.y + up.height) && near(down.height, up.height * 2));
    draw_chart(NO_TITLE,
               SCALED("<c:logBase val=\"10\"/>",
                      "<c:minorGridlines>" GREEN_LINE "</c:minorGridlines>", "1", "10"),
               "");
    CHECK(near(stroked(GREEN, 0).y - stroked(GREEN, 7).y, /* 2 to 9 */
               (mpt)(filled(FIRST, 1).height * 65321LL / 100000)));
}

static void minor_marks_stand_between_the_others(void) {
#define MARKED(minor)                                                                              \
    SCALED("<c:max val=\"2\"/>",                                                                   \
           "<c:majorTickMark val=\"out\"/>" minor "<c:majorUnit val=\"1\"/><c:minorUnit "          \
           "val=\"0.25\"/>" GREEN_LINE,                                                            \
           "1", "2")
    draw_chart(NO_TITLE, MARKED("<c:minorTickMark val=\"cross\"/>"), "");
    struct extent first = stroked(GREEN, 1), second = stroked(GREEN, 2); /* 0: the axis itself */
    CHECK(near((first.y - second.y) * 4, filled(FIRST, 0).height));
    struct extent major = stroked(GREEN, 10);
    CHECK(near(first.width, major.width) && near(first.x - major.x, 2000)); /* on both sides */
}

static void what_has_no_logarithm_is_left_out_of_such_an_axis(void) {
    draw_chart(NO_TITLE, SCALED("<c:logBase val=\"10\"/>", "", "-5", "100"), "");
    CHECK(prints("1|10|100|"));
    CHECK(filled(FIRST, 0).height > 0);
}

static void bars_begin_where_the_axis_crosses(void) {
#define CROSSED(at)                                                                                \
    "<c:barChart><c:barDir val=\"col\"/>" SERIES("0", "Thu", "", "1", "4") IDS                     \
        "</c:barChart><c:catAx><c:axId val=\"1\"/><c:axPos val=\"b\"/>" at                         \
        "</c:catAx><c:valAx><c:axId val=\"2\"/><c:axPos val=\"l\"/></c:valAx>"
    draw_chart(NO_TITLE, CROSSED("<c:crossesAt val=\"2\"/>"), "");
    struct extent a = filled(FIRST, 0), b = filled(FIRST, 1);
    CHECK(near(a.y, b.y + b.height) && near(a.height * 2, b.height));
}

static void numbers_are_counted_in_the_unit_of_their_axis(void) {
    draw_chart(NO_TITLE,
               SCALED("",
                      "<c:dispUnits><c:builtInUnit val=\"thousands\"/><c:dispUnitsLbl/>"
                      "</c:dispUnits>",
                      "2000", "4000"),
               "");
    CHECK(quiet());
    CHECK(prints("3|3.5|4|4.5|") && prints("Thousands"));
    draw_chart(NO_TITLE,
               SCALED("", "<c:dispUnits><c:custUnit val=\"12\"/></c:dispUnits>", "24", "60"), "");
    CHECK(prints("0|0.833") && !prints("x 12"));
}

static void a_table_under_the_plot_has_names_and_numbers(void) {
#define TABLE                                                                                      \
    "<c:dTable><c:showHorzBorder val=\"1\"/><c:showVertBorder val=\"1\"/><c:showOutline "          \
    "val=\"1\"/><c:showKeys val=\"1\"/></c:dTable>"
    draw_chart(NO_TITLE, COLUMNS("clustered", "") TABLE, "");
    CHECK(quiet());
    CHECK(prints("4.5|Quý I|Quý II|Thu|2|4|Chi|1|3"));
    struct extent bar = filled(FIRST, 0), key = filled(FIRST, 2);
    CHECK(key.y > bar.y + bar.height && key.x + key.width < bar.x);
}

static void labels_have_boxes_and_angles_and_stand_where_they_were_moved(void) {
#define LABELLED(more)                                                                             \
    "<c:barChart><c:barDir val=\"col\"/>" SERIES(                                                  \
        "0", "Thu", "<c:dLbls>" more "<c:showVal val=\"1\"/></c:dLbls>", "2", "4") IDS             \
        "</c:barChart>" AXES
#define RED_BOX "<c:spPr><a:solidFill><a:srgbClr val=\"FF0000\"/></a:solidFill></c:spPr>"
    draw_chart(NO_TITLE, LABELLED(RED_BOX), "");
    CHECK(quiet());
    struct extent box = filled(0xFF0000, 0), bar = filled(FIRST, 0);
    CHECK(near(box.x + box.width / 2, bar.x + bar.width / 2) && box.y + box.height <= bar.y);
    draw_chart(NO_TITLE,
               LABELLED("<c:dLbl><c:idx val=\"0\"/><c:layout><c:manualLayout><c:x val=\"0.1\"/>"
                        "<c:y val=\"-0.1\"/></c:manualLayout></c:layout>" RED_BOX
                        "<c:showVal val=\"1\"/></c:dLbl>"),
               "");
    struct extent moved = filled(0xFF0000, 0);
    CHECK(near(moved.x - box.x, 30000) && near(moved.y - box.y, -20000));
    draw_chart(NO_TITLE,
               LABELLED(RED_BOX "<c:txPr><a:bodyPr rot=\"-5400000\"/><a:p/></c:txPr>"
                                "<c:showCatName val=\"1\"/>"),
               "");
    struct extent turned = filled(0xFF0000, 0);
    CHECK(turned.height > turned.width * 2);
}

static void fields_of_a_label_are_filled_in(void) {
    draw_chart(NO_TITLE,
               LABELLED("<c:dLbl><c:idx val=\"1\"/><c:tx><c:rich><a:p><a:fld type=\"VALUE\"><a:t>"
                        "[GIÁ TRỊ]</a:t></a:fld><a:r><a:t> tỷ của </a:t></a:r><a:fld "
                        "type=\"SERIESNAME\"><a:t>[TÊN]</a:t></a:fld></a:p></c:rich></c:tx>"
                        "<c:showVal val=\"1\"/></c:dLbl>"),
               "");
    CHECK(prints("4 tỷ của Thu") && !prints("["));
}

static void a_radar_has_labels_at_its_points(void) {
    draw_chart(NO_TITLE,
               "<c:radarChart>" SERIES("0", "Thu", "<c:dLbls><c:showVal val=\"1\"/></c:dLbls>",
                                       "17", "39") IDS "</c:radarChart>" AXES,
               "");
    CHECK(prints("17|39|"));
}

static void bubbles_say_their_sizes(void) {
    draw_chart(NO_TITLE,
               "<c:bubbleChart><c:ser><c:idx val=\"0\"/><c:dLbls><c:showBubbleSize val=\"1\"/>"
               "</c:dLbls><c:xVal><c:numLit>" PT("0", "1")
                   PT("2", "3") "</c:numLit></c:xVal><c:yVal><c:numLit>" PT("0", "2") PT("1", "2.5")
                       PT("2", "3") "</c:numLit></c:yVal><c:bubbleSize><c:numLit>" PT("0", "77")
                           PT("1", "88") PT(
                               "2", "99") "</c:numLit></c:bubbleSize></c:ser>" IDS
                                          "</c:bubbleChart><c:valAx><c:axId val=\"1\"/></c:valAx>"
                                          "<c:valAx><c:axId val=\"2\"/></c:valAx>",
               "");
    CHECK(prints("77|") && prints("99") && !prints("88")); /* the second stands nowhere */
}

static void a_bar_that_goes_down_is_white_where_it_is_told_to_differ(void) {
    draw_chart(NO_TITLE,
               "<c:barChart><c:barDir val=\"col\"/>" SERIES(
                   "0", "Thu", "<c:invertIfNegative val=\"1\"/>", "-2", "4") IDS
               "</c:barChart>" AXES,
               "");
    struct extent white = filled(0xFFFFFF, 1), up = filled(FIRST, 0);
    CHECK(white.height > 0 && up.height > white.height);
}

static void a_title_over_the_plot_is_drawn_after_it(void) {
    draw_chart("<c:title><c:tx><c:rich><a:p><a:r><a:t>Thu</a:t></a:r></a:p></c:rich></c:tx>"
               "<c:overlay val=\"1\"/>" RED_BOX "</c:title>",
               COLUMNS("clustered", ""), "");
    struct extent title = filled(0xFF0000, 0), bar = filled(FIRST, 1);
    const struct draw *d, *last = NULL;
    VEC_EACH (d, &pages->at.at[0].draws)
        last = d->kind == DRAW_TEXT ? d : last;
    CHECK(last && strcmp(draw_text_of(last), "Thu") == 0);
    CHECK(bar.y < title.y + title.height + 20000);
}

/* In a legend of points an entry that is taken out is a point's; one that was made lower than wide
 * has its entries in a row. */
static void a_legend_has_the_entries_and_the_shape_it_is_told_to(void) {
    draw_chart(
        NO_TITLE,
        "<c:pieChart><c:varyColors val=\"1\"/>" SERIES("0", "Cơ cấu", "", "3", "1") "</c:pieChart>",
        "<c:legend><c:legendPos val=\"b\"/><c:legendEntry><c:idx val=\"0\"/><c:delete "
        "val=\"1\"/></c:legendEntry></c:legend>");
    CHECK(!prints("Quý I|") && prints("Quý II"));
    draw_chart(NO_TITLE, COLUMNS("clustered", ""),
               "<c:legend><c:legendPos val=\"r\"/><c:layout><c:manualLayout><c:xMode val=\"edge\"/>"
               "<c:yMode val=\"edge\"/><c:x val=\"0\"/><c:y val=\"0.9\"/><c:w val=\"1\"/><c:h "
               "val=\"0.1\"/></c:manualLayout></c:layout></c:legend>");
    CHECK(near(filled(FIRST, 0).y, filled(SECOND, 0).y));
}

/* Two lines that cross: 1 and 3, 4 and 2. */
static void drop_lines_and_bars_between_lines_are_drawn(void) {
    draw_chart(
        NO_TITLE,
        "<c:lineChart>" SERIES("0", "Mở", "", "1", "4") SERIES(
            "1", "Đóng", "", "3",
            "2") "<c:dropLines>" GREEN_LINE "</c:dropLines><c:upDownBars><c:gapWidth val=\"100\"/>"
                 "<c:upBars><c:spPr><a:solidFill><a:srgbClr val=\"0000FF\"/></a:solidFill></c:spPr>"
                 "</c:upBars><c:downBars><c:spPr><a:solidFill><a:srgbClr val=\"FF00FF\"/>"
                 "</a:solidFill></c:spPr></c:downBars></c:upDownBars>" IDS "</c:lineChart>" AXES,
        "");
    CHECK(quiet());
    struct extent up = filled(0x0000FF, 0), down = filled(0xFF00FF, 0);
    struct extent first = stroked(GREEN, 0), second = stroked(GREEN, 1);
    CHECK(near(up.height, down.height) && up.height > 0 && near(up.width, down.width));
    CHECK(near(first.y, up.y) && near(second.y, down.y));
    CHECK(near(first.height * 4, second.height * 3));
    CHECK(near(first.x, up.x + up.width / 2));
}

static void a_gap_in_a_line_is_left_open(void) {
    draw_chart(NO_TITLE,
               "<c:lineChart><c:ser><c:idx val=\"0\"/><c:val><c:numLit><c:ptCount val=\"5\"/>" PT(
                   "0", "1") PT("1", "2") PT("3", "3")
                   PT("4", "1") "</c:numLit></c:val></c:ser>" IDS "</c:lineChart>" AXES,
               "");
    size_t lines = 0;
    const struct draw *d;
    VEC_EACH (d, &pages->at.at[0].draws)
        lines += d->kind == DRAW_PATH && d->as.path.stroke == 2250;
    CHECK_INT(lines, 2);
}

/* The last category of an area stands at the plot's very end; its label does not leave the chart.
 */
static void labels_at_the_end_of_an_axis_keep_inside(void) {
    draw_chart(NO_TITLE,
               "<c:areaChart>" SERIES("0", "Thu", "", "2", "4") IDS
               "</c:areaChart><c:catAx><c:axId val=\"1\"/><c:axPos val=\"b\"/></c:catAx><c:valAx>"
               "<c:axId val=\"2\"/><c:axPos val=\"l\"/><c:crossBetween val=\"midCat\"/></c:valAx>",
               "");
    const struct draw *d;
    struct extent chart = filled(0xFFFFFF, 0);
    bool any = false;
    VEC_EACH (d, &pages->at.at[0].draws) {
        if (d->kind != DRAW_TEXT || strcmp(draw_text_of(d), "Quý II") != 0)
            continue;
        const struct draw_text *t = &d->as.text;
        any = true;
        CHECK(t->x + t->glyphs[t->n - 1].x + 4000 <= chart.x + chart.width - 5000);
    }
    CHECK(any);
}

static void depth_is_left_out_and_named(void) {
    draw_chart(NO_TITLE,
               "<c:bar3DChart>" SERIES("0", "Thu", "", "2", "4") IDS "</c:bar3DChart>" AXES, "");
    CHECK(said("c:bar3DChart"));
    CHECK(filled(FIRST, 0).height > 0);
}

static void boxes_drawn_into_a_chart_are_over_it(void) {
    put_chart(NO_TITLE, COLUMNS("clustered", ""), "", "<c:userShapes r:id=\"s\"/>");
    docx_text(package, "word/charts/_rels/chart1.xml.rels",
              "<Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/"
              "relationships\"><Relationship Id=\"s\" Type=\"http://schemas.openxmlformats.org/"
              "officeDocument/2006/relationships/chartUserShapes\" Target=\"../drawings/d.xml\"/>"
              "</Relationships>");
#define DRAWN(geometry)                                                                            \
    "<c:userShapes xmlns:c=\"http://schemas.openxmlformats.org/drawingml/2006/chart\" "            \
    "xmlns:a=\"http://schemas.openxmlformats.org/drawingml/2006/main\" "                           \
    "xmlns:cdr=\"http://schemas.openxmlformats.org/drawingml/2006/chartDrawing\">"                 \
    "<cdr:relSizeAnchor><cdr:from><cdr:x>0.5</cdr:x><cdr:y>0.25</cdr:y></cdr:from><cdr:to>"        \
    "<cdr:x>0.75</cdr:x><cdr:y>0.5</cdr:y></cdr:to><cdr:sp><cdr:spPr><a:prstGeom prst=\"" geometry \
    "\"/><a:solidFill><a:srgbClr val=\"FF0000\"/></a:solidFill></cdr:spPr><cdr:txBody><a:p><a:r>"  \
    "<a:t>ghi thêm</a:t></a:r></a:p></cdr:txBody></cdr:sp></cdr:relSizeAnchor></c:userShapes>"
    docx_text(package, "word/drawings/d.xml", DRAWN("rect"));
    print_package();
    CHECK(quiet());
    struct extent box = filled(0xFF0000, 0);
    CHECK(near(box.width, 75000) && near(box.height, 50000));
    CHECK(prints("ghi thêm"));
    docx_text(package, "word/drawings/d.xml", DRAWN("rightArrow"));
    print_package();
    CHECK(said("c:userShapes") && prints("ghi thêm"));
}

static void categories_of_categories_stand_under_them(void) {
    draw_chart(
        NO_TITLE,
        "<c:barChart><c:barDir val=\"col\"/><c:ser><c:idx val=\"0\"/><c:cat><c:multiLvlStrRef>"
        "<c:multiLvlStrCache><c:lvl>" PT("0", "Quý I") PT("1", "Quý II")
            PT("2", "Quý III") "</c:lvl><c:lvl>" PT("0", "2025")
                PT("2", "2026") "</c:lvl></c:multiLvlStrCache></c:multiLvlStrRef></"
                                "c:cat><c:val><c:numLit>" PT("0", "1") PT("1", "3")
                                    PT("2", "2") "</c:numLit></c:val></c:ser>" IDS
                                                 "</c:barChart>" AXES,
        "");
    CHECK(quiet());
    CHECK(prints("Quý I|Quý II|Quý III|2025|2026"));
    const struct draw_text *inner = printed("Quý III"), *outer = printed("2026");
    CHECK(outer->y > inner->y + 8000);
    struct extent first = filled(FIRST, 0), second = filled(FIRST, 1);
    mpt middle = (first.x + second.x + second.width) / 2;
    const struct draw_text *year = printed("2025");
    CHECK(year->x < middle && middle - year->x < 20000);
}

static void days_stand_as_far_apart_as_they_are(void) {
#define DATED(a, b, c)                                                                             \
    "<c:lineChart><c:ser><c:idx val=\"0\"/><c:cat><c:numRef><c:numCache><c:pt idx=\"0\"><c:v>" a   \
    "</c:v></c:pt><c:pt idx=\"1\"><c:v>" b "</c:v></c:pt><c:pt idx=\"2\"><c:v>" c                  \
    "</c:v></c:pt></c:numCache></c:numRef></c:cat><c:dPt><c:idx val=\"1\"/><c:marker><c:symbol "   \
    "val=\"square\"/>" RED_BOX "</c:marker></c:dPt><c:val><c:numLit>" PT("0", "1") PT("1", "3")    \
        PT("2", "2") "</c:numLit></c:val></c:ser>" IDS "</c:lineChart>"                            \
                     "<c:dateAx><c:axId val=\"1\"/><c:axPos val=\"b\"/></c:dateAx>"                \
                     "<c:valAx><c:axId val=\"2\"/><c:axPos val=\"l\"/></c:valAx>"
    draw_chart(NO_TITLE, DATED("45658", "45689", "45717"), ""); /* three months */
    CHECK(quiet());
    struct extent even = filled(0xFF0000, 0);
    draw_chart(NO_TITLE, DATED("45658", "45663", "45678"), ""); /* days 1, 6 and 21 */
    CHECK(quiet());
    struct extent uneven = filled(0xFF0000, 0);
    CHECK(uneven.x + 30000 < even.x && uneven.y == even.y);
    size_t lines = 0;
    const struct draw *d;
    VEC_EACH (d, &pages->at.at[0].draws)
        lines += d->kind == DRAW_PATH && d->as.path.stroke == 2250;
    draw_chart(NO_TITLE, DATED("45658", "45717", "45992"), ""); /* January, March, December */
    CHECK(prints("45658|45717|45778|"));                        /* every other month */
    CHECK_INT(lines, 1); /* days without a value are no gaps */
    draw_chart(NO_TITLE, DATED("1", "2", "99999"), "");
    CHECK(said("c:dateAx")); /* more days than anybody draws */
}

/* Word keeps a picture beside them for older programs; without one they are named. */
static void a_chart_of_the_newest_kinds_is_the_picture_word_keeps_with_it(void) {
#define NEWEST(fallback)                                                                           \
    P("<w:r><mc:AlternateContent><mc:Choice Requires=\"cx1\"><w:drawing><wp:inline><wp:extent "    \
      "cx=\"914400\" cy=\"914400\"/><wp:docPr id=\"1\" name=\"a\"/><a:graphic "                    \
      "xmlns:a=\"http://schemas.openxmlformats.org/drawingml/2006/main\"><a:graphicData "          \
      "uri=\"http://schemas.microsoft.com/office/drawing/2014/chartex\"><cx:chart "                \
      "xmlns:cx=\"http://schemas.microsoft.com/office/drawing/2014/chartex\" r:id=\"x\"/>"         \
      "</a:graphicData></a:graphic></wp:inline></w:drawing></mc:Choice>" fallback                  \
      "</mc:AlternateContent></w:r>")
    print_body(NEWEST("<mc:Fallback><w:t>hình</w:t></mc:Fallback>"));
    CHECK(quiet());
    CHECK_STR(page_text(0), "hình");
    print_body(NEWEST(""));
    CHECK(said("unsupported-"));
}

static void a_surface_is_printed_in_words_with_numbers_as_a_sheet_shows_them(void) {
    draw_chart(
        NO_TITLE,
        "<c:surfaceChart>" SERIES("0", "Thu", "", "4.4000000000000004", "4") "</c:surfaceChart>",
        "");
    CHECK(said("c:chart"));
    CHECK(strstr(page_text(0), "Thu:") && strstr(page_text(0), "4.4; 4"));
}

/* Counts that would take gigabytes, indexes outside, scales upside down: drawn or not, no crash. */
static void hostile_numbers_do_no_harm(void) {
    draw_chart(NO_TITLE,
               "<c:barChart><c:ser><c:val><c:numLit><c:ptCount val=\"2000000000\"/>" PT("-3", "1")
                   PT("31999", "1e308") PT("2", "-1e308")
                       PT("3", "1e-300") "</c:numLit></c:val></c:ser>" IDS
                                         "</c:barChart><c:catAx><c:axId val=\"1\"/></c:catAx>"
                                         "<c:valAx><c:axId val=\"2\"/><c:scaling><c:min "
                                         "val=\"5\"/><c:max val=\"-5\"/>"
                                         "</c:scaling><c:majorUnit val=\"1e-200\"/></c:valAx>",
               "");
    CHECK(pages->at.n == 1);
    draw_chart(NO_TITLE, "<c:pieChart>" SERIES("0", "a", "", "0", "x") "</c:pieChart>", "");
    CHECK(pages->at.n == 1);
}

int main(void) {
    reader_tests_begin();
    RUN(numbers_are_shown_as_their_formats_say);
    RUN(columns_are_as_high_as_their_values);
    RUN(a_scale_has_steps_of_1_2_or_5_and_ends_beyond_the_values);
    RUN(values_close_to_one_another_do_not_begin_at_zero);
    RUN(stacked_columns_stand_on_one_another);
    RUN(shares_fill_the_whole_height);
    RUN(lying_bars_go_to_the_right_from_below);
    RUN(a_pie_has_a_colour_for_every_point_and_a_legend_of_categories);
    RUN(words_are_the_figure_s_and_it_has_its_description);
    RUN(a_title_nobody_typed_is_what_word_prints_there);
    RUN(error_bars_are_as_long_as_they_say);
    RUN(trend_lines_go_where_the_values_go);
    RUN(trend_lines_of_every_kind_find_the_function_they_were_made_with);
    RUN(a_trend_line_goes_through_the_start_it_is_given_and_on_beyond_the_points);
    RUN(a_trend_line_is_named_in_the_legend);
    RUN(a_logarithmic_axis_goes_up_by_powers_of_its_base);
    RUN(minor_marks_stand_between_the_others);
    RUN(what_has_no_logarithm_is_left_out_of_such_an_axis);
    RUN(bars_begin_where_the_axis_crosses);
    RUN(numbers_are_counted_in_the_unit_of_their_axis);
    RUN(a_table_under_the_plot_has_names_and_numbers);
    RUN(labels_have_boxes_and_angles_and_stand_where_they_were_moved);
    RUN(fields_of_a_label_are_filled_in);
    RUN(a_radar_has_labels_at_its_points);
    RUN(bubbles_say_their_sizes);
    RUN(a_bar_that_goes_down_is_white_where_it_is_told_to_differ);
    RUN(a_title_over_the_plot_is_drawn_after_it);
    RUN(a_legend_has_the_entries_and_the_shape_it_is_told_to);
    RUN(drop_lines_and_bars_between_lines_are_drawn);
    RUN(a_gap_in_a_line_is_left_open);
    RUN(labels_at_the_end_of_an_axis_keep_inside);
    RUN(depth_is_left_out_and_named);
    RUN(boxes_drawn_into_a_chart_are_over_it);
    RUN(categories_of_categories_stand_under_them);
    RUN(days_stand_as_far_apart_as_they_are);
    RUN(a_chart_of_the_newest_kinds_is_the_picture_word_keeps_with_it);
    RUN(a_surface_is_printed_in_words_with_numbers_as_a_sheet_shows_them);
    RUN(hostile_numbers_do_no_harm);
    fonts_free(fonts);
    reader_tests_end();
    return CHECK_RESULT();
}
