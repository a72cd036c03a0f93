/* The table of a chart's numbers under its plot (21.2.2.54): a column for every category, as wide
 * as its part of the plot, a row for their names and one for every series, whose names stand to the
 * left of the plot. */
#include "layout/chart_parts.h"

enum { PAD = 2000, KEY_GAP = 3000 };

static const struct run_props *props_of(const struct canvas *c) {
    return c->chart->table.props;
}

static int64_t key_room(const struct canvas *c) {
    return c->chart->table.keys ? legend_key_width(c) + KEY_GAP : 0;
}

static struct words header_of(const struct canvas *c, size_t i, int64_t width) {
    return words_set(c, axis_category(c, i), props_of(c), larger(width - PAD, 1));
}

static struct words cell_of(const struct canvas *c, const struct chart_series *s, size_t i) {
    struct buf out = {0};
    if (i < s->n && s->points[i].present)
        decimal_put(&out, s->points[i].value, s->points[i].format, c->chart->comma);
    const char *text = pool_strdup(c->l->pool, buf_text(&out));
    buf_free(&out);
    return words_set(c, text, props_of(c), 0);
}

/* Broken where it would take more than a quarter of the chart. */
static struct words name_of(const struct canvas *c, const struct chart_series *s, size_t k) {
    const char *name = s->name ? s->name : pool_printf(c->l->pool, "Series%zu", k + 1);
    return words_set(c, name, props_of(c), c->box.width / 4);
}

static int64_t row_height(const struct canvas *c, const struct words *name) {
    struct words w = words_set(c, "0", props_of(c), 0);
    return larger(name->height, w.height) + PAD;
}

struct chart_rows rows_measure(const struct canvas *c, int64_t width, size_t columns) {
    const struct words none = {0};
    struct chart_rows rows = {.columns = columns, .head = row_height(c, &none)};
    int64_t each = width / larger((int64_t)columns, 1), widest = 0;
    for (size_t i = 0; i < columns; i++) {
        struct words w = header_of(c, i, each);
        rows.head = larger(rows.head, w.height + PAD);
    }
    rows.below = rows.head;
    for (size_t g = 0; g < c->chart->group_count; g++)
        for (size_t k = 0; k < c->chart->groups[g].n; k++) {
            struct words w = name_of(c, &c->chart->groups[g].series[k], k);
            widest = larger(widest, w.width);
            rows.below += row_height(c, &w);
        }
    rows.left = widest + key_room(c) + 2 * PAD;
    return rows;
}

/* The middle of a column. */
static int64_t column_at(const struct chart_rows *rows, const struct box *top, size_t i) {
    return top->x + top->width * (2 * (int64_t)i + 1) / (2 * (int64_t)rows->columns);
}

static void draw_header(const struct canvas *c, const struct chart_rows *rows,
                        const struct box *top) {
    for (size_t i = 0; i < rows->columns; i++) {
        struct words w = header_of(c, i, top->width / (int64_t)rows->columns);
        words_put(c, &w, column_at(rows, top, i), top->y + (rows->head - w.height) / 2, 1);
    }
}

/* One row under `y`; returns its height. */
static int64_t draw_row(const struct canvas *c, const struct chart_rows *rows,
                        const struct box *top, const struct chart_series *s,
                        const struct words *name) {
    int64_t height = row_height(c, name), middle = top->y + height / 2;
    int64_t left = top->x - rows->left + PAD;
    words_put(c, name, left + key_room(c), middle - name->height / 2, 0);
    for (size_t i = 0; i < rows->columns; i++) {
        struct words w = cell_of(c, s, i);
        words_put(c, &w, column_at(rows, top, i), middle - w.height / 2, 1);
    }
    return height;
}

/* The names' column has no header: its box begins under it. */
static void draw_rules(const struct canvas *c, const struct chart_rows *rows,
                       const struct box *top) {
    const struct chart_table *table = &c->chart->table;
    int64_t left = top->x - rows->left, right = top->x + top->width;
    int64_t head = top->y + rows->head, bottom = top->y + rows->below;
    if (table->outline) {
        draw_rule(c, top->x, top->y, right, top->y, &table->line);
        draw_rule(c, right, top->y, right, bottom, &table->line);
        draw_rule(c, left, bottom, right, bottom, &table->line);
        draw_rule(c, left, head, left, bottom, &table->line);
        draw_rule(c, left, head, top->x, head, &table->line);
        draw_rule(c, top->x, top->y, top->x, head, &table->line);
    }
    if (table->across)
        draw_rule(c, table->outline ? top->x : left, head, right, head, &table->line);
    for (size_t i = 0; table->upright && i < rows->columns; i++) {
        int64_t x = top->x + top->width * (int64_t)i / (int64_t)rows->columns;
        draw_rule(c, x, i ? top->y : head, x, bottom, &table->line);
    }
}

void rows_draw(const struct canvas *c, const struct chart_rows *rows, const struct box *top) {
    const struct chart_table *table = &c->chart->table;
    struct box row = *top;
    draw_header(c, rows, top);
    row.y += rows->head;
    for (size_t g = 0; g < c->chart->group_count; g++)
        for (size_t k = 0; k < c->chart->groups[g].n; k++) {
            const struct chart_group *group = &c->chart->groups[g];
            struct words name = name_of(c, &group->series[k], k);
            if (table->across && row.y > top->y + rows->head)
                draw_rule(c, top->x - rows->left, row.y, top->x + top->width, row.y, &table->line);
            if (table->keys)
                legend_key(c, group, &group->series[k], top->x - rows->left + PAD,
                           row.y + row_height(c, &name) / 2);
            row.y += draw_row(c, rows, &row, &group->series[k], &name);
        }
    if (rows->columns)
        draw_rules(c, rows, top);
}
