import { writeFile } from 'node:fs/promises'
import { formatAnnotations } from '#lib/templates/format-annotations.ts'
import { decodeSource, encodeSource } from '#lib/templates/source-bytes.ts'
import { bytesOf, type Output, TEMPLATE_EXIT, type TemplateExit, type Words } from './files.ts'

/**
 * Puts the annotations of each file into one spelling and touches nothing else: prints what would change, `--write` writes it,
 * `--check` exits 1 when there is something.
 */
export async function runFmt({ files, flags }: Words, output: Output): Promise<TemplateExit> {
  let worst: TemplateExit = TEMPLATE_EXIT.ok
  for (const file of files) {
    const bytes = await bytesOf(file, output)
    const code = typeof bytes === 'number' ? bytes : await formatOne({ file, bytes, flags }, output)
    if (code > worst) worst = code
  }
  return worst
}

async function formatOne(
  { file, bytes, flags }: { file: string; bytes: Uint8Array; flags: Words['flags'] },
  { out, err }: Output,
): Promise<TemplateExit> {
  const { text, encoding } = decodeSource(bytes)
  const { text: formatted, changes } = formatAnnotations(text)
  const willWrite = flags.write === true && changes.length > 0
  if (flags.json) out(JSON.stringify({ file, changed: changes.length > 0, written: willWrite, changes }))
  else {
    for (const { line, column, from, to } of changes) out(`${file}:${line}:${column}: ${from}  →  ${to}`)
    if (changes.length === 0) out(`${file}: nothing to change.`)
  }
  if (willWrite) {
    try {
      await writeFile(file, encodeSource({ text: formatted, encoding }))
    } catch (error) {
      err(`${file} cannot be written: ${error instanceof Error ? error.message : error}`)
      return TEMPLATE_EXIT.usage
    }
  }
  return flags.check === true && changes.length > 0 ? TEMPLATE_EXIT.problems : TEMPLATE_EXIT.ok
}
