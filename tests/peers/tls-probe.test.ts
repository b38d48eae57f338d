import { X509Certificate } from 'node:crypto'
import { readFileSync } from 'node:fs'
import type net from 'node:net'
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
import { allow, look, raw } from './servers.ts'

const BASE = '$' + '{BASE_URL}'
const CA = '$' + '{CORP_CA}'
const SITES = ['good', 'shortCa', 'old', 'expired', 'other', 'unknown', 'plain'] as const
type Site = (typeof SITES)[number]

describe.skipIf(NGINX === undefined)(titled('a TLS probe against nginx', NGINX, 'nginx'), () => {
  const trusted = tls.getCACertificates('default')
  const folder = newFolder('tls')
  const ports = {} as Record<Site, number>
  let nginx: Process

  beforeAll(async () => {
    for (const site of SITES) ports[site] = await freePort()
    const good = authority(folder, 'ca', 3000)
    const short = authority(folder, 'short', 9)
    authority(folder, 'stranger', 3000)
    certificate(folder, { name: 'good', by: 'ca', host: 'localhost', days: 60 })
    certificate(folder, { name: 'shortCa', by: 'short', host: 'localhost', days: 60 })
    certificate(folder, { name: 'old', by: 'ca', host: 'localhost', days: 60 })
    certificate(folder, { name: 'expired', by: 'ca', host: 'localhost', days: -3 })
    certificate(folder, { name: 'other', by: 'ca', host: 'other.example', days: 60 })
    certificate(folder, { name: 'unknown', by: 'stranger', host: 'localhost', days: 60 })
    const site = (name: Site, more: string) =>
      `server { listen 127.0.0.1:${ports[name]} ssl; ssl_certificate ${folder}/${name}.pem; ssl_certificate_key ${folder}/${name}.key; ${more} return 200 ok; }`
    const modern = 'ssl_protocols TLSv1.2 TLSv1.3;'
    const servers = [
      site('good', modern),
      site('shortCa', modern),
      site('old', 'ssl_protocols TLSv1 TLSv1.1 TLSv1.2; ssl_ciphers ALL:@SECLEVEL=0;'),
      site('expired', modern),
      site('other', modern),
      site('unknown', modern),
      `server { listen 127.0.0.1:${ports.plain}; return 200 plain; }`,
    ]
    nginx = await startNginx({ folder, servers: servers.join('\n'), ports: Object.values(ports) })
    tls.setDefaultCACertificates([...trusted, good, short])
  })
  afterAll(async () => {
    tls.setDefaultCACertificates(trusted)
    await nginx.stop()
  })

  const at = (site: Site, rest: string) => {
    const host = `localhost:${ports[site]}`
    return look(`tls ${BASE} ${rest}`, {
      variables: { BASE_URL: `https://${host}/app/` },
      allowList: allow(host),
    })
  }

  it.each<[Site, string, string, string]>([
    ['good', 'expect days-left >= 14, chain-days-left >= 14, trusted, hostname', 'pass', '59 days left'],
    ['good', 'expect days-left >= 60', 'fail', '59 days left · wanted ≥ 60'],
    ['good', 'expect version >= 1.3', 'pass', 'TLSv1.3'],
    ['good', 'expect refuses 1.0, refuses 1.1, offers 1.2, offers 1.3', 'pass', 'TLS 1.0 refused'],
    ['good', 'expect key-bits >= 256', 'pass', '256 key bits'],
    ['good', 'expect key-type ec, signature >= sha256', 'pass', 'key type ec'],
    ['good', 'expect key-type rsa', 'fail', 'key type ec · wanted key-type rsa'],
    ['good', 'expect signature > sha256', 'fail', 'signature ecdsa-with-SHA256 · wanted > sha256'],
    ['good', 'expect days-left >= 14, warn days-left >= 90', 'warn', '59 days left · wanted ≥ 90'],
    ['shortCa', 'expect days-left >= 14', 'pass', '59 days left'],
    ['shortCa', 'expect chain-days-left >= 14', 'fail', '8 days left in the chain · wanted ≥ 14'],
    ['old', 'expect version >= 1.3', 'fail', 'TLSv1.2 · wanted ≥ 1.3'],
    ['old', 'expect refuses 1.0', 'fail', 'TLS 1.0 accepted · wanted refuses 1.0'],
    ['old', 'expect refuses 1.1', 'fail', 'TLS 1.1 accepted · wanted refuses 1.1'],
    ['old', 'expect refuses 1.3', 'pass', 'TLS 1.3 refused'],
    ['expired', 'expect days-left >= 0', 'fail', 'not trusted: it has expired · wanted trusted · 1 more'],
    ['other', 'expect days-left >= 14', 'fail', 'not for localhost, but DNS:other.example · wanted hostname'],
    ['unknown', 'expect days-left >= 14', 'fail', 'its chain is incomplete or its authority unknown'],
    ['unknown', 'expect chain-days-left >= 14, trusted', 'fail', 'not trusted'],
    ['plain', 'expect trusted', 'error', 'the TLS handshake failed: no TLS at this port, check it'],
  ])('%s, %s: %s', async (site, rest, outcome, line) => {
    const { judgement } = await at(site, rest)
    expect(judgement.line).toContain(line)
    expect(judgement.outcome).toBe(outcome)
  })

  it('trusts the authorities that the environment names, and only those', async () => {
    const stranger = readFileSync(path.join(folder, 'stranger.pem'), 'utf8')
    const named = (site: Site, text: string) => {
      const host = `localhost:${ports[site]}`
      return look(`tls https://${host} expect trusted, chain-days-left >= 14, ca ${CA}`, {
        variables: { CORP_CA: text },
        allowList: allow(host),
      })
    }
    // A variable has one line.
    expect((await named('unknown', stranger.replaceAll('\n', ' '))).judgement.outcome).toBe('pass')
    expect((await named('good', stranger)).judgement).toMatchObject({
      outcome: 'fail',
      line: expect.stringContaining('not trusted'),
    })
    expect((await named('good', 'no certificate')).judgement).toMatchObject({
      outcome: 'error',
      line: "CORP_CA holds no certificate in PEM. Set it to the authority's certificate.",
    })
    const host = `localhost:${ports.unknown}`
    const page = await look(`http https://${host}/ expect status == 200, ca ${CA}`, {
      variables: { CORP_CA: stranger },
      allowList: allow(host),
    })
    expect(page.judgement.outcome).toBe('pass')
    const missing = await look(`tls https://${host} expect trusted, ca ${CA}`, {
      allowList: allow(host),
    })
    expect(missing.judgement.line).toContain('CORP_CA is not set for production')
  })

  it('a pinned certificate need not be trusted, and another one is not it', async () => {
    const text = readFileSync(path.join(folder, 'unknown.pem'), 'utf8')
    const print = fingerprint(text)
    expect((await at('unknown', `expect fingerprint "${print}"`)).judgement.outcome).toBe('pass')
    expect((await at('good', `expect fingerprint "${print}"`)).judgement.outcome).toBe('fail')
  })

  it('keeps what a person needs to judge again, and no more', async () => {
    const { observation } = await at('good', 'expect refuses 1.0')
    if (observation.kind !== 'tls') throw new Error(observation.kind)
    expect(observation.handshake).toMatchObject({ hostname: true, trusted: true, version: 'TLSv1.3' })
    expect(observation.handshake?.chain.map(({ subject }) => subject)).toEqual([
      'CN=localhost',
      'CN=Test authority ca',
    ])
    expect(observation.versions).toEqual([
      { version: '1.0', result: 'refused', why: expect.stringContaining('protocol_version') },
    ])
    expect(observation.connection).toMatchObject({ host: 'localhost', used: '127.0.0.1' })
  })
})

