import { randomBytes } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { attachEvidence, withdrawEvidence } from '#lib/runs/commands/attachments.ts'
import { getSigningPage } from '#lib/runs/read/signing.ts'
import { exportLines } from '#lib/runs/record.ts'
import { db } from '#lib/server/db.ts'
import { keepHouse } from '#lib/server/housekeeping.ts'
import { keepFile } from '#lib/server/stored-files.ts'
import { sha256Hex } from '#lib/shared/digest.ts'
import { act, done, linesOf } from '#tests/commands/teams/people.ts'
import { useTestDatabase } from '#tests/support/use-test-database.ts'
import { download, send } from './attaching.ts'
import { itemOf, makeScene, memberOf, type OpenedScene, openScene, signAs } from './fixture.ts'

useTestDatabase()

const opened = async () => openScene(await makeScene())

async function link(scene: OpenedScene, more: object = {}) {
  const { key } = await itemOf(scene, scene.ana, 'Tests pass')
  const input = { ...scene.address, key, kind: 'link' as const, url: 'https://ci.example.com/1', ...more }
  return act(attachEvidence, scene.bo.principal, input as never)
}

describe('a file behind an item', () => {
  it('is kept, shown with what its bytes are, and a line of the log without its name', async () => {
    const scene = await opened()
    const { status, body } = await send(scene, scene.ana, { name: '../shot.png', body: 'only text' })
    expect({ status, body }).toMatchObject({ status: 201 })
    const item = await itemOf(scene, scene.bo, 'Tests pass')
    const file = { sha256: sha256Hex('only text'), bytes: 9, mediaType: 'text/plain' }
    expect(item).toMatchObject({
      state: 'open',
      grade: 'unproven',
      attachments: [{ label: 'shot.png', note: 'what CI said', file, by: { name: 'Ana' }, gone: null }],
    })
    const line = (await linesOf(scene.runId)).at(-1)
    expect(line).toMatchObject({
      action: 'run.evidence_attached',
      data: { key: item.key, file, replaces: null },
    })
    expect(JSON.stringify(line)).not.toContain('shot.png')
    const row = await db().evidence.findFirstOrThrow({ where: { runId: scene.runId, kind: 'attach' } })
    expect(row).toMatchObject({ memberId: scene.ana.memberId, attachmentId: body.value?.attachmentId })
  })

  it('is saved by members of the team alone, as a file and never as a page', async () => {
    const scene = await opened()
    const content = randomBytes(600_000)
    const { body } = await send(scene, scene.ana, { name: 'böse "x".html', body: content })
    const id = body.value?.attachmentId ?? ''
    const answer = await download(scene, scene.eve, id)
    expect(answer.status).toBe(200)
    expect(Object.fromEntries(answer.headers)).toMatchObject({
      'content-type': 'application/octet-stream',
      'content-length': '600000',
      'content-disposition': `attachment; filename="b_se__x_.html"; filename*=UTF-8''b%C3%B6se%20%22x%22.html`,
      'x-content-type-options': 'nosniff',
      'content-security-policy': expect.stringMatching(/^default-src 'none';.*; sandbox$/),
      'cache-control': 'private, no-transform',
    })
    expect(Buffer.from(await answer.arrayBuffer()).equals(content)).toBe(true)
    const foreign = await opened()
    expect((await download(scene, foreign.ana, id)).status).toBe(404)
    expect((await download(foreign, foreign.ana, id)).status).toBe(404)
    expect((await download(scene, scene.ana, 'no-id')).status).toBe(404)
  })

  it('stales no signature: it settles nothing', async () => {
    const scene = await opened()
    await signAs(scene, scene.cy, 'Developer')
    await send(scene, scene.ana)
    const standing = await db().signoff.findFirstOrThrow({ where: { runId: scene.runId } })
    expect(standing.staleAt).toBeNull()
  })

  it('is in the text that is signed, in the record and its export', async () => {
    const scene = await opened()
    await send(scene, scene.ana)
    await done(link(scene))
    const actor = await memberOf(scene.ana.principal, scene.team.slug)
    const page = await getSigningPage(actor, { ...scene.address, role: 'developer' })
    const signed = page?.manifest.items.find(({ text }) => text === 'Tests pass')
    expect(signed?.attachments).toMatchObject([
      { label: 'proof.txt', by: 'Ana', note: 'what CI said', file: { sha256: sha256Hex('seen') } },
      { label: 'https://ci.example.com/1', by: 'Bo', file: null },
    ])
    expect(page?.text).toContain(sha256Hex('seen'))
    const lines = exportLines(await itemOf(scene, scene.ana, 'Tests pass'))
    expect(lines.join('\n')).toContain(
      `file “proof.txt”, 4 bytes, text/plain, SHA-256 ${sha256Hex('seen')}, by Ana`,
    )
  })

  it('is replaced and taken away without being deleted', async () => {
    const scene = await opened()
    const first = (await send(scene, scene.ana)).body.value?.attachmentId ?? ''
    await done(link(scene, { replaces: first }))
    const twice = await link(scene, { replaces: first })
    expect(twice).toMatchObject({ ok: false, refusal: { code: 'not_attached' } })
    const { key, attachments } = await itemOf(scene, scene.ana, 'Tests pass')
    const second = attachments[1]?.id ?? ''
    const away = { ...scene.address, key, attachmentId: second, reason: 'wrong build' }
    await done(act(withdrawEvidence, scene.cy.principal, away))
    expect(await act(withdrawEvidence, scene.cy.principal, away)).toMatchObject({
      refusal: { code: 'not_attached' },
    })
    expect((await itemOf(scene, scene.ana, 'Tests pass')).attachments).toMatchObject([
      { gone: { by: { name: 'Bo' }, reason: null } },
      { gone: { by: { name: 'Cy' }, reason: 'wrong build' } },
    ])
    expect((await linesOf(scene.runId)).at(-1)).toMatchObject({ action: 'run.evidence_withdrawn' })
    expect((await download(scene, scene.ana, first)).status).toBe(200)
    const actor = await memberOf(scene.ana.principal, scene.team.slug)
    const page = await getSigningPage(actor, { ...scene.address, role: 'developer' })
    expect(page?.manifest.items.find(({ text }) => text === 'Tests pass')?.attachments).toBeUndefined()
    await expect(db().attachment.deleteMany({})).rejects.toThrow(/permission denied|append-only/)
  })

  it('outlives the clearing of files that nobody refers to', async () => {
    const scene = await opened()
    const id = (await send(scene, scene.ana)).body.value?.attachmentId ?? ''
    await db().storedFile.updateMany({
      where: { teamId: scene.team.teamId },
      data: { keptAt: new Date(Date.now() - 90_000_000) },
    })
    await keepHouse()
    expect((await download(scene, scene.ana, id)).status).toBe(200)
  })
})

