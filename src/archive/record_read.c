#include "archive/record.h"

#include "base/file.h"
#include "signature/reader.h"

#include <string.h>
#include <strings.h>

struct embedded {
    const char *bytes;
    size_t n;
};

/* The files of the catalog's /AF (ISO 32000-2, 14.13): the dispatch's INI, and chung.ini. */
static void find_inis(struct reader *reader, struct embedded *ini, struct embedded *common) {
    enum { MOST = 100 };
    pdf_value files = reader_key(reader, reader_root(reader), "/AF");
    int n = reader_count(reader, files);
    for (int i = 0; i < n && i < MOST; i++) {
        pdf_value file = reader_item(reader, files, i);
        const char *name = reader_text(reader, reader_key(reader, file, "/UF"));
        if (!path_has_suffix(name, ".ini"))
            continue;
        pdf_value stream = reader_key(reader, reader_key(reader, file, "/EF"), "/F");
        struct embedded *to = strcasecmp(name, "chung.ini") == 0 ? common : ini;
        to->bytes = reader_decoded(reader, stream, &to->n);
    }
}

static void add_carried(struct record *record, struct reader *reader) {
    struct embedded ini = {0}, common = {0};
    size_t n = 0;
    pdf_value metadata = reader_key(reader, reader_root(reader), "/Metadata");
    const char *xmp = reader_decoded(reader, metadata, &n);
    if (xmp)
        record_add_xmp(record, xmp, n);
    find_inis(reader, &ini, &common);
    if (ini.bytes)
        record_add_ini(record, ini.bytes, ini.n, common.bytes, common.n);
    record->pages = reader_pages(reader);
}

struct record *record_of_pdf(struct pool *pool, const char *path, const void *bytes, size_t n,
                             struct diag *diag) {
    struct record *record = record_new(pool);
    struct reader *reader = reader_open(pool, bytes, n);
    if (reader)
        add_carried(record, reader);
    reader_close(reader);
    const struct pages_text *text = pages_text(pool, (struct bytes){bytes, n});
    if (text)
        record_add_pages(record, text);
    else
        diag_add(diag, ARCHIVE_PAGES_UNREAD, (struct where){.file = path}, NULL);
    return record;
}
