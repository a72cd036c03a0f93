/* Tags, outline, bookmarks, links and properties of laid-out documents. */
#include "layout_help.h"

static const struct layout_tag *tag_of(const char *start) {
    const struct draw *d;
    for (size_t page = 0; page < t.pages->at.n; page++)
        VEC_EACH (d, &t.pages->at.at[page].draws)
            if (d->kind == DRAW_TEXT && strncmp(draw_string(d), start, strlen(start)) == 0)
                return &t.pages->tags.at[d->tag];
    CHECK(!"the text is there");
    return &t.pages->tags.at[0];
}

static const struct layout_tag *parent_of(const struct layout_tag *tag) {
    return &t.pages->tags.at[tag->parent];
}

static void paragraphs_and_headings_are_tagged_in_the_document(void) {
    begin();
    para("chữ");
    t.para.outline_level = 1;
    para("mục");
    layout();
    CHECK_INT(t.pages->tags.at[0].role, ROLE_DOCUMENT);
    CHECK_INT(tag_of("chữ")->role, ROLE_PARAGRAPH);
    CHECK_INT(tag_of("chữ")->parent, 0);
    CHECK_INT(tag_of("mục")->role, ROLE_HEADING);
    CHECK_INT(tag_of("mục")->level, 2);
    finish();
}

static void a_paragraph_split_over_pages_keeps_one_tag(void) {
    begin();
    lines_para(80);
    layout();
    CHECK_INT(t.pages->at.n, 2);
    CHECK(tag_of("w0") == tag_of("w79"));
    CHECK_INT(t.pages->tags.n, 2);
    finish();
}

static void cells_stand_in_rows_and_rows_in_tables(void) {
    begin();
    struct table *table = table_new(2, 1);
    set_borders(table, 500);
    table->rows[0].header = true;
    table->rows[0].cells[0].blocks = para_new("đầu");
    table->rows[1].cells[0].blocks = para_new("ô");
    add(table_block(table));
    layout();
    const struct layout_tag *head = parent_of(tag_of("đầu")), *cell = parent_of(tag_of("ô"));
    CHECK_INT(head->role, ROLE_HEADER_CELL);
    CHECK_INT(cell->role, ROLE_CELL);
    CHECK_INT(parent_of(cell)->role, ROLE_ROW);
    CHECK(parent_of(cell) != parent_of(head));
    CHECK_INT(parent_of(parent_of(cell))->role, ROLE_TABLE);
    CHECK_INT(parent_of(parent_of(cell))->parent, 0);
    finish();
}

static void parents_come_before_their_children(void) {
    begin();
    table(3, 3)->rows[1].cells[1].blocks = table_block(table_new(2, 2));
    para("sau");
    layout();
    for (size_t i = 1; i < t.pages->tags.n; i++)
        CHECK(t.pages->tags.at[i].parent < i);
    finish();
}

static void headers_rules_and_repeated_rows_are_artifacts(void) {
    begin();
    t.section.headers[STORY_DEFAULT] = para_new("tiêu đề trang");
    struct table *table = table_new(90, 1);
    set_borders(table, 500);
    table->rows[0].header = true;
    table->rows[0].cells[0].blocks = para_new("đầu bảng");
    add(table_block(table));
    t.run.underline = UNDERLINE_SINGLE;
    para("gạch");
    layout();
    size_t heads = 0;
    const struct draw *d;
    for (size_t page = 0; page < t.pages->at.n; page++)
        VEC_EACH (d, &t.pages->at.at[page].draws) {
            if (d->kind != DRAW_TEXT)
                CHECK_INT(d->tag, 0);
            else if (strcmp(draw_string(d), "tiêu đề trang") == 0)
                CHECK_INT(d->tag, 0);
            else if (strcmp(draw_string(d), "đầu bảng") == 0)
                CHECK_INT(d->tag != 0, heads++ == 0);
        }
    CHECK(heads > 1);
    finish();
}

