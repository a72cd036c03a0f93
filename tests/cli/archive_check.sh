# archive check: every kind of damage is found and named.
. tests/cli/lib
. tests/cli/lib-keys
kho=$work/kho
check_archive() { "$congvan" archive check --dir "$1"; }
for i in 1 2 3; do
    dispatch "v$i" "số = 3$i
ký hiệu = SXD-VP
địa danh = Sông Lam
ngày = 3/2/2026
trích yếu = kiểm tra $i"
    "$congvan" render "$work/v$i.ini" --only pdf >/dev/null
    sign "$work/v$i.pdf" "$work/k$i.pdf" rsa >/dev/null
done
sign "$work/k1.pdf" "$work/k1b.pdf" ec --field hai >/dev/null
mkdir -p "$kho/trust" && cp "$keys/ca.pem" "$kho/trust/"
"$congvan" archive add --dir "$kho" "$work/k1.pdf" "$work/k2.pdf" "$work/k3.pdf" "$work/k1b.pdf" >"$work/added"
path_of() { echo "store/$(printf 'urn:congvan:so-xay-dung:2026:%s-sxd-vp' "$1" | sha256sum | sed 's/^\(..\)\(..\)\(.*\)-$/\1\/\2\/\1\2\3/' | tr -d ' ')"; }
one=$(path_of 31) two=$(path_of 32)

check "a whole archive" status_is 0 check_archive "$kho"
check "is counted" grep -q '^3 documents, 3 read whole' "$work/stdout"
check "nothing is said" [ ! -s "$work/err" ]
check "the store is valid OCFL" status_is 0 "$congvan" archive check --ocfl "$kho/store"
check "an object too" status_is 0 "$congvan" archive check --ocfl "$kho/$one"
check "JSON" sh -c "'$congvan' archive check --dir '$kho' --json | perl -MJSON::PP -0777 -ne '\$d = decode_json \$_;
    exit !(\$d->{objects} == 3 && \$d->{signatures} == 3 && \$d->{log} == 4 && !@{\$d->{messages}})'"
check "a sample of none reads none" sh -c "'$congvan' archive check --dir '$kho' --sample 0 | grep -q '^3 documents, 0 read'"
check "a sample that is none" status_is 2 "$congvan" archive check --dir "$kho" --sample x
check "a folder that is no archive" status_is 1 check_archive "$work/none"

