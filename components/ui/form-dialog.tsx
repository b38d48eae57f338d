'use client'
import { type ReactNode, useId } from 'react'
import { Button } from './button.tsx'
import { Dialog } from './dialog.tsx'

/** A form in a dialog: Enter and its button send it, Cancel leaves it. The button says what will happen. */
export function FormDialog({
  title,
  description,
  submitLabel,
  pending,
  onSubmit,
  onClose,
  children,
}: {
  title: ReactNode
  description: ReactNode
  submitLabel: string
  pending: boolean
  onSubmit: (form: HTMLFormElement) => void
  onClose: () => void
  children: ReactNode
}) {
  const formId = useId()
  return (
    <Dialog
      title={title}
      description={description}
      onClose={onClose}
      footer={
        <>
          <Button onClick={onClose}>Cancel</Button>
          <Button type="submit" form={formId} variant="primary" pending={pending}>
            {submitLabel}
          </Button>
        </>
      }
    >
      <form
        id={formId}
        onSubmit={(event) => {
          event.preventDefault()
          onSubmit(event.currentTarget)
        }}
        noValidate
        className="grid grid-cols-1 gap-4"
      >
        {children}
      </form>
    </Dialog>
  )
}
