import { describe, expect, it } from 'vitest'
import { markNotApplicable, verifyNotApplicable } from '#lib/runs/commands/items.ts'
import { correctRelease } from '#lib/runs/commands/mid-run.ts'
import { openRun } from '#lib/runs/commands/open-run.ts'
import { listRunPeople } from '#lib/runs/read/people.ts'
import { getRecord } from '#lib/runs/read/record.ts'
import { db } from '#lib/server/db.ts'
import {
  act,
  addMember,
  codeOf,
  done,
  linesOf,
  makePerson,
  makeTeam,
  type Person,
} from '#tests/commands/teams/people.ts'
import { keepMember } from '#tests/support/accounts.ts'
import { useTestDatabase } from '#tests/support/use-test-database.ts'
import {
  at,
  boardOf,
  itemOf,
  makeScene,
  memberOf,
  type OpenedScene,
  observe,
  openScene,
  type Scene,
} from './fixture.ts'
import { givePassword, pageOf, signAt } from './signing.ts'

useTestDatabase()

const SOURCE = `# Three

## Pre-Deployment
- [ ] Somebody looked <!-- probe: http \${BASE_URL}/ expect status == 200 -->
- [ ] Backup done

## Sign-Off

| Role | Name | Date | Signature |
| --- | --- | --- | --- |
| Developer | | | |
| Reviewer | | | |
| Security | | | |
`

type Reviewed = OpenedScene & { rex: Person; rita: Person }

/** The scene with two reviewers, everything settled by Bo, and the author named as `author` says. */
async function open(author: (scene: Scene & { rex: Person }) => unknown = () => null): Promise<Reviewed> {
  const made = await makeScene({ source: SOURCE })
  const rex = await addMember(made.team, { name: 'Rex', accountRole: 'admin', roles: ['Reviewer'] })
  const rita = await addMember(made.team, { name: 'Rita', roles: ['Reviewer'] })
  await givePassword([made.ana, made.cy, rex, rita])
  const opened = await openScene(made, { author: author({ ...made, rex }) })
  for (const text of ['Somebody looked', 'Backup done']) await observe(opened, text, 'pass')
  return { ...opened, rex, rita }
}

const rowOf = ({ runId }: OpenedScene) =>
  db().run.findUniqueOrThrow({
    where: { id: runId },
    select: { authorId: true, authorName: true, authorEmail: true },
  })

describe('the author of a commit, when a run is opened', () => {
  it('is a member by id or by e-mail address, and stands in the log by name', async () => {
    for (const named of [
      ({ rex }: { rex: Person }) => ({ memberId: rex.memberId }),
      ({ rex }: { rex: Person }) => ({ name: `Rex <${rex.email.toUpperCase()}>` }),
    ]) {
      const scene = await open(named)
      expect(await rowOf(scene)).toEqual({
        authorId: scene.rex.memberId,
        authorName: 'Rex',
        authorEmail: null,
      })
      expect((await linesOf(scene.runId))[0]?.data.author).toEqual({
        memberId: scene.rex.memberId,
        name: 'Rex',
        text: null,
      })
      expect((await boardOf(scene, scene.ana)).run.author).toEqual({
        memberId: scene.rex.memberId,
        name: 'Rex',
      })
    }
  })

  it('is somebody outside as typed, of whom the log holds a hash alone, and is known again when they join', async () => {
    const kim = await makePerson('Kim')
    const scene = await open(() => ({ name: kim.email }))
    expect(await rowOf(scene)).toEqual({ authorId: null, authorName: kim.email, authorEmail: kim.email })
    const [first] = await linesOf(scene.runId)
    expect(first?.data.author).toMatchObject({
      memberId: null,
      name: null,
      text: { textId: expect.any(String) },
    })
    expect(JSON.stringify(await linesOf(scene.runId))).not.toContain(kim.email)
    expect(JSON.stringify(await linesOf(scene.team.streamId))).not.toContain(kim.email)

    await keepMember({ teamId: scene.team.teamId, userId: kim.userId, roles: ['Reviewer'] })
    await givePassword([kim])
    expect(await codeOf(signAt(scene, { person: kim, role: 'Reviewer' }))).toBe('commit_author')
  })

  it('is refused at its field when it is no member of this team', async () => {
    const made = await makeScene({ source: SOURCE })
    const elsewhere = await addMember(await makeTeam(), { name: 'Zoe' })
    const input = {
      team: made.team.slug,
      service: made.service,
      environment: made.environment,
      template: made.template,
      version: 'v1',
      commit: '8f3c2d1',
    }
    const refused = async (author: { memberId: string } | { name: string }) => {
      const answer = await act(openRun, made.ana.principal, { ...input, author })
      return answer.ok ? null : Object.keys(answer.refusal.fields ?? {})
    }
    expect(await refused({ memberId: elsewhere.memberId })).toEqual(['author'])
    expect(await refused({ name: '   ' })).toEqual(['author.name'])
    expect(await db().run.count({ where: { teamId: made.team.teamId } })).toBe(0)
  })
})

