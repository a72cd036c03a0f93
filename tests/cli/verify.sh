# verify: what is sound is valid, and everything else is called what it is.
. tests/cli/lib
. tests/cli/lib-keys
append=tests/tools/pdf-append

sign "$draft" "$work/one.pdf" rsa --role leader --picture "$work/lucent.png" >/dev/null
sign "$work/one.pdf" "$work/two.pdf" ec --role agency --picture "$work/lucent.png" --number 8 --date 5/11/2026 >/dev/null
verify() { "$congvan" verify "$@" --trust "$keys/ca.pem" >"$work/stdout" 2>"$work/err"; }
# verdict, code, file: the file gets this verdict, and the finding is there
judged() {
    verify "$3"; status=$?
    want=1; [ "$1" = VALID ] && want=0
    grep -qF "$3: $1" "$work/stdout" && { [ -z "$2" ] || grep -qF "[$2]" "$work/stdout"; } &&
        [ $status -eq $want ] && return 0
    echo "# want $1 [$2], status $status"; sed 's/^/# /' "$work/stdout" "$work/err"; return 1
}
changed="CHANGED AFTER SIGNING"

check "one signature is valid" judged VALID "" "$work/one.pdf"
check "four are valid, the later ones named" judged VALID later-signature "$work/two.pdf"
check "a seal over words is named, not blamed" grep -q 'appearance-over-text' "$work/stdout"
check "the signer is named" grep -q 'Lò Thị Mây rsa' "$work/stdout"
check "a draft is not signed" judged "NOT SIGNED" unsigned "$draft"
check "no trust, no verdict" sh -c "'$congvan' verify '$work/one.pdf' | grep -q 'UNDECIDED'"
check "another root" sh -c "! '$congvan' verify '$work/one.pdf' --trust '$keys/ec.pem' >'$work/stdout'"
check "is not trusted" grep -q chain-untrusted "$work/stdout"
check "no PDF" judged INVALID pdf-damaged "$keys/pass"
check "a trust file without certificates" sh -c "! '$congvan' verify '$work/one.pdf' --trust '$keys/pass' 2>'$work/err'"
check "is said" says trust-empty

# ---- bytes changed within the signed range, or the range itself ----
edit() { # expression, output: perl over the whole of one.pdf
    perl -0777 -pe "$1" "$work/one.pdf" >"$2"
}
edit 's/\/Title/\/Titel/' "$work/x.pdf"
check "a signed byte changed" judged INVALID digest-mismatch "$work/x.pdf"
edit 's/\/ByteRange \[0 /\/ByteRange [1 /' "$work/x.pdf"
check "a range that does not start at 0" judged INVALID byte-range-bounds "$work/x.pdf"
edit 's/(\/ByteRange \[0 \d+ \d+ )\d/${1}9/; s/(\/ByteRange \[0 \d+ \d+ \d+) /${1}9/' "$work/x.pdf"
check "a range beyond the end" judged INVALID byte-range-bounds "$work/x.pdf"
edit 's/\/ByteRange \[0 (\d+) (\d+) (\d+)/substr sprintf("\/ByteRange [0 %d %d %d    ", $1, $2 + 8, $3 - 8), 0, length $&/e' "$work/x.pdf"
check "a gap wider than the signature" judged INVALID gap-not-contents "$work/x.pdf"
edit 's/\/ByteRange \[[^]]*\]/" " x length $&/e' "$work/x.pdf"
check "no range" judged INVALID byte-range-form "$work/x.pdf"
edit 's/(\/Contents )<([0-9a-f]+)>/$1 . "<>" . " " x length $2/e' "$work/x.pdf"
check "no signature in the gap" judged INVALID gap-not-contents "$work/x.pdf"
edit 's/(\/Contents <)[0-9a-f]{8}/${1}00000000/' "$work/x.pdf"
check "a signature that is none" judged INVALID cms-unreadable "$work/x.pdf"
edit 's/\/SubFilter\/ETSI.CAdES.detached/sprintf "%-30s", "\/SubFilter\/adbe.x509.rsa_sha1"/e' "$work/x.pdf"
check "an old form" judged INVALID subfilter-unsupported "$work/x.pdf"
edit 's/\/V \d+ 0 R\/AP/\/W 1 0 R\/AP/g' "$work/x.pdf"
check "a signature no field leads to" judged INVALID signature-unreachable "$work/x.pdf"

