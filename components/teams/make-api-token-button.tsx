'use client'
import { useState } from 'react'
import { Button } from '#components/ui/button.tsx'
import type { ApiTokensView } from '#lib/teams/read/api-tokens.ts'
import { MakeApiTokenDialog } from './make-api-token-dialog.tsx'

export function MakeApiTokenButton({ team, view }: { team: string; view: ApiTokensView }) {
  const [open, setOpen] = useState(false)
  return (
    <>
      <Button variant="primary" onClick={() => setOpen(true)}>
        Make an API token
      </Button>
      {open ? <MakeApiTokenDialog team={team} view={view} onClose={() => setOpen(false)} /> : null}
    </>
  )
}
