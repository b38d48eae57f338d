'use client'
import { X } from 'lucide-react'
import Link from 'next/link'
import { useEffect, useState } from 'react'
import { Button } from './button.tsx'
import { buttonClass } from './button-style.ts'
import { cx } from './cx.ts'
import { IconButton } from './icon-button.tsx'
import { dismissToast, type Toast } from './toast-store.ts'

const edges: Record<Toast['tone'], string> = {
  info: 'border-l-accent',
  go: 'border-l-go',
  warn: 'border-l-warn',
  error: 'border-l-no',
}

/** One message. Its time stands still while the pointer or the focus is on it. */
export function ToastCard({ toast }: { toast: Toast }) {
  const [held, setHeld] = useState(false)
  useEffect(() => {
    if (toast.seconds === null || held) return
    const timer = setTimeout(() => dismissToast(toast.id), toast.seconds * 1000)
    return () => clearTimeout(timer)
  }, [toast, held])
  const { action } = toast
  const close = () => dismissToast(toast.id)
  return (
    <li
      onPointerEnter={() => setHeld(true)}
      onPointerLeave={() => setHeld(false)}
      onFocus={() => setHeld(true)}
      onBlur={() => setHeld(false)}
      className={cx(
        'pointer-events-auto flex items-start gap-3 rounded-xl border border-l-4 border-line bg-paper py-2 pr-2 pl-3.5 shadow-float',
        edges[toast.tone],
      )}
    >
      <div className="min-w-0 flex-1 py-1">
        <p className="m-0 font-strong">{toast.title}</p>
        {toast.body ? <p className="m-0 text-sm text-soft">{toast.body}</p> : null}
      </div>
      {action && 'href' in action ? (
        <Link href={action.href} onClick={close} className={buttonClass({})}>
          {action.label}
        </Link>
      ) : null}
      {action && 'onSelect' in action ? (
        <Button
          onClick={() => {
            action.onSelect()
            close()
          }}
        >
          {action.label}
        </Button>
      ) : null}
      <IconButton label="Close message" icon={<X aria-hidden="true" className="size-4" />} onClick={close} />
    </li>
  )
}
