import type { Metadata } from 'next'
import { CreateServiceForm } from '#components/services/create-service-form.tsx'
import { ServiceList } from '#components/services/service-list.tsx'
import { PageBody } from '#components/shell/page-body.tsx'
import { PageHead } from '#components/shell/page-head.tsx'
import { EmptyState } from '#components/ui/empty-state.tsx'
import { SectionCard } from '#components/ui/section-card.tsx'
import { requireMember } from '#lib/auth/current-actor.ts'
import { listServices } from '#lib/services/read.ts'

export const metadata: Metadata = { title: 'Services' }

export default async function ServicesPage({ params }: { params: Promise<{ team: string }> }) {
  const actor = await requireMember((await params).team)
  const { services, can } = await listServices(actor)
  const team = actor.team.slug
  return (
    <PageBody>
      <PageHead
        title="Services"
        lead="What this team deploys, where to, and which pipelines may ask the gate."
      />
      <div className="grid grid-cols-[minmax(0,1fr)] gap-4.5 pb-10">
        {services.length > 0 ? (
          <ServiceList team={team} services={services} />
        ) : (
          <EmptyState title="No service yet">
            A service is one thing that is deployed by itself. It starts with the environments staging and
            production; every run belongs to one of them.
            {can.create === true ? '' : ' An owner or admin creates it.'}
          </EmptyState>
        )}
        {can.create === true ? (
          <SectionCard title="New service">
            <CreateServiceForm team={team} />
          </SectionCard>
        ) : null}
      </div>
    </PageBody>
  )
}
