#include "layout/autofit.h"
#include "layout/table.h"
#include "layout/tag.h"
#include "layout/turn.h"

#include <string.h>

/* ---- building ---- */

struct table_job {
    struct layout *l;
    struct flow *flow;
    struct table_box *box;
    struct cell_box **open; /* by column: the merged cell that runs through it, or NULL */
    size_t columns;
    size_t row_cells; /* of the row in hand */
    bool frame;       /* only puts things side by side: to a reader program it is no table */
};

static mpt margin(const struct cell_box *box, int edge) {
    return (mpt)clamp(box->cell->margin[edge], 0, MAX_LENGTH);
}

static int64_t margins(const struct cell_box *box) {
    return (int64_t)box->top_margin + margin(box, EDGE_BOTTOM) + box->foot;
}

/* How much of its rows' height the content of a cell takes. */
static int64_t content_height(const struct cell_box *c) {
    return c->cell->turn ? c->along : c->flow->height;
}

static const struct cell_box *owner(const struct cell_box *box) {
    return box->origin ? box->origin : box;
}

static bool is_merged(const struct cell_box *box) {
    return box->origin || box->last_row > box->first_row;
}

static size_t column(const struct table_job *job, size_t c) {
    return c < job->columns ? c : job->columns;
}

/* Edges of the grid; where a document's grid is missing or too short, cells follow one another. */
static void place_in_grid(struct table_job *job, struct cell_box *box, mpt after_previous) {
    const struct cell *cell = box->cell;
    const mpt *edges = job->box->edges;
    size_t from = column(job, cell->column), to = column(job, cell->column + cell->span);
    if (to > from) {
        box->x = edges[from];
        box->width = edges[to] - edges[from];
    } else {
        box->x = after_previous;
        box->width = (mpt)clamp(cell->width, 0, MAX_LENGTH);
        if (!box->width) /* no width anywhere: an equal share */
            box->width = (mpt)(job->flow->width / (int64_t)larger((int64_t)job->row_cells, 1));
    }
}

/* A spaced cell stands away from the edges of its place; one too narrow for that fills it. */
static void place_cell(struct table_job *job, struct cell_box *box, mpt after_previous) {
    mpt spacing = table_spacing(job->box->table);
    place_in_grid(job, box, after_previous);
    if (box->width > 2 * spacing) {
        box->x += spacing;
        box->width -= 2 * spacing;
    }
}

/* A table without a line and without header rows, as the head of a dispatch is set in. */
static bool is_frame(const struct table *table) {
    for (size_t r = 0; r < table->row_count; r++) {
        const struct row *row = &table->rows[r];
        for (size_t c = 0; c < row->cell_count; c++)
            for (int edge = 0; edge < 4; edge++)
                if (row->header || row->cells[c].borders[edge].width > 0)
                    return false;
    }
    return true;
}

static uint32_t tag_in(const struct table_job *job, enum tag_role role) {
    return job->frame ? job->l->container : tag_open(job->l, role, 0);
}

static void set_open(struct table_job *job, const struct cell *cell, struct cell_box *box) {
    size_t to = column(job, cell->column + (cell->span ? cell->span : 1));
    for (size_t c = column(job, cell->column); c < to; c++)
        job->open[c] = box;
}

static bool has_text(const struct block *b) {
    for (; b; b = b->next) {
        if (b->kind == WML_TABLE)
            return true;
        for (size_t i = 0; i < b->para->item_count; i++) {
            const struct inline_item *item = &b->para->items[i];
            if (item->kind != INLINE_TEXT || (item->text && item->text[strspn(item->text, " ")]))
                return true;
        }
    }
    return false;
}

/* Word prints a merged cell with what its first cell holds; text left in the others is hidden. */
static void report_hidden(struct layout *l, const struct cell *cell) {
    if (l->quiet || l->said_hidden || !has_text(cell->blocks))
        return;
    l->said_hidden = true;
    diag_add(l->diag, LAYOUT_MERGED_TEXT, (struct where){.file = l->document->path}, NULL);
}

