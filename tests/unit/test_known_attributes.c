/* No attribute of text is dropped in silence: for the elements of paragraphs, runs and lists that
 * are read, every attribute and every value that ECMA-376 (part 1, the transitional forms of part
 * 4) lets stand there is here with what becomes of it. */
#include "known_help.h"

/* ---- paragraphs ---- */

static const struct group paragraphs[] = {
    {PP("<w:ind %s/>", LONG) PLAIN_SECT,
     {{NO_LOOK, ""},
      {DRAWN, "w:start=\"500\""},
      {DRAWN, "w:left=\"500\""},
      {DRAWN, "w:end=\"500\""},
      {DRAWN, "w:right=\"500\""},
      {DRAWN, "w:hanging=\"500\""},
      {DRAWN, "w:firstLine=\"500\""},
      {DRAWN, "w:startChars=\"200\""},
      {DRAWN, "w:leftChars=\"200\""},
      {DRAWN, "w:endChars=\"200\""},
      {DRAWN, "w:rightChars=\"200\""},
      {DRAWN, "w:hangingChars=\"200\""},
      {DRAWN, "w:firstLineChars=\"200\""}}},
    {P(T("a")) PP("<w:spacing %s/>", T("b")) P(T("c")) PLAIN_SECT,
     {{NO_LOOK, ""},
      {DRAWN, "w:before=\"200\""},
      {DRAWN, "w:beforeLines=\"100\""},
      {DRAWN, "w:beforeAutospacing=\"1\""},
      {DRAWN, "w:after=\"200\""},
      {DRAWN, "w:afterLines=\"100\""},
      {DRAWN, "w:afterAutospacing=\"1\""},
      {DRAWN, "w:line=\"480\""},
      {DRAWN, "w:line=\"480\" w:lineRule=\"auto\""},
      {DRAWN, "w:line=\"480\" w:lineRule=\"exact\""},
      {DRAWN, "w:line=\"480\" w:lineRule=\"atLeast\""}}},
    {PP("<w:tabs><w:tab %s w:pos=\"3000\"/></w:tabs>", TAB T("12,5")) PLAIN_SECT,
     {{NO_LOOK, VAL("left")},
      {NO_LOOK, VAL("start")},
      {NO_LOOK, VAL("num")},
      {DRAWN, VAL("clear")},
      {DRAWN, VAL("center")},
      {DRAWN, VAL("end")},
      {DRAWN, VAL("right")},
      {DRAWN, VAL("decimal")},
      {DRAWN, VAL("bar")},
      {NO_LOOK, VAL("left") " w:leader=\"none\""},
      {DRAWN, VAL("left") " w:leader=\"dot\""},
      {DRAWN, VAL("left") " w:leader=\"hyphen\""},
      {DRAWN, VAL("left") " w:leader=\"underscore\""},
      {DRAWN, VAL("left") " w:leader=\"middleDot\""}}},
    {PP("<w:tabs><w:tab " VAL("left") " w:leader=\"%s\" w:pos=\"3000\"/></w:tabs>", TAB T("a"))
         PLAIN_SECT,
     {{NO_LOOK, "underscore"}, {DRAWN, "heavy"}}},
    {PP("<w:jc w:val=\"%s\"/>", LONG) PLAIN_SECT,
     {{NO_LOOK, "left"},
      {NO_LOOK, "start"},
      {NO_LOOK, "numTab"},
      {DRAWN, "center"},
      {DRAWN, "right"},
      {DRAWN, "end"},
      {DRAWN, "both"},
      {DRAWN, "distribute"},
      {DRAWN, "thaiDistribute"},
      {DRAWN, "lowKashida"},
      {DRAWN, "mediumKashida"},
      {DRAWN, "highKashida"}}},
    {PP("<w:pBdr><w:top %s/></w:pBdr>", T("a")) PLAIN_SECT,
     {{NO_LOOK, VAL("nil")},
      {NO_LOOK, VAL("none")},
      {DRAWN, VAL("single")},
      {DRAWN, VAL("thick")},
      {DRAWN, VAL("double")},
      {DRAWN, VAL("dotted")},
      {DRAWN, VAL("dashed")},
      {DRAWN, VAL("dotDash")},
      {DRAWN, VAL("dotDotDash")},
      {DRAWN, VAL("triple")},
      {DRAWN, VAL("thinThickSmallGap")},
      {DRAWN, VAL("thickThinSmallGap")},
      {DRAWN, VAL("thinThickThinSmallGap")},
      {DRAWN, VAL("thinThickMediumGap")},
      {DRAWN, VAL("thickThinMediumGap")},
      {DRAWN, VAL("thinThickThinMediumGap")},
      {DRAWN, VAL("thinThickLargeGap")},
      {DRAWN, VAL("thickThinLargeGap")},
      {DRAWN, VAL("thinThickThinLargeGap")},
      {DRAWN, VAL("wave")},
      {DRAWN, VAL("doubleWave")},
      {DRAWN, VAL("dashSmallGap")},
      {DRAWN, VAL("dashDotStroked")},
      {DRAWN, VAL("threeDEmboss")},
      {DRAWN, VAL("threeDEngrave")},
      {DRAWN, VAL("outset")},
      {DRAWN, VAL("inset")}}},
    {PP("<w:pBdr><w:top " VAL("single") " %s/></w:pBdr>", T("a")) PLAIN_SECT,
     {{NO_LOOK, ""},
      {DRAWN, "w:sz=\"24\""},
      {DRAWN, "w:space=\"9\""},
      {DRAWN, "w:color=\"FF0000\""},
      {DRAWN, "w:themeColor=\"accent1\""},
      {DRAWN, "w:themeColor=\"accent1\" w:themeTint=\"80\""},
      {DRAWN, "w:themeColor=\"accent1\" w:themeShade=\"80\""},
      {NAMED, "w:shadow=\"1\""},
      {NAMED, "w:frame=\"1\""}}},
    {PP("<w:shd %s/>", T("a")) PLAIN_SECT,
     {{NO_LOOK, VAL("nil")},
      {NO_LOOK, VAL("clear")},
      {DRAWN, VAL("solid")},
      {NAMED, VAL("horzStripe")},
      {NAMED, VAL("vertStripe")},
      {NAMED, VAL("reverseDiagStripe")},
      {NAMED, VAL("diagStripe")},
      {NAMED, VAL("horzCross")},
      {NAMED, VAL("diagCross")},
      {NAMED, VAL("thinHorzStripe")},
      {NAMED, VAL("thinVertStripe")},
      {NAMED, VAL("thinReverseDiagStripe")},
      {NAMED, VAL("thinDiagStripe")},
      {NAMED, VAL("thinHorzCross")},
      {NAMED, VAL("thinDiagCross")},
      {DRAWN, VAL("pct5")},
      {DRAWN, VAL("pct10")},
      {DRAWN, VAL("pct12")},
      {DRAWN, VAL("pct15")},
      {DRAWN, VAL("pct20")},
      {DRAWN, VAL("pct25")},
      {DRAWN, VAL("pct30")},
      {DRAWN, VAL("pct35")},
      {DRAWN, VAL("pct37")},
      {DRAWN, VAL("pct40")},
      {DRAWN, VAL("pct45")},
      {DRAWN, VAL("pct50")},
      {DRAWN, VAL("pct55")},
      {DRAWN, VAL("pct60")},
      {DRAWN, VAL("pct62")},
      {DRAWN, VAL("pct65")},
      {DRAWN, VAL("pct70")},
      {DRAWN, VAL("pct75")},
      {DRAWN, VAL("pct80")},
      {DRAWN, VAL("pct85")},
      {DRAWN, VAL("pct87")},
      {DRAWN, VAL("pct90")},
      {DRAWN, VAL("pct95")},
      {DRAWN, VAL("clear") " w:fill=\"FF0000\""},
      {DRAWN, VAL("clear") " w:themeFill=\"accent1\""},
      {DRAWN, VAL("clear") " w:themeFill=\"accent1\" w:themeFillTint=\"80\""},
      {DRAWN, VAL("clear") " w:themeFill=\"accent1\" w:themeFillShade=\"80\""}}},
    {PP("<w:shd " VAL("pct50") " %s/>", T("a")) PLAIN_SECT,
     {{NO_LOOK, ""},
      {DRAWN, "w:color=\"FF0000\""},
      {DRAWN, "w:themeColor=\"accent1\""},
      {DRAWN, "w:themeColor=\"accent1\" w:themeTint=\"80\""},
      {DRAWN, "w:themeColor=\"accent1\" w:themeShade=\"80\""}}},
    {P(T("x")) PP("<w:framePr %s/>", T("khung")) P(LONG LONG LONG) PLAIN_SECT,
     {{NO_LOOK, "w:w=\"2000\" w:h=\"600\" w:x=\"3000\" w:y=\"500\""},
      {DRAWN, "w:w=\"1500\" w:h=\"600\" w:x=\"3000\" w:y=\"500\""},
      {DRAWN, "w:w=\"2000\" w:h=\"1600\" w:x=\"3000\" w:y=\"500\""},
      {DRAWN, "w:w=\"2000\" w:h=\"600\" w:x=\"2000\" w:y=\"500\""},
      {DRAWN, "w:w=\"2000\" w:h=\"600\" w:x=\"3000\" w:y=\"700\""},
      {DRAWN, "w:w=\"2000\" w:h=\"600\" w:x=\"3000\" w:y=\"500\" w:hSpace=\"500\""},
      {DRAWN, "w:w=\"2000\" w:h=\"600\" w:x=\"3000\" w:y=\"500\" w:vSpace=\"500\""},
      {NO_LOOK, "w:w=\"2000\" w:h=\"600\" w:x=\"3000\" w:y=\"500\" w:hAnchor=\"text\""},
      {DRAWN, "w:w=\"2000\" w:h=\"600\" w:x=\"3000\" w:y=\"500\" w:hAnchor=\"page\""},
      {NO_LOOK, "w:w=\"2000\" w:h=\"600\" w:x=\"3000\" w:y=\"500\" w:hAnchor=\"margin\""},
      {DRAWN, "w:w=\"2000\" w:h=\"600\" w:x=\"3000\" w:y=\"500\" w:vAnchor=\"text\""},
      {DRAWN, "w:w=\"2000\" w:h=\"600\" w:x=\"3000\" w:y=\"500\" w:vAnchor=\"page\""},
      {NO_LOOK, "w:w=\"2000\" w:h=\"600\" w:x=\"3000\" w:y=\"500\" w:vAnchor=\"margin\""},
      {DRAWN, "w:w=\"2000\" w:h=\"600\" w:y=\"500\" w:xAlign=\"left\""},
      {DRAWN, "w:w=\"2000\" w:h=\"600\" w:y=\"500\" w:xAlign=\"center\""},
      {DRAWN, "w:w=\"2000\" w:h=\"600\" w:y=\"500\" w:xAlign=\"right\""},
      {DRAWN, "w:w=\"2000\" w:h=\"600\" w:y=\"500\" w:xAlign=\"inside\""},
      {DRAWN, "w:w=\"2000\" w:h=\"600\" w:y=\"500\" w:xAlign=\"outside\""},
      {NO_LOOK, "w:w=\"2000\" w:h=\"600\" w:x=\"3000\" w:y=\"500\" w:wrap=\"auto\""},
      {NO_LOOK, "w:w=\"2000\" w:h=\"600\" w:x=\"3000\" w:y=\"500\" w:wrap=\"around\""},
      {NO_LOOK, "w:w=\"2000\" w:h=\"600\" w:x=\"3000\" w:y=\"500\" w:wrap=\"tight\""},
      {DRAWN, "w:w=\"2000\" w:h=\"600\" w:x=\"3000\" w:y=\"500\" w:wrap=\"notBeside\""},
      {DRAWN, "w:w=\"2000\" w:h=\"600\" w:x=\"3000\" w:y=\"500\" w:wrap=\"none\""},
      {DRAWN, "w:w=\"2000\" w:h=\"600\" w:x=\"3000\" w:y=\"500\" w:wrap=\"through\""},
      {NO_LOOK, "w:w=\"2000\" w:h=\"600\" w:x=\"3000\" w:y=\"500\" w:anchorLock=\"1\""},
      {NO_LOOK, "w:w=\"2000\" w:h=\"600\" w:x=\"3000\" w:y=\"500\" w:dropCap=\"none\""},
      {DRAWN, "w:w=\"2000\" w:h=\"600\" w:x=\"3000\" w:y=\"500\" w:dropCap=\"drop\""},
      {DRAWN, "w:w=\"2000\" w:h=\"600\" w:x=\"3000\" w:y=\"500\" w:dropCap=\"margin\""},
      /* how high the letter is its own line says, of exact height */
      {NO_LOOK, "w:w=\"2000\" w:h=\"600\" w:x=\"3000\" w:y=\"500\" w:lines=\"3\""}}},
    {P(T("x")) PP("<w:framePr w:w=\"2000\" w:vAnchor=\"page\" w:wrap=\"through\" %s/>", T("a"))
         P(LONG) PLAIN_SECT,
     {{NO_LOOK, "w:y=\"500\""},
      {DRAWN, "w:yAlign=\"top\""},
      {DRAWN, "w:yAlign=\"center\""},
      {DRAWN, "w:yAlign=\"bottom\""},
      {DRAWN, "w:yAlign=\"inside\""},
      {DRAWN, "w:yAlign=\"outside\""},
      {NO_LOOK, "w:y=\"500\" w:yAlign=\"inline\""}}},
    {P(T("x")) PP("<w:framePr w:w=\"2000\" w:h=\"200\" %s/>", T("a") "<w:r><w:br/></w:r>" T("c"))
         P(LONG) PLAIN_SECT,
     {{NO_LOOK, ""},
      {NO_LOOK, "w:hRule=\"auto\""},
      {NO_LOOK, "w:hRule=\"atLeast\""},
      {DRAWN, "w:hRule=\"exact\""}}},
};

