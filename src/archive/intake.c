#include "archive/intake.h"

#include "archive/record.h"
#include "archive/store.h"
#include "base/file.h"
#include "base/utf8.h"
#include "signature/reader.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>

static void add_file(struct pool *pool, struct intake *intake, const char *name, const char *bytes,
                     size_t len) {
    const struct intake_file *file;
    VEC_EACH (file, &intake->files)
        if (strcmp(file->name, name) == 0)
            return;
    *VEC_PUSH(pool, &intake->files) = (struct intake_file){name, bytes, len};
}

static const char *digest(struct pool *pool, const char *bytes, size_t len) {
    char text[DIGEST_TEXT];
    digest_of(INVENTORY_DIGEST, bytes, len, text);
    return pool_strdup(pool, text);
}

/* ---- by what it is known again ---- */

/* A file may have ended with or without the line end that its successor's revision counts. */
static void add_beginning(struct pool *pool, struct intake *intake, struct bytes pdf, size_t end) {
    *VEC_PUSH(pool, &intake->before) = digest(pool, pdf.s, end);
    size_t bare = end;
    while (bare && (pdf.s[bare - 1] == '\n' || pdf.s[bare - 1] == '\r'))
        *VEC_PUSH(pool, &intake->before) = digest(pool, pdf.s, --bare);
}

static void find_beginnings(struct pool *pool, struct intake *intake, struct bytes pdf) {
    enum { MOST = 32 };
    revision_ends ends = {0};
    revisions_find(pool, pdf, &ends);
    size_t first = ends.n ? ends.at[0] : pdf.len;
    intake->file = digest(pool, pdf.s, pdf.len);
    /* Without the line end, so that a file is its own first revision, however it ends. */
    size_t bare = first;
    while (bare && (pdf.s[bare - 1] == '\n' || pdf.s[bare - 1] == '\r'))
        bare--;
    intake->first = digest(pool, pdf.s, bare);
    for (size_t i = ends.n, n = 0; i-- > 0 && n < MOST; n++)
        if (ends.at[i] < pdf.len)
            add_beginning(pool, intake, pdf, ends.at[i]);
}

/* Small letters and digits without diacritics, everything between them one hyphen. */
static const char *plain(struct pool *pool, const char *text) {
    const char *folded = utf8_fold(pool, text);
    char *out = pool_strdup(pool, folded), *to = out;
    for (const char *p = folded; *p; p++) {
        if (isalnum((unsigned char)*p))
            *to++ = *p;
        else if (to > out && to[-1] != '-')
            *to++ = '-';
    }
    while (to > out && to[-1] == '-')
        to--;
    *to = '\0';
    return out;
}

static const char *field(const struct record *record, enum record_key key) {
    return record->fields[key].text ? record->fields[key].text : "";
}

/* "UBND huyện A / Phòng B" are one agency, another than the Phòng B of UBND huyện C. */
static void name_number(struct pool *pool, struct intake *intake, const struct record *record) {
    const char *agency = plain(pool, field(record, RECORD_AGENCY));
    const char *parent = plain(pool, field(record, RECORD_PARENT));
    const char *number = field(record, RECORD_NUMBER), *symbol = field(record, RECORD_SYMBOL);
    const char *date = field(record, RECORD_DATE);
    while (*number == '0' && number[1])
        number++;
    intake->agency = *parent ? pool_printf(pool, "%s--%s", parent, agency) : agency;
    intake->year = strlen(date) >= 4 ? pool_strndup(pool, date, 4) : "";
    intake->symbol = *symbol ? pool_printf(pool, "%s/%s", number, symbol) : number;
    bool known = *agency && *intake->year && *number && *symbol;
    intake->number = known ? pool_printf(pool, "%s:%s:%s-%s", intake->agency, intake->year, number,
                                         plain(pool, symbol))
                           : "";
}

