import type { JudgeCases } from './case.ts'

const measure = (
  on: string,
  value: string | null,
  whole: string | null = null,
  why: string | null = null,
) => ({
  on,
  value,
  whole,
  why,
})
const TLS = {
  version: 'TLSv1.3',
  cipher: 'c',
  serverName: 'db',
  trusted: true,
  distrust: null,
  certificate: null,
}

export const postgresCases: JudgeCases = {
  head: 'postgres postgresql://db.example/app',
  refused: 'fail',
  seen: {
    address: 'postgresql://db.example:5432/app',
    tls: null,
    refusal: null,
    server: { version: 18, role: 'primary', readsStatistics: true },
    selected: true,
    measures: [
      measure('connections-used', '80', '100'),
      measure('longest-query', '1500'),
      measure('longest-lock-wait', '0'),
      measure('longest-idle-transaction', '0'),
      measure('replication-lag', null, null, 'no replica'),
      measure('cache-hit-rate', '990', '1000'),
      measure('index-use', '999', '999'),
    ],
    settings: [
      { name: 'ssl', value: 'on' },
      { name: 'gone', value: null },
    ],
    extensions: [
      { name: 'pgcrypto', version: '1.3' },
      { name: 'vector', version: null },
    ],
  },
  rows: [
    ['expect select', {}, 'true: SELECT 1 answers (select)'],
    ['expect select', { selected: false }, 'false: SELECT 1 not answered (select)'],
    ['expect select', { selected: null }, 'unknown: SELECT 1 not answered (select)'],
    [
      'expect select',
      { refusal: { code: '53300', message: 'too many clients' }, selected: null },
      'false: refused: too many clients (53300) (select)',
    ],
    [
      'expect version >= 18',
      { refusal: { code: '53300', message: 'too many clients' }, server: null },
      'false: refused: too many clients (53300) (select)',
      'unknown: version not known (≥ 18)',
    ],
    [
      'expect version >= 18, warn select',
      { refusal: { code: '57P03', message: 'starting up' }, server: null },
      'false: refused: starting up (57P03) (select)',
      'unknown: version not known (≥ 18)',
      'warn false: refused: starting up (57P03) (select)',
    ],
    ['expect version >= 18', {}, 'true: PostgreSQL 18 (≥ 18)'],
    ['expect version > 18', {}, 'false: PostgreSQL 18 (> 18)'],
    [
      'expect version >= 18, role primary, encrypted',
      { server: null },
      'unknown: version not known (≥ 18)',
      'unknown: role not known (role primary)',
      'unknown: no session (encrypted)',
    ],
    [
      'expect role primary, role replica',
      {},
      'true: primary (role primary)',
      'false: primary (role replica)',
    ],
    ['expect encrypted', {}, 'false: not encrypted (encrypted)'],
    ['expect encrypted', { tls: TLS }, 'true: encrypted, TLSv1.3 (encrypted)'],
    ['expect connections-used <= 80%', {}, 'true: 80% of 100 connections (≤ 80%)'],
    ['expect connections-used < 80%', {}, 'false: 80% of 100 connections (< 80%)'],
    [
      'expect connections-used < 80%',
      { measures: [measure('connections-used', '0', '0')] },
      'unknown: 0 connections, 1 needed to decide (< 80%)',
    ],
    [
      'expect connections-used < 80%',
      { measures: [measure('connections-used', '0', '1')] },
      'true: 0% of 1 connections (< 80%)',
    ],
    ['expect connections-used < 80%', { measures: [] }, 'unknown: connections-used not measured (< 80%)'],
    [
      'expect connections-used < 80%',
      { measures: [measure('connections-used', '1', null)] },
      'unknown: 0 connections, 1 needed to decide (< 80%)',
    ],
    [
      'expect connections-used < 80%',
      { measures: [measure('connections-used', null)] },
      'unknown: connections-used not known: no value (< 80%)',
    ],
    ['expect longest-query < 1501ms', {}, 'true: longest query 1500 ms (< 1501ms)'],
    ['expect longest-query < 1.5s', {}, 'false: longest query 1500 ms (< 1.5s)'],
    [
      'expect longest-query < 1s',
      { measures: [measure('longest-query', 'NaN')] },
      'unknown: longest-query not known (< 1s)',
    ],
    [
      'expect longest-lock-wait == 0ms, longest-idle-transaction < 1ms',
      {},
      'true: longest wait for a lock 0 ms (0ms)',
      'true: longest idle transaction 0 ms (< 1ms)',
    ],
    ['expect replication-lag < 1s', {}, 'unknown: replication-lag not known: no replica (< 1s)'],
    [
      'expect replication-lag < 1s',
      { measures: [measure('replication-lag', '999')] },
      'true: replication lag 999 ms (< 1s)',
    ],
    [
      'expect cache-hit-rate >= 99%, index-use >= 99%',
      {},
      'true: 99% of 1000 blocks (≥ 99%)',
      'unknown: 999 rows, 1000 needed to decide (≥ 99%)',
    ],
    ['expect cache-hit-rate > 99%', {}, 'false: 99% of 1000 blocks (> 99%)'],
    [
      'expect cache-hit-rate > 90%',
      { measures: [measure('cache-hit-rate', '999', '999')] },
      'unknown: 999 blocks, 1000 needed to decide (> 90%)',
    ],
    [
      'expect index-use > 99.9%',
      { measures: [measure('index-use', '1000', '1000')] },
      'true: 100% of 1000 rows (> 99.9%)',
    ],
    ['expect setting "ssl" == "on"', {}, 'true: ssl: on (setting ssl == on)'],
    ['expect setting "ssl" == "off"', {}, 'false: ssl: on (setting ssl == off)'],
    [
      'expect setting "gone" == "on", setting "other" == "on"',
      {},
      'unknown: gone: not known (setting gone == on)',
      'unknown: other: not known (setting other == on)',
    ],
    ['expect extension "pgcrypto"', {}, 'true: pgcrypto 1.3 (extension pgcrypto)'],
    ['expect extension "vector"', {}, 'false: vector not installed (extension vector)'],
    ['expect extension "postgis"', {}, 'unknown: not looked for (extension postgis)'],
    ['expect time <= 12.5ms', {}, 'true: 12.5 ms (≤ 12.5ms)'],
    // Of the table that a known tool keeps.
    [
      'expect migrated "0042_prices"',
      {},
      'unknown: no table of migrations that is known (migrated 0042_prices)',
    ],
    [
      'expect migrated "0042_prices"',
      { migrations: [{ name: '0042_prices', table: '_prisma_migrations', applied: true }] },
      'true: 0042_prices in _prisma_migrations (migrated 0042_prices)',
    ],
    [
      'expect migrated "0042_prices"',
      { migrations: [{ name: '0042_prices', table: '_prisma_migrations', applied: false }] },
      'false: 0042_prices not in _prisma_migrations (migrated 0042_prices)',
    ],
    [
      'expect migrated "0042_prices"',
      { migrations: [{ name: '0042_prices', table: '_prisma_migrations', applied: null }] },
      'unknown: _prisma_migrations cannot be read (migrated 0042_prices)',
    ],
    [
      'expect migrated "0042_prices"',
      { migrations: [{ name: '0042_prices', table: null, applied: null }] },
      'unknown: no table of migrations that is known (migrated 0042_prices)',
    ],
    [
      'expect migrated "0042_prices"',
      { migrations: [{ name: 'other', table: '_prisma_migrations', applied: true }] },
      'unknown: no table of migrations that is known (migrated 0042_prices)',
    ],
  ],
}