/* ---- runs ---- */

static const struct group runs[] = {
    {P(RUN_OF("<w:u %s/>", "hai từ")) PLAIN_SECT,
     {{NO_LOOK, VAL("none")},
      {DRAWN, VAL("single")},
      {DRAWN, VAL("words")},
      {DRAWN, VAL("double")},
      {DRAWN, VAL("thick")},
      {DRAWN, VAL("dotted")},
      {DRAWN, VAL("dottedHeavy")},
      {DRAWN, VAL("dash")},
      {DRAWN, VAL("dashedHeavy")},
      {DRAWN, VAL("dashLong")},
      {DRAWN, VAL("dashLongHeavy")},
      {DRAWN, VAL("dotDash")},
      {DRAWN, VAL("dashDotHeavy")},
      {DRAWN, VAL("dotDotDash")},
      {DRAWN, VAL("dashDotDotHeavy")},
      {DRAWN, VAL("wave")},
      {DRAWN, VAL("wavyHeavy")},
      {DRAWN, VAL("wavyDouble")}}},
    {P(RUN_OF("<w:u " VAL("single") " %s/>", "a")) PLAIN_SECT,
     {{NO_LOOK, ""},
      {NO_LOOK, "w:color=\"auto\""},
      {DRAWN, "w:color=\"FF0000\""},
      {DRAWN, THEMED},
      {DRAWN, THEMED " w:themeTint=\"80\""},
      {DRAWN, THEMED " w:themeShade=\"80\""}}},
    {P(RUN_OF("<w:color %s/>", "a")) PLAIN_SECT,
     {{NO_LOOK, VAL("auto")},
      {DRAWN, VAL("FF0000")},
      {DRAWN, THEMED},
      {DRAWN, THEMED " w:themeTint=\"80\""},
      {DRAWN, THEMED " w:themeShade=\"80\""}}},
    {P(RUN_OF("<w:rFonts %s/>", "a")) PLAIN_SECT,
     {{NO_LOOK, ""},
      {DRAWN, "w:ascii=\"Liberation Sans\""},
      {DRAWN, "w:hAnsi=\"Liberation Sans\""},
      {DRAWN, "w:asciiTheme=\"minorHAnsi\""},
      {DRAWN, "w:hAnsiTheme=\"minorHAnsi\""},
      {NO_LOOK, "w:eastAsia=\"Liberation Sans\""},
      {NO_LOOK, "w:cs=\"Liberation Sans\""},
      {NO_LOOK, "w:eastAsiaTheme=\"minorEastAsia\""},
      {NO_LOOK, "w:cstheme=\"minorBidi\""},
      {NO_LOOK, "w:hint=\"eastAsia\""}}},
    {P(RUN_OF("<w:rtl/><w:rFonts %s/>", "a")) PLAIN_SECT,
     {{NO_LOOK, "w:ascii=\"Liberation Sans\""},
      {DRAWN, "w:cs=\"Liberation Sans\""},
      {DRAWN, "w:cstheme=\"minorBidi\""}}},
    {P(RUN_OF("<w:rtl/><w:lang %s/>", "1-2")) PLAIN_SECT,
     {{NO_LOOK, "w:bidi=\"he-IL\""}, {DRAWN, "w:bidi=\"ar-SA\""}}},
    {P(RUN_OF("<w:vertAlign %s/>", "a")) PLAIN_SECT,
     {{NO_LOOK, VAL("baseline")}, {DRAWN, VAL("superscript")}, {DRAWN, VAL("subscript")}}},
    {P(RUN_OF("<w:em %s/>", "a")) PLAIN_SECT,
     {{NO_LOOK, VAL("none")},
      {DRAWN, VAL("dot")},
      {DRAWN, VAL("comma")},
      {DRAWN, VAL("circle")},
      {DRAWN, VAL("underDot")}}},
    {P(RUN_OF("<w:highlight %s/>", "a")) PLAIN_SECT,
     {{NO_LOOK, VAL("none")},
      {DRAWN, VAL("black")},
      {DRAWN, VAL("blue")},
      {DRAWN, VAL("cyan")},
      {DRAWN, VAL("green")},
      {DRAWN, VAL("magenta")},
      {DRAWN, VAL("red")},
      {DRAWN, VAL("yellow")},
      {DRAWN, VAL("white")},
      {DRAWN, VAL("darkBlue")},
      {DRAWN, VAL("darkCyan")},
      {DRAWN, VAL("darkGreen")},
      {DRAWN, VAL("darkMagenta")},
      {DRAWN, VAL("darkRed")},
      {DRAWN, VAL("darkYellow")},
      {DRAWN, VAL("darkGray")},
      {DRAWN, VAL("lightGray")}}},
    {P(RUN_OF("<w:bdr " VAL("single") " %s/>", "a")) PLAIN_SECT,
     {{NO_LOOK, ""}, {DRAWN, "w:sz=\"24\""}, {NAMED, "w:shadow=\"1\""}, {NAMED, "w:frame=\"1\""}}},
    {P(RUN_OF("<w:fitText %s/>", "abc")) PLAIN_SECT,
     {{NO_LOOK, ""}, {DRAWN, VAL("3000")}, {NO_LOOK, "w:id=\"7\""}}},
    {P(T("a") "<w:r><w:br %s/></w:r>" T("b")) PLAIN_SECT,
     {{NO_LOOK, ""},
      {NO_LOOK, "w:type=\"textWrapping\""},
      {DRAWN, "w:type=\"page\""},
      {DRAWN, "w:type=\"column\""},
      {NO_LOOK, "w:clear=\"none\""},
      {NO_LOOK, "w:clear=\"all\""}}}, /* nothing stands beside it; see below */
    {P("<w:r><w:sym %s/></w:r>") PLAIN_SECT,
     {{NO_LOOK, "w:font=\"Wingdings\" w:char=\"F0FC\""},
      {DRAWN, "w:font=\"Wingdings\" w:char=\"F0A7\""},
      {DRAWN, "w:font=\"Symbol\" w:char=\"F0FC\""},
      {NAMED, "w:font=\"Wingdings\" w:char=\"F0BA\""}}},
    {P("<w:hyperlink %s>" T("a") "</w:hyperlink>") PLAIN_SECT,
     {{NO_LOOK, ""},
      {DRAWN, "w:anchor=\"cho\""},
      {NO_LOOK, "w:tooltip=\"x\""},
      {NO_LOOK, "w:tgtFrame=\"x\""},
      {NO_LOOK, "w:history=\"1\""},
      {NO_LOOK, "w:docLocation=\"x\""}}}, /* of another document, see test_fields */
    {P("<w:r><w:fldChar w:fldCharType=\"begin\" %s/></w:r><w:r><w:instrText>PAGE</w:instrText>"
       "</w:r>" FIELD_END) PLAIN_SECT,
     {{NO_LOOK, ""}, {NO_LOOK, "w:fldLock=\"1\""}, {NO_LOOK, "w:dirty=\"1\""}}},
    {P("<w:fldSimple w:instr=\"PAGE\" %s/>") PLAIN_SECT,
     {{NO_LOOK, ""}, {NO_LOOK, "w:fldLock=\"1\""}, {NO_LOOK, "w:dirty=\"1\""}}},
};

