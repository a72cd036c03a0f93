/* Links, bookmarks, fields, floats, columns, notes and properties in the document tree. */
#include <stdlib.h>

#include "docx/units.h"
#include "reader_help.h"

/* ---- links and bookmarks ---- */

#define EXTERNAL(id, target)                                                                       \
    "<Relationship Id=\"" id                                                                       \
    "\" Type=\"http://x/hyperlink\" TargetMode=\"External\" Target=\"" target "\"/>"

static const char *linked(const char *body) {
    begin(body);
    docx_text(package, "word/_rels/document.xml.rels",
              RELATIONSHIPS EXTERNAL("web", "https://vi.du/a?b=1&amp;c")
                  EXTERNAL("mail", "mailto:van.thu@vi.du") EXTERNAL("disk", "file:///C:/a.docx")
                      EXTERNAL("js", "javascript:alert(1)") "</Relationships>");
    return shown(nth(reread(), 0));
}

static void hyperlinks_lead_to_addresses_and_bookmarks(void) {
    CHECK_STR(linked(P("a<w:hyperlink r:id=\"web\">" T("trang") "</w:hyperlink>" T("b"))),
              "[trang](https://vi.du/a?b=1&c)b");
    CHECK_STR(linked(P("<w:hyperlink w:anchor=\"muc\">" T("x") "</w:hyperlink>")), "[x](#muc)");
    CHECK_STR(linked(P("<w:hyperlink r:id=\"web\" w:anchor=\"p\">" T("x") "</w:hyperlink>")),
              "[x](https://vi.du/a?b=1&c#p)");
    CHECK_STR(linked(P("<w:hyperlink r:id=\"mail\">" T("x") "</w:hyperlink>")),
              "[x](mailto:van.thu@vi.du)");
    CHECK_STR(linked(P("<w:hyperlink r:id=\"none\">" T("x") "</w:hyperlink>")), "x");
    CHECK(quiet());
}

static void links_to_the_authors_disk_or_to_scripts_are_refused(void) {
    CHECK_STR(linked(P("<w:hyperlink r:id=\"disk\">" T("x") "</w:hyperlink>"
                                                            "<w:hyperlink r:id=\"js\">" T(
                                                                "y") "</w:hyperlink>")),
              "xy");
    CHECK(said("w:hyperlink (file)"));
    CHECK_INT(diag_count(diag, DIAG_WARNING), 1);
}

static void equal_runs_in_and_beside_a_link_are_kept_apart(void) {
    CHECK_STR(
        linked(P(T("a") "<w:hyperlink w:anchor=\"m\">" T("b") T("c") "</w:hyperlink>" T("d"))),
        "a[bc](#m)d");
}

static void hyperlink_fields_lead_too(void) {
    CHECK_STR(body_shown(P(FIELD(" HYPERLINK \"https://vi.du\" \\o \"chỉ dẫn\" ", T("x")) T("y"))),
              "[x](https://vi.du)y");
    CHECK_STR(body_shown(P(FIELD("HYPERLINK \\l &quot;muc_1&quot;", T("x")))), "[x](#muc_1)");
    CHECK_STR(body_shown(P(FIELD("HYPERLINK https://vi.du \\l m", T("x")))),
              "[x](https://vi.du#m)");
    CHECK_STR(body_shown(P(FIELD("HYPER</w:instrText><w:instrText>LINK \\l a", T("x")))),
              "[x](#a)");
    CHECK_STR(body_shown(P(FIELD("PAGEREF _Toc1 \\h", T("3")) FIELD("REF b", T("4")))),
              "[3](#_Toc1)4");
    CHECK_STR(body_shown(P("<w:fldSimple w:instr=\"REF b \\h\">" T("x") "</w:fldSimple>")),
              "[x](#b)");
    CHECK_STR(body_shown(P(FIELD("HYPERLINK \\l a", FIELD("PAGEREF b \\h", T("1")) T("2")))),
              "[1](#b)[2](#a)");
    CHECK(quiet());
}

static void bookmarks_stand_where_they_begin(void) {
    const struct document *d =
        read_body(P(T("a") "<w:bookmarkStart w:id=\"1\" w:name=\"_Toc1\"/>" T(
            "b") "<w:bookmarkEnd/>"
                 "<w:bookmarkStart w:id=\"2\" w:name=\"_GoBack\"/>") "<w:bookmarkStart w:id=\"3\" "
                                                                     "w:name=\"giua\"/>" P(T("c")));
    CHECK_STR(shown(nth(d, 0)), "a<name _Toc1>b");
    CHECK_STR(shown(nth(d, 1)), "<name giua>c");
    CHECK(dump_has(d, "bookmark \"_Toc1\"\n"));
    CHECK(quiet());
}

static void bookmarks_of_rows_stand_in_their_row(void) {
    const struct table *t =
        nth_block(
            read_body(TBL("", TR(TC("", P(T("a")))) "<w:bookmarkStart w:name=\"hang2\"/><w:tr>"
                                                    "<w:bookmarkStart w:name=\"o\"/>" TC(
                                                        "", P(T("b"))) "</w:tr>")),
            0)
            ->table;
    CHECK_STR(shown(t->rows[0].cells[0].blocks->para), "a");
    CHECK_STR(shown(t->rows[1].cells[0].blocks->para), "<name hang2><name o>b");
}

static void a_picture_may_be_a_link(void) {
    begin(P("<w:r><w:drawing><wp:inline><wp:extent cx=\"1270000\" cy=\"635000\"/><wp:docPr>"
            "<a:hlinkClick r:id=\"web\"/></wp:docPr><a:graphic><a:graphicData><pic:pic>"
            "<pic:blipFill><a:blip r:embed=\"p1\"/></pic:blipFill></pic:pic></a:graphicData>"
            "</a:graphic></wp:inline></w:drawing></w:r>" T("a")));
    docx_text(package, "word/_rels/document.xml.rels",
              RELATIONSHIPS RELATION("p1", "image", "media/image1.png")
                  EXTERNAL("web", "https://vi.du") "</Relationships>");
    docx_text(package, "word/media/image1.png", "\x89PNG\r\n\x1A\nmore");
    CHECK_STR(shown(nth(reread(), 0)), "[<pic>](https://vi.du)a");
}

/* ---- fields ---- */

static void page_numbers_keep_the_format_they_ask_for(void) {
    CHECK_STR(body_shown(P(FIELD("PAGE \\* MERGEFORMAT", T("1")) FIELD("PAGE \\* roman", T("i"))
                               FIELD("NUMPAGES \\* ROMAN \\* MERGEFORMAT", T("V"))
                                   FIELD("page \\* ArabicDash", T("- 1 -"))
                                       FIELD("PAGE \\* ALPHABETIC", T("A")))),
              "<PAGE><PAGE lowerRoman><COUNT upperRoman><PAGE numberInDash><PAGE upperLetter>");
    CHECK(quiet());
    CHECK_STR(body_shown(P(FIELD("PAGE \\* OrdText", T("x")))), "<PAGE>");
    CHECK(said("OrdText"));
    CHECK_STR(body_shown(P(FIELD("PAGE \\# &quot;000&quot;", T("x")))), "<PAGE>");
    CHECK(said("PAGE \\#"));
}

static void section_pages_are_all_pages_of_a_document_of_one_section(void) {
    CHECK_STR(body_shown(P(FIELD("SECTIONPAGES", T("4"))) "<w:sectPr/>"), "<COUNT>");
    CHECK(quiet());
    CHECK_STR(body_shown(PP("<w:sectPr/>", FIELD("SECTIONPAGES", T("4"))) "<w:sectPr/>"),
              "<PAGES>");
    CHECK(quiet());
}

