/* The same as test_known_attributes for tables, sections and drawings. */
#include "known_help.h"

/* ---- tables ---- */

#define TWO_CELLS(first)                                                                           \
    "<w:tr>" first TC("<w:tcW w:w=\"3000\" w:type=\"dxa\"/>", P(T("b"))) "</w:tr>"
#define FIXED "<w:tblLayout w:type=\"fixed\"/>"
#define GRID "<w:tblGrid><w:gridCol w:w=\"3000\"/><w:gridCol w:w=\"3000\"/></w:tblGrid>"
#define WIDE(props, inner) TC("<w:tcW w:w=\"3000\" w:type=\"dxa\"/>" props, inner)
#define BORDERED                                                                                   \
    "<w:tblBorders><w:top " VAL("single") "/><w:left " VAL("single") "/></w:tblBorders>"
#define FLOATING "w:tblpX=\"2000\" w:tblpY=\"500\" w:horzAnchor=\"text\" w:vertAnchor=\"text\""
#define FLOAT(props) TBL(FIXED "<w:tblpPr " props "/>", GRID TWO_CELLS(WIDE("", P(T("a")))))

static const struct group tables[] = {
    {TBL(FIXED BORDERED "<w:tblW %s/>", TWO_CELLS(TC("", P(T("a"))))) "<w:p/>" PLAIN_SECT,
     {{NO_LOOK, "w:w=\"0\" w:type=\"auto\""},
      {NO_LOOK, "w:w=\"0\" w:type=\"nil\""},
      {DRAWN, "w:w=\"2500\" w:type=\"pct\""},
      {DRAWN, "w:w=\"50%\" w:type=\"pct\""}}},
    {TBL(FIXED "<w:tblInd %s/>", GRID TWO_CELLS(WIDE("", P(T("a"))))) "<w:p/>" PLAIN_SECT,
     {{NO_LOOK, ""},
      {NO_LOOK, "w:w=\"0\" w:type=\"nil\""},
      {DRAWN, "w:w=\"500\" w:type=\"dxa\""},
      {DRAWN, "w:w=\"500\""}}},
    {TBL(FIXED "<w:jc w:val=\"%s\"/>", GRID TWO_CELLS(WIDE("", P(T("a"))))) "<w:p/>" PLAIN_SECT,
     {{NO_LOOK, "left"}, {NO_LOOK, "start"}, {DRAWN, "center"}, {DRAWN, "right"}, {DRAWN, "end"}}},
    {TBL(FIXED, GRID TWO_CELLS(
                    WIDE("<w:vAlign w:val=\"%s\"/>",
                         P(T("a"))) "<w:trPr>"
                                    "<w:trHeight w:val=\"900\"/></w:trPr>")) "<w:p/>" PLAIN_SECT,
     {{NO_LOOK, "top"}, {DRAWN, "center"}, {DRAWN, "bottom"}, {NAMED, "both"}}},
    {TBL(FIXED, GRID TWO_CELLS("<w:trPr><w:trHeight %s/></w:trPr>" WIDE("", P(T("a")) P(T("c")))))
         P(T("d")) PLAIN_SECT,
     {{NO_LOOK, ""},
      {NO_LOOK, VAL("200") " w:hRule=\"auto\""},
      {NO_LOOK, VAL("200") " w:hRule=\"atLeast\""},
      {DRAWN, VAL("900") " w:hRule=\"atLeast\""},
      {DRAWN, VAL("900")},
      {DRAWN, VAL("400") " w:hRule=\"exact\""}}},
    {TBL(FIXED,
         GRID TWO_CELLS(WIDE("<w:textDirection w:val=\"%s\"/>", P(T("a"))))) "<w:p/>" PLAIN_SECT,
     {{NO_LOOK, "lrTb"},
      {NO_LOOK, "lrTbV"},
      {DRAWN, "tbRl"},
      {DRAWN, "btLr"},
      {DRAWN, "tbRlV"},
      {NAMED, "tbLrV"}}},
    {TBL(FIXED "<w:tblBorders><w:top " VAL("single") " %s/></w:tblBorders>",
         GRID TWO_CELLS(WIDE("", P(T("a"))))) "<w:p/>" PLAIN_SECT,
     {{NO_LOOK, ""},
      {DRAWN, "w:sz=\"24\""},
      {DRAWN, "w:color=\"FF0000\""},
      {DRAWN, THEMED},
      {NO_LOOK, "w:space=\"4\""}, /* of paragraphs and pages */
      {NAMED, "w:shadow=\"1\""},
      {NAMED, "w:frame=\"1\""}}},
    {TBL(FIXED "<w:tblStyle w:val=\"Bang\"/><w:tblLook %s/>",
         GRID TWO_CELLS(WIDE("", P(T("a")))) TWO_CELLS(WIDE("", P(T("c"))))
             TWO_CELLS(WIDE("", P(T("d"))))) "<w:p/>" PLAIN_SECT,
     {{NO_LOOK, "w:noHBand=\"1\" w:noVBand=\"1\""},
      {DRAWN, "w:noHBand=\"1\" w:noVBand=\"1\" w:firstRow=\"1\""},
      {DRAWN, "w:noHBand=\"1\" w:noVBand=\"1\" w:lastRow=\"1\""},
      {DRAWN, "w:noHBand=\"1\" w:noVBand=\"1\" w:firstColumn=\"1\""},
      {DRAWN, "w:noHBand=\"1\" w:noVBand=\"1\" w:lastColumn=\"1\""},
      {DRAWN, "w:noHBand=\"0\" w:noVBand=\"1\""},
      {DRAWN, "w:noHBand=\"1\" w:noVBand=\"0\""},
      {NO_LOOK, VAL("0600")},
      {DRAWN, VAL("0620")},
      {DRAWN, VAL("0640")},
      {DRAWN, VAL("0680")},
      {DRAWN, VAL("0700")},
      {DRAWN, VAL("0400")},
      {DRAWN, VAL("0200")}}},
    /* Word finds out anew which conditions hold */
    {TBL(FIXED, GRID TWO_CELLS(WIDE("<w:cnfStyle %s/>", P(T("a"))))) "<w:p/>" PLAIN_SECT,
     {{NO_LOOK, ""},
      {NO_LOOK, VAL("100000000000")},
      {NO_LOOK, "w:firstRow=\"1\" w:lastRow=\"1\" w:firstColumn=\"1\" w:lastColumn=\"1\" "
                "w:oddVBand=\"1\" w:evenVBand=\"1\" w:oddHBand=\"1\" w:evenHBand=\"1\" "
                "w:firstRowFirstColumn=\"1\" w:firstRowLastColumn=\"1\" "
                "w:lastRowFirstColumn=\"1\" w:lastRowLastColumn=\"1\""}}},
    {P(T("x")) TBL(FIXED "<w:tblpPr w:tblpX=\"3000\" w:tblpY=\"500\" %s/>",
                   "<w:tblGrid><w:gridCol w:w=\"2000\"/></w:tblGrid>" TR(
                       TC("<w:tcW w:w=\"2000\" w:type=\"dxa\"/>", P(T("a"))))) P(LONG LONG LONG)
         PLAIN_SECT,
     {{NO_LOOK, "w:vertAnchor=\"text\""},
      {DRAWN, "w:vertAnchor=\"page\""},
      {DRAWN, "w:vertAnchor=\"margin\""},
      {NO_LOOK, "w:vertAnchor=\"text\" w:horzAnchor=\"text\""},
      {NO_LOOK, "w:vertAnchor=\"text\" w:horzAnchor=\"margin\""},
      {DRAWN, "w:vertAnchor=\"text\" w:horzAnchor=\"page\""},
      {DRAWN, "w:vertAnchor=\"text\" w:leftFromText=\"900\""},
      {DRAWN, "w:vertAnchor=\"text\" w:rightFromText=\"900\""},
      {DRAWN, "w:vertAnchor=\"text\" w:topFromText=\"900\""},
      {DRAWN, "w:vertAnchor=\"text\" w:bottomFromText=\"900\""},
      {DRAWN, "w:vertAnchor=\"text\" w:tblpXSpec=\"left\""},
      {DRAWN, "w:vertAnchor=\"text\" w:tblpXSpec=\"center\""},
      {DRAWN, "w:vertAnchor=\"text\" w:tblpXSpec=\"right\""},
      {DRAWN, "w:vertAnchor=\"text\" w:tblpXSpec=\"inside\""},
      {DRAWN, "w:vertAnchor=\"text\" w:tblpXSpec=\"outside\""},
      {NO_LOOK, "w:vertAnchor=\"text\" w:tblpYSpec=\"inline\""}}},
    {TBL(FIXED "<w:tblpPr w:vertAnchor=\"page\" %s/>", GRID TWO_CELLS(WIDE("", P(T("a"))))) P(LONG)
         PLAIN_SECT,
     {{NO_LOOK, "w:tblpY=\"1500\""},
      {DRAWN, "w:tblpY=\"2500\""},
      {DRAWN, "w:tblpYSpec=\"top\""},
      {DRAWN, "w:tblpYSpec=\"center\""},
      {DRAWN, "w:tblpYSpec=\"bottom\""},
      {DRAWN, "w:tblpYSpec=\"inside\""},
      {DRAWN, "w:tblpYSpec=\"outside\""}}},
};

