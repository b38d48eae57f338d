'use client'
import { Eye, EyeOff } from 'lucide-react'
import { type ComponentProps, useState } from 'react'
import { TextField } from '#components/ui/text-field.tsx'

type Props = Omit<ComponentProps<typeof TextField>, 'type' | 'autoComplete'> & { purpose: 'current' | 'new' }

/** A password that can be shown while it is typed; pasting and password managers are welcome. */
export function PasswordField({ purpose, label, ...field }: Props) {
  const [shown, setShown] = useState(false)
  const Icon = shown ? EyeOff : Eye
  return (
    <div className="relative">
      <TextField
        {...field}
        label={label}
        type={shown ? 'text' : 'password'}
        autoComplete={purpose === 'new' ? 'new-password' : 'current-password'}
        autoCapitalize="none"
        autoCorrect="off"
        spellCheck={false}
      />
      <button
        type="button"
        aria-pressed={shown}
        aria-label={typeof label === 'string' ? `Show ${label.toLowerCase()}` : 'Show password'}
        onClick={() => setShown(!shown)}
        className="absolute top-0 right-0 flex h-5 items-center gap-1 rounded-sm px-1 text-xs text-soft hover:text-ink"
      >
        <Icon aria-hidden="true" className="size-3.5" />
        {shown ? 'Hide' : 'Show'}
      </button>
    </div>
  )
}
