#include "batch/join.h"
#include "base/file.h"
#include "base/hash.h"
#include "pdf/lex.h"
#include "pdf/scan.h"
#include "pdf/words.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

/* Objects are copied one by one, under new numbers, and written at once: of all that came before
 * only where each object stands is held, and what tells it from others. An object is written after
 * those it refers to. So one that is the same as an earlier one, to its last reference, is told by
 * its bytes and left out: fonts of the same letters, the colour profile, pictures. */

enum { CATALOG = 1, TREE, OUTLINE, INFO, METADATA, RESERVED };
enum { PAGES_IN_NODE = 64, MAX_DEPTH = 64 };

/* An object that was written. */
struct written {
    struct hash hash;
    uint32_t number; /* 0: a free place */
};

struct joiner {
    struct diag *diag;
    struct file_stream *to;
    struct hash all; /* of the bytes so far */
    struct pool *pool;
    VEC(uint64_t) offsets; /* by number, from 0 */
    struct written *table; /* open addressing; `cap` is a power of two */
    size_t known, cap;
    VEC(uint32_t) nodes; /* of the page tree, but for the last */
    VEC(uint32_t) kids;  /* pages of the last */
    uint32_t node;       /* its number */
    size_t pages;
    struct buf entry; /* of the outline, of the file before; to be ended when the next is known */
    uint32_t entry_number, first_entry;
    struct buf intents; /* what the colours mean */
};

/* A file in hand. */
struct part {
    struct pool *pool;
    struct scan scan;
    uint32_t *new;  /* by old number; 0: not copied */
    uint8_t *begun; /* likewise: its copying has */
    uint32_t first_page;
    int depth;
};

/* ---- writing ---- */

static void put(struct joiner *j, const char *bytes, size_t n) {
    hash_add(&j->all, bytes, n);
    file_stream_put(j->to, bytes, n);
}

static uint32_t reserve(struct joiner *j) {
    VEC_PUSH(j->pool, &j->offsets);
    return (uint32_t)j->offsets.n - 1;
}

static void put_object(struct joiner *j, uint32_t number, const struct buf *value,
                       struct bytes stream) {
    char head[32];
    int n = snprintf(head, sizeof head, "%" PRIu32 " 0 obj\n", number);
    j->offsets.at[number] = file_stream_at(j->to);
    put(j, head, (size_t)n);
    put(j, buf_text(value), value->len);
    if (stream.s) {
        put(j, "\nstream\n", 8);
        put(j, stream.s, stream.len);
        put(j, "\nendstream", 10);
    }
    put(j, "\nendobj\n", 8);
}

static void put_text(struct joiner *j, uint32_t number, struct buf *value) {
    put_object(j, number, value, (struct bytes){0});
    buf_free(value);
}

/* ---- what was written before ---- */

static struct written *place_of(struct written *table, size_t cap, struct hash hash) {
    size_t i = (size_t)hash.word[0] & (cap - 1);
    while (table[i].number && !hash_same(table[i].hash, hash))
        i = (i + 1) & (cap - 1);
    return &table[i];
}

static void grow(struct joiner *j) {
    size_t cap = j->cap ? j->cap * 2 : 1024;
    struct written *table = mem_alloc(cap * sizeof *table);
    memset(table, 0, cap * sizeof *table);
    for (size_t i = 0; i < j->cap; i++)
        if (j->table[i].number)
            *place_of(table, cap, j->table[i].hash) = j->table[i];
    free(j->table);
    j->table = table;
    j->cap = cap;
}

/* The number of the object that is the same; or it is written now, under a new one. */
static uint32_t put_once(struct joiner *j, const struct buf *value, struct bytes stream) {
    struct hash hash = hash_start();
    hash_add(&hash, buf_text(value), value->len);
    hash_add(&hash, stream.s ? stream.s : "", stream.len);
    if (j->known * 2 >= j->cap)
        grow(j);
    struct written *place = place_of(j->table, j->cap, hash);
    if (place->number)
        return place->number;
    *place = (struct written){hash, reserve(j)};
    j->known++;
    put_object(j, place->number, value, stream);
    return place->number;
}

/* ---- copying ---- */

static bool copy_object(struct joiner *j, struct part *p, uint32_t number);

static bool is_reference(struct token token, const struct lex *lex) {
    struct lex ahead = *lex;
    return token.kind == LEX_NUMBER && lex_next(&ahead).kind == LEX_NUMBER &&
           token_is(lex_next(&ahead), "R");
}

