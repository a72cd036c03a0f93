# sign: signatures are appended, and other programs accept them.
. tests/cli/lib
. tests/cli/lib-keys
judge=tests/tools/pdfa-check

# Is $1 the beginning of $2, byte for byte?
begins() { [ "$(head -c "$(wc -c <"$1")" "$2" | cksum)" = "$(cksum <"$1")" ]; }
valid_by_pdfsig() { # file, how many signatures
    [ "$(pdfsig -nocert "$1" 2>/dev/null | grep -c 'Signature is Valid')" -eq "$2" ]
}
# The CMS of signature number $2 (from 1) over its two ranges, by openssl.
valid_by_openssl() {
    perl -e 'local $/; open F, "<:raw", $ARGV[0]; $_ = <F>; my $n = 0;
        while (/\/ByteRange \[0 (\d+) (\d+) (\d+)/g) { next if ++$n != $ARGV[1];
            open O, ">:raw", "$ARGV[2].data"; print O substr($_, 0, $1), substr($_, $2, $3);
            open O, ">:raw", "$ARGV[2].cms"; print O pack "H*", substr($_, $1 + 1, $2 - $1 - 2) }' \
        "$1" "$2" "$work/part"
    openssl cms -verify -cades -binary -inform DER -in "$work/part.cms" -content "$work/part.data" \
        -CAfile "$keys/ca.pem" -out /dev/null 2>"$work/openssl.err"
}

for key in rsa ec; do
    check "$key signs" status_is 0 sign "$draft" "$work/$key.pdf" $key
    check "$key: names the result" [ "$(cat "$work/stdout")" = "$work/$key.pdf" ]
    check "$key: the draft stays, byte for byte" begins "$draft" "$work/$key.pdf"
    check "$key: pdfsig says valid" valid_by_pdfsig "$work/$key.pdf" 1
    check "$key: openssl cms says valid" valid_by_openssl "$work/$key.pdf" 1
    check "$key: well formed" qpdf --check "$work/$key.pdf" >/dev/null
    check "$key: still PDF/A" "$judge" "$work/$key.pdf"
done
check "PSS signs" status_is 0 sign "$draft" "$work/pss.pdf" rsa --pss
check "PSS: pdfsig says valid" valid_by_pdfsig "$work/pss.pdf" 1
check "PSS: openssl cms says valid" valid_by_openssl "$work/pss.pdf" 1
check "no signing-time attribute (EN 319 142-1)" \
    sh -c "! openssl cms -cmsout -print -inform DER -in '$work/part.cms' 2>/dev/null | grep -q signingTime"

# As an office does it: leader, then number and day, then the seal.
check "the leader signs" status_is 0 sign "$draft" "$work/b.pdf" rsa --role leader --picture "$work/lucent.png"
check "number, day and seal" status_is 0 sign "$work/b.pdf" "$work/c.pdf" ec --role agency \
    --picture "$work/lucent.png" --number 8 --date 5/11/2026
check "four signatures, all valid" valid_by_pdfsig "$work/c.pdf" 4
check "each revision stays" begins "$work/b.pdf" "$work/c.pdf"
check "four signatures: still PDF/A" "$judge" "$work/c.pdf"
check "four signatures: well formed" qpdf --check "$work/c.pdf" >/dev/null
fields() { pdfsig -nocert "$1" | sed -n 's/.*Field Name: //p' | tr '\n' ' '; }
check "in their fields" [ "$(fields "$work/c.pdf")" = "chu_ky so ngay con_dau " ]

# Rectangles may be told by any two opposite corners (7.9.5).
perl -0777 -pe 's/(\/Rect ?\[)(\S+) (\S+) (\S+) ([^\]\s]+)\]/$1$4 $5 $2 $3]/g' "$draft" >"$work/corners.pdf"
sign "$work/corners.pdf" "$work/x.pdf" ec --role agency --picture "$work/lucent.png" --number 8 >/dev/null
number_of() { pdftotext -bbox "$1" - | grep '>08<'; }
check "a field told by its other corners shows the same" [ "$(number_of "$work/x.pdf")" = "$(number_of "$work/c.pdf")" ]

# The same over cross-reference streams.
qpdf --object-streams=generate "$draft" "$work/streams.pdf"
check "signs over object streams" status_is 0 sign "$work/streams.pdf" "$work/s1.pdf" rsa --role leader --picture "$work/lucent.png"
check "and again" status_is 0 sign "$work/s1.pdf" "$work/s2.pdf" ec
check "streams: pdfsig says valid" valid_by_pdfsig "$work/s2.pdf" 2
check "streams: well formed" qpdf --check "$work/s2.pdf" >/dev/null

# Blocks of text on a file that was not made for signing.
"$congvan" render samples/01-mot-noi-nhan.ini --only pdf -o "$work" >/dev/null
check "an appendix is signed with a block" status_is 0 sign "$work/01-mot-noi-nhan.pdf" "$work/pl.pdf" ec \
    --role appendix --text 'Số: 12/SXD-VP'
check "the block's field stands top right on page 1" sh -c \
    "qpdf --qdf --object-streams=disable '$work/pl.pdf' - | tr -s '\n ' '  ' | grep -q '/Rect \[ 366.9[0-9]* 789.5[0-9]* 566.9[0-9]* 813.5[0-9]* \]'"
check "the block: valid" valid_by_pdfsig "$work/pl.pdf" 1
check "the block: still PDF/A" "$judge" "$work/pl.pdf"
pdftoppm -r 150 -f 1 -l 1 -x 700 -y 40 -W 500 -H 80 -gray "$work/pl.pdf" "$work/block"
check "the block is drawn" [ "$(tail -c +20 "$work"/block-*1.pgm | tr -d '\377' | wc -c)" -gt 500 ]
check "a new field by its rectangle" status_is 0 sign "$work/01-mot-noi-nhan.pdf" "$work/r.pdf" rsa \
    --field duyet --page 1 --rect 100,100,120,60 --picture "$work/lucent.png"
check "has its name" [ "$(fields "$work/r.pdf")" = "duyet " ]

# What is refused, and nothing is written.
refused() { # code, sign's arguments
    code=$1; shift
    status_is 1 sign "$@" && says "$code" && [ ! -e "$work/no.pdf" ]
}
check "a field twice" refused sign-field-used "$work/b.pdf" "$work/no.pdf" rsa --role leader
printf 'sai\n' >"$keys/wrong"
check "a wrong passphrase" sh -c "! '$congvan' sign '$draft' -o '$work/no.pdf' --key '$keys/rsa.p12' \
    --pass-file '$keys/wrong' 2>'$work/err'"
check "is said" says key-pass-wrong
check "the passphrase is in no message" silent_on sai
check "no key store" sh -c "! '$congvan' sign '$draft' -o '$work/no.pdf' --key '$keys/ca.pem' \
    --pass-file '$keys/pass' 2>'$work/err'"
check "is said too" says key-not-pkcs12
check "no key at all" sh -c "! '$congvan' sign '$draft' -o '$work/no.pdf' 2>'$work/err'"
check "asks for one" says sign-needs-key
check "no passphrase anywhere" sh -c "! setsid '$congvan' sign '$draft' -o '$work/no.pdf' \
    --key '$keys/rsa.p12' </dev/null 2>'$work/err'"
check "tells how to give it" says pass-missing
check "the passphrase from the environment" status_is 0 env CONGVAN_PASS=bimat "$congvan" sign "$draft" -o "$work/env.pdf" \
    --key "$keys/rsa.p12"
check "a PDF without blanks" refused sign-no-slot "$work/01-mot-noi-nhan.pdf" "$work/no.pdf" rsa --number 8
check "a picture without a place" refused sign-needs-place "$work/01-mot-noi-nhan.pdf" "$work/no.pdf" rsa \
    --role leader --picture "$work/lucent.png"
check "a block without text" refused sign-needs-text "$draft" "$work/no.pdf" rsa --role copy
check "a picture that is none" refused stamp-not-picture "$draft" "$work/no.pdf" rsa --role leader --picture "$keys/pass"
check "no PDF" refused sign-not-pdf "$keys/pass" "$work/no.pdf" rsa
check "no such page" refused sign-no-page "$draft" "$work/no.pdf" rsa --field x --page 9 --rect 1,1,50,50
qpdf --encrypt '' b 256 -- "$draft" "$work/locked.pdf"
for wrong in "--date 31/2/2026" "--date 5/2026" "--rect 1,1,nan,9" "--rect inf,1,9,9" "--page 2x" "--time 2026-01-01T00:00:00x07:00"; do
    check "$wrong" refused option-bad-value "$draft" "$work/no.pdf" rsa --number 8 $wrong
done
check "a seal without a size" refused option-bad-value "$draft" "$work/no.pdf" rsa --role agency --picture "$work/lucent.png" \
    --seal-mm nan
check "an encrypted file" refused sign-encrypted "$work/locked.pdf" "$work/no.pdf" rsa
tests/tools/pdf-append "$draft" "$work/text.pdf" root 'perl:s/\/Fields ?\[/$&%next% 0 R /' next '<</FT/Tx/T(chu)>>'
check "a field for text" refused sign-not-a-field "$work/text.pdf" "$work/no.pdf" rsa --field chu
make_key tiny "$for_signing" -newkey rsa:512
check "a key too short for PSS" refused sign-failed "$draft" "$work/no.pdf" tiny --pss
mkdir "$work/alone"
cp "$congvan" "$work/alone"
check "congvan without the program beside it" status_is 2 "$work/alone/congvan" verify "$draft"
check "says which" says command-apart
"$congvan" sign "$draft" -o "$work/no.pdf" --key "$keys/rsa.p12" --pass-file "$keys/pass" \
    --time 2001-01-01T00:00:00+07:00 2>"$work/err"
check "a certificate not in force" says sign-expired
check "never over its source" refused output-is-source "$draft" "$draft" rsa

# Tokens, where SoftHSM is installed.
module=/usr/lib/softhsm/libsofthsm2.so
if [ -e $module ] && command -v softhsm2-util >/dev/null && command -v pkcs11-tool >/dev/null; then
    export SOFTHSM2_CONF="$work/softhsm.conf"
    mkdir "$work/tokens"
    echo "directories.tokendir = $work/tokens" >"$SOFTHSM2_CONF"
    softhsm2-util --init-token --free --label "Văn thư" --pin 1234 --so-pin 5678 >/dev/null
    openssl pkcs8 -topk8 -nocrypt -in "$keys/rsa.key" -out "$keys/p8.pem"
    softhsm2-util --import "$keys/p8.pem" --token "Văn thư" --label khoa --id 01 --pin 1234 >/dev/null
    openssl x509 -in "$keys/rsa.pem" -outform DER -out "$keys/rsa.der"
    pkcs11-tool --module $module --login --pin 1234 --write-object "$keys/rsa.der" --type cert \
        --label khoa --id 01 --token-label "Văn thư" >/dev/null 2>&1
    printf '1234\n' >"$keys/pin"
    token() { "$congvan" sign "$draft" -o "$1" --pkcs11 "$2" --pass-file "$keys/pin" >/dev/null 2>"$work/err"; }
    uri="pkcs11:token=V%C4%83n%20th%C6%B0;object=khoa;module-path=$module"
    check "a token signs" token "$work/t.pdf" "$uri"
    check "token: pdfsig says valid" valid_by_pdfsig "$work/t.pdf" 1
    check "token: openssl cms says valid" valid_by_openssl "$work/t.pdf" 1
    check "a token signs, RSASSA-PSS" status_is 0 "$congvan" sign "$draft" -o "$work/tp.pdf" --pkcs11 "$uri" \
        --pass-file "$keys/pin" --pss
    check "token, PSS: pdfsig says valid" valid_by_pdfsig "$work/tp.pdf" 1
    check "token, PSS: openssl cms says valid" valid_by_openssl "$work/tp.pdf" 1
    softhsm2-util --init-token --free --label ec --pin 1234 --so-pin 5678 >/dev/null
    openssl pkcs8 -topk8 -nocrypt -in "$keys/ec.key" -out "$keys/p8.pem"
    softhsm2-util --import "$keys/p8.pem" --token ec --label ec --id 02 --pin 1234 >/dev/null
    openssl x509 -in "$keys/ec.pem" -outform DER -out "$keys/ec.der"
    pkcs11-tool --module $module --login --pin 1234 --write-object "$keys/ec.der" --type cert \
        --label ec --id 02 --token-label ec >/dev/null 2>&1
    check "a token signs, ECDSA, after the first" status_is 0 "$congvan" sign "$work/t.pdf" -o "$work/te.pdf" \
        --pkcs11 "pkcs11:token=ec;module-path=$module" --pass-file "$keys/pin" --role agency
    check "token, ECDSA: pdfsig says valid" valid_by_pdfsig "$work/te.pdf" 2
    check "token, ECDSA: openssl cms says valid" valid_by_openssl "$work/te.pdf" 2
    token "$work/no.pdf" "pkcs11:token=khong-co;module-path=$module"
    check "no such token" says key-token-missing
    token "$work/no.pdf" "pkcs11:token=x;module-path=/khong/co.so"
    check "no such module" says key-token-module
    token "$work/no.pdf" "pkcs11:token=V%C4%83n%20th%C6%B0;object=khac;module-path=$module"
    check "no such key" says key-token-empty
else
    echo "# skipped: tokens, softhsm2 and opensc are not installed"
fi

# Files that other programs wrote in ways of their own.
perl -0777 -pe 's/\/Size (\d\d)/"\/Size " . sprintf("%02d", 7)/e' "$draft" >"$work/small.pdf"
check "a /Size too small: signed" status_is 0 sign "$work/small.pdf" "$work/s.pdf" rsa
check "a /Size too small: no object takes the place of another" sh -c \
    "pdftotext '$draft' - | cksum >'$work/a'; pdftotext '$work/s.pdf' - 2>/dev/null | cksum | cmp - '$work/a'"
perl -e '@o = ([1, 1, "/Type/Catalog/Pages 2 0 R"], [2, 0, "/Type/Pages/Count 1/Kids[3 2 R]"],
        [3, 2, "/Type/Page/Parent 2 0 R/MediaBox[0 0 300 300]"]);
    $s = "%PDF-1.7\n";
    for (@o) { $x .= sprintf "%010d %05d n \n", length $s, $_->[1]; $s .= "$_->[0] $_->[1] obj\n<<$_->[2]>>\nendobj\n" }
    printf "%sxref\n0 4\n0000000000 65535 f \n%strailer\n<</Size 4/Root 1 1 R>>\nstartxref\n%d\n%%%%EOF\n", $s, $x, length $s' \
    >"$work/later.pdf"
