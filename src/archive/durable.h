/* durable: files and folders that are written once and never again.
 *
 * Nothing here reports; errno says why something failed, and the caller knows what it was for. */
#ifndef CONGVAN_ARCHIVE_DURABLE_H
#define CONGVAN_ARCHIVE_DURABLE_H

#include <stdbool.h>
#include <stddef.h>

/* A new read-only file with these bytes; one of that name must not be there. Not yet on disk for
 * good: durable_sync_tree. */
bool durable_write(const char *path, const void *bytes, size_t n);

/* Makes `path` and the folders above it that are not there. */
bool durable_make_folders(const char *path);

/* Waits until the file or folder `path`, or it and all below it, is on disk. */
bool durable_sync(const char *path);
bool durable_sync_tree(const char *path);
/* The same of everything on the file system of `path`: cheaper than many small waits. */
bool durable_sync_all(const char *path);

/* Takes the right to write from the folders at and below `path`; files have none. */
bool durable_lock_tree(const char *path);

/* Removes `path` and all below it. True also if it was not there. */
bool durable_remove_tree(const char *path);

#endif
