import type { Metadata } from 'next'
import { notFound } from 'next/navigation'
import { PageBody } from '#components/shell/page-body.tsx'
import { PageHead } from '#components/shell/page-head.tsx'
import { ChecklistPreview } from '#components/templates/checklist-preview.tsx'
import { GalleryFacts } from '#components/templates/gallery-facts.tsx'
import { CodeBlock } from '#components/ui/code-block.tsx'
import { LinkButton } from '#components/ui/link-button.tsx'
import { TabLinks } from '#components/ui/tab-links.tsx'
import { requireMember } from '#lib/auth/current-actor.ts'
import { paths } from '#lib/shared/paths.ts'
import { getGalleryTemplate, listTemplates } from '#lib/templates/read.ts'

type Props = {
  params: Promise<{ team: string; slug: string }>
  searchParams: Promise<{ show?: string | string[] }>
}

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  return { title: `${(await params).slug}, to start from` }
}

/** One of the checklists that come with Countersign, before anybody has taken it. */
export default async function GalleryTemplatePage({ params, searchParams }: Props) {
  const { team: asked, slug } = await params
  const actor = await requireMember(asked)
  const shipped = await getGalleryTemplate(actor, slug)
  if (shipped === null) notFound()
  const { publish } = await listTemplates(actor)
  const isSource = (await searchParams).show === 'source'
  const team = actor.team.slug
  const here = paths.galleryTemplate({ team, slug })
  return (
    <PageBody size="doc">
      <PageHead
        title={shipped.name}
        crumbs={[{ label: 'Templates', href: paths.templates(team) }]}
        lead={`${shipped.about} ${shipped.use}`}
        actions={
          publish.can ? (
            <LinkButton href={paths.templateImport(team, { start: slug })} variant="primary">
              Start from this
            </LinkButton>
          ) : null
        }
      />
      <div className="grid grid-cols-1 gap-4.5 pb-10">
        <GalleryFacts counts={shipped} />
        <TabLinks
          label="Views of this checklist"
          items={[
            { href: here, label: 'Preview', current: !isSource },
            { href: `${here}?show=source`, label: 'Source', current: isSource },
          ]}
        />
        {isSource ? (
          <CodeBlock code={shipped.source} label="Markdown source" copyLabel="Copy Markdown" />
        ) : (
          <ChecklistPreview model={shipped.model} />
        )}
      </div>
    </PageBody>
  )
}
