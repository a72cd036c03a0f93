/* What headers say of the page they stand on, from the file to the page. */
#include "page_help.h"

#define HEADER_REL                                                                                 \
    "<Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\">"       \
    "<Relationship Id=\"h1\" Type=\"http://schemas.openxmlformats.org/officeDocument/2006/"        \
    "relationships/header\" Target=\"header1.xml\"/>"                                              \
    "<Relationship Id=\"s1\" Type=\"http://schemas.openxmlformats.org/officeDocument/2006/"        \
    "relationships/styles\" Target=\"styles.xml\"/>"                                               \
    "<Relationship Id=\"n1\" Type=\"http://schemas.openxmlformats.org/officeDocument/2006/"        \
    "relationships/numbering\" Target=\"numbering.xml\"/></Relationships>"
#define HEADING                                                                                    \
    "<w:style w:type=\"paragraph\" w:styleId=\"u1\"><w:name w:val=\"heading 1\"/></w:style>"
#define LEVEL(level, text)                                                                         \
    "<w:lvl w:ilvl=\"" level "\"><w:start w:val=\"1\"/><w:numFmt w:val=\"decimal\"/><w:suff "      \
    "w:val=\"space\"/><w:lvlText w:val=\"" text "\"/></w:lvl>"
#define LISTS                                                                                      \
    "<w:abstractNum w:abstractNumId=\"0\">" LEVEL("0", "Chương %1.") LEVEL(                        \
        "1", "Mục %1.%2:") "</w:abstractNum><w:num w:numId=\"1\"><w:abstractNumId w:val=\"0\"/>"   \
                           "</w:num>"
#define CHAPTER(level, text)                                                                       \
    PP("<w:pStyle w:val=\"u1\"/><w:numPr><w:ilvl w:val=\"" level                                   \
       "\"/><w:numId w:val=\"1\"/></w:numPr>",                                                     \
       T(text))
#define BY_CHAPTERS(more) WITH_HEADER "<w:pgNumType w:chapStyle=\"1\" " more "/>"
#define H(text) PP("<w:pStyle w:val=\"u1\"/>", T(text))
#define PAGE_BREAK P("<w:r><w:br w:type=\"page\"/></w:r>")
#define WITH_HEADER "<w:headerReference w:type=\"default\" r:id=\"h1\"/>"

static void print_with_header(const char *body, const char *header) {
    begin(body);
    docx_part(package, "word/styles.xml", "w:styles", STYLES(HEADING));
    docx_part(package, "word/numbering.xml", "w:numbering", LISTS);
    docx_part(package, "word/header1.xml", "w:hdr", header);
    docx_text(package, "word/_rels/document.xml.rels", HEADER_REL);
    print_package();
}

static const char *header_of(size_t page) {
    return draw_text_of(nth_draw(page, DRAW_TEXT, 0));
}

static void a_header_repeats_the_first_heading_of_its_page(void) {
    print_with_header(H("Chương I") P(T("a")) H("Chương II") PAGE_BREAK P(T("b"))
                          PAGE_BREAK H("Chương III") P(T("c")) SECT(WITH_HEADER),
                      P(FIELD(" STYLEREF &quot;Heading 1&quot; \\* MERGEFORMAT ", T("cũ"))));
    CHECK(quiet());
    CHECK_STR(header_of(0), "Chương I");
    CHECK_STR(header_of(1), "Chương II"); /* none on the page: the last one before it */
    CHECK_STR(header_of(2), "Chương III");
}

#define IN_BOX(story)                                                                              \
    "<w:r><w:pict><v:rect style=\"position:absolute;width:90pt;height:30pt\"><v:textbox>"          \
    "<w:txbxContent>" story "</w:txbxContent></v:textbox></v:rect></w:pict></w:r>"

