#include "docx/chart_number.h"

#include <limits.h>
#include <stdlib.h>
#include <string.h>

/* ---- decimals ---- */

static bool is_digit(char c) {
    return c >= '0' && c <= '9';
}

static void drop_zeros(struct decimal *d) {
    while (d->digits && d->digits % 10 == 0) {
        d->digits /= 10;
        d->exponent++;
    }
    if (!d->digits)
        d->exponent = 0;
}

bool decimal_parse(const char *text, struct decimal *out) {
    struct decimal d = {0};
    bool negative, any = false, point = false, round_up = false;
    int kept = 0;
    while (*text == ' ')
        text++;
    negative = *text == '-';
    text += *text == '-' || *text == '+';
    for (; is_digit(*text) || (*text == '.' && !point); text++) {
        if (*text == '.') {
            point = true;
            continue;
        }
        any = true;
        if (kept < DECIMAL_DIGITS) {
            d.digits = d.digits * 10 + (*text - '0');
            kept += d.digits != 0;
            d.exponent -= point;
        } else {
            round_up |= kept == DECIMAL_DIGITS && *text >= '5';
            kept = DECIMAL_DIGITS + 1;
            d.exponent += !point;
        }
        if (d.exponent > 400 || d.exponent < -400)
            return false;
    }
    if (any && (*text == 'e' || *text == 'E')) {
        long exponent = strtol(text + 1, NULL, 10);
        if (exponent > 400 || exponent < -400)
            return false;
        d.exponent += (int)exponent;
    }
    d.digits += round_up;
    d.digits = negative ? -d.digits : d.digits;
    drop_zeros(&d);
    *out = d;
    return any;
}

int64_t decimal_in(struct decimal d, int exponent) {
    int64_t v = d.digits;
    int by = d.exponent - exponent;
    for (; by > 0 && v; by--) {
        if (v > DECIMAL_MOST || v < -DECIMAL_MOST)
            break;
        v *= 10;
    }
    for (; by < 0 && v; by++)
        v = by < -1 ? v / 10 : (v + (v < 0 ? -5 : 5)) / 10;
    return v > DECIMAL_MOST ? DECIMAL_MOST : v < -DECIMAL_MOST ? -DECIMAL_MOST : v;
}

double decimal_real(struct decimal d) {
    double x = (double)d.digits;
    for (int by = d.exponent; by > 0 && x != 0; by--)
        x *= 10;
    for (int by = d.exponent; by < 0 && x != 0; by++)
        x /= 10;
    return x;
}

struct decimal decimal_of(double x, int digits) {
    const double least = 1e-300, most = 1e300;
    double size = x < 0 ? -x : x, whole = 1;
    struct decimal d = {0};
    if (!(size >= least && size <= most))
        return d;
    for (int i = 0; i < digits; i++)
        whole *= 10;
    for (; size >= whole; d.exponent++)
        size /= 10;
    for (; size < whole / 10; d.exponent--)
        size *= 10;
    d.digits = (int64_t)(size + 0.5);
    d.digits = x < 0 ? -d.digits : d.digits;
    drop_zeros(&d);
    return d;
}

int decimal_magnitude(struct decimal d) {
    int magnitude = d.exponent - 1;
    for (int64_t v = d.digits; v; v /= 10)
        magnitude++;
    return d.digits ? magnitude : INT_MIN;
}

/* ---- digits ---- */

/* Value: 0.d0d1d2... * 10^point. */
struct digits {
    char at[24];
    int n, point;
};

static struct digits digits_of(struct decimal d) {
    struct digits out = {0};
    char back[24] = {0};
    for (int64_t v = llabs(d.digits); v; v /= 10)
        back[out.n++] = (char)('0' + v % 10);
    for (int i = 0; i < out.n; i++)
        out.at[i] = back[out.n - 1 - i];
    out.point = out.n ? out.n + d.exponent : 0;
    return out;
}

/* Keeps the first `n`, rounded, halves up. */
static void round_digits(struct digits *d, int n) {
    if (n >= d->n)
        return;
    bool up = n >= 0 && d->at[n] >= '5';
    d->n = n < 0 ? 0 : n;
    while (up && d->n && d->at[d->n - 1] == '9')
        d->n--;
    if (up && d->n) {
        d->at[d->n - 1]++;
    } else if (up) {
        d->at[d->n++] = '1';
        d->point++;
    }
}

