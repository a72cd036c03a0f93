/* chart_number: decimal numbers as spreadsheets cache them, and the formats they are shown in
 * (18.8.30 and 18.8.31). */
#ifndef CONGVAN_DOCX_CHART_NUMBER_H
#define CONGVAN_DOCX_CHART_NUMBER_H

#include "base/buf.h"

#include <stdbool.h>
#include <stdint.h>

struct decimal { /* digits * 10^exponent */
    int64_t digits;
    int exponent;
};

enum { DECIMAL_DIGITS = 15 };

/* "12", "-4.4000000000000004", "1E-3": to 15 significant digits, as a spreadsheet shows it, without
 * zeros at the end. False: no number. */
bool decimal_parse(const char *text, struct decimal *out);

/* In units of 10^exponent, rounded; clamped to +-DECIMAL_MOST. */
int64_t decimal_in(struct decimal d, int exponent);
#define DECIMAL_MOST INT64_C(100000000000)

/* As a double, and the nearest number of so many digits (at most DECIMAL_DIGITS) to one. Only
 * products and quotients by ten: the same on every machine of IEEE 754. */
double decimal_real(struct decimal d);
struct decimal decimal_of(double x, int digits);

/* The exponent of its first digit: 4.4 has 0, 120 has 2; INT_MIN for 0. */
int decimal_magnitude(struct decimal d);

/* Days as sheets count them: the year and the month (1 to 12) of one, and the first of a month. */
void serial_month(int64_t serial, int64_t *year, int *month);
int64_t serial_of_month(int64_t year, int month);

/* Appends the number as `format` says ("General", "#,##0.0", "0%", "dd/mm/yyyy"; NULL: General).
 * `comma`: decimals after a comma, thousands parted by full stops. */
void decimal_put(struct buf *out, struct decimal d, const char *format, bool comma);

#endif
