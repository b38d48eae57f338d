/** The alphabets of the probe grammar. Kept apart so that the schema and the parser can never disagree about one. */
export const LONGEST_TEXT = 1024
export const LONGEST_URL = 2048

const HEADER_NAME = /^[a-z0-9_-]{1,64}$/
const DIRECTIVE_NAME = /^[a-z][a-z0-9-]{0,31}$/
const JSON_PATH = /^[A-Za-z0-9_-]{1,64}(?:\.[A-Za-z0-9_-]{1,64}){0,15}$/
const VARIABLE = /\$\{([A-Z][A-Z0-9_]{0,63})\}/g
/** Values that a step captured, in lower case, so that they cannot be taken for variables of an environment. */
const CAPTURED = /\$\{([a-z][a-z0-9_]{0,31})\}/g
const EITHER = /\$\{([A-Z][A-Z0-9_]{0,63}|[a-z][a-z0-9_]{0,31})\}/g
const HEADER_VERBS = ['contains', 'lacks', 'matches', 'not-matches', 'in', 'present', 'absent']

export function isHeaderName(text: string): boolean {
  return HEADER_NAME.test(text)
}

/** A directive such as `max-age`; the words that the grammar itself uses after a header name are not directives. */
export function isDirectiveName(text: string): boolean {
  return DIRECTIVE_NAME.test(text) && !HEADER_VERBS.includes(text)
}

/** A name of an environment's variable, as it stands between `${` and `}`. */
export function isVariableName(text: string): boolean {
  return /^[A-Z][A-Z0-9_]{0,63}$/.test(text)
}

export function isJsonPath(text: string): boolean {
  return JSON_PATH.test(text)
}

/** Any text of 1 to 1024 characters without control characters (tab and line breaks excepted) or lone surrogates. */
export function isQuotable(text: string): boolean {
  if (text.length === 0 || text.length > LONGEST_TEXT || !text.isWellFormed()) return false
  return ![...text].some((character) => isControl(character) && !'\t\n\r'.includes(character))
}

/** A header value that cannot break out of its line (RFC 9110, 5.5): printable ASCII, no blanks at the ends. */
export function isHeaderValue(text: string): boolean {
  return text.length > 0 && text.length <= LONGEST_TEXT && /^[\x20-\x7e]+$/.test(text) && text.trim() === text
}

function isControl(character: string): boolean {
  const code = character.codePointAt(0) ?? 0
  return code < 0x20 || (code >= 0x7f && code < 0xa0)
}

/** The names of the `${VARIABLES}` in a text, each once, in order. */
export function variablesIn(text: string): string[] {
  return [...new Set([...text.matchAll(VARIABLE)].map(([, name = '']) => name))]
}

/** The names of the captured values in a text, each once, in order. */
export function capturedIn(text: string): string[] {
  return [...new Set([...text.matchAll(CAPTURED)].map(([, name = '']) => name))]
}

export function isCaptureName(text: string): boolean {
  return /^[a-z][a-z0-9_]{0,31}$/.test(text)
}

/** A text with a plain word in place of each captured value, to see whether it is well formed otherwise. */
export function withoutCaptured(text: string): string {
  return text.replace(CAPTURED, 'x')
}

/**
 * Replaces each `${NAME}`; `missing` lists the names that have no value (an empty one counts as none). With `captured` also each
 * `${name}`, in the same pass: what a target answered is never read as a variable.
 */
export function expandVariables(
  text: string,
  variables: Readonly<Record<string, string>>,
  captured?: Readonly<Record<string, string>>,
): { text: string; missing: string[] } {
  const values = { ...captured, ...variables }
  const names = captured === undefined ? VARIABLE : EITHER
  const missing = variablesIn(text).filter(
    (name) => !Object.hasOwn(variables, name) || variables[name] === '',
  )
  const expanded = text.replace(names, (whole, name: string) =>
    Object.hasOwn(values, name) ? (values[name] ?? whole) : whole,
  )
  return { text: expanded, missing }
}

/** A DNS name as it stands in a certificate: no address, no port, nothing that could be read as a number. */
export function isHostName(text: string): boolean {
  return (
    text.length <= 253 &&
    /^(?:[a-z0-9_](?:[a-z0-9_-]{0,61}[a-z0-9])?\.){0,20}[a-z](?:[a-z0-9-]{0,61}[a-z0-9])?$/.test(text)
  )
}

/** A host's name, or one that variables make. */
export function isHostTemplate(text: string): boolean {
  return text.length <= LONGEST_TEXT && isHostName(text.replace(VARIABLE, 'x'))
}

/** An address with variables that can become an http(s) URL: no blanks, quotes, angle brackets, loose `${` or comma at the end. */
export function isUrlTemplate(text: string): boolean {
  if (text.length === 0 || text.length > LONGEST_URL || !/^[\x21-\x7e]+$/.test(text) || /[<>"]|,$/.test(text))
    return false
  if (!/^\$\{/.test(text) && !/^https?:\/\//.test(text)) return false
  const sample = text.replace(VARIABLE, (_whole, _name, offset: number) =>
    offset === 0 ? 'http://host' : 'x',
  )
  return !sample.includes('${') && URL.canParse(sample)
}

/** An address of one of `schemes`, or one that starts with a variable; `bare` allows `host` and `host:port` too. */
export function isAddressTemplate(
  text: string,
  { schemes, bare = false }: { schemes: readonly string[]; bare?: boolean },
): boolean {
  if (
    text.length === 0 ||
    text.length > LONGEST_URL ||
    !/^[\x21-\x7e]+$/.test(text) ||
    /[<>"()]|,$/.test(text)
  )
    return false
  const sample = text.replace(VARIABLE, (_whole, _name, offset: number) =>
    offset === 0 ? `${schemes[0] ?? 'https'}://host` : 'x',
  )
  if (sample.includes('${')) return false
  const scheme = /^([a-z][a-z0-9+.-]*):\/\//.exec(sample)?.[1]
  if (scheme !== undefined) return schemes.includes(scheme) && URL.canParse(sample)
  return (
    bare && /^(?:\[[0-9a-fA-F:.]+\]|[\w.-]+)(?::\d{1,5})?$/.test(sample) && URL.canParse(`https://${sample}`)
  )
}
