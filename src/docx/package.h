/* package: a DOCX file as parts in memory.
 *
 * Reading keeps the parts compressed until asked for. Writing is deterministic: fixed order, fixed
 * dates, unchanged parts copied still compressed, so their bytes stay as they were.
 * Bombs are refused: part and package sizes and ratios are capped; names with ".." are refused. */
#ifndef CONGVAN_DOCX_PACKAGE_H
#define CONGVAN_DOCX_PACKAGE_H

#include "base/diag.h"
#include "base/pool.h"

#include <stdbool.h>

struct package;
struct xml_node;

/* Opens a package over `bytes`, which must stay alive as long as the package; `path` stands in
 * messages. NULL (reported) when it is no usable ZIP. Free with package_close. */
struct package *package_open(const char *path, const char *bytes, size_t n, struct diag *diag);
/* The same for bytes written from `kin`, or from what was derived from it; it must outlive the
 * package: parts that are byte for byte the same as in `kin` are taken over, with what is known of
 * them there. */
struct package *package_reopen(const char *path, const char *bytes, size_t n, struct package *kin,
                               struct diag *diag);
/* A package without parts. */
struct package *package_new(const char *path);
void package_close(struct package *package);
/* Closes the package together with `pool`; then package_close must not be called. */
void package_belongs(struct package *package, struct pool *pool);

const char *package_path(const struct package *package);

/* Bytes of a part, NUL-terminated, owned by the package, inflated once; NULL if there is no such
 * part (not reported) or it is damaged (reported). Names without leading slash. */
const char *package_part(struct package *package, const char *name, size_t *len, struct diag *diag);
/* A part as a tree, for reading only. A part shared with another package is parsed once, for all
 * that share it; any other into `pool`. NULL if there is no such part (not reported), it is damaged
 * or not well formed (reported). */
const struct xml_node *package_tree(struct pool *pool, struct package *package, const char *name,
                                    struct diag *diag);
bool package_has(const struct package *package, const char *name);
/* Names in file order; NULL past the end. */
const char *package_name(const struct package *package, size_t i);

/* A new package that shares the parts of `from` (which must outlive it): parts set in it later
 * replace those. For merging one template many times. */
struct package *package_derive(struct package *from, const char *path);

/* Sets a part's bytes (copied). A new name goes to the end. */
void package_set(struct package *package, const char *name, const char *bytes, size_t n);
/* The same for what is written of a tree, which must outlive the package and not change any more
 * (xml_write_settled): it need not be parsed again, neither here nor where the part is shared. */
void package_set_tree(struct package *package, const char *name, struct xml_node *root);

/* The bytes of the ZIP, appended to `out`. False (reported) on failure. */
bool package_write(struct package *package, struct buf *out, struct diag *diag);

/* Part that relationship `type` (the last path segment, e.g. "styles") of `source` points to, or
 * the target of relationship id. `source` "" means the package itself. In the pool; NULL: none or
 * external. */
char *package_related(struct pool *pool, struct package *package, const char *source,
                      const char *type, struct diag *diag);
char *package_target(struct pool *pool, struct package *package, const char *source, const char *id,
                     struct diag *diag);
/* The address outside the package that relationship id means, as written; NULL: none or inside. */
char *package_external(struct pool *pool, struct package *package, const char *source,
                       const char *id, struct diag *diag);

#endif
