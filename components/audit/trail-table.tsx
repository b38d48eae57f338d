import { Code } from '#components/ui/code.tsx'
import { cx } from '#components/ui/cx.ts'
import { Disclosure } from '#components/ui/disclosure.tsx'
import { Table, WIDE_CELL } from '#components/ui/table.tsx'
import { Utc } from '#components/ui/utc.tsx'

export type TrailLine = {
  seq: number
  at: number
  who: string
  text: string
  action: string
  hash: string
  canonical: string
}

/** The log as it is kept: newest first, each line with its hash and the exact text that was hashed. */
export function TrailTable({ caption, lines }: { caption: string; lines: readonly TrailLine[] }) {
  return (
    <Table caption={caption} dense>
      <thead>
        <tr>
          <th scope="col" className="text-right">
            Seq
          </th>
          <th scope="col" className={WIDE_CELL}>
            Time (UTC)
          </th>
          <th scope="col" className={WIDE_CELL}>
            Who
          </th>
          <th scope="col">What</th>
          <th scope="col" className={WIDE_CELL}>
            Hash
          </th>
        </tr>
      </thead>
      <tbody>
        {lines.map((line) => (
          <tr key={line.seq} id={`seq-${line.seq}`}>
            <td className="text-right font-mono text-xs">{line.seq}</td>
            <td className={cx(WIDE_CELL, 'whitespace-nowrap font-mono text-xs')}>
              <Utc at={new Date(line.at)} show="second" />
            </td>
            <td className={cx(WIDE_CELL, 'whitespace-nowrap')}>{line.who}</td>
            <td className="sm:min-w-64">
              <span className="block text-xs text-faint sm:hidden">
                {line.who} · <Utc at={new Date(line.at)} show="second" /> · {line.hash.slice(0, 8)}
              </span>
              {line.text}
              <Disclosure summary={<Code>{line.action}</Code>}>
                <pre className="m-0 max-w-prose whitespace-pre-wrap break-all font-mono text-xs text-soft">
                  {line.canonical}
                </pre>
              </Disclosure>
            </td>
            <td className={cx(WIDE_CELL, 'font-mono text-xs')} title={line.hash}>
              {line.hash.slice(0, 8)}
            </td>
          </tr>
        ))}
      </tbody>
    </Table>
  )
}
