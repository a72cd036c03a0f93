#include "base/buf.h"
#include "base/diag.h"
#include "check.h"
#include "docx/package.h"
#include "docx/xml.h"
#include "minimal_docx.h"

#include <stdint.h>
#include <libdeflate.h>
#include <stdlib.h>
#include <time.h>

static struct diag *diag;
static struct pool *pool;

/* ---- ZIP files made by hand, so that they can be wrong ---- */

struct made_entry {
    const char *name;
    const char *data; /* as stored in the file */
    size_t n;
    uint32_t size, crc; /* as claimed */
    int method, flags;
    const char *extra; /* fields in the central directory */
    size_t extra_len;
    bool overlaps; /* the directory says that it lies where the first one does */
};

static uint32_t crc_of(const char *bytes, size_t n) {
    uint32_t crc = 0xFFFFFFFF;
    for (size_t i = 0; i < n; i++) {
        crc ^= (unsigned char)bytes[i];
        for (int bit = 0; bit < 8; bit++)
            crc = crc >> 1 ^ (crc & 1 ? 0xEDB88320 : 0);
    }
    return ~crc;
}

static void put(struct buf *out, uint32_t value, int bytes) {
    for (; bytes > 0; bytes--, value >>= 8)
        buf_putc(out, (char)(value & 0xFF));
}

static void put_fields(struct buf *out, const struct made_entry *e) {
    put(out, (uint32_t)e->flags, 2);
    put(out, (uint32_t)e->method, 2);
    put(out, 0x00210000, 4);
    put(out, e->crc, 4);
    put(out, (uint32_t)e->n, 4);
    put(out, e->size, 4);
    put(out, (uint32_t)strlen(e->name), 2);
}

static void make_zip(struct buf *out, const struct made_entry *entries, size_t n) {
    uint32_t at[16];
    for (size_t i = 0; i < n && !entries[i].overlaps; i++) {
        at[i] = (uint32_t)out->len;
        put(out, 0x04034B50, 4);
        put(out, 20, 2);
        put_fields(out, &entries[i]);
        put(out, 0, 2);
        buf_puts(out, entries[i].name);
        buf_append(out, entries[i].data, entries[i].n);
    }
    uint32_t directory = (uint32_t)out->len;
    for (size_t i = 0; i < n; i++) {
        put(out, 0x02014B50, 4);
        put(out, 20, 2);
        put(out, 20, 2);
        put_fields(out, &entries[i]);
        put(out, (uint32_t)entries[i].extra_len, 2);
        put(out, 0, 2 + 2); /* comment, disk */
        put(out, 0, 2);
        put(out, 0, 4);
        put(out, at[entries[i].overlaps ? 0 : i], 4);
        buf_puts(out, entries[i].name);
        buf_append(out, entries[i].extra, entries[i].extra_len);
    }
    uint32_t size = (uint32_t)out->len - directory;
    put(out, 0x06054B50, 4);
    put(out, 0, 4);
    put(out, (uint32_t)n, 2);
    put(out, (uint32_t)n, 2);
    put(out, size, 4);
    put(out, directory, 4);
    put(out, 0, 2);
}

static struct made_entry stored(const char *name, const char *text) {
    size_t n = strlen(text);
    return (struct made_entry){name, text, n, (uint32_t)n, crc_of(text, n), 0, 0, NULL, 0, false};
}

/* Opens a package of these entries; tells whether it was refused with this code. */
static bool refused(const struct made_entry *entries, size_t n, enum diag_code code) {
    struct buf zip = {0};
    struct diag *d = diag_new(LANG_VI);
    make_zip(&zip, entries, n);
    struct package *p = package_open("hong.docx", zip.data, zip.len, d);
    bool result = !p && diag_has(d, code) && diag_count(d, DIAG_ERROR) == 1;
    if (!result)
        diag_write(d, stdout);
    package_close(p);
    diag_free(d);
    buf_free(&zip);
    return result;
}

