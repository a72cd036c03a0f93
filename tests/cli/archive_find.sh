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
