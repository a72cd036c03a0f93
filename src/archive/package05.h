/* package05: one document as an archival information package in the form that Circular
 * 05/2025/TT-BNV builds upon: E-ARK CSIP 2.0.4, that is METS.xml, metadata/descriptive/EAD.xml,
 * metadata/preservation/PREMIS.xml with SHA-256, representations/rep1/data.
 *
 * Confirmed are the standard it names, its kinds of packages and its groups of data; names of the
 * fields within EAD and the exact profile are as public programs write them and NOT confirmed by
 * the circular's own text. Every METS.xml written here says so. Of the nineteen fields of a
 * document that public programs name, ten are written, of what the archive knows: docCode,
 * typeName, codeNumber, codeNotation, issuedDate, organName, subject, language, numberOfPage,
 * description. What it does not know is left out: retention (maintenance), inforSign, keyword,
 * mode, confidenceLevel, autograph, format, process, riskRecovery and its status. */
#ifndef CONGVAN_ARCHIVE_PACKAGE05_H
#define CONGVAN_ARCHIVE_PACKAGE05_H

#include "archive/store.h"
#include "base/buf.h"

struct package05_file {
    const char *name; /* below representations/rep1/data */
    const char *bytes;
    size_t len;
};

/* The record of the document (archive/record.h), from its JSON; what it lacks is left out. */
struct package05_record;
const struct package05_record *package05_record(struct pool *pool, const char *json, size_t len);

struct package05 {
    const char *id;      /* of the object; its folder is it with _ for : */
    const char *created; /* RFC 3339 */
    const struct package05_record *record;
    const struct package05_file *files; /* data: the PDF and what belongs to it */
    size_t n;
};

/* The name of its folder. In `pool`. */
const char *package05_folder(struct pool *pool, const char *id);

/* The XML of each part. */
void package05_mets(const struct package05 *package, struct buf *out);
void package05_representation(const struct package05 *package, struct buf *out);
void package05_ead(const struct package05 *package, struct buf *out);
void package05_premis(const struct package05 *package, struct buf *out);

#endif
