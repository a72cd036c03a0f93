#!/bin/sh
# congvan check: the table of rules, what could not be judged, and mending.
. tests/cli/lib

enough() { [ "$("$congvan" check --rules | wc -l)" -ge 120 ]; }
in_both_languages() { "$congvan" check --rules --lang vi | grep -q 'Quốc hiệu' && "$congvan" check --rules | grep -q 'PL I, Mục II, khoản 3'; }
check "check --rules lists the table" enough
check "check --rules speaks both languages" in_both_languages

dispatch a
check "a right dispatch passes" status_is 0 "$congvan" check --verbose "$work/a.ini"
counted() { grep -Eq 'a.ini: [0-9]+ rules kept, 0 broken, [0-9]+ not judged' "$work/stdout"; }
check "--verbose counts" counted
listed() { grep -q 'basis-stop: not judged: nothing of the kind' "$work/stdout"; }
check "--verbose lists what was not judged" listed
json() { "$congvan" check --json "$work/a.ini" | grep -q '"rule":"basis-stop","reason":"absent"'; }
check "--json lists what was not judged" json

# A dispatch with faults in the INI and the body.
dispatch b 'số = 12
ký hiệu = SXD-VP
địa danh = Sông Lam
ngày = 3/2/2026
trích yếu = kiểm tra.'
printf 'Sở Xây dựng đề nghị  các phòng , ban thực hiện  tốt.\r\n\r\nĐề nghị báo cáo kết quả./.\r\n' >"$work/b.md"
check "faults are warned about" status_is 0 "$congvan" check "$work/b.ini"
check "with line and rule" says 'b.ini:6: warning'
check "and the body's too" says '[space-double]'
clause() { "$congvan" check --json "$work/b.ini" | grep -q '"code":"subject-stop".*"clause":"PL I, Mục II, khoản 5"'; }
check "--json gives the clause" clause
cp "$work/b.ini" "$work/b0.ini"; cp "$work/b.md" "$work/b0.md"
check "--fix writes a new file" status_is 0 "$congvan" check --fix "$work/b.ini" -o "$work/c.ini"
told() { grep -q 'changed-text' "$work/stdout" && grep -q 'subject-stop' "$work/stdout"; }
check "--fix lists its changes" told
check "--fix leaves nothing it can mend" silent_on 'space-'
same() { cmp -s "$work/b.ini" "$work/b0.ini" && cmp -s "$work/b.md" "$work/b0.md"; }
check "--fix leaves the source alone" same
mended() { printf 'Sở Xây dựng đề nghị các phòng, ban thực hiện tốt.\r\n\r\nĐề nghị báo cáo kết quả./.\r\n' | cmp -s - "$work/c.md"; }
check "--fix changes nothing else in the body" mended
one_line() { [ "$(diff "$work/b.ini" "$work/c.ini" | grep -c '^[<>]')" -eq 2 ]; }
check "--fix changes one line of the INI" one_line
check "--fix never writes over its source" status_is 2 "$congvan" check --fix "$work/b.ini" -o "$work/b.ini"
check "and says so" says '[fix-needs-one]'
sed 's/^\[kính gửi\]/[nội dung]\ntệp = b0.md\n&/' "$work/b.ini" >"$work/d.ini"
status_is 0 "$congvan" check --fix "$work/d.ini" -o "$work/e.ini"
shared() { grep -q 'fix-body-kept' "$work/stdout"; }
check "a body that the new file shares is not mended, and named" shared

# PDFs: what their pages say.
"$congvan" render samples/0[1-5]*.ini -o "$work/pdf" --only pdf >/dev/null 2>&1
check "the PDFs of right dispatches pass" status_is 0 "$congvan" check "$work/pdf"
check "without an error or a warning" sh -c "! grep -E ' (error|warning): ' '$work/err'"
"$congvan" render "$work/b.ini" -o "$work/pdf" --only pdf >/dev/null 2>&1
status_is 0 "$congvan" check "$work/pdf/b.pdf"
check "a fault is seen on the page" says "[subject-stop]"
check "by its page and row" grep -q 'b.pdf:trang 1:[0-9]*: ' "$work/err"
status_is 0 "$congvan" check --json "$work/pdf/01-mot-noi-nhan.pdf"
check "what pages do not show is not judged" grep -q '"rule":"font-family","reason":"unseen"' "$work/stdout"
check "nor are spaces of the printer's" grep -q '"rule":"space-double","reason":"unseen"' "$work/stdout"
printf '%%PDF-1.7\n' >"$work/x.pdf"
check "a PDF that cannot be read" status_is 1 "$congvan" check "$work/x.pdf"
check "is named" says '[check-pdf-unreadable]'
cat >"$work/scan.pdf" <<EOF
%PDF-1.4
1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj
2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj
3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]>>endobj
trailer<</Root 1 0 R/Size 4>>
EOF
qpdf "$work/scan.pdf" "$work/scanned.pdf" 2>/dev/null
check "pages without text" status_is 1 "$congvan" check "$work/scanned.pdf"
check "are not passed" says '[check-pdf-no-text]'
printf 'x' >"$work/x.odt"
status_is 1 "$congvan" check "$work/x.odt"
check "other files are unknown" says '[check-kind-unknown]'

