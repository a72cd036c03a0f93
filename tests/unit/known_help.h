/* What the walks over known attributes share: a group is a body in which the attributes of one
 * element are tried one after another, its first entry being the plain one. */
#ifndef CONGVAN_TESTS_KNOWN_HELP_H
#define CONGVAN_TESTS_KNOWN_HELP_H

#include "page_help.h"

/* DRAWN changes the pages, NAMED is told (and may be drawn otherwise), NO_LOOK is quiet and changes
 * nothing. */
enum fate { DRAWN, NAMED, NO_LOOK };

struct entry {
    enum fate fate;
    const char *with; /* NULL: the group ends */
};

struct group {
    const char *body; /* with one %s */
    struct entry entries[80];
};

#define WORDS                                                                                                                \
    "một hai ba bốn năm sáu bảy tám chín mười một hai ba bốn năm sáu bảy tám chín mười một hai " \
    "ba "
#define LONG T(WORDS WORDS)
#define TAB "<w:r><w:tab/></w:r>"
#define BREAK "<w:r><w:br/></w:r>"
#define RUN_OF(props, text)                                                                        \
    "<w:r><w:rPr>" props "</w:rPr><w:t xml:space=\"preserve\">" text "</w:t></w:r>"
#define PLAIN_SECT                                                                                 \
    "<w:sectPr><w:pgSz w:w=\"11906\" w:h=\"16838\"/><w:pgMar w:top=\"1134\" w:right=\"1134\" "     \
    "w:bottom=\"1134\" w:left=\"1701\"/></w:sectPr>"
#define VAL(name) "w:val=\"" name "\""

#define THEMED "w:themeColor=\"accent1\""

#define RED "<a:solidFill><a:srgbClr val=\"FF0000\"/></a:solidFill>"
#define SQUARE "<wps:wsp><wps:spPr><a:prstGeom prst=\"rect\"/>" RED "</wps:spPr></wps:wsp>"
#define AT(h, v) "<wp:positionH " h "</wp:positionH><wp:positionV " v "</wp:positionV>"
#define COLUMN(emu) "relativeFrom=\"column\"><wp:posOffset>" emu "</wp:posOffset>"
#define PARAGRAPH(emu) "relativeFrom=\"paragraph\"><wp:posOffset>" emu "</wp:posOffset>"
#define DRAWING(anchor, inner, graphic)                                                            \
    "<w:r><w:drawing><wp:anchor " anchor ">" inner "<a:graphic><a:graphicData>" graphic            \
    "</a:graphicData></a:graphic></wp:anchor></w:drawing></w:r>"
#define EXTENT "<wp:extent cx=\"1270000\" cy=\"1270000\"/>"
#define MIDDLE AT(COLUMN("1270000"), PARAGRAPH("127000")) EXTENT
#define BOX(body)                                                                                  \
    "<wps:wsp><wps:spPr><a:prstGeom prst=\"rect\"/></wps:spPr><wps:txbx><w:txbxContent>" P(        \
        T(WORDS)) "</w:txbxContent></wps:txbx><wps:bodyPr " body "></wps:bodyPr></wps:wsp>"

static const char styles[] = STYLES(
    "<w:style w:type=\"table\" w:styleId=\"Bang\"><w:tblStylePr w:type=\"firstRow\"><w:rPr><w:b/>"
    "</w:rPr></w:tblStylePr><w:tblStylePr w:type=\"lastRow\"><w:rPr><w:i/></w:rPr></w:tblStylePr>"
    "<w:tblStylePr w:type=\"firstCol\"><w:rPr><w:caps/></w:rPr></w:tblStylePr>"
    "<w:tblStylePr w:type=\"lastCol\"><w:rPr><w:strike/></w:rPr></w:tblStylePr>"
    "<w:tblStylePr w:type=\"band1Horz\"><w:rPr><w:sz w:val=\"20\"/></w:rPr></w:tblStylePr>"
    "<w:tblStylePr w:type=\"band1Vert\"><w:rPr><w:sz w:val=\"30\"/></w:rPr></w:tblStylePr>"
    "</w:style>");

static const char theme[] =
    "<a:themeElements><a:clrScheme><a:accent1><a:srgbClr val=\"3366CC\"/></a:accent1></a:clrScheme>"
    "<a:fontScheme><a:minorFont><a:latin typeface=\"Liberation Sans\"/>"
    "<a:cs typeface=\"\"/><a:font script=\"Arab\" typeface=\"Liberation Sans\"/></a:minorFont>"
    "</a:fontScheme></a:themeElements>";

static inline const char *filled(const char *body, const char *with) {
    struct buf out = {0};
    const char *gap = strstr(body, "%s");
    buf_append(&out, body, (size_t)(gap - body));
    buf_puts(&out, with);
    buf_puts(&out, gap + 2);
    const char *copy = pool_strdup(pool, buf_text(&out));
    buf_free(&out);
    return copy;
}

/* The pages of a body as text; *named: something was told that is not printed as Word does. */
static inline const char *pages_of(const char *body, const char *numbering, bool *named) {
    begin(body);
    docx_part(package, "word/styles.xml", "w:styles", styles);
    docx_part(package, "word/theme/theme1.xml", "a:theme", theme);
    docx_part(package, "word/settings.xml", "w:settings", COMPATIBILITY_15);
    docx_part(package, "word/header1.xml", "w:hdr", P(T("đầu trang")));
    docx_part(package, "word/footer1.xml", "w:ftr", P(FIELD(" PAGE ", T("1"))));
    docx_part(package, "word/numbering.xml", "w:numbering", numbering);
    print_package();
    char *all = NULL;
    size_t n = 0;
    FILE *stream = open_memstream(&all, &n);
    diag_write(diag, stream);
    fclose(stream);
    *named = strstr(all, "[unsupported-") != NULL;
    free(all);
    struct buf out = {0};
    pages_dump(pages, &out);
    const char *copy = pool_strdup(pool, buf_text(&out));
    buf_free(&out);
    return copy;
}

static inline void check_entry(const struct entry *entry, const char *plain, const char *with,
                               bool named) {
    bool changed = strcmp(plain, with) != 0, wanted = entry->fate == NAMED;
    bool as_said = named == wanted && (wanted || changed == (entry->fate == DRAWN));
    if (!as_said)
        printf("# %s, %s: %s\n", named ? "named" : "not named", changed ? "drawn" : "dropped",
               entry->with);
    CHECK(as_said);
}

static inline void walk(const struct group *groups, size_t n) {
    for (size_t g = 0; g < n; g++) {
        const char *plain = NULL;
        for (const struct entry *entry = groups[g].entries; entry->with; entry++) {
            bool named;
            const char *with = pages_of(filled(groups[g].body, entry->with), "", &named);
            plain = plain ? plain : with;
            check_entry(entry, plain, with, named);
        }
    }
}

#define WALK(groups) walk(groups, sizeof groups / sizeof groups[0])

#endif
