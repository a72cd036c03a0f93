#include "cli/workers.h"

#include "batch/watch.h"

#include <errno.h>
#include <poll.h>
#include <sched.h>
#include <signal.h>
#include <stdatomic.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/signalfd.h>
#include <sys/wait.h>
#include <unistd.h>

enum { MAX_WORKERS = 64 };

enum { OUT, ERR, RECORD, TEXTS };

/* What a worker sends for a finished piece; its texts follow. */
struct frame {
    uint64_t piece;
    uint64_t len[TEXTS];
    uint32_t status;
};

struct result {
    bool done;
    enum status status;
    char *text; /* all three in a row, malloc'ed; NULL when printed */
    size_t len[TEXTS];
};

struct worker {
    pid_t pid;
    int fd;             /* what it sends; -1: ended */
    struct buf pending; /* received, not yet a whole frame */
};

/* Signals that end the run, taken from a descriptor instead of a handler. */
struct signals {
    sigset_t before;
    int fd; /* -1: none to be had */
    int caught;
};

struct run {
    const struct workers *workers;
    size_t n, printed;
    atomic_size_t *next;
    struct signals signals;
    struct result *results;
    struct worker worker[MAX_WORKERS];
    int count;
    enum status worst;
};

int workers_default(void) {
    cpu_set_t set;
    if (sched_getaffinity(0, sizeof set, &set) != 0)
        return 1;
    int n = CPU_COUNT(&set);
    return n < 1 ? 1 : n > MAX_WORKERS ? MAX_WORKERS : n;
}

/* ---- signals ---- */

static void signals_block(struct signals *s) {
    sigset_t set;
    watch_signals(&set);
    sigprocmask(SIG_BLOCK, &set, &s->before);
    s->fd = signalfd(-1, &set, SFD_NONBLOCK | SFD_CLOEXEC);
    if (s->fd < 0)
        sigprocmask(SIG_SETMASK, &s->before, NULL);
}

static bool signals_caught(struct signals *s) {
    struct signalfd_siginfo info;
    if (s->fd >= 0 && !s->caught && read(s->fd, &info, sizeof info) == sizeof info)
        s->caught = (int)info.ssi_signo;
    return s->caught != 0;
}

static void signals_release(struct signals *s) {
    if (s->fd < 0)
        return;
    close(s->fd);
    sigprocmask(SIG_SETMASK, &s->before, NULL);
}

/* ---- in the worker ---- */

static bool send_all(int fd, const void *bytes, size_t n) {
    const char *p = bytes;
    while (n) {
        ssize_t sent = write(fd, p, n);
        if (sent < 0 && errno == EINTR)
            continue;
        if (sent < 0)
            return false;
        p += sent;
        n -= (size_t)sent;
    }
    return true;
}

static bool do_piece(const struct workers *workers, void *own, size_t i, int fd) {
    char *text[2] = {NULL, NULL};
    size_t len[2] = {0, 0};
    struct piece piece = {.out = open_memstream(&text[OUT], &len[OUT]),
                          .err = open_memstream(&text[ERR], &len[ERR])};
    if (!piece.out || !piece.err)
        return false;
    struct frame frame = {.piece = i};
    frame.status = (uint32_t)workers->piece(own, i, &piece);
    fclose(piece.out);
    fclose(piece.err);
    frame.len[OUT] = len[OUT];
    frame.len[ERR] = len[ERR];
    frame.len[RECORD] = piece.record.len;
    bool ok = send_all(fd, &frame, sizeof frame) && send_all(fd, text[OUT], len[OUT]) &&
              send_all(fd, text[ERR], len[ERR]) &&
              send_all(fd, buf_text(&piece.record), piece.record.len);
    free(text[OUT]);
    free(text[ERR]);
    buf_free(&piece.record);
    return ok;
}

/* The next piece is whichever nobody has taken: no worker waits for another. A worker does not
 * outlive its parent, which alone hears of the signals that end a run. */
static void work(const struct workers *workers, size_t n, atomic_size_t *next, int fd) {
    prctl(PR_SET_PDEATHSIG, SIGKILL);
    void *own = workers->start(workers->context);
    for (size_t i; (i = atomic_fetch_add(next, 1)) < n;)
        if (!do_piece(workers, own, i, fd))
            break;
    workers->stop(own);
}

/* ---- in the parent ---- */

static bool start_worker(struct run *run) {
    int ends[2];
    if (pipe(ends) != 0)
        return false;
    fflush(NULL);
    pid_t pid = fork();
    if (pid < 0) {
        close(ends[0]);
        close(ends[1]);
        return false;
    }
    if (pid == 0) {
        close(ends[0]);
        for (int i = 0; i < run->count; i++)
            close(run->worker[i].fd);
        work(run->workers, run->n, run->next, ends[1]);
        _exit(0);
    }
    close(ends[1]);
    run->worker[run->count++] = (struct worker){.pid = pid, .fd = ends[0]};
    return true;
}

static void print_in_order(struct run *run) {
    const struct workers *w = run->workers;
    while (run->printed < run->n && run->results[run->printed].done) {
        size_t i = run->printed++;
        struct result *r = &run->results[i];
        if (w->printing && (r->len[OUT] || r->len[ERR]))
            w->printing(w->context);
        fwrite(r->text, 1, r->len[OUT], stdout);
        fflush(stdout);
        fwrite(r->text + r->len[OUT], 1, r->len[ERR], stderr);
        w->done(w->context, i, r->status, r->text + r->len[OUT] + r->len[ERR], r->len[RECORD]);
        free(r->text);
        r->text = NULL;
    }
}

