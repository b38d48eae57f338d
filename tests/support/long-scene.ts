import type { Member } from './people-at.ts'
import { actAt, makeSceneAt, openRunAt } from './run-at.ts'

const WORDS =
  'Everybody who has ever rolled out this release has read the whole of this sentence and has found in it what had to be done'
const UNBROKEN = 'registry.example.org/acme-health/upstream-web-and-all-of-its-companions@sha256:'.padEnd(
  180,
  '0f3a',
)

const SOURCE = `# ${WORDS}, twice over

## Pre-Deployment: ${WORDS}

### ${WORDS}
- [ ] ${WORDS}, ${WORDS.toLowerCase()}, and ${UNBROKEN} is what runs
  - ${WORDS}
- [ ] ${UNBROKEN}
- [ ] ${WORDS} (if applicable)

## Deployment

\`\`\`bash
# ${WORDS}
kubectl set image deployment/web web=${UNBROKEN}
\`\`\`

## Post-Deployment
- [ ] ${WORDS}

## Sign-Off

| Role | Name | Date | Signature |
|------|------|------|-----------|
| Developer | | | |
| Security | | | |
`

/** A team, a service, people and a run whose every text is as long as people make them; renamed past the door. */
export async function makeLongScene(): Promise<{ team: string; run: string; owner: Member; signer: Member }> {
  const { db } = await import('#lib/server/db.ts')
  const run = await openRunAt(await makeSceneAt({ source: SOURCE }))
  const words = `${WORDS}. ${WORDS}. ${UNBROKEN}`
  await actAt(run, { who: run.bo, item: WORDS, act: 'tick', words })
  await actAt(run, { who: run.bo, item: 'registry.example.org', act: 'fail', words })
  const { teamId, slug, owner } = run.team
  await db().team.update({ where: { id: teamId }, data: { name: `${WORDS} and Sons` } })
  await db().service.updateMany({ where: { teamId }, data: { name: UNBROKEN.slice(0, 120) } })
  await db().environment.updateMany({ where: { teamId }, data: { name: WORDS.slice(0, 80) } })
  await db().template.updateMany({ where: { teamId }, data: { name: WORDS } })
  await db().run.updateMany({
    where: { id: run.runId },
    data: { version: `v1.0.0-${UNBROKEN.slice(0, 90)}`, changeTicket: WORDS },
  })
  const named = { name: 'Hubert Blaine Wolfeschlegelsteinhausenbergerdorff the Elder of Germantown' }
  await db().user.updateMany({
    where: { id: { in: [owner.userId, run.ana.userId, run.bo.userId] } },
    data: named,
  })
  return { team: slug, run: run.board, owner, signer: run.ana }
}
