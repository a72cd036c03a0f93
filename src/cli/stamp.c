#include "cli/stamp.h"

#include "base/file.h"
#include "docx/png_size.h"

#include <string.h>

/* No page of a document may be smaller. */
enum { LEAST_PAGE = 40 };

#define RELATION_TYPES "http://schemas.openxmlformats.org/officeDocument/2006/relationships/"

static const char types[] =
    "<Types xmlns=\"http://schemas.openxmlformats.org/package/2006/content-types\">"
    "<Default Extension=\"xml\" ContentType=\"application/xml\"/>"
    "<Default Extension=\"rels\" "
    "ContentType=\"application/vnd.openxmlformats-package.relationships+xml\"/>"
    "<Default Extension=\"png\" ContentType=\"image/png\"/></Types>";
static const char root_relations[] =
    "<Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\">"
    "<Relationship Id=\"d\" Type=\"" RELATION_TYPES
    "officeDocument\" Target=\"word/document.xml\"/>"
    "</Relationships>";
static const char relations[] =
    "<Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\">"
    "<Relationship Id=\"p\" Type=\"" RELATION_TYPES "image\" Target=\"media/p.png\"/>"
    "<Relationship Id=\"g\" Type=\"" RELATION_TYPES
    "settings\" Target=\"settings.xml\"/></Relationships>";
static const char settings[] =
    "<w:settings "
    "xmlns:w=\"http://schemas.openxmlformats.org/wordprocessingml/2006/main\"><w:compat>"
    "<w:compatSetting w:name=\"compatibilityMode\" "
    "w:uri=\"http://schemas.microsoft.com/office/word\" "
    "w:val=\"15\"/></w:compat></w:settings>";

static void put_escaped(struct buf *out, const char *s) {
    for (; *s; s++)
        if (*s == '&')
            buf_puts(out, "&amp;");
        else if (*s == '<')
            buf_puts(out, "&lt;");
        else
            buf_putc(out, *s);
}

static double page_side(double side) {
    return side < LEAST_PAGE ? LEAST_PAGE : side;
}

/* The line's height is the blank's; half a point down it meets the baseline of the printed line
 * about it, which is higher than the blank's field. */
static void put_line(const struct stamp *s, const char *line, struct buf *out) {
    buf_puts(out, "<w:p><w:pPr>");
    if (s->centred)
        buf_printf(out,
                   "<w:spacing w:line=\"%d\" w:lineRule=\"exact\"/><w:ind w:right=\"%d\"/>"
                   "<w:jc w:val=\"center\"/>",
                   (int)(s->height * 20), (int)((page_side(s->width) - s->width) * 20));
    buf_printf(out,
               "</w:pPr><w:r><w:rPr><w:rFonts w:ascii=\"Times New Roman\" w:hAnsi=\"Times New "
               "Roman\"/>%s<w:sz w:val=\"%d\"/></w:rPr><w:t xml:space=\"preserve\">",
               s->centred ? "<w:position w:val=\"-1\"/>" : "", s->half_points);
    put_escaped(out, line);
    buf_puts(out, "</w:t></w:r></w:p>");
}

/* In the middle of the page, in front of everything. Lengths in EMU. */
static void put_picture(double x, double y, double width, double height, struct buf *out) {
    const int emu = 12700;
    buf_printf(
        out,
        "<w:p><w:r><w:drawing><wp:anchor behindDoc=\"0\" distT=\"0\" distB=\"0\" distL=\"0\" "
        "distR=\"0\" "
        "simplePos=\"0\" relativeHeight=\"1\" locked=\"0\" layoutInCell=\"1\" allowOverlap=\"1\">"
        "<wp:simplePos x=\"0\" y=\"0\"/><wp:positionH relativeFrom=\"page\"><wp:posOffset>%d"
        "</wp:posOffset></wp:positionH><wp:positionV relativeFrom=\"page\"><wp:posOffset>%d"
        "</wp:posOffset></wp:positionV><wp:extent cx=\"%d\" cy=\"%d\"/><wp:wrapNone/>"
        "<wp:docPr id=\"1\" name=\"p\"/><a:graphic><a:graphicData "
        "uri=\"http://schemas.openxmlformats.org/drawingml/2006/picture\"><pic:pic><pic:blipFill>"
        "<a:blip "
        "r:embed=\"p\"/><a:stretch><a:fillRect/></a:stretch></pic:blipFill><pic:spPr><a:xfrm>"
        "<a:off x=\"0\" y=\"0\"/><a:ext cx=\"%d\" cy=\"%d\"/></a:xfrm><a:prstGeom prst=\"rect\"/>"
        "</pic:spPr></pic:pic></a:graphicData></a:graphic></wp:anchor></w:drawing></w:r></w:p>",
        (int)(x * emu), (int)(y * emu), (int)(width * emu), (int)(height * emu), (int)(width * emu),
        (int)(height * emu));
}