static char *copy_of(const char *bytes, size_t n) {
    char *copy = mem_alloc(n);
    if (n)
        memcpy(copy, bytes, n);
    return copy;
}

/* Takes the whole frames at the head of what a worker has sent. */
static void take_frames(struct run *run, struct worker *worker) {
    size_t at = 0;
    struct frame f;
    while (worker->pending.len - at >= sizeof f) {
        memcpy(&f, worker->pending.data + at, sizeof f);
        size_t all = f.len[OUT] + f.len[ERR] + f.len[RECORD];
        if (worker->pending.len - at - sizeof f < all)
            break;
        run->results[f.piece] = (struct result){true,
                                                (enum status)f.status,
                                                copy_of(worker->pending.data + at + sizeof f, all),
                                                {f.len[OUT], f.len[ERR], f.len[RECORD]}};
        run->worst = worse(run->worst, (enum status)f.status);
        if (run->workers->arrived)
            run->workers->arrived(run->workers->context, (enum status)f.status);
        at += sizeof f + all;
    }
    memmove(worker->pending.data, worker->pending.data + at, worker->pending.len - at);
    worker->pending.len -= at;
}

static void receive(struct run *run, struct worker *worker) {
    enum { CHUNK = 65536 };
    ssize_t n = read(worker->fd, buf_reserve(&worker->pending, CHUNK), CHUNK);
    if (n < 0 && errno == EINTR)
        return;
    if (n > 0) {
        worker->pending.len += (size_t)n;
        take_frames(run, worker);
        return;
    }
    close(worker->fd);
    worker->fd = -1;
    buf_free(&worker->pending);
}

/* No further piece is handed out; those below the mark have been. */
static void stop_early(struct run *run) {
    size_t begun = atomic_exchange(run->next, run->n);
    run->n = begun < run->n ? begun : run->n;
}

static void receive_all(struct run *run) {
    for (;;) {
        struct pollfd polled[MAX_WORKERS + 1] = {{.fd = run->signals.fd, .events = POLLIN}};
        struct worker *of[MAX_WORKERS + 1];
        nfds_t n = 1;
        for (int i = 0; i < run->count; i++)
            if (run->worker[i].fd >= 0) {
                of[n] = &run->worker[i];
                polled[n++] = (struct pollfd){.fd = run->worker[i].fd, .events = POLLIN};
            }
        if (n == 1)
            return;
        if (poll(polled, n, -1) < 0)
            continue; /* EINTR */
        if (polled[0].revents && !run->signals.caught && signals_caught(&run->signals))
            stop_early(run);
        for (nfds_t i = 1; i < n; i++)
            if (polled[i].revents)
                receive(run, of[i]);
        print_in_order(run);
    }
}

/* Pieces nobody sent: their worker died. */
static void report_lost(struct run *run) {
    const struct workers *w = run->workers;
    for (print_in_order(run); run->printed < run->n; print_in_order(run)) {
        if (w->printing)
            w->printing(w->context);
        w->lost(w->context, run->printed++);
        run->worst = STATUS_SYSTEM;
    }
}

static void run_here(struct run *run) {
    const struct workers *w = run->workers;
    void *own = w->start(w->context);
    for (size_t i = 0; i < run->n; i++) {
        if (signals_caught(&run->signals)) {
            run->n = i;
            break;
        }
        struct piece piece = {.out = stdout, .err = stderr};
        if (w->printing)
            w->printing(w->context);
        enum status status = w->piece(own, i, &piece);
        run->worst = worse(run->worst, status);
        if (w->arrived)
            w->arrived(w->context, status);
        w->done(w->context, i, status, buf_text(&piece.record), piece.record.len);
        buf_free(&piece.record);
    }
    w->stop(own);
}

static void run_apart(struct run *run, int jobs) {
    run->results = mem_alloc(run->n * sizeof *run->results);
    memset(run->results, 0, run->n * sizeof *run->results);
    atomic_init(run->next, 0);
    while (run->count < jobs && start_worker(run))
        ;
    if (run->count) {
        receive_all(run);
        for (int i = 0; i < run->count; i++)
            waitpid(run->worker[i].pid, NULL, 0);
        report_lost(run);
    } else {
        run_here(run);
    }
    free(run->results);
}

enum status workers_run(const struct workers *workers, size_t *n, int jobs, int *signal) {
    if ((size_t)jobs > *n)
        jobs = (int)*n;
    if (jobs > MAX_WORKERS)
        jobs = MAX_WORKERS;
    struct run *run = mem_alloc(sizeof *run);
    *run = (struct run){.workers = workers, .n = *n};
    void *shared = jobs > 1 ? mmap(NULL, sizeof *run->next, PROT_READ | PROT_WRITE,
                                   MAP_SHARED | MAP_ANONYMOUS, -1, 0)
                            : MAP_FAILED;
    signals_block(&run->signals);
    if (shared == MAP_FAILED) {
        run_here(run);
    } else {
        run->next = shared;
        run_apart(run, jobs);
        munmap(shared, sizeof *run->next);
    }
    signals_release(&run->signals);
    *signal = run->signals.caught;
    *n = run->n;
    enum status worst = run->worst;
    free(run);
    return worst;
}
