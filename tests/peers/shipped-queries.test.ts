import { spawnSync } from 'node:child_process'
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { fileURLToPath } from 'node:url'
import { describe, expect, it } from 'vitest'
import { parseProbe } from '#lib/probes/annotation.ts'

const PROMTOOL = ['/usr/bin', '/usr/local/bin', '/opt/homebrew/bin']
  .map((folder) => `${folder}/promtool`)
  .find((file) => existsSync(file))
const title = 'queries that we ship and suggest'
const root = fileURLToPath(new URL('../../', import.meta.url))
const gallery = path.join(root, 'lib/templates/gallery')

/** Probes of the shipped checklists and of the judged suggestions. */
function probeTexts(): string[] {
  const shipped = readdirSync(gallery).flatMap((file) =>
    [...readFileSync(path.join(gallery, file), 'utf8').matchAll(/<!-- probe:([\s\S]*?)-->/g)].map(
      ([, text = '']) => text,
    ),
  )
  const [, ...rows] = readFileSync(path.join(root, 'tests/rules/templates/suggestions-labelled.tsv'), 'utf8')
    .trimEnd()
    .split('\n')
  return [...shipped, ...rows.flatMap((row) => row.split('\t')[6] ?? [])]
}

function queriesOf(text: string): string[] {
  const parsed = parseProbe(text)
  if (!parsed.ok || parsed.config.kind !== 'promql') return []
  const { query, minSamples, fresh } = parsed.config
  return [query, minSamples?.query, fresh?.selector].filter((one) => one !== undefined)
}

describe.skipIf(PROMTOOL === undefined)(
  PROMTOOL === undefined ? `${title} (not installed: apt-get install prometheus)` : title,
  () => {
    it('are PromQL to Prometheus itself', () => {
      const queries = [...new Set(probeTexts().flatMap(queriesOf))].map((query) =>
        query.replace(/\$\{\w+\}/g, 'x'),
      )
      expect(queries.length).toBeGreaterThan(20)
      const rules = queries.map((expr, number) => ({ record: `r${number}`, expr }))
      const folder = mkdtempSync(path.join(tmpdir(), 'shipped-queries-'))
      const file = path.join(folder, 'rules.yml')
      writeFileSync(file, JSON.stringify({ groups: [{ name: 'shipped', rules }] }))
      const said = spawnSync(PROMTOOL ?? 'promtool', ['check', 'rules', file], { encoding: 'utf8' })
      rmSync(folder, { recursive: true })
      expect(`${said.stdout}${said.stderr}`).toContain(`${queries.length} rules found`)
      expect(said.status).toBe(0)
    })
  },
)
