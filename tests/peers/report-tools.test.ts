import { execFile } from 'node:child_process'
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { parseProbe } from '#lib/probes/annotation.ts'
import { judge } from '#lib/probes/judge.ts'
import { observedReport } from '#lib/probes/pushed.ts'
import { readReport } from '#lib/probes/reports/read-report.ts'

const BIN = join(process.cwd(), 'node_modules/.bin')
let folder = ''
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'reports-'))
})
afterAll(() => rm(folder, { recursive: true, force: true }))

/** What a tool prints, whether it is content or not. */
function printed(command: string, args: string[]): Promise<Uint8Array> {
  const { NODE_OPTIONS: _, NODE_TEST_CONTEXT: __, VITEST: ___, ...env } = process.env
  return new Promise((resolve) => {
    execFile(command, args, { cwd: folder, env, encoding: 'buffer', timeout: 50_000 }, (_error, stdout) =>
      resolve(new Uint8Array(stdout)),
    )
  })
}

async function judged(text: string, bytes: Uint8Array) {
  const parsed = parseProbe(text)
  if (!parsed.ok || parsed.config.kind !== 'report') throw new Error(text)
  const found = await readReport({ chunks: [bytes] })
  if (!found.ok) return found.problem
  const { format, facts } = found
  const file = { format, facts, name: null, commit: 'c', digest: 'd', bytes: found.bytes, pushedBy: 'CI' }
  const at = '2026-02-03T04:05:06.000Z'
  return judge(
    parsed.config,
    observedReport({ config: parsed.config, at, report: { ...file, pushedAt: at } }),
  )
}

const TESTS = 'report tests expect failed == 0, tests >= 1'

describe.each([
  {
    tool: "Node's test runner",
    head: `import { describe, it } from 'node:test'`,
    run: async (file: string) =>
      printed(join(BIN, 'node'), ['--test', '--test-reporter=junit', join(folder, file)]),
  },
  {
    tool: 'vitest',
    head: '',
    run: async (file: string) => {
      const out = join(folder, `${file}.xml`)
      const args = ['run', '--root', folder, '--globals', '--reporter=junit', `--outputFile=${out}`, file]
      await printed(join(BIN, 'vitest'), args)
      return new Uint8Array(await readFile(out))
    },
  },
])('a report of $tool', ({ tool, head, run }) => {
  const name = (what: string) => `${what}-${tool.length}.test.mjs`
  const reportOf = async (what: string, body: string) => {
    await writeFile(join(folder, name(what)), `${head}\n${body}\n`)
    return run(name(what))
  }

  it('passes', async () => {
    const bytes = await reportOf(
      'good',
      `describe('a', () => { it('b', () => {}); describe('c', () => it('d', () => {})) })`,
    )
    expect(await judged(TESTS, bytes)).toMatchObject({ outcome: 'pass', line: '0 of 2 failed · 2 tests' })
  })

  it('fails, and names the test', async () => {
    const bytes = await reportOf(
      'bad',
      `describe('a', () => { it('b', () => { throw new Error('no') }); it('c', () => {}) })`,
    )
    const found = await judged(TESTS, bytes)
    expect(found).toMatchObject({ outcome: 'fail' })
    expect('line' in found && found.line).toMatch(/^1 of 2 failed: .*b · wanted 0$/)
  })

  it('is inconclusive when nothing ran', async () => {
    const bytes = await reportOf('idle', `describe('a', () => { it.skip('b', () => {}) })`)
    expect(await judged(TESTS, bytes)).toMatchObject({
      outcome: 'inconclusive',
      line: '1 of 1 test skipped · wanted a test that ran',
    })
    // Cut short on its way, it is no report at all.
    expect(await judged(TESTS, bytes.subarray(0, bytes.length - 20))).toMatchObject({
      message: expect.any(String),
    })
  })
})

describe('a bill of materials of npm', () => {
  it('has components, all with a version', async () => {
    await writeFile(
      join(folder, 'package.json'),
      JSON.stringify({ name: 'app', version: '1.0.0', dependencies: { zod: '4.0.0' } }),
    )
    const zod = {
      version: '4.0.0',
      resolved: 'https://registry.npmjs.org/zod/-/zod-4.0.0.tgz',
      license: 'MIT',
    }
    const packages = {
      '': { name: 'app', version: '1.0.0', dependencies: { zod: '4.0.0' } },
      'node_modules/zod': zod,
    }
    await writeFile(
      join(folder, 'package-lock.json'),
      JSON.stringify({ name: 'app', version: '1.0.0', lockfileVersion: 3, requires: true, packages }),
    )
    const bytes = await printed('npm', ['sbom', '--sbom-format=cyclonedx', '--package-lock-only'])
    expect(await judged('report components expect components == 1, unpinned == 0', bytes)).toMatchObject({
      outcome: 'pass',
      line: '1 component · 0 without a version',
    })
    expect(await judged('report components expect components >= 2', bytes)).toMatchObject({ outcome: 'fail' })
    expect(await judged('report components expect vulnerabilities == 0', bytes)).toMatchObject({
      outcome: 'inconclusive',
    })
  })
})