static void leaders_are_artifacts(void) {
    static const struct tab_stop stop = {200000, TAB_LEFT, LEADER_DOT};
    begin();
    t.para.tabs = &stop;
    t.para.tab_count = 1;
    para("a\tb");
    layout();
    CHECK(tag_of("a")->role == ROLE_PARAGRAPH);
    CHECK(tag_of("....")->role == ROLE_DOCUMENT);
    finish();
}

static void pictures_are_figures_with_their_description(void) {
    static const struct picture picture = {
        .width = 20000, .height = 20000, .part = "p.png", .description = "con dấu"};
    static const struct shape shape = {
        .kind = SHAPE_PICTURE, .width = 20000, .height = 20000, .picture = &picture};
    begin();
    struct para *p = para("ảnh");
    item(p, INLINE_PICTURE)->picture = &picture;
    item(p, INLINE_SHAPE)->shape = &shape;
    layout();
    for (size_t i = 0; i < 2; i++) {
        const struct layout_tag *tag = &t.pages->tags.at[nth(0, DRAW_PICTURE, i)->tag];
        CHECK_INT(tag->role, ROLE_FIGURE);
        CHECK_STR(tag->text, "con dấu");
        CHECK_INT(parent_of(tag)->role, ROLE_PARAGRAPH);
    }
    finish();
}

static void notes_are_tagged_as_notes(void) {
    static struct wml_note note;
    begin();
    note = (struct wml_note){.mark = "1", .blocks = para_new("lời chú")};
    t.doc.notes = &note;
    t.doc.note_count = 1;
    item(para("chữ"), INLINE_NOTE_REF)->text = "1";
    layout();
    CHECK_INT(parent_of(tag_of("lời chú"))->role, ROLE_NOTE);
    finish();
}

static void headings_make_the_outline(void) {
    begin();
    t.para.outline_level = 0;
    para("  Phần\tmột\nđầu ");
    para("   ");
    t.para.outline_level = -1;
    fill_with(50);
    t.para.outline_level = 2;
    para("Mục con");
    layout();
    CHECK_INT(t.pages->outline.n, 2);
    const struct page_place *at = t.pages->outline.at;
    CHECK_STR(at[0].name, "Phần một đầu");
    CHECK_INT(at[0].level, 1);
    CHECK_INT(at[0].page, 0);
    CHECK_INT(at[0].y, t.section.top);
    CHECK_STR(at[1].name, "Mục con");
    CHECK_INT(at[1].level, 3);
    CHECK_INT(at[1].page, 1);
    finish();
}

static void bookmarks_are_places(void) {
    begin();
    fill_with(50);
    struct inline_item *mark = item(para("đích"), INLINE_BOOKMARK);
    mark->text = "dich";
    mark->props = NULL;
    layout();
    CHECK_INT(t.pages->places.n, 1);
    CHECK_STR(t.pages->places.at[0].name, "dich");
    CHECK_INT(t.pages->places.at[0].page, 1);
    CHECK_STR(page_string(1), "f45|f46|f47|f48|f49|đích");
    finish();
}

/* The head of a dispatch, for one. */
static void a_table_that_only_puts_things_side_by_side_is_none(void) {
    begin();
    struct table *table = table_new(1, 2);
    table->rows[0].cells[0].blocks = para_new("trái");
    table->rows[0].cells[1].blocks = para_new("phải");
    add(table_block(table));
    layout();
    CHECK_INT(tag_of("phải")->role, ROLE_PARAGRAPH);
    CHECK_INT(parent_of(tag_of("phải"))->role, ROLE_DOCUMENT);
    table->rows[0].cells[1].borders[0].width = 500;
    layout();
    CHECK_INT(parent_of(tag_of("phải"))->role, ROLE_CELL);
    finish();
}

