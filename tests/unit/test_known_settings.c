/* No setting of the document is dropped in silence: every name that ECMA-376 (CT_Settings,
 * CT_Compat) and Word's own w:compatSetting (MS-DOCX 2.15.3) let stand in settings.xml is here with
 * what becomes of it. DRAWN changes the pages of a document that has something of everything, NAMED
 * is told, NO_LOOK is quiet and changes nothing. */
#include "page_help.h"

enum fate { DRAWN, NAMED, NO_LOOK };

/* Of the elements of w:settings: those of revisions, proofing, the screen, the paper tray, what
 * Word does on opening or saving and to new text have no look. */
static const struct {
    enum fate fate;
    const char *inner;
} settings[] = {
    {NO_LOOK, "<w:writeProtection w:recommended=\"1\"/>"},
    {NO_LOOK, "<w:view w:val=\"web\"/>"},
    {NO_LOOK, "<w:zoom w:percent=\"70\"/>"},
    {NO_LOOK, "<w:removePersonalInformation/>"},
    {NO_LOOK, "<w:removeDateAndTime/>"},
    {NO_LOOK, "<w:doNotDisplayPageBoundaries/>"},
    {NO_LOOK, "<w:displayBackgroundShape/>"}, /* on the screen; Word prints no ground */
    {NO_LOOK, "<w:printPostScriptOverText/>"},
    {NO_LOOK, "<w:printFractionalCharacterWidth/>"},
    {NO_LOOK, "<w:printFormsData/>"},
    {NO_LOOK, "<w:embedTrueTypeFonts/>"},
    {NO_LOOK, "<w:embedSystemFonts/>"},
    {NO_LOOK, "<w:saveSubsetFonts/>"},
    {NO_LOOK, "<w:saveFormsData/>"},
    {DRAWN, "<w:mirrorMargins/>"},
    {NAMED, "<w:alignBordersAndEdges/>"},
    {DRAWN, "<w:bordersDoNotSurroundHeader/>"},
    {DRAWN, "<w:bordersDoNotSurroundFooter/>"},
    {DRAWN, "<w:gutterAtTop/>"},
    {NO_LOOK, "<w:hideSpellingErrors/>"},
    {NO_LOOK, "<w:hideGrammaticalErrors/>"},
    {NO_LOOK, "<w:activeWritingStyle w:appName=\"x\"/>"},
    {NO_LOOK, "<w:proofState w:spelling=\"clean\"/>"},
    {NO_LOOK, "<w:formsDesign/>"},
    {NO_LOOK, "<w:attachedTemplate/>"},
    {NO_LOOK, "<w:linkStyles/>"},
    {NO_LOOK, "<w:stylePaneFormatFilter w:val=\"3F01\"/>"},
    {NO_LOOK, "<w:stylePaneSortMethod w:val=\"0000\"/>"},
    {NO_LOOK, "<w:documentType w:val=\"letter\"/>"},
    {NO_LOOK, "<w:mailMerge><w:mainDocumentType w:val=\"formLetters\"/></w:mailMerge>"},
    {NO_LOOK, "<w:revisionView w:markup=\"0\"/>"},
    {NO_LOOK, "<w:trackRevisions/>"},
    {NO_LOOK, "<w:doNotTrackMoves/>"},
    {NO_LOOK, "<w:doNotTrackFormatting/>"},
    {NO_LOOK, "<w:documentProtection w:edit=\"forms\" w:enforcement=\"1\"/>"},
    {NO_LOOK, "<w:autoFormatOverride/>"},
    {NO_LOOK, "<w:styleLockTheme/>"},
    {NO_LOOK, "<w:styleLockQFSet/>"},
    {DRAWN, "<w:defaultTabStop w:val=\"300\"/>"},
    {NO_LOOK,
     "<w:autoHyphenation/>"}, /* and the next three: of words in a language, see test_hyphens */
    {NO_LOOK, "<w:consecutiveHyphenLimit w:val=\"2\"/>"},
    {NO_LOOK, "<w:hyphenationZone w:val=\"360\"/>"},
    {NO_LOOK, "<w:doNotHyphenateCaps/>"},
    {NO_LOOK, "<w:showEnvelope/>"},
    {NO_LOOK, "<w:summaryLength w:val=\"25\"/>"},
    {NO_LOOK, "<w:clickAndTypeStyle w:val=\"x\"/>"},
    {NO_LOOK, "<w:defaultTableStyle w:val=\"Bang\"/>"},
    {DRAWN, "<w:evenAndOddHeaders/>"},
    {NAMED, "<w:bookFoldRevPrinting/>"},
    {NAMED, "<w:bookFoldPrinting/>"},
    {NO_LOOK, "<w:bookFoldPrintingSheets w:val=\"4\"/>"}, /* of the same */
    {NO_LOOK, "<w:drawingGridHorizontalSpacing w:val=\"90\"/>"},
    {NO_LOOK, "<w:drawingGridVerticalSpacing w:val=\"90\"/>"},
    {NO_LOOK, "<w:displayHorizontalDrawingGridEvery w:val=\"1\"/>"},
    {NO_LOOK, "<w:displayVerticalDrawingGridEvery w:val=\"1\"/>"},
    {NO_LOOK, "<w:doNotUseMarginsForDrawingGridOrigin/>"},
    {NO_LOOK, "<w:drawingGridHorizontalOrigin w:val=\"90\"/>"},
    {NO_LOOK, "<w:drawingGridVerticalOrigin w:val=\"90\"/>"},
    {NO_LOOK, "<w:doNotShadeFormData/>"},
    {NO_LOOK, "<w:noPunctuationKerning/>"}, /* and the next four: East Asian text */
    {NO_LOOK, "<w:characterSpacingControl w:val=\"compressPunctuation\"/>"},
    {NO_LOOK, "<w:strictFirstAndLastChars/>"},
    {NO_LOOK, "<w:noLineBreaksAfter w:lang=\"ja-JP\" w:val=\"x\"/>"},
    {NO_LOOK, "<w:noLineBreaksBefore w:lang=\"ja-JP\" w:val=\"x\"/>"},
    {NAMED, "<w:printTwoOnOne/>"},
    {NO_LOOK, "<w:savePreviewPicture/>"},
    {NO_LOOK, "<w:doNotValidateAgainstSchema/>"},
    {NO_LOOK, "<w:saveInvalidXml/>"},
    {NO_LOOK, "<w:ignoreMixedContent/>"},
    {NO_LOOK, "<w:alwaysShowPlaceholderText/>"},
    {NO_LOOK, "<w:doNotDemarcateInvalidXml/>"},
    {NO_LOOK, "<w:saveXmlDataOnly/>"},
    {NO_LOOK, "<w:useXSLTWhenSaving/>"},
    {NO_LOOK, "<w:saveThroughXslt/>"},
    {NO_LOOK, "<w:showXMLTags/>"},
    {NO_LOOK, "<w:alwaysMergeEmptyNamespace/>"},
    {NO_LOOK, "<w:updateFields/>"}, /* asks whoever opens it */
    {NO_LOOK, "<w:hdrShapeDefaults/>"},
    {DRAWN, "<w:footnotePr><w:pos w:val=\"beneathText\"/></w:footnotePr>"},
    {DRAWN, "<w:footnotePr><w:numFmt w:val=\"lowerRoman\"/></w:footnotePr>"},
    {DRAWN, "<w:footnotePr><w:numStart w:val=\"7\"/></w:footnotePr>"},
    {NAMED, "<w:footnotePr><w:pos w:val=\"sectEnd\"/></w:footnotePr>"},
    {DRAWN, "<w:endnotePr><w:pos w:val=\"sectEnd\"/></w:endnotePr>"},
    {NO_LOOK, "<w:compat/>"}, /* below */
    {NO_LOOK, "<w:docVars><w:docVar w:name=\"a\" w:val=\"b\"/></w:docVars>"},
    {NO_LOOK, "<w:rsids/>"},
    {NO_LOOK, "<m:mathPr/>"},
    {NO_LOOK, "<w:attachedSchema w:val=\"x\"/>"},
    {NO_LOOK, "<w:themeFontLang w:val=\"vi-VN\"/>"},
    {NO_LOOK, "<w:clrSchemeMapping w:bg1=\"light1\" w:t1=\"dark1\"/>"},
    {NO_LOOK, "<w:doNotIncludeSubdocsInStats/>"},
    {NO_LOOK, "<w:doNotAutoCompressPictures/>"},
    {NO_LOOK, "<w:forceUpgrade/>"},
    {NO_LOOK, "<w:captions/>"},
    {NO_LOOK, "<w:readModeInkLockDown/>"},
    {NO_LOOK, "<w:smartTagType w:name=\"x\"/>"},
    {NO_LOOK, "<sl:schemaLibrary xmlns:sl=\"urn:sl\"/>"},
    {NO_LOOK, "<w:shapeDefaults/>"},
    {NO_LOOK, "<w:doNotEmbedSmartTags/>"},
    {DRAWN, "<w:decimalSymbol w:val=\"2\"/>"},
    {NO_LOOK, "<w:listSeparator w:val=\";\"/>"},
};

