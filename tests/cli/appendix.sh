# Appendices: pages of their own after the document, labels, tables from CSV, pages lying across.
. tests/cli/lib
cp samples/chung.ini samples/11-phu-luc* "$work"
check "a dispatch with two appendices renders" status_is 0 "$congvan" render "$work/11-phu-luc.ini"
pdf=$work/11-phu-luc.pdf
page() { pdftotext -layout -f "$2" -l "$2" "$1" - | sed 's/\xc2\xa0/ /g'; }
page "$pdf" 2 >"$work/2"; page "$pdf" 3 >"$work/3"; page "$pdf" 4 >"$work/4"
check "the first stands on a page of its own, with Roman number" grep -q '^ *Phụ lục I$' "$work/2"
check "its title in capitals" grep -q '^ *NHỮNG VIỆC CẦN LÀM$' "$work/2"
check "places of the document's number are left open" grep -q '(Kèm theo Công văn số …/… ngày' "$work/2"
check "the second follows on the next page" grep -q '^ *Phụ lục II$' "$work/3"
check "pages are counted anew, the first without its number" sh -c '! grep -qE "^ *[0-9]+$" "$0" && grep -qE "^ *2$" "$1"' "$work/3" "$work/4"
check "the header row repeats" grep -q 'STT .*Trị giá (đồng)' "$work/4"
sed -i '/^\[phụ lục 1\]/a khổ = ngang' "$work/11-phu-luc.ini"
sed -i '/^\[phụ lục 2\]/a kèm theo = ghi đủ' "$work/11-phu-luc.ini"
"$congvan" render "$work/11-phu-luc.ini" >/dev/null 2>&1
size() { pdfinfo -f "$1" -l "$1" "$pdf" | grep -q "Page *$1 size: *$2"; }
check "page 1 is upright" size 1 595
check "page 2 lies across" size 2 841
check "page 3 is upright" size 3 595
check "the reference may be filled in" sh -c 'pdftotext -layout -f 3 -l 3 "$0" - | grep -q "/UBND-VP ngày … tháng 11 năm 2026 của"' "$pdf"
sed -i '/^\[phụ lục 2\]/,$d' "$work/11-phu-luc.ini"
"$congvan" render "$work/11-phu-luc.ini" >/dev/null 2>&1
check "the only one has no number" sh -c 'pdftotext -layout -f 2 -l 2 "$0" - | grep -q "^ *Phụ lục$"' "$pdf"
cp samples/10-than-van-ban.docx "$work"
sed -i 's/11-phu-luc-viec.md/10-than-van-ban.docx/' "$work/11-phu-luc.ini"
check "an appendix from Word renders" status_is 0 "$congvan" render "$work/11-phu-luc.ini"
sed -i 's/10-than-van-ban.docx/khong-co.md/' "$work/11-phu-luc.ini"
check "a missing file is an error" status_is 1 "$congvan" render "$work/11-phu-luc.ini"
sed -i 's/khong-co.md/rong.csv/; /^khổ = ngang/d' "$work/11-phu-luc.ini"
seq -s, 64 >"$work/rong.csv"
"$congvan" render "$work/11-phu-luc.ini" 2>"$work/err"
check "more columns than Word can hold are named" grep -q 'appendix-too-wide' "$work/err"
seq -s, 40 | sed 's/[0-9]*/cột&/g' >"$work/rong.csv"
"$congvan" render "$work/11-phu-luc.ini" >/dev/null 2>&1
check "a table too wide for the page lies across by itself" size 2 841
mkdir "$work/t"
unzip -q "$build/templates/cong-van.docx" -d "$work/t"
sed -i 's/{{#phụ lục}}/{{#phần khác}}/; s/{{\/phụ lục}}/{{\/phần khác}}/' "$work/t/word/document.xml"
(cd "$work/t" && zip -qr ../khong-cho.docx .)
rm "$work/rong.csv"; cp samples/11-phu-luc* "$work"
"$congvan" render "$work/11-phu-luc.ini" --template "$work/khong-cho.docx" 2>"$work/err" >/dev/null
check "a template without a place for appendices says so" grep -q 'note: .*template-appendix-form' "$work/err"
check "and prints them all the same, in the built-in form" sh -c 'pdftotext -layout -f 2 -l 2 "$0" - | grep -q "^ *NHỮNG VIỆC CẦN LÀM$"' "$pdf"
page "$pdf" 4 >"$work/4"
check "with their own page numbers" sh -c 'grep -qE "^ *2$" "$0" && grep -q "STT .*Trị giá" "$0"' "$work/4"

