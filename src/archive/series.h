/* series: which dispatches count together. Decree 30, article 15: numbers run through a calendar
 * year from 01, and the head of the office says what is numbered apart.
 *
 * Unless told otherwise each type counts by itself for each office that issues it: 12/SXD-VP and
 * 13/SXD-QLN follow each other, 01/QĐ-SXD is another series. BOOK.ini in the archive's folder
 * ("so-dang-ky.ini") tells otherwise:
 *
 *     [dãy số]
 *     theo = ký hiệu            ; every symbol by itself; or: cơ quan, all types of an office
 * together văn bản thường = công văn, thông báo, báo cáo      ; these types of an office together
 *     [bắt đầu 2026]
 *     công văn = 457            ; the first number this register gives in that year
 *     [cơ quan]
 *     tên = SỞ XÂY DỰNG         ; and chủ quản: on the cover of the printed register
 */
#ifndef CONGVAN_ARCHIVE_SERIES_H
#define CONGVAN_ARCHIVE_SERIES_H

#include "base/diag.h"
#include "base/pool.h"

struct series_rules;

/* Reads `path`; without the file the rules above hold. NULL: reported. In `pool`. */
const struct series_rules *series_read(struct pool *pool, const char *path, struct diag *diag);

/* The series of a dispatch: "cong van/SXD". `type` as written ("công văn"), `abbreviation` of the
 * type ("QĐ", "" for none), `symbol` without the number ("SXD-VP"). In `pool`. */
const char *series_of(struct pool *pool, const struct series_rules *rules, const char *type,
                      const char *abbreviation, const char *symbol);

/* The office on the cover and the body above it; NULL: not said. */
const char *series_office(const struct series_rules *rules);
const char *series_parent(const struct series_rules *rules);

/* The first number of `series` in `year`: 1 unless the rules say so. */
int series_first(const struct series_rules *rules, const char *series, int year);

#endif
