#include <stdlib.h>
#include <unistd.h>

#include "check.h"
#include "docx/xml.h"

static struct pool *pool;
static struct diag *diag;
static const struct where here = {.file = "t.docx", .part = "word/document.xml"};

#define W "xmlns:w=\"http://schemas.openxmlformats.org/wordprocessingml/2006/main\""
#define STRICT "xmlns:x=\"http://purl.oclc.org/ooxml/wordprocessingml/main\""

static struct xml_node *parse(const char *s) {
    return xml_parse(pool, s, strlen(s), here, diag);
}

static const char *written(const struct xml_node *root) {
    struct buf out = {0};
    xml_write(root, &out);
    const char *s = pool_strdup(pool, strchr(buf_text(&out), '\n') + 1);
    buf_free(&out);
    return s;
}

static void names_are_sorted_as_the_search_needs(void) {
    for (int i = XML_MARK + 2; i < XML_NAMES; i++) {
        const char *a = xml_name_string((enum xml_name)(i - 1));
        const char *b = xml_name_string((enum xml_name)i);
        size_t pa = strcspn(a, ":"), pb = strcspn(b, ":");
        int order = strncmp(a, b, pa < pb ? pa : pb);
        if (order == 0 && pa == pb)
            order = strcmp(a + pa, b + pb);
        else if (order == 0)
            order = pa < pb ? -1 : 1;
        if (order >= 0)
            printf("# %s before %s\n", a, b);
        CHECK(order < 0);
    }
}

static void what_is_read_is_written_again(void) {
    const char *s = "<w:p " W " w:rsidR=\"00&amp;&quot;&lt;\" other=\"1\"><w:r><w:t xml:space="
                    "\"preserve\"> a &lt; b &amp; c </w:t></w:r><z:q xmlns:z=\"urn:z\"/></w:p>";
    struct xml_node *root = parse(s);
    CHECK(root && root->name == w_p);
    CHECK_STR(written(root), s);
}

static void strict_namespace_and_odd_prefix_give_the_same_tokens(void) {
    struct xml_node *root = parse("<x:p " STRICT "><x:r><x:t x:val=\"7\">a</x:t></x:r></x:p>");
    CHECK(root && root->name == w_p && root->first->first->name == w_t);
    CHECK_INT(xml_int(root->first->first, w_val, 0), 7);
    CHECK_STR(written(root), "<x:p " STRICT "><x:r><x:t x:val=\"7\">a</x:t></x:r></x:p>");
}

static void made_nodes_declare_what_they_need(void) {
    struct xml_node *root = parse("<x:p " STRICT "/>");
    struct xml_node *run = xml_new(pool, w_r);
    xml_append(root, run);
    xml_append(run, xml_new_text(pool, "a\r<"));
    xml_set(pool, run, w_val, "\"\t\n");
    xml_set(pool, run, w_val, "é\n");
    CHECK_STR(written(root), "<x:p " W " " STRICT "><w:r w:val=\"é&#10;\">a&#13;&lt;</w:r></x:p>");
}

static void unprefixed_attributes_belong_to_their_element(void) {
    struct xml_node *line = parse("<v:line xmlns:v=\"urn:schemas-microsoft-com:vml\" "
                                  "from=\"0,1\" strokeweight=\".75pt\"/>");
    CHECK_STR(xml_get(line, v_from), "0,1");
    CHECK_STR(xml_get(line, v_strokeweight), ".75pt");
    struct xml_node *shape = xml_new(pool, v_shape);
    xml_set(pool, shape, v_style, "x");
    CHECK_STR(written(shape), "<v:shape xmlns:v=\"urn:schemas-microsoft-com:vml\" style=\"x\"/>");
}

static void package_parts_stay_in_the_default_namespace(void) {
#define RELS "http://schemas.openxmlformats.org/package/2006/relationships"
    struct xml_node *root = parse("<Relationships xmlns=\"" RELS "\"/>");
    xml_append(root, xml_new(pool, pr_Relationship));
    CHECK_STR(written(root), "<Relationships xmlns=\"" RELS "\"><Relationship/></Relationships>");
    root = parse("<q:Relationships xmlns:q=\"" RELS "\"/>");
    xml_append(root, xml_new(pool, pr_Relationship));
    CHECK_STR(written(root), "<q:Relationships xmlns:q=\"" RELS "\"><Relationship xmlns=\"" RELS
                             "\"/></q:Relationships>");
}