# ---- what can be appended ----
at() { "$append" "$work/one.pdf" "$work/x.pdf" "$@"; }
at root '@root@>>'
check "the same once more is no change" judged VALID "" "$work/x.pdf"
at content "<</Length 0>>
stream

endstream"
check "another page content" judged "$changed" page-content-changed "$work/x.pdf"
at page '@page@/Rotate 90>>'
check "a page turned" judged "$changed" page-changed "$work/x.pdf"
at page '@page@/Annots[%next% 0 R]>>' next '<</Type/Annot/Subtype/FreeText/Rect[100 100 300 200]/Contents(x)>>'
check "an annotation instead of the fields" judged "$changed" annotation-removed "$work/x.pdf"
page=$(perl -0777 -ne 'print $1 if /.*\/Annots ?\[([^\]]*)\]/s' "$work/one.pdf")
at page "@page@/Annots[$page %next% 0 R]>>" next '<</Type/Annot/Subtype/Stamp/Rect[100 100 300 200]>>'
check "a stamp laid over the page" judged "$changed" annotation-added "$work/x.pdf"
# The form stands in the catalogue.
at root 'perl:s/\/Fields ?\[[^\]]*/$& %next% 0 R/' next '<</FT/Tx/T(moi)/V(1)>>'
check "a text field" judged "$changed" field-added "$work/x.pdf"
at root 'perl:s/\/Fields ?\[[^\]]*/$& %next% 0 R/' next '<</FT/Sig/T(moi)/Type/Annot/Subtype/Widget/Rect[0 0 0 0]>>'
check "an empty signature field is allowed" judged VALID later-signature-field "$work/x.pdf"
sign "$work/one.pdf" "$work/z.pdf" ec >/dev/null
"$append" "$work/z.pdf" "$work/x.pdf" root 'perl:s/(\/Fields ?\[) ?\d+ 0 R/$1/'
check "fields taken away" judged "$changed" field-removed "$work/x.pdf"
at root 'perl:s/\/Fields ?\[/\/NeedAppearances true$&/'
check "appearances made anew" judged "$changed" form-changed "$work/x.pdf"
at root '@root@/OpenAction<</S/JavaScript/JS(1)>>>>'
check "a script" judged "$changed" catalog-changed "$work/x.pdf"
at root '@root@/DSS<</Certs[]>>>>'
check "validation data is allowed" judged VALID later-validation-data "$work/x.pdf"
metadata=$(perl -0777 -ne 'print $1 if /\/Metadata (\d+) 0 R/' "$work/one.pdf")
at "$metadata" "<</Type/Metadata/Subtype/XML/Length 1>>
stream
x
endstream"
check "metadata is allowed, and named" judged VALID later-metadata "$work/x.pdf"
pages=$(perl -0777 -ne 'print $1 if /.*\/Pages (\d+) 0 R/s' "$work/one.pdf")
kid=$(perl -0777 -ne 'print $1 if /\/Kids ?\[ ?(\d+) 0 R/s' "$work/one.pdf")
at "$pages" "<</Type/Pages/Count 2/Kids[$kid 0 R %next% 0 R]>>" next "<</Type/Page/Parent $pages 0 R/MediaBox[0 0 100 100]>>"
check "a page more" judged "$changed" pages-changed "$work/x.pdf"
signed=$(perl -0777 -ne 'print $1 if /(\d+) 0 obj\s*<<(?:(?!endobj).)*\/T ?\(chu_ky\)/s' "$work/one.pdf")
at "$signed" 'perl:s/\/Rect ?\[[^\]]*/\/Rect[0 0 600 800/'
check "a signature's widget grown over the page" judged "$changed" field-changed "$work/x.pdf"
{ cat "$work/one.pdf"; echo '7 0 obj <</Nothing 1>> endobj'; } >"$work/x.pdf"
check "bytes behind the end" judged "$changed" junk-after-end "$work/x.pdf"
{ cat "$work/one.pdf"; printf 'startxref\n5\n%%%%EOF\n'; } >"$work/x.pdf"
check "a tail that breaks the file" judged "$changed" junk-after-end "$work/x.pdf"

# ---- a signature that covers what was signed (sneaky) ----
sign "$work/one.pdf" "$work/x.pdf" ec --role appendix --field che --page 1 --rect 80,600,400,120 \
    --text 'Số tiền: 900.000.000 đồng | Số tiền: 900.000.000 đồng' >/dev/null
check "words over words" judged "$changed" appearance-covers-text "$work/x.pdf"

