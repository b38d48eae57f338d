import type { Metadata } from 'next'
import { PageBody } from '#components/shell/page-body.tsx'
import { PageHead } from '#components/shell/page-head.tsx'
import { GalleryList } from '#components/templates/gallery-list.tsx'
import { TemplateTable } from '#components/templates/template-table.tsx'
import { EmptyState } from '#components/ui/empty-state.tsx'
import { LinkButton } from '#components/ui/link-button.tsx'
import { requireMember } from '#lib/auth/current-actor.ts'
import { paths } from '#lib/shared/paths.ts'
import { listGalleryCounts, listTemplates } from '#lib/templates/read.ts'

export const metadata: Metadata = { title: 'Templates' }

export default async function TemplatesPage({ params }: { params: Promise<{ team: string }> }) {
  const actor = await requireMember((await params).team)
  const { templates, publish } = await listTemplates(actor)
  const team = actor.team.slug
  const gallery = await listGalleryCounts(actor)
  const bring = (
    <LinkButton href={paths.templateImport(team)} variant="primary">
      Import a checklist
    </LinkButton>
  )
  return (
    <PageBody>
      <PageHead
        title="Templates"
        lead="Checklists in Markdown. Published versions never change; a run keeps the one that it was opened with."
        actions={publish.can && templates.length > 0 ? bring : null}
      />
      <div className="grid gap-4.5 pb-10">
        {templates.length > 0 ? (
          <TemplateTable team={team} templates={templates} />
        ) : (
          <EmptyState title="No checklist yet" action={publish.can ? bring : null}>
            Bring the DEPLOYMENT_CHECKLIST.md that your team has: headings become stages, boxes become items,
            the sign-off table becomes the slots that people sign. {publish.why}
          </EmptyState>
        )}
        <GalleryList team={team} entries={gallery} mayStart={publish.can} />
        <div className="flex flex-wrap gap-2">
          <LinkButton href={paths.apiTokens(team)}>API tokens</LinkButton>
        </div>
      </div>
    </PageBody>
  )
}
