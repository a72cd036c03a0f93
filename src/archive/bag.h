/* bag: files to be handed to somebody else, in a folder that proves itself complete and unchanged
 * (BagIt, RFC 8493): payload under data/, manifests in SHA-512. It appears whole or not at all. */
#ifndef CONGVAN_ARCHIVE_BAG_H
#define CONGVAN_ARCHIVE_BAG_H

#include "base/diag.h"

struct bag;

/* Begins a bag that will be the folder `path`, which must not be there. NULL: reported. */
struct bag *bag_begin(const char *path, struct diag *diag);

/* A file of the payload, by its path below data/. False: reported. */
bool bag_add(struct bag *bag, const char *path, const void *bytes, size_t n, struct diag *diag);

/* A line of bag-info.txt (RFC 8493, section 2.2.2). */
void bag_info(struct bag *bag, const char *label, const char *value);

/* Writes the manifests and puts the bag in place. False: reported. */
bool bag_finish(struct bag *bag, struct diag *diag);

/* Takes back a bag that was not finished; frees it in any case. NULL is allowed. */
void bag_close(struct bag *bag);

#endif
