/* Columns that follow their content, as Word fits them.
 *
 * A column is at least as wide as its longest word (or picture), and otherwise as wide as its cells
 * wish; one whose cells wish nothing is as wide as its longest paragraph set in one line. All
 * together are as wide as w:tblW says, or else no wider than the room there is; what is too much is
 * taken from the columns by what each has to spare. Where not even the longest words have room side
 * by side, words are broken (17.18.87): those of the columns that ask for most. This is the simpler
 * of two ways: Word's own layout, which it saves as the grid, is better still, because it was made
 * with the true fonts. So a grid that could be the result is taken as it stands.
 *
 * Measuring means shaping the text once more. Most tables come with widths that plainly do: a word
 * is never wider than its letters times the size, so counting letters answers for them. */
#include "layout/autofit.h"

#include "layout/text.h"

#include <string.h>

enum { DEEPEST = 3 }; /* nested tables measured; what lies deeper counts by its grid */

/* Narrowest and widest use of a cell or column. */
struct extent {
    int64_t min, max;
};

struct fit {
    struct layout *l;
    const struct table *table;
    size_t n;
    struct extent *columns;
    int depth;
};

static struct extent blocks_extent(struct layout *l, const struct block *blocks, int depth);

/* ---- counting ---- */

/* No word of the paragraph is wider than this: each letter as wide as the type is high. */
static int64_t longest_by_count(const struct para *para) {
    int64_t run = 0, longest = 0;
    for (size_t i = 0; i < para->item_count; i++) {
        const struct inline_item *item = &para->items[i];
        mpt size = item->props ? item->props->size + item->props->spacing : 0;
        if (item->kind == INLINE_PICTURE || item->kind == INLINE_TAB || item->math || item->ruby)
            return MAX_LENGTH; /* not by counting */
        for (const char *p = item->text; p && *p; p++) {
            if (*p == ' ')
                run = 0;
            else if (((unsigned char)*p & 0xC0) != 0x80)
                run += size * (int64_t)(item->props ? item->props->scale : 100) / 100;
            longest = larger(longest, run);
        }
    }
    return longest;
}

static int64_t indents(const struct para_props *p) {
    int64_t left = clamp(p->left, 0, MAX_LENGTH), right = clamp(p->right, 0, MAX_LENGTH);
    return larger(left, left + length(p->first)) + right;
}

/* What a cell with turned text needs: its paragraphs side by side, each one line. */
static int64_t turned_width(const struct cell *cell) {
    int64_t width = 0;
    for (const struct block *b = cell->blocks; b; b = b->next)
        if (b->kind == WML_PARA)
            width += b->para->mark ? (int64_t)b->para->mark->size * 115 / 100 : 0;
    return width;
}

/* What is not for text of the width a cell has in the grid. */
static int64_t sides_of(const struct table *table, const struct cell *cell) {
    return clamp(cell->margin[EDGE_LEFT], 0, MAX_LENGTH) +
           clamp(cell->margin[EDGE_RIGHT], 0, MAX_LENGTH) +
           2 * clamp(table->spacing, 0, MAX_LENGTH);
}

static bool surely_fits(const struct table *table, const struct cell *cell, int64_t width) {
    if (cell->no_wrap)
        return false;
    width -= sides_of(table, cell);
    if (cell->turn)
        return turned_width(cell) <= width;
    for (const struct block *b = cell->blocks; b; b = b->next)
        if (b->kind == WML_TABLE || indents(b->para->props) + longest_by_count(b->para) > width)
            return false;
    return true;
}

static int64_t width_of_span(const mpt *widths, size_t n, const struct cell *cell) {
    int64_t width = 0;
    for (size_t c = cell->column; c < cell->column + cell->span && c < n; c++)
        width += widths[c];
    return width;
}