/* ---- reading and writing ---- */

static struct package *round_trip(struct package *package, struct buf *zip) {
    CHECK(package_write(package, zip, diag));
    struct package *again = package_open("thu.docx", zip->data, zip->len, diag);
    CHECK(again != NULL);
    return again;
}

static void parts_come_back_as_they_were_set(void) {
    struct package *package = package_new("thu.docx");
    char big[5000];
    for (size_t i = 0; i < sizeof big; i++)
        big[i] = (char)(i * i % 251);
    package_set(package, "word/a.xml", "<a/>", 4);
    package_set(package, "word/big.bin", big, sizeof big);
    package_set(package, "[Content_Types].xml", "<Types/>", 8);
    package_set(package, "word/empty", "", 0);
    struct buf zip = {0};
    struct package *again = round_trip(package, &zip);
    size_t n;
    CHECK_STR(package_name(again, 0), "[Content_Types].xml");
    CHECK_STR(package_name(again, 1), "word/a.xml");
    CHECK_STR(package_name(again, 3), "word/empty");
    CHECK(package_name(again, 4) == NULL);
    CHECK_STR(package_part(again, "word/a.xml", &n, diag), "<a/>");
    CHECK_STR(package_part(again, "Word/A.XML", &n, diag), "<a/>");
    const char *bytes = package_part(again, "word/big.bin", &n, diag);
    CHECK(n == sizeof big && memcmp(bytes, big, n) == 0);
    CHECK(package_part(again, "word/big.bin", &n, diag) == bytes);
    CHECK_STR(package_part(again, "word/empty", &n, diag), "");
    CHECK(package_part(again, "word/none", &n, diag) == NULL);
    CHECK(package_has(again, "word/a.xml") && !package_has(again, "word/none"));
    CHECK_STR(package_path(again), "thu.docx");
    package_close(again);
    package_close(package);
    buf_free(&zip);
}

static void a_part_set_again_replaces_the_old_one(void) {
    struct package *package = package_new("thu.docx");
    size_t n;
    package_set(package, "a", "one", 3);
    package_set(package, "b", "two", 3);
    package_set(package, "a", "three", 5);
    CHECK_STR(package_part(package, "a", &n, diag), "three");
    CHECK_INT(n, 5);
    CHECK_STR(package_name(package, 0), "a");
    CHECK(package_name(package, 2) == NULL);
    package_close(package);
}

static void same_parts_give_the_same_bytes_anywhere_and_any_time(void) {
    static const char *const zones[] = {"UTC", "Asia/Ho_Chi_Minh", "America/St_Johns",
                                        "Pacific/Apia", "XXX-13:30YYY,J1/0,J2/0"};
    struct package *package = docx_new("<w:p/>");
    struct buf first = {0};
    CHECK(package_write(package, &first, diag));
    for (size_t i = 0; i < sizeof zones / sizeof zones[0]; i++) {
        struct buf other = {0};
        setenv("TZ", zones[i], 1);
        tzset();
        CHECK(package_write(package, &other, diag));
        CHECK(other.len == first.len && memcmp(other.data, first.data, first.len) == 0);
        buf_free(&other);
    }
    unsetenv("TZ");
    tzset();
    CHECK(memcmp(first.data + 10, "\x00\x00\x21\x00", 4) == 0); /* 1980-01-01 00:00 */
    buf_free(&first);
    package_close(package);
}

