/* wml_read: what the files that read the document tree share.
 *
 * A `reader` is one document being read, a `story` one part of it (body, a header, the notes), a
 * `builder` one paragraph. Text boxes, cells and notes are read by the same read_blocks as the
 * body, with the story's nesting counted so that hostile files cannot exhaust the stack. */
#ifndef CONGVAN_DOCX_WML_READ_H
#define CONGVAN_DOCX_WML_READ_H

#include "docx/legacy.h"
#include "docx/numbering.h"
#include "docx/style.h"
#include "docx/theme.h"
#include "docx/units.h"
#include "docx/wml.h"
#include "docx/xml.h"

enum { MAX_NESTING = 32 };

struct frame;
struct notes;
struct sections;

/* One of the boxes that share a story, in a chain from the last to the first. */
struct linked_box {
    struct shape *shape;
    long seq; /* 0: the story begins here */
    const char *part;
    size_t number; /* of its paragraph */
    struct linked_box *before;
};

struct reader {
    struct pool *pool;
    struct package *package;
    struct diag *diag;
    const char *path, *main_part;
    struct theme *theme;
    struct numbering *numbering;
    struct styles *styles;
    struct document *document;
    const struct xml_node *settings; /* NULL: none */
    struct notes *notes;
    VEC(struct style_text) style_texts; /* of the document */
    struct intern *warned;              /* names of what was reported as unsupported */
    struct intern *stories;             /* header and footer parts read -> struct block */
    struct intern *shape_types;         /* id -> v:shapetype */
    struct intern *linked;              /* id of a story in several boxes -> the last of them */
    VEC(struct linked_box) waiting;     /* boxes that came before the one their story begins in */
    struct intern *stores;              /* of data that controls are bound to -> their trees */
    const struct sections *sections;    /* of the body */
    bool chapters;                      /* a section has them in its page numbers */
    const struct xml_node *main_root;
    bool legacy_known, legacy; /* wml_legacy.c: the text is by and large not Unicode */
    bool legacy_told;
    const char *legacy_font; /* the first that was told of */
    bool embedded;           /* this is a document in another (wml_embed.c) */
    size_t embedded_bytes;   /* of main parts of documents in this one, so far */
};

enum field_kind { FIELD_SHOWN, FIELD_PAGE, FIELD_COUNT, FIELD_SECTION_PAGES, FIELD_STYLE_TEXT };

/* A field that has begun and not ended (17.16.18). */
struct field {
    enum field_kind kind;
    bool in_result;
    bool contents;     /* TOC */
    bool emitted;      /* a page number was put out for it */
    bool reckoned;     /* a form field or a symbol, whose result may be empty where it is marked */
    char *instruction; /* so far; NULL: nothing yet */
    size_t len, room;
    const char *link;            /* what its result leads to; NULL: nowhere */
    const char *format;          /* of a page number; NULL: the section's */
    size_t style_text;           /* index of FIELD_STYLE_TEXT */
    const struct xml_node *form; /* w:ffData; NULL: no form field */
    size_t result;               /* items of the paragraph before the result of such a field */
};

struct fields {
    struct field at[MAX_NESTING];
    size_t depth; /* deeper fields than MAX_NESTING are counted, not kept */
};

typedef VEC(struct inline_item) item_vec;

struct story {
    struct reader *reader;
    const char *part;
    const struct xml_node *cursor; /* up to here paragraphs have been counted */
    size_t number;                 /* of the paragraph being read */
    int depth;
    mpt width; /* of the text column, for widths in percent */
    struct fields fields;
    const struct cell_style *cell; /* NULL outside tables */
    struct para *pending;          /* its mark is deleted: its text joins the next paragraph */
    item_vec pending_items;        /* of it */
    struct frame *frames;          /* text frames that wait for the paragraph to hang on */
    bool breaks;                   /* the next paragraph begins a page */
    bool body;                     /* the main story: notes may be referred to */
    struct sections *sections;     /* of the body, outside tables and text boxes; else NULL */
    int32_t text_color;            /* 0xRRGGBB of text that says none, in a shape; -1: automatic */
    const char *note_mark;         /* inside a note: its mark, */
    size_t note;                   /* and its place in the document's list */
    VEC(const char *) bookmarks;   /* that wait for the next paragraph */
    struct para *listed;           /* the last paragraph, if numbered, and its list */
    int listed_in;
};