/* ---- lists ---- */

#define NUMBERED(level)                                                                            \
    PP("<w:numPr><w:ilvl w:val=\"" level "\"/><w:numId w:val=\"1\"/></w:numPr>", T("x"))

static const char listed[] =
    NUMBERED("0") NUMBERED("1") NUMBERED("1") NUMBERED("0") NUMBERED("1") PLAIN_SECT;

static const struct group lists[] = {
    /* what a w:numFmt says; those that are not known are told of, and counted with digits */
    {"<w:start w:val=\"9\"/><w:numFmt w:val=\"%s\"/>",
     {{NO_LOOK, "decimal"},
      {DRAWN, "upperRoman"},
      {DRAWN, "lowerRoman"},
      {DRAWN, "upperLetter"},
      {DRAWN, "lowerLetter"},
      {DRAWN, "ordinal"},
      {DRAWN, "cardinalText"},
      {DRAWN, "ordinalText"},
      {DRAWN, "hex"},
      {DRAWN, "chicago"},
      {DRAWN, "ideographDigital"},
      {DRAWN, "japaneseCounting"},
      {NAMED, "aiueo"},
      {NAMED, "iroha"},
      {DRAWN, "decimalFullWidth"},
      {NO_LOOK, "decimalHalfWidth"},
      {NAMED, "japaneseLegal"},
      {NAMED, "japaneseDigitalTenThousand"},
      {DRAWN, "decimalEnclosedCircle"},
      {DRAWN, "decimalFullWidth2"},
      {NAMED, "aiueoFullWidth"},
      {NAMED, "irohaFullWidth"},
      {DRAWN, "decimalZero"},
      {NO_LOOK, "bullet"}, /* its w:lvlText is the bullet */
      {NAMED, "ganada"},
      {NAMED, "chosung"},
      {DRAWN, "decimalEnclosedFullstop"},
      {DRAWN, "decimalEnclosedParen"},
      {DRAWN, "decimalEnclosedCircleChinese"},
      {NAMED, "ideographEnclosedCircle"},
      {NAMED, "ideographTraditional"},
      {NAMED, "ideographZodiac"},
      {NAMED, "ideographZodiacTraditional"},
      {DRAWN, "taiwaneseCounting"},
      {NAMED, "ideographLegalTraditional"},
      {DRAWN, "taiwaneseCountingThousand"},
      {NAMED, "taiwaneseDigital"},
      {DRAWN, "chineseCounting"},
      {NAMED, "chineseLegalSimplified"},
      {DRAWN, "chineseCountingThousand"},
      {NAMED, "koreanDigital"},
      {NAMED, "koreanCounting"},
      {NAMED, "koreanLegal"},
      {NAMED, "koreanDigital2"},
      {DRAWN, "vietnameseCounting"},
      {DRAWN, "russianLower"},
      {DRAWN, "russianUpper"},
      {DRAWN, "none"},
      {DRAWN, "numberInDash"},
      {DRAWN, "hebrew1"},
      {DRAWN, "hebrew2"},
      {DRAWN, "arabicAlpha"},
      {DRAWN, "arabicAbjad"},
      {NAMED, "hindiVowels"},
      {NAMED, "hindiConsonants"},
      {DRAWN, "hindiNumbers"},
      {NAMED, "hindiCounting"},
      {NAMED, "thaiLetters"},
      {DRAWN, "thaiNumbers"},
      {NAMED, "thaiCounting"},
      {NAMED, "bahtText"},
      {NAMED, "dollarText"},
      {NAMED, "custom"}}},
    {"%s<w:pPr><w:ind w:left=\"1440\" w:hanging=\"360\"/></w:pPr>",
     {{NO_LOOK, ""},
      {DRAWN, "<w:start w:val=\"5\"/>"},
      {DRAWN, "<w:lvlRestart w:val=\"0\"/>"},
      {NO_LOOK, "<w:pStyle w:val=\"x\"/>"}, /* for paragraphs in that style */
      {DRAWN, "<w:suff w:val=\"space\"/>"},
      {DRAWN, "<w:suff w:val=\"nothing\"/>"},
      {NO_LOOK, "<w:suff w:val=\"tab\"/>"},
      {NO_LOOK, "<w:lvlJc w:val=\"left\"/>"},
      {NO_LOOK, "<w:lvlJc w:val=\"start\"/>"},
      {DRAWN, "<w:lvlJc w:val=\"center\"/>"},
      {DRAWN, "<w:lvlJc w:val=\"right\"/>"},
      {DRAWN, "<w:lvlJc w:val=\"end\"/>"},
      {DRAWN, "<w:pPr><w:ind w:left=\"900\" w:hanging=\"400\"/></w:pPr>"},
      {DRAWN, "<w:rPr><w:b/></w:rPr>"},
      {NAMED, "<w:lvlPicBulletId w:val=\"9\"/>"},
      {NAMED, "<w:legacy w:legacy=\"1\" w:legacySpace=\"120\" w:legacyIndent=\"360\"/>"},
      {NO_LOOK, "<w:legacy w:legacy=\"0\"/>"}}},
};

