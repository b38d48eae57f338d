import { readFileSync, rmSync } from 'node:fs'
import https from 'node:https'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { authoritiesOf } from '#lib/server/egress/authorities.ts'
import { openGuardedSocket } from '#lib/server/egress/socket.ts'
import { authority, certificate, newFolder } from './processes.ts'
import { allow } from './servers.ts'

describe('authorities given as PEM', () => {
  const folder = newFolder('authorities')
  let pem = ''
  let other = ''
  let server: https.Server
  let port = 0

  beforeAll(async () => {
    pem = authority(folder, 'ours', 30)
    other = authority(folder, 'other', 30)
    certificate(folder, { name: 'api', by: 'ours', host: 'localhost', days: 20 })
    const read = (end: string) => readFileSync(`${folder}/api.${end}`)
    server = https.createServer({ cert: read('pem'), key: read('key') })
    await new Promise<void>((resolve) => {
      server.listen(0, '127.0.0.1', () => resolve())
    })
    const address = server.address()
    port = typeof address === 'object' && address !== null ? address.port : 0
  })
  afterAll(() => {
    server.close()
    rmSync(folder, { recursive: true, force: true })
  })

  it('are read in one line, with escaped or lost line breaks, as base64, and several at once', () => {
    const usual = authoritiesOf(pem)
    expect(usual).toHaveLength(1)
    for (const text of [
      pem.replaceAll('\n', '\\n'),
      pem.replaceAll('\n', ' '),
      Buffer.from(pem).toString('base64'),
    ])
      expect(authoritiesOf(text)).toEqual(usual)
    expect(authoritiesOf(pem + other)).toHaveLength(2)
  })

  it.each(['', 'no', 'LS0tLS0=', '-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----'])(
    'are none in %j',
    (text) => expect(authoritiesOf(text)).toBeNull(),
  )

  it('are trusted for this connection alone, and then nobody else is', async () => {
    const open = (ca?: readonly string[]) =>
      openGuardedSocket(
        { host: 'localhost', port, secure: true },
        {
          tls: { ca },
          allowList: allow(`localhost:${port}`),
          resolve: async () => ['127.0.0.1'],
          signal: AbortSignal.timeout(5_000),
        },
      )
    await expect(open()).rejects.toMatchObject({ kind: 'certificate' })
    await expect(open(authoritiesOf(other) ?? [])).rejects.toMatchObject({ kind: 'certificate' })
    const socket = await open(authoritiesOf(pem) ?? [])
    expect(socket.destroyed).toBe(false)
    socket.destroy()
  })
})
