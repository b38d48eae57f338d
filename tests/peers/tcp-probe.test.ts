import { readFileSync, rmSync } from 'node:fs'
import type net from 'node:net'
import tls from 'node:tls'
import { SMTPServer } from 'smtp-server'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { authority, certificate, newFolder, REDIS, startRedis, titled } from './processes.ts'
import { allow, look, raw } from './servers.ts'

const at = (where: string, rest: string, variables: Record<string, string> = {}) =>
  look(`tcp ${where} ${rest}`, {
    variables,
    allowList: allow(where.replace(/^\w+:\/\//, '')),
    resolve: async () => ['127.0.0.1'],
  })

describe.skipIf(REDIS === undefined)(
  titled('a TCP script against redis-server', REDIS, 'redis-server'),
  () => {
    let redis: Awaited<ReturnType<typeof startRedis>>
    let where = ''
    beforeAll(async () => {
      redis = await startRedis('--requirepass', 'hunter2-long')
      where = new URL(redis.url).host
    })
    afterAll(() => redis.stop())

    it.each<[string, string, string]>([
      ['expect open', 'pass', 'connected'],
      ['expect script, say "PING\\r\\n", read "^-NOAUTH"', 'pass', '2 of 2 steps'],
      // Whoever writes a script expects it to be played, whatever else is asked.
      ['expect open, say "PING\\r\\n", read "^-NOAUTH"', 'pass', '2 of 2 steps'],
      ['expect open, time < 5s, say "PING\\r\\n", read "^\\\\+PONG"', 'fail', 'came “-NOAUTH'],
      ['expect time < 5s, warn script, say "PING\\r\\n", read "^\\\\+PONG"', 'fail', 'came “-NOAUTH'],
      [
        'expect script, say "PING\\r\\n", read "^\\\\+PONG"',
        'fail',
        'came “-NOAUTH Authentication required.”',
      ],
      [
        'expect script, time < 5s, say "AUTH $' +
          '{REDIS_PASSWORD}\\r\\n", read "^\\\\+OK", say "ECHO abc\\r\\n", read "^\\\\$3", read "^(abc)", say "ECHO x$1\\r\\n", read "^xabc"',
        'pass',
        '7 of 7 steps',
      ],
      ['expect script, say "PING $' + '{NONE}\\r\\n", read "."', 'error', 'NONE is not set'],
      ['expect script, say "QUIT\\r\\n", read "^\\\\+OK", read "more"', 'fail', 'read "more": nothing came'],
    ])('%s: %s', async (rest, outcome, line) => {
      const { judgement, observation } = await at(where, `${rest}, timeout 1s`, {
        REDIS_PASSWORD: 'hunter2-long',
      })
      expect(judgement).toMatchObject({ outcome })
      expect(judgement.line).toContain(line)
      expect(JSON.stringify(observation)).not.toContain('hunter2')
    })
  },
)

describe('a TCP script against smtp-server and others', () => {
  const folder = newFolder('tcp')
  const trusted = tls.getCACertificates('default')
  let smtp: SMTPServer
  let port = 0
  beforeAll(async () => {
    const ca = authority(folder, 'ca', 30)
    certificate(folder, { name: 'mail', by: 'ca', host: 'localhost', days: 20 })
    tls.setDefaultCACertificates([...trusted, ca])
    const read = (end: string) => readFileSync(`${folder}/mail.${end}`)
    smtp = new SMTPServer({
      cert: read('pem'),
      key: read('key'),
      authOptional: true,
      banner: 'mail of the shop',
    })
    await new Promise<void>((resolve) => {
      smtp.listen(0, '127.0.0.1', () => resolve())
    })
    const address = smtp.server.address()
    port = typeof address === 'object' && address !== null ? address.port : 0
  })
  afterAll(() => {
    tls.setDefaultCACertificates(trusted)
    smtp.close(() => undefined)
    rmSync(folder, { recursive: true, force: true })
  })

  it('greets, goes over to TLS and goes on inside it', async () => {
    const { judgement, observation } = await at(
      `localhost:${port}`,
      'expect script, read "^220 .*ESMTP", say "EHLO probe.invalid\\r\\n", read "^250[ -]STARTTLS", say "STARTTLS\\r\\n", read "^220 ", starttls, say "EHLO probe.invalid\\r\\n", read "^250 ", say "QUIT\\r\\n", read "^221 "',
    )
    expect(judgement).toMatchObject({ outcome: 'pass' })
    expect(observation).toMatchObject({
      tls: { trusted: true },
      address: `tcp://localhost:${port}`,
    })
  })

  it('a wrong banner fails with what came', async () => {
    const { judgement } = await at(`localhost:${port}`, 'expect script, read "^220 .*postfix", timeout 500ms')
    expect(judgement.outcome).toBe('fail')
    expect(judgement.line).toContain('mail of the shop')
  })

  it('who refuses fails, who is silent fails, of who floods nobody knows', async () => {
    expect((await at('127.0.0.1:2', 'expect open')).judgement).toMatchObject({
      outcome: 'fail',
      line: 'connection refused',
    })
    const silent = await raw(() => undefined)
    const quiet = await at(new URL(silent.url).host, 'expect script, read "x", timeout 300ms')
    expect(quiet.judgement).toMatchObject({ outcome: 'fail' })
    expect(quiet.judgement.line).toContain('nothing came')
    const flood = await raw((socket: net.Socket) => socket.write('y'.repeat(200_000)))
    const loud = await at(new URL(flood.url).host, 'expect script, read "x", timeout 2s')
    expect(loud.judgement).toMatchObject({
      outcome: 'inconclusive',
      line: expect.stringContaining('and more than is read'),
    })
  })

  it('nothing that a server says is taken for a variable', async () => {
    const said: string[] = []
    const liar = await raw((socket: net.Socket) => {
      socket.on('data', (chunk) => said.push(String(chunk)))
      socket.write('220 $' + '{SMTP_PASSWORD}\r\n')
    })
    await at(
      new URL(liar.url).host,
      'expect script, read "^220 (.*)", say "EHLO $1 $' + '{NAME}\\r\\n", read "250", timeout 500ms',
      { SMTP_PASSWORD: 'hunter2-long', NAME: 'shop' },
    )
    expect(said.join('')).toBe('EHLO $' + '{SMTP_PASSWORD} shop\r\n')
  })
})