static void open_cell(struct table_job *job, struct cell_box *box, size_t row) {
    struct layout *l = job->l;
    const struct cell *cell = box->cell;
    struct cell_box *above = cell->column < job->columns ? job->open[cell->column] : NULL;
    box->first_row = box->last_row = row;
    if (cell->merge == MERGE_CONTINUE && above && above->x == box->x) {
        report_hidden(l, cell);
        box->origin = above;
        above->last_row = row;
        return;
    }
    set_open(job, cell, cell->merge == MERGE_NONE ? NULL : box);
    int64_t width = (int64_t)box->width - margin(box, EDGE_LEFT) - margin(box, EDGE_RIGHT);
    uint32_t outer = l->container;
    bool header = job->box->table->rows[row].header;
    l->container = box->container = tag_in(job, header ? ROLE_HEADER_CELL : ROLE_CELL);
    if (cell->turn) { /* laid out when its height is known */
        l->container = outer;
        return;
    }
    int32_t ground = l->ground;
    l->ground = cell->shade >= 0 ? cell->shade : ground;
    box->flow = flow_build(l, cell->blocks, (mpt)larger(width, 0), IN_CELL);
    l->ground = ground;
    l->container = outer;
    job->flow->note_count += box->flow->note_count;
    job->flow->has_fields |= box->flow->has_fields;
}

static mpt border_width(const struct border *b) {
    return (mpt)clamp(b->width, 0, MAX_LENGTH);
}

static void set_top_margins(struct row_box *box) {
    int64_t top = 0;
    for (size_t i = 0; i < box->cell_count; i++)
        top = larger(top, margin(&box->cells[i], EDGE_TOP));
    for (size_t i = 0; i < box->cell_count; i++)
        box->cells[i].top_margin = (mpt)top;
}

/* Spaced cells share no border: each row has room for all of them, and the first and the last for
 * those of the table. */
static void space_row(const struct table *table, struct row_box *box) {
    mpt spacing = table_spacing(table), foot = box->bottom_border + spacing;
    box->top_border += spacing;
    if (box->index == 0)
        box->top_border += border_width(&table->frame[EDGE_TOP]);
    if (box->index + 1 == table->row_count)
        foot += border_width(&table->frame[EDGE_BOTTOM]);
    box->bottom_border = 0;
    for (size_t i = 0; i < box->cell_count; i++)
        box->cells[i].foot = foot;
}

static void open_row(struct table_job *job, size_t index) {
    const struct row *row = &job->box->table->rows[index];
    struct row_box *box = &job->box->rows[index];
    box->table = job->box;
    box->index = index;
    box->cant_split = row->cant_split;
    box->exact = row->height_rule == HEIGHT_EXACT && row->height > 0;
    box->cell_count = job->row_cells = row->cell_count;
    box->cells = POOL_ARRAY(job->l->pool, struct cell_box, row->cell_count);
    uint32_t outer = job->l->container;
    job->l->container = tag_in(job, ROLE_ROW);
    mpt x = 0;
    for (size_t i = 0; i < row->cell_count; i++) {
        struct cell_box *c = &box->cells[i];
        c->cell = &row->cells[i];
        place_cell(job, c, x);
        x = length((int64_t)c->x + c->width + table_spacing(job->box->table));
        open_cell(job, c, index);
        const struct border *b = c->cell->borders;
        if (!c->origin)
            box->top_border = (mpt)larger(box->top_border, border_width(&b[EDGE_TOP]));
        box->bottom_border = (mpt)larger(box->bottom_border, border_width(&b[EDGE_BOTTOM]));
    }
    job->l->container = outer;
    set_top_margins(box);
    if (table_spacing(job->box->table) > 0)
        space_row(job->box->table, box);
    else if (index)
        box->top_border = (mpt)larger(box->top_border, box[-1].bottom_border);
}

/* Height of a row by the cells that live in it alone and its own rule (17.4.81): Word sets the
 * border on top of an `atLeast` height, `exact` is the whole pitch. */
