/* No property is dropped in silence: every name that ECMA-376 (part 1, 5th edition; CT_RPr,
 * CT_PPr, CT_TblPr, CT_TrPr, CT_TcPr, CT_SectPr) lets stand in a list of properties is here with
 * what becomes of it. DRAWN changes the dump, UNDUMPED changes what layout is given and is
 * tested with it, NAMED is told where something is printed with it; all but NAMED are quiet. */
#include "reader_help.h"

enum fate { DRAWN, UNDUMPED, NAMED, NO_LOOK };
enum place { RPR, PPR, TBLPR, TRPR, TCPR, SECTPR };

#define W14_RED "<w14:solidFill><w14:srgbClr w14:val=\"FF0000\"/></w14:solidFill>"

static const struct {
    enum place place;
    enum fate fate;
    const char *inner;
} properties[] = {
    {RPR, NO_LOOK, "<w:rStyle w:val=\"x\"/>"},
    {RPR, DRAWN, "<w:rFonts w:ascii=\"Arial\"/>"},
    {RPR, DRAWN, "\n  <w:b/>\n"}, /* white space between properties is none */
    {RPR, NO_LOOK, "<w:bCs/>"},   /* of complex scripts */
    {RPR, DRAWN, "<w:i/>"},
    {RPR, NO_LOOK, "<w:iCs/>"},
    {RPR, DRAWN, "<w:caps/>"},
    {RPR, DRAWN, "<w:smallCaps/>"},
    {RPR, DRAWN, "<w:strike/>"},
    {RPR, DRAWN, "<w:dstrike/>"},
    {RPR, DRAWN, "<w:outline/>"},
    {RPR, DRAWN, "<w:shadow/>"},
    {RPR, DRAWN, "<w:emboss/>"},
    {RPR, DRAWN, "<w:imprint/>"},
    {RPR, NO_LOOK, "<w:noProof/>"},
    {RPR, DRAWN, "<w:snapToGrid w:val=\"0\"/>"},
    {RPR, NO_LOOK, "<w:vanish w:val=\"0\"/>"},
    {RPR, NO_LOOK, "<w:webHidden/>"}, /* only as a page of the web */
    {RPR, DRAWN, "<w:color w:val=\"FF0000\"/>"},
    {RPR, DRAWN, "<w:spacing w:val=\"20\"/>"},
    {RPR, DRAWN, "<w:w w:val=\"80\"/>"},
    {RPR, DRAWN, "<w:kern w:val=\"2\"/>"},
    {RPR, DRAWN, "<w:position w:val=\"6\"/>"},
    {RPR, DRAWN, "<w:sz w:val=\"40\"/>"},
    {RPR, NO_LOOK, "<w:szCs w:val=\"40\"/>"}, /* of text that has w:rtl or w:cs */
    {RPR, DRAWN, "<w:szCs w:val=\"40\"/><w:cs/>"},
    {RPR, DRAWN, "<w:bCs/><w:cs/>"},
    {RPR, DRAWN, "<w:iCs/><w:cs/>"},
    {RPR, DRAWN, "<w:highlight w:val=\"yellow\"/>"},
    {RPR, DRAWN, "<w:u w:val=\"single\"/>"},
    {RPR, NO_LOOK, "<w:effect w:val=\"antsBlack\"/>"}, /* moves on the screen, is not printed */
    {RPR, DRAWN, "<w:bdr w:val=\"single\" w:sz=\"4\"/>"},
    {RPR, DRAWN, "<w:shd w:val=\"clear\" w:fill=\"FF0000\"/>"},
    {RPR, UNDUMPED, "<w:fitText w:val=\"2000\"/>"},
    {RPR, DRAWN, "<w:vertAlign w:val=\"superscript\"/>"},
    {RPR, DRAWN, "<w:rtl/>"},
    {RPR, NO_LOOK, "<w:cs/>"},
    {RPR, DRAWN, "<w:em w:val=\"dot\"/>"},
    {RPR, NO_LOOK, "<w:lang w:val=\"vi-VN\"/>"},
    {RPR, NAMED, "<w:eastAsianLayout w:id=\"1\" w:combine=\"1\"/>"},
    {RPR, NO_LOOK, "<w:specVanish/>"}, /* of a mark that is hidden by w:vanish */
    {RPR, NO_LOOK, "<w:oMath/>"},
    {RPR, NO_LOOK, "<w:rPrChange/>"},
    {RPR, DRAWN, "<w14:glow/>"},
    {RPR, DRAWN, "<w14:shadow/>"},
    {RPR, NAMED, "<w14:reflection/>"},
    {RPR, DRAWN, "<w14:textOutline>" W14_RED "</w14:textOutline>"},
    {RPR, NAMED, "<w14:textOutline>" W14_RED "<w14:prstDash w14:val=\"dash\"/></w14:textOutline>"},
    {RPR, NAMED, "<w14:textOutline><w14:gradFill/></w14:textOutline>"},
    {RPR, NO_LOOK, "<w14:textOutline><w14:solidFill/></w14:textOutline>"},
    {RPR, NO_LOOK, "<w14:textOutline><w14:noFill/></w14:textOutline>"},
    {RPR, NAMED, "<w14:textFill><w14:gradFill/></w14:textFill>"},
    {RPR, DRAWN,
     "<w14:textFill><w14:gradFill><w14:gsLst><w14:gs><w14:srgbClr w14:val=\"FF0000\"/>"
     "</w14:gs><w14:gs><w14:schemeClr w14:val=\"accent1\"/></w14:gs><w14:gs><w14:srgbClr "
     "w14:val=\"0000FF\"/></w14:gs></w14:gsLst></w14:gradFill></w14:textFill>"},
    {RPR, DRAWN, "<w14:textFill><w14:noFill/></w14:textFill>"},
    {RPR, DRAWN,
     "<w14:textFill><w14:solidFill><w14:srgbClr w14:val=\"FF0000\"><w14:alpha "
     "w14:val=\"30000\"/></w14:srgbClr></w14:solidFill></w14:textFill>"},
    {RPR, NO_LOOK, "<w14:textFill>" W14_RED "</w14:textFill>"}, /* it stands in w:color, too */
    {RPR, NAMED, "<w14:scene3d/>"},
    {RPR, NAMED, "<w14:props3d/>"},
    {RPR, NAMED, "<w14:ligatures w14:val=\"standard\"/>"},
    {RPR, NO_LOOK, "<w14:ligatures w14:val=\"none\"/>"},
    {RPR, NAMED, "<w14:numForm w14:val=\"oldStyle\"/>"},
    {RPR, NAMED, "<w14:numSpacing w14:val=\"tabular\"/>"},
    {RPR, NAMED, "<w14:stylisticSets><w14:styleSet w14:id=\"1\"/></w14:stylisticSets>"},
    {RPR, NAMED, "<w14:cntxtAlts/>"},

    {PPR, NO_LOOK, "<w:pStyle w:val=\"x\"/>"},
    {PPR, DRAWN, "<w:keepNext/>"},
    {PPR, DRAWN, "<w:keepLines/>"},
    {PPR, DRAWN, "<w:pageBreakBefore/>"},
    {PPR, NO_LOOK, "<w:framePr/>"}, /* its attributes make it one, see test_frames */
    {PPR, DRAWN, "<w:widowControl w:val=\"0\"/>"},
    {PPR, NO_LOOK, "<w:numPr/>"},
    {PPR, NO_LOOK, "<w:suppressLineNumbers/>"},
    {PPR, DRAWN, "<w:pBdr><w:top w:val=\"single\" w:sz=\"4\"/></w:pBdr>"},
    {PPR, NAMED, "<w:pBdr><w:bar w:val=\"single\" w:sz=\"4\"/></w:pBdr>"},
    {PPR, DRAWN, "<w:shd w:val=\"clear\" w:fill=\"FF0000\"/>"},
    {PPR, DRAWN, "<w:tabs><w:tab w:val=\"left\" w:pos=\"900\"/></w:tabs>"},
    {PPR, DRAWN, "<w:suppressAutoHyphens/>"},
    {PPR, NO_LOOK, "<w:kinsoku/>"},
    {PPR, NO_LOOK, "<w:wordWrap/>"},
    {PPR, NO_LOOK, "<w:overflowPunct/>"}, /* and the next three: East Asian text */
    {PPR, NO_LOOK, "<w:topLinePunct/>"},
    {PPR, NO_LOOK, "<w:autoSpaceDE/>"},
    {PPR, NO_LOOK, "<w:autoSpaceDN/>"},
    {PPR, DRAWN, "<w:bidi/>"},
    {PPR, NO_LOOK, "<w:adjustRightInd/>"}, /* in a grid of characters */
    {PPR, NO_LOOK, "<w:snapToGrid/>"},
    {PPR, DRAWN, "<w:spacing w:before=\"120\" w:line=\"360\"/>"},
    {PPR, DRAWN, "<w:ind w:left=\"567\"/>"},
    {PPR, NO_LOOK, "<w:contextualSpacing/>"},
    {PPR, NO_LOOK, "<w:mirrorIndents/>"},
    {PPR, NO_LOOK, "<w:suppressOverlap/>"},
    {PPR, DRAWN, "<w:jc w:val=\"center\"/>"},
    {PPR, NO_LOOK, "<w:textDirection w:val=\"lrTb\"/>"},
    {PPR, DRAWN, "<w:textAlignment w:val=\"top\"/>"},
    {PPR, DRAWN, "<w:textAlignment w:val=\"center\"/>"},
    {PPR, DRAWN, "<w:textAlignment w:val=\"bottom\"/>"},
    {PPR, NO_LOOK, "<w:textAlignment w:val=\"baseline\"/>"},
    {PPR, NO_LOOK, "<w:textAlignment w:val=\"auto\"/>"},
    {PPR, NO_LOOK, "<w:textboxTightWrap w:val=\"none\"/>"},
    {PPR, DRAWN, "<w:outlineLvl w:val=\"0\"/>"},
    {PPR, NO_LOOK, "<w:divId w:val=\"1\"/>"},
    {PPR, NO_LOOK, "<w:cnfStyle w:val=\"100000000000\"/>"},
    {PPR, NO_LOOK, "<w:rPr/>"},
    {PPR, NO_LOOK, "<w:pPrChange/>"},

    {TBLPR, NO_LOOK, "<w:tblStyle w:val=\"x\"/>"},
    {TBLPR, NO_LOOK, "<w:tblOverlap w:val=\"never\"/>"},
    {TBLPR, DRAWN, "<w:bidiVisual/>"},
    {TBLPR, NO_LOOK, "<w:tblStyleRowBandSize w:val=\"1\"/>"},
    {TBLPR, NO_LOOK, "<w:tblStyleColBandSize w:val=\"1\"/>"},
    {TBLPR, UNDUMPED, "<w:tblW w:w=\"3000\" w:type=\"dxa\"/>"},
    {TBLPR, DRAWN, "<w:jc w:val=\"center\"/>"},
    {TBLPR, UNDUMPED, "<w:tblCellSpacing w:w=\"60\" w:type=\"dxa\"/>"},
    {TBLPR, DRAWN, "<w:tblInd w:w=\"300\" w:type=\"dxa\"/>"},
    {TBLPR, DRAWN, "<w:tblBorders><w:top w:val=\"single\" w:sz=\"4\"/></w:tblBorders>"},
    {TBLPR, DRAWN, "<w:shd w:val=\"clear\" w:fill=\"FF0000\"/>"},
    {TBLPR, UNDUMPED, "<w:tblLayout w:type=\"fixed\"/>"},
    {TBLPR, DRAWN, "<w:tblCellMar><w:top w:w=\"90\" w:type=\"dxa\"/></w:tblCellMar>"},
    {TBLPR, NO_LOOK, "<w:tblLook w:val=\"04A0\"/>"},
    {TBLPR, NO_LOOK, "<w:tblCaption w:val=\"x\"/>"},
    {TBLPR, NO_LOOK, "<w:tblDescription w:val=\"x\"/>"},
    {TBLPR, NO_LOOK, "<w:tblPrChange/>"},

    {TRPR, NO_LOOK, "<w:cnfStyle w:val=\"100000000000\"/>"},
    {TRPR, NO_LOOK, "<w:divId w:val=\"1\"/>"},
    {TRPR, DRAWN, "<w:gridBefore w:val=\"1\"/>"},
    {TRPR, NO_LOOK, "<w:gridAfter w:val=\"1\"/>"},
    {TRPR, NO_LOOK, "<w:wBefore w:w=\"0\" w:type=\"auto\"/>"},
    {TRPR, NO_LOOK, "<w:wAfter w:w=\"0\" w:type=\"auto\"/>"},
    {TRPR, DRAWN, "<w:cantSplit/>"},
    {TRPR, DRAWN, "<w:trHeight w:val=\"600\"/>"},
    {TRPR, DRAWN, "<w:tblHeader/>"},
    {TRPR, NO_LOOK, "<w:tblCellSpacing w:w=\"0\" w:type=\"dxa\"/>"},
    {TRPR, NAMED, "<w:jc w:val=\"center\"/>"}, /* of one row alone */
    {TRPR, DRAWN, "<w:hidden/>"},
    {TRPR, NO_LOOK, "<w:ins/>"},
    {TRPR, DRAWN, "<w:del/>"},
    {TRPR, NO_LOOK, "<w:trPrChange/>"},

    {TCPR, NO_LOOK, "<w:cnfStyle w:val=\"100000000000\"/>"},
    {TCPR, DRAWN, "<w:tcW w:w=\"3000\" w:type=\"dxa\"/>"},
    {TCPR, DRAWN, "<w:gridSpan w:val=\"2\"/>"},
    {TCPR, NO_LOOK, "<w:hMerge w:val=\"restart\"/>"},
    {TCPR, DRAWN, "<w:vMerge w:val=\"restart\"/>"},
    {TCPR, DRAWN, "<w:tcBorders><w:top w:val=\"single\" w:sz=\"4\"/></w:tcBorders>"},
    {TCPR, DRAWN, "<w:shd w:val=\"clear\" w:fill=\"FF0000\"/>"},
    {TCPR, NO_LOOK, "<w:noWrap/>"}, /* asks for one line where columns are fitted (autofit) */
    {TCPR, DRAWN, "<w:tcMar><w:top w:w=\"90\" w:type=\"dxa\"/></w:tcMar>"},
    {TCPR, DRAWN, "<w:textDirection w:val=\"btLr\"/>"},
    {TCPR, NAMED, "<w:textDirection w:val=\"tbLrV\"/>"},
    {TCPR, DRAWN, "<w:tcFitText/>"},
    {TCPR, DRAWN, "<w:vAlign w:val=\"center\"/>"},
    {TCPR, NO_LOOK, "<w:hideMark/>"},
    {TCPR, NO_LOOK, "<w:headers/>"},
    {TCPR, NO_LOOK, "<w:cellIns/>"},
    {TCPR, DRAWN, "<w:cellDel/>"},
    {TCPR, NAMED, "<w:cellMerge w:vMerge=\"cont\"/>"},
    {TCPR, NO_LOOK, "<w:tcPrChange/>"},

    {SECTPR, NO_LOOK, "<w:footnotePr/>"},
    {SECTPR, NO_LOOK, "<w:endnotePr/>"},
    {SECTPR, DRAWN, "<w:type w:val=\"continuous\"/>"},
    {SECTPR, DRAWN, "<w:pgSz w:w=\"9000\" w:h=\"9000\"/>"},
    {SECTPR, DRAWN, "<w:pgMar w:top=\"900\" w:left=\"900\"/>"},
    {SECTPR, NO_LOOK, "<w:paperSrc w:first=\"1\"/>"},
    {SECTPR, UNDUMPED, "<w:pgBorders><w:top w:val=\"single\" w:sz=\"4\"/></w:pgBorders>"},
    {SECTPR, UNDUMPED, "<w:lnNumType w:countBy=\"1\"/>"},
    {SECTPR, DRAWN, "<w:pgNumType w:start=\"5\"/>"},
    {SECTPR, DRAWN, "<w:cols w:num=\"2\"/>"},
    {SECTPR, NO_LOOK, "<w:formProt/>"},
    {SECTPR, UNDUMPED, "<w:vAlign w:val=\"center\"/>"},
    {SECTPR, NAMED, "<w:vAlign w:val=\"both\"/>"},
    {SECTPR, NO_LOOK, "<w:noEndnote/>"}, /* without endnotes */
    {SECTPR, DRAWN, "<w:titlePg/>"},
    {SECTPR, NAMED, "<w:textDirection w:val=\"tbRl\"/>"},
    {SECTPR, NO_LOOK, "<w:bidi/>"}, /* without columns */
    {SECTPR, DRAWN, "<w:cols w:num=\"2\"/><w:bidi/>"},
    {SECTPR, NAMED, "<w:lnNumType w:countBy=\"1\"/><w:bidi/>"},
    {SECTPR, NO_LOOK, "<w:rtlGutter/>"}, /* without a gutter */
    {SECTPR, NO_LOOK, "<w:docGrid w:linePitch=\"360\"/>"},
    {SECTPR, UNDUMPED, "<w:docGrid w:type=\"lines\" w:linePitch=\"360\"/>"},
    {SECTPR, UNDUMPED, "<w:docGrid w:type=\"linesAndChars\" w:linePitch=\"360\"/>"},
    {SECTPR, NO_LOOK, "<w:printerSettings/>"},
    {SECTPR, NO_LOOK, "<w:sectPrChange/>"},
};
enum { PROPERTIES = sizeof properties / sizeof properties[0] };

