# archive add: what is valid is kept, the rest is refused and named; versions, copies, conflicts.
. tests/cli/lib
. tests/cli/lib-keys
kho=$work/kho
add() { "$congvan" archive add --dir "$kho" "$@"; }
state() { head -1 "$work/stdout" | sed 's/^[^:]*: \([^:]*\): .*/\1/'; }
is() { # word: the first line's file was treated so
    [ "$(state)" = "$1" ] && return 0
    echo "# it is: $(cat "$work/stdout")"; sed 's/^/# /' "$work/err"; return 1
}
objects() { find "$kho/store" -name '0=ocfl_object*' 2>/dev/null | wc -l; }
issue() { # name number: a dispatch made with its source inside, signed
    dispatch "$1" "số = $2
ký hiệu = SXD-VP
địa danh = Sông Lam
ngày = 3/2/2026
trích yếu = kiểm tra $1"
    "$congvan" render "$work/$1.ini" --attach-source --only pdf >/dev/null
    sign "$work/$1.pdf" "$work/$1-ky.pdf" rsa >/dev/null
    rm "$work/$1.ini" "$work/$1.md"
}
issue mot 21
issue hai 22

check "no root, nothing is taken" status_is 1 add "$work/mot-ky.pdf"
check "that is said" says archive-add-no-trust
mkdir "$kho/trust" && cp "$keys/ca.pem" "$kho/trust/"
check "a valid document is taken" status_is 0 add "$work/mot-ky.pdf"
check "as a new object" is added
check "named by agency, year and number" grep -q 'urn:congvan:so-xay-dung:2026:21-sxd-vp v1' "$work/stdout"
check "the same again changes nothing" sh -c "cp '$work/mot-ky.pdf' '$work/ban-sao.pdf'; '$congvan' archive add --dir '$kho' '$work/ban-sao.pdf' >'$work/stdout'"
check "it is there" is same
check "one object" [ "$(objects)" -eq 1 ]
object=$(dirname "$(find "$kho/store" -name '0=ocfl_object*')")
check "byte for byte" cmp "$object/v1/content/signed.pdf" "$work/mot-ky.pdf"
check "with its source" cmp "$object/v1/content/source/mot.ini" - <<EOF
[công văn]
số = 21
ký hiệu = SXD-VP
địa danh = Sông Lam
ngày = 3/2/2026
trích yếu = kiểm tra mot
[cơ quan]
tên = SỞ XÂY DỰNG
[kính gửi]
1 = Phòng Kế hoạch
2 = Phòng Đô thị
[nơi nhận]
1 = Như trên
lưu = VT, KH
[người ký]
chức vụ = GIÁM ĐỐC
họ tên = Lê Văn Thử
EOF
check "the DOCX too" [ -s "$object/v1/content/source/mot.docx" ]
check "the certificates seen" sh -c "cmp '$object/v1/content/evidence/trust/ca.pem' '$keys/ca.pem' &&
    openssl x509 -in '$object/v1/content/evidence/signer-1.pem' -noout -subject -nameopt utf8 | grep -q 'Lò Thị Mây'"
check "the verdict as it was" grep -q '"verdict":"valid"' "$object/v1/content/verdict.json"
check "its record" grep -q '"SXD-VP"' "$object/v1/content/record.json"

sign "$work/mot-ky.pdf" "$work/mot-hai.pdf" ec --field thu_hai >/dev/null
check "signed further" status_is 0 add "$work/mot-hai.pdf"
check "it is the next version" is version
check "of the same object" [ "$(objects)" -eq 1 ]
check "the first is as it was" cmp "$object/v1/content/signed.pdf" "$work/mot-ky.pdf"
check "the second is whole" cmp "$object/v2/content/signed.pdf" "$work/mot-hai.pdf"
check "what did not change is not kept twice" [ ! -e "$object/v2/content/source" ]
check "an earlier state is in it" status_is 0 add "$work/mot-ky.pdf"
check "and there already" is same
sign "$work/hai.pdf" "$work/hai-lai.pdf" ec >/dev/null
check "another is taken" status_is 0 add "$work/hai-ky.pdf"
check "signed anew upon the same draft" status_is 0 add "$work/hai-lai.pdf"
check "it is a version too" is version