#define SEPARATE "<w:r><w:fldChar w:fldCharType=\"separate\"/></w:r>"
#define FORM(instruction, data, result)                                                            \
    "<w:r><w:fldChar w:fldCharType=\"begin\"><w:ffData>" data                                      \
    "</w:ffData></w:fldChar></w:r><w:r><w:instrText>" instruction                                  \
    "</w:instrText></w:r>" result FIELD_END

static void form_fields_show_what_was_chosen(void) {
    CHECK_STR(body_shown(P(
                  FORM("FORMCHECKBOX", "<w:checkBox><w:default w:val=\"1\"/></w:checkBox>", "")
                      FORM("FORMCHECKBOX",
                           "<w:checkBox><w:default w:val=\"1\"/><w:checked"
                           " w:val=\"0\"/></w:checkBox>",
                           "") FORM("FORMCHECKBOX", "<w:checkBox><w:checked/></w:checkBox>", ""))),
              "☒☐☒");
    CHECK_STR(body_shown(P(FORM("FORMDROPDOWN",
                                "<w:ddList><w:result w:val=\"1\"/><w:listEntry w:val=\"Nam\"/>"
                                "<w:listEntry w:val=\"Nữ\"/></w:ddList>",
                                "") FIELD("FORMTEXT", T("Trần Văn Mẫu")))),
              "NữTrần Văn Mẫu");
    CHECK(quiet());
}

/* As Word writes them: a place for the result, and nothing in it. */
static void a_form_field_with_an_empty_result_shows_what_was_chosen(void) {
    CHECK_STR(body_shown(P(T("a") FORM("FORMCHECKBOX",
                                       "<w:checkBox><w:default w:val=\"0\"/>"
                                       "</w:checkBox>",
                                       SEPARATE) T("b"))),
              "a☐b");
    CHECK_STR(body_shown(P(FORM("FORMDROPDOWN",
                                "<w:ddList><w:listEntry w:val=\"Nam\"/>"
                                "</w:ddList>",
                                SEPARATE))),
              "Nam");
    CHECK_STR(body_shown(P(FORM("FORMDROPDOWN",
                                "<w:ddList><w:listEntry w:val=\"Nam\"/>"
                                "</w:ddList>",
                                SEPARATE T("Nữ")))),
              "Nữ");
    CHECK_STR(body_shown(P(FORM("FORMDROPDOWN",
                                "<w:ddList><w:listEntry w:val=\"Nam\"/>"
                                "</w:ddList>",
                                SEPARATE "<w:bookmarkStart w:id=\"1\" w:name=\"a\"/>"
                                         "<w:bookmarkEnd w:id=\"1\"/><w:r/>"))),
              "<name a>Nam");
    CHECK(quiet());
}

static void fields_without_a_result_are_shown_from_their_instruction(void) {
    CHECK_STR(body_shown(P(INSTRUCTION("MACROBUTTON NoMacro [ghi tên]") FIELD_END INSTRUCTION(
                  "SYMBOL 183 \\f &quot;Symbol&quot; \\s 12") FIELD_END)),
              "[ghi tên]•");
    CHECK(quiet());
    CHECK_STR(body_shown(P(INSTRUCTION("EQ \\f(1;2)") FIELD_END)), "(1;2)");
    CHECK(said("EQ"));
    CHECK_STR(body_shown(P(INSTRUCTION("AUTONUM") FIELD_END T("x"))), "x");
    CHECK(said("AUTONUM"));
    CHECK_STR(body_shown(P(INSTRUCTION("TC &quot;mục&quot;") FIELD_END T("x"))), "x");
    CHECK(quiet());
}

static void what_a_field_that_only_acts_has_stored_is_not_seen(void) {
    CHECK_STR(body_shown(P(T("a") FIELD("SET so 99", T("99"))
                               FIELD("ASK ten &quot;Ai?&quot;", T("Lan")) T("b"))),
              "ab");
    CHECK_STR(body_shown(P(FIELD("SET so 99", FIELD("MERGEFIELD x", T("99"))) T("b"))), "b");
    CHECK(quiet());
}

static void links_look_like_links_but_not_in_a_table_of_contents(void) {
#define LINKED(text) "<w:r><w:rPr><w:rStyle w:val=\"L\"/><w:b/></w:rPr><w:t>" text "</w:t></w:r>"
    begin(P(INSTRUCTION("TOC \\o") "<w:r><w:fldChar w:fldCharType=\"separate\"/></w:r>" LINKED("a"))
              P(FIELD("PAGEREF x", LINKED("b")) FIELD_END) P(LINKED("c")));
    docx_part(package, "word/styles.xml", "w:styles",
              "<w:style w:type=\"character\" w:styleId=\"L\"><w:name w:val=\"Hyperlink\"/><w:rPr>"
              "<w:color w:val=\"0000FF\"/><w:u w:val=\"single\"/></w:rPr></w:style>");
    const struct document *d = reread();
    for (int i = 0; i < 3; i++) {
        const struct run_props *props = nth(d, i)->items[0].props;
        CHECK_INT(props->underline, i < 2 ? UNDERLINE_NONE : UNDERLINE_SINGLE);
        CHECK_INT(props->color, i < 2 ? 0 : 0x0000FF);
        CHECK(props->bold);
    }
}

static void a_symbol_is_reckoned_where_its_result_is_empty(void) {
    const struct document *d = read_body(P(T("a") FIELD("SYMBOL 168 \\f Wingdings \\s 20", "<w:r/>")
                                               T("b") FIELD("SYMBOL 168 \\f Wingdings", T("x"))));
    CHECK_STR(shown(nth(d, 0)), "a□bx");
    CHECK_INT(nth(d, 0)->items[1].props->size, 20000);
    CHECK(quiet());
}

static void a_very_long_instruction_is_survived(void) {
    struct buf body = {0};
    buf_puts(&body, "<w:p>" INSTRUCTION("HYPERLINK \\l a \\o "));
    for (int i = 0; i < 20000; i++)
        buf_puts(&body, "<w:r><w:instrText>xyz</w:instrText></w:r>");
    buf_puts(&body, "<w:r><w:fldChar w:fldCharType=\"separate\"/></w:r>" T("b") FIELD_END "</w:p>");
    CHECK_STR(body_shown(buf_text(&body)), "[b](#a)");
    buf_free(&body);
}

/* ---- floats ---- */

#define FLOAT(wrap)                                                                                \
    P("<w:r><w:drawing><wp:anchor distT=\"12700\" distB=\"25400\" distL=\"38100\" "                \
      "distR=\"50800\"><wp:extent cx=\"1270000\" cy=\"635000\"/>" wrap                             \
      "<a:graphic><a:graphicData><wps:wsp><wps:spPr><a:prstGeom prst=\"rect\"/></wps:spPr>"        \
      "</wps:wsp></a:graphicData></a:graphic></wp:anchor></w:drawing></w:r>")

static const struct shape *first_shape(const char *body) {
    return nth(read_body(body), 0)->items[0].shape;
}

static void text_keeps_out_of_the_way_of_shapes(void) {
    const struct shape *s = first_shape(FLOAT("<wp:wrapSquare wrapText=\"bothSides\"/>"));
    CHECK_INT(s->wrap, WRAP_SQUARE);
    CHECK(s->distance[EDGE_TOP] == 1000 && s->distance[EDGE_BOTTOM] == 2000);
    CHECK(s->distance[EDGE_LEFT] == 3000 && s->distance[EDGE_RIGHT] == 4000);
    CHECK_INT(first_shape(FLOAT("<wp:wrapTight/>"))->wrap, WRAP_SQUARE);
    CHECK_INT(first_shape(FLOAT("<wp:wrapThrough/>"))->wrap, WRAP_SQUARE);
    CHECK_INT(first_shape(FLOAT("<wp:wrapTopAndBottom/>"))->wrap, WRAP_TOP_AND_BOTTOM);
    CHECK_INT(first_shape(FLOAT("<wp:wrapNone/>"))->wrap, WRAP_NONE);
    CHECK_INT(first_shape(FLOAT("<wp:wrapSquare wrapText=\"left\"/>"))->wrap_side, WRAP_LEFT_ONLY);
    CHECK_INT(first_shape(FLOAT("<wp:wrapTight wrapText=\"largest\"/>"))->wrap_side,
              WRAP_LARGEST_SIDE);
    CHECK(quiet());
}

