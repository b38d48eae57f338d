import { beforeEach, describe, expect, it } from 'vitest'
import {
  failItem,
  markNotApplicable,
  noteItem,
  tickItem,
  untickItem,
  verifyNotApplicable,
  witnessItem,
} from '#lib/runs/commands/items.ts'
import { fold } from '#lib/runs/fold.ts'
import { db } from '#lib/server/db.ts'
import { act, codeOf, done, lastLine, linesOf, makeTeam } from '#tests/commands/teams/people.ts'
import { useTestDatabase } from '#tests/support/use-test-database.ts'
import { at, boardOf, itemOf, makeScene, type OpenedScene, observe, openScene, signAs } from './fixture.ts'

useTestDatabase()

let scene: OpenedScene
beforeEach(async () => {
  scene = await openScene(await makeScene())
})

describe('ticking', () => {
  it('records who and when, in the state, the evidence and the log', async () => {
    const item = await done(act(tickItem, scene.ana.principal, await at(scene, 'Tests pass')))
    expect(item).toMatchObject({
      state: 'passed',
      grade: 'claimed',
      version: 1,
      seq: 2,
      by: { name: 'Ana' },
      can: { tick: false, untick: true, witness: false },
    })
    expect(await itemOf(scene, scene.ana, 'Tests pass')).toEqual({ ...item, why: expect.anything() })
    expect(await lastLine(scene.runId)).toMatchObject({
      seq: 2,
      action: 'run.item_ticked',
      actor: { name: 'Ana' },
      data: { key: item.key, version: 1, note: null },
    })
    expect(await db().evidence.findMany({ where: { runId: scene.runId } })).toMatchObject([
      { kind: 'tick', n: 1, byName: 'Ana', memberId: scene.ana.memberId },
    ])
    expect((await boardOf(scene, scene.bo)).run.revision).toBe(2)
  })

  it('keeps what was typed beside the log, not in it', async () => {
    const item = await done(
      act(tickItem, scene.bo.principal, { ...(await at(scene, 'Backup done')), note: ' 4.1 GB at 15:02 ' }),
    )
    expect(item.line?.text).toMatch(/^Bo \d\d:\d\d UTC · “4.1 GB at 15:02”$/)
    expect(JSON.stringify(await linesOf(scene.runId))).not.toContain('4.1 GB')
  })

  it('asks for the note that the item wants, and for the role that owns it', async () => {
    const address = await at(scene, 'Backup done')
    expect(await act(tickItem, scene.bo.principal, { ...address, note: '  ' })).toMatchObject({
      refusal: { code: 'note_needed', fields: { note: expect.any(String) } },
    })
    expect(await codeOf(act(tickItem, scene.ana.principal, { ...address, note: 'x' }))).toBe('forbidden')
    expect(await codeOf(act(tickItem, scene.bo.principal, { ...address, note: 'x'.repeat(4001) }))).toBe(
      'invalid',
    )
  })

  it('tells the later of two whose tick stands, and gives the item as it is', async () => {
    const address = await at(scene, 'Tests pass')
    const answers = await Promise.all(
      [scene.ana, scene.bo, scene.cy].map((person) => act(tickItem, person.principal, address)),
    )
    const won = answers.filter((answer) => answer.ok)
    expect(won).toHaveLength(1)
    const winner = (await itemOf(scene, scene.ana, 'Tests pass')).by?.name ?? ''
    for (const answer of answers) {
      if (answer.ok) continue
      expect(answer.refusal).toMatchObject({
        code: 'lost_race',
        detail: { state: 'passed', version: 1, by: { name: winner } },
      })
      expect(answer.refusal.message).toMatch(new RegExp(`^${winner} ticked this at \\d\\d:\\d\\d UTC\\.$`))
    }
    expect(await db().evidence.count({ where: { runId: scene.runId } })).toBe(1)
  })

  it('never lets two opposite acts both count', async () => {
    const address = await at(scene, 'Tests pass')
    const [tick, fail] = await Promise.all([
      codeOf(act(tickItem, scene.ana.principal, address)),
      codeOf(act(failItem, scene.bo.principal, { ...address, reason: 'Two are red' })),
    ])
    expect([tick, fail].toSorted()).toEqual(['lost_race', 'ok'])
  })

  it('does the same thing once when it is sent twice', async () => {
    const { runCommand } = await import('#lib/door/run-command.ts')
    const call = {
      principal: scene.ana.principal,
      input: await at(scene, 'Tests pass'),
      idempotencyKey: 'one',
    }
    const first = await runCommand(tickItem, call)
    expect(await runCommand(tickItem, call)).toEqual(first)
    expect(await db().evidence.count({ where: { runId: scene.runId } })).toBe(1)
  })

  it('gives one answer to two of one key that are under way together', async () => {
    const { runCommand } = await import('#lib/door/run-command.ts')
    const call = {
      principal: scene.ana.principal,
      input: await at(scene, 'Tests pass'),
      idempotencyKey: 'one',
    }
    const answers = await Promise.all(Array.from({ length: 5 }, () => runCommand(tickItem, call)))
    expect(answers[0]?.ok).toBe(true)
    for (const answer of answers) expect(answer).toEqual(answers[0])
    expect(await db().evidence.count({ where: { runId: scene.runId } })).toBe(1)
  })

  it('over a probe that has not shown it needs a reason, and says so for ever', async () => {
    await observe(scene, 'Headers are set', 'inconclusive')
    expect(await codeOf(act(tickItem, scene.ana.principal, await at(scene, 'Headers are set')))).toBe(
      'note_needed',
    )
    const item = await done(
      act(tickItem, scene.ana.principal, { ...(await at(scene, 'Headers are set')), note: 'Seen by hand' }),
    )
    expect(item.line?.text).toContain('ticked over a probe (saw inconclusive)')
    expect(item.grade).toBe('claimed')
  })

  it('is refused over a machine’s fail, as n/a is', async () => {
    await observe(scene, 'Headers are set', 'fail')
    expect(
      await codeOf(
        act(tickItem, scene.ana.principal, { ...(await at(scene, 'Headers are set')), note: 'x' }),
      ),
    ).toBe('machine_failed')
    expect(
      await codeOf(
        act(markNotApplicable, scene.ana.principal, { ...(await at(scene, 'Headers are set')), reason: 'x' }),
      ),
    ).toBe('machine_failed')
  })

  it('is refused outside the item’s stage, to readers and to other teams', async () => {
    expect(await act(tickItem, scene.ana.principal, await at(scene, 'Application loads'))).toMatchObject({
      refusal: { code: 'stage_closed' },
    })
    expect(await codeOf(act(tickItem, scene.ana.principal, await at(scene, 'Roll out')))).toBe('stage_closed')
    expect(await codeOf(act(tickItem, scene.ana.principal, await at(scene, 'Cluster healthy')))).toBe('ok')
    const address = await at(scene, 'Tests pass')
    expect(await codeOf(act(tickItem, scene.eve.principal, address))).toBe('forbidden')
    expect(await lastLine(scene.team.streamId)).toMatchObject({
      action: 'access.refused',
      data: { verb: 'run.tickItem' },
    })
    const other = await makeTeam()
    expect(await codeOf(act(tickItem, other.owner.principal, address))).toBe('not_found')
    expect(await codeOf(act(tickItem, other.owner.principal, { ...address, team: other.slug }))).toBe(
      'not_found',
    )
    expect(await codeOf(act(tickItem, scene.ana.principal, { ...address, key: 'absent' }))).toBe('not_found')
  })
})

