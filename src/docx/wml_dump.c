/* The document tree as text: one line per thing, indented, only what differs from the plain. For
 * golden tests and for people who wonder what was understood. Lengths are in points. */
#include "docx/wml.h"

#include <string.h>

struct dump {
    struct buf *out;
    int depth;
};

static void begin(struct dump *dump, const char *name) {
    for (int i = 0; i < dump->depth; i++)
        buf_puts(dump->out, "  ");
    buf_puts(dump->out, name);
}

static void end(struct dump *dump) {
    buf_putc(dump->out, '\n');
}

static void put_length(struct dump *dump, const char *name, mpt value) {
    buf_printf(dump->out, " %s=", name);
    buf_put_milli(dump->out, value);
}

static void put_length_if(struct dump *dump, const char *name, mpt value, mpt plain) {
    if (value != plain)
        put_length(dump, name, value);
}

static void put_int_if(struct dump *dump, const char *name, int value, int plain) {
    if (value != plain)
        buf_printf(dump->out, " %s=%d", name, value);
}

static void put_flag(struct dump *dump, const char *name, bool value) {
    if (value)
        buf_printf(dump->out, " %s", name);
}

static void put_color(struct dump *dump, const char *name, int32_t color, int32_t plain) {
    if (color != plain)
        buf_printf(dump->out, " %s=%06X", name, (unsigned)color);
}

/* ---- runs ---- */

static void put_look(struct dump *dump, const struct text_look *look) {
    static const char *const reliefs[] = {"", " raised", " sunken"};
    buf_puts(dump->out, reliefs[look->relief]);
    if (look->fill)
        put_color(dump, look->fill->texture ? "gradient" : "letters", (int32_t)look->fill->color,
                  -1);
    if (look->fill)
        put_int_if(dump, "clear", look->fill->clear, 0);
    if (look->line)
        put_length(dump, "line", look->line->width);
    put_flag(dump, "shade", look->shadow != NULL);
    put_flag(dump, "glow", look->glow != NULL);
}

static void put_run_decoration(struct dump *dump, const struct run_props *p) {
    static const char *const underlines[] = {
        "none", "single", "words",     "double",   "thick",        "dotted",
        "dash", "wave",   "long-dash", "dot-dash", "dot-dot-dash", "double-wave"};
    static const char *const marks[] = {"", "dot", "comma", "circle", "under-dot"};
    if (p->underline)
        buf_printf(dump->out, " underline=%s", underlines[p->underline]);
    put_flag(dump, "heavy", p->heavy_underline);
    put_color(dump, "underline-color", p->underline_color, -1);
    if (p->emphasis)
        buf_printf(dump->out, " emphasis=%s", marks[p->emphasis]);
    put_flag(dump, "outline", p->outline);
    put_flag(dump, "shadow", p->shadow);
    if (p->look)
        put_look(dump, p->look);
    put_length_if(dump, "border", p->border.width, 0);
    put_flag(dump, "strike", p->strike);
    put_flag(dump, "double-strike", p->double_strike);
    put_flag(dump, "super", p->vert_align == ALIGN_SUPERSCRIPT);
    put_flag(dump, "sub", p->vert_align == ALIGN_SUBSCRIPT);
    put_color(dump, "color", (int32_t)p->color, 0);
    put_color(dump, "highlight", p->highlight, -1);
}

static void put_run(struct dump *dump, const struct run_props *p) {
    buf_printf(dump->out, " [%s ", p->family);
    buf_put_milli(dump->out, p->size);
    put_flag(dump, "bold", p->bold);
    put_flag(dump, "italic", p->italic);
    put_flag(dump, "caps", p->caps);
    put_flag(dump, "small-caps", p->small_caps);
    put_flag(dump, "hidden", p->hidden);
    put_run_decoration(dump, p);
    put_length_if(dump, "spacing", p->spacing, 0);
    put_int_if(dump, "scale", p->scale, 100);
    put_length_if(dump, "position", p->position, 0);
    put_length_if(dump, "kern", p->kern_from, 0);
    put_flag(dump, "off-grid", p->off_grid);
    put_flag(dump, "rtl", p->rtl);
    put_flag(dump, "arabic", p->arabic);
    buf_putc(dump->out, ']');
}

/* ---- drawings ---- */

static void dump_blocks(struct dump *dump, const struct block *block);

