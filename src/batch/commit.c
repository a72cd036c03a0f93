#include "batch/commit.h"
#include "base/file.h"

#include <errno.h>
#include <fcntl.h>
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

struct commit {
    struct pool *pool;
    struct state *state;
    VEC(struct staged) files;
    VEC(struct sealed) dispatches; /* the last may be in hand */
    VEC(struct device) devices;
    bool in_hand, full;
};

struct commit *commit_new(struct state *state) {
    struct commit *c = mem_alloc(sizeof *c);
    *c = (struct commit){.pool = pool_new(), .state = state};
    return c;
}

static void take_back(struct staged *file) {
    if (!file->gone)
        unlink(file->temporary);
    file->gone = true;
}

void commit_forget(struct commit *c) {
    struct staged *file;
    struct device *device;
    VEC_EACH (file, &c->files)
        take_back(file);
    VEC_EACH (device, &c->devices)
        close(device->fd);
    pool_reset(c->pool);
    *c = (struct commit){.pool = c->pool, .state = c->state, .full = c->full};
}

void commit_free(struct commit *c) {
    if (!c)
        return;
    commit_forget(c);
    pool_free(c->pool);
    free(c);
}

bool commit_is_full(const struct commit *c) {
    return c->full;
}

/* ---- the dispatch in hand ---- */

static size_t in_hand(struct commit *c) {
    if (!c->in_hand)
        VEC_PUSH(c->pool, &c->dispatches);
    c->in_hand = true;
    return c->dispatches.n - 1;
}

/* Keeps the descriptor if it is the first on its file system. */
static bool note_device(struct commit *c, int fd) {
    struct stat st;
    struct device *device;
    if (fstat(fd, &st) != 0)
        st.st_dev = 0;
    VEC_EACH (device, &c->devices)
        if (device->id == st.st_dev)
            return close(fd) == 0;
    *VEC_PUSH(c->pool, &c->devices) = (struct device){st.st_dev, fd};
    return true;
}

static bool stage(struct commit *c, const char *path, const void *bytes, size_t n) {
    int fd;
    char *temporary = file_stage(c->pool, path, bytes, n, &fd);
    if (!temporary)
        return false;
    size_t dispatch = in_hand(c);
    *VEC_PUSH(c->pool, &c->files) =
        (struct staged){temporary, pool_strdup(c->pool, path), dispatch, false};
    return note_device(c, fd);
}

static bool is_want_of_room(int error) {
    return error == ENOSPC || error == EDQUOT;
}

static bool has_sealed(const struct commit *c) {
    size_t n = c->dispatches.n - c->in_hand;
    return n > 0 && !c->dispatches.at[n - 1].done;
}

bool commit_put(struct commit *c, const char *path, const void *bytes, size_t n,
                struct diag *diag) {
    if (stage(c, path, bytes, n))
        return true;
    if (is_want_of_room(errno) && has_sealed(c)) {
        commit_now(c);
        if (stage(c, path, bytes, n))
            return true;
    }
    c->full = is_want_of_room(errno);
    diag_add(diag, FILE_CANNOT_WRITE, (struct where){.file = path}, strerror(errno), NULL);
    return false;
}

void commit_seal(struct commit *c, size_t i, const struct buf *record) {
    struct sealed *sealed = &c->dispatches.at[in_hand(c)];
    sealed->number = i;
    sealed->record = pool_strndup(c->pool, buf_text(record), record->len);
    sealed->record_len = record->len;
    c->in_hand = false;
}

void commit_drop(struct commit *c) {
    if (!c->in_hand)
        return;
    size_t dispatch = c->dispatches.n - 1;
    struct staged *file;
    VEC_EACH (file, &c->files)
        if (file->dispatch == dispatch)
            take_back(file);
    c->dispatches.n--;
    c->in_hand = false;
    while (c->files.n && c->files.at[c->files.n - 1].dispatch == dispatch)
        c->files.n--;
}

/* ---- onto the disk ---- */

static void blame(struct commit *c, const struct staged *file, int error) {
    struct sealed *sealed = &c->dispatches.at[file->dispatch];
    if (sealed->error)
        return;
    sealed->error = error ? error : EIO;
    sealed->path = file->path;
    c->full |= is_want_of_room(error);
}

static void sync_alone(struct commit *c, struct staged *file) {
    int fd = open(file->temporary, O_RDONLY | O_CLOEXEC);
    if (fd < 0 || (fsync(fd) != 0 && errno != EINVAL))
        blame(c, file, errno);
    if (fd >= 0)
        close(fd);
}

/* They are all on their way before the first is waited for: its wait is the others' too. */
static void sync_each(struct commit *c) {
    struct staged *file;
    VEC_EACH (file, &c->files) {
        int fd = file->gone ? -1 : open(file->temporary, O_RDONLY | O_CLOEXEC);
        if (fd < 0)
            continue;
        sync_file_range(fd, 0, 0, SYNC_FILE_RANGE_WRITE);
        close(fd);
    }
    VEC_EACH (file, &c->files)
        if (!file->gone)
            sync_alone(c, file);
}

/* Of few files it is not worth waiting for whatever else is being written on the machine. */
static void sync_bytes(struct commit *c) {
    enum { FEW = 8 };
    bool all = c->files.n > FEW;
    struct device *device;
    VEC_EACH (device, &c->devices)
        all = all && syncfs(device->fd) == 0;
    if (!all)
        sync_each(c);
}

static void give_names(struct commit *c, size_t dispatches) {
    struct staged *file;
    VEC_EACH (file, &c->files) {
        if (file->gone || file->dispatch >= dispatches)
            continue;
        if (c->dispatches.at[file->dispatch].error)
            take_back(file);
        else if (rename(file->temporary, file->path) == 0)
            file->gone = true;
        else
            blame(c, file, errno);
    }
    VEC_EACH (file, &c->files)
        if (file->dispatch < dispatches)
            take_back(file);
}

/* Many files stand in few folders, one after the other. */
static void sync_names(struct commit *c, size_t dispatches) {
    struct pool *pool = pool_new();
    const char *last = "";
    struct staged *file;
    VEC_EACH (file, &c->files) {
        const char *folder = path_folder(pool, file->path);
        const struct sealed *sealed = &c->dispatches.at[file->dispatch];
        if (file->dispatch >= dispatches || sealed->done || sealed->error ||
            strcmp(folder, last) == 0)
            continue;
        last = folder;
        if (!file_sync_folder(file->path))
            blame(c, file, errno);
    }
    pool_free(pool);
}

void commit_now(struct commit *c) {
    size_t n = c->dispatches.n - c->in_hand;
    if (!has_sealed(c))
        return;
    sync_bytes(c);
    give_names(c, n);
    if (!c->state)
        sync_names(c, n);
    struct buf lines = {0};
    for (size_t i = 0; i < n; i++) {
        struct sealed *sealed = &c->dispatches.at[i];
        if (!sealed->done && !sealed->error)
            buf_append(&lines, sealed->record, sealed->record_len);
        sealed->done = true;
    }
    if (c->state && lines.len)
        state_append(c->state, lines.data, lines.len);
    buf_free(&lines);
}

int commit_error(const struct commit *c, size_t i, const char **path) {
    const struct sealed *sealed;
    VEC_EACH (sealed, &c->dispatches)
        if (sealed->number == i && sealed->error) {
            *path = sealed->path;
            return sealed->error;
        }
    return 0;
}
