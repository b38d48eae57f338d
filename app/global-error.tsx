'use client'
import { Button } from '#components/ui/button.tsx'
import './globals.css'

/** Stands in for the whole document when even the root layout fails; so it needs nothing but the stylesheet. */
export default function GlobalError({
  error,
  retry,
}: {
  error: Error & { digest?: string }
  retry: () => void
}) {
  return (
    <html lang="en">
      <body>
        <title>Error · Countersign</title>
        <main className="mx-auto max-w-md px-5 py-16">
          <h1 className="text-2xl font-bold tracking-tight">Countersign could not answer</h1>
          <p className="mt-2 text-soft">
            The server met an error before it could draw anything. Nothing recorded is lost. Wait a moment and
            load the page again; if it stays, the administrator finds the cause in the server’s log.
          </p>
          {error.digest ? <p className="mt-3 font-mono text-sm">{error.digest}</p> : null}
          <p className="mt-5">
            <Button variant="primary" onClick={retry}>
              Try again
            </Button>
          </p>
        </main>
      </body>
    </html>
  )
}