static void own_height(const struct row *row, struct row_box *box) {
    int64_t content = 0, rule = clamp(row->height, 0, MAX_LENGTH);
    for (size_t i = 0; i < box->cell_count; i++) {
        const struct cell_box *c = &box->cells[i];
        bool empty = c->cell->hide_mark && !has_text(c->cell->blocks);
        if (!is_merged(c) && !c->cell->turn && !empty)
            content = larger(content, c->flow->height + margins(c));
    }
    box->own = larger(content, rule);
    if (box->exact)
        box->own = larger(rule - box->top_border, 0);
    box->height = box->own + box->top_border;
}

/* What the merged cells that end in row `r` need beyond the rows they run through goes to it. */
static void merged_height(struct table_box *t, size_t r, const int64_t *tops) {
    struct row_box *row = &t->rows[r];
    for (size_t i = 0; i < row->cell_count && !row->exact; i++) {
        const struct cell_box *c = owner(&row->cells[i]);
        if (!is_merged(c) || c->last_row != r || c->cell->turn)
            continue;
        int64_t needed = c->flow->height + margins(c) + t->rows[c->first_row].top_border;
        row->height = larger(row->height, needed - (tops[r] - tops[c->first_row]));
    }
}

/* What rows `c->first_row` to `c->last_row` leave for a cell between its margins. */
static int64_t room_along(const struct table_box *t, const struct cell_box *c, const int64_t *tops,
                          int64_t bottom) {
    const struct row_box *row = &t->rows[c->first_row];
    return bottom - tops[c->first_row] - row->top_border - margins(c);
}

/* The same of the turned cells that end in row `r`, merged or not. */
static void turned_height(struct layout *l, struct table_box *t, size_t r, const int64_t *tops) {
    struct row_box *row = &t->rows[r];
    for (size_t i = 0; i < row->cell_count && !row->exact; i++) {
        const struct cell_box *c = owner(&row->cells[i]);
        if (!c->cell->turn || c->last_row != r)
            continue;
        int64_t room = room_along(t, c, tops, tops[r] + row->height);
        row->height += turn_needed(l, c, room) - larger(room, 0);
    }
}

static void lay_out_turned(struct table_job *job, const int64_t *tops) {
    struct table_box *t = job->box;
    for (size_t r = 0; r < t->table->row_count; r++)
        for (size_t i = 0; i < t->rows[r].cell_count; i++) {
            struct cell_box *c = &t->rows[r].cells[i];
            if (c->origin || !c->cell->turn)
                continue;
            turn_lay_out(job->l, c, room_along(t, c, tops, tops[c->last_row + 1]));
            job->flow->note_count += c->flow->note_count;
            job->flow->has_fields |= c->flow->has_fields;
        }
}

static void set_heights(struct table_job *job) {
    struct table_box *t = job->box;
    size_t n = t->table->row_count;
    int64_t *tops = POOL_ARRAY(job->l->pool, int64_t, n + 1);
    for (size_t r = 0; r < n; r++) {
        own_height(&t->table->rows[r], &t->rows[r]);
        merged_height(t, r, tops);
        turned_height(job->l, t, r, tops);
        tops[r + 1] = tops[r] + t->rows[r].height;
    }
    lay_out_turned(job, tops);
}

static int64_t grid_width(const mpt *widths, size_t n) {
    int64_t sum = 0;
    for (size_t i = 0; i < n; i++)
        sum += widths[i];
    return sum;
}

static void set_widths(const struct table_job *job, mpt *widths) {
    const struct table *table = job->box->table;
    int64_t room = job->flow->width;
    if (job->l->document->compat_mode < 15) /* it hangs out by its cell margins */
        room += 2 * clamp(table->cell_left, 0, MAX_LENGTH);
    if (table->autofit && table->wishes)
        autofit_columns(job->l, table, room - length(table->indent), widths);
    else
        for (size_t i = 0; i < table->column_count; i++)
            widths[i] = (mpt)clamp(table->grid[i], 0, MAX_LENGTH);
}

