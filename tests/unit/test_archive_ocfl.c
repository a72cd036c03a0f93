/* The validator: for each code a folder that breaks it, told apart from all others, and folders
 * that are right. They are made here, from one object that is right and what is done to it. */
#include "archive_help.h"
#include "check.h"

#include "archive/digest.h"
#include "archive/durable.h"
#include "archive/ocfl.h"
#include "base/file.h"

#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

static struct pool *pool;
static struct diag *diag;
static char folder[64];
static bool met[OCFL_CODES]; /* expected by some test */

/* ---- making ---- */

enum { ROOT = 1, FIRST = 2, LAST = 4 }; /* inventories; LAST alone: the copy in v2 */
enum op { END, WRITE, REMOVE, FOLDER, LINK, SYMLINK, MOVE };

struct edit {
    int where;
    const char *from, *to;
};

struct change {
    enum op op;
    const char *path, *text;
};

struct fixture {
    const char *expected; /* codes, in order */
    const char *spec;     /* "1.1" unless given */
    struct edit edits[6];
    struct change changes[6];
};

/* @1@ and @2@ stand for the digests of the two files, @S@ for the specification. */
#define USER "\"user\": {\"name\": \"n\", \"address\": \"mailto:n@x.example\"}"
#define V1_STATE "{\"@1@\": [\"a.txt\"]}"
#define V2_STATE "{\"@1@\": [\"a.txt\"], \"@2@\": [\"b/c.txt\"]}"
#define V1_BLOCK                                                                                   \
    "\"v1\": {\"created\": \"2026-01-01T00:00:00Z\", \"message\": \"m1\", \"state\": " V1_STATE    \
    ", " USER "}"
#define V2_BLOCK                                                                                   \
    "\"v2\": {\"created\": \"2026-01-02T00:00:00Z\", \"message\": \"m2\", \"state\": " V2_STATE    \
    ", " USER "}"
#define TOP "\"id\": \"urn:example:1\", \"type\": \"https://ocfl.io/@S@/spec/#inventory\", "
#define V1_MANIFEST "\"@1@\": [\"v1/content/a.txt\"]"
#define V2_MANIFEST V1_MANIFEST ", \"@2@\": [\"v2/content/b/c.txt\"]"

static const char first_text[] = "{\"digestAlgorithm\": \"sha512\", \"head\": \"v1\", " TOP
                                 "\"manifest\": {" V1_MANIFEST "}, \"versions\": {" V1_BLOCK "}}";
static const char root_text[] =
    "{\"digestAlgorithm\": \"sha512\", \"head\": \"v2\", " TOP "\"manifest\": {" V2_MANIFEST
    "}, \"versions\": {" V1_BLOCK ", " V2_BLOCK "}}";

static const char *digest(const char *algorithm, const char *text) {
    char hex[DIGEST_TEXT];
    digest_of(algorithm, text, strlen(text), hex);
    return pool_strdup(pool, hex);
}

static const char *replace(const char *text, const char *from, const char *to) {
    struct buf out = {0};
    for (const char *at; (at = strstr(text, from)) != NULL; text = at + strlen(from)) {
        buf_append(&out, text, (size_t)(at - text));
        buf_puts(&out, to);
    }
    buf_puts(&out, text);
    const char *kept = pool_strdup(pool, buf_text(&out));
    buf_free(&out);
    return kept;
}

static const char *fill(const char *text, const char *spec) {
    bool sha256 = strstr(text, "\"sha256\"") && strstr(text, "digestAlgorithm");
    const char *algorithm = sha256 ? "sha256" : "sha512";
    text = replace(text, "@1@", digest(algorithm, "one\n"));
    text = replace(text, "@2@", digest(algorithm, "two\n"));
    text = replace(text, "@U@", "ABCDEF");
    return replace(text, "@S@", spec);
}

static const char *under(const char *root, const char *path) {
    return path_join(pool, root, path);
}

static void put(const char *root, const char *path, const char *text) {
    const char *full = under(root, path);
    file_make_folder(path_folder(pool, full), diag);
    file_write(full, text, strlen(text), diag);
}

static void put_inventory(const char *root, const char *in, const char *text) {
    const char *algorithm = strstr(text, "\"digestAlgorithm\": \"sha256\"") ? "sha256" : "sha512";
    put(root, pool_printf(pool, "%sinventory.json", in), text);
    put(root, pool_printf(pool, "%sinventory.json.%s", in, algorithm),
        pool_printf(pool, "%s inventory.json\n", digest(algorithm, text)));
}

