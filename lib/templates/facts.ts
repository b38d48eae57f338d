import { deriveKey } from './identity.ts'
import { wordsOf } from './stages.ts'

export type Condition = { key: string; question: string }

/**
 * Subjects and conditions whose question we word by hand. "Yes" always means that the item has to be done; "no" lets
 * the run propose it as not applicable.
 */
const WORDED: { key: string; condition: RegExp; subject: RegExp; question: string }[] = [
  {
    key: 'websockets',
    condition: /^applicable$|websocket/,
    subject: /\bweb ?sockets?\b/,
    question: 'Does the service use WebSockets?',
  },
  {
    key: 'status-page',
    condition: /^(?:applicable|needed|required|necessary)$|status page/,
    subject: /\bstatus ?page\b/,
    question: 'Does this release call for a notice on the status page?',
  },
  {
    key: 'user-facing-changes',
    condition: /^(?:there are )?(?:any )?(?:user|customer) (?:facing|visible) changes?$/,
    subject: /./,
    question: 'Does this release change anything that users see or do?',
  },
  {
    key: 'new-features',
    condition: /^(?:there are )?(?:any )?new features?$/,
    subject: /./,
    question: 'Does this release bring new features?',
  },
  {
    key: 'interface-changes',
    condition: /^(?:any )?changes?$|^changed$|^(?:the )?(?:apis?|interfaces?) changes?$/,
    subject: /\b(?:apis?|interfaces?|endpoints?|openapi|swagger)\b/,
    question: 'Does this release change an interface that others call?',
  },
  {
    key: 'new-procedures',
    condition: /^(?:there are )?(?:any )?new procedures?$/,
    subject: /./,
    question: 'Does this release need new operating procedures?',
  },
  {
    key: 'secrets-rotation',
    condition: /^(?:needed|required|necessary|applicable)$/,
    subject: /\b(?:secrets?|credentials?|api keys?)\b/,
    question: 'Do secrets have to be rotated for this release?',
  },
]

const STATE = '(?:applicable|needed|required|necessary|relevant|appropriate|any)'
const IN_BRACKETS = /[([]\s*(?:only\s+)?(?:if|when|where)\s+([^()[\]]{2,120}?)\s*[)\]]/iu
const BARE = new RegExp(`(?:^|[\\s,;])(?:if|when|where)\\s+(${STATE})(?![\\p{L}\\p{N}])`, 'iu')
const LONGEST_SUBJECT = 120
const CLAUSE = /\b(?:is|are|was|were|has|have|had|does|do|can|will|not|you|we|it|exists?|changed|used)\b/
/** A condition that is a thing to have, and not a state to be in. */
const THINGS =
  /^(?:new|any|breaking|user|customer|database|db|schema|api|data|config|configuration|major) (?:\S+ ){0,2}\S+s$/
const USING = /^(?:using|uses)\s+(.+)$/i

/**
 * The condition under which a line counts ("if applicable", "(if new features)"), as a question for the opening of a run, or
 * null where the line is unconditional. Sections are read the same way.
 */
export function findCondition(text: string): Condition | null {
  const match = IN_BRACKETS.exec(text) ?? BARE.exec(text)
  const written = match?.[1]?.trim()
  if (match === null || written === undefined) return null
  const condition = wordsOf(written)
  const rest = `${text.slice(0, match.index)} ${text.slice(match.index + match[0].length)}`
  const subject = rest
    .replace(/\s+/g, ' ')
    .replace(/\s+([,.;:])/g, '$1')
    .replace(/[\s,;:]+$/, '')
    .trim()
  const worded = WORDED.find((one) => one.condition.test(condition) && one.subject.test(wordsOf(subject)))
  if (worded !== undefined) return { key: worded.key, question: worded.question }
  const question = questionFor({ written, condition, subject: shorten(subject) })
  return { key: deriveKey({ within: 'fact', text: question }), question }
}

function questionFor({
  written,
  condition,
  subject,
}: {
  written: string
  condition: string
  subject: string
}): string {
  const used = USING.exec(written)?.[1]
  if (used !== undefined) return `Does this release use ${used}?`
  if (THINGS.test(condition) && !CLAUSE.test(condition)) return `Does this release have ${written}?`
  if (new RegExp(`^${STATE}$`).test(condition)) return `Does this release call for “${subject}”?`
  return `Does this release call for “${subject}” (if ${written})?`
}

function shorten(text: string): string {
  const plain = text.replace(/[*_`]+/g, '')
  return plain.length <= LONGEST_SUBJECT ? plain : `${plain.slice(0, LONGEST_SUBJECT).trimEnd()}…`
}
