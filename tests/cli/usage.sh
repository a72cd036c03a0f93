# Exit statuses, help, languages, the shapes of answers.
. tests/cli/lib
dispatch a
check "help is a result" sh -c '"$0" --help | grep -q render' "$congvan"
check "every command has help" sh -c 'for c in render check pdf fields pack; do "$0" $c --help | grep -q "congvan $c" || exit 1; done' "$congvan"
check "version" sh -c '"$0" --version | grep -q "^congvan "' "$congvan"
check "no command is wrong usage" status_is 2 "$congvan"
check "an unknown command is wrong usage" status_is 2 "$congvan" rendr
check "it says so" says "[command-unknown]"
check "an unknown option is wrong usage" status_is 2 "$congvan" render --colour "$work/a.ini"
check "it says so" says "[option-unknown]"
check "an option without its value is wrong usage" status_is 2 "$congvan" render "$work/a.ini" -o
check "it says so" says "[option-needs-value]"
check "a bad value is wrong usage" status_is 2 "$congvan" render "$work/a.ini" --only odt
check "it says so" says "[option-bad-value]"
check "no path is wrong usage" status_is 2 "$congvan" render
check "it says so" says "[path-missing]"
check "two files for pdf are wrong usage" status_is 2 "$congvan" pdf a.docx b.docx
check "it says so" says "[path-too-many]"
check "a missing file is exit 1" status_is 1 "$congvan" render "$work/none.ini"
check "it says so" says "[file-cannot-read]"
mkdir "$work/empty"
check "an empty folder is exit 1" status_is 1 "$congvan" render "$work/empty"
check "it says so" says "[folder-empty]"
sed 's/^\[công văn\]/&\nloại = thư tay/' "$work/a.ini" >"$work/type.ini"; cp "$work/a.md" "$work/type.md"
check "an unknown type is exit 1" status_is 1 "$congvan" render "$work/type.ini"
check "it says so" says "[type-unknown]"
mkdir "$work/x" "$work/y"; cp "$work"/a.* "$work/x"; cp "$work"/a.* "$work/y"
check "two dispatches of one name are not mixed up" status_is 1 "$congvan" render "$work/x" "$work/y" -o "$work/o"
check "it says so" says "[output-twice]"
check "the first is done" [ -s "$work/o/a.pdf" ]
check "results go to standard output" sh -c '"$0" render "$1/a.ini" -o "$1/o" 2>/dev/null | grep -q "/o/a.pdf"' "$congvan" "$work"
mkdir "$work/jobs"
for i in $(seq 40); do cp "$work/a.md" "$work/jobs/d$i.md"; sed "s/^số = .*/số = $i/" "$work/a.ini" >"$work/jobs/d$i.ini"; done
sed -i '/^họ tên/d' "$work/jobs/d7.ini"
(cd "$work" && "$congvan" render jobs -o j1 -j 1 >j1.out 2>j1.err; "$congvan" render jobs -o j5 -j 5 >j5.out 2>j5.err)
check "-j changes no byte" diff -r "$work/j1" "$work/j5"
check "-j changes no order" sh -c 'sed s/^j1/j5/ "$0/j1.out" | cmp -s - "$0/j5.out" && cmp -s "$0/j1.err" "$0/j5.err"' "$work"
check "-j wants a number" status_is 2 "$congvan" render "$work/a.ini" -j viele
check "--only docx" sh -c '"$0" render "$1/a.ini" -o "$1/d" --only docx >/dev/null 2>&1; [ -e "$1/d/a.docx" ] && [ ! -e "$1/d/a.pdf" ]' "$congvan" "$work"
check "--only pdf" sh -c '"$0" render "$1/a.ini" -o "$1/p" --only pdf >/dev/null 2>&1; [ -e "$1/p/a.pdf" ] && [ ! -e "$1/p/a.docx" ]' "$congvan" "$work"
for stage in dispatch ops document pages; do
    check "--dump=$stage prints" sh -c '"$0" render "$1/a.ini" --dump=$2 2>/dev/null | grep -q .' "$congvan" "$work" $stage
