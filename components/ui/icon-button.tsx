import type { ReactNode } from 'react'
import { Button, type ButtonProps } from './button.tsx'
import { cx } from './cx.ts'

type Props = Omit<ButtonProps, 'children' | 'kbd' | 'icon'> & {
  /** Read aloud and shown as a tooltip. */
  label: string
  icon: ReactNode
}

export function IconButton({ label, icon, size = 'md', variant = 'quiet', className, ...rest }: Props) {
  const square = size === 'sm' ? 'w-6' : size === 'lg' ? 'w-10' : 'w-8'
  return (
    <Button
      title={label}
      aria-label={label}
      {...rest}
      size={size}
      variant={variant}
      className={cx(square, 'px-0 pointer-coarse:w-10', className)}
    >
      {icon}
    </Button>
  )
}
