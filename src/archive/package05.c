#include "archive/package05.h"

#include "archive/digest.h"
#include "archive/record.h"
#include "archive/terms.h"

#include <string.h>

#define UNCONFIRMED                                                                                                \
    "<!-- Theo E-ARK CSIP 2.0.4; tên trường chưa đối chiếu được với phụ lục của Thông tư " \
    "05/2025/TT-BNV. -->\n"

struct package05_record {
    const struct record *record;
};

const struct package05_record *package05_record(struct pool *pool, const char *json, size_t len) {
    const char *why;
    struct package05_record *record = POOL_NEW(pool, struct package05_record);
    const struct json *read = json ? json_read(pool, json, len, &why) : NULL;
    record->record = read ? record_read_json(pool, read) : NULL;
    if (!record->record)
        record->record = record_new(pool);
    return record;
}

const char *package05_folder(struct pool *pool, const char *id) {
    char *name = pool_strdup(pool, id);
    for (char *p = name; *p; p++)
        if (*p == ':' || *p == '/')
            *p = '_';
    return name;
}

static void put_escaped(struct buf *out, const char *text) {
    for (; *text; text++) {
        const char *entity = *text == '&'   ? "&amp;"
                             : *text == '<' ? "&lt;"
                             : *text == '>' ? "&gt;"
                             : *text == '"' ? "&quot;"
                                            : NULL;
        if (entity)
            buf_puts(out, entity);
        else if ((unsigned char)*text >= ' ' || *text == '\t' || *text == '\n')
            buf_putc(out, *text);
    }
}

static void put_attribute(struct buf *out, const char *name, const char *value) {
    buf_printf(out, " %s=\"", name);
    put_escaped(out, value);
    buf_putc(out, '"');
}

static void put_element(struct buf *out, const char *indent, const char *name, const char *text) {
    if (!text || !*text)
        return;
    buf_printf(out, "%s<%s>", indent, name);
    put_escaped(out, text);
    buf_printf(out, "</%s>\n", name);
}

static void put_head(struct buf *out) {
    buf_puts(out, "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n");
}

static const char *type_of(const char *name) {
    const char *dot = strrchr(name, '.');
    static const struct {
        const char *suffix, *type;
    } types[] = {
        {".pdf", "application/pdf"},
        {".json", "application/json"},
        {".xml", "application/xml"},
        {".pem", "application/x-pem-file"},
        {".docx", "application/vnd.openxmlformats-officedocument.wordprocessingml.document"},
        {".ini", "text/plain"},
        {".md", "text/markdown"},
        {".csv", "text/csv"}};
    for (size_t i = 0; dot && i < sizeof types / sizeof *types; i++)
        if (strcmp(types[i].suffix, dot) == 0)
            return types[i].type;
    return "application/octet-stream";
}

/* ---- METS (version 1.12, as CSIP 2.0.4 profiles it) ---- */

static void open_mets(const struct package05 *p, struct buf *out, const char *id) {
    put_head(out);
    buf_puts(out, UNCONFIRMED);
    buf_puts(out, "<mets xmlns=\"http://www.loc.gov/METS/\" "
                  "xmlns:xlink=\"http://www.w3.org/1999/xlink\" "
                  "xmlns:csip=\"https://DILCIS.eu/XML/METS/CSIPExtensionMETS\"");
    put_attribute(out, "OBJID", id);
    buf_puts(out, " TYPE=\"Textual works - Print\" "
                  "PROFILE=\"https://earkcsip.dilcis.eu/profile/E-ARK-CSIP.xml\">\n");
    buf_puts(out, "  <metsHdr");
    put_attribute(out, "CREATEDATE", p->created);
    buf_puts(out, " csip:OAISPACKAGETYPE=\"AIP\">\n"
                  "    <agent ROLE=\"CREATOR\" TYPE=\"OTHER\" OTHERTYPE=\"SOFTWARE\">\n"
                  "      <name>congvan</name>\n"
                  "    </agent>\n  </metsHdr>\n");
}

static void put_reference(struct buf *out, const char *bytes, size_t len, const char *created) {
    char digest[DIGEST_TEXT];
    digest_of("sha256", bytes, len, digest);
    buf_printf(out, " SIZE=\"%zu\" CHECKSUMTYPE=\"SHA-256\" CHECKSUM=\"%s\"", len, digest);
    put_attribute(out, "CREATED", created);
}