/* Of the elements of w:compat; the second fate is that in a document of Word 2013. */
static const struct {
    enum fate old, new;
    const char *name;
} options[] = {
    {NAMED, NO_LOOK, "useSingleBorderforContiguousCells"},
    {NAMED, NO_LOOK, "wpJustification"},
    {DRAWN, NO_LOOK, "noTabHangInd"},
    {DRAWN, NO_LOOK, "noLeading"},
    {NO_LOOK, NO_LOOK, "spaceForUL"},
    {DRAWN, NO_LOOK, "noColumnBalance"},
    {NO_LOOK, NO_LOOK, "balanceSingleByteDoubleByteWidth"},
    {NAMED, NAMED, "noExtraLineSpacing"},
    {NO_LOOK, NO_LOOK, "doNotLeaveBackslashAlone"},
    {DRAWN, DRAWN, "ulTrailSpace"},
    {DRAWN, DRAWN, "doNotExpandShiftReturn"},
    {NAMED, NO_LOOK, "spacingInWholePoints"},
    {NO_LOOK, NO_LOOK, "lineWrapLikeWord6"},
    {NAMED, NO_LOOK, "printBodyTextBeforeHeader"},
    {NAMED, NO_LOOK, "printColBlack"},
    {NAMED, NO_LOOK, "wpSpaceWidth"},
    {NO_LOOK, NO_LOOK, "showBreaksInFrames"},
    {NO_LOOK, NO_LOOK, "subFontBySize"},
    {NAMED, NAMED, "suppressBottomSpacing"},
    {NAMED, NO_LOOK, "suppressTopSpacing"},
    {NAMED, NO_LOOK, "suppressSpacingAtTopOfPage"},
    {NAMED, NO_LOOK, "suppressTopSpacingWP"},
    {DRAWN, NO_LOOK, "suppressSpBfAfterPgBrk"},
    {NAMED, NO_LOOK, "swapBordersFacingPages"},
    {NO_LOOK, NO_LOOK, "convMailMergeEsc"},
    {NAMED, NO_LOOK, "truncateFontHeightsLikeWP6"},
    {NAMED, NO_LOOK, "mwSmallCaps"},
    {NO_LOOK, NO_LOOK, "usePrinterMetrics"},
    {NAMED, NO_LOOK, "doNotSuppressParagraphBorders"},
    {NAMED, NO_LOOK, "wrapTrailSpaces"},
    {NAMED, NO_LOOK, "footnoteLayoutLikeWW8"},
    {NAMED, NO_LOOK, "shapeLayoutLikeWW8"},
    {NO_LOOK, NO_LOOK, "alignTablesRowByRow"}, /* rows that differ are named as such */
    {NO_LOOK, NO_LOOK, "forgetLastTabAlignment"},
    {DRAWN, DRAWN, "adjustLineHeightInTable"},
    {NO_LOOK, NO_LOOK, "autoSpaceLikeWord95"},
    {DRAWN, NO_LOOK, "noSpaceRaiseLower"},
    {DRAWN, DRAWN, "doNotUseHTMLParagraphAutoSpacing"},
    {NO_LOOK, NO_LOOK, "layoutRawTableWidth"},
    {NAMED, NO_LOOK, "layoutTableRowsApart"},
    {NO_LOOK, NO_LOOK, "useWord97LineBreakRules"},
    {NO_LOOK, NO_LOOK, "doNotBreakWrappedTables"},
    {NO_LOOK, NO_LOOK, "doNotSnapToGridInCell"},
    {NO_LOOK, NO_LOOK, "selectFldWithFirstOrLastChar"},
    {NO_LOOK, NO_LOOK, "applyBreakingRules"},
    {NO_LOOK, NO_LOOK, "doNotWrapTextWithPunct"},
    {NO_LOOK, NO_LOOK, "doNotUseEastAsianBreakRules"},
    {NO_LOOK, NO_LOOK, "useWord2002TableStyleRules"},
    {NO_LOOK, NO_LOOK, "growAutofit"},
    {NO_LOOK, NO_LOOK, "useFELayout"},
    {NO_LOOK, NO_LOOK, "useNormalStyleForList"},
    {NO_LOOK, NO_LOOK, "doNotUseIndentAsNumberingTabStop"},
    {NO_LOOK, NO_LOOK, "useAltKinsokuLineBreakRules"},
    {NO_LOOK, NO_LOOK, "allowSpaceOfSameStyleInTable"},
    {NO_LOOK, NO_LOOK, "doNotSuppressIndentation"},
    {NO_LOOK, NO_LOOK, "doNotAutofitConstrainedTables"},
    {NO_LOOK, NO_LOOK, "autofitToFirstFixedWidthCell"},
    {DRAWN, NO_LOOK, "underlineTabInNumList"},
    {NO_LOOK, NO_LOOK, "displayHangulFixedWidth"},
    {DRAWN, NO_LOOK, "splitPgBreakAndParaMark"},
    {NO_LOOK, NO_LOOK, "doNotVertAlignCellWithSp"},
    {NO_LOOK, NO_LOOK, "doNotBreakConstrainedForcedTable"},
    {NO_LOOK, NO_LOOK, "doNotVertAlignInTxbx"},
    {NO_LOOK, NO_LOOK, "useAnsiKerningPairs"},
    {NO_LOOK, NO_LOOK, "cachedColBalance"},
};