static void trim_digits(struct digits *d) {
    while (d->n && d->at[d->n - 1] == '0')
        d->n--;
}

static char digit_at(const struct digits *d, int place) { /* 0: the first */
    return place >= 0 && place < d->n ? d->at[place] : '0';
}

/* How a number is written. */
struct writing {
    int whole; /* at least so many digits before the point */
    int fixed; /* so many after it */
    int most;  /* and if there are more, up to so many */
    bool thousands, comma;
};

static void put_plain(struct buf *out, struct digits d, const struct writing *w) {
    round_digits(&d, d.point + w->most);
    trim_digits(&d);
    int whole = d.n && d.point > 0 ? d.point : 0;
    int shown = whole > w->whole ? whole : w->whole;
    for (int i = shown; i > 0; i--) {
        buf_putc(out, i > whole ? '0' : digit_at(&d, whole - i));
        if (w->thousands && i > 1 && i % 3 == 1)
            buf_putc(out, w->comma ? '.' : ',');
    }
    int after = d.n - d.point;
    after = after < w->fixed ? w->fixed : after > w->most ? w->most : after;
    if (after > 0)
        buf_putc(out, w->comma ? ',' : '.');
    for (int i = 0; i < after; i++)
        buf_putc(out, digit_at(&d, d.point + i));
}

static void put_scientific(struct buf *out, struct digits d, struct writing w) {
    round_digits(&d, 1 + w.most);
    int exponent = d.n ? d.point - 1 : 0;
    d.point = 1;
    w.whole = 1;
    put_plain(out, d, &w);
    buf_printf(out, "E%c%02d", exponent < 0 ? '-' : '+', abs(exponent));
}

/* As many digits as a cell of usual width shows. */
static void put_general(struct buf *out, struct digits d, bool comma) {
    enum { SHOWN = 10, LONGEST = 11, SMALLEST = -4 };
    struct writing w = {.whole = 1, .most = SHOWN, .comma = comma};
    if (d.n && (d.point > LONGEST || d.point <= SMALLEST)) {
        w.most = 5;
        put_scientific(out, d, w);
        return;
    }
    round_digits(&d, SHOWN);
    w.most = SHOWN - (d.point > 0 ? d.point : 0);
    w.most = w.most < 0 ? 0 : w.most - SMALLEST;
    put_plain(out, d, &w);
}

/* ---- formats ---- */

struct section {
    const char *at, *end;
    struct writing writing;
    int scale; /* thousands left out; percent: -2 */
    int power; /* the number is multiplied by 10^power */
    bool general, scientific, date, digits;
};

/* The end of what a format quotes, escapes or puts in brackets at `p`; `p` itself if nothing. */
static const char *after_literal(const char *p, const char *end) {
    if (*p == '\\' || *p == '_' || *p == '*') {
        for (p += p + 1 < end ? 2 : 1; p < end && ((unsigned char)*p & 0xC0) == 0x80;)
            p++; /* "_₫": the whole character, whose width it leaves free */
        return p;
    }
    if (*p != '"' && *p != '[')
        return p;
    const char *close = memchr(p + 1, *p == '"' ? '"' : ']', (size_t)(end - p - 1));
    return close ? close + 1 : end;
}

static const char *section_end(const char *p) {
    const char *end = p + strlen(p);
    while (p < end && *p != ';') {
        const char *next = after_literal(p, end);
        p = next > p ? next : p + 1;
    }
    return p;
}

static bool is_place(char c) {
    return c == '0' || c == '#' || c == '?';
}

static bool is_date_letter(char c) {
    return c && strchr("dmyhsDMYHS", c) != NULL;
}

static bool is_general(const char *p, const char *end) {
    return end - p >= 7 && strncmp(p, "General", 7) == 0;
}