static void derived_packages_copy_unchanged_parts_still_compressed(void) {
    /* a deflate stream no compressor would write: one stored block */
    static const char stream[] = "\x01\x0D\x00\xF2\xFFHello, hello.";
    struct made_entry entries[] = {
        {"word/odd.xml", stream, sizeof stream - 1, 13, crc_of("Hello, hello.", 13), 8, 0, NULL, 0,
         false},
        stored("word/document.xml", "<old/>"),
    };
    struct buf zip = {0}, out = {0};
    make_zip(&zip, entries, 2);
    struct package *base = package_open("mau.docx", zip.data, zip.len, diag);
    struct package *derived = package_derive(base, "moi.docx");
    package_set(derived, "word/document.xml", "<new/>", 6);
    package_set(derived, "word/more.xml", "<more/>", 7);
    CHECK(package_write(derived, &out, diag));
    CHECK(out.len > 0 && memmem(out.data, out.len, stream, sizeof stream - 1) != NULL);
    struct package *again = package_open("moi.docx", out.data, out.len, diag);
    size_t n;
    CHECK_STR(package_part(again, "word/odd.xml", &n, diag), "Hello, hello.");
    CHECK_STR(package_part(again, "word/document.xml", &n, diag), "<new/>");
    CHECK_STR(package_name(again, 0), "word/odd.xml");
    CHECK_STR(package_name(again, 2), "word/more.xml");
    CHECK_STR(package_part(base, "word/document.xml", &n, diag), "<old/>");
    CHECK(!package_has(base, "word/more.xml"));
    package_close(again);
    package_close(derived);
    package_close(base);
    buf_free(&zip);
    buf_free(&out);
}

/* ---- parts shared between packages ---- */

static struct package *styled(const char *style) {
    struct package *package = package_new("mau.docx");
    package_set(package, "word/styles.xml", style, strlen(style));
    return package;
}

static struct package *on_disk(struct package *package, struct buf *out) {
    CHECK(package_write(package, out, diag));
    return package_open("mau.docx", out->data, out->len, diag);
}

static void a_shared_part_is_parsed_once(void) {
    struct buf base_bytes = {0}, bytes = {0};
    struct package *made = styled("<a/>"), *base = on_disk(made, &base_bytes);
    struct package *one = package_derive(base, "1.docx"), *two = package_derive(one, "2.docx");
    package_set(two, "word/document.xml", "<b/>", 4);
    CHECK(package_write(two, &bytes, diag));
    struct package *again = package_reopen("2.docx", bytes.data, bytes.len, base, diag);
    const struct xml_node *tree = package_tree(pool, one, "word/styles.xml", diag);
    CHECK(tree != NULL);
    CHECK(package_tree(pool, two, "word/styles.xml", diag) == tree);
    CHECK(package_tree(pool, again, "word/styles.xml", diag) == tree);
    size_t n;
    CHECK(package_part(again, "word/styles.xml", &n, diag) ==
          package_part(base, "word/styles.xml", &n, diag));
    CHECK(package_tree(pool, again, "word/document.xml", diag) != NULL);
    CHECK(!package_tree(pool, again, "word/none.xml", diag));
    package_close(again);
    package_close(two);
    package_close(one);
    package_close(base);
    package_close(made);
    buf_free(&base_bytes);
    buf_free(&bytes);
}

static void a_part_that_differs_is_never_taken_from_kin(void) {
    struct buf base_bytes = {0}, bytes = {0};
    struct package *made = styled("<a/>"), *base = on_disk(made, &base_bytes);
    struct package *derived = package_derive(base, "1.docx");
    CHECK(package_tree(pool, derived, "word/styles.xml", diag) != NULL);
    package_set(derived, "word/styles.xml", "<b/>", 4);
    CHECK_STR(package_tree(pool, derived, "word/styles.xml", diag)->qname, "b");
    CHECK(package_write(derived, &bytes, diag));
    struct package *again = package_reopen("1.docx", bytes.data, bytes.len, base, diag);
    CHECK_STR(package_tree(pool, again, "word/styles.xml", diag)->qname, "b");
    CHECK_STR(package_tree(pool, base, "word/styles.xml", diag)->qname, "a");
    /* What the base is made to be later is not what was derived from it before. */
    struct package *before = package_derive(base, "2.docx");
    package_set(base, "word/styles.xml", "<c/>", 4);
    CHECK_STR(package_tree(pool, before, "word/styles.xml", diag)->qname, "a");
    CHECK_STR(package_tree(pool, base, "word/styles.xml", diag)->qname, "c");
    package_close(before);
    package_close(again);
    package_close(derived);
    package_close(base);
    package_close(made);
    buf_free(&base_bytes);
    buf_free(&bytes);
}

