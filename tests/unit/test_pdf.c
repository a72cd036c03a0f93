#include "pdf/font.h"
#include "pdf/font_tables.h"
#include "pdf_tools.h"

static const char all_tones[] =
    "aàảãáạăằẳẵắặâầẩẫấậ eèẻẽéẹêềểễếệ iìỉĩíị oòỏõóọôồổỗốộơờởỡớợ uùủũúụưừửữứự yỳỷỹýỵ đ "
    "AÀẢÃÁẠĂẰẲẴẮẶÂẦẨẪẤẬ EÈẺẼÉẸÊỀỂỄẾỆ IÌỈĨÍỊ OÒỎÕÓỌÔỒỔỖỐỘƠỜỞỠỚỢ UÙỦŨÚỤƯỪỬỮỨỰ YỲỶỸÝỴ Đ";

/* What stands between two marks of the unpacked file, in the pool. */
static char *between(struct bench *b, const char *text, const char *from, const char *to) {
    const char *start = strstr(text, from);
    const char *end = start ? strstr(start + strlen(from), to) : NULL;
    if (!end)
        return pool_strdup(b->pool, "");
    return pool_strndup(b->pool, start + strlen(from), (size_t)(end - start) - strlen(from));
}

/* ---- text ---- */

static void text_in_four_faces_is_read_back_as_typed(void) {
    struct bench b;
    bench_open(&b);
    struct page *page = add_page(&b);
    struct buf want = {0};
    for (int i = 0; i < 4; i++) {
        add_text(&b, page, face_of(&b, i & 1, i & 2), 5000, 20000, 80000 + i * 20000, all_tones, 0);
        buf_printf(&want, "%s\n", all_tones);
    }
    CHECK(write_pdf(&b));
    CHECK_STR(ask(&b, "pdftotext -layout -nopgbrk %s - | sed 's/^ *//;/^$/d'"), buf_text(&want));
    CHECK_STR(ask(&b, "pdffonts %s | tail -n +3 | awk '{print $2, $3, $4, $5, $6, $7}'"),
              "CID TrueType Identity-H yes yes yes\nCID TrueType Identity-H yes yes yes\n"
              "CID TrueType Identity-H yes yes yes\nCID TrueType Identity-H yes yes yes\n");
    CHECK(b.pdf.len < 50000);
    buf_free(&want);
    bench_close(&b);
}

static void characters_that_share_a_glyph_stay_apart(void) {
    struct bench b;
    bench_open(&b);
    const struct face *face = face_of(&b, false, false);
    CHECK(face_glyph(face, 0x2011) == face_glyph(face, '-'));
    add_text(&b, add_page(&b), face, 14000, 80000, 80000, "30/2020/NĐ\u2011CP a-b", 0);
    CHECK(write_pdf(&b));
    CHECK_STR(ask(&b, "pdftotext %s -"), "30/2020/NĐ\u2011CP a-b\n\n\f");
    CHECK(!strstr(unpacked(&b), "/CIDToGIDMap /Identity"));

    b.pages = (struct pages){0};
    add_text(&b, add_page(&b), face, 14000, 80000, 80000, "30/2020/NĐ\u2011CP", 0);
    CHECK(write_pdf(&b));
    CHECK_STR(ask(&b, "pdftotext %s -"), "30/2020/NĐ\u2011CP\n\n\f");
    CHECK(strstr(unpacked(&b), "/CIDToGIDMap /Identity") != NULL);
    bench_close(&b);
}

static void a_character_the_face_lacks_is_still_read_back(void) {
    struct bench b;
    bench_open(&b);
    const struct face *face = face_of(&b, false, false);
    CHECK_INT(face_glyph(face, 0x1F600), 0);
    CHECK_INT(face_glyph(face, 0x6F22), 0);
    add_text(&b, add_page(&b), face, 14000, 80000, 80000, "x\U0001F600y\u6F22z", 0);
    CHECK(write_pdf(&b));
    CHECK_STR(ask(&b, "pdftotext %s - | tr -d ' '"), "x\U0001F600y\u6F22z\n\n\f");
    CHECK_INT(count(unpacked(&b), "re S\n"), 2); /* a box each, but no .notdef */
    bench_close(&b);
}

