#include "cli/archive.h"
#include "cli/clock.h"
#include "cli/archive_hits.h"
#include "cli/options.h"

#include "archive/bag.h"
#include "archive/package05.h"
#include "archive/store.h"
#include "base/file.h"

#include <stdlib.h>
#include <string.h>
#include <time.h>

enum form { FORM_BAG, FORM_TT05 };

struct exporting {
    struct archive_session *session;
    struct bag *bag;
    enum form form;
    bool all_versions;
    VEC(const char *) objects; /* ids, each once, in the order chosen */
};

/* ---- what is exported ---- */

static void choose(struct exporting *e, const index_hits *hits) {
    const struct index_hit *hit;
    VEC_EACH (hit, hits) {
        size_t i = 0;
        while (i < e->objects.n && strcmp(e->objects.at[i], hit->object) != 0)
            i++;
        if (i == e->objects.n)
            *VEC_PUSH(e->session->pool, &e->objects) = hit->object;
    }
}

/* By id or number, and by words and days as `find` takes them. False: reported. */
static bool choose_all(struct exporting *e, const struct options *options) {
    struct archive_session *s = e->session;
    struct index_query query = {.words = options_own(options, "words"), .limit = 100000};
    const char *from = options_own(options, "from"), *to = options_own(options, "to");
    bool ok = true;
    for (size_t i = 0; i < options->path_count; i++) {
        index_hits hits = {0};
        ok = index_named(s->index, s->pool, options->paths[i], &hits, s->diag) && ok;
        if (!hits.n)
            diag_add(s->diag, ARCHIVE_NO_SUCH, (struct where){0}, options->paths[i], NULL);
        choose(e, &hits);
    }
    if (from)
        query.from = hits_day(s->pool, from, s->diag);
    if (to)
        query.to = hits_day(s->pool, to, s->diag);
    if ((from && !query.from) || (to && !query.to))
        return false;
    if (query.words || from || to) {
        index_hits hits = {0};
        ok = index_find(s->index, s->pool, &query, &hits, s->diag) && ok;
        if (!hits.n)
            diag_add(s->diag, ARCHIVE_FOUND_NOTHING, (struct where){0}, NULL);
        choose(e, &hits);
    }
    return ok && e->objects.n;
}

/* ---- one document ---- */

/* The files of its version `version`, read and their digests compared. False: reported. */
static bool read_files(const struct exporting *e, struct pool *pool,
                       const struct inventory *inventory, size_t version,
                       struct package05_file **files, size_t *n) {
    const inventory_files *state = &inventory->versions.at[version - 1].state;
    *files = POOL_ARRAY(pool, struct package05_file, state->n);
    for (size_t i = 0; i < state->n; i++) {
        struct package05_file *file = &(*files)[i];
        file->name = state->at[i].path;
        struct bytes stored = store_read(pool, e->session->archive, inventory, (int)version,
                                         file->name, e->session->diag);
        file->bytes = stored.s;
        file->len = stored.len;
        if (!file->bytes)
            return false;
    }
    *n = state->n;
    return true;
}

static bool add_text(struct exporting *e, struct pool *pool, const char *folder, const char *name,
                     void (*write)(const struct package05 *, struct buf *),
                     const struct package05 *package) {
    struct buf text = {0};
    write(package, &text);
    bool ok = bag_add(e->bag, pool_printf(pool, "%s/%s", folder, name), text.data, text.len,
                      e->session->diag);
    buf_free(&text);
    return ok;
}

static bool add_package(struct exporting *e, struct pool *pool, const char *folder,
                        const struct package05 *package) {
    return add_text(e, pool, folder, "METS.xml", package05_mets, package) &&
           add_text(e, pool, folder, "metadata/descriptive/EAD.xml", package05_ead, package) &&
           add_text(e, pool, folder, "metadata/preservation/PREMIS.xml", package05_premis,
                    package) &&
           add_text(e, pool, folder, "representations/rep1/METS.xml", package05_representation,
                    package);
}

static const struct package05_record *record_among(struct pool *pool,
                                                   const struct package05_file *files, size_t n) {
    for (size_t i = 0; i < n; i++)
        if (strcmp(files[i].name, STORE_RECORD) == 0)
            return package05_record(pool, files[i].bytes, files[i].len);
    return package05_record(pool, NULL, 0);
}

/* One version, its files in `folder`. */
static bool export_version(struct exporting *e, const char *id, const struct inventory *inventory,
                           size_t version, const char *folder) {
    struct pool *pool = pool_new();
    struct package05_file *files;
    size_t n = 0;
    bool ok = read_files(e, pool, inventory, version, &files, &n);
    if (ok && e->form == FORM_TT05) {
        struct package05 package = {.id = id,
                                    .created = inventory->versions.at[version - 1].created,
                                    .record = record_among(pool, files, n),
                                    .files = files,
                                    .n = n};
        ok = add_package(e, pool, folder, &package);
    }
    const char *below = e->form == FORM_TT05 ? "representations/rep1/data/" : "";
    for (size_t i = 0; ok && i < n; i++)
        ok = bag_add(e->bag, pool_printf(pool, "%s/%s%s", folder, below, files[i].name),
                     files[i].bytes, files[i].len, e->session->diag);
    pool_free(pool);
    return ok;
}

/* Every version in a folder of its own, and the inventory, which tells when, by whom and why each
 * was added. */
