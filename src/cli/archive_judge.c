#include "cli/archive_judge.h"

#include "cli/bound.h"

#include "base/file.h"
#include "base/pool.h"

#include <errno.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

enum { MOST = 64 };

struct child {
    pid_t pid; /* -1: there is none */
    int fd;    /* what it writes */
};

struct judging {
    judge_work *work;
    void *context;
    size_t n, begun, taken;
    int ahead;
    struct child children[MOST]; /* file i in children[i % MOST] */
};

static void judge_here(struct judging *j, size_t i, int fd) {
    struct buf out = {0};
    prctl(PR_SET_PDEATHSIG, SIGKILL);
    bound_resources(BOUND_MEMORY);
    j->work(j->context, i, &out);
    _exit(file_write_all(fd, buf_text(&out), out.len) ? 0 : 1);
}

static void begin(struct judging *j) {
    size_t i = j->begun++;
    struct child *child = &j->children[i % MOST];
    int ends[2];
    *child = (struct child){-1, -1};
    if (pipe(ends) != 0)
        return;
    fflush(NULL);
    child->pid = fork();
    if (child->pid == 0) {
        close(ends[0]);
        judge_here(j, i, ends[1]);
    }
    close(ends[1]);
    child->fd = ends[0];
}

struct judging *judging_start(judge_work *work, void *context, size_t n, int ahead) {
    struct judging *j = mem_alloc(sizeof *j);
    *j = (struct judging){.work = work, .context = context, .n = n, .ahead = ahead};
    if (j->ahead > MOST)
        j->ahead = MOST;
    return j;
}

static bool end_child(struct child *child) {
    int how = 0;
    if (child->fd >= 0)
        close(child->fd);
    if (child->pid < 0)
        return false;
    while (waitpid(child->pid, &how, 0) < 0 && errno == EINTR)
        ;
    *child = (struct child){-1, -1};
    return WIFEXITED(how) && WEXITSTATUS(how) == 0;
}

bool judging_next(struct judging *j, struct buf *result) {
    enum { CHUNK = 65536 };
    while (j->begun < j->n && j->begun < j->taken + (size_t)j->ahead)
        begin(j);
    buf_clear(result);
    if (j->taken >= j->n)
        return false;
    struct child *child = &j->children[j->taken++ % MOST];
    for (ssize_t n = 1; child->fd >= 0 && n != 0;) {
        n = read(child->fd, buf_reserve(result, CHUNK), CHUNK);
        if (n > 0)
            result->len += (size_t)n;
        else if (n < 0 && errno != EINTR)
            break;
    }
    *buf_reserve(result, 1) = '\0';
    return end_child(child);
}

void judging_end(struct judging *j) {
    for (; j->taken < j->begun; j->taken++) {
        struct child *child = &j->children[j->taken % MOST];
        if (child->pid > 0)
            kill(child->pid, SIGKILL);
        end_child(child);
    }
    free(j);
}
