import { cx } from '#components/ui/cx.ts'
import { Table, WIDE_CELL } from '#components/ui/table.tsx'
import type { JudgedCondition } from '#lib/probes/judged.ts'
import { shownCondition } from '#lib/probes/shown-condition.ts'

const RESULTS = { true: 'met', false: 'not met', unknown: 'not known' } as const
const TONES = { true: 'text-go', false: 'text-no', unknown: 'text-warn' } as const

/** What only warns is not what the item hangs on: unmet, it is amber and not red. */
function toneOf({ level, result }: Pick<JudgedCondition, 'level' | 'result'>): string {
  return level === 'warn' && result === 'false' ? TONES.unknown : TONES[result]
}

/** Each condition with what was seen of it; on a phone under it. `of`: names the look, as several may stand on a page. */
export function ConditionTable({ conditions, of }: { conditions: readonly JudgedCondition[]; of: string }) {
  const rows = conditions.map((condition) => ({
    ...shownCondition(condition),
    level: condition.level,
    result: condition.result,
  }))
  return (
    <Table caption={`Conditions, ${of}`} hideCaption dense>
      <thead>
        <tr>
          <th scope="col">Condition</th>
          <th scope="col" className={WIDE_CELL}>
            Seen
          </th>
          <th scope="col">Result</th>
        </tr>
      </thead>
      <tbody>
        {rows.map(({ text, seen, wanted, level, result }) => (
          <tr key={`${level} ${text}`} className="font-mono text-xs">
            <td className="wrap-anywhere sm:w-2/5">
              {level === 'warn' ? <span className="text-soft">warn </span> : null}
              {text}
              {wanted === null ? null : <span className="block text-soft">wanted: {wanted}</span>}
              <span className="block text-soft sm:hidden">{seen}</span>
            </td>
            <td className={cx(WIDE_CELL, 'wrap-anywhere')}>{seen}</td>
            <td className={cx(toneOf({ level, result }), 'whitespace-nowrap')}>{RESULTS[result]}</td>
          </tr>
        ))}
      </tbody>
    </Table>
  )
}