static void impossible_characters_glyphs_and_sizes_do_no_harm(void) {
    struct bench b;
    bench_open(&b);
    struct page *page = add_page(&b);
    const struct face *face = face_of(&b, false, false);
    static const struct glyph glyphs[] = {
        {'A', 0, 0},          {'B', 0xD800, 9000},    {'C', 0x110000, 18000}, {0xFFFF, 'z', 27000},
        {'D', 0xDFFF, -1000}, {'E', 'e', 2147483647}, {'F', 'f', -2147483647}};
    static const mpt sizes[] = {0, -14000, 14000, 1, 2147483647};
    static const int scales[] = {0, -5, 100, 2147483647};
    for (size_t s = 0; s < 5; s++)
        for (size_t z = 0; z < 4; z++)
            add_draw(&b, page, DRAW_TEXT)->as.text = (struct draw_text){.x = 2147483647,
                                                                        .y = -2147483647,
                                                                        .face = face,
                                                                        .size = sizes[s],
                                                                        .scale = scales[z],
                                                                        .color = 0xFFFFFFFF,
                                                                        .glyphs = glyphs,
                                                                        .n = 7};
    add_draw(&b, page, DRAW_TEXT)->as.text = (struct draw_text){.face = face, .size = 14000};
    CHECK(write_pdf(&b));
    bench_close(&b);
}

static void more_missing_characters_than_codes_do_no_harm(void) {
    struct bench b;
    bench_open(&b);
    const struct face *face = face_of(&b, false, false);
    enum { MANY = 70000 };
    struct glyph *glyphs = POOL_ARRAY(b.pool, struct glyph, MANY);
    for (uint32_t i = 0; i < MANY; i++)
        glyphs[i] = (struct glyph){.id = 0, .cp = 0x20000 + i, .x = (mpt)(i % 100) * 1000};
    add_draw(&b, add_page(&b), DRAW_TEXT)->as.text =
        (struct draw_text){.face = face, .size = 1000, .scale = 100, .glyphs = glyphs, .n = MANY};
    CHECK(write_pdf(&b));
    bench_close(&b);
}

/* ---- positions ---- */

struct word {
    double left, right;
};

/* Edges of the word in `pdftotext -bbox`, in pt; zeros if it is not there. */
static struct word find_word(struct bench *b, const char *boxes, const char *text) {
    struct word word = {0};
    char *tail = pool_printf(b->pool, ">%s</word>", text);
    const char *at = strstr(boxes, tail);
    while (at && at > boxes && strncmp(at, "<word", 5) != 0)
        at--;
    if (!at ||
        sscanf(at, "<word xMin=\"%lf\" yMin=\"%*f\" xMax=\"%lf\"", &word.left, &word.right) != 2)
        printf("# no word %s\n", text);
    return word;
}

static bool near(double got, double want) {
    if (got > want - 0.05 && got < want + 0.05)
        return true;
    printf("# got %.3f, want %.3f\n", got, want);
    return false;
}

static void glyphs_stand_where_layout_put_them_to_the_end_of_the_line(void) {
    struct bench b;
    bench_open(&b);
    struct page *page = add_page(&b);
    page->width = 5000000;
    const struct face *face = face_of(&b, false, true);
    struct buf line = {0};
    for (int i = 0; i < 60; i++)
        buf_puts(&line, "nghiêng mực ");
    buf_puts(&line, "cuối");
    struct draw_text *text = add_text(&b, page, face, 13500, 85050, 300000, buf_text(&line), 1337);
    struct glyph last = text->glyphs[text->n - 4];
    CHECK(write_pdf(&b));
    char *boxes = ask(&b, "pdftotext -bbox %s -");
    CHECK(near(find_word(&b, boxes, "cuối").left, (85050 + last.x) / 1000.0));
    CHECK(near(find_word(&b, boxes, "nghiêng").left, 85.05));
    buf_free(&line);
    bench_close(&b);
}

static void sizes_of_1_and_100_pt_and_narrow_text_keep_their_width(void) {
    struct bench b;
    bench_open(&b);
    struct page *page = add_page(&b);
    const struct face *face = face_of(&b, true, false);
    add_text(&b, page, face, 1000, 72000, 100000, "nhỏ", 0);
    add_text(&b, page, face, 100000, 72000, 300000, "Lớn", 0);
    struct draw_text *narrow = add_text(&b, page, face, 20000, 72000, 500000, "hẹp", 0);
    narrow->scale = 50;
    struct glyph *glyphs = (struct glyph *)narrow->glyphs;
    for (size_t i = 0; i < narrow->n; i++)
        glyphs[i].x /= 2;
    add_text(&b, page, face, 20000, 200000, 500000, "thường", 0);
    CHECK(write_pdf(&b));
    char *boxes = ask(&b, "pdftotext -bbox %s -");
    struct word small = find_word(&b, boxes, "nhỏ"), large = find_word(&b, boxes, "Lớn");
    struct word half = find_word(&b, boxes, "hẹp"), usual = find_word(&b, boxes, "thường");
    CHECK(near(small.right - small.left, face_text_width(face, "nhỏ", 1000) / 1000.0));
    CHECK(near(large.right - large.left, face_text_width(face, "Lớn", 100000) / 1000.0));
    CHECK(near(half.right - half.left, face_text_width(face, "hẹp", 20000) / 2000.0));
    CHECK(near(usual.right - usual.left, face_text_width(face, "thường", 20000) / 1000.0));
    CHECK(near(usual.left, 200));
    bench_close(&b);
}

