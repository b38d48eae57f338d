import type { Metadata } from 'next'
import { notFound } from 'next/navigation'
import { PageBody } from '#components/shell/page-body.tsx'
import { PageHead } from '#components/shell/page-head.tsx'
import { ComparePicker } from '#components/templates/compare-picker.tsx'
import { DiffView } from '#components/templates/diff-view.tsx'
import { ItemDiffView } from '#components/templates/item-diff-view.tsx'
import { TabLinks } from '#components/ui/tab-links.tsx'
import { requireMember } from '#lib/auth/current-actor.ts'
import { paths } from '#lib/shared/paths.ts'
import { diffTemplates } from '#lib/templates/diff-items.ts'
import { diffText } from '#lib/templates/diff-lines.ts'
import { getTemplateVersion } from '#lib/templates/read.ts'

type Asked = string | string[] | undefined
type Props = {
  params: Promise<{ team: string; template: string }>
  searchParams: Promise<{ from?: Asked; to?: Asked; show?: Asked }>
}

export async function generateMetadata({ params, searchParams }: Props): Promise<Metadata> {
  const [{ template }, { from, to }] = await Promise.all([params, searchParams])
  return { title: `${template} v${from} to v${to}` }
}

const numberOf = (asked: Asked) =>
  typeof asked === 'string' && /^[1-9]\d{0,8}$/.test(asked) ? Number(asked) : 0

/** Two versions of a template, as items and as text. */
export default async function TemplateDiffPage({ params, searchParams }: Props) {
  const [{ team: slug, template }, search] = await Promise.all([params, searchParams])
  const actor = await requireMember(slug)
  const [from, to] = await Promise.all(
    [search.from, search.to].map((asked) =>
      getTemplateVersion(actor, { slug: template, number: numberOf(asked) }),
    ),
  )
  if (!from || !to) notFound()
  const team = actor.team.slug
  const show = search.show === 'text' ? ('text' as const) : undefined
  const address = { team, template, from: from.number, to: to.number }
  const label = `Version ${from.number} to version ${to.number}`
  return (
    <PageBody size="doc">
      <PageHead
        title={`What changed in ${to.name}`}
        mono={`v${from.number} → v${to.number}`}
        crumbs={[
          { label: 'Templates', href: paths.templates(team) },
          { label: to.name, href: paths.templateVersion({ team, template, number: to.number }) },
        ]}
        lead={to.note || undefined}
      />
      <div className="grid gap-4.5 pb-10">
        <ComparePicker
          team={team}
          template={template}
          from={from.number}
          to={to.number}
          show={show}
          numbers={to.versions.map(({ number }) => number)}
        />
        <TabLinks
          label="Kinds of comparison"
          items={[
            { href: paths.templateDiff(address), label: 'Items', current: show === undefined },
            {
              href: paths.templateDiff({ ...address, show: 'text' }),
              label: 'Text',
              current: show === 'text',
            },
          ]}
        />
        {show === 'text' ? (
          <DiffView diff={diffText({ from: from.source, to: to.source })} label={label} />
        ) : (
          <ItemDiffView diff={diffTemplates({ earlier: from.model, later: to.model })} />
        )}
      </div>
    </PageBody>
  )
}