issue gia 21
check "another document of the same number" status_is 1 add "$work/gia-ky.pdf"
check "is named as a conflict" says 'the number 21/SXD-VP'
check "by its code" says archive-add-conflict
check "two objects are there" [ "$(objects)" -eq 2 ]
check "how it may be meant is said" says '--replaces urn:congvan:so-xay-dung:2026:21-sxd-vp'
replace() { add "$work/gia-ky.pdf" --replaces "$@"; }
check "replacing without a reason" status_is 2 replace urn:congvan:so-xay-dung:2026:21-sxd-vp
check "is not done" says archive-add-replaces-what
check "nor with a reason for nothing" status_is 2 add "$work/gia-ky.pdf" --why "in lại"
check "nor of two at once" status_is 2 add "$work/gia-ky.pdf" "$work/hai-ky.pdf" --replaces urn:x --why "in lại"
check "something that is not there" status_is 1 replace urn:congvan:khac --why "in lại"
check "is named" says archive-add-replaces-nothing
check "something of another number" status_is 1 replace urn:congvan:so-xay-dung:2026:22-sxd-vp --why "in lại"
check "is not replaced" says archive-add-replaces-other
check "for a reason it takes the other's place" status_is 0 replace urn:congvan:so-xay-dung:2026:21-sxd-vp --why "in lại, sai ngày họp"
check "as its next version" grep -q ': version: urn:congvan:so-xay-dung:2026:21-sxd-vp v3' "$work/stdout"
check "the earlier one stays" cmp "$object/v2/content/signed.pdf" "$work/mot-hai.pdf"
check "the reason is in the log" grep -q '"replaces":"in lại, sai ngày họp"' "$kho/log/store.jsonl"
check "and with the version" grep -q "Thay bản trước: in lại, sai ngày họp" "$object/inventory.json"
check "and its verdict" grep -q '"replaces":"in lại, sai ngày họp"' "$object/v3/content/verdict.json"
check "it can be shown" sh -c "'$congvan' archive show 21/SXD-VP --dir '$kho' | grep -q 'in lại, sai ngày họp'"
sign "$work/gia-ky.pdf" "$work/gia-hai.pdf" ec --field thu_hai >/dev/null
check "what is signed upon it follows" status_is 0 add "$work/gia-hai.pdf"
check "as a version too" grep -q '21-sxd-vp v4' "$work/stdout"

check "a draft" status_is 1 add "$draft"
check "is not signed" says archive-add-unsigned
perl -0777 -pe 's/\/Title/\/Titel/' "$work/hai-ky.pdf" >"$work/hong.pdf"
check "a changed file" status_is 1 add "$work/hong.pdf"
check "is not valid" says archive-add-not-valid
make_key crl "$for_signing\ncrlDistributionPoints=URI:http://khe-truc.example/crl" -newkey rsa:2048
sign "$work/gia.pdf" "$work/ba.pdf" crl >/dev/null
check "one that cannot be decided upon" status_is 1 add "$work/ba.pdf"
check "is refused with the reason" says archive-add-undecided
check "kept all the same, for a reason" status_is 0 add "$draft" --as-is "bản trình để đối chiếu"
check "the reason is kept" grep -rq '"as_is":"bản trình để đối chiếu"' "$kho/store"
check "what could not be read is named" says archive-add-lacks

