import type { MemberActor } from '#lib/access/actor.ts'
import { mayDo } from '#lib/access/policy.ts'
import { askedOf, type ProbeConfig, variablesOf } from '#lib/probes/config.ts'
import {
  neededVariables,
  type OpenFormView,
  type OpenService,
  type OpenTemplate,
  type TeamPerson,
} from '#lib/runs/open-form.ts'
import { db } from '#lib/server/db.ts'
import type { RunState } from '#lib/shared/codes.ts'
import { type NoticeConfig, noticeVariables } from '#lib/templates/notice.ts'

type FoundTemplate = Omit<OpenTemplate, 'needs' | 'optional'> & {
  probes: ProbeConfig[]
  notices: NoticeConfig[]
}
type Row = { services: OpenService[] | null; templates: FoundTemplate[] | null; people: TeamPerson[] | null }

/** What a run can be opened of: services with their environments and live runs, templates with the questions they ask. */
export async function getOpenForm(actor: MemberActor): Promise<OpenFormView> {
  const live: RunState[] = ['preparing', 'deploying', 'verifying', 'rolling_back']
  const rows = await db().$queryRaw<Row[]>`
    SELECT
      (SELECT jsonb_agg(jsonb_build_object('slug', s.slug, 'name', s.name, 'environments',
         (SELECT coalesce(jsonb_agg(jsonb_build_object('slug', e.slug, 'name', e.name,
             'variables', (SELECT coalesce(jsonb_agg(given.name), '[]') FROM (
                SELECT v.key AS name FROM jsonb_each_text(e.variables) v WHERE v.value <> ''
                UNION ALL SELECT x.name FROM environment_secret x WHERE x.environment_id = e.id) given),
             'live',
             (SELECT jsonb_build_object('number', r.number, 'state', r.state) FROM run r
              WHERE r.service_id = s.id AND r.environment_id = e.id AND r.state = ANY(${live}))) ORDER BY e.ordinal, e.id), '[]')
          FROM environment e WHERE e.service_id = s.id)) ORDER BY lower(s.name), s.id)
       FROM service s WHERE s.team_id = ${actor.team.id}::uuid AND s.archived_at IS NULL) AS services,
      (SELECT jsonb_agg(jsonb_build_object('slug', t.slug, 'name', t.name, 'number', v.number,
         'items', jsonb_array_length(v.model -> 'items'), 'steps', jsonb_array_length(v.model -> 'steps'),
         'roles', jsonb_path_query_array(v.model, '$.roles[*].role'),
         'probes', jsonb_path_query_array(v.model, '$.items[*].probe ? (@ != null)'),
         'notices', jsonb_path_query_array(v.model, '$.items[*].notice ? (@ != null)'),
         'facts', (SELECT coalesce(jsonb_agg(jsonb_build_object('key', f -> 'key', 'question', f -> 'question', 'items',
                     (SELECT coalesce(jsonb_agg(jsonb_build_object('key', i -> 'key', 'text', i -> 'text') ORDER BY (i ->> 'ordinal')::int), '[]')
                      FROM jsonb_array_elements(v.model -> 'items') i WHERE f -> 'itemKeys' ? (i ->> 'key'))) ORDER BY n), '[]')
                   FROM jsonb_array_elements(v.model -> 'facts') WITH ORDINALITY AS x(f, n))) ORDER BY lower(t.name), t.id)
       FROM template t
       JOIN LATERAL (SELECT * FROM template_version WHERE template_id = t.id ORDER BY number DESC LIMIT 1) v ON true
       WHERE t.team_id = ${actor.team.id}::uuid AND t.archived_at IS NULL) AS templates,
      (SELECT jsonb_agg(jsonb_build_object('memberId', m.id, 'name', u.name) ORDER BY lower(u.name), m.id)
       FROM member m JOIN user_account u ON u.id = m.user_id
       WHERE m.team_id = ${actor.team.id}::uuid AND m.deactivated_at IS NULL) AS people`
  const row = rows[0]
  const may = mayDo({ actor, verb: 'run.open' })
  return {
    services: row?.services ?? [],
    templates: (row?.templates ?? []).map(({ probes, notices, ...template }) => ({
      ...template,
      needs: neededVariables([
        ...probes.filter(({ ifSet }) => ifSet === undefined).map(variablesOf),
        ...notices.map(noticeVariables),
      ]),
      optional: probes.filter(({ ifSet }) => ifSet !== undefined).map(askedOf),
    })),
    people: row?.people ?? [],
    can: may === true,
    why: may === true ? null : may,
    canCreateService: mayDo({ actor, verb: 'service.create' }) === true,
  }
}
