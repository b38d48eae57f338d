import { readFileSync } from 'node:fs'
import path from 'node:path'
import { fileURLToPath } from 'node:url'
import { fromMarkdown } from 'mdast-util-from-markdown'
import { gfmFromMarkdown } from 'mdast-util-gfm'
import { gfm } from 'micromark-extension-gfm'
import { corpusFolder, listCorpus } from '#lib/cli/corpus/files.ts'
import { parseTemplate } from '#lib/templates/parse.ts'
import { decodeSource } from '#lib/templates/source-bytes.ts'
import { type Line, line } from './line.ts'
import { pairOfTimes } from './rate.ts'

const LARGE = 990_000
const SMALL = 99_000
const root = fileURLToPath(new URL('../../', import.meta.url))

/** One section as teams write them: items with owners, commands, a table of boxes. */
function section(number: number): string {
  const items = Array.from(
    { length: 8 },
    (_, index) =>
      `- [ ] **Check ${number}.${index}**: [the dashboard](https://example.org/${number}) shows less than ${index}% errors\n  - Owner: Team ${index}\n  - Expected: 200 OK within ${100 + index} ms\n`,
  )
  return `## ${number}. Part ${number} ✅\n\nBefore going on, read \`docs/${number}.md\` and ask **somebody** who knows.\n\n${items.join('')}\n\`\`\`bash\n# Step ${number}\nkubectl rollout status deployment/web-${number}\n\`\`\`\n\n| Check | Owner | Done |\n|---|---|---|\n| Backup ${number} | Ana | ☐ |\n\n`
}

function generated(bytes: number): string {
  let text = '# Release\n\n'
  for (let number = 1; text.length < bytes; number++) text += section(number)
  return text
}

/** Real checklists where there are some, else files of the same kind and sizes. */
function texts(): string[] {
  const folder = corpusFolder({ root, given: process.env.CORPUS_DIR })
  const files = listCorpus(folder)
  if (files.length > 0)
    return files.map((file) => decodeSource(new Uint8Array(readFileSync(path.join(folder, file)))).text)
  return [2_000, 4_000, 8_000, 16_000, 32_000, 128_000].map(generated)
}

function bareParse(text: string): number {
  return fromMarkdown(text, { extensions: [gfm()], mdastExtensions: [gfmFromMarkdown()] }).children.length
}

/** MB a second of the whole import against the bare GFM parser, over the same files in turn. */
export async function importRate(): Promise<Line> {
  const files = texts()
  const bytes = files.reduce((sum, text) => sum + Buffer.byteLength(text), 0)
  const [ours, bare] = await pairOfTimes(
    async () => files.map((text) => parseTemplate(text).items.length),
    async () => files.map((text) => bareParse(text)),
    { warmUps: 1 },
  )
  const rate = (ms: number) => bytes / 1_000 / ms
  return line('import', { ours: rate(ours), reference: rate(bare), unit: 'MB/s' })
}

/** Nanoseconds a byte at 1 MB against 100 kB: a ratio near 1 is linear. */
export async function importLinear(): Promise<Line> {
  const [large, small] = [generated(LARGE).slice(0, LARGE), generated(SMALL).slice(0, SMALL)]
  // A text that is refused is read in no time.
  const read = async (text: string) => {
    if (parseTemplate(text).items.length === 0) throw new Error('the text was refused')
  }
  const [ours, reference] = await pairOfTimes(
    () => read(large),
    () => read(small),
    { warmUps: 1 },
  )
  return line('import-linear', {
    ours: (ours * 1e6) / large.length,
    reference: (reference * 1e6) / small.length,
    unit: 'ns/byte',
  })
}
