# The samples as documents: every word there once and in order, judged by programs that are not ours.
. tests/cli/lib
"$congvan" render samples -o "$work/out" >/dev/null 2>"$work/err"
check "samples render" [ $? -eq 0 ]

# Words of the body in the order of the text; marks of emphasis, notes and tables taken away.
body_words() {
    sed -e '/^\[^[^]]*\]:/,$d' -e '/^ *|[ :|-]*|* *$/d' -e 's/\[^[^]]*\]//g' -e 's/\*\*\**//g' \
        -e 's/\([^*]\)\*\([^* ]\)/\1\2/g' -e 's/\([^* ]\)\*/\1/g' -e 's/^\*\([^ ]\)/\1/' \
        -e '/^ *|/s/|/ /g' -e 's/\\\(.\)/\1/g' "$1" | words_of
}
docx_words() {
    unzip -p "$1" word/document.xml | sed -e 's/<w:br\/>/ /g' -e 's/<\/w:p>/ /g' -e 's/<mc:Fallback>.*<\/mc:Fallback>//g' \
        -e 's/<wp:posOffset>[^<]*<\/wp:posOffset>//g' -e 's/<[^>]*>//g' \
        -e 's/&lt;/</g' -e 's/&gt;/>/g' -e 's/&amp;/\&/g' | words_of
}
# Is $1 (words) found in $2 (words) as one unbroken sequence?
contains() {
    awk 'NR == FNR { want[++n] = $0; next } { have[++m] = $0 }
         END { for (i = 1; i + n - 1 <= m; i++) {
                   for (j = 1; j <= n && have[i + j - 1] == want[j]; j++);
                   if (j > n) { found++; i += n - 1 } }
               if (found != 1) { print "# found " found + 0 " times"; exit 1 } }' "$1" "$2"
}
# Every word of the DOCX is in the PDF as often; page numbers and note marks are there besides. A note
# mark clings to the word before it, and what followed that word stands alone.
all_words() {
    comm -23 "$work/docx.sorted" "$work/pdf.sorted" | grep -vE '^[0-9]+$' | while read -r word; do
        stem=$(printf %s "$word" | sed -e 's/[.,;:)”]*$//' -e 's/[][().*^$+?{}|\\/]/./g')
        grep -qE "^$stem[.,;:)”]*[0-9]+[.,;:)”]*$" "$work/pdf.sorted" || echo "# missing: $word"
    done >"$work/lost"
    cat "$work/lost"
    [ ! -s "$work/lost" ]
}
# The PDF says what the DOCX says, word for word: page numbers and notes apart, which stand
# elsewhere on the page.
for ini in samples/*.ini; do
    name=$(basename "$ini" .ini)
    [ "$name" = chung ] && continue
    pdf=$work/out/$name.pdf docx=$work/out/$name.docx
    md=samples/$(sed -n 's/^tệp *= *//p' "$ini")
    [ -f "$md" ] || md=samples/$name.md
    body_words "$md" >"$work/body"
    docx_words "$docx" >"$work/docx"
    check "$name: the DOCX has every word of the body, once, in order" contains "$work/body" "$work/docx"
    pdftotext -raw "$pdf" - 2>"$work/poppler" | tr '\f' '\n' | words_of | sort >"$work/pdf.sorted"
    { cat "$work/docx"; unzip -p "$docx" word/footnotes.xml word/footer1.xml | sed -e 's/<\/w:p>/ /g' -e 's/<[^>]*>//g' | words_of; } |
        sort >"$work/docx.sorted"
    check "$name: the PDF has every word of the DOCX" all_words
    check "$name: poppler has nothing to say" [ ! -s "$work/poppler" ]
    check "$name: qpdf has nothing to say" sh -c 'qpdf --check "$0" >"$1" 2>&1 && ! grep -qi warning "$1"' "$pdf" "$work/qpdf"
    check "$name: every font embedded, subset, with Unicode" sh -c '
        pdffonts "$0" 2>/dev/null | tail -n +3 | awk "{ n++; if (\$(NF-4) != \"yes\" || \$(NF-3) != \"yes\" || \$(NF-2) != \"yes\") bad++ } END { exit bad || !n }"' "$pdf"
    for part in word/document.xml word/footnotes.xml word/styles.xml docProps/core.xml; do
        unzip -p "$docx" "$part" | xmllint --noout - 2>/dev/null || echo "not ok $name: $part is well formed"
    done
    check "$name: checks as a document" status_is 0 "$congvan" check "$docx"
done

# What a reader program shows in its title bar, and hears.
title_of() { pdfinfo "$work/out/$1.pdf" | sed -n 's/^Title: *//p'; }
check "the title of an issued dispatch names its number" [ "$(title_of 05-hoa-toc)" = \
    "Công văn số 142/UBND-KT V/v triển khai ứng phó mưa lớn, lũ quét và sạt lở đất" ]
check "the title of a draft has neither number nor blanks" [ "$(title_of 08-mat-khan)" = \
    "Công văn V/v rà soát việc quản lý tài liệu có dấu chỉ độ mật" ]
check "the number and symbol are the identifier" sh -c \
    'pdfinfo -meta "$0" | grep -q "<dc:identifier>142/UBND-KT<"' "$work/out/05-hoa-toc.pdf"
check "the lines of an office's name are read as words apart" sh -c \
    'pdfinfo -struct-text "$0" | grep -q "ỦY BAN NHÂN DÂN XÃ AN KHÊ ĐÔNG"' "$work/out/05-hoa-toc.pdf"
# Box 13 of the diagram lies inside the margins: 20 mm are left below it.
pdftotext -bbox "$work/out/01-mot-noi-nhan.pdf" - | grep '<word' | tail -n 1 |
    sed 's/.*yMax="\([0-9]*\).*/\1/' >"$work/bottom"
check "the address ends inside the text area" [ "$(cat "$work/bottom")" -gt 770 -a "$(cat "$work/bottom")" -le 786 ]
