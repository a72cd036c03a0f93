/* Text from right to left: where its letters stand, from XML to pages. Hebrew is in Liberation
 * Serif; Arabic is taken from DejaVu Sans (fonts-dejavu-core). */
#include "page_help.h"

#define RTL(text) "<w:r><w:rPr><w:rtl/></w:rPr><w:t xml:space=\"preserve\">" text "</w:t></w:r>"
#define LTR(text) "<w:r><w:t xml:space=\"preserve\">" text "</w:t></w:r>"
#define BIDI(props, inner) PP("<w:bidi/>" props, inner)
#define TAB "<w:r><w:tab/></w:r>"

/* A glyph as it stands on the page. */
struct seen {
    mpt x, y, end, size;
    uint16_t id;
    const struct face *face;
    size_t page;
};

/* The n-th one that stands for `cp`. */
static struct seen nth_seen(uint32_t cp, size_t n) {
    const struct draw *d;
    for (size_t page = 0; page < pages->at.n; page++)
        VEC_EACH (d, &pages->at.at[page].draws)
            for (size_t i = 0; d->kind == DRAW_TEXT && i < d->as.text.n; i++) {
                const struct draw_text *t = &d->as.text;
                const struct glyph *g = &t->glyphs[i];
                if (g->cp != cp || n-- > 0)
                    continue;
                int64_t advance = (int64_t)face_advance(t->face, g->id) * t->size;
                mpt x = t->x + g->x;
                return (struct seen){
                    x,       t->y, x + (mpt)(advance / face_metrics(t->face)->upem), t->size, g->id,
                    t->face, page};
            }
    printf("# no U+%04X: %s\n", (unsigned)cp, page_text(0));
    CHECK(!"the character is there");
    return (struct seen){0};
}

static struct seen seen(uint32_t cp) {
    return nth_seen(cp, 0);
}

static bool near(int64_t a, int64_t b) {
    if (a - b <= 20 && b - a <= 20)
        return true;
    printf("# %lld is not near %lld\n", (long long)a, (long long)b);
    return false;
}

/* The characters of the first line from left to right, blanks left out. */
static const char *visual(void) {
    struct {
        mpt x;
        uint32_t cp;
    } all[256];
    size_t n = 0;
    struct buf out = {0};
    const struct draw *d;
    mpt y = 0;
    VEC_EACH (d, &pages->at.at[0].draws)
        for (size_t i = 0; d->kind == DRAW_TEXT && i < d->as.text.n && n < 256; i++) {
            const struct glyph *g = &d->as.text.glyphs[i];
            y = y ? y : d->as.text.y;
            if (g->cp != ' ' && d->as.text.y == y) {
                size_t at = n++;
                for (; at > 0 && all[at - 1].x > d->as.text.x + g->x; at--)
                    all[at] = all[at - 1];
                all[at].x = d->as.text.x + g->x;
                all[at].cp = g->cp;
            }
        }
    for (size_t i = 0; i < n; i++) {
        char utf8[4];
        buf_append(&out, utf8, utf8_put(utf8, all[i].cp));
    }
    const char *copy = pool_strdup(pool, buf_text(&out));
    buf_free(&out);
    return copy;
}

enum { ALEF = 0x5D0, BET, GIMEL, DALET };

static void letters_stand_from_right_to_left_and_are_kept_in_reading_order(void) {
    print_body(P(LTR("a ") RTL("אבג") LTR(" b")) SECT(""));
    CHECK_STR(visual(), "aגבאb");
    CHECK(strstr(page_text(0), "אבג") != NULL);
    CHECK(near(seen(BET).end, seen(ALEF).x) && near(seen(GIMEL).end, seen(BET).x));
    CHECK(seen('a').x < seen(GIMEL).x && seen('b').x > seen(ALEF).x);
    CHECK(quiet());
}

static void paragraphs_begin_at_the_right_margin(void) {
    print_body(BIDI("", RTL("אב")) SECT(""));
    CHECK(near(seen(ALEF).end, TEXT_RIGHT));
    CHECK(near(seen(BET).end, seen(ALEF).x));
    print_body(BIDI("<w:ind w:start=\"400\" w:firstLine=\"200\"/>", RTL("אב")) SECT(""));
    CHECK(near(seen(ALEF).end, TEXT_RIGHT - 30000));
    print_body(BIDI("<w:ind w:left=\"400\" w:hanging=\"400\"/>", RTL("אב")) SECT(""));
    CHECK(near(seen(ALEF).end, TEXT_RIGHT));
}

