/* The smallest of test harnesses: each TEST prints one line, "ok name" or "not ok name" with the
 * places that failed before it; tests/run counts the lines. */
#ifndef CONGVAN_TESTS_CHECK_H
#define CONGVAN_TESTS_CHECK_H

#include <stdbool.h>
#include <stdio.h>
#include <string.h>

static int check_failed_, check_any_failed_;

#define CHECK(condition)                                                                           \
    do {                                                                                           \
        if (!(condition)) {                                                                        \
            printf("# %s:%d: %s\n", __FILE__, __LINE__, #condition);                               \
            check_failed_ = 1;                                                                     \
        }                                                                                          \
    } while (0)

#define CHECK_STR(got, want)                                                                       \
    do {                                                                                           \
        const char *got_ = (got), *want_ = (want);                                                 \
        if (!got_ || strcmp(got_, want_) != 0) {                                                   \
            printf("# %s:%d: got  \"%s\"\n# %s:%d: want \"%s\"\n", __FILE__, __LINE__,             \
                   got_ ? got_ : "(null)", __FILE__, __LINE__, want_);                             \
            check_failed_ = 1;                                                                     \
        }                                                                                          \
    } while (0)

#define CHECK_INT(got, want)                                                                       \
    do {                                                                                           \
        long long got_ = (long long)(got), want_ = (long long)(want);                              \
        if (got_ != want_) {                                                                       \
            printf("# %s:%d: %s is %lld, want %lld\n", __FILE__, __LINE__, #got, got_, want_);     \
            check_failed_ = 1;                                                                     \
        }                                                                                          \
    } while (0)

#define RUN(test)                                                                                  \
    do {                                                                                           \
        check_failed_ = 0;                                                                         \
        test();                                                                                    \
        printf("%s %s\n", check_failed_ ? "not ok" : "ok", #test);                                 \
        check_any_failed_ |= check_failed_;                                                        \
    } while (0)

#define CHECK_RESULT() (check_any_failed_)

#endif
