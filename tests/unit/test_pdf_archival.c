#include "pdf/icc.h"
#include "pdf/moment.h"
#include "pdf/words.h"
#include "pdf_tools.h"

static struct draw_text *line(struct bench *b, struct page *page, mpt y, const char *text,
                              uint32_t tag) {
    struct draw_text *draw = add_text(b, page, face_of(b, false, false), 14000, 85050, y, text, 0);
    page->draws.at[page->draws.n - 1].tag = tag;
    return draw;
}

static uint32_t tag(struct bench *b, enum tag_role role, uint32_t parent) {
    *VEC_PUSH(b->pool, &b->pages.tags) = (struct layout_tag){.role = role, .parent = parent};
    return (uint32_t)b->pages.tags.n - 1;
}

static size_t count_lines(struct bench *b, const char *command) {
    return count(ask(b, command), "\n");
}

/* ---- metadata ---- */

static void metadata_and_information_say_the_same(void) {
    struct bench b;
    bench_open(&b);
    line(&b, add_page(&b), 80000, "Kính gửi", 0);
    b.pages.title = " Công văn 12/SXD-VP \x01 <V/v> & (nhà ở) \\ ";
    b.pages.creator = "Sở Xây dựng tỉnh Mộc Giang";
    b.pages.subject = "Quản lý nhà ở \U0001F3E0";
    b.pages.keywords = "nhà ở; hỏa tốc";
    b.pages.identifier = "12/SXD-VP";
    CHECK(write_pdf(&b));
    char *text = ask(&b, "pdfinfo -meta %s");
    CHECK(strstr(text, "<rdf:li xml:lang=\"x-default\">Công văn 12/SXD-VP   &lt;V/v&gt; &amp; "
                       "(nhà ở) \\</rdf:li>") != NULL);
    CHECK(strstr(text, "<dc:identifier>12/SXD-VP</dc:identifier>") != NULL);
    CHECK(strstr(text, "<pdfaid:part>2</pdfaid:part>") != NULL);
    CHECK(!strstr(text, "Date"));
    char *info = ask(&b, "pdfinfo -enc UTF-8 %s");
    CHECK(strstr(info, "Subject:         Quản lý nhà ở \U0001F3E0\n") != NULL);
    CHECK(strstr(info, "Author:          Sở Xây dựng tỉnh Mộc Giang\n") != NULL);
    CHECK(strstr(info, "Keywords:        nhà ở; hỏa tốc\n") != NULL);
    bench_close(&b);
}

static const char *moment(struct bench *b, const char *w3cdtf) {
    struct moment at = moment_read(w3cdtf);
    struct buf out = {0};
    if (at.year) {
        moment_put_xmp(&out, &at);
        buf_putc(&out, ' ');
        moment_put_info(&out, &at);
    }
    const char *words = pool_strdup(b->pool, buf_text(&out));
    buf_free(&out);
    return words;
}

