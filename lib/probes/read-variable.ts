import type { Scanner } from './scanner.ts'
import { isVariableName } from './texts.ts'

/** `WORD ${NAME}` where it stands: the name of the variable that holds what is never written into a template; null without it. */
export function readVariable(
  scanner: Scanner,
  { word, example }: { word: string; example: string },
): string | null {
  if (scanner.peekWord() !== word) return null
  scanner.word()
  return variableName(scanner, { word, example })
}

/** `${NAME}` behind a word that is read already. */
export function variableName(scanner: Scanner, { word, example }: { word: string; example: string }): string {
  scanner.skipBlanks()
  const offset = scanner.offset
  const name = /^\$\{(.{1,64})\}$/.exec(scanner.word())?.[1] ?? ''
  if (!isVariableName(name))
    scanner.fail({
      offset,
      message: `the ${word} stands in a variable of the environment, never in the template`,
      expected: [`$\{${example}}`],
      fix: `write $\{${example}}`,
    })
  return name
}
