import tls from 'node:tls'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { freePort, NGINX, newFolder, ownCertificate, type Process, startNginx, titled } from './processes.ts'
import { allow, probe } from './servers.ts'

function servers({ plain, secure, folder }: { plain: number; secure: number; folder: string }): string {
  return `gzip on; gzip_min_length 1; gzip_types text/plain;
  server {
    listen 127.0.0.1:${plain};
    add_header X-Frame-Options DENY always;
    location = / { return 200 "Welcome to the real nginx"; }
    location = /down { return 503; }
    location = /text { default_type text/plain; return 200 "${'Welcome '.repeat(200)}"; }
    location = /cached { add_header Cache-Control "public, max-age=86400"; return 200 "x"; }
    location = /move { return 301 /; }
    location = /secure { return 301 https://localhost:${secure}/; }
  }
  server {
    listen 127.0.0.1:${secure} ssl; ssl_certificate ${folder}/good.pem; ssl_certificate_key ${folder}/good.key; ssl_protocols TLSv1.2 TLSv1.3;
    add_header Strict-Transport-Security "max-age=31536000; includeSubDomains" always;
    location = / { return 200 "over TLS"; }
  }`
}

describe.skipIf(NGINX === undefined)(titled('nginx', NGINX, 'nginx'), () => {
  const folder = newFolder('nginx')
  const trusted = tls.getCACertificates('default')
  const ports = { plain: 0, secure: 0 }
  let nginx: Process
  let own = ''
  let plain = ''
  let secure = ''

  beforeAll(async () => {
    ports.plain = await freePort()
    ports.secure = await freePort()
    plain = `http://127.0.0.1:${ports.plain}`
    secure = `https://localhost:${ports.secure}`
    own = ownCertificate(folder, 'good', 30)
    nginx = await startNginx({
      folder,
      servers: servers({ ...ports, folder }),
      ports: Object.values(ports),
    })
  })
  afterAll(async () => {
    tls.setDefaultCACertificates(trusted)
    await nginx.stop()
  })

  it.each([
    ['/', 'expect status == 200, body contains "real nginx", header server contains nginx', 'pass'],
    ['/', 'expect header x-frame-options == "DENY"', 'pass'],
    ['/', 'expect header strict-transport-security max-age >= 31536000', 'fail'],
    ['/down', 'expect status == 200', 'fail'],
    ['/missing', 'expect status == 200', 'fail'],
    ['/missing', 'expect status in (404, 410)', 'pass'],
    [
      '/text',
      'expect header content-encoding == gzip, body contains Welcome, send accept-encoding: gzip',
      'pass',
    ],
    ['/text', 'expect header content-encoding absent, body contains Welcome', 'pass'],
    ['/cached', 'expect header cache-control max-age >= 86400', 'pass'],
    ['/cached', 'expect header cache-control max-age >= 86401', 'fail'],
    ['/move', 'expect status == 301, header location contains "/"', 'pass'],
    ['/move', 'expect status == 200, redirects same-host', 'pass'],
    ['/', 'expect json status == "ok"', 'inconclusive'],
  ])('%s %s: %s', async (where, rest, outcome) => {
    expect((await probe(`${plain}${where}`, rest)).judgement.outcome).toBe(outcome)
  })

  it('is seen over TLS only when its certificate is trusted, and the facts are kept either way', async () => {
    const distrusted = await probe(`${secure}/`, 'expect status == 200')
    expect(distrusted.judgement).toMatchObject({
      outcome: 'fail',
      line: 'the certificate is not trusted: it is signed by itself',
    })
    expect(distrusted.observation.tls).toMatchObject({
      trusted: false,
      serverName: 'localhost',
      certificate: { subject: 'CN=localhost', names: ['DNS:localhost'], daysLeft: 29 },
    })
    expect(distrusted.observation.response).toBeNull()

    tls.setDefaultCACertificates([...trusted, own])
    const rest = 'expect body contains "over TLS", header strict-transport-security max-age >= 31536000'
    const { judgement, observation } = await probe(`${secure}/`, rest)
    expect(judgement.outcome).toBe('pass')
    expect(observation.tls).toMatchObject({ version: 'TLSv1.3', trusted: true, distrust: null })
    expect(observation.phases.tls).not.toBeNull()

    const byNumber = await probe(`https://127.0.0.1:${ports.secure}/`, 'expect status == 200')
    expect(byNumber.judgement).toMatchObject({
      outcome: 'fail',
      line: 'the certificate is not trusted: it is for another name',
    })
    const upgraded = await probe(`${plain}/secure`, 'expect body contains "over TLS", redirects follow', {
      allowList: allow(`127.0.0.1:${ports.plain}`, `localhost:${ports.secure}`),
    })
    expect(upgraded.judgement.outcome).toBe('pass')
    expect(upgraded.observation.redirects).toHaveLength(1)
  })

  it('does not speak TLS on its plain port', async () => {
    const { judgement } = await probe(`https://127.0.0.1:${ports.plain}/`, 'expect status == 200')
    expect(judgement).toMatchObject({
      outcome: 'error',
      line: 'the TLS handshake failed: no TLS at this port, check it',
    })
  })
})
