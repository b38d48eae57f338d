import { expect, it } from 'vitest'
import { askThread, ThreadTooSlow } from '#lib/server/threads.ts'
import { reviewImport } from '#lib/templates/review-import.ts'
import { reviewAside } from '#lib/templates/worker/review-aside.ts'

const THREAD = 'lib/templates/worker/review-thread.ts'
const long = `# Long\n\n${Array.from({ length: 700 }, (_, item) => `- [ ] Check ${item} ${'of many words '.repeat(8)}\n`).join('')}`

it('a long text is read in a thread, the same as here', { timeout: 60_000 }, async () => {
  const input = {
    source: long,
    edits: [{ kind: 'item', line: 3, set: { note: true } }],
    earlier: null,
  } as const
  expect(long.length).toBeGreaterThan(60_000)
  const [aside, again] = await Promise.all([reviewAside(input), reviewAside(input)])
  expect(aside).toEqual(reviewImport(input))
  expect(again.items).toHaveLength(700)
})

it('what takes too long is ended, and the next question is answered', { timeout: 60_000 }, async () => {
  const input = { source: long, edits: [], earlier: null }
  await expect(askThread(THREAD, input, { timeoutMs: 1 })).rejects.toThrow(ThreadTooSlow)
  expect((await reviewAside(input)).items).toHaveLength(700)
})

it('a question that cannot be answered is refused with its reason', { timeout: 60_000 }, async () => {
  await expect(askThread(THREAD, { source: 1, edits: [] }, { timeoutMs: 30_000 })).rejects.toThrow(
    /text|source|split|string|function/,
  )
})