static const char *edited(const struct fixture *f, int where, const char *text, const char *spec) {
    for (size_t i = 0; i < sizeof f->edits / sizeof *f->edits && f->edits[i].from; i++)
        if (f->edits[i].where & where) {
            const char *now = replace(text, f->edits[i].from, f->edits[i].to);
            if (strcmp(now, text) == 0)
                printf("# nothing to replace: %s\n", f->edits[i].from);
            text = now;
        }
    return fill(text, spec);
}

static void change(const char *root, const struct change *c) {
    const char *path = under(root, c->path);
    if (c->op == WRITE)
        put(root, c->path, c->text);
    else if (c->op == REMOVE)
        durable_remove_tree(path);
    else if (c->op == FOLDER)
        file_make_folder(path, diag);
    else if (c->op == LINK)
        CHECK(link(under(root, c->text), path) == 0);
    else if (c->op == SYMLINK)
        CHECK(symlink(c->text, path) == 0);
    else if (c->op == MOVE)
        CHECK(rename(path, under(root, c->text)) == 0);
}

static const char *make(const struct fixture *f, const char *name) {
    const char *root = path_join(pool, folder, name), *spec = f->spec ? f->spec : "1.1";
    put(root, pool_printf(pool, "0=ocfl_object_%s", spec),
        pool_printf(pool, "ocfl_object_%s\n", spec));
    put(root, "v1/content/a.txt", "one\n");
    put(root, "v2/content/b/c.txt", "two\n");
    const char *inventory = edited(f, ROOT, root_text, spec);
    put_inventory(root, "", inventory);
    bool apart = f->edits[0].where == LAST;
    put_inventory(root, "v2/", apart ? edited(f, LAST, root_text, spec) : inventory);
    put_inventory(root, "v1/", edited(f, FIRST, first_text, spec));
    for (size_t i = 0; i < sizeof f->changes / sizeof *f->changes && f->changes[i].op; i++)
        change(root, &f->changes[i]);
    return root;
}

/* ---- judging ---- */

static int by_code(const void *a, const void *b) {
    return (int)((const struct ocfl_finding *)a)->code -
           (int)((const struct ocfl_finding *)b)->code;
}

/* The codes found, each once, in order. */
static const char *codes_of(struct ocfl_report *report) {
    struct buf out = {0};
    if (report->findings.n)
        qsort(report->findings.at, report->findings.n, sizeof *report->findings.at, by_code);
    for (size_t i = 0; i < report->findings.n; i++)
        if (!i || report->findings.at[i].code != report->findings.at[i - 1].code)
            buf_printf(&out, "%s%s", out.len ? " " : "", ocfl_name(report->findings.at[i].code));
    const char *text = pool_strdup(pool, buf_text(&out));
    buf_free(&out);
    return text;
}

static void expect(const char *codes) {
    for (int i = 0; i < OCFL_CODES; i++)
        met[i] = met[i] || strstr(codes, ocfl_name((enum ocfl_code)i));
}

static void judge(const struct fixture *fixtures, size_t n, const char *name) {
    for (size_t i = 0; i < n; i++) {
        const char *root = make(&fixtures[i], pool_printf(pool, "%s%zu", name, i));
        struct ocfl_report *report = ocfl_object(pool, root, 0, diag);
        expect(fixtures[i].expected);
        CHECK_STR(codes_of(report), fixtures[i].expected);
        if (strcmp(codes_of(report), fixtures[i].expected) != 0)
            for (size_t k = 0; k < report->findings.n; k++)
                printf("# %s %zu: %s %s: %s\n", name, i, ocfl_name(report->findings.at[k].code),
                       report->findings.at[k].path, report->findings.at[k].detail);
    }
}

#define JUDGE(fixtures) judge(fixtures, sizeof(fixtures) / sizeof *(fixtures), #fixtures)

#define BOTH (ROOT | FIRST)
#define IN_V1(what) "\"v1\": {\"created\": \"2026-01-01T00:00:00Z\", " what

static void what_is_right_is_right(void) {
    static const struct fixture good[] = {
        {"", .spec = "1.1"},
        {"", .spec = "1.0"},
        /* Digests may be in capitals, in the inventory and beside it. */
        {"", .edits = {{BOTH, "@1@", "@U@@1@"}, {BOTH, "@U@@1@", "@1@"}}},
        {"", .edits = {{BOTH, "2026-01-01T00:00:00Z", "2026-01-01t00:00:00.25+07:00"}}},
        {"", .edits = {{BOTH, "\"manifest\": {", "\"fixity\": {}, \"manifest\": {"}}},
        {"", .edits = {{BOTH, "\"manifest\": {",
                        "\"fixity\": {\"md5\": {\"5bbf5a52328e7439ae6e719dfe712200\": "
                        "[\"v1/content/a.txt\"]}, \"blake2b-160\": {\"00\": "
                        "[\"v1/content/a.txt\"]}}, \"manifest\": {"}}},
        {"", .changes = {{FOLDER, "logs", ""}, {WRITE, "logs/any", "thing"}}},
        {"", .changes = {{FOLDER, "extensions/0005-mutable-head", ""}}},
        {"", .spec = "1.1", .edits = {{FIRST, "ocfl.io/@S@", "ocfl.io/1.0"}}},
        {"", .edits = {{BOTH, "\"manifest\": {",
                        "\"contentDirectory\": \"content\", \"manifest\": {"}}},
    };
    JUDGE(good);
}