static void put_anchor(struct dump *dump, const char *name, enum anchor_base base,
                       enum anchor_align align, mpt offset) {
    static const char *const bases[] = {
        "column",         "margin",     "page",         "paragraph",    "character",
        "line",           "baseline",   "left-margin",  "right-margin", "inside-margin",
        "outside-margin", "top-margin", "bottom-margin"};
    static const char *const aligns[] = {"", "start", "center", "end", "inside", "outside"};
    buf_printf(dump->out, " %s=%s", name, bases[base]);
    if (align) {
        buf_printf(dump->out, ":%s", aligns[align]);
        return;
    }
    buf_putc(dump->out, offset < 0 ? '-' : '+');
    buf_put_milli(dump->out, offset < 0 ? -(int64_t)offset : offset);
}

static void put_lengths(struct dump *dump, const char *name, const mpt *at, size_t n) {
    for (size_t i = 0; i < n; i++) {
        if (i)
            buf_putc(dump->out, ',');
        else
            buf_printf(dump->out, " %s=", name);
        buf_put_milli(dump->out, at[i]);
    }
}

static void put_picture(struct dump *dump, const struct picture *picture) {
    static const int32_t whole[4];
    buf_printf(dump->out, " part=%s bytes=%zu", picture->part ? picture->part : "?", picture->len);
    if (memcmp(picture->crop, whole, sizeof whole) != 0)
        put_lengths(dump, "crop", picture->crop, 4);
    put_length(dump, "width", picture->width);
    put_length(dump, "height", picture->height);
}

static void put_wrap(struct dump *dump, const struct shape *shape) {
    static const char *const wraps[] = {"none", "square", "top-and-bottom"};
    if (!shape->wrap)
        return;
    buf_printf(dump->out, " wrap=%s", wraps[shape->wrap]);
    put_lengths(dump, "distance", shape->distance, 4);
    put_int_if(dump, "contour", shape->contour ? (int)shape->contour->n : 0, 0);
    put_flag(dump, "through", shape->contour && shape->contour->through);
}

static void put_shape(struct dump *dump, const struct shape *shape) {
    static const char *const kinds[] = {"line",     "rect",      "text-box", "picture",
                                        "word-art", "lettering", "chart"};
    buf_printf(dump->out, " %s", kinds[shape->kind]);
    put_anchor(dump, "x", shape->x_base, shape->x_align, shape->x);
    put_anchor(dump, "y", shape->y_base, shape->y_align, shape->y);
    put_length(dump, "width", shape->width);
    put_length(dump, "height", shape->height);
    put_flag(dump, "flip-x", shape->flip_x);
    put_flag(dump, "flip-y", shape->flip_y);
    put_int_if(dump, "angle", shape->angle, 0);
    put_int_if(dump, "paths", (int)shape->path_count, 0);
    put_int_if(dump, "clear", shape->clear, 0);
    put_length_if(dump, "stroke", shape->stroke, 0);
    put_color(dump, "stroke-color", (int32_t)shape->stroke_color, 0);
    put_color(dump, "fill", shape->fill, -1);
    put_flag(dump, "behind", shape->behind);
    put_flag(dump, "shadow", shape->shadow != NULL);
    put_flag(dump, "glow", shape->glow != NULL);
    put_flag(dump, "bent", shape->warp != NULL);
    put_wrap(dump, shape);
    if (shape->kind == SHAPE_TEXT_BOX)
        put_lengths(dump, "inset", shape->inset, 4);
    if (shape->picture)
        put_picture(dump, shape->picture);
    const char *text = shape->lettering ? shape->lettering->text : shape->text;
    if (text) {
        buf_putc(dump->out, ' ');
        json_string(dump->out, text);
    }
    end(dump);
    dump->depth++;
    dump_blocks(dump, shape->blocks);
    dump->depth--;
}

/* ---- paragraphs ---- */

static const char *const tab_kinds[] = {"left", "center", "right", "decimal", "bar"};
static const char *const tab_leaders[] = {"", ".", "-", "_", "·"};

static void put_place_tab(struct dump *dump, const struct place_tab *place) {
    buf_printf(dump->out, " %s-of-%s%s", tab_kinds[place->kind],
               place->of_indents ? "indents" : "margins", tab_leaders[place->leader]);
}

