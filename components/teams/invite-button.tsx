'use client'
import { UserPlus } from 'lucide-react'
import { lazy, Suspense, useState } from 'react'
import { Button } from '#components/ui/button.tsx'
import type { AccountRoleOption } from '#lib/teams/account-roles.ts'

const InviteDialog = lazy(() =>
  import('./invite-dialog.tsx').then((file) => ({ default: file.InviteDialog })),
)

export function InviteButton(props: {
  team: string
  accountRoles: AccountRoleOption[]
  signoffRoles: string[]
}) {
  const [open, setOpen] = useState(false)
  return (
    <>
      <Button
        variant="primary"
        icon={<UserPlus aria-hidden="true" className="size-4" />}
        onClick={() => setOpen(true)}
      >
        Invite somebody
      </Button>
      {open ? (
        <Suspense fallback={null}>
          <InviteDialog {...props} onClose={() => setOpen(false)} />
        </Suspense>
      ) : null}
    </>
  )
}
