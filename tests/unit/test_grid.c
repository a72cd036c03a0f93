/* Borders where a table goes from one page to the next. */
#include "check.h"
#include "layout_help.h"

static size_t horizontal_lines(size_t page) {
    size_t n = 0;
    for (size_t i = 0; i < t.pages->at.at[page].draws.n; i++) {
        const struct draw *d = &t.pages->at.at[page].draws.at[i];
        n += d->kind == DRAW_LINE && d->as.line.y0 == d->as.line.y1;
    }
    return n;
}

/* As the reader gives them: the edge between two rows is the lower one's top. */
static void give_shared_edges_to_the_row_below(struct table *table) {
    set_borders(table, 500);
    for (size_t r = 0; r + 1 < table->row_count; r++)
        for (size_t c = 0; c < table->rows[r].cell_count; c++)
            table->rows[r].cells[c].borders[EDGE_BOTTOM] = (struct border){0};
}

static void the_last_row_on_a_page_is_closed(void) {
    begin();
    struct table *tab = table(100, 2);
    give_shared_edges_to_the_row_below(tab);
    layout();
    CHECK(t.pages->at.n > 1);
    /* two cells a row: three upright lines, two above each row and two below the last */
    size_t upright = count_draws(0, DRAW_LINE) - horizontal_lines(0);
    CHECK_INT(horizontal_lines(0), upright / 3 * 2 + 2);
    finish();
}

static void narrower_cells_below_close_a_wide_one(void) {
    begin();
    struct table *tab = table(100, 3);
    give_shared_edges_to_the_row_below(tab);
    for (size_t r = 0; r < tab->row_count; r += 2) {
        struct row *row = &tab->rows[r];
        row->cells[0].span = 3;
        row->cells[0].width = tab->width;
        row->cell_count = 1;
    }
    layout();
    mpt lowest = 0, length = 0;
    for (size_t i = 0; i < t.pages->at.at[0].draws.n; i++) {
        const struct draw *d = &t.pages->at.at[0].draws.at[i];
        if (d->kind != DRAW_LINE || d->as.line.y0 != d->as.line.y1)
            continue;
        if (d->as.line.y0 > lowest) {
            lowest = d->as.line.y0;
            length = 0;
        }
        if (d->as.line.y0 == lowest)
            length += d->as.line.x1 - d->as.line.x0;
    }
    CHECK(length >= tab->width);
    finish();
}

/* As with w:gridBefore, or in a row that ends early. */
static void a_cell_is_closed_where_the_row_below_has_none(void) {
    begin();
    struct table *tab = table(2, 2);
    set_borders(tab, 500);
    tab->rows[1].cell_count = 1;
    tab->rows[0].cells[0].borders[EDGE_BOTTOM] = (struct border){0}; /* the lower one's top */
    layout();
    CHECK_INT(horizontal_lines(0), 2 + 1 + 1 + 1); /* tops, bottom of the uncovered, bottom */
    finish();
}

/* The strokes of a border of this style in a table of one cell, from its top edge down. */
static size_t top_strokes(enum border_style style, mpt line, mpt width, struct draw_line *out) {
    begin();
    struct table *tab = table(1, 1);
    tab->rows[0].cells[0].borders[EDGE_TOP] =
        (struct border){.style = style, .line = line, .width = width};
    tab->rows[0].cells[0].blocks = para_new("x");
    layout();
    size_t n = count_draws(0, DRAW_LINE);
    for (size_t i = 0; i < n; i++)
        out[i] = nth(0, DRAW_LINE, i)->as.line;
    return n;
}

static void lines_of_a_border_stand_in_its_room(void) {
    struct draw_line at[3];
    CHECK_INT(top_strokes(BORDER_TRIPLE, 500, 2500, at), 3);
    CHECK_INT(at[0].y0, 56700 + 250);
    CHECK_INT(at[1].y0, 56700 + 1250);
    CHECK_INT(at[2].y0, 56700 + 2250);
    CHECK_NEAR(y_of("x"), 56700 + 2500 + 13070, 10);
    finish();
    CHECK_INT(top_strokes(BORDER_THICK_THIN_LARGE, 3000, 5250, at), 2);
    CHECK_INT(at[0].width, 1500);
    CHECK_INT(at[1].width, 750);
    CHECK_INT(at[1].y0 - at[0].y0, 1500 / 2 + 3000 + 750 / 2);
    finish();
}

static void broken_and_wavy_lines_are_told_apart(void) {
    struct draw_line at[3];
    CHECK_INT(top_strokes(BORDER_DOTTED, 1000, 1000, at), 1);
    CHECK(at[0].dash == 1000 && !at[0].gap && !at[0].dots);
    finish();
    CHECK_INT(top_strokes(BORDER_DOT_DOT_DASH, 1000, 1000, at), 1);
    CHECK(at[0].dash > at[0].gap && at[0].dots == 2);
    finish();
    CHECK_INT(top_strokes(BORDER_DOUBLE_WAVE, 750, 4500, at), 2);
    CHECK(at[0].wave > 0 && at[1].wave > 0);
    finish();
}

static void a_diagonal_runs_through_all_rows_of_a_merged_cell(void) {
    begin();
    struct table *tab = table(2, 2);
    tab->rows[0].cells[0].falling = (struct border){.width = 500};
    tab->rows[0].cells[0].merge = MERGE_START;
    tab->rows[1].cells[0].merge = MERGE_CONTINUE;
    layout();
    const struct draw_line *line = &nth(0, DRAW_LINE, 0)->as.line;
    CHECK_INT(line->x1 - line->x0, 225000);
    CHECK_NEAR(line->y1 - line->y0, 32200, 10);
    finish();
}

int main(void) {
    RUN(a_diagonal_runs_through_all_rows_of_a_merged_cell);
    RUN(lines_of_a_border_stand_in_its_room);
    RUN(broken_and_wavy_lines_are_told_apart);
    RUN(the_last_row_on_a_page_is_closed);
    RUN(narrower_cells_below_close_a_wide_one);
    RUN(a_cell_is_closed_where_the_row_below_has_none);
    fonts_free(t.fonts);
    return CHECK_RESULT();
}