describe('a TLS probe', () => {
  const expectation = 'expect trusted'

  it('cannot measure without its variable, with one that has no TLS, and behind the guard', async () => {
    const none = await look(`tls ${BASE} ${expectation}`)
    expect(none.judgement).toMatchObject({ outcome: 'error', verdict: 'inconclusive' })
    expect(none.judgement.line).toBe(
      "BASE_URL is not set for production. Set it on the environment's page, then run the probe again.",
    )
    const plain = await look(`tls ${BASE} ${expectation}`, { variables: { BASE_URL: 'http://a.example' } })
    expect(plain.judgement.line).toContain('becomes a http address in production; this probe needs https')
    expect((await look(`tls localhost:1 ${expectation}`)).judgement.outcome).toBe('blocked')
  })

  it('fails where nobody listens or the server stays silent', async () => {
    const { port, close } = await raw(() => undefined)
    const host = `127.0.0.1:${port}`
    const silent = await look(`tls ${host} ${expectation}, timeout 300ms`, { allowList: allow(host) })
    expect(silent.judgement).toMatchObject({ outcome: 'fail', line: 'no whole answer within 300 ms' })
    await close()
    const refused = await look(`tls ${host} ${expectation}`, { allowList: allow(host) })
    expect(refused.judgement).toMatchObject({ outcome: 'fail', line: 'connection refused' })
  })

  it('sees whether the state of the certificate is sent along', async () => {
    const { key, cert, print } = selfSigned()
    const staple = async (answer: Buffer | null) => {
      const server = tls.createServer({ key, cert }, (socket) => socket.on('error', () => undefined))
      server.on('OCSPRequest', (_certificate, _issuer, done: (error: null, answer: Buffer | null) => void) =>
        done(null, answer),
      )
      server.on('tlsClientError', () => undefined)
      await new Promise<void>((resolve) => {
        server.listen(0, '127.0.0.1', () => resolve())
      })
      const address = server.address()
      const host = `127.0.0.1:${typeof address === 'object' ? address?.port : 0}`
      const { judgement } = await look(`tls ${host} expect fingerprint "${print}", stapled`, {
        allowList: allow(host),
      })
      server.close()
      return judgement
    }
    expect((await staple(Buffer.from('an answer'))).outcome).toBe('pass')
    expect(await staple(null)).toMatchObject({
      outcome: 'fail',
      line: expect.stringContaining('no OCSP answer stapled'),
    })
  })

  it('takes a hang-up for a refusal only when it is repeated', async () => {
    const context = tls.createSecureContext({
      ...selfSigned(),
      minVersion: 'TLSv1',
      ciphers: 'ALL:@SECLEVEL=0',
    })
    const serve = (hangUps: number) => {
      let left = hangUps
      return raw((socket) => {
        socket.once('data', (hello: Buffer) => {
          const offersOldOnly = !hello.includes(Buffer.from([0x03, 0x03]))
          if (offersOldOnly && left-- > 0) return void socket.destroy()
          socket.pause()
          socket.unshift(hello)
          secure(socket, context)
        })
      })
    }
    const outcome = async (hangUps: number) => {
      const { port } = await serve(hangUps)
      const host = `127.0.0.1:${port}`
      const print = selfSigned().print
      const { observation } = await look(`tls ${host} expect fingerprint "${print}", refuses 1.0`, {
        allowList: allow(host),
      })
      return observation.kind === 'tls' ? observation.versions[0] : null
    }
    expect(await outcome(2)).toMatchObject({ result: 'refused', why: 'the server hung up twice' })
    expect(await outcome(1)).toMatchObject({ result: 'accepted' })
  })

  it('says STARTTLS first, in the words of SMTP and of PostgreSQL', async () => {
    const { print, ...pair } = selfSigned()
    const context = tls.createSecureContext(pair)
    const smtp = await raw((socket) => {
      socket.write('220-mail.example\r\n220 ready\r\n')
      socket.on('data', function hear(said: Buffer) {
        if (said.toString().startsWith('EHLO'))
          socket.write('250-mail.example\r\n250-SIZE 1\r\n250 STARTTLS\r\n')
        else {
          socket.off('data', hear)
          socket.write('220 go ahead\r\n', () => secure(socket, context))
        }
      })
    })
    const postgres = (answer: string) =>
      raw((socket) => {
        socket.once('data', (said: Buffer) => {
          if (said.readInt32BE(4) !== 80_877_103) return void socket.destroy()
          socket.write(answer, () => answer === 'S' && secure(socket, context))
        })
      })
    const outcome = async ({ port }: { port: number }, protocol: string) => {
      const host = `127.0.0.1:${port}`
      const text = `tls ${host} expect fingerprint "${print}", starttls ${protocol}, timeout 2s`
      const { judgement } = await look(text, { allowList: allow(host) })
      return [judgement.outcome, judgement.line]
    }
    expect((await outcome(smtp, 'smtp'))[0]).toBe('pass')
    expect((await outcome(await postgres('S'), 'postgres'))[0]).toBe('pass')
    expect(await outcome(await postgres('N'), 'postgres')).toEqual(['error', 'the server does not offer TLS'])
    expect(await outcome(await postgres('S extra'), 'postgres')).toEqual([
      'error',
      'the answer is not PostgreSQL’s; check host and port',
    ])
  })
})

const fingerprint = (pem: string | Buffer) => new X509Certificate(pem).fingerprint256

let made: { key: Buffer; cert: Buffer; print: string } | undefined
function selfSigned() {
  if (made === undefined) {
    const folder = newFolder('self')
    authority(folder, 'self', 10)
    const [key, cert] = [
      readFileSync(path.join(folder, 'self.key')),
      readFileSync(path.join(folder, 'self.pem')),
    ]
    made = { key, cert, print: fingerprint(cert) }
  }
  return made
}

function secure(socket: net.Socket, secureContext: tls.SecureContext): void {
  new tls.TLSSocket(socket, { isServer: true, secureContext }).on('error', () => undefined)
}
