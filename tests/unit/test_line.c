#include "layout_help.h"
#include "base/file.h"
#include "layout/line.h"

#include <stdlib.h>
#include <unistd.h>

enum { LEFT = 85050, WIDTH = 453550, RIGHT = LEFT + WIDTH };

/* ---- where a line may end ---- */

static bool breaks_after(uint32_t sep, uint32_t word) {
    return text_break_between(sep, word);
}

static void lines_break_after_hyphens_dashes_and_some_marks(void) {
    static const uint32_t both[] = {'-',    0x2010, 0x2012, 0x2013, 0x2009,
                                    0x2014, 0x2026, '?',    '!',    '|'};
    for (size_t i = 0; i < sizeof both / sizeof both[0]; i++) {
        CHECK(breaks_after(both[i], 'K'));
        CHECK(breaks_after(both[i], 0x110)); /* Đ */
        CHECK(breaks_after(both[i], '8'));
        CHECK(!text_break_between('K', both[i]) || both[i] == 0x2014);
    }
    CHECK(breaks_after('\\', 'K'));
    CHECK(!breaks_after('\\', '8'));
    CHECK(text_break_between('K', 0x2014));
    CHECK(!text_break_between('8', 0x2014));
    CHECK(text_break_between('K', '%'));
    CHECK(!text_break_between('8', '%'));
}

static void lines_never_break_at_other_separators(void) {
    static const char *const none[] = {
        "/", ".", ",", ";", ":", "(", ")", "[", "]",      "{",      "}",      "\"",    "“", "”",
        "‘", "’", "&", "+", "=", "_", "@", "<", ">",      "*",      "#",      "~",     "$", "€",
        "°", "²", "·", "•", "§", "«", "»", "№", "\u00A0", "\u202F", "\u2011", "\u2212"};
    for (size_t i = 0; i < sizeof none / sizeof none[0]; i++) {
        const char *p = none[i];
        uint32_t cp = utf8_next(&p, p + strlen(p));
        bool quiet = !text_break_between(cp, 'K') && !text_break_between(cp, '8') &&
                     !text_break_between('K', cp) && !text_break_between('8', cp);
        if (!quiet)
            printf("# breaks at %s\n", none[i]);
        CHECK(quiet);
    }
}

static void a_hyphen_holds_what_follows_it_as_punctuation(void) {
    CHECK(text_break_between('}', '{'));
    CHECK(!text_break_between(')', '('));
    CHECK(!text_break_between('-', ','));
    CHECK(!text_break_between('-', ')'));
    CHECK(!text_break_between('-', '"'));
    CHECK(!text_break_between('-', '-'));
}

/* The lines of `text` in a column of `width`, joined by '|'. */
static char *broken(const char *text, mpt width) {
    begin();
    t.para.right = WIDTH - width;
    para(text);
    layout();
    struct buf b = {0};
    const struct draw *d;
    mpt y = 0;
    VEC_EACH (d, &t.pages->at.at[0].draws)
        if (d->kind == DRAW_TEXT) {
            if (b.len && d->as.text.y > y + 8000) /* marks stand a little higher or lower */
                buf_putc(&b, '|');
            y = d->as.text.y;
            put_draw_text(&b, d);
        }
    static char line[4096];
    snprintf(line, sizeof line, "%s", buf_text(&b));
    buf_free(&b);
    finish();
    return line;
}

static void numbers_of_dispatches_break_after_their_hyphens(void) {
    CHECK_STR(broken("Aaaa bbbb số 30/2020/NĐ-CP", 150000), "Aaaa bbbb số |30/2020/NĐ-CP");
    CHECK_STR(broken("Aaaa bbbb 30/2020/NĐ-CPPPP", 150000), "Aaaa bbbb 30/2020/NĐ-|CPPPP");
    CHECK_STR(broken("Aaaa bbbb 30/2020/NĐ\u2011CPPPP", 150000),
              "Aaaa bbbb |30/2020/NĐ\u2011CPPPP");
    CHECK_STR(broken("Aaaa bbbb cccc\u00A0dddd", 100000), "Aaaa bbbb |cccc\u00A0dddd");
}

static void trailing_spaces_hang(void) {
    CHECK_STR(broken("Aaaa bbbb      cccc", 65000), "Aaaa bbbb      |cccc");
    CHECK_STR(broken("Aaaa               ", 40000), "Aaaa               ");
}

