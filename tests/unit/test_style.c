#include "base/diag.h"
#include "check.h"
#include "docx/wml.h"
#include "minimal_docx.h"

static struct diag *diag;
static struct pool *pool;

#define P(ppr, runs) "<w:p><w:pPr>" ppr "</w:pPr>" runs "</w:p>"
#define R(rpr, text) "<w:r><w:rPr>" rpr "</w:rPr><w:t>" text "</w:t></w:r>"
#define PSTYLE(id, inner)                                                                          \
    "<w:style w:type=\"paragraph\" w:styleId=\"" id "\"><w:name w:val=\"" id "\"/>" inner          \
    "</w:style>"
#define CSTYLE(id, rpr)                                                                            \
    "<w:style w:type=\"character\" w:styleId=\"" id "\"><w:rPr>" rpr "</w:rPr></w:style>"
#define DEFAULTS(rpr, ppr)                                                                         \
    "<w:docDefaults><w:rPrDefault><w:rPr>" rpr "</w:rPr></w:rPrDefault><w:pPrDefault><w:pPr>" ppr  \
    "</w:pPr></w:pPrDefault></w:docDefaults>"

static struct package *package;

static const struct document *read_with(const char *body, const char *styles) {
    package_close(package);
    package = docx_new(body);
    docx_part(package, "word/styles.xml", "w:styles", styles);
    const struct document *document = wml_read(pool, package, diag);
    CHECK(document != NULL);
    return document;
}

static const struct para *nth(const struct document *document, int n) {
    const struct block *block = document->sections->blocks;
    while (n-- > 0 && block)
        block = block->next;
    return block->para;
}

static const struct run_props *run(const struct document *document, int para, size_t item) {
    return nth(document, para)->items[item].props;
}

static void without_styles_the_standards_defaults_hold(void) {
    const struct document *d = read_with("<w:p><w:r><w:t>a</w:t></w:r></w:p>", "");
    const struct para_props *p = nth(d, 0)->props;
    CHECK_STR(run(d, 0, 0)->family, "Times New Roman");
    CHECK_INT(run(d, 0, 0)->size, 10000);
    CHECK_INT(run(d, 0, 0)->highlight, -1);
    CHECK_INT(run(d, 0, 0)->scale, 100);
    CHECK_INT(p->line, 240);
    CHECK_INT(p->line_rule, LINE_AUTO);
    CHECK(p->widow_control && p->snap_to_grid && !p->keep_next);
    CHECK_INT(p->outline_level, -1);
    CHECK_INT(p->jc, JC_LEFT);
}

static void each_level_lies_over_the_one_before(void) {
    const struct document *d = read_with(
        P("<w:pStyle w:val=\"Con\"/><w:jc w:val=\"center\"/>",
          R("", "a") R("<w:rStyle w:val=\"Nhan\"/>", "b")
              R("<w:rStyle w:val=\"Nhan\"/><w:color w:val=\"00FF00\"/>", "c")),
        DEFAULTS("<w:sz w:val=\"26\"/><w:rFonts w:ascii=\"Arial\"/>",
                 "<w:spacing w:after=\"160\"/>")
            PSTYLE("Cha", "<w:pPr><w:ind w:left=\"720\"/><w:jc w:val=\"both\"/></w:pPr>"
                          "<w:rPr><w:sz w:val=\"28\"/><w:color w:val=\"FF0000\"/></w:rPr>")
                PSTYLE("Con",
                       "<w:basedOn w:val=\"Cha\"/><w:pPr><w:ind w:firstLine=\"100\"/></w:pPr>")
                    CSTYLE("Nhan", "<w:sz w:val=\"24\"/><w:color w:val=\"0000FF\"/>"));
    const struct para_props *p = nth(d, 0)->props;
    CHECK_STR(p->style_id, "Con");
    CHECK_INT(p->after, 8000);
    CHECK_INT(p->left, 36000);
    CHECK_INT(p->first, 5000);
    CHECK_INT(p->jc, JC_CENTER);
    CHECK_STR(run(d, 0, 0)->family, "Arial");
    CHECK_INT(run(d, 0, 0)->size, 14000);
    CHECK_INT(run(d, 0, 0)->color, 0xFF0000);
    CHECK_INT(run(d, 0, 1)->size, 12000);
    CHECK_INT(run(d, 0, 1)->color, 0x0000FF);
    CHECK_INT(run(d, 0, 2)->color, 0x00FF00);
}