static void squeezed_spaces_are_kept_too(void) {
    struct bench b;
    bench_open(&b);
    const struct face *face = face_of(&b, false, false);
    struct draw_text *text = add_text(&b, add_page(&b), face, 14000, 85050, 300000,
                                      "Sở Tư pháp kính gửi các sở ban ngành huyện", -900);
    CHECK(write_pdf(&b));
    double want = (85050 + text->glyphs[text->n - 5].x) / 1000.0;
    CHECK(near(find_word(&b, ask(&b, "pdftotext -bbox %s -"), "huyện").left, want));
    bench_close(&b);
}

/* ---- fonts ---- */

static size_t u32(const char *p) {
    const unsigned char *u = (const unsigned char *)p;
    return (size_t)u[0] << 24 | (size_t)u[1] << 16 | (size_t)u[2] << 8 | u[3];
}

static void only_the_tables_a_pdf_needs_are_embedded(void) {
    static const char *const dropped[] = {"fpgm", "prep", "cvt ", "GSUB", "GPOS", "GDEF", "kern",
                                          "cmap", "name", "post", "OS/2", "DSIG", "gasp"};
    struct bench b;
    bench_open(&b);
    add_text(&b, add_page(&b), face_of(&b, false, false), 14000, 85000, 300000, "Thường", 0);
    CHECK(write_pdf(&b));
    int status;
    size_t len;
    char *plain = ask_bytes(&b, "qpdf --stream-data=uncompress %s -", &status, &len);
    const char *font = memmem(plain, len, "stream\n\0\1\0\0", 11);
    CHECK(font != NULL);
    CHECK_INT(font ? font[12] : 0, 6); /* tables in its directory */
    const char *maxp = font ? memmem(font + 7, 12 + 6 * 16, "maxp", 4) : NULL;
    const char *fields = maxp ? font + 7 + u32(maxp + 8) : NULL;
    CHECK(fields && fields[26] == 0 && fields[27] == 0); /* longest glyph program: hinting */
    for (size_t i = 0; font && i < sizeof dropped / sizeof dropped[0]; i++)
        CHECK(!memmem(font + 7, 12 + 6 * 16, dropped[i], 4));
    bench_close(&b);
}

static struct code made_up(unsigned cid, uint32_t cp, int width) {
    return (struct code){.cid = (uint16_t)cid, .cp = cp, .width = width};
}

static void widths_name_what_differs_from_the_usual(void) {
    static const int widths[] = {500, 500, 250, 300, 500, 333, 333, 333, 333,
                                 333, 250, 500, 500, 500, 500, 500, 722};
    struct buf out = {0};
    font_put_widths(&out, widths, sizeof widths / sizeof *widths, 500);
    CHECK_STR(buf_text(&out), "/DW 500/W[2[250 300]5 9 333 10[250]16[722]]");
    buf_free(&out);
}

static void to_unicode_ranges_stay_within_a_byte(void) {
    struct code codes[] = {
        made_up(1, 'x', 0),        made_up(0xFE, 0x61, 0),     made_up(0xFF, 0x62, 0),
        made_up(0x100, 0x63, 0),   made_up(0x101, 0x64, 0),    made_up(0x105, 0x1EFF, 0),
        made_up(0x106, 0x1F00, 0), made_up(0x107, 0x1F600, 0), made_up(0x108, 0x1F601, 0),
        made_up(0x109, 0xD800, 0), made_up(0x10A, 0, 0)};
    const struct code *list[11];
    for (size_t i = 0; i < 11; i++)
        list[i] = &codes[i];
    struct buf out = {0};
    font_put_to_unicode(&out, list, 11);
    CHECK(strstr(buf_text(&out), "endcodespacerange\n"
                                 "7 beginbfchar\n<0001><0078>\n<0105><1EFF>\n<0106><1F00>\n"
                                 "<0107><D83DDE00>\n<0108><D83DDE01>\n<0109><FFFD>\n"
                                 "<010A><FFFD>\nendbfchar\n"
                                 "2 beginbfrange\n<00FE><00FF><0061>\n<0100><0101><0063>\n"
                                 "endbfrange\nendcmap\n") != NULL);
    buf_free(&out);
}

