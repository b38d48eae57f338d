import type { Stage } from '#lib/shared/codes.ts'
import { formatUtc } from '#lib/shared/time.ts'
import { plainInline } from '#lib/templates/inline.ts'
import type { NoticeConfig } from '#lib/templates/notice.ts'

/** Stands for the receiver's own link in the text that is shown and kept: the link itself is nobody else's. */
export const LINK_PLACE = '{the link of this receiver}'

export const NOTICE_DAYS = 7
export const MESSAGE_MAX_LENGTH = 2_000

/** What a notice is about; times are milliseconds. */
export type NoticeAbout = {
  team: string
  sample: boolean
  service: string
  environment: string
  number: number
  release: { version: string; commit: string; artifactDigest: string | null }
  item: { text: string; stage: Stage }
  runUrl: string
}

const WORDS_MOST = 120

/** The item's words on one line, short enough for a subject. */
export function itemWords(text: string): string {
  const words = plainInline(text).replace(/\s+/g, ' ').trim()
  return words.length > WORDS_MOST ? `${words.slice(0, WORDS_MOST - 1)}…` : words
}

/** Never typed by anybody, so that a notice can always be told from one about another release. */
export function noticeSubject({ sample, service, environment, release, item }: NoticeAbout): string {
  const mark = sample ? 'SAMPLE: ' : ''
  return `${mark}${service} ${release.version} to ${environment}: ${itemWords(item.text)}`
}

/** The words to begin with: the checklist's own, else what every notice asks. */
export function noticeDraft({ about, config }: { about: NoticeAbout; config: NoticeConfig }): string {
  if (config.text !== undefined) return config.text
  const what = about.item.stage === 'rollback' ? 'rolled back' : 'deployed'
  return `${about.service} ${about.release.version} is being ${what} (${about.environment}). Please acknowledge that you know.`
}

/** The whole letter but for the link. Everything below the message is made by the machine and cannot be edited. */
export function noticeBody({
  about,
  message,
  by,
  at,
}: {
  about: NoticeAbout
  message: string
  by: string
  at: number
}): string {
  const { release, number, service, environment, item, runUrl, team } = about
  const digest = release.artifactDigest === null ? [] : [`Artifact: ${release.artifactDigest}`]
  const sample = about.sample ? ['SAMPLE: this deployment never happens.', ''] : []
  return [
    ...sample,
    message,
    '',
    `Item: ${itemWords(item.text)}`,
    `Service: ${service} to ${environment}, run #${number}`,
    `Release: ${release.version}, commit ${release.commit}`,
    ...digest,
    `Sent by: ${by}, ${formatUtc(at)}`,
    '',
    `Acknowledge: ${LINK_PLACE}`,
    `The run: ${runUrl}`,
    '',
    `Opening the link changes nothing; a button on its page acknowledges, with a name. It works for ${NOTICE_DAYS} days.`,
    `Sent by Countersign for the team ${team}.`,
  ].join('\n')
}

/** What the log commits to: receivers, subject and body. */
export function letterText({
  to,
  subject,
  body,
}: {
  to: readonly string[]
  subject: string
  body: string
}): string {
  return `To: ${to.join(', ')}\nSubject: ${subject}\n\n${body}`
}

/** The body out of a kept letter, with the receiver's link in its place. */
export function bodyOf({ letter, ackUrl }: { letter: string; ackUrl: string }): string {
  return letter.slice(letter.indexOf('\n\n') + 2).replaceAll(LINK_PLACE, ackUrl)
}