struct block_list {
    struct block *first, *last;
};

struct builder {
    struct story *story;
    const struct para_style *style;
    item_vec items;
    struct buf text; /* characters not yet an item, all of text_props */
    const struct run_props *text_props;
    const char *text_link;
    const char *link;               /* of the w:hyperlink being read; NULL: none */
    const char *slot, *slot_id;     /* the slot being read and its bookmark's w:id; NULL: none */
    const struct para_props *props; /* over those of the style; NULL: none */
    bool want_mark;                 /* a note's custom mark is the text that follows */
    size_t custom_note;
    const char *chapter; /* see struct para */
    bool bidi;           /* the same */
};

/* wml.c */
void story_begin(struct story *story, struct reader *reader, const char *part,
                 const struct xml_node *root, mpt width);
void read_blocks(struct story *story, const struct xml_node *parent, struct block_list *list);
/* The blocks below `node`, ended: nothing pending, at least one paragraph. */
struct block *read_story(struct story *story, const struct xml_node *node);
void add_block(struct story *story, struct block_list *list, struct para *para,
               struct table *table);
void flush_pending(struct story *story, struct block_list *list);
bool story_enter(struct story *story); /* false (reported): too deep; then do not leave */
void story_leave(struct story *story);
struct where story_where(const struct story *story);
const char *story_number(const struct story *story); /* paragraph number as text */
/* Reports once per document that `name` is not drawn. */
void unsupported(struct story *story, const char *name);
/* The same where the content is in a part that is not read, so that its text is lost too. */
void unsupported_part(struct story *story, const char *name);
bool is_marker(const struct xml_node *node); /* carries nothing to print */
/* What to read of mc:AlternateContent: the first Choice we understand, else the Fallback. */
const struct xml_node *chosen(const struct xml_node *alternate);
/* The part's tree, in the reader's pool; NULL when it is missing (reported) or broken. */
const struct xml_node *read_part(struct reader *reader, const char *part);

/* wml_para.c */
void read_para(struct story *story, const struct xml_node *node, struct block_list *list);
/* A paragraph of plain text in the default style. */
void add_text_para(struct story *story, const char *text, struct block_list *list);
void read_loose_runs(struct story *story, const struct xml_node *run, struct block_list *list);
void read_inline(struct builder *builder, const struct xml_node *parent);
/* A new item at the end; text before it is ended. */
struct inline_item *add_item(struct builder *builder, enum inline_kind kind,
                             const struct run_props *props);
void add_text(struct builder *builder, const struct run_props *props, const char *text, size_t n);
void end_text(struct builder *builder);            /* what follows is another item */
bool builder_shows(const struct builder *builder); /* false inside field instructions */

/* wml_frame.c */
/* In cells only drop caps are frames: other w:framePr there say how Word of old placed the table.
 */
bool frame_stands(const struct story *story, const struct xml_node *props);
/* `turn` of its lines, as text_turn_read has it. */
void frame_add(struct story *story, const struct xml_node *props, int turn, struct para *para);
void frames_hang(struct builder *builder); /* waiting frames become shapes of this paragraph */
void frames_flush(struct story *story, struct block_list *list); /* or of one that is not seen */

/* wml_run.c */
void read_run(struct builder *builder, const struct xml_node *run);
/* The character with this code in `font` (NULL: that of the run), as w:sym means it. */
void put_coded(struct builder *builder, const struct run_props *props, const char *font,
               uint32_t cp);
void read_run_content(struct builder *builder, const struct xml_node *parent,
                      const struct run_props *props);
/* Text of a symbol font (*props) as Unicode; *props is changed to the font of `plain`. */
const char *symbol_text(struct story *story, const struct run_props **props,
                        const struct run_props *plain, const char *text);

