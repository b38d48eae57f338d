import { describe, expect, it } from 'vitest'
import { parseProbe } from '#lib/probes/annotation.ts'
import { judge } from '#lib/probes/judge.ts'
import type { Heartbeat } from '#lib/probes/observations/heartbeat.ts'
import { observedHeartbeat } from '#lib/probes/pushed.ts'
import { spanWords } from '#lib/probes/span-words.ts'

const AT = '2026-02-03T04:00:00.000Z'
const BEAT: Heartbeat = {
  name: 'backup',
  receivedAt: '2026-02-03T03:00:01.000Z',
  startedAt: '2026-02-03T02:30:00.000Z',
  finishedAt: '2026-02-03T03:00:00.000Z',
  sizeBytes: 1_000_000,
  status: 'ok',
  message: null,
  pushedBy: 'CI',
}

function judged(conditions: string, beat: Partial<Heartbeat> | null = {}) {
  const parsed = parseProbe(`heartbeat "backup" ${conditions}`)
  if (!parsed.ok || parsed.config.kind !== 'heartbeat') throw new Error(`not a heartbeat: ${conditions}`)
  const { config } = parsed
  return judge(config, observedHeartbeat({ config, at: AT, beat: beat && { ...BEAT, ...beat } }))
}

describe('a heartbeat', () => {
  it.each([
    ['expect age < 1h', {}, 'fail', '1h old'],
    ['expect age <= 1h', {}, 'pass', '1h old'],
    ['expect age < 61m', {}, 'pass', '1h old'],
    ['expect age <= 1h', { finishedAt: '2026-02-03T02:59:59.000Z' }, 'fail', '1h 1s old'],
    ['expect age < 1h', { finishedAt: null }, 'pass', '59m 59s old'],
    ['expect age < 1h', { finishedAt: '2026-02-03T04:04:00.000Z' }, 'pass', '0ms old'],
    ['expect age < 1h', { finishedAt: 'soon' }, 'inconclusive', 'cannot be read'],
    ['expect age < 2h, size > 0B', {}, 'pass', '1000000B'],
    ['expect age < 2h, size > 1MB', {}, 'fail', '1MB'],
    ['expect age < 2h, size >= 1MB', {}, 'pass', '1MB'],
    ['expect age < 2h, size > 0B', { sizeBytes: 0 }, 'fail', '0B'],
    ['expect age < 2h, size > 0B', { sizeBytes: null }, 'inconclusive', 'no size was said'],
    ['expect age < 2h, size != 0B', { sizeBytes: null }, 'inconclusive', 'no size was said'],
    ['expect age < 2h, duration <= 30m', {}, 'pass', 'took 30m'],
    ['expect age < 2h, duration < 30m', {}, 'fail', 'took 30m'],
    ['expect age < 2h, duration < 1h', { startedAt: null }, 'inconclusive', 'no beginning and end'],
    ['expect age < 2h, duration < 1h', { finishedAt: null }, 'inconclusive', 'no beginning and end'],
    [
      'expect age < 2h, duration < 1h',
      { startedAt: '2026-02-03T03:00:01.000Z' },
      'inconclusive',
      'before it began',
    ],
    ['expect age < 2h, status ok', {}, 'pass', 'ok'],
    ['expect age < 2h, status ok', { status: null }, 'inconclusive', 'came without a status'],
    ['expect age < 2h', { status: null }, 'pass', 'came without a status'],
    ['expect age < 2h', { status: 'failed', message: 'disk full' }, 'fail', 'failed: disk full'],
    ['expect age < 2h, warn status ok', { status: 'failed' }, 'fail', 'failed'],
    ['expect age < 2h', { name: 'other' }, 'inconclusive', 'no heartbeat “backup” has come'],
    ['expect age < 2h', null, 'inconclusive', 'no heartbeat “backup” has come'],
  ] as const)('%s of %j: %s', (conditions, beat, verdict, line) => {
    const said = judged(conditions, beat)
    expect([said.verdict, said.line]).toEqual([verdict, expect.stringContaining(line)])
  })

  it.each([
    'heartbeat "backup" expect size > 0B',
    'heartbeat "backup" expect age > 1h',
    'heartbeat "backup" expect size > 0B, warn age < 24h',
    'heartbeat "../backup" expect age < 24h',
    'heartbeat expect age < 24h',
    'heartbeat "backup" expect age < 24h, timeout 5s',
  ])('%s is refused', (text) => {
    expect(parseProbe(text).ok).toBe(false)
  })

  it('says why it must limit the age', () => {
    const parsed = parseProbe('heartbeat "backup" expect size > 0B')
    expect(parsed).toMatchObject({ problem: { message: expect.stringContaining('add expect age < 24h') } })
  })
})

it.each([
  [0, '0ms'],
  [999, '999ms'],
  [61_000, '1m 1s'],
  [86_400_000, '24h'],
  [86_401_500, '24h 1s'],
  [172_800_000, '2d'],
  [183_600_000, '2d 3h'],
])('%d ms are %s', (ms, words) => {
  expect(spanWords(ms)).toBe(words)
})
