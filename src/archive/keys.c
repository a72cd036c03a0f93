/* An open-addressing table: a header, then `capacity` slots of a 128-bit key and the place of a
 * line. The header is written last and says up to which line the slots are complete; a crash
 * between the two only means that the same lines are entered again. Every hit is looked up in the
 * log itself, so a wrong slot can hide a line but never invent one. */
#include "archive/keys.h"

#include "base/file.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum { FIRST_CAPACITY = 1 << 12, KEY_BYTES = 16 };

static const char magic[16] = "congvan keys 1\n";

struct header {
    char magic[16];
    uint64_t capacity, used;
    int64_t last_line, log_end; /* of the lines entered so far: where the last begins and ends */
    struct log_head head;
};

struct key_slot {
    unsigned char key[KEY_BYTES];
    int64_t line; /* where it begins, plus one; 0: free */
};

struct keys {
    int fd;
    char *path, *log_path;
    const char *const *names;
    struct header header;
    bool failed; /* in the middle of a walk through the log */
};

static void key_of(const char *name, const char *value, unsigned char key[KEY_BYTES]) {
    char text[DIGEST_TEXT];
    struct buf joined = {0};
    buf_printf(&joined, "%s:%s", name, value);
    digest_of("sha256", joined.data, joined.len, text);
    buf_free(&joined);
    for (int i = 0; i < KEY_BYTES; i++) {
        unsigned byte = 0;
        sscanf(text + 2 * i, "%2x", &byte);
        key[i] = (unsigned char)byte;
    }
}

static uint64_t home_of(const unsigned char key[KEY_BYTES], uint64_t capacity) {
    uint64_t word;
    memcpy(&word, key, sizeof word);
    return word & (capacity - 1);
}

static off_t place_of(uint64_t i) {
    return (off_t)(sizeof(struct header) + i * sizeof(struct key_slot));
}

/* The slot of `key`, or the free one where it would go. False: the file cannot be read. */
static bool seek(const struct keys *keys, const unsigned char key[KEY_BYTES], uint64_t *at,
                 struct key_slot *slot) {
    uint64_t capacity = keys->header.capacity;
    uint64_t i = home_of(key, capacity);
    for (uint64_t tries = 0; tries < capacity; tries++, i = (i + 1) & (capacity - 1)) {
        if (pread(keys->fd, slot, sizeof *slot, place_of(i)) != sizeof *slot)
            return false;
        if (!slot->line || memcmp(slot->key, key, KEY_BYTES) == 0) {
            *at = i;
            return true;
        }
    }
    errno = EIO;
    return false;
}

static bool write_header(struct keys *keys) {
    return pwrite(keys->fd, &keys->header, sizeof keys->header, 0) == sizeof keys->header;
}

/* An empty table of `capacity` in a file without a name yet. */
static bool make_file(struct keys *keys, const char *path, uint64_t capacity) {
    int fd = open(path, O_RDWR | O_CREAT | O_TRUNC | O_CLOEXEC | O_NOFOLLOW, 0644);
    if (fd < 0)
        return false;
    keys->fd = fd;
    keys->header.capacity = capacity;
    keys->header.used = 0;
    return ftruncate(fd, place_of(capacity)) == 0;
}

static bool enter(struct keys *keys, const unsigned char key[KEY_BYTES], int64_t line) {
    struct key_slot slot;
    uint64_t at;
    if (!seek(keys, key, &at, &slot))
        return false;
    keys->header.used += !slot.line;
    memcpy(slot.key, key, KEY_BYTES);
    slot.line = line;
    return pwrite(keys->fd, &slot, sizeof slot, place_of(at)) == sizeof slot;
}

static bool copy_slots(struct keys *keys, int from, uint64_t capacity) {
    enum { ROW = 1024 };
    struct key_slot row[ROW];
    for (uint64_t i = 0; i < capacity; i += ROW) {
        if (pread(from, row, sizeof row, place_of(i)) != sizeof row)
            return false;
        for (int k = 0; k < ROW; k++)
            if (row[k].line && !enter(keys, row[k].key, row[k].line))
                return false;
    }
    return true;
}

/* Twice the room, in a new file that takes the old one's name. */
static bool grow(struct keys *keys) {
    struct pool *pool = pool_new();
    const char *path = pool_printf(pool, "%s%s", keys->path, FILE_TEMPORARY "grow");
    int old = keys->fd;
    uint64_t capacity = keys->header.capacity;
    bool ok = make_file(keys, path, 2 * capacity) && copy_slots(keys, old, capacity) &&
              write_header(keys) && rename(path, keys->path) == 0;
    close(old);
    pool_free(pool);
    return ok;
}

