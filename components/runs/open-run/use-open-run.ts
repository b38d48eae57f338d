'use client'
import { useRouter } from 'next/navigation'
import { useState } from 'react'
import { useDraft } from '#components/drafts/use-draft.ts'
import { useCommand } from '#components/use-command.ts'
import { openRunAction } from '#lib/runs/actions.ts'
import { factAnswers, type OpenDraft, type OpenFormView, ruledOut } from '#lib/runs/open-form.ts'
import { authorOf } from '#lib/runs/typed-author.ts'
import { toInstant } from './moment.ts'

export type Chosen = {
  service?: string | undefined
  environment?: string | undefined
  template?: string | undefined
}

function firstDraft({ view, chosen }: { view: OpenFormView; chosen: Chosen }): OpenDraft {
  const service = view.services.find(({ slug }) => slug === chosen.service) ?? view.services[0]
  const free = service?.environments.findLast(({ live }) => live === null)
  const environment = service?.environments.find(({ slug }) => slug === chosen.environment) ?? free
  return {
    service: service?.slug ?? '',
    environment: environment?.slug ?? '',
    template: (view.templates.find(({ slug }) => slug === chosen.template) ?? view.templates[0])?.slug ?? '',
    version: '',
    commit: '',
    artifactDigest: '',
    author: '',
    authorName: '',
    changeTicket: '',
    windowStart: '',
    windowEnd: '',
    facts: {},
  }
}

/** The form's text, kept as a draft, and what it sends. */
export function useOpenRun({ team, view, chosen }: { team: string; view: OpenFormView; chosen: Chosen }) {
  const router = useRouter()
  const first = firstDraft({ view, chosen })
  // A draft from before a field was there is completed.
  const draft = useDraft<OpenDraft>(`open-run:${team}`, first, (kept) => ({
    ...first,
    ...(kept as OpenDraft),
  }))
  const { send, pending, refusal } = useCommand(openRunAction, 'A run')
  const { value, set, clear, restored } = draft
  const [edited, setEdited] = useState<readonly string[]>([])
  const service = view.services.find(({ slug }) => slug === value.service)
  const environment = service?.environments.find(({ slug }) => slug === value.environment)
  const template = view.templates.find(({ slug }) => slug === value.template)
  const facts = template?.facts ?? []
  const notApplicable = ruledOut({ facts, answers: value.facts })

  // A complaint about a field goes as soon as the field is changed.
  const fields = Object.fromEntries(
    Object.entries(refusal?.fields ?? {}).filter(([name]) => !edited.includes(name.split('.')[0] ?? name)),
  )

  function change(more: Partial<OpenDraft>) {
    setEdited((before) => [...new Set([...before, ...Object.keys(more)])])
    set({ ...value, ...more })
  }

  async function submit() {
    setEdited([])
    const { facts: answers, windowStart, windowEnd, author, authorName, ...typed } = value
    const answer = await send({
      team,
      ...typed,
      author: authorOf({ author, authorName }),
      templateNumber: template?.number ?? null,
      windowStart: toInstant(windowStart),
      windowEnd: toInstant(windowEnd),
      facts: factAnswers({ facts, answers }),
      notApplicable: notApplicable.map(({ key }) => key),
    })
    if (!answer?.ok) return
    clear()
    router.push(answer.value.value.path)
  }

  return {
    value,
    change,
    fields,
    restored,
    clear,
    pending,
    refusal,
    submit,
    service,
    environment,
    template,
    facts,
    notApplicable,
  }
}
