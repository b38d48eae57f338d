import { notFound, redirect } from 'next/navigation'
import { requireMember } from '#lib/auth/current-actor.ts'
import { paths } from '#lib/shared/paths.ts'
import { getTemplateVersion } from '#lib/templates/read.ts'

/** The address without a version leads to the latest one. */
export default async function TemplatePage({
  params,
}: {
  params: Promise<{ team: string; template: string }>
}) {
  const { team, template } = await params
  const actor = await requireMember(team)
  const latest = await getTemplateVersion(actor, { slug: template, number: null })
  if (!latest) notFound()
  redirect(paths.templateVersion({ team: actor.team.slug, template, number: latest.latest }))
}
