# The index in PostgreSQL: the questions of test_archive_index, asked of a server of our own on
# loopback, in a temporary folder, run by an unprivileged user.
. tests/cli/lib
bin=$(ls -d /usr/lib/postgresql/*/bin 2>/dev/null | tail -1)
if [ ! -x "$bin/initdb" ]; then
    echo "# PostgreSQL (postgresql) is not installed: skipped"
    exit 0
fi
as_server() { "$@"; }
if [ "$(id -u)" -eq 0 ]; then
    user=postgres
    id -u $user >/dev/null 2>&1 || user=nobody
    as_server() { setpriv --reuid $user --regid "$(id -g $user)" --clear-groups env HOME="$data" "$@"; }
fi
data=$(mktemp -d)
[ "$(id -u)" -ne 0 ] || chown $user "$data"
chmod 711 "$work"
stop() { as_server "$bin/pg_ctl" stop -D "$data/db" -m immediate >/dev/null 2>&1; rm -rf "$work" "$data"; }
trap stop EXIT
cd "$data" || exit 1
as_server "$bin/initdb" -D "$data/db" -U congvan -A trust -E UTF8 --no-locale -N >"$work/initdb" 2>&1
port=$((20000 + $$ % 20000))
as_server "$bin/pg_ctl" start -w -t 60 -D "$data/db" -l "$data/log" \
    -o "-c listen_addresses=127.0.0.1 -c port=$port -c unix_socket_directories=$data -c fsync=off -c max_connections=20" \
    >"$work/start" 2>&1
if ! as_server "$bin/pg_isready" -q -h 127.0.0.1 -p $port; then
    echo "# PostgreSQL does not start here: skipped"
    cat "$work/initdb" "$work/start" "$data/log" 2>/dev/null | tail -5 | sed 's/^/# /'
    exit 0
fi
cd - >/dev/null || exit 1
url=postgresql://congvan@127.0.0.1:$port/postgres

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
