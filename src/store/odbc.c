/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "odbc.h"

#include <sql.h>
#include <sqlext.h>
#include <sqlucode.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <stellwerk/base/array.h>
#include <stellwerk/base/i18n.h>
#include <stellwerk/base/memory.h>
#include <stellwerk/base/utf8.h>

enum { NAME_UNITS = 512, CHUNK_UNITS = 4096, MESSAGE_UNITS = 1024 };

/* How long a server may take to answer a login, in seconds. */
#define LOGIN_PATIENCE 15

/* Seconds beyond the time limit until the driver looks after it: whoever set it looks first, and
 * can say what happened; the server still gives up where this program is gone. */
#define DRIVER_GRACE 2

/* How a column's fields are asked for. */
enum reading { READ_TEXT, READ_REAL, READ_DAY, READ_INSTANT };

struct column {
    char *name;
    enum reading reading;
};

struct odbc {
    SQLHENV environment;
    SQLHDBC connection;
    SQLHSTMT statement; /* one for all queries, so that a cancel never meets one that is gone */
    bool connected;
    const struct guard *guard; /* NULL */
    struct column *columns;
    size_t column_count;
};

/* What makes a server's next transaction read-only, its times those of UTC, and keeps it from
 * cutting long texts that are put together from rows, as paths are. */
struct guard {
    const char *server; /* how its name begins */
    const char *statements[3];
};

static const struct guard guards[] = {
    { .server = "PostgreSQL",
      .statements = { "SET TRANSACTION READ ONLY", "SET LOCAL TIME ZONE 'UTC'" } },
    { .server = "SQLite", .statements = { "PRAGMA query_only = 1" } },
    { .server = "MySQL",
      .statements = { "SET SESSION TRANSACTION READ ONLY", "SET time_zone = '+00:00'",
                      "SET SESSION group_concat_max_len = 1048576" } },
    { .server = "MariaDB",
      .statements = { "SET SESSION TRANSACTION READ ONLY", "SET time_zone = '+00:00'",
                      "SET SESSION group_concat_max_len = 1048576" } },
    { .server = "Oracle", .statements = { "SET TRANSACTION READ ONLY" } },
};


/* ---- Texts: ODBC's are UTF-16 ---- */

/* NUL-terminated, on the heap. */
static SQLWCHAR *to_wide(const char *text)
{
    SQLWCHAR *wide = memory_alloc(memory_product(strlen(text) + 1, sizeof(*wide)));
    size_t count = 0, length;
    while (*text != '\0') {
        uint32_t point = utf8_decode(text, &length);
        text += length;
        if (point >= 0x10000) {
            wide[count++] = (SQLWCHAR)(0xD800 + ((point - 0x10000) >> 10));
            point = 0xDC00 + ((point - 0x10000) & 0x3FF);
        }
        wide[count++] = (SQLWCHAR)point;
    }
    return wide;
}

/* Appends units as UTF-8; `*high` is the first half of a pair that the last piece ended with. */
static void append_wide(struct str *out, const SQLWCHAR *units, size_t count, uint32_t *high)
{
    char bytes[5];
    for (size_t i = 0; i < count; i++) {
        uint32_t point = units[i];
        bool is_low = point >= 0xDC00 && point < 0xE000;
        if (*high != 0 && is_low)
            point = 0x10000 + ((*high - 0xD800) << 10) + (point - 0xDC00);
        else if (*high != 0 || is_low)
            str_append(out, "\uFFFD");
        *high = point >= 0xD800 && point < 0xDC00 ? point : 0;
        if (*high == 0 && !(point >= 0xDC00 && point < 0xE000))
            str_append_bytes(out, bytes, utf8_encode(point, bytes));
    }
}

static void append_whole(struct str *out, const SQLWCHAR *units, size_t count)
{
    uint32_t high = 0;
    append_wide(out, units, count, &high);
}

/* ---- Failures ---- */

/* What an SQLSTATE means to whoever wrote the query; the first whose beginning fits. */
static const struct {
    const char *state;
    const char *text; /* N_(), with a place for what driver and server say */
} meanings[] = {
    { "28", N_("the warehouse refuses the login; the password is that of STELLWERK_ODBC_PASSWORD "
               "in the environment, or of odbc.ini: %s") },
    { "IM002", N_("there is no such data source; 'odbcinst -q -s' lists those that there are: "
                  "%s") },
    { "01000", N_("the ODBC driver cannot be loaded; 'odbcinst -q -d' lists those that there are: "
                  "%s") },
    { "08", N_("the warehouse cannot be reached, or refuses the login: %s") },
    { "25006", N_("the query would change the warehouse, which is only read: %s") },
    { "42501", N_("the login may not read what the query asks for: %s") },
    { "42", N_("the warehouse does not understand the query: %s") },
    { "57014", N_("the warehouse has broken the query off: %s") },
    { "HYT0", N_("the warehouse has broken the query off: %s") },
    { "HY008", N_("the warehouse has broken the query off: %s") },
    { "", N_("the warehouse says: %s") },
};

