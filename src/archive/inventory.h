/* inventory: what an OCFL object says of itself (OCFL 1.1, section 3.5), as far as this archive
 * writes it: sha512, versions v1, v2 ..., content in "content". Other people's are judged by
 * ocfl.h, which takes nothing for granted. */
#ifndef CONGVAN_ARCHIVE_INVENTORY_H
#define CONGVAN_ARCHIVE_INVENTORY_H

#include "archive/json.h"
#include "base/buf.h"

#define INVENTORY_TYPE "https://ocfl.io/1.1/spec/#inventory"
#define INVENTORY_DIGEST "sha512"

/* A digest and a path: in the manifest relative to the object, in a state a logical path. */
struct inventory_file {
    const char *digest, *path;
};

typedef VEC(struct inventory_file) inventory_files;

struct inventory_version {
    const char *created;             /* RFC 3339 */
    const char *message;             /* why it was made */
    const char *user_name, *address; /* by whom; the address a URI */
    inventory_files state;           /* sorted by digest, then path */
};

struct inventory {
    const char *id;
    inventory_files manifest;
    VEC(struct inventory_version) versions; /* v1 first; the last is the head */
};

/* From its JSON; NULL: it is not of the kind this archive writes. Lent from `json`, in `pool`. */
struct inventory *inventory_read(struct pool *pool, const struct json *json);

/* As JSON: the same bytes for the same inventory. Sorts the lists. */
void inventory_write(struct inventory *inventory, struct buf *out);

/* The content path of a digest; NULL: the object does not hold it. */
const char *inventory_content(const struct inventory *inventory, const char *digest);

/* The digest of a logical path in version `n` (from 1; 0: the head); NULL: it has none. */
const char *inventory_digest(const struct inventory *inventory, int n, const char *path);

#endif
