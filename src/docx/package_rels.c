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

static void read_relation(struct pool *pool, const char *source, const struct xml_node *node,
                          struct relations *to) {
    const char *id = xml_get(node, pr_Id), *type = xml_get(node, pr_Type);
    const char *target = xml_get(node, pr_Target), *mode = xml_get(node, pr_TargetMode);
    if (!target || !type)
        return;
    struct relation *r = POOL_NEW(pool, struct relation);
    if (!mode || strcmp(mode, "External") != 0)
        r->target = resolve(pool, source, plain_target(pool, target));
    else
        r->uri = pool_strdup(pool, target);
    remember(to->ids, id ? id : "", r);
    remember(to->types, last_segment(type), r);
}

static struct relations *read_relations(struct pool *pool, const char *source,
                                        const struct xml_node *root) {
    struct relations *relations = POOL_NEW(pool, struct relations);
    const struct xml_node *child;
    relations->ids = intern_new(pool);
    relations->types = intern_new(pool);
    XML_EACH_CHILD (child, root)
        if (child->name == pr_Relationship)
            read_relation(pool, source, child, relations);
    return relations;
}

static const struct relations *relations_of(struct package *package, const char *source,
                                            struct diag *diag) {
    size_t n = strlen(source);
    void **known = intern_slot(package->rels, source, n);
    if (*known)
        return *known;
    const char *name = last_segment(source);
    const char *folder = pool_strndup(package->pool, source, (size_t)(name - source));
    const char *part = pool_concat(package->pool, folder, "_rels/", name, ".rels", NULL);
    struct pool *pool = package->pool;
    struct relations **kept = package_relations_at(package, part, &pool);
    if (kept && *kept)
        return *known = *kept;
    struct pool *scratch = pool_new();
    const struct xml_node *root = package_tree(scratch, package, part, diag);
    struct relations *relations = read_relations(root ? pool : package->pool, source, root);
    pool_free(scratch);
    if (kept && root)
        *kept = relations;
    return *known = relations;
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