static void integers_take_units(void) {
    static const struct {
        const char *s;
        int want;
    } cases[] = {{"12", 12},      {"-7", -7},         {"+3", 3},
                 {"12.5pt", 250}, {"1in", 1440},      {"1cm", 567},
                 {"10mm", 567},   {"50%", 2500},      {"x", -99},
                 {"", -99},       {"12furlong", -99}, {"99999999999999999999", 500000000},
                 {"2.6", 3}};
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        struct xml_node *n = xml_new(pool, w_ind);
        xml_set(pool, n, w_left, cases[i].s);
        CHECK_INT(xml_int(n, w_left, -99), cases[i].want);
    }
    CHECK_INT(xml_int(NULL, w_left, 5), 5);
}

static void on_off_has_many_spellings(void) {
    struct xml_node *p = parse("<w:rPr " W "><w:b/><w:i w:val=\"0\"/><w:u w:val=\"off\"/>"
                               "<w:caps w:val=\"true\"/></w:rPr>");
    CHECK(xml_on(p, w_b, false) && !xml_on(p, w_i, true) && !xml_on(p, w_u, true));
    CHECK(xml_on(p, w_caps, false) && xml_on(p, w_strike, true) && !xml_on(p, w_strike, false));
}

static void the_tree_is_edited(void) {
    struct xml_node *root = parse("<w:body " W "><w:p/><w:tbl/></w:body>");
    struct xml_node *copy = xml_copy(pool, root->first);
    xml_insert_after(root->last, copy);
    xml_insert_before(root->first, xml_new(pool, w_sectPr));
    xml_remove(root->first->next->next);
    xml_remove(root->first);
    xml_insert_after(root->first, xml_new(pool, w_sdt));
    CHECK_STR(written(root), "<w:body " W "><w:p/><w:sdt/><w:p/></w:body>");
    CHECK_STR(written(xml_copy(pool, root)), written(root));
}

static void text_is_joined(void) {
    struct xml_node *p = parse("<w:p " W "><w:r><w:t>a</w:t><w:tab/><w:instrText>no</w:instrText>"
                               "</w:r><w:r><w:t><![CDATA[<b>]]></w:t></w:r></w:p>");
    CHECK_STR(xml_text(pool, p, w_t), "a<b>");
}

static void hostile_parts_are_refused(void) {
    static const char *const bad[] = {"",
                                      "   ",
                                      "<a>",
                                      "<a></b>",
                                      "<a/><b/>",
                                      "text",
                                      "<a x=1/>",
                                      "<a>&nope;</a>",
                                      "<!DOCTYPE a [<!ENTITY e \"x\">]><a>&e;</a>",
                                      "<!DOCTYPE a SYSTEM \"file:///etc/passwd\"><a/>",
                                      "<a>\x01</a>",
                                      "<a>\xFF</a>",
                                      "<q:a/>"};
    for (size_t i = 0; i + 1 < sizeof bad / sizeof bad[0]; i++) {
        struct diag *d = diag_new(LANG_EN);
        CHECK(xml_parse(pool, bad[i], strlen(bad[i]), here, d) == NULL);
        CHECK(diag_has(d, XML_BROKEN));
        diag_free(d);
    }
    struct buf deep = {0};
    for (int i = 0; i < 100000; i++)
        buf_puts(&deep, "<a>");
    struct diag *d = diag_new(LANG_EN);
    CHECK(xml_parse(pool, deep.data, deep.len, here, d) == NULL);
    CHECK(diag_has(d, XML_BROKEN));
    diag_free(d);
    buf_free(&deep);
}

/* A file of two bytes a character, little end first. */
static struct xml_node *parse_wide(const char *ascii, struct diag *d) {
    struct buf wide = {0};
    buf_append(&wide, "\xFF\xFE", 2);
    for (const char *p = ascii; *p; p++)
        buf_append(&wide, (char[2]){*p, 0}, 2);
    struct xml_node *root = xml_parse(pool, wide.data, wide.len, here, d);
    buf_free(&wide);
    return root;
}

static void parts_may_be_utf8_or_utf16(void) {
    CHECK(parse("\xEF\xBB\xBF<?xml version=\"1.0\" encoding=\"utf-8\"?><a/>") != NULL);
    CHECK(parse("<?xml version='1.0' encoding='UTF-8' standalone='yes'?><a/>") != NULL);
    CHECK(parse("<?xml version=\"1.0\"?><a/>") != NULL);
    struct xml_node *root = parse_wide("<?xml version=\"1.0\" encoding=\"UTF-16\"?><a>b</a>", diag);
    CHECK(root && strcmp(root->first->text, "b") == 0);
}

