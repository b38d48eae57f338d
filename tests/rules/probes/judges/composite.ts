import { ANSWER, answerWith } from '../observations.ts'
import type { JudgeCases } from './case.ts'

const page = (name: string, look: object = ANSWER) => ({ name, look })
const down = answerWith({ status: 500 })
/** Answers without JSON, so that what is asked of it is not known. */
const slow = answerWith({ total: '900' })
const broken = (kind: string, message = `${kind}!`) => ({ ...ANSWER, error: { kind, message } })
const A = 'part a http http://a.example/ expect status == 200'
const B = 'part b http http://a.example/ expect status == 200'
const C = 'part c http http://a.example/ expect status == 200'
const VETO = 'part c veto http http://a.example/ expect status == 200'
const WARNING = 'part c http http://a.example/ expect status == 200, warn time < 500ms'
const three = [A, B, C].join(' ')
const seen = (...looks: object[]) => ({ parts: looks.map((look, index) => page('abc'.charAt(index), look)) })

const row = (outcome: string, truth: string, line: string) => `${truth}: ${outcome}: ${line} (pass)`
const good = [row('pass', 'true', 'status 200 · 12.5 ms'), 'true: status 200 (200)']
const bad = [row('fail', 'false', 'status 500 · wanted 200'), 'false: status 500 (200)']
const error = (kind: string, outcome = 'error') => [row(outcome, 'unknown', `${kind}!`)]

