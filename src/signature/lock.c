#include "signature/lock.h"

#include <string.h>

enum { MAX_REFERENCES = 100, MAX_LOCKED = 10000 };

/* /P: anything but 1, 2 and 3 forbids everything; absent means 2 for DocMDP. */
static int read_level(struct reader *reader, pdf_value parameters, int absent) {
    long long p = absent;
    pdf_value value = reader_key(reader, parameters, "/P");
    if (reader_kind(reader, value) != PDF_NULL && !reader_integer(reader, value, &p))
        return 1;
    return p == absent || (p >= 1 && p <= 3) ? (int)p : 1;
}

static void stricter(struct permission *permission, int level) {
    if (level && (!permission->level || level < permission->level))
        permission->level = level;
}

/* /Action and /Fields, of FieldMDP's parameters or of a field's /Lock; an unknown action locks all.
 */
static void read_lock(struct reader *reader, struct pool *pool, pdf_value dictionary,
                      struct permission *permission) {
    pdf_value action = reader_key(reader, dictionary, "/Action");
    pdf_value fields = reader_key(reader, dictionary, "/Fields");
    if (reader_kind(reader, action) == PDF_NULL)
        return;
    struct field_lock *lock = VEC_PUSH(pool, &permission->locks);
    lock->action = reader_is_name(reader, action, "/Include")   ? LOCK_INCLUDE
                   : reader_is_name(reader, action, "/Exclude") ? LOCK_EXCLUDE
                                                                : LOCK_ALL;
    for (int i = 0; i < reader_count(reader, fields) && i < MAX_LOCKED; i++)
        *VEC_PUSH(pool, &lock->fields) = reader_text(reader, reader_item(reader, fields, i));
}

void permission_read(struct reader *reader, struct pool *pool, const struct form_field *field,
                     struct permission *permission) {
    pdf_value references = reader_key(reader, field->value, "/Reference");
    pdf_value own = reader_key(reader, field->dictionary, "/Lock");
    *permission = (struct permission){.certifies = false};
    for (int i = 0; i < reader_count(reader, references) && i < MAX_REFERENCES; i++) {
        pdf_value reference = reader_item(reader, references, i);
        pdf_value method = reader_key(reader, reference, "/TransformMethod");
        pdf_value parameters = reader_key(reader, reference, "/TransformParams");
        if (reader_is_name(reader, method, "/DocMDP")) {
            permission->certifies = true;
            stricter(permission, read_level(reader, parameters, 2));
        } else if (reader_is_name(reader, method, "/FieldMDP")) {
            read_lock(reader, pool, parameters, permission);
        }
    }
    read_lock(reader, pool, own, permission);
    stricter(permission, read_level(reader, own, 0));
    pdf_value perms = reader_key(reader, reader_root(reader), "/Perms");
    int listed = reader_id(reader, reader_key(reader, perms, "/DocMDP"));
    permission->listed =
        permission->certifies && listed && listed == reader_id(reader, field->value);
}

static bool is_part_of(const char *name, const char *whole) {
    size_t n = strlen(whole);
    return strncmp(name, whole, n) == 0 && (!name[n] || name[n] == '.');
}

static bool covers(const struct field_lock *lock, const char *name) {
    bool listed = false;
    for (size_t i = 0; i < lock->fields.n; i++)
        listed = listed || is_part_of(name, lock->fields.at[i]);
    return lock->action == LOCK_ALL || listed == (lock->action == LOCK_INCLUDE);
}

bool permission_locks(const struct permission *permission, const char *name) {
    const struct field_lock *lock;
    VEC_EACH (lock, &permission->locks)
        if (covers(lock, name))
            return true;
    return false;
}
