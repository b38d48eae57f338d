import type { ReactNode } from 'react'
import { CodeBlock } from '#components/ui/code-block.tsx'
import { cx } from '#components/ui/cx.ts'
import { Digest } from '#components/ui/digest.tsx'
import { Disclosure } from '#components/ui/disclosure.tsx'
import { type Fact, Facts } from '#components/ui/facts.tsx'
import { Table, WIDE_CELL } from '#components/ui/table.tsx'
import { curlOf } from '#lib/probes/curl.ts'
import type { Judgement } from '#lib/probes/judgement.ts'
import type { Observation } from '#lib/probes/observation.ts'
import { shown } from '#lib/probes/shown.ts'
import type { Shown } from '#lib/probes/shown-fact.ts'

/** `probe`: as it was configured, in the words of the template. */
type Kept = { probe: string; judgement: Judgement; seen: Observation }

const RESULTS = { true: 'met', false: 'not met', unknown: 'not known' } as const
const TONES = { true: 'text-go', false: 'text-no', unknown: 'text-warn' } as const

function factsOf({ seen, probe }: Kept, { facts }: Shown): Fact[] {
  const mono = (text: string) => <span className="font-mono text-xs wrap-anywhere">{text}</span>
  return [
    { term: 'Probe', value: mono(probe) },
    ...facts.map(({ term, text, is }) => ({
      term,
      value: is === 'digest' ? <Digest value={text} copy /> : mono(text),
    })),
    ...(seen.error ? [{ term: 'Error', value: <span className="text-no">{seen.error.message}</span> }] : []),
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
      {judgement.conditions.length > 0 ? (
        <Table caption="Conditions" hideCaption dense>
          <thead>
            <tr>
              <th scope="col">Condition</th>
              <th scope="col">Seen</th>
              <th scope="col" className={WIDE_CELL}>
                Wanted
              </th>
              <th scope="col">Result</th>
            </tr>
          </thead>
          <tbody>
            {judgement.conditions.map((condition) => (
              <tr key={condition.text} className="font-mono text-xs">
                <td>{condition.text}</td>
                <td>{condition.observed}</td>
                <td className={WIDE_CELL}>{condition.wanted}</td>
                <td className={cx(TONES[condition.result], 'whitespace-nowrap')}>
                  {RESULTS[condition.result]}
                </td>
              </tr>
            ))}
          </tbody>
        </Table>
      ) : null}
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
