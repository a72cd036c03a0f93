#include "batch/watch.h"
#include "base/file.h"

#include <errno.h>
#include <poll.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/inotify.h>
#include <sys/signalfd.h>
#include <unistd.h>

struct watch {
    struct pool *pool;
    int events, signals;
    sigset_t before;
    VEC(const char *) folders; /* by watch descriptor, from 1 */
};

enum { SETTLE_MS = 4, MAX_TURNS = 8 };

void watch_signals(sigset_t *set) {
    static const int ending[] = {SIGINT, SIGTERM};
    sigemptyset(set);
    for (int i = 0; i < 2; i++) {
        struct sigaction now;
        if (sigaction(ending[i], NULL, &now) == 0 && now.sa_handler != SIG_IGN)
            sigaddset(set, ending[i]);
    }
}

struct watch *watch_new(struct diag *diag) {
    struct pool *pool = pool_new();
    struct watch *w = POOL_NEW(pool, struct watch);
    sigset_t set;
    watch_signals(&set);
    w->pool = pool;
    w->events = inotify_init1(IN_NONBLOCK | IN_CLOEXEC);
    w->signals = signalfd(-1, &set, SFD_CLOEXEC);
    if (w->events < 0 || w->signals < 0) {
        diag_add(diag, WATCH_NONE, (struct where){0}, strerror(errno), NULL);
        watch_free(w);
        return NULL;
    }
    sigprocmask(SIG_BLOCK, &set, &w->before);
    return w;
}

void watch_free(struct watch *w) {
    if (!w)
        return;
    if (w->events >= 0 && w->signals >= 0)
        sigprocmask(SIG_SETMASK, &w->before, NULL);
    if (w->events >= 0)
        close(w->events);
    if (w->signals >= 0)
        close(w->signals);
    pool_free(w->pool);
}

/* A folder under two names has one descriptor: the first name stays. */
void watch_folder(struct watch *w, const char *folder) {
    int d = inotify_add_watch(
        w->events, folder, IN_CLOSE_WRITE | IN_MOVED_TO | IN_MOVED_FROM | IN_DELETE | IN_ONLYDIR);
    if (d <= 0)
        return;
    while (w->folders.n <= (size_t)d)
        *VEC_PUSH(w->pool, &w->folders) = NULL;
    if (!w->folders.at[d])
        w->folders.at[d] = pool_strdup(w->pool, folder);
}

static void add(struct watch *w, const struct inotify_event *event, struct pool *pool,
                struct watch_changes *changes) {
    if (!event->len || event->wd <= 0 || (size_t)event->wd >= w->folders.n ||
        strstr(event->name, FILE_TEMPORARY))
        return;
    const char *path = path_join(pool, w->folders.at[event->wd], event->name), **known;
    VEC_EACH (known, &changes->paths)
        if (strcmp(*known, path) == 0)
            return;
    *VEC_PUSH(pool, &changes->paths) = path;
}

static void drain(struct watch *w, struct pool *pool, struct watch_changes *changes) {
    union {
        struct inotify_event event;
        char bytes[16384];
    } room;
    ssize_t n;
    while ((n = read(w->events, &room, sizeof room)) > 0)
        for (ssize_t at = 0; at < n;) {
            const struct inotify_event *event = (const void *)(room.bytes + at);
            add(w, event, pool, changes);
            at += (ssize_t)(sizeof *event + event->len);
        }
}

bool watch_wait(struct watch *w, struct pool *pool, struct watch_changes *changes) {
    struct pollfd polled[2] = {{.fd = w->events, .events = POLLIN},
                               {.fd = w->signals, .events = POLLIN}};
    for (int turns = 0; turns<MAX_TURNS; turns += changes->paths.n> 0) {
        int n = poll(polled, 2, changes->paths.n ? SETTLE_MS : -1);
        struct signalfd_siginfo info;
        if (n > 0 && polled[1].revents && read(w->signals, &info, sizeof info) > 0)
            return false;
        if (n == 0)
            return true;
        if (n > 0)
            drain(w, pool, changes);
    }
    return true;
}
