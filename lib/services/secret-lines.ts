import { holdsCredentials, mayBecomeCredentials, soundsSecret } from '#lib/shared/secret-words.ts'

const LINE = /^(\s*)([A-Z][A-Z0-9_]*)\s*=(.*)$/

type Given = { name: string; value: string }

function givenIn(line: string): Given | null {
  const [, , name = '', value = ''] = LINE.exec(line) ?? []
  return name === '' ? null : { name, value: value.trim() }
}

const linesOf = (text: string): string[] => text.split(/\r\n|\r|\n/)

/** Names with a value in a text of `NAME=value` lines, however far it has been typed, each once. */
export function namesIn(text: string): string[] {
  const names = linesOf(text).flatMap((line) => {
    const given = givenIn(line)
    return given === null || given.value === '' ? [] : [given.name]
  })
  return [...new Set(names)]
}

/** Of those, the ones that should rather be secrets: by their name, or because the value is an address with credentials. */
export function secretSounding(text: string): string[] {
  const found = linesOf(text).flatMap((line) => {
    const given = givenIn(line)
    const isOne =
      given !== null && given.value !== '' && (soundsSecret(given.name) || holdsCredentials(given.value))
    return isOne ? [given.name] : []
  })
  return [...new Set(found)]
}

/**
 * Takes the values of `names` out of a text, for sending them apart. The lines stay as comments, so that a line at fault keeps its
 * number.
 */
export function takeSecrets({ text, names }: { text: string; names: readonly string[] }): {
  variables: string
  secrets: Record<string, string>
} {
  const secrets: Record<string, string> = {}
  const lines = linesOf(text).map((line) => {
    const given = givenIn(line)
    if (given === null || !names.includes(given.name) || given.value === '') return line
    // A second line of the same name is left to be refused.
    if (Object.hasOwn(secrets, given.name)) return line
    secrets[given.name] = given.value
    return `# ${given.name}`
  })
  return { variables: lines.join('\n'), secrets }
}

/** The text as a draft may keep it: without the values that are secret, or may turn out to be while they are typed. */
export function withoutSecretValues({ text, names }: { text: string; names: readonly string[] }): string {
  return linesOf(text)
    .map((line) => {
      const given = givenIn(line)
      if (given === null) return line
      const isSecret =
        names.includes(given.name) || soundsSecret(given.name) || mayBecomeCredentials(given.value)
      return isSecret ? `${given.name}=` : line
    })
    .join('\n')
}

/** A kept draft with the values that it was not allowed to keep put back, where the saved text still has them. */
export function restoreValues({ text, base }: { text: string; base: string }): string {
  const saved = new Map(
    linesOf(base).flatMap((line) => {
      const given = givenIn(line)
      return given === null ? [] : [[given.name, given.value] as const]
    }),
  )
  return linesOf(text)
    .map((line) => {
      const given = givenIn(line)
      const value = given?.value === '' ? saved.get(given.name) : undefined
      return given === null || value === undefined ? line : `${given.name}=${value}`
    })
    .join('\n')
}