static void dates_are_those_of_the_document(void) {
    struct bench b;
    bench_open(&b);
    CHECK_STR(moment(&b, "2026-03-02T00:00:00Z"), "2026-03-02 D:20260302");
    CHECK_STR(moment(&b, "2026-03-02T07:05:09Z"), "2026-03-02T07:05:09Z D:20260302070509Z");
    CHECK_STR(moment(&b, "2024-02-29T07:05:09.25+07:00"),
              "2024-02-29T07:05:09+07:00 D:20240229070509+07'00'");
    CHECK_STR(moment(&b, "2026-03-02T07:05-03:30"),
              "2026-03-02T07:05:00-03:30 D:20260302070500-03'30'");
    CHECK_STR(moment(&b, "2026-11"), "2026-11 D:202611");
    static const char *const none[] = {"",
                                       "hôm nay",
                                       "2026-13-01",
                                       "2026-02-29",
                                       "2026-00-10",
                                       "2026-03-02T25:00:00Z",
                                       "0026",
                                       "2026-03-02T00:00:00",
                                       "2026-03-02T:00Z",
                                       "2026-03-02Z",
                                       "2026-3-2",
                                       "2026-03-02T07:60Z"};
    for (size_t i = 0; i < sizeof none / sizeof *none; i++)
        CHECK_STR(moment(&b, none[i]), "");
    line(&b, add_page(&b), 80000, "Kính gửi", 0);
    b.pages.created = "2026-03-02T00:00:00Z";
    b.pages.modified = "2026-03-05T08:30:00+07:00";
    CHECK(write_pdf(&b));
    char *text = ask(&b, "pdfinfo -meta %s; TZ=UTC pdfinfo %s");
    CHECK(strstr(text, "<xmp:CreateDate>2026-03-02</xmp:CreateDate>") != NULL);
    CHECK(strstr(text, "<xmp:ModifyDate>2026-03-05T08:30:00+07:00</xmp:ModifyDate>") != NULL);
    CHECK(strstr(text, "CreationDate:    Mon Mar  2 00:00:00 2026 UTC") != NULL);
    CHECK(strstr(text, "ModDate:         Thu Mar  5 01:30:00 2026 UTC") != NULL);
    bench_close(&b);
}

static void hostile_properties_leave_a_whole_file(void) {
    struct bench b;
    bench_open(&b);
    line(&b, add_page(&b), 80000, "Kính gửi", 0);
    struct buf endless = {0};
    for (int i = 0; i < 100000; i++)
        buf_puts(&endless, "]]>\xEF\xBF\xBE\xFF)(");
    b.pages.title = buf_text(&endless);
    b.pages.creator = "\r\n\t ";
    b.pages.subject = "\xED\xA0\x80\xF4\x90\x80\x80 <?xpacket end=\"w\"?>";
    CHECK(write_pdf(&b));
    CHECK(!strstr(ask(&b, "pdfinfo %s"), "Author"));
    buf_free(&endless);
    bench_close(&b);
}

static void the_id_tells_contents_apart(void) {
    static const char find_id[] = "grep -ao '/ID.*]' %s";
    struct bench b;
    bench_open(&b);
    struct page *page = add_page(&b);
    line(&b, page, 80000, "Kính gửi", 0);
    CHECK(write_pdf(&b));
    char *one = ask(&b, find_id);
    CHECK_INT(strlen(one), 3 + 2 + 4 + 64 + 1);
    CHECK(strncmp(one + 5, one + 5 + 34, 32) == 0);
    page->draws.at[0].as.text.x++;
    CHECK(write_pdf(&b));
    char *two = ask(&b, find_id);
    CHECK(strcmp(one, two) != 0);
    b.pages.title = "khác";
    CHECK(write_pdf(&b));
    CHECK(strcmp(two, ask(&b, find_id)) != 0);
    bench_close(&b);
}

/* The value at a point of the profile's curve. */
static unsigned curve_at(const struct buf *icc, unsigned point) {
    const char *curve = memmem(icc->data, icc->len, "curv\0\0\0\0\0\0\1\0", 12);
    const unsigned char *p = (const unsigned char *)curve + 12 + 2 * point;
    return curve ? p[0] << 8u | p[1] : 0;
}

static void the_profile_has_the_curve_of_srgb(void) {
    struct buf icc = {0};
    icc_put_srgb(&icc);
    CHECK(icc.len > 500 && icc.len < 1200);
    CHECK_INT(curve_at(&icc, 0), 0);
    CHECK_INT(curve_at(&icc, 10), 199);    /* 10/255/12.92 */
    CHECK_INT(curve_at(&icc, 55), 2504);   /* ((55/255 + 0.055)/1.055)^2.4 = 0.03820 */
    CHECK_INT(curve_at(&icc, 128), 14146); /* 0.21586 */
    CHECK_INT(curve_at(&icc, 255), 65535);
    buf_free(&icc);
}