static void alignment_is_seen_from_where_lines_begin(void) {
    static const struct {
        const char *jc;
        int side; /* -1: left */
    } cases[] = {{"left", 1}, {"start", 1}, {"right", -1}, {"end", -1}, {"center", 0}};
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        char body[1024];
        snprintf(body, sizeof body, BIDI("<w:jc w:val=\"%s\"/>", RTL("אב")) SECT(""), cases[i].jc);
        print_body(body);
        mpt left = seen(BET).x - TEXT_LEFT, right = TEXT_RIGHT - seen(ALEF).end;
        CHECK(near(cases[i].side < 0 ? left : cases[i].side > 0 ? right : left - right, 0));
    }
}

static void tabs_are_counted_from_the_right(void) {
    print_body(BIDI("<w:tabs><w:tab w:val=\"left\" w:pos=\"2000\"/><w:tab w:val=\"right\" "
                    "w:pos=\"6000\"/></w:tabs>",
                    RTL("א") TAB RTL("ב") TAB RTL("ג")) SECT(""));
    CHECK(near(seen(ALEF).end, TEXT_RIGHT));
    CHECK(near(seen(BET).end, TEXT_RIGHT - 100000));
    CHECK(near(seen(GIMEL).x, TEXT_RIGHT - 300000));
    print_body(BIDI("", RTL("א") TAB RTL("ב")) SECT(""));
    CHECK(near(seen(BET).end, TEXT_RIGHT - 36000));
}

static void leaders_fill_the_way_of_their_tab(void) {
    print_body(BIDI("<w:tabs><w:tab w:val=\"right\" w:leader=\"dot\" w:pos=\"8000\"/></w:tabs>",
                    RTL("א") TAB RTL("ב")) SECT(""));
    CHECK(seen('.').x >= seen(BET).end && seen('.').end < seen(ALEF).x);
    CHECK(near(seen('.').x - seen(BET).end, 0));
}

static void lines_are_broken_in_reading_order(void) {
    print_body(BIDI("<w:ind w:right=\"6000\"/>", RTL("אאא אאא אאא אאא בבב בבב בבב בבב גגג גגג"))
                   SECT(""));
    CHECK(seen(ALEF).y < seen(GIMEL).y);
    CHECK(near(seen(ALEF).end, TEXT_RIGHT));
    CHECK(seen(GIMEL).end <= TEXT_RIGHT + 20);
}

static void justified_lines_reach_from_edge_to_edge(void) {
    print_body(BIDI("<w:jc w:val=\"both\"/><w:ind w:left=\"500\" w:right=\"5500\"/>",
                    RTL("אבג אבג אבג אבג אבג אבג אבג אבג אבג אבג אבג אבג אבג אבג אבג")) SECT(""));
    mpt y = seen(ALEF).y, least = TEXT_RIGHT;
    const struct draw *d;
    VEC_EACH (d, &pages->at.at[0].draws)
        for (size_t i = 0; d->kind == DRAW_TEXT && i < d->as.text.n; i++)
            if (d->as.text.y == y && d->as.text.glyphs[i].cp != ' ' &&
                d->as.text.x + d->as.text.glyphs[i].x < least)
                least = d->as.text.x + d->as.text.glyphs[i].x;
    CHECK(near(seen(ALEF).end, TEXT_RIGHT - 25000));
    CHECK(near(least, TEXT_LEFT + 275000));
}

static void numbers_and_latin_words_stay_from_left_to_right(void) {
    print_body(BIDI("", RTL("א 12.5 ") LTR("xyz") RTL(" ב")) SECT(""));
    CHECK_STR(visual(), "בxyz12.5א");
    print_body(BIDI("", RTL("א 12/3/2026 ב")) SECT(""));
    CHECK_STR(visual(), "ב12/3/2026א");
}

static void brackets_are_mirrored_and_read_as_typed(void) {
    print_body(BIDI("", RTL("א(ב)ג")) SECT(""));
    CHECK_STR(visual(), "ג)ב(א");
    CHECK_INT(seen('(').id, face_glyph(seen('(').face, ')'));
    CHECK_INT(seen(')').id, face_glyph(seen(')').face, '('));
}

/* Measured in Word: runs without w:rtl are a passage from left to right, also in a paragraph from
 * right to left, and runs with it one from right to left. */