mkdir "$work/tat"
cp "$work/hong.pdf" "$work/tat/a.pdf"; issue bon 24; cp "$work/bon-ky.pdf" "$work/tat/b.pdf"
printf 'khong phai PDF' >"$work/tat/c.pdf"
check "one bad file stops nothing" status_is 1 add "$work/tat" --json
check "JSON says what was done with each" sh -c "perl -MJSON::PP -0777 -ne '\$d = decode_json \$_;
    exit !(@\$d == 3 && \$d->[0]{done} eq \"refused\" && \$d->[1]{done} eq \"added\" && \$d->[2]{done} eq \"refused\" &&
    \$d->[1]{verdict} eq \"valid\")' '$work/stdout'"
check "a folder without PDFs" status_is 1 add "$keys"
check "the log holds an entry for each" [ "$("$congvan" archive head --dir "$kho" | cut -d' ' -f2)" -eq 8 ]
check "no file, wrong usage" status_is 2 add

# Two writers take turns.
mkdir "$work/x" "$work/y"
for i in 1 2 3; do issue "x/x$i" "6$i"; issue "y/y$i" "7$i"; done
rm "$work"/x/x?.pdf "$work"/y/y?.pdf
before=$("$congvan" archive head --dir "$kho" | cut -d' ' -f2)
add "$work/x" >"$work/first" 2>&1 & one=$!
add "$work/y" >"$work/second" 2>&1; second=$?
wait $one; first=$?
check "two at once both succeed" [ "$first$second" = 00 ]
check "everything of both is in the log" [ "$("$congvan" archive head --dir "$kho" | cut -d' ' -f2)" -eq $((before + 6)) ]
check "and the archive is whole" status_is 0 "$congvan" archive check --dir "$kho" --digests-only

# Who still reads and judges keeps nobody out: here a file of which the bytes do not come.
mkdir "$work/cho"; issue cho/a 81; rm "$work/cho/a.pdf"; mkfifo "$work/cho/b.pdf"; issue nhanh 82
"$congvan" archive add --dir "$kho" "$work/cho" >"$work/first" 2>&1 & waiting=$!
sleep 0.3
check "one run waits for a file" kill -0 $waiting
check "another is done meanwhile" status_is 0 timeout 20 "$congvan" archive add --dir "$kho" "$work/nhanh-ky.pdf"
check "its file is there" is added
kill $waiting; wait $waiting 2>/dev/null

# A file that takes too much memory takes only itself along.
if ldd "$build/congvan-archive" | grep -q asan; then
    echo "# skipped: bounds of memory, which the shadow of AddressSanitizer exceeds"
else
    truncate -s 200M "$work/to.pdf"; issue nam 25
    check "a file too large to be judged" sh -c "ulimit -v 150000
        '$congvan' archive add --dir '$kho' '$work/to.pdf' '$work/nam-ky.pdf' >'$work/stdout' 2>'$work/err'; [ \$? -eq 1 ]"
    check "is named" says archive-add-too-complex
    check "the one behind it is taken" is added
fi

# A full disk: what is printed is there, the rest is named.
if mkdir "$work/nho" && mount -t tmpfs -o size=400k,mode=700 none "$work/nho" 2>/dev/null; then
    mkdir -p "$work/nho/kho/trust" && cp "$keys/ca.pem" "$work/nho/kho/trust/"
    mkdir "$work/nhieu"
    for i in 1 2 3 4 5 6 7 8 9; do issue "nhieu/n$i" "3$i"; rm "$work/nhieu/n$i.pdf"; done
    check "a full disk" status_is 3 "$congvan" archive add --dir "$work/nho/kho" "$work/nhieu"
    check "names what was not taken" says archive-add-stopped
    taken=$(grep -c ': added: ' "$work/stdout")
    check "something was taken before" [ "$taken" -gt 0 ]
    check "and only that is in the log" [ "$("$congvan" archive head --dir "$work/nho/kho" | cut -d' ' -f2)" -eq "$taken" ]
    check "whole" [ "$(find "$work/nho/kho/store" -name '0=ocfl_object*' | wc -l)" -eq "$taken" ]
    mount -o remount,size=20m none "$work/nho"
    check "with room again the rest follows" status_is 0 "$congvan" archive add --dir "$work/nho/kho" "$work/nhieu"
    check "all of it" [ "$("$congvan" archive head --dir "$work/nho/kho" | cut -d' ' -f2)" -eq 9 ]
    mount -o remount,ro none "$work/nho"
    check "a disk that must not be written to" status_is 3 "$congvan" archive add --dir "$work/nho/kho" "$work/mot-ky.pdf"
    umount "$work/nho"
else
    echo "# skipped: a full disk (no right to mount a tmpfs)"
fi

# What the pages leave open and the register knows.
dispatch ngo "số =
ký hiệu = SXD-TH
địa danh = Sông Lam
ngày =
trích yếu = kiểm tra ngỏ"
"$congvan" render "$work/ngo.ini" --for-signing --only pdf >/dev/null
"$congvan" archive register next "$work/ngo.ini" --date 5/2/2026 --dir "$kho" >/dev/null
rm "$work/ngo.ini" "$work/ngo.md"
sign "$work/ngo.pdf" "$work/ngo-ky.pdf" rsa --number 1 >/dev/null
check "a document whose day was left open" status_is 0 add "$work/ngo-ky.pdf"
check "has it from the register" status_is 0 "$congvan" archive show 01/SXD-TH --dir "$kho" --json
check "which is said" grep -q '"date":"2026-02-05"' "$work/stdout"
"$congvan" archive register void 01/SXD-TH --year 2026 --why "thử" --dir "$kho" >/dev/null
dispatch khac "số =
ký hiệu = SXD-TH
địa danh = Sông Lam
ngày =
trích yếu = việc khác"
"$congvan" render "$work/khac.ini" --for-signing --only pdf >/dev/null
rm "$work/khac.ini" "$work/khac.md"
sign "$work/khac.pdf" "$work/khac-ky.pdf" rsa --number 1 >/dev/null
check "of a void number" status_is 0 add "$work/khac-ky.pdf"
check "the register says nothing" says archive-add-lacks

# Evidence too long to keep with every document is named by its digest.
issue dai 661
i=0; while [ $i -lt 300 ]; do cat "$keys/ca.pem"; i=$((i + 1)); done >"$work/dai.pem"
check "judged by a long list" status_is 0 add "$work/dai-ky.pdf" --trust "$work/dai.pem"
named() { find "$kho/store" -name dai.pem.sha512 | xargs cat | grep -q "^$(sha512sum <"$work/dai.pem" | cut -d' ' -f1)  dai.pem\$"; }
check "its digest is kept" named
