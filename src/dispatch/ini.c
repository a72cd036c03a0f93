#include "dispatch/ini.h"
#include "base/file.h"
#include "dispatch/ini_scan.h"
#include "dispatch/names.h"
#include "dispatch/source.h"

#include <errno.h>
#include <iniparser/iniparser.h>
#include <pthread.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

/* How iniparser gets to read every value whole, whatever its length and characters:
 *
 * The scan finds sections, keys, their lines and where each value begins and ends. iniparser is
 * handed the keys under names it cannot spoil ("k7.0"), each value quoted, in pieces short enough
 * for its line buffer; a quote inside a value travels as the byte QUOTE, which source_text lets no
 * author write. Its dictionary is searched from end to end for every key, so it gets a batch of
 * keys at a time, which keeps the whole linear. What it reads is the value - and must be what the
 * scan saw; a difference is reported, never settled in silence. */
enum { PIECE_BYTES = 900, BATCH_KEYS = 64, QUOTE = 1 };

static int say_nothing(const char *format, ...) {
    (void)format;
    return 0;
}

/* The callback is iniparser's own global; it is set once and never to anything else. */
static void silence_iniparser(void) {
    iniparser_set_error_callback(say_nothing);
}

static size_t pieces_of(const char *value) {
    size_t n = strlen(value);
    return n ? (n + PIECE_BYTES - 1) / PIECE_BYTES : 1;
}

static void put_name(struct buf *out, size_t key, size_t piece) {
    buf_putc(out, 'k');
    buf_put_int(out, (int64_t)key);
    buf_putc(out, '.');
    buf_put_int(out, (int64_t)piece);
}

static void put_piece(struct buf *out, size_t key, size_t piece, const char *value) {
    put_name(out, key, piece);
    buf_puts(out, " = \"");
    const char *s = value + piece * PIECE_BYTES;
    for (size_t i = 0; i < PIECE_BYTES && s[i]; i++)
        buf_putc(out, s[i] == '"' ? QUOTE : s[i]);
    buf_puts(out, "\"\n");
}

/* iniparser only opens paths, so the text goes into a file that lives in memory. False, reported:
 * the system does not let us have one of that size. *loaded is NULL when iniparser reads nothing,
 * for want of a file descriptor too: then nothing is confirmed. */
static bool load(const struct buf *text, dictionary **loaded, struct diag *diag) {
    int fd = memfd_create("congvan", MFD_CLOEXEC);
    char path[64];
    bool there = fd >= 0 && file_write_all(fd, text->data, text->len), full = fd >= 0 && !there;
    if (full)
        diag_add(diag, FILE_CANNOT_WRITE, (struct where){.file = "memfd:congvan"}, strerror(errno),
                 NULL);
    snprintf(path, sizeof path, "/proc/self/fd/%d", fd);
    *loaded = there ? iniparser_load(path) : NULL;
    if (fd >= 0)
        close(fd);
    return !full;
}

struct values {
    struct pool *pool;
    struct diag *diag;
    VEC(struct ini_key *) keys; /* of all sections */
    struct buf text, name, value;
};

/* What iniparser read under key number `key`, its pieces joined; NULL if it lost one. */
static const char *value_of(struct values *values, const dictionary *loaded, size_t key) {
    size_t pieces = pieces_of(values->keys.at[key]->value);
    buf_clear(&values->value);
    for (size_t piece = 0; piece < pieces; piece++) {
        buf_clear(&values->name);
        buf_puts(&values->name, "s:");
        put_name(&values->name, key, piece);
        const char *read = iniparser_getstring(loaded, values->name.data, NULL);
        if (!read)
            return NULL;
        for (; *read; read++)
            buf_putc(&values->value, *read == QUOTE ? '"' : *read);
    }
    return buf_text(&values->value);
}

/* Gives keys [from, to) the values that iniparser reads. */
static void read_batch(struct values *values, size_t from, size_t to) {
    buf_clear(&values->text);
    buf_puts(&values->text, "[s]\n");
    for (size_t i = from; i < to; i++)
        for (size_t piece = 0; piece < pieces_of(values->keys.at[i]->value); piece++)
            put_piece(&values->text, i, piece, values->keys.at[i]->value);
    dictionary *loaded;
    if (!load(&values->text, &loaded, values->diag))
        return;
    for (size_t i = from; i < to; i++) {
        struct ini_key *key = values->keys.at[i];
        const char *read = loaded ? value_of(values, loaded, i) : NULL;
        if (read && strcmp(read, key->value) == 0)
            key->value = pool_strdup(values->pool, read);
        else
            diag_add(values->diag, INI_DISAGREES, key->where, key->name, NULL);
    }
    if (loaded)
        iniparser_freedict(loaded);
}

/* The end of the batch that starts at `from`: few enough keys, and few enough pieces of them. */
static size_t batch_end(const struct values *values, size_t from) {
    size_t pieces = 0, to = from;
    while (to < values->keys.n && pieces < BATCH_KEYS)
        pieces += pieces_of(values->keys.at[to++]->value);
    return to;
}