static void name_lacking(struct pool *pool, struct intake *intake, const struct record *record) {
    struct buf names = {0};
    for (int key = 0; key < RECORD_KEYS; key++)
        if (record_lacks(record, (enum record_key)key))
            buf_printf(&names, "%s%s", names.len ? ", " : "",
                       record_key_name((enum record_key)key));
    intake->lacking = pool_strdup(pool, buf_text(&names));
    buf_free(&names);
}

/* ---- what it carries ---- */

/* A file's name as one name of the store: no folders, nothing that hides or leads elsewhere. */
static const char *safe_name(struct pool *pool, const char *name) {
    char *copy = pool_strdup(pool, path_name(name));
    for (char *p = copy; *p; p++)
        if ((unsigned char)*p < ' ' || *p == '\\' || *p == ':' || *p == 0x7f)
            *p = '_';
    if (!*copy || copy[0] == '.')
        return NULL;
    return pool_printf(pool, STORE_SOURCE "%s", copy);
}

/* The files of /AF (ISO 32000-2, 14.13), which --attach-source puts there. */
static void add_attached(struct pool *pool, struct intake *intake, struct reader *reader) {
    enum { MOST = 100 };
    pdf_value files = reader_key(reader, reader_root(reader), "/AF");
    int n = reader_count(reader, files);
    for (int i = 0; i < n && i < MOST; i++) {
        pdf_value file = reader_item(reader, files, i);
        const char *name = safe_name(pool, reader_text(reader, reader_key(reader, file, "/UF")));
        pdf_value stream = reader_key(reader, reader_key(reader, file, "/EF"), "/F");
        size_t len = 0;
        const char *bytes = name ? reader_decoded(reader, stream, &len) : NULL;
        if (bytes)
            add_file(pool, intake, name, bytes, len);
    }
}

/* What lies beside it under the same name; and the defaults of the folder, if there is an INI. */
static void add_beside(struct pool *pool, struct intake *intake, const char *path,
                       struct record *record, struct diag *diag) {
    static const char *const suffixes[] = {".ini", ".md", ".docx"};
    const char *folder = path_folder(pool, path), *stem = path_stem(pool, path);
    const char *texts[2] = {NULL, NULL};
    size_t lens[2] = {0, 0};
    for (size_t i = 0; i < sizeof suffixes / sizeof *suffixes; i++) {
        const char *name = pool_printf(pool, "%s%s", stem, suffixes[i]);
        const char *beside = path_join(pool, folder, name);
        const char *kept = safe_name(pool, name);
        size_t len;
        if (!kept || !file_exists(beside) || file_is_folder(beside))
            continue;
        const char *bytes = file_read(pool, beside, &len, (struct where){.file = beside}, diag);
        if (bytes)
            add_file(pool, intake, kept, bytes, len);
        if (bytes && i == 0) {
            texts[0] = bytes;
            lens[0] = len;
        }
    }
    const char *common = path_join(pool, folder, "chung.ini");
    if (texts[0] && file_exists(common))
        texts[1] = file_read(pool, common, &lens[1], (struct where){.file = common}, diag);
    if (texts[1])
        add_file(pool, intake, STORE_SOURCE "chung.ini", texts[1], lens[1]);
    if (texts[0])
        record_add_ini(record, texts[0], lens[0], texts[1], lens[1]);
}

static void add_certificates(struct pool *pool, struct intake *intake,
                             const struct verification *found) {
    int n = 0;
    const struct signature *s;
    VEC_EACH (s, &found->signatures) {
        const char *pem = s->signer.certificate_pem;
        bool known = !pem || !*pem;
        for (size_t i = 0; !known && i < intake->files.n; i++)
            known = strcmp(intake->files.at[i].bytes, pem) == 0;
        if (!known)
            add_file(pool, intake, pool_printf(pool, STORE_EVIDENCE "signer-%d.pem", ++n), pem,
                     strlen(pem));
    }
}

static const char *kept_text(struct pool *pool, struct buf *text) {
    const char *kept = pool_strndup(pool, buf_text(text), text->len);
    buf_free(text);
    return kept;
}

