import { METHODS } from '#lib/probes/http-probe.ts'
import { REPORT_FORMS } from '#lib/probes/kinds/report.ts'
import { grammarOf, isPushed, KINDS as PROBES, PULLED_KINDS } from '#lib/probes/kinds.ts'
import { MEANINGS } from '#lib/probes/reports/formats.ts'
import { STAGES } from '#lib/shared/codes.ts'
import { RUN_VARIABLES } from '#lib/shared/run-variables.ts'
import { placeInComposite } from './complete-composite.ts'
import { NOTICE_CHANNELS, NOTICE_NEEDS } from './notice.ts'
import { SETTABLE_GRADES } from './settings.ts'

/** What a team has that an annotation may name. */
export type Vocabulary = {
  /** Names of sign-off roles. */
  roles: readonly string[]
  /** Names of variables of its environments. */
  variables: readonly string[]
  /** Titles of the sections of the text. */
  sections: readonly string[]
}

/** `insert` replaces the text from `from` (an offset in what was given) to its end. */
export type Offer = { label: string; insert: string; detail: string }
export type Offers = { from: number; offers: Offer[] }

const KINDS: readonly Offer[] = [
  { label: 'probe:', insert: 'probe: ', detail: 'a machine checks this item' },
  { label: 'item:', insert: 'item: ', detail: 'settings of this item' },
  { label: 'notice:', insert: 'notice: ', detail: 'somebody is told and acknowledges' },
  { label: 'stage:', insert: 'stage: ', detail: 'stage of this section' },
  { label: 'slot:', insert: 'slot: ', detail: 'what a role signs for' },
]
const SETTINGS: readonly Offer[] = [
  { label: 'role=', insert: 'role=', detail: 'who may tick it' },
  { label: 'grade=', insert: 'grade=', detail: 'the evidence it needs' },
  { label: 'stage=', insert: 'stage=', detail: 'when it is done' },
  { label: 'shelf=', insert: 'shelf=', detail: 'how long evidence stays fresh' },
  { label: 'soak=', insert: 'soak=', detail: 'how long after the deployment' },
  { label: 'tags=', insert: 'tags=', detail: 'controls it is evidence for' },
  { label: 'id=', insert: 'id=', detail: 'keeps its history through any rewording' },
  { label: 'optional', insert: 'optional', detail: 'the gate does not wait for it' },
  { label: 'required', insert: 'required', detail: 'the gate waits for it' },
  { label: 'note', insert: 'note', detail: 'a tick needs a note' },
]
/** Clauses of every kind of probe; each has its own beside them. */
const CLAUSES = ['expect', 'warn', 'timeout', 'shelf', 'allow', 'window'] as const
/** Of those a part of a composite has these, and may have another part behind it. */
const OF_PART = ['expect', 'warn', 'part'] as const
/** Those that say how to look: what is pushed has none of them. */
const LOOKING: readonly string[] = ['timeout', 'window', 'retries', 'every']
const SOAKS = ['5m', '1h', '24h'] as const
const SHELVES = ['15m', '1h', '24h', '7d'] as const

type Name = (name: string, detail: string) => Offer

const plain = (words: readonly string[], detail = ''): Offer[] =>
  words.map((word) => ({ label: word, insert: word, detail }))