/* A grid of no width, as some programs leave it to Word, shares the column equally; one wider than
 * the paper is made as narrow as the column. */
static void set_edges(struct table_job *job) {
    const struct table *table = job->box->table;
    size_t n = table->column_count;
    mpt *widths = POOL_ARRAY(job->l->pool, mpt, n + 1);
    set_widths(job, widths);
    int64_t room = job->flow->width, sum = grid_width(widths, n), x = 0;
    const struct wml_section *s = job->flow->section;
    bool scaled = s && room > 0 && sum > larger(length(s->page_width), room);
    job->box->edges = POOL_ARRAY(job->l->pool, mpt, n + 1);
    for (size_t i = 0; i < n; i++) {
        x = smaller(x + widths[i], MAX_LENGTH);
        int64_t edge = scaled ? x * room / larger(smaller(sum, MAX_LENGTH), 1) : x;
        if (!sum)
            edge = room * (int64_t)(i + 1) / (int64_t)n;
        job->box->edges[i + 1] = length(edge);
    }
}

/* With compatibility 15 the table's edge stands at the margin, moved in by half its border;
 * before, its text did, the table hanging out by the cell margin. */
static mpt table_x(const struct layout *l, const struct flow *flow, const struct table *table,
                   mpt total) {
    if (table->jc == JC_CENTER)
        return (flow->width - total) / 2;
    if (table->jc == JC_RIGHT)
        return flow->width - total;
    mpt x = length(table->indent);
    if (l->document->compat_mode < 15)
        return x - (mpt)clamp(table->cell_left, 0, MAX_LENGTH);
    if (table->row_count && table->rows[0].cell_count)
        x += border_width(&table->rows[0].cells[0].borders[EDGE_LEFT]) / 2;
    return x;
}

static size_t header_rows(const struct table *table) {
    size_t n = 0;
    while (n < table->row_count && table->rows[n].header)
        n++;
    return n < table->row_count ? n : 0;
}

/* pageBreakBefore of a row's first paragraph moves the row. */
static bool row_breaks(const struct row_box *row) {
    const struct block *b = row->cell_count ? row->cells[0].cell->blocks : NULL;
    return b && b->kind == WML_PARA && b->para->props->page_break_before;
}

/* Word keeps a row with the next one when its first paragraph has keepNext. */
static bool row_keeps(const struct row_box *row) {
    if (!row->cell_count)
        return false;
    const struct block *b = row->cells[0].cell->blocks;
    return b && b->kind == WML_PARA && b->para->props->keep_next;
}

/* Where the strips of a cell end that show in a height of `room`: the first always does, others
 * while half of them is inside. */
static size_t visible_strips(const struct flow *flow, int64_t room) {
    size_t n = flow->strips.n ? 1 : 0;
    while (n < flow->strips.n && flow->strips.at[n].y + flow->strips.at[n].height / 2 <= room)
        n++;
    return n;
}

/* The same of a cell in a row of exact height: a turned one is cut off at its side. */
static size_t visible_in(const struct row_box *row, const struct cell_box *c) {
    return visible_strips(c->flow, c->cell->turn ? turn_across(c) : row->own);
}

static bool is_too_low(const struct row_box *row) {
    for (size_t i = 0; row->exact && i < row->cell_count; i++) {
        const struct flow *flow = row->cells[i].flow;
        if (is_merged(&row->cells[i]))
            continue;
        for (size_t k = visible_in(row, &row->cells[i]); k < flow->strips.n; k++)
            if (flow->strips.at[k].row || flow->strips.at[k].draw_count)
                return true;
    }
    return false;
}

