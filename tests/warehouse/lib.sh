# SPDX-License-Identifier: GPL-3.0-or-later
#
# Sourced by the tests of the warehouse bridge. A test makes its warehouse and says in odbc.ini how
# it is reached, as the data source `shop`.

. "$STELLWERK_SOURCE/tests/cli/lib.sh"

ODBCINI=$folder/odbc.ini
export ODBCINI
unset STELLWERK_ODBC_PASSWORD

# What drivers leave behind is not ours to free, and they are gone when the leaks are told.
ASAN_OPTIONS=${ASAN_OPTIONS:+$ASAN_OPTIONS:}detect_leaks=0
export ASAN_OPTIONS

skip() {
    echo "$*"
    exit 77
}

# need_driver NAME: it must be registered, and the program must have ODBC in it.
need_driver() {
    command -v odbcinst >/dev/null || skip 'unixODBC is missing'
    odbcinst -q -d 2>/dev/null | grep -qxF "[$1]" || skip "the ODBC driver '$1' is missing"
    command -v sqlite3 >/dev/null || skip 'sqlite3 is missing'
    printf 'queries: [{name: a, as: paths, sql: SELECT 1}]\n' >query.yaml
    "$program" sync none.db --from none --queries query.yaml 2>err
    grep -q 'built without ODBC' err && skip 'stellwerk was built without ODBC'
    says err 'there is no such data source'
}

# query NAME KIND SQL [KEY: VALUE]...: a file of one query.
query() {
    {
        printf 'queries:\n  - name: %s\n    as: %s\n    sql: |\n      %s\n' "$1" "$2" "$3"
        shift 3
        [ $# -eq 0 ] || printf '    %s\n' "$@"
    } >query.yaml
}

# refused TEXT: the query fails, says so, and leaves the store as it is.
refused() {
    cp store.db before.db
    run 2 sync store.db --from shop --queries query.yaml
    says err "$1"
    cmp -s store.db before.db || fail "a query that failed has changed the store: $1"
}

# holds SQL RESULT [STORE]: what the store says through its documented views.
holds() {
    held=$(sqlite3 "${3-store.db}" "$1")
    [ "$held" = "$2" ] || fail "$1 gives '$held', not '$2'"
}

# ---- Servers of a test's own, in $place ----

make_place() {
    mkdir "$place"
    chmod 755 "$folder"
    [ "$(id -u)" -ne 0 ] || chown nobody "$place"
}

# Servers refuse to be root.
as_owner() (
    cd "$place" || exit 1
    if [ "$(id -u)" -eq 0 ]; then
        set -- setpriv --reuid=nobody --regid="$(id -g nobody)" --clear-groups "$@"
    fi
    HOME=$place LC_ALL=C "$@"
)

# manual_queries HEADING: the examples that stand under it in the manual.
manual_queries() {
    sed -n "/^### $1/,/^##* [^#]*\$/{/^queries:/,/^\`\`\`/p}" "$STELLWERK_SOURCE/doc/warehouse.md" |
        sed '/^```/d'
}

# at_work COUNT: waits until the warehouse has so many queries of ours in work, as working() says.
at_work() {
    tries=0
    while [ "$(working)" != "$1" ]; do
        tries=$((tries + 1))
        [ $tries -lt 400 ] || fail "not $1 queries in work"
    done
}

# broken_off: a query named slow is cancelled while it is in work.
broken_off() {
    cp store.db before.db
    "$program" sync store.db --from shop --queries query.yaml >out 2>err &
    child=$!
    at_work 1
    kill -INT $child
    wait $child
    [ $? -eq 2 ] || fail "a cancel ends otherwise: $(cat err)"
    says err 'slow: broken off; nothing of it was taken'
    cmp -s store.db before.db || fail 'a cancelled query has changed the store'
    at_work 0
}
