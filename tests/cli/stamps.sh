# Time-stamps: what a signature and a whole document were stamped with, by http and https, and what a
# document keeps for its own verification.
. tests/cli/lib
. tests/cli/lib-keys
append=tests/tools/pdf-append
make_stamping_key
make_key web 'keyUsage=critical,digitalSignature\nsubjectAltName=IP:127.0.0.1' -newkey rsa:2048
make_revocable_key
stamping sha256 >"$keys/tsa.cnf"
stamping sha512 >"$keys/tsa512.cnf"
verify() { "$congvan" verify "$@" --trust "$keys/ca.pem" >"$work/stdout" 2>"$work/err"; }
said() { verify "$2"; grep -qF "[$1]" "$work/stdout" && return 0; sed 's/^/# /' "$work/stdout"; return 1; }
refused() { # code, URL
    status_is 1 sign "$draft" "$work/no.pdf" rsa --tsa "$2" && says "$1" && [ ! -e "$work/no.pdf" ]
}

# ---- servers that do not do what they should ----
tests/tools/tsa "$work/p512" "$keys/tsa512.cnf" & bad=$!
url=http://127.0.0.1:$(serving "$work/p512")
check "an authority that refuses" refused sign-stamp-refused "$url/tsa"
check "says why" says badAlg
check "an answer that is no time-stamp" refused sign-stamp-answer "$url/hello"
kill $bad; wait $bad 2>/dev/null
check "nobody there" refused sign-no-stamp "http://127.0.0.1:1/tsa"
check "no address" refused sign-stamp-url "ftp://127.0.0.1/tsa"

# ---- https ----
secure() { # a server for one request: its port
    perl -MIO::Socket::INET -e 'print IO::Socket::INET->new(Listen => 1, LocalAddr => "127.0.0.1")->sockport' >"$work/tls"
    rm -f "$work/pipe"; mkfifo "$work/pipe"
    openssl s_server -quiet -accept "127.0.0.1:$(cat "$work/tls")" -cert "$keys/web.pem" -key "$keys/web.key" -naccept 1 \
        <"$work/pipe" 2>/dev/null | tests/tools/tsa --once "$keys/tsa.cnf" >"$work/pipe" & server=$!
    for i in $(seq 50); do
        grep -q ":$(printf %04X "$(cat "$work/tls")") .* 0A " /proc/net/tcp && break; sleep 0.1
    done
}
secure
check "https: a server nobody vouches for" refused sign-stamp-server "https://127.0.0.1:$(cat "$work/tls")/tsa"
kill $server 2>/dev/null; wait $server 2>/dev/null
secure
export SSL_CERT_FILE="$keys/ca.pem"
check "https: a time-stamp" status_is 0 sign "$draft" "$work/s.pdf" rsa --tsa "https://127.0.0.1:$(cat "$work/tls")/tsa"
unset SSL_CERT_FILE
kill $server 2>/dev/null; wait $server 2>/dev/null
check "https: it is sound" sh -c "'$congvan' verify '$work/s.pdf' --trust '$keys/ca.pem' | grep -q 'time-stamp'"

# ---- what a document keeps for its verification (DSS) ----
list_revoked
hex() { openssl "$1" -in "$2" -outform DER | od -An -v -tx1 | tr -d ' \n'; }
as_stream() { # hexadecimal: the same as a stream in ASCII
    printf '<</Filter/ASCIIHexDecode/Length %s>>\nstream\n%s>\nendstream' $((${#1} + 1)) "$1"
}
sign "$draft" "$work/crl.pdf" crl >/dev/null
check "nothing known about revocation" said revocation-unknown "$work/crl.pdf"
size=$(perl -0777 -ne 'print $1 if /.*\/Size (\d+)/s' "$work/crl.pdf")
"$append" "$work/crl.pdf" "$work/lt.pdf" root "@root@/DSS<</CRLs[$size 0 R]>>>>" next "$(as_stream "$(hex crl "$keys/list.pem")")"
check "a list kept in the file is evidence, named as its own" said revocation-from-file "$work/lt.pdf"
check "and the file is valid" verify "$work/lt.pdf"
ocsp "$keys/good"
"$append" "$work/crl.pdf" "$work/lt.pdf" root "@root@/DSS<</OCSPs[$size 0 R]>>>>" \
    next "$(as_stream "$(od -An -v -tx1 "$keys/ocsp.der" | tr -d ' \n')")"
check "so is an OCSP response" said revocation-from-file "$work/lt.pdf"
revoke
"$append" "$work/crl.pdf" "$work/lt.pdf" root "@root@/DSS<</CRLs[$size 0 R]>>>>" next "$(as_stream "$(hex crl "$keys/list.pem")")"
check "one that says it is revoked counts too" said certificate-revoked "$work/lt.pdf"

# ---- a time-stamp of the whole document ----
tests/tools/pdf-timestamp "$work/crl.pdf" "$work/dts.pdf" "$keys/tsa.cnf"
check "it is a later change that is allowed" said later-time-stamp "$work/dts.pdf"
check "it tells when what it covers existed" grep -q 'document time-stamp)' "$work/stdout"
check "it is well formed" qpdf --check "$work/dts.pdf" >/dev/null
sign "$draft" "$work/c1.pdf" rsa --certify 1 >/dev/null
tests/tools/pdf-timestamp "$work/c1.pdf" "$work/dts.pdf" "$keys/tsa.cnf"
check "allowed where nothing else is" verify "$work/dts.pdf"
perl -0777 -pe 's/(\/Contents ?<)(.{400})(..)/"$1$2" . ($3 eq "00" ? "01" : "00")/e if m{DocTimeStamp}' "$work/dts.pdf" >"$work/x.pdf"
check "a damaged one is not" sh -c "! '$congvan' verify '$work/x.pdf' --trust '$keys/ca.pem' >'$work/stdout'"

# ---- time-stamps of means that no longer prove a time ----
stamped() { # the digest over the document, the digest signed with, the key
    stamping "$1" "$2" "$3" >"$keys/any.cnf"
    tests/tools/pdf-timestamp "$draft" "$work/w.pdf" "$keys/any.cnf" "$1"
    verify "$work/w.pdf"
}
weak() { # the means, then as above
    means=$1; shift
    ! stamped "$@" && grep -q 'INTACT BUT WEAK' "$work/stdout" && grep -q "rests on $means, .*time-stamp-weak" "$work/stdout"
}
make_stamping_key tsa1024 1024
check "a time-stamp alone is valid" stamped sha256 sha256 tsa
check "one over SHA-1 is weak" weak SHA1 sha1 sha256 tsa
check "one over MD5 is weak" weak MD5 md5 sha256 tsa
check "one signed over SHA-1 is weak" weak SHA1 sha256 sha1 tsa
check "one signed with a short key is weak" weak "RSA 1024" sha256 sha256 tsa1024
stamping sha256 sha1 >"$keys/any.cnf"
tests/tools/tsa "$work/pweak" "$keys/any.cnf" & bad=$!
sign "$draft" "$work/w.pdf" rsa --tsa "http://127.0.0.1:$(serving "$work/pweak")/tsa" >/dev/null
kill $bad; wait $bad 2>/dev/null
check "so is the one of a signature" said time-stamp-weak "$work/w.pdf"