static void push_row(struct table_job *job, size_t r, const struct wml_section *section) {
    struct flow *flow = job->flow;
    struct row_box *row = &job->box->rows[r];
    bool body = job->l->story == IN_BODY;
    if (!job->l->quiet && is_too_low(row))
        diag_add(job->l->diag, LAYOUT_ROW_TOO_LOW, (struct where){.file = job->l->document->path},
                 pool_printf(job->l->pool, "%zu", r + 1), NULL);
    struct strip s = {.row = row, .section = section};
    s.height = s.fit = coordinate(row->height);
    s.gap = r == 0 ? flow->tail : 0;
    s.page_break = body && ((r == 0 && flow->break_next == BREAK_PAGE) || row_breaks(row));
    s.column_break = body && r == 0 && flow->break_next == BREAK_COLUMN;
    s.may_part = r == 0 || r > job->box->header_rows || job->box->header_rows == 0;
    s.may_break = s.may_part && !flow->keep_last;
    flow_push(job->l, flow, s);
    flow->keep_last = row_keeps(row);
    flow->break_next = BREAK_NONE;
}

void table_append(struct layout *l, struct flow *flow, const struct table *table,
                  const struct wml_section *section) {
    struct table_job job = {.l = l, .flow = flow, .columns = table->column_count};
    job.box = POOL_NEW(l->pool, struct table_box);
    job.box->table = table;
    job.box->rows = POOL_ARRAY(l->pool, struct row_box, table->row_count);
    job.open = POOL_ARRAY(l->pool, struct cell_box *, table->column_count + 1);
    job.box->header_rows = header_rows(table);
    set_edges(&job);
    job.box->x = table_x(l, flow, table, job.box->edges[table->column_count]);
    uint32_t outer = l->container;
    job.frame = is_frame(table);
    l->container = tag_in(&job, ROLE_TABLE);
    for (size_t r = 0; r < table->row_count && !l->failed; r++)
        open_row(&job, r);
    l->container = outer;
    if (l->failed)
        return;
    set_heights(&job);
    for (size_t r = 0; r < table->row_count; r++)
        push_row(&job, r, section);
    flow->last = NULL;
    if (!table->row_count)
        return;
    flow->has_rows = true;
    flow->tail = job.box->rows[table->row_count - 1].bottom_border;
    flow->height += flow->tail;
}

/* ---- what is left of a row ---- */

static int64_t rest_of_cell(const struct cell_box *c) {
    const struct flow *flow = c->flow;
    struct place from = c->from;
    if (from.strip >= flow->strips.n)
        return 0;
    if (c->parts)
        return c->along;
    const struct strip *s = &flow->strips.at[from.strip];
    if (from.strip == 0 && !from.inside)
        return content_height(c);
    int64_t rest = flow->height - s->y;
    if (from.inside) {
        row_open(s->row, 0, true);
        rest += row_rest(s->row, 0) - s->height;
    }
    return rest;
}

static bool is_untouched(const struct cell_box *c) {
    return c->from.strip == 0 && !c->from.inside;
}

void row_open(struct row_box *row, int64_t y, bool top_of_page) {
    for (size_t i = 0; i < row->cell_count; i++) {
        struct cell_box *c = &row->cells[i];
        if (c->origin && !top_of_page)
            continue;
        c = c->origin ? c->origin : c;
        c->top = y;
        c->top_border = row->top_border;
    }
}

int64_t row_rest(const struct row_box *row, int64_t y) {
    int64_t height = row->begun ? row->top_border : row->height;
    for (size_t i = 0; i < row->cell_count && !row->exact; i++) {
        const struct cell_box *c = owner(&row->cells[i]);
        bool changed = row->begun || !is_untouched(c) || c->parts;
        if (c->last_row != row->index || !changed)
            continue;
        int64_t need = row->top_border + margins(c) + rest_of_cell(c);
        height = larger(height, need - (is_merged(c) ? y - c->top : 0));
    }
    return height;
}

mpt table_float(struct row_box *row) {
    struct table_box *t = row->table;
    t->x = 0;
    return t->edges[t->table->column_count];
}

mpt row_bottom(const struct row_box *row) {
    return row->bottom_border;
}

/* ---- fitting part of a row ---- */

static bool at_end(const struct cell_box *c, struct place p) {
    return p.strip >= c->flow->strips.n;
}

