import { createHmac } from 'node:crypto'
import { formatIso } from '#lib/shared/time.ts'
import { itemWords, type NoticeAbout } from './notice-text.ts'

/** Everything that one webhook says. `text` alone is what chat services read; the rest is for programs. */
export function webhookBody({
  about,
  text,
  ackUrl,
  itemKey,
  noticeId,
  sentBy,
  sentAt,
  expiresAt,
  number,
}: {
  about: NoticeAbout
  text: string
  ackUrl: string
  itemKey: string
  noticeId: string
  sentBy: string
  sentAt: number
  expiresAt: number
  /** 1 for the first letter, 2 for the first reminder. */
  number: number
}): string {
  return JSON.stringify({
    type: 'countersign.notice',
    text,
    notice: noticeId,
    number,
    sample: about.sample,
    team: about.team,
    service: about.service,
    environment: about.environment,
    run: { number: about.number, url: about.runUrl },
    release: about.release,
    item: { key: itemKey, text: itemWords(about.item.text) },
    sentBy,
    sentAt: formatIso(sentAt),
    acknowledge: { url: ackUrl, expiresAt: formatIso(expiresAt) },
  })
}

/**
 * The headers by which a receiver knows the sender (standard-webhooks 1.0.0): the id, the time in seconds, and
 * HMAC-SHA256 over `id.time.body`, base64 after `v1,`.
 */
export function webhookHeaders({
  id,
  at,
  body,
  key,
}: {
  id: string
  /** Milliseconds. */
  at: number
  body: string
  key: Uint8Array
}): { name: string; value: string }[] {
  const seconds = Math.floor(at / 1000)
  const signature = createHmac('sha256', key).update(`${id}.${seconds}.${body}`).digest('base64')
  return [
    { name: 'webhook-id', value: id },
    { name: 'webhook-timestamp', value: String(seconds) },
    { name: 'webhook-signature', value: `v1,${signature}` },
  ]
}
