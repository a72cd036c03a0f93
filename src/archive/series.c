#include "archive/series.h"

#include "base/file.h"
#include "base/utf8.h"
#include "dispatch/ini.h"

#include <stdlib.h>
#include <string.h>

enum by { BY_TYPE, BY_SYMBOL, BY_OFFICE };

struct type_group {
    const char *type, *name; /* folded */
};

struct first {
    const char *group; /* folded: a type's or a group's */
    int year, number;
};

struct series_rules {
    enum by by;
    VEC(struct type_group) groups;
    VEC(struct first) firsts;
    const char *office, *parent;
};

static void read_by(const struct ini_key *key, struct series_rules *rules, struct diag *diag) {
    static const char *const words[] = {
        [BY_TYPE] = "loai", [BY_SYMBOL] = "ky hieu", [BY_OFFICE] = "co quan"};
    struct pool *pool = pool_new();
    const char *folded = utf8_fold(pool, key->value);
    bool found = false;
    for (int i = 0; i < 3; i++)
        if (strcmp(folded, words[i]) == 0) {
            rules->by = (enum by)i;
            found = true;
        }
    pool_free(pool);
    if (!found)
        diag_add(diag, SERIES_BAD_RULE, key->where, key->name, key->value, "loại, ký hiệu, cơ quan",
                 NULL);
}

/* The types of one group, between commas. */
static void read_group(struct pool *pool, const struct ini_key *key, struct series_rules *rules) {
    for (const char *p = key->value; *p;) {
        size_t n = strcspn(p, ",");
        const char *type = utf8_fold(pool, pool_strndup(pool, p, n));
        if (*type)
            *VEC_PUSH(pool, &rules->groups) = (struct type_group){type, key->folded};
        p += n + (p[n] == ',');
    }
}

static void read_firsts(struct pool *pool, const struct ini_section *section,
                        struct series_rules *rules, struct diag *diag) {
    char *behind;
    long year = strtol(section->folded + strlen("bat dau"), &behind, 10);
    const struct ini_key *key;
    VEC_EACH (key, &section->keys) {
        char *end;
        long number = strtol(key->value, &end, 10);
        if (*end || number < 1 || number > 999999 || *behind || year < 1945 || year > 9999)
            diag_add(diag, SERIES_BAD_RULE, key->where, key->name, key->value,
                     "[bắt đầu 2026], 457", NULL);
        *VEC_PUSH(pool, &rules->firsts) = (struct first){key->folded, (int)year, (int)number};
    }
}

static void read_office(const struct ini_section *section, struct series_rules *rules) {
    const struct ini_key *office = ini_key(section, "ten"), *parent = ini_key(section, "chu quan");
    rules->office = office ? office->value : NULL;
    rules->parent = parent ? parent->value : NULL;
}

const char *series_office(const struct series_rules *rules) {
    return rules->office;
}

const char *series_parent(const struct series_rules *rules) {
    return rules->parent;
}

const struct series_rules *series_read(struct pool *pool, const char *path, struct diag *diag) {
    struct series_rules *rules = POOL_NEW(pool, struct series_rules);
    if (!file_exists(path))
        return rules;
    size_t errors = diag_count(diag, DIAG_ERROR);
    const struct ini *ini = ini_read(pool, path, diag);
    const struct ini_section *section;
    if (ini)
        VEC_EACH (section, &ini->sections) {
            const struct ini_key *key;
            if (strncmp(section->folded, "bat dau", strlen("bat dau")) == 0)
                read_firsts(pool, section, rules, diag);
            else if (strcmp(section->folded, "co quan") == 0)
                read_office(section, rules);
            else if (strcmp(section->folded, "day so") == 0)
                VEC_EACH (key, &section->keys) {
                    if (strcmp(key->folded, "theo") == 0)
                        read_by(key, rules, diag);
                    else
                        read_group(pool, key, rules);
                }
        }
    return diag_count(diag, DIAG_ERROR) == errors ? rules : NULL;
}

/* What stands for the office in a symbol: "SXD" of SXD-VP, of QĐ-SXD, of 2026/QĐ-SXD. */
static const char *office_of(struct pool *pool, const char *symbol, const char *abbreviation) {
    const char *slash = strrchr(symbol, '/');
    const char *s = slash ? slash + 1 : symbol;
    size_t n = strlen(abbreviation);
    if (n && strncmp(s, abbreviation, n) == 0 && s[n] == '-')
        s += n + 1;
    return pool_strndup(pool, s, strcspn(s, "-"));
}

const char *series_of(struct pool *pool, const struct series_rules *rules, const char *type,
                      const char *abbreviation, const char *symbol) {
    if (rules->by == BY_SYMBOL)
        return pool_strdup(pool, symbol);
    const char *office = office_of(pool, symbol, abbreviation);
    if (rules->by == BY_OFFICE)
        return office;
    const char *name = utf8_fold(pool, type);
    const struct type_group *group;
    VEC_EACH (group, &rules->groups)
        if (strcmp(group->type, name) == 0) {
            name = group->name;
            break;
        }
    return pool_printf(pool, "%s/%s", name, office);
}

int series_first(const struct series_rules *rules, const char *series, int year) {
    size_t n = strcspn(series, "/");
    const struct first *first;
    VEC_EACH (first, &rules->firsts)
        if (first->year == year && strlen(first->group) == n &&
            strncmp(first->group, series, n) == 0)
            return first->number;
    return 1;
}
