/* file: whole files in, whole files out. */
#ifndef CONGVAN_BASE_FILE_H
#define CONGVAN_BASE_FILE_H

#include "base/diag.h"
#include "base/pool.h"

#include <stdbool.h>
#include <stdint.h>

enum { FILE_MAX_MB = 256 };

/* Temporary files of file_write are named PATH, this, and six characters. */
#define FILE_TEMPORARY ".congvan-"

/* Reads the whole of `path` into the pool. The bytes are followed by a NUL that `*len` does not
 * count. Failure (NULL) is reported at `from`, the place that names the file. The file
 * is remembered in `diag` (diag_add_file). */
char *file_read(struct pool *pool, const char *path, size_t *len, struct where from,
                struct diag *diag);

/* Puts `len` bytes at `path`: temporary file in the same folder, fsync, checked close, rename.
 * The old file, if any, stays whole until the new one is. Failure is reported. */
bool file_write(const char *path, const void *bytes, size_t len, struct diag *diag);

/* The same for what is too large to be held whole: opened (NULL: failed, reported), put bit by bit,
 * and closed, which gives the file its name, or with `keep` false takes it back. Errors between are
 * reported at the end (false). */
struct file_stream;
struct file_stream *file_stream_open(const char *path, struct diag *diag);
void file_stream_put(struct file_stream *stream, const void *bytes, size_t len);
uint64_t file_stream_at(const struct file_stream *stream); /* how many bytes there are so far */
bool file_stream_close(struct file_stream *stream, bool keep);

/* The first half of file_write: writes the bytes under a temporary name, which is returned, in the
 * pool; *fd is open then, and nothing surely on the disk. NULL: failed, and `errno` tells why. */
char *file_stage(struct pool *pool, const char *path, const void *bytes, size_t len, int *fd);

/* Puts on disk what names there are in the folder of `path`: a rename is only sure then. */
bool file_sync_folder(const char *path);

/* Writes all of it to a file or a pipe, however many calls that takes. False: errno says why. */
bool file_write_all(int fd, const void *bytes, size_t len);

/* Creates the folder `path` and those above it. Failure is reported. */
bool file_make_folder(const char *path, struct diag *diag);

bool file_exists(const char *path);
bool file_is_folder(const char *path);
/* Whether both exist and are one file, whatever the paths look like. */
bool file_same(const char *a, const char *b);

/* "a/b/c.ini" -> "a/b" ("." when there is no slash), "c.ini", "c". In the pool. */
char *path_folder(struct pool *pool, const char *path);
const char *path_name(const char *path);
char *path_stem(struct pool *pool, const char *path);
/* `name` seen from `folder`; absolute names stay. In the pool. */
char *path_join(struct pool *pool, const char *folder, const char *name);
bool path_has_suffix(const char *path, const char *suffix); /* ASCII case ignored */

#endif
