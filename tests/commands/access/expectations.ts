import type { Verb } from '#lib/access/policy.ts'
import type { AccountRole } from '#lib/shared/codes.ts'

const ADMINS: AccountRole[] = ['owner', 'admin']
const WORKERS: AccountRole[] = ['owner', 'admin', 'member']

type Sweep = AccountRole[] | 'account' | 'system' | 'pipeline' | 'machine' | 'read'

/**
 * Who may do what, written down a second time and by hand: the sweep compares the behaviour with this, not with the
 * table that causes it. 'account' verbs belong to no team and are swept by their own rules, 'machine' ones
 * write a machine table and are no commands.
 */
export const EXPECTED: Record<Verb, Sweep> = {
  'account.setUp': 'account',
  'account.signIn': 'account',
  'account.signOut': 'account',
  'account.endSession': 'account',
  'account.changePassword': 'account',
  'account.resetPassword': 'account',
  'account.unlockOwner': 'account',
  'team.acceptInvitation': 'account',
  'team.create': 'account',
  'team.read': 'read',
  'team.inviteMember': ADMINS,
  'team.revokeInvitation': ADMINS,
  'team.changeAccountRole': ADMINS,
  'team.changeSignoffRoles': ADMINS,
  'team.addSignoffRole': ADMINS,
  'team.deactivateMember': ADMINS,
  'team.reactivateMember': ADMINS,
  'team.makeResetLink': ADMINS,
  'team.makeApiToken': ADMINS,
  'team.revokeApiToken': ADMINS,
  'service.create': ADMINS,
  'service.addEnvironment': ADMINS,
  'service.changeEnvironment': ADMINS,
  'service.setSecret': ADMINS,
  'service.removeSecret': ADMINS,
  'service.resealSecrets': 'system',
  'service.makeGateToken': ADMINS,
  'service.revokeGateToken': ADMINS,
  'service.makeWebhookSecret': ADMINS,
  'service.readGate': 'read',
  'service.pushHeartbeat': 'machine',
  'template.publish': WORKERS,
  'template.restore': WORKERS,
  'template.archive': WORKERS,
  'template.unarchive': WORKERS,
  'template.tryProbe': WORKERS,
  'run.read': 'read',
  'run.open': WORKERS,
  'run.tickItem': WORKERS,
  'run.untickItem': WORKERS,
  'run.failItem': WORKERS,
  'run.markNotApplicable': WORKERS,
  'run.verifyNotApplicable': WORKERS,
  'run.witnessItem': WORKERS,
  'run.noteItem': WORKERS,
  'run.answerFact': WORKERS,
  'run.startProbes': WORKERS,
  'run.cancelProbes': WORKERS,
  'run.recordObservation': 'system',
  'run.pushReport': 'pipeline',
  'run.startWaiting': 'system',
  'run.sendNotice': WORKERS,
  'run.remindNotice': WORKERS,
  'run.recordDelivery': 'system',
  'run.acknowledgeNotice': 'account',
  'run.correctRelease': WORKERS,
  'run.sign': WORKERS,
  'run.startDeployment': WORKERS,
  'run.markDeployed': WORKERS,
  'run.undoDeployed': WORKERS,
  'run.rollBack': WORKERS,
  'run.abort': WORKERS,
  'run.close': WORKERS,
  'run.finishRollback': WORKERS,
}
