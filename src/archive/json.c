#include "archive/json.h"

#include "base/utf8.h"

#include <cjson/cJSON.h>
#include <stdlib.h>
#include <string.h>

/* Nothing an archive holds is deeper than a few levels (cJSON itself stops at 1000). */
enum { MAX_DEPTH = 64 };

static int by_name(const void *a, const void *b) {
    const char *const *x = a, *const *y = b;
    return strcmp(*x, *y);
}

/* A name that the object has twice; NULL: none. */
static const char *repeated_name(struct pool *pool, const struct json *object) {
    const char **names = POOL_ARRAY(pool, const char *, object->n);
    for (size_t i = 0; i < object->n; i++)
        names[i] = object->at[i].name;
    if (object->n)
        qsort(names, object->n, sizeof *names, by_name);
    for (size_t i = 1; i < object->n; i++)
        if (strcmp(names[i - 1], names[i]) == 0)
            return names[i];
    return NULL;
}

/* The reason it cannot be; NULL: done. */
static const char *copy(struct pool *pool, const cJSON *from, struct json *to, int depth);

static const char *copy_items(struct pool *pool, const cJSON *from, struct json *to, int depth) {
    size_t n = 0;
    for (const cJSON *item = from->child; item; item = item->next)
        n++;
    to->at = POOL_ARRAY(pool, struct json, n);
    for (const cJSON *item = from->child; item; item = item->next, to->n++) {
        const char *why = copy(pool, item, &to->at[to->n], depth + 1);
        if (why)
            return why;
    }
    const char *twice = to->kind == JSON_OBJECT ? repeated_name(pool, to) : NULL;
    return twice ? pool_printf(pool, "\"%s\" is there twice", twice) : NULL;
}

static void copy_number(const cJSON *from, struct json *to) {
    to->real = from->valuedouble;
    to->kind = JSON_REAL;
    if (from->valuedouble >= -9007199254740992.0 && from->valuedouble <= 9007199254740992.0 &&
        (double)(int64_t)from->valuedouble == from->valuedouble) {
        to->kind = JSON_INTEGER;
        to->integer = (int64_t)from->valuedouble;
    }
}

static const char *copy(struct pool *pool, const cJSON *from, struct json *to, int depth) {
    if (depth > MAX_DEPTH)
        return "nested too deeply";
    if (from->string)
        to->name = pool_strdup(pool, from->string);
    if (cJSON_IsNumber(from)) {
        copy_number(from, to);
    } else if (cJSON_IsString(from)) {
        to->kind = JSON_STRING;
        to->string = pool_strdup(pool, from->valuestring);
    } else if (cJSON_IsArray(from) || cJSON_IsObject(from)) {
        to->kind = cJSON_IsArray(from) ? JSON_ARRAY : JSON_OBJECT;
        return copy_items(pool, from, to, depth);
    } else {
        to->kind = cJSON_IsTrue(from) ? JSON_TRUE : cJSON_IsFalse(from) ? JSON_FALSE : JSON_NULL;
    }
    return NULL;
}

static const char *at_line(struct pool *pool, const char *text, const char *at) {
    int line = 1;
    for (const char *p = text; p < at; p++)
        line += *p == '\n';
    return pool_printf(pool, "line %d: not JSON", line);
}

static const char *skip_space(const char *p, const char *end) {
    while (p < end && (*p == ' ' || *p == '\t' || *p == '\r' || *p == '\n'))
        p++;
    return p;
}

const struct json *json_read(struct pool *pool, const char *text, size_t len, const char **why) {
    size_t bad = 0;
    *why = NULL;
    if (memchr(text, '\0', len) || !utf8_valid(text, len, &bad)) {
        *why = at_line(pool, text, text + bad);
        return NULL;
    }
    const char *end = text;
    cJSON *tree = cJSON_ParseWithLengthOpts(text, len, &end, 0);
    struct json *json = POOL_NEW(pool, struct json);
    if (tree)
        end = skip_space(end, text + len);
    if (!tree || end < text + len)
        *why = at_line(pool, text, end ? end : text);
    else
        *why = copy(pool, tree, json, 0);
    cJSON_Delete(tree);
    return *why ? NULL : json;
}

const struct json *json_member(const struct json *json, const char *name) {
    for (size_t i = 0; json && json->kind == JSON_OBJECT && i < json->n; i++)
        if (strcmp(json->at[i].name, name) == 0)
            return &json->at[i];
    return NULL;
}

const char *json_text(const struct json *json, const char *name) {
    const struct json *member = json_member(json, name);
    return member && member->kind == JSON_STRING ? member->string : NULL;
}

int64_t json_number(const struct json *json, const char *name, int64_t otherwise) {
    const struct json *member = json_member(json, name);
    return member && member->kind == JSON_INTEGER ? member->integer : otherwise;
}