/* wml_ruby.c */
void read_ruby(struct builder *builder, const struct xml_node *node, const struct run_props *props);

/* wml_field.c */
void field_begin(struct builder *builder, const struct xml_node *node);
void field_instruction(struct builder *builder, const char *text);
void field_separate(struct builder *builder);
void field_end(struct builder *builder, const struct run_props *props);
bool fields_contents(const struct fields *fields); /* in the result of a table of contents */
bool fields_show(const struct fields *fields);
/* Puts out the page number a field stands for; true if its stored result is to be hidden. */
bool field_emit(struct builder *builder, const struct run_props *props);
const char *field_link(const struct fields *fields); /* of the innermost field that has one */

/* wml_link.c */
/* The link to `uri` (NULL: this document) and a place in it (NULL: none). NULL: leads nowhere, or
 * (reported) to what no PDF should lead to. */
const char *link_to(struct story *story, const char *uri, const char *place);
const char *link_of_hyperlink(struct story *story, const struct xml_node *node);
const char *link_of_relation(struct story *story, const char *id);
void bookmark_wait(struct story *story, const struct xml_node *node);
void bookmark_add(struct builder *builder, const struct xml_node *node);
void bookmark_end(struct builder *builder, const struct xml_node *node);
void bookmarks_take(struct builder *builder); /* those that wait */

/* wml_note.c */
void notes_read_settings(struct reader *reader);
void note_reference(struct builder *builder, const struct xml_node *node,
                    const struct run_props *props);
/* The custom mark of the reference just added. */
void note_set_mark(struct builder *builder, const char *mark);
void notes_finish(struct reader *reader);
/* The notes of `from`, to be gone on with by a reader of other parts, and given back after that. */
struct notes *notes_lend(const struct reader *reader, const struct notes *from);
void notes_return(struct notes *notes, const struct notes *lent);

/* wml_table.c, wml_border.c */
struct table *read_table(struct story *story, const struct xml_node *node);

struct edge { /* a wish for a border: a cell's own wins over the table's */
    struct border border;
    enum { EDGE_OF_TABLE, EDGE_OF_CELL } owner;
};
struct cell_edges {
    struct edge at[4];
};
/* `wishes[r]` are those of rows[r].cells. */
void resolve_borders(struct pool *pool, struct table *table, struct cell_edges *const *wishes);

/* wml_drawing.c, wml_vml.c, wml_picture.c */
void read_drawing(struct builder *builder, const struct xml_node *node,
                  const struct run_props *props);
void read_vml(struct builder *builder, const struct xml_node *node, const struct run_props *props);
/* Those that no text comes to, once all is read. */
void name_waiting_boxes(struct reader *reader);
struct shape *shape_new(struct builder *builder);
/* Whether page and margins mean the cell around a shape: in a table, unless `said` (layoutInCell,
 * 20.4.2.3, o:allowincell of VML; NULL: nothing) is off, which Word since 2013 no longer hears. */
bool shape_in_cell(const struct story *story, const char *said);
/* Moves a member of a group to where turning and mirroring the group takes it. */
void shape_carry(const struct shape *group, struct shape *member);
/* The number of the shape that VML calls o:spt, as DrawingML's presets name it; NULL: none. */
const char *vml_preset(int number);
/* Its outline, with the corners a v:roundrect says. */
bool vml_preset_outline(struct story *story, const struct xml_node *node, const char *preset,
                        struct shape *shape);
/* The path of a VML shape or of its v:shapetype: shape->paths. False: it has none. */
bool vml_outline(struct story *story, const struct xml_node *node, const struct xml_node *type,
                 struct shape *shape);
/* wml_wrap.c: how text keeps clear of what a wp:anchor holds, and of a VML shape whose style says
 * these distances. */
void wrap_read(struct story *story, const struct xml_node *anchor, struct shape *place);
void wrap_read_vml(struct story *story, const struct xml_node *shape, const char *const distance[4],
                   struct shape *place);