static void dump_item(struct dump *dump, const struct inline_item *item) {
    static const char *const names[] = {
        "text",        "tab",       "line-break", "page-break",  "column-break", "no-break-hyphen",
        "soft-hyphen", "note-ref",  "note-mark",  "page-number", "page-count",   "section-pages",
        "style-text",  "separator", "shape",      "picture",     "box",          "bookmark"};
    begin(dump, names[item->kind]);
    if (item->kind == INLINE_NOTE_REF || item->kind == INLINE_STYLE_TEXT)
        buf_printf(dump->out, " %zu", item->note);
    if (item->text) {
        buf_putc(dump->out, ' ');
        json_string(dump->out, item->text);
    }
    if (item->ruby)
        put_length(dump, "raised", item->ruby->raise);
    if (item->place)
        put_place_tab(dump, item->place);
    if (item->math)
        buf_puts(dump->out, item->math->display ? " formula=display" : " formula");
    if (item->link) {
        buf_puts(dump->out, " link=");
        json_string(dump->out, item->link);
    }
    if (item->slot)
        buf_printf(dump->out, " slot=%s", item->slot);
    if (item->kind == INLINE_SHAPE || item->kind == INLINE_BOX) {
        put_shape(dump, item->shape);
        return;
    }
    if (item->kind == INLINE_BOOKMARK) {
        end(dump);
        return;
    }
    if (item->picture)
        put_picture(dump, item->picture);
    put_run(dump, item->props);
    end(dump);
}

static void put_borders(struct dump *dump, const struct border *borders, int n) {
    static const char *const names[EDGES] = {"top", "left", "bottom", "right", "between"};
    static const char *const styles[BORDER_STYLES] = {"single",
                                                      "thick",
                                                      "double",
                                                      "dotted",
                                                      "dashed",
                                                      "dot-dash",
                                                      "dot-dot-dash",
                                                      "triple",
                                                      "thin-thick",
                                                      "thick-thin",
                                                      "thin-thick-thin",
                                                      "thin-thick-2",
                                                      "thick-thin-2",
                                                      "thin-thick-thin-2",
                                                      "thin-thick-3",
                                                      "thick-thin-3",
                                                      "thin-thick-thin-3",
                                                      "wave",
                                                      "double-wave",
                                                      "dash-small-gap",
                                                      "dash-dot-stroked",
                                                      "emboss",
                                                      "engrave",
                                                      "outset",
                                                      "inset"};
    for (int i = 0; i < n; i++) {
        if (!borders[i].width)
            continue;
        buf_printf(dump->out, " border-%s=", names[i]);
        buf_put_milli(dump->out, borders[i].width);
        if (borders[i].style)
            buf_printf(dump->out, ":%s", styles[borders[i].style]);
        if (borders[i].color)
            buf_printf(dump->out, ":%06X", borders[i].color);
        if (borders[i].space) {
            buf_putc(dump->out, '@');
            buf_put_milli(dump->out, borders[i].space);
        }
    }
}

static void put_line(struct dump *dump, const struct para_props *p) {
    if (p->line_rule == LINE_AUTO) {
        put_int_if(dump, "line", p->line, 240);
        return;
    }
    put_length(dump, p->line_rule == LINE_EXACT ? "line-exact" : "line-at-least", p->line);
}

static void put_tabs(struct dump *dump, const struct para_props *p) {
    for (size_t i = 0; i < p->tab_count; i++) {
        buf_puts(dump->out, i ? "," : " tabs=");
        buf_puts(dump->out, tab_kinds[p->tabs[i].kind]);
        buf_putc(dump->out, '@');
        buf_put_milli(dump->out, p->tabs[i].pos);
        buf_puts(dump->out, tab_leaders[p->tabs[i].leader]);
    }
}

static void put_spacing(struct dump *dump, const struct para_props *p) {
    put_length_if(dump, "before", p->before, 0);
    put_length_if(dump, "after", p->after, 0);
    put_flag(dump, "before-auto", p->before_auto);
    put_flag(dump, "after-auto", p->after_auto);
    put_flag(dump, "contextual", p->contextual);
    put_line(dump, p);
}

