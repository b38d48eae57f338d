import type { Metadata } from 'next'
import { PageBody } from '#components/shell/page-body.tsx'
import { PageHead } from '#components/shell/page-head.tsx'
import { ApiTokenList } from '#components/teams/api-token-list.tsx'
import { MakeApiTokenButton } from '#components/teams/make-api-token-button.tsx'
import { CodeBlock } from '#components/ui/code-block.tsx'
import { SectionCard } from '#components/ui/section-card.tsx'
import { requireMember } from '#lib/auth/current-actor.ts'
import { paths } from '#lib/shared/paths.ts'
import { listApiTokens } from '#lib/teams/read/api-tokens.ts'

export const metadata: Metadata = { title: 'API tokens' }

export default async function ApiTokensPage({ params }: { params: Promise<{ team: string }> }) {
  const actor = await requireMember((await params).team)
  const view = await listApiTokens(actor)
  const team = actor.team.slug
  return (
    <PageBody>
      <PageHead
        title="API tokens"
        crumbs={[{ label: 'Templates', href: paths.templates(team) }]}
        lead="With a token a pipeline publishes the checklist that lies in its repository."
        actions={view.can.make === true ? <MakeApiTokenButton team={team} view={view} /> : null}
      />
      <div className="grid grid-cols-[minmax(0,1fr)] gap-4.5 pb-10">
        <SectionCard title="Tokens" note="of this team">
          {view.tokens.length > 0 ? (
            <ApiTokenList team={team} tokens={view.tokens} mayRevoke={view.can.revoke === true} />
          ) : (
            <p className="m-0 max-w-prose text-soft">
              No program acts for this team yet. A token publishes templates and does nothing else; it is
              shown once, expires, and stops when its maker leaves.
            </p>
          )}
          {view.can.make === true ? null : (
            <p className="mt-3 mb-0 text-sm text-faint">
              You can read this and change nothing. {view.can.make}
            </p>
          )}
        </SectionCard>
        <SectionCard title="Publish from a pipeline">
          <p className="mt-0 mb-1.5 max-w-prose text-soft">
            With the token as COUNTERSIGN_TOKEN. A file that is published already makes no new version.
          </p>
          <CodeBlock code={view.line} label="The pipeline’s line" />
        </SectionCard>
      </div>
    </PageBody>
  )
}
