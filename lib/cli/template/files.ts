import { readFile } from 'node:fs/promises'
import { LIMITS } from '#lib/shared/limits.ts'

export type Output = { out: (line: string) => void; err: (line: string) => void }

/** Exit codes: all is well, there are problems (or the server refused), it could not be done at all. */
export const TEMPLATE_EXIT = { ok: 0, problems: 1, usage: 3 } as const
export type TemplateExit = (typeof TEMPLATE_EXIT)[keyof typeof TEMPLATE_EXIT]

export type Flags = Readonly<Record<string, string | true>>
export type Words = { files: string[]; flags: Flags }

/** The bytes of a file, or the exit code after having said why there are none. */
export async function bytesOf(file: string, { err }: Output): Promise<Uint8Array | TemplateExit> {
  let bytes: Uint8Array
  try {
    bytes = await readFile(file)
  } catch (error) {
    err(`${file} cannot be read: ${reasonOf(error)}.`)
    return TEMPLATE_EXIT.usage
  }
  if (bytes.length <= LIMITS.templateBytes) return bytes
  const most = LIMITS.templateBytes.toLocaleString('en')
  err(`${file} has ${bytes.length.toLocaleString('en')} bytes; a template has at most ${most}.`)
  return TEMPLATE_EXIT.problems
}

function reasonOf(error: unknown): string {
  const code = error instanceof Error && 'code' in error ? error.code : null
  if (code === 'ENOENT') return 'there is no such file'
  if (code === 'EISDIR') return 'it is a directory'
  if (code === 'EACCES') return 'permission is denied'
  return error instanceof Error ? error.message : 'an unknown error'
}

export function count(number: number, word: string): string {
  return `${number} ${word}${number === 1 ? '' : 's'}`
}

/** `FILE:LINE:COLUMN: message (fix: …)`, which editors and CI logs turn into links. */
export function problemLine(
  file: string,
  problem: { line: number; column: number; message: string; fix: string | null },
): string {
  const { line, column, message, fix } = problem
  return `${file}:${line}:${column}: ${message}${fix === null ? '' : ` (fix: ${fix})`}`
}