/* The value with its references renumbered, after what they refer to is copied. */
static bool copy_value(struct joiner *j, struct part *p, struct bytes value, struct buf *out) {
    struct lex lex = {value.s, value.s + value.len};
    const char *copied = value.s;
    for (;;) {
        struct token token = lex_next(&lex);
        if (token.kind == LEX_END)
            break;
        if (!is_reference(token, &lex))
            continue;
        lex_next(&lex);
        lex_next(&lex);
        uint32_t number = scan_reference((struct bytes){token.s, (size_t)(lex.at - token.s)});
        if (!copy_object(j, p, number))
            return false;
        buf_append(out, copied, (size_t)(token.s - copied));
        buf_put_int(out, p->new[number]);
        buf_puts(out, " 0 R");
        copied = lex.at;
    }
    buf_append(out, copied, (size_t)(value.s + value.len - copied));
    return true;
}

static bool is_key(struct bytes key, const char *name) {
    return key.len == strlen(name) && memcmp(key.s, name, key.len) == 0;
}

/* Without what ties it to the tree of pages or to the tags, which stay behind. */
static bool copy_dictionary(struct joiner *j, struct part *p, struct bytes from, struct buf *out) {
    struct bytes key, value;
    bool page = is_key(scan_value(from, "/Type"), "/Page");
    buf_puts(out, "<<");
    while (scan_entry(&from, &key, &value)) {
        if (is_key(key, "/StructParents") || is_key(key, "/StructParent") ||
            (page && is_key(key, "/Parent")))
            continue;
        buf_append(out, key.s, key.len);
        buf_putc(out, ' ');
        if (!copy_value(j, p, value, out))
            return false;
    }
    if (page)
        buf_printf(out, "/Parent %" PRIu32 " 0 R", j->node);
    buf_puts(out, ">>");
    return true;
}

static bool copy_whole(struct joiner *j, struct part *p, uint32_t number) {
    struct bytes value, stream;
    struct buf out = {0};
    if (!scan_object(&p->scan, number, &value, &stream))
        return false;
    bool ok = value.len > 1 && memcmp(value.s, "<<", 2) == 0 ? copy_dictionary(j, p, value, &out)
                                                             : copy_value(j, p, value, &out);
    if (ok && p->new[number]) /* somebody it refers to refers to it: it has its number already */
        put_object(j, p->new[number], &out, stream);
    else if (ok)
        p->new[number] = put_once(j, &out, stream);
    buf_free(&out);
    return ok;
}

static bool copy_object(struct joiner *j, struct part *p, uint32_t number) {
    if (number == 0 || number >= p->scan.count || p->depth > MAX_DEPTH)
        return false;
    if (p->begun[number]) {
        if (!p->new[number])
            p->new[number] = reserve(j);
        return true;
    }
    p->begun[number] = 1;
    p->depth++;
    bool ok = copy_whole(j, p, number);
    p->depth--;
    return ok;
}

/* ---- pages ---- */

static void end_node(struct joiner *j) {
    struct buf out = {0};
    if (!j->kids.n)
        return;
    buf_printf(&out, "<</Type/Pages/Parent %d 0 R/Count %zu/Kids[", TREE, j->kids.n);
    for (size_t i = 0; i < j->kids.n; i++)
        buf_printf(&out, "%s%" PRIu32 " 0 R", i ? " " : "", j->kids.at[i]);
    buf_puts(&out, "]>>");
    *VEC_PUSH(j->pool, &j->nodes) = j->node;
    put_text(j, j->node, &out);
    j->kids.n = 0;
}

typedef VEC(uint32_t) numbers;

/* The pages of a tree as we write it: of one level. Each has its number before any is copied, for
 * links that lead from one to another. */
static bool find_pages(struct joiner *j, struct part *p, numbers *pages) {
    struct bytes root = scan_resolve(&p->scan, scan_value(p->scan.trailer, "/Root"));
    struct bytes tree = scan_resolve(&p->scan, scan_value(root, "/Pages"));
    struct bytes kids = scan_resolve(&p->scan, scan_value(tree, "/Kids"));
    struct lex lex = {kids.s, kids.s + kids.len};
    for (struct token token = lex_next(&lex); token.kind != LEX_END; token = lex_next(&lex)) {
        if (!is_reference(token, &lex))
            continue;
        uint32_t number = (uint32_t)token_number(token);
        if (number >= p->scan.count || p->new[number])
            return false;
        p->new[number] = reserve(j);
        p->begun[number] = 1;
        *VEC_PUSH(p->pool, pages) = number;
    }
    return pages->n > 0;
}