static struct xml_node *tree_named(enum xml_name name) {
    struct xml_node *root = xml_new(pool, name);
    xml_append(root, xml_new(pool, w_r));
    return root;
}

static void a_part_set_as_a_tree_is_not_parsed_again(void) {
    struct buf base_bytes = {0}, bytes = {0};
    struct package *made = styled("<a/>"), *base = on_disk(made, &base_bytes);
    struct package *derived = package_derive(base, "1.docx");
    struct xml_node *styles = tree_named(w_styles), *odd = xml_new(pool, w_r);
    xml_append(odd, xml_new_text(pool, "\x01"));
    package_set_tree(derived, "word/styles.xml", styles);
    package_set_tree(derived, "word/odd.xml", odd);
    CHECK(package_tree(pool, derived, "word/styles.xml", diag) == styles);
    CHECK(package_write(derived, &bytes, diag));
    struct package *again = package_reopen("1.docx", bytes.data, bytes.len, derived, diag);
    CHECK(package_tree(pool, again, "word/styles.xml", diag) == styles);
    struct diag *d = diag_new(LANG_EN);
    CHECK(!package_tree(pool, again, "word/odd.xml", d) && diag_has(d, XML_BROKEN));
    diag_free(d);
    package_close(again);
    /* Bytes that differ are parsed, whatever they are said to come from. */
    package_set_tree(derived, "word/styles.xml", tree_named(w_numbering));
    again = package_reopen("1.docx", bytes.data, bytes.len, derived, diag);
    CHECK_STR(package_tree(pool, again, "word/styles.xml", diag)->qname, "w:styles");
    package_set(derived, "word/styles.xml", "<b/>", 4);
    CHECK_STR(package_tree(pool, derived, "word/styles.xml", diag)->qname, "b");
    package_close(again);
    package_close(derived);
    package_close(base);
    package_close(made);
    buf_free(&base_bytes);
    buf_free(&bytes);
}

static void a_shared_part_not_well_formed_is_reported_each_time(void) {
    struct buf bytes = {0};
    struct package *made = styled("<a>"), *base = on_disk(made, &bytes);
    struct package *derived = package_derive(base, "1.docx");
    struct diag *d = diag_new(LANG_EN);
    CHECK(!package_tree(pool, derived, "word/styles.xml", d));
    CHECK(!package_tree(pool, derived, "word/styles.xml", d));
    CHECK_INT(diag_count(d, DIAG_ERROR), 2);
    diag_free(d);
    package_close(derived);
    package_close(base);
    package_close(made);
    buf_free(&bytes);
}

static void writing_reports_what_cannot_be_written(void) {
    struct package *package = package_new("thu.docx");
    struct diag *d = diag_new(LANG_EN);
    char *name = pool_alloc(pool, 70001);
    memset(name, 'a', 70000);
    package_set(package, name, "x", 1);
    struct buf out = {0};
    CHECK(!package_write(package, &out, d));
    CHECK(diag_has(d, PACKAGE_CANNOT_WRITE));
    CHECK_INT(out.len, 0);
    buf_free(&out);
    diag_free(d);
    package_close(package);
}

/* ---- relationships ---- */

