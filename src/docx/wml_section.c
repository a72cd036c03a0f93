/* Sections: page geometry, headers and footers. */
#include "docx/wml_read.h"

#include "docx/intern.h"
#include "docx/units.h"

#include <stdlib.h>
#include <string.h>

struct sections {
    VEC(const struct xml_node *) at; /* every w:sectPr of the body, in order */
    size_t current;                  /* of the section being read */
    struct wml_section *last;
    bool gutter_at_top; /* w:gutterAtTop */
};

/* ---- geometry ---- */

/* Word's own defaults: Letter with margins of an inch. */
static void read_page(const struct sections *sections, const struct xml_node *sectpr,
                      struct wml_section *s) {
    const struct xml_node *size = xml_child(sectpr, w_pgSz), *margins = xml_child(sectpr, w_pgMar);
    s->page_width = length_get(size, w_w, UNIT_TWIP, 612000);
    s->page_height = length_get(size, w_h, UNIT_TWIP, 792000);
    s->top = length_get(margins, w_top, UNIT_TWIP, 72000);
    s->bottom = length_get(margins, w_bottom, UNIT_TWIP, 72000);
    s->left = length_get(margins, w_left, UNIT_TWIP, 72000);
    s->right = length_get(margins, w_right, UNIT_TWIP, 72000);
    s->header = length_get(margins, w_header, UNIT_TWIP, 36000);
    s->footer = length_get(margins, w_footer, UNIT_TWIP, 36000);
    mpt gutter = length_get(margins, w_gutter, UNIT_TWIP, 0);
    if (sections && sections->gutter_at_top)
        s->top += s->top < 0 ? -gutter : gutter;
    else if (xml_flag_local(sectpr, "rtlGutter"))
        s->right += gutter;
    else
        s->left += gutter;
}

/* A page nothing fits on would never be full or never be done. */
enum { MIN_PAGE = 36000, MIN_TEXT = 18000 };

static void make_sane(struct wml_section *s) {
    if (s->page_width < MIN_PAGE)
        s->page_width = 612000;
    if (s->page_height < MIN_PAGE)
        s->page_height = 792000;
    if (s->left < 0)
        s->left = 0;
    if (s->right < 0)
        s->right = 0;
    if (s->page_width - s->left - s->right < MIN_TEXT)
        s->left = s->right = s->page_width / 8;
    mpt top = s->top < 0 ? -s->top : s->top, bottom = s->bottom < 0 ? -s->bottom : s->bottom;
    if (s->page_height - top - bottom < MIN_TEXT)
        s->top = s->bottom = s->page_height / 8;
}

/* ---- columns (17.6.4) ---- */

enum { MAX_SECTION_COLUMNS = 45, MIN_COLUMN = 18000 }; /* as many as Word allows */

static size_t count_columns(const struct xml_node *cols) {
    const struct xml_node *col;
    size_t n = 0;
    XML_EACH_CHILD (col, cols)
        n += xml_is_local(col, "col");
    return n < MAX_SECTION_COLUMNS ? n : MAX_SECTION_COLUMNS;
}

/* Columns each of its own width; false if they do not fit on the page. One of no width, which Word
 * writes where the first takes all, is none. */
static bool own_widths(struct pool *pool, const struct xml_node *cols, mpt width,
                       struct wml_section *s) {
    mpt *widths = POOL_ARRAY(pool, mpt, s->columns), *spaces = POOL_ARRAY(pool, mpt, s->columns);
    const struct xml_node *col;
    int64_t total = 0;
    size_t i = 0;
    XML_EACH_CHILD (col, cols) {
        if (!xml_is_local(col, "col") || i == s->columns)
            continue;
        widths[i] = length_get(col, w_w, UNIT_TWIP, 0);
        spaces[i] = length_get(col, w_space, UNIT_TWIP, 0);
        if (widths[i] <= 0)
            continue;
        if (spaces[i] < 0)
            spaces[i] = 0;
        if (widths[i] < MIN_COLUMN)
            return false;
        total += widths[i] + (i ? spaces[i - 1] : 0);
        i++;
    }
    s->columns = i > 1 ? i : 1;
    s->column_widths = i > 1 ? widths : NULL;
    s->column_spaces = i > 1 ? spaces : NULL;
    return total <= width + width / 8; /* Word's own rounding, and margins changed afterwards */
}

