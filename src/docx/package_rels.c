/* Relationships (OPC, 6.5): which part a part means by "rId4", or by "my styles". */
#include "docx/package.h"
#include "docx/package_parts.h"
#include "docx/xml.h"

#include <string.h>

struct relation {
    char *target; /* part name; NULL: outside the package */
    char *uri;    /* outside the package: the target as written; else NULL */
};

struct relations {
    struct intern *ids, *types; /* -> struct relation, the first of its kind */
};

static const char *last_segment(const char *s) {
    const char *slash = strrchr(s, '/');
    return slash ? slash + 1 : s;
}

static int hex(char c) {
    if (c >= '0' && c <= '9')
        return c - '0';
    c |= 0x20;
    return c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
}

/* Decodes %xx, cuts a fragment, and takes the backslashes some programs write for slashes. */
static char *plain_target(struct pool *pool, const char *target) {
    char *copy = pool_strdup(pool, target), *to = copy;
    for (const char *p = target; *p && *p != '#'; p++) {
        if (p[0] == '%' && hex(p[1]) >= 0 && hex(p[2]) >= 0 && (hex(p[1]) | hex(p[2]))) {
            *to++ = (char)(hex(p[1]) * 16 + hex(p[2]));
            p += 2;
        } else {
            *to++ = *p == '\\' ? '/' : *p;
        }
    }
    *to = '\0';
    return copy;
}

/* `target` seen from the folder of `source`; NULL if it climbs out of the package. */
static char *resolve(struct pool *pool, const char *source, const char *target) {
    const char *slash = strrchr(source, '/');
    size_t folder = slash && target[0] != '/' ? (size_t)(slash - source) : 0;
    char *name = pool_alloc(pool, folder + strlen(target) + 2);
    memcpy(name, source, folder);
    size_t len = folder;
    for (const char *p = target; *p;) {
        size_t n = strcspn(p, "/");
        if (n == 2 && memcmp(p, "..", 2) == 0) {
            if (!len)
                return NULL;
            while (len && name[--len] != '/')
                continue;
        } else if (n && !(n == 1 && *p == '.')) {
            if (len)
                name[len++] = '/';
            memcpy(name + len, p, n);
            len += n;
        }
        p += n + (p[n] == '/');
    }
    name[len] = '\0';
    return len ? name : NULL;
}

static void remember(struct intern *intern, const char *key, struct relation *r) {
    void **slot = intern_slot(intern, key, strlen(key));
    if (!*slot)
        *slot = r;
}

static void read_relation(struct package *package, const char *source, const struct xml_node *node,
                          struct relations *to) {
    const char *id = xml_get(node, pr_Id), *type = xml_get(node, pr_Type);
    const char *target = xml_get(node, pr_Target), *mode = xml_get(node, pr_TargetMode);
    if (!target || !type)
        return;
    struct relation *r = POOL_NEW(package->pool, struct relation);
    if (!mode || strcmp(mode, "External") != 0)
        r->target = resolve(package->pool, source, plain_target(package->pool, target));
    else
        r->uri = pool_strdup(package->pool, target);
    remember(to->ids, id ? id : "", r);
    remember(to->types, last_segment(type), r);
}

static void read_relations(struct package *package, const char *source, struct relations *to,
                           struct diag *diag) {
    const char *name = last_segment(source);
    int folder = (int)(name - source);
    char *part = pool_printf(package->pool, "%.*s_rels/%s.rels", folder, source, name);
    struct pool *scratch = pool_new();
    const struct xml_node *root = package_tree(scratch, package, part, diag), *child;
    XML_EACH_CHILD (child, root)
        if (child->name == pr_Relationship)
            read_relation(package, source, child, to);
    pool_free(scratch);
}

static const struct relations *relations_of(struct package *package, const char *source,
                                            struct diag *diag) {
    size_t n = strlen(source);
    struct relations *relations = intern_find(package->rels, source, n);
    if (relations)
        return relations;
    relations = POOL_NEW(package->pool, struct relations);
    relations->ids = intern_new(package->pool);
    relations->types = intern_new(package->pool);
    *intern_slot(package->rels, source, n) = relations;
    read_relations(package, source, relations, diag);
    return relations;
}

static char *target_of(struct pool *pool, const struct intern *intern, const char *key) {
    const struct relation *r = intern_find(intern, key, strlen(key));
    return r && r->target ? pool_strdup(pool, r->target) : NULL;
}

char *package_related(struct pool *pool, struct package *package, const char *source,
                      const char *type, struct diag *diag) {
    return target_of(pool, relations_of(package, source, diag)->types, type);
}

char *package_target(struct pool *pool, struct package *package, const char *source, const char *id,
                     struct diag *diag) {
    return target_of(pool, relations_of(package, source, diag)->ids, id);
}

char *package_external(struct pool *pool, struct package *package, const char *source,
                       const char *id, struct diag *diag) {
    const struct relation *r =
        intern_find(relations_of(package, source, diag)->ids, id, strlen(id));
    return r && r->uri ? pool_strdup(pool, r->uri) : NULL;
}
