import { mkdirSync, writeFileSync } from 'node:fs'
import path from 'node:path'
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
import { allow, look, raw, sample, serve } from './servers.ts'

const BASE = '$' + '{BASE_URL}'

describe.skipIf(NGINX === undefined)(titled('a probe of headers against nginx', NGINX, 'nginx'), () => {
  const trusted = tls.getCACertificates('default')
  const folder = newFolder('headers')
  const ports = { secure: 0, plain: 0, stranger: 0 }
  let nginx: Process

  beforeAll(async () => {
    for (const name of ['secure', 'plain', 'stranger'] as const) ports[name] = await freePort()
    const ca = authority(folder, 'ca', 3000)
    authority(folder, 'other', 3000)
    certificate(folder, { name: 'good', by: 'ca', host: 'localhost', days: 60 })
    certificate(folder, { name: 'bad', by: 'other', host: 'localhost', days: 60 })
    mkdirSync(path.join(folder, 'www'))
    writeFileSync(
      path.join(folder, 'www', 'index.html'),
      '<!doctype html><title>x</title><script src="/a.js"></script>',
    )
    writeFileSync(
      path.join(folder, 'www', 'cdn.html'),
      '<!doctype html><script src="http://cdn.example/a.js"></script>',
    )
    const strict = `
      add_header Content-Security-Policy "default-src 'none'; script-src 'self'; form-action 'self'; frame-ancestors 'none'" always;
      add_header Strict-Transport-Security "max-age=63072000; includeSubDomains" always;
      add_header X-Content-Type-Options nosniff always;
      add_header Referrer-Policy no-referrer always;
      add_header Cross-Origin-Resource-Policy same-origin always;`
    const servers = `
      server {
        listen 127.0.0.1:${ports.secure} ssl; ssl_certificate ${folder}/good.pem; ssl_certificate_key ${folder}/good.key;
        root ${folder}/www;
        location = / { ${strict} try_files /index.html =404; }
        location = /cdn { ${strict} try_files /cdn.html =404; }
        location = /cookie { ${strict} add_header Set-Cookie "sessionid=s3cretvalue; Path=/"; return 200 "<p>"; }
        location = /bare { return 200 "<p>"; }
        location = /down { ${strict} return 503; }
        location = /away { return 301 http://localhost:${ports.plain}/stay; }
      }
      server {
        listen 127.0.0.1:${ports.stranger} ssl; ssl_certificate ${folder}/bad.pem; ssl_certificate_key ${folder}/bad.key;
        return 200 ok;
      }
      server {
        listen 127.0.0.1:${ports.plain};
        location = / { return 301 https://localhost:${ports.secure}/; }
        location = /stay { return 200 "<p>"; }
        location = /bad { return 301 https://localhost:${ports.stranger}/; }
      }`
    nginx = await startNginx({ folder, servers, ports: Object.values(ports) })
    tls.setDefaultCACertificates([...trusted, ca])
  })
  afterAll(async () => {
    tls.setDefaultCACertificates(trusted)
    await nginx.stop()
  })

  const at = (
    page: string,
    rest: string,
    allowed: (keyof typeof ports)[] = ['secure', 'plain', 'stranger'],
  ) =>
    look(`headers ${BASE}${page} ${rest}`, {
      variables: {
        BASE_URL: `https://localhost:${ports.secure}`,
        PLAIN_URL: `http://localhost:${ports.plain}`,
      },
      allowList: allow(...allowed.map((name) => `localhost:${ports[name]}`)),
    })
  const PLAIN = 'plain $' + '{PLAIN_URL}'

  it.each<[string, string, string, string]>([
    ['/', `expect grade >= A+, score >= 100, ${PLAIN}`, 'pass', 'grade A+, score 130'],
    [
      '/',
      `expect content-security-policy, cookies, redirection, x-frame-options, ${PLAIN}`,
      'pass',
      'redirection-to-https',
    ],
    ['/', `expect redirection, ${PLAIN}/stay`, 'fail', 'redirection-missing · wanted redirection'],
    ['/', `expect redirection, ${PLAIN}/bad`, 'fail', 'redirection-invalid-cert'],
    ['/', 'expect redirection', 'inconclusive', 'redirection not known: where localhost:'],
    ['/', 'expect grade >= F', 'inconclusive', 'no score: redirection not known'],
    ['/', 'expect strict-transport-security', 'pass', 'hsts-implemented-max-age-at-least-six-months'],
    ['/', 'expect grade >= A+, plain none', 'pass', 'grade A+'],
    ['/', 'expect grade >= A+, plain http://localhost:1/', 'inconclusive', 'is not on this environment'],
    ['/bare', 'expect grade >= B, plain none', 'fail', 'grade D, score 30 (csp-not-implemented -25'],
    ['/bare', 'expect score >= 30, plain none', 'pass', 'score 30'],
    ['/bare', 'expect score > 0, warn grade >= C, plain none', 'warn', 'wanted ≥ C'],
    [
      '/cdn',
      'expect subresource-integrity',
      'fail',
      'sri-not-implemented-and-external-scripts-not-loaded-securely',
    ],
    ['/cdn', 'expect subresource-integrity, limit 20B', 'inconclusive', 'the page is cut (limit)'],
    ['/cookie', 'expect cookies', 'fail', 'cookies-session-without-httponly-flag'],
    ['/down', 'expect grade >= F, plain none', 'fail', 'status 503 · wanted 200 to 399, 401 or 403'],
    ['/away', 'expect grade >= F, plain none', 'fail', 'the redirect leads from https to http'],
  ])('%s %s: %s', async (page, rest, outcome, line) => {
    const { judgement } = await at(page, rest)
    expect(judgement.line).toContain(line)
    expect(judgement.outcome).toBe(outcome)
  })

  it('keeps what a person needs to judge again, and no value of a cookie', async () => {
    const { observation } = await at('/cookie', `expect cookies, ${PLAIN}`)
    if (observation.kind !== 'headers') throw new Error(observation.kind)
    expect(observation.page).toMatchObject({
      cookies: [{ name: 'sessionid', secure: false, httpOnly: false, sameSite: null }],
      scripts: [],
      isHtml: true,
    })
    expect(observation.plain).toMatchObject({
      end: 'answered',
      route: [expect.stringMatching(/^http:/), expect.stringMatching(/^https:/)],
    })
    expect(JSON.stringify(observation)).not.toContain('s3cretvalue')
  })

  it('a certificate that nobody trusts fails, and nothing else is graded', async () => {
    const { judgement } = await look(
      `headers https://localhost:${ports.stranger}/ expect score >= 0, plain none`,
      {
        allowList: allow(`localhost:${ports.stranger}`),
      },
    )
    expect(judgement).toMatchObject({ outcome: 'fail', conditions: [] })
    expect(judgement.line).toContain('the certificate is not trusted')
  })
})

