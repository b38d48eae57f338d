import { paths } from '#lib/shared/paths.ts'
import type { RunAt } from './run-at.ts'

/** Who may see a page: members of the team; whoever is signed in; everybody. */
export type PageAccess = 'team' | 'person' | 'public'

type Row = { access: PageAccess; path: (run: RunAt) => string }

const at = ({ team, service, number }: RunAt) => ({ team: team.slug, service, number })

/** Every page of the app by its file; a test compares this with the folder, so that a new page is covered at birth. */
export const PAGES: Readonly<Record<string, Row>> = {
  'app/page.tsx': { access: 'person', path: () => paths.home() },
  'app/me/page.tsx': { access: 'person', path: () => paths.me() },
  'app/setup/page.tsx': { access: 'public', path: () => paths.setup() },
  'app/sign-in/page.tsx': { access: 'public', path: () => paths.signIn() },
  'app/invite/[token]/page.tsx': { access: 'public', path: () => paths.invite('not-a-token') },
  'app/reset/[token]/page.tsx': { access: 'public', path: () => paths.reset('not-a-token') },
  'app/ack/[token]/page.tsx': { access: 'public', path: () => paths.acknowledge('not-a-token') },
  'app/[team]/page.tsx': { access: 'team', path: ({ team }) => paths.team(team.slug) },
  'app/[team]/waiting/page.tsx': { access: 'team', path: ({ team }) => paths.waiting(team.slug) },
  'app/[team]/history/page.tsx': { access: 'team', path: ({ team }) => paths.history(team.slug) },
  'app/[team]/audit/page.tsx': { access: 'team', path: ({ team }) => paths.teamAudit(team.slug) },
  'app/[team]/members/page.tsx': { access: 'team', path: ({ team }) => paths.members(team.slug) },
  'app/[team]/tokens/page.tsx': { access: 'team', path: ({ team }) => paths.apiTokens(team.slug) },
  'app/[team]/services/page.tsx': { access: 'team', path: ({ team }) => paths.services(team.slug) },
  'app/[team]/services/[service]/page.tsx': {
    access: 'team',
    path: ({ team, service }) => paths.service({ team: team.slug, service }),
  },
  'app/[team]/templates/page.tsx': { access: 'team', path: ({ team }) => paths.templates(team.slug) },
  'app/[team]/templates/import/page.tsx': {
    access: 'team',
    path: ({ team }) => paths.templateImport(team.slug),
  },
  'app/[team]/templates/gallery/[slug]/page.tsx': {
    access: 'team',
    path: ({ team }) => paths.galleryTemplate({ team: team.slug, slug: 'web-service-release' }),
  },
  'app/[team]/templates/[template]/page.tsx': {
    access: 'team',
    path: ({ team, template }) => paths.template({ team: team.slug, template }),
  },
  'app/[team]/templates/[template]/edit/page.tsx': {
    access: 'team',
    path: ({ team, template }) => paths.templateEdit({ team: team.slug, template }),
  },
  'app/[team]/templates/[template]/diff/page.tsx': {
    access: 'team',
    path: ({ team, template }) => paths.templateDiff({ team: team.slug, template, from: 1, to: 1 }),
  },
  'app/[team]/templates/[template]/v/[number]/page.tsx': {
    access: 'team',
    path: ({ team, template }) => paths.templateVersion({ team: team.slug, template, number: 1 }),
  },
  'app/[team]/runs/open/page.tsx': { access: 'team', path: ({ team }) => paths.openRun(team.slug) },
  'app/[team]/runs/[service]/[number]/page.tsx': { access: 'team', path: (run) => paths.run(at(run)) },
  'app/[team]/runs/[service]/[number]/sign/[role]/page.tsx': {
    access: 'team',
    path: (run) => paths.sign({ ...at(run), role: 'security' }),
  },
  'app/[team]/runs/[service]/[number]/record/page.tsx': {
    access: 'team',
    path: (run) => paths.record(at(run)),
  },
  'app/[team]/runs/[service]/[number]/audit/page.tsx': {
    access: 'team',
    path: (run) => paths.audit(at(run)),
  },
}