static void a_number_in_a_frame_or_a_box_of_a_header_is_that_of_its_page(void) {
    static const char *const headers[] = {
        PP("<w:framePr w:wrap=\"around\" w:vAnchor=\"text\" w:hAnchor=\"margin\" "
           "w:xAlign=\"center\" w:y=\"1\"/>",
           FIELD("PAGE", T("9"))) P(""),
        P(IN_BOX(P(FIELD("PAGE", T("9"))))), P(IN_BOX(P(IN_BOX(P(FIELD("PAGE", T("9")))))))};
    for (int i = 0; i < 3; i++) {
        print_with_header(P(T("a")) PAGE_BREAK P(T("b")) PAGE_BREAK P(T("c")) SECT(WITH_HEADER),
                          headers[i]);
        CHECK_STR(header_of(0), "1");
        CHECK_STR(header_of(1), "2");
        CHECK_STR(header_of(2), "3");
    }
}

static void a_header_may_end_with_a_table_and_is_no_higher_for_it(void) {
    print_with_header(
        P(T("than")) SECT(WITH_HEADER),
        "<w:tbl><w:tblPr/><w:tblGrid><w:gridCol "
        "w:w=\"2000\"/></w:tblGrid><w:tr><w:trPr><w:trHeight "
        "w:val=\"2000\" w:hRule=\"exact\"/></w:trPr><w:tc><w:tcPr/>" P(T("bang")) "</w:tc></w:tr>"
                                                                                  "</w:tbl>");
    CHECK_NEAR(printed("than")->y, 36000 + 100000 + 13070, 20);
}

static void a_table_of_a_header_floats_where_the_body_does_not_reach(void) {
#define FLOATING(y)                                                                                \
    "<w:tbl><w:tblPr><w:tblpPr w:vertAnchor=\"page\" w:horzAnchor=\"page\" w:tblpX=\"6000\" "      \
    "w:tblpY=\"" y "\"/></w:tblPr><w:tblGrid><w:gridCol w:w=\"2000\"/></w:tblGrid><w:tr><w:tc>"    \
    "<w:tcPr/>" P(T("bang")) "</w:tc></w:tr></w:tbl>" P("")
    print_with_header(P(T("than")) SECT(WITH_HEADER), FLOATING("300"));
    CHECK_NEAR(printed("than")->y, TEXT_TOP + 13070, 20);
    CHECK_NEAR(printed("bang")->y, 15000 + 13070, 20);
    CHECK_NEAR(printed("bang")->x, 300000, 20);
    print_with_header(P(T("than")) SECT(WITH_HEADER), FLOATING("3000"));
    CHECK_NEAR(printed("bang")->y, 36000 + 13070, 20);
    CHECK(printed("than")->y > TEXT_TOP + 14000);
}

static void in_older_documents_a_last_tab_may_pass_the_edge(void) {
    static const char stops[] = PP("<w:tabs><w:tab w:val=\"right\" w:pos=\"9060\"/></w:tabs>",
                                   T("a") "<w:r><w:tab/></w:r>" T("b") "<w:r><w:tab/></w:r>" T(" "))
        P(T("c")) SECT(WITH_HEADER);
    print_with_header(stops, P(""));
    CHECK_NEAR(printed("c")->y - printed("a")->y, 16100, 20);
    print_body(stops);
    CHECK_NEAR(printed("c")->y - printed("a")->y, 2 * 16100, 20);
}

static void in_older_documents_text_at_a_stop_in_the_right_indent_may_fill_it(void) {
    static const char wide[] =
        PP("<w:tabs><w:tab w:val=\"right\" w:pos=\"2000\"/></w:tabs><w:ind "
           "w:right=\"7200\"/>",
           T("aaa") "<w:r><w:tab/></w:r>" T("wwwwwwwww")) P(T("c")) SECT(WITH_HEADER);
    print_with_header(wide, P(""));
    CHECK_NEAR(printed("c")->y - printed("aaa")->y, 16100, 20);
    print_body(wide);
    CHECK_NEAR(printed("c")->y - printed("aaa")->y, 2 * 16100, 20);
}

static void a_header_may_repeat_the_last_heading_of_its_page(void) {
    print_with_header(P(T("bìa")) PAGE_BREAK H("Chương I") H("Chương II") SECT(WITH_HEADER),
                      P(FIELD(" STYLEREF 1 \\l ", T("cũ"))));
    CHECK(quiet());
    CHECK_STR(header_of(0), "Chương I"); /* none before: the first one after */
    CHECK_STR(header_of(1), "Chương II");
}