static void the_default_style_holds_where_none_or_an_unknown_one_is_named(void) {
    const struct document *d =
        read_with(P("", R("", "a")) P("<w:pStyle w:val=\"Mat\"/>", R("", "b")),
                  "<w:style w:type=\"paragraph\" w:default=\"1\" w:styleId=\"Normal\">"
                  "<w:rPr><w:sz w:val=\"28\"/></w:rPr></w:style>");
    CHECK_INT(run(d, 0, 0)->size, 14000);
    CHECK_INT(run(d, 1, 0)->size, 14000);
    CHECK_INT(d->normal->size, 14000);
    CHECK_STR(nth(d, 1)->props->style_id, "Normal");
}

static void words_own_style_is_the_default_where_none_is_marked(void) {
    const struct document *d =
        read_with(P("", R("", "a")), "<w:style w:type=\"paragraph\" w:styleId=\"Khac\">"
                                     "<w:name w:val=\"Khac\"/><w:rPr><w:sz w:val=\"40\"/></w:rPr>"
                                     "</w:style><w:style w:type=\"paragraph\" w:styleId=\"a0\">"
                                     "<w:name w:val=\"Normal\"/><w:rPr><w:sz w:val=\"28\"/></w:rPr>"
                                     "</w:style>");
    CHECK_INT(run(d, 0, 0)->size, 14000);
    CHECK_STR(nth(d, 0)->props->style_id, "a0");
}

static void toggles_cancel_out_between_styles_but_not_when_direct(void) {
    const struct document *d = read_with(
        P("<w:pStyle w:val=\"Dam\"/>",
          R("", "bold") R("<w:rStyle w:val=\"DamChu\"/>", "plain") R("<w:b/>", "bold")
              R("<w:rStyle w:val=\"DamChu\"/><w:b/>", "bold") R("<w:b w:val=\"0\"/>", "plain"))
            P("", R("<w:rStyle w:val=\"DamChu\"/>", "bold")),
        PSTYLE("Dam", "<w:rPr><w:b/><w:i/></w:rPr>") CSTYLE("DamChu", "<w:b/>"));
    CHECK(run(d, 0, 0)->bold && run(d, 0, 0)->italic);
    CHECK(!run(d, 0, 1)->bold && run(d, 0, 1)->italic);
    CHECK(run(d, 0, 2)->bold);
    CHECK_STR(nth(d, 0)->items[2].text, "boldbold");
    CHECK(!run(d, 0, 3)->bold);
    CHECK(run(d, 1, 0)->bold);
}

static void toggles_in_a_basedon_chain_do_not_cancel_out(void) {
    const struct document *d = read_with(
        P("<w:pStyle w:val=\"Con\"/>", R("", "a")) P("<w:pStyle w:val=\"Tat\"/>", R("", "b")),
        PSTYLE("Cha", "<w:rPr><w:b/></w:rPr>")
            PSTYLE("Con", "<w:basedOn w:val=\"Cha\"/><w:rPr><w:b/></w:rPr>")
                PSTYLE("Tat", "<w:basedOn w:val=\"Cha\"/><w:rPr><w:b w:val=\"false\"/></w:rPr>"));
    CHECK(run(d, 0, 0)->bold);
    CHECK(!run(d, 1, 0)->bold);
}

static void toggles_of_the_document_defaults_hold_against_styles(void) {
    const struct document *d =
        read_with(P("<w:pStyle w:val=\"Dam\"/>", R("", "a") R("<w:b w:val=\"0\"/>", "b")),
                  DEFAULTS("<w:b/>", "") PSTYLE("Dam", "<w:rPr><w:b/></w:rPr>"));
    CHECK(run(d, 0, 0)->bold);
    CHECK(!run(d, 0, 1)->bold);
}

static void equal_properties_are_one_object(void) {
    const struct document *d = read_with(
        P("<w:jc w:val=\"center\"/>", R("<w:sz w:val=\"28\"/>", "a") R("<w:i/>", "b"))
            P("<w:ind w:left=\"0\"/><w:jc w:val=\"center\"/>",
              R("<w:i w:val=\"1\"/>", "c") R("<w:sz w:val=\"28\"/><w:lang w:val=\"vi-VN\"/>", "d")),
        "");
    CHECK(run(d, 0, 0) == run(d, 1, 1));
    CHECK(run(d, 0, 1) == run(d, 1, 0));
    CHECK(nth(d, 0)->props == nth(d, 1)->props);
}

