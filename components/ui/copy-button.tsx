'use client'
import { Check, Copy } from 'lucide-react'
import { useEffect, useState } from 'react'
import { announce } from './announce.ts'
import { Button } from './button.tsx'
import type { ButtonSize } from './button-style.ts'
import { IconButton } from './icon-button.tsx'
import { toast } from './toast-store.ts'

type Props = {
  text: string
  label?: string
  copiedLabel?: string
  size?: ButtonSize
  /** The icon alone; the label is read aloud and shown as a tooltip. */
  compact?: boolean
}

/** Copies and says so. Both words lie in the same cell, so the button keeps its width. */
export function CopyButton({
  text,
  label = 'Copy',
  copiedLabel = 'Copied',
  size = 'sm',
  compact = false,
}: Props) {
  const [copied, setCopied] = useState(false)
  useEffect(() => {
    if (!copied) return
    const timer = setTimeout(() => setCopied(false), 2000)
    return () => clearTimeout(timer)
  }, [copied])

  async function copy() {
    try {
      await navigator.clipboard.writeText(text)
      setCopied(true)
      announce(copiedLabel)
    } catch {
      toast({
        tone: 'error',
        title: 'The browser refused to copy',
        body: 'Select the text and copy it with the keyboard instead.',
      })
    }
  }

  const Icon = copied ? Check : Copy
  const icon = <Icon aria-hidden="true" className="size-3.5" />
  if (compact) return <IconButton label={label} icon={icon} size={size} onClick={copy} />
  return (
    <Button size={size} onClick={copy} aria-label={label} icon={icon}>
      <span aria-hidden="true" className="grid">
        <span className={copied ? 'invisible col-start-1 row-start-1' : 'col-start-1 row-start-1'}>
          {label}
        </span>
        <span className={copied ? 'col-start-1 row-start-1' : 'invisible col-start-1 row-start-1'}>
          {copiedLabel}
        </span>
      </span>
    </Button>
  )
}