static bool equal_widths(const struct xml_node *cols, size_t listed) {
    const char *equal = xml_get(cols, w_equalWidth);
    return equal
               ? strcmp(equal, "0") != 0 && strcmp(equal, "false") != 0 && strcmp(equal, "off") != 0
               : listed < 2;
}

static void read_columns(struct pool *pool, const struct xml_node *cols, struct wml_section *s) {
    mpt width = s->page_width - s->left - s->right;
    size_t listed = count_columns(cols);
    int n = cols ? xml_int(cols, w_num, 1) : 1;
    s->columns = n < 1 ? 1 : n > MAX_SECTION_COLUMNS ? MAX_SECTION_COLUMNS : (size_t)n;
    s->column_gap = length_get(cols, w_space, UNIT_TWIP, 36000);
    s->column_line = cols && xml_attr_on(cols, w_sep);
    if (cols && listed > 1 && !equal_widths(cols, listed)) {
        s->columns = listed;
        if (own_widths(pool, cols, width, s))
            return;
        s->column_widths = s->column_spaces = NULL;
    }
    if (s->column_gap < 0)
        s->column_gap = 0;
    int64_t text = width - (int64_t)s->column_gap * (int64_t)(s->columns - 1);
    if (s->columns > 1 && text < (int64_t)MIN_COLUMN * (int64_t)s->columns)
        s->columns = 1; /* nothing would fit */
}

/* Of the first column: what tables in percent are measured by. */
static mpt column_width(const struct wml_section *s) {
    mpt width = s->page_width - s->left - s->right;
    if (s->columns <= 1)
        return width;
    return s->column_widths ? s->column_widths[0]
                            : (width - s->column_gap * (mpt)(s->columns - 1)) / (mpt)s->columns;
}

static enum section_start start_of(const char *type) {
    if (!type)
        return START_NEXT_PAGE;
    return strcmp(type, "continuous") == 0   ? START_CONTINUOUS
           : strcmp(type, "evenPage") == 0   ? START_EVEN_PAGE
           : strcmp(type, "oddPage") == 0    ? START_ODD_PAGE
           : strcmp(type, "nextColumn") == 0 ? START_NEXT_COLUMN
                                             : START_NEXT_PAGE;
}

static bool is(const char *value, const char *name) {
    return value && strcmp(value, name) == 0;
}

/* A grid that only tells its pitches ("default") is none; one for characters is one for lines, too.
 * w:charSpace is in 1/4096 pt (17.6.5). */
static void read_grid(const struct xml_node *grid, struct wml_section *s) {
    enum { PARTS_OF_POINT = 4096, WIDEST = 1584 * PARTS_OF_POINT };
    const char *type = xml_get_local(grid, "type"), *space = xml_get_local(grid, "charSpace");
    if (!type || is(type, "default"))
        return;
    s->line_pitch = length_get(grid, w_linePitch, UNIT_TWIP, 0);
    s->char_cells = is(type, "snapToChars");
    if (space && (s->char_cells || is(type, "linesAndChars"))) {
        long parts = strtol(space, NULL, 10);
        parts = parts > WIDEST ? WIDEST : parts < -WIDEST ? -WIDEST : parts;
        s->char_space = (mpt)((int64_t)parts * 1000 / PARTS_OF_POINT);
    }
}

/* Page borders (17.6.10). Borders made of pictures are
 * drawn as plain lines. */
