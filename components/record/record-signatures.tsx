import Link from 'next/link'
import { Table } from '#components/ui/table.tsx'
import { Tag } from '#components/ui/tag.tsx'
import { Utc } from '#components/ui/utc.tsx'
import type { SlotView } from '#lib/runs/board.ts'
import { LIMITATION_WORDS } from '#lib/runs/manifest.ts'
import type { SignatureView } from '#lib/runs/record.ts'
import { digestWords } from '#lib/shared/digest-words.ts'
import { DECISION_WORDS } from '#lib/shared/words.ts'

function standing(signature: SignatureView): { tone: 'go' | 'warn' | 'no' | 'neutral'; word: string } {
  if (signature.supersededAt !== null) return { tone: 'neutral', word: 'replaced' }
  if (signature.staleReason) return { tone: 'warn', word: 'stale' }
  if (signature.decision === 'no_go') return { tone: 'no', word: 'stands' }
  return { tone: 'go', word: 'stands' }
}

/** A long digest beside it must not squeeze a role into pieces: it wraps between words, never inside one. */
const ROLE_CELL = 'min-w-28 [overflow-wrap:normal] [word-break:normal]'

/** The filled sign-off table (21 CFR 11.50: printed name, time, meaning), with every earlier signature below its slot. */
export function RecordSignatures({
  slots,
  signatures,
  hrefOf,
}: {
  slots: readonly SlotView[]
  signatures: readonly SignatureView[]
  /** Where the text that a signature covers can be read. */
  hrefOf: (signed: { role: string; hash: string }) => string
}) {
  return (
    <Table caption="Sign-off">
      <thead>
        <tr>
          <th scope="col">Role</th>
          <th scope="col">Name</th>
          <th scope="col">Date (UTC)</th>
          <th scope="col">Signature</th>
        </tr>
      </thead>
      <tbody>
        {slots.map((slot) => {
          const own = signatures.filter(({ role }) => role === slot.role)
          if (own.length === 0) {
            return (
              <tr key={slot.role}>
                <th scope="row" className={ROLE_CELL}>
                  {slot.role}
                </th>
                <td colSpan={3} className="text-faint">
                  not signed
                </td>
              </tr>
            )
          }
          return own.map((signature) => (
            <tr key={signature.manifestHash + signature.signedAt} className="keep-together">
              <th scope="row" className={ROLE_CELL}>
                {signature.role}
              </th>
              <td>{signature.name}</td>
              <td className="whitespace-nowrap font-mono text-xs">
                <Utc at={new Date(signature.signedAt)} show="second" />
              </td>
              <td className="min-w-60 text-sm">
                <b className="font-strong">{DECISION_WORDS[signature.decision]}</b>{' '}
                <Tag tone={standing(signature).tone}>{standing(signature).word}</Tag>
                {signature.afterStart ? (
                  <span className="text-warn"> after the start of the deployment</span>
                ) : null}
                <div>{signature.meaning}</div>
                {signature.reason ? <div>“{signature.reason}”</div> : null}
                {signature.staleReason ? (
                  <div className="text-warn">Stale: {signature.staleReason}</div>
                ) : null}
                {signature.limitations.map((code) => (
                  <div key={code} className="text-warn">
                    Limit: {LIMITATION_WORDS[code]}
                  </div>
                ))}
                <div className="wrap-anywhere font-mono text-xs text-soft">
                  {digestWords(signature.manifestHash)} · sha256 {signature.manifestHash} · {signature.method}
                </div>
                <Link
                  href={hrefOf({ role: slot.slug, hash: signature.manifestHash })}
                  className="no-print text-xs text-accent underline underline-offset-2"
                >
                  Read what was signed
                  <span className="sr-only">
                    {' '}
                    by {signature.name} as {signature.role}
                  </span>
                </Link>
              </td>
            </tr>
          ))
        })}
      </tbody>
    </Table>
  )
}