static void theme_fonts_and_colours_are_resolved(void) {
    package_close(package);
    package = docx_new(P("", R("", "a") R("<w:rFonts w:asciiTheme=\"majorHAnsi\"/>", "b")
                                 R("<w:color w:themeColor=\"accent1\"/>", "c")
                                     R("<w:rFonts w:hAnsi=\"Tahoma\"/>", "d")));
    docx_part(package, "word/styles.xml", "w:styles",
              DEFAULTS("<w:rFonts w:asciiTheme=\"minorHAnsi\" w:ascii=\"Arial\"/>", ""));
    docx_part(package, "word/theme/theme1.xml", "a:theme",
              "<a:themeElements><a:clrScheme name=\"x\"><a:accent1><a:srgbClr val=\"4472C4\"/>"
              "</a:accent1></a:clrScheme><a:fontScheme name=\"x\"><a:majorFont><a:latin "
              "typeface=\"Cambria\"/></a:majorFont><a:minorFont><a:latin typeface=\"Calibri\"/>"
              "</a:minorFont></a:fontScheme></a:themeElements>");
    const struct document *d = wml_read(pool, package, diag);
    CHECK_STR(run(d, 0, 0)->family, "Calibri");
    CHECK_STR(run(d, 0, 1)->family, "Cambria");
    CHECK_INT(run(d, 0, 2)->color, 0x4472C4);
    CHECK_STR(run(d, 0, 3)->family, "Tahoma");
}

static void a_missing_theme_leaves_the_written_font(void) {
    const struct document *d =
        read_with(P("", R("<w:rFonts w:asciiTheme=\"minorHAnsi\" w:ascii=\"Arial\"/>", "a")), "");
    CHECK_STR(run(d, 0, 0)->family, "Arial");
}

static void run_properties_are_read(void) {
    const struct document *d = read_with(
        P("",
          R("<w:u w:val=\"double\"/><w:vertAlign w:val=\"superscript\"/><w:spacing "
            "w:val=\"-4\"/><w:w w:val=\"90\"/><w:position w:val=\"6\"/><w:kern w:val=\"28\"/>"
            "<w:dstrike/><w:highlight w:val=\"yellow\"/><w:caps/><w:vanish/>",
            "a") R("<w:shd w:val=\"clear\" w:fill=\"D9D9D9\"/><w:u w:val=\"none\"/><w:strike/>"
                   "<w:smallCaps/><w:vertAlign w:val=\"subscript\"/>",
                   "b") R("<w:sz w:val=\"13.5pt\"/><w:u/>", "c") R("<w:w w:val=\"9999\"/>", "d")),
        "");
    const struct run_props *a = run(d, 0, 0), *b = run(d, 0, 1), *c = run(d, 0, 2);
    CHECK_INT(a->underline, UNDERLINE_DOUBLE);
    CHECK_INT(a->vert_align, ALIGN_SUPERSCRIPT);
    CHECK_INT(a->spacing, -200);
    CHECK_INT(a->scale, 90);
    CHECK_INT(a->position, 3000);
    CHECK_INT(a->kern_from, 14000);
    CHECK(a->double_strike && a->caps && a->hidden && !a->strike);
    CHECK_INT(a->highlight, 0xFFFF00);
    CHECK_INT(b->highlight, 0xD9D9D9);
    CHECK(b->strike && b->small_caps && b->underline == UNDERLINE_NONE);
    CHECK_INT(b->vert_align, ALIGN_SUBSCRIPT);
    CHECK_INT(c->size, 13500);
    CHECK_INT(c->underline, UNDERLINE_SINGLE);
    CHECK_INT(run(d, 0, 3)->scale, 600);
}

