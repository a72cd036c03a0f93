#include "cli/clock.h"

const char *clock_text(struct pool *pool, time_t at, const char *format) {
    enum { OFFSET = 7 * 3600 };
    struct tm tm;
    char text[40];
    time_t local = at + OFFSET;
    size_t n = gmtime_r(&local, &tm) ? strftime(text, sizeof text, format, &tm) : 0;
    return pool_strndup(pool, text, n);
}
