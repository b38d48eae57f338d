/** What the dialog shows before a notice is sent: the whole letter, of which the message alone can be edited. */
export type NoticeOffer = {
  subject: string
  message: string
  /** The letter's text around the message. Its time of sending is that of the look. */
  before: string
  after: string
  need: 'one' | 'all'
  receivers: { label: string; problem: string | null }[]
}
