import { CodeBlock } from '#components/ui/code-block.tsx'
import { Digest } from '#components/ui/digest.tsx'
import { Disclosure } from '#components/ui/disclosure.tsx'
import { type Fact, Facts } from '#components/ui/facts.tsx'
import { Table } from '#components/ui/table.tsx'
import type { HistoryRow } from '#lib/runs/item-history.ts'

type Kept = NonNullable<HistoryRow['observation']>

const RESULTS = { true: 'met', false: 'not met', unknown: 'not known' } as const
const PHASES = ['resolve', 'connect', 'tls', 'wait', 'transfer', 'total'] as const

function factsOf({ seen, probe }: Kept): Fact[] {
  const { request, connection, response, body, tls, error, phases } = seen
  const mono = (text: string) => <span className="font-mono text-xs break-all">{text}</span>
  const found: (Fact | null)[] = [
    { term: 'Probe', value: mono(probe) },
    request && { term: 'Request', value: mono(`${request.method} ${request.url}`) },
    connection && {
      term: 'Address',
      value: mono(
        `${connection.used ?? 'none reached'} of ${connection.addresses.join(', ') || 'none'}${connection.allowedBy ? `, allowed by ${connection.allowedBy}` : ''}`,
      ),
    },
    response && { term: 'Answer', value: mono(`${response.status} over HTTP/${response.httpVersion}`) },
    error && { term: 'Error', value: <span className="text-no">{error.message}</span> },
    tls && {
      term: 'TLS',
      value: mono(
        `${tls.version}, ${tls.trusted ? 'trusted' : `not trusted: ${tls.distrust ?? ''}`}${tls.certificate ? `, ${tls.certificate.daysLeft} days left` : ''}`,
      ),
    },
    body && {
      term: 'Body',
      value: mono(
        `${body.bytes} bytes${body.encoding ? `, ${body.encoding}, ${body.wireBytes} on the wire` : ''}`,
      ),
    },
    body?.sha256 ? { term: 'Body’s SHA-256', value: <Digest value={body.sha256} copy /> } : null,
    {
      term: 'Timings',
      value: mono(
        PHASES.flatMap((phase) => (phases[phase] === null ? [] : [`${phase} ${phases[phase]} ms`])).join(
          ' · ',
        ) || 'none',
      ),
    },
  ]
  return found.filter((fact) => fact !== null)
}

/** What one attempt saw and how each condition was judged: enough to judge it again by hand. */
export function ObservationFacts({ observation }: { observation: Kept }) {
  const { judgement, seen } = observation
  return (
    <div className="mt-2 grid gap-3">
      <p className="m-0 font-mono text-xs">{observation.line}</p>
      {judgement.conditions.length > 0 ? (
        <Table caption="Conditions" hideCaption dense>
          <thead>
            <tr>
              <th scope="col">Condition</th>
              <th scope="col">Seen</th>
              <th scope="col">Wanted</th>
              <th scope="col">Result</th>
            </tr>
          </thead>
          <tbody>
            {judgement.conditions.map((condition) => (
              <tr key={condition.text} className="font-mono text-xs">
                <td>{condition.text}</td>
                <td>{condition.observed}</td>
                <td>{condition.wanted}</td>
                <td className={condition.result === 'true' ? 'text-go' : 'text-no'}>
                  {RESULTS[condition.result]}
                </td>
              </tr>
            ))}
          </tbody>
        </Table>
      ) : null}
      <Facts layout="list" items={factsOf(observation)} />
      {seen.response && seen.response.headers.length > 0 ? (
        <Disclosure
          summary={`Headers kept (${seen.response.headers.length} of ${seen.response.headerNames.length})`}
        >
          <CodeBlock
            label="Headers"
            code={seen.response.headers.map(({ name, value }) => `${name}: ${value}`).join('\n')}
          />
        </Disclosure>
      ) : null}
      {seen.body?.excerpt ? (
        <Disclosure summary="Beginning of the body">
          <CodeBlock label="Body" code={seen.body.excerpt} />
        </Disclosure>
      ) : null}
    </div>
  )
}