static void a_soft_hyphen_shows_only_at_the_end_of_a_line(void) {
    CHECK_STR(broken("Aaaa bb\u00ADcc", 200000), "Aaaa bbcc");
    CHECK_STR(broken("Aaaa bbbb\u00ADcccc", 70000), "Aaaa bbbb\u00AD|cccc");
    CHECK_STR(broken("Aaaa bbbb\u200Bcccc", 70000), "Aaaa bbbb|cccc");
}

static void a_word_wider_than_the_line_is_moved_then_cut(void) {
    CHECK_STR(broken("ab WWWWWWWW", 60000), "ab |WWWW|WWWW");
    CHECK_STR(broken("WWW", 1), "W|W|W");
    CHECK_STR(broken("e\u0301e\u0301", 1), "e\u0301|e\u0301");
}

/* ---- justification ---- */

static const char long_text[] =
    "Thực hiện kế hoạch công tác năm của cơ quan, Văn phòng đề nghị các đơn vị trực thuộc rà soát, "
    "sửa đổi và bổ sung quy chế văn thư, bảo đảm phù hợp với quy định hiện hành; phân công rõ "
    "trách "
    "nhiệm của từng bộ phận, cá nhân trong việc soạn thảo, kiểm tra, trình ký và phát hành văn "
    "bản.";

static void justified_lines_end_exactly_at_the_edge(void) {
    begin();
    t.para.jc = JC_BOTH;
    t.para.first = 36000;
    para(long_text);
    layout();
    size_t n = count_draws(0, DRAW_TEXT);
    CHECK(n >= 4);
    for (size_t i = 0; i + 1 < n; i++)
        CHECK_NEAR(visible_end(text_at(0, i)), RIGHT, 1);
    CHECK(visible_end(text_at(0, n - 1)) < RIGHT - 5000);
    CHECK_INT(text_at(0, 0)->x, LEFT + 36000);
    CHECK_INT(text_at(0, 1)->x, LEFT);
    finish();
}

static void justified_gaps_of_a_line_are_equal(void) {
    begin();
    t.para.jc = JC_BOTH;
    para(long_text);
    layout();
    const struct draw_text *d = text_at(0, 1);
    mpt least = 1000000, most = 0;
    for (size_t i = 0; i + 2 < d->n; i++)
        if (d->glyphs[i].cp == ' ') {
            mpt gap = d->glyphs[i + 1].x - d->glyphs[i].x;
            least = gap < least ? gap : least;
            most = gap > most ? gap : most;
        }
    CHECK(most > 3500 && most - least <= 2);
    finish();
}

static void a_line_ended_by_a_break_is_stretched_unless_told_otherwise(void) {
    for (int no = 0; no < 2; no++) {
        begin();
        t.para.jc = JC_BOTH;
        t.doc.compat = no ? COMPAT_NO_SHIFT_RETURN_EXPANSION : 0;
        para("Một hai ba\nbốn năm");
        layout();
        CHECK_INT(visible_end(text_at(0, 0)) == RIGHT, !no);
        CHECK(visible_end(text_at(0, 1)) < RIGHT);
        finish();
    }
}

static void only_spaces_after_the_last_tab_stretch(void) {
    begin();
    t.para.jc = JC_BOTH;
    para("a b c\td e\nx");
    layout();
    const struct draw_text *d = text_at(0, 0);
    CHECK_NEAR(d->glyphs[2].x - d->glyphs[1].x, 3500, 1);
    CHECK_INT(d->glyphs[6].x, 36000);
    CHECK_INT(visible_end(d), RIGHT);
    finish();
}

static void distribute_stretches_the_last_line_too(void) {
    begin();
    t.para.jc = JC_DISTRIBUTE;
    para("Một hai");
    layout();
    CHECK_INT(visible_end(text_at(0, 0)), RIGHT);
    finish();
}

static void centre_and_right_ignore_trailing_spaces(void) {
    begin();
    t.para.jc = JC_RIGHT;
    para("Nam   ");
    t.para.jc = JC_CENTER;
    para("Nam   ");
    layout();
    mpt width = face_text_width(text_at(0, 0)->face, "Nam", 14000);
    CHECK_INT(visible_end(text_at(0, 0)), RIGHT);
    CHECK_NEAR(text_at(0, 1)->x, LEFT + (WIDTH - width) / 2, 1);
    finish();
}

/* ---- squeezing ---- */