static void to_unicode_blocks_have_at_most_100_entries(void) {
    static struct code codes[500];
    static const struct code *list[500];
    for (unsigned i = 0; i < 500; i++) { /* 250 single characters, then 125 pairs */
        codes[i] = made_up(i < 250 ? 2 * i : 250 + i + i / 2, 0x400 + i + i / 2, 0);
        list[i] = &codes[i];
    }
    struct buf out = {0};
    font_put_to_unicode(&out, list, 500);
    const char *text = buf_text(&out);
    CHECK_INT(count(text, "\n100 beginbfchar\n"), 2);
    CHECK_INT(count(text, " beginbfchar\n"), count(text, "endbfchar\n"));
    CHECK_INT(count(text, "\n100 beginbfrange\n"), 1);
    CHECK_INT(count(text, " beginbfrange\n"), 2);
    CHECK_INT(count(text, "endbfrange\n"), 2);
    buf_free(&out);
}

static void a_descriptor_has_the_metrics_of_its_face(void) {
    struct bench b;
    bench_open(&b);
    add_text(&b, add_page(&b), face_of(&b, true, true), 14000, 85000, 300000, "Đậm nghiêng", 0);
    CHECK(write_pdf(&b));
    char *text = unpacked(&b);
    CHECK(strstr(text, "/FontName /") && strstr(text, "+LiberationSerif-BoldItalic\n"));
    CHECK(strstr(text, "/ItalicAngle -") && strstr(text, "/StemV 165\n"));
    CHECK(strstr(text, "/Flags 70\n")); /* serif, symbolic, italic */
    CHECK(strstr(text, "/Ascent 891\n") && strstr(text, "/Descent -303\n"));
    CHECK_INT(count(text, "/Type /Font\n"), 2);
    bench_close(&b);
}

/* ---- content ---- */

static void text_on_one_line_shares_one_operator(void) {
    struct bench b;
    bench_open(&b);
    struct page *page = add_page(&b);
    const struct face *face = face_of(&b, false, false);
    add_text(&b, page, face, 14000, 80000, 100000, "Sở ", 0);
    add_text(&b, page, face, 14000, 80000 + face_text_width(face, "Sở ", 14000), 100000, "Tư ", 0);
    add_text(&b, page, face, 14000, 400000, 100000, "pháp", 0);
    add_text(&b, page, face, 14000, 80000, 117333, "dòng", 0)->color = 0xFF0000;
    add_text(&b, page, face, 14000, 40000, 117333, "sau", 0)->color = 0xFF0000;
    CHECK(write_pdf(&b));
    char *text = unpacked(&b);
    char *content = between(&b, text, "BT\n", "ET\n");
    CHECK_INT(count(text, "BT\n"), 1);
    CHECK_INT(count(content, " Tf\n"), 1);
    CHECK_INT(count(content, " rg\n"), 1);
    CHECK_INT(count(content, "Td\n"), 3);
    CHECK_INT(count(content, "TJ\n"), 1);
    CHECK_INT(count(content, "Tj\n"), 2);
    CHECK(strstr(content, "80 741.9 Td\n") && strstr(content, "0 -17.333 Td\n"));
    CHECK(strstr(content, "1 0 0 rg\n") && strstr(content, "-40 0 Td\n"));
    CHECK_STR(ask(&b, "pdftotext -layout %s - | tr -s ' '"), " Sở Tư pháp\nsau dòng\n\f");
    bench_close(&b);
}

static void a_change_of_colour_face_or_size_within_a_line_is_kept(void) {
    struct bench b;
    bench_open(&b);
    struct page *page = add_page(&b);
    const struct face *face = face_of(&b, false, false);
    add_text(&b, page, face, 14000, 80000, 100000, "đen", 0);
    add_text(&b, page, face, 14000, 120000, 100000, "đỏ", 0)->color = 0xFF0000;
    add_text(&b, page, face, 8000, 160000, 100000, "nhỏ", 0)->color = 0xFF0000;
    add_text(&b, page, face_of(&b, true, false), 8000, 200000, 100000, "đậm", 0);
    CHECK(write_pdf(&b));
    char *content = between(&b, unpacked(&b), "BT\n", "ET\n");
    CHECK(strncmp(content, "/F1 14 Tf\n80 741.9 Td\n", 22) == 0);
    CHECK(strstr(content, "Tj\n1 0 0 rg\n40 0 Td\n") != NULL);
    CHECK(strstr(content, "Tj\n/F1 8 Tf\n40 0 Td\n") != NULL);
    CHECK(strstr(content, "Tj\n0 g\n/F2 8 Tf\n40 0 Td\n") != NULL);
    bench_close(&b);
}

