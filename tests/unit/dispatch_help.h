/* What the tests of src/dispatch share: a pool and messages for each test. */
#ifndef CONGVAN_TESTS_DISPATCH_HELP_H
#define CONGVAN_TESTS_DISPATCH_HELP_H

#include "base/diag.h"
#include "base/file.h"
#include "base/pool.h"
#include "check.h"

#include <stdlib.h>
#include <unistd.h>

static struct pool *pool;
static struct diag *diag;

static void begin(void) {
    diag_free(diag);
    pool_free(pool);
    pool = pool_new();
    diag = diag_new(LANG_EN);
}

static void finish(void) {
    diag_free(diag);
    pool_free(pool);
}

/* Everything said so far. */
static const char *said(void) {
    char *text = NULL;
    size_t n = 0;
    FILE *f = open_memstream(&text, &n);
    diag_write(diag, f);
    fclose(f);
    const char *copy = pool_strndup(pool, text, n);
    free(text);
    return copy;
}

/* Whether exactly one message was added, of this code and level, at this line. */
static inline bool only(enum diag_code code, const char *level, int line) {
    const char *text = said(), *newline = strchr(text, '\n');
    const char *head = pool_printf(pool, ":%d: %s: ", line, level);
    const char *name = pool_printf(pool, "[%s]\n", diag_name(code));
    bool ok = newline && !newline[1] && strstr(text, head) && strstr(text, name);
    if (!ok)
        printf("# said: %s\n", text);
    return ok;
}

static inline bool quiet(void) {
    const char *text = said();
    if (*text)
        printf("# said: %s\n", text);
    return !*text;
}

/* A folder of its own for files a test writes. */
static inline const char *scratch(void) {
    char *folder = pool_strdup(pool, "/tmp/congvan-dispatch-XXXXXX");
    return mkdtemp(folder) ? folder : "/nonexistent";
}

static inline const char *put(const char *folder, const char *name, const char *text) {
    const char *path = path_join(pool, folder, name);
    if (!file_write(path, text, strlen(text), diag))
        printf("# cannot write %s\n", path);
    return path;
}

static inline void sweep(const char *folder, const char *const *names) {
    for (; *names; names++)
        unlink(path_join(pool, folder, *names));
    rmdir(folder);
}

#endif