/* ---- attached files ---- */

static void attached_files_come_out_as_they_went_in(void) {
    struct bench b;
    bench_open(&b);
    line(&b, add_page(&b), 80000, "Kính gửi", 0);
    static const char bytes[] = "PK\0\1\2)(\\\r\n";
    const struct pdf_attachment files[] = {
        {"công văn.ini", "text/plain", "Dữ liệu", PDF_DATA, "a = b\n", 6},
        {"same.md", "text/markdown", NULL, PDF_SOURCE, "", 0},
        {"same.md", "text/x (odd)#type", "hai", PDF_SUPPLEMENT, "2", 1},
        {"(x).docx", NULL, "ba", PDF_SOURCE, bytes, sizeof bytes}};
    b.options = &(struct pdf_options){.attachments = files, .attachment_count = 4};
    CHECK(write_pdf(&b));
    CHECK(strstr(ask(&b, "pdfinfo -meta %s"), "<pdfaid:part>3</pdfaid:part>") != NULL);
    CHECK_STR(ask(&b, "pdfdetach -list %s"),
              "4 embedded files\n1: (x).docx\n2: công văn.ini\n3: same-2.md\n4: same.md\n");
    int status;
    size_t len;
    char *out = ask_bytes(&b, "pdfdetach -save 1 -o %s.1 %s; cat %s.1; rm %s.1", &status, &len);
    CHECK(len == sizeof bytes && memcmp(out, bytes, len) == 0);
    CHECK_STR(ask(&b, "pdfdetach -save 2 -o %s.1 %s; cat %s.1; rm %s.1"), "a = b\n");
    CHECK_STR(ask(&b, "pdfdetach -save 4 -o %s.1 %s; cat %s.1; rm %s.1"), "");
    CHECK(strstr(unpacked(&b), "/CheckSum <d41d8cd98f00b204e9800998ecf8427e>") != NULL);
    bench_close(&b);
}

/* ---- links, places, outline ---- */

static void add_link(struct bench *b, struct page *page, const char *uri) {
    *VEC_PUSH(b->pool, &page->links) =
        (struct page_link){.x = 85000, .y = 70000, .width = 30000, .height = 14000, .uri = uri};
}

static void add_place(struct bench *b, const char *name, size_t page, mpt y) {
    *VEC_PUSH(b->pool, &b->pages.places) = (struct page_place){.name = name, .page = page, .y = y};
}

static void links_lead_to_addresses_and_places(void) {
    struct bench b;
    bench_open(&b);
    struct page *page = add_page(&b);
    add_link(&b, page, "https://vi.example/đường dẫn(1)");
    add_link(&b, page, "#phụ lục");
    add_link(&b, page, "#nowhere");
    add_link(&b, page, "");
    add_link(&b, page, NULL);
    page->links.at[1].y = 841900;
    add_page(&b);
    add_place(&b, "phụ lục", 1, 100000);
    add_place(&b, "phụ lục", 0, 0); /* a second of one name */
    add_place(&b, "a", 0, 5);
    add_place(&b, "lost", 7, 0);
    add_place(&b, NULL, 0, 0);
    CHECK(write_pdf(&b));
    char *text = unpacked(&b);
    CHECK_INT(count(text, "/Subtype /Link"), 2);
    CHECK(strstr(text, "/URI (https://vi.example/%C4%91%C6%B0%E1%BB%9Dng%20d%E1%BA%ABn") != NULL);
    CHECK_STR(ask(&b, "pdfinfo -dests %s | awk 'NR > 1 {print $1, $5}'"), "1 842\n2 742\n");
    bench_close(&b);
}

