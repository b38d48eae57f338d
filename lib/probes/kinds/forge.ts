import { z } from 'zod'
import { baseFields, hasExpectation, NO_EXPECTATION, usualBase } from '../base-probe.ts'
import { type CheckOf, checkSchema, FLAG, number, printCheck, readCheck, TEXT } from '../checks.ts'
import { choice } from '../condition-grammar.ts'
import type { ProbeGrammar } from '../kind.ts'
import { PROBE_LIMITS } from '../limits.ts'
import { readUrl } from '../read-address.ts'
import { readVariable } from '../read-variable.ts'
import type { Scanner } from '../scanner.ts'
import { isUrlTemplate, isVariableName } from '../texts.ts'

export const FORGES = ['github', 'gitlab'] as const
export type Forge = (typeof FORGES)[number]

/** Where their interfaces are, unless the probe says otherwise. */
export const FORGE_URLS: Readonly<Record<Forge, string>> = {
  github: 'https://api.github.com',
  gitlab: 'https://gitlab.com/api/v4',
}
const OF_RUN = '$' + '{RUN_COMMIT}'

export const FORGE_FORMS = {
  /** By at least one person who is not its author, and nobody's last word is that changes are wanted. */
  approved: FLAG,
  /** How many of them. */
  approvals: number(null),
  /** Every approval that counts was given to the last commit. */
  'approved-at-head': FLAG,
  /** As many, and as, the rules of the branch want before a merge. */
  'required-approvals': FLAG,
  mergeable: FLAG,
  merged: FLAG,
  /** Of all that ran for the commit none failed, none is under way and one succeeded. */
  'checks-green': FLAG,
  /** Each that the rules of the branch want before a merge was reported for the commit and did not fail. */
  'required-checks-green': FLAG,
  /** The one of this name. */
  check: TEXT,
  time: number('ms'),
} as const
export type ForgeCheck = CheckOf<typeof FORGE_FORMS>

/** `owner/name`; on GitLab with any number of groups; variables included. */
const PART = '(?:[\\w.-]|\\$\\{[A-Z][A-Z0-9_]{0,63}\\}){1,100}'
const REPOSITORY = new RegExp(`^${PART}(?:/${PART}){0,9}$`)
const COMMIT = /^(?:[0-9a-f]{7,40}|\$\{[A-Z][A-Z0-9_]{0,63}\})$/

export const forgeProbeSchema = z
  .strictObject({
    ...baseFields,
    kind: z.literal('forge'),
    forge: z.enum(FORGES),
    url: z.string().refine(isUrlTemplate),
    repository: z.string().max(500).regex(REPOSITORY),
    /** The name of the variable that holds the token, which is never written into a template. */
    token: z.string().refine(isVariableName).nullable(),
    commit: z.string().regex(COMMIT),
    conditions: z.array(checkSchema(FORGE_FORMS)).min(1).max(PROBE_LIMITS.conditions),
  })
  .refine(hasExpectation, NO_EXPECTATION)
export type ForgeProbe = z.infer<typeof forgeProbeSchema>

const ON_REVIEWS = ['approved', 'approvals', 'approved-at-head', 'required-approvals']
const ON_PULL = [...ON_REVIEWS, 'mergeable', 'merged', 'required-checks-green']
const asks =
  (words: readonly string[]) =>
  ({ conditions }: Pick<ForgeProbe, 'conditions'>): boolean =>
    conditions.some(({ on }) => words.includes(on))
export const asksPull = asks(ON_PULL)
export const asksReviews = asks(ON_REVIEWS)
export const asksMergeable = asks(['mergeable'])
export const asksChecks = asks(['checks-green', 'check'])
export const asksRequiredChecks = asks(['required-checks-green'])
export const asksRequiredReviews = asks(['required-approvals'])
/** To which commit an approval was given. */
export const asksAtHead = asks(['approved-at-head', 'required-approvals'])

export const forgeGrammar: ProbeGrammar<ForgeProbe> = {
  schema: forgeProbeSchema,
  subjects: Object.keys(FORGE_FORMS),
  options: [],
  repeatable: [],
  example: 'approved',
  head(scanner) {
    const forge = choice(scanner, FORGES, 'the forge')
    const repository = readRepository(scanner, forge)
    const token = readVariable(scanner, { word: 'token', example: 'FORGE_TOKEN' })
    const url = readAfter(scanner, 'url') ? readUrl(scanner) : FORGE_URLS[forge]
    const commit = readAfter(scanner, 'commit') ? readCommit(scanner) : OF_RUN
    return { ...usualBase(), kind: 'forge', forge, url, repository, token, commit, conditions: [] }
  },
  condition: (scanner, level) => readCheck(scanner, { level, forms: FORGE_FORMS }),
  option: () => undefined,
  printHead: ({ forge, repository, token, url, commit }) =>
    [
      forge,
      repository,
      ...(token === null ? [] : [`token $\{${token}}`]),
      ...(url === FORGE_URLS[forge] ? [] : [`url ${url}`]),
      ...(commit === OF_RUN ? [] : [`commit ${commit}`]),
    ].join(' '),
  printCondition: printCheck,
  printOptions: () => [],
  sent: ({ url, repository, token, commit }) => [
    url,
    repository,
    ...(token === null ? [] : [`$\{${token}}`]),
    commit,
  ],
}

function readAfter(scanner: Scanner, word: string): boolean {
  if (scanner.peekWord() !== word) return false
  scanner.word()
  return true
}

function readRepository(scanner: Scanner, forge: Forge): string {
  scanner.skipBlanks()
  const offset = scanner.offset
  const written = scanner.word()
  const parts = written.split('/').length
  const isOne = REPOSITORY.test(written) && (written.startsWith('${') || parts >= 2)
  if (!isOne || (forge === 'github' && parts > 2))
    scanner.fail({
      offset,
      message:
        forge === 'github' ? 'a repository is written as OWNER/NAME' : 'a project is written as GROUP/NAME',
      expected: [forge === 'github' ? 'acme/web' : 'acme/shop/web'],
    })
  return written
}

function readCommit(scanner: Scanner): string {
  scanner.skipBlanks()
  const offset = scanner.offset
  const written = scanner.word()
  if (!COMMIT.test(written))
    scanner.fail({
      offset,
      message: 'a commit is 7 to 40 hexadecimal digits, or a variable',
      expected: [OF_RUN, '8f3c2d1'],
    })
  return written
}