static void put_para(struct dump *dump, const struct para_props *p) {
    static const char *const jcs[] = {"left", "center", "right", "both", "distribute"};
    static const char *const alignments[] = {"", "at-line-top", "at-line-center", "at-line-bottom"};
    if (p->style_id)
        buf_printf(dump->out, " style=%s", p->style_id);
    buf_printf(dump->out, " %s", jcs[p->jc]);
    put_length_if(dump, "left", p->left, 0);
    put_length_if(dump, "right", p->right, 0);
    put_length_if(dump, "first", p->first, 0);
    put_spacing(dump, p);
    put_flag(dump, "keep-next", p->keep_next);
    put_flag(dump, "keep-lines", p->keep_lines);
    put_flag(dump, "no-widow-control", !p->widow_control);
    put_flag(dump, "page-break-before", p->page_break_before);
    put_tabs(dump, p);
    put_borders(dump, p->borders, EDGES);
    put_color(dump, "shade", p->shade, -1);
    put_int_if(dump, "outline", p->outline_level, -1);
    put_flag(dump, "off-grid", !p->snap_to_grid);
    if (p->text_alignment)
        buf_printf(dump->out, " %s", alignments[p->text_alignment]);
    put_flag(dump, "bidi", p->asks & ASKS_BIDI);
    put_flag(dump, "fitting-lines", p->asks & ASKS_FITTING_LINES);
    put_flag(dump, "no-hyphens", p->asks & ASKS_NO_HYPHENS);
}

static void dump_para(struct dump *dump, const struct para *para) {
    begin(dump, "para");
    buf_printf(dump->out, " %zu", para->number);
    put_para(dump, para->props);
    put_run(dump, para->mark);
    end(dump);
    dump->depth++;
    for (size_t i = 0; i < para->item_count; i++)
        dump_item(dump, &para->items[i]);
    dump->depth--;
}

/* ---- tables ---- */

static void put_margins(struct dump *dump, const struct cell *cell) {
    static const mpt plain[4] = {[EDGE_LEFT] = 5400, [EDGE_RIGHT] = 5400};
    if (memcmp(cell->margin, plain, sizeof plain) == 0)
        return;
    for (int i = 0; i < 4; i++) {
        buf_puts(dump->out, i ? "," : " margin=");
        buf_put_milli(dump->out, cell->margin[i]);
    }
}

static void dump_cell(struct dump *dump, const struct cell *cell) {
    static const char *const aligns[] = {"", " center", " bottom"};
    static const char *const merges[] = {"", " merge-start", " merge-continue"};
    static const char *const turns[] = {"", " turned-right", " turned-left"};
    begin(dump, "cell");
    buf_printf(dump->out, " column=%zu", cell->column);
    put_int_if(dump, "span", (int)cell->span, 1);
    put_length(dump, "width", cell->width);
    buf_puts(dump->out, aligns[cell->v_align]);
    buf_puts(dump->out, merges[cell->merge]);
    buf_puts(dump->out, turns[cell->turn]);
    put_margins(dump, cell);
    put_borders(dump, cell->borders, 4);
    put_color(dump, "shade", cell->shade, -1);
    end(dump);
    dump->depth++;
    dump_blocks(dump, cell->blocks);
    dump->depth--;
}

static void dump_row(struct dump *dump, const struct row *row) {
    static const char *const rules[] = {"height", "height-at-least", "height-exact"};
    begin(dump, "row");
    put_length_if(dump, rules[row->height_rule], row->height, 0);
    put_flag(dump, "cant-split", row->cant_split);
    put_flag(dump, "header", row->header);
    end(dump);
    dump->depth++;
    for (size_t i = 0; i < row->cell_count; i++)
        dump_cell(dump, &row->cells[i]);
    dump->depth--;
}

static void dump_table(struct dump *dump, const struct table *table) {
    static const char *const jcs[] = {"left", "center", "right", "both", "distribute"};
    begin(dump, "table");
    buf_printf(dump->out, " %s", jcs[table->jc]);
    put_length_if(dump, "indent", table->indent, 0);
    put_length_if(dump, "cell-left", table->cell_left, 5400);
    if (table->place) {
        const struct table_place *p = table->place;
        put_anchor(dump, "x", p->x_base, p->x_align, p->x);
        put_anchor(dump, "y", p->y_base, p->y_align, p->y);
        put_lengths(dump, "distance", p->distance, 4);
    }
    put_lengths(dump, "grid", table->grid, table->column_count);
    end(dump);
    dump->depth++;
    for (size_t i = 0; i < table->row_count; i++)
        dump_row(dump, &table->rows[i]);
    dump->depth--;
}