damaged() { # name, code, path it is named with, command (in the copy): found, and named
    name=$1 code=$2 where=$3; shift 3
    rm -rf "$work/hong"; cp -a "$kho" "$work/hong"; chmod -R u+w "$work/hong"
    (cd "$work/hong" && "$@")
    check "$name" status_is 1 check_archive "$work/hong"
    check "  is named $code" sh -c "grep -F '[$code]' '$work/err' | grep -qF '$where' || { sed 's/^/# /' '$work/err'; exit 1; }"
}
flip() { perl -e 'open F, "+<", $ARGV[0]; seek F, $ARGV[1], 0; read F, $c, 1; seek F, $ARGV[1], 0; print F chr(ord($c) ^ 4)' "$1" "$2"; }
swap() { mv "$1" x && mv "$2" "$1" && mv x "$2"; }
edit() { perl -pi -e "$2" "$1"; }
reseal() { # object: inventories that fit what was changed, as somebody who knows OCFL would make them
    for f in "$1" "$1/v1"; do
        (cd "$f" && printf '%s inventory.json\n' "$(sha512sum inventory.json | cut -d' ' -f1)" >inventory.json.sha512)
    done
}
forge() { # another document in place of one, OCFL and all
    cp "$work/k3.pdf" "$1/v1/content/signed.pdf"
    was=$(sha512sum "$work/k2.pdf" | cut -d' ' -f1) now=$(sha512sum "$work/k3.pdf" | cut -d' ' -f1)
    sed -i "s/$was/$now/g" "$1/inventory.json" "$1/v1/inventory.json"
    reseal "$1"
}
damaged "one bit of a document" E092 "$two/v1/content/signed.pdf" flip "$two/v1/content/signed.pdf" 1000
damaged "one bit of a record" E092 "$two/v1/content/record.json" flip "$two/v1/content/record.json" 10
damaged "one bit of an inventory" E060 "$two/inventory.json" flip "$two/inventory.json" 700
damaged "a document cut short" E092 "$two/v1/content/signed.pdf" truncate -s 5000 "$two/v1/content/signed.pdf"
damaged "a document emptied" E092 "$two/v1/content/signed.pdf" truncate -s 0 "$two/v1/content/signed.pdf"
damaged "a file deleted" E092 "$two/v1/content/verdict.json" rm "$two/v1/content/verdict.json"
damaged "a file added" E023 "$two/v1/content/x.txt" cp "$keys/pass" "$two/v1/content/x.txt"
damaged "a version deleted" E046 "$one" rm -r "$one/v2"
damaged "and missed by the log" archive-version-missing "$one" rm -r "$one/v2"
damaged "an object deleted" archive-object-missing "$two" rm -r "$two"
damaged "with its id" archive-object-missing "urn:congvan:so-xay-dung:2026:32-sxd-vp" rm -r "$two"
damaged "two objects exchanged" archive-object-misplaced "$one" swap "$one" "$two"
damaged "both of them" archive-object-misplaced "$two" swap "$one" "$two"
damaged "an object forged with all its digests" archive-version-replaced "$two" forge "$two"
damaged "the whole store but the newest gone" archive-object-missing "$one" sh -c "rm -r $one"
copy_in() { mkdir -p store/aa/bb && cp -a "$two" store/aa/bb/; }
damaged "a copy of an object" archive-object-misplaced "store/aa/bb" copy_in
strange() { cp -a "$two" x && sed -i 's/32-sxd/99-sxd/' x/inventory.json x/v1/inventory.json && reseal x &&
    p=$(path_of 99) && mkdir -p "$(dirname "$p")" && mv x "$p"; }
