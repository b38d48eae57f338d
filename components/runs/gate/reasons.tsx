'use client'
import { groupReasons } from '#lib/runs/reason-groups.ts'
import { LateDisclosure } from '../board/late-disclosure.tsx'
import { useBoard } from '../use-board.ts'
import { ReasonLink } from './reason-link.tsx'

/** A group names as many; the list below has them all. */
const MANY = 20

/** Why the gate says no, the viewer's own reasons first; each leads to what it is about. */
export function Reasons() {
  const { reasons } = useBoard((board) => board.gate)
  return (
    <ul className="m-0 grid list-none gap-1.5 p-0 text-soft">
      {groupReasons(reasons).map((group) => {
        const yours = group.own ? <b className="font-strong text-ink">Yours: </b> : null
        const [only] = group.reasons
        return (
          <li key={group.key} className="text-sm">
            {group.reasons.length === 1 && only ? (
              <>
                {yours}
                <ReasonLink reason={only} />
              </>
            ) : (
              <LateDisclosure
                summary={
                  <>
                    {yours}
                    {group.text}
                  </>
                }
              >
                {() => (
                  <ul className="m-0 grid list-none gap-1.5 p-0">
                    {group.reasons.slice(0, MANY).map((reason) => (
                      <li key={reason.itemKey}>
                        <ReasonLink reason={reason} />
                      </li>
                    ))}
                    {group.reasons.length > MANY ? (
                      <li>and {group.reasons.length - MANY} more: show “Open” in the list</li>
                    ) : null}
                  </ul>
                )}
              </LateDisclosure>
            )}
          </li>
        )
      })}
    </ul>
  )
}
