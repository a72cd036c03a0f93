# What stands on a line by more than the order of its letters, from a DOCX made by hand to the PDF:
# judged by poppler's words and boxes, and by LibreOffice where that is installed.
. tests/cli/lib
w=http://schemas.openxmlformats.org/wordprocessingml/2006/main
office=http://schemas.openxmlformats.org/officeDocument/2006/relationships
relations=http://schemas.openxmlformats.org/package/2006/relationships

# $work/NAME.docx from a body ($2) and settings ($3); A4, 20 mm above, below, at the right, 30 at the left.
document() {
    rm -rf "$work/parts"
    mkdir -p "$work/parts/_rels" "$work/parts/word/_rels"
    cat >"$work/parts/[Content_Types].xml" <<EOF
<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/><Override PartName="/word/document.xml" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/><Override PartName="/word/styles.xml" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.styles+xml"/><Override PartName="/word/settings.xml" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.settings+xml"/></Types>
EOF
    echo "<Relationships xmlns=\"$relations\"><Relationship Id=\"d\" Type=\"$office/officeDocument\" Target=\"word/document.xml\"/></Relationships>" >"$work/parts/_rels/.rels"
    echo "<Relationships xmlns=\"$relations\"><Relationship Id=\"s\" Type=\"$office/styles\" Target=\"styles.xml\"/><Relationship Id=\"t\" Type=\"$office/settings\" Target=\"settings.xml\"/></Relationships>" >"$work/parts/word/_rels/document.xml.rels"
    echo "<w:styles xmlns:w=\"$w\"><w:docDefaults><w:rPrDefault><w:rPr><w:rFonts w:ascii=\"Times New Roman\" w:hAnsi=\"Times New Roman\"/><w:sz w:val=\"28\"/><w:lang w:val=\"en-US\"/></w:rPr></w:rPrDefault></w:docDefaults></w:styles>" >"$work/parts/word/styles.xml"
    echo "<w:settings xmlns:w=\"$w\">$3</w:settings>" >"$work/parts/word/settings.xml"
    echo "<w:document xmlns:w=\"$w\"><w:body>$2<w:sectPr><w:pgSz w:w=\"11906\" w:h=\"16838\"/><w:pgMar w:top=\"1134\" w:right=\"1134\" w:bottom=\"1134\" w:left=\"1701\" w:header=\"720\" w:footer=\"720\" w:gutter=\"0\"/>$4</w:sectPr></w:body></w:document>" >"$work/parts/word/document.xml"
    (cd "$work/parts" && zip -q -X -r "../$1.docx" .)
}
r() { printf '<w:r><w:rPr>%s</w:rPr><w:t xml:space="preserve">%s</w:t></w:r>' "$2" "$1"; }
p() { printf '<w:p><w:pPr>%s</w:pPr>%s</w:p>' "$2" "$1"; }
printed() { # NAME: nothing of it is told of as not printed
    status_is 0 "$congvan" pdf --strict "$work/$1.docx" -o "$work/$1.pdf" &&
        qpdf --check "$work/$1.pdf" >/dev/null && pdftotext -bbox "$work/$1.pdf" "$work/$1.boxes"
}
# An edge of the box of a word in NAME, in whole points: xMin, yMin, xMax or yMax.
edge() { sed -n "s/.*$2=\"\([0-9.]*\)\".*>$3<\/word>.*/\1/p" "$work/$1.boxes" | head -n 1 | cut -d. -f1; }
is_near() { [ -n "$1" ] && [ "$(($1 - $2))" -le 1 ] && [ "$(($2 - $1))" -le 1 ] || { echo "# $1, want $2"; return 1; }; }

place() { printf '<w:r><w:ptab w:relativeTo="margin" w:alignment="%s" w:leader="none"/></w:r>' "$1"; }
document places "$(p "$(r trái)$(place center)$(r giữa)$(place right)$(r phải)" '<w:ind w:left="1440"/>')"
check "tabs to places are printed" printed places
check "a word goes to the right margin" is_near "$(edge places xMax phải)" 538
check "a word goes to the middle between the margins" is_near "$((($(edge places xMin giữa) + $(edge places xMax giữa)) / 2))" 311