static void dump_blocks(struct dump *dump, const struct block *block) {
    for (; block; block = block->next) {
        if (block->kind == WML_PARA)
            dump_para(dump, block->para);
        else
            dump_table(dump, block->table);
    }
}

/* ---- the document ---- */

static void dump_story(struct dump *dump, const char *name, const struct block *blocks) {
    if (!blocks)
        return;
    begin(dump, name);
    end(dump);
    dump->depth++;
    dump_blocks(dump, blocks);
    dump->depth--;
}

static void put_page(struct dump *dump, const struct wml_section *s) {
    put_length(dump, "width", s->page_width);
    put_length(dump, "height", s->page_height);
    put_length(dump, "top", s->top);
    put_length(dump, "right", s->right);
    put_length(dump, "bottom", s->bottom);
    put_length(dump, "left", s->left);
    put_length(dump, "header", s->header);
    put_length(dump, "footer", s->footer);
}

static void put_columns(struct dump *dump, const struct wml_section *s) {
    if (s->columns <= 1)
        return;
    put_int_if(dump, "columns", (int)s->columns, 1);
    if (s->column_widths) {
        put_lengths(dump, "column-widths", s->column_widths, s->columns);
        put_lengths(dump, "column-spaces", s->column_spaces, s->columns);
    } else {
        put_length(dump, "column-gap", s->column_gap);
    }
    put_flag(dump, "column-line", s->column_line);
    put_flag(dump, "bidi", s->bidi);
    put_flag(dump, "notes-across", s->notes_across);
}

static void dump_section(struct dump *dump, const struct wml_section *s) {
    static const char *const starts[] = {"", " continuous", " even-page", " odd-page"};
    static const char *const headers[STORIES] = {"header", "first-header", "even-header"};
    static const char *const footers[STORIES] = {"footer", "first-footer", "even-footer"};
    begin(dump, "section");
    put_page(dump, s);
    put_flag(dump, "title-page", s->title_page);
    buf_puts(dump->out, starts[s->start]);
    put_int_if(dump, "page-start", s->page_start, -1);
    if (strcmp(s->number_format, "decimal") != 0)
        buf_printf(dump->out, " format=%s", s->number_format);
    put_columns(dump, s);
    end(dump);
    dump->depth++;
    for (int i = 0; i < STORIES; i++)
        dump_story(dump, headers[i], s->headers[i]);
    for (int i = 0; i < STORIES; i++)
        dump_story(dump, footers[i], s->footers[i]);
    dump_story(dump, "body", s->blocks);
    dump->depth--;
}

static void dump_note(struct dump *dump, const struct wml_note *note) {
    begin(dump, note->endnote ? "endnote " : "note ");
    json_string(dump->out, note->mark);
    end(dump);
    dump->depth++;
    dump_blocks(dump, note->blocks);
    dump->depth--;
}

static void put_text(struct dump *dump, const char *name, const char *text) {
    if (!text)
        return;
    buf_printf(dump->out, " %s=", name);
    json_string(dump->out, text);
}

static void dump_head(struct dump *dump, const struct document *document) {
    begin(dump, "document");
    buf_printf(dump->out, " compat=%d", document->compat_mode);
    put_length(dump, "default-tab", document->default_tab);
    put_flag(dump, "even-and-odd", document->even_and_odd);
    put_flag(dump, "do-not-expand-shift-return",
             document->compat & COMPAT_NO_SHIFT_RETURN_EXPANSION);
    put_run(dump, document->normal);
    put_text(dump, "title", document->title);
    put_text(dump, "creator", document->creator);
    put_text(dump, "subject", document->subject);
    put_text(dump, "keywords", document->keywords);
    put_text(dump, "identifier", document->identifier);
    put_text(dump, "created", document->created);
    put_text(dump, "modified", document->modified);
    end(dump);
}

void wml_dump(const struct document *document, struct buf *out) {
    struct dump dump = {.out = out};
    dump_head(&dump, document);
    for (const struct wml_section *s = document->sections; s; s = s->next)
        dump_section(&dump, s);
    dump_story(&dump, "note-separator", document->note_separator);
    dump_story(&dump, "note-continuation", document->note_continuation);
    dump_story(&dump, "note-notice", document->note_notice);
    dump_story(&dump, "endnote-separator", document->endnote_separator);
    for (size_t i = 0; i < document->note_count; i++)
        dump_note(&dump, &document->notes[i]);
}