static void letters_are_stroked_and_slanted_where_a_face_lacks_the_style(void) {
    struct bench b;
    bench_open(&b);
    struct page *page = add_page(&b);
    const struct face *face = face_of(&b, false, false);
    add_text(&b, page, face, 14000, 80000, 100000, "thường", 0);
    add_text(&b, page, face, 14000, 80000, 120000, "đậm", 0)->thicken = 560;
    add_text(&b, page, face, 14000, 80000, 140000, "nghiêng", 0)->slanted = true;
    add_text(&b, page, face, 14000, 80000, 160000, "viền", 0)->outline = true;
    add_text(&b, page, face, 14000, 80000, 180000, "hết", 0);
    CHECK(write_pdf(&b));
    char *content = between(&b, unpacked(&b), "BT\n", "ET\n");
    CHECK(strstr(content, "2 Tr\n0.56 w\n0 -20 Td\n") != NULL);
    CHECK(strstr(content, "0 Tr\n1 0 .333 1 80 701.9 Tm\n") != NULL);
    CHECK(strstr(content, "1 Tr\n0.35 w\n1 0 0 1 80 681.9 Tm\n") != NULL);
    CHECK(strstr(content, "0 Tr\n0 -20 Td\n") != NULL);
    CHECK_STR(ask(&b, "pdftotext %s - | tr -s '\\n'"), "thường\nđậm\nnghiêng\nviền\nhết\n\f");
    bench_close(&b);
}

static void paths_and_turned_things_are_drawn_in_states_of_their_own(void) {
    static const struct path_step steps[] = {
        {.verb = PATH_MOVE}, {.verb = PATH_LINE, .x = {10000}}, {.verb = PATH_CLOSE}};
    static const struct path path = {.steps = steps, .n = 3, .filled = true, .stroked = true};
    struct bench b;
    bench_open(&b);
    struct page *page = add_page(&b);
    add_draw(&b, page, DRAW_TURN)->as.turn =
        (struct draw_turn){.m = {0, 1000000, -1000000, 0}, .x = 100000, .y = 41900, .clear = 250};
    add_draw(&b, page, DRAW_PATH)->as.path = (struct draw_path){.x = 5000,
                                                                .y = 1900,
                                                                .path = &path,
                                                                .fill = 0xFF0000,
                                                                .stroke = 2000,
                                                                .color = 0xFF,
                                                                .line = {.dashes = {3, 1}}};
    add_draw(&b, page, DRAW_BACK);
    add_draw(&b, page, DRAW_RECT)->as.rect =
        (struct draw_rect){.width = 1000, .height = 1900, .color = 0xFF0000};
    CHECK(write_pdf(&b));
    const char *pdf = unpacked(&b);
    CHECK_STR(between(&b, pdf, "\nstream\nq 0", "endstream"),
              ".000000 -1.000000 1.000000 0.000000 -700 900 cm\n/T250 gs\n"
              "q\n1 0 0 rg\n0 0 1 RG\n2 w\n[6 2 ]0 d\n0 J 1 j\n"
              "5 840 m\n15 840 l\nh\nB* Q\nQ\n1 0 0 rg\n0 840 1 1.9 re f\n");
    CHECK(strstr(pdf, "/T250<</ca 0.75/CA 0.75>>") || strstr(pdf, "/CA 0.75"));
    bench_close(&b);
}

static void add_clip(struct bench *b, struct page *page, const struct clip *clip) {
    add_draw(b, page, DRAW_CLIP)->as.clip = (struct draw_clip){.x = 1000, .y = 1900, .clip = clip};
    add_draw(b, page, DRAW_RECT)->as.rect =
        (struct draw_rect){.width = 1000, .height = 1900, .color = 0xFF0000};
    add_draw(b, page, DRAW_BACK);
}

/* And goes on where the next thing is seen within the same outlines. */
static void what_is_seen_is_within_outlines(void) {
    static const struct path_step steps[] = {
        {.verb = PATH_MOVE}, {.verb = PATH_LINE, .x = {10000}}, {.verb = PATH_CLOSE}};
    static const struct path even = {.steps = steps, .n = 3};
    static const struct path round = {.steps = steps, .n = 3, .winding = true, .filled = true};
    static const struct clip outer = {.path = &even}, inner = {.path = &round, .outer = &outer};
    struct bench b;
    bench_open(&b);
    struct page *page = add_page(&b);
    add_clip(&b, page, &inner);
    add_clip(&b, page, &inner);
    add_clip(&b, page, &outer);
    add_draw(&b, page, DRAW_PATH)->as.path =
        (struct draw_path){.x = 1000, .y = 1900, .path = &round, .fill = 0xFF};
    CHECK(write_pdf(&b));
    CHECK_STR(between(&b, unpacked(&b), "\nstream\nq\n1", "endstream"),
              " 840 m\n11 840 l\nh\nW n\n1 840 m\n11 840 l\nh\nW* n\n"
              "1 0 0 rg\n0 840 1 1.9 re f\n0 840 1 1.9 re f\nQ\n"
              "q\n1 840 m\n11 840 l\nh\nW* n\n1 0 0 rg\n0 840 1 1.9 re f\nQ\n"
              "q\n0 0 1 rg\n1 840 m\n11 840 l\nh\nf Q\n");
    bench_close(&b);
}