/* A group begins at `place`: text keeps clear of it as a whole, of its members no more. */
void wrap_group(struct builder *builder, const struct run_props *props, struct shape *place);
void add_shape(struct builder *builder, const struct run_props *props, struct shape *shape);
struct block *read_text_box(struct builder *builder, const struct xml_node *content, mpt width);
/* The picture a relationship means; one that cannot be drawn (reported) has no bytes: a frame
 * stands in its place. */
struct picture *read_picture(struct story *story, const char *id, mpt width, mpt height,
                             const char *description);
/* What v:imagedata says of a picture: cut off at its edges, shown in other colours. */
void read_image_data(struct story *story, const struct xml_node *data, struct picture *picture);
/* Within the first area of its outline; NULL: its outline is its box. */
const struct clip *shape_outline_clip(struct story *story, const struct shape *shape);
/* Draws a picture that is a list of drawing orders. False: it is none, or (reported) none of them
 * can be drawn, and a frame stands in its place. */
bool draw_metafile(struct builder *builder, const struct run_props *props,
                   const struct shape *place, struct picture *picture);

/* wml_paint.c */
struct paint {
    int32_t color;                 /* -1: none */
    int clear;                     /* 1/1000 */
    const struct texture *texture; /* whose mean the colour is; NULL: plain */
};
struct paint read_paint(struct theme *theme, const struct xml_node *parent);
struct paint read_color(struct theme *theme, const struct xml_node *node); /* of this element */
struct paint read_w14_color(struct theme *theme, const struct xml_node *parent);
/* The fill that `parent` says as one colour (a mean is named); false if it says none, then *paint
 * is as before. */
bool read_fill_of(struct story *story, const struct xml_node *parent, struct paint *paint);
int style_index(const struct xml_node *reference);
/* a:ln over what the shape's style refers to (20.1.4.2). */
void read_line_of(struct story *story, const struct xml_node *line, const struct xml_node *style,
                  struct shape *shape);
void dash_preset(struct line_style *line, const char *name);

/* wml_effect.c: shadows and glows of a shape whose fill and line are known; what of its effects is
 * not drawn is named. `style` NULL: none. */
void effects_read(struct story *story, const struct xml_node *sppr, const struct xml_node *style,
                  struct shape *shape);
/* Names those of a group, whose members throw their own shadows only. */
void effects_name(struct story *story, const struct xml_node *sppr);
void effects_read_vml(struct story *story, const struct xml_node *node, struct shape *shape);
/* What a:outerShdw or a:glow (or w14:shadow, w14:glow) says, in this colour. */
struct shade *effect_shade(struct pool *pool, const struct xml_node *node, int32_t color,
                           int clear);
/* "0.5", ".5" or "32768f", parts of 65536, as thousandths of transparency. */
int vml_transparency(const char *opacity);

/* wml_art.c: a:prstTxWarp of a box whose text and insets are known; and v:textpath of a VML shape
 * whose size, fill and line are, with the v:shapetype it is of (NULL: none). */
void warp_read(struct story *story, const struct xml_node *body, struct shape *shape);
void word_art_read(struct story *story, const struct xml_node *node, const struct xml_node *type,
                   struct shape *shape);
/* Its letters, in the colour of the shape. */
const struct run_props *word_art_props(struct story *story, const struct xml_node *path,
                                       const struct run_props *around, const struct shape *shape);

/* wml_recolor.c: what is done to the colours of a picture; what is not done is named. */
int recolor_read_blip(struct story *story, const struct xml_node *blip,
                      struct picture *picture); /* its transparency in 1/1000 */
void recolor_read_vml(struct story *story, const struct xml_node *data, struct picture *picture);

/* wml_texture.c: the same with gradients, patterns and pictures */
bool read_texture_of(struct story *story, const struct xml_node *parent, struct paint *paint);
/* The theme's idx-th fill in the colour of `reference` (a:fillRef, 20.1.4.2.10). */
struct paint read_fill_style(struct story *story, const struct xml_node *reference, int idx);
struct paint read_vml_gradient(struct story *story, const struct xml_node *fill, int32_t first,
                               int32_t second);