#define VML_FLOAT(style, inner)                                                                    \
    P("<w:r><w:pict><v:rect style=\"width:100pt;height:50pt;" style "\">" inner                    \
      "</v:rect></w:pict></w:r>")

static void vml_shapes_are_flowed_around_as_well(void) {
    const struct shape *s = first_shape(
        VML_FLOAT("position:absolute;mso-wrap-distance-left:2pt;mso-wrap-distance-top:3pt",
                  "<w10:wrap xmlns:w10=\"urn:schemas-microsoft-com:office:word\" "
                  "type=\"square\"/>"));
    CHECK_INT(s->wrap, WRAP_SQUARE);
    CHECK(s->distance[EDGE_LEFT] == 2000 && s->distance[EDGE_TOP] == 3000);
    CHECK(s->distance[EDGE_RIGHT] == 9000 && s->distance[EDGE_BOTTOM] == 0);
    s = first_shape(VML_FLOAT("position:absolute", "<wrap type=\"topAndBottom\"/>"));
    CHECK_INT(s->wrap, WRAP_TOP_AND_BOTTOM);
    CHECK_INT(first_shape(VML_FLOAT("position:absolute", ""))->wrap, WRAP_NONE);
    CHECK(quiet());
}

static void vml_lengths_may_have_exponents(void) {
    static const struct {
        const char *weight;
        mpt want;
    } cases[] = {{"15e-1pt", 1500},
                 {"2E+1pt", 20000},
                 {"36e-5mm", 100 /* the thinnest */},
                 {"1e999pt", MPT_LIMIT},
                 {"3em", 2250 /* no exponent: pixels */}};
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        struct buf body = {0};
        buf_printf(&body,
                   P("<w:r><w:pict><v:rect style=\"position:absolute;width:9pt;height:9pt\" "
                     "strokeweight=\"%s\"/></w:pict></w:r>"),
                   cases[i].weight);
        CHECK_INT(first_shape(buf_text(&body))->stroke, cases[i].want);
        buf_free(&body);
    }
    CHECK(quiet());
}

static void a_canvas_is_read_as_drawn_not_as_its_fallback(void) {
    const struct shape *s = first_shape(P(
        "<w:r><mc:AlternateContent><mc:Choice Requires=\"wpc\"><w:drawing><wp:anchor>"
        "<wp:extent cx=\"1270000\" cy=\"635000\"/><a:graphic><a:graphicData><wpc:wpc "
        "xmlns:wpc=\"http://schemas.microsoft.com/office/word/2010/wordprocessingCanvas\"><wpc:bg/>"
        "<wpc:whole/><wps:wsp><wps:spPr><a:xfrm><a:off x=\"0\" y=\"0\"/><a:ext cx=\"127000\" "
        "cy=\"127000\"/></a:xfrm><a:prstGeom prst=\"rect\"/><a:solidFill><a:srgbClr "
        "val=\"FF0000\"/></a:solidFill></wps:spPr></wps:wsp></wpc:wpc></a:graphicData></a:graphic>"
        "</wp:anchor></w:drawing></mc:Choice><mc:Fallback><w:pict><v:rect "
        "style=\"width:9pt;height:9pt\"/></w:pict></mc:Fallback></mc:AlternateContent></w:r>"));
    CHECK_INT(s->fill, 0xFF0000);
    CHECK_INT(s->width, 10000);
    CHECK(quiet());
}

/* It has the place it is aligned to, and what VML still says of another one is not heard. */
static void members_of_an_aligned_group_stand_in_the_group(void) {
    static const char *const bodies[] = {
        P("<w:r><w:drawing><wp:anchor><wp:positionH "
          "relativeFrom=\"page\"><wp:align>center</wp:align>"
          "</wp:positionH><wp:extent cx=\"1270000\" cy=\"635000\"/><a:graphic><a:graphicData>"
          "<wpg:wgp><wpg:grpSpPr><a:xfrm><a:chOff x=\"0\" y=\"0\"/><a:chExt cx=\"100\" cy=\"50\"/>"
          "</a:xfrm></wpg:grpSpPr><wps:wsp><wps:spPr><a:xfrm><a:off x=\"40\" y=\"0\"/><a:ext "
          "cx=\"10\" cy=\"10\"/></a:xfrm><a:prstGeom prst=\"rect\"/></wps:spPr></wps:wsp></wpg:wgp>"
          "</a:graphicData></a:graphic></wp:anchor></w:drawing></w:r>"),
        P("<w:r><w:pict><v:group style=\"position:absolute;margin-left:7pt;width:100pt;height:50pt;"
          "mso-position-horizontal:center;mso-position-horizontal-relative:page\" "
          "coordsize=\"100,50\"><v:rect style=\"left:40;top:0;width:10;height:10\"/></v:group>"
          "</w:pict></w:r>")};
    for (size_t i = 0; i < 2; i++) {
        const struct shape *s = first_shape(bodies[i]);
        CHECK_INT(s->x_align, ANCHOR_CENTER);
        CHECK(s->x == 40000 && s->width == 10000);
        CHECK(s->group_width == 100000 && s->group_height == 50000);
        CHECK(quiet());
    }
}

static const struct shape *shape_in_cell_of(const char *mode, const char *attributes) {
    struct buf body = {0};
    buf_printf(&body,
               TBL("", TR(TC("", P("<w:r><w:pict><v:rect %s style=\"position:absolute;width:9pt;"
                                   "height:9pt\"/></w:pict></w:r>")))),
               attributes);
    begin(buf_text(&body));
    docx_part(package, "word/settings.xml", "w:settings", mode);
    buf_free(&body);
    const struct table *table = nth_block(reread(), 0)->table;
    return table->rows[0].cells[0].blocks->para->items[0].shape;
}

/* ... unless it says that it does not, which Word since 2013 no longer hears. */
static void a_vml_shape_in_a_cell_stands_by_the_cell(void) {
    static const char mode_15[] =
        "<w:compat><w:compatSetting w:name=\"compatibilityMode\" w:val=\"15\"/></w:compat>";
    CHECK(shape_in_cell_of("", "")->in_cell);
    CHECK(!shape_in_cell_of("", "o:allowincell=\"f\"")->in_cell);
    CHECK(shape_in_cell_of(mode_15, "o:allowincell=\"f\"")->in_cell);
    CHECK(!first_shape(VML_FLOAT("position:absolute", ""))->in_cell);
    CHECK(quiet());
}

static void text_keeps_out_of_the_way_of_frames(void) {
    const struct shape *s = first_shape(
        PP("<w:framePr w:w=\"2000\" w:hSpace=\"100\" w:wrap=\"around\"/>", T("a")) P(T("b")));
    CHECK(s->wrap == WRAP_SQUARE && s->distance[EDGE_LEFT] == 5000);
    s = first_shape(PP("<w:framePr w:w=\"2000\" w:wrap=\"notBeside\"/>", T("a")) P(T("b")));
    CHECK_INT(s->wrap, WRAP_TOP_AND_BOTTOM);
    s = first_shape(PP("<w:framePr w:wrap=\"through\"/>", T("a")) P(T("b")));
    CHECK_INT(s->wrap, WRAP_NONE);
    CHECK(quiet());
}

