import { Button } from '#components/ui/button.tsx'
import { Checkbox } from '#components/ui/checkbox.tsx'
import type { Doubt } from './doubts.ts'

/** Items that read like earlier ones. Whether they are the same is for a person to say. */
export function IdentityList({
  doubts,
  accepted,
  onAccept,
}: {
  doubts: readonly Doubt[]
  accepted: ReadonlySet<string>
  onAccept: (keys: ReadonlySet<string>) => void
}) {
  if (doubts.length === 0) return null
  const all = doubts.every(({ key }) => accepted.has(key))
  const toggle = (key: string) => {
    const next = new Set(accepted)
    if (!next.delete(key)) next.add(key)
    onAccept(next)
  }
  return (
    <fieldset className="m-0 grid min-w-0 gap-2 border-0 p-0">
      <legend className="mb-1 p-0 font-strong">Are these the same items in other words?</legend>
      <p className="m-0 text-sm text-soft">
        An item that is ticked here keeps the history of the earlier one. The others begin anew.
      </p>
      <div>
        <Button onClick={() => onAccept(all ? new Set() : new Set(doubts.map(({ key }) => key)))}>
          {all ? 'Let all begin anew' : 'Keep their history'}
        </Button>
      </div>
      <ul className="m-0 grid max-h-64 list-none gap-2 overflow-y-auto p-0">
        {doubts.map(({ key, text, before, moved }) => (
          <li key={key} className="rounded-lg border border-line px-3 py-2">
            <Checkbox
              name={`same-${key}`}
              checked={accepted.has(key)}
              onChange={() => toggle(key)}
              label={text}
              hint={`was “${before}”${moved ? ', in another section' : ''}`}
            />
          </li>
        ))}
      </ul>
    </fieldset>
  )
}
