# Templates as an office has them: what `fields` says of one, where a mistake stands, and templates
# that another program has saved.
. tests/cli/lib
template=$build/templates/cong-van.docx
# The built-in template in pieces, as $work/$1, to be changed and packed again.
unpacked() { rm -rf "$work/$1"; mkdir "$work/$1"; unzip -q "$template" -d "$work/$1"; }
packed() { "$congvan" pack "$work/$1" -o "$work/$1.docx" >/dev/null 2>&1; }

# ---- fields ----
"$congvan" fields "$template" >"$work/fields" 2>&1
tab=$(printf '\t')
check "fields names the key that feeds a tag" grep -q "^{{cơ quan}}.*$tab\[cơ quan\] tên$" "$work/fields"
check "fields tells what is computed" grep -q "^{{tháng}}.*$tab\[công văn\] ngày (computed)$" "$work/fields"
"$congvan" fields "$template" --json >"$work/json" 2>&1
check "fields has a JSON form" grep -q '"tag":"{{#nơi nhận}}","part":"word/document.xml","page":1,' "$work/json"
check "fields tells in which sections a tag stands" grep -q "^{{kèm theo}}.*$tab\[phụ lục 1\] kèm theo (computed)$tab{{#phụ lục}}$" "$work/fields"
check "and whose it is there" grep -q "^{{họ tên}}.*$tab\[người ký 2\] họ tên$tab{{#người ký trái}}$" "$work/fields"
check "a picture's place too" grep -q "^{{con dấu}}.*$tab\[người ký 3\] con dấu$tab{{#người ký phải}}$" "$work/fields"
check "in JSON" grep -q '"section":"phụ lục 1","key":"tệp","inside":"{{#phụ lục}}"' "$work/json"
check "a whole template is whole" status_is 0 "$congvan" fields --check "$template"
unpacked less; sed -i 's/{{lưu}}/VT/g; s/{{chức vụ}}//g; s/{{theo dõi}}//' "$work/less/word/document.xml"
packed less
check "fields --check finds what the template lacks" status_is 1 "$congvan" fields --check "$work/less.docx"
check "and says what" says "“người ký”"
check "and what else" says "“lưu”"
check "as JSON too" status_is 1 "$congvan" fields --check "$work/less.docx" --json
check "which says no" grep -q '"ok":false' "$work/stdout"
unpacked own; sed -i 's/{{nội dung}}/{{nội dung}}<\/w:t><\/w:r><\/w:p><w:p><w:r><w:t>{{theo dõi.hạn}}/' "$work/own/word/document.xml"
packed own
check "keys of the office's own are no lack" status_is 0 "$congvan" fields --check "$work/own.docx"
check "fields names a free key" sh -c '"$0" fields "$1" | grep -q "\[theo dõi\] hạn$"' "$congvan" "$work/own.docx"
check "a type that does not exist" status_is 1 "$congvan" fields --check --type khong-co "$template"

# ---- where a mistake stands ----
# Sixty lines and then a wrong tag: no page break is stored in the file, the page is laid out.
unpacked far
lines=$(seq 60 | sed 's|.*|<w:p><w:r><w:t>Dòng &</w:t></w:r></w:p>|' | tr -d '\n')
sed -i "s|<w:p><w:pPr><w:pStyle w:val=\"NoiDung\"/>|$lines<w:p><w:r><w:t>Hạn {{hạn}}</w:t></w:r></w:p>&|" "$work/far/word/document.xml"
packed far
dispatch a
"$congvan" pdf "$work/far.docx" -o "$work/far.pdf" >/dev/null 2>&1
page=1; while pdftotext -f $page -l $page "$work/far.pdf" - | grep -q . && ! pdftotext -f $page -l $page "$work/far.pdf" - | grep -q "{{hạn}}"; do page=$((page + 1)); done
check "the tag is beyond page 1" [ $page -gt 1 ]
check "a tag without a value" status_is 1 "$congvan" render "$work/a.ini" --template "$work/far.docx"
check "is named with its page" says "{{hạn}} (page $page, paragraph “Hạn {{hạn}}”)"
sed -i 's/Hạn {{hạn}}/Hạn {{hạn/' "$work/far/word/document.xml"; packed far
check "a broken tag" status_is 1 "$congvan" fields "$work/far.docx"
check "is named with its page too" says "(page $page, paragraph “Hạn {{hạn”)"

# ---- much of it ----
dispatch big; dispatch many
awk 'BEGIN { printf "trích yếu = "; for (i = 0; i < 200000; i++) printf "ố & <"; print "" }' >"$work/subject"
sed -i -e "/^trích yếu/{r $work/subject
d}" "$work/big.ini"
seq 100000 | sed 's/.*/& = Phòng &/' >"$work/items"
sed -i -e "/^1 = Phòng/{r $work/items
d}" -e '/^2 = Phòng/d' "$work/many.ini"
check "a value of a megabyte, a hundred thousand items: in seconds" status_is 0 \
    timeout 60 "$congvan" render "$work/big.ini" "$work/many.ini" --only docx -o "$work/much"
check "the value is there" [ "$(unzip -p "$work/much/big.docx" word/document.xml | grep -o 'ố &amp; &lt;' | wc -l)" -eq 200000 ]
check "the items are there" [ "$(unzip -p "$work/much/many.docx" word/document.xml | grep -o 'Phòng [0-9]*[;.]' | wc -l)" -eq 100000 ]

# ---- saved by LibreOffice ----
if ! command -v soffice >/dev/null; then
    echo "# soffice is not installed: templates saved by it are not tried"
    exit 0
fi
profile=-env:UserInstallation=file://$work/profile
mkdir "$work/lo"
soffice "$profile" --headless --convert-to docx --outdir "$work/lo" "$build"/templates/*.docx >/dev/null 2>&1
for saved in "$work"/lo/*.docx; do
    # The register's form is no type, so it has no profile to be held to.
    [ -f "$build/templates/$(basename "$saved" .docx).ini" ] || continue
    name=$(basename "$saved" .docx)
    [ "$name" != phu-luc ] || continue # the form of appendices, no type
    "$congvan" fields "$build/templates/$name.docx" 2>/dev/null | cut -f1 | sort -u >"$work/ours"
    "$congvan" fields "$saved" 2>/dev/null | cut -f1 | sort -u >"$work/theirs"
    check "$name saved by LibreOffice has the same tags" cmp -s "$work/ours" "$work/theirs"
    check "$name saved by LibreOffice merges whole" status_is 0 "$congvan" fields --check --type "$name" "$saved"
done

# ---- values no one would expect ----
check "LibreOffice reads hostile values as they were typed" tests/tools/hostile "$build" 200 >/dev/null
