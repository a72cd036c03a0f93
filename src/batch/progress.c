#include "batch/progress.h"
#include "base/pool.h"

#include <stdlib.h>
#include <time.h>
#include <unistd.h>

enum { BAR = 24, REDRAW_MS = 100, FIRST_MS = 300, LINE_MS = 5000, MARK_MS = 500 };

struct progress {
    size_t total, done, failed;
    enum lang lang;
    bool terminal, shown; /* shown: there is a bar on the terminal, or a line in the log */
    int64_t last;         /* when it was, ms */
    struct pace pace;
};

static int64_t now_ms(void) {
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return (int64_t)t.tv_sec * 1000 + t.tv_nsec / 1000000;
}

/* ---- pace ---- */

void pace_note(struct pace *p, int64_t now, size_t done) {
    if (p->n && now - p->at[(p->n - 1) % PACE_MARKS] < MARK_MS)
        return;
    p->at[p->n % PACE_MARKS] = now;
    p->done[p->n++ % PACE_MARKS] = done;
}

int64_t pace_rate(const struct pace *p, int64_t now, size_t done) {
    size_t oldest = p->n > PACE_MARKS ? p->n % PACE_MARKS : 0;
    int64_t span = p->n ? now - p->at[oldest] : 0;
    return span > 0 ? (int64_t)(done - p->done[oldest]) * 1000000 / span : 0;
}

/* ---- showing ---- */

struct progress *progress_new(size_t total, bool quiet, enum lang lang) {
    if (quiet || total < 2)
        return NULL;
    struct progress *p = mem_alloc(sizeof *p);
    int64_t now = now_ms();
    *p = (struct progress){.total = total, .lang = lang, .terminal = isatty(STDERR_FILENO) == 1};
    p->last =
        p->terminal ? now - REDRAW_MS + FIRST_MS : now; /* one that is over at once: nothing */
    pace_note(&p->pace, now, 0);
    return p;
}

static void put_figures(const struct progress *p, int64_t now) {
    static const char *const form[] = {"%zu/%zu văn bản, %lld/giây, còn ",
                                       "%zu/%zu documents, %lld/s, "};
    static const char *const end[] = {", %zu lỗi", " left, %zu with errors"};
    long long rate = (long long)pace_rate(&p->pace, now, p->done);
    fprintf(stderr, form[p->lang], p->done, p->total, (rate + 500) / 1000);
    if (rate) {
        long long left = (long long)(p->total - p->done) * 1000 / rate;
        fprintf(stderr, "%lld:%02lld", left / 60, left % 60);
    } else {
        fputs("?:??", stderr);
    }
    fprintf(stderr, end[p->lang], p->failed);
}

static void draw_bar(struct progress *p, int64_t now) {
    int filled = (int)(p->done * BAR / p->total);
    fputs("\r[", stderr);
    for (int i = 0; i < BAR; i++)
        fputc(i < filled ? '#' : '.', stderr);
    fputs("] ", stderr);
    put_figures(p, now);
    fputs("\033[K", stderr);
    fflush(stderr);
}

static void put_line(const struct progress *p, int64_t now) {
    fputs("congvan: ", stderr);
    put_figures(p, now);
    fputc('\n', stderr);
}

void progress_set(struct progress *p, size_t done, size_t failed) {
    if (!p)
        return;
    int64_t now = now_ms();
    p->done = done < p->total ? done : p->total;
    p->failed = failed;
    pace_note(&p->pace, now, p->done);
    if (now - p->last < (p->terminal ? REDRAW_MS : LINE_MS))
        return;
    p->last = now;
    p->shown = true;
    if (p->terminal)
        draw_bar(p, now);
    else
        put_line(p, now);
}

void progress_hide(struct progress *p) {
    if (!p || !p->terminal || !p->shown)
        return;
    fputs("\r\033[K", stderr);
    p->shown = false;
}

/* A log that has lines has one of the end. */
void progress_free(struct progress *p) {
    progress_hide(p);
    if (p && p->shown)
        put_line(p, now_ms());
    free(p);
}
