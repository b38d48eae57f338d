import { z } from 'zod'
import type { Actor } from '#lib/access/actor.ts'
import { command } from '#lib/door/command.ts'
import { authorInput, authorRow } from '#lib/runs/author.ts'
import { type AnswerChange, type AnswerFacts, decideAnswer } from '#lib/runs/decide-answer.ts'
import { type CorrectChange, type CorrectFacts, decideCorrect } from '#lib/runs/decide-correct.ts'
import { requiredText, runAddress } from '#lib/runs/item-input.ts'
import { releaseFields } from '#lib/runs/open-input.ts'
import type { Tx } from '#lib/server/db.ts'
import type { RunVariable } from '#lib/shared/run-variables.ts'
import { applyItems } from './apply-items.ts'
import { findAuthorMember } from './author-member.ts'
import { loadWhole } from './load-run.ts'
import { restartAttempts } from './restart-attempts.ts'

const VERSION: RunVariable = 'RUN_VERSION'

/** Keys of the items of a run whose probe is told the run's version. */
async function findAsksVersion(tx: Tx, runId: string): Promise<Set<string>> {
  const asked = `%\${${VERSION}}%`
  const rows = await tx.$queryRaw<{ key: string }[]>`
    SELECT key FROM run_item WHERE run_id = ${runId}::uuid AND probe::text LIKE ${asked}`
  return new Set(rows.map(({ key }) => key))
}

/** Another version, commit, digest or author of the commit for a run whose deployment has not started. */
export const correctRelease = command({
  name: 'run.correctRelease',
  scope: 'team',
  input: runAddress.extend({
    ...releaseFields,
    author: authorInput.optional(),
    reason: requiredText('Say why the release was wrong.'),
  }),
  facts: async (tx, input, actor): Promise<CorrectFacts | null> => {
    const facts = await loadWhole({ tx, actor, address: input })
    if (!facts) return null
    const authorMember = await findAuthorMember({ tx, teamId: facts.teamId, given: input.author })
    return { ...facts, authorMember, asksVersion: await findAsksVersion(tx, facts.run.id) }
  },
  decide: decideCorrect,
  apply: async (tx: Tx, { release, author, ...change }: CorrectChange) => {
    await applyItems(tx, change)
    const data = { ...release, ...(author === undefined ? {} : authorRow(author)) }
    await tx.run.update({ where: { id: change.runId }, data, select: { id: true } })
    if (change.isOtherRelease) await restartAttempts(tx, change)
  },
})

const answerInput = runAddress.extend({
  fact: z.string().max(200),
  answer: z.boolean().nullable(),
  keys: z.array(z.string().max(200)).max(2000).default([]),
})

async function loadAnswer({
  tx,
  actor,
  input,
}: {
  tx: Tx
  actor: Actor
  input: z.infer<typeof answerInput>
}): Promise<AnswerFacts | null> {
  const facts = await loadWhole({ tx, actor, address: input })
  if (!facts) return null
  const rows = await tx.$queryRaw<Pick<AnswerFacts, 'fact' | 'answers'>[]>`
    SELECT r.facts AS answers, f AS fact
    FROM run r JOIN template_version v ON v.id = r.template_version_id, jsonb_array_elements(v.model -> 'facts') f
    WHERE r.id = ${facts.run.id}::uuid AND f ->> 'key' = ${input.fact}`
  const row = rows[0]
  return row ? { ...facts, ...row } : null
}

/** A run fact, answered after the opening. */
export const answerFact = command({
  name: 'run.answerFact',
  scope: 'team',
  input: answerInput,
  facts: (tx, input, actor) => loadAnswer({ tx, actor, input }),
  decide: decideAnswer,
  apply: async (tx: Tx, { answers, ...change }: AnswerChange) => {
    await applyItems(tx, change)
    await tx.run.update({ where: { id: change.runId }, data: { facts: answers }, select: { id: true } })
  },
})
