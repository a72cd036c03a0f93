#include "archive/admit.h"

#include <string.h>

/* One decision. */
struct deciding {
    struct store *store;
    struct pool *pool;
    const char *path;
    struct bytes pdf;
    const struct intake *intake;
    const struct admit_terms *terms;
    struct diag *diag;
};

static struct admitted refuse(const struct deciding *d, enum diag_code code, const char *a,
                              const char *b) {
    diag_add(d->diag, code, (struct where){.file = d->path}, a, b, NULL);
    return (struct admitted){.as = ADMIT_REFUSED};
}

/* ---- what is there already ---- */

struct held {
    const char *object;
    int version;
    const char *first, *file;
};

static bool find(const struct deciding *d, const char *name, const char *value, struct held *held) {
    const struct json *line = *value ? store_find(d->store, d->pool, name, value) : NULL;
    held->object = json_text(line, STORE_KEY_OBJECT);
    held->version = (int)json_number(line, "version", 0);
    held->first = json_text(line, STORE_KEY_FIRST);
    held->file = json_text(line, STORE_KEY_FILE);
    return held->object && held->version && held->first && held->file;
}

/* The latest version of an object of which some version is known. */
static void find_latest(const struct deciding *d, struct held *held) {
    struct held latest;
    if (find(d, STORE_KEY_OBJECT, held->object, &latest))
        *held = latest;
}

/* The object whose document this one begins with. */
static bool find_beginning(const struct deciding *d, struct held *held) {
    for (size_t i = 0; i < d->intake->before.n; i++)
        if (find(d, STORE_KEY_FILE, d->intake->before.at[i], held)) {
            find_latest(d, held);
            return true;
        }
    return false;
}

/* Whether the document that is held begins with this one. */
static bool is_beginning(const struct deciding *d, const struct held *held) {
    const struct archive *archive = store_archive(d->store);
    struct bytes whole = {0};
    const struct inventory *inventory = store_inventory(d->pool, archive, held->object, d->diag);
    if (inventory)
        whole = store_read(d->pool, archive, inventory, held->version, STORE_DOCUMENT, d->diag);
    return whole.s && whole.len >= d->pdf.len && memcmp(whole.s, d->pdf.s, d->pdf.len) == 0;
}

/* ---- the verdict ---- */

static bool verdict_allows(const struct deciding *d) {
    enum validity verdict = d->intake->verdict;
    if (verdict == VALIDITY_VALID || d->terms->as_is)
        return true;
    if (verdict == VALIDITY_UNSIGNED)
        refuse(d, ARCHIVE_ADD_UNSIGNED, NULL, NULL);
    else if (verdict == VALIDITY_UNDECIDED)
        refuse(d, d->terms->trusting ? ARCHIVE_ADD_UNDECIDED : ARCHIVE_ADD_NO_TRUST, NULL, NULL);
    else
        refuse(d, ARCHIVE_ADD_NOT_VALID, verdict_word(verdict, diag_lang(d->diag)), NULL);
    return false;
}

static void put_evidence(struct buf *out, const struct admit_terms *terms) {
    char text[DIGEST_TEXT];
    buf_puts(out, ",\"evidence\":[");
    for (size_t i = 0; i < terms->evidence_count; i++) {
        const struct intake_file *file = &terms->evidence[i];
        buf_puts(out, i ? ",{\"name\":" : "{\"name\":");
        json_string(out, file->name);
        digest_of(INVENTORY_DIGEST, file->bytes, file->len, text);
        buf_printf(out, ",\"sha512\":\"%s\"}", text);
    }
    buf_puts(out, "]");
}

/* The verdict as seen on entry: when, by what, and why it was taken as it is. */
static void put_verdict(struct buf *out, const struct intake *intake,
                        const struct admit_terms *terms) {
    buf_puts(out, "{\"time\":");
    json_string(out, terms->created);
    if (intake->verdict != VALIDITY_VALID) {
        buf_puts(out, ",\"as_is\":");
        json_string(out, terms->as_is);
    }
    if (terms->replaces) {
        buf_puts(out, ",\"replaces\":");
        json_string(out, terms->why);
    }
    put_evidence(out, terms);
    buf_printf(out, ",\"verification\":%s}\n", intake->verification);
}

/* ---- putting it there ---- */

static const char *new_id(struct pool *pool, const struct intake *intake) {
    return *intake->number ? pool_printf(pool, "urn:congvan:%s", intake->number)
                           : pool_printf(pool, "urn:congvan:sha512:%.64s", intake->file);
}