/* Of w:compatSetting, beside compatibilityMode, which test_compat is about. */
static const struct {
    enum fate fate;
    const char *name;
} own_settings[] = {
    {DRAWN, "overrideTableStyleFontSizeAndJustification"},
    {NO_LOOK, "enableOpenTypeFeatures"},
    {NO_LOOK, "doNotFlipMirrorIndents"},
    {NO_LOOK, "differentiateMultirowTableHeaders"},
    {NO_LOOK, "useWord2013TrackBottomHyphenation"},
    {NO_LOOK, "allowHyphenationAtTrackBottom"},
    {NO_LOOK, "allowTextAfterFloatingTableBreak"},
};

/* ---- a document with something of everything ---- */

#define RUN_OF(props, text)                                                                        \
    "<w:r><w:rPr>" props "</w:rPr><w:t xml:space=\"preserve\">" text "</w:t></w:r>"
#define TAB "<w:r><w:tab/></w:r>"
#define BREAK "<w:r><w:br/></w:r>"
#define PAGE_BREAK "<w:r><w:br w:type=\"page\"/></w:r>"

static const char body[] =
    P(T("a") TAB T("b")) PP("<w:tabs><w:tab w:val=\"decimal\" w:pos=\"3000\"/></w:tabs>",
                            TAB T("12,5")) PP("<w:jc w:val=\"both\"/>", T("hai từ") BREAK T("c"))
        P(RUN_OF("<w:u w:val=\"single\"/>", "gạch   ") BREAK T("d"))
            PP("<w:ind w:left=\"1200\" w:hanging=\"1200\"/>", T("-") TAB T("e"))
                P(RUN_OF("<w:position w:val=\"20\"/>", "cao") T("f"))
                    PP("<w:spacing w:beforeAutospacing=\"1\" w:afterAutospacing=\"1\"/>", T("g"))
                        PP("<w:numPr><w:ilvl w:val=\"0\"/><w:numId w:val=\"1\"/></w:numPr><w:rPr>"
                           "<w:u w:val=\"single\"/></w:rPr>",
                           T("h")) TBL("<w:tblStyle w:val=\"Bang\"/>", TR(TC("", P(T("i")))))
                            P(T("k") "<w:r><w:footnoteReference w:id=\"1\"/></w:r><w:r>"
                                     "<w:endnoteReference w:id=\"1\"/></w:r>") P(PAGE_BREAK)
                                PP("<w:spacing w:before=\"300\"/>", PAGE_BREAK T("overleaf"))
                                    P(T("l") PAGE_BREAK) P(T("m"));

