#include "batch/watch.h"
#include "base/file.h"

#include <errno.h>
#include <poll.h>
#include <signal.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <sys/inotify.h>
#include <sys/signalfd.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

/* A folder as somebody named it; the same one may have several names. */
struct name {
    const char *folder;
    struct name *next;
};

/* A file that is gone, until it is back or surely gone. */
struct missing {
    char *path;     /* malloc'ed */
    int64_t due_ms; /* when it is told */
};

struct watch {
    struct pool *pool;
    int events, signals;
    bool ended, short_of; /* a signal came; the system had no more watches */
    sigset_t before;
    VEC(struct name *) folders; /* by watch descriptor, from 1; NULL: watched no more */
    VEC(struct missing) missing;
};

/* A burst is over when nothing came for SETTLE_MS, or after MAX_TURNS of that. Of more than MANY
 * files at once it is cheaper to look at all there are. */
enum { SETTLE_MS = 2, MAX_TURNS = 10, MISSING_MS = 120, MANY = 1000 };

static const uint32_t interest = IN_CLOSE_WRITE | IN_MOVED_TO | IN_MOVED_FROM | IN_CREATE |
                                 IN_DELETE | IN_DELETE_SELF | IN_MOVE_SELF | IN_ONLYDIR;

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
    w->signals = signalfd(-1, &set, SFD_NONBLOCK | SFD_CLOEXEC);
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
    for (size_t i = 0; i < w->missing.n; i++)
        free(w->missing.at[i].path);
    pool_free(w->pool);
}

bool watch_ended(struct watch *w) {
    struct signalfd_siginfo info;
    w->ended = w->ended || read(w->signals, &info, sizeof info) > 0;
    return w->ended;
}

/* ---- folders ---- */

static bool add_name(struct watch *w, int d, const char *folder) {
    while (w->folders.n <= (size_t)d)
        *VEC_PUSH(w->pool, &w->folders) = NULL;
    for (const struct name *name = w->folders.at[d]; name; name = name->next)
        if (strcmp(name->folder, folder) == 0)
            return false;
    struct name *name = POOL_NEW(w->pool, struct name);
    *name = (struct name){pool_strdup(w->pool, folder), w->folders.at[d]};
    w->folders.at[d] = name;
    return true;
}

bool watch_folder(struct watch *w, const char *folder, struct diag *diag) {
    int d = inotify_add_watch(w->events, folder, interest);
    if (d > 0)
        return add_name(w, d, folder);
    int error = errno;
    if ((error == ENOENT || error == ENOTDIR) && strcmp(folder, ".") != 0 &&
        strcmp(folder, "/") != 0) {
        struct pool *pool = pool_new();
        watch_folder(w, path_folder(pool, folder), diag);
        pool_free(pool);
    } else if (!w->short_of) {
        w->short_of = true;
        diag_add(diag, WATCH_NOT_ALL, (struct where){.file = folder}, strerror(error), NULL);
    }
    return false;
}

static bool is_within(const char *path, const char *folder) {
    size_t n = strlen(folder);
    return strncmp(path, folder, n) == 0 && (!path[n] || path[n] == '/');
}

/* What was told under this name and below is so no more; the watches go on under other names, or
 * are made anew by whoever looks. */
static void forget_folder(struct watch *w, const char *folder) {
    for (size_t d = 0; d < w->folders.n; d++) {
        struct name **at = &w->folders.at[d];
        bool had = *at != NULL;
        while (*at)
            if (is_within((*at)->folder, folder))
                *at = (*at)->next;
            else
                at = &(*at)->next;
        if (had && !w->folders.at[d])
            inotify_rm_watch(w->events, (int)d);
    }
}

/* ---- events ---- */

static int64_t now_ms(void) {
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return (int64_t)t.tv_sec * 1000 + t.tv_nsec / 1000000;
}

static size_t missing_at(const struct watch *w, const char *path) {
    size_t i = 0;
    while (i < w->missing.n && strcmp(w->missing.at[i].path, path) != 0)
        i++;
    return i;
}

static void drop_missing(struct watch *w, size_t i) {
    free(w->missing.at[i].path);
    memmove(&w->missing.at[i], &w->missing.at[i + 1],
            (w->missing.n - i - 1) * sizeof w->missing.at[0]);
    w->missing.n--;
}