static bool all_surely_fit(const struct table *table, const mpt *widths) {
    for (size_t r = 0; r < table->row_count; r++)
        for (size_t i = 0; i < table->rows[r].cell_count; i++) {
            const struct cell *cell = &table->rows[r].cells[i];
            if (cell->merge != MERGE_CONTINUE &&
                !surely_fits(table, cell, width_of_span(widths, table->column_count, cell)))
                return false;
        }
    return true;
}

/* ---- measuring ---- */

static struct extent wider(struct extent a, struct extent b) {
    return (struct extent){larger(a.min, b.min), larger(a.max, b.max)};
}

/* Of the atoms of l->text: the longest stretch without a break, and without a forced one. */
static struct extent atoms_extent(const struct layout *l) {
    fine word = 0, line = 0, hanging = 0, min = 0, max = 0;
    const struct atom *a;
    VEC_EACH (a, &l->text->atoms) {
        if (a->kind == ATOM_LINE_BREAK || a->kind == ATOM_PAGE_BREAK) {
            word = line = hanging = 0;
            continue;
        }
        if (a->kind == ATOM_SPACE) {
            word = 0;
            hanging += a->width;
            continue;
        }
        fine width = a->kind == ATOM_TAB ? fine_from_mpt(l->document->default_tab)
                     : a->kind == ATOM_SOFT_HYPHEN || a->kind == ATOM_RULE ? 0
                                                                           : a->width;
        line += hanging + width;
        hanging = 0;
        word = a->kind == ATOM_TAB ? 0 : word + width;
        min = larger(min, word);
        max = larger(max, line);
        bool tags = a->cp == '}'; /* side by side they stay together where there is room */
        if (a->may_break && !tags && !atom_divides_word(a))
            word = 0;
    }
    return (struct extent){mpt_from_fine(min + FINE - 1), mpt_from_fine(max)};
}

/* The page numbers met are counted when the cell is laid out, not now. */
static struct extent para_extent(struct layout *l, const struct para *para) {
    size_t found = l->found.n, formats = l->formats.n;
    struct extent e = {0};
    if (text_read(l, para))
        e = atoms_extent(l);
    l->found.n = found;
    l->formats.n = formats;
    e.min += indents(para->props);
    e.max += indents(para->props) + 50; /* a twip: what rounding takes */
    return e;
}

static struct extent cell_extent(struct layout *l, const struct table *table,
                                 const struct cell *cell, int depth) {
    struct extent e = {0};
    if (cell->turn)
        e.min = e.max = turned_width(cell);
    else
        e = blocks_extent(l, cell->blocks, depth);
    int64_t sides = sides_of(table, cell);
    if (cell->no_wrap)
        e.min = e.max;
    e.min = smaller(e.min + sides, MAX_LENGTH);
    e.max = smaller(e.max + sides, MAX_LENGTH);
    return e;
}

static int64_t columns_min(const struct fit *f, size_t from, size_t to) {
    int64_t sum = 0;
    for (size_t c = from; c < to; c++)
        sum += f->columns[c].min;
    return sum;
}

static int64_t columns_max(const struct fit *f, size_t from, size_t to) {
    int64_t sum = 0;
    for (size_t c = from; c < to; c++)
        sum += f->columns[c].max;
    return sum;
}

/* What a spanning cell needs beyond its columns is shared by them, by how wide each may get;
 * rounded as a running sum: nothing is lost. */
static void share_span(struct fit *f, const struct cell *cell, struct extent e) {
    size_t from = cell->column, to = (size_t)smaller((int64_t)(from + cell->span), (int64_t)f->n);
    if (from >= to)
        return;
    int64_t min = larger(e.min - columns_min(f, from, to), 0);
    int64_t max = larger(e.max - columns_max(f, from, to), 0);
    int64_t even = larger(columns_max(f, from, to) / (int64_t)(to - from), 1), weight = 0;
    for (size_t c = from; c < to; c++)
        weight += f->columns[c].max ? f->columns[c].max : even;
    int64_t seen = 0, min_given = 0, max_given = 0;
    for (size_t c = from; c < to; c++) {
        struct extent *column = &f->columns[c];
        seen += column->max ? column->max : even;
        column->min += min * seen / weight - min_given;
        column->max += max * seen / weight - max_given;
        min_given = min * seen / weight;
        max_given = max * seen / weight;
        column->max = larger(column->max, column->min);
    }
}

