import type { Metadata } from 'next'
import { notFound } from 'next/navigation'
import { AddEnvironmentForm } from '#components/services/add-environment-form.tsx'
import { AskedVariables } from '#components/services/asked-variables.tsx'
import { EnvironmentEditor } from '#components/services/environment-editor.tsx'
import { EnvironmentSettings } from '#components/services/environment-settings.tsx'
import { MakeTokenButton } from '#components/services/make-token-button.tsx'
import { TokenList } from '#components/services/token-list.tsx'
import { WebhookSecret } from '#components/services/webhook-secret.tsx'
import { PageBody } from '#components/shell/page-body.tsx'
import { PageHead } from '#components/shell/page-head.tsx'
import { CodeBlock } from '#components/ui/code-block.tsx'
import { LinkButton } from '#components/ui/link-button.tsx'
import { SectionCard } from '#components/ui/section-card.tsx'
import { requireMember } from '#lib/auth/current-actor.ts'
import { getService } from '#lib/services/read.ts'
import { paths } from '#lib/shared/paths.ts'
import { listAskedVariables } from '#lib/templates/read.ts'

type Props = { params: Promise<{ team: string; service: string }> }

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  return { title: (await params).service }
}

export default async function ServicePage({ params }: Props) {
  const { team: slug, service: serviceSlug } = await params
  const actor = await requireMember(slug)
  const [service, asked] = await Promise.all([
    getService(actor, { slug: serviceSlug }),
    listAskedVariables(actor),
  ])
  if (!service) notFound()
  const team = actor.team.slug
  const mayChange = service.can.change === true
  const last = service.environments.at(-1)
  return (
    <PageBody>
      <PageHead
        title={service.name}
        mono={service.slug}
        crumbs={[{ label: 'Services', href: paths.services(team) }]}
        lead={mayChange ? undefined : service.can.change}
        actions={<LinkButton href={paths.history(team, { service: service.slug })}>Its runs</LinkButton>}
      />
      <div className="grid grid-cols-[minmax(0,1fr)] gap-4.5 pb-10">
        {service.environments.map((environment) => (
          <SectionCard
            key={environment.slug}
            id={environment.slug}
            title={environment.name}
            note="environment"
          >
            <AskedVariables asked={asked} variables={environment.variables} secrets={environment.secrets} />
            {mayChange ? (
              <EnvironmentEditor team={team} service={service.slug} environment={environment} />
            ) : (
              <EnvironmentSettings environment={environment} />
            )}
            {service.can.makeWebhookSecret === true ? (
              <WebhookSecret
                team={team}
                service={service.slug}
                environment={{
                  slug: environment.slug,
                  name: environment.name,
                  hasSecret: environment.hasWebhookSecret,
                }}
              />
            ) : null}
          </SectionCard>
        ))}
        {service.can.addEnvironment === true ? (
          <SectionCard title="New environment">
            <AddEnvironmentForm team={team} service={service.slug} />
          </SectionCard>
        ) : null}
        <SectionCard
          title="Pipeline tokens"
          actions={service.can.makeToken === true ? <MakeTokenButton team={team} service={service} /> : null}
        >
          {service.tokens.length > 0 ? (
            <TokenList
              team={team}
              service={service.slug}
              tokens={service.tokens}
              mayRevoke={service.can.revokeToken === true}
            />
          ) : (
            <p className="m-0 max-w-prose text-soft">
              No pipeline asks yet. With a token a pipeline asks one address whether it may deploy, and stops
              when the answer is not GO. That answer and the board’s are the same. It can also push what it
              has seen: reports of tests, coverage and scans, and heartbeats of jobs.
            </p>
          )}
          {last ? (
            <div className="mt-4">
              <p className="mt-0 mb-1.5 text-sm text-soft">The step before a deployment to {last.name}:</p>
              <CodeBlock code={last.gateLine} label="The pipeline’s line" />
              <p className="mt-3 mb-1.5 text-sm text-soft">The step after the tests, for each report:</p>
              <CodeBlock code={last.reportLine} label="The line that pushes a report" />
            </div>
          ) : null}
        </SectionCard>
      </div>
    </PageBody>
  )
}
