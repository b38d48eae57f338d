import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import { runTemplate } from '#lib/cli/commands/template.ts'

const folder = mkdtempSync(join(tmpdir(), 'countersign-template-'))
afterAll(() => rmSync(folder, { recursive: true }))

async function run(...args: string[]) {
  const out: string[] = []
  const err: string[] = []
  const code = await runTemplate(args, { out: (line) => out.push(line), err: (line) => err.push(line) })
  return { code, out, err }
}

function file(name: string, content: string | Uint8Array): string {
  const path = join(folder, name)
  writeFileSync(path, content)
  return path
}

describe('countersign template check', () => {
  it('names a NUL, which no server takes', async () => {
    const { code, out } = await run('check', file('nul.md', '# T\n- [ ] a\u0000b\n'))
    expect(code).toBe(1)
    expect(out.join('\n')).toContain('a character that is not text')
  })

  it('prints one line of JSON for programs', async () => {
    const { code, out, err } = await run('check', '--json', file('a.md', '# T\n- [ ] a\n'))
    expect({ code, err, lines: out.length }).toEqual({ code: 0, err: [], lines: 1 })
    expect(JSON.parse(out[0] ?? '')).toEqual({
      items: 1,
      roles: 0,
      triggers: 0,
      commandBlocks: 0,
      steps: 0,
      sections: 1,
      facts: 0,
      probes: 0,
      problems: 0,
      keptAsText: 0,
      roundTrip: true,
      fencedList: null,
      notUtf8: null,
      problemList: [],
    })
  })

  it('prints a summary for people', async () => {
    const { code, out } = await run(
      'check',
      file('b.md', '# Go\n- [ ] a\n\n| Role | Name | Date |\n|-|-|-|\n| QA | | |\n'),
    )
    expect(code).toBe(0)
    expect(out[0]).toMatch(/^Go \(.*b\.md\)$/)
    expect(out.join('\n')).toContain('1 item in 1 section: 1 prepare, 0 deploy, 0 verify, 0 rollback')
    expect(out.join('\n')).toContain('1 sign-off role: QA')
    expect(out.at(-1)).toBe('No problems.')
  })

  it('exits 1 and says where and what to write', async () => {
    const path = file('c.md', '- [ ] a <!-- item: shelf=soon -->\n')
    const { code, out } = await run('check', path)
    expect(code).toBe(1)
    expect(out).toContain(
      `${path}:1:26: item: expected a time such as 90s, 15m, 24h or 7d (fix: write shelf=24h)`,
    )
    expect(out.at(-1)).toBe('1 problem.')
  })

  it('gives back bytes that are not UTF-8', async () => {
    const { code, out } = await run(
      'check',
      '--json',
      file('d.md', Uint8Array.of(0x2d, 0x20, 0x5b, 0x20, 0x5d, 0x20, 0xe9, 0x0a)),
    )
    expect(code).toBe(0)
    expect(JSON.parse(out[0] ?? '')).toMatchObject({ items: 1, roundTrip: true })
  })

  it.each([
    [['check', '/no/such/file.md'], '/no/such/file.md cannot be read: there is no such file.'],
    [['check', tmpdir()], `${tmpdir()} cannot be read: it is a directory.`],
    [['check'], 'Usage: countersign template check FILE… [--unwrap] [--json]'],
    [
      ['check', 'x', '--loud'],
      'Unknown option --loud. Usage: countersign template check FILE… [--unwrap] [--json]',
    ],
    [
      ['fmt', 'x', '--check', '--write'],
      'Choose --check or --write. Usage: countersign template fmt FILE… [--check | --write] [--json]',
    ],
  ])('exits 3 on %j', async (args, message) => {
    expect(await run(...args)).toEqual({ code: 3, out: [], err: [message] })
  })
})
