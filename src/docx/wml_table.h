/* wml_table: a table while it is read, rows and cells still XML. */
#ifndef CONGVAN_DOCX_WML_TABLE_H
#define CONGVAN_DOCX_WML_TABLE_H

#include "docx/wml_read.h"

enum { MAX_COLUMNS = 255 }; /* Word stops at 63 */

struct raw_cell {
    const struct xml_node *node, *props;
    size_t column, span;
    enum v_merge merge;
};

struct raw_row {
    const struct xml_node *node, *props;
    VEC(struct raw_cell) cells;
    size_t columns; /* with gridBefore and gridAfter */
};

struct raw_table {
    struct story *story;
    const struct xml_node *props;
    const char *style_id;
    struct table_style style;
    unsigned look; /* PART_* that the table shows */
    VEC(struct raw_row) rows;
    VEC(mpt) grid;
};

/* wml_grid.c: the widths of its columns, as the file has them and as its cells wish them: sets the
 * grid of `raw` and what `table` says about widths. */
int64_t grid_sum(const mpt *widths, size_t n);
void settle_widths(struct raw_table *raw, const struct xml_node *node, struct table *table);

#endif