static void read_page_borders(struct story *story, const struct xml_node *node,
                              struct wml_section *s) {
    const struct xml_node *edge;
    const char *pages = xml_get_local(node, "display");
    const struct reader *reader = story->reader;
    s->borders_from_page = is(xml_get_local(node, "offsetFrom"), "page");
    s->borders_below_header = setting_on(reader, "bordersDoNotSurroundHeader");
    s->borders_above_footer = setting_on(reader, "bordersDoNotSurroundFooter");
    if (node && !s->borders_from_page && setting_on(reader, "alignBordersAndEdges"))
        unsupported(story, "w:alignBordersAndEdges");
    s->border_pages = is(pages, "firstPage")      ? BORDERS_ON_FIRST
                      : is(pages, "notFirstPage") ? BORDERS_NOT_ON_FIRST
                                                  : BORDERS_ON_ALL;
    XML_EACH_CHILD (edge, node) {
        int i = edge->name == w_top      ? EDGE_TOP
                : edge->name == w_left   ? EDGE_LEFT
                : edge->name == w_bottom ? EDGE_BOTTOM
                : edge->name == w_right  ? EDGE_RIGHT
                                         : EDGES;
        if (i < 4)
            s->borders[i] = border_read(story->reader->theme, edge);
        if (i < 4 && s->borders[i].fancy)
            unsupported(story, "w:pgBorders (w:shadow)");
        if (i < 4 && !border_known(xml_get(edge, w_val)))
            unsupported(story,
                        pool_printf(story->reader->pool, "w:pgBorders (%s)", xml_get(edge, w_val)));
        if (i < 4 && xml_attr_on(edge, w_shadow))
            unsupported(story, "w:pgBorders (w:shadow)");
    }
}

static int number_in(const struct xml_node *node, const char *attr, int otherwise) {
    const char *value = xml_get_local(node, attr);
    long n = value ? strtol(value, NULL, 10) : otherwise;
    return n < 0 ? 0 : n > 32767 ? 32767 : (int)n;
}

/* w:start counts from 0: Word writes one less than it prints. */
static struct line_numbers read_line_numbers(const struct xml_node *node) {
    const char *restart = node ? xml_get_local(node, "restart") : NULL;
    struct line_numbers lines = {0};
    if (!node)
        return lines;
    lines.step = number_in(node, "countBy", 0);
    lines.first = number_in(node, "start", 0) + 1;
    lines.distance = mpt_clamp((int64_t)number_in(node, "distance", 0) * UNIT_TWIP);
    lines.restart = is(restart, "newSection")   ? LINES_BY_SECTION
                    : is(restart, "continuous") ? LINES_GO_ON
                                                : LINES_BY_PAGE;
    return lines;
}

/* In how many columns footnotes are set (MS-DOCX, w15:footnoteColumns); without it, in those of the
 * text. */
static bool has_notes_across(const struct xml_node *sectpr) {
    const struct xml_node *own = xml_child_local(sectpr, "footnoteColumns");
    return own && number_in(own, "val", 0) > 0;
}

static void read_sheet(struct story *story, const struct xml_node *sectpr, struct wml_section *s) {
    const char *align = xml_child_val(sectpr, w_vAlign);
    s->mirror = xml_on(story->reader->settings, w_mirrorMargins, false);
    read_grid(xml_child(sectpr, w_docGrid), s);
    s->v_align = is(align, "center") ? V_CENTER : is(align, "bottom") ? V_BOTTOM : V_TOP;
    s->line_numbers = read_line_numbers(xml_child_local(sectpr, "lnNumType"));
    read_page_borders(story, xml_child_local(sectpr, "pgBorders"), s);
    s->notes_across = has_notes_across(sectpr);
}

/* Page numbers in ways that layout does not print. */
static void warn_of_numbers(struct story *story, const struct xml_node *numbers) {
    const char *format = numbers ? xml_get(numbers, w_fmt) : NULL;
    if (format && (!number_format_known(format) || strcmp(format, "none") == 0 ||
                   strcmp(format, "bullet") == 0))
        unsupported(story, pool_printf(story->reader->pool, "w:pgNumType (%s)", format));
}

/* The number of a heading before the page's: 2-15 (17.6.12). */
static void read_chapters(const struct story *story, const struct xml_node *numbers,
                          struct wml_section *s) {
    static const struct {
        const char *name, *mark;
    } marks[] = {{"period", "."}, {"colon", ":"}, {"emDash", "—"}, {"enDash", "–"}};
    const char *level = numbers ? xml_get_local(numbers, "chapStyle") : NULL;
    const char *mark = level ? xml_get_local(numbers, "chapSep") : NULL;
    s->chapter_mark = "-";
    s->chapter_style = level && *level ? styles_named(story->reader->styles, level) : NULL;
    for (size_t i = 0; i < sizeof marks / sizeof marks[0]; i++)
        if (is(mark, marks[i].name))
            s->chapter_mark = marks[i].mark;
}

