/** A letter to one receiver. `sent`: the mail server or the receiver's address took it, which is not yet that anybody read it. */
export type LetterState = 'queued' | 'sending' | 'sent' | 'failed' | 'dropped'

export type ReceiverView = {
  id: string
  channel: 'mail' | 'webhook'
  label: string
  state: LetterState
  /** How often it was tried. */
  attempts: number
  /** 1: the first letter; each reminder counts on. */
  number: number
  /** What the other side said last; null while it was not asked. */
  words: string | null
  /** When it was taken or given up. */
  at: number | null
  /** When it is tried next. */
  nextAt: number | null
  acknowledgedBy: string | null
  acknowledgedAt: number | null
}

/** The notice that stands. */
export type SentNotice = {
  id: string
  by: string
  at: number
  /** When its links stop working. */
  expiresAt: number
  subject: string
  /** The version that it names. */
  version: string
  receivers: ReceiverView[]
}

export type NoticeView = {
  /** As the checklist writes them. */
  to: string[]
  need: 'one' | 'all'
  /** Null until it is sent. */
  sent: SentNotice | null
}
