import { describe, expect, it } from 'vitest'
import { probe, sample } from './servers.ts'

const OK = 'expect status == 200'

describe('the sample target', () => {
  const cases: [string, string, string, string][] = [
    ['app', '/', OK, 'status 500 · wanted 200'],
    ['health', '/health/', OK, 'status 503 · wanted 200'],
    ['db', '/health/db/', `${OK}, json checks.database.ok == true`, 'status 503 · wanted 200 · 1 more'],
    ['redis', '/health/redis/', OK, 'status 503 · wanted 200'],
    ['metrics', '/metrics', `${OK}, body contains "# TYPE "`, 'status 500 · wanted 200 · 1 more'],
    ['api', '/api/status', 'expect json status == "ok"', 'status 500 · wanted 200 to 299 · 1 more'],
    [
      'csp',
      '/',
      'expect header content-security-policy present',
      'content-security-policy absent · wanted present',
    ],
    ['frame', '/', 'expect header x-frame-options == "DENY"', 'x-frame-options: SAMEORIGIN · wanted DENY'],
    [
      'nosniff',
      '/',
      'expect header x-content-type-options == nosniff',
      'x-content-type-options absent · wanted nosniff',
    ],
    [
      'hsts',
      '/',
      'expect header strict-transport-security max-age >= 31536000',
      'max-age=300 · wanted ≥ 31536000',
    ],
    [
      'compression',
      '/static/app.js',
      'expect header content-encoding in (gzip, br, zstd), send accept-encoding: "gzip, br"',
      'content-encoding absent · wanted one of gzip, br, zstd',
    ],
    [
      'cache',
      '/static/app.js',
      'expect header cache-control max-age >= 86400',
      'no max-age in cache-control · wanted ≥ 86400',
    ],
    ['hang', '/', `${OK}, timeout 150ms`, 'no whole answer within 150 ms'],
    ['slow', '/', `${OK}, timeout 150ms`, 'no whole answer within 150 ms'],
  ]
  it.each(cases)('%s breaks %s', async (name, path, rest, line) => {
    const target = await sample()
    expect((await probe(`${target.url}${path}`, rest)).judgement.outcome).toBe('pass')
    const flipped = await fetch(`${target.url}/switch`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ name, on: true }),
    })
    expect(flipped.status).toBe(200)
    expect((await probe(`${target.url}${path}`, rest)).judgement).toMatchObject({ verdict: 'fail', line })
    target.broken.clear()
    expect((await probe(`${target.url}${path}`, rest)).judgement.verdict).toBe('pass')
  })

  it('speaks WebSocket until it is switched off', async () => {
    const target = await sample()
    const first = () =>
      new Promise<string>((resolve) => {
        const socket = new WebSocket(`${target.url.replace('http', 'ws')}/ws`)
        socket.addEventListener('message', ({ data }) => {
          socket.close()
          resolve(String(data))
        })
        socket.addEventListener('error', () => resolve('refused'))
      })
    expect(await first()).toBe('hello')
    target.broken.add('websocket')
    expect(await first()).toBe('refused')
  })

  it('does not let another site flip a switch', async () => {
    const target = await sample()
    const body = JSON.stringify({ name: 'app', on: true })
    expect((await fetch(`${target.url}/switch`, { method: 'POST', body })).status).toBe(415)
    const headers = { 'content-type': 'application/json' }
    expect(
      (await fetch(`${target.url}/switch`, { method: 'POST', headers, body: '{"name":"x"}' })).status,
    ).toBe(400)
    expect(target.broken.size).toBe(0)
  })
})