static void the_folder_of_an_object(void) {
    static const struct fixture object[] = {
        {"E001", .changes = {{WRITE, "readme.txt", "x"}}},
        {"E001", .changes = {{WRITE, "extra/readme.txt", "x"}}},
        {"E002 E003", .changes = {{WRITE, "ocfl_object_1.1", "x"}}},
        {"E003", .changes = {{REMOVE, "0=ocfl_object_1.1", ""}}},
        {"E003", .changes = {{WRITE, "0=ocfl_object_1.0", "ocfl_object_1.0\n"}}},
        {"E003 E004", .changes = {{MOVE, "0=ocfl_object_1.1", "0=ocfl_object_9.1"}}},
        {"E003 E005", .changes = {{MOVE, "0=ocfl_object_1.1", "1=ocfl_object_1.1"}}},
        {"E003 E006", .changes = {{MOVE, "0=ocfl_object_1.1", "0=ocfl_thing_1.1"}}},
        {"E007", .changes = {{WRITE, "0=ocfl_object_1.1", "ocfl_object_1.1"}}},
        {"E007", .changes = {{WRITE, "0=ocfl_object_1.1", "ocfl_object_1.0\n"}}},
        {"E063", .changes = {{REMOVE, "inventory.json", ""},
                             {REMOVE, "v1", ""},
                             {REMOVE, "v2", ""},
                             {REMOVE, "inventory.json.sha512", ""}}},
        {"E063",
         .changes = {{REMOVE, "inventory.json", ""}, {REMOVE, "inventory.json.sha512", ""}}},
        {"E001 E034 E063", .changes = {{MOVE, "inventory.json", "Inventory.json"}}},
        {"E015", .changes = {{WRITE, "v1/readme.txt", "x"}}},
        {"E023", .changes = {{WRITE, "v1/content/more.txt", "x"}}},
        {"E016 E023 E092", .changes = {{REMOVE, "v2/content", ""}}},
        {"E024", .changes = {{FOLDER, "v2/content/empty", ""}}},
        {"E046", .changes = {{FOLDER, "v3", ""}}},
        {"E023 E046 E092", .changes = {{REMOVE, "v2", ""}}},
        {"E067", .changes = {{WRITE, "extensions/readme.txt", "x"}}},
        {"E001 E082", .changes = {{WRITE, "inner/0=ocfl_object_1.1", "ocfl_object_1.1\n"}}},
        {"E090", .changes = {{SYMLINK, "v2/content/link", "b/c.txt"}}},
        {"E090", .changes = {{SYMLINK, "link", "v1"}}},
        {"E023 E090", .changes = {{LINK, "v2/content/hard.txt", "v2/content/b/c.txt"}}},
        {"E092", .changes = {{WRITE, "v1/content/a.txt", "One\n"}}},
        {"E092", .changes = {{REMOVE, "v1/content/a.txt", ""}, {WRITE, "v1/content/a.txt", ""}}},
        {"W002", .changes = {{FOLDER, "v1/notes", ""}}},
        {"W010",
         .changes = {{REMOVE, "v1/inventory.json", ""}, {REMOVE, "v1/inventory.json.sha512", ""}}},
        {"W013", .changes = {{FOLDER, "extensions/our-own", ""}}},
    };
    JUDGE(object);
}