check "objects of a later generation: signed" status_is 0 sign "$work/later.pdf" "$work/l.pdf" rsa --field ky --page 1 \
    --rect 10,10,50,50 --picture "$work/lucent.png"
check "objects of a later generation: pdfsig says valid" valid_by_pdfsig "$work/l.pdf" 1
check "objects of a later generation: verified" status_is 0 "$congvan" verify "$work/l.pdf" --trust "$keys/ca.pem"
check "a per cent sign at the end of a token's address" status_is 1 "$congvan" sign "$draft" -o "$work/no.pdf" \
    --pkcs11 "pkcs11:module-path=/khong/co.so;token=%5" --pass-file "$keys/pass"

# A time-stamp from an authority on loopback.
make_stamping_key
stamping sha256 >"$keys/tsa.cnf"
tests/tools/tsa "$work/port" "$keys/tsa.cnf" & tsa=$!
url=http://127.0.0.1:$(serving "$work/port")/tsa
check "signs with a time-stamp" status_is 0 sign "$draft" "$work/bt.pdf" rsa --tsa "$url"
kill $tsa 2>/dev/null; wait $tsa 2>/dev/null
check "B-T: pdfsig says valid" valid_by_pdfsig "$work/bt.pdf" 1
check "the token is in it" sh -c "'$congvan' verify '$work/bt.pdf' --trust '$keys/ca.pem' | grep -q 'time-stamp'"
check "B-T: verified" status_is 0 "$congvan" verify "$work/bt.pdf" --trust "$keys/ca.pem"
check "no authority: nothing is signed" refused sign-no-stamp "$draft" "$work/no.pdf" rsa --tsa http://127.0.0.1:1/x

