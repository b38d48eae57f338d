'use client'
import { useState } from 'react'
import { Button } from '#components/ui/button.tsx'
import { LinkButton } from '#components/ui/link-button.tsx'
import { Notice } from '#components/ui/notice.tsx'
import { paths } from '#lib/shared/paths.ts'
import { type LoadedSampleView, SamplePeople } from './sample-people.tsx'
import { SampleProgress } from './sample-progress.tsx'

const UNHEARD = 'The server did not answer. Reload the page to see whether the team is there.'

async function load(): Promise<LoadedSampleView | string> {
  try {
    const response = await fetch(paths.api.sample(), { method: 'POST' })
    const body: unknown = await response.json()
    if (response.ok) return body as LoadedSampleView
    return (body as { title?: string }).title ?? UNHEARD
  } catch {
    return UNHEARD
  }
}

/** Writes a sample team and shows its people once. A load that broke off can be tried again; it makes another team. */
export function LoadSample() {
  const [pending, setPending] = useState(false)
  const [answer, setAnswer] = useState<LoadedSampleView | string | null>(null)

  async function press() {
    if (pending) return
    setPending(true)
    setAnswer(await load())
    setPending(false)
  }

  if (answer !== null && typeof answer !== 'string') {
    return (
      <div className="grid gap-4">
        <SamplePeople sample={answer} />
        <div>
          <LinkButton href={paths.team(answer.team)}>Open {answer.name}</LinkButton>
        </div>
      </div>
    )
  }
  return (
    <div className="grid gap-3">
      <p className="m-0 text-sm text-soft">
        A team of its own, marked SAMPLE on every record: a service, people for every role, eight weeks of
        runs and one in progress. You become its owner, and see its people’s passwords once.
      </p>
      {typeof answer === 'string' ? (
        <Notice tone="error" title="The sample team was not loaded" live>
          {answer}
        </Notice>
      ) : null}
      <div>
        <Button pending={pending} onClick={press}>
          Load the sample team
        </Button>
      </div>
      {pending ? <SampleProgress /> : null}
    </div>
  )
}
