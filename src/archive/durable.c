#include "archive/durable.h"

#include "base/file.h"
#include "base/pool.h"

#include <errno.h>
#include <fcntl.h>
#include <ftw.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

enum { OPEN_FOLDERS = 16 };

bool durable_write(const char *path, const void *bytes, size_t n) {
    int fd = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, 0444);
    if (fd < 0)
        return false;
    bool ok = file_write_all(fd, bytes, n);
    int error = errno;
    if (close(fd) != 0 && ok)
        return false;
    errno = error;
    return ok;
}

bool durable_make_folders(const char *path) {
    char *copy = mem_alloc(strlen(path) + 1);
    strcpy(copy, path);
    bool ok = true;
    for (char *p = copy + 1; ok; p++) {
        char c = *p;
        if (c && c != '/')
            continue;
        *p = '\0';
        ok = mkdir(copy, 0755) == 0 || errno == EEXIST;
        *p = c;
        if (!c)
            break;
    }
    free(copy);
    return ok;
}

bool durable_sync(const char *path) {
    int fd = open(path, O_RDONLY | O_CLOEXEC | O_NOFOLLOW);
    if (fd < 0)
        return false;
    bool ok = fsync(fd) == 0 || errno == EINVAL;
    int error = errno;
    close(fd);
    errno = error;
    return ok;
}

bool durable_sync_all(const char *path) {
    int fd = open(path, O_RDONLY | O_CLOEXEC);
    if (fd < 0)
        return false;
    bool ok = syncfs(fd) == 0;
    int error = errno;
    close(fd);
    errno = error;
    return ok;
}

static int sync_one(const char *path, const struct stat *st, int kind, struct FTW *place) {
    (void)st, (void)kind, (void)place;
    return durable_sync(path) ? 0 : -1;
}

bool durable_sync_tree(const char *path) {
    return nftw(path, sync_one, OPEN_FOLDERS, FTW_PHYS | FTW_DEPTH) == 0;
}

static int lock_one(const char *path, const struct stat *st, int kind, struct FTW *place) {
    (void)st, (void)place;
    return kind != FTW_DP || chmod(path, 0555) == 0 ? 0 : -1;
}

bool durable_lock_tree(const char *path) {
    return nftw(path, lock_one, OPEN_FOLDERS, FTW_PHYS | FTW_DEPTH) == 0;
}

static int unlock_one(const char *path, const struct stat *st, int kind, struct FTW *place) {
    (void)st, (void)place;
    return kind != FTW_D || chmod(path, 0755) == 0 ? 0 : -1;
}

static int remove_one(const char *path, const struct stat *st, int kind, struct FTW *place) {
    (void)st, (void)kind, (void)place;
    return remove(path);
}

bool durable_remove_tree(const char *path) {
    if (access(path, F_OK) != 0)
        return errno == ENOENT;
    nftw(path, unlock_one, OPEN_FOLDERS, FTW_PHYS);
    return nftw(path, remove_one, OPEN_FOLDERS, FTW_PHYS | FTW_DEPTH) == 0;
}
