# render --for-signing: what signing software stamps later are empty signature fields of the PDF,
# where the blanks of the draft are, and their places stand in a JSON beside it.
. tests/cli/lib
judge=tests/tools/pdfa-check
draft='số =
ký hiệu = SXD-VP
địa danh = Sông Lam
ngày = 11/2026
trích yếu = kiểm tra'

names() { pdfsig "$1" | sed -n 's/.*Field Name: //p' | sort | tr '\n' ' '; }
# rectangle KEY (rect, ink) of slot $2 in JSON $1: left bottom right top
area() { sed -n "s/.*\"field\": \"$2\".*\"$3\": \[\([^]]*\)\].*/\1/p" "$1" | tr -d ','; }
size_is() { [ "$(area "$1" "$2" rect | awk '{ printf "%g %g", $3 - $1, $4 - $2 }')" = "$3" ]; }
# Does the middle of slot $2 stand between x of the words $3 and $4 of the page, on their line?
between() {
    pdftotext -bbox "$work/out/a.pdf" "$work/bbox"
    set -- "$(area "$1" "$2" rect)" "$3" "$4"
    echo "$1" | awk -v left="$2" -v right="$3" -v file="$work/bbox" '{
        x = ($1 + $3) / 2; y = 841.9 - ($2 + $4) / 2
        while ((getline line < file) > 0) {
            split(line, q, "\"")
            if (line ~ ">" left "<" && !l) { l = q[6]; top = q[4]; low = q[8] }
            if (index(line, ">" right) && l && !r) r = q[2]
        }
        exit !(l < x && x < r && top < y && y < low) }'
}
# the PDF field's own rectangle
field_rect() { qpdf --qdf --object-streams=disable "$1" - | tr -s '\n ' ' ' | sed 's/endobj/\n/g' |
    sed -n "s/.*\/Rect \[ \([^]]*\) \].*\/T ($2).*/\1/p"; }

dispatch a "$draft"
check "renders" status_is 0 "$congvan" render "$work/a.ini" --for-signing -o "$work/out"
json=$work/out/a.slots.json pdf=$work/out/a.pdf
check "names three files" [ "$(tr '\n' ' ' <"$work/stdout")" = "$work/out/a.docx $pdf $json " ]
check "a field for each stamp" [ "$(names "$pdf")" = "chu_ky con_dau ngay so " ]
check "well formed PDF" qpdf --check "$pdf" >/dev/null
check "still PDF/A" "$judge" "$pdf"
check "the number's size" size_is "$json" so "33 14"
check "the day's size" size_is "$json" ngay "24 14"
check "the signature's size" size_is "$json" chu_ky "200 200"
check "the seal's size" size_is "$json" con_dau "250 250"
check "the number stands between Số: and the symbol" between "$json" so "Số:" "/SXD-VP"
check "the day stands between ngày and tháng" between "$json" ngay "ngày" "tháng"
for slot in so ngay chu_ky con_dau; do
    check "PDF and JSON agree on $slot" [ "$(field_rect "$pdf" $slot)" = "$(area "$json" $slot rect)" ]
done
# Between position and name, over both; the seal covers the left third.
place() {
    pdftotext -bbox "$pdf" "$work/bbox"
    set -- $(area "$json" chu_ky ink) $(area "$json" con_dau ink)
    top=$(sed -n 's/.*yMax="\([0-9.]*\)">ĐỐC<.*/\1/p' "$work/bbox")
    low=$(sed -n 's/.*yMin="\([0-9.]*\)".*>Thử<.*/\1/p' "$work/bbox")
    left=$(sed -n 's/.*xMin="\([0-9.]*\)".*>Lê<.*/\1/p' "$work/bbox")
    right=$(sed -n 's/.*xMax="\([0-9.]*\)".*>Thử<.*/\1/p' "$work/bbox")
    echo "$@ $top $low $left $right" | awk '{
        exit !(841.9 - $4 > $9 - 1 && 841.9 - $2 < $10 + 1 && ($1 + $3 - $11 - $12) ^ 2 < 1 &&
               ($7 - $1 - ($3 - $1) / 3) ^ 2 < 0.01 && ($7 - $5 - 102.05) ^ 2 < 0.01) }'
}
check "signature and seal stand where the decree has them" place
pdftotext "$pdf" "$work/signing.txt"
"$congvan" render "$work/a.ini" -o "$work/plain" >/dev/null
pdftotext "$work/plain/a.pdf" "$work/plain.txt"
check "the text is the same" cmp "$work/signing.txt" "$work/plain.txt"
check "without the option there are no fields" sh -c "! grep -qa AcroForm $work/plain/a.pdf && [ ! -e $work/plain/a.slots.json ]"
cp -r "$work/out" "$work/again"
"$congvan" render "$work/a.ini" --for-signing -o "$work/out" >/dev/null
check "the same bytes twice" diff -r "$work/out" "$work/again"
check "tagged fields" sh -c "grep -qa /S/Form $pdf"
# The DOCX carries the marks: laid out alone it has the same pages and no stray destinations.
"$congvan" pdf "$work/out/a.docx" -o "$work/docx.pdf" >/dev/null
check "marks are no destinations" sh -c "! grep -qa _congvan_ $work/docx.pdf"

dispatch b 'số = 7
ký hiệu = SXD-VP
địa danh = Sông Lam
ngày = 3/2/2026
trích yếu = kiểm tra'
"$congvan" render "$work/b.ini" --for-signing -o "$work/out" >/dev/null
check "what is filled in is no slot" [ "$(names "$work/out/b.pdf")" = "chu_ky con_dau " ]
dispatch c 'số =
ký hiệu = SXD-VP
địa danh = Sông Lam
ngày =
trích yếu = kiểm tra'
"$congvan" render "$work/c.ini" --for-signing -o "$work/out" >/dev/null
check "an open date gives three slots" [ "$(names "$work/out/c.pdf")" = "chu_ky con_dau nam ngay so thang " ]
check "the month's size" size_is "$work/out/c.slots.json" thang "17 14"
echo 'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNkYPhfDwAChwGA60e6kgAAAABJRU5ErkJggg==' |
    base64 -d >"$work/chu-ky.png"
printf 'chữ ký = chu-ky.png\n' >>"$work/a.ini"
"$congvan" render "$work/a.ini" --for-signing -o "$work/out" >/dev/null 2>&1
check "a signature that is there is no slot" [ "$(names "$work/out/a.pdf")" = "con_dau ngay so " ]

# A template of another office, without position and name.
mkdir "$work/t"; unzip -q "$build/templates/cong-van.docx" -d "$work/t"
sed -i 's/{{chức vụ}}/GIÁM ĐỐC/g; s/{{họ tên}}/Lê Văn Thử/g' "$work/t/word/document.xml"
"$congvan" pack "$work/t" -o "$work/t.docx" >/dev/null
dispatch d "$draft"
check "a template without them" status_is 0 "$congvan" render "$work/d.ini" --for-signing -o "$work/out" --template "$work/t.docx"
check "is warned about" says signing-no-place
check "and still has the blanks" [ "$(names "$work/out/d.pdf")" = "ngay so " ]
check "pdf has no --for-signing" status_is 2 "$congvan" pdf "$work/out/a.docx" --for-signing
