'use client'
import { useState } from 'react'
import { sendCommand } from '#components/send-command.ts'
import { announce } from '#components/ui/announce.ts'
import { Button } from '#components/ui/button.tsx'
import { Spinner } from '#components/ui/spinner.tsx'
import { Time } from '#components/ui/time.tsx'
import { remindNoticeAction } from '#lib/notify/actions.ts'
import type { ItemView } from '#lib/runs/board.ts'
import type { ReceiverView } from '#lib/runs/notice-view.ts'
import { plainInline } from '#lib/templates/inline.ts'
import { openOverlay, useDesk } from '../board/desk.ts'

const isUnderWay = ({ state }: ReceiverView) => state === 'queued' || state === 'sending'

/** Where one letter is: on its way, waiting for a word, given up, or acknowledged. */
function Receiver({ receiver }: { receiver: ReceiverView }) {
  const { label, state, at, words, acknowledgedBy, acknowledgedAt, attempts, nextAt, number } = receiver
  if (acknowledgedBy !== null && acknowledgedAt !== null)
    return (
      <>
        {label}: acknowledged by {acknowledgedBy} at <Time at={new Date(acknowledgedAt)} show="hour" />
      </>
    )
  const what = number > 1 ? `reminder ${number - 1}` : 'notice'
  if (state === 'sent' && at !== null)
    return (
      <>
        {label}: {what} sent at <Time at={new Date(at)} show="hour" />, waits for acknowledgement
      </>
    )
  if (state === 'failed')
    return (
      <span className="text-no">
        {label}: {what} not sent, {words}
      </span>
    )
  if (state === 'dropped') return <>{label}: not sent, nobody waits for it any more</>
  return (
    <span className="inline-flex flex-wrap items-center gap-1.5">
      <Spinner />
      {label}:{' '}
      {attempts > 0 && state === 'queued' && nextAt !== null ? (
        <>
          {words}; tried again at <Time at={new Date(nextAt)} show="second" />
        </>
      ) : (
        `sending the ${what}…`
      )}
    </span>
  )
}

/** The notice of an item, from its button to the last word that is missing. */
export function ItemNotice({ item }: { item: ItemView }) {
  const desk = useDesk()
  const [pending, setPending] = useState(false)
  const [refused, setRefused] = useState<string>()
  const { notice, can, key } = item
  if (!notice || item.state === 'passed' || item.state === 'not_applicable') return null
  const name = plainInline(item.text)
  const missing = notice.sent?.receivers.filter(({ acknowledgedBy }) => acknowledgedBy === null) ?? []
  const silent = missing.filter((receiver) => !isUnderWay(receiver))
  const again = silent.length > 0 && silent.every(({ state }) => state === 'failed') ? 'Send again' : 'Remind'

  async function remind() {
    if (pending) return
    setPending(true)
    setRefused(undefined)
    const input = { ...desk.address, key, receivers: silent.map(({ id }) => id) }
    const answer = await sendCommand({ action: remindNoticeAction, input, label: `${again}: ${name}` })
    setPending(false)
    if (answer.ok) announce('The letters are on their way again')
    else setRefused(answer.refusal.message)
  }

  const open = () => openOverlay(desk, { kind: 'notice', itemKey: key })
  return (
    <div className="mt-1 grid gap-1 text-sm text-soft">
      {notice.sent ? (
        <ul aria-label={`Notice: ${name}`} className="m-0 grid list-none gap-0.5 p-0">
          {notice.sent.receivers.map((receiver) => (
            <li key={receiver.id} className="break-words">
              <Receiver receiver={receiver} />
            </li>
          ))}
        </ul>
      ) : null}
      {refused ? <p className="m-0 text-no">{refused}</p> : null}
      {can.notify ? (
        <div className="flex flex-wrap gap-2">
          {notice.sent && silent.length > 0 ? (
            <Button
              size="sm"
              pending={pending}
              aria-label={`${again}: ${name}`}
              onClick={() => void remind()}
            >
              {again}
            </Button>
          ) : null}
          <Button
            size="sm"
            aria-label={`${notice.sent ? 'New notice' : 'Send notice'}: ${name}`}
            onClick={open}
          >
            {notice.sent ? 'New notice…' : 'Send notice…'}
          </Button>
        </div>
      ) : null}
    </div>
  )
}
