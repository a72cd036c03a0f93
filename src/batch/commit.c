#include "batch/commit.h"
#include "base/file.h"

#include <errno.h>
#include <fcntl.h>
#include <pthread.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

struct staged {
    const char *temporary, *path;
    size_t dispatch; /* index into `dispatches` */
    bool gone;       /* renamed, or taken back */
};

struct sealed {
    size_t number; /* of the run */
    const char *record;
    size_t record_len;
    int error;
    const char *path; /* at which it happened */
    bool done;
};

/* A file system with files not yet on disk. */
struct device {
    dev_t id;
    int fd; /* of a file on it */
};

/* Dispatches that go to the disk together. */
struct lot {
    struct pool *pool;
    VEC(struct staged) files;
    VEC(struct sealed) dispatches; /* the last may be in hand */
    VEC(struct device) devices;
    bool in_hand;
    bool syncing; /* by `thread`, which alone touches the lot until it is joined */
    pthread_t thread;
};

struct commit {
    struct state *state;
    struct lot lots[2];
    struct lot *open, *sent;
    bool under_way; /* `sent` is a lot, if perhaps an empty one */
    bool full;
};

struct commit *commit_new(struct state *state) {
    struct commit *c = mem_alloc(sizeof *c);
    *c = (struct commit){.state = state, .open = &c->lots[0], .sent = &c->lots[1]};
    c->open->pool = pool_new();
    c->sent->pool = pool_new();
    return c;
}

static void take_back(struct staged *file) {
    if (!file->gone)
        unlink(file->temporary);
    file->gone = true;
}

static void join(struct lot *lot) {
    if (lot->syncing)
        pthread_join(lot->thread, NULL);
    lot->syncing = false;
}

static void forget(struct lot *lot) {
    struct staged *file;
    struct device *device;
    join(lot);
    VEC_EACH (file, &lot->files)
        take_back(file);
    VEC_EACH (device, &lot->devices)
        close(device->fd);
    pool_reset(lot->pool);
    *lot = (struct lot){.pool = lot->pool};
}

void commit_forget(struct commit *c) {
    forget(c->under_way ? c->sent : c->open);
    c->under_way = false;
}

void commit_free(struct commit *c) {
    if (!c)
        return;
    for (int i = 0; i < 2; i++) {
        forget(&c->lots[i]);
        pool_free(c->lots[i].pool);
    }
    free(c);
}

bool commit_is_full(const struct commit *c) {
    return c->full;
}

/* ---- the dispatch in hand ---- */

static size_t in_hand(struct lot *lot) {
    if (!lot->in_hand)
        VEC_PUSH(lot->pool, &lot->dispatches);
    lot->in_hand = true;
    return lot->dispatches.n - 1;
}

/* Keeps the descriptor if it is the first on its file system. */
static bool note_device(struct lot *lot, int fd) {
    struct stat st;
    struct device *device;
    if (fstat(fd, &st) != 0)
        st.st_dev = 0;
    VEC_EACH (device, &lot->devices)
        if (device->id == st.st_dev)
            return close(fd) == 0;
    *VEC_PUSH(lot->pool, &lot->devices) = (struct device){st.st_dev, fd};
    return true;
}

static bool stage(struct lot *lot, const char *path, const void *bytes, size_t n) {
    int fd;
    char *temporary = file_stage(lot->pool, path, bytes, n, &fd);
    if (!temporary)
        return false;
    size_t dispatch = in_hand(lot);
    *VEC_PUSH(lot->pool, &lot->files) =
        (struct staged){temporary, pool_strdup(lot->pool, path), dispatch, false};
    return note_device(lot, fd);
}

static bool is_want_of_room(int error) {
    return error == ENOSPC || error == EDQUOT;
}

static bool has_sealed(const struct lot *lot) {
    size_t n = lot->dispatches.n - lot->in_hand;
    return n > 0 && !lot->dispatches.at[n - 1].done;
}

static void land(struct commit *c, struct lot *lot);

bool commit_put(struct commit *c, const char *path, const void *bytes, size_t n,
                struct diag *diag) {
    bool ok = stage(c->open, path, bytes, n);
    struct lot *earlier[] = {c->sent, c->open};
    for (int i = 0; i < 2 && !ok && is_want_of_room(errno); i++)
        if (has_sealed(earlier[i])) {
            land(c, earlier[i]);
            ok = stage(c->open, path, bytes, n);
        }
    if (ok)
        return true;
    c->full = is_want_of_room(errno);
    diag_add(diag, FILE_CANNOT_WRITE, (struct where){.file = path}, strerror(errno), NULL);
    return false;
}

void commit_seal(struct commit *c, size_t i, const struct buf *record) {
    struct lot *lot = c->open;
    struct sealed *sealed = &lot->dispatches.at[in_hand(lot)];
    sealed->number = i;
    sealed->record = pool_strndup(lot->pool, buf_text(record), record->len);
    sealed->record_len = record->len;
    lot->in_hand = false;
}

