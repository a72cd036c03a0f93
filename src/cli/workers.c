#include "cli/workers.h"

#include <errno.h>
#include <poll.h>
#include <sched.h>
#include <stdatomic.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/wait.h>
#include <unistd.h>

enum { MAX_WORKERS = 64 };

/* What a worker sends for a finished piece; the two texts follow. */
struct frame {
    uint64_t piece;
    uint64_t out_len, err_len;
    uint32_t status;
};

struct result {
    bool done;
    enum status status;
    char *out, *err; /* malloc'ed; NULL when printed */
    size_t out_len, err_len;
};

struct worker {
    pid_t pid;
    int fd;             /* what it sends; -1: ended */
    struct buf pending; /* received, not yet a whole frame */
};

struct run {
    const struct workers *workers;
    size_t n, printed;
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
    FILE *out = open_memstream(&text[0], &len[0]), *err = open_memstream(&text[1], &len[1]);
    if (!out || !err)
        return false;
    struct frame frame = {.piece = i};
    frame.status = (uint32_t)workers->piece(own, i, out, err);
    fclose(out);
    fclose(err);
    frame.out_len = len[0];
    frame.err_len = len[1];
    bool ok = send_all(fd, &frame, sizeof frame) && send_all(fd, text[0], len[0]) &&
              send_all(fd, text[1], len[1]);
    free(text[0]);
    free(text[1]);
    return ok;
}

/* The next piece is whichever nobody has taken: no worker waits for another. */
static void work(const struct workers *workers, size_t n, atomic_size_t *next, int fd) {
    void *own = workers->start(workers->context);
    for (size_t i; (i = atomic_fetch_add(next, 1)) < n;)
        if (!do_piece(workers, own, i, fd))
            break;
    workers->stop(own);
}

/* ---- in the parent ---- */

static bool start_worker(struct run *run, atomic_size_t *next) {
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
        work(run->workers, run->n, next, ends[1]);
        _exit(0);
    }
    close(ends[1]);
    run->worker[run->count++] = (struct worker){.pid = pid, .fd = ends[0]};
    return true;
}

static void print_in_order(struct run *run) {
    while (run->printed < run->n && run->results[run->printed].done) {
        struct result *r = &run->results[run->printed++];
        fwrite(r->out, 1, r->out_len, stdout);
        fflush(stdout);
        fwrite(r->err, 1, r->err_len, stderr);
        free(r->out);
        free(r->err);
        r->out = r->err = NULL;
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
        if (worker->pending.len - at - sizeof f < f.out_len + f.err_len)
            break;
        const char *text = worker->pending.data + at + sizeof f;
        struct result *r = &run->results[f.piece];
        *r = (struct result){true,
                             (enum status)f.status,
                             copy_of(text, f.out_len),
                             copy_of(text + f.out_len, f.err_len),
                             f.out_len,
                             f.err_len};
        run->worst = worse(run->worst, r->status);
        at += sizeof f + f.out_len + f.err_len;
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

static void receive_all(struct run *run) {
    for (;;) {
        struct pollfd polled[MAX_WORKERS];
        struct worker *of[MAX_WORKERS];
        nfds_t n = 0;
        for (int i = 0; i < run->count; i++)
            if (run->worker[i].fd >= 0) {
                of[n] = &run->worker[i];
                polled[n++] = (struct pollfd){.fd = run->worker[i].fd, .events = POLLIN};
            }
        if (!n)
            return;
        if (poll(polled, n, -1) < 0)
            continue; /* EINTR */
        for (nfds_t i = 0; i < n; i++)
            if (polled[i].revents)
                receive(run, of[i]);
        print_in_order(run);
    }
}

/* Pieces nobody sent: their worker died. */
static void report_lost(struct run *run, void (*lost)(void *context, size_t i)) {
    for (; run->printed < run->n; print_in_order(run)) {
        struct result *r = &run->results[run->printed];
        if (r->done)
            continue;
        lost(run->workers->context, run->printed++);
        run->worst = STATUS_SYSTEM;
    }
}

static enum status run_here(const struct workers *workers, size_t n) {
    enum status worst = STATUS_OK;
    void *own = workers->start(workers->context);
    for (size_t i = 0; i < n; i++)
        worst = worse(worst, workers->piece(own, i, stdout, stderr));
    workers->stop(own);
    return worst;
}

enum status workers_run(const struct workers *workers, size_t n, int jobs,
                        void (*lost)(void *context, size_t i)) {
    if ((size_t)jobs > n)
        jobs = (int)n;
    if (jobs > MAX_WORKERS)
        jobs = MAX_WORKERS;
    atomic_size_t *next = jobs > 1 ? mmap(NULL, sizeof *next, PROT_READ | PROT_WRITE,
                                          MAP_SHARED | MAP_ANONYMOUS, -1, 0)
                                   : MAP_FAILED;
    if (next == MAP_FAILED)
        return run_here(workers, n);
    struct run *run = mem_alloc(sizeof *run);
    *run = (struct run){.workers = workers, .n = n};
    run->results = mem_alloc(n * sizeof *run->results);
    memset(run->results, 0, n * sizeof *run->results);
    atomic_init(next, 0);
    while (run->count < jobs && start_worker(run, next))
        ;
    enum status worst;
    if (run->count) {
        receive_all(run);
        for (int i = 0; i < run->count; i++)
            waitpid(run->worker[i].pid, NULL, 0);
        report_lost(run, lost);
        worst = run->worst;
    } else {
        worst = run_here(workers, n);
    }
    munmap(next, sizeof *next);
    free(run->results);
    free(run);
    return worst;
}
