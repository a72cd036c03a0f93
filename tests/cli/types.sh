# The document types: what `new` writes of each renders as it stands, and says what the decree asks for.
. tests/cli/lib
tab=$(printf '\t')
"$congvan" new --list >"$work/types"
check "the decree's 29 types, three kinds of copies in two forms and what is issued with a decision" [ "$(wc -l <"$work/types")" -eq 36 ]
mkdir "$work/new"
cut -f1 "$work/types" | while read -r name; do
    file=$(grep "^$name$tab" "$work/types" | cut -f3)
    "$congvan" new "$work/new/$file" --type "$name" >/dev/null 2>&1 || echo "not ok new --type $name"
done
check "what new writes renders as it stands, all types" status_is 0 "$congvan" render "$work/new" -o "$work/out"
check "and checks" status_is 0 "$congvan" check "$work/new"
while read -r line; do
    name=${line%%"$tab"*}; file=${line##*"$tab"}; short=$(printf %s "$line" | cut -f2)
    pdftotext -layout "$work/out/$file.pdf" - >"$work/text" 2>/dev/null
    case $file in *-dien-tu) short= ;; esac # has no number of its own in its text
    [ -z "$short" ] || check "$name: its abbreviation opens the symbol" grep -qE "Số:  */$short-(UBND|HĐND)" "$work/text"
    case $file in sao-* | trich-sao* | van-ban-kem-theo) ;; *)
        check "$name: the State's name and motto" sh -c 'grep -q "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM" "$0" && grep -q "Độc lập - Tự do - Hạnh phúc" "$0"' "$work/text" ;;
    esac
    case $file in cong-van | thu-cong | van-ban-kem-theo | *-dien-tu) continue ;; esac
    printed=$(printf %s "$name" | sed 's/.*/\U&/')
    check "$name: its name in capitals on a line of its own" grep -qE "(^| )$printed\$" "$work/text"
    # No word of the DOCX is lost on the way to the PDF.
    unzip -p "$work/out/$file.docx" word/document.xml | sed 's/<wp:posOffset>[^<]*//g; s/<w:br\/>/ /g; s/<\/w:p>/ /g; s/<[^>]*>//g; s/&amp;/\&/g' |
        words_of | sed 's/^-//' | grep -v '^$' | sort -u >"$work/docx.words"
    pdftotext "$work/out/$file.pdf" - | words_of | sed 's/^-//' | grep -v '^$' | sed 's/.*/\L&/' | sort -u >"$work/pdf.words"
    check "$name: every word of the DOCX is in the PDF" [ -z "$(sed 's/.*/\L&/' "$work/docx.words" | sort -u | comm -23 - "$work/pdf.words")" ]
done <"$work/types"