static void the_rule_for_squeezing_weighs_stretching_against_it(void) {
    /* 10 spaces of 3.5 pt; the next word brings one more */
    CHECK(!line_shrinks(400000, 340000, 35000, 371126, 38500)); /* r_s just below 0.75 */
    CHECK(line_shrinks(400000, 325000, 35000, 371125, 38500));  /* 0.75, stretched 2.14 times */
    CHECK(!line_shrinks(400000, 363000, 35000, 371125, 38500)); /* 0.75, stretched little */
    CHECK(line_shrinks(400000, 340000, 35000, 364000, 38500));  /* 0.935 against 1.71 */
    CHECK(!line_shrinks(400000, 364000, 35000, 364000, 38500)); /* 0.935 against 1.03 */
    CHECK(line_shrinks(400000, 300000, 0, 399000, 1000));       /* nothing to stretch */
    CHECK(!line_shrinks(400000, 300000, 0, 401000, 1000));
    CHECK(!line_shrinks(400000, 300000, 3500, 399000, 0));
    /* the exact boundary: 1 + (r_e - 1) / 1.7 = 1 / r_s with r_e = 1.425, r_s = 0.8 */
    CHECK(line_shrinks(100000, 98575, 1000, 99200, 1000));
    CHECK(!line_shrinks(100000, 98576, 1000, 99200, 1000));
}

/* Four words in a column that is `missing` mpt too narrow for all of them. */
static void squeeze_case(mpt missing) {
    t.para.jc = JC_BOTH;
    struct fonts *fonts = t.fonts;
    bool other;
    struct font_wish wish = {.family = "Times New Roman", .vietnamese = true};
    const struct face *face = fonts_find(fonts, &wish, &other, t.diag);
    t.para.right = WIDTH - face_text_width(face, "Một hai ba bốn", 14000) + missing;
    para("Một hai ba bốn năm sáu bảy tám");
}

static void a_line_squeezes_its_spaces_for_one_more_word(void) {
    begin();
    t.options.shrink = true;
    squeeze_case(2000); /* 3 spaces of 3.5 pt: 0.81 */
    layout();
    CHECK_STR(draw_string(nth(0, DRAW_TEXT, 0)), "Một hai ba bốn ");
    CHECK_NEAR(visible_end(text_at(0, 0)), RIGHT - t.para.right, 1);
    finish();
}

static void a_space_is_never_squeezed_below_three_quarters(void) {
    begin();
    t.options.shrink = true;
    squeeze_case(2700); /* 0.743 */
    layout();
    CHECK_STR(draw_string(nth(0, DRAW_TEXT, 0)), "Một hai ba ");
    finish();
}

static void squeezing_needs_the_option_the_mode_and_no_tab(void) {
    for (int k = 0; k < 4; k++) {
        begin();
        t.options.shrink = k != 0;
        t.doc.compat_mode = k == 1 ? 14 : 15;
        squeeze_case(2000);
        if (k == 2)
            ((struct para_props *)t.last->para->props)->jc = JC_LEFT;
        if (k == 3) {
            static const struct tab_stop stop = {.pos = 1000};
            struct para_props *p = (struct para_props *)t.last->para->props;
            p->tabs = &stop;
            p->tab_count = 1;
            p->right -= 1000;
            struct para *with_tab = t.last->para;
            with_tab->items[1] = with_tab->items[0];
            with_tab->items[0] = (struct inline_item){.kind = INLINE_TAB, .props = with_tab->mark};
            with_tab->item_count = 2;
        }
        layout();
        CHECK_STR(draw_string(nth(0, DRAW_TEXT, 0)), k == 3 ? " Một hai ba " : "Một hai ba ");
        finish();
    }
}

/* ---- tabs ---- */

static void default_stops_count_from_the_margin(void) {
    begin();
    t.para.left = 50000;
    para("\tx");
    t.para.left = 0;
    t.para.first = 25000;
    para("\tx");
    t.para.left = 36000;
    t.para.first = -18000;
    para("-\tx");
    layout();
    CHECK_INT(text_at(0, 0)->x + text_at(0, 0)->glyphs[1].x, LEFT + 72000);
    CHECK_INT(text_at(0, 1)->x + text_at(0, 1)->glyphs[1].x, LEFT + 36000);
    CHECK_INT(text_at(0, 2)->x, LEFT + 18000);
    CHECK_INT(text_at(0, 2)->x + text_at(0, 2)->glyphs[2].x, LEFT + 36000);
    finish();
}

