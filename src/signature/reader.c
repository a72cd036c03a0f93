#include "signature/reader.h"

#include "base/buf.h"
#include "pdf/flate.h"

#include <qpdf/qpdf-c.h>
#include <stdlib.h>
#include <string.h>

struct reader {
    struct pool *pool;
    qpdf_data qpdf;
    int warnings;
    int highest;           /* object, where it is not one less than /Size; 0: it is */
    size_t left, raw_left; /* bytes that may still be decoded, and be read as they stand */
};

/* A wrong /Size misleads nobody who reads. */
static bool is_harmless(struct reader *reader, qpdf_error warning) {
    const char *detail = qpdf_get_error_message_detail(reader->qpdf, warning);
    const char *text = detail ? strstr(detail, "reported number of objects") : NULL;
    const char *highest = text ? strstr(text, "highest object number (") : NULL;
    if (highest)
        reader->highest = atoi(strchr(highest, '(') + 1);
    return text;
}

/* Takes note of what qpdf complained about, so that no question leaves a mark for the next. */
static void settle(struct reader *reader) {
    while (qpdf_more_warnings(reader->qpdf))
        reader->warnings += !is_harmless(reader, qpdf_next_warning(reader->qpdf));
    if (qpdf_has_error(reader->qpdf)) {
        qpdf_get_error(reader->qpdf);
        reader->warnings++;
    }
}

struct reader *reader_open(struct pool *pool, const void *bytes, size_t len) {
    struct reader *reader = mem_alloc(sizeof *reader);
    *reader = (struct reader){.pool = pool, .qpdf = qpdf_init(), .raw_left = 4 * len + (1 << 20)};
    reader->left = len > READER_STREAM_MAX / READER_SWELL ? len * READER_SWELL : READER_STREAM_MAX;
    qpdf_silence_errors(reader->qpdf);
    qpdf_set_suppress_warnings(reader->qpdf, QPDF_TRUE);
    qpdf_set_attempt_recovery(reader->qpdf, QPDF_FALSE);
    QPDF_ERROR_CODE code =
        qpdf_read_memory(reader->qpdf, "pdf", bytes, (unsigned long long)len, NULL);
    settle(reader);
    if (!(code & QPDF_ERRORS) && reader_kind(reader, reader_root(reader)) == PDF_DICTIONARY)
        return reader;
    reader_close(reader);
    return NULL;
}

void reader_close(struct reader *reader) {
    if (!reader)
        return;
    qpdf_cleanup(&reader->qpdf);
    free(reader);
}

int reader_warnings(struct reader *reader) {
    settle(reader);
    return reader->warnings;
}

bool reader_encrypted(struct reader *reader) {
    return qpdf_is_encrypted(reader->qpdf);
}

int reader_next_id(struct reader *reader) {
    enum { MAX_ID = 1 << 30 };
    long long next = 0;
    reader_integer(reader, reader_key(reader, reader_trailer(reader), "/Size"), &next);
    if (reader->highest && (next <= reader->highest || next > MAX_ID))
        next = (long long)reader->highest + 1;
    return next > 0 && next <= MAX_ID ? (int)next : 0;
}

pdf_value reader_null(struct reader *reader) {
    return qpdf_oh_new_null(reader->qpdf);
}

pdf_value reader_trailer(struct reader *reader) {
    return qpdf_get_trailer(reader->qpdf);
}

pdf_value reader_root(struct reader *reader) {
    return reader_key(reader, reader_trailer(reader), "/Root");
}

int reader_pages(struct reader *reader) {
    int n = qpdf_get_num_pages(reader->qpdf);
    settle(reader);
    return n < 0 ? 0 : n;
}

pdf_value reader_page(struct reader *reader, int i) {
    return qpdf_get_page_n(reader->qpdf, (size_t)i);
}

enum pdf_kind reader_kind(struct reader *reader, pdf_value value) {
    switch (qpdf_oh_get_type_code(reader->qpdf, value)) {
    case ot_boolean:
        return PDF_BOOLEAN;
    case ot_integer:
        return PDF_INTEGER;
    case ot_real:
        return PDF_REAL;
    case ot_string:
        return PDF_STRING;
    case ot_name:
        return PDF_NAME;
    case ot_array:
        return PDF_ARRAY;
    case ot_dictionary:
        return PDF_DICTIONARY;
    case ot_stream:
        return PDF_STREAM;
    default:
        return PDF_NULL;
    }
}