static void relationships_are_resolved(void) {
    struct package *package = docx_new("<w:p/>");
    docx_text(
        package, "word/_rels/document.xml.rels",
        RELATIONSHIPS RELATION("a", "image", "../media/x.png")
            RELATION("b", "styles", "/word/styles.xml") RELATION("c", "theme", "theme/theme%31.xml")
                RELATION("d", "image", "../../../etc/passwd")
                    RELATION("e", "x", ".\\a\\b.xml") "<Relationship Id=\"w\" Type=\"x/hyperlink\" "
                                                      "Target=\"http://vi.du/\" "
                                                      "TargetMode=\"External\"/></Relationships>");
    const char *doc = "word/document.xml";
    CHECK_STR(package_target(pool, package, doc, "a", diag), "media/x.png");
    CHECK_STR(package_target(pool, package, doc, "b", diag), "word/styles.xml");
    CHECK_STR(package_target(pool, package, doc, "c", diag), "word/theme/theme1.xml");
    CHECK_STR(package_target(pool, package, doc, "e", diag), "word/a/b.xml");
    CHECK(package_target(pool, package, doc, "d", diag) == NULL);
    CHECK(package_target(pool, package, doc, "w", diag) == NULL);
    CHECK(package_target(pool, package, doc, "none", diag) == NULL);
    CHECK_STR(package_related(pool, package, doc, "styles", diag), "word/styles.xml");
    CHECK(package_related(pool, package, doc, "hyperlink", diag) == NULL);
    CHECK_STR(package_related(pool, package, "", "officeDocument", diag), "word/document.xml");
    CHECK_STR(package_related(pool, package, "", "core-properties", diag), "docProps/core.xml");
    CHECK(package_related(pool, package, "word/other.xml", "styles", diag) == NULL);
    docx_text(package, "word/_rels/document.xml.rels",
              RELATIONSHIPS RELATION("a", "image", "new.png") "</Relationships>");
    CHECK_STR(package_target(pool, package, doc, "a", diag), "word/new.png");
    CHECK_INT(diag_count(diag, DIAG_ERROR), 0);
    package_close(package);
}

static void broken_relationships_are_reported(void) {
    struct package *package = docx_new("<w:p/>");
    struct diag *d = diag_new(LANG_VI);
    docx_text(package, "word/_rels/document.xml.rels", RELATIONSHIPS "<Rel");
    CHECK(package_target(pool, package, "word/document.xml", "a", d) == NULL);
    CHECK(package_target(pool, package, "word/document.xml", "b", d) == NULL);
    CHECK(diag_has(d, XML_BROKEN));
    CHECK_INT(diag_count(d, DIAG_ERROR), 1);
    diag_free(d);
    package_close(package);
}

/* ---- hostile files ---- */

static void what_is_no_zip_is_refused(void) {
    static const char *const junk[] = {"", "P", "PK\x03\x04", "<?xml version=\"1.0\"?><a/>"};
    for (size_t i = 0; i < sizeof junk / sizeof junk[0]; i++) {
        struct diag *d = diag_new(LANG_VI);
        CHECK(package_open("x.docx", junk[i], strlen(junk[i]), d) == NULL);
        CHECK(diag_has(d, PACKAGE_NOT_ZIP));
        CHECK_INT(diag_count(d, DIAG_ERROR), 1);
        diag_free(d);
    }
}

static void a_zip_cut_short_anywhere_is_refused(void) {
    struct package *package = docx_new("<w:p/>");
    struct buf zip = {0};
    CHECK(package_write(package, &zip, diag));
    for (size_t n = 0; n < zip.len; n++) {
        struct diag *d = diag_new(LANG_VI);
        char *copy = mem_alloc(n);
        memcpy(copy, zip.data, n);
        struct package *cut = package_open("x.docx", copy, n, d);
        CHECK(cut == NULL && diag_count(d, DIAG_ERROR) == 1);
        package_close(cut);
        free(copy);
        diag_free(d);
    }
    buf_free(&zip);
    package_close(package);
}

