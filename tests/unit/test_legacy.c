/* Text in the codes of before Unicode, and in symbol fonts. */
#include <stdlib.h>

#include "base/utf8.h"
#include "reader_help.h"

#define IN(font, text)                                                                             \
    "<w:r><w:rPr><w:rFonts w:ascii=\"" font "\" w:hAnsi=\"" font "\"/></w:rPr><w:t "               \
    "xml:space=\"preserve\">" text "</w:t></w:r>"

/* Every letter with every tone, in the order of the code charts below. */
static const char lower[] = "aàảãáạăằẳẵắặâầẩẫấậbcdđeèẻẽéẹêềểễếệghiìỉĩíịklmnoòỏõóọôồổỗốộơờởỡớợpqrst"
                            "uùủũúụưừửữứựvxyỳỷỹýỵ";
static const char upper[] = "AÀẢÃÁẠĂẰẲẴẮẶÂẦẨẪẤẬBCDĐEÈẺẼÉẸÊỀỂỄẾỆGHIÌỈĨÍỊKLMNOÒỎÕÓỌÔỒỔỖỐỘƠỜỞỠỚỢPQRST"
                            "UÙỦŨÚỤƯỪỬỮỨỰVXYỲỶỸÝỴ";

/* TCVN 5712 (VN3), the same letters. */
static const char tcvn3[] = "aµ¶·¸¹¨»¼½¾Æ©ÇÈÉÊËbcd®eÌÎÏÐÑªÒÓÔÕÖghi×ØÜÝÞklmnoßáâãä«åæçèé¬êëìíîpqrst"
                            "uïñòóô­õö÷øùvxyúûüýþ";
/* VNI */
static const char vni_lower[] =
    "aaøaûaõaùaïaêaèaúaüaéaëaâaàaåaãaáaäbcdñeeøeûeõeùeïeâeàeåeãeáeäghiìæóíòklmnooøoûoõoùoïoâoàoå"
    "oãoáoäôôøôûôõôùôïpqrstuuøuûuõuùuïööøöûöõöùöïvxyyøyûyõyùî";
static const char vni_upper[] =
    "AAØAÛAÕAÙAÏAÊAÈAÚAÜAÉAËAÂAÀAÅAÃAÁAÄBCDÑEEØEÛEÕEÙEÏEÂEÀEÅEÃEÁEÄGHIÌÆÓÍÒKLMNOOØOÛOÕOÙOÏOÂOÀOÅ"
    "OÃOÁOÄÔÔØÔÛÔÕÔÙÔÏPQRSTUUØUÛUÕUÙUÏÖÖØÖÛÖÕÖÙÖÏVXYYØYÛYÕYÙÎ";

static const struct inline_item *converted(const char *font, const char *text) {
    struct buf body = {0};
    buf_printf(&body, P(IN("%s", "%s")), font, font, text);
    const struct document *d = read_body(buf_text(&body));
    buf_free(&body);
    return nth(d, 0)->items;
}

static void the_whole_alphabet_of_tcvn3_becomes_unicode(void) {
    const struct inline_item *item = converted(".VnTime", tcvn3);
    CHECK_STR(item->text, lower);
    CHECK_STR(item->props->family, "Times New Roman");
    CHECK(diag_has(diag, DOCX_LEGACY_TEXT));
    CHECK_STR(converted(".VnTime", "§¡¢£¤¥¦ thÞ Ö")->text, "ĐĂÂÊÔƠƯ thị ệ");
    item = converted(".VnArialH", tcvn3);
    CHECK_STR(item->text, upper);
    CHECK_STR(item->props->family, "Arial");
}

static void the_whole_alphabet_of_vni_becomes_unicode(void) {
    const struct inline_item *item = converted("VNI-Times", vni_lower);
    CHECK_STR(item->text, lower);
    CHECK_STR(item->props->family, "Times New Roman");
    item = converted("VNI-Helve", vni_upper);
    CHECK_STR(item->text, upper);
    CHECK_STR(item->props->family, "Arial");
}

static void real_sentences_are_read(void) {
    CHECK_STR(converted(".VnTimeH", "céng hoµ x· héi chñ nghÜa viÖt nam")->text,
              "CỘNG HOÀ XÃ HỘI CHỦ NGHĨA VIỆT NAM");
    CHECK_STR(converted(".VnTime", "§éc lËp - Tù do - H¹nh phóc")->text,
              "Độc lập - Tự do - Hạnh phúc");
    CHECK_STR(converted("VNI-Times", "Ñoäc laäp - Töï do - Haïnh phuùc, Aùo")->text,
              "Độc lập - Tự do - Hạnh phúc, Áo");
    CHECK_STR(converted("VNI-Courier New", "COÄNG HOØA XAÕ HOÄI CHUÛ NGHÓA VIEÄT NAM")->text,
              "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM");
    CHECK(diag_count(diag, DIAG_NOTE) == 1);
}

