import { execFileSync, spawn } from 'node:child_process'
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import net from 'node:net'
import { tmpdir } from 'node:os'
import path from 'node:path'
import tls from 'node:tls'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { allow, probe } from './servers.ts'

const NGINX = ['/usr/sbin/nginx', '/usr/local/sbin/nginx', '/opt/homebrew/bin/nginx'].find((file) =>
  existsSync(file),
)

async function freePort(): Promise<number> {
  const server = net.createServer()
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', () => resolve())
  })
  const address = server.address()
  await new Promise<void>((resolve) => {
    server.close(() => resolve())
  })
  if (typeof address !== 'object' || address === null) throw new Error('no port')
  return address.port
}

/** A certificate for localhost, signed by itself; `days` may lie in the past. */
function certificate(folder: string, name: string, days: string[]): string {
  const [key, cert] = [path.join(folder, `${name}.key`), path.join(folder, `${name}.pem`)]
  const subject = ['-subj', '/CN=localhost', '-addext', 'subjectAltName=DNS:localhost']
  const flags = [
    '-newkey',
    'ec',
    '-pkeyopt',
    'ec_paramgen_curve:P-256',
    '-nodes',
    '-keyout',
    key,
    '-out',
    cert,
  ]
  execFileSync('openssl', ['req', '-x509', ...flags, ...subject, ...days], { stdio: 'ignore' })
  return cert
}

function configuration({ plain, secure, folder }: { plain: number; secure: number; folder: string }): string {
  const temporary = ['client_body', 'proxy', 'fastcgi', 'uwsgi', 'scgi']
    .map((kind) => `${kind}_temp_path ${folder}/${kind};`)
    .join(' ')
  return `daemon off; master_process off; pid ${folder}/nginx.pid; error_log ${folder}/error.log;
events { worker_connections 64; }
http {
  access_log off; ${temporary} default_type text/html; gzip on; gzip_min_length 1; gzip_types text/plain;
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
  }
}`
}

describe.skipIf(NGINX === undefined)(
  `nginx${NGINX === undefined ? ' (not installed: apt-get install nginx)' : ''}`,
  () => {
    const folder = mkdtempSync(path.join(tmpdir(), 'probe-nginx-'))
    const trusted = tls.getCACertificates('default')
    const ports = { plain: 0, secure: 0 }
    let stop = async () => {}
    let plain = ''
    let secure = ''

    beforeAll(async () => {
      ports.plain = await freePort()
      ports.secure = await freePort()
      plain = `http://127.0.0.1:${ports.plain}`
      secure = `https://localhost:${ports.secure}`
      certificate(folder, 'good', ['-days', '30'])
      writeFileSync(path.join(folder, 'nginx.conf'), configuration({ ...ports, folder }))
      const child = spawn(NGINX ?? 'nginx', ['-p', folder, '-c', path.join(folder, 'nginx.conf')], {
        stdio: 'ignore',
      })
      const gone = new Promise<void>((resolve) => {
        child.once('close', () => resolve())
      })
      stop = async () => {
        child.kill('SIGTERM')
        await gone
      }
      await vi.waitFor(
        async () => {
          const { judgement } = await probe(`${plain}/`, 'expect status == 200')
          if (judgement.outcome !== 'pass') throw new Error(judgement.line)
        },
        { timeout: 10_000, interval: 50 },
      )
    })
    afterAll(async () => {
      tls.setDefaultCACertificates(trusted)
      await stop()
      rmSync(folder, { recursive: true, force: true })
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

      tls.setDefaultCACertificates([...trusted, readFileSync(path.join(folder, 'good.pem'), 'utf8')])
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
      expect(judgement).toMatchObject({ outcome: 'error', line: 'the TLS handshake failed' })
    })
  },
)
