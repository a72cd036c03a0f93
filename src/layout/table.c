#include "layout/autofit.h"
#include "layout/rows.h"
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

static void push_row(struct table_job *job, size_t r, const struct wml_section *section) {
    struct flow *flow = job->flow;
    struct row_box *row = &job->box->rows[r];
    bool body = job->l->story == IN_BODY;
    if (!job->l->quiet && row_is_too_low(row))
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
