import { writeFileSync } from 'node:fs'
import path from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { shown } from '#lib/probes/shown.ts'
import { madeCertificates } from './chains.ts'
import { type Exporter, startExporter } from './exporter.ts'
import { BLACKBOX, freePort, NGINX, newFolder, type Process, startNginx, titled } from './processes.ts'
import { allow, look } from './servers.ts'

/** What each server sends along behind its own certificate, and which roots are trusted: as after the end of a root that signed across. */
const SITES = [
  { name: 'plain', sends: ['middle'], trusts: ['new'] },
  { name: 'cross', sends: ['middle', 'cross'], trusts: ['new'] },
  { name: 'crossAndOld', sends: ['middle', 'cross', 'old'], trusts: ['new'] },
  { name: 'crossEnded', sends: ['middle', 'crossEnded'], trusts: ['new'] },
  { name: 'allEnded', sends: ['middle', 'crossEnded', 'old'], trusts: ['new', 'old'] },
  { name: 'both', sends: ['middle', 'crossSoon', 'soon'], trusts: ['new', 'soon'] },
  { name: 'onlySoon', sends: ['middle', 'crossSoon', 'soon'], trusts: ['soon'] },
  { name: 'onlyOld', sends: ['middle', 'cross', 'old'], trusts: ['old'] },
  { name: 'missing', sends: [], trusts: ['new'] },
] as const

describe.skipIf(NGINX === undefined || BLACKBOX === undefined)(
  titled(
    'the chain that holds longest, as blackbox_exporter finds it',
    BLACKBOX,
    'nginx prometheus-blackbox-exporter',
  ),
  () => {
    const folder = newFolder('chains')
    const pem = madeCertificates(folder, [
      { name: 'new', subject: 'New root', by: 'new', days: 3000 },
      { name: 'old', subject: 'Old root', by: 'old', days: -3 },
      { name: 'soon', subject: 'Root that ends soon', by: 'soon', days: 9 },
      { name: 'cross', subject: 'New root', key: 'new', by: 'old', days: 40 },
      { name: 'crossEnded', subject: 'New root', key: 'new', by: 'old', days: -3 },
      { name: 'crossSoon', subject: 'New root', key: 'new', by: 'soon', days: 8 },
      { name: 'middle', subject: 'Middle', by: 'new', days: 200 },
      { name: 'site', subject: 'localhost', by: 'middle', days: 60, ca: false },
    ])
    const ports = new Map<string, number>()
    let exporter: Exporter
    let nginx: Process

    beforeAll(async () => {
      for (const { name } of SITES) ports.set(name, await freePort())
      for (const { name, sends, trusts } of SITES) {
        writeFileSync(path.join(folder, `${name}.chain`), ['site', ...sends].map(pem).join(''))
        writeFileSync(path.join(folder, `${name}.trust`), trusts.map(pem).join(''))
      }
      const servers = SITES.map(
        ({ name }) =>
          `server { listen 127.0.0.1:${ports.get(name)} ssl; ssl_certificate ${folder}/${name}.chain; ssl_certificate_key ${folder}/site.key; return 200 ok; }`,
      )
      nginx = await startNginx({ folder, servers: servers.join('\n'), ports: [...ports.values()] })
      const modules = SITES.map(({ name }) => [
        name,
        {
          prober: 'tcp',
          timeout: '2s',
          tcp: {
            tls: true,
            preferred_ip_protocol: 'ip4',
            tls_config: { ca_file: `${folder}/${name}.trust` },
          },
        },
      ])
      exporter = await startExporter(Object.fromEntries(modules))
    }, 60_000)
    afterAll(async () => {
      await nginx.stop()
      await exporter.stop()
    })

    async function theirs(name: string): Promise<{ success: boolean; ends: number | null }> {
      const text = await exporter.ask(name, `localhost:${ports.get(name)}`)
      const ends = /^probe_ssl_last_chain_expiry_timestamp_seconds (\S+)$/m.exec(text)?.[1]
      return { success: /^probe_success 1$/m.test(text), ends: ends === undefined ? null : Number(ends) }
    }

    async function ours(name: string, rest = 'chain-days-left >= 0') {
      const host = `localhost:${ports.get(name)}`
      const { judgement, observation } = await look(`tls https://${host} expect ${rest}, ca $\{CA}`, {
        variables: { CA: (SITES.find((site) => site.name === name)?.trusts ?? []).map(pem).join('') },
        allowList: allow(host),
      })
      if (observation.kind !== 'tls' || observation.handshake === null) throw new Error(judgement.line)
      return { judgement, observation, handshake: observation.handshake }
    }

    it.each(SITES.map(({ name }) => name))('%s', async (name) => {
      const [exported, { judgement, handshake }] = await Promise.all([theirs(name), ours(name)])
      expect([judgement.verdict === 'pass', judgement.line]).toEqual([exported.success, expect.any(String)])
      expect(handshake.trusted).toBe(exported.success)
      if (!exported.success) return
      const ends = Math.min(...handshake.chain.map(({ validTo }) => Date.parse(validTo) / 1000))
      expect(ends).toBe(exported.ends)
    })

    it.each([
      ['cross', 'chain-days-left >= 59', 'pass'],
      ['crossAndOld', 'chain-days-left >= 59', 'pass'],
      ['allEnded', 'chain-days-left >= 59', 'pass'],
      ['both', 'chain-days-left >= 59', 'pass'],
      ['onlySoon', 'chain-days-left >= 8', 'fail'],
      ['onlySoon', 'chain-days-left >= 7', 'pass'],
      ['onlyOld', 'chain-days-left >= 0', 'fail'],
    ])('%s: expect %s: %s', async (name, rest, outcome) => {
      expect((await ours(name, rest)).judgement.outcome).toBe(outcome)
    })

    it('is shown, with what was sent along and is not needed', async () => {
      const { handshake, observation } = await ours('crossAndOld')
      expect(handshake.chain.map(({ subject, issuer }) => `${subject} by ${issuer}`)).toEqual([
        'CN=localhost by CN=Middle',
        'CN=Middle by CN=New root',
        'CN=New root by CN=New root',
      ])
      expect(handshake.unused?.map(({ subject, issuer }) => `${subject} by ${issuer}`)).toEqual([
        'CN=New root by CN=Old root',
        'CN=Old root by CN=Old root',
      ])
      expect(shown(observation).blocks.map(({ summary }) => summary)).toEqual([
        'Chain (3)',
        'Sent too, and not needed (2)',
      ])
      const { handshake: needed } = await ours('onlySoon')
      expect(needed.chain.map(({ subject }) => subject)).toEqual([
        'CN=localhost',
        'CN=Middle',
        'CN=New root',
        'CN=Root that ends soon',
      ])
      expect(needed.unused).toBeUndefined()
    })
  },
)
