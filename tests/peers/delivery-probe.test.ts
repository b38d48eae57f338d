import { mkdirSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { brotliCompressSync, gzipSync, zstdCompressSync } from 'node:zlib'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { freePort, NGINX, newFolder, type Process, startNginx, titled } from './processes.ts'
import { allow, look, raw, sample, serve } from './servers.ts'

const at = (url: string, rest: string) =>
  look(`delivery ${url} ${rest}`, { allowList: allow(new URL(url).host) })

describe.skipIf(NGINX === undefined)(titled('a delivery probe against nginx', NGINX, 'nginx'), () => {
  const folder = newFolder('delivery')
  let nginx: Process
  let origin = ''
  let cache = ''

  beforeAll(async () => {
    const [first, second] = [await freePort(), await freePort()]
    origin = `http://127.0.0.1:${first}`
    cache = `http://127.0.0.1:${second}`
    mkdirSync(path.join(folder, 'www'))
    writeFileSync(path.join(folder, 'www', 'app.js'), 'const answer = 42\n'.repeat(200))
    writeFileSync(path.join(folder, 'www', 'empty.js'), '')
    const servers = `
      proxy_cache_path ${folder}/store keys_zone=store:1m;
      server {
        listen 127.0.0.1:${first}; root ${folder}/www; gzip on; gzip_min_length 1; gzip_types *; gzip_vary on;
        location / { add_header Cache-Control "public, max-age=86400, immutable"; }
        location /plain/ { alias ${folder}/www/; gzip off; add_header Cache-Control no-store; etag off; add_header Last-Modified ""; }
        location /novary/ { alias ${folder}/www/; gzip_vary off; expires 1h; }
      }
      server {
        listen 127.0.0.1:${second};
        location / { proxy_pass ${origin}; proxy_cache store; proxy_cache_valid 200 1m; add_header X-Cache-Status $upstream_cache_status; }
        location /plain/ { proxy_pass ${origin}; proxy_cache store; add_header X-Cache-Status $upstream_cache_status; }
      }`
    nginx = await startNginx({ folder, servers, ports: [first, second] })
  })
  afterAll(() => nginx.stop())

  it.each<[string, string, string, string]>([
    ['/app.js', 'expect compressed gzip, vary', 'pass', 'gzip: '],
    ['/app.js', 'expect compressed any', 'pass', 'gzip: '],
    ['/app.js', 'expect compressed br', 'fail', 'plain when asked for br · wanted compressed br'],
    ['/app.js', 'expect cacheable, max-age >= 1d, immutable, revalidates', 'pass', 'max-age=86400'],
    ['/app.js', 'expect max-age >= 7d', 'fail', 'max-age=86400 · wanted ≥ 7d'],
    ['/app.js', 'expect s-maxage >= 1s', 'fail', 'no s-maxage'],
    ['/app.js', 'expect cdn-hit', 'inconclusive', 'no cache says anything'],
    ['/app.js', 'expect compressed gzip, limit 100B', 'inconclusive', 'cut at the limit'],
    ['/app.js', 'expect compressed gzip, warn compressed br', 'warn', 'plain when asked for br'],
    ['/empty.js', 'expect compressed gzip', 'inconclusive', 'gzip of nothing'],
    ['/plain/app.js', 'expect compressed any', 'fail', 'no coding'],
    ['/plain/app.js', 'expect vary', 'inconclusive', 'nothing came compressed'],
    ['/plain/app.js', 'expect cacheable', 'fail', 'cache-control: no-store'],
    ['/plain/app.js', 'expect revalidates', 'fail', 'neither etag nor last-modified'],
    ['/plain/app.js', 'expect immutable', 'fail', 'not immutable'],
    ['/novary/app.js', 'expect compressed gzip, vary', 'fail', 'gzip with vary: nothing · wanted vary'],
    ['/missing.js', 'expect cacheable', 'fail', 'status 404 · wanted 200 to 299'],
  ])('%s %s: %s', async (address, rest, outcome, line) => {
    const { judgement } = await at(`${origin}${address}`, rest)
    expect(judgement.line).toContain(line)
    expect(judgement.outcome).toBe(outcome)
  })

  it('sees that a cache in front answers, and that it does not', async () => {
    const hit = await at(`${cache}/app.js`, 'expect cdn-hit')
    expect(hit.judgement.outcome).toBe('pass')
    expect(hit.observation).toMatchObject({
      caches: [
        expect.stringContaining('MISS'),
        expect.stringContaining('HIT'),
        expect.stringContaining('HIT'),
      ],
    })
    const miss = await at(`${cache}/plain/app.js`, 'expect cdn-hit')
    expect(miss.judgement).toMatchObject({
      outcome: 'fail',
      line: expect.stringContaining('MISS · wanted cdn-hit'),
    })
  })
})

describe('a delivery probe', () => {
  const page = 'Welcome '.repeat(100)
  const ENCODE = { gzip: gzipSync, br: brotliCompressSync, zstd: zstdCompressSync }
  const negotiating = (lie: string) =>
    serve((request, response) => {
      const asked = String(request.headers['accept-encoding'])
      if (!(asked === 'gzip' || asked === 'br' || asked === 'zstd')) return void response.end(page)
      const bytes = lie === asked ? Buffer.from(page) : ENCODE[asked](page)
      response.writeHead(200, { 'content-encoding': asked, vary: 'Origin, Accept-Encoding' }).end(bytes)
    })

  it('asks for each coding alone, and decodes what comes', async () => {
    const { url } = await negotiating('')
    expect(
      (await at(`${url}/`, 'expect compressed gzip, compressed br, compressed zstd, vary')).judgement.outcome,
    ).toBe('pass')
    const liar = await negotiating('br')
    expect((await at(`${liar.url}/`, 'expect compressed br')).judgement).toMatchObject({
      outcome: 'fail',
      line: expect.stringContaining('does not decode as br'),
    })
    expect((await at(`${liar.url}/`, 'expect compressed gzip')).judgement.outcome).toBe('pass')
  })

  it('is not satisfied with what grows', async () => {
    const { url } = await serve((request, response) => {
      if (request.headers['accept-encoding'] !== 'gzip') return void response.end('a')
      response.writeHead(200, { 'content-encoding': 'gzip' }).end(gzipSync('a'))
    })
    expect((await at(`${url}/`, 'expect compressed gzip')).judgement).toMatchObject({
      outcome: 'fail',
      line: expect.stringContaining('gzip: 21 of 1 B'),
    })
  })

  it('sees the sample target’s switches', async () => {
    const target = await sample()
    const asset = `${target.url}/static/app.js`
    expect((await at(asset, 'expect compressed gzip, compressed br, cacheable')).judgement.outcome).toBe(
      'pass',
    )
    target.broken.add('compression')
    target.broken.add('cache')
    expect((await at(asset, 'expect compressed any')).judgement.outcome).toBe('fail')
    expect((await at(asset, 'expect cacheable')).judgement.outcome).toBe('fail')
  })

  it.each<[Record<string, string | string[]>, string]>([
    [{ 'x-cache': 'TCP_MEM_HIT from a2.example (AkamaiGHost)' }, 'pass'],
    [{ 'x-cache': 'Hit from cloudfront' }, 'pass'],
    [{ 'x-cache': 'MISS, HIT', age: '0' }, 'pass'],
    [{ 'cache-status': ['Origin; fwd=miss', '"Edge, 1"; hit; ttl=-3'] }, 'pass'],
    [{ 'x-cache': 'MISS from hit-1.example.net' }, 'fail'],
    [{ 'x-cache': 'no-hit' }, 'fail'],
    [{ 'cache-status': 'Edge; fwd=stale' }, 'fail'],
    [{ 'cache-status': 'Edge; fwd=miss; detail=hit-filter' }, 'fail'],
    [{ 'cache-status': `Edge; key="${'k'.repeat(283)}"; hit=?0` }, 'inconclusive'],
    [{ age: '0' }, 'inconclusive'],
    [{ 'server-timing': 'db; dur=5' }, 'inconclusive'],
  ])('hears what caches say, %j: %s', async (headers, outcome) => {
    const { url } = await serve((_request, response) => response.writeHead(200, headers).end(page))
    expect((await at(`${url}/`, 'expect cdn-hit')).judgement.outcome).toBe(outcome)
  })

  it('says what its environment lacks, cannot tell from what is not HTTP, and fails where nobody listens', async () => {
    const asset = '$' + '{ASSET_URL}'
    expect((await look(`delivery ${asset} expect vary`)).judgement).toMatchObject({
      outcome: 'error',
      line: expect.stringContaining('ASSET_URL is not set for production'),
    })
    const other = await raw((socket) => socket.end('SSH-2.0-x\r\n'))
    expect((await at(other.url, 'expect vary')).judgement.outcome).toBe('error')
    await other.close()
    expect((await at(other.url, 'expect vary')).judgement.outcome).toBe('fail')
  })
})