describe('unticking', () => {
  it('takes one’s own back freely and another’s with a reason, and its witnesses go with it', async () => {
    await done(act(tickItem, scene.ana.principal, await at(scene, 'Tests pass')))
    await done(act(witnessItem, scene.bo.principal, await at(scene, 'Tests pass')))
    const address = await at(scene, 'Tests pass')
    expect(await act(untickItem, scene.bo.principal, address)).toMatchObject({
      refusal: { code: 'note_needed', message: expect.stringContaining('Ana') },
    })
    const item = await done(act(untickItem, scene.bo.principal, { ...address, reason: 'CI is red again' }))
    expect(item).toMatchObject({ state: 'open', grade: 'unproven', version: 3, line: null })
    expect(await lastLine(scene.runId)).toMatchObject({
      action: 'run.item_unticked',
      data: { of: scene.ana.memberId, version: 3 },
    })
    await done(act(tickItem, scene.ana.principal, await at(scene, 'Tests pass')))
    expect(await done(act(untickItem, scene.ana.principal, await at(scene, 'Tests pass')))).toMatchObject({
      state: 'open',
      version: 5,
    })
    expect(await codeOf(act(untickItem, scene.ana.principal, await at(scene, 'Tests pass')))).toBe(
      'nothing_to_undo',
    )
  })
})