static void stops_align_left_centre_right_and_at_the_comma(void) {
    static const struct tab_stop stops[] = {{50000, TAB_LEFT, 0},
                                            {150000, TAB_CENTER, 0},
                                            {250000, TAB_RIGHT, 0},
                                            {350000, TAB_DECIMAL, 0}};
    begin();
    t.para.tabs = stops;
    t.para.tab_count = 4;
    para("a\tb\tNam\tNam\t1.234,56");
    layout();
    const struct draw_text *d = text_at(0, 0);
    mpt nam = face_text_width(d->face, "Nam", 14000);
    CHECK_INT(d->glyphs[2].x, 50000);
    CHECK_NEAR(d->glyphs[4].x, 150000 - nam / 2, 1);
    CHECK_NEAR(d->glyphs[8].x, 250000 - nam, 1);
    CHECK_INT(d->glyphs[17].cp, ',');
    CHECK_NEAR(d->glyphs[17].x, 350000, 1);
    finish();
}

static void a_leader_fills_the_tab_up_to_the_text(void) {
    static const struct tab_stop stop = {400000, TAB_RIGHT, LEADER_DOT};
    begin();
    t.para.tabs = &stop;
    t.para.tab_count = 1;
    para("Mục\t5");
    layout();
    const struct draw_text *dots = text_at(0, 1);
    CHECK_INT(dots->glyphs[0].cp, '.');
    CHECK(dots->n > 90);
    CHECK_NEAR(glyph_end(dots, dots->n - 1), text_at(0, 2)->x, 1);
    CHECK_NEAR(visible_end(text_at(0, 2)), LEFT + 400000, 1);
    finish();
}

static void a_tab_past_the_edge_goes_to_the_next_line(void) {
    begin();
    t.para.right = WIDTH - 40000;
    para("abcdefg\tx");
    layout();
    CHECK(text_at(0, 1)->y > text_at(0, 0)->y);
    finish();
}

/* ---- heights and baselines ---- */

struct height_case {
    enum line_rule rule;
    int32_t line;
    mpt baseline, pitch; /* section 2 of the measurements, 14 pt */
};

static void lines_have_the_measured_heights_and_baselines(void) {
    static const struct height_case cases[] = {
        {LINE_AUTO, 240, 13070, 16098},       {LINE_AUTO, 276, 13070, 18500},
        {LINE_AUTO, 360, 13070, 24150},       {LINE_AUTO, 480, 13070, 32200},
        {LINE_AUTO, 216, 11560, 14450},       {LINE_AUTO, 200, 10720, 13400},
        {LINE_EXACT, 12000, 9600, 12000},     {LINE_EXACT, 20000, 16000, 20000},
        {LINE_AT_LEAST, 16000, 13070, 16098}, {LINE_AT_LEAST, 18000, 14972, 18000},
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        begin();
        t.para.line_rule = cases[i].rule;
        t.para.line = cases[i].line;
        para("a\nb");
        layout();
        CHECK_NEAR(text_at(0, 0)->y - 56700, cases[i].baseline, 2);
        CHECK_NEAR(text_at(0, 1)->y - text_at(0, 0)->y, cases[i].pitch, 2);
        finish();
    }
}

static void raised_text_moves_no_line(void) {
    begin();
    struct para *p = para("a\nb");
    struct run_props *super = run_copy();
    super->vert_align = ALIGN_SUPERSCRIPT;
    p->items[2].props = super;
    layout();
    CHECK_INT(text_at(0, 1)->size, 8120);
    CHECK_NEAR(text_at(0, 1)->y, 56700 + 13070 + 16098 - 4900, 2);
    finish();
}

static void the_tallest_run_sets_the_line(void) {
    begin();
    struct para *p = para("a\nb\nc");
    struct run_props *big = run_copy();
    big->size = 28000;
    p->items[2].props = big;
    layout();
    CHECK_NEAR(text_at(0, 1)->y - text_at(0, 0)->y, 3028 + 26140, 3);
    CHECK_NEAR(text_at(0, 2)->y - text_at(0, 1)->y, 6056 + 13070, 3);
    finish();
}

static void a_forced_line_end_is_read_as_one_blank(void) {
    begin();
    para("a\nb \n\nc");
    layout();
    CHECK_INT(text_at(0, 0)->n, 2);
    CHECK_INT(text_at(0, 0)->glyphs[1].cp, ' ');
    CHECK_INT(text_at(0, 1)->n, 2);
    CHECK_INT(text_at(0, 2)->n, 1);
    finish();
}

static void the_paragraph_mark_counts_in_the_last_line(void) {
    begin();
    struct run_props *big = run_copy();
    big->size = 28000;
    para("a\nb")->mark = big;
    para("")->mark = big;
    para("c");
    layout();
    CHECK_NEAR(text_at(0, 1)->y - text_at(0, 0)->y, 3028 + 26140, 3);
    CHECK_NEAR(text_at(0, 2)->y - text_at(0, 1)->y, 6056 + 32197 + 13070, 5);
    finish();
}

