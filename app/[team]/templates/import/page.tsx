import type { Metadata } from 'next'
import { notFound } from 'next/navigation'
import { PageBody } from '#components/shell/page-body.tsx'
import { PageHead } from '#components/shell/page-head.tsx'
import { ImportForm } from '#components/templates/import-form.tsx'
import { EmptyState } from '#components/ui/empty-state.tsx'
import { requireMember } from '#lib/auth/current-actor.ts'
import { paths } from '#lib/shared/paths.ts'
import { listSignoffRoles } from '#lib/teams/read/signoff-roles.ts'
import { getGalleryTemplate, getTemplateVersion, listGallery, listTemplates } from '#lib/templates/read.ts'

type Search = { template?: string | string[]; start?: string | string[] }
type Props = { params: Promise<{ team: string }>; searchParams: Promise<Search> }

export const metadata: Metadata = { title: 'Import a checklist' }

export default async function ImportPage({ params, searchParams }: Props) {
  const actor = await requireMember((await params).team)
  const { template: asked, start } = await searchParams
  const team = actor.team.slug
  const { publish } = await listTemplates(actor)
  const template =
    typeof asked === 'string' ? await getTemplateVersion(actor, { slug: asked, number: null }) : null
  if (typeof asked === 'string' && !template) notFound()
  const gallery = typeof start === 'string' ? await getGalleryTemplate(actor, start) : null
  if (typeof start === 'string' && !gallery) notFound()
  return (
    <PageBody>
      <PageHead
        title={template ? `New version of ${template.name}` : 'Import a checklist'}
        crumbs={[{ label: 'Templates', href: paths.templates(team) }]}
        lead="Any Markdown file with boxes. Nothing is lost: what is not understood stays as text in its place."
      />
      {publish.can ? (
        <ImportForm
          team={team}
          template={template ? { slug: template.slug, name: template.name, number: template.number } : null}
          start={{ name: gallery?.name ?? '', source: template?.source ?? gallery?.source ?? '' }}
          draftKey={
            template
              ? `template:${team}:${template.slug}`
              : `template:${team}:${gallery ? `start@${start}` : 'new'}`
          }
          gallery={listGallery(actor)}
          roles={await listSignoffRoles(actor)}
        />
      ) : (
        <EmptyState title="You read templates here">{publish.why}</EmptyState>
      )}
    </PageBody>
  )
}
