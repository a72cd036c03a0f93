#include "cli/workers.h"

#include "base/file.h"
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
#include <time.h>
#include <unistd.h>

enum { MAX_WORKERS = 64, GROUP = 192, GROUP_MS = 400, PROGRESS_MS = 100 };

enum { OUT = PIECE_OUT, ERR = PIECE_ERR, RECORD, TEXTS };

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

/* What the processes share. */
struct counts {
    atomic_size_t next; /* piece to be done */
    atomic_size_t made, bad;
};

struct run {
    const struct workers *workers;
    size_t n, printed;
    struct counts *counts;
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

/* Few documents are done before other processes would be ready. */
int workers_useful(int asked, size_t documents) {
    enum { WORTH_A_PROCESS = 16 };
    if (asked)
        return asked;
    size_t useful = documents / WORTH_A_PROCESS;
    int cores = workers_default();
    return useful < 1 ? 1 : useful < (size_t)cores ? (int)useful : cores;
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

/* ---- pieces and groups of them ---- */

/* The streams' own memory, until it is a text of the piece. */
struct printing {
    char *text[PIECE_TEXTS];
    size_t len[PIECE_TEXTS];
};

bool piece_open(struct piece *piece, size_t i) {
    struct printing *printing = mem_alloc(sizeof *printing);
    *printing = (struct printing){0};
    *piece = (struct piece){.index = i, .printing = printing};
    piece->out = open_memstream(&printing->text[OUT], &printing->len[OUT]);
    piece->err = open_memstream(&printing->text[ERR], &printing->len[ERR]);
    if (piece->out && piece->err)
        return true;
    piece_close(piece);
    piece_free(piece);
    return false;
}

void piece_close(struct piece *piece) {
    if (piece->out)
        fclose(piece->out);
    if (piece->err)
        fclose(piece->err);
    for (int i = 0; i < PIECE_TEXTS; i++) {
        buf_append(&piece->text[i], piece->printing->text[i], piece->printing->len[i]);
        free(piece->printing->text[i]);
    }
    free(piece->printing);
    piece->out = piece->err = NULL;
}

void piece_free(struct piece *piece) {
    for (int i = 0; i < PIECE_TEXTS; i++)
        buf_free(&piece->text[i]);
    buf_free(&piece->record);
}

/* Pieces done, but not settled. */
struct group {
    struct piece pieces[GROUP];
    size_t n;
    int64_t since; /* ms */
};

/* What one process does: the pieces of one group are done while those of the one before settle. */
struct bench {
    const struct workers *workers;
    struct counts *counts;
    void *own; /* the worker's */
    struct group groups[2];
    struct group *doing, *settling;
    bool (*deliver)(void *to, const struct piece *piece); /* one that is settled */
    void *to;
};

static struct bench *bench_new(const struct workers *workers, struct counts *counts,
                               bool (*deliver)(void *to, const struct piece *piece), void *to) {
    struct bench *bench = mem_alloc(sizeof *bench);
    *bench = (struct bench){.workers = workers, .counts = counts, .deliver = deliver, .to = to};
    bench->own = workers->start(workers->context);
    bench->doing = &bench->groups[0];
    bench->settling = &bench->groups[1];
    return bench;
}

static int64_t now_ms(void) {
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return (int64_t)t.tv_sec * 1000 + t.tv_nsec / 1000000;
}

static bool group_is_due(const struct group *group) {
    return group->n == GROUP || (group->n && now_ms() - group->since >= GROUP_MS);
}

static size_t bad_of(const struct group *group) {
    size_t bad = 0;
    for (size_t i = 0; i < group->n; i++)
        bad += group->pieces[i].status != STATUS_OK;
    return bad;
}

static bool finish_group(struct bench *bench, struct group *group) {
    bool ok = true;
    size_t bad = bad_of(group);
    if (bench->workers->settle && group->n)
        bench->workers->settle(bench->own, group->pieces, group->n);
    /* it may find more of them, never fewer */
    atomic_fetch_add(&bench->counts->bad, bad_of(group) - bad);
    for (size_t i = 0; i < group->n; i++) {
        ok = ok && bench->deliver(bench->to, &group->pieces[i]);
        piece_free(&group->pieces[i]);
    }
    group->n = 0;
    return ok;
}

static bool turn_groups(struct bench *bench) {
    if (!bench->workers->begin)
        return finish_group(bench, bench->doing);
    bool ok = finish_group(bench, bench->settling);
    struct group *done = bench->doing;
    bench->doing = bench->settling;
    bench->settling = done;
    bench->workers->begin(bench->own);
    return ok;
}

/* False: it cannot be done, or nobody takes what is done. */
static bool bench_do(struct bench *bench, size_t i) {
    struct group *group = bench->doing;
    struct piece *piece = &group->pieces[group->n];
    if (!piece_open(piece, i))
        return false;
    if (!group->n++)
        group->since = now_ms();
    piece->status = bench->workers->piece(bench->own, i, piece);
    piece_close(piece);
    atomic_fetch_add(&bench->counts->made, 1);
    atomic_fetch_add(&bench->counts->bad, piece->status != STATUS_OK);
    return !group_is_due(group) || turn_groups(bench);
}

static void bench_end(struct bench *bench) {
    finish_group(bench, bench->settling);
    finish_group(bench, bench->doing);
    bench->workers->stop(bench->own);
    free(bench);
}

/* ---- in the worker ---- */

static bool send_piece(void *to, const struct piece *piece) {
    int fd = *(const int *)to;
    const struct buf *texts[TEXTS] = {&piece->text[OUT], &piece->text[ERR], &piece->record};
    struct frame frame = {.piece = piece->index, .status = (uint32_t)piece->status};
    for (int i = 0; i < TEXTS; i++)
        frame.len[i] = texts[i]->len;
    bool ok = file_write_all(fd, &frame, sizeof frame);
    for (int i = 0; ok && i < TEXTS; i++)
        ok = file_write_all(fd, texts[i]->data, texts[i]->len);
    return ok;
}

/* The next piece is whichever nobody has taken: no worker waits for another. A worker does not
 * outlive its parent, which alone hears of the signals that end a run. */
static void work(const struct workers *workers, size_t n, struct counts *counts, int fd) {
    prctl(PR_SET_PDEATHSIG, SIGKILL);
    struct bench *bench = bench_new(workers, counts, send_piece, &fd);
    for (size_t i; (i = atomic_fetch_add(&counts->next, 1)) < n && bench_do(bench, i);)
        ;
    bench_end(bench);
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
        work(run->workers, run->n, run->counts, ends[1]);
        _exit(0);
    }
    close(ends[1]);
    run->worker[run->count++] = (struct worker){.pid = pid, .fd = ends[0]};
    return true;
}

static void show_progress(const struct run *run) {
    if (run->workers->progress)
        run->workers->progress(run->workers->context, atomic_load(&run->counts->made),
                               atomic_load(&run->counts->bad));
}

static void print_texts(struct run *run, const char *out, size_t out_len, const char *err,
                        size_t err_len) {
    if (run->workers->printing && (out_len || err_len))
        run->workers->printing(run->workers->context);
    fwrite(out, 1, out_len, stdout);
    fflush(stdout);
    fwrite(err, 1, err_len, stderr);
}

static void print_in_order(struct run *run) {
    const struct workers *w = run->workers;
    while (run->printed < run->n && run->results[run->printed].done) {
        size_t i = run->printed++;
        struct result *r = &run->results[i];
        print_texts(run, r->text, r->len[OUT], r->text + r->len[OUT], r->len[ERR]);
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
    size_t begun = atomic_exchange(&run->counts->next, run->n);
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
        if (poll(polled, n, run->workers->progress ? PROGRESS_MS : -1) < 0)
            continue; /* EINTR */
        show_progress(run);
        if (polled[0].revents && !run->signals.caught && signals_caught(&run->signals))
            stop_early(run);
        for (nfds_t i = 1; i < n; i++)
            if (polled[i].revents)
                receive(run, of[i]);
        print_in_order(run);
    }
}

static void collect(struct run *run) {
    receive_all(run);
    for (int i = 0; i < run->count; i++)
        waitpid(run->worker[i].pid, NULL, 0);
    run->count = 0;
}

/* Of the pieces a dead worker had not settled one killed it; the others are as good as any. */
static void do_lost_again(struct run *run) {
    size_t all = run->n, made = 0, bad = 0;
    for (size_t i = 0; i < all; i++) {
        made += run->results[i].done;
        bad += run->results[i].done && run->results[i].status != STATUS_OK;
    }
    atomic_store(&run->counts->made, made);
    atomic_store(&run->counts->bad, bad);
    for (size_t i = run->printed; i < all && !run->signals.caught; i++) {
        if (run->results[i].done)
            continue;
        atomic_store(&run->counts->next, i);
        run->n = i + 1;
        if (start_worker(run))
            collect(run);
    }
    run->n = all;
}

/* Pieces nobody sent: their worker died. */
static void report_lost(struct run *run) {
    const struct workers *w = run->workers;
    for (print_in_order(run); run->printed < run->n; print_in_order(run)) {
        if (w->printing)
            w->printing(w->context);
        w->lost(w->context, run->printed++);
        run->worst = STATUS_SYSTEM;
        atomic_fetch_add(&run->counts->made, 1);
        atomic_fetch_add(&run->counts->bad, 1);
        show_progress(run);
    }
}

static bool print_piece(void *to, const struct piece *piece) {
    struct run *run = to;
    const struct workers *w = run->workers;
    run->worst = worse(run->worst, piece->status);
    print_texts(run, buf_text(&piece->text[PIECE_OUT]), piece->text[PIECE_OUT].len,
                buf_text(&piece->text[PIECE_ERR]), piece->text[PIECE_ERR].len);
    w->done(w->context, piece->index, piece->status, buf_text(&piece->record), piece->record.len);
    return true;
}

static void run_here(struct run *run) {
    struct bench *bench = bench_new(run->workers, run->counts, print_piece, run);
    for (size_t i = 0; i < run->n; i++) {
        if (signals_caught(&run->signals) || !bench_do(bench, i)) {
            run->n = i;
            break;
        }
        show_progress(run);
    }
    bench_end(bench);
    show_progress(run);
}

static void run_apart(struct run *run, int jobs) {
    run->results = mem_alloc(run->n * sizeof *run->results);
    memset(run->results, 0, run->n * sizeof *run->results);
    while (run->count < jobs && start_worker(run))
        ;
    if (run->count) {
        collect(run);
        do_lost_again(run);
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
    struct counts own = {0};
    void *shared =
        jobs > 1 ? mmap(NULL, sizeof own, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0)
                 : MAP_FAILED;
    signals_block(&run->signals);
    if (shared == MAP_FAILED) {
        run->counts = &own;
        run_here(run);
    } else {
        run->counts = shared;
        run_apart(run, jobs);
        munmap(shared, sizeof own);
    }
    signals_release(&run->signals);
    *signal = run->signals.caught;
    *n = run->n;
    enum status worst = run->worst;
    free(run);
    return worst;
}
