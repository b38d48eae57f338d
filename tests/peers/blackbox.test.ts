import { readFileSync, rmSync } from 'node:fs'
import http from 'node:http'
import https from 'node:https'
import net from 'node:net'
import path from 'node:path'
import tls from 'node:tls'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import {
  type BlackboxCase,
  blackboxCases,
  DIFFERENCES,
  type Places,
  TLS_SITES,
  type TlsSite,
} from './blackbox-cases.ts'
import { chatter, healthServer, nameServer } from './blackbox-services.ts'
import { blackboxTarget } from './blackbox-target.ts'
import { type Exporter, startExporter } from './exporter.ts'
import { authority, BLACKBOX, certificate, freePort, newFolder, titled } from './processes.ts'
import { allow, look } from './servers.ts'

const AT_ONCE = 8

describe.skipIf(BLACKBOX === undefined)(
  titled('judged as blackbox_exporter judges', BLACKBOX, 'prometheus-blackbox-exporter'),
  () => {
    const trusted = tls.getCACertificates('default')
    const folder = newFolder('blackbox')
    const servers: net.Server[] = []
    let health: Awaited<ReturnType<typeof healthServer>>
    let cases: BlackboxCase[] = []
    let exporter: Exporter

    const listening = (server: net.Server, host = 'localhost') =>
      new Promise<number>((resolve) => {
        servers.push(server)
        server.listen(0, host, () => {
          const address = server.address()
          resolve(typeof address === 'object' && address !== null ? address.port : 0)
        })
      })

    beforeAll(async () => {
      const ca = authority(folder, 'ca', 3000)
      authority(folder, 'stranger', 3000)
      const sites: Record<
        TlsSite,
        { by?: string; host?: string; days?: number; more?: https.ServerOptions }
      > = {
        good: {},
        expired: { days: -3 },
        other: { host: 'other.example' },
        unknown: { by: 'stranger' },
        old: { more: { maxVersion: 'TLSv1.2' } },
        new: { more: { minVersion: 'TLSv1.3' } },
      }
      health = await healthServer()
      const places: Places = {
        plain: await listening(http.createServer(blackboxTarget)),
        tls: { good: 0, expired: 0, other: 0, unknown: 0, old: 0, new: 0 },
        closed: await freePort(),
        chat: await listening(net.createServer(chatter)),
        names: await listening(net.createServer(nameServer), '127.0.0.1'),
        health: health.port,
      }
      const ports: Record<TlsSite, number> = { good: 0, expired: 0, other: 0, unknown: 0, old: 0, new: 0 }
      for (const site of TLS_SITES) {
        const { by = 'ca', host = 'localhost', days = 60, more = {} } = sites[site]
        certificate(folder, { name: site, by, host, days })
        const [key, cert] = ['key', 'pem'].map((end) => readFileSync(path.join(folder, `${site}.${end}`)))
        ports[site] = await listening(https.createServer({ key, cert, ...more }, blackboxTarget))
      }
      tls.setDefaultCACertificates([...trusted, ca])
      cases = blackboxCases({ ...places, tls: ports })
      exporter = await startExporter(Object.fromEntries(cases.map(moduleOf)))
    }, 60_000)
    afterAll(async () => {
      tls.setDefaultCACertificates(trusted)
      for (const server of servers) if (server instanceof http.Server) server.closeAllConnections()
      health?.server.forceShutdown()
      await Promise.all(servers.map((server) => new Promise((resolve) => server.close(resolve))))
      await exporter?.stop()
      rmSync(folder, { recursive: true, force: true })
    })

    function moduleOf({ prober = 'http', module }: BlackboxCase, index: number) {
      const trust = { ...(module.tls_config as object | undefined), ca_file: path.join(folder, 'ca.pem') }
      const options = {
        preferred_ip_protocol: 'ip4',
        ...module,
        ...(prober === 'dns' ? {} : { tls_config: trust }),
      }
      return [`m${index}`, { prober, timeout: '1s', [prober]: options }]
    }

    async function theirs({ target }: BlackboxCase, index: number): Promise<boolean> {
      const text = await exporter.ask(`m${index}`, target)
      const found = /^probe_success ([01])$/m.exec(text)?.[1]
      if (found === undefined) throw new Error(text)
      return found === '1'
    }

    async function ours({ probe, target }: BlackboxCase): Promise<{ passes: boolean; said: string }> {
      const host = target.includes('://') ? new URL(target).host : target
      const others = /to\?(.*)$/.exec(target)?.[1]
      const hosts = [
        host.includes(':') ? host : `${host}:80`,
        ...(others === undefined ? [] : [new URL(others).host]),
      ]
      const { judgement } = await look(probe, { allowList: allow(...hosts) })
      return { passes: judgement.verdict === 'pass', said: `${judgement.outcome} ${judgement.line}` }
    }

    it('in every case but those that are argued', async () => {
      expect(cases.length).toBeGreaterThanOrEqual(200)
      const differ = Object.keys(DIFFERENCES).length
      const page = (name: string) => readFileSync(name, 'utf8').replaceAll(/\s+/g, ' ')
      expect(page('docs/probes.md')).toContain(`${cases.length} targets (status × method`)
      expect(page('README.md')).toContain(
        `Of ${cases.length} targets the real blackbox_exporter 0.23 judges ${cases.length - differ} the same`,
      )
      expect(new Set(cases.map(({ name }) => name)).size).toBe(cases.length)
      const found: Record<string, string> = {}
      const seen = { pass: 0, fail: 0 }
      let next = 0
      const worker = async () => {
        for (let index = next++; index < cases.length; index = next++) {
          const one = cases[index]
          if (one === undefined) return
          const [exporterPasses, { passes, said }] = await Promise.all([theirs(one, index), ours(one)])
          seen[exporterPasses ? 'pass' : 'fail']++
          if (exporterPasses !== passes)
            found[one.name] = `the exporter ${exporterPasses ? 'passes' : 'fails'}; we: ${said}`
        }
      }
      await Promise.all(Array.from({ length: AT_ONCE }, worker))
      const unargued = Object.entries(found).filter(([name]) => DIFFERENCES[name] === undefined)
      expect(Object.fromEntries(unargued)).toEqual({})
      expect(Object.keys(DIFFERENCES).filter((name) => found[name] === undefined)).toEqual([])
      // Neither side answers everything alike.
      expect(Math.min(seen.pass, seen.fail)).toBeGreaterThan(50)
      process.stdout.write(
        `blackbox_exporter: ${cases.length} cases, ${seen.pass} pass there, ${Object.keys(found).length} differ\n`,
      )
    })
  },
)