static void a_link_is_an_element_around_its_text(void) {
    struct bench b;
    bench_open(&b);
    struct page *page = add_page(&b);
    tag(&b, ROLE_DOCUMENT, 0);
    uint32_t para = tag(&b, ROLE_PARAGRAPH, 0), link = tag(&b, ROLE_LINK, para);
    uint32_t dead = tag(&b, ROLE_LINK, para);
    line(&b, page, 80000, "xem ", para);
    line(&b, page, 80000, "trang nhà", link);
    line(&b, page, 99000, "và", link);
    line(&b, page, 99000, "lạc", dead);
    add_link(&b, page, "https://vi.example/");
    add_link(&b, page, "https://vi.example/");
    add_link(&b, page, "https://vi.example/khác"); /* of a text nobody tagged */
    page->links.at[0].tag = page->links.at[1].tag = link;
    page->links.at[2].tag = 999;
    CHECK(write_pdf(&b));
    CHECK_STR(ask(&b, "pdfinfo -struct-text %s"),
              "Document\n  P (block)\n    \"xem \"\n    Link (inline)\n      \"trang nhàvà\"\n"
              "      Object 11 0\n      Object 12 0\n    Span (inline)\n      \"lạc\"\n");
    char *text = unpacked(&b);
    CHECK_INT(count(text, "/StructParent "), 2);
    CHECK_INT(count(text, "/Tabs /S"), 1);
    CHECK_INT(count(text, "/Contents (https://vi.example/"), 3);
    bench_close(&b);
}

static void add_heading(struct bench *b, const char *name, int level, size_t page) {
    *VEC_PUSH(b->pool, &b->pages.outline) =
        (struct page_place){.name = name, .level = level, .page = page, .y = 90000};
}

static void the_outline_is_a_tree_of_headings(void) {
    struct bench b;
    bench_open(&b);
    add_page(&b);
    add_page(&b);
    add_heading(&b, "Phụ lục I", 1, 0);
    add_heading(&b, "Mục 1 (a)", 2, 0);
    add_heading(&b, "Điểm sâu", 9, 1);
    add_heading(&b, "Mục 2", 2, 1);
    add_heading(&b, " ", 2, 1);
    add_heading(&b, "lạc", 2, 5);
    add_heading(&b, "Phụ lục II", 1, 1);
    CHECK(write_pdf(&b));
    char *text = unpacked(&b);
    CHECK(strstr(text, "/PageMode /UseOutlines") != NULL);
    CHECK_INT(count(text, "/Title "), 5);
    CHECK_INT(count(text, "/Count 5\n"), 1); /* of the root */
    CHECK_INT(count(text, "/Count 3\n"), 1); /* of Phụ lục I */
    CHECK_INT(count(text, "/Next "), 2);
    CHECK_INT(count(text, "/Prev "), 2);
    CHECK_INT(count(text, "/XYZ\n"), 5);
    bench_close(&b);
}

/* ---- structure ---- */

static const struct picture *broken_picture(void) {
    static const struct picture picture = {.bytes = "x?", .len = 2, .part = "word/media/a.png"};
    return &picture;
}

/* Two pages: a heading, a paragraph that goes over to the second, a table with an empty cell, a
 * note, a figure, and artifacts between. */
static void fill_tagged(struct bench *b) {
    uint32_t root = tag(b, ROLE_DOCUMENT, 0);
    uint32_t heading = tag(b, ROLE_HEADING, root);
    b->pages.tags.at[heading].level = 2;
    uint32_t para = tag(b, ROLE_PARAGRAPH, root), figure = tag(b, ROLE_FIGURE, para);
    b->pages.tags.at[figure].text = "Con dấu (đỏ)";
    uint32_t table = tag(b, ROLE_TABLE, root), row = tag(b, ROLE_ROW, table);
    uint32_t head = tag(b, ROLE_HEADER_CELL, row), empty = tag(b, ROLE_CELL, row);
    uint32_t full = tag(b, ROLE_CELL, row), inside = tag(b, ROLE_PARAGRAPH, full);
    uint32_t note = tag(b, ROLE_NOTE, root), unused = tag(b, ROLE_PARAGRAPH, root);
    CHECK(empty && unused);
    struct page *page = add_page(b);
    line(b, page, 30000, "đầu trang", 0);
    line(b, page, 80000, "Tiêu đề", heading);
    line(b, page, 100000, "Đoạn văn dòng một", para);
    line(b, page, 120000, "dòng hai", para);
    add_picture(b, page, broken_picture(), 200000, 300000, 44000, 36000);
    page->draws.at[page->draws.n - 1].tag = figure;
    page = add_page(b);
    line(b, page, 80000, "dòng ba", para);
    line(b, page, 100000, "STT", head);
    add_draw(b, page, DRAW_LINE)->as.line =
        (struct draw_line){.x0 = 1000, .y0 = 2000, .x1 = 3000, .y1 = 2000, .width = 750};
    line(b, page, 100000, "Tên", inside);
    line(b, page, 700000, "Ghi chú", note);
    line(b, page, 720000, "lạc", 999);
}