static bool same_place(struct place a, struct place b) {
    return a.strip == b.strip && a.inside == b.inside;
}

/* The filling of a cell: how far it got, and the last place where the page may end. */
struct filling {
    struct cell_box *cell;
    int64_t room, y;
    size_t i;
    struct place good;
    int64_t good_y;
    bool has_good;
};

static int64_t gap_above(const struct filling *f, const struct strip *s) {
    if (f->i > f->cell->from.strip)
        return s->gap;
    return is_untouched(f->cell) ? s->top_gap : 0;
}

static void end_at(struct cell_box *c, struct place to, int64_t used) {
    c->to = to;
    c->used = used;
}

/* A nested row. 1: it fits whole; 0: it does not; -1: a part of it does, and the cell ends. */
static int fill_row(struct filling *f, struct row_box *row, int64_t gap, bool force) {
    int64_t y = f->y + gap;
    row_open(row, y, f->i == f->cell->from.strip);
    int64_t rest = row_rest(row, y);
    if (y + rest + row_bottom(row) <= f->room) {
        f->y = y + rest;
        return 1;
    }
    if (!row_split(row, y, f->room - y, force))
        return 0;
    end_at(f->cell, (struct place){f->i, true}, y + row->part);
    return -1;
}

static int fill_strip(struct filling *f, bool force) {
    const struct strip *s = &f->cell->flow->strips.at[f->i];
    int64_t gap = gap_above(f, s);
    if (s->row)
        return fill_row(f, s->row, gap, force);
    if (f->y + gap + s->fit > f->room)
        return 0;
    f->y += gap + s->height;
    return 1;
}

/* Nothing more fits: back to where the page may end, or, under force, at least one strip. */
static void end_early(struct filling *f, bool force) {
    struct cell_box *c = f->cell;
    if (f->has_good)
        end_at(c, f->good, f->good_y);
    else if (!force)
        end_at(c, c->from, 0);
    else if (f->i > c->from.strip)
        end_at(c, (struct place){f->i, false}, f->y);
    else if (fill_strip(f, true) >= 0) {
        const struct strip *s = &c->flow->strips.at[f->i];
        end_at(c, (struct place){f->i + 1, false},
               f->y + (s->row ? row_rest(s->row, 0) : s->height));
    }
}

/* Takes of the cell what fits into `room`: sets its `to` and `used`. */
static void fill_cell(struct cell_box *c, int64_t room, bool force) {
    if (c->cell->turn) { /* whole or not at all */
        bool fits = (force || c->along <= room) && !at_end(c, c->from);
        struct place all = {.strip = c->flow->strips.n};
        end_at(c, fits ? all : c->from, fits ? c->along : 0);
        return;
    }
    struct filling f = {.cell = c, .room = room, .i = c->from.strip};
    for (; f.i < c->flow->strips.n; f.i++) {
        if (f.i > c->from.strip && c->flow->strips.at[f.i].may_part) {
            f.good = (struct place){f.i, false};
            f.good_y = f.y;
            f.has_good = true;
        }
        int fits = fill_strip(&f, false);
        if (fits < 0)
            return;
        if (fits == 0) {
            end_early(&f, force);
            return;
        }
    }
    end_at(c, (struct place){c->flow->strips.n, false}, f.y + c->flow->tail);
}

/* The same of a merged cell whose rows so far end at `bottom`. */
static void fill_down_to(struct cell_box *c, int64_t bottom) {
    fill_cell(c, bottom - c->top - c->top_border - margins(c), false);
}

/* Fills all cells; how many of the row's own cells got nothing though they have something, how
 * many cells moved on, and whether anything is left over. */
struct outcome {
    size_t blocked, moved, left;
};

