/* ocfl_parts: what the files of the validator share. */
#ifndef CONGVAN_ARCHIVE_OCFL_PARTS_H
#define CONGVAN_ARCHIVE_OCFL_PARTS_H

#include "archive/digest.h"
#include "archive/json.h"
#include "archive/ocfl.h"

/* The versions of the specification there are. */
enum ocfl_spec { OCFL_NONE = 0, OCFL_1_0 = 10, OCFL_1_1 = 11 };

/* "1.0" -> OCFL_1_0; OCFL_NONE: there is no such version. */
enum ocfl_spec ocfl_spec_of(const char *text);
const char *ocfl_spec_text(enum ocfl_spec spec);

struct ocfl_file {
    const char *path, *digest;
};

typedef VEC(struct ocfl_file) ocfl_files;

/* An inventory as far as it can be understood. */
struct ocfl_inventory {
    const char *path; /* "inventory.json", "v1/inventory.json" */
    const char *text; /* its bytes */
    size_t len;
    const struct json *json; /* NULL: not readable */
    enum ocfl_spec spec;     /* of its type; of the object where that is wrong */
    const char *id, *algorithm, *head, *content;
    bool content_set;   /* contentDirectory is given */
    const char **names; /* of the versions, by number up to the highest; NULL: there is none */
    int highest;
    int width;           /* digits of zero-padded numbers; 0: not padded */
    bool manifest_read;  /* there is one */
    ocfl_files manifest; /* by content path */
};

/* Everything about one object under judgement. */
struct ocfl {
    struct pool *pool;
    struct ocfl_report *report;
    struct diag *diag;
    enum ocfl_spec spec; /* of the declaration */
    struct ocfl_inventory root;
};

/* Adds a finding; `path` and `detail` are copied. */
void ocfl_find(struct ocfl_report *report, enum ocfl_code code, const char *path,
               const char *detail);

/* ---- ocfl_files.c ---- */

enum ocfl_kind_of { OCFL_FILE, OCFL_FOLDER, OCFL_OTHER };

struct ocfl_entry {
    const char *name;
    enum ocfl_kind_of kind;
};

typedef VEC(struct ocfl_entry) ocfl_entries;

/* What is in a folder, by name. False, reported: it cannot be read. */
bool ocfl_list(struct pool *pool, const char *folder, ocfl_entries *entries, struct diag *diag);
const struct ocfl_entry *ocfl_entry(const ocfl_entries *entries, const char *name);

/* Declarations ("0=...") in a folder and what is wrong with them, by the codes of an object or a
 * storage root. The version declared, or the nearest that makes sense. */
enum ocfl_spec ocfl_declaration(struct ocfl_report *report, const ocfl_entries *entries,
                                bool object, struct diag *diag);
/* Whether an entry is one, well or badly named, of an object or a root. */
bool ocfl_is_declaration(const char *name);

/* Of an "extensions" folder: files in it are `files`, unregistered names `names`. */
void ocfl_extensions(struct ocfl_report *report, const char *folder, enum ocfl_code files,
                     enum ocfl_code names, struct diag *diag);
bool ocfl_registered(const char *extension);

/* ---- ocfl_paths.c ---- */

void ocfl_logical_path(struct ocfl *o, const char *where, const char *path);
/* True: it can be looked for on disk. */
bool ocfl_content_path(struct ocfl *o, const char *where, const char *path);
/* Sorts by path, and finds those that are the same or part of one another. */
void ocfl_conflicts(struct ocfl *o, enum ocfl_code code, const char *where, ocfl_files *files);
void ocfl_sort(ocfl_files *files);
const struct ocfl_file *ocfl_lookup(const ocfl_files *sorted, const char *path);
/* Digests, which are hexadecimal in either case. */
bool ocfl_same_digest(const char *a, const char *b);
bool ocfl_is_hex(const char *text, size_t n);
bool ocfl_is_uri(const char *text);
bool ocfl_is_time(const char *text);

/* ---- ocfl_inventory.c ---- */

/* Judges an inventory by itself. `spec` is the object's. False: nothing can be made of it. */
bool ocfl_read_inventory(struct ocfl *o, struct ocfl_inventory *inventory, const char *path,
                         enum ocfl_spec spec, bool root);
/* The number of a version's name as the inventory counts; 0: it is none. */
int ocfl_version_number(const char *name);
/* Its name as the inventory has it, or would: "v3", "v003". In the pool. */
bool ocfl_has_version(const struct ocfl_inventory *inventory, int n);
const char *ocfl_version_name(struct ocfl *o, const struct ocfl_inventory *inventory, int n);
/* The state of version n as path -> digest, sorted by path. */
void ocfl_state(struct ocfl *o, const struct ocfl_inventory *inventory, int n, ocfl_files *state);
const struct json *ocfl_version(struct ocfl *o, const struct ocfl_inventory *inventory, int n);

/* ---- ocfl_versions.c ---- */

/* Judges the inventory beside which a digest must lie: its sidecar, among `entries` of `folder`. */
void ocfl_sidecar(struct ocfl *o, const struct ocfl_inventory *inventory, const char *folder,
                  const ocfl_entries *entries);
/* Judges the inventories of the versions, and the earlier against the object's. `earlier` gets
 * those that can be used, by number (NULL: none). */
void ocfl_versions(struct ocfl *o, struct ocfl_inventory **earlier);

/* ---- ocfl_content.c ---- */

/* Judges the folders of the versions and every file in them. */
void ocfl_content(struct ocfl *o, struct ocfl_inventory *const *earlier);

#endif
