/* rows: a table whose rows are dispatches made from one INI (mail merge).
 *
 * The first row names the columns, each an INI key by its folded name: a known key alone ("số",
 * "họ tên"), "cơ quan" (its tên), "kính gửi" and "nơi nhận" (several items in a cell are parted by
 * ';' or line ends; "kính gửi 1", "kính gửi 2" add up), "lưu", "nội dung" (the body's file), any
 * key as "section.key"; another name is a free key of [công văn]. An empty cell leaves the INI's
 * value. */
#ifndef CONGVAN_BATCH_ROWS_H
#define CONGVAN_BATCH_ROWS_H

#include "base/hash.h"
#include "dispatch/csv.h"
#include "dispatch/ini.h"

struct rows;

/* Reads the table. NULL (reported) if there is none, or two columns are one key. Lives in the pool.
 */
struct rows *rows_read(struct pool *pool, const char *path, struct diag *diag);

size_t rows_count(const struct rows *rows);
int rows_line(const struct rows *rows, size_t i); /* in the file */

/* What row `i` puts over the INI (dispatch_read_over). A cell that no column has is reported. */
struct ini *rows_overlay(struct pool *pool, const struct rows *rows, size_t i, struct diag *diag);
/* Of the names and cells of row `i`. */
struct hash rows_hash(const struct rows *rows, size_t i);

/* Names of the rows' outputs by `pattern` ("{số}-{kính gửi}"; NULL: "STEM-{dòng}"): {column}, or a
 * key of `ini`, or {dòng}, the row's ordinal. Characters that some file system refuses become '-',
 * names of devices (con, nul) get one in front, long names are cut; equal ones are numbered, as
 * which some file systems take those that differ in case only. NULL (reported) if the pattern names
 * what is not there. */
const char **rows_names(struct pool *pool, const struct rows *rows, const struct ini *ini,
                        const char *stem, const char *pattern, struct diag *diag);

#endif