static void a_link_has_a_rectangle_on_each_of_its_lines(void) {
    begin();
    struct para *p = para("xem ");
    struct inline_item *link = item(p, INLINE_TEXT);
    struct buf b = {0};
    for (int i = 0; i < 30; i++)
        buf_puts(&b, "liên kết ");
    link->text = pool_strdup(t.pool, buf_text(&b));
    link->link = "https://example.vn/";
    item(p, INLINE_TEXT)->text = "hết";
    buf_free(&b);
    layout();
    size_t lines = t.pages->at.at[0].links.n;
    const struct page_link *at = t.pages->at.at[0].links.at;
    CHECK(lines >= 3);
    CHECK(at[0].x > t.section.left);
    CHECK_INT(at[1].x, t.section.left);
    CHECK_NEAR(at[1].y - at[0].y, 16099, 5);
    CHECK_NEAR(at[0].height, 16099, 5);
    CHECK(at[lines - 1].x + at[lines - 1].width < 400000);
    for (size_t i = 0; i < lines; i++)
        CHECK_STR(at[i].uri, "https://example.vn/");
    const struct layout_tag *tag = tag_of("liên");
    CHECK_INT(tag->role, ROLE_LINK);
    CHECK_INT(parent_of(tag)->role, ROLE_PARAGRAPH);
    CHECK(tag_of("xem") == parent_of(tag) && tag_of("hết") == parent_of(tag));
    for (size_t i = 0; i < lines; i++)
        CHECK(&t.pages->tags.at[at[i].tag] == tag);
    finish();
}

static void properties_of_the_document_reach_the_pages(void) {
    begin();
    t.doc.title = "tên";
    t.doc.creator = "người";
    t.doc.subject = "việc";
    t.doc.keywords = "từ khóa";
    t.doc.identifier = "12/UBND";
    para("a");
    layout();
    CHECK_STR(t.pages->title, "tên");
    CHECK_STR(t.pages->creator, "người");
    CHECK_STR(t.pages->subject, "việc");
    CHECK_STR(t.pages->keywords, "từ khóa");
    CHECK_STR(t.pages->identifier, "12/UBND");
    finish();
}

static void the_dump_names_links_places_and_headings(void) {
    begin();
    t.para.outline_level = 0;
    struct para *p = para("Mục ");
    struct inline_item *link = item(p, INLINE_TEXT);
    link->text = "đây";
    link->link = "#dich";
    item(p, INLINE_BOOKMARK)->text = "dich";
    layout();
    struct buf out = {0};
    pages_dump(t.pages, &out);
    CHECK(strstr(buf_text(&out), "link at "));
    CHECK(strstr(buf_text(&out), " #dich\n"));
    CHECK(strstr(buf_text(&out), "bookmark page 1at 56.700 dich\n") ||
          strstr(buf_text(&out), "bookmark page 1 at 56.700 dich\n"));
    CHECK(strstr(buf_text(&out), "heading 1 page 1 at 56.700 Mục đây\n"));
    buf_free(&out);
    finish();
}

int main(void) {
    RUN(paragraphs_and_headings_are_tagged_in_the_document);
    RUN(a_paragraph_split_over_pages_keeps_one_tag);
    RUN(cells_stand_in_rows_and_rows_in_tables);
    RUN(parents_come_before_their_children);
    RUN(headers_rules_and_repeated_rows_are_artifacts);
    RUN(leaders_are_artifacts);
    RUN(pictures_are_figures_with_their_description);
    RUN(notes_are_tagged_as_notes);
    RUN(headings_make_the_outline);
    RUN(bookmarks_are_places);
    RUN(a_table_that_only_puts_things_side_by_side_is_none);
    RUN(a_link_has_a_rectangle_on_each_of_its_lines);
    RUN(properties_of_the_document_reach_the_pages);
    RUN(the_dump_names_links_places_and_headings);
    fonts_free(t.fonts);
    return CHECK_RESULT();
}
