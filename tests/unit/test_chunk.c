/* A DOCX in a DOCX (w:altChunk): its body is read in the place of the chunk. */
#include "page_help.h"

#define CHUNK(more) "<w:altChunk r:id=\"c\">" more "</w:altChunk>"
#define MATCH_SOURCE "<w:altChunkPr><w:matchSrc/></w:altChunkPr>"
#define RELATIONS                                                                                  \
    RELATIONSHIPS RELATION("c", "aFChunk", "in.docx") RELATION("s", "styles", "styles.xml")        \
        RELATION("f", "footnotes", "footnotes.xml")                                                \
            RELATION("g", "settings", "settings.xml") "</Relationships>"
#define STYLE(id, name, more)                                                                      \
    "<w:style w:type=\"paragraph\" w:styleId=\"" id "\"><w:name w:val=\"" name "\"/>" more         \
    "</w:style>"
#define FOOT(id) "<w:r><w:footnoteReference w:id=\"" id "\"/></w:r>"
#define NOTE(id, text) "<w:footnote w:id=\"" id "\">" P(T(text)) "</w:footnote>"

static void put_inner(struct package *in) {
    struct buf zip = {0};
    CHECK(package_write(in, &zip, diag));
    package_set(package, "word/in.docx", zip.data, zip.len);
    package_close(in);
    buf_free(&zip);
}

static void host(const char *body) {
    begin(body);
    docx_text(package, "word/_rels/document.xml.rels", RELATIONS);
}

static const struct document *read_with(const char *body, struct package *in) {
    host(body);
    put_inner(in);
    return reread();
}

static void a_document_in_another_stands_in_its_place(void) {
    const struct document *d =
        read_with(P(T("trước")) CHUNK("") P(T("sau")),
                  docx_new(P(T("trong")) TBL("", TR(TC("", P(T("ô"))))) P(T("cuối"))));
    CHECK(quiet());
    CHECK_STR(shown(nth(d, 0)), "trước");
    CHECK_STR(shown(nth(d, 1)), "trong");
    CHECK_STR(shown(nth_block(d, 2)->table->rows[0].cells[0].blocks->para), "ô");
    CHECK_STR(shown(nth(d, 3)), "cuối");
    CHECK_STR(shown(nth(d, 4)), "sau");
    CHECK(!nth_block(d, 5));
}

static void in_a_cell_it_stands_there(void) {
    const struct document *d =
        read_with(TBL("", TR(TC("", CHUNK("") P("")))) P(""), docx_new(P(T("trong"))));
    CHECK(quiet());
    CHECK_STR(shown(nth_block(d, 0)->table->rows[0].cells[0].blocks->para), "trong");
}

static struct package *inner_with_styles(void) {
    struct package *in = docx_new(P(T("a")) PP("<w:pStyle w:val=\"DeMuc\"/>", T("b"))
                                      PP("<w:pStyle w:val=\"Rieng\"/>", T("c")));
    docx_part(in, "word/styles.xml", "w:styles",
              "<w:docDefaults><w:rPrDefault><w:rPr><w:sz w:val=\"22\"/></w:rPr></w:rPrDefault>"
              "</w:docDefaults>" STYLE("DeMuc", "heading 1", "<w:rPr><w:sz w:val=\"60\"/></w:rPr>")
                  STYLE("Rieng", "Riêng", "<w:basedOn w:val=\"DeMuc\"/><w:rPr><w:i/></w:rPr>"));
    return in;
}

static const struct document *read_styled(const char *body) {
    host(body);
    docx_part(package, "word/styles.xml", "w:styles",
              STYLES(STYLE("H", "Heading 1", "<w:rPr><w:b/><w:sz w:val=\"32\"/></w:rPr>")));
    put_inner(inner_with_styles());
    return reread();
}

static void a_style_of_the_same_name_is_the_hosts(void) {
    const struct document *d = read_styled(CHUNK("") P(T("sau")));
    CHECK(quiet());
    CHECK_INT(nth(d, 0)->items[0].props->size, 14000);
    CHECK_INT(nth(d, 1)->items[0].props->size, 16000);
    CHECK(nth(d, 1)->items[0].props->bold);
    CHECK(nth(d, 2)->items[0].props->bold && nth(d, 2)->items[0].props->italic);
    CHECK_INT(nth(d, 2)->items[0].props->size, 16000);
    CHECK_INT(nth(d, 3)->items[0].props->size, 14000);
}

