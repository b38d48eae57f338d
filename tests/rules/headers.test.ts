import { NextRequest } from 'next/server'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import {
  apiContentSecurityPolicy,
  contentSecurityPolicy,
  securityHeaders,
  strictTransport,
} from '#lib/server/security-headers.ts'
import nextConfig from '#next.config.ts'
import { config, proxy } from '#proxy.ts'

function page(path = '/acme') {
  return proxy(new NextRequest(`http://localhost:3000${path}`))
}

function directives(policy: string | null): Map<string, string> {
  return new Map(
    (policy ?? '').split('; ').map((part) => {
      const [name = '', ...values] = part.split(' ')
      return [name, values.join(' ')]
    }),
  )
}

/** The environment is read once a process; here each address is another start. */
function startAt(publicUrl: string): void {
  delete (globalThis as { countersignEnv?: unknown }).countersignEnv
  vi.stubEnv('DATABASE_URL', 'postgresql://app@127.0.0.1/none')
  vi.stubEnv('PUBLIC_URL', publicUrl)
}

beforeEach(() => startAt('http://localhost:3000'))
afterEach(() => vi.unstubAllEnvs())

describe('the headers of a page', () => {
  it('carry the whole table and refuse to be framed, sniffed or shared', () => {
    const { headers } = page()
    for (const { key, value } of securityHeaders()) expect(headers.get(key)).toBe(value)
    expect(headers.get('X-Frame-Options')).toBe('DENY')
    expect(headers.get('X-Content-Type-Options')).toBe('nosniff')
    expect(headers.get('Referrer-Policy')).toBe('same-origin')
    expect(headers.get('Cross-Origin-Opener-Policy')).toBe('same-origin')
    expect(headers.get('Cross-Origin-Resource-Policy')).toBe('same-origin')
  })

  it('give each answer another nonce, the same to Next and to the browser', () => {
    const [first, second] = [page(), page()]
    const policies = [first, second].map((answer) => answer.headers.get('Content-Security-Policy'))
    expect(policies[0]).not.toBe(policies[1])
    expect(first.headers.get('x-middleware-request-content-security-policy')).toBe(policies[0])
    expect(directives(policies[0] ?? null).get('script-src')).toMatch(
      /^'self' 'nonce-[A-Za-z0-9+/]{22}==' 'strict-dynamic'$/,
    )
  })

  it('cannot be given a nonce from outside', () => {
    const forged = new NextRequest('http://localhost:3000/acme', {
      headers: { 'Content-Security-Policy': "script-src 'nonce-mine'" },
    })
    const answer = proxy(forged)
    expect(answer.headers.get('Content-Security-Policy')).not.toContain('mine')
    expect(answer.headers.get('x-middleware-request-content-security-policy')).not.toContain('mine')
  })

  it('pin https only when the public address is https', () => {
    expect(page().headers.get('Strict-Transport-Security')).toBeNull()
    expect(page().headers.get('Content-Security-Policy')).not.toContain('upgrade-insecure-requests')
    startAt('https://go.acme.test')
    expect(page().headers.get('Strict-Transport-Security')).toBe('max-age=63072000; includeSubDomains')
    expect(page().headers.get('Content-Security-Policy')).toContain('upgrade-insecure-requests')
    expect(strictTransport({ publicUrl: undefined })).toBeNull()
  })
})

describe('the content policy in production', () => {
  const rules = directives(contentSecurityPolicy({ nonce: 'n', development: false, https: true }))

  it('has no unsafe word', () => {
    expect([...rules.values()].join(' ')).not.toMatch(/unsafe|\*|http:|ws:/)
  })

  it.each([
    ['default-src', "'self'"],
    ['style-src', "'self' 'nonce-n'"],
    ['object-src', "'none'"],
    ['base-uri', "'none'"],
    ['form-action', "'self'"],
    ['frame-ancestors', "'none'"],
    ['connect-src', "'self'"],
  ])('says %s %s', (name, value) => {
    expect(rules.get(name)).toBe(value)
  })
})

describe('what the proxy does not touch', () => {
  const pattern = new RegExp(`^${config.matcher[0]?.source}$`)

  it.each(['/api/v1/gate', '/api/evidence/x', '/_next/static/chunks/a.js', '/icon.svg'])('%s', (path) => {
    expect(pattern.test(path)).toBe(false)
  })

  it.each(['/', '/acme', '/acme/runs/web/42', '/apiary', '/health'])('but it does %s', (path) => {
    expect(pattern.test(path)).toBe(true)
  })

  it('gets the table and, under /api, a policy that allows nothing from the configuration', async () => {
    const rules = (await nextConfig.headers?.()) ?? []
    expect(rules.find((rule) => rule.source === '/:path*')?.headers).toEqual(securityHeaders())
    expect(rules.find((rule) => rule.source === '/api/:path*')?.headers).toEqual([
      { key: 'Content-Security-Policy', value: apiContentSecurityPolicy },
    ])
    expect(rules.find((rule) => rule.has !== undefined)).toEqual({
      source: '/:path*',
      has: config.matcher[0]?.missing,
      headers: [{ key: 'Content-Security-Policy', value: apiContentSecurityPolicy }],
    })
    expect(apiContentSecurityPolicy).toContain("default-src 'none'")
  })
})
