import { runCommand } from '#lib/door/run-command.ts'
import { postWebhook } from '#lib/notify/channels/webhook.ts'
import { recordDelivery } from '#lib/notify/commands/record-delivery.ts'
import { bodyOf } from '#lib/notify/notice-text.ts'
import { webhookBody, webhookHeaders } from '#lib/notify/webhook-message.ts'
import { expandVariables, variablesIn } from '#lib/probes/texts.ts'
import { COUNTERSIGN } from '#lib/runs/worker/run-attempt.ts'
import { env } from '#lib/server/env.ts'
import { log } from '#lib/server/log.ts'
import { type MailAnswer, sendMail } from '#lib/server/mail.ts'
import { noticeToken, webhookKey } from '#lib/server/notice-keys.ts'
import { openSecrets } from '#lib/services/worker/open-secrets.ts'
import { parseAllowEntry } from '#lib/shared/allow-entry.ts'
import { paths } from '#lib/shared/paths.ts'
import { isWebhookAddress } from '#lib/templates/notice.ts'
import { aboutOf } from './about.ts'
import { type ClaimedLetter, dropLetter, messageHost, tryLater, WAITS } from './deliveries.ts'

async function post(
  letter: ClaimedLetter,
  { text, ackUrl }: { text: string; ackUrl: string },
): Promise<MailAnswer> {
  const { teamId, environmentId, target } = letter
  const secrets = await openSecrets({ teamId, environmentId, names: variablesIn(target) })
  if (secrets.closed.length > 0) return { taken: false, again: false, words: secrets.closed.join('; ') }
  const { text: address, missing } = expandVariables(target, { ...letter.variables, ...secrets.values })
  if (missing.length > 0)
    return { taken: false, again: false, words: `${missing.join(', ')} is no longer set in this environment` }
  if (!isWebhookAddress(address))
    return { taken: false, again: false, words: 'the address is no http or https address' }
  const about = await aboutOf(letter)
  if (about === null) return { taken: false, again: false, words: 'the run is gone' }
  const { noticeId, itemKey, sentBy, sentAt, expiresAt, number } = letter
  const body = webhookBody({ about, text, ackUrl, itemKey, noticeId, sentBy, sentAt, expiresAt, number })
  return postWebhook({
    url: new URL(address),
    secrets: Object.values(secrets.values),
    body,
    headers: webhookHeaders({
      id: `${letter.receiverId}.${number}`,
      at: Date.now(),
      body,
      key: webhookKey({ environmentId: letter.environmentId, number: letter.secretNumber }),
    }),
    allowList: letter.allowList.flatMap((entry) => {
      const parsed = parseAllowEntry(entry)
      return parsed.ok ? [parsed.value] : []
    }),
  })
}

async function hand(letter: ClaimedLetter, kept: string): Promise<MailAnswer> {
  const ackUrl = `${env().PUBLIC_URL}${paths.acknowledge(noticeToken(letter.receiverId))}`
  const text = bodyOf({ letter: kept, ackUrl })
  if (letter.channel === 'webhook') return post(letter, { text: `${letter.subject}\n\n${text}`, ackUrl })
  const { target: to, receiverId, number } = letter
  const subject = number === 1 ? letter.subject : `Reminder: ${letter.subject}`
  return sendMail({
    to,
    subject,
    text,
    messageId: `${receiverId}.${number}@${messageHost(env().PUBLIC_URL)}`,
  })
}

/** Hands one letter over and records what became of it; what may do better later is tried again, ever more slowly. */
export async function sendLetter(letter: ClaimedLetter): Promise<void> {
  if (!letter.wanted || letter.letter === null) return dropLetter(letter)
  const answer = await hand(letter, letter.letter)
  const wait = WAITS[letter.attempts - 1]
  if (!answer.taken && answer.again && wait !== undefined)
    return tryLater(letter, { seconds: wait, words: answer.words })
  const result = await runCommand(recordDelivery, {
    principal: COUNTERSIGN,
    input: {
      team: letter.team,
      deliveryId: letter.id,
      fence: letter.fence,
      taken: answer.taken,
      words: answer.words.slice(0, 600),
    },
  })
  if (!result.ok)
    log().warn({ letter: letter.id, refusal: result.refusal }, 'notice: the outcome was refused')
}