static void floating_tables_have_a_place(void) {
    const struct document *d = read_body(
        TBL("<w:tblpPr w:leftFromText=\"180\" w:rightFromText=\"100\" w:vertAnchor=\"text\" "
            "w:horzAnchor=\"margin\" w:tblpXSpec=\"center\" w:tblpY=\"20\"/>",
            TR(TC("", P(T("a"))))) P("")
            TBL("<w:tblpPr w:vertAnchor=\"page\" w:horzAnchor=\"page\" w:tblpX=\"100\" "
                "w:tblpYSpec=\"bottom\"/>",
                TR(TC("", P(T("b"))))) P("") TBL("", TR(TC("", P("")))));
    const struct table_place *p = nth_block(d, 0)->table->place;
    CHECK(p->x_base == BASE_MARGIN && p->x_align == ANCHOR_CENTER);
    CHECK(p->y_base == BASE_PARAGRAPH && p->y_align == ANCHOR_OFFSET && p->y == 1000);
    CHECK(p->distance[EDGE_LEFT] == 9000 && p->distance[EDGE_RIGHT] == 5000);
    p = nth_block(d, 2)->table->place;
    CHECK(p->x_base == BASE_PAGE && p->x == 5000 && p->y_base == BASE_PAGE);
    CHECK_INT(p->y_align, ANCHOR_END);
    CHECK(nth_block(d, 4)->table->place == NULL);
    CHECK(dump_has(d, "table center x=margin:center y=paragraph+1 distance=0,9,0,5 grid="));
    CHECK(quiet());
}

static const struct table_place *place_of(const char *attributes) {
    const struct document *d =
        read_body(pool_printf(pool, "<w:tbl><w:tblPr><w:tblpPr %s/></w:tblPr>%s</w:tbl>%s",
                              attributes, TR(TC("", P(T("a")))), P("")));
    return nth_block(d, 0)->table->place;
}

static void a_table_that_says_nothing_of_its_place_does_not_float(void) {
    CHECK(!place_of(""));
    CHECK(!place_of("w:vertAnchor=\"page\" w:horzAnchor=\"text\" w:tblpX=\"0\""));
    CHECK(place_of("w:vertAnchor=\"page\" w:horzAnchor=\"page\""));
    CHECK(place_of("w:vertAnchor=\"text\""));
    const struct table_place *p = place_of("w:tblpX=\"1\" w:tblpY=\"2\"");
    CHECK(p && p->x == 0 && p->y == 100); /* what Word writes for zero */
}

/* ---- columns ---- */

static const struct wml_section *section_of(const char *cols) {
    struct buf body = {0};
    buf_printf(&body, P(T("a")) "<w:sectPr>%s</w:sectPr>", cols);
    const struct document *d = read_body(buf_text(&body));
    buf_free(&body);
    return d->sections;
}

static void columns_are_equal_or_each_of_its_width(void) {
    const struct wml_section *s = section_of("<w:cols w:num=\"2\" w:space=\"400\" w:sep=\"1\"/>");
    CHECK(s->columns == 2 && s->column_gap == 20000 && s->column_line && !s->column_widths);
    s = section_of("<w:cols w:num=\"2\" w:equalWidth=\"0\"><w:col w:w=\"2000\" w:space=\"300\"/>"
                   "<w:col w:w=\"4000\"/></w:cols>");
    CHECK(s->columns == 2 && !s->column_line);
    CHECK(s->column_widths[0] == 100000 && s->column_widths[1] == 200000);
    CHECK_INT(s->column_spaces[0], 15000);
    s = section_of("");
    CHECK(s->columns == 1 && s->column_gap == 36000);
    CHECK(quiet());
}

static void columns_that_do_not_fit_are_made_to(void) {
    CHECK_INT(section_of("<w:cols w:num=\"1000000\" w:space=\"720\"/>")->columns, 1);
    CHECK_INT(section_of("<w:cols w:num=\"-3\"/>")->columns, 1);
    const struct wml_section *s =
        section_of("<w:cols w:num=\"2\" w:equalWidth=\"0\"><w:col w:w=\"90000\"/>"
                   "<w:col w:w=\"100\"/></w:cols>");
    CHECK(s->columns == 2 && !s->column_widths);
    s = section_of("<w:cols w:num=\"2\" w:space=\"794\" w:equalWidth=\"0\">"
                   "<w:col w:w=\"9000\" w:space=\"-1\"/><w:col w:w=\"-1\"/></w:cols>");
    CHECK(s->columns == 1 && !s->column_widths);
    CHECK_INT(section_of("<w:cols w:num=\"2\" w:space=\"-5\"/>")->column_gap, 0);
}

static void percent_is_of_the_column(void) {
    const struct document *d =
        read_body(TBL("<w:tblW w:w=\"5000\" w:type=\"pct\"/>", TR(TC("", P(""))))
                      P("") "<w:sectPr><w:cols w:num=\"2\" w:space=\"360\"/></w:sectPr>");
    CHECK_INT(nth_block(d, 0)->table->width, 225000);
}

/* ---- notes ---- */

#define REF(id) "<w:r><w:footnoteReference w:id=\"" id "\"/></w:r>"

static const struct document *with_notes(const char *body, const char *settings) {
    begin(body);
    docx_part(package, "word/settings.xml", "w:settings", settings);
    docx_part(package, "word/footnotes.xml", "w:footnotes",
              "<w:footnote w:id=\"1\"><w:p/></w:footnote><w:footnote w:id=\"2\"><w:p/>"
              "</w:footnote><w:footnote w:id=\"3\"><w:p/></w:footnote>");
    return reread();
}

static void note_numbers_may_start_anew_with_a_section(void) {
    const struct document *d =
        with_notes(P(REF("1")) PP("<w:sectPr/>", REF("2")) P(REF("3")) "<w:sectPr/>",
                   "<w:footnotePr><w:numRestart w:val=\"eachSect\"/></w:footnotePr>");
    CHECK_STR(d->notes[1].mark, "2");
    CHECK_STR(d->notes[2].mark, "1");
    d = with_notes(PP("<w:sectPr/>", REF("1"))
                       P(REF("2")) "<w:sectPr><w:footnotePr><w:numFmt w:val=\"lowerLetter\"/>"
                                   "</w:footnotePr></w:sectPr>",
                   "");
    CHECK_STR(d->notes[0].mark, "1");
    CHECK_STR(d->notes[1].mark, "b");
    CHECK(quiet());
}

static void footnotes_away_from_the_page_foot_are_named(void) {
    with_notes(P(REF("1")), "<w:footnotePr><w:pos w:val=\"sectEnd\"/></w:footnotePr>");
    CHECK(said("w:footnotePr (sectEnd)"));
}

/* ---- labels and tabs ---- */

static const struct para *labelled_as(const char *format, const char *align, const char *suffix,
                                      const char *more) {
    struct buf list = {0};
    begin(PP("<w:numPr><w:ilvl w:val=\"0\"/><w:numId w:val=\"1\"/></w:numPr>", T("a")));
    buf_printf(
        &list,
        "<w:abstractNum w:abstractNumId=\"0\"><w:lvl w:ilvl=\"0\"><w:start w:val=\"8\"/>"
        "<w:numFmt w:val=\"%s\"/>%s<w:suff w:val=\"%s\"/><w:lvlText w:val=\"%%1.\"/>"
        "<w:lvlJc w:val=\"%s\"/><w:pPr><w:ind w:left=\"720\" w:hanging=\"180\"/></w:pPr>"
        "</w:lvl></w:abstractNum><w:num w:numId=\"1\"><w:abstractNumId w:val=\"0\"/></w:num>",
        format, more, suffix, align);
    docx_part(package, "word/numbering.xml", "w:numbering", buf_text(&list));
    buf_free(&list);
    return nth(reread(), 0);
}

