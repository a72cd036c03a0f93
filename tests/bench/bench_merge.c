/* The merge alone, in one process: bench_merge TEMPLATE.docx DISPATCH.ini [N]. Prints the median in
 * milliseconds of wall time from a compiled template to the bytes of the DOCX, and from the bytes
 * of the template; then the DOCX goes to DISPATCH.docx. */
#include "base/face.h"
#include "base/file.h"
#include "docx/import.h"
#include "docx/merge.h"

#include <stdlib.h>
#include <string.h>
#include <time.h>

enum { WARM_UP = 30 };

struct bench {
    struct fonts *fonts;
    struct diag *diag;
    const char *path, *bytes;
    size_t n;
    struct buf docx;
};

static double now(void) {
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return (double)t.tv_sec * 1e3 + (double)t.tv_nsec / 1e6;
}

static int by_size(const void *a, const void *b) {
    double x = *(const double *)a, y = *(const double *)b;
    return (x > y) - (x < y);
}

static bool merge_once(struct bench *b, struct template *template,
                       const struct dispatch *dispatch) {
    struct pool *pool = pool_new();
    buf_clear(&b->docx);
    struct package *package = merge(pool, template, dispatch, "bench.docx",
                                    &(struct merge_options){.fonts = b->fonts}, b->diag);
    bool ok = package && package_write(package, &b->docx, b->diag);
    package_close(package);
    pool_free(pool);
    return ok;
}

/* `template` NULL: compiled anew each time. */
static double median(struct bench *b, struct template *template, const struct dispatch *dispatch,
                     int runs) {
    double *times = calloc((size_t)runs, sizeof *times);
    for (int i = -WARM_UP; times && i < runs; i++) {
        double start = now();
        struct template *own =
            template ? NULL : template_read(b->path, b->bytes, b->n, NULL, b->diag);
        if (!merge_once(b, template ? template : own, dispatch))
            exit(1);
        template_close(own);
        if (i >= 0)
            times[i] = now() - start;
    }
    if (!times)
        return 0;
    qsort(times, (size_t)runs, sizeof *times, by_size);
    double middle = times[runs / 2];
    free(times);
    return middle;
}

int main(int argc, char **argv) {
    if (argc < 3)
        return 2;
    struct pool *pool = pool_new();
    struct bench b = {fonts_new(NULL, 0), diag_new(LANG_EN), argv[1], NULL, 0, {0}};
    int runs = argc > 3 ? atoi(argv[3]) : 300;
    b.bytes = file_read(pool, argv[1], &b.n, (struct where){0}, b.diag);
    struct dispatch *dispatch = dispatch_read(pool, argv[2], b.diag);
    struct template *template = b.bytes ? template_read(argv[1], b.bytes, b.n, NULL, b.diag) : NULL;
    if (!template || !dispatch || !import_bodies(pool, dispatch, b.diag)) {
        diag_write(b.diag, stderr);
        return 1;
    }
    double steady = median(&b, template, dispatch, runs);
    double whole = median(&b, NULL, dispatch, runs);
    printf("%.3f %.3f\n", steady, whole);
    char *out = pool_strndup(pool, argv[2], strlen(argv[2]) + 5);
    strcpy(strrchr(out, '.'), ".docx");
    file_write(out, b.docx.data, b.docx.len, b.diag);
    template_close(template);
    buf_free(&b.docx);
    diag_free(b.diag);
    fonts_free(b.fonts);
    pool_free(pool);
    return 0;
}