static void the_inventory(void) {
    static const struct fixture inventory[] = {
        {"E025", .edits = {{BOTH, "\"sha512\"", "\"sha1\""}}},
        {"E026 E056",
         .edits = {{BOTH, "\"manifest\": {", "\"fixity\": {\"crc8\": {}}, \"manifest\": {"}}},
        {"E029", .edits = {{BOTH, "\"manifest\": {",
                            "\"fixity\": {\"sha1\": {\"12\": []}}, \"manifest\": {"}}},
        {"E032", .edits = {{BOTH, "\"manifest\": {",
                            "\"fixity\": {\"blake2b-512\": {\"12\": []}}, \"manifest\": {"}}},
        {"E030 E039 E092 W004",
         .edits = {{ROOT, "sha512", "sha256"}, {ROOT, "@2@", "12"}, {FIRST, "sha512", "sha256"}},
         .changes = {{REMOVE, "x", ""}}},
        {"E031 E039 E092", .edits = {{ROOT, "@2@", "12"}}},
        {"E033", .edits = {{FIRST, "{\"digest", "{digest"}}},
        {"E033", .edits = {{ROOT, "\"id\":", "\"head\": \"v2\", \"id\":"}}},
        {"E033", .edits = {{BOTH, "\"manifest\": {", "\"contentDirectory\": 1, \"manifest\": {"}}},
        {"E036", .edits = {{BOTH, "\"id\": \"urn:example:1\", ", ""}}},
        {"E036", .edits = {{BOTH, "\"type\": \"https://ocfl.io/@S@/spec/#inventory\", ", ""}}},
        {"E036", .edits = {{BOTH, "\"digestAlgorithm\": \"sha512\", ", ""}}},
        {"E036", .edits = {{ROOT, "\"head\": \"v2\", ", ""}}},
        {"E037", .edits = {{BOTH, "\"id\": \"urn:example:1\"", "\"id\": \"\""}}},
        {"E037", .edits = {{BOTH, "\"id\": \"urn:example:1\"", "\"id\": 1"}}},
        {"E037 E110", .edits = {{FIRST, "urn:example:1", "urn:example:2"}}},
        {"E037", .spec = "1.0", .edits = {{FIRST, "urn:example:1", "urn:example:2"}}},
        {"E038 E103", .edits = {{ROOT, "ocfl.io/@S@", "ocfl.io/1.0"}}},
        {"E038", .edits = {{FIRST, "ocfl.io/@S@", "ocfl.io/7.0"}}},
        {"E038",
         .edits = {{BOTH, "\"type\": \"https://ocfl.io/@S@/spec/#inventory\"", "\"type\": 1"}}},
        {"E040", .edits = {{ROOT, "\"head\": \"v2\"", "\"head\": \"v1\""}}},
        {"E040", .edits = {{ROOT, "\"head\": \"v2\"", "\"head\": 2"}}},
        {"E040", .edits = {{FIRST, "\"head\": \"v1\"", "\"head\": \"v2\""}}},
        {"E041", .edits = {{FIRST, "\"manifest\": {" V1_MANIFEST "}, ", ""},
                           {ROOT, "\"manifest\": {" V2_MANIFEST "}, ", ""}}},
        {"E106", .edits = {{ROOT, "\"manifest\": {" V2_MANIFEST "}", "\"manifest\": []"}}},
        {"E041 E043 E044 E102",
         .edits = {{ROOT, "\"versions\": {" V1_BLOCK ", " V2_BLOCK "}", "\"x\": 1"}}},
        {"E044 E045",
         .edits = {{ROOT, "\"versions\": {" V1_BLOCK ", " V2_BLOCK "}", "\"versions\": 1"}}},
        {"E008",
         .edits = {{ROOT, "\"versions\": {" V1_BLOCK ", " V2_BLOCK "}", "\"versions\": {}"}}},
        {"E102", .edits = {{BOTH, "\"manifest\": {", "\"more\": 1, \"manifest\": {"}}},
        {"E102", .edits = {{BOTH, "\"name\": \"n\"", "\"name\": \"n\", \"age\": 1"}}},
        {"E055 E102", .edits = {{BOTH, "\"manifest\": {", "\"Fixity\": {}, \"manifest\": {"}}},
        {"E111", .edits = {{BOTH, "\"manifest\": {", "\"fixity\": [], \"manifest\": {"}}},
        {"E057", .spec = "1.0",
         .edits = {{BOTH, "\"manifest\": {", "\"fixity\": [], \"manifest\": {"}}},
        {"E057", .edits = {{BOTH, "\"manifest\": {", "\"fixity\": {\"md5\": 1}, \"manifest\": {"}}},
        {"E093", .edits = {{BOTH, "\"manifest\": {",
                            "\"fixity\": {\"md5\": {\"00000000000000000000000000000000\": "
                            "[\"v1/content/a.txt\"]}}, \"manifest\": {"}}},
        {"E093", .edits = {{BOTH, "\"manifest\": {",
                            "\"fixity\": {\"md5\": {\"5bbf5a52328e7439ae6e719dfe712200\": "
                            "[\"v1/content/none.txt\"]}}, \"manifest\": {"}}},
        {"E097", .edits = {{BOTH, "\"manifest\": {",
                            "\"fixity\": {\"md5\": {\"5bbf5a52328e7439ae6e719dfe712200\": "
                            "[\"v1/content/a.txt\"], \"5BBF5a52328e7439ae6e719dfe712200\": "
                            "[]}}, \"manifest\": {"}}},
        {"E017 E108",
         .edits = {{BOTH, "\"manifest\": {", "\"contentDirectory\": \"a/b\", \"manifest\": {"}}},
        {"E017", .spec = "1.0",
         .edits = {{BOTH, "\"manifest\": {", "\"contentDirectory\": \"a/b\", \"manifest\": {"}}},
        {"E018 E108",
         .edits = {{BOTH, "\"manifest\": {", "\"contentDirectory\": \"..\", \"manifest\": {"}}},
        {"E019 E020", .edits = {{ROOT, "\"manifest\": {",
                                 "\"contentDirectory\": \"content\", \"manifest\": {"}}},
        {"E019 E020", .edits = {{FIRST, "\"manifest\": {",
                                 "\"contentDirectory\": \"content\", \"manifest\": {"}}},
        {"E020 E042",
         .edits = {{ROOT, "\"manifest\": {", "\"contentDirectory\": \"content\", \"manifest\": {"},
                   {FIRST, "\"manifest\": {", "\"contentDirectory\": \"other\", \"manifest\": {"}}},
        {"W005", .edits = {{BOTH, "urn:example:1", "example 1"}}},
        {"W004", .edits = {{BOTH, "sha512", "sha256"}}},
    };
    JUDGE(inventory);
}

