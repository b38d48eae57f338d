import { Notice } from '#components/ui/notice.tsx'
import type { NoticeOffer } from '#lib/notify/notice-offer.ts'

/** To whom it goes, and to whom it cannot go and why; with nobody left, what works instead. */
export function NoticeReceivers({ offer }: { offer: NoticeOffer }) {
  const { receivers, need } = offer
  const ready = receivers.filter(({ problem }) => problem === null)
  const blocked = receivers.filter(({ problem }) => problem !== null)
  const none = ready.length === 0 || (need === 'all' && blocked.length > 0)
  return (
    <div className="grid gap-2">
      {ready.length > 0 ? (
        <p className="m-0">
          To <b className="font-strong">{ready.map(({ label }) => label).join(', ')}</b>
          <span className="text-soft">
            {ready.length > 1
              ? need === 'all'
                ? '; all of them have to acknowledge'
                : '; one of them has to acknowledge'
              : ''}
          </span>
        </p>
      ) : null}
      {blocked.map(({ label, problem }) => (
        <Notice key={label} tone="warn" title={`${label} cannot be told`}>
          {problem}
        </Notice>
      ))}
      {none ? (
        <p className="m-0 text-soft">
          What works now: tell them yourself, then tick the item with a note that says how and whom you told.
        </p>
      ) : null}
    </div>
  )
}