static void a_zip_with_any_byte_changed_is_read_or_refused_in_words(void) {
    struct package *package = docx_new("<w:p><w:r><w:t>Thử</w:t></w:r></w:p>");
    struct buf zip = {0};
    CHECK(package_write(package, &zip, diag));
    for (size_t i = 0; i < zip.len; i++) {
        struct diag *d = diag_new(LANG_VI);
        char old = zip.data[i];
        size_t n;
        zip.data[i] = (char)(old ^ (1 << i % 8));
        struct package *bad = package_open("x.docx", zip.data, zip.len, d);
        CHECK(bad || diag_count(d, DIAG_ERROR) == 1);
        for (size_t k = 0; bad && package_name(bad, k); k++)
            if (!package_part(bad, package_name(bad, k), &n, d))
                CHECK(diag_has(d, PACKAGE_PART_DAMAGED));
        package_close(bad);
        diag_free(d);
        zip.data[i] = old;
    }
    buf_free(&zip);
    package_close(package);
}

static void names_that_lead_out_are_refused(void) {
    static const char *const names[] = {"../evil.xml", "word/../../evil", "/etc/passwd",
                                        "word\\evil.xml", "a/.."};
    for (size_t i = 0; i < sizeof names / sizeof names[0]; i++) {
        struct made_entry entries[] = {stored("word/document.xml", "<a/>"), stored(names[i], "x")};
        CHECK(refused(entries, 2, PACKAGE_BAD_NAME));
    }
    struct made_entry fine[] = {stored("word/a..b/..c.xml", "<a/>"), stored("word/", "")};
    struct buf zip = {0};
    make_zip(&zip, fine, 2);
    struct package *package = package_open("x.docx", zip.data, zip.len, diag);
    CHECK(package && package_has(package, "word/a..b/..c.xml") && !package_name(package, 1));
    package_close(package);
    buf_free(&zip);
}

static void locked_files_are_recognised(void) {
    static const char ole[] = "\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1 and so on";
    struct diag *d = diag_new(LANG_VI);
    CHECK(package_open("x.docx", ole, sizeof ole - 1, d) == NULL);
    CHECK(diag_has(d, PACKAGE_LOCKED));
    diag_free(d);
    struct made_entry entry = stored("word/document.xml", "secret secret");
    entry.flags = 1;
    CHECK(refused(&entry, 1, PACKAGE_LOCKED));
}

static void a_part_that_is_there_twice_is_refused(void) {
    struct made_entry entries[] = {stored("word/document.xml", "<a/>"),
                                   stored("word/Document.xml", "<b/>")};
    CHECK(refused(entries, 2, PACKAGE_DUPLICATE_PART));
}

/* Two entries whose Unicode Path fields exchange their names. */
static void a_part_is_what_its_header_calls_it(void) {
    static const char other[] = "up\x0a\0\1....b.xml", same[] = "up\x0a\0\1....a.xml";
    struct made_entry entries[] = {stored("a.xml", "<a/>"), stored("b.xml", "<b/>")};
    for (int hidden = 0; hidden < 2; hidden++) {
        char extra[sizeof other];
        struct buf zip = {0};
        struct diag *d = diag_new(LANG_VI);
        size_t n;
        memcpy(extra, hidden ? other : same, sizeof extra);
        uint32_t crc = crc_of("a.xml", 5);
        for (int i = 0; i < 4; i++)
            extra[5 + i] = (char)(crc >> 8 * i);
        entries[0].extra = extra;
        entries[0].extra_len = sizeof extra - 1;
        make_zip(&zip, entries, hidden ? 1 : 2);
        struct package *package = package_open("x.docx", zip.data, zip.len, d);
        CHECK(package && package_has(package, "a.xml"));
        CHECK_STR(package_part(package, "a.xml", &n, d), "<a/>");
        CHECK_INT(diag_has(d, PACKAGE_SECOND_NAME), hidden);
        package_close(package);
        diag_free(d);
        buf_free(&zip);
    }
}

static void bombs_are_refused(void) {
    struct made_entry entry = stored("word/document.xml", "0123456789");
    entry.method = 8;
    entry.size = 9 << 20;
    CHECK(refused(&entry, 1, PACKAGE_BOMB));
    entry.size = 65 << 20;
    CHECK(refused(&entry, 1, PACKAGE_TOO_BIG));
    enum { PACKED = 60000, XML = 12 << 20 }; /* two hundred to one, of a part that is read */
    char *zeros = mem_alloc(PACKED);
    memset(zeros, 0, PACKED);
    entry = (struct made_entry){
        .name = "word/Document.XML", .data = zeros, .n = PACKED, .size = XML, .method = 8};
    CHECK(refused(&entry, 1, PACKAGE_BOMB));
    free(zeros);
}

