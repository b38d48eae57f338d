import {
  type Found,
  implied,
  type JudgedCondition,
  judgeCheck,
  type ProbeJudge,
  totalTime,
} from '../judged.ts'
import type { DnsCheck, DnsProbe } from '../kinds/dns.ts'
import { all } from '../kleene.ts'
import type { DnsObservation, DnsReply } from '../observations/dns.ts'

const AUTHORITY: Readonly<Record<string, string>> = {
  true: 'authoritative',
  false: 'not authoritative',
  null: 'does not say whether it is authoritative',
}

/** Every server that is named must hold; what one of them alone says is not what all visitors get. */
export const dnsJudge: ProbeJudge<DnsProbe, DnsObservation> = {
  asksTarget: true,
  conditions(config, observation) {
    const saysRcode = config.conditions.some(({ on, level }) => on === 'rcode' && level === 'expect')
    const judged = config.conditions.map((check) => {
      if (check.on === 'time') return judgeCheck(check, totalTime(observation.phases))
      if (check.on === 'agree') return judgeCheck(check, agreement(observation.replies))
      return everyReply(check, observation)
    })
    return saysRcode ? judged : [answered(observation.replies), ...judged]
  },
}

/** That there is no such name is an answer; that a server could not or would not say is none. */
function isAnswer({ rcode }: DnsReply): boolean {
  return rcode === 'NOERROR' || rcode === 'NXDOMAIN'
}

/** Whoever asks for no code takes any answer, but wants one. */
function answered(replies: readonly DnsReply[]): JudgedCondition {
  const [first] = replies
  const without = replies.find((reply) => !isAnswer(reply))
  const shown = without ?? first
  return implied({
    text: 'an answer',
    observed: shown === undefined ? 'no reply' : `${shown.server}: ${shown.rcode}`,
    wanted: 'NOERROR or NXDOMAIN',
    value: shown !== undefined && without === undefined ? true : null,
  })
}

function everyReply(
  check: Exclude<DnsCheck, { on: 'time' | 'agree' }>,
  { replies, wanted }: DnsObservation,
): JudgedCondition {
  const text = 'text' in check ? (wanted.find(({ written }) => written === check.text)?.text ?? null) : null
  const each = replies.flatMap((reply) => ofReply(check, { reply, text }))
  const result = all(each.map((one) => one.result))
  return each.find((one) => one.result === result) ?? judgeCheck(check, { observed: 'no reply', value: null })
}

type Asked = { reply: DnsReply; text: string | null }

function ofReply(
  check: Exclude<DnsCheck, { on: 'time' | 'agree' }>,
  { reply, text }: Asked,
): JudgedCondition[] {
  if (check.on !== 'ttl') return [judgeCheck(check, foundIn(check, { reply, text }))]
  const { answers, total } = reply
  if (answers.length === 0 || total > answers.length)
    return [judgeCheck(check, { observed: said(reply), quantity: null })]
  return answers.map(({ text: answer, ttl }) =>
    judgeCheck(
      check,
      ttl === null
        ? { observed: `${answer}: TTL not said`, quantity: null }
        : { observed: `${answer}: TTL ${ttl} s`, quantity: { value: String(ttl), unit: 's' } },
    ),
  )
}

function foundIn(check: Exclude<DnsCheck, { on: 'time' | 'agree' | 'ttl' }>, { reply, text }: Asked): Found {
  const { rcode, answers, authoritative, total } = reply
  const isSaid = isAnswer(reply)
  const observed = said(reply)
  switch (check.on) {
    case 'rcode':
      return { observed: `${reply.server}: ${rcode}`, value: rcode === check.word }
    case 'authoritative':
      return {
        observed: `${reply.server}: ${AUTHORITY[String(authoritative)]}`,
        value: isSaid ? authoritative : null,
      }
    case 'answers':
      return { observed, quantity: isSaid ? { value: String(total), unit: null } : null }
    case 'answer': {
      if (text === null || !isSaid) return { observed, value: null }
      if (answers.some((one) => same(one.text, text))) return { observed, value: true }
      return { observed, value: total > answers.length ? null : false }
    }
    case 'only': {
      if (text === null || !isSaid) return { observed, value: null }
      if (answers.length === 0 || answers.some((one) => !same(one.text, text)))
        return { observed, value: false }
      return { observed, value: total > answers.length ? null : true }
    }
  }
}

/** Names have no case (RFC 4343), and the dot at their end is understood. */
function same(left: string, right: string): boolean {
  const plain = (text: string) => text.toLowerCase().replace(/\.$/, '')
  return plain(left) === plain(right)
}

function said({ server, rcode, answers, total }: DnsReply): string {
  const shown = answers.slice(0, 4).map(({ text }) => text)
  const more = total > shown.length ? ` and ${total - shown.length} more` : ''
  return `${server}: ${shown.length === 0 ? `${rcode}, no answers` : shown.join(', ')}${more}`
}

function agreement(replies: readonly DnsReply[]): Found {
  const [first, ...others] = replies
  if (first === undefined || others.length === 0) return { observed: 'fewer than two replies', value: null }
  const different = others.find((reply) => keyOf(reply) !== keyOf(first))
  if (different !== undefined) return { observed: `${said(first)}; ${said(different)}`, value: false }
  // Servers that all fail alike agree on nothing.
  const isWhole = replies.every(({ answers, total }) => total === answers.length)
  return {
    observed: `${replies.length} servers, ${said(first)}`,
    value: isAnswer(first) && isWhole ? true : null,
  }
}

function keyOf({ rcode, answers }: DnsReply): string {
  return JSON.stringify([rcode, ...answers.map(({ text }) => text.toLowerCase()).sort()])
}
