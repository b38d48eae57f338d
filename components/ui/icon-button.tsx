import type { ReactNode } from 'react'
import { Button, type ButtonProps } from './button.tsx'

type Props = Omit<ButtonProps, 'children' | 'kbd' | 'icon' | 'square'> & {
  /** Read aloud and shown as a tooltip. */
  label: string
  icon: ReactNode
}

export function IconButton({ label, icon, variant = 'quiet', ...rest }: Props) {
  return (
    <Button title={label} aria-label={label} {...rest} variant={variant} square>
      {icon}
    </Button>
  )
}
