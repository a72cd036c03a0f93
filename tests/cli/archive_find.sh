# archive find, show, due, reindex: what they want to be told.
. tests/cli/lib
kho=$work/kho
mkdir -p "$kho/log" "$kho/store"
archive() { "$congvan" archive "$@" --dir "$kho"; }

check "find wants to know what" status_is 2 archive find
check "and says so" says archive-asks-nothing
check "a day is a day" status_is 2 archive find họp --from 31/2/2026
check "and another word is not" says archive-no-day
check "a limit is a number" status_is 2 archive find họp --limit many
check "and another word is not" says archive-no-limit
check "nor a number with words behind it" status_is 2 archive find họp --limit "20 văn bản"
check "nor one past all counting, which is not 1" status_is 2 archive find họp --limit 4294967297
check "in an empty archive nothing is found" status_is 0 archive find họp --from 1/2/2026
check "and that is no error" says archive-found-nothing
check "as JSON it is an empty list" sh -c "[ \"\$($congvan archive find họp --json --dir $kho)\" = '[]' ]"
check "due wants a day" status_is 2 archive due
check "and says so" says archive-before-when
check "nothing is due" status_is 0 archive due --before 2026-07-01
check "show names what is not there" status_is 1 archive show 05/UBND-VP
check "by its name" sh -c "grep -F \"no document\" $work/err | grep -qF archive-no-such"
check "reindex counts nothing" sh -c "[ \"\$($congvan archive reindex --dir $kho)\" = 0 ]"
check "another folder is no archive" status_is 1 "$congvan" archive find họp --dir "$work/none"
check "a damaged index is no harm" sh -c "echo nothing >$kho/index.sqlite; $congvan archive find họp --dir $kho 2>/dev/null"
"$congvan" archive find họp --dir "$kho" >/dev/null 2>&1
echo nothing >"$kho/index.sqlite"
check "but it is said that it is made anew" sh -c "$congvan archive find họp --dir $kho 2>&1 | grep -qF archive-index-remade"

# Dispatches that were really added: rendered, signed, in the store.
. tests/cli/lib-keys
kho=$work/that
mkdir -p "$kho/trust" && cp "$keys/ca.pem" "$kho/trust/"
issue() { # name, number, day, subject, text
    dispatch "$1" "số = $2
ký hiệu = SXD-VP
địa danh = Sông Lam
ngày = $3
trích yếu = $4"
    printf '%s\n' "$5" >"$work/$1.md"
    "$congvan" render "$work/$1.ini" --only pdf >/dev/null
    sign "$work/$1.pdf" "$work/$1-ky.pdf" rsa >/dev/null
}
issue mot 21 3/2/2026 "kiểm tra công trình" "Sở Xây dựng yêu cầu các phòng kiểm tra đập nước, báo cáo trước ngày 20/3/2026."
issue hai 22 10/3/2026 "trả lời về đập nước" "Phúc đáp Công văn số 21/SXD-VP ngày 03/02/2026 về kiểm tra đập nước, Phòng đã làm xong."
# Nothing beside the PDFs: what is known is read off the pages.
mkdir "$work/ky" && mv "$work"/*-ky.pdf "$work/ky/"
check "two documents are added" status_is 0 "$congvan" archive add "$work/ky" --dir "$kho"
check "the index is kept in the same run" [ -s "$kho/index.sqlite" ]
found() { "$congvan" archive find "$@" --dir "$kho" | grep -c '^    urn:'; }
check "words without diacritics" [ "$(found dap nuoc)" = 2 ]
check "a number" [ "$(found 21/SXD-VP --from 1/2/2026 --to 28/2/2026)" = 1 ]
check "a phrase the shell has unquoted" [ "$(found "kiểm tra công trình" đập)" = 1 ]
check "the hit is shown" sh -c "$congvan archive find dap nuoc --dir $kho | grep -q '«đập nước»'"
check "who cites it" sh -c "$congvan archive find --cites 21/SXD-VP --dir $kho | grep -q '^22/SXD-VP  10/03/2026'"
"$congvan" archive due --before 1/4/2026 --dir "$kho" >"$work/due"
check "what is due, from whom" grep -q '^20/03/2026  21/SXD-VP  03/02/2026  SỞ XÂY DỰNG' "$work/due"
check "with the sentence" grep -q 'báo cáo trước ngày 20/3/2026' "$work/due"
check "and what cites it since" grep -q 'cited by 22/SXD-VP' "$work/due"
check "show: where a field was read" sh -c "$congvan archive show 21/SXD-VP --dir $kho | grep -q '^Number: 21  \\[pages\\]'"
check "show: its files" sh -c "$congvan archive show 21/SXD-VP --dir $kho | grep -q '^File: signed.pdf  v1/content/signed.pdf'"
check "show: as JSON" sh -c "$congvan archive show 21/SXD-VP --json --dir $kho | grep -q '\"cited_by\":\[{\"object\":'"
check "JSON of find, due and show is JSON" sh -c "for c in 'find đập' 'due --before 1/4/2026' 'show 21/SXD-VP'; do
    $congvan archive \$c --json --dir $kho | perl -MJSON::PP -0777 -e 'decode_json(<STDIN>)' || exit 1; done"
rm "$kho/index.sqlite"
check "a lost index is no loss" [ "$(found dap nuoc)" = 2 ]
check "reindex counts both" [ "$("$congvan" archive reindex --dir "$kho")" = 2 ]
check "an index that agrees" status_is 0 "$congvan" archive check --digests-only --dir "$kho"
check "an index out of reach does no harm to what is added" sh -c "CONGVAN_INDEX=postgresql://127.0.0.1:1/x $congvan archive add $work/ky --dir $kho >/dev/null 2>$work/err"
check "but that is said" says archive-index-behind
