/* record: what a dispatch says of itself, as the archive keeps and finds it: who wrote what to
 * whom, when, citing what, with which deadlines. For each field the record knows where it was had
 * from; what could not be read is missing and named so, never guessed.
 *
 * Text is UTF-8 in NFC; days are ISO 8601 ("2024-07-01"). Everything is in one pool. */
#ifndef CONGVAN_ARCHIVE_RECORD_H
#define CONGVAN_ARCHIVE_RECORD_H

#include "archive/json.h"
#include "base/buf.h"
#include "base/diag.h"
#include "base/pool.h"
#include "signature/pages_text.h"

/* Where a field was had from. */
enum record_source {
    RECORD_FROM_NOWHERE,
    RECORD_FROM_XMP,      /* the PDF's metadata */
    RECORD_FROM_INI,      /* the INI in the PDF, or the one it was added with */
    RECORD_FROM_REGISTER, /* the register of numbers */
    RECORD_FROM_PAGES,    /* the text of its pages */
    RECORD_FROM_STAMP,    /* the text of a signature's appearance: number and day put in on issue */
    RECORD_SOURCES
};

enum record_key {
    RECORD_TYPE,   /* "công văn", "quyết định" */
    RECORD_NUMBER, /* "05" */
    RECORD_SYMBOL, /* "UBND-VP" */
    RECORD_DATE,
    RECORD_PARENT, /* cơ quan chủ quản */
    RECORD_AGENCY,
    RECORD_AUTHORITY, /* "KT. CHỦ TỊCH" */
    RECORD_POSITION,
    RECORD_SIGNATORY,
    RECORD_SUBJECT, /* without "V/v" */
    RECORD_URGENCY,
    RECORD_SECRECY,
    RECORD_KEYS
};

struct record_field {
    const char *text; /* on one line; NULL: missing */
    enum record_source from;
};

struct record_list {
    VEC(const char *) at;
    enum record_source from;
};

struct record_cite {
    const char *type;   /* "Quyết định"; NULL: not named */
    const char *symbol; /* as written, without spaces: "362/QĐ-UBND" */
    const char *date;   /* NULL: not given */
};

struct record_deadline {
    const char *date;     /* on it or before it, as the sentence says */
    const char *sentence; /* it stands in */
};

/* One source says this, a better one something else. */
struct record_conflict {
    enum record_key key;
    const char *text;
    enum record_source from;
};

struct record {
    struct pool *pool;
    struct record_field fields[RECORD_KEYS];
    struct record_list to, copies; /* kính gửi; nơi nhận, without Lưu */
    int pages;                     /* 0: not known */
    bool rough;                    /* a scanned page with a damaged text layer */
    const char *text;              /* all of it, a paragraph a line; NULL: none could be read */
    enum record_source text_from;
    VEC(struct record_cite) cites;
    VEC(struct record_deadline) deadlines;
    VEC(struct record_conflict) conflicts;
};

/* As JSON and --sender name them: "number"; "ini". */
const char *record_key_name(enum record_key key);
const char *record_source_name(enum record_source source);

struct record *record_new(struct pool *pool);

/* Takes `text` for the field unless it is empty or a better source has spoken. Of number, symbol
 * and day the best are the pages, since they are what was signed; of the rest the INI, since its
 * words need no recognising. Where two sources differ about number, symbol or day, the other one's
 * word is kept among the conflicts. */
void record_set(struct record *record, enum record_key key, const char *text,
                enum record_source from);

/* "05/UBND-VP", "UBND-VP" without a number; NULL: neither is known. In the record's pool. */
const char *record_number_symbol(const struct record *record);

/* Whether a dispatch must have the field and this one's is missing. */
bool record_lacks(const struct record *record, enum record_key key);

/* One object; the same record gives the same bytes. */
void record_put_json(const struct record *record, struct buf *out);
/* NULL: it is no record. Unknown members are passed over. */
struct record *record_read_json(struct pool *pool, const struct json *json);

/* ---- reading a dispatch ---- */

/* From the INI it was made of, under the values of chung.ini (`defaults`, NULL: none). */
void record_add_ini(struct record *record, const char *ini, size_t n, const char *defaults,
                    size_t defaults_n);
/* From XMP metadata (ISO 16684-1). */
void record_add_xmp(struct record *record, const char *xmp, size_t n);
/* From the text of its pages and of what was stamped on them. */
void record_add_pages(struct record *record, const struct pages_text *text);
/* From its whole text, a paragraph a line: what it cites and what it wants done by when, and
 * whether the text is a damaged layer over a scan. */
void record_add_text(struct record *record, const char *text, enum record_source from);

struct registers; /* registers.h */

/* Adds to the record what the register says of its number and symbol, and of its year if the record
 * knows that. Nothing is added when two entries may be meant, or when the one there is has another
 * subject: then it is another document's. */
void record_add_register(struct record *record, const struct registers *registers);

/* All that the PDF carries. A PDF that cannot be read gives a record that lacks everything, and a
 * warning. Lives in `pool`. */
struct record *record_of_pdf(struct pool *pool, const char *path, const void *bytes, size_t n,
                             struct diag *diag);

#endif
