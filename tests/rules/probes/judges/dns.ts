import type { JudgeCases } from './case.ts'

const answer = (text: string, ttl: number | null = 300) => ({ text, ttl })
const reply = (server: string, ...texts: string[]) => ({
  ...{ server, rcode: 'NOERROR', authoritative: true, total: texts.length },
  answers: texts.map((text) => answer(text)),
})
const wanted = (written: string, text = written) => ({ written, text })

/** A variable of the environment, as it is written. */
const IP = '$' + '{IP}'

export const dnsCases: JudgeCases = {
  head: 'dns a.example A server ns1.example server ns2.example',
  refused: 'fail',
  seen: {
    name: 'a.example',
    replies: [reply('ns1.example:53', '192.0.2.1'), reply('ns2.example:53', '192.0.2.1')],
    wanted: [wanted('192.0.2.1'), wanted(IP, '192.0.2.1')],
  },
  rows: [
    [
      'expect time < 12.6ms',
      {},
      'true: ns1.example:53: NOERROR (NOERROR or NXDOMAIN)',
      'true: 12.5 ms (< 12.6ms)',
    ],
    [
      'expect time < 12.5ms, warn agree',
      {},
      'true: ns1.example:53: NOERROR (NOERROR or NXDOMAIN)',
      'false: 12.5 ms (< 12.5ms)',
      'warn true: 2 servers, ns1.example:53: 192.0.2.1 (agree)',
    ],
    [
      'expect time < 1s',
      { phases: { total: null } },
      'true: ns1.example:53: NOERROR (NOERROR or NXDOMAIN)',
      'unknown: no time (< 1s)',
    ],
    // The code of an answer.
    ['expect rcode NOERROR', {}, 'true: ns1.example:53: NOERROR (rcode NOERROR)'],
    ['expect rcode NOERROR', { replies: [] }, 'unknown: no reply (rcode NOERROR)'],
    ['expect rcode NXDOMAIN', {}, 'false: ns1.example:53: NOERROR (rcode NXDOMAIN)'],
    [
      'expect rcode NOERROR',
      { replies: [reply('a'), { ...reply('b'), rcode: 'SERVFAIL' }] },
      'false: b: SERVFAIL (rcode NOERROR)',
    ],
    // Who says it.
    [
      'expect authoritative',
      {},
      'true: ns1.example:53: NOERROR (NOERROR or NXDOMAIN)',
      'true: ns1.example:53: authoritative (authoritative)',
    ],
    [
      'expect authoritative',
      { replies: [reply('a', 'x'), { ...reply('b', 'x'), authoritative: false }] },
      'true: a: NOERROR (NOERROR or NXDOMAIN)',
      'false: b: not authoritative (authoritative)',
    ],
    [
      'expect authoritative',
      { replies: [reply('a', 'x'), { ...reply('b', 'x'), authoritative: null }] },
      'true: a: NOERROR (NOERROR or NXDOMAIN)',
      'unknown: b: does not say whether it is authoritative (authoritative)',
    ],
    [
      'expect rcode REFUSED, authoritative, time < 1s',
      { replies: [{ ...reply('a'), rcode: 'REFUSED' }] },
      'true: a: REFUSED (rcode REFUSED)',
      'unknown: a: authoritative (authoritative)',
      'true: 12.5 ms (< 1s)',
    ],
    [
      'expect time < 1s, warn rcode SERVFAIL',
      { replies: [reply('a', 'x'), { ...reply('b'), rcode: 'SERVFAIL' }] },
      'unknown: b: SERVFAIL (NOERROR or NXDOMAIN)',
      'true: 12.5 ms (< 1s)',
      'warn false: a: NOERROR (rcode SERVFAIL)',
    ],
    ['expect time < 1s', { replies: [] }, 'unknown: no reply (NOERROR or NXDOMAIN)', 'true: 12.5 ms (< 1s)'],
    [
      'expect time < 1s',
      { replies: [{ ...reply('a'), rcode: 'NXDOMAIN' }] },
      'true: a: NXDOMAIN (NOERROR or NXDOMAIN)',
      'true: 12.5 ms (< 1s)',
    ],
    // How many.
    [
      'expect answers >= 1',
      {},
      'true: ns1.example:53: NOERROR (NOERROR or NXDOMAIN)',
      'true: ns1.example:53: 192.0.2.1 (≥ 1)',
    ],
    [
      'expect answers > 1',
      {},
      'true: ns1.example:53: NOERROR (NOERROR or NXDOMAIN)',
      'false: ns1.example:53: 192.0.2.1 (> 1)',
    ],
    [
      'expect answers == 0',
      { replies: [{ ...reply('a'), rcode: 'NXDOMAIN' }] },
      'true: a: NXDOMAIN (NOERROR or NXDOMAIN)',
      'true: a: NXDOMAIN, no answers (0)',
    ],
    [
      'expect answers == 0',
      { replies: [{ ...reply('a'), rcode: 'REFUSED' }] },
      'unknown: a: REFUSED (NOERROR or NXDOMAIN)',
      'unknown: a: REFUSED, no answers (0)',
    ],
    [
      'expect answers <= 5',
      { replies: [reply('a', '1', '2', '3', '4', '5')] },
      'true: a: NOERROR (NOERROR or NXDOMAIN)',
      'true: a: 1, 2, 3, 4 and 1 more (≤ 5)',
    ],
    [
      'expect answers <= 5',
      { replies: [reply('a', '1', '2', '3', '4')] },
      'true: a: NOERROR (NOERROR or NXDOMAIN)',
      'true: a: 1, 2, 3, 4 (≤ 5)',
    ],
    [
      'expect answers < 9',
      { replies: [{ ...reply('a', '1', '2'), total: 9 }] },
      'true: a: NOERROR (NOERROR or NXDOMAIN)',
      'false: a: 1, 2 and 7 more (< 9)',
    ],
    // One of them.
    [
      'expect answer "192.0.2.1"',
      {},
      'true: ns1.example:53: NOERROR (NOERROR or NXDOMAIN)',
      'true: ns1.example:53: 192.0.2.1 (answer 192.0.2.1)',
    ],
    [
      `expect answer "${IP}"`,
      {},
      'true: ns1.example:53: NOERROR (NOERROR or NXDOMAIN)',
      `true: ns1.example:53: 192.0.2.1 (answer "${IP}")`,
    ],
    [
      'expect answer "192.0.2.9"',
      {},
      'true: ns1.example:53: NOERROR (NOERROR or NXDOMAIN)',
      'unknown: ns1.example:53: 192.0.2.1 (answer 192.0.2.9)',
    ],
    [
      'expect answer "192.0.2.1"',
      { replies: [reply('a', '192.0.2.1', '192.0.2.2')] },
      'true: a: NOERROR (NOERROR or NXDOMAIN)',
      'true: a: 192.0.2.1, 192.0.2.2 (answer 192.0.2.1)',
    ],
    [
      'expect answer "192.0.2.1"',
      { replies: [reply('a', '192.0.2.1'), reply('b', '192.0.2.2')] },
      'true: a: NOERROR (NOERROR or NXDOMAIN)',
      'false: b: 192.0.2.2 (answer 192.0.2.1)',
    ],
    [
      'expect answer "192.0.2.1"',
      { replies: [{ ...reply('a', '192.0.2.2'), total: 2 }] },
      'true: a: NOERROR (NOERROR or NXDOMAIN)',
      'unknown: a: 192.0.2.2 and 1 more (answer 192.0.2.1)',
    ],
    [
      'expect answer "192.0.2.1"',
      { replies: [{ ...reply('a', '192.0.2.1'), total: 2 }] },
      'true: a: NOERROR (NOERROR or NXDOMAIN)',
      'true: a: 192.0.2.1 and 1 more (answer 192.0.2.1)',
    ],
    [
      'expect answer "192.0.2.1"',
      { replies: [{ ...reply('a'), rcode: 'NXDOMAIN' }] },
      'true: a: NXDOMAIN (NOERROR or NXDOMAIN)',
      'false: a: NXDOMAIN, no answers (answer 192.0.2.1)',
    ],
    [
      'expect answer "192.0.2.1"',
      { replies: [{ ...reply('a', '192.0.2.1'), rcode: 'SERVFAIL' }] },
      'unknown: a: SERVFAIL (NOERROR or NXDOMAIN)',
      'unknown: a: 192.0.2.1 (answer 192.0.2.1)',
    ],
    [
      'expect answer "WWW.example"',
      { replies: [reply('a', 'www.EXAMPLE.')], wanted: [wanted('WWW.example')] },
      'true: a: NOERROR (NOERROR or NXDOMAIN)',
      'true: a: www.EXAMPLE. (answer WWW.example)',
    ],
    // All of them.
    [
      'expect only "192.0.2.1"',
      {},
      'true: ns1.example:53: NOERROR (NOERROR or NXDOMAIN)',
      'true: ns1.example:53: 192.0.2.1 (only 192.0.2.1)',
    ],
    [
      'expect only "192.0.2.9"',
      {},
      'true: ns1.example:53: NOERROR (NOERROR or NXDOMAIN)',
      'unknown: ns1.example:53: 192.0.2.1 (only 192.0.2.9)',
    ],
    [
      'expect only "192.0.2.1"',
      { replies: [reply('a', '192.0.2.1', '192.0.2.2')] },
      'true: a: NOERROR (NOERROR or NXDOMAIN)',
      'false: a: 192.0.2.1, 192.0.2.2 (only 192.0.2.1)',
    ],
    [
      'expect only "192.0.2.1"',
      { replies: [reply('a')] },
      'true: a: NOERROR (NOERROR or NXDOMAIN)',
      'false: a: NOERROR, no answers (only 192.0.2.1)',
    ],
    [
      'expect only "192.0.2.1"',
      { replies: [{ ...reply('a', '192.0.2.1'), total: 2 }] },
      'true: a: NOERROR (NOERROR or NXDOMAIN)',
      'unknown: a: 192.0.2.1 and 1 more (only 192.0.2.1)',
    ],
    [
      'expect only "192.0.2.1"',
      { replies: [{ ...reply('a', '192.0.2.2'), total: 2 }] },
      'true: a: NOERROR (NOERROR or NXDOMAIN)',
      'false: a: 192.0.2.2 and 1 more (only 192.0.2.1)',
    ],
    [
      'expect only "192.0.2.1"',
      { replies: [{ ...reply('a', '192.0.2.1'), rcode: 'SERVFAIL' }] },
      'unknown: a: SERVFAIL (NOERROR or NXDOMAIN)',
      'unknown: a: 192.0.2.1 (only 192.0.2.1)',
    ],
    [
      'expect only "192.0.2.1"',
      { replies: [{ ...reply('a'), rcode: 'NXDOMAIN' }] },
      'true: a: NXDOMAIN (NOERROR or NXDOMAIN)',
      'false: a: NXDOMAIN, no answers (only 192.0.2.1)',
    ],
    [
      'expect only "192.0.2.9"',
      { wanted: [] },
      'true: ns1.example:53: NOERROR (NOERROR or NXDOMAIN)',
      'unknown: ns1.example:53: 192.0.2.1 (only 192.0.2.9)',
    ],
    // How long they may be kept.
    [
      'expect ttl >= 300s',
      {},
      'true: ns1.example:53: NOERROR (NOERROR or NXDOMAIN)',
      'true: 192.0.2.1: TTL 300 s (≥ 300s)',
    ],
    [
      'expect ttl > 300s',
      {},
      'true: ns1.example:53: NOERROR (NOERROR or NXDOMAIN)',
      'false: 192.0.2.1: TTL 300 s (> 300s)',
    ],
    [
      'expect ttl > 60s',
      { replies: [reply('a')] },
      'true: a: NOERROR (NOERROR or NXDOMAIN)',
      'unknown: a: NOERROR, no answers (> 60s)',
    ],
    [
      'expect ttl > 60s',
      { replies: [{ ...reply('a', '192.0.2.1'), total: 2 }] },
      'true: a: NOERROR (NOERROR or NXDOMAIN)',
      'unknown: a: 192.0.2.1 and 1 more (> 60s)',
    ],
    [
      'expect ttl > 60s',
      { replies: [{ ...reply('a'), total: 2, answers: [answer('x'), answer('y', 60)] }] },
      'true: a: NOERROR (NOERROR or NXDOMAIN)',
      'false: y: TTL 60 s (> 60s)',
    ],
    [
      'expect ttl > 60s',
      { replies: [{ ...reply('a'), total: 2, answers: [answer('x'), answer('y', null)] }] },
      'true: a: NOERROR (NOERROR or NXDOMAIN)',
      'unknown: y: TTL not said (> 60s)',
    ],
    // Whether they say the same.
    [
      'expect agree',
      {},
      'true: ns1.example:53: NOERROR (NOERROR or NXDOMAIN)',
      'true: 2 servers, ns1.example:53: 192.0.2.1 (agree)',
    ],
    [
      'expect agree',
      { replies: [reply('a', 'x')] },
      'true: a: NOERROR (NOERROR or NXDOMAIN)',
      'unknown: fewer than two replies (agree)',
    ],
    [
      'expect agree',
      { replies: [] },
      'unknown: no reply (NOERROR or NXDOMAIN)',
      'unknown: fewer than two replies (agree)',
    ],
    [
      'expect agree',
      { replies: [reply('a', 'x'), reply('b', 'x'), reply('c', 'y')] },
      'true: a: NOERROR (NOERROR or NXDOMAIN)',
      'false: a: x; c: y (agree)',
    ],
    [
      'expect agree',
      { replies: [reply('a', 'x', 'y'), reply('b', 'Y', 'X')] },
      'true: a: NOERROR (NOERROR or NXDOMAIN)',
      'true: 2 servers, a: x, y (agree)',
    ],
    [
      'expect agree',
      {
        replies: [
          { ...reply('a'), rcode: 'NXDOMAIN' },
          { ...reply('b'), rcode: 'NXDOMAIN' },
        ],
      },
      'true: a: NXDOMAIN (NOERROR or NXDOMAIN)',
      'true: 2 servers, a: NXDOMAIN, no answers (agree)',
    ],
    [
      'expect agree',
      {
        replies: [
          { ...reply('a'), rcode: 'SERVFAIL' },
          { ...reply('b'), rcode: 'SERVFAIL' },
        ],
      },
      'unknown: a: SERVFAIL (NOERROR or NXDOMAIN)',
      'unknown: 2 servers, a: SERVFAIL, no answers (agree)',
    ],
    [
      'expect agree',
      { replies: [reply('a', 'x'), { ...reply('b', 'x'), rcode: 'NXDOMAIN' }] },
      'true: a: NOERROR (NOERROR or NXDOMAIN)',
      'false: a: x; b: x (agree)',
    ],
    [
      'expect agree',
      { replies: [reply('a', 'x'), { ...reply('b', 'x'), total: 2 }] },
      'true: a: NOERROR (NOERROR or NXDOMAIN)',
      'unknown: 2 servers, a: x (agree)',
    ],
  ],
}
