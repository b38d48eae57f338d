import { refused } from '#lib/door/decisions.ts'

/** How long a token may be asked to work. */
export const TOKEN_DAYS = [30, 90, 365] as const
const TOKENS_MAX = 50

/** Why no token of this name can be made beside those that work (`names`); null when it can. `holder` begins a sentence. */
export function whyNoNewToken({
  name,
  names,
  holder,
}: {
  name: string
  names: readonly string[]
  holder: 'A service' | 'A team'
}): ReturnType<typeof refused> | null {
  if (names.includes(name))
    return refused('name_taken', 'Choose another name.', {
      fields: { name: 'A token of this name works already: by its name it is known when it is revoked.' },
    })
  if (names.length < TOKENS_MAX) return null
  return refused('too_many', `${holder} has at most ${TOKENS_MAX} tokens. Revoke one that nobody uses.`)
}