# What the checker says of them: nothing, not even a note.
"$congvan" check "$work/new" 2>"$work/err"
check "no type's new text is found fault with" [ ! -s "$work/err" ]
rm "$work"/out/*-dien-tu.docx # an electronic copy is the original itself
"$congvan" check "$work"/out/*.docx 2>"$work/err"
check "nor is its DOCX" [ ! -s "$work/err" ]
say() { pdftotext -layout "$work/out/$1.pdf" - | sed 's/\xc2\xa0/ /g' | grep -qE -- "$2"; }
check "a decision names who decides, and decides" sh -c 'pdftotext -layout "$0" - | grep -A6 "^ *CHỦ TỊCH ỦY BAN" | grep -q "^ *QUYẾT ĐỊNH:$"' "$work/out/quyet-dinh.pdf"
check "a resolution resolves" say nghi-quyet '^ *QUYẾT NGHỊ:$'
check "a telegram says who sends it" say cong-dien 'XÃ AN KHÊ ĐÔNG điện:$'
check "an invitation names the guest" say giay-moi 'trân trọng kính mời: Các ông'
check "minutes have two signatures" say bien-ban '^ *THƯ KÝ +CHỦ TỌA$'
cat >>"$work/new/bien-ban.ini" <<EOF

[người ký 2]
chức vụ = ĐẠI DIỆN CÁC THÔN
họ tên = Người Thứ Hai

[người ký 3]
chức vụ = NGƯỜI CHỨNG KIẾN
họ tên = Người Thứ Ba
EOF
"$congvan" render "$work/new/bien-ban.ini" --for-signing -o "$work/two" >/dev/null 2>&1
check "others sign below, left and right" sh -c 'pdftotext -layout "$0" - | grep -qE "ĐẠI DIỆN CÁC THÔN +NGƯỜI CHỨNG KIẾN"' "$work/two/bien-ban.pdf"
check "all of them have slots" sh -c 'pdfsig "$0" | grep -cE "Field Name: (chu_ky|chu_ky_2|chu_ky_3|chu_ky_thu_ky|con_dau|con_dau_2|con_dau_3)$" | grep -q "^7$"' "$work/two/bien-ban.pdf"
cp samples/16-ke-hoach.* samples/chung.ini "$work/two"
check "a joint plan renders" status_is 0 "$congvan" render "$work/two/16-ke-hoach.ini"
check "who leads signs on the right" sh -c 'pdftotext -layout "$0" - | grep -qE "TRẠM TRƯỞNG +TRƯỞNG PHÒNG"' "$work/two/16-ke-hoach.pdf"
check "each above his own name" sh -c 'pdftotext -layout "$0" - | grep -qE "Cao Minh Đạt +Ngô Thị Bích Hằng"' "$work/two/16-ke-hoach.pdf"
check "no key of theirs is unused" silent_on merge-key-unused
echo 'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNkYPhfDwAChwGA60e6kgAAAABJRU5ErkJggg==' | base64 -d >"$work/two/ky2.png"
printf 'chữ ký = ky2.png\n' >>"$work/two/16-ke-hoach.ini"
"$congvan" render "$work/two/16-ke-hoach.ini" >/dev/null 2>&1
check "a signature goes to its own signer only" sh -c 'unzip -l "$0" | grep -q "media/congvan-nguoi-ky-2-chu-ky.png" && [ "$(unzip -p "$0" word/document.xml | grep -o "<pic:pic" | wc -l)" -eq 1 ]' "$work/two/16-ke-hoach.docx"
check "and no place and date above" sh -c '! pdftotext -layout "$0" - | grep -q "An Khê Đông, ngày"' "$work/out/bien-ban.pdf"
check "a contract has two sides" say hop-dong 'ĐẠI DIỆN BÊN A +ĐẠI DIỆN BÊN B'
"$congvan" render "$work/new" --for-signing -o "$work/slots" >/dev/null 2>"$work/err"
sed '/^; \[phụ lục 1\]/,$ { s/^; \[/[/; s/^; tệp =/tệp = quyet-dinh.md/; s/^; tách riêng =/tách riêng = có/ }' "$work/new/quyet-dinh.ini" >"$work/new/qd-phu-luc.ini"
cp "$work/new/quyet-dinh.md" "$work/new/qd-phu-luc.md"
check "an appendix is had by taking the remark signs off" status_is 0 "$congvan" render "$work/new/qd-phu-luc.ini" -o "$work/slots"
check "here a separate one" [ -s "$work/slots/qd-phu-luc-phu-luc-1.pdf" ]
rm "$work"/new/qd-phu-luc.*
check "every type has a place to sign" [ -z "$(grep -LE '"field": "(chu_ky|ban_sao|phu_luc)"' "$work"/slots/*.slots.json)" ]
check "a contract has two" grep -q '"field": "chu_ky_2"' "$work/slots/hop-dong.slots.json"
"$congvan" render "$work/new/sao-y-dien-tu.ini" "$work/new/van-ban-kem-theo.ini" --for-signing -o "$work/corner" >/dev/null 2>"$work/err"
corner() { grep -q "\"field\": \"$2\".*\"page\": 1, \"rect\": \[412.3, 813.9, 595.3, 841.9\]" "$work/corner/$1.slots.json"; }
check "an electronic copy is signed in the corner" corner sao-y-dien-tu ban_sao
check "and what is issued with a decision" corner van-ban-kem-theo phu_luc
check "which misses no other place" silent_on signing-no-place
check "a copy says what it is beside who made it" say sao-y 'ỦY BAN NHÂN DÂN +SAO Y'
check "what is issued with a decision names it" say van-ban-kem-theo '\(Kèm theo Quyết định số …/QĐ-UBND'

# Grounds: in italics, each with ';', the last with '.'.
"$congvan" new "$work/qd" --type QĐ >/dev/null
sed -i 's/^1 = Căn cứ.*/1 = Căn cứ Luật A\n2 = Căn cứ Luật B./' "$work/qd.ini"
"$congvan" render "$work/qd.ini" --dump=document >"$work/tree"
check "the first ground ends in ;" grep -q 'text "Căn cứ Luật A;".*italic' "$work/tree"
check "the last in ." grep -q 'text "Căn cứ Luật B.".*italic' "$work/tree"
check "Điều 1. is bold" grep -q 'text "Điều 1.".* bold' "$work/tree"
check "and its text is not" sh -c 'grep "text \" (Nội dung quyết định.)" "$0" | grep -vq bold' "$work/tree"
sed -i '/^1 = Căn cứ/d; /^2 = Căn cứ/d' "$work/qd.ini"
check "a decision without grounds is an error" status_is 1 "$congvan" check "$work/qd.ini"
check "it says so" says '“căn cứ” is missing: fill in “1 = …” in section [căn cứ]'
"$congvan" new "$work/gm" --type "giấy mời" >/dev/null
sed -i 's/^thời gian/thời giam/' "$work/gm.ini"
check "a type's own key is required" status_is 1 "$congvan" check "$work/gm.ini"
check "it says so" says '“thời gian” is missing'
check "and knows what was meant" says 'knows no “thời giam”; do you mean “thời gian”?'
sed -i 's/^ký hiệu.*/ký hiệu = UBND-VP/' "$work/gm.ini"
"$congvan" check "$work/gm.ini" 2>"$work/err"
check "the abbreviation of the type is missed" says '[symbol-type]'
printf 'Chương I\n\nQUY ĐỊNH CHUNG\n\nI. MỤC ĐÍCH\n\nĐiều 2. **Tự in đậm** thì thôi.\n\nChương trình này tốt.\n' >"$work/qd.md"
printf '[căn cứ]\n1 = Căn cứ X\n' >>"$work/qd.ini"
"$congvan" render "$work/qd.ini" --dump=document --draft-anyway >"$work/tree" 2>&1
check "a chapter and its title stand in the middle" [ "$(grep -B1 -E 'text "(Chương I|QUY ĐỊNH CHUNG)".*bold' "$work/tree" | grep -c 'para.* center')" -eq 2 ]
check "a Roman heading is bold" grep -q 'text "I. MỤC ĐÍCH".*bold' "$work/tree"
check "who marks bold himself is left alone" sh -c 'grep "text \"Điều 2. \"" "$0" | grep -vq bold' "$work/tree"
check "a sentence is no chapter" sh -c 'grep "text \"Chương trình này" "$0" | grep -vq bold' "$work/tree"