static void a_picture_stands_on_the_baseline(void) {
    begin();
    static const struct picture picture = {.width = 50000, .height = 40000, .part = "dau.png"};
    struct para *p = para("a");
    item(p, INLINE_PICTURE)->picture = &picture;
    layout();
    const struct draw_picture *d = &nth(0, DRAW_PICTURE, 0)->as.picture;
    CHECK_INT(d->y, 56700);
    CHECK_INT(d->y + d->height, text_at(0, 0)->y);
    CHECK_INT(d->x, visible_end(text_at(0, 0)));
    finish();
}

static void a_multiple_of_lines_multiplies_letters_not_pictures(void) {
    begin();
    static const struct picture picture = {.width = 50000, .height = 40000, .part = "dau.png"};
    t.para.line = 480;
    item(para("a"), INLINE_PICTURE)->picture = &picture;
    t.para.line = 120;
    item(para("b"), INLINE_PICTURE)->picture = &picture;
    para("c");
    layout();
    CHECK_INT(text_at(0, 0)->y, 56700 + 40000);
    CHECK_NEAR(text_at(0, 1)->y - text_at(0, 0)->y, 3028 + 16100 + 40000, 30);
    CHECK_NEAR(text_at(0, 2)->y - text_at(0, 1)->y, 3028 + 6440, 30);
    finish();
}

/* ---- characters ---- */

static void capitals_are_made_when_laying_out(void) {
    begin();
    t.run.caps = true;
    para("đặng ước");
    t.run.caps = false;
    t.run.small_caps = true;
    para("Ab");
    layout();
    CHECK_STR(draw_string(nth(0, DRAW_TEXT, 0)), "ĐẶNG ƯỚC");
    CHECK_STR(draw_string(nth(0, DRAW_TEXT, 1)), "A");
    CHECK_STR(draw_string(nth(0, DRAW_TEXT, 2)), "B");
    CHECK_INT(text_at(0, 2)->size, 11200);
    finish();
}

static void spacing_and_scale_widen_every_character(void) {
    begin();
    t.run.spacing = 1000;
    para("ab c");
    t.run.spacing = 0;
    t.run.scale = 200;
    para("ab");
    layout();
    const struct draw_text *d = text_at(0, 0);
    mpt a = face_text_width(d->face, "a", 14000);
    CHECK_NEAR(d->glyphs[1].x, a + 1000, 1);
    CHECK_NEAR(text_at(0, 1)->glyphs[1].x, 2 * a, 2);
    CHECK_INT(text_at(0, 1)->scale, 200);
    finish();
}

static void a_character_of_another_face_is_named_once_for_its_range(void) {
    begin();
    t.run.family = "Arial";
    para("a\u2713b\u2714\u2713c"); /* in DejaVu Sans, not in Liberation Sans */
    layout();
    const struct draw_text *own = text_at(0, 0), *other = text_at(0, 1);
    CHECK(!face_glyph(own->face, 0x2713) && face_glyph(other->face, 0x2713));
    CHECK(own->face != other->face);
    CHECK_INT(diag_count(t.diag, DIAG_WARNING), 1);
    CHECK(diag_has(t.diag, LAYOUT_GLYPH_MISSING));
    finish();
}

static void a_line_is_as_high_as_the_highest_of_its_faces(void) {
    begin();
    t.run.family = "Arial";
    para("a\u2713");
    para("a");
    layout();
    const struct draw_text *own = text_at(0, 0), *other = text_at(0, 1), *next = text_at(0, 2);
    const struct face_metrics *a = face_metrics(own->face), *b = face_metrics(other->face);
    CHECK(b->descent > a->descent && b->ascent + b->line_gap <= a->ascent + a->line_gap);
    int64_t pitch = (int64_t)(a->ascent + a->line_gap + b->descent) * 14000 / 2048;
    CHECK_NEAR(next->y - own->y, pitch, 2);
    finish();
}

/* x with a dot below, then with a circumflex too: no composed letter exists. Each mark stands at a
 * height of its own, so it is a draw of its own. */