static void warn_of_the_rest(struct story *story, const struct xml_node *sectpr) {
    if (is(xml_child_val(sectpr, w_vAlign), "both"))
        unsupported(story, "w:vAlign (w:sectPr)");
    const char *flow = xml_child_val(sectpr, w_textDirection);
    if (flow && strcmp(flow, "lrTb") != 0)
        unsupported(story, "w:textDirection");
}

/* ---- headers and footers ---- */

/* A part used by several sections is read once. */
static struct block *read_header(struct reader *reader, const char *part, mpt width) {
    void **slot = intern_slot(reader->stories, part, strlen(part));
    if (*slot)
        return *slot;
    const struct xml_node *root = read_part(reader, part);
    if (!root)
        return NULL;
    struct story story;
    story_begin(&story, reader, part, root, width);
    struct block *blocks = read_story(&story, root);
    *intern_slot(reader->stories, part, strlen(part)) = blocks;
    return blocks;
}

static int story_index(const char *type) {
    return type && strcmp(type, "first") == 0  ? STORY_FIRST
           : type && strcmp(type, "even") == 0 ? STORY_EVEN
                                               : STORY_DEFAULT;
}

static void read_headers(struct reader *reader, const struct xml_node *sectpr,
                         const struct wml_section *before, struct wml_section *s) {
    mpt width = s->page_width - s->left - s->right;
    for (int i = 0; before && i < STORIES; i++) {
        s->headers[i] = before->headers[i];
        s->footers[i] = before->footers[i];
        s->header_parts[i] = before->header_parts[i];
        s->footer_parts[i] = before->footer_parts[i];
    }
    const struct xml_node *node;
    XML_EACH_CHILD (node, sectpr) {
        bool header = node->name == w_headerReference;
        const char *id = xml_get(node, r_id);
        if (!id || (!header && node->name != w_footerReference))
            continue;
        const char *part =
            package_target(reader->pool, reader->package, reader->main_part, id, reader->diag);
        struct block *blocks = part ? read_header(reader, part, width) : NULL;
        int i = story_index(xml_get(node, w_type));
        (header ? s->headers : s->footers)[i] = blocks;
        (header ? s->header_parts : s->footer_parts)[i] = part;
    }
}

/* ---- the body's sections ---- */

/* Next node in file order, without going into tables, runs or old properties. */
static const struct xml_node *step(const struct xml_node *at, const struct xml_node *root) {
    bool closed = at->name == w_tbl || at->name == w_r || at->name == w_sectPr ||
                  at->name == w_pPrChange || at->name == mc_AlternateContent;
    return closed ? xml_after(root, at) : xml_next(root, at);
}

struct sections *sections_find(struct reader *reader, const struct xml_node *body) {
    struct sections *sections = POOL_NEW(reader->pool, struct sections);
    sections->gutter_at_top = setting_on(reader, "gutterAtTop");
    for (const struct xml_node *at = body; at; at = step(at, body))
        if (at->name == w_sectPr)
            *VEC_PUSH(reader->pool, &sections->at) = at;
    return sections;
}

void sections_insert(struct sections *sections, struct reader *reader,
                     const struct xml_node *body) {
    struct sections *inner = sections_find(reader, body);
    size_t at = sections->current, n = inner->at.n;
    if (n && inner->at.at[n - 1]->parent == body) /* the last one: its page is the host's */
        n--;
    if (!n)
        return;
    size_t rest = sections->at.n > at ? sections->at.n - at : 0;
    for (size_t i = 0; i < n; i++)
        *VEC_PUSH(reader->pool, &sections->at) = NULL;
    memmove(sections->at.at + at + n, sections->at.at + at, rest * sizeof *sections->at.at);
    memcpy(sections->at.at + at, inner->at.at, n * sizeof *sections->at.at);
}