/* libxml2 would write about these to standard error, which belongs to our own messages. */
static void other_encodings_are_refused_without_a_word_of_the_library(void) {
    static const struct {
        const char *bytes;
        size_t n;
    } bad[] = {
#define BYTES(s) {s, sizeof(s) - 1}
        BYTES("<?xml version=\"1.0\" encoding=\"ISO-8859-1\"?><a>\xE9</a>"),
        BYTES("<?xml version=\"1.0\" encoding=\"no-such\"?><a/>"),
        BYTES("<?xml version=\"1.0\" encoding=\"UTF-16\"?><a/>"),
        BYTES("<\0a\0/\0>\0"),
        BYTES("\0\0\0<\0\0\0a"),
        BYTES("\x4C\x6F\xA7\x94"),
        BYTES("<?xml version=\"1.0\" encoding=\"UTF-8\"?><a>\xC3</a>"),
        BYTES("\xFF\xFE<\0a"),
        BYTES("\xFE\xFF\xD8\0"),
    };
    char name[] = "/tmp/congvan-test-XXXXXX";
    int file = mkstemp(name), saved = dup(2);
    dup2(file, 2);
    for (size_t i = 0; i < sizeof bad / sizeof bad[0]; i++) {
        struct diag *d = diag_new(LANG_EN);
        CHECK(xml_parse(pool, bad[i].bytes, bad[i].n, here, d) == NULL);
        CHECK(diag_has(d, XML_BROKEN));
        diag_free(d);
    }
    dup2(saved, 2);
    CHECK_INT(lseek(file, 0, SEEK_END), 0);
    close(file);
    close(saved);
    unlink(name);
}

static void amp_in_attributes_stays_one_character(void) {
    struct xml_node *n = parse("<a x=\"1 &amp; 2 &#38; 3 &#x1EC7;\"/>");
    CHECK_STR(n->attrs->value, "1 & 2 & 3 ệ");
}

/* ---- trees that are written and not parsed again ---- */

static bool settles(struct xml_node *root) {
    struct buf plain = {0}, out = {0};
    xml_write(root, &plain);
    bool known = xml_write_settled(pool, root, &out);
    CHECK_STR(buf_text(&out), buf_text(&plain));
    const struct xml_node *again = known ? xml_parse(pool, out.data, out.len, here, diag) : NULL;
    CHECK(!known || (again && xml_same(root, again)));
    buf_free(&plain);
    buf_free(&out);
    return known;
}

static void a_written_tree_becomes_what_parsing_gives(void) {
    struct xml_node *root = parse("<w:p " W " xmlns:z=\"urn:z\" z:a=\"1\"><z:q b=\"&#10;\"/> "
                                  "<w:unknown/>a<!-- -->b</w:p>");
    struct xml_node *run = xml_new(pool, w_r);
    xml_append(root, run);
    xml_append(run, xml_new_text(pool, ""));
    struct xml_node *anchor = xml_new(pool, wp_anchor), *text = xml_new(pool, w_t);
    xml_append(root, anchor);
    xml_set(pool, anchor, wp_behindDoc, "\t\r\n\"<&>ế");
    xml_append(run, text);
    xml_set(pool, text, xml_space, "preserve");
    const char *pieces[] = {"", "a", "", "\r\nệ😀", "]]>", ""};
    for (size_t i = 0; i < sizeof pieces / sizeof *pieces; i++)
        xml_append(text, xml_new_text(pool, pieces[i]));
    CHECK(settles(root));
    CHECK_STR(root->attrs->qname, "xmlns:wp");
    CHECK_STR(text->first->text, "a\r\nệ😀]]>");
    CHECK(text->first == text->last && run->first == text);
    CHECK(settles(root)); /* and stays so */
}