static void the_look_of_the_source_is_kept_where_the_file_asks_for_it(void) {
    const struct document *d = read_styled(CHUNK(MATCH_SOURCE) P(T("sau")));
    CHECK(quiet());
    CHECK_INT(nth(d, 0)->items[0].props->size, 11000);
    CHECK_INT(nth(d, 1)->items[0].props->size, 30000);
    CHECK(!nth(d, 1)->items[0].props->bold);
    CHECK_INT(nth(d, 3)->items[0].props->size, 14000);
}

static void its_notes_are_its_own_and_are_counted_on(void) {
    struct package *in = docx_new(P(T("b") FOOT("1")));
    docx_text(in, "word/_rels/document.xml.rels", RELATIONS);
    docx_part(in, "word/footnotes.xml", "w:footnotes", NOTE("1", "trong"));
    host(P(T("a") FOOT("1")) CHUNK("") P(T("c") FOOT("2")) SECT(""));
    docx_part(package, "word/footnotes.xml", "w:footnotes", NOTE("1", "mot") NOTE("2", "hai"));
    put_inner(in);
    print_package();
    CHECK(quiet());
    CHECK_STR(page_text(0), "a1|b2|c3|mot|trong|hai");
}

static void its_sections_but_the_last_stay_sections(void) {
    const struct document *d = read_with(
        P(T("a")) CHUNK("") P(T("d")) SECT(""),
        docx_new(PP("<w:sectPr><w:pgSz w:w=\"16838\" w:h=\"11906\"/></w:sectPr>", T("b"))
                     P(T("c")) "<w:sectPr><w:pgSz w:w=\"4000\" w:h=\"4000\"/></w:sectPr>"));
    CHECK(quiet());
    const struct wml_section *first = d->sections, *second = first->next;
    CHECK_INT(first->page_width, 841900);
    CHECK_STR(shown(first->blocks->next->para), "b");
    CHECK(second && !second->next);
    CHECK_INT(second->page_width, 595300);
    CHECK_STR(shown(second->blocks->para), "c");
    CHECK_STR(shown(second->blocks->next->para), "d");
}

static void a_document_in_a_document_in_a_document_is_named(void) {
    struct package *in = docx_new(P(T("trong")) CHUNK(""));
    struct buf zip = {0};
    struct package *deep = docx_new(P(T("sâu")));
    CHECK(package_write(deep, &zip, diag));
    package_close(deep);
    docx_text(in, "word/_rels/document.xml.rels", RELATIONS);
    package_set(in, "word/in.docx", zip.data, zip.len);
    buf_free(&zip);
    const struct document *d = read_with(CHUNK("") P(T("sau")), in);
    CHECK(said("w:altChunk") && said("unsupported-part"));
    CHECK_STR(shown(nth(d, 0)), "trong");
    CHECK_STR(shown(nth(d, 1)), "sau");
}

static void what_is_no_document_is_named(void) {
    host(P(T("trước")) CHUNK("") P(T("sau")));
    docx_text(package, "word/in.docx", "PK\3\4 hong");
    const struct document *d = reread();
    CHECK(said("w:altChunk") && said("unsupported-part"));
    CHECK_STR(shown(nth(d, 1)), "sau");
    host(P(T("trước")) CHUNK("") P(T("sau")));
    docx_text(package, "word/in.docx", "%PDF-1.7");
    d = reread();
    CHECK(said("unsupported-part"));
    CHECK_STR(shown(nth(d, 1)), "sau");
}

int main(void) {
    page_tests_begin();
    RUN(a_document_in_another_stands_in_its_place);
    RUN(in_a_cell_it_stands_there);
    RUN(a_style_of_the_same_name_is_the_hosts);
    RUN(the_look_of_the_source_is_kept_where_the_file_asks_for_it);
    RUN(its_notes_are_its_own_and_are_counted_on);
    RUN(its_sections_but_the_last_stay_sections);
    RUN(a_document_in_a_document_in_a_document_is_named);
    RUN(what_is_no_document_is_named);
    page_tests_end();
    return CHECK_RESULT();
}
