import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { blocksOf } from '#lib/probes/blocks.ts'
import { a, zone } from './dns-server.ts'
import { KIND_TABLE, LOOKING_KINDS } from './kind-table.ts'
import { allow, httpServer, type Listening, look, raw } from './servers.ts'

const METADATA = 'http://169.254.169.254'
const BLOCKED = { target: '169.254.169.254:80', why: expect.stringContaining('169.254.169.254') }

let site: Listening
beforeAll(async () => {
  site = await httpServer((request, response) => {
    if (request.url === '/away') response.writeHead(302, { location: `${METADATA}/latest` }).end()
    else if (request.url === '/safe') response.writeHead(301, { location: 'https://169.254.169.254/' }).end()
    else if (request.method === 'OPTIONS') response.writeHead(204).end()
    else response.end('<html></html>')
  })
})
afterAll(() => site.close())

const at = '$' + '{SITE}'
const here = `http ${at}/ expect status == 200`
const there = `http ${METADATA}/ expect status == 200`

/** Every kind that may ask a second address, each way that it does: the first is fine, the second is forbidden. */
const SECOND: { way: string; probe: string; outcome: string; targets?: string[] }[] = [
  {
    way: 'http behind a redirect',
    probe: `http ${at}/away expect status == 200, redirects follow`,
    outcome: 'blocked',
  },
  { way: 'cookies behind a redirect', probe: `cookies ${at}/away expect count >= 0`, outcome: 'blocked' },
  {
    way: 'redirect, whose policy is asked for where it leads',
    probe: `redirect ${at}/safe expect https, hsts`,
    outcome: 'blocked',
    targets: ['169.254.169.254:443'],
  },
  {
    way: 'headers behind a redirect',
    probe: `headers ${at}/away expect score >= 0, plain none`,
    outcome: 'blocked',
  },
  {
    way: 'headers, the address without TLS',
    probe: `headers ${at}/ expect cross-origin-resource-sharing, plain ${METADATA}/`,
    outcome: 'pass',
  },
  {
    way: 'headers, a redirect of the address without TLS',
    probe: `headers ${at}/ expect cross-origin-resource-sharing, plain ${at}/away`,
    outcome: 'pass',
  },
  {
    way: 'steps, a step elsewhere',
    probe: `steps ${at} step /a, expect status == 200, step ${METADATA}/b, expect status == 200`,
    outcome: 'blocked',
  },
  {
    way: 'composite, a part that does not decide',
    probe: `composite need any part a ${here} part b ${there}`,
    outcome: 'pass',
  },
  {
    way: 'composite, parts of parts that ask twice',
    probe: `composite need any part a ${here} part b headers ${at}/ expect cross-origin-resource-sharing, plain ${METADATA}/ part c ${there}`,
    outcome: 'pass',
    targets: ['169.254.169.254:80', '169.254.169.254:80'],
  },
  {
    way: 'every look of a window',
    probe: `composite need any, window 2 of 2 every 1s part a ${here} part b ${there}`,
    outcome: 'pass',
    targets: ['169.254.169.254:80', '169.254.169.254:80'],
  },
]

describe('what the network guard refuses stays in the observation', () => {
  it.each(SECOND)('$way', async ({ probe, outcome, targets = [BLOCKED.target] }) => {
    const { observation, judgement } = await look(probe, {
      variables: { SITE: site.url },
      allowList: allow(new URL(site.url).host),
      retries: null,
    })
    expect(judgement.outcome, judgement.line).toBe(outcome)
    expect(blocksOf(observation)).toEqual(targets.map((target) => ({ ...BLOCKED, target })))
  })

  it('of the second of two name servers', async () => {
    const first = await zone(a('192.0.2.1'))
    const { observation } = await look(
      `dns app.example A expect rcode NOERROR, server ${first}, server 169.254.169.254`,
      { allowList: allow(first) },
    )
    expect(blocksOf(observation)).toEqual([{ ...BLOCKED, target: '169.254.169.254:53' }])
  })

  it('of a name that the system’s resolver is not asked for', async () => {
    const { observation } = await look('dns secret.example A expect rcode NOERROR')
    expect(blocksOf(observation)).toEqual([
      { target: 'secret.example:53', why: expect.stringContaining('secret.example') },
    ])
  })

  it.each(LOOKING_KINDS)('of the first address of %s', async (kind) => {
    const { scheme, probe } = KIND_TABLE[kind]
    const { observation, judgement } = await look(probe, {
      variables: { TARGET: `${scheme}://169.254.169.254:4100` },
    })
    expect(judgement.outcome).toBe('blocked')
    expect(blocksOf(observation).map(({ target }) => target)).toEqual(
      kind === 'composite' ? ['169.254.169.254:4100', '169.254.169.254:4100'] : ['169.254.169.254:4100'],
    )
  })

  it('also of a look that is cut short, without the secrets in it', async () => {
    const abort = new AbortController()
    const slow = await raw(() => setTimeout(() => abort.abort(), 200))
    const { observation } = await look(
      `composite need any part a http http://127.0.0.1:${slow.port}/ expect status == 200 part b http http://$\{NAME}.example/ expect status == 200`,
      {
        allowList: allow(`127.0.0.1:${slow.port}`),
        secrets: { NAME: 'hushhush-4711' },
        signal: abort.signal,
      },
    )
    expect(observation.error?.kind).toBe('cancelled')
    const [block, ...others] = blocksOf(observation)
    expect(others).toEqual([])
    expect(block?.target).toMatch(/\.example:80$/)
    expect(JSON.stringify(observation)).not.toContain('hushhush')
  })
})
