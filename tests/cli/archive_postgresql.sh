# The index in PostgreSQL: the questions of test_archive_index, asked of a server of our own on
# loopback, in a temporary folder, run by an unprivileged user.
. tests/cli/lib
. tests/cli/lib-postgresql
trap 'postgresql_stop; rm -rf "$work"' EXIT
if ! postgresql_start; then
    echo "# $why: skipped"
    exit 0
fi

"$build/tests/test_archive_index" "$url" | sed 's/^\(ok\|not ok\) /\1 postgresql: /'

kho=$work/kho
mkdir -p "$kho/log" "$kho/store"
check "find asks the database" status_is 0 "$congvan" archive find họp --dir "$kho" --index "$url"
check "and finds nothing in an empty one" says archive-found-nothing
check "no file is made beside the store" [ ! -e "$kho/index.sqlite" ]
check "reindex in the database" sh -c "[ \"\$(CONGVAN_INDEX=$url $congvan archive reindex --dir $kho)\" = 0 ]"
check "a server that is not there" status_is 1 "$congvan" archive find họp --dir "$kho" \
    --index "postgresql://congvan:geheim@127.0.0.1:1/postgres"
check "is named" says archive-index-failed
check "its password is not" silent_on geheim