static void measure_rows(struct fit *f, bool spans) {
    for (size_t r = 0; r < f->table->row_count && !f->l->failed; r++) {
        const struct row *row = &f->table->rows[r];
        for (size_t i = 0; i < row->cell_count; i++) {
            const struct cell *cell = &row->cells[i];
            if (cell->merge == MERGE_CONTINUE || (cell->span != 1) != spans || cell->column >= f->n)
                continue;
            struct extent e = cell_extent(f->l, f->table, cell, f->depth);
            if (spans)
                share_span(f, cell, e);
            else
                f->columns[cell->column] = wider(f->columns[cell->column], e);
        }
    }
}

static void measure(struct fit *f) {
    f->columns = POOL_ARRAY(f->l->pool, struct extent, f->n + 1);
    measure_rows(f, false);
    measure_rows(f, true);
}

static struct extent table_extent(struct layout *l, const struct table *table, int depth) {
    int64_t grid = 0;
    for (size_t i = 0; i < table->column_count; i++)
        grid += clamp(table->grid[i], 0, MAX_LENGTH);
    struct extent e = {grid, grid};
    if (!table->autofit || depth >= DEEPEST)
        return e;
    struct fit f = {.l = l, .table = table, .n = table->column_count, .depth = depth + 1};
    measure(&f);
    e.min = columns_min(&f, 0, f.n);
    e.max = table->preferred > 0 ? table->preferred : columns_max(&f, 0, f.n);
    e.max = larger(e.max, e.min);
    return e;
}

static struct extent blocks_extent(struct layout *l, const struct block *blocks, int depth) {
    struct extent e = {0};
    for (const struct block *b = blocks; b && !l->failed; b = b->next)
        e = wider(e, b->kind == WML_TABLE ? table_extent(l, b->table, depth)
                                          : para_extent(l, b->para));
    return e;
}

/* ---- fitting ---- */

static int64_t sum_of(const mpt *widths, size_t n) {
    int64_t sum = 0;
    for (size_t i = 0; i < n; i++)
        sum += widths[i];
    return sum;
}

/* Takes `excess` from the columns by what each has to spare. */
static void shrink(const struct fit *f, mpt *widths, int64_t excess) {
    int64_t spare = 0, seen = 0, taken = 0;
    for (size_t i = 0; i < f->n; i++)
        spare += larger(widths[i] - f->columns[i].min, 0);
    excess = smaller(excess, spare);
    for (size_t i = 0; i < f->n && spare > 0; i++) {
        seen += larger(widths[i] - f->columns[i].min, 0);
        int64_t upto = excess * seen / spare; /* rounded as a running sum: nothing is lost */
        widths[i] -= (mpt)(upto - taken);
        taken = upto;
    }
}

/* Gives `more` to the columns that wish nothing, or else to all, by their width. */
static void widen(const struct table *table, mpt *widths, int64_t more) {
    size_t n = table->column_count;
    int64_t total = 0, seen = 0, given = 0;
    bool any = false;
    for (size_t i = 0; i < n; i++)
        any |= !table->wishes[i];
    for (size_t i = 0; i < n; i++)
        total += any && table->wishes[i] ? 0 : larger(widths[i], 1);
    for (size_t i = 0; i < n && total > 0; i++) {
        seen += any && table->wishes[i] ? 0 : larger(widths[i], 1);
        int64_t upto = more * seen / total;
        widths[i] = length(widths[i] + upto - given);
        given = upto;
    }
}