describe('a file is refused', () => {
  it('above its limit, announced or not, empty, and where the run is full', async () => {
    const scene = await opened()
    const announced = await send(scene, scene.ana, { headers: { 'content-length': '10000001' } })
    expect(announced).toMatchObject({ status: 413 })
    expect(announced.body.title).toContain('10 MB')
    expect(await send(scene, scene.ana, { body: new Uint8Array(10_000_001) })).toMatchObject({ status: 413 })
    expect(await send(scene, scene.ana, { body: '' })).toMatchObject({ status: 400 })
    expect(await db().storedFile.count({ where: { teamId: scene.team.teamId, bytes: { gt: 0 } } })).toBe(0)
    await send(scene, scene.ana)
    const row = await db().attachment.findFirstOrThrow({ where: { runId: scene.runId } })
    const id = scene.runId
    await db().attachment.create({ data: { ...row, id, bytes: 199_999_990, sha256: 'a'.repeat(64) } })
    const full = await send(scene, scene.ana, { body: 'one more' })
    expect(full).toMatchObject({ status: 413 })
    expect(full.body.title).toContain('200 MB')
    // What is there already weighs nothing more.
    expect(await send(scene, scene.ana, { name: 'again.txt' })).toMatchObject({ status: 201 })
  })

  it('from an auditor, another team, another site, and once the run is over', async () => {
    const scene = await opened()
    expect(await send(scene, scene.eve)).toMatchObject({ status: 403 })
    expect(await send(scene, (await opened()).ana)).toMatchObject({ status: 404 })
    const foreign = { 'sec-fetch-site': 'cross-site', origin: 'https://elsewhere.example' }
    expect(await send(scene, scene.ana, { headers: foreign })).toMatchObject({ status: 403 })
    await db().run.update({ where: { id: scene.runId }, data: { state: 'closed', endedAt: new Date() } })
    expect(await send(scene, scene.ana)).toMatchObject({ status: 422, body: { code: 'run_over' } })
  })

  it('above fifty of one item, files and links, those that were taken away too', async () => {
    const scene = await opened()
    const first = (await send(scene, scene.ana)).body.value?.attachmentId ?? ''
    for (let nth = 2; nth <= 50; nth++) await done(link(scene, { url: `https://ci.example.com/${nth}` }))
    const { key } = await itemOf(scene, scene.ana, 'Tests pass')
    const away = { ...scene.address, key, attachmentId: first, reason: 'wrong build' }
    await done(act(withdrawEvidence, scene.ana.principal, away))
    const message = 'An item takes 50 files and links at most. Put several into one archive.'
    expect(await link(scene)).toMatchObject({ ok: false, refusal: { code: 'too_many', message } })
    const file = await send(scene, scene.ana, { name: 'one-more.txt', body: 'one more' })
    expect(file).toMatchObject({ status: 422, body: { code: 'too_many', title: message } })
    expect((await itemOf(scene, scene.ana, 'Tests pass')).attachments).toHaveLength(50)
    // Another item has its own fifty.
    const other = await itemOf(scene, scene.ana, 'Backup done')
    await done(link(scene, { key: other.key }))
  })

  it('of another team, by its id', async () => {
    const scene = await opened()
    const other = await opened()
    const { fileId } = await keepFile({ teamId: other.team.teamId, source: [Buffer.from('theirs')] })
    const { key } = await itemOf(scene, scene.ana, 'Tests pass')
    const input = { ...scene.address, key, kind: 'file' as const, fileId, name: 'x' }
    expect(await act(attachEvidence, scene.ana.principal, input)).toMatchObject({
      refusal: { code: 'not_found' },
    })
  })
})

describe('a link', () => {
  it.each(['javascript:alert(1)', 'https://ana:pw@ci.example.com/', 'ci.example.com'])(
    'is none: %s',
    async (url) => {
      const answer = await link(await opened(), { url })
      expect(answer).toMatchObject({
        ok: false,
        refusal: { code: 'invalid', fields: { url: expect.any(String) } },
      })
    },
  )
})
