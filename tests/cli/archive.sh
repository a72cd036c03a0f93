# archive: the logs and their heads.
. tests/cli/lib
kho=$work/kho

check "wants to know what to do" status_is 2 "$congvan" archive
check "says what it can do" says archive-what
check "lists its commands" status_is 0 "$congvan" archive --help
check "with their arguments" grep -q 'archive head \[--dir' "$work/stdout"
check "a folder that is no archive" status_is 1 "$congvan" archive head --dir "$work/none"
check "is named" says archive-not-there

mkdir -p "$kho/log" "$kho/store"
zeros=$(printf '%064d' 0)
first="{\"seq\":1,\"prev\":\"$zeros\",\"a\":1}"
hash=$(printf '%s' "$first" | sha256sum | cut -d' ' -f1)
printf '%s\n' "$first" >"$kho/log/store.jsonl"
check "the head of a log" status_is 0 "$congvan" archive head --dir "$kho"
check "is how long it is and the hash of its last line" [ "$(cat "$work/stdout")" = "store 1 $hash" ]
printf '{"seq":2,"prev":"%s","a":1}\n' "$zeros" >>"$kho/log/store.jsonl"
check "a line that does not continue" env CONGVAN_ARCHIVE="$kho" sh -c "! $congvan archive head 2>$work/err >/dev/null"
check "the one before is named" says "store.jsonl:2: error:"
check "as a broken log" says archive-log-broken
