import type { AccountRole } from '#lib/shared/codes.ts'
import { type Actor, type ApiScope, isMember, type MemberActor, type PipelineScope } from './actor.ts'

/** What a rule may look at beside the actor; every field is optional because most verbs need none. */
export type Subject = {
  /** The sign-off role that an item or a slot asks for. */
  role?: string | null
  /** The member whom the act is about. */
  memberId?: string
  /** The account role that would be given or taken. */
  accountRole?: AccountRole
}

export type Answer = true | string
type Rule = (actor: Actor, subject: Subject) => Answer

const ADMINS: readonly AccountRole[] = ['owner', 'admin']
const WORKERS: readonly AccountRole[] = ['owner', 'admin', 'member']
const READERS: readonly AccountRole[] = ['owner', 'admin', 'member', 'manager', 'auditor']

function account(
  roles: readonly AccountRole[],
  also?: (actor: MemberActor, subject: Subject) => Answer,
): Rule {
  return (actor, subject) => {
    if (actor.kind === 'system') return true
    if (!isMember(actor)) return 'Sign in as a member of this team.'
    if (!roles.includes(actor.team.accountRole)) {
      return `Your account role here is ${actor.team.accountRole}; this needs ${list(roles)}.`
    }
    return also ? also(actor, subject) : true
  }
}

function list(words: readonly string[]): string {
  return words.length < 2 ? words.join('') : `${words.slice(0, -1).join(', ')} or ${words.at(-1)}`
}

const ownerRole = (actor: MemberActor, subject: Subject): Answer =>
  !subject.role || actor.team.roles.includes(subject.role) || `Only a ${subject.role} may do this.`

const ownersOnlyTouchOwners = (actor: MemberActor, subject: Subject): Answer =>
  subject.accountRole !== 'owner' ||
  actor.team.accountRole === 'owner' ||
  'Only an owner may do this to an owner.'

/** Members of these roles, and programs whose token holds the scope and was made by one who has such a role still. */
const orToken =
  (scope: ApiScope, roles: readonly AccountRole[]): Rule =>
  (actor, subject) => {
    if (actor.kind !== 'api_token') return account(roles)(actor, subject)
    if (!actor.scopes.includes(scope)) return `This token does not hold the scope ${scope}.`
    return roles.includes(actor.team.accountRole) || 'Who made this token may no longer do this.'
  }

/** Programs whose token was made for a service and holds the scope, and members of these roles. */
const pipeline =
  (scope: PipelineScope, roles: readonly AccountRole[] = []): Rule =>
  (actor, subject) => {
    if (actor.kind === 'token')
      return (
        actor.scopes.includes(scope) ||
        `This token does not hold the scope ${scope}. Make one that does under Pipeline tokens, on the service’s page.`
      )
    if (roles.length > 0) return account(roles)(actor, subject)
    return actor.kind === 'system' || 'A pipeline does this, with a token of the service.'
  }

const anybody: Rule = () => true
const system: Rule = (actor) => actor.kind === 'system' || 'Only Countersign itself does this.'
const instanceAdmin: Rule = (actor) =>
  actor.kind === 'system' ||
  (actor.kind === 'person' && actor.instanceAdmin) ||
  'Only the administrator of this instance may do this.'
const self: Rule = (actor) => actor.kind === 'person' || 'Sign in first.'

/** The one place for authorisation: verb → (actor, subject) → yes, or why not. */
export const policy = {
  // Accounts: the actor is the person themself, or nobody yet.
  'account.setUp': anybody,
  'account.signIn': anybody,
  'account.signOut': self,
  'account.endSession': self,
  'account.changePassword': self,
  'account.resetPassword': anybody,
  'account.unlockOwner': system,
  'team.acceptInvitation': anybody,
  'team.create': instanceAdmin,
  // People of a team.
  'team.read': account(READERS),
  'team.inviteMember': account(ADMINS, ownersOnlyTouchOwners),
  'team.revokeInvitation': account(ADMINS),
  'team.changeAccountRole': account(ADMINS, ownersOnlyTouchOwners),
  'team.changeSignoffRoles': account(ADMINS),
  'team.addSignoffRole': account(ADMINS),
  'team.deactivateMember': account(ADMINS, ownersOnlyTouchOwners),
  'team.reactivateMember': account(ADMINS, ownersOnlyTouchOwners),
  'team.makeResetLink': account(ADMINS, ownersOnlyTouchOwners),
  'team.makeApiToken': account(ADMINS),
  'team.revokeApiToken': account(ADMINS),
  // Services.
  'service.create': account(ADMINS),
  'service.addEnvironment': account(ADMINS),
  'service.changeEnvironment': account(ADMINS),
  'service.tryConnection': account(ADMINS),
  'service.setSecret': account(ADMINS),
  'service.removeSecret': account(ADMINS),
  'service.resealSecrets': system,
  'service.makeGateToken': account(ADMINS),
  'service.revokeGateToken': account(ADMINS),
  'service.makeWebhookSecret': account(ADMINS),
  'service.readGate': pipeline('gate', READERS),
  'service.pushHeartbeat': pipeline('evidence'),
  // Templates.
  'template.publish': orToken('templates:write', WORKERS),
  'template.restore': account(WORKERS),
  'template.archive': account(WORKERS),
  'template.unarchive': account(WORKERS),
  'template.tryProbe': account(WORKERS),
  // Runs.
  'run.read': account(READERS),
  'run.open': account(WORKERS),
  'run.tickItem': account(WORKERS, ownerRole),
  'run.untickItem': account(WORKERS, ownerRole),
  'run.failItem': account(WORKERS, ownerRole),
  'run.markNotApplicable': account(WORKERS, ownerRole),
  'run.verifyNotApplicable': account(WORKERS),
  'run.witnessItem': account(WORKERS),
  'run.noteItem': account(WORKERS),
  'run.attachEvidence': account(WORKERS),
  'run.withdrawEvidence': account(WORKERS),
  'run.answerFact': account(WORKERS),
  'run.startProbes': account(WORKERS),
  'run.cancelProbes': account(WORKERS),
  'run.recordObservation': system,
  'run.pushReport': pipeline('evidence'),
  'run.takeUpReports': system,
  'run.startWaiting': system,
  'run.sendNotice': account(WORKERS, ownerRole),
  'run.remindNotice': account(WORKERS, ownerRole),
  'run.recordDelivery': system,
  // The link is the right: whoever was told may not have an account.
  'run.acknowledgeNotice': anybody,
  'run.correctRelease': account(WORKERS),
  'run.sign': account(WORKERS, ownerRole),
  'run.startDeployment': account(WORKERS),
  'run.markDeployed': account(WORKERS),
  'run.undoDeployed': account(WORKERS),
  'run.rollBack': account(WORKERS),
  'run.abort': account(WORKERS),
  'run.close': account(WORKERS),
  'run.finishRollback': account(WORKERS),
} as const satisfies Record<string, Rule>

export type Verb = keyof typeof policy

/** Yes, or the reason in words for the person who asked. */
export function mayDo({
  actor,
  verb,
  subject = {},
}: {
  actor: Actor
  verb: Verb
  subject?: Subject
}): Answer {
  return policy[verb](actor, subject)
}
