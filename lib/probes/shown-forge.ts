import { isBy } from './forge-words.ts'
import type {
  ForgeCheckRun,
  ForgeObservation,
  ForgePull,
  ForgeReview,
  RequiredChecks,
  RequiredReviews,
} from './observations/forge.ts'
import { readable, type Shown, type ShownFact, tlsText } from './shown-fact.ts'

const FORGES = { github: 'GitHub', gitlab: 'GitLab' } as const
const SAID = { approved: 'approved', changes_requested: 'wants changes', dismissed: 'dismissed' } as const
/** So many required checks stand as facts with their links; the others are in the list of all of them. */
const MOST = 20

const at = (time: string | undefined): string => (time === undefined ? '' : `, ${readable(time)}`)
/** A forge says what it likes: only what leads to a page becomes a link. */
const linked = (url: string | undefined): { href?: string } =>
  url !== undefined && /^https?:\/\//.test(url) ? { href: url } : {}

export function ofForge(seen: ForgeObservation): Shown {
  const { forge, repository, commit, tls, requests, found, pull, reviews, checks, required } = seen
  const word = forge === 'github' ? 'Pull request' : 'Merge request'
  const facts: ShownFact[] = [
    ...(repository === null ? [] : [{ term: FORGES[forge], text: repository }]),
    ...(commit === null ? [] : [{ term: 'Commit', text: commit }]),
    ...(found === null || pull ? [] : [{ term: word, text: `${found} have the commit` }]),
    ...(pull ? ofPull(pull, word) : []),
    ...(reviews ?? []).map(ofReview),
    ...(required?.reviews ? ofRequiredReviews(required.reviews) : []),
    ...(required?.checks ? ofRequiredChecks(required.checks) : []),
    ...(tls ? [{ term: 'TLS', text: tlsText(tls) }] : []),
    ...requests.map(({ path, status }) => ({ term: 'Request', text: `GET ${path}: ${status}` })),
  ]
  const lines = (checks ?? []).map(lineOf)
  const summary = `Checks (${lines.length} of ${seen.totals.checks})`
  const wanted = required?.checks?.wanted ?? []
  const more = wanted.slice(MOST).map(({ name, rule }) => `${name}: ${rule}`)
  return {
    facts,
    blocks: [
      ...(more.length > 0
        ? [
            {
              summary: `More required checks (${more.length})`,
              label: 'More required checks',
              code: more.join('\n'),
            },
          ]
        : []),
      ...(checks ? [{ summary, label: 'Checks', code: lines.join('\n') || 'none' }] : []),
    ],
  }
}

function ofPull(pull: ForgePull, word: string): ShownFact[] {
  const { number, state, draft, author, into, mergeable, mergeSaid, url } = pull
  const said = mergeSaid === null ? '' : ` (${mergeSaid})`
  return [
    {
      term: word,
      text: `${number}, ${state}${draft ? ', a draft' : ''}, by ${author ?? 'an account that is gone'}${into === undefined ? '' : `, into ${into}`}`,
      ...linked(url),
    },
    { term: 'Mergeable', text: `${mergeable === null ? 'not known' : mergeable ? 'yes' : 'no'}${said}` },
  ]
}

function ofReview({ by, state, atHead, discounted, at: time, url }: ForgeReview): ShownFact {
  const where = atHead === false ? ' an earlier commit' : ''
  const not = discounted === null ? '' : `, does not count: ${discounted}`
  return { term: by, text: `${SAID[state]}${where}${not}${at(time)}`, ...linked(url) }
}

const ofUnread = (unread: readonly string[]): ShownFact[] =>
  unread.map((what) => ({ term: 'Could not be read', text: what }))

function ofRequiredReviews({ of, rules, unread, owners, lastPush }: RequiredReviews): ShownFact[] {
  const met = { true: ', met', false: ', not met', null: '' }
  const wishes = [...(owners ? ['by code owners'] : []), ...(lastPush ? ['after the last push'] : [])]
  return [
    ...(rules.length === 0 ? [{ term: 'Required approvals', text: `none by ${of}` }] : []),
    ...rules.map(({ name, count, met: is }) => ({
      term: 'Required approvals',
      text: [`${count} by ${name}${met[`${is}`]}`, ...wishes].join(', '),
    })),
    ...ofUnread(unread),
  ]
}

function ofRequiredChecks({ of, wanted, reports, unread }: RequiredChecks): ShownFact[] {
  const none = wanted.length === 0 ? [{ term: 'Required checks', text: `none by ${of}` }] : []
  const shownChecks = wanted.slice(0, MOST).flatMap((one): ShownFact[] => {
    const named = reports.filter(({ name }) => name === one.name)
    if (named.length === 0)
      return [{ term: 'Required check', text: `${one.name}: has not reported; ${one.rule}` }]
    return named.map((report) => ({
      term: 'Required check',
      text: `${lineOf(report)}${isBy(report, one) ? '' : ', not the program that has to'}; ${one.rule}`,
      ...linked(report.url),
    }))
  })
  return [...none, ...shownChecks, ...ofUnread(unread)]
}

function lineOf({ name, said, app, at: time, ofHead }: ForgeCheckRun): string {
  const where = ofHead === true ? ', for the last commit of the request' : ''
  return `${name}: ${said}${app === undefined ? '' : `, by ${app.name}`}${at(time)}${where}`
}