static void attributes_of_paragraphs_are_drawn_or_named_or_have_no_look(void) {
    WALK(paragraphs);
}

static void attributes_of_runs_are_drawn_or_named_or_have_no_look(void) {
    WALK(runs);
}

/* Two levels, of which the upper one says what is to be tried. */
static void what_a_level_of_a_list_says_is_drawn_or_named_or_has_no_look(void) {
    for (size_t g = 0; g < sizeof lists / sizeof lists[0]; g++) {
        const char *plain = NULL;
        for (const struct entry *entry = lists[g].entries; entry->with; entry++) {
            bool named;
            const char *numbering = pool_printf(
                pool,
                "<w:abstractNum w:abstractNumId=\"0\"><w:lvl w:ilvl=\"0\"><w:start w:val=\"1\"/>"
                "<w:lvlText w:val=\"%%1.\"/></w:lvl><w:lvl w:ilvl=\"1\" w:tplc=\"04090001\" "
                "w:tentative=\"1\">%s<w:lvlText w:val=\"%%2)\"/></w:lvl></w:abstractNum>"
                "<w:num w:numId=\"1\"><w:abstractNumId w:val=\"0\"/></w:num>",
                filled(lists[g].body, entry->with));
            const char *with = pages_of(listed, numbering, &named);
            plain = plain ? plain : with;
            check_entry(entry, plain, with, named);
        }
    }
}