static void neighbouring_runs_that_agree_are_a_passage(void) {
    print_body(BIDI("", LTR("אב גד.")) SECT(""));
    CHECK_STR(visual(), "דגבא.");
    print_body(BIDI("", RTL("אב גד.")) SECT(""));
    CHECK_STR(visual(), ".דגבא");
    print_body(BIDI("", LTR("א x ב")) SECT(""));
    CHECK_STR(visual(), "אxב");
    print_body(BIDI("", LTR("w") RTL("ט") LTR("j")) SECT(""));
    CHECK_STR(visual(), "jטw");
    print_body(P(LTR("w ") RTL("א, ב.") LTR(" j")) SECT(""));
    CHECK_STR(visual(), "w.ב,אj");
}

static void marks_of_direction_and_their_elements_are_kept_to(void) {
    print_body(P("<w:bdo w:val=\"rtl\">" LTR("abc") "</w:bdo>" LTR("d")) SECT(""));
    CHECK_STR(visual(), "cbad");
    print_body(P("<w:dir w:val=\"rtl\">" LTR("a") RTL("א") "</w:dir>" LTR("d")) SECT(""));
    CHECK_STR(visual(), "אad");
    print_body(P(LTR("א\u200E.\u200Eב")) SECT(""));
    CHECK_STR(visual(), "א.ב");
    CHECK(quiet());
}

static void arabic_letters_are_joined(void) {
    enum { BEH = 0x628 };
    print_body(BIDI("", RTL("ببب")) SECT(""));
    struct seen first = nth_seen(BEH, 0), middle = nth_seen(BEH, 1), last = nth_seen(BEH, 2);
    CHECK(first.id != middle.id && middle.id != last.id && first.id != last.id);
    CHECK(near(middle.end, first.x) && near(last.end, middle.x));
    CHECK(first.id != face_glyph(first.face, BEH));
    print_body(BIDI("", RTL("ب") "<w:r><w:rPr><w:rtl/><w:color w:val=\"FF0000\"/></w:rPr>"
                                 "<w:t>ب</w:t></w:r>") SECT(""));
    CHECK(nth_seen(BEH, 0).id == first.id); /* joined over the end of the run */
}

static void both_letters_of_a_ligature_are_there_to_be_copied(void) {
    enum { LAM = 0x644, ARABIC_ALEF = 0x627, ZWNJ = 0x200C };
    print_body(BIDI("", RTL("لا")) SECT(""));
    struct seen lam = seen(LAM), alef = seen(ARABIC_ALEF);
    CHECK(lam.id != face_glyph(lam.face, LAM));
    CHECK_INT(alef.id, face_glyph(alef.face, ' '));
    CHECK(alef.x < lam.x && alef.x > lam.x - 1000);
    print_body(BIDI("", RTL("ل\u200Cا")) SECT("")); /* kept apart */
    CHECK(seen(ARABIC_ALEF).id == face_glyph(alef.face, ARABIC_ALEF));
    CHECK_INT(seen(ZWNJ).id, face_glyph(alef.face, ' '));
}

static void points_stand_at_their_letters(void) {
    enum { QAMATS = 0x5B8 };
    print_body(BIDI("", RTL("בָג")) SECT(""));
    struct seen point = seen(QAMATS), letter = seen(BET);
    struct face_box ink = face_ink(point.face, point.id);
    int64_t middle = point.x + (int64_t)(ink.left + ink.right) / 2 * point.size / 2048;
    CHECK(middle > letter.x && middle < letter.end);
    CHECK(near(seen(GIMEL).end, letter.x));
}

static void properties_of_complex_scripts_are_theirs(void) {
    print_body(P("<w:r><w:rPr><w:rtl/><w:rFonts w:cs=\"Liberation Sans\"/><w:bCs/><w:i/>"
                 "<w:szCs w:val=\"40\"/></w:rPr><w:t>א</w:t></w:r>"
                 "<w:r><w:rPr><w:cs/><w:szCs w:val=\"36\"/></w:rPr><w:t>a</w:t></w:r>"
                 "<w:r><w:rPr><w:bCs/><w:szCs w:val=\"40\"/></w:rPr><w:t>b</w:t></w:r>") SECT(""));
    CHECK_STR(face_postscript_name(seen(ALEF).face), "LiberationSans-Bold");
    CHECK_INT(seen(ALEF).size, 20000);
    CHECK_INT(seen('a').size, 18000);
    CHECK_INT(seen('b').size, 14000);
    CHECK(!face_is_bold(seen('b').face));
}