static const struct para *labelled(const char *align, const char *suffix) {
    return labelled_as("upperRoman", align, suffix, "");
}

static void labels_in_formats_not_known_are_named(void) {
    CHECK_STR(shown(labelled_as("chicago", "left", "space", "")), "§§. a");
    CHECK_STR(shown(labelled_as("numberInDash", "left", "space", "")), "- 8 -. a");
    CHECK(quiet());
    CHECK_STR(shown(labelled_as("ganada", "left", "space", "")), "8. a");
    CHECK(said("w:numFmt (ganada)"));
    labelled_as("bullet", "left", "space", "<w:lvlPicBulletId w:val=\"0\"/>");
    CHECK(said("w:lvlPicBulletId"));
}

/* The picture is named by the part of the lists, not by the one with the paragraph. */
static void a_bullet_may_be_a_picture(void) {
    begin(P("<w:pPr><w:numPr><w:numId w:val=\"1\"/></w:numPr></w:pPr>" T("a")));
    docx_part(package, "word/numbering.xml", "w:numbering",
              "<w:numPicBullet w:numPicBulletId=\"3\"><w:pict><v:shape "
              "style=\"width:9pt;height:9pt\"><v:imagedata r:id=\"b1\"/></v:shape></w:pict>"
              "</w:numPicBullet><w:abstractNum w:abstractNumId=\"0\"><w:lvl w:ilvl=\"0\">"
              "<w:numFmt w:val=\"bullet\"/><w:lvlText w:val=\"x\"/>"
              "<w:lvlPicBulletId w:val=\"3\"/></w:lvl></w:abstractNum>"
              "<w:num w:numId=\"1\"><w:abstractNumId w:val=\"0\"/></w:num>");
    docx_text(package, "word/media/b.gif", "GIF89a\1");
    docx_text(
        package, "word/_rels/numbering.xml.rels",
        "<Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\">"
        "<Relationship Id=\"b1\" Type=\"urn:image\" Target=\"media/b.gif\"/></Relationships>");
    const struct para *para = nth(reread(), 0);
    CHECK_INT(para->items[0].kind, INLINE_PICTURE);
    CHECK_INT(para->items[0].picture->height, para->items[0].props->size);
    CHECK(quiet());
}

static void labels_set_right_hang_on_a_tab_stop(void) {
    const struct para *para = labelled("right", "tab");
    CHECK_STR(shown(para), "<tab>VIII.<tab>a");
    CHECK(para->props->left == 36000 && para->props->first == -36000);
    CHECK_INT(para->props->tab_count, 1);
    CHECK(para->props->tabs[0].pos == 27000 && para->props->tabs[0].kind == TAB_RIGHT);
    CHECK_INT(labelled("center", "tab")->props->tabs[0].kind, TAB_CENTER);
    para = labelled("left", "tab");
    CHECK_STR(shown(para), "VIII.<tab>a");
    CHECK_INT(para->props->first, -9000);
    CHECK(quiet());
    CHECK_STR(shown(labelled("right", "space")), "VIII. a");
    CHECK(said("w:lvlJc"));
}

#define PTAB(align) "<w:r><w:ptab w:relativeTo=\"margin\" w:alignment=\"" align "\"/></w:r>"

static void tabs_to_places_of_the_line_leave_the_stops_alone(void) {
    const struct para *para =
        nth(read_body(PP("<w:tabs><w:tab w:val=\"center\" w:pos=\"4680\"/></w:tabs>",
                         PTAB("left") T("a") "<w:r><w:tab/></w:r>" T(
                             "b") "<w:r><w:ptab w:relativeTo=\"indent\" w:alignment=\"right\" "
                                  "w:leader=\"dot\"/></w:r>")),
            0);
    CHECK_INT(para->props->tab_count, 1);
    const struct place_tab *left = para->items[0].place, *right = para->items[4].place;
    CHECK(left && left->kind == TAB_LEFT && !left->of_indents && !left->leader);
    CHECK(!para->items[2].place);
    CHECK(right && right->kind == TAB_RIGHT && right->of_indents && right->leader == LEADER_DOT);
    CHECK(quiet());
}

static void spacing_and_indents_may_be_in_lines_and_characters(void) {
    const struct para_props *p =
        nth(read_body(PP("<w:spacing w:beforeLines=\"50\" w:afterLines=\"100\" w:after=\"60\"/>"
                         "<w:ind w:leftChars=\"200\" w:left=\"300\" w:firstLineChars=\"100\"/>",
                         T("a"))),
            0)
            ->props;
    CHECK(p->before == 6000 && p->after == 3000);
    CHECK(p->left == 20000 && p->first == 10000); /* of 10 pt, whatever the lengths beside */
}

static void many_deleted_paragraph_marks_are_joined_in_linear_time(void) {
    struct buf body = {0};
    for (unsigned i = 0; i < 60000; i++) /* of some variety: a bomb would be refused */
        buf_printf(&body, PP("<w:rPr><w:del/></w:rPr>", T("%u") "<w:r><w:tab/></w:r>"),
                   i * 2654435761u);
    buf_puts(&body, P(T("b")));
    const struct document *d = read_body(buf_text(&body));
    CHECK_INT(nth(d, 0)->item_count, 120001);
    CHECK(nth_block(d, 0)->next == NULL);
    buf_free(&body);
}

/* ---- what is named or turned into plain text ---- */

static void formulas_are_a_line_of_text_to_whoever_asks_for_words(void) {
    CHECK_STR(
        body_shown(P(T("a ") "<m:oMath><m:f><m:num><m:r><m:t>x+1</m:t></m:r></m:num><m:den><m:r>"
                             "<m:t>2</m:t></m:r></m:den></m:f><m:r><m:t>=</m:t></m:r><m:sSup>"
                             "<m:e><m:r><m:t>y</m:t></m:r></m:e><m:sup><m:r><m:t>10</m:t></m:r>"
                             "</m:sup></m:sSup><m:rad><m:deg/><m:e><m:r><m:t>z</m:t></m:r></m:e>"
                             "</m:rad><m:d><m:dPr><m:begChr m:val=\"[\"/><m:endChr m:val=\"]\"/>"
                             "</m:dPr><m:e><m:r><m:t>w</m:t></m:r></m:e></m:d></m:oMath>")),
        "a (x+1)/2=y^(10)√z[w]");
    CHECK(quiet());
}

#define MR(text) "<m:r><m:t>" text "</m:t></m:r>"

#define SUM                                                                                        \
    "<m:nary><m:naryPr><m:chr m:val=\"∑\"/></m:naryPr><m:sub>" MR("i") "</m:sub><m:sup/><m:e>" MR( \
        "a") "</m:e></m:nary>"
#define MATRIX_ROW(a, b) "<m:mr><m:e>" MR(a) "</m:e><m:e>" MR(b) "</m:e></m:mr>"
#define BARE_FRACTION                                                                              \
    "<m:f><m:fPr><m:type m:val=\"noBar\"/></m:fPr><m:num>" MR("n") "</m:num><m:den>" MR(           \
        "k") "</m:den></m:f>"

