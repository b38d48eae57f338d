import { InlineText } from '#components/runs/item/inline-text.tsx'
import { GradeMark } from '#components/ui/grade.tsx'
import { ItemBox } from '#components/ui/item-box.tsx'
import { Utc } from '#components/ui/utc.tsx'
import type { ManifestItem } from '#lib/runs/manifest.ts'

function words(item: ManifestItem): string[] {
  const lines: string[] = []
  if (item.fail) lines.push(`failed by ${item.fail.by}: “${item.fail.reason}”`)
  if (item.seen) lines.push(item.seen.line)
  if (item.tick) {
    const over = item.tick.overProbe ? ', over a probe that did not show it' : ''
    lines.push(`${item.tick.by}${item.tick.note ? `: “${item.tick.note}”` : ''}${over}`)
  }
  for (const { by, to } of item.acknowledged ?? [])
    lines.push(`acknowledged by ${by} by the link sent to ${to}`)
  if (item.witnesses.length > 0) lines.push(`witnessed by ${item.witnesses.map(({ by }) => by).join(', ')}`)
  if (item.notApplicable) {
    const { by, reason, verifiedBy } = item.notApplicable
    lines.push(`“${reason}”`, verifiedBy ? `${by}, checked by ${verifiedBy}` : by)
  }
  for (const { label, note, by, file } of item.attachments ?? [])
    lines.push(
      `${file ? `file ${label}, SHA-256 ${file.sha256}` : label} by ${by}${note ? `: “${note}”` : ''}`,
    )
  return lines
}

function when(item: ManifestItem): number | null {
  return (
    item.fail?.at ??
    (item.grade === 'observed' ? item.seen?.at : item.tick?.at) ??
    item.acknowledged?.at(-1)?.at ??
    item.notApplicable?.at ??
    null
  )
}

/** One item as the signer reads it: its proof, in words, and when. */
export function ManifestRow({ item }: { item: ManifestItem }) {
  const at = when(item)
  return (
    <li className="keep-together grid grid-cols-[18px_1fr_auto] gap-2.5 border-t border-hair py-1.5 text-sm">
      <span className="pt-0.5">
        {item.state === 'passed' ? (
          <GradeMark grade={item.grade} />
        ) : (
          <ItemBox state={item.state} size="sm" />
        )}
      </span>
      <span className="min-w-0 break-words">
        <InlineText text={item.text} />{' '}
        <small className="font-mono text-xs text-faint">
          {item.required ? '' : 'optional · '}
          {words(item).join(' · ')}
        </small>
      </span>
      <small className="font-mono text-xs text-faint">
        {at === null ? '' : <Utc at={new Date(at)} show="clock" />}
      </small>
    </li>
  )
}