static void a_mark_without_a_composed_letter_stands_over_its_letter(void) {
    begin();
    t.run.family = "Liberation Serif";
    para("xz");
    para("x\u0323\u0302z");
    t.run.spacing = 1000;
    para("x\u0302z");
    layout();
    mpt x = face_text_width(text_at(0, 0)->face, "x", 14000);
    const struct draw_text *dot = text_at(0, 2), *hat = text_at(0, 3), *z = text_at(0, 4);
    CHECK_STR(draw_string(nth(0, DRAW_TEXT, 2)), "\u0323");
    CHECK(dot->x > LEFT && dot->x < LEFT + x && hat->x > LEFT && hat->x < LEFT + x);
    CHECK_NEAR(z->x, LEFT + x, 1);
    CHECK_NEAR(text_at(0, 6)->x, hat->x, 1);
    CHECK_NEAR(text_at(0, 7)->x, LEFT + x + 1000, 1);
    CHECK_INT(diag_count(t.diag, DIAG_WARNING), 0);
    finish();
}

static void a_mark_at_the_head_of_a_paragraph_does_no_harm(void) {
    begin();
    para("\u0301\u0302");
    para(" \u0301a");
    layout();
    CHECK_STR(draw_string(nth(0, DRAW_TEXT, 0)), "\u0301\u0302");
    finish();
}

static void pairs_are_kerned_from_the_size_asked_on(void) {
    static const mpt kern_from[] = {0, 14001, 14000, 1000};
    mpt x[4];
    for (int i = 0; i < 4; i++) {
        begin();
        t.run.kern_from = kern_from[i];
        para("AV");
        layout();
        const struct draw_text *d = text_at(0, 0);
        int units = face_kern(d->face, d->glyphs[0].id, d->glyphs[1].id);
        CHECK(units < 0);
        x[i] = d->glyphs[1].x;
        CHECK_NEAR(x[i], x[0] + (i >= 2 ? units * 14000 / 2048 : 0), 1);
        finish();
    }
}

static void a_character_no_font_has_is_named_once_and_marked(void) {
    begin();
    para("a\uE123b\uE123c\uE100");
    layout();
    CHECK_STR(draw_string(nth(0, DRAW_TEXT, 0)), "a\uE123b\uE123c\uE100");
    CHECK(diag_has(t.diag, LAYOUT_GLYPH_NOWHERE));
    CHECK_INT(diag_count(t.diag, DIAG_WARNING), 2);
    const struct draw_text *d = text_at(0, 0);
    uint16_t mark = face_glyph(d->face, 0xFFFD);
    CHECK_INT(d->glyphs[1].id, mark ? mark : face_glyph(d->face, '?'));
    CHECK(d->glyphs[1].id != 0);
    finish();
}

static void a_strange_font_is_named_once_a_metric_equal_one_not_at_all(void) {
    begin();
    para("a");
    t.run.family = "Arial";
    para("a");
    CHECK(true);
    layout();
    CHECK_INT(diag_count(t.diag, DIAG_WARNING), 0);
    finish();
    begin();
    t.run.family = ".VnTime";
    para("a");
    t.run.bold = true;
    para("a");
    layout();
    CHECK(diag_has(t.diag, LAYOUT_FONT_SUBSTITUTED));
    CHECK_INT(diag_count(t.diag, DIAG_WARNING), 1);
    finish();
}

/* A folder with the regular face alone, as a family of its own name. */
static void a_style_a_family_lacks_is_imitated_and_named_once(void) {
    static const char path[] = "/usr/share/fonts/truetype/liberation2/LiberationSerif-Regular.ttf";
    char folder[] = "/tmp/congvan-test-XXXXXX";
    CHECK(mkdtemp(folder) != NULL);
    begin();
    size_t n;
    char *font = file_read(t.pool, path, &n, (struct where){0}, t.diag), *p;
    while ((p = memmem(font, n, "\0L\0i\0b\0e\0r\0a\0t\0i\0o\0n", 20)))
        p[1] = 'D';
    char *copy = path_join(t.pool, folder, "odd.ttf");
    CHECK(file_write(copy, font, n, t.diag));
    fonts_free(t.fonts);
    t.fonts = fonts_new((const char *[]){folder}, 1);
    t.run.family = "Diberation Serif";
    t.run.bold = true;
    para("a");
    t.run.family = NULL;
    para("b");
    t.run.family = "Diberation Serif";
    t.run.italic = true;
    t.run.size = 10000;
    para("c");
    layout();
    CHECK_STR(face_path(text_at(0, 0)->face), copy);
    CHECK(diag_has(t.diag, LAYOUT_STYLE_MISSING));
    CHECK_INT(diag_count(t.diag, DIAG_WARNING), 2); /* Bold, Bold Italic */
    CHECK(text_at(0, 0)->thicken > 0 && !text_at(0, 0)->slanted);
    CHECK(text_at(0, 1)->thicken == 0 && !text_at(0, 1)->slanted);
    CHECK(text_at(0, 2)->thicken > 0 && text_at(0, 2)->slanted);
    CHECK(text_at(0, 2)->thicken < text_at(0, 0)->thicken);
    finish();
    fonts_free(t.fonts);
    t.fonts = NULL;
    unlink(copy);
    rmdir(folder);
}