/* One word in a table of two rows, or a paragraph, with the property (NULL: without). */
static struct document *read_with(enum place place, const char *inner) {
    const char *in[SECTPR + 1] = {"", "", "", "", "", ""};
    struct buf body = {0};
    in[place] = inner ? inner : "";
    if (place >= TBLPR && place <= TCPR)
        buf_printf(
            &body,
            "<w:tbl><w:tblPr>%s</w:tblPr><w:tblGrid><w:gridCol w:w=\"2000\"/>"
            "<w:gridCol w:w=\"2500\"/></w:tblGrid><w:tr><w:trPr>%s</w:trPr>"
            "<w:tc><w:tcPr>%s</w:tcPr>" P(T("Bảng")) "</w:tc><w:tc>" P(
                T("số")) "</w:tc>"
                         "</w:tr><w:tr><w:tc>" P(T("1")) "</w:tc><w:tc>" P(T("2")) "</w:tc></w:tr>"
                                                                                   "</w:tbl><w:p/>",
            in[TBLPR], in[TRPR], in[TCPR]);
    else
        buf_printf(&body,
                   "<w:p xmlns:w14=\"http://schemas.microsoft.com/office/word/2010/wordml\"><w:pPr>"
                   "%s</w:pPr><w:r><w:rPr>%s</w:rPr><w:t>Chữ fi</w:t></w:r></w:p><w:p/><w:sectPr>%s"
                   "</w:sectPr>",
                   in[PPR], in[RPR], in[SECTPR]);
    struct document *document = read_body(buf_text(&body));
    buf_free(&body);
    return document;
}