# Letters and their marks stored apart, in the INI and in the body.
sed 's/Sông Lam/So\xcc\x82ng Lam/' "$work/a.ini" >"$work/n.ini"
printf 'Đe\314\202\314\200 nghị báo cáo./.\n' >"$work/n.md"
"$congvan" check "$work/n.ini" 2>"$work/err"
check "marks stored apart are noted in both files" sh -c 'grep -q "n.ini: note.*text-nfd" "$0" && ! grep -q "n.md: error" "$0"' "$work/err"
status_is 0 "$congvan" check --fix "$work/n.ini" -o "$work/m.ini"
check "--fix composes them" sh -c '! grep -q "$(printf "\314\202")" "$0/m.ini" "$0/m.md" && grep -q "Đề nghị" "$0/m.md"' "$work"

# A document with narrow margins, in a font of its own.
mkdir "$work/t" && "$congvan" render "$work/a.ini" -o "$work/r" >/dev/null
unzip -q "$work/r/a.docx" -d "$work/t"
sed -i 's/w:left="1701"/w:left="1134"/; s/Sở Xây dựng đề nghị/Sở Xây dựng  đề nghị/' "$work/t/word/document.xml"
sed -i 's|<w:pStyle w:val="NoiDung"/>|&<w:jc w:val="left"/>|' "$work/t/word/document.xml"
"$congvan" pack "$work/t" -o "$work/f.docx"
check "a margin too narrow is an error" status_is 1 "$congvan" check "$work/f.docx"
check "with its clause's rule" says '[margin-left]'
check "a paragraph has its number" grep -Eq 'document.xml:[0-9]+: warning.*space-double' "$work/err"
check "its page and first words" grep -Eq '\(page 1, “Sở Xây dựng đề nghị.*”\) \[space-double\]' "$work/err"
json_place() { "$congvan" check --json "$work/f.docx" | grep -q '"page":1,"words":"Sở Xây dựng đề nghị'; }
check "in JSON too" json_place
check "--fix mends a document" status_is 0 "$congvan" check --fix "$work/f.docx" -o "$work/g.docx"
pages() { grep -q 'changed-page' "$work/stdout" && grep -q 'changed-look' "$work/stdout"; }
check "and lists margin and paragraphs" pages
parts_kept() {
    mkdir "$work/u" && unzip -q "$work/g.docx" -d "$work/u" || return 1
    [ "$(diff -rq "$work/t" "$work/u" | wc -l)" -eq 1 ] && diff -q "$work/t/word/document.xml" "$work/u/word/document.xml" | grep -q differ
}
check "every other part stays byte for byte" parts_kept
check "the mended document passes" status_is 0 "$congvan" check "$work/g.docx"
check "without a word" [ ! -s "$work/err" ]
check "mended again" status_is 0 "$congvan" check --fix "$work/g.docx" -o "$work/h.docx"
check "nothing changes" [ ! -s "$work/stdout" ]
same_parts() { mkdir "$work/v" && unzip -q "$work/h.docx" -d "$work/v" && diff -rq "$work/u" "$work/v"; }
check "in no part" same_parts
opens() {
    soffice -env:UserInstallation="file://$work/lo" --headless --convert-to pdf --outdir "$work/lo-out" "$work/g.docx" >/dev/null 2>&1
    pdftotext "$work/lo-out/g.pdf" - 2>/dev/null | grep -q 'Sở Xây dựng đề nghị'
}
if command -v soffice >/dev/null; then
    check "LibreOffice opens what was mended" opens
else
    echo "# LibreOffice is not installed: skipped"
fi
