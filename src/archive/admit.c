#include "archive/admit.h"

#include <string.h>

static void refuse(struct diag *diag, enum diag_code code, const char *path, const char *a,
                   const char *b) {
    diag_add(diag, code, (struct where){.file = path}, a, b, NULL);
}

/* ---- what is there already ---- */

struct held {
    const char *object;
    int version;
    const char *first, *file;
};

static bool find(struct store *store, struct pool *pool, const char *name, const char *value,
                 struct held *held) {
    const struct json *line = *value ? store_find(store, pool, name, value) : NULL;
    held->object = json_text(line, STORE_KEY_OBJECT);
    held->version = (int)json_number(line, "version", 0);
    held->first = json_text(line, STORE_KEY_FIRST);
    held->file = json_text(line, STORE_KEY_FILE);
    return held->object && held->version && held->first && held->file;
}

/* The latest version of an object of which some version is known. */
static void find_latest(struct store *store, struct pool *pool, struct held *held) {
    struct held latest;
    if (find(store, pool, STORE_KEY_OBJECT, held->object, &latest))
        *held = latest;
}

/* The object whose document this one begins with. */
static bool find_beginning(struct store *store, struct pool *pool, const struct intake *intake,
                           struct held *held) {
    for (size_t i = 0; i < intake->before.n; i++)
        if (find(store, pool, STORE_KEY_FILE, intake->before.at[i], held)) {
            find_latest(store, pool, held);
            return true;
        }
    return false;
}

/* Whether the document that is held begins with this one. */
static bool is_beginning(const struct store *store, struct pool *pool, const struct held *held,
                         struct bytes pdf, struct diag *diag) {
    size_t len = 0;
    const struct inventory *inventory =
        store_inventory(pool, store_archive(store), held->object, diag);
    const char *bytes = inventory ? store_read(pool, store_archive(store), inventory, held->version,
                                               STORE_DOCUMENT, &len, diag)
                                  : NULL;
    return bytes && len >= pdf.len && memcmp(bytes, pdf.s, pdf.len) == 0;
}

/* ---- the verdict ---- */

static bool verdict_allows(const struct intake *intake, const struct admit_terms *terms,
                           const char *path, struct diag *diag) {
    if (intake->verdict == VALIDITY_VALID || terms->as_is)
        return true;
    if (intake->verdict == VALIDITY_UNSIGNED)
        refuse(diag, ARCHIVE_ADD_UNSIGNED, path, NULL, NULL);
    else if (intake->verdict == VALIDITY_UNDECIDED)
        refuse(diag, terms->trusting ? ARCHIVE_ADD_UNDECIDED : ARCHIVE_ADD_NO_TRUST, path, NULL,
               NULL);
    else
        refuse(diag, ARCHIVE_ADD_NOT_VALID, path, verdict_word(intake->verdict, diag_lang(diag)),
               NULL);
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

static struct admitted put(struct store *store, struct pool *pool, struct bytes pdf,
                           const struct intake *intake, const struct admit_terms *terms,
                           const char *id, bool again, struct diag *diag) {
    VEC(struct store_file) files = {0};
    struct buf verdict = {0};
    put_verdict(&verdict, intake, terms);
    *VEC_PUSH(pool, &files) = (struct store_file){STORE_DOCUMENT, pdf.s, pdf.len};
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
    if (!store_put(store, &entry, &result.version, diag))
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
static struct admitted put_in_place(struct store *store, struct pool *pool, const char *path,
                                    struct bytes pdf, const struct intake *intake,
                                    const struct admit_terms *terms, struct diag *diag) {
    struct held held;
    const struct json *line = store_find(store, pool, STORE_KEY_OBJECT, terms->replaces);
    const char *number = json_text(line, STORE_KEY_NUMBER);
    if (!find(store, pool, STORE_KEY_OBJECT, terms->replaces, &held))
        refuse(diag, ARCHIVE_ADD_REPLACES_NOTHING, path, terms->replaces, NULL);
    else if (number && *intake->number && strcmp(number, intake->number) != 0)
        refuse(diag, ARCHIVE_ADD_REPLACES_OTHER, path, intake->symbol, terms->replaces);
    else
        return put(store, pool, pdf, intake, terms, held.object, true, diag);
    return (struct admitted){.as = ADMIT_REFUSED};
}

struct admitted admit(struct store *store, struct pool *pool, const char *path, struct bytes pdf,
                      const struct intake *intake, const struct admit_terms *terms,
                      struct diag *diag) {
    const struct admitted refused = {.as = ADMIT_REFUSED};
    struct held held;
    if (strcmp(digest_now(pool, pdf), intake->file) != 0) {
        refuse(diag, ARCHIVE_ADD_CHANGED, path, NULL, NULL);
        return refused;
    }
    if (find(store, pool, STORE_KEY_FILE, intake->file, &held))
        return (struct admitted){ADMIT_SAME, held.object, held.version};
    if (find(store, pool, STORE_KEY_FIRST, intake->first, &held) &&
        is_beginning(store, pool, &held, pdf, diag))
        return (struct admitted){ADMIT_SAME, held.object, held.version};
    if (!verdict_allows(intake, terms, path, diag))
        return refused;
    if (terms->replaces)
        return put_in_place(store, pool, path, pdf, intake, terms, diag);
    if (find_beginning(store, pool, intake, &held))
        return put(store, pool, pdf, intake, terms, held.object, true, diag);
    if (find(store, pool, STORE_KEY_NUMBER, intake->number, &held)) {
        if (strcmp(held.first, intake->first) == 0)
            return put(store, pool, pdf, intake, terms, held.object, true, diag);
        refuse(diag, ARCHIVE_ADD_CONFLICT, path, intake->symbol, held.object);
        return refused;
    }
    return put(store, pool, pdf, intake, terms, new_id(pool, intake), false, diag);
}