static void a_reference_to_a_number_or_to_no_style_keeps_its_stored_result(void) {
    print_with_header(H("Chương I") SECT(WITH_HEADER),
                      P(FIELD(" STYLEREF &quot;Heading 1&quot; \\n ", T("số"))));
    CHECK(said("STYLEREF"));
    CHECK_STR(header_of(0), "số");
    print_with_header(H("Chương I") SECT(WITH_HEADER),
                      P(FIELD(" STYLEREF &quot;x&quot; ", T("y"))));
    CHECK(said("STYLEREF"));
    CHECK_STR(header_of(0), "y");
}

static void a_header_counts_the_pages_of_its_section(void) {
    print_with_header(P(T("a")) PAGE_BREAK PP(SECT(WITH_HEADER), T("b")) P(T("c"))
                          PAGE_BREAK PAGE_BREAK P(T("d")) SECT(WITH_HEADER),
                      P(FIELD("PAGE", T("1")) T("/") FIELD("SECTIONPAGES", T("9"))));
    CHECK(quiet());
    CHECK_INT(pages->at.n, 5);
    CHECK_STR(header_of(0), "1/2");
    CHECK_STR(header_of(1), "2/2");
    CHECK_STR(header_of(4), "5/3");
}

static void a_page_number_begins_with_its_chapter(void) {
    print_with_header(P(T("lời nói đầu")) PAGE_BREAK CHAPTER("0", "a") P(T("c")) CHAPTER("0", "b")
                          PAGE_BREAK P(T("d")) SECT(BY_CHAPTERS("w:start=\"7\"")),
                      P(FIELD("PAGE", T("1")) T("/") FIELD("NUMPAGES", T("1"))));
    CHECK(quiet());
    CHECK_STR(header_of(0), "7/3"); /* before the first chapter */
    CHECK_STR(header_of(1), "1-8/3");
    CHECK_STR(header_of(2), "2-9/3");
}

static void the_chapter_is_the_number_alone_between_its_mark(void) {
    print_with_header(CHAPTER("0", "a") CHAPTER("1", "b")
                          SECT(BY_CHAPTERS("w:chapSep=\"emDash\" w:fmt=\"lowerRoman\"")),
                      P(FIELD("PAGE", T("1"))));
    CHECK_STR(header_of(0), "1—i");
    print_with_header(CHAPTER("0", "a") PAGE_BREAK CHAPTER("1", "b")
                          SECT(BY_CHAPTERS("w:chapSep=\"period\"")),
                      P(FIELD("PAGE \\* ROMAN", T("1"))));
    CHECK_STR(header_of(1), "1.1.II");
}

static void a_chapter_without_a_number_adds_nothing(void) {
    print_with_header(H("a") SECT(BY_CHAPTERS("")), P(FIELD("PAGE", T("3"))));
    CHECK(quiet());
    CHECK_STR(header_of(0), "1");
}

static void a_number_in_the_text_has_its_chapter_too(void) {
    print_with_header(CHAPTER("0", "a") P(FIELD("PAGE", T("9"))) SECT(BY_CHAPTERS("")), P(""));
    CHECK_STR(draw_text_of(nth_draw(0, DRAW_TEXT, 1)), "1-1");
}

int main(void) {
    page_tests_begin();
    RUN(a_header_repeats_the_first_heading_of_its_page);
    RUN(a_number_in_a_frame_or_a_box_of_a_header_is_that_of_its_page);
    RUN(a_header_may_end_with_a_table_and_is_no_higher_for_it);
    RUN(a_table_of_a_header_floats_where_the_body_does_not_reach);
    RUN(in_older_documents_a_last_tab_may_pass_the_edge);
    RUN(in_older_documents_text_at_a_stop_in_the_right_indent_may_fill_it);
    RUN(a_header_may_repeat_the_last_heading_of_its_page);
    RUN(a_reference_to_a_number_or_to_no_style_keeps_its_stored_result);
    RUN(a_header_counts_the_pages_of_its_section);
    RUN(a_page_number_begins_with_its_chapter);
    RUN(the_chapter_is_the_number_alone_between_its_mark);
    RUN(a_chapter_without_a_number_adds_nothing);
    RUN(a_number_in_the_text_has_its_chapter_too);
    page_tests_end();
    return CHECK_RESULT();
}