static void its_versions(void) {
    static const struct fixture versions[] = {
        {"E009 E042 E046 E104 E107",
         .edits = {{ROOT, V1_BLOCK,
                    "\"1\": {\"created\": "
                    "\"2026-01-01T00:00:00Z\", \"message\": \"m1\", \"state\": {}, " USER "}"},
                   {ROOT, "\"@1@\": [\"a.txt\"], ", ""}}},
        {"E046 E105",
         .edits = {{ROOT, V2_BLOCK,
                    V2_BLOCK ", \"v0\": {\"created\": "
                             "\"2026-01-01T00:00:00Z\", \"message\": \"m1\", \"state\": {}, " USER
                             "}"}}},
        {"E046", .spec = "1.0",
         .edits = {{ROOT, V2_BLOCK,
                    V2_BLOCK ", \"x2\": {\"created\": "
                             "\"2026-01-01T00:00:00Z\", \"message\": \"m1\", \"state\": {}, " USER
                             "}"}}},
        {"E010 E040 E042 E046", .edits = {{ROOT, "\"v2\": {", "\"v3\": {"}}},
        {"E012 E013 E014 E042 E046", .edits = {{ROOT, "\"v2\": {", "\"v02\": {"},
                                               {ROOT, "\"head\": \"v2\"", "\"head\": \"v02\""}}},
        {"E014 E023 E042 E092", .edits = {{ROOT, "v2/content", "v02/content"}}},
        {"E047 E107", .edits = {{ROOT, V2_BLOCK, "\"v2\": 1"}}},
        {"E048", .edits = {{BOTH, "\"created\": \"2026-01-01T00:00:00Z\", ", ""}}},
        {"E048 E107", .edits = {{ROOT, "\"state\": " V2_STATE ", ", ""}}},
        {"E049", .edits = {{BOTH, "2026-01-01T00:00:00Z", "2026-01-01T00:00:00"}}},
        {"E049", .edits = {{BOTH, "2026-01-01T00:00:00Z", "2026-01-01T00:00Z"}}},
        {"E049", .edits = {{BOTH, "2026-01-01T00:00:00Z", "2026-02-30T00:00:00Z"}}},
        {"E049", .edits = {{BOTH, "\"2026-01-01T00:00:00Z\"", "1"}}},
        {"E050 E107", .edits = {{ROOT, V2_STATE, "1"}}},
        {"E050 E107", .edits = {{ROOT, "\"@2@\": [\"b/c.txt\"]", "\"@U@\": [\"b/c.txt\"]"}}},
        {"E050", .spec = "1.0", .edits = {{ROOT, ", \"@2@\": [\"b/c.txt\"]", ""}}},
        {"E107", .edits = {{ROOT, ", \"@2@\": [\"b/c.txt\"]", ""}}},
        {"E051", .edits = {{ROOT, "[\"b/c.txt\"]", "[\"b/c.txt\", 1]"}}},
        {"E051 E052", .edits = {{ROOT, "[\"b/c.txt\"]", "[\"\"]"}}},
        {"E052", .edits = {{ROOT, "[\"b/c.txt\"]", "[\"b/../c.txt\"]"}}},
        {"E052", .edits = {{ROOT, "[\"b/c.txt\"]", "[\"b//c.txt\"]"}}},
        {"E053", .edits = {{ROOT, "[\"b/c.txt\"]", "[\"/b/c.txt\"]"}}},
        {"E053", .edits = {{ROOT, "[\"b/c.txt\"]", "[\"b/\"]"}}},
        {"E054", .edits = {{BOTH, "\"name\": \"n\", ", ""}}},
        {"E054",
         .edits = {{BOTH, "{\"name\": \"n\", \"address\": \"mailto:n@x.example\"}", "\"n\""}}},
        {"E094", .edits = {{BOTH, "\"m1\"", "1"}}},
        {"E095", .edits = {{ROOT, "[\"b/c.txt\"]", "[\"b/c.txt\", \"a.txt\"]"}}},
        {"E095", .edits = {{ROOT, "[\"b/c.txt\"]", "[\"b/c.txt\", \"b\"]"}}},
        {"W007", .edits = {{BOTH, "\"message\": \"m1\", ", ""}}},
        {"W007", .edits = {{BOTH, ", " USER, ""}}},
        {"W008", .edits = {{BOTH, ", \"address\": \"mailto:n@x.example\"", ""}}},
        {"W009", .edits = {{BOTH, "mailto:n@x.example", "somebody"}}},
    };
    JUDGE(versions);
}

