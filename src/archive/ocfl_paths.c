/* Paths, digests, times and addresses as the specification wants them written. */
#include "archive/ocfl_parts.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

/* ---- paths ---- */

static bool bad_part(const char *part, size_t n) {
    return n == 0 || (n == 1 && part[0] == '.') || (n == 2 && part[0] == '.' && part[1] == '.');
}

/* Whether a part between two slashes is ".", ".." or nothing; the outermost slashes aside. */
static bool has_bad_part(const char *path) {
    size_t len = strlen(path), begin = path[0] == '/';
    size_t end = len > begin && path[len - 1] == '/' ? len - 1 : len;
    for (size_t at = begin; at <= end;) {
        size_t n = 0;
        while (at + n < end && path[at + n] != '/')
            n++;
        if (bad_part(path + at, n))
            return true;
        at += n + 1;
    }
    return false;
}

static bool slash_at_an_end(const char *path) {
    size_t n = strlen(path);
    return n && (path[0] == '/' || path[n - 1] == '/');
}

void ocfl_logical_path(struct ocfl *o, const char *where, const char *path) {
    if (slash_at_an_end(path))
        ocfl_find(o->report, OCFL_E053, where, path);
    if (has_bad_part(path))
        ocfl_find(o->report, OCFL_E052, where, path);
    if (!*path)
        ocfl_find(o->report, OCFL_E051, where, "\"\"");
}

bool ocfl_content_path(struct ocfl *o, const char *where, const char *path) {
    bool ends = slash_at_an_end(path), parts = has_bad_part(path);
    if (ends)
        ocfl_find(o->report, OCFL_E100, where, path);
    if (parts)
        ocfl_find(o->report, OCFL_E099, where, path);
    if (!*path)
        ocfl_find(o->report, OCFL_E098, where, "\"\"");
    if (!strchr(path, '/') && strchr(path, '\\'))
        ocfl_find(o->report, OCFL_E035, where, path);
    return *path && !ends && !parts;
}

static int by_path(const void *a, const void *b) {
    const struct ocfl_file *x = a, *y = b;
    return strcmp(x->path, y->path);
}

void ocfl_sort(ocfl_files *files) {
    if (files->n)
        qsort(files->at, files->n, sizeof *files->at, by_path);
}

const struct ocfl_file *ocfl_lookup(const ocfl_files *sorted, const char *path) {
    struct ocfl_file wanted = {.path = path};
    return sorted->n ? bsearch(&wanted, sorted->at, sorted->n, sizeof *sorted->at, by_path) : NULL;
}

/* Whether some beginning of a path, up to a slash, is a path itself. */
static const char *above(struct pool *pool, const ocfl_files *files, const char *path) {
    for (const char *slash = strchr(path, '/'); slash; slash = strchr(slash + 1, '/')) {
        const char *begin = pool_strndup(pool, path, (size_t)(slash - path));
        if (ocfl_lookup(files, begin))
            return begin;
    }
    return NULL;
}

void ocfl_conflicts(struct ocfl *o, enum ocfl_code code, const char *where, ocfl_files *files) {
    ocfl_sort(files);
    for (size_t i = 0; i < files->n; i++) {
        const char *path = files->at[i].path;
        if (i && strcmp(files->at[i - 1].path, path) == 0)
            ocfl_find(o->report, code, where, path);
        else if (above(o->pool, files, path))
            ocfl_find(o->report, code, where, path);
    }
}

/* ---- texts ---- */

bool ocfl_same_digest(const char *a, const char *b) {
    return strcasecmp(a, b) == 0;
}

bool ocfl_is_hex(const char *text, size_t n) {
    return strlen(text) == n && strspn(text, "0123456789abcdefABCDEF") == n;
}

/* A scheme, a colon and something behind it (RFC 3986, section 3). */
bool ocfl_is_uri(const char *text) {
    const char *p = text;
    if (!isalpha((unsigned char)*p))
        return false;
    while (isalnum((unsigned char)*p) || (*p && strchr("+-.", *p)))
        p++;
    if (*p != ':' || !p[1])
        return false;
    for (; *p; p++)
        if ((unsigned char)*p <= ' ' || *p == 0x7f || strchr("<>\"{}|\\^`", *p))
            return false;
    return true;
}

/* `n` digits at *p, which then stands behind them; -1: there are none. */
static int digits(const char **p, int n) {
    int value = 0;
    for (; n; n--, (*p)++) {
        if (!isdigit((unsigned char)**p))
            return -1;
        value = value * 10 + (**p - '0');
    }
    return value;
}

static bool skip(const char **p, const char *any_of) {
    bool found = **p && strchr(any_of, **p);
    *p += found;
    return found;
}

static bool in(int value, int low, int high) {
    return value >= low && value <= high;
}

static bool is_day(const char **p) {
    static const int days[] = {31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
    int year = digits(p, 4);
    bool ok = year >= 0 && skip(p, "-");
    int month = ok ? digits(p, 2) : -1;
    ok = ok && in(month, 1, 12) && skip(p, "-");
    int day = ok ? digits(p, 2) : -1;
    bool leap = (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;
    return ok && in(day, 1, days[month - 1]) && (month != 2 || day < 29 || leap);
}

/* RFC 3339, section 5.6. */
bool ocfl_is_time(const char *text) {
    const char *p = text;
    bool ok = is_day(&p) && skip(&p, "Tt ") && in(digits(&p, 2), 0, 23) && skip(&p, ":") &&
              in(digits(&p, 2), 0, 59) && skip(&p, ":") && in(digits(&p, 2), 0, 60);
    if (ok && skip(&p, ".")) {
        ok = isdigit((unsigned char)*p);
        while (isdigit((unsigned char)*p))
            p++;
    }
    if (ok && skip(&p, "Zz"))
        return !*p;
    return ok && skip(&p, "+-") && in(digits(&p, 2), 0, 23) && skip(&p, ":") &&
           in(digits(&p, 2), 0, 59) && !*p;
}