const struct texture *read_vml_picture(struct story *story, const char *id, bool tiled);

/* wml_outline.c */
struct line_ends { /* of the start and of the end, as DrawingML names them; NULL: usual */
    const char *type[2], *width[2], *length[2];
};
/* The outline of a shape whose size is known; its insets grow to where text may stand. */
void outline_read(struct story *story, const struct xml_node *sppr, struct shape *shape);
bool outline_preset(struct story *story, const char *name, const struct xml_node *adjusts,
                    struct shape *shape);
/* A box with round corners, of the size this formula says (20.1.9.18). */
bool outline_rounded(struct story *story, const char *corner, struct shape *shape);
void outline_read_ends(struct story *story, const struct xml_node *line, struct shape *shape);
void outline_add_ends(struct story *story, const struct line_ends *ends, struct shape *shape);

/* wml_chart.c: the chart a c:chart refers to, see chart.h; NULL: it cannot be drawn. `plain`: the
 * font where the theme has none. */
const struct chart *chart_read(struct story *story, const struct xml_node *node,
                               const struct run_props *plain);
/* What is known of it in words; NULL: nothing. */
struct block *chart_words(struct story *story, const struct xml_node *node);

/* wml_diagram.c: the shapes that a dgm:relIds was last drawn as, in another `part`; NULL: not kept
 */
const struct xml_node *diagram_drawing(struct story *story, const struct xml_node *node,
                                       const char **part);
/* What is known of it in words; NULL: nothing. */ struct block *
diagram_text(struct story *story, const struct xml_node *node);
/* Paragraphs of DrawingML (a:p below `body`) as w:txbxContent; NULL: they have no text. */
const struct xml_node *diagram_content(struct story *story, const struct xml_node *body);

/* wml_settings.c */
void settings_read(struct reader *reader);
bool setting_on(const struct reader *reader, const char *local); /* an on/off child of w:settings */
void settings_name_undone(struct story *story);

/* wml_section.c */
struct sections *sections_find(struct reader *reader, const struct xml_node *body);
mpt section_width(const struct sections *sections); /* text width of the section being read */
/* How large the page, its text area or a margin of the section being read is, across or down;
 * `from` as DrawingML and VML name them (NULL: the page; others: the text area). */
mpt section_extent(const struct sections *sections, const char *from, bool across);
size_t section_index(const struct sections *sections); /* of the section being read */
size_t section_count(const struct sections *sections);
const struct xml_node *section_props(const struct sections *sections);        /* NULL: none */
bool sections_have_chapters(const struct sections *sections);                 /* in page numbers */
const struct xml_node *section_at(const struct sections *sections, size_t i); /* NULL: none */
/* The sections that end inside `body`, of an embedded document, come before the one being read. */
void sections_insert(struct sections *sections, struct reader *reader, const struct xml_node *body);
/* Ends the section that `sectpr` (NULL: the last one, without properties) describes. */
void section_end(struct story *story, const struct xml_node *sectpr, struct block_list *list);

/* wml_bind.c */
/* What a w:sdt shows: its content, or a copy without parent that holds the value it is bound to. */
const struct xml_node *control_content(struct story *story, const struct xml_node *sdt);

/* wml_chunk.c */
void read_chunk(struct story *story, const struct xml_node *node, struct block_list *list);

/* wml_math.c */
void read_math(struct builder *builder, const struct xml_node *node);

/* wml_legacy.c */
/* Text in such a font (*props) as Unicode, *props then in a Unicode font; NULL: it is Unicode. */
const char *legacy_text(struct story *story, const struct run_props **props, const char *text,
                        size_t n);
/* Properties that no text goes with, such as a paragraph mark's. */
const struct run_props *legacy_props(struct reader *reader, const struct run_props *props);
/* Whether a soft hyphen is the letter ư there. */
bool legacy_soft_hyphen(struct reader *reader, const struct run_props *props);

/* wml_symbol.c */
/* The Unicode character for one of a symbol font (with or without the F000 offset); 0: none. */
uint32_t symbol_character(const char *family, uint32_t cp);

#endif
