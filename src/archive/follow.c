#include "archive/follow.h"

#include "archive/record.h"
#include "archive/store.h"
#include "base/file.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum { BATCH = 2000 }; /* objects a transaction */

struct following {
    const struct archive *archive;
    struct index *index;
    struct log_mark mark;
    struct pool *pool; /* of one line */
    struct diag *diag;
    size_t waiting, taken;
    bool open, ok;
    bool whole; /* all in one transaction */
    bool moved; /* the index went on without us */
};

const char *follow_default(struct pool *pool, const struct archive *archive) {
    return path_join(pool, archive->folder, "index.sqlite");
}

/* What the store keeps of the object. One that cannot be read is in the index with its id alone. */
static const struct record *read_record(struct following *f, const char *id, int version) {
    struct inventory *inventory = store_inventory(f->pool, f->archive, id, f->diag);
    struct bytes text = {0};
    const char *why;
    if (inventory)
        text = store_read(f->pool, f->archive, inventory, version, STORE_RECORD, f->diag);
    const struct json *json = text.s ? json_read(f->pool, text.s, text.len, &why) : NULL;
    struct record *record = record_read_json(f->pool, json);
    return record ? record : record_new(f->pool);
}

/* After a failure nothing is: an entry may be there by half, and index_close takes it back. */
static bool commit(struct following *f) {
    if (f->open && f->ok)
        f->ok = index_commit(f->index, &f->mark, f->diag);
    f->open = false;
    f->waiting = 0;
    return f->ok;
}

/* Another program may have taken in the same lines since the mark was read. */
static bool begin(struct following *f) {
    struct log_mark now;
    f->ok = f->open = index_begin(f->index, f->diag);
    f->ok = f->ok && index_mark(f->index, &now, f->diag);
    f->moved = f->ok && now.head.seq != f->mark.head.seq;
    if (!f->moved)
        return f->ok;
    index_rollback(f->index, f->diag);
    return f->open = false;
}

static bool take_line(void *context, const struct log_line *line) {
    struct following *f = context;
    const char *id = json_text(line->json, STORE_KEY_OBJECT);
    const char *inventory = json_text(line->json, "inventory");
    int version = (int)json_number(line->json, "version", 0);
    if (!f->open && !begin(f))
        return false;
    if (id && version > 0) {
        struct index_entry entry = {id, version, inventory ? inventory : "",
                                    read_record(f, id, version)};
        if (!index_put(f->index, &entry, f->diag))
            return f->ok = false;
        f->taken++;
        f->waiting++;
    }
    f->mark.head = line->head;
    f->mark.end = line->begin + (int64_t)strlen(line->text) + 1;
    pool_reset(f->pool);
    return f->waiting < BATCH || f->whole || commit(f);
}

static bool read_on(struct following *f) {
    struct log_reading reading;
    struct pool *pool = pool_new(); /* the other one is reset line by line */
    struct log_mark begin = f->mark;
    bool ok = log_read_from(archive_log_path(pool, f->archive, "store"), &begin, take_line, f,
                            &reading, f->diag);
    pool_free(pool);
    return ok && f->ok;
}

static bool stop(void *context, const struct log_line *line) {
    (void)context;
    (void)line;
    return false;
}

/* Whether the log still is the one the index was made from: a line ends at the mark, and the next
 * carries its hash. */
static bool belongs(struct following *f) {
    struct log_reading reading;
    const char *path = archive_log_path(f->pool, f->archive, "store");
    if (!f->mark.head.seq)
        return true;
    FILE *in = fopen(path, "re");
    bool there = in && fseek(in, f->mark.end - 1, SEEK_SET) == 0 && getc(in) == '\n';
    if (in)
        fclose(in);
    return there && log_read_from(path, &f->mark, stop, NULL, &reading, f->diag) &&
           (reading.fault == LOG_WHOLE || reading.fault == LOG_TORN);
}

static void start_again(struct following *f) {
    memset(f->mark.head.hash, '0', digest_length("sha256"));
    f->mark.head.hash[digest_length("sha256")] = '\0';
    f->mark.head.seq = f->mark.end = 0;
    f->open = index_begin(f->index, f->diag);
    f->ok = f->open && index_clear(f->index, f->diag);
}

static bool follow_once(struct following *f) {
    f->moved = false;
    bool ok = index_mark(f->index, &f->mark, f->diag);
    if (ok && !belongs(f))
        start_again(f);
    ok = ok && f->ok && read_on(f);
    return commit(f) && ok;
}

/* After a failure only index_close may be called. */
static bool follow(const struct archive *archive, struct index *index, struct diag *diag) {
    struct following f = {.archive = archive, .index = index, .diag = diag, .ok = true};
    f.pool = pool_new();
    bool ok;
    do
        ok = follow_once(&f);
    while (ok && f.moved);
    pool_free(f.pool);
    return ok;
}

struct index *follow_open(struct pool *pool, const struct archive *archive, const char *where,
                          struct diag *diag) {
    struct index *index = index_open(where ? where : follow_default(pool, archive), diag);
    if (index && follow(archive, index, diag))
        return index;
    index_close(index);
    return NULL;
}

