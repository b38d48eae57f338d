'use client'
import { useRouter } from 'next/navigation'
import { useMemo } from 'react'
import { Button } from '#components/ui/button.tsx'
import { Notice } from '#components/ui/notice.tsx'
import { Skeleton } from '#components/ui/skeleton.tsx'
import { toast } from '#components/ui/toast-store.ts'
import { useCommand } from '#components/use-command.ts'
import { paths } from '#lib/shared/paths.ts'
import { publishTemplateAction } from '#lib/templates/actions.ts'
import { identityOf } from '#lib/templates/identity-answers.ts'
import { BringSource } from './import/bring-source.tsx'
import { NotAChecklist } from './import/not-a-checklist.tsx'
import { PublishBar } from './import/publish-bar.tsx'
import { ReviewContext } from './import/review-context.ts'
import { ReviewScreen } from './import/review-screen.tsx'
import { useImport } from './import/use-import.ts'

/** Bring a checklist, look at what was understood beside its text, publish. */
export function ImportForm({
  team,
  template,
  start,
  draftKey,
  gallery,
  roles,
}: {
  team: string
  /** The template that gets a new version; null makes a new one. */
  template: { slug: string; name: string; number: number } | null
  start: { name: string; source: string }
  draftKey: string
  gallery: readonly { slug: string; name: string }[]
  roles: readonly string[]
}) {
  const router = useRouter()
  const isShipped = template === null && start.source !== ''
  const first = useMemo(
    () => ({ ...start, step: isShipped ? ('review' as const) : ('bring' as const) }),
    [start, isShipped],
  )
  const form = useImport({ draftKey, start: first, team, template: template?.slug ?? null, roles })
  const { value, review, state, draft, text } = form
  const publish = useCommand(publishTemplateAction, 'A template')

  async function submit() {
    if (!review || state.pending) return
    const identity = review.identity
    const answer = await publish.send({
      team,
      template: template?.slug ?? null,
      name: template ? null : value.name,
      source: text,
      note: value.note,
      basedOn: identity?.basedOn ?? null,
      ...(identity ? { identity: identityOf(identity, value.answers) } : {}),
    })
    if (!answer?.ok) return
    const { slug, number, created } = answer.value.value
    draft.clear()
    // The page that follows says by itself what is published.
    if (!created) toast({ title: `Nothing has changed since version ${number}`, tone: 'info' })
    const page = paths.templateVersion({ team, template: slug, number })
    router.push(created ? `${page}?published=1` : page)
  }

  return (
    <ReviewContext value={form.acts}>
      <div className="grid grid-cols-1 gap-4.5 pb-10">
        {draft.restored ? (
          <Notice live action={<Button onClick={draft.clear}>Start anew</Button>}>
            What you brought here before is back.
          </Notice>
        ) : null}
        {value.step === 'bring' ? (
          <BringSource team={team} form={form} gallery={template ? [] : gallery} />
        ) : (
          <>
            {state.failure ? (
              <Notice
                live
                tone="error"
                title={state.failure}
                action={
                  <>
                    <Button onClick={state.retry}>Try again</Button>
                    <Button onClick={form.toText}>Back to the text</Button>
                  </>
                }
              />
            ) : null}
            {review === null && !state.failure ? <Skeleton lines={12} label="Reading the text" /> : null}
            {review?.kind === 'checklist' || (review && review.fences.length > 0) ? (
              <ReviewScreen form={form} review={review} />
            ) : review ? (
              <NotAChecklist team={team} review={review} gallery={gallery} onBack={form.toText} />
            ) : null}
            {review?.kind === 'checklist' ? (
              <PublishBar
                form={form}
                review={review}
                template={template}
                refusal={publish.refusal}
                pending={publish.pending}
                onPublish={submit}
              />
            ) : null}
          </>
        )}
      </div>
    </ReviewContext>
  )
}