# What a look into its memory finds, while it waits for a server: only root may look at all.
if ldd "$build/congvan-signature" | grep -q asan; then
    echo "# skipped: looking into memory, which AddressSanitizer keeps freed"
elif [ "$(id -u)" -eq 0 ]; then
    secret=$(od -An -N12 -tx1 /dev/urandom | tr -d ' \n')
    openssl pkcs12 -export -inkey "$keys/rsa.key" -in "$keys/rsa.pem" -out "$keys/secret.p12" -passout "pass:$secret"
    printf '%s\n' "$secret" >"$keys/secret"
    scan() { # what to look for
        tests/tools/secret-scan "$1" "$build/congvan-signature" sign "$draft" -o "$work/no.pdf" --key "$keys/secret.p12" \
            --pass-file "$keys/secret" --tsa TSA >"$work/scan" 2>&1
    }
    scan "$draft"
    check "what is there is found" grep -q '^found' "$work/scan"
    scan "$secret"
    check "the passphrase is nowhere in memory once the key is open" grep -qx absent "$work/scan"
    check "no core would be written" grep -qx 'core 0' "$work/scan"
    CONGVAN_PASS=$secret tests/tools/secret-scan "$secret" "$build/congvan-signature" sign "$draft" -o "$work/no.pdf" \
        --key "$keys/secret.p12" --tsa TSA >"$work/scan" 2>&1
    check "nor when it came from the environment" grep -qx absent "$work/scan"
else
    echo "# skipped: looking into memory, not root"
fi
