'use client'
import { Check, Copy } from 'lucide-react'
import { useEffect, useState } from 'react'
import { announce } from './announce.ts'
import { Button } from './button.tsx'
import type { ButtonSize } from './button-style.ts'

type Props = {
  text: string
  label?: string
  copiedLabel?: string
  size?: ButtonSize
  className?: string
}

/** Copies and says so. Both words lie in the same cell, so the button keeps its width. */
export function CopyButton({ text, label = 'Copy', copiedLabel = 'Copied', size = 'sm', className }: Props) {
  const [state, setState] = useState<'idle' | 'copied' | 'failed'>('idle')
  useEffect(() => {
    if (state === 'idle') return
    const timer = setTimeout(() => setState('idle'), 2000)
    return () => clearTimeout(timer)
  }, [state])

  async function copy() {
    try {
      await navigator.clipboard.writeText(text)
      setState('copied')
      announce(copiedLabel)
    } catch {
      setState('failed')
      announce('The browser refused to copy. Select the text and copy it by hand.', { assertive: true })
    }
  }

  const words = { idle: label, copied: copiedLabel, failed: 'Not copied' }
  const Icon = state === 'copied' ? Check : Copy
  return (
    <Button
      size={size}
      onClick={copy}
      aria-label={label}
      className={className}
      icon={<Icon aria-hidden="true" className="size-3.5" />}
    >
      <span aria-hidden="true" className="grid justify-items-start">
        {(['idle', 'copied', 'failed'] as const).map((word) => (
          <span
            key={word}
            className={word === state ? 'col-start-1 row-start-1' : 'invisible col-start-1 row-start-1'}
          >
            {words[word]}
          </span>
        ))}
      </span>
    </Button>
  )
}