static bool export_versions(struct exporting *e, struct pool *pool, const char *id,
                            const struct inventory *inventory, const char *folder) {
    const char *path = path_join(pool, store_path(pool, e->session->archive, id), "inventory.json");
    size_t len;
    const char *text = file_read(pool, path, &len, (struct where){.file = path}, e->session->diag);
    bool ok = text && bag_add(e->bag, pool_printf(pool, "%s/inventory.json", folder), text, len,
                              e->session->diag);
    for (size_t v = 1; ok && v <= inventory->versions.n; v++)
        ok = export_version(e, id, inventory, v, pool_printf(pool, "%s/v%zu", folder, v));
    return ok;
}

static bool export_object(struct exporting *e, const char *id) {
    struct pool *pool = pool_new();
    struct inventory *inventory = store_inventory(pool, e->session->archive, id, e->session->diag);
    const char *folder = package05_folder(pool, id);
    bool ok = inventory &&
              (e->all_versions ? export_versions(e, pool, id, inventory, folder)
                               : export_version(e, id, inventory, inventory->versions.n, folder));
    if (ok)
        bag_info(e->bag, "External-Identifier", id);
    pool_free(pool);
    return ok;
}

/* ---- all of them ---- */

static void describe(struct exporting *e) {
    bag_info(e->bag, "Bagging-Date", clock_text(e->session->pool, time(NULL), "%Y-%m-%d"));
    bag_info(e->bag, "Bag-Software-Agent", "congvan");
    if (e->form == FORM_TT05)
        bag_info(e->bag, "Internal-Sender-Description",
                 "E-ARK CSIP 2.0.4; field names not confirmed by Circular 05/2025/TT-BNV");
}

/* A bag is whole or not at all: one document that cannot be read stops it. */
static void export_all(struct exporting *e, const char *out) {
    e->bag = bag_begin(out, e->session->diag);
    if (!e->bag)
        return;
    describe(e);
    bool ok = true;
    for (size_t i = 0; ok && i < e->objects.n; i++)
        ok = export_object(e, e->objects.at[i]);
    if (ok && bag_finish(e->bag, e->session->diag))
        printf("%s\n", out);
    bag_close(e->bag);
}

static bool form_of(const struct options *options, enum form *form, struct diag *diag) {
    const char *name = options_own(options, "form");
    *form = name && strcmp(name, "tt05") == 0 ? FORM_TT05 : FORM_BAG;
    if (!name || *form == FORM_TT05 || strcmp(name, "bag") == 0)
        return true;
    diag_add(diag, OPTION_BAD_VALUE, (struct where){0}, name, "archive export", NULL);
    return false;
}

static enum status export_chosen(struct archive_session *s) {
    const struct options *options = s->options;
    struct exporting e = {.session = s};
    bool asked = options->path_count || options_own(options, "words") ||
                 options_own(options, "from") || options_own(options, "to");
    e.all_versions = options_own(options, "all-versions") != NULL;
    if (!form_of(options, &e.form, s->diag))
        return STATUS_USAGE;
    if (e.all_versions && e.form == FORM_TT05) {
        diag_add(s->diag, ARCHIVE_EXPORT_VERSIONS, (struct where){0}, NULL);
        return STATUS_USAGE;
    }
    if (!options->out || !asked) {
        diag_add(s->diag, ARCHIVE_EXPORT_WHAT, (struct where){0}, NULL);
        return STATUS_USAGE;
    }
    if (hits_open(s) && choose_all(&e, options))
        export_all(&e, options->out);
    return STATUS_OK;
}

static enum status run_export(const struct arguments *arguments) {
    return archive_run(&command_archive_export, export_chosen, arguments);
}

static const struct own_option own[] = {{"dir", true},           {"index", true}, {"words", true},
                                        {"from", true},          {"to", true},    {"form", true},
                                        {"all-versions", false}, {NULL, false}};

const struct command command_archive_export = {
    .name = "archive export",
    .synopsis = "ID|NUMBER/SYMBOL... | --words WORDS [--from DAY] [--to DAY]  -o BAG "
                "[--all-versions | --form tt05]",
    .summary = {"Xuất những văn bản được chọn thành một thư mục BagIt để giao nộp.",
                "Hands out chosen documents as a BagIt folder."},
    .options =
        {"  ID                mã của văn bản trong kho, hoặc số và ký hiệu (05/UBND-VP)\n"
         "  --words TỪ        mọi văn bản tìm được theo từ này, như lệnh find\n"
         "  --from NGÀY, --to NGÀY  chỉ văn bản trong khoảng này\n"
         "  -o THƯ MỤC        thư mục mới sẽ được lập\n"
         "  --all-versions    mọi phiên bản của từng văn bản (v1, v2, …) cùng bản kê, không chỉ "
         "bản "
         "cuối\n"
         "  --form tt05       mỗi văn bản một gói theo E-ARK CSIP, dạng mà Thông tư 05/2025/TT-BNV "
         "dùng;\n"
         "                    tên trường chưa đối chiếu được với phụ lục của Thông tư\n"
         "  --dir THƯ MỤC, --index URL  kho và chỉ mục\n",
         "  ID                its id in the archive, or its number and symbol (05/UBND-VP)\n"
         "  --words WORDS     all that these words find, as find does\n"
         "  --from DAY, --to DAY  of these days only\n"
         "  -o FOLDER         the new folder to be made\n"
         "  --all-versions    every version of each document (v1, v2 ...) and its inventory, not "
         "only the last\n"
         "  --form tt05       each document as a package by E-ARK CSIP, which Circular "
         "05/2025/TT-BNV\n"
         "                    uses; names of fields are not confirmed by the circular's text\n"
         "  --dir FOLDER, --index URL  the archive and its index\n"},
    .takes = OPTION_OUT,
    .run = run_export,
    .own = own,
};