/* <mdRef> of a metadata file. */
static void put_metadata(const struct package05 *p, struct buf *out, const char *kind,
                         const char *path, const struct buf *text) {
    buf_printf(out,
               "<mdRef LOCTYPE=\"URL\" xlink:type=\"simple\" MDTYPE=\"%s\" "
               "MIMETYPE=\"text/xml\"",
               kind);
    put_attribute(out, "xlink:href", path);
    put_reference(out, text->data, text->len, p->created);
    buf_puts(out, "/>");
}

static void put_sections(const struct package05 *p, struct buf *out, const struct buf *ead,
                         const struct buf *premis) {
    buf_puts(out, "  <dmdSec ID=\"dmd-1\"");
    put_attribute(out, "CREATED", p->created);
    buf_puts(out, ">\n    ");
    put_metadata(p, out, "EAD", "metadata/descriptive/EAD.xml", ead);
    buf_puts(out, "\n  </dmdSec>\n  <amdSec ID=\"amd-1\">\n    <digiprovMD ID=\"amd-1-1\">");
    put_metadata(p, out, "PREMIS", "metadata/preservation/PREMIS.xml", premis);
    buf_puts(out, "</digiprovMD>\n  </amdSec>\n");
}

/* <file>: `file->name` is its path as the METS sees it. */
static void put_file(const struct package05 *p, struct buf *out, const char *id, const char *type,
                     const struct package05_file *file) {
    buf_printf(out, "      <file ID=\"%s\"", id);
    put_attribute(out, "MIMETYPE", type);
    put_reference(out, file->bytes, file->len, p->created);
    buf_puts(out, "><FLocat LOCTYPE=\"URL\" xlink:type=\"simple\"");
    put_attribute(out, "xlink:href", file->name);
    buf_puts(out, "/></file>\n");
}

void package05_representation(const struct package05 *p, struct buf *out) {
    open_mets(p, out, "rep1");
    buf_puts(out, "  <fileSec ID=\"files\">\n    <fileGrp ID=\"data\" USE=\"Data\">\n");
    struct pool *pool = pool_new();
    for (size_t i = 0; i < p->n; i++)
        put_file(p, out, pool_printf(pool, "file-%zu", i + 1), type_of(p->files[i].name),
                 &(struct package05_file){pool_printf(pool, "data/%s", p->files[i].name),
                                          p->files[i].bytes, p->files[i].len});
    buf_puts(out, "    </fileGrp>\n  </fileSec>\n"
                  "  <structMap ID=\"structure\" TYPE=\"PHYSICAL\" LABEL=\"CSIP\">\n"
                  "    <div ID=\"rep1\" LABEL=\"rep1\">\n      <div ID=\"data-div\" "
                  "LABEL=\"Data\">\n");
    for (size_t i = 0; i < p->n; i++)
        buf_printf(out, "        <fptr FILEID=\"file-%zu\"/>\n", i + 1);
    buf_puts(out, "      </div>\n    </div>\n  </structMap>\n</mets>\n");
    pool_free(pool);
}

void package05_mets(const struct package05 *p, struct buf *out) {
    struct buf ead = {0}, premis = {0}, representation = {0};
    package05_ead(p, &ead);
    package05_premis(p, &premis);
    package05_representation(p, &representation);
    open_mets(p, out, p->id);
    put_sections(p, out, &ead, &premis);
    buf_puts(out, "  <fileSec ID=\"files\">\n    <fileGrp ID=\"rep1\" "
                  "USE=\"Representations/rep1\">\n");
    put_file(p, out, "rep1-mets", "text/xml",
             &(struct package05_file){"representations/rep1/METS.xml", representation.data,
                                      representation.len});
    buf_puts(out, "    </fileGrp>\n  </fileSec>\n"
                  "  <structMap ID=\"structure\" TYPE=\"PHYSICAL\" LABEL=\"CSIP\">\n"
                  "    <div ID=\"package\"");
    put_attribute(out, "LABEL", p->id);
    buf_puts(out, ">\n      <div ID=\"metadata\" LABEL=\"Metadata\" DMDID=\"dmd-1\" "
                  "ADMID=\"amd-1\"/>\n"
                  "      <div ID=\"representation\" LABEL=\"Representations/rep1\">"
                  "<mptr LOCTYPE=\"URL\" xlink:type=\"simple\" "
                  "xlink:href=\"representations/rep1/METS.xml\" xlink:title=\"rep1-mets\"/>"
                  "</div>\n    </div>\n  </structMap>\n</mets>\n");
    buf_free(&ead);
    buf_free(&premis);
    buf_free(&representation);
}