static void numbers_of_a_list_stand_at_the_right(void) {
    begin(BIDI("<w:numPr><w:ilvl w:val=\"0\"/><w:numId w:val=\"1\"/></w:numPr>", RTL("א"))
              SECT(""));
    docx_part(package, "word/styles.xml", "w:styles", STYLES(""));
    docx_part(package, "word/numbering.xml", "w:numbering",
              "<w:abstractNum w:abstractNumId=\"0\"><w:lvl w:ilvl=\"0\"><w:start w:val=\"7\"/>"
              "<w:numFmt w:val=\"decimal\"/><w:lvlText w:val=\"%1.\"/><w:pPr><w:ind w:left=\"720\" "
              "w:hanging=\"360\"/></w:pPr></w:lvl></w:abstractNum><w:num w:numId=\"1\">"
              "<w:abstractNumId w:val=\"0\"/></w:num>");
    print_package();
    CHECK_STR(visual(), "א.7");
    CHECK(near(seen('7').end, TEXT_RIGHT - 18000));
    CHECK(near(seen(ALEF).end, TEXT_RIGHT - 36000));
}

static size_t count_draws(enum draw_kind kind) {
    const struct draw *d;
    size_t n = 0;
    VEC_EACH (d, &pages->at.at[0].draws)
        n += d->kind == kind;
    return n;
}

static void what_is_underlined_is_so_wherever_it_stands(void) {
#define UNDERLINED(props, text)                                                                    \
    "<w:r><w:rPr>" props "<w:u w:val=\"single\"/></w:rPr><w:t>" text "</w:t></w:r>"
    print_body(BIDI("", RTL("א") UNDERLINED("<w:rtl/>", "בגx") RTL("ד")) SECT(""));
    CHECK_STR(visual(), "דxגבא");
    CHECK_INT((int)count_draws(DRAW_LINE), 2);
    const struct draw_line *hebrew = &nth_draw(0, DRAW_LINE, 0)->as.line;
    const struct draw_line *latin = &nth_draw(0, DRAW_LINE, 1)->as.line;
    CHECK(near(hebrew->x0, seen(GIMEL).x) && near(hebrew->x1, seen(BET).end));
    CHECK(near(latin->x0, seen('x').x) && near(latin->x1, seen('x').end));
}

static void links_lie_over_their_letters(void) {
    print_body(BIDI("", RTL("א") "<w:hyperlink w:anchor=\"n\">" RTL("בג") "</w:hyperlink>" RTL("ד"))
                   SECT(""));
    CHECK_INT((int)pages->at.at[0].links.n, 1);
    const struct page_link *link = &pages->at.at[0].links.at[0];
    CHECK(near(link->x, seen(GIMEL).x) && near(link->x + link->width, seen(BET).end));
}

static void borders_follow_the_indents(void) {
    print_body(BIDI("<w:pBdr><w:left w:val=\"single\" w:sz=\"8\"/></w:pBdr>"
                    "<w:ind w:left=\"1000\" w:right=\"2000\"/>",
                    RTL("א")) SECT(""));
    CHECK(near(nth_draw(0, DRAW_LINE, 0)->as.line.x0, TEXT_LEFT + 100000 - 500));
}

static void text_keeps_out_of_the_way_of_drawings(void) {
#define OBSTACLE(x)                                                                                \
    "<w:r><w:drawing><wp:anchor distL=\"0\" distR=\"0\"><wp:positionH "                            \
    "relativeFrom=\"column\"><wp:posOffset>" x "</wp:posOffset></wp:positionH><wp:positionV "      \
    "relativeFrom=\"paragraph\"><wp:posOffset>0</wp:posOffset></wp:positionV><wp:extent "          \
    "cx=\"1270000\" cy=\"1270000\"/><wp:wrapSquare wrapText=\"bothSides\"/><a:graphic>"            \
    "<a:graphicData uri=\"http://schemas.microsoft.com/office/word/2010/wordprocessingShape\">"    \
    "<wps:wsp><wps:spPr><a:prstGeom prst=\"rect\"/></wps:spPr></wps:wsp></a:graphicData>"          \
    "</a:graphic></wp:anchor></w:drawing></w:r>"
    print_body(BIDI("", OBSTACLE("4445000") RTL("א")) SECT("")); /* from 350 pt on, 100 wide */
    CHECK(near(seen(ALEF).end, TEXT_LEFT + 350000));
    print_body(BIDI("", OBSTACLE("0") RTL("א")) SECT(""));
    CHECK(near(seen(ALEF).end, TEXT_RIGHT));
}

