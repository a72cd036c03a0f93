/* Footnotes and endnotes: numbered in the order of their references, read when first referred to.
 * What a section says of its notes' numbers holds over the document's settings. */
#include "docx/wml_read.h"

#include "docx/intern.h"
#include "docx/units.h"

#include <string.h>

struct note_source { /* a w:footnote or w:endnote */
    const struct xml_node *node;
    size_t before; /* paragraphs before it in its part */
    size_t note;   /* 1 + index in the document's notes; 0 not referred to yet */
};

struct note_part {
    const char *part;
    struct intern *by_id; /* -> struct note_source; NULL: part not read yet */
    const struct xml_node *separator, *continuation, *notice;
    const char *format;
    int start;
    int next; /* number of the next automatic mark */
    bool per_section, per_page;
    bool counting;  /* some mark has been given */
    size_t section; /* that `next` counts in */
};

struct notes {
    struct note_part foot, end;
    VEC(struct wml_note) list;
};

/* ---- settings ---- */

static void read_numbers(const struct xml_node *props, struct note_part *part) {
    const char *format = xml_child_val(props, w_numFmt);
    const char *restart = xml_child_val(props, w_numRestart);
    const struct xml_node *start = xml_child(props, w_numStart);
    if (format)
        part->format = format;
    if (start)
        part->start = xml_int(start, w_val, 1);
    if (restart) {
        part->per_section = strcmp(restart, "eachSect") == 0;
        part->per_page = strcmp(restart, "eachPage") == 0;
    }
}

static bool is_at(const struct xml_node *props, const char *place) {
    const char *pos = xml_child_val(props, w_pos);
    return pos && strcmp(pos, place) == 0;
}

void notes_read_settings(struct reader *reader) {
    struct notes *notes = reader->notes = POOL_NEW(reader->pool, struct notes);
    notes->foot = (struct note_part){.format = "decimal", .start = 1};
    notes->end = (struct note_part){.format = "lowerRoman", .start = 1};
    read_numbers(xml_child(reader->settings, w_footnotePr), &notes->foot);
    read_numbers(xml_child(reader->settings, w_endnotePr), &notes->end);
    notes->foot.next = notes->foot.start;
    notes->end.next = notes->end.start;
    /* where they stand is one thing for the whole document (17.11.21-22) */
    reader->document->notes_beneath_text =
        is_at(xml_child(reader->settings, w_footnotePr), "beneathText");
    reader->document->endnotes_by_section =
        is_at(xml_child(reader->settings, w_endnotePr), "sectEnd");
}

static void warn_of_the_rest(struct story *story, bool foot) {
    const char *pos = xml_child_val(xml_child(story->reader->settings, w_footnotePr), w_pos);
    if (foot && pos && strcmp(pos, "pageBottom") != 0 && strcmp(pos, "beneathText") != 0)
        unsupported(story, pool_printf(story->reader->pool, "w:footnotePr (%s)", pos));
}

/* The numbers as the section being read has them. */
static void enter_section(struct story *story, struct note_part *part, bool foot) {
    struct reader *reader = story->reader;
    enum xml_name name = foot ? w_footnotePr : w_endnotePr;
    const struct xml_node *own = xml_child(section_props(reader->sections), name);
    warn_of_the_rest(story, foot);
    size_t section = section_index(reader->sections);
    if (part->counting && section == part->section)
        return;
    bool first = !part->counting;
    part->counting = true;
    part->section = section;
    read_numbers(own, part);
    if (first || part->per_section)
        part->next = part->start;
}

/* ---- the part ---- */

static size_t count_paras(const struct xml_node *root) {
    size_t n = 0;
    for (const struct xml_node *at = root; at; at = xml_next(root, at))
        n += at->name == w_p;
    return n;
}

static bool is_type(const struct xml_node *node, const char *name) {
    const char *type = xml_get(node, w_type);
    return type && strcmp(type, name) == 0;
}

static void load(struct reader *reader, struct note_part *part, const char *type) {
    if (part->by_id)
        return;
    part->by_id = intern_new(reader->pool);
    part->part =
        package_related(reader->pool, reader->package, reader->main_part, type, reader->diag);
    const struct xml_node *root = part->part ? read_part(reader, part->part) : NULL, *node;
    size_t before = 0;
    XML_EACH_CHILD (node, root) {
        const char *id = xml_get(node, w_id);
        if (node->name != w_footnote && node->name != w_endnote)
            continue;
        struct note_source *source = POOL_NEW(reader->pool, struct note_source);
        source->node = node;
        source->before = before;
        before += count_paras(node);
        if (is_type(node, "separator"))
            part->separator = node;
        else if (is_type(node, "continuationSeparator"))
            part->continuation = node;
        else if (is_type(node, "continuationNotice"))
            part->notice = node;
        else if (id)
            *intern_slot(part->by_id, id, strlen(id)) = source;
    }
}

static struct block *read_note(struct reader *reader, const struct note_part *part,
                               const struct xml_node *node, size_t before, const char *mark,
                               size_t note) {
    struct story story;
    story_begin(&story, reader, part->part, node, 0);
    story.number = before;
    story.note_mark = mark;
    story.note = note;
    return read_story(&story, node);
}