static void scan(struct section *s, bool comma) {
    bool point = false;
    int commas = 0;
    s->writing.comma = comma;
    for (const char *p = s->at; p < s->end && !s->general;) {
        const char *next = after_literal(p, s->end);
        if (next > p) {
            p = next;
            continue;
        }
        s->general = is_general(p, s->end);
        if (s->general)
            return;
        if (is_place(*p)) {
            s->digits = true;
            s->writing.thousands |= commas > 0;
            commas = 0;
            s->writing.whole += *p == '0' && !point;
            s->writing.fixed += *p == '0' && point;
            s->writing.most += point;
        }
        point |= *p == '.';
        commas += *p == ',' && s->digits;
        s->power += *p == '%' ? 2 : 0;
        s->scientific |= (*p == 'E' || *p == 'e') && s->digits;
        s->date |= is_date_letter(*p) && !s->digits;
        p += s->scientific && (*p == 'E' || *p == 'e') ? s->end - p : 1;
    }
    s->power -= 3 * commas;
}

/* ---- dates ---- */

struct day {
    int64_t year;
    int month, day;
};

/* Day 1 of a spreadsheet is 1 January 1900; it takes 1900 for a leap year. */
static struct day day_of(int64_t serial) {
    enum { DAYS_OF_ERA = 146097, SERIAL_OF_MARCH_0 = 693899 };
    int64_t z = serial + SERIAL_OF_MARCH_0, era = z / DAYS_OF_ERA, day = z % DAYS_OF_ERA;
    int64_t year = (day - day / 1460 + day / 36524 - day / 146096) / 365;
    int64_t of_year = day - (365 * year + year / 4 - year / 100);
    int64_t month = (5 * of_year + 2) / 153;
    struct day out = {.day = (int)(of_year - (153 * month + 2) / 5 + 1)};
    out.month = (int)(month < 10 ? month + 3 : month - 9);
    out.year = year + era * 400 + (out.month <= 2);
    return out;
}

void serial_month(int64_t serial, int64_t *year, int *month) {
    struct day day = day_of(serial);
    *year = day.year;
    *month = day.month;
}

int64_t serial_of_month(int64_t year, int month) {
    enum { BEFORE = 693899 /* days from 1 March of the year 0 to day 0 */ };
    year -= month <= 2;
    int64_t since_march = (153 * (int64_t)(month + (month > 2 ? -3 : 9)) + 2) / 5;
    return 365 * year + year / 4 - year / 100 + year / 400 + since_march - BEFORE;
}

static void put_month(struct buf *out, int month, size_t letters, bool vietnamese) {
    static const char *const names[] = {"January",   "February", "March",    "April",
                                        "May",       "June",     "July",     "August",
                                        "September", "October",  "November", "December"};
    if (letters < 3)
        buf_printf(out, letters == 2 ? "%02d" : "%d", month);
    else if (vietnamese)
        buf_printf(out, letters == 3 ? "Thg %d" : "Tháng %d", month);
    else
        buf_printf(out, "%.*s", letters == 3 ? 3 : 9, names[month - 1]);
}

/* Minutes stand next to hours or seconds. */
static bool is_minute(const struct section *s, const char *p, size_t n) {
    for (const char *q = p; q > s->at && strchr(":hH", q[-1]); q--)
        if (q[-1] == 'h' || q[-1] == 'H')
            return true;
    for (const char *q = p + n; q < s->end && strchr(":sS", *q); q++)
        if (*q == 's' || *q == 'S')
            return true;
    return false;
}

static void put_date_part(struct buf *out, const struct section *s, const char *p, size_t n,
                          int64_t serial, int64_t seconds) {
    struct day day = day_of(serial);
    char letter = (char)(*p | 0x20);
    if (letter == 'm' && !is_minute(s, p, n)) {
        put_month(out, day.month, n, s->writing.comma);
        return;
    }
    if (letter == 'y') {
        buf_printf(out, n < 3 ? "%02d" : "%04d", (int)(n < 3 ? day.year % 100 : day.year));
        return;
    }
    int value = letter == 'd'   ? day.day
                : letter == 'h' ? (int)(seconds / 3600)
                : letter == 'm' ? (int)(seconds / 60 % 60)
                                : (int)(seconds % 60);
    buf_printf(out, n >= 2 ? "%02d" : "%d", value);
}

/* ---- putting it together ---- */

static const char *put_literal(struct buf *out, const char *p, const char *end) {
    const char *next = after_literal(p, end);
    if (*p == '\\' && next > p + 1) {
        buf_append(out, p + 1, (size_t)(next - p - 1));
    } else if (*p == '"' && next > p + 1) {
        buf_append(out, p + 1, (size_t)(next - p - 2));
    } else if (*p == '_') {
        buf_putc(out, ' ');
    }
    return next;
}

