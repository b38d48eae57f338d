import { readFileSync } from 'node:fs'
import { expect, it } from 'vitest'
import type { Actor } from '#lib/access/actor.ts'
import { mayDo, policy, type Verb } from '#lib/access/policy.ts'
import { ACCOUNT_ROLES, type AccountRole } from '#lib/shared/codes.ts'

const PAGE = 'docs/access.md'

function memberAs(accountRole: AccountRole): Actor {
  const team = {
    id: 't',
    slug: 't',
    name: 'T',
    sample: false,
    streamId: 's',
    memberId: 'm',
    accountRole,
    roles: [],
  }
  const person = {
    kind: 'person',
    userId: 'u',
    sessionIdHash: '',
    name: 'N',
    email: 'e',
    instanceAdmin: false,
    team,
  }
  return person as unknown as Actor
}

function mark(actor: Actor, verb: Verb): string {
  return mayDo({ actor, verb }) === true ? 'yes' : ''
}

/** The rows of the page, from the table itself: one a verb, one column an account role. */
function rows(): string[] {
  return (Object.keys(policy) as Verb[]).map((verb) => {
    const cells = ACCOUNT_ROLES.map((role) => mark(memberAs(role), verb))
    return `| \`${verb}\` | ${cells.join(' | ')} |`
  })
}

it('docs/access.md prints the policy table as it is', () => {
  const printed = readFileSync(PAGE, 'utf8')
    .split('\n')
    .filter((line) => line.startsWith('| `'))
  expect(printed).toEqual(rows())
})
