# The judge of archival files can say no: a good file broken in one point is refused for that clause.
. tests/cli/lib
judge=tests/tools/pdfa-check

"$congvan" render samples/01-mot-noi-nhan.ini -o "$work" >/dev/null 2>&1
"$congvan" render samples/01-mot-noi-nhan.ini -o "$work/full" --attach-source >/dev/null 2>&1
good=$work/01-mot-noi-nhan.pdf
full=$work/full/01-mot-noi-nhan.pdf
check "the whole file passes" "$judge" "$good"
check "and with its source" "$judge" "$full"

# $1 clause, $2 perl that breaks the file; both files must differ.
refuses_bytes() {
    LC_ALL=C perl -0777 -pe "$2" "$good" >"$work/bad.pdf"
    ! cmp -s "$good" "$work/bad.pdf" && "$judge" "$work/bad.pdf" >"$work/said"
    grep -qF ": $1: " "$work/said"
}

# The same where streams are unpacked: $1 clause, $2 perl, $3 the file. What unpacking alone changes
# is not held against it.
refuses_inside() {
    qpdf --qdf --object-streams=disable "${3:-$good}" "$work/plain.qdf" || return 1
    "$judge" "$work/plain.qdf" | grep -F ": $1: " && return 1
    LC_ALL=C perl -0777 -pe "$2" "$work/plain.qdf" >"$work/bad.qdf"
    cmp -s "$work/plain.qdf" "$work/bad.qdf" && return 1
    fix-qdf "$work/bad.qdf" >"$work/bad.pdf" 2>/dev/null
    "$judge" "$work/bad.pdf" >"$work/said"
    grep -qF ": $1: " "$work/said"
}
# An entry put into the catalogue.
refuses_entry() { refuses_inside "$1" "s|(/Type /Catalog)|\$1 $2|" "$3"; }

check "6.1.3 bytes after the end" refuses_bytes 6.1.3 's/\z/x/'
check "6.1.6 half a byte in a string" refuses_inside 6.1.6 's/<feff0/<feff /'
check "6.1.7.1 a length that is none" refuses_bytes 6.1.7.1 's|/Length (\d)|"/Length " . ($1 % 9 + 1)|e'
check "6.1.7.2 a filter of old" refuses_entry 6.1.7.2 '/X /LZWDecode'
check "6.1.9 endobj on no line of its own" refuses_bytes 6.1.9 's/>>\nendobj/>> endobj/'
check "6.1.12 permissions" refuses_entry 6.1.12 '/Perms <</FieldMDP 1 0 R>>'
check "6.1.13 graphics states too deep" refuses_inside 6.1.13 's/^BT/"q " x 30 . "BT"/me'
check "6.1.13 a name too long" refuses_entry 6.1.13 "/$(printf '%0130d' 1) true"
check "6.1.13 a page too large" refuses_inside 6.1.13 's|(/MediaBox \[\s*0\s+0\s+)\d+|${1}99999|'
check "6.2.2 an operator of no standard" refuses_inside 6.2.2 's/^BT/xx BT/m'
check "6.2.3 a profile of another kind" refuses_inside 6.2.3 's/mntrRGB/mntrGRA/'
check "6.2.4.3 inks" refuses_inside 6.2.4.3 's/^BT/0 0 0 1 k BT/m'
check "6.2.5 a transfer function" refuses_entry 6.2.5 '/X <</TR /Identity >>'
check "6.2.8 smoothing" refuses_entry 6.2.8 '/X <</Interpolate true>>'
check "6.2.9 PostScript" refuses_entry 6.2.9 '/X <</Subtype /PS>>'
check "6.2.11.2 a font by two names" refuses_inside 6.2.11.2 's|/FontName /|/FontName /X|'
check "6.2.11.3.1 another collection" refuses_inside 6.2.11.3.1 's|\(Adobe\)|(Adoba)|'
check "6.2.11.3.2 no way from codes to glyphs" refuses_inside 6.2.11.3.2 's|/CIDToGIDMap|/CIDToGIDMax|g'
check "6.2.11.5 a width two units off" refuses_inside 6.2.11.5 's|(/W \[\s+\d+\s+\[\s+)(\d+)|$1 . ($2 + 2)|e'
check "6.2.11.5 a glyph moved on" refuses_inside 6.2.11.5 's|(/W \[\s+)0\b|${1}1|'
check "6.2.11.7.2 a code without a character" refuses_inside 6.2.11.7.2 's/beginbfchar\n<\w+>/beginbfchar\n<7FFF>/g; s/beginbfrange\n<\w+> *<\w+>/beginbfrange\n<7FFF> <7FFF>/g'
check "6.2.11.8 a glyph that is none" refuses_inside 6.2.11.8 's/^<[0-9a-f]+>Tj/<0000>Tj/m'
check "6.3.1 an annotation of another kind" refuses_entry 6.3.1 '/X <</Type /Annot /Subtype /Movie>>'
check "6.3.2 a link that is not printed" refuses_entry 6.3.2 '/X <</Type /Annot /Subtype /Link /F 2>>'
check "6.4.1 appearances left to the reader" refuses_entry 6.4.1 '/X <</NeedAppearances true>>'
check "6.4.2 a form in XML" refuses_entry 6.4.2 '/X <</XFA 1>>'
check "6.5.1 a script" refuses_entry 6.5.1 '/X <</S /JavaScript>>'
check "6.5.2 something to do when opened" refuses_entry 6.5.2 '/OpenAction 5'
check "6.6.2.1 no packet" refuses_inside 6.6.2.1 's/W5M0MpCehiHzreSzNTczkc9d/W5M0MpCehiHzreSzNTczkc9x/'
check "6.6.2.1 no XML" refuses_inside 6.6.2.1 's|</rdf:RDF>|</rdf:RDX>|'
check "6.6.2.3 a property nobody knows" refuses_inside 6.6.2.3 's|<dc:title>|<dc:titel/><dc:title>|'
check "6.6.4 no part" refuses_inside 6.6.4 's|<pdfaid:part>2|<pdfaid:part>1|'
check "6.7.2.2 not marked" refuses_inside 6.7.2.2 's|/Marked true|/Marked false|'
check "6.7.3 sequences out of order" refuses_inside 6.7.3 's|/MCID 1\b|/MCID 9|'
check "6.7.3 a sequence left open" refuses_inside 6.7.3 's/^EMC$//m'
check "6.8 files in part 2" refuses_inside 6.8 's|<pdfaid:part>3|<pdfaid:part>2|' "$full"
check "6.8 a file of no relation" refuses_inside 6.8 's|/AFRelationship /\w+|/AFRelationship /Friend|' "$full"
check "6.8 a file of no kind" refuses_inside 6.8 's|/Subtype /\w+#2f\w+|/Subtype /text|g' "$full"
check "6.9 optional content" refuses_entry 6.9 '/OCProperties <<>>'
check "6.10 alternate presentations" refuses_entry 6.10 '/AlternatePresentations <<>>'
check "6.11 requirements" refuses_entry 6.11 '/Requirements []'