static void looks_of_letters_are_read(void) {
    const struct document *d = read_with(
        P("",
          R("<w:u w:val=\"dashDotDotHeavy\" w:color=\"FF0000\"/><w:em w:val=\"comma\"/><w:outline/>"
            "<w:bdr w:val=\"single\" w:sz=\"8\" w:color=\"00FF00\"/>",
            "a") R("<w:color w:val=\"auto\"/><w:emboss/>", "b")
              R("<w:color w:val=\"000000\"/><w:u w:val=\"wave\"/>", "c")
                  R("<w:imprint/><w:vanish/>", "d")),
        "");
    const struct run_props *a = run(d, 0, 0), *b = run(d, 0, 1), *c = run(d, 0, 2);
    CHECK(a->underline == UNDERLINE_DOT_DOT_DASH && a->heavy_underline && a->outline);
    CHECK_INT(a->underline_color, 0xFF0000);
    CHECK_INT(a->emphasis, EMPHASIS_COMMA);
    CHECK_INT(a->border.width, 1000);
    CHECK(a->auto_color && b->auto_color && !c->auto_color);
    CHECK(c->underline == UNDERLINE_WAVE && !c->heavy_underline && c->underline_color == -1);
    CHECK(!a->look && b->look && b->look->relief == RELIEF_RAISED);
    CHECK(run(d, 0, 3)->look && run(d, 0, 3)->look->relief == RELIEF_SUNKEN);
}

static void paragraph_properties_are_read(void) {
    const struct document *d = read_with(
        P("<w:keepNext/><w:keepLines/><w:pageBreakBefore/><w:widowControl w:val=\"0\"/>"
          "<w:pBdr><w:bottom w:val=\"double\" w:sz=\"8\" w:space=\"1\" w:color=\"FF0000\"/>"
          "<w:top w:val=\"nil\"/></w:pBdr><w:shd w:val=\"clear\" w:fill=\"EEEEEE\"/>"
          "<w:spacing w:before=\"120\" w:after=\"60\" w:line=\"340\" w:lineRule=\"exact\" "
          "w:beforeAutospacing=\"1\"/><w:ind w:left=\"567\" w:right=\"-100\" w:hanging=\"283\" "
          "w:firstLine=\"5\"/><w:contextualSpacing/><w:outlineLvl w:val=\"2\"/>"
          "<w:jc w:val=\"distribute\"/>",
          "") P("<w:spacing w:line=\"312\"/><w:jc w:val=\"end\"/>", "")
            P("<w:spacing w:line=\"17pt\" w:lineRule=\"atLeast\"/><w:ind w:start=\"1cm\"/>", ""),
        "");
    const struct para_props *p = nth(d, 0)->props;
    CHECK(p->keep_next && p->keep_lines && p->page_break_before && !p->widow_control);
    CHECK(p->contextual && p->before_auto && !p->after_auto);
    CHECK_INT(p->borders[EDGE_BOTTOM].width, 3000);
    CHECK_INT(p->borders[EDGE_BOTTOM].space, 1000);
    CHECK_INT(p->borders[EDGE_BOTTOM].color, 0xFF0000);
    CHECK_INT(p->borders[EDGE_BOTTOM].style, BORDER_DOUBLE);
    CHECK_INT(p->borders[EDGE_TOP].width, 0);
    CHECK_INT(p->shade, 0xEEEEEE);
    CHECK_INT(p->before, 6000);
    CHECK_INT(p->after, 3000);
    CHECK_INT(p->line, 17000);
    CHECK_INT(p->line_rule, LINE_EXACT);
    CHECK_INT(p->left, 28350);
    CHECK_INT(p->right, -5000);
    CHECK_INT(p->first, -14150);
    CHECK_INT(p->outline_level, 2);
    CHECK_INT(p->jc, JC_DISTRIBUTE);
    CHECK_INT(nth(d, 1)->props->line, 312);
    CHECK_INT(nth(d, 1)->props->jc, JC_RIGHT);
    CHECK_INT(nth(d, 2)->props->line, 17000);
    CHECK_INT(nth(d, 2)->props->line_rule, LINE_AT_LEAST);
    CHECK_INT(nth(d, 2)->props->left, 28346); /* 1 cm */
}

static void tabs_are_inherited_cleared_and_sorted(void) {
    const struct document *d = read_with(
        P("<w:pStyle w:val=\"T\"/><w:tabs><w:tab w:val=\"clear\" w:pos=\"4000\"/>"
          "<w:tab w:val=\"decimal\" w:pos=\"1000\"/><w:tab w:val=\"left\" "
          "w:pos=\"-200\"/></w:tabs>",
          ""),
        PSTYLE("T", "<w:pPr><w:tabs><w:tab w:val=\"center\" w:pos=\"4000\"/><w:tab w:val=\"right\" "
                    "w:leader=\"dot\" w:pos=\"8000\"/></w:tabs></w:pPr>"));
    const struct para_props *p = nth(d, 0)->props;
    CHECK_INT(p->tab_count, 3);
    CHECK_INT(p->tabs[0].pos, -10000);
    CHECK_INT(p->tabs[1].pos, 50000);
    CHECK_INT(p->tabs[1].kind, TAB_DECIMAL);
    CHECK_INT(p->tabs[2].pos, 400000);
    CHECK_INT(p->tabs[2].kind, TAB_RIGHT);
    CHECK_INT(p->tabs[2].leader, LEADER_DOT);
}

