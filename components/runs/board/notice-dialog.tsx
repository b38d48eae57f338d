'use client'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useDraft } from '#components/drafts/use-draft.ts'
import { sendCommand } from '#components/send-command.ts'
import { announce } from '#components/ui/announce.ts'
import { Button } from '#components/ui/button.tsx'
import { Dialog } from '#components/ui/dialog.tsx'
import { Notice } from '#components/ui/notice.tsx'
import { Skeleton } from '#components/ui/skeleton.tsx'
import { TextArea } from '#components/ui/text-area.tsx'
import { sendNoticeAction } from '#lib/notify/actions.ts'
import type { NoticeOffer } from '#lib/notify/notice-offer.ts'
import { MESSAGE_MAX_LENGTH } from '#lib/notify/notice-text.ts'
import { noticeOfferQuery } from '#lib/notify/queries.ts'
import type { ItemView } from '#lib/runs/board.ts'
import { holdItem } from '#lib/runs/queries.ts'
import type { Json } from '#lib/shared/result.ts'
import { plainInline } from '#lib/templates/inline.ts'
import { useBoard } from '../use-board.ts'
import { closeOverlay, useDesk } from './desk.ts'
import { NoticeReceivers } from './notice-receivers.tsx'

const asText = (kept: Json): string | null => (typeof kept === 'string' ? kept : null)

const readyOf = ({ receivers }: NoticeOffer): string[] =>
  receivers.filter(({ problem }) => problem === null).map(({ label }) => label)

/** Everybody can be told who has to be; what is missing stands beside each receiver. */
const canSend = (offer: NoticeOffer | undefined): boolean =>
  offer !== undefined &&
  readyOf(offer).length > 0 &&
  (offer.need === 'one' || readyOf(offer).length === offer.receivers.length)

/** The whole letter before it is sent, of which the message can be changed. */
export default function NoticeDialog({ itemKey }: { itemKey: string }) {
  const desk = useDesk()
  const item = useBoard((board) => board.items.find(({ key }) => key === itemKey))
  // The dialog keeps the version that it was opened at: another person's notice must win over this one.
  const [opened] = useState(item)
  if (!item || !opened) return null
  return <Letter item={opened} close={() => closeOverlay(desk)} />
}

function Letter({ item, close }: { item: ItemView; close: () => void }) {
  const desk = useDesk()
  const { key, version } = item
  const offer = useQuery(noticeOfferQuery({ runId: desk.runId, key, version }))
  const draft = useDraft<string>(`run:${desk.runId}:notice:${key}`, '', asText)
  const [pending, setPending] = useState(false)
  const [error, setError] = useState<string>()
  const message = draft.value === '' ? (offer.data?.message ?? '') : draft.value

  async function send() {
    if (pending || !offer.data) return
    setPending(true)
    setError(undefined)
    const input = { ...desk.address, key, version, message, receivers: readyOf(offer.data) }
    const answer = await sendCommand({ action: sendNoticeAction, input, label: `Notice: ${item.text}` })
    setPending(false)
    if (!answer.ok) {
      setError(answer.refusal.fields?.message ?? answer.refusal.message)
      if (answer.refusal.code === 'receivers_changed') void offer.refetch()
      return
    }
    holdItem(desk, answer.value.value)
    draft.clear()
    announce('The notice is on its way')
    close()
  }

  return (
    <Dialog
      title="Send notice"
      description={plainInline(item.text)}
      onClose={close}
      footer={
        <>
          <Button onClick={close}>Cancel</Button>
          <Button
            variant="primary"
            pending={pending}
            disabled={!canSend(offer.data)}
            onClick={() => void send()}
          >
            Send
          </Button>
        </>
      }
    >
      {offer.isPending ? <Skeleton lines={6} label="Reading whom it goes to" /> : null}
      {offer.error ? (
        <Notice tone="error" live title="The notice could not be prepared">
          {offer.error.message}
        </Notice>
      ) : null}
      {offer.data ? (
        <div className="grid gap-4">
          <NoticeReceivers offer={offer.data} />
          <TextArea
            name="message"
            label="Message"
            rows={3}
            maxLength={MESSAGE_MAX_LENGTH}
            value={message}
            onChange={(event) => draft.set(event.target.value)}
          />
          <section aria-label="What is sent">
            <h3 className="m-0 mb-1 text-sm font-strong">What is sent</h3>
            <p className="m-0 rounded-md border border-line px-3 py-2 font-mono text-xs break-words whitespace-pre-wrap text-soft">
              <b className="text-ink">{offer.data.subject}</b>
              {`\n\n${offer.data.before}`}
              <span className="text-ink">{message}</span>
              {offer.data.after}
            </p>
          </section>
        </div>
      ) : null}
      {error ? (
        <Notice tone="error" live className="mt-3">
          {error}
        </Notice>
      ) : null}
    </Dialog>
  )
}
