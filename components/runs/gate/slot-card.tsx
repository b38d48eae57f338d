'use client'
import Link from 'next/link'
import { LinkButton } from '#components/ui/link-button.tsx'
import { Tag } from '#components/ui/tag.tsx'
import { Time } from '#components/ui/time.tsx'
import type { SlotView } from '#lib/runs/board.ts'
import { paths } from '#lib/shared/paths.ts'
import { DECISION_WORDS } from '#lib/shared/words.ts'
import { useDesk } from '../board/desk.ts'
import { useBoard } from '../use-board.ts'
import { isDone, slotName, slotTag } from './slot-words.ts'

const quiet = 'text-accent underline underline-offset-2'
const link = `mt-1 block w-fit text-xs pointer-coarse:py-2.5 ${quiet}`

/** One row of the sign-off table: who signed or can, and what stands in the way. */
export function SlotCard({ slot, mine }: { slot: SlotView; mine: boolean }) {
  const desk = useDesk()
  const viewer = useBoard((board) => board.viewer)
  const isOpen = useBoard((board) => board.run.state === 'preparing')
  const done = isDone(slot, viewer.memberId)
  const canApprove = !done && slot.canOpen && (isOpen || slot.canSignGo)
  const tag = slotTag(slot)
  const href = paths.sign({ ...desk.address, role: slot.slug })
  const signed = slot.signer !== null && slot.at !== null
  const name = slotName({ slot, holds: viewer.roles.includes(slot.role), memberId: viewer.memberId })
  const nobody = !signed && slot.whoCan.length === 0
  return (
    <div className="min-w-0 border-t border-l border-hair px-4 py-3 lg:px-4.5 lg:py-3.5">
      <div className="flex items-start justify-between gap-2 text-xs text-soft">
        <span className="min-w-0 pt-px">{slot.role}</span>
        <Tag tone={tag.tone}>{tag.word}</Tag>
      </div>
      <p className={signed || slot.canOpen ? 'm-0 mt-0.5 font-strong' : 'm-0 mt-0.5 font-strong text-soft'}>
        {name}
      </p>
      {signed && slot.at !== null && slot.decision ? (
        <p className="m-0 font-mono text-xs text-faint">
          {DECISION_WORDS[slot.decision]} <Time at={new Date(slot.at)} show="hour" />
          {slot.manifestHash ? ` · ${slot.manifestHash.replace('sha256:', '').slice(0, 8)}` : ''}
        </p>
      ) : null}
      {slot.reason && slot.state === 'signed' ? (
        <p className="m-0 line-clamp-3 break-words text-xs text-soft">“{slot.reason}”</p>
      ) : null}
      {slot.staleReason ? <p className="m-0 text-xs text-warn">{slot.staleReason}</p> : null}
      {nobody && isOpen ? (
        <p className="m-0 text-xs text-soft">
          No free holder of this role.{' '}
          <Link href={paths.members(desk.address.team)} className={quiet}>
            Give it to a member
          </Link>
        </p>
      ) : null}
      {isOpen && !done && !slot.canOpen && viewer.roles.includes(slot.role) && slot.why[0] ? (
        <p className="m-0 mt-0.5 text-xs text-soft">{slot.why[0]}</p>
      ) : null}
      {canApprove ? (
        <LinkButton
          href={href}
          size="sm"
          variant={slot.canSignGo ? 'primary' : 'plain'}
          kbd={mine ? 's' : undefined}
          className="mt-1.5 whitespace-normal!"
        >
          {slot.state === 'stale' ? 'See what changed' : 'Read what you will sign'}
          <span className="sr-only"> as {slot.role}</span>
        </LinkButton>
      ) : slot.canStop ? (
        <Link href={href} className={link}>
          {done && isOpen ? 'Change your decision' : 'Sign no-go or recuse'}
          <span className="sr-only"> as {slot.role}</span>
        </Link>
      ) : null}
      {slot.manifestHash ? (
        <Link
          href={paths.signed({ ...desk.address, role: slot.slug, hash: slot.manifestHash })}
          className={link}
        >
          Read what was signed
          <span className="sr-only">
            {' '}
            by {slot.signer?.name ?? ''} as {slot.role}
          </span>
        </Link>
      ) : null}
    </div>
  )
}
