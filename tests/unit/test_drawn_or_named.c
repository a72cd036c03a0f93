/* Nothing is dropped in silence: each construct of this list is read into something that is drawn,
 * or it is named in a warning; and what has no look is neither. */
#include "reader_help.h"

enum fate { DRAWN, NAMED, NO_LOOK };

#define ANCHOR(graphic)                                                                            \
    "<w:r><w:drawing><wp:anchor><wp:positionH relativeFrom=\"column\"><wp:posOffset>0"             \
    "</wp:posOffset></wp:positionH><wp:positionV relativeFrom=\"paragraph\"><wp:posOffset>0"       \
    "</wp:posOffset></wp:positionV><wp:extent cx=\"127000\" cy=\"127000\"/><a:graphic>"            \
    "<a:graphicData>" graphic "</a:graphicData></a:graphic></wp:anchor></w:drawing></w:r>"
#define RED "<a:solidFill><a:srgbClr val=\"FF0000\"/></a:solidFill>"
#define WSP(inner, body)                                                                           \
    ANCHOR("<wps:wsp><wps:spPr><a:prstGeom prst=\"rect\"/>" inner "</wps:spPr>" body "</wps:wsp>")
#define VML(inner)                                                                                 \
    "<w:r><w:pict><v:rect style=\"position:absolute;width:9pt;height:9pt\">" inner                 \
    "</v:rect></w:pict></w:r>"
#define TXBX(body)                                                                                 \
    "<wps:txbx><w:txbxContent><w:p/></w:txbxContent></wps:txbx><wps:bodyPr " body "</wps:bodyPr>"

