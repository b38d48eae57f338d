import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { isLocalPath, paths } from '#lib/shared/paths.ts'
import { isReservedSlug } from '#lib/shared/slug.ts'

const RUN = { team: 'acme-health', service: 'upstream-web', number: 42 }

describe('addresses', () => {
  it.each([
    [paths.signIn(), '/sign-in'],
    [paths.signIn('/acme/runs/web/1#item-a'), '/sign-in?return=%2Facme%2Fruns%2Fweb%2F1%23item-a'],
    [paths.invite('a/b'), '/invite/a%2Fb'],
    [paths.team('acme-health'), '/acme-health'],
    [paths.run(RUN), '/acme-health/runs/upstream-web/42'],
    [
      paths.runItem({ ...RUN, itemKey: 'security/tls#1' }),
      '/acme-health/runs/upstream-web/42#item-security%2Ftls%231',
    ],
    [paths.sign({ ...RUN, role: 'devops' }), '/acme-health/runs/upstream-web/42/sign/devops'],
    [paths.record(RUN), '/acme-health/runs/upstream-web/42/record'],
    [paths.recordMarkdown(RUN), '/acme-health/runs/upstream-web/42/record/markdown'],
    [paths.audit(RUN), '/acme-health/runs/upstream-web/42/audit'],
    [paths.openRun('acme'), '/acme/runs/open'],
    [paths.openRun('acme', { service: 'web' }), '/acme/runs/open?service=web'],
    [
      paths.templateVersion({ team: 'acme', template: 'production', number: 3 }),
      '/acme/templates/production/v/3',
    ],
    [
      paths.history('acme', { state: 'closed', text: 'a&b', person: '' }),
      '/acme/history?state=closed&text=a%26b',
    ],
    [paths.historyCsv('acme', { from: '2026-01-01' }), '/acme/history/csv?from=2026-01-01'],
    [
      paths.api.gate({ service: 'web', digest: 'sha256:00', as: 'json' }),
      '/api/v1/gate?service=web&digest=sha256%3A00&as=json',
    ],
    [paths.api.live({ runId: 'r1', after: 0 }), '/api/live/r1?after=0'],
  ])('%s', (made, expected) => {
    expect(made).toBe(expected)
  })

  it('never lets a word leave its segment', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', minLength: 1 }), (word) => {
        const url = new URL(paths.sign({ ...RUN, role: `x${word}` }), 'http://localhost')
        expect(url.pathname.split('/')).toHaveLength(7)
        expect(url.search + url.hash).toBe('')
        expect(decodeURIComponent(url.pathname.split('/')[6] ?? '')).toBe(`x${word}`)
      }),
    )
  })

  it('starts every address of the instance with a word that no team may take', () => {
    const own = [
      paths.signIn(),
      paths.setup(),
      paths.invite('t'),
      paths.reset('t'),
      paths.me(),
      paths.api.health(),
      paths.api.metrics(),
      paths.api.touch(),
    ]
    for (const path of own) expect(isReservedSlug(path.split('/')[1] ?? '')).toBe(true)
  })
})

describe('where sign-in may return to', () => {
  it.each(['/', '/acme', '/acme?x=1#y'])('%s', (path) => {
    expect(isLocalPath(path)).toBe(true)
  })

  it.each([
    '',
    'acme',
    '//evil.test',
    '/\\evil.test',
    'https://evil.test',
    '/a\\b',
    '/\n/evil.test',
    'javascript:x',
  ])('not %j', (path) => {
    expect(isLocalPath(path)).toBe(false)
    expect(paths.signIn(path)).toBe('/sign-in')
  })
})