static void rules_boxes_and_their_states_are_drawn(void) {
    struct bench b;
    bench_open(&b);
    struct page *page = add_page(&b);
    add_draw(&b, page, DRAW_RECT)->as.rect = (struct draw_rect){
        .x = 10000, .y = 20000, .width = 30000, .height = 5500, .color = 0xFFFF00};
    add_draw(&b, page, DRAW_RECT)->as.rect = (struct draw_rect){
        .x = 10000, .y = 20000, .width = 30000, .height = 5500, .stroke = 250, .color = 0x336699};
    add_draw(&b, page, DRAW_LINE)->as.line = (struct draw_line){
        .x0 = 1000, .y0 = 2000, .x1 = 3000, .y1 = 2000, .width = 750, .color = 0x808080};
    add_draw(&b, page, DRAW_LINE)->as.line = (struct draw_line){.x0 = 1000,
                                                                .y0 = 4000,
                                                                .x1 = 3000,
                                                                .y1 = 4000,
                                                                .width = 750,
                                                                .color = 0x808080,
                                                                .dash = 1500};
    add_draw(&b, page, DRAW_LINE)->as.line = (struct draw_line){
        .x0 = 1000, .y0 = 6000, .x1 = 3000, .y1 = 6000, .width = 750, .color = 0x808080};
    CHECK(write_pdf(&b));
    CHECK_STR(between(&b, unpacked(&b), "\nstream\n1 1 0", "endstream"),
              " rg\n10 816.4 30 5.5 re f\n"
              "0.2 0.4 0.6 RG\n0.25 w\n10 816.4 30 5.5 re S\n"
              "0.502 G\n0.75 w\n1 839.9 m 3 839.9 l S\n"
              "[1.5]0 d\n1 837.9 m 3 837.9 l S\n"
              "[]0 d\n1 835.9 m 3 835.9 l S\n");
    bench_close(&b);
}

/* ---- the document ---- */

static void fill_two_pages(struct bench *b) {
    for (int p = 0; p < 2; p++) {
        struct page *page = add_page(b);
        for (int i = 0; i < 8; i++)
            add_text(b, page, face_of(b, i & 1, i & 2), 12000 + 500 * i, 70000, 90000 + 30000 * i,
                     "Ủy ban nhân dân huyện Đồi Xanh kính gửi", 100 * i);
    }
    b->pages.title = "V/v tổ chức hội nghị";
}

static void the_same_pages_give_the_same_bytes(void) {
    struct bench b, other;
    bench_open(&b);
    fill_two_pages(&b);
    CHECK(write_pdf(&b));
    struct buf first = {0};
    buf_append(&first, b.pdf.data, b.pdf.len);
    CHECK(write_pdf(&b));
    CHECK(first.len == b.pdf.len && memcmp(first.data, b.pdf.data, first.len) == 0);

    bench_open(&other); /* other fonts, loaded in another order, after another document */
    face_of(&other, true, true);
    add_text(&other, add_page(&other), face_of(&other, false, true), 9000, 0, 9000, "khác", 0);
    CHECK(write_pdf(&other));
    other.pages = (struct pages){0};
    fill_two_pages(&other);
    CHECK(write_pdf(&other));
    CHECK(first.len == other.pdf.len && memcmp(first.data, other.pdf.data, first.len) == 0);
    CHECK(!strstr(unpacked(&b), "Date"));
    buf_free(&first);
    bench_close(&other);
    bench_close(&b);
}

/* Whichever documents came before: glyphs and subsets found before are used again. */
static void what_was_written_before_leaves_no_trace(void) {
    static const char *const words[] = {"Kính gửi", "Nơi nhận", "Ủy ban nhân dân", "ĐỘC LẬP"};
    enum { WORDS = sizeof words / sizeof *words, ROUNDS = 40 };
    struct buf first[WORDS] = {{0}};
    struct bench b;
    bench_open(&b);
    for (int i = 0; i < ROUNDS; i++) {
        struct pool *pool = pool_new();
        struct bench one = {.pool = pool, .diag = b.diag, .fonts = b.fonts};
        struct page *page = add_page(&one);
        add_text(&one, page, face_of(&b, false, false), 14000, 85050, 80000, words[i % WORDS], 0);
        add_text(&one, page, face_of(&b, false, false), 14000, 85050, 99000,
                 pool_printf(pool, "%c", 'A' + i), 0);
        CHECK(pdf_write(&one.pages, b.pdf_fonts, NULL, &one.pdf, b.diag));
        struct pdf_fonts *fresh = pdf_fonts_new();
        struct buf alone = {0};
        CHECK(pdf_write(&one.pages, fresh, NULL, &alone, b.diag));
        CHECK(one.pdf.len == alone.len && memcmp(one.pdf.data, alone.data, alone.len) == 0);
        pdf_fonts_free(fresh);
        buf_free(&alone);
        buf_free(&one.pdf);
        pool_free(pool);
    }
    for (int i = 0; i < 2 * WORDS; i++) { /* the same sets again */
        struct buf again = {0};
        b.pages = (struct pages){0};
        add_text(&b, add_page(&b), face_of(&b, true, true), 14000, 85050, 80000, words[i % WORDS],
                 0);
        CHECK(pdf_write(&b.pages, b.pdf_fonts, NULL, i < WORDS ? &first[i] : &again, b.diag));
        if (i >= WORDS)
            CHECK(again.len == first[i - WORDS].len &&
                  memcmp(again.data, first[i - WORDS].data, again.len) == 0);
        buf_free(&again);
    }
    for (int i = 0; i < WORDS; i++)
        buf_free(&first[i]);
    bench_close(&b);
}

