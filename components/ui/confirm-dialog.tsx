'use client'
import type { ReactNode } from 'react'
import { Button } from './button.tsx'
import { Dialog } from './dialog.tsx'
import { Notice } from './notice.tsx'

/** Asks once before something that cannot be taken back. The button says what will happen. */
export function ConfirmDialog({
  title,
  confirmLabel,
  danger = false,
  pending = false,
  error,
  onConfirm,
  onClose,
  children,
}: {
  title: ReactNode
  confirmLabel: string
  danger?: boolean
  pending?: boolean
  error?: string | undefined
  onConfirm: () => void
  onClose: () => void
  children?: ReactNode
}) {
  return (
    <Dialog
      title={title}
      size="sm"
      onClose={onClose}
      footer={
        <>
          <Button onClick={onClose}>Cancel</Button>
          <Button variant={danger ? 'danger' : 'primary'} pending={pending} onClick={onConfirm}>
            {confirmLabel}
          </Button>
        </>
      }
    >
      {children}
      {error ? (
        <Notice tone="error" live className="mt-3">
          {error}
        </Notice>
      ) : null}
    </Dialog>
  )
}
