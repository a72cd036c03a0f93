# Contract section 5, line by line: what must never happen, provoked.
. tests/cli/lib

dispatch cut; sed -i 's/^lưu.*/lưu = VT; NC/' "$work/cut.ini"
check "an unquoted ; is not lost silently" sh -c '
    "$0" render "$1/cut.ini" -o "$1/o" >/dev/null 2>"$1/e"; grep -q "cut.ini:14: " "$1/e"' \
    "$congvan" "$work"
dispatch quoted; sed -i 's/^lưu.*/lưu = "VT; NC#2"/' "$work/quoted.ini"
check "a quoted ; and # stay" sh -c '
    "$0" render "$1/quoted.ini" -o "$1/o" >/dev/null 2>&1 &&
    pdftotext "$1/o/quoted.pdf" - | grep -q "VT; NC#2"' "$congvan" "$work"

dispatch twice; sed -i 's/^tên = .*/&\ntên = SỞ KHÁC/' "$work/twice.ini"
status_is 1 "$congvan" render "$work/twice.ini" -o "$work/o"
check "a repeated key is named with both lines" says "twice.ini:9:"

dispatch unknown; sed -i 's/^chức vụ/chúc vị/' "$work/unknown.ini"
"$congvan" render "$work/unknown.ini" -o "$work/o" >/dev/null 2>"$work/err"
check "an unknown key of a known section is named" says "unknown.ini:16:"
check "the nearest known key is offered" says "chức vụ"

dispatch foreign; sed -i 's/^chức vụ = .*/&\nngười đánh máy = X/' "$work/foreign.ini"
"$congvan" render "$work/foreign.ini" -o "$work/o" >/dev/null 2>"$work/err"
check "a key like no other is named without a guess" says "belong in a section of their own [ini-unknown-key]"

dispatch long
long=$(head -c 5000 /dev/zero | tr '\0' 'x')
sed -i "s/^1 = Phòng.*/1 = $long cuối/" "$work/long.ini"
"$congvan" render "$work/long.ini" --draft-anyway --dump=dispatch >"$work/out" 2>"$work/err"
check "a line past 1,024 bytes is not lost silently" sh -c '
    grep -q "xxxx cuối" "$0/out" || grep -q "long.ini:10: " "$0/err"' "$work"

dispatch bodyless; rm "$work/bodyless.md"
check "a missing body is an error" status_is 1 "$congvan" render "$work/bodyless.ini" -o "$work/o"
check "a missing body is named" says "bodyless.md"
check "a missing body writes nothing" [ ! -e "$work/o/bodyless.pdf" ]

dispatch marks
printf 'Một **đậm chưa đóng.\n\nHai[^9] và ba./.\n' >"$work/marks.md"
"$congvan" render "$work/marks.ini" -o "$work/o" >/dev/null 2>"$work/err"
check "an unclosed ** is named with its line" says "marks.md:1:"
check "a mark without its note is named with its line" says "marks.md:3:"
printf 'Một.\n\n[^1]: không ai gọi\n' >"$work/marks.md"
"$congvan" render "$work/marks.ini" -o "$work/o" >/dev/null 2>"$work/err"
check "a note without its mark is named" says "marks.md:3:"

for part in "số ký hiệu:^ký hiệu" "địa danh:^địa danh" "trích yếu:^trích yếu" "cơ quan:^tên" \
            "họ tên:^họ tên" "chức vụ:^chức vụ" "lưu:^lưu"; do
    dispatch part; sed -i "/${part#*:}/d" "$work/part.ini"; rm -rf "$work/o"
    check "without ${part%%:*}: exit 1" status_is 1 "$congvan" render "$work/part.ini" -o "$work/o"
    check "without ${part%%:*}: nothing written" [ ! -e "$work/o/part.docx" ]
done
dispatch part; sed -i '/kính gửi/,+2d' "$work/part.ini"
check "without kính gửi: exit 1" status_is 1 "$congvan" render "$work/part.ini" -o "$work/o"
check "--draft-anyway renders it all the same" sh -c '
    "$0" render "$1/part.ini" -o "$1/d" --draft-anyway >/dev/null 2>&1; [ -s "$1/d/part.pdf" ]' \
    "$congvan" "$work"

# The merged document is judged too: a template that drops the agency's name.
mkdir "$work/t"
unzip -q "$build/templates/cong-van.docx" -d "$work/t/bare"
sed -i 's/{{cơ quan}}/ /' "$work/t/bare/word/document.xml"
"$congvan" pack "$work/t/bare" -o "$work/t/bare.docx"
dispatch whole
check "a template that drops a required section: exit 1" \
    status_is 1 "$congvan" render "$work/whole.ini" --template "$work/t/bare.docx" -o "$work/o2"
check "the template is named" says "bare.docx:word/document.xml: error:"
check "and nothing is written" [ ! -e "$work/o2/whole.docx" ]

# Drafts are legal; --final wants them filled.
dispatch draft "số =
ký hiệu = SXD-VP
địa danh = Sông Lam
ngày = /2/2026
trích yếu = kiểm tra"
check "a draft renders" status_is 0 "$congvan" render "$work/draft.ini" -o "$work/o"
check "a draft is no final" status_is 1 "$congvan" check --final "$work/draft.ini"
check "what is issued is final" status_is 0 "$congvan" check --final "$work/whole.ini"

# One bad file stops nothing.
mkdir "$work/many"
for i in a b c; do dispatch $i; mv "$work/$i".* "$work/many"; done
sed -i '/^họ tên/d' "$work/many/b.ini"
check "a folder with one bad file: exit 1" status_is 1 "$congvan" render "$work/many" -o "$work/o3"
check "the others are done" [ -s "$work/o3/a.pdf" -a -s "$work/o3/c.pdf" -a ! -e "$work/o3/b.pdf" ]

# Outputs appear whole or not at all.
"$congvan" render "$work/whole.ini" -o "$work/o" >/dev/null 2>&1
check "a full disk is exit 3" status_is 3 sh -c 'ulimit -f 4; trap "" XFSZ; "$0" render "$1/whole.ini" -o "$1/full"' "$congvan" "$work"
check "a full disk leaves no half file" sh -c '
    for f in "$0"/full/*; do [ -e "$f" ] || continue; case $f in *.docx) unzip -tqq "$f" ;; *) false ;; esac || exit 1; done' "$work"
mkdir "$work/locked"; : >"$work/locked/file"
check "a device is not written over" status_is 3 "$congvan" pdf "$work/o/whole.docx" -o /dev/full
check "and is still there" [ -c /dev/full ]
check "an output folder that is a file is exit 3" \
    status_is 3 "$congvan" render "$work/whole.ini" -o "$work/locked/file"
mkdir "$work/k"
for i in 1 2 3 4 5 6 7 8 9 10 11 12; do dispatch k$i; mv "$work/k$i".* "$work/k"; done
for delay in 0.004 0.008 0.012 0.02 0.03; do
    "$congvan" render "$work/k" -o "$work/ko" >/dev/null 2>&1 & pid=$!
    sleep $delay; kill -9 $pid 2>/dev/null; wait $pid 2>/dev/null
done
check "kill -9 leaves only whole files" sh -c '
    for f in "$0"/ko/*.docx; do [ ! -e "$f" ] || unzip -tqq "$f" || exit 1; done
    for f in "$0"/ko/*.pdf; do [ ! -e "$f" ] || qpdf --check "$f" >/dev/null 2>&1 || exit 1; done' "$work"