static void its_manifest(void) {
    static const struct fixture manifest[] = {
        {"E023 E035 E042 E092", .edits = {{ROOT, "v2/content/b/c.txt", "v2\\\\content\\\\b"}}},
        {"E023 E042 E092", .edits = {{ROOT, "v2/content/b/c.txt", "v2/b/c.txt"}}},
        {"E023 E042 E092", .edits = {{ROOT, "v2/content/b/c.txt", "v7/content/c.txt"}}},
        {"E023 E092", .edits = {{ROOT, "[\"v2/content/b/c.txt\"]", "1"}}},
        {"E033", .edits = {{ROOT, V2_MANIFEST, V2_MANIFEST ", \"@2@\": []"}}},
        {"E042 E098 E099",
         .edits = {{ROOT, "[\"v2/content/b/c.txt\"]", "[\"v2/content/b/c.txt\", \"\"]"}}},
        {"E099", .edits = {{ROOT, "[\"v2/content/b/c.txt\"]",
                            "[\"v2/content/b/c.txt\", \"v2/content/../c.txt\"]"}}},
        {"E099", .edits = {{ROOT, "[\"v2/content/b/c.txt\"]",
                            "[\"v2/content/b/c.txt\", \"v2/content//c.txt\"]"}}},
        {"E042 E100", .edits = {{ROOT, "[\"v2/content/b/c.txt\"]",
                                 "[\"v2/content/b/c.txt\", \"/v2/content/c.txt\"]"}}},
        {"E092 E101", .edits = {{ROOT, "[\"v2/content/b/c.txt\"]",
                                 "[\"v2/content/b/c.txt\", \"v1/content/a.txt\"]"}}},
        {"E023 E092 E101", .edits = {{ROOT, "[\"v2/content/b/c.txt\"]",
                                      "[\"v2/content/b/c.txt\", \"v2/content/b\"]"}}},
        {"W003",
         .edits = {{ROOT, ", \"@2@\": [\"v2/content/b/c.txt\"]", ""},
                   {ROOT, ", \"@2@\": [\"b/c.txt\"]", ""}},
         .changes = {{REMOVE, "v2/content", ""}, {FOLDER, "v2/content", ""}}},
    };
    JUDGE(manifest);
}

static void digests_and_inventories_beside_one_another(void) {
    static const struct fixture beside[] = {
        {"E058", .changes = {{REMOVE, "inventory.json.sha512", ""}}},
        {"E058", .changes = {{REMOVE, "v1/inventory.json.sha512", ""}}},
        {"E001 E058 E059", .changes = {{MOVE, "inventory.json.sha512", "inventory.json.sha256"}}},
        {"E060", .changes = {{WRITE, "inventory.json.sha512", "00 inventory.json\n"}}},
        {"E061", .changes = {{WRITE, "inventory.json.sha512", "inventory.json\n"}}},
        {"E061", .changes = {{WRITE, "v1/inventory.json.sha512", "00\n"}}},
        {"E064", .edits = {{LAST, "\"m2\"", "\"m3\""}}},
        {"E066", .edits = {{FIRST, "\"a.txt\"", "\"z.txt\""}}},
        {"E023 E066", .edits = {{FIRST, V1_MANIFEST, ""}, {FIRST, V1_STATE, "{}"}}},
        {"E038 E103", .spec = "1.0", .edits = {{FIRST, "ocfl.io/@S@", "ocfl.io/1.1"}}},
        {"W011", .edits = {{FIRST, "\"m1\"", "\"other\""}}},
        {"W011", .edits = {{FIRST, "\"name\": \"n\"", "\"name\": \"other\""}}},
    };
    JUDGE(beside);
}

