# Pictures that a library of their own reads, and the machine where it is missing.
. tests/cli/lib
mkdir -p "$work/t/_rels" "$work/t/word/_rels" "$work/t/word/media" "$work/empty"
cat >"$work/t/[Content_Types].xml" <<'EOF'
<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="tif" ContentType="image/tiff"/><Override PartName="/word/document.xml" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/></Types>
EOF
cat >"$work/t/_rels/.rels" <<'EOF'
<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="d" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" Target="word/document.xml"/></Relationships>
EOF
cat >"$work/t/word/_rels/document.xml.rels" <<'EOF'
<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="p" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/image" Target="media/fax.tif"/></Relationships>
EOF
cat >"$work/t/word/document.xml" <<'EOF'
<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing" xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" xmlns:pic="http://schemas.openxmlformats.org/drawingml/2006/picture" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"><w:body><w:p><w:r><w:t>Bản fax</w:t></w:r></w:p><w:p><w:r><w:drawing><wp:inline><wp:extent cx="914400" cy="914400"/><wp:docPr id="1" name="fax" descr="fax"/><a:graphic><a:graphicData uri="http://schemas.openxmlformats.org/drawingml/2006/picture"><pic:pic><pic:nvPicPr><pic:cNvPr id="1" name="fax"/><pic:cNvPicPr/></pic:nvPicPr><pic:blipFill><a:blip r:embed="p"/><a:stretch><a:fillRect/></a:stretch></pic:blipFill><pic:spPr><a:xfrm><a:off x="0" y="0"/><a:ext cx="914400" cy="914400"/></a:xfrm><a:prstGeom prst="rect"><a:avLst/></a:prstGeom></pic:spPr></pic:pic></a:graphicData></a:graphic></wp:inline></w:drawing></w:r></w:p></w:body></w:document>
EOF
# A scanned page, by a writer of TIFF that is not ours.
"$congvan" pdf samples/10-than-van-ban.docx -o "$work/page.pdf" >/dev/null 2>&1
pdftoppm -r 100 -mono -singlefile -tiff "$work/page.pdf" "$work/page"
pack() { # tiffcp's options: the document with the page packed so
    tiffcp "$@" "$work/page.tif" "$work/t/word/media/fax.tif" 2>/dev/null &&
        rm -f "$work/a.docx" && (cd "$work/t" && zip -qr ../a.docx .)
}
quiet() { status_is 0 "$congvan" pdf "$work/a.docx" -o "$work/$1.pdf" && silent_on picture && silent_on TIFF; }
looks() { # width, height, colours and depth of the picture
    pdfimages -list "$work/$1.pdf" | awk 'NR == 3 { print $4, $5, $6, $8 }' >"$work/form"
    [ "$(cat "$work/form")" = "$2" ] || { sed 's/^/# /' "$work/form"; return 1; }
}
size=$(tiffinfo "$work/page.tif" 2>/dev/null | sed -n 's/.*Image Width: \([0-9]*\) Image Length: \([0-9]*\).*/\1 \2/p')
for way in "g4 -r 9999" "g4 -r 100" "g3 -r 100" "lzw -r 100" "zip -t -w 64 -l 64"; do
    pack -c $way
    check "a scanned page packed by $way is drawn" quiet fax
    case $way in zip*) depth=8 ;; *) depth=1 ;; esac
    check "in $depth bits a pixel, packed by $way" looks fax "$size gray $depth"
    check "qpdf and the judge of PDF/A have nothing to say, packed by $way" sh -c \
        'qpdf --check "$0" >/dev/null && tests/tools/pdfa-check "$0"' "$work/fax.pdf"
done
pack -c g4 -r 9999
"$congvan" pdf "$work/a.docx" -o "$work/one.pdf" >/dev/null 2>&1
"$congvan" pdf "$work/a.docx" -o "$work/two.pdf" >/dev/null 2>&1
check "the same bytes twice" cmp "$work/one.pdf" "$work/two.pdf"

printf 'II*\0\010\0\0\0\377\377damaged' >"$work/t/word/media/fax.tif"
rm "$work/a.docx" && (cd "$work/t" && zip -qr ../a.docx .)
check "a damaged one is named" status_is 0 "$congvan" pdf "$work/a.docx" -o "$work/bad.pdf"
check "by its part" says "word/media/fax.tif"
check "with its paragraph" says "word/document.xml: warning: paragraph 2: the picture word/media/fax.tif"
check "and code" says pdf-picture-damaged
check "libtiff itself says nothing" [ "$(grep -vc pdf-picture-damaged "$work/err")" -eq 0 ]

# A JPEG in other colours: levels leave it as it is packed, grey is made of its pixels.
pdftoppm -r 40 -singlefile -jpeg "$work/page.pdf" "$work/t/word/media/page"
mv "$work/t/word/media/page.jpg" "$work/t/word/media/fax.tif"
cp "$work/t/word/document.xml" "$work/plain.xml"
recolor() { # effects
    sed "s|<a:blip r:embed=\"p\"/>|<a:blip r:embed=\"p\">$1</a:blip>|" "$work/plain.xml" >"$work/t/word/document.xml"
    rm -f "$work/a.docx" && (cd "$work/t" && zip -qr ../a.docx .)
    quiet colors && pdfimages -list "$work/colors.pdf" | awk 'NR == 3 { print $6, $9 }' >"$work/form"
}
check "a washed-out JPEG is drawn" recolor '<a:lum bright="70000" contrast="-70000"/>'
check "as the JPEG it is" grep -q "rgb jpeg" "$work/form"
check "the judges have nothing to say" sh -c \
    'qpdf --check "$0" >/dev/null && tests/tools/pdfa-check "$0"' "$work/colors.pdf"
check "a JPEG in grey is drawn" recolor '<a:grayscl/>'
check "as grey pixels" grep -q "gray image" "$work/form"
printf '\377\330\377\300\000\013\010\000\010\000\010\001\001\021\000\377\332\000\002\000\377\331' \
    >"$work/t/word/media/fax.tif"
recolor '<a:grayscl/>' >/dev/null 2>&1
check "one that libjpeg-turbo cannot read is drawn as it is, and named" says pdf-picture-colors
cp "$work/plain.xml" "$work/t/word/document.xml"

# The loader finds this one first, and it is none.
pack -c g4
: >"$work/empty/libtiff.so.6"
check "without libtiff the document is drawn" \
    status_is 0 env LD_LIBRARY_PATH="$work/empty" "$congvan" pdf "$work/a.docx" -o "$work/none.pdf"
check "and it is said what is missing" says pdf-picture-no-library
check "the text is there" sh -c 'pdftotext "$0" - | grep -q "Bản fax"' "$work/none.pdf"
