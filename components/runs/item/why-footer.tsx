import { Button } from '#components/ui/button.tsx'
import { LinkButton } from '#components/ui/link-button.tsx'
import type { ItemView } from '#lib/runs/board.ts'
import type { Outcome } from '#lib/shared/codes.ts'
import { paths } from '#lib/shared/paths.ts'
import { useDesk } from '../board/desk.ts'
import { cancelProbes, startProbes } from '../board/probe-doings.ts'
import { useBoard } from '../use-board.ts'

/** What another look of a probe hangs on: a variable that is not set, an address that is not on the list. */
const BY_SETTINGS: ReadonlySet<Outcome | null> = new Set(['error', 'blocked'])

/** What can be done about what is read above: another look, and the settings that the last one failed by. */
export function WhyFooter({ item, last }: { item: ItemView; last: Outcome | null }) {
  const desk = useDesk()
  const environment = useBoard((board) => board.run.environment.name)
  const { team, service } = desk.address
  return (
    <>
      {BY_SETTINGS.has(last) ? (
        <LinkButton href={paths.service({ team, service })} variant="quiet">
          Settings of {environment}
        </LinkButton>
      ) : null}
      {item.attempt ? (
        <Button onClick={() => void cancelProbes(desk, [item.key])}>Cancel the probe</Button>
      ) : (
        <Button onClick={() => void startProbes(desk, [item.key])}>Run the probe</Button>
      )}
    </>
  )
}