# Appendices that are files of their own.
mkdir "$work/in"; cp samples/chung.ini samples/11-phu-luc* "$work/in"
ini=$work/in/11-phu-luc.ini out=$work/out apart=$work/out/11-phu-luc-phu-luc-2
sed -i '/^\[phụ lục 2\]/a separate = yes' "$ini"
check "a separate appendix renders" status_is 0 "$congvan" render "$work/in" -o "$out" --for-signing --report "$work/r.json" --attach-source
check "its files are named after the dispatch's" [ "$(sed 's/.*\///' "$work/stdout" | tr '\n' ' ')" = "11-phu-luc.docx 11-phu-luc.pdf 11-phu-luc.slots.json 11-phu-luc-phu-luc-2.docx 11-phu-luc-phu-luc-2.pdf 11-phu-luc-phu-luc-2.slots.json " ]
check "the dispatch no longer holds it" sh -c '! pdftotext "$0" - | grep -q "SỐ SÁCH HIỆN CÓ"' "$out/11-phu-luc.pdf"
check "nor counts its pages" sh -c 'pdfinfo "$0" | grep -q "Pages: *2$"' "$out/11-phu-luc.pdf"
page "$apart.pdf" 1 >"$work/1"; page "$apart.pdf" 2 >"$work/2"
check "it keeps its number and line" sh -c 'grep -q "^ *Phụ lục II$" "$0" && grep -q "(Kèm theo Công văn số …/… ngày" "$0"' "$work/1"
check "has pages of its own, the first without number" sh -c '! grep -qE "^ *1$" "$0" && grep -qE "^ *2$" "$1"' "$work/1" "$work/2"
check "and nothing of the dispatch's text" sh -c '! pdftotext "$0" - | grep -qE "CỘNG HÒA|Kính gửi|Nơi nhận"' "$apart.pdf"
check "its title is its own" sh -c 'pdfinfo "$0" | grep -q "Title: *Phụ lục II. SỐ SÁCH HIỆN CÓ CỦA TỪNG TỔ"' "$apart.pdf"
check "the clerk signs in the top right corner" sh -c 'grep -q "\"field\": \"phu_luc\".*\"page\": 1, \"rect\": \[412.3, 813.9, 595.3, 841.9\]" "$0" && pdfsig "$1" | grep -q "Field Name: phu_luc"' "$apart.slots.json" "$apart.pdf"
check "its sources are the INI and its own file" [ "$(pdfdetach -list "$apart.pdf" | sed -n 's/^[0-9]*: //p' | tr '\n' ' ')" = "11-phu-luc-phu-luc-2.docx 11-phu-luc-sach.csv 11-phu-luc.ini " ]
check "the dispatch's are not its" sh -c '! pdfdetach -list "$0" | grep -q sach.csv' "$out/11-phu-luc.pdf"
check "still PDF/A" tests/tools/pdfa-check "$apart.pdf"
check "the report counts all pages and names all files" sh -c 'grep -q "\"pages\":4,.*phu-luc-2.pdf" "$0"' "$work/r.json"
check "the DOCX can be laid out alone" status_is 0 "$congvan" pdf "$apart.docx" -o "$work/alone.pdf"
stamp() { stat -c %Y.%i "$apart.pdf"; }
before=$(stamp)
"$congvan" render "$work/in" -o "$out" --for-signing --attach-source >"$work/again" 2>/dev/null
check "a second run makes nothing anew" [ "$(stamp)" = "$before" ]
check "and says the same" [ "$(grep -c phu-luc-2 "$work/again")" -eq 3 ]
rm "$apart.docx"
"$congvan" render "$work/in" -o "$out" --for-signing --attach-source >/dev/null 2>&1
check "a lost file is made again" [ -s "$apart.docx" ]
"$congvan" render "$work/in" -o "$out" --merge-pdf "$work/all.pdf" >/dev/null 2>&1
check "joined PDFs hold it behind its dispatch" sh -c 'pdftotext -f 3 -l 3 "$0" - | grep -q "SỐ SÁCH HIỆN CÓ"' "$work/all.pdf"
sed -i 's/^separate = yes/tách riêng = không/' "$ini"
"$congvan" render "$work/in" -o "$out" >/dev/null 2>&1
check "one that is apart no more leaves no file behind" [ ! -e "$apart.pdf" ]
sed -i 's/^tách riêng = không/tách riêng = có/; /^\[phụ lục 1\]/a tách riêng = có' "$ini"
check "all may be apart" status_is 0 "$congvan" render "$ini" -o "$out" --template "$work/khong-cho.docx"
check "in the built-in form where the template has none" sh -c 'pdftotext -layout "$0" - | grep -q "^ *Phụ lục I$"' "$out/11-phu-luc-phu-luc-1.pdf"
check "the dispatch is one page then" sh -c 'pdfinfo "$0" | grep -q "Pages: *1$"' "$out/11-phu-luc.pdf"
check "checks find nothing wrong with that" status_is 0 "$congvan" check "$ini"
check "the dispatch's own promise is kept" silent_on appendix-
cp "$ini" "$work/in/11-phu-luc-phu-luc-1.ini"; cp "$work/in/11-phu-luc.md" "$work/in/11-phu-luc-phu-luc-1.md"
check "a dispatch of that name is in the way" status_is 1 "$congvan" render "$work/in" -o "$out"
check "it says so" says output-twice
sed -i 's/^tách riêng = có/tách riêng = chắc thế/' "$ini"
check "any other word is an error" status_is 1 "$congvan" check "$ini"
check "it says what is allowed" says 'có, không'
cp samples/chung.ini samples/11-phu-luc* "$work/in"; rm "$work"/in/11-phu-luc-phu-luc-*
sed -i '/^\[phụ lục 2\]/a separate = yes' "$ini"
"$congvan" render "$ini" -o "$out" >/dev/null 2>&1
check "a separate appendix is judged as one" status_is 0 "$congvan" check "$apart.docx"
check "and nothing else is missed in it" [ ! -s "$work/err" ]

