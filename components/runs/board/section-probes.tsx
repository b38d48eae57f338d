'use client'
import { Button } from '#components/ui/button.tsx'
import type { ItemView } from '#lib/runs/board.ts'
import { counted } from '#lib/shared/words.ts'
import { useDesk } from './desk.ts'
import { cancelProbes, startProbes } from './probe-doings.ts'

/** Runs the probes of one section, or says how many are left and stops them. Nothing where one row's own button does. */
export function SectionProbes({ title, items }: { title: string; items: readonly ItemView[] }) {
  const desk = useDesk()
  const probed = items.filter(({ can }) => can.probe)
  if (probed.length < 2) return null
  const active = probed.filter(({ attempt }) => attempt !== null)
  if (active.length > 0)
    return (
      <Button
        size="sm"
        aria-label={`Cancel ${counted({ count: active.length, one: 'probe' })} of ${title}`}
        onClick={() =>
          void cancelProbes(
            desk,
            active.map(({ key }) => key),
          )
        }
      >
        Cancel {active.length}
      </Button>
    )
  return (
    <Button
      size="sm"
      aria-label={`Run ${probed.length} probes of ${title}`}
      onClick={() =>
        void startProbes(
          desk,
          probed.map(({ key }) => key),
        )
      }
    >
      Run {probed.length} probes
    </Button>
  )
}
