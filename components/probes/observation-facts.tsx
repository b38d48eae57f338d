import type { ReactNode } from 'react'
import { CodeBlock } from '#components/ui/code-block.tsx'
import { Digest } from '#components/ui/digest.tsx'
import { Disclosure } from '#components/ui/disclosure.tsx'
import { type Fact, Facts } from '#components/ui/facts.tsx'
import { curlOf } from '#lib/probes/curl.ts'
import type { Judgement } from '#lib/probes/judgement.ts'
import type { Observation } from '#lib/probes/observation.ts'
import { shown } from '#lib/probes/shown.ts'
import { byHand, readable, type Shown, type ShownFact } from '#lib/probes/shown-fact.ts'
import { ConditionTable } from './condition-table.tsx'

type Kept = { judgement: Judgement; seen: Observation }
type Group = Pick<Shown, 'facts' | 'blocks'>

function FactValue({ text, is, href }: ShownFact) {
  if (is === 'digest') return <Digest value={text} copy />
  const mono = <span className="font-mono text-xs wrap-anywhere">{text}</span>
  if (href === undefined) return mono
  return (
    <a
      href={href}
      target="_blank"
      rel="noopener noreferrer nofollow"
      className="underline underline-offset-2"
    >
      {mono}
    </a>
  )
}

function factsOf(facts: readonly ShownFact[]): Fact[] {
  return facts.map((fact) => ({ term: fact.term, value: <FactValue {...fact} /> }))
}

function FactGroup({ facts, blocks }: Group) {
  return (
    <>
      {facts.length > 0 ? <Facts layout="list" items={factsOf(facts)} /> : null}
      {blocks.map(({ summary, label, code }) => (
        <Disclosure key={label} summary={summary}>
          <CodeBlock label={label} code={code} />
        </Disclosure>
      ))}
    </>
  )
}

/** The line above says it already, unless several looks made it. */
function errorOf({ seen, judgement }: Kept): ShownFact[] {
  return seen.error && !judgement.line.includes(seen.error.message)
    ? [{ term: 'Error', text: seen.error.message }]
    : []
}

/** What one attempt saw and how each condition was judged: enough to judge it again by hand. `remark`: under the conditions. */
export function ObservationFacts({ observation, remark }: { observation: Kept; remark?: ReactNode }) {
  const { judgement, seen } = observation
  const { facts, blocks, parts = [] } = shown(seen)
  const curl = curlOf(seen)
  // Several looks may be open on one page, each with regions of its own.
  const of = readable(seen.at)
  return (
    <div className="mt-3 grid grid-cols-1 gap-3">
      {judgement.conditions.length > 0 ? <ConditionTable conditions={judgement.conditions} of={of} /> : null}
      {remark}
      <FactGroup
        facts={[...facts, ...errorOf(observation)]}
        blocks={[...blocks, ...(curl === null ? [] : [byHand(curl)])]}
      />
      {parts.map((part) => (
        <section
          key={part.title}
          aria-label={`${part.title}, ${of}`}
          className="grid grid-cols-1 gap-3 border-l-2 border-line pl-3.5"
        >
          <h4 className="m-0 text-sm font-strong">{part.title}</h4>
          <FactGroup {...part} />
        </section>
      ))}
    </div>
  )
}