describe('signing a slot that must be independent', () => {
  it('is refused to the author, who is an administrator, and everybody is told who can', async () => {
    const scene = await open(({ rex }) => ({ memberId: rex.memberId }))
    const signing = { person: scene.rex, role: 'Reviewer' }
    expect(await codeOf(signAt(scene, signing))).toBe('commit_author')
    const conditions = { ...signing, decision: 'conditional_go' as const, reason: 'Watch it' }
    expect(await codeOf(signAt(scene, conditions))).toBe('commit_author')
    const page = await pageOf(scene, signing)
    expect(page.obstacles.go.map(({ text }) => text)).toEqual([
      'You wrote this commit; somebody else must approve it as Reviewer',
    ])
    expect([page.holders, page.whoCan]).toEqual([['Rex', 'Rita'], ['Rita']])
    expect(page.manifest).toMatchObject({ author: { name: 'Rex' }, limitations: [] })
    const slot = (await boardOf(scene, scene.rex)).slots.find(({ role }) => role === 'Reviewer')
    expect(slot).toMatchObject({ canOpen: false, canSignGo: false, canStop: true, whoCan: ['Rita'] })
    expect((await boardOf(scene, scene.rex)).gate.reasons.find(({ role }) => role === 'Reviewer')?.own).toBe(
      false,
    )
    expect(await codeOf(signAt(scene, { person: scene.rita, role: 'Reviewer' }))).toBe('ok')
    const late = { ...signing, decision: 'no_go' as const, reason: 'I know what I left out' }
    expect(await codeOf(signAt(scene, late))).toBe('ok')
  })

  it('carries as a limit that nobody was named, and stops nobody', async () => {
    const scene = await open()
    const page = await pageOf(scene, { person: scene.rita, role: 'Reviewer' })
    expect(page.manifest).toMatchObject({ author: null, limitations: ['commit_author_unknown'] })
    expect((await pageOf(scene, { person: scene.ana, role: 'Developer' })).manifest.limitations).toEqual([])
    await done(signAt(scene, { person: scene.rita, role: 'Reviewer' }))
    const record = await getRecord(await memberOf(scene.ana.principal, scene.team.slug), scene.address)
    expect(record?.signatures.map(({ limitations }) => limitations)).toEqual([['commit_author_unknown']])
  })

  it('takes an n/a that the signer set alone for their only word, until somebody else checks it', async () => {
    const scene = await openScene(await makeScene({ source: SOURCE.replace(/ <!--.*-->/, '') }))
    const { ana, bo, cy } = scene
    await givePassword([ana, cy])
    for (const [person, text] of [
      [bo, 'Somebody looked'],
      [cy, 'Backup done'],
    ] as const)
      await done(
        act(markNotApplicable, person.principal, { ...(await at(scene, text)), reason: 'No data here' }),
      )
    const refusal = await signAt(scene, { person: cy, role: 'Security' })
    expect(refusal.ok ? null : refusal.refusal).toMatchObject({
      code: 'only_evidence',
      detail: { itemKeys: [(await itemOf(scene, cy, 'Backup done')).key] },
    })
    expect(await codeOf(signAt(scene, { person: ana, role: 'Developer' }))).toBe('ok')
    await done(act(verifyNotApplicable, bo.principal, await at(scene, 'Backup done')))
    expect(await codeOf(signAt(scene, { person: cy, role: 'Security' }))).toBe('ok')
  })
})

