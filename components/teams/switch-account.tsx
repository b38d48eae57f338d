import { Button } from '#components/ui/button.tsx'
import { Notice } from '#components/ui/notice.tsx'
import { paths } from '#lib/shared/paths.ts'

/** Somebody else is signed in on this browser: an invitation counts for the person whom it names. */
export function SwitchAccount({ email, signedInAs }: { email: string; signedInAs: string }) {
  return (
    <Notice
      tone="warn"
      title={`You are signed in as ${signedInAs}`}
      action={
        <form action={paths.api.signOut()} method="post">
          <Button type="submit">Sign out</Button>
        </form>
      }
    >
      This invitation is for {email}. Sign out, then open the link again.
    </Notice>
  )
}
