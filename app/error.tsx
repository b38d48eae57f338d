'use client'
import { BareShell } from '#components/shell/bare-shell.tsx'
import { Button } from '#components/ui/button.tsx'
import { LinkButton } from '#components/ui/link-button.tsx'

/** A surprise while drawing a page. The digest is the one that the server's log carries. */
export default function ErrorPage({
  error,
  retry,
}: {
  error: Error & { digest?: string }
  retry: () => void
}) {
  return (
    <BareShell title="This page could not be shown">
      <p className="m-0 text-soft">
        Something went wrong on our side while the page was made. Nothing you did before is lost. Try again;
        if it happens twice, give your administrator the code below: the server’s log has the cause under it.
      </p>
      {error.digest ? <p className="m-0 mt-3 font-mono text-sm">{error.digest}</p> : null}
      <div className="mt-5 flex flex-wrap gap-2">
        <Button variant="primary" onClick={retry}>
          Try again
        </Button>
        <LinkButton href="/">Go to the start</LinkButton>
      </div>
    </BareShell>
  )
}
