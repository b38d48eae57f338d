import type { ReactNode } from 'react'
import { CodeBlock } from '#components/ui/code-block.tsx'
import { Digest } from '#components/ui/digest.tsx'
import { Disclosure } from '#components/ui/disclosure.tsx'
import { type Fact, Facts } from '#components/ui/facts.tsx'
import { curlOf } from '#lib/probes/curl.ts'
import type { Judgement } from '#lib/probes/judgement.ts'
import type { Observation } from '#lib/probes/observation.ts'
import { shown } from '#lib/probes/shown.ts'
import type { Shown } from '#lib/probes/shown-fact.ts'
import { ConditionTable } from './condition-table.tsx'

/** `probe`: as it was configured, in the words of the template. */
type Kept = { probe: string; judgement: Judgement; seen: Observation }

function factsOf({ seen, probe, judgement }: Kept, { facts }: Shown): Fact[] {
  const mono = (text: string) => <span className="font-mono text-xs wrap-anywhere">{text}</span>
  const paged = (text: string, href: string) => (
    <a
      href={href}
      target="_blank"
      rel="noopener noreferrer nofollow"
      className="underline underline-offset-2"
    >
      {mono(text)}
    </a>
  )
  return [
    { term: 'Probe', value: mono(probe) },
    ...facts.map(({ term, text, is, href }) => ({
      term,
      value: is === 'digest' ? <Digest value={text} copy /> : href ? paged(text, href) : mono(text),
    })),
    // The line above says it already, unless several looks made it.
    ...(seen.error && !judgement.line.includes(seen.error.message)
      ? [{ term: 'Error', value: <span className="text-no">{seen.error.message}</span> }]
      : []),
  ]
}

/** What one attempt saw and how each condition was judged: enough to judge it again by hand. `remark`: under the conditions. */
export function ObservationFacts({ observation, remark }: { observation: Kept; remark?: ReactNode }) {
  const { judgement } = observation
  const found = shown(observation.seen)
  const curl = curlOf(observation.seen)
  return (
    <div className="mt-2 grid gap-3">
      <p className="m-0 font-mono text-xs">{judgement.line}</p>
      {judgement.conditions.length > 0 ? <ConditionTable conditions={judgement.conditions} /> : null}
      {remark}
      <Facts layout="list" items={factsOf(observation, found)} />
      {found.blocks.map(({ summary, label, code }) => (
        <Disclosure key={label} summary={summary}>
          <CodeBlock label={label} code={code} />
        </Disclosure>
      ))}
      {curl === null ? null : (
        <Disclosure summary="The same request by hand">
          <CodeBlock label="Request as a curl command" code={curl} />
        </Disclosure>
      )}
    </div>
  )
}
