import { expandVariables } from '#lib/probes/texts.ts'
import type { AllowEntry } from '#lib/shared/allow-entry.ts'
import { decideName } from '#lib/shared/egress-policy.ts'
import { isMailAddress, isWebhookAddress, type NoticeConfig, printTarget } from '#lib/templates/notice.ts'

/** Somebody or something that a notice goes to. */
export type Receiver = {
  channel: 'mail' | 'webhook'
  /** Of a mail the address; of a webhook what the checklist writes: the address behind it may be a secret. */
  target: string
  /** What screens and the record show. */
  label: string
  /** The member whose own mailbox it is; null for a list, a channel or somebody outside. */
  memberId: string | null
  /** Why nothing can be sent there now; null when it can. */
  problem: string | null
}

/** What the answer depends on, as it is now. */
export type Surroundings = {
  variables: Readonly<Record<string, string>>
  /** Names of secrets, whose values only the worker opens. */
  secretNames: readonly string[]
  environmentName: string
  allowList: readonly AllowEntry[]
  /** Active members by the sign-off roles that they hold. */
  holders: readonly { role: string; memberId: string; name: string; email: string }[]
  isMailReady: boolean
}

export const NO_MAIL_SERVER =
  'This instance sends no mail: whoever runs it names a mail server with SMTP_URL and MAIL_FROM.'
const MOST_RECEIVERS = 50

/** Everybody whom a notice names, in its order, each once, with the reason where one cannot be told. */
export function receiversOf(config: NoticeConfig, around: Surroundings): Receiver[] {
  const found = config.to.flatMap((target) => READ[target.channel](target.to, around))
  const first = new Map<string, Receiver>()
  for (const receiver of found) {
    const key = `${receiver.channel} ${receiver.target.toLowerCase()}`
    const known = first.get(key)
    // A mailbox that is written as an address and held by a member is the member's: a name is known then.
    if (known === undefined) first.set(key, receiver)
    else if (known.memberId === null && receiver.memberId !== null) first.set(key, receiver)
  }
  return [...first.values()].slice(0, MOST_RECEIVERS)
}

const READ = { mail: mailReceivers, webhook: webhookReceivers, role: roleReceivers } as const

function unset(missing: readonly string[], { environmentName }: Surroundings): string {
  return `${missing.join(', ')} is not set in ${environmentName}. An administrator can set it on the service’s page.`
}

function mailReceivers(to: string, around: Surroundings): Receiver[] {
  const { text, missing } = expandVariables(to, around.variables)
  const written = { channel: 'mail', target: to, label: printTarget({ channel: 'mail', to }) } as const
  const secret = missing.find((name) => around.secretNames.includes(name))
  if (secret !== undefined)
    return [
      {
        ...written,
        memberId: null,
        problem: `${secret} is a secret. A mail address is shown to who sends, so it has to be a variable.`,
      },
    ]
  if (missing.length > 0) return [{ ...written, memberId: null, problem: unset(missing, around) }]
  const addresses = text.split(/[\s,;]+/).filter((address) => address !== '')
  return addresses.map((address) => ({
    channel: 'mail',
    target: address,
    label: address,
    memberId: null,
    problem: !isMailAddress(address)
      ? `“${address}” is no mail address.`
      : around.isMailReady
        ? null
        : NO_MAIL_SERVER,
  }))
}

function webhookReceivers(to: string, around: Surroundings): Receiver[] {
  const { text, missing } = expandVariables(to, around.variables)
  const written = { channel: 'webhook', target: to, memberId: null } as const
  const label = printTarget({ channel: 'webhook', to })
  const absent = missing.filter((name) => !around.secretNames.includes(name))
  if (absent.length > 0) return [{ ...written, label, problem: unset(absent, around) }]
  // What stands in a secret is known when it is opened, which the worker alone does.
  if (missing.length > 0) return [{ ...written, label, problem: null }]
  if (!isWebhookAddress(text))
    return [{ ...written, label, problem: `${label} is no http or https address.` }]
  const { hostname, port, protocol } = new URL(text)
  const refused = decideName({
    host: hostname,
    port: port === '' ? (protocol === 'https:' ? 443 : 80) : Number(port),
    kind: null,
    allowList: around.allowList,
  })
  return [{ ...written, label: `webhook ${hostname}`, problem: refused?.message ?? null }]
}

function roleReceivers(role: string, { holders, isMailReady }: Surroundings): Receiver[] {
  const found = holders.filter((holder) => holder.role === role)
  const label = printTarget({ channel: 'role', to: role })
  if (found.length === 0)
    return [
      { channel: 'mail', target: label, label, memberId: null, problem: `Nobody holds the role ${role}.` },
    ]
  return found.map(({ memberId, name, email }) => ({
    channel: 'mail',
    target: email,
    label: `${name} <${email}>`,
    memberId,
    problem: isMailReady ? null : NO_MAIL_SERVER,
  }))
}