static bool copy_pages(struct joiner *j, struct part *p) {
    numbers pages = {0};
    if (!find_pages(j, p, &pages))
        return false;
    p->first_page = p->new[pages.at[0]];
    for (size_t i = 0; i < pages.n; i++) {
        if (j->kids.n == PAGES_IN_NODE)
            end_node(j);
        if (!j->kids.n)
            j->node = reserve(j);
        *VEC_PUSH(j->pool, &j->kids) = p->new[pages.at[i]];
        j->pages++;
        if (!copy_whole(j, p, pages.at[i]))
            return false;
    }
    return true;
}

/* ---- the outline: an entry for each document ---- */

static void end_entry(struct joiner *j, uint32_t next) {
    if (!j->entry_number)
        return;
    if (next)
        buf_printf(&j->entry, "/Next %" PRIu32 " 0 R", next);
    buf_puts(&j->entry, ">>");
    put_object(j, j->entry_number, &j->entry, (struct bytes){0});
    buf_clear(&j->entry);
}

/* What the document calls itself; else the name of its file. */
static void put_title(struct part *p, const char *path, struct buf *out) {
    struct bytes info = scan_resolve(&p->scan, scan_value(p->scan.trailer, "/Info"));
    struct bytes title = scan_value(info, "/Title");
    const char *stem = words_clean(p->pool, path_stem(p->pool, path));
    buf_puts(out, "/Title");
    if (title.len)
        buf_append(out, title.s, title.len);
    else
        words_put_string(out, stem ? stem : "-");
}

static void put_entry(struct joiner *j, struct part *p, const char *path) {
    uint32_t number = reserve(j), before = j->entry_number;
    end_entry(j, number);
    buf_puts(&j->entry, "<<");
    put_title(p, path, &j->entry);
    buf_printf(&j->entry, "/Parent %d 0 R/Dest[%" PRIu32 " 0 R/Fit]", OUTLINE, p->first_page);
    if (before)
        buf_printf(&j->entry, "/Prev %" PRIu32 " 0 R", before);
    else
        j->first_entry = number;
    j->entry_number = number;
}

/* ---- the whole ---- */

/* The first file's: they are all the same. */
static bool take_intents(struct joiner *j, struct part *p) {
    struct bytes root = scan_resolve(&p->scan, scan_value(p->scan.trailer, "/Root"));
    struct bytes intents = scan_value(root, "/OutputIntents");
    return j->intents.len || !intents.len || copy_value(j, p, intents, &j->intents);
}

static bool add_file(struct joiner *j, const char *path) {
    struct part p = {.pool = pool_new()};
    size_t n;
    const char *bytes = file_read(p.pool, path, &n, (struct where){.file = path}, j->diag);
    bool ok = bytes && scan_open(p.pool, &p.scan, bytes, n);
    if (ok) {
        p.new = POOL_ARRAY(p.pool, uint32_t, p.scan.count);
        p.begun = POOL_ARRAY(p.pool, uint8_t, p.scan.count);
        ok = copy_pages(j, &p) && take_intents(j, &p);
        put_entry(j, &p, path);
    }
    if (bytes && !ok)
        diag_add(j->diag, JOIN_FAILED, (struct where){.file = path}, NULL);
    pool_free(p.pool);
    return ok;
}

static void put_metadata(struct pool *pool, const char *title, struct buf *out) {
    buf_puts(out, "<?xpacket begin=\"\xEF\xBB\xBF\" id=\"W5M0MpCehiHzreSzNTczkc9d\"?>\n"
                  "<x:xmpmeta xmlns:x=\"adobe:ns:meta/\"><rdf:RDF "
                  "xmlns:rdf=\"http://www.w3.org/1999/02/22-rdf-syntax-ns#\">"
                  "<rdf:Description rdf:about=\"\" "
                  "xmlns:pdfaid=\"http://www.aiim.org/pdfa/ns/id/\" "
                  "xmlns:dc=\"http://purl.org/dc/elements/1.1/\">"
                  "<pdfaid:part>2</pdfaid:part><pdfaid:conformance>U</pdfaid:conformance>"
                  "<dc:title><rdf:Alt><rdf:li xml:lang=\"x-default\">");
    words_put_xml(out, words_clean(pool, title));
    buf_puts(out, "</rdf:li></rdf:Alt></dc:title></rdf:Description></rdf:RDF></x:xmpmeta>\n"
                  "<?xpacket end=\"r\"?>");
}

