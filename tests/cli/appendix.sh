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
"$congvan" render "$work/11-phu-luc.ini" --template "$work/khong-cho.docx" 2>"$work/err" >/dev/null
check "a template without a place for appendices says so" grep -q 'template-no-appendix' "$work/err"
