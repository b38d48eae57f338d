'use client'
import { type ReactNode, useState } from 'react'
import { Disclosure } from '#components/ui/disclosure.tsx'

/** Folded detail that is not rendered before it is first opened: most people never open it. */
export function LateDisclosure({ summary, children }: { summary: ReactNode; children: () => ReactNode }) {
  const [wasOpened, setOpened] = useState(false)
  return (
    <Disclosure
      summary={summary}
      onToggle={(event) => {
        if (event.currentTarget.open) setOpened(true)
      }}
    >
      {wasOpened ? children() : null}
    </Disclosure>
  )
}