static void read_values(struct pool *pool, struct ini *ini, struct diag *diag) {
    struct values values = {.pool = pool, .diag = diag};
    struct ini_section *section;
    struct ini_key *key;
    VEC_EACH (section, &ini->sections)
        VEC_EACH (key, &section->keys)
            *VEC_PUSH(pool, &values.keys) = key;
    for (size_t from = 0, to; from < values.keys.n; from = to) {
        to = batch_end(&values, from);
        read_batch(&values, from, to);
    }
    buf_free(&values.text);
    buf_free(&values.name);
    buf_free(&values.value);
}

struct ini *ini_parse(struct pool *pool, const char *name, const char *bytes, size_t n,
                      struct diag *diag) {
    static pthread_once_t once = PTHREAD_ONCE_INIT;
    pthread_once(&once, silence_iniparser);
    size_t len;
    const char *text = source_text(pool, name, bytes, n, &len, diag);
    struct ini *ini = ini_scan(pool, name, text, len, diag);
    read_values(pool, ini, diag);
    return ini;
}

struct ini *ini_read(struct pool *pool, const char *path, struct diag *diag) {
    size_t n;
    const char *bytes = file_read(pool, path, &n, (struct where){.file = path}, diag);
    return bytes ? ini_parse(pool, path, bytes, n, diag) : NULL;
}

bool ini_is_list(const char *folded) {
    return strcmp(folded, "kinh gui") == 0 || strcmp(folded, "noi nhan") == 0 ||
           strcmp(folded, "can cu") == 0;
}

const struct ini_section *ini_section(const struct ini *ini, const char *folded) {
    const struct ini_section *section;
    VEC_EACH (section, &ini->sections)
        if (strcmp(section->folded, folded) == 0)
            return section;
    return NULL;
}

const struct ini_key *ini_key(const struct ini_section *section, const char *folded) {
    const struct ini_key *key;
    if (section)
        VEC_EACH (key, &section->keys)
            if (strcmp(key->folded, folded) == 0)
                return key;
    return NULL;
}

/* Appends the keys of `defaults` that `section` lacks. */
static void add_keys(struct pool *pool, struct ini_section *section,
                     const struct ini_section *defaults, bool only_luu) {
    struct names have = {.pool = pool};
    const struct ini_key *key;
    VEC_EACH (key, &section->keys)
        names_add(&have, key->folded, strlen(key->folded), 0);
    VEC_EACH (key, &defaults->keys) {
        if (only_luu && strcmp(key->folded, "luu") != 0)
            continue;
        if (names_find(&have, key->folded, strlen(key->folded)) == NAMES_NONE)
            *VEC_PUSH(pool, &section->keys) = *key;
    }
}

/* Whether the section names items of its own (and not only `lưu`). */
static bool has_items(const struct ini_section *section) {
    const struct ini_key *key;
    VEC_EACH (key, &section->keys)
        if (strcmp(key->folded, "luu") != 0)
            return true;
    return false;
}

static struct ini_section *section_for(struct pool *pool, struct ini *ini,
                                       const struct ini_section *like) {
    struct ini_section *section;
    VEC_EACH (section, &ini->sections)
        if (strcmp(section->folded, like->folded) == 0)
            return section;
    section = VEC_PUSH(pool, &ini->sections);
    section->name = like->name;
    section->folded = like->folded;
    section->where = like->where;
    return section;
}

static void drop_items(struct ini_section *section) {
    size_t kept = 0;
    for (size_t i = 0; i < section->keys.n; i++)
        if (strcmp(section->keys.at[i].folded, "luu") == 0)
            section->keys.at[kept++] = section->keys.at[i];
    section->keys.n = kept;
}

static void overlay_key(struct pool *pool, struct ini_section *section, const struct ini_key *key) {
    struct ini_key *known;
    VEC_EACH (known, &section->keys)
        if (strcmp(known->folded, key->folded) == 0) {
            *known = *key;
            return;
        }
    *VEC_PUSH(pool, &section->keys) = *key;
}

void ini_overlay(struct pool *pool, struct ini *ini, const struct ini *over) {
    const struct ini_section *from;
    const struct ini_key *key;
    VEC_EACH (from, &over->sections) {
        struct ini_section *to = section_for(pool, ini, from);
        if (ini_is_list(from->folded) && has_items(from))
            drop_items(to);
        VEC_EACH (key, &from->keys)
            overlay_key(pool, to, key);
    }
}

void ini_add_defaults(struct pool *pool, struct ini *ini, const struct ini *defaults) {
    struct names have = {.pool = pool};
    for (size_t i = 0; i < ini->sections.n; i++)
        names_add(&have, ini->sections.at[i].folded, strlen(ini->sections.at[i].folded), i);
    const struct ini_section *section;
    VEC_EACH (section, &defaults->sections) {
        size_t i = names_find(&have, section->folded, strlen(section->folded));
        bool known = i != NAMES_NONE;
        struct ini_section *to = known ? &ini->sections.at[i] : VEC_PUSH(pool, &ini->sections);
        if (!known) {
            to->name = section->name;
            to->folded = section->folded;
            to->where = section->where;
        }
        add_keys(pool, to, section, known && ini_is_list(section->folded) && has_items(to));
    }
}
