import { InlineText } from './inline-text.tsx'

const BULLET = /^\s*(?:[-*+]|\d+[.)])\s+/

/** Two lines may say the same, so each is named by its place, which never changes. */
function linesOf(detail: string): { place: number; text: string; isBullet: boolean }[] {
  return detail
    .split('\n')
    .filter((line) => line.trim() !== '')
    .map((line, place) => ({ place, text: line.replace(BULLET, '').trim(), isBullet: BULLET.test(line) }))
}

/** What the checklist wrote under the item: its lines, without the marks of the list. */
export function ItemDetail({ detail }: { detail: string | null }) {
  const lines = linesOf(detail ?? '')
  if (lines.length === 0) return null
  return (
    <div className="mt-0.5 text-sm text-soft">
      {lines.map(({ place, text, isBullet }) => (
        <p
          key={place}
          className={isBullet ? 'm-0 pl-3 before:-ml-3 before:pr-1.5 before:content-["–"]' : 'm-0'}
        >
          <InlineText text={text} />
        </p>
      ))}
    </div>
  )
}