static bool add_picture(struct pool *pool, struct package *package, const struct stamp *s,
                        struct buf *xml, struct diag *diag) {
    size_t len;
    uint32_t width, height;
    struct where where = {.file = s->picture};
    const char *bytes = file_read(pool, s->picture, &len, where, diag);
    if (!bytes)
        return false;
    if (!png_size(bytes, len, &width, &height)) {
        diag_add(diag, STAMP_NOT_PICTURE, where, NULL);
        return false;
    }
    package_set(package, "word/media/p.png", bytes, len);
    double scale = s->fit_width / width;
    if (s->fit_height / height < scale)
        scale = s->fit_height / height;
    put_picture((s->width - width * scale) / 2, (s->height - height * scale) / 2, width * scale,
                height * scale, xml);
    return true;
}

static bool put_body(struct pool *pool, struct package *package, const struct stamp *s,
                     struct buf *xml, struct diag *diag) {
    if (s->picture)
        return add_picture(pool, package, s, xml, diag);
    for (const char *const *line = s->lines; *line; line++)
        put_line(s, *line, xml);
    return true;
}

static struct package *make_package(struct pool *pool, const struct stamp *s, struct diag *diag) {
    struct package *package = package_new("stamp.docx");
    struct buf xml = {0};
    buf_puts(&xml,
             "<w:document xmlns:w=\"http://schemas.openxmlformats.org/wordprocessingml/2006/main\" "
             "xmlns:r=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships\" "
             "xmlns:wp=\"http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing\" "
             "xmlns:a=\"http://schemas.openxmlformats.org/drawingml/2006/main\" "
             "xmlns:pic=\"http://schemas.openxmlformats.org/drawingml/2006/picture\"><w:body>");
    bool ok = put_body(pool, package, s, &xml, diag);
    buf_printf(
        &xml,
        "<w:sectPr><w:pgSz w:w=\"%d\" w:h=\"%d\"/><w:pgMar w:top=\"0\" w:right=\"0\" "
        "w:bottom=\"0\" w:left=\"0\" w:header=\"0\" w:footer=\"0\" w:gutter=\"0\"/></w:sectPr>"
        "</w:body></w:document>",
        (int)(page_side(s->width) * 20), (int)(page_side(s->height) * 20));
    package_set(package, "[Content_Types].xml", types, strlen(types));
    package_set(package, "_rels/.rels", root_relations, strlen(root_relations));
    package_set(package, "word/document.xml", xml.data, xml.len);
    package_set(package, "word/settings.xml", settings, strlen(settings));
    package_set(package, "word/_rels/document.xml.rels", relations, strlen(relations));
    buf_free(&xml);
    if (ok)
        return package;
    package_close(package);
    return NULL;
}

bool stamp_draw(struct session *session, const struct stamp *stamp, struct buf *out,
                struct diag *diag) {
    struct job job;
    job_open(&job, "stamp.docx", diag_lang(diag), DIAG_WARNING);
    struct package *package = make_package(job.pool, stamp, diag);
    bool ok = package && job_take(&job, package) && job_layout(session, &job, true) &&
              job_draw(session, &job, NULL);
    if (ok)
        buf_append(out, job.pdf.data, job.pdf.len);
    else if (package)
        job_report(&job, STATUS_OK, stderr);
    package_close(package);
    job_close(&job);
    return ok;
}