/* "[unixODBC][Driver]ERROR: …" without the names of those that handed it on. */
static const char *without_origins(const char *text)
{
    while (*text == '[') {
        const char *end = strchr(text, ']');
        if (end == NULL)
            break;
        text = end + 1;
    }
    return text + strspn(text, " \n;");
}

static bool fail(SQLSMALLINT kind, SQLHANDLE handle, struct error *err)
{
    SQLWCHAR state[6] = { 0 }, units[MESSAGE_UNITS] = { 0 };
    SQLINTEGER native;
    SQLSMALLINT length = 0;
    struct str code, text;
    str_init(&code);
    str_init(&text);
    if (SQL_SUCCEEDED(SQLGetDiagRecW(kind, handle, 1, state, &native, units, MESSAGE_UNITS,
                                     &length))) {
        append_whole(&code, state, 5);
        append_whole(&text, units, length < MESSAGE_UNITS ? (size_t)length : MESSAGE_UNITS - 1);
    }
    size_t i = 0;
    while (strncmp(code.text, meanings[i].state, strlen(meanings[i].state)) != 0)
        i++;
    error_set(err, _(meanings[i].text), without_origins(text.text));
    str_finish(&code);
    str_finish(&text);
    return false;
}

static bool fail_statement(struct odbc *odbc, struct error *err)
{
    return fail(SQL_HANDLE_STMT, odbc->statement, err);
}

/* ---- The connection ---- */

static void *number(uintptr_t value)
{
    return (void *)value; /* how ODBC takes attributes that are numbers */
}

static bool log_in(struct odbc *odbc, const char *connection, struct error *err)
{
    /* A driver that does not know one of these does without. */
    SQLSetConnectAttrW(odbc->connection, SQL_ATTR_LOGIN_TIMEOUT, number(LOGIN_PATIENCE), 0);
    SQLSetConnectAttrW(odbc->connection, SQL_ATTR_ACCESS_MODE, number(SQL_MODE_READ_ONLY), 0);

    SQLWCHAR *wide = to_wide(connection);
    SQLRETURN result = SQLDriverConnectW(odbc->connection, NULL, wide, SQL_NTS, NULL, 0, NULL,
                                         SQL_DRIVER_NOPROMPT);
    free(wide);
    odbc->connected = SQL_SUCCEEDED(result);
    return odbc->connected || fail(SQL_HANDLE_DBC, odbc->connection, err);
}

static const struct guard *find_guard(struct odbc *odbc)
{
    SQLWCHAR units[NAME_UNITS] = { 0 };
    SQLSMALLINT bytes = 0;
    struct str name;
    const struct guard *found = NULL;
    str_init(&name);
    if (SQL_SUCCEEDED(SQLGetInfoW(odbc->connection, SQL_DBMS_NAME, units, sizeof(units), &bytes)))
        append_whole(&name, units, (size_t)bytes / sizeof(*units));
    for (size_t i = 0; found == NULL && i < ARRAY_LEN(guards); i++)
        if (strncmp(name.text, guards[i].server, strlen(guards[i].server)) == 0)
            found = &guards[i];
    str_finish(&name);
    return found;
}

/* From here on nothing is kept but what is committed, and nothing ever is. */
static bool prepare(struct odbc *odbc, struct error *err)
{
    if (!SQL_SUCCEEDED(SQLSetConnectAttrW(odbc->connection, SQL_ATTR_AUTOCOMMIT,
                                          number(SQL_AUTOCOMMIT_OFF), 0)) ||
        !SQL_SUCCEEDED(SQLAllocHandle(SQL_HANDLE_STMT, odbc->connection, &odbc->statement)))
        return fail(SQL_HANDLE_DBC, odbc->connection, err);
    odbc->guard = find_guard(odbc);
    return true;
}

static bool allocate(struct odbc *odbc)
{
    return SQL_SUCCEEDED(SQLAllocHandle(SQL_HANDLE_ENV, NULL, &odbc->environment)) &&
           SQL_SUCCEEDED(SQLSetEnvAttr(odbc->environment, SQL_ATTR_ODBC_VERSION,
                                       number(SQL_OV_ODBC3), 0)) &&
           SQL_SUCCEEDED(SQLAllocHandle(SQL_HANDLE_DBC, odbc->environment, &odbc->connection));
}