/* ---- anew ---- */

static bool rebuild_in(const struct archive *archive, struct index *index, bool whole, size_t *n,
                       struct diag *diag) {
    struct following f = {.archive = archive, .index = index, .diag = diag, .ok = true};
    f.whole = whole;
    f.pool = pool_new();
    start_again(&f);
    bool ok = f.ok && read_on(&f);
    ok = commit(&f) && ok && index_settle(index, diag);
    if (n)
        *n = f.taken;
    pool_free(f.pool);
    return ok;
}

static bool fail(const char *path, struct diag *diag) {
    diag_add(diag, FILE_CANNOT_WRITE, (struct where){.file = path}, strerror(errno), NULL);
    return false;
}

static bool sync_file(const char *path) {
    int fd = open(path, O_RDONLY | O_CLOEXEC);
    bool ok = fd >= 0 && fsync(fd) == 0;
    if (fd >= 0)
        close(fd);
    return ok;
}

bool follow_rebuild(const struct archive *archive, const char *where, size_t *n,
                    struct diag *diag) {
    struct pool *pool = pool_new();
    bool file = index_is_file(where);
    const char *path =
        file ? pool_printf(pool, "%s" FILE_TEMPORARY "%ld", where, (long)getpid()) : where;
    struct index *index = index_open(path, diag);
    bool ok = index && rebuild_in(archive, index, !file, n, diag);
    index_close(index);
    if (file && ok && (!sync_file(path) || rename(path, where) != 0))
        ok = fail(where, diag);
    if (file && !ok)
        unlink(path);
    pool_free(pool);
    return ok;
}

/* ---- against the store ---- */

struct index_checking {
    struct following f;
    const struct audit *audit; /* whose sample is looked at whole; NULL: all are */
    struct diag *unheard;      /* of objects that cannot be read: others tell */
    size_t behind;
};

static void name(struct index_checking *c, enum diag_code code, const char *id) {
    diag_add(c->f.diag, code, (struct where){.file = c->f.archive->folder}, id, NULL);
}

static bool check_entry(struct index_checking *c, const struct index_entry *entry, int64_t seq) {
    enum index_state state;
    if (!index_compare(c->f.index, entry, &state, c->f.diag))
        return c->f.ok = false;
    if (state != INDEX_AGREES && seq > c->f.mark.head.seq)
        c->behind++;
    else if (state != INDEX_AGREES)
        name(c, state == INDEX_LACKS ? ARCHIVE_INDEX_LACKS : ARCHIVE_INDEX_DIFFERS, entry->object);
    return true;
}

static bool is_wanted(const struct index_checking *c, const char *id) {
    return !c->audit || audit_wanted(c->audit, path_name(store_path(c->f.pool, c->f.archive, id)));
}

/* The line about the last version of an object; those about older ones are passed over. */
static bool check_line(void *context, const struct log_line *line) {
    struct index_checking *c = context;
    struct pool *pool = c->f.pool;
    const char *id = json_text(line->json, STORE_KEY_OBJECT);
    const char *digest = json_text(line->json, "inventory"), *why;
    struct bytes text = {0};
    size_t version = (size_t)json_number(line->json, "version", 0);
    pool_reset(pool);
    struct inventory *inventory = id ? store_inventory(pool, c->f.archive, id, c->unheard) : NULL;
    bool last = inventory && inventory->versions.n == version, wanted = last && is_wanted(c, id);
    if (wanted)
        text = store_read(pool, c->f.archive, inventory, 0, STORE_RECORD, c->unheard);
    const struct record *record =
        text.s ? record_read_json(pool, json_read(pool, text.s, text.len, &why)) : NULL;
    struct index_entry entry = {id, (int)version, digest ? digest : "", record};
    return !last || (wanted && !record) || check_entry(c, &entry, line->head.seq);
}

static bool check_surplus(void *context, const char *object, int version, const char *inventory) {
    struct index_checking *c = context;
    (void)version;
    (void)inventory;
    pool_reset(c->f.pool);
    if (!file_is_folder(store_path(c->f.pool, c->f.archive, object)))
        name(c, ARCHIVE_INDEX_SURPLUS, object);
    return true;
}

bool follow_check(const struct archive *archive, struct index *index, const struct audit *audit,
                  size_t *behind, struct diag *diag) {
    struct index_checking c = {.audit = audit,
                               .f = {.archive = archive, .index = index, .diag = diag, .ok = true}};
    struct log_reading reading;
    struct pool *pool = pool_new();
    c.f.pool = pool_new();
    c.unheard = diag_new(diag_lang(diag));
    bool ok = index_mark(index, &c.f.mark, diag) &&
              log_read(archive_log_path(pool, archive, "store"), check_line, &c, &reading, diag) &&
              index_each(index, check_surplus, &c, diag);
    *behind = c.behind;
    diag_free(c.unheard);
    pool_free(c.f.pool);
    pool_free(pool);
    return ok && c.f.ok;
}
