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
    unzip -p "$1" word/document.xml | perl -0777 -pe 's/<mc:Fallback>.*?<\/mc:Fallback>//gs' |
        sed -e 's/<w:br\/>/ /g' -e 's/<\/w:p>/ /g' \
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
    md=samples/$(sed -n '/^\[nội dung\]/,/^\[[^n]/s/^tệp *= *//p' "$ini")
    [ -f "$md" ] || md=samples/$name.md
    [ -f "$md" ] || md=/dev/null # some types need no body
    case $md in
    *.docx) docx_words "$md" >"$work/body" ;; # a body written in Word
    *) body_words "$md" >"$work/body" ;;
    esac
    docx_words "$docx" >"$work/docx"
    [ "$md" = /dev/null ] || check "$name: the DOCX has every word of the body, once, in order" contains "$work/body" "$work/docx"
    # a word may be parted after its hyphen at a line's end: both readings count
    pdftotext -raw "$pdf" - 2>"$work/poppler" | tr '\f' '\n' >"$work/pdf.text"
    { words_of <"$work/pdf.text"; sed -n '/-$/{N;s/.* \([^ ]*-\)\n\([^ ]*\).*/\1\2/p}' "$work/pdf.text"; } |
        sort >"$work/pdf.sorted"
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

# One document held by another (w:altChunk): every word of both is printed, those of the held one in
# its place, which is the very beginning.
mkdir -p "$work/held/word"
cp "$work/out/04-bang-so-lieu.docx" "$work/held.docx"
cp "$work/out/02-rat-ngan.docx" "$work/held/word/held.docx"
type=http://schemas.openxmlformats.org/officeDocument/2006/relationships/aFChunk
(cd "$work/held" && unzip -q ../held.docx word/document.xml word/_rels/document.xml.rels &&
    sed -i 's|<w:body>|&<w:altChunk r:id="held"/>|' word/document.xml &&
    sed -i 's|</Relationships>|<Relationship Id="held" Type="'$type'" Target="held.docx"/>&|' word/_rels/document.xml.rels &&
    zip -q -r ../held.docx word)
check "a document that holds another is printed" status_is 0 "$congvan" pdf "$work/held.docx" -o "$work/held.pdf"
check "nothing of it is named as lost" silent_on "unsupported"
sorted_words() { pdftotext -raw "$1" - | tr "\f" "\n" | words_of | sort; }
for held in 02-rat-ngan 04-bang-so-lieu; do sorted_words "$work/out/$held.pdf"; done | sort >"$work/held.want"
sorted_words "$work/held.pdf" >"$work/held.got"
check "with every word of both" [ -z "$(comm -23 "$work/held.want" "$work/held.got")" ]
check "what it holds in its place" [ "$(pdftotext -raw "$work/held.pdf" - | head -n 12)" = \
    "$(pdftotext -raw "$work/out/02-rat-ngan.pdf" - | head -n 12)" ]

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

# Odd paths.
mkdir -p "$work/paths/Thư mục có cách/con" "$work/paths/out"
dispatch p; cp "$work/p.ini" "$work/paths/"; cp "$work/p.md" "$work/paths/"
cp "$work/p.ini" "$work/paths/-gạch đầu.ini"; cp "$work/p.md" "$work/paths/-gạch đầu.md"
cp "$work"/p.* "$work/paths/Thư mục có cách"; cp "$work"/p.* "$work/paths/Thư mục có cách/con"
ln -s "Thư mục có cách" "$work/paths/lối tắt"
cd "$work/paths"
check "a name with a leading dash" status_is 0 "$congvan" render -o out -- "-gạch đầu.ini"
check "keeps its name" [ -s "out/-gạch đầu.pdf" ]
check "a file given twice is done once" status_is 0 "$congvan" render p.ini ./p.ini "$work/paths/p.ini" -o out
check "and named once" [ "$(grep -c pdf "$work/stdout")" -eq 1 ]
check "a folder and its symlink are one folder" \
    status_is 0 "$congvan" render "lối tắt" "Thư mục có cách" -o out/two/