static void unicode_text_in_an_old_font_is_left_alone(void) {
    const struct inline_item *item = converted(".VnTime", "Ủy ban nhân dân có văn bản");
    CHECK_STR(item->text, "Ủy ban nhân dân có văn bản");
    CHECK_STR(item->props->family, ".VnTime");
    CHECK(!diag_has(diag, DOCX_LEGACY_TEXT));
    /* words whose letters all lie in Latin-1: the document tells */
    const struct document *d = read_body(P(T("Ủy ban nhân dân tỉnh, Sở Nội vụ, Chủ tịch")) P(
        IN(".VnTime", "và có là")) P(IN("VNI-Times", "hoá lý")) P(IN(".VnTimeH", "Nam")));
    CHECK_STR(shown(nth(d, 1)), "và có là");
    CHECK_STR(shown(nth(d, 2)), "hoá lý");
    CHECK_STR(shown(nth(d, 3)), "Nam");
    CHECK(!diag_has(diag, DOCX_LEGACY_TEXT));
}

static void doubtful_words_follow_the_document(void) {
    const struct document *d = read_body(
        P(IN(".VnTime", "ñy ban nh©n d©n tØnh, Chñ tÞch")) P(IN(".VnTime", "cã"))
            P(IN(".VnTimeH", "nam 12")) PP("<w:rPr><w:rFonts w:ascii=\".VnTime\"/></w:rPr>", ""));
    CHECK_STR(shown(nth(d, 1)), "có");
    CHECK_STR(shown(nth(d, 2)), "NAM 12");
    CHECK_STR(nth(d, 3)->mark->family, "Times New Roman");
}

static void letters_may_be_cut_over_runs_and_written_as_soft_hyphens(void) {
    CHECK_STR(body_shown(P(IN("VNI-Times", "Vie") IN("VNI-Times", "ät Nam"))), "Việt Nam");
    CHECK_STR(body_shown(P(
                  IN(".VnTime",
                     "tØnh tr") "<w:r><w:rPr><w:rFonts w:ascii=\".VnTime\"/></w:rPr><w:softHyphen/>"
                                "</w:r>" IN(".VnTime", "êng"))),
              "tỉnh trường");
    CHECK_STR(body_shown(P(IN(".VnTime", "&#xF0AE;Þnh") "<w:r><w:sym w:font=\".VnTime\" "
                                                        "w:char=\"F0D6\"/></w:r>")),
              "địnhệ");
}

static void marks_without_a_letter_stay_as_they_are(void) {
    CHECK_STR(converted("VNI-Times", "ø bø ä123 eê ñ")->text, "ø bø ä123 eê đ");
    CHECK_STR(converted(".VnTime", "Ö °±")->text, "ệ °±");
}

/* ---- symbols ---- */

#define SYM(font, code) "<w:r><w:sym w:font=\"" font "\" w:char=\"" code "\"/></w:r>"

static void ticks_boxes_and_arrows_have_equivalents(void) {
    CHECK_STR(body_shown(P(SYM("Wingdings", "F0FC") SYM("Wingdings", "F0A8")
                               SYM("Wingdings", "F0FE") SYM("Wingdings", "F0E0"))),
              "✓□☑→");
    CHECK_STR(body_shown(P(SYM("Wingdings 2", "F050") SYM("Wingdings 2", "F0A3") SYM(
                  "Wingdings 2", "F052") SYM("Wingdings 3", "F075") SYM("Webdings", "F061"))),
              "✓□☑►✓");
    CHECK_STR(body_shown(P(IN("Symbol", "abGW&#xF0B3;&#xF0AE;"))), "αβΓΩ≥→");
    CHECK_STR(body_shown(P(IN("Wingdings", "&#xF081; ü"))), "① ✓");
    CHECK_STR(body_shown(P(SYM("Wingdings", "F0D8") SYM("Wingdings", "F076")
                               SYM("Wingdings", "F0E7") SYM("Wingdings", "F0E8"))),
              "➢❖⬅➔");
    CHECK(quiet());
}

static void symbols_without_an_equivalent_are_named_once(void) {
    CHECK_STR(body_shown(P(SYM("Wingdings", "F04D") SYM("Wingdings", "F04D") T("a"))), "▪▪a");
    CHECK(said("Wingdings F04D"));
    CHECK_INT(diag_count(diag, DIAG_WARNING), 1);
}

int main(void) {
    reader_tests_begin();
    RUN(the_whole_alphabet_of_tcvn3_becomes_unicode);
    RUN(the_whole_alphabet_of_vni_becomes_unicode);
    RUN(real_sentences_are_read);
    RUN(unicode_text_in_an_old_font_is_left_alone);
    RUN(doubtful_words_follow_the_document);
    RUN(letters_may_be_cut_over_runs_and_written_as_soft_hyphens);
    RUN(marks_without_a_letter_stay_as_they_are);
    RUN(ticks_boxes_and_arrows_have_equivalents);
    RUN(symbols_without_an_equivalent_are_named_once);
    reader_tests_end();
    return CHECK_RESULT();
}
