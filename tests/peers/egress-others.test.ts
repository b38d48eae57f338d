import { execFileSync } from 'node:child_process'
import { readFileSync, rmSync } from 'node:fs'
import net from 'node:net'
import tls from 'node:tls'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { postWebhook } from '#lib/notify/channels/webhook.ts'
import { sendMail } from '#lib/server/mail.ts'
import { setEnvironment } from '#tests/commands/notify/fixture.ts'
import { type MailServer, startMailServer } from '#tests/support/mail-server.ts'
import { watchConnections } from './attempts.ts'
import { ADDRESSES, FORBIDDEN, WITH_USER, widestList } from './forbidden.ts'
import { connectionsOf, KIND_TABLE, LOOKING_KINDS } from './kind-table.ts'
import { startNameServer } from './name-server.ts'
import { oddTargets } from './odd-targets.ts'
import { authority, newFolder } from './processes.ts'
import { allow, httpServer, look } from './servers.ts'

const wide = widestList()
const watch = watchConnections()
const listener = net.createServer((socket) => socket.on('error', () => undefined).destroy())
let port = 0
let names: Awaited<ReturnType<typeof startNameServer>>

beforeAll(async () => {
  names = await startNameServer()
  await new Promise<void>((done) => {
    listener.listen(0, '::', () => done())
  })
  const address = listener.address()
  port = typeof address === 'object' && address !== null ? address.port : 0
})
afterEach(() => {
  watch.drain()
})
afterAll(async () => {
  watch.stop()
  names.stop()
  await new Promise((done) => {
    listener.close(done)
  })
})

describe.each(LOOKING_KINDS)('%s', (kind) => {
  const { scheme, probe } = KIND_TABLE[kind]

  it('is not led astray by any address that can be read in two ways', async () => {
    const bad: string[] = []
    for (const target of oddTargets(scheme, port)) {
      const given = { allowList: wide, variables: { TARGET: target }, resolve: async () => ['127.0.0.1'] }
      const { judgement, observation } = await look(probe, given)
      const wrong = connectionsOf(observation).some(
        ({ connection, error }) =>
          (connection?.used ?? null) !== null || (error?.kind !== 'blocked' && error?.kind !== 'config'),
      )
      if (wrong || judgement.verdict !== 'inconclusive')
        bad.push(`${target}: ${judgement.outcome} ${judgement.line}`)
    }
    expect(bad).toEqual([])
    expect(watch.drain()).toEqual([])
  })
})

describe('a webhook of a notice', () => {
  const post = (url: string, resolve?: () => Promise<string[]>) =>
    postWebhook({ url: new URL(url), headers: [], body: '{}', allowList: wide, ...(resolve && { resolve }) })
  const never = { taken: false, again: false, words: expect.stringMatching(/.{20}/) }

  it('does not try any spelling, and no address that a name becomes', async () => {
    for (const host of [...FORBIDDEN, ...WITH_USER])
      expect(await post(`http://${host}:${port}/hook`), host).toEqual(never)
    for (const address of ADDRESSES)
      for (const round of [[address], ['93.184.215.14', address]]) {
        names.answer(round)
        const found = await post(`http://public.example:${port}/`, () => names.resolve('public.example'))
        expect(found, address).toEqual(never)
      }
    expect(watch.drain()).toEqual([])
  })

  it('is asked once, by the address that was looked at, and follows no redirect', async () => {
    let to = ''
    const from = await httpServer((_request, response) => response.writeHead(307, { location: to }).end())
    for (const host of FORBIDDEN) {
      to = `http://${host}:${port}/`.replace(/[^ -~]/g, encodeURIComponent)
      names.answer(['127.0.0.1'], ['169.254.169.254'])
      const answer = await postWebhook({
        ...{ url: new URL(`http://localhost:${from.port}/`), headers: [], body: '{}' },
        ...{ allowList: [...wide, ...allow(`localhost:${from.port}`)], resolve: names.resolve },
      })
      expect(answer).toMatchObject({ taken: false, words: 'localhost answered 307' })
    }
    await from.close()
    expect(new Set(watch.drain())).toEqual(new Set([`127.0.0.1 ${from.port}`]))
  })
})

describe('a letter of a notice', () => {
  let server: MailServer
  beforeAll(async () => {
    server = await startMailServer()
    setEnvironment({ SMTP_URL: server.url, MAIL_FROM: 'Countersign <alerts@example.com>' })
  })
  afterAll(async () => {
    setEnvironment({ SMTP_URL: undefined, MAIL_FROM: undefined })
    await server.close()
  })

  it('goes to the operator’s server and nowhere else, whatever its receiver is called', async () => {
    for (const host of FORBIDDEN)
      for (const to of [`oncall@${host}`, `oncall%${host}@public.example`, `@${host}:oncall@public.example`])
        await sendMail({
          to,
          subject: `http://${host}:${port}/`,
          text: `http://${host}:${port}/`,
          messageId: 'a@b',
        })
    expect(new Set(watch.drain())).toEqual(new Set([`127.0.0.1 ${new URL(server.url).port}`]))
    expect(server.mails.length).toBeGreaterThan(0)
  })
})

describe('a certificate that names addresses', () => {
  const folder = newFolder('named')
  afterAll(() => rmSync(folder, { recursive: true, force: true }))

  it('has none of them asked: no OCSP, no list of what is revoked, no issuer', async () => {
    const ca = authority(folder, 'ca', 30)
    const named = (end: string) => `URI:http://127.0.0.1:${port}/${end}`
    const more = [
      'subjectAltName=DNS:localhost',
      `authorityInfoAccess=OCSP;${named('ocsp')},caIssuers;${named('issuer')}`,
      `crlDistributionPoints=${named('crl')}`,
    ]
    execFileSync(
      'openssl',
      [
        ...['req', '-x509', '-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:P-256', '-nodes', '-days', '9'],
        ...[
          '-CA',
          'ca.pem',
          '-CAkey',
          'ca.key',
          '-subj',
          '/CN=localhost',
          '-keyout',
          'a.key',
          '-out',
          'a.pem',
        ],
        ...more.flatMap((one) => ['-addext', one]),
      ],
      { cwd: folder, stdio: 'ignore' },
    )
    const pair = { cert: readFileSync(`${folder}/a.pem`), key: readFileSync(`${folder}/a.key`) }
    const server = tls.createServer(pair, (socket) => socket.on('error', () => undefined).destroy())
    server.on('tlsClientError', () => undefined)
    await new Promise<void>((done) => {
      server.listen(0, '127.0.0.1', () => done())
    })
    const address = server.address()
    const host = `localhost:${typeof address === 'object' ? address?.port : 0}`
    const given = {
      allowList: allow(host),
      variables: { TARGET: `https://${host}`, CA: ca.replaceAll('\n', ' ') },
    }
    const asked = 'tls $' + '{TARGET} ca $' + '{CA} expect trusted, hostname'
    expect((await look(asked, given)).judgement.outcome).toBe('pass')
    for (const kind of LOOKING_KINDS.filter((one) => KIND_TABLE[one].scheme === 'http'))
      await look(`${KIND_TABLE[kind].probe}`, given)
    await look(asked.replace('trusted, hostname', 'trusted, stapled'), given)
    expect(new Set(watch.drain())).toEqual(new Set([`127.0.0.1 ${host.split(':')[1]}`]))
    server.close()
  })
})