bool odbc_connect(const char *connection, struct odbc **out, struct error *err)
{
    struct odbc *odbc = memory_alloc(sizeof(*odbc));
    bool done = allocate(odbc) ? log_in(odbc, connection, err) && prepare(odbc, err)
                               : error_set(err, _("ODBC cannot be started"));
    if (!done) {
        odbc_disconnect(odbc);
        odbc = NULL;
    }
    *out = odbc;
    return done;
}

void odbc_disconnect(struct odbc *odbc)
{
    if (odbc == NULL)
        return;
    if (odbc->statement != NULL)
        SQLFreeHandle(SQL_HANDLE_STMT, odbc->statement);
    if (odbc->connected) {
        SQLEndTran(SQL_HANDLE_DBC, odbc->connection, SQL_ROLLBACK);
        SQLDisconnect(odbc->connection);
    }
    if (odbc->connection != NULL)
        SQLFreeHandle(SQL_HANDLE_DBC, odbc->connection);
    if (odbc->environment != NULL)
        SQLFreeHandle(SQL_HANDLE_ENV, odbc->environment);
    free(odbc);
}

/* ---- A query ---- */

static bool execute(struct odbc *odbc, const char *sql, struct error *err)
{
    SQLWCHAR *wide = to_wide(sql);
    SQLRETURN result = SQLExecDirectW(odbc->statement, wide, SQL_NTS);
    free(wide);
    return SQL_SUCCEEDED(result) || result == SQL_NO_DATA || fail_statement(odbc, err);
}

static bool begin(struct odbc *odbc, struct error *err)
{
    for (size_t i = 0; odbc->guard != NULL && i < ARRAY_LEN(odbc->guard->statements); i++) {
        const char *statement = odbc->guard->statements[i];
        if (statement != NULL && !execute(odbc, statement, err))
            return false;
        SQLFreeStmt(odbc->statement, SQL_CLOSE);
    }
    return true;
}

static enum reading reading_of(SQLSMALLINT type)
{
    switch (type) {
    case SQL_TYPE_DATE:
        return READ_DAY;
    case SQL_TYPE_TIMESTAMP:
        return READ_INSTANT;
    case SQL_REAL:
    case SQL_FLOAT:
    case SQL_DOUBLE:
        return READ_REAL;
    default:
        return READ_TEXT;
    }
}

static bool describe(struct odbc *odbc, struct error *err)
{
    SQLSMALLINT count = 0;
    if (!SQL_SUCCEEDED(SQLNumResultCols(odbc->statement, &count)))
        return fail_statement(odbc, err);
    if (count <= 0)
        return error_set(err, _("the query gives no rows at all: it must be a SELECT"));
    odbc->columns = memory_alloc(memory_product((size_t)count, sizeof(*odbc->columns)));
    for (SQLSMALLINT i = 0; i < count; i++) {
        SQLWCHAR units[NAME_UNITS] = { 0 };
        SQLSMALLINT length = 0, type = 0, digits, nullable;
        SQLULEN size;
        if (!SQL_SUCCEEDED(SQLDescribeColW(odbc->statement, (SQLUSMALLINT)(i + 1), units,
                                           NAME_UNITS, &length, &type, &size, &digits, &nullable)))
            return fail_statement(odbc, err);
        struct str name;
        str_init(&name);
        append_whole(&name, units, length < NAME_UNITS ? (size_t)length : NAME_UNITS - 1);
        odbc->columns[odbc->column_count++] = (struct column){
            .name = memory_strdup(name.text),
            .reading = reading_of(type),
        };
        str_finish(&name);
    }
    return true;
}

bool odbc_ask(struct odbc *odbc, const char *sql, int64_t time_limit, struct error *err)
{
    const int64_t second = 1000000;
    if (!begin(odbc, err))
        return false;
    if (time_limit > 0)
        SQLSetStmtAttrW(odbc->statement, SQL_ATTR_QUERY_TIMEOUT,
                        number((uintptr_t)(time_limit / second + DRIVER_GRACE)), 0);
    return execute(odbc, sql, err) && describe(odbc, err);
}

