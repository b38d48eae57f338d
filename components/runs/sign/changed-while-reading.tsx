import { Button } from '#components/ui/button.tsx'
import type { Refusal } from '#lib/shared/result.ts'

function changesOf({ detail }: Refusal): string[] {
  const changes = detail && typeof detail === 'object' && !Array.isArray(detail) ? detail.changes : null
  return Array.isArray(changes) ? changes.filter((line) => typeof line === 'string') : []
}

/** What moved between the text on the page and the moment of signing, and the way to read the text of now. */
export function ChangedWhileReading({ refusal, onRead }: { refusal: Refusal; onRead: () => void }) {
  const changes = changesOf(refusal)
  return (
    <div className="grid justify-items-start gap-2">
      {changes.length > 0 ? (
        <ul className="m-0 list-disc pl-4.5 text-sm">
          {changes.map((line) => (
            <li key={line}>{line}.</li>
          ))}
        </ul>
      ) : null}
      <Button onClick={onRead}>Show what changed</Button>
    </div>
  )
}
