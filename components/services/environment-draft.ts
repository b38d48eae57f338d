import { restoreValues, withoutSecretValues } from '#lib/services/secret-lines.ts'
import type { Json } from '#lib/shared/result.ts'

/** Both settings of an environment as text, and the version that they were opened at. */
export type SettingsText = { variables: string; allowList: string; version: number }

/** A kept draft, with the values of the saved text that a draft may not hold; null when it is of another shape. */
export function asSettings(kept: Json, base: SettingsText): SettingsText | null {
  if (typeof kept !== 'object' || kept === null || Array.isArray(kept)) return null
  const { variables, allowList, version } = kept
  return typeof variables === 'string' && typeof allowList === 'string' && typeof version === 'number'
    ? { variables: restoreValues({ text: variables, base: base.variables }), allowList, version }
    : null
}

/** What a draft holds of the form: no value that is a secret or may become one. */
export function settingsToKeep(text: SettingsText, names: readonly string[]): SettingsText {
  return { ...text, variables: withoutSecretValues({ text: text.variables, names }) }
}
