import type { ReactNode } from 'react'
import { Button } from '#components/ui/button.tsx'
import { Dialog } from '#components/ui/dialog.tsx'
import { Time } from '#components/ui/time.tsx'
import { SecretOnce } from './secret-once.tsx'

/** A token, shown once; below it the line that uses it. */
export function TokenReady({
  made,
  onClose,
  children,
}: {
  made: { token: string; expiresAt: string }
  onClose: () => void
  children: ReactNode
}) {
  const done = (
    <Button variant="primary" onClick={onClose}>
      Done
    </Button>
  )
  return (
    <Dialog title="The token is ready" onClose={onClose} footer={done}>
      <div className="grid grid-cols-[minmax(0,1fr)] gap-4">
        <SecretOnce
          title="Copy the token now: it is not shown again"
          secret={made.token}
          copyLabel="Copy token"
        >
          Put it into your pipeline’s secret store as COUNTERSIGN_TOKEN. It works until{' '}
          <Time at={made.expiresAt} show="date" />.
        </SecretOnce>
        {children}
      </div>
    </Dialog>
  )
}