static bool enter_line(void *context, const struct log_line *line) {
    struct keys *keys = context;
    for (const char *const *name = keys->names; *name; name++) {
        const char *value = json_text(line->json, *name);
        unsigned char key[KEY_BYTES];
        if (!value)
            continue;
        key_of(*name, value, key);
        if ((keys->header.used + 1) * 3 > keys->header.capacity * 2 && !grow(keys))
            keys->failed = true;
        keys->failed = keys->failed || !enter(keys, key, line->begin + 1);
    }
    keys->header.head = line->head;
    keys->header.last_line = line->begin;
    keys->header.log_end = line->begin + (int64_t)strlen(line->text) + 1;
    return !keys->failed;
}

static bool fail(const struct keys *keys, struct diag *diag) {
    diag_add(diag, FILE_CANNOT_WRITE, (struct where){.file = keys->path}, strerror(errno), NULL);
    return false;
}

bool keys_follow(struct keys *keys, struct diag *diag) {
    struct log_reading reading;
    struct log_mark begin = {keys->header.head, keys->header.log_end};
    if (!log_read_from(keys->log_path, &begin, enter_line, keys, &reading, diag))
        return false;
    if (keys->failed)
        return fail(keys, diag);
    if (keys->header.log_end == begin.end)
        return true;
    bool ok = (fdatasync(keys->fd) == 0 || errno == EINVAL) && write_header(keys);
    return ok || fail(keys, diag);
}

static bool start_over(struct keys *keys) {
    if (keys->fd >= 0)
        close(keys->fd);
    keys->fd = -1;
    keys->header = (struct header){.log_end = 0};
    memcpy(keys->header.magic, magic, sizeof magic);
    memset(keys->header.head.hash, '0', digest_length("sha256"));
    return make_file(keys, keys->path, FIRST_CAPACITY) && write_header(keys);
}

struct last {
    const struct log_head *head;
    bool same;
};

static bool compare_head(void *context, const struct log_line *line) {
    struct last *last = context;
    last->same = strcmp(line->head.hash, last->head->hash) == 0;
    return false;
}

/* Whether the table belongs to this log: its last line is still there, and with it, by the chain,
 * all before it. */
static bool continues(const struct keys *keys) {
    const struct header *h = &keys->header;
    struct last last = {&h->head, h->log_end == 0};
    struct log_reading reading;
    struct diag *quiet = diag_new(LANG_EN);
    if (h->log_end)
        log_read_from(keys->log_path, &(struct log_mark){h->head, h->last_line}, compare_head,
                      &last, &reading, quiet);
    diag_free(quiet);
    return last.same;
}

static bool read_header(struct keys *keys) {
    keys->fd = open(keys->path, O_RDWR | O_CLOEXEC | O_NOFOLLOW);
    struct header *h = &keys->header;
    bool read = keys->fd >= 0 && pread(keys->fd, h, sizeof *h, 0) == sizeof *h;
    h->head.hash[DIGEST_TEXT - 1] = '\0';
    return read && memcmp(h->magic, magic, sizeof magic) == 0 && h->capacity >= FIRST_CAPACITY &&
           (h->capacity & (h->capacity - 1)) == 0 &&
           lseek(keys->fd, 0, SEEK_END) == place_of(h->capacity) && continues(keys);
}

struct keys *keys_open(const char *path, const char *log_path, const char *const *names,
                       struct diag *diag) {
    struct keys *keys = mem_alloc(sizeof *keys);
    *keys = (struct keys){.fd = -1, .names = names};
    keys->path = strcpy(mem_alloc(strlen(path) + 1), path);
    keys->log_path = strcpy(mem_alloc(strlen(log_path) + 1), log_path);
    bool ok = read_header(keys) || start_over(keys) || fail(keys, diag);
    if (ok && keys_follow(keys, diag))
        return keys;
    keys_close(keys);
    return NULL;
}

void keys_close(struct keys *keys) {
    if (!keys)
        return;
    if (keys->fd >= 0)
        close(keys->fd);
    free(keys->path);
    free(keys->log_path);
    free(keys);
}

const struct json *keys_find(struct keys *keys, struct pool *pool, const char *name,
                             const char *value) {
    unsigned char key[KEY_BYTES];
    struct key_slot slot;
    uint64_t at;
    key_of(name, value, key);
    if (!seek(keys, key, &at, &slot) || !slot.line)
        return NULL;
    struct diag *quiet = diag_new(LANG_EN);
    const struct json *line = log_line_at(keys->log_path, slot.line - 1, pool, quiet);
    const char *found = json_text(line, name);
    diag_free(quiet);
    return found && strcmp(found, value) == 0 ? line : NULL;
}