damaged "an object nobody logged" archive-object-surplus "$(path_of 99)" strange
damaged "a declaration lost" E003 "$two" rm "$two/0=ocfl_object_1.1"
damaged "a link" E090 "$two/v1/content/link" ln -s signed.pdf "$two/v1/content/link"
damaged "a file between" E072 "store/zz/x" sh -c 'mkdir store/zz; echo x >store/zz/x'
damaged "a line of the log edited" archive-log-broken "log/store.jsonl:3" edit log/store.jsonl 's/"files":\d+/"files":99/ if $. == 2'
damaged "a line taken out" archive-log-broken "log/store.jsonl:2" edit log/store.jsonl '$_ = "" if $. == 2'
damaged "the last line taken out" archive-version-surplus "$one" edit log/store.jsonl '$_ = "" if $. == 4'
damaged "a line twice" archive-log-broken "log/store.jsonl:5" edit log/store.jsonl '$_ .= $_ if $. == 4'
damaged "the log gone" archive-object-surplus "$two" rm log/store.jsonl
rechain() { perl -MDigest::SHA=sha256_hex -i -ne 'BEGIN { $prev = "0" x 64 } next if /32-sxd/; $n++;
    s/"seq":\d+,"prev":"[0-9a-f]*"/"seq":$n,"prev":"$prev"/; print; chomp; $prev = sha256_hex($_)' log/store.jsonl; }
damaged "a log made anew without an object" archive-object-surplus "$two" rechain
out_of_turn() { perl -MDigest::SHA=sha256_hex -i -ne 'BEGIN { $prev = "0" x 64 } next if /"version":1/ && /31-sxd/; $n++;
    s/"seq":\d+,"prev":"[0-9a-f]*"/"seq":$n,"prev":"$prev"/; print; chomp; $prev = sha256_hex($_)' log/store.jsonl; }
damaged "one made anew without a version" archive-log-order "store.jsonl" out_of_turn
broken_pdf() { # the document changed and everything sealed again, the log as well
    forge_bytes "$two" && log_again; }
forge_bytes() { was=$(sha512sum "$1/v1/content/signed.pdf" | cut -d' ' -f1); perl -0777 -pi -e 's/\/Title/\/Titel/' "$1/v1/content/signed.pdf"
    now=$(sha512sum "$1/v1/content/signed.pdf" | cut -d' ' -f1)
    sed -i "s/$was/$now/g" "$1/inventory.json" "$1/v1/inventory.json"; reseal "$1"; }
log_again() { new=$(sha512sum "$two/inventory.json" | cut -d' ' -f1) perl -MDigest::SHA=sha256_hex -i -ne 'BEGIN { $prev = "0" x 64 }
    s/("inventory":")[0-9a-f]*/$1$ENV{new}/ if /32-sxd/; s/"prev":"[0-9a-f]*"/"prev":"$prev"/; print; chomp; $prev = sha256_hex($_)' log/store.jsonl; }
damaged "all sealed again, the signature tells" archive-signature-worse "$two" broken_pdf
damaged "a verdict that cannot be read" archive-signature-unread "$two" truncate -s 3 "$two/v1/content/verdict.json"

# The index, in files of its own: found again by asking once.
"$congvan" archive find --dir "$kho" 'kiểm tra' >/dev/null
check "an index that is right" status_is 0 check_archive "$kho"
if command -v sqlite3 >/dev/null; then
    sql() { sqlite3 index.sqlite "$1" || echo "# sqlite3: $1"; }
    cp -r "$kho" "$work/mau" && chmod -R u+w "$work/mau"
    (cd "$work/mau" && sql "UPDATE entries SET subject = 'khác' WHERE object LIKE '%:32-%'")
    damaged "a subject edited in the index" archive-index-differs ':32-sxd-vp' sql "UPDATE entries SET subject = 'khác' WHERE object LIKE '%:32-%'"
    damaged "a number edited in the index" archive-index-differs ':33-sxd-vp' sql "UPDATE entries SET number = '77' WHERE object LIKE '%:33-%'"
    damaged "a document gone from the index" archive-index-lacks ':32-sxd-vp' sql "DELETE FROM entries WHERE object LIKE '%:32-%'"
    check "a sample of none looks at no document's words" status_is 0 "$congvan" archive check --dir "$work/mau" --sample 0
    damaged "a deadline changed in the index" archive-index-differs ':32-sxd-vp' sql "INSERT INTO deadlines(id, place, date) SELECT id, 9, '2026-01-01' FROM entries WHERE object LIKE '%:32-%'"
    damaged "a text changed in the index" archive-index-differs ':32-sxd-vp' sql "UPDATE texts SET text = replace(text, 'phòng', 'ban') WHERE id = (SELECT id FROM entries WHERE object LIKE '%:32-%')"
    damaged "the words of two documents exchanged" archive-index-differs ':32-sxd-vp' sql "UPDATE entries SET id = 1000 WHERE object LIKE '%:32-%'; UPDATE texts SET id = 1000 WHERE id = (SELECT max(id) - 1 FROM texts)"
    damaged "the words of its texts gone" archive-index-damaged index.sqlite sql "DELETE FROM words_data WHERE id > 10"
    (cd "$work/mau" && sql "UPDATE entries SET inventory = '00' WHERE object LIKE '%:32-%'")
    check "but at what the index says to be there" status_is 1 "$congvan" archive check --dir "$work/mau" --sample 0
    damaged "one put into the index" archive-index-surplus 'urn:x' sql "UPDATE entries SET object = 'urn:x' WHERE object LIKE '%:32-%'"
else
    echo "# skipped: an edited index (no sqlite3)"
fi
damaged "an index cut short" archive-index-damaged index.sqlite truncate -s 8192 index.sqlite
damaged "one bit of its beginning" archive-index-damaged index.sqlite flip index.sqlite 5
damaged "something else in its place" archive-index-damaged index.sqlite cp "$work/k1.pdf" index.sqlite
check "an index cut short is made anew by who needs it" sh -c "truncate -s 8192 '$work/hong/index.sqlite'
    '$congvan' archive find --dir '$work/hong' 'kiểm tra' 2>'$work/err' | grep -q 32/SXD-VP"
check "which is said" says archive-index-remade
check "and right again" status_is 0 check_archive "$work/hong"
rm "$work/hong/index.sqlite"
check "an index that was deleted is none that is wrong" status_is 0 check_archive "$work/hong"
# One bit anywhere in the index, but for what is empty: named, or of a byte that says nothing.
flip_used() { perl -0777 -e 'open F, "+<", $ARGV[0]; $_ = <F>; push @at, pos() - 1 while /[^\0]/g;
    $at = $at[$ARGV[1] * @at / 40]; seek F, $at, 0; print F chr(ord(substr $_, $at, 1) ^ 1 << $ARGV[1] % 8)' "$1" "$2"; }
bits() {
    i=0
    while [ $i -lt 40 ]; do
        cp "$kho/index.sqlite" "$work/hong/index.sqlite"
        flip_used "$work/hong/index.sqlite" $i
        if "$congvan" archive check --dir "$work/hong" --digests-only >/dev/null 2>"$work/err"; then
            for words in 'kiểm tra' 31/SXD-VP '"đề nghị báo cáo kết quả"'; do
                "$congvan" archive find --dir "$work/hong" "$words" >"$work/found" 2>&1
                "$congvan" archive find --dir "$kho" "$words" | cmp -s - "$work/found" || { echo "# bit $i is missed: $words"; return 1; }
            done
        else
            named=$((named + 1))
        fi
        i=$((i + 1))
    done
    echo "# $named of 40 bits are named, the others change nothing"
}
named=0
check "one bit anywhere in the index is named, or changes nothing" bits

rm -r "$work/hong"; cp -a "$kho" "$work/hong"
rm -r "$work/hong/trust"
check "without its roots nothing is worse than doubtful" status_is 0 check_archive "$work/hong"
check "which is said" says archive-signature-doubtful
check "unless signatures are left out" sh -c "'$congvan' archive check --dir '$work/hong' --digests-only 2>&1 | grep -q '0 errors, 0 warnings'"
mkdir -p "$work/hong/staging" && echo '{}' >"$work/hong/staging/group.json"
check "an interrupted write is no damage" status_is 0 check_archive "$work/hong"
check "and named" says archive-unfinished

mkdir -p "$work/moi/store" "$work/moi/log"
check "nor is an archive whose maker was interrupted" status_is 0 check_archive "$work/moi"
check "it is named too" says archive-unfinished

if ldd "$build/congvan-archive" | grep -q asan; then
    echo "# skipped: bounds of memory, which the shadow of AddressSanitizer exceeds"
else
    truncate -s 160M "$work/lon.pdf"
    "$congvan" archive add --dir "$work/lon" "$work/lon.pdf" "$work/k2.pdf" --as-is thử >/dev/null 2>&1
    check "a document too large to be judged again" sh -c "ulimit -v 180000
        '$congvan' archive check --dir '$work/lon' >'$work/stdout' 2>'$work/err'; [ \$? -eq 1 ]"
    check "is named" says archive-signature-unread
    check "the other one is judged" grep -q 'signatures of 2 judged' "$work/stdout"
fi

mkdir "$work/ocfl" && printf 'ocfl_object_1.1\n' >"$work/ocfl/0=ocfl_object_1.1"
check "no object without an inventory" status_is 1 "$congvan" archive check --ocfl "$work/ocfl"
check "by the specification's code" says '[E063]'
check "several, as JSON" sh -c "'$congvan' archive check --json --ocfl '$work/ocfl' --ocfl '$kho/store' | perl -MJSON::PP -0777 -ne '
    \$d = decode_json \$_; exit !(\$d->[0]{errors} > 0 && \$d->[1]{errors} == 0)'"
