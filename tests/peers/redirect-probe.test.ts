import tls from 'node:tls'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import {
  authority,
  certificate,
  freePort,
  NGINX,
  newFolder,
  type Process,
  startNginx,
  titled,
} from './processes.ts'
import { allow, look, raw, serve } from './servers.ts'

describe.skipIf(NGINX === undefined)(titled('a probe of a redirect against nginx', NGINX, 'nginx'), () => {
  const trusted = tls.getCACertificates('default')
  const folder = newFolder('redirect')
  const ports = { plain: 0, good: 0, bare: 0, stranger: 0 }
  let nginx: Process

  beforeAll(async () => {
    for (const name of ['plain', 'good', 'bare', 'stranger'] as const) ports[name] = await freePort()
    const ca = authority(folder, 'ca', 3000)
    authority(folder, 'other', 3000)
    certificate(folder, { name: 'good', by: 'ca', host: 'localhost', days: 60 })
    certificate(folder, { name: 'bad', by: 'other', host: 'localhost', days: 60 })
    const site = (name: keyof typeof ports, pair: string, more: string) =>
      `server { listen 127.0.0.1:${ports[name]} ssl; ssl_certificate ${folder}/${pair}.pem; ssl_certificate_key ${folder}/${pair}.key; ${more} }`
    const policy = (value: string) => `add_header Strict-Transport-Security "${value}" always; return 200 ok;`
    const servers = `
      server {
        listen 127.0.0.1:${ports.plain};
        location = / { return 301 https://localhost:${ports.good}/; }
        location = /found { return 302 https://localhost:${ports.good}/found; }
        location = /kept { return 308 https://localhost:${ports.good}$request_uri; }
        location = /lost { return 301 https://localhost:${ports.good}/; }
        location = /other { return 301 https://other.example/; }
        location = /http { return 301 http://localhost:${ports.plain}/; }
        location = /stay { return 200 ok; }
        location = /bare { return 301 https://localhost:${ports.bare}/; }
        location = /zero { return 301 https://localhost:${ports.good}/zero; }
        location = /broken { return 301 https://localhost:${ports.good}/broken; }
        location = /stranger { return 301 https://localhost:${ports.stranger}/; }
        location = /nowhere { return 301 gopher://a/; }
      }
      ${site('good', 'good', `location = /zero { ${policy('max-age=0')} } location = /broken { ${policy('includeSubDomains')} } location / { ${policy('max-age=31536000; includeSubDomains')} }`)}
      ${site('bare', 'good', 'return 200 ok;')}
      ${site('stranger', 'bad', 'return 200 ok;')}`
    nginx = await startNginx({ folder, servers, ports: Object.values(ports) })
    tls.setDefaultCACertificates([...trusted, ca])
  })
  afterAll(async () => {
    tls.setDefaultCACertificates(trusted)
    await nginx.stop()
  })

  const at = (page: string, rest: string) =>
    look(`redirect http://localhost:${ports.plain}${page} ${rest}`, {
      allowList: allow(...Object.values(ports).map((port) => `localhost:${port}`)),
    })

  it.each<[string, string, string, string]>([
    ['/', 'expect https, same-host, permanent, hsts', 'pass', '301 to https://localhost:'],
    ['/', 'expect max-age >= 365d, include-subdomains', 'pass', 'max-age=31536000'],
    ['/', 'expect max-age >= 730d', 'fail', 'wanted ≥ 730d'],
    ['/', 'expect preload', 'fail', 'includeSubDomains · wanted preload'],
    ['/found', 'expect permanent', 'fail', 'status 302 · wanted permanent'],
    ['/found', 'expect https, warn permanent', 'warn', 'status 302'],
    ['/kept?a=1', 'expect same-path', 'pass', '308 to https://'],
    ['/lost', 'expect same-path', 'fail', 'wanted same-path'],
    ['/other', 'expect same-host', 'fail', '301 to https://other.example/ · wanted same-host'],
    ['/http', 'expect same-host', 'fail', '301 to http://localhost:'],
    ['/http', 'expect hsts', 'fail', 'wanted https · 1 more'],
    ['/stay', 'expect permanent', 'fail', 'status 200, no redirect · wanted https'],
    ['/bare', 'expect hsts', 'fail', 'no strict-transport-security · wanted hsts'],
    ['/bare', 'expect max-age > 1d', 'fail', 'no strict-transport-security · wanted > 1d'],
    ['/zero', 'expect hsts', 'fail', 'max-age=0 · wanted hsts'],
    ['/broken', 'expect hsts', 'fail', 'which means nothing'],
    ['/stranger', 'expect https', 'pass', '301'],
    ['/stranger', 'expect hsts', 'fail', 'the certificate is not trusted'],
    ['/nowhere', 'expect https', 'fail', 'the redirect leads to gopher:'],
    ['/other', 'expect hsts', 'blocked', 'other.example'],
  ])('%s %s: %s', async (page, rest, outcome, line) => {
    const { judgement } = await at(page, rest)
    expect(judgement.line).toContain(line)
    expect(judgement.outcome).toBe(outcome)
  })
})

