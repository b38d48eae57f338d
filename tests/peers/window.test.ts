import { describe, expect, it } from 'vitest'
import { allow, look, serve } from './servers.ts'

const WINDOW = 'window 2 of 3 every 1s'

async function ofStatuses(statuses: number[], rest = WINDOW, signal?: AbortSignal) {
  let asked = 0
  const { url, port } = await serve((_request, response) =>
    response.writeHead(statuses[asked++] ?? 200).end(),
  )
  const seen = await look(`http ${url}/ expect status == 200, ${rest}`, {
    allowList: allow(`127.0.0.1:${port}`),
    ...(signal === undefined ? {} : { signal }),
  })
  return { ...seen, asked: () => asked }
}

describe('looking several times', () => {
  it('ends with the last pass that is needed, and at the first fail too many', async () => {
    const start = performance.now()
    const good = await ofStatuses([200, 200, 503])
    expect(performance.now() - start).toBeGreaterThan(950)
    expect(good.asked()).toBe(2)
    expect(good.judgement).toMatchObject({
      outcome: 'pass',
      line: expect.stringMatching(/^2 of 2 looks passed/),
    })
    const bad = await ofStatuses([503, 200, 200])
    expect(bad.asked()).toBe(1)
    expect(bad.judgement.outcome).toBe('fail')
    expect((await ofStatuses([503, 200, 200], `${WINDOW} failures 1`)).judgement.outcome).toBe('pass')
  })

  it('stops when it is cancelled between two looks, and when it cannot begin', async () => {
    const stop = new AbortController()
    setTimeout(() => stop.abort(), 200)
    const { observation, judgement } = await ofStatuses([200, 200], 'window 2 of 3 every 5s', stop.signal)
    expect(observation.error).toMatchObject({ kind: 'cancelled' })
    expect(judgement.verdict).toBe('inconclusive')
    const none = await look(`http \${BASE_URL}/ expect status == 200, ${WINDOW}`)
    expect(none.judgement).toMatchObject({
      outcome: 'error',
      line: expect.stringContaining('BASE_URL is not set'),
    })
    expect((await look(`http http://a.example/ expect status == 200, ${WINDOW}`)).judgement.outcome).toBe(
      'blocked',
    )
  })
})
