import { useEffect } from 'react'
import { Button } from '#components/ui/button.tsx'
import { Spinner } from '#components/ui/spinner.tsx'

/** Something was asked for that is still on its way: it says so, and can be called off, as it would come up under the next press. */
export function Opening({ onCancel }: { onCancel: () => void }) {
  useEffect(() => {
    const pressed = ({ key }: KeyboardEvent) => {
      if (key === 'Escape') onCancel()
    }
    window.addEventListener('keydown', pressed)
    return () => window.removeEventListener('keydown', pressed)
  }, [onCancel])
  return (
    <div
      role="status"
      className="appear-late no-print fixed inset-x-0 bottom-20 z-50 lg:bottom-4 mx-auto flex w-max items-center gap-3 rounded-xl border border-line bg-paper px-4 py-2.5 shadow-float"
    >
      <Spinner />
      Opening…
      <Button size="sm" onClick={onCancel}>
        Cancel
      </Button>
    </div>
  )
}