void commit_drop(struct commit *c) {
    struct lot *lot = c->open;
    if (!lot->in_hand)
        return;
    size_t dispatch = lot->dispatches.n - 1;
    struct staged *file;
    VEC_EACH (file, &lot->files)
        if (file->dispatch == dispatch)
            take_back(file);
    lot->dispatches.n--;
    lot->in_hand = false;
    while (lot->files.n && lot->files.at[lot->files.n - 1].dispatch == dispatch)
        lot->files.n--;
}

/* ---- onto the disk ---- */

static void blame(struct lot *lot, const struct staged *file, int error) {
    struct sealed *sealed = &lot->dispatches.at[file->dispatch];
    if (sealed->error)
        return;
    sealed->error = error ? error : EIO;
    sealed->path = file->path;
}

static void sync_alone(struct lot *lot, struct staged *file) {
    int fd = open(file->temporary, O_RDONLY | O_CLOEXEC);
    if (fd < 0 || (fsync(fd) != 0 && errno != EINVAL))
        blame(lot, file, errno);
    if (fd >= 0)
        close(fd);
}

/* They are all on their way before the first is waited for: its wait is the others' too. */
static void sync_each(struct lot *lot) {
    struct staged *file;
    VEC_EACH (file, &lot->files) {
        int fd = file->gone ? -1 : open(file->temporary, O_RDONLY | O_CLOEXEC);
        if (fd < 0)
            continue;
        sync_file_range(fd, 0, 0, SYNC_FILE_RANGE_WRITE);
        close(fd);
    }
    VEC_EACH (file, &lot->files)
        if (!file->gone)
            sync_alone(lot, file);
}

static bool is_many(const struct lot *lot) {
    enum { FEW = 8 };
    return lot->files.n > FEW;
}

/* Of few files it is not worth waiting for whatever else is being written on the machine. */
static void sync_bytes(struct lot *lot) {
    bool all = is_many(lot);
    struct device *device;
    VEC_EACH (device, &lot->devices)
        all = all && syncfs(device->fd) == 0;
    if (!all)
        sync_each(lot);
}

static void give_names(struct lot *lot, size_t dispatches) {
    struct staged *file;
    VEC_EACH (file, &lot->files) {
        if (file->gone || file->dispatch >= dispatches)
            continue;
        if (lot->dispatches.at[file->dispatch].error)
            take_back(file);
        else if (rename(file->temporary, file->path) == 0)
            file->gone = true;
        else
            blame(lot, file, errno);
    }
    VEC_EACH (file, &lot->files)
        if (file->dispatch < dispatches)
            take_back(file);
}

/* Many files stand in few folders, one after the other. */
static void sync_names(struct lot *lot, size_t dispatches) {
    struct pool *pool = pool_new();
    const char *last = "";
    struct staged *file;
    VEC_EACH (file, &lot->files) {
        const char *folder = path_folder(pool, file->path);
        const struct sealed *sealed = &lot->dispatches.at[file->dispatch];
        if (file->dispatch >= dispatches || sealed->done || sealed->error ||
            strcmp(folder, last) == 0)
            continue;
        last = folder;
        if (!file_sync_folder(file->path))
            blame(lot, file, errno);
    }
    pool_free(pool);
}

static void record(struct commit *c, struct lot *lot, size_t dispatches) {
    struct buf lines = {0};
    for (size_t i = 0; i < dispatches; i++) {
        struct sealed *sealed = &lot->dispatches.at[i];
        if (!sealed->done && !sealed->error)
            buf_append(&lines, sealed->record, sealed->record_len);
        sealed->done = true;
        c->full |= is_want_of_room(sealed->error);
    }
    if (c->state && lines.len)
        state_append(c->state, lines.data, lines.len);
    buf_free(&lines);
}

/* Its sealed dispatches. */
static void land(struct commit *c, struct lot *lot) {
    size_t n = lot->dispatches.n - lot->in_hand;
    if (!has_sealed(lot))
        return;
    if (lot->syncing)
        join(lot);
    else
        sync_bytes(lot);
    give_names(lot, n);
    if (!c->state)
        sync_names(lot, n);
    record(c, lot, n);
}

static void *sync_apart(void *lot) {
    sync_bytes(lot);
    return NULL;
}

void commit_begin(struct commit *c) {
    struct lot *lot = c->open;
    c->open = c->sent;
    c->sent = lot;
    c->under_way = true;
    lot->syncing = is_many(lot) && pthread_create(&lot->thread, NULL, sync_apart, lot) == 0;
}

void commit_end(struct commit *c) {
    land(c, c->under_way ? c->sent : c->open);
}

int commit_error(const struct commit *c, size_t i, const char **path) {
    const struct sealed *sealed;
    for (int k = 0; k < 2; k++)
        VEC_EACH (sealed, &c->lots[k].dispatches)
            if (sealed->number == i && sealed->error) {
                *path = sealed->path;
                return sealed->error;
            }
    return 0;
}