describe('a probe of headers', () => {
  it('grades the sample target as a page without TLS, and sees its switches', async () => {
    const target = await sample()
    const at = async (rest: string) =>
      (await look(`headers ${target.url}/ ${rest}`, { allowList: allow(new URL(target.url).host) })).judgement
    expect(
      (await at('expect content-security-policy, x-frame-options, x-content-type-options')).outcome,
    ).toBe('pass')
    expect(await at('expect grade >= C')).toMatchObject({
      outcome: 'pass',
      line: expect.stringContaining('redirection-missing -20'),
    })
    target.broken.add('csp')
    expect((await at('expect content-security-policy')).outcome).toBe('fail')
    expect((await at('expect grade >= C')).outcome).toBe('fail')
  })

  it('sees a site that lets every other site read as its visitor', async () => {
    const { url } = await serve((request, response) => {
      const { origin } = request.headers
      if (origin !== undefined)
        response
          .setHeader('access-control-allow-origin', origin)
          .setHeader('access-control-allow-credentials', 'true')
      if (request.method === 'OPTIONS') response.writeHead(204)
      response.end('<p>')
    })
    const at = (rest: string) => look(`headers ${url}/ ${rest}`, { allowList: allow(new URL(url).host) })
    expect((await at('expect cross-origin-resource-sharing')).judgement).toMatchObject({
      outcome: 'fail',
      line: expect.stringContaining('universal-access'),
    })
    const closing = await serve((request, response) => {
      if (request.method === 'OPTIONS') request.socket.destroy()
      else response.end('<p>')
    })
    const seen = await look(`headers ${closing.url}/ expect cross-origin-resource-sharing`, {
      allowList: allow(new URL(closing.url).host),
    })
    expect(seen.judgement.outcome).toBe('inconclusive')
  })

  it('says what its environment lacks, cannot tell from what is not HTTP, and fails where nobody listens', async () => {
    expect((await look(`headers ${BASE}/ expect grade >= B`)).judgement).toMatchObject({
      outcome: 'error',
      line: expect.stringContaining('BASE_URL is not set for production'),
    })
    const other = await raw((socket) => socket.end('SSH-2.0-x\r\n'))
    const at = () =>
      look(`headers ${other.url}/ expect grade >= B`, { allowList: allow(new URL(other.url).host) })
    expect((await at()).judgement.outcome).toBe('error')
    await other.close()
    expect((await at()).judgement.outcome).toBe('fail')
  })
})