void odbc_end(struct odbc *odbc)
{
    for (size_t i = 0; i < odbc->column_count; i++)
        free(odbc->columns[i].name);
    free(odbc->columns);
    odbc->columns = NULL;
    odbc->column_count = 0;
    SQLFreeStmt(odbc->statement, SQL_CLOSE);
    SQLSetStmtAttrW(odbc->statement, SQL_ATTR_QUERY_TIMEOUT, number(0), 0);
    SQLEndTran(SQL_HANDLE_DBC, odbc->connection, SQL_ROLLBACK);
}

void odbc_cancel(struct odbc *odbc)
{
    SQLCancel(odbc->statement);
}

size_t odbc_column_count(const struct odbc *odbc)
{
    return odbc->column_count;
}

const char *odbc_column_name(const struct odbc *odbc, size_t column)
{
    return odbc->columns[column].name;
}

/* ---- Rows ---- */

enum odbc_result odbc_next(struct odbc *odbc, struct error *err)
{
    SQLRETURN result = SQLFetch(odbc->statement);
    if (result == SQL_NO_DATA)
        return ODBC_END;
    if (SQL_SUCCEEDED(result))
        return ODBC_ROW;
    fail_statement(odbc, err);
    return ODBC_FAILED;
}

/* A text comes in pieces, each with a NUL behind it that does not count. */
static bool read_text(struct odbc *odbc, SQLUSMALLINT at, struct str *out, bool *null,
                      struct error *err)
{
    SQLWCHAR units[CHUNK_UNITS];
    const size_t most = CHUNK_UNITS - 1, before = out->length;
    uint32_t high = 0;
    for (;;) {
        SQLLEN bytes = 0;
        SQLRETURN result =
            SQLGetData(odbc->statement, at, SQL_C_WCHAR, units, sizeof(units), &bytes);
        if (result == SQL_NO_DATA)
            return true;
        if (!SQL_SUCCEEDED(result))
            return fail_statement(odbc, err);
        *null = bytes == SQL_NULL_DATA;
        if (*null)
            return true;
        bool more = bytes == SQL_NO_TOTAL || (size_t)bytes > most * sizeof(*units);
        append_wide(out, units, more ? most : (size_t)bytes / sizeof(*units), &high);
        if (out->length - before > ODBC_FIELD_CAP)
            return error_set(err, _("a value of the column '%s' is longer than 1 MiB"),
                             odbc->columns[at - 1].name);
        if (!more)
            return true;
    }
}

/* In as few digits as tell it from all other numbers. */
static void append_real(struct str *out, double real)
{
    char text[40];
    for (int digits = 15; digits <= 17; digits++) {
        snprintf(text, sizeof(text), "%.*g", digits, real);
        if (strtod(text, NULL) == real)
            break;
    }
    str_append(out, text);
}

static void append_day(struct str *out, const SQL_DATE_STRUCT *day)
{
    str_printf(out, "%04d-%02u-%02u", day->year, (unsigned)day->month, (unsigned)day->day);
}

static void append_instant(struct str *out, const SQL_TIMESTAMP_STRUCT *instant)
{
    const SQL_DATE_STRUCT day = { instant->year, instant->month, instant->day };
    append_day(out, &day);
    str_printf(out, "T%02u:%02u:%02u", (unsigned)instant->hour, (unsigned)instant->minute,
               (unsigned)instant->second);
    if (instant->fraction > 0) /* nanoseconds */
        str_printf(out, ".%06u", (unsigned)(instant->fraction / 1000));
}

bool odbc_read(struct odbc *odbc, size_t column, struct str *out, bool *null, struct error *err)
{
    static const SQLSMALLINT types[] = {
        [READ_REAL] = SQL_C_DOUBLE,
        [READ_DAY] = SQL_C_TYPE_DATE,
        [READ_INSTANT] = SQL_C_TYPE_TIMESTAMP,
    };
    enum reading reading = odbc->columns[column].reading;
    SQLUSMALLINT at = (SQLUSMALLINT)(column + 1);
    if (reading == READ_TEXT)
        return read_text(odbc, at, out, null, err);

    union {
        SQLDOUBLE real;
        SQL_DATE_STRUCT day;
        SQL_TIMESTAMP_STRUCT instant;
    } value;
    SQLLEN bytes = 0;
    if (!SQL_SUCCEEDED(
            SQLGetData(odbc->statement, at, types[reading], &value, sizeof(value), &bytes)))
        return fail_statement(odbc, err);
    *null = bytes == SQL_NULL_DATA;
    if (*null)
        return true;
    if (reading == READ_REAL)
        append_real(out, value.real);
    else if (reading == READ_DAY)
        append_day(out, &value.day);
    else
        append_instant(out, &value.instant);
    return true;
}
