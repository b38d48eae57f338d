import { globSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { matchRoute, routePatterns } from '#lib/shared/route-pattern.ts'

const patterns = routePatterns(globSync('app/**/{page.tsx,route.ts}'))
const at = (path: string, isAction = false) => matchRoute({ path, patterns, isAction })

describe('the route of a path', () => {
  test.each([
    ['/', '/', 'page'],
    ['/sign-in', '/sign-in', 'page'],
    ['/acme', '/[team]', 'page'],
    ['/acme/runs/web/42', '/[team]/runs/[service]/[number]', 'page'],
    ['/acme/runs/open', '/[team]/runs/open', 'page'],
    ['/acme/runs/web/42/record/markdown', '/[team]/runs/[service]/[number]/record/markdown', 'api'],
    ['/invite/sEcReT', '/invite/[token]', 'page'],
    ['/reset/sEcReT', '/reset/[token]', 'page'],
    ['/api/auth/callback/credentials', '/api/auth/[...nextauth]', 'auth'],
    ['/api/session/touch', '/api/session/touch', 'auth'],
    ['/api/drafts/note.secret', '/api/drafts/[key]', 'api'],
    ['/api/live/0198', '/api/live/[run]', 'live'],
    ['/api/v1/gate', '/api/v1/gate', 'gate'],
    ['/health', '/health', 'health'],
    ['/health/db/', '/health/db', 'health'],
    ['/metrics', '/metrics', 'metrics'],
    ['/_next/static/chunks/a.js', 'static', 'static'],
    ['/icon.svg', 'static', 'static'],
    ['/acme/a/b/c/d/e', 'unmatched', 'unmatched'],
    ['/api/auth', 'unmatched', 'unmatched'],
  ])('%s is %s, %s', (path, route, kind) => {
    expect(at(path)).toEqual({ route, kind })
  })

  test('an action is told from the page that it was sent to, and a route stays what it is', () => {
    expect(at('/acme/runs/web/42', true).kind).toBe('action')
    expect(at('/health', true).kind).toBe('health')
    expect(at('/acme/a/b/c/d/e', true).kind).toBe('unmatched')
  })

  test('every file of the app is a route of its own, found again by its own pattern', () => {
    const files = globSync('app/**/{page.tsx,route.ts}')
    expect(patterns).toHaveLength(files.length)
    for (const { pattern } of patterns) {
      const path = pattern.replace(/\[\.\.\..+?\]/g, 'x/y').replace(/\[.+?\]/g, 'xyz')
      expect(at(path).route).toBe(pattern)
    }
  })
})
