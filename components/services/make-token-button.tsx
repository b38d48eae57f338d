'use client'
import { useState } from 'react'
import { Button } from '#components/ui/button.tsx'
import type { ServiceView } from '#lib/services/read.ts'
import { MakeTokenDialog } from './make-token-dialog.tsx'

export function MakeTokenButton({ team, service }: { team: string; service: ServiceView }) {
  const [open, setOpen] = useState(false)
  return (
    <>
      <Button onClick={() => setOpen(true)}>Make a pipeline token</Button>
      {open ? <MakeTokenDialog team={team} service={service} onClose={() => setOpen(false)} /> : null}
    </>
  )
}
