#include "base/file.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <sys/stat.h>
#include <unistd.h>

static bool read_all(int fd, char *to, size_t size, size_t *len) {
    while (*len < size) {
        ssize_t n = read(fd, to + *len, size - *len);
        if (n < 0 && errno == EINTR)
            continue;
        if (n < 0)
            return false;
        if (n == 0)
            break;
        *len += (size_t)n;
    }
    return true;
}

static char *fail_read(struct diag *diag, struct where from, const char *path, int error, int fd) {
    if (fd >= 0)
        close(fd);
    if (error == EACCES || error == EPERM) {
        diag_add(diag, FILE_NOT_ALLOWED, from, path, NULL);
        return NULL;
    }
    struct buf what = {0};
    buf_printf(&what, "%s: %s", path, strerror(error));
    diag_add(diag, FILE_CANNOT_READ, from, buf_text(&what), NULL);
    buf_free(&what);
    return NULL;
}

char *file_read(struct pool *pool, const char *path, size_t *len, struct where from,
                struct diag *diag) {
    int fd = open(path, O_RDONLY | O_CLOEXEC);
    struct stat st;
    if (fd < 0 || fstat(fd, &st) != 0) {
        int error = errno;
        diag_add_file(diag, path, NULL);
        return fail_read(diag, from, path, error, fd);
    }
    if (S_ISDIR(st.st_mode))
        return fail_read(diag, from, path, EISDIR, fd);
    if (st.st_size > (off_t)FILE_MAX_MB << 20) {
        diag_add(diag, FILE_TOO_BIG, (struct where){.file = path}, "256", NULL);
        close(fd);
        return NULL;
    }
    char *bytes = pool_room(pool, (size_t)st.st_size + 1);
    *len = 0;
    if (!read_all(fd, bytes, (size_t)st.st_size, len))
        return fail_read(diag, from, path, errno, fd);
    close(fd);
    bytes[*len] = '\0';
    if (diag_remembers_files(diag)) {
        struct hash hash = hash_of(bytes, *len);
        diag_add_file(diag, path, &hash);
    }
    return bytes;
}

bool file_write_all(int fd, const void *bytes, size_t len) {
    const char *p = bytes;
    while (len) {
        ssize_t n = write(fd, p, len);
        if (n < 0 && errno == EINTR)
            continue;
        if (n < 0)
            return false;
        p += n;
        len -= (size_t)n;
    }
    return true;
}