describe('a probe of a redirect', () => {
  it('asks at port 80 for an https address, unless that has a port of its own', async () => {
    const asked = await look('redirect https://app.example/x expect https', { allowList: [] })
    expect(asked.judgement).toMatchObject({
      outcome: 'blocked',
      line: expect.stringContaining('app.example:80'),
    })
    const own = await look('redirect https://app.example:8443/x expect https', { allowList: [] })
    expect(own.judgement).toMatchObject({
      outcome: 'error',
      line: expect.stringContaining('write the address without TLS'),
    })
  })

  it('cannot tell from what is not HTTP, and fails where nobody listens', async () => {
    const other = await raw((socket) => socket.end('SSH-2.0-x\r\n'))
    const at = () =>
      look(`redirect ${other.url}/ expect https`, { allowList: allow(new URL(other.url).host) })
    expect((await at()).judgement.outcome).toBe('error')
    await other.close()
    expect((await at()).judgement.outcome).toBe('fail')
  })
})

describe('a probe of cookies', () => {
  const at = async (lines: string[], rest: string, status = 200) => {
    const { url } = await serve((_request, response) => {
      response.writeHead(status, { 'set-cookie': lines }).end()
    })
    return look(`cookies ${url}/app/login ${rest}`, { allowList: allow(new URL(url).host) })
  }
  const GOOD = '__Host-sid=s3cretvalue; Secure; HttpOnly; SameSite=Lax; Path=/'

  it.each<[string[], string, string, string]>([
    [
      [GOOD],
      'expect all secure, all http-only, all same-site, all host-only, all prefixed, all session',
      'pass',
      '__Host-sid secure',
    ],
    [[GOOD], 'expect cookie "__Host-sid" lax, cookie "x" absent, count == 1', 'pass', '__Host-sid lax'],
    [[GOOD], 'expect cookie "__Host-sid" strict', 'fail', '__Host-sid with SameSite Lax · wanted'],
    [[GOOD, 'a=1; HttpOnly'], 'expect all secure', 'fail', 'a not secure · wanted all secure'],
    [[GOOD, 'a=1; Secure'], 'expect all http-only', 'fail', 'a not http-only'],
    [[GOOD, 'a=1; SameSite=None; Secure'], 'expect all same-site', 'fail', 'a with SameSite None'],
    [['a=1; Domain=127.0.0.1; Max-Age=60'], 'expect all host-only', 'fail', 'a for 127.0.0.1'],
    [['a=1; Max-Age=60'], 'expect all session', 'fail', 'a not session'],
    [['a=1'], 'expect all prefixed', 'fail', 'a not prefixed'],
    [['__Host-a=1; Secure'], 'expect all secure', 'fail', '__Host-a has its prefix without Path=/'],
    [
      ['__Secure-a=1'],
      'expect cookie "__Secure-a" present',
      'fail',
      '__Secure-a has its prefix without Secure',
    ],
    [['a=1', 'a=; Max-Age=0'], 'expect all secure', 'inconclusive', 'no cookie set'],
    [[], 'expect all secure', 'inconclusive', 'no cookie set · wanted all secure'],
    [[], 'expect cookie "sid" secure', 'inconclusive', 'sid not set'],
    [[], 'expect cookie "sid" present', 'fail', 'sid not set'],
    [[], 'expect count == 0', 'pass', '0 cookies'],
    [[GOOD, 'a=1; Secure'], 'expect all secure, warn all same-site', 'warn', 'a with SameSite not said'],
  ])('%j %s: %s', async (lines, rest, outcome, line) => {
    const { judgement } = await at(lines, rest)
    expect(judgement.line).toContain(line)
    expect(judgement.outcome).toBe(outcome)
  })

  it('looks at no page that does not answer, and keeps no value', async () => {
    expect((await at([GOOD], 'expect all secure', 500)).judgement).toMatchObject({ outcome: 'fail' })
    const { observation } = await at([GOOD], 'expect all secure')
    expect(JSON.stringify(observation)).not.toContain('s3cretvalue')
  })

  it('counts the cookies of the whole way', async () => {
    const { url } = await serve((request, response) => {
      if (request.url === '/')
        response.writeHead(302, { location: '/b', 'set-cookie': 'first=1; Path=/' }).end()
      else response.writeHead(200, { 'set-cookie': 'second=2; Path=/' }).end()
    })
    const { judgement } = await look(
      `cookies ${url}/ expect cookie first present, cookie second present, count == 2`,
      {
        allowList: allow(new URL(url).host),
      },
    )
    expect(judgement.outcome).toBe('pass')
  })

  it('says what its environment lacks, cannot tell from what is not HTTP, and fails where nobody listens', async () => {
    expect((await look('cookies $' + '{BASE_URL}/ expect all secure')).judgement.outcome).toBe('error')
    const other = await raw((socket) => socket.end('SSH-2.0-x\r\n'))
    const again = () =>
      look(`cookies ${other.url}/ expect all secure`, { allowList: allow(new URL(other.url).host) })
    expect((await again()).judgement.outcome).toBe('error')
    await other.close()
    expect((await again()).judgement.outcome).toBe('fail')
  })
})