static void draws_are_marked_by_what_they_are(void) {
    struct bench b;
    bench_open(&b);
    fill_tagged(&b);
    CHECK(write_pdf(&b));
    char *text = ask(&b, "pdfinfo -struct-text %s");
    CHECK_STR(text, "Document\n"
                    "  H2 (block)\n    \"Tiêu đề\"\n"
                    "  P (block)\n    \"Đoạn văn dòng mộtdòng hai\"\n"
                    "    Figure\n      \"\"\n    \"dòng ba\"\n"
                    "  Table (block)\n    TR\n      TH:\n         /Scope /Column\n        "
                    "\"STT\"\n      TD\n      TD\n        \"Tên\"\n"
                    "  Note <note00000010> (inline)\n    \"Ghi chú\"\n");
    char *plain = unpacked(&b);
    CHECK(strstr(plain, "/Alt <feff") && strstr(plain, "/Marked true"));
    CHECK_INT(count(plain, "/Artifact BMC\n"), 3);
    CHECK_INT(count(plain, "/P<</MCID"), 3); /* both lines of page 1 in one */
    CHECK_INT(count(plain, "/S /P\n"), 1);   /* over two pages; that of the cell is the cell */
    CHECK_INT(count(plain, "/Type /MCR\n"), 1);
    bench_close(&b);
}

static void tags_that_make_no_sense_do_no_harm(void) {
    struct bench b;
    bench_open(&b);
    tag(&b, ROLE_ROW, 17);
    uint32_t self = tag(&b, ROLE_HEADING, 1), ahead = tag(&b, (enum tag_role)77, 40);
    b.pages.tags.at[self].level = -4;
    uint32_t deep = ahead;
    for (int i = 0; i < 50; i++)
        deep = tag(&b, ROLE_CELL, deep);
    struct page *page = add_page(&b);
    line(&b, page, 80000, "một", self);
    line(&b, page, 100000, "hai", deep);
    line(&b, page, 120000, "ba", ahead);
    line(&b, page, 140000, "bốn", self);
    CHECK(write_pdf(&b));
    CHECK(count_lines(&b, "pdfinfo -struct-text %s") > 50);
    bench_close(&b);
}

static void thousands_of_tagged_paragraphs_take_linear_time(void) {
    struct bench b;
    bench_open(&b);
    tag(&b, ROLE_DOCUMENT, 0);
    for (int p = 0; p < 400; p++) {
        struct page *page = add_page(&b);
        for (int i = 0; i < 50; i++)
            line(&b, page, 80000 + 10000 * i, "đoạn", tag(&b, ROLE_PARAGRAPH, 0));
    }
    buf_clear(&b.pdf);
    CHECK(pdf_write(&b.pages, b.pdf_fonts, NULL, &b.pdf, b.diag));
    CHECK(b.pdf.len < 4000000);
    bench_close(&b);
}