static void a_circle_of_styles_is_reported_and_broken(void) {
    struct diag *outer = diag;
    diag = diag_new(LANG_VI);
    const struct document *d =
        read_with(P("<w:pStyle w:val=\"A\"/>", R("", "a")),
                  PSTYLE("A", "<w:basedOn w:val=\"B\"/><w:rPr><w:sz w:val=\"30\"/></w:rPr>")
                      PSTYLE("B", "<w:basedOn w:val=\"A\"/><w:rPr><w:i/></w:rPr>"));
    CHECK_INT(run(d, 0, 0)->size, 15000);
    CHECK(run(d, 0, 0)->italic);
    CHECK(diag_has(diag, DOCX_STYLE_CYCLE));
    CHECK_INT(diag_count(diag, DIAG_WARNING), 1);
    diag_free(diag);
    diag = outer;
}

static void a_very_long_chain_of_styles_is_no_trouble(void) {
    struct diag *outer = diag;
    struct buf styles = {0};
    diag = diag_new(LANG_VI);
    for (int i = 0; i < 20000; i++)
        buf_printf(&styles,
                   "<w:style w:type=\"paragraph\" w:styleId=\"S%d\"><w:basedOn w:val=\"S%d\"/>"
                   "<w:pPr><w:tabs><w:tab w:val=\"left\" w:pos=\"%d\"/></w:tabs></w:pPr></w:style>",
                   i, i + 1, i);
    const struct document *d = read_with(P("<w:pStyle w:val=\"S0\"/>", R("", "a")), styles.data);
    CHECK(d && nth(d, 0)->props->tab_count >= 60);
    CHECK(diag_has(diag, DOCX_STYLE_CYCLE));
    buf_free(&styles);
    diag_free(diag);
    diag = outer;
}

static void broken_styles_are_reported_and_the_text_still_read(void) {
    struct diag *d = diag_new(LANG_VI);
    struct package *p = docx_new(P("", R("", "a")));
    docx_text(p, "word/styles.xml", "<w:styles><w:style>");
    const struct document *document = wml_read(pool, p, d);
    CHECK(document && nth(document, 0)->item_count == 1);
    CHECK(diag_has(d, XML_BROKEN));
    package_close(p);
    diag_free(d);
}

static void nothing_else_was_complained_about(void) {
    CHECK_INT(diag_count(diag, DIAG_ERROR) + diag_count(diag, DIAG_WARNING), 0);
    diag_write(diag, stdout);
}

int main(void) {
    pool = pool_new();
    diag = diag_new(LANG_VI);
    RUN(without_styles_the_standards_defaults_hold);
    RUN(each_level_lies_over_the_one_before);
    RUN(the_default_style_holds_where_none_or_an_unknown_one_is_named);
    RUN(words_own_style_is_the_default_where_none_is_marked);
    RUN(toggles_cancel_out_between_styles_but_not_when_direct);
    RUN(toggles_in_a_basedon_chain_do_not_cancel_out);
    RUN(toggles_of_the_document_defaults_hold_against_styles);
    RUN(equal_properties_are_one_object);
    RUN(theme_fonts_and_colours_are_resolved);
    RUN(a_missing_theme_leaves_the_written_font);
    RUN(run_properties_are_read);
    RUN(looks_of_letters_are_read);
    RUN(paragraph_properties_are_read);
    RUN(tabs_are_inherited_cleared_and_sorted);
    RUN(a_circle_of_styles_is_reported_and_broken);
    RUN(a_very_long_chain_of_styles_is_no_trouble);
    RUN(broken_styles_are_reported_and_the_text_still_read);
    RUN(nothing_else_was_complained_about);
    package_close(package);
    diag_free(diag);
    pool_free(pool);
    return CHECK_RESULT();
}
