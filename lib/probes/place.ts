import { missingText } from './request.ts'
import { expandVariables } from './texts.ts'

export type Placed = { ok: true; text: string } | { ok: false; message: string }

/** A text of a probe with the environment's variables filled in, or in words what the environment lacks. */
export function placed(
  text: string,
  { variables, name }: { variables: Readonly<Record<string, string>>; name: string | null },
): Placed {
  const expanded = expandVariables(text, variables)
  if (expanded.missing.length === 0) return { ok: true, text: expanded.text.trim() }
  return { ok: false, message: missingText({ missing: expanded.missing, where: name ?? 'this environment' }) }
}

/** An address of one of `schemes`, in its parts; `bare` reads a host without scheme as the first of them. */
export function placedAddress(
  template: string,
  {
    environment,
    schemes,
    bare = false,
  }: {
    environment: { variables: Readonly<Record<string, string>>; name: string | null }
    schemes: readonly string[]
    bare?: boolean
  },
): { ok: true; url: URL } | { ok: false; message: string } {
  const text = placed(template, environment)
  if (!text.ok) return text
  const where = environment.name ?? 'this environment'
  const hasScheme = /^[a-z][a-z0-9+.-]*:\/\//i.test(text.text)
  const whole = hasScheme || !bare ? text.text : `${schemes[0] ?? 'https'}://${text.text}`
  // The URL itself may hold a password, so only the template is ever shown.
  if (!URL.canParse(whole))
    return { ok: false, message: `${template} does not become an address in ${where}. Check its variables.` }
  const url = new URL(whole)
  const scheme = url.protocol.replace(/:$/, '')
  if (!schemes.includes(scheme))
    return {
      ok: false,
      message: `${template} becomes a ${scheme} address in ${where}; this probe needs ${schemes.join(', ')}.`,
    }
  if (url.hostname === '')
    return { ok: false, message: `${template} has no host in ${where}. Check its variables.` }
  return { ok: true, url }
}