static struct outcome fill_cells(struct row_box *row, int64_t y, int64_t room, bool force) {
    struct outcome out = {0};
    row->part = row->top_border;
    for (size_t i = 0; i < row->cell_count; i++) {
        struct cell_box *c = (struct cell_box *)owner(&row->cells[i]);
        int64_t above = is_merged(c) ? y - c->top : 0;
        fill_cell(c, room - row->top_border + above - margins(c), force);
        bool moved = !same_place(c->from, c->to);
        out.moved += moved;
        out.blocked += !moved && !at_end(c, c->from) && !is_merged(c);
        out.left += !at_end(c, c->to) && (c->last_row == row->index || !is_merged(c));
        if (moved || at_end(c, c->from))
            row->part = larger(row->part, row->top_border + c->used + margins(c) - above);
    }
    return out;
}

bool row_split(struct row_box *row, int64_t y, int64_t room, bool force) {
    if (row->exact || (row->cant_split && !force && !row->begun))
        return false;
    struct outcome out = fill_cells(row, y, room, false);
    if (out.moved && out.left && (!out.blocked || force)) {
        row->part = larger(smaller(row->part, room), row->top_border);
        return true;
    }
    if (!force || !out.left)
        return false;
    out = fill_cells(row, y, room, true);
    return out.moved && out.left;
}

/* ---- drawing ---- */

/* Whether placed[k] and its neighbour placed[j] are rows of one table, and no repeated header
 * lies between them. */
static bool follows(const struct placed *placed, size_t k, size_t j) {
    const struct row_box *a = placed[k].strip->row, *b = placed[j].strip->row;
    return a && b && a->table == b->table && placed[k].repeat == placed[j].repeat;
}

/* The rows on this page that a merged cell runs through, from placed[k] on. */
struct region {
    int64_t height;
    bool ends; /* the cell's last row is here, whole */
    bool split;
};

static struct region region_of(const struct cell_box *c, const struct placed *placed, size_t k,
                               size_t n) {
    struct region r = {0};
    for (size_t j = k; j < n && follows(placed, k, j); j++) {
        size_t index = placed[j].strip->row->index;
        if (index > c->last_row)
            break;
        r.height = placed[j].y + placed[j].height - placed[k].y;
        r.split = placed[j].split;
        r.ends = (index == c->last_row && !placed[j].split) || placed[k].repeat;
    }
    return r;
}

static int64_t align_offset(const struct cell_box *c, int64_t room, int64_t height) {
    if (room <= height || c->cell->v_align == V_TOP)
        return 0;
    return c->cell->v_align == V_BOTTOM ? room - height : (room - height) / 2;
}

struct row_drawing {
    struct layout *l;
    struct row_box *row;
    struct placed *placed;
    size_t k, n;
    mpt x; /* of the table */
    int64_t y;
};

static void draw_cell(const struct row_drawing *d, struct cell_box *c, struct place from,
                      struct place to, int64_t room) {
    if (c->cell->turn) {
        struct box within = {(int64_t)d->x + c->x + margin(c, EDGE_LEFT),
                             d->y + d->row->top_border + c->top_margin, turn_across(c),
                             room - margins(c)};
        if (from.strip < to.strip)
            turn_emit(d->l, c, &within, from, to);
        return;
    }
    bool whole = from.strip == 0 && !from.inside && at_end(c, to);
    int64_t offset = whole ? align_offset(c, room - margins(c), c->flow->height) : 0;
    flow_emit(d->l, c->flow, from, to, d->x + c->x + margin(c, EDGE_LEFT),
              d->y + d->row->top_border + c->top_margin + offset);
}

/* A repeated header row is drawn from its beginning each time. */
static struct place drawn_from(const struct placed *p, const struct cell_box *c) {
    struct place beginning = {0};
    return p->repeat ? beginning : c->from;
}

static void draw_own_cell(const struct row_drawing *d, struct cell_box *c) {
    const struct placed *p = &d->placed[d->k];
    struct place all = {.strip = d->row->exact ? visible_in(d->row, c) : c->flow->strips.n};
    grid_diagonals(d->l, c, d->x, d->y + d->row->top_border / 2, p->height);
    draw_cell(d, c, drawn_from(p, c), p->split ? c->to : all, p->height - d->row->top_border);
    if (!p->repeat)
        c->from = p->split ? c->to : all;
}