check "folders below a folder are left alone" [ ! -e "Thư mục có cách/con/p.pdf" ]
check "pdf -o FOLDER/ puts it there" status_is 0 "$congvan" pdf out/p.docx -o new/folder/
check "under the document's name" [ -s new/folder/p.pdf ]
check "pdf -o FOLDER as well" status_is 0 "$congvan" pdf out/p.docx -o out/two
cp out/p.docx kept.docx
check "a DOCX is not written over by its own PDF" status_is 1 "$congvan" pdf out/p.docx -o ./out/../out/p.docx
check "it says so" says "[output-is-source]"
check "and is whole" cmp -s out/p.docx kept.docx
cp "$build/templates/cong-van.docx" p.docx; cp p.docx template.docx
check "a template is not written over" status_is 1 "$congvan" render p.ini --template p.docx
check "it says so" says "p.docx: error: the result would overwrite p.docx"
check "and is whole" cmp -s p.docx template.docx
check "a DOCX is no dispatch" status_is 1 "$congvan" render out/p.docx --draft-anyway
check "it says so, and no more" [ "$(cat "$work/err" | wc -l)" -eq 1 ]
check "with the way out" says "[render-kind-unknown]"
check "an empty -o is exit 3" status_is 3 "$congvan" render p.ini -o ""
check "and the reason is no success" silent_on Success
cd "$OLDPWD"
sed '/^lưu/d' "$work/p.ini" >"$work/no.ini"; cp "$work/p.md" "$work/no.md"
"$congvan" render "$work/no.ini" --draft-anyway -o "$work/o" >/dev/null 2>"$work/err"
check "a short missing name is no slip for another" silent_on "did you mean"

# Defaults, however a file manager spells the name.
for name in chung.ini Chung.ini CHUNG.INI; do
    rm -rf "$work/common"; mkdir "$work/common"
    sed '/^địa danh/d' "$work/p.ini" >"$work/common/a.ini"; cp "$work/p.md" "$work/common/a.md"
    printf '[CONG-VAN]\nDIA_DANH = Bến Mới\nlạ = gì\n' >"$work/common/$name"
    check "$name gives the defaults" status_is 0 "$congvan" render "$work/common" -o "$work/o"
    check "and is checked: a key like no other gets no guess" says "$name:3: warning: "
    check "so" silent_on "do you mean"
done

# No permission is a failure of the system. Root may read everything, so it steps down - with a copy of
# the program, since the checkout may lie where only root can look.
mkdir "$work/prog"; cp -r "$congvan" "$build/templates" "$work/prog"; chmod -R a+rX "$work/prog"
congvan=$work/prog/congvan
mkdir "$work/private"; cp "$work"/p.* "$work/private"; chmod 755 "$work" "$work/private"; chmod 0 "$work/private/p.md"
as_clerk=; [ "$(id -u)" -ne 0 ] || as_clerk="setpriv --reuid=65534 --regid=65534 --clear-groups"
check "a file that may not be read is exit 3" status_is 3 $as_clerk "$congvan" check "$work/private/p.ini"
check "it says so" says "[file-not-allowed]"
check "in JSON as well" status_is 3 $as_clerk "$congvan" check --json "$work/private/p.ini"
chmod 644 "$work/private/p.md"; chmod 555 "$work/private"
check "a folder that may not be written is exit 3" status_is 3 $as_clerk "$congvan" render "$work/private/p.ini"
check "it says so" says "[file-cannot-write]"
chmod 0 "$work/private"
check "a folder that may not be read is exit 3" status_is 3 $as_clerk "$congvan" check "$work/private"
chmod 755 "$work/private"
$as_clerk mkdir -p "$work/p.out" 2>/dev/null || { mkdir "$work/p.out"; chown 65534 "$work/p.out"; }
echo signed >"$work/p.out/p.pdf"; chmod 444 "$work/p.out/p.pdf"
check "a read-only result is exit 3" status_is 3 $as_clerk "$congvan" render "$work/p.ini" --only pdf -o "$work/p.out"
check "and stays" grep -q signed "$work/p.out/p.pdf"
mkdir "$work/drop"; chmod 1733 "$work/drop"
check "a folder one may only put files into is written" status_is 0 $as_clerk "$congvan" render "$work/p.ini" -o "$work/drop"
sed 's/^1 = Phòng.*/1 = ./' "$work/p.ini" >"$work/signs.ini"; cp "$work/p.md" "$work/signs.md"
check "an item that is all signs is printed" sh -c '
    "$0" render "$1/signs.ini" -o "$1/o" >/dev/null 2>&1; pdftotext "$1/o/signs.pdf" - | grep -qxE -- "- ?[.]"' "$congvan" "$work"