static const char *dump_of(const struct document *document) {
    struct buf out = {0};
    wml_dump(document, &out);
    const char *copy = pool_strdup(pool, buf_text(&out));
    buf_free(&out);
    return copy;
}

static void every_property_is_drawn_or_named_or_has_no_look(void) {
    for (size_t i = 0; i < PROPERTIES; i++) {
        const char *plain = dump_of(read_with(properties[i].place, NULL));
        const char *with = dump_of(read_with(properties[i].place, properties[i].inner));
        bool named = diag_count(diag, DIAG_WARNING) > 0, wanted = properties[i].fate == NAMED;
        bool changed = strcmp(plain, with) != 0;
        if (named != wanted || (!changed && properties[i].fate == DRAWN))
            printf("# %s, %s: %s\n", named ? "named" : "not named", changed ? "drawn" : "dropped",
                   properties[i].inner);
        CHECK(named == wanted);
        CHECK(changed || properties[i].fate != DRAWN);
    }
}

#define CENTERED_ROW(text)                                                                         \
    "<w:tr><w:trPr><w:jc w:val=\"center\"/></w:trPr>" TC("", P(T(text))) "</w:tr>"

static void a_hidden_paragraph_mark_lets_text_run_on(void) {
    const struct document *document =
        read_body(PP("<w:rPr><w:vanish/><w:specVanish/></w:rPr>", T("Điều 1. ")) P(T("Phạm vi")));
    CHECK_STR(shown(nth(document, 0)), "Điều 1. Phạm vi");
    CHECK(nth_block(document, 1) == NULL);
    document =
        read_body(PP("<w:rPr><w:vanish/></w:rPr>", "") TBL("", TR(TC("", P(T("a"))))) P(T("b")));
    CHECK(nth_block(document, 0)->kind == WML_TABLE);
}

