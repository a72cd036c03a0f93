/* Work spread over processes: everything done once, results in order, a death is one piece's. */
#include "check.h"
#include "cli/workers.h"

#include <signal.h>
#include <stdlib.h>
#include <unistd.h>

static int lost_pieces[8];
static size_t lost_count, seen_done, seen_bad, seen_least;
static struct buf records;
static pid_t parent;

static void *start(void *context) {
    return context;
}

static void stop(void *worker) {
    (void)worker;
}

static enum status piece(void *context, size_t i, struct piece *piece) {
    const int *deadly = context;
    if (deadly && (size_t)*deadly == i)
        raise(SIGKILL);
    if (deadly && *deadly == -1 && i == 3)
        kill(parent, SIGTERM);     /* the run is to end, not the program */
    usleep(i % 3 == 0 ? 2000 : 0); /* later pieces are done before earlier ones */
    fprintf(piece->out, "%zu ", i);
    for (size_t k = 0; k < i % 100 * 1000; k++)
        fputc('x', piece->err);
    buf_printf(&piece->record, "r%zu,", i);
    return i == 5 ? STATUS_DOCUMENT : STATUS_OK;
}

static size_t settled_count, begun_count;

static void begin(void *worker) {
    (void)worker;
    begun_count++;
}

/* Counts in the process that settles: the parent, when there is one worker. */
static void settle(void *worker, struct piece *pieces, size_t n) {
    (void)worker;
    settled_count += n;
    for (size_t i = 0; i < n; i++)
        if (pieces[i].index == 4)
            pieces[i].status = STATUS_SYSTEM;
}

static void lost(void *context, size_t i) {
    (void)context;
    lost_pieces[lost_count++ % 8] = (int)i;
}

static void done(void *context, size_t i, enum status status, const char *record, size_t n) {
    (void)context, (void)i, (void)status;
    buf_append(&records, record, n);
}

static void progress(void *context, size_t finished, size_t bad) {
    (void)context;
    seen_done = finished;
    seen_bad = bad;
    if (finished && (!seen_least || finished < seen_least))
        seen_least = finished;
}

static int caught;
static bool settling;
static size_t begun;

/* What `n` pieces print to standard output with `jobs` workers. */
static const char *printed(size_t n, int jobs, int *deadly, enum status *status) {
    static char text[4096];
    fflush(NULL);
    FILE *file = tmpfile(), *noise = tmpfile();
    int saved_out = dup(1), saved_err = dup(2);
    dup2(fileno(file), 1);
    dup2(fileno(noise), 2);
    struct workers workers = {.start = start,
                              .stop = stop,
                              .piece = piece,
                              .begin = settling ? begin : NULL,
                              .settle = settling ? settle : NULL,
                              .context = deadly,
                              .done = done,
                              .lost = lost,
                              .progress = progress};
    buf_clear(&records);
    seen_done = seen_bad = seen_least = 0;
    begun = n;
    *status = workers_run(&workers, &begun, jobs, &caught);
    fflush(NULL);
    dup2(saved_out, 1);
    dup2(saved_err, 2);
    close(saved_out);
    close(saved_err);
    rewind(file);
    text[fread(text, 1, sizeof text - 1, file)] = '\0';
    fclose(file);
    fclose(noise);
    return text;
}

static void results_come_in_order_whatever_the_number_of_workers(void) {
    enum status status;
    for (int jobs = 1; jobs < 6; jobs++) {
        CHECK_STR(printed(10, jobs, NULL, &status), "0 1 2 3 4 5 6 7 8 9 ");
        CHECK_INT(status, STATUS_DOCUMENT);
        CHECK_STR(buf_text(&records), "r0,r1,r2,r3,r4,r5,r6,r7,r8,r9,");
        CHECK_INT(seen_done, 10);
        CHECK_INT(seen_bad, 1);
        CHECK_INT(caught, 0);
    }
    CHECK_STR(printed(2, 50, NULL, &status), "0 1 ");
    CHECK_INT(status, STATUS_OK);
    CHECK_INT(lost_count, 0);
    CHECK(workers_default() >= 1);
}

static void a_worker_that_dies_loses_one_piece(void) {
    enum status status;
    int deadly = 3;
    CHECK_STR(printed(10, 2, &deadly, &status), "0 1 2 4 5 6 7 8 9 ");
    CHECK_INT(status, STATUS_SYSTEM);
    CHECK_INT(lost_count, 1);
    CHECK_INT(lost_pieces[0], 3);
    CHECK_INT(seen_done, 10);
    CHECK_INT(seen_bad, 2);
    CHECK(strlen(diag_name(WORKER_DIED)) > 0);
}

static void what_settling_finds_counts(void) {
    enum status status;
    settling = true;
    const char *text = printed(200, 1, NULL, &status);
    CHECK_INT(status, STATUS_SYSTEM);
    CHECK_INT(settled_count, 200);
    CHECK(begun_count > 0);                   /* the first full group, while others were done */
    CHECK(strncmp(text, "0 1 2 3 ", 8) == 0); /* and yet in order */
    CHECK(strlen(text) > 7 && strcmp(text + strlen(text) - 8, "198 199 ") == 0);
    CHECK_INT(seen_least, 1); /* not a group at a time */
    CHECK_INT(seen_bad, 2);
    printed(10, 2, NULL, &status);
    CHECK_INT(status, STATUS_SYSTEM);
    settling = false;
}

/* What has been begun is finished and told in order, nothing else. */
static void a_signal_ends_the_run_between_pieces(void) {
    enum status status;
    int deadly = -1;
    parent = getpid();
    for (int jobs = 1; jobs < 4; jobs++) {
        const char *text = printed(10000, jobs, &deadly, &status);
        struct buf want = {0};
        for (size_t i = 0; i < begun; i++)
            buf_printf(&want, "%zu ", i);
        CHECK_INT(caught, SIGTERM);
        CHECK(begun >= 4 && begun < 5000);
        CHECK(strncmp(text, buf_text(&want), strlen(text)) == 0);
        CHECK_INT(seen_done, begun);
        buf_free(&want);
    }
}

int main(void) {
    RUN(results_come_in_order_whatever_the_number_of_workers);
    RUN(a_worker_that_dies_loses_one_piece);
    RUN(what_settling_finds_counts);
    RUN(a_signal_ends_the_run_between_pieces);
    buf_free(&records);
    return CHECK_RESULT();
}