/* The sizes of a ZIP of 64 bits stand in an extra field, here 10 GB. */
static void a_part_that_claims_ten_gigabytes_is_refused(void) {
    static const char field[] = "\x01\0\x08\0\0\xE4\x0B\x54\x02\0\0\0";
    struct made_entry entry = stored("word/media/image1.emf", "0123456789");
    entry.method = 8;
    entry.size = 0xFFFFFFFF;
    entry.extra = field;
    entry.extra_len = sizeof field - 1;
    CHECK(refused(&entry, 1, PACKAGE_TOO_BIG));
}

/* One kernel that many entries share (zbsm of D. Fifield): more packed bytes than the file has. */
static void entries_that_overlap_are_refused(void) {
    enum { KERNEL = 4000, COUNT = 5 };
    static const char *const names[COUNT] = {"a", "b", "c", "d", "e"};
    struct made_entry entries[COUNT];
    char *kernel = mem_alloc(KERNEL);
    memset(kernel, 0, KERNEL);
    entries[0] =
        (struct made_entry){.name = "a", .data = kernel, .n = KERNEL, .size = 1 << 20, .method = 8};
    for (int i = 1; i < COUNT; i++) {
        entries[i] = entries[0];
        entries[i].name = names[i];
        entries[i].overlaps = true;
    }
    CHECK(refused(entries, COUNT, PACKAGE_BOMB));
    free(kernel);
}

/* As libdeflate packs a picture of one colour: near a thousand to one, and honest. */
static void a_part_of_one_colour_is_no_bomb(const char *name) {
    enum { SIZE = 3 << 20 };
    char *plain = mem_alloc(SIZE), *packed = mem_alloc(SIZE);
    memset(plain, 0xFF, SIZE);
    struct libdeflate_compressor *deflater = libdeflate_alloc_compressor(9);
    size_t n = libdeflate_deflate_compress(deflater, plain, SIZE, packed, SIZE);
    libdeflate_free_compressor(deflater);
    CHECK(n > 0 && SIZE / n > 900);
    struct made_entry entry = {.name = name,
                               .data = packed,
                               .n = n,
                               .size = SIZE,
                               .crc = crc_of(plain, SIZE),
                               .method = 8};
    struct buf zip = {0};
    make_zip(&zip, &entry, 1);
    struct package *package = package_open("x.docx", zip.data, zip.len, diag);
    size_t len = 0;
    CHECK(package && package_part(package, name, &len, diag) && len == SIZE);
    package_close(package);
    buf_free(&zip);
    free(packed);
    free(plain);
}

static void what_is_written_is_never_taken_for_a_bomb(void) {
    enum { SIZE = 9 << 20 };
    char *same = malloc(SIZE);
    CHECK(same != NULL);
    memset(same, 'x', SIZE);
    struct package *made = package_new("big.docx");
    package_set(made, "word/document.xml", same, SIZE);
    struct buf out = {0};
    CHECK(package_write(made, &out, diag));
    struct package *read = package_open("big.docx", out.data, out.len, diag);
    size_t n = 0;
    CHECK(read && package_part(read, "word/document.xml", &n, diag) && n == SIZE);
    package_close(read);
    package_close(made);
    buf_free(&out);
    free(same);
}

static void what_packs_by_a_thousand_is_no_bomb(void) {
    a_part_of_one_colour_is_no_bomb("word/media/image1.emf");
    a_part_of_one_colour_is_no_bomb("docProps/app.xml");
}