/* ---- how some of it is drawn ---- */

static mpt start_of(const char *ind) {
    print_body(pool_printf(pool, PP("<w:ind %s/>", T("a")) PLAIN_SECT, ind));
    return printed("a")->x - TEXT_LEFT;
}

/* In a paragraph of 14 pt. */
static void indents_in_characters_follow_the_size_of_letters(void) {
    CHECK_INT(start_of("w:leftChars=\"200\" w:left=\"100\""), 28000);
    CHECK_INT(start_of("w:firstLineChars=\"200\" w:firstLine=\"420\""), 28000);
    CHECK_INT(start_of("w:leftChars=\"0\" w:left=\"100\""), 5000);
    CHECK_INT(start_of("w:left=\"1000\" w:hangingChars=\"100\" w:hanging=\"20\""), 36000);
    CHECK_INT(start_of("w:leftChars=\"200\" w:hangingChars=\"100\""), 28000);
    print_body(PP("<w:ind w:leftChars=\"100\"/><w:rPr><w:sz w:val=\"40\"/></w:rPr>", T("a"))
                   PLAIN_SECT);
    CHECK_INT(printed("a")->x - TEXT_LEFT, 20000);
}

static mpt top_after(const char *clear) {
    print_body(pool_printf(pool,
                           P(DRAWING("", AT(COLUMN("0"), PARAGRAPH("0")) EXTENT "<wp:wrapSquare/>",
                                     SQUARE) T("a") "<w:r><w:br%s/></w:r>" T("b")) PLAIN_SECT,
                           clear));
    return printed("b")->y - TEXT_TOP;
}

