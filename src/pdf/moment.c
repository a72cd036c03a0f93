#include "pdf/moment.h"

#include <stdbool.h>
#include <stddef.h>

enum { NOT_SAID = -1 };

/* The next `digits` digits, behind the sign `before` (0: none); -1 if they are not there. */
static int number(const char **p, char before, int digits) {
    const char *s = *p;
    if (before && *s++ != before)
        return NOT_SAID;
    int value = 0;
    for (int i = 0; i < digits; i++, s++) {
        if (*s < '0' || *s > '9')
            return NOT_SAID;
        value = value * 10 + (*s - '0');
    }
    *p = s;
    return value;
}

static int days_in(int year, int month) {
    static const int days[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
    bool leap = (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;
    return month == 2 && leap ? 29 : days[month - 1];
}

/* Seconds may have a fraction, which is dropped; a time needs its zone. */
static bool read_time(const char *p, struct moment *date) {
    date->hour = number(&p, 'T', 2);
    date->minute = number(&p, ':', 2);
    if (date->hour < 0)
        return false;
    date->second = *p == ':' ? number(&p, ':', 2) : 0;
    if (*p == '.')
        for (p++; *p >= '0' && *p <= '9';)
            p++;
    if (*p == 'Z')
        return p[1] == '\0' && date->second >= 0;
    int sign = *p == '-' ? -1 : 1;
    int hours = number(&p, sign < 0 ? '-' : '+', 2), minutes = number(&p, ':', 2);
    date->zone = sign * (hours * 60 + minutes);
    return !*p && hours >= 0 && hours <= 14 && minutes >= 0 && minutes < 60 && date->second >= 0;
}

static bool is_real(const struct moment *d) {
    return d->year >= 1000 && d->month >= 0 && d->month <= 12 && d->day >= 0 &&
           (!d->day || (d->month && d->day <= days_in(d->year, d->month))) && d->hour < 24 &&
           d->minute < 60 && d->minute >= 0 && d->second < 60;
}

struct moment moment_read(const char *s) {
    struct moment date = {.hour = NOT_SAID}, none = {.hour = NOT_SAID};
    if (!s)
        return none;
    date.year = number(&s, 0, 4);
    if (*s == '-' && (date.month = number(&s, '-', 2)) == 0)
        return none;
    if (*s == '-' && (date.day = number(&s, '-', 2)) == 0)
        return none;
    if (*s && (*s != 'T' || !date.day || !read_time(s, &date)))
        return none;
    if (!is_real(&date))
        return none;
    if (date.hour == 0 && !date.minute && !date.second && !date.zone)
        date.hour = NOT_SAID;
    return date;
}

/* Two digits, behind the sign `before` (0: none). */
static void put_two(struct buf *out, char before, int value) {
    if (before)
        buf_putc(out, before);
    buf_putc(out, (char)('0' + value / 10));
    buf_putc(out, (char)('0' + value % 10));
}

void moment_put_xmp(struct buf *out, const struct moment *d) {
    buf_put_int(out, d->year);
    if (d->month)
        put_two(out, '-', d->month);
    if (d->day)
        put_two(out, '-', d->day);
    if (d->hour < 0)
        return;
    put_two(out, 'T', d->hour);
    put_two(out, ':', d->minute);
    put_two(out, ':', d->second);
    int east = d->zone < 0 ? -d->zone : d->zone;
    if (east) {
        put_two(out, d->zone < 0 ? '-' : '+', east / 60);
        put_two(out, ':', east % 60);
    } else
        buf_putc(out, 'Z');
}

void moment_put_info(struct buf *out, const struct moment *d) {
    buf_puts(out, "D:");
    buf_put_int(out, d->year);
    if (d->month)
        put_two(out, 0, d->month);
    if (d->day)
        put_two(out, 0, d->day);
    if (d->hour < 0)
        return;
    put_two(out, 0, d->hour);
    put_two(out, 0, d->minute);
    put_two(out, 0, d->second);
    int east = d->zone < 0 ? -d->zone : d->zone;
    if (east) {
        put_two(out, d->zone < 0 ? '-' : '+', east / 60);
        put_two(out, '\'', east % 60);
        buf_putc(out, '\'');
    } else
        buf_putc(out, 'Z');
}