int reader_id(struct reader *reader, pdf_value value) {
    return qpdf_oh_get_object_id(reader->qpdf, value);
}

int reader_generation(struct reader *reader, pdf_value value) {
    return qpdf_oh_get_generation(reader->qpdf, value);
}

/* The dictionary of a stream is its own handle. */
static pdf_value dictionary_of(struct reader *reader, pdf_value value) {
    return reader_kind(reader, value) == PDF_STREAM ? qpdf_oh_get_dict(reader->qpdf, value) : value;
}

pdf_value reader_key(struct reader *reader, pdf_value dictionary, const char *key) {
    pdf_value at = dictionary_of(reader, dictionary);
    if (reader_kind(reader, at) != PDF_DICTIONARY)
        return reader_null(reader);
    return qpdf_oh_get_key(reader->qpdf, at, key);
}

bool reader_has(struct reader *reader, pdf_value dictionary, const char *key) {
    return reader_kind(reader, reader_key(reader, dictionary, key)) != PDF_NULL;
}

pdf_value reader_inherited(struct reader *reader, pdf_value page, const char *key) {
    enum { MAX_ANCESTORS = 32 };
    for (int i = 0; i < MAX_ANCESTORS && reader_kind(reader, page) == PDF_DICTIONARY; i++) {
        if (reader_has(reader, page, key))
            return reader_key(reader, page, key);
        page = reader_key(reader, page, "/Parent");
    }
    return reader_null(reader);
}

int reader_count(struct reader *reader, pdf_value array) {
    return reader_kind(reader, array) == PDF_ARRAY ? qpdf_oh_get_array_n_items(reader->qpdf, array)
                                                   : 0;
}

pdf_value reader_item(struct reader *reader, pdf_value array, int i) {
    if (i < 0 || i >= reader_count(reader, array))
        return reader_null(reader);
    return qpdf_oh_get_array_item(reader->qpdf, array, i);
}

static int by_bytes(const void *a, const void *b) {
    return strcmp(*(const char *const *)a, *(const char *const *)b);
}

const char **reader_keys(struct reader *reader, pdf_value dictionary) {
    VEC(const char *) keys = {0};
    pdf_value at = dictionary_of(reader, dictionary);
    if (reader_kind(reader, at) == PDF_DICTIONARY) {
        qpdf_oh_begin_dict_key_iter(reader->qpdf, at);
        while (qpdf_oh_dict_more_keys(reader->qpdf))
            *VEC_PUSH(reader->pool, &keys) =
                pool_strdup(reader->pool, qpdf_oh_dict_next_key(reader->qpdf));
    }
    if (keys.n)
        qsort(keys.at, keys.n, sizeof *keys.at, by_bytes);
    *VEC_PUSH(reader->pool, &keys) = NULL;
    return keys.at;
}

bool reader_is_name(struct reader *reader, pdf_value value, const char *name) {
    return reader_kind(reader, value) == PDF_NAME &&
           strcmp(qpdf_oh_get_name(reader->qpdf, value), name) == 0;
}

const char *reader_name(struct reader *reader, pdf_value value) {
    return reader_kind(reader, value) == PDF_NAME
               ? pool_strdup(reader->pool, qpdf_oh_get_name(reader->qpdf, value))
               : "";
}

bool reader_integer(struct reader *reader, pdf_value value, long long *out) {
    if (reader_kind(reader, value) != PDF_INTEGER)
        return false;
    *out = qpdf_oh_get_int_value(reader->qpdf, value);
    return true;
}

double reader_number(struct reader *reader, pdf_value value) {
    enum pdf_kind kind = reader_kind(reader, value);
    return kind == PDF_INTEGER || kind == PDF_REAL ? qpdf_oh_get_numeric_value(reader->qpdf, value)
                                                   : 0;
}