/* Whether the file's grid could be what Word made of the wishes: as wide as the result in all, and
 * no column too narrow for its content (measured, or counted). */
static bool may_be_words(const struct fit *f, int64_t total) {
    const mpt *grid = f->table->laid_out;
    if (!grid)
        return false;
    int64_t sum = sum_of(grid, f->n), off = sum > total ? sum - total : total - sum;
    if (off > total / 50 + 1500)
        return false;
    if (!f->columns)
        return all_surely_fit(f->table, grid);
    for (size_t i = 0; i < f->n; i++)
        if (grid[i] + 500 < f->columns[i].min)
            return false;
    return true;
}

static void take_grid(const struct fit *f, mpt *widths) {
    memcpy(widths, f->table->laid_out, f->n * sizeof *widths);
}

/* Wishes that fill the table and hold the content need no measuring. */
static bool wishes_do(const struct fit *f, int64_t room, mpt *widths) {
    const struct table *table = f->table;
    for (size_t i = 0; i < f->n; i++) {
        widths[i] = table->wishes[i];
        if (!widths[i])
            return false;
    }
    int64_t sum = sum_of(widths, f->n);
    if (table->preferred > 0 ? !(sum - table->preferred <= 1000 && table->preferred - sum <= 1000)
                             : sum > room)
        return false;
    return all_surely_fit(table, widths);
}

/* Words that have no room side by side are broken: no column asks for more than a height at which
 * all together ask for `most`, as water finds its level. */
static void level_words(struct fit *f, int64_t most) {
    int64_t low = 0, high = most;
    if (columns_min(f, 0, f->n) <= most)
        return;
    while (high - low > 1) {
        int64_t level = low + (high - low) / 2, sum = 0;
        for (size_t i = 0; i < f->n; i++)
            sum += smaller(f->columns[i].min, level);
        if (sum <= most)
            low = level;
        else
            high = level;
    }
    for (size_t i = 0; i < f->n; i++)
        f->columns[i].min = smaller(f->columns[i].min, low);
}

static void fit_to_content(struct fit *f, int64_t room, mpt *widths) {
    const struct table *table = f->table;
    level_words(f, larger(larger(room, table->preferred), 0));
    int64_t min = columns_min(f, 0, f->n), sum;
    for (size_t i = 0; i < f->n; i++) {
        int64_t wish = table->wishes[i] > 0 ? table->wishes[i] : f->columns[i].max;
        widths[i] = length(larger(wish, f->columns[i].min));
    }
    sum = sum_of(widths, f->n);
    int64_t total =
        table->preferred > 0 ? larger(table->preferred, min) : smaller(sum, larger(room, min));
    if (may_be_words(f, total))
        take_grid(f, widths);
    else if (sum > total)
        shrink(f, widths, sum - total);
    else
        widen(table, widths, total - sum);
}

void autofit_columns(struct layout *l, const struct table *table, int64_t room, mpt *widths) {
    struct fit f = {.l = l, .table = table, .n = table->column_count};
    if (wishes_do(&f, room, widths)) {
        if (may_be_words(&f, sum_of(widths, f.n)))
            take_grid(&f, widths);
        return;
    }
    measure(&f);
    if (!l->failed)
        fit_to_content(&f, room, widths);
}

int64_t autofit_widest(struct layout *l, const struct block *blocks) {
    return blocks_extent(l, blocks, 0).max;
}

int64_t autofit_narrowest(struct layout *l, const struct block *blocks) {
    return blocks_extent(l, blocks, 0).min;
}

int64_t autofit_height(struct layout *l, const struct block *blocks, int64_t width,
                       enum story story) {
    size_t found = l->found.n, formats = l->formats.n;
    bool untagged = l->untagged;
    l->untagged = true;
    int64_t height = flow_build(l, blocks, length(width), story)->height;
    l->untagged = untagged;
    l->found.n = found;
    l->formats.n = formats;
    return height;
}