static void many_parts_together_too_big_are_refused(void) {
    enum { SIZE = 60 << 20, PACKED = SIZE / 200 + 1, COUNT = 5 };
    static const char *const names[COUNT] = {"a", "b", "c", "d", "e"};
    struct made_entry entries[COUNT];
    char *zeros = mem_alloc(PACKED);
    memset(zeros, 0, PACKED);
    for (int i = 0; i < COUNT; i++)
        entries[i] = (struct made_entry){names[i], zeros, PACKED, SIZE, 0, 8, 0, NULL, 0, false};
    CHECK(refused(entries, COUNT, PACKAGE_TOO_BIG));
    free(zeros);
}

/* Opens a package of one entry and reads it: it must be reported as damaged, once. */
static void check_damaged(struct made_entry entry) {
    struct buf zip = {0};
    struct diag *d = diag_new(LANG_VI);
    size_t n;
    make_zip(&zip, &entry, 1);
    struct package *package = package_open("hong.docx", zip.data, zip.len, d);
    CHECK(package && package_part(package, entry.name, &n, d) == NULL);
    CHECK(package && package_part(package, entry.name, &n, d) == NULL);
    CHECK(diag_has(d, PACKAGE_PART_DAMAGED));
    CHECK_INT(diag_count(d, DIAG_ERROR), 1);
    package_close(package);
    diag_free(d);
    buf_free(&zip);
}

static void damaged_parts_are_reported_once(void) {
    struct made_entry wrong_sum = stored("a.xml", "text");
    wrong_sum.crc ^= 1;
    check_damaged(wrong_sum);
    struct made_entry no_stream = stored("a.xml", "\xFF\xFF\xFF");
    no_stream.method = 8;
    check_damaged(no_stream);
    /* "Hello, hello." in a part that claims to be shorter, then longer */
    static const char stream[] = "\x01\x0D\x00\xF2\xFFHello, hello.";
    check_damaged(
        (struct made_entry){"a.xml", stream, sizeof stream - 1, 5, 0, 8, 0, NULL, 0, false});
    check_damaged(
        (struct made_entry){"a.xml", stream, sizeof stream - 1, 50, 0, 8, 0, NULL, 0, false});
    struct made_entry strange = stored("a.xml", "text");
    strange.method = 14;
    CHECK(refused(&strange, 1, PACKAGE_PART_DAMAGED));
}

int main(void) {
    pool = pool_new();
    diag = diag_new(LANG_VI);
    RUN(parts_come_back_as_they_were_set);
    RUN(a_part_set_again_replaces_the_old_one);
    RUN(same_parts_give_the_same_bytes_anywhere_and_any_time);
    RUN(derived_packages_copy_unchanged_parts_still_compressed);
    RUN(a_shared_part_is_parsed_once);
    RUN(a_part_that_differs_is_never_taken_from_kin);
    RUN(a_part_set_as_a_tree_is_not_parsed_again);
    RUN(a_shared_part_not_well_formed_is_reported_each_time);
    RUN(writing_reports_what_cannot_be_written);
    RUN(relationships_are_resolved);
    RUN(broken_relationships_are_reported);
    RUN(what_is_no_zip_is_refused);
    RUN(a_zip_cut_short_anywhere_is_refused);
    RUN(a_zip_with_any_byte_changed_is_read_or_refused_in_words);
    RUN(names_that_lead_out_are_refused);
    RUN(locked_files_are_recognised);
    RUN(a_part_that_is_there_twice_is_refused);
    RUN(a_part_is_what_its_header_calls_it);
    RUN(bombs_are_refused);
    RUN(a_part_that_claims_ten_gigabytes_is_refused);
    RUN(entries_that_overlap_are_refused);
    RUN(what_packs_by_a_thousand_is_no_bomb);
    RUN(what_is_written_is_never_taken_for_a_bomb);
    RUN(many_parts_together_too_big_are_refused);
    RUN(damaged_parts_are_reported_once);
    diag_write(diag, stdout);
    diag_free(diag);
    pool_free(pool);
    return CHECK_RESULT();
}