/** The last of each row is the outcome of the whole with its line. */
export const compositeCases: JudgeCases = {
  head: 'composite',
  refused: 'fail',
  seen: seen(ANSWER, ANSWER, ANSWER),
  rows: [
    [
      `need all ${three}`,
      {},
      'true: 3 of 3 parts pass (all)',
      ...good,
      ...good,
      ...good,
      'pass: 3 of 3 parts pass',
    ],
    [
      `need all ${three}`,
      seen(ANSWER, down, broken('dns')),
      'false: 1 of 3 parts pass, 1 undecided (all)',
      ...[...good, ...bad, ...error('dns')],
      'fail: 1 of 3 parts pass, 1 undecided · wanted all · “b”: status 500 · wanted 200 · 1 more',
    ],
    [
      `need all ${three}`,
      seen(ANSWER, ANSWER, broken('dns')),
      'unknown: 2 of 3 parts pass, 1 undecided (all)',
      ...[...good, ...good, ...error('dns')],
      'error: 2 of 3 parts pass, 1 undecided · wanted all · “c”: dns!',
    ],
    [
      `need all ${three}`,
      seen(ANSWER, broken('dns'), broken('blocked')),
      'unknown: 1 of 3 parts pass, 2 undecided (all)',
      ...[...good, ...error('dns'), ...error('blocked', 'blocked')],
      'blocked: 1 of 3 parts pass, 2 undecided · wanted all · “c”: blocked! · 1 more',
    ],
    [
      `need all ${three}`,
      seen(ANSWER, broken('cancelled'), broken('blocked')),
      'unknown: 1 of 3 parts pass, 2 undecided (all)',
      ...[...good, ...error('cancelled', 'skipped'), ...error('blocked', 'blocked')],
      'skipped: 1 of 3 parts pass, 2 undecided · wanted all · “b”: cancelled! · 1 more',
    ],
    [
      `need all ${three}`,
      { parts: [page('a'), page('b')] },
      'unknown: 2 of 3 parts pass, 1 undecided (all)',
      ...[...good, ...good, row('inconclusive', 'unknown', 'not looked at')],
      'inconclusive: 2 of 3 parts pass, 1 undecided · wanted all · “c”: not looked at',
    ],
    [
      `need any ${three}`,
      seen(down, broken('dns'), ANSWER),
      'true: 1 of 3 parts pass, 1 undecided (1 or more)',
      ...[...bad, ...error('dns'), ...good],
      'pass: 1 of 3 parts pass, 1 undecided · “a”: status 500 · wanted 200 · 1 more',
    ],
    [
      `need any ${three}`,
      seen(down, broken('dns'), down),
      'unknown: 0 of 3 parts pass, 1 undecided (1 or more)',
      ...[...bad, ...error('dns'), ...bad],
      'error: 0 of 3 parts pass, 1 undecided · wanted 1 or more · “b”: dns! · 2 more',
    ],
    [
      `need any ${three}`,
      seen(down, down, down),
      'false: 0 of 3 parts pass (1 or more)',
      ...[...bad, ...bad, ...bad],
      'fail: 0 of 3 parts pass · wanted 1 or more · “a”: status 500 · wanted 200 · 2 more',
    ],
    [
      `need 2 ${three}`,
      seen(ANSWER, down, ANSWER),
      'true: 2 of 3 parts pass (2 or more)',
      ...[...good, ...bad, ...good],
      'pass: 2 of 3 parts pass · “b”: status 500 · wanted 200',
    ],
    [
      `need 2 ${three}`,
      seen(down, broken('dns'), down),
      'false: 0 of 3 parts pass, 1 undecided (2 or more)',
      ...[...bad, ...error('dns'), ...bad],
      'fail: 0 of 3 parts pass, 1 undecided · wanted 2 or more · “a”: status 500 · wanted 200 · 2 more',
    ],
    [
      `need 2 ${three}`,
      seen(ANSWER, broken('dns'), down),
      'unknown: 1 of 3 parts pass, 1 undecided (2 or more)',
      ...[...good, ...error('dns'), ...bad],
      'error: 1 of 3 parts pass, 1 undecided · wanted 2 or more · “b”: dns! · 1 more',
    ],
    // A veto decides whatever the sum.
    [
      `need any ${A} ${B} ${VETO}`,
      seen(ANSWER, down, down),
      'true: 1 of 3 parts pass (1 or more and no veto of "c")',
      'false: fail (no fail)',
      ...[...good, ...bad, ...bad],
      'fail: 1 of 3 parts pass · wanted 1 or more and no veto of "c" · “c” vetoes: status 500 · wanted 200 · 1 more',
    ],
    [
      `need any ${A} ${B} ${VETO}`,
      seen(ANSWER, down, broken('dns')),
      'true: 1 of 3 parts pass, 1 undecided (1 or more and no veto of "c")',
      'unknown: error (no fail)',
      ...[...good, ...bad, ...error('dns')],
      'error: 1 of 3 parts pass, 1 undecided · wanted 1 or more and no veto of "c" · “c”: dns! · 1 more',
    ],
    [
      `need any ${A} ${B} ${VETO}`,
      seen(down, down, ANSWER),
      'true: 1 of 3 parts pass (1 or more and no veto of "c")',
      'true: pass (no fail)',
      ...[...bad, ...bad, ...good],
      'pass: 1 of 3 parts pass · “a”: status 500 · wanted 200 · 1 more',
    ],
    [
      `need 2 ${A} ${B} ${VETO}`,
      seen(down, down, broken('dns')),
      'false: 0 of 3 parts pass, 1 undecided (2 or more and no veto of "c")',
      'unknown: error (no fail)',
      ...[...bad, ...bad, ...error('dns')],
      'fail: 0 of 3 parts pass, 1 undecided · wanted 2 or more and no veto of "c" · “a”: status 500 · wanted 200 · 2 more',
    ],
    [
      `need all ${A} ${VETO}`,
      { parts: [page('a'), page('c', down)] },
      'false: 1 of 2 parts pass (all)',
      'false: fail (no fail)',
      ...[...good, ...bad],
      'fail: 1 of 2 parts pass · wanted all · “c” vetoes: status 500 · wanted 200',
    ],
    // Warnings: in the way only where the whole needs the part.
    [
      `need all ${A} ${WARNING}`,
      { parts: [page('a'), page('c', slow)] },
      'true: 2 of 2 parts pass (all)',
      ...good,
      row('warning', 'true', '900 ms · wanted < 500 ms'),
      ...['true: status 200 (200)', 'warn false: 900 ms (< 500 ms)'],
      'warn: 2 of 2 parts pass · “c”: warning: 900 ms · wanted < 500 ms',
    ],
    [
      `need any ${A} ${WARNING}`,
      { parts: [page('a'), page('c', slow)] },
      'true: 2 of 2 parts pass (1 or more)',
      ...good,
      row('warning', 'true', '900 ms · wanted < 500 ms'),
      ...['true: status 200 (200)', 'warn false: 900 ms (< 500 ms)'],
      'pass: 2 of 2 parts pass · “c”: warning: 900 ms · wanted < 500 ms',
    ],
    // By weight.
    [
      `need weight 3 ${A.replace('part a', 'part a weight 3')} ${B} ${C}`,
      seen(ANSWER, down, down),
      'true: weight 3 of 5 passes (weight 3)',
      ...[...good, ...bad, ...bad],
      'pass: weight 3 of 5 passes · “b”: status 500 · wanted 200 · 1 more',
    ],
    [
      `need weight 3 ${A.replace('part a', 'part a weight 3')} ${B} ${C}`,
      seen(down, ANSWER, ANSWER),
      'false: weight 2 of 5 passes (weight 3)',
      ...[...bad, ...good, ...good],
      'fail: weight 2 of 5 passes · wanted weight 3 · “a”: status 500 · wanted 200',
    ],
    [
      `need weight 4 ${A.replace('part a', 'part a weight 3')} ${B} ${VETO}`,
      seen(ANSWER, ANSWER, down),
      'true: weight 4 of 5 passes (weight 4 and no veto of "c")',
      'false: fail (no fail)',
      ...[...good, ...good, ...bad],
      'fail: weight 4 of 5 passes · wanted weight 4 and no veto of "c" · “c” vetoes: status 500 · wanted 200',
    ],
  ],
}