# ---- certificates ----
make_key weak "$for_signing" -newkey rsa:1024
make_key other 'keyUsage=critical,keyEncipherment' -newkey rsa:2048
make_revocable_key
sign "$draft" "$work/x.pdf" weak >/dev/null
check "a short key" judged "INTACT BUT WEAK" weak-key "$work/x.pdf"
sign "$draft" "$work/x.pdf" other >/dev/null
check "a certificate for something else" judged INVALID key-usage "$work/x.pdf"
sign "$draft" "$work/x.pdf" crl >/dev/null
check "a list nobody gave" judged UNDECIDED revocation-unknown "$work/x.pdf"
list_revoked
check "a list without it" status_is 0 "$congvan" verify "$work/x.pdf" --trust "$keys/ca.pem" --crl "$keys/list.pem"
ocsp "$keys/good"
check "an answer that it is good" status_is 0 "$congvan" verify "$work/x.pdf" --trust "$keys/ca.pem" --ocsp "$keys/ocsp.der"
revoke
"$congvan" verify "$work/x.pdf" --trust "$keys/ca.pem" --crl "$keys/list.pem" >"$work/stdout"
check "a revoked certificate" grep -q certificate-revoked "$work/stdout"
ocsp "$keys/index"
"$congvan" verify "$work/x.pdf" --trust "$keys/ca.pem" --ocsp "$keys/ocsp.der" >"$work/stdout"
check "an answer that it is revoked" grep -q certificate-revoked "$work/stdout"
sign "$draft" "$work/x.pdf" rsa --time "$(date -d '+3 years' +%Y-%m-%dT00:00:00+07:00)" >/dev/null 2>&1
check "nobody signs after the certificate's end" [ $? -eq 1 ]

# ---- revisions, the draft, JSON ----
check "revision 2 is what was signed first" sh -c \
    "'$congvan' verify '$work/two.pdf' --extract 2 -o '$work/r2.pdf' >/dev/null && cmp '$work/r2.pdf' '$work/one.pdf'"
check "no revision 9" sh -c "! '$congvan' verify '$work/two.pdf' --extract 9 -o '$work/r9.pdf' 2>'$work/err'"
check "says how many there are" says verify-no-revision
check "one file and a name, please" status_is 2 "$congvan" verify "$work/two.pdf" --extract 2
check "is said as well" says verify-extract-one
check "the draft came home" sh -c "'$congvan' verify '$work/two.pdf' --trust '$keys/ca.pem' --original '$draft' |
    grep -q 'begins with exactly the bytes'"
qpdf --linearize "$draft" "$work/rewritten.pdf"
sign "$work/rewritten.pdf" "$work/x.pdf" rsa >/dev/null
check "a rewritten draft with the same pages" sh -c "'$congvan' verify '$work/x.pdf' --original '$draft' |
    grep -q 'only rewritten'"
"$congvan" render samples/01-mot-noi-nhan.ini --only pdf -o "$work" >/dev/null
check "another document" sh -c "'$congvan' verify '$work/two.pdf' --original '$work/01-mot-noi-nhan.pdf' |
    grep -q 'page 1 differs in: text and lines'"
check "JSON" sh -c "'$congvan' verify '$work/two.pdf' '$work/one.pdf' --json --original '$draft' |
    perl -MJSON::PP -0777 -ne '\$d = decode_json \$_; exit !(@\$d == 2 && @{\$d->[0]{signatures}} == 4 &&
    \$d->[0]{verdict} eq \"undecided\" && \$d->[0]{original}{same})'"
mkdir "$work/thieu"
cp "$work/one.pdf" "$work/thieu/a.pdf"
ln -s khong-co "$work/thieu/z.pdf"
check "JSON is JSON when a file cannot be read" sh -c "'$congvan' verify '$work/thieu' --json 2>'$work/err' |
    perl -MJSON::PP -0777 -ne '\$d = decode_json \$_; exit !(@\$d == 2 && \$d->[1]{verdict} eq \"invalid\")'"
check "and says which" says file-cannot-read
qpdf --encrypt a b 256 -- "$work/one.pdf" "$work/locked.pdf"
check "an encrypted file is not judged" sh -c "! '$congvan' verify '$work/locked.pdf' >'$work/stdout'"
check "a folder" sh -c "'$congvan' verify '$work' 2>/dev/null | grep -c '^/' | grep -q '^[1-9]'"