static void appends_to_what_is_in_the_buffer(void) {
    struct bench b;
    bench_open(&b);
    add_page(&b);
    buf_puts(&b.pdf, "before");
    CHECK(pdf_write(&b.pages, b.pdf_fonts, NULL, &b.pdf, b.diag));
    CHECK(strncmp(b.pdf.data, "before%PDF-1.7\n", 15) == 0);
    bench_close(&b);
}

static void title_language_and_producer_are_told(void) {
    struct bench b;
    bench_open(&b);
    fill_two_pages(&b);
    CHECK(write_pdf(&b));
    char *info = ask(&b, "pdfinfo -enc UTF-8 %s");
    CHECK(strstr(info, "Title:           V/v tổ chức hội nghị\n") != NULL);
    CHECK(strstr(info, "Producer:        congvan\n") && strstr(info, "Pages:           2\n"));
    CHECK(strstr(info, "595.3 x 841.9 pts") && strstr(info, "PDF version:     1.7\n"));
    char *text = unpacked(&b);
    CHECK(strstr(text, "/DisplayDocTitle true") && strstr(text, "/Lang (vi-VN)"));

    b.pages.title = NULL;
    CHECK(write_pdf(&b));
    text = unpacked(&b);
    CHECK(!strstr(text, "/DisplayDocTitle") && !strstr(text, "/Title"));
    bench_close(&b);
}

static void a_title_without_end_is_cut(void) {
    struct bench b;
    bench_open(&b);
    add_page(&b);
    struct buf title = {0};
    for (int i = 0; i < 50000; i++)
        buf_puts(&title, "\U0001F600 ");
    b.pages.title = buf_text(&title);
    CHECK(write_pdf(&b));
    CHECK(b.pdf.len < 10000);
    buf_free(&title);
    bench_close(&b);
}

static void every_page_has_its_own_size_and_may_be_empty(void) {
    struct bench b;
    bench_open(&b);
    add_page(&b);
    struct page *wide = add_page(&b);
    wide->width = A4_HEIGHT;
    wide->height = A4_WIDTH;
    CHECK(write_pdf(&b));
    char *sizes = ask(&b, "pdfinfo -l 2 %s | grep '^Page .*size'");
    CHECK_STR(sizes,
              "Page    1 size:  595.3 x 841.9 pts (A4)\nPage    2 size:  841.9 x 595.3 pts (A4)\n");
    CHECK_STR(ask(&b, "pdftotext %s -"), "\f\f");
    bench_close(&b);
}

/* ---- refusals ---- */

static void no_pages_is_an_error(void) {
    struct bench b;
    bench_open(&b);
    buf_puts(&b.pdf, "untouched");
    CHECK(!pdf_write(&b.pages, b.pdf_fonts, NULL, &b.pdf, b.diag));
    CHECK_STR(buf_text(&b.pdf), "untouched");
    CHECK_INT(diag_count(b.diag, DIAG_ERROR), 1);
    CHECK(diag_has(b.diag, PDF_NO_PAGES));
    bench_close(&b);
}

static void a_page_no_viewer_opens_is_an_error(void) {
    static const mpt sides[] = {0, -595300, 2999, 14400001, 2147483647};
    for (size_t i = 0; i < 5; i++) {
        struct bench b;
        bench_open(&b);
        add_page(&b);
        add_page(&b)->height = sides[i];
        CHECK(!pdf_write(&b.pages, b.pdf_fonts, NULL, &b.pdf, b.diag));
        CHECK(diag_has(b.diag, PDF_PAGE_SIZE));
        CHECK_INT(b.pdf.len, 0);
        bench_close(&b);
    }
}