void intake_read(struct pool *pool, const char *path, struct bytes pdf,
                 struct office_knowledge office, struct intake *intake, struct diag *diag) {
    struct buf text = {0}, json = {0};
    *intake = (struct intake){.verdict = VALIDITY_INVALID};
    find_beginnings(pool, intake, pdf);
    struct verification *found = verify(pool, pdf, office.trust);
    intake->verdict = verification_verdict(found);
    verification_write_json(pool, found, path_name(path), LANG_VI, &text);
    intake->verification = kept_text(pool, &text);
    struct record *record = record_of_pdf(pool, path, pdf.s, pdf.len, diag);
    struct reader *reader = reader_open(pool, pdf.s, pdf.len);
    if (reader)
        add_attached(pool, intake, reader);
    reader_close(reader);
    if (!intake->files.n)
        add_beside(pool, intake, path, record, diag);
    if (office.registers)
        record_add_register(record, office.registers);
    add_certificates(pool, intake, found);
    name_number(pool, intake, record);
    name_lacking(pool, intake, record);
    record_put_json(record, &json);
    buf_putc(&json, '\n');
    size_t len = json.len;
    add_file(pool, intake, STORE_RECORD, kept_text(pool, &json), len);
}

/* ---- between processes ---- */

static void put_bytes(struct buf *out, const char *bytes, size_t len) {
    buf_printf(out, "%zu:", len);
    buf_append(out, bytes, len);
}

static void put_text(struct buf *out, const char *text) {
    put_bytes(out, text, strlen(text));
}

void intake_put_bytes(const struct intake *intake, struct buf *out) {
    const char *const texts[] = {intake->file,    intake->first,       intake->agency,
                                 intake->year,    intake->symbol,      intake->number,
                                 intake->lacking, intake->verification};
    buf_printf(out, "%d:", intake->verdict);
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++)
        put_text(out, texts[i]);
    buf_printf(out, "%zu:", intake->before.n);
    for (size_t i = 0; i < intake->before.n; i++)
        put_text(out, intake->before.at[i]);
    buf_printf(out, "%zu:", intake->files.n);
    for (size_t i = 0; i < intake->files.n; i++) {
        put_text(out, intake->files.at[i].name);
        put_bytes(out, intake->files.at[i].bytes, intake->files.at[i].len);
    }
}

struct taking {
    struct pool *pool;
    const char *at, *end;
    bool ok;
};

static size_t take_number(struct taking *t) {
    size_t value = 0;
    const char *p = t->at;
    while (p < t->end && isdigit((unsigned char)*p))
        value = value * 10 + (size_t)(*p++ - '0');
    t->ok = t->ok && p > t->at && p < t->end && *p == ':';
    t->at = t->ok ? p + 1 : t->end;
    return t->ok ? value : 0;
}

static const char *take_bytes(struct taking *t, size_t *len) {
    size_t n = take_number(t);
    t->ok = t->ok && n <= (size_t)(t->end - t->at);
    if (!t->ok)
        return "";
    char *bytes = pool_alloc(t->pool, n + 1);
    memcpy(bytes, t->at, n);
    t->at += n;
    if (len)
        *len = n;
    return bytes;
}

bool intake_take_bytes(struct pool *pool, const char *bytes, size_t len, struct intake *intake) {
    struct taking t = {pool, bytes, bytes + len, true};
    *intake = (struct intake){.verdict = (enum validity)take_number(&t)};
    const char **texts[] = {&intake->file,    &intake->first,       &intake->agency,
                            &intake->year,    &intake->symbol,      &intake->number,
                            &intake->lacking, &intake->verification};
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++)
        *texts[i] = take_bytes(&t, NULL);
    for (size_t n = take_number(&t); t.ok && n; n--)
        *VEC_PUSH(pool, &intake->before) = take_bytes(&t, NULL);
    for (size_t n = take_number(&t); t.ok && n; n--) {
        struct intake_file *file = VEC_PUSH(pool, &intake->files);
        file->name = take_bytes(&t, NULL);
        file->bytes = take_bytes(&t, &file->len);
    }
    return t.ok && t.at == t.end && intake->verdict <= VALIDITY_INVALID;
}
