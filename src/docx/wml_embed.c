/* A document in the document (w:altChunk, 17.17.2, of a DOCX): its body stands in the place of the
 * chunk, as if it had been written there.
 *
 * It is read by a reader of its own, for relationships, lists and notes are those of its own parts;
 * what it makes goes into the one document tree. Styles are merged as Word does on opening: a style
 * the host has by the same name looks as it does there, any other comes along; w:matchSrc keeps the
 * source's look. The last section's page is the host's; earlier ones stay sections.
 *
 * A file may hold itself: what stands in an embedded document is not opened once more, and all of
 * them together are no larger than one part may be. */
#include "docx/wml_embed.h"

#include "docx/intern.h"

#include <string.h>

enum { MAX_EMBEDDED = 64 << 20 };

static struct package *open_quietly(struct reader *host, const char *part, const char *bytes,
                                    size_t n) {
    struct diag *quiet = diag_new(diag_lang(host->diag));
    struct package *package =
        package_open(pool_printf(host->pool, "%s/%s", host->path, part), bytes, n, quiet);
    diag_free(quiet);
    if (package)
        package_belongs(package, host->pool);
    return package;
}

/* The body of the reader's main part; NULL: there is none, or too much was embedded already. */
static const struct xml_node *embedded_body(struct reader *reader, struct reader *host) {
    char *main_part =
        package_related(reader->pool, reader->package, "", "officeDocument", reader->diag);
    size_t n = 0;
    reader->main_part = main_part ? main_part : "word/document.xml";
    if (!package_part(reader->package, reader->main_part, &n, reader->diag) ||
        n > MAX_EMBEDDED - host->embedded_bytes)
        return NULL;
    host->embedded_bytes += n;
    reader->main_root =
        package_tree(reader->pool, reader->package, reader->main_part, reader->diag);
    return xml_child(reader->main_root, w_body);
}

static struct reader reader_beside(struct reader *host, struct package *package) {
    struct reader reader = *host;
    reader.package = package;
    reader.path = package_path(package);
    reader.stories = intern_new(host->pool);
    reader.shape_types = intern_new(host->pool);
    reader.linked = intern_new(host->pool);
    reader.waiting.at = NULL;
    reader.waiting.n = reader.waiting.cap = 0;
    reader.stores = intern_new(host->pool);
    reader.legacy_known = reader.legacy = reader.legacy_told = false;
    reader.embedded = true;
    return reader;
}

static void read_looks(struct reader *reader, const struct reader *host, bool match_source) {
    struct diag *diag = reader->diag;
    if (match_source)
        reader->theme = theme_new(reader->pool, reader->package, reader->main_part, diag);
    reader->numbering = numbering_read(reader->pool, reader->package, reader->main_part, diag);
    reader->styles = styles_read_beside(host->styles, reader->package, reader->main_part,
                                        reader->numbering, reader->theme);
    if (!match_source)
        styles_adopt(reader->styles, host->styles);
}

static void give_back(struct reader *host, const struct reader *reader) {
    notes_return(host->notes, reader->notes);
    host->style_texts.at = reader->style_texts.at;
    host->style_texts.n = reader->style_texts.n;
    host->style_texts.cap = reader->style_texts.cap;
    if (!host->legacy_font)
        host->legacy_font = reader->legacy_font;
}

static void read_embedded_body(struct story *story, struct reader *reader,
                               const struct xml_node *body, struct block_list *list) {
    struct story inner;
    story_begin(&inner, reader, reader->main_part, NULL, story->width); /* none is counted here */
    inner.number = story->number;
    inner.body = story->body;
    inner.sections = story->sections;
    inner.depth = story->depth;
    inner.cell = story->cell;
    inner.text_color = story->text_color;
    if (inner.sections)
        sections_insert(inner.sections, reader, body);
    read_blocks(&inner, body, list);
    flush_pending(&inner, list);
    story->width = inner.width;
}

bool read_embedded_package(struct story *story, const struct xml_node *chunk,
                           struct package *package, struct block_list *list) {
    struct reader *host = story->reader;
    struct reader reader = reader_beside(host, package);
    const struct xml_node *body = embedded_body(&reader, host);
    if (!body || !story_enter(story))
        return false;
    read_looks(&reader, host, xml_on(xml_child_local(chunk, "altChunkPr"), w_matchSrc, false));
    reader.notes = notes_lend(&reader, host->notes);
    flush_pending(story, list);
    read_embedded_body(story, &reader, body, list);
    name_waiting_boxes(&reader);
    give_back(host, &reader);
    story_leave(story);
    return true;
}

bool read_embedded(struct story *story, const struct xml_node *chunk, const char *part,
                   const char *bytes, size_t n, struct block_list *list) {
    struct reader *host = story->reader;
    struct package *package = host->embedded ? NULL : open_quietly(host, part, bytes, n);
    return package && read_embedded_package(story, chunk, package, list);
}
