#include "layout_help.h"

enum { TOP = 56700, LEFT = 85050 };

/* ---- making ---- */

static struct math *node(enum math_kind kind) {
    struct math *m = POOL_NEW(t.pool, struct math);
    m->kind = kind;
    return m;
}

static struct math *text(const char *s) {
    struct math *m = node(MATH_TEXT);
    m->text = s;
    return m;
}

/* `m` with the parts given. */
static struct math *with(struct math *m, struct math *a, struct math *b, struct math *c) {
    struct math **end = &m->parts;
    struct math *all[] = {a, b, c};
    for (int i = 0; i < 3; i++)
        if (all[i]) {
            *end = all[i];
            end = &all[i]->next;
        }
    return m;
}

static struct math *row(const char *s) {
    return with(node(MATH_ROW), *s ? text(s) : NULL, NULL, NULL);
}

static struct math *fraction(const char *over, const char *under) {
    return with(node(MATH_FRACTION), row(over), row(under), NULL);
}

static struct math *fence(struct math *inner) {
    struct math *m = with(node(MATH_FENCE), inner, NULL, NULL);
    m->text = "(";
    m->close = ")";
    m->between = "|";
    return m;
}

/* A paragraph that holds this formula alone, laid out. */
static void set(struct math *only, bool display) {
    struct math *whole = with(node(MATH_ROW), only, NULL, NULL);
    whole->display = display;
    struct inline_item *i = item(para(""), INLINE_TEXT);
    i->text = "formula";
    i->math = whole;
    layout();
}

/* The text draw that shows exactly `s`. */
static const struct draw_text *letter(const char *s) {
    static const struct draw_text none;
    for (size_t i = 0; i < count_draws(0, DRAW_TEXT); i++)
        if (strcmp(draw_string(nth(0, DRAW_TEXT, i)), s) == 0)
            return &nth(0, DRAW_TEXT, i)->as.text;
    CHECK_STR("not drawn", s);
    return &none;
}

/* ---- tests ---- */

static void a_fraction_stands_above_and_below_its_line(void) {
    begin();
    set(fraction("a", "b"), true);
    const struct draw_rect *line = &nth(0, DRAW_RECT, 0)->as.rect;
    CHECK(letter("a")->y < line->y && line->y + line->height < letter("b")->y);
    CHECK_INT(letter("a")->size, 14000);
    CHECK(line->width >= 7000 && line->height > 0);
    begin();
    set(fraction("a", "b"), false);
    CHECK_INT(letter("a")->size, 9800);
    begin();
    struct math *bare = fraction("n", "k");
    bare->bare = true;
    set(bare, true);
    CHECK_INT(count_draws(0, DRAW_RECT), 0);
    finish();
}

static void scripts_are_smaller_raised_and_lowered(void) {
    begin();
    set(with(node(MATH_SCRIPTS), row("x"), row("i"), row("2")), false);
    const struct draw_text *x = letter("x"), *i = letter("i"), *two = letter("2");
    CHECK(i->size == 9800 && two->size == 9800 && x->size == 14000);
    CHECK(two->y < x->y && x->y < i->y);
    CHECK_INT(i->x, two->x);
    CHECK(i->x > x->x);
    CHECK(strstr(face_postscript_name(x->face), "Italic"));
    CHECK(!strstr(face_postscript_name(two->face), "Italic"));
    finish();
}

static void brackets_and_roots_grow_with_what_they_hold(void) {
    begin();
    set(fence(row("y")), true);
    CHECK(letter("(")->size < 15000);
    begin();
    set(fence(with(node(MATH_ROW), fraction("a", "b"), NULL, NULL)), true);
    CHECK(letter("(")->size > 20000 && letter("(")->size == letter(")")->size);
    CHECK(letter("(")->scale < 70);
    begin();
    set(with(node(MATH_RADICAL), row("3"), row("n"), NULL), true);
    const struct draw_rect *over = &nth(0, DRAW_RECT, 0)->as.rect;
    CHECK(over->y < letter("n")->y - 6000 && over->width >= 7000);
    CHECK(letter("3")->x < letter("√")->x + 7000 && letter("3")->y < letter("n")->y);
    finish();
}