# new
check "new overwrites nothing" status_is 1 "$congvan" new "$work/qd" --type "quyết định"
check "it says so" says '[new-exists]'
check "a type is found without its marks" status_is 0 "$congvan" new "$work/k" --type "ke hoach"
check "a wrong type is exit 2" status_is 2 "$congvan" new "$work/l" --type "kế hoạc"
check "with the nearest one" says 'do you mean “kế hoạch”'
check "a type like no other" status_is 2 "$congvan" new "$work/l" --type zzzz
check "it says where they are listed" says '[type-unknown]'
check "new without a name" status_is 2 "$congvan" new
dispatch w "loại = giấy mòi xx"
check "render suggests a type too" status_is 1 "$congvan" render "$work/w.ini"
check "so" says '[type-unknown-near]'

# pack: folders that share parts.
mkdir -p "$work/p"; cp -r templates/khung templates/van-ban templates/thong-bao "$work/p"
mkdir "$work/p/thong-bao/manh"
sed 's/{{tên loại}}/THÔNG BÁO RIÊNG/' "$work/p/khung/manh/ten-loai.xml" >"$work/p/thong-bao/manh/ten-loai.xml"
check "a folder takes what it lacks from its frame" status_is 0 "$congvan" pack "$work/p/thong-bao" -o "$work/tb.docx"
check "but its own first" sh -c 'unzip -p "$0" word/document.xml | grep -q "THÔNG BÁO RIÊNG"' "$work/tb.docx"
check "the same bytes as the build's for the same parts" sh -c 'rm -r "$1/p/thong-bao/manh"; "$0" pack "$1/p/thong-bao" -o "$1/tb.docx" && cmp -s "$1/tb.docx" "$2/templates/thong-bao.docx"' "$congvan" "$work" "$build"
rm "$work/p/khung/manh/dau.xml"
check "a fragment that is not there" status_is 1 "$congvan" pack "$work/p/thong-bao" -o "$work/tb.docx"
check "is named" says '[pack-no-fragment]'
rm -r "$work/p/khung"
check "a frame that is not there" status_is 1 "$congvan" pack "$work/p/thong-bao" -o "$work/tb.docx"
check "is named" says '[pack-no-frame]'
