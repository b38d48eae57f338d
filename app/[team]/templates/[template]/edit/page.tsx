import type { Metadata } from 'next'
import { notFound } from 'next/navigation'
import { PageBody } from '#components/shell/page-body.tsx'
import { PageHead } from '#components/shell/page-head.tsx'
import { EditScreen } from '#components/templates/editor/edit-screen.tsx'
import { EmptyState } from '#components/ui/empty-state.tsx'
import { LinkButton } from '#components/ui/link-button.tsx'
import { requireMember } from '#lib/auth/current-actor.ts'
import { paths } from '#lib/shared/paths.ts'
import { getTemplateVersion, listAnnotationWords, listTryPlaces } from '#lib/templates/read.ts'

type Props = { params: Promise<{ team: string; template: string }> }

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  return { title: `Edit ${(await params).template}` }
}

export default async function EditTemplatePage({ params }: Props) {
  const { team: asked, template } = await params
  const actor = await requireMember(asked)
  const version = await getTemplateVersion(actor, { slug: template, number: null })
  if (!version) notFound()
  const team = actor.team.slug
  const here = paths.templateVersion({ team, template, number: version.number })
  const why = version.archived
    ? `${version.name} is archived. Bring it back to edit it.`
    : version.publish.why
  return (
    <PageBody>
      <PageHead
        title={`Edit ${version.name}`}
        mono={`v${version.number}`}
        crumbs={[
          { label: 'Templates', href: paths.templates(team) },
          { label: version.name, href: here },
        ]}
      />
      {version.publish.can && !version.archived ? (
        <EditScreen
          team={team}
          template={template}
          words={await listAnnotationWords(actor)}
          places={await listTryPlaces(actor)}
          latest={{
            number: version.number,
            source: version.source,
            by: version.publishedBy,
            at: version.publishedAt,
            note: version.note,
            sections: version.model.sections,
            items: version.model.items,
          }}
        />
      ) : (
        <EmptyState
          title={version.archived ? 'This template is archived' : 'You read this template'}
          action={<LinkButton href={here}>Read version {version.number}</LinkButton>}
        >
          {why}
        </EmptyState>
      )}
    </PageBody>
  )
}