static void limits_stand_under_and_over_a_sum_on_its_own_line(void) {
    for (int display = 0; display < 2; display++) {
        begin();
        struct math *sum = with(node(MATH_NARY), row("i"), row("n"), row("a"));
        sum->text = "∑";
        sum->limits = true;
        set(sum, display);
        const struct draw_text *sign = letter("∑"), *low = letter("i"), *high = letter("n");
        CHECK(high->y < sign->y && low->y > letter("a")->y);
        CHECK_INT(low->x < sign->x + 9000, display);
        CHECK(letter("a")->x > sign->x + 9000);
        finish();
    }
}

static void cells_of_a_matrix_stand_in_rows_and_columns(void) {
    begin();
    struct math *matrix = with(node(MATH_GRID), row("1"), row("2"), row("3"));
    matrix->parts->next->next->next = row("4");
    matrix->columns = 2;
    set(matrix, true);
    CHECK_INT(letter("1")->y, letter("2")->y);
    CHECK_INT(letter("3")->y, letter("4")->y);
    CHECK_INT(letter("1")->x, letter("3")->x);
    CHECK(letter("2")->x > letter("1")->x + 10000 && letter("3")->y > letter("1")->y + 14000);
    finish();
}

static void a_bar_stands_over_or_under(void) {
    for (int below = 0; below < 2; below++) {
        begin();
        struct math *bar = with(node(MATH_ACCENT), row("x"), NULL, NULL);
        bar->text = "\xC2\xAF";
        bar->below = below;
        set(bar, false);
        CHECK_INT(nth(0, DRAW_RECT, 0)->as.rect.y > letter("x")->y - 5000, below);
        finish();
    }
}

static void a_line_makes_room_for_what_is_tall(void) {
    begin();
    para("trên");
    set(fraction("a", "b"), true);
    CHECK(letter("a")->y - letter("trên")->y > 11000);
    begin();
    set(fraction("a", "b"), true);
    CHECK(letter("a")->y >= TOP + 8000);
    finish();
}

static void a_long_formula_is_broken_after_a_sign(void) {
    begin();
    t.section.right = 420000;
    set(text("aaaa=bbbb+cccc"), false);
    CHECK_INT(letter("c")->x, LEFT);
    CHECK(letter("c")->y > letter("+")->y + 10000);
    CHECK_INT(letter("a")->y, letter("=")->y);
    finish();
}

static void a_sign_at_the_beginning_keeps_to_what_follows(void) {
    begin();
    set(text("-x"), false);
    mpt alone = letter("x")->x - letter("−")->x;
    begin();
    set(text("y-x"), false);
    CHECK(letter("x")->x - letter("−")->x > alone + 2000);
    finish();
}

/* Depth costs no more than size: what stands in brackets is set once. */
static void brackets_in_brackets_take_no_time(void) {
    begin();
    struct math *m = row("x");
    for (int i = 0; i < 31; i++)
        m = with(node(MATH_ROW), fence(m), NULL, NULL);
    set(m, true);
    CHECK_INT(count_draws(0, DRAW_TEXT), 63);
    finish();
}

int main(void) {
    RUN(a_fraction_stands_above_and_below_its_line);
    RUN(scripts_are_smaller_raised_and_lowered);
    RUN(brackets_and_roots_grow_with_what_they_hold);
    RUN(limits_stand_under_and_over_a_sum_on_its_own_line);
    RUN(cells_of_a_matrix_stand_in_rows_and_columns);
    RUN(a_bar_stands_over_or_under);
    RUN(a_line_makes_room_for_what_is_tall);
    RUN(a_long_formula_is_broken_after_a_sign);
    RUN(a_sign_at_the_beginning_keeps_to_what_follows);
    RUN(brackets_in_brackets_take_no_time);
    fonts_free(t.fonts);
    return CHECK_RESULT();
}