#define RUBY(props, over, base)                                                                    \
    "<w:r><w:ruby><w:rubyPr>" props "</w:rubyPr><w:rt>" over "</w:rt><w:rubyBase>" base            \
    "</w:rubyBase></w:ruby></w:r>"

static void words_above_words_are_one_item(void) {
    const struct document *document =
        read_body(P(T("a") RUBY("<w:rubyAlign w:val=\"distributeLetter\"/><w:hps w:val=\"14\"/>"
                                "<w:hpsRaise w:val=\"26\"/>",
                                T("chú"), T("chữ")) T("b")));
    CHECK_STR(shown(nth(document, 0)), "achữ (chú)b");
    CHECK(quiet());
    const struct ruby *ruby = nth(document, 0)->items[1].ruby;
    CHECK(ruby && ruby->align == RUBY_SPREAD_LETTERS && ruby->raise == 13000);
    CHECK(ruby->base_count == 1 && ruby->over_count == 1 && ruby->over[0].props->size == 7000);
    CHECK_STR(ruby->over[0].text, "chú");
}

static void words_above_words_without_one_of_them_are_plain(void) {
    CHECK_STR(body_shown(P(RUBY("", "", T("chữ")) RUBY("", T("chú"), ""))), "chữchú");
    CHECK(quiet());
}

