'use client'
import { useRouter } from 'next/navigation'
import { useState } from 'react'
import type { Draft } from '#components/drafts/use-draft.ts'
import { toast } from '#components/ui/toast-store.ts'
import { useCommand } from '#components/use-command.ts'
import { paths } from '#lib/shared/paths.ts'
import { publishTemplateAction } from '#lib/templates/actions.ts'
import { sourceOf } from '#lib/templates/line-ends.ts'
import type { MatchModel } from '#lib/templates/matching.ts'
import { doubtsOf } from './doubts.ts'
import type { ParseAnswer } from './parse-messages.ts'
import type { PublishPlan } from './publish-dialog.tsx'
import type { TemplateDraft } from './template-draft.ts'

/** From the text to a version: a plan to look over, the command, and what follows a lost race. */
export function usePublish({
  team,
  template,
  latest,
  draft,
  value,
  match,
}: {
  team: string
  template: string
  latest: MatchModel & { number: number; source: string }
  draft: Draft<TemplateDraft>
  value: TemplateDraft
  match: (text: string, earlier: MatchModel) => Promise<ParseAnswer | null>
}) {
  const router = useRouter()
  const command = useCommand(publishTemplateAction, 'A version')
  const [plan, setPlan] = useState<PublishPlan | null>(null)
  const [isOpening, setOpening] = useState(false)
  const [published, setPublished] = useState<number | null>(null)

  async function open() {
    setOpening(true)
    command.clear()
    const answer = await match(value.text, { sections: latest.sections, items: latest.items })
    setOpening(false)
    const items = answer?.model.items.length ?? 0
    const matches = answer?.matches
    // Without an answer nothing is proposed; the server matches what is certain all the same.
    if (!answer || !matches) return setPlan({ items, added: items, gone: 0, doubts: [] })
    const added = matches.items.filter(({ earlierKey }) => earlierKey === null).length
    setPlan({
      items,
      added,
      gone: matches.gone.length,
      doubts: doubtsOf({ matches, earlier: latest, later: answer.model }),
    })
  }

  async function send(identity: Record<string, string>) {
    const answer = await command.send({
      team,
      template,
      name: null,
      source: sourceOf({ edited: value.text, original: latest.source }),
      note: value.note,
      basedOn: value.basedOn,
      identity,
    })
    if (!answer) return
    if (!answer.ok) {
      if (answer.refusal.code !== 'lost_race') return
      setPlan(null)
      router.refresh()
      return
    }
    const { slug, number, created } = answer.value.value
    setPublished(number)
    draft.clear()
    toast({
      title: created ? `Version ${number} is published` : `Nothing has changed since version ${number}`,
      tone: created ? 'go' : 'info',
    })
    router.push(paths.templateVersion({ team, template: slug, number }))
  }

  const { pending, refusal } = command
  return { open, send, close: () => setPlan(null), plan, isOpening, published, pending, refusal }
}