static void a_break_may_ask_for_free_sides(void) {
    enum { PITCH = 16098, ASCENT = 13070, BELOW = 100000 };
    CHECK_NEAR(top_after(""), PITCH + ASCENT, 10);
    CHECK_NEAR(top_after(" w:clear=\"right\""), PITCH + ASCENT, 10);
    CHECK_NEAR(top_after(" w:clear=\"left\""), BELOW + ASCENT, 10);
    CHECK_NEAR(top_after(" w:clear=\"all\""), BELOW + ASCENT, 10);
    print_body(P(DRAWING("", AT(COLUMN("0"), PARAGRAPH("0")) EXTENT "<wp:wrapSquare/>", SQUARE)
                     T("a") "<w:r><w:br w:clear=\"all\"/></w:r>") P(T("b")) PLAIN_SECT);
    CHECK_NEAR(printed("b")->y - TEXT_TOP, BELOW + PITCH + ASCENT, 10);
}

static void a_frame_inside_stands_at_the_left_of_odd_pages_and_at_the_right_of_even_ones(void) {
    static const char frame[] = "<w:framePr w:w=\"2000\" w:wrap=\"around\" w:xAlign=\"inside\"/>";
    print_body(pool_printf(pool, "%s%s%s" PLAIN_SECT, pool_printf(pool, PP("%s", T("a")), frame),
                           P(T("x")) P("<w:r><w:br w:type=\"page\"/></w:r>"),
                           pool_printf(pool, PP("%s", T("b")) P(T("y")), frame)));
    CHECK_INT(printed("a")->x, TEXT_LEFT);
    CHECK_INT(printed("b")->x, TEXT_RIGHT - 100000);
}

int main(void) {
    page_tests_begin();
    RUN(attributes_of_paragraphs_are_drawn_or_named_or_have_no_look);
    RUN(attributes_of_runs_are_drawn_or_named_or_have_no_look);
    RUN(what_a_level_of_a_list_says_is_drawn_or_named_or_has_no_look);
    RUN(indents_in_characters_follow_the_size_of_letters);
    RUN(a_break_may_ask_for_free_sides);
    RUN(a_frame_inside_stands_at_the_left_of_odd_pages_and_at_the_right_of_even_ones);
    page_tests_end();
    return CHECK_RESULT();
}