describe('n/a, fail, witness, note', () => {
  it('n/a is checked by a second person', async () => {
    await done(
      act(markNotApplicable, scene.ana.principal, {
        ...(await at(scene, 'Access reviewed')),
        reason: 'No accounts here',
      }),
    )
    const address = await at(scene, 'Access reviewed')
    expect(await codeOf(act(verifyNotApplicable, scene.ana.principal, address))).toBe('own_mark')
    const item = await done(act(verifyNotApplicable, scene.cy.principal, address))
    expect(item).toMatchObject({ state: 'not_applicable' })
    expect(item.line?.text).toMatch(/No accounts here.*Ana.*checked by Cy/)
    expect(await lastLine(scene.runId)).toMatchObject({ action: 'run.item_not_applicable_verified' })
    expect(
      await codeOf(act(verifyNotApplicable, scene.bo.principal, await at(scene, 'Access reviewed'))),
    ).toBe('already_verified')
  })

  it('nobody witnesses an own tick, and a witness lifts the grade', async () => {
    expect(await codeOf(act(witnessItem, scene.bo.principal, await at(scene, 'Tests pass')))).toBe(
      'not_ticked',
    )
    await done(act(tickItem, scene.ana.principal, await at(scene, 'Tests pass')))
    expect(await codeOf(act(witnessItem, scene.ana.principal, await at(scene, 'Tests pass')))).toBe(
      'own_tick',
    )
    expect(await done(act(witnessItem, scene.bo.principal, await at(scene, 'Tests pass')))).toMatchObject({
      grade: 'witnessed',
    })
    expect(await lastLine(scene.runId)).toMatchObject({
      action: 'run.item_witnessed',
      data: { of: scene.ana.memberId },
    })
    expect(await codeOf(act(witnessItem, scene.bo.principal, await at(scene, 'Tests pass')))).toBe(
      'already_witnessed',
    )
  })

  it('who ticks over another’s fail says what changed', async () => {
    await done(
      act(failItem, scene.ana.principal, { ...(await at(scene, 'Tests pass')), reason: 'Two are red' }),
    )
    const address = await at(scene, 'Tests pass')
    expect(await codeOf(act(tickItem, scene.bo.principal, address))).toBe('note_needed')
    expect(
      await done(act(tickItem, scene.bo.principal, { ...address, note: 'Fixed in 8f3c2d1' })),
    ).toMatchObject({ state: 'passed' })
  })

  it('a note changes no state and conflicts with nobody', async () => {
    const address = await at(scene, 'Tests pass')
    await done(act(noteItem, scene.ana.principal, { ...address, note: 'Run 918' }))
    const item = await done(act(noteItem, scene.bo.principal, { ...address, note: 'Seen' }))
    expect(item).toMatchObject({
      state: 'open',
      version: 2,
      notes: [{ by: { name: 'Ana' }, text: 'Run 918' }, { text: 'Seen' }],
    })
  })

  it('the state is the fold of the rows, whatever was done', async () => {
    const go = async (command: typeof tickItem | typeof failItem, more: object) =>
      done(
        act(command as typeof tickItem, scene.ana.principal, { ...(await at(scene, 'Tests pass')), ...more }),
      )
    await go(tickItem, {})
    await go(failItem, { reason: 'no' })
    await go(tickItem, { note: 'yes' })
    const rows = await db().evidence.findMany({ where: { runId: scene.runId }, orderBy: { n: 'asc' } })
    const again = fold(
      rows.map((row) => {
        const by = { memberId: row.memberId ?? '', name: row.byName }
        const text = row.textId && row.textHash ? { textId: row.textId, hash: row.textHash } : null
        if (row.kind === 'fail' && text) return { kind: 'fail', by, at: row.at.getTime(), reason: text }
        return { kind: 'tick', by, at: row.at.getTime(), note: text, overProbe: row.configHash !== null }
      }),
    )
    expect(
      (
        await db().runItem.findFirstOrThrow({
          where: { runId: scene.runId, key: (await at(scene, 'Tests pass')).key },
        })
      ).fold,
    ).toEqual(again)
  })
})

describe('signatures', () => {
  it('go stale when something in their scope changes, with the reason, and only those', async () => {
    await signAs(scene, scene.ana, 'Developer')
    await signAs(scene, scene.cy, 'Security')
    await done(act(tickItem, scene.bo.principal, await at(scene, 'Tests pass')))
    const board = await boardOf(scene, scene.ana)
    expect(board.slots.map(({ role, state, staleReason }) => [role, state, staleReason])).toEqual([
      ['Developer', 'stale', 'Bo ticked “Tests pass”'],
      ['Security', 'signed', null],
    ])
    expect((await linesOf(scene.runId)).slice(-2)).toMatchObject([
      { action: 'run.item_ticked' },
      { action: 'run.signature_staled', data: { role: 'Developer', memberId: scene.ana.memberId } },
    ])
  })

  it('stay fresh through notes, a verdict that was the same, and items outside every scope', async () => {
    await observe(scene, 'Headers are set', 'pass')
    await signAs(scene, scene.ana, 'Developer')
    await signAs(scene, scene.cy, 'Security')
    await done(act(noteItem, scene.bo.principal, { ...(await at(scene, 'Headers are set')), note: 'Looked' }))
    await done(act(tickItem, scene.bo.principal, await at(scene, 'Cluster healthy')))
    expect((await boardOf(scene, scene.ana)).slots.map(({ state }) => state)).toEqual(['signed', 'signed'])
  })

  it('stale in the very change that a signature could have missed', async () => {
    await signAs(scene, scene.cy, 'Security')
    await Promise.all([
      act(tickItem, scene.ana.principal, await at(scene, 'Access reviewed')),
      act(tickItem, scene.bo.principal, await at(scene, 'Tests pass')),
    ])
    expect((await boardOf(scene, scene.ana)).slots.find(({ role }) => role === 'Security')).toMatchObject({
      state: 'stale',
      staleReason: 'Ana ticked “Access reviewed”',
    })
  })
})
