#include "batch/progress.h"
#include "base/pool.h"

#include <stdlib.h>
#include <time.h>
#include <unistd.h>

enum { BAR = 24, REDRAW_MS = 100, FIRST_MS = 300, LINE_MS = 5000 };

struct progress {
    size_t total, done, failed;
    enum lang lang;
    bool quiet, terminal, shown;
    int64_t started, last; /* ms */
};

static int64_t now_ms(void) {
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return (int64_t)t.tv_sec * 1000 + t.tv_nsec / 1000000;
}

struct progress *progress_new(size_t total, bool quiet, enum lang lang) {
    struct progress *p = mem_alloc(sizeof *p);
    *p = (struct progress){.total = total,
                           .lang = lang,
                           .quiet = quiet || total < 2,
                           .terminal = isatty(STDERR_FILENO) == 1,
                           .started = now_ms()};
    p->last = p->started - REDRAW_MS + FIRST_MS; /* a run that is over at once shows nothing */
    if (!p->terminal)
        p->last = p->started;
    return p;
}

static void put_figures(const struct progress *p, int64_t elapsed) {
    static const char *const form[] = {
        "%zu/%zu văn bản, %lld/giây, còn %lld:%02lld, %zu lỗi",
        "%zu/%zu documents, %lld/s, %lld:%02lld left, %zu with errors"};
    long long rate = (long long)p->done * 1000 / (elapsed > 0 ? elapsed : 1);
    long long left = (long long)(elapsed * (int64_t)(p->total - p->done) / (int64_t)p->done / 1000);
    fprintf(stderr, form[p->lang], p->done, p->total, rate, left / 60, left % 60, p->failed);
}

static void draw_bar(struct progress *p, int64_t elapsed) {
    int filled = (int)(p->done * BAR / p->total);
    fputs("\r[", stderr);
    for (int i = 0; i < BAR; i++)
        fputc(i < filled ? '#' : '.', stderr);
    fputs("] ", stderr);
    put_figures(p, elapsed);
    fputs("\033[K", stderr);
    fflush(stderr);
    p->shown = true;
}

void progress_add(struct progress *p, bool failed) {
    p->done++;
    p->failed += failed;
    if (p->quiet)
        return;
    int64_t now = now_ms();
    if (now - p->last < (p->terminal ? REDRAW_MS : LINE_MS))
        return;
    p->last = now;
    if (p->terminal) {
        draw_bar(p, now - p->started);
        return;
    }
    fputs("congvan: ", stderr);
    put_figures(p, now - p->started);
    fputc('\n', stderr);
}

void progress_hide(struct progress *p) {
    if (!p->shown)
        return;
    fputs("\r\033[K", stderr);
    p->shown = false;
}

void progress_free(struct progress *p) {
    progress_hide(p);
    free(p);
}