# Cells of a CSV as they are: lines, numbers, what only looks like one.
printf 'STT;Đơn vị;Điện thoại;Chênh lệch;Ngày\n1;"Thôn A\nxóm 2";0990 000 111;-1.234,5%%;1/2/2026\n2;Thôn B;0990 000 112;(12);2/2/2026\n3;Thôn C;0990 000 113;−7;3/2/2026\n4;Thôn D;0990 000 114;–;4/2/2026\n' >"$work/in/11-phu-luc-sach.csv"
"$congvan" render "$ini" --dump=document >"$work/tree" 2>/dev/null
check "a line end in a cell is a line end" sh -c 'grep -A1 "text \"Thôn A\"" "$0" | grep -q break' "$work/tree"
right() { grep -B1 "text \"$1\"" "$work/tree" | grep -q 'para.* right'; }
check "numbers stand on the right, with comma, sign and percent" right '-1.234,5%'
check "so do those with a minus, or a dash for nothing" right '−7'
check "in brackets too" right '(12)'
check "telephone numbers do not" sh -c '! grep -B1 "text \"0990 000 111\"" "$0" | grep -q "para.* right"' "$work/tree"
check "nor dates" sh -c '! grep -B1 "text \"1/2/2026\"" "$0" | grep -q "para.* right"' "$work/tree"

# A file from Word whose pages lie both ways, with blank pages' makings at its ends.
mkdir -p "$work/w/_rels" "$work/w/word"
cat >"$work/w/[Content_Types].xml" <<'EOF'
<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="xml" ContentType="application/xml"/><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Override PartName="/word/document.xml" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/></Types>
EOF
cat >"$work/w/_rels/.rels" <<'EOF'
<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="r1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" Target="word/document.xml"/></Relationships>
EOF
across='<w:sectPr><w:pgSz w:w="16838" w:h="11906" w:orient="landscape"/></w:sectPr>' upright='<w:sectPr><w:pgSz w:w="11906" w:h="16838"/></w:sectPr>'
word_file() { # body: packed as $work/in/w.docx
    printf '<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:body>%s</w:body></w:document>' "$1" >"$work/w/word/document.xml"
    "$congvan" pack "$work/w" -o "$work/in/w.docx" >/dev/null
}
text() { printf '<w:p><w:pPr>%s</w:pPr><w:r><w:t>%s</w:t></w:r></w:p>' "$2" "$1"; }
sed -i 's/11-phu-luc-viec.md/w.docx/; /^separate/d' "$ini"
ways() { # width of each page, and "-" for one without text
    for p in $(seq "$(pdfinfo "$out/11-phu-luc.pdf" | sed -n 's/Pages: *//p')"); do
        pdftotext -f "$p" -l "$p" "$out/11-phu-luc.pdf" - | grep -q '[^0-9[:space:]]' || printf -- '-'
        pdfinfo -f "$p" -l "$p" "$out/11-phu-luc.pdf" | sed -n 's/Page .*size: *\([0-9]*\).*/\1/p'
    done | tr '\n' ' '
}
word_file "$(text 'Ngang' '')$(text '' "$across")$(text 'Dọc' '')$(text '' "$upright")$(text 'Lại ngang' '')$across"
"$congvan" render "$ini" -o "$out" >/dev/null 2>&1
check "an appendix of both ways: its heading lies as its first page, no page is empty" [ "$(ways)" = "595 841 595 841 595 " ]
word_file "$(text 'Trang mới' '<w:pageBreakBefore/>')<w:p/><w:p><w:r><w:br w:type=\"page\"/></w:r></w:p>$upright"
"$congvan" render "$ini" -o "$out" >/dev/null 2>&1
check "page breaks at the ends of the file make no pages" [ "$(ways)" = "595 595 595 " ]