static void formulas_are_trees_too(void) {
    static const char formula[] = P("<m:oMath>" SUM "<m:m>" MATRIX_ROW("1", "2")
                                        MATRIX_ROW("3", "4") "</m:m>" BARE_FRACTION "</m:oMath>");
    const struct document *d = read_body(formula);
    const struct math *sum = nth(d, 0)->items[0].math->parts;
    CHECK(sum->kind == MATH_NARY && sum->limits && !sum->parts->next->parts);
    CHECK_STR(sum->parts->next->next->parts->text, "a");
    const struct math *matrix = sum->next;
    CHECK(matrix->kind == MATH_GRID && matrix->columns == 2);
    CHECK_STR(matrix->parts->next->next->parts->text, "3");
    CHECK(matrix->next->kind == MATH_FRACTION && matrix->next->bare);
    CHECK_STR(nth(d, 0)->items[0].text, "∑_i a1; 2; 3; 4n/k");
    d = read_body(
        P("<m:oMath><m:r><w:rPr><w:sz w:val=\"30\"/></w:rPr><m:t>x</m:t></m:r></m:oMath>"));
    CHECK_INT(nth(d, 0)->items[0].props->size, 15000);
    CHECK(quiet());
}

static void a_formula_that_is_a_paragraph_stands_in_the_middle(void) {
    const struct document *d = read_body(
        P("<m:oMathPara><m:oMath>" MR("x") "</m:oMath></m:oMathPara>")
            P("<m:oMathPara><m:oMathParaPr><m:jc m:val=\"right\"/></m:oMathParaPr><m:oMath>" MR(
                "x") "</m:oMath></m:oMathPara>") P(T("a") "<m:oMath>" MR("x") "</m:oMath>"));
    CHECK_INT(nth(d, 0)->props->jc, JC_CENTER);
    CHECK_INT(nth(d, 1)->props->jc, JC_RIGHT);
    CHECK_INT(nth(d, 2)->props->jc, JC_LEFT);
}

static const struct document *with_chunk(const char *name, const char *text) {
    struct buf rels = {0};
    begin(P(T("trước")) "<w:altChunk r:id=\"c\"/>" P(T("sau")));
    buf_printf(&rels, RELATIONSHIPS RELATION("c", "aFChunk", "%s") "</Relationships>", name);
    docx_text(package, "word/_rels/document.xml.rels", buf_text(&rels));
    buf_clear(&rels);
    buf_printf(&rels, "word/%s", name);
    docx_text(package, buf_text(&rels), text);
    buf_free(&rels);
    return reread();
}

static void the_text_of_parts_in_html_and_plain_text_is_kept(void) {
    const struct document *d = with_chunk(
        "a.html", "\xEF\xBB\xBF<html><head><title>no</title><style>p{}</style></head><body><p>Xin\n"
                  " <b>ch&#224;o</b> &amp; &lt;b&#x1EA1;n&gt; &nope; <!-- <p>no --></p><P "
                  "class=x>hai<br/>ba</P><table><tr><td>1</td><td>2</td></tr></table>cuối");
    CHECK_STR(shown(nth(d, 1)), "Xin chào & <bạn> &nope;");
    CHECK_STR(shown(nth(d, 2)), "hai<br>ba");
    const struct table *table = nth_block(d, 3)->table;
    CHECK_INT(table->rows[0].cell_count, 2);
    CHECK_STR(shown(table->rows[0].cells[1].blocks->para), "2");
    CHECK_STR(shown(nth(d, 4)), "cuối");
    CHECK_STR(shown(nth(d, 5)), "sau");
    CHECK(said("w:altChunk"));
    d = with_chunk("a.html", "<p><span style='font-size:15.5pt;color:red'>a</span>"
                             "<span style='font-size:12px;padding:3pt'>b</span>"
                             "<span style='font-size:150%'>c</span>"
                             "<b style='font-size:1e30pt'>d</b></p>");
    static const int sizes[] = {15500, 9000, 12000, 12000}; /* 12 pt where none is told */
    CHECK_INT(nth(d, 1)->item_count, 4);
    for (size_t i = 0; i < nth(d, 1)->item_count; i++)
        CHECK_INT(nth(d, 1)->items[i].props->size, sizes[i]);
    d = with_chunk("a.txt", "một\r\n  hai");
    CHECK_STR(shown(nth(d, 1)), "một");
    CHECK_STR(shown(nth(d, 2)), "  hai");
    CHECK(quiet());
}

static void html_keeps_its_headings_lists_and_formatting(void) {
    const struct document *d = with_chunk(
        "a.html", "<h2>Đầu</h2><p style='text-align:center'>a <b>đậm <i>nghiêng</i></b> 3 < 5"
                  "<br></p><ol><li>một<ul><li>con</ul><li>hai</ol><span style=\"color:#f00\">đỏ"
                  "</span>");
    CHECK_INT(nth(d, 1)->props->outline_level, 1);
    CHECK(nth(d, 1)->items[0].props->bold && nth(d, 1)->items[0].props->size == 18000);
    const struct para *p = nth(d, 2);
    CHECK_STR(shown(p), "a đậm nghiêng 3 < 5");
    CHECK_INT(p->props->jc, JC_CENTER);
    CHECK(!p->items[0].props->bold && p->items[1].props->bold && !p->items[1].props->italic);
    CHECK(p->items[2].props->bold && p->items[2].props->italic && !p->items[3].props->bold);
    CHECK_STR(shown(nth(d, 3)), "1.<tab>một");
    CHECK_STR(shown(nth(d, 4)), "◦<tab>con");
    CHECK(nth(d, 4)->props->left > nth(d, 3)->props->left);
    CHECK_STR(shown(nth(d, 5)), "2.<tab>hai");
    CHECK_INT(nth(d, 6)->items[0].props->color, 0xFF0000);
    CHECK(quiet());
}

static void html_tables_nest_and_span(void) {
    const struct document *d =
        with_chunk("a.htm", "<table border=1><tr><th colspan=2>đầu<tr><td>1<td><table><tr><td>trong"
                            "</table></table>sau");
    const struct table *t = nth_block(d, 1)->table;
    CHECK_INT(t->row_count, 2);
    CHECK_INT(t->rows[0].cells[0].span, 2);
    CHECK(t->rows[0].cells[0].borders[EDGE_TOP].width > 0);
    CHECK_INT(t->rows[1].cells[1].blocks->kind, WML_TABLE);
    CHECK_STR(shown(nth(d, 2)), "sau");
}

static void a_table_without_cells_is_no_table(void) {
    const struct document *d = with_chunk("a.htm", "<table><tr></table>sau");
    CHECK_STR(shown(nth(d, 1)), "sau");
}

static void mime_archives_hold_html(void) {
    const struct document *d = with_chunk(
        "a.mht", "MIME-Version: 1.0\r\nContent-Type: multipart/related; boundary=\"x\"\r\n\r\n--x"
                 "\r\nContent-Type: text/html; charset=\"utf-8\"\r\nContent-Transfer-Encoding: "
                 "quoted-printable\r\n\r\n<p>x=C3=A3 ho=\r\ni</p>\r\n--x--\r\n");
    CHECK_STR(shown(nth(d, 1)), "xã hoi");
    d = with_chunk("a.mht", "Content-Transfer-Encoding: base64\nContent-Type: text/html\n\n"
                            "PHA+eMOjPC9wPg==\n--x");
    CHECK_STR(shown(nth(d, 1)), "xã");
    with_chunk("a.mht", "Content-Type: text/plain\n\nx");
    CHECK(diag_has(diag, UNSUPPORTED_PART));
}

#define CONTROL(more, xpath, store, content)                                                       \
    "<w:sdt><w:sdtPr>" more "<w:dataBinding w:xpath=\"" xpath "\" w:storeItemID=\"" store          \
    "\"/></w:sdtPr><w:sdtContent>" content "</w:sdtContent></w:sdt>"
#define CORE "{6C3C8BC8-F283-45AE-878A-BAB7291924A1}"
#define TITLE_PATH "/ns1:coreProperties[1]/ns0:title[1]"