/* Digests that differ in nothing but case are one digest. */
static void digests_in_capitals(void) {
    struct fixture twice = {"E096",
                            .edits = {{ROOT, "\"@2@\": [\"v2", "\"@C@\": [], \"@2@\": [\"v2"}}};
    struct buf capitals = {0};
    for (const char *p = digest("sha512", "two\n"); *p; p++)
        buf_putc(&capitals, *p >= 'a' ? (char)(*p - 'a' + 'A') : *p);
    twice.edits[1] = (struct edit){ROOT, "@C@", buf_text(&capitals)};
    const char *root = make(&twice, "capitals");
    expect("E096");
    CHECK_STR(codes_of(ocfl_object(pool, root, 0, diag)), "E096 E107");
    struct fixture all = {"", .edits = {{ROOT, "@2@", buf_text(&capitals)}}};
    root = make(&all, "capitals2");
    CHECK_STR(codes_of(ocfl_object(pool, root, 0, diag)), "");
    buf_free(&capitals);
}

/* ---- padded versions ---- */

static void padded_versions(void) {
    for (int wrong = 0; wrong < 2; wrong++) {
        const char *root = path_join(pool, folder, wrong ? "padded-wrong" : "padded");
        const char *last = wrong ? "v10" : "v02";
        put(root, "0=ocfl_object_1.1", "ocfl_object_1.1\n");
        put(root, "v01/content/a.txt", "one\n");
        put(root, pool_printf(pool, "%s/content/b/c.txt", last), "two\n");
        const char *first = fill(first_text, "1.1"), *all = fill(root_text, "1.1");
        first = replace(replace(first, "\"v1", "\"v01"), "\"v2", "\"v02");
        all = replace(replace(all, "\"v1", "\"v01"), "\"v2", pool_printf(pool, "\"%s", last));
        put_inventory(root, "", all);
        put_inventory(root, "v01/", first);
        put_inventory(root, pool_printf(pool, "%s/", last), all);
        const char *want = wrong ? "E010 E011 W001" : "W001";
        expect(want);
        CHECK_STR(codes_of(ocfl_object(pool, root, 0, diag)), want);
    }
}

/* ---- storage roots ---- */

struct objects {
    size_t n;
    struct buf codes;
};

static void take(void *context, const char *below, const struct ocfl_report *object) {
    struct objects *objects = context;
    (void)below;
    struct ocfl_report copy = *object;
    objects->n++;
    if (copy.findings.n)
        buf_printf(&objects->codes, "%s%s", objects->codes.len ? " " : "", codes_of(&copy));
}

static struct ocfl_report *judge_root(const char *path, struct objects *objects) {
    struct ocfl_visitor visitor = {take, NULL, objects};
    return ocfl_root(pool, path, &visitor, diag);
}

struct root_fixture {
    const char *expected, *objects; /* codes of the root, of its objects */
    const char *spec;
    struct change changes[6];
};

static const char *make_root(const struct root_fixture *f, const char *name) {
    const char *spec = f->spec ? f->spec : "1.1";
    struct fixture object = {"", .spec = "1.1"};
    const char *root = path_join(pool, folder, name);
    put(root, pool_printf(pool, "0=ocfl_%s", spec), pool_printf(pool, "ocfl_%s\n", spec));
    make(&object, pool_printf(pool, "%s/aa/one", name));
    for (size_t i = 0; i < sizeof f->changes / sizeof *f->changes && f->changes[i].op; i++)
        change(root, &f->changes[i]);
    return root;
}

#define CONFIG(shortened)                                                                          \
    "{\"extensionName\": \"0004-hashed-n-tuple-storage-layout\", \"digestAlgorithm\": "            \
    "\"sha256\", \"tupleSize\": 2, \"numberOfTuples\": 1, \"shortObjectRoot\": " shortened "}"
#define HASHED "0004-hashed-n-tuple-storage-layout"