static const struct {
    enum fate fate;
    const char *inner;
} constructs[] = {
    {DRAWN, WSP(RED, "")},
    {DRAWN, WSP(RED "<a:ln w=\"9525\">" RED "<a:prstDash val=\"dash\"/></a:ln>", "")},
    {DRAWN, WSP(RED, TXBX("vert=\"vert270\" anchor=\"b\">"))},
    {DRAWN,
     ANCHOR("<wps:wsp><wps:spPr><a:prstGeom prst=\"cloudCallout\"/>" RED "</wps:spPr></wps:wsp>")},
    {DRAWN, ANCHOR("<wpg:wgp><wpg:grpSpPr><a:xfrm rot=\"60000\"/></wpg:grpSpPr><wps:wsp>"
                   "<wps:spPr><a:xfrm/><a:prstGeom prst=\"rect\"/>" RED
                   "</wps:spPr></wps:wsp></wpg:wgp>")},
    {NAMED, ANCHOR("<wpg:wgp><wpg:grpSpPr><a:xfrm/><a:effectLst><a:glow/></a:effectLst>"
                   "</wpg:grpSpPr><wps:wsp><wps:spPr><a:xfrm/><a:prstGeom prst=\"rect\"/>" RED
                   "</wps:spPr></wps:wsp></wpg:wgp>")},
    {DRAWN, VML("<v:fill opacity=\".5\"/><v:stroke dashstyle=\"longDash\" endarrow=\"block\"/>")},
    {DRAWN, "<w:r><w:pict><v:oval style=\"width:9pt;height:9pt\"/></w:pict></w:r>"},
    {DRAWN, "<w:r><w:pict><v:polyline points=\"0,0,9pt,9pt\"/></w:pict></w:r>"},
    {DRAWN, "<w:r><w:pict><v:curve from=\"0,0\" control1=\"1pt,2pt\" control2=\"3pt,4pt\" "
            "to=\"5pt,6pt\"/></w:pict></w:r>"},
    {DRAWN,
     "<w:r><w:pict><v:arc style=\"position:absolute;width:9pt;height:9pt\"/></w:pict></w:r>"},
    {NAMED, WSP("<a:gradFill><a:gsLst/></a:gradFill>", "")},
    {DRAWN, WSP("<a:pattFill prst=\"pct5\"/>", "")},
    {NAMED, WSP("<a:pattFill prst=\"weave\"/>", "")},
    {NAMED, WSP("<a:blipFill/>", "")},
    {NAMED, WSP(RED "<a:ln cmpd=\"dbl\">" RED "</a:ln>", "")},
    {DRAWN, WSP(RED "<a:effectLst><a:outerShdw/></a:effectLst>", "")},
    {DRAWN, WSP(RED "<a:effectLst><a:glow rad=\"12700\"/></a:effectLst>", "")},
    {NAMED, WSP("<a:noFill/><a:effectLst><a:outerShdw/></a:effectLst>", "")},
    {NAMED, WSP(RED "<a:effectLst><a:innerShdw/></a:effectLst>", "")},
    {NAMED, WSP(RED "<a:effectLst><a:softEdge rad=\"9\"/></a:effectLst>", "")},
    {NAMED, WSP(RED "<a:effectLst><a:reflection/></a:effectLst>", "")},
    {NAMED, WSP(RED "<a:sp3d><a:bevelT/></a:sp3d>", "")},
    {NAMED, WSP(RED, TXBX("vert=\"wordArtVert\">"))},
    {DRAWN, WSP(RED, TXBX("numCol=\"2\" spcCol=\"12700\">"))},
    {DRAWN, WSP(RED, TXBX("lIns=\"0\" rIns=\"0\" tIns=\"0\" bIns=\"0\"><a:prstTxWarp "
                          "prst=\"textWave1\"/>"))},
    {NAMED, WSP(RED, TXBX("lIns=\"0\" rIns=\"0\" tIns=\"0\" bIns=\"0\"><a:prstTxWarp "
                          "prst=\"textSpiral\"/>"))},
    {NAMED, WSP(RED, TXBX("lIns=\"127000\"><a:prstTxWarp prst=\"textWave1\"/>"))}, /* no room */
    {NAMED, WSP(RED, "<wps:linkedTxbx/>")},
    {NAMED, ANCHOR("<wps:wsp><wps:spPr><a:prstGeom prst=\"funnel\"/></wps:spPr></wps:wsp>")},
    {NAMED,
     ANCHOR("<c:chart xmlns:c=\"http://schemas.openxmlformats.org/drawingml/2006/chart\"/>")},
    {NAMED, ANCHOR("<x:ink xmlns:x=\"urn:x\"/>")},
    {DRAWN, VML("<v:fill type=\"gradient\" color2=\"red\"/>")},
    {NAMED, VML("<v:fill type=\"pattern\" color2=\"red\"/>")},
    {NAMED, VML("<v:stroke linestyle=\"thinThin\"/>")},
    {DRAWN, VML("<v:shadow on=\"t\"/>")},
    {NAMED, VML("<v:shadow on=\"t\" type=\"double\"/>")},
    {NO_LOOK, VML("<v:shadow on=\"f\" type=\"double\"/>")},
    {NAMED, "<w:r><w:pict><v:diagram/></w:pict></w:r>"},
    {NAMED, "<w:r><w:object><v:shape style=\"width:9pt;height:9pt\"/><w:control "
            "w:name=\"CheckBox1\"/></w:object></w:r>"},
    {NAMED, "<w:r><w:contentPart/></w:r>"},
    {NAMED, "<w:r><w:ruby><w:rt><w:r><w:tab/></w:r></w:rt><w:rubyBase>" T(
                "a") "</w:rubyBase>"
                     "</w:ruby></w:r>"}, /* tabs, drawings: more than text */
    {NO_LOOK, "<w:r><w:ruby><w:rt>" T("b") "</w:rt><w:rubyBase>" T("a") "</w:rubyBase></w:ruby>"
                                                                        "</w:r>"},
    {NAMED, INSTRUCTION(" DATE \\@ &quot;dd/MM/yyyy&quot; ") FIELD_END},
    {NAMED, INSTRUCTION(" CREATEDATE ") FIELD_END},
    {NAMED, INSTRUCTION(" SEQ Bang \\* ARABIC ") FIELD_END},
    {NAMED, INSTRUCTION(" STYLEREF &quot;Heading 1&quot; ") FIELD_END},
    {NAMED, INSTRUCTION(" SECTION ") FIELD_END},
    {NAMED, INSTRUCTION(" =SUM(ABOVE) ") FIELD_END},
    {NAMED, INSTRUCTION(" IF a = b x y ") FIELD_END},
    {NAMED, INSTRUCTION(" TOC \\o ") FIELD_END},
    {NAMED, "<w:fldSimple w:instr=\" TIME \"/>"},
    {NO_LOOK,
     FIELD(" DATE ", T("01/12/2026")) FIELD(" SEQ Bang ", T("2")) FIELD(" = 1+1 ", T("2"))},
    {NO_LOOK, "<w:fldSimple w:instr=\" TIME \"><w:r><w:t>08:00</w:t></w:r></w:fldSimple>"},
    {NO_LOOK, "<w:commentRangeStart/><w:commentRangeEnd/><w:r><w:commentReference/></w:r>"},
    {NO_LOOK, "<w:proofErr/><w:permStart/><w:permEnd/><w:r><w:lastRenderedPageBreak/></w:r>"},
    {NO_LOOK, "<w:r><w:pict><v:shapetype id=\"_x0000_t32\"/></w:pict></w:r>"},
    {NO_LOOK, "<w:fldSimple w:instr=\" XE x \"/><w:fldSimple w:instr=\" TC x \"/>"},
    {NO_LOOK, "<w:moveFromRangeStart/><w:moveFromRangeEnd/><w:del><w:r><w:delText>x</w:delText>"
              "</w:r></w:del>"},
};

static bool has_shape(const struct document *document) {
    const struct para *para = document->sections->blocks->para;
    for (size_t i = 0; i < para->item_count; i++)
        if (para->items[i].kind == INLINE_SHAPE)
            return true;
    return false;
}

