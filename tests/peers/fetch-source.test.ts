import { execFileSync, spawn } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import net from 'node:net'
import { tmpdir } from 'node:os'
import path from 'node:path'
import tls from 'node:tls'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { fetchSource } from '#lib/templates/channels/fetch-source.ts'
import { allow } from './servers.ts'

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

function configuration({ port, folder }: { port: number; folder: string }): string {
  const temporary = ['client_body', 'proxy', 'fastcgi', 'uwsgi', 'scgi']
    .map((kind) => `${kind}_temp_path ${folder}/${kind};`)
    .join(' ')
  return `daemon off; master_process off; pid ${folder}/nginx.pid; error_log ${folder}/error.log;
events { worker_connections 64; }
http {
  access_log off; ${temporary} default_type text/plain; types { text/markdown md; text/html html; image/png png; }
  gzip on; gzip_min_length 1; gzip_types text/markdown;
  server {
    listen 127.0.0.1:${port} ssl; ssl_certificate ${folder}/good.pem; ssl_certificate_key ${folder}/good.key;
    root ${folder};
    location /moved { return 302 /list.md; }
    location /plain { return 302 http://localhost:${port}/list.md; }
    location /inside { return 302 https://169.254.169.254/latest/meta-data; }
    location /elsewhere { return 302 https://127.0.0.1:${port}/list.md; }
    location /round { return 302 /round; }
  }
}`
}

describe.skipIf(NGINX === undefined)(
  `fetching a checklist from nginx over TLS${NGINX === undefined ? ' (not installed: apt-get install nginx)' : ''}`,
  () => {
    const folder = mkdtempSync(path.join(tmpdir(), 'fetch-nginx-'))
    const trusted = tls.getCACertificates('default')
    const list = '\uFEFF# Go\r\n- [ ] one ☐ עברית\r\n'
    let port = 0
    let stop = async () => {}
    const get = (where: string, allowList = allow(`localhost:${port}`)) =>
      fetchSource({ url: new URL(where, `https://localhost:${port}`), allowList })

    beforeAll(async () => {
      port = await freePort()
      const [key, cert] = [path.join(folder, 'good.key'), path.join(folder, 'good.pem')]
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
      execFileSync('openssl', ['req', '-x509', ...flags, ...subject, '-days', '30'], { stdio: 'ignore' })
      writeFileSync(path.join(folder, 'list.md'), list)
      writeFileSync(path.join(folder, 'page.html'), '<h1>Blob</h1>')
      writeFileSync(path.join(folder, 'picture.png'), 'x')
      writeFileSync(path.join(folder, 'latin.md'), Uint8Array.of(0x61, 0xe9))
      writeFileSync(path.join(folder, 'nul.md'), 'a\u0000b')
      writeFileSync(path.join(folder, 'empty.md'), ' \n')
      // Noise, because a body that unpacks to a hundred times its size is taken for a bomb.
      const noise = randomBytes(500_000).toString('hex')
      writeFileSync(path.join(folder, 'most.md'), noise)
      writeFileSync(path.join(folder, 'more.md'), `${noise}x`)
      writeFileSync(path.join(folder, 'nginx.conf'), configuration({ port, folder }))
      tls.setDefaultCACertificates([...trusted, readFileSync(cert, 'utf8')])
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
          const answer = await get('/list.md')
          if (!answer.ok) throw new Error(answer.message)
        },
        { timeout: 20_000, interval: 100 },
      )
    })
    afterAll(async () => {
      tls.setDefaultCACertificates(trusted)
      await stop()
      rmSync(folder, { recursive: true, force: true })
    })

    it('gives the text as it lies there, byte order mark and line ends included, gzip or not', async () => {
      const answer = await get('/list.md')
      expect(answer).toMatchObject({ ok: true, source: list })
      expect(answer.ok && answer.finalUrl.href).toBe(`https://localhost:${port}/list.md`)
      expect(await get('/most.md')).toMatchObject({ ok: true })
    })

    it('follows a redirect to an allowed host and says where it ended', async () => {
      const answer = await get('/moved')
      expect(answer.ok && answer.finalUrl.pathname).toBe('/list.md')
    })

    it.each([
      ['/none.md', 'answers 404: there is no such file, or it is not public'],
      ['/page.html', 'This is a web page and not a Markdown file'],
      ['/picture.png', 'image/png, which is not text'],
      ['/latin.md', 'line 1, column 2: the byte 0xE9 is not UTF-8'],
      ['/nul.md', 'This is not a text file'],
      ['/empty.md', 'The file is empty'],
      ['/more.md', 'larger than 1,000,000 bytes'],
      ['/plain', 'sends on to http://, which is not followed'],
      ['/round', 'More than 5 redirects'],
    ])('%s: %s', async (where, words) => {
      expect(await get(where)).toMatchObject({
        ok: false,
        message: expect.stringContaining(words),
        blockedHost: null,
      })
    })

    it('reaches allowed hosts only, by a redirect too, and says which host was kept back', async () => {
      expect(await get('/list.md', allow('example.com:443'))).toMatchObject({
        ok: false,
        blockedHost: `localhost:${port}`,
        message: expect.stringContaining(`add “localhost:${port}” to IMPORT_HOSTS`),
      })
      expect(await get('/elsewhere')).toMatchObject({ ok: false, blockedHost: `127.0.0.1:${port}` })
      expect(await get('/inside')).toMatchObject({
        ok: false,
        blockedHost: '169.254.169.254',
        message: '169.254.169.254 is never fetched from. Paste the text instead.',
      })
    })

    it('trusts no certificate that nobody trusts', async () => {
      tls.setDefaultCACertificates(trusted)
      expect(await get('/list.md')).toMatchObject({
        ok: false,
        message: expect.stringContaining('not trusted'),
      })
    })
  },
)
