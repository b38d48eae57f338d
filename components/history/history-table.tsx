import Link from 'next/link'
import { cx } from '#components/ui/cx.ts'
import { Table, WIDE_CELL } from '#components/ui/table.tsx'
import { Time } from '#components/ui/time.tsx'
import type { HistoryRow } from '#lib/runs/read/history.ts'
import { paths } from '#lib/shared/paths.ts'
import { formatDuration } from '#lib/shared/time.ts'
import { counted, DECISION_WORDS } from '#lib/shared/words.ts'
import { RunStateTag } from './run-state-tag.tsx'

function HistoryLine({ team, row }: { team: string; row: HistoryRow }) {
  return (
    <tr>
      <th scope="row" className="whitespace-nowrap">
        <Link
          href={paths.run({ team, service: row.service, number: row.number })}
          className="text-ink underline-offset-2 hover:underline"
        >
          {row.service} #{row.number}
        </Link>
        <span className="block whitespace-normal text-xs font-normal text-faint sm:hidden">
          {row.environment} · {row.version}
          <br />
          <Time at={row.openedAt} show="date" /> by {row.openedBy}
          <br />
          {counted({ count: row.signers.length, one: 'signature' })}
        </span>
      </th>
      <td className={WIDE_CELL}>{row.environment}</td>
      <td>
        <RunStateTag state={row.state} />
      </td>
      <td className={cx(WIDE_CELL, 'font-mono text-xs')}>
        {row.version}
        <br />
        <span className="text-faint">{row.commit.slice(0, 7)}</span>
      </td>
      <td className={cx(WIDE_CELL, 'break-words')}>{row.changeTicket}</td>
      <td className={WIDE_CELL}>{row.openedBy}</td>
      <td className={cx(WIDE_CELL, 'whitespace-nowrap')}>
        <Time at={row.openedAt} show="date" /> <Time at={row.openedAt} show="clock" />
      </td>
      <td className={cx(WIDE_CELL, 'whitespace-nowrap text-right')}>
        {row.endedAt ? formatDuration(row.endedAt.getTime() - row.openedAt.getTime()) : ''}
      </td>
      <td className={cx(WIDE_CELL, 'text-sm')}>
        {row.signers.length === 0 ? (
          <span className="text-faint">nobody signed</span>
        ) : (
          row.signers.map(({ role, name, decision }) => (
            <span key={role} className="block whitespace-nowrap">
              {role}: {name}
              {decision === 'go' ? '' : <b className="text-warn"> {DECISION_WORDS[decision]}</b>}
            </span>
          ))
        )}
      </td>
    </tr>
  )
}

export function HistoryTable({ team, rows }: { team: string; rows: readonly HistoryRow[] }) {
  return (
    <Table caption="Runs, newest first" dense>
      <thead>
        <tr>
          <th scope="col">Run</th>
          <th scope="col" className={WIDE_CELL}>
            Environment
          </th>
          <th scope="col">State</th>
          <th scope="col" className={WIDE_CELL}>
            Release
          </th>
          <th scope="col" className={WIDE_CELL}>
            Change
          </th>
          <th scope="col" className={WIDE_CELL}>
            Opened by
          </th>
          <th scope="col" className={WIDE_CELL}>
            Opened
          </th>
          <th scope="col" className={cx(WIDE_CELL, 'text-right')}>
            Took
          </th>
          <th scope="col" className={WIDE_CELL}>
            Signatures
          </th>
        </tr>
      </thead>
      <tbody>
        {rows.map((row) => (
          <HistoryLine key={row.id} team={team} row={row} />
        ))}
      </tbody>
    </Table>
  )
}