#define SECTION(more)                                                                              \
    "<w:sectPr><w:headerReference w:type=\"default\" r:id=\"h1\"/><w:headerReference "             \
    "w:type=\"even\" r:id=\"h2\"/><w:footerReference w:type=\"default\" r:id=\"f1\"/>" more        \
    "<w:pgSz w:w=\"11906\" w:h=\"16838\"/><w:pgMar w:top=\"1134\" w:right=\"1134\" "               \
    "w:bottom=\"1134\" w:left=\"1701\" w:header=\"720\" w:footer=\"720\" w:gutter=\"200\"/>"       \
    "<w:pgBorders w:offsetFrom=\"text\"><w:top w:val=\"single\" w:sz=\"4\" w:space=\"1\"/>"        \
    "<w:bottom w:val=\"single\" w:sz=\"4\" w:space=\"1\"/></w:pgBorders>"                          \
    "<w:docGrid w:type=\"lines\" w:linePitch=\"700\"/></w:sectPr>"

#define NOTE(kind, text) "<w:" kind " w:id=\"1\">" P(T(text)) "</w:" kind ">"

static void add_parts(void) {
    docx_part(package, "word/header1.xml", "w:hdr", P(T("đầu trang")));
    docx_part(package, "word/header2.xml", "w:hdr", P(T("trang chẵn")));
    docx_part(package, "word/footer1.xml", "w:ftr", P(T("cuối trang")));
    docx_part(package, "word/footnotes.xml", "w:footnotes", NOTE("footnote", "chú thích"));
    docx_part(package, "word/endnotes.xml", "w:endnotes", NOTE("endnote", "cuối sách"));
    docx_part(package, "word/numbering.xml", "w:numbering",
              "<w:abstractNum w:abstractNumId=\"0\"><w:lvl w:ilvl=\"0\"><w:start w:val=\"1\"/>"
              "<w:lvlText w:val=\"%1\"/></w:lvl></w:abstractNum><w:num w:numId=\"1\">"
              "<w:abstractNumId w:val=\"0\"/></w:num>");
    docx_part(package, "word/styles.xml", "w:styles",
              STYLES("<w:style w:type=\"paragraph\" w:default=\"1\" w:styleId=\"Normal\"><w:pPr>"
                     "<w:jc w:val=\"left\"/></w:pPr><w:rPr><w:sz w:val=\"24\"/></w:rPr></w:style>"
                     "<w:style w:type=\"table\" w:styleId=\"Bang\"><w:pPr><w:jc w:val=\"right\"/>"
                     "</w:pPr><w:rPr><w:sz w:val=\"40\"/></w:rPr></w:style>"));
}

