import { readFileSync } from 'node:fs'
import { afterAll, describe, expect, it } from 'vitest'
import { parseProbe } from '#lib/probes/annotation.ts'
import { judge } from '#lib/probes/judge.ts'
import { isPushed, type Kind } from '#lib/probes/kinds.ts'
import { allow, look } from '../servers.ts'
import { endAll, FOUND, isNever, type KindOutcomes, type Pushed, type Setting } from './scene.ts'
import { OUTCOME_TABLE } from './table.ts'

const DOCS = readFileSync(new URL('../../../docs/probes.md', import.meta.url), 'utf8')
/** Outcomes that every row of the documentation has a cell for: a warning is the same for all. */
const TOLD = ['pass', 'fail', 'inconclusive', 'error'] as const

async function seenBy(
  kind: Kind,
  setting: Setting | Pushed,
  more: Partial<Setting> & { signal?: AbortSignal } = {},
) {
  const parsed = parseProbe(setting.probe)
  if (!parsed.ok) throw new Error(`${parsed.problem.message}: ${setting.probe}`)
  expect(parsed.config.kind).toBe(kind)
  if ('seen' in setting) {
    const observation = await setting.seen(parsed.config)
    return { observation, judgement: judge(parsed.config, observation) }
  }
  const { probe, allow: allowed, ...given } = { ...setting, ...more }
  return look(probe, {
    ...given,
    variables: { ...given.variables },
    secrets: { ...given.secrets },
    allowList: allow(...allowed),
  })
}

function rowOf(kind: Kind, outcomes: KindOutcomes): string {
  const cells = TOLD.map((outcome) => {
    const one = outcomes[outcome]
    return isNever(one) ? `never: ${one.never}` : one.because
  })
  return `| ${[`\`${kind}\``, ...cells].join(' | ')} |`
}

/** Demands of each of `kinds` every outcome, and of the documentation that it says what makes them. */
export function demandOutcomes(kinds: readonly Kind[]): void {
  afterAll(endAll)

  describe.each(kinds)('%s', (kind) => {
    const outcomes = OUTCOME_TABLE[kind]
    const lacks = outcomes.lacks ?? null
    const named = (title: string) => (lacks === null ? title : `${title} (${lacks})`)

    it.skipIf(lacks !== null).each(FOUND)(
      named('comes to %s against a server that stands'),
      async (outcome) => {
        const one = outcomes[outcome]
        if (isNever(one)) return
        const { judgement, observation } = await seenBy(kind, await one.set())
        expect(judgement, judgement.line).toMatchObject({ outcome })
        expect(judgement.line).toContain(one.says)
        // Something was asked and answered: what an environment lacks is no outcome of a server.
        expect(observation.error?.kind).not.toBe('config')
        if (kind !== 'composite' && !isPushed(kind)) expect(observation.connection?.used).not.toBeNull()
        expect(judgement.verdict).toBe({ pass: 'pass', fail: 'fail' }[String(outcome)] ?? 'inconclusive')
      },
    )

    if (!isPushed(kind))
      it.skipIf(lacks !== null)(
        named('is blocked by a list that names none of it, and skipped when it is cancelled'),
        async () => {
          const { pass } = outcomes
          if (isNever(pass)) throw new Error('every kind can pass')
          const setting = await pass.set()
          const blocked = await seenBy(kind, setting, { allow: [] })
          expect(blocked.judgement).toMatchObject({ outcome: 'blocked', verdict: 'inconclusive' })
          const cancelled = await seenBy(kind, setting, { signal: AbortSignal.abort() })
          expect(cancelled.judgement).toMatchObject({ outcome: 'skipped', verdict: 'inconclusive' })
        },
      )

    it('says in the documentation what makes each outcome', () => {
      const rows = DOCS.split('\n').filter((line) => line.startsWith(`| \`${kind}\` | `))
      expect(rows).toEqual([rowOf(kind, outcomes)])
    })
  })
}