static void add_path(struct pool *pool, struct watch_changes *changes, const char *path) {
    const char **known;
    VEC_EACH (known, &changes->paths)
        if (strcmp(*known, path) == 0)
            return;
    if (changes->paths.n == MANY)
        changes->lost = true;
    else
        *VEC_PUSH(pool, &changes->paths) = path;
}

static void take_save(struct watch *w, struct pool *pool, struct watch_changes *changes,
                      const char *path) {
    size_t i = missing_at(w, path);
    if (i < w->missing.n)
        drop_missing(w, i);
    add_path(pool, changes, path);
}

static void take_loss(struct watch *w, struct watch_changes *changes, const char *path) {
    if (missing_at(w, path) < w->missing.n)
        return;
    if (w->missing.n == MANY) {
        changes->lost = true;
        return;
    }
    *VEC_PUSH(w->pool, &w->missing) =
        (struct missing){strcpy(mem_alloc(strlen(path) + 1), path), now_ms() + MISSING_MS};
}

/* A file is created empty and closed when it is written; a link is whole at once. */
static bool is_whole(const struct inotify_event *event, const char *path) {
    struct stat st;
    if (!(event->mask & IN_CREATE))
        return true;
    return lstat(path, &st) == 0 && (S_ISLNK(st.st_mode) || st.st_nlink > 1);
}

static void take_named(struct watch *w, const struct inotify_event *event, const char *path,
                       struct pool *pool, struct watch_changes *changes) {
    bool gone = event->mask & (IN_MOVED_FROM | IN_DELETE);
    if (event->mask & IN_ISDIR) {
        changes->folders = true;
        if (gone)
            forget_folder(w, path);
    } else if (gone) {
        take_loss(w, changes, path);
    } else if (is_whole(event, path)) {
        take_save(w, pool, changes, path);
        changes->folders |= (event->mask & IN_CREATE) && file_is_folder(path); /* a link to one */
    }
}

static void take_event(struct watch *w, const struct inotify_event *event, struct pool *pool,
                       struct watch_changes *changes) {
    if (event->mask & IN_Q_OVERFLOW)
        changes->lost = true;
    if (event->wd <= 0 || (size_t)event->wd >= w->folders.n)
        return;
    struct name *name = w->folders.at[event->wd];
    if (event->mask & (IN_DELETE_SELF | IN_MOVE_SELF)) {
        changes->folders |= name != NULL;
        for (; name; name = w->folders.at[event->wd])
            forget_folder(w, pool_strdup(pool, name->folder));
    } else if (event->mask & IN_IGNORED) {
        w->folders.at[event->wd] = NULL;
    } else if (event->len && !strstr(event->name, FILE_TEMPORARY)) {
        for (; name; name = name->next)
            take_named(w, event, path_join(pool, name->folder, event->name), pool, changes);
    }
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
            take_event(w, event, pool, changes);
            at += (ssize_t)(sizeof *event + event->len);
        }
}

/* ---- waiting ---- */

static bool is_any(const struct watch_changes *changes) {
    return changes->paths.n || changes->folders || changes->lost;
}

/* Those that did not come back in time. */
static void take_missing(struct watch *w, struct pool *pool, struct watch_changes *changes) {
    while (w->missing.n && w->missing.at[0].due_ms <= now_ms()) {
        if (!file_exists(w->missing.at[0].path))
            add_path(pool, changes, pool_strdup(pool, w->missing.at[0].path));
        drop_missing(w, 0);
    }
}

static int patience(const struct watch *w, const struct watch_changes *changes) {
    if (is_any(changes))
        return SETTLE_MS;
    if (!w->missing.n)
        return -1;
    int64_t left = w->missing.at[0].due_ms - now_ms();
    return left > 0 ? (int)left : 0;
}

bool watch_wait(struct watch *w, struct pool *pool, struct watch_changes *changes) {
    struct pollfd polled[2] = {{.fd = w->events, .events = POLLIN},
                               {.fd = w->signals, .events = POLLIN}};
    for (int turns = 0; turns < MAX_TURNS; turns += is_any(changes)) {
        int n = poll(polled, 2, patience(w, changes));
        if (watch_ended(w))
            return false;
        if (n == 0 && is_any(changes))
            return true;
        if (n > 0)
            drain(w, pool, changes);
        take_missing(w, pool, changes);
    }
    return true;
}