static void no_string_is_longer_than_an_archive_takes(void) {
    struct bench b;
    bench_open(&b);
    struct buf endless = {0};
    for (int i = 0; i < 30000; i++)
        buf_putc(&endless, 'n');
    struct page *page = add_page(&b);
    page->width = 14400000;
    add_text(&b, page, face_of(&b, false, false), 400, 0, 90000, buf_text(&endless), 0);
    CHECK(write_pdf(&b));
    CHECK_INT(strlen(ask(&b, "pdftotext %s - | tr -cd n")), 30000);
    buf_free(&endless);
    bench_close(&b);
}

/* ---- pictures ---- */

/* A JPEG of four inks: the head of a frame is all that is looked at. */
static void inks_are_told_without_devicecmyk(void) {
    static const unsigned char jpeg[] = {0xFF, 0xD8, 0xFF, 0xC0, 0, 20,   8, 0,    8,    0, 8,
                                         4,    1,    0x11, 0,    2, 0x11, 0, 3,    0x11, 0, 4,
                                         0x11, 0,    0xFF, 0xDA, 0, 2,    0, 0xFF, 0xD9};
    struct bench b;
    bench_open(&b);
    struct picture picture = {.bytes = (const char *)jpeg, .len = sizeof jpeg, .part = "a.jpg"};
    add_picture(&b, add_page(&b), &picture, 0, 0, 9000, 9000);
    buf_clear(&b.pdf);
    CHECK(pdf_write(&b.pages, b.pdf_fonts, NULL, &b.pdf, b.diag));
    CHECK(!diag_has(b.diag, PDF_PICTURE_DAMAGED));
    CHECK(memmem(b.pdf.data, b.pdf.len, "/DeviceN[/Cyan", 14) != NULL);
    CHECK(memmem(b.pdf.data, b.pdf.len, "DeviceCMYK", 10) == NULL);
    bench_close(&b);
}

static void a_damaged_picture_is_named_with_its_document(void) {
    struct bench b;
    bench_open(&b);
    add_picture(&b, add_page(&b), broken_picture(), 0, 0, 9000, 9000);
    b.options = &(struct pdf_options){.path = "thu-moi.docx"};
    CHECK(write_pdf(&b));
    struct buf json = {0};
    diag_write_json(b.diag, &json);
    CHECK(strstr(buf_text(&json), "\"file\":\"thu-moi.docx\"") != NULL);
    buf_free(&json);
    bench_close(&b);
}

static void forbidden_characters_are_read_back_as_unknown(void) {
    struct bench b;
    bench_open(&b);
    const struct face *face = face_of(&b, false, false);
    static const struct glyph glyphs[] = {{40, 0xFEFF, 0}, {41, 0xFFFE, 9000}, {42, 0, 18000}};
    add_draw(&b, add_page(&b), DRAW_TEXT)->as.text = (struct draw_text){
        .y = 90000, .face = face, .size = 14000, .scale = 100, .glyphs = glyphs, .n = 3};
    CHECK(write_pdf(&b));
    bench_close(&b);
}

int main(void) {
    RUN(dates_are_those_of_the_document);
    RUN(metadata_and_information_say_the_same);
    RUN(hostile_properties_leave_a_whole_file);
    RUN(the_id_tells_contents_apart);
    RUN(the_profile_has_the_curve_of_srgb);
    RUN(attached_files_come_out_as_they_went_in);
    RUN(links_lead_to_addresses_and_places);
    RUN(a_link_is_an_element_around_its_text);
    RUN(the_outline_is_a_tree_of_headings);
    RUN(draws_are_marked_by_what_they_are);
    RUN(tags_that_make_no_sense_do_no_harm);
    RUN(thousands_of_tagged_paragraphs_take_linear_time);
    RUN(no_string_is_longer_than_an_archive_takes);
    RUN(inks_are_told_without_devicecmyk);
    RUN(a_damaged_picture_is_named_with_its_document);
    RUN(forbidden_characters_are_read_back_as_unknown);
    return CHECK_RESULT();
}