/* Its pages as text, with what settings.xml is to hold; *named: whether something was told. */
static const char *pages_with(int mode, const char *compat, const char *more, bool *named) {
    begin(pool_printf(pool, "%s%s%s%s", body, PP(SECTION(""), T("n")),
                      P(T("o")) P(T("p"))
                          PP(SECTION("<w:type w:val=\"continuous\"/><w:cols w:num=\"2\"/>"), ""),
                      P(T("q")) SECTION("<w:type w:val=\"continuous\"/>")));
    add_parts();
    docx_part(package, "word/settings.xml", "w:settings",
              pool_printf(pool,
                          "<w:compat><w:compatSetting w:name=\"compatibilityMode\" w:val=\"%d\"/>%s"
                          "</w:compat>%s",
                          mode, compat, more));
    print_package();
    *named = diag_count(diag, DIAG_WARNING) > 0;
    struct buf out = {0};
    pages_dump(pages, &out);
    const char *copy = pool_strdup(pool, buf_text(&out));
    buf_free(&out);
    return copy;
}

static void check_fate(enum fate fate, const char *what, int mode, const char *plain,
                       const char *with, bool named) {
    bool changed = strcmp(plain, with) != 0;
    if (named != (fate == NAMED) || changed != (fate == DRAWN))
        printf("# mode %d: %s, %s: %s\n", mode, named ? "named" : "not named",
               changed ? "drawn" : "dropped", what);
    CHECK(named == (fate == NAMED) && changed == (fate == DRAWN));
}

