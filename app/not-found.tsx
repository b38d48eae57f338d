import type { Metadata } from 'next'
import { BareShell } from '#components/shell/bare-shell.tsx'
import { LinkButton } from '#components/ui/link-button.tsx'

export const metadata: Metadata = { title: 'Not found' }

/** Says the same for what is absent and for what is not the reader's to see. */
export default function NotFound() {
  return (
    <BareShell title="There is nothing here for you">
      <p className="m-0 text-soft">
        This address leads nowhere, or to something your account may not see. Check the address, or ask the
        person who sent it to invite you to the team.
      </p>
      <p className="m-0 mt-5">
        <LinkButton href="/" variant="primary">
          Go to the start
        </LinkButton>
      </p>
    </BareShell>
  )
}
