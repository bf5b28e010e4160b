// SPDX-License-Identifier: GPL-3.0-or-later
//
// DuckDB at the work that stellwerk is measured at. BENCH_DUCKDB names the folder where its package
// for node is installed.
//
//     node duckdb.mjs import DATABASE THREADS CSV       a table of a file's events
//     node duckdb.mjs time DATABASE THREADS ROUNDS SQL  milliseconds of each round but a first one
import { createRequire } from 'node:module';

const { DuckDBInstance } = createRequire(process.env.BENCH_DUCKDB + '/')('@duckdb/node-api');
const [mode, database, threads, ...rest] = process.argv.slice(2);
const instance = await DuckDBInstance.create(database, { threads });
const connection = await instance.connect();

if (mode === 'import') {
    const csv = rest[0].replaceAll("'", "''");
    await connection.run(`CREATE TABLE event AS SELECT * FROM read_csv('${csv}', header = true)`);
    await connection.run('CHECKPOINT');
} else {
    const [rounds, sql] = rest;
    await connection.runAndReadAll(sql);
    for (let round = 0; round < Number(rounds); round++) {
        const start = performance.now();
        await connection.runAndReadAll(sql);
        console.log((performance.now() - start).toFixed(3));
    }
}
