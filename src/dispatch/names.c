#include "dispatch/names.h"

#include <stdint.h>
#include <string.h>

struct name_slot {
    const char *name; /* NULL: free */
    size_t len, value;
    uint64_t hash;
};

enum { FIRST_CAP = 64 };

/* FNV-1a, 64 bits. */
static uint64_t hash_of(const char *name, size_t len) {
    uint64_t hash = UINT64_C(0xcbf29ce484222325);
    for (size_t i = 0; i < len; i++)
        hash = (hash ^ (unsigned char)name[i]) * UINT64_C(0x100000001b3);
    return hash;
}

/* Where the name is, or the free slot where it belongs. `cap` is a power of two, never full. */
static struct name_slot *slot_for(struct name_slot *slots, size_t cap, const char *name, size_t len,
                                  uint64_t hash) {
    size_t i = (size_t)hash & (cap - 1);
    while (slots[i].name &&
           !(slots[i].hash == hash && slots[i].len == len && memcmp(slots[i].name, name, len) == 0))
        i = (i + 1) & (cap - 1);
    return &slots[i];
}

static void grow(struct names *names) {
    size_t cap = names->cap ? names->cap * 2 : FIRST_CAP;
    struct name_slot *slots = POOL_ARRAY(names->pool, struct name_slot, cap);
    for (size_t i = 0; i < names->cap; i++) {
        const struct name_slot *old = &names->slots[i];
        if (old->name)
            *slot_for(slots, cap, old->name, old->len, old->hash) = *old;
    }
    names->slots = slots;
    names->cap = cap;
}

size_t names_add(struct names *names, const char *name, size_t len, size_t value) {
    if (names->n * 2 >= names->cap)
        grow(names);
    uint64_t hash = hash_of(name, len);
    struct name_slot *slot = slot_for(names->slots, names->cap, name, len, hash);
    if (slot->name)
        return slot->value;
    const char *copy = pool_strndup(names->pool, name, len);
    *slot = (struct name_slot){.name = copy, .len = len, .value = value, .hash = hash};
    names->n++;
    return value;
}

size_t names_find(const struct names *names, const char *name, size_t len) {
    if (!names->cap)
        return NAMES_NONE;
    const struct name_slot *slot =
        slot_for(names->slots, names->cap, name, len, hash_of(name, len));
    return slot->name ? slot->value : NAMES_NONE;
}