static void put_tree(struct joiner *j) {
    struct buf out = {0};
    end_node(j);
    buf_printf(&out, "<</Type/Pages/Count %zu/Kids[", j->pages);
    for (size_t i = 0; i < j->nodes.n; i++)
        buf_printf(&out, "%s%" PRIu32 " 0 R", i ? " " : "", j->nodes.at[i]);
    buf_puts(&out, "]>>");
    put_text(j, TREE, &out);
}

/* What makes the whole an archival PDF: the colours' meaning from the first, metadata of its own,
 * and the document information, which says the same. */
static void put_root(struct joiner *j, const char *title, size_t entries) {
    struct buf xmp = {0}, dict = {0}, out = {0};
    const char *clean = words_clean(j->pool, title);
    put_metadata(j->pool, title, &xmp);
    buf_printf(&dict, "<</Type/Metadata/Subtype/XML/Length %zu>>", xmp.len);
    put_object(j, METADATA, &dict, (struct bytes){buf_text(&xmp), xmp.len});
    buf_puts(&out, "<<");
    words_put_entry(&out, "Title", clean);
    buf_puts(&out, ">>");
    put_text(j, INFO, &out);
    buf_printf(&out, "<</Type/Outlines/Count %zu/First %" PRIu32 " 0 R/Last %" PRIu32 " 0 R>>",
               entries, j->first_entry, j->entry_number);
    put_text(j, OUTLINE, &out);
    buf_printf(&out,
               "<</Type/Catalog/Pages %d 0 R/Outlines %d 0 R/PageMode/UseOutlines/Lang(vi-VN)"
               "/ViewerPreferences<</DisplayDocTitle true>>/Metadata %d 0 R",
               TREE, OUTLINE, METADATA);
    if (j->intents.len)
        buf_printf(&out, "/OutputIntents %s", buf_text(&j->intents));
    buf_puts(&out, ">>");
    put_text(j, CATALOG, &out);
    buf_free(&dict);
    buf_free(&xmp);
}

static void put_table(struct joiner *j) {
    char id[HASH_TEXT], line[256];
    uint64_t at = file_stream_at(j->to);
    hash_print(j->all, id);
    int n = snprintf(line, sizeof line, "xref\n0 %zu\n0000000000 65535 f \n", j->offsets.n);
    put(j, line, (size_t)n);
    for (size_t i = 1; i < j->offsets.n; i++) {
        n = snprintf(line, sizeof line, "%010" PRIu64 " 00000 n \n", j->offsets.at[i]);
        put(j, line, (size_t)n);
    }
    n = snprintf(line, sizeof line,
                 "trailer\n<</Size %zu/Root %d 0 R/Info %d 0 R/ID[<%s><%s>]>>\nstartxref\n%" PRIu64
                 "\n%%%%EOF\n",
                 j->offsets.n, CATALOG, INFO, id, id, at);
    put(j, line, (size_t)n);
}

static bool join(struct joiner *j, const char *const *paths, size_t n, const char *title) {
    static const char head[] = "%PDF-1.7\n%\xB7\xBE\xAD\xAA\n";
    put(j, head, sizeof head - 1);
    while (j->offsets.n < RESERVED)
        reserve(j);
    for (size_t i = 0; i < n; i++)
        if (!add_file(j, paths[i]))
            return false;
    end_entry(j, 0);
    put_tree(j);
    put_root(j, title, n);
    put_table(j);
    return true;
}

bool join_pdfs(const char *const *paths, size_t n, const char *title, const char *to,
               struct diag *diag) {
    if (!n)
        return true;
    struct joiner j = {.diag = diag, .pool = pool_new(), .all = hash_start()};
    j.to = file_stream_open(to, diag);
    bool ok = j.to && join(&j, paths, n, title);
    if (j.to)
        ok = file_stream_close(j.to, ok) && ok;
    free(j.table);
    buf_free(&j.entry);
    buf_free(&j.intents);
    pool_free(j.pool);
    return ok;
}
