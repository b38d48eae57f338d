'use client'
import { useEffect, useRef } from 'react'
import { LinkButton } from '#components/ui/link-button.tsx'
import { Notice } from '#components/ui/notice.tsx'
import { paths } from '#lib/shared/paths.ts'
import { SamplePeople } from './sample-people.tsx'
import type { SetUpAnswer } from './set-up-answer.ts'

/** After the set-up: what exists now, and the way in. The sample's passwords are on this page and nowhere else. */
export function SetUpDone({ answer: { team, sample } }: { answer: SetUpAnswer }) {
  const heading = useRef<HTMLHeadingElement>(null)
  useEffect(() => heading.current?.focus(), [])
  return (
    <div className="grid grid-cols-[minmax(0,1fr)] gap-4">
      <h2 ref={heading} tabIndex={-1} className="m-0 text-xl font-bold outline-none">
        Your team is ready
      </h2>
      <p className="m-0">
        Sign in with the address and the password you just chose. Then invite the others under Members, and
        name what you deploy under Services.
      </p>
      {sample && !sample.loaded ? (
        <Notice tone="warn" title="The sample team was not loaded">
          {sample.because} Your own team is not touched by that. Signed in, you find “Load the sample team” on
          your account page.
        </Notice>
      ) : null}
      {sample?.loaded ? <SamplePeople sample={sample} /> : null}
      <LinkButton href={paths.signIn(paths.team(team))} variant="primary" size="lg">
        Sign in
      </LinkButton>
    </div>
  )
}
