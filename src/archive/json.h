/* json: what the archive's own files say, and those of other archives: inventories, the log,
 * records. Read whole into a tree; written by json_string (base/diag.h) and by hand. */
#ifndef CONGVAN_ARCHIVE_JSON_H
#define CONGVAN_ARCHIVE_JSON_H

#include "base/pool.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum json_kind {
    JSON_NULL,
    JSON_FALSE,
    JSON_TRUE,
    JSON_INTEGER,
    JSON_REAL,
    JSON_STRING,
    JSON_ARRAY,
    JSON_OBJECT
};

struct json {
    enum json_kind kind;
    const char *name;   /* of a member of an object; NULL elsewhere */
    const char *string; /* of a string */
    int64_t integer;    /* of an integer */
    double real;        /* of a number with a fraction or an exponent */
    struct json *at;    /* items of an array, members of an object, in their order */
    size_t n;
};

/* Reads one value and nothing after it. A name twice in one object is an error (OCFL 1.1 forbids
 * it, and one of the two would be lost). NULL, with the reason as "line N: ..." in *why, if it is
 * not JSON. Everything is in `pool`. */
const struct json *json_read(struct pool *pool, const char *text, size_t len, const char **why);

/* The member `name` of an object; NULL if there is none, or `json` is NULL or no object. */
const struct json *json_member(const struct json *json, const char *name);
/* Its text; NULL if there is none or it is no string. */
const char *json_text(const struct json *json, const char *name);
/* Its number; `otherwise` if there is none or it is no integer. */
int64_t json_number(const struct json *json, const char *name, int64_t otherwise);

#endif