/* ---- sections ---- */

#define MARGINS                                                                                    \
    "w:top=\"1134\" w:right=\"1134\" w:bottom=\"1134\" w:left=\"1701\" w:header=\"720\" "          \
    "w:footer=\"720\""
#define SECTION(size, margins, more)                                                               \
    "<w:sectPr><w:headerReference w:type=\"default\" r:id=\"h1\"/><w:footerReference "             \
    "w:type=\"default\" r:id=\"f1\"/><w:pgSz " size "/><w:pgMar " margins "/>" more "</w:sectPr>"
#define A4 "w:w=\"11906\" w:h=\"16838\""
#define FRAMED(more) "<w:pgBorders " more "><w:top " VAL("single") " w:space=\"9\"/></w:pgBorders>"
#define TWO_PAGES P(LONG) P("<w:r><w:br w:type=\"page\"/></w:r>") P(T("b"))

static const struct group sections[] = {
    {P(LONG) SECTION("%s", MARGINS, ""),
     {{NO_LOOK, A4},
      {DRAWN, "w:w=\"9000\" w:h=\"16838\""},
      {DRAWN, "w:w=\"11906\" w:h=\"15000\""},
      {NO_LOOK, A4 " w:orient=\"landscape\""}, /* width and height tell */
      {NO_LOOK, A4 " w:code=\"9\""}}},
    {P(LONG) SECTION(A4, "%s", ""),
     {{NO_LOOK, MARGINS},
      {DRAWN, "w:top=\"1500\" w:right=\"1134\" w:bottom=\"1134\" w:left=\"1701\" w:header=\"720\" "
              "w:footer=\"720\""},
      {DRAWN, "w:top=\"1134\" w:right=\"1500\" w:bottom=\"1134\" w:left=\"1701\" w:header=\"720\" "
              "w:footer=\"720\""},
      {DRAWN, "w:top=\"1134\" w:right=\"1134\" w:bottom=\"1134\" w:left=\"1500\" w:header=\"720\" "
              "w:footer=\"720\""},
      {DRAWN, "w:top=\"1134\" w:right=\"1134\" w:bottom=\"1134\" w:left=\"1701\" w:header=\"500\" "
              "w:footer=\"720\""},
      {DRAWN, "w:top=\"1134\" w:right=\"1134\" w:bottom=\"1134\" w:left=\"1701\" w:header=\"720\" "
              "w:footer=\"500\""},
      {DRAWN, MARGINS " w:gutter=\"300\""}}},
    {TWO_PAGES SECTION(A4, MARGINS, "%s"),
     {{NO_LOOK, FRAMED("")},
      {NO_LOOK, FRAMED("w:offsetFrom=\"text\"")},
      {DRAWN, FRAMED("w:offsetFrom=\"page\"")},
      {NO_LOOK, FRAMED("w:display=\"allPages\"")},
      {DRAWN, FRAMED("w:display=\"firstPage\"")},
      {DRAWN, FRAMED("w:display=\"notFirstPage\"")},
      {NO_LOOK, FRAMED("w:zOrder=\"front\"")}, /* nothing reaches them */
      {NO_LOOK, FRAMED("w:zOrder=\"back\"")},
      {NAMED, "<w:pgBorders><w:top " VAL("single") " w:shadow=\"1\" w:space=\"9\"/></w:pgBorders>"},
      {NAMED, "<w:pgBorders><w:top " VAL("apples") " w:space=\"9\"/></w:pgBorders>"}}},
    {TWO_PAGES SECTION(A4, MARGINS, "<w:lnNumType %s/>"),
     {{NO_LOOK, "w:countBy=\"1\""},
      {DRAWN, "w:countBy=\"2\""},
      {DRAWN, "w:countBy=\"1\" w:start=\"5\""},
      {DRAWN, "w:countBy=\"1\" w:distance=\"700\""},
      {NO_LOOK, "w:countBy=\"1\" w:restart=\"newPage\""},
      {DRAWN, "w:countBy=\"1\" w:restart=\"newSection\""},
      {DRAWN, "w:countBy=\"1\" w:restart=\"continuous\""}}},
    {P(LONG) P(LONG) SECTION(A4, MARGINS, "<w:cols %s</w:cols>"),
     {{NO_LOOK, "w:num=\"2\">"},
      {DRAWN, "w:num=\"3\">"},
      {DRAWN, "w:num=\"2\" w:space=\"300\">"},
      {DRAWN, "w:num=\"2\" w:sep=\"1\">"},
      {NO_LOOK, "w:num=\"2\" w:equalWidth=\"1\"><w:col w:w=\"3000\"/><w:col w:w=\"2000\"/>"},
      {DRAWN, "w:num=\"2\" w:equalWidth=\"0\"><w:col w:w=\"3000\" w:space=\"300\"/>"
              "<w:col w:w=\"2000\"/>"}}},
    {TWO_PAGES SECTION(A4, MARGINS, "<w:pgNumType %s/>"),
     {{NO_LOOK, ""},
      {DRAWN, "w:start=\"5\""},
      {DRAWN, "w:fmt=\"lowerRoman\""},
      {NAMED, "w:fmt=\"ganada\""}}},
    {TWO_PAGES SECTION(A4, MARGINS, "<w:type w:val=\"%s\"/>"),
     {{NO_LOOK, "nextPage"},
      {NO_LOOK, "continuous"}, /* where a section comes before */
      {NO_LOOK, "nextColumn"},
      {NO_LOOK, "oddPage"},
      {DRAWN, "evenPage"}}},
    {TWO_PAGES SECTION(A4, MARGINS, "<w:vAlign w:val=\"%s\"/>"),
     {{NO_LOOK, "top"}, {DRAWN, "center"}, {DRAWN, "bottom"}, {NAMED, "both"}}},
    {TWO_PAGES SECTION(A4, MARGINS, "<w:docGrid w:linePitch=\"500\" %s/>"),
     {{NO_LOOK, ""},
      {NO_LOOK, "w:type=\"default\""},
      {DRAWN, "w:type=\"lines\""},
      {DRAWN, "w:type=\"linesAndChars\""},
      {DRAWN, "w:type=\"snapToChars\""},
      {NO_LOOK, "w:charSpace=\"100\""}}}, /* of the last two */
};