static void invalid_utf8_and_controls_are_survived(void) {
    begin();
    para("a\xFF\xC0\x01z");
    layout();
    CHECK_INT(t.pages->at.n, 1);
    finish();
}

static void runs_alike_make_one_draw(void) {
    begin();
    struct para *p = para("Một ");
    struct inline_item *more = item(p, INLINE_TEXT);
    more->text = "hai";
    more->props = run_copy();
    struct run_props *bold = run_copy();
    bold->bold = true;
    struct inline_item *other = item(p, INLINE_TEXT);
    other->text = " ba";
    other->props = bold;
    layout();
    CHECK_STR(page_string(0), "Một hai| ba");
    finish();
}

static void hidden_text_is_not_drawn(void) {
    begin();
    t.run.hidden = true;
    para("mật");
    t.run.hidden = false;
    para("a");
    layout();
    CHECK_STR(page_string(0), "a");
    finish();
}

/* ---- decorations ---- */

static void underline_lies_where_the_face_says(void) {
    begin();
    t.run.underline = UNDERLINE_SINGLE;
    para("gạch chân");
    layout();
    const struct draw_text *d = text_at(0, 0);
    const struct draw_line *line = &nth(0, DRAW_LINE, 0)->as.line;
    const struct face_metrics *m = face_metrics(d->face);
    CHECK_INT(line->x0, d->x);
    CHECK_NEAR(line->x1, visible_end(d), 1);
    CHECK_NEAR(line->y0 - line->width / 2, d->y + m->underline_position * 14000 / m->upem, 2);
    finish();
}

static void underlines_and_strikes_have_their_kinds(void) {
    static const enum underline kinds[] = {UNDERLINE_DOUBLE, UNDERLINE_WORDS, UNDERLINE_DOTTED,
                                           UNDERLINE_DASH,   UNDERLINE_THICK, UNDERLINE_WAVE};
    static const size_t lines[] = {2, 2, 1, 1, 1, 1};
    for (size_t i = 0; i < 6; i++) {
        begin();
        t.run.underline = kinds[i];
        para("hai chữ");
        layout();
        CHECK_INT(count_draws(0, DRAW_LINE), lines[i]);
        CHECK_INT(nth(0, DRAW_LINE, 0)->as.line.wave > 0, kinds[i] == UNDERLINE_WAVE);
        CHECK_INT(nth(0, DRAW_LINE, 0)->as.line.dash > 0, i == 2 || i == 3);
        finish();
    }
    begin();
    t.run.strike = true;
    para("bỏ");
    t.run.double_strike = true;
    para("bỏ");
    layout();
    CHECK_INT(count_draws(0, DRAW_LINE), 3);
    CHECK(nth(0, DRAW_LINE, 0)->as.line.y0 < text_at(0, 0)->y);
    finish();
}

static void spaces_at_a_paragraphs_end_are_underlined_hanging_ones_not(void) {
    begin();
    t.run.underline = UNDERLINE_SINGLE;
    t.para.right = WIDTH - 65000;
    para("Aaaa bbbb     cccc   ");
    layout();
    CHECK_NEAR(nth(0, DRAW_LINE, 0)->as.line.x1, visible_end(text_at(0, 0)), 1);
    CHECK(nth(0, DRAW_LINE, 1)->as.line.x1 > visible_end(text_at(0, 1)) + 9000);
    finish();
}

static void highlight_and_shading_lie_under_the_text(void) {
    begin();
    t.run.highlight = 0xFFFF00;
    t.para.shade = 0xEEEEEE;
    para("vàng");
    layout();
    const struct page *page = &t.pages->at.at[0];
    CHECK_INT(page->draws.at[0].as.rect.color, 0xEEEEEE);
    CHECK_INT(page->draws.at[0].as.rect.width, WIDTH);
    CHECK_INT(page->draws.at[1].as.rect.color, 0xFFFF00);
    CHECK_INT(page->draws.at[2].kind, DRAW_TEXT);
    finish();
}