static const char *put_date_token(struct buf *out, const struct section *s, const char *p,
                                  struct decimal d) {
    int64_t serial = decimal_in(d, 0), seconds = 0;
    size_t n = 1;
    while (p + n < s->end && (p[n] | 0x20) == (*p | 0x20))
        n++;
    if (d.exponent < 0) {
        int64_t parts = decimal_in(d, -5), whole = parts / 100000;
        serial = parts < 0 ? whole - 1 : whole;
        seconds = (parts - serial * 100000) * 864 / 1000;
    }
    serial = serial < 0 ? 0 : serial > 2958465 ? 2958465 : serial;
    put_date_part(out, s, p, n, serial, seconds);
    return p + n;
}

static void put_number(struct buf *out, const struct section *s, struct decimal d) {
    struct digits digits = digits_of(d);
    digits.point += digits.n ? s->power : 0;
    if (s->scientific)
        put_scientific(out, digits, s->writing);
    else
        put_plain(out, digits, &s->writing);
}

static void put_section(struct buf *out, const struct section *s, struct decimal d) {
    bool done = false;
    for (const char *p = s->at; p < s->end;) {
        const char *next = put_literal(out, p, s->end);
        if (next > p) {
            p = next;
        } else if (s->general && is_general(p, s->end)) {
            put_general(out, digits_of(d), s->writing.comma);
            p += 7;
        } else if (s->date && is_date_letter(*p)) {
            p = put_date_token(out, s, p, d);
        } else if (!s->date && (is_place(*p) || *p == '.' || *p == ',')) {
            if (!done && s->digits)
                put_number(out, s, d);
            done = true;
            p++;
        } else if (s->scientific && (*p == 'E' || *p == 'e')) {
            for (p++; p < s->end && (*p == '+' || *p == '-' || is_place(*p));)
                p++;
        } else {
            buf_putc(out, *p++);
        }
    }
}

/* Whether a number is what the section's condition asks for ("[>=100]"); *asks: it has one. */
static bool meets(const struct section *s, struct decimal d, bool *asks) {
    *asks = false;
    for (const char *p = s->at; p < s->end && *p == '[';) {
        const char *close = memchr(p, ']', (size_t)(s->end - p));
        const char *number = p + 1 + strspn(p + 1, "<>=");
        struct decimal limit;
        if (!close || number == p + 1 || number >= close || !decimal_parse(number, &limit)) {
            p = close ? close + 1 : s->end;
            continue;
        }
        double off = decimal_real(d) - decimal_real(limit);
        *asks = true;
        return (off < 0 && memchr(p, '<', (size_t)(number - p))) ||
               (off > 0 && memchr(p, '>', (size_t)(number - p))) ||
               (off == 0 && memchr(p, '=', (size_t)(number - p)));
    }
    return true;
}

/* Of sections with conditions the first whose own holds; the last has none. False: there are no
 * conditions. */
static bool conditional(const char *format, struct decimal d, struct section *out) {
    bool asks, any = false;
    for (const char *p = format;; p = out->end + 1) {
        *out = (struct section){.at = p, .end = section_end(p)};
        bool holds = meets(out, d, &asks);
        any |= asks;
        if (!any || holds || *out->end != ';')
            return any;
    }
}

/* The section for numbers of this sign; `*own` if it says the sign itself. */
static struct section section_for(const char *format, struct decimal d, bool *own) {
    struct section s = {.at = format, .end = section_end(format)};
    int wanted = d.digits < 0 ? 1 : d.digits == 0 ? 2 : 0;
    struct section first = s;
    *own = false;
    if (conditional(format, d, &s))
        return s;
    s = first;
    for (int i = 0; i < wanted && *s.end == ';'; i++) {
        s.at = s.end + 1;
        s.end = section_end(s.at);
        if (i + 1 == wanted) {
            *own = wanted == 1;
            return s;
        }
    }
    return first;
}

void decimal_put(struct buf *out, struct decimal d, const char *format, bool comma) {
    bool own = false;
    struct section s = section_for(format && *format ? format : "General", d, &own);
    scan(&s, comma);
    if (d.digits < 0 && !own && !s.date)
        buf_putc(out, '-');
    put_section(out, &s, d);
}