static void storage_roots(void) {
    static const struct root_fixture roots[] = {
        {"", "", .spec = "1.1"},
        {"", "", .changes = {{WRITE, "notes.txt", "any file"}}},
        {"E069", "", .changes = {{REMOVE, "0=ocfl_1.1", ""}}},
        {"E070", "E083",
         .changes = {{WRITE, "ocfl_layout.json", "{\"extension\": \"" HASHED "\"}"}}},
        {"E070", "", .changes = {{WRITE, "ocfl_layout.json", "{"}}},
        {"E071", "",
         .changes = {{WRITE, "ocfl_layout.json",
                      "{\"extension\": \"ours\", \"description\": \"d\"}"}}},
        {"E072 E084", "", .changes = {{WRITE, "aa/notes.txt", "x"}}},
        {"E072 E084 E085 E088", "", .changes = {{WRITE, "bb/notes.txt", "x"}}},
        {"E073", "", .changes = {{FOLDER, "aa/empty", ""}}},
        {"E073 E088", "", .changes = {{FOLDER, "bb", ""}}},
        {"E075 E076", "", .changes = {{MOVE, "0=ocfl_1.1", "=ocfl_1.1"}}},
        {"E076", "", .changes = {{WRITE, "0=ocfl_1.0", "ocfl_1.0\n"}}},
        {"E076 E077", "", .changes = {{MOVE, "0=ocfl_1.1", "0=ocfl_8.8"}}},
        {"E076 E078", "", .changes = {{MOVE, "0=ocfl_1.1", "5=ocfl_1.1"}}},
        {"E076 E079", "", .changes = {{MOVE, "0=ocfl_1.1", "0=oc_1.1"}}},
        {"E080", "", .changes = {{WRITE, "0=ocfl_1.1", "ocfl_1.1"}}},
        {"", "E081", .spec = "1.0"},
        {"", "E083",
         .changes = {{WRITE, "ocfl_layout.json",
                      "{\"extension\": \"" HASHED "\", \"description\": \"d\"}"},
                     {WRITE, "extensions/" HASHED "/config.json", CONFIG("false")}}},
        {"E086", "E081", .spec = "1.0", .changes = {{WRITE, "extensions/notes.txt", "x"}}},
        {"E090", "", .changes = {{SYMLINK, "aa/two", "one"}}},
        {"E112", "", .changes = {{WRITE, "extensions/notes.txt", "x"}}},
        {"W016", "", .changes = {{FOLDER, "extensions/ours", ""}}},
        {"", "E003", .changes = {{REMOVE, "aa/one/0=ocfl_object_1.1", ""}}},
    };
    for (size_t i = 0; i < sizeof roots / sizeof *roots; i++) {
        struct objects objects = {0};
        const char *path = make_root(&roots[i], pool_printf(pool, "root%zu", i));
        struct ocfl_report *report = judge_root(path, &objects);
        expect(roots[i].expected);
        expect(roots[i].objects);
        CHECK_STR(codes_of(report), roots[i].expected);
        CHECK_STR(buf_text(&objects.codes), roots[i].objects);
        CHECK_INT(objects.n, 1);
        buf_free(&objects.codes);
    }
}

static void several_objects(void) {
    struct fixture object = {.expected = ""};
    struct objects objects = {0};
    const char *root = path_join(pool, folder, "several");
    put(root, "0=ocfl_1.1", "ocfl_1.1\n");
    make(&object, "several/aa/one");
    make(&object, "several/bb/two");
    expect("E037 W014 W015");
    CHECK_STR(codes_of(judge_root(root, &objects)), "E037");
    make(&object, "several/bb/cc/three");
    CHECK_STR(codes_of(judge_root(root, &objects)), "E037 W014");
    make(&object, "several/top");
    CHECK_STR(codes_of(judge_root(root, &objects)), "E037 W015");
    CHECK_INT(objects.n, 2 + 3 + 4);
    CHECK_STR(buf_text(&objects.codes), "");
}

static void a_folder_is_known_by_what_it_holds(void) {
    CHECK(ocfl_is_object(path_join(pool, folder, "good0")));
    CHECK(ocfl_is_object(path_join(pool, folder, "object3"))); /* without a declaration */
    CHECK(!ocfl_is_object(path_join(pool, folder, "root0")));
    CHECK(!ocfl_is_object(path_join(pool, folder, "root2")));
}

static void every_code_was_met_or_cannot_be(void) {
    for (int i = 0; i < OCFL_CODES; i++) {
        if (met[i] == (ocfl_unseen((enum ocfl_code)i) == NULL))
            continue;
        printf("# no folder breaks %s\n", ocfl_name((enum ocfl_code)i));
        CHECK(met[i]);
    }
}

int main(void) {
    pool = pool_new();
    diag = diag_new(LANG_EN);
    if (!test_folder(folder))
        return 1;
    RUN(what_is_right_is_right);
    RUN(the_folder_of_an_object);
    RUN(the_inventory);
    RUN(its_versions);
    RUN(its_manifest);
    RUN(digests_and_inventories_beside_one_another);
    RUN(digests_in_capitals);
    RUN(padded_versions);
    RUN(storage_roots);
    RUN(several_objects);
    RUN(a_folder_is_known_by_what_it_holds);
    RUN(every_code_was_met_or_cannot_be);
    durable_remove_tree(folder);
    diag_free(diag);
    pool_free(pool);
    return CHECK_RESULT();
}
