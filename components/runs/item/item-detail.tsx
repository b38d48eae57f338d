import { InlineText } from './inline-text.tsx'

const BULLET = /^\s*(?:[-*+]|\d+[.)])\s+/

/** What the checklist wrote under the item: its lines, without the marks of the list. */
export function ItemDetail({ detail }: { detail: string | null }) {
  const lines = (detail ?? '').split('\n').filter((line) => line.trim() !== '')
  if (lines.length === 0) return null
  return (
    <div className="mt-0.5 text-sm text-soft">
      {lines.map((line, place) => (
        <p
          key={`${place} ${line}`}
          className={BULLET.test(line) ? 'm-0 pl-3 before:-ml-3 before:pr-1.5 before:content-["–"]' : 'm-0'}
        >
          <InlineText text={line.replace(BULLET, '').trim()} />
        </p>
      ))}
    </div>
  )
}
