import type { ReactNode } from 'react'
import { CodeBlock } from '#components/ui/code-block.tsx'
import { Digest } from '#components/ui/digest.tsx'
import { Disclosure } from '#components/ui/disclosure.tsx'
import { type Fact, Facts } from '#components/ui/facts.tsx'
import { curlOf } from '#lib/probes/curl.ts'
import type { JudgedLook } from '#lib/probes/judged-looks.ts'
import type { Judgement } from '#lib/probes/judgement.ts'
import type { Observation } from '#lib/probes/observation.ts'
import { shown } from '#lib/probes/shown.ts'
import { byHand, readable, type Shown, type ShownFact, type ShownPart } from '#lib/probes/shown-fact.ts'
import { ConditionTable } from './condition-table.tsx'

type Kept = { judgement: Judgement; seen: Observation; looks?: readonly JudgedLook[] }
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

/** A part of a composite, or a look of a window, with all that it holds. `of`: names the whole. */
function Part({ part, of }: { part: ShownPart; of: string }) {
  const { title, isFolded = false, conditions = [], parts = [] } = part
  const inner = (
    <>
      {conditions.length > 0 ? <ConditionTable conditions={conditions} of={`${title}, ${of}`} /> : null}
      <FactGroup {...part} />
      {parts.map((one) => (
        <Part key={one.title} part={one} of={of} />
      ))}
    </>
  )
  if (isFolded)
    return (
      <Disclosure summary={title}>
        <div className="grid grid-cols-1 gap-3">{inner}</div>
      </Disclosure>
    )
  return (
    <section aria-label={`${title}, ${of}`} className="grid grid-cols-1 gap-3 border-l-2 border-line pl-3.5">
      <h4 className="m-0 text-sm font-strong">{title}</h4>
      {inner}
    </section>
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
  const { judgement, seen, looks } = observation
  const { facts, blocks, parts = [] } = shown(seen, looks)
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
        <Part key={part.title} part={part} of={of} />
      ))}
    </div>
  )
}