/* ---- EAD ---- */

static const char *field(const struct package05 *p, enum record_key key) {
    return p->record->record->fields[key].text;
}

/* NULL: the text does not tell. */
static const char *language_of(const struct package05 *p) {
    const char *text = p->record->record->text;
    return text && terms_vietnamese(text) ? "Tiếng Việt" : NULL;
}

static void put_note(struct buf *out, const char *label, const char *text) {
    if (text)
        buf_printf(out, "%s%s: %s", out->len ? "; " : "", label, text);
}

/* What has no field of its own. "autograph" is what was written upon a document by hand, and not
 * who signed it. */
static void put_description(struct buf *out, const struct package05 *p) {
    struct buf notes = {0};
    put_note(&notes, "Quyền hạn", field(p, RECORD_AUTHORITY));
    put_note(&notes, "Chức vụ", field(p, RECORD_POSITION));
    put_note(&notes, "Người ký", field(p, RECORD_SIGNATORY));
    put_note(&notes, "Cơ quan chủ quản", field(p, RECORD_PARENT));
    put_note(&notes, "Độ khẩn", field(p, RECORD_URGENCY));
    put_note(&notes, "Độ mật", field(p, RECORD_SECRECY));
    put_element(out, "      ", "description", buf_text(&notes));
    buf_free(&notes);
}

void package05_ead(const struct package05 *p, struct buf *out) {
    put_head(out);
    buf_puts(out, UNCONFIRMED "<ead xmlns=\"http://ead3.archivists.org/schema/\">\n"
                              "  <control>\n");
    put_element(out, "    ", "recordid", p->id);
    buf_puts(out, "  </control>\n  <archdesc level=\"item\">\n    <did>\n");
    put_element(out, "      ", "docCode", p->id);
    put_element(out, "      ", "typeName", field(p, RECORD_TYPE));
    put_element(out, "      ", "codeNumber", field(p, RECORD_NUMBER));
    put_element(out, "      ", "codeNotation", field(p, RECORD_SYMBOL));
    put_element(out, "      ", "issuedDate", field(p, RECORD_DATE));
    put_element(out, "      ", "organName", field(p, RECORD_AGENCY));
    put_element(out, "      ", "subject", field(p, RECORD_SUBJECT));
    put_element(out, "      ", "language", language_of(p));
    if (p->record->record->pages)
        buf_printf(out, "      <numberOfPage>%d</numberOfPage>\n", p->record->record->pages);
    put_description(out, p);
    buf_puts(out, "    </did>\n  </archdesc>\n</ead>\n");
}

/* ---- PREMIS 3.0 ---- */

void package05_premis(const struct package05 *p, struct buf *out) {
    put_head(out);
    buf_puts(out, "<premis xmlns=\"http://www.loc.gov/premis/v3\" "
                  "xmlns:xsi=\"http://www.w3.org/2001/XMLSchema-instance\" version=\"3.0\">\n");
    for (size_t i = 0; i < p->n; i++) {
        char digest[DIGEST_TEXT];
        digest_of("sha256", p->files[i].bytes, p->files[i].len, digest);
        buf_puts(out, "  <object xsi:type=\"file\">\n    <objectIdentifier>"
                      "<objectIdentifierType>local</objectIdentifierType><objectIdentifierValue>");
        put_escaped(out, p->files[i].name);
        buf_printf(out,
                   "</objectIdentifierValue></objectIdentifier>\n"
                   "    <objectCharacteristics>\n      <fixity>"
                   "<messageDigestAlgorithm>SHA-256</messageDigestAlgorithm>"
                   "<messageDigest>%s</messageDigest></fixity>\n      <size>%zu</size>\n"
                   "      <format><formatDesignation><formatName>%s</formatName>"
                   "</formatDesignation></format>\n    </objectCharacteristics>\n"
                   "  </object>\n",
                   digest, p->files[i].len, type_of(p->files[i].name));
    }
    buf_puts(out, "</premis>\n");
}
