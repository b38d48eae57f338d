import type { Law } from '#tests/house/law.ts'

/** What probes count. `series` is the same for one and many, and a composite has two parts at least. */
const NOUNS =
  'alerts|bits|bytes|checks|clients|cookies|cores|days|endpoints|families|groups|items|keys|lines|look-ups|looks|nodes|peers|pods|replicas|restarts|rules|samples|silences|steps|tests'
const BY_HAND = new RegExp(`\\$\\{[^}]*\\} (?:[a-z]+ )?(?:${NOUNS})\\b`)

const judged = /^lib\/probes\/(?:judges\/|judge|shown|kubernetes-|forge-|connection\.ts)/

export const counts: Law = {
  name: 'what a probe counted is written by counted(): never "1 rules"',
  bad: [
    { 'lib/probes/judges/rules.ts': 'const a = `$' + '{rules} rules`' },
    { 'lib/probes/shown-web.ts': 'const a = `$' + '{body.bytes} bytes`' },
    { 'lib/probes/kubernetes-rollout.ts': 'const a = `$' + '{left} old replicas left`' },
  ],
  good: [
    {
      'lib/probes/judges/rules.ts': "const a = counted({ count: rules, one: 'rule' })",
      // A limit is a constant above one.
      'lib/probes/step-grammar.ts': 'const a = `a probe has at most $' + '{LIMIT} steps`',
      'lib/probes/judges/forge.ts': 'const a = `$' + '{of} requires no checks`',
    },
  ],
  check: ({ files }) =>
    files
      .filter(({ path }) => judged.test(path))
      .flatMap(({ path, text }) =>
        text.split('\n').flatMap((line, index) => {
          const found = BY_HAND.exec(line)?.[0]
          if (found === undefined || / (?:no|is|has|requires) /.test(found)) return []
          return [{ path, line: index + 1, because: `counts by hand: ${found}` }]
        }),
      ),
}
