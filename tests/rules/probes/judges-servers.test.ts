import { expect, it } from 'vitest'
import { parseProbe } from '#lib/probes/annotation.ts'
import { judge } from '#lib/probes/judge.ts'
import { lookSchema } from '#lib/probes/observation.ts'
import { ANSWER } from './observations.ts'

const { v, at, connection, phases, error, configHash } = ANSWER
const base = { v, at, connection, phases, error, configHash }

function results(text: string, details: object): string[] {
  const parsed = parseProbe(text)
  if (!parsed.ok) throw new Error(parsed.problem.message)
  const look = lookSchema.parse({ ...base, kind: parsed.config.kind, ...details })
  return judge(parsed.config, look).conditions.map(({ result }) => result)
}

it('a script of which only a part was played says nothing yet', () => {
  const text = 'tcp a.example:25 expect script, read "^220", say "QUIT\\r\\n"'
  const step = { step: 'read ^220', done: true, seen: '220 hello' }
  const seen = { address: null, tls: null, open: true }
  expect(results(text, { ...seen, steps: [step] })).toEqual(['unknown'])
  expect(results(text, { ...seen, steps: [step, { ...step, seen: null }] })).toEqual(['true'])
  expect(results(text, { ...seen, steps: [{ ...step, done: false }] })).toEqual(['false'])
})

it('a count of lines is not good by itself where none flow', () => {
  const text = 'logs http://a.example loki "{app=`web`}" expect count <= 5'
  const seen = { requests: [], tls: null, query: null, flowQuery: null, newest: null }
  const counted = (count: string, flow: string | null) =>
    results(text, { ...seen, count: { value: count }, flow: { value: flow } })
  expect(counted('3', null)).toEqual(['unknown', 'unknown'])
  expect(counted('3', '9')).toEqual(['true', 'true'])
  expect(counted('6', null)).toEqual(['unknown', 'false'])
})
