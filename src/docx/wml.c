/* Reading the document tree: the parts, their blocks, and what surrounds them.
 *
 * Properties are resolved on the way (style.c), so nothing of the XML is left in the tree. The
 * part's own tree stays in the document's pool while it is read. */
#include "docx/wml_read.h"

#include "base/utf8.h"
#include "docx/intern.h"
#include "docx/units.h"

#include <stdlib.h>
#include <string.h>

/* ---- messages ---- */

struct where story_where(const struct story *story) {
    return (struct where){.file = story->reader->path, .part = story->part};
}

const char *story_number(const struct story *story) {
    return pool_printf(story->reader->pool, "%zu", story->number);
}

static void name_once(struct story *story, enum diag_code code, const char *name) {
    struct reader *reader = story->reader;
    void **slot = intern_slot(reader->warned, name, strlen(name));
    if (*slot)
        return;
    *slot = reader;
    diag_add(reader->diag, code, story_where(story), name, story_number(story), NULL);
}

void unsupported(struct story *story, const char *name) {
    name_once(story, UNSUPPORTED_ELEMENT, name);
}

void unsupported_part(struct story *story, const char *name) {
    name_once(story, UNSUPPORTED_PART, name);
}

bool story_enter(struct story *story) {
    struct reader *reader = story->reader;
    if (story->depth++ < MAX_NESTING)
        return true;
    story->depth--;
    void **slot = intern_slot(reader->warned, "", 0);
    if (!*slot)
        diag_add(reader->diag, DOCX_TOO_DEEP, story_where(story), story_number(story), "32", NULL);
    *slot = reader;
    return false;
}

void story_leave(struct story *story) {
    story->depth--;
}

/* ---- parts ---- */

const struct xml_node *read_part(struct reader *reader, const char *part) {
    const struct xml_node *root = package_tree(reader->pool, reader->package, part, reader->diag);
    if (!root && !package_has(reader->package, part))
        diag_add(reader->diag, DOCX_PART_MISSING,
                 (struct where){.file = reader->path, .part = reader->main_part}, part, NULL);
    return root;
}

void story_begin(struct story *story, struct reader *reader, const char *part,
                 const struct xml_node *root, mpt width) {
    *story = (struct story){
        .reader = reader, .part = part, .cursor = root, .width = width, .text_color = -1};
}

/* ---- blocks ---- */

static bool ends_with(const char *s, const char *suffix) {
    size_t n = strlen(s), m = strlen(suffix);
    return n >= m && strcmp(s + n - m, suffix) == 0;
}

bool is_marker(const struct xml_node *node) {
    switch (node->name) {
    case XML_TEXT:
    case w_pPr:
    case w_rPr:
    case w_tcPr:
    case w_trPr:
    case w_tblPr:
    case w_tblGrid:
    case w_sdtPr:
    case w_sectPr:
    case w_proofErr:
    case w_bookmarkStart:
    case w_bookmarkEnd:
    case w_commentRangeStart:
    case w_commentRangeEnd:
    case w_commentReference:
    case w_annotationRef:
    case w_permStart:
    case w_permEnd:
    case w_lastRenderedPageBreak:
        return true;
    case XML_UNKNOWN:
        return ends_with(node->qname, "RangeStart") || ends_with(node->qname, "RangeEnd") ||
               xml_is_local(node, "sdtEndPr") || xml_is_local(node, "customXmlPr") ||
               xml_is_local(node, "smartTagPr") || xml_is_local(node, "tblPrEx") ||
               xml_is_local(node, "bookmark");
    default:
        return false;
    }
}

/* Every prefix of Requires must be one whose drawings are read here. */
static bool understood(const char *requires) {
    static const char *const known[] = {"wps", "wpg", "wpc", "w14", "w15", "wp14", "pic", "w"};
    while (requires && *requires) {
        size_t n = strcspn(requires, " "), i = 0;
        while (i < sizeof known / sizeof known[0] &&
               !(strlen(known[i]) == n && memcmp(known[i], requires, n) == 0))
            i++;
        if (n && i == sizeof known / sizeof known[0])
            return false;
        requires += n + (requires[n] == ' ');
    }
    return true;
}

const struct xml_node *chosen(const struct xml_node *alternate) {
    const struct xml_node *node;
    XML_EACH_CHILD (node, alternate)
        if (node->name == mc_Choice && understood(xml_get(node, mc_Requires)))
            return node;
    const struct xml_node *fallback = xml_child(alternate, mc_Fallback);
    return fallback ? fallback : xml_child(alternate, mc_Choice); /* named for what it is */
}