/* A turned cell on several pages; one with page numbers or notes, which are counted where it was
 * laid out, is drawn whole. */
static bool is_parted(const struct cell_box *c, const struct region *r) {
    if (!c->cell->turn || at_end(c, c->from))
        return false;
    return c->parts || (!r->ends && !c->flow->has_fields && !c->flow->note_count);
}

/* A merged cell is drawn with the first of its rows on the page. */
static void draw_merged_cell(const struct row_drawing *d, struct cell_box *box) {
    struct cell_box *c = (struct cell_box *)owner(box);
    bool first = !box->origin || d->k == 0 || !follows(d->placed, d->k - 1, d->k);
    if (!first || (d->placed[d->k].repeat && box->origin))
        return;
    struct region r = region_of(c, d->placed, d->k, d->n);
    int64_t room = r.height - d->row->top_border;
    grid_diagonals(d->l, c, d->x, d->y + d->row->top_border / 2, r.height);
    struct place all = {.strip = c->flow->strips.n};
    if (is_parted(c, &r))
        turn_part(d->l, c, room - margins(c), r.ends);
    else if (r.ends)
        c->to = all;
    else if (!r.split)
        fill_down_to(c, c->top + r.height);
    draw_cell(d, c, drawn_from(&d->placed[d->k], c), c->to, room);
    if (!d->placed[d->k].repeat)
        c->from = c->to;
}

/* Of the row and those below it at once: what a merged cell says stands on the shading of all its
 * rows. */
static void shade_rows(const struct row_drawing *d, int64_t y) {
    bool spaced = table_spacing(d->row->table->table) > 0;
    for (size_t j = d->k; j < d->n && (j == d->k || follows(d->placed, j - 1, j)); j++) {
        const struct placed *p = &d->placed[j];
        (spaced ? spaced_shade : grid_shade)(d->l, p->strip->row, d->x, y + p->y, p->height);
    }
}

void row_emit(struct layout *l, struct placed *placed, size_t k, size_t n, mpt x, int64_t y) {
    struct placed *p = &placed[k];
    struct row_box *row = p->strip->row;
    struct row_drawing d = {l, row, placed, k, n, x + row->table->x, y + p->y};
    bool last =
        k + 1 == n || !placed[k + 1].strip->row || placed[k + 1].strip->row->table != row->table;
    bool outer = l->repeating;
    l->repeating = outer || p->repeat;
    bool spaced = table_spacing(row->table->table) > 0;
    bool first = k == 0 || !follows(placed, k - 1, k);
    if (first)
        shade_rows(&d, y);
    for (size_t i = 0; i < row->cell_count; i++)
        if (is_merged(&row->cells[i]))
            draw_merged_cell(&d, &row->cells[i]);
        else
            draw_own_cell(&d, &row->cells[i]);
    if (spaced)
        spaced_borders(l, row, d.x, d.y, p->height);
    else
        grid_borders(l, row, (struct row_place){d.x, d.y, p->height, first, last});
    row->begun |= p->split && !p->repeat;
    l->repeating = outer;
}

/* How far the page in hand goes in a cell of a row that ends at `bottom`. A merged cell that goes
 * on below shows what its rows so far hold. */
static struct place shown_to(const struct row_box *row, struct cell_box *c, bool split,
                             int64_t bottom) {
    struct place all = {.strip = c->flow->strips.n};
    if (split)
        return c->to;
    if (c->last_row == row->index)
        return all;
    fill_down_to(c, bottom);
    return c->to;
}

void row_notes(struct layout *l, const struct row_box *row, bool split, int64_t bottom,
               struct note_list *out) {
    for (size_t i = 0; i < row->cell_count; i++) {
        struct cell_box *c = (struct cell_box *)owner(&row->cells[i]);
        if (c->flow && c->flow->note_count)
            flow_notes(l, c->flow, c->from, shown_to(row, c, split, bottom), out);
    }
}