bool file_sync_folder(const char *path) {
    char *copy = mem_alloc(strlen(path) + 2);
    strcpy(copy, path);
    char *slash = strrchr(copy, '/');
    if (slash)
        slash[slash == copy ? 1 : 0] = '\0';
    else
        strcpy(copy, ".");
    int fd = open(copy, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    free(copy);
    if (fd < 0)
        return errno ==
               EACCES; /* one may put files there and not look: the file itself is on disk */
    bool ok = fsync(fd) == 0 || errno == EINVAL || errno == EROFS;
    return close(fd) == 0 && ok;
}

/* The file's own error counts, not that of giving it up. */
static char *give_up(char *temporary, int fd) {
    int error = errno;
    if (fd >= 0) {
        close(fd);
        unlink(temporary);
    }
    errno = error;
    return NULL;
}

/* A device or a folder of that name must not be renamed over, nor a file its owner locked: rename
 * would ask the folder's permission only. */
static bool replaceable(const char *path) {
    struct stat st;
    if (stat(path, &st) != 0)
        return true;
    errno = S_ISDIR(st.st_mode) ? EISDIR : EINVAL;
    return S_ISREG(st.st_mode) && access(path, W_OK) == 0;
}

char *file_stage(struct pool *pool, const char *path, const void *bytes, size_t len, int *fd) {
    char *temporary = pool_printf(pool, "%s" FILE_TEMPORARY "XXXXXX", path);
    *fd = replaceable(path) ? mkostemp(temporary, O_CLOEXEC) : -1;
    if (*fd < 0 || !file_write_all(*fd, bytes, len) || fchmod(*fd, 0644) != 0)
        return give_up(temporary, *fd);
    return temporary;
}

/* From the temporary name to its own, once the bytes are on the disk. */
static bool land(char *temporary, const char *path, int fd) {
    if (fsync(fd) != 0 && errno != EINVAL)
        return give_up(temporary, fd);
    if (close(fd) == 0 && rename(temporary, path) == 0)
        return true;
    int error = errno;
    unlink(temporary);
    errno = error;
    return false;
}

bool file_write(const char *path, const void *bytes, size_t len, struct diag *diag) {
    struct pool *pool = pool_new();
    int fd;
    char *temporary = file_stage(pool, path, bytes, len, &fd);
    bool ok = temporary && land(temporary, path, fd) && file_sync_folder(path);
    if (!ok)
        diag_add(diag, FILE_CANNOT_WRITE, (struct where){.file = path}, strerror(errno), NULL);
    pool_free(pool);
    return ok;
}

struct file_stream {
    struct pool *pool;
    struct diag *diag;
    const char *path;
    char *temporary;
    int fd, error; /* the first error; 0: none */
    uint64_t at;
    size_t held;
    char bytes[65536];
};

struct file_stream *file_stream_open(const char *path, struct diag *diag) {
    struct pool *pool = pool_new();
    struct file_stream *s = POOL_NEW(pool, struct file_stream);
    s->pool = pool;
    s->diag = diag;
    s->path = pool_strdup(pool, path);
    s->temporary = file_stage(pool, path, "", 0, &s->fd);
    if (s->temporary)
        return s;
    diag_add(diag, FILE_CANNOT_WRITE, (struct where){.file = path}, strerror(errno), NULL);
    pool_free(pool);
    return NULL;
}

static void empty(struct file_stream *s) {
    if (!s->error && !file_write_all(s->fd, s->bytes, s->held))
        s->error = errno;
    s->held = 0;
}

void file_stream_put(struct file_stream *s, const void *bytes, size_t len) {
    s->at += len;
    for (const char *p = bytes; len;) {
        size_t room = sizeof s->bytes - s->held, n = len < room ? len : room;
        memcpy(s->bytes + s->held, p, n);
        s->held += n;
        p += n;
        len -= n;
        if (s->held == sizeof s->bytes)
            empty(s);
    }
}

uint64_t file_stream_at(const struct file_stream *s) {
    return s->at;
}

bool file_stream_close(struct file_stream *s, bool keep) {
    empty(s);
    bool ok = keep && !s->error;
    if (!ok)
        give_up(s->temporary, s->fd);
    else if (!land(s->temporary, s->path, s->fd) || !file_sync_folder(s->path))
        s->error = errno;
    if (s->error)
        diag_add(s->diag, FILE_CANNOT_WRITE, (struct where){.file = s->path}, strerror(s->error),
                 NULL);
    ok = !s->error;
    pool_free(s->pool);
    return ok;
}

static bool make_folders(char *path) {
    for (char *p = path + 1; *p; p++) {
        if (*p != '/')
            continue;
        *p = '\0';
        bool ok = mkdir(path, 0755) == 0 || errno == EEXIST;
        *p = '/';
        if (!ok)
            return false;
    }
    return mkdir(path, 0755) == 0 || errno == EEXIST;
}

bool file_make_folder(const char *path, struct diag *diag) {
    if (file_is_folder(path)) /* as nearly always */
        return true;
    char *copy = mem_alloc(strlen(path) + 1);
    strcpy(copy, path);
    errno = ENOENT; /* of an empty path */
    bool ok = *path && make_folders(copy);
    if (ok && !file_is_folder(path)) {
        errno = ENOTDIR;
        ok = false;
    }
    if (!ok)
        diag_add(diag, FILE_CANNOT_WRITE, (struct where){.file = path}, strerror(errno), NULL);
    free(copy);
    return ok;
}

bool file_exists(const char *path) {
    return access(path, F_OK) == 0;
}

bool file_same(const char *a, const char *b) {
    struct stat first, second;
    return stat(a, &first) == 0 && stat(b, &second) == 0 && first.st_dev == second.st_dev &&
           first.st_ino == second.st_ino;
}

bool file_is_folder(const char *path) {
    struct stat st;
    return stat(path, &st) == 0 && S_ISDIR(st.st_mode);
}

const char *path_name(const char *path) {
    const char *slash = strrchr(path, '/');
    return slash ? slash + 1 : path;
}

char *path_folder(struct pool *pool, const char *path) {
    const char *name = path_name(path);
    if (name == path)
        return pool_strdup(pool, ".");
    size_t n = (size_t)(name - path);
    return pool_strndup(pool, path, n > 1 ? n - 1 : n);
}

char *path_stem(struct pool *pool, const char *path) {
    const char *name = path_name(path);
    const char *dot = strrchr(name, '.');
    return pool_strndup(pool, name, dot && dot != name ? (size_t)(dot - name) : strlen(name));
}

char *path_join(struct pool *pool, const char *folder, const char *name) {
    if (name[0] == '/' || strcmp(folder, ".") == 0)
        return pool_strdup(pool, name);
    size_t n = strlen(folder);
    return pool_concat(pool, folder, n && folder[n - 1] == '/' ? "" : "/", name, NULL);
}

bool path_has_suffix(const char *path, const char *suffix) {
    size_t n = strlen(path), m = strlen(suffix);
    return n >= m && strcasecmp(path + n - m, suffix) == 0;
}
