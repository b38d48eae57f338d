import { describe, expect, it } from 'vitest'
import { allow, look, serve } from './servers.ts'

/** A server that hangs up on the first `broken` requests, after it has read them, and answers `status` from then on. */
async function hangingUp(broken: number, status = 200) {
  let asked = 0
  const { url, port } = await serve((request, response) => {
    asked += 1
    if (asked <= broken) request.socket.destroy()
    else response.writeHead(status).end()
  })
  return { url, options: { allowList: allow(`127.0.0.1:${port}`) }, asked: () => asked }
}

const OK = 'expect status == 200'

describe('what the network breaks off', () => {
  it('is asked once more, and a pass then says that it was the second attempt’s', async () => {
    const { url, options, asked } = await hangingUp(1)
    const { observation, judgement } = await look(`http ${url}/ ${OK}`, { ...options, retries: null })
    expect(asked()).toBe(2)
    expect(judgement).toMatchObject({ outcome: 'pass', verdict: 'pass' })
    expect(judgement.line).toMatch(/ · passed on attempt 2$/)
    expect(observation.tries).toMatchObject([{ used: '127.0.0.1', error: { kind: 'closed' } }])
    expect(observation.error).toBeNull()
  })

  it('fails when it is the same again, a refused connection too', async () => {
    const { url, options, asked } = await hangingUp(9)
    const closed = await look(`http ${url}/ ${OK}`, { ...options, retries: null })
    expect(asked()).toBe(2)
    expect(closed.judgement).toMatchObject({ outcome: 'fail', line: expect.stringMatching(/ · 2 attempts$/) })
    const refused = await look(`http http://127.0.0.1:2/ ${OK}`, {
      allowList: allow('127.0.0.1:2'),
      retries: null,
    })
    expect(refused.judgement).toMatchObject({ outcome: 'fail', line: 'connection refused · 2 attempts' })
    expect(refused.observation.tries).toHaveLength(1)
  })

  it('is asked as often as the probe says', async () => {
    const none = await hangingUp(1)
    const once = await look(`http ${none.url}/ ${OK}, retries 0`, { ...none.options, retries: null })
    expect(none.asked()).toBe(1)
    expect(once.judgement.outcome).toBe('fail')
    expect(once.observation.tries).toBeUndefined()
    const twice = await hangingUp(2)
    const third = await look(`http ${twice.url}/ ${OK}, retries 2`, { ...twice.options, retries: null })
    expect(third.judgement.line).toMatch(/ · passed on attempt 3$/)
  })

  it('includes a name that does not resolve at first', async () => {
    const { url, options } = await hangingUp(0)
    let looked = 0
    const { judgement } = await look(`http ${url.replace('127.0.0.1', 'localhost')}/ ${OK}`, {
      allowList: allow(new URL(url).host.replace('127.0.0.1', 'localhost')),
      resolve: async () => {
        looked += 1
        if (looked === 1) throw Object.assign(new Error('try again'), { code: 'EAI_AGAIN' })
        return ['127.0.0.1']
      },
      retries: null,
    })
    expect(looked).toBe(2)
    expect(judgement.line).toMatch(/ · passed on attempt 2$/)
    expect(options.allowList).toHaveLength(1)
  })
})

describe('what is never asked twice', () => {
  it('an answer, whatever it says', async () => {
    const bad = await hangingUp(0, 503)
    const { judgement, observation } = await look(`http ${bad.url}/ ${OK}, retries 3`, {
      ...bad.options,
      retries: null,
    })
    expect(bad.asked()).toBe(1)
    expect(judgement.outcome).toBe('fail')
    expect(observation.tries).toBeUndefined()
  })

  it('a server that is only silent: it was reached, and it is measured', async () => {
    let asked = 0
    const { url, port } = await serve(() => {
      asked += 1
    })
    const { judgement } = await look(`http ${url}/ ${OK}, timeout 200ms, retries 3`, {
      allowList: allow(`127.0.0.1:${port}`),
      retries: null,
    })
    expect(asked).toBe(1)
    expect(judgement.outcome).toBe('fail')
  })

  it('a POST that may have arrived', async () => {
    const { url, options, asked } = await hangingUp(1)
    const { judgement } = await look(`http POST ${url}/ ${OK}, retries 3`, { ...options, retries: null })
    expect(asked()).toBe(1)
    expect(judgement.outcome).toBe('fail')
  })

  it('a look of a window, which says itself how many may fail', async () => {
    const { url, options, asked } = await hangingUp(1)
    const windowed = `http ${url}/ ${OK}, window 2 of 3 every 1s`
    expect((await look(windowed, { ...options, retries: null })).judgement.outcome).toBe('fail')
    expect(asked()).toBe(1)
    const other = await hangingUp(1)
    const told = `http ${other.url}/ ${OK}, window 1 of 2 every 1s, retries 1`
    expect((await look(told, { ...other.options, retries: null })).judgement.line).toMatch(
      /passed on attempt 2$/,
    )
  })
})

it('stops between two tries when it is cancelled', async () => {
  const stop = new AbortController()
  const { url, port } = await serve((request) => {
    request.socket.destroy()
    stop.abort()
  })
  const { observation } = await look(`http ${url}/ ${OK}`, {
    allowList: allow(`127.0.0.1:${port}`),
    signal: stop.signal,
    retries: null,
  })
  expect(observation.error?.kind).toBe('cancelled')
})