static void put_data(void) {
    docx_text(package, "docProps/core.xml",
              "<cp:coreProperties xmlns:cp=\"http://schemas.openxmlformats.org/package/2006/"
              "metadata/core-properties\" xmlns:dc=\"http://purl.org/dc/elements/1.1/\">"
              "<dc:title>Tên mới</dc:title><dc:subject/></cp:coreProperties>");
    docx_text(package, "customXml/item1.xml",
              "<r xmlns=\"urn:a\"><m>một</m><m so=\"12\">hai</m></r>");
    docx_text(package, "customXml/itemProps1.xml",
              "<ds:datastoreItem xmlns:ds=\"http://schemas.openxmlformats.org/officeDocument/2006/"
              "customXml\" ds:itemID=\"{abc}\"/>");
    docx_text(package, "customXml/_rels/item1.xml.rels",
              RELATIONSHIPS RELATION("r1", "customXmlProps", "itemProps1.xml") "</Relationships>");
}

static const char *control_shown(const char *inner) {
    begin(pool_printf(pool, P(T("[") "%s" T("]")), inner));
    put_data();
    return shown(nth(reread(), 0));
}

static void bound_controls_show_the_data(void) {
    CHECK_STR(control_shown(CONTROL("", TITLE_PATH, CORE, T("cũ ") T("xưa"))), "[Tên mới]");
    CHECK_STR(control_shown(CONTROL("", "/r[1]/m[2]", "{ABC}", T("cũ"))), "[hai]");
    CHECK_STR(control_shown(CONTROL("", "/r/m[2]/@so", "{ABC}", T("cũ"))), "[12]");
    begin(P(T("một")) CONTROL("", TITLE_PATH, CORE, P(T("cũ"))) P(T("hai")));
    put_data();
    const struct document *d = reread();
    CHECK_STR(shown(nth(d, 1)), "Tên mới");
    CHECK_INT(nth(d, 2)->number, 3);
}

static void bound_controls_around_cells_show_the_data(void) {
    begin(TBL("", "<w:tblGrid><w:gridCol w:w=\"900\"/></w:tblGrid>" TR(
                      CONTROL("", TITLE_PATH, CORE, TC("", P(T("cũ")) P(T("xưa")))))) P(T("sau")));
    put_data();
    const struct document *d = reread();
    const struct cell *cell = nth_block(d, 0)->table->rows[0].cells;
    CHECK_STR(shown(cell->blocks->para), "Tên mới");
    CHECK_INT(nth(d, 1)->number, 3);
}

static void controls_whose_data_say_nothing_stay_as_they_are(void) {
    CHECK_STR(control_shown(CONTROL("", "/a/subject[1]", CORE, T("cũ"))), "[cũ]");
    CHECK_STR(control_shown(CONTROL("", "/coreProperties/subject", CORE, T("cũ"))), "[cũ]");
    CHECK_STR(control_shown(CONTROL("", "/r/m[9]", "{ABC}", T("cũ"))), "[cũ]");
    CHECK_STR(control_shown(CONTROL("", "//m", "{ABC}", T("cũ"))), "[cũ]");
    CHECK_STR(control_shown(CONTROL("", "/r/m", "{DEF}", T("cũ"))), "[cũ]");
    CHECK_STR(control_shown(CONTROL("<w:date/>", "/r/m", "{ABC}", T("cũ"))), "[cũ]");
}

static void parts_of_other_formats_are_named_as_lost(void) {
    with_chunk("a.rtf", "{\\pdf1}");
    CHECK(diag_has(diag, UNSUPPORTED_PART));
    with_chunk("a.txt", "\xFF\xFE\x01");
    CHECK(diag_has(diag, UNSUPPORTED_PART));
    with_chunk("a.html", "<meta charset='khong-co'>\xE0");
    CHECK(diag_has(diag, UNSUPPORTED_PART));
}

static void text_of_other_codes_is_read(void) {
    const struct document *d = with_chunk("a.txt", "Ngh\xEA\xF2 \xF0\xFD");
    CHECK_STR(shown(nth(d, 1)), "Nghệ đư");
    d = with_chunk("a.html", "<meta charset=windows-1251><p>\xCF\xF0\xE8</p>");
    CHECK_STR(shown(nth(d, 1)), "При");
    d = with_chunk("a.htm", "<p>\xE0 b</p>");
    CHECK_STR(shown(nth(d, 1)), "à b");
    d = with_chunk("a.mht", "Content-Type: text/html; charset=windows-1258\nContent-Transfer-"
                            "Encoding: quoted-printable\n\n<p>=FD=F0</p>");
    CHECK_STR(shown(nth(d, 1)), "ưđ");
}

static void broken_html_is_survived(void) {
    static const char *const broken[] = {"<",      "<p",       "&",           "&#",    "&#x110000;",
                                         "<!--",   "<script>", "<style></st", "a<b",   "&#0;x",
                                         "</p></", "&amp",     "<td",         "<br/><"};
    for (size_t i = 0; i < sizeof broken / sizeof broken[0]; i++)
        with_chunk("a.htm", broken[i]);
}

static void letters_from_right_to_left_are_text_like_others(void) {
    CHECK_STR(body_shown(P(T("שלום")) P(T("مرحبا"))), "שלום");
    CHECK(quiet());
}

static void old_flags_that_move_text_are_named(void) {
    begin(P(T("a")));
    docx_part(package, "word/settings.xml", "w:settings",
              "<w:compat><w:useFELayout/><w:noLeading/><w:suppressTopSpacing w:val=\"0\"/>"
              "<w:wpSpaceWidth/></w:compat>");
    reread();
    CHECK(said("w:wpSpaceWidth"));
    CHECK_INT(diag_count(diag, DIAG_WARNING), 1);
}

static void pages_set_in_ways_not_drawn_are_named(void) {
    begin(P(T("a")) "<w:sectPr><w:pgBorders><w:top w:val=\"apples\" "
                    "w:sz=\"8\" w:shadow=\"1\"/></w:pgBorders><w:vAlign w:val=\"both\"/>"
                    "<w:pgNumType w:fmt=\"ganada\"/><w:textDirection "
                    "w:val=\"tbRl\"/></w:sectPr>");
    docx_part(package, "word/settings.xml", "w:settings",
              "<w:mirrorMargins/><w:alignBordersAndEdges/>");
    reread();
    CHECK(said("w:pgBorders (apples)") && said("w:vAlign (w:sectPr)"));
    CHECK(said("w:pgBorders (w:shadow)"));
    CHECK(said("w:pgNumType (ganada)"));
    CHECK(said("w:textDirection") && said("w:alignBordersAndEdges"));
}

static void what_paragraphs_ask_for_in_vain_is_named_where_there_is_text(void) {
    read_body("<w:p><w:pPr><w:mirrorIndents/><w:bidi/></w:pPr></w:p>"
              "<w:p><w:pPr><w:mirrorIndents w:val=\"0\"/><w:textAlignment w:val=\"baseline\"/>"
              "</w:pPr><w:r><w:t>a</w:t></w:r></w:p>");
    CHECK(quiet());
    read_body("<w:p><w:pPr><w:pBdr><w:bar w:val=\"single\" w:sz=\"4\"/></w:pBdr><w:bidi/>"
              "<w:mirrorIndents/></w:pPr>"
              "<w:r><w:t>a</w:t></w:r></w:p>");
    CHECK(said("w:bar"));
    CHECK_INT(diag_count(diag, DIAG_WARNING), 1);
}

static const struct wml_section *with_grid(const char *attributes) {
    struct buf body = {0};
    buf_printf(&body, P(T("a")) "<w:sectPr><w:docGrid %s/></w:sectPr>", attributes);
    const struct wml_section *s = read_body(buf_text(&body))->sections;
    buf_free(&body);
    CHECK(quiet());
    return s;
}