/* w:br between paragraphs, where the schema has none: Word begins a page with the next one, and
 * hears no other. */
static void read_loose_break(struct story *story, const struct xml_node *node) {
    const char *type = xml_get(node, w_type);
    story->breaks |= !story->cell && type && strcmp(type, "page") == 0;
}

static void break_before(struct story *story, struct para *para) {
    struct para_props *props = POOL_NEW(story->reader->pool, struct para_props);
    *props = *para->props;
    props->page_break_before = true;
    para->props = props;
    story->breaks = false;
}

void add_block(struct story *story, struct block_list *list, struct para *para,
               struct table *table) {
    if (para && story->breaks)
        break_before(story, para);
    struct block *block = POOL_NEW(story->reader->pool, struct block);
    block->kind = para ? WML_PARA : WML_TABLE;
    block->para = para;
    block->table = table;
    if (list->last)
        list->last->next = block;
    else
        list->first = block;
    list->last = block;
}

static bool is_hidden(const struct para *para) {
    for (size_t i = 0; i < para->item_count; i++)
        if (!para->items[i].props || !para->items[i].props->hidden)
            return false;
    return true;
}

/* A paragraph whose mark is deleted or hidden and that nothing follows to join. */
void flush_pending(struct story *story, struct block_list *list) {
    struct para *para = story->pending;
    story->pending = NULL;
    frames_flush(story, list);
    if (para && !is_hidden(para))
        add_block(story, list, para, NULL);
}

static void read_nested_blocks(struct story *story, const struct xml_node *node,
                               struct block_list *list) {
    if (!story_enter(story))
        return;
    read_blocks(story, node, list);
    story_leave(story);
}

/* The paragraphs of a control that was filled in are no longer the part's: none is counted. */
static void read_control(struct story *story, const struct xml_node *node,
                         struct block_list *list) {
    const struct xml_node *content = control_content(story, node), *cursor = story->cursor;
    if (content && !content->parent)
        story->cursor = NULL;
    read_nested_blocks(story, content, list);
    if (content && !content->parent)
        story->cursor = cursor;
}

static void read_block_table(struct story *story, const struct xml_node *node,
                             struct block_list *list) {
    bool code = !fields_show(&story->fields); /* of a field: not printed */
    if (code || !story_enter(story))
        return;
    flush_pending(story, list);
    struct table *table = read_table(story, node);
    if (table)
        add_block(story, list, NULL, table);
    story_leave(story);
}

static void read_block(struct story *story, const struct xml_node *node, struct block_list *list) {
    switch (node->name) {
    case w_p:
        read_para(story, node, list);
        break;
    case w_tbl:
        read_block_table(story, node, list);
        break;
    case w_sdt:
        read_control(story, node, list);
        break;
    case w_customXml:
    case w_smartTag:
    case w_ins:
    case w_moveTo:
        read_nested_blocks(story, node, list);
        break;
    case mc_AlternateContent:
        read_nested_blocks(story, chosen(node), list);
        break;
    case w_del:
    case w_moveFrom:
        break;
    case w_r:
    case w_hyperlink:
    case w_fldSimple:
    case m_oMathPara:
        read_loose_runs(story, node, list);
        break;
    case w_altChunk:
        read_chunk(story, node, list);
        break;
    case w_br:
        read_loose_break(story, node);
        break;
    default:
        unsupported(story, node->qname);
        read_nested_blocks(story, node, list);
    }
}

void read_blocks(struct story *story, const struct xml_node *parent, struct block_list *list) {
    const struct xml_node *node;
    XML_EACH_CHILD (node, parent) {
        if (node->name == w_bookmarkStart)
            bookmark_wait(story, node);
        else if (!is_marker(node))
            read_block(story, node, list);
    }
}

static void add_empty_para(struct story *story, struct block_list *list) {
    struct para_style style;
    styles_para(story->reader->styles, story->cell, NULL, &style);
    struct para *para = POOL_NEW(story->reader->pool, struct para);
    para->props = style.props;
    para->mark = style.mark;
    para->number = story->number;
    add_block(story, list, para, NULL);
}

/* A paragraph that should be there and is not, behind the last table of a header or a note, has no
 * height in Word. A cell's has none either, which is for layout to see; a floating table hangs on
 * it. */
static bool wants_para(const struct story *story, const struct block *last) {
    return !last || (last->kind == WML_TABLE && (story->cell || last->table->place));
}

struct block *read_story(struct story *story, const struct xml_node *node) {
    struct block_list list = {0};
    read_blocks(story, node, &list);
    flush_pending(story, &list);
    if (wants_para(story, list.last))
        add_empty_para(story, &list);
    return list.first;
}