/* ---- drawings ---- */

static const struct group drawings[] = {
    {P(DRAWING("%s",
               "<wp:simplePos x=\"127000\" y=\"254000\"/>" AT(
                   COLUMN("1270000"), PARAGRAPH("508000")) EXTENT "<wp:wrapSquare/>",
               SQUARE) LONG LONG LONG LONG) PLAIN_SECT,
     {{NO_LOOK, ""},
      {DRAWN, "distT=\"254000\""},
      {DRAWN, "distB=\"254000\""},
      {DRAWN, "distL=\"254000\""},
      {DRAWN, "distR=\"254000\""},
      {DRAWN, "simplePos=\"1\""},
      {DRAWN, "behindDoc=\"1\""},
      {NO_LOOK, "relativeHeight=\"7\""}, /* of one drawing alone */
      {NO_LOOK, "locked=\"1\""},
      {DRAWN, "hidden=\"1\""},
      {NO_LOOK, "layoutInCell=\"1\""},
      {NO_LOOK, "layoutInCell=\"0\""}, /* outside cells */
      {NO_LOOK, "allowOverlap=\"1\""},
      {NO_LOOK, "allowOverlap=\"0\""}}}, /* where nothing does */
    {P(DRAWING("relativeHeight=\"5\"", MIDDLE, SQUARE)
           DRAWING("relativeHeight=\"%s\"", MIDDLE,
                   "<wps:wsp><wps:spPr><a:prstGeom prst=\"ellipse\"/>" RED "</wps:spPr></wps:wsp>")
               LONG) PLAIN_SECT,
     {{NO_LOOK, "6"}, {DRAWN, "4"}}},
    {P(T("x")) TBL(
         FIXED, GRID TWO_CELLS(WIDE(
                    "", P(DRAWING("layoutInCell=\"%s\"",
                                  AT("relativeFrom=\"page\"><wp:posOffset>0</wp:posOffset>",
                                     "relativeFrom=\"page\"><wp:posOffset>0</wp:posOffset>") EXTENT,
                                  SQUARE) T("a"))))) "<w:p/>" PLAIN_SECT,
     {{NO_LOOK, "1"}, {NO_LOOK, "0"}}}, /* from compatibilityMode 15 on */
    {P(DRAWING("",
               AT("relativeFrom=\"%s\"><wp:posOffset>254000</wp:posOffset>", PARAGRAPH("0")) EXTENT,
               SQUARE) T("a")) PLAIN_SECT,
     {{NO_LOOK, "column"},
      {NO_LOOK, "margin"},
      {NO_LOOK, "character"}, /* the anchor is the first */
      {DRAWN, "page"},
      {DRAWN, "leftMargin"},
      {DRAWN, "rightMargin"},
      {DRAWN, "insideMargin"},
      {DRAWN, "outsideMargin"}}},
    {P(T("x")) P(DRAWING("",
                         AT(COLUMN("0"), "relativeFrom=\"%s\"><wp:posOffset>254000"
                                         "</wp:posOffset>") EXTENT,
                         SQUARE) T("a")) PLAIN_SECT,
     {{NO_LOOK, "paragraph"},
      {NO_LOOK, "line"}, /* the anchor is on the first */
      {DRAWN, "margin"},
      {DRAWN, "page"},
      {DRAWN, "topMargin"},
      {DRAWN, "bottomMargin"},
      {DRAWN, "insideMargin"},
      {DRAWN, "outsideMargin"}}},
    {P(DRAWING("", AT("relativeFrom=\"margin\">%s", PARAGRAPH("0")) EXTENT, SQUARE) T("a"))
         PLAIN_SECT,
     {{NO_LOOK, "<wp:posOffset>127000</wp:posOffset>"},
      {DRAWN, "<wp:posOffset>254000</wp:posOffset>"},
      {DRAWN, "<wp:align>left</wp:align>"},
      {DRAWN, "<wp:align>center</wp:align>"},
      {DRAWN, "<wp:align>right</wp:align>"},
      {DRAWN, "<wp:align>inside</wp:align>"},
      {DRAWN, "<wp:align>outside</wp:align>"},
      {DRAWN, "<wp14:pctPosHOffset xmlns:wp14=\"urn:wp14\">20000</wp14:pctPosHOffset>"}}},
    {P(DRAWING("", AT(COLUMN("0"), "relativeFrom=\"margin\">%s") EXTENT, SQUARE) T("a")) PLAIN_SECT,
     {{NO_LOOK, "<wp:posOffset>127000</wp:posOffset>"},
      {DRAWN, "<wp:align>top</wp:align>"},
      {DRAWN, "<wp:align>center</wp:align>"},
      {DRAWN, "<wp:align>bottom</wp:align>"},
      {DRAWN, "<wp:align>inside</wp:align>"},
      {DRAWN, "<wp:align>outside</wp:align>"},
      {DRAWN, "<wp14:pctPosVOffset xmlns:wp14=\"urn:wp14\">20000</wp14:pctPosVOffset>"}}},
    {P(DRAWING("", MIDDLE "%s", SQUARE) LONG) PLAIN_SECT,
     {{NO_LOOK, "<wp:wrapNone/>"},
      {DRAWN, "<wp:wrapSquare wrapText=\"bothSides\"/>"},
      {DRAWN, "<wp:wrapSquare wrapText=\"left\"/>"},
      {DRAWN, "<wp:wrapSquare wrapText=\"right\"/>"},
      {DRAWN, "<wp:wrapSquare wrapText=\"largest\"/>"},
      {DRAWN, "<wp:wrapTight wrapText=\"bothSides\"/>"},
      {DRAWN, "<wp:wrapThrough wrapText=\"bothSides\"/>"},
      {DRAWN, "<wp:wrapTopAndBottom/>"}}},
    {P(DRAWING("", MIDDLE, BOX("%s")) T("a")) PLAIN_SECT,
     {{NO_LOOK, ""},
      {NO_LOOK, "rot=\"0\""},
      {NAMED, "rot=\"5400000\""},
      {NO_LOOK,
       "spcFirstLastPara=\"1\""}, /* and the next two: Word keeps all and cuts off nothing */
      {NO_LOOK, "vertOverflow=\"clip\""},
      {NO_LOOK, "horzOverflow=\"clip\""},
      {NO_LOOK, "vert=\"horz\""},
      {DRAWN, "vert=\"vert\""},
      {DRAWN, "vert=\"vert270\""},
      {DRAWN, "vert=\"eaVert\""},
      {NAMED, "vert=\"wordArtVert\""},
      {NAMED, "vert=\"mongolianVert\""},
      {NAMED, "vert=\"wordArtVertRtl\""},
      {NO_LOOK, "wrap=\"square\""},
      {DRAWN, "wrap=\"none\""},
      {DRAWN, "lIns=\"254000\""},
      {DRAWN, "tIns=\"254000\""},
      {DRAWN, "rIns=\"254000\""},
      {NO_LOOK, "bIns=\"254000\""}, /* of text at the top */
      {DRAWN, "numCol=\"2\""},
      {NO_LOOK, "spcCol=\"127000\""}, /* between columns */
      {DRAWN, "numCol=\"2\" spcCol=\"127000\""},
      {DRAWN, "numCol=\"2\" rtlCol=\"1\""},
      {NO_LOOK, "rtlCol=\"1\""},
      {NO_LOOK, "fromWordArt=\"1\""},
      {NO_LOOK, "anchor=\"t\""},
      {DRAWN, "anchor=\"ctr\""},
      {DRAWN, "anchor=\"b\""},
      {NAMED, "anchor=\"just\""},
      {NAMED, "anchor=\"dist\""},
      {NO_LOOK, "anchorCtr=\"1\""}, /* Word has no such thing */
      {NO_LOOK, "forceAA=\"1\""},
      {NO_LOOK, "upright=\"1\""}, /* of a shape that is turned */
      {NO_LOOK, "compatLnSpc=\"1\""}}},
};

static void attributes_of_tables_are_drawn_or_named_or_have_no_look(void) {
    WALK(tables);
}

static void attributes_of_sections_are_drawn_or_named_or_have_no_look(void) {
    WALK(sections);
}

static void attributes_of_drawings_are_drawn_or_named_or_have_no_look(void) {
    WALK(drawings);
}

static void lines_of_a_box_without_wrapping_go_on_beyond_it(void) {
    print_body(P(DRAWING("", MIDDLE, BOX("wrap=\"none\"")) T("x")) PLAIN_SECT);
    CHECK(strstr(page_text(0), "chín mười một hai ba") != NULL);
}

int main(void) {
    page_tests_begin();
    RUN(attributes_of_tables_are_drawn_or_named_or_have_no_look);
    RUN(attributes_of_sections_are_drawn_or_named_or_have_no_look);
    RUN(attributes_of_drawings_are_drawn_or_named_or_have_no_look);
    RUN(lines_of_a_box_without_wrapping_go_on_beyond_it);
    page_tests_end();
    return CHECK_RESULT();
}