const char *reader_string(struct reader *reader, pdf_value value, size_t *len) {
    const char *bytes = NULL;
    *len = 0;
    if (reader_kind(reader, value) != PDF_STRING ||
        !qpdf_oh_get_value_as_string(reader->qpdf, value, &bytes, len))
        return NULL;
    return pool_strndup(reader->pool, bytes, *len);
}

const char *reader_text(struct reader *reader, pdf_value value) {
    return reader_kind(reader, value) == PDF_STRING
               ? pool_strdup(reader->pool, qpdf_oh_get_utf8_value(reader->qpdf, value))
               : "";
}

static const char *stream_data(struct reader *reader, pdf_value stream,
                               enum qpdf_stream_decode_level_e level, size_t *len) {
    unsigned char *bytes = NULL;
    QPDF_BOOL filtered = QPDF_FALSE;
    *len = 0;
    if (reader_kind(reader, stream) != PDF_STREAM)
        return NULL;
    QPDF_ERROR_CODE code =
        qpdf_oh_get_stream_data(reader->qpdf, stream, level, &filtered, &bytes, len);
    settle(reader);
    const char *result = NULL;
    if (!(code & QPDF_ERRORS) && (level == qpdf_dl_none || filtered))
        result = pool_strndup(reader->pool, bytes ? (char *)bytes : "", *len);
    free(bytes);
    return result;
}

const char *reader_raw(struct reader *reader, pdf_value stream, size_t *len) {
    const char *bytes = stream_data(reader, stream, qpdf_dl_none, len);
    if (!bytes || *len > reader->raw_left)
        return NULL;
    reader->raw_left -= *len;
    return bytes;
}

/* The only filter, or the only one of a list; NULL for several. "" for none. */
static const char *only_filter(struct reader *reader, pdf_value stream) {
    pdf_value filter = reader_key(reader, stream, "/Filter");
    int n = reader_count(reader, filter);
    if (n > 1)
        return NULL;
    return reader_name(reader, n ? reader_item(reader, filter, 0) : filter);
}

/* A predictor wants room for a row, however few bytes there are (7.4.4.4). */
static bool is_modest(struct reader *reader, pdf_value parameters) {
    enum { MAX_COLUMNS = 100000 };
    static const char *const keys[] = {"/Columns", "/Colors", "/BitsPerComponent", NULL};
    if (reader_kind(reader, parameters) == PDF_ARRAY)
        parameters = reader_item(reader, parameters, 0);
    for (const char *const *key = keys; *key; key++)
        if (reader_number(reader, reader_key(reader, parameters, *key)) > MAX_COLUMNS)
            return false;
    return true;
}

/* Flate without a predictor, which nearly all streams are, is unpacked within bounds. qpdf knows no
 * bounds: it gets only what cannot become much, one filter over few bytes. */
const char *reader_decoded(struct reader *reader, pdf_value stream, size_t *len) {
    enum { MAX_SWELL = 1500 }; /* LZW and Flate: about 1,400 and 1,032 times */
    size_t n = 0;
    const char *filter = only_filter(reader, stream), *raw = reader_raw(reader, stream, &n);
    pdf_value parameters = reader_key(reader, stream, "/DecodeParms");
    struct buf out = {0};
    bool swells = false, plain = filter && strcmp(filter, "/FlateDecode") == 0 &&
                                 reader_kind(reader, parameters) == PDF_NULL;
    const char *result = NULL;
    *len = 0;
    if (!raw || !filter || n > reader->left || !is_modest(reader, parameters))
        return NULL;
    if (plain && flate_unpack_within(raw, n, reader->left, &out, &swells)) {
        result = pool_strndup(reader->pool, buf_text(&out), out.len);
        *len = out.len;
    } else if (!*filter) {
        result = raw;
        *len = n;
    } else if (!swells && n < reader->left / MAX_SWELL) {
        result = stream_data(reader, stream, qpdf_dl_generalized, len);
    }
    buf_free(&out);
    reader->left -= *len < reader->left ? *len : reader->left;
    return result;
}

const char *reader_spelled(struct reader *reader, pdf_value scalar) {
    return pool_strdup(reader->pool, qpdf_oh_unparse_binary(reader->qpdf, scalar));
}