/* ---- the document ---- */

static char *trimmed(struct pool *pool, const char *s) {
    size_t n = strlen(s);
    while (n && (unsigned char)s[n - 1] <= ' ')
        n--;
    while (n && (unsigned char)*s <= ' ') {
        s++;
        n--;
    }
    return n ? pool_strndup(pool, s, n) : NULL;
}

static const char *first_text(const struct xml_node *node) {
    return node && node->first && node->first->name == XML_TEXT ? node->first->text : "";
}

static const char *property(struct reader *reader, const struct xml_node *root,
                            enum xml_name name) {
    size_t n;
    const char *text = trimmed(reader->pool, first_text(xml_child(root, name)));
    return text ? utf8_nfc(reader->pool, text, strlen(text), &n) : NULL;
}

static void read_properties(struct reader *reader) {
    const char *part =
        package_related(reader->pool, reader->package, "", "core-properties", reader->diag);
    if (!part || !package_has(reader->package, part))
        return;
    const struct xml_node *root = read_part(reader, part);
    struct document *document = reader->document;
    document->title = property(reader, root, dc_title);
    document->creator = property(reader, root, dc_creator);
    document->subject = property(reader, root, dc_subject);
    document->keywords = property(reader, root, cp_keywords);
    document->identifier = property(reader, root, dc_identifier);
    document->created = property(reader, root, dcterms_created);
    document->modified = property(reader, root, dcterms_modified);
}

static void read_body(struct reader *reader, const struct xml_node *body) {
    struct story story;
    struct block_list list = {0};
    story_begin(&story, reader, reader->main_part, body, 0);
    story.body = true;
    story.sections = sections_find(reader, body);
    reader->sections = story.sections;
    reader->chapters = sections_have_chapters(story.sections);
    settings_name_undone(&story);
    story.width = section_width(story.sections);
    read_blocks(&story, body, &list);
    flush_pending(&story, &list);
    if (!list.last || list.last->kind == WML_TABLE)
        add_empty_para(&story, &list);
    section_end(&story, xml_child(body, w_sectPr), &list);
}

static void read_normal(struct reader *reader) {
    struct para_style style;
    styles_para(reader->styles, NULL, NULL, &style);
    reader->document->normal = styles_plain(&style);
}

static const struct xml_node *main_body(struct reader *reader) {
    const char *part =
        package_related(reader->pool, reader->package, "", "officeDocument", reader->diag);
    if (!part)
        part = "word/document.xml";
    reader->main_part = part;
    if (!package_has(reader->package, part)) {
        bool open = package_has(reader->package, "META-INF/manifest.xml") &&
                    package_has(reader->package, "content.xml");
        diag_add(reader->diag, open ? DOCX_OPEN_DOCUMENT : DOCX_NO_DOCUMENT,
                 (struct where){.file = reader->path}, NULL);
        return NULL;
    }
    const struct xml_node *root = read_part(reader, part);
    const struct xml_node *body = xml_child(root, w_body);
    reader->main_root = root;
    if (root && !body)
        diag_add(reader->diag, DOCX_NO_DOCUMENT, (struct where){.file = reader->path}, NULL);
    return body;
}

struct document *wml_read(struct pool *pool, struct package *package, struct diag *diag) {
    struct document *document = POOL_NEW(pool, struct document);
    struct reader reader = {.pool = pool,
                            .package = package,
                            .diag = diag,
                            .path = pool_strdup(pool, package_path(package)),
                            .document = document,
                            .warned = intern_new(pool),
                            .stories = intern_new(pool),
                            .shape_types = intern_new(pool),
                            .linked = intern_new(pool),
                            .stores = intern_new(pool)};
    const struct xml_node *body = main_body(&reader);
    if (!body)
        return NULL;
    document->pool = pool;
    document->path = reader.path;
    reader.theme = theme_new(pool, package, reader.main_part, diag);
    reader.numbering = numbering_read(pool, package, reader.main_part, diag);
    reader.styles =
        styles_read(pool, package, reader.main_part, reader.numbering, reader.theme, diag);
    settings_read(&reader);
    notes_read_settings(&reader);
    read_normal(&reader);
    read_body(&reader, body);
    name_waiting_boxes(&reader);
    notes_finish(&reader);
    document->style_texts = reader.style_texts.at;
    document->style_text_count = reader.style_texts.n;
    read_properties(&reader);
    document->legacy_font = reader.legacy_font;
    return document;
}