static void a_border_below_takes_room_and_neighbours_share_their_box(void) {
    begin();
    t.para.borders[EDGE_BOTTOM] = (struct border){.width = 500, .space = 1000};
    para("a");
    t.para.borders[EDGE_BOTTOM].width = 0;
    para("b");
    layout();
    CHECK_NEAR(text_at(0, 1)->y - text_at(0, 0)->y, 16098 + 1500, 2);
    const struct draw_line *line = &nth(0, DRAW_LINE, 0)->as.line;
    CHECK_NEAR(line->y0, 56700 + 16098 + 1000 + 250, 2);
    CHECK(line->x0 <= LEFT && line->x1 >= RIGHT);
    finish();
    begin();
    for (int e = 0; e < 4; e++)
        t.para.borders[e] = (struct border){.width = 500, .space = 1000};
    para("a");
    para("b");
    layout();
    CHECK_INT(count_draws(0, DRAW_LINE), 2 + 4); /* top, bottom; two sides of each line */
    finish();
}

static void a_bar_tab_draws_a_line(void) {
    static const struct tab_stop stop = {100000, TAB_BAR, 0};
    begin();
    t.para.tabs = &stop;
    t.para.tab_count = 1;
    para("a\tb");
    layout();
    CHECK_INT(nth(0, DRAW_LINE, 0)->as.line.x0, LEFT + 100000);
    CHECK_INT(text_at(0, 0)->glyphs[2].x, 36000);
    finish();
}

int main(void) {
    RUN(lines_break_after_hyphens_dashes_and_some_marks);
    RUN(lines_never_break_at_other_separators);
    RUN(a_hyphen_holds_what_follows_it_as_punctuation);
    RUN(numbers_of_dispatches_break_after_their_hyphens);
    RUN(trailing_spaces_hang);
    RUN(a_soft_hyphen_shows_only_at_the_end_of_a_line);
    RUN(a_word_wider_than_the_line_is_moved_then_cut);
    RUN(justified_lines_end_exactly_at_the_edge);
    RUN(justified_gaps_of_a_line_are_equal);
    RUN(a_line_ended_by_a_break_is_stretched_unless_told_otherwise);
    RUN(only_spaces_after_the_last_tab_stretch);
    RUN(distribute_stretches_the_last_line_too);
    RUN(centre_and_right_ignore_trailing_spaces);
    RUN(the_rule_for_squeezing_weighs_stretching_against_it);
    RUN(a_line_squeezes_its_spaces_for_one_more_word);
    RUN(a_space_is_never_squeezed_below_three_quarters);
    RUN(squeezing_needs_the_option_the_mode_and_no_tab);
    RUN(default_stops_count_from_the_margin);
    RUN(stops_align_left_centre_right_and_at_the_comma);
    RUN(a_leader_fills_the_tab_up_to_the_text);
    RUN(a_tab_past_the_edge_goes_to_the_next_line);
    RUN(lines_have_the_measured_heights_and_baselines);
    RUN(raised_text_moves_no_line);
    RUN(the_tallest_run_sets_the_line);
    RUN(a_forced_line_end_is_read_as_one_blank);
    RUN(the_paragraph_mark_counts_in_the_last_line);
    RUN(a_picture_stands_on_the_baseline);
    RUN(a_multiple_of_lines_multiplies_letters_not_pictures);
    RUN(capitals_are_made_when_laying_out);
    RUN(spacing_and_scale_widen_every_character);
    RUN(a_character_of_another_face_is_named_once_for_its_range);
    RUN(a_line_is_as_high_as_the_highest_of_its_faces);
    RUN(a_mark_without_a_composed_letter_stands_over_its_letter);
    RUN(a_mark_at_the_head_of_a_paragraph_does_no_harm);
    RUN(pairs_are_kerned_from_the_size_asked_on);
    RUN(a_character_no_font_has_is_named_once_and_marked);
    RUN(a_strange_font_is_named_once_a_metric_equal_one_not_at_all);
    RUN(a_style_a_family_lacks_is_imitated_and_named_once);
    RUN(invalid_utf8_and_controls_are_survived);
    RUN(runs_alike_make_one_draw);
    RUN(hidden_text_is_not_drawn);
    RUN(underline_lies_where_the_face_says);
    RUN(underlines_and_strikes_have_their_kinds);
    RUN(spaces_at_a_paragraphs_end_are_underlined_hanging_ones_not);
    RUN(highlight_and_shading_lie_under_the_text);
    RUN(a_border_below_takes_room_and_neighbours_share_their_box);
    RUN(a_bar_tab_draws_a_line);
    fonts_free(t.fonts);
    return CHECK_RESULT();
}