static void a_grid_is_of_lines_or_of_characters_too(void) {
    const struct wml_section *s =
        with_grid("w:type=\"linesAndChars\" w:linePitch=\"360\" w:charSpace=\"-2048\"");
    CHECK(s->line_pitch == 18000 && s->char_space == -500 && !s->char_cells);
    s = with_grid("w:type=\"snapToChars\" w:linePitch=\"360\" w:charSpace=\"8192\"");
    CHECK(s->line_pitch == 18000 && s->char_space == 2000 && s->char_cells);
    s = with_grid("w:type=\"lines\" w:linePitch=\"360\" w:charSpace=\"8192\"");
    CHECK(s->line_pitch == 18000 && !s->char_space && !s->char_cells);
    s = with_grid("w:linePitch=\"360\" w:charSpace=\"8192\""); /* as most documents have it */
    CHECK(!s->line_pitch && !s->char_space && !s->char_cells);
}

static void what_is_done_to_pages_is_read(void) {
    begin(P(T("a")) "<w:sectPr><w:pgBorders w:offsetFrom=\"page\" w:display=\"firstPage\"><w:left "
                    "w:val=\"double\" w:sz=\"8\" w:space=\"24\"/></w:pgBorders>"
                    "<w:vAlign w:val=\"center\"/><w:docGrid w:type=\"lines\" "
                    "w:linePitch=\"360\"/></w:sectPr>");
    docx_part(package, "word/settings.xml", "w:settings", "<w:mirrorMargins/>");
    const struct wml_section *s = reread()->sections;
    CHECK(quiet());
    CHECK(s->borders_from_page && s->border_pages == BORDERS_ON_FIRST && s->mirror);
    CHECK_INT(s->borders[EDGE_LEFT].space, 24000);
    CHECK_INT(s->borders[EDGE_TOP].width, 0);
    CHECK_INT(s->v_align, V_CENTER);
    CHECK_INT(s->line_pitch, 18000);
}

static void cells_in_the_usual_direction_are_no_matter(void) {
    read_body(TBL("", TR(TC("<w:textDirection w:val=\"lrTb\"/>", P("")))));
    CHECK(quiet());
}

static void the_same_missing_picture_is_named_once(void) {
#define MISSING                                                                                    \
    "<w:r><w:pict><v:shape style=\"width:9pt;height:9pt\"><v:imagedata r:id=\"p3\"/></v:shape>"    \
    "</w:pict></w:r>"
    read_body(P(MISSING MISSING) P(MISSING));
    CHECK(diag_has(diag, DOCX_PICTURE_MISSING));
    CHECK_INT(diag_count(diag, DIAG_WARNING), 1);
}

/* ---- properties ---- */

static void the_properties_of_the_document_are_read(void) {
    begin(P(""));
    docx_text(package, "docProps/core.xml",
              "<cp:coreProperties xmlns:cp=\"http://schemas.openxmlformats.org/package/2006/"
              "metadata/core-properties\" xmlns:dc=\"http://purl.org/dc/elements/1.1/\">"
              "<dc:title> Tiêu đề </dc:title><dc:creator>Sở Mẫu</dc:creator><dc:subject>V/v"
              "</dc:subject><cp:keywords>a, b</cp:keywords><dc:identifier>12/SM</dc:identifier>"
              "</cp:coreProperties>");
    const struct document *d = reread();
    CHECK_STR(d->title, "Tiêu đề");
    CHECK_STR(d->creator, "Sở Mẫu");
    CHECK_STR(d->subject, "V/v");
    CHECK_STR(d->keywords, "a, b");
    CHECK_STR(d->identifier, "12/SM");
    CHECK(dump_has(d, "identifier=\"12/SM\""));
    CHECK(read_body(P(""))->creator == NULL);
}

int main(void) {
    reader_tests_begin();
    RUN(hyperlinks_lead_to_addresses_and_bookmarks);
    RUN(links_to_the_authors_disk_or_to_scripts_are_refused);
    RUN(equal_runs_in_and_beside_a_link_are_kept_apart);
    RUN(hyperlink_fields_lead_too);
    RUN(bookmarks_stand_where_they_begin);
    RUN(bookmarks_of_rows_stand_in_their_row);
    RUN(a_picture_may_be_a_link);
    RUN(page_numbers_keep_the_format_they_ask_for);
    RUN(section_pages_are_all_pages_of_a_document_of_one_section);
    RUN(form_fields_show_what_was_chosen);
    RUN(a_form_field_with_an_empty_result_shows_what_was_chosen);
    RUN(fields_without_a_result_are_shown_from_their_instruction);
    RUN(what_a_field_that_only_acts_has_stored_is_not_seen);
    RUN(links_look_like_links_but_not_in_a_table_of_contents);
    RUN(a_symbol_is_reckoned_where_its_result_is_empty);
    RUN(a_very_long_instruction_is_survived);
    RUN(text_keeps_out_of_the_way_of_shapes);
    RUN(vml_shapes_are_flowed_around_as_well);
    RUN(members_of_an_aligned_group_stand_in_the_group);
    RUN(vml_lengths_may_have_exponents);
    RUN(a_canvas_is_read_as_drawn_not_as_its_fallback);
    RUN(a_vml_shape_in_a_cell_stands_by_the_cell);
    RUN(text_keeps_out_of_the_way_of_frames);
    RUN(floating_tables_have_a_place);
    RUN(a_table_that_says_nothing_of_its_place_does_not_float);
    RUN(columns_are_equal_or_each_of_its_width);
    RUN(columns_that_do_not_fit_are_made_to);
    RUN(percent_is_of_the_column);
    RUN(note_numbers_may_start_anew_with_a_section);
    RUN(footnotes_away_from_the_page_foot_are_named);
    RUN(labels_in_formats_not_known_are_named);
    RUN(a_bullet_may_be_a_picture);
    RUN(labels_set_right_hang_on_a_tab_stop);
    RUN(tabs_to_places_of_the_line_leave_the_stops_alone);
    RUN(spacing_and_indents_may_be_in_lines_and_characters);
    RUN(many_deleted_paragraph_marks_are_joined_in_linear_time);
    RUN(formulas_are_a_line_of_text_to_whoever_asks_for_words);
    RUN(formulas_are_trees_too);
    RUN(a_formula_that_is_a_paragraph_stands_in_the_middle);
    RUN(the_text_of_parts_in_html_and_plain_text_is_kept);
    RUN(html_keeps_its_headings_lists_and_formatting);
    RUN(html_tables_nest_and_span);
    RUN(a_table_without_cells_is_no_table);
    RUN(mime_archives_hold_html);
    RUN(bound_controls_show_the_data);
    RUN(bound_controls_around_cells_show_the_data);
    RUN(controls_whose_data_say_nothing_stay_as_they_are);
    RUN(text_of_other_codes_is_read);
    RUN(parts_of_other_formats_are_named_as_lost);
    RUN(broken_html_is_survived);
    RUN(letters_from_right_to_left_are_text_like_others);
    RUN(old_flags_that_move_text_are_named);
    RUN(pages_set_in_ways_not_drawn_are_named);
    RUN(what_paragraphs_ask_for_in_vain_is_named_where_there_is_text);
    RUN(a_grid_is_of_lines_or_of_characters_too);
    RUN(what_is_done_to_pages_is_read);
    RUN(cells_in_the_usual_direction_are_no_matter);
    RUN(the_same_missing_picture_is_named_once);
    RUN(the_properties_of_the_document_are_read);
    reader_tests_end();
    return CHECK_RESULT();
}
