#include "pdf/archival.h"
#include "pdf/moment.h"
#include "pdf/icc.h"
#include "pdf/words.h"

/* The document's properties, clean; NULL: none. */
struct properties {
    const char *title, *creator, *subject, *keywords, *identifier;
    struct moment created, modified;
};

/* ---- metadata (6.6.2) ---- */

/* `open` and `close` stand around the words. */
static void put_property(struct buf *out, const char *open, const char *words, const char *close) {
    if (!words)
        return;
    buf_puts(out, open);
    words_put_xml(out, words);
    buf_puts(out, close);
}

static const char xmp_head[] =
    "<?xpacket begin=\"\xEF\xBB\xBF\" id=\"W5M0MpCehiHzreSzNTczkc9d\"?>\n"
    "<x:xmpmeta xmlns:x=\"adobe:ns:meta/\">\n"
    "<rdf:RDF xmlns:rdf=\"http://www.w3.org/1999/02/22-rdf-syntax-ns#\">\n"
    "<rdf:Description rdf:about=\"\" xmlns:dc=\"http://purl.org/dc/elements/1.1/\""
    " xmlns:pdf=\"http://ns.adobe.com/pdf/1.3/\""
    " xmlns:xmp=\"http://ns.adobe.com/xap/1.0/\""
    " xmlns:pdfaid=\"http://www.aiim.org/pdfa/ns/id/\">\n"
    "<dc:format>application/pdf</dc:format>\n"
    "<dc:language><rdf:Bag><rdf:li>vi-VN</rdf:li></rdf:Bag></dc:language>\n";
static const char xmp_tail[] = "</rdf:Description>\n</rdf:RDF>\n</x:xmpmeta>\n"
                               "<?xpacket end=\"r\"?>";

static void put_date(struct buf *out, const char *open, const struct moment *date,
                     void put(struct buf *, const struct moment *), const char *close) {
    if (!date->year)
        return;
    buf_puts(out, open);
    put(out, date);
    buf_puts(out, close);
}

static void put_xmp(struct buf *out, const struct properties *p, int part) {
    static const char in_language[] = "<rdf:Alt><rdf:li xml:lang=\"x-default\">";
    buf_puts(out, xmp_head);
    if (p->title)
        buf_puts(out, "<dc:title>");
    put_property(out, in_language, p->title, "</rdf:li></rdf:Alt></dc:title>\n");
    put_property(out, "<dc:creator><rdf:Seq><rdf:li>", p->creator,
                 "</rdf:li></rdf:Seq></dc:creator>\n");
    if (p->subject)
        buf_puts(out, "<dc:description>");
    put_property(out, in_language, p->subject, "</rdf:li></rdf:Alt></dc:description>\n");
    put_property(out, "<dc:subject><rdf:Bag><rdf:li>", p->keywords,
                 "</rdf:li></rdf:Bag></dc:subject>\n");
    put_property(out, "<dc:identifier>", p->identifier, "</dc:identifier>\n");
    put_date(out, "<dc:date><rdf:Seq><rdf:li>", &p->created, moment_put_xmp,
             "</rdf:li></rdf:Seq></dc:date>\n");
    put_date(out, "<xmp:CreateDate>", &p->created, moment_put_xmp, "</xmp:CreateDate>\n");
    put_date(out, "<xmp:ModifyDate>", &p->modified, moment_put_xmp, "</xmp:ModifyDate>\n");
    put_property(out, "<pdf:Keywords>", p->keywords, "</pdf:Keywords>\n");
    buf_puts(out, "<pdf:Producer>" PDF_PRODUCER "</pdf:Producer>\n<pdfaid:part>");
    buf_put_int(out, part);
    buf_puts(out, "</pdfaid:part>\n<pdfaid:conformance>U</pdfaid:conformance>\n");
    buf_puts(out, xmp_tail);
}

static unsigned add_metadata(struct objects *objects, const struct properties *p, int part) {
    struct buf entries = {0}, xmp = {0};
    put_xmp(&xmp, p, part);
    buf_puts(&entries, "/Type/Metadata/Subtype/XML");
    unsigned number = object_add_stream(objects, &entries, xmp.data, xmp.len);
    buf_free(&entries);
    buf_free(&xmp);
    return number;
}

static void put_info(struct buf *info, const struct properties *p) {
    words_put_entry(info, "Title", p->title);
    words_put_entry(info, "Author", p->creator);
    words_put_entry(info, "Subject", p->subject);
    words_put_entry(info, "Keywords", p->keywords);
    put_date(info, "/CreationDate(", &p->created, moment_put_info, ")");
    put_date(info, "/ModDate(", &p->modified, moment_put_info, ")");
    buf_puts(info, "/Producer(" PDF_PRODUCER ")\n");
}

/* ---- output intent (6.2.3) ---- */

static void make_profile(struct profile_bytes *profile, struct flate *flate) {
    if (profile->plain_len)
        return;
    struct buf icc = {0};
    icc_put_srgb(&icc);
    profile->plain_len = icc.len;
    flate_pack(flate, icc.data, icc.len, &profile->packed);
    buf_free(&icc);
}

void archival_add_intent(struct objects *objects, struct profile_bytes *profile,
                         struct flate *flate, struct buf *catalog) {
    struct buf entries = {0};
    make_profile(profile, flate);
    buf_puts(&entries, "/N 3/Filter/FlateDecode");
    unsigned number =
        object_add_stream(objects, &entries, profile->packed.data, profile->packed.len);
    buf_free(&entries);
    buf_puts(catalog, "/OutputIntents[<</Type/OutputIntent/S/GTS_PDFA1"
                      "/OutputConditionIdentifier(sRGB)/Info(sRGB IEC61966-2.1)");
    object_put_ref(catalog, "DestOutputProfile", number);
    buf_puts(catalog, ">>]");
}

void archival_add_metadata(struct pool *pool, struct objects *objects, const struct pages *pages,
                           int part, struct buf *catalog, struct buf *info) {
    struct properties p = {.title = words_clean(pool, pages->title),
                           .creator = words_clean(pool, pages->creator),
                           .subject = words_clean(pool, pages->subject),
                           .keywords = words_clean(pool, pages->keywords),
                           .identifier = words_clean(pool, pages->identifier),
                           .created = moment_read(pages->created),
                           .modified = moment_read(pages->modified)};
    buf_puts(catalog, "/Lang(vi-VN)");
    if (p.title)
        buf_puts(catalog, "/ViewerPreferences<</DisplayDocTitle true>>");
    object_put_ref(catalog, "Metadata", add_metadata(objects, &p, part));
    put_info(info, &p);
}
