# verify: attacks on signed and certified documents, each by its class: whatever was done to a file after
# it was signed is named, and nothing of it passes for valid.
. tests/cli/lib
. tests/cli/lib-keys
append=tests/tools/pdf-append
changed="CHANGED AFTER SIGNING"
# verdict, code, file: the file gets this verdict, and the finding is there
judged() {
    "$congvan" verify "$3" --trust "$keys/ca.pem" >"$work/stdout" 2>"$work/err"; status=$?
    want=1; [ "$1" = VALID ] && want=0
    grep -qF "$3: $1" "$work/stdout" && { [ -z "$2" ] || grep -qF "[$2" "$work/stdout"; } &&
        [ $status -eq $want ] && return 0
    echo "# want $1 [$2], status $status"; sed 's/^/# /' "$work/stdout" "$work/err"; return 1
}
refused() { # code, sign's arguments
    code=$1; shift
    status_is 1 sign "$@" && says "$code" && [ ! -e "$work/no.pdf" ]
}
appearance() { # content: a form as an appearance, 200 by 40 pt
    printf '<</Type/XObject/Subtype/Form/BBox[0 0 200 40]/Resources<</Font<</H<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>>>>>/Length %s>>\nstream\n%s\nendstream' ${#1} "$1"
}

more() { echo "perl:s/\\/$1 ?\\[[^\\]]*/\$& $2/"; } # more references in an array of an object
# The draft has a text field as well, and a signature field that locks it.
"$append" "$draft" "$work/t1.pdf" next "$(appearance '')" \
    next "<</Type/Annot/Subtype/Widget/FT/Tx/T(so_tien)/F 4/Rect[100 300 300 340]/DA(/H 12 Tf)>>"
size=$(perl -0777 -ne 'print $1 if /.*\/Size (\d+)/s' "$work/t1.pdf")
field=$((size - 1))
"$append" "$work/t1.pdf" "$work/form.pdf" page "$(more Annots "$field 0 R %next% 0 R")" \
    root "$(more Fields "$field 0 R %next% 0 R")" \
    next '<</Type/Annot/Subtype/Widget/FT/Sig/T(khoa)/F 4/Rect[0 0 0 0]/Lock<</Type/SigFieldLock/Action/Include/Fields[(so_tien)]>>>>'
check "the form is well formed" qpdf --check "$work/form.pdf" >/dev/null

for level in 1 2 3; do
    sign "$work/form.pdf" "$work/c$level.pdf" rsa --certify $level --role leader >/dev/null
    check "certified, level $level: valid" judged VALID "" "$work/c$level.pdf"
    check "the level is told" grep -q "permission $level" "$work/stdout"
done
check "pdfsig says so too" sh -c "pdfsig -nocert '$work/c2.pdf' | grep -q 'Signature is Valid'"
check "what is no level" status_is 1 sign "$work/form.pdf" "$work/no.pdf" rsa --certify 4
sign "$work/form.pdf" "$work/plain.pdf" rsa --role leader >/dev/null
sign "$work/form.pdf" "$work/locked.pdf" rsa --certify 2 --field khoa >/dev/null
check "no second certification" refused sign-certify-first "$work/plain.pdf" "$work/no.pdf" ec --certify 2
check "level 1 lets nobody sign" refused sign-forbidden "$work/c1.pdf" "$work/no.pdf" ec --role agency
check "a visible field of its own is refused on a certified document" refused sign-forbidden "$work/c2.pdf" "$work/no.pdf" ec \
    --field moi --page 1 --rect 100,100,200,40 --picture "$work/lucent.png"
sign "$work/c2.pdf" "$work/x.pdf" ec --role agency >/dev/null
check "level 2: signed again in a field that was there" judged VALID later-signature "$work/x.pdf"
sign "$draft" "$work/y.pdf" rsa --certify 2 --role leader --picture "$work/lucent.png" >/dev/null
sign "$work/y.pdf" "$work/x.pdf" ec --role agency --picture "$work/lucent.png" >/dev/null
check "certified and signed again: still PDF/A" tests/tools/pdfa-check "$work/x.pdf"
sign "$work/c2.pdf" "$work/x.pdf" ec --role agency --picture "$work/lucent.png" >/dev/null
check "level 2: a seal in the field that was there for it" judged VALID appearance-over-text "$work/x.pdf"
sign "$work/c2.pdf" "$work/x.pdf" ec --field an >/dev/null
check "level 2: signed again unseen" judged VALID later-signature "$work/x.pdf"

# ---- certified documents ----
at() { file=$work/$1.pdf; shift; "$append" "$file" "$work/x.pdf" "$@"; }
fill() { # base, value, what is shown
    at "$1" $field "@$field@/V($2)/AP<</N %next% 0 R>>>>" next "$(appearance "BT /H 12 Tf 5 15 Td ($3) Tj ET")"
}
fill c2 900 900; check "level 2: a form filled in" judged VALID form-filled-as-allowed "$work/x.pdf"
fill c3 900 900; check "level 3: a form filled in" judged VALID form-filled-as-allowed "$work/x.pdf"
fill c1 900 900; check "level 1: a form filled in" judged "$changed" certified-no-changes "$work/x.pdf"
fill plain 900 900; check "not certified: a form filled in" judged "$changed" form-filled "$work/x.pdf"
fill locked 900 900; check "locked by the signature: a form filled in" judged "$changed" field-locked "$work/x.pdf"
fill c2 900 900.000; check "a value other than what is shown" judged "$changed" form-shows-otherwise "$work/x.pdf"
at c2 $field 'perl:s/\/Rect\[[^\]]*/\/Rect[0 0 600 800/'; check "a field grown over the page" judged "$changed" field-changed "$work/x.pdf"
at c2 $field "@$field@/V(9)/AP<</N %next% 0 R>>>>" next "$(appearance 'BT /H 12 Tf 20 313 Td (9) Tj ET')"
check "a value written over the text of the page" judged "$changed" appearance-covers-text "$work/x.pdf"
at c2 $field "@$field@/V(9)/AP<</N %next% 0 R>>>>" next "$(appearance 'BT /H 12 Tf 5 15 Td (9) Tj ET q 50 0 0 20 0 0 cm BI /W 1 /H 1 /BPC 8 /CS /G ID x EI Q')"
check "a picture for a value" judged "$changed" form-shows-otherwise "$work/x.pdf"
at c1 root '@root@/DSS<</Certs[]>>>>'
check "level 1: validation data is no change" judged VALID later-validation-data "$work/x.pdf"
for level in 1 2 3; do # evil annotation
    at c$level page "$(more Annots '%next% 0 R')" next '<</Type/Annot/Subtype/FreeText/Rect[100 100 300 200]/Contents(x)>>'
    check "level $level: an annotation" judged "$changed" annotation-added "$work/x.pdf"
    at c$level page "$(more Annots '%next% 0 R')" \
        root "$(more Fields '%next% 0 R')" \
        next "<</Type/Annot/Subtype/Widget/FT/Sig/T(moi)/F 4/Rect[100 500 300 540]/AP<</N $((size + 9)) 0 R>>>>" \
        $((size + 9)) "$(appearance '1 g 0 0 200 40 re f')"
    check "level $level: a new signature field that shows something (sneaky signature)" judged "$changed" certified-new-appearance "$work/x.pdf"
done
at plain page "$(more Annots '%next% 0 R')" root "$(more Fields '%next% 0 R')" \
    next "<</Type/Annot/Subtype/Widget/FT/Sig/T(moi)/F 4/Rect[100 500 300 540]/AP<</N $((size + 9)) 0 R>>>>" \
    $((size + 9)) "$(appearance 'BT /H 12 Tf 5 15 Td (x) Tj ET')"
check "not certified: words in a field nobody signed" judged "$changed" unsigned-field-shows "$work/x.pdf"
at c2 page "$(more Annots '%next% 0 R')" root "$(more Fields '%next% 0 R')" \
    next '<</Type/Annot/Subtype/Widget/FT/Sig/T(moi)/F 4/Rect[0 0 0 0]/AA<</PV<</S/JavaScript/JS(1)>>>>>>'
check "a script in a new signature field" judged "$changed" signature-field-action "$work/x.pdf"

# ---- covering ----
base64 -d >"$work/opaque.png" <<END
iVBORw0KGgoAAAANSUhEUgAAAAQAAAABCAYAAAD5PA/NAAAADElEQVR42mP4jwoYAIaKDvK6uv4KAAAAAElFTkSuQmCC
END
word() { # the rectangle of a word on page 1, as --rect takes it
    pdftotext -bbox -l 1 "$1" - | perl -ne 'print(join ",", $1 - 30, 841.9 - $4 - 8, $3 - $1 + 60, $4 - $2 + 16), exit if /xMin="([\d.]+)" yMin="([\d.]+)" xMax="([\d.]+)" yMax="([\d.]+)">'"$2"'</'
}
over() { sign "$1" "$work/x.pdf" ec --field che --page 1 --rect "$2" --picture "$3" >/dev/null; }
over "$work/plain.pdf" "$(word "$draft" nghị)" "$work/lucent.png"
check "a transparent picture over words is as seals are" judged VALID appearance-over-text "$work/x.pdf"
over "$work/plain.pdf" "$(word "$draft" nghị)" "$work/opaque.png"
check "a picture whose mask hides words" judged "$changed" appearance-covers-text "$work/x.pdf"
sign "$draft" "$work/n.pdf" rsa --number 8 >/dev/null
check "a number was stamped" judged VALID "" "$work/n.pdf"
rect=$(perl -MJSON::PP -0777 -ne '$d = decode_json $_; for (@{$d->{slots} // $d}) { print join ",", $_->{rect}[0], $_->{rect}[1], $_->{rect}[2] - $_->{rect}[0], $_->{rect}[3] - $_->{rect}[1] if ($_->{name} // $_->{field}) eq "so" }' "$work/nhap.slots.json")
over "$work/n.pdf" "$rect" "$work/opaque.png"
check "a picture over the number stamped before" judged "$changed" appearance-covers-text "$work/x.pdf"
"$append" "$draft" "$work/place.pdf" next "<</Type/Annot/Subtype/Widget/FT/Sig/T(cho)/F 4/Rect[100 300 300 340]/AP<</N $((size + 5)) 0 R>>>>" \
    $((size + 5)) "$(appearance 'BT /H 12 Tf 5 15 Td (500) Tj ET')"
place=$(perl -0777 -ne 'print $1 if /.*[\r\n](\d+) 0 obj\s*<<\/Type\/Annot\/Subtype\/Widget\/FT\/Sig\/T\(cho\)/s' "$work/place.pdf")
"$append" "$work/place.pdf" "$work/place2.pdf" page "$(more Annots "$place 0 R")" root "$(more Fields "$place 0 R")"
sign "$work/place2.pdf" "$work/y.pdf" rsa --role leader >/dev/null
sign "$work/y.pdf" "$work/x.pdf" ec --field cho --picture "$work/lucent.png" >/dev/null
check "words of an empty field that vanish by signing it" judged "$changed" field-text-replaced "$work/x.pdf"

# ---- shadow attacks: something was there before signing, and is switched on ----
one=$work/plain.pdf
hidden=$(perl -0777 -ne '/(\d+) 0 obj\s*<<[^>]*\/Type\/XObject\/Subtype\/Form\/BBox\[0 0 200 40\]/ && print $-[0] + length($&) - length($&)' "$one")
content=$(perl -0777 -ne 'print $1 if /\/Type ?\/Page\b.*?\/Contents (\d+)/s || /\/Contents (\d+) 0 R/s' "$one")
"$append" "$one" "$work/x.pdf" content "at:$hidden"
check "hide and replace: a table entry led to another object" judged "$changed" page-content-changed "$work/x.pdf"
font=$(perl -0777 -ne 'print $1 if /\/FontFile2 (\d+)/' "$one")
"$append" "$one" "$work/x.pdf" "$font" "<</Length 1>>
stream
x
endstream"
check "replace: a font program exchanged" judged "$changed" page-resources-changed "$work/x.pdf"
map=$(perl -0777 -ne 'print $1 if /\/ToUnicode (\d+)/' "$one")
"$append" "$one" "$work/x.pdf" "$map" "<</Length 1>>
stream
x
endstream"
check "replace: what a font's codes mean" judged "$changed" page-resources-changed "$work/x.pdf"
fill plain 900 900
check "replace: a field's look over the text" judged "$changed" form-filled "$work/x.pdf"
kids=$(perl -0777 -ne 'print $1 if /.*\/Pages (\d+) 0 R/s' "$one")
"$append" "$one" "$work/x.pdf" "$kids" "perl:s/\/Kids ?\[ ?\d+/\/Kids[%next%/" next "<</Type/Page/Parent $kids 0 R/MediaBox[0 0 595 842]>>"
check "replace: another page of the same number" judged "$changed" "" "$work/x.pdf"
"$append" "$one" "$work/x.pdf" root '@root@/OCProperties<</OCGs[]/D<<>>>>>>'
check "hide: layers" judged "$changed" catalog-changed "$work/x.pdf"

# ---- cross-references ----
blank="<</Length 0>>
stream

endstream"
"$append" --streams "$one" "$work/x.pdf" page '@page@/Rotate 90>>'
check "an object stream overrides the page" judged "$changed" page-changed "$work/x.pdf"
"$append" --streams "$one" "$work/x.pdf" root '@root@>>'
check "an object stream with the same catalogue is no change" judged VALID "" "$work/x.pdf"
"$append" --hybrid "$one" "$work/x.pdf" page '@page@/Rotate 90>>'
check "two tables side by side" judged "$changed" xref-hybrid "$work/x.pdf"
"$append" --hybrid "$one" "$work/x.pdf" root '@root@>>'
check "even when they change nothing" judged "$changed" xref-hybrid "$work/x.pdf"
"$append" --loop "$one" "$work/x.pdf" content "$blank"
check "a table that leads to itself is not valid" sh -c "! timeout 5 '$congvan' verify '$work/x.pdf' --trust '$keys/ca.pem' >'$work/stdout'"
check "nor a hang" grep -q ": $changed\|: INVALID" "$work/stdout"
"$append" --old "$one" "$work/x.pdf" content "$blank"
check "objects without a table (incremental saving)" judged "$changed" xref-not-own "$work/x.pdf"
"$append" "$one" "$work/x.pdf" page "perl:s/<</<<\/Contents %next% 0 R/" next "$blank"
check "a key twice, which programs read differently" judged "$changed" syntax-ambiguous "$work/x.pdf"
"$append" "$one" "$work/x.pdf" content "$blank" content "at:$(perl -0777 -ne "/[\r\n]$content 0 obj/ && print \$-[0] + 1" "$one")"
check "an object twice, the table leading to the old one" judged "$changed" "" "$work/x.pdf"

# ---- forged structures (universal signature forgery) ----
edit() { perl -0777 -pe "$1" "$one" >"$work/x.pdf"; }
for range in 'null' '[0 -1 2 3]' '[0 1.5 2 3]' '[0 10 20]' '[0 10 20 30 40 50]' '[]' '(x)' '[0 0 0 0]'; do
    RANGE=$range edit 's/\/ByteRange \[[^]]*\]/sprintf "\/ByteRange %-*s", length($&) - 11, $ENV{RANGE}/e'
    check "/ByteRange $range" judged INVALID byte-range "$work/x.pdf"
done
for contents in 'null' '()' '<>' '<00>' '[<30>]'; do
    CONTENTS=$contents edit 's/\/Contents <[0-9a-f]+>/sprintf "\/Contents %-*s", length($&) - 10, $ENV{CONTENTS}/e'
    check "/Contents $contents" judged INVALID gap-not-contents "$work/x.pdf"
done
edit 's/^/\n/'
check "something before the header" judged INVALID header-not-first "$work/x.pdf"
