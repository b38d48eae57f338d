import { afterEach, expect, it, vi } from 'vitest'
import { sendSign } from '#components/runs/sign/send-sign.ts'
import { sendCommand } from '#components/send-command.ts'
import { LIMITS } from '#lib/shared/limits.ts'

afterEach(() => vi.unstubAllGlobals())

const sign = (manifest: string) =>
  sendSign({
    runId: '0198c5a0-0000-7000-8000-000000000000',
    key: '0198c5a0-0000-7000-8000-000000000001',
    input: { role: 'Developer', decision: 'go', reason: null, manifest, mark: 'm', password: 'p' },
  })

it('an action that would be cut off is not sent, and the refusal says both sizes', async () => {
  const action = vi.fn()
  const answer = await sendCommand({ action, input: { source: 'x'.repeat(5_200_000) }, label: 'A template' })
  expect(action).not.toHaveBeenCalled()
  expect(answer).toEqual({
    ok: false,
    refusal: {
      code: 'too_large',
      message:
        'This is 5.2 MB; at most 4 MB can be sent at once, so nothing was sent and your text is still here. Shorten it, or split it in two.',
    },
  })
})

it('an action of the largest template is sent, each of its characters escaped', async () => {
  vi.stubGlobal('navigator', { onLine: true })
  const action = vi.fn(async () => ({ ok: true as const, value: { value: 1, seq: 1 } }))
  const input = { source: '"'.repeat(LIMITS.templateBytes), note: 'x'.repeat(LIMITS.noteBytes) }
  expect(await sendCommand({ action, input, label: 'A template' })).toMatchObject({ ok: true })
})

it('a text to sign that is too long is not sent either', async () => {
  const fetched = vi.fn()
  vi.stubGlobal('fetch', fetched)
  expect(await sign('x'.repeat(25_000_000))).toMatchObject({
    ok: false,
    refusal: {
      code: 'too_large',
      message: expect.stringMatching(/^The text to sign has 25 MB; at most 24 MB can be signed\. Shorten/),
    },
  })
  expect(fetched).not.toHaveBeenCalled()
})

it('a refusal of the server comes back whole, and silence says that signing again is harmless', async () => {
  const problem = { code: 'scope_changed', title: 'It changed.', detail: ['a'], errors: { reason: 'why' } }
  vi.stubGlobal('fetch', async () => Response.json(problem, { status: 422 }))
  expect(await sign('x')).toEqual({
    ok: false,
    refusal: { code: 'scope_changed', message: 'It changed.', detail: ['a'], fields: { reason: 'why' } },
  })
  vi.stubGlobal('fetch', async () => {
    throw new TypeError('network')
  })
  expect(await sign('x')).toMatchObject({ ok: false, refusal: { code: 'network' } })
})