describe('correcting who wrote the commit', () => {
  const release = { version: 'v1.0.0', commit: '8f3c2d1', artifactDigest: null, reason: 'Read it in git' }

  async function signedByThree(): Promise<Reviewed> {
    const scene = await open()
    const { ana, cy, rex } = scene
    for (const [person, role] of [
      [ana, 'Developer'],
      [rex, 'Reviewer'],
      [cy, 'Security'],
    ] as const)
      await done(signAt(scene, { person, role }))
    return scene
  }

  const staleOf = async (scene: Reviewed) =>
    (await boardOf(scene, scene.ana)).slots.map(({ state, staleReason }) => [state, staleReason])

  it('stales the approval of the new author alone, with the reason, and voids nothing', async () => {
    const scene = await signedByThree()
    const { ana, rex } = scene
    const input = { ...scene.address, ...release, author: { memberId: rex.memberId } }
    expect(await done(act(correctRelease, ana.principal, input))).toMatchObject({
      author: { name: 'Rex' },
      voided: [],
    })
    expect(await staleOf(scene)).toEqual([
      ['signed', null],
      ['stale', 'Rex is named as the commit’s author by Ana; somebody else must sign as Reviewer'],
      ['signed', null],
    ])
    expect((await linesOf(scene.runId)).slice(-2)).toMatchObject([
      {
        action: 'run.release_corrected',
        data: { authors: { from: null, to: { memberId: rex.memberId, name: 'Rex' } } },
      },
      { action: 'run.signature_staled', data: { role: 'Reviewer', because: 'commit author named' } },
    ])
    expect(await codeOf(signAt(scene, { person: rex, role: 'Reviewer' }))).toBe('commit_author')
    expect(await codeOf(signAt(scene, { person: scene.rita, role: 'Reviewer' }))).toBe('ok')
  })

  it('stales nobody when the new author signed where an author may', async () => {
    const scene = await signedByThree()
    const input = { ...scene.address, ...release, author: { memberId: scene.ana.memberId } }
    await done(act(correctRelease, scene.bo.principal, input))
    expect((await staleOf(scene)).map(([state]) => state)).toEqual(['signed', 'signed', 'signed'])
  })

  it('leaves the author as it is when none is given, and does nothing when all is the same', async () => {
    const scene = await open(({ rex }) => ({ memberId: rex.memberId }))
    await done(act(correctRelease, scene.ana.principal, { ...scene.address, ...release, version: 'v1.0.1' }))
    expect((await rowOf(scene)).authorName).toBe('Rex')
    const before = (await linesOf(scene.runId)).length
    const same = { ...scene.address, ...release, version: 'v1.0.1', author: { memberId: scene.rex.memberId } }
    await done(act(correctRelease, scene.ana.principal, same))
    expect(await linesOf(scene.runId)).toHaveLength(before)
    await done(act(correctRelease, scene.ana.principal, { ...same, author: null }))
    expect(await rowOf(scene)).toEqual({ authorId: null, authorName: null, authorEmail: null })
  })

  it('offers the active members of the team by name', async () => {
    const scene = await open()
    const people = await listRunPeople(await memberOf(scene.ana.principal, scene.team.slug))
    expect(people.map(({ name }) => name)).toEqual(['Ana', 'Bo', 'Cy', 'Eve', 'Olga', 'Rex', 'Rita'])
  })
})
