import type { Metadata } from 'next'
import { notFound } from 'next/navigation'
import { PageBody } from '#components/shell/page-body.tsx'
import { PageHead } from '#components/shell/page-head.tsx'
import { ArchiveButton } from '#components/templates/archive-button.tsx'
import { ChecklistPreview } from '#components/templates/checklist-preview.tsx'
import { RestoreButton } from '#components/templates/restore-button.tsx'
import { ReviewSummary } from '#components/templates/review-summary.tsx'
import { UnarchiveButton } from '#components/templates/unarchive-button.tsx'
import { VersionList } from '#components/templates/version-list.tsx'
import { CodeBlock } from '#components/ui/code-block.tsx'
import { Digest } from '#components/ui/digest.tsx'
import { LinkButton } from '#components/ui/link-button.tsx'
import { Notice } from '#components/ui/notice.tsx'
import { TabLinks } from '#components/ui/tab-links.tsx'
import { Time } from '#components/ui/time.tsx'
import { requireMember } from '#lib/auth/current-actor.ts'
import { paths } from '#lib/shared/paths.ts'
import { getTemplateVersion } from '#lib/templates/read.ts'
import { reviewModel } from '#lib/templates/review.ts'

type Props = {
  params: Promise<{ team: string; template: string; number: string }>
  searchParams: Promise<{ show?: string | string[]; published?: string | string[] }>
}

const SHOWN = ['preview', 'understood', 'source'] as const
const LABELS = { preview: 'Preview', understood: 'What was understood', source: 'Source' } as const

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const { template, number } = await params
  return { title: `${template} v${number}` }
}

export default async function TemplateVersionPage({ params, searchParams }: Props) {
  const { team: slug, template, number: asked } = await params
  const actor = await requireMember(slug)
  const number = /^[1-9]\d{0,8}$/.test(asked) ? Number(asked) : 0
  const version = number === 0 ? null : await getTemplateVersion(actor, { slug: template, number })
  if (!version) notFound()
  const { show, published } = await searchParams
  const shown = SHOWN.find((one) => one === show) ?? 'preview'
  const team = actor.team.slug
  const here = paths.templateVersion({ team, template, number })
  return (
    <PageBody size="doc">
      <PageHead
        title={version.name}
        mono={`v${version.number}`}
        crumbs={[{ label: 'Templates', href: paths.templates(team) }]}
        facts={[
          { term: 'Published', value: <Time at={new Date(version.publishedAt).toISOString()} /> },
          { term: 'By', value: version.publishedBy },
          { term: 'SHA-256', value: <Digest value={version.sourceHash} copy /> },
        ]}
        actions={
          version.archived ? (
            version.unarchive.can ? (
              <UnarchiveButton team={team} template={version.slug} name={version.name} />
            ) : null
          ) : (
            <>
              <LinkButton href={paths.openRun(team, { template: version.slug })}>Open a run</LinkButton>
              {version.publish.can ? (
                <>
                  <LinkButton href={paths.templateImport(team, { template: version.slug })}>
                    Import a new version
                  </LinkButton>
                  {version.number < version.latest ? (
                    <RestoreButton
                      team={team}
                      template={version.slug}
                      number={version.number}
                      latest={version.latest}
                    />
                  ) : null}
                  <LinkButton
                    href={paths.templateEdit({ team, template: version.slug })}
                    variant={version.number < version.latest ? undefined : 'primary'}
                  >
                    {version.number < version.latest ? `Edit v${version.latest}` : 'Edit'}
                  </LinkButton>
                </>
              ) : null}
              {version.archive.can ? (
                <ArchiveButton team={team} template={version.slug} name={version.name} />
              ) : null}
            </>
          )
        }
      />
      <div className="grid grid-cols-1 gap-4.5 pb-10">
        {published === '1' && !version.archived ? (
          <Notice
            live
            tone="go"
            title={`Version ${version.number} is published`}
            action={
              <LinkButton href={paths.openRun(team, { template: version.slug })} variant="primary">
                Open a run with it
              </LinkButton>
            }
          >
            A run keeps the version that it was opened with, whatever is published later.
          </Notice>
        ) : null}
        {version.archived ? (
          <Notice tone="warn" title="Archived">
            No run is opened of it any more. Its versions and the runs that used them stay.
          </Notice>
        ) : null}
        {version.number < version.latest ? (
          <Notice
            title={`Version ${version.latest} is the latest`}
            action={
              <>
                <LinkButton
                  href={paths.templateDiff({ team, template, from: version.number, to: version.latest })}
                >
                  What changed since
                </LinkButton>
                <LinkButton href={paths.templateVersion({ team, template, number: version.latest })}>
                  Go to v{version.latest}
                </LinkButton>
              </>
            }
          >
            Runs that were opened of this one keep it.
          </Notice>
        ) : null}
        <TabLinks
          label="Views of this version"
          items={SHOWN.map((one) => ({
            href: one === 'preview' ? here : `${here}?show=${one}`,
            label: LABELS[one],
            current: one === shown,
          }))}
        />
        {shown === 'preview' ? <ChecklistPreview model={version.model} /> : null}
        {shown === 'understood' ? <ReviewSummary review={reviewModel(version.model)} /> : null}
        {shown === 'source' ? (
          <CodeBlock
            code={version.source}
            label="Markdown source"
            copyLabel="Copy Markdown"
            actions={
              <LinkButton
                size="sm"
                href={paths.templateMarkdown({ team, template, number })}
                prefetch={false}
              >
                Download
              </LinkButton>
            }
          />
        ) : null}
        <VersionList team={team} template={template} current={version.number} versions={version.versions} />
      </div>
    </PageBody>
  )
}