const struct xml_node *section_at(const struct sections *sections, size_t i) {
    return i < sections->at.n ? sections->at.at[i] : NULL;
}

const struct xml_node *section_props(const struct sections *sections) {
    return section_at(sections, sections->current);
}

size_t section_index(const struct sections *sections) {
    return sections->current;
}

size_t section_count(const struct sections *sections) {
    return sections ? sections->at.n : 0;
}

bool sections_have_chapters(const struct sections *sections) {
    const struct xml_node *const *at;
    VEC_EACH (at, &sections->at) {
        const struct xml_node *numbers = xml_child(*at, w_pgNumType);
        if (numbers && xml_get_local(numbers, "chapStyle"))
            return true;
    }
    return false;
}

static void section_measure(const struct sections *sections, struct wml_section *s) {
    read_page(sections, sections ? section_props(sections) : NULL, s);
    make_sane(s);
}

mpt section_extent(const struct sections *sections, const char *from, bool across) {
    struct wml_section s = {0};
    section_measure(sections, &s);
    mpt top = s.top < 0 ? -s.top : s.top, bottom = s.bottom < 0 ? -s.bottom : s.bottom;
    const struct {
        const char *name, *vml_name;
        mpt width, height;
    } bases[] = {{"page", "page", s.page_width, s.page_height},
                 {"leftMargin", "left-margin-area", s.left, 0},
                 {"rightMargin", "right-margin-area", s.right, 0},
                 {"topMargin", "top-margin-area", 0, top},
                 {"bottomMargin", "bottom-margin-area", 0, bottom},
                 {"insideMargin", "inner-margin-area", s.left, top},
                 {"outsideMargin", "outer-margin-area", s.right, bottom}};
    if (!from)
        from = "page"; /* Word of 2007 left that out, and never "margin" */
    for (size_t i = 0; i < sizeof bases / sizeof bases[0]; i++)
        if (strcmp(from, bases[i].name) == 0 || strcmp(from, bases[i].vml_name) == 0)
            return across ? bases[i].width : bases[i].height;
    return across ? s.page_width - s.left - s.right : s.page_height - top - bottom;
}

mpt section_width(const struct sections *sections) {
    struct wml_section s = {0};
    struct pool *scratch = pool_new();
    section_measure(sections, &s);
    read_columns(scratch, xml_child(section_props(sections), w_cols), &s);
    mpt width = column_width(&s);
    pool_free(scratch);
    return width;
}

static void advance(struct sections *sections, const struct xml_node *sectpr) {
    while (sections->current < sections->at.n && sections->at.at[sections->current] != sectpr)
        sections->current++;
    sections->current++;
}

void section_end(struct story *story, const struct xml_node *sectpr, struct block_list *list) {
    struct reader *reader = story->reader;
    struct sections *sections = story->sections;
    struct wml_section *s = POOL_NEW(reader->pool, struct wml_section);
    const struct xml_node *numbers = xml_child(sectpr, w_pgNumType);
    read_page(sections, sectpr, s);
    make_sane(s);
    read_columns(reader->pool, xml_child(sectpr, w_cols), s);
    read_headers(reader, sectpr, sections->last, s);
    s->title_page = xml_on(sectpr, w_titlePg, false);
    s->start = start_of(xml_child_val(sectpr, w_type));
    s->page_start = numbers ? xml_int(numbers, w_start, -1) : -1;
    s->number_format = numbers ? xml_get(numbers, w_fmt) : NULL;
    if (!s->number_format)
        s->number_format = "decimal";
    read_chapters(story, numbers, s);
    read_sheet(story, sectpr, s);
    s->bidi = xml_on(sectpr, w_bidi, false);
    if (s->bidi && s->line_numbers.step > 0)
        unsupported(story, "w:lnNumType (w:bidi)");
    warn_of_the_rest(story, sectpr);
    warn_of_numbers(story, numbers);
    s->blocks = list->first;
    *list = (struct block_list){0};
    s->ordinal = sections->last ? sections->last->ordinal + 1 : 0;
    if (sections->last)
        sections->last->next = s;
    else
        reader->document->sections = s;
    sections->last = s;
    advance(sections, sectpr);
    story->width = section_width(sections);
}