static void what_is_more_than_words_follows_in_brackets(void) {
    CHECK_STR(body_shown(P(RUBY("", T("chú") "<w:r><w:tab/></w:r>", T("chữ")))), "chữ (chú<tab>)");
    CHECK(said("w:ruby"));
}

static void rows_that_are_all_centred_centre_the_table(void) {
    const struct document *document =
        read_body(TBL("", CENTERED_ROW("a") CENTERED_ROW("b")) "<w:p/>");
    CHECK(quiet() && nth_block(document, 0)->table->jc == JC_CENTER);
    read_body(TBL("", CENTERED_ROW("a") TR(TC("", P(T("b"))))) "<w:p/>");
    CHECK(said("w:jc (w:trPr)"));
}

static void ligatures_are_named_where_letters_have_one(void) {
    static const char with[] =
        "<w:p xmlns:w14=\"http://schemas.microsoft.com/office/word/2010/wordml\"><w:r><w:rPr>"
        "<w14:ligatures w14:val=\"standardContextual\"/></w:rPr><w:t>";
    read_body(pool_printf(pool, "%sphòng</w:t></w:r></w:p>", with));
    CHECK(quiet());
    read_body(pool_printf(pool, "%soffice</w:t></w:r></w:p>", with));
    CHECK(said("w14:ligatures"));
}

static void a_hidden_row_is_not_printed(void) {
    const struct document *document =
        read_body(TBL("", "<w:tr><w:trPr><w:hidden/></w:trPr>" TC("", P(T("a"))) "</w:tr>" TR(
                              TC("", P(T("b"))))) "<w:p/>");
    CHECK_INT(nth_block(document, 0)->table->row_count, 1);
}

int main(void) {
    reader_tests_begin();
    RUN(every_property_is_drawn_or_named_or_has_no_look);
    RUN(a_hidden_paragraph_mark_lets_text_run_on);
    RUN(words_above_words_are_one_item);
    RUN(words_above_words_without_one_of_them_are_plain);
    RUN(what_is_more_than_words_follows_in_brackets);
    RUN(rows_that_are_all_centred_centre_the_table);
    RUN(ligatures_are_named_where_letters_have_one);
    RUN(a_hidden_row_is_not_printed);
    reader_tests_end();
    return CHECK_RESULT();
}
