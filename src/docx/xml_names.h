/* xml_names: the names the program understands and the namespaces they are of (internal to xml). */
#ifndef CONGVAN_DOCX_XML_NAMES_H
#define CONGVAN_DOCX_XML_NAMES_H

#include "docx/xml.h"

struct xml_name_entry {
    const char *prefix, *local, *qname;
    size_t len; /* of qname */
};

extern const struct xml_name_entry xml_names[XML_NAMES];
enum { XML_FIRST_NAME = XML_MARK + 1 };

/* Namespace -> canonical prefix; several may have the same. */
struct xml_namespace {
    const char *uri, *prefix, *declaration; /* "xmlns:w" */
};
enum { XML_NAMESPACES = 25 };
extern const struct xml_namespace xml_namespaces[XML_NAMESPACES];

enum xml_name xml_find_name(const char *prefix, const char *local); /* XML_UNKNOWN: none */
const char *xml_prefix_of(const char *uri);                         /* canonical; NULL: none */
/* Where in xml_namespaces is the first with this prefix; XML_NAMESPACES: none has it. */
int xml_namespace_of(const char *prefix);
/* The namespace that is written as the default one; NULL: that of this prefix is not. */
const char *xml_default_namespace(const char *prefix);

#endif
