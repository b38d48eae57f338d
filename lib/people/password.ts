import { COMMON_PASSWORDS } from './common-passwords.ts'
import { COMMON_WORDS } from './common-words.ts'
import { periodOf, unpredictableLength } from './password-patterns.ts'

/** NIST SP 800-63B, 3.1.1.2: length and a list of what is guessed first; no rules on which characters. Counted in code points. */
export const PASSWORD_LENGTH = { min: 12, max: 200 } as const

export type PasswordAnswer = { ok: true } | { ok: false; reason: string }

const INSTEAD = 'A few unrelated words make a good password.'
const no = (reason: string): PasswordAnswer => ({ ok: false, reason: `${reason} ${INSTEAD}` })

/** Small letters without spaces, in the form that all systems type alike. */
const fold = (text: string): string => text.normalize('NFKC').toLowerCase().replace(/\s+/g, '')

const LOOKALIKES: Record<string, string> = {
  '0': 'o',
  '1': 'i',
  '3': 'e',
  '4': 'a',
  '5': 's',
  '7': 't',
  '8': 'b',
  '@': 'a',
  $: 's',
  '!': 'i',
  '+': 't',
}
const unmasked = (text: string): string => text.replace(/[0134578@$!+]/g, (sign) => LOOKALIKES[sign] ?? sign)

/** More digits and signs than these, sequences counted as one, are worth something of their own. */
const DECORATION = 6
/** Three common words, two of them with two fillers: less than four words is what programs join by themselves. */
const COMMON_WEIGHT = 3

/** How much has to be guessed of what stands around and between the letters. */
function decorationOf(folded: string, letters: string | RegExp): number {
  return folded.split(letters).reduce((sum, signs) => sum + unpredictableLength(signs), 0)
}

function withoutDecoration(folded: string): string {
  const bare = folded.replace(/^[^\p{L}]+|[^\p{L}]+$/gu, '')
  return bare !== '' && decorationOf(folded, bare) <= DECORATION ? bare : folded
}

/** Least weight of common words that give the text, or infinity: a word counts one, a filler of up to three letters a half. */
function weightInCommonWords(text: string): number {
  const weights = [0]
  for (let end = 1; end <= text.length; end += 1) {
    let best = Number.POSITIVE_INFINITY
    for (let start = Math.max(0, end - 16); start < end; start += 1) {
      if (COMMON_WORDS.has(text.slice(start, end)))
        best = Math.min(best, (weights[start] ?? 0) + (end - start > 3 ? 1 : 0.5))
    }
    weights.push(best)
  }
  return weights[text.length] ?? 0
}

function isCommon(folded: string): boolean {
  const bare = withoutDecoration(folded)
  const forms = new Set([folded, bare, unmasked(bare), unmasked(folded)])
  return [...forms].some((form) => {
    if (COMMON_PASSWORDS.has(form)) return true
    const letters = form.replace(/[^a-z]/g, '')
    return (
      letters !== '' &&
      decorationOf(form, /[a-z]+/) <= DECORATION &&
      weightInCommonWords(letters) <= COMMON_WEIGHT
    )
  })
}

type Owner = { email?: string; name?: string }

/** What somebody who knows the person tries first; three letters and less would forbid ordinary words. */
function ownWords({ email = '', name = '' }: Owner): string[] {
  const [local = '', domain = ''] = fold(email).split('@')
  const parts = [
    local,
    ...local.split(/[._+-]/),
    domain.split('.')[0] ?? '',
    fold(name),
    ...name.split(/\s+/).map(fold),
    'countersign',
  ]
  return [...new Set(parts)].filter((part) => part.length >= 4).sort((a, b) => b.length - a.length)
}

function leansOn(folded: string, words: string[]): string | null {
  const held = words.filter((word) => folded.includes(word))
  const rest = held.reduce((left, word) => left.replaceAll(word, ''), folded)
  return held[0] !== undefined && [...rest].length < PASSWORD_LENGTH.min ? held[0] : null
}

/** Whether a person may have this password; the reason, in words for that person, when not. */
export function decidePassword({ password, email, name }: { password: string } & Owner): PasswordAnswer {
  const { min, max } = PASSWORD_LENGTH
  const length = [...password.normalize('NFKC')].length
  if (length < min) return no(`Use at least ${min} characters; this has ${length}.`)
  if (length > max) return { ok: false, reason: `Use at most ${max} characters; this has ${length}.` }
  const folded = fold(password)
  if (periodOf(folded) < 8) return no('This repeats the same few characters.')
  if (new Set(folded).size < 5) return no('This has too few different characters.')
  if (unpredictableLength(folded) < 6)
    return no('This is a walk over the keyboard or a sequence, which guessing programs try first.')
  if (isCommon(folded))
    return no('This is, or differs little from, a password that guessing programs try first.')
  const own = leansOn(folded, ownWords({ ...(email ? { email } : {}), ...(name ? { name } : {}) }))
  if (own !== null) return no(`Without “${own}”, which others can guess, too little of this is left.`)
  return { ok: true }
}
