'use client'
import { Button } from '#components/ui/button.tsx'

/** Conditions that the look met, each a button that adds it to the probe. Those that it asks already are left out. */
export function OfferList({ offers, onAdd }: { offers: readonly string[]; onAdd: (text: string) => void }) {
  if (offers.length === 0) return null
  return (
    <section aria-label="Conditions that this look met" className="grid grid-cols-1 gap-2">
      <h3 className="m-0 text-base font-bold">What could be asked</h3>
      <p className="m-0 text-sm text-soft">
        Each was true of this look. Add those without which the item would not be done.
      </p>
      <ul className="m-0 flex list-none flex-wrap gap-1.5 p-0">
        {offers.map((text) => (
          <li key={text} className="max-w-full">
            <Button
              onClick={() => onAdd(text)}
              className="max-w-full py-1 text-left font-mono text-xs whitespace-normal! wrap-anywhere"
            >
              + {text}
            </Button>
          </li>
        ))}
      </ul>
    </section>
  )
}