document aligned "$(p "$(r lớn '<w:sz w:val="56"/>')$(r ' nhỏ')" '<w:textAlignment w:val="top"/>')"
check "text aligned at the top is printed" printed aligned
check "the tops of large and small text are level" is_near "$(edge aligned yMin nhỏ)" "$(edge aligned yMin lớn)"

cell() { printf '<w:tc><w:tcPr><w:tcW w:w="4000" w:type="dxa"/>%s</w:tcPr>%s</w:tc>' "$2" "$1"; }
document fitted "<w:tbl><w:tblPr><w:tblLayout w:type=\"fixed\"/></w:tblPr><w:tblGrid><w:gridCol w:w=\"4000\"/></w:tblGrid><w:tr>$(cell "$(p "$(r 'một dòng dài hơn nhiều so với chiều rộng của ô')")" '<w:tcFitText/>')</w:tr></w:tbl><w:p/>"
check "text fitted to its cell is printed" printed fitted
check "it is one line" is_near "$(edge fitted yMin một)" "$(edge fitted yMin ô)"

document ruby "$(p "<w:r><w:ruby><w:rubyPr><w:rubyAlign w:val=\"center\"/><w:hps w:val=\"14\"/><w:hpsRaise w:val=\"26\"/></w:rubyPr><w:rt>$(r chú)</w:rt><w:rubyBase>$(r Chữ)</w:rubyBase></w:ruby></w:r>")"
check "words above words are printed" printed ruby
check "they are above, without brackets" sh -c '[ "$1" -lt "$2" ] && ! pdftotext "$0" - | grep -q "[()]"' \
    "$work/ruby.pdf" "$(edge ruby yMin chú)" "$(edge ruby yMin Chữ)"

document grid "$(p "$(r 'Ủy ban nhân dân các xã')")" "" '<w:docGrid w:type="linesAndChars" w:linePitch="600" w:charSpace="8192"/>'
document plain "$(p "$(r 'Ủy ban nhân dân các xã')")"
check "text in a grid of characters is printed" printed grid
check "and text without" printed plain
check "Vietnamese letters keep their places in a grid" is_near "$(edge grid xMax xã)" "$(edge plain xMax xã)"

begin='<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText xml:space="preserve">'
result='</w:instrText></w:r><w:r><w:fldChar w:fldCharType="separate"/></w:r>'
end='<w:r><w:fldChar w:fldCharType="end"/></w:r>'
# one begins in the code of another, whose result alone is to be seen
document nested "$(p "$(r a)$begin IF </w:instrText></w:r>$begin REF x $result$(r mã)$end<w:r><w:instrText> = 1 $result$(r quả)$end$(r b)")"
check "a field in the code of another is printed" printed nested
check "of the two the outer result is seen" sh -c '[ "$(pdftotext "$0" - | head -n 1)" = aquảb ]' "$work/nested.pdf"

words="The administration of international organisations requires considerable understanding of institutional responsibilities, particularly concerning environmental sustainability and interdepartmental communication."
document divided "$(p "$(r "$words")" '<w:ind w:right="3000"/>')" '<w:autoHyphenation/><w:hyphenationZone w:val="1"/>'
if [ -r /usr/share/hyphen/hyph_en_US.dic ]; then
    check "divided words are printed" printed divided
    pdftotext -layout "$work/divided.pdf" - | sed 's/\xc2\xad$/-/; s/^ *//' | grep . >"$work/divided.ours"
    check "two lines end in hyphens" [ "$(grep -c -- '-$' "$work/divided.ours")" -eq 2 ]
    if command -v soffice >/dev/null; then
        soffice "-env:UserInstallation=file://$work/profile" --headless --convert-to pdf --outdir "$work/lo" "$work/divided.docx" >/dev/null 2>&1
        pdftotext -layout "$work/lo/divided.pdf" - | sed 's/\xc2\xad$/-/; s/^ *//' | grep . >"$work/divided.theirs"
        check "LibreOffice divides the same words" diff "$work/divided.ours" "$work/divided.theirs"
    else
        echo "# LibreOffice is not installed: skipped"
    fi
else
    echo "# skipped: divided words (no hyphen-en-us)"
fi
