import { randomBytes } from 'node:crypto'
import { writeFileSync } from 'node:fs'
import path from 'node:path'
import tls from 'node:tls'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { fetchSource } from '#lib/templates/channels/fetch-source.ts'
import { freePort, NGINX, newFolder, ownCertificate, type Process, startNginx, titled } from './processes.ts'
import { allow } from './servers.ts'

function server({ port, folder }: { port: number; folder: string }): string {
  return `gzip on; gzip_min_length 1; gzip_types text/markdown;
  server {
    default_type text/plain; types { text/markdown md; text/html html; image/png png; }
    listen 127.0.0.1:${port} ssl; ssl_certificate ${folder}/good.pem; ssl_certificate_key ${folder}/good.key;
    root ${folder};
    location /moved { return 302 /list.md; }
    location /plain { return 302 http://localhost:${port}/list.md; }
    location /inside { return 302 https://169.254.169.254/latest/meta-data; }
    location /elsewhere { return 302 https://127.0.0.1:${port}/list.md; }
    location /round { return 302 /round; }
  }`
}

describe.skipIf(NGINX === undefined)(
  titled('fetching a checklist from nginx over TLS', NGINX, 'nginx'),
  () => {
    const folder = newFolder('fetch')
    const trusted = tls.getCACertificates('default')
    const list = '\uFEFF# Go\r\n- [ ] one ☐ עברית\r\n'
    let port = 0
    let nginx: Process
    const get = (where: string, allowList = allow(`localhost:${port}`)) =>
      fetchSource({ url: new URL(where, `https://localhost:${port}`), allowList })

    beforeAll(async () => {
      port = await freePort()
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
      tls.setDefaultCACertificates([...trusted, ownCertificate(folder, 'good', 30)])
      nginx = await startNginx({ folder, servers: server({ port, folder }), ports: [port] })
    })
    afterAll(async () => {
      tls.setDefaultCACertificates(trusted)
      await nginx.stop()
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
