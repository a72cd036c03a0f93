/* What a PDF says, page by page, stamps included. */
#include "signature/pages_text.h"

#include "pdf_by_hand.h"

static struct pool *pool;

#define FONT "/Resources<</Font<</F 5 0 R>>>>"
#define UNICODE_FONT                                                                               \
    "<</Type/Font/Subtype/Type0/BaseFont/X/Encoding/Identity-H/DescendantFonts[7 0 R]"             \
    "/ToUnicode 8 0 R>>"

/* One page with `content` and two widgets, "so" with `stamp` and one without a name. */
static struct pages_text *read_page(const char *page, const char *content, const char *stamp,
                                    const char *cmap) {
    const char *bodies[] = {
        "<</Type/Catalog/Pages 2 0 R/AcroForm<</Fields[6 0 R]>>>>",
        "<</Type/Pages/Count 1/Kids[3 0 R]>>",
        pool_printf(pool,
                    "<</Type/Page/Parent 2 0 R/MediaBox[0 0 600 800]" FONT
                    "/Contents 4 0 R/Annots[6 0 R]%s>>",
                    page),
        stream_of(pool, "", content),
        cmap ? UNICODE_FONT : "<</Type/Font/Subtype/Type1/BaseFont/Times-Roman>>",
        "<</Type/Annot/Subtype/Widget/FT/Sig/T(so)/Rect[150 690 190 704]/AP<</N 9 0 R>>>>",
        /* widths of codes that no font has as well */
        "<</Type/Font/Subtype/CIDFontType2/BaseFont/X/DW 500/W[2147483647[500 500]1[500]]>>",
        stream_of(pool, "", cmap ? cmap : ""),
        stream_of(pool, "/Type/XObject/Subtype/Form/BBox[0 0 40 14]" FONT, stamp), NULL};
    return pages_text(pool, pdf_of(pool, bodies));
}

static const char *page_says(const char *content) {
    struct pages_text *text = read_page("", content, "", NULL);
    return text && text->pages.n == 1 ? text->pages.at[0] : NULL;
}

static void words_come_in_the_order_they_are_read(void) {
    CHECK_STR(page_says("BT /F 12 Tf 100 500 Td (hai) Tj ET BT /F 12 Tf 100 600 Td (mot) Tj ET"),
              "mot\nhai\n");
    CHECK_STR(page_says("BT /F 12 Tf 200 600 Td (phai) Tj ET BT /F 12 Tf 100 601 Td (trai) Tj ET"),
              "trai\tphai\n");
    CHECK_STR(page_says("BT /F 12 Tf 100 600 Td [(t)10(u ch)-5(u)] TJ 0 -20 Td (a  b) Tj ET"),
              "tu chu\na b\n");
}

static void gaps_without_a_blank_part_words(void) {
    CHECK_STR(page_says("BT /F 10 Tf 100 600 Td [(mot)-300(hai)-4000(ba)] TJ ET"), "mot hai\tba\n");
}

static void a_note_mark_stays_on_its_line(void) {
    CHECK_STR(page_says("BT /F 12 Tf 100 600 Td (chu) Tj 5 Ts /F 8 Tf (1) Tj 0 Ts ET"), "chu1\n");
}

static void characters_set_leftwards_are_seen(void) {
    CHECK_STR(page_says("BT /F 12 Tf -20 Tc 300 600 Td (AB CD) Tj ET"), "CD AB\n");
    CHECK_STR(page_says("BT /F -12 Tf 300 600 Td (A B) Tj ET"), "B A\n");
}

static void a_stamp_stands_in_the_line_it_was_stamped_into_and_apart(void) {
    struct pages_text *text = read_page("", "BT /F 12 Tf 135 694 Td (So:) Tj 40 0 Td (/UB) Tj ET",
                                        "BT /F 13 Tf 8 3 Td (86) Tj ET", NULL);
    CHECK_STR(text->pages.at[0], "So: 86/UB\n");
    CHECK_INT(text->stamps.n, 1);
    CHECK_STR(text->stamps.at[0].field, "so");
    CHECK_STR(text->stamps.at[0].text, "86\n");
    CHECK_INT(text->stamps.at[0].page, 1);
}

static void text_behind_a_scan_counts(void) {
    CHECK_STR(page_says("BT /F 12 Tf 3 Tr 100 600 Td (an) Tj ET"), "an\n");
}

static void a_turned_page_is_read_upright(void) {
    struct pages_text *text = read_page(
        "/Rotate 90", "BT /F 12 Tf 0 1 -1 0 100 100 Tm (mot) Tj 0 -20 Td (hai) Tj ET", "", NULL);
    CHECK_STR(text->pages.at[0], "mot\nhai\n");
}

static void characters_are_what_the_font_says(void) {
    const char *cmap = "1 begincodespacerange <0000><ffff> endcodespacerange\n"
                       "2 beginbfchar <0001> <1EC7> <0002> <00660066> endbfchar\n"
                       "2 beginbfrange <0010> <0012> <0061> <0020> <0021> [<D83DDE00> <0020>] "
                       "endbfrange";
    struct pages_text *text =
        read_page("", "BT /F 12 Tf 100 600 Td <0001000200100011001200210020> Tj ET", "", cmap);
    CHECK_STR(text->pages.at[0], "ệffabc 😀\n");
}

static void a_font_made_to_swell_is_read_in_part(void) {
    struct buf cmap = {0};
    for (int i = 0; i < 2000; i++)
        buf_puts(&cmap, "1 beginbfrange <0000> <FFFF> <0041> endbfrange\n");
    CHECK(read_page("", "BT /F 12 Tf 100 600 Td <0001> Tj ET", "", buf_text(&cmap)));
    buf_free(&cmap);
}

static void what_is_no_pdf_says_nothing(void) {
    CHECK(!pages_text(pool, (struct bytes){"%PDF-1.7\n", 9}));
}

static void a_revision_is_a_file_of_its_own(void) {
    const char *bodies[] = {"<</Type/Catalog/Pages 2 0 R>>", "<</Type/Pages/Count 0/Kids[]>>",
                            NULL};
    struct bytes file = pdf_of(pool, bodies);
    struct bytes longer = {pool_printf(pool, "%sstartxref\n9\n%%%%EOF\n", file.s), 0};
    longer.len = strlen(longer.s);
    revision_ends ends = {0};
    revisions_find(pool, longer, &ends);
    CHECK_INT(ends.n, 2);
    CHECK_INT(revision_bytes(longer, &ends, 1).len, file.len);
    CHECK_INT(revision_bytes(longer, &ends, 3).len, 0);
}

int main(void) {
    pool = pool_new();
    RUN(words_come_in_the_order_they_are_read);
    RUN(gaps_without_a_blank_part_words);
    RUN(a_note_mark_stays_on_its_line);
    RUN(characters_set_leftwards_are_seen);

    RUN(a_stamp_stands_in_the_line_it_was_stamped_into_and_apart);
    RUN(text_behind_a_scan_counts);
    RUN(a_turned_page_is_read_upright);
    RUN(characters_are_what_the_font_says);
    RUN(a_font_made_to_swell_is_read_in_part);
    RUN(what_is_no_pdf_says_nothing);
    RUN(a_revision_is_a_file_of_its_own);
    pool_free(pool);
    return CHECK_RESULT();
}