const quoted = (words: readonly string[], detail: string): Offer[] =>
  words.map((word) => ({
    label: word,
    insert: /[\s",]/.test(word) ? `"${word.replaceAll('"', '')}"` : word,
    detail,
  }))

/**
 * What can stand where the text ends, when that is inside a comment which is or may become an annotation; null elsewhere.
 * `before` is what stands before the cursor, from anywhere before the comment.
 */
export function offersAt(before: string, vocabulary: Vocabulary): Offers | null {
  const start = before.lastIndexOf('<!--')
  if (start === -1 || before.indexOf('-->', start) !== -1) return null
  const inside = before.slice(start + 4)
  const opening = /^\s*([a-z]+):/i.exec(inside)
  if (opening === null) {
    const word = /^\s*([a-z]*)$/i.exec(inside)
    if (word === null) return null
    const lead = inside === '' ? ' ' : ''
    const offers = KINDS.map((kind) => ({ ...kind, insert: lead + kind.insert }))
    return { from: before.length - (word[1] ?? '').length, offers }
  }
  const body = inside.slice(opening[0].length)
  const kind = (opening[1] ?? '').toLowerCase()
  if (kind === 'probe') return probeOffers(before, body, vocabulary)
  if (kind === 'item') return itemOffers(before, body, vocabulary)
  if (kind === 'notice') return noticeOffers(before, body, vocabulary)
  if (kind === 'slot') return slotOffers(before, body, vocabulary)
  return kind === 'stage' ? atWord(before, plain(STAGES)) : null
}

/** Offers for the word that is being written. */
function atWord(before: string, offers: Offer[], word = /[^\s,]*$/): Offers {
  return { from: before.length - (word.exec(before)?.[0] ?? '').length, offers }
}

function itemOffers(before: string, body: string, { roles }: Vocabulary): Offers | null {
  const value = /(?:^|\s)(\w+)=("[^"]*|[^\s"]*)$/.exec(body)
  if (value === null) {
    const used = new Set([...body.matchAll(/(?:^|\s)(\w+)(?==|\s)/g)].map(([, name]) => name))
    return atWord(
      before,
      SETTINGS.filter(({ label }) => !used.has(label.replace('=', ''))),
      /\S*$/,
    )
  }
  const written = value[2] ?? ''
  const from = before.length - written.length
  const values: Record<string, Offer[]> = {
    role: quoted(roles, 'sign-off role'),
    grade: plain(SETTABLE_GRADES),
    stage: plain(STAGES),
    shelf: plain(SHELVES),
    soak: plain(SOAKS),
  }
  const offers = values[value[1]?.toLowerCase() ?? '']
  return offers ? { from, offers } : null
}

function noticeOffers(before: string, body: string, vocabulary: Vocabulary): Offers {
  const part = body.slice(body.lastIndexOf(',') + 1)
  const [, word = '', written = ''] = /^\s*(\w+)\s+("[^"]*|\S*)$/.exec(part) ?? []
  const from = before.length - written.length
  if (word === 'role') return { from, offers: quoted(vocabulary.roles, 'everybody who holds it') }
  if (word === 'need') return { from, offers: plain(NOTICE_NEEDS, 'acknowledgements') }
  if (word === 'mail' || word === 'webhook')
    return {
      from,
      offers: vocabulary.variables.map((name) => ({
        label: `$\{${name}}`,
        insert: `$\{${name}}`,
        detail: 'variable',
      })),
    }
  return atWord(before, [...plain(NOTICE_CHANNELS, 'receiver'), ...plain(['need', 'text'], 'clause')])
}

function slotOffers(before: string, body: string, { roles, sections }: Vocabulary): Offers {
  const scope = /\bscope=(?:[^"]*"[^"]*")*[^"]*?("[^"]*|[^\s,"]*)$/.exec(body)
  if (scope !== null) {
    const written = scope[1] ?? ''
    const offers = sections.map((title) => ({ label: title, insert: `"${title}"`, detail: 'section' }))
    return { from: before.length - written.length, offers }
  }
  if (body.trim() !== '' && /\s$/.test(body))
    return atWord(before, [{ label: 'scope=', insert: 'scope=', detail: 'only these sections' }])
  const written = body.trimStart()
  return {
    from: before.length - written.length,
    offers: roles.map((role) => ({ label: role, insert: role, detail: 'sign-off role' })),
  }
}

function probeOffers(before: string, body: string, { variables }: Vocabulary): Offers {
  const named: Name = (name, detail) => ({
    label: `$\{${name}}`,
    insert: `$\{${name}}`,
    detail,
  })
  const variable = /\$\{?(\w*)$/.exec(body)
  if (variable !== null) {
    const offers = [
      ...variables.map((name) => named(name, 'variable')),
      ...RUN_VARIABLES.map((name) => named(name, 'from the run')),
    ]
    return { from: before.length - variable[0].length, offers }
  }
  if (!/^\s*composite\s/.test(body)) return kindOffers(before, body, { named, variables, part: false })
  const place = placeInComposite(body)
  if ('body' in place) return kindOffers(before, place.body, { named, variables, part: true })
  const kinds = place.isKind ? PULLED_KINDS.map(kindOffer) : []
  return atWord(before, [...plain(place.words), ...kinds])
}

const kindOffer = (kind: string): Offer => ({ label: kind, insert: `${kind} `, detail: 'kind of probe' })

/** What can stand at the end of one probe's text; a `part` of a composite has no clauses of all kinds, and another part behind it. */
function kindOffers(
  before: string,
  body: string,
  { named, variables, part }: { named: Name; variables: readonly string[]; part: boolean },
): Offers {
  const words = body.trim().split(/\s+/)
  const number = /\s$/.test(body) || body === '' ? words.length + (words[0] === '' ? 0 : 1) : words.length
  if (number <= 1) return atWord(before, PROBES.map(kindOffer))
  const kind = PROBES.find((known) => known === words[0])
  const { subjects: all, options } = kind ? grammarOf(kind) : { subjects: [], options: [] }
  const isPushedKind = kind !== undefined && isPushed(kind)
  const looking = part ? OF_PART : CLAUSES
  const common = isPushedKind ? CLAUSES.filter((clause) => !LOOKING.includes(clause)) : looking
  const clauses = [...plain(common, 'clause'), ...plain(options, 'clause')]
  const addresses = isPushedKind ? [] : variables.map((name) => named(name, 'variable'))
  const heads = kind === 'report' ? plain(MEANINGS, 'what it is about') : []
  if (number === 2)
    return atWord(
      before,
      [...addresses, ...heads, ...(kind === 'http' ? plain(METHODS, 'method') : [])],
      /\S*$/,
    )
  const meaning = kind === 'report' ? MEANINGS.find((known) => known === words[1]) : undefined
  const subjects = meaning === undefined ? all : Object.keys(REPORT_FORMS[meaning])
  const last = words.at(/\s$/.test(body) ? -1 : -2) ?? ''
  if (last === 'expect' || last === 'warn') return atWord(before, plain(subjects, 'what to look at'))
  if (last.endsWith(',')) return atWord(before, [...plain(subjects, 'one more condition'), ...clauses])
  return atWord(before, clauses)
}
