#include "docx/xml_names.h"

#include <string.h>

const struct xml_name_entry xml_names[XML_NAMES] = {
#define XML_NAME(token, prefix, local)                                                             \
    [token] = {prefix, local, prefix ":" local, sizeof(prefix ":" local) - 1},
#include "docx/xml_names.def"
#undef XML_NAME
};

/* Namespace -> canonical prefix. The second address of a pair is ISO 29500 Strict's. */
const struct xml_namespace xml_namespaces[XML_NAMESPACES] = {
#define NAMESPACE(uri, prefix)                                                                     \
    { uri, prefix, "xmlns:" prefix }
    NAMESPACE("http://schemas.openxmlformats.org/wordprocessingml/2006/main", "w"),
    NAMESPACE("http://purl.oclc.org/ooxml/wordprocessingml/main", "w"),
    NAMESPACE("http://schemas.openxmlformats.org/officeDocument/2006/relationships", "r"),
    NAMESPACE("http://purl.oclc.org/ooxml/officeDocument/relationships", "r"),
    NAMESPACE("http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing", "wp"),
    NAMESPACE("http://purl.oclc.org/ooxml/drawingml/wordprocessingDrawing", "wp"),
    NAMESPACE("http://schemas.openxmlformats.org/drawingml/2006/main", "a"),
    NAMESPACE("http://purl.oclc.org/ooxml/drawingml/main", "a"),
    NAMESPACE("http://schemas.openxmlformats.org/drawingml/2006/picture", "pic"),
    NAMESPACE("http://purl.oclc.org/ooxml/drawingml/picture", "pic"),
    NAMESPACE("http://schemas.microsoft.com/office/word/2010/wordprocessingShape", "wps"),
    NAMESPACE("http://schemas.microsoft.com/office/word/2010/wordprocessingGroup", "wpg"),
    NAMESPACE("http://schemas.microsoft.com/office/word/2010/wordprocessingCanvas", "wpc"),
    NAMESPACE("http://schemas.openxmlformats.org/markup-compatibility/2006", "mc"),
    NAMESPACE("urn:schemas-microsoft-com:vml", "v"),
    NAMESPACE("urn:schemas-microsoft-com:office:office", "o"),
    NAMESPACE("http://schemas.openxmlformats.org/officeDocument/2006/math", "m"),
    NAMESPACE("http://purl.oclc.org/ooxml/officeDocument/math", "m"),
    NAMESPACE("http://schemas.openxmlformats.org/package/2006/relationships", "pr"),
    NAMESPACE("http://schemas.openxmlformats.org/package/2006/content-types", "ct"),
    NAMESPACE("http://schemas.openxmlformats.org/package/2006/metadata/core-properties", "cp"),
    NAMESPACE("http://purl.org/dc/elements/1.1/", "dc"),
    NAMESPACE("http://purl.org/dc/terms/", "dcterms"),
    NAMESPACE("http://www.w3.org/XML/1998/namespace", "xml"),
    NAMESPACE("http://www.w3.org/2001/XMLSchema-instance", "xsi"),
#undef NAMESPACE
};

int xml_namespace_of(const char *prefix) {
    int i = 0;
    while (i < XML_NAMESPACES && strcmp(xml_namespaces[i].prefix, prefix) != 0)
        i++;
    return i;
}

/* Package parts (relationships, content types) are written in the default namespace by everyone,
 * and some readers know them only so. */
const char *xml_default_namespace(const char *prefix) {
    if (strcmp(prefix, "pr") != 0 && strcmp(prefix, "ct") != 0)
        return NULL;
    return xml_namespaces[xml_namespace_of(prefix)].uri;
}

static int compare_name(const char *prefix, const char *local, const struct xml_name_entry *entry) {
    int order = strcmp(prefix, entry->prefix);
    return order ? order : strcmp(local, entry->local);
}

enum xml_name xml_find_name(const char *prefix, const char *local) {
    int low = XML_FIRST_NAME, high = XML_NAMES - 1;
    while (low <= high) {
        int middle = (low + high) / 2;
        int order = compare_name(prefix, local, &xml_names[middle]);
        if (order == 0)
            return (enum xml_name)middle;
        if (order < 0)
            high = middle - 1;
        else
            low = middle + 1;
    }
    return XML_UNKNOWN;
}

const char *xml_prefix_of(const char *uri) {
    for (int i = 0; uri && i < XML_NAMESPACES; i++)
        if (strcmp(uri, xml_namespaces[i].uri) == 0)
            return xml_namespaces[i].prefix;
    return NULL;
}