done
check "a dump writes no file" [ ! -e "$work/a.pdf" ]
check "check says nothing about what is right" status_is 0 "$congvan" check "$work/a.ini"
check "check --json is JSON" sh -c '"$0" check --json "$1/a.ini" "$1/none.ini" 2>/dev/null | head -c 1 | grep -q "\["' "$congvan" "$work"
check "a file that cannot be checked is exit 1" sh -c 'echo x >"$1/a.txt"; "$0" check "$1/a.txt" 2>"$1/err"; [ $? -eq 1 ]' "$congvan" "$work"
check "it says so" says "[check-kind-unknown]"
"$congvan" render "$work/a.ini" -o "$work/o" >/dev/null 2>&1
check "pdf lays out a DOCX" sh -c '"$0" pdf "$1/o/a.docx" -o "$1/o/b.pdf" >/dev/null 2>&1 && cmp -s "$1/o/a.pdf" "$1/o/b.pdf"' "$congvan" "$work"
check "check takes a DOCX" status_is 0 "$congvan" check "$work/o/a.docx"
check "fields lists tags" sh -c '"$0" fields "$1/templates/cong-van.docx" | grep -q "trích yếu"' "$congvan" "$build"
check "a DOCX without tags is no template" sh -c '"$0" fields "$1/o/a.docx" 2>&1 | grep -q "template-no-tags"' "$congvan" "$work"
check "messages are Vietnamese by default" sh -c 'unset CONGVAN_LANG; "$0" render "$1/none.ini" 2>&1 | grep -q "không đọc được"' "$congvan" "$work"
check "--lang en" sh -c 'unset CONGVAN_LANG; "$0" render "$1/none.ini" --lang en 2>&1 | grep -q "cannot read"' "$congvan" "$work"
mkdir "$work/odd"; unzip -q "$build/templates/cong-van.docx" -d "$work/odd/t"
sed -i 's/Times New Roman/Cambria/g' "$work/odd/t/word/styles.xml"
"$congvan" pack "$work/odd/t" -o "$work/odd/t.docx"
check "a substituted font is a warning" status_is 0 "$congvan" pdf "$work/odd/t.docx" -o "$work/odd/t.pdf"
check "which --strict refuses" status_is 1 "$congvan" pdf --strict "$work/odd/t.docx" -o "$work/odd/s.pdf"
check "it says so" says "[strict-warnings]"
check "and writes nothing" [ ! -e "$work/odd/s.pdf" ]
head -c 1000 "$work/o/a.docx" >"$work/half.docx"
check "half a DOCX is exit 1" status_is 1 "$congvan" pdf "$work/half.docx"
check "standard output that is full is exit 3" sh -c '"$0" render "$1/a.ini" --dump=pages >/dev/full 2>/dev/null; [ $? -eq 3 ]' "$congvan" "$work"
check "every command has its version" sh -c 'for c in render check pdf fields pack; do "$0" $c --version | grep -q "^congvan [0-9]" || exit 1; done' "$congvan"
check "an unknown language is wrong usage" status_is 2 "$congvan" render "$work/a.ini" --lang fr
check "it says so" says "[option-bad-value]"
for lang in "--lang fr" "--lang=fr" "--lang"; do
    check "$lang before the command is wrong usage" status_is 2 "$congvan" $lang render "$work/none.ini"
    check "it says so" says "[lang-unknown]"
done
check "--lang=vi before the command" status_is 1 "$congvan" --lang=vi render "$work/none.ini"
check "is heard" says "không đọc được"
check "-j wants nothing but a number" status_is 2 "$congvan" render "$work/a.ini" -j 2x
check "no option is listed twice" sh -c 'for l in vi en; do "$0" render --help --lang $l; done >/dev/null; "$0" --lang vi render --help | grep -c -- "-j N  " | grep -qx 1' "$congvan"

# A body written in Word: here, a document of ours.
dispatch w; "$congvan" render "$work/w.ini" --only docx -o "$work/word" >/dev/null 2>&1
dispatch v; cp "$work/word/w.docx" "$work/than.docx"; cp "$work/word/w.docx" "$work/v.docx"
printf '[nội dung]\ntệp = than.docx\n' >>"$work/v.ini"
check "a body may be a DOCX" status_is 0 "$congvan" render "$work/v.ini" -o "$work/word"
check "its text is in the PDF" sh -c 'pdftotext "$0" - | grep -q "Sở Xây dựng đề nghị các phòng"' "$work/word/v.pdf"
check "its text is in the dispatch's dump" sh -c '"$0" render "$1" --dump=dispatch | grep -q "thực hiện"' "$congvan" "$work/v.ini"
sed -i 's/than.docx/v.docx/' "$work/v.ini"
check "a body in Word is never overwritten" status_is 1 "$congvan" render "$work/v.ini"
check "and that is said" says "output-is-source"
