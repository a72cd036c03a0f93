# verify: files of at most a megabyte that swell, loop or take long. Each gets a verdict, in the memory of
# 256 MiB, and none of them is valid.
. tests/cli/lib
. tests/cli/lib-keys
sign "$draft" "$work/one.pdf" rsa --role leader --picture "$work/lucent.png" >/dev/null
# AddressSanitizer's shadow needs terabytes of addresses.
memory=262144
ldd "$build/congvan-verify" | grep -q asan && memory=unlimited
survived() { # file: judged, and not as valid
    (ulimit -v $memory
    timeout 30 "$congvan" verify "$1" --trust "$keys/ca.pem" >"$work/stdout" 2>"$work/err"
    echo $? >"$work/status")
    [ "$(cat "$work/status")" -eq 1 ] && grep -q "^$1: [A-Z]" "$work/stdout" && ! grep -q "^$1: VALID" "$work/stdout" && return 0
    echo "# status $(cat "$work/status")"; sed 's/^/# /' "$work/stdout" "$work/err"; return 1
}
for kind in flate twice predictor picture forms boxes font revisions updates; do
    tests/tools/pdf-bomb $kind "$work/one.pdf" "$work/bomb.pdf"
    check "appended to a signed file: $kind" survived "$work/bomb.pdf"
done
for kind in objects xref kids tree arrays fields; do
    tests/tools/pdf-bomb $kind "$work/bomb.pdf"
    check "by itself: $kind" survived "$work/bomb.pdf"
done