static const char *message_of(struct pool *pool, const struct intake *intake,
                              const struct admit_terms *terms, bool again) {
    const char *what = again ? "Phiên bản sau của văn bản đã lưu" : "Đưa văn bản vào kho";
    if (terms->replaces)
        what = pool_printf(pool, "Thay bản trước: %s", terms->why);
    return intake->verdict == VALIDITY_VALID
               ? what
               : pool_printf(pool, "%s, giữ nguyên trạng: %s", what, terms->as_is);
}

static struct admitted put(const struct deciding *d, const char *id, bool again) {
    struct pool *pool = d->pool;
    const struct intake *intake = d->intake;
    const struct admit_terms *terms = d->terms;
    VEC(struct store_file) files = {0};
    struct buf verdict = {0};
    put_verdict(&verdict, intake, terms);
    *VEC_PUSH(pool, &files) = (struct store_file){STORE_DOCUMENT, d->pdf.s, d->pdf.len};
    *VEC_PUSH(pool, &files) = (struct store_file){STORE_VERDICT, verdict.data, verdict.len};
    const struct intake_file *file;
    VEC_EACH (file, &intake->files)
        *VEC_PUSH(pool, &files) = (struct store_file){file->name, file->bytes, file->len};
    for (size_t i = 0; i < terms->evidence_count; i++)
        *VEC_PUSH(pool, &files) = (struct store_file){
            terms->evidence[i].name, terms->evidence[i].bytes, terms->evidence[i].len};
    struct store_entry entry = {.id = id,
                                .first = intake->first,
                                .number = *intake->number ? intake->number : NULL,
                                .replaces = terms->replaces ? terms->why : NULL,
                                .created = terms->created,
                                .message = message_of(pool, intake, terms, again),
                                .user_name = terms->user_name,
                                .address = terms->address,
                                .files = files.at,
                                .n = files.n};
    struct admitted result = {again ? ADMIT_VERSION : ADMIT_ADDED, id, 0};
    if (!store_put(d->store, &entry, &result.version, d->diag))
        result = (struct admitted){.as = ADMIT_REFUSED};
    buf_free(&verdict);
    return result;
}

static const char *digest_now(struct pool *pool, struct bytes pdf) {
    char text[DIGEST_TEXT];
    digest_of(INVENTORY_DIGEST, pdf.s, pdf.len, text);
    return pool_strdup(pool, text);
}

/* As the next version of the object named, unless its number shows that it is another dispatch. */
static struct admitted put_in_place(const struct deciding *d) {
    struct held held;
    const char *replaces = d->terms->replaces;
    const struct json *line = store_find(d->store, d->pool, STORE_KEY_OBJECT, replaces);
    const char *number = json_text(line, STORE_KEY_NUMBER);
    if (!find(d, STORE_KEY_OBJECT, replaces, &held))
        return refuse(d, ARCHIVE_ADD_REPLACES_NOTHING, replaces, NULL);
    if (number && *d->intake->number && strcmp(number, d->intake->number) != 0)
        return refuse(d, ARCHIVE_ADD_REPLACES_OTHER, d->intake->symbol, replaces);
    return put(d, held.object, true);
}

static struct admitted decide(const struct deciding *d) {
    struct held held;
    if (strcmp(digest_now(d->pool, d->pdf), d->intake->file) != 0)
        return refuse(d, ARCHIVE_ADD_CHANGED, NULL, NULL);
    if (find(d, STORE_KEY_FILE, d->intake->file, &held))
        return (struct admitted){ADMIT_SAME, held.object, held.version};
    if (find(d, STORE_KEY_FIRST, d->intake->first, &held) && is_beginning(d, &held))
        return (struct admitted){ADMIT_SAME, held.object, held.version};
    if (!verdict_allows(d))
        return (struct admitted){.as = ADMIT_REFUSED};
    if (d->terms->replaces)
        return put_in_place(d);
    if (find_beginning(d, &held))
        return put(d, held.object, true);
    if (!find(d, STORE_KEY_NUMBER, d->intake->number, &held))
        return put(d, new_id(d->pool, d->intake), false);
    if (strcmp(held.first, d->intake->first) == 0)
        return put(d, held.object, true);
    return refuse(d, ARCHIVE_ADD_CONFLICT, d->intake->symbol, held.object);
}

struct admitted admit(struct store *store, struct pool *pool, const struct admit_file *file,
                      const struct admit_terms *terms, struct diag *diag) {
    const struct deciding d = {.store = store,
                               .pool = pool,
                               .path = file->path,
                               .pdf = file->pdf,
                               .intake = file->intake,
                               .terms = terms,
                               .diag = diag};
    return decide(&d);
}