static void what_only_parsing_can_tell_is_not_settled(void) {
    static const char *const foreign[] = {
        "<x:p " STRICT "/>",
        "<w:p xmlns:w=\"urn:not-word\"/>",
        "<p xmlns=\"urn:p\"/>",
        "<w:p " W "><q:r xmlns:q=\"urn:q\"/></w:p>",
        "<w:p " W "><q:r xmlns:q=\"http://purl.oclc.org/ooxml/wordprocessingml/main\"/></w:p>",
        "<w:p " W "><w:r xmlns:v=\"urn:not-vml\"/></w:p>"};
    for (size_t i = 0; i < sizeof foreign / sizeof *foreign; i++)
        CHECK(!settles(parse(foreign[i])));
    static const char *const characters[] = {"\x01",
                                             "\x1F",
                                             "\xFF",
                                             "\xC3",
                                             "\xC3(",
                                             "\xE1\xBB",
                                             "\xED\xA0\x80",
                                             "\xEF\xBF\xBE",
                                             "\xEF\xBF\xBF",
                                             "\xC0\x80",
                                             "\xE0\x80\x80",
                                             "\xF0\x80\x80\x80",
                                             "\xF4\x90\x80\x80",
                                             "\xF5\x80\x80\x80"};
    for (size_t i = 0; i < sizeof characters / sizeof *characters; i++) {
        struct xml_node *text = parse("<w:t " W "/>"), *attr = parse("<w:t " W "/>");
        xml_append(text, xml_new_text(pool, characters[i]));
        xml_set(pool, attr, w_val, characters[i]);
        CHECK(!settles(text) && !settles(attr));
    }
    struct xml_node *unprefixed = parse("<w:p " W "/>");
    xml_set(pool, unprefixed, mc_Ignorable, "w14"); /* without its prefix: of w:p */
    CHECK(!settles(unprefixed));
    struct xml_node *undeclared = parse("<w:p " W "/>"), *child = xml_new(pool, w_r);
    xml_append(undeclared, child);
    child->name = XML_UNKNOWN;
    child->qname = "zz:r";
    CHECK(!settles(undeclared));
    child->qname = "w:t"; /* would be known */
    CHECK(!settles(undeclared));
    child->name = XML_MARK;
    CHECK(!settles(undeclared));
}

static void a_tree_too_deep_to_be_read_is_not_settled(void) {
    struct xml_node *root = parse("<w:p " W "/>"), *at = root;
    for (int depth = 1; depth < XML_MAX_DEPTH; depth++) {
        xml_append(at, xml_new(pool, w_p));
        at = at->first;
    }
    CHECK(settles(root));
    xml_append(at, xml_new(pool, w_p));
    CHECK(!settles(root));
}

static void trees_that_differ_are_told_apart(void) {
    const struct xml_node *a = parse("<w:p " W " w:val=\"1\"><w:r>a</w:r><w:r/></w:p>");
    static const char *const others[] = {"<w:p " W " w:val=\"2\"><w:r>a</w:r><w:r/></w:p>",
                                         "<w:p " W "><w:r>a</w:r><w:r/></w:p>",
                                         "<w:p " W " w:val=\"1\"><w:r>b</w:r><w:r/></w:p>",
                                         "<w:p " W " w:val=\"1\"><w:r>a<w:r/></w:r></w:p>",
                                         "<w:p " W " w:val=\"1\"><w:r>a</w:r></w:p>",
                                         "<w:p " W " w:val=\"1\"><w:r>a</w:r><w:r/><w:r/></w:p>",
                                         "<w:p w:val=\"1\" " W "><w:r>a</w:r><w:t/></w:p>"};
    for (size_t i = 0; i < sizeof others / sizeof *others; i++)
        CHECK(!xml_same(a, parse(others[i])) && !xml_same(parse(others[i]), a));
    CHECK(xml_same(a, parse("<w:p w:val=\"1\" " W "><w:r>a</w:r><w:r></w:r></w:p>")));
}

int main(void) {
    pool = pool_new();
    diag = diag_new(LANG_EN);
    RUN(names_are_sorted_as_the_search_needs);
    RUN(what_is_read_is_written_again);
    RUN(strict_namespace_and_odd_prefix_give_the_same_tokens);
    RUN(made_nodes_declare_what_they_need);
    RUN(unprefixed_attributes_belong_to_their_element);
    RUN(package_parts_stay_in_the_default_namespace);
    RUN(integers_take_units);
    RUN(on_off_has_many_spellings);
    RUN(the_tree_is_edited);
    RUN(text_is_joined);
    RUN(hostile_parts_are_refused);
    RUN(parts_may_be_utf8_or_utf16);
    RUN(other_encodings_are_refused_without_a_word_of_the_library);
    RUN(amp_in_attributes_stays_one_character);
    RUN(a_written_tree_becomes_what_parsing_gives);
    RUN(what_only_parsing_can_tell_is_not_settled);
    RUN(a_tree_too_deep_to_be_read_is_not_settled);
    RUN(trees_that_differ_are_told_apart);
    diag_free(diag);
    pool_free(pool);
    return CHECK_RESULT();
}