static void every_construct_is_drawn_or_named(void) {
    for (size_t i = 0; i < sizeof constructs / sizeof constructs[0]; i++) {
        struct buf body = {0};
        buf_printf(&body, P("%s"), constructs[i].inner);
        const struct document *document = read_body(buf_text(&body));
        bool named = diag_count(diag, DIAG_WARNING) > 0, wanted = constructs[i].fate == NAMED;
        if (named != wanted)
            printf("# %s: %s\n", named ? "named" : "not named", constructs[i].inner);
        CHECK(named == wanted);
        if (constructs[i].fate == DRAWN)
            CHECK(has_shape(document));
        buf_free(&body);
    }
}

static void a_chart_is_printed_as_its_title_and_numbers(void) {
    begin(P(ANCHOR("<c:chart xmlns:c=\"http://schemas.openxmlformats.org/drawingml/2006/chart\" "
                   "r:id=\"c1\"/>")));
    docx_text(package, "word/charts/chart1.xml",
              "<c:chartSpace xmlns:c=\"http://schemas.openxmlformats.org/drawingml/2006/chart\" "
              "xmlns:a=\"http://schemas.openxmlformats.org/drawingml/2006/main\"><c:chart><c:title>"
              "<a:t>Thu ngân sách</a:t></c:title><c:ser><c:tx><c:v>Quý I</c:v></c:tx><c:val>"
              "<c:numRef><c:numCache><c:pt><c:v>12</c:v></c:pt><c:pt><c:v>34</c:v></c:pt>"
              "</c:numCache></c:numRef></c:val></c:ser></c:chart></c:chartSpace>");
    docx_text(
        package, "word/_rels/document.xml.rels",
        "<Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\">"
        "<Relationship Id=\"c1\" Type=\"http://schemas.openxmlformats.org/officeDocument/2006/"
        "relationships/chart\" Target=\"charts/chart1.xml\"/></Relationships>");
    const struct document *document = reread();
    CHECK(dump_has(document, "Thu ngân sách") && dump_has(document, "Quý I: 12; 34"));
    CHECK(said("c:chart"));
}

/* An organisation chart: three boxes of DrawingML in the part its data names. */
static void a_diagram_is_drawn_as_it_was_last_drawn(void) {
    begin(P(
        ANCHOR("<dgm:relIds xmlns:dgm=\"http://schemas.openxmlformats.org/drawingml/2006/diagram\" "
               "r:dm=\"d1\"/>")));
    docx_text(
        package, "word/diagrams/data1.xml",
        "<dgm:dataModel xmlns:dgm=\"http://schemas.openxmlformats.org/drawingml/2006/diagram\" "
        "xmlns:a=\"http://schemas.openxmlformats.org/drawingml/2006/main\"><a:ext>"
        "<dsp:dataModelExt xmlns:dsp=\"urn:dsp\" relId=\"d2\"/></a:ext></dgm:dataModel>");
    docx_text(
        package, "word/diagrams/drawing1.xml",
        "<dsp:drawing xmlns:dsp=\"urn:dsp\" "
        "xmlns:a=\"http://schemas.openxmlformats.org/drawingml/2006/main\"><dsp:spTree>"
        "<dsp:grpSpPr/><dsp:sp><dsp:spPr><a:xfrm><a:off x=\"12700\" y=\"25400\"/>"
        "<a:ext cx=\"1270000\" cy=\"635000\"/></a:xfrm><a:prstGeom prst=\"roundRect\"/>" RED
        "</dsp:spPr><dsp:txBody><a:bodyPr anchor=\"ctr\" lIns=\"12700\"/><a:p>"
        "<a:pPr algn=\"ctr\"/><a:r><a:rPr sz=\"1300\" b=\"1\"/><a:t>Chủ tịch</a:t></a:r></a:p>"
        "</dsp:txBody><dsp:txXfrm><a:off x=\"63500\" y=\"25400\"/>"
        "<a:ext cx=\"1168400\" cy=\"635000\"/></dsp:txXfrm></dsp:sp></dsp:spTree></dsp:drawing>");
    docx_text(
        package, "word/_rels/document.xml.rels",
        "<Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\">"
        "<Relationship Id=\"d1\" Type=\"urn:data\" Target=\"diagrams/data1.xml\"/>"
        "<Relationship Id=\"d2\" Type=\"urn:drawing\" Target=\"diagrams/drawing1.xml\"/>"
        "</Relationships>");
    const struct document *document = reread();
    const struct para *para = document->sections->blocks->para;
    const struct shape *s = para->item_count ? para->items[0].shape : NULL;
    CHECK(s && s->kind == SHAPE_TEXT_BOX && s->fill == 0xFF0000 && s->x == 1000 && s->y == 2000);
    CHECK_INT(s->inset[0], 4000 + 1000); /* from the text's own box */
    const struct para *text = s->blocks->para;
    CHECK_STR(text->items[0].text, "Chủ tịch");
    CHECK_INT(text->items[0].props->size, 13000);
    CHECK(text->items[0].props->bold && text->props->jc == JC_CENTER);
    CHECK(quiet());
}

int main(void) {
    reader_tests_begin();
    RUN(every_construct_is_drawn_or_named);
    RUN(a_diagram_is_drawn_as_it_was_last_drawn);
    RUN(a_chart_is_printed_as_its_title_and_numbers);
    reader_tests_end();
    return CHECK_RESULT();
}
