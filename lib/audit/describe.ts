import { counted } from '#lib/shared/words.ts'

type Data = Record<string, unknown>

const word = (value: unknown): string => (typeof value === 'string' ? value : String(value ?? ''))
const words = (value: unknown): string =>
  Array.isArray(value) && value.length > 0 ? value.join(', ') : 'none'

/** What happened in a team outside its runs, to be read after the actor's name. */
const SAID: Record<string, (data: Data) => string> = {
  'team.created': ({ name }) => `created the team ${word(name)}`,
  'team.member_invited': ({ accountRole, roles }) =>
    `invited somebody as ${word(accountRole)}, sign-off roles: ${words(roles)}`,
  'team.invitation_revoked': () => 'revoked an invitation',
  'team.member_joined': ({ name, accountRole, roles }) =>
    `${word(name)} joined as ${word(accountRole)}, sign-off roles: ${words(roles)}`,
  'team.account_role_changed': ({ name, from, to }) =>
    `changed the account role of ${word(name)} from ${word(from)} to ${word(to)}`,
  'team.signoff_roles_changed': ({ name, from, to }) =>
    `changed the sign-off roles of ${word(name)} from ${words(from)} to ${words(to)}`,
  'team.signoff_role_added': ({ name }) => `added the sign-off role ${word(name)}`,
  'team.member_deactivated': ({ name }) => `deactivated ${word(name)}`,
  'team.member_reactivated': ({ name }) => `reactivated ${word(name)}`,
  'team.reset_link_made': ({ name }) => `made a password link for ${word(name)}`,
  'service.created': ({ name }) => `created the service ${word(name)}`,
  'service.environment_added': ({ service, slug }) =>
    `added the environment ${word(slug)} to ${word(service)}`,
  'service.environment_changed': ({ service, slug }) =>
    `changed the settings of ${word(service)} ${word(slug)}`,
  'service.secret_set': ({ service, slug, name, replaced, wasPlain }) =>
    `${replaced ? 'replaced the secret' : wasPlain ? 'made a secret of' : 'set the secret'} ${word(name)} of ${word(service)} ${word(slug)}`,
  'service.secret_removed': ({ service, slug, name }) =>
    `removed the secret ${word(name)} of ${word(service)} ${word(slug)}`,
  'service.secrets_resealed': ({ count, keyId }) =>
    `sealed ${counted({ count: Number(count), one: 'secret' })} with key ${word(keyId)}`,
  'service.gate_token_made': ({ service, name, scopes, run }) =>
    `made the pipeline token “${word(name)}” for ${word(service)}${run === undefined ? '' : ` #${word(run)}`}: ${words(scopes ?? ['gate'])}`,
  'service.gate_token_revoked': ({ service, name }) =>
    `revoked the pipeline token “${word(name)}” of ${word(service)}`,
  'service.webhook_secret_made': ({ service, slug }) =>
    `made a new signing secret for the webhooks of ${word(service)} ${word(slug)}`,
  'service.report_kept': ({ service, slug, format, name, commit }) =>
    `pushed a report for ${word(service)} ${word(slug)} before a run of ${word(commit)} was open: ${word(format)}${name ? ` “${word(name)}”` : ''}`,
  'service.look_blocked': ({ target, why }) => `was kept from ${word(target ?? 'an address')}: ${word(why)}`,
  'service.connection_tried': ({ service, slug, name }) =>
    `tried to reach ${word(name)} from ${word(service)} ${word(slug)}`,
  'team.api_token_made': ({ name, scopes }) => `made the API token “${word(name)}” for ${words(scopes)}`,
  'team.api_token_revoked': ({ name }) => `revoked the API token “${word(name)}”`,
  'template.fetch_blocked': ({ host }) => `was kept from fetching a checklist from ${word(host)}`,
  'template.published': ({ slug, number, items, continued, restores }) =>
    `published ${word(slug)} v${word(number)} with ${counted({ count: Number(items), one: 'item' })}${
      Number(continued) > 0 ? `, ${word(continued)} of them with their history` : ''
    }${restores === undefined ? '' : `, restoring v${word(restores)}`}`,
  'template.archived': ({ slug }) => `archived ${word(slug)}`,
  'template.probe_tried': ({ service, slug }) => `tried a probe against ${word(service)} ${word(slug)}`,
  'template.unarchived': ({ slug }) => `brought ${word(slug)} back from the archive`,
  'run.opened': ({ service, environment, number, version }) =>
    `opened ${word(service)} #${word(number)} for ${word(environment)}, ${word(version)}`,
  'access.refused': ({ verb, because }) => `was refused ${word(verb)}: ${word(because)}`,
}

export function describeEvent({ action, data }: { action: string; data: Data }): string {
  return SAID[action]?.(data) ?? action.replace(/^\w+\./, '').replaceAll('_', ' ')
}