static void columns_go_from_right_to_left(void) {
    static const char two[] = P(LTR("a")) P("<w:r><w:br w:type=\"column\"/></w:r>" LTR("b"))
        SECT("<w:cols w:num=\"2\" w:space=\"720\" w:sep=\"1\"/><w:bidi/>");
    print_body(two);
    mpt column = (TEXT_RIGHT - TEXT_LEFT - 36000) / 2;
    CHECK(near(seen('b').x, TEXT_LEFT));
    CHECK(near(seen('a').x, TEXT_LEFT + column + 36000));
    CHECK(near(nth_draw(0, DRAW_LINE, 0)->as.line.x0, (TEXT_LEFT + TEXT_RIGHT) / 2));
    CHECK(quiet());
}

static void cells_notes_and_boxes_have_it_too(void) {
    print_body("<w:tbl><w:tblPr><w:tblW w:w=\"4000\" w:type=\"dxa\"/><w:tblLayout "
               "w:type=\"fixed\"/></w:tblPr><w:tblGrid><w:gridCol w:w=\"4000\"/></w:tblGrid>"
               "<w:tr><w:tc>" BIDI("", RTL("א")) "</w:tc></w:tr></w:tbl>" P("") SECT(""));
    CHECK(seen(ALEF).end > TEXT_LEFT + 180000 && seen(ALEF).end < TEXT_LEFT + 200000);
}

static void text_beside_paragraphs_is_named(void) {
    print_body(P("<m:oMath><m:r><m:t>אב</m:t></m:r></m:oMath>") SECT(""));
    CHECK(diag_has(diag, LAYOUT_BACKWARD_TEXT));
    print_body(P(RTL("אב")) SECT(""));
    CHECK(!diag_has(diag, LAYOUT_BACKWARD_TEXT));
}

static void paragraphs_without_it_are_laid_out_as_ever(void) {
    begin(P(T("Việt Nam")) BIDI("", T("a")) P(RTL("1")) P(T("א")));
    const struct document *document = reread();
    static const bool want[] = {false, true, true, true};
    const struct block *b = document->sections->blocks;
    for (size_t i = 0; i < 4 && b; i++, b = b->next)
        CHECK(b->para->bidi == want[i]);
}

static void hebrew_may_end_a_line_at_its_hyphen(void) {
    print_body(BIDI("<w:ind w:right=\"8000\"/>", RTL("אאאאאא\u05BEבבבבבב")) SECT(""));
    CHECK(seen(ALEF).y < seen(BET).y);
}

int main(void) {
    page_tests_begin();
    RUN(letters_stand_from_right_to_left_and_are_kept_in_reading_order);
    RUN(paragraphs_begin_at_the_right_margin);
    RUN(alignment_is_seen_from_where_lines_begin);
    RUN(tabs_are_counted_from_the_right);
    RUN(leaders_fill_the_way_of_their_tab);
    RUN(lines_are_broken_in_reading_order);
    RUN(justified_lines_reach_from_edge_to_edge);
    RUN(numbers_and_latin_words_stay_from_left_to_right);
    RUN(brackets_are_mirrored_and_read_as_typed);
    RUN(neighbouring_runs_that_agree_are_a_passage);
    RUN(marks_of_direction_and_their_elements_are_kept_to);
    RUN(arabic_letters_are_joined);
    RUN(both_letters_of_a_ligature_are_there_to_be_copied);
    RUN(points_stand_at_their_letters);
    RUN(properties_of_complex_scripts_are_theirs);
    RUN(numbers_of_a_list_stand_at_the_right);
    RUN(what_is_underlined_is_so_wherever_it_stands);
    RUN(links_lie_over_their_letters);
    RUN(borders_follow_the_indents);
    RUN(text_keeps_out_of_the_way_of_drawings);
    RUN(columns_go_from_right_to_left);
    RUN(cells_notes_and_boxes_have_it_too);
    RUN(text_beside_paragraphs_is_named);
    RUN(paragraphs_without_it_are_laid_out_as_ever);
    RUN(hebrew_may_end_a_line_at_its_hyphen);
    page_tests_end();
    return CHECK_RESULT();
}
