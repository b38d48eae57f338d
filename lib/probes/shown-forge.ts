import type { ForgeObservation } from './observations/forge.ts'
import { type Shown, type ShownFact, tlsText } from './shown-fact.ts'

const FORGES = { github: 'GitHub', gitlab: 'GitLab' } as const
const SAID = { approved: 'approved', changes_requested: 'wants changes', dismissed: 'dismissed' } as const

export function ofForge(seen: ForgeObservation): Shown {
  const { forge, repository, commit, tls, requests, found, pull, reviews, checks } = seen
  const word = forge === 'github' ? 'Pull request' : 'Merge request'
  const facts: ShownFact[] = [
    ...(repository === null ? [] : [{ term: FORGES[forge], text: repository }]),
    ...(commit === null ? [] : [{ term: 'Commit', text: commit }]),
    ...(found === null || pull ? [] : [{ term: word, text: `${found} have the commit` }]),
    ...(pull
      ? [
          {
            term: word,
            text: `${pull.number}, ${pull.state}${pull.draft ? ', a draft' : ''}, by ${pull.author ?? 'an account that is gone'}`,
          },
          {
            term: 'Mergeable',
            text: `${pull.mergeable === null ? 'not known' : pull.mergeable ? 'yes' : 'no'}${pull.mergeSaid === null ? '' : ` (${pull.mergeSaid})`}`,
          },
        ]
      : []),
    ...(reviews ?? []).map(({ by, state, atHead, discounted }) => ({
      term: by,
      text: `${SAID[state]}${atHead === false ? ' an earlier commit' : ''}${discounted === null ? '' : `, does not count: ${discounted}`}`,
    })),
    ...(tls ? [{ term: 'TLS', text: tlsText(tls) }] : []),
    ...requests.map(({ path, status }) => ({ term: 'Request', text: `GET ${path}: ${status}` })),
  ]
  const lines = (checks ?? []).map(({ name, said }) => `${name}: ${said}`)
  const summary = `Checks (${lines.length} of ${seen.totals.checks})`
  return { facts, blocks: checks ? [{ summary, label: 'Checks', code: lines.join('\n') || 'none' }] : [] }
}