/* ---- references ---- */

static const char *automatic_mark(struct story *story, struct note_part *part) {
    struct reader *reader = story->reader;
    struct buf mark = {0};
    if (!number_format_known(part->format))
        unsupported(story, pool_printf(reader->pool, "w:numFmt (%s)", part->format));
    number_format(&mark, part->format, part->next++);
    const char *copy = pool_strdup(reader->pool, buf_text(&mark));
    buf_free(&mark);
    return copy;
}

/* Where the endnotes of the section being read stand: one that suppresses them (17.11.16) leaves
 * them to the next. */
static size_t endnote_section(const struct sections *sections) {
    size_t i = section_index(sections);
    while (i + 1 < section_count(sections) && xml_on(section_at(sections, i), w_noEndnote, false))
        i++;
    return i;
}

/* Reads a note the first time it is referred to. */
static void add_note(struct story *story, struct note_part *part, struct note_source *source,
                     bool custom) {
    struct reader *reader = story->reader;
    struct notes *notes = reader->notes;
    struct wml_note *note = VEC_PUSH(reader->pool, &notes->list);
    source->note = notes->list.n;
    note->endnote = part == &notes->end;
    note->section =
        note->endnote ? endnote_section(reader->sections) : section_index(reader->sections);
    note->mark = custom ? "" : automatic_mark(story, part);
    if (part->per_page && !custom && !note->endnote) {
        note->page_format = part->format;
        note->page_start = part->start;
    }
    struct block *blocks = read_note(reader, part, source->node, source->before,
                                     custom ? NULL : note->mark, source->note - 1);
    notes->list.at[source->note - 1].blocks = blocks; /* notes may have been added since */
}

static bool is_custom(const struct xml_node *node) {
    const char *value = xml_get_local(node, "customMarkFollows");
    return value && strcmp(value, "0") != 0 && strcmp(value, "false") != 0 &&
           strcmp(value, "off") != 0;
}

void note_reference(struct builder *builder, const struct xml_node *node,
                    const struct run_props *props) {
    struct story *story = builder->story;
    struct reader *reader = story->reader;
    if (!story->body) { /* headers, footers and notes have no notes */
        unsupported(story, node->qname);
        return;
    }
    bool foot = node->name == w_footnoteReference, custom = is_custom(node);
    struct note_part *part = foot ? &reader->notes->foot : &reader->notes->end;
    const char *id = xml_get(node, w_id);
    enter_section(story, part, foot);
    load(reader, part, foot ? "footnotes" : "endnotes");
    struct note_source *source = id ? intern_find(part->by_id, id, strlen(id)) : NULL;
    if (!source) {
        diag_add(reader->diag, DOCX_NOTE_MISSING, story_where(story), story_number(story), NULL);
        return;
    }
    if (!source->note)
        add_note(story, part, source, custom);
    struct inline_item *item = add_item(builder, INLINE_NOTE_REF, props);
    item->note = source->note - 1;
    item->text = reader->notes->list.at[item->note].mark;
    builder->want_mark = custom;
    builder->custom_note = item->note;
}

void note_set_mark(struct builder *builder, const char *mark) {
    struct notes *notes = builder->story->reader->notes;
    notes->list.at[builder->custom_note].mark = mark;
    builder->items.at[builder->items.n - 1].text = mark;
}

/* A story that stands around notes; NULL: there is none. */
static struct block *read_around(struct reader *reader, const struct note_part *part,
                                 const struct xml_node *node) {
    return node ? read_note(reader, part, node, 0, NULL, 0) : NULL;
}

void notes_finish(struct reader *reader) {
    struct notes *notes = reader->notes;
    struct document *d = reader->document;
    const struct note_part *foot = &notes->foot, *end = &notes->end;
    d->notes = notes->list.at;
    d->note_count = notes->list.n;
    if (foot->by_id) {
        d->note_separator = read_around(reader, foot, foot->separator);
        d->note_continuation = read_around(reader, foot, foot->continuation);
        d->note_notice = read_around(reader, foot, foot->notice);
    }
    if (end->by_id)
        d->endnote_separator = read_around(reader, end, end->separator);
}

struct notes *notes_lend(const struct reader *reader, const struct notes *from) {
    struct notes *notes = POOL_NEW(reader->pool, struct notes);
    *notes = *from;
    notes->foot.by_id = notes->end.by_id = NULL;
    return notes;
}

/* Numbers go on; parts and separators are the host's own. */
static void go_on_from(struct note_part *part, const struct note_part *lent) {
    part->next = lent->next;
    part->counting = lent->counting;
    part->section = lent->section;
}

void notes_return(struct notes *notes, const struct notes *lent) {
    go_on_from(&notes->foot, &lent->foot);
    go_on_from(&notes->end, &lent->end);
    notes->list.at = lent->list.at;
    notes->list.n = lent->list.n;
    notes->list.cap = lent->list.cap;
}