static void every_setting_is_drawn_or_named_or_has_no_look(void) {
    bool named;
    const char *plain = pages_with(12, "", "", &named);
    CHECK(!named);
    for (size_t i = 0; i < sizeof settings / sizeof settings[0]; i++) {
        const char *with = pages_with(12, "", settings[i].inner, &named);
        check_fate(settings[i].fate, settings[i].inner, 12, plain, with, named);
    }
}

static void every_option_of_compatibility_is_drawn_or_named_or_has_no_look(void) {
    static const int modes[] = {11, 14, 15};
    bool named;
    for (size_t m = 0; m < sizeof modes / sizeof modes[0]; m++) {
        const char *plain = pages_with(modes[m], "", "", &named);
        CHECK(!named);
        for (size_t i = 0; i < sizeof options / sizeof options[0]; i++) {
            const char *flag = pool_printf(pool, "<w:%s/>", options[i].name);
            const char *with = pages_with(modes[m], flag, "", &named);
            check_fate(modes[m] < 15 ? options[i].old : options[i].new, options[i].name, modes[m],
                       plain, with, named);
        }
        for (size_t i = 0; i < sizeof own_settings / sizeof own_settings[0]; i++) {
            const char *own = pool_printf(pool, "<w:compatSetting w:name=\"%s\" w:val=\"1\"/>",
                                          own_settings[i].name);
            const char *with = pages_with(modes[m], own, "", &named);
            check_fate(own_settings[i].fate, own_settings[i].name, modes[m], plain, with, named);
        }
    }
}

static void an_option_that_is_off_asks_for_nothing(void) {
    bool named;
    const char *plain = pages_with(12, "", "", &named);
    const char *with = pages_with(12, "<w:noLeading w:val=\"0\"/><w:wpSpaceWidth w:val=\"off\"/>",
                                  "<w:gutterAtTop w:val=\"false\"/>", &named);
    check_fate(NO_LOOK, "w:val=\"0\"", 12, plain, with, named);
}

int main(void) {
    page_tests_begin();
    RUN(every_setting_is_drawn_or_named_or_has_no_look);
    RUN(every_option_of_compatibility_is_drawn_or_named_or_has_no_look);
    RUN(an_option_that_is_off_asks_for_nothing);
    page_tests_end();
    return CHECK_RESULT();
}