/* Puts a copy of the regular face into the bench's folder. */
static char *copy_a_face(struct bench *b) {
    size_t n;
    const char *path = face_path(face_of(b, false, false));
    char *font = file_read(b->pool, path, &n, (struct where){0}, b->diag);
    char *copy = path_join(b->pool, b->folder, "LiberationSerif-Regular.ttf");
    CHECK(file_write(copy, font, n, b->diag));
    return copy;
}

/* Writes over the open file: the outlines are no longer where its directory says. */
static void damage(const char *path) {
    FILE *f = fopen(path, "r+b");
    char entry[16];
    CHECK(f && fseek(f, 12, SEEK_SET) == 0);
    while (f && fread(entry, 1, sizeof entry, f) == sizeof entry)
        if (memcmp(entry, "glyf", 4) == 0) {
            memset(entry + 8, 0x7F, 8);
            CHECK(fseek(f, -(long)sizeof entry, SEEK_CUR) == 0);
            CHECK(fwrite(entry, 1, sizeof entry, f) == sizeof entry);
            break;
        }
    CHECK(f && fclose(f) == 0);
}

static void a_damaged_font_file_is_an_error(void) {
    struct bench b;
    bench_open(&b);
    char *copy = copy_a_face(&b);
    const char *folder = b.folder;
    struct fonts *damaged = fonts_new(&folder, 1);
    bool substituted;
    struct font_wish wish = {.family = "Times New Roman", .vietnamese = true};
    const struct face *face = fonts_find(damaged, &wish, &substituted, b.diag);
    CHECK_STR(face_path(face), copy);
    damage(copy);
    add_text(&b, add_page(&b), face, 14000, 80000, 80000, "chữ", 0);
    for (int again = 0; again < 2; again++)
        CHECK(!pdf_write(&b.pages, b.pdf_fonts, NULL, &b.pdf, b.diag));
    CHECK(diag_has(b.diag, PDF_FONT_CANNOT_EMBED));
    CHECK_INT(diag_count(b.diag, DIAG_ERROR), 2);
    CHECK_INT(b.pdf.len, 0);
    unlink(copy);
    fonts_free(damaged);
    bench_close(&b);
}

static void a_limit_of_libharu_is_reported_in_words(void) {
    struct bench b;
    bench_open(&b);
    for (int i = 0; i < 32768; i++) /* one more than libharu keeps in an array */
        add_page(&b);
    CHECK(!pdf_write(&b.pages, b.pdf_fonts, NULL, &b.pdf, b.diag));
    CHECK(diag_has(b.diag, PDF_LIBRARY_FAILED));
    CHECK_INT(b.pdf.len, 0);
    struct buf json = {0};
    diag_write_json(b.diag, &json);
    CHECK(strstr(buf_text(&json), "0x1001 (too many pages or items)") != NULL);
    buf_free(&json);
    b.pages.at.n = 3;
    CHECK(write_pdf(&b)); /* the next document is none the worse */
    bench_close(&b);
}

int main(void) {
    RUN(text_in_four_faces_is_read_back_as_typed);
    RUN(characters_that_share_a_glyph_stay_apart);
    RUN(a_character_the_face_lacks_is_still_read_back);
    RUN(impossible_characters_glyphs_and_sizes_do_no_harm);
    RUN(more_missing_characters_than_codes_do_no_harm);
    RUN(glyphs_stand_where_layout_put_them_to_the_end_of_the_line);
    RUN(sizes_of_1_and_100_pt_and_narrow_text_keep_their_width);
    RUN(squeezed_spaces_are_kept_too);
    RUN(only_the_tables_a_pdf_needs_are_embedded);
    RUN(widths_name_what_differs_from_the_usual);
    RUN(to_unicode_ranges_stay_within_a_byte);
    RUN(to_unicode_blocks_have_at_most_100_entries);
    RUN(a_descriptor_has_the_metrics_of_its_face);
    RUN(text_on_one_line_shares_one_operator);
    RUN(a_change_of_colour_face_or_size_within_a_line_is_kept);
    RUN(letters_are_stroked_and_slanted_where_a_face_lacks_the_style);
    RUN(paths_and_turned_things_are_drawn_in_states_of_their_own);
    RUN(what_is_seen_is_within_outlines);
    RUN(rules_boxes_and_their_states_are_drawn);
    RUN(the_same_pages_give_the_same_bytes);
    RUN(what_was_written_before_leaves_no_trace);
    RUN(appends_to_what_is_in_the_buffer);
    RUN(title_language_and_producer_are_told);
    RUN(a_title_without_end_is_cut);
    RUN(every_page_has_its_own_size_and_may_be_empty);
    RUN(no_pages_is_an_error);
    RUN(a_page_no_viewer_opens_is_an_error);
    RUN(a_damaged_font_file_is_an_error);
    RUN(a_limit_of_libharu_is_reported_in_words);
    return CHECK_RESULT();
}
