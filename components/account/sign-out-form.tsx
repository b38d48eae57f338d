'use client'
import type { FormEvent, ReactNode } from 'react'
import { openSessionChannel } from '#components/idle/session-channel.ts'
import { postSignOut } from '#components/idle/session-clock.ts'
import { toast } from '#components/ui/toast-store.ts'
import { paths } from '#lib/shared/paths.ts'

/** Signs out here and in every tab of this browser; without script it is a plain form post. `children`: the submit button. */
export function SignOutForm({ children }: { children: ReactNode }) {
  async function submit(event: FormEvent): Promise<void> {
    event.preventDefault()
    if (!(await postSignOut())) {
      toast({
        tone: 'error',
        title: 'You are still signed in',
        body: 'Countersign cannot be reached. Check your connection, then try again.',
      })
      return
    }
    openSessionChannel(() => undefined).tell({ over: 'signed_out' })
    window.location.assign(paths.signIn(undefined, 'signed_out'))
  }
  return (
    <form method="post" action={paths.api.signOut()} onSubmit={submit}>
      {children}
    </form>
  )
}
